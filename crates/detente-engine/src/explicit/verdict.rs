//! What the explicit engine found: one byte per actor and place, one bit per concept.

use detente_model::{Concept, Form, Game, MoverId, OptionForm, OptionId, OutcomeStates, State};
use num_bigint::BigUint;

use super::space::Space;
use super::standing::{Bits, SliceBits, Standing, Ways};
use super::words::Program;
use crate::set::MOST_LISTED;
use crate::structure::{Ask, Structure};
use crate::symbolic::structure_of_numbers;
use crate::{Cover, LimitHit, StateSet, Verdicts, Watch, cover};

/// The bit of a concept in a verdict byte: its place in [`Concept::ALL`].
pub(crate) const fn bit(concept: Concept) -> u8 {
    1 << concept.place()
}

/// A byte has a bit for every concept.
const _: () = assert!(Concept::ALL.len() <= 8);

/// The bits of several concepts.
pub(crate) fn bits(concepts: &[Concept]) -> u8 {
    concepts.iter().fold(0, |all, c| all | bit(*c))
}

/// Verdicts for one actor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ActorVerdicts {
    /// Concepts whose bits in `bytes` are exact; the other bits mean nothing.
    pub(crate) computed: u8,
    /// One byte per place of the [`Space`]; see [`bit`]. Infeasible places of a box: any value.
    /// Empty when nothing was computed.
    pub(crate) bytes: Vec<u8>,
}

/// Verdicts of all actors, dense, sparse or in graph form.
pub(crate) struct ExplicitVerdicts {
    /// What places mean.
    pub(crate) space: Space,
    /// One per mover: the actors in file order, then who moves together.
    pub(crate) actors: Vec<ActorVerdicts>,
    /// For outcomes that are given by formulas.
    pub(crate) form: Form,
    /// What is within reach and undone by no date, slice by slice; `None`: not computed.
    pub(crate) standing: Option<Standing>,
}

impl ExplicitVerdicts {
    /// The verdicts on a game, with what stands in it: where one gets by `ways`. Where that was stopped it is added to
    /// the limits.
    pub(super) fn new(
        game: &Game,
        space: Space,
        actors: Vec<ActorVerdicts>,
        mut limits: Vec<LimitHit>,
        ways: &Ways<'_>,
        watch: &dyn Watch,
    ) -> (Self, Vec<LimitHit>) {
        let standing = match Standing::new(game, &space, ways, watch) {
            Ok(standing) => Some(standing),
            Err(stop) => {
                let done = |concept: &Concept| actors.iter().all(|a| a.computed & bit(*concept) != 0);
                let done: Vec<&str> = Concept::ALL.iter().filter(|c| done(c)).map(|c| c.id()).collect();
                limits.push(LimitHit {
                    stop,
                    what: "what is within reach".to_owned(),
                    limit: stop.words().to_owned(),
                    reached: "a part of it".to_owned(),
                    exact: if done.is_empty() { "the possible outcomes".to_owned() } else { done.join(", ") },
                });
                None
            }
        };
        (Self { space, actors, form: game.form.clone(), standing }, limits)
    }

    fn slice(&self, slice: usize) -> Option<&SliceBits> {
        self.standing.as_ref()?.slices.get(slice)
    }

    fn view<'v>(&'v self, bytes: Vec<&'v [u8]>, bit: u8, within: Vec<&'v Bits>) -> Box<dyn StateSet + 'v> {
        Box::new(View { verdicts: self, members: Members::Stable(bytes, bit, within) })
    }
}

