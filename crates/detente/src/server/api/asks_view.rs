//! What the page asks for and gets, beside files: live checking and solving, reasons, moves
//! together, evidence, situation, changes of the text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer_view::{AnswerView, Version};
use super::case_view::{CaseView, TextRange};
use super::files::FileText;

/// A text (not yet saved, perhaps) and the version of the case that is looked at.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct LiveRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// A name for this question, under which its progress is told and it can be stopped.
    #[serde(default)]
    pub(crate) ticket: Option<String>,
    /// The `basis` of an earlier answer that the page still has: what would be the same is left out.
    #[serde(default)]
    pub(crate) known: Option<String>,
}

/// Stops the question of a ticket: what it has found so far is its answer.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CancelRequest {
    pub(crate) ticket: String,
}

/// Whether there was anything to stop.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CancelView {
    pub(crate) stopped: bool,
}

/// Everything that follows from a text, in one answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LiveView {
    /// Names path and text: two answers with the same basis have the same problems, case and answer as written.
    pub(crate) basis: String,
    /// Whether problems, case and answer as written are left out, because the page knows them.
    pub(crate) known: bool,
    pub(crate) problems: Vec<ProblemView>,
    /// Absent when the text has errors.
    pub(crate) case: Option<CaseView>,
    /// The answer for the version asked for; absent when the case or the version has errors.
    pub(crate) answer: Option<AnswerView>,
    /// The answer for the case as written, when another version was asked for.
    pub(crate) as_written: Option<AnswerView>,
    /// Why the version cannot be applied, one sentence each.
    pub(crate) version_problems: Vec<String>,
    /// What the version changes beside what was asked for, one sentence each: that it starts elsewhere.
    pub(crate) version_notes: Vec<String>,
}

/// A file, and everything that follows from it as written.
#[derive(Serialize, JsonSchema)]
pub(crate) struct OpenedView {
    pub(crate) file: FileText,
    /// Absent for a case that may take long: it is asked for with `/live`, with progress.
    pub(crate) live: Option<LiveView>,
}

/// A text whose problems are asked for.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CheckRequest {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All problems of a text, in its order.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckView {
    pub(crate) problems: Vec<ProblemView>,
    /// What became of each quote; none when the text has errors that leave no case.
    pub(crate) quotes: Vec<QuoteView>,
}

/// The verbatim words of a claim, looked for in the text of its source.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct QuoteView {
    /// Id of the claim.
    pub(crate) claim: String,
    /// verified, failed, or no_text: the text is not in this folder.
    pub(crate) state: String,
    /// What is wrong, with the nearest passage, when it failed.
    pub(crate) said: Option<String>,
}

/// A problem of the text.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProblemView {
    pub(crate) code: String,
    /// error, warning, note.
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) line: Option<usize>,
    pub(crate) range: Option<TextRange>,
    pub(crate) fix: Option<FixView>,
}

/// A replacement that mends a problem.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FixView {
    pub(crate) title: String,
    pub(crate) range: TextRange,
    pub(crate) text: String,
}

/// A case in the list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SummaryView {
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) question: Option<String>,
    pub(crate) as_of: Option<String>,
    pub(crate) actors: Vec<String>,
    /// Two letters per actor, for badges.
    pub(crate) codes: Vec<String>,
    pub(crate) options: usize,
    /// How many outcomes are possible (decimal); absent when there was no answer.
    pub(crate) outcomes: Option<String>,
    pub(crate) sources: usize,
    /// The first error, in a sentence.
    pub(crate) wrong: Option<String>,
    pub(crate) claims: usize,
    pub(crate) assumptions: usize,
    /// The words that the answer to the first question begins with: Yes, No, In all; absent when it has none.
    pub(crate) lead: Option<String>,
    /// The first question, when the answer is the answer to it.
    pub(crate) asked: Option<String>,
    /// The answer in one sentence; absent when the case has errors or takes longer than two seconds.
    pub(crate) answer: Option<String>,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) revision: String,
    /// Seconds since 1970.
    pub(crate) changed: u64,
}

