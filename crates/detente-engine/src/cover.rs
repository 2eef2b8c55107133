//! Few patterns for many states: the Minato–Morreale irredundant cover.
//!
//! # Definition
//! For a set `f` of states, `isop(L, U)` with `L = U = f` is a list of patterns whose union is
//! `f`, and from which none can be dropped. On the first option `x` (in option order) on which
//! `L` or `U` depends, with cofactors `L_N = L|x=off`, `L_Y = L|x=on`, `U_N`, `U_Y`:
//!
//! ```text
//! isop(∅, U) = no pattern        isop(L, all) = the pattern that is open everywhere
//! c_N = isop(L_N ∧ ¬U_Y, U_N)                   patterns with N at x
//! c_Y = isop(L_Y ∧ ¬U_N, U_Y)                   patterns with Y at x
//! L'  = (L_N ∧ ¬⟦c_N⟧) ∨ (L_Y ∧ ¬⟦c_Y⟧)         what is not covered yet
//! c_- = isop(L', U_N ∧ U_Y)                     patterns with - at x
//! ```
//!
//! `⟦c⟧` is the union of the patterns of `c`. The result depends on the set and on the order of
//! options only, not on how the set is held: another engine that follows the same recursion
//! gives the same patterns.
//!
//! # Complexity
//! Linear in the number of distinct pairs `(L, U)`, which is small for structured sets and can
//! be exponential for others; bounded by [`MOST_STEPS`] and [`MOST_CUBES`].
//!
//! # Source
//! Minato, S. (1992), Fast generation of irredundant sum-of-products forms from binary decision
//! diagrams, SASIMI '92, after Morreale, E. (1970), IEEE Transactions on Computers C-19.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use detente_model::Pattern;

use crate::Cover;

/// A listed set with more states than this gets no cover.
pub(crate) const MOST_STATES: usize = crate::caps::COVERED.size();
/// A truth table over more options than this gets no cover.
pub(crate) const MOST_TABLE_OPTIONS: usize = 22;
/// A cover that needs more diagram operations than this is given up.
const MOST_STEPS: usize = crate::caps::COVER_STEPS.size();
/// A cover with more patterns than this is given up.
const MOST_CUBES: u64 = crate::caps::CUBES.most;

/// The cover of the states `numbers` (ascending, each once) over `options` options (at most 64):
/// the `most` largest patterns, largest first, ties with `Y` before `N` before `-` in option order.
/// More than [`MOST_STATES`] states, or too much work: no patterns, and not complete.
pub(crate) fn cover(numbers: &[u64], options: usize, most: usize) -> Cover {
    if numbers.len() > MOST_STATES {
        return Cover::default();
    }
    let mut diagram = Diagram::default();
    let mut flipped: Vec<u64> = numbers.iter().map(|n| n.reverse_bits()).collect();
    flipped.sort_unstable();
    let set = diagram.build(&flipped, 0, options);
    diagram.patterns(set, options, most)
}

/// The cover of a set that is given as a truth table of `2^options` bits (bit `n % 64` of word
/// `n / 64`: state number `n`); otherwise as [`cover`].
pub(crate) fn cover_of_table(words: &[u64], options: usize, most: usize) -> Cover {
    let mut diagram = Diagram::default();
    let bit = |n: usize| (words.get(n / 64).copied().unwrap_or(0) >> (n % 64) & 1) as u32;
    // Bottom up: after the step for option `o`, row[n] is the function of options o.. where the
    // options below o are as in n.
    let mut row: Vec<u32> = (0..1_usize << options).map(bit).collect();
    for option in (0..options).rev() {
        let half = 1 << option;
        for low in 0..half {
            row[low] = diagram.node(option as u32, row[low], row[low + half]);
        }
        row.truncate(half);
    }
    let set = row.first().copied().unwrap_or(FALSE);
    diagram.patterns(set, options, most)
}

/// The cover of a set that is given as a decision diagram with complement edges in option order:
/// node `n + 1` is (option, when off, when on), children first; a function is twice its node, plus
/// one for the complement; node 0 is true everywhere.
pub(crate) fn cover_of_nodes(nodes: &[(u32, u32, u32)], root: u32, options: usize, most: usize) -> Cover {
    if nodes.len() > MOST_STEPS {
        return Cover::default();
    }
    let mut diagram = Diagram::default();
    let mut plain = vec![[TRUE, FALSE]];
    let of = |plain: &[[u32; 2]], edge: u32| plain[(edge >> 1) as usize][(edge & 1) as usize];
    for &(option, off, on) in nodes {
        let both = [0, 1].map(|flip| diagram.node(option, of(&plain, off ^ flip), of(&plain, on ^ flip)));
        plain.push(both);
    }
    diagram.patterns(of(&plain, root), options, most)
}