impl Verdicts for ExplicitVerdicts {
    fn feasible(&self) -> Box<dyn StateSet + '_> {
        Box::new(View { verdicts: self, members: Members::Feasible })
    }

    fn reach_in(&self, slice: usize) -> Option<Box<dyn StateSet + '_>> {
        let slice = self.slice(slice)?;
        let within = slice.reach.as_ref()?.iter().chain(&slice.here).collect();
        Some(self.view(vec![], 0, within))
    }

    fn stable_in(&self, slice: usize, concept: Concept, mover: MoverId) -> Option<Box<dyn StateSet + '_>> {
        let mover = self.actors.get(mover.index())?;
        let within = self.slice(slice).and_then(|slice| slice.here.as_ref()).into_iter().collect();
        (mover.computed & bit(concept) != 0).then(|| self.view(vec![&mover.bytes], bit(concept), within))
    }

    fn equilibria_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        self.actors.iter().all(|a| a.computed & bit(concept) != 0).then(|| {
            let bytes = self.actors.iter().map(|a| a.bytes.as_slice()).collect();
            let within = self.slice(slice).and_then(|slice| slice.here.as_ref()).into_iter().collect();
            self.view(bytes, bit(concept), within)
        })
    }

    fn lasting_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        let standing = self.standing.as_ref()?;
        let slice = standing.slices.get(slice)?;
        let within: Vec<&Bits> =
            slice.reach.as_ref()?.iter().chain(&slice.here).chain(&standing.unmoved).collect();
        self.actors.iter().all(|a| a.computed & bit(concept) != 0).then(|| {
            let bytes = self.actors.iter().map(|a| a.bytes.as_slice()).collect();
            self.view(bytes, bit(concept), within)
        })
    }
}

/// A set of places, as a view on the verdicts.
struct View<'v> {
    verdicts: &'v ExplicitVerdicts,
    members: Members<'v>,
}

enum Members<'v> {
    /// All feasible states.
    Feasible,
    /// Feasible states at which every one of these arrays has the bit, and that are in all these sets.
    Stable(Vec<&'v [u8]>, u8, Vec<&'v Bits>),
    /// Bit `p % 64` of word `p / 64`.
    Bits(Vec<u64>),
}

/// Which of up to 64 bytes have `bit`, which is a power of two: eight at a time, gathered by a product in which the
/// lowest bit of byte `i` comes to stand at `56 + i`.
fn mask(block: &[u8], bit: u8) -> u64 {
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let shift = bit.trailing_zeros();
    let (eights, rest) = block.as_chunks::<8>();
    let mut has = 0;
    for (at, eight) in eights.iter().enumerate() {
        let low = u64::from_le_bytes(*eight) >> shift & LOWEST;
        has |= (low.wrapping_mul(GATHER) >> 56) << (8 * at);
    }
    for (at, byte) in rest.iter().enumerate() {
        has |= u64::from(byte & bit != 0) << (8 * eights.len() + at);
    }
    has
}

impl View<'_> {
    /// Membership of the places `64 word .. 64 word + 63`.
    fn word(&self, word: usize) -> u64 {
        let feasible = self.verdicts.space.feasible_word(word);
        match &self.members {
            Members::Feasible => feasible,
            Members::Bits(words) => words[word],
            Members::Stable(arrays, bit, within) => {
                let mut all = within.iter().fold(feasible, |all, bits| all & bits[word]);
                for bytes in arrays {
                    if all == 0 {
                        break;
                    }
                    all &= mask(&bytes[word * 64..bytes.len().min(word * 64 + 64)], *bit);
                }
                all
            }
        }
    }

    /// The state numbers of the set, ascending.
    fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        let space = &self.verdicts.space;
        (0..space.words()).flat_map(move |at| {
            let mut word = self.word(at);
            std::iter::from_fn(move || {
                if word == 0 {
                    return None;
                }
                let place = at * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                Some(space.number(place))
            })
        })
    }

    fn option_form(&self) -> Option<&OptionForm> {
        match &self.verdicts.form {
            Form::Options(form) => Some(form),
            Form::Graph(_) => None,
        }
    }
}

