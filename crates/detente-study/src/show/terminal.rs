//! Sets a [`Doc`] for a terminal: wrapped to its width, tones as ANSI styles.
//!
//! Styles are always written; the stream takes them away where nobody would see them.

use anstyle::{AnsiColor, Style};

use crate::show::doc::{Align, Block, Doc, Item, Line, Note, Table, Tone};

/// Width used where there is no terminal to ask.
pub const DEFAULT_WIDTH: usize = 100;
/// Text is never set wider: long lines are hard to read.
const WIDEST: usize = 120;
/// Nor narrower: words would be cut to pieces.
const NARROWEST: usize = 40;
/// The mark of an item takes at most one of so many parts of a line.
const LONGEST_MARK: usize = 3;
/// Blank columns between the columns of a table.
const GUTTER: usize = 2;

/// `doc` as text with ANSI styles, in lines of at most `width` columns (a word that is longer
/// stays whole).
pub fn set(doc: &Doc, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let mut out = Setter { out: String::new(), width };
    for (at, block) in doc.blocks.iter().enumerate() {
        let after_heading =
            at > 0 && matches!(doc.blocks[at - 1], Block::Heading(..) | Block::Part(_) | Block::Title(..));
        if at > 0 && !after_heading {
            out.out.push('\n');
        }
        out.block(block);
    }
    out.out
}

struct Setter {
    out: String,
    width: usize,
}

impl Setter {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text, aside) => {
                let aside = aside.as_deref().unwrap_or_default();
                let room = self.width.saturating_sub(columns(text) + columns(aside));
                let line = Line::new().strong(text.clone());
                if room >= 2 {
                    self.line(&line.plain(" ".repeat(room)).quiet(aside), 0);
                } else {
                    self.wrapped(&line, 0, 0);
                    self.wrapped(&Line::new().quiet(aside), 0, 0);
                }
            }
            Block::Part(text) => self.wrapped(&Line::new().strong(text.to_uppercase()), 0, 0),
            Block::Heading(text, remark) => {
                let mut line = Line::new().strong(text.clone());
                if let Some(remark) = remark {
                    line = line.plain("  ").quiet(remark.clone());
                }
                self.wrapped(&line, 0, 0);
            }
            Block::Paragraph(line) => self.wrapped(line, 0, 0),
            Block::List(items) => self.items(items, 2),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.wrapped(&Line::new().quiet(figure.alt.clone()), 0, 0),
            Block::Notes(notes) => {
                let item = |note: &Note| Item::marked(Line::new().code(note.mark.clone()), note.text.clone());
                self.items(&notes.iter().map(item).collect::<Vec<_>>(), 2);
            }
        }
    }

    fn items(&mut self, items: &[Item], indent: usize) {
        // What is longer stands before its text like any other words: it would push the texts of all to the right.
        let most = self.width / LONGEST_MARK;
        let widths = items.iter().map(|item| columns(&item.mark.words()));
        let mark = widths.filter(|width| *width <= most).max().unwrap_or(0);
        let hang = if mark == 0 { indent } else { indent + mark + 2 };
        for item in items {
            let own = columns(&item.mark.words());
            let pad = match own {
                _ if own > most => 2,
                _ if mark == 0 => 0,
                _ => mark + 2 - own,
            };
            let line = Line::new().and(item.mark.clone()).plain(" ".repeat(pad)).and(item.text.clone());
            self.wrapped(&line, indent, hang);
            self.items(&item.below, if mark == 0 { hang + 2 } else { hang });
        }
    }

    fn wrapped(&mut self, line: &Line, indent: usize, hang: usize) {
        let first = self.width.saturating_sub(indent);
        let rest = self.width.saturating_sub(hang);
        for (at, part) in wrap(line, first, rest).iter().enumerate() {
            self.line(part, if at == 0 { indent } else { hang });
        }
    }

    fn line(&mut self, line: &Line, indent: usize) {
        let mut text = " ".repeat(indent);
        for span in &line.spans {
            push_styled(&mut text, span.tone, &span.text);
        }
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn table(&mut self, table: &Table) {
        let widths = self.column_widths(table);
        let head: Vec<Line> = table.columns.iter().map(|c| Line::new().quiet(c.head.clone())).collect();
        if head.iter().any(|cell| !cell.is_empty()) {
            self.row(table, &head, &widths);
        }
        for (at, row) in table.rows.iter().enumerate() {
            if table.totals > 0 && at == table.rows.len() - table.totals {
                let rule = widths.iter().sum::<usize>() + GUTTER * widths.len().saturating_sub(1);
                self.line(&Line::new().quiet("─".repeat(rule)), 2);
            }
            self.row(table, row, &widths);
        }
    }

    fn row(&mut self, table: &Table, row: &[Line], widths: &[usize]) {
        let empty = Line::new();
        let cells: Vec<Vec<Line>> = widths
            .iter()
            .enumerate()
            .map(|(at, &width)| wrap(row.get(at).unwrap_or(&empty), width, width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for y in 0..height {
            let mut line = Line::new();
            for (at, &width) in widths.iter().enumerate() {
                let cell = cells[at].get(y).cloned().unwrap_or_default();
                let room = width.saturating_sub(columns(&cell.words()));
                let left = match table.columns[at].align {
                    Align::Left => 0,
                    Align::Right => room,
                };
                line = line.plain(" ".repeat(left)).and(cell).plain(" ".repeat(room - left));
                if at + 1 < widths.len() {
                    line = line.plain(" ".repeat(GUTTER));
                }
            }
            self.line(&line, 2);
        }
    }

    /// Natural widths; where they do not fit, the columns that may wrap give way, widest first.
    fn column_widths(&self, table: &Table) -> Vec<usize> {
        let mut widths: Vec<usize> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let cells =
                    table.rows.iter().filter_map(|row| row.get(at)).map(|cell| columns(&cell.words()));
                cells.chain([columns(&column.head)]).max().unwrap_or(0)
            })
            .collect();
        let least: Vec<usize> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                if column.wraps {
                    let cells = table
                        .rows
                        .iter()
                        .filter_map(|row| row.get(at))
                        .map(|cell| longest_word(&cell.words()));
                    cells.chain([longest_word(&column.head), 8]).max().unwrap_or(0).min(widths[at])
                } else {
                    widths[at]
                }
            })
            .collect();
        let room = self.width.saturating_sub(2 + GUTTER * widths.len().saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            let widest = (0..widths.len()).filter(|&at| widths[at] > least[at]).max_by_key(|&at| widths[at]);
            match widest {
                Some(at) => widths[at] -= 1,
                None => break,
            }
        }
        widths
    }
}

