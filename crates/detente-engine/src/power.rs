//! What votes are worth: exact power indices of a weighted majority.
//!
//! # Definition
//! Members `1..n` with weights `w`, a quota `q`: a set of members *wins* when its weights sum to at least `q`. Member `i`
//! *swings* a set without it when the set does not win and would with `i`.
//! * *Banzhaf* (Penrose 1946; Banzhaf 1965): how many of the `2^(n−1)` sets without `i` it swings; the index is its share
//!   of all swings.
//! * *Shapley–Shubik* (1954): in how many of the `n!` orders of arrival `i` makes the arrived a winning set: the sum of
//!   `|S|! (n−|S|−1)!` over the sets `S` that it swings.
//!
//! # Method
//! Generating functions (Mann & Shapley 1962): losing sets are counted by size and weight, member after member; what a
//! member adds is taken off again to count the sets without it. Whole numbers of any size: nothing is rounded.
//!
//! # Complexity
//! `n² · q` additions of numbers of `n` bits, and `n · q` of them in memory.

use num_bigint::BigUint;

use crate::LimitHit;
use crate::caps::POWER;

/// What the votes of one member are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Power {
    /// How many sets it swings.
    pub swings: BigUint,
    /// In how many orders of arrival it decides.
    pub decides: BigUint,
}

/// What the votes of all members are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Powers {
    /// In the order of the weights.
    pub members: Vec<Power>,
    /// The swings of all: what the Banzhaf index is a share of.
    pub swings: BigUint,
    /// `n!`: the orders of arrival.
    pub orders: BigUint,
}

/// The power of members with these `weights`, in votes, where `quota` votes (at least 1) are needed.
///
/// # Errors
/// [`POWER`], where the sets would take more steps to count: then nothing is counted.
pub fn power(weights: &[u64], quota: u64) -> Result<Powers, LimitHit> {
    let n = weights.len();
    let work = (n as u64).saturating_mul(n as u64).saturating_mul(quota);
    if work > POWER.most {
        return Err(POWER.hit("what votes are worth", "not begun", ""));
    }
    let quota = usize::try_from(quota).unwrap_or(usize::MAX);
    // Losing sets by size and weight; what wins is not kept.
    let mut sets = vec![vec![BigUint::ZERO; quota]; n + 1];
    if let Some(empty) = sets.first_mut().and_then(|row| row.first_mut()) {
        *empty = BigUint::from(1_u32);
    }
    for &weight in weights {
        let weight = usize::try_from(weight).unwrap_or(usize::MAX);
        for size in (1..=n).rev() {
            for sum in (weight..quota).rev() {
                let with = sets[size - 1][sum - weight].clone();
                sets[size][sum] += with;
            }
        }
    }
    let factorials: Vec<BigUint> = (0..=n as u32)
        .scan(BigUint::from(1_u32), |product, k| {
            *product *= k.max(1);
            Some(product.clone())
        })
        .collect();
    let members: Vec<Power> = weights.iter().map(|&weight| of(&sets, weight, quota, &factorials)).collect();
    let swings = members.iter().map(|member| &member.swings).sum();
    let orders = factorials.last().cloned().unwrap_or_else(|| BigUint::from(1_u32));
    Ok(Powers { members, swings, orders })
}

/// The power of one member, from the losing sets of all.
fn of(sets: &[Vec<BigUint>], weight: u64, quota: usize, factorials: &[BigUint]) -> Power {
    let n = sets.len() - 1;
    let weight = usize::try_from(weight).unwrap_or(usize::MAX);
    let mut power = Power { swings: BigUint::ZERO, decides: BigUint::ZERO };
    // Sets without it, size by size: those with it are those without it of one less, and its weight more.
    let mut before: Vec<BigUint> = Vec::new();
    for size in 0..n {
        let mut without = sets[size].clone();
        for (sum, count) in without.iter_mut().enumerate().skip(weight) {
            if let Some(with) = before.get(sum - weight) {
                *count -= with;
            }
        }
        let swung: BigUint = without[quota.saturating_sub(weight)..].iter().sum();
        power.decides += &swung * &factorials[size] * &factorials[n - size - 1];
        power.swings += swung;
        before = without;
    }
    power
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// By every set and every order.
    fn by_hand(weights: &[u64], quota: u64) -> Vec<(u64, u64)> {
        let n = weights.len();
        let sum = |set: usize| (0..n).filter(|i| set >> i & 1 == 1).map(|i| weights[i]).sum::<u64>();
        let factorial = |k: usize| (1..=k as u64).product::<u64>();
        (0..n)
            .map(|i| {
                let swung = (0..1_usize << n)
                    .filter(|set| set >> i & 1 == 0 && sum(*set) < quota && sum(*set | 1 << i) >= quota);
                swung.fold((0, 0), |(swings, decides), set| {
                    let size = set.count_ones() as usize;
                    (swings + 1, decides + factorial(size) * factorial(n - size - 1))
                })
            })
            .collect()
    }

    #[test]
    fn indices_are_what_every_set_and_every_order_say() -> Result<(), LimitHit> {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        for _ in 0..1_500 {
            let n = random.random_range(1..=7_usize);
            let weights: Vec<u64> = (0..n).map(|_| random.random_range(0..=9)).collect();
            let quota = random.random_range(1..=20);
            let found = power(&weights, quota)?;
            let all = by_hand(&weights, quota);
            let big = |(swings, decides): &(u64, u64)| Power {
                swings: (*swings).into(),
                decides: (*decides).into(),
            };
            assert_eq!(found.members, all.iter().map(big).collect::<Vec<_>>(), "{weights:?} {quota}");
            assert_eq!(found.orders, (1..=n as u64).product::<u64>().into());
            // Somebody decides in every order in which all together win.
            let decided: BigUint = found.members.iter().map(|member| &member.decides).sum();
            let wins = weights.iter().sum::<u64>() >= quota;
            assert_eq!(decided, if wins { found.orders } else { BigUint::ZERO });
        }
        Ok(())
    }

    /// Published: the Council of the six, 1958 (weights 4 4 4 2 2 1, quota 12): Banzhaf 10 10 10 6 6 0 of 42;
    /// Shapley–Shubik 14/60 each for the large, 9/60 for the middle, 0 for Luxembourg.
    #[test]
    fn the_council_of_1958_gives_luxembourg_nothing() -> Result<(), LimitHit> {
        let found = power(&[4, 4, 4, 2, 2, 1], 12)?;
        let swings: Vec<BigUint> = found.members.iter().map(|member| member.swings.clone()).collect();
        assert_eq!(swings, [10_u32, 10, 10, 6, 6, 0].map(BigUint::from));
        let decides = found.members.iter().map(|member| &member.decides * 60_u32 / &found.orders);
        assert_eq!(decides.collect::<Vec<_>>(), [14_u32, 14, 14, 9, 9, 0].map(BigUint::from));
        Ok(())
    }

    /// Two members with millions of votes are as much too many as many members.
    #[test]
    fn what_would_take_too_long_is_not_begun() {
        for (members, quota) in [(60, 1 << 40), (2, 1 << 24)] {
            assert!(power(&vec![1; members], quota).is_err_and(|hit| POWER.is(&hit)), "{members} {quota}");
        }
    }
}
