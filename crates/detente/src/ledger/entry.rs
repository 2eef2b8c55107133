//! What stands on one line of a ledger.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Day, Moment, Probability};

/// The name of the format of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) enum Format {
    /// `detente/forecast/entry/1`.
    #[serde(rename = "detente/forecast/entry/1")]
    This,
}

/// `sha256:` and a hash in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
pub(crate) struct Seal(#[schemars(regex(pattern = r"^sha256:[0-9a-f]{64}$"))] String);

impl Seal {
    /// The seal of these canonical bytes.
    pub(crate) fn of(canonical: &str) -> Self {
        let hash = Sha256::digest(canonical.as_bytes());
        Self(hash.iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}")))
    }

    /// As it is written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Its hexadecimal digits.
    pub(crate) fn digits(&self) -> &str {
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
pub(crate) struct Body {
    /// `detente/forecast/entry/1`.
    pub(crate) schema: Format,
    /// Its place in the ledger, from 1.
    pub(crate) entry: u64,
    /// The seal of the entry before; null for the first.
    pub(crate) previous: Option<Seal>,
    /// When it was written.
    pub(crate) recorded: Moment,
    /// By which clock.
    pub(crate) clock: Clock,
    /// By which program.
    pub(crate) program: Writer,
    /// Who answers for it.
    pub(crate) author: Option<String>,
    /// Anything else for the reader.
    pub(crate) note: Option<String>,
    /// What it says.
    pub(crate) says: Content,
}

/// One entry, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Entry {
    /// What is sealed.
    #[serde(flatten)]
    pub(crate) body: Body,
    /// The seal of the canonical bytes of the rest.
    pub(crate) seal: Seal,
}

/// What the time of an entry rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Clock {
    /// The clock of the machine.
    System,
    /// Told on the command line or by `SOURCE_DATE_EPOCH`.
    Given,
}

/// Which program wrote an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Writer {
    /// `detente`.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
}

impl Writer {
    /// This program.
    pub(crate) fn this() -> Self {
        let program = crate::wire::Program::THIS;
        Self { name: program.name.to_owned(), version: program.version.to_owned() }
    }
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Content {
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
pub(crate) struct Forecast {
    /// Its name in this ledger: lower-case letters, digits and single hyphens.
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub(crate) id: String,
    /// The question, so that one can tell afterwards which answer came true.
    pub(crate) question: String,
    /// Up to which day it knows what happened; null: up to when it was recorded.
    pub(crate) as_of: Option<Day>,
    /// By which day it is answered.
    pub(crate) resolves: Day,
    /// Whether it was recorded when the answer was or could be known.
    pub(crate) hindsight: bool,
    /// The possible answers, of which exactly one comes true. The probabilities add up to 1.
    #[schemars(length(min = 2))]
    pub(crate) answers: Vec<AnswerChance>,
    /// Where the probabilities come from.
    pub(crate) basis: Basis,
}

/// One answer and its probability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerChance {
    /// `yes`, `no`, or a name.
    pub(crate) answer: String,
    /// From 0 to 1, at most six digits after the point.
    pub(crate) probability: Probability,
}

/// Where probabilities come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Basis {
    /// Given by hand.
    Given,
    /// Computed from a case.
    Case(CaseBasis),
}

/// A case and what was computed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseBasis {
    /// Title of the case.
    pub(crate) title: String,
    /// The variant; null for the case as written.
    pub(crate) variant: Option<String>,
    /// Digest of the game of that variant, as in the other contracts.
    pub(crate) digest: String,
    /// Digest of the game with all that is uncertain about it: what draws are made from.
    pub(crate) ensemble: String,
    /// What the probabilities are shares of.
    pub(crate) measure: Measure,
    /// Under which concept of stability; null where the measure has none.
    pub(crate) concept: Option<String>,
    /// Per answer: the outcome as it was named; null for the answer that takes the rest.
    pub(crate) outcomes: Vec<Option<String>>,
    /// All models, or draws.
    pub(crate) method: Method,
}

/// What a computed probability is: the share of models of the case in which …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Measure {
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
pub(crate) enum Method {
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
pub(crate) struct Resolution {
    /// Which forecast.
    pub(crate) forecast: String,
    /// Which of its answers.
    pub(crate) answer: String,
    /// On which day that was settled.
    pub(crate) on: Day,
    /// Who says so.
    pub(crate) source: Source,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Title.
    pub(crate) title: String,
    /// Outlet or publisher.
    pub(crate) publisher: Option<String>,
    /// Date, `YYYY[-MM[-DD]]`.
    pub(crate) date: String,
    /// Address.
    pub(crate) url: Option<String>,
}

/// A forecast is not scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Void {
    /// Which forecast.
    pub(crate) forecast: String,
    /// Why.
    pub(crate) reason: String,
}

/// A resolution is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdrawal {
    /// Which forecast.
    pub(crate) forecast: String,
    /// The entry that is taken back.
    pub(crate) entry: u64,
    /// Why.
    pub(crate) reason: String,
}

impl Body {
    /// The bytes that are sealed; see the module for their definition.
    ///
    /// # Errors
    /// Only when there is no memory: every body can be written as JSON.
    pub(crate) fn canonical(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl Entry {
    /// Seals `body`.
    ///
    /// # Errors
    /// As [`Body::canonical`].
    pub(crate) fn seal(body: Body) -> serde_json::Result<Self> {
        let seal = Seal::of(&body.canonical()?);
        Ok(Self { body, seal })
    }

    /// The line of this entry, with its line end.
    ///
    /// # Errors
    /// As [`Body::canonical`].
    pub(crate) fn line(&self) -> serde_json::Result<String> {
        let mut line = self.body.canonical()?;
        line.pop();
        Ok(format!("{line}{SEAL_MEMBER}{}\"}}\n", self.seal.as_str()))
    }
}

/// What stands between the canonical bytes (but their last brace) and the seal.
pub(crate) const SEAL_MEMBER: &str = ",\"seal\":\"";
