//! Who could leave a state together, where it goes from there, and what the conclusions hang on.

use axum::Json;
use detente_engine::coalition::{exits, exits_each};
use detente_engine::evolution::{By, EvolveSettings, Targets, evolve, routes};
use detente_engine::trust::{TrustSettings, trust};
use detente_engine::{Bounds, LimitHit, Watch};
use detente_model::{ActorId, Conflict, OptionId, State};

use super::answer::limit_sentence;
use super::answer_view::MoveView;
use super::asks_view::{
    ConclusionView, EndingView, ExitView, GainView, HopView, LiveRequest, OnwardsView, StateRequest,
    TogetherView, TrustRow, TrustView,
};
use super::case_build::claim_ids;
use super::live::{PATIENCE, conflict_of};
use super::problem::Problem;
use super::progress::patiently;
use super::why::state_of;
use detente_study::find::rests::{self, By as Decider};
use detente_study::say::trust::{status, struck};
use detente_study::say::{names, onwards as say, reason, words, written};

/// States that a question about one state may meet while somebody waits.
const STATES: u64 = crate::caps::ONWARD_STATES.most;
/// Most exits that are listed.
const EXITS: usize = crate::caps::ONWARD_EXITS.size();

fn bounds() -> Bounds {
    Bounds { work: Some(STATES), ..Bounds::default() }
}

/// One move, with what it turns on and off.
fn hop(conflict: &Conflict, actors: &[ActorId], from: &State, to: &State) -> HopView {
    let changed = |on: bool| {
        let all = (0..conflict.game.options().len()).map(OptionId::from);
        all.filter(|o| from.is_on(*o) != to.is_on(*o) && to.is_on(*o) == on).map(OptionId::index).collect()
    };
    HopView {
        actors: actors.iter().map(|actor| actor.index()).collect(),
        to: to.to_string(),
        name: names::outcome(conflict, to),
        on: changed(true),
        off: changed(false),
    }
}

fn hops<'s>(
    conflict: &Conflict,
    start: &'s State,
    sequence: impl IntoIterator<Item = (Vec<ActorId>, &'s State)>,
) -> Vec<HopView> {
    let mut from = start;
    let mut list = Vec::new();
    for (actors, to) in sequence {
        list.push(hop(conflict, &actors, from, to));
        from = to;
    }
    list
}

/// What decides that `actor` likes `to` better than `from`.
fn gain(conflict: &Conflict, actor: ActorId, to: &State, from: &State) -> GainView {
    let decides = rests::decides(conflict, actor, to, from);
    let place = decides.as_ref().and_then(|decides| match decides.by {
        Decider::Statement(at) => Some(at),
        Decider::Weights { .. } | Decider::Ranking => None,
    });
    let parts = decides.map(|decides| decides.parts()).unwrap_or_default();
    GainView {
        actor: actor.index(),
        place: place.map(|at| at + 1),
        words: place.map_or_else(
            || words::capital(&reason::gain(conflict, actor, to, from)),
            |at| written::statement(conflict, actor, at),
        ),
        says: say::gains(conflict, actor),
        claims: claim_ids(conflict, &rests::claims(conflict, &parts)),
        assumption: parts.iter().filter_map(|part| part.grounds(conflict)).any(|g| g.assumption),
    }
}

/// The joint moves that the picture shows from `states`, all of them possible: by coalitions of which nobody can be
/// spared; and the bounds that were hit.
pub(crate) fn joint_moves(
    conflict: &Conflict,
    states: &[State],
    place: impl Fn(&State) -> Option<usize>,
    watch: &dyn Watch,
) -> (Vec<MoveView>, Vec<LimitHit>) {
    let size = conflict.game.actor_count();
    let each = exits_each(&conflict.game, states, size, &bounds(), watch).unwrap_or_default();
    let (mut moves, mut limits) = (Vec::new(), Vec::<LimitHit>::new());
    for (state, found) in states.iter().zip(each) {
        for hit in &found.limits {
            if !limits.contains(hit) {
                limits.push(hit.clone());
            }
        }
        let Some(from) = place(state) else { continue };
        let several = found.exits.iter().filter(|exit| exit.needs_all && exit.coalition.size() > 1);
        moves.extend(several.filter_map(|exit| {
            let actors = exit.coalition.members().map(ActorId::index).collect();
            Some(MoveView { from, to: place(&exit.to)?, actors })
        }));
    }
    (moves, limits)
}

