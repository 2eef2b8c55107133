//! What was found out about listed states, as plain data: the base of tables and pictures.

use std::collections::HashMap;

use detente_model::{ActorId, Arc, Concept, Conflict, Direction, Form, Game, OptionForm, OptionId, State};

use super::CannotExport;
use super::ranks::{self, BadRanking};

/// Listed states of a conflict with ranks, moves and verdicts.
///
/// The program makes one with [`Snapshot::new`], adds a verdict per concept with
/// [`Snapshot::add_concept`], and for pictures the moves with [`Snapshot::add_moves`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Title of the case.
    pub title: String,
    /// Id of the variant; `None`: the case as written.
    pub variant: Option<String>,
    /// The actors.
    pub actors: Vec<ActorColumn>,
    /// The options (none in graph form).
    pub options: Vec<OptionColumn>,
    /// Defined names with their formulas.
    pub definitions: Vec<(String, String)>,
    /// The states, ascending by number.
    pub states: Vec<StateRow>,
    /// How many feasible states there are, when more than are listed.
    pub of: Option<String>,
    /// Verdicts, one per concept.
    pub concepts: Vec<ConceptColumn>,
    /// Moves between listed states, by actor, then where from, then where to.
    pub moves: Vec<Move>,
}

/// An actor of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorColumn {
    /// Id in the file.
    pub id: String,
    /// Name for readers.
    pub name: String,
}

/// An option of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionColumn {
    /// Whose, by place.
    pub actor: usize,
    /// `az.sign`.
    pub id: String,
    /// In words.
    pub text: String,
    /// How it can be moved.
    pub direction: Direction,
}

/// A state of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// State number in decimal; in graph form the position from 1.
    pub number: String,
    /// Place among the feasible states, from 1; `None` when not known.
    pub ordinal: Option<usize>,
    /// Graph form: the name of the state. Option form: the named outcome that covers it.
    pub name: Option<String>,
    /// Whether each option is on.
    pub on: Vec<bool>,
    /// The place of its tie group in each actor's order of the listed states, best = 1.
    pub ranks: Vec<usize>,
    /// Whether it is the status quo.
    pub status_quo: bool,
}

/// Verdicts under one concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptColumn {
    /// Which.
    pub concept: Concept,
    /// `stable[state][actor]`.
    pub stable: Vec<Vec<bool>>,
}

/// A unilateral move between two listed states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Move {
    /// Who moves, by place.
    pub actor: usize,
    /// Where from, by place among the states.
    pub from: usize,
    /// Where to, by place among the states.
    pub to: usize,
    /// Whether the mover prefers where it goes.
    pub improves: bool,
}

impl Snapshot {
    /// A snapshot of `states` (ascending). `all`: they are all feasible states, so that ordinals
    /// and ranks are those of the conflict.
    ///
    /// # Errors
    /// A ranking that has a state not exactly once.
    ///
    /// # Complexity
    /// O(states × (preferences + outcomes) + sort per actor).
    pub fn new(conflict: &Conflict, states: &[State], all: bool) -> Result<Self, CannotExport> {
        let game = &conflict.game;
        let mut rows: Vec<StateRow> = states
            .iter()
            .enumerate()
            .map(|(place, state)| StateRow {
                number: state.to_string(),
                ordinal: all.then_some(place + 1),
                name: name(conflict, state),
                on: (0..game.options().len()).map(|o| state.is_on(OptionId::from(o))).collect(),
                ranks: vec![0; game.actors.len()],
                status_quo: game.status_quo.as_ref() == Some(state),
            })
            .collect();
        let mut bad = Vec::new();
        for actor in game.actor_ids() {
            match ranks::groups(game, actor, states) {
                Ok(groups) => {
                    for (rank, group) in (1..).zip(groups) {
                        for place in group {
                            rows[place].ranks[actor.index()] = rank;
                        }
                    }
                }
                Err(BadRanking { state, groups }) => {
                    let id = &game.actors[actor.index()].id;
                    bad.push(format!(
                        "the ranking of `{id}` has state {state} in {groups} groups instead of one"
                    ));
                }
            }
        }
        if !bad.is_empty() {
            return Err(CannotExport(bad));
        }
        Ok(Self {
            title: conflict.about.title.clone(),
            variant: conflict.variant.clone(),
            actors: game
                .actors
                .iter()
                .map(|a| ActorColumn { id: a.id.clone(), name: a.name.clone() })
                .collect(),
            options: game
                .options()
                .iter()
                .enumerate()
                .map(|(at, o)| OptionColumn {
                    actor: o.actor.index(),
                    id: game.option_name(OptionId::from(at)),
                    text: o.text.clone(),
                    direction: o.direction,
                })
                .collect(),
            definitions: game
                .option_form()
                .map_or(&[][..], |form| &form.definitions)
                .iter()
                .map(|d| (d.id.clone(), game.formula_text(&d.that)))
                .collect(),
            states: rows,
            of: None,
            concepts: Vec::new(),
            moves: Vec::new(),
        })
    }

