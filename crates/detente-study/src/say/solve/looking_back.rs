//! What happened afterwards: is it so in some, all or no outcome that lasts?

use detente_model::{Concept, Observed};
use num_bigint::BigUint;

use super::{Beside, Solved};
use crate::find::findings::Findings;
use crate::say::words;
use crate::show::doc::{Doc, Item, Line};

/// How what happened stands to the outcomes that last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// So in every one.
    All,
    /// So in some.
    Some,
    /// So in none, though possible.
    No,
    /// The rules leave no room for it.
    Impossible,
    /// Nothing lasts at all.
    Nothing,
}

/// Writes the section.
pub(crate) fn section(doc: &mut Doc, solved: &Solved) {
    let observed = &solved.found.conflict.observed;
    if observed.is_empty() {
        return;
    }
    doc.heading_with("Looking back", "does it hold in the outcomes that last?");
    doc.list(observed.iter().map(|one| item(solved, one)).collect());
}

fn item(solved: &Solved, observed: &Observed) -> Item {
    let date = words::dates(&observed.on, observed.until.as_deref());
    let dash = Line::new().quiet("–");
    let head = Line::new().plain(observed.title.clone()).quiet(format!(" ({date})"));
    let Some(own) = fit(&solved.found, observed) else { return Item::marked(dash, head) };
    let mut line = head.plain(": ").strong(says(own));
    let mut groups: Vec<(Fit, Vec<&Beside>)> = Vec::new();
    for beside in solved.beside.iter().filter(|beside| !beside.this) {
        let Ok(found) = &beside.found else { continue };
        let Some(fit) = fit(found, observed).filter(|fit| *fit != own) else { continue };
        match groups.iter_mut().find(|(other, _)| *other == fit) {
            Some((_, list)) => list.push(beside),
            None => groups.push((fit, vec![beside])),
        }
    }
    groups.sort_by_key(|(fit, _)| *fit);
    for (fit, list) in groups {
        line = line.plain(format!("; {} in ", says(fit)));
        let last = list.len() - 1;
        for (at, beside) in list.iter().enumerate() {
            if at > 0 {
                line = line.plain(if at == last { " and " } else { ", " });
            }
            line = match &beside.id {
                Some(_) => line.plain(super::variants::title(beside)),
                None => line.plain("the case as written"),
            };
        }
    }
    Item::marked(dash, line.plain("."))
}

fn says(fit: Fit) -> &'static str {
    match fit {
        Fit::All => "it holds in all",
        Fit::Some => "it holds in some",
        Fit::No => "it holds in none",
        Fit::Impossible => "ruled out by the rules",
        Fit::Nothing => "nothing lasts",
    }
}

fn fit(found: &Findings, observed: &Observed) -> Option<Fit> {
    let lasting = found.lasting(Concept::Nash)?;
    if found.count(&observed.outcome) == BigUint::ZERO {
        return Some(Fit::Impossible);
    }
    let (all, hits) = (lasting.count(), lasting.among(&observed.outcome).count());
    Some(if all == BigUint::ZERO {
        Fit::Nothing
    } else if hits == all {
        Fit::All
    } else if hits > BigUint::ZERO {
        Fit::Some
    } else {
        Fit::No
    })
}
