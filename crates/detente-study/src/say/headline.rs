//! The answer in one breath: the first line of every answer, in every medium.

use detente_model::{Concept, Conflict, Expr, OutcomeStates, Question, QuestionKind, State};
use num_bigint::BigUint;

use crate::find::findings::Findings;
use crate::find::headline::{Decided, Hangs, Headline};
use crate::find::states;
use crate::say::answers::{self, Reply, why};
use crate::say::standing::resting;
use crate::say::{concept, judgement, names, reason, words};
use crate::show::doc::Line;

/// Outcomes that are named.
const NAMED: usize = 4;

/// The headline in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The question that the first word answers, where the case asks it in other words above; else empty.
    pub ask: String,
    /// The first word: `Yes`, `No`; empty when the case asks nothing that has one.
    pub lead: String,
    /// What the first word says, in one sentence.
    pub text: String,
    /// The other answer of actors that look ahead; empty when there is none.
    pub ahead: String,
    /// What the answer hangs on; empty when nothing is known of it.
    pub hangs: String,
    /// What lasts, by name.
    pub lasts: String,
    /// The judgement to check first; empty where nobody asked for it.
    pub check: String,
    /// What to check after that.
    pub next: String,
}

impl Said {
    /// All of it as one text.
    #[must_use]
    pub fn words(&self) -> String {
        let lead = if self.lead.is_empty() { String::new() } else { format!("{}. ", self.lead) };
        lead + &self.rest()
    }

    /// All of it behind the first word.
    #[must_use]
    pub fn rest(&self) -> String {
        let parts = [&self.text, &self.ahead, &self.hangs].into_iter().filter(|part| !part.is_empty());
        parts.cloned().collect::<Vec<_>>().join(" ")
    }

    /// The judgement to check first, and what after that.
    #[must_use]
    pub fn checks(&self) -> String {
        let space = if self.check.is_empty() || self.next.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.check, self.next)
    }

    /// All of it as a line.
    #[must_use]
    pub fn line(&self) -> Line {
        let mut line = Line::new();
        if !self.ask.is_empty() {
            line = line.plain(format!("{} ", self.ask));
        }
        if !self.lead.is_empty() {
            line = line.strong(format!("{}.", self.lead)).plain(" ");
        }
        line = line.plain(self.text.clone());
        if !self.ahead.is_empty() {
            line = line
                .plain(" ")
                .strong("With foresight, yes")
                .plain(self.ahead.strip_prefix("With foresight, yes").unwrap_or(&self.ahead).to_owned());
        }
        if !self.hangs.is_empty() {
            line = line.plain(format!(" {}", self.hangs));
        }
        line
    }
}

/// The headline in words; `replies`: the questions of the case, answered, as far as they are.
#[must_use]
pub fn said(found: &Findings, headline: &Headline, replies: &[Reply]) -> Said {
    let answered = |id: &str| replies.iter().find(|reply| reply.id == id).map(|reply| reply.brief.clone());
    told(found, headline, &answered)
}

/// As [`said`]; `answered`: the answer to a question in a few words, by its id.
pub fn told(found: &Findings, headline: &Headline, answered: &dyn Fn(&str) -> Option<String>) -> Said {
    let question = headline.question.and_then(|at| found.conflict.questions.get(at));
    let lasts = lasts(found, headline, question.and_then(|q| q.concept).unwrap_or(Concept::Nash));
    let check = headline.check.as_ref();
    let next = check.map(|check| judgement::next(&found.conflict, check)).unwrap_or_default();
    let check = check.map(|check| judgement::first(&found.conflict, check)).unwrap_or_default();
    match (question, &headline.decided) {
        (Some(question), Some(decided)) => Said {
            ask: match &found.conflict.about.question {
                Some(above) if *above == question.ask => String::new(),
                _ => question.ask.clone(),
            },
            lead: if decided.yes { "Yes" } else { "No" }.to_owned(),
            text: decided_words(found, headline, decided, question),
            ahead: decided.foresight.as_ref().map_or_else(String::new, |a| why::looking_ahead(found, a)),
            hangs: hangs(found, decided),
            lasts,
            check,
            next,
        },
        // Of another kind: who, how often, what. The whole answer stands with the question.
        (question, None) => {
            let brief = question.and_then(|question| Some((question, answered(&question.id)?)));
            match brief.filter(|(_, brief)| !brief.is_empty()) {
                Some((question, brief)) => {
                    let end = if question.ask.ends_with(['?', '.', '!', ':']) { "" } else { ":" };
                    let text = format!("{}{end} {brief}.", question.ask);
                    Said { text, lasts, ..Said::default() }
                }
                None => Said { text: lasts.clone(), lasts, ..Said::default() },
            }
        }
        (None, Some(_)) => Said { text: lasts.clone(), lasts, ..Said::default() },
    }
}

