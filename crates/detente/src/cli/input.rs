//! What a command reads: a file, a folder that holds `case.toml`, or standard input.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use detente_case::import::GmcrSettings;
use detente_case::{Diagnostic, codes, format};
use detente_model::{Account, Conflict};

use super::args::{CaseArg, VariantArg};
use detente_study::Refusal;

/// No larger case file is read: the limit of the format.
const MOST_BYTES: usize = format::MAX_BYTES;
/// Other programs' files list more: rankings state by state.
const MOST_BYTES_GMCR: usize = 64 << 20;
/// The name of a case file in a folder.
pub(crate) const CASE_FILE: &str = "case.toml";

/// A file's content, with the name under which problems are reported.
#[derive(Debug)]
pub(crate) struct Input {
    /// As the user named it; `<stdin>` for standard input.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// A case that can be used.
pub(crate) struct Loaded {
    /// The case as written.
    pub(crate) conflict: Conflict,
    /// Warnings and notes.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The text of the file, to show excerpts of.
    pub(crate) text: String,
}

/// Reads and validates the case that `arg` names.
///
/// # Errors
/// [`Refusal::Case`] with all problems of the file.
pub(crate) fn load(arg: &CaseArg) -> Result<Loaded, Refusal> {
    let input = read(&arg.case).map_err(|problem| Refusal::Case(vec![*problem], String::new()))?;
    load_from(input, arg)
}

/// The same of what was read already.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_from(input: Input, arg: &CaseArg) -> Result<Loaded, Refusal> {
    let (conflict, diagnostics, text) = if input.is_gmcr() {
        let settings = GmcrSettings { ignore_misperceptions: arg.ignore_misperceptions };
        let (conflict, diagnostics) = detente_case::import::gmcr(&input.name, &input.bytes, settings);
        (conflict, diagnostics, String::from_utf8_lossy(&input.bytes).into_owned())
    } else {
        let read = detente_case::read(&input.name, &input.bytes);
        (read.conflict, read.diagnostics, read.text)
    };
    match conflict {
        Some(conflict) => Ok(Loaded { conflict, diagnostics, text }),
        None => Err(Refusal::Case(diagnostics, text)),
    }
}

impl Input {
    /// Whether the content is that of a `.gmcr` file: a JSON object. No case file begins with `{`.
    pub(crate) fn is_gmcr(&self) -> bool {
        is_gmcr(&self.bytes)
    }
}

