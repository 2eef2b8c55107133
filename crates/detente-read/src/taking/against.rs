//! A new text beside an old case: what is new, what is there already, what contradicts the case.
//!
//! # Definition
//! A sentence *is there* when the case has a claim of the same text and number, or one that says about the same words of the
//! same actors (see `gist`). It *contradicts* the case when a claim that says the same is denied, says the opposite or
//! another number, or when it shows a wish whose contrary the case has, or another tie between two. Else it is *new*. Beside that stands what a sentence
//! would add and what of it the case has, as taking it finds it.
//!
//! Complexity: sentences times claims, each pair linear in its words.

use detente_case::Outline;
use serde_json::Value as Json;

use super::file::{File, line};
use super::plan::Cast;
use super::{Kind, Offer, layers, part};
use crate::gist::{Contrary, Gist, Weights, contrary};
use crate::lexicon::Lexicon;
use crate::proposal::{Against, Beside, Met, Reading, Standing};
use crate::reading::{Setting, gists};

/// From so much on two say the same.
const ALIKE: f64 = 0.6;
/// From so much on two are about the same.
const ABOUT: f64 = 0.5;
/// So many claims at most are named beside a sentence.
const MOST: usize = 3;

/// So many sentences are looked at together: what several of them propose is compared in pairs.
const TOGETHER: usize = 100;

/// What the sentences propose, in their order.
fn offers(reading: &Reading, file: &File<'_>) -> Vec<Offer> {
    let firsts = (1..=reading.sentences.len()).step_by(TOGETHER);
    firsts
        .flat_map(|first| layers::all(&part(reading, &(first..=first + TOGETHER - 1)), file, None))
        .collect()
}

/// A claim of the case.
struct Claim {
    id: String,
    says: String,
    by: String,
    gist: Gist,
}

fn claims(file: &File<'_>, setting: &Setting) -> Vec<Claim> {
    let text = |about: &Json, key: &str| about.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    file.things("claim")
        .into_iter()
        .map(|(id, about)| {
            let says = text(about, "says");
            let alone =
                Setting { title: Some(String::new()), author: Some(String::new()), ..setting.clone() };
            let gist = Gist::joined(gists(&says, &alone));
            Claim { id: id.to_owned(), says: line(&says), by: text(about, "speaker"), gist }
        })
        .collect()
}

/// How `text`, read as `reading`, stands to a case; `source` is its id there, or empty when the case does not have it.
#[must_use]
pub fn against(text: &str, reading: &Reading, setting: &Setting, outline: &Outline, source: &str) -> Against {
    let file = File::new(outline, source);
    let cast = Cast::new(reading, &file);
    let lexicon = Lexicon::for_language(setting.language);
    let mut as_read = setting.clone();
    as_read.title = Some(reading.title.clone());
    as_read.author = Some(reading.author.clone());
    as_read.as_of = setting.as_of.or_else(|| reading.as_of.parse().ok());
    let said = gists(text, &as_read);
    let claims = claims(&file, setting);
    let weights = Weights::of(said.iter().chain(claims.iter().map(|claim| &claim.gist)));
    let offers = offers(reading, &file);
    let mut all = Against {
        title: outline.value.pointer("/case/title").and_then(Json::as_str).map(line).unwrap_or_default(),
        new: 0,
        there: 0,
        contradicts: 0,
        sentences: Vec::new(),
    };
    for (sentence, gist) in reading.sentences.iter().zip(&said) {
        let n = sentence.n;
        let mut one = Beside {
            n,
            standing: Standing::New,
            new: Vec::new(),
            there: Vec::new(),
            contradicts: Vec::new(),
        };
        let numbered = file.claim(n);
        let mut near: Vec<(f64, &Claim)> = claims
            .iter()
            .map(|claim| (weights.alike(gist, &claim.gist), claim))
            .filter(|(much, _)| *much >= ABOUT)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        let own = claims.iter().find(|claim| Some(claim.id.as_str()) == numbered);
        for (much, claim) in near.iter().copied().take(MOST) {
            if own.is_some_and(|own| own.id == claim.id) {
                continue;
            }
            let address = format!("claim.{}", claim.id);
            match contrary(lexicon, gist, &claim.gist, much) {
                Some(why) => one.contradicts.push(Met {
                    address,
                    words: why_not(claim, &why),
                    rule: rule(&why).to_owned(),
                }),
                None if much >= ALIKE => {
                    one.there.push(Met { address, words: says(claim), rule: "claim-alike".to_owned() })
                }
                None => {}
            }
        }
        if let Some(own) = own {
            let address = format!("claim.{}", own.id);
            one.there.insert(0, Met { address, words: says(own), rule: "claim-numbered".to_owned() });
        }
        let claimed = !one.there.is_empty();
        for wish in reading.wishes.iter().filter(|wish| wish.n == n) {
            if let Some((address, words)) = layers::opposed(&cast, wish) {
                one.contradicts.push(Met { address, words, rule: "wish-contrary".to_owned() });
            }
        }
        for tie in reading.ties.iter().filter(|tie| tie.n == n) {
            if let Some((address, words)) = layers::other_tie(&cast, tie) {
                one.contradicts.push(Met { address, words, rule: "tie-other".to_owned() });
            }
        }
        let from = offers.partition_point(|offer| offer.n < n);
        for offer in offers[from..].iter().take_while(|offer| offer.n == n) {
            match (&offer.there, offer.kind) {
                (_, Kind::Claim | Kind::Contradiction | Kind::Question) | (Some(_), Kind::Actor) => {}
                (Some(address), Kind::Tie) if one.contradicts.iter().any(|met| met.address == *address) => {}
                (Some(address), _) => one.there.push(Met {
                    address: address.clone(),
                    words: format!("{}: {}", offer.kind.word(), offer.words.trim_end_matches('.')),
                    rule: offer.rule.clone(),
                }),
                (None, _)
                    if one.contradicts.iter().any(|met| met.rule == "wish-contrary")
                        && offer.kind == Kind::Wish => {}
                (None, kind) => {
                    one.new.push(format!("{}: {}", kind.word(), offer.words.trim_end_matches('.')))
                }
            }
        }
        let standing = match (one.contradicts.is_empty(), claimed) {
            (false, _) => Standing::Contradicts,
            (true, true) => Standing::There,
            (true, false) => Standing::New,
        };
        match standing {
            Standing::New => all.new += 1,
            Standing::There => all.there += 1,
            Standing::Contradicts => all.contradicts += 1,
        }
        one.standing = standing;
        all.sentences.push(one);
    }
    all
}

fn whose(claim: &Claim) -> String {
    match claim.by.as_str() {
        "" | "author" => claim.id.clone(),
        by => format!("{} ({})", claim.id, line(by)),
    }
}

fn says(claim: &Claim) -> String {
    format!("{} says so: “{}”", whose(claim), claim.says)
}

fn rule(why: &Contrary) -> &'static str {
    match why {
        Contrary::Denied(_) => "claim-denied",
        Contrary::Opposite(..) => "claim-opposite",
        Contrary::Number(..) => "claim-number",
    }
}

fn why_not(claim: &Claim, why: &Contrary) -> String {
    let (whose, says) = (whose(claim), &claim.says);
    match why {
        Contrary::Denied(_) => format!("{whose} says the contrary: “{says}”"),
        Contrary::Opposite(here, there) => {
            format!("{whose} says “{there}” where the sentence says “{here}”: “{says}”")
        }
        Contrary::Number(what, here, there) => {
            format!("{whose} says {there} of “{what}” where the sentence says {here}: “{says}”")
        }
    }
}
