//! A paragraph as glyphs: which font, which script, in which direction, and where a line may end.
//!
//! Directions are those of the Unicode Bidirectional Algorithm (UAX #9), places to break those of UAX #14. A paragraph is
//! shaped once, as if it stood in one line, and cut between clusters: scripts that join their letters are not broken
//! inside a word, but where a word is wider than the page.

use std::ops::Range;
use std::rc::Rc;

use harfrust::{BufferFlags, Direction, ShapeOptions, UnicodeBuffer};
use krilla::text::{GlyphId, KrillaGlyph};
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::linebreaks;
use unicode_script::{Script, UnicodeScript};

use super::faces::Faces;

/// Of a letter that no font has, the width of the box that stands for it, in its size.
const BOX: f32 = 0.6;

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// One of the families of the fonts.
    pub(super) family: &'static str,
    /// Whether it is in the weight of what one should see first.
    pub(super) strong: bool,
    /// Its size in points.
    pub(super) size: f32,
    /// Red, green, blue.
    pub(super) colour: [u8; 3],
    /// Whether it stands under the marker.
    pub(super) marked: bool,
}

/// A stretch of text in one look.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Look,
    /// Where one is led who touches it.
    pub(super) link: Option<Link>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Link {
    /// To the note on a claim, by its place in the case.
    Note(usize, Rc<str>),
    /// To where a claim is named first.
    Mention(usize, Rc<str>),
}

/// Letters that belong together: a line does not end between them.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// Where it stands in the text.
    pub(super) text: Range<usize>,
    /// How wide it is, in points.
    pub(super) width: f32,
    /// From left to right, in parts of their size.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// The font; `None`: no font has it, and a box stands for it.
    pub(super) face: Option<usize>,
    /// The piece it belongs to.
    pub(super) piece: usize,
    level: Level,
    blank: bool,
}

/// A paragraph as glyphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Shaped {
    /// Its text.
    pub(super) text: Rc<str>,
    /// Its pieces, whose text stands in `text`.
    pub(super) pieces: Vec<Piece>,
    /// In the order of reading.
    pub(super) clusters: Vec<Cluster>,
    /// Whether it runs from right to left.
    pub(super) backwards: bool,
    /// Before which clusters a line may end.
    breaks: Vec<bool>,
}

/// A line of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Its clusters, in the order of reading.
    pub(super) clusters: Range<usize>,
    /// How wide it is without the blanks at its end, in points.
    pub(super) width: f32,
}

impl Shaped {
    /// `pieces` as one paragraph.
    ///
    /// # Complexity
    /// Linear in the text, but for each letter that is new to `faces`.
    pub(super) fn new(pieces: Vec<Piece>, faces: &mut Faces) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for piece in &pieces {
            text.extend(piece.text.chars().map(plain));
            ends.push(text.len());
        }
        if text.is_empty() {
            return Self { pieces, ..Self::default() };
        }
        let bidi = BidiInfo::new(&text, None);
        let base = bidi.paragraphs.first().map_or(Level::ltr(), |paragraph| paragraph.level);
        let letters = letters(&text, &pieces, &ends, &bidi.levels, faces);
        let mut clusters = Vec::new();
        let mut start = 0;
        while start < letters.len() {
            let first = &letters[start];
            let same = letters[start..].iter().take_while(|letter| letter.kind == first.kind).count();
            if !first.kind.silent {
                run(&text, &letters[start..start + same], &pieces, faces, &mut clusters);
            }
            start += same;
        }
        let mut allowed: Vec<usize> = linebreaks(&text).map(|(at, _)| at).collect();
        allowed.dedup();
        let breaks = clusters.iter().map(|cluster| allowed.binary_search(&cluster.text.start).is_ok());
        let breaks = breaks.collect();
        Self { text: text.into(), pieces, clusters, backwards: base.is_rtl(), breaks }
    }

    /// How wide it is in one line, in points.
    pub(super) fn width(&self) -> f32 {
        self.clusters.iter().map(|cluster| cluster.width).sum()
    }

    /// How wide its widest part is that no line may end in, in points.
    pub(super) fn widest_word(&self) -> f32 {
        let (mut widest, mut own, mut blanks) = (0.0_f32, 0.0, 0.0);
        for (cluster, breaks) in self.clusters.iter().zip(&self.breaks) {
            if *breaks {
                (own, blanks) = (0.0, 0.0);
            }
            if cluster.blank {
                blanks += cluster.width;
            } else {
                own += blanks + cluster.width;
                blanks = 0.0;
            }
            widest = widest.max(own);
        }
        widest
    }

    /// Its lines in this width in points. A word that is wider is broken between its letters.
    pub(super) fn lines(&self, width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut start, mut allowed) = (0, None);
        // Up to the last cluster that is not blank, and with all.
        let (mut told, mut all) = (0.0_f32, 0.0_f32);
        let mut at = 0;
        while at < self.clusters.len() {
            let cluster = &self.clusters[at];
            if at > start && self.breaks[at] {
                allowed = Some(at);
            }
            let with = all + cluster.width;
            if !cluster.blank && with > width + 0.01 && at > start {
                let end = allowed.unwrap_or(at);
                lines.push(self.line(start..end));
                (start, at, allowed, all, told) = (end, end, None, 0.0, 0.0);
                continue;
            }
            all = with;
            if !cluster.blank {
                told = all;
            }
            at += 1;
        }
        if start < self.clusters.len() || lines.is_empty() {
            lines.push(Line { clusters: start..self.clusters.len(), width: told });
        }
        lines
    }

    fn line(&self, clusters: Range<usize>) -> Line {
        let own = &self.clusters[clusters.clone()];
        let blanks = own.iter().rev().take_while(|cluster| cluster.blank).count();
        let width = own[..own.len() - blanks].iter().map(|cluster| cluster.width).sum();
        Line { clusters, width }
    }

    /// The clusters of a line from left to right (UAX #9, rules L1 and L2).
    pub(super) fn visual(&self, line: &Line) -> Vec<usize> {
        let own = &self.clusters[line.clusters.clone()];
        let base = if self.backwards { Level::rtl() } else { Level::ltr() };
        let blanks = own.iter().rev().take_while(|cluster| cluster.blank).count();
        let told = own.len() - blanks;
        let level = |at: usize| if at < told { own[at].level } else { base };
        let levels: Vec<Level> = (0..own.len()).map(level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        order.into_iter().map(|at| line.clusters.start + at).collect()
    }
}