    /// Adds the verdicts of `concept`; `stable` is asked by places of state and actor.
    pub fn add_concept(&mut self, concept: Concept, stable: impl Fn(usize, ActorId) -> bool) {
        let verdicts = |state| (0..self.actors.len()).map(|a| stable(state, ActorId::from(a))).collect();
        let stable = (0..self.states.len()).map(verdicts).collect();
        self.concepts.push(ConceptColumn { concept, stable });
    }

    /// Adds all moves between the listed states, at most `most`. `states` are those that the
    /// snapshot was made of.
    ///
    /// # Errors
    /// More than `most` moves: the sentence names the bound.
    ///
    /// # Complexity
    /// O(states × actors + moves).
    pub fn add_moves(&mut self, game: &Game, states: &[State], most: usize) -> Result<(), CannotExport> {
        let mut moves = Vec::new();
        match &game.form {
            Form::Graph(form) => {
                let place: HashMap<u64, usize> =
                    states.iter().enumerate().filter_map(|(at, s)| Some((s.number()?, at))).collect();
                for arc in &form.arcs {
                    let Arc { actor, from, to } = *arc;
                    let at = |position: u32| place.get(&(u64::from(position) + 1)).copied();
                    if let (Some(from), Some(to)) = (at(from), at(to)) {
                        moves.push(self.step(actor.index(), from, to));
                    }
                }
            }
            Form::Options(form) => {
                for actor in game.actor_ids() {
                    self.steps_of(form, actor, states, most, &mut moves);
                }
            }
        }
        if moves.len() > most {
            let reason = format!("there are more than {most} moves between the {} states", self.states.len());
            return Err(CannotExport(vec![reason]));
        }
        moves.sort_unstable();
        self.moves = moves;
        Ok(())
    }

    /// The moves of one actor: between states with the same options of all others. Stops past
    /// `most` moves in all.
    fn steps_of(
        &self,
        form: &OptionForm,
        actor: ActorId,
        states: &[State],
        most: usize,
        moves: &mut Vec<Move>,
    ) {
        let mut groups: HashMap<State, Vec<usize>> = HashMap::new();
        let own: Vec<OptionId> =
            (0..form.options.len()).filter(|&o| form.options[o].actor == actor).map(OptionId::from).collect();
        for (at, state) in states.iter().enumerate() {
            let mut others = state.clone();
            for &option in &own {
                others.set(option, false);
            }
            groups.entry(others).or_default().push(at);
        }
        let cannot: Vec<_> = form.cannot.iter().filter(|c| c.actor == actor).collect();
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort_unstable();
        for group in groups {
            for &from in &group {
                for &to in &group {
                    let (s, t) = (&states[from], &states[to]);
                    let one_way = own.iter().any(|&o| match form.options[o.index()].direction {
                        Direction::Both => false,
                        Direction::OnOnly => s.is_on(o) && !t.is_on(o),
                        Direction::OffOnly => !s.is_on(o) && t.is_on(o),
                    });
                    let taken = || cannot.iter().any(|c| form.holds(&c.from, s) && form.holds(&c.to, t));
                    if from != to && !one_way && !taken() {
                        moves.push(self.step(actor.index(), from, to));
                        if moves.len() > most {
                            return;
                        }
                    }
                }
            }
        }
    }

    fn step(&self, actor: usize, from: usize, to: usize) -> Move {
        let rank = |at: usize| self.states[at].ranks[actor];
        Move { actor, from, to, improves: rank(to) < rank(from) }
    }

    /// Whether every actor's verdict on the state at this place is stable under the concept.
    #[must_use]
    pub fn is_equilibrium(&self, concept: &ConceptColumn, state: usize) -> bool {
        concept.stable.get(state).is_some_and(|actors| actors.iter().all(|&stable| stable))
    }

    /// A title with the variant.
    pub(super) fn heading(&self) -> String {
        match &self.variant {
            Some(variant) => format!("{} (variant {variant})", self.title),
            None => self.title.clone(),
        }
    }
}

fn name(conflict: &Conflict, state: &State) -> Option<String> {
    if let Form::Graph(form) = &conflict.game.form {
        let place = usize::try_from(state.number()?).ok()?.checked_sub(1)?;
        let name = form.names.get(place).filter(|name| !name.is_empty());
        return name.or_else(|| form.states.get(place)).cloned();
    }
    conflict.outcome_of(state).map(|outcome| outcome.name.clone())
}
