//! What moves the shares: exactly where all models were counted, else as much of it as is quick, or all when asked.

use detente_engine::ensemble::{Asked, Effects, EveryModel, Flip, Looked, SampleError, Sampler};
use detente_engine::{Event, LimitHit, Stop, Watch};
use detente_model::Conflict;

use crate::Refusal;
use crate::say::sample::{Counted, Moving};
use crate::say::words;
use crate::wire::AttributionInfo;

/// Draws that are solved again with inputs changed, at the least.
const DRAWS: u64 = 2_048;
/// Draws in the search for a set of inputs that turns an answer.
const FLIP_DRAWS: u64 = 512;
/// Draws in which such a set must turn it.
const SURE_DRAWS: u64 = 1 << 14;
/// States times solves of one draw, up to which [`DRAWS`] of them are quick: about a second on two cores.
const QUICK: u64 = 1 << 16;
/// Draws at once.
const ROUND: u64 = 512;

/// What was counted, and the models behind it.
pub(super) struct Behind<'a> {
    pub(super) conflict: &'a Conflict,
    pub(super) sampler: &'a Sampler,
    pub(super) counted: Counted<'a>,
    /// All models, when all were counted.
    pub(super) every: Option<&'a EveryModel>,
    pub(super) watch: &'a dyn Watch,
}

impl Behind<'_> {
    /// The attribution, and the bound that cut it short; `None`: there is nothing to attribute, or it is not quick
    /// and not `asked` for.
    ///
    /// # Errors
    /// A model cannot be solved.
    pub(super) fn attribute(
        &self,
        asked: bool,
    ) -> Result<(Option<AttributionInfo>, Option<LimitHit>), Refusal> {
        let moving = Moving::new(&self.sampler.ensemble, self.counted.frame);
        if self.counted.frame.inputs.is_empty() || self.counted.frame.items.is_empty() {
            return Ok((None, None));
        }
        if let Some(every) = self.every {
            return Ok((Some(self.exact(&moving, every)), None));
        }
        let work = self.sampler.states.len().max(1) as u64 * moving.solves() as u64;
        let quick = (QUICK * DRAWS).checked_div(work).filter(|n| self.sampler.in_lanes() && *n >= DRAWS);
        let all = self.counted.tally.models as u64;
        let draws = match quick {
            Some(_) | None if asked => all,
            Some(quick) => all.min(quick.next_multiple_of(ROUND)),
            None => return Ok((None, None)),
        };
        self.watch.event(Event::Step("Looking for what moves the shares", None));
        self.drawn(&moving, draws).map_err(|error| super::failed(self.conflict, &error, self.watch))
    }

    fn exact(&self, moving: &Moving, every: &EveryModel) -> AttributionInfo {
        let ensemble = &self.sampler.ensemble;
        let found = every.attribute(ensemble, &moving.settings());
        let questions = moving.questions(&self.counted).into_iter();
        let flips: Vec<(Asked, Flip)> = questions
            .filter_map(|(asked, likely)| Some((asked, every.flip(ensemble, asked, likely)?)))
            .collect();
        moving.info(&self.counted, &found, &flips)
    }

    fn drawn(
        &self,
        moving: &Moving,
        draws: u64,
    ) -> Result<(Option<AttributionInfo>, Option<LimitHit>), SampleError> {
        let settings = moving.settings();
        let mut effects = Effects::new(&settings, self.sampler.ensemble.inputs.len());
        let mut stopped = None;
        let mut next = 0;
        while next < draws && stopped.is_none() {
            let until = (next + ROUND).min(draws);
            match self.sampler.attribute(next..until, &settings, self.watch) {
                Ok(part) => {
                    effects.merge(&part);
                    next = until;
                    self.watch.event(Event::Step(
                        "Looking for what moves the shares",
                        Some(next as f64 / draws as f64),
                    ));
                }
                Err(SampleError::Stopped(stop)) => stopped = Some(stop),
                Err(error) => return Err(error),
            }
        }
        let mut flips = Vec::new();
        let looked = Looked { few: FLIP_DRAWS.min(draws), all: draws.min(SURE_DRAWS) };
        for (asked, likely) in moving.questions(&self.counted) {
            if stopped.is_some() {
                break;
            }
            match self.sampler.flip(asked, likely, looked, self.watch) {
                Ok(flip) => flips.extend(flip.map(|flip| (asked, flip))),
                Err(SampleError::Stopped(stop)) => stopped = Some(stop),
                Err(error) => return Err(error),
            }
        }
        let hit = stopped.map(|stop| self.cut_short(stop, next, draws));
        if next == 0 {
            return Ok((None, hit));
        }
        let found = effects.attribution(&settings, &moving.hits(&self.counted), self.counted.tally.models);
        Ok((Some(moving.info(&self.counted, &found, &flips)), hit))
    }

    fn cut_short(&self, stop: Stop, next: u64, draws: u64) -> LimitHit {
        let count = |n: u64| words::count(&n.into());
        let mut hit = LimitHit {
            stop,
            what: "looking for what moves the shares".to_owned(),
            limit: String::new(),
            reached: match next {
                0 => "nothing of it".to_owned(),
                n if n == draws => "not every set of inputs that could turn an answer".to_owned(),
                n => format!("{} of {} draws, and no set that turns an answer", count(n), count(draws)),
            },
            exact: "the shares".to_owned(),
        };
        self.watch.name(&mut hit);
        hit
    }
}
