//! States, moves and preferences, as the definitions have them.

use std::collections::HashMap;

use detente_model::{
    ActorId, Expr, Form, Game, GraphForm, Mover, OptionForm, OptionId, Pattern, Preference, RankEntry,
    Ranking, Rule, RuleKind, State,
};

use crate::{Large, LimitHit, NotPossible, SolveError, TooLarge, Watch};

/// A game with more feasible states than this is not for this engine.
pub(super) const MOST_STATES: usize = crate::caps::REFERENCE_STATES.size();
/// Nor one with more options than this: all `2^options` assignments are looked at.
const MOST_OPTIONS: usize = crate::caps::REFERENCE_OPTIONS.size();
/// Nor one with more moves than this: they are listed.
pub(super) const MOST_MOVES: usize = crate::caps::REFERENCE_MOVES.size();

/// A game laid out: states are places from 0 in `states`, actors are numbers from 0.
pub(super) struct World {
    /// How many actors.
    pub(super) actors: usize,
    /// `S`: the feasible states, ascending.
    pub(super) states: Vec<State>,
    /// The movers: actors first, each with its own number.
    pub(super) movers: Vec<Mover>,
    /// `R_m(s)`: `moves[m][s]` are the states that mover `m` reaches from `s` by one move, ascending.
    pub(super) moves: Vec<Vec<Vec<usize>>>,
    /// The owner of each option (empty in graph form).
    pub(super) owners: Vec<usize>,
    /// `worth[i][s]`: larger is better for `i`, equal is indifferent.
    worth: Vec<Vec<usize>>,
    /// Where a state is in `states`.
    places: HashMap<State, usize>,
}

impl World {
    pub(super) fn new(game: &Game, watch: &dyn Watch) -> Result<Self, SolveError> {
        let states = match &game.form {
            Form::Options(form) => feasible(form, watch)?,
            Form::Graph(form) => (1..=form.states.len() as u64).map(State::from_number).collect(),
        };
        if states.is_empty() {
            return Err(SolveError::NoFeasibleState);
        }
        if states.len() > MOST_STATES {
            return Err(too_large(Large::States, Some(states.len()), MOST_STATES));
        }
        let mut worth = Vec::with_capacity(game.actor_count());
        for (i, preference) in game.preferences.iter().enumerate() {
            worth.push(worths(game.option_form(), ActorId::from(i), preference, &states)?);
        }
        let movers = game.movers();
        let moves = match &game.form {
            Form::Options(form) => super::moves::moves(game, form, &states, &movers, watch)?,
            Form::Graph(form) => graph_moves(game, form),
        };
        Ok(Self {
            actors: game.actor_count(),
            movers,
            moves,
            owners: game.options().iter().map(|o| o.actor.index()).collect(),
            worth,
            places: states.iter().cloned().enumerate().map(|(place, state)| (state, place)).collect(),
            states,
        })
    }

    /// `t ≻_i s`.
    pub(super) fn prefers(&self, i: usize, t: usize, s: usize) -> bool {
        self.worth[i][t] > self.worth[i][s]
    }

    /// From here on `i` ranks every state as the one that stands for it in `as_what`.
    #[cfg(test)]
    pub(super) fn judge(&mut self, i: usize, as_what: &[usize]) {
        self.worth[i] = as_what.iter().map(|&s| self.worth[i][s]).collect();
    }

    /// `P(m)`.
    pub(super) fn parties(&self, m: usize) -> impl Iterator<Item = usize> + '_ {
        self.movers[m].parties.iter().map(|party| party.index())
    }

    /// Whether `i` takes part in the moves of `m`.
    pub(super) fn takes_part(&self, i: usize, m: usize) -> bool {
        self.parties(m).any(|party| party == i)
    }

    /// `R⁺_m(s)`: the moves of `m` from `s` to a state that each of its parties prefers to `s`.
    pub(super) fn improvements(&self, m: usize, s: usize) -> impl Iterator<Item = usize> + '_ {
        let all = move |&t: &usize| self.parties(m).all(|party| self.prefers(party, t, s));
        self.moves[m][s].iter().copied().filter(all)
    }

    /// The place of `state`; `None`: it is not feasible.
    pub(super) fn place(&self, state: &State) -> Option<usize> {
        self.places.get(state).copied()
    }
}

pub(super) fn too_large(what: Large, count: Option<usize>, most: usize) -> SolveError {
    let count = count.map(|count| count as u64);
    SolveError::NotPossible(NotPossible::TooLargeForReference(TooLarge { what, count, most: most as u64 }))
}

pub(super) fn stopped(stop: crate::Stop) -> SolveError {
    SolveError::Stopped(LimitHit {
        stop,
        what: "the states and moves of the game".to_owned(),
        limit: stop.words().to_owned(),
        reached: "no concept".to_owned(),
        exact: String::new(),
    })
}

/// The truth assignments that every rule allows.
fn feasible(form: &OptionForm, watch: &dyn Watch) -> Result<Vec<State>, SolveError> {
    let options = form.options.len();
    if options > MOST_OPTIONS {
        return Err(too_large(Large::Options, Some(options), MOST_OPTIONS));
    }
    let mut states = Vec::new();
    for number in 0..1_u64 << options {
        if number % 4096 == 0
            && let Some(stop) = watch.stop()
        {
            return Err(stopped(stop));
        }
        let state = State::from_number(number);
        let truth = Truth::new(form, &state);
        if form.rules.iter().all(|rule| truth.allowed_by(rule)) {
            states.push(state);
        }
    }
    Ok(states)
}

