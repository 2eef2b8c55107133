//! What it would take: the least change of wishes and options, in words.

use detente_engine::Watch;
use detente_engine::price::{Aim, Change, statement_of, wish_count};
use detente_model::{ActorId, Conflict, LevelKind, OutcomeStates, Preference};
use num_bigint::BigUint;

use crate::find::deeds::Standing;
pub use crate::find::price::{After, Found, Once, Search, Told, each_once, told};
use crate::find::states;
use crate::say::agree::Agree;
use crate::say::{concept, deeds, names, reason, words, written};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// Stories that a sentence names when each is a single change.
const NAMED: usize = 3;

impl Search {
    /// A change in words, as a clause: "the West cannot guarantee the agreement's security". `places`: where its wish
    /// can stand.
    fn change(&self, conflict: &Conflict, aim: Aim, change: Change, places: &[usize]) -> String {
        let wish = |actor, place| {
            let at = statement_of(&conflict.game, actor, place);
            match conflict.game.preferences.get(actor.index()) {
                Some(Preference::Statements(list))
                    if list.get(at).is_some_and(|one| one.levels.is_some()) =>
                {
                    format!("there is {}", reason::whole_wish(conflict, actor, at))
                }
                _ => reason::wish(conflict, actor, at, true),
            }
        };
        let places = |to: usize| {
            let places = if places.is_empty() { &[to][..] } else { places };
            // Many places in a row are told by the first and the last of them.
            if let (Some(first), Some(last)) = (places.iter().min(), places.iter().max())
                && places.len() > 3
                && last - first + 1 == places.len()
            {
                return format!("{} to {}", reason::place(*first), reason::place(*last));
            }
            words::either(&places.iter().map(|place| reason::place(*place)).collect::<Vec<_>>())
        };
        match change {
            Change::Drop { actor, place } => format!(
                "it no longer matters to {} whether {}",
                names::inside(conflict, actor),
                wish(actor, place)
            ),
            Change::Flip { actor, place } => format!(
                "{} {} the opposite: {}",
                names::inside(conflict, actor),
                Agree::with(conflict, actor).verb("prefers", "prefer"),
                contrary(conflict, actor, statement_of(&conflict.game, actor, place))
            ),
            Change::Move { actor, place, to } => format!(
                "for {} it comes {}, not {}, that {}",
                names::inside(conflict, actor),
                places(to),
                reason::place(place),
                wish(actor, place)
            ),
            Change::Add { actor, to } => format!(
                "{} {} to prefer, in {} place, that {}",
                names::inside(conflict, actor),
                Agree::with(conflict, actor).verb("comes", "come"),
                places(to),
                self.wish(conflict, aim)
            ),
            Change::Forbid(option) => {
                let who = names::doers(conflict, option);
                if who.is_empty() {
                    return format!("{} cannot happen", names::quoted(names::option(conflict, option)));
                }
                let who = names::inside_all(conflict, &who);
                format!("{who} cannot {}", reason::phrase(conflict, option))
            }
        }
    }

    /// What an actor comes to want.
    fn wish(&self, conflict: &Conflict, aim: Aim) -> String {
        if let Some(state) = states::single(&conflict.game, &self.outcome) {
            let ends = if aim == Aim::Never { "does not end" } else { "ends" };
            return format!("it {ends} in {}", names::quoted(&names::outcome(conflict, &state)));
        }
        match &self.outcome {
            OutcomeStates::Formula(that) => reason::clause(conflict, that, aim != Aim::Never),
            OutcomeStates::Listed(_) => {
                let ends = if aim == Aim::Never { "does not end" } else { "ends" };
                format!("it {ends} in {}", outcome(conflict, &self.outcome))
            }
        }
    }

    /// A way in words: what has to change, joined by "and".
    pub fn way(&self, conflict: &Conflict, aim: Aim, way: &[Change]) -> String {
        let parts: Vec<String> = way.iter().map(|change| self.change(conflict, aim, *change, &[])).collect();
        parts.join(", and ")
    }

