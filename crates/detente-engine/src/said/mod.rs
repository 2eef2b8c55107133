//! Said things: whether a threat, a promise, an offer is meant, whether it would work, whether a demand would be met;
//! and the dilemmas that two actors are in by what they said.
//!
//! # Definition
//! Of something said by `i` to the actors `T`, φ is its `if` (always, where it has none) and τ its `then`. `L` is what
//! lasts under the concept asked for. Where it may come up first: today and each state of `L`, the *starts*.
//!
//! **Cases.** A threat, a promise, an offer with a condition: the states where φ holds and τ does not that are a start,
//! or that one move of a mover with a party in `T` makes of a start. (A start itself counts, for one can also fulfil a
//! condition by doing nothing: "unless you withdraw, we strike".) A demand, an offer without a condition: the starts
//! where φ holds and τ does not. No case: it never comes up.
//!
//! **Would it.** At a case `t`, [`Would::Does`]: a mover that `i` is a party of (for a demand: that one of `T` is a
//! party of) has an improvement `u ∈ R⁺_m(t)` to a state where τ holds, and no party of it refuses under sequential
//! stability: none of the answers of the others to `u`, by improvements, is `≾_j t` for a party `j`.
//! [`Would::HeldBack`]: there are such improvements, and a party refuses each. [`Would::Loses`]: there are moves
//! there, and none is an improvement of all its parties. [`Would::Cannot`]: there is no move there. It is credible
//! where it would be done in all cases, a bluff where in none.
//!
//! **Would it work.** The game is solved again with each `j ∈ T` counting on it: `j` ranks a state where φ holds as
//! the state in which τ has been carried out, where that is feasible and τ holds in it, else as it is (as before a
//! date). What is asked by a threat is that φ does not hold, by a promise or an offer with a condition that it does. It
//! works where, of what lasts then, more has what is asked: see [`Effect`].
//!
//! # Complexity
//! One solution and one pass over the states for each saying; one closure for each actor whose foresight is asked
//! about; the moves of `T` from the starts and of the speaker from the cases, up to
//! [`SAID_MOVES`](crate::caps::SAID_MOVES) for each saying.
//!
//! # Source
//! Own definitions, after Schelling (1960), *The Strategy of Conflict*; foresight as in sequential stability (Fraser &
//! Hipel 1984). Dilemmas: [`Dilemma`].

mod cases;
mod dilemma;
#[cfg(test)]
mod tests;

use detente_model::{ActorId, Concept, Expr, Game, MoverId, Said, SaidKind, State};

use crate::explicit::ground::Ground;
use crate::{LimitHit, Settings, SolveError, Watch};

pub use dilemma::{Dilemma, Kind, Missing, Pair, Pinch};

/// Outcomes of a set that are told by name, of as many as there are.
pub const TOLD: usize = 64;

/// What was found of everything that is said in a game.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What lasts as things are.
    pub lasting: Told,
    /// One per saying, in their order.
    pub sayings: Vec<Saying>,
    /// Ordered pairs of actors of whom one threatens or asks something of the other.
    pub pairs: Vec<Pair>,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// A set of states: how many there are, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many.
    pub count: usize,
    /// The first [`TOLD`], ascending.
    pub first: Vec<State>,
}

/// What was found of one saying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saying {
    /// Where it comes up, ascending.
    pub cases: Vec<Case>,
    /// Whether it would be done where it comes up (a demand: whether it would be met).
    pub would: Share,
    /// What lasts and has `then`, of what lasts and has `if`: whether it is so already.
    pub already: Share,
    /// What becomes of it when those to whom it is said count on it; `None`: a demand, or `then` says not what exactly
    /// would be so.
    pub work: Option<Work>,
    /// The bound on moves that was hit: there may be more cases.
    pub limit: Option<LimitHit>,
}

/// How many of some states have a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Share {
    /// There are none of them.
    #[default]
    Nothing,
    /// None has it.
    None,
    /// Some have it.
    Some,
    /// All have it.
    All,
}

