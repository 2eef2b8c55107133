//! What it would take: the least change of wishes and options, in words.

use detente_engine::price::{self, Aim, Change, Costs, Price, PriceSettings, Way};
use detente_engine::{Settings, SolveError, Watch};
use detente_model::{ActorId, Concept, Conflict, OutcomeStates, Preference};
use num_bigint::BigUint;

use crate::find::findings::Findings;
use crate::say::{concept, names, reason, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// Ways that a sentence names when each is a single change.
const NAMED: usize = 3;

/// What is looked for.
pub struct Search {
    /// Of which outcome.
    pub outcome: OutcomeStates,
    /// Under which concept.
    pub concept: Concept,
    /// How to solve.
    pub settings: Settings,
    /// What a change costs.
    pub costs: Costs,
    /// The highest cost that is looked at.
    pub most: u32,
    /// Games to solve at most, for each aim.
    pub games: usize,
}

/// What was found for one aim.
pub struct Found {
    /// What the change is for.
    pub aim: Aim,
    /// The least change.
    pub price: Price,
}

/// What lasts after a way.
pub struct After {
    /// Possible outcomes.
    pub feasible: BigUint,
    /// Those that last.
    pub equilibria: BigUint,
    /// The first of them by name, and `…` when there are more.
    pub names: String,
}

impl Search {
    /// The aims that are not met as things are; `None` when the equilibria are not known.
    pub fn aims(&self, found: &Findings) -> Option<Vec<Aim>> {
        let verdicts = &*found.solution.verdicts;
        let mut aims = Vec::new();
        for (aim, _) in Aim::ALL {
            if !aim.is_met(verdicts, self.concept, &self.outcome)? {
                aims.push(aim);
            }
        }
        Some(aims)
    }

    /// The least change for each of `aims`, the cheapest first.
    ///
    /// # Errors
    /// When the case itself cannot be solved.
    pub fn find(
        &self,
        conflict: &Conflict,
        aims: &[Aim],
        watch: &dyn Watch,
    ) -> Result<Vec<Found>, SolveError> {
        let mut all = Vec::new();
        for &aim in aims {
            let settings = PriceSettings {
                settings: self.settings.clone(),
                concept: self.concept,
                aim,
                costs: self.costs,
                most: self.most,
                games: self.games,
            };
            all.push(Found { aim, price: price::price(&conflict.game, &self.outcome, &settings, watch)? });
        }
        all.sort_by_key(|found| found.price.cost.unwrap_or(u32::MAX));
        Ok(all)
    }

    /// A change in words, as a clause: "the West cannot guarantee the agreement's security".
    fn change(&self, conflict: &Conflict, aim: Aim, change: Change) -> String {
        match change {
            Change::Drop { actor, place } => format!(
                "it no longer matters to {} whether {}",
                names::inside(conflict, actor),
                reason::wish(conflict, actor, place, true)
            ),
            Change::Flip { actor, place } => format!(
                "{} wants the opposite: that {}",
                names::inside(conflict, actor),
                reason::wish(conflict, actor, place, false)
            ),
            Change::Move { actor, place, to } => format!(
                "for {} it comes {}, not {}, that {}",
                names::inside(conflict, actor),
                reason::place(to),
                reason::place(place),
                reason::wish(conflict, actor, place, true)
            ),
            Change::Add { actor, to } => format!(
                "it comes to matter to {}, in {} place, that {}",
                names::inside(conflict, actor),
                reason::place(to),
                self.wish(conflict, aim)
            ),
            Change::Forbid(option) => {
                let owner = conflict.game.options().get(option.index()).map(|option| option.actor);
                let who = owner.map_or_else(String::new, |owner| names::inside(conflict, owner));
                format!("{who} cannot {}", reason::phrase(conflict, option))
            }
        }
    }

    /// What an actor comes to want.
    fn wish(&self, conflict: &Conflict, aim: Aim) -> String {
        match &self.outcome {
            OutcomeStates::Formula(that) => reason::clause(conflict, that, aim != Aim::Never),
            OutcomeStates::Listed(_) => String::new(),
        }
    }

    /// A way in words: what has to change, joined by "and".
    pub fn way(&self, conflict: &Conflict, aim: Aim, way: &[Change]) -> String {
        let parts: Vec<String> = way.iter().map(|change| self.change(conflict, aim, *change)).collect();
        parts.join(", and ")
    }

    /// What was found, a sentence or two for each aim; `beside`: all ways stand beside it, so that one is enough.
    pub fn sentences(&self, conflict: &Conflict, found: &[Found], beside: bool) -> Vec<String> {
        let named = |found: &Found| if beside || found.price.cost != Some(1) { 1 } else { NAMED };
        let mut all: Vec<String> =
            found.iter().map(|found| self.sentence(conflict, found, named(found))).collect();
        let ranks = |actor: &ActorId| {
            matches!(conflict.game.preferences.get(actor.index()), Some(Preference::Ranking(_)))
        };
        let rank: Vec<ActorId> = conflict.game.actor_ids().filter(ranks).collect();
        if !rank.is_empty() {
            let (ranks, it) = if rank.len() == 1 { ("ranks", "it") } else { ("rank", "they") };
            let who = names::actors(conflict, &rank);
            all.push(format!(
                "{who} {ranks} whole outcomes: only what {it} can do was changed, not what {it} want{}.",
                if rank.len() == 1 { "s" } else { "" }
            ));
        }
        all
    }

    /// What was found for an aim, in a sentence or two.
    fn sentence(&self, conflict: &Conflict, found: &Found, named: usize) -> String {
        let price = &found.price;
        let mut text = match price.cost {
            Some(0) => match found.aim {
                Aim::Possible => "It lasts as things are.".to_owned(),
                Aim::Certain => "It is all that lasts as things are.".to_owned(),
                Aim::Never => "It does not last as things are.".to_owned(),
            },
            Some(cost) => {
                let shown: Vec<String> = telling_first(&price.ways)
                    .into_iter()
                    .take(named)
                    .map(|way| self.way(conflict, found.aim, &way.changes))
                    .collect();
                let count = price.ways.len();
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
                let mut text =
                    format!("{} {does}{ways}{}.", words::capital(&self.changes(cost)), shown.join("; "));
                if price.ways.iter().all(|way| !way.possible) {
                    text += " It is then not possible at all.";
                }
                text
            }
            None => match price.below {
                0 => String::new(),
                1 => "Not all single changes could be tried.".to_owned(),
                2 if self.counts() => format!("No single change {}.", does(found.aim, true)),
                below => {
                    let tried = self.changes(below - 1);
                    format!("Not even {tried} {}.", does(found.aim, false))
                }
            },
        };
        for hit in &price.limits {
            text += &format!(" {}", words::capital(&words::limit(&hit.into())));
        }
        text
    }

    /// Whether a cost is a number of changes.
    fn counts(&self) -> bool {
        self.costs == Costs::default()
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

    /// What lasts after a way; `None` when it cannot be solved, or nobody waits any longer.
    pub fn after(&self, conflict: &Conflict, aim: Aim, way: &[Change], watch: &dyn Watch) -> Option<After> {
        const SHOWN: usize = 3;
        let mut changed = conflict.clone();
        changed.game = price::changed(&conflict.game, &self.outcome, aim, way)?;
        // What an outcome is called does not depend on where it starts.
        changed.game.status_quo.clone_from(&conflict.game.status_quo);
        let settings = Settings { concepts: vec![self.concept], ..self.settings.clone() };
        let solution = detente_engine::solve(&changed.game, &settings, watch).ok()?;
        let lasting = solution.verdicts.equilibria(self.concept)?;
        let first = lasting.first(SHOWN);
        let mut shown = names::briefly(&changed, &first);
        let equilibria = lasting.count();
        if equilibria > BigUint::from(first.len()) {
            shown.push("…".to_owned());
        }
        Some(After { feasible: solution.verdicts.feasible().count(), equilibria, names: shown.join("; ") })
    }
}

/// What a change does, said of one or of several.
fn does(aim: Aim, one: bool) -> &'static str {
    match (aim, one) {
        (Aim::Possible, true) => "makes it last",
        (Aim::Possible, false) => "make it last",
        (Aim::Certain, true) => "makes it all that lasts",
        (Aim::Certain, false) => "make it all that lasts",
        (Aim::Never, true) => "breaks it",
        (Aim::Never, false) => "break it",
    }
}

/// All ways, the first of each kind before the second of each: those first after which the outcome is still possible,
/// and of these such as take an option away: what says most, and is pictured most easily.
pub fn telling_first(ways: &[Way]) -> Vec<&Way> {
    fn kind(change: Change) -> u8 {
        match change {
            Change::Forbid(_) => 0,
            Change::Drop { .. } => 1,
            Change::Move { .. } => 2,
            Change::Flip { .. } => 3,
            Change::Add { .. } => 4,
        }
    }
    let kinds = |way: &Way| {
        let mut kinds: Vec<u8> = way.changes.iter().map(|change| kind(*change)).collect();
        kinds.sort_unstable();
        (!way.possible, kinds)
    };
    let mut sorted: Vec<_> = ways.iter().map(|way| (kinds(way), way)).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    // The first of each kind, then the second of each, …
    let mut rounds: Vec<(usize, &Way)> = Vec::new();
    for (at, (kinds, way)) in sorted.iter().enumerate() {
        let again = at > 0 && sorted[at - 1].0 == *kinds;
        rounds.push((if again { rounds[at - 1].0 + 1 } else { 0 }, *way));
    }
    rounds.sort_by_key(|(round, _)| *round);
    rounds.into_iter().map(|(_, way)| way).collect()
}

/// The outcome in words: its formula as a clause, or what it is called.
pub fn outcome(conflict: &Conflict, outcome: &OutcomeStates) -> String {
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
    for found in found.iter().filter(|found| !found.price.ways.is_empty()) {
        let remark = format!(
            "“it”: {}; lasts: {}",
            outcome(conflict, &search.outcome),
            concept::lasting(search.concept).trim_start_matches("that ")
        );
        doc.heading_with(search.title(found), remark);
        let mut table = Table::new([
            Column::text("What changes"),
            Column::number("Possible"),
            Column::text("What lasts then"),
        ]);
        for way in telling_first(&found.price.ways).into_iter().take(list) {
            let after = search.after(conflict, found.aim, &way.changes, watch);
            let (feasible, lasting) = after.map_or_else(Default::default, |after| {
                let lasting =
                    Line::new().quiet(format!("{}: ", words::count(&after.equilibria))).plain(after.names);
                (Line::from(words::count(&after.feasible)), lasting)
            });
            table.row([
                words::capital(&search.way(conflict, found.aim, &way.changes)).into(),
                feasible,
                lasting,
            ]);
        }
        doc.table(table);
        if found.price.ways.len() > list {
            let more = words::counted(&(found.price.ways.len() - list).into(), "more way", "more ways");
            doc.say(format!("{more}: `--list` shows them."));
        }
    }
    if watch.stop().is_some() && found.iter().any(|found| !found.price.ways.is_empty()) {
        doc.say("What lasts after a change was not worked out for all of them: it was stopped before.");
    }
    doc
}
