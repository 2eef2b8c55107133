//! Sets a [`Doc`] as DOCX (ECMA-376, WordprocessingML): real headings, tables whose heads are repeated on every page,
//! footnotes for claims, links from each later mention to its note, paragraphs in the direction of their text.
//!
//! The kept library for this format knows no repeated heads, no direction and no words for a picture, and these are what a
//! report is handed in for; so the few elements that a [`Doc`] takes are written here, and packed by a kept library. The
//! same document gives the same bytes: no clock is asked.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write};

use detente_model::ClaimId;
use unicode_bidi::BidiClass;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::show::doc::{About, Align, Block, Doc, Figure, Item, Line, Note, Span, Table, Tone};
use crate::show::raster;
use crate::show::xml::xml;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The width of the text on A4, in twentieths of a point.
const TEXT: usize = 9_638;
/// English metric units in a twentieth of a point.
const EMU: usize = 635;
/// Levels of lists that have a mark of their own.
const LEVELS: usize = 6;

/// `doc` as the bytes of a DOCX file.
///
/// # Errors
/// In words, where the file cannot be packed.
///
/// # Complexity
/// Linear in the length of the document, and in the pixels of its pictures.
pub fn set(doc: &Doc) -> Result<Vec<u8>, String> {
    let mut setter = Setter { heads: usize::from(doc.has_parts()), ..Setter::default() };
    for block in &doc.blocks {
        if let Block::Notes(notes) = block {
            setter.notes.extend(notes.iter().map(|note| (note.claim, note.clone())));
        }
    }
    for block in &doc.blocks {
        setter.block(block);
    }
    setter.pack(doc).map_err(|error| error.to_string())
}

#[derive(Default)]
struct Setter {
    body: String,
    footnotes: String,
    /// How many footnotes there are.
    footnoted: usize,
    /// By how much headings stand below those of parts.
    heads: usize,
    notes: HashMap<ClaimId, Note>,
    cited: HashSet<ClaimId>,
    /// The pictures, as PNG.
    pictures: Vec<Vec<u8>>,
    /// How many bookmarks there are.
    marks: usize,
}

