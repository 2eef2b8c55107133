//! The ties as a Graphviz graph.

use std::fmt::Write;

use detente_model::Conflict;

use super::words::{heading, tie_text};
use crate::say::listing;
use crate::show::graph::quoted;
use crate::wire::MapView;

/// Graphviz source: a node per actor, an edge per tie styled by its kind, a cluster-free legend in the
/// labels. Bodies and tracks are nodes of their own, joined to members and parties by thin lines.
pub fn dot(conflict: &Conflict, map: &MapView) -> String {
    let mut out = String::from("graph situation {\n  layout=neato; overlap=false; splines=true;\n");
    let mut say = |line: String| {
        let _ = writeln!(out, "  {line}");
    };
    let title = format!("{}\n{}", heading(map), listing::dated(conflict));
    say(format!("label={}; labelloc=t;", quoted(&title)));
    for (at, actor) in conflict.game.actors.iter().enumerate() {
        say(format!("a{at} [shape=circle, label={}];", quoted(&actor.name)));
    }
    for tie in &map.ties {
        let style = match tie.kind.as_str() {
            "alliance" | "partnership" => "penwidth=4",
            "strained" => "style=dashed, penwidth=2",
            "hostile" => "style=bold, arrowhead=tee, arrowtail=tee, dir=both",
            "neutral" => "style=dotted",
            _ => "penwidth=1.5",
        };
        let [a, b] = tie.between;
        say(format!("a{a} -- a{b} [label={}, {style}];", quoted(&tie_text(tie))));
    }
    for (at, body) in map.bodies.iter().enumerate() {
        say(format!("b{at} [shape=ellipse, color=gray50, label={}];", quoted(&body.name)));
        for member in &body.members {
            say(format!("b{at} -- a{member} [color=gray70];"));
        }
    }
    for (at, track) in map.tracks.iter().enumerate() {
        say(format!("t{at} [shape=box, style=rounded, label={}];", quoted(&track.title)));
        for party in &track.parties {
            say(format!("t{at} -- a{party} [color=gray50, style=dotted];"));
        }
        if let Some(who) = track.convenor {
            say(format!("t{at} -- a{who} [color=gray50];"));
        }
    }
    out.push_str("}\n");
    out
}
