//! Two versions of a conflict side by side: what is assumed differently, which answers change,
//! what lasts afterwards.

use std::borrow::Cow;
use std::collections::BTreeMap;

use detente_engine::{LimitHit, StateSet};
use detente_model::{Concept, Sequences, State};
use indexmap::IndexMap;
use num_bigint::BigUint;

use crate::find::difference::{self, Because, Moved, Shift, Turn, shifts};
use crate::find::findings::Findings;
use crate::find::states;
use crate::say::answers::Reply;
use crate::say::difference::{Change, changes, same};
use crate::say::{concept, dates, lived, names, reason, words, written};
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

/// Names that a row of counts has at most.
const NAMED: usize = 6;

/// Outcomes of the other version whose names are looked at.
const LOOKED_AT: usize = 64;

/// One version against another.
pub struct Comparison<'v> {
    old: &'v Version,
    new: &'v Version,
    world: Vec<Change>,
    evidence: Vec<Change>,
    changes: Vec<Change>,
    shifts: Vec<Shift>,
}

impl<'v> Comparison<'v> {
    /// Compares `new` with `old` under `concepts`, in the reading `sequences`.
    pub fn of(old: &'v Version, new: &'v Version, concepts: &[Concept], sequences: Sequences) -> Self {
        let (before, after) = (&old.found.conflict, &new.found.conflict);
        Self {
            old,
            new,
            world: lived::world(before, after),
            evidence: lived::evidence(before, after),
            changes: changes(&old.found.conflict, &new.found.conflict),
            shifts: shifts(&old.found, &new.found, concepts, sequences),
        }
    }

    /// Where there were too many outcomes to compare one by one.
    pub fn limits(&self) -> Vec<LimitHit> {
        difference::limits(&self.shifts)
    }

    /// What an outcome that gains or loses stability is called, in the version that has it.
    fn name(&self, moved: &Moved, gained: bool) -> String {
        let (version, state) = if gained { (self.new, &moved.new) } else { (self.old, &moved.old) };
        let name = state.as_ref().map(|state| names::outcome(&version.found.conflict, state));
        names::brief(&name.unwrap_or_default()).to_owned()
    }

    /// What made an outcome last, or no longer, when that is not an actor's verdict.
    fn why(&self, moved: &Moved, gained: bool) -> Cow<'static, str> {
        let other = if gained { self.old } else { self.new };
        // One name can stand for several outcomes, of which another one lasts, or is possible, there.
        let name = self.name(moved, gained);
        let conflict = &other.found.conflict;
        let lasts = || {
            let set = other.found.lasting(Concept::Nash);
            let first = set.map(|set| set.first(LOOKED_AT)).unwrap_or_default();
            first.iter().any(|state| names::brief(&names::outcome(conflict, state)) == name)
        };
        let possible = || {
            let same = conflict
                .outcomes
                .iter()
                .position(|named| names::brief(&names::named(conflict, named)) == name);
            same.is_some_and(|at| other.found.count(&states::named(conflict, at)) > BigUint::ZERO)
        };
        let why = match &moved.why {
            Because::NotPossibleBefore if lasts() => "another outcome of this name lasted before",
            Because::NotPossibleBefore if possible() => "it was possible before in another form only",
            Because::NotPossibleBefore => "it was not possible before",
            Because::NoLongerPossible if lasts() => "another outcome of this name lasts now",
            Because::NoLongerPossible if possible() => "it is now possible in another form only",
            Because::NoLongerPossible => "it is no longer possible",
            Because::NotAlone => {
                "no actor alone judges it otherwise; what several can do together makes the difference"
            }
            Because::StableInBoth => {
                let (when, state) = if gained { ("before", &moved.old) } else { ("now", &moved.new) };
                let all = state.iter().cloned().collect::<Vec<_>>();
                let but = dates::all_the_same(&other.found, &all);
                return format!("{when} nobody would leave it either, but {but}").into();
            }
            Because::Turn(_) | Because::NotLookedFor => "",
        };
        why.into()
    }

    /// Both reasons of a verdict that is another one.
    fn reasons(&self, turn: &Turn) -> (String, String) {
        let (before, after) = &turn.certificates;
        let told = |version: &Version, certificate, about: &Option<State>| {
            reason::told(&version.found.conflict, certificate, about.as_ref())
        };
        (told(self.old, before, &turn.decides.0), told(self.new, after, &turn.decides.1))
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
        // What several accounts have in common is told once.
        let told = at.checked_sub(1).map(|before| &list[before]);
        let parts = [
            ("What changed in the world", &comparison.world, told.map(|before| &before.world)),
            ("What changed in the evidence", &comparison.evidence, told.map(|before| &before.evidence)),
        ];
        for (heading, changes, before) in parts {
            if !changes.is_empty() && before != Some(changes) {
                doc.heading(heading);
                doc.list(changes.iter().map(item).collect());
            }
        }
        one(&mut doc, comparison, most);
    }
    words::limits(&mut doc, limits);
    doc
}

