//! Where the conflict goes as a picture: what matters of it in layers from the start, who moves on the edges.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use detente_engine::evolution::{Evolution, Route};
use detente_model::Conflict;

use super::names;
use super::picture::{HALO, INK, MARK, PAPER, Picture, Point, QUIET, cut, wrap};

/// At most this many outcomes are drawn.
const DRAWN: usize = 14;
/// Measures of the picture.
const WIDE: f64 = 190.0;
const HIGH: f64 = 54.0;
const LAYER: f64 = 330.0;
const ROW: f64 = 96.0;
const MARGIN: f64 = 30.0;

/// What is drawn: outcomes by place in [`Evolution::states`], and who leads from one to another.
struct Part {
    /// The start first.
    keep: Vec<usize>,
    /// Movers by pair of outcomes: `Azerbaijan`, `Azerbaijan + Armenia`.
    edges: BTreeMap<(usize, usize), Vec<String>>,
    /// How many steps from the start, along what is drawn.
    layer: BTreeMap<usize, usize>,
    /// Steps back or within a layer that are left out.
    left_out: usize,
}

/// The start, the status quo, where it ends, and the shortest ways between them; all when they are few.
fn part(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> Part {
    let count = evolution.states.len();
    let mut keep: BTreeSet<usize> = BTreeSet::from([0]);
    if count <= DRAWN {
        keep.extend(0..count);
    } else {
        let place = |state: &detente_model::State| evolution.states.iter().position(|s| s == state);
        keep.extend(conflict.game.status_quo.as_ref().and_then(place));
        let ends = evolution.absorbing.iter().map(|end| end.states.iter().copied().take(2));
        for end in ends.flatten() {
            for step in way(evolution, end) {
                if keep.len() < DRAWN {
                    keep.insert(step);
                }
            }
        }
        for state in routes.iter().flat_map(|route| &route.sequence).filter_map(|(_, state)| place(state)) {
            if keep.len() < DRAWN {
                keep.insert(state);
            }
        }
    }
    let mut edges: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for step in &evolution.steps {
        let Some(to) = step.to.filter(|to| keep.contains(to) && keep.contains(&step.from)) else { continue };
        let who: Vec<&str> = step.mover.members().map(|actor| names::actor(conflict, actor)).collect();
        edges.entry((step.from, to)).or_default().push(who.join(" + "));
    }
    let mut layer = BTreeMap::from([(0, 0)]);
    let mut queue = VecDeque::from([0]);
    while let Some(from) = queue.pop_front() {
        let next = layer[&from] + 1;
        for (_, to) in edges.keys().filter(|(start, _)| *start == from) {
            if let std::collections::btree_map::Entry::Vacant(free) = layer.entry(*to) {
                free.insert(next);
                queue.push_back(*to);
            }
        }
    }
    let last = layer.values().max().copied().unwrap_or(0);
    for state in &keep {
        layer.entry(*state).or_insert(last + 1);
    }
    let all = edges.len();
    // Many steps: only those that lead on.
    if all > 2 * keep.len() {
        edges.retain(|(from, to), _| layer[to] > layer[from]);
    }
    let left_out = all - edges.len();
    Part { keep: keep.into_iter().collect(), edges, layer, left_out }
}

/// The places on a shortest way of the chain to `end`.
fn way(evolution: &Evolution, end: usize) -> Vec<usize> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::from([(0, 0)]);
    let mut queue = VecDeque::from([0]);
    while let Some(from) = queue.pop_front() {
        for to in evolution.steps.iter().filter(|step| step.from == from).filter_map(|step| step.to) {
            if let std::collections::btree_map::Entry::Vacant(free) = before.entry(to) {
                free.insert(from);
                queue.push_back(to);
            }
        }
    }
    let mut places = vec![end];
    let mut at = end;
    while at != 0 {
        let Some(from) = before.get(&at) else { break };
        at = *from;
        places.push(at);
    }
    places
}

/// What an outcome is called in a picture: where two that are drawn have the same name, the state
/// number tells them apart.
fn labels(conflict: &Conflict, evolution: &Evolution, keep: &[usize]) -> BTreeMap<usize, String> {
    let states: Vec<_> = keep.iter().map(|at| evolution.states[*at].clone()).collect();
    keep.iter().copied().zip(names::briefly(conflict, &states)).collect()
}

