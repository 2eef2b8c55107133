//! Why an actor that has nothing to gain alone stays.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use detente_engine::Order;
use detente_model::{ActorId, Conflict, Expr, Form, Obstacle, OptionForm, OptionId, Preference, State};

use super::{By, Decides, Support, decides};
use crate::find::caps::CHOICES;
use crate::find::states;

/// What keeps an actor at a state that it has no reason to leave alone.
#[derive(Clone, Debug)]
pub struct Stay {
    /// Who.
    pub actor: ActorId,
    /// Where.
    pub state: State,
    /// What holds it against the moves that it has.
    pub hold: Hold,
    /// What it would prefer and cannot move to, each by other rules or one-way options, the simplest first: of equally many, those with
    /// fewer rules.
    pub kept: Vec<Kept>,
    /// What makes each of its moves no better, ascending. Without those of moves that change more than two options
    /// when the hold is [`Hold::TooMany`].
    pub against: Vec<Support>,
}

/// What holds an actor against the moves that it has.
#[derive(Clone, Debug)]
pub enum Hold {
    /// All its wishes are fulfilled.
    Content,
    /// A move would fulfil the wish at `wish`, at the price of `loss` (`None`: on balance it gains nothing).
    Tempted {
        /// The place of the wish, from 0.
        wish: usize,
        /// Where the move leads.
        to: State,
        /// What it would give up.
        loss: Option<Decides>,
    },
    /// No move of its own fulfils a wish that is not fulfilled; the place of the first such wish.
    OutOfReach(usize),
    /// It has moves, to nothing that it ranks higher.
    NoBetter,
    /// It has no move.
    NoMove,
    /// It has too many moves to look at each.
    TooMany,
}

/// What an actor would prefer and cannot move to.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where it would go.
    pub to: State,
    /// Why it would.
    pub gain: Decides,
    /// The rules, one-way options and moves taken away that stand against it; not empty.
    pub by: Vec<Support>,
}

/// What keeps `actor` at `state`, which is Nash stable for it.
///
/// # Complexity
/// The choices of its own options: 2^k for k up to 12, those that change one or two beyond; in graph form its moves.
#[must_use]
pub fn stay(conflict: &Conflict, actor: ActorId, state: &State) -> Stay {
    let game = &conflict.game;
    let own = game.options_of(actor).count();
    let moves = match &game.form {
        Form::Options(_) if own > CHOICES.size() => None,
        _ => states::moves(game, actor, state),
    };
    let near: Vec<State>;
    let looked: &[State] = match (&moves, &game.form) {
        (Some(moves), _) => moves,
        (None, Form::Options(form)) => {
            near = choices(conflict, actor, state)
                .into_iter()
                .filter(|to| to != state && blocking(form, actor, state, to).is_empty())
                .collect();
            &near
        }
        (None, Form::Graph(_)) => &[],
    };
    let mut against: BTreeSet<Support> = BTreeSet::new();
    for to in looked {
        against.extend(decides(conflict, actor, state, to).iter().flat_map(Decides::parts));
    }
    let hold = moves.map_or(Hold::TooMany, |moves| hold(conflict, actor, state, &moves));
    let kept = kept(conflict, actor, state, state);
    Stay { actor, state: state.clone(), hold, kept, against: against.into_iter().collect() }
}

fn hold(conflict: &Conflict, actor: ActorId, state: &State, moves: &[State]) -> Hold {
    let game = &conflict.game;
    let ranked = || if moves.is_empty() { Hold::NoMove } else { Hold::NoBetter };
    let Form::Options(form) = &game.form else { return ranked() };
    let preference = game.preferences.get(actor.index());
    let fulfilled = |wish: usize, at: &State| match preference {
        Some(Preference::Statements(list)) => form.holds(&list[wish].that, at),
        Some(Preference::Weights(list)) => form.holds(&list[wish].that, at) == (list[wish].weight > 0),
        Some(Preference::Ranking(_)) | None => true,
    };
    // The most important first; a weight of 0 is no wish.
    let mut open: Vec<usize> = match preference {
        Some(Preference::Statements(list)) => (0..list.len()).collect(),
        Some(Preference::Weights(list)) => {
            let mut places: Vec<usize> = (0..list.len()).filter(|at| list[*at].weight != 0).collect();
            places.sort_by_key(|at| Reverse(list[*at].weight.unsigned_abs()));
            places
        }
        Some(Preference::Ranking(_)) | None => return ranked(),
    };
    open.retain(|wish| !fulfilled(*wish, state));
    let Some(first) = open.first().copied() else { return Hold::Content };
    let Some(order) = Order::new(game, actor) else { return Hold::NoMove };
    for wish in open {
        let getting = moves.iter().filter(|to| fulfilled(wish, to));
        // What costs least; of these, what changes least.
        let best = getting.max_by_key(|to| {
            (order.level(to), Reverse(changes(conflict, actor, state, to)), Reverse((*to).clone()))
        });
        if let Some(to) = best {
            return Hold::Tempted { wish, to: to.clone(), loss: decides(conflict, actor, state, to) };
        }
    }
    if moves.is_empty() { Hold::NoMove } else { Hold::OutOfReach(first) }
}

