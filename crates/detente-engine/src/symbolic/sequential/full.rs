//! All states that are not sequentially stable: the tree of thresholds.
//!
//! # Definition
//! Let `h(t)` be the level by which a sanction `t` of actor `i` is judged: for seq the level of
//! `t`, for sseq the best level that `i` can turn `t` into. `f(s)` is the least `h` over `s` and
//! the states that the improvements of `i`'s opponents lead to from `s`. A state `s` is unstable
//! for `i` iff `i` has an improvement `t` from `s` with `f(t)` above the level of `s`. (To count
//! `t` itself as reached is harmless: it is better than `s`.)
//!
//! # Method
//! States are split by the digits of `f`, most significant first. A region holds `R`, the states
//! whose `f` begins with the digits chosen so far, `H`, those whose own `h` does, and `Q`, the
//! states in question whose level does, with an improvement into `R`. For the next digit `k` let
//! `W` be the least set that contains `R ∧ H ∧ ¬h_k` and every state of `R` from which an
//! opponent improves into it: in `W` the next digit of `f` is 0, in `R ∖ W` it is 1. So the
//! states of `Q` with digit 0 and an improvement into `R ∖ W` are unstable, and the rest of each
//! half is settled in the two halves. Inside a region nothing outside matters: `f` never falls
//! along an improvement of an opponent, so a path between two states of `R` that starts and ends
//! with these digits keeps them.
//!
//! Three short cuts: a region with nothing in question is dropped; when no state of `H` has digit
//! 1, or none has digit 0, no closure is needed; and the closure stops as soon as it holds all
//! improvements from `Q` (the region then keeps more states than it should, none of which
//! matters).
//!
//! Under the reading `single` opponents take one step: `W` is `T = H ∧ ¬h_k` and what one
//! improvement leads into `T`, where `H` is all states whose `h` begins with the digits, in `R`
//! or not.
//!
//! # Limits
//! About one closure per level that occurs; regions are diagrams and can grow exponentially with
//! the options. Stopped early, the states found unstable so far are unstable.
//!
//! # Source
//! docs/symbolic.md, "method T": measurements, and what was tried without gain.

use detente_model::Sequences;

use super::super::board::{Board, Player};
use super::super::diagram::{Diagrams, Halt, Set};
use crate::Event;

/// Regions between two progress events.
const TELL: usize = 32;

/// What a full search found.
pub(crate) struct Found {
    /// States that are not stable.
    pub(crate) unstable: Set,
    /// Why it is perhaps not all of them.
    pub(crate) halt: Option<Halt>,
    /// Share of the tree that is done, 0 to 1.
    pub(crate) share: f64,
}

/// The unstable states of `player`, with sanctions judged by the vector `judged` (as long as the
/// levels of the player).
pub(crate) fn unstable(
    d: &mut Diagrams<'_>,
    board: &Board,
    player: &Player,
    judged: &[Set],
    sequences: Sequences,
) -> Found {
    let unstable = d.constant(false);
    let mut tree = Tree { d, board, player, judged, sequences, unstable, share: 0.0 };
    let halt = tree.run().err();
    Found { unstable: tree.unstable, halt, share: tree.share }
}

struct Tree<'t, 'w> {
    d: &'t mut Diagrams<'w>,
    board: &'t Board,
    player: &'t Player,
    judged: &'t [Set],
    sequences: Sequences,
    unstable: Set,
    share: f64,
}

/// A region to be split.
struct Region {
    digit: usize,
    /// Of all possible digits, the share that begins like this.
    share: f64,
    states: Set,
    held: Set,
    asked: Set,
}

/// The states of a region whose next digit is 0.
enum Lower {
    Exactly(Set),
    /// At least all that matter.
    AllThatMatter,
}

impl Tree<'_, '_> {
    fn run(&mut self) -> Result<(), Halt> {
        let feasible = &self.board.feasible;
        let mut open = vec![Region {
            digit: 0,
            share: 1.0,
            states: feasible.clone(),
            held: feasible.clone(),
            asked: feasible.clone(),
        }];
        let mut count = 0_usize;
        while let Some(region) = open.pop() {
            let share = region.share;
            let before = open.len();
            self.split(region, &mut open)?;
            if open.len() == before {
                self.share += share;
            } else if open.len() == before + 1 {
                // One half is settled; what is left weighs as much as the whole.
                open[before].share = share;
            }
            count += 1;
            if count.is_multiple_of(TELL) {
                let nodes = format!("{count} regions, {} nodes", self.d.used());
                self.d.watch().event(Event::Step(&nodes, Some(self.share)));
            }
        }
        Ok(())
    }

