//! Shares of models, as a report.

mod answer;
mod attribution;
mod inputs;
pub mod items;
#[cfg(feature = "parquet")]
mod parquet;
pub mod picture;
mod text;

use detente_model::Concept;

use crate::say::{concept, words};
use crate::show::doc::{Column, Doc, Line, Table};
use crate::wire::{FactorInfo, Interval, Method, MovedShareInfo, Sample, ShareInfo};

pub use answer::Counted;
pub use attribution::Moving;
pub use inputs::{NOT_SO, SO, inputs};
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub use text::{lines, percent};

/// How many rows a table of the report has.
const ROWS: usize = 10;

/// The report.
pub fn doc(sample: &Sample) -> Doc {
    let mut doc = Doc::default();
    doc.title("How sure?", Some(sample.case.title.clone()));
    for line in &sample.text {
        doc.say(line.as_str());
    }
    shares(
        &mut doc,
        sample,
        "Questions and outcomes",
        &["question", "outcome", "pattern", "any"],
        usize::MAX,
    );
    shares(&mut doc, sample, "Single outcomes", &["equilibrium"], ROWS);
    sets(&mut doc, sample);
    ends(&mut doc, sample);
    if let Some(moved) = text::main(sample) {
        for kind in ["input", "actor", "claim", "speaker", "source", "assumptions"] {
            factors(&mut doc, moved, kind);
        }
    } else {
        inputs_table(&mut doc, sample);
    }
    convergence(&mut doc, sample);
    if !sample.limits.is_empty() {
        doc.heading("Bounds that were hit");
        for hit in &sample.limits {
            doc.say(words::limit(hit));
        }
    }
    doc
}

fn short(id: &str) -> &str {
    Concept::from_id(id).map_or(id, |which| concept::short(which))
}

/// `62.3 62.0–62.6`, in per cent: a share with its interval; near an end the interval alone. An exact one has none:
/// `62.3 %`.
fn cell(share: &Interval) -> Line {
    match text::range(share) {
        None => percent(share.share).into(),
        Some(range) if (0.0005..=0.9995).contains(&share.share) => {
            Line::from(format!("{:.1}", share.share * 100.0)).quiet(format!(" {range}"))
        }
        Some(range) => Line::from(range),
    }
}

fn shares(doc: &mut Doc, sample: &Sample, title: &str, kinds: &[&str], most: usize) {
    let concepts = &sample.settings.concepts;
    let mut keys: Vec<(&str, &str)> = Vec::new();
    for share in sample.shares.iter().filter(|s| kinds.contains(&s.kind.as_str())) {
        if !keys.contains(&(&share.kind, &share.id)) {
            keys.push((&share.kind, &share.id));
        }
    }
    if keys.is_empty() {
        return;
    }
    let remark = match sample.method {
        Method::Exact => "in what share of all models it lasts, by concept",
        Method::Sampled => "in what share of the models it lasts, in %, by concept, with the 95 % interval",
    };
    let outcomes = keys.iter().filter(|(kind, _)| *kind == "outcome").count();
    let first = if outcomes > 1 { "; what bears several names counts under the first" } else { "" };
    let certain = sample.shares.iter().any(|s| s.asks_certain && kinds.contains(&s.kind.as_str()));
    let certain =
        if certain { "; for “certain”: in what share it holds in everything that lasts" } else { "" };
    doc.heading_with(title, format!("{remark}{first}{certain}"));
    let mut table =
        Table::new([Column::text("")].into_iter().chain(concepts.iter().map(|c| Column::number(short(c)))));
    let count = keys.len();
    for (kind, id) in keys.into_iter().take(most) {
        let own = |s: &&ShareInfo| s.kind == kind && s.id == id;
        let first = sample.shares.iter().find(own);
        let mut name = Line::from(first.map_or("", |s| s.name.as_str()));
        if kind == "equilibrium" || kind == "question" {
            let certain = if first.is_some_and(|s| s.asks_certain) { ", certain" } else { "" };
            name = name.quiet(format!(" ({id}{certain})"));
        }
        let cells = concepts.iter().map(|concept| {
            let found = sample.shares.iter().filter(own).find(|s| s.concept == *concept);
            found.map_or_else(Line::new, |s| {
                let line = cell(&s.answer());
                if s.asked { Line::new().strong(line.words()) } else { line }
            })
        });
        table.row([name].into_iter().chain(cells));
    }
    doc.table(table);
    if count > most {
        doc.say(Line::new().quiet(format!("--format json or csv lists {} more.", count - most)));
    }
}

