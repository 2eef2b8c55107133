//! Two versions of a conflict side by side: what is assumed differently, which answers change,
//! what lasts afterwards.

use std::collections::BTreeMap;

use detente_engine::LimitHit;
use detente_model::{Concept, Sequences, State};
use indexmap::IndexMap;

use crate::find::difference::{Because, Change, Moved, Shift, changes, shifts};
use crate::find::findings::Findings;
use crate::say::answers::Reply;
use crate::say::{concept, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};
use crate::wire::{self, Answer, CaseInfo, Program};

/// A version: its name for people, what was found, and its questions answered.
pub struct Version {
    /// `as written`, the id of a variant, a file.
    pub name: String,
    /// What is different about it, in words; may be empty.
    pub title: String,
    /// What was found.
    pub found: Findings,
    /// Its questions, answered.
    pub replies: Vec<Reply>,
}

/// One version against another.
pub struct Comparison<'v> {
    old: &'v Version,
    new: &'v Version,
    changes: Vec<Change>,
    shifts: Vec<Shift>,
}

impl<'v> Comparison<'v> {
    /// Compares `new` with `old` under `concepts`, in the reading `sequences`.
    pub fn of(old: &'v Version, new: &'v Version, concepts: &[Concept], sequences: Sequences) -> Self {
        Self {
            old,
            new,
            changes: changes(&old.found.conflict, &new.found.conflict),
            shifts: shifts(&old.found, &new.found, concepts, sequences),
        }
    }

    /// Questions that both ask, with both answers.
    fn answers(&self) -> Vec<(&'v Reply, &'v Reply)> {
        let other = |reply: &&'v Reply| self.new.replies.iter().find(|new| new.id == reply.id);
        self.old.replies.iter().filter_map(|old| other(&old).map(|new| (old, new))).collect()
    }
}

