//! All improvements of single actors between the feasible states, as one graph of linear size.

use detente_model::{Form, Game};

use super::feasible::{NotListed, feasible};
use super::graph::ArcField;
use super::lists::{self, Effort};
use super::mover::Mover;
use super::space::Space;
use crate::{Bounds, LimitHit, SolveError, Stop, Watch};

/// Who can improve to what, as far as reaching goes.
///
/// # Definition
/// The first nodes are the feasible states in ascending order. In option form each actor's levels
/// follow (see [`Mover`]): from a state an arc leads to the first level of each class that is better
/// for the actor; from a level arcs lead to its states and to the next better level. So one state leads to
/// another over levels of one actor exactly when that actor improves from the one to the other, and no pair of states
/// needs an arc of its own.
///
/// # Complexity
/// States times actors times the classes that a state can enter; in graph form one arc for each improvement.
pub(crate) struct Improvements {
    /// The feasible states.
    pub(crate) space: Space,
    /// From each node, where its arcs lead.
    pub(crate) arcs: Vec<Vec<u32>>,
}

impl Improvements {
    /// Lays out the improvements of `game`, if it has at most `most` feasible states.
    ///
    /// # Errors
    /// [`SolveError::Stopped`] for more states, or when the watch says so; otherwise as [`super::ranks()`].
    pub(crate) fn new(game: &Game, most: usize, watch: &dyn Watch) -> Result<Self, SolveError> {
        match &game.form {
            Form::Options(form) => {
                let allowed = Effort::allowed(game.actor_count(), &Bounds::default());
                let effort = Effort { states: most.min(allowed.states), ..allowed };
                let numbers = match feasible(form, effort.states, effort.branches, watch) {
                    Ok(numbers) if numbers.is_empty() => return Err(SolveError::NoFeasibleState),
                    Ok(numbers) => numbers,
                    Err(NotListed::TooManyStates) => return Err(too_many(effort.states)),
                    Err(why) => return Err(lists::not_listed(form, effort, why)),
                };
                let space = Space::List { options: form.options.len() as u32, numbers };
                if !game.only_own_moves() {
                    let memory = super::DEFAULT_MEMORY;
                    let field = super::several::field(&space, game, form, memory, watch)?;
                    let arcs = (0..space.places() as u32).map(|state| field.improvements(state)).collect();
                    return Ok(Self { space, arcs });
                }
                let scores = lists::all_scores(&space, game)?;
                let mut arcs: Vec<Vec<u32>> = vec![Vec::new(); space.places()];
                for mover in lists::movers(&space, game, form, &scores) {
                    if let Some(stop) = watch.stop() {
                        return Err(stopped(stop));
                    }
                    add(&mut arcs, space.places(), &mover);
                }
                Ok(Self { space, arcs })
            }
            Form::Graph(form) if form.states.is_empty() => Err(SolveError::NoFeasibleState),
            Form::Graph(form) if form.states.len() > most => Err(too_many(most)),
            Form::Graph(form) => {
                let space = Space::Graph { states: form.states.len() as u32 };
                let field = ArcField::new(form, lists::all_scores(&space, game)?);
                let arcs = (0..space.places() as u32).map(|state| field.improvements(state)).collect();
                Ok(Self { space, arcs })
            }
        }
    }

    /// How many of the nodes are states.
    pub(crate) fn states(&self) -> usize {
        self.space.places()
    }
}

/// Adds the levels of `mover` and the arcs to and from them.
fn add(arcs: &mut Vec<Vec<u32>>, states: usize, mover: &Mover<'_>) {
    if !mover.can_move() {
        return;
    }
    let first = arcs.len() as u32;
    for level in 0..mover.level_count() as u32 {
        let mut to = mover.level(level).to_vec();
        to.extend(mover.level_above(level).map(|above| first + above));
        arcs.push(to);
    }
    for place in 0..states as u32 {
        let mut at = 0;
        while let Some(class) = mover.class_in_group(place, at) {
            at += 1;
            if mover.enters(place, class)
                && let Some(level) = mover.first_better(place, class)
            {
                arcs[place as usize].push(first + level);
            }
        }
    }
}

fn too_many(most: usize) -> SolveError {
    hit(Stop::Work, format!("{most} states"), format!("{most} states, and there are more"))
}

fn stopped(stop: Stop) -> SolveError {
    hit(stop, stop.words().to_owned(), "a part of them".to_owned())
}

fn hit(stop: Stop, limit: String, reached: String) -> SolveError {
    let what = "the improvements of single actors".to_owned();
    SolveError::Stopped(LimitHit { stop, what, limit, reached, exact: String::new() })
}