    /// Ways that differ in places only, in words, once.
    pub fn story(&self, conflict: &Conflict, aim: Aim, told: &Told<'_>) -> String {
        if !told.any {
            let others = words::counted(&(told.ways.len() - 1).into(), "other choice", "other choices");
            return format!("{} (or {others} of places)", self.way(conflict, aim, &told.way.changes));
        }
        let changes = told.way.changes.iter().zip(&told.places);
        let parts: Vec<String> =
            changes.map(|(change, places)| self.change(conflict, aim, *change, places)).collect();
        parts.join(", and ")
    }

    /// What was found, a sentence or two for each aim; `beside`: all ways stand beside it, so that one is enough.
    pub fn sentences(&self, conflict: &Conflict, found: &[Found], beside: bool) -> Vec<String> {
        let named = |found: &Found| if beside || found.price.cost != Some(1) { 1 } else { NAMED };
        let mut all: Vec<String> = Vec::new();
        for once in each_once(found) {
            let found = once.found;
            let plans = once.plans.map(|plans| deeds::sentence(conflict, self.concept, found.aim, plans));
            let price = once.price.map(|_| self.sentence(conflict, found, named(found)));
            // What nobody would do does not stand first.
            let pair = if once.unwanted() { [price, plans] } else { [plans, price] };
            all.extend(pair.into_iter().flatten());
        }
        let mut hits: Vec<String> = Vec::new();
        for hit in found.iter().flat_map(Found::limits) {
            let said = words::capital(&words::limit(&hit.into()));
            if !hits.contains(&said) {
                hits.push(said);
            }
        }
        all.extend(hits);
        all.retain(|text| !text.is_empty());
        let ranks = |actor: &ActorId| {
            matches!(conflict.game.preferences.get(actor.index()), Some(Preference::Ranking(_)))
        };
        let rank: Vec<ActorId> = conflict.game.actor_ids().filter(ranks).collect();
        if !rank.is_empty() {
            let agree = Agree::with_all(conflict, &rank);
            let (who, ranks, it) = (names::actors(conflict, &rank), agree.verb("ranks", "rank"), agree.it());
            all.push(format!(
                "{who} {ranks} whole outcomes: only what {it} can do was changed, not what {it} {}.",
                agree.wants()
            ));
        }
        let single = |actor: &ActorId| wish_count(&conflict.game, *actor) == 1;
        let one: Vec<ActorId> = conflict.game.actor_ids().filter(single).collect();
        if !one.is_empty() && !all.is_empty() {
            let agree = Agree::with_all(conflict, &one);
            all.push(format!(
                "{} {} one wish only: that it no longer matters was not tried, for then all would be the same to {}.",
                names::actors(conflict, &one),
                agree.has(),
                agree.them()
            ));
        }
        all
    }

    /// What was found for an aim, in a sentence or two.
    fn sentence(&self, conflict: &Conflict, found: &Found, named: usize) -> String {
        let price = &found.price;
        match price.cost {
            Some(0) => match found.aim {
                Aim::Possible => "It lasts as things are.".to_owned(),
                Aim::Certain => "It is all that lasts as things are.".to_owned(),
                Aim::Never => "It does not last as things are.".to_owned(),
            },
            Some(cost) => {
                let mut told = told(&price.ways);
                // What takes no change of mind was told among the deeds.
                told.retain(|told| found.plans.is_none() || !told.is_deeds());
                let shown: Vec<String> =
                    told.iter().take(named).map(|told| self.story(conflict, found.aim, told)).collect();
                let count = told.len();
                let least = if price.limits.is_empty() { "" } else { "at least " };
                let ways = match count {
                    1 if least.is_empty() => ": ".to_owned(),
                    n if n <= named => format!(", in {least}{n} ways: "),
                    n => {
                        let among = if named == 1 { "such as" } else { "among them" };
                        format!(", in {least}{} ways, {among}: ", words::count(&n.into()))
                    }
                };
                let does = does(found.aim, cost == 1);
                let changes = self.changes(cost);
                let lead = led(found, &changes);
                let mut text = format!("{lead} {does}{ways}{}.", shown.join("; "));
                if told.iter().all(|told| !told.way.possible) {
                    text += " It is then not possible at all.";
                }
                if told.is_empty() { String::new() } else { text }
            }
            None => match price.below {
                0 => String::new(),
                1 => "Not all single changes could be tried.".to_owned(),
                2 if self.counts() => {
                    format!("No single change{} {}.", of_mind(found), does(found.aim, true))
                }
                below => {
                    let mut tried = self.changes(below - 1);
                    if found.plans.is_some() {
                        tried = tried.replacen("changes", "changes of mind", 1);
                    }
                    format!("Not even {tried} {}.", does(found.aim, false))
                }
            },
        }
    }

