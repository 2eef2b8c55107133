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
    /// Title and author of the source (empty: unknown): lines that only repeat them are not counted.
    pub(crate) title: String,
    pub(crate) author: String,
}

/// A source text, sentence by sentence.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SourceTextView {
    /// False when the file is not in the folder.
    pub(crate) found: bool,
    /// Title and byline: what stands before the first sentence.
    pub(crate) heading: Vec<String>,
    pub(crate) sentences: Vec<SentenceView>,
    /// What of the text is not numbered, but for title and byline: subheadings, signatures, lists of names.
    pub(crate) left_out: Vec<LeftOutView>,
}

/// A part of a text that is not numbered.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct LeftOutView {
    pub(crate) text: String,
    /// Behind which sentence it stands; 0: before the first.
    pub(crate) after: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SentenceView {
    /// From 1; `at = "s5"` names it.
    pub(crate) number: usize,
    pub(crate) text: String,
    /// Whether a paragraph begins here.
    pub(crate) paragraph: bool,
}

/// The path of a text that a case names.
pub(super) fn beside(case: &str, file: &str) -> String {
    case.rsplit_once('/').map_or_else(|| file.to_owned(), |(folder, _)| format!("{folder}/{file}"))
}

pub(crate) async fn source(
    State(workbench): State<Arc<Workbench>>,
    Query(query): Query<SourceQuery>,
) -> Result<Json<SourceTextView>, Problem> {
    let path = beside(&query.path, &query.file);
    let reading = tokio::task::spawn_blocking(move || workbench.folder.read(&path));
    match reading.await.map_err(Problem::internal)? {
        Ok(found) => {
            let author = Some(query.author.as_str()).filter(|author| !author.is_empty());
            let text = crate::document::source_text(found.bytes, &query.file)
                .map_err(|why| Problem::bad_request(format!("`{}` {why}", query.file)))?;
            Ok(Json(numbered(&text, &query.title, author)))
        }
        Err(FolderError::Missing(_)) => Ok(Json(SourceTextView {
            found: false,
            heading: Vec::new(),
            sentences: Vec::new(),
            left_out: Vec::new(),
        })),
        Err(error) => Err(error.into()),
    }
}

/// A text with its sentences numbered as claims name them, and what stands before the first.
fn numbered(text: &str, title: &str, author: Option<&str>) -> SourceTextView {
    let detente_case::Passage { sentences: found, left_out, .. } =
        detente_case::Passage::of(text, title, author);
    let one_line = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let head = found.first().map_or(text.len(), |first| first.start);
    let heading = text[..head].lines().map(one_line).filter(|line| !line.is_empty()).collect();
    let left_out = left_out
        .into_iter()
        .filter(|left| left.why != detente_case::Omission::Marks)
        .map(|left| (found.partition_point(|sentence| sentence.start < left.at.start), left.at))
        .filter(|(after, _)| *after > 0)
        .map(|(after, at)| LeftOutView { text: one_line(&text[at]), after })
        .collect();
    let mut end = None;
    let sentences = (found.into_iter().enumerate())
        .map(|(at, range)| {
            let between = end.map_or("\n\n", |end: usize| &text[end..range.start]);
            end = Some(range.end);
            SentenceView {
                number: at + 1,
                text: one_line(&text[range]),
                paragraph: between.matches('\n').count() > 1,
            }
        })
        .collect();
    SourceTextView { found: true, heading, sentences, left_out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(view: &SourceTextView) -> Vec<(usize, &str, bool)> {
        view.sentences.iter().map(|s| (s.number, s.text.as_str(), s.paragraph)).collect()
    }

    #[test]
    fn sentences_are_numbered_and_headings_are_not() {
        let view = numbered(
            "A title\nby Nobody\n\nOne thing.Another thing?And a third, at 3.5 per\ncent! He said: \u{201c}Go.\u{201d} Then.\r\n\r\nNext paragraph.\n",
            "A title",
            Some("Nobody"),
        );
        assert_eq!(view.heading, ["A title", "by Nobody"]);
        assert_eq!(
            texts(&view),
            [
                (1, "One thing.", true),
                (2, "Another thing?", false),
                (3, "And a third, at 3.5 per cent!", false),
                (4, "He said: \u{201c}Go.\u{201d}", false),
                (5, "Then.", false),
                (6, "Next paragraph.", true),
            ]
        );
        assert!(numbered("", "", None).sentences.is_empty());
    }

    #[test]
    fn what_is_not_numbered_is_listed_where_it_stands() {
        let view = numbered("A title\n\nOne thing.\n\nWhat came then\n\nAnother thing.\n", "A title", None);
        assert_eq!(texts(&view), [(1, "One thing.", true), (2, "Another thing.", true)]);
        assert_eq!(view.left_out, [LeftOutView { text: "What came then".to_owned(), after: 1 }]);
        assert_eq!(view.heading, ["A title"]);
    }
}
