//! What to watch: which next move would settle most of a question, and which wish or claim it would speak for.
//!
//! Definitions: `detente_engine::ensemble`, module `watch`. What one mover does in one step and is expected in the same
//! models is one observation here.

use detente_engine::ensemble::{Asked, Observation, SampleError, SampleSettings, Sampler, Shows, Watched};
use detente_engine::{LimitHit, SolveError, Watch};
use detente_model::{
    Concept, Conflict, MoverId, Observed, OutcomeStates, Question, QuestionKind, Sequences, State,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask<'c> {
    /// The question, of kind possible, certain or share.
    pub question: &'c Question,
    /// Of which outcome.
    pub outcome: OutcomeStates,
    /// Under which concept.
    pub concept: Concept,
    /// What has been seen already.
    pub seen: Vec<&'c Observed>,
    /// All models where there are at most so many, else so many drawn.
    pub draws: u64,
    /// By this number they are drawn.
    pub seed: u64,
    /// How many threads; 0: one for each core.
    pub threads: usize,
}

/// What to watch.
#[derive(Clone, Debug)]
pub struct Watching {
    /// Sums over the models.
    pub found: Watched,
    /// What settles something, that which settles most first.
    pub signs: Vec<Sign>,
    /// How many observations settle nothing.
    pub idle: usize,
    /// How many models there are, where all were counted; `None`: so many as were asked for were drawn.
    pub all: Option<u64>,
    /// What is in doubt.
    pub ensemble: detente_engine::ensemble::Ensemble,
    /// The next date of the case, with its place among the deadlines.
    pub by: Option<usize>,
}

/// Something to watch.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// Who moves.
    pub mover: MoverId,
    /// Where that leads.
    pub to: State,
    /// The share of models that expect it.
    pub expected: f64,
    /// The share of yes if it is seen, and if it is not.
    pub shares: [Option<f64>; 2],
    /// By how much it is expected to reduce the variance of the answer.
    pub settles: f64,
    /// The input that it speaks for (`true`) or against.
    pub speaks: Option<(usize, bool)>,
}

/// Why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// The case says not where things stand.
    NoToday,
    /// Nothing is in doubt.
    NoDoubt,
    /// No model is left: none expected what has been seen, or today is possible in none.
    NoModel,
    /// The models cannot be laid out.
    Solve(SolveError),
    /// It was stopped, or a model cannot be solved.
    Sample(SampleError),
}

/// Models that are drawn when nothing is said, where there are more.
pub const DRAWS: u64 = 4096;

/// Squared correlations below this say nothing.
const SPEAKS: f64 = 0.01;
/// What settles less than this settles nothing.
const SETTLES: f64 = 1e-9;

/// The question that is asked when nothing is said: the first of kind possible, certain or share that has an outcome.
#[must_use]
pub fn question(conflict: &Conflict) -> Option<&Question> {
    let asks = |kind| matches!(kind, QuestionKind::Possible | QuestionKind::Certain | QuestionKind::Share);
    conflict.questions.iter().find(|question| asks(question.kind) && question.outcome.is_some())
}

impl Watching {
    /// What to watch in `conflict`.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn of(conflict: &Conflict, ask: &Ask<'_>, watch: &dyn Watch) -> Result<Self, Refused> {
        let today = conflict.game.status_quo.as_ref().ok_or(Refused::NoToday)?;
        let mut targets = vec![ask.outcome.clone()];
        targets.extend(ask.seen.iter().map(|seen| seen.outcome.clone()));
        let settings = SampleSettings {
            concepts: vec![ask.concept],
            sequences: Sequences::default(),
            targets,
            given: vec![ask.question.given.clone()],
            one_by_one: false,
        };
        let sampler = Sampler::new(conflict, settings, conflict.ensemble_key(ask.seed), watch)
            .map_err(Refused::Solve)?;
        if sampler.ensemble.inputs.is_empty() {
            return Err(Refused::NoDoubt);
        }
        let sampler = sampler.on_threads(ask.threads);
        let asked = Asked { concept: 0, target: 0, every: ask.question.kind == QuestionKind::Certain };
        let seen: Vec<usize> = (1..=ask.seen.len()).collect();
        let found = sampler.watched(asked, &seen, ask.draws, watch).map_err(Refused::Sample)?;
        if found.models <= 0.0 {
            return Err(Refused::NoModel);
        }
        let mut signs: Vec<(Sign, &Observation)> = Vec::new();
        for one in &found.observations {
            let same = signs.iter_mut().find(|(sign, other)| {
                sign.mover == one.mover
                    && (other.expected, other.yes) == (one.expected, one.yes)
                    && other.standing == one.standing
            });
            if let (Some((sign, _)), Shows::Switch(switch, on)) = (same, &one.shows) {
                sign.to.set(*switch, *on);
                continue;
            }
            let to = match &one.shows {
                Shows::Switch(switch, on) => today.with(&[(*switch, *on)]),
                Shows::State(state) => state.clone(),
            };
            let speaks = one.speaks_for(&found).filter(|(.., square)| *square >= SPEAKS);
            let sign = Sign {
                mover: one.mover,
                to,
                expected: one.expected / found.models,
                shares: one.shares(&found),
                settles: one.settles(&found),
                speaks: speaks.map(|(input, stands, _)| (input, stands)),
            };
            signs.push((sign, one));
        }
        let mut signs: Vec<Sign> = signs.into_iter().map(|(sign, _)| sign).collect();
        let before = signs.len();
        signs.retain(|sign| sign.settles > SETTLES);
        let idle = before - signs.len();
        // Stable: what settles as much comes by mover.
        signs.sort_by(|a, b| b.settles.total_cmp(&a.settles));
        let all = sampler.ensemble.models().filter(|models| *models <= ask.draws);
        let by = conflict.game.deadlines.iter().position(|date| date.ahead);
        Ok(Self { signs, idle, all, ensemble: sampler.ensemble, by, found })
    }

    /// The share of yes as things are known.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.found.yes / self.found.models
    }

    /// Bounds that were hit.
    #[must_use]
    pub fn limits(&self) -> &[LimitHit] {
        &self.found.limits
    }

    /// How much of what is in doubt a sign settles: of the variance of the answer.
    #[must_use]
    pub fn part(&self, sign: &Sign) -> f64 {
        let share = self.share();
        let variance = share * (1.0 - share);
        if variance > 0.0 { sign.settles / variance } else { 0.0 }
    }
}
