//! The whole reading of a text: sentence by sentence, then what several sentences say together.
//!
//! Complexity: linear in the text but for names that are not in the table, which are looked for among
//! those that the text has already.

use std::collections::HashMap;

use detente_case::{Omission, Passage};
use jiff::civil::Date;

use crate::clause::{Role, clauses};
use crate::date::{Calendar, Found, Looks};
use crate::gist::Gist;
use crate::holder::{Aside, Context, Held, Reader};
use crate::kind::{Judge, Judged, rank};
use crate::lexicon::{Class, Language, Lexicon};
use crate::names::{self, Kind, Names};
use crate::proposal::{self, Also, Grade, Reading};
use crate::sentence::{Sentence, fold};
use crate::token::tokens;
use crate::verbs::{Shape, Tense, groups};
use crate::{actor, condition, contradiction, document, event, heading, option, said, tie, track, wish};

/// How a text is to be read; what is not given is taken from the text.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Its title.
    pub title: Option<String>,
    /// Its author or byline.
    pub author: Option<String>,
    /// Its date.
    pub as_of: Option<Date>,
    /// Its language.
    pub language: Language,
}

/// A sentence after its claims were judged.
pub(crate) struct Read {
    pub(crate) claims: Vec<Judged>,
    /// The number of the claim that stands for the sentence.
    pub(crate) first: usize,
    pub(crate) dates: Vec<Found>,
    /// Who was meant by each subject: group to holder.
    pub(crate) subjects: HashMap<usize, Held>,
    pub(crate) context: Context,
}

impl Read {
    /// Who did what the group says.
    pub(crate) fn doer(&self, group: usize) -> Option<&Held> {
        self.subjects.get(&group)
    }
}

/// What the layers read from.
pub(crate) struct Text<'t> {
    pub(crate) sentences: Vec<Sentence<'t>>,
    pub(crate) read: Vec<Read>,
    pub(crate) names: Names,
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) calendar: Calendar,
}

impl Text<'_> {
    /// Tokens of a sentence as bytes of the text.
    pub(crate) fn span(&self, number: usize, at: std::ops::Range<usize>) -> proposal::Span {
        let sentence = &self.sentences[number];
        let bytes = sentence.bytes(at);
        [sentence.at.start + bytes.start, sentence.at.start + bytes.end]
    }

    /// The reader of a sentence, with what pronouns meant there.
    pub(crate) fn reader(&self, number: usize) -> Reader<'_, '_> {
        Reader {
            sentence: &self.sentences[number],
            names: &self.names,
            lexicon: self.lexicon,
            context: &self.read[number].context,
        }
    }

    /// A phrase of the class within the tokens.
    pub(crate) fn phrase(
        &self,
        number: usize,
        within: std::ops::Range<usize>,
        class: Class,
    ) -> Option<std::ops::Range<usize>> {
        let sentence = &self.sentences[number];
        for at in within {
            let lows: Vec<&str> =
                sentence.tokens.get(at..)?.iter().take(7).map(|token| token.low.as_str()).collect();
            let (first, after) = lows.split_first()?;
            let found = self
                .lexicon
                .phrases(first, after)
                .filter(|(found, _)| *found == class)
                .map(|(_, length)| length)
                .max();
            if let Some(length) = found {
                return Some(at..(at + length).min(sentence.tokens.len()));
            }
        }
        None
    }
}

/// What each sentence says, as it is compared with others.
pub(crate) fn gists(text: &str, setting: &Setting) -> Vec<Gist> {
    let (whole, ..) = taken(text, setting);
    (0..whole.sentences.len()).map(|number| Gist::of(&whole, number)).collect()
}

/// The sentences of a text, judged; then its passage, title, author and date.
fn taken<'t>(text: &'t str, setting: &Setting) -> (Text<'t>, Passage, String, String, Option<Date>) {
    let lexicon = Lexicon::for_language(setting.language);
    let heading = heading::of(text, lexicon);
    let title = setting.title.clone().unwrap_or(heading.title);
    let author = setting.author.clone().unwrap_or(heading.byline);
    let as_of = setting.as_of.or(heading.as_of);
    let passage = Passage::of(text, &title, (!author.is_empty()).then_some(author.as_str()));
    let mut sentences = analysed(text, &passage, lexicon);
    let names = names::read(&mut sentences, &title, lexicon);
    let mut whole = Text { sentences, read: Vec::new(), names, lexicon, calendar: Calendar { as_of } };
    judged(&mut whole, &title, &author);
    (whole, passage, title, author, as_of)
}

