//! In which of 64 models something that lasts rests on a motive.
//!
//! # Definition
//! That of [`crate::ensemble::motive`]. A state `s` stands for want of a motive where some mover has a move from `s` out of
//! the outcome to a state `t` that is worse for no party, and that some party likes as much and would not with its
//! missing wishes put back. A missing wish adds to the score what it would as written: `s` and `t`, which score the same,
//! would differ where the sums over missing parts do.
//!
//! # Complexity
//! Per state that lasts and shows the outcome in a lane not decided before: one row operation per move from it.

use super::lane::Lane;
use super::plan::Plan;
use super::{Board, Lanes, gather};
use crate::ensemble::inputs::{Ensemble, Want};
use crate::ensemble::worlds::{ALL, LANES, Part, Standing};

/// A missing part of an actor's preference: where it holds is one of the plan's terms, or several.
struct Lacking {
    /// The worlds.
    lanes: u64,
    /// Its terms, as bits.
    terms: Vec<u64>,
    /// What it adds to a sum that other parts can make up for; `None`: each part counts for more than all below it.
    weight: Option<u64>,
}

impl Lanes {
    /// Of the lanes `asked` of the batch solved last, those in which what `lasts` (lanes by state) and `shows` the outcome
    /// and what is given (each all ones by state, or zero) rests on a motive, or there is nothing of that.
    ///
    /// Checked against [`crate::ensemble::motive`], model by model, in `tests/ensemble.rs`.
    pub(crate) fn on_motive(
        &self,
        of: (&Plan, &Ensemble, &Standing),
        lasts: &[u64],
        shows: (&[u64], Option<&[u64]>),
        asked: u64,
    ) -> u64 {
        match self {
            Self::Byte(board) => board.on_motive(of, lasts, shows, asked),
            Self::Half(board) => board.on_motive(of, lasts, shows, asked),
            Self::Word(board) => board.on_motive(of, lasts, shows, asked),
        }
    }
}

impl<T: Lane> Board<T> {
    fn on_motive(
        &self,
        (plan, ensemble, standing): (&Plan, &Ensemble, &Standing),
        lasts: &[u64],
        shows: (&[u64], Option<&[u64]>),
        asked: u64,
    ) -> u64 {
        let lacking: Vec<Vec<Lacking>> =
            (0..plan.moves.len()).map(|actor| lacking(plan, ensemble, standing, actor)).collect();
        let (members, given) = shows;
        let (mut shown, mut on_motive) = (0, 0);
        for (s, lasts) in lasts.iter().enumerate() {
            let here = lasts & asked & members[s] & given.map_or(u64::MAX, |given| given[s]);
            shown |= here;
            // A lane in which one state rests on a motive is decided.
            let mut open = here & !on_motive;
            for (actor, lacking) in lacking.iter().enumerate().filter(|(_, lacking)| !lacking.is_empty()) {
                if open == 0 {
                    break;
                }
                for &t in plan.moves[actor].reached(s).iter().filter(|t| members[**t as usize] == 0) {
                    let differ = open & differ(plan, actor, lacking, s, t as usize);
                    if differ != 0 {
                        open &= !(differ & self.alike(actor, s, t as usize));
                    }
                }
            }
            for joint in &plan.joint {
                if open == 0 {
                    break;
                }
                let Some(t) = joint.from(s as u32).map(|t| t as usize).filter(|t| members[*t] == 0) else {
                    continue;
                };
                let mut freed = 0;
                for &party in joint.parties.iter().filter(|party| !lacking[**party].is_empty()) {
                    let differ = open & differ(plan, party, &lacking[party], s, t);
                    if differ != 0 {
                        freed |= differ & self.alike(party, s, t);
                    }
                }
                if freed != 0 {
                    open &=
                        !joint.parties.iter().fold(freed, |freed, party| freed & !self.worse(*party, s, t));
                }
            }
            on_motive |= open;
        }
        on_motive | asked & !shown
    }

    /// The lanes in which the actor likes `t` less than `s`.
    fn worse(&self, actor: usize, s: usize, t: usize) -> u64 {
        let score = &self.rows.score[actor];
        lanes(|l| score[t][l] < score[s][l])
    }

    /// The lanes in which both states are feasible and the actor likes them alike.
    fn alike(&self, actor: usize, s: usize, t: usize) -> u64 {
        let score = &self.rows.score[actor];
        let gone = |s: usize| self.rows.gone.get(s).map_or(0, |row| lanes(|l| row[l] != T::default()));
        lanes(|l| score[s][l] == score[t][l]) & !gone(s) & !gone(t)
    }
}

/// The lanes in which it is so.
#[inline(always)]
fn lanes(is: impl Fn(usize) -> bool) -> u64 {
    let mut row = [0_u8; LANES];
    for (l, byte) in row.iter_mut().enumerate() {
        *byte = u8::from(is(l));
    }
    gather(&row, 0)
}

/// What an actor lacks in some lane.
fn lacking(plan: &Plan, ensemble: &Ensemble, standing: &Standing, actor: usize) -> Vec<Lacking> {
    let terms = &plan.terms[actor].terms;
    let words = plan.terms[actor].count.div_ceil(64);
    let of = |part: &Part| {
        let row = &terms[part.kind][part.place];
        let own = if part.choice == ALL { &row[..] } else { &row[part.choice..=part.choice] };
        let weight = match &ensemble.wants[actor].types[part.kind] {
            Want::Weights(_) => own.first().and_then(|term| term.weight),
            Want::Statements { .. } | Want::Ranking(_) => None,
        };
        let mut bits = vec![0_u64; words];
        own.iter().for_each(|term| bits[term.number / 64] |= 1 << (term.number % 64));
        Lacking { lanes: part.lanes, terms: bits, weight }
    };
    standing.missing[actor].iter().map(of).collect()
}

/// The lanes in which what the actor lacks tells two states apart.
fn differ(plan: &Plan, actor: usize, lacking: &[Lacking], s: usize, t: usize) -> u64 {
    let (held, other) = (plan.terms[actor].bits(s), plan.terms[actor].bits(t));
    let mut all = 0;
    // Per lane: the weights that speak for the one less those that speak for the other.
    let mut sums: Option<[i128; LANES]> = None;
    for Lacking { lanes, terms, weight } in lacking {
        // The first term of its own that holds in one of the two only, and whether it holds in the first.
        let apart = held.iter().zip(other).zip(terms).find_map(|((a, b), own)| {
            let apart = (a ^ b) & own;
            (apart != 0).then(|| a & apart & apart.wrapping_neg() != 0)
        });
        match (apart, weight) {
            (None, _) => {}
            (Some(_), None) => all |= lanes,
            (Some(first), Some(weight)) => {
                let signed = if first { i128::from(*weight) } else { -i128::from(*weight) };
                let sums = sums.get_or_insert([0; LANES]);
                sums.iter_mut()
                    .enumerate()
                    .filter(|(l, _)| lanes >> l & 1 == 1)
                    .for_each(|(_, sum)| *sum += signed);
            }
        }
    }
    let told = |sums: [i128; LANES]| (0..LANES).fold(0, |all, l| all | u64::from(sums[l] != 0) << l);
    all | sums.map_or(0, told)
}
