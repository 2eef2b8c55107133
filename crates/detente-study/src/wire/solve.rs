//! `detente/solve/2`: everything that was found out about a case.

use detente_engine::LimitHit;
use detente_model::Conflict;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::certificate::claim_ids;
use super::{Answer, CaseInfo, DiagnosticInfo, LimitInfo, NotPossibleInfo, Program, answer};
use crate::find::judgement::{Judgement, Turn};

/// What `solve --format json` prints. A case with errors has only `schema`, `program` and
/// `diagnostics`; one that a bound stopped before the first verdict these and `limits`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Solve {
    /// A case that could be solved.
    Solved(Box<Solved>),
    /// A case whose claims contradict each other: one answer for each account.
    Told(Box<Told>),
    /// A case with errors, or one that a bound stopped before the first verdict.
    Errors(Errors),
}

impl Solve {
    /// What is said of a case with errors.
    pub fn errors(diagnostics: &[detente_case::Diagnostic]) -> Self {
        Self::Errors(Errors {
            schema: SchemaName::This,
            program: Program::THIS,
            diagnostics: diagnostics.iter().map(Into::into).collect(),
            limits: Vec::new(),
        })
    }

    /// What is said of a case when a bound was hit before the first verdict.
    pub fn stopped(diagnostics: &[detente_case::Diagnostic], hit: &LimitHit) -> Self {
        Self::Errors(Errors {
            schema: SchemaName::This,
            program: Program::THIS,
            diagnostics: diagnostics.iter().map(Into::into).collect(),
            limits: vec![hit.into()],
        })
    }
}

/// A case with errors, or one that a bound stopped before the first verdict.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// `detente/solve/2`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// All problems of the case file.
    pub diagnostics: Vec<DiagnosticInfo>,
    /// The bound that was hit before the first verdict; absent when the case has errors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub limits: Vec<LimitInfo>,
}

super::schema_name!(
    /// `detente/solve/2`.
    "detente/solve/2"
);

/// A case whose claims contradict each other, solved once for each account. With `--reading` one account comes in the
/// plain shape.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// `detente/solve/2`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// What was computed, and how.
    pub settings: Settings,
    /// Ids of the actors, in file order.
    pub actors: Vec<String>,
    /// As in the plain shape.
    pub options: Vec<String>,
    /// Who can move: the actors, then who moves together.
    pub movers: Vec<MoverInfo>,
    /// The ids of the accounts.
    pub readings: Vec<String>,
    /// The answers, in the same order.
    pub by_reading: Vec<ReadingInfo>,
    /// Warnings and notes on the case file.
    pub diagnostics: Vec<DiagnosticInfo>,
    /// Bounds that were hit.
    pub limits: Vec<LimitInfo>,
    /// As in the plain shape.
    pub timings_ms: IndexMap<String, f64>,
}

/// The answer of one account.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingInfo {
    /// The id of the account.
    pub id: String,
    /// How it is called; null when it has no name.
    pub title: Option<String>,
    /// The states that obey all rules.
    pub feasible: States,
    /// As in the plain shape.
    pub stability: IndexMap<String, IndexMap<String, States>>,
    /// As in the plain shape.
    pub equilibria: IndexMap<String, Equilibria>,
    /// As in the plain shape.
    pub lasts: IndexMap<String, States>,
    /// As in the plain shape.
    pub slices: Vec<SliceInfo>,
    /// As in the plain shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadlines: Option<DeadlinesInfo>,
    /// As in the plain shape.
    pub headline: HeadlineInfo,
    /// As in the plain shape.
    pub questions: Vec<QuestionInfo>,
}

/// Who can move: an actor, or several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoverInfo {
    /// An actor's id, or `act.peace:begin:az+am`, `act.peace:end:az+am`, `act.cap:30:a+b`.
    pub id: String,
    /// Who takes part.
    pub parties: Vec<String>,
}

