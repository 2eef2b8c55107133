//! What a sentence says, as it is compared with what another text says.
//!
//! # Definition
//! The *gist* of a sentence is the set of its telling words: verbs and nouns as their lemma, whoever is named by id (so that
//! a capital, an office and an adjective are one), numbers with the noun that they count. Two gists are *alike* as far as
//! they share words, each weighed by how rare it is; they are *contrary* when the same deed is said and denied, a deed and
//! its opposite are said, or another number of the same thing.
//!
//! Complexity: linear in the sentence; comparing is linear in the shorter of the two.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::holder::Held;
use crate::lexicon::{Class, Lexicon};
use crate::proposal::ClaimKind;
use crate::reading::Text;

/// What a sentence says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gist {
    /// Telling words, and `@az` for whoever is named.
    words: BTreeSet<String>,
    /// Deeds in the order in which they are said: whether each is denied.
    deeds: Vec<(String, bool)>,
    /// How many of what.
    counts: BTreeMap<String, String>,
    /// It rejects a claim.
    denial: bool,
}

/// Words that stand in front of nouns, join or point, and tell nothing.
const EMPTY: [Class; 32] = [
    Class::Determiner,
    Class::Possessive,
    Class::Subject,
    Class::Object,
    Class::Be,
    Class::Have,
    Class::Do,
    Class::Will,
    Class::Would,
    Class::Can,
    Class::Could,
    Class::May,
    Class::Might,
    Class::Must,
    Class::Should,
    Class::Not,
    Class::Adverb,
    Class::And,
    Class::But,
    Class::Preposition,
    Class::To,
    Class::That,
    Class::Relative,
    Class::Question,
    Class::If,
    Class::Because,
    Class::While,
    Class::Both,
    Class::By,
    Class::After,
    Class::Only,
    Class::Whether,
];

/// Verbs that only carry what is said: whether they are denied says nothing of the deed below.
const CARRIERS: [Class; 14] = [
    Class::Say,
    Class::Judge,
    Class::Name,
    Class::Warn,
    Class::Insist,
    Class::Expect,
    Class::Predict,
    Class::Seem,
    Class::Consider,
    Class::SpeakOf,
    Class::React,
    Class::Be,
    Class::Have,
    Class::Do,
];

/// Verbs of which what hangs on them is denied where they are.
const ATTITUDES: [Class; 6] =
    [Class::Hope, Class::Demand, Class::Plan, Class::Need, Class::Try, Class::Favour];

/// Verbs that turn what hangs on them into its contrary.
const TURNING: [Class; 8] = [
    Class::Deny,
    Class::DenyCharge,
    Class::Refuse,
    Class::Oppose,
    Class::Doubt,
    Class::Reject,
    Class::Hinder,
    Class::Fear,
];

fn lemma(lexicon: &Lexicon, low: &str) -> String {
    if let Some((lemma, _)) = lexicon.verb(low).first() {
        return lexicon.lemma(*lemma).to_owned();
    }
    let bare = low.strip_suffix("ies").map(|bare| format!("{bare}y"));
    let bare = bare.or_else(|| {
        let bare = low.strip_suffix('s')?;
        (bare.len() > 2 && !bare.ends_with(['s', 'u', 'i'])).then(|| bare.to_owned())
    });
    bare.unwrap_or_else(|| low.to_owned())
}

impl Gist {
    pub(crate) fn of(text: &Text<'_>, number: usize) -> Self {
        let (sentence, read) = (&text.sentences[number], &text.read[number]);
        let mut gist = Self::default();
        let mut named = vec![false; sentence.tokens.len()];
        for mention in &sentence.mentions {
            gist.words.insert(format!("@{}", text.names.list[mention.who].id));
            for at in mention.at.clone() {
                if let Some(place) = named.get_mut(at) {
                    *place = true;
                }
            }
        }
        for held in read.subjects.values() {
            if let Held::Actors(actors) = held {
                gist.words.extend(actors.iter().map(|who| format!("@{}", text.names.list[*who].id)));
            }
        }
        gist.denial = read.claims.get(read.first).is_some_and(|claim| claim.kind == ClaimKind::Denial);
        let dated = |at: usize| read.dates.iter().any(|date| (date.from..date.to).contains(&at));
        for (at, token) in sentence.tokens.iter().enumerate() {
            if named[at] || !token.word || dated(at) {
                continue;
            }
            if token.number() || token.is(Class::Number) {
                let counted = sentence.tokens.get(at + 1).filter(|next| next.word && !next.number());
                if let Some(counted) =
                    counted.filter(|next| !next.classes.any(&EMPTY) && !next.is(Class::Duration))
                {
                    gist.counts.insert(lemma(text.lexicon, &counted.low), token.low.clone());
                }
                continue;
            }
            if token.classes.any(&EMPTY) || token.low.chars().count() < 3 {
                continue;
            }
            gist.words.insert(lemma(text.lexicon, &token.low));
        }
        gist.deeds(text, number);
        gist
    }

