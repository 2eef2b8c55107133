//! Scores of 64 models side by side, in one of three widths.

use crate::ensemble::worlds::LANES;

/// A score of one width.
pub(crate) trait Lane: Copy + Default + Ord + Send + Sync + 'static {
    /// The largest.
    const MOST: Self;
    /// The lower bits of a number.
    fn from_bits(bits: u64) -> Self;
    /// The larger, the smaller.
    fn larger(self, other: Self) -> Self;
    /// The smaller.
    fn smaller(self, other: Self) -> Self;
    /// All ones where `a` is true.
    fn mask(a: bool) -> Self;
    /// Bitwise.
    fn or(self, other: Self) -> Self;
    /// Bitwise: this without the other.
    fn without(self, other: Self) -> Self;
    /// Sum; it does not overflow (checked when the plan is made).
    fn plus(self, other: Self) -> Self;
    /// Bits that differ.
    fn differs(self, other: Self) -> Self;
}

macro_rules! lane {
    ($($type:ty),*) => {$(
        impl Lane for $type {
            const MOST: Self = <$type>::MAX;
            #[inline(always)]
            fn from_bits(bits: u64) -> Self { bits as $type }
            #[inline(always)]
            fn larger(self, other: Self) -> Self { if self > other { self } else { other } }
            #[inline(always)]
            fn smaller(self, other: Self) -> Self { if self < other { self } else { other } }
            #[inline(always)]
            fn mask(a: bool) -> Self { (0 as $type).wrapping_sub(a as $type) }
            #[inline(always)]
            fn or(self, other: Self) -> Self { self | other }
            #[inline(always)]
            fn without(self, other: Self) -> Self { self & !other }
            #[inline(always)]
            fn plus(self, other: Self) -> Self { self.wrapping_add(other) }
            #[inline(always)]
            fn differs(self, other: Self) -> Self { self ^ other }
        }
    )*};
}
lane!(u8, u16, u32);

/// One score per lane.
pub(crate) type Row<T> = [T; LANES];
