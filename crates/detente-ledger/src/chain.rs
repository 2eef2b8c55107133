//! Entries in a row: reading, checking, and where each forecast stands.

use std::collections::HashMap;

use super::entry::SEAL_MEMBER;
use super::{Body, Content, Day, Entry, Forecast, Probability, Resolution, Seal, Source, Void, Withdrawal};

/// The longest text in an entry, in characters.
const LONGEST: usize = 4_000;
/// The most answers to a question.
const MOST_ANSWERS: usize = 64;

/// A ledger that holds.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    standings: Vec<Standing>,
    by_id: HashMap<String, usize>,
}

/// A forecast and where it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The place of its entry, from 0.
    pub entry: usize,
    /// What it says.
    pub forecast: Forecast,
    /// What became of it.
    pub status: Status,
}

/// What became of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing yet.
    Open,
    /// This answer came true, by this resolution in this entry (its place from 0).
    Resolved {
        /// The place of the answer.
        answer: usize,
        /// How that is known.
        resolution: Resolution,
        /// The place of the entry.
        entry: usize,
    },
    /// It is not scored, for this reason.
    Void {
        /// Why.
        reason: String,
        /// The place of the entry.
        entry: usize,
    },
}

/// Where a ledger is broken first, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The place of the entry, from 1: also the line.
    pub entry: u64,
    /// Which kind of break.
    pub fault: Fault,
    /// In words, going on from "entry 3: …".
    pub words: String,
}

/// Kinds of break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The last line has no end.
    Cut,
    /// Something wrote the line ends anew, or a mark before the first one: every line is as it was but for that.
    #[serde(rename = "line_ends")]
    LineEnds,
    /// The line is no entry.
    Malformed,
    /// The number is not the next one.
    Number,
    /// It does not continue the entry before.
    Link,
    /// The seal does not fit what is sealed.
    Seal,
    /// It is earlier than the entry before.
    Time,
    /// It says something that cannot be said there.
    Content,
}

impl Break {
    /// In words, going on from "the ledger is …".
    #[must_use]
    pub fn told(&self) -> String {
        match self.fault {
            Fault::LineEnds => format!("not as it was sealed: {}", self.words),
            _ => format!("broken at entry {}: {}", self.entry, self.words),
        }
    }
}

