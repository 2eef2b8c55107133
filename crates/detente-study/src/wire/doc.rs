//! A report as data: what the terminal sets as text, a page sets as a page.

use detente_model::Conflict;
use schemars::JsonSchema;
use serde::Serialize;

use crate::show::doc::{About, Align, Block, Doc, Item, Line, Table, Tone};

/// A report, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DocView {
    /// Its parts.
    pub blocks: Vec<BlockView>,
}

/// One part of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum BlockView {
    /// What the report is about, with something short beside it.
    Title {
        /// The title.
        text: String,
        /// A date, the case.
        aside: Option<String>,
    },
    /// The start of a part that has sections of its own.
    Part {
        /// Its head.
        text: String,
    },
    /// The start of a section, with a quieter remark.
    Heading {
        /// Its head.
        text: String,
        /// The remark.
        aside: Option<String>,
    },
    /// Running text.
    Paragraph {
        /// The text.
        line: Vec<StretchView>,
    },
    /// Items one below the other.
    List {
        /// The items.
        items: Vec<ItemView>,
    },
    /// Rows and columns.
    Table {
        /// The columns, from left to right.
        columns: Vec<ColumnView>,
        /// The rows; short ones end early.
        rows: Vec<Vec<Vec<StretchView>>>,
        /// How many of the last rows are totals.
        totals: usize,
    },
    /// A picture.
    Figure {
        /// One SVG without a script and without anything that is fetched.
        svg: String,
        /// What stands below it.
        caption: String,
        /// What it shows, in words.
        alt: String,
    },
    /// The claims that are cited.
    Notes {
        /// Mark, claim and text.
        notes: Vec<NoteView>,
    },
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemView {
    /// What stands before it; may be empty.
    pub mark: Vec<StretchView>,
    /// Its text.
    pub text: Vec<StretchView>,
    /// What hangs below it.
    pub below: Vec<ItemView>,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ColumnView {
    /// Its heading.
    pub head: String,
    /// Whether it holds numbers, which stand to the right.
    pub number: bool,
    /// Whether its cells may be broken over several lines.
    pub wraps: bool,
}

/// A claim that a report cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoteView {
    /// By this mark it is cited.
    pub mark: String,
    /// The id of the claim.
    pub claim: String,
    /// Who says what, and where.
    pub text: Vec<StretchView>,
}

/// A stretch of text in one tone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StretchView {
    /// How it is said.
    pub tone: ToneView,
    /// What is said.
    pub text: String,
    /// What of the case it is about, where it leads there.
    pub about: Option<SubjectView>,
}

/// How a stretch of text is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ToneView {
    /// As it is.
    Plain,
    /// What one should see first.
    Strong,
    /// A technical term, a number, a remark.
    Quiet,
    /// Under the marker.
    Marked,
    /// What stands in the file or is typed.
    Code,
}

/// What of the case a stretch of text is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum SubjectView {
    /// An actor, by its place.
    Actor {
        /// Its place.
        actor: usize,
    },
    /// An outcome, by its number.
    State {
        /// Its number (decimal).
        state: String,
    },
    /// A wish.
    Wish {
        /// Whose, by place.
        actor: usize,
        /// Its place from 0.
        place: usize,
    },
    /// A claim.
    Claim {
        /// Its id.
        claim: String,
    },
}

impl DocView {
    /// `doc`, a report on `conflict`.
    #[must_use]
    pub fn of(conflict: &Conflict, doc: &Doc) -> Self {
        Self { blocks: doc.blocks.iter().map(|one| block(conflict, one)).collect() }
    }
}

fn block(conflict: &Conflict, block: &Block) -> BlockView {
    match block {
        Block::Title(text, aside) => BlockView::Title { text: text.clone(), aside: aside.clone() },
        Block::Part(text) => BlockView::Part { text: text.clone() },
        Block::Heading(text, aside) => BlockView::Heading { text: text.clone(), aside: aside.clone() },
        Block::Paragraph(one) => BlockView::Paragraph { line: line(conflict, one) },
        Block::List(items) => {
            BlockView::List { items: items.iter().map(|one| item(conflict, one)).collect() }
        }
        Block::Table(one) => table(conflict, one),
        Block::Figure(figure) => BlockView::Figure {
            svg: figure.svg.clone(),
            caption: figure.caption.clone(),
            alt: figure.alt.clone(),
        },
        Block::Notes(notes) => BlockView::Notes {
            notes: (notes.iter())
                .map(|note| NoteView {
                    mark: note.mark.clone(),
                    claim: claim_id(conflict, note.claim),
                    text: line(conflict, &note.text),
                })
                .collect(),
        },
    }
}

fn table(conflict: &Conflict, table: &Table) -> BlockView {
    let columns = table.columns.iter().map(|column| ColumnView {
        head: column.head.clone(),
        number: column.align == Align::Right,
        wraps: column.wraps,
    });
    let row = |row: &Vec<Line>| row.iter().map(|cell| line(conflict, cell)).collect();
    BlockView::Table {
        columns: columns.collect(),
        rows: table.rows.iter().map(row).collect(),
        totals: table.totals,
    }
}

fn item(conflict: &Conflict, one: &Item) -> ItemView {
    ItemView {
        mark: line(conflict, &one.mark),
        text: line(conflict, &one.text),
        below: one.below.iter().map(|below| item(conflict, below)).collect(),
    }
}

fn line(conflict: &Conflict, line: &Line) -> Vec<StretchView> {
    let about = |about: &About| match about {
        About::Actor(actor) => SubjectView::Actor { actor: actor.index() },
        About::State(state) => SubjectView::State { state: state.to_string() },
        About::Wish(actor, place) => SubjectView::Wish { actor: actor.index(), place: *place },
        About::Claim(claim) => SubjectView::Claim { claim: claim_id(conflict, *claim) },
    };
    let span = |span: &crate::show::doc::Span| StretchView {
        tone: match span.tone {
            Tone::Plain => ToneView::Plain,
            Tone::Strong => ToneView::Strong,
            Tone::Quiet => ToneView::Quiet,
            Tone::Marked => ToneView::Marked,
            Tone::Code => ToneView::Code,
        },
        text: span.text.clone(),
        about: span.about.as_ref().map(about),
    };
    line.spans.iter().map(span).collect()
}

fn claim_id(conflict: &Conflict, claim: detente_model::ClaimId) -> String {
    conflict.evidence.claims.get(claim.index()).map_or_else(String::new, |claim| claim.id.clone())
}
