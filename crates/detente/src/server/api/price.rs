//! What it would take: the least change for a question of kind price. Asked for apart from the other answers, for
//! some hundred changed cases take longer than a press of a key may.

use std::time::{Duration, Instant};

use axum::Json;
use detente_engine::price::{Aim, Change};
use detente_engine::{Settings, Watch};
use detente_model::{Conflict, Preference, QuestionKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::limit_sentence;
use super::answer_view::{AnsweredView, OrderView, Version};
use super::live::{conflict_of, sentence};
use super::problem::Problem;
use super::progress::patiently;
use detente_study::find::findings::Findings;
use detente_study::say::answers::{concept_of, price as answers};
use detente_study::say::price::{After, Found, Search, lasting, told};
use detente_study::say::words;
use detente_study::{Refusal, Waiting};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// Most changes at once.
const MOST: u32 = crate::caps::PRICE_COST.most as u32;
/// Games that are solved at most, for each aim.
const GAMES: usize = crate::caps::PRICE_GAMES.size();
/// Ways of which it is said what lasts then, unless more are asked for.
const MOST_WAYS: usize = crate::caps::PRICE_WAYS.size();

/// A question of kind price, and how many changes at once are tried.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PriceRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// Its id.
    pub(crate) question: String,
    /// At most 3.
    pub(crate) most: u32,
    /// How many ways are listed for each aim; absent: 200.
    pub(crate) list: Option<usize>,
}

/// The answer to a question of kind price.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PriceView {
    /// The question, answered.
    pub(crate) answered: AnsweredView,
    /// What was looked for, the cheapest first.
    pub(crate) aims: Vec<PriceAimView>,
    /// How many changes at once were tried.
    pub(crate) most: u32,
    /// Whether more changes at once could find what was not found.
    pub(crate) more: bool,
    /// Bounds that were hit, one sentence each.
    pub(crate) limits: Vec<String>,
    pub(crate) took_ms: f64,
}

/// The least change for one aim.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PriceAimView {
    /// `One change breaks it`.
    pub(crate) title: String,
    /// How many ways there are.
    pub(crate) count: usize,
    /// As many of them as were asked for.
    pub(crate) ways: Vec<PriceWayView>,
}

/// Changes that do it together.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PriceWayView {
    pub(crate) text: String,
    /// Whether the outcome that is asked about is possible then.
    pub(crate) possible: bool,
    /// How many outcomes are possible then (decimal).
    pub(crate) feasible: String,
    /// How many last then (decimal).
    pub(crate) equilibria: String,
    /// The first of these by name.
    pub(crate) names: String,
    /// The version in which it is so; absent when no version has such changes.
    pub(crate) version: Option<Version>,
}

pub(crate) async fn price(Json(request): Json<PriceRequest>) -> Result<Json<PriceView>, Problem> {
    patiently(PATIENCE, None, move |watch| view(&request, watch)).await?.map(Json)
}