impl Ledger {
    /// Reads and checks a whole ledger: an empty one holds.
    ///
    /// # Complexity
    /// Linear in the size of the file.
    ///
    /// # Errors
    /// The first entry that does not hold.
    pub fn read(bytes: &[u8]) -> Result<Self, Break> {
        if let Some(words) = written_anew(bytes) {
            return Err(Break { entry: 1, fault: Fault::LineEnds, words });
        }
        let mut ledger = Self::default();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let entry = ledger.next_number();
            let broken = |fault, words: String| Break { entry, fault, words };
            let (body, seal, sealed) = parse(line).map_err(|(fault, words)| broken(fault, words))?;
            if body.entry != entry {
                return Err(broken(
                    Fault::Number,
                    format!("it has the number {}: an entry was left out, repeated or moved", body.entry),
                ));
            }
            if body.previous.as_ref() != ledger.head() {
                let words = "it does not continue the entry before it: `previous` is not that entry's seal";
                return Err(broken(Fault::Link, words.to_owned()));
            }
            if Seal::of(&sealed) != seal {
                let words = "its seal does not fit: something in it was changed after it was sealed";
                return Err(broken(Fault::Seal, words.to_owned()));
            }
            if let Some(earlier) = ledger.earlier(&body) {
                return Err(broken(Fault::Time, earlier));
            }
            ledger.admits(&body).map_err(|words| broken(Fault::Content, words))?;
            ledger.push(Entry { body, seal });
        }
        Ok(ledger)
    }

    /// All entries, the first first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All forecasts, in the order in which they were recorded.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// The forecast with this id.
    pub fn standing(&self, id: &str) -> Option<&Standing> {
        self.by_id.get(id).map(|at| &self.standings[*at])
    }

    /// The seal of the last entry.
    pub fn head(&self) -> Option<&Seal> {
        self.entries.last().map(|entry| &entry.seal)
    }

    /// The number of the next entry.
    pub fn next_number(&self) -> u64 {
        self.entries.len() as u64 + 1
    }

    /// Why `body` is too early for this ledger, if it is.
    pub fn earlier(&self, body: &Body) -> Option<String> {
        let last = self.entries.last()?.body.recorded;
        (body.recorded < last).then(|| {
            format!("its time, {}, is earlier than {last}, that of the entry before it", body.recorded)
        })
    }

    /// Whether `body` may be said next: the rules of the ledger, beyond form and seals.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn admits(&self, body: &Body) -> Result<(), String> {
        for (what, text) in [("author", &body.author), ("note", &body.note)] {
            text.as_ref().map_or(Ok(()), |text| readable(what, text))?;
        }
        readable("program", &body.program.name).and(readable("program", &body.program.version))?;
        match &body.says {
            Content::Forecast(forecast) => {
                if self.by_id.contains_key(&forecast.id) {
                    return Err(format!("there is a forecast `{}` already", forecast.id));
                }
                forecast_is_sound(forecast, body.recorded.day())
            }
            Content::Resolution(resolution) => {
                let Resolution { forecast, answer, on, source } = resolution;
                let standing = self.open(forecast)?;
                if !standing.forecast.answers.iter().any(|a| a.answer == *answer) {
                    let answers = standing.forecast.answers.iter().map(|a| format!("`{}`", a.answer));
                    let answers: Vec<String> = answers.collect();
                    return Err(format!(
                        "`{answer}` is not an answer of the forecast `{forecast}`: they are {}",
                        answers.join(", ")
                    ));
                }
                if *on > body.recorded.day() {
                    return Err(format!("it was settled on {on}, after it was recorded"));
                }
                source_is_sound(source)
            }
            Content::Void(Void { forecast, reason }) => {
                self.open(forecast)?;
                readable("reason", reason)
            }
            Content::Withdrawal(Withdrawal { forecast, entry, reason }) => {
                let standing = self.known(forecast)?;
                match &standing.status {
                    Status::Open => {
                        Err(format!("the forecast `{forecast}` is open: nothing can be taken back"))
                    }
                    Status::Resolved { entry: at, .. } | Status::Void { entry: at, .. } => {
                        if *entry == *at as u64 + 1 {
                            readable("reason", reason)
                        } else {
                            Err(format!(
                                "entry {entry} is not what closed the forecast `{forecast}`: that is entry {}",
                                at + 1
                            ))
                        }
                    }
                }
            }
        }
    }

    fn known(&self, id: &str) -> Result<&Standing, String> {
        self.standing(id).ok_or_else(|| format!("there is no forecast `{id}` before it"))
    }

    fn open(&self, id: &str) -> Result<&Standing, String> {
        let standing = self.known(id)?;
        match &standing.status {
            Status::Open => Ok(standing),
            Status::Resolved { resolution, entry, .. } => Err(format!(
                "the forecast `{id}` is resolved already: entry {} says `{}`",
                entry + 1,
                resolution.answer
            )),
            Status::Void { entry, .. } => {
                Err(format!("the forecast `{id}` is void already, by entry {}", entry + 1))
            }
        }
    }

    /// Appends an entry that was checked.
    pub(super) fn push(&mut self, entry: Entry) {
        let place = self.entries.len();
        match &entry.body.says {
            Content::Forecast(forecast) => {
                self.by_id.insert(forecast.id.clone(), self.standings.len());
                let status = Status::Open;
                self.standings.push(Standing { entry: place, forecast: forecast.clone(), status });
            }
            Content::Resolution(resolution) => self.set(&resolution.forecast, |forecast| Status::Resolved {
                answer: forecast.answers.iter().position(|a| a.answer == resolution.answer).unwrap_or(0),
                resolution: resolution.clone(),
                entry: place,
            }),
            Content::Void(void) => {
                self.set(&void.forecast, |_| Status::Void { reason: void.reason.clone(), entry: place });
            }
            Content::Withdrawal(withdrawal) => self.set(&withdrawal.forecast, |_| Status::Open),
        }
        self.entries.push(entry);
    }

    fn set(&mut self, id: &str, status: impl FnOnce(&Forecast) -> Status) {
        if let Some(standing) = self.by_id.get(id).and_then(|at| self.standings.get_mut(*at)) {
            standing.status = status(&standing.forecast);
        }
    }
}

/// Says what an editor, or a program that copies files between systems, does to a text as a whole: the bytes that are
/// sealed are then not those that are there.
fn written_anew(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Some(
            "the file begins with a byte order mark, which an editor put there: the lines behind it may be as they \
             were. Save it as UTF-8 without one"
                .to_owned(),
        );
    }
    // A line of a ledger escapes what controls a terminal: a CR in the file is never one of an entry.
    let first = bytes.split_inclusive(|byte| *byte == b'\n').next()?;
    let alone = !bytes.contains(&b'\n') && bytes.contains(&b'\r');
    if !first.ends_with(b"\r\n") && !alone {
        return None;
    }
    let (found, tool) = if alone {
        ("CR alone, as old Macintosh programs write them", "mac2unix")
    } else {
        ("CR LF, as Windows writes them", "dos2unix")
    };
    let plain: Vec<u8> = if alone {
        bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect()
    } else {
        // However often: a file that was turned twice has CR CR LF.
        bytes.iter().copied().filter(|byte| *byte != b'\r').collect()
    };
    let then = match Ledger::read(&plain) {
        Ok(ledger) if ledger.entries().len() == 1 => "with LF alone the one entry holds".to_owned(),
        Ok(ledger) => format!("with LF alone all {} entries hold", ledger.entries().len()),
        Err(broken) => {
            format!("with LF alone it would be broken at entry {}: {}", broken.entry, broken.words)
        }
    };
    Some(format!(
        "its line ends are {found}, and it was sealed with LF: an editor, or git on the way, wrote the whole file anew; \
         {then}. Turn them back (`{tool}`), and let git leave the file alone: a line `*.jsonl -text` in .gitattributes"
    ))
}