/// Reads a text: everything that it proposes.
#[must_use]
pub fn read(text: &str, setting: &Setting) -> Reading {
    let (whole, passage, title, author, as_of) = taken(text, setting);
    let mut reading = Reading {
        schema: "detente/read/1".to_owned(),
        title,
        author,
        as_of: as_of.map(|date| date.to_string()).unwrap_or_default(),
        sentences: whole
            .sentences
            .iter()
            .zip(&whole.read)
            .map(|(sentence, read)| told(sentence, read, &whole.names))
            .collect(),
        actors: Vec::new(),
        dates: dates(&whole),
        ties: tie::ties(&whole),
        instruments: document::instruments(&whole),
        tracks: track::tracks(&whole),
        events: event::events(&whole),
        options: option::options(&whole),
        acts: option::acts(&whole),
        wishes: wish::wishes(&whole),
        conditions: condition::conditions(&whole),
        said: said::said(&whole),
        contradictions: contradiction::contradictions(&whole),
        questions: Vec::new(),
        left_out: passage
            .left_out
            .iter()
            .map(|left| proposal::LeftOut {
                text: fold(&text[left.at.clone()]),
                why: match left.why {
                    Omission::Title => "title or byline",
                    Omission::Heading => "heading before the first sentence",
                    Omission::Short => "subheading or signature",
                    Omission::Marks => "marks alone",
                }
                .to_owned(),
                span: [left.at.start, left.at.end],
            })
            .collect(),
        not_read: Vec::new(),
        sources: Vec::new(),
        against: None,
        model: None,
    };
    reading.actors = actor::actors(&whole, &reading);
    reading.questions = crate::question::questions(&reading);
    reading
}

/// Cuts and analyses the sentences.
fn analysed<'t>(text: &'t str, passage: &Passage, lexicon: &Lexicon) -> Vec<Sentence<'t>> {
    let mut quoted = false;
    let mut paragraph = 0;
    let mut last_end = 0;
    let mut sentences = Vec::with_capacity(passage.sentences.len());
    for (number, at) in passage.sentences.iter().enumerate() {
        let gap = &text[last_end..at.start];
        if number == 0 || gap.contains('\n') {
            paragraph += 1;
            quoted = false;
        }
        last_end = at.end;
        let said = &text[at.clone()];
        let opens_quoted = quoted;
        let (tokens, still) = tokens(said, lexicon, quoted);
        quoted = still;
        // A sentence that nobody could write is not taken apart: only its beginning.
        let tokens = if tokens.len() > LONGEST { tokens.into_iter().take(LONGEST).collect() } else { tokens };
        let groups = groups(&tokens, lexicon);
        let clauses = clauses(&tokens, &groups, lexicon);
        let mut sentence = Sentence {
            n: number + 1,
            text: said,
            at: at.clone(),
            paragraph,
            tokens,
            groups,
            clauses,
            mentions: Vec::new(),
            passing: None,
            opens_quoted,
        };
        sentence.passing = Aside(&sentence, lexicon).passing(0);
        let mut passing = sentence.passing.clone();
        while let Some(found) = passing {
            sentence.clauses[found.clause].role = Role::Passing;
            passing = Aside(&sentence, lexicon).passing(found.clause + 1);
        }
        sentences.push(sentence);
    }
    sentences
}

/// Of a longer sentence only so many words are taken apart.
const LONGEST: usize = 400;

