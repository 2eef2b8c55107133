//! What a table of outcomes leaves out, in sentences.

use std::fmt::Write;

use detente_engine::{LimitHit, Stop};
use detente_model::Conflict;
use num_bigint::BigUint;

use crate::find::caps::RANKED;
use crate::find::listing::{Column, Cut, Listing, Unranked};
use crate::say::{concept, names, words};

/// The title of a case with its variant.
#[must_use]
pub fn heading(conflict: &Conflict) -> String {
    titled(&conflict.about.title, conflict.variant.as_deref())
}

/// A title with the variant.
#[must_use]
pub fn titled(title: &str, variant: Option<&str>) -> String {
    match variant {
        Some(variant) => format!("{title} (variant {variant})"),
        None => title.to_owned(),
    }
}

/// The title of a case with its variant and its date: what a picture of it is a picture of.
#[must_use]
pub fn dated(conflict: &Conflict) -> String {
    match conflict.about.as_of.as_deref() {
        Some(date) => format!("{}, as of {}", heading(conflict), words::date(date)),
        None => heading(conflict),
    }
}

/// What is not listed and what could not be computed, one sentence each; none when the listing is whole.
#[must_use]
pub fn notes(listing: &Listing<'_>) -> Vec<String> {
    let mut notes: Vec<String> = listing.cut.iter().map(|cut| left_out(listing, cut)).collect();
    notes.extend(listing.concepts.iter().filter_map(|column| open(listing.conflict, column)));
    notes.extend(listing.unranked.as_ref().map(|why| unranked(listing, why)));
    notes
}

/// Which outcomes are listed: `Of 128 possible outcomes 8 are listed: the status quo, all 5 that are stable under a concept
/// and the first 2 of the others by number.`
fn left_out(listing: &Listing<'_>, cut: &Cut) -> String {
    let rows = BigUint::from(listing.rows.len());
    let (listed, is) = (words::count(&rows), if listing.rows.len() == 1 { "is" } else { "are" });
    let all = words::counted(&listing.all, "possible outcome", "possible outcomes");
    if cut.asked {
        return format!("Of {all} {listed} {is} listed, as asked for.");
    }
    let mut parts = Vec::new();
    let lasts_today =
        listing.rows.iter().position(|row| row.status_quo).is_some_and(|row| listing.lasts(row));
    if cut.status_quo && !(lasts_today && cut.has_all_lasting()) {
        parts.push("the status quo".to_owned());
    }
    let mut more = String::new();
    if cut.has_all_lasting() {
        match cut.lasting_listed {
            0 if cut.lasting.is_empty() => {}
            0 => more.push_str(" None is stable under a concept."),
            1 if lasts_today => {
                parts.push("the status quo, the only one that is stable under a concept".to_owned())
            }
            1 => parts.push("the only one that is stable under a concept".to_owned()),
            n => {
                let today = if lasts_today { " (the status quo is one of them)" } else { "" };
                parts.push(format!("all {} that are stable under a concept{today}", words::count(&n.into())));
            }
        }
    } else {
        parts.push("the first that are stable".to_owned());
        let some = cut.lasting.iter().map(|(concept, all, listed)| {
            let (listed, short) = (BigUint::from(*listed), concept::short(*concept));
            match words::count(all) {
                count if *all == listed => format!("all {count} under {short}"),
                count => format!("{} of {count} under {short}", words::count(&listed)),
            }
        });
        let _ = write!(more, " Listed are {}.", words::list(&some.collect::<Vec<_>>()));
    }
    match cut.others {
        0 => {}
        1 => parts.push("the first of the others by number".to_owned()),
        n => parts.push(format!("the first {} of the others by number", words::count(&n.into()))),
    }
    format!("Of {all} {listed} {is} listed: {}.{more}", words::list(&parts))
}

/// The bounds that a listing hit: what is stable is not listed whole, or ranks or columns were stopped. What else is left out was not
/// asked for.
#[must_use]
pub fn limits(listing: &Listing<'_>) -> Vec<LimitHit> {
    let cut = listing.cut.iter().filter(|cut| !cut.asked);
    let stopped = listing.unranked.iter().filter_map(|why| match why {
        Unranked::Stopped(hit) => Some(hit.clone()),
        _ => None,
    });
    cut.flat_map(|cut| {
        let short = cut.lasting.iter().filter(|(_, all, listed)| *all > BigUint::from(*listed));
        short.map(|(concept, all, listed)| LimitHit {
            stop: Stop::Work,
            what: format!("rows for what is stable under {}", concept::short(*concept)),
            limit: format!("{} rows", words::count(&cut.bound.into())),
            reached: format!("{} of {}", words::count(&(*listed).into()), words::count(all)),
            exact: "every row".to_owned(),
        })
    })
    .chain(stopped)
    .chain(listing.concepts.iter().flat_map(|column| column.stopped.iter().cloned()))
    .collect()
}

/// Which verdicts are missing, and why; `None`: none.
fn open(conflict: &Conflict, column: &Column) -> Option<String> {
    if column.open.is_empty() {
        return None;
    }
    let name = concept::name(column.concept);
    let whose = if column.open.len() == conflict.game.actors.len() {
        String::new()
    } else {
        format!(" for {}", names::inside_all(conflict, &column.open))
    };
    let why: Vec<String> = column.stopped.iter().map(|hit| words::limit(&hit.into())).collect();
    Some(if why.is_empty() {
        format!("{name}{whose} could not be computed for this case: its columns are empty.")
    } else {
        format!("{name}{whose} was not computed, its columns are empty: {}", why.join(" "))
    })
}

fn unranked(listing: &Listing<'_>, why: &Unranked) -> String {
    match why {
        Unranked::TooMany => format!(
            "No ranks: {} are too many to order one by one (at most {}).",
            words::counted(&listing.all, "possible outcome", "possible outcomes"),
            words::count(&RANKED.most.into())
        ),
        Unranked::Stopped(hit) => format!("No ranks: {}", words::limit(&hit.into())),
    }
}
