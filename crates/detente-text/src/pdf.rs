//! PDF: the text layer of a file, in lines and paragraphs.
//!
//! # Definition
//! Strings are taken in the order in which a page shows them, which is the order of reading in what word processors write.
//! Where one stands is computed from the text and page matrices and the widths of its glyphs: a gap of a fifth of the size
//! of the letters is a blank, a step down of half of it a new line. Lines are a paragraph until a larger step, another size
//! of letters, or a line that ends before its place with a stop and is followed by one that is set in. A word that was
//! broken at the end of a line with a hyphen is put together again where it goes on with a small letter. Lines that stand at
//! the top or the bottom of half of the pages (at least three), numbers aside, are left out, and said.
//!
//! Complexity: linear in what the pages unpack to, which is bounded as a whole: a form that is shown again is paid again.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use lopdf::content::{Content, Operation};
use lopdf::{DecompressError, Dictionary, Document as Pdf, Encoding, Error, LoadOptions, Object};

use crate::bounds::{Budget, CONTENT, FORMS, OBJECTS, PAGES, TEXT};
use crate::{Document, Refused, counted, folded, refused};

/// Rows and columns of a matrix without its last column.
type Matrix = [f32; 6];

const ONE: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn damaged() -> Refused {
    Refused("it is a PDF file that is damaged: save it anew, or as plain text".to_owned())
}

fn why(error: &Error, bound: &crate::Bound) -> Refused {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => bound.passed(),
        Error::InvalidPassword | Error::Decryption(_) => locked(),
        _ => damaged(),
    }
}

fn locked() -> Refused {
    Refused("it has a password: save it without one".to_owned())
}

/// How much each list of objects may unpack to: all are unpacked while a file is loaded. Those that are packed once are
/// unpacked here to be measured together; where a list hides (its name is written otherwise, it is packed several times)
/// all lists share the bound evenly.
fn each_list(bytes: &[u8]) -> Result<usize, Refused> {
    let mut budget = Budget::of(&OBJECTS);
    let mut measured = 0;
    for at in places(bytes, b"stream") {
        let before = &bytes[at.saturating_sub(NEAR)..at];
        let begin = before.windows(4).rposition(|word| word == b" obj").unwrap_or(0);
        let about = &before[begin..];
        let counts = |word: &[u8]| places(about, word).count();
        if counts(b"/ObjStm") + counts(b"/XRef") != 1
            || counts(b"/FlateDecode") != 1
            || counts(b"Decode") != 1
        {
            continue;
        }
        let packed = &bytes[at + b"stream".len()..];
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        let most = budget.left() as u64 + 1;
        let mut unpacked = ZlibDecoder::new(packed).take(most);
        // What is damaged is as long as it can be unpacked.
        let mut long = 0;
        let mut part = [0; 1 << 14];
        while let Ok(read @ 1..) = unpacked.read(&mut part) {
            long += read;
        }
        budget.take(long)?;
        measured += 1;
    }
    let all = lists(bytes);
    Ok(if measured == all { OBJECTS.most } else { OBJECTS.most / all.max(1) })
}

/// What a stream is stands so near before it.
const NEAR: usize = 4096;

/// Where a word stands.
fn places<'b>(bytes: &'b [u8], word: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    let first = word.first().copied().unwrap_or_default();
    bytes
        .iter()
        .enumerate()
        .filter(move |(_, byte)| **byte == first)
        .map(|(at, _)| at)
        .filter(move |at| bytes[*at..].starts_with(word))
}

/// How many lists of objects a file has, however their names are written.
fn lists(bytes: &[u8]) -> usize {
    let hex = |byte: u8| char::from(byte).to_digit(16);
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1).copied().and_then(hex).zip(bytes.get(at + 2).copied().and_then(hex));
        match pair {
            Some((high, low)) if byte == b'#' => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or(b'#'));
                at += 3;
            }
            _ => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    places(&plain, b"/ObjStm").count() + places(&plain, b"/XRef").count()
}

pub(crate) fn read(bytes: &[u8]) -> Result<Document, Refused> {
    // What a damaged file makes the reader of its format do is that file's matter.
    let read = std::panic::catch_unwind(|| pages(bytes));
    read.unwrap_or_else(|_| Err(damaged()))
}