/// Judges every sentence in order, pronouns going along.
fn judged(whole: &mut Text<'_>, title: &str, author: &str) {
    let mut context = Context::default();
    let _ = (title, author);
    let pairs = pairs(whole);
    context.pair = pairs;
    for number in 0..whole.sentences.len() {
        let sentence = &whole.sentences[number];
        if context.paragraph != sentence.paragraph {
            context.paragraph = sentence.paragraph;
            context.answering = false;
        }
        // Interviews: `A:` begins an answer, `Q:` ends it.
        let label = sentence
            .tokens
            .get(1)
            .filter(|token| token.text == ":")
            .and_then(|_| sentence.tokens.first())
            .map(|token| token.text);
        match label {
            Some("A") => {
                context.answering = true;
                if context.interviewee.is_none() {
                    context.interviewee = Some(Held::Words("the interviewee".to_owned()));
                }
            }
            Some("Q") => context.answering = false,
            _ => {}
        }
        // Whose quotation is it? One named in the sentence, else the next one named, else the last.
        let (claims, first, dates, subjects, speaker) = {
            let mut here = context.clone();
            let fully = sentence.tokens.first().is_some_and(|token| token.quoted);
            if fully {
                let probe = Reader { sentence, names: &whole.names, lexicon: whole.lexicon, context: &here };
                let own = sentence.passing.as_ref().and_then(|passing| probe.who(&passing.who));
                if let Some(own) = own {
                    here.quoting = Some(own);
                } else if !sentence.opens_quoted {
                    here.quoting = here.speaker.clone();
                }
            }
            context.quoting.clone_from(&here.quoting);
            let result = one(whole, number, &here);
            context = here;
            result
        };
        let read = Read { claims, first, dates, subjects, context: context.clone() };
        moved_on(whole, number, &read, &mut context, speaker);
        whole.read.push(read);
    }
}

/// The two that the text is about: those named most often in its first sentences.
fn pairs(whole: &Text<'_>) -> Vec<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (at, sentence) in whole.sentences.iter().enumerate().take(60) {
        for mention in &sentence.mentions {
            let named = &whole.names.list[mention.who];
            if named.kind == Kind::State && !mention.place {
                *counts.entry(mention.who).or_default() += if at < 3 { 3 } else { 1 };
            }
        }
    }
    let mut list: Vec<(usize, usize)> = counts.into_iter().collect();
    list.sort_by_key(|(who, count)| (std::cmp::Reverse(*count), *who));
    list.into_iter().take(2).map(|(who, _)| who).collect()
}

type One = (Vec<Judged>, usize, Vec<Found>, HashMap<usize, Held>, Option<Held>);

/// The claims of one sentence.
fn one(whole: &Text<'_>, number: usize, context: &Context) -> One {
    let sentence = &whole.sentences[number];
    let reader = Reader { sentence, names: &whole.names, lexicon: whole.lexicon, context };
    let mut dates = whole.calendar.dates(&sentence.tokens, |at| looks(sentence, whole.lexicon, at));
    // `today` in the plain present is nowadays, no day.
    dates.retain(|date| {
        let clause = sentence
            .clauses
            .iter()
            .rev()
            .find(|clause| sentence.group(clause).at.start <= date.from || clause.start <= date.from)
            .or(sentence.clauses.first());
        date.rule != "date-today"
            || clause.is_none_or(|clause| {
                let group = sentence.group(clause);
                group.tense != Tense::Present
                    || group.modal.is_some() && !group.does(Class::Expect) && group.tense == Tense::Future
                    || group.perfect
            })
    });
    let passing = sentence.passing.clone().filter(|passing| !reader.same_speaker(passing));
    let (outer, _) = reader.outer(passing.as_ref());
    let accord = reader.according();
    let terms = terms(whole, number);
    let judge = Judge { reader: &reader, dates: &dates, as_of: whole.calendar.as_of, terms };
    let mut claims: Vec<Judged> = Vec::new();
    let skip = sentence.passing.as_ref().map(|passing| passing.clause);
    let mut last_end = 0;
    for (at, clause) in sentence.clauses.iter().enumerate() {
        if Some(at) == skip || clause.role != Role::Main {
            continue;
        }
        if let Some((from, who)) = accord.as_ref() {
            let group = sentence.group(clause);
            if group.head >= *from && group.head < who.end {
                continue;
            }
        }
        // `That is why, X will`: only leads over.
        let group = sentence.group(clause);
        let leads = group.copula
            && sentence.low(group.head + 1) == "why"
            && sentence.clauses.iter().any(|other| other.role == Role::Main && other.start > clause.start);
        if leads {
            continue;
        }
        // `came down and said`: a mere setting is passed over.
        let claim = reader.claim(at, &outer);
        claims.push(judge.judge(claim));
        last_end = last_end.max(clause.end);
    }
    if claims.is_empty() {
        // No main clause: whatever there is.
        let main = sentence.clauses.iter().position(|clause| !matches!(clause.role, Role::Relative));
        let main = main.filter(|at| Some(*at) != skip);
        let claim = match main {
            Some(at) => reader.claim(at, &outer),
            None => crate::holder::Claim {
                chain: outer.clone(),
                attitude: passing.as_ref().map(|passing| passing.group),
                content: None,
                main: None,
            },
        };
        claims.push(judge.judge(claim));
    }
    // The passing verb can say what the claim does: `… , he threatened`.
    let mut first = 0;
    for (at, claim) in claims.iter().enumerate() {
        if rank(claim.kind) < rank(claims[first].kind) {
            first = at;
        }
    }
    let mut subjects = HashMap::new();
    for clause in &sentence.clauses {
        if let Some(held) = reader.who(&clause.subject) {
            subjects.insert(clause.group, held);
        }
    }
    let speaker = passing
        .as_ref()
        .and_then(|passing| reader.who(&passing.who))
        .or_else(|| claims[first].chain.first().cloned());
    (claims, first, dates, subjects, speaker)
}

