//! What a reading proposes: the contract `detente/read/1`.
//!
//! Every proposal names the rule that made it, how sure the rule is, and the bytes of the text that
//! caused it. Nothing here is a verdict: it is a list to take from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sure a rule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// The words say so.
    #[default]
    Strong,
    /// The words suggest it; look twice.
    Weak,
}

/// Bytes of the text: from, and behind.
pub type Span = [usize; 2];

/// What a claim does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClaimKind {
    /// The author's plain report.
    Fact,
    /// What somebody says.
    Statement,
    /// What somebody wants or fears.
    Hope,
    /// What is due or planned.
    Expectation,
    /// A judgement, a motive, a cause.
    Assessment,
    /// Said under a condition.
    Conditional,
    /// Somebody else is to act.
    Demand,
    /// A deal open to acceptance.
    Offer,
    /// An own act that costs the other.
    Threat,
    /// An own act that the other wants.
    Promise,
    /// A claim about the facts rejected.
    Denial,
    /// An unscheduled future.
    Prediction,
}

impl ClaimKind {
    /// The word of the contract.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Statement => "statement",
            Self::Hope => "hope",
            Self::Expectation => "expectation",
            Self::Assessment => "assessment",
            Self::Conditional => "conditional",
            Self::Demand => "demand",
            Self::Offer => "offer",
            Self::Threat => "threat",
            Self::Promise => "promise",
            Self::Denial => "denial",
            Self::Prediction => "prediction",
        }
    }
}

/// A claim beside the first one of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Also {
    /// What it does.
    pub kind: ClaimKind,
    /// Who holds it, then through whom it came.
    pub speaker: Vec<String>,
    /// The words that show it.
    pub cue: String,
}

/// A sentence and its claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// Its number in the text, from 1.
    pub n: usize,
    /// Its words.
    pub text: String,
    /// What its claim does.
    pub kind: ClaimKind,
    /// Who holds the claim, then through whom it came; `author` alone if nobody else is shown.
    pub speaker: Vec<String>,
    /// The words that show the kind.
    pub cue: String,
    /// Claims of another kind or speaker.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// The medium that carried it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_by: Option<String>,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the sentence stands.
    pub span: Span,
}

/// Somebody who acts, speaks or is party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// A short id.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// state, organisation, faction, person, company or union.
    #[serde(rename = "type")]
    pub kind: String,
    /// The names in the text.
    pub aliases: Vec<String>,
    /// The id of the actor that a person speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub represents: Option<String>,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the name stands first.
    pub span: Span,
}

/// A calendar expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dated {
    /// The sentence.
    pub n: usize,
    /// The words.
    pub text: String,
    /// What they pin: a year, a month or a day.
    pub iso: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// A lasting relation of two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// The sentence.
    pub n: usize,
    /// The two.
    pub between: [String; 2],
    /// alliance, partnership, friendly, neutral, strained or hostile.
    pub kind: String,
    /// The word.
    pub cue: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the word stands.
    pub span: Span,
}

/// A document: an agreement, a law, a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// The sentence of its first mention.
    pub n: usize,
    /// The words.
    pub mention: String,
    /// A title.
    pub title: String,
    /// Who is party, as far as the sentence says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Its date, as far as the sentence says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where it stands: proposed, agreed, signed, adopted …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// A forum or a mediation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Track {
    /// The sentence of its first mention.
    pub n: usize,
    /// The words.
    pub mention: String,
    /// A title.
    pub title: String,
    /// Who meets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// An act that was done, or is scheduled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// The sentence.
    pub n: usize,
    /// The class, after PLOVER.
    pub class: String,
    /// Who did it.
    pub actors: Vec<String>,
    /// The verb.
    pub cue: String,
    /// A title.
    pub title: String,
    /// When, as far as the sentence says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// It is scheduled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub expected: bool,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the verb stands.
    pub span: Span,
}

/// What one actor may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The sentence.
    pub n: usize,
    /// Who.
    pub actor: String,
    /// What.
    pub text: String,
    /// The word that shows it.
    pub cue: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// What several would have to do together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JointAct {
    /// The sentence.
    pub n: usize,
    /// Who.
    pub parties: Vec<String>,
    /// What.
    pub text: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// What an actor wants, or does not want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wish {
    /// The sentence.
    pub n: usize,
    /// Who.
    pub actor: String,
    /// `+` wants it, `-` does not.
    pub polarity: String,
    /// What, in the words of the sentence.
    pub want: String,
    /// The word that shows it.
    pub cue: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// One thing under another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// The sentence.
    pub n: usize,
    /// if, only-if, unless, once or iff.
    pub form: String,
    /// The condition.
    #[serde(rename = "if")]
    pub condition: String,
    /// What hangs on it.
    pub then: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the condition stands.
    pub span: Span,
}

