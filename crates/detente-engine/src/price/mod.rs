//! The price of an outcome: the least change of the game that makes it last, or that no longer lets it.
//!
//! # Definition
//! The *inverse* problem of the graph model (Kinsara, Kilgour & Hipel 2015) in its least-change form: a mediator asks what would have
//! to be otherwise for an outcome to last, a spoiler what would have to be for it not to. A [`Change`]
//! concerns one wish of one actor, or one option: a wish is given up, turned round, or moved to another
//! place; an actor comes to wish the outcome itself (or, to be rid of it, that it is not so), at any
//! place; an option is never on. Each has a cost ([`Costs`], 1 by default); a set of changes costs
//! their sum, and a change of the game as a whole the least of all sets that lead to it.
//!
//! [`price`] finds the least cost at which the [`Aim`] is met, and every game at that cost that meets
//! it. Left out is what leaves an actor without any wish: it would be indifferent between all
//! outcomes, so that almost everything would last, for no reason.
//!
//! Options that the case does not have are not invented, and an actor whose preference is a ranking
//! has no wishes that could change.
//!
//! # Proof of optimality
//! Sets are tried by growing cost, all of one cost before any of a higher one; each game is solved
//! once. What is returned costs more than everything that was tried without success, and
//! [`Price::below`] says up to which cost that was everything.
//!
//! # Complexity
//! One solution per game, 64 at a time in the lanes of [`crate::ensemble`] where games are of that kind (option form, up to
//! 8,192 states, moves that wishes do not change). With `n` single changes there are at most `n^k / k!` games at a cost of
//! `k`: for 4 actors with 5 wishes each and 12 options, 150 at cost 1 and about 10,000 at cost 2. Memory: what each part of
//! the game can become, not the games.

mod change;
mod deed;
mod deeds;
mod part;
mod together;
mod trial;

use std::ops::ControlFlow;

use detente_model::{Concept, Expr, Game, OptionId, OutcomeStates, Sequences, State};
use rayon::prelude::*;

use crate::ensemble::changed::{SIDE_BY_SIDE, Side};
use crate::family::{Ask, Family, GraphModel, What};
use crate::{Engine, Event, LimitHit, Settings, SolveError, Stop, Verdicts, Watch};

use change::Arrangement;
use part::{Became, Part, Variant, Whole};
use together::Together;
use trial::{Halt, Trial};

pub use change::{Change, statement_of, wish_count};
pub use deed::{Beside, Deed, after as after_deeds};
pub use deeds::{DeedSet, DeedSettings, Deeds, deeds};

/// What the change is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aim {
    /// Some equilibrium has the outcome.
    Possible,
    /// There are equilibria, and all have the outcome.
    Certain,
    /// No equilibrium has the outcome.
    Never,
}

impl Aim {
    /// All, with their words on the command line and in JSON.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Possible, "possible"), (Self::Certain, "certain"), (Self::Never, "never")];

    /// Whether it is met; `None` when the equilibria were not computed.
    #[must_use]
    pub fn is_met(self, verdicts: &dyn Verdicts, concept: Concept, outcome: &OutcomeStates) -> Option<bool> {
        self.ask(concept, outcome).holds(verdicts)
    }

    /// What it asks of a solved game.
    fn ask(self, concept: Concept, outcome: &OutcomeStates) -> Ask<'_> {
        let what = match self {
            Self::Possible => What::Possible(outcome),
            Self::Certain => What::Certain(outcome),
            Self::Never => What::Never(outcome),
        };
        Ask { concept, what }
    }
}

/// What each kind of change costs; at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// A wish is given up.
    pub drop: u32,
    /// A wish is turned round.
    pub flip: u32,
    /// A wish moves to another place.
    pub shift: u32,
    /// An actor comes to wish the outcome, or that it is not so.
    pub add: u32,
    /// An option is never on.
    pub forbid: u32,
}

impl Default for Costs {
    /// All 1: the number of changes counts.
    fn default() -> Self {
        Self { drop: 1, flip: 1, shift: 1, add: 1, forbid: 1 }
    }
}

/// What to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceSettings {
    /// How to solve; its concepts are not used.
    pub settings: Settings,
    /// Under which concept.
    pub concept: Concept,
    /// What the change is for.
    pub aim: Aim,
    /// What each kind of change costs.
    pub costs: Costs,
    /// The highest cost that is looked at.
    pub most: u32,
    /// Games to solve at most.
    pub games: usize,
}

