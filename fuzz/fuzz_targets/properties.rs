//! What holds for every text, whatever it is. Included by the targets.

use detente_case::{Diagnostic, Read, read, to_toml};

/// Reads `bytes`: a conflict, or at least one error that says why not; every problem in its place.
pub(crate) fn reads(bytes: &[u8]) -> Read {
    let read = read("case", bytes);
    assert_eq!(read.conflict.is_none(), read.diagnostics.iter().any(Diagnostic::is_error));
    shown(&read.diagnostics, &read.text);
    read
}

/// Every problem stands inside the text and says something.
pub(crate) fn shown(diagnostics: &[Diagnostic], text: &str) {
    for problem in diagnostics {
        assert!(!problem.message.is_empty() && problem.hint.as_ref().is_none_or(|hint| !hint.is_empty()));
        let related = problem.related.iter().map(|(span, _)| span);
        let fix = problem.fix.iter().map(|fix| &fix.span);
        for span in related.chain(&problem.span).chain(fix) {
            assert!(span.start.byte <= span.end.byte, "{problem:?}");
            // The text of a file that is no text is not kept.
            assert!(text.is_empty() || text.get(span.start.byte..span.end.byte).is_some(), "{problem:?}");
        }
    }
}

/// Written and read again it is the same conflict.
#[allow(dead_code)]
pub(crate) fn comes_back(read: &Read) {
    let Some(conflict) = &read.conflict else { return };
    let text = to_toml(conflict);
    let again = self::read("written", text.as_bytes());
    assert_eq!(again.conflict.as_ref(), Some(conflict), "{:#?}\n{text}", again.diagnostics);
}
