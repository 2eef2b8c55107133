//! A report before it has a medium: headings, sentences, lists and tables.
//!
//! Commands build a [`Doc`]; [`crate::show::terminal`] and [`crate::show::markdown`] set it. Text has a
//! [`Tone`], not a colour: the medium decides how a tone looks.

use detente_model::{ActorId, ClaimId, State};

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// One part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What the report is about, with something short beside it (a date).
    Title(String, Option<String>),
    /// The start of a part that has sections of its own.
    Part(String),
    /// The start of a section, with a quieter remark on the same line.
    Heading(String, Option<String>),
    /// Running text.
    Paragraph(Line),
    /// Items one below the other, each behind its mark.
    List(Vec<Item>),
    /// Rows and columns.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// The claims that a report cites: wherever it names one of them ([`About::Claim`]), a medium that can leads here.
    Notes(Vec<Note>),
}

/// A picture, and what it says for those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The picture, one SVG without a script and without anything that is fetched.
    pub svg: String,
    /// What stands below it.
    pub caption: String,
    /// What it shows, in words.
    pub alt: String,
}

/// A claim that a report cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub claim: ClaimId,
    /// By this mark it is cited.
    pub mark: String,
    /// Who says what, and where.
    pub text: Line,
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What stands before it: a number, a dash, a name. May be empty.
    pub mark: Line,
    /// Its text.
    pub text: Line,
    /// What hangs below it.
    pub below: Vec<Item>,
}

/// A table. Rows may be shorter than the head: the rest is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom.
    pub rows: Vec<Vec<Line>>,
    /// How many of the last rows are totals, set apart from the rest.
    pub totals: usize,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub head: String,
    /// To which side its cells go.
    pub align: Align,
    /// Whether its cells may be broken over several lines when space is short.
    pub wraps: bool,
}

/// To which side cells go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// Text with tones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// In reading order.
    pub spans: Vec<Span>,
}

/// A stretch of text in one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// How it is said.
    pub tone: Tone,
    /// What is said.
    pub text: String,
    /// What of the case it is about: a medium that can be touched leads there.
    pub about: Option<About>,
}

/// What of the case a stretch of text is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An actor.
    Actor(ActorId),
    /// An outcome.
    State(State),
    /// The wish of an actor, at this place from 0.
    Wish(ActorId, usize),
    /// A claim.
    Claim(ClaimId),
}

/// How a stretch of text is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// What one should see first.
    Strong,
    /// A technical term, a number, a remark.
    Quiet,
    /// Under the marker: what this is about, or what differs.
    Marked,
    /// What stands in the file or is typed: an id, a formula, a command.
    Code,
}

impl Doc {
    /// Appends a title.
    pub fn title(&mut self, text: impl Into<String>, aside: Option<String>) {
        self.blocks.push(Block::Title(text.into(), aside));
    }

    /// Appends the head of a part.
    pub fn part(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Part(text.into()));
    }

    /// Appends a heading.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into(), None));
    }

    /// Appends a heading with a remark.
    pub fn heading_with(&mut self, text: impl Into<String>, remark: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into(), Some(remark.into())));
    }

    /// Appends a paragraph.
    pub fn say(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Paragraph(line.into()));
    }

    /// Appends a list, unless it is empty.
    pub fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Whether headings stand inside parts.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Part(_)))
    }

    /// Every line, from top to bottom, with whether it is strong by its place (headings, heads of tables, totals).
    pub fn each(&self, of: &mut dyn FnMut(&Line, bool)) {
        fn items(list: &[Item], of: &mut dyn FnMut(&Line, bool)) {
            for item in list {
                of(&item.said(), false);
                items(&item.below, of);
            }
        }
        for block in &self.blocks {
            match block {
                Block::Title(text, aside) | Block::Heading(text, aside) => {
                    of(&Line::from(text.as_str()), true);
                    of(&Line::from(aside.as_deref().unwrap_or_default()), false);
                }
                Block::Part(text) => of(&Line::from(text.as_str()), true),
                Block::Paragraph(line) => of(line, false),
                Block::List(list) => items(list, of),
                Block::Table(table) => {
                    table.columns.iter().for_each(|column| of(&Line::from(column.head.as_str()), true));
                    let totals = table.rows.len().saturating_sub(table.totals);
                    for (at, row) in table.rows.iter().enumerate() {
                        row.iter().for_each(|cell| of(cell, at >= totals));
                    }
                }
                Block::Figure(figure) => of(&Line::from(figure.caption.as_str()), false),
                Block::Notes(notes) => notes.iter().for_each(|note| {
                    of(&Line::new().code(note.mark.as_str()), false);
                    of(&note.text, false);
                }),
            }
        }
    }

    /// Appends a table, unless it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