/// What lasts where the chance events stand in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SliceInfo {
    /// The chance event that has happened; null: as today.
    pub chance: Option<String>,
    /// Where it starts; null without a status quo, or where a rule forbids it.
    pub start: Option<u64>,
    /// Per concept: the states that are stable for every mover.
    pub equilibria: IndexMap<String, States>,
    /// Per concept: those of them that are within reach of the start and that no date undoes.
    pub lasts: IndexMap<String, States>,
    /// Which rule forbids the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What dates do if nobody acts, and who can change it by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlinesInfo {
    /// The deadlines ahead, by date.
    pub drift: Vec<FiredInfo>,
    /// Where the status quo ends if nobody acts.
    pub end: Option<u64>,
    /// Before each date, and after the last.
    pub phases: Vec<PhaseInfo>,
    /// Per mover that can change the drift: the last day on which it can; null: also after the last date.
    pub last_day: IndexMap<String, Option<String>>,
    /// Equilibria of the first concept that a date undoes; absent when there are more than `--list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Vec<u64>>,
    /// Movers with more moves than are looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub not_looked_at: Vec<String>,
}

/// A deadline as it comes if nobody acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiredInfo {
    /// Its id.
    pub id: String,
    /// Its date.
    pub on: String,
    /// Whether it changes anything.
    pub fired: bool,
    /// Where things stand afterwards.
    pub state: Option<u64>,
}

/// The time before a date, or after the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseInfo {
    /// Where things stand if nobody has acted.
    pub from: Option<u64>,
    /// Where that drifts.
    pub drifts_to: Option<u64>,
    /// Per mover that has an improvement over the drift: to what.
    pub improvements: IndexMap<String, Vec<u64>>,
}

/// A solved case.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Solved {
    /// `detente/solve/2`.
    pub schema: SchemaName,
    /// Which program wrote this.
    pub program: Program,
    /// Which case this is about.
    pub case: CaseInfo,
    /// What was computed, and how.
    pub settings: Settings,
    /// Ids of the actors, in file order.
    pub actors: Vec<String>,
    /// Options as `actor.option`, in file order: bit k of a state number is option k. Empty in
    /// graph form.
    pub options: Vec<String>,
    /// Ids of the states, in graph form only: state k is the k-th, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_names: Option<Vec<String>>,
    /// Who can move: the actors, then who moves together.
    pub movers: Vec<MoverInfo>,
    /// The ids of the accounts to choose from: none in the plain shape.
    pub readings: Vec<String>,
    /// The states that obey all rules.
    pub feasible: States,
    /// Per concept and mover: the states that are stable for it, where chance events stand as today. A concept that a
    /// bound cut short is missing, or some of its movers are.
    pub stability: IndexMap<String, IndexMap<String, States>>,
    /// Per concept: the states that are stable for every mover. A concept that a bound cut short
    /// is missing.
    pub equilibria: IndexMap<String, Equilibria>,
    /// Per concept: what lasts, the equilibria that are within reach of where things stand and that no date undoes.
    /// Questions are answered from it.
    pub lasts: IndexMap<String, States>,
    /// As today, then one entry for each chance event that has happened.
    pub slices: Vec<SliceInfo>,
    /// What dates do; absent without deadlines ahead or a status quo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadlines: Option<DeadlinesInfo>,
    /// Where this variant starts, in words; absent when it starts from the status quo as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// The answer in one breath.
    pub headline: HeadlineInfo,
    /// The outcomes that last (Nash), one by one.
    pub lasting: super::LastingInfo,
    /// Per concept whose equilibria a bound cut short: what is sound all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<IndexMap<String, KnownInfo>>,
    /// Under `--compare-readings`: the equilibria in each reading of `sequences`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_sequences: Option<IndexMap<String, IndexMap<String, States>>>,
    /// The questions of the case, in file order.
    pub questions: Vec<QuestionInfo>,
    /// Warnings and notes on the case file.
    pub diagnostics: Vec<DiagnosticInfo>,
    /// Bounds that were hit; what is listed here is not exact, everything else is.
    pub limits: Vec<LimitInfo>,
    /// Concepts that were asked for and are not possible for this case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub not_possible: Vec<NotPossibleInfo>,
    /// How long it took, in milliseconds: `read`, `states`, each concept, `questions`, `lasting` (what is said of the
    /// outcomes that last), `patterns`, and `total`, which is the whole command up to its answer. The only part that
    /// differs from run to run; empty with `--no-timings`.
    pub timings_ms: IndexMap<String, f64>,
}

