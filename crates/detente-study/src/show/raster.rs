//! A picture as pixels, for media that hold no SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Pixels for each unit of the picture: sharp on paper.
const SCALE: f32 = 2.0;
/// No picture gets more pixels to a side.
const MOST: u32 = 8_192;

/// A picture in PNG.
pub(crate) struct Picture {
    /// The file.
    pub(crate) bytes: Vec<u8>,
    /// Pixels from left to right.
    pub(crate) wide: u32,
    /// Pixels from top to bottom.
    pub(crate) high: u32,
}

/// `svg` in pixels; `None`: it is no picture, too large, or the machine has no fonts to write its words with.
///
/// Letters are drawn with the fonts of the machine.
pub(crate) fn png(svg: &str) -> Option<Picture> {
    let mut options = Options { font_family: "Source Sans 3".to_owned(), ..Options::default() };
    options.fontdb_mut().load_system_fonts();
    if options.fontdb.is_empty() {
        return None;
    }
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    let (wide, high) = (size.width(), size.height());
    if wide > MOST || high > MOST {
        return None;
    }
    let mut pixels = Pixmap::new(wide, high)?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    Some(Picture { bytes: pixels.encode_png().ok()?, wide, high })
}
