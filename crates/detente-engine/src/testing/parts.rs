//! Parts of games without evidence, for tests that spell a game out.

use detente_model::{
    Actor, ActorId, Arc, Direction, Expr, Form, Game, GraphForm, Grounds, Opt, OptionForm, Preference,
    RankEntry, Ranking, Rule, RuleKind, State, Statement, Weighed,
};

/// An actor called `a1`, `a2`, … by its place (from 0).
#[must_use]
pub fn actor(place: usize) -> Actor {
    let id = format!("a{}", place + 1);
    Actor { name: id.clone(), id, note: None }
}

/// An option of actor number `owner` (from 0).
#[must_use]
pub fn option(id: impl Into<String>, owner: usize, direction: Direction) -> Opt {
    let id = id.into();
    Opt {
        text: id.clone(),
        id,
        actor: ActorId::from(owner),
        direction,
        grounds: Grounds::default(),
        confidence: None,
        ..Opt::default()
    }
}

/// A rule without id.
#[must_use]
pub fn rule(kind: RuleKind) -> Rule {
    Rule { id: None, kind, grounds: Grounds::default(), confidence: None }
}

/// A statement of a prioritised preference.
#[must_use]
pub fn statement(that: Expr) -> Statement {
    Statement {
        id: None,
        that,
        grounds: Grounds::default(),
        strong: false,
        unknown: false,
        confidence: None,
        ..Statement::default()
    }
}

/// A weighted statement.
#[must_use]
pub fn weighed(that: Expr, weight: i64) -> Weighed {
    Weighed { id: None, that, weight, grounds: Grounds::default(), confidence: None }
}

/// A ranking of states by number, groups from best to worst.
#[must_use]
pub fn state_ranking(groups: &[&[u64]], rest_last: bool) -> Preference {
    let entry = |number: &u64| RankEntry::State(State::from_number(*number));
    Preference::Ranking(Ranking {
        groups: groups.iter().map(|group| group.iter().map(entry).collect()).collect(),
        rest_last,
        grounds: Grounds::default(),
    })
}

/// A game in option form without definitions and with all moves; `owned[i]` are the directions of
/// the options of actor `i`.
#[must_use]
pub fn option_game(owned: &[&[Direction]], rules: Vec<RuleKind>, preferences: Vec<Preference>) -> Game {
    let mut options = Vec::new();
    for (owner, directions) in owned.iter().enumerate() {
        for &direction in *directions {
            options.push(option(format!("o{}", options.len() + 1), owner, direction));
        }
    }
    let rules = rules.into_iter().map(rule).collect();
    Game {
        actors: (0..owned.len()).map(actor).collect(),
        form: Form::Options(OptionForm {
            options,
            definitions: vec![],
            rules,
            cannot: vec![],
            ..OptionForm::default()
        }),
        preferences,
        status_quo: None,
        ..Game::default()
    }
}

/// A game in graph form with `states` states; `arcs` as (actor, from, to), states from 0.
#[must_use]
pub fn graph_game(states: usize, arcs: &[(usize, u32, u32)], preferences: Vec<Preference>) -> Game {
    let mut arcs: Vec<Arc> = arcs
        .iter()
        .filter(|(_, from, to)| from != to)
        .map(|&(actor, from, to)| Arc { actor: ActorId::from(actor), from, to })
        .collect();
    arcs.sort_unstable();
    arcs.dedup();
    let names: Vec<String> = (1..=states).map(|s| format!("s{s}")).collect();
    Game {
        actors: (0..preferences.len()).map(actor).collect(),
        form: Form::Graph(GraphForm { states: names.clone(), names, arcs, ..GraphForm::default() }),
        preferences,
        status_quo: None,
        ..Game::default()
    }
}
