//! What can be reached at all, and the shortest way to given states.

use detente_model::{ActorId, Game, Sequences, State};

use super::EvolveError;
use crate::arena::{Arena, Full, Met, Steps, reached};
use crate::coalition::Coalition;
use crate::{LimitHit, Stop};

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
    /// Who moves to where; nobody twice in a row. A coalition's step is one step, whatever its
    /// members do inside it.
    pub sequence: Vec<(Coalition, State)>,
}

/// How much can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// States reached by moves, the start not counted unless a sequence returns to it.
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
pub fn reach(game: &Game, from: &State, limit: usize) -> Result<Reach, EvolveError> {
    let mut found = Reach { by_moves: vec![], by_improvements: vec![], dead_ends: vec![], limits: vec![] };
    let mut arena = Arena::new(game, limit);
    if !arena.is_feasible(from) {
        return Err(EvolveError::NotFeasible(from.clone()));
    }
    let movers: Vec<ActorId> = game.actor_ids().collect();
    let steps =
        |improving| Steps { movers: &movers, improving, sequences: Sequences::Legal, most: usize::MAX };
    let list = |arena: &mut Arena<'_>, improving: bool| -> Result<Vec<Met>, Full> {
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
        Err(full) => found.limits.push(hit("states reached by improvements", full)),
    }
    let by_moves = list(&mut arena, false).and_then(|mets| {
        let mut ends = Vec::new();
        for met in std::iter::once(arena.meet(from)?).chain(mets.iter().copied()) {
            let mut stuck = true;
            for actor in &movers {
                stuck = stuck && arena.moves(*actor, met)?.is_empty();
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
        Err(full) => found.limits.push(hit("states reached by moves", full)),
    }
    Ok(found)
}

fn hit(what: &str, full: Full) -> LimitHit {
    LimitHit {
        stop: Stop::Work,
        what: what.to_owned(),
        limit: format!("{} states", full.limit),
        reached: format!("{} states", full.limit),
        exact: "none of these".to_owned(),
    }
}

/// A shortest sequence of the given kind from `from` to each of `targets` that it leads to, in the
/// order of `targets`; the start itself has none. At most `limit` states are met: `Err` then has
/// the limit.
///
/// # Errors
/// The limit that was hit.
pub fn routes(
    game: &Game,
    from: &State,
    targets: &[State],
    by: By,
    limit: usize,
) -> Result<Vec<Route>, LimitHit> {
    let found = match by {
        By::Improvements | By::Moves => single(game, from, targets, by, limit),
        By::Coalitions => joint(game, from, targets, limit),
    };
    let mut found = found.map_err(|full| hit("the shortest way to each outcome", full))?;
    found.sort_by_key(|route| targets.iter().position(|t| *t == route.to));
    Ok(found)
}

fn single(game: &Game, from: &State, targets: &[State], by: By, limit: usize) -> Result<Vec<Route>, Full> {
    let mut arena = Arena::new(game, limit);
    let start = arena.meet(from)?;
    let movers: Vec<ActorId> = game.actor_ids().collect();
    let improving = by == By::Improvements;
    let steps = Steps { movers: &movers, improving, sequences: Sequences::Legal, most: usize::MAX };
    let found = reached(&mut arena, start, steps, |arena, met| targets.contains(arena.state(met)))?;
    Ok(found
        .into_iter()
        .map(|(met, path)| Route {
            to: arena.state(met).clone(),
            by,
            sequence: path
                .iter()
                .map(|hop| (Coalition::of([hop.actor]), arena.state(hop.to).clone()))
                .collect(),
        })
        .collect())
}

/// Breadth-first over joint improvements of all coalitions.
fn joint(game: &Game, from: &State, targets: &[State], limit: usize) -> Result<Vec<Route>, Full> {
    let mut arena = Arena::new(game, limit);
    let start = arena.meet(from)?;
    let all: Vec<Coalition> = Coalition::everybody(game.actors.len()).parts(game.actors.len()).collect();
    let mut parent: std::collections::HashMap<Met, (Met, Coalition)> = std::collections::HashMap::new();
    let mut order = vec![start];
    let mut at = 0;
    let wanted = |arena: &Arena<'_>, met: Met| targets.contains(arena.state(met));
    let mut missing = targets.iter().filter(|t| *t != from).count();
    while at < order.len() && missing > 0 {
        let met = order[at];
        for coalition in &all {
            let movers: Vec<ActorId> = coalition.members().collect();
            let steps =
                Steps { movers: &movers, improving: false, sequences: Sequences::Legal, most: usize::MAX };
            let better = |arena: &Arena<'_>, t: Met| movers.iter().all(|a| arena.prefers(*a, t, met));
            for (end, _) in reached(&mut arena, met, steps, better)? {
                if end != start && !parent.contains_key(&end) {
                    parent.insert(end, (met, *coalition));
                    order.push(end);
                    missing -= usize::from(wanted(&arena, end));
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
            sequence.push((*coalition, arena.state(back).clone()));
            back = *before;
        }
        sequence.reverse();
        found.push(Route { to: arena.state(met).clone(), by: By::Coalitions, sequence });
    }
    Ok(found)
}
