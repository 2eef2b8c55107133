//! A report before it has a medium: headings, sentences, lists and tables.
//!
//! Commands build a [`Doc`]; [`super::terminal`] and [`super::markdown`] set it. Text has a
//! [`Tone`], not a colour: the medium decides how a tone looks.

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doc {
    /// From top to bottom.
    pub(crate) blocks: Vec<Block>,
}

/// One part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// What the report is about, with something short beside it (a date).
    Title(String, Option<String>),
    /// The start of a section, with a quieter remark on the same line.
    Heading(String, Option<String>),
    /// Running text.
    Paragraph(Line),
    /// Items one below the other, each behind its mark.
    List(Vec<Item>),
    /// Rows and columns.
    Table(Table),
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// What stands before it: a number, a dash, a name. May be empty.
    pub(crate) mark: Line,
    /// Its text.
    pub(crate) text: Line,
    /// What hangs below it.
    pub(crate) below: Vec<Item>,
}

/// A table. Rows may be shorter than the head: the rest is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The columns, from left to right.
    pub(crate) columns: Vec<Column>,
    /// The rows, from top to bottom.
    pub(crate) rows: Vec<Vec<Line>>,
    /// How many of the last rows are totals, set apart from the rest.
    pub(crate) totals: usize,
}

/// One column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) head: String,
    /// To which side its cells go.
    pub(crate) align: Align,
    /// Whether its cells may be broken over several lines when space is short.
    pub(crate) wraps: bool,
}

/// To which side cells go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// Text with tones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// In reading order.
    pub(crate) spans: Vec<Span>,
}

/// A stretch of text in one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// How it is said.
    pub(crate) tone: Tone,
    /// What is said.
    pub(crate) text: String,
}

/// How a stretch of text is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
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
    pub(crate) fn title(&mut self, text: impl Into<String>, aside: Option<String>) {
        self.blocks.push(Block::Title(text.into(), aside));
    }

    /// Appends a heading.
    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into(), None));
    }

    /// Appends a heading with a remark.
    pub(crate) fn heading_with(&mut self, text: impl Into<String>, remark: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into(), Some(remark.into())));
    }

    /// Appends a paragraph.
    pub(crate) fn say(&mut self, line: impl Into<Line>) {
        self.blocks.push(Block::Paragraph(line.into()));
    }

    /// Appends a list, unless it is empty.
    pub(crate) fn list(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Appends a table, unless it has no rows.
    pub(crate) fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

impl Item {
    /// An item without a mark.
    pub(crate) fn new(text: impl Into<Line>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// An item behind `mark`.
    pub(crate) fn marked(mark: impl Into<Line>, text: impl Into<Line>) -> Self {
        Self { mark: mark.into(), text: text.into(), below: Vec::new() }
    }

    /// This item with `item` below it.
    pub(crate) fn with(mut self, item: Self) -> Self {
        self.below.push(item);
        self
    }
}

impl Column {
    /// A column of text that may wrap.
    pub(crate) fn text(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Left, wraps: true }
    }

    /// A column of short words that stay whole.
    pub(crate) fn words(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Left, wraps: false }
    }

    /// A column of numbers.
    pub(crate) fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Right, wraps: false }
    }
}

impl Table {
    /// A table with these columns.
    pub(crate) fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), ..Self::default() }
    }

    /// Appends a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Line>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Appends a row of totals.
    pub(crate) fn total(&mut self, cells: impl IntoIterator<Item = Line>) {
        self.row(cells);
        self.totals += 1;
    }
}

impl Line {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// This line and then `text` in `tone`.
    #[must_use]
    pub(crate) fn then(mut self, tone: Tone, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.spans.push(Span { tone, text });
        }
        self
    }

    /// This line and then plain text.
    #[must_use]
    pub(crate) fn plain(self, text: impl Into<String>) -> Self {
        self.then(Tone::Plain, text)
    }

    /// This line and then strong text.
    #[must_use]
    pub(crate) fn strong(self, text: impl Into<String>) -> Self {
        self.then(Tone::Strong, text)
    }

    /// This line and then quiet text.
    #[must_use]
    pub(crate) fn quiet(self, text: impl Into<String>) -> Self {
        self.then(Tone::Quiet, text)
    }

    /// This line and then text under the marker.
    #[must_use]
    pub(crate) fn marked(self, text: impl Into<String>) -> Self {
        self.then(Tone::Marked, text)
    }

    /// This line and then what is typed or stands in the file.
    #[must_use]
    pub(crate) fn code(self, text: impl Into<String>) -> Self {
        self.then(Tone::Code, text)
    }

    /// This line and then `other`.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// The beginning, up to the end of a part before `most` characters, and a sign that there is more; the whole
    /// line when it is shorter.
    pub(crate) fn shortened(&self, most: usize) -> Self {
        let words = self.words();
        let Some((end, _)) = words.char_indices().nth(most) else { return self.clone() };
        let head = &words[..end];
        let part = ["; ", ". ", ", "].iter().filter_map(|mark| head.rfind(mark)).max();
        let mut left = part.or_else(|| head.rfind(' ')).unwrap_or(end);
        let mut line = Self::new();
        for span in &self.spans {
            let take = left.min(span.text.len());
            line = line.then(span.tone, &span.text[..take]);
            left -= take;
        }
        line.plain(" …")
    }

    /// The words without tones.
    pub(crate) fn words(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.is_empty())
    }
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
