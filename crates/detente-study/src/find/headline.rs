//! The answer in one breath: the case's first question that asks for a yes or no, what the answer hangs on, and
//! whether it is another one for actors that look ahead.

use detente_engine::trust::{Leaning, Status, lean, one_at_a_time};
use detente_engine::{Settings, StateSet, Watch};
use detente_model::{Concept, Conflict, OutcomeStates, Overlay, Question, QuestionKind, State, Strike};
use num_bigint::BigUint;

use crate::find::caps::STEPS;
use crate::find::findings::{Findings, Leavers};
use crate::find::judgement::Judgements;
use crate::find::price;

/// Outcomes that show the answer and of which it is looked at what they rest on.
const SHOWN: usize = 8;

/// The answer in one breath.
#[derive(Clone, Debug)]
pub struct Headline {
    /// The question that it answers, by its place in the file; `None`: the case asks none.
    pub question: Option<usize>,
    /// How many outcomes are possible.
    pub possible: BigUint,
    /// How many last under the concept of the question; `None`: a bound cut that short.
    pub lasting: Option<BigUint>,
    /// The first of them.
    pub first: Vec<State>,
    /// How the question is decided; `None` for a question of another kind, and where a bound cut that short.
    pub decided: Option<Decided>,
    /// What to check first, where somebody asked for it.
    pub check: Option<Judgements>,
}

/// The answer to a question of kind possible or certain, with its grounds.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Whether it is so.
    pub yes: bool,
    /// How many of those that last have the outcome.
    pub hits: BigUint,
    /// Outcomes that show it: those with it (possible), those without it (certain and not so).
    pub shown: Vec<State>,
    /// Under which concepts of foresight the answer is yes where it is no under Nash stability.
    pub foresight: Option<Foresight>,
    /// What it hangs on.
    pub hangs: Hangs,
}

/// What an answer hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hangs {
    /// On single claims and speakers.
    On {
        /// Without each of these alone no outcome that shows it lasts.
        overturned: Vec<Strike>,
        /// Without each of these alone all that show it last, but somebody stays for want of any motive.
        unsupported: Vec<Strike>,
        /// Whether the case was solved again without each of the first: then they turn the answer itself, and other
        /// outcomes do not take the place of those that fall.
        turns: bool,
    },
    /// These actors would leave the outcomes that have it; how many there are.
    Left(Leavers),
    /// The rules leave no room for it.
    NotPossible,
    /// Nothing lasts at all.
    NothingLasts,
    /// It was not looked at: too many outcomes show it.
    NotLookedAt,
}

/// Concepts of foresight under which the answer is yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foresight {
    /// Which, in the order of reports.
    pub concepts: Vec<Concept>,
    /// An outcome that shows it under the last of them.
    pub example: Option<State>,
}

/// The question that the first line answers: the first of kind possible or certain, else the first.
#[must_use]
pub fn question(conflict: &Conflict) -> Option<usize> {
    let decides =
        |question: &Question| matches!(question.kind, QuestionKind::Possible | QuestionKind::Certain);
    let all = &conflict.questions;
    all.iter().position(decides).or_else(|| (!all.is_empty()).then_some(0))
}

impl Headline {
    /// The answer in one breath.
    ///
    /// # Complexity
    /// The moves of single actors from up to eight outcomes, once for every claim and speaker on whose word something
    /// rests.
    #[must_use]
    pub fn of(found: &Findings) -> Self {
        let conflict = &found.conflict;
        let place = question(conflict);
        let question = place.and_then(|at| conflict.questions.get(at));
        let which = question.and_then(|question| question.concept).unwrap_or(Concept::Nash);
        let lasting = found.lasting(which);
        Self {
            question: place,
            possible: found.feasible().count(),
            lasting: lasting.as_ref().map(|set| set.count()),
            first: lasting.as_ref().map(|set| set.first(SHOWN)).unwrap_or_default(),
            decided: question.zip(lasting).and_then(|(question, set)| decided(found, question, which, &*set)),
            check: None,
        }
    }

    /// With the judgement to check first: the case is solved again for each.
    #[must_use]
    pub fn checked(mut self, found: &Findings) -> Self {
        let question = self.question.and_then(|at| found.conflict.questions.get(at));
        if let (Some(question), Some(decided)) = (question, &self.decided) {
            let which = question.concept.unwrap_or(Concept::Nash);
            self.check = Some(Judgements::of(found, question, which, decided.yes));
        }
        self
    }
}

fn decided(found: &Findings, question: &Question, which: Concept, set: &dyn StateSet) -> Option<Decided> {
    let yes = is_yes(set, question)?;
    let outcome = question.outcome.as_ref()?;
    let certain = question.kind == QuestionKind::Certain;
    let given = question.given.as_ref().map(|given| set.among(given));
    let set = given.as_deref().unwrap_or(set);
    let among = set.among(outcome);
    let (hits, all) = (among.count(), set.count());
    let shown = match (certain, yes) {
        (false, _) => among.first(SHOWN),
        (true, true) => set.first(SHOWN),
        (true, false) => without(found, set, outcome),
    };
    let hangs = if all == BigUint::ZERO {
        Hangs::NothingLasts
    } else if shown.is_empty() {
        left(found, which, outcome)
    } else if shown.len() < SHOWN && which == Concept::Nash {
        rests(found, question, which, yes, &shown).unwrap_or(Hangs::NotLookedAt)
    } else {
        Hangs::NotLookedAt
    };
    let foresight = (!yes && which == Concept::Nash).then(|| foresight(found, outcome, certain)).flatten();
    Some(Decided { yes, hits, shown, foresight, hangs })
}