/// The comparisons as a report; at most `most` outcomes each, with the bounds that were hit on the way.
pub fn doc(list: &[Comparison<'_>], most: usize, limits: &[LimitHit]) -> Doc {
    let mut doc = Doc::default();
    for (at, comparison) in list.iter().enumerate() {
        let (old, new) = (comparison.old, comparison.new);
        if at == 0 {
            let (a, b) = (&old.found.conflict.about.title, &new.found.conflict.about.title);
            doc.title(if a == b { a.clone() } else { format!("{a} → {b}") }, None);
        }
        let title = if new.title.is_empty() { String::new() } else { format!(": {}", new.title) };
        doc.say(
            Line::new().marked(new.name.clone()).plain(title).quiet(format!("  compared with {}", old.name)),
        );
        one(&mut doc, comparison, most);
    }
    words::limits(&mut doc, limits);
    doc
}

fn one(doc: &mut Doc, comparison: &Comparison<'_>, most: usize) {
    doc.heading("What is assumed differently");
    if comparison.changes.is_empty() {
        doc.say("Nothing: options, rules, wishes and status quo are the same.");
    }
    doc.list(
        comparison
            .changes
            .iter()
            .map(|change| {
                let sign = Line::new().strong(change.sign.to_string());
                Item::marked(
                    sign,
                    Line::new().quiet(format!("{}: ", change.about)).plain(change.text.clone()),
                )
            })
            .collect(),
    );
    answers(doc, comparison);
    lasting(doc, comparison, most);
    others(doc, comparison);
}

fn answers(doc: &mut Doc, comparison: &Comparison<'_>) {
    let pairs = comparison.answers();
    let yes_or_no = |reply: &Reply| reply.answer != Answer::NotComputed;
    let known: Vec<_> = pairs.iter().filter(|(a, b)| yes_or_no(a) && yes_or_no(b)).collect();
    if known.is_empty() {
        return;
    }
    doc.heading("Which answers change");
    let changed: Vec<_> = known.iter().filter(|(a, b)| a.answer != b.answer || a.text != b.text).collect();
    if changed.is_empty() {
        doc.say("None.");
        return;
    }
    doc.list(
        changed
            .iter()
            .map(|(a, b)| {
                let now =
                    if a.answer == b.answer { Line::from(b.words()) } else { Line::new().strong(b.words()) };
                Item::new(a.ask.clone())
                    .with(Item::marked(Line::new().quiet("before"), a.words()))
                    .with(Item::marked(Line::new().quiet("now"), now))
            })
            .collect(),
    );
}

fn lasting(doc: &mut Doc, comparison: &Comparison<'_>, most: usize) {
    let Some(shift) = comparison.shifts.iter().find(|shift| shift.concept == Concept::Nash) else { return };
    let (before, after) = (words::count(&shift.counts.0), words::count(&shift.counts.1));
    doc.heading_with(
        "What lasts: nobody alone has reason to leave",
        if before == after { format!("{after}, as before") } else { format!("{before} before, {after} now") },
    );
    let (Some(gained), Some(lost)) = (&shift.gained, &shift.lost) else {
        doc.say("Too many to compare one by one.");
        return;
    };
    if gained.is_empty() && lost.is_empty() {
        doc.say("The same outcomes.");
        return;
    }
    let item = |sign: &str, moved: &Moved, state: &Option<State>| {
        let number = state.as_ref().map(|state| format!("  {state}")).unwrap_or_default();
        let text = Line::new().strong(moved.name.clone()).quiet(number);
        let said = |line: Line, text: &str| Item::marked(line, text);
        match &moved.why {
            Because::NotPossibleBefore | Because::NoLongerPossible => {
                Item::marked(Line::new().marked(sign), text.plain(format!(": {}", why(&moved.why))))
            }
            Because::NotLookedFor => Item::marked(Line::new().marked(sign), text),
            Because::Turn(turn) => Item::marked(Line::new().marked(sign), text)
                .with(said(Line::new().quiet("before"), &turn.before))
                .with(said(Line::new().quiet("now"), &turn.after)),
        }
    };
    let mut items: Vec<Item> = gained.iter().take(most).map(|moved| item("+", moved, &moved.new)).collect();
    items.extend(lost.iter().take(most).map(|moved| item("−", moved, &moved.old)));
    let more = gained.len().saturating_sub(most) + lost.len().saturating_sub(most);
    if more > 0 {
        items.push(Item::new(Line::new().quiet(format!("and {more} more: --list N"))));
    }
    doc.list(items);
}

/// What made an outcome last, or no longer, when that is not an actor's verdict.
fn why(because: &Because) -> &'static str {
    match because {
        Because::NotPossibleBefore => "it was not possible before",
        Because::NoLongerPossible => "it is no longer possible",
        Because::Turn(_) | Because::NotLookedFor => "",
    }
}

fn others(doc: &mut Doc, comparison: &Comparison<'_>) {
    if comparison.shifts.len() < 2 {
        return;
    }
    doc.heading_with("Under each concept of stability", "number of outcomes that last");
    let mut table = Table::new([
        Column::words(""),
        Column::number("before"),
        Column::number("now"),
        Column::number("gained"),
        Column::number("lost"),
        Column::text("by name"),
    ]);
    for shift in &comparison.shifts {
        let count = |list: &Option<Vec<Moved>>| {
            list.as_ref().map_or_else(|| "?".to_owned(), |list| words::count(&list.len().into()))
        };
        table.row([
            Line::new().strong(concept::short(shift.concept)),
            Line::from(words::count(&shift.counts.0)),
            Line::from(words::count(&shift.counts.1)),
            Line::from(count(&shift.gained)),
            Line::from(count(&shift.lost)),
            Line::new().quiet(by_name(shift)),
        ]);
    }
    doc.table(table);
    let mut items = Vec::new();
    let mut told: Vec<(&str, &str)> = Vec::new();
    for shift in comparison.shifts.iter().filter(|shift| shift.concept != Concept::Nash) {
        let moved = shift.gained.iter().chain(&shift.lost).flatten();
        let first = moved.filter_map(|moved| match &moved.why {
            Because::Turn(turn) => Some((moved, turn)),
            _ => None,
        });
        // Not the same outcome and actor again.
        let mut new =
            first.filter(|(moved, turn)| !told.contains(&(moved.name.as_str(), turn.actor.as_str())));
        if let Some((moved, turn)) = new.next() {
            told.push((&moved.name, &turn.actor));
            let head = Line::new().quiet(format!("{}, for example ", concept::short(shift.concept)));
            items.push(
                Item::new(head.strong(moved.name.clone()))
                    .with(Item::marked(Line::new().quiet("before"), turn.before.as_str()))
                    .with(Item::marked(Line::new().quiet("now"), turn.after.as_str())),
            );
        }
    }
    doc.list(items);
}

