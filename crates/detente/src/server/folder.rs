//! The folder that is served: its cases, read and saved without ever leaving it.
//!
//! Contract: a path from outside is relative, uses `/`, has no hidden, empty, `.` or `..` part
//! and meets no symbolic link on its way. Saving ([`mod@super::save`]) leaves the old text or the new whatever happens,
//! never replaces a text that is not the one the writer started from, and writes nothing but what a workbench is for:
//! cases, texts of sources and ledgers, known by their names. A folder that was moved away is not made anew.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::save;
use crate::system::reason;

/// Longest text that is read or saved: the limit of the case format, 4 MiB.
pub(crate) const TEXT_LIMIT: u64 = 4 << 20;
/// How deep, and how many, files are looked for.
const DEPTH_LIMIT: usize = 4;
const FILE_LIMIT: usize = 2_000;

/// Where discarded cases are: hidden, so that nothing lists them.
const BIN: &str = ".detente-bin";

/// How the names of files end that can be written: cases, texts of sources, ledgers.
const WRITTEN: [&str; 4] = [".toml", ".txt", ".md", ".jsonl"];

/// A folder of cases.
pub(crate) struct Folder {
    root: PathBuf,
    /// Which folder that was when it was opened: another may have its name by now.
    identity: save::Identity,
    /// One save at a time: comparing and replacing are one step.
    saving: Mutex<()>,
    /// What was found in files when the cases were listed last.
    looks: Mutex<HashMap<PathBuf, Look>>,
}

/// What a look into a file found: the revision, where it is a case.
struct Look {
    stamp: Stamp,
    revision: Option<String>,
}

/// What the system says of a file: while that is the same, so is the text.
#[derive(Clone, PartialEq, Eq)]
struct Stamp {
    identity: save::Identity,
    length: u64,
    modified: Option<SystemTime>,
    /// When anything about it was changed, by the system's own clock.
    #[cfg(unix)]
    touched: (i64, i64),
}

impl Stamp {
    fn of(about: &fs::Metadata) -> Self {
        Self {
            identity: save::identity(about),
            length: about.len(),
            modified: about.modified().ok(),
            #[cfg(unix)]
            touched: {
                use std::os::unix::fs::MetadataExt;
                (about.ctime(), about.ctime_nsec())
            },
        }
    }

    /// Whether it was changed so lately that another change might bear the same time.
    fn is_fresh(&self) -> bool {
        let age = self.modified.and_then(|at| SystemTime::now().duration_since(at).ok());
        age.is_none_or(|age| age < Duration::from_secs(2))
    }
}

/// A text with its revision.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// The bytes, as they stand in the file.
    pub(crate) bytes: Vec<u8>,
    /// The hash of the bytes.
    pub(crate) revision: String,
}

/// Why a file was not read or saved.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// The path leaves the folder, is hidden, or goes over a link.
    #[error("`{0}` is not a path inside the folder that is served")]
    Outside(String),
    /// The workbench writes no such files.
    #[error(
        "`{0}` is not a name of a file that the workbench writes: cases end in .toml, texts of sources in .txt or .md, \
         ledgers in .jsonl"
    )]
    NotWritten(String),
    /// There is nothing there.
    #[error("there is no file `{0}`")]
    Missing(String),
    /// Too long.
    #[error("`{0}` is longer than 4 MiB, the most of a case file or a source's text")]
    TooLong(String),
    /// The file is not what the writer started from.
    #[error("the file was changed by somebody else since it was opened here")]
    Changed(Text),
    /// There is a file of this name.
    #[error("there is a file `{0}` already")]
    Exists(String),
    /// The file says that it is not to be written.
    #[error(
        "`{0}` is read-only: nothing was written; make it writable, or save under another name from Export, “Case file”"
    )]
    ReadOnly(String),
    /// Something stands there that is no file: a pipe, a device, a folder.
    #[error("`{0}` is no ordinary file: nothing is read from it or written to it")]
    NoFile(String),
    /// The folder that is served is not where it was.
    #[error(
        "the folder `{0}` was moved or deleted since it was opened: nothing was written; start `detente serve` where it \
         is now"
    )]
    Moved(String),
    /// The system said no: to what, to which file, and why.
    #[error("`{path}` cannot be {done}: {why}", why = reason(.error))]
    Io {
        /// The file, as it was asked for.
        path: String,
        /// What was to be done: read, saved.
        done: &'static str,
        /// What the system said.
        error: io::Error,
    },
}

