//! The loop over draws: stops in time, keeps checkpoints, tells how far it is.

use std::time::{Duration, Instant};

use detente_engine::ensemble::{SampleError, Sampler, Tally};
use detente_engine::{Event, LimitHit, Stop, Watch};
use detente_model::Conflict;

use super::Keep;
use crate::Refusal;
use crate::say::sample::Counted;
use crate::say::words;
use crate::wire::{DrawnInfo, Frame, Method};

/// Draws at once, to begin with: few, for a bound loses what its round has not finished.
const FIRST: u64 = 1 << 6;
/// The same where models are solved one by one.
const FIRST_ALONE: u64 = 1;
/// A round should take about this long: so long after Ctrl-C there is an answer at the latest.
const ROUND: Duration = Duration::from_millis(250);
/// How often a checkpoint is written, after the first round.
const KEEP: Duration = Duration::from_secs(5);

/// What to draw.
pub(super) struct Draw<'a> {
    pub(super) conflict: &'a Conflict,
    pub(super) sampler: &'a Sampler,
    pub(super) frame: &'a Frame,
    pub(super) range: DrawnInfo,
    pub(super) precision: Option<f64>,
    pub(super) keep: Option<&'a dyn Keep>,
    pub(super) watch: &'a dyn Watch,
}

/// How it ended.
pub(super) struct Drawn {
    /// One past the last draw that was counted.
    pub(super) next: u64,
    /// With a precision: how many draws it took.
    pub(super) needed: Option<u64>,
    pub(super) limits: Vec<LimitHit>,
}

impl Draw<'_> {
    /// Draws, from the checkpoint on if there is one. How draws are cut into rounds changes nothing.
    ///
    /// # Errors
    /// No draw was counted; a model cannot be solved; the checkpoint belongs to something else or cannot be
    /// written.
    pub(super) fn run(&self) -> Result<(Tally, Drawn), Refusal> {
        let mut tally = self.sampler.tally();
        let mut next = self.range.from;
        if let Some((kept, from)) = self.keep.map(|keep| self.resume(keep)).transpose()?.flatten() {
            (tally, next) = (kept, from);
        }
        let (first_round, least) = match self.sampler.in_lanes() {
            true => (FIRST, FIRST),
            false => (FIRST_ALONE, FIRST_ALONE),
        };
        let mut size = first_round;
        let (begun, first) = (Instant::now(), next);
        let mut kept: Option<Instant> = None;
        let looks = Looks::new();
        let mut drawn = Drawn { next, needed: None, limits: Vec::new() };
        let end = match self.precision {
            // No interval of a share is wider than that of one half.
            Some(half) => (0.9604 / (half * half)).ceil() as u64 + 64,
            None => self.range.to,
        };
        while next < end {
            if let Some(half) = self.precision
                && looks.due(next)
                && self.widest(&tally) <= half
            {
                break;
            }
            let until =
                (next + size).min(end).min(if self.precision.is_some() { looks.after(next) } else { end });
            let round = Instant::now();
            match self.sampler.sample(next..until, self.watch) {
                Ok(part) => tally.merge(&part),
                Err(SampleError::Stopped(stop)) => {
                    if next == self.range.from {
                        return Err(super::failed(self.conflict, &SampleError::Stopped(stop), self.watch));
                    }
                    drawn.limits.push(self.cut_short(stop, next, end));
                    break;
                }
                Err(error) => return Err(super::failed(self.conflict, &error, self.watch)),
            }
            next = until;
            match round.elapsed() {
                took if took < ROUND / 2 => size = size.saturating_mul(2),
                took if took > ROUND * 2 => size = (size / 2).max(least),
                _ => {}
            }
            self.tell(begun.elapsed(), next - first, end - first, next);
            if let Some(keep) = self.keep.filter(|_| kept.is_none_or(|kept| kept.elapsed() > KEEP)) {
                keep.keep(self.frame, DrawnInfo { from: self.range.from, to: next }, &tally)?;
                kept = Some(Instant::now());
            }
        }
        if let Some(keep) = self.keep {
            keep.keep(self.frame, DrawnInfo { from: self.range.from, to: next }, &tally)?;
        }
        drawn.next = next;
        if let Some(half) = self.precision {
            drawn.needed = (drawn.limits.is_empty() && self.widest(&tally) <= half).then_some(next);
        }
        Ok((tally, drawn))
    }

    fn widest(&self, tally: &Tally) -> f64 {
        Counted { frame: self.frame, tally, method: Method::Sampled }.widest()
    }

    fn resume(&self, keep: &dyn Keep) -> Result<Option<(Tally, u64)>, Refusal> {
        let Some((tally, kept)) = keep.resume(self.frame)? else { return Ok(None) };
        if kept.from != self.range.from || (self.precision.is_none() && kept.to > self.range.to) {
            return Err(Refusal::usage_with(
                format!(
                    "`{}` holds the draws {} to {}, which are not part of what is asked for",
                    keep.name(),
                    kept.from,
                    kept.to
                ),
                "ask for the same shard and at least as many draws, or name another file",
            ));
        }
        Ok(Some((tally, kept.to)))
    }

    fn tell(&self, took: Duration, done: u64, all: u64, next: u64) {
        let rate = done as f64 / took.as_secs_f64().max(1e-9);
        let left = (all - done.min(all)) as f64 / rate.max(1e-9);
        let text = format!(
            "Models: {}, {} a second, at most {left:.0} s left",
            words::count(&next.into()),
            words::count(&(rate as u64).into())
        );
        self.watch.event(Event::Step(&text, Some(done as f64 / all.max(1) as f64)));
    }

    fn cut_short(&self, stop: Stop, next: u64, end: u64) -> LimitHit {
        let mut hit = LimitHit {
            stop,
            what: "drawing models".to_owned(),
            limit: String::new(),
            reached: format!(
                "{} of {} models",
                words::count(&(next - self.range.from).into()),
                words::count(&(end - self.range.from).into())
            ),
            exact: "the shares of the models drawn, with their intervals".to_owned(),
        };
        self.watch.name(&mut hit);
        hit
    }
}

/// After which draws the precision is looked at: the same whatever the rounds, so that it takes the same number
/// of draws anywhere. Each is a quarter later than the one before.
struct Looks {
    list: Vec<u64>,
}

impl Looks {
    fn new() -> Self {
        let mut list = vec![1_024_u64];
        while let Some(last) = list.last().copied().filter(|last| *last < super::MOST) {
            list.push((last + last / 4).next_multiple_of(64));
        }
        Self { list }
    }

    fn due(&self, draw: u64) -> bool {
        self.list.binary_search(&draw).is_ok()
    }

    fn after(&self, draw: u64) -> u64 {
        self.list.get(self.list.partition_point(|look| *look <= draw)).copied().unwrap_or(u64::MAX)
    }
}