pub(crate) async fn together(Json(request): Json<StateRequest>) -> Result<Json<TogetherView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = state_of(&conflict, &request.state)?;
        let size = conflict.game.actor_count();
        let found = exits(&conflict.game, &state, size, &bounds(), &**watch).map_err(Problem::bad_request)?;
        let sentence = say::together(&conflict, &found);
        let exits = found.exits.iter().filter(|exit| exit.needs_all).take(EXITS);
        let list = exits
            .map(|exit| {
                let gains: Vec<GainView> =
                    exit.coalition.members().map(|a| gain(&conflict, a, &exit.to, &state)).collect();
                let mut claims: Vec<_> = gains
                    .iter()
                    .flat_map(|gain| &gain.claims)
                    .filter_map(|id| conflict.evidence.claim(id))
                    .collect();
                claims.sort_unstable();
                claims.dedup();
                let assumed = gains.iter().any(|gain| gain.assumption);
                ExitView {
                    actors: exit.coalition.members().map(ActorId::index).collect(),
                    minimal: exit.minimal,
                    to: exit.to.to_string(),
                    name: names::outcome(&conflict, &exit.to),
                    steps: hops(
                        &conflict,
                        &state,
                        exit.sequence.iter().map(|(m, to)| (conflict.game.parties(*m), to)),
                    ),
                    title: say::joint(&conflict, exit.coalition),
                    note: say::JOINT.to_owned(),
                    goes: say::goes(&conflict, &exit.to),
                    order: say::order(&conflict, &exit.sequence),
                    rests: say::rests(&conflict, &claims, assumed),
                    gains,
                }
            })
            .collect::<Vec<_>>();
        let all = found.exits.iter().filter(|exit| exit.needs_all).count();
        let complete = found.limits.is_empty() && list.len() == all;
        Ok(Json(TogetherView {
            sentence,
            complete,
            left_out: (!complete).then(|| say::NOT_ALL.to_owned()),
            none: say::NO_EXIT.to_owned(),
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
        let ways =
            routes(&conflict.game, &state, Targets::Listed(&targets), By::Improvements, 20_000, &**watch)
                .unwrap_or_default();
        let endings: Vec<EndingView> = found
            .absorbing
            .iter()
            .map(|ending| {
                let states: Vec<&State> = ending.states.iter().filter_map(|p| at(*p)).collect();
                let way = states.first().and_then(|s| ways.iter().find(|way| way.to == **s));
                let sequence = way.into_iter().flat_map(|way| &way.sequence);
                let sequence = sequence.map(|(walker, to)| (walker.members(&conflict.game), to));
                EndingView {
                    name: states.first().map_or_else(String::new, |s| names::outcome(&conflict, s)),
                    states: states.iter().map(ToString::to_string).collect(),
                    kind: if ending.is_equilibrium() { "equilibrium" } else { "cycle" }.to_owned(),
                    probability: ending.probability,
                    moves: ending.moves.is_finite().then_some(ending.moves),
                    path: hops(&conflict, &state, sequence),
                    says: say::likely(&found, ending),
                }
            })
            .collect();
        let ends: Vec<Vec<&State>> = found
            .absorbing
            .iter()
            .map(|ending| ending.states.iter().filter_map(|p| at(*p)).collect())
            .collect();
        let sentence = say::endings(&conflict, &state, &ends);
        let limits = found.limits.iter().map(limit_sentence).collect();
        let (residual, unfollowed) = (found.residual, found.unfollowed);
        Ok(Json(OnwardsView {
            sentence,
            endings,
            residual,
            unfollowed,
            notes: say::notes(&conflict, &found),
            limits,
        }))
    })
    .await?
}

pub(crate) async fn trust_view(Json(request): Json<LiveRequest>) -> Result<Json<TrustView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        // One at a time: searches for sets are for the command line.
        let settings = TrustSettings { search: false, ..TrustSettings::default() };
        let found = trust(&conflict, &settings, &**watch)
            .map_err(|error| Problem::bad_request(super::live::sentence(&conflict, &error)))?;
        let conclusions = &found.conclusions;
        let sentences = say::hangs(&conflict, &found);
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
                            says: status(now.status).to_owned(),
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
