//! What a preference decides: statements that never decide, gaps and overlaps of rankings.

use std::collections::HashMap;

use batsat::Lit;
use detente_model::{
    Expr, Form, Game, GraphForm, OptionForm, OptionId, Preference, RankEntry, Ranking, State, Statement,
    Weighed,
};

use super::rules::Rules;
use super::sat::{Found, Sat, Work};

/// Why a statement never decides between two possible states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idle {
    /// It holds in all of them.
    Always,
    /// It holds in none of them.
    Never,
    /// Wherever it differs, an earlier statement has decided.
    Decided,
    /// Its weight is 0.
    NoWeight,
}

/// The statements of a prioritised list that never decide: no two feasible states agree on all
/// earlier statements and differ on this one.
///
/// Complexity: one question for each statement, over two copies of the rules.
pub(crate) fn idle_statements(form: &OptionForm, list: &[Statement], work: &Work) -> Vec<(usize, Idle)> {
    let mut sat = Sat::new(work);
    let (a, b) = (sat.state(form), sat.state(form));
    for rule in &form.rules {
        let formula = rule.formula();
        sat.holds(&a, &formula);
        sat.holds(&b, &formula);
    }
    let mut idle = Vec::new();
    for (at, statement) in list.iter().enumerate() {
        let (here, there) = (sat.lit(&a, &statement.that), sat.lit(&b, &statement.that));
        if sat.solve(&[here, !there]).is_no() {
            // The two states are alike: if the one cannot have it and the other not, neither can
            // the other way round.
            let (can, can_not) = (sat.solve(&[here]), sat.solve(&[!here]));
            idle.push((at, constant(&can, &can_not).unwrap_or(Idle::Decided)));
        }
        sat.equal(here, there);
    }
    idle
}

/// The weighed statements that hold everywhere or nowhere, or weigh nothing.
pub(crate) fn idle_weights(rules: &mut Rules, list: &[Weighed]) -> Vec<(usize, Idle)> {
    let mut idle = Vec::new();
    for (at, weighed) in list.iter().enumerate() {
        if weighed.weight == 0 {
            idle.push((at, Idle::NoWeight));
            continue;
        }
        let lit = rules.lit(&weighed.that);
        let (can, can_not) = (rules.possible(&[lit]), rules.possible(&[!lit]));
        idle.extend(constant(&can, &can_not).map(|why| (at, why)));
    }
    idle
}

fn constant(can: &Found, can_not: &Found) -> Option<Idle> {
    match (can, can_not) {
        (Found::State(_), Found::Never(_)) => Some(Idle::Always),
        (Found::Never(_), Found::State(_)) => Some(Idle::Never),
        _ => None,
    }
}

/// A mistake of a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RankingMistake {
    /// A possible state that no group covers.
    Gap(State),
    /// A state that a group (from 0) has although an earlier one has it.
    Overlap { state: State, first: usize, again: usize, entry: usize },
}

/// Gaps and overlaps of a ranking; and whether all was looked at (false: the bound was hit).
///
/// Complexity: one question for each group and one for the gaps; graph form: linear.
pub(crate) fn ranking_mistakes(game: &Game, ranking: &Ranking, work: &Work) -> (Vec<RankingMistake>, bool) {
    match &game.form {
        Form::Graph(graph) => (in_graph(graph, ranking), true),
        Form::Options(form) => in_options(form, ranking, work),
    }
}

fn in_graph(graph: &GraphForm, ranking: &Ranking) -> Vec<RankingMistake> {
    let mut group_of: HashMap<&State, usize> = HashMap::new();
    let mut mistakes = Vec::new();
    for (group, entries) in ranking.groups.iter().enumerate() {
        for (entry, ranked) in entries.iter().enumerate() {
            let RankEntry::State(state) = ranked else { continue };
            match group_of.get(state) {
                Some(first) if *first != group => {
                    mistakes.push(RankingMistake::Overlap {
                        state: state.clone(),
                        first: *first,
                        again: group,
                        entry,
                    });
                }
                Some(_) => {}
                None => {
                    group_of.insert(state, group);
                }
            }
        }
    }
    if !ranking.rest_last {
        let all = (1..=graph.states.len() as u64).map(State::from_number);
        mistakes.extend(all.filter(|state| !group_of.contains_key(state)).map(RankingMistake::Gap).take(1));
    }
    mistakes
}

fn in_options(form: &OptionForm, ranking: &Ranking, work: &Work) -> (Vec<RankingMistake>, bool) {
    let mut rules = Rules::new(form, work);
    let mut mistakes = Vec::new();
    let mut complete = true;
    // True in the states that an earlier group has.
    let mut before = rules.sat.any(&[]);
    for (again, entries) in ranking.groups.iter().enumerate() {
        let lits: Vec<Lit> = entries.iter().map(|entry| covers(form, entry, &mut rules)).collect();
        let group = rules.sat.any(&lits);
        match rules.possible(&[group, before]) {
            Found::State(state) => {
                let has = |group: &Vec<RankEntry>| group.iter().position(|entry| is_in(form, entry, &state));
                let first = ranking.groups[..again].iter().position(|group| has(group).is_some());
                if let (Some(first), Some(entry)) = (first, has(entries)) {
                    mistakes.push(RankingMistake::Overlap { state, first, again, entry });
                }
            }
            Found::Never(_) => {}
            Found::Unknown => complete = false,
        }
        before = rules.sat.any(&[before, group]);
    }
    if !ranking.rest_last {
        match rules.possible(&[!before]) {
            Found::State(state) => mistakes.push(RankingMistake::Gap(state)),
            Found::Never(_) => {}
            Found::Unknown => complete = false,
        }
    }
    (mistakes, complete)
}

/// True in the states that an entry covers.
fn covers(form: &OptionForm, entry: &RankEntry, rules: &mut Rules) -> Lit {
    let pattern = match entry {
        RankEntry::State(state) => state.pattern(form.options.len()),
        RankEntry::Pattern(pattern) => pattern.clone(),
        RankEntry::Formula(that) => return rules.lit(that),
    };
    let mut lits = Vec::with_capacity(pattern.cells.len());
    for (option, cell) in pattern.cells.iter().enumerate() {
        let lit = rules.lit(&Expr::Option(OptionId::from(option)));
        lits.extend(cell.map(|on| if on { lit } else { !lit }));
    }
    rules.sat.all(&lits)
}

fn is_in(form: &OptionForm, entry: &RankEntry, state: &State) -> bool {
    match entry {
        RankEntry::State(one) => one == state,
        RankEntry::Pattern(pattern) => pattern.matches(state),
        RankEntry::Formula(that) => form.holds(that, state),
    }
}

/// The actors that rank, with their rankings.
pub(crate) fn rankings(game: &Game) -> impl Iterator<Item = (usize, &Ranking)> {
    game.preferences.iter().enumerate().filter_map(|(actor, preference)| match preference {
        Preference::Ranking(ranking) => Some((actor, ranking)),
        _ => None,
    })
}
