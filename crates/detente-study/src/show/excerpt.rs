//! Diagnostics for a person: the excerpt, the sentence, the hint.

use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use detente_case::{Diagnostic, Severity, Span, steers};

/// At most so many characters of a line are shown on either side of a place.
const AROUND: usize = 300;
/// Places at most so many lines apart share an excerpt.
const TOGETHER: usize = 4;

/// All diagnostics as text, one after the other, each with its excerpt of `text` (the file that
/// they are about; empty: no excerpts), and a last line that counts them. In colour: with ANSI
/// escapes.
///
/// Complexity: linear in the number of diagnostics and the length of the excerpts.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], text: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(110);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let groups = [group(diagnostic, text)];
        let _ = writeln!(out, "{}\n", renderer.render(&groups).trim_end());
    }
    if !diagnostics.is_empty() {
        let _ = writeln!(out, "{}", count(diagnostics));
    }
    out
}

/// `2 errors, 1 warning`.
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> String {
    let words = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts: Vec<String> = words
        .iter()
        .filter_map(|(severity, word)| {
            let count = diagnostics.iter().filter(|d| d.severity == *severity).count();
            (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        })
        .collect();
    if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") }
}

/// An excerpt with marks.
type Marked<'a> = Snippet<'a, annotate_snippets::Annotation<'a>>;

fn group<'a>(diagnostic: &'a Diagnostic, text: &'a str) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let file = visible(&diagnostic.file);
    let snippets = diagnostic.span.map_or_else(Vec::new, |span| snippets(diagnostic, span, text));
    // The excerpt names the place; where there is none, or where it begins inside a long line,
    // the place stands alone.
    let whole = snippets.first().is_some_and(|(_, whole)| *whole);
    if !whole {
        let origin = Origin::path(file.clone());
        group = group.element(match diagnostic.span {
            Some(span) => origin.line(span.start.line).char_column(span.start.column),
            None => origin,
        });
    }
    for (snippet, whole) in snippets {
        group = group.element(if whole { snippet.path(file.clone()) } else { snippet });
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Element::from(Level::HELP.message(hint.as_str())));
    }
    group
}

/// Control characters as escapes, so that a file name cannot steer the terminal.
fn visible(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if steers(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

/// The excerpts: one for the place itself with the related places near it, then one for each
/// related place further away. With each: whether it begins at the start of a line.
fn snippets<'a>(diagnostic: &'a Diagnostic, span: Span, text: &'a str) -> Vec<(Marked<'a>, bool)> {
    let mut clusters: Vec<Vec<(Span, AnnotationKind, &str)>> =
        vec![vec![(span, AnnotationKind::Primary, "")]];
    for (related, words) in &diagnostic.related {
        let near = |other: &(Span, AnnotationKind, &str)| {
            related.start.line.abs_diff(other.0.start.line) <= TOGETHER
        };
        let mark = (*related, AnnotationKind::Context, words.as_str());
        match clusters.iter_mut().find(|cluster| cluster.iter().any(near)) {
            Some(cluster) => cluster.push(mark),
            None => clusters.push(vec![mark]),
        }
    }
    clusters.into_iter().filter_map(|marks| snippet(&marks, text)).collect()
}

fn snippet<'a>(marks: &[(Span, AnnotationKind, &'a str)], text: &'a str) -> Option<(Marked<'a>, bool)> {
    let first = marks.iter().map(|(span, ..)| span.start).min()?;
    let last = marks.iter().map(|(span, ..)| shown_end(text, span)).max()?;
    let before = text.get(..first.byte)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let start = before[line..].char_indices().rev().nth(AROUND - 1).map_or(line, |(at, _)| line + at);
    let after = text.get(last..)?;
    let line_end = last + after.find('\n').unwrap_or(after.len());
    let end = text[last..line_end].char_indices().nth(AROUND).map_or(line_end, |(at, _)| last + at);
    let window = text.get(start..end)?;
    let mut snippet = Snippet::source(window).line_start(first.line);
    for (span, kind, words) in marks {
        let from = span.start.byte.clamp(start, end) - start;
        let to = shown_end(text, span).clamp(start, end) - start;
        let annotation = kind.span(from..to);
        let annotation = if words.is_empty() { annotation } else { annotation.label(*words) };
        snippet = snippet.annotation(annotation);
    }
    Some((snippet, start == line))
}

/// Where the mark of a span ends: at most at the end of its first line, so that excerpts stay short.
fn shown_end(text: &str, span: &Span) -> usize {
    let start = span.start.byte;
    let body = text.get(start..span.end.byte).unwrap_or("");
    let line = body.find('\n').map_or(body, |at| &body[..at]);
    start + line.char_indices().nth(AROUND).map_or(line.trim_end_matches('\r').len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rendered_with_excerpts() {
        let text = "format = 1\n[case]\ntitle = \"T\"\n[actor.a.option]\ngo = \"Gö\"\n[define]\nx = \"a.goo or y\"\ny = \"x\"\n";
        let read = detente_case::read("test.toml", text.as_bytes());
        let plain = render(&read.diagnostics, &read.text, false);
        assert!(plain.contains("error[E0301]: There is no option `a.goo`."));
        assert!(plain.contains("7 | x = \"a.goo or y\""));
        assert!(plain.contains("test.toml:7:6"));
        assert!(plain.contains("Did you mean `a.go`?"));
        assert!(plain.ends_with("2 errors\n"));
        assert!(!plain.contains('\u{1b}'));
        assert!(render(&read.diagnostics, &read.text, true).contains("\u{1b}["));
    }
}
