//! The changes of one way: what is asked for, and before it what it needs.

use std::collections::HashMap;

use detente_case::{Change, id_from};
use serde_json::{Value as Json, json};

use super::file::{File, bare, line};
use super::{Field, Way};
use crate::proposal::{Actor, ClaimKind, Reading, Sentence};

/// Words that no actor may be called: the first word of the names of acts, chance events and votes.
const NO_ACTOR: [&str; 3] = ["act", "chance", "votes"];

/// Somebody who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who {
    /// The id in the file, if it is there.
    pub(super) id: Option<String>,
    pub(super) name: String,
    /// `state`, `union`, …; empty: not known.
    pub(super) sort: String,
}

impl Who {
    /// The name within a sentence.
    pub(super) fn within(&self) -> String {
        within(&self.name)
    }
}

/// A name within a sentence: its article is no name.
pub(super) fn within(name: &str) -> String {
    name.strip_prefix("The ").map_or_else(|| name.to_owned(), |rest| format!("the {rest}"))
}

/// Those who are named in the text, and those in the file.
pub(super) struct Cast<'r> {
    pub(super) reading: &'r Reading,
    pub(super) file: &'r File<'r>,
    known: HashMap<String, usize>,
    sentences: HashMap<usize, &'r Sentence>,
}

/// The name of an actor as a case has it: with a capital, and not as somebody's.
fn name_of(actor: &Actor) -> String {
    let whose = |name: &str| {
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        matches!(first.as_str(), "their" | "his" | "her" | "its" | "our" | "my" | "a" | "an")
    };
    let name = if whose(&actor.name) {
        let other = actor.aliases.iter().find(|alias| !whose(alias)).cloned();
        let bare = actor.name.split_once(' ').map_or("", |(_, rest)| rest);
        other.unwrap_or_else(|| format!("the {bare}"))
    } else {
        actor.name.clone()
    };
    capital(&name)
}

/// With a capital, in one line.
pub(super) fn capital(words: &str) -> String {
    let words = line(words);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

impl<'r> Cast<'r> {
    pub(super) fn new(reading: &'r Reading, file: &'r File<'r>) -> Self {
        let mut known = HashMap::new();
        for (at, actor) in reading.actors.iter().enumerate() {
            known.entry(actor.id.clone()).or_insert(at);
        }
        for (at, actor) in reading.actors.iter().enumerate() {
            for name in actor.aliases.iter().chain([&actor.name]) {
                known.entry(bare(name)).or_insert(at);
            }
        }
        let sentences = reading.sentences.iter().map(|sentence| (sentence.n, sentence)).collect();
        Self { reading, file, known, sentences }
    }

    fn actor(&self, words: &str) -> Option<&'r Actor> {
        let at = self.known.get(words).or_else(|| self.known.get(&bare(words)))?;
        self.reading.actors.get(*at)
    }

    /// Who is meant by an actor of the reading.
    pub(super) fn of(&self, actor: &Actor) -> Who {
        let mut names: Vec<&str> = actor.aliases.iter().map(String::as_str).collect();
        names.extend([actor.name.as_str(), actor.id.as_str()]);
        let there = self.file.actor(&names);
        Who {
            id: there.map(|one| one.id.clone()),
            name: there.map_or_else(|| name_of(actor), |one| one.name.clone()),
            sort: actor.kind.clone(),
        }
    }

    /// Who speaks, by the id or in the words of the reading.
    pub(super) fn speaker(&self, words: &str) -> String {
        let all: Vec<String> = words
            .split('+')
            .map(|one| self.actor(one).map_or_else(|| capital(one), |actor| self.of(actor).name))
            .collect();
        all.join(" and ")
    }

    /// Who decides, of those that the reading names; a person who speaks for another is that one. The author is nobody.
    pub(super) fn deciding(&self, words: &str) -> Vec<Who> {
        let mut all: Vec<Who> = Vec::new();
        for one in words.split('+').filter(|one| !one.is_empty() && *one != "author") {
            let who = match self.actor(one) {
                Some(actor) => {
                    let other = actor.represents.as_deref().and_then(|other| self.actor(other));
                    self.of(other.unwrap_or(actor))
                }
                None => {
                    let there = self.file.actor(&[one]);
                    let name = there.map_or_else(|| capital(one), |there| there.name.clone());
                    Who { id: there.map(|there| there.id.clone()), name, sort: String::new() }
                }
            };
            if !all.contains(&who) {
                all.push(who);
            }
        }
        all
    }

    /// Everybody who could do something, likeliest first for what `by` wants of others; `by` itself is not among them.
    pub(super) fn others(&self, by: &Who) -> Vec<Who> {
        let mut all: Vec<Who> = self
            .file
            .actors
            .iter()
            .map(|one| {
                let sort = self.actor(&one.name).or_else(|| self.actor(&one.id));
                let sort = sort.map_or_else(String::new, |actor| actor.kind.clone());
                Who { id: Some(one.id.clone()), name: one.name.clone(), sort }
            })
            .collect();
        for actor in self.reading.actors.iter().filter(|actor| actor.represents.is_none()) {
            let who = self.of(actor);
            if who.id.is_none() && !all.contains(&who) {
                all.push(who);
            }
        }
        all.retain(|one| one.name != by.name);
        let rank = |who: &Who| match (by.sort.as_str(), who.sort.as_str()) {
            ("union", "company") | ("company", "union") | ("state", "state") => 0,
            (_, "person") => 3,
            (_, "faction") => 2,
            _ => 1,
        };
        all.sort_by_key(|who| (rank(who), who.id.is_none()));
        all
    }

    /// The actor that the words begin with, and the rest.
    pub(super) fn begins<'w>(&self, words: &'w str) -> Option<(Who, &'w str)> {
        let parts: Vec<(usize, &str)> = words.split(' ').map(|part| (part.as_ptr() as usize, part)).collect();
        let start = words.as_ptr() as usize;
        // The longest name that fits.
        for count in (1..=parts.len().saturating_sub(1).min(MOST_WORDS)).rev() {
            let (at, _) = parts.get(count)?;
            let (name, rest) = words.split_at_checked(at - start)?;
            if let Some(actor) = self.known.get(&bare(name)).and_then(|at| self.reading.actors.get(*at)) {
                let other = actor.represents.as_deref().and_then(|other| self.actor(other));
                return Some((self.of(other.unwrap_or(actor)), rest));
            }
            if let Some(there) = self.file.actor(&[name]) {
                let who = Who { id: Some(there.id.clone()), name: there.name.clone(), sort: String::new() };
                return Some((who, rest));
            }
        }
        None
    }
}