impl Share {
    /// Of so many, so many.
    #[must_use]
    pub fn of(all: usize, having: usize) -> Self {
        match having {
            _ if all == 0 => Self::Nothing,
            0 => Self::None,
            having if having == all => Self::All,
            _ => Self::Some,
        }
    }

    /// Whether any has it.
    #[must_use]
    pub fn any(self) -> bool {
        matches!(self, Self::Some | Self::All)
    }
}

/// A state in which something that was said comes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The state.
    pub state: State,
    /// Today, or something that lasts.
    pub start: State,
    /// Who makes it of the start; `None`: it is the start.
    pub by: Option<MoverId>,
    /// Whether it would be done here.
    pub would: Would,
}

/// Whether what was said would be done in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Would {
    /// By this step, from which nobody who takes part in it shrinks.
    Does(Step),
    /// This step is an improvement, but a party shrinks from what others would answer.
    HeldBack {
        /// The step.
        step: Step,
        /// Who shrinks.
        party: ActorId,
        /// Where answers lead that this party does not prefer to staying; `None`: not looked for (where a mover must
        /// let others move first, or moves once only; after the first [`TOLD`] cases).
        answer: Option<State>,
    },
    /// This step is possible, but no improvement for a party.
    Loses {
        /// The step.
        step: Step,
        /// For whom.
        party: ActorId,
    },
    /// No move leads there.
    Cannot,
}

impl Would {
    /// Whether it would be done.
    #[must_use]
    pub fn does(&self) -> bool {
        matches!(self, Self::Does(_))
    }
}

/// A move of a mover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who moves.
    pub mover: MoverId,
    /// Where to.
    pub to: State,
}

/// What becomes of what lasts when those to whom something is said count on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// What lasts then.
    pub lasting: Told,
    /// What lasts only then.
    pub gained: Told,
    /// What lasts only as things are.
    pub lost: Told,
    /// How much of what lasts has what is asked, as things are.
    pub before: Share,
    /// The same then.
    pub after: Share,
    /// What it comes to; `None`: it has no condition, so that it asks nothing.
    pub effect: Option<Effect>,
    /// States where `if` holds and `then` cannot be carried out: they are ranked as they are.
    pub not_feasible: usize,
}

/// Whether something that is believed works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// All that lasts then has what is asked, which it had not.
    Works,
    /// More of what lasts has what is asked: some where there was none, or nothing that has it was lost and nothing
    /// that lacks it gained, and one of the two was.
    InPart,
    /// All that lasts has it in any case.
    NotNeeded,
    /// Nothing of that.
    InVain,
}

impl Effect {
    /// Whether it gets the speaker more of what it asks.
    #[must_use]
    pub fn works(self) -> bool {
        matches!(self, Self::Works | Self::InPart)
    }

    /// All, with their words in JSON.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Works, "works"),
        (Self::InPart, "works_in_part"),
        (Self::NotNeeded, "not_needed"),
        (Self::InVain, "in_vain"),
    ];
}

