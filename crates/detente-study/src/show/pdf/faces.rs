//! Which font has a letter: those of the program, then those of the machine, of which only what is needed is loaded.

use std::collections::{BTreeSet, HashMap};

use harfrust::ShaperData;
use krilla::Data;
use krilla::text::Font;
use resvg::usvg::fontdb::{Database, Style};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use unicode_script::{Script, UnicodeScript};

use crate::show::fonts::{BUNDLED, Bundled, database};

/// A font that is set with.
pub(super) struct Face {
    /// As the file embeds it.
    pub(super) font: Font,
    /// What shaping needs of it.
    pub(super) shaper: ShaperData,
    data: Data,
    index: u32,
    family: &'static str,
    strong: bool,
}

impl Face {
    fn new(data: Data, index: u32, family: &'static str, strong: bool) -> Option<Self> {
        let shaper = ShaperData::new(&FontRef::from_index(data.as_ref(), index).ok()?);
        let font = Font::new(data.clone(), index)?;
        Some(Self { font, shaper, data, index, family, strong })
    }

    /// Its tables; `None` for no font, which is none of these.
    pub(super) fn tables(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.data.as_ref(), self.index).ok()
    }

    /// Whether it has a letter.
    pub(super) fn has(&self, letter: char) -> bool {
        self.tables().is_some_and(|font| has(&font, letter))
    }
}

fn has(font: &FontRef<'_>, letter: char) -> bool {
    font.charmap().map(letter).is_some_and(|glyph| glyph.to_u32() != 0)
}

/// The fonts of a document.
pub(super) struct Faces {
    all: Vec<Face>,
    /// How many of them are the program's.
    own: usize,
    /// The machine's fonts, once a letter was missing.
    machine: Option<Database>,
    known: HashMap<(&'static str, bool, char), Option<usize>>,
    /// The scripts of letters that no font has.
    missing: BTreeSet<&'static str>,
}

impl Faces {
    pub(super) fn new() -> Self {
        let face = |font: &Bundled| Face::new(Data::from(font.bytes), 0, font.family, font.strong);
        let all: Vec<Face> = BUNDLED.iter().filter_map(face).collect();
        let own = all.len();
        Self { all, own, machine: None, known: HashMap::new(), missing: BTreeSet::new() }
    }

    /// One that [`Self::with`] named.
    pub(super) fn get(&self, at: usize) -> &Face {
        &self.all[at]
    }

    /// The font for a letter of a text in this family and weight; `None` where neither the program nor the machine has one.
    ///
    /// # Complexity
    /// Once per letter: linear in the number of fonts, for a letter that the program's lack in the machine's too.
    pub(super) fn with(&mut self, family: &'static str, strong: bool, letter: char) -> Option<usize> {
        if let Some(known) = self.known.get(&(family, strong, letter)) {
            return *known;
        }
        let found = self.search(family, strong, letter);
        if found.is_none() {
            self.missing.insert(letter.script().full_name());
        }
        self.known.insert((family, strong, letter), found);
        found
    }

    /// The scripts of the letters that were asked for and that no font has, by their names in Unicode.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        self.missing.iter().copied().collect()
    }

    fn search(&mut self, family: &str, strong: bool, letter: char) -> Option<usize> {
        // First the family in its weight, then its other weight, then any other in this weight, then any.
        let rank = |at: usize| {
            let font = &self.all[at];
            (font.family != family, font.strong != strong, at)
        };
        let mut order: Vec<usize> = (0..self.own).collect();
        order.sort_by_key(|at| rank(*at));
        order.extend(self.own..self.all.len());
        let fits = |at: &usize| *at < self.own || self.all[*at].strong == strong;
        order
            .into_iter()
            .filter(fits)
            .find(|at| self.all[*at].has(letter))
            .or_else(|| self.load(strong, letter))
    }

    /// Loads a font of the machine that has `letter`.
    fn load(&mut self, strong: bool, letter: char) -> Option<usize> {
        // What separates or joins needs no font.
        if matches!(letter.script(), Script::Common | Script::Inherited) && letter.is_control() {
            return None;
        }
        let machine = self.machine.get_or_insert_with(database);
        let weight = if strong { 650 } else { 400 };
        let mut faces: Vec<_> = machine.faces().collect();
        faces.sort_by_key(|face| {
            (face.style != Style::Normal, face.weight.0.abs_diff(weight), &face.post_script_name, face.index)
        });
        for face in faces {
            let loaded = machine.with_face_data(face.id, |bytes, index| {
                let font = FontRef::from_index(bytes, index).ok()?;
                if !(has(&font, letter) && embeds(&font)) {
                    return None;
                }
                Face::new(Data::from(bytes.to_vec()), index, "", strong)
            });
            if let Some(Some(face)) = loaded {
                self.all.push(face);
                return Some(self.all.len() - 1);
            }
        }
        None
    }
}

/// A font as a file embeds it; `None` where it may not.
pub(super) fn embedded(bytes: &[u8], index: u32) -> Option<Font> {
    embeds(&FontRef::from_index(bytes, index).ok()?).then(|| Font::new(Data::from(bytes.to_vec()), index))?
}

/// Whether its maker lets others embed a font (`fsType` of OpenType), and it has shapes that a PDF takes.
fn embeds(font: &FontRef<'_>) -> bool {
    let restricted = font.os2().is_ok_and(|table| table.fs_type() & 0x000F == 0x0002);
    let shapes = font.glyf().is_ok() || font.cff().is_ok() || font.cff2().is_ok();
    !restricted && shapes
}