/// A document's terms are being told: `The terms are: (a) …`, or its subject is a document.
fn terms(whole: &Text<'_>, number: usize) -> bool {
    let sentence = &whole.sentences[number];
    let subject =
        sentence.clauses.iter().find(|clause| clause.role == Role::Main).map(|clause| clause.subject.clone());
    let document = subject.is_some_and(|subject| {
        subject
            .clone()
            .any(|at| sentence.tokens[at].is(Class::Document) && !sentence.tokens[at].is(Class::DocumentWeak))
    }) && !sentence.clauses.is_empty();
    let list = sentence.text.contains("(a)") && sentence.text.contains("(b)");
    let according =
        sentence.tokens.iter().take(2).any(|token| matches!(token.low.as_str(), "under" | "according"))
            && sentence.tokens.iter().take(8).any(|token| token.is(Class::Document));
    document || list || according
}

/// Whether a date at a token lies ahead as its clause has it.
fn looks(sentence: &Sentence<'_>, lexicon: &Lexicon, at: usize) -> Looks {
    let clause = sentence.clauses.iter().rev().find(|clause| {
        let open = clause.start.min(sentence.group(clause).at.start);
        open <= at && at < clause.end.max(sentence.group(clause).head + 1)
    });
    let clause = clause.or_else(|| sentence.clauses.first());
    let governing = clause.map(|clause| sentence.group(clause));
    // An infinitive that is nearer looks ahead after verbs of wanting, or after `is`.
    let infinitive =
        sentence.groups.iter().rev().find(|group| group.head < at && group.shape == Shape::Infinitive);
    let near = infinitive.is_some_and(|group| {
        governing.is_none_or(|governing| {
            group.head > governing.head
                && (governing.tense != Tense::Past
                    || governing.classes.any(&[
                        Class::Agree,
                        Class::Promise,
                        Class::Offer,
                        Class::Hope,
                        Class::Demand,
                        Class::Threaten,
                        Class::Vow,
                        Class::Ask,
                    ])
                    || governing.does(Class::Plan)
                    || governing.does(Class::Expect)
                    || governing.copula)
        })
    });
    let ahead = governing.is_some_and(|group| {
        group.tense == Tense::Future
            || group.modal.is_some() && !group.perfect
            || group.does(Class::Expect) && group.passive
            || clause.is_some_and(|clause| matches!(clause.role, Role::Condition(_)))
            || group.tense == Tense::Present && !group.perfect && !group.copula
            || group.copula && group.tense == Tense::Present
            || group.copula && sentence.low(group.head + 1) == "to"
    });
    let due = (0..sentence.tokens.len()).any(|one| {
        let lows: Vec<&str> = crate::token::part(&sentence.tokens, one..)
            .iter()
            .take(5)
            .map(|token| token.low.as_str())
            .collect();
        lows.split_first().is_some_and(|(first, after)| {
            lexicon
                .phrases(first, after)
                .any(|(class, length)| class == Class::Due && (length > 1) && one < at)
        }) && !sentence.tokens[one].is(Class::Be)
    });
    let next = at > 0 && matches!(sentence.low(at - 1), "next" | "by" | "until");
    let last = at > 0 && matches!(sentence.low(at - 1), "last" | "since" | "of")
        || sentence
            .groups
            .iter()
            .rev()
            .find(|group| group.head < at)
            .is_some_and(|group| group.shape == Shape::Participle && group.head + 7 > at);
    let past_by = governing.is_some_and(|group| group.tense == Tense::Past && group.modal.is_none());
    if last {
        Looks::Back
    } else if near
        || ahead
        || due
        || next && (!past_by || sentence.low(at - 1) == "next")
        || matches!(sentence.low(at.wrapping_sub(1)), "for" | "until")
    {
        Looks::Ahead
    } else {
        Looks::Back
    }
}

