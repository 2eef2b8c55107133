//! What taking a proposal changes in the file of a case, as the changes that forms make.
//!
//! # Definition
//! An *offer* is a proposal of a reading beside a file: what it would add, in words, and how. What the file has already
//! is told as there. An offer has *ways*: of a wish for something that nobody can do yet, whose option it becomes; of an
//! option, whose. The first way is what the words suggest. What the change needs (the claim of its sentence, an actor, an
//! option) comes with it, and the way says so. An offer without a way says why, and what to do.
//!
//! # Complexity
//! Linear in the sentences asked for, times the options and actors that are known.

mod against;
mod file;
mod layers;
mod plan;

use std::ops::RangeInclusive;

use detente_case::{Change, ChangeError, Outline, change, outline};
use jiff::civil::Date;

use crate::lexicon::{Language, Lexicon};
use crate::proposal::{Grade, Reading, Span};
use crate::reading::Setting;
pub use against::against;
use file::{File, line};

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A sentence as a claim.
    Claim,
    /// Somebody who decides.
    Actor,
    /// What one can do.
    Option,
    /// What several do together.
    Act,
    /// What one wants.
    Wish,
    /// One thing under another.
    Condition,
    /// A threat, promise, demand or offer of one actor to another.
    Saying,
    /// How two stand to each other.
    Tie,
    /// An agreement, a law, a draft.
    Document,
    /// A forum, a mediation.
    Track,
    /// What happened, or is due.
    Event,
    /// Two sentences that cannot both be true.
    Contradiction,
    /// Whether what is wanted will be: of a case that asks nothing yet.
    Question,
}

impl Kind {
    /// All, in the order in which they stand beside a sentence.
    pub const ALL: [Self; 13] = [
        Self::Claim,
        Self::Actor,
        Self::Option,
        Self::Act,
        Self::Wish,
        Self::Condition,
        Self::Saying,
        Self::Tie,
        Self::Document,
        Self::Track,
        Self::Event,
        Self::Contradiction,
        Self::Question,
    ];

    /// One of it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Actor => "actor",
            Self::Option => "option",
            Self::Act => "act",
            Self::Wish => "wish",
            Self::Condition => "condition",
            Self::Saying => "saying",
            Self::Tie => "tie",
            Self::Document => "document",
            Self::Track => "track",
            Self::Event => "event",
            Self::Contradiction => "contradiction",
            Self::Question => "question",
        }
    }

    /// Several of it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Claim => "claims",
            Self::Actor => "actors",
            Self::Option => "options",
            Self::Act => "acts",
            Self::Wish => "wishes",
            Self::Condition => "conditions",
            Self::Saying => "sayings",
            Self::Tie => "ties",
            Self::Document => "documents",
            Self::Track => "tracks",
            Self::Event => "events",
            Self::Contradiction => "contradictions",
            Self::Question => "questions",
        }
    }
}

/// Something that can be said otherwise before it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which change of the way.
    pub change: usize,
    /// The key of what it adds: `text`, `says`, `name`, `title`, `kind`, `speaker`.
    pub key: &'static str,
    /// What is proposed.
    pub value: String,
    /// The words that it can be; empty: any.
    pub choices: Vec<&'static str>,
}

/// One way to take an offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What it adds, in a sentence.
    pub words: String,
    /// The changes of the file, one after the other.
    pub changes: Vec<Change>,
    /// What can be said otherwise before.
    pub fields: Vec<Field>,
    /// The address of what it adds; of an entry of a list: the list.
    pub address: String,
}

/// A proposal beside a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Names the proposal as long as the text stays as it is, whatever becomes of the file.
    pub key: String,
    /// What.
    pub kind: Kind,
    /// The sentence.
    pub n: usize,
    /// What it says, in a sentence.
    pub words: String,
    /// The rule.
    pub rule: String,
    /// How sure it is.
    pub grade: Grade,
    /// The words of the text that caused it.
    pub span: Span,
    /// The address of what the file has already.
    pub there: Option<String>,
    /// How it can be taken: those that the words suggest first; none when it is there.
    pub ways: Vec<Way>,
    /// Why there is no way, and what to do.
    pub why_not: Option<String>,
}

