//! Models of few states, 64 at a time.
// Lanes of several rows go in step: an index says so, and the compiler makes vectors of it.
#![allow(clippy::needless_range_loop)]

mod improve;
mod kernel;
mod lane;
mod motive;
pub(crate) mod plan;

use detente_model::{Answers, Concept};
use rand::RngExt;

use super::inputs::Ensemble;
use super::worlds::{ALL, LANES, Standing};
use crate::caps::WALK;
use crate::explicit::dense::dispatch::{Level, run_at};
use kernel::{Batch, Rows};
use lane::{Lane, Row};
use plan::{Doubt, NOWHERE, Plan};

/// A solver of 64 models with scores of some width.
pub(crate) enum Lanes {
    /// 8 statements per actor at most.
    Byte(Board<u8>),
    /// 16.
    Half(Board<u16>),
    /// 32.
    Word(Board<u32>),
}

/// Rows and what fills them.
pub(crate) struct Board<T> {
    rows: Rows<T>,
    level: Level,
}

/// Verdicts of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdicts {
    /// Per state: the lanes in which it is feasible; empty: everywhere.
    pub(crate) feasible: Vec<u64>,
    /// Per concept asked for and state: the lanes in which it is an equilibrium.
    pub(crate) lasting: Vec<Vec<u64>>,
}

/// Where a walk from the status quo ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At the state in this place, which nobody leaves.
    At(usize),
    /// Nowhere within the steps allowed, [`WALK`].
    Moving,
    /// The status quo is not possible in this model.
    NoStart,
}

impl Lanes {
    /// `None`: the scores are too wide.
    pub(crate) fn new(plan: &Plan) -> Option<Self> {
        let most = plan.terms.iter().map(|terms| terms.most).max().unwrap_or(0);
        let level = Level::best();
        Some(match most {
            0..=0xff => Self::Byte(Board { rows: Rows::new(plan), level }),
            0x100..=0xffff => Self::Half(Board { rows: Rows::new(plan), level }),
            0x1_0000..=0xffff_ffff => Self::Word(Board { rows: Rows::new(plan), level }),
            _ => return None,
        })
    }

    /// The verdicts in 64 worlds.
    pub(crate) fn solve(
        &mut self,
        plan: &Plan,
        standing: &Standing,
        concepts: &[Concept],
        into: &mut Verdicts,
    ) {
        match self {
            Self::Byte(board) => board.solve(plan, standing, concepts, into),
            Self::Half(board) => board.solve(plan, standing, concepts, into),
            Self::Word(board) => board.solve(plan, standing, concepts, into),
        }
    }

    /// A walk from `start` in one lane of the batch solved last: at each step one of the actors that
    /// have an improvement, each as likely as its weight, takes one of its improvements, each as likely.
    pub(crate) fn walk(&self, plan: &Plan, start: usize, lane: usize, random: &mut impl rand::Rng) -> End {
        match self {
            Self::Byte(board) => board.walk(plan, start, lane, random),
            Self::Half(board) => board.walk(plan, start, lane, random),
            Self::Word(board) => board.walk(plan, start, lane, random),
        }
    }
}

fn bit(concept: Concept) -> u8 {
    match (concept.answers(), concept.way_out()) {
        (Answers::Nothing, _) => kernel::NASH,
        (Answers::Moves, false) => kernel::GMR,
        (Answers::Moves, true) => kernel::SMR,
        (Answers::Improvements, false) => kernel::SEQ,
        (Answers::Improvements, true) => kernel::SSEQ,
        // Not solved in lanes: who makes the plan sees to that.
        (Answers::AtOnce, _) => 0,
    }
}

