//! `detente/watch/1`: which next move would settle most of a question.

use detente_model::Conflict;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};
use crate::find::watch::{Ask, Watching};
use crate::say::{sample, watch as say};

super::schema_name!(
    /// `detente/watch/1`.
    "detente/watch/1"
);

/// What `watch-for --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchFor {
    /// `detente/watch/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// The question, by its id.
    pub question: String,
    /// Under which concept.
    pub concept: String,
    /// What has been seen already, by id: only models that expected it count.
    pub seen: Vec<String>,
    /// The answer in sentences.
    pub text: Vec<String>,
    /// All models, where all were counted; null: some were drawn.
    pub models: Option<u64>,
    /// How many were drawn; null: all were counted.
    pub draws: Option<u64>,
    /// By this number they are drawn.
    pub seed: u64,
    /// The share of the models in which the answer is yes.
    pub share: f64,
    /// The share of all models in which today is not possible: they are left out.
    pub no_status_quo: f64,
    /// The share of all models that did not expect what has been seen: they are left out.
    pub unexpected: f64,
    /// The next date of the case, by id; null: none lies ahead.
    pub deadline: Option<String>,
    /// What to watch, that which settles most first.
    pub signs: Vec<SignInfo>,
    /// How many other observations settle nothing.
    pub idle: usize,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

/// Something to watch.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInfo {
    /// In words.
    pub text: String,
    /// Who moves: the id of a mover.
    pub mover: String,
    /// The state that it leads to from today, if nothing else is done.
    pub to: String,
    /// The share of models that expect it.
    pub expected: f64,
    /// The share of yes among these; null: there are none.
    pub if_seen: Option<f64>,
    /// The share of yes among the others; null: there are none.
    pub if_not: Option<f64>,
    /// By how much it is expected to reduce the variance of the answer.
    pub settles: f64,
    /// The same as a share of that variance.
    pub part: f64,
    /// The input that it speaks for or against, by id as in `detente/sample/2`; null: for none.
    pub input: Option<String>,
    /// Whether for it; null: neither.
    pub speaks_for: Option<bool>,
    /// The input in words; may be empty.
    pub speaks: String,
}

impl WatchFor {
    /// Of `conflict`.
    #[must_use]
    pub fn of(conflict: &Conflict, ask: &Ask<'_>, watching: &Watching) -> Self {
        let inputs = sample::inputs(&watching.ensemble);
        let found = &watching.found;
        let all = found.models + found.no_start + found.unexpected;
        let movers = conflict.game.movers();
        let signs = watching.signs.iter().map(|sign| SignInfo {
            text: say::sign(conflict, sign),
            mover: movers
                .get(sign.mover.index())
                .map_or_else(String::new, |mover| conflict.game.mover_id(mover)),
            to: sign.to.to_string(),
            expected: sign.expected,
            if_seen: sign.shares[0],
            if_not: sign.shares[1],
            settles: sign.settles,
            part: watching.part(sign),
            input: sign.speaks.and_then(|(input, _)| inputs.get(input)).map(|input| input.id.clone()),
            speaks_for: sign.speaks.map(|(_, stands)| stands),
            speaks: say::speaks(&inputs, sign),
        });
        let deadline = watching.by.and_then(|at| conflict.game.deadlines.get(at));
        Self {
            schema: SchemaName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            question: ask.question.id.clone(),
            concept: ask.concept.id().to_owned(),
            seen: ask.seen.iter().map(|seen| seen.id.clone()).collect(),
            text: say::sentences(conflict, ask, watching),
            models: watching.all,
            draws: watching.all.is_none().then_some(ask.draws),
            seed: ask.seed,
            share: watching.share(),
            no_status_quo: found.no_start / all,
            unexpected: found.unexpected / all,
            deadline: deadline.map(|date| date.id.clone()),
            signs: signs.collect(),
            idle: watching.idle,
            limits: watching.limits().iter().map(Into::into).collect(),
        }
    }
}
