//! An actor's order of states as a vector of functions.
//!
//! # Definition
//! A *level vector* is a list of sets; the level of a state is the list of truths of "the state is
//! in set k", compared lexicographically, true above false. Every preference becomes one:
//! - statements: themselves;
//! - weights: the binary digits of the sum, most significant first, shifted so that the least
//!   possible sum is 0 (an adder over functions, one per statement);
//! - a ranking: the binary digits of the number of groups below.
//!
//! # Complexity
//! Statements: one diagram each. Weights: additions of one-digit numbers; the diagrams of digits
//! can have as many nodes as there are different sums, times the options.

use detente_model::{Preference, RankEntry, Ranking, Weighed};

use super::diagram::{Diagrams, Halt, Set};
use super::formula::{Formulas, join};

/// The level vector of a preference.
pub(crate) fn levels(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    preference: &Preference,
) -> Result<Vec<Set>, Halt> {
    match preference {
        Preference::Statements(list) => list.iter().map(|s| formulas.set(d, &s.that)).collect(),
        Preference::Weights(list) => weights(d, formulas, list),
        Preference::Ranking(ranking) => {
            let groups = groups(d, formulas, ranking)?;
            digits_of_groups(d, &groups)
        }
    }
}

/// The sets of a ranking's groups, best first.
pub(crate) fn groups(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    ranking: &Ranking,
) -> Result<Vec<Set>, Halt> {
    let mut groups = Vec::with_capacity(ranking.groups.len());
    for group in &ranking.groups {
        let mut sets = Vec::with_capacity(group.len());
        for entry in group {
            sets.push(match entry {
                RankEntry::State(state) => formulas.state(d, state)?,
                RankEntry::Pattern(pattern) => formulas.pattern(d, pattern)?,
                RankEntry::Formula(formula) => formulas.set(d, formula)?,
            });
        }
        groups.push(join(d, sets, false)?);
    }
    Ok(groups)
}

/// Digit k of "groups that come after mine, plus one"; states in no group: 0. In overlaps the
/// first group counts.
fn digits_of_groups(d: &mut Diagrams<'_>, groups: &[Set]) -> Result<Vec<Set>, Halt> {
    let count = groups.len();
    let digits = usize::BITS - count.leading_zeros();
    let mut members: Vec<Vec<Set>> = vec![Vec::new(); digits as usize];
    let mut rest = d.constant(true);
    for (at, group) in groups.iter().enumerate() {
        let mine = d.and(group, &rest)?;
        rest = d.without(&rest, group)?;
        for (digit, sets) in members.iter_mut().rev().enumerate() {
            if (count - at) >> digit & 1 == 1 {
                sets.push(mine.clone());
            }
        }
    }
    members.into_iter().map(|sets| join(d, sets, false)).collect()
}

/// The digits of `Σ |w| ∧ (w > 0 ? φ : ¬φ)`: the sum of weights of the true statements minus its
/// least possible value.
fn weights(d: &mut Diagrams<'_>, formulas: &mut Formulas, list: &[Weighed]) -> Result<Vec<Set>, Halt> {
    // Least significant first while adding.
    let mut sum: Vec<Set> = Vec::new();
    let mut most: u128 = 0;
    for weighed in list {
        let amount = weighed.weight.unsigned_abs();
        if amount == 0 {
            continue;
        }
        let holds = formulas.set(d, &weighed.that)?;
        let counts = if weighed.weight > 0 { holds } else { d.not(&holds) };
        most += u128::from(amount);
        let mut carry = d.constant(false);
        for digit in 0..(u128::BITS - most.leading_zeros()) as usize {
            let none = d.constant(false);
            let a = sum.get(digit).cloned().unwrap_or_else(|| none.clone());
            let b = if digit < 64 && amount >> digit & 1 == 1 { counts.clone() } else { none };
            let differ = d.iff(&a, &b)?;
            let differ = d.not(&differ);
            let same_as_carry = d.iff(&differ, &carry)?;
            let total = d.not(&same_as_carry);
            carry = d.ite(&differ, &carry, &a)?;
            if digit < sum.len() {
                sum[digit] = total;
            } else {
                sum.push(total);
            }
        }
    }
    sum.reverse();
    // A digit that is the same everywhere decides nothing.
    Ok(sum.into_iter().filter(|set| !set.is_empty() && !set.is_all()).collect())
}

/// Where `a` is above `b`: a lexicographic comparison of two vectors of one length.
pub(crate) fn above(d: &mut Diagrams<'_>, a: &[Set], b: &[Set]) -> Result<Set, Halt> {
    let mut result = d.constant(false);
    for (a, b) in a.iter().zip(b).rev() {
        if a == b {
            continue;
        }
        // Different: a decides. Same: what follows decides.
        let same = d.iff(a, b)?;
        result = d.ite(&same, &result, a)?;
    }
    Ok(result)
}

/// The lower of two values of one length, state by state.
pub(crate) fn lower(d: &mut Diagrams<'_>, a: &[Set], b: &[Set]) -> Result<Vec<Set>, Halt> {
    let b_lower = above(d, a, b)?;
    a.iter().zip(b).map(|(a, b)| d.ite(&b_lower, b, a)).collect()
}