impl<T: Lane> Board<T> {
    fn solve(&mut self, plan: &Plan, standing: &Standing, concepts: &[Concept], into: &mut Verdicts) {
        feasible(plan, standing, &mut into.feasible);
        if !plan.doubts.is_empty() {
            for (row, lanes) in self.rows.gone.iter_mut().zip(&into.feasible) {
                *row = spread(!lanes, T::MOST);
            }
        }
        self.rows.value.iter_mut().for_each(|value| value.fill([T::default(); LANES]));
        for ((terms, parts), value) in plan.terms.iter().zip(&standing.parts).zip(&mut self.rows.value) {
            for part in parts {
                let Some(row) = terms.terms.get(part.kind).and_then(|kind| kind.get(part.place)) else {
                    continue;
                };
                // A ranking has one term per bit of its scores, all of which count together.
                let terms = if part.choice == ALL {
                    &row[..]
                } else {
                    row.get(part.choice..=part.choice).unwrap_or(&[])
                };
                for term in terms {
                    let added = spread(part.lanes, T::from_bits(Plan::value(term, part)));
                    for (value, added) in value[term.number].iter_mut().zip(added) {
                        *value = value.plus(added);
                    }
                }
            }
        }
        let wanted = concepts.iter().fold(0, |all, c| all | bit(*c));
        run_at(self.level, &mut Batch { plan, rows: &mut self.rows, wanted });
        into.lasting.resize_with(concepts.len(), Vec::new);
        for (concept, lasting) in concepts.iter().zip(&mut into.lasting) {
            let at = bit(*concept).trailing_zeros();
            lasting.clear();
            lasting.extend(self.rows.verdict.iter().map(|row| gather(row, at)));
            for (lanes, feasible) in lasting.iter_mut().zip(&into.feasible) {
                *lanes &= feasible;
            }
        }
        let stands = standing_lanes(plan, standing, &into.feasible);
        for lasting in &mut into.lasting {
            for (lanes, stands) in lasting.iter_mut().zip(&stands) {
                *lanes &= stands;
            }
        }
    }

    fn walk(&self, plan: &Plan, start: usize, lane: usize, random: &mut impl rand::Rng) -> End {
        let gone = |s: usize| self.rows.gone.get(s).is_some_and(|row| row[lane] != T::default());
        if gone(start) {
            return End::NoStart;
        }
        let (actors, groups) = &plan.weights;
        let mut at = start;
        let mut ways: Vec<Vec<u32>> = vec![Vec::new(); actors.len() + groups.len()];
        for _ in 0..WALK.size() {
            let better = |actor: usize, t: u32| {
                let score = &self.rows.score[actor];
                score[t as usize][lane] > score[at][lane] && !gone(t as usize)
            };
            for (actor, (moves, ways)) in plan.moves.iter().zip(&mut ways).enumerate() {
                ways.clear();
                ways.extend(moves.reached(at).iter().filter(|t| better(actor, **t)));
            }
            for ((_, movers), ways) in groups.iter().zip(&mut ways[actors.len()..]) {
                ways.clear();
                let ends =
                    movers.iter().filter_map(|mover| plan.joint[*mover].from(at as u32).map(|t| (mover, t)));
                let wanted =
                    |mover: &usize, t| plan.joint[*mover].parties.iter().all(|party| better(*party, t));
                ways.extend(ends.filter(|(mover, t)| wanted(mover, *t)).map(|(_, t)| t));
            }
            let weights = actors.iter().chain(groups.iter().map(|(weight, _)| weight));
            let movable = || weights.clone().zip(&ways).filter(|(_, ways)| !ways.is_empty());
            let total: u64 = movable().map(|(weight, _)| *weight).sum();
            if total == 0 {
                return End::At(at);
            }
            let mut drawn = random.random_range(0..total);
            let mover = movable().find(|(weight, _)| {
                let here = drawn < **weight;
                drawn = drawn.saturating_sub(**weight);
                here
            });
            let Some((_, ways)) = mover else { break };
            at = ways[random.random_range(0..ways.len())] as usize;
        }
        End::Moving
    }
}

/// The lanes in which each state is feasible; empty: all.
fn feasible(plan: &Plan, standing: &Standing, into: &mut Vec<u64>) {
    into.clear();
    if plan.doubts.is_empty() {
        return;
    }
    into.resize(plan.numbers.len(), u64::MAX);
    for (doubt, states) in &plan.doubts {
        let forbids = match doubt {
            Doubt::Rule(at) => standing.rules[*at],
            Doubt::Option(at) => !standing.options[*at],
        };
        for s in states {
            into[*s as usize] &= !forbids;
        }
    }
}

