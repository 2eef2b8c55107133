//! States and moves as graphs: DOT (Graphviz) and GraphML.

use std::fmt::Write;

use super::{CannotExport, Snapshot};

/// A DOT picture has at most so many states.
pub const DOT_STATES: usize = 500;
/// A GraphML file has at most so many states.
pub const GRAPHML_STATES: usize = 20_000;
/// Moves of a graph, for [`Snapshot::add_moves`].
pub const MOVES: usize = 500_000;

/// Colours of actors one to eight; the ninth and later are grey. The code of the actor is on
/// every arrow, so colour never stands alone.
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

/// A directed graph for Graphviz: states as nodes (equilibria of the first concept with a double
/// line, the status quo bold), moves as arrows in the colour and with the id of the mover.
///
/// # Errors
/// More than [`DOT_STATES`] states.
pub fn dot(snapshot: &Snapshot, arrows: Arrows) -> Result<String, CannotExport> {
    bound(snapshot, DOT_STATES, "a DOT picture")?;
    let mut out = String::from("digraph conflict {\n");
    let _ = writeln!(out, "  label={};", quoted(&snapshot.heading()));
    out.push_str("  node [shape=circle, fontname=\"sans-serif\", fontsize=10];\n");
    out.push_str("  edge [fontname=\"sans-serif\", fontsize=9, arrowsize=0.7];\n");
    for (place, state) in snapshot.states.iter().enumerate() {
        let label = match &state.name {
            Some(name) => format!("{}\n{name}", state.number),
            None => state.number.clone(),
        };
        let lasts = snapshot.concepts.first().is_some_and(|c| snapshot.is_equilibrium(c, place));
        let shape = if lasts { ", shape=doublecircle" } else { "" };
        let bold = if state.status_quo { ", style=bold" } else { "" };
        let _ = writeln!(out, "  s{place} [label={}{shape}{bold}];", quoted(&label));
    }
    for step in &snapshot.moves {
        if !step.improves && arrows == Arrows::Improvements {
            continue;
        }
        let colour =
            if step.improves { COLOURS.get(step.actor).copied().unwrap_or("#666B74") } else { "#C8C8BF" };
        let who = snapshot.actors.get(step.actor).map_or("", |a| a.id.as_str());
        let _ = writeln!(
            out,
            "  s{} -> s{} [label={}, color=\"{colour}\", fontcolor=\"{colour}\"];",
            step.from,
            step.to,
            quoted(who)
        );
    }
    out.push_str("}\n");
    Ok(out)
}

/// A directed graph in GraphML: every state with number, pattern, ranks and verdicts, every move
/// with its mover and whether it improves.
///
/// # Errors
/// More than [`GRAPHML_STATES`] states.
pub fn graphml(snapshot: &Snapshot) -> Result<String, CannotExport> {
    bound(snapshot, GRAPHML_STATES, "a GraphML file")?;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    let mut key = |id: &str, target: &str, name: &str, kind: &str| {
        let name = xml(name);
        let _ =
            writeln!(out, "<key id=\"{id}\" for=\"{target}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    };
    key("n", "node", "state", "string");
    key("p", "node", "pattern", "string");
    key("o", "node", "outcome", "string");
    key("q", "node", "status_quo", "boolean");
    for (at, actor) in snapshot.actors.iter().enumerate() {
        key(&format!("r{at}"), "node", &format!("rank.{}", actor.id), "int");
    }
    for (at, column) in snapshot.concepts.iter().enumerate() {
        let concept = column.concept.id();
        for (who, actor) in snapshot.actors.iter().enumerate() {
            key(&format!("c{at}a{who}"), "node", &format!("{concept}.{}", actor.id), "boolean");
        }
        key(&format!("e{at}"), "node", &format!("{concept}.equilibrium"), "boolean");
    }
    key("a", "edge", "actor", "string");
    key("i", "edge", "improvement", "boolean");
    let _ = writeln!(out, "<graph id=\"{}\" edgedefault=\"directed\">", xml(&snapshot.heading()));
    for (place, state) in snapshot.states.iter().enumerate() {
        let pattern: String = state.on.iter().map(|&on| if on { 'Y' } else { 'N' }).collect();
        let _ = write!(out, "<node id=\"s{place}\"><data key=\"n\">{}</data>", xml(&state.number));
        let _ = write!(out, "<data key=\"p\">{pattern}</data>");
        if let Some(name) = &state.name {
            let _ = write!(out, "<data key=\"o\">{}</data>", xml(name));
        }
        let _ = write!(out, "<data key=\"q\">{}</data>", state.status_quo);
        for (at, rank) in state.ranks.iter().enumerate() {
            let _ = write!(out, "<data key=\"r{at}\">{rank}</data>");
        }
        for (at, column) in snapshot.concepts.iter().enumerate() {
            for (who, stable) in column.stable.get(place).into_iter().flatten().enumerate() {
                let _ = write!(out, "<data key=\"c{at}a{who}\">{stable}</data>");
            }
            let lasts = snapshot.is_equilibrium(column, place);
            let _ = write!(out, "<data key=\"e{at}\">{lasts}</data>");
        }
        out.push_str("</node>\n");
    }
    for step in &snapshot.moves {
        let who = snapshot.actors.get(step.actor).map_or("", |a| a.id.as_str());
        let _ = writeln!(
            out,
            "<edge source=\"s{}\" target=\"s{}\"><data key=\"a\">{}</data><data key=\"i\">{}</data></edge>",
            step.from,
            step.to,
            xml(who),
            step.improves
        );
    }
    out.push_str("</graph>\n</graphml>\n");
    Ok(out)
}

fn bound(snapshot: &Snapshot, most: usize, what: &str) -> Result<(), CannotExport> {
    let all = snapshot.of.clone().unwrap_or_else(|| snapshot.states.len().to_string());
    if snapshot.of.is_some() || snapshot.states.len() > most {
        let reason = format!("{what} has at most {most} states, and the case has {all}");
        return Err(CannotExport(vec![reason]));
    }
    Ok(())
}

/// A quoted string of DOT.
fn quoted(text: &str) -> String {
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

/// `text` as it stands inside an element or a quoted attribute of XML 1.0: `&`, `<`, `>` and `"` escaped, line
/// ends and tabs as blanks, characters that XML cannot have as U+FFFD. Linear in its length.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
