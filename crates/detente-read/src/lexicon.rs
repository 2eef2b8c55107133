//! Words and what they do, read from files: one folder per language below `lexicon/`.
//!
//! | file | what stands in it |
//! |---|---|
//! | `inflection.txt` | how regular verbs make their forms, by ending |
//! | `verbs.txt` | verbs, irregular ones with their forms |
//! | `verbals.txt` | verbal phrases by class: `[threaten]`, `give notice` |
//! | `words.txt` | other words and phrases by class: `[hedge]`, `in our view` |
//! | `opposites.txt` | pairs of verbs of which who does the one does not do the other |
//! | `states.txt`, `bodies.txt` | the table of names: names, adjectives, seats; bodies with their acronyms |
//!
//! A line that begins with `#` is a comment, `a/b` in a phrase stands for either word, and `*` for up
//! to six words. Another language is another folder; no rule names a word.

use std::collections::HashMap;
use std::sync::LazyLock;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a word or phrase does in a sentence; the sections of the files are named after these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum Class { $($(#[$doc])* $name,)* }
        impl Class {
            fn named(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    // Verbs of saying and attitude.
    Say = "say", Judge = "judge", Doubt = "doubt", Name = "name", Deny = "deny", DenyCharge = "deny-charge",
    Threaten = "threaten", Warn = "warn", Vow = "vow", Promise = "promise", Offer = "offer",
    Demand = "demand", Ask = "ask", Insist = "insist", Hope = "hope", Fear = "fear", Refuse = "refuse",
    Oppose = "oppose", Need = "need", Expect = "expect", Plan = "plan", Predict = "predict",
    Accuse = "accuse", React = "react", Rather = "rather", Seem = "seem", Consider = "consider",
    SpeakOf = "speak-of", Favour = "favour", Try = "try", Cause = "cause", Harm = "harm", Benefit = "benefit",
    State = "state-verb", Depend = "depend",
    // Events, after the classes of PLOVER.
    Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE",
    Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", AccuseEvent = "ACCUSE", Reject = "REJECT",
    ThreatenEvent = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION", Mobilize = "MOBILIZE",
    Coerce = "COERCE", Assault = "ASSAULT",
    // Function words.
    Determiner = "determiner", Possessive = "possessive", Subject = "subject-pronoun", Object = "object-pronoun",
    He = "he", It = "it", They = "they", We = "we", I = "i", Be = "be", Have = "have", Do = "do",
    Will = "will", Would = "would", Can = "can", Could = "could", May = "may", Might = "might",
    Must = "must", Should = "should", Not = "not", Adverb = "adverb", And = "and", But = "but",
    Preposition = "preposition", To = "to", That = "that", Relative = "relative", Question = "question",
    If = "if", OnlyIf = "only-if", Unless = "unless", Once = "once", Iff = "iff", Without = "without",
    Until = "until", Because = "because", While = "while", IfNoCondition = "no-condition",
    Inverter = "inverter", Nobody = "nobody", Both = "both", Number = "number", By = "by",
    After = "after", Only = "only", Let = "let", Whether = "whether",
    // Nouns and adjectives.
    According = "according", Office = "office", Title = "title", Spokes = "spokesperson", Group = "group",
    OrgHead = "organisation-head", Union = "union", Company = "company", Faction = "faction",
    Government = "government", Charge = "charge", Document = "document", DocumentWeak = "document-weak",
    Track = "track", Medium = "medium", Plural = "plural", Adjective = "adjective", Noun = "noun",
    Place = "place", Given = "given-name", Common = "common", Person = "person-noun", Author = "author-view",
    Hedge = "hedge", Evaluation = "evaluation", Likely = "likely", Due = "due", Ready = "ready",
    Against = "against", Willing = "for", FactLabel = "fact-label", Friend = "friendly", Ally = "alliance",
    Partner = "partnership", Neutral = "neutral", Strained = "strained", Hostile = "hostile",
    OptionCue = "option", Joint = "joint", PairWord = "pair", Impersonal = "impersonal", Vote = "vote",
    EventNoun = "event-noun", Unacceptable = "unacceptable", Interviewee = "interviewee", Contrary = "contrary",
    Geography = "geography", Commit = "commit", Hinder = "hinder", Duration = "duration",
}

/// A set of classes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Classes([u128; 2]);

impl Classes {
    pub(crate) fn has(self, class: Class) -> bool {
        self.0[class as usize / 128] >> (class as usize % 128) & 1 == 1
    }

    pub(crate) fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    pub(crate) fn put(&mut self, class: Class) {
        self.0[class as usize / 128] |= 1 << (class as usize % 128);
    }
}

impl std::fmt::Debug for Classes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}:{:x}", self.0[1], self.0[0])
    }
}

/// The forms of a verb.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) base: bool,
    pub(crate) third: bool,
    pub(crate) past: bool,
    pub(crate) participle: bool,
    pub(crate) gerund: bool,
}