fn push_styled(out: &mut String, tone: Tone, text: &str) {
    let style = style(tone);
    let (open, close) = (style.render().to_string(), style.render_reset().to_string());
    out.push_str(&open);
    out.push_str(text);
    out.push_str(&close);
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Strong => Style::new().bold(),
        Tone::Quiet => Style::new().dimmed(),
        Tone::Marked => AnsiColor::Black.on(AnsiColor::Yellow),
        Tone::Code => AnsiColor::Cyan.on_default(),
    }
}

/// How many columns of a terminal `text` takes.
pub fn columns(text: &str) -> usize {
    console::measure_text_width(text)
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(columns).max().unwrap_or(0)
}

/// Breaks `line` at blanks into lines of at most `first` and then `rest` columns. A word that
/// is longer than a line stays whole. At least one line comes back.
fn wrap(line: &Line, first: usize, rest: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    let mut used = 0;
    let mut pending = String::new();
    let mut pending_tone = Tone::Plain;
    for word in words(line) {
        if word.blank {
            pending.push_str(&word.spans[0].1);
            pending_tone = word.spans[0].0;
            continue;
        }
        let width: usize = word.spans.iter().map(|(_, text)| columns(text)).sum();
        let room = if lines.len() == 1 { first } else { rest };
        let leading = lines.len() == 1 && used == 0;
        if used > 0 && used + columns(&pending) + width > room {
            lines.push(Line::new());
            used = 0;
        } else if used > 0 || leading {
            used += columns(&pending);
            if let Some(last) = lines.last_mut() {
                *last = std::mem::take(last).then(pending_tone, pending.clone());
            }
        }
        pending.clear();
        used += width;
        if let Some(last) = lines.last_mut() {
            for (tone, text) in word.spans {
                *last = std::mem::take(last).then(tone, text);
            }
        }
    }
    lines
}

/// A run of blanks, or a word; a word may change its tone on the way.
struct Word {
    blank: bool,
    spans: Vec<(Tone, String)>,
}

fn words(line: &Line) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for span in &line.spans {
        for c in span.text.chars() {
            let blank = c == ' ';
            match words.last_mut() {
                Some(word) if word.blank == blank => match word.spans.last_mut() {
                    Some((tone, text)) if *tone == span.tone || blank => text.push(c),
                    _ => word.spans.push((span.tone, c.to_string())),
                },
                _ => words.push(Word { blank, spans: vec![(span.tone, c.to_string())] }),
            }
        }
    }
    words
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::show::doc::Column;

    fn plain(doc: &Doc, width: usize) -> String {
        anstream::adapter::strip_str(&set(doc, width)).to_string()
    }

    #[test]
    fn text_wraps_between_words_and_hangs_under_its_mark() {
        let mut doc = Doc::default();
        doc.list(vec![Item::marked("–", "one two three four five six seven eight nine ten eleven twelve")]);
        assert_eq!(
            plain(&doc, 40),
            "  –  one two three four five six seven\n     eight nine ten eleven twelve\n"
        );
    }

    #[test]
    fn a_word_keeps_together_across_tones() {
        let line = Line::new().plain("ab").strong("cd").plain(" e");
        let lines: Vec<String> = wrap(&line, 5, 5).iter().map(Line::words).collect();
        assert_eq!(lines, ["abcd", "e"]);
    }

    #[test]
    fn tables_shrink_where_they_may_and_numbers_stand_right() {
        let mut doc = Doc::default();
        let mut table = Table::new([Column::text("name"), Column::number("count")]);
        table.row(["a name that is far too long for the line it is in".into(), "7".into()]);
        table.total(["all".into(), "1234".into()]);
        doc.table(table);
        let text = plain(&doc, 40);
        assert!(text.lines().all(|line| columns(line) <= 40), "{text}");
        assert!(text.lines().next().unwrap().ends_with("count"));
        assert!(text.lines().last().unwrap().ends_with(" 1234"));
    }

    #[test]
    fn no_line_ends_in_blanks() {
        let mut doc = Doc::default();
        doc.title("T", None);
        doc.say("x ");
        assert!(plain(&doc, 80).lines().all(|line| line == line.trim_end()));
    }
}