/// The least change, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// The least cost at which the aim is met (0: as the game is); `None`: none was found.
    pub cost: Option<u32>,
    /// The ways at that cost, each leading to a game of its own: all of them, unless a bound was hit.
    pub ways: Vec<Way>,
    /// Everything that costs less than this was tried, and does not meet the aim.
    pub below: u32,
    /// Games that were solved.
    pub games: usize,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// A set of changes that meets the aim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The changes.
    pub changes: Vec<Change>,
    /// Whether the outcome is still possible after them: it is made to last, or no longer does; else
    /// the rules leave no room for it any more.
    pub possible: bool,
}

/// Games put together before they are solved.
const CHUNK: usize = 1 << 13;
/// From so many games on it is worth it to lay them out side by side.
const ENOUGH: usize = 16;
/// How often it is told how many games were solved.
const TOLD: usize = 16;

/// The least change of `game` that meets the aim for `outcome`.
///
/// # Errors
/// When the game itself cannot be solved.
pub fn price(
    game: &Game,
    outcome: &OutcomeStates,
    settings: &PriceSettings,
    watch: &dyn Watch,
) -> Result<Price, SolveError> {
    let solving = Settings { concepts: vec![settings.concept], threads: 1, ..settings.settings.clone() };
    let together =
        matches!(solving.engine, Engine::Auto | Engine::Explicit) && solving.sequences == Sequences::Legal;
    search(&GraphModel(solving), game, outcome, (settings, together), watch)
}

/// The same in any family of models.
///
/// # Errors
/// When the family cannot be asked that, or the game itself cannot be solved.
pub fn price_in<F: Family>(
    family: &F,
    game: &Game,
    outcome: &OutcomeStates,
    settings: &PriceSettings,
    watch: &dyn Watch,
) -> Result<Price, SolveError> {
    search(family, game, outcome, (settings, false), watch)
}

/// `together`: whether games of the family may be solved side by side, as the graph model is.
fn search<F: Family>(
    family: &F,
    game: &Game,
    outcome: &OutcomeStates,
    (settings, together): (&PriceSettings, bool),
    watch: &dyn Watch,
) -> Result<Price, SolveError> {
    let ask = settings.aim.ask(settings.concept, outcome);
    family.can(game, &ask).map_err(SolveError::NotPossible)?;
    let solved = family.solve(game, watch)?;
    let limits = family.limits(&solved).to_vec();
    let mut price = Price { cost: None, ways: Vec::new(), below: 1, games: 1, limits };
    match family.conclude(&solved, &ask).holds {
        None => return Ok(Price { below: 0, ..price }),
        Some(true) => return Ok(Price { cost: Some(0), below: 0, ..price }),
        Some(false) => {}
    }
    let wish = wish(game, outcome, settings.aim);
    let changes = change::all(game, wish.is_some());
    let search = Search { trial: Trial { family, ask, watch }, game, outcome, settings, wish, together };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.settings.threads).build();
    let mut work = || search.run(&changes, &mut price);
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
    Ok(price)
}

/// What an actor can come to wish: the outcome, or that it is not so. Listed states are one of them, each with
/// every option as it is there. `None` in graph form, where there are no wishes.
fn wish(game: &Game, outcome: &OutcomeStates, aim: Aim) -> Option<Expr> {
    let form = game.option_form()?;
    let option = |state: &State, at: usize| {
        let is_on = Expr::Option(OptionId::from(at));
        if state.is_on(OptionId::from(at)) { is_on } else { is_on.negate() }
    };
    let all = |state: &State| Expr::And((0..form.options.len()).map(|at| option(state, at)).collect());
    let that = match outcome {
        OutcomeStates::Formula(that) => that.clone(),
        OutcomeStates::Listed(states) => match states.as_slice() {
            [one] => all(one),
            several => Expr::Or(several.iter().map(all).collect()),
        },
    };
    Some(if aim == Aim::Never { that.negate() } else { that })
}

/// `game` after a way of [`price`] for `outcome` and `aim`, without its status quo, which need not be
/// possible any more; `None` when it has no such changes.
#[must_use]
pub fn changed(game: &Game, outcome: &OutcomeStates, aim: Aim, way: &[Change]) -> Option<Game> {
    Arrangement::of(game, way)?.game(game, wish(game, outcome, aim).as_ref())
}

struct Search<'s, F> {
    trial: Trial<'s, F>,
    game: &'s Game,
    outcome: &'s OutcomeStates,
    settings: &'s PriceSettings,
    wish: Option<Expr>,
    together: bool,
}

/// What each part becomes in a game: at which cost, and which of all that it becomes at that.
type Choice = (u32, u32);

