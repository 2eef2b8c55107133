//! The fonts that reports and pictures are set with: first those that are part of the program, so that a file in Latin,
//! Greek, Cyrillic, Armenian, Georgian, Hebrew or Arabic letters is the same on every machine; then those of the machine.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};

/// Running text.
pub(crate) const SERIF: &str = "Source Serif 4";
/// Tables and pictures.
pub(crate) const SANS: &str = "IBM Plex Sans";
/// What is typed.
pub(crate) const MONO: &str = "IBM Plex Mono";

/// A font that is part of the program.
#[derive(Clone, Copy)]
pub(crate) struct Bundled {
    /// The file.
    pub(crate) bytes: &'static [u8],
    /// What text it is for: one of the families above; empty where it is for the letters that these do not have.
    pub(crate) family: &'static str,
    /// Whether it is the weight of what one should see first.
    pub(crate) strong: bool,
}

macro_rules! bundled {
    ($($family:expr, $strong:literal, $file:literal;)*) => {
        [$(Bundled { bytes: include_bytes!(concat!("../../fonts/", $file)), family: $family, strong: $strong }),*]
    };
}

/// All of them; their notices stand beside them.
pub(crate) const BUNDLED: [Bundled; 13] = bundled![
    SERIF, false, "SourceSerif4-Regular.ttf";
    SERIF, true, "SourceSerif4-Semibold.ttf";
    SANS, false, "IBMPlexSans-Regular.ttf";
    SANS, true, "IBMPlexSans-SemiBold.ttf";
    MONO, false, "IBMPlexMono-Regular.ttf";
    "", false, "NotoNaskhArabic-Regular.ttf";
    "", true, "NotoNaskhArabic-Bold.ttf";
    "", false, "NotoSerifArmenian-Regular.ttf";
    "", true, "NotoSerifArmenian-Bold.ttf";
    "", false, "NotoSerifGeorgian-Regular.ttf";
    "", true, "NotoSerifGeorgian-Bold.ttf";
    "", false, "NotoSerifHebrew-Regular.ttf";
    "", true, "NotoSerifHebrew-Bold.ttf";
];

/// The fonts of the program, and behind them those of the machine.
pub(crate) fn database() -> Database {
    let mut all = Database::new();
    for font in BUNDLED {
        all.load_font_source(Source::Binary(Arc::new(font.bytes)));
    }
    all.set_serif_family(SERIF);
    all.set_sans_serif_family(SANS);
    all.set_monospace_family(MONO);
    all.load_system_fonts();
    all
}
