//! Who could leave some outcomes together.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use detente_engine::coalition::{Coalition, Exit, Exits, exits};
use detente_engine::{Bounds, Level, LimitHit, Order, Watch};
use detente_model::{ActorId, Form, Game, OptionId, State};

use crate::find::caps::{AT_ONCE, REACHED, TOGETHER};
use crate::find::findings::Findings;

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
    /// So many of the outcomes that were asked about were looked at: all, or the first ones.
    pub looked: usize,
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
        let bounds = Bounds { work: Some(REACHED.most), ..Bounds::default() };
        let found = exits(game, state, size, &bounds, watch).ok()?;
        known.insert(state.clone(), found.clone());
        Some(found)
    }
}

/// The coalitions of two or more that can leave some of `from` to the gain of all their members, one step after the
/// other. Which coalitions, and from how many of these outcomes, is bounded: [`Together::limits`] says when.
///
/// # Complexity
/// [`REACHED`] outcomes for each of `from`, [`TOGETHER`] for all of them.
pub fn together(found: &Findings, from: &[State]) -> Together {
    let game = &found.conflict.game;
    let (size, each) = size(game);
    let whole = size == game.actor_count();
    let most = usize::try_from(TOGETHER.most / each.max(1)).unwrap_or(usize::MAX).max(1);
    let looked = if size < 2 { 0 } else { from.len().min(most) };
    let mut all = Together { size, whole, looked, ..Together::default() };
    if !whole && game.actor_count() > 1 {
        let reached = match size {
            0 | 1 => "no coalition".to_owned(),
            size => format!("coalitions of up to {size}"),
        };
        all.limits.push(REACHED.hit("coalitions that could leave an outcome", reached, "single actors"));
    }
    if 0 < looked && looked < from.len() {
        let reached = format!("the first {looked} of {} outcomes", from.len());
        all.limits.push(TOGETHER.hit("coalitions that could leave an outcome", reached, "single actors"));
    }
    for state in &from[..looked] {
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

/// The largest size up to which all coalitions together reach no more than [`REACHED`], and how many these reach.
fn size(game: &Game) -> (usize, u64) {
    let actors = game.actor_count();
    let movers = game.movers();
    let (mut reached, mut before, mut now) = (0_u64, 0_u64, 0_usize);
    for coalition in Coalition::everybody(actors).parts(actors) {
        if coalition.size() > now {
            (before, now) = (reached, coalition.size());
        }
        let ends = match &game.form {
            Form::Graph(form) => form.states.len() as u64,
            Form::Options(form) => {
                let own = form.options.iter().filter(|option| coalition.contains(option.actor)).count();
                // Their acts: begun, or ended by one of them.
                let acts = form.acts.iter().enumerate().filter(|(at, act)| {
                    let alone = act.begins.groups.iter().chain(&act.ends.groups);
                    let alone = alone.filter(|group| group.len() == 1).flatten();
                    let joint =
                        movers.iter().filter(|m| m.joint.is_some_and(|joint| joint.act.index() == *at));
                    alone.clone().any(|actor| coalition.contains(*actor))
                        || joint
                            .map(|mover| &mover.parties)
                            .any(|parties| parties.iter().all(|party| coalition.contains(*party)))
                });
                let own = own + acts.map(|(_, act)| act.bits as usize).sum::<usize>();
                u32::try_from(own).ok().and_then(|own| 1_u64.checked_shl(own)).unwrap_or(u64::MAX)
            }
        };
        reached = reached.saturating_add(ends);
        if reached > REACHED.most {
            return (coalition.size() - 1, before);
        }
    }
    (actors, reached)
}

/// What the actors of a coalition would gain if they acted at the same time, though no step of theirs leads there:
/// the rules leave no room between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtOnce {
    /// Who would have to act.
    pub coalition: Coalition,
    /// To what; all of them prefer it.
    pub to: State,
}

/// What would be left for something better if several could act at the same time. `joint` has the ways out of `from`
/// one step after the other; `None`: too many possible outcomes to look at.
///
/// # Complexity
/// One comparison for each possible outcome and actor, for at most [`AT_ONCE`] outcomes.
pub fn at_once(found: &Findings, from: &State, joint: &Together) -> Option<Vec<AtOnce>> {
    let game = &found.conflict.game;
    let Form::Options(form) = &game.form else { return Some(Vec::new()) };
    // Without a rule any act of several is one act after the other.
    if form.rules.is_empty() || joint.looked == 0 {
        return Some(Vec::new());
    }
    let all = found.feasible();
    if all.count() > AT_ONCE.most.into() {
        return None;
    }
    let orders: Vec<(ActorId, Order<'_>)> =
        game.actor_ids().filter_map(|actor| Some((actor, Order::new(game, actor)?))).collect();
    let here: Vec<Level> = orders.iter().map(|(_, order)| order.level(from)).collect();
    // Acts are done together as it is; what conditions do not allow now is not done at the same time either.
    let allowed = |option: OptionId| {
        let option_of = &form.options[option.index()];
        let conditions = if from.is_on(option) { &option_of.ends_if } else { &option_of.begins_if };
        option_of.actor != ActorId::NOBODY && conditions.iter().all(|c| form.holds(&c.that, from))
    };
    let mut ends = Vec::new();
    for to in all.first(AT_ONCE.size()) {
        let differs = |option: &OptionId| from.is_on(*option) != to.is_on(*option);
        let moved = (0..form.options.len()).map(OptionId::from).filter(differs);
        if !moved.clone().all(allowed) {
            continue;
        }
        let coalition = Coalition::of(moved.map(|option| form.options[option.index()].actor));
        let gains = || {
            let of = orders.iter().zip(&here).filter(|((actor, _), _)| coalition.contains(*actor));
            of.clone().count() == coalition.size()
                && of.clone().all(|((_, order), here)| order.level(&to) > *here)
        };
        if coalition.size() < 2
            || coalition.size() > joint.size
            || !form.ways(|actor| coalition.contains(actor)).open(from, &to)
            || !gains()
        {
            continue;
        }
        let within = |exit: &Exit| exit.to == to && exit.coalition.is_within(coalition);
        if !joint.exits.iter().any(|(state, exit)| state == from && within(exit)) {
            ends.push(AtOnce { coalition, to });
        }
    }
    // Of those with the same members, and of larger ones, the smallest say it.
    let smallest: Vec<Coalition> = ends.iter().map(|end| end.coalition).collect();
    let larger =
        |end: &AtOnce| smallest.iter().any(|other| *other != end.coalition && other.is_within(end.coalition));
    let mut list: Vec<AtOnce> = ends.iter().filter(|end| !larger(end)).cloned().collect();
    list.sort_by_key(|end| end.coalition.size());
    Some(list)
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
