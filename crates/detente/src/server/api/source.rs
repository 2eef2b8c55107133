//! A source text of a case, sentence by sentence.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use crate::server::Workbench;
use crate::server::folder::FolderError;

/// Which text of which case.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SourceQuery {
    /// The case file.
    pub(crate) path: String,
    /// The text, relative to the case file, as the case names it.
    pub(crate) file: String,
}

/// A source text, sentence by sentence.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SourceTextView {
    /// False when the file is not in the folder.
    pub(crate) found: bool,
    /// Title and byline: what stands before the first sentence.
    pub(crate) heading: Vec<String>,
    pub(crate) sentences: Vec<SentenceView>,
}

#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SentenceView {
    /// From 1; `at = "s5"` names it.
    pub(crate) number: usize,
    pub(crate) text: String,
    /// Whether a paragraph begins here.
    pub(crate) paragraph: bool,
}

pub(crate) async fn source(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<SourceQuery>,
) -> Result<Json<SourceTextView>, Problem> {
    let beside = query.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if beside.is_empty() { query.file } else { format!("{beside}/{}", query.file) };
    let reading = tokio::task::spawn_blocking(move || workbench.folder.read(&path));
    match reading.await.map_err(Problem::internal)? {
        Ok(found) => Ok(Json(split(&String::from_utf8_lossy(&found.bytes)))),
        Err(FolderError::Missing(_)) => {
            Ok(Json(SourceTextView { found: false, heading: Vec::new(), sentences: Vec::new() }))
        }
        Err(error) => Err(error.into()),
    }
}

/// Splits a text into numbered sentences.
///
/// A sentence ends at `.`, `?` or `!` (with what closes a quotation or a bracket behind it) before
/// a blank, the end of a line or a capital letter, and at the end of a paragraph. Paragraphs in
/// front of the first that has such an end are title and byline: they are not counted.
fn split(text: &str) -> SourceTextView {
    let mut view = SourceTextView { found: true, heading: Vec::new(), sentences: Vec::new() };
    for block in text.replace("\r\n", "\n").split("\n\n") {
        let mut first = true;
        let parts = sentences(block);
        let ends = parts.iter().any(|part| closed(part));
        for part in parts {
            if view.sentences.is_empty() && !ends {
                view.heading.push(part);
                continue;
            }
            view.sentences.push(SentenceView {
                number: view.sentences.len() + 1,
                text: part,
                paragraph: first,
            });
            first = false;
        }
    }
    view
}

fn closed(sentence: &str) -> bool {
    sentence.trim_end_matches(is_closing).ends_with(['.', '?', '!'])
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

fn sentences(block: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current = String::new();
    let mut chars = block.chars().peekable();
    let mut ending = false;
    while let Some(c) = chars.next() {
        current.push(if c == '\n' { ' ' } else { c });
        ending = matches!(c, '.' | '?' | '!') || ending && is_closing(c);
        let ends = ending && chars.peek().is_none_or(|next| next.is_whitespace() || next.is_uppercase());
        if ends {
            found.push(std::mem::take(&mut current));
            ending = false;
        }
    }
    found.push(current);
    let trimmed = found.iter().map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    trimmed.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(view: &SourceTextView) -> Vec<(usize, &str, bool)> {
        view.sentences.iter().map(|s| (s.number, s.text.as_str(), s.paragraph)).collect()
    }

    #[test]
    fn sentences_are_numbered_and_headings_are_not() {
        let view = split(
            "A title\nby Nobody\n\nOne thing.Another thing?And a third, at 3.5 per\ncent! He said: \u{201c}Go.\u{201d} Then\r\n\r\nNext paragraph.\n",
        );
        assert_eq!(view.heading, ["A title by Nobody"]);
        assert_eq!(
            texts(&view),
            [
                (1, "One thing.", true),
                (2, "Another thing?", false),
                (3, "And a third, at 3.5 per cent!", false),
                (4, "He said: \u{201c}Go.\u{201d}", false),
                (5, "Then", false),
                (6, "Next paragraph.", true),
            ]
        );
        assert!(split("").sentences.is_empty());
        assert_eq!(split("No end at all").heading, ["No end at all"]);
    }
}
