//! How states are numbered inside the explicit engine: by *place*.

/// The states that verdict arrays are indexed by.
///
/// A **place** is an index into the arrays. In a box every truth assignment has a place (its
/// state number), feasible or not; in a list only feasible states have one; in graph form the
/// place is the position from 0. In each case a larger place is a larger state number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// All `2^options` truth assignments; place = state number.
    Box {
        /// How many options (at most 32).
        options: u32,
        /// Bit `p % 64` of word `p / 64`: whether place `p` is feasible. Bits past the end are 0.
        feasible: Vec<u64>,
    },
    /// Feasible states only, ascending.
    List {
        /// How many options (at most 64).
        options: u32,
        /// State numbers, ascending, each once.
        numbers: Vec<u64>,
    },
    /// Listed states of graph form; state number = place + 1.
    Graph {
        /// How many.
        states: u32,
    },
}

impl Space {
    /// How many places there are: the length of each verdict array.
    pub(crate) fn places(&self) -> usize {
        match self {
            Self::Box { options, .. } => 1 << options,
            Self::List { numbers, .. } => numbers.len(),
            Self::Graph { states } => *states as usize,
        }
    }

    /// How many options; 0 in graph form.
    pub(crate) fn options(&self) -> usize {
        match self {
            Self::Box { options, .. } | Self::List { options, .. } => *options as usize,
            Self::Graph { .. } => 0,
        }
    }

    /// Whether states are truth values of options.
    pub(crate) fn is_option_form(&self) -> bool {
        !matches!(self, Self::Graph { .. })
    }

    /// How many words of 64 places.
    pub(crate) fn words(&self) -> usize {
        self.places().div_ceil(64)
    }

    /// The state number at `place`, which must be below [`Space::places`].
    pub(crate) fn number(&self, place: usize) -> u64 {
        match self {
            Self::Box { .. } => place as u64,
            Self::List { numbers, .. } => numbers[place],
            Self::Graph { .. } => place as u64 + 1,
        }
    }

    /// The place of a feasible state; `None` when it is not feasible. Logarithmic in a list.
    pub(crate) fn place(&self, number: u64) -> Option<usize> {
        match self {
            Self::Box { feasible, .. } => {
                let place = usize::try_from(number).ok()?;
                (feasible.get(place / 64)? >> (place % 64) & 1 == 1).then_some(place)
            }
            Self::List { numbers, .. } => numbers.binary_search(&number).ok(),
            Self::Graph { states } => {
                let place = usize::try_from(number.checked_sub(1)?).ok()?;
                (place < *states as usize).then_some(place)
            }
        }
    }

    /// Which of the places `64 word .. 64 word + 63` are feasible states, as bits.
    pub(crate) fn feasible_word(&self, word: usize) -> u64 {
        match self {
            Self::Box { feasible, .. } => feasible.get(word).copied().unwrap_or(0),
            Self::List { .. } | Self::Graph { .. } => {
                let left = self.places().saturating_sub(word * 64);
                if left >= 64 { u64::MAX } else { (1 << left) - 1 }
            }
        }
    }

    /// The truth of every option at the places of `word`: bit `p` of `into[o]` is option `o` at
    /// place `64 word + p` (places past the end: false). `into` gets one word per option.
    pub(crate) fn option_words(&self, word: usize, into: &mut Vec<u64>) {
        into.clear();
        match self {
            Self::Box { options, .. } => {
                let high = (word as u64) << 6;
                into.extend((0..*options).map(|o| match LOW_BITS.get(o as usize) {
                    Some(bits) => *bits,
                    None => ((high >> o) & 1).wrapping_neg(),
                }));
            }
            Self::List { options, numbers } => {
                let mut rows = [0_u64; 64];
                for (row, number) in rows.iter_mut().zip(numbers.iter().skip(word * 64)) {
                    *row = *number;
                }
                transpose(&mut rows);
                into.extend_from_slice(&rows[..*options as usize]);
            }
            Self::Graph { .. } => {}
        }
    }
}

/// Bit `p` of word `o` is bit `o` of the number `p`: options 0 to 5 inside a word of a box.
pub(crate) const LOW_BITS: [u64; 6] = [
    0xaaaa_aaaa_aaaa_aaaa,
    0xcccc_cccc_cccc_cccc,
    0xf0f0_f0f0_f0f0_f0f0,
    0xff00_ff00_ff00_ff00,
    0xffff_0000_ffff_0000,
    0xffff_ffff_0000_0000,
];

/// Transposes a 64 × 64 bit matrix in place: bit `c` of row `r` and bit `r` of row `c` change places.
///
/// # Source
/// Warren, H. S. (2013), *Hacker's Delight*, 2nd ed., section 7-3 (blocks swapped, largest first).
pub(crate) fn transpose(rows: &mut [u64; 64]) {
    let mut width = 32;
    let mut mask = 0x0000_0000_ffff_ffff_u64;
    while width > 0 {
        let mut row = 0;
        while row < 64 {
            let swap = ((rows[row] >> width) ^ rows[row + width]) & mask;
            rows[row + width] ^= swap;
            rows[row] ^= swap << width;
            row = (row + width + 1) & !width;
        }
        width >>= 1;
        mask ^= mask << width;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn transposition_exchanges_rows_and_columns() {
        let mut rows = [0_u64; 64];
        let mut x = 1_u64;
        for row in &mut rows {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *row = x ^ (x >> 29);
        }
        let before = rows;
        transpose(&mut rows);
        for (r, row) in rows.iter().enumerate() {
            for (c, column) in before.iter().enumerate() {
                assert_eq!(row >> c & 1, column >> r & 1);
            }
        }
    }

    #[test]
    fn box_and_list_of_all_numbers_agree() {
        let boxed = Space::Box { options: 8, feasible: vec![u64::MAX; 4] };
        let list = Space::List { options: 8, numbers: (0..256).collect() };
        let (mut a, mut b) = (vec![], vec![]);
        for word in 0..4 {
            boxed.option_words(word, &mut a);
            list.option_words(word, &mut b);
            assert_eq!(a, b);
            assert_eq!(boxed.feasible_word(word), list.feasible_word(word));
        }
        assert_eq!((boxed.place(77), list.place(77)), (Some(77), Some(77)));
        assert_eq!((boxed.place(256), list.place(256)), (None, None));
    }
}
