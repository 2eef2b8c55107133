//! Who can move where, as the definitions have it: actors by changes of their own switches, one after
//! the other; several together by an act.

use std::collections::HashMap;

use detente_model::{
    Act, ActorId, Direction, Expr, Game, Joint, Mover, OptionForm, OptionId, State, Step, Switch,
};

use super::world::{MOST_MOVES, Truth, stopped, too_large};
use crate::{Large, SolveError, Watch};

/// `R_m(s)` of every mover, by places in `states`.
pub(super) fn moves(
    game: &Game,
    form: &OptionForm,
    states: &[State],
    movers: &[Mover],
    watch: &dyn Watch,
) -> Result<Vec<Vec<Vec<usize>>>, SolveError> {
    let places: HashMap<&State, usize> = states.iter().zip(0..).collect();
    let truths: Vec<Truth> = states.iter().map(|s| Truth::new(form, s)).collect();
    let mut listed = 0;
    let mut all = Vec::new();
    for mover in movers {
        let moves = match (mover.joint, mover.parties.as_slice()) {
            (Some(joint), _) => joint_moves(form, joint, states, &truths, &places),
            (None, [actor]) => own_moves(game, form, *actor, states, &truths, watch)?,
            (None, _) => vec![vec![]; states.len()],
        };
        listed += moves.iter().map(Vec::len).sum::<usize>();
        if listed > MOST_MOVES {
            return Err(too_large(Large::Moves, None, MOST_MOVES));
        }
        all.push(moves);
    }
    Ok(all)
}

/// `R_i`: what is reached from `s` by any number of changes of `i`; then what is taken away.
fn own_moves(
    game: &Game,
    form: &OptionForm,
    i: ActorId,
    states: &[State],
    truths: &[Truth],
    watch: &dyn Watch,
) -> Result<Vec<Vec<usize>>, SolveError> {
    let own: Vec<OptionId> = game.things().filter(|&thing| is_own(form, i, thing)).collect();
    // States that agree on everything else: a change stays among them.
    let mut classes: HashMap<State, Vec<usize>> = HashMap::new();
    for (at, state) in states.iter().enumerate() {
        let mut others = state.clone();
        own.iter().flat_map(|&thing| bits(form, thing)).for_each(|bit| others.set(bit, false));
        classes.entry(others).or_default().push(at);
    }
    let conditions = |o: &detente_model::Opt| !o.begins_if.is_empty() || !o.ends_if.is_empty();
    let one_is_all = own.iter().all(|thing| {
        form.options.get(thing.index()).is_some_and(|o| o.of == Switch::Option && !conditions(o))
    });
    let mut moves = vec![Vec::new(); states.len()];
    for class in classes.values() {
        for &s in class {
            if let Some(stop) = watch.stop() {
                return Err(stopped(stop));
            }
            let change =
                |from: usize, to: usize| from != to && is_change(form, i, &own, &truths[from], &truths[to]);
            // Without conditions a change after a change is a change.
            let mut reached: Vec<usize> = class.iter().copied().filter(|&t| change(s, t)).collect();
            let mut next = 0;
            while !one_is_all && next < reached.len() {
                let from = reached[next];
                next += 1;
                for &t in class {
                    if t != s && !reached.contains(&t) && change(from, t) {
                        reached.push(t);
                    }
                }
            }
            reached.sort_unstable();
            moves[s] = reached;
        }
    }
    let taken: Vec<(&Expr, &Expr)> =
        form.cannot.iter().filter(|c| c.actor == i).map(|c| (&c.from, &c.to)).collect();
    for (s, targets) in moves.iter_mut().enumerate() {
        targets.retain(|&t| !taken.iter().any(|(from, to)| truths[s].of(from) && truths[t].of(to)));
    }
    Ok(moves)
}

/// Whether `i` alone has a say in a thing: its option, or an act that it alone may begin or end.
fn is_own(form: &OptionForm, i: ActorId, thing: OptionId) -> bool {
    let Some(option) = form.options.get(thing.index()) else { return false };
    match act_of(form, option.of) {
        Some(act) => alone(&act.begins.groups, i) || alone(&act.ends.groups, i),
        None => option.of == Switch::Option && option.actor == i,
    }
}

fn alone(groups: &[Vec<ActorId>], i: ActorId) -> bool {
    groups.iter().any(|group| group.as_slice() == [i])
}

fn act_of(form: &OptionForm, of: Switch) -> Option<&Act> {
    match of {
        Switch::Act(id) => form.acts.get(id.index()),
        _ => None,
    }
}

