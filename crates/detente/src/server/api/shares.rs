//! How often something lasts, of many models, and which wish moves it: the sliders of What if.
//!
//! Every slider position is answered with the same random numbers (the key of the case as it was
//! sent), so that a share moves because a confidence moved, not because other models were drawn.

use std::time::{Duration, Instant};

use axum::Json;
use detente_engine::ensemble::{SampleError, SampleSettings, Sampler, Tally, wilson};
use detente_engine::{SolveError, Watch};
use detente_model::{Concept, Conflict, DefinitionId, Expr, OutcomeStates, Preference, Sequences};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::limit_sentence;
use super::answer_view::Version;
use super::case_build::Words;
use super::live::{conflict_of, sentence};
use super::problem::Problem;
use super::progress::patiently;
use super::words::CaseWords;

/// The seed: always the same, said with the shares.
const SEED: u64 = 1;
/// Most models for the shares, and fewest.
const MOST: u64 = crate::caps::SHARES.most;
const LEAST: u64 = 128;
/// Models times outcomes for the shares: few enough to follow a drag. A count and not a clock, so that the same
/// question has the same answer on every machine.
const WORK: u64 = MOST * 128;
/// Models for each end of each wish, when it is asked what moves the shares.
const EACH: u64 = crate::caps::SHARES_EACH.most;
/// How long that may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// As sure as a wish can be here: it falls in one of 2⁵³ models. At 1 it would be no uncertain input
/// any more, and the random numbers of all inputs behind it would be others.
const SURE: f64 = 1.0 - f64::EPSILON / 2.0;
/// Most things whose share is told.
const MOST_TARGETS: usize = crate::caps::SHARES_OF.size();

/// A case, a version, and how sure one is of its wishes.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SharesRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// Confidences that differ from those in the text.
    #[serde(default)]
    pub(crate) confidences: Vec<ConfidenceView>,
    /// Whether to ask as well what each wish moves: this takes longer.
    #[serde(default)]
    pub(crate) moves: bool,
}

/// How sure a wish is: its actor, its place from 1 (of the version), 0 to 1.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfidenceView {
    pub(crate) actor: String,
    pub(crate) place: usize,
    pub(crate) confidence: f64,
}

/// In how many of the models something lasts.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SharesView {
    /// How many models were drawn; 0 when a limit was hit before.
    pub(crate) models: u64,
    pub(crate) seed: u64,
    /// Things that are asked for, in the order of the case; the first is the status quo, when there is one.
    pub(crate) shares: Vec<ShareView>,
    /// How many things there are to ask for: more than `shares` has when they are many.
    pub(crate) of: usize,
    /// Which of them the first question of the case is about, by its id.
    pub(crate) asked: Option<String>,
    /// The wishes, by actor and place.
    pub(crate) wishes: Vec<WishShareView>,
    /// Models for each end of a wish; 0 when it was not asked what they move.
    pub(crate) each: u64,
    /// Bounds that were hit, one sentence each: of so large a case models are not drawn here.
    pub(crate) limits: Vec<String>,
    pub(crate) took_ms: f64,
}

/// One share with its 95 % interval (Wilson).
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShareView {
    /// `status_quo`, or the id of a definition or an outcome.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) share: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// A wish, how sure it is, and the shares without and with it, in the order of `shares`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WishShareView {
    /// Position of its actor.
    pub(crate) actor: usize,
    /// From 1.
    pub(crate) place: usize,
    pub(crate) words: String,
    pub(crate) claims: Vec<String>,
    pub(crate) assumption: bool,
    pub(crate) confidence: f64,
    pub(crate) without: Vec<f64>,
    pub(crate) with: Vec<f64>,
}

pub(crate) async fn shares(Json(request): Json<SharesRequest>) -> Result<Json<SharesView>, Problem> {
    patiently(PATIENCE, None, move |watch| view(&request, &**watch)).await?.map(Json)
}

