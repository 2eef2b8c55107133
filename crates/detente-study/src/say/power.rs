//! What votes are worth, in words.

use detente_engine::power::Powers;
use detente_model::{Conflict, State};
use num_bigint::BigUint;

use crate::find::power::{Place, Vote};
use crate::say::sample::percent;
use crate::say::{names, words};
use crate::show::doc::{Column, Doc, Line, Table};
use crate::wire::LimitInfo;

/// What is voted on, as the head of a section: `To begin “Invest the candidate”`.
#[must_use]
pub fn title(conflict: &Conflict, vote: &Vote) -> String {
    match &vote.place {
        Place::Act(act, begins) => {
            let word = if *begins { "To begin" } else { "To end" };
            format!("{word} {}", names::quoted(names::option(conflict, *act)))
        }
        Place::Formula(_) => {
            let who: Vec<detente_model::ActorId> = vote.members.iter().map(|(actor, _)| *actor).collect();
            format!("The vote of {}", words::list(&inside(conflict, &who)))
        }
    }
}

/// How much it takes, and who is worth all or nothing.
#[must_use]
pub fn sentence(conflict: &Conflict, vote: &Vote) -> String {
    let all: u64 = vote.members.iter().map(|(_, weight)| weight).sum();
    let mut text = format!("It takes {} of {all} votes.", vote.needs);
    let powers = match &vote.powers {
        Ok(powers) => powers,
        Err(hit) => return text + " " + &words::capital(&words::limit(&LimitInfo::from(hit))),
    };
    if powers.swings == BigUint::ZERO {
        return text + " All votes together are not enough.";
    }
    let who = |is: &dyn Fn(usize) -> bool| {
        let list = vote.members.iter().enumerate().filter(|(at, _)| is(*at));
        list.map(|(_, (actor, _))| *actor).collect::<Vec<_>>()
    };
    let needed = who(&|at| all - vote.members[at].1 < vote.needs);
    if !needed.is_empty() && needed.len() < vote.members.len() {
        text += &format!(" Nothing goes without {}.", words::either(&inside(conflict, &needed)));
    } else if needed.len() == vote.members.len() {
        let all_of = match vote.members.len() {
            1 => String::new(),
            2 => ", so neither can be spared".to_owned(),
            n => format!(", so none of the {} can be spared", words::small(n)),
        };
        text = format!("{}{all_of}.", text.trim_end_matches('.'));
    }
    let nothing = who(&|at| powers.members[at].swings == BigUint::ZERO);
    if !nothing.is_empty() {
        let list = words::list(&inside(conflict, &nothing));
        let their = if nothing.len() == 1 { "its votes decide" } else { "their votes decide" };
        text += &format!(" Of {list}, {their} nothing.");
    }
    text
}

/// How a vote stands in `state`, and who alone could turn it: `368 of the 368 votes that it takes; without SPD or FDP it
/// would fail`. `None`: nothing says how its members would vote.
#[must_use]
pub fn pivots(conflict: &Conflict, vote: &Vote, state: &State) -> Option<String> {
    let counted = vote.counted(conflict, state)?;
    let stands = format!("{} of the {} votes that it takes", counted.weight, vote.needs);
    let who = inside(conflict, &counted.pivots);
    Some(match (counted.carried, who.is_empty()) {
        (true, true) => format!("{stands}; nobody alone could make it fail"),
        (true, false) => format!("{stands}; without {} it would fail", words::either(&who)),
        (false, true) => format!("{stands}; nobody alone could carry it"),
        (false, false) => format!("{stands}; the votes of {} would carry it", words::either(&who)),
    })
}

fn inside(conflict: &Conflict, list: &[detente_model::ActorId]) -> Vec<String> {
    list.iter().map(|actor| names::inside(conflict, *actor)).collect()
}

/// A part of a whole in percent; of nothing at all there is no part.
fn share(part: &BigUint, whole: &BigUint) -> String {
    const PARTS: u32 = 1_000_000;
    if *whole == BigUint::ZERO {
        return "–".to_owned();
    }
    let parts = u32::try_from(part * PARTS / whole).unwrap_or(PARTS);
    percent(f64::from(parts) / f64::from(PARTS))
}

/// The report.
#[must_use]
pub fn doc(conflict: &Conflict, votes: &[Vote]) -> Doc {
    let mut doc = Doc::default();
    doc.title("What votes are worth", Some(conflict.about.title.clone()));
    if votes.is_empty() {
        doc.say(
            "Nothing in this case takes a vote: no act begins or ends by votes, and no formula counts them.",
        );
        return doc;
    }
    for vote in votes {
        doc.heading(title(conflict, vote));
        doc.say(sentence(conflict, vote));
        if let Ok(powers) = &vote.powers {
            doc.table(table(conflict, vote, powers));
        }
    }
    doc.say(
        "Banzhaf: of all times that somebody's votes turn a set of the others from losing to winning, how many are this \
         one's. Shapley–Shubik: in how many of all orders of arrival the votes of this one decide. Both are counted, not \
         drawn, and know nothing of who would go with whom.",
    );
    doc
}

fn table(conflict: &Conflict, vote: &Vote, powers: &Powers) -> Table {
    let mut table = Table::new([
        Column::text("Who"),
        Column::number("Votes"),
        Column::number("Banzhaf"),
        Column::number("Shapley–Shubik"),
    ]);
    for ((actor, weight), power) in vote.members.iter().zip(&powers.members) {
        table.row([
            Line::from(names::actor(conflict, *actor)),
            Line::from(weight.to_string()),
            Line::from(share(&power.swings, &powers.swings)),
            Line::from(share(&power.decides, &powers.orders)),
        ]);
    }
    table
}