    fn split(&mut self, region: Region, open: &mut Vec<Region>) -> Result<(), Halt> {
        let Region { digit, share, states, held, asked } = region;
        if asked.is_empty() || states.is_empty() {
            return Ok(());
        }
        let (gain, mover) = (&self.player.gain, self.player.id);
        let asked = self.d.into_by(&asked, gain, &states, mover)?;
        let (Some(level), Some(judged)) = (self.player.levels.get(digit), self.judged.get(digit)) else {
            // f equals the level: sanctioned.
            return Ok(());
        };
        if asked.is_empty() {
            return Ok(());
        }
        let mut push = |states, held, asked| {
            open.push(Region { digit: digit + 1, share: share / 2.0, states, held, asked });
        };
        let low = self.d.without(&held, judged)?;
        let high = self.d.and(&held, judged)?;
        let asked_low = self.d.without(&asked, level)?;
        if high.is_empty() {
            push(states, low, asked_low);
            return Ok(());
        }
        let lower = match self.lower(&states, &low, &asked)? {
            Lower::Exactly(lower) => lower,
            Lower::AllThatMatter => {
                push(states, low, asked_low);
                return Ok(());
            }
        };
        let upper = self.d.without(&states, &lower)?;
        let found = self.d.into_by(&asked_low, gain, &upper, mover)?;
        self.unstable = self.d.or(&self.unstable, &found)?;
        let asked_low = self.d.without(&asked_low, &found)?;
        let asked_high = self.d.and(&asked, level)?;
        let (low, high) = match self.sequences {
            Sequences::Single => (low, high),
            _ => (self.d.and(&lower, &low)?, self.d.and(&upper, &high)?),
        };
        if !asked_low.is_empty() {
            push(lower, low, asked_low);
        }
        if !asked_high.is_empty() {
            push(upper, high, asked_high);
        }
        Ok(())
    }

    /// The states of the region from which the opponents' improvements lead into `target`.
    fn lower(&mut self, states: &Set, target: &Set, asked: &Set) -> Result<Lower, Halt> {
        let d = &mut *self.d;
        if target.is_empty() {
            return Ok(Lower::Exactly(target.clone()));
        }
        let matter = d.out_by(states, &self.player.gain, asked, self.player.id)?;
        let all = |d: &mut Diagrams<'_>, set: &Set| Ok(d.without(&matter, set)?.is_empty());
        let mut set = d.and(target, states)?;
        if all(d, &set)? {
            return Ok(Lower::AllThatMatter);
        }
        let opponents: Vec<&Player> = self.board.players.iter().filter(|p| p.id != self.player.id).collect();
        // What the closure was when each opponent had its last turn: what is new since then is
        // all that can lead it further, because the improvements of one actor are transitive.
        let mut seen: Vec<Set> = vec![d.constant(false); opponents.len()];
        let mut idle = 0;
        for (turn, opponent) in opponents.iter().enumerate().cycle() {
            let from = match self.sequences {
                Sequences::Single => target.clone(),
                _ => {
                    let new = d.without(&set, &seen[turn])?;
                    if d.size(&new) < d.size(&set) { new } else { set.clone() }
                }
            };
            let rest = d.without(states, &set)?;
            if rest.is_empty() {
                break;
            }
            let more = d.into_by(&rest, &opponent.gain, &from, opponent.id)?;
            if more.is_empty() {
                idle += 1;
            } else {
                idle = 1;
                set = d.or(&set, &more)?;
                if all(d, &set)? {
                    return Ok(Lower::AllThatMatter);
                }
            }
            seen[turn] = set.clone();
            let done = match self.sequences {
                Sequences::Single => turn + 1 == opponents.len(),
                _ => idle >= opponents.len(),
            };
            if done {
                break;
            }
        }
        Ok(Lower::Exactly(set))
    }
}
