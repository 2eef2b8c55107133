//! Where the scores of an actor come from, in the order of a layout.

use super::layout::{LINE, Layout};
use super::score::Score;
use super::terms::{Cursor, Terms};

/// The scores of one actor in one layout.
pub(super) enum Scores<'a, T> {
    /// Statements, tabled: bit `K - 1 - k` of the score is statement `k` of `K`.
    Statements(Box<Terms<T>>),
    /// Ranks, worst first, by state number.
    Ranks(&'a [T]),
}

impl<T: Score> Scores<'_, T> {
    /// The scores of the line at `place`.
    #[inline(always)]
    pub(super) fn line(&self, cursor: &mut Cursor, layout: &Layout, place: usize) -> [T; LINE] {
        match self {
            Self::Statements(terms) => terms.line(cursor, place),
            Self::Ranks(ranks) => permuted(ranks, layout, place),
        }
    }
}

/// The values of a line, from an array by state number. Places that are padding get any value.
#[inline(never)]
fn permuted<T: Score>(by_number: &[T], layout: &Layout, place: usize) -> [T; LINE] {
    let number = layout.number(place as u64) as usize;
    std::array::from_fn(|lane| {
        by_number.get(number | layout.lanes[lane] as usize).copied().unwrap_or_default()
    })
}
