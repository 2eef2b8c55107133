//! Sets a [`Doc`] as PDF: A4, tagged for those who have it read to them (PDF/UA-1), with bookmarks, links between claims
//! and their notes, heads of tables repeated on every page, pictures as vectors, names in any script.
//!
//! A kept library writes the file; what makes pages of a [`Doc`] is ours. Letters come from the fonts of the program, which
//! have Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic ones; others from the fonts of the machine. Where
//! neither has a letter, a box stands for it, and the report says so below its title. The same document gives the same
//! bytes: no clock is asked, and of what the machine has only fonts for other scripts are read.

mod faces;
mod figure;
mod flow;
mod shape;
mod table;
mod write;

use std::collections::HashMap;
use std::rc::Rc;

use detente_model::ClaimId;

use crate::say::report::paper;
use crate::show::doc::{About, Block, Doc, Figure, Item, Line, Note, Tone};
use crate::show::fonts::{MONO, SANS, SERIF};
use crate::show::raster::PRINTED;

use faces::Faces;
use flow::{LOW, Mark, Pages, Part, SIDE, Set, TEXT, TOP};
use shape::{Link, Look, Piece, Shaped};

/// Letters.
const INK: [u8; 3] = [0x15, 0x17, 0x1C];
/// What is said besides.
const QUIET: [u8; 3] = [0x59, 0x5D, 0x66];
/// Under what this is about.
const MARKER: [u8; 3] = [0xF7, 0xE2, 0x7A];
/// Rules of tables.
const RULE: [u8; 3] = [0xC8, 0xCA, 0xCF];

/// Running text.
const NORMAL: Shape = Shape { family: SERIF, size: 10.0, leading: 13.0, after: 4.0 };
/// Notes, captions.
const SMALL: Shape = Shape { family: SERIF, size: 8.8, leading: 11.4, after: 2.6 };
/// Cells.
const CELL: Shape = Shape { family: SANS, size: 8.4, leading: 11.2, after: 0.0 };
const TITLE: Shape = Shape { family: SERIF, size: 17.0, leading: 21.0, after: 2.0 };
const PART: Shape = Shape { family: SERIF, size: 14.0, leading: 18.0, after: 3.0 };
const HEAD: Shape = Shape { family: SERIF, size: 11.2, leading: 14.6, after: 2.0 };
/// By how much a level of a list is set in.
const STEP: f32 = 12.0;
/// No list is set in further than this many levels.
const LEVELS: usize = 8;

/// How a paragraph is set; in points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    family: &'static str,
    size: f32,
    leading: f32,
    after: f32,
}

/// `doc` as the bytes of a PDF file.
///
/// # Errors
/// In words, where the library cannot write it.
///
/// # Complexity
/// Linear in the length of the document; fonts of the machine are searched once for each letter that the program's lack.
pub fn set(doc: &Doc) -> Result<Vec<u8>, String> {
    let mut setter = Setter::new(doc);
    let missing = setter.missing(doc);
    for (at, block) in doc.blocks.iter().enumerate() {
        setter.block(block, doc.blocks.get(at + 1));
        if at == 0 && !missing.is_empty() {
            setter.paragraph(None, &Line::new().marked(paper::unprinted(&missing)), NORMAL, SIDE);
        }
    }
    setter.pages.numbers = write::numbers(setter.pages.count(), &mut setter.faces);
    let title = doc.blocks.iter().find_map(|block| match block {
        Block::Title(text, _) => Some(text.as_str()),
        _ => None,
    });
    write::file(&setter.pages, &setter.faces, &setter.figures, title.unwrap_or("Détente"))
}

struct Setter {
    faces: Faces,
    pages: Pages,
    figures: Vec<resvg::usvg::Tree>,
    /// The marks of the claims that stand among the notes.
    notes: HashMap<ClaimId, Rc<str>>,
    /// By how much headings stand below those of parts.
    below: u16,
}

