//! What can be reached at all, and the shortest way to given states.

use std::collections::{HashMap, HashSet};

use detente_model::{Game, MoverId, State};

use super::{EvolveError, Walker};
use crate::arena::{Arena, Cut, Met, Steps, reached};
use crate::coalition::{Coalition, inside};
use crate::{LimitHit, StateSet, Stop, Watch};

/// What a sequence is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// Improvements of single actors: each better for its mover.
    Improvements,
    /// Joint improvements of coalitions, each better for all its members (single actors among them).
    Coalitions,
    /// Any moves.
    Moves,
}

/// A shortest sequence to a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// To which state.
    pub to: State,
    /// Of what kind.
    pub by: By,
    /// Who moves to where. As in the chain, an actor may move several times in a row where one move
    /// does not do. A coalition's step is one step, whatever its members do inside it.
    pub sequence: Vec<(Walker, State)>,
}

/// How much can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// States reached by moves, the start not counted.
    pub by_moves: Vec<State>,
    /// States reached by improvements, likewise.
    pub by_improvements: Vec<State>,
    /// States reached by moves (the start among them) that nobody can leave by any move.
    pub dead_ends: Vec<State>,
    /// Bounds that were hit: then the list of that kind is empty, not cut.
    pub limits: Vec<LimitHit>,
}

/// What can be reached from `from` by moves and by improvements of all actors, each list
/// ascending; at most `limit` states are met.
///
/// # Errors
/// [`EvolveError::NotFeasible`].
pub fn reach(game: &Game, from: &State, limit: usize, watch: &dyn Watch) -> Result<Reach, EvolveError> {
    let mut found = Reach { by_moves: vec![], by_improvements: vec![], dead_ends: vec![], limits: vec![] };
    let mut arena = Arena::new(game, limit, watch);
    if !arena.is_feasible(from) {
        return Err(EvolveError::NotFeasible(from.clone()));
    }
    let movers: Vec<MoverId> = arena.movers().collect();
    let steps = |improving| Steps { improving, in_a_row: true, ..Steps::legal(&movers) };
    let list = |arena: &mut Arena<'_>, improving: bool| -> Result<Vec<Met>, Cut> {
        let start = arena.meet(from)?;
        Ok(reached(arena, start, steps(improving), |_, _| true)?.into_iter().map(|(met, _)| met).collect())
    };
    let states = |arena: &Arena<'_>, mets: &[Met]| {
        let mut states: Vec<State> = mets.iter().map(|met| arena.state(*met).clone()).collect();
        states.sort();
        states
    };
    match list(&mut arena, true) {
        Ok(mets) => found.by_improvements = states(&arena, &mets),
        Err(cut) => found.limits.push(hit("states reached by improvements", cut)),
    }
    let by_moves = list(&mut arena, false).and_then(|mets| {
        let mut ends = Vec::new();
        for met in std::iter::once(arena.meet(from)?).chain(mets.iter().copied()) {
            let mut stuck = true;
            for mover in &movers {
                stuck = stuck && arena.moves(*mover, met)?.is_empty();
            }
            if stuck {
                ends.push(met);
            }
        }
        Ok((mets, ends))
    });
    match by_moves {
        Ok((mets, ends)) => {
            found.by_moves = states(&arena, &mets);
            found.dead_ends = states(&arena, &ends);
        }
        Err(cut) => found.limits.push(hit("states reached by moves", cut)),
    }
    Ok(found)
}

fn hit(what: &str, cut: Cut) -> LimitHit {
    LimitHit {
        stop: cut.stop,
        what: what.to_owned(),
        limit: cut.limit_words(),
        reached: if cut.stop == Stop::Work { cut.limit_words() } else { "not done".to_owned() },
        exact: String::new(),
    }
}

/// To which states ways are wanted.
#[derive(Clone, Copy)]
pub enum Targets<'t> {
    /// These: ways come in this order.
    Listed(&'t [State]),
    /// All of these that can be reached: ways come nearest first, ties by state.
    Among(&'t dyn StateSet),
}

impl Targets<'_> {
    fn contain(&self, listed: &HashSet<&State>, state: &State) -> bool {
        match self {
            Self::Listed(_) => listed.contains(state),
            Self::Among(set) => set.contains(state),
        }
    }

    fn listed(&self) -> HashSet<&State> {
        match self {
            Self::Listed(list) => list.iter().collect(),
            Self::Among(_) => HashSet::new(),
        }
    }
}

