//! Bytes to a validated conflict, with all problems at once.
//!
//! In three steps: the TOML tree with places ([`tree`]); every value checked against the shapes
//! of the format ([`conform`]); then the conflict built part by part, references looked up
//! ([`names`]) and overlays tried. Each step goes on after a mistake; the conflict is there only
//! when there was no error.

mod acts;
mod ask;
mod compare;
pub(crate) mod conform;
mod evidence;
mod formula;
mod game;
mod names;
mod overlay;
mod preference;
pub(crate) mod proposed;
mod said;
mod situation;
mod spans;
pub(crate) mod things;
mod time;
pub(crate) mod tree;
mod uncertainty;

use detente_model::{Act, Assembly, Conflict};

use crate::format::{CASE_FILE, FORMAT, MAX_BYTES};
use crate::problem::Problem;
use crate::problems::Problems;
use crate::shape::Shape;
use crate::text::Text;
use crate::{Diagnostic, codes, foreign};

use names::Names;
pub(crate) use spans::{OverlaySpans, Spans};
use tree::Node;

/// What a file was read as.
#[derive(Clone, Debug)]
pub struct Read {
    /// The conflict, when the file has no error.
    pub conflict: Option<Conflict>,
    /// All problems, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// The file, as the user named it.
    pub file: String,
    /// Its text; empty when it is none.
    pub text: String,
    /// Where the parts of the conflict stand.
    pub(crate) spans: Spans,
}

/// Reads a case file. Never fails: what is wrong is in the diagnostics.
///
/// Errors that need the feasible states (contradictory rules, gaps in rankings) are found by
/// [`crate::check()`], or by the engine when it solves.
///
/// Complexity: near-linear in the length of the file (plus one evaluation of the rules for each
/// variant). Limits: 4 MiB, and those of the format, each with its own error.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Read {
    let none = |diagnostics| Read {
        conflict: None,
        diagnostics,
        file: file.to_owned(),
        text: String::new(),
        spans: Spans::default(),
    };
    if bytes.len() > MAX_BYTES {
        return none(vec![codes::too_large::too_large(file, MAX_BYTES)]);
    }
    if let Some(found) = foreign::by_content(bytes) {
        return none(vec![codes::foreign::foreign(file, found)]);
    }
    if bytes.first() == Some(&0x80) {
        return none(vec![codes::pickle::pickle(file)]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            if let Some(found) = foreign::by_name(file) {
                return none(vec![codes::foreign::foreign(file, found)]);
            }
            let valid = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..valid]);
            let problem = codes::not_utf8::not_utf8(valid, bytes);
            return none(vec![problem.into_diagnostic(&Text::new(file, &before))]);
        }
    };
    let source = Text::new(file, text);
    let (conflict, spans, problems) = build(&source);
    // What is no TOML at all is told for what its name says that it is.
    if conflict.is_none()
        && let Some(found) = foreign::by_name(file)
        && problems.has(codes::syntax::CODE)
        && !text.lines().any(|line| line.starts_with("format") || line.starts_with("[case"))
    {
        return none(vec![codes::foreign::foreign(file, found)]);
    }
    Read {
        conflict,
        diagnostics: problems.finish(&source),
        file: file.to_owned(),
        text: text.to_owned(),
        spans,
    }
}

/// What is at hand while a conflict is built.
pub(crate) struct Builder<'t> {
    text: &'t Text<'t>,
    problems: Problems,
    /// The text has syntax errors: parts may be lost, so that ids may be unknown without fault.
    partial: bool,
    /// Graph form: there are no options and no formulas.
    graph: bool,
    names: Names,
    spans: Spans,
    /// The date that the case describes.
    as_of: Option<String>,
    /// Who has how many seats.
    assemblies: Vec<Assembly>,
    /// The acts, once they are read.
    acts: Vec<Act>,
}

fn build(text: &Text<'_>) -> (Option<Conflict>, Spans, Problems) {
    let (mut root, mistakes) = tree::parse(text.text);
    let mut problems = Problems::default();
    for mistake in &mistakes {
        let at = mistake.at.clone().unwrap_or_else(|| longest_line(text.text));
        problems.push(codes::syntax::syntax(&at, &mistake.message, text.text));
    }
    let partial = !mistakes.is_empty();
    let version = root.get("format").and_then(Node::integer);
    if let (Some(version), Some(node)) = (version, root.get("format"))
        && version != FORMAT
    {
        problems.push(codes::format_version::format_version(&node.at, version));
        return (None, Spans::default(), problems);
    }
    conform::conform(&root, Shape::Table(&CASE_FILE), "", partial, &mut problems);
    let proposed = proposed::Proposed::take(&mut root);
    if let Some(first) = &proposed.first {
        problems.push(codes::proposed::proposed(first, &proposed.counts));
    }
    let mut builder = Builder {
        text,
        problems,
        partial,
        graph: root.get("graph").is_some(),
        names: Names::default(),
        spans: Spans::default(),
        as_of: None,
        assemblies: Vec::new(),
        acts: Vec::new(),
    };
    let conflict = builder.conflict(&root);
    builder.problems.only_proposed(&proposed.names);
    builder.spans.proposed = proposed.claims;
    let conflict = if builder.problems.errors() == 0 { builder.apply_overlays(conflict) } else { None };
    (conflict, builder.spans, builder.problems)
}

/// A mistake without a place is a key of too many parts: it is on a very long line.
fn longest_line(text: &str) -> std::ops::Range<usize> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let at = start..start + line.trim_end().len();
        start += line.len();
        at
    });
    lines.max_by_key(|at| at.len()).unwrap_or(0..0)
}

impl Builder<'_> {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Builds every part; what is wrong is left out and reported.
    fn conflict(&mut self, root: &Node) -> Conflict {
        self.collect_names(root);
        let about = self.about(root);
        self.as_of.clone_from(&about.as_of);
        self.assemblies = self.read_assemblies(root);
        let evidence = self.evidence(root);
        let mut game = self.game(root);
        game.status_quo = self.status_quo(root.get("status_quo"));
        game.deadlines = self.deadlines(root);
        let situation = self.situation(root);
        let outcomes = self.outcomes(root);
        let questions = self.questions(root, &outcomes);
        let variants = self.variants(root, &game);
        let views = self.views(root, &game);
        let disputed: Vec<_> = evidence.contradictions.iter().flat_map(|&(a, b)| [a, b]).collect();
        let readings = self.readings(root, &disputed);
        let said = self.said(root);
        let levers = self.levers(root);
        let observed = self.observed(root, &outcomes);
        let uncertainty = self.uncertainty(root, &game.preferences);
        Conflict {
            about,
            evidence,
            situation,
            game,
            outcomes,
            questions,
            variants,
            views,
            observed,
            uncertainty,
            readings,
            said,
            levers,
            variant: None,
            ..Conflict::default()
        }
    }
}