fn pages(bytes: &[u8]) -> Result<Document, Refused> {
    let options = LoadOptions { max_decompressed_size: Some(each_list(bytes)?), ..LoadOptions::default() };
    let pdf = Pdf::load_mem_with_options(bytes, options).map_err(|error| why(&error, &OBJECTS))?;
    if pdf.is_encrypted() {
        return Err(locked());
    }
    let mut reader =
        Reader { pdf: &pdf, budget: Budget::of(&CONTENT), fonts: HashMap::new(), unknown: 0, long: 0 };
    let mut all: Vec<Vec<Line>> = Vec::new();
    let mut pictures = 0;
    for (at, id) in pdf.page_iter().enumerate() {
        PAGES.check(at + 1)?;
        let content = pdf
            .get_page_content_with_limit(id, reader.budget.left())
            .map_err(|error| why(&error, &CONTENT))?;
        reader.budget.take(content.len() + 64)?;
        let mut page = Page::default();
        let (inline, ids) = pdf.get_page_resources(id).unwrap_or_default();
        let mut resources: Vec<&Dictionary> = inline.into_iter().collect();
        resources.extend(ids.iter().filter_map(|id| pdf.get_dictionary(*id).ok()));
        reader.show(&content, &resources, ONE, &mut page, 0)?;
        page.end_line();
        pictures += page.pictures;
        all.push(page.lines);
    }
    let heads = running_heads(&mut all);
    let text = set(&all);
    if !text.chars().any(char::is_alphanumeric) {
        return refused(if reader.unknown > 0 {
            "its letters have a coding that is not known here: copy the text out of a viewer into a file"
        } else {
            "it has no text layer (a scan?): run a text recognition (OCR) over it first"
        });
    }
    let mut left_out: Vec<String> = heads;
    left_out.extend(counted(pictures, "picture", "pictures"));
    left_out.extend(counted(
        reader.unknown,
        "stretch of text in a coding that is not known here",
        "stretches of text in a coding that is not known here",
    ));
    Ok(Document { text, left_out, ..Document::default() })
}

/// A line of a page.
#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    /// Where it begins and ends, and its foot.
    from: f32,
    to: f32,
    y: f32,
    size: f32,
}

#[derive(Default)]
struct Page {
    lines: Vec<Line>,
    line: Option<Line>,
    pictures: usize,
}

impl Page {
    fn end_line(&mut self) {
        if let Some(line) = self.line.take() {
            let text = folded(&line.text);
            if !text.is_empty() {
                self.lines.push(Line { text, ..line });
            }
        }
    }

    /// Letters of `size` from `from` to `to` on the foot `y`.
    fn put(&mut self, text: &str, from: f32, to: f32, y: f32, size: f32) {
        if let Some(line) = &mut self.line {
            let same = (line.y - y).abs() <= 0.5 * size.max(line.size);
            if same && from >= line.to - 4.0 * size {
                let gap = from - line.to;
                if (gap > 0.2 * size || gap < -0.5 * size) && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(text);
                line.to = to;
                line.size = line.size.max(size);
                return;
            }
        }
        self.end_line();
        self.line = Some(Line { text: text.to_owned(), from, to, y, size });
    }
}

/// How wide glyphs are, in thousandths of the size.
enum Widths {
    Simple { first: i64, all: Vec<f32>, missing: Option<f32>, unit: f32 },
    Composite { usual: f32, ranges: Vec<(i64, i64, f32)>, single: BTreeMap<i64, f32> },
}

impl Widths {
    fn of(&self, code: i64) -> f32 {
        match self {
            Self::Simple { first, all, missing, unit } => {
                let at = code.checked_sub(*first).and_then(|at| usize::try_from(at).ok());
                let found = at.and_then(|at| all.get(at)).copied().or(*missing).map(|width| width * unit);
                found.unwrap_or_else(|| usual_width(code))
            }
            Self::Composite { usual, ranges, single } => single.get(&code).copied().unwrap_or_else(|| {
                ranges
                    .iter()
                    .find(|(from, to, _)| (*from..=*to).contains(&code))
                    .map_or(*usual, |(.., width)| *width)
            }),
        }
    }
}

