//! Why nobody leaves an outcome alone, in one sentence: which wish holds each actor that could get
//! something else that it wants, and what the others miss.

use std::cmp::Ordering;

use detente_engine::Order;
use detente_engine::certificate::deciding_grounds;
use detente_model::{ActorId, Conflict, Form, Grounds, Preference, State};

use super::clause::wish_at;
use super::{does, is_own_option, loss_by_itself, wish};
use crate::find::states;
use crate::say::{names, words};

/// Actors with more options have too many moves to look at here.
const MOST_OPTIONS: usize = 12;
/// Actors, or wishes, that are named one by one.
const NAMED: usize = 3;

/// What keeps one actor at an outcome that it has no reason to leave alone.
enum Hold {
    /// All its wishes are fulfilled.
    Content,
    /// A move would fulfil the wish at `gains`, at the price of a more important one.
    Wish { gains: usize, to: State },
    /// No move of its own fulfils a wish that is not fulfilled; the first such wish.
    OutOfReach(usize),
    /// It has moves, to nothing that it ranks higher.
    Ranking,
    /// It has no move.
    NoMove,
    /// It has too many moves to look at.
    TooMany,
}

/// The sentence. `state` must be a Nash equilibrium.
pub fn nobody_leaves(conflict: &Conflict, state: &State) -> String {
    let holds: Vec<(ActorId, Hold)> =
        conflict.game.actor_ids().map(|actor| (actor, hold(conflict, actor, state))).collect();
    let mut parts = Vec::new();
    let tempted: Vec<(ActorId, usize, &State)> = holds
        .iter()
        .filter_map(|(actor, hold)| match hold {
            Hold::Wish { gains, to } => Some((*actor, *gains, to)),
            _ => None,
        })
        .collect();
    for (actor, gains, to) in tempted.iter().take(NAMED) {
        let who = names::inside(conflict, *actor);
        parts.push(tempting(conflict, &who, *actor, *gains, state, to));
    }
    match tempted.len().saturating_sub(NAMED) {
        0 => {}
        1 => parts.push("one other is held in the same way".to_owned()),
        more => parts.push(format!("{more} others are held in the same way")),
    }
    parts.extend(missing(conflict, &holds));
    let mut group = |which: fn(&Hold) -> bool, one: &str, many: &str| {
        let list: Vec<ActorId> =
            holds.iter().filter(|(_, hold)| which(hold)).map(|(actor, _)| *actor).collect();
        if !list.is_empty() {
            let verb = if list.len() == 1 { one } else { many };
            parts.push(format!("{} {verb}", names::inside_all(conflict, &list)));
        }
    };
    group(|hold| matches!(hold, Hold::Content), "has all that it wants", "have all that they want");
    group(
        |hold| matches!(hold, Hold::Ranking),
        "can move only to what it ranks no higher",
        "can move only to what they rank no higher",
    );
    group(|hold| matches!(hold, Hold::NoMove), "has no move", "have no move");
    group(
        |hold| matches!(hold, Hold::TooMany),
        "has too many moves to name what holds it",
        "have too many moves to name what holds them",
    );
    format!("{}.", words::capital(&parts.join("; ")))
}

/// Why one actor that has nothing to gain alone stays, and the grounds of what that names.
pub(super) fn alone<'c>(conflict: &'c Conflict, actor: ActorId, state: &State) -> (String, Vec<&'c Grounds>) {
    let game = &conflict.game;
    let who = names::actor(conflict, actor);
    let of = |place: usize| match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => list.get(place).map(|s| &s.grounds),
        Some(Preference::Weights(list)) => list.get(place).map(|w| &w.grounds),
        Some(Preference::Ranking(ranking)) => Some(&ranking.grounds),
        None => None,
    };
    match hold(conflict, actor, state) {
        Hold::Content => (format!("{who} stays: it has all that it wants."), Vec::new()),
        Hold::Wish { gains, to } => {
            let mut grounds: Vec<&Grounds> = of(gains).into_iter().collect();
            grounds.extend(deciding_grounds(game, actor, state, &to));
            let might = tempting(conflict, "it", actor, gains, state, &to);
            (format!("{who} stays: {might}."), grounds)
        }
        Hold::OutOfReach(place) => (
            format!(
                "{who} stays: it still wants that {}, which it cannot bring about alone.",
                wish(conflict, actor, place, true)
            ),
            of(place).into_iter().collect(),
        ),
        Hold::Ranking => (
            format!("{who} stays: it can move only to what it ranks no higher."),
            of(0).into_iter().collect(),
        ),
        Hold::NoMove => (format!("{who} stays: it has no move."), Vec::new()),
        Hold::TooMany => {
            (format!("{who} stays: none of its moves leads to anything that it prefers."), Vec::new())
        }
    }
}

