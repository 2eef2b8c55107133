//! Files that are read whole, with a bound; and files that are written: whole or not at all, and never over another
//! one.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use super::Refusal;
use crate::system::reason;

/// What the regular file at `path` holds: nothing is waited for, and no more than `most` bytes are read.
///
/// # Errors
/// In words, going on from "`x` cannot be read: …".
pub(crate) fn read_regular(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let too_large = || format!("it is larger than {} MiB", most >> 20);
    // Before opening: opening a pipe waits for its other end.
    let about = fs::metadata(path).map_err(|error| reason(&error))?;
    if !about.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    if about.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // It may grow, or have no end and say that it is empty.
    let read = fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if bytes.len() as u64 > most => Err(too_large()),
        Ok(_) => Ok(bytes),
        Err(error) => Err(reason(&error)),
    }
}

/// Writes a file that is not there yet: beside it, synced, then given its name, so that a crash
/// leaves all of it or nothing.
///
/// # Errors
/// [`Refusal::Wrong`] when it is there, or cannot be written.
pub(crate) fn write_new(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Refusal> {
    let name = path.display();
    let written = beside(path, content.as_ref());
    written.map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            Refusal::Wrong(format!("`{name}` is there already: nothing was written"))
        } else {
            Refusal::Wrong(format!("`{name}` cannot be written: {}", reason(&error)))
        }
    })
}

/// Writes a file, in the place of one that may be there: beside it, synced, then given its name, so that a crash leaves
/// the old one or the new one.
///
/// # Errors
/// [`Refusal::Wrong`] when it cannot be written, or is no regular file.
pub(crate) fn write_over(path: &Path, content: &[u8]) -> Result<(), Refusal> {
    match path.symlink_metadata() {
        Err(_) => return write_new(path, content),
        Ok(about) if !about.is_file() => {
            let name = path.display();
            return Err(Refusal::Wrong(format!("`{name}` is not a regular file: nothing was written")));
        }
        Ok(_) => {}
    }
    let end = path.extension().map(|end| end.to_string_lossy().into_owned()).unwrap_or_default();
    let new = path.with_extension(format!("{}.{end}", std::process::id()));
    write_new(&new, content)?;
    fs::rename(&new, path).map_err(|error| {
        let _ = fs::remove_file(&new);
        Refusal::Wrong(format!("`{}` cannot be written: {}", path.display(), reason(&error)))
    })
}

fn beside(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let there = || std::io::Error::from(ErrorKind::AlreadyExists);
    // A link that leads nowhere is there too.
    if path.symlink_metadata().is_ok() {
        return Err(there());
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let file = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let temporary = folder.join(format!(".{file}.{}.tmp", std::process::id()));
    let done = (|| {
        let mut out = fs::OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        out.write_all(content)?;
        out.sync_all()?;
        // A second name for the same file: unlike renaming, this never replaces another file.
        match fs::hard_link(&temporary, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            Err(_) if path.symlink_metadata().is_ok() => Err(there()),
            // File systems without links.
            Err(_) => fs::rename(&temporary, path),
            Ok(()) => Ok(()),
        }
    })();
    // It is gone already after renaming.
    let _ = fs::remove_file(&temporary);
    done?;
    // Folders cannot be opened everywhere; the file itself is safe.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}