fn view(request: &SharesRequest, watch: &dyn Watch) -> Result<SharesView, Problem> {
    let begin = Instant::now();
    let written = conflict_of(&request.path, &request.text, &request.version)?;
    let key = written.ensemble_key(SEED);
    let mut conflict = written.clone();
    for sure in &request.confidences {
        set_confidence(&mut conflict, sure)?;
    }
    let wishes = wishes(&conflict);
    for wish in &wishes {
        if let Some(place) = confidence(&mut conflict, wish.actor, wish.place) {
            *place = Some(wish.confidence.min(SURE));
        }
    }
    let mut view = SharesView {
        models: 0,
        seed: SEED,
        shares: Vec::new(),
        of: 0,
        asked: conflict.questions.iter().find_map(|question| question.outcome_text.clone()),
        wishes,
        each: 0,
        limits: Vec::new(),
        took_ms: 0.0,
    };
    let mut targets = targets(&conflict);
    view.of = targets.len();
    targets.truncate(MOST_TARGETS);
    let ask = Ask { targets: &targets, key, watch };
    match ask.draw(&conflict, request.moves, &mut view) {
        Ok(()) => {}
        Err(Halt::Limit(limit)) => view.limits.push(limit),
        Err(Halt::Wrong(problem)) => return Err(problem),
    }
    view.took_ms = begin.elapsed().as_secs_f64() * 1e3;
    Ok(view)
}

/// Why there are no shares, or not all.
enum Halt {
    /// A bound was hit: a sentence that names it.
    Limit(String),
    /// The case has no models.
    Wrong(Problem),
}

/// What is asked of every model.
struct Ask<'a> {
    targets: &'a [(String, String, OutcomeStates)],
    key: [u8; 32],
    watch: &'a dyn Watch,
}

impl Ask<'_> {
    /// Draws models of `conflict`, and where `moves` is asked with each wish struck and held for sure.
    fn draw(&self, conflict: &Conflict, moves: bool, view: &mut SharesView) -> Result<(), Halt> {
        let sampler = self.sampler(conflict)?;
        let models = (WORK / (sampler.states.len() as u64).max(1)).clamp(LEAST, MOST);
        let tally = self.sample(&sampler, models, conflict)?;
        view.models = models;
        view.shares = self
            .targets
            .iter()
            .zip(self.shares(&tally))
            .map(|((id, name, _), share)| {
                let (low, high) = wilson(share * tally.models, tally.models);
                ShareView { id: id.clone(), name: name.clone(), share, low, high }
            })
            .collect();
        if !moves {
            return Ok(());
        }
        let mut ends = Vec::new();
        for wish in &view.wishes {
            let mut both = [Vec::new(), Vec::new()];
            for (sure, into) in [0.0, SURE].into_iter().zip(&mut both) {
                let mut forced = conflict.clone();
                let Some(place) = confidence(&mut forced, wish.actor, wish.place) else { continue };
                *place = Some(sure);
                *into = self.shares(&self.sample(&self.sampler(&forced)?, EACH, conflict)?);
            }
            ends.push(both);
        }
        for (wish, [without, with]) in view.wishes.iter_mut().zip(ends) {
            (wish.without, wish.with) = (without, with);
        }
        view.each = EACH;
        Ok(())
    }

    fn sampler(&self, conflict: &Conflict) -> Result<Sampler, Halt> {
        let settings = SampleSettings {
            concepts: vec![Concept::Nash],
            sequences: Sequences::default(),
            targets: self.targets.iter().map(|(_, _, states)| states.clone()).collect(),
            given: vec![],
            one_by_one: false,
        };
        Sampler::new(conflict, settings, self.key, self.watch).map_err(|error| halt(conflict, &error))
    }

    fn sample(&self, sampler: &Sampler, models: u64, conflict: &Conflict) -> Result<Tally, Halt> {
        sampler.sample(0..models, self.watch).map_err(|error| match error {
            SampleError::Solve(error) => halt(conflict, &error),
            SampleError::Stopped(stop) => Halt::Limit(format!(
                "Stopped ({}) while {models} models of {} outcomes were drawn: nothing is counted of them. \
                 `detente sample` has no such limit.",
                stop.words(),
                sampler.states.len()
            )),
        })
    }

    /// Per target: the share of models in which nobody alone would leave some outcome of it.
    fn shares(&self, tally: &Tally) -> Vec<f64> {
        let some = tally.some.first().map_or(&[][..], Vec::as_slice);
        some.iter().map(|count| count / tally.models.max(1.0)).collect()
    }
}