/// A threat, promise, demand, offer or denial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// The sentence.
    pub n: usize,
    /// Which.
    pub kind: ClaimKind,
    /// Who.
    pub by: String,
    /// To whom, or nothing.
    pub to: String,
    /// When.
    #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<String>,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the words stand.
    pub span: Span,
}

/// Two sentences that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contradiction {
    /// The one.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// Where the second stands.
    pub span: Span,
}

/// A stretch of the text that is no numbered sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Its words.
    pub text: String,
    /// Why.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// A question back to the analyst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The sentence.
    pub n: usize,
    /// The question in words.
    pub text: String,
}

/// A source that a bibliography lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// An id for it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// A year, a month or a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// How a sentence stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The case does not say so yet.
    New,
    /// A claim of the case says so already.
    There,
    /// It cannot be true beside what the case says.
    Contradicts,
}

/// Something of the case that a sentence meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Met {
    /// Where it stands: `claim.c04`, `actor.az.prefers[0]`.
    pub address: String,
    /// What it is, in words.
    pub words: String,
    /// The rule.
    pub rule: String,
}

/// A sentence beside a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Beside {
    /// The sentence.
    pub n: usize,
    /// How it stands to the case.
    pub standing: Standing,
    /// What it would add, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<String>,
    /// What the case has already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub there: Vec<Met>,
    /// What cannot be true beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<Met>,
}

/// A text beside a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Against {
    /// The title of the case.
    pub title: String,
    /// How many sentences say what the case does not say yet.
    pub new: usize,
    /// How many say what it says already.
    pub there: usize,
    /// How many cannot be true beside it.
    pub contradicts: usize,
    /// Sentence by sentence.
    pub sentences: Vec<Beside>,
}

/// A kind that a model gives a sentence, where the rules give another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OtherKind {
    /// The sentence.
    pub n: usize,
    /// The kind that the model gives.
    pub kind: ClaimKind,
    /// The kind that the rules give.
    pub rules: ClaimKind,
    /// The words that the model names.
    pub span: Span,
}

/// What a model proposed and what is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RefusedProposal {
    /// Of which kind it was.
    pub kind: String,
    /// The words that it gave as those of the text.
    pub quote: String,
    /// Why it is not kept.
    pub why: String,
}

/// What a language model said beside the rules. Its proposals stand among the others, weak, with the rule `model NAME`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Model {
    /// What it is called.
    pub name: String,
    /// How many of its proposals the rules have too.
    pub agrees: usize,
    /// How many only it has.
    pub alone: usize,
    /// How many only the rules have.
    pub rules_alone: usize,
    /// Sentences that it takes for another kind of claim than the rules do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<OtherKind>,
    /// What is not kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedProposal>,
}

/// Everything that a text proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// `detente/read/1`.
    pub schema: String,
    /// The title of the text.
    pub title: String,
    /// Its author or byline.
    pub author: String,
    /// The date of the text; empty when it shows none.
    pub as_of: String,
    /// The numbered sentences with their claims.
    pub sentences: Vec<Sentence>,
    /// Who acts, speaks or is party.
    pub actors: Vec<Actor>,
    /// Calendar expressions.
    pub dates: Vec<Dated>,
    /// Lasting relations.
    pub ties: Vec<Tie>,
    /// Documents.
    pub instruments: Vec<Instrument>,
    /// Forums and mediations.
    pub tracks: Vec<Track>,
    /// Acts done or scheduled.
    pub events: Vec<Event>,
    /// What one actor may do.
    pub options: Vec<Choice>,
    /// What several would have to do together.
    pub acts: Vec<JointAct>,
    /// What actors want.
    pub wishes: Vec<Wish>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Threats, promises, demands, offers, denials.
    pub said: Vec<Said>,
    /// Sentences that contradict each other.
    pub contradictions: Vec<Contradiction>,
    /// What an editor would ask.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// What is not numbered.
    pub left_out: Vec<LeftOut>,
    /// What of the document is not in its text: `2 scripts`, `3 notes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<String>,
    /// The sources that a bibliography lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// How the text stands to a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// What a language model said beside the rules, if one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Model>,
}
