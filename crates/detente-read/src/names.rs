//! Who is named: states, bodies, persons, groups, under all their names.
//!
//! # Definition
//! A run of capitalised words is looked up in the table of states and bodies, else read by its head: a
//! title or a given name makes a person, `League`, `Ministry` an organisation. A later surname is the
//! same person; a ministry, an adjective or a capital is its state. A capital after `in` or `at` is a
//! place. Groups without a name (`the unions`) count where they speak or act and come back.
//!
//! Complexity: linear in the words, times the names that a text has for what is not in the table.

use std::collections::HashMap;
use std::ops::Range;

use crate::lexicon::{Alias, Class, EntryKind, Lexicon};
use crate::sentence::Sentence;
use crate::token::Token;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    State,
    Organisation,
    Faction,
    Person,
    Company,
    Union,
    /// Capitalised, and nothing says what.
    Unknown,
}

impl Kind {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Organisation | Self::Unknown => "organisation",
            Self::Faction => "faction",
            Self::Person => "person",
            Self::Company => "company",
            Self::Union => "union",
        }
    }
}

/// One who is named in the text.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) aliases: Vec<String>,
    pub(crate) represents: Option<usize>,
    /// The sentence and the bytes in it where the name stands first.
    pub(crate) first: (usize, Range<usize>),
    pub(crate) mentions: usize,
    /// The office by which a person is called (`president`).
    pub(crate) office: Option<String>,
    pub(crate) rule: &'static str,
}

/// A name in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) at: Range<usize>,
    pub(crate) who: usize,
    /// It only says where.
    pub(crate) place: bool,
    /// An adjective before a noun.
    pub(crate) adjective: bool,
}

/// All names of a text.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) list: Vec<Named>,
    by_text: HashMap<String, usize>,
    by_entry: HashMap<usize, usize>,
    ids: HashMap<String, usize>,
}

/// A short id of letters, digits and hyphens.
pub(crate) fn slug(text: &str) -> String {
    let mut id = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if !id.ends_with('-') && !id.is_empty() && c != '.' && c != '\'' && c != '’' {
            id.push('-');
        }
        if id.len() > 40 {
            break;
        }
    }
    let id = id.trim_matches('-').to_owned();
    if id.is_empty() { "actor".to_owned() } else { id }
}

impl Names {
    fn fresh_id(&mut self, wanted: &str) -> String {
        let base = if wanted == "author" { "author-2" } else { wanted };
        let count = self.ids.entry(base.to_owned()).or_insert(0);
        *count += 1;
        if *count == 1 { base.to_owned() } else { format!("{base}-{count}") }
    }

    fn add(
        &mut self,
        name: &str,
        id: &str,
        kind: Kind,
        first: (usize, Range<usize>),
        rule: &'static str,
    ) -> usize {
        let id = self.fresh_id(id);
        self.list.push(Named {
            id,
            name: name.to_owned(),
            kind,
            aliases: Vec::new(),
            represents: None,
            first,
            mentions: 0,
            office: None,
            rule,
        });
        self.list.len() - 1
    }

    fn alias(&mut self, who: usize, text: &str) {
        let aliases = &mut self.list[who].aliases;
        if !aliases.iter().any(|alias| alias == text) && aliases.len() < 24 {
            aliases.push(text.to_owned());
        }
    }

    /// The one called `text`.
    pub(crate) fn called(&self, text: &str) -> Option<usize> {
        self.by_text.get(text).copied()
    }
}

/// A run of capitalised words in a sentence.
#[derive(Clone, Debug)]
struct Run {
    at: Range<usize>,
}

fn connects(token: &Token<'_>) -> bool {
    matches!(
        token.low.as_str(),
        "of" | "for"
            | "de"
            | "al"
            | "von"
            | "van"
            | "bin"
            | "ibn"
            | "del"
            | "da"
            | "di"
            | "du"
            | "la"
            | "des"
    )
}

