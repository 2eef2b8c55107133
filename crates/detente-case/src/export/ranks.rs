//! An actor's order of listed states, as groups of ties.

use detente_model::{ActorId, Form, Game, Preference, RankEntry, State};

/// A feasible state that a ranking has not exactly once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadRanking {
    pub(crate) state: State,
    pub(crate) groups: usize,
}

/// Places in `states` from best to worst, each group ascending.
pub(crate) fn groups(game: &Game, actor: ActorId, states: &[State]) -> Result<Vec<Vec<usize>>, BadRanking> {
    let mut keyed = Vec::with_capacity(states.len());
    for (place, state) in states.iter().enumerate() {
        keyed.push((key(game, actor, state)?, place));
    }
    keyed.sort_unstable();
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut last = None;
    for (key, place) in keyed {
        match out.last_mut() {
            Some(group) if last.as_ref() == Some(&key) => group.push(place),
            _ => out.push(vec![place]),
        }
        last = Some(key);
    }
    Ok(out)
}

/// Smaller is better: for statements one number each, 0 where it holds.
fn key(game: &Game, actor: ActorId, state: &State) -> Result<Vec<i128>, BadRanking> {
    let form = game.option_form();
    let defined = form.map(|form| form.defined(state)).unwrap_or_default();
    let holds = |f: &detente_model::Expr| {
        f.eval(&|o| state.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
    };
    Ok(match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => list.iter().map(|s| i128::from(!holds(&s.that))).collect(),
        Some(Preference::Weights(list)) => {
            let sum: i128 = list.iter().filter(|w| holds(&w.that)).map(|w| i128::from(w.weight)).sum();
            vec![-sum]
        }
        Some(Preference::Ranking(ranking)) => {
            let covers = |entry: &RankEntry| match entry {
                RankEntry::State(s) => s == state,
                RankEntry::Pattern(p) => matches!(game.form, Form::Options(_)) && p.matches(state),
                RankEntry::Formula(f) => form.is_some() && holds(f),
            };
            let mut at = ranking.groups.iter().enumerate().filter(|(_, g)| g.iter().any(covers));
            match (at.next(), at.count()) {
                (Some((group, _)), 0) => vec![group as i128],
                (None, _) if ranking.rest_last => vec![ranking.groups.len() as i128],
                (first, more) => {
                    let groups = usize::from(first.is_some()) + more;
                    return Err(BadRanking { state: state.clone(), groups });
                }
            }
        }
        None => Vec::new(),
    })
}