/// A shortest sequence of the given kind from `from` to each of `targets` that it leads to; the start
/// itself has none. At most `limit` states are met.
///
/// # Complexity
/// Linear in the moves of the states that can be reached; by coalitions, per state times the
/// coalitions and what they reach, until every target has a way.
///
/// # Errors
/// The limit that was hit.
pub fn routes(
    game: &Game,
    from: &State,
    targets: Targets<'_>,
    by: By,
    limit: usize,
    watch: &dyn Watch,
) -> Result<Vec<Route>, LimitHit> {
    let found = match by {
        By::Improvements | By::Moves => single(game, from, targets, by, limit, watch),
        By::Coalitions => joint(game, from, targets, limit, watch),
    };
    let mut found = found.map_err(|cut| hit("the shortest way to each outcome", cut))?;
    match targets {
        Targets::Listed(list) => {
            let place: HashMap<&State, usize> =
                list.iter().enumerate().rev().map(|(at, state)| (state, at)).collect();
            found.sort_by_key(|route| place.get(&route.to).copied());
        }
        Targets::Among(_) => {
            found.sort_by(|a, b| a.sequence.len().cmp(&b.sequence.len()).then_with(|| a.to.cmp(&b.to)))
        }
    }
    Ok(found)
}

fn single(
    game: &Game,
    from: &State,
    targets: Targets<'_>,
    by: By,
    limit: usize,
    watch: &dyn Watch,
) -> Result<Vec<Route>, Cut> {
    let mut arena = Arena::new(game, limit, watch);
    let start = arena.meet(from)?;
    let movers: Vec<MoverId> = arena.movers().collect();
    let improving = by == By::Improvements;
    let steps = Steps { improving, in_a_row: true, ..Steps::legal(&movers) };
    let listed = targets.listed();
    let found = reached(&mut arena, start, steps, |arena, met| targets.contain(&listed, arena.state(met)))?;
    Ok(found
        .into_iter()
        .map(|(met, path)| Route {
            to: arena.state(met).clone(),
            by,
            sequence: path
                .iter()
                .map(|hop| (Walker::Mover(hop.mover), arena.state(hop.to).clone()))
                .collect(),
        })
        .collect())
}

/// Breadth-first over joint improvements of all coalitions.
fn joint(
    game: &Game,
    from: &State,
    targets: Targets<'_>,
    limit: usize,
    watch: &dyn Watch,
) -> Result<Vec<Route>, Cut> {
    let mut arena = Arena::new(game, limit, watch);
    let start = arena.meet(from)?;
    let all: Vec<Coalition> = Coalition::everybody(game.actors.len()).parts(game.actors.len()).collect();
    let mut parent: HashMap<Met, (Met, Coalition)> = HashMap::new();
    let mut order = vec![start];
    let mut at = 0;
    let listed = targets.listed();
    let wanted = |arena: &Arena<'_>, met: Met| targets.contain(&listed, arena.state(met));
    let mut missing = match targets {
        Targets::Listed(_) => listed.len() as u64,
        Targets::Among(set) => u64::try_from(set.count()).unwrap_or(u64::MAX),
    };
    missing = missing.saturating_sub(u64::from(wanted(&arena, start)));
    while at < order.len() && missing > 0 {
        let met = order[at];
        for coalition in &all {
            let movers = inside(&arena, *coalition);
            let steps = Steps::legal(&movers);
            let better = |arena: &Arena<'_>, t: Met| coalition.members().all(|a| arena.prefers(a, t, met));
            for (end, _) in reached(&mut arena, met, steps, better)? {
                if end != start && !parent.contains_key(&end) {
                    parent.insert(end, (met, *coalition));
                    order.push(end);
                    missing = missing.saturating_sub(u64::from(wanted(&arena, end)));
                }
            }
        }
        at += 1;
    }
    let mut found = Vec::new();
    for met in order.into_iter().skip(1).filter(|met| wanted(&arena, *met)) {
        let mut sequence = Vec::new();
        let mut back = met;
        while let Some((before, coalition)) = parent.get(&back) {
            let walker = match coalition.members().next() {
                Some(actor) if coalition.size() == 1 => Walker::Mover(actor.into()),
                _ => Walker::Coalition(*coalition),
            };
            sequence.push((walker, arena.state(back).clone()));
            back = *before;
        }
        sequence.reverse();
        found.push(Route { to: arena.state(met).clone(), by: By::Coalitions, sequence });
    }
    Ok(found)
}
