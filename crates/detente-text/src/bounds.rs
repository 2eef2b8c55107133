//! What a document may be at most, in one table. A document beyond a bound is refused, and the bound is named: nothing of it
//! is read silently in part.

use crate::{Refused, refused};

/// A bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Its name.
    pub name: &'static str,
    /// How much is allowed.
    pub most: usize,
    /// Of what, in words that go on from "more than 4 ".
    pub of: &'static str,
    /// What to do.
    pub todo: &'static str,
}

impl Bound {
    /// That it was passed, in words.
    #[must_use]
    pub fn passed(&self) -> Refused {
        let most = if self.of.starts_with("MiB") { self.most >> 20 } else { self.most };
        Refused(format!("it has more than {most} {}: {}", self.of, self.todo))
    }

    /// # Errors
    /// When there is more.
    pub fn check(&self, found: usize) -> Result<(), Refused> {
        if found > self.most { Err(self.passed()) } else { Ok(()) }
    }
}

macro_rules! bounds {
    ($($(#[$doc:meta])* $name:ident = $most:expr, $id:literal, $of:literal, $todo:literal;)*) => {
        $($(#[$doc])* pub const $name: Bound = Bound { name: $id, most: $most, of: $of, todo: $todo };)*

        /// All of them.
        pub const BOUNDS: &[&Bound] = &[$(&$name),*];
    };
}

bounds! {
    /// The file.
    WHOLE = 16 << 20, "file", "MiB", "take the part that matters";
    /// The text that is read.
    TEXT = 4 << 20, "text", "MiB of text", "take the part that matters";
    /// Elements inside each other, in a DOCX.
    NESTED = 256, "nested", "elements inside each other", "save it anew in the program that wrote it, or as plain text";
    /// A part of a DOCX.
    PART = 32 << 20, "part", "MiB in one of its parts when it is unpacked", "save it as plain text";
    /// Files in a DOCX.
    PARTS = 10_000, "parts", "files in it", "save it as plain text";
    /// Pages of a PDF.
    PAGES = 5_000, "pages", "pages", "take the pages that matter";
    /// What the lists of objects of a PDF unpack to.
    OBJECTS = 16 << 20, "objects", "MiB in its lists of objects when they are unpacked", "save it as plain text";
    /// What the pages and fonts of a PDF unpack to.
    CONTENT = 64 << 20, "content", "MiB on its pages when they are unpacked", "take the pages that matter, or save it as plain text";
    /// Forms inside each other, in a PDF.
    FORMS = 8, "forms", "forms inside each other", "save it as plain text";
    /// Braces inside each other, in BibTeX.
    BRACES = 64, "braces", "braces inside each other, or braces that are never closed", "look for the entry that lacks a `}`";
    /// What the abbreviations of BibTeX stand for.
    SPELLED_OUT = 1 << 20, "spelled-out", "MiB when its abbreviations are spelled out", "spell them out where they are used";
    /// Sources of a bibliography.
    SOURCES = 5_000, "sources", "sources", "take those that matter";
}

/// A count that goes down as something is used.
pub(crate) struct Budget {
    left: usize,
    bound: &'static Bound,
}

impl Budget {
    pub(crate) fn of(bound: &'static Bound) -> Self {
        Self { left: bound.most, bound }
    }

    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// # Errors
    /// When there is not so much left.
    pub(crate) fn take(&mut self, used: usize) -> Result<(), Refused> {
        match self.left.checked_sub(used) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => refused(self.bound.passed().0),
        }
    }
}
