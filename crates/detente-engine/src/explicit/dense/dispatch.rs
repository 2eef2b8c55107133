//! Kernels compiled once per instruction set, and the choice between them at run time.
//!
//! The only file of the engine with `unsafe`: calls of functions that are compiled for
//! instructions which the processor might lack.
//!
//! # Proof
//! A call `avx2(…)` or `avx512(…)` is sound when the processor has the features that the
//! function enables. `avx512` is called only when `level.0` is [`Set::Avx512`], `avx2` only when
//! it is [`Set::Avx2`] or [`Set::Avx512`]. [`Level`] has a private field, and the only code that
//! makes a `Level` with one of these two is [`Level::available`], which asks
//! `is_x86_feature_detected!` for every feature that `avx2` enables before it makes either, and
//! for every further one that `avx512` enables before it makes the second. Features do not go
//! away while a program runs. The functions themselves are safe code.
#![allow(unsafe_code)]

use super::focal::{self, Focal, Tile};
use super::layout::{Field, LINE, Layout};
use super::pass::{self, Follow, Pass};
use super::score::Score;
use super::scores::Scores;
use super::{improve, reach};

/// A set of instructions that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Level(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// What the build asks for: SSE2 on x86-64, NEON on aarch64.
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// All levels of this processor, best last.
    pub(crate) fn available() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut levels = vec![Self(Set::Baseline)];
        #[cfg(target_arch = "x86_64")]
        {
            macro_rules! has {
                ($($feature:tt),*) => { $(std::arch::is_x86_feature_detected!($feature))&&* };
            }
            if has!("avx2", "bmi1", "bmi2", "lzcnt", "popcnt") {
                levels.push(Self(Set::Avx2));
                if has!("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl") {
                    levels.push(Self(Set::Avx512));
                }
            }
        }
        levels
    }

    /// The best level of this processor.
    pub(crate) fn best() -> Self {
        Self::available().pop().unwrap_or(Self(Set::Baseline))
    }

    /// Its name.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn name(self) -> &'static str {
        match self.0 {
            Set::Baseline => "baseline",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "avx512",
        }
    }

    /// Whether there is nothing beyond the baseline.
    pub(crate) fn is_baseline(self) -> bool {
        self.0 == Set::Baseline
    }
}

/// Defines functions that run an expression compiled for a level. Whatever the expression calls in
/// its inner loops is `#[inline(always)]`, and so compiled for that level too.
macro_rules! dispatched {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)? => $body:expr;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name<T: Score>(level: Level, $($arg: $type),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
                fn avx2<T: Score>($($arg: $type),*) $(-> $result)? {
                    $body
                }
                if level.0 != Set::Baseline {
                    // SAFETY: the module's proof.
                    return unsafe { avx2::<T>($($arg),*) };
                }
            }
            let _ = level;
            $body
        }
    )*};
}

/// [`dispatched`] with a further version for AVX-512, in which `$wide` is true.
macro_rules! dispatched_wide {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*), $wide:ident => $body:expr;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name<T: Score>(level: Level, $($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
                fn avx2<T: Score>($($arg: $type),*) {
                    let $wide = false;
                    $body
                }
                #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
                #[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
                fn avx512<T: Score>($($arg: $type),*) {
                    let $wide = true;
                    $body
                }
                match level.0 {
                    Set::Baseline => {}
                    // SAFETY: the module's proof.
                    Set::Avx2 => return unsafe { avx2::<T>($($arg),*) },
                    // SAFETY: the module's proof.
                    Set::Avx512 => return unsafe { avx512::<T>($($arg),*) },
                }
            }
            let _ = level;
            let $wide = false;
            $body
        }
    )*};
}

/// Work that is compiled once per instruction set: [`run_at`]. Whatever it calls in its inner loops
/// is `#[inline(always)]`, and so is `run`.
pub(crate) trait Work {
    /// Does it.
    fn run(&mut self);
}

/// Runs `work` compiled for a level.
pub(crate) fn run_at<W: Work>(level: Level, work: &mut W) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
        fn avx2<W: Work>(work: &mut W) {
            work.run();
        }
        #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
        #[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
        fn avx512<W: Work>(work: &mut W) {
            work.run();
        }
        match level.0 {
            Set::Baseline => {}
            // SAFETY: the module's proof.
            Set::Avx2 => return unsafe { avx2(work) },
            // SAFETY: the module's proof.
            Set::Avx512 => return unsafe { avx512(work) },
        }
    }
    let _ = level;
    work.run();
}

type Rows<'a, T> = &'a mut [[T; LINE]];

dispatched! {
    /// [`pass::walk_lines`].
    walk_lines(pass: &mut Pass<T>, rows: usize, step: usize, follow: Follow<T>) -> bool
        => pass::walk_lines(pass, rows, step, follow);
    /// [`improve::pairs_one_way`].
    pairs_one_way(field: &Field, keys: &[[T; LINE]], worst: Rows<T>, escape: Rows<T>)
        => T::pairs_one_way(field, keys, worst, escape);
    /// [`improve::short`].
    short(group: usize, keys: &[[T; LINE]], worst: Rows<T>, escape: Rows<T>)
        => improve::short(group, keys, worst, escape);
    /// [`reach::level_rows`].
    level_rows(values: Rows<T>) => reach::level_rows(values);
    /// [`reach::carry_rows`].
    carry_rows(field: &Field, values: Rows<T>) => reach::carry_rows(field, values);
    /// [`reach::level_adjacent`].
    level_adjacent(group: usize, values: Rows<T>) => reach::level_adjacent(group, values);
    /// [`focal::fill_own`].
    fill_own(focal: &Focal<T>, first: usize, infeasible: &mut [u8], cost: &mut [T])
        => focal::fill_own(focal, first, infeasible, cost);
    /// [`focal::fill_keys`].
    fill_keys(scores: &Scores<T>, layout: &Layout, first: usize, infeasible: &[u8], keys: &mut [T])
        => focal::fill_keys(scores, layout, first, infeasible, keys);
    /// [`focal::start`].
    start(tile: &Tile<T>, worst: &mut [T], escape: &mut [T]) => focal::start(tile, worst, escape);
    /// [`focal::gather`].
    gather(tile: &Tile<T>, from: [&[T]; 2], to: [&mut [T]; 2]) => focal::gather(tile, from, to);
    /// [`focal::lower`].
    lower(least: &mut [T], values: &[T]) => focal::lower(least, values);
    /// [`focal::mark`].
    mark(cost: &[T], least: &[T], bit: u8, bytes: &mut [u8]) => focal::mark(cost, least, bit, bytes);
    /// [`focal::carry`].
    carry(values: &mut [T], step: usize, on_only: bool, off_only: bool)
        => focal::carry(values, step, on_only, off_only);
}

dispatched_wide! {
    /// [`improve::pairs`].
    pairs(keys: &[[T; LINE]], worst: Rows<T>, escape: Rows<T>), wide => T::pairs(wide, keys, worst, escape);
    /// [`improve::adjacent`].
    adjacent(keys: &[T], worst: &mut [T], escape: &mut [T]), wide => T::adjacent(wide, keys, worst, escape);
}