/// Where each outcome stands: layers from left to right, rows so that steps cross less.
fn places(part: &Part) -> BTreeMap<usize, Point> {
    let layers = part.layer.values().max().map_or(1, |last| last + 1);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); layers];
    for state in &part.keep {
        rows[part.layer[state]].push(*state);
    }
    let most = rows.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let mut low: BTreeMap<usize, f64> = BTreeMap::new();
    for _ in 0..4 {
        for row in &mut rows {
            // By the mean height of those that are already placed and that a step joins.
            let height = |state: &usize| {
                let joined = part.edges.keys().filter_map(|(from, to)| match state {
                    s if s == to => low.get(from),
                    s if s == from => low.get(to),
                    _ => None,
                });
                let (sum, count) = joined.fold((0.0, 0.0), |(sum, count), y| (sum + y, count + 1.0));
                if count > 0.0 { sum / count } else { most / 2.0 }
            };
            let heights: BTreeMap<usize, f64> = row.iter().map(|state| (*state, height(state))).collect();
            row.sort_by(|a, b| heights[a].total_cmp(&heights[b]).then(a.cmp(b)));
            let first = (most - row.len() as f64) / 2.0;
            for (at, state) in row.iter().enumerate() {
                low.insert(*state, first + at as f64);
            }
        }
    }
    part.keep
        .iter()
        .map(|state| {
            (
                *state,
                (
                    MARGIN + part.layer[state] as f64 * LAYER,
                    90.0 + low.get(state).copied().unwrap_or(0.0) * ROW,
                ),
            )
        })
        .collect()
}

/// The picture as SVG.
pub(crate) fn svg(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> String {
    let part = part(conflict, evolution, routes);
    let labels = labels(conflict, evolution, &part.keep);
    let places = places(&part);
    let mut picture = Picture::default();
    let name = names::outcome(conflict, &evolution.from);
    let title = format!("Where it goes from: {name}");
    picture.text((MARGIN, 36.0), &cut(&title, 90), "font-size=\"19\" font-weight=\"600\"");
    let mut notes = vec!["An arrow is a step that those named on it prefer.".to_owned()];
    if part.keep.len() < evolution.states.len() {
        notes.push(format!("{} of {} outcomes are drawn.", part.keep.len(), evolution.states.len()));
    }
    if part.left_out > 0 {
        notes.push(format!("{} steps that lead back or sideways are left out.", part.left_out));
    }
    picture.text((MARGIN, 58.0), &notes.join(" "), &format!("fill=\"{QUIET}\""));
    picture.add(format_args!(
        "<defs><marker id=\"on\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"9\" markerHeight=\"9\" \
         orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"{QUIET}\"/></marker></defs>"
    ));
    let mut words: Vec<(Point, String)> = Vec::new();
    for (at, ((from, to), who)) in part.edges.iter().enumerate() {
        words.push((edge(&mut picture, places[from], places[to], at), who.join(", ")));
    }
    for (place, text) in &words {
        for (k, line) in wrap(text, 18).iter().enumerate() {
            let more = format!("font-size=\"11.5\" text-anchor=\"middle\" fill=\"{INK}\" {HALO}");
            picture.text((place.0, place.1 + 13.0 * k as f64), line, &more);
        }
    }
    let single: BTreeSet<usize> =
        evolution.absorbing.iter().filter(|end| end.is_equilibrium()).map(|end| end.states[0]).collect();
    let round: BTreeSet<usize> = evolution
        .absorbing
        .iter()
        .filter(|end| !end.is_equilibrium())
        .flat_map(|end| end.states.iter().copied())
        .collect();
    for (state, place) in &places {
        let kind = Kind {
            start: *state == 0,
            today: conflict.game.status_quo.as_ref() == Some(&evolution.states[*state]),
            end: single.contains(state),
            round: round.contains(state),
        };
        outcome(&mut picture, *place, &labels[state], kind);
    }
    let low = places.values().map(|(_, y)| *y).fold(0.0, f64::max) + HIGH;
    let right = places.values().map(|(x, _)| *x).fold(0.0, f64::max) + WIDE;
    let legend = legend(&mut picture, low + 60.0);
    let size = ((right + MARGIN).max(760.0), legend + MARGIN);
    let told: Vec<String> = part
        .edges
        .iter()
        .map(|((from, to), who)| format!("{}: from {} to {}", who.join(", "), labels[from], labels[to]))
        .collect();
    picture.finish(size, &title, &told.join("; "))
}

/// What an outcome is, seen by its shape.
#[derive(Clone, Copy, Default)]
struct Kind {
    start: bool,
    today: bool,
    end: bool,
    round: bool,
}

/// A box; the status quo with round ends, an end with a double frame, what is on a round without an end
/// with a dashed frame, the start under the marker.
fn outcome(picture: &mut Picture, (x, y): Point, label: &str, kind: Kind) {
    let fill = if kind.start { MARK } else { PAPER };
    let round = if kind.today { HIGH / 2.0 } else { 4.0 };
    let dashes = if kind.round { " stroke-dasharray=\"5 4\"" } else { "" };
    picture.add(format_args!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{WIDE}\" height=\"{HIGH}\" rx=\"{round}\" fill=\"{fill}\" \
         stroke=\"{INK}\" stroke-width=\"1.4\"{dashes}/>"
    ));
    if kind.end {
        picture.add(format_args!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"none\" stroke=\"{INK}\"/>",
            x + 4.0,
            y + 4.0,
            WIDE - 8.0,
            HIGH - 8.0,
            (round - 4.0).max(1.0)
        ));
    }
    let mut lines = wrap(label, 25);
    if lines.len() > 2 {
        lines = vec![lines[0].clone(), cut(&lines[1..].join(" "), 24)];
    }
    let first = y + HIGH / 2.0 + if lines.len() == 1 { 4.5 } else { -3.5 };
    for (at, line) in lines.iter().enumerate() {
        picture.text((x + WIDE / 2.0, first + 16.0 * at as f64), line, "text-anchor=\"middle\"");
    }
}