impl Setter {
    fn new(doc: &Doc) -> Self {
        let mut notes = HashMap::new();
        for block in &doc.blocks {
            if let Block::Notes(list) = block {
                notes.extend(list.iter().map(|note| (note.claim, Rc::from(note.mark.as_str()))));
            }
        }
        Self {
            faces: Faces::new(),
            pages: Pages::new(),
            figures: Vec::new(),
            notes,
            below: u16::from(doc.has_parts()),
        }
    }

    /// The scripts that no font has letters of.
    fn missing(&mut self, doc: &Doc) -> Vec<&'static str> {
        let mut line = |line: &Line, strong: bool| {
            for span in &line.spans {
                let strong = strong || span.tone == Tone::Strong;
                let family = if span.tone == Tone::Code { MONO } else { SERIF };
                let text = span.text.as_str().into();
                let look = Look { family, strong, size: 1.0, colour: INK, marked: false };
                Shaped::new(vec![Piece { text, look, link: None }], &mut self.faces);
            }
        };
        doc.each(&mut line);
        self.faces.missing()
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Title(text, aside) => {
                self.head(1, text, TITLE, next);
                if let Some(aside) = aside {
                    self.paragraph(None, &Line::new().quiet(aside.as_str()), NORMAL, SIDE);
                }
            }
            Block::Part(text) => self.head(2, text, PART, next),
            Block::Heading(text, remark) => {
                self.head(2 + self.below, text, HEAD, next);
                if let Some(remark) = remark.as_deref().filter(|remark| !remark.is_empty()) {
                    self.paragraph(None, &Line::new().quiet(remark), NORMAL, SIDE);
                }
            }
            Block::Paragraph(line) => self.paragraph(None, line, NORMAL, SIDE),
            Block::List(items) => {
                self.items(None, items, 0);
                self.pages.skip(2.0);
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Notes(notes) => self.notes(notes),
        }
    }

    fn head(&mut self, level: u16, text: &str, shape: Shape, next: Option<&Block>) {
        let look = Look { family: shape.family, strong: true, size: shape.size, colour: INK, marked: false };
        let piece = Piece { text: text.to_owned(), look, link: None };
        let shaped = Rc::new(Shaped::new(vec![piece], &mut self.faces));
        let lines = shaped.lines(TEXT);
        let before = match level {
            1 => 0.0,
            2 if self.below > 0 => 18.0,
            _ => 8.0,
        };
        // A heading stands above the beginning of what it is the heading of.
        let after = match next {
            Some(Block::Heading(..)) => HEAD.leading + 3.0 * NORMAL.leading,
            Some(Block::Figure(figure)) => self.high(figure),
            Some(Block::Table(_)) => 6.0 * CELL.leading,
            _ => 2.0 * NORMAL.leading,
        };
        let own = lines.len() as f32 * shape.leading + shape.after;
        self.pages.fit((before + own + after).min(LOW - TOP));
        self.pages.skip(before);
        if level > 1 {
            let (page, top) = (self.pages.page, self.pages.down);
            self.pages.marks.push(Mark { level, text: text.to_owned(), page, top });
        }
        let part = self.pages.part(None, Part::Head(level, text.to_owned()));
        self.lines(part, &shaped, &lines, shape, (SIDE, TEXT));
    }

    /// A paragraph, which begins at `left` and ends where the text ends.
    fn paragraph(&mut self, of: Option<usize>, line: &Line, shape: Shape, left: f32) {
        let shaped = self.shaped(line, shape, false);
        let part = self.pages.part(of, Part::Paragraph);
        let wide = SIDE + TEXT - left;
        let lines = shaped.lines(wide);
        self.lines(part, &shaped, &lines, shape, (left, wide));
    }

    /// Sets lines one below the other, over as many pages as it takes; none stands alone on a page, where there are more.
    fn lines(
        &mut self,
        of: usize,
        shaped: &Rc<Shaped>,
        lines: &[shape::Line],
        shape: Shape,
        (left, wide): (f32, f32),
    ) {
        let mut at = 0;
        while at < lines.len() {
            let left_over = lines.len() - at;
            let fits = ((self.pages.room() / shape.leading).floor().max(0.0) as usize).min(left_over);
            let take = match (fits, left_over) {
                (0, _) => 0,
                (fits, rest) if fits == rest => rest,
                (1, _) => 0,
                (fits, rest) if fits + 1 == rest => {
                    if fits > 2 {
                        fits - 1
                    } else {
                        0
                    }
                }
                (fits, _) => fits,
            };
            if take == 0 && !self.pages.fresh {
                self.pages.next();
                continue;
            }
            let take = take.max(1).min(left_over);
            for line in &lines[at..at + take] {
                let base = self.pages.down + baseline(shape);
                self.pages.line(Some(of), shaped, line, Set { left, wide, base, end: false });
                self.pages.down += shape.leading;
            }
            at += take;
            if at < lines.len() {
                self.pages.next();
            }
        }
        self.pages.skip(shape.after);
    }

    fn items(&mut self, of: Option<usize>, items: &[Item], level: usize) {
        let list = self.pages.part(of, Part::List);
        let indent = STEP * level.min(LEVELS) as f32;
        let wide = TEXT - indent - STEP;
        let bullet = Line::new().quiet(["•", "–", "·"][level % 3]);
        let bullet = self.shaped(&bullet, NORMAL, false);
        for item in items {
            let shaped = self.shaped(&item.said(), NORMAL, false);
            let lines = shaped.lines(wide);
            // An item that runs from right to left is set in from the right.
            let (mark, left) = match shaped.backwards {
                true => (SIDE + wide + 4.0, SIDE),
                false => (SIDE + indent + 2.0, SIDE + indent + STEP),
            };
            // Its mark stands beside its first line.
            self.pages.fit(first(lines.len()) as f32 * NORMAL.leading);
            let own = self.pages.part(Some(list), Part::Item);
            let label = self.pages.part(Some(own), Part::Label);
            let base = self.pages.down + baseline(NORMAL);
            for line in bullet.lines(STEP) {
                let set = Set { left: mark, wide: STEP, base, end: false };
                self.pages.line(Some(label), &bullet, &line, set);
            }
            let body = self.pages.part(Some(own), Part::Body);
            let shape = Shape { after: 2.0, ..NORMAL };
            self.lines(body, &shaped, &lines, shape, (left, wide));
            if !item.below.is_empty() {
                self.items(Some(body), &item.below, level + 1);
            }
        }
    }

    fn notes(&mut self, notes: &[Note]) {
        let list = self.pages.part(None, Part::List);
        let marks: Vec<Rc<Shaped>> = notes
            .iter()
            .map(|note| {
                let look =
                    Look { family: MONO, strong: false, size: SMALL.size * 0.92, colour: INK, marked: false };
                let mark: Rc<str> = Rc::from(note.mark.as_str());
                // Back to where it is named, where it is.
                let link = Link::Mention(note.claim.index(), mark);
                let link = self.pages.places.contains_key(&link).then_some(link);
                let piece = Piece { text: note.mark.clone(), look, link };
                Rc::new(Shaped::new(vec![piece], &mut self.faces))
            })
            .collect();
        let widest = marks.iter().map(|mark| mark.width()).fold(18.0, f32::max).min(90.0) + 8.0;
        for (note, mark) in notes.iter().zip(marks) {
            let shaped = self.shaped(&note.text, SMALL, false);
            let lines = shaped.lines(TEXT - widest);
            let labels = mark.lines(widest - 6.0);
            self.pages.fit(first(lines.len()).max(labels.len()) as f32 * SMALL.leading);
            let own = self.pages.part(Some(list), Part::Item);
            let place = (self.pages.page, self.pages.down);
            self.pages.places.insert(Link::Note(note.claim.index(), Rc::from(note.mark.as_str())), place);
            let label = self.pages.part(Some(own), Part::Label);
            for (at, line) in labels.iter().enumerate() {
                let base = self.pages.down + at as f32 * SMALL.leading + baseline(SMALL);
                let set = Set { left: SIDE, wide: widest, base, end: false };
                self.pages.line(Some(label), &mark, line, set);
            }
            let page = self.pages.page;
            let low = self.pages.down + labels.len() as f32 * SMALL.leading;
            let body = self.pages.part(Some(own), Part::Body);
            self.lines(body, &shaped, &lines, SMALL, (SIDE + widest, TEXT - widest));
            if self.pages.page == page {
                self.pages.down = self.pages.down.max(low);
            }
        }
    }

    /// How high a picture is, with what stands below it.
    fn high(&self, figure: &Figure) -> f32 {
        figure::size(&figure.svg).map_or(NORMAL.leading, |(wide, high)| {
            (high * PRINTED.min(TEXT / wide)).min(LOW - TOP - 3.0 * SMALL.leading) + 3.0 * SMALL.leading
        })
    }

    /// The picture, or where it cannot be drawn what it shows.
    fn figure(&mut self, figure: &Figure) {
        let Some(tree) = crate::show::raster::tree(&figure.svg) else {
            self.paragraph(None, &Line::from(figure.alt.as_str()), NORMAL, SIDE);
            return;
        };
        let size = tree.size();
        let room = LOW - TOP - 3.0 * SMALL.leading;
        let scale = (TEXT / size.width()).min(room / size.height()).min(PRINTED);
        let (wide, high) = (size.width() * scale, size.height() * scale);
        self.pages.fit(high + SMALL.leading);
        let part = self.pages.part(None, Part::Figure(figure.alt.clone()));
        let area = flow::Area { left: SIDE + (TEXT - wide) / 2.0, top: self.pages.down, wide, high };
        self.pages.picture(part, self.figures.len(), area);
        self.figures.push(tree);
        self.pages.down += high + 3.0;
        if !figure.caption.is_empty() {
            let caption = self.pages.part(None, Part::Caption);
            let shaped = self.shaped(&Line::new().quiet(figure.caption.as_str()), SMALL, false);
            let lines = shaped.lines(TEXT);
            self.lines(caption, &shaped, &lines, SMALL, (SIDE, TEXT));
        }
    }

    /// A line in glyphs; names are isolated, so that one in another direction does not turn the sentence around it.
    fn shaped(&mut self, line: &Line, shape: Shape, strong: bool) -> Rc<Shaped> {
        let mut pieces = Vec::new();
        for span in &line.spans {
            let code = span.tone == Tone::Code;
            let look = Look {
                family: if code { MONO } else { shape.family },
                strong: strong || span.tone == Tone::Strong,
                size: if code { shape.size * 0.9 } else { shape.size },
                colour: if span.tone == Tone::Quiet { QUIET } else { INK },
                marked: span.tone == Tone::Marked,
            };
            let link = match &span.about {
                Some(About::Claim(claim)) => {
                    self.notes.get(claim).map(|mark| Link::Note(claim.index(), Rc::clone(mark)))
                }
                _ => None,
            };
            let text = match span.about {
                Some(_) => format!("\u{2068}{}\u{2069}", span.text),
                None => crate::show::doc::isolated(&span.text, "\u{2068}", "\u{2069}"),
            };
            pieces.push(Piece { text, look, link });
        }
        Rc::new(Shaped::new(pieces, &mut self.faces))
    }
}

/// How many of so many lines stand on one page at least: neither the first nor the last stands alone.
fn first(lines: usize) -> usize {
    if lines <= 3 { lines } else { 2 }
}

/// How far below the top of a line its letters stand.
fn baseline(shape: Shape) -> f32 {
    shape.leading / 2.0 + shape.size * 0.33
}