const FALSE: u32 = 0;
const TRUE: u32 = 1;
/// Level of the two constants: below every option.
const BOTTOM: u32 = u32::MAX;

/// A multiplicative hash for small keys of our own making.
#[derive(Default)]
pub(crate) struct Fold(u64);

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }
    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(26) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

/// A map with that hash.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fold>>;

/// A reduced ordered decision diagram over options in option order, and covers as a shared graph.
#[derive(Default)]
struct Diagram {
    /// (option, when off, when on) of node `n` at `n - 2`; 0 and 1 are the constants.
    nodes: Vec<(u32, u32, u32)>,
    unique: Map<(u32, u32, u32), u32>,
    operations: Map<(u8, u32, u32), u32>,
    /// (option, N, Y, -) of cover `c` at `c - 2`; 0 is no pattern, 1 the open pattern.
    covers: Vec<(u32, u32, u32, u32)>,
    /// (cover, its union) of pairs (L, U).
    isops: Map<(u32, u32), (u32, u32)>,
    steps: usize,
}

/// Too much work.
struct GivenUp;

impl Diagram {
    fn node(&mut self, option: u32, off: u32, on: u32) -> u32 {
        if off == on {
            return off;
        }
        let nodes = &mut self.nodes;
        *self.unique.entry((option, off, on)).or_insert_with(|| {
            nodes.push((option, off, on));
            nodes.len() as u32 + 1
        })
    }

    /// The set of `flipped` (state numbers with bits reversed, ascending) over options from `option`.
    fn build(&mut self, flipped: &[u64], option: usize, options: usize) -> u32 {
        if flipped.is_empty() {
            return FALSE;
        }
        if option >= options {
            return TRUE;
        }
        let bit = 1_u64 << (63 - option);
        let split = flipped.partition_point(|n| n & bit == 0);
        let off = self.build(&flipped[..split], option + 1, options);
        let on = self.build(&flipped[split..], option + 1, options);
        self.node(option as u32, off, on)
    }

    fn level(&self, f: u32) -> u32 {
        if f < 2 { BOTTOM } else { self.nodes[f as usize - 2].0 }
    }

    /// The cofactors of `f` by `option`, which is not below the top of `f`.
    fn split(&self, f: u32, option: u32) -> (u32, u32) {
        if self.level(f) != option {
            return (f, f);
        }
        let (_, off, on) = self.nodes[f as usize - 2];
        (off, on)
    }

    fn step(&mut self) -> Result<(), GivenUp> {
        self.steps += 1;
        if self.steps > MOST_STEPS { Err(GivenUp) } else { Ok(()) }
    }

    fn and(&mut self, a: u32, b: u32) -> Result<u32, GivenUp> {
        match (a, b) {
            (FALSE, _) | (_, FALSE) => return Ok(FALSE),
            (TRUE, other) | (other, TRUE) => return Ok(other),
            _ if a == b => return Ok(a),
            _ => {}
        }
        self.operation(0, a.min(b), a.max(b), Self::and)
    }

    fn or(&mut self, a: u32, b: u32) -> Result<u32, GivenUp> {
        match (a, b) {
            (TRUE, _) | (_, TRUE) => return Ok(TRUE),
            (FALSE, other) | (other, FALSE) => return Ok(other),
            _ if a == b => return Ok(a),
            _ => {}
        }
        self.operation(1, a.min(b), a.max(b), Self::or)
    }

    /// `a ∧ ¬b`.
    fn without(&mut self, a: u32, b: u32) -> Result<u32, GivenUp> {
        match (a, b) {
            (FALSE, _) | (_, TRUE) => return Ok(FALSE),
            (_, FALSE) => return Ok(a),
            _ if a == b => return Ok(FALSE),
            _ => {}
        }
        self.operation(2, a, b, Self::without)
    }

    fn operation(
        &mut self,
        kind: u8,
        a: u32,
        b: u32,
        apply: fn(&mut Self, u32, u32) -> Result<u32, GivenUp>,
    ) -> Result<u32, GivenUp> {
        if let Some(&known) = self.operations.get(&(kind, a, b)) {
            return Ok(known);
        }
        self.step()?;
        let option = self.level(a).min(self.level(b));
        let ((a_off, a_on), (b_off, b_on)) = (self.split(a, option), self.split(b, option));
        let off = apply(self, a_off, b_off)?;
        let on = apply(self, a_on, b_on)?;
        let result = self.node(option, off, on);
        self.operations.insert((kind, a, b), result);
        Ok(result)
    }