    /// "one change", "two changes at once", "changes at a cost of 5".
    fn changes(&self, cost: u32) -> String {
        match cost {
            _ if !self.counts() => format!("changes at a cost of {cost}"),
            1 => "one change".to_owned(),
            2 => "two changes at once".to_owned(),
            3 => "three changes at once".to_owned(),
            n => format!("{n} changes at once"),
        }
    }

    /// The answer in a few words: "One change breaks it".
    pub fn brief(&self, found: &[Found]) -> String {
        let done = each_once(found).into_iter().find_map(|once| {
            let first = once.plans?.list.first().filter(|plan| plan.standing != Standing::Unwanted)?;
            Some((first.set.deeds.len(), once.found.aim))
        });
        if let Some((count, aim)) = done {
            let deeds = if count == 1 { "deed" } else { "deeds" };
            return format!("{} {deeds} {}", words::capital(&words::small(count)), does(aim, count == 1));
        }
        match found.iter().find(|found| found.price.cost.is_some()) {
            Some(best) => self.title(best),
            None if self.most == 1 => "No single change".to_owned(),
            None => format!("Not {}", self.changes(self.most)),
        }
    }

    /// What the least change is and does: "One change breaks it".
    pub fn title(&self, found: &Found) -> String {
        let cost = found.price.cost.unwrap_or_default();
        format!("{} {}", words::capital(&self.changes(cost)), does(found.aim, cost == 1))
    }
}

/// The contrary of a wish, behind “the opposite:”.
fn contrary(conflict: &Conflict, actor: ActorId, at: usize) -> String {
    let levels = match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => list.get(at).and_then(|one| one.levels.as_ref()),
        _ => None,
    };
    let Some(levels) = levels else { return reason::prefers(conflict, actor, at, false) };
    let thing = conflict.game.option(&levels.of);
    let text = names::quoted(thing.map_or(levels.of.as_str(), |thing| names::option(conflict, thing)));
    match levels.kind {
        LevelKind::Least => format!("as much of {text} as possible"),
        LevelKind::Most => format!("as little of {text} as possible"),
        LevelKind::Nearest(_) => reason::prefers(conflict, actor, at, false),
    }
}

/// Leads what a change of mind does: where deeds were tried, and whether nobody would do any.
fn led(found: &Found, text: &str) -> String {
    match &found.plans {
        None => words::capital(text),
        Some(plans) if plans.list.iter().all(|plan| plan.standing == Standing::Unwanted) => {
            format!("Only if a mind changed: {text}")
        }
        Some(_) => format!("If a mind changed: {text}"),
    }
}

/// Where deeds were tried, what is left is a change of mind.
fn of_mind(found: &Found) -> &'static str {
    if found.plans.is_some() { " of mind" } else { "" }
}

/// What a change does, said of one or of several.
pub(crate) fn does(aim: Aim, one: bool) -> &'static str {
    match (aim, one) {
        (Aim::Possible, true) => "makes it last",
        (Aim::Possible, false) => "make it last",
        (Aim::Certain, true) => "makes it all that lasts",
        (Aim::Certain, false) => "make it all that lasts",
        (Aim::Never, true) => "breaks it",
        (Aim::Never, false) => "break it",
    }
}

