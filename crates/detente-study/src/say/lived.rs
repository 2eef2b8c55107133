//! What has become of a case between two dates of it: what changed in the world, and what in the evidence. What is assumed
//! differently, and which answers change, is told beside it ([`super::compare`]).
//!
//! Bodies, documents, tracks, sources and claims are matched by id, actors too; ties by the two between whom they are;
//! events by what they are called.

use detente_model::{ActorId, Claim, Conflict, Event, InstrumentStatus, Observed, Tie};

use crate::find::dates;
use crate::say::difference::{Change, paired, push};
use crate::say::{names, reason, words};

/// What changed in the world, from `old` to `new`.
#[must_use]
pub fn world(old: &Conflict, new: &Conflict) -> Vec<Change> {
    let mut list = Vec::new();
    date(&mut list, old, new);
    events(&mut list, old, new);
    observed(&mut list, old, new);
    ties(&mut list, old, new);
    bodies(&mut list, old, new);
    documents(&mut list, old, new);
    tracks(&mut list, old, new);
    list
}

/// What changed in the evidence, from `old` to `new`.
#[must_use]
pub fn evidence(old: &Conflict, new: &Conflict) -> Vec<Change> {
    let mut list = Vec::new();
    for pair in paired(&old.evidence.sources, &new.evidence.sources, |source| source.id.as_str()) {
        match pair {
            (Some(gone), None) => push(&mut list, "source", '−', names::quoted(&gone.title)),
            (None, Some(source)) => push(&mut list, "source", '+', names::quoted(&source.title)),
            _ => {}
        }
    }
    for pair in paired(&old.evidence.claims, &new.evidence.claims, |claim| claim.id.as_str()) {
        match pair {
            (Some(gone), None) => push(&mut list, "claim", '−', claim(old, gone)),
            (None, Some(one)) => push(&mut list, "claim", '+', claim(new, one)),
            (Some(was), Some(one)) if claim(old, was) != claim(new, one) => {
                push(&mut list, "claim", '~', format!("{} (before: {})", claim(new, one), was.says));
            }
            _ => {}
        }
    }
    list
}

/// What the case expects by a day: events, and dates ahead; by day, the day (`YYYY[-MM[-DD]]`) and a sentence for when it
/// has passed.
#[must_use]
pub fn expected(conflict: &Conflict) -> Vec<(String, String)> {
    let dated = dates::expected(conflict).filter(|one| !one.on.is_empty());
    let says = |one: dates::Expected<'_>| {
        let on = one.until.unwrap_or(one.on);
        let what = if one.deadline { "was ahead, for" } else { "was expected by" };
        let text = format!("{} {what} {}: that day has passed.", names::quoted(one.title), words::date(on));
        (on.to_owned(), text)
    };
    let mut all: Vec<(String, String)> = dated.map(says).collect();
    all.sort_unstable();
    all
}

fn date(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let (before, after) = (&old.about.as_of, &new.about.as_of);
    if before != after {
        let day = |date: &Option<String>| date.as_deref().map_or_else(|| "no date".to_owned(), words::date);
        push(list, "date of the case", '~', format!("{}, and not {}", day(after), day(before)));
    }
    // What lay ahead and does no more.
    for was in old.game.deadlines.iter().filter(|date| date.ahead) {
        let same = new.game.deadlines.iter().find(|date| date.id == was.id);
        let passed = new.about.as_of.as_deref().is_some_and(|as_of| was.on.as_str() <= as_of);
        if passed && same.is_none_or(|date| !date.ahead) {
            let title = was.title.as_deref().unwrap_or(&was.id);
            push(list, "date", '~', format!("{} has passed: {}", words::date(&was.on), names::quoted(title)));
        }
    }
}

fn events(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let when = |event: &Event| match event.on.as_str() {
        "" => "no day named".to_owned(),
        on => words::dates(on, event.until.as_deref()),
    };
    let told = |event: &Event| {
        let expected = if event.expected { ", expected" } else { "" };
        format!("{}{expected}: {}", when(event), event.title)
    };
    for pair in paired(&old.situation.events, &new.situation.events, |event| event.title.as_str()) {
        match pair {
            (Some(gone), None) => push(list, "event", '−', told(gone)),
            (None, Some(one)) => push(list, "event", '+', told(one)),
            (Some(was), Some(one)) if was.expected && !one.expected => {
                push(list, "event", '~', format!("what was expected has happened: {}", told(one)));
            }
            (Some(was), Some(one))
                if (&was.on, &was.until, was.expected) != (&one.on, &one.until, one.expected) =>
            {
                push(list, "event", '~', format!("{}, and not {}", told(one), when(was)));
            }
            _ => {}
        }
    }
}

/// What was observed of the outcome.
fn observed(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let told = |one: &Observed| {
        let when = words::dates(&one.on, one.until.as_deref());
        if when.is_empty() { one.title.clone() } else { format!("{when}: {}", one.title) }
    };
    for pair in paired(&old.observed, &new.observed, |one| one.id.as_str()) {
        match pair {
            (Some(gone), None) => push(list, "observed", '−', told(gone)),
            (None, Some(one)) => push(list, "observed", '+', told(one)),
            (Some(was), Some(one)) if told(was) != told(one) => {
                push(list, "observed", '~', format!("{} (before: {})", told(one), told(was)));
            }
            _ => {}
        }
    }
}

