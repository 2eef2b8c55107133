//! Exports of data of the field (ACLED, UCDP GED, GDELT 2.0, PA-X) into the situation of a case: events, instruments,
//! ties, with the rows as evidence. Nothing is fetched, and nothing that an answer depends on is written.
//!
//! A table is read as a stream: what stays in memory are the rows that are taken and the names. Memory is bounded by
//! [`BYTES`], since more than a file holds is never kept.

mod head;
mod plan;
mod row;
mod when;
mod who;
mod words;

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Read};

use detente_model::Conflict;

pub use head::{About, Export, NotKnown};
pub use plan::{Added, Altered, Outcome, Partial};
pub use row::{Kind, Left};
pub use when::NoDay;
pub use who::{How, NAMES, Named};

use crate::EditError;
use row::Asked;

/// The largest table, in bytes.
pub const BYTES: u64 = 200 << 20;
/// At most so many entries are added at once.
pub const ENTRIES: usize = 2000;
/// Up to so many rows, each is an event of its own; more are counted by month.
pub const SINGLE: u64 = 40;
/// From so many rows of conflict in deeds on, a strained tie is proposed.
pub const STRAIN: u64 = 10;
/// So many examples of each reason are kept.
pub const EXAMPLES: usize = 10;

/// What becomes of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each is an event.
    Events,
    /// They are counted by month, pair of actors and kind.
    Counts,
}

/// From when to when, as far as it is asked for: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first day, month or year.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
}

/// How a table is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataSettings {
    /// Names of the data with the ids of actors.
    pub actors: Vec<(String, String)>,
    /// Which days.
    pub span: Span,
    /// What becomes of rows; `None`: events up to [`SINGLE`] rows, else counts.
    pub form: Option<Form>,
    /// Also rows with one side in the case only.
    pub one_side: bool,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum DataError {
    /// The table is none that is known.
    NotKnown(NotKnown),
    /// It is larger than [`BYTES`].
    TooLarge,
    /// It could not be read on.
    Read(std::io::Error),
    /// Ids that are no actors of the case, and days that are none.
    Settings(Vec<Wrong>),
    /// More than [`ENTRIES`] entries would be added: so many.
    TooMany(usize),
    /// The case would be larger than a case may be: so many bytes.
    CaseTooLarge(usize),
    /// The case cannot be written into.
    Edit(EditError),
}

/// Something wrong in what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No actor has this id; perhaps that one is meant.
    Actor(String, Option<String>),
    /// Not a day, month or year.
    Day(String),
    /// The last day is before the first.
    Backwards,
}

/// Why some rows were left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub rows: u64,
    /// The lines in which some of them begin, with the cell that shows why; at most [`EXAMPLES`].
    pub examples: Vec<(u64, String)>,
}

/// What was found in a table, and the case with it.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Which export it is.
    pub export: Export,
    /// Its version, by the name of the file.
    pub version: Option<String>,
    /// The day of its newest row or time stamp.
    pub latest: Option<String>,
    /// BLAKE3 of the file.
    pub digest: String,
    /// How many rows it has.
    pub rows: u64,
    /// How many were taken.
    pub taken: u64,
    /// In how many rows letters that are no UTF-8 were replaced.
    pub replaced: u64,
    /// What became of the rows.
    pub form: Form,
    /// The days that were asked for.
    pub span: Span,
    /// Whether the last day is the date of the case, because none was asked for.
    pub to_as_of: bool,
    /// Why rows were left out.
    pub left: BTreeMap<Left, LeftOut>,
    /// Names that mean actors of the case.
    pub matched: Vec<Named>,
    /// Names that may mean an actor: for the user to say.
    pub near: Vec<Named>,
    /// The other names, the most frequent first.
    pub unknown: Vec<(String, u64)>,
    /// In how many rows stand names beyond the first [`NAMES`], which are not counted one by one.
    pub uncounted: u64,
    /// What the user said of names that stand nowhere.
    pub unused: Vec<String>,
    /// What became of the case.
    pub outcome: Outcome,
}

/// Reads a table, and puts what it says of the actors of `case` into its text.
///
/// `file` is the name of the table, without folders. `conflict` is what `case` says.
///
/// # Errors
/// See [`DataError`]: nothing is changed then.
///
/// # Complexity
/// Linear in the table; each name is compared with the actors once. Memory is linear in the rows that are taken.
pub fn data(
    file: &str,
    table: impl Read,
    case: &str,
    conflict: &Conflict,
    settings: &DataSettings,
) -> Result<Imported, DataError> {
    let (said, span, to_as_of) = asked(conflict, settings)?;
    let mut table = Hashed {
        inner: BufReader::with_capacity(1 << 16, table.take(BYTES + 1)),
        hash: blake3::Hasher::new(),
        bytes: 0,
    };
    let head = beginning(&mut table)?;
    let recognised = {
        let body = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        head::recognise(body).map_err(DataError::NotKnown)?
    };
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(recognised.separator)
        .has_headers(recognised.named)
        .flexible(true)
        // GDELT's own files know no quotes.
        .quoting(recognised.named)
        .from_reader((&head[mark..]).chain(&mut table));
    let mut found = Found {
        who: who::Who::new(&conflict.game.actors, &said),
        left: BTreeMap::new(),
        gathered: plan::Gathered::default(),
        seen: HashSet::new(),
        rows: 0,
        taken: 0,
        replaced: 0,
        latest: None,
    };
    let asked = Asked { from: span.from.as_deref(), to: span.to.as_deref(), one_side: settings.one_side };
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(broken)? {
        let line = record.position().map_or(0, csv::Position::line);
        found.take(&recognised, std::mem::take(&mut record), line, &asked);
    }
    drop(reader);
    let digest = table.finish()?;
    let version = version(file);
    let form = settings.form.unwrap_or(if found.taken <= SINGLE { Form::Events } else { Form::Counts });
    let cited = plan::Cited {
        export: recognised.export,
        version: version.as_deref(),
        latest: found.latest.as_deref(),
        file,
        digest: &digest,
    };
    let outcome = plan::plan(case, conflict, &found.gathered, form, &span, &cited)?;
    let unused = found.who.unused(&said);
    let uncounted = found.who.uncounted;
    let (matched, near, unknown) = found.who.all();
    Ok(Imported {
        export: recognised.export,
        version,
        latest: found.latest,
        digest,
        rows: found.rows,
        taken: found.taken,
        replaced: found.replaced,
        form,
        span,
        to_as_of,
        left: found.left,
        matched,
        near,
        unknown,
        uncounted,
        unused,
        outcome,
    })
}

