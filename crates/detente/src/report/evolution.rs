//! Where the conflict goes, in words and as a picture.

use std::collections::BTreeSet;
use std::fmt::Write;

use detente_engine::evolution::{By, Evolution, Reach, Route};
use detente_model::{Conflict, State};

use super::coalitions::who;
use super::doc::{Column, Doc, Item, Line, Table};
use super::{names, reason, words};

/// At most this many states are drawn.
const DRAWN: usize = 40;

fn percent(p: f64) -> String {
    format!("{:.1} %", p * 100.0)
}

/// The report.
pub(crate) fn doc(conflict: &Conflict, evolution: &Evolution, reach: &Reach, routes: &[Route]) -> Doc {
    let mut doc = Doc::default();
    let from = &evolution.from;
    doc.title(
        format!("Where it goes from: {}", names::outcome(conflict, from)),
        Some(format!("state {from}")),
    );
    let count = |list: &[State]| words::counted(&list.len().into(), "other outcome", "other outcomes");
    if reach.limits.is_empty() {
        doc.say(format!(
            "By any moves {} can be reached, by moves that their maker prefers {}.",
            count(&reach.by_moves),
            count(&reach.by_improvements)
        ));
    }
    doc.heading_with(
        "Where it ends",
        "each of those who would move is equally likely to, or by the weights given",
    );
    if let [only] = evolution.absorbing.as_slice()
        && only.is_equilibrium()
        && evolution.states[only.states[0]] == *from
    {
        doc.say("Nothing moves: nobody who may move here would rather be elsewhere.");
    } else {
        let mut table =
            Table::new([Column::text("Outcome"), Column::number("Likelihood"), Column::number("Moves")]);
        for end in &evolution.absorbing {
            let states: Vec<State> =
                end.states.iter().take(4).map(|s| evolution.states[*s].clone()).collect();
            let mut name = words::list(&names::briefly(conflict, &states));
            if !end.is_equilibrium() {
                let all = words::counted(&end.states.len().into(), "outcome", "outcomes");
                name = format!("round and round without end among {all}, such as {name}");
            }
            let likely = end
                .exact
                .as_ref()
                .map_or_else(|| percent(end.probability), |f| format!("{f} = {}", percent(end.probability)));
            table.row([name.into(), likely.into(), format!("{:.1}", end.moves).into()]);
        }
        doc.table(table);
    }
    if evolution.unfollowed > 0.0 {
        doc.say(format!("Not followed to its end: {}.", percent(evolution.unfollowed)));
    }
    if !evolution.open_cycles.is_empty() {
        doc.say(format!(
            "On the way it can go round in circles: {}.",
            words::counted(&evolution.open_cycles.len().into(), "set of outcomes", "sets of outcomes")
        ));
    }
    if !reach.dead_ends.is_empty() {
        doc.say(format!(
            "Nobody can move any more at: {}.",
            words::list(&names::briefly(conflict, &reach.dead_ends))
        ));
    }
    if !routes.is_empty() {
        doc.heading("The shortest way to each outcome that lasts");
        doc.list(routes.iter().map(|route| way(conflict, from, route)).collect());
    }
    doc
}

/// With a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

fn way(conflict: &Conflict, from: &State, route: &Route) -> Item {
    let mut at = from.clone();
    let mut steps = Vec::new();
    for (mover, to) in &route.sequence {
        let mut acts = Vec::new();
        for actor in mover.members() {
            let does = reason::does(conflict, actor, &at, to);
            if mover.size() == 1 || conflict.game.options_of(actor).any(|o| at.is_on(o) != to.is_on(o)) {
                acts.push(format!("{} would {does}", names::inside(conflict, actor)));
            }
        }
        let together =
            if mover.size() > 1 { format!("{} together: ", who(conflict, *mover)) } else { String::new() };
        steps.push(format!("{together}{}", words::list(&acts)));
        at = to.clone();
    }
    let how = match route.by {
        By::Improvements => "each step preferred by its maker",
        By::Coalitions => "each step preferred by all who make it",
        By::Moves => "by moves that not everybody prefers",
    };
    Item::new(Line::new().strong(names::outcome(conflict, &route.to)).quiet(format!("  {how}")))
        .with(Item::new(format!("{}.", capital(&steps.join("; then ")))))
}

/// The states and steps worth drawing: the start, where it ends, and the ways between.
fn part(evolution: &Evolution, routes: &[Route]) -> (Vec<usize>, Vec<(usize, usize, String)>, bool) {
    let mut keep: BTreeSet<usize> = BTreeSet::from([0]);
    let whole = evolution.states.len() <= DRAWN;
    if whole {
        keep.extend(0..evolution.states.len());
    } else {
        for end in evolution.absorbing.iter().take(8) {
            keep.extend(end.states.iter().take(4));
        }
        for state in routes.iter().flat_map(|r| &r.sequence).map(|(_, s)| s) {
            keep.extend(evolution.states.iter().position(|s| s == state).filter(|_| keep.len() < DRAWN));
        }
    }
    let mut edges: Vec<(usize, usize, String)> = Vec::new();
    for step in &evolution.steps {
        let Some(to) = step.to.filter(|to| keep.contains(to) && keep.contains(&step.from)) else { continue };
        let label: Vec<String> = step.mover.members().map(|a| a.0.to_string()).collect();
        edges.push((step.from, to, label.join("+")));
    }
    (keep.into_iter().collect(), edges, whole)
}

