//! Dates, chance events, and assemblies: what is nobody's move.

use crate::{ActorId, ChanceId, Expr, Game, Grounds, OptionForm, OptionId, State};

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

/// The states among which answers are given: those in which the chance events stand as in one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The chance event that has happened; `None`: as today.
    pub chance: Option<ChanceId>,
    /// Where it starts; `None`: the case has no status quo. The rule (by its place) that forbids the start.
    pub start: Option<Result<State, usize>>,
    /// How the chance events stand in it: on or off, by their switch.
    pub here: Vec<(OptionId, bool)>,
}

impl Slice {
    /// Whether `state` is in it.
    #[must_use]
    pub fn has(&self, state: &State) -> bool {
        self.here.iter().all(|&(switch, on)| state.is_on(switch) == on)
    }
}

impl Game {
    /// As today, then one slice for each chance event that has not happened: started from the status quo with
    /// the event on and what it brings about.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        let nothing = OptionForm::default();
        let form = self.option_form().unwrap_or(&nothing);
        let today = self.status_quo.clone();
        let happened = |chance: &Chance| today.as_ref().is_some_and(|state| state.is_on(chance.switch));
        let here: Vec<(OptionId, bool)> = form.chances.iter().map(|c| (c.switch, happened(c))).collect();
        let mut slices = vec![Slice { chance: None, start: today.clone().map(Ok), here: here.clone() }];
        for (at, chance) in form.chances.iter().enumerate().filter(|(_, chance)| !happened(chance)) {
            let start = today.as_ref().map(|state| {
                let start = state.with(&[(chance.switch, true)]).with(&chance.then);
                form.broken_rule(&start).map_or(Ok(start), Err)
            });
            let mut here = here.clone();
            here[at].1 = true;
            slices.push(Slice { chance: Some(ChanceId::from(at)), start, here });
        }
        slices
    }

    /// Whether every state is within reach of every other whatever they are: all switches are options that move
    /// both ways on no condition, and nothing is forbidden or taken away.
    #[must_use]
    pub fn all_within_reach(&self) -> bool {
        self.only_own_moves()
            && self.option_form().is_some_and(|form| {
                let both = |o: &crate::Opt| o.direction == crate::Direction::Both;
                form.rules.is_empty() && form.cannot.is_empty() && form.options.iter().all(both)
            })
    }

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
