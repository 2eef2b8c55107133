//! Formulas as truth tables over the few options that they speak of.

use detente_model::{Expr, OptionForm};

use super::layout::{LINE, LINE_BITS};
use crate::explicit::{space::LOW_BITS, words::Program};

/// Formulas over more options than this are run, not tabled.
const MOST_OPTIONS: usize = 14;
/// Tables have at most this many options outside a line as their index.
const MOST_OUTSIDE: usize = 8;

/// A formula with its truth table.
pub(super) struct Formula<'e> {
    pub(super) expr: &'e Expr,
    /// The options that it mentions, ascending.
    support: Vec<usize>,
    /// Bit `i % 64` of word `i / 64`: truth where bit `k` of `i` is option `support[k]`. Empty
    /// when there are too many options.
    truth: Vec<u64>,
}

/// Compiles formulas of a game. Linear in their size and in that of the definitions, times the
/// size of the table.
pub(super) fn formulas<'e>(form: &OptionForm, exprs: impl IntoIterator<Item = &'e Expr>) -> Vec<Formula<'e>> {
    let mut definitions: Vec<Vec<usize>> = vec![];
    for definition in &form.definitions {
        let support = support(form, &definition.that, &definitions);
        definitions.push(support);
    }
    let formula = |expr| {
        let support = support(form, expr, &definitions);
        let mut truth = vec![];
        if support.len() <= MOST_OPTIONS {
            let program = Program::compile(form, [expr]);
            let (mut options, mut registers) = (vec![0; form.options.len()], vec![]);
            for word in 0..(1 << support.len()) / LINE.min(1 << support.len()) {
                for (at, &option) in support.iter().enumerate() {
                    options[option] = truth_word(at as u32, word << LINE_BITS);
                }
                program.run(&options, &mut registers);
                truth.push(program.result(0, &registers));
            }
        }
        Formula { expr, support, truth }
    };
    exprs.into_iter().map(formula).collect()
}

/// Values of the option at bit `bit` of a place, over the line that starts at `place`.
#[inline(always)]
pub(super) fn truth_word(bit: u32, place: usize) -> u64 {
    match LOW_BITS.get(bit as usize) {
        Some(bits) => *bits,
        None => (place as u64 >> bit & 1).wrapping_neg(),
    }
}

fn support(form: &OptionForm, expr: &Expr, definitions: &[Vec<usize>]) -> Vec<usize> {
    let mut support = vec![];
    expr.walk(&mut |part| match part {
        Expr::Option(o) if o.index() < form.options.len() => support.push(o.index()),
        Expr::Defined(d) => support.extend(definitions.get(d.index()).into_iter().flatten()),
        _ => {}
    });
    support.sort_unstable();
    support.dedup();
    support
}

/// The truth of a formula over lines of a box.
pub(super) struct Lines {
    /// The bits of a place, from [`LINE_BITS`] on, that the truth depends on, ascending.
    pub(super) outside: Vec<u32>,
    /// Whether it depends on bits inside the line.
    pub(super) inside: bool,
    /// One bit per lane, by the setting of `outside`.
    pub(super) words: Vec<u64>,
}

impl Formula<'_> {
    /// Where option `o` is bit `position[o]` of a place. `None`: over too many options.
    pub(super) fn lines(&self, position: &[u32]) -> Option<Lines> {
        let mut outside: Vec<u32> =
            self.support.iter().map(|&o| position[o]).filter(|&p| p >= LINE_BITS).collect();
        if self.truth.is_empty() || outside.len() > MOST_OUTSIDE {
            return None;
        }
        outside.sort_unstable();
        let inside = outside.len() < self.support.len();
        // Which index of the truth table a lane and a setting of `outside` stand for.
        let index = |value: usize, of: &dyn Fn(u32) -> Option<u32>| {
            let bit = |(at, &option): (usize, &usize)| {
                of(position[option]).map_or(0, |bit| (value >> bit & 1) << at)
            };
            self.support.iter().enumerate().map(bit).sum::<usize>()
        };
        let lanes: [usize; LINE] = std::array::from_fn(|lane| index(lane, &|p| (p < LINE_BITS).then_some(p)));
        let words = (0..1 << outside.len()).map(|setting| {
            let high = index(setting, &|p| outside.iter().position(|&o| o == p).map(|at| at as u32));
            let mut word = 0;
            for (lane, low) in lanes.iter().enumerate() {
                let at = high | low;
                word |= (self.truth[at / LINE] >> (at % LINE) & 1) << lane;
            }
            word
        });
        Some(Lines { inside, words: words.collect(), outside })
    }
}
