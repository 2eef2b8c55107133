//! A state of the conflict, and a pattern that stands for several.

use num_bigint::BigUint;
use std::fmt;

use crate::OptionId;

/// One state.
///
/// In option form: a truth value for every option, held as the **state number**
/// `Σ 2^index` over the options that are on. In graph form: the position of the
/// state in the list, counted from 1, held as the same kind of number.
///
/// The order of states is the order of their numbers. Trailing zero words are
/// never stored, so equality does not depend on how many options there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    words: Vec<u64>,
}

impl State {
    /// The state with number `number`.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self { words: if number == 0 { vec![] } else { vec![number] } }
    }

    /// The state with these options on and all others off.
    #[must_use]
    pub fn with_on(options: impl IntoIterator<Item = OptionId>) -> Self {
        let mut state = Self::default();
        for option in options {
            state.set(option, true);
        }
        state
    }

    /// The state whose number is `number`, of any size.
    #[must_use]
    pub fn from_big(number: &BigUint) -> Self {
        let mut state = Self { words: number.to_u64_digits() };
        state.trim();
        state
    }

    /// The state number, when it fits 64 bits.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        match self.words.as_slice() {
            [] => Some(0),
            [word] => Some(*word),
            _ => None,
        }
    }

    /// The state number, of any size.
    #[must_use]
    pub fn big(&self) -> BigUint {
        let mut digits = Vec::with_capacity(self.words.len() * 2);
        for word in &self.words {
            digits.push((word & 0xffff_ffff) as u32);
            digits.push((word >> 32) as u32);
        }
        BigUint::new(digits)
    }

    /// Whether `option` is on.
    #[must_use]
    pub fn is_on(&self, option: OptionId) -> bool {
        let index = option.index();
        self.words.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Turns `option` on or off.
    pub fn set(&mut self, option: OptionId, on: bool) {
        let (word, bit) = (option.index() / 64, option.index() % 64);
        if on {
            if self.words.len() <= word {
                self.words.resize(word + 1, 0);
            }
            self.words[word] |= 1 << bit;
        } else if let Some(w) = self.words.get_mut(word) {
            *w &= !(1 << bit);
            self.trim();
        }
    }

    /// This state with these switches set.
    #[must_use]
    pub fn with(&self, switches: &[(OptionId, bool)]) -> Self {
        let mut state = self.clone();
        for &(switch, on) in switches {
            state.set(switch, on);
        }
        state
    }

    /// The options that are on, in file order.
    pub fn on(&self) -> impl Iterator<Item = OptionId> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| OptionId::from(at * 64 + bit))
        })
    }

    /// The pattern of this one state over `options` options: `YNY…`, no `-`.
    #[must_use]
    pub fn pattern(&self, options: usize) -> Pattern {
        Pattern { cells: (0..options).map(|o| Some(self.is_on(OptionId::from(o)))).collect() }
    }

    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }
}

impl PartialOrd for State {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for State {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.words
            .len()
            .cmp(&other.words.len())
            .then_with(|| self.words.iter().rev().cmp(other.words.iter().rev()))
    }
}

impl From<u64> for State {
    fn from(number: u64) -> Self {
        Self::from_number(number)
    }
}

impl fmt::Display for State {
    /// The state number in decimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number() {
            Some(number) => number.fmt(f),
            None => self.big().fmt(f),
        }
    }
}

/// A set of states: on, off, or either for every option; `Y`, `N`, `-` in option order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    /// One cell per option: `Some(true)` on, `Some(false)` off, `None` either.
    pub cells: Vec<Option<bool>>,
}

impl Pattern {
    /// Reads `YN-Y` (also lower case, and `.` or `·` for either).
    ///
    /// # Errors
    /// The first character that is none of these, with its place counted in characters from 0.
    pub fn parse(text: &str) -> Result<Self, (usize, char)> {
        let cells = text
            .chars()
            .enumerate()
            .map(|(at, c)| match c {
                'Y' | 'y' => Ok(Some(true)),
                'N' | 'n' => Ok(Some(false)),
                '-' | '.' | '·' => Ok(None),
                other => Err((at, other)),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { cells })
    }

    /// Whether `state` is one of the states that the pattern stands for.
    #[must_use]
    pub fn matches(&self, state: &State) -> bool {
        self.cells
            .iter()
            .enumerate()
            .all(|(index, cell)| cell.is_none_or(|on| state.is_on(OptionId::from(index)) == on))
    }

    /// How many options are left open.
    #[must_use]
    pub fn free(&self) -> usize {
        self.cells.iter().filter(|cell| cell.is_none()).count()
    }

    /// The only state of a pattern without `-`.
    #[must_use]
    pub fn single(&self) -> Option<State> {
        (self.free() == 0).then(|| {
            State::with_on(
                self.cells
                    .iter()
                    .enumerate()
                    .filter(|(_, cell)| **cell == Some(true))
                    .map(|(i, _)| OptionId::from(i)),
            )
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for cell in &self.cells {
            f.write_str(match cell {
                Some(true) => "Y",
                Some(false) => "N",
                None => "-",
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_order_and_patterns_agree() {
        let a = State::with_on([OptionId(0), OptionId(70)]);
        let b = State::with_on([OptionId(69)]);
        assert!(b < a);
        assert_eq!(a.number(), None);
        assert_eq!(State::from_big(&a.big()), a);
        assert_eq!(a.on().collect::<Vec<_>>(), [OptionId(0), OptionId(70)]);
        let mut c = a.clone();
        c.set(OptionId(70), false);
        assert_eq!(c, State::from_number(1));
        assert_eq!(c.pattern(3).to_string(), "YNN");
        assert!(Pattern::parse("Y--").is_ok_and(|p| p.matches(&c) && p.free() == 2));
        assert_eq!(Pattern::parse("YX"), Err((1, 'X')));
        assert_eq!(Pattern::parse("NY").ok().and_then(|p| p.single()), Some(State::from_number(2)));
    }
}
