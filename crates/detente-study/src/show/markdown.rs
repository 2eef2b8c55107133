//! Sets a [`Doc`] as Markdown (CommonMark with tables).

use std::fmt::Write;

use crate::show::doc::{Align, Block, Doc, Item, Line, Table, Tone};

/// `doc` as Markdown.
pub fn set(doc: &Doc) -> String {
    let mut out = String::new();
    for block in &doc.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Title(text, aside) => {
                let _ = writeln!(out, "# {}", escape(text));
                if let Some(aside) = aside {
                    let _ = writeln!(out, "\n{}", escape(aside));
                }
            }
            Block::Part(text) => {
                let _ = writeln!(out, "## {}", escape(text));
            }
            Block::Heading(text, remark) => {
                let _ = writeln!(out, "{} {}", if doc.has_parts() { "###" } else { "##" }, escape(text));
                if let Some(remark) = remark {
                    let _ = writeln!(out, "\n{}", escape(remark));
                }
            }
            Block::Paragraph(line) => {
                let _ = writeln!(out, "{}", inline(line));
            }
            Block::List(items) => list(&mut out, items, 0),
            Block::Table(rows) => table(&mut out, rows),
            // Markdown has no pictures of its own: what it shows is said.
            Block::Figure(figure) => {
                let _ = writeln!(out, "{}", escape(&figure.alt));
            }
            Block::Notes(notes) => {
                for note in notes {
                    let _ = writeln!(out, "- {}: {}", code(&note.mark), inline(&note.text));
                }
            }
        }
    }
    out
}

fn list(out: &mut String, items: &[Item], depth: usize) {
    for item in items {
        let _ = writeln!(out, "{}- {}", "  ".repeat(depth), inline(&item.said()));
        list(out, &item.below, depth + 1);
    }
}

fn table(out: &mut String, table: &Table) {
    let heads: Vec<String> = table.columns.iter().map(|c| cell(&Line::from(c.head.as_str()))).collect();
    let _ = writeln!(out, "| {} |", heads.join(" | "));
    let rules: Vec<&str> = table
        .columns
        .iter()
        .map(|c| match c.align {
            Align::Left => "---",
            Align::Right => "--:",
        })
        .collect();
    let _ = writeln!(out, "| {} |", rules.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> =
            (0..table.columns.len()).map(|at| row.get(at).map(cell).unwrap_or_default()).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}

fn cell(line: &Line) -> String {
    inline(line).replace('|', "\\|")
}

fn inline(line: &Line) -> String {
    let mut out = String::new();
    for (tone, text) in line.tones() {
        let core = text.trim();
        if core.is_empty() {
            out.push_str(&text);
            continue;
        }
        let start = &text[..text.len() - text.trim_start().len()];
        let end = &text[text.trim_end().len()..];
        let set = match tone {
            Tone::Plain | Tone::Quiet => escape(core),
            Tone::Strong | Tone::Marked => format!("**{}**", escape(core)),
            Tone::Code => code(core),
        };
        let _ = write!(out, "{start}{set}{end}");
    }
    out.trim_end().to_owned()
}

fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    format!("{fence}{text}{fence}")
}

/// Text of a case shows as text: nothing in it is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_case_is_never_markup() {
        let mut doc = Doc::default();
        doc.say(Line::new().strong("Yes.").plain(" <script> a_b *c* [d](e)").code(" x|y"));
        assert_eq!(set(&doc), "**Yes.** &lt;script&gt; a\\_b \\*c\\* \\[d\\](e) `x|y`\n");
    }
}