/// Takes a line apart: the body, the seal, and the bytes that it seals.
fn parse(line: &[u8]) -> Result<(Body, Seal, String), (Fault, String)> {
    let malformed = |words: &str| (Fault::Malformed, words.to_owned());
    let Some(line) = line.strip_suffix(b"\n") else {
        let words = "the last line has no end: it was cut off, or something was put behind it";
        return Err((Fault::Cut, words.to_owned()));
    };
    let text = std::str::from_utf8(line).map_err(|_| malformed("the line is not UTF-8"))?;
    let (head, tail) =
        text.rsplit_once(SEAL_MEMBER).ok_or_else(|| malformed("the line does not end in a seal"))?;
    let seal = tail.strip_suffix("\"}").and_then(|seal| Seal::try_from(seal.to_owned()).ok());
    let seal = seal.ok_or_else(|| malformed("the line does not end in a seal"))?;
    let sealed = format!("{head}}}");
    let body: Body = serde_json::from_str(&sealed)
        .map_err(|error| (Fault::Malformed, format!("the line is not an entry: {error}")))?;
    if body.canonical().ok().as_deref() != Some(&sealed) {
        return Err(malformed("the line is not in the one form that entries are written in"));
    }
    Ok((body, seal, sealed))
}

fn forecast_is_sound(forecast: &Forecast, recorded: Day) -> Result<(), String> {
    let Forecast { id, question, as_of, resolves, hindsight, answers, basis } = forecast;
    if !is_id(id) {
        return Err(format!("`{id}` is not an id: use lower-case letters, digits and single hyphens"));
    }
    readable("question", question)?;
    if as_of.is_some_and(|day| day > recorded) {
        return Err("it knows what happened up to a day after it was recorded".to_owned());
    }
    if *resolves < recorded && !hindsight {
        return Err(format!("the day by which it is answered, {resolves}, is past: that is hindsight"));
    }
    if !(2..=MOST_ANSWERS).contains(&answers.len()) {
        return Err(format!("it has {} answers: from 2 to {MOST_ANSWERS} are possible", answers.len()));
    }
    for (at, a) in answers.iter().enumerate() {
        readable("answer", &a.answer)?;
        if answers[..at].iter().any(|b| b.answer == a.answer) {
            return Err(format!("the answer `{}` stands there twice", a.answer));
        }
    }
    let sum = Probability::sum(answers.iter().map(|a| a.probability));
    if sum != Probability::sum([Probability::ONE]) {
        let sum = sum as f64 / 1e6;
        return Err(format!("its probabilities add up to {sum}, not to 1"));
    }
    if let super::Basis::Case(case) = basis {
        readable("title of the case", &case.title)?;
        let texts = [&case.digest, &case.ensemble].into_iter().chain(&case.variant).chain(&case.concept);
        for text in texts.chain(case.outcomes.iter().flatten()) {
            readable("basis", text)?;
        }
        if case.outcomes.len() != answers.len() {
            return Err("its basis does not name one outcome per answer".to_owned());
        }
        if let super::Method::Sampled { intervals, .. } = &case.method
            && intervals.len() != answers.len()
        {
            return Err("its basis does not have one interval per answer".to_owned());
        }
    }
    Ok(())
}

fn source_is_sound(source: &Source) -> Result<(), String> {
    readable("title of the source", &source.title)?;
    for (what, text) in [("publisher", &source.publisher), ("address of the source", &source.url)] {
        text.as_ref().map_or(Ok(()), |text| readable(what, text))?;
    }
    let date = &source.date;
    let whole = ["", "-01", "-01-01"].iter().any(|end| format!("{date}{end}").parse::<Day>().is_ok());
    if whole { Ok(()) } else { Err(format!("`{date}` is not a date: write it like 2025-12-31 or 2025-12")) }
}

/// Lower-case letters, digits and single hyphens.
fn is_id(id: &str) -> bool {
    id.len() <= 100
        && id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// Something to read, on one line.
fn readable(what: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err(format!("the {what} is empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("the {what} has a line end or another control character"));
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(format!("the {what} is longer than {LONGEST} characters"));
    }
    Ok(())
}