fn sets(doc: &mut Doc, sample: &Sample) {
    let mut table =
        Table::new([Column::words("Concept"), Column::text("Last together"), Column::number("Share")]);
    for sets in &sample.sets {
        for set in sets.sets.iter().take(3) {
            let what = match set.names.len() {
                0 => "nothing".to_owned(),
                _ if set.states.len() > 4 => {
                    let names = words::counted(&set.names.len().into(), "name", "names");
                    format!("{} outcomes, of {names}", set.states.len())
                }
                _ => set.names.join("; "),
            };
            let share = Interval { share: set.share, low: set.low, high: set.high };
            table.row([short(&sets.concept).into(), what.into(), cell(&share)]);
        }
    }
    if !table.rows.is_empty() {
        doc.heading_with("What lasts together", "the three most frequent sets of each concept");
        doc.table(table);
    }
}

fn ends(doc: &mut Doc, sample: &Sample) {
    let Some(ends) = &sample.ends else { return };
    doc.heading_with(
        "Where it goes from the status quo",
        "one move at a time: all who would move, alone or together, are equally likely, and so are their improvements",
    );
    let mut table = Table::new([Column::text("It ends at"), Column::number("Share")]);
    for end in ends.ends.iter().take(ROWS) {
        let name = Line::from(end.name.as_str()).quiet(format!(" ({})", end.state));
        table.row([name, cell(&Interval { share: end.share, low: end.low, high: end.high })]);
    }
    if ends.moving.share > 0.0 {
        table.row([words::capital(&text::unended(sample.method)).into(), cell(&ends.moving)]);
    }
    if ends.no_start.share > 0.0 {
        table.row(["The status quo is not possible".into(), cell(&ends.no_start)]);
    }
    doc.table(table);
}

fn factors(doc: &mut Doc, moved: &MovedShareInfo, kind: &str) {
    let list: Vec<&FactorInfo> = text::of_kind(moved, kind);
    if list.is_empty() {
        return;
    }
    let title = match kind {
        "input" => format!("What moves “{}”", moved.name),
        "assumptions" => "By the analyst's assumptions".to_owned(),
        kind => format!("By {kind}"),
    };
    doc.heading_with(
        title,
        "Shapley: its fair part of the variance; total: the part in which it has a hand (Sobol)",
    );
    let mut table = Table::new([
        Column::text(""),
        Column::number("Shapley"),
        Column::number("Total"),
        Column::text("The share, given that"),
    ]);
    for factor in list.iter().take(ROWS) {
        let index = |x: Option<Interval>| x.map_or_else(Line::new, |x| cell(&x));
        let given: Vec<String> =
            factor.settings.iter().map(|s| format!("{}: {}", s.text, percent(s.share))).collect();
        table.row([
            factor.text.as_str().into(),
            index(factor.shapley),
            index(factor.total),
            given.join("; ").into(),
        ]);
    }
    doc.table(table);
    if list.len() > ROWS {
        doc.say(Line::new().quiet(format!("--format json lists {} more.", list.len() - ROWS)));
    }
}

fn inputs_table(doc: &mut Doc, sample: &Sample) {
    if sample.inputs.is_empty() {
        return;
    }
    doc.heading_with("What is doubtful", "with the chance that the case gives it");
    let mut table = Table::new([Column::text(""), Column::text("Chance")]);
    for input in &sample.inputs {
        let levels: Vec<String> =
            input.levels.iter().map(|level| format!("{}: {}", level.text, percent(level.chance))).collect();
        table.row([input.text.as_str().into(), levels.join("; ").into()]);
    }
    doc.table(table);
}

fn convergence(doc: &mut Doc, sample: &Sample) {
    let Some(longest) = sample.convergence.iter().max_by_key(|c| c.after.len()) else { return };
    doc.heading_with("Convergence", "the share after so many draws");
    let mut table = Table::new(
        [Column::number("Draws")]
            .into_iter()
            .chain(sample.convergence.iter().map(|c| Column::number(c.id.clone()))),
    );
    let rows = longest.after.len();
    for at in rows.saturating_sub(7)..rows {
        let draws = crate::say::words::count(&longest.after[at].0.into());
        let cells = sample
            .convergence
            .iter()
            .map(|c| c.after.get(at).map_or_else(Line::new, |(_, share)| percent(*share).into()));
        table.row([Line::from(draws)].into_iter().chain(cells));
    }
    doc.table(table);
}
