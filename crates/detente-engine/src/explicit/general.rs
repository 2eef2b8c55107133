//! From moves and scores to verdicts, stage by stage, all actors in each stage.

use detente_model::{ActorId, Concept};
use rayon::prelude::*;

use super::Pair;
use super::field::{Field, answers};
use super::mover::Steps;
use super::verdict::{ActorVerdicts, bits};
use crate::stability::{self, Judged};
use crate::{Event, LimitHit, Settings, SolveError, Stop, Watch};

/// Below this many states threads cost more than they save.
const WORTH_THREADS: usize = 1 << 12;

/// Verdicts of all concepts asked for but `sim`, for movers with these `names`. A stage that is
/// stopped leaves its concepts out for the actors that it did not finish, and the limit says for
/// whom it did.
///
/// # Errors
/// [`SolveError::Stopped`] when nothing at all was computed.
pub(super) fn verdicts(
    field: &dyn Field,
    names: &[String],
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(Vec<ActorVerdicts>, Vec<LimitHit>), SolveError> {
    let states = if field.actors() == 0 { 0 } else { field.scores(0).len() };
    if states < WORTH_THREADS || settings.threads == 1 {
        return run(field, names, settings, watch, false);
    }
    match rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build() {
        Ok(pool) => pool.install(|| run(field, names, settings, watch, true)),
        Err(_) => run(field, names, settings, watch, false),
    }
}

fn run(
    field: &dyn Field,
    names: &[String],
    settings: &Settings,
    watch: &dyn Watch,
    parallel: bool,
) -> Result<(Vec<ActorVerdicts>, Vec<LimitHit>), SolveError> {
    let mut stopped = None;
    let mut open = Vec::new();
    let actors: Vec<usize> = (0..field.actors()).collect();
    let movers: Vec<usize> = (0..field.movers()).collect();
    let each = |work: &(dyn Fn(usize) -> Result<Vec<u8>, Stop> + Sync)| -> Vec<Result<Vec<u8>, Stop>> {
        let one = |&actor: &usize| watch.stop().map_or_else(|| work(actor), Err);
        if parallel { movers.par_iter().map(one).collect() } else { movers.iter().map(one).collect() }
    };
    let mut verdicts: Vec<ActorVerdicts> = movers.iter().map(|_| ActorVerdicts::default()).collect();
    let asked: Vec<Concept> =
        stability::in_turn(&Concept::ALL).into_iter().filter(|c| settings.concepts.contains(c)).collect();
    if asked.is_empty() {
        return Ok((verdicts, vec![]));
    }
    let escapes: Result<Vec<Vec<u32>>, Stop> = {
        let one = |&actor: &usize| field.own_most(actor, field.scores(actor), watch);
        if parallel { actors.par_iter().map(one).collect() } else { actors.iter().map(one).collect() }
    };
    let escapes = match escapes {
        Ok(escapes) => escapes,
        Err(stop) => return Err(SolveError::Stopped(limit(stop, &asked, String::new()))),
    };
    for steps in [None, Some(Steps::Moves), Some(Steps::Improvements)] {
        let concepts: Vec<Concept> =
            asked.iter().copied().filter(|concept| stability::answers(*concept) == steps).collect();
        if concepts.is_empty() {
            continue;
        }
        let marked = each(&|mover| {
            let Some(own) = escapes.get(mover) else {
                return several(field, mover, &escapes, steps, &concepts, settings, watch);
            };
            concepts.iter().for_each(|c| watch.event(Event::Concept(*c, Some(ActorId::from(mover)))));
            stage(field, mover, own, steps, &concepts, settings, watch)
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
            None => concepts.iter().for_each(|c| watch.event(Event::Done(*c))),
            Some(stop) => {
                stopped = Some(stop);
                open.extend(concepts);
            }
        }
    }
    let Some(stop) = stopped else { return Ok((verdicts, vec![])) };
    let hit = limit(stop, &open, exact(&asked, names, &verdicts));
    if hit.exact.is_empty() { Err(SolveError::Stopped(hit)) } else { Ok((verdicts, vec![hit])) }
}

/// What was computed, in words: concepts, and for whom where it was not for all.
pub(super) fn exact(concepts: &[Concept], names: &[String], actors: &[ActorVerdicts]) -> String {
    let one = |concept: &Concept| {
        let done = |actor: &ActorVerdicts| actor.computed & bits(&[*concept]) != 0;
        let who: Vec<&str> = actors
            .iter()
            .zip(names)
            .filter(|(actor, _)| done(actor))
            .map(|(_, name)| name.as_str())
            .collect();
        match who.len() {
            0 => None,
            all if all == actors.len() => Some(concept.id().to_owned()),
            _ => Some(format!("{} for {}", concept.id(), who.join(" and "))),
        }
    };
    concepts.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

/// The verdict bits of some concepts with the same answers, for one actor.
fn stage(
    field: &dyn Field,
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
        answers(field, actor, &[actor], settings.sequences, steps, &mut worst, watch)?;
    }
    let judged = Judged { escapes, worst: &worst };
    for concept in concepts {
        debug_assert_eq!(stability::answers(*concept), steps);
        stability::stable(field, actor, *concept, &judged, &mut bytes, watch)?;
    }
    Ok(bytes)
}

/// The same for several who move together. `s` is stable for them iff no improvement `s1` is agreed; it is agreed iff
/// for no party `j` the others' answers keep `W_j(s1)` down to what `s` is worth to `j`: one comparison per party.
fn several(
    field: &dyn Field,
    mover: usize,
    escapes: &[Vec<u32>],
    steps: Option<Steps>,
    concepts: &[Concept],
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Vec<u8>, Stop> {
    let together = field.parties(mover);
    let mut bytes = vec![0; escapes.first().map_or(0, Vec::len)];
    let mut worst: Vec<Vec<Pair>> = Vec::new();
    for &party in &together {
        let pairs = field.scores(party).iter().zip(&escapes[party]);
        let mut of_party: Vec<Pair> = pairs.map(|(score, escape)| [*score, *escape]).collect();
        if let Some(steps) = steps {
            answers(field, party, &together, settings.sequences, steps, &mut of_party, watch)?;
        }
        worst.push(of_party);
    }
    for &concept in concepts {
        let kept = |(&party, worst): (&usize, &Vec<Pair>)| -> Vec<u32> {
            let scores = field.scores(party);
            match concept {
                Concept::Nash => scores.to_vec(),
                Concept::Gmr | Concept::Seq => worst.iter().map(|[score, _]| *score).collect(),
                // As for one actor: what one can escape to counts only up to what the improvement is worth.
                Concept::Smr | Concept::Sseq | Concept::Sim => {
                    worst.iter().zip(scores).map(|([_, escape], score)| *escape.min(score)).collect()
                }
            }
        };
        let kept: Vec<Vec<u32>> = together.iter().zip(&worst).map(kept).collect();
        field.mark_unless_all_gain(mover, &kept, bits(&[concept]), &mut bytes);
    }
    Ok(bytes)
}

/// The report of concepts that were not finished for all actors.
pub(super) fn limit(stop: Stop, open: &[Concept], exact: String) -> LimitHit {
    LimitHit {
        stop,
        what: open.iter().map(|c| c.id()).collect::<Vec<_>>().join(", "),
        limit: stop.words().to_owned(),
        reached: if exact.is_empty() { "no concept".to_owned() } else { exact.clone() },
        exact,
    }
}
