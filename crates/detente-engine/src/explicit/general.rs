//! From moves and scores to verdicts, stage by stage, all actors in each stage.

use detente_model::{ActorId, Concept};
use rayon::prelude::*;

use super::Pair;
use super::field::{Field, answers};
use super::mover::Steps;
use super::verdict::{ActorVerdicts, bits};
use crate::stability::{self, gmr, nash, seq, smr, sseq};
use crate::{Event, LimitHit, Settings, SolveError, Stop, Watch};

/// Below this many states threads cost more than they save.
const WORTH_THREADS: usize = 1 << 12;

/// Verdicts of all concepts asked for but `sim`. A stage that is stopped leaves its concepts out
/// for the actors that it did not finish, and is named in the limits.
///
/// # Errors
/// [`SolveError::Stopped`] when nothing at all was computed.
pub(super) fn verdicts(
    field: &impl Field,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(Vec<ActorVerdicts>, Vec<LimitHit>), SolveError> {
    let states = if field.actors() == 0 { 0 } else { field.scores(0).len() };
    if states < WORTH_THREADS || settings.threads == 1 {
        return run(field, settings, watch, false);
    }
    match rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build() {
        Ok(pool) => pool.install(|| run(field, settings, watch, true)),
        Err(_) => run(field, settings, watch, false),
    }
}

fn run(
    field: &impl Field,
    settings: &Settings,
    watch: &dyn Watch,
    parallel: bool,
) -> Result<(Vec<ActorVerdicts>, Vec<LimitHit>), SolveError> {
    let mut done = Vec::new();
    let mut limits = Vec::new();
    let wanted = |concepts: &[Concept]| -> Vec<Concept> {
        concepts.iter().copied().filter(|c| settings.concepts.contains(c)).collect()
    };
    let actors: Vec<usize> = (0..field.actors()).collect();
    let each = |work: &(dyn Fn(usize) -> Result<Vec<u8>, Stop> + Sync)| -> Vec<Result<Vec<u8>, Stop>> {
        let one = |&actor: &usize| watch.stop().map_or_else(|| work(actor), Err);
        if parallel { actors.par_iter().map(one).collect() } else { actors.iter().map(one).collect() }
    };
    let mut verdicts: Vec<ActorVerdicts> = actors.iter().map(|_| ActorVerdicts::default()).collect();
    let asked = wanted(&Concept::DEFAULT);
    if asked.is_empty() {
        return Ok((verdicts, limits));
    }
    let escapes: Result<Vec<Vec<u32>>, Stop> = {
        let one = |&actor: &usize| field.own_most(actor, field.scores(actor), watch);
        if parallel { actors.par_iter().map(one).collect() } else { actors.iter().map(one).collect() }
    };
    let escapes = match escapes {
        Ok(escapes) => escapes,
        Err(stop) => return Err(SolveError::Stopped(limit(stop, &asked, &[]))),
    };
    for (steps, concepts) in [
        (None, wanted(&[Concept::Nash])),
        (Some(Steps::Moves), wanted(&[Concept::Gmr, Concept::Smr])),
        (Some(Steps::Improvements), wanted(&[Concept::Seq, Concept::Sseq])),
    ] {
        if concepts.is_empty() {
            continue;
        }
        let marked = each(&|actor| {
            concepts.iter().for_each(|c| watch.event(Event::Concept(*c, Some(ActorId::from(actor)))));
            stage(field, actor, &escapes[actor], steps, &concepts, settings, watch)
        });
        let mut stop = None;
        for (verdict, marked) in verdicts.iter_mut().zip(marked) {
            match marked {
                Ok(bytes) if verdict.bytes.is_empty() => {
                    (verdict.bytes, verdict.computed) = (bytes, bits(&concepts));
                }
                Ok(bytes) => {
                    verdict.bytes.iter_mut().zip(bytes).for_each(|(all, new)| *all |= new);
                    verdict.computed |= bits(&concepts);
                }
                Err(why) => stop = Some(why),
            }
        }
        match stop {
            None => {
                concepts.iter().for_each(|c| watch.event(Event::Done(*c)));
                done.extend(concepts);
            }
            Some(stop) => limits.push(limit(stop, &concepts, &done)),
        }
    }
    match limits.first() {
        Some(hit) if verdicts.iter().all(|v| v.computed == 0) => Err(SolveError::Stopped(hit.clone())),
        _ => Ok((verdicts, limits)),
    }
}

/// The verdict bits of some concepts with the same answers, for one actor.
fn stage(
    field: &impl Field,
    actor: usize,
    escapes: &[u32],
    steps: Option<Steps>,
    concepts: &[Concept],
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<u8>, Stop> {
    let mut bytes = vec![0; escapes.len()];
    let mut worst: Vec<Pair> = Vec::new();
    if let Some(steps) = steps {
        worst.extend(field.scores(actor).iter().zip(escapes).map(|(score, escape)| [*score, *escape]));
        answers(field, actor, settings.sequences, steps, &mut worst, watch)?;
    }
    for concept in concepts {
        debug_assert_eq!(stability::answers(*concept), steps);
        match concept {
            Concept::Nash => nash::mark(field, actor, escapes, &mut bytes),
            Concept::Gmr => gmr::mark(field, actor, &worst, &mut bytes, watch)?,
            Concept::Smr => smr::mark(field, actor, &worst, &mut bytes, watch)?,
            Concept::Seq => seq::mark(field, actor, &worst, &mut bytes, watch)?,
            Concept::Sseq => sseq::mark(field, actor, &worst, &mut bytes, watch)?,
            Concept::Sim => {}
        }
    }
    Ok(bytes)
}

/// The report of a stage that was stopped.
pub(super) fn limit(stop: Stop, concepts: &[Concept], done: &[Concept]) -> LimitHit {
    let ids = |concepts: &[Concept]| concepts.iter().map(|c| c.id()).collect::<Vec<_>>().join(", ");
    LimitHit {
        stop,
        what: ids(concepts),
        limit: stop.words().to_owned(),
        reached: if done.is_empty() { "no concept for all actors".to_owned() } else { ids(done) },
        exact: ids(done),
    }
}