/// What was computed, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The engine that did it: `explicit`, `symbolic` or `reference`.
    pub engine: String,
    /// The reading of joint sanctions: `legal`, `once` or `single`.
    pub sequences: String,
    /// The concepts asked for.
    pub concepts: Vec<String>,
}

/// A set of states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct States {
    /// How many, in decimal: it may be larger than any machine number.
    #[schemars(regex(pattern = r"^[0-9]+$"))]
    pub count: String,
    /// State numbers, ascending; absent when there are more than `--list`, or more than 52
    /// options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub states: Option<Vec<u64>>,
}

/// A set of equilibria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Equilibria {
    /// How many, in decimal.
    #[schemars(regex(pattern = r"^[0-9]+$"))]
    pub count: String,
    /// State numbers, ascending; absent when there are more than `--list`, or more than 52
    /// options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub states: Option<Vec<u64>>,
    /// Patterns that together stand for the set, largest first, at most `--list` of them: one of
    /// `Y` (on), `N` (off) and `-` (either) for every option.
    #[schemars(inner(regex(pattern = r"^[YN-]+$")))]
    pub patterns: Vec<String>,
    /// Whether the patterns stand for the whole set.
    pub patterns_complete: bool,
    /// Options that have the same value in every equilibrium; empty when there is none.
    pub fixed: IndexMap<String, bool>,
    /// What the set has in common; absent for eight equilibria or fewer, in graph form, and where
    /// there are too many listed ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<StructureInfo>,
}

/// Equilibria that were cut short, from below and above.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownInfo {
    /// How many states are equilibria for certain, in decimal.
    pub at_least: String,
    /// How many could be, these included.
    pub at_most: String,
    /// Verdicts on states drawn uniformly from those between; absent when none was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampled: Option<SampledInfo>,
}

/// A sample of states.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampledInfo {
    /// How many were drawn and decided.
    pub drawn: usize,
    /// How many of them are equilibria.
    pub equilibria: usize,
    /// Their share.
    pub share: f64,
    /// With 95 % confidence the share among all between is at least this (Wilson).
    pub low: f64,
    /// And at most this.
    pub high: f64,
}

/// What a large set has in common. Every option is fixed, free or in one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StructureInfo {
    /// Options that can be either way whatever the others are.
    pub free: Vec<String>,
    /// Options that hang together: any way to set one part goes with any way to set another.
    pub parts: Vec<PartInfo>,
    /// False when free options and parts were too much work: then there are none here.
    pub parts_complete: bool,
    /// How many differ from the status quo in 0, 1, 2, … options, in decimal; absent without a status quo, or when that was too much work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distances: Option<Vec<String>>,
    /// Where the random numbers for the examples start.
    pub seed: u64,
    /// Equilibria drawn at random, each with the same chance, independently, as patterns.
    pub examples: Vec<String>,
    /// Per actor: what its options alone look like in the set; null when that was too much work.
    pub actors: IndexMap<String, Option<ProjectionInfo>>,
    /// The same for the options of `--project`; absent when not asked for, or too much work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projection: Option<ProjectionInfo>,
}

/// Options that hang together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartInfo {
    /// The options.
    pub options: Vec<String>,
    /// In how many ways they can be set, in decimal.
    pub ways: String,
    /// The ways as patterns over all options, largest first.
    pub patterns: Vec<String>,
    /// Whether these are all ways.
    pub patterns_complete: bool,
}

