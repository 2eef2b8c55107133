//! Outcomes and moves as graphs: DOT (Graphviz) and GraphML.

use std::fmt::Write;

use detente_case::export::CannotExport;
use detente_model::{Game, Mover};

use super::xml::xml;
use crate::find::listing::{Choice, Listing, Move, Others, TooManyMoves};
use crate::say::names::Namer;
use crate::say::{concept, listing, words};

/// A DOT picture has at most so many outcomes.
pub const DOT_STATES: usize = 500;
/// A GraphML file has at most so many outcomes.
pub const GRAPHML_STATES: usize = 20_000;
/// Moves of a graph.
const MOVES: usize = 500_000;

/// Colours of actors one to eight; the ninth and later are grey. The code of the actor is on
/// every arrow, so colour never stands alone. What several do together is black.
const COLOURS: [&str; 8] =
    ["#12493C", "#C8440D", "#86217A", "#2A48CC", "#403A09", "#A172D0", "#D0528D", "#41A15D"];

/// Which moves a DOT picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrows {
    /// Those that their mover wants.
    #[default]
    Improvements,
    /// All; those that nobody wants are grey.
    All,
}

/// The outcomes of a graph with at most so many: all of them, or none but the status quo and what lasts.
#[must_use]
pub fn choice(most: usize) -> Choice {
    Choice { most, bound: most, others: Others::WhenAll }
}

/// A directed graph for Graphviz: outcomes as nodes (what lasts under the first concept with a double
/// line, the status quo bold), moves as arrows in the colour and with the id of the mover. Title, date, what the signs
/// mean and what is left out stand below.
///
/// # Errors
/// More than [`DOT_STATES`] outcomes.
pub fn dot(found: &Listing<'_>, arrows: Arrows) -> Result<String, CannotExport> {
    bound(found, DOT_STATES, "a DOT picture")?;
    let mut out = String::from("digraph conflict {\n");
    let _ = writeln!(out, "  label={}; labelloc=b;", quoted(&caption(found, arrows).join("\n")));
    out.push_str("  node [shape=circle, fontname=\"sans-serif\", fontsize=10];\n");
    out.push_str("  edge [fontname=\"sans-serif\", fontsize=9, arrowsize=0.7];\n");
    let first = found.concepts.first();
    let namer = Namer::of(found.conflict);
    for (at, row) in found.rows.iter().enumerate() {
        let name = namer.outcome(&row.state);
        let label = format!("{}\n{name}", row.state);
        let lasts = first.is_some_and(|column| column.lasts[at] == Some(true));
        let shape = if lasts { ", shape=doublecircle" } else { "" };
        let bold = if row.status_quo { ", style=bold" } else { "" };
        let _ = writeln!(out, "  s{at} [label={}{shape}{bold}];", quoted(&label));
    }
    let game = &found.conflict.game;
    let movers = game.movers();
    for Move { mover, from, to, improves } in &found.moves {
        if !improves && arrows == Arrows::Improvements {
            continue;
        }
        let together = *mover >= game.actors.len();
        let colour = match (improves, together) {
            (false, _) => "#C8C8BF",
            (true, true) => "#000000",
            (true, false) => COLOURS.get(*mover).copied().unwrap_or("#666B74"),
        };
        let who = quoted(&movers.get(*mover).map(|mover| who(game, mover)).unwrap_or_default());
        let _ =
            writeln!(out, "  s{from} -> s{to} [label={who}, color=\"{colour}\", fontcolor=\"{colour}\"];");
    }
    out.push_str("}\n");
    Ok(out)
}

/// Who moves, by ids: `az`, or `az + am: peace` for what several do with an act.
fn who(game: &Game, mover: &Mover) -> String {
    let ids = mover.parties.iter().filter_map(|party| game.actors.get(party.index()));
    let ids: Vec<&str> = ids.map(|actor| actor.id.as_str()).collect();
    let act = mover.joint.and_then(|joint| game.option_form()?.acts.get(joint.act.index()));
    match act {
        Some(act) => format!("{}: {}", ids.join(" + "), act.id),
        None => ids.join(" + "),
    }
}

/// Title, date, what the signs mean, what is left out.
fn caption(found: &Listing<'_>, arrows: Arrows) -> Vec<String> {
    let mut lines = vec![listing::dated(found.conflict)];
    let mut signs = Vec::new();
    if let Some(column) = found.concepts.first() {
        signs.push(format!("double line: lasts ({})", concept::short(column.concept)));
    }
    if found.rows.iter().any(|row| row.status_quo) {
        signs.push("bold: the status quo".to_owned());
    }
    signs.push(match arrows {
        Arrows::Improvements => "arrow: a step that its actor prefers".to_owned(),
        Arrows::All => "arrow: a step of an actor, grey where the actor does not prefer it".to_owned(),
    });
    if found.moves.iter().any(|step| step.mover >= found.conflict.game.actors.len()) {
        signs.push("black: what several do together, all of whom prefer it".to_owned());
    }
    lines.push(words::capital(&format!("{}.", signs.join("; "))));
    let actors = found.conflict.game.actors.iter().map(|actor| format!("{}: {}", actor.id, actor.name));
    lines.push(actors.collect::<Vec<_>>().join("; "));
    lines.extend(notes(found));
    lines
}