/// The first outcomes that last then, by name, and `…` when there are more.
pub fn lasting(after: &After) -> String {
    let mut shown = names::briefly(&after.conflict, &after.first);
    if after.equilibria > BigUint::from(after.first.len()) {
        shown.push("…".to_owned());
    }
    shown.join("; ")
}

/// The outcome in words: its formula as a clause, or what it is called.
pub fn outcome(conflict: &Conflict, outcome: &OutcomeStates) -> String {
    if let Some(state) = states::single(&conflict.game, outcome) {
        return names::quoted(&names::outcome(conflict, &state));
    }
    match outcome {
        OutcomeStates::Formula(that) => reason::clause(conflict, that, true),
        OutcomeStates::Listed(states) => {
            let named = conflict.outcomes.iter().find(|named| named.states == *outcome);
            let of_states = || match states.as_slice() {
                [one] => names::outcome(conflict, one),
                several => format!("one of {} outcomes", several.len()),
            };
            names::quoted(&named.map_or_else(of_states, |named| named.name.clone()))
        }
    }
}

/// The text with its first letter small.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// The report.
pub fn doc(
    conflict: &Conflict,
    search: &Search,
    ask: &str,
    found: &[Found],
    list: usize,
    watch: &dyn Watch,
) -> Doc {
    let mut doc = Doc::default();
    doc.title("What would it take?", Some(conflict.about.title.clone()));
    doc.say(Line::new().plain(ask.to_owned()));
    doc.list(search.sentences(conflict, found, true).into_iter().map(Item::new).collect());
    let deeds_of = |doc: &mut Doc, once: &Once<'_>| {
        if let Some(plans) = once.plans {
            deeds::table(doc, conflict, search.concept, once.found.aim, plans, list);
        }
    };
    for once in each_once(found) {
        let found = once.found;
        if !once.unwanted() {
            deeds_of(&mut doc, &once);
        }
        let mut told = once.price.map(|price| told(&price.ways)).unwrap_or_default();
        told.retain(|told| found.plans.is_none() || !told.is_deeds());
        if told.is_empty() {
            if once.unwanted() {
                deeds_of(&mut doc, &once);
            }
            continue;
        }
        let remark = format!(
            "“it”: {}; “lasts”: {}",
            outcome(conflict, &search.outcome),
            concept::lasts_when(&conflict.game, search.concept)
        );
        let title = search.title(found);
        let title = led(found, &lower(&title));
        doc.heading_with(title, remark);
        let mut table = Table::new([
            Column::text("What changes"),
            Column::number("Possible"),
            Column::text("What lasts then"),
        ]);
        for told in told.iter().take(list) {
            let (first, same) = search.then(conflict, found.aim, told, watch);
            let (feasible, lasting) = first.map_or_else(Default::default, |after| {
                let count = Line::new().quiet(format!("{}: ", words::count(&after.equilibria)));
                let mut lasting = if after.equilibria == BigUint::ZERO {
                    Line::new().quiet("nothing lasts")
                } else {
                    count.plain(lasting(&after))
                };
                if !same {
                    lasting = lasting.quiet(" (other outcomes at other places)");
                }
                (Line::from(words::count(&after.feasible)), lasting)
            });
            table.row([words::capital(&search.story(conflict, found.aim, told)).into(), feasible, lasting]);
        }
        doc.table(table);
        if told.len() > list {
            let more = words::counted(&(told.len() - list).into(), "more way", "more ways");
            doc.say(format!("`--list` shows {more}."));
        }
        if once.unwanted() {
            deeds_of(&mut doc, &once);
        }
    }
    if watch.stop().is_some() && found.iter().any(|found| !found.price.ways.is_empty()) {
        doc.say("What lasts after a change was not worked out for all of them: it was stopped before.");
    }
    written::say_not_used(&mut doc, conflict);
    doc
}
