//! Where the conflict goes as a picture: what matters of it in layers from the start, who moves on the edges.

mod layout;
mod part;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use detente_engine::evolution::{Evolution, Route};
use detente_model::Conflict;

use crate::say::{listing, names};
use crate::show::graph::quoted;
use crate::show::picture::{HALO, INK, MARK, PAPER, Picture, Point, QUIET, cut, width, wrap};
use layout::{HIGH, LINE, MARGIN, SIZE, Step, WIDE, Words, layout};
use part::part;

/// What an outcome is called in a picture: where two that are drawn have the same name, the state
/// number tells them apart.
fn labels(conflict: &Conflict, evolution: &Evolution, keep: &[usize]) -> BTreeMap<usize, String> {
    let states: Vec<_> = keep.iter().map(|at| evolution.states[*at].clone()).collect();
    keep.iter().copied().zip(names::briefly(conflict, &states)).collect()
}

/// The picture as SVG.
pub fn svg(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> String {
    let part = part(conflict, evolution, routes);
    let labels = labels(conflict, evolution, &part.keep);
    let layout = layout(&part);
    let mut picture = Picture::default();
    let name = names::outcome(conflict, &evolution.from);
    let title = cut(&format!("Where it goes from: {name}"), 90);
    picture.text((MARGIN, 36.0), &title, "font-size=\"19\" font-weight=\"600\"");
    let mut notes = vec![
        "An arrow is a step that those named on it prefer; “+” joins those who make it together.".to_owned(),
    ];
    if part.keep.len() < evolution.states.len() {
        notes.push(format!("{} of {} outcomes are drawn.", part.keep.len(), evolution.states.len()));
    }
    if part.left_out > 0 {
        notes.push(format!("{} steps that lead back or sideways are left out.", part.left_out));
    }
    let notes = notes.join(" ");
    picture.text((MARGIN, 58.0), &notes, &format!("fill=\"{QUIET}\""));
    picture.add(format_args!(
        "<defs><marker id=\"on\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"9\" markerHeight=\"9\" \
         orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"{QUIET}\"/></marker></defs>"
    ));
    for Step { path, back } in &layout.steps {
        let dashes = if *back { " stroke-dasharray=\"2 3\"" } else { "" };
        picture.add(format_args!(
            "<path d=\"{path}\"{dashes} fill=\"none\" stroke=\"{QUIET}\" stroke-width=\"1.3\" \
             stroke-linejoin=\"round\" marker-end=\"url(#on)\"/>"
        ));
    }
    for Words { area, lines } in &layout.words {
        for (k, line) in lines.iter().enumerate() {
            let more = format!("font-size=\"{SIZE}\" text-anchor=\"middle\" fill=\"{INK}\" {HALO}");
            let place = (area.at.0 + area.size.0 / 2.0, area.at.1 + 10.0 + LINE * k as f64);
            picture.text(place, line, &more);
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
    for (state, area) in &layout.boxes {
        let kind = Kind {
            start: *state == 0,
            today: conflict.game.status_quo.as_ref() == Some(&evolution.states[*state]),
            end: single.contains(state),
            round: round.contains(state),
        };
        outcome(&mut picture, area.at, &labels[state], kind);
    }
    let legend = legend(&mut picture, layout.size.1 + 34.0);
    let head = width(&title, 19.0).max(width(&notes, 13.0)) + 2.0 * MARGIN;
    let low = picture.footer((MARGIN, legend), &cut(&listing::dated(conflict), 110));
    let size = (layout.size.0.max(head).max(760.0).ceil(), low);
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
pub fn dot(conflict: &Conflict, evolution: &Evolution, routes: &[Route]) -> String {
    let part = part(conflict, evolution, routes);
    let labels = labels(conflict, evolution, &part.keep);
    let ends: BTreeSet<usize> = evolution.absorbing.iter().flat_map(|a| a.states.iter().copied()).collect();
    let mut out = String::from("digraph evolution {\n  rankdir=LR;\n  node [shape=box];\n");
    let title = format!(
        "Where it goes from: {}\n{}",
        names::outcome(conflict, &evolution.from),
        listing::dated(conflict)
    );
    let _ = writeln!(out, "  label={}; labelloc=t;", quoted(&title));
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
        let _ = writeln!(out, "  s{state} [label={}{style}];", quoted(&labels[at]));
    }
    for ((from, to), who) in &part.edges {
        let (from, to) = (&evolution.states[*from], &evolution.states[*to]);
        let _ = writeln!(out, "  s{from} -> s{to} [label={}];", quoted(&who.join(", ")));
    }
    out.push_str("}\n");
    out
}

#[cfg(test)]
mod tests;