fn view(request: &PriceRequest, watch: &Waiting) -> Result<PriceView, Problem> {
    let begin = Instant::now();
    let conflict = conflict_of(&request.path, &request.text, &request.version)?;
    let question =
        conflict.questions.iter().find(|q| q.id == request.question && q.kind == QuestionKind::Price);
    let Some((question, outcome)) = question.and_then(|q| Some((q.clone(), q.outcome.clone()?))) else {
        let why = format!("there is no question `{}` of kind price", request.question);
        return Err(Problem::bad_request(why));
    };
    let settings = Settings { concepts: vec![concept_of(&question)], ..Settings::default() };
    let findings = Findings::solve(conflict, &settings, watch)
        .map_err(|unsolved| Problem::bad_request(Refusal::from(unsolved).sentence()))?;
    let conflict = &findings.conflict;
    let search =
        Search { most: request.most.clamp(1, MOST), games: GAMES, ..answers::search(&question, outcome) };
    let Some(aims) = search.aims(&findings) else {
        return Err(Problem::bad_request("a bound was hit before the verdicts were known"));
    };
    let found = search
        .find(conflict, &aims, &**watch)
        .map_err(|error| Problem::bad_request(sentence(conflict, &error)))?;
    let said = answers::said(&findings, &search, &found, true);
    let missing = found.iter().any(|found| found.price.cost.is_none());
    Ok(PriceView {
        answered: AnsweredView {
            answer: said.answer.word().to_owned(),
            lead: said.lead.to_owned(),
            brief: said.brief,
            text: said.text,
            ..AnsweredView::open(&question)
        },
        aims: found
            .iter()
            .filter(|found| !found.price.ways.is_empty())
            .map(|found| aim(conflict, request, &search, found, &**watch))
            .collect(),
        most: search.most,
        more: missing && search.most < MOST,
        limits: found.iter().flat_map(Found::limits).map(limit_sentence).collect(),
        took_ms: begin.elapsed().as_secs_f64() * 1e3,
    })
}

fn aim(
    conflict: &Conflict,
    request: &PriceRequest,
    search: &Search,
    found: &Found,
    watch: &dyn Watch,
) -> PriceAimView {
    let stories = told(&found.price.ways);
    PriceAimView {
        title: search.title(found),
        count: stories.len(),
        ways: stories
            .iter()
            .take(request.list.unwrap_or(MOST_WAYS))
            .map(|told| {
                let way = told.way;
                let after = search.after(conflict, found.aim, &way.changes, watch);
                let number = |of: fn(&After) -> String| after.as_ref().map_or_else(String::new, of);
                PriceWayView {
                    text: words::capital(&search.story(conflict, found.aim, told)),
                    possible: way.possible || found.aim != Aim::Never,
                    feasible: number(|after| after.feasible.to_string()),
                    equilibria: number(|after| after.equilibria.to_string()),
                    names: number(lasting),
                    version: version(conflict, &request.version, &way.changes),
                }
            })
            .collect(),
    }
}

/// `base` with `changes` on top; `None` when a version has no such change, or cannot say it of `base`.
fn version(conflict: &Conflict, base: &Version, changes: &[Change]) -> Option<Version> {
    let mut version = base.clone();
    let game = &conflict.game;
    for actor in game.actor_ids() {
        let mut moves: Vec<(usize, usize)> = Vec::new();
        for change in changes {
            if let Change::Move { actor: whose, place, to } = *change
                && whose == actor
            {
                moves.push((to, place));
            }
        }
        let Preference::Statements(list) = &game.preferences[actor.index()] else { continue };
        if moves.is_empty() {
            continue;
        }
        // An order counts statements, a change wishes: over levels the two differ.
        if list.iter().any(|one| one.levels.is_some()) {
            return None;
        }
        // Where wishes were struck, places are no longer those of the variant.
        if base.strike != super::answer_view::StrikeView::default() {
            return None;
        }
        moves.sort_unstable();
        let mut places: Vec<usize> =
            (0..list.len()).filter(|place| moves.iter().all(|(_, moved)| moved != place)).collect();
        for (to, place) in moves {
            places.insert(to.min(places.len()), place);
        }
        let id = game.actors[actor.index()].id.clone();
        let before = base.orders.iter().find(|order| order.actor == id);
        let order: Option<Vec<usize>> = places
            .into_iter()
            .map(|place| match before {
                Some(before) => before.order.get(place).copied(),
                None => Some(place + 1),
            })
            .collect();
        version.orders.retain(|order| order.actor != id);
        version.orders.push(OrderView { actor: id, order: order? });
    }
    for change in changes {
        match change {
            Change::Forbid(option) => version.unavailable.push(game.option_name(*option)),
            Change::Move { .. } => {}
            Change::Drop { .. } | Change::Flip { .. } | Change::Add { .. } => return None,
        }
    }
    Some(version)
}