fn label(conflict: &Conflict, movers: &str) -> String {
    let ids: Vec<&str> = movers
        .split('+')
        .filter_map(|k| k.parse::<usize>().ok())
        .filter_map(|k| conflict.game.actors.get(k))
        .map(|a| a.id.as_str())
        .collect();
    ids.join("+")
}

/// Graphviz.
pub(crate) fn dot(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> String {
    let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let (keep, edges, _) = part(evolution, routes);
    let ends: BTreeSet<usize> = evolution.absorbing.iter().flat_map(|a| a.states.iter().copied()).collect();
    let mut out = String::from("digraph evolution {\n  rankdir=LR;\n  node [shape=box];\n");
    for s in keep {
        let state = &evolution.states[s];
        let name = quote(names::brief(&names::outcome(conflict, state)));
        let style = if ends.contains(&s) { ", peripheries=2" } else { "" };
        let _ = writeln!(out, "  s{state} [label=\"{name}\\n{state}\"{style}];");
    }
    for (from, to, movers) in edges {
        let (from, to) = (&evolution.states[from], &evolution.states[to]);
        let _ = writeln!(out, "  s{from} -> s{to} [label=\"{}\"];", quote(&label(conflict, &movers)));
    }
    out.push_str("}\n");
    out
}

/// A picture: columns by distance from the start, a double frame where it ends.
pub(crate) fn svg(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> String {
    const WIDE: usize = 220;
    const HIGH: usize = 70;
    let escape = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let (keep, edges, whole) = part(evolution, routes);
    let ends: BTreeSet<usize> = evolution.absorbing.iter().flat_map(|a| a.states.iter().copied()).collect();
    // Distance among what is drawn; what no drawn step leads to stands last.
    let mut column = vec![usize::MAX; evolution.states.len()];
    column[0] = 0;
    let mut queue = std::collections::VecDeque::from([0]);
    while let Some(s) = queue.pop_front() {
        for (_, to, _) in edges.iter().filter(|(from, _, _)| *from == s) {
            if column[*to] == usize::MAX {
                column[*to] = column[s] + 1;
                queue.push_back(*to);
            }
        }
    }
    let last = keep.iter().map(|s| column[*s]).filter(|c| *c != usize::MAX).max().unwrap_or(0);
    let mut rows = vec![0; last + 2];
    let places: Vec<(usize, usize, usize)> = keep
        .iter()
        .map(|&s| {
            let c = column[s].min(last + 1);
            rows[c] += 1;
            (s, 20 + c * WIDE, 40 + (rows[c] - 1) * HIGH)
        })
        .collect();
    let (width, height) = ((last + 2) * WIDE, 80 + rows.iter().max().copied().unwrap_or(1) * HIGH);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>{}</title>\n<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n",
        escape(&format!("Where it goes from: {}", names::outcome(conflict, &evolution.from)))
    );
    let at = |s: usize| places.iter().find(|(t, _, _)| *t == s).map(|(_, x, y)| (*x, *y));
    for (from, to, movers) in &edges {
        let (Some((x, y)), Some((u, v))) = (at(*from), at(*to)) else { continue };
        let (x, y, u, v) =
            (x + 160, y + 20, if u > x { u } else { u + 80 }, if u > x { v + 20 } else { v + 42 });
        let _ = writeln!(
            out,
            "<path d=\"M{x} {y} L{u} {v}\" fill=\"none\" stroke=\"#666\" marker-end=\"url(#end)\"/><text x=\"{}\" y=\"{}\" fill=\"#666\">{}</text>",
            (x + u) / 2,
            (y + v) / 2 - 4,
            escape(&label(conflict, movers))
        );
    }
    for (s, x, y) in &places {
        let state = &evolution.states[*s];
        let name: String = names::brief(&names::outcome(conflict, state)).chars().take(24).collect();
        let fill = if *s == 0 { "#f7e9a8" } else { "#fff" };
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"160\" height=\"40\" fill=\"{fill}\" stroke=\"#111\"/>"
        );
        if ends.contains(s) {
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"154\" height=\"34\" fill=\"none\" stroke=\"#111\"/>",
                x + 3,
                y + 3
            );
        }
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" fill=\"#666\">{state}</text>",
            x + 8,
            y + 17,
            escape(&name),
            x + 8,
            y + 32
        );
    }
    if !whole {
        let _ = writeln!(
            out,
            "<text x=\"20\" y=\"20\">{} of {} outcomes are drawn</text>",
            places.len(),
            evolution.states.len()
        );
    }
    out.push_str("</svg>\n");
    out
}
