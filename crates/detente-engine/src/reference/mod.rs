//! The reference engine: the definitions, typed in.
//!
//! Nothing here is clever, and nothing is shared with the fast engines but the model types: it
//! is what they are tested against. [`world`] has states, moves and preferences; [`sequences`]
//! what opponents can do; [`concepts`] the six concepts. Small games only: at most
//! [`world::MOST_STATES`] states.

#[cfg(test)]
pub(crate) mod coalition;
mod concepts;
mod moves;
#[cfg(test)]
pub(crate) mod said;
mod sequences;
mod verdicts;
mod world;

use detente_model::{Concept, Form, Game};

use crate::{Engine, Event, LimitHit, NotPossible, Settings, Solution, SolveError, Stop, Watch};
use sequences::Answers;
use verdicts::ReferenceVerdicts;
use world::World;

/// Solves `game` by the definitions.
///
/// # Errors
/// As [`crate::solve()`]; [`SolveError::NotPossible`] for a game that is too large.
pub(crate) fn solve(game: &Game, settings: &Settings, watch: &dyn Watch) -> Result<Solution, SolveError> {
    watch.event(Event::States);
    let world = World::new(game, watch)?;
    let mut verdicts = ReferenceVerdicts::new(game, &world);
    if settings.concepts.contains(&Concept::Sim) && game.has_joint_movers() {
        return Err(SolveError::NotPossible(NotPossible::SimultaneousWithActs));
    }
    let mut limits = Vec::new();
    for &concept in &settings.concepts {
        if concept == Concept::Sim && matches!(game.form, Form::Graph(_)) {
            continue;
        }
        watch.event(Event::Concept(concept, None));
        match all_movers(&world, concept, settings, watch) {
            Ok(stable) => verdicts.insert(concept, stable),
            Err(stop) => {
                let hit = limit(stop, concept, &verdicts);
                if verdicts.is_empty() {
                    return Err(SolveError::Stopped(hit));
                }
                limits.push(hit);
                break;
            }
        }
        watch.event(Event::Done(concept));
    }
    Ok(Solution { engine: Engine::Reference, verdicts: Box::new(verdicts), limits })
}

/// For every mover and state: is the state stable under `concept`?
fn all_movers(
    world: &World,
    concept: Concept,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<Vec<bool>>, Stop> {
    let mut all = Vec::with_capacity(world.movers.len());
    for i in 0..world.movers.len() {
        let mut answers = Answers::new(world, i, settings.sequences);
        let mut stable = Vec::with_capacity(world.states.len());
        for s in 0..world.states.len() {
            if let Some(stop) = watch.stop() {
                return Err(stop);
            }
            stable.push(match concept {
                Concept::Nash => concepts::nash(world, i, s),
                Concept::Gmr => concepts::gmr(world, &mut answers, i, s),
                Concept::Smr => concepts::smr(world, &mut answers, i, s),
                Concept::Seq => concepts::seq(world, &mut answers, i, s),
                Concept::Sseq => concepts::sseq(world, &mut answers, i, s),
                Concept::Sim => concepts::sim(world, i, s),
            });
        }
        all.push(stable);
    }
    Ok(all)
}

fn limit(stop: Stop, concept: Concept, verdicts: &ReferenceVerdicts) -> LimitHit {
    let done = verdicts.done();
    LimitHit {
        stop,
        what: concept.id().to_owned(),
        limit: stop.words().to_owned(),
        reached: format!("{} of the concepts asked for", done.len()),
        exact: done.join(", "),
    }
}
