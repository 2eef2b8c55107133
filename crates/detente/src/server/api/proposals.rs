//! What the text of a source proposes for the case, sentence by sentence, and what taking it changes in the file as it is
//! now. The text stays here: it is read by rules, in this program.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use detente_case::Change;
use detente_read::proposal::{Grade, Reading, Sentence};
use detente_read::taking::{self, Kind, Offer, TakingError, Way};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::asks_view::EditView;
use super::case_view::TextRange;
use super::problem::Problem;
use super::source::beside;
use crate::server::Workbench;
use crate::server::folder::{FolderError, TEXT_LIMIT, revision};

/// So many sentences are read to a page at once; the others when it asks for them.
const PAGE: usize = 100;

/// Which text beside which case.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ProposalsRequest {
    /// The case file.
    pub(crate) path: String,
    /// What stands in it now.
    pub(crate) text: String,
    /// The id of the source.
    pub(crate) source: String,
    /// A text in the place of the one that the case names.
    pub(crate) pasted: Option<String>,
    /// From which sentence on, counted from 1.
    pub(crate) from: usize,
    /// What is to be taken at once; absent: nothing.
    #[serde(default)]
    pub(crate) taking: Vec<TakingView>,
}

/// A proposal, and the way in which it is taken.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct TakingView {
    pub(crate) key: String,
    /// A position in its `ways`.
    pub(crate) way: usize,
}

/// What a text proposes.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProposalsView {
    /// The revision of the text of the case that the edits are for.
    pub(crate) revision: String,
    /// False when the case names no text of the source, or it is not in the folder.
    pub(crate) found: bool,
    /// The sentences that are read here, from 1, both included.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How many sentences the text has.
    pub(crate) total: usize,
    /// That there are more sentences than are read here, in words.
    pub(crate) more: Option<String>,
    /// In the order of the text.
    pub(crate) proposals: Vec<ProposalView>,
    /// The edits that take all of `taking`, one after the other.
    pub(crate) edits: Vec<EditView>,
}

/// Something that could come into the case.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProposalView {
    /// Names it for as long as the text of the source stays as it is.
    pub(crate) key: String,
    /// `claim`, `actor`, `option`, `act`, `wish`, `condition`, `saying`, `tie`, `document`, `track`, `event`,
    /// `contradiction`, `question`.
    pub(crate) kind: String,
    /// Several of the kind.
    pub(crate) kinds: String,
    /// The number of the sentence.
    pub(crate) sentence: usize,
    /// What it says, in a sentence.
    pub(crate) words: String,
    /// `strong`, or `weak`: look twice.
    pub(crate) grade: String,
    /// The rule that made it.
    pub(crate) rule: String,
    /// The words that caused it, in the sentence as `/source` gives it.
    pub(crate) marked: Option<TextRange>,
    /// The address of what the case has already.
    pub(crate) there: Option<String>,
    /// How it can be taken, what the words suggest first; none when it is there.
    pub(crate) ways: Vec<WayView>,
    /// Why there is no way, or what else there is to know.
    pub(crate) note: Option<String>,
}

/// One way to take a proposal.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WayView {
    /// What it adds, in a sentence.
    pub(crate) words: String,
    pub(crate) edits: Vec<EditView>,
    /// What can be said otherwise before.
    pub(crate) fields: Vec<TakingFieldView>,
    /// The address of what is added; of an entry of a list: the list.
    pub(crate) address: String,
}

/// A value of an edit that can be another.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TakingFieldView {
    /// A position in `edits`.
    pub(crate) edit: usize,
    /// A key of its value.
    pub(crate) key: String,
    pub(crate) value: String,
    /// What it can be; empty: any words.
    pub(crate) choices: Vec<String>,
}

/// The text that was read last, for whoever asks again after each change of the case.
#[derive(Default)]
pub(crate) struct Readings(Mutex<Option<(String, Arc<Reading>)>>);

impl Readings {
    fn of(&self, text: &str, title: &str, author: &str, date: &str) -> Arc<Reading> {
        let name = revision(format!("{title}\n{author}\n{date}\n{text}").as_bytes());
        // Whoever asks meanwhile waits for the same reading.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, reading)) = last.as_ref().filter(|(known, _)| *known == name) {
            return Arc::clone(reading);
        }
        let reading = Arc::new(detente_read::read(text, &taking::setting(title, author, date)));
        *last = Some((name, Arc::clone(&reading)));
        reading
    }
}

pub(crate) async fn proposals(
    State(workbench): State<Arc<Workbench>>,
    Json(request): Json<ProposalsRequest>,
) -> Result<Json<ProposalsView>, Problem> {
    tokio::task::spawn_blocking(move || found(&workbench, &request).map(Json))
        .await
        .map_err(Problem::internal)?
}