impl Setter {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text, aside) => {
                self.paragraph("Title", &Line::from(text.as_str()));
                if let Some(aside) = aside {
                    self.paragraph("Subtitle", &Line::from(aside.as_str()));
                }
            }
            Block::Part(text) => self.paragraph("Heading1", &Line::from(text.as_str())),
            Block::Heading(text, remark) => {
                let style = if self.heads == 0 { "Heading1" } else { "Heading2" };
                self.paragraph(style, &Line::from(text.as_str()));
                if let Some(remark) = remark.as_deref().filter(|remark| !remark.is_empty()) {
                    self.paragraph("Normal", &Line::new().quiet(remark));
                }
            }
            Block::Paragraph(line) => self.paragraph("Normal", line),
            Block::List(items) => self.items(items, 0),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Notes(notes) => {
                for note in notes {
                    self.note(note);
                }
            }
        }
    }

    fn paragraph(&mut self, style: &str, line: &Line) {
        let runs = self.runs(line);
        let _ = writeln!(
            self.body,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{}</w:pPr>{runs}</w:p>",
            bidi(line)
        );
    }

    fn items(&mut self, items: &[Item], level: usize) {
        for item in items {
            let line = item.said();
            let runs = self.runs(&line);
            let at = level.min(LEVELS - 1);
            let _ = writeln!(
                self.body,
                "<w:p><w:pPr><w:pStyle w:val=\"ListParagraph\"/><w:numPr><w:ilvl w:val=\"{at}\"/><w:numId \
                 w:val=\"1\"/></w:numPr>{}</w:pPr>{runs}</w:p>",
                bidi(&line)
            );
            self.items(&item.below, level + 1);
        }
    }

    fn table(&mut self, table: &Table) {
        let widths = widths(table);
        self.body.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook \
             w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" \
             w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
        );
        for width in &widths {
            let _ = write!(self.body, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.body.push_str("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            self.cell(&Line::new().strong(column.head.clone()), column.align, *width);
        }
        self.body.push_str("</w:tr>\n");
        let totals = table.rows.len().saturating_sub(table.totals);
        for (at, row) in table.rows.iter().enumerate() {
            self.body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (column, width) in widths.iter().enumerate() {
                let line = row.get(column).cloned().unwrap_or_default();
                let line = if at >= totals { line.toned(Tone::Strong) } else { line };
                self.cell(&line, table.columns[column].align, *width);
            }
            self.body.push_str("</w:tr>\n");
        }
        // Two tables in a row would be one.
        self.body.push_str("</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr></w:p>\n");
    }

    fn cell(&mut self, line: &Line, align: Align, width: usize) {
        let runs = self.runs(line);
        let side = match align {
            Align::Left => "",
            Align::Right => "<w:jc w:val=\"right\"/>",
        };
        let _ = write!(
            self.body,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle \
             w:val=\"Cell\"/>{}{side}</w:pPr>{runs}</w:p></w:tc>",
            bidi(line)
        );
    }

    /// The picture, or where it cannot be drawn what it shows.
    fn figure(&mut self, figure: &Figure) {
        let Some(picture) = raster::png(&figure.svg) else {
            self.paragraph("Normal", &Line::from(figure.alt.as_str()));
            return;
        };
        let wide = TEXT.min((picture.most * 20.0) as usize) * EMU;
        let high = wide * picture.high as usize / (picture.wide as usize).max(1);
        self.pictures.push(picture.bytes);
        let at = self.pictures.len();
        let _ = writeln!(
            self.body,
            "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" \
             distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{at}\" \
             name=\"Picture {at}\" descr=\"{alt}\"/><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr \
             id=\"{at}\" name=\"Picture {at}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
             r:embed=\"picture{at}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off \
             x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom \
             prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
            alt = xml(&figure.alt)
        );
        self.paragraph("Caption", &Line::from(figure.caption.as_str()));
    }

    fn note(&mut self, note: &Note) {
        let runs = self.runs(&note.text);
        self.marks += 1;
        let at = self.marks;
        let _ = writeln!(
            self.body,
            "<w:p><w:pPr><w:pStyle w:val=\"Note\"/>{}</w:pPr><w:bookmarkStart w:id=\"{at}\" w:name=\"{}\"/>{}<w:bookmarkEnd \
             w:id=\"{at}\"/>{}{runs}</w:p>",
            bidi(&note.text),
            anchor(note),
            run(Tone::Code, &note.mark),
            run(Tone::Plain, "  "),
        );
    }

    fn runs(&mut self, line: &Line) -> String {
        line.spans.iter().map(|span| self.span(span)).collect()
    }

    fn span(&mut self, span: &Span) -> String {
        let text = run(span.tone, &span.text);
        let Some(About::Claim(claim)) = &span.about else { return text };
        let Some(note) = self.notes.get(claim).cloned() else { return text };
        if !self.cited.insert(*claim) {
            return format!(
                "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{text}</w:hyperlink>",
                anchor(&note)
            );
        }
        self.footnoted += 1;
        let at = self.footnoted;
        let said: String = note.text.tones().iter().map(|(tone, text)| run(*tone, text)).collect();
        let _ = writeln!(
            self.footnotes,
            "<w:footnote w:id=\"{at}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/>{}</w:pPr><w:r><w:rPr><w:rStyle \
             w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{}{said}</w:p></w:footnote>",
            bidi(&note.text),
            run(Tone::Plain, &format!(" {}: ", note.mark)),
        );
        format!(
            "{text}<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{at}\"/></w:r>"
        )
    }

    fn pack(&self, doc: &Doc) -> zip::result::ZipResult<Vec<u8>> {
        let title = doc.blocks.iter().find_map(|block| match block {
            Block::Title(text, _) => Some(text.as_str()),
            _ => None,
        });
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut part = |name: &str, content: &[u8]| -> zip::result::ZipResult<()> {
            zip.start_file(name, options)?;
            zip.write_all(content)?;
            Ok(())
        };
        part("[Content_Types].xml", CONTENT_TYPES.as_bytes())?;
        part("_rels/.rels", PACKAGE.as_bytes())?;
        let title = xml(title.unwrap_or("Détente"));
        part("docProps/core.xml", CORE.replace("{title}", &title).as_bytes())?;
        part("word/styles.xml", STYLES.as_bytes())?;
        part("word/numbering.xml", numbering().as_bytes())?;
        part("word/settings.xml", SETTINGS.as_bytes())?;
        let footnotes =
            format!("{HEAD}<w:footnotes {NAMESPACES}>{SEPARATORS}{}</w:footnotes>", self.footnotes);
        part("word/footnotes.xml", footnotes.as_bytes())?;
        let body = &self.body;
        let document = format!("{HEAD}<w:document {NAMESPACES}><w:body>\n{body}{PAGE}</w:body></w:document>");
        part("word/document.xml", document.as_bytes())?;
        part("word/footer1.xml", FOOTER.as_bytes())?;
        let mut rels = RELATIONS.to_owned();
        for at in 1..=self.pictures.len() {
            let _ = write!(
                rels,
                "<Relationship Id=\"picture{at}\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
                 Target=\"media/picture{at}.png\"/>"
            );
        }
        rels.push_str("</Relationships>");
        part("word/_rels/document.xml.rels", rels.as_bytes())?;
        for (at, picture) in self.pictures.iter().enumerate() {
            part(&format!("word/media/picture{}.png", at + 1), picture)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// The place of a note.
fn anchor(note: &Note) -> String {
    // A name of a bookmark has at most 40 letters, all of them letters, digits or underscores.
    format!("claim_{}", note.claim.index())
}

/// The columns' shares of the width: by the longest cell of each, none starved.
fn widths(table: &Table) -> Vec<usize> {
    let longest = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|line| line.words().chars().count());
        let most = cells.max().unwrap_or(0).max(table.columns[at].head.chars().count());
        most.clamp(6, 60)
    };
    let all: Vec<usize> = (0..table.columns.len()).map(longest).collect();
    let sum = all.iter().sum::<usize>().max(1);
    all.iter().map(|own| own * TEXT / sum).collect()
}

/// That a paragraph runs from right to left, where its first strong letter does (Unicode Bidirectional Algorithm, P2).
fn bidi(line: &Line) -> &'static str {
    let words = line.words();
    let strong = words
        .chars()
        .map(unicode_bidi::bidi_class)
        .find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    if matches!(strong, Some(BidiClass::R | BidiClass::AL)) { "<w:bidi/>" } else { "" }
}

