//! Who could leave a state together, where it goes from there, and what the conclusions hang on.

use axum::Json;
use detente_engine::coalition::{exits, exits_each};
use detente_engine::evolution::{By, EvolveSettings, evolve, routes};
use detente_engine::trust::{TrustSettings, trust};
use detente_engine::{Bounds, Deciding, Order, Watch};
use detente_model::{ActorId, Conflict, OptionId, Preference, State};

use super::answer::limit_sentence;
use super::answer_view::MoveView;
use super::asks_view::{
    ConclusionView, EndingView, ExitView, GainView, HopView, LiveRequest, OnwardsView, StateRequest,
    TogetherView, TrustRow, TrustView,
};
use super::case_build::{Words as _, claim_ids};
use super::live::{PATIENCE, conflict_of};
use super::problem::Problem;
use super::progress::patiently;
use super::why::{capital, state_of};
use super::words::CaseWords;
use detente_study::say::trust::{alone, struck};
use detente_study::say::{names, reason, words};

/// States that a question about one state may meet while somebody waits.
const STATES: u64 = 100_000;
/// Most exits that are listed.
const EXITS: usize = 400;

fn bounds() -> Bounds {
    Bounds { work: Some(STATES), ..Bounds::default() }
}

/// One move, with what it turns on and off.
fn hop(conflict: &Conflict, actor: ActorId, from: &State, to: &State) -> HopView {
    let changed = |on: bool| {
        let all = (0..conflict.game.options().len()).map(OptionId::from);
        all.filter(|o| from.is_on(*o) != to.is_on(*o) && to.is_on(*o) == on).map(OptionId::index).collect()
    };
    HopView {
        actor: actor.index(),
        to: to.to_string(),
        name: names::outcome(conflict, to),
        on: changed(true),
        off: changed(false),
    }
}

fn hops(conflict: &Conflict, start: &State, sequence: &[(ActorId, State)]) -> Vec<HopView> {
    let mut from = start;
    let mut list = Vec::new();
    for (actor, to) in sequence {
        list.push(hop(conflict, *actor, from, to));
        from = to;
    }
    list
}

/// What decides that `actor` likes `to` better than `from`.
fn gain(conflict: &Conflict, actor: ActorId, to: &State, from: &State) -> GainView {
    let game = &conflict.game;
    let deciding = Order::new(game, actor).and_then(|order| order.deciding(to, from));
    let grounds = match (game.preferences.get(actor.index()), deciding) {
        (Some(Preference::Statements(list)), Some(Deciding::Statement(at))) => {
            list.get(at).map(|s| (Some(at + 1), &s.grounds))
        }
        (Some(Preference::Ranking(ranking)), _) => Some((None, &ranking.grounds)),
        _ => None,
    };
    let words = match deciding {
        Some(Deciding::Statement(at)) => CaseWords(conflict).statement(actor, at),
        _ => capital(&reason::gain(conflict, actor, to, from)),
    };
    GainView {
        actor: actor.index(),
        place: grounds.and_then(|(place, _)| place),
        words,
        claims: grounds.map_or_else(Vec::new, |(_, g)| claim_ids(conflict, &g.claims)),
        assumption: grounds.is_some_and(|(_, g)| g.assumption),
    }
}

/// The joint moves that the picture shows from `states`: by coalitions of which nobody can be spared.
pub(crate) fn joint_moves(
    conflict: &Conflict,
    states: &[State],
    place: impl Fn(&State) -> Option<usize>,
    watch: &dyn Watch,
) -> Vec<MoveView> {
    let size = conflict.game.actor_count();
    let Ok(each) = exits_each(&conflict.game, states, size, &bounds(), watch) else { return Vec::new() };
    let mut moves = Vec::new();
    for (state, found) in states.iter().zip(each) {
        let Some(from) = place(state) else { continue };
        let several = found.exits.iter().filter(|exit| exit.needs_all && exit.coalition.size() > 1);
        moves.extend(several.filter_map(|exit| {
            let actors = exit.coalition.members().map(ActorId::index).collect();
            Some(MoveView { from, to: place(&exit.to)?, actors })
        }));
    }
    moves
}

