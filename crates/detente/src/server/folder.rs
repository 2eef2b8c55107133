//! The folder that is served: its cases, read and saved without ever leaving it.
//!
//! Contract: a path from outside is relative, uses `/`, has no hidden, empty, `.` or `..` part
//! and meets no symbolic link on its way. Saving writes beside, syncs and renames, never
//! replaces a text that is not the one the writer started from, and writes nothing but what a workbench is for:
//! cases, texts of sources and ledgers, known by their names.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::system::reason;

/// Longest text that is read or saved: the limit of the case format, 4 MiB.
pub(crate) const TEXT_LIMIT: u64 = 4 << 20;
/// How deep, and how many, files are looked for.
const DEPTH_LIMIT: usize = 4;
const FILE_LIMIT: usize = 2_000;

/// How the names of files end that can be written: cases, texts of sources, ledgers.
const WRITTEN: [&str; 4] = [".toml", ".txt", ".md", ".jsonl"];

/// A folder of cases.
pub(crate) struct Folder {
    root: PathBuf,
    /// One save at a time: comparing and replacing are one step.
    saving: Mutex<()>,
    /// Makes names of temporary files distinct.
    next: AtomicU64,
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
        Ok(Self { root, saving: Mutex::new(()), next: AtomicU64::new(0) })
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
            return Err(FolderError::Missing(path.to_owned()));
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
    /// `base` is the revision that the writer started from; `None` makes a new file and
    /// refuses to replace one.
    pub(crate) fn save(&self, path: &str, bytes: &[u8], base: Option<&str>) -> Result<String, FolderError> {
        if bytes.len() as u64 > TEXT_LIMIT {
            return Err(FolderError::TooLong(path.to_owned()));
        }
        let full = self.inside(path)?;
        if !is_written(path) {
            return Err(FolderError::NotWritten(path.to_owned()));
        }
        let _one = self.saving.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match (self.read(path), base) {
            (Ok(there), _) if there.bytes == bytes => return Ok(there.revision),
            (Ok(there), Some(base)) if there.revision != base => return Err(FolderError::Changed(there)),
            (Ok(_), None) => return Err(FolderError::Exists(path.to_owned())),
            (Ok(_), Some(_)) | (Err(FolderError::Missing(_)), _) => {}
            (Err(error), _) => return Err(error),
        }
        self.replace(&full, bytes).map_err(FolderError::io(path, SAVED))?;
        Ok(revision(bytes))
    }

    /// Writes beside, syncs, renames, syncs the folder: a crash leaves the old text or the new.
    fn replace(&self, full: &Path, bytes: &[u8]) -> io::Result<()> {
        let parent = full.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent)?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let beside = parent.join(format!(".detente-{}-{number}.tmp", std::process::id()));
        let written = (|| {
            let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
            if let Ok(meta) = fs::metadata(full) {
                file.set_permissions(meta.permissions())?;
            }
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, full)?;
            fs::File::open(parent)?.sync_all()
        })();
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// The case files: `.toml` files that have a `[case]` table or a `format` line, and `.gmcr` files.
    pub(crate) fn cases(&self) -> io::Result<Listing> {
        let mut listing = Listing { entries: Vec::new(), left_out: Vec::new(), cut: false };
        self.walk(&self.root, "", 0, &mut listing)?;
        listing.entries.sort_by(|a, b| a.path.cmp(&b.path));
        listing.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(listing)
    }

    fn walk(&self, folder: &Path, prefix: &str, depth: usize, listing: &mut Listing) -> io::Result<()> {
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
                self.walk(&entry.path(), &path, depth + 1, listing).err().map(|error| reason(&error))
            } else if kind.is_dir() {
                Some(format!(
                    "only {DEPTH_LIMIT} folders deep is looked for cases: serve a folder nearer to it"
                ))
            } else if kind.is_file() && may_be_case(&name) {
                match is_case(&entry.path(), &name) {
                    Ok(true) => {
                        let changed = entry.metadata().as_ref().map_or(0, changed);
                        listing.entries.push(Entry { path, changed });
                        continue;
                    }
                    Ok(false) => None,
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

fn changed(meta: &fs::Metadata) -> u64 {
    meta.modified()
        .ok()
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_secs())
}

/// By name, and for `.toml` by a look at the first 64 KiB.
fn is_case(path: &Path, name: &str) -> io::Result<bool> {
    if name.ends_with(".gmcr") {
        return Ok(true);
    }
    let mut head = Vec::new();
    fs::File::open(path)?.take(64 << 10).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).lines().any(|line| line.trim() == "[case]"))
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
}