/// About how wide a letter is where a font does not say.
fn usual_width(code: i64) -> f32 {
    match u8::try_from(code).unwrap_or(b'n') {
        b' ' | b'i' | b'j' | b'l' | b't' | b'f' | b'I' | b'.' | b',' | b';' | b':' | b'\'' | b'!' | b'|'
        | b'(' | b')' => 270.0,
        b'm' | b'w' | b'M' | b'W' => 820.0,
        b'A'..=b'Z' => 680.0,
        _ => 510.0,
    }
}

struct Font<'p> {
    encoding: Option<Encoding<'p>>,
    widths: Widths,
    composite: bool,
}

struct Reader<'p> {
    pdf: &'p Pdf,
    budget: Budget,
    /// By where they stand in the file.
    fonts: HashMap<*const Dictionary, std::rc::Rc<Font<'p>>>,
    unknown: usize,
    long: usize,
}

fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}

/// The numbers of an operation.
fn numbers<const N: usize>(operation: &Operation) -> Option<[f32; N]> {
    let mut all = [0.0; N];
    for (at, place) in all.iter_mut().enumerate() {
        *place = number(operation.operands.get(at)?)?;
    }
    Some(all)
}

/// What a text shows with.
#[derive(Clone)]
struct State<'p> {
    matrix: Matrix,
    font: Option<std::rc::Rc<Font<'p>>>,
    size: f32,
    between: f32,
    blank: f32,
    scale: f32,
    leading: f32,
}

/// So many states are kept at once.
const STATES: usize = 512;