impl StateSet for View<'_> {
    fn count(&self) -> BigUint {
        (0..self.verdicts.space.words()).map(|w| u64::from(self.word(w).count_ones())).sum::<u64>().into()
    }

    fn contains(&self, state: &State) -> bool {
        state
            .number()
            .and_then(|number| self.verdicts.space.place(number))
            .is_some_and(|place| self.word(place / 64) >> (place % 64) & 1 == 1)
    }

    fn first(&self, most: usize) -> Vec<State> {
        self.numbers().take(most).map(State::from_number).collect()
    }

    fn patterns(&self, most: usize) -> Cover {
        if !self.verdicts.space.is_option_form() {
            return Cover { patterns: vec![], complete: true };
        }
        if most == 0 {
            return Cover { patterns: vec![], complete: self.is_empty() };
        }
        let options = self.verdicts.space.options();
        let numbers: Vec<u64> = self.numbers().take(cover::MOST_STATES + 1).collect();
        let boxed = matches!(self.verdicts.space, Space::Box { .. });
        if numbers.len() > cover::MOST_STATES && boxed && options <= cover::MOST_TABLE_OPTIONS {
            let table: Vec<u64> = (0..self.verdicts.space.words()).map(|at| self.word(at)).collect();
            return cover::cover_of_table(&table, options, most);
        }
        cover::cover(&numbers, options, most)
    }

    fn structure(&self, ask: &Ask) -> Option<Structure> {
        if ask.options == 0 || !self.verdicts.space.is_option_form() {
            return None;
        }
        let numbers: Vec<u64> = self.numbers().take(MOST_LISTED + 1).collect();
        (numbers.len() <= MOST_LISTED).then(|| structure_of_numbers(&numbers, ask))
    }

    fn fixed(&self) -> Vec<(OptionId, bool)> {
        let (mut some, mut every) = (0, u64::MAX);
        for number in self.numbers() {
            some |= number;
            every &= number;
        }
        if some == 0 && every == u64::MAX {
            return vec![];
        }
        (0..self.verdicts.space.options())
            .filter(|o| (some ^ every) >> o & 1 == 0)
            .map(|o| (OptionId::from(o), every >> o & 1 == 1))
            .collect()
    }

    fn among(&self, outcome: &OutcomeStates) -> Box<dyn StateSet + '_> {
        let space = &self.verdicts.space;
        let mut words = vec![0; space.words()];
        match (outcome, self.option_form()) {
            (OutcomeStates::Listed(states), _) => {
                for place in states.iter().filter_map(State::number).filter_map(|n| space.place(n)) {
                    words[place / 64] |= 1 << (place % 64);
                }
                for (at, word) in words.iter_mut().enumerate().filter(|(_, word)| **word != 0) {
                    *word &= self.word(at);
                }
            }
            (OutcomeStates::Formula(formula), Some(form)) => {
                let program = Program::compile(form, [formula]);
                let (mut options, mut registers) = (vec![], vec![]);
                for (at, word) in words.iter_mut().enumerate() {
                    let here = self.word(at);
                    if here != 0 {
                        space.option_words(at, &mut options);
                        program.run(&options, &mut registers);
                        *word = here & program.result(0, &registers);
                    }
                }
            }
            (OutcomeStates::Formula(_), None) => {}
        }
        Box::new(View { verdicts: self.verdicts, members: Members::Bits(words) })
    }

    fn is_empty(&self) -> bool {
        (0..self.verdicts.space.words()).all(|w| self.word(w) == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn a_mask_is_the_bytes_that_have_the_bit() {
        let bytes: Vec<u8> = (0..64_u32).map(|k| (k.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        for length in [0, 1, 7, 8, 9, 31, 63, 64] {
            for shift in 0..8 {
                let plain = |sum: u64, (at, byte): (usize, &u8)| sum | u64::from(byte >> shift & 1) << at;
                let expected = bytes[..length].iter().enumerate().fold(0, plain);
                assert_eq!(mask(&bytes[..length], 1 << shift), expected, "{length} {shift}");
            }
        }
    }
}
