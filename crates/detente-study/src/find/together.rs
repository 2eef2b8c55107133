//! Who could leave some outcomes together.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use detente_engine::coalition::{Coalition, Exit, Exits, exits};
use detente_engine::{Bounds, LimitHit, Watch};
use detente_model::{Form, Game, State};

use crate::find::findings::Findings;

/// Outcomes that the coalitions looked at could reach at most, added up: what `solve` spends.
const REACHED: u64 = 1 << 17;

/// The joint ways out of some outcomes.
#[derive(Clone, Debug, Default)]
pub struct Together {
    /// By outcome in the order given, then by coalition (smaller ones first), then by end. Single
    /// actors are left out.
    pub exits: Vec<(State, Exit)>,
    /// Coalitions of at most this many actors were looked at.
    pub size: usize,
    /// Whether that is all of them.
    pub whole: bool,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// One coalition with all that it could go to.
pub struct Way<'t> {
    /// Who.
    pub coalition: Coalition,
    /// Where from, and how.
    pub ends: Vec<&'t (State, Exit)>,
}

/// The exits of the outcomes that were asked about: several questions and the list of what lasts name the same ones.
#[derive(Default)]
pub struct Memo(Mutex<HashMap<State, Exits>>);

impl Memo {
    /// The exits of `state` for coalitions of at most `size`, which is the same for all of one case; `None` when
    /// the state is not possible.
    fn exits(&self, game: &Game, state: &State, size: usize, watch: &dyn Watch) -> Option<Exits> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(exits) = known.get(state) {
            return Some(exits.clone());
        }
        let bounds = Bounds { work: Some(REACHED), ..Bounds::default() };
        let found = exits(game, state, size, &bounds, watch).ok()?;
        known.insert(state.clone(), found.clone());
        Some(found)
    }
}

/// The coalitions of two or more that can leave some of `from` to the gain of all their members.
pub fn together(found: &Findings, from: &[State]) -> Together {
    let game = &found.conflict.game;
    let size = size(game);
    let mut all = Together { size, whole: size == game.actor_count(), ..Together::default() };
    if size < 2 {
        return all;
    }
    for state in from {
        let out = found.joint.exits(game, state, size, &*found.watch);
        let Some(out) = out else {
            all.limits
                .extend(found.stopped("who could leave together").filter(|hit| !all.limits.contains(hit)));
            continue;
        };
        all.exits
            .extend(out.exits.into_iter().filter(|e| e.coalition.size() > 1).map(|e| (state.clone(), e)));
        for hit in out.limits {
            if !all.limits.contains(&hit) {
                all.limits.push(hit);
            }
        }
    }
    all
}

/// The largest size up to which all coalitions together reach no more than [`REACHED`].
fn size(game: &Game) -> usize {
    let actors = game.actor_count();
    let mut reached = 0_u64;
    for coalition in Coalition::everybody(actors).parts(actors) {
        let ends = match &game.form {
            Form::Graph(form) => form.states.len() as u64,
            Form::Options(form) => {
                let own = form.options.iter().filter(|option| coalition.contains(option.actor)).count();
                u32::try_from(own).ok().and_then(|own| 1_u64.checked_shl(own)).unwrap_or(u64::MAX)
            }
        };
        reached = reached.saturating_add(ends);
        if reached > REACHED {
            return coalition.size() - 1;
        }
    }
    actors
}

impl Together {
    /// By coalition: smaller ones first, then in file order.
    pub fn ways(&self) -> Vec<Way<'_>> {
        let mut ways: Vec<Way<'_>> = Vec::new();
        for exit in &self.exits {
            match ways.iter_mut().find(|way| way.coalition == exit.1.coalition) {
                Some(way) => way.ends.push(exit),
                None => ways.push(Way { coalition: exit.1.coalition, ends: vec![exit] }),
            }
        }
        ways.sort_by_key(|way| way.coalition.size());
        ways
    }

    /// All ends, ascending, each once.
    pub fn ends(&self) -> Vec<State> {
        let mut ends: Vec<State> = self.exits.iter().map(|(_, exit)| exit.to.clone()).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }
}

impl Way<'_> {
    /// Where they would go, ascending, each once.
    #[must_use]
    pub fn states(&self) -> Vec<State> {
        let mut states: Vec<State> = self.ends.iter().map(|(_, exit)| exit.to.clone()).collect();
        states.sort_unstable();
        states.dedup();
        states
    }
}
