//! What moves the shares: as much of it as is quick, or all of it when asked.

use detente_engine::ensemble::{SampleError, Sampler};
use detente_engine::{Event, LimitHit, Watch};

use crate::cli::Refusal;
use crate::cli::watch::Clock;
use detente_study::say::sample::Moving;
use detente_study::wire::{AttributionInfo, Frame};

/// Draws, each solved again with inputs changed.
const DRAWS: u64 = 2_048;
/// Draws in the search for a set of inputs that turns an answer.
const FLIP_DRAWS: u64 = 512;
/// States times solves of one draw, up to which it is quick: about a second on two cores.
const QUICK: usize = 1 << 16;

/// The attribution; `None`: there is nothing to attribute, or it is not quick and not asked for.
///
/// # Errors
/// A model cannot be solved; inside, what stopped it.
pub(super) fn attribute(
    sampler: &Sampler,
    frame: &Frame,
    asked: bool,
    clock: &Clock,
) -> Result<Result<Option<AttributionInfo>, LimitHit>, Refusal> {
    let moving = Moving::new(&sampler.ensemble, frame);
    let quick = sampler.in_lanes() && sampler.states.len() * moving.solves() <= QUICK;
    if frame.inputs.is_empty() || frame.items.is_empty() || !(asked || quick) {
        return Ok(Ok(None));
    }
    clock.event(Event::Step("Looking for what moves the shares", None));
    let found = (|| {
        let effects = sampler.attribute(0..DRAWS, &moving.settings(), clock)?;
        let mut flips = Vec::new();
        for (item, asked) in moving.questions(frame) {
            flips.extend(sampler.flip(asked, FLIP_DRAWS, clock)?.map(|flip| (item, flip)));
        }
        Ok(moving.info(frame, &effects, &flips))
    })();
    match found {
        Ok(info) => Ok(Ok(Some(info))),
        Err(SampleError::Stopped(stop)) => {
            let mut hit = LimitHit {
                stop,
                what: "looking for what moves the shares".to_owned(),
                limit: String::new(),
                reached: "nothing of it".to_owned(),
                exact: "the shares".to_owned(),
            };
            clock.name(&mut hit);
            Ok(Err(hit))
        }
        Err(error) => Err(super::failed(&error)),
    }
}
