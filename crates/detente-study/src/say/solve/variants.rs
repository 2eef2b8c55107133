//! The variants of the case beside it: how many outcomes, what lasts, which answers change.

use detente_model::Concept;
use num_bigint::BigUint;

use super::{Beside, Solved};
use crate::find::findings::Findings;
use crate::say::answers::Reply;
use crate::say::{names, words};
use crate::show::doc::{Column, Doc, Line, Table};
use crate::wire::Answer;

/// Up to this many outcomes are named in a row.
const NAMED: usize = 4;

/// Writes the section.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    if let Some(why) = &solved.alone {
        // In brief, it stands with what else is left out.
        if solved.brief {
            return;
        }
        doc.heading("If something were different");
        doc.say(Line::from(why.as_str()));
        return;
    }
    if solved.beside.len() < 2 {
        return;
    }
    doc.heading_with("If something were different", "the variants of the case beside it");
    let asked: Vec<&Reply> = solved.replies.iter().filter(|reply| is_yes_or_no(reply)).collect();
    let mut columns =
        vec![Column::words("variant"), Column::text("what is different"), Column::number("possible")];
    columns.extend(asked.iter().map(|reply| Column::words(format!("{}?", reply.id))));
    columns.push(Column::text("what lasts"));
    let mut table = Table::new(columns);
    for beside in &solved.beside {
        let id = beside.id.as_deref().unwrap_or("as written");
        let id = if beside.this { Line::new().strong(id) } else { Line::from(id) };
        let what = Line::new().plain(if beside.id.is_some() { beside.title.as_str() } else { "" });
        match &beside.found {
            Err(why) => table.row([id, what, Line::new(), Line::from(why.as_str())]),
            Ok(found) => {
                let mut cells = vec![id, what, Line::from(words::count(&found.feasible().count()))];
                cells.extend(asked.iter().map(|reply| verdict(solved, beside, reply)));
                cells.push(lasting(found));
                table.row(cells);
            }
        }
    }
    doc.table(table);
}

/// Count and names of what lasts: `3: Today; Moscow deal; Western peace`.
fn lasting(found: &Findings) -> Line {
    let Some(set) = found.lasting(Concept::Nash) else { return Line::from("not known") };
    let count = set.count();
    if count == BigUint::ZERO {
        return Line::from("nothing");
    }
    let first = set.first(NAMED);
    let mut names: Vec<String> = Vec::new();
    for state in &first {
        let name = names::brief(&names::outcome(&found.conflict, state)).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = if count > BigUint::from(first.len()) { "; …" } else { "" };
    Line::new().quiet(format!("{}: ", words::count(&count))).plain(format!("{}{more}", names.join("; ")))
}

fn verdict(solved: &Solved, beside: &Beside, asked: &Reply) -> Line {
    let Some(reply) = beside.replies.iter().find(|reply| reply.id == asked.id) else { return Line::new() };
    let word = match reply.answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Partly => "partly",
        Answer::SaysNothing => "says nothing",
        Answer::NotComputed => "?",
    };
    let changed = this(solved, asked).is_some_and(|answer| answer != reply.answer);
    if changed { Line::new().marked(word) } else { Line::from(word) }
}

fn this(solved: &Solved, asked: &Reply) -> Option<Answer> {
    solved.replies.iter().find(|reply| reply.id == asked.id).map(|reply| reply.answer)
}

fn is_yes_or_no(reply: &Reply) -> bool {
    use detente_model::QuestionKind::{Certain, Possible};
    matches!(reply.kind, Possible | Certain) && reply.answer != Answer::NotComputed
}

/// A variant in a sentence: by its title, in quotation marks; by its id where it has none.
pub(super) fn title(beside: &Beside) -> String {
    match (beside.title.as_str(), &beside.id) {
        ("", id) => id.clone().unwrap_or_default(),
        (title, _) => names::quoted(title),
    }
}

/// In which variants the answer is another one: "Otherwise in `article-only` and `no-guarantee`."
pub(crate) fn changed(solved: &Solved, reply: &Reply) -> Option<Line> {
    if !is_yes_or_no(reply) || reply.answer == Answer::SaysNothing {
        return None;
    }
    let others: Vec<&Beside> = solved
        .beside
        .iter()
        .filter(|beside| {
            beside.found.is_ok()
                && beside.replies.iter().any(|other| {
                    other.id == reply.id
                        && other.answer != reply.answer
                        && !matches!(other.answer, Answer::NotComputed | Answer::SaysNothing)
                })
        })
        .collect();
    if others.is_empty() {
        return None;
    }
    let lead = match reply.answer {
        Answer::Yes => "No",
        _ => "Yes",
    };
    let several = if others.len() == 1 { "variant" } else { "variants" };
    let mut line = Line::new().strong(lead).plain(format!(" in the {several} "));
    if others.iter().all(|beside| beside.id.is_none()) {
        line = Line::new().strong(lead).plain(" in ");
    }
    let last = others.len() - 1;
    for (at, beside) in others.iter().enumerate() {
        if at > 0 {
            line = line.plain(if at == last { " and " } else { ", " });
        }
        line = match &beside.id {
            Some(_) => line.plain(title(beside)),
            None => line.plain("the case as written"),
        };
    }
    Some(line.plain("."))
}
