//! What stands on one line of a ledger.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Day, Moment, Probability};

/// The name of the format of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Format {
    /// `detente/forecast/entry/1`.
    #[serde(rename = "detente/forecast/entry/1")]
    This,
}

/// `sha256:` and a hash in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub struct Seal(#[schemars(regex(pattern = r"^sha256:[0-9a-f]{64}$"))] String);

impl Seal {
    /// The seal of these canonical bytes.
    pub fn of(canonical: &str) -> Self {
        let hash = Sha256::digest(canonical.as_bytes());
        Self(hash.iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}")))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its hexadecimal digits.
    pub fn digits(&self) -> &str {
        self.0.strip_prefix("sha256:").unwrap_or_default()
    }
}

impl TryFrom<String> for Seal {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let hex = text.strip_prefix("sha256:").unwrap_or_default();
        let good = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if good { Ok(Self(text)) } else { Err("a seal is `sha256:` and 64 hexadecimal digits".to_owned()) }
    }
}

/// One entry without its seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    /// `detente/forecast/entry/1`.
    pub schema: Format,
    /// Its place in the ledger, from 1.
    pub entry: u64,
    /// The seal of the entry before; null for the first.
    pub previous: Option<Seal>,
    /// When it was written.
    pub recorded: Moment,
    /// By which clock.
    pub clock: Clock,
    /// By which program.
    pub program: Writer,
    /// Who answers for it.
    pub author: Option<String>,
    /// Anything else for the reader.
    pub note: Option<String>,
    /// What it says.
    pub says: Content,
}

/// One entry, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// What is sealed.
    #[serde(flatten)]
    pub body: Body,
    /// The seal of the canonical bytes of the rest.
    pub seal: Seal,
}

/// What the time of an entry rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// The clock of the machine.
    System,
    /// Told on the command line or by `SOURCE_DATE_EPOCH`.
    Given,
}

/// Which program wrote an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Writer {
    /// `detente`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Writer {
    /// This program.
    pub fn this() -> Self {
        Self { name: "detente".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// How likely each answer to a question is.
    Forecast(Forecast),
    /// Which answer came true.
    Resolution(Resolution),
    /// The question cannot be answered any more, or should not have been asked: the forecast is not scored.
    Void(Void),
    /// The last resolution of a forecast (or that it is void) was a mistake: the forecast is open again.
    Withdrawal(Withdrawal),
}

/// A forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// Its name in this ledger: lower-case letters, digits and single hyphens.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub id: String,
    /// The question, so that one can tell afterwards which answer came true.
    pub question: String,
    /// Up to which day it knows what happened; null: up to when it was recorded.
    pub as_of: Option<Day>,
    /// By which day it is answered.
    pub resolves: Day,
    /// Whether it was recorded when the answer was or could be known.
    pub hindsight: bool,
    /// The possible answers, of which exactly one comes true. The probabilities add up to 1.
    #[schemars(length(min = 2))]
    pub answers: Vec<AnswerChance>,
    /// Where the probabilities come from.
    pub basis: Basis,
}

/// One answer and its probability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerChance {
    /// `yes`, `no`, or a name.
    pub answer: String,
    /// From 0 to 1, at most six digits after the point.
    pub probability: Probability,
}

/// Where probabilities come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Given by hand.
    Given,
    /// Computed from a case.
    Case(CaseBasis),
}

/// A case and what was computed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseBasis {
    /// Title of the case.
    pub title: String,
    /// The variant; null for the case as written.
    pub variant: Option<String>,
    /// Digest of the game of that variant, as in the other contracts.
    pub digest: String,
    /// Digest of the game with all that is uncertain about it: what draws are made from.
    pub ensemble: String,
    /// What the probabilities are shares of.
    pub measure: Measure,
    /// Under which concept of stability; null where the measure has none.
    pub concept: Option<String>,
    /// Per answer: the outcome as it was named; null for the answer that takes the rest.
    pub outcomes: Vec<Option<String>>,
    /// All models, or draws.
    pub method: Method,
}

/// What a computed probability is: the share of models of the case in which …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// … some equilibrium has the outcome: how often it is possible.
    Some,
    /// … there are equilibria, and all have the outcome.
    All,
    /// … an equilibrium that is drawn has the outcome, when each of a model's equilibria is as likely as the others.
    Drawn,
    /// … the walk from the status quo, one actor at a time to something it prefers, ends in the outcome.
    End,
}

/// How models were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// All, each with its chance.
    Exact {
        /// How many.
        models: u64,
    },
    /// Drawn.
    Sampled {
        /// How many draws.
        draws: u64,
        /// Where the random numbers start.
        seed: u64,
        /// Per answer, Wilson's interval at 95 %.
        intervals: Vec<[Probability; 2]>,
    },
}

/// What came true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Which forecast.
    pub forecast: String,
    /// Which of its answers.
    pub answer: String,
    /// On which day that was settled.
    pub on: Day,
    /// Who says so.
    pub source: Source,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Outlet or publisher.
    pub publisher: Option<String>,
    /// Date, `YYYY[-MM[-DD]]`.
    pub date: String,
    /// Address.
    pub url: Option<String>,
}

/// A forecast is not scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Void {
    /// Which forecast.
    pub forecast: String,
    /// Why.
    pub reason: String,
}

/// A resolution is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Which forecast.
    pub forecast: String,
    /// The entry that is taken back.
    pub entry: u64,
    /// Why.
    pub reason: String,
}

impl Body {
    /// The bytes that are sealed; see the module for their definition.
    ///
    /// # Errors
    /// Only when there is no memory: every body can be written as JSON.
    pub fn canonical(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl Entry {
    /// Seals `body`.
    ///
    /// # Errors
    /// As [`Body::canonical`].
    pub fn seal(body: Body) -> serde_json::Result<Self> {
        let seal = Seal::of(&body.canonical()?);
        Ok(Self { body, seal })
    }

    /// The line of this entry, with its line end.
    ///
    /// # Errors
    /// As [`Body::canonical`].
    pub fn line(&self) -> serde_json::Result<String> {
        let mut line = self.body.canonical()?;
        line.pop();
        Ok(format!("{line}{SEAL_MEMBER}{}\"}}\n", self.seal.as_str()))
    }
}

/// What stands between the canonical bytes (but their last brace) and the seal.
pub(crate) const SEAL_MEMBER: &str = ",\"seal\":\"";