/// Whether the answer to `question` is yes where `lasting` is what lasts; `None`: it is of another kind, or what it takes as
/// given holds nowhere, so that there is neither a yes nor a no.
#[must_use]
pub fn is_yes(lasting: &dyn StateSet, question: &Question) -> Option<bool> {
    let certain = match question.kind {
        QuestionKind::Possible => false,
        QuestionKind::Certain => true,
        _ => return None,
    };
    let given = question.given.as_ref().map(|given| lasting.among(given));
    let set = given.as_deref().unwrap_or(lasting);
    let all = set.count();
    if question.given.is_some() && all == BigUint::ZERO {
        return None;
    }
    Some(is_so(certain, &set.among(question.outcome.as_ref()?).count(), &all))
}

/// Possible: some outcome that lasts has it. Certain: some outcome lasts, and all that last have it.
#[must_use]
pub fn is_so(certain: bool, hits: &BigUint, all: &BigUint) -> bool {
    *hits > BigUint::ZERO && (!certain || hits == all)
}

/// Outcomes of `set` that do not have it: the first ones.
pub fn without(found: &Findings, set: &dyn StateSet, outcome: &OutcomeStates) -> Vec<State> {
    match outcome {
        OutcomeStates::Formula(formula) => {
            set.among(&OutcomeStates::Formula(formula.clone().negate())).first(SHOWN)
        }
        OutcomeStates::Listed(list) => {
            let first = set.first(list.len().saturating_add(SHOWN)).into_iter();
            first.filter(|state| !found.conflict.is_outcome(outcome, state)).take(SHOWN).collect()
        }
    }
}

/// Who would leave the outcomes that have it.
fn left(found: &Findings, which: Concept, outcome: &OutcomeStates) -> Hangs {
    if found.count(outcome) == BigUint::ZERO {
        return Hangs::NotPossible;
    }
    match found.leavers(which, outcome) {
        Some(leavers) => Hangs::Left(leavers.most_first()),
        None => Hangs::NotLookedAt,
    }
}

/// Concepts of foresight under which the answer is yes.
pub fn foresight(found: &Findings, outcome: &OutcomeStates, certain: bool) -> Option<Foresight> {
    let mut concepts = Vec::new();
    let mut example = None;
    for which in Concept::ALL.into_iter().filter(|which| *which != Concept::Nash) {
        let Some(set) = found.lasting(which) else { continue };
        let among = set.among(outcome);
        if is_so(certain, &among.count(), &set.count()) {
            concepts.push(which);
            example = among.first(1).pop();
        }
    }
    (!concepts.is_empty()).then_some(Foresight { concepts, example })
}

/// Single claims, single speakers and the assumptions: what is struck one at a time. All authors at once are no single
/// speaker.
#[must_use]
pub fn strikes(conflict: &Conflict) -> Vec<Strike> {
    one_at_a_time(conflict)
        .into_iter()
        .filter(|strike| strike.kinds.is_empty() && strike.sources.is_empty())
        .filter(|strike| strike.speakers.first().is_none_or(|name| name != "author"))
        .collect()
}

fn rests(found: &Findings, question: &Question, which: Concept, yes: bool, shown: &[State]) -> Option<Hangs> {
    let (conflict, watch): (&Conflict, &dyn Watch) = (&found.conflict, &*found.watch);
    let strikes = strikes(conflict);
    let game = &conflict.game;
    let moves = game.actor_ids().map(|actor| {
        let own = u32::try_from(game.options_of(actor).count()).unwrap_or(u32::MAX);
        1_u64.checked_shl(own).unwrap_or(u64::MAX)
    });
    let steps = moves.fold(0_u64, u64::saturating_add).saturating_mul((strikes.len() * shown.len()) as u64);
    if steps > STEPS.most {
        return None;
    }
    let (leanings, _) = lean(conflict, shown, &strikes, watch);
    if watch.stop().is_some() {
        return None;
    }
    let all = |which: &dyn Fn(&Leaning) -> bool| -> Vec<Strike> {
        leanings.iter().filter(|&leaning| which(leaning)).map(|leaning| leaning.struck.clone()).collect()
    };
    let falls = |leaning: &Leaning| {
        leaning.statuses.iter().all(|status| matches!(status, Status::Overturned | Status::Open))
    };
    let stands = |leaning: &Leaning| leaning.statuses.contains(&Status::Supported);
    let turns = price::too_many(found).is_none();
    // What is open without a part has no answer without it; else the answer is looked at, for another outcome may take the
    // place of those that fall.
    let turned = |leaning: &Leaning| {
        falls(leaning)
            && (!turns
                || leaning.statuses.contains(&Status::Open)
                || answer_without(found, question, which, &leaning.struck) != Some(yes))
    };
    let overturned = all(&turned);
    let unsupported = all(&|leaning: &Leaning| !falls(leaning) && !stands(leaning));
    Some(Hangs::On { overturned, unsupported, turns })
}

/// The answer to `question` without what `strike` takes away; `None`: there is neither a yes nor a no.
fn answer_without(found: &Findings, question: &Question, which: Concept, strike: &Strike) -> Option<bool> {
    let place = found.conflict.questions.iter().position(|other| other.id == question.id)?;
    let overlay = Overlay { strike: strike.clone(), ..Overlay::default() };
    let changed = found.conflict.with_overlay(&overlay).ok()?;
    let settings = Settings { concepts: vec![which], ..Settings::default() };
    let solution = detente_engine::solve(&changed.game, &settings, &*found.watch).ok()?;
    is_yes(&*solution.verdicts.lasting(which)?, changed.questions.get(place)?)
}