/// The bits of a thing.
fn bits(form: &OptionForm, thing: OptionId) -> Vec<OptionId> {
    match form.scale_of(thing) {
        Some(scale) => scale.switches().collect(),
        None => vec![thing],
    }
}

/// How high a thing stands: 0 where it is off or lowest.
fn height(form: &OptionForm, thing: OptionId, state: &State) -> usize {
    bits(form, thing).into_iter().filter(|&bit| state.is_on(bit)).count()
}

/// Whether `i` makes `t` of `s` by one change of its own switches.
fn is_change(form: &OptionForm, i: ActorId, own: &[OptionId], s: &Truth, t: &Truth) -> bool {
    let changed: Vec<OptionId> = own
        .iter()
        .copied()
        .filter(|&thing| height(form, thing, s.state) != height(form, thing, t.state))
        .collect();
    // Acts that are begun bring along what `with` names.
    let begun: Vec<(OptionId, &Act)> = changed
        .iter()
        .filter(|&&thing| height(form, thing, s.state) == 0)
        .filter_map(|&thing| Some((thing, act_of(form, form.options.get(thing.index())?.of)?)))
        .collect();
    begun.iter().all(|(_, act)| act.with.iter().all(|&(switch, on)| t.state.is_on(switch) == on))
        && changed.iter().all(|&thing| {
            if may_switch(form, i, thing, s, t) {
                return true;
            }
            // What comes along is judged as if the act were done.
            begun.iter().any(|(act_switch, act)| {
                let mut done = s.state.clone();
                bits(form, *act_switch).into_iter().for_each(|bit| done.set(bit, t.state.is_on(bit)));
                act.with.iter().any(|(switch, _)| bits(form, thing).contains(switch))
                    && may_switch(form, i, thing, &Truth::new(form, &done), t)
            })
        })
}

/// Whether `i` may bring `thing` from where it stands before to where it stands after, judged at `before`.
fn may_switch(form: &OptionForm, i: ActorId, thing: OptionId, before: &Truth, after: &Truth) -> bool {
    let Some(option) = form.options.get(thing.index()) else { return false };
    let (from, to) = (height(form, thing, before.state), height(form, thing, after.state));
    match act_of(form, option.of) {
        Some(act) if to == 0 => alone(&act.ends.groups, i) && all(&option.ends_if, before),
        Some(act) => alone(&act.begins.groups, i) && all(&option.begins_if, before),
        None => allowed(option, to > from, before),
    }
}

fn allowed(option: &detente_model::Opt, rises: bool, before: &Truth) -> bool {
    match (rises, option.direction) {
        (true, Direction::OffOnly) | (false, Direction::OnOnly) => false,
        (true, _) => all(&option.begins_if, before),
        (false, _) => all(&option.ends_if, before),
    }
}

fn all(conditions: &[detente_model::Condition], at: &Truth) -> bool {
    conditions.iter().all(|condition| at.of(&condition.that))
}

/// The one move of a group with an act, from each state: none or one target.
fn joint_moves(
    form: &OptionForm,
    joint: Joint,
    states: &[State],
    truths: &[Truth],
    places: &HashMap<&State, usize>,
) -> Vec<Vec<usize>> {
    let Some(act) = form.acts.get(joint.act.index()) else { return vec![vec![]; states.len()] };
    let thing = act.first;
    let Some(option) = form.options.get(thing.index()) else { return vec![vec![]; states.len()] };
    let one = |s: usize| -> Option<usize> {
        let (state, truth) = (&states[s], &truths[s]);
        let now = height(form, thing, state);
        let goal = match joint.step {
            Step::End => 0,
            Step::Begin(level) => level as usize + 1,
        };
        let conditions = if goal == 0 { &option.ends_if } else { &option.begins_if };
        if now == goal || !all(conditions, truth) {
            return None;
        }
        let mut done = state.clone();
        bits(form, thing).into_iter().zip(1..).for_each(|(bit, place)| done.set(bit, place <= goal));
        if goal > 0 && now == 0 {
            let after = done.clone();
            let judged = Truth::new(form, &after);
            for &(switch, on) in act.with.iter().filter(|&&(switch, on)| state.is_on(switch) != on) {
                let with = form.options.get(switch.index())?;
                // Of an act that comes along the groups were checked when the case was read.
                let may = match with.of {
                    Switch::Option => allowed(with, on, &judged),
                    Switch::Act(_) if on => all(&with.begins_if, &judged),
                    Switch::Act(_) => all(&with.ends_if, &judged),
                    Switch::Chance(_) => false,
                };
                if !may {
                    return None;
                }
                done.set(switch, on);
            }
        }
        places.get(&done).copied()
    };
    (0..states.len()).map(|s| one(s).into_iter().collect()).collect()
}
