//! Which assignments of the box are feasible, 64 at a time in the order of state numbers.

use detente_model::OptionForm;

use super::formula::Formula;
use super::layout::LINE;
use super::terms::{Cursor, STRETCH, Table};
use super::workers::each;
use crate::Watch;
use crate::explicit::words::Program;

/// Broken rules over the box. A rule over few options is a table of words: the values of its
/// options beyond the first six → where it is broken in the 64 assignments of a word.
pub(super) struct Rules {
    tables: Vec<Table<u64>>,
    /// Rules over many options, and how many.
    run: Option<(Program, usize)>,
    /// Option `o` is bit `o`.
    position: Vec<u32>,
}

impl Rules {
    /// `broken`: for each rule, the formula of the states that break it.
    pub(super) fn new(form: &OptionForm, broken: &[Formula]) -> Self {
        let position: Vec<u32> = (0..form.options.len() as u32).collect();
        let (mut tables, mut many) = (vec![], vec![]);
        for formula in broken {
            match formula.lines(&position) {
                Some(lines) => tables.push(Table::new(&lines.outside, lines.words)),
                None => many.push(formula.expr),
            }
        }
        let count = many.len();
        let run = (count > 0).then(|| (Program::compile(form, many), count));
        Self { tables, run, position }
    }

    /// Which of the 64 assignments from `place` on obey all rules.
    fn word(&self, cursor: &mut Cursor, place: usize) -> u64 {
        cursor.enter(place, self.tables.iter());
        let mut broken = 0;
        for (at, table) in self.tables.iter().enumerate() {
            broken |= table.values[cursor.index(at, table, place)];
        }
        if let Some((program, count)) = &self.run {
            broken |= cursor.run(program, *count, &self.position, place).fold(0, |a, b| a | b);
        }
        !broken
    }

    /// One bit per assignment; `None`: stopped. Linear in the words of the box and the rules.
    pub(super) fn feasible(&self, workers: usize, watch: &dyn Watch) -> Option<Vec<u64>> {
        let places = 1_usize << self.position.len();
        let mut words = vec![0; places.div_ceil(LINE)];
        let chunk = words.len().div_ceil(workers * 4).clamp(STRETCH, 1 << 14);
        each(workers, words.chunks_mut(chunk).enumerate(), Cursor::new, |cursor, (at, words)| {
            if watch.stop().is_none() {
                for (inside, word) in words.iter_mut().enumerate() {
                    *word = self.word(cursor, (at * chunk + inside) * LINE);
                }
            }
        });
        if places < LINE {
            words[0] &= (1 << places) - 1;
        }
        watch.stop().is_none().then_some(words)
    }
}
