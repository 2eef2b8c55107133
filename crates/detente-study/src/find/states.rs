//! Sets of states as formulas, and the moves of single states.

use detente_model::{
    ActorId, Conflict, DefinitionId, Expr, Form, Game, Mover, OptionId, OutcomeStates, Pattern, Rule, State,
};

use crate::find::caps::MOVES;

/// The states of `pattern`.
pub fn of_pattern(pattern: &Pattern) -> OutcomeStates {
    let cells = pattern.cells.iter().enumerate().filter_map(|(at, cell)| {
        let option = Expr::Option(OptionId::from(at));
        cell.map(|on| if on { option } else { option.negate() })
    });
    OutcomeStates::Formula(Expr::And(cells.collect()))
}

/// The one state that `states` is made of, when it says so in so many words: a list of one, or every option on or off.
pub fn single(game: &Game, states: &OutcomeStates) -> Option<State> {
    let formula = match states {
        OutcomeStates::Listed(list) => {
            return if let [one] = list.as_slice() { Some(one.clone()) } else { None };
        }
        OutcomeStates::Formula(formula) => formula,
    };
    let Expr::And(parts) = formula else { return None };
    let mut cells = vec![None; game.options().len()];
    for part in parts {
        let (option, on) = match part {
            Expr::Option(option) => (*option, true),
            Expr::Not(inner) => match &**inner {
                Expr::Option(option) => (*option, false),
                _ => return None,
            },
            _ => return None,
        };
        *cells.get_mut(option.index())? = Some(on);
    }
    Pattern { cells }.single()
}

/// The states of the named outcome at `place` that no earlier one covers: those that bear its
/// name.
pub fn named(conflict: &Conflict, place: usize) -> OutcomeStates {
    let earlier = conflict.outcomes.iter().take(place).map(|outcome| &outcome.states);
    match conflict.outcomes.get(place).map(|outcome| &outcome.states) {
        Some(OutcomeStates::Formula(own)) => {
            let mut parts = vec![own.clone()];
            parts.extend(earlier.filter_map(|states| match states {
                OutcomeStates::Formula(formula) => Some(formula.clone().negate()),
                OutcomeStates::Listed(_) => None,
            }));
            OutcomeStates::Formula(Expr::And(parts))
        }
        Some(OutcomeStates::Listed(own)) => {
            let earlier: Vec<&OutcomeStates> = earlier.collect();
            let free = |state: &&State| !earlier.iter().any(|states| conflict.is_outcome(states, state));
            OutcomeStates::Listed(own.iter().filter(free).cloned().collect())
        }
        None => OutcomeStates::Listed(Vec::new()),
    }
}

/// The states that no outcome names.
pub fn unnamed(conflict: &Conflict) -> OutcomeStates {
    match &conflict.game.form {
        Form::Options(_) => {
            let none = conflict.outcomes.iter().filter_map(|outcome| match &outcome.states {
                OutcomeStates::Formula(formula) => Some(formula.clone().negate()),
                OutcomeStates::Listed(_) => None,
            });
            OutcomeStates::Formula(Expr::And(none.collect()))
        }
        Form::Graph(form) => OutcomeStates::Listed(
            (1..=form.states.len() as u64)
                .map(State::from_number)
                .filter(|state| conflict.outcome_of(state).is_none())
                .collect(),
        ),
    }
}

/// The states that `actor` can move to from `from` in one step of its own, ascending; `None` when
/// there are too many to look at.
///
/// # Complexity
/// 2^k feasibility checks for an actor with k options, at most 65,536.
pub fn moves(game: &Game, actor: ActorId, from: &State) -> Option<Vec<State>> {
    match &game.form {
        Form::Graph(form) => {
            let at = from.number()?;
            Some(
                form.arcs
                    .iter()
                    .filter(|arc| arc.actor == actor && u64::from(arc.from) + 1 == at)
                    .map(|arc| State::from_number(u64::from(arc.to) + 1))
                    .collect(),
            )
        }
        Form::Options(form) if !game.only_own_moves() => {
            let mover = Mover { parties: vec![actor], joint: None };
            let mut feasible = |to: &State| form.broken_rule(to).is_none();
            game.moves_of(&mover, from, &mut feasible, MOVES.most)
        }
        Form::Options(form) => {
            let own: Vec<OptionId> = game.options_of(actor).collect();
            if own.len() >= usize::BITS as usize || 1_u64 << own.len() > MOVES.most {
                return None;
            }
            // Once for all of them: formulas of rules are made when they are asked for.
            let rules: Vec<Expr> = form.rules.iter().map(Rule::formula).collect();
            let feasible = |to: &State| {
                let defined = form.defined(to);
                let truth = |d: DefinitionId| defined.get(d.index()).copied().unwrap_or(false);
                rules.iter().all(|rule| rule.eval(&|o| to.is_on(o), &truth))
            };
            let ways = form.ways(|mover| mover == actor);
            let mut found: Vec<State> = (0..1_usize << own.len())
                .map(|bits| {
                    let mut to = from.clone();
                    for (at, option) in own.iter().enumerate() {
                        to.set(*option, bits >> at & 1 == 1);
                    }
                    to
                })
                .filter(|to| to != from && feasible(to) && ways.open(from, to))
                .collect();
            found.sort_unstable();
            Some(found)
        }
    }
}