/// What lasts: `3 of 128 possible outcomes last: “Today”, “Moscow deal” and “Western peace, guaranteed”.`
fn lasts(found: &Findings, headline: &Headline, which: Concept) -> String {
    let possible = words::counted(&headline.possible, "possible outcome", "possible outcomes");
    let Some(lasting) = &headline.lasting else {
        return match which.undefined_for(&found.conflict.game) {
            Some(why) => concept::refused(which, why),
            None => format!("What lasts is not known: a bound cut {} short.", concept::name(which)),
        };
    };
    let under =
        if which == Concept::Nash { String::new() } else { format!(" under {}", concept::short(which)) };
    if *lasting == BigUint::ZERO {
        let stable = found.solution.verdicts.equilibria(which).map(|set| set.count()).unwrap_or_default();
        if stable > BigUint::ZERO {
            let stable = words::counted(&stable, "outcome would be", "outcomes would be");
            return format!(
                "Nothing lasts{under}: of the {possible}, {stable} stable, but out of reach or undone by a date."
            );
        }
        return if headline.possible == BigUint::from(1_u32) {
            format!("Nothing lasts{under}: someone would leave the one possible outcome.")
        } else {
            format!("Nothing lasts{under}: someone would leave each of the {possible}.")
        };
    }
    let last = if *lasting == BigUint::from(1_u32) { "lasts" } else { "last" };
    let names = named(found, headline, which, lasting);
    format!("{} of {possible} {last}{under}: {}.", words::count(lasting), words::list(&names))
}

/// What lasts by name: each outcome where they are few, else how many there are of each name.
fn named(found: &Findings, headline: &Headline, which: Concept, lasting: &BigUint) -> Vec<String> {
    let conflict = &found.conflict;
    if *lasting == BigUint::from(headline.first.len()) || conflict.outcomes.is_empty() {
        return names::some(conflict, &headline.first, lasting, NAMED);
    }
    let mut list = Vec::new();
    let mut left = lasting.clone();
    for (at, outcome) in conflict.outcomes.iter().enumerate() {
        let count = found.count_lasting(which, &states::named(conflict, at)).unwrap_or_default();
        if count > BigUint::ZERO && list.len() < NAMED {
            let name = names::quoted(names::brief(&names::named(conflict, outcome)));
            let one = count == BigUint::from(1_u32);
            list.push(if one { name } else { format!("{name} ({} outcomes)", words::count(&count)) });
            left -= count;
        }
    }
    if left > BigUint::ZERO {
        list.push(format!("{} more", words::count(&left)));
    }
    list
}

/// A clause in at most so many letters says what is asked about; else it is "it".
const SHORT: usize = 60;

/// What a formula says as a short clause, without an inner "and", "or", "not" or "if"; else `None`.
pub(crate) fn plain(conflict: &Conflict, that: &Expr) -> Option<String> {
    let so = reason::clause(conflict, that, true);
    let plain = so.chars().count() <= SHORT
        && [" and ", " or ", " not ", " if "].iter().all(|word| !so.contains(word));
    plain.then_some(so)
}

/// What is asked about as a clause, and its contrary: `the agreement holds`, `the agreement does not hold`.
fn clauses(found: &Findings, question: &Question) -> (String, String) {
    if let Some(OutcomeStates::Formula(that)) = &question.outcome
        && let Some(so) = plain(&found.conflict, that)
    {
        return (so, reason::clause(&found.conflict, that, false));
    }
    ("it holds".to_owned(), "it does not hold".to_owned())
}