fn run(tone: Tone, text: &str) -> String {
    let look = match tone {
        Tone::Plain => "",
        Tone::Strong => "<w:rPr><w:b/><w:bCs/></w:rPr>",
        Tone::Quiet => "<w:rPr><w:color w:val=\"595959\"/></w:rPr>",
        Tone::Marked => "<w:rPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F7E27A\"/></w:rPr>",
        Tone::Code => {
            "<w:rPr><w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/><w:sz w:val=\"19\"/></w:rPr>"
        }
    };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", xml(text))
}

fn numbering() -> String {
    let mut levels = String::new();
    for level in 0..LEVELS {
        let mark = ["•", "–", "·"][level % 3];
        let left = 360 + 360 * level;
        let _ = write!(
            levels,
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText \
             w:val=\"{mark}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"260\"/></w:pPr></w:lvl>"
        );
    }
    format!(
        "{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType \
         w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId \
         w:val=\"0\"/></w:num></w:numbering>"
    )
}

const CONTENT_TYPES: &str = include_str!("docx/content-types.xml");
const PACKAGE: &str = include_str!("docx/package.rels.xml");
const CORE: &str = include_str!("docx/core.xml");
const STYLES: &str = include_str!("docx/styles.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
const FOOTER: &str = include_str!("docx/footer.xml");
const RELATIONS: &str = include_str!("docx/document.rels.xml");
const SEPARATORS: &str = include_str!("docx/separators.xml");
const PAGE: &str = include_str!("docx/page.xml");

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::show::doc::Column;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn heads_are_repeated_text_is_text_and_directions_are_kept() {
        let mut doc = Doc::default();
        doc.title("A & <b>", None);
        doc.heading("How");
        doc.say("سلام means peace\u{7}");
        let mut table = Table::new([Column::text("what"), Column::number("n")]);
        table.row(["a".into(), "1".into()]);
        doc.table(table);
        let claim = ClaimId(0);
        doc.say(Line::new().about(About::Claim(claim), "c1").plain(" and ").about(About::Claim(claim), "c1"));
        let text = Line::from("says so");
        doc.blocks.push(Block::Notes(vec![Note { claim, mark: "c1".to_owned(), text }]));
        let bytes = set(&doc).unwrap();
        assert_eq!(bytes, set(&doc).unwrap(), "the same bytes");
        let body = part(&bytes, "word/document.xml");
        assert!(body.contains("A &amp; &lt;b&gt;") && !body.contains('\u{7}'), "{body}");
        assert_eq!(body.matches("<w:tblHeader/>").count(), 1);
        assert_eq!(body.matches("<w:bidi/>").count(), 1);
        assert_eq!(body.matches("<w:footnoteReference ").count(), 1, "the first mention");
        assert_eq!(body.matches("<w:hyperlink w:anchor=\"claim_0\"").count(), 1, "the second");
        assert_eq!(body.matches("w:name=\"claim_0\"").count(), 1, "and where it leads");
        assert!(part(&bytes, "word/footnotes.xml").contains("says so"));
        assert!(part(&bytes, "docProps/core.xml").contains("A &amp; &lt;b&gt;"));
        // Each part is well-formed: every element that is opened is closed.
        for name in ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"] {
            let text = part(&bytes, name);
            assert!(
                roxmltree::Document::parse(&text).is_ok(),
                "{name}: {:?}",
                roxmltree::Document::parse(&text).err()
            );
        }
    }
}