/// Why a verdict is as it is.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct WhyRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    /// State number or any state as on the command line.
    pub(crate) state: String,
    /// Id of the actor.
    pub(crate) actor: String,
    pub(crate) concept: String,
}

/// A reason, step by step.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WhyView {
    /// The verdict in words.
    pub(crate) title: String,
    /// The technical line under it.
    pub(crate) technical: String,
    pub(crate) stable: bool,
    pub(crate) steps: Vec<WhyStep>,
    /// Ids of exactly the claims that the reason rests on.
    pub(crate) claims: Vec<String>,
    /// What the reason rests on without a claim, in words.
    pub(crate) assumptions: Vec<String>,
    /// On how many claims of how many speakers it rests, or on what else, in words.
    pub(crate) rests: String,
    /// The reason as one text.
    pub(crate) text: String,
    /// `detente/certificate/1`.
    pub(crate) certificate: serde_json::Value,
}

/// One step of a reason.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WhyStep {
    pub(crate) text: String,
    /// The same text in stretches that know what they are about.
    pub(crate) spans: Vec<SpanView>,
    /// Positions of the actors who act in this step.
    pub(crate) actors: Vec<usize>,
    /// The state that the step leads to, by number; absent where the step cannot be taken.
    pub(crate) state: Option<String>,
    /// Options that the step turns on and off, by position.
    pub(crate) on: Vec<usize>,
    pub(crate) off: Vec<usize>,
    /// The wish that decides: place from 1, of which actor.
    pub(crate) wish: Option<DecidingWish>,
    /// Ids of the claims that this sentence rests on.
    pub(crate) claims: Vec<String>,
    /// Whether it rests on an assumption.
    pub(crate) assumption: bool,
}

/// A stretch of a sentence.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SpanView {
    pub(crate) text: String,
    /// Position of the actor that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) actor: Option<usize>,
    /// Place (from 1) of the wish of that actor that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wish: Option<usize>,
    /// Number of the state that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    /// Id of the claim that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) claim: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DecidingWish {
    pub(crate) actor: usize,
    pub(crate) place: usize,
    pub(crate) words: String,
    /// Whether the actor gains it or gives it up.
    pub(crate) gained: bool,
}

/// A question about one state.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct StateRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) version: Version,
    pub(crate) state: String,
}

/// Who could leave a state together.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TogetherView {
    pub(crate) sentence: String,
    pub(crate) exits: Vec<ExitView>,
    /// Whether all exits are shown.
    pub(crate) complete: bool,
    /// What is said where not all are.
    pub(crate) left_out: Option<String>,
    /// What is said of an exit that is asked for and is not there.
    pub(crate) none: String,
}

/// A joint exit.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ExitView {
    pub(crate) actors: Vec<usize>,
    /// No smaller coalition inside it can leave to the same outcome.
    pub(crate) minimal: bool,
    pub(crate) to: String,
    pub(crate) name: String,
    pub(crate) steps: Vec<HopView>,
    /// For each of them, in the order of `actors`, the wish that decides.
    pub(crate) gains: Vec<GainView>,
    /// That they would leave, in a sentence.
    pub(crate) title: String,
    /// What a joint exit is.
    pub(crate) note: String,
    /// Where they go, in a sentence.
    pub(crate) goes: String,
    /// In which order they move; empty when one step is all.
    pub(crate) order: String,
    /// On how many claims of how many speakers it rests, or on what else.
    pub(crate) rests: String,
}

/// What one actor gains by a joint exit.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct GainView {
    pub(crate) actor: usize,
    /// Place from 1; absent where the preference is no list of statements.
    pub(crate) place: Option<usize>,
    pub(crate) words: String,
    /// That this actor gains, in a clause that stands above the wish.
    pub(crate) says: String,
    pub(crate) claims: Vec<String>,
    pub(crate) assumption: bool,
}

/// One move.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HopView {
    pub(crate) actor: usize,
    pub(crate) to: String,
    pub(crate) name: String,
    pub(crate) on: Vec<usize>,
    pub(crate) off: Vec<usize>,
}