/// A language that texts can be read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French, begun: states, verbs of saying, conditions.
    French,
}

/// A state or a body of the table of names.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: EntryKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    State,
    Body,
    Faction,
    Company,
    Union,
}

/// How a name of the table stands for its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alias {
    /// By its own name.
    Name,
    /// By an adjective or the name of its people.
    Adjective,
    /// By its capital or the seat of its government.
    Seat,
}

struct Phrase {
    rest: Vec<String>,
    class: Class,
}

/// The lexicon of one language.
pub(crate) struct Lexicon {
    verbs: HashMap<String, Vec<(u32, Forms)>>,
    lemmas: Vec<String>,
    verbals: HashMap<u32, Vec<Phrase>>,
    words: HashMap<String, Vec<Phrase>>,
    pub(crate) table: Vec<Entry>,
    names: HashMap<String, Vec<(Vec<String>, usize, Alias)>>,
    opposites: HashMap<String, Vec<String>>,
}

macro_rules! files {
    ($folder:literal) => {
        [
            include_str!(concat!("../lexicon/", $folder, "/inflection.txt")),
            include_str!(concat!("../lexicon/", $folder, "/verbs.txt")),
            include_str!(concat!("../lexicon/", $folder, "/verbals.txt")),
            include_str!(concat!("../lexicon/", $folder, "/words.txt")),
            include_str!(concat!("../lexicon/", $folder, "/states.txt")),
            include_str!(concat!("../lexicon/", $folder, "/bodies.txt")),
            include_str!(concat!("../lexicon/", $folder, "/opposites.txt")),
        ]
    };
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&files!("en")));
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&files!("fr")));

fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Every phrase that `a/b c` stands for.
fn spelled_out(phrase: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for word in phrase.split_whitespace() {
        let mut longer = Vec::new();
        for one in &all {
            for choice in word.split('/') {
                let mut one = one.clone();
                one.push(choice.to_owned());
                longer.push(one);
            }
        }
        all = longer;
    }
    all
}

struct Inflection<'f> {
    rules: Vec<(&'f str, [&'f str; 4])>,
}

impl<'f> Inflection<'f> {
    fn of(file: &'f str) -> Self {
        let rules = lines(file).filter_map(|line| {
            let mut words = line.split_whitespace();
            let ending = words.next()?.trim_start_matches('-');
            let forms = [words.next()?, words.next()?, words.next()?, words.next()?];
            Some((ending, forms))
        });
        Self { rules: rules.collect() }
    }

    /// Third person, past, participle, gerund.
    fn forms(&self, lemma: &str) -> [String; 4] {
        let rule = self.rules.iter().find(|(ending, _)| lemma.ends_with(ending));
        let make = |change: &str| {
            let (cut, add) = change.split_once('+').unwrap_or((change, ""));
            let cut: usize = cut.trim_start_matches('-').parse().unwrap_or(0);
            let keep: String = {
                let letters: Vec<char> = lemma.chars().collect();
                letters[..letters.len().saturating_sub(cut)].iter().collect()
            };
            keep + add
        };
        match rule {
            Some((_, forms)) => forms.map(make),
            None => std::array::from_fn(|_| lemma.to_owned()),
        }
    }
}

impl Lexicon {
    /// The lexicon of `language`.
    pub(crate) fn for_language(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }

    fn of(files: &[&str; 7]) -> Self {
        let [inflection, verbs, verbals, words, states, bodies, opposites] = files;
        let inflection = Inflection::of(inflection);
        let mut lexicon = Self {
            verbs: HashMap::new(),
            lemmas: Vec::new(),
            verbals: HashMap::new(),
            words: HashMap::new(),
            table: Vec::new(),
            names: HashMap::new(),
            opposites: HashMap::new(),
        };
        let mut ids: HashMap<String, u32> = HashMap::new();
        for line in lines(verbs) {
            // A line with commas is a list of regular verbs.
            let entries: Vec<&str> = line.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
            for entry in entries {
                lexicon.add_verb(entry, &inflection, &mut ids);
            }
        }
        let mut class = None;
        for line in lines(verbals) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                class = Class::named(name);
                debug_assert!(class.is_some(), "no class {name}");
                continue;
            }
            let Some(class) = class else { continue };
            for entry in line.split(',') {
                for phrase in spelled_out(entry) {
                    let Some((lemma, rest)) = phrase.split_first() else { continue };
                    let Some(id) = ids.get(lemma).copied() else {
                        debug_assert!(false, "no verb {lemma}");
                        continue;
                    };
                    lexicon.verbals.entry(id).or_default().push(Phrase { rest: rest.to_vec(), class });
                }
            }
        }
        let mut class = None;
        for line in lines(words) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                class = Class::named(name);
                debug_assert!(class.is_some(), "no class {name}");
                continue;
            }
            let Some(class) = class else { continue };
            for entry in line.split(',') {
                for phrase in spelled_out(entry) {
                    let Some((first, rest)) = phrase.split_first() else { continue };
                    lexicon
                        .words
                        .entry(first.to_lowercase())
                        .or_default()
                        .push(Phrase { rest: rest.iter().map(|word| word.to_lowercase()).collect(), class });
                }
            }
        }
        for line in lines(states) {
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            let &[id, names, adjectives, seats] = columns.as_slice() else { continue };
            let all = [(names, Alias::Name), (adjectives, Alias::Adjective), (seats, Alias::Seat)];
            lexicon.add_entry(id, EntryKind::State, &all);
        }
        for line in lines(bodies) {
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            let &[id, kind, names] = columns.as_slice() else { continue };
            let kind = match kind {
                "faction" => EntryKind::Faction,
                "company" => EntryKind::Company,
                "union" => EntryKind::Union,
                _ => EntryKind::Body,
            };
            lexicon.add_entry(id, kind, &[(names, Alias::Name)]);
        }
        for line in lines(opposites) {
            let Some((one, other)) = line.split_once(' ') else { continue };
            for (one, other) in [(one, other), (other, one)] {
                lexicon.opposites.entry(one.to_owned()).or_default().push(other.trim().to_owned());
            }
        }
        for list in lexicon.names.values_mut() {
            list.sort_by_key(|(rest, _, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    /// The verbs of which who does this one does none.
    pub(crate) fn opposites(&self, lemma: &str) -> impl Iterator<Item = &str> {
        self.opposites.get(lemma).into_iter().flatten().map(String::as_str)
    }

    fn add_verb(&mut self, entry: &str, inflection: &Inflection<'_>, ids: &mut HashMap<String, u32>) -> u32 {
        let mut given = entry.split_whitespace();
        let lemma = given.next().unwrap_or_default();
        if let Some(known) = ids.get(lemma) {
            return *known;
        }
        let id = u32::try_from(self.lemmas.len()).unwrap_or(u32::MAX);
        self.lemmas.push(lemma.to_owned());
        ids.insert(lemma.to_owned(), id);
        let [mut third, mut past, mut participle, mut gerund] = inflection.forms(lemma);
        for (at, form) in given.enumerate() {
            match at {
                0 => {
                    form.clone_into(&mut past);
                    form.clone_into(&mut participle);
                }
                1 => form.clone_into(&mut participle),
                2 => form.clone_into(&mut gerund),
                _ => form.clone_into(&mut third),
            }
        }
        let no = Forms::default();
        for (text, form) in [
            (lemma, Forms { base: true, ..no }),
            (&third, Forms { third: true, ..no }),
            (&past, Forms { past: true, ..no }),
            (&participle, Forms { participle: true, ..no }),
            (&gerund, Forms { gerund: true, ..no }),
        ] {
            for text in text.split('/') {
                let list = self.verbs.entry(text.to_owned()).or_default();
                match list.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, forms)) => {
                        forms.base |= form.base;
                        forms.third |= form.third;
                        forms.past |= form.past;
                        forms.participle |= form.participle;
                        forms.gerund |= form.gerund;
                    }
                    None => list.push((id, form)),
                }
            }
        }
        id
    }

    fn add_entry(&mut self, id: &str, kind: EntryKind, names: &[(&str, Alias)]) {
        let at = self.table.len();
        let first = names.first().and_then(|(names, _)| names.split(',').next()).unwrap_or(id).trim();
        self.table.push(Entry { id: id.to_owned(), name: first.to_owned(), kind });
        for (names, alias) in names {
            for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
                let mut words = name.split_whitespace().map(str::to_owned);
                let Some(head) = words.next() else { continue };
                self.names.entry(head).or_default().push((words.collect(), at, *alias));
            }
        }
    }

    /// The readings of a word as a verb: lemma and forms.
    pub(crate) fn verb(&self, word: &str) -> &[(u32, Forms)] {
        self.verbs.get(word).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn lemma(&self, id: u32) -> &str {
        self.lemmas.get(id as usize).map_or("", String::as_str)
    }

    /// What the verb `id` does with the words after it, and how many of them belong to it: of the
    /// longest phrases that fit, all classes.
    pub(crate) fn verbal(&self, id: u32, after: &[&str]) -> (Classes, usize) {
        let (mut classes, mut longest, mut most) = (Classes::default(), 0, 0);
        for phrase in self.verbals.get(&id).map_or(&[][..], Vec::as_slice) {
            let Some(length) = fits(&phrase.rest, after) else { continue };
            if phrase.rest.len() > most {
                (classes, longest, most) = (Classes::default(), length, phrase.rest.len());
            }
            if phrase.rest.len() == most {
                classes.put(phrase.class);
                longest = longest.max(length);
            }
        }
        (classes, longest)
    }

    /// What the words `at` stand for, each phrase that begins there with its length.
    pub(crate) fn phrases<'l>(
        &'l self,
        first: &str,
        after: &'l [&'l str],
    ) -> impl Iterator<Item = (Class, usize)> + 'l {
        self.words
            .get(first)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(move |phrase| fits(&phrase.rest, after).map(|length| (phrase.class, length + 1)))
    }

    /// The longest name of the table at the beginning of `words` (as written): its length, entry and
    /// how it stands for it.
    pub(crate) fn name(&self, words: &[&str]) -> Option<(usize, usize, Alias)> {
        let list = self.names.get(*words.first()?)?;
        list.iter().find_map(|(rest, at, alias)| {
            let here = rest.len() < words.len() || rest.is_empty() && words.len() == 1;
            let here = here && rest.iter().zip(&words[1..]).all(|(a, b)| a == b);
            here.then_some((rest.len() + 1, *at, *alias))
        })
    }

    /// Every phrase of the files of words and verbals, for the test that none is fitted to a text.
    pub(crate) fn entries(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (head, list) in &self.words {
            for phrase in list {
                all.push(std::iter::once(head).chain(&phrase.rest).cloned().collect::<Vec<_>>().join(" "));
            }
        }
        for (id, list) in &self.verbals {
            for phrase in list {
                let head = self.lemma(*id).to_owned();
                all.push(std::iter::once(&head).chain(&phrase.rest).cloned().collect::<Vec<_>>().join(" "));
            }
        }
        all.sort();
        all.dedup();
        all
    }
}

/// How many of the words `after` the phrase takes; `*` stands for up to six words.
fn fits(rest: &[String], after: &[&str]) -> Option<usize> {
    let Some((first, others)) = rest.split_first() else { return Some(0) };
    if first == "*" {
        return (0..=6usize.min(after.len()))
            .take_while(|skip| after[..*skip].iter().all(|word| word.starts_with(char::is_alphanumeric)))
            .find_map(|skip| fits(others, &after[skip..]).map(|length| length + skip));
    }
    let (word, after) = after.split_first()?;
    (word == first).then(|| fits(others, after).map(|length| length + 1))?
}