impl FolderError {
    fn io(path: &str, done: &'static str) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::NotFound if done == READ => Self::Missing(path.to_owned()),
            _ => Self::Io { path: path.to_owned(), done, error },
        }
    }
}

const READ: &str = "read";
const SAVED: &str = "saved";

/// One case file of the folder.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Relative path with `/`.
    pub(crate) path: String,
    /// When it was last changed, seconds since 1970.
    pub(crate) changed: u64,
    /// The revision of its text.
    pub(crate) revision: String,
}

/// Something in the folder that is not listed as a case although it may be one, or hold some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Relative path with `/`.
    pub(crate) path: String,
    /// Why, and what can be done.
    pub(crate) why: String,
}

/// The cases of a folder.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    /// In the order of their paths.
    pub(crate) entries: Vec<Entry>,
    /// What may hold cases and is not looked at, with the reason, in the order of their paths.
    pub(crate) left_out: Vec<LeftOut>,
    /// Whether some were left out because there are too many.
    pub(crate) cut: bool,
}

impl Folder {
    /// Opens `root`, which must be a folder.
    pub(crate) fn open(root: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        if !root.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder"));
        }
        let identity = save::identity(&fs::metadata(&root)?);
        let folder = Self { root, identity, saving: Mutex::new(()), looks: Mutex::default() };
        save::recover(&folder.root, DEPTH_LIMIT);
        Ok(folder)
    }

    /// Names this folder and no other, also when another has its path later or the same path elsewhere.
    pub(crate) fn name(&self) -> String {
        let words = format!("{}\n{:?}", self.root.display(), self.identity);
        blake3::hash(words.as_bytes()).to_hex().as_str().get(..16).unwrap_or_default().to_owned()
    }

    /// That the folder is the one that was opened.
    fn here(&self) -> Result<(), FolderError> {
        let same = fs::metadata(&self.root).is_ok_and(|about| save::identity(&about) == self.identity);
        if same { Ok(()) } else { Err(FolderError::Moved(self.root.display().to_string())) }
    }

    /// Whether the file may be written.
    pub(crate) fn writable(&self, path: &str) -> bool {
        self.inside(path)
            .ok()
            .and_then(|full| fs::metadata(full).ok())
            .is_some_and(|about| !about.permissions().readonly())
    }

    /// Its absolute path.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The absolute path of `path`, when it stays inside and meets no link.
    pub(crate) fn inside(&self, path: &str) -> Result<PathBuf, FolderError> {
        let outside = || FolderError::Outside(path.to_owned());
        let mut full = self.root.clone();
        for part in path.split('/') {
            let plain = !part.is_empty()
                && !part.starts_with('.')
                && !part.contains(['\\', ':'])
                && !part.chars().any(char::is_control);
            if !plain {
                return Err(outside());
            }
            full.push(part);
            if fs::symlink_metadata(&full).is_ok_and(|meta| meta.file_type().is_symlink()) {
                return Err(outside());
            }
        }
        Ok(full)
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> Result<Text, FolderError> {
        let full = self.inside(path)?;
        let system = FolderError::io(path, READ);
        if !fs::symlink_metadata(&full).map_err(&system)?.is_file() {
            return Err(FolderError::NoFile(path.to_owned()));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&full).map_err(&system)?;
        file.take(TEXT_LIMIT + 1).read_to_end(&mut bytes).map_err(&system)?;
        if bytes.len() as u64 > TEXT_LIMIT {
            return Err(FolderError::TooLong(path.to_owned()));
        }
        let revision = revision(&bytes);
        Ok(Text { bytes, revision })
    }

    /// When a file was last changed, seconds since 1970.
    pub(crate) fn changed(&self, path: &str) -> Result<u64, FolderError> {
        let about = fs::metadata(self.inside(path)?).map_err(FolderError::io(path, READ))?;
        Ok(changed(&about))
    }

    /// Saves a text whole or not at all.
    ///
    /// `base` is the revision that the writer started from: a file that is gone since is not made anew. `None` makes a
    /// new file and refuses to replace one.
    pub(crate) fn save(&self, path: &str, bytes: &[u8], base: Option<&str>) -> Result<String, FolderError> {
        if bytes.len() as u64 > TEXT_LIMIT {
            return Err(FolderError::TooLong(path.to_owned()));
        }
        let full = self.inside(path)?;
        if !is_written(path) {
            return Err(FolderError::NotWritten(path.to_owned()));
        }
        let _one = self.saving.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.here()?;
        match (self.read(path), base) {
            (Ok(there), _) if there.bytes == bytes => return Ok(there.revision),
            (Ok(there), Some(base)) if there.revision != base => return Err(FolderError::Changed(there)),
            (Ok(_), None) => return Err(FolderError::Exists(path.to_owned())),
            (Ok(_), Some(_)) if !self.writable(path) => return Err(FolderError::ReadOnly(path.to_owned())),
            (Ok(_), Some(_)) | (Err(FolderError::Missing(_)), None) => {}
            (Err(error), _) => return Err(error),
        }
        let system = FolderError::io(path, SAVED);
        if base.is_none() {
            fs::create_dir_all(full.parent().unwrap_or(&self.root)).map_err(&system)?;
        }
        let still = || match (fs::read(&full), base) {
            (Ok(there), Some(base)) => revision(&there) == base,
            (Ok(_), None) => false,
            (Err(_), base) => base.is_none(),
        };
        if save::replace(&full, bytes, &still).map_err(&system)? {
            return Ok(revision(bytes));
        }
        Err(match self.read(path)? {
            _ if base.is_none() => FolderError::Exists(path.to_owned()),
            there => FolderError::Changed(there),
        })
    }

    /// Puts a case out of sight, with its folder when nothing else of the workbench is in it; gives the name under which
    /// [`Folder::restore`] brings it back.
    pub(crate) fn discard(&self, path: &str) -> Result<String, FolderError> {
        let full = self.inside(path)?;
        let _one = self.saving.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.here()?;
        self.read(path)?;
        let system = FolderError::io(path, "deleted");
        let (what, from) = match path.rsplit_once('/') {
            Some((folder, _)) if self.only_case(folder, path) => (folder.to_owned(), self.inside(folder)?),
            _ => (path.to_owned(), full),
        };
        let name = format!("{}-{}", now(), save::distinct().map_err(&system)?);
        let bin = self.root.join(BIN).join(&name);
        fs::create_dir_all(&bin).map_err(&system)?;
        fs::write(bin.join("path"), &what).map_err(&system)?;
        fs::rename(&from, bin.join("thing")).map_err(&system)?;
        Ok(name)
    }

    /// Brings back what was discarded, to where it was; gives its path.
    pub(crate) fn restore(&self, name: &str) -> Result<String, FolderError> {
        let missing = || FolderError::Missing(name.to_owned());
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(missing());
        }
        let _one = self.saving.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.here()?;
        let bin = self.root.join(BIN).join(name);
        let path = fs::read_to_string(bin.join("path")).map_err(|_| missing())?;
        let full = self.inside(&path)?;
        if fs::symlink_metadata(&full).is_ok() {
            return Err(FolderError::Exists(path));
        }
        let back = || {
            fs::create_dir_all(full.parent().unwrap_or(&self.root))?;
            fs::rename(bin.join("thing"), &full)?;
            fs::remove_dir_all(&bin)
        };
        back().map_err(FolderError::io(&path, "brought back"))?;
        Ok(path)
    }

    /// The ledgers of forecasts, in the order of their paths, up to so many as are listed.
    pub(crate) fn ledgers(&self) -> Vec<String> {
        let mut found = Vec::new();
        ledgers(&self.root, "", DEPTH_LIMIT, &mut found);
        found.sort();
        found
    }

    /// Whether the case is all that a folder holds, beside texts and ledgers that belong to it.
    fn only_case(&self, folder: &str, case: &str) -> bool {
        let mut listing = Listing { entries: Vec::new(), left_out: Vec::new(), cut: false };
        let Ok(full) = self.inside(folder) else { return false };
        let read = self.walk(&full, folder, 0, &mut listing, &mut HashMap::new());
        read.is_ok()
            && !listing.cut
            && listing.left_out.is_empty()
            && listing.entries.iter().all(|one| one.path == case)
    }

    /// The case files: `.toml` files that have a `[case]` table or a `format` line, and `.gmcr` files.
    pub(crate) fn cases(&self) -> io::Result<Listing> {
        let mut listing = Listing { entries: Vec::new(), left_out: Vec::new(), cut: false };
        let mut looks = HashMap::new();
        self.walk(&self.root, "", 0, &mut listing, &mut looks)?;
        *self.looks.lock().unwrap_or_else(PoisonError::into_inner) = looks;
        listing.entries.sort_by(|a, b| a.path.cmp(&b.path));
        listing.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(listing)
    }

    /// As [`is_case`], without reading a file again that is the one that was read.
    fn is_case(
        &self,
        entry: &fs::DirEntry,
        name: &str,
        looks: &mut HashMap<PathBuf, Look>,
    ) -> io::Result<Option<String>> {
        let (path, stamp) = (entry.path(), Stamp::of(&entry.metadata()?));
        let known = self.looks.lock().unwrap_or_else(PoisonError::into_inner).remove(&path);
        let look = match known.filter(|look| look.stamp == stamp) {
            Some(look) => look,
            None => Look { revision: is_case(&path, name)?, stamp },
        };
        let revision = look.revision.clone();
        if !look.stamp.is_fresh() {
            looks.insert(path, look);
        }
        Ok(revision)
    }

    fn walk(
        &self,
        folder: &Path,
        prefix: &str,
        depth: usize,
        listing: &mut Listing,
        looks: &mut HashMap<PathBuf, Look>,
    ) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            if name.starts_with('.') || name == "target" || name == "node_modules" {
                continue;
            }
            if listing.entries.len() + listing.left_out.len() == FILE_LIMIT {
                listing.cut = true;
                return Ok(());
            }
            let kind = entry.file_type()?;
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            let why = if kind.is_symlink() {
                let to_folder = fs::metadata(entry.path()).is_ok_and(|about| about.is_dir());
                (to_folder || may_be_case(&name)).then(|| {
                    "it is a link, and links are not followed: copy what it leads to into this folder, or serve that \
                     folder"
                        .to_owned()
                })
            } else if kind.is_dir() && depth < DEPTH_LIMIT {
                // A folder that cannot be read is not a reason to show nothing.
                self.walk(&entry.path(), &path, depth + 1, listing, looks).err().map(|error| reason(&error))
            } else if kind.is_dir() {
                Some(format!(
                    "only {DEPTH_LIMIT} folders deep is looked for cases: serve a folder nearer to it"
                ))
            } else if kind.is_file() && may_be_case(&name) {
                match self.is_case(&entry, &name, looks) {
                    Ok(Some(revision)) => {
                        let changed = entry.metadata().as_ref().map_or(0, changed);
                        listing.entries.push(Entry { path, changed, revision });
                        continue;
                    }
                    Ok(None) => None,
                    Err(error) => Some(reason(&error)),
                }
            } else {
                None
            };
            listing.left_out.extend(why.map(|why| LeftOut { path, why }));
        }
        Ok(())
    }
}

