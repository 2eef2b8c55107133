//! Breadth-first search over legal sequences.
//!
//! # Definition
//! A **legal sequence** from `s` is a sequence of moves (or improvements) of given movers in which
//! none moves twice in a row (Fang, Hipel & Kilgour 1993). The other readings: every actor takes part in at most
//! one step (`once`), one move only (`single`). A search visits pairs of a state and what must be
//! remembered of the way to it: nothing, the last mover, or who has taken part.
//!
//! Where the moves of *all* movers are transitive nothing is remembered under `legal`: two moves of
//! one actor in a row are one move, or lead back. As soon as one mover's are not, the last mover is
//! remembered of everybody: a transitive actor that moves twice and so leads back would give the
//! other one the turn again, which it may not have.
//!
//! # Complexity
//! Linear in visited states times actors where moves are free (each class of states that differ
//! in one actor's options is entered once, from its best end), else in visited moves. Where the last
//! mover is remembered, times the movers; under `once`, times the sets of actors.

use std::collections::{HashMap, HashSet};

use detente_model::{ActorId, MoverId, Sequences};

use crate::coalition::Coalition;

use super::{Arena, Cut, Met};

/// One step of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    /// Who moves.
    pub(crate) mover: MoverId,
    /// To which state.
    pub(crate) to: Met,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A shortest sequence to a wanted state.
    Path(Vec<Hop>),
    /// No wanted state: all states reached, the start first, in order of distance.
    Closure(Vec<Met>),
    /// The search gave up after so many visits, with nothing found.
    GaveUp,
}

/// What steps a search takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steps<'a> {
    /// Whose.
    pub(crate) movers: &'a [MoverId],
    /// Improvements of their mover only.
    pub(crate) improving: bool,
    /// These take improvements only, whatever the others do.
    pub(crate) willing: &'a [MoverId],
    /// Which sequences count.
    pub(crate) sequences: Sequences,
    /// Whether a mover may move several times in a row (under `legal`): plain reachability.
    pub(crate) in_a_row: bool,
    /// Give up after so many visits.
    pub(crate) most: usize,
}

impl<'a> Steps<'a> {
    /// Legal sequences of moves of `movers`.
    pub(crate) fn legal(movers: &'a [MoverId]) -> Self {
        Self {
            movers,
            improving: false,
            willing: &[],
            sequences: Sequences::Legal,
            in_a_row: false,
            most: usize::MAX,
        }
    }
}

/// A pair of a state and what is remembered, with the way back.
struct Node {
    met: Met,
    memory: u64,
    parent: u32,
    mover: MoverId,
}

/// How the search is remembered.
struct Walk {
    nodes: Vec<Node>,
    seen: HashSet<(Met, u64)>,
    /// Free movers: what of a class has been reached by the mover already.
    entered: HashMap<(MoverId, usize), Entered>,
}

impl Walk {
    fn add(&mut self, met: Met, memory: u64, parent: usize, mover: MoverId) -> bool {
        let new = self.seen.insert((met, memory));
        if new {
            self.nodes.push(Node { met, memory, parent: parent as u32, mover });
        }
        new
    }

    /// The first visit to each state, in order.
    fn first_visits(&self) -> impl Iterator<Item = (usize, Met)> + '_ {
        let mut listed = HashSet::new();
        self.nodes
            .iter()
            .enumerate()
            .filter(move |(_, node)| listed.insert(node.met))
            .map(|(at, n)| (at, n.met))
    }

    fn path(&self, mut at: usize) -> Vec<Hop> {
        let mut path = Vec::new();
        while at != 0 {
            let node = &self.nodes[at];
            path.push(Hop { mover: node.mover, to: node.met });
            at = node.parent as usize;
        }
        path.reverse();
        path
    }
}

/// What a free mover has reached of a class.
#[derive(Clone, Copy, Default)]
struct Entered {
    /// So many of its members, from the best.
    count: usize,
    /// But for this one of them: from there the class was entered, which is no move to it.
    left_out: Option<Met>,
}

/// How a search ended.
enum End {
    Found(usize),
    Exhausted,
    GaveUp,
}