/// Graph form: the moves are the arcs.
fn graph_moves(game: &Game, form: &GraphForm) -> Vec<Vec<Vec<usize>>> {
    game.actor_ids()
        .map(|i| {
            (0..form.states.len())
                .map(|s| {
                    let mut targets: Vec<usize> = form
                        .arcs
                        .iter()
                        .filter(|arc| arc.actor == i && arc.from as usize == s && arc.to as usize != s)
                        .map(|arc| arc.to as usize)
                        .collect();
                    targets.sort_unstable();
                    targets.dedup();
                    targets
                })
                .collect()
        })
        .chain(form.joint.iter().map(|joint| {
            let mut targets = vec![Vec::new(); form.states.len()];
            for &(from, to) in joint.arcs.iter().filter(|(from, to)| from != to) {
                targets[from as usize].push(to as usize);
            }
            targets
        }))
        .collect()
}

/// The truth of formulas in one state.
pub(super) struct Truth<'a> {
    pub(super) state: &'a State,
    defined: Vec<bool>,
}

impl<'a> Truth<'a> {
    /// Definitions refer to earlier ones only, so one pass gives all of them.
    pub(super) fn new(form: &OptionForm, state: &'a State) -> Self {
        let mut truth = Self { state, defined: Vec::new() };
        for definition in &form.definitions {
            let holds = truth.of(&definition.that);
            truth.defined.push(holds);
        }
        truth
    }

    pub(super) fn of(&self, formula: &Expr) -> bool {
        match formula {
            Expr::Const(value) => *value,
            Expr::Option(o) => self.state.is_on(*o),
            Expr::Defined(d) => self.defined.get(d.index()) == Some(&true),
            Expr::Not(a) => !self.of(a),
            Expr::And(parts) => !parts.iter().any(|a| !self.of(a)),
            Expr::Or(parts) => parts.iter().any(|a| self.of(a)),
            Expr::Implies(a, b) => match (self.of(a), self.of(b)) {
                (true, false) => false,
                (true, true) | (false, _) => true,
            },
            Expr::Iff(a, b) => self.of(a) == self.of(b),
            Expr::AtMostOne(parts) => self.count(parts) <= 1,
            Expr::AtLeast(parts, needs) => {
                let weights = parts.iter().filter(|(_, a)| self.of(a)).map(|(weight, _)| u128::from(*weight));
                weights.sum::<u128>() >= u128::from(*needs)
            }
            Expr::Written(_, a) => self.of(a),
        }
    }

    fn count(&self, parts: &[Expr]) -> usize {
        parts.iter().filter(|a| self.of(a)).count()
    }

    fn allowed_by(&self, rule: &Rule) -> bool {
        match &rule.kind {
            RuleKind::Never(a) => !self.of(a),
            RuleKind::Always(a) => self.of(a),
            RuleKind::AtMostOne(parts) => self.count(parts) <= 1,
            RuleKind::ExactlyOne(parts) => self.count(parts) == 1,
            RuleKind::Requires(option, a) => !self.state.is_on(*option) || self.of(a),
            RuleKind::Unavailable(option) => !self.state.is_on(*option),
            RuleKind::Chain(upper, lower) => !self.state.is_on(*upper) || self.state.is_on(*lower),
        }
    }
}

/// One number per state, larger is better.
fn worths(
    form: Option<&OptionForm>,
    i: ActorId,
    preference: &Preference,
    states: &[State],
) -> Result<Vec<usize>, SolveError> {
    let none = OptionForm::default();
    let form = form.unwrap_or(&none);
    let mut scores: Vec<Vec<i128>> = Vec::with_capacity(states.len());
    for state in states {
        let truth = Truth::new(form, state);
        scores.push(match preference {
            // Compared word by word: the first statement on which two states differ decides.
            Preference::Statements(list) => list.iter().map(|s| i128::from(truth.of(&s.that))).collect(),
            Preference::Weights(list) => {
                vec![list.iter().filter(|w| truth.of(&w.that)).map(|w| i128::from(w.weight)).sum()]
            }
            Preference::Ranking(ranking) => vec![-(group_of(ranking, i, &truth)? as i128)],
        });
    }
    let mut levels = scores.clone();
    levels.sort();
    levels.dedup();
    Ok(scores.iter().map(|score| levels.partition_point(|level| level < score)).collect())
}

/// The group (from 0) that covers the state; the number of groups when none does and that is allowed.
fn group_of(ranking: &Ranking, i: ActorId, truth: &Truth) -> Result<usize, SolveError> {
    let mut found = None;
    for (at, group) in ranking.groups.iter().enumerate() {
        if group.iter().any(|entry| covers(entry, truth)) {
            if let Some(first) = found {
                return Err(SolveError::RankingOverlap(i, truth.state.clone(), first + 1, at + 1));
            }
            found = Some(at);
        }
    }
    match found {
        Some(at) => Ok(at),
        None if ranking.rest_last => Ok(ranking.groups.len()),
        None => Err(SolveError::RankingGap(i, truth.state.clone())),
    }
}

fn covers(entry: &RankEntry, truth: &Truth) -> bool {
    match entry {
        RankEntry::State(state) => state == truth.state,
        RankEntry::Pattern(Pattern { cells }) => cells
            .iter()
            .enumerate()
            .all(|(o, cell)| cell.is_none() || *cell == Some(truth.state.is_on(OptionId::from(o)))),
        RankEntry::Formula(formula) => truth.of(formula),
    }
}