    /// The cover between `least` and `largest`, and its union. See the module.
    fn isop(&mut self, least: u32, largest: u32) -> Result<(u32, u32), GivenUp> {
        if least == FALSE {
            return Ok((FALSE, FALSE));
        }
        if largest == TRUE {
            return Ok((TRUE, TRUE));
        }
        if let Some(&known) = self.isops.get(&(least, largest)) {
            return Ok(known);
        }
        self.step()?;
        let option = self.level(least).min(self.level(largest));
        let ((l_n, l_y), (u_n, u_y)) = (self.split(least, option), self.split(largest, option));
        let only_n = self.without(l_n, u_y)?;
        let (cover_n, union_n) = self.isop(only_n, u_n)?;
        let only_y = self.without(l_y, u_n)?;
        let (cover_y, union_y) = self.isop(only_y, u_y)?;
        let (rest_n, rest_y) = (self.without(l_n, union_n)?, self.without(l_y, union_y)?);
        let (rest, both) = (self.or(rest_n, rest_y)?, self.and(u_n, u_y)?);
        let (cover_open, union_open) = self.isop(rest, both)?;
        let (off, on) = (self.or(union_n, union_open)?, self.or(union_y, union_open)?);
        let union = self.node(option, off, on);
        self.covers.push((option, cover_n, cover_y, cover_open));
        let result = (self.covers.len() as u32 + 1, union);
        self.isops.insert((least, largest), result);
        Ok(result)
    }

    fn patterns(&mut self, set: u32, options: usize, most: usize) -> Cover {
        match options.div_ceil(64) {
            0 | 1 => self.patterns_of::<1>(set, options, most),
            2 => self.patterns_of::<2>(set, options, most),
            _ => self.patterns_of::<16>(set, options, most),
        }
    }

    /// With `WORDS` words of 64 options (at most 1,024 options).
    fn patterns_of<const WORDS: usize>(&mut self, set: u32, options: usize, most: usize) -> Cover {
        let Ok((top, _)) = self.isop(set, set) else { return Cover::default() };
        // Covers refer to earlier covers only.
        let mut counts: Vec<u64> = vec![0, 1];
        for &(_, n, y, open) in &self.covers {
            let count = counts[n as usize].saturating_add(counts[y as usize]);
            counts.push(count.saturating_add(counts[open as usize]));
        }
        if counts[top as usize] > MOST_CUBES {
            return Cover::default();
        }
        let mut cubes = Vec::with_capacity(counts[top as usize] as usize);
        self.collect(top, Cube::<WORDS>::open(), &mut cubes);
        cubes.sort_unstable_by(Cube::order);
        let complete = cubes.len() <= most;
        let patterns = cubes.iter().take(most).map(|cube| cube.pattern(options)).collect();
        Cover { patterns, complete }
    }

    fn collect<const WORDS: usize>(&self, cover: u32, cube: Cube<WORDS>, into: &mut Vec<Cube<WORDS>>) {
        match cover {
            FALSE => {}
            TRUE => into.push(cube),
            _ => {
                let (option, n, y, open) = self.covers[cover as usize - 2];
                self.collect(y, cube.with(option, true), into);
                self.collect(n, cube.with(option, false), into);
                self.collect(open, cube, into);
            }
        }
    }
}

/// A pattern as bits: which cells are not open, and which of them are `Y`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cube<const WORDS: usize> {
    set: [u64; WORDS],
    on: [u64; WORDS],
}

impl<const WORDS: usize> Cube<WORDS> {
    fn open() -> Self {
        Self { set: [0; WORDS], on: [0; WORDS] }
    }

    fn with(mut self, option: u32, on: bool) -> Self {
        let (word, bit) = ((option / 64) as usize, option % 64);
        self.set[word] |= 1 << bit;
        self.on[word] |= u64::from(on) << bit;
        self
    }

    fn cell(&self, option: usize) -> Option<bool> {
        let (word, bit) = (option / 64, option % 64);
        (self.set[word] >> bit & 1 == 1).then_some(self.on[word] >> bit & 1 == 1)
    }

    fn closed(&self) -> u32 {
        self.set.iter().map(|word| word.count_ones()).sum()
    }

    /// Largest first; ties: `Y` before `N` before `-` at the first option where they differ.
    fn order(&self, other: &Self) -> Ordering {
        self.closed().cmp(&other.closed()).then_with(|| {
            let differ = |word: usize| (self.set[word] ^ other.set[word]) | (self.on[word] ^ other.on[word]);
            let Some(word) = (0..WORDS).find(|&word| differ(word) != 0) else { return Ordering::Equal };
            let option = word * 64 + differ(word).trailing_zeros() as usize;
            let place = |cube: &Self| match cube.cell(option) {
                Some(true) => 0,
                Some(false) => 1,
                None => 2,
            };
            place(self).cmp(&place(other))
        })
    }