/// What pronouns mean after this sentence.
fn moved_on(whole: &Text<'_>, number: usize, read: &Read, context: &mut Context, speaker: Option<Held>) {
    let sentence = &whole.sentences[number];
    let list = &whole.names.list;
    let first = &read.claims[read.first];
    // Speakers first, then subjects of main clauses, then the rest by name.
    let mut seen: Vec<Held> = Vec::new();
    for clause in sentence.clauses.iter().filter(|clause| clause.role == Role::Main) {
        if let Some(held) = read.subjects.get(&clause.group) {
            seen.push(held.clone());
        }
    }
    for clause in sentence.clauses.iter().filter(|clause| matches!(clause.role, Role::Content(_))) {
        if let Some(held) = read.subjects.get(&clause.group) {
            seen.push(held.clone());
        }
    }
    if let Some(speaker) = &speaker {
        seen.insert(0, speaker.clone());
    }
    for mention in &sentence.mentions {
        if !mention.adjective {
            seen.push(Held::Actors(vec![mention.who]));
        }
    }
    let (mut he, mut it, mut they) = (None, None, None);
    for held in &seen {
        match held {
            Held::Actors(actors) if actors.len() > 1 => they = they.or(Some(held.clone())),
            Held::Actors(actors) => match actors.first().map(|who| list[*who].kind) {
                Some(Kind::Person) => he = he.or(Some(held.clone())),
                Some(Kind::Unknown) => {
                    // Two words with a capital are a person more often than a thing.
                    if actors.first().is_some_and(|who| list[*who].name.contains(' ')) {
                        he = he.or(Some(held.clone()));
                    }
                    it = it.or(Some(held.clone()));
                }
                Some(_) => {
                    it = it.or(Some(held.clone()));
                    let plural_name = actors.first().is_some_and(|who| list[*who].name.ends_with('s'));
                    if plural_name {
                        they = they.or(Some(held.clone()));
                    }
                }
                None => {}
            },
            Held::Words(words) => {
                let (tokens, _) = tokens(words, whole.lexicon, false);
                let head = head_of(&tokens);
                let singular_start =
                    tokens.first().is_some_and(|token| matches!(token.low.as_str(), "a" | "an" | "one"));
                let Some(head) = head else {
                    if singular_start {
                        he = he.or(Some(held.clone()));
                    }
                    continue;
                };
                let token = &tokens[head];
                if crate::verbs::plural(token) && !singular_start {
                    they = they.or(Some(held.clone()));
                } else if token.is(Class::Person)
                    || token.is(Class::Office)
                    || token.is(Class::Spokes)
                    || singular_start && token.low == "one"
                {
                    he = he.or(Some(held.clone()));
                } else if token.is(Class::Group)
                    || token.is(Class::OrgHead)
                    || token.is(Class::Union)
                    || token.is(Class::Company)
                {
                    it = it.or(Some(held.clone()));
                }
            }
            Held::Author => {}
        }
    }
    let clear_person = he.is_some();
    if clear_person {
        context.he = he;
    }
    if it.is_some() {
        context.it = it;
    }
    if they.is_some() {
        context.they = they;
    }
    if let Some(speaker) = speaker {
        context.speaker = Some(speaker);
    } else if let Some(held) = first.chain.first() {
        context.speaker = Some(held.clone());
    }
    // `We asked a former minister`: the interviewee.
    if context.interviewee.is_none() {
        for clause in &sentence.clauses {
            let group = sentence.group(clause);
            let asks = group.does(Class::Ask)
                || matches!(whole.lexicon.lemma(group.lemma), "interview" | "speak" | "talk" | "meet");
            let us = clause.subject.len() == 1 && sentence.tokens[clause.subject.start].is(Class::We);
            if asks && us {
                let stop = (group.end()..sentence.tokens.len())
                    .find(|at| sentence.tokens[*at].parts())
                    .unwrap_or(sentence.tokens.len());
                let from =
                    if sentence.tokens.get(group.end()).is_some_and(|token| token.is(Class::Preposition)) {
                        group.end() + 1
                    } else {
                        group.end()
                    };
                let reader = Reader { sentence, names: &whole.names, lexicon: whole.lexicon, context };
                context.interviewee = reader.who(&(from..stop));
            }
        }
    }
    // The last two states named together.
    let states: Vec<usize> = {
        let mut states = Vec::new();
        for mention in &sentence.mentions {
            if !mention.place
                && matches!(list[mention.who].kind, Kind::State)
                && !states.contains(&mention.who)
            {
                states.push(mention.who);
            }
        }
        states
    };
    if states.len() == 2 {
        context.pair = states;
    }
}

