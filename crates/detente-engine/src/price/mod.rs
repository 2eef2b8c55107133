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
//! One solution per game. With `n` single changes there are at most `n^k / k!` games at a cost of `k`:
//! for 4 actors with 5 wishes each and 12 options, 150 at cost 1 and about 10,000 at cost 2.

mod change;
mod deed;
mod deeds;
mod trial;

use std::collections::HashSet;

use detente_model::{Concept, Expr, Game, OptionId, OutcomeStates, State};

use crate::family::{Ask, Family, GraphModel, What};
use crate::{LimitHit, Settings, SolveError, Stop, Verdicts, Watch};

use change::Arrangement;
use trial::Trial;

pub use change::{Change, statement_of};
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

/// Sets put together before they are solved side by side.
const CHUNK: usize = 1024;
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
    price_in(&GraphModel(solving), game, outcome, settings, watch)
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
    let search = Search { trial: Trial { family, ask, watch }, game, settings, wish };
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
    settings: &'s PriceSettings,
    wish: Option<Expr>,
}

impl<F: Family> Search<'_, F> {
    fn run(&self, changes: &[Change], price: &mut Price) {
        let costs: Vec<u32> = changes.iter().map(|change| change.cost(&self.settings.costs).max(1)).collect();
        let mut known: HashSet<Arrangement> = Arrangement::of(self.game, &[]).into_iter().collect();
        for cost in 1..=self.settings.most {
            let mut sets = Sets { changes, costs: &costs, chosen: Vec::new(), next: 0, left: cost };
            loop {
                if let Some(stop) = self.trial.watch.stop() {
                    price.limits.push(self.short(price, stop.words().to_owned(), stop));
                    return;
                }
                // Which games are solved when they run short does not depend on threads.
                let left = self.settings.games.saturating_sub(price.games);
                let mut games: Vec<(Vec<Change>, Game)> = Vec::new();
                let mut done = true;
                while games.len() < CHUNK.min(left + 1) {
                    let Some(set) = sets.next() else { break };
                    done = false;
                    let Some(way) = Arrangement::of(self.game, &set) else { continue };
                    if known.contains(&way) {
                        continue;
                    }
                    let game = way.game(self.game, self.wish.as_ref());
                    known.insert(way);
                    games.extend(game.map(|game| (set, game)));
                }
                if done {
                    break;
                }
                let enough = games.len() <= left;
                games.truncate(left);
                let cost = price.below;
                let Price { ways, games: solved, .. } = price;
                let told = |count| format!("{count} changed games, at a cost of {cost}");
                let meets = |changes, possible| ways.push(Way { changes, possible });
                let tried = self.trial.all(games, solved, told, meets);
                price.cost = (!price.ways.is_empty()).then_some(cost);
                if let Err((stop, limit)) = tried {
                    price.limits.push(self.short(price, limit, stop));
                    return;
                }
                if !enough {
                    price.limits.push(self.short(
                        price,
                        format!("{} games to solve", self.settings.games),
                        Stop::Work,
                    ));
                    return;
                }
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

/// All sets of changes at one cost that go with one another, in lexicographic order.
struct Sets<'c> {
    changes: &'c [Change],
    costs: &'c [u32],
    /// Places of the changes taken so far, ascending.
    chosen: Vec<usize>,
    /// The next one that is looked at.
    next: usize,
    /// What may still be spent.
    left: u32,
}

impl Iterator for Sets<'_> {
    type Item = Vec<Change>;

    fn next(&mut self) -> Option<Vec<Change>> {
        loop {
            if self.left == 0 || self.next == self.changes.len() {
                let found =
                    (self.left == 0).then(|| self.chosen.iter().map(|&at| self.changes[at]).collect());
                let last = self.chosen.pop();
                if let Some(last) = last {
                    self.left += self.costs[last];
                    self.next = last + 1;
                }
                match (found, last) {
                    (Some(set), Some(_)) => return Some(set),
                    (_, None) => return None,
                    (None, Some(_)) => continue,
                }
            }
            let at = self.next;
            self.next += 1;
            let fits = self.costs[at] <= self.left
                && self.chosen.iter().all(|&other| self.changes[at].goes_with(self.changes[other]));
            if fits {
                self.chosen.push(at);
                self.left -= self.costs[at];
            }
        }
    }
}
