//! The case as the page shows it: every part with its words, its formula, its claims and its
//! place in the text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of the text, in UTF-16 units from 0 as the browser counts them.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
pub(crate) struct TextRange {
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The whole case.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CaseView {
    pub(crate) about: AboutView,
    /// Option form or graph form.
    pub(crate) form: FormKind,
    pub(crate) sources: Vec<SourceView>,
    pub(crate) claims: Vec<ClaimView>,
    pub(crate) actors: Vec<ActorView>,
    pub(crate) options: Vec<OptionView>,
    pub(crate) definitions: Vec<DefinitionView>,
    pub(crate) outcomes: Vec<OutcomeView>,
    pub(crate) rules: Vec<RuleView>,
    /// Full names of the options that are on in the status quo; absent when the case gives none.
    pub(crate) status_quo: Option<Vec<String>>,
    pub(crate) questions: Vec<QuestionView>,
    pub(crate) variants: Vec<VariantView>,
    /// Where claims contradict each other: the accounts in which the case is answered.
    pub(crate) accounts: Option<AccountsView>,
    pub(crate) views: Vec<VariantView>,
    pub(crate) observed: Vec<ObservedView>,
    pub(crate) speakers: Vec<String>,
    pub(crate) digest: String,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FormKind {
    Options,
    Graph,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AboutView {
    pub(crate) title: String,
    pub(crate) as_of: Option<String>,
    pub(crate) question: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) limits: Vec<String>,
    pub(crate) note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SourceView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
    /// The file of its text, relative to the case file.
    pub(crate) text: Option<String>,
    pub(crate) range: Option<TextRange>,
    pub(crate) note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ClaimView {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) at: Option<String>,
    pub(crate) says: String,
    pub(crate) speaker: Option<String>,
    pub(crate) reported_by: Option<String>,
    /// fact, statement, hope, expectation, assessment, conditional.
    pub(crate) kind: Option<String>,
    pub(crate) quote: Option<String>,
    pub(crate) confidence: Option<f64>,
    pub(crate) note: Option<String>,
    /// What rests on it.
    pub(crate) uses: Vec<UseView>,
    pub(crate) range: Option<TextRange>,
}

/// Something that rests on a claim.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct UseView {
    /// statement, rule, option, definition, tie, instrument, event, effect, observed, body, track.
    pub(crate) kind: String,
    /// Address of the thing: `actor.az.prefers[2]`, `rule[0]`, …
    pub(crate) address: String,
    /// In words.
    pub(crate) label: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActorView {
    pub(crate) id: String,
    /// Two letters for badges.
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) note: Option<String>,
    /// Positions of its options in `options`.
    pub(crate) options: Vec<usize>,
    /// statements, weights or ranking.
    pub(crate) prefers_by: String,
    /// Statements (most important first) or weighed statements; a ranking's groups, best first.
    pub(crate) wishes: Vec<WishView>,
    pub(crate) range: Option<TextRange>,
}

/// One statement of a preference.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WishView {
    pub(crate) address: String,
    /// 1 = most important.
    pub(crate) place: usize,
    pub(crate) id: Option<String>,
    pub(crate) formula: String,
    pub(crate) words: String,
    pub(crate) weight: Option<i64>,
    pub(crate) claims: Vec<String>,
    pub(crate) assumption: bool,
    pub(crate) strong: bool,
    pub(crate) unknown: bool,
    pub(crate) confidence: Option<f64>,
    pub(crate) note: Option<String>,
    pub(crate) range: Option<TextRange>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OptionView {
    /// `az.sign`; of a thing with levels all its switches have one.
    pub(crate) id: String,
    /// What it means that the switch is on, and no other has: `az.sign`, `us.tariff > 10`.
    pub(crate) key: String,
    /// Position of its actor.
    pub(crate) actor: usize,
    /// The same in words.
    pub(crate) text: String,
    /// both, on_only, off_only.
    pub(crate) moves: String,
    pub(crate) claims: Vec<String>,
    pub(crate) assumption: bool,
    pub(crate) confidence: Option<f64>,
    pub(crate) note: Option<String>,
    pub(crate) address: String,
    pub(crate) range: Option<TextRange>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DefinitionView {
    pub(crate) id: String,
    pub(crate) formula: String,
    pub(crate) words: String,
    pub(crate) claims: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) range: Option<TextRange>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OutcomeView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) formula: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RuleView {
    pub(crate) address: String,
    pub(crate) id: Option<String>,
    /// never, always, at_most_one, exactly_one, requires, unavailable.
    pub(crate) kind: String,
    pub(crate) formula: String,
    pub(crate) words: String,
    pub(crate) claims: Vec<String>,
    pub(crate) assumption: bool,
    pub(crate) note: Option<String>,
    pub(crate) range: Option<TextRange>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct QuestionView {
    pub(crate) id: String,
    pub(crate) ask: String,
    pub(crate) kind: String,
    pub(crate) outcome: Option<String>,
    pub(crate) concept: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct VariantView {
    pub(crate) id: String,
    pub(crate) title: String,
    /// What differs, one sentence each.
    pub(crate) changes: Vec<String>,
    pub(crate) note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AccountsView {
    /// That claims contradict each other, in words.
    pub(crate) says: String,
    pub(crate) list: Vec<AccountView>,
}

/// One way to tell a case whose claims contradict each other.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AccountView {
    pub(crate) id: String,
    pub(crate) title: String,
    /// The claims in dispute that it keeps, and those that it strikes.
    pub(crate) keeps: Vec<String>,
    pub(crate) strikes: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ObservedView {
    pub(crate) id: String,
    pub(crate) on: String,
    pub(crate) title: String,
    pub(crate) claims: Vec<String>,
}