/// What some options alone look like in a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectionInfo {
    /// The options.
    pub options: Vec<String>,
    /// In how many ways they are set in the set, in decimal.
    pub ways: String,
    /// The most frequent ways; none when there are more than 4,096.
    pub first: Vec<WayInfo>,
}

/// One way to set some options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WayInfo {
    /// Those that are on; the others are off.
    pub on: Vec<String>,
    /// How many of the set have it, in decimal.
    pub count: String,
}

/// The answer in one breath: the first question that asks for a yes or no, else the first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadlineInfo {
    /// The id of the question; null when the case asks none.
    pub question: Option<String>,
    /// Its answer.
    #[serde(serialize_with = "answer::maybe")]
    #[schemars(with = "Option<answer::Word>")]
    pub answer: Option<Answer>,
    /// In words: yes or no, for whom it is otherwise, and what it hangs on.
    pub text: String,
    /// What lasts, by name, in words.
    pub lasts: String,
    /// Concepts of foresight under which the answer is yes where Nash stability says no.
    pub foresight: Vec<String>,
    /// The judgement to check first.
    pub check: CheckInfo,
}

/// Which single judgement of whoever wrote the case turns the answer when it is reversed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInfo {
    /// In words; empty where there is nothing to reverse.
    pub text: String,
    /// Those that turn it, the first to check first.
    pub turning: Vec<TurningInfo>,
    /// How many were reversed.
    pub reversed: usize,
    /// What kept others from being reversed; null when all were.
    pub limit: Option<LimitInfo>,
}

/// A judgement whose reversal turns the answer.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TurningInfo {
    /// `wish`, `rule`, `condition` or `meaning`.
    pub kind: &'static str,
    /// Whose wish; null for what is nobody's.
    pub actor: Option<String>,
    /// In words, with what its reversal comes to.
    pub text: String,
    /// The answer then: `yes`, `no`, or `says_nothing`.
    pub then: &'static str,
    /// Its total effect on the share of models that say yes (total-order index); null where it is not in doubt, or no
    /// models were drawn.
    pub effect: Option<f64>,
    /// The claims that it rests on.
    pub claims: Vec<String>,
}

impl TurningInfo {
    /// The contract of `turn`.
    #[must_use]
    pub fn of(conflict: &Conflict, turn: &Turn) -> Self {
        let (kind, actor) = match turn.judgement {
            Judgement::Wish { actor, .. } => ("wish", Some(actor)),
            Judgement::Rule(_) => ("rule", None),
            Judgement::Condition(..) => ("condition", None),
            Judgement::Meaning(_) => ("meaning", None),
        };
        let actor = actor.and_then(|actor| conflict.game.actors.get(actor.index()));
        let grounds = turn.judgement.grounds(conflict);
        Self {
            kind,
            actor: actor.map(|actor| actor.id.clone()),
            text: crate::say::judgement::turned(conflict, turn),
            then: match turn.then {
                Some(true) => "yes",
                Some(false) => "no",
                None => "says_nothing",
            },
            effect: turn.effect,
            claims: claim_ids(
                conflict,
                grounds.into_iter().flat_map(|grounds| grounds.claims.iter().copied()),
            ),
        }
    }
}

/// A question of the case, answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionInfo {
    /// Its id in the file.
    pub id: String,
    /// What is asked: `possible`, `certain`, `blockers`, `movers`, `price`, `share`, `trust` or
    /// `view`.
    pub kind: String,
    /// The answer.
    #[serde(serialize_with = "answer::word")]
    #[schemars(with = "answer::Word")]
    pub answer: Answer,
    /// Of a question of kind trust: what becomes of the answer: `supported`, `unsupported`, `overturned`, `open` or
    /// `not_known`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Overturned: by `options` (the answer is the old one where options and acts are kept) or by `wishes, rules or
    /// definitions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'static str>,
    /// The answer in words.
    pub text: String,
    /// Why it is so, in words; empty where the answer says it.
    pub reason: String,
    /// States that show it, ascending, where there are any; at most `--list`.
    pub states: Vec<u64>,
}
