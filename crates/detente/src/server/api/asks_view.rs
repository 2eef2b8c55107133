//! What the page asks for and gets, beside files: live checking and solving, reasons, moves
//! together, evidence, situation, changes of the text.

use std::collections::BTreeMap;

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
    /// Names the text alone: what a form is made of, and what its edits say that they are made of.
    pub(crate) revision: String,
    /// What the file says, for the forms; absent when it is no TOML, or known.
    pub(crate) file: Option<OutlineView>,
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

/// A case file as data.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OutlineView {
    /// All tables and values; dates as texts.
    pub(crate) value: serde_json::Value,
    /// By the address of a list: the keys of its entries, in order (`rule[~1f3a09c2d4]` is the one with the key
    /// `~1f3a09c2d4`). By the address of a table of things: their ids, in the order of the file.
    pub(crate) keys: BTreeMap<String, Vec<String>>,
}

impl From<detente_case::Outline> for OutlineView {
    fn from(outline: detente_case::Outline) -> Self {
        Self { value: outline.value, keys: outline.keys }
    }
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
#[derive(Clone, Debug, Serialize, JsonSchema)]
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
    /// What the case expects by a day, the earliest first: once the day has passed, the page says so.
    pub(crate) expected: Vec<ExpectedView>,
}

/// Something that is expected by a day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ExpectedView {
    /// `YYYY[-MM[-DD]]`.
    pub(crate) on: String,
    /// For when the day has passed, a sentence.
    pub(crate) text: String,
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
    /// Who makes it: several by an act of theirs.
    pub(crate) actors: Vec<usize>,
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

/// Changes of a text that keep its comments and order, by somebody who looked at `revision` of it.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct EditRequest {
    /// The text as it is now.
    pub(crate) text: String,
    /// The `revision` of the text that the form was made of. Of another one nothing is changed: status 409, code
    /// `stale`, with the revision of `text`.
    pub(crate) revision: String,
    /// All of them are made, or none: where something else stands than was expected, status 409, code `otherwise`.
    pub(crate) edits: Vec<EditView>,
}

/// One change. An address names things by id and entries of lists by the keys of `file.keys`
/// (`actor.az.prefers[~1f3a09c2d4].that`, `rule[=neutral]`), never by place.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum EditView {
    /// Sets a value: `case.title`, `actor.az.option.sign.text`, `claim.c07.says`, …; `expected`: what stood there in
    /// `file.value`, null for nothing.
    Set { address: String, value: serde_json::Value, expected: serde_json::Value },
    /// Removes a value, an entry of a list or a thing, and nothing else.
    Remove { address: String, expected: serde_json::Value },
    /// Removes a thing with everything that cannot be without it: `with` is what `/falls` said.
    RemoveAll { address: String, expected: serde_json::Value, with: Vec<String> },
    /// Adds a thing: to a list (`rule`, `actor.az.prefers`), under an id (`claim.c20`), or under one that is made from
    /// `named` (`actor.*`). `before`: the address of the one that it stands before; absent: last.
    Add { address: String, named: Option<String>, before: Option<String>, value: serde_json::Value },
    /// Moves a thing or an entry before another of the same, or to the end.
    Move { address: String, before: Option<String> },
    /// Rests a thing on a claim; with its first claim it is no assumption any more.
    Attach { address: String, claim: String },
    /// Rests a thing on a claim no longer.
    Detach { address: String, claim: String },
    /// Gives a thing another id, wherever it is referred to.
    Rename { address: String, to: String },
    /// Replaces a stretch of the text: the fix of a problem.
    Replace { range: TextRange, expected: String, text: String },
}

/// The changed text.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EditedView {
    pub(crate) text: String,
    /// Its revision.
    pub(crate) revision: String,
    /// What it says, for the forms; absent when it is no TOML.
    pub(crate) file: Option<OutlineView>,
    /// The addresses of what was added, in the order of the changes.
    pub(crate) made: Vec<String>,
    /// Addresses that name the same thing in another way now: before and after.
    pub(crate) moved: Vec<(String, String)>,
}

impl EditedView {
    /// A text of which nothing else is known.
    pub(crate) fn of(text: String) -> Self {
        let revision = crate::server::folder::revision(text.as_bytes());
        let file = detente_case::outline(&text).map(Into::into);
        Self { text, revision, file, made: Vec::new(), moved: Vec::new() }
    }
}

/// What would go with a thing.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct FallsRequest {
    pub(crate) text: String,
    /// The `revision` of the text that the form was made of.
    pub(crate) revision: String,
    /// The thing, as `/edit` names it.
    pub(crate) address: String,
}

/// What cannot be without a thing.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FallsView {
    pub(crate) falls: Vec<FallView>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FallView {
    /// As `/edit` names it.
    pub(crate) address: String,
    /// In words; absent where the case has errors.
    pub(crate) words: Option<String>,
    /// Whether only the mention goes, and what mentions it stays.
    pub(crate) mention: bool,
}

/// A new case.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewRequest {
    /// Names its folder; a number is added when there is one already. Empty: the title of the text.
    pub(crate) title: String,
    /// What it starts from.
    pub(crate) template: Template,
    /// A source text to start from.
    pub(crate) source: Option<String>,
    /// Who wrote it; absent or empty: as the text says.
    #[serde(default)]
    pub(crate) author: String,
    /// When: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; absent or empty: as the text says.
    #[serde(default)]
    pub(crate) date: String,
}

/// What a new case starts from.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Template {
    /// One question, two actors.
    Empty,
    /// Two parties, a mediator, a spoiler.
    Mediation,
    /// Nothing but the source: actors and the rest come from reading it.
    Document,
}

/// Which case.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PathRequest {
    pub(crate) path: String,
}

/// What brings a discarded case back.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DiscardedView {
    pub(crate) name: String,
}

/// What is brought back.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RestoreRequest {
    /// As `/discard` said.
    pub(crate) name: String,
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
    /// The `revision` of the text that the version was tried on.
    pub(crate) revision: String,
    pub(crate) version: Version,
    pub(crate) id: String,
    pub(crate) title: String,
}

/// Gives an outcome a name.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NameRequest {
    pub(crate) path: String,
    pub(crate) text: String,
    /// The `revision` of the text that the outcome was seen in.
    pub(crate) revision: String,
    /// The version in which the outcome is possible.
    #[serde(default)]
    pub(crate) version: Version,
    /// State number (decimal).
    pub(crate) state: String,
    pub(crate) name: String,
}
