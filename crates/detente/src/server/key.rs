//! The token of a folder: kept per user, so that the address that was printed once works after a restart.
//!
//! Where: `detente/workbench/` in the user's folder for state (`$XDG_STATE_HOME`, else `~/.local/state`), one file per
//! folder that is served, readable by the user alone. A file that others could have read or written is not trusted:
//! it is replaced.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::system::reason;

/// Hexadecimal digits of a token: 256 bits.
const DIGITS: usize = 64;

/// A token, and whether the next start will know it.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Hexadecimal.
    pub(crate) token: String,
    /// Why it is forgotten when the server stops; `None`: it is kept.
    pub(crate) forgotten: Option<String>,
}

/// What stands for a folder in names of cookies and files: 16 hexadecimal digits.
pub(crate) fn key(root: &Path) -> String {
    let mut digits = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex().to_string();
    digits.truncate(16);
    digits
}

/// The token of the folder with this key: the one that is kept, else a new one that is kept from now on.
///
/// # Errors
/// The system has no random numbers.
pub(crate) fn token(key: &str) -> io::Result<Token> {
    let fresh = random()?;
    let kept = match home() {
        Some(folder) => kept(&folder, key, &fresh)
            .map_err(|(path, error)| format!("`{}` cannot be used: {}", path.display(), reason(&error))),
        None => Err("this user has no home folder (HOME is not set)".to_owned()),
    };
    Ok(match kept {
        Ok(token) => Token { token, forgotten: None },
        Err(why) => Token { token: fresh, forgotten: Some(why) },
    })
}

/// 256 random bits from the system, in hexadecimal.
///
/// # Errors
/// The system has none.
pub(crate) fn random() -> io::Result<String> {
    let mut bytes = [0_u8; DIGITS / 2];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(blake3::Hash::from_bytes(bytes).to_hex().to_string())
}

/// The folder for tokens, of this user.
fn home() -> Option<PathBuf> {
    // A path that is not absolute is to be ignored, says the specification of these folders.
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let state = state.or_else(|| {
        let home = std::env::home_dir().filter(|path| path.is_absolute())?;
        Some(home.join(".local").join("state"))
    })?;
    Some(state.join("detente").join("workbench"))
}

/// The token in `folder`, which is `fresh` when there is none that can be trusted.
fn kept(folder: &Path, key: &str, fresh: &str) -> Result<String, (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    private_folder(folder).map_err(at(folder))?;
    let path = folder.join(format!("{key}.token"));
    let mine = folder.join(format!(".{key}.{}.tmp", std::process::id()));
    let _ = fs::remove_file(&mine);
    let kept = (|| {
        let mut file = private_file(&mine)?;
        file.write_all(format!("{fresh}\n").as_bytes())?;
        file.sync_all()?;
        // A second name, never over another's: two servers that start at once agree on one token.
        match fs::hard_link(&mine, &path) {
            Ok(()) => return Ok(fresh.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // File systems without links.
            Err(_) if path.symlink_metadata().is_err() => {
                fs::rename(&mine, &path)?;
                return Ok(fresh.to_owned());
            }
            Err(_) => {}
        }
        if let Some(token) = trusted(&path, &file.metadata()?)? {
            return Ok(token);
        }
        fs::rename(&mine, &path)?;
        Ok(fresh.to_owned())
    })();
    let _ = fs::remove_file(&mine);
    kept.map_err(at(&path))
}

/// The token in the file at `path`, when only the owner of `mine` can have written and read it.
fn trusted(path: &Path, mine: &fs::Metadata) -> io::Result<Option<String>> {
    let about = fs::symlink_metadata(path)?;
    if !about.is_file() || !is_private(&about, mine) {
        return Ok(None);
    }
    let mut text = String::new();
    let read = fs::File::open(path)?.take(DIGITS as u64 + 2).read_to_string(&mut text);
    let token = text.trim();
    let whole = read.is_ok() && token.len() == DIGITS && token.bytes().all(|b| b.is_ascii_hexdigit());
    Ok(whole.then(|| token.to_owned()))
}

#[cfg(unix)]
fn is_private(about: &fs::Metadata, mine: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    about.uid() == mine.uid() && about.mode() & 0o077 == 0
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_token_is_kept_for_its_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let state = tempfile::tempdir().unwrap();
        let folder = state.path().join("detente/workbench");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let first = kept(&folder, "k", &random().unwrap()).unwrap();
        let file = folder.join("k.token");
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        assert_eq!(kept(&folder, "k", &random().unwrap()).unwrap(), first, "the next start knows it");
        assert_ne!(kept(&folder, "other", &random().unwrap()).unwrap(), first, "another folder has another");
        // What others could read is a secret no more.
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let second = kept(&folder, "k", &random().unwrap()).unwrap();
        assert_ne!(second, first);
        assert_eq!(mode(&file), 0o600);
        for broken in ["", "short\n", &"x".repeat(64), &"0".repeat(1000)] {
            fs::write(&file, broken).unwrap();
            let next = kept(&folder, "k", &random().unwrap()).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), format!("{next}\n"), "{broken:?}");
        }
        // A link to a file of somebody's choosing.
        fs::remove_file(&file).unwrap();
        let known = state.path().join("known");
        fs::write(&known, format!("{}\n", "0".repeat(64))).unwrap();
        std::os::unix::fs::symlink(&known, &file).unwrap();
        assert_ne!(kept(&folder, "k", &random().unwrap()).unwrap(), "0".repeat(64));
        let left = fs::read_dir(&folder).unwrap().count();
        assert_eq!(left, 2, "no temporary file is left");
    }

    #[test]
    fn keys_are_those_of_folders() {
        assert_eq!(key(Path::new("/a")).len(), 16);
        assert_ne!(key(Path::new("/a")), key(Path::new("/b")));
    }
}