fn one(doc: &mut Doc, comparison: &Comparison<'_>, most: usize) {
    doc.heading("What is assumed differently");
    if comparison.changes.is_empty() {
        let (old, new) = (&comparison.old.found.conflict, &comparison.new.found.conflict);
        doc.say(match same(old, new) {
            true => "Nothing: options, acts, rules, wishes, doubts, dates, what was said, questions and status quo are the same.",
            false => "Nothing that is told here; but the two differ in something else that answers are made of: compare the files.",
        });
    }
    doc.list(comparison.changes.iter().map(item).collect());
    answers(doc, comparison);
    lasting(doc, comparison, most);
    others(doc, comparison);
    written::say_not_used(doc, &comparison.new.found.conflict);
}

fn item(change: &Change) -> Item {
    let sign = Line::new().strong(change.sign.to_string());
    Item::marked(sign, Line::new().quiet(format!("{}: ", change.about)).plain(change.text.clone()))
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
    let (others, same): (Vec<_>, Vec<_>) = changed.into_iter().partition(|(a, b)| a.brief != b.brief);
    let list = |pairs: Vec<&(&Reply, &Reply)>| -> Vec<Item> {
        let one = |(a, b): &(&Reply, &Reply)| {
            let now =
                if a.answer == b.answer { Line::from(b.words()) } else { Line::new().strong(b.words()) };
            Item::new(a.ask.clone())
                .with(Item::marked(Line::new().quiet("before"), a.words()))
                .with(Item::marked(Line::new().quiet("now"), now))
        };
        pairs.into_iter().map(one).collect()
    };
    if others.is_empty() {
        doc.say("None.");
    }
    doc.list(list(others));
    if !same.is_empty() {
        doc.heading("Answers that stay, with other outcomes or numbers behind them");
        doc.list(list(same));
    }
}

fn lasting(doc: &mut Doc, comparison: &Comparison<'_>, most: usize) {
    let Some(shift) = comparison.shifts.iter().find(|shift| shift.concept == Concept::Nash) else { return };
    let (before, after) = (words::count(&shift.counts.0), words::count(&shift.counts.1));
    let stable = |version: &Version| {
        let count = |set: Option<Box<dyn StateSet + '_>>| set.map(|set| set.count());
        count(version.found.equilibria(Concept::Nash)) > count(version.found.lasting(Concept::Nash))
    };
    let more = stable(comparison.old) || stable(comparison.new);
    doc.heading_with(
        concept::what_lasts(&comparison.new.found.conflict.game, more),
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
    let item = |moved: &Moved, gained: bool| {
        let (sign, state) = if gained { ("+", &moved.new) } else { ("−", &moved.old) };
        let number = state.as_ref().map(|state| format!("  {state}")).unwrap_or_default();
        let text = Line::new().strong(comparison.name(moved, gained)).quiet(number);
        let said = |line: Line, text: &str| Item::marked(line, text);
        match &moved.why {
            Because::NotPossibleBefore
            | Because::NoLongerPossible
            | Because::NotAlone
            | Because::StableInBoth => Item::marked(
                Line::new().marked(sign),
                text.plain(format!(": {}", comparison.why(moved, gained))),
            ),
            Because::NotLookedFor => Item::marked(Line::new().marked(sign), text),
            Because::Turn(turn) => {
                let (before, after) = comparison.reasons(turn);
                Item::marked(Line::new().marked(sign), text)
                    .with(said(Line::new().quiet("before"), &before))
                    .with(said(Line::new().quiet("now"), &after))
            }
        }
    };
    let mut items: Vec<Item> = gained.iter().take(most).map(|moved| item(moved, true)).collect();
    items.extend(lost.iter().take(most).map(|moved| item(moved, false)));
    let unexplained = |moved: &&Moved| matches!(moved.why, Because::NotLookedFor);
    if gained.iter().take(most).chain(lost.iter().take(most)).any(|moved| unexplained(&moved)) {
        items.push(Item::new(Line::new().quiet("(where no reasons are given, none were looked for: there are too many outcomes, or it was too much work)")));
    }
    let more = gained.len().saturating_sub(most) + lost.len().saturating_sub(most);
    if more > 0 {
        items.push(Item::new(Line::new().quiet(format!("and {more} more: --list N"))));
    }
    doc.list(items);
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
            Line::new().quiet(by_name(comparison, shift)),
        ]);
    }
    doc.table(table);
    let mut items = Vec::new();
    let mut told: Vec<(String, &str)> = Vec::new();
    for shift in comparison.shifts.iter().filter(|shift| shift.concept != Concept::Nash) {
        let gained = shift.gained.iter().flatten().map(|moved| (moved, true));
        let moved = gained.chain(shift.lost.iter().flatten().map(|moved| (moved, false)));
        let first = moved.filter_map(|(moved, gained)| match &moved.why {
            Because::Turn(turn) => Some((comparison.name(moved, gained), turn)),
            _ => None,
        });
        // Not the same outcome and actor again.
        let mut new = first.filter(|(name, turn)| !told.contains(&(name.clone(), turn.actor.as_str())));
        if let Some((name, turn)) = new.next() {
            told.push((name.clone(), &turn.actor));
            let head = Line::new().quiet(format!("{}, for example ", concept::short(shift.concept)));
            let (before, after) = comparison.reasons(turn);
            items.push(
                Item::new(head.strong(name))
                    .with(Item::marked(Line::new().quiet("before"), before))
                    .with(Item::marked(Line::new().quiet("now"), after)),
            );
        }
    }
    doc.list(items);
}