    fn deeds(&mut self, text: &Text<'_>, number: usize) {
        let sentence = &text.sentences[number];
        let nobody = |from: usize, to: usize| {
            (from..to).any(|at| {
                sentence.tokens.get(at).is_some_and(|token| {
                    token.is(Class::Nobody)
                        || matches!(token.low.as_str(), "no" | "none" | "nobody" | "neither" | "nothing")
                })
            })
        };
        // What turns goes on to the end of its clause: `refuses to say that …`.
        let mut turned: Option<(usize, bool)> = None;
        for group in &sentence.groups {
            let within =
                turned.filter(|(until, _)| group.at.start < *until).is_some_and(|(_, turned)| turned);
            let clause = sentence.clauses.iter().find(|clause| sentence.group(clause).at == group.at);
            let until = clause.map_or(sentence.tokens.len(), |clause| clause.end);
            let subject = clause.is_some_and(|clause| nobody(clause.subject.start, clause.subject.end));
            let next =
                sentence.groups.iter().map(|other| other.at.start).filter(|at| *at >= group.end()).min();
            let object = nobody(group.end(), next.unwrap_or(until).min(group.end() + 3));
            let denied = within ^ group.negated ^ (subject || object);
            let attitude = ATTITUDES.iter().any(|class| group.does(*class));
            let turns = TURNING.iter().any(|class| group.does(*class));
            let carries = group.copula || CARRIERS.iter().any(|class| group.does(*class));
            if turns || carries || attitude {
                let flips = turns ^ denied;
                turned = Some((sentence.tokens.len(), flips));
            }
            if turns || !carries || group.copula {
                let name =
                    if group.copula { "be".to_owned() } else { text.lexicon.lemma(group.lemma).to_owned() };
                if self.deed(&name).is_none() {
                    self.deeds.push((name, denied));
                }
            }
        }
    }

    /// Whether a deed is denied; nothing when it is not said.
    fn deed(&self, name: &str) -> Option<bool> {
        self.deeds.iter().find(|(deed, _)| deed == name).map(|(_, denied)| *denied)
    }

    /// All words of several sentences as one.
    pub(crate) fn joined(all: Vec<Self>) -> Self {
        all.into_iter().fold(Self::default(), |mut sum, one| {
            sum.words.extend(one.words);
            for (deed, denied) in one.deeds {
                if sum.deed(&deed).is_none() {
                    sum.deeds.push((deed, denied));
                }
            }
            sum.counts.extend(one.counts);
            sum.denial |= one.denial;
            sum
        })
    }
}

/// How much each word of some gists tells: the rarer, the more.
pub(crate) struct Weights(HashMap<String, f64>, f64);

impl Weights {
    pub(crate) fn of<'g>(all: impl Iterator<Item = &'g Gist>) -> Self {
        let (mut counts, mut sum): (HashMap<String, usize>, usize) = (HashMap::new(), 0);
        for gist in all {
            sum += 1;
            for word in &gist.words {
                *counts.entry(word.clone()).or_default() += 1;
            }
        }
        let weigh = |count: usize| (1.0 + sum as f64 / count as f64).ln();
        Self(counts.iter().map(|(word, count)| (word.clone(), weigh(*count))).collect(), weigh(1))
    }

    fn weight(&self, word: &str) -> f64 {
        self.0.get(word).copied().unwrap_or(self.1)
    }

    fn sum<'w>(&self, words: impl Iterator<Item = &'w String>) -> f64 {
        words.map(|word| self.weight(word)).sum()
    }

    /// How much two gists share of the smaller one, from 0 to 1; nothing when it is too little to tell.
    pub(crate) fn alike(&self, a: &Gist, b: &Gist) -> f64 {
        let shared: Vec<&String> = a.words.intersection(&b.words).collect();
        let telling = shared.iter().filter(|word| !word.starts_with('@')).count();
        // Two words are enough where one of the two has no more.
        if telling < 2 || shared.len() < 3.min(a.words.len().min(b.words.len())) {
            return 0.0;
        }
        let less = self.sum(a.words.iter()).min(self.sum(b.words.iter()));
        let more = self.sum(a.words.iter()).max(self.sum(b.words.iter()));
        let both = self.sum(shared.into_iter());
        // A short claim within a long sentence is said there, but not all words of a long one in any short one.
        if less > 0.0 { (both / less).min(1.0) * 0.7 + (both / more).min(1.0) * 0.3 } else { 0.0 }
    }
}

/// Why two that are alike cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Contrary {
    /// The one denies what the other says.
    Denied(String),
    /// Deeds that are opposites.
    Opposite(String, String),
    /// Another number of the same: of what, here, there.
    Number(String, String, String),
}

/// Two that share so much are one sentence: then any deed that one of them denies sets them apart.
const ONE: f64 = 0.9;

/// Why `a` and `b`, which are alike by so `much`, cannot both be true; nothing when they can.
pub(crate) fn contrary(lexicon: &Lexicon, a: &Gist, b: &Gist, much: f64) -> Option<Contrary> {
    if much >= ONE {
        let other = a.deeds.iter().find(|(deed, denied)| b.deed(deed).is_some_and(|there| there != *denied));
        if let Some((deed, _)) = other {
            return Some(Contrary::Denied(deed.clone()));
        }
    }
    let both = |deed: &str| deed != "be" || a.deeds.len() == 1 && b.deeds.len() == 1;
    let first = |one: &Gist, other: &Gist| {
        one.deeds
            .iter()
            .find(|(deed, _)| both(deed) && other.deed(deed).is_some())
            .map(|(deed, _)| deed.clone())
    };
    // The first deed that both say is what they are about: what comes after may hang on it.
    if let (Some(deed), Some(other)) = (first(a, b), first(b, a)) {
        if deed == other && a.deed(&deed) != b.deed(&deed) {
            return Some(Contrary::Denied(deed));
        }
    } else if a.denial != b.denial {
        return Some(Contrary::Denied(String::new()));
    }
    for (deed, denied) in &a.deeds {
        for other in lexicon.opposites(deed) {
            if b.deed(other) == Some(*denied) && b.deed(deed).is_none() && a.deed(other).is_none() {
                return Some(Contrary::Opposite(deed.clone(), other.to_owned()));
            }
        }
    }
    let numbers = a.counts.iter().filter_map(|(what, here)| Some((what, here, b.counts.get(what)?)));
    let other = numbers.into_iter().find(|(_, here, there)| here != there);
    other.map(|(what, here, there)| Contrary::Number(what.clone(), here.clone(), there.clone()))
}