/// What is left out.
fn notes(found: &Listing<'_>) -> Vec<String> {
    let mut notes = listing::notes(found);
    if found.cut.is_some() {
        notes.push("Steps from and to outcomes that are not shown are left out.".to_owned());
    }
    notes
}

/// A directed graph in GraphML: every outcome with number, pattern, ranks and verdicts, every move
/// with its mover and whether it improves; of the graph, what is left out.
///
/// # Errors
/// More than [`GRAPHML_STATES`] outcomes.
pub fn graphml(found: &Listing<'_>) -> Result<String, CannotExport> {
    bound(found, GRAPHML_STATES, "a GraphML file")?;
    let game = &found.conflict.game;
    let movers = game.movers();
    let joint = &movers[game.actors.len()..];
    let namer = Namer::of(found.conflict);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    let mut key = |id: &str, target: &str, name: &str, kind: &str| {
        let name = xml(name);
        let _ =
            writeln!(out, "<key id=\"{id}\" for=\"{target}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    };
    key("note", "graph", "note", "string");
    key("n", "node", "state", "string");
    key("p", "node", "pattern", "string");
    key("o", "node", "outcome", "string");
    key("q", "node", "status_quo", "boolean");
    for (at, actor) in game.actors.iter().enumerate() {
        key(&format!("r{at}"), "node", &format!("rank.{}", actor.id), "int");
    }
    for (at, column) in found.concepts.iter().enumerate() {
        let concept = column.concept.id();
        for (who, actor) in game.actors.iter().enumerate() {
            key(&format!("c{at}a{who}"), "node", &format!("{concept}.{}", actor.id), "boolean");
        }
        for (who, mover) in joint.iter().enumerate() {
            key(&format!("c{at}j{who}"), "node", &format!("{concept}.{}", game.mover_id(mover)), "boolean");
        }
        key(&format!("e{at}"), "node", &format!("{concept}.equilibrium"), "boolean");
        key(&format!("l{at}"), "node", &format!("{concept}.lasts"), "boolean");
    }
    key("a", "edge", "actor", "string");
    key("i", "edge", "improvement", "boolean");
    let _ =
        writeln!(out, "<graph id=\"{}\" edgedefault=\"directed\">", xml(&listing::heading(found.conflict)));
    for note in notes(found) {
        let _ = writeln!(out, "<data key=\"note\">{}</data>", xml(&note));
    }
    for (at, row) in found.rows.iter().enumerate() {
        let options = (0..game.options().len()).map(|o| if row.state.is_on(o.into()) { 'Y' } else { 'N' });
        let _ = write!(out, "<node id=\"s{at}\"><data key=\"n\">{}</data>", row.state);
        let _ = write!(out, "<data key=\"p\">{}</data>", options.collect::<String>());
        let name = namer.outcome(&row.state);
        let _ = write!(out, "<data key=\"o\">{}</data>", xml(&name));
        let _ = write!(out, "<data key=\"q\">{}</data>", row.status_quo);
        for (actor, rank) in row.ranks.iter().enumerate() {
            let _ = write!(out, "<data key=\"r{actor}\">{rank}</data>");
        }
        for (concept, column) in found.concepts.iter().enumerate() {
            for (actor, stable) in column.stable[at].iter().enumerate() {
                if let Some(stable) = stable {
                    let _ = write!(out, "<data key=\"c{concept}a{actor}\">{stable}</data>");
                }
            }
            for (who, stable) in column.joint[at].iter().enumerate() {
                if let Some(stable) = stable {
                    let _ = write!(out, "<data key=\"c{concept}j{who}\">{stable}</data>");
                }
            }
            if let Some(stable) = column.equilibrium[at] {
                let _ = write!(out, "<data key=\"e{concept}\">{stable}</data>");
            }
            if let Some(lasts) = column.lasts[at] {
                let _ = write!(out, "<data key=\"l{concept}\">{lasts}</data>");
            }
        }
        out.push_str("</node>\n");
    }
    for Move { mover, from, to, improves } in &found.moves {
        let who = xml(&movers.get(*mover).map(|mover| game.mover_id(mover)).unwrap_or_default());
        let _ = writeln!(
            out,
            "<edge source=\"s{from}\" target=\"s{to}\"><data key=\"a\">{who}</data><data key=\"i\">{improves}</data></edge>"
        );
    }
    out.push_str("</graph>\n</graphml>\n");
    Ok(out)
}

/// Adds the moves between the listed outcomes, as many as a graph may have.
///
/// # Errors
/// There are more.
pub fn add_moves(found: &mut Listing<'_>) -> Result<(), CannotExport> {
    let rows = words::count(&found.rows.len().into());
    found.add_moves(MOVES).map_err(|TooManyMoves(most)| {
        let most = words::count(&most.into());
        CannotExport(vec![format!("there are more than {most} moves between the {rows} outcomes")])
    })
}

/// That a graph of `most` outcomes cannot have all of the case, and what can be had.
#[must_use]
pub fn too_many(found: &Listing<'_>, what: &str, most: usize) -> CannotExport {
    let (most, all) = (words::count(&most.into()), words::count(&found.all));
    CannotExport(vec![format!(
        "{what} has at most {most} outcomes, and the case has {all}; `--only lasting` has the status quo and what lasts"
    )])
}

fn bound(found: &Listing<'_>, most: usize, what: &str) -> Result<(), CannotExport> {
    if found.rows.len() > most { Err(too_many(found, what, most)) } else { Ok(()) }
}

/// A quoted string of DOT: every text is text.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