/// The head of a noun phrase: its last noun before a preposition or a comma.
pub(crate) fn head_of(tokens: &[crate::token::Token<'_>]) -> Option<usize> {
    let stop = tokens
        .iter()
        .enumerate()
        .position(|(at, token)| {
            at > 0
                && (token.is(Class::Preposition)
                    || token.text == ","
                    || token.is(Class::Relative)
                    || token.is(Class::Be))
        })
        .unwrap_or(tokens.len());
    crate::token::part(tokens, ..stop).iter().rposition(|token| token.word && token.low != "'s")
}

fn told(sentence: &Sentence<'_>, read: &Read, names: &Names) -> proposal::Sentence {
    let first = &read.claims[read.first];
    let chain = |judged: &Judged| {
        let list: Vec<String> =
            judged.chain.iter().filter(|held| **held != Held::Author).map(|held| held.text(names)).collect();
        if list.is_empty() { vec!["author".to_owned()] } else { list }
    };
    let mut also: Vec<Also> = Vec::new();
    for (at, claim) in read.claims.iter().enumerate() {
        if at == read.first || claim.kind == first.kind && claim.chain == first.chain {
            continue;
        }
        let speech = rank(claim.kind) < 5;
        if (speech || claim.grade == Grade::Strong) && !also.iter().any(|known| known.kind == claim.kind) {
            also.push(Also {
                kind: claim.kind,
                speaker: chain(claim),
                cue: sentence.words(claim.cue.clone()),
            });
        }
    }
    let cue = sentence.words(first.cue.clone());
    proposal::Sentence {
        n: sentence.n,
        text: fold(sentence.text),
        kind: first.kind,
        speaker: chain(first),
        cue: if cue.is_empty() {
            sentence.tokens.first().map(|token| token.text.to_owned()).unwrap_or_default()
        } else {
            cue
        },
        also,
        reported_by: None,
        rule: first.rule.to_owned(),
        grade: first.grade,
        span: [sentence.at.start, sentence.at.end],
    }
}

fn dates(whole: &Text<'_>) -> Vec<proposal::Dated> {
    let mut all = Vec::new();
    for (number, read) in whole.read.iter().enumerate() {
        for date in &read.dates {
            all.push(proposal::Dated {
                n: number + 1,
                text: whole.sentences[number].words(date.from..date.to),
                iso: date.iso.clone(),
                rule: date.rule.to_owned(),
                grade: if date.rule.contains("no-year") || date.rule.contains("season") {
                    Grade::Weak
                } else {
                    Grade::Strong
                },
                span: whole.span(number, date.from..date.to),
            });
        }
    }
    all
}

/// Verb groups and clauses as text.
pub(crate) fn taken_apart(text: &str, language: Language) -> String {
    use std::fmt::Write as _;
    let lexicon = Lexicon::for_language(language);
    let passage = Passage::of(text, "", None);
    let mut out = String::new();
    for sentence in analysed(text, &passage, lexicon) {
        let _ = writeln!(out, "s{} {}", sentence.n, sentence.text);
        for (number, group) in sentence.groups.iter().enumerate() {
            let _ = writeln!(
                out,
                "  verb {number} {:?} [{}] {:?} {:?} modal {:?}{}{}{}{}",
                sentence.words(group.at.clone()),
                lexicon.lemma(group.lemma),
                group.shape,
                group.tense,
                group.modal,
                if group.perfect { " perfect" } else { "" },
                if group.passive { " passive" } else { "" },
                if group.negated { " negated" } else { "" },
                if group.copula { " copula" } else { "" },
            );
        }
        for clause in &sentence.clauses {
            let _ = writeln!(
                out,
                "  clause of verb {} {:?}: subject {:?}, opened by {:?}, {:?}",
                clause.group,
                clause.role,
                sentence.words(clause.subject.clone()),
                sentence.words(clause.opener.clone()),
                sentence.words(clause.start..clause.end),
            );
        }
    }
    out
}