fn found(workbench: &Workbench, request: &ProposalsRequest) -> Result<ProposalsView, Problem> {
    let id = &request.source;
    let outline = detente_case::outline(&request.text).ok_or_else(|| {
        Problem::bad_request("the case is no TOML: mend its syntax, then the text is read again")
    })?;
    let source = outline.value.get("source").and_then(|all| all.get(id)).ok_or_else(|| {
        Problem::bad_request(format!("the case has no source `{id}`: choose one that it has"))
    })?;
    let of = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut view = ProposalsView {
        revision: revision(request.text.as_bytes()),
        found: false,
        from: 0,
        to: 0,
        total: 0,
        more: None,
        proposals: Vec::new(),
        edits: Vec::new(),
    };
    let text = match &request.pasted {
        Some(text) if text.len() as u64 > TEXT_LIMIT => {
            return Err(Problem::bad_request(format!(
                "the text is larger than {} MiB: paste a part of it",
                TEXT_LIMIT >> 20
            )));
        }
        Some(text) => text.clone(),
        None if of("text").is_empty() => return Ok(view),
        None => match workbench.folder.read(&beside(&request.path, of("text"))) {
            Ok(text) => crate::document::source_text(text.bytes, of("text"))
                .map_err(|why| Problem::bad_request(format!("`{}` {why}", of("text"))))?,
            Err(FolderError::Missing(_)) => return Ok(view),
            Err(error) => return Err(error.into()),
        },
    };
    let reading = workbench.readings.of(&text, of("title"), of("author"), of("date"));
    view.found = true;
    view.total = reading.sentences.len();
    view.from = request.from.clamp(1, view.total.max(1));
    view.to = view.total.min(view.from.saturating_add(PAGE - 1));
    if view.to < view.total || view.from > 1 {
        view.more = Some(format!("Sentences {} to {} of {} are read here.", view.from, view.to, view.total));
    }
    let sentences = view.from..=view.to;
    let wanted: Vec<(String, usize)> = request.taking.iter().map(|one| (one.key.clone(), one.way)).collect();
    if !wanted.is_empty() {
        let changes = taking::taking(&reading, &request.text, id, &sentences, &wanted).map_err(refused)?;
        view.edits = changes.into_iter().filter_map(edit).collect();
    }
    let offers = taking::offers(&reading, &outline, id, &sentences);
    view.proposals = offers.into_iter().map(|offer| told(offer, &reading, &text)).collect();
    Ok(view)
}

fn refused(error: TakingError) -> Problem {
    Problem::bad_request(error)
}

fn told(offer: Offer, reading: &Reading, text: &str) -> ProposalView {
    let at = offer.n.checked_sub(1).and_then(|at| reading.sentences.get(at));
    ProposalView {
        marked: at.and_then(|sentence| marked(sentence, offer.span, text)),
        key: offer.key,
        kind: offer.kind.word().to_owned(),
        kinds: Kind::words(offer.kind).to_owned(),
        sentence: offer.n,
        words: offer.words,
        grade: match offer.grade {
            Grade::Strong => "strong",
            Grade::Weak => "weak",
        }
        .to_owned(),
        rule: offer.rule,
        there: offer.there,
        ways: offer.ways.into_iter().map(way).collect(),
        note: offer.why_not,
    }
}

fn way(way: Way) -> WayView {
    let Way { words, changes, fields, address } = way;
    let fields = fields
        .into_iter()
        .map(|field| TakingFieldView {
            edit: field.change,
            key: field.key.to_owned(),
            value: field.value,
            choices: field.choices.into_iter().map(str::to_owned).collect(),
        })
        .collect();
    WayView { words, edits: changes.into_iter().filter_map(edit).collect(), fields, address }
}

/// A change as the page sends it: a reading adds and sets.
fn edit(change: Change) -> Option<EditView> {
    match change {
        Change::Add { address, named, before, value } => {
            Some(EditView::Add { address, named, before, value })
        }
        Change::Set { address, value, expected } => Some(EditView::Set { address, value, expected }),
        _ => None,
    }
}

/// Where the words of a span stand in their sentence, each run of spaces and line breaks one space.
fn marked(sentence: &Sentence, span: [usize; 2], text: &str) -> Option<TextRange> {
    let [start, end] = sentence.span;
    let (from, to) = (span[0].clamp(start, end), span[1].clamp(start, end));
    let (before, words) = (text.get(start..from)?, text.get(from..to)?);
    let units = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.join(" ").encode_utf16().count()
    };
    let space = !before.trim().is_empty()
        && (before.ends_with(char::is_whitespace) || words.starts_with(char::is_whitespace));
    let from = units(before) + usize::from(space);
    let to = from + units(words);
    (to > from).then_some(TextRange { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_the_page_shows_them() {
        let text = "A title\n\nThe  union\nwants 𝄞 a\n higher night rate. It is so.\n";
        let reading = detente_read::read(text, &taking::setting("A title", "", ""));
        let sentence = &reading.sentences[0];
        let of = |words: &str| {
            let from = text.find(words).unwrap_or_default();
            let range = marked(sentence, [from, from + words.len()], text);
            range.map(|range| (range.from, range.to))
        };
        assert_eq!(of("union\nwants"), Some((4, 15)));
        assert_eq!(of("a\n higher"), Some((19, 27)));
        assert_eq!(of("The"), Some((0, 3)));
        assert!(marked(sentence, [0, 3], text).is_none());
        assert!(marked(sentence, [usize::MAX, usize::MAX], text).is_none());
    }
}
