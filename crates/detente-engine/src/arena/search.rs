//! Breadth-first search over legal sequences.
//!
//! # Definition
//! A **legal sequence** from `s` is a sequence of moves (or improvements) of given actors in which
//! nobody moves twice in a row (Fang, Hipel & Kilgour 1993). The other readings: everybody at most
//! once (`once`), one move only (`single`). A search visits pairs of a state and what must be
//! remembered of the way to it: nothing, the last mover, or who has moved. An actor whose moves
//! are transitive needs no remembering under `legal`: two of its moves in a row are one move, or
//! lead back.
//!
//! # Complexity
//! Linear in visited states times actors where moves are free (each class of states that differ
//! in one actor's options is entered once, from its best end), else in visited moves. Under
//! `once` times the sets of actors.

use std::collections::{HashMap, HashSet};

use detente_model::{ActorId, Sequences};

use super::{Arena, Full, Met};

/// One step of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    /// Who moves.
    pub(crate) actor: ActorId,
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
    pub(crate) movers: &'a [ActorId],
    /// Improvements of their mover only.
    pub(crate) improving: bool,
    /// Which sequences count.
    pub(crate) sequences: Sequences,
    /// Give up after so many visits.
    pub(crate) most: usize,
}

/// A pair of a state and what is remembered, with the way back.
struct Node {
    met: Met,
    memory: u64,
    parent: u32,
    mover: ActorId,
}

/// How the search is remembered.
struct Walk {
    nodes: Vec<Node>,
    seen: HashSet<(Met, u64)>,
    /// Free movers: how many members of a class, from the best, have been reached already.
    entered: HashMap<(ActorId, usize), usize>,
}

impl Walk {
    fn add(&mut self, met: Met, memory: u64, parent: usize, mover: ActorId) -> bool {
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
            path.push(Hop { actor: node.mover, to: node.met });
            at = node.parent as usize;
        }
        path.reverse();
        path
    }
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
    wanted: impl FnMut(&mut Arena<'_>, Met) -> Result<bool, Full>,
) -> Result<Found, Full> {
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
) -> Result<Vec<(Met, Vec<Hop>)>, Full> {
    let (walk, _) = explore(arena, start, steps, |_, _| Ok(false))?;
    let visits = walk.first_visits().skip(1);
    Ok(visits.filter(|(_, met)| keep(arena, *met)).map(|(at, met)| (met, walk.path(at))).collect())
}

fn explore(
    arena: &mut Arena<'_>,
    start: Met,
    steps: Steps<'_>,
    mut wanted: impl FnMut(&mut Arena<'_>, Met) -> Result<bool, Full>,
) -> Result<(Walk, End), Full> {
    let mut walk = Walk { nodes: Vec::new(), seen: HashSet::new(), entered: HashMap::new() };
    walk.add(start, 0, 0, ActorId(0));
    let last = matches!(steps.sequences, Sequences::Legal);
    let free: Vec<bool> = steps.movers.iter().map(|a| last && arena.is_free(*a)).collect();
    let remember: Vec<bool> = steps.movers.iter().map(|a| !arena.is_transitive(*a)).collect();
    let mut judged: HashMap<Met, bool> = HashMap::new();
    let mut at = 0;
    while at < walk.nodes.len() {
        let (met, memory) = (walk.nodes[at].met, walk.nodes[at].memory);
        if walk.nodes.len() > steps.most {
            return Ok((walk, End::GaveUp));
        }
        for (k, &actor) in steps.movers.iter().enumerate() {
            let next = match steps.sequences {
                Sequences::Legal if memory == k as u64 + 1 => continue,
                Sequences::Legal => {
                    if remember[k] {
                        k as u64 + 1
                    } else {
                        0
                    }
                }
                Sequences::Once if memory >> k & 1 == 1 => continue,
                Sequences::Once => memory | 1 << k,
                Sequences::Single if at > 0 => continue,
                Sequences::Single => 0,
            };
            let ends = if free[k] {
                enter(arena, &mut walk, actor, met, steps.improving)?
            } else if steps.improving {
                arena.improvements(actor, met)?
            } else {
                arena.moves(actor, met)?
            };
            for to in ends {
                if walk.add(to, next, at, actor) {
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

/// The members of the class of `met` that a free mover reaches from it and nobody reached
/// through this class before.
fn enter(
    arena: &mut Arena<'_>,
    walk: &mut Walk,
    actor: ActorId,
    met: Met,
    improving: bool,
) -> Result<Vec<Met>, Full> {
    let class = arena.class(actor, met)?;
    let entered = walk.entered.entry((actor, class)).or_insert(0);
    let rest = arena.members(actor, class).get(*entered..).unwrap_or(&[]);
    let count =
        if improving { rest.partition_point(|to| arena.prefers(actor, *to, met)) } else { rest.len() };
    *entered += count;
    Ok(rest[..count].iter().copied().filter(|to| *to != met).collect())
}