type Said = Vec<(String, usize)>;

/// What was asked, held to the case: all that is wrong at once.
fn asked(conflict: &Conflict, settings: &DataSettings) -> Result<(Said, Span, bool), DataError> {
    let mut wrong = Vec::new();
    let mut said = Vec::new();
    let ids = || conflict.game.actors.iter().map(|actor| actor.id.as_str());
    for (name, id) in &settings.actors {
        match ids().position(|known| known == id) {
            Some(at) => said.push((name.clone(), at)),
            None => {
                wrong.push(Wrong::Actor(id.clone(), crate::near::Near::default().miss("an actor", id, ids())))
            }
        }
    }
    let mut span = settings.span.clone();
    for day in [&span.from, &span.to].into_iter().flatten() {
        if !crate::forms::is_date(day) {
            wrong.push(Wrong::Day(day.clone()));
        }
    }
    let to_as_of = span.to.is_none() && conflict.about.as_of.is_some();
    if to_as_of {
        span.to.clone_from(&conflict.about.as_of);
    }
    if let (Some(from), Some(to)) = (&settings.span.from, &settings.span.to)
        && from > to
        && !from.starts_with(to.as_str())
    {
        wrong.push(Wrong::Backwards);
    }
    if wrong.is_empty() { Ok((said, span, to_as_of)) } else { Err(DataError::Settings(wrong)) }
}

/// What is gathered while a table is read.
struct Found {
    who: who::Who,
    left: BTreeMap<Left, LeftOut>,
    gathered: plan::Gathered,
    seen: HashSet<String>,
    rows: u64,
    taken: u64,
    replaced: u64,
    latest: Option<String>,
}

impl Found {
    fn take(&mut self, head: &head::Head, record: csv::ByteRecord, line: u64, asked: &Asked<'_>) {
        // A row of nothing but separators is how spreadsheets end a table.
        if record.iter().all(<[u8]>::is_empty) {
            return;
        }
        self.rows += 1;
        // Before anything is made of it: behind a quote that stays open stands the rest of the table.
        if record.len() != head.width {
            return self.leave(Left::Width, line, format!("{} columns", record.len()));
        }
        let whole = std::str::from_utf8(record.as_slice()).is_ok();
        let text = csv::StringRecord::from_byte_record_lossy(record);
        self.replaced += u64::from(!whole);
        if let Some(at) = head.columns.get("timestamp")
            && let Some(day) =
                text.get(*at).and_then(|cell| cell.trim().parse().ok()).and_then(when::of_seconds)
            && self.latest.as_ref().is_none_or(|latest| *latest < day)
        {
            self.latest = Some(day);
        }
        match row::row(head, &text, &mut self.who, asked) {
            Ok(row) if !self.seen.insert(row.id.clone()) => self.leave(Left::Twice, line, row.id),
            Ok(row) => {
                self.taken += 1;
                self.gathered.add(row);
            }
            Err((why, cell)) => self.leave(why, line, cell),
        }
    }

    fn leave(&mut self, why: Left, line: u64, cell: String) {
        let left = self.left.entry(why).or_default();
        left.rows += 1;
        if left.examples.len() < EXAMPLES {
            left.examples.push((line, words::line(&cell)));
        }
    }
}

/// The bytes up to the end of the first line, and what was read with them.
fn beginning(table: &mut impl Read) -> Result<Vec<u8>, DataError> {
    const MOST: usize = 1 << 16;
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while head.len() < MOST && !head.contains(&b'\n') {
        match table.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(DataError::Read(error)),
        }
    }
    Ok(head)
}

/// The version in the name of a file: `24.1` of `GEDEvent_v24_1.csv`.
fn version(file: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
    let mut parts = stem.split(['_', '-', ' ']).skip(1).skip_while(|part| {
        let digits = part.strip_prefix('v').unwrap_or_default();
        digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    let first = parts.next()?.strip_prefix('v')?.to_owned();
    let second = parts.next().filter(|part| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()));
    Some(match second {
        Some(second) if !first.contains('.') => format!("{first}.{second}"),
        _ => first,
    })
}

fn broken(error: csv::Error) -> DataError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => DataError::TooLarge,
        csv::ErrorKind::Io(error) => DataError::Read(error),
        other => DataError::Read(std::io::Error::other(format!("{other:?}"))),
    }
}

/// A table that is hashed as it is read, and ends with an error past its bound.
struct Hashed<R> {
    inner: R,
    hash: blake3::Hasher,
    bytes: u64,
}

impl<R: BufRead> Hashed<R> {
    /// The digest of all of it.
    fn finish(mut self) -> Result<String, DataError> {
        let mut rest = [0; 4096];
        loop {
            match self.read(&mut rest) {
                Ok(0) => return Ok(self.hash.finalize().to_hex().to_string()),
                Ok(_) => {}
                Err(error) => return Err(broken(error.into())),
            }
        }
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        if self.bytes > BYTES {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