/// `The West would rather no longer guarantee the agreement, but then …`.
fn tempting(
    conflict: &Conflict,
    who: &str,
    actor: ActorId,
    gains: usize,
    from: &State,
    to: &State,
) -> String {
    let so_that = if is_own_option(conflict, actor, gains) {
        String::new()
    } else {
        format!(", so that {},", wish_at(conflict, actor, gains, to))
    };
    let so_that = if so_that.is_empty() { ",".to_owned() } else { so_that };
    format!(
        "{who} might {}{so_that} but {}",
        does(conflict, actor, from, to),
        loss_by_itself(conflict, actor, from, to)
    )
}

/// What actors miss and cannot get by themselves, those who miss the same together.
fn missing(conflict: &Conflict, holds: &[(ActorId, Hold)]) -> Option<String> {
    let mut groups: Vec<(String, Vec<ActorId>)> = Vec::new();
    for (actor, hold) in holds {
        let Hold::OutOfReach(wish) = hold else { continue };
        let wish = super::wish(conflict, *actor, *wish, true);
        match groups.iter_mut().find(|(other, _)| *other == wish) {
            Some((_, actors)) => actors.push(*actor),
            None => groups.push((wish, vec![*actor])),
        }
    }
    let actors: usize = groups.iter().map(|(_, actors)| actors.len()).sum();
    let mut list: Vec<String> = groups
        .iter()
        .take(NAMED)
        .map(|(wish, actors)| {
            let verb = if actors.len() == 1 { "still wants" } else { "still want" };
            format!("{} {verb} that {wish}", names::inside_all(conflict, actors))
        })
        .collect();
    match groups.iter().skip(NAMED).map(|(_, actors)| actors.len()).sum::<usize>() {
        0 => {}
        1 => list.push("one other wants something else".to_owned()),
        more => list.push(format!("{more} others want something else")),
    }
    let alone =
        if actors == 1 { "and cannot bring that about alone" } else { "and none can bring that about alone" };
    (!list.is_empty()).then(|| format!("{}, {alone}", words::list(&list)))
}

fn hold(conflict: &Conflict, actor: ActorId, state: &State) -> Hold {
    let game = &conflict.game;
    if game.options_of(actor).count() > MOST_OPTIONS {
        return Hold::TooMany;
    }
    let Some(moves) = states::moves(game, actor, state) else { return Hold::TooMany };
    let Form::Options(form) = &game.form else { return ranked(&moves) };
    let fulfilled = |wish: usize, at: &State| match &game.preferences[actor.index()] {
        Preference::Statements(list) => form.holds(&list[wish].that, at),
        Preference::Weights(list) => form.holds(&list[wish].that, at) == (list[wish].weight >= 0),
        Preference::Ranking(_) => true,
    };
    // The most important first.
    let mut open: Vec<usize> = match &game.preferences[actor.index()] {
        Preference::Ranking(_) => return ranked(&moves),
        Preference::Statements(list) => (0..list.len()).collect(),
        Preference::Weights(list) => {
            let mut places: Vec<usize> = (0..list.len()).collect();
            places.sort_by_key(|at| std::cmp::Reverse(list[*at].weight.unsigned_abs()));
            places
        }
    };
    open.retain(|wish| !fulfilled(*wish, state));
    let Some(first) = open.first().copied() else { return Hold::Content };
    let Some(order) = Order::new(game, actor) else { return Hold::NoMove };
    let changes = |to: &State| game.options_of(actor).filter(|o| to.is_on(*o) != state.is_on(*o)).count();
    for wish in open {
        let getting = moves.iter().filter(|to| fulfilled(wish, to));
        // What costs least; of these, what changes least.
        let best = getting.max_by(|a, b| match order.compare(a, b) {
            Ordering::Equal => changes(b).cmp(&changes(a)).then_with(|| b.cmp(a)),
            other => other,
        });
        if let Some(to) = best {
            return Hold::Wish { gains: wish, to: to.clone() };
        }
    }
    Hold::OutOfReach(first)
}

fn ranked(moves: &[State]) -> Hold {
    if moves.is_empty() { Hold::NoMove } else { Hold::Ranking }
}