/// Where it goes from a state.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OnwardsView {
    pub(crate) sentence: String,
    pub(crate) endings: Vec<EndingView>,
    /// The error of the equations as solved; how much of the chain was not followed is in `unfollowed`.
    pub(crate) residual: f64,
    /// The probability of all that was not followed to its end, or could not be settled.
    pub(crate) unfollowed: f64,
    /// What stands below the endings: what was not followed, and how they are to be read.
    pub(crate) notes: Vec<String>,
    /// Bounds that were hit, one sentence each: there may be other endings, and other shares.
    pub(crate) limits: Vec<String>,
}

/// One ending with how likely it is under equal weights of movers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EndingView {
    pub(crate) states: Vec<String>,
    pub(crate) name: String,
    /// equilibrium or cycle.
    pub(crate) kind: String,
    pub(crate) probability: f64,
    /// Expected number of moves; absent when it is not reached.
    pub(crate) moves: Option<f64>,
    pub(crate) path: Vec<HopView>,
    /// How likely it is, and after how many moves, in words.
    pub(crate) says: String,
}

/// What the conclusions hang on.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TrustView {
    pub(crate) sentences: Vec<String>,
    pub(crate) rows: Vec<TrustRow>,
    /// Bounds that were hit, one sentence each: what is said is said of what was tried.
    pub(crate) limits: Vec<String>,
}

/// One struck set.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TrustRow {
    pub(crate) struck: String,
    pub(crate) claims: Vec<String>,
    pub(crate) feasible: String,
    pub(crate) equilibria: String,
    pub(crate) without_motive: Vec<usize>,
    pub(crate) conclusions: Vec<ConclusionView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ConclusionView {
    pub(crate) id: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// supported, unsupported, overturned.
    pub(crate) status: String,
    /// The same in words: stands, holds without support, falls.
    pub(crate) says: String,
}

/// Changes of a text that keep its comments and order.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct EditRequest {
    pub(crate) text: String,
    pub(crate) edits: Vec<EditView>,
}

/// One change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum EditView {
    /// Sets a value: `case.title`, `actor.az.option.sign.text`, `claim.c07.says`, `rule[0].never`, …
    Set { address: String, value: serde_json::Value },
    /// Removes a key, an entry of a list or a table.
    Remove { address: String },
    /// Adds a table: `actor.az.prefers`, `rule`, `claim.c20`, `question.q`, … at a place from 0; absent: last.
    Insert { address: String, at: Option<usize>, value: serde_json::Value },
    /// Moves an entry of a list of tables.
    Move { address: String, from: usize, to: usize },
}

impl From<EditView> for detente_case::Edit {
    fn from(edit: EditView) -> Self {
        match edit {
            EditView::Set { address, value } => Self::Set { address, value },
            EditView::Remove { address } => Self::Remove { address },
            EditView::Insert { address, at, value } => Self::Insert { address, at, value },
            EditView::Move { address, from, to } => Self::Move { address, from, to },
        }
    }
}

/// The changed text.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EditedView {
    pub(crate) text: String,
}

/// A new case.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewRequest {
    /// Names its folder; a number is added when there is one already.
    pub(crate) title: String,
    /// What it starts from.
    pub(crate) template: Template,
    /// A source text to start from.
    pub(crate) source: Option<String>,
}

/// What a new case starts from.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Template {
    /// One question, two actors.
    Empty,
    /// Two parties, a mediator, a spoiler.
    Mediation,
}

/// Where the new case stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MadeView {
    pub(crate) path: String,
}

/// A file of another program.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ImportRequest {
    /// Its name; decides the format.
    pub(crate) name: String,
    pub(crate) content: String,
}

/// An imported case: saved, when there was no error.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ImportedView {
    pub(crate) path: Option<String>,
    pub(crate) problems: Vec<ProblemView>,
}

/// Keeps a tried-out version as a variant of the case.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct KeepRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) version: Version,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Gives an outcome a name.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NameRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    /// The version in which the outcome is possible.
    #[serde(default)]
    pub(crate) version: Version,
    /// State number (decimal).
    pub(crate) state: String,
    pub(crate) name: String,
}
