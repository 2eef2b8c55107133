//! The case that a text is held against.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use detente_case::{Change, Outline, change, outline};
use detente_read::Setting;
use detente_read::proposal::{Against, Reading, Standing};
use detente_read::taking;
use serde_json::{Value, json};

use super::super::{Refusal, input};

/// So many claims are added at once; of the rest it is said.
const MOST_CLAIMS: usize = 400;

/// A case file, as text and as data.
pub(super) struct Old {
    name: String,
    text: String,
    outline: Outline,
    /// The source that the text is, when the case names it.
    source: String,
}

/// A source of a case: its id, and what stands there.
fn sources(outline: &Outline) -> impl Iterator<Item = (&String, &Value)> {
    outline.value.get("source").and_then(Value::as_object).into_iter().flatten()
}

fn words<'v>(source: &'v Value, key: &str) -> &'v str {
    source.get(key).and_then(Value::as_str).unwrap_or_default()
}

impl Old {
    /// Reads the case `case`; `text` is what is held against it.
    ///
    /// # Errors
    /// A case that cannot be used, with its problems.
    pub(super) fn read(case: &OsStr, text: &OsString) -> Result<Self, Refusal> {
        if case == "-" && text == "-" {
            return Err(Refusal::usage_with(
                "the text and the case cannot both come from standard input",
                "name a file for one of them",
            ));
        }
        let input = input::read(case).map_err(|problem| Refusal::Case(vec![*problem], String::new()))?;
        if input.is_gmcr() {
            return Err(Refusal::usage_with(
                format!("`{}` is a .gmcr file, which holds no claims to compare with", input.name),
                "import it first: detente import",
            ));
        }
        let read = detente_case::read(&input.name, &input.bytes);
        let outline = outline(&read.text).filter(|_| read.conflict.is_some());
        let Some(outline) = outline else { return Err(Refusal::Case(read.diagnostics, read.text)) };
        let full = Path::new(text).canonicalize().ok();
        let file = Path::new(case);
        let folder: PathBuf =
            if file.is_dir() { file.to_owned() } else { file.parent().unwrap_or(file).to_owned() };
        let is = |source: &Value| {
            let named = words(source, "text");
            full.is_some() && !named.is_empty() && folder.join(named).canonicalize().ok() == full
        };
        let source =
            sources(&outline).find(|(_, source)| is(source)).map(|(id, _)| id.clone()).unwrap_or_default();
        Ok(Self { name: input.name, text: read.text, outline, source })
    }

    /// How the text is read: as the case reads it, when it is one of its sources.
    pub(super) fn setting(&self, setting: &Setting) -> Setting {
        match sources(&self.outline).find(|(id, _)| **id == self.source) {
            Some((_, source)) => Setting {
                language: setting.language,
                ..taking::setting(words(source, "title"), words(source, "author"), words(source, "date"))
            },
            None => setting.clone(),
        }
    }

    /// How the text stands to the case.
    pub(super) fn against(&self, text: &str, reading: &Reading, setting: &Setting) -> Against {
        taking::against(text, reading, setting, &self.outline, &self.source)
    }

    /// The case with a proposed claim for each sentence that is new, how many these are, and how many more there are. `file` is the name under which
    /// the text is cited.
    ///
    /// # Errors
    /// A case that cannot be changed.
    pub(super) fn with_new(&self, reading: &Reading, file: &str) -> Result<(String, usize, usize), Refusal> {
        let cannot = |why: String| Refusal::Wrong(format!("`{}` cannot be added to: {why}", self.name));
        let mut source = self.source.clone();
        let mut changes = Vec::new();
        if source.is_empty() {
            let there = |id: &str| sources(&self.outline).any(|(known, _)| known == id);
            let title = if reading.title.is_empty() { "A text" } else { &reading.title };
            source = detente_case::id_from(title, "text", there);
            let mut value = json!({"title": title});
            let given = [("author", &reading.author), ("date", &reading.as_of)];
            for (key, said) in given.into_iter().filter(|(_, said)| !said.is_empty()) {
                value[key] = said.as_str().into();
            }
            if !file.is_empty() {
                value["text"] = file.into();
            }
            changes.push(Change::Add {
                address: format!("source.{source}"),
                named: None,
                before: None,
                value,
            });
        }
        let against = reading.against.as_ref();
        let mut new: Vec<usize> = against
            .into_iter()
            .flat_map(|against| &against.sentences)
            .filter(|one| one.standing != Standing::There)
            .map(|one| one.n)
            .collect();
        let more = new.len().saturating_sub(MOST_CLAIMS);
        new.truncate(MOST_CLAIMS);
        let begun = change(&self.text, &changes).map_err(|why| cannot(why.to_string()))?.text;
        let claims = taking::claims(reading, &begun, &source, &new).map_err(|why| cannot(why.to_string()))?;
        let made = change(&begun, &claims).map_err(|why| cannot(why.to_string()))?;
        Ok((made.text, claims.len(), more))
    }
}
