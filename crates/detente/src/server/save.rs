//! Writing a file so that whatever happens the old text is there or the new, and the file stays the file that it was:
//! its owner, group, mode, attributes and other names.
//!
//! A file of one name is replaced: the text is written beside, synced, and renamed. One with several names (hard
//! links), or whose owner or attributes cannot be given to another file, is written in place; the text waits beside until
//! that is done, and [`recover`] finishes what was interrupted.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Ends the names of texts that are being written.
const TEMPORARY: &str = ".tmp";
/// Ends the names of texts that wait until a file was written in place.
const WAITING: &str = ".saving";
/// Begins the names of both: hidden.
const OURS: &str = ".detente-";
/// Older temporary files are left over.
const LEFT_OVER: Duration = Duration::from_secs(60);

/// Which file or folder something is, by whatever name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

#[cfg(unix)]
pub(super) fn identity(about: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    Identity(about.dev(), about.ino())
}

#[cfg(not(unix))]
pub(super) fn identity(about: &Metadata) -> Identity {
    let made = about.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    Identity(0, made.map_or(0, |since| since.as_millis() as u64))
}

/// A name that no other save has.
pub(super) fn distinct() -> io::Result<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Gives the file `full` these bytes; its folder is there. `still` is asked at the last moment, for the disk takes its time
/// before: where it says no, nothing is written, and false is the answer.
pub(super) fn replace(full: &Path, bytes: &[u8], still: &dyn Fn() -> bool) -> io::Result<bool> {
    let parent = full.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let beside = parent.join(format!("{OURS}{}{TEMPORARY}", distinct()?));
    let written = (|| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        let as_it_was = match fs::symlink_metadata(full) {
            Ok(about) => likened(&file, &about, full)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(error),
        };
        file.sync_all()?;
        if !still() {
            fs::remove_file(&beside)?;
            return Ok(false);
        }
        if as_it_was {
            fs::rename(&beside, full)?;
        } else {
            in_place(full, bytes, &beside)?;
        }
        fs::File::open(parent)?.sync_all()?;
        Ok(true)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes over what the file holds, while `beside` has the text.
fn in_place(full: &Path, bytes: &[u8], beside: &Path) -> io::Result<()> {
    let waiting = waiting(full).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    fs::rename(beside, &waiting)?;
    over(full, bytes)?;
    fs::remove_file(&waiting)
}

fn over(full: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).truncate(true).open(full)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Where the text of `full` waits.
fn waiting(full: &Path) -> Option<PathBuf> {
    let name = full.file_name()?.to_str()?;
    Some(full.with_file_name(format!("{OURS}{name}{WAITING}")))
}

/// Makes a new file like the one that it replaces; false when it cannot be.
#[cfg(unix)]
fn likened(file: &fs::File, about: &Metadata, full: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    if about.nlink() > 1 {
        return Ok(false);
    }
    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (about.uid(), about.gid())
        && std::os::unix::fs::fchown(file, Some(about.uid()), Some(about.gid())).is_err()
    {
        return Ok(false);
    }
    // After the owner: a change of owner takes rights away.
    file.set_permissions(about.permissions())?;
    Ok(attributes(file, full))
}

#[cfg(not(unix))]
fn likened(file: &fs::File, about: &Metadata, _full: &Path) -> io::Result<bool> {
    file.set_permissions(about.permissions())?;
    Ok(true)
}

/// The longest list of names of attributes, and the longest value.
#[cfg(target_os = "linux")]
const MOST: usize = 64 << 10;

/// Gives a file the extended attributes of another; false when one of them cannot be given.
#[cfg(target_os = "linux")]
fn attributes(file: &fs::File, full: &Path) -> bool {
    let mut names = vec![0; MOST];
    let names = match rustix::fs::listxattr(full, &mut names[..]) {
        Ok(length) => names.get(..length).unwrap_or_default(),
        // A file system without attributes.
        Err(rustix::io::Errno::NOTSUP) => return true,
        Err(_) => return false,
    };
    let mut value = vec![0; MOST];
    let mut names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.all(|name| {
        let Ok(size) = rustix::fs::getxattr(full, name, &mut value[..]) else { return false };
        let value = value.get(..size).unwrap_or_default();
        rustix::fs::fsetxattr(file, name, value, rustix::fs::XattrFlags::empty()).is_ok()
    })
}

#[cfg(all(unix, not(target_os = "linux")))]
fn attributes(_file: &fs::File, _full: &Path) -> bool {
    true
}

/// Finishes saves that were interrupted and clears away what they left, in a folder so deep.
pub(super) fn recover(folder: &Path, depth: usize) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let ours = name.strip_prefix(OURS).filter(|_| kind.is_file());
        if let Some(of) = ours.and_then(|rest| rest.strip_suffix(WAITING)) {
            let full = folder.join(of);
            if let Ok(bytes) = fs::read(entry.path())
                && full.is_file()
                && over(&full, &bytes).is_ok()
            {
                let _ = fs::remove_file(entry.path());
            }
        } else if ours.is_some_and(|rest| rest.ends_with(TEMPORARY)) {
            let age = entry.metadata().and_then(|about| about.modified()).map(|time| time.elapsed());
            if matches!(age, Ok(Ok(age)) if age > LEFT_OVER) {
                let _ = fs::remove_file(entry.path());
            }
        } else if kind.is_dir() && depth > 0 && !name.starts_with('.') {
            recover(&entry.path(), depth - 1);
        }
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_file_of_two_names_keeps_them() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("case.toml"), dir.path().join("other.toml"));
        fs::write(&one, "old").unwrap();
        fs::hard_link(&one, &two).unwrap();
        assert!(replace(&one, b"new", &|| true).unwrap());
        assert_eq!(fs::read_to_string(&two).unwrap(), "new");
        assert_eq!(fs::metadata(&one).unwrap().nlink(), 2);
        assert_eq!(names(dir.path()), 2, "nothing is left beside");
    }

    #[test]
    fn what_is_not_expected_any_more_when_the_text_is_on_the_disk_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("case.toml");
        fs::write(&path, "theirs").unwrap();
        assert!(!replace(&path, b"new", &|| false).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(names(dir.path()), 1, "nothing is left beside");
    }

    #[test]
    fn a_file_stays_what_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("case.toml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        // Only who may give files away can try it.
        let given = std::os::unix::fs::chown(&path, Some(12), Some(34)).is_ok();
        #[cfg(target_os = "linux")]
        let marked = rustix::fs::setxattr(&path, "user.mark", b"x", rustix::fs::XattrFlags::empty()).is_ok();
        assert!(replace(&path, b"new", &|| true).unwrap());
        let about = fs::metadata(&path).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o640);
        if given {
            assert_eq!((about.uid(), about.gid()), (12, 34));
        }
        #[cfg(target_os = "linux")]
        if marked {
            let mut value = [0; 4];
            assert_eq!(rustix::fs::getxattr(&path, "user.mark", &mut value[..]).unwrap(), 1);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn what_a_kill_left_is_finished_or_cleared() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("a");
        fs::create_dir(&inner).unwrap();
        // Half written in place; the text waits beside.
        fs::write(inner.join("case.toml"), "ne").unwrap();
        fs::write(inner.join(".detente-case.toml.saving"), "new text").unwrap();
        let stale = inner.join(".detente-0011.tmp");
        fs::write(&stale, "half").unwrap();
        let old = std::time::SystemTime::now() - Duration::from_secs(600);
        fs::File::options().write(true).open(&stale).unwrap().set_modified(old).unwrap();
        fs::write(inner.join(".detente-0022.tmp"), "being written by another").unwrap();
        recover(dir.path(), 4);
        assert_eq!(fs::read_to_string(inner.join("case.toml")).unwrap(), "new text");
        assert!(!stale.exists());
        assert_eq!(names(&inner), 2);
    }
}
