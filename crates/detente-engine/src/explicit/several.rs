//! Option form with conditions and acts: the moves of every mover, listed.
//!
//! # Definition
//! See [`detente_model::Mover`]. An actor's *change* flips any set of its own switches (its options; acts that it
//! alone may begin or end, in that direction), each allowed by direction and condition at the state before, the
//! result feasible; its moves are what any number of changes leads to. Several who move together switch one act, and
//! what comes `with` it.
//!
//! # Complexity
//! Own moves: for each set of states that agree on all else, one test per pair of states and switch, and a search
//! from each where conditions hold changes up. Joint moves: a bit and a look-up per state, act and group.

use std::collections::HashMap;

use detente_model::{
    Act, ActorId, Condition, Direction, Game, Joint, Mover, Opt, OptionForm, OptionId, Step, Switch,
};

use super::graph::{ArcField, Arcs};
use super::lists::{self, mover_names};
use super::space::Space;
use super::standing::Ways;
use super::verdict::ExplicitVerdicts;
use super::words::{self, Program};
use super::{DEFAULT_MEMORY, general};
use crate::{LimitHit, NotPossible, Settings, SolveError, Stop, Watch, stability};

/// Solves a game in which conditions or acts decide who can move where.
///
/// # Errors
/// As [`crate::solve()`].
pub(super) fn solve(
    game: &Game,
    form: &OptionForm,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(ExplicitVerdicts, Vec<LimitHit>), SolveError> {
    // Asked for with others it is left out, as in graph form.
    if stability::all_at_once(&settings.concepts) {
        return Err(SolveError::NotPossible(NotPossible::SimultaneousWithActs));
    }
    let numbers = lists::list(form, game.actor_count(), &settings.bounds, watch)?;
    let space = Space::List { options: form.options.len() as u32, numbers };
    let memory = settings.bounds.memory.unwrap_or(DEFAULT_MEMORY);
    let field = field(&space, game, form, memory, watch)?;
    let (actors, limits) = general::verdicts(&field, &mover_names(game), settings, watch)?;
    Ok(ExplicitVerdicts::new(game, space, actors, limits, &Ways::Arcs(&field), watch))
}

/// All moves between the states of a list, within `memory` bytes.
///
/// # Errors
/// [`SolveError::Stopped`] where they do not fit, or by the watch; what is wrong with a ranking.
pub(super) fn field(
    space: &Space,
    game: &Game,
    form: &OptionForm,
    memory: u64,
    watch: &dyn Watch,
) -> Result<ArcField, SolveError> {
    let scores = lists::all_scores(space, game)?;
    let movers = game.movers();
    let arcs = listed(space, form, &movers, memory, watch)?;
    let parties = movers.iter().map(|m| m.parties.iter().map(|party| party.index()).collect()).collect();
    Ok(ArcField::listed(scores, arcs, parties, form.cannot.is_empty()))
}

/// The moves of every mover between the states of a list, within `memory` bytes.
///
/// # Errors
/// [`SolveError::Stopped`] where they do not fit, or by the watch.
pub(crate) fn listed(
    space: &Space,
    form: &OptionForm,
    movers: &[Mover],
    memory: u64,
    watch: &dyn Watch,
) -> Result<Vec<Arcs>, SolveError> {
    let most = usize::try_from(memory / 8).unwrap_or(usize::MAX).min(u32::MAX as usize);
    arcs(space, form, movers, most, watch).map_err(|stop| {
        SolveError::Stopped(LimitHit {
            stop,
            what: "the list of moves".to_owned(),
            limit: match stop {
                Stop::Memory => format!("memory for {most} moves"),
                other => other.words().to_owned(),
            },
            reached: "no concept".to_owned(),
            exact: String::new(),
        })
    })
}

/// The arcs of every mover: at most `most` in all.
///
/// # Errors
/// [`Stop::Memory`] where there are more; what the watch says.
pub(super) fn arcs(
    space: &Space,
    form: &OptionForm,
    movers: &[Mover],
    most: usize,
    watch: &dyn Watch,
) -> Result<Vec<Arcs>, Stop> {
    let Space::List { options, numbers } = space else { return Ok(vec![]) };
    let lister = Lister { form, numbers, options: *options, holds: Holds::new(form, space) };
    let mut left = most;
    let mut all = Vec::with_capacity(movers.len());
    for mover in movers {
        let pairs = match (mover.joint, mover.parties.as_slice()) {
            (Some(joint), _) => lister.joint(joint),
            (None, [actor]) => lister.own(*actor, left, watch)?,
            (None, _) => vec![],
        };
        let arcs = Arcs::new(numbers.len(), pairs);
        left = left.checked_sub(arcs.len()).ok_or(Stop::Memory)?;
        all.push(arcs);
    }
    Ok(all)
}

/// Where the conditions of every switch hold: as bits over the places of a list.
struct Holds {
    /// For each switch: beginning, ending; `None`: no condition.
    of: Vec<[Option<Vec<u64>>; 2]>,
}

impl Holds {
    fn new(form: &OptionForm, space: &Space) -> Self {
        let all = |conditions: &[Condition]| {
            (!conditions.is_empty()).then(|| {
                let program = Program::compile(form, conditions.iter().map(|c| &c.that));
                let (mut options, mut registers) = (Vec::new(), Vec::new());
                let mut bits = Vec::with_capacity(space.words());
                for word in 0..space.words() {
                    space.option_words(word, &mut options);
                    program.run(&options, &mut registers);
                    let holds = (0..conditions.len()).map(|at| program.result(at, &registers));
                    bits.push(holds.fold(u64::MAX, |all, one| all & one));
                }
                bits
            })
        };
        Self { of: form.options.iter().map(|o| [all(&o.begins_if), all(&o.ends_if)]).collect() }
    }

    fn at(&self, switch: OptionId, ends: bool, place: usize) -> bool {
        match self.of.get(switch.index()).map(|both| &both[usize::from(ends)]) {
            Some(Some(bits)) => bits[place / 64] >> (place % 64) & 1 == 1,
            _ => true,
        }
    }
}

struct Lister<'f> {
    form: &'f OptionForm,
    numbers: &'f [u64],
    options: u32,
    holds: Holds,
}

