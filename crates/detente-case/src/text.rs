//! The text of a file, with its lines: byte offsets to places.

use std::ops::Range;

use crate::{Place, Span};

/// Whether a character steers what shows a text instead of being shown: control characters, and
/// those that turn its direction around (Unicode's explicit bidirectional formatting characters).
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A file as text.
pub(crate) struct Text<'t> {
    /// As the user named it.
    pub(crate) file: &'t str,
    /// All of it.
    pub(crate) text: &'t str,
    /// Byte offset of the start of each line.
    lines: Vec<usize>,
}

impl<'t> Text<'t> {
    pub(crate) fn new(file: &'t str, text: &'t str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { file, text, lines: std::iter::once(0).chain(starts).collect() }
    }

    /// The place of a byte offset; an offset inside a character counts as that character's.
    ///
    /// Complexity: logarithmic in the number of lines, linear in the length of the line.
    pub(crate) fn place(&self, byte: usize) -> Place {
        let byte = byte.min(self.text.len());
        let line = self.lines.partition_point(|&start| start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..).map_or(0, |rest| {
            rest.char_indices().take_while(|(at, c)| start + at + c.len_utf8() <= byte).count()
        });
        Place { line, column: column + 1, byte }
    }

    /// The places of a byte range.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        Span { start: self.place(range.start), end: self.place(range.end.max(range.start)) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = Text::new("a", "x = \"é\"\r\nüb");
        assert_eq!(text.place(0), Place { line: 1, column: 1, byte: 0 });
        assert_eq!(text.place(7), Place { line: 1, column: 7, byte: 7 });
        let second = text.text.find('b').unwrap();
        assert_eq!(text.place(second), Place { line: 2, column: 2, byte: second });
        assert_eq!(text.place(999).line, 2);
    }
}