/// A curve from one box to another; returns where its words go.
fn edge(picture: &mut Picture, (x, y): Point, (u, v): Point, at: usize) -> Point {
    let line = format!("fill=\"none\" stroke=\"{QUIET}\" stroke-width=\"1.3\" marker-end=\"url(#on)\"");
    // Words of neighbouring curves stand at different places along them.
    let share = [0.5, 0.42, 0.58][at % 3];
    if u > x {
        let (a, b, c, d) = (x + WIDE, y + HIGH / 2.0, u - 3.0, v + HIGH / 2.0);
        let bend = (c - a) * 0.45;
        picture.add(format_args!(
            "<path d=\"M{a:.1} {b:.1} C{:.1} {b:.1} {:.1} {d:.1} {c:.1} {d:.1}\" {line}/>",
            a + bend,
            c - bend
        ));
        return bezier((a, b), (a + bend, b), (c - bend, d), (c, d), share);
    }
    // Back, or within a layer: below the boxes.
    let (a, b, c, d) = (x + WIDE * 0.62, y + HIGH, u + WIDE * 0.38, v + HIGH + 3.0);
    let low = b.max(d) + 34.0;
    picture.add(format_args!(
        "<path d=\"M{a:.1} {b:.1} C{a:.1} {low:.1} {c:.1} {low:.1} {c:.1} {d:.1}\" stroke-dasharray=\"2 3\" {line}/>"
    ));
    bezier((a, b), (a, low), (c, low), (c, d), share)
}

/// The point at `share` of a cubic curve.
fn bezier(a: Point, b: Point, c: Point, d: Point, share: f64) -> Point {
    let (t, s) = (share, 1.0 - share);
    let on = |a: f64, b: f64, c: f64, d: f64| {
        s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
    };
    (on(a.0, b.0, c.0, d.0), on(a.1, b.1, c.1, d.1) - 3.0)
}

/// What the shapes mean; returns where it ends.
fn legend(picture: &mut Picture, low: f64) -> f64 {
    let shapes = [
        ("the start", Kind { start: true, ..Kind::default() }),
        ("the status quo", Kind { today: true, ..Kind::default() }),
        ("nobody moves on", Kind { end: true, ..Kind::default() }),
        ("round and round", Kind { round: true, ..Kind::default() }),
    ];
    for (at, (label, kind)) in shapes.into_iter().enumerate() {
        picture.add(format_args!(
            "<g transform=\"translate({:.1} {low:.1}) scale(0.8)\">",
            MARGIN + at as f64 * (WIDE * 0.8 + 20.0)
        ));
        outcome(picture, (0.0, 0.0), label, kind);
        picture.add(format_args!("</g>"));
    }
    low + HIGH
}

/// The same for Graphviz.
pub(crate) fn dot(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> String {
    let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let part = part(conflict, evolution, routes);
    let labels = labels(conflict, evolution, &part.keep);
    let ends: BTreeSet<usize> = evolution.absorbing.iter().flat_map(|a| a.states.iter().copied()).collect();
    let mut out = String::from("digraph evolution {\n  rankdir=LR;\n  node [shape=box];\n");
    for at in &part.keep {
        let state = &evolution.states[*at];
        let today = conflict.game.status_quo.as_ref() == Some(state);
        let mut style = String::new();
        if today {
            style.push_str(", style=rounded");
        }
        if ends.contains(at) {
            style.push_str(", peripheries=2");
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  s{state} [label=\"{}\"{style}];", quote(&labels[at]));
    }
    for ((from, to), who) in &part.edges {
        let (from, to) = (&evolution.states[*from], &evolution.states[*to]);
        let _ = writeln!(out, "  s{from} -> s{to} [label=\"{}\"];", quote(&who.join(", ")));
    }
    out.push_str("}\n");
    out
}