/// The games of one cost, as they are put together and tried.
struct Round<'r, F> {
    search: &'r Search<'r, F>,
    parts: &'r [Part],
    cost: u32,
    /// Games that wait to be solved: the choices of one after those of the other.
    waiting: Vec<Choice>,
    /// The options that are never on in those that wait, and what solves them side by side.
    never: Choice,
    together: Option<Option<Together>>,
    /// Games that were solved, in this round and before.
    games: usize,
    /// Those that meet the aim: their changes, and whether the outcome is possible in them.
    met: Vec<(Vec<usize>, bool)>,
}

impl<F: Family> Search<'_, F> {
    fn run(&self, changes: &[Change], price: &mut Price) {
        let costs: Vec<u32> = changes.iter().map(|change| change.cost(&self.settings.costs).max(1)).collect();
        let whole = Whole { game: self.game, wish: self.wish.as_ref(), changes, costs: &costs };
        let mut parts = part::parts(whole);
        for cost in 1..=self.settings.most {
            // Each of them is a game by itself, so that more than may be solved are not needed.
            let left = self.settings.games.saturating_sub(price.games);
            parts.iter_mut().for_each(|part| part.list(whole, cost, left + 1));
            let mut round = Round {
                search: self,
                parts: &parts,
                cost,
                waiting: Vec::new(),
                never: (0, 0),
                together: None,
                games: price.games,
                met: Vec::new(),
            };
            let halted = round.run();
            price.games = round.games;
            let mut met = round.met;
            met.sort_unstable();
            let way = |(set, possible): (Vec<usize>, bool)| Way {
                changes: set.iter().map(|at| changes[*at]).collect(),
                possible,
            };
            price.ways = met.into_iter().map(way).collect();
            price.cost = (!price.ways.is_empty()).then_some(cost);
            if let Err((stop, limit)) = halted {
                price.limits.push(self.short(price, limit, stop));
                return;
            }
            if !price.ways.is_empty() {
                return;
            }
            price.below = cost + 1;
        }
    }

    fn short(&self, price: &Price, limit: String, stop: Stop) -> LimitHit {
        LimitHit {
            stop,
            what: format!("changes at a cost of {}", price.below),
            limit,
            reached: format!("{} games", price.games),
            exact: match price.below {
                1 => "what is shown".to_owned(),
                below => format!("that nothing up to a cost of {} does it, and what is shown", below - 1),
            },
        }
    }
}