/// Actors of another edition, by id.
fn ids<'c>(conflict: &'c Conflict, actors: &[ActorId]) -> Vec<&'c str> {
    let mut ids: Vec<&str> =
        actors.iter().filter_map(|a| conflict.game.actors.get(a.index())).map(|a| a.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

fn ties(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let pair = |conflict: &Conflict, tie: &Tie| -> Vec<String> {
        ids(conflict, &tie.between).into_iter().map(str::to_owned).collect()
    };
    let told = |conflict: &Conflict, tie: &Tie| {
        let mending = if tie.mending { ", mending" } else { "" };
        format!("{}: {}{mending}", names::actors(conflict, &tie.between), tie.kind.word())
    };
    let (before, after) = (&old.situation.ties, &new.situation.ties);
    for gone in before.iter().filter(|tie| !after.iter().any(|now| pair(new, now) == pair(old, tie))) {
        push(list, "tie", '−', told(old, gone));
    }
    for tie in after {
        match before.iter().find(|was| pair(old, was) == pair(new, tie)) {
            None => push(list, "tie", '+', told(new, tie)),
            Some(was) if (was.kind, was.mending) != (tie.kind, tie.mending) => {
                let mending = if was.mending { ", mending" } else { "" };
                push(list, "tie", '~', format!("{}, and not {}{mending}", told(new, tie), was.kind.word()));
            }
            Some(_) => {}
        }
    }
}

fn bodies(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let (before, after) = (&old.situation.bodies, &new.situation.bodies);
    for gone in before.iter().filter(|body| !after.iter().any(|other| other.id == body.id)) {
        push(list, "body", '−', gone.name.clone());
    }
    for body in after {
        let members = names::actors(new, &body.members);
        match before.iter().find(|other| other.id == body.id) {
            None => push(list, "body", '+', format!("{}: {members}", body.name)),
            Some(was) => {
                let (then, now) = (ids(old, &was.members), ids(new, &body.members));
                for actor in new.game.actor_ids().filter(|actor| body.members.contains(actor)) {
                    if !then.contains(&new.game.actors[actor.index()].id.as_str()) {
                        push(list, "body", '+', format!("{} is in {}", names::actor(new, actor), body.name));
                    }
                }
                for actor in old.game.actor_ids().filter(|actor| was.members.contains(actor)) {
                    if !now.contains(&old.game.actors[actor.index()].id.as_str()) {
                        let who = names::actor(old, actor);
                        push(list, "body", '−', format!("{who} is no longer in {}", body.name));
                    }
                }
            }
        }
    }
}

fn documents(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let word = |status: Option<InstrumentStatus>| {
        let known = InstrumentStatus::ALL.into_iter().find(|(known, _)| Some(*known) == status);
        known.map_or("its standing is not said", |(_, word)| word)
    };
    let (before, after) = (&old.situation.instruments, &new.situation.instruments);
    for gone in before.iter().filter(|one| !after.iter().any(|other| other.id == one.id)) {
        push(list, "document", '−', names::quoted(&gone.title));
    }
    for one in after {
        let Some(was) = before.iter().find(|other| other.id == one.id) else {
            push(list, "document", '+', format!("{}: {}", names::quoted(&one.title), word(one.status)));
            continue;
        };
        if was.status != one.status {
            let (now, then) = (word(one.status), word(was.status));
            push(list, "document", '~', format!("{}: {now}, and not {then}", names::quoted(&one.title)));
        }
        let day = |date: &Option<String>| date.as_deref().map_or_else(|| "not said".to_owned(), words::date);
        let of = [
            ("signed", &was.signed, &one.signed),
            ("its term ends", &was.until, &one.until),
            ("it lapses", &was.lapses, &one.lapses),
        ];
        for (what, before, after) in of {
            if before != after {
                let then = before
                    .as_deref()
                    .map_or_else(String::new, |date| format!(", and not {}", words::date(date)));
                let title = names::quoted(&one.title);
                push(list, "document", '~', format!("{title}: {what}: {}{then}", day(after)));
            }
        }
    }
}

fn tracks(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let parties = |conflict: &Conflict, of: &[ActorId]| ids(conflict, of).join(" ");
    for pair in paired(&old.situation.tracks, &new.situation.tracks, |track| track.id.as_str()) {
        match pair {
            (Some(gone), None) => push(list, "track", '−', gone.title.clone()),
            (None, Some(one)) => push(list, "track", '+', one.title.clone()),
            (Some(was), Some(one)) if parties(old, &was.parties) != parties(new, &one.parties) => {
                let (now, then) = (names::actors(new, &one.parties), names::actors(old, &was.parties));
                push(list, "track", '~', format!("{}: between {now}, and not {then}", one.title));
            }
            _ => {}
        }
    }
}

/// `c04 (Ilham Aliyev, expectation): …`.
fn claim(conflict: &Conflict, claim: &Claim) -> String {
    let kind = claim.kind.map_or_else(String::new, |kind| format!(", {}", kind.word()));
    let open = claim.confidence.map_or_else(String::new, |sure| format!(", {sure:.2} sure"));
    format!("{} ({}{kind}{open}): {}", claim.id, reason::speaker(conflict, claim), claim.says)
}
