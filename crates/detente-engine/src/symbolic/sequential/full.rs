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
//! What several do together is asked about party by party: which of the states that their step improves for all lead to
//! a sanction for this one. There the step is a piece ([`Piece`]) in the place of the actor's improvements, and the
//! opponents are all movers without the party. The unstable states are those in which every party agrees.
//!
//! # Order of variables
//! The order that suits the rules and statements does not suit the regions. After some work, and
//! again after four times as much, all that is held is sifted ([`Shelf`]) and the search goes on in
//! the order found; it is the actor's own, and its sseq begins where its seq ended.
//!
//! # Limits
//! About one closure per level that occurs; regions are diagrams and can grow exponentially with
//! the options. Stopped early, the states found unstable so far are unstable.
//!
//! # Source
//! docs/symbolic.md, "method T": measurements, and what was tried without gain.

use detente_model::{Concept, Sequences};

use super::super::board::{Board, FrozenBoard, Player};
use super::super::diagram::{Diagrams, Frozen, Halt, Set, Shelf};
use super::judged;
use crate::{Event, Quiet, Watch};

/// Regions between two progress events.
const TELL: usize = 32;
/// Steps of work until the order of variables is looked at for the first time; each next time
/// after so many times as many.
pub(crate) const FIRST_ORDER: u64 = 1 << 20;
const NEXT_ORDER: u64 = 4;

/// What a full search found.
#[derive(Default)]
pub(crate) struct Found {
    /// States that are not stable.
    pub(crate) unstable: Frozen,
    /// Why it is perhaps not all of them.
    pub(crate) halt: Option<Halt>,
    /// Share of the tree that is done, 0 to 1.
    pub(crate) share: f64,
    /// Steps of work that it took.
    pub(crate) steps: u64,
    /// The order of variables at its end: at each position, the position in the board given.
    pub(crate) order: Vec<usize>,
}

/// What is searched.
#[derive(Clone, Copy)]
pub(crate) struct Problem<'b> {
    /// The game.
    pub(crate) board: &'b FrozenBoard,
    /// Place of the actor.
    pub(crate) actor: usize,
    /// What it would do with others: the joint mover, and its piece; `None`: its own improvements.
    pub(crate) with: Option<(usize, usize)>,
    /// Seq or sseq.
    pub(crate) concept: Concept,
    /// What counts as a sequence of moves.
    pub(crate) sequences: Sequences,
    /// Steps of work until another order of variables is looked for: [`FIRST_ORDER`].
    pub(crate) order_after: u64,
}

/// The unstable states of the problem, with at most `memory` bytes for diagrams. `order`: an order
/// of variables to begin with, as in [`Found`]; that of the board when empty.
pub(crate) fn unstable(problem: Problem<'_>, order: &[usize], memory: u64, watch: &dyn Watch) -> Found {
    let arranged = if order.is_empty() { None } else { problem.board.arranged(order, memory) };
    let (board, order) = match &arranged {
        Some(board) => (board, order.to_vec()),
        None => (problem.board, (0..problem.board.positions()).collect()),
    };
    let mut d = Diagrams::new(memory, watch);
    let begin = board.thaw(&mut d).and_then(|board| {
        let judged = judged(&mut d, &board, &board.players[problem.actor], problem.concept)?;
        Ok((board, judged))
    });
    let (board, judged) = match begin {
        Ok(begin) => begin,
        Err(halt) => return Found { halt: Some(halt), ..Found::default() },
    };
    let feasible = board.feasible.clone();
    let asked = match problem.with.map(|(joint, piece)| &board.joint[joint].pieces[piece]) {
        Some(piece) => piece.wanted.clone(),
        None => feasible.clone(),
    };
    let root = Region { digit: 0, share: 1.0, states: feasible.clone(), held: feasible, asked };
    let mut tree = Tree {
        unstable: d.constant(false),
        d,
        board,
        actor: problem.actor,
        with: problem.with,
        judged,
        sequences: problem.sequences,
        open: vec![root],
        share: 0.0,
        order,
        order_at: problem.order_after,
        memory,
    };
    let halt = tree.run().err();
    tree.found(halt)
}

struct Tree<'w> {
    d: Diagrams<'w>,
    board: Board,
    actor: usize,
    with: Option<(usize, usize)>,
    judged: Vec<Set>,
    sequences: Sequences,
    open: Vec<Region>,
    unstable: Set,
    share: f64,
    order: Vec<usize>,
    /// The next look at the order is after this many steps.
    order_at: u64,
    memory: u64,
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