/// `+2 Moscow deal; −21 Another agreement that holds`: the names with the most outcomes, and how many others.
fn by_name(comparison: &Comparison<'_>, shift: &Shift) -> String {
    let mut by_name: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for moved in shift.gained.iter().flatten() {
        by_name.entry(comparison.name(moved, true)).or_default().0 += 1;
    }
    for moved in shift.lost.iter().flatten() {
        by_name.entry(comparison.name(moved, false)).or_default().1 += 1;
    }
    let mut list: Vec<(String, (usize, usize))> = by_name.into_iter().collect();
    list.sort_by_key(|(_, (gained, lost))| std::cmp::Reverse(gained + lost));
    let text = |name: &str, gained: usize, lost: usize| match (gained, lost) {
        (0, lost) => format!("−{lost} {name}"),
        (gained, 0) => format!("+{gained} {name}"),
        (gained, lost) => format!("+{gained} −{lost} {name}"),
    };
    // Two names are as long as saying how many others there are.
    let shown = if list.len() <= NAMED + 1 { list.len() } else { NAMED };
    let mut parts: Vec<String> =
        list.iter().take(shown).map(|(name, (gained, lost))| text(name, *gained, *lost)).collect();
    let others = &list[shown..];
    if !others.is_empty() {
        let sums = others.iter().fold((0, 0), |sums, (_, (a, b))| (sums.0 + a, sums.1 + b));
        let names = words::counted(&others.len().into(), "other name", "other names");
        parts.push(text(&format!("of {names}"), sums.0, sums.1));
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
                world: comparison.world.iter().map(change_json).collect(),
                evidence: comparison.evidence.iter().map(change_json).collect(),
                changes: comparison.changes.iter().map(change_json).collect(),
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

fn change_json(change: &Change) -> wire::ChangeInfo {
    wire::ChangeInfo {
        about: change.about.to_owned(),
        sign: match change.sign {
            '+' => wire::Sign::Added,
            '−' => wire::Sign::Removed,
            _ => wire::Sign::Changed,
        },
        text: change.text.clone(),
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
                    name: comparison.name(moved, gained),
                    why: comparison.why(moved, gained).into_owned(),
                    turn: match &moved.why {
                        Because::Turn(turn) => {
                            let (before, after) = comparison.reasons(turn);
                            Some(wire::TurnInfo {
                                actor: turn.actor.clone(),
                                before,
                                after,
                                certificate_before: wire::Witness::of(old, &turn.certificates.0),
                                certificate_after: wire::Witness::of(new, &turn.certificates.1),
                            })
                        }
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