/// A thing that one actor has a say in: its bits, and what it may do with it.
struct Own<'f> {
    thing: OptionId,
    bits: u64,
    /// Whether it may go up, and down (to off, for an act).
    up: bool,
    down: bool,
    act: Option<&'f Act>,
}

impl Lister<'_> {
    /// The bits of a thing.
    fn bits(&self, thing: OptionId) -> u64 {
        match self.form.scale_of(thing) {
            Some(scale) => scale.switches().fold(0, |bits, switch| bits | 1 << switch.index()),
            None => 1 << thing.index(),
        }
    }

    fn own_things(&self, actor: ActorId) -> Vec<Own<'_>> {
        let first = |o: &&Opt| o.scale.is_none_or(|(_, at)| at == 0);
        let things = self.form.options.iter().enumerate().filter(|(_, o)| first(o));
        things
            .filter_map(|(at, o)| {
                let (up, down, act) = match o.of {
                    Switch::Option if o.actor == actor => {
                        (o.direction != Direction::OffOnly, o.direction != Direction::OnOnly, None)
                    }
                    Switch::Act(id) => {
                        let act = self.form.acts.get(id.index())?;
                        (act.begins.suffices(actor), act.ends.suffices(actor), Some(act))
                    }
                    _ => return None,
                };
                let thing = OptionId::from(at);
                (up || down).then(|| Own { thing, bits: self.bits(thing), up, down, act })
            })
            .collect()
    }

    fn own(&self, actor: ActorId, most: usize, watch: &dyn Watch) -> Result<Vec<(u32, u32)>, Stop> {
        let own = self.own_things(actor);
        let mask = own.iter().fold(0, |bits, one| bits | one.bits);
        // Where nothing that it switches opens or closes a switch of its own, a change after a change is a change:
        // nothing to search.
        let search = self.form.changes_open_others(actor);
        let mut classes: HashMap<u64, Vec<u32>> = HashMap::new();
        for (place, number) in self.numbers.iter().enumerate() {
            classes.entry(number & !mask).or_default().push(place as u32);
        }
        let taken = self.taken(actor);
        let mut pairs = Vec::new();
        for class in classes.values() {
            let mut seen = vec![false; class.len()];
            for (from, &s) in class.iter().enumerate() {
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
                seen.fill(false);
                seen[from] = true;
                let mut open = vec![from];
                while let Some(at) = open.pop() {
                    for (to, &t) in class.iter().enumerate() {
                        if !seen[to] && self.is_change(&own, class[at], t) {
                            seen[to] = true;
                            if !taken.iter().any(|[f, g]| f[s as usize] && g[t as usize]) {
                                pairs.push((s, t));
                            }
                            if search {
                                open.push(to);
                            }
                        }
                    }
                }
                if pairs.len() > most {
                    return Err(Stop::Memory);
                }
            }
        }
        Ok(pairs)
    }

    /// Where the two formulas of each move taken away from `actor` hold.
    fn taken(&self, actor: ActorId) -> Vec<[Vec<bool>; 2]> {
        let own = self.form.cannot.iter().filter(|c| c.actor == actor);
        own.map(|cannot| [&cannot.from, &cannot.to].map(|formula| self.truth(formula, self.numbers)))
            .collect()
    }

    /// The truth of a formula at each of these state numbers, feasible or not.
    fn truth(&self, formula: &detente_model::Expr, numbers: &[u64]) -> Vec<bool> {
        let space = Space::List { options: self.options, numbers: numbers.to_vec() };
        words::truth(self.form, &space, formula)
    }

    /// Whether all of `conditions` hold at a state number, feasible or not.
    fn all_at(&self, conditions: &[Condition], number: u64) -> bool {
        let state = detente_model::State::from_number(number);
        conditions.iter().all(|condition| self.form.holds(&condition.that, &state))
    }

    fn is_change(&self, own: &[Own<'_>], s: u32, t: u32) -> bool {
        let (before, after) = (self.numbers[s as usize], self.numbers[t as usize]);
        let changed = before ^ after;
        let begun = |one: &&Own<'_>| one.act.is_some() && before & one.bits == 0 && after & one.bits != 0;
        own.iter().filter(|one| changed & one.bits != 0).all(|one| {
            let rises = (after & one.bits).count_ones() > (before & one.bits).count_ones();
            // An act goes down only to off; another level is begun.
            let ends = if one.act.is_some() { after & one.bits == 0 } else { !rises };
            let may = if ends { one.down } else { one.up };
            let with_fits = |act: &Act| act.with.iter().all(|&(o, on)| (after >> o.index() & 1 == 1) == on);
            if begun(&one) && !one.act.is_some_and(with_fits) {
                return false;
            }
            if may && self.holds.at(one.thing, ends, s as usize) {
                return true;
            }
            // What comes along with an act that is begun is judged as if it were done.
            may && own.iter().filter(begun).any(|other| {
                let comes = |act: &Act| act.with.iter().any(|(o, _)| one.bits >> o.index() & 1 == 1);
                other.act.is_some_and(comes) && {
                    let done = before & !other.bits | after & other.bits;
                    let option = self.form.options.get(one.thing.index());
                    option.is_some_and(|o| self.all_at(if ends { &o.ends_if } else { &o.begins_if }, done))
                }
            })
        })
    }

    /// The one move of a group with its act, from each state that has one.
    fn joint(&self, joint: Joint) -> Vec<(u32, u32)> {
        let Some(act) = self.form.acts.get(joint.act.index()) else { return vec![] };
        let bits = self.bits(act.first);
        let goal = match joint.step {
            Step::End => 0,
            // Bits of a chain are on from the lowest.
            Step::Begin(level) => bits & (2_u64 << (act.first.0 + level)).wrapping_sub(1),
        };
        let mut targets: Vec<Option<u64>> = Vec::with_capacity(self.numbers.len());
        for (place, number) in self.numbers.iter().enumerate() {
            let may = number & bits != goal && self.holds.at(act.first, goal == 0, place);
            targets.push(may.then_some(number & !bits | goal));
        }
        if goal != 0 {
            // What comes along: judged at the state in which the act is done and nothing else.
            let done: Vec<u64> = targets.iter().zip(self.numbers).map(|(t, n)| t.unwrap_or(*n)).collect();
            for &(switch, on) in &act.with {
                let Some(option) = self.form.options.get(switch.index()) else { continue };
                let conditions = if on { &option.begins_if } else { &option.ends_if };
                let fits: Vec<Vec<bool>> = conditions.iter().map(|c| self.truth(&c.that, &done)).collect();
                let direction = match option.direction {
                    Direction::Both => true,
                    Direction::OnOnly => on,
                    Direction::OffOnly => !on,
                };
                let bit = 1_u64 << switch.index();
                for (place, target) in targets.iter_mut().enumerate() {
                    // Another level of an act that is on brings nothing along.
                    let Some(number) = *target else { continue };
                    if self.numbers[place] & bits != 0 || (self.numbers[place] & bit != 0) == on {
                        continue;
                    }
                    let may = direction && fits.iter().all(|truth| truth[place]);
                    *target = may.then_some(if on { number | bit } else { number & !bit });
                }
            }
        }
        let found = targets.iter().enumerate().filter_map(|(place, target)| {
            let to = self.numbers.binary_search(&(*target)?).ok()?;
            Some((place as u32, to as u32))
        });
        found.collect()
    }
}
