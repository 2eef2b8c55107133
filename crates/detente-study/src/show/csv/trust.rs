//! What the conclusions rest on.

use super::{Style, flag, of_frame};
use crate::say::words;
use crate::show::frame::{Cells, Frame};
use crate::wire::Trust;

/// One row per thing that is struck (`strike`), per set of claims that a conclusion cannot do without (`set`), and per
/// body of claims that suffices for one (`body`). Each conclusion has its column: what becomes of it.
#[must_use]
pub fn trust(found: &Trust, struck: &dyn Fn(usize) -> String, style: Style) -> String {
    of_frame(&trust_frame(found, struck), style)
}

/// The same as columns. How many outcomes are possible and how many last are words: they may be larger than any machine
/// number.
#[must_use]
pub fn trust_frame(found: &Trust, struck: &dyn Fn(usize) -> String) -> Frame {
    let mut conclusions: Vec<&str> = Vec::new();
    let in_runs = found.runs.iter().flat_map(|run| &run.conclusions).map(|c| c.id.as_str());
    let in_sets = found.sets.iter().map(|set| set.id.as_str());
    for id in in_runs.chain(in_sets).chain(found.bodies.iter().map(|body| body.id.as_str())) {
        if !conclusions.contains(&id) {
            conclusions.push(id);
        }
    }
    let mut head: Vec<String> = [
        "kind",
        "without",
        "note",
        "claims",
        "speakers",
        "kinds",
        "sources",
        "assumptions",
        "question",
        "possible",
        "last",
        "rules_fallen",
        "actors_without_motive",
    ]
    .map(str::to_owned)
    .into();
    let fixed = head.len();
    head.extend(conclusions.iter().map(|id| (*id).to_owned()));
    let place = |id: &str| conclusions.iter().position(|other| *other == id);
    let row = |cells: [String; 13]| {
        let mut row: Vec<String> = cells.into();
        row.resize(fixed + conclusions.len(), String::new());
        row
    };
    let empty = String::new;
    let mut rows = vec![row([
        "all evidence".to_owned(),
        empty(),
        empty(),
        empty(),
        empty(),
        empty(),
        empty(),
        flag(false),
        empty(),
        found.before.feasible.clone(),
        found.before.equilibria.clone(),
        empty(),
        empty(),
    ])];
    if let Some(run) = found.runs.first() {
        for conclusion in &run.conclusions {
            if let Some(at) = place(&conclusion.id) {
                rows[0][fixed + at] = conclusion.before.to_owned();
            }
        }
    }
    for (at, run) in found.runs.iter().enumerate() {
        let fallen: Vec<String> = run.rules_fallen.iter().map(usize::to_string).collect();
        let mut cells = row([
            "strike".to_owned(),
            struck(at),
            run.error.clone().unwrap_or_default(),
            run.struck.claims.join(" "),
            run.struck.speakers.join("; "),
            run.struck.kinds.join(" "),
            run.struck.sources.join(" "),
            flag(run.struck.assumptions),
            run.question.clone().unwrap_or_default(),
            run.feasible.clone().unwrap_or_default(),
            run.equilibria.clone().unwrap_or_default(),
            fallen.join(" "),
            run.actors_without_motive.join(" "),
        ]);
        for conclusion in &run.conclusions {
            if let Some(at) = place(&conclusion.id) {
                cells[fixed + at] = conclusion.status.to_owned();
            }
        }
        rows.push(cells);
    }
    let sets = found.sets.iter().map(|set| ("set", &set.id, &set.claims, set.status));
    let bodies = found.bodies.iter().map(|body| {
        ("body", &body.id, &body.claims, if body.smallest { "suffices, no fewer do" } else { "suffices" })
    });
    for (kind, id, claims, status) in sets.chain(bodies) {
        let mut cells = row(std::array::from_fn(|_| String::new()));
        cells[0] = kind.to_owned();
        cells[3] = claims.join(" ");
        if let Some(at) = place(id) {
            cells[fixed + at] = status.to_owned();
        }
        rows.push(cells);
    }
    let limits: Vec<String> = found.limits.iter().map(words::limit).collect();
    let mut frame = Frame::default();
    for (at, name) in head.into_iter().enumerate() {
        let cells = rows.iter().map(|row| row[at].clone());
        if name == "assumptions" {
            let flag = |cell: String| (!cell.is_empty()).then_some(cell == "1");
            frame.push(name, Cells::Flag(cells.map(flag).collect()));
        } else {
            frame.text(name, cells);
        }
    }
    frame.note(&limits);
    frame
}