    fn pattern(&self, options: usize) -> Pattern {
        Pattern { cells: (0..options).map(|o| self.cell(o)).collect() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use detente_model::State;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn texts(numbers: &[u64], options: usize) -> Vec<String> {
        let cover = cover(numbers, options, usize::MAX);
        assert!(cover.complete);
        cover.patterns.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn small_sets() {
        assert_eq!(texts(&[], 3), Vec::<String>::new());
        assert_eq!(texts(&[5], 3), ["YNY"]);
        assert_eq!(texts(&[0, 1, 2, 3, 4, 5, 6, 7], 3), ["---"]);
        assert_eq!(texts(&[1, 3, 5, 7, 0], 3), ["Y--", "-NN"]);
        assert_eq!(texts(&[0], 0), [""]);
        // Parity: nothing can be joined.
        assert_eq!(texts(&[1, 2, 4, 7], 3), ["YYY", "YNN", "NYN", "NNY"]);
    }

    /// The recursion of the module, typed in on lists of states.
    fn naive(l: &[u64], u: &[u64], option: usize, options: usize) -> Vec<(u64, u64)> {
        let all = 1_usize << (options - option);
        if l.is_empty() {
            return vec![];
        }
        if u.len() == all {
            return vec![(0, 0)];
        }
        // An option on which neither depends gives all its patterns to `-`.
        let bit = 1_u64 << option;
        let cofactor = |f: &[u64], on: bool| -> Vec<u64> {
            f.iter().filter(|n| (*n & bit != 0) == on).map(|n| n & !bit).collect()
        };
        let minus =
            |a: &[u64], b: &[u64]| -> Vec<u64> { a.iter().filter(|n| !b.contains(n)).copied().collect() };
        let (l_n, l_y, u_n, u_y) =
            (cofactor(l, false), cofactor(l, true), cofactor(u, false), cofactor(u, true));
        let c_n = naive(&minus(&l_n, &u_y), &u_n, option + 1, options);
        let c_y = naive(&minus(&l_y, &u_n), &u_y, option + 1, options);
        let covers = |cubes: &[(u64, u64)], n: &u64| cubes.iter().any(|(set, on)| n & set == *on);
        let mut rest: Vec<u64> = l_n.iter().filter(|n| !covers(&c_n, n)).copied().collect();
        rest.extend(l_y.iter().filter(|n| !covers(&c_y, n)).copied());
        rest.sort_unstable();
        rest.dedup();
        let both: Vec<u64> = u_n.iter().filter(|n| u_y.contains(n)).copied().collect();
        let c_open = naive(&rest, &both, option + 1, options);
        let mut cubes: Vec<(u64, u64)> = c_n.iter().map(|(set, on)| (set | bit, *on)).collect();
        cubes.extend(c_y.iter().map(|(set, on)| (set | bit, on | bit)));
        cubes.extend(c_open);
        cubes
    }

    #[test]
    fn random_sets_are_covered_irredundantly_and_as_defined() {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        for round in 0..300 {
            let options = round % 7 + 1;
            let share = random.random_range(0.1..0.95);
            let numbers: Vec<u64> = (0..1_u64 << options).filter(|_| random.random_bool(share)).collect();
            let found = cover(&numbers, options, usize::MAX);
            assert!(found.complete);
            let holds =
                |patterns: &[Pattern], n: u64| patterns.iter().any(|p| p.matches(&State::from_number(n)));
            for n in 0..1_u64 << options {
                assert_eq!(holds(&found.patterns, n), numbers.contains(&n));
            }
            for drop in 0..found.patterns.len() {
                let mut fewer = found.patterns.clone();
                fewer.remove(drop);
                assert!(numbers.iter().any(|n| !holds(&fewer, *n)), "a pattern is redundant");
            }
            let cube = |(set, on)| Cube { set: [set], on: [on] };
            let mut expected: Vec<Cube<1>> =
                naive(&numbers, &numbers, 0, options).into_iter().map(cube).collect();
            expected.sort_unstable_by(Cube::order);
            let expected: Vec<Pattern> = expected.iter().map(|c| c.pattern(options)).collect();
            assert_eq!(found.patterns, expected);
            let mut words = vec![0_u64; (1_usize << options).div_ceil(64)];
            for n in &numbers {
                words[*n as usize / 64] |= 1 << (n % 64);
            }
            assert_eq!(cover_of_table(&words, options, usize::MAX), found);
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        let cut = cover(&[1, 2, 4, 7], 3, 2);
        assert!(!cut.complete && cut.patterns.len() == 2);
    }
}
