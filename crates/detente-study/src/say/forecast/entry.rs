//! An entry that was just written.

use std::path::Path;

use crate::say::words;
use crate::show::doc::{Column, Doc, Line, Table};
use detente_ledger::{AnswerChance, Basis, CaseBasis, Content, Entry, Forecast, Measure, Method, Source};

/// Says what was written, and what to keep.
pub fn entry(path: &Path, entry: &Entry) -> Doc {
    let mut doc = Doc::default();
    let body = &entry.body;
    let what = match &body.says {
        Content::Forecast(_) => "Recorded",
        Content::Resolution(_) => "Resolved",
        Content::Void(_) => "Void",
        Content::Withdrawal(_) => "Taken back",
    };
    doc.title(what, Some(body.recorded.day().to_string()).map(|day| words::date(&day)));
    match &body.says {
        Content::Forecast(forecast) => {
            doc.say(
                Line::new()
                    .strong(forecast.question.clone())
                    .plain(format!(" Answered by {}.", words::date(&forecast.resolves.to_string()))),
            );
            doc.table(answers(forecast));
            doc.say(basis(&forecast.basis));
            if forecast.hindsight {
                doc.say("It is marked as hindsight: the answer is or could be known already.");
            }
        }
        Content::Resolution(resolution) => {
            let day = words::date(&resolution.on.to_string());
            doc.say(
                Line::new()
                    .plain("The forecast ")
                    .code(resolution.forecast.clone())
                    .plain(": ")
                    .strong(resolution.answer.clone())
                    .plain(format!(", settled on {day}. Source: {}.", source(&resolution.source))),
            );
        }
        Content::Void(void) => doc.say(
            Line::new()
                .plain("The forecast ")
                .code(void.forecast.clone())
                .plain(format!(" is void and will not be scored: {}", void.reason)),
        ),
        Content::Withdrawal(withdrawal) => doc.say(
            Line::new()
                .plain("The forecast ")
                .code(withdrawal.forecast.clone())
                .plain(format!(" is open again: entry {} is taken back. ", withdrawal.entry))
                .plain(withdrawal.reason.clone()),
        ),
    }
    doc.say(Line::new().plain(format!(
        "Entry {} of {}. Its seal is the head of the ledger now:",
        body.entry,
        path.display()
    )));
    doc.say(Line::new().code(entry.seal.as_str()));
    doc.say("Keep it where others can see it: with it, `forecast verify --head` shows if anything is cut off or rewritten.");
    doc
}

/// A source in one line.
pub(super) fn source(source: &Source) -> String {
    let publisher = source.publisher.as_ref().map(|p| format!(", {p}")).unwrap_or_default();
    format!("\u{201c}{}\u{201d}{publisher}, {}", source.title, words::date(&source.date))
}

fn answers(forecast: &Forecast) -> Table {
    let sampled = match &forecast.basis {
        Basis::Case(CaseBasis { method: Method::Sampled { intervals, .. }, .. }) => Some(intervals),
        _ => None,
    };
    let mut columns = vec![Column::text("answer"), Column::number("probability")];
    if sampled.is_some() {
        columns.push(Column::words("95 % interval of the draws"));
    }
    let mut table = Table::new(columns);
    for (at, AnswerChance { answer, probability }) in forecast.answers.iter().enumerate() {
        let mut row = vec![Line::from(answer.as_str()), Line::from(probability.to_string())];
        if let Some([low, high]) = sampled.and_then(|intervals| intervals.get(at)) {
            row.push(Line::new().quiet(format!("{low} to {high}")));
        }
        table.row(row);
    }
    table
}

/// What probabilities rest on, in a sentence.
#[must_use]
pub fn basis_sentence(of: &Basis) -> String {
    basis(of).words()
}

fn basis(basis: &Basis) -> Line {
    let Basis::Case(case) = basis else { return Line::from("The probabilities were given by hand.") };
    let variant = case.variant.as_ref().map(|v| format!(", variant {v}")).unwrap_or_default();
    let concept = case.concept.as_deref().and_then(detente_model::Concept::from_id);
    let lasting = concept.map_or("", crate::say::concept::lasting);
    let one = concept.map_or_else(String::new, crate::say::concept::lasts);
    let share = match case.measure {
        Measure::Some => format!("in which some outcome that has it is one {one}"),
        Measure::All => format!("in which every outcome {one} has it"),
        Measure::Drawn => {
            format!("in which one drawn of the outcomes {lasting} has it, each as likely as the others")
        }
        Measure::End => "in which the walk from the status quo ends there".to_owned(),
    };
    let models = match &case.method {
        Method::Exact { models: 1 } => "the one model".to_owned(),
        Method::Exact { models } => format!("all {} models", words::count(&(*models).into())),
        Method::Sampled { draws, seed, .. } => {
            format!("{} drawn models (seed {seed})", words::count(&(*draws).into()))
        }
    };
    Line::new().plain(format!(
        "The probabilities are shares of {models} of the case \u{201c}{}\u{201d}{variant}, {share}.",
        case.title
    ))
}
