//! Simultaneous stability (option form).
//!
//! # Definition
//! `s` is stable for `i` iff for every `s1 ∈ R⁺_i(s)` some combination of improvements from `s` of
//! one or more of the others, all taken at the same time as that of `i`, gives a feasible state
//! `p ≾_i s`. In `p` every option is as its owner's improvement has it, or as in `s`.
//!
//! # Complexity
//! `Σ_s Π_j (1 + |R⁺_j(s)|)` combinations at most, with an early end at the first sanction; there
//! is no good bound, so the work is counted and bounded.
//!
//! # Source
//! Fraser, N. M. & Hipel, K. W. (1984), *Conflict Analysis: Models and Resolutions*, North-Holland.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use crate::explicit::field::ListField;
use crate::explicit::space::Space;
use crate::{Stop, Watch};

/// Combinations looked at when no bound is given.
pub(crate) const DEFAULT_WORK: u64 = crate::caps::AT_ONCE.most;

/// For every state, one bit per actor (bit `i % 8` of byte `i / 8` of the state's row of
/// `actors.div_ceil(8)` bytes): whether the state is stable for the actor. `own[i]` are the
/// options of actor `i`, as bits.
///
/// # Errors
/// [`Stop::Work`] when more than `work` combinations are needed; what the watch says.
pub(crate) fn stable(
    space: &Space,
    field: &ListField<'_>,
    own: &[u64],
    work: u64,
    watch: &dyn Watch,
) -> Result<Vec<u8>, Stop> {
    const ROWS: usize = 256;
    let width = own.len().div_ceil(8);
    let mut verdicts = vec![0_u8; space.places() * width];
    let looked_at = AtomicU64::new(0);
    let (stopped, exceeded) = (AtomicBool::new(false), AtomicBool::new(false));
    verdicts.par_chunks_mut((ROWS * width).max(1)).enumerate().for_each(|(chunk, rows)| {
        if stopped.load(Relaxed) || exceeded.load(Relaxed) {
            return;
        }
        if watch.stop().is_some() {
            stopped.store(true, Relaxed);
            return;
        }
        let mut search =
            Search { space, field, own, improvements: vec![Vec::new(); own.len()], looked_at: 0 };
        for (row, verdict) in rows.chunks_mut(width).enumerate() {
            let place = chunk * ROWS + row;
            search.list(place);
            for actor in 0..own.len() {
                let left = work.saturating_sub(looked_at.load(Relaxed));
                match search.stable(place, actor, left) {
                    Some(stable) => verdict[actor / 8] |= u8::from(stable) << (actor % 8),
                    None => return exceeded.store(true, Relaxed),
                }
            }
            let before = looked_at.fetch_add(search.looked_at, Relaxed);
            if before + search.looked_at > work {
                return exceeded.store(true, Relaxed);
            }
            search.looked_at = 0;
        }
    });
    match (exceeded.into_inner(), stopped.into_inner()) {
        (true, _) => Err(Stop::Work),
        (false, true) => Err(watch.stop().unwrap_or(Stop::Cancelled)),
        (false, false) => Ok(verdicts),
    }
}

struct Search<'a> {
    space: &'a Space,
    field: &'a ListField<'a>,
    own: &'a [u64],
    /// For each actor, its own options after each of its improvements from the state at hand.
    improvements: Vec<Vec<u64>>,
    looked_at: u64,
}

impl Search<'_> {
    fn list(&mut self, place: usize) {
        for (actor, list) in self.improvements.iter_mut().enumerate() {
            list.clear();
            let mover = &self.field.movers[actor];
            mover.for_each_improvement(place as u32, |t| {
                list.push(self.space.number(t as usize) & self.own[actor]);
            });
        }
    }

    /// `None`: more than `work` combinations.
    fn stable(&mut self, place: usize, actor: usize, work: u64) -> Option<bool> {
        let base = self.space.number(place);
        let score = self.field.scores[actor][place];
        for at in 0..self.improvements[actor].len() {
            let number = base & !self.own[actor] | self.improvements[actor][at];
            if !self.sanctioned(number, actor, 0, false, score, work)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether some choice of the actors from `next` on, on top of those made in `number`, is a sanction.
    fn sanctioned(
        &mut self,
        number: u64,
        actor: usize,
        next: usize,
        moved: bool,
        score: u32,
        work: u64,
    ) -> Option<bool> {
        if next == self.own.len() {
            self.looked_at += 1;
            if self.looked_at > work {
                return None;
            }
            let place = if moved { self.space.place(number) } else { None };
            return Some(place.is_some_and(|p| self.field.scores[actor][p] <= score));
        }
        if next != actor {
            for at in 0..self.improvements[next].len() {
                let with = number & !self.own[next] | self.improvements[next][at];
                if self.sanctioned(with, actor, next + 1, true, score, work)? {
                    return Some(true);
                }
            }
        }
        self.sanctioned(number, actor, next + 1, moved, score, work)
    }
}