/// Per state: the lanes in which it is within reach of where things stand and no date undoes it; empty: everywhere.
fn standing_lanes(plan: &Plan, standing: &Standing, feasible: &[u64]) -> Vec<u64> {
    let possible = |s: usize| feasible.get(s).copied().unwrap_or(u64::MAX);
    let mut stands = match plan.start {
        None if plan.dates.is_empty() && plan.slice.is_empty() => return Vec::new(),
        None => vec![u64::MAX; plan.numbers.len()],
        Some(start) => {
            let mut reach = vec![0_u64; plan.numbers.len()];
            // An option that is not there is off where things stand.
            let missing = |lane: usize| {
                let off = standing.options.iter().enumerate().filter(|(_, lanes)| *lanes >> lane & 1 == 0);
                off.fold(0_u64, |bits, (option, _)| bits | 1 << option)
            };
            for lane in 0..LANES {
                if let Ok(at) = plan.numbers.binary_search(&(start & !missing(lane))) {
                    reach[at] |= possible(at) & 1 << lane;
                }
            }
            loop {
                let before = reach.clone();
                for moves in &plan.moves {
                    if moves.two_way {
                        for group in &moves.groups {
                            let some = group.iter().fold(0, |some, s| some | reach[*s as usize]);
                            group.iter().for_each(|s| reach[*s as usize] |= some & possible(*s as usize));
                        }
                    } else {
                        for (s, to) in moves.reach.iter().enumerate() {
                            let here = reach[s];
                            to.iter().for_each(|t| reach[*t as usize] |= here & possible(*t as usize));
                        }
                    }
                }
                for (s, to) in plan.joint.iter().flat_map(|joint| &joint.arcs) {
                    reach[*to as usize] |= reach[*s as usize] & possible(*to as usize);
                }
                for date in &plan.dates {
                    for (s, to) in date.iter().enumerate().filter(|(_, to)| **to != NOWHERE) {
                        reach[*to as usize] |= reach[s] & possible(*to as usize);
                    }
                }
                if reach == before {
                    break reach;
                }
            }
        }
    };
    for (stands, here) in stands.iter_mut().zip(&plan.slice) {
        *stands &= if *here { u64::MAX } else { 0 };
    }
    for date in &plan.dates {
        for (s, _) in date.iter().enumerate().filter(|(s, to)| **to as usize != *s) {
            stands[s] = 0;
        }
    }
    stands
}

/// `value` in the lanes of `lanes`, 0 elsewhere.
fn spread<T: Lane>(lanes: u64, value: T) -> Row<T> {
    let mut row = [T::default(); LANES];
    for (l, to) in row.iter_mut().enumerate() {
        *to = value.without(T::mask(lanes >> l & 1 == 0));
    }
    row
}

/// Bit `at` of each byte, as one word.
fn gather(row: &Row<u8>, at: u32) -> u64 {
    let mut word = 0;
    for (eight, bytes) in row.as_chunks::<8>().0.iter().enumerate() {
        // Eight bits, one in each byte, come together in the highest byte of the product.
        let bits = u64::from_le_bytes(*bytes) >> at & 0x0101_0101_0101_0101;
        word |= (bits.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * eight);
    }
    word
}

/// Whether the models of `ensemble` can be solved in lanes: option form, moves that no model changes, known directions.
/// [`Plan::new`] looks at the moves themselves.
pub(crate) fn possible(ensemble: &Ensemble, concepts: &[Concept]) -> bool {
    use super::inputs::Want;
    let game = &ensemble.conflict.game;
    let known = ensemble.wants.iter().flat_map(|wants| &wants.types).all(|want| match want {
        Want::Statements { slots, .. } => slots.iter().flat_map(|slot| &slot.choices).all(|s| !s.unknown),
        Want::Weights(_) | Want::Ranking(_) => true,
    });
    known
        && !ensemble.changes_more()
        && game.option_form().is_some_and(|form| form.cannot.is_empty() && form.options.len() <= 64)
        && !concepts.iter().any(|concept| concept.at_once())
}
