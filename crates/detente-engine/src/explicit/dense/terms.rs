//! Sums of weighted formulas in the order of a layout, 64 states at a time.

use detente_model::OptionForm;

use super::formula::{Formula, Lines, truth_word};
use super::layout::{LINE, LINE_BITS};
use super::score::Score;
use crate::explicit::words::Program;

/// Lines in a stretch: the unit in which table indices are worked out anew.
pub(super) const STRETCH: usize = 64;
/// Bits of a place inside a stretch.
const STRETCH_BITS: u32 = 12;

/// In each state the bitwise or of the weights of those formulas that hold.
///
/// A formula over few options is a table: values of its options outside the line → 64 lanes of
/// what it contributes. So a line costs one `or` of 64 lanes per formula.
pub(super) struct Terms<T> {
    /// What formulas over options inside the line contribute to every line.
    base: [T; LINE],
    /// Formulas over options outside the line only: one value for all lanes.
    even: Vec<Table<T>>,
    /// Formulas over both: 64 values per index.
    mixed: Vec<Table<T>>,
    /// Formulas over many options.
    run: Option<Run<T>>,
    /// The bit of each option.
    position: Vec<u32>,
}

/// Values by the options of one formula outside the line.
pub(super) struct Table<T> {
    /// Its bits of the place from [`STRETCH_BITS`] on, ascending.
    high: Vec<u32>,
    /// How many of its bits are inside a stretch (and outside the line).
    middle: u32,
    /// Index part by line of a stretch.
    index: [u8; STRETCH],
    /// One or 64 values per index.
    pub(super) values: Vec<T>,
}

struct Run<T> {
    program: Program,
    weights: Vec<T>,
}

/// Where a walk over lines is, and its scratch space. Cheapest when places come in order.
pub(super) struct Cursor {
    stretch: usize,
    /// The part of each table's index that the stretch fixes.
    bases: Vec<usize>,
    options: Vec<u64>,
    registers: Vec<u64>,
}

impl Cursor {
    pub(super) fn new() -> Self {
        Self { stretch: usize::MAX, bases: vec![], options: vec![], registers: vec![] }
    }

    /// Goes to the line at `place`.
    #[inline(always)]
    pub(super) fn enter<'t, T: Copy + 't>(
        &mut self,
        place: usize,
        tables: impl Iterator<Item = &'t Table<T>>,
    ) {
        if self.stretch != place >> STRETCH_BITS {
            self.stretch = place >> STRETCH_BITS;
            self.bases.clear();
            self.bases.extend(tables.map(|table| table.stretch(place)));
        }
    }

    /// The index of table number `at` in the line at `place`, after [`Cursor::enter`].
    #[inline(always)]
    pub(super) fn index<T>(&self, at: usize, table: &Table<T>, place: usize) -> usize {
        self.bases[at] + usize::from(table.index[(place >> LINE_BITS) % STRETCH])
    }

    /// Runs a program on the line at `place`; the words of its formulas.
    pub(super) fn run(
        &mut self,
        program: &Program,
        formulas: usize,
        position: &[u32],
        place: usize,
    ) -> impl Iterator<Item = u64> {
        self.options.clear();
        self.options.extend(position.iter().map(|&bit| truth_word(bit, place)));
        program.run(&self.options, &mut self.registers);
        (0..formulas).map(|at| program.result(at, &self.registers))
    }
}

impl<T: Copy> Table<T> {
    /// `values` by the setting of the bits `outside`.
    pub(super) fn new(outside: &[u32], values: Vec<T>) -> Self {
        let (middle, high): (Vec<u32>, Vec<u32>) = outside.iter().partition(|p| **p < STRETCH_BITS);
        let mut index = [0; STRETCH];
        for (line, index) in index.iter_mut().enumerate() {
            for (at, position) in middle.iter().enumerate() {
                *index |= ((line >> (position - LINE_BITS) & 1) << at) as u8;
            }
        }
        Self { high, middle: middle.len() as u32, index, values }
    }

    /// The part of the index that the stretch of `place` fixes.
    fn stretch(&self, place: usize) -> usize {
        let fixed = self.high.iter().enumerate().fold(0, |i, (at, bit)| i | (place >> bit & 1) << at);
        fixed << self.middle
    }
}

impl<T: Score> Terms<T> {
    /// Formulas with their weights, where option `o` is bit `position[o]` of a place.
    pub(super) fn new<'f, 'e: 'f>(
        form: &OptionForm,
        position: &[u32],
        formulas: impl IntoIterator<Item = (&'f Formula<'e>, T)>,
    ) -> Self {
        let mut terms = Self {
            base: [T::default(); LINE],
            even: vec![],
            mixed: vec![],
            run: None,
            position: position.to_vec(),
        };
        let (mut many, mut weights) = (vec![], vec![]);
        for (formula, weight) in formulas {
            match formula.lines(position) {
                Some(lines) => terms.add(&lines, weight),
                None => {
                    many.push(formula.expr);
                    weights.push(weight);
                }
            }
        }
        if !many.is_empty() {
            terms.run = Some(Run { program: Program::compile(form, many), weights });
        }
        terms
    }

    fn add(&mut self, lines: &Lines, weight: T) {
        let lane = |word: &u64, lane: usize| T::new((word >> lane & 1).wrapping_neg() as u32).and(weight);
        let all = |word: &u64| (0..LINE).map(|l| lane(word, l)).collect::<Vec<_>>();
        if lines.outside.is_empty() {
            for (sum, value) in self.base.iter_mut().zip(all(&lines.words[0])) {
                *sum = sum.or(value);
            }
        } else if lines.inside {
            let values = lines.words.iter().flat_map(all).collect();
            self.mixed.push(Table::new(&lines.outside, values));
        } else {
            let values = lines.words.iter().map(|word| lane(word, 0)).collect();
            self.even.push(Table::new(&lines.outside, values));
        }
    }

    /// The line at `place`, a multiple of 64.
    #[inline(always)]
    pub(super) fn line(&self, cursor: &mut Cursor, place: usize) -> [T; LINE] {
        cursor.enter(place, self.even.iter().chain(&self.mixed));
        let mut splat = T::default();
        for (at, table) in self.even.iter().enumerate() {
            splat = splat.or(table.values[cursor.index(at, table, place)]);
        }
        let mut sum = self.base;
        for lane in &mut sum {
            *lane = lane.or(splat);
        }
        for (at, table) in self.mixed.iter().enumerate() {
            let index = cursor.index(self.even.len() + at, table, place);
            let values = &table.values.as_chunks::<LINE>().0[index];
            for l in 0..LINE {
                sum[l] = sum[l].or(values[l]);
            }
        }
        if let Some(run) = &self.run {
            run.add(&self.position, place, &mut sum, cursor);
        }
        sum
    }
}

impl<T: Score> Run<T> {
    #[inline(never)]
    fn add(&self, position: &[u32], place: usize, sum: &mut [T; LINE], cursor: &mut Cursor) {
        let words = cursor.run(&self.program, self.weights.len(), position, place);
        for (holds, weight) in words.zip(&self.weights) {
            for (lane, value) in sum.iter_mut().enumerate() {
                *value = value.or(T::new((holds >> lane & 1).wrapping_neg() as u32).and(*weight));
            }
        }
    }
}
