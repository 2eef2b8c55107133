//! Dates, chance events, and assemblies: what is nobody's move.

use crate::{ActorId, Expr, Game, Grounds, OptionId, State};

/// What happens on a date: `[deadline.ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Id in the file.
    pub id: String,
    /// When, `YYYY-MM-DD`.
    pub on: String,
    /// Title.
    pub title: Option<String>,
    /// Where this holds nothing happens.
    pub unless: Option<Expr>,
    /// What is switched on and off then, whatever directions and conditions say.
    pub then: Vec<(OptionId, bool)>,
    /// Whether it lies after the date that the case describes: those before do nothing any more.
    pub ahead: bool,
    /// What it rests on.
    pub grounds: Grounds,
}

/// A switch of nobody: `[chance.ID]`. It never moves in stability.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// Id in the file.
    pub id: String,
    /// In words.
    pub text: String,
    /// When, where that is known.
    pub on: Option<String>,
    /// How likely, 0..1.
    pub likelihood: Option<f64>,
    /// Its switch.
    pub switch: OptionId,
    /// What is switched on and off when it happens.
    pub then: Vec<(OptionId, bool)>,
    /// What it rests on.
    pub grounds: Grounds,
}

impl Eq for Chance {}

/// Who has how many seats: `[assembly.ID]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assembly {
    /// Id in the file.
    pub id: String,
    /// Seats by owner; those of who is no actor have a name only.
    pub seats: Vec<(String, Option<ActorId>, u64)>,
}

impl Assembly {
    /// The seats of an actor.
    #[must_use]
    pub fn of(&self, actor: ActorId) -> u64 {
        self.seats.iter().filter(|(_, who, _)| *who == Some(actor)).map(|(_, _, seats)| seats).sum()
    }
}

impl Game {
    /// The deadlines ahead, by date, those of one day in file order: `1..K` of the definitions.
    pub fn deadlines_ahead(&self) -> impl Iterator<Item = &Deadline> {
        self.deadlines.iter().filter(|deadline| deadline.ahead)
    }

    /// `d_k(s)`: `state` after `deadline`.
    #[must_use]
    pub fn after(&self, deadline: &Deadline, state: &State) -> State {
        let excused = match (self.option_form(), &deadline.unless) {
            (Some(form), Some(unless)) => form.holds(unless, state),
            _ => false,
        };
        if excused { state.clone() } else { state.with(&deadline.then) }
    }

    /// Where `state` drifts if nobody acts: all deadlines ahead from number `from` (counted from 0) on.
    #[must_use]
    pub fn drift(&self, state: &State, from: usize) -> State {
        self.deadlines_ahead().skip(from).fold(state.clone(), |state, deadline| self.after(deadline, &state))
    }
}