/// What a solver's error is here: a bound, or a case without models.
fn halt(conflict: &Conflict, error: &SolveError) -> Halt {
    match error {
        SolveError::Stopped(hit) => Halt::Limit(limit_sentence(hit)),
        other => Halt::Wrong(Problem::bad_request(sentence(conflict, other))),
    }
}

/// What is counted: the status quo, then what the case gives a name by a formula, else its outcomes.
fn targets(conflict: &Conflict) -> Vec<(String, String, OutcomeStates)> {
    let game = &conflict.game;
    let words = CaseWords(conflict);
    let mut all: Vec<(String, String, OutcomeStates)> = Vec::new();
    if let Some(state) = &game.status_quo {
        all.push(("status_quo".to_owned(), "Today".to_owned(), OutcomeStates::Listed(vec![state.clone()])));
    }
    let definitions = game.option_form().map_or(&[][..], |form| &form.definitions);
    all.extend(definitions.iter().enumerate().map(|(at, definition)| {
        let formula = OutcomeStates::Formula(Expr::Defined(DefinitionId::from(at)));
        (definition.id.clone(), words.definition(at), formula)
    }));
    if definitions.is_empty() {
        all.extend(conflict.outcomes.iter().map(|o| (o.id.clone(), o.name.clone(), o.states.clone())));
    }
    all
}

/// The confidence of a statement or weighed statement; `place` counts from 1.
fn confidence(conflict: &mut Conflict, actor: usize, place: usize) -> Option<&mut Option<f64>> {
    let place = place.checked_sub(1)?;
    match conflict.game.preferences.get_mut(actor)? {
        Preference::Statements(list) => list.get_mut(place).map(|s| &mut s.confidence),
        Preference::Weights(list) => list.get_mut(place).map(|w| &mut w.confidence),
        Preference::Ranking(_) => None,
    }
}

fn set_confidence(conflict: &mut Conflict, sure: &ConfidenceView) -> Result<(), Problem> {
    if !(0.0..=1.0).contains(&sure.confidence) {
        return Err(Problem::bad_request("a confidence is a number from 0 to 1"));
    }
    let actor = conflict.game.actor(&sure.actor).map(detente_model::ActorId::index);
    let place = actor
        .and_then(|actor| confidence(conflict, actor, sure.place))
        .ok_or_else(|| Problem::bad_request(format!("`{}` has no wish number {}", sure.actor, sure.place)))?;
    *place = Some(sure.confidence);
    Ok(())
}

fn wishes(conflict: &Conflict) -> Vec<WishShareView> {
    let words = CaseWords(conflict);
    let claim = |id: &detente_model::ClaimId| conflict.evidence.claims.get(id.index()).map(|c| c.id.clone());
    let mut all = Vec::new();
    for actor in conflict.game.actor_ids() {
        let list: Vec<_> = match conflict.game.preferences.get(actor.index()) {
            Some(Preference::Statements(list)) => list.iter().map(|s| (&s.grounds, s.confidence)).collect(),
            Some(Preference::Weights(list)) => list.iter().map(|w| (&w.grounds, w.confidence)).collect(),
            Some(Preference::Ranking(_)) | None => Vec::new(),
        };
        all.extend(list.into_iter().enumerate().map(|(at, (grounds, sure))| WishShareView {
            actor: actor.index(),
            place: at + 1,
            words: words.statement(actor, at),
            claims: grounds.claims.iter().filter_map(claim).collect(),
            assumption: grounds.assumption,
            confidence: sure.unwrap_or(1.0),
            without: Vec::new(),
            with: Vec::new(),
        }));
    }
    all
}