/// Why several offers cannot be taken at once.
#[derive(Debug, thiserror::Error)]
pub enum TakingError {
    /// There is no such offer, or it cannot be taken so.
    #[error("the proposal `{0}` is not open any more: read the text again")]
    Gone(String),
    /// The file is no TOML.
    #[error("the case cannot be read as TOML: mend its syntax first")]
    NoToml,
    /// A change does not fit.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

/// How a text is read that a case names as a source: with its title, author and date as the case has them, so that its
/// sentences have the numbers that claims use.
#[must_use]
pub fn setting(title: &str, author: &str, date: &str) -> Setting {
    Setting {
        title: Some(title.to_owned()),
        author: Some(author.to_owned()),
        as_of: date.parse::<Date>().ok(),
        ..Setting::default()
    }
}

/// What a text says of itself before its first sentence; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Its author or byline.
    pub author: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
}

/// Title, byline and date of a text, each in one line.
#[must_use]
pub fn heading(text: &str) -> About {
    let found = crate::heading::of(text, Lexicon::for_language(Language::English));
    About {
        title: line(&found.title),
        author: line(&found.byline),
        date: found.as_of.map(|date| date.to_string()).unwrap_or_default(),
    }
}

/// What the sentences of a text propose beside a file, of which the text is `source`.
#[must_use]
pub fn offers(
    reading: &Reading,
    file: &Outline,
    source: &str,
    sentences: &RangeInclusive<usize>,
) -> Vec<Offer> {
    layers::all(&part(reading, sentences), &File::new(file, source), None)
}

/// The changes that take several offers, one after the other: what one brings in the next finds there. Each offer is
/// named with its key and the number of its way; those that are there by then are passed over.
///
/// # Errors
/// An offer that there is none of, a change that does not fit the file.
pub fn taking(
    reading: &Reading,
    text: &str,
    source: &str,
    sentences: &RangeInclusive<usize>,
    wanted: &[(String, usize)],
) -> Result<Vec<Change>, TakingError> {
    let part = part(reading, sentences);
    let mut text = text.to_owned();
    let mut all = Vec::new();
    for (key, way) in wanted {
        let outline = outline(&text).ok_or(TakingError::NoToml)?;
        let found = layers::all(&part, &File::new(&outline, source), Some(key));
        let offer = found
            .into_iter()
            .find(|offer| offer.key == *key)
            .ok_or_else(|| TakingError::Gone(key.clone()))?;
        if offer.there.is_some() {
            continue;
        }
        let way = offer.ways.into_iter().nth(*way).ok_or_else(|| TakingError::Gone(key.clone()))?;
        text = change(&text, &way.changes)?.text;
        all.extend(way.changes);
    }
    Ok(all)
}

/// The changes that add the claims of some sentences, each marked as proposed.
///
/// # Errors
/// A file that is no TOML.
pub fn claims(
    reading: &Reading,
    text: &str,
    source: &str,
    sentences: &[usize],
) -> Result<Vec<Change>, TakingError> {
    let outline = outline(text).ok_or(TakingError::NoToml)?;
    // Only the claims are looked at.
    let bare = Reading {
        sentences: reading.sentences.clone(),
        actors: reading.actors.clone(),
        ..Reading::default()
    };
    let offers = layers::all(&bare, &File::new(&outline, source), None);
    let claims = offers.into_iter().filter(|offer| offer.kind == Kind::Claim && offer.there.is_none());
    let mut changes: Vec<Change> = claims
        .filter(|offer| sentences.contains(&offer.n))
        .filter_map(|offer| offer.ways.into_iter().next())
        .flat_map(|way| way.changes)
        .collect();
    for one in &mut changes {
        if let Change::Add { value, .. } = one {
            value["proposed"] = true.into();
        }
    }
    Ok(changes)
}

/// What a reading says of some sentences; the actors of all.
fn part(reading: &Reading, at: &RangeInclusive<usize>) -> Reading {
    fn of<T: Clone>(all: &[T], n: impl Fn(&T) -> usize, at: &RangeInclusive<usize>) -> Vec<T> {
        all.iter().filter(|one| at.contains(&n(one))).cloned().collect()
    }
    Reading {
        schema: reading.schema.clone(),
        title: reading.title.clone(),
        author: reading.author.clone(),
        as_of: reading.as_of.clone(),
        sentences: of(&reading.sentences, |one| one.n, at),
        actors: reading.actors.clone(),
        ties: of(&reading.ties, |one| one.n, at),
        instruments: of(&reading.instruments, |one| one.n, at),
        tracks: of(&reading.tracks, |one| one.n, at),
        events: of(&reading.events, |one| one.n, at),
        options: of(&reading.options, |one| one.n, at),
        acts: of(&reading.acts, |one| one.n, at),
        wishes: of(&reading.wishes, |one| one.n, at),
        conditions: of(&reading.conditions, |one| one.n, at),
        said: of(&reading.said, |one| one.n, at),
        contradictions: of(&reading.contradictions, |one| one.b, at),
        ..Reading::default()
    }
}