/// Whether this is the content of a `.gmcr` file.
pub(crate) fn is_gmcr(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

impl Loaded {
    /// The conflict in a variant and an account.
    ///
    /// # Errors
    /// [`Refusal::Usage`] when there is no such variant or account, or claims contradict each other and no account is
    /// chosen.
    pub(crate) fn version(&self, args: &VariantArg) -> Result<Conflict, Refusal> {
        let conflict = self.variant(args.variant.as_deref())?;
        let accounts = accounts(&conflict)?;
        let ids = || accounts.iter().map(|account| account.id.as_str());
        match &args.reading {
            None if accounts.is_empty() => Ok(conflict),
            None => Err(Refusal::Usage(
                format!(
                    "the claims of this case contradict each other: there is one answer for each of {} accounts",
                    accounts.len()
                ),
                Some(format!("choose one with --reading: {}", ids().collect::<Vec<_>>().join(", "))),
            )),
            Some(id) => match accounts.iter().find(|account| account.id == *id) {
                Some(account) => told(&conflict, account),
                None => Err(Refusal::Usage(
                    format!("the case has no account `{id}`"),
                    Some(match detente_study::find::near::nearest(id, ids()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None if accounts.is_empty() => "no claims of it contradict each other".to_owned(),
                        None => format!("the accounts are {}", ids().collect::<Vec<_>>().join(", ")),
                    }),
                )),
            },
        }
    }

    /// The conflict in a variant, as each of its accounts tells it; in the account that is chosen, or where no claims
    /// contradict each other, once.
    ///
    /// # Errors
    /// As [`Loaded::version`].
    pub(crate) fn told(&self, args: &VariantArg) -> Result<Vec<Conflict>, Refusal> {
        let conflict = self.variant(args.variant.as_deref())?;
        let accounts = if args.reading.is_some() { Vec::new() } else { accounts(&conflict)? };
        if accounts.is_empty() {
            return Ok(vec![self.version(args)?]);
        }
        accounts.iter().map(|account| told(&conflict, account)).collect()
    }

    /// The case as written, or the variant with this id.
    ///
    /// # Errors
    /// [`Refusal::Usage`] when there is no such variant.
    pub(crate) fn variant(&self, id: Option<&str>) -> Result<Conflict, Refusal> {
        let Some(id) = id else { return Ok(self.conflict.clone()) };
        match self.conflict.with_variant(id) {
            Some(Ok(conflict)) => Ok(conflict),
            Some(Err(errors)) => {
                let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
                Err(Refusal::Wrong(format!("the variant `{id}` cannot be applied: {}", all.join("; "))))
            }
            None => {
                let ids = self.conflict.variants.iter().map(|variant| variant.id.as_str());
                let hint = match detente_study::find::near::nearest(id, ids.clone()) {
                    Some(near) => Some(format!("did you mean `{near}`?")),
                    None => Some(ids.collect::<Vec<_>>().join(", "))
                        .filter(|all| !all.is_empty())
                        .map(|all| format!("the variants are {all}")),
                };
                Err(Refusal::Usage(format!("the case has no variant `{id}`"), hint))
            }
        }
    }
}

/// Reads what `argument` names, at most 4 MiB (a file called `.gmcr`: 64 MiB).
///
/// # Errors
/// One problem, when there is nothing to read: no such file, a folder without a case, something
/// that is no regular file, too many bytes, or what the system says.
pub(crate) fn read(argument: &OsStr) -> Result<Input, Box<Diagnostic>> {
    if argument == "-" {
        let name = "<stdin>".to_owned();
        let bytes = read_most(std::io::stdin().lock(), &name, MOST_BYTES)?;
        return Ok(Input { name, bytes });
    }
    let mut path = PathBuf::from(argument);
    let mut about = fs::metadata(&path).map_err(|error| Box::new(unreadable(&path, &error)))?;
    if about.is_dir() {
        let inside = path.join(CASE_FILE);
        about = fs::metadata(&inside).map_err(|error| {
            if error.kind() == ErrorKind::NotFound {
                Box::new(no_case_inside(&path))
            } else {
                Box::new(unreadable(&inside, &error))
            }
        })?;
        path = inside;
    }
    let name = path.display().to_string();
    if !about.is_file() {
        let mut problem = codes::unreadable::unreadable(&name, "it is not a regular file");
        problem.hint = Some("to read from a pipe, write `-` and pipe into standard input".to_owned());
        return Err(Box::new(problem));
    }
    let most = if path.extension().is_some_and(|end| end == "gmcr") { MOST_BYTES_GMCR } else { MOST_BYTES };
    if about.len() > most as u64 {
        return Err(Box::new(codes::too_large::too_large(&name, most)));
    }
    let file = File::open(&path).map_err(|error| Box::new(unreadable(&path, &error)))?;
    let bytes = read_most(file, &name, most)?;
    Ok(Input { name, bytes })
}

/// Reads at most `most` bytes: a file may have grown since its size was looked at.
fn read_most(from: impl Read, name: &str, most: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    match from.take(most as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > most => Err(Box::new(codes::too_large::too_large(name, most))),
        Ok(_) => Ok(bytes),
        Err(error) => Err(Box::new(unreadable(Path::new(name), &error))),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let name = path.display().to_string();
    match error.kind() {
        ErrorKind::NotFound => {
            let mut problem = codes::missing_file::missing_file(&name);
            problem.hint = near_files(path).or(problem.hint);
            problem
        }
        _ => codes::unreadable::unreadable(&name, &crate::system::reason(error)),
    }
}

fn no_case_inside(folder: &Path) -> Diagnostic {
    let mut cases: Vec<String> = entries(folder)
        .filter(|path| {
            path.join(CASE_FILE).is_file()
                || path.extension().is_some_and(|end| end == "toml" || end == "gmcr")
        })
        .map(|path| path.display().to_string())
        .collect();
    cases.sort();
    let mut problem = codes::directory::directory(&folder.display().to_string());
    match cases.as_slice() {
        [] => {}
        [one] => problem.hint = Some(format!("did you mean `{one}`?")),
        several => {
            problem.hint = Some(format!(
                "it holds {} that may be meant: {}{}",
                several.len(),
                several[..several.len().min(5)].join(", "),
                if several.len() > 5 { ", …" } else { "" }
            ));
        }
    }
    problem
}

/// What else is there that may have been meant.
fn near_files(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let catalogue = Path::new("cases").join(&name);
    if catalogue.join(CASE_FILE).is_file() {
        return Some(format!("did you mean `{}`?", catalogue.display()));
    }
    let names: Vec<(String, PathBuf)> = entries(&folder)
        .filter_map(|path| Some((path.file_name()?.to_string_lossy().to_lowercase(), path)))
        .collect();
    let near = detente_study::find::near::nearest(&name, names.iter().map(|(name, _)| name.as_str()))?;
    let (_, path) = names.iter().find(|(name, _)| name == near)?;
    let path = path.strip_prefix(".").unwrap_or(path);
    Some(format!("did you mean `{}`?", path.display()))
}

/// The entries of a folder that can be listed, at most 4096 of them.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().take(4096).map(|entry| entry.path())
}

/// The accounts of a case; none where no claims contradict each other.
///
/// # Errors
/// Readings that fit no account: the reader has said so already.
pub(crate) fn accounts(conflict: &Conflict) -> Result<Vec<Account>, Refusal> {
    conflict
        .accounts()
        .map_err(|_| Refusal::Wrong("the accounts of the case cannot be told apart".to_owned()))
}

/// The conflict as one account tells it.
///
/// # Errors
/// Where it is not possible so.
pub(crate) fn told(conflict: &Conflict, account: &Account) -> Result<Conflict, Refusal> {
    conflict.in_account(account).map_err(|errors| {
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Refusal::Wrong(format!("the account `{}` is not possible: {}", account.id, all.join("; ")))
    })
}
