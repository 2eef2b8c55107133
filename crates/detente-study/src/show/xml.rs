//! Text inside XML: SVG, GraphML, HTML.

/// `text` as it stands inside an element or a quoted attribute of XML 1.0: `&`, `<`, `>` and `"` escaped, line
/// ends and tabs as blanks, characters that XML cannot have as U+FFFD. Linear in its length.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
