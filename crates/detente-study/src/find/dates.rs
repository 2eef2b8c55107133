//! What happens on the dates of a case if nobody acts, and who can change it by when.
//!
//! # Definition
//! The *drift* is where dates alone lead: `d_K(… d_1(s))`. Phase `k` lies before deadline `k + 1`; it begins where the
//! drift has brought the status quo by then. In it every state is judged by where it drifts from there on. A mover has
//! an *improvement over the drift* where it can make a state of that one whose drift each of its parties prefers to
//! the drift of the phase. Its last day is the date on which the last phase ends in which it has one.

use detente_engine::Order;
use detente_model::{Conflict, Deadline, Game, Mover, MoverId, State};

use crate::find::caps::MOVES;

/// What dates do in a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The deadlines ahead, by date.
    pub drift: Vec<Fired>,
    /// Where the status quo ends if nobody acts.
    pub end: State,
    /// Before each date, and after the last.
    pub phases: Vec<Phase>,
    /// Movers that can change the drift, with the last day on which each can; `None`: also after the last date.
    pub last_day: Vec<(MoverId, Option<String>)>,
    /// Actors with more moves than are looked at.
    pub not_looked_at: Vec<MoverId>,
}

/// Something that the case expects: an event, or a date of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected<'c> {
    /// The day, `YYYY[-MM[-DD]]`; empty: an event without one.
    pub on: &'c str,
    /// The last day, of several.
    pub until: Option<&'c str>,
    /// What.
    pub title: &'c str,
    /// Whether it is a deadline, which comes whatever happens.
    pub deadline: bool,
}

/// What the case expects: its expected events, then its dates ahead, in the order of the file.
pub fn expected(conflict: &Conflict) -> impl Iterator<Item = Expected<'_>> {
    let events = conflict.situation.events.iter().filter(|event| event.expected);
    let events = events.map(|event| Expected {
        on: &event.on,
        until: event.until.as_deref(),
        title: &event.title,
        deadline: false,
    });
    events.chain(conflict.game.deadlines_ahead().map(|date| Expected {
        on: &date.on,
        until: None,
        title: date.title.as_deref().unwrap_or(&date.id),
        deadline: true,
    }))
}

/// A deadline as it comes if nobody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Its id.
    pub id: String,
    /// Its date.
    pub on: String,
    /// Its title.
    pub title: Option<String>,
    /// Whether it changes anything.
    pub fired: bool,
    /// Where things stand afterwards.
    pub state: State,
}

/// The time before a date, or after the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phase {
    /// The date that ends it; `None`: it is the last.
    pub until: Option<String>,
    /// Where things stand if nobody has acted.
    pub from: State,
    /// Where that drifts.
    pub drifts_to: State,
    /// Who, alone or together, has an improvement over the drift, and to what: each state with where it drifts.
    pub improvements: Vec<(MoverId, Vec<(State, State)>)>,
}

/// Who can still change where things drift, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening<'d> {
    /// Who: an actor, or several by an act.
    pub mover: MoverId,
    /// The date after which it can; `None`: it can from the start.
    pub after: Option<&'d str>,
    /// The last day on which it can; `None`: it also can after the last date.
    pub until: Option<&'d str>,
    /// To what, in that time: each state with where it drifts from there.
    pub to: &'d [(State, State)],
}

impl Dates {
    /// The deadline with this id, and its place among those ahead.
    #[must_use]
    pub fn fired(&self, id: &str) -> Option<(usize, &Fired)> {
        self.drift.iter().enumerate().find(|(_, fired)| fired.id == id)
    }

    /// Who can change the drift in the phases up to the one at this place (0: before the first date), by mover, then in
    /// time; phases one after the other in which it is to the same states count as one.
    #[must_use]
    pub fn openings(&self, last: usize) -> Vec<Opening<'_>> {
        let mut found: Vec<Opening<'_>> = Vec::new();
        let mut before: Option<&str> = None;
        for phase in self.phases.iter().take(last + 1) {
            let until = phase.until.as_deref();
            for (mover, to) in &phase.improvements {
                let known = found.iter_mut().rev().find(|opening| opening.mover == *mover);
                match known.filter(|known| before.is_some() && known.until == before && known.to == to) {
                    Some(known) => known.until = until,
                    None => found.push(Opening { mover: *mover, after: before, until, to }),
                }
            }
            before = until;
        }
        found.sort_by_key(|opening| opening.mover);
        found
    }
}

/// What dates do in `game`; `None`: it has no deadline ahead, or no status quo.
///
/// # Complexity
/// For each phase the moves of every mover from one state, each with its drift.
#[must_use]
pub fn dates(game: &Game) -> Option<Dates> {
    let start = game.status_quo.clone()?;
    let deadlines: Vec<&Deadline> = game.deadlines_ahead().collect();
    if deadlines.is_empty() {
        return None;
    }
    let mut found = Dates { end: game.drift(&start, 0), ..Dates::default() };
    let movers = game.movers();
    let mut here = start;
    for at in 0..=deadlines.len() {
        let until = deadlines.get(at).map(|deadline| deadline.on.clone());
        let phase = phase(game, &movers, at, &here, until, &mut found.not_looked_at);
        for (mover, _) in &phase.improvements {
            found.last_day.retain(|(known, _)| known != mover);
            found.last_day.push((*mover, phase.until.clone()));
        }
        found.phases.push(phase);
        if let Some(deadline) = deadlines.get(at) {
            let after = game.after(deadline, &here);
            found.drift.push(Fired {
                id: deadline.id.clone(),
                on: deadline.on.clone(),
                title: deadline.title.clone(),
                fired: after != here,
                state: after.clone(),
            });
            here = after;
        }
    }
    found.last_day.sort_by_key(|(mover, _)| *mover);
    Some(found)
}

fn phase(
    game: &Game,
    movers: &[Mover],
    at: usize,
    from: &State,
    until: Option<String>,
    not_looked_at: &mut Vec<MoverId>,
) -> Phase {
    let drifts_to = game.drift(from, at);
    let orders: Vec<Option<Order<'_>>> = game.actor_ids().map(|actor| Order::new(game, actor)).collect();
    let form = game.option_form();
    let mut feasible = |state: &State| form.is_none_or(|form| form.broken_rule(state).is_none());
    let mut improvements = Vec::new();
    for (id, mover) in movers.iter().enumerate().map(|(id, mover)| (MoverId::from(id), mover)) {
        let Some(ends) = game.moves_of(mover, from, &mut feasible, MOVES.most) else {
            if !not_looked_at.contains(&id) {
                not_looked_at.push(id);
            }
            continue;
        };
        let better = |drift: &State| {
            mover.parties.iter().all(|party| {
                let order = orders.get(party.index()).and_then(Option::as_ref);
                order.is_some_and(|order| order.level(drift) > order.level(&drifts_to))
            })
        };
        let ends = ends.into_iter().map(|end| (game.drift(&end, at), end));
        let ends: Vec<(State, State)> =
            ends.filter(|(drift, _)| better(drift)).map(|(drift, end)| (end, drift)).collect();
        if !ends.is_empty() {
            improvements.push((id, ends));
        }
    }
    Phase { until, from: from.clone(), drifts_to, improvements }
}