/// `+2 Moscow deal; −21 Another agreement that holds`.
fn by_name(shift: &Shift) -> String {
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for moved in shift.gained.iter().flatten() {
        names.entry(&moved.name).or_default().0 += 1;
    }
    for moved in shift.lost.iter().flatten() {
        names.entry(&moved.name).or_default().1 += 1;
    }
    let mut parts = Vec::new();
    for (name, (gained, lost)) in names {
        match (gained, lost) {
            (0, lost) => parts.push(format!("−{lost} {name}")),
            (gained, 0) => parts.push(format!("+{gained} {name}")),
            (gained, lost) => parts.push(format!("+{gained} −{lost} {name}")),
        }
    }
    parts.join("; ")
}

/// The comparisons for a program; at most `most` states each.
pub fn json(list: &[Comparison<'_>], most: usize, limits: &[LimitHit]) -> wire::Compare {
    let version = |version: &Version| wire::VersionInfo {
        name: version.name.clone(),
        case: CaseInfo::of(&version.found.conflict),
    };
    wire::Compare {
        schema: wire::CompareName::This,
        program: Program::THIS,
        comparisons: list
            .iter()
            .map(|comparison| wire::ComparisonInfo {
                old: version(comparison.old),
                new: version(comparison.new),
                changes: comparison
                    .changes
                    .iter()
                    .map(|change| wire::ChangeInfo {
                        about: change.about.to_owned(),
                        sign: match change.sign {
                            '+' => wire::Sign::Added,
                            '−' => wire::Sign::Removed,
                            _ => wire::Sign::Changed,
                        },
                        text: change.text.clone(),
                    })
                    .collect(),
                questions: comparison
                    .answers()
                    .iter()
                    .map(|(a, b)| wire::AnswerChange {
                        id: a.id.clone(),
                        before: a.answer,
                        after: b.answer,
                        text: b.words(),
                    })
                    .collect(),
                equilibria: comparison
                    .shifts
                    .iter()
                    .map(|shift| shift_json(comparison, shift, most))
                    .collect::<IndexMap<_, _>>(),
            })
            .collect(),
        limits: limits.iter().map(Into::into).collect(),
    }
}

fn shift_json(comparison: &Comparison<'_>, shift: &Shift, most: usize) -> (String, wire::ShiftInfo) {
    let (old, new) = (&comparison.old.found.conflict, &comparison.new.found.conflict);
    let list = |list: &Option<Vec<Moved>>, gained: bool| {
        list.as_ref().map(|list| {
            list.iter()
                .take(most)
                .map(|moved| wire::MovedInfo {
                    state: if gained { &moved.new } else { &moved.old }
                        .as_ref()
                        .map(State::to_string)
                        .unwrap_or_default(),
                    name: moved.name.clone(),
                    why: why(&moved.why).to_owned(),
                    turn: match &moved.why {
                        Because::Turn(turn) => Some(wire::TurnInfo {
                            actor: turn.actor.clone(),
                            before: turn.before.clone(),
                            after: turn.after.clone(),
                            certificate_before: wire::Witness::of(old, &turn.certificates.0),
                            certificate_after: wire::Witness::of(new, &turn.certificates.1),
                        }),
                        _ => None,
                    },
                })
                .collect()
        })
    };
    let count = |list: &Option<Vec<Moved>>| list.as_ref().map(|list| list.len().to_string());
    let info = wire::ShiftInfo {
        before: shift.counts.0.to_string(),
        after: shift.counts.1.to_string(),
        gained_count: count(&shift.gained),
        gained: list(&shift.gained, true),
        lost_count: count(&shift.lost),
        lost: list(&shift.lost, false),
    };
    (shift.concept.id().to_owned(), info)
}
