//! A picture as pixels, for media that hold no SVG.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::show::fonts;

/// Pixels for each unit of the picture: sharp on paper.
const SCALE: f32 = 2.0;
/// No unit of a picture is printed larger, in points: its letters are not larger than those of the text.
pub(crate) const PRINTED: f32 = 0.56;
/// No picture gets more pixels to a side.
const MOST: u32 = 8_192;

/// A picture in PNG.
pub(crate) struct Picture {
    /// The file.
    pub(crate) bytes: Vec<u8>,
    /// How wide it is printed at most, in points.
    pub(crate) most: f32,
    /// Pixels from left to right.
    pub(crate) wide: u32,
    /// Pixels from top to bottom.
    pub(crate) high: u32,
}

/// `svg` as shapes, its words as outlines of letters; `None`: it is no picture.
pub(crate) fn tree(svg: &str) -> Option<Tree> {
    let fontdb = Arc::new(fonts::database());
    let options = Options { font_family: fonts::SANS.to_owned(), fontdb, ..Options::default() };
    Tree::from_str(svg, &options).ok()
}

/// `svg` in pixels; `None`: it is no picture, or too large.
pub(crate) fn png(svg: &str) -> Option<Picture> {
    let tree = tree(svg)?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    let (wide, high) = (size.width(), size.height());
    if wide > MOST || high > MOST {
        return None;
    }
    let mut pixels = Pixmap::new(wide, high)?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    let most = tree.size().width() * PRINTED;
    Some(Picture { bytes: pixels.encode_png().ok()?, most, wide, high })
}