/// A character as it is printed: what ends a line or a page is a blank, what is no character at all is a mark for that.
fn plain(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
        c => c,
    }
}

/// What shapes letters together.
#[derive(Clone, Copy, PartialEq)]
struct Kind {
    piece: usize,
    level: Level,
    script: Script,
    face: Option<usize>,
    /// It only says in which direction text runs.
    silent: bool,
}

struct Letter {
    at: usize,
    c: char,
    kind: Kind,
}

fn letters(text: &str, pieces: &[Piece], ends: &[usize], levels: &[Level], faces: &mut Faces) -> Vec<Letter> {
    let mut all: Vec<Letter> = Vec::new();
    let mut piece = 0;
    let mut script = text.chars().map(|c| c.script()).find(|script| real(*script)).unwrap_or(Script::Latin);
    for (at, c) in text.char_indices() {
        while ends.get(piece).is_some_and(|end| at >= *end) {
            piece += 1;
        }
        let own = c.script();
        if real(own) {
            script = own;
        }
        let silent = matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let look = &pieces[piece].look;
        let before = all.last().filter(|before| before.kind.piece == piece && !before.kind.silent);
        // A mark is set with the letter below it, where their font has both.
        let below = before
            .and_then(|before| before.kind.face)
            .filter(|face| joins(c) || own == Script::Inherited && faces.get(*face).has(c));
        let face = match below {
            _ if silent => None,
            Some(face) => Some(face),
            None if joins(c) => None,
            None => faces.with(look.family, look.strong, c),
        };
        let kind =
            Kind { piece, level: levels[at], script, face, silent: silent || face.is_none() && joins(c) };
        all.push(Letter { at, c, kind });
    }
    all
}

fn real(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// What joins or varies letters and is nothing itself.
fn joins(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}')
}

/// Appends the clusters of letters of one kind.
fn run(text: &str, letters: &[Letter], pieces: &[Piece], faces: &Faces, clusters: &mut Vec<Cluster>) {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return };
    let Kind { piece, level, face, .. } = first.kind;
    let size = pieces[piece].look.size;
    let end = last.at + last.c.len_utf8();
    let blank = |range: &Range<usize>| text[range.clone()].chars().all(char::is_whitespace);
    let boxed = |own: Range<usize>| {
        let width = BOX * size;
        Cluster { blank: blank(&own), text: own, width, glyphs: Vec::new(), face: None, piece, level }
    };
    let tables = face.and_then(|face| faces.get(face).tables().map(|tables| (faces.get(face), tables)));
    let Some((face, tables)) = tables else {
        clusters.extend(letters.iter().map(|letter| boxed(letter.at..letter.at + letter.c.len_utf8())));
        return;
    };
    let shaper = face.shaper.shaper(&tables).build();
    let units = shaper.units_per_em().max(1) as f32;
    let mut buffer = UnicodeBuffer::new();
    for letter in letters {
        buffer.add(letter.c, u32::try_from(letter.at).unwrap_or(u32::MAX));
    }
    buffer.set_direction(if level.is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.guess_segment_properties();
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    let shaped = shaper.shape(buffer, ShapeOptions::new());
    // By cluster, in the order of reading; the glyphs of each from left to right.
    let mut own: Vec<(usize, Vec<KrillaGlyph>)> = Vec::new();
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let at = info.cluster as usize;
        let part = |units_of: i32| units_of as f32 / units;
        let glyph = KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            part(position.x_advance),
            part(position.x_offset),
            part(position.y_offset),
            part(position.y_advance),
            at..at,
            None,
        );
        match own.last_mut() {
            Some((place, glyphs)) if *place == at => glyphs.push(glyph),
            _ => own.push((at, vec![glyph])),
        }
    }
    if level.is_rtl() {
        own.reverse();
    }
    let ends: Vec<usize> = own.iter().skip(1).map(|(at, _)| *at).chain([end]).collect();
    for ((start, mut glyphs), end) in own.into_iter().zip(ends) {
        if glyphs.iter().any(|glyph| glyph.glyph_id.to_u32() == 0) {
            clusters.push(boxed(start..end));
            continue;
        }
        for glyph in &mut glyphs {
            glyph.text_range = start..end;
        }
        let width = glyphs.iter().map(|glyph| glyph.x_advance * size).sum();
        let blank = blank(&(start..end));
        clusters.push(Cluster {
            text: start..end,
            width,
            glyphs,
            face: first.kind.face,
            piece,
            level,
            blank,
        });
    }
}