pub(crate) async fn together(Json(request): Json<StateRequest>) -> Result<Json<TogetherView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = state_of(&conflict, &request.state)?;
        let size = conflict.game.actor_count();
        let found = exits(&conflict.game, &state, size, &bounds(), &**watch).map_err(Problem::bad_request)?;
        let minimal: Vec<String> = found
            .coalitions()
            .into_iter()
            .filter(|c| found.exits.iter().any(|e| e.coalition == *c && e.minimal))
            .map(|c| names::actors(&conflict, &c.members().collect::<Vec<_>>()))
            .collect();
        let sentence = match minimal.as_slice() {
            [] if found.limits.is_empty() => {
                "No group of actors, not even all together, gains by leaving.".to_owned()
            }
            [] => "None was found before a limit was reached.".to_owned(),
            [one] => format!("{one} could leave to the gain of all of them."),
            several => format!("Each of these could leave to the gain of all in it: {}.", several.join("; ")),
        };
        let exits = found.exits.iter().filter(|exit| exit.needs_all).take(EXITS);
        let list = exits
            .map(|exit| ExitView {
                actors: exit.coalition.members().map(ActorId::index).collect(),
                minimal: exit.minimal,
                to: exit.to.to_string(),
                name: names::outcome(&conflict, &exit.to),
                steps: hops(&conflict, &state, &exit.sequence),
                gains: exit.coalition.members().map(|a| gain(&conflict, a, &exit.to, &state)).collect(),
            })
            .collect::<Vec<_>>();
        let all = found.exits.iter().filter(|exit| exit.needs_all).count();
        Ok(Json(TogetherView {
            sentence,
            complete: found.limits.is_empty() && list.len() == all,
            exits: list,
        }))
    })
    .await?
}

pub(crate) async fn onwards(Json(request): Json<StateRequest>) -> Result<Json<OnwardsView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = state_of(&conflict, &request.state)?;
        let settings = EvolveSettings { limit: 20_000, ..EvolveSettings::default() };
        let found = evolve(&conflict.game, &state, &settings, &**watch).map_err(Problem::bad_request)?;
        let at = |place: usize| found.states.get(place);
        let targets: Vec<State> =
            found.absorbing.iter().filter_map(|a| a.states.first().and_then(|p| at(*p)).cloned()).collect();
        let ways = routes(&conflict.game, &state, &targets, By::Improvements, 20_000).unwrap_or_default();
        let endings: Vec<EndingView> = found
            .absorbing
            .iter()
            .map(|ending| {
                let states: Vec<&State> = ending.states.iter().filter_map(|p| at(*p)).collect();
                let way = states.first().and_then(|s| ways.iter().find(|way| way.to == **s));
                let sequence: Vec<(ActorId, State)> = way
                    .map(|way| {
                        let steps = way.sequence.iter();
                        steps.filter_map(|(c, s)| Some((c.members().next()?, s.clone()))).collect()
                    })
                    .unwrap_or_default();
                EndingView {
                    name: states.first().map_or_else(String::new, |s| names::outcome(&conflict, s)),
                    states: states.iter().map(ToString::to_string).collect(),
                    kind: if ending.is_equilibrium() { "equilibrium" } else { "cycle" }.to_owned(),
                    probability: ending.probability,
                    moves: ending.moves.is_finite().then_some(ending.moves),
                    path: hops(&conflict, &state, &sequence),
                }
            })
            .collect();
        let sentence = match endings.as_slice() {
            [only] if only.states == [state.to_string()] => "It ends here: nobody alone moves.".to_owned(),
            list => {
                let shown: Vec<String> =
                    list.iter().take(3).map(|e| names::quoted(names::brief(&e.name))).collect();
                let more = if list.len() > 3 { " and others" } else { "" };
                format!("By steps of single actors it can end in {}{more}.", words::either(&shown))
            }
        };
        let limits = found.limits.iter().map(limit_sentence).collect();
        Ok(Json(OnwardsView { sentence, endings, residual: found.residual, limits }))
    })
    .await?
}

pub(crate) async fn trust_view(Json(request): Json<LiveRequest>) -> Result<Json<TrustView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        // One at a time: searches for sets are for the command line.
        let settings = TrustSettings { size: 1, ..TrustSettings::default() };
        let found = trust(&conflict, &settings, &**watch)
            .map_err(|error| Problem::bad_request(super::live::sentence(&conflict, &error)))?;
        let conclusions = &found.conclusions;
        let sentences = (0..conclusions.len().min(8)).map(|at| alone(&conflict, &found, at)).collect();
        let rows = found
            .runs
            .iter()
            .filter_map(|run| {
                let after = run.after.as_ref().ok()?;
                Some(TrustRow {
                    struck: struck(&conflict, &run.struck),
                    claims: run.struck.claims.clone(),
                    feasible: after.outcome.feasible.to_string(),
                    equilibria: after.outcome.equilibria.to_string(),
                    without_motive: after.without_motive.iter().map(|a| a.index()).collect(),
                    conclusions: conclusions
                        .iter()
                        .zip(&after.conclusions)
                        .map(|(before, now)| ConclusionView {
                            id: before.id.clone(),
                            before: before.before.word().to_owned(),
                            after: now.after.word().to_owned(),
                            status: now.status.word().to_owned(),
                        })
                        .collect(),
                })
            })
            .collect();
        let limits = found.limits.iter().map(limit_sentence).collect();
        Ok(Json(TrustView { sentences, rows, limits }))
    })
    .await?
}