/// Searches from `start` until a state is `wanted`; the start itself is not asked about, but a
/// state equal to it that a sequence returns to is.
pub(crate) fn search(
    arena: &mut Arena<'_>,
    start: Met,
    steps: Steps<'_>,
    wanted: impl FnMut(&mut Arena<'_>, Met) -> Result<bool, Cut>,
) -> Result<Found, Cut> {
    let (walk, end) = explore(arena, start, steps, wanted)?;
    Ok(match end {
        End::Found(at) => Found::Path(walk.path(at)),
        End::Exhausted => Found::Closure(walk.first_visits().map(|(_, met)| met).collect()),
        End::GaveUp => Found::GaveUp,
    })
}

/// Every state other than `start` that the sequences lead to, with a shortest sequence to each,
/// in order of distance.
pub(crate) fn reached(
    arena: &mut Arena<'_>,
    start: Met,
    steps: Steps<'_>,
    mut keep: impl FnMut(&Arena<'_>, Met) -> bool,
) -> Result<Vec<(Met, Vec<Hop>)>, Cut> {
    let (walk, _) = explore(arena, start, steps, |_, _| Ok(false))?;
    let visits = walk.first_visits().skip(1);
    Ok(visits.filter(|(_, met)| keep(arena, *met)).map(|(at, met)| (met, walk.path(at))).collect())
}

fn explore(
    arena: &mut Arena<'_>,
    start: Met,
    steps: Steps<'_>,
    mut wanted: impl FnMut(&mut Arena<'_>, Met) -> Result<bool, Cut>,
) -> Result<(Walk, End), Cut> {
    let mut walk = Walk { nodes: Vec::new(), seen: HashSet::new(), entered: HashMap::new() };
    walk.add(start, 0, 0, MoverId(0));
    let legal = matches!(steps.sequences, Sequences::Legal);
    let free: Vec<bool> = steps.movers.iter().map(|a| legal && arena.is_free(*a)).collect();
    let remember = !steps.in_a_row && steps.movers.iter().any(|a| !arena.is_transitive(*a));
    let improving: Vec<bool> =
        steps.movers.iter().map(|mover| steps.improving || steps.willing.contains(mover)).collect();
    let parties: Vec<u64> =
        steps.movers.iter().map(|m| Coalition::of(arena.parties(*m).iter().copied()).bits()).collect();
    let mut judged: HashMap<Met, bool> = HashMap::new();
    let mut at = 0;
    while at < walk.nodes.len() {
        let (met, memory) = (walk.nodes[at].met, walk.nodes[at].memory);
        if walk.nodes.len() > steps.most {
            return Ok((walk, End::GaveUp));
        }
        arena.work()?;
        for (k, &mover) in steps.movers.iter().enumerate() {
            let next = match steps.sequences {
                Sequences::Legal if memory == k as u64 + 1 => continue,
                Sequences::Legal if remember => k as u64 + 1,
                Sequences::Legal => 0,
                Sequences::Once if memory & parties[k] != 0 => continue,
                Sequences::Once => memory | parties[k],
                Sequences::Single if at > 0 => continue,
                Sequences::Single => 0,
            };
            let ends = if free[k] {
                enter(arena, &mut walk, mover, met, improving[k])?
            } else if improving[k] {
                arena.improvements(mover, met)?
            } else {
                arena.moves(mover, met)?
            };
            for to in ends {
                if walk.add(to, next, at, mover) {
                    let is = match judged.get(&to) {
                        Some(is) => *is,
                        None => {
                            let is = wanted(arena, to)?;
                            judged.insert(to, is);
                            is
                        }
                    };
                    if is {
                        let at = walk.nodes.len() - 1;
                        return Ok((walk, End::Found(at)));
                    }
                }
            }
        }
        at += 1;
    }
    Ok((walk, End::Exhausted))
}

/// The members of the class of `met` that a free mover reaches from it and did not reach through
/// this class before.
fn enter(
    arena: &mut Arena<'_>,
    walk: &mut Walk,
    mover: MoverId,
    met: Met,
    improving: bool,
) -> Result<Vec<Met>, Cut> {
    let actor = ActorId(mover.0);
    let class = arena.class(actor, met)?;
    let entered = walk.entered.entry((mover, class)).or_default();
    let mut ends = Vec::new();
    // Whoever is left out among those reached was entered from, and is no better than itself: another
    // member that reaches it is another way in. (Under improvements it is never among them.)
    if let Some(before) = entered.left_out.filter(|before| *before != met) {
        ends.push(before);
        entered.left_out = None;
    }
    let rest = arena.members(actor, class).get(entered.count..).unwrap_or(&[]);
    let count =
        if improving { rest.partition_point(|to| arena.prefers(actor, *to, met)) } else { rest.len() };
    entered.count += count;
    for &to in &rest[..count] {
        if to == met { entered.left_out = Some(met) } else { ends.push(to) }
    }
    Ok(ends)
}