impl Item {
    /// An item without a mark.
    pub fn new(text: impl Into<Line>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// An item behind `mark`.
    pub fn marked(mark: impl Into<Line>, text: impl Into<Line>) -> Self {
        Self { mark: mark.into(), text: text.into(), below: Vec::new() }
    }

    /// Its mark, where that says something (a dash is a list's own), and its text.
    #[must_use]
    pub fn said(&self) -> Line {
        let mark = self.mark.words();
        let says = mark.chars().any(char::is_alphanumeric) || ["+", "−", "~"].contains(&mark.trim());
        if says { self.mark.clone().plain(" ").and(self.text.clone()) } else { self.text.clone() }
    }

    /// This item with `item` below it.
    pub fn with(mut self, item: Self) -> Self {
        self.below.push(item);
        self
    }
}

impl Column {
    /// A column of text that may wrap.
    pub fn text(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Left, wraps: true }
    }

    /// A column of short words that stay whole.
    pub fn words(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Left, wraps: false }
    }

    /// A column of numbers.
    pub fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Right, wraps: false }
    }
}

impl Table {
    /// A table with these columns.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), ..Self::default() }
    }

    /// Appends a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Line>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Appends a row of totals.
    pub fn total(&mut self, cells: impl IntoIterator<Item = Line>) {
        self.row(cells);
        self.totals += 1;
    }
}

impl Line {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// This line and then `text` in `tone`.
    #[must_use]
    pub fn then(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.spans.push(Span { tone, text, about: None });
        }
        self
    }

    /// This line and then plain text that is about a part of the case.
    #[must_use]
    pub fn about(mut self, about: About, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.spans.push(Span { tone: Tone::Plain, text, about: Some(about) });
        }
        self
    }

    /// This line in another tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        for span in &mut self.spans {
            span.tone = tone;
        }
        self
    }

    /// This line with its first letter as a capital.
    #[must_use]
    pub fn capital(mut self) -> Self {
        if let Some(first) = self.spans.first_mut() {
            let mut letters = first.text.chars();
            if let Some(letter) = letters.next() {
                first.text = letter.to_uppercase().chain(letters).collect();
            }
        }
        self
    }

    /// The lines one after the other, `between` each two of them, `last` before the last.
    #[must_use]
    pub fn joined(lines: impl IntoIterator<Item = Self>, between: &str, last: &str) -> Self {
        let lines: Vec<Self> = lines.into_iter().collect();
        let end = lines.len().saturating_sub(1);
        lines.into_iter().enumerate().fold(Self::new(), |all, (at, line)| match at {
            0 => line,
            _ => all.plain(if at == end { last } else { between }).and(line),
        })
    }

    /// This line and then plain text.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.then(Tone::Plain, text)
    }

    /// This line and then strong text.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.then(Tone::Strong, text)
    }

    /// This line and then quiet text.
    #[must_use]
    pub fn quiet(self, text: impl Into<String>) -> Self {
        self.then(Tone::Quiet, text)
    }

    /// This line and then text under the marker.
    #[must_use]
    pub fn marked(self, text: impl Into<String>) -> Self {
        self.then(Tone::Marked, text)
    }

    /// This line and then what is typed or stands in the file.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.then(Tone::Code, text)
    }

    /// This line and then `other`.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// The beginning: the sentences that end within `most` characters, of a longer first sentence the parts of its list
    /// that do, at least one; and how much is left out. The whole line when it is shorter, or is one part.
    pub fn shortened(&self, most: usize) -> Self {
        let words = self.words();
        let Some((limit, _)) = words.char_indices().nth(most) else { return self.clone() };
        let mut sentences = detente_case::sentences(&words, "", None);
        if let Some(last) = sentences.last_mut() {
            last.end = words.trim_end().len();
        }
        let kept = sentences.iter().take_while(|at| at.end <= limit).count();
        let left = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 more {one}").trim_end().to_owned()),
            n => Some(format!("{n} more {many}").trim_end().to_owned()),
        };
        if kept > 0 {
            let Some(more) = left(sentences.len() - kept, "sentence", "sentences") else {
                return self.clone();
            };
            return self.upto(sentences[kept - 1].end).quiet(format!(" … ({more})"));
        }
        let Some(first) = sentences.first().cloned() else { return self.clone() };
        let ends = parts(&words[..first.end]);
        let kept = ends.iter().take_while(|end| **end <= limit).count().max(1);
        let others = sentences.len() - 1;
        match ends.get(kept - 1) {
            Some(end) if kept < ends.len() => {
                let more =
                    left(ends.len() - kept, "", "").into_iter().chain(left(others, "sentence", "sentences"));
                let more: Vec<String> = more.collect();
                self.upto(*end).quiet(format!(" … ({})", more.join(", and ")))
            }
            _ => match left(others, "sentence", "sentences") {
                Some(more) => self.upto(first.end).quiet(format!(" … ({more})")),
                None => self.clone(),
            },
        }
    }

    /// The first `end` bytes of its words.
    fn upto(&self, end: usize) -> Self {
        let mut left = end;
        let mut line = Self::new();
        for span in &self.spans {
            let take = left.min(span.text.len());
            if take > 0 {
                line.spans.push(Span { text: span.text[..take].to_owned(), ..span.clone() });
            }
            left -= take;
        }
        line
    }

    /// The text in stretches of one tone, whatever they are about.
    pub fn tones(&self) -> Vec<(Tone, String)> {
        let mut all: Vec<(Tone, String)> = Vec::new();
        for span in &self.spans {
            match all.last_mut() {
                Some((tone, text)) if *tone == span.tone => text.push_str(&span.text),
                _ => all.push((span.tone, span.text.clone())),
            }
        }
        all
    }

    /// The words without tones.
    pub fn words(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.is_empty())
    }
}

