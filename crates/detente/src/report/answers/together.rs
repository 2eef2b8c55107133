//! Who could leave some outcomes together, for the answers to questions.

use detente_engine::coalition::{Coalition, Exit, exits};
use detente_engine::{Bounds, LimitHit, Quiet};
use detente_model::{Form, Game, State};

use crate::report::findings::Findings;
use crate::report::{coalitions, names, words};

/// Outcomes that the coalitions looked at could reach at most, added up: what `solve` spends.
const REACHED: u64 = 1 << 17;

/// The joint ways out of some outcomes.
#[derive(Clone, Debug, Default)]
pub(super) struct Together {
    /// By outcome in the order given, then by coalition (smaller ones first), then by end. Single
    /// actors are left out.
    pub(super) exits: Vec<(State, Exit)>,
    /// Coalitions of at most this many actors were looked at.
    pub(super) size: usize,
    /// Whether that is all of them.
    pub(super) whole: bool,
    /// Bounds that were hit.
    pub(super) limits: Vec<LimitHit>,
}

/// One coalition with all that it could go to.
pub(super) struct Way<'t> {
    /// Who.
    pub(super) coalition: Coalition,
    /// Where from, and how.
    pub(super) ends: Vec<&'t (State, Exit)>,
}

/// The coalitions of two or more that can leave some of `from` to the gain of all their members.
pub(super) fn together(found: &Findings, from: &[State]) -> Together {
    let game = &found.conflict.game;
    let size = size(game);
    let bounds = Bounds { work: Some(REACHED), ..Bounds::default() };
    let mut all = Together { size, whole: size == game.actor_count(), ..Together::default() };
    if size < 2 {
        return all;
    }
    for state in from {
        // States of the case are possible, so there is nothing to refuse.
        let Ok(out) = exits(game, state, size, &bounds, &Quiet) else { continue };
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
    /// Which coalitions were not looked at; empty when all were.
    pub(super) fn left_out(&self) -> String {
        match (self.whole, self.size) {
            (true, _) => String::new(),
            (false, 0 | 1) => {
                " Coalitions are too many to look at here: `detente coalitions --state` does.".to_owned()
            }
            (false, size) => format!(
                " Coalitions of more than {} were not looked at here: `detente coalitions --state` does.",
                if size == 2 { "two".to_owned() } else { size.to_string() }
            ),
        }
    }

    /// By coalition: smaller ones first, then in file order.
    pub(super) fn ways(&self) -> Vec<Way<'_>> {
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
    pub(super) fn ends(&self) -> Vec<State> {
        let mut ends: Vec<State> = self.exits.iter().map(|(_, exit)| exit.to.clone()).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }
}

impl Way<'_> {
    /// `Azerbaijan and Armenia, to “Moscow deal”`.
    pub(super) fn words(&self, found: &Findings) -> String {
        let mut states: Vec<State> = self.ends.iter().map(|(_, exit)| exit.to.clone()).collect();
        states.sort_unstable();
        states.dedup();
        let who = coalitions::inside(&found.conflict, self.coalition);
        format!("{who}, to {}", ends(found, &states))
    }
}

/// Outcomes by name, those of one name together: `“Moscow deal” or “Another agreement that holds” (5
/// such)`.
pub(super) fn ends(found: &Findings, states: &[State]) -> String {
    const NAMED: usize = 4;
    let mut groups: Vec<(String, usize)> = Vec::new();
    for state in states {
        let name = names::outcome(&found.conflict, state);
        let name = names::brief(&name).to_owned();
        match groups.iter_mut().find(|(other, _)| *other == name) {
            Some((_, count)) => *count += 1,
            None => groups.push((name, 1)),
        }
    }
    let mut list: Vec<String> = groups
        .iter()
        .take(NAMED)
        .map(|(name, count)| {
            let quoted = names::quoted(name);
            if *count > 1 { format!("{quoted} ({count} such)") } else { quoted }
        })
        .collect();
    let rest: usize = groups.iter().skip(NAMED).map(|(_, count)| count).sum();
    if rest > 0 {
        list.push(words::counted(&rest.into(), "other outcome", "other outcomes"));
    }
    words::either(&list)
}