/// The head of an organisation's name stands in the run.
fn org_head(tokens: &[Token<'_>]) -> Option<usize> {
    let of = tokens.iter().position(|token| token.low == "of" || token.low == "for");
    let last = tokens.iter().rposition(|token| token.is(Class::OrgHead));
    match (of, last) {
        (Some(of), _) if crate::token::part(tokens, ..of).iter().any(|token| token.is(Class::OrgHead)) => {
            crate::token::part(tokens, ..of).iter().rposition(|token| token.is(Class::OrgHead))
        }
        (_, Some(last)) if last + 1 == tokens.len() => Some(last),
        _ => None,
    }
}

fn document_head(tokens: &[Token<'_>]) -> bool {
    let of = tokens
        .iter()
        .position(|token| matches!(token.low.as_str(), "of" | "for" | "on"))
        .unwrap_or(tokens.len());
    crate::token::part(tokens, ..of)
        .last()
        .is_some_and(|token| token.is(Class::Document) && !token.is(Class::OrgHead))
        || tokens
            .last()
            .is_some_and(|token| token.is(Class::Document) && !token.is(Class::OrgHead) && tokens.len() > 1)
}

/// The runs of capitalised words of a sentence.
fn runs(
    tokens: &[Token<'_>],
    lexicon: &Lexicon,
    lower: &dyn Fn(&str) -> bool,
    middle: &dyn Fn(&str) -> bool,
) -> Vec<Run> {
    let mut found = Vec::new();
    let mut at = 0;
    let calendar = |token: &Token<'_>| {
        crate::date::is_date_word(&token.low) && token.capital && token.low != "may" && token.low.len() > 2
    };
    while at < tokens.len() {
        let token = &tokens[at];
        let usable = token.word && token.capital && !calendar(token) && token.text != "I";
        if !usable {
            at += 1;
            continue;
        }
        let opening = at == 0
            || tokens[at - 1].quote_mark()
            || tokens[at - 1].text == ":"
            || tokens[at - 1].text == "."
            || at == 2 && matches!(tokens[0].text, "Q" | "A");
        let closed = [
            Class::Determiner,
            Class::Possessive,
            Class::Subject,
            Class::Preposition,
            Class::And,
            Class::But,
            Class::Because,
            Class::If,
            Class::Unless,
            Class::Once,
            Class::Adverb,
            Class::Question,
            Class::Be,
            Class::Have,
            Class::Do,
            Class::Can,
            Class::Could,
            Class::Should,
            Class::Would,
            Class::To,
            Class::That,
            Class::Not,
            Class::Nobody,
            Class::Let,
            Class::After,
            Class::Until,
            Class::Whether,
            Class::Hedge,
            Class::Number,
        ];
        let common = token.classes.any(&closed) && token.text != "US" && token.text != "May"
            || matches!(token.text, "Q" | "A" | "Yes" | "No" | "Sir" | "There" | "According");
        if opening && common {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() {
            let next = &tokens[end];
            if next.word && next.capital && !calendar(next) && tokens[end - 1].at.end < next.at.start + 1 {
                end += 1;
            } else if next.word
                && connects(next)
                && end + 1 < tokens.len()
                && tokens[end + 1].capital
                && tokens[end + 1].word
                && !calendar(&tokens[end + 1])
                && (next.low != "of" && next.low != "for"
                    || crate::token::part(tokens, at..end)
                        .iter()
                        .any(|token| token.is(Class::OrgHead) || token.is(Class::Document)))
            {
                end += 2;
            } else if next.word
                && (next.low == "of" || next.low == "for")
                && end + 2 < tokens.len()
                && tokens[end + 1].low == "the"
                && tokens[end + 2].capital
                && crate::token::part(tokens, at..end)
                    .iter()
                    .any(|token| token.is(Class::OrgHead) || token.is(Class::Document))
            {
                end += 3;
            } else if next.low == "and"
                && end + 1 < tokens.len()
                && tokens[end + 1].capital
                && tokens[end + 1].word
            {
                // `Transport and General Workers' Union`: a head closes it and none stands before.
                let mut close = end + 1;
                while close < tokens.len()
                    && (tokens[close].capital && tokens[close].word
                        || tokens[close].text == "'"
                        || tokens[close].text == "’")
                {
                    close += 1;
                }
                let headed = tokens[close - 1].is(Class::OrgHead) && close > end + 2;
                let known = lexicon
                    .name(&tokens[at..end].iter().map(|token| token.text).collect::<Vec<_>>())
                    .is_some();
                let plain = !known
                    && crate::token::part(tokens, at..end)
                        .iter()
                        .all(|token| !token.is(Class::OrgHead) && !token.is(Class::Title))
                    && end - at <= 2;
                if headed && plain {
                    end = close;
                } else {
                    break;
                }
            } else if (next.text == "'" || next.text == "’")
                && tokens[end - 1].low.ends_with('s')
                && end + 1 < tokens.len()
                && tokens[end + 1].capital
            {
                end += 2;
            } else {
                break;
            }
        }
        // A first word of a sentence that is an ordinary word.
        let ordinary = opening
            && end - at == 1
            && (crate::verbs::plural(token)
                && !middle(&token.low)
                && token.text.chars().filter(|c| c.is_uppercase()).count() == 1
                || lower(&token.low)
                || token.is(Class::Noun)
                || token.is(Class::Group)
                || token.is(Class::Plural)
                || token.is(Class::Office)
                || token.is(Class::Adjective)
                || token.is(Class::Document)
                || token.is(Class::Track)
                || token.is(Class::Evaluation)
                || token.is(Class::Person)
                || token.is(Class::Spokes));
        if ordinary {
            at = end;
            continue;
        }
        // `X Azerbaijani president`: a name, then another's adjective.
        let last = &tokens[end - 1];
        let adjective = end - at >= 2
            && tokens.get(end).is_some_and(|next| next.is(Class::Office) && !next.capital)
            && lexicon.name(&[last.text]).is_some_and(|(_, _, alias)| alias == Alias::Adjective)
            && tokens[at].is(Class::Given);
        if adjective {
            found.push(Run { at: at..end - 1 });
            found.push(Run { at: end - 1..end });
        } else {
            found.push(Run { at: at..end });
        }
        at = end;
    }
    found
}

/// Reads all names of the sentences and notes the mentions in each.
pub(crate) fn read(sentences: &mut [Sentence<'_>], title: &str, lexicon: &Lexicon) -> Names {
    let mut names = Names::default();
    // Words that stand somewhere with a small letter.
    let mut small: std::collections::HashSet<String> = std::collections::HashSet::new();
    for sentence in sentences.iter() {
        for token in &sentence.tokens {
            if token.word && !token.capital {
                small.insert(token.low.clone());
            }
        }
    }
    small.extend(
        title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.starts_with(char::is_lowercase))
            .map(str::to_owned),
    );
    let lower = |word: &str| small.contains(word);
    // Names that stand with a capital inside a sentence, or are in the table.
    let mut inside: std::collections::HashSet<String> = std::collections::HashSet::new();
    for sentence in sentences.iter() {
        for (at, token) in sentence.tokens.iter().enumerate() {
            if token.word
                && token.capital
                && (at > 0 && sentence.tokens[at - 1].word || lexicon.name(&[token.text]).is_some())
            {
                inside.insert(token.low.clone());
            }
        }
    }
    let middle = |word: &str| inside.contains(word);
    let mut later: Vec<(usize, Range<usize>)> = Vec::new();
    for (number, sentence) in sentences.iter_mut().enumerate() {
        let mut mentions: Vec<Mention> = Vec::new();
        for run in runs(&sentence.tokens, lexicon, &lower, &middle) {
            reading(&mut names, sentence, number, &run, lexicon, &mut mentions, &mut later);
        }
        sentence.mentions = mentions;
    }
    // Unknown single words: surnames of persons read later, or names on their own.
    for (number, at) in later {
        let sentence = &sentences[number];
        let text = sentence.words(at.clone());
        let who = match names.called(&text) {
            Some(who) => who,
            None => {
                let who = names.add(
                    &text,
                    &slug(&text),
                    Kind::Unknown,
                    (number, sentence.bytes(at.clone())),
                    "name",
                );
                names.by_text.insert(text.clone(), who);
                who
            }
        };
        names.alias(who, &text);
        let place = is_place(&sentence.tokens, at.start);
        sentences[number].mentions.push(Mention { at, who, place, adjective: false });
        sentences[number].mentions.sort_by_key(|mention| mention.at.start);
    }
    offices(sentences, &mut names);
    for sentence in sentences.iter() {
        for mention in &sentence.mentions {
            names.list[mention.who].mentions += 1;
        }
    }
    names
}

/// A preposition of place stands right before.
fn is_place(tokens: &[Token<'_>], at: usize) -> bool {
    let mut before = at.checked_sub(1);
    while let Some(one) = before {
        let token = &tokens[one];
        if token.low == "the"
            || matches!(
                token.low.as_str(),
                "north" | "south" | "eastern" | "western" | "northern" | "southern" | "central"
            )
        {
            before = one.checked_sub(1);
            continue;
        }
        if token.is(Class::Place) {
            // `from Beijing`, `with X`: parties; `in Beijing`: a place.
            return !matches!(token.low.as_str(), "from" | "outside" | "off" | "via" | "inside" | "across");
        }
        // `in Paris and London`, `near Dayton, Ohio`
        if (token.is(Class::And) || token.text == ",") && one > 0 && tokens[one - 1].capital {
            before = one.checked_sub(2).map(|_| one - 2 + 1).filter(|_| one >= 2).map(|_| one - 2);
            if before.is_some_and(|two| tokens[two].is(Class::Place) || tokens[two].capital) {
                continue;
            }
        }
        return false;
    }
    false
}

fn reading(
    names: &mut Names,
    sentence: &Sentence<'_>,
    number: usize,
    run: &Run,
    lexicon: &Lexicon,
    mentions: &mut Vec<Mention>,
    later: &mut Vec<(usize, Range<usize>)>,
) {
    let tokens = &sentence.tokens;
    let words: Vec<&str> =
        crate::token::part(tokens, run.at.clone()).iter().map(|token| token.text).collect();
    // With what stands behind the run for names like `Bosnia and Herzegovina`.
    let ahead: Vec<&str> = crate::token::part(tokens, run.at.start..tokens.len().min(run.at.end + 4))
        .iter()
        .map(|token| token.text)
        .collect();
    let whole = lexicon.name(&ahead);
    let inside = crate::token::part(tokens, run.at.clone());
    if inside.len() > 1
        && inside.last().is_some_and(|token| token.is(Class::Geography))
        && whole.is_none_or(|(length, _, _)| length < inside.len())
    {
        return;
    }
    if document_head(inside) && whole.is_none_or(|(length, _, _)| length < inside.len()) {
        return;
    }
    let mention =
        |who: usize, at: Range<usize>, place: bool, adjective: bool| Mention { at, who, place, adjective };
    if let Some((length, entry, alias)) = whole.filter(|(length, _, _)| *length >= words.len()) {
        let at = run.at.start..run.at.start + length;
        let who = entry_of(names, sentence, number, &at, entry, lexicon);
        let body = lexicon.table[entry].kind != EntryKind::State;
        let place = !body && alias != Alias::Adjective && is_place(tokens, at.start);
        let noun_after = tokens.get(at.end).is_some_and(|next| {
            next.word
                && !next.is(Class::Preposition)
                && !next.is(Class::And)
                && !next.is(Class::Be)
                && sentence.group_at(at.end).is_none()
                && next.low != "'s"
                && !next.is(Class::Adverb)
        });
        mentions.push(mention(who, at, place, alias == Alias::Adjective && noun_after));
        return;
    }
    // Titles, then a name.
    let mut start = 0;
    let mut office = None;
    while start < inside.len() {
        let bare = inside[start].low.trim_end_matches('.');
        let two = inside.get(start + 1).map(|next| format!("{bare} {}", next.low));
        if two.as_deref().is_some_and(|two| {
            lexicon
                .phrases(bare, &[two.split(' ').nth(1).unwrap_or_default()])
                .any(|(class, length)| class == Class::Title && length == 2)
        }) {
            office = two.clone();
            start += 2;
        } else if inside[start].is(Class::Title) {
            if !inside[start].low.ends_with('.') {
                office = Some(bare.to_owned());
            }
            start += 1;
        } else {
            break;
        }
    }
    let titled = start > 0;
    let rest = crate::token::part(inside, start.min(inside.len())..);
    if titled && rest.is_empty() {
        // `The President`: an office, read later.
        return;
    }
    // An adjective of a state before an office or title: `Russian President Vladimir Putin`.
    if !titled
        && let Some((length, entry, _)) = whole.filter(|(length, _, alias)| {
            *length < words.len() && *alias != Alias::Seat || *length < words.len()
        })
    {
        let tail = crate::token::part(inside, length..);
        let head_is_org = org_head(inside).is_some();
        let tail_title = tail.first().is_some_and(|token| token.is(Class::Title) || token.is(Class::Office));
        let government = tail.iter().any(|token| token.is(Class::Government)) && tail.len() <= 3;
        if tail_title {
            let at = run.at.start..run.at.start + length;
            let who = entry_of(names, sentence, number, &at, entry, lexicon);
            mentions.push(mention(who, at, false, true));
            let rest = Run { at: run.at.start + length..run.at.end };
            let count = mentions.len();
            reading(names, sentence, number, &rest, lexicon, mentions, later);
            if let Some(person) = mentions.get(count) {
                let person = person.who;
                if names.list[person].kind == Kind::Person {
                    names.list[person].represents = Some(who);
                }
            }
            return;
        }
        if government {
            let who = entry_of(names, sentence, number, &run.at, entry, lexicon);
            mentions.push(mention(who, run.at.clone(), false, false));
            return;
        }
        if head_is_org || tail.len() == 1 && tail[0].is(Class::Group) {
            let text = sentence.words(run.at.clone());
            let who = organisation(names, sentence, number, run, &text);
            if names.list[who].represents.is_none() {
                names.list[who].represents = names.by_entry.get(&entry).copied();
            }
            mentions.push(mention(who, run.at.clone(), false, false));
            return;
        }
        // A state's name and then another: `Bosnia Serbs`; the first counts, the rest on its own.
        let at = run.at.start..run.at.start + length;
        let who = entry_of(names, sentence, number, &at, entry, lexicon);
        let place = is_place(tokens, at.start);
        mentions.push(mention(who, at.clone(), place, true));
        let rest = Run { at: at.end..run.at.end };
        reading(names, sentence, number, &rest, lexicon, mentions, later);
        return;
    }
    let text = sentence.words(run.at.clone());
    let bare_at = run.at.start + start..run.at.end;
    let bare = sentence.words(bare_at.clone());
    // A ministry is its state: `the Ministry of Defence in London`, `the Foreign Ministry in X`.
    let ministry = inside.iter().any(|token| token.is(Class::Government)) && org_head(inside).is_some()
        || inside.iter().any(|token| matches!(token.low.as_str(), "ministry"));
    if !titled && ministry {
        let place = tokens.get(run.at.end).filter(|token| matches!(token.low.as_str(), "in" | "of"));
        let state = place.and_then(|_| {
            let words: Vec<&str> =
                crate::token::part(tokens, run.at.end + 1..).iter().take(4).map(|token| token.text).collect();
            lexicon.name(&words)
        });
        if let Some((length, entry, _)) = state {
            let at = run.at.start..run.at.end + 1 + length;
            let who = entry_of(names, sentence, number, &at, entry, lexicon);
            mentions.push(mention(who, run.at.clone(), false, false));
            return;
        }
    }
    let given = rest.first().is_some_and(|token| token.is(Class::Given)) && rest.len() >= 2;
    let initial = rest.len() >= 2
        && rest[..rest.len() - 1].iter().any(|token| token.low.len() == 2 && token.low.ends_with('.'));
    if titled || (given || initial) && org_head(inside).is_none() {
        let who = person(names, sentence, number, &bare_at, &bare);
        if names.list[who].office.is_none() {
            names.list[who].office = office;
        }
        names.alias(who, &text);
        mentions.push(mention(who, run.at.clone(), false, false));
        return;
    }
    if org_head(inside).is_some() && inside.len() > 1 {
        let who = organisation(names, sentence, number, run, &text);
        mentions.push(mention(who, run.at.clone(), false, false));
        return;
    }
    let acronym = inside.len() == 1 && {
        let letters: String = inside[0].text.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() >= 2 && letters.len() <= 12 && letters.chars().all(char::is_uppercase)
    };
    if acronym {
        let bracket = run.at.start > 0 && tokens[run.at.start - 1].text == "(";
        // `Implementation Force (IFOR)`, `known as the BMWED`, `or AAR`: the name before it.
        let known = run.at.start.checked_sub(1).is_some_and(|one| {
            tokens[one].low == "or" || tokens[one].low == "the" && one > 1 && tokens[one - 1].low == "as"
        });
        let earlier = mentions
            .last()
            .filter(|last| {
                (bracket || known)
                    && names.list[last.who].kind != Kind::Person
                    && run.at.start - last.at.end <= 5
                    && initials(&names.list[last.who].name, &inside[0].low)
            })
            .map(|last| last.who);
        let who = earlier.or_else(|| names.called(&text)).unwrap_or_else(|| {
            names.add(
                &text,
                &slug(&text),
                Kind::Organisation,
                (number, sentence.bytes(run.at.clone())),
                "name-acronym",
            )
        });
        names.by_text.insert(text.clone(), who);
        names.alias(who, &text);
        mentions.push(mention(who, run.at.clone(), false, false));
        return;
    }
    if inside.len() == 1 {
        if inside[0].is(Class::OrgHead) && run.at.start > 0 {
            // `the Federation`, `the Council`: the last body with that head.
            let head = &inside[0].low;
            let known = names.list.iter().rposition(|named| {
                named.kind != Kind::Person
                    && named.kind != Kind::State
                    && named.name.split_whitespace().any(|word| word.to_lowercase() == *head)
            });
            if inside[0].is(Class::Government) && known.is_none() {
                return;
            }
            let who = known.unwrap_or_else(|| {
                names.add(
                    &text,
                    &slug(&text),
                    Kind::Organisation,
                    (number, sentence.bytes(run.at.clone())),
                    "name-head",
                )
            });
            names.alias(who, &text);
            mentions.push(mention(who, run.at.clone(), false, false));
            return;
        }
        if inside[0].is(Class::Office) || inside[0].is(Class::Title) {
            return;
        }
        if inside[0].is(Class::Group) && lexicon.verb(&inside[0].low).is_empty() {
            return;
        }
        let office = run
            .at
            .start
            .checked_sub(1)
            .map(|one| &tokens[one])
            .filter(|token| token.is(Class::Office) && !token.capital);
        if let Some(office) = office {
            let who = person(names, sentence, number, &run.at, &text);
            names.list[who].office.get_or_insert(office.low.clone());
            mentions.push(mention(who, run.at.clone(), false, false));
            return;
        }
        later.push((number, run.at.clone()));
        return;
    }
    // Two words and more: a person where something says so, else open.
    if let Some(who) = names.called(&text) {
        names.alias(who, &text);
        mentions.push(mention(who, run.at.clone(), is_place(tokens, run.at.start), false));
        return;
    }
    let place = is_place(tokens, run.at.start);
    let role_before = run.at.start > 0
        && (tokens[run.at.start - 1].is(Class::Office)
            || tokens[run.at.start - 1].text == ","
                && (run.at.start > 1 && tokens[run.at.start - 2].is(Class::Office)));
    let role_after = tokens.get(run.at.end).is_some_and(|token| token.text == ",")
        && crate::token::part(tokens, run.at.end..)
            .iter()
            .skip(1)
            .take(5)
            .take_while(|token| token.text != ",")
            .any(|token| token.is(Class::Office) || token.is(Class::Person));
    let passing = sentence.passing.as_ref().is_some_and(|passing| passing.who.contains(&run.at.start));
    let speaks = passing && inside.len() <= 3
        || sentence.subject_of(&run.at).is_some_and(|group| {
            group.classes.any(&[
                Class::Say,
                Class::Judge,
                Class::Hope,
                Class::Demand,
                Class::Promise,
                Class::Refuse,
                Class::Oppose,
                Class::Threaten,
            ])
        }) && inside.len() <= 3;
    if inside.len() <= 4
        && !place
        && (role_before || role_after || speaks)
        && inside.iter().all(|token| !token.is(Class::Adjective))
    {
        let who = person(names, sentence, number, &run.at, &text);
        mentions.push(mention(who, run.at.clone(), false, false));
        return;
    }
    let who = names.add(&text, &slug(&text), Kind::Unknown, (number, sentence.bytes(run.at.clone())), "name");
    names.by_text.insert(text.clone(), who);
    // A surname may come later.
    if inside.len() <= 3
        && !place
        && let Some(last) = inside.last().filter(|last| !last.is(Class::Noun))
    {
        names.by_text.entry(last.text.to_owned()).or_insert(who);
    }
    names.alias(who, &text);
    mentions.push(mention(who, run.at.clone(), place, false));
}

/// Whether the letters of the acronym are the initials of the name, loosely.
fn initials(name: &str, acronym: &str) -> bool {
    let mut letters = acronym.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return false };
    let name = name.to_lowercase();

    name.split_whitespace().any(|word| word.starts_with(first))
}

fn entry_of(
    names: &mut Names,
    sentence: &Sentence<'_>,
    number: usize,
    at: &Range<usize>,
    entry: usize,
    lexicon: &Lexicon,
) -> usize {
    let text = sentence.words(at.clone());
    let who = match names.by_entry.get(&entry) {
        Some(who) => *who,
        None => {
            let named = &lexicon.table[entry];
            let kind = match named.kind {
                EntryKind::State => Kind::State,
                EntryKind::Body => Kind::Organisation,
                EntryKind::Faction => Kind::Faction,
                EntryKind::Company => Kind::Company,
                EntryKind::Union => Kind::Union,
            };
            let who =
                names.add(&named.name, &named.id, kind, (number, sentence.bytes(at.clone())), "name-table");
            names.by_entry.insert(entry, who);
            who
        }
    };
    names.by_text.entry(text.clone()).or_insert(who);
    names.alias(who, &text);
    who
}

fn person(names: &mut Names, sentence: &Sentence<'_>, number: usize, at: &Range<usize>, text: &str) -> usize {
    let surname = text.split_whitespace().last().unwrap_or(text).to_owned();
    let known = names
        .called(text)
        .or_else(|| names.called(&surname))
        .filter(|who| matches!(names.list[*who].kind, Kind::Person | Kind::Unknown));
    let who = known.unwrap_or_else(|| {
        names.add(text, &slug(&surname), Kind::Person, (number, sentence.bytes(at.clone())), "name-person")
    });
    names.list[who].kind = Kind::Person;
    if text.len() > names.list[who].name.len() {
        text.clone_into(&mut names.list[who].name);
    }
    names.by_text.insert(text.to_owned(), who);
    names.by_text.entry(surname).or_insert(who);
    names.alias(who, text);
    who
}

fn organisation(names: &mut Names, sentence: &Sentence<'_>, number: usize, run: &Run, text: &str) -> usize {
    let tokens = crate::token::part(&sentence.tokens, run.at.clone());
    let kind = if tokens.iter().any(|token| {
        token.is(Class::Union) && token.low != "brotherhood" || token.low == "brotherhood" && tokens.len() > 2
    }) && !tokens
        .iter()
        .any(|token| matches!(token.low.as_str(), "european" | "african" | "customs"))
    {
        Kind::Union
    } else if tokens
        .last()
        .is_some_and(|token| token.is(Class::Company) && !matches!(token.low.as_str(), "group" | "bank"))
    {
        Kind::Company
    } else if tokens.last().is_some_and(|token| token.is(Class::Faction)) {
        Kind::Faction
    } else {
        Kind::Organisation
    };
    let who = names.called(text).unwrap_or_else(|| {
        names.add(text, &slug(text), kind, (number, sentence.bytes(run.at.clone())), "name-head")
    });
    names.by_text.insert(text.to_owned(), who);
    let with = run.at.start.checked_sub(1).filter(|one| sentence.tokens[*one].low == "the");
    match with {
        Some(one) => {
            let longer = sentence.words(one..run.at.end);
            names.alias(who, &longer);
        }
        None => names.alias(who, text),
    }
    who
}

/// Offices of persons: `the prime minister, X`, `X, the leader of Y`; whom they speak for.
fn offices(sentences: &mut [Sentence<'_>], names: &mut Names) {
    for sentence in sentences.iter() {
        for (at, mention) in sentence.mentions.iter().enumerate() {
            if names.list[mention.who].kind != Kind::Person && names.list[mention.who].kind != Kind::Unknown {
                continue;
            }
            // Before: `Israel's prime minister, X` / `the Azerbaijani president X`.
            let before = at.checked_sub(1).and_then(|one| sentence.mentions.get(one)).filter(|last| {
                mention.at.start > last.at.end
                    && mention.at.start - last.at.end <= 6
                    && !matches!(names.list[last.who].kind, Kind::Person | Kind::Unknown)
            });
            if let Some(last) = before {
                let between = crate::token::part(&sentence.tokens, last.at.end..mention.at.start);
                let office = between.iter().find(|token| token.is(Class::Office));
                let clean = between.iter().all(|token| {
                    token.text != ";"
                        && token.low != "and"
                        && sentence.verb_between(last.at.end, mention.at.start).is_none()
                });
                if let Some(office) = office.filter(|_| clean) {
                    let office = office.low.clone();
                    let state = last.who;
                    let person = &mut names.list[mention.who];
                    person.represents.get_or_insert(state);
                    person.office.get_or_insert(office);
                    if person.kind == Kind::Unknown {
                        person.kind = Kind::Person;
                    }
                }
            }
            // After: `X, the prime minister of Y`.
            if sentence.tokens.get(mention.at.end).is_some_and(|token| token.text == ",") {
                let stop = (mention.at.end + 1..sentence.tokens.len())
                    .find(|one| sentence.tokens[*one].parts())
                    .unwrap_or(sentence.tokens.len());
                let office = crate::token::part(&sentence.tokens, mention.at.end + 1..stop)
                    .iter()
                    .find(|token| token.is(Class::Office))
                    .map(|token| token.low.clone());
                let state = sentence
                    .mentions
                    .get(at + 1)
                    .filter(|next| next.at.end <= stop && !matches!(names.list[next.who].kind, Kind::Person))
                    .map(|next| next.who);
                if let Some(office) =
                    office.filter(|_| sentence.verb_between(mention.at.end + 1, stop).is_none())
                {
                    let person = &mut names.list[mention.who];
                    if person.kind == Kind::Unknown {
                        person.kind = Kind::Person;
                    }
                    person.office.get_or_insert(office);
                    if person.represents.is_none() {
                        person.represents = state;
                    }
                }
            }
        }
    }
}