/// `text` with what stands in quotation marks, which is somebody's name or words, between `open` and `close`: so a medium
/// isolates it, and it does not turn the sentence around it.
pub fn isolated(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '“' => {
                out.push(c);
                if depth == 0 {
                    out.push_str(open);
                }
                depth += 1;
            }
            '”' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push_str(close);
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    if depth > 0 {
        out.push_str(close);
    }
    out
}

/// Where the parts of a list in a sentence end, before each `;` that stands in no quotation and no bracket, and at its end.
fn parts(sentence: &str) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut ends = Vec::new();
    for (at, c) in sentence.char_indices() {
        match c {
            '“' | '(' | '[' => depth += 1,
            '”' | ')' | ']' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => ends.push(at),
            _ => {}
        }
    }
    ends.push(sentence.len());
    ends
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    fn short(text: &str, most: usize) -> String {
        Line::from(text).shortened(most).words()
    }

    #[test]
    fn lines_are_cut_at_ends_and_say_how_much_is_left_out() {
        let text = "It holds in one outcome. Anna, who would rather go, stays. Ben stays too.";
        assert_eq!(short(text, 200), text);
        assert_eq!(
            short(text, 60),
            "It holds in one outcome. Anna, who would rather go, stays. … (1 more sentence)"
        );
        assert_eq!(short(text, 40), "It holds in one outcome. … (2 more sentences)");
        // No sentence ends so early: it is not cut in its middle.
        assert_eq!(short(text, 10), "It holds in one outcome. … (2 more sentences)");
        let list = "Anna would go to “Peace; no tax”; Ben to “War”; Carl (who waits; and waits) nowhere. Dora stays.";
        assert_eq!(short(list, 40), "Anna would go to “Peace; no tax” … (2 more, and 1 more sentence)");
        assert_eq!(short(list, 5), "Anna would go to “Peace; no tax” … (2 more, and 1 more sentence)");
        assert_eq!(
            short(list, 50),
            "Anna would go to “Peace; no tax”; Ben to “War” … (1 more, and 1 more sentence)"
        );
        let one = "Anna would rather not go to any of the places that were named in what was said of it all by Ben.";
        assert_eq!(short(one, 20), one);
    }
}