fn ledgers(folder: &Path, prefix: &str, depth: usize, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (Ok(kind), name) = (entry.file_type(), entry.file_name()) else { continue };
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
        if found.len() == FILE_LIMIT {
            return;
        }
        if kind.is_file() && name.ends_with(".jsonl") {
            found.push(path);
        } else if kind.is_dir() && depth > 0 && name != "target" && name != "node_modules" {
            ledgers(&entry.path(), &path, depth - 1, found);
        }
    }
}

/// Whether the workbench writes files of this name.
fn is_written(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    WRITTEN.iter().any(|end| name.strip_suffix(end).is_some_and(|stem| !stem.is_empty()))
        && !is_expected(name)
}

/// What a case of the catalogue is held against.
fn is_expected(name: &str) -> bool {
    name == "expected.toml" || name.ends_with(".expected.toml")
}

/// By name.
fn may_be_case(name: &str) -> bool {
    name.ends_with(".gmcr") || name.ends_with(".toml") && !is_expected(name)
}

/// The revision of a text: the hash of its bytes.
pub(crate) fn revision(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Seconds since 1970.
fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn changed(meta: &fs::Metadata) -> u64 {
    meta.modified()
        .ok()
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_secs())
}

/// By name, and for `.toml` by a look at the first 64 KiB: the revision of a case.
fn is_case(path: &Path, name: &str) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(TEXT_LIMIT + 1).read_to_end(&mut bytes)?;
    let head = String::from_utf8_lossy(bytes.get(..64 << 10).unwrap_or(&bytes));
    let is_case = name.ends_with(".gmcr") || head.lines().any(|line| line.trim() == "[case]");
    Ok(is_case.then(|| revision(&bytes)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        (dir, folder)
    }

    #[test]
    fn nothing_outside_is_reached() {
        let (dir, folder) = folder();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("secret.toml"), "[case]\n").unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("link")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("secret.toml"), dir.path().join("s.toml")).unwrap();
        for path in [
            "../secret.toml",
            "/etc/passwd",
            "a/../../x",
            "link/secret.toml",
            "s.toml",
            ".git/config",
            "",
            "a//b",
            "a\\..\\b",
            "a\0b",
        ] {
            assert!(matches!(folder.read(path), Err(FolderError::Outside(_))), "{path:?}");
            assert!(matches!(folder.save(path, b"x", None), Err(FolderError::Outside(_))), "{path:?}");
        }
        let listing = folder.cases().unwrap();
        assert!(listing.entries.is_empty());
        let left: Vec<&str> = listing.left_out.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(left, ["link", "s.toml"]);
        assert!(listing.left_out.iter().all(|one| one.why.contains("links are not followed")));
    }

    #[test]
    fn what_is_not_listed_is_said_with_the_reason() {
        let (dir, folder) = folder();
        fs::create_dir_all(dir.path().join("1/2/3/4/5")).unwrap();
        fs::write(dir.path().join("1/2/3/4/case.toml"), "[case]\n").unwrap();
        fs::write(dir.path().join("1/2/3/4/5/case.toml"), "[case]\n").unwrap();
        fs::write(dir.path().join("Cargo.toml"), "[package]\n").unwrap();
        let listing = folder.cases().unwrap();
        assert_eq!(listing.entries.len(), 1);
        let left: Vec<&str> = listing.left_out.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(left, ["1/2/3/4/5"]);
        assert!(listing.left_out[0].why.contains("4 folders deep"), "{:?}", listing.left_out);
    }

    #[test]
    fn only_cases_sources_and_ledgers_are_written() {
        let (dir, folder) = folder();
        for path in ["a/case.toml", "b.toml", "a/sources/text.txt", "a/sources/notes.md", "ledger.jsonl"] {
            assert!(folder.save(path, b"x", None).is_ok(), "{path}");
        }
        for path in [
            "run.sh",
            "a/Makefile",
            "a/page.html",
            "conftest.py",
            "a/expected.toml",
            "a/x.toml.sh",
            "a/txt",
            "sources/CON.exe",
        ] {
            let refused = folder.save(path, b"x", None);
            assert!(matches!(refused, Err(FolderError::NotWritten(_))), "{path}: {refused:?}");
            assert!(!dir.path().join(path).exists(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_the_system_refuses_is_told_with_the_path() {
        let (dir, folder) = folder();
        fs::write(dir.path().join("file"), "").unwrap();
        let said = folder.save("file/case.toml", b"x", None).unwrap_err().to_string();
        assert!(said.contains("`file/case.toml`") && !said.contains("os error"), "{said}");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_ordinary_file_of_this_folder_is_left_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (dir, folder) = folder();
        let first = folder.save("a/case.toml", b"[case]\n", None).unwrap();
        let at = dir.path().join("a/case.toml");
        fs::set_permissions(&at, fs::Permissions::from_mode(0o444)).unwrap();
        let refused = folder.save("a/case.toml", b"[case]\nx = 1\n", Some(&first)).unwrap_err();
        assert!(matches!(refused, FolderError::ReadOnly(_)), "{refused}");
        assert!(!folder.writable("a/case.toml"));
        fs::set_permissions(&at, fs::Permissions::from_mode(0o644)).unwrap();
        // A file that is gone is not made anew by who still has it open.
        fs::remove_file(&at).unwrap();
        let gone = folder.save("a/case.toml", b"[case]\nx = 1\n", Some(&first)).unwrap_err();
        assert!(matches!(gone, FolderError::Missing(_)) && !at.exists(), "{gone}");
        // A pipe is not replaced.
        let made = std::process::Command::new("mkfifo").arg(&at).status().unwrap();
        assert!(made.success());
        let pipe = folder.save("a/case.toml", b"x", Some(&first)).unwrap_err();
        assert!(matches!(pipe, FolderError::NoFile(_)), "{pipe}");
        assert!(!fs::symlink_metadata(&at).unwrap().is_file());
        // Nor is a folder that was moved away made anew.
        let parent = tempfile::tempdir().unwrap();
        let (here, there) = (parent.path().join("here"), parent.path().join("there"));
        fs::create_dir(&here).unwrap();
        let folder = Folder::open(&here).unwrap();
        let name = folder.name();
        let first = folder.save("case.toml", b"[case]\n", None).unwrap();
        fs::rename(&here, &there).unwrap();
        for base in [None, Some(first.as_str())] {
            let moved = folder.save("case.toml", b"[case]\nx = 1\n", base).unwrap_err();
            assert!(matches!(moved, FolderError::Moved(_)) && !here.exists(), "{moved}");
        }
        // Another folder of that name is another folder.
        fs::create_dir(&here).unwrap();
        assert!(matches!(folder.save("case.toml", b"x", None), Err(FolderError::Moved(_))));
        assert_ne!(Folder::open(&here).unwrap().name(), name);
        assert_eq!(fs::read_dir(&here).unwrap().count(), 0);
    }

    #[test]
    fn what_is_discarded_comes_back_as_it_was() {
        let (dir, folder) = folder();
        folder.save("a/case.toml", b"[case]\n", None).unwrap();
        folder.save("a/sources/text.txt", b"words", None).unwrap();
        folder.save("both/one.toml", b"[case]\n", None).unwrap();
        folder.save("both/two.toml", b"[case]\nx = 2\n", None).unwrap();
        let whole = folder.discard("a/case.toml").unwrap();
        let one = folder.discard("both/two.toml").unwrap();
        let paths = |folder: &Folder| -> Vec<String> {
            folder.cases().unwrap().entries.into_iter().map(|entry| entry.path).collect()
        };
        assert_eq!(paths(&folder), ["both/one.toml"]);
        assert!(!dir.path().join("a").exists());
        assert_eq!(folder.restore(&whole).unwrap(), "a");
        assert_eq!(folder.restore(&one).unwrap(), "both/two.toml");
        assert_eq!(paths(&folder), ["a/case.toml", "both/one.toml", "both/two.toml"]);
        assert_eq!(folder.read("a/sources/text.txt").unwrap().bytes, b"words");
        assert!(matches!(folder.restore(&whole), Err(FolderError::Missing(_))));
        assert!(folder.restore("../a").is_err());
        // What has the name by now is not replaced.
        let again = folder.discard("both/one.toml").unwrap();
        folder.save("both/one.toml", b"[case]\nnew = 1\n", None).unwrap();
        assert!(matches!(folder.restore(&again), Err(FolderError::Exists(_))));
    }

    #[test]
    fn a_change_outside_is_never_overwritten() {
        let (dir, folder) = folder();
        let first = folder.save("a/case.toml", b"[case]\n", None).unwrap();
        let second = folder.save("a/case.toml", b"[case]\nx = 1\n", Some(&first)).unwrap();
        fs::write(dir.path().join("a/case.toml"), "[case]\ny = 2\n").unwrap();
        match folder.save("a/case.toml", b"[case]\nx = 3\n", Some(&second)) {
            Err(FolderError::Changed(text)) => assert_eq!(text.bytes, b"[case]\ny = 2\n"),
            other => panic!("{other:?}"),
        }
        assert!(matches!(folder.save("a/case.toml", b"new", None), Err(FolderError::Exists(_))));
        assert_eq!(folder.cases().unwrap().entries[0].path, "a/case.toml");
        assert_eq!(fs::read_dir(dir.path().join("a")).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    #[cfg(unix)]
    fn a_file_is_read_again_when_anything_about_it_changed() {
        let (dir, folder) = folder();
        let path = dir.path().join("old.toml");
        let write = |text: &str, at: SystemTime| {
            fs::write(&path, text).unwrap();
            fs::File::options().append(true).open(&path).unwrap().set_modified(at).unwrap();
        };
        let listed = || {
            let all = folder.cases().unwrap().entries;
            all.into_iter().find(|entry| entry.path == "old.toml").map(|entry| entry.revision)
        };
        let day = SystemTime::now() - Duration::from_secs(86_400);
        write("[case]\ntitle = 'a'\n", day);
        let first = listed();
        assert_eq!(first, Some(revision(b"[case]\ntitle = 'a'\n")));
        assert_eq!(folder.looks.lock().unwrap().len(), 1, "what is old is not read again");
        assert_eq!(listed(), first);
        // As long, and of the same time: the system knows better.
        write("[case]\ntitle = 'b'\n", day);
        assert_eq!(listed(), Some(revision(b"[case]\ntitle = 'b'\n")));
        // What was written just now may be written again within the same tick.
        write("[case]\ntitle = 'c'\n", SystemTime::now());
        listed();
        assert!(folder.looks.lock().unwrap().is_empty());
        fs::remove_file(&path).unwrap();
        assert_eq!(listed(), None);
    }
}
