//! The six concepts, sentence by sentence.

use detente_model::OptionId;

use super::sequences::{Answers, Steps};
use super::world::World;

/// Nash: `m` has no improvement from `s`.
pub(super) fn nash(world: &World, m: usize, s: usize) -> bool {
    world.improvements(m, s).next().is_none()
}

/// Stable: every improvement `s1` of `m` from `s` is refused by one of its parties, under `refuses`. For an actor by
/// itself: by its own foresight.
fn stable(world: &World, m: usize, s: usize, mut refuses: impl FnMut(usize, usize) -> bool) -> bool {
    world.improvements(m, s).all(|s1| world.parties(m).any(|j| refuses(j, s1)))
}

/// General metarationality: `j` refuses when the others have an answer `s2` to `s1` that `j` does not prefer to `s`.
pub(super) fn gmr(world: &World, answers: &mut Answers, m: usize, s: usize) -> bool {
    stable(world, m, s, |j, s1| answers.from(j, s1, Steps::Moves).iter().any(|&s2| !world.prefers(j, s2, s)))
}

/// Symmetric metarationality: … an answer that `j` does not prefer to `s`, and from which it has
/// no move of its own to a state that it prefers to `s`.
pub(super) fn smr(world: &World, answers: &mut Answers, m: usize, s: usize) -> bool {
    stable(world, m, s, |j, s1| {
        answers.from(j, s1, Steps::Moves).iter().any(|&s2| {
            !world.prefers(j, s2, s) && !world.moves[j][s2].iter().any(|&s3| world.prefers(j, s3, s))
        })
    })
}

/// Sequential stability: as [`gmr`], with answers by improvements of the others.
pub(super) fn seq(world: &World, answers: &mut Answers, m: usize, s: usize) -> bool {
    stable(world, m, s, |j, s1| {
        answers.from(j, s1, Steps::Improvements).iter().any(|&s2| !world.prefers(j, s2, s))
    })
}

/// Symmetric sequential stability: as [`smr`], with answers by improvements of the others.
pub(super) fn sseq(world: &World, answers: &mut Answers, m: usize, s: usize) -> bool {
    stable(world, m, s, |j, s1| {
        answers.from(j, s1, Steps::Improvements).iter().any(|&s2| {
            !world.prefers(j, s2, s) && !world.moves[j][s2].iter().any(|&s3| world.prefers(j, s3, s))
        })
    })
}

/// Simultaneous stability: for every improvement `s1` of `i` from `s`, one or more of the others
/// have improvements from `s` which, taken at the same time as that of `i`, give a feasible state
/// that `i` does not prefer to `s`.
pub(super) fn sim(world: &World, i: usize, s: usize) -> bool {
    world.improvements(i, s).all(|s1| {
        // Where each actor heads for: i to s1; each of the others stays (s) or improves.
        let choices: Vec<Vec<usize>> =
            (0..world.actors)
                .map(|j| {
                    if j == i {
                        vec![s1]
                    } else {
                        std::iter::once(s).chain(world.improvements(j, s)).collect()
                    }
                })
                .collect();
        some_combination(world, i, s, &choices, &mut Vec::new())
    })
}

/// Whether some choice for the actors from `heading.len()` on sanctions.
fn some_combination(
    world: &World,
    i: usize,
    s: usize,
    choices: &[Vec<usize>],
    heading: &mut Vec<usize>,
) -> bool {
    let Some(here) = choices.get(heading.len()) else {
        let others_move = heading.iter().enumerate().any(|(j, &t)| j != i && t != s);
        return others_move && together(world, heading).is_some_and(|p| !world.prefers(i, p, s));
    };
    here.iter().any(|&t| {
        heading.push(t);
        let found = some_combination(world, i, s, choices, heading);
        heading.pop();
        found
    })
}

/// The state in which each option is as its owner heads for; `None`: not feasible.
fn together(world: &World, heading: &[usize]) -> Option<usize> {
    let on = world.owners.iter().enumerate().filter(|&(o, &j)| {
        let target: usize = heading[j];
        world.states[target].is_on(OptionId::from(o))
    });
    world.place(&detente_model::State::with_on(on.map(|(o, _)| OptionId::from(o))))
}