/// One whose improvements count.
#[derive(Clone, Copy)]
enum Opponent {
    /// An actor, by place.
    Actor(usize),
    /// Several together, by place among them.
    Together(usize),
}

/// The states of a region whose next digit is 0.
enum Lower {
    Exactly(Set),
    /// At least all that matter.
    AllThatMatter,
}

impl<'w> Tree<'w> {
    fn run(&mut self) -> Result<(), Halt> {
        let mut count = 0_usize;
        while let Some(region) = self.open.last() {
            let share = region.share;
            let before = self.open.len() - 1;
            self.split()?;
            if self.open.len() == before {
                self.share += share;
            } else if self.open.len() == before + 1 {
                // One half is settled; what is left weighs as much as the whole.
                self.open[before].share = share;
            }
            count += 1;
            if count.is_multiple_of(TELL) {
                let nodes = format!("{count} regions, {} nodes", self.d.used());
                self.d.watch().event(Event::Step(&nodes, Some(self.share)));
            }
        }
        Ok(())
    }

    fn player(&self) -> &Player {
        &self.board.players[self.actor]
    }

    /// Those of `asked` from which what is in question leads into `target`.
    fn leading(&mut self, asked: &Set, target: &Set) -> Result<Set, Halt> {
        let Self { d, board, .. } = self;
        match self.with {
            Some((joint, piece)) => {
                let into = board.joint[joint].pieces[piece].before(d, target)?;
                d.and(asked, &into)
            }
            None => {
                let player = &board.players[self.actor];
                d.leading_by(asked, &player.gain, target, player.id)
            }
        }
    }

    /// Takes the last open region away and puts what is left to do in it in its place.
    fn split(&mut self) -> Result<(), Halt> {
        let Some(mut region) = self.open.pop() else { return Ok(()) };
        let digit = region.digit;
        if region.asked.is_empty() || digit >= self.judged.len() {
            // Where no digit is left, f equals the level: sanctioned.
            return Ok(());
        }
        region.asked = self.leading(&region.asked, &region.states)?;
        if region.asked.is_empty() {
            return Ok(());
        }
        let low = self.d.without(&region.held, &self.judged[digit])?;
        let high = self.d.and(&region.held, &self.judged[digit])?;
        let asked_low = self.d.without(&region.asked, &self.player().levels[digit].clone())?;
        if high.is_empty() {
            self.push(&region, region.states.clone(), low, asked_low);
            return Ok(());
        }
        // Open until it is split, so that it is there under another order of variables, too.
        self.open.push(region);
        let lower = self.lower(low)?;
        let Some(region) = self.open.pop() else { return Ok(()) };
        let level = self.player().levels[digit].clone();
        let low = self.d.without(&region.held, &self.judged[digit])?;
        let asked_low = self.d.without(&region.asked, &level)?;
        let lower = match lower {
            Lower::Exactly(lower) => lower,
            Lower::AllThatMatter => {
                self.push(&region, region.states.clone(), low, asked_low);
                return Ok(());
            }
        };
        let high = self.d.and(&region.held, &self.judged[digit])?;
        let upper = self.d.without(&region.states, &lower)?;
        let found = self.leading(&asked_low, &upper)?;
        self.unstable = self.d.or(&self.unstable, &found)?;
        let asked_low = self.d.without(&asked_low, &found)?;
        let asked_high = self.d.and(&region.asked, &level)?;
        let (low, high) = match self.sequences {
            Sequences::Single => (low, high),
            _ => (self.d.and(&lower, &low)?, self.d.and(&upper, &high)?),
        };
        self.push(&region, lower, low, asked_low);
        self.push(&region, upper, high, asked_high);
        Ok(())
    }

    /// Opens a half of `region`.
    fn push(&mut self, region: &Region, states: Set, held: Set, asked: Set) {
        if !asked.is_empty() && !states.is_empty() {
            let (digit, share) = (region.digit + 1, region.share / 2.0);
            self.open.push(Region { digit, share, states, held, asked });
        }
    }