fn decided_words(found: &Findings, headline: &Headline, decided: &Decided, question: &Question) -> String {
    let which = question.concept.unwrap_or(Concept::Nash);
    // Of what lasts only what the question takes as given.
    let of = question.given.as_ref().and_then(|given| Some(found.lasting(which)?.among(given).count()));
    let all = of.or_else(|| headline.lasting.clone()).unwrap_or_default();
    let given = answers::in_which(&found.conflict, question);
    let one = BigUint::from(1_u32);
    let named = |state: Option<&State>| {
        let name = state.map(|state| names::outcome(&found.conflict, state)).unwrap_or_default();
        names::quoted(names::brief(&name))
    };
    let (so, not) = clauses(found, question);
    let certain = question.kind == QuestionKind::Certain;
    let example = named(decided.shown.first());
    let last = format!("{}{given}", answers::outcomes_that(which, &all));
    let (lasting, lasts) = (concept::lasting(which), concept::lasts(which));
    let two = all == BigUint::from(2_u32);
    let text = match (&decided.hangs, decided.yes) {
        (Hangs::NotPossible, _) => "the rules of the case leave no room for it".to_owned(),
        (Hangs::NothingLasts, _) => "nothing lasts: someone would leave each possible outcome".to_owned(),
        (_, true) if all == one => format!("{so} in the one outcome {lasts}{given}: {example}"),
        (_, false) if all == one => {
            let only = found.lasting(which).and_then(|set| match &question.given {
                Some(given) => set.among(given).first(1).pop(),
                None => set.first(1).pop(),
            });
            format!("{not} in the one outcome {lasts}{given}: {}", named(only.as_ref()))
        }
        (_, true) if decided.hits == all && two => format!("{so} in both outcomes {lasting}{given}"),
        (_, true) if decided.hits == all => format!("{so} in all {last}"),
        (_, true) if decided.hits == one => format!("{so} in one of the {last}: {example}"),
        (_, true) => format!("{so} in {} of the {last}, such as {example}", words::count(&decided.hits)),
        (_, false) if !certain || decided.hits == BigUint::ZERO => {
            format!("{so} in {} of the {last}", if two { "neither" } else { "none" })
        }
        (_, false) => {
            format!("{not} in {} of the {last}, such as {example}", words::count(&(&all - &decided.hits)))
        }
    };
    format!("{}.", words::capital(&text))
}

fn hangs(found: &Findings, decided: &Decided) -> String {
    match &decided.hangs {
        Hangs::NotPossible | Hangs::NothingLasts | Hangs::NotLookedAt => String::new(),
        Hangs::Left(leavers) => why::leaving(found, leavers),
        Hangs::On { overturned, unsupported, turns } => {
            let conflict = &found.conflict;
            let mut parts = Vec::new();
            if let Some(list) = resting::named(conflict, overturned) {
                parts.push(match (turns, decided.shown.as_slice()) {
                    (true, _) => format!("It hangs on this: the answer would not stand without {list}"),
                    (false, [one]) => {
                        let name = names::quoted(names::brief(&names::outcome(conflict, one)));
                        format!("{name}, exactly as it is, would not last without {list}")
                    }
                    (false, _) => format!("None of the outcomes that show it would last without {list}"),
                });
            }
            if let Some(list) = resting::few(conflict, unsupported, 2) {
                parts.push(format!("without {list}, somebody would stay only for lack of a motive"));
            }
            match parts.as_slice() {
                [] if conflict.evidence.claims.is_empty() => String::new(),
                [] => "It hangs on no single claim and no single speaker.".to_owned(),
                parts => format!("{}.", words::capital(&parts.join("; "))),
            }
        }
    }
}

/// What is said of a case whose claims contradict each other, as one account of it tells it.
#[must_use]
pub fn as_told(conflict: &Conflict, text: String) -> String {
    match &conflict.account {
        None => text,
        Some(account) => {
            let title = account.title.as_ref().map_or_else(String::new, |title| format!(", {title}"));
            format!("In the account {}{title}: {text}", names::quoted(&account.id))
        }
    }
}