/// What follows from everything `said` in `game` under `concept`. In graph form nothing is said.
///
/// # Errors
/// As [`crate::solve()`]; when it was stopped before the end. Games are listed: what does not fit the memory allowed is
/// an error.
pub fn said(
    game: &Game,
    said: &[Said],
    concept: Concept,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Found, SolveError> {
    let Some(form) = game.option_form().filter(|_| !said.is_empty()) else { return Ok(Found::default()) };
    let settings = Settings { concepts: vec![concept], ..settings.clone() };
    let ground = Ground::new(game, form, &settings, watch)?;
    let (lasting, mut limits) = ground.lasting(ground.scores(), watch)?;
    let mut found = Found { lasting: told(&ground, &lasting, |lasts| *lasts), ..Found::default() };
    let mut looked = cases::Looked::new(game, &ground, &lasting, settings.sequences);
    for one in said {
        let mut saying = looked.at(one, watch)?;
        saying.work = works(game, &ground, one, &lasting, &mut limits, watch)?;
        limits.extend(saying.limit.clone());
        found.sayings.push(saying);
    }
    found.pairs = dilemma::pairs(game, form, &ground, said, &mut limits, watch)?;
    limits.dedup();
    found.limits = limits;
    Ok(found)
}

/// The places that have something, as states.
fn told<T>(ground: &Ground<'_>, places: &[T], has: impl Fn(&T) -> bool) -> Told {
    let mut set = Told::default();
    for (place, _) in places.iter().enumerate().filter(|(_, one)| has(one)) {
        set.count += 1;
        if set.first.len() < TOLD {
            set.first.push(ground.state(place as u32));
        }
    }
    set
}

/// The truth of `if`, by place.
fn when(ground: &Ground<'_>, said: &Said) -> Vec<bool> {
    ground.truth(said.when.as_ref().unwrap_or(&Expr::Const(true)))
}

fn works(
    game: &Game,
    ground: &Ground<'_>,
    said: &Said,
    lasting: &[bool],
    limits: &mut Vec<LimitHit>,
    watch: &dyn Watch,
) -> Result<Option<Work>, SolveError> {
    let settings = game.option_form().and_then(|form| said.settings(form));
    let (Some(settings), false) = (settings, said.kind == SaidKind::Demand) else { return Ok(None) };
    let (when, then) = (when(ground, said), ground.truth(&said.then));
    let mut not_feasible = 0;
    // As what each state is judged.
    let judged: Vec<usize> = (0..ground.states())
        .map(|place| {
            if !when[place] {
                return place;
            }
            let carried_out = ground.place(&ground.state(place as u32).with(&settings));
            match carried_out.map(|after| after as usize).filter(|after| then[*after]) {
                Some(after) => after,
                None => {
                    not_feasible += 1;
                    place
                }
            }
        })
        .collect();
    let mut scores = ground.scores().to_vec();
    for actor in &said.to {
        if let Some(scores) = scores.get_mut(actor.index()) {
            *scores = judged.iter().map(|as_what| scores[*as_what]).collect();
        }
    }
    let (counting, more) = ground.lasting(&scores, watch)?;
    limits.extend(more);
    let pairs: Vec<(bool, bool)> = lasting.iter().copied().zip(counting).collect();
    let asked = |place: usize| when[place] != (said.kind == SaidKind::Threat);
    let count = |which: &dyn Fn(&(bool, bool)) -> bool, has: Option<bool>| {
        let fits = |(place, pair): &(usize, &(bool, bool))| {
            which(pair) && has.is_none_or(|has| asked(*place) == has)
        };
        pairs.iter().enumerate().filter(fits).count()
    };
    let (old, new) = (|pair: &(bool, bool)| pair.0, |pair: &(bool, bool)| pair.1);
    let (lost, gained) = (|pair: &(bool, bool)| pair.0 && !pair.1, |pair: &(bool, bool)| !pair.0 && pair.1);
    let before = Share::of(count(&old, None), count(&old, Some(true)));
    let after = Share::of(count(&new, None), count(&new, Some(true)));
    // Nothing that has what is asked is lost, nothing that lacks it gained, and something changes.
    let right_way = count(&lost, Some(true)) == 0
        && count(&gained, Some(false)) == 0
        && count(&lost, Some(false)) + count(&gained, Some(true)) > 0;
    let effect = match (before, after) {
        (Share::All, Share::All) => Effect::NotNeeded,
        (_, Share::All) => Effect::Works,
        (Share::None | Share::Nothing, Share::Some) => Effect::InPart,
        (Share::Some, Share::Some) if right_way => Effect::InPart,
        _ => Effect::InVain,
    };
    let effect = said.when.as_ref().map(|_| effect);
    let (before, after) = if effect.is_some() { (before, after) } else { Default::default() };
    Ok(Some(Work {
        lasting: told(ground, &pairs, new),
        gained: told(ground, &pairs, gained),
        lost: told(ground, &pairs, lost),
        before,
        after,
        effect,
        not_feasible,
    }))
}
