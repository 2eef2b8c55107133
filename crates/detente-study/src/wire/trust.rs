//! `detente/trust/1`: what the conclusions rest on.

use detente_engine::trust::{self, Run};
use detente_model::{ClaimId, Conflict};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseInfo, LimitInfo, Program};
use crate::say::trust as report;

super::schema_name!(
    /// `detente/trust/1`.
    "detente/trust/1"
);

/// What `trust --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// `detente/trust/1`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// The summary in sentences.
    pub text: Vec<String>,
    /// On all evidence.
    pub before: OutcomeInfo,
    /// Solved again, one thing struck at a time.
    pub runs: Vec<RunInfo>,
    /// Minimal sets of claims without which a conclusion changes.
    pub sets: Vec<SetInfo>,
    /// For each conclusion, claims that suffice.
    pub bodies: Vec<BodyInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
}

impl Trust {
    /// What was `found` about `conflict`.
    #[must_use]
    pub fn of(conflict: &Conflict, found: &trust::Trust) -> Self {
        let claims = |ids: &[ClaimId]| {
            let all = &conflict.evidence.claims;
            ids.iter().filter_map(|id| all.get(id.index())).map(|c| c.id.clone()).collect::<Vec<_>>()
        };
        let id = |at: usize| found.conclusions.get(at).map_or_else(String::new, |c| c.id.clone());
        let run = |run: &Run| {
            let after = run.after.as_ref().ok();
            RunInfo {
                struck: (&run.struck).into(),
                question: run.question.clone(),
                error: run.after.as_ref().err().map(|why| report::nothing_follows(conflict, why)),
                feasible: after.map(|a| a.outcome.feasible.to_string()),
                equilibria: after.map(|a| a.outcome.equilibria.to_string()),
                stable: after.iter().flat_map(|a| &a.outcome.stable).map(ToString::to_string).collect(),
                rules_fallen: after.iter().flat_map(|a| &a.rules).map(|at| at + 1).collect(),
                cannot_fallen: after.iter().flat_map(|a| &a.cannot).map(|at| at + 1).collect(),
                actors_without_motive: (after.iter().flat_map(|a| &a.without_motive))
                    .filter_map(|a| conflict.game.actors.get(a.index()))
                    .map(|a| a.id.clone())
                    .collect(),
                conclusions: (after.iter().flat_map(|a| &a.conclusions).enumerate())
                    .map(|(at, c)| ConclusionInfo {
                        id: id(at),
                        before: found.conclusions[at].before.word(),
                        after: c.after.word(),
                        status: c.status.word(),
                        by: c.by.map(detente_engine::trust::Cause::word),
                    })
                    .collect(),
            }
        };
        Self {
            schema: SchemaName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            text: report::summary(conflict, found),
            before: OutcomeInfo {
                feasible: found.before.feasible.to_string(),
                equilibria: found.before.equilibria.to_string(),
                stable: found.before.stable.iter().map(ToString::to_string).collect(),
            },
            runs: found.runs.iter().map(run).collect(),
            sets: (found.sets.iter())
                .map(|s| SetInfo { id: id(s.conclusion), claims: claims(&s.claims), status: s.status.word() })
                .collect(),
            bodies: (found.bodies.iter())
                .map(|b| BodyInfo { id: id(b.conclusion), claims: claims(&b.claims), smallest: b.smallest })
                .collect(),
            limits: found.limits.iter().map(Into::into).collect(),
        }
    }
}

/// Counts in decimal.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeInfo {
    /// Feasible states.
    pub feasible: String,
    /// Equilibria.
    pub equilibria: String,
    /// States stable for each actor.
    pub stable: Vec<String>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunInfo {
    /// What is struck.
    pub struck: StruckInfo,
    /// The question that asks for it.
    pub question: Option<String>,
    /// Why the case cannot stand without it; then the rest is empty.
    pub error: Option<String>,
    /// Feasible states, in decimal.
    pub feasible: Option<String>,
    /// Equilibria, in decimal.
    pub equilibria: Option<String>,
    /// States stable for each actor, in decimal.
    pub stable: Vec<String>,
    /// Rules that fell, by place from 1.
    pub rules_fallen: Vec<usize>,
    /// Moves taken away that came back, by place from 1 among those of all actors.
    pub cannot_fallen: Vec<usize>,
    /// Actors left without any statement.
    pub actors_without_motive: Vec<String>,
    /// What becomes of each conclusion.
    pub conclusions: Vec<ConclusionInfo>,
}

/// What is struck.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StruckInfo {
    /// Claims.
    pub claims: Vec<String>,
    /// Speakers.
    pub speakers: Vec<String>,
    /// Kinds.
    pub kinds: Vec<String>,
    /// Sources.
    pub sources: Vec<String>,
    /// The analyst's assumptions.
    pub assumptions: bool,
}

impl From<&detente_model::Strike> for StruckInfo {
    fn from(strike: &detente_model::Strike) -> Self {
        Self {
            claims: strike.claims.clone(),
            speakers: strike.speakers.clone(),
            kinds: strike.kinds.iter().map(|kind| kind.word().to_owned()).collect(),
            sources: strike.sources.clone(),
            assumptions: strike.assumptions,
        }
    }
}

/// What becomes of a conclusion.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConclusionInfo {
    /// The question, or `nash:` and a state number.
    pub id: String,
    /// `yes`, `no` or `not_computed`.
    pub before: &'static str,
    /// The same after the strike.
    pub after: &'static str,
    /// `supported`, `unsupported`, `overturned`, `open` (nothing can be concluded: a definition fell without an
    /// `otherwise`, or where things stand would break a rule) or `not_known` (a bound was hit before that was known).
    pub status: &'static str,
    /// Overturned: by `options` (the answer is the old one where options and acts are kept) or by `wishes, rules or
    /// definitions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'static str>,
}

/// Claims without which a conclusion changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetInfo {
    /// The conclusion.
    pub id: String,
    /// The claims.
    pub claims: Vec<String>,
    /// What becomes of it.
    pub status: &'static str,
}

/// Claims that suffice for a conclusion.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyInfo {
    /// The conclusion.
    pub id: String,
    /// The claims.
    pub claims: Vec<String>,
    /// Whether no smaller set suffices.
    pub smallest: bool,
}