impl<F: Family> Round<'_, F> {
    /// Puts the games of this cost together and tries them. Which are tried when they run short does not depend on
    /// threads.
    fn run(&mut self) -> Result<(), Halt> {
        let mut chosen = Vec::with_capacity(self.parts.len());
        let mut halt = Ok(());
        let parts = self.parts;
        let done = combine(parts, self.cost, &mut chosen, &mut |game: &[Choice]| {
            halt = self.take(game);
            if halt.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        match done {
            ControlFlow::Break(()) => halt,
            ControlFlow::Continue(()) => self.flush(),
        }
    }

    fn take(&mut self, game: &[Choice]) -> Result<(), Halt> {
        let most = self.search.settings.games;
        let never = game.first().copied().unwrap_or_default();
        let waiting = self.waiting.len() / self.parts.len();
        if waiting > 0 && (never != self.never || waiting == CHUNK) {
            self.flush()?;
        }
        if never != self.never {
            (self.never, self.together) = (never, None);
        }
        if self.games + self.waiting.len() / self.parts.len() >= most {
            self.flush()?;
            return Err((Stop::Work, format!("{most} games to solve")));
        }
        self.waiting.extend_from_slice(game);
        Ok(())
    }

    /// Solves those that wait.
    fn flush(&mut self) -> Result<(), Halt> {
        let watch = self.search.trial.watch;
        if let Some(stop) = watch.stop() {
            return Err((stop, stop.words().to_owned()));
        }
        let waiting = std::mem::take(&mut self.waiting);
        let all: Vec<&[Choice]> = waiting.chunks(self.parts.len()).collect();
        let solved = if all.len() < ENOUGH { self.one_by_one(&all) } else { self.side_by_side(&all) };
        drop(all);
        self.waiting = waiting;
        self.waiting.clear();
        solved
    }

    fn side_by_side(&mut self, all: &[&[Choice]]) -> Result<(), Halt> {
        let parts = self.parts;
        if self.together.is_none() {
            self.together = Some(self.prepare()?);
        }
        let Some(Some(together)) = &self.together else { return self.one_by_one(all) };
        let (watch, possible) = (self.search.trial.watch, together.possible());
        let some = |side: &mut Option<Side>, games: &[&[Choice]]| {
            let side = side.as_mut().filter(|_| watch.stop().is_none())?;
            Some(together.met(side, games.len(), |game, part| &at(parts, part, games[game]).became))
        };
        let met: Vec<Option<u64>> = all.par_chunks(SIDE_BY_SIDE).map_init(|| together.side(), some).collect();
        for (games, met) in all.chunks(SIDE_BY_SIDE).zip(met) {
            let Some(met) = met else {
                let stop = watch.stop().unwrap_or(Stop::Cancelled);
                return Err((stop, stop.words().to_owned()));
            };
            let those = games.iter().enumerate().filter(|(n, _)| met >> n & 1 == 1);
            self.met.extend(those.map(|(_, game)| (changes(parts, game), possible)));
            self.games += games.len();
        }
        watch.event(Event::Step(&told(self.games, self.cost), None));
        Ok(())
    }

    /// What solves the games that wait side by side: they have the same options.
    fn prepare(&self) -> Result<Option<Together>, Halt> {
        let Search { game, outcome, settings, wish, trial, together } = self.search;
        let without = match self.parts.first().map(|_| &at(self.parts, 0, &[self.never]).became) {
            Some(Became::Never(options)) if *together => change::without(game, options),
            _ => return Ok(None),
        };
        let asked = (settings.aim, settings.concept, *outcome);
        Together::new(&without, self.parts, wish.as_ref(), asked, trial.watch).map_err(|_| {
            let stop = trial.watch.stop().unwrap_or(Stop::Cancelled);
            (stop, stop.words().to_owned())
        })
    }

    fn one_by_one(&mut self, all: &[&[Choice]]) -> Result<(), Halt> {
        let Search { game, wish, trial, .. } = self.search;
        let parts = self.parts;
        let made = |choices: &&[Choice]| {
            let became = |part: usize| at(parts, part, choices).became.clone();
            let Became::Never(forbidden) = became(0) else { return None };
            let wishes = (1..parts.len()).map(|part| match became(part) {
                Became::Wishes(entries) => entries,
                Became::Never(_) => Vec::new(),
            });
            Some((
                changes(parts, choices),
                Arrangement { wishes: wishes.collect(), forbidden }.game(game, wish.as_ref())?,
            ))
        };
        let list = all.iter().filter_map(made).collect();
        let (cost, met) = (self.cost, &mut self.met);
        trial.all(list, &mut self.games, |count| told(count, cost), |set, possible| met.push((set, possible)))
    }
}

fn told(games: usize, cost: u32) -> String {
    format!("{games} changed games, at a cost of {cost}")
}

/// What a part becomes in a game of these choices.
fn at<'p>(parts: &'p [Part], part: usize, choices: &[Choice]) -> &'p Variant {
    let (level, one) = choices[part];
    &parts[part].levels[level as usize][one as usize]
}

/// The changes that lead to a game of these choices, as places among all, ascending.
fn changes(parts: &[Part], choices: &[Choice]) -> Vec<usize> {
    let mut set: Vec<usize> =
        (0..parts.len()).flat_map(|part| &at(parts, part, choices).changes).copied().collect();
    set.sort_unstable();
    set
}

/// Every choice of what each part becomes that costs `left` in all; the first part changes last.
fn combine(
    parts: &[Part],
    left: u32,
    chosen: &mut Vec<Choice>,
    each: &mut impl FnMut(&[Choice]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some(part) = parts.get(chosen.len()) else { return each(chosen) };
    let least = if chosen.len() + 1 == parts.len() { left } else { 0 };
    for level in least..=left {
        for one in 0..part.levels.get(level as usize).map_or(0, Vec::len) {
            chosen.push((level, one as u32));
            let done = combine(parts, left - level, chosen, each);
            chosen.pop();
            done?;
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Quiet;
    use crate::testing::{Shape, game};

    /// Otherwise what is compared elsewhere, many at a time with one by one, would be compared with itself.
    #[test]
    fn most_games_of_the_language_are_solved_side_by_side() {
        for (shape, least) in [(Shape::plain(), 90), (Shape::several(), 40)] {
            let shape = Shape { graph: 0.0, ..shape };
            let side_by_side = (0..100).filter(|seed| {
                let game = game(*seed, &shape);
                let wish = Expr::Option(OptionId::from(0));
                let outcome = OutcomeStates::Formula(wish.clone());
                let whole = Whole { game: &game, wish: Some(&wish), changes: &[], costs: &[] };
                let asked = (Aim::Possible, Concept::Seq, &outcome);
                Together::new(&game, &part::parts(whole), Some(&wish), asked, &Quiet)
                    .is_ok_and(|one| one.is_some())
            });
            let count = side_by_side.count();
            assert!(count >= least, "{count}");
        }
    }
}