/// Words of a name, at most.
const MOST_WORDS: usize = 8;

/// The changes of one way.
pub(super) struct Plan<'c> {
    cast: &'c Cast<'c>,
    changes: Vec<Change>,
    with: Vec<String>,
    fields: Vec<Field>,
    actors: Vec<(String, String)>,
    claims: Vec<(usize, String)>,
    options: Vec<(String, String)>,
}

impl<'c> Plan<'c> {
    pub(super) fn new(cast: &'c Cast<'c>) -> Self {
        Self {
            cast,
            changes: Vec::new(),
            with: Vec::new(),
            fields: Vec::new(),
            actors: Vec::new(),
            claims: Vec::new(),
            options: Vec::new(),
        }
    }

    fn push(&mut self, address: String, value: Json) -> usize {
        self.changes.push(Change::Add { address, named: None, before: None, value });
        self.changes.len() - 1
    }

    pub(super) fn set(&mut self, address: String, value: Json, expected: Json) {
        self.changes.push(Change::Set { address, value, expected });
    }

    /// What is asked for, after what it needs.
    pub(super) fn add(&mut self, address: &str, value: Json, fields: &[(&'static str, Vec<&'static str>)]) {
        let change = self.push(address.to_owned(), value.clone());
        for (key, choices) in fields {
            let said = value.get(*key).and_then(Json::as_str).unwrap_or_default().to_owned();
            self.fields.push(Field { change, key, value: said, choices: choices.clone() });
        }
    }

    /// The id of an actor; it comes in where it is not there yet.
    pub(super) fn actor(&mut self, who: &Who) -> String {
        if let Some(id) = &who.id {
            return id.clone();
        }
        if let Some((_, id)) = self.actors.iter().find(|(name, _)| *name == who.name) {
            return id.clone();
        }
        let id = self.free("actor", &who.name, |id| {
            NO_ACTOR.contains(&id) || self.actors.iter().any(|(_, other)| other == id)
        });
        self.push(format!("actor.{id}"), json!({"name": who.name}));
        self.actors.push((who.name.clone(), id.clone()));
        self.with.push(format!("{} as an actor", who.within()));
        id
    }

    /// An id that no other of the table has.
    pub(super) fn free(&self, table: &str, name: &str, taken: impl Fn(&str) -> bool) -> String {
        id_from(name, table, |id| taken(id) || self.cast.file.has(table, id))
    }

