//! The file that holds a ledger: read whole, and only ever appended to.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Body, Break, Clock, Content, Day, Entry, Ledger, Moment, Writer, entry::Format};

/// The largest ledger that is read: tens of thousands of entries.
const LARGEST: u64 = 64 << 20;
/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a ledger could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is none.
    #[error("there is no ledger `{0}`")]
    Missing(String),
    /// Not something that can be read as a ledger.
    #[error("`{0}` is not a regular file")]
    NotAFile(String),
    /// Too large.
    #[error("`{0}` is larger than 64 MiB, the most that is read of a ledger")]
    TooLarge(String),
    /// The system says no.
    #[error("`{0}` cannot be {1}: {2}")]
    System(String, &'static str, std::io::Error),
    /// Another program holds it.
    #[error("another program has been writing to `{0}` for more than ten seconds: nothing was written")]
    Busy(String),
    /// It does not hold.
    #[error("`{0}` is {words}", words = .1.told())]
    Broken(String, Break),
    /// The entry cannot be added to it.
    #[error("nothing was recorded: {0}")]
    Refused(String),
}

/// What is to be appended.
#[derive(Clone, Debug)]
pub struct Draft {
    /// When.
    pub recorded: When,
    /// Who answers for it.
    pub author: Option<String>,
    /// Anything else for the reader.
    pub note: Option<String>,
    /// What it says.
    pub says: Content,
}

/// The time of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// What the clock of this machine says when the entry is written: not before, for what comes first in the ledger
    /// must be the earlier one however long it was thought about.
    Now,
    /// This moment, which was given.
    At(Moment),
}

impl When {
    /// The day, by the clock as it is now.
    #[must_use]
    pub fn day(self) -> Day {
        match self {
            Self::Now => Moment::now().day(),
            Self::At(moment) => moment.day(),
        }
    }
}

impl Draft {
    /// The next entry of `ledger`, when it is `now`.
    pub(super) fn after(self, ledger: &Ledger, now: Moment) -> Result<Body, LedgerError> {
        let (recorded, clock) = match self.recorded {
            When::Now => (now, Clock::System),
            When::At(moment) => (moment, Clock::Given),
        };
        let body = Body {
            schema: Format::This,
            entry: ledger.next_number(),
            previous: ledger.head().cloned(),
            recorded,
            clock,
            program: Writer::this(),
            author: self.author,
            note: self.note,
            says: self.says,
        };
        if let Some(earlier) = ledger.earlier(&body) {
            let ahead = ledger.entries().last().map(|last| last.body.recorded).filter(|last| *last > now);
            let why = ahead.map_or_else(String::new, |last| {
                format!(
                    "; that one is ahead of the clock of this machine ({now}): nothing can be recorded before \
                     {last}, so look at the clock, or begin another ledger and say in its first note why"
                )
            });
            return Err(LedgerError::Refused(earlier + &why));
        }
        ledger.admits(&body).map_err(LedgerError::Refused)?;
        if body.recorded > now {
            return Err(LedgerError::Refused(format!(
                "its time, {}, is still to come (it is {now} by the clock of this machine): a ledger only goes on \
                 in time, and nothing could be recorded in it until then",
                body.recorded
            )));
        }
        Ok(body)
    }
}

/// Reads and checks the ledger at `path`.
///
/// # Errors
/// When there is none, it cannot be read, or it is broken.
pub fn load(path: &Path) -> Result<Ledger, LedgerError> {
    let mut file = open(path, OpenOptions::new().read(true))?;
    read(path, &mut file)
}

/// Appends an entry to the ledger at `path`, which is made when `create` is set and there is none.
///
/// The file is locked, read and checked, and the entry is added behind its end in one write that is synced to
/// the disk before this returns. What was there is never written again: a crash leaves the ledger as it was,
/// or with a cut last line that `verify` names. When writing fails, what was written of the line is taken away.
///
/// # Errors
/// When the ledger is broken (then it is left alone), the entry cannot stand in it, or the system says no.
pub fn append(path: &Path, create: bool, draft: Draft) -> Result<Entry, LedgerError> {
    let name = || path.display().to_string();
    let new = create && !path.exists();
    if new {
        // Before there is a file: what is refused leaves nothing behind.
        draft.clone().after(&Ledger::default(), Moment::now())?;
    }
    let mut file = open(path, OpenOptions::new().read(true).append(true).create(create))?;
    lock(path, &file)?;
    let ledger = read(path, &mut file)?;
    // Now, and not before: others may have written while this one waited.
    let body = draft.after(&ledger, Moment::now())?;
    let unwritable = |error: serde_json::Error| LedgerError::Refused(error.to_string());
    let entry = Entry::seal(body).map_err(unwritable)?;
    let line = entry.line().map_err(unwritable)?;
    let system = |error| LedgerError::System(name(), "written", error);
    let before = file.metadata().map_err(system)?.len();
    if let Err(error) = file.write_all(line.as_bytes()).and_then(|()| file.sync_all()) {
        // Nobody else can have written behind it: the file is locked.
        let _ = file.set_len(before);
        return Err(system(error));
    }
    if new && let Some(folder) = path.parent() {
        // The name of a new file is safe when its folder is. Folders cannot be opened everywhere.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(entry)
}

fn open(path: &Path, options: &OpenOptions) -> Result<File, LedgerError> {
    let name = path.display().to_string();
    // Before opening: opening a pipe waits for its other end.
    match std::fs::metadata(path) {
        Ok(about) if !about.is_file() => return Err(LedgerError::NotAFile(name)),
        _ => {}
    }
    options.open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => LedgerError::Missing(name),
        _ => LedgerError::System(name, "opened", error),
    })
}

fn read(path: &Path, file: &mut File) -> Result<Ledger, LedgerError> {
    let name = || path.display().to_string();
    let mut bytes = Vec::new();
    file.rewind()
        .and_then(|()| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| LedgerError::System(name(), "read", error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(LedgerError::TooLarge(name()));
    }
    Ledger::read(&bytes).map_err(|broken| LedgerError::Broken(name(), broken))
}

/// Waits until nobody else has the lock; it falls with `file`.
fn lock(path: &Path, file: &File) -> Result<(), LedgerError> {
    let begin = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => return Err(LedgerError::Busy(path.display().to_string())),
            Err(TryLockError::Error(error)) => {
                return Err(LedgerError::System(path.display().to_string(), "locked", error));
            }
        }
    }
}