/// What `actor` likes more than `than` and would reach from `at` but for rules, one-way options and moves taken
/// away: of each smallest set of these that stands against something better, the choice that changes least.
pub(super) fn kept(conflict: &Conflict, actor: ActorId, at: &State, than: &State) -> Vec<Kept> {
    let game = &conflict.game;
    let (Form::Options(form), Some(order)) = (&game.form, Order::new(game, actor)) else { return Vec::new() };
    let floor = order.level(than);
    // With conditions a way may lead over other states: what can be reached is not kept from the actor.
    let reached = if game.only_own_moves() { None } else { states::moves(game, actor, at) };
    let mut found: Vec<(Vec<Support>, usize, detente_engine::Level, State)> = choices(conflict, actor, at)
        .into_iter()
        .filter(|to| to != at && reached.as_ref().is_none_or(|moves| moves.binary_search(to).is_err()))
        .filter_map(|to| {
            let level = order.level(&to);
            let by = if level > floor { blocking(form, actor, at, &to) } else { Vec::new() };
            (!by.is_empty()).then(|| (by, changes(conflict, actor, at, &to), level, to))
        })
        .collect();
    found.sort_by(|a, b| {
        // A rule that the actor would meet but for a one-way option says less than that option.
        let rules = |by: &[Support]| by.iter().filter(|part| matches!(part, Support::Rule(_))).count();
        let plain = |by: &[Support], changed: usize| (by.len(), rules(by), changed);
        plain(&a.0, a.1).cmp(&plain(&b.0, b.1)).then_with(|| b.2.cmp(&a.2)).then_with(|| a.3.cmp(&b.3))
    });
    let mut all: Vec<Kept> = Vec::new();
    for (by, _, _, to) in found {
        if all.iter().any(|kept| kept.by.iter().all(|part| by.contains(part))) {
            continue;
        }
        if let Some(gain) = decides(conflict, actor, &to, than) {
            all.push(Kept { to, gain, by });
        }
    }
    all
}

/// The states that differ from `at` in own options of `actor` only, whatever the rules say; a thing with levels stands
/// at one of them.
fn choices(conflict: &Conflict, actor: ActorId, at: &State) -> Vec<State> {
    let own: Vec<OptionId> = conflict.game.options_of(actor).collect();
    let scales: Vec<_> = conflict.game.option_form().into_iter().flat_map(|form| &form.scales).collect();
    let in_order = |state: &State| {
        scales.iter().all(|scale| {
            let on: Vec<bool> = scale.switches().map(|switch| state.is_on(switch)).collect();
            on.windows(2).all(|two| two[0] || !two[1])
        })
    };
    let flipped = |options: &[OptionId]| {
        let mut to = at.clone();
        for option in options {
            to.set(*option, !at.is_on(*option));
        }
        to
    };
    if own.len() <= CHOICES.size() {
        let subset = |bits: usize| -> Vec<OptionId> {
            own.iter().enumerate().filter(|(k, _)| bits >> k & 1 == 1).map(|(_, o)| *o).collect()
        };
        return (1..1_usize << own.len()).map(|bits| flipped(&subset(bits))).filter(in_order).collect();
    }
    let mut found = Vec::new();
    for (k, first) in own.iter().enumerate() {
        found.push(flipped(&[*first]));
        found.extend(own[k + 1..].iter().map(|second| flipped(&[*first, *second])));
    }
    found.retain(in_order);
    found
}

fn changes(conflict: &Conflict, actor: ActorId, from: &State, to: &State) -> usize {
    conflict.game.options_of(actor).filter(|o| from.is_on(*o) != to.is_on(*o)).count()
}

/// What stands against a step of `actor` between two states: nothing, when it can take it.
fn blocking(form: &OptionForm, actor: ActorId, from: &State, to: &State) -> Vec<Support> {
    // Of others nothing changes.
    let mut by: Vec<Support> = Vec::new();
    let mut cannot: Vec<Support> = Vec::new();
    for obstacle in form.ways(|mover| mover == actor).against(from, to) {
        match obstacle {
            Obstacle::OneWay(option) => by.push(Support::OneWay(option)),
            Obstacle::Cannot(at) => cannot.push(Support::Cannot(at)),
        }
    }
    for (at, option) in form.options.iter().enumerate().filter(|(_, option)| option.actor == actor) {
        let switch = OptionId::from(at);
        let (before, after) = (from.is_on(switch), to.is_on(switch));
        let conditions = if before { &option.ends_if } else { &option.begins_if };
        let open =
            conditions.iter().enumerate().filter(|(_, c)| before != after && !form.holds(&c.that, from));
        by.extend(open.map(|(place, _)| Support::Condition(switch, before, place)));
    }
    let defined = form.defined(to);
    let so = |formula: &Expr| {
        formula.eval(&|o| to.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
    };
    by.extend(
        form.rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| !so(&rule.formula()))
            .map(|(at, _)| Support::Rule(at)),
    );
    by.extend(cannot);
    by
}

impl Stay {
    /// The parts of the case that hold it: what makes its moves no better, and the wish that it misses.
    #[must_use]
    pub fn parts(&self, conflict: &Conflict) -> Vec<Support> {
        let mut all = self.against.clone();
        match &self.hold {
            Hold::Tempted { wish, .. } | Hold::OutOfReach(wish) => {
                all.push(Support::wish(conflict, self.actor, *wish));
            }
            Hold::Content | Hold::NoBetter | Hold::NoMove | Hold::TooMany => {}
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Kept {
    /// What the actor would gain and what stands against it.
    #[must_use]
    pub fn parts(&self) -> Vec<Support> {
        self.gain.parts().into_iter().chain(self.by.iter().copied()).collect()
    }

    /// The place of the wish that it would fulfil, when one statement decides.
    #[must_use]
    pub fn wish(&self) -> Option<usize> {
        match self.gain.by {
            By::Statement(at) => Some(at),
            By::Weights { .. } | By::Ranking => None,
        }
    }
}
