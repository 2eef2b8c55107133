//! The three widths of scores.

use super::improve;
use super::layout::{Field, LINE};

/// An unsigned score of 8, 16 or 32 bits, as the kernels need it: everything that a lane does.
///
/// Scores are held in two forms. A *cost* of the focal actor is the complement of its score
/// (larger is worse). A *key* of an opponent is its score with the top bit flipped, so that a
/// signed comparison, which every instruction set has, orders keys like scores.
pub(crate) trait Score: Copy + Ord + Default + Send + Sync + std::fmt::Debug + 'static {
    /// All bits on: the worst cost.
    const MAX: Self;
    /// The top bit: what makes a score a key.
    const FLIP: Self;
    /// Bits of a score.
    const BITS: u32;
    /// Scores in a vector of 256 bits.
    const VECTOR: usize;

    /// The low bits of `value`.
    fn new(value: u32) -> Self;
    /// The score as a number.
    fn number(self) -> u32;
    /// All bits on when the key `a` is larger than the key `b`, else none.
    fn above(a: Self, b: Self) -> Self;
    /// The byte 0x00 or 0xff, widened to no or all bits.
    fn widen(mask: u8) -> Self;
    /// The byte 0xff when `a <= b`, else 0x00.
    fn at_most(a: Self, b: Self) -> u8;
    /// Bitwise and.
    fn and(self, other: Self) -> Self;
    /// Bitwise or.
    fn or(self, other: Self) -> Self;
    /// Bitwise exclusive or.
    fn xor(self, other: Self) -> Self;
    /// Bitwise complement.
    fn not(self) -> Self;
    /// [`improve::pairs`] in vectors of 256 bits, or of 512 when `wide`.
    fn pairs(wide: bool, keys: &[[Self; LINE]], worst: &mut [[Self; LINE]], escape: &mut [[Self; LINE]]);
    /// [`improve::pairs_one_way`] in vectors of 256 bits.
    fn pairs_one_way(
        field: &Field,
        keys: &[[Self; LINE]],
        worst: &mut [[Self; LINE]],
        escape: &mut [[Self; LINE]],
    );
    /// [`improve::adjacent`] in vectors of 256 bits, or of 512 when `wide` and the group is large enough.
    fn adjacent(wide: bool, keys: &[Self], worst: &mut [Self], escape: &mut [Self]);
}

/// `$wide`: scores in a step of [`Score::pairs`] with AVX-512. Two vectors for 32 bits: of arrays of
/// 16 scores the compiler makes no vectors at all (thirty times slower; the benchmark `kernels` tells).
macro_rules! score {
    ($unsigned:ty, $signed:ty, $wide:literal) => {
        impl Score for $unsigned {
            const MAX: Self = <$unsigned>::MAX;
            const FLIP: Self = 1 << (<$unsigned>::BITS - 1);
            const BITS: u32 = <$unsigned>::BITS;
            const VECTOR: usize = 32 / size_of::<$unsigned>();

            #[inline(always)]
            fn new(value: u32) -> Self {
                value as Self
            }
            #[inline(always)]
            fn number(self) -> u32 {
                u32::from(self)
            }
            #[inline(always)]
            fn above(a: Self, b: Self) -> Self {
                if (a as $signed) > (b as $signed) { Self::MAX } else { 0 }
            }
            #[inline(always)]
            fn widen(mask: u8) -> Self {
                (mask as i8) as Self
            }
            #[inline(always)]
            fn at_most(a: Self, b: Self) -> u8 {
                if a <= b { 0xff } else { 0 }
            }
            #[inline(always)]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[inline(always)]
            fn or(self, other: Self) -> Self {
                self | other
            }
            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                self ^ other
            }
            #[inline(always)]
            fn not(self) -> Self {
                !self
            }
            #[inline(always)]
            fn pairs(
                wide: bool,
                keys: &[[Self; LINE]],
                worst: &mut [[Self; LINE]],
                escape: &mut [[Self; LINE]],
            ) {
                if wide {
                    improve::pairs::<Self, $wide>(keys, worst, escape);
                } else {
                    improve::pairs::<Self, { 32 / size_of::<$unsigned>() }>(keys, worst, escape);
                }
            }
            #[inline(always)]
            fn pairs_one_way(
                field: &Field,
                keys: &[[Self; LINE]],
                worst: &mut [[Self; LINE]],
                escape: &mut [[Self; LINE]],
            ) {
                improve::pairs_one_way::<Self, { 32 / size_of::<$unsigned>() }>(field, keys, worst, escape);
            }
            #[inline(always)]
            fn adjacent(wide: bool, keys: &[Self], worst: &mut [Self], escape: &mut [Self]) {
                if wide && keys.len() > Self::VECTOR {
                    improve::adjacent::<Self, { 64 / size_of::<$unsigned>() }>(keys, worst, escape);
                } else {
                    improve::adjacent::<Self, { 32 / size_of::<$unsigned>() }>(keys, worst, escape);
                }
            }
        }
    };
}

score!(u8, i8, 64);
score!(u16, i16, 32);
score!(u32, i32, 32);