    /// The states of the last open region from which the opponents' improvements lead into `target`.
    fn lower(&mut self, mut target: Set) -> Result<Lower, Halt> {
        let Some(region) = self.open.last() else { return Ok(Lower::Exactly(target)) };
        if target.is_empty() {
            return Ok(Lower::Exactly(target));
        }
        let player = &self.board.players[self.actor];
        let mut matter = match self.with {
            Some((joint, piece)) => {
                let there = self.board.joint[joint].pieces[piece].after(&mut self.d, &region.asked)?;
                self.d.and(&there, &region.states)?
            }
            None => self.d.out_by(&region.states, &player.gain, &region.asked, player.id)?,
        };
        let mut set = self.d.and(&target, &region.states)?;
        if self.d.without(&matter, &set)?.is_empty() {
            return Ok(Lower::AllThatMatter);
        }
        let others = (0..self.board.players.len()).filter(|&at| at != self.actor).map(Opponent::Actor);
        let several = self.board.joint.iter().enumerate().filter(|(_, joint)| !joint.has(self.actor));
        let opponents: Vec<Opponent> = others.chain(several.map(|(at, _)| Opponent::Together(at))).collect();
        // What the closure was when each opponent had its last turn: what is new since then is
        // all that can lead it further, because the improvements of one mover are transitive.
        let mut seen: Vec<Set> = vec![self.d.constant(false); opponents.len()];
        let mut idle = 0;
        for (turn, &opponent) in opponents.iter().enumerate().cycle() {
            if self.d.steps_taken() >= self.order_at {
                let held = [&mut target, &mut matter, &mut set];
                self.look_for_an_order(held.into_iter().chain(&mut seen).collect())?;
            }
            let Self { d, board, open, .. } = self;
            let Some(Region { states, .. }) = open.last() else { break };
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
            let more = match opponent {
                Opponent::Actor(at) => {
                    let opponent = &board.players[at];
                    d.leading_by(&rest, &opponent.gain, &from, opponent.id)?
                }
                Opponent::Together(at) => {
                    let mut more = d.constant(false);
                    for piece in &board.joint[at].pieces {
                        let into = piece.before(d, &from)?;
                        let wanted = d.and(&rest, &piece.wanted)?;
                        let into = d.and(&wanted, &into)?;
                        more = d.or(&more, &into)?;
                    }
                    more
                }
            };
            if more.is_empty() {
                idle += 1;
            } else {
                idle = 1;
                set = d.or(&set, &more)?;
                if d.without(&matter, &set)?.is_empty() {
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

    /// Looks for an order of variables in which all that is held takes fewer nodes, and goes on
    /// in it; `also`: what is held besides.
    fn look_for_an_order(&mut self, also: Vec<&mut Set>) -> Result<(), Halt> {
        let mut sets = self.board.sets();
        let board = sets.len();
        sets.extend(self.judged.iter().cloned());
        for region in &self.open {
            sets.extend([region.states.clone(), region.held.clone(), region.asked.clone()]);
        }
        sets.push(self.unstable.clone());
        sets.extend(also.iter().map(|set| (**set).clone()));
        let frozen = self.d.freeze(&sets);
        drop(sets);
        let rest = self.memory.saturating_sub(self.d.bytes());
        let mut shelf = Shelf::new(&frozen, self.order.len(), rest);
        let before = shelf.used();
        // Where there is no memory to sift, it goes on as it is.
        let _ = shelf.sift(self.d.watch());
        self.order_at = self.d.steps_taken() * NEXT_ORDER;
        if shelf.used() >= before {
            return Ok(());
        }
        let pairs = shelf.pairs();
        let shape = self.board.shape().arranged(&pairs);
        self.order = pairs.iter().map(|&pair| self.order[pair]).collect();
        let frozen = shelf.freeze();
        drop(shelf);
        self.d.clear();
        let mut sets = self.d.thaw(&frozen)?.into_iter();
        self.board = Board::of(&mut self.d, &shape, &mut sets)?;
        let mut all: Vec<&mut Set> = self.judged.iter_mut().collect();
        for region in &mut self.open {
            all.extend([&mut region.states, &mut region.held, &mut region.asked]);
        }
        all.push(&mut self.unstable);
        debug_assert_eq!(board + all.len() + also.len(), frozen.roots.len());
        for (set, new) in all.into_iter().zip(&mut sets) {
            *set = new;
        }
        for (set, new) in also.into_iter().zip(sets) {
            *set = new;
        }
        Ok(())
    }

    /// What was found, in the order of the board that was given.
    fn found(self, halt: Option<Halt>) -> Found {
        let Self { d, unstable, share, order, memory, .. } = self;
        let steps = d.steps_taken();
        let frozen = d.freeze(&[unstable]);
        let rest = memory.saturating_sub(d.bytes());
        let mut back = vec![0; order.len()];
        for (position, &pair) in order.iter().enumerate() {
            back[pair] = position;
        }
        let mut shelf = Shelf::new(&frozen, order.len(), rest);
        match shelf.arrange(&back, &Quiet) {
            Ok(()) => Found { unstable: shelf.freeze(), halt, share, steps, order },
            Err(failed) => Found { halt: Some(halt.unwrap_or(failed)), steps, ..Found::default() },
        }
    }
}