    /// The claim of a sentence; it comes in where it is not there yet.
    pub(super) fn claim(&mut self, n: usize) -> Option<String> {
        if let Some(id) = self.cast.file.claim(n) {
            return Some(id.to_owned());
        }
        if let Some((_, id)) = self.claims.iter().find(|(known, _)| *known == n) {
            return Some(id.clone());
        }
        let value = self.cast.stated(n)?;
        let id = self.new_claim(n, value);
        self.with.push(format!("the claim of sentence {n}"));
        Some(id)
    }

    fn new_claim(&mut self, n: usize, value: Json) -> String {
        let id = self.cast.claim_id(n);
        self.push(format!("claim.{id}"), value);
        self.claims.push((n, id.clone()));
        id
    }

    /// What an option or act is called in formulas; it comes in where it is not there yet.
    pub(super) fn option(&mut self, who: &Who, text: &str, n: usize, more: Option<(&str, Json)>) -> String {
        let owner = self.actor(who);
        if more.is_none()
            && let Some(there) = self.cast.file.switch(text, Some(&owner))
        {
            return there.name.clone();
        }
        let id = self.option_id(&owner, text);
        let claim = self.claim(n);
        let mut value = json!({"text": line(text)});
        ground(&mut value, claim);
        if let Some((key, more)) = more {
            value[key] = more;
        }
        self.add(&format!("actor.{owner}.option.{id}"), value, &[("text", Vec::new())]);
        let name = format!("{owner}.{id}");
        self.options.push((name.clone(), text.to_owned()));
        name
    }

    fn option_id(&self, owner: &str, text: &str) -> String {
        let table = self.cast.file.outline.value.pointer(&format!("/actor/{owner}/option"));
        id_from(text, "option", |id| {
            table.is_some_and(|table| table.get(id).is_some())
                || self.options.iter().any(|(name, _)| *name == format!("{owner}.{id}"))
        })
    }

    /// What comes with it, in words, behind what it is.
    pub(super) fn also(&mut self, what: String) {
        self.with.push(what);
    }

    /// The way, in a sentence that begins so.
    pub(super) fn way(self, words: &str, address: &str) -> Way {
        let with = match self.with.as_slice() {
            [] => String::new(),
            [one] => format!(", with {one}"),
            [all @ .., last] => format!(", with {} and {last}", all.join(", ")),
        };
        Way {
            words: format!("{words}{with}."),
            changes: self.changes,
            fields: self.fields,
            address: address.to_owned(),
        }
    }

    /// The claim itself is asked for.
    pub(super) fn state(&mut self, n: usize) -> Option<String> {
        let value = self.cast.stated(n)?;
        let id = self.cast.claim_id(n);
        let fields = [
            ("says", Vec::new()),
            ("kind", KINDS.iter().map(|kind| kind.text()).collect()),
            ("speaker", Vec::new()),
        ];
        self.add(&format!("claim.{id}"), value, &fields);
        Some(id)
    }
}

/// The kinds of claims.
const KINDS: [ClaimKind; 12] = [
    ClaimKind::Fact,
    ClaimKind::Statement,
    ClaimKind::Hope,
    ClaimKind::Expectation,
    ClaimKind::Assessment,
    ClaimKind::Conditional,
    ClaimKind::Demand,
    ClaimKind::Offer,
    ClaimKind::Threat,
    ClaimKind::Promise,
    ClaimKind::Denial,
    ClaimKind::Prediction,
];

/// What a thing rests on: a claim, or nobody's but the analyst's word.
pub(super) fn ground(value: &mut Json, claim: Option<String>) {
    match claim {
        Some(id) => value["because"] = json!([id]),
        None => value["assumption"] = json!(true),
    }
}

impl Cast<'_> {
    fn claim_id(&self, n: usize) -> String {
        let id = format!("c{n:02}");
        let more = (2_u32..).map(|number| format!("{id}-{number}"));
        std::iter::once(id.clone()).chain(more).find(|id| !self.file.has("claim", id)).unwrap_or_default()
    }

    /// The claim of a sentence: its kind, who holds it, who passed it on. What it says is left to who takes
    /// it: nothing is said that nobody wrote.
    fn stated(&self, n: usize) -> Option<Json> {
        let sentence = self.sentences.get(&n)?;
        let mut value = json!({
            "source": self.file.source,
            "at": format!("s{n}"),
            "says": "",
            "kind": sentence.kind.text(),
        });
        if let Some((first, through)) = sentence.speaker.split_first()
            && first != "author"
        {
            value["speaker"] = self.speaker(first).into();
            let heard: Vec<String> = through.iter().rev().map(|one| self.speaker(one)).collect();
            if !heard.is_empty() {
                value["heard"] = heard.into();
            }
        }
        Some(value)
    }
}