impl<'p> Reader<'p> {
    fn deref(&self, object: &'p Object) -> &'p Object {
        self.pdf.dereference(object).map_or(object, |(_, object)| object)
    }

    fn get(&self, of: &'p Dictionary, key: &[u8]) -> Option<&'p Object> {
        of.get(key).ok().map(|object| self.deref(object))
    }

    fn sub(&self, resources: &[&'p Dictionary], kind: &[u8], name: &[u8]) -> Option<&'p Object> {
        resources.iter().find_map(|all| {
            let table = self.get(all, kind)?.as_dict().ok()?;
            self.get(table, name)
        })
    }

    fn font(
        &mut self,
        resources: &[&'p Dictionary],
        name: &[u8],
    ) -> Result<Option<std::rc::Rc<Font<'p>>>, Refused> {
        let Some(dict) = self.sub(resources, b"Font", name).and_then(|found| found.as_dict().ok()) else {
            return Ok(None);
        };
        let key = std::ptr::from_ref(dict);
        if let Some(known) = self.fonts.get(&key) {
            return Ok(Some(std::rc::Rc::clone(known)));
        }
        let composite =
            self.get(dict, b"Subtype").and_then(|kind| kind.as_name().ok()) == Some(b"Type0".as_slice());
        let encoding = match self.unicode(dict)? {
            Some(encoding) => Some(encoding),
            None => match dict.get_font_encoding_with_limit(self.pdf, self.budget.left()) {
                Ok(encoding) => Some(encoding),
                Err(error @ Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                    return Err(why(&error, &CONTENT));
                }
                Err(_) => None,
            },
        };
        // What it says of its letters in Unicode is unpacked again for each font.
        if let Some(table) = self.get(dict, b"ToUnicode").and_then(|table| table.as_stream().ok()) {
            self.budget.take(table.content.len().saturating_mul(4))?;
        }
        let widths = if composite { self.composite(dict) } else { self.simple(dict) };
        let font = std::rc::Rc::new(Font { encoding, widths, composite });
        self.fonts.insert(key, std::rc::Rc::clone(&font));
        Ok(Some(font))
    }

    /// What a font says of its letters in Unicode; this goes before names of glyphs, which may be any.
    fn unicode(&self, dict: &Dictionary) -> Result<Option<Encoding<'p>>, Refused> {
        let Ok(table) = dict.get(b"ToUnicode") else { return Ok(None) };
        let mut alone = Dictionary::new();
        alone.set("Type", Object::Name(b"Font".to_vec()));
        alone.set("ToUnicode", table.clone());
        match alone.get_font_encoding_with_limit(self.pdf, self.budget.left()) {
            Ok(Encoding::UnicodeMapEncoding(map)) => Ok(Some(Encoding::UnicodeMapEncoding(map))),
            Err(error @ Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                Err(why(&error, &CONTENT))
            }
            _ => Ok(None),
        }
    }

    fn simple(&self, dict: &'p Dictionary) -> Widths {
        let all = self.get(dict, b"Widths").and_then(|all| all.as_array().ok());
        let all: Vec<f32> = all
            .into_iter()
            .flatten()
            .take(256)
            .map(|one| number(self.deref(one)).unwrap_or_default())
            .collect();
        let first = self.get(dict, b"FirstChar").and_then(|first| first.as_i64().ok()).unwrap_or_default();
        let about = self.get(dict, b"FontDescriptor").and_then(|about| about.as_dict().ok());
        let missing = about.and_then(|about| self.get(about, b"MissingWidth")).and_then(number);
        let matrix = self.get(dict, b"FontMatrix").and_then(|all| all.as_array().ok());
        let unit = matrix.and_then(|all| all.first()).and_then(number).map_or(1.0, |unit| unit * 1000.0);
        Widths::Simple { first, all, missing: missing.filter(|width| *width > 0.0), unit }
    }

    fn composite(&self, dict: &'p Dictionary) -> Widths {
        let below = self.get(dict, b"DescendantFonts").and_then(|all| all.as_array().ok());
        let below = below.and_then(|all| all.first()).and_then(|one| self.deref(one).as_dict().ok());
        let usual = below.and_then(|below| self.get(below, b"DW")).and_then(number).unwrap_or(1000.0);
        let (mut ranges, mut single) = (Vec::new(), BTreeMap::new());
        let all = below.and_then(|below| self.get(below, b"W")).and_then(|all| all.as_array().ok());
        let mut rest = all.map_or(&[][..], Vec::as_slice);
        while let [first, second, after @ ..] = rest {
            let Ok(from) = self.deref(first).as_i64() else { break };
            match (self.deref(second), after) {
                (Object::Array(widths), _) => {
                    for (at, width) in widths.iter().enumerate().take(1 << 16) {
                        let code = i64::try_from(at).ok().and_then(|at| from.checked_add(at));
                        if let (Some(code), Some(width)) = (code, number(self.deref(width))) {
                            single.insert(code, width);
                        }
                    }
                    rest = after;
                }
                (to, [width, more @ ..]) => {
                    // Each letter looks through the ranges: few are enough for a font that is one.
                    if let (Ok(to), Some(width)) = (to.as_i64(), number(self.deref(width)))
                        && ranges.len() < 512
                    {
                        ranges.push((from, to, width));
                    }
                    rest = more;
                }
                _ => break,
            }
        }
        Widths::Composite { usual, ranges, single }
    }

    /// What `content` shows.
    fn show(
        &mut self,
        content: &[u8],
        resources: &[&'p Dictionary],
        matrix: Matrix,
        page: &mut Page,
        inside: usize,
    ) -> Result<(), Refused> {
        let mut state =
            State { matrix, font: None, size: 1.0, between: 0.0, blank: 0.0, scale: 1.0, leading: 0.0 };
        let mut kept: Vec<State<'p>> = Vec::new();
        let (mut line, mut text) = (ONE, ONE);
        for operation in Content::decode_iter(content) {
            // What comes after a mistake is not read: viewers do not show it either.
            let Ok(operation) = operation else { break };
            let first = operation.operands.first();
            match operation.operator.as_str() {
                "q" if kept.len() < STATES => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => {
                    if let Some(by) = numbers::<6>(&operation) {
                        state.matrix = then(by, state.matrix);
                    }
                }
                "BT" => (line, text) = (ONE, ONE),
                "Tf" => {
                    if let Some(name) = first.and_then(|name| name.as_name().ok()) {
                        state.font = self.font(resources, name)?;
                    }
                    state.size = operation.operands.get(1).and_then(number).unwrap_or(state.size);
                }
                "Tc" => state.between = first.and_then(number).unwrap_or_default(),
                "Tw" => state.blank = first.and_then(number).unwrap_or_default(),
                "Tz" => state.scale = first.and_then(number).map_or(1.0, |scale| scale / 100.0),
                "TL" => state.leading = first.and_then(number).unwrap_or_default(),
                "Tm" => {
                    if let Some(by) = numbers::<6>(&operation) {
                        (line, text) = (by, by);
                    }
                }
                name @ ("Td" | "TD") => {
                    if let Some([x, y]) = numbers::<2>(&operation) {
                        if name == "TD" {
                            state.leading = -y;
                        }
                        line = then([1.0, 0.0, 0.0, 1.0, x, y], line);
                        text = line;
                    }
                }
                name @ ("T*" | "Tj" | "TJ" | "'" | "\"") => {
                    if name == "\""
                        && let Some([blank, between]) = numbers::<2>(&operation)
                    {
                        (state.blank, state.between) = (blank, between);
                    }
                    if matches!(name, "T*" | "'" | "\"") {
                        line = then([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                        text = line;
                    }
                    if name != "T*"
                        && let Some(said) = operation.operands.last()
                    {
                        self.string(said, &state, &mut text, page)?;
                    }
                }
                "BI" => page.pictures += 1,
                "Do" => {
                    let Some(name) = first.and_then(|name| name.as_name().ok()) else { continue };
                    let Some(form) =
                        self.sub(resources, b"XObject", name).and_then(|form| form.as_stream().ok())
                    else {
                        continue;
                    };
                    match self.get(&form.dict, b"Subtype").and_then(|kind| kind.as_name().ok()) {
                        Some(b"Image") => page.pictures += 1,
                        Some(b"Form") => {
                            FORMS.check(inside + 1)?;
                            let content = match form.decompressed_content_with_limit(self.budget.left()) {
                                Ok(content) => content,
                                Err(
                                    error @ Error::Decompress(DecompressError::MemoryLimitExceeded { .. }),
                                ) => {
                                    return Err(why(&error, &CONTENT));
                                }
                                // Nothing was packed.
                                Err(_) => form.content.clone(),
                            };
                            self.budget.take(content.len() + 64)?;
                            let own = self.get(&form.dict, b"Resources").and_then(|own| own.as_dict().ok());
                            let mut all: Vec<&'p Dictionary> = own.into_iter().collect();
                            all.extend(resources.iter().take(8));
                            let by = self.get(&form.dict, b"Matrix").and_then(|by| by.as_array().ok());
                            let by: Vec<f32> = by.into_iter().flatten().filter_map(number).collect();
                            let by = <Matrix>::try_from(by.as_slice()).unwrap_or(ONE);
                            self.show(&content, &all, then(by, state.matrix), page, inside + 1)?;
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A string, or strings with steps between them.
    fn string(
        &mut self,
        said: &Object,
        state: &State<'p>,
        text: &mut Matrix,
        page: &mut Page,
    ) -> Result<(), Refused> {
        let one = std::slice::from_ref(said);
        let parts = said.as_array().map_or(one, Vec::as_slice);
        for part in parts {
            match part {
                Object::String(bytes, _) => self.glyphs(bytes, state, text, page)?,
                step => {
                    if let Some(step) = number(step) {
                        let by = -step / 1000.0 * state.size * state.scale;
                        *text = then([1.0, 0.0, 0.0, 1.0, by, 0.0], *text);
                    }
                }
            }
        }
        Ok(())
    }

    fn glyphs(
        &mut self,
        bytes: &[u8],
        state: &State<'p>,
        text: &mut Matrix,
        page: &mut Page,
    ) -> Result<(), Refused> {
        let Some(font) = state.font.as_ref() else {
            self.unknown += 1;
            return Ok(());
        };
        let codes: Vec<i64> = if font.composite {
            bytes
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |code, byte| code * 256 + i64::from(*byte)))
                .collect()
        } else {
            bytes.iter().map(|byte| i64::from(*byte)).collect()
        };
        let mut wide = 0.0;
        for code in codes {
            let blank = if code == 32 && !font.composite { state.blank } else { 0.0 };
            wide += (font.widths.of(code) / 1000.0 * state.size + state.between + blank) * state.scale;
        }
        let said = font.encoding.as_ref().and_then(|encoding| encoding.bytes_to_string(bytes).ok());
        let from = then(*text, state.matrix);
        *text = then([1.0, 0.0, 0.0, 1.0, wide, 0.0], *text);
        let to = then(*text, state.matrix);
        let Some(said) = said else {
            self.unknown += 1;
            return Ok(());
        };
        self.long += said.len();
        TEXT.check(self.long)?;
        let size = state.size.abs() * (from[2].hypot(from[3])).max(0.001);
        page.put(&spelled(&said), from[4], to[4], from[5], size);
        Ok(())
    }
}

/// Letters that stand for two, and what is no letter at all.
fn spelled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{fffd}' => {}
            c if c.is_control() || ('\u{e000}'..='\u{f8ff}').contains(&c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line as it stands on many pages: its number is another one on each.
fn without_numbers(line: &str) -> String {
    line.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect::<String>().replace("##", "#")
}

/// Takes the lines away that stand at the top or the bottom of half of the pages, and numbers of pages; says which.
fn running_heads(pages: &mut [Vec<Line>]) -> Vec<String> {
    let mut counts: HashMap<String, (usize, String)> = HashMap::new();
    for page in pages.iter() {
        let mut ends: Vec<&Line> = page.first().into_iter().collect();
        if page.len() > 1 {
            ends.extend(page.last());
        }
        for line in ends {
            let found = counts.entry(without_numbers(&line.text)).or_insert_with(|| (0, line.text.clone()));
            found.0 += 1;
        }
    }
    let half = (pages.len() / 2).max(3);
    let is_head =
        |line: &Line| counts.get(&without_numbers(&line.text)).is_some_and(|(count, _)| *count >= half);
    // Twice: a number stands above or below the head.
    for _ in 0..2 {
        for page in pages.iter_mut() {
            let bare = |line: &Line| line.text.chars().all(|c| c.is_ascii_digit());
            if page.last().is_some_and(|line| is_head(line) || page.len() > 1 && bare(line)) {
                page.pop();
            }
            if page.first().is_some_and(|line| is_head(line) || page.len() > 1 && bare(line)) {
                page.remove(0);
            }
        }
    }
    let mut said: Vec<(usize, String)> = counts.into_values().filter(|(count, _)| *count >= half).collect();
    said.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let told = |(count, line): (usize, String)| {
        if line.chars().all(|c| c.is_ascii_digit()) {
            "the numbers of the pages".to_owned()
        } else {
            format!("the line “{line}” at the edge of {count} pages")
        }
    };
    said.into_iter().map(told).collect()
}

/// Lines as paragraphs.
fn set(pages: &[Vec<Line>]) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for page in pages {
        let steps = page.windows(2).map(|two| two[0].y - two[1].y).filter(|step| *step > 0.0);
        let mut steps: Vec<f32> = steps.collect();
        steps.sort_by(f32::total_cmp);
        let usual = steps.get(steps.len().saturating_sub(1) / 2).copied().unwrap_or_default();
        let right = page.iter().map(|line| line.to).fold(f32::MIN, f32::max);
        let mut last: Option<&Line> = None;
        for line in page {
            let stopped = |text: &str| text.ends_with(['.', '?', '!', '”', '"', '»', '’', ':', '…']);
            let goes_on = match (last, paragraphs.last()) {
                (Some(last), Some(_)) => {
                    let step = last.y - line.y;
                    let short = stopped(&last.text) && last.to < right - 4.0 * last.size;
                    let set_in = stopped(&last.text) && line.from > last.from + 0.8 * line.size;
                    let size = (last.size - line.size).abs() <= 0.12 * last.size;
                    size && step <= 1.3 * usual.clamp(line.size, 1.7 * line.size.max(0.001))
                        && !set_in
                        && !short
                }
                // A page ends within a sentence.
                (None, Some(before)) => !stopped(before) && line.text.starts_with(char::is_lowercase),
                _ => false,
            };
            match paragraphs.last_mut() {
                Some(before) if goes_on => {
                    let broken = before.strip_suffix(['-', '\u{ad}', '‐']).map(str::len).filter(|at| {
                        before[..*at].ends_with(char::is_alphabetic)
                            && line.text.starts_with(char::is_lowercase)
                    });
                    match broken {
                        Some(at) => before.truncate(at),
                        None => before.push(' '),
                    }
                    before.push_str(&line.text);
                }
                _ => paragraphs.push(line.text.clone()),
            }
            last = Some(line);
        }
    }
    paragraphs.join("\n\n")
}
