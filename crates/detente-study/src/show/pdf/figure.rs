//! A picture of ours as vectors: the shapes of an SVG as paths, its words as words.

use std::collections::HashMap;

use krilla::color::rgb;
use krilla::geom::Point;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::usvg::fontdb::ID;
use resvg::usvg::layout::{PositionedGlyph, Span};
use resvg::usvg::tiny_skia_path::PathSegment;
use resvg::usvg::{self, Group, Node, PaintOrder, Text, Tree};

use super::faces;

/// The width and height that a picture says it has.
pub(super) fn size(svg: &str) -> Option<(f32, f32)> {
    let number = |name: &str| -> Option<f32> {
        let rest = svg.get(svg.find(name)? + name.len()..)?;
        rest.split('"').next()?.parse().ok()
    };
    Some((number(" width=\"")?, number(" height=\"")?)).filter(|(wide, high)| *wide > 0.0 && *high > 0.0)
}

/// Draws a picture in its own units. Our pictures have flat colours, no masks and no images; a gradient is drawn in the
/// colour it begins with.
pub(super) fn draw(surface: &mut Surface<'_>, tree: &Tree) {
    Drawing { tree, fonts: HashMap::new() }.group(surface, tree.root());
}

struct Drawing<'t> {
    tree: &'t Tree,
    /// The fonts of its words; `None`: one that a file may not hold, whose letters are drawn.
    fonts: HashMap<ID, Option<Font>>,
}

impl Drawing<'_> {
    fn group(&mut self, surface: &mut Surface<'_>, of: &Group) {
        let opacity = NormalizedF32::new(of.opacity().get()).filter(|opacity| *opacity != NormalizedF32::ONE);
        if let Some(opacity) = opacity {
            surface.push_opacity(opacity);
        }
        for node in of.children() {
            match node {
                Node::Group(inner) => self.group(surface, inner),
                Node::Path(path) if path.is_visible() => shape(surface, path),
                Node::Text(text) => self.text(surface, text),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
        if opacity.is_some() {
            surface.pop();
        }
    }

    /// Words: set where all of them can be, else drawn.
    fn text(&mut self, surface: &mut Surface<'_>, of: &Text) {
        let mut lines = Vec::new();
        for span in of.layouted().iter().filter(|span| span.visible) {
            match self.lines(span) {
                Some(own) => lines.push((span, own)),
                None => return self.group(surface, of.flattened()),
            }
        }
        let to = of.abs_transform();
        surface.push_transform(&Transform::from_row(to.sx, to.ky, to.kx, to.sy, to.tx, to.ty));
        for (span, lines) in lines {
            let fill = span.fill.as_ref().and_then(fill);
            let stroke = span.stroke.as_ref().and_then(stroke);
            for (fill, stroke) in steps(span.paint_order, fill, stroke) {
                for line in &lines {
                    surface.set_fill(fill.clone());
                    surface.set_stroke(stroke.clone());
                    surface.draw_glyphs(
                        line.at,
                        &line.glyphs,
                        line.font.clone(),
                        &line.text,
                        line.size,
                        false,
                    );
                }
            }
        }
        surface.set_stroke(None);
        surface.pop();
    }

    /// A span in stretches of one font on one line; `None`: it is turned, or has letters that no font has.
    fn lines(&mut self, span: &Span) -> Option<Vec<Set>> {
        let mut all: Vec<Set> = Vec::new();
        let mut before: Option<(ID, f32)> = None;
        for glyph in &span.positioned_glyphs {
            let to = glyph.transform();
            if to.kx != 0.0 || to.ky != 0.0 || to.sx != to.sy || glyph.id.0 == 0 || glyph.text.is_empty() {
                return None;
            }
            let font = self.font(glyph)?;
            let size = to.sx * font.units_per_em();
            let goes_on =
                before == Some((glyph.font, to.ty)) && all.last().is_some_and(|line| line.size == size);
            if !goes_on {
                let at = Point::from_xy(to.tx, to.ty);
                all.push(Set { font, size, at, end: to.tx, text: String::new(), glyphs: Vec::new() });
            }
            before = Some((glyph.font, to.ty));
            let line = all.last_mut()?;
            // The one before is as wide as it is from there to here.
            if let Some(last) = line.glyphs.last_mut() {
                last.x_advance = (to.tx - line.end) / size;
            }
            line.end = to.tx;
            let start = line.text.len();
            line.text.push_str(&glyph.text);
            let id = GlyphId::new(glyph.id.0);
            line.glyphs.push(KrillaGlyph::new(id, 0.0, 0.0, 0.0, 0.0, start..line.text.len(), None));
        }
        Some(all)
    }

    fn font(&mut self, of: &PositionedGlyph) -> Option<Font> {
        let made = || self.tree.fontdb().with_face_data(of.font, faces::embedded).flatten();
        self.fonts.entry(of.font).or_insert_with(made).clone()
    }
}

/// Words of one font on one line.
struct Set {
    font: Font,
    size: f32,
    at: Point,
    /// Where its last letter begins.
    end: f32,
    text: String,
    glyphs: Vec<KrillaGlyph>,
}

/// What is painted first, and what then.
fn steps(
    order: PaintOrder,
    fill: Option<Fill>,
    stroke: Option<Stroke>,
) -> impl Iterator<Item = (Option<Fill>, Option<Stroke>)> {
    let steps = match order {
        PaintOrder::FillAndStroke => [(fill, None), (None, stroke)],
        PaintOrder::StrokeAndFill => [(None, stroke), (fill, None)],
    };
    steps.into_iter().filter(|(fill, stroke)| fill.is_some() || stroke.is_some())
}

fn fill(of: &usvg::Fill) -> Option<Fill> {
    Some(Fill {
        paint: colour(of.paint())?.into(),
        opacity: NormalizedF32::new(of.opacity().get())?,
        rule: match of.rule() {
            usvg::FillRule::NonZero => FillRule::NonZero,
            usvg::FillRule::EvenOdd => FillRule::EvenOdd,
        },
    })
}

fn shape(surface: &mut Surface<'_>, of: &usvg::Path) {
    let Some(path) = path(of.data()) else { return };
    let to = of.abs_transform();
    surface.push_transform(&Transform::from_row(to.sx, to.ky, to.kx, to.sy, to.tx, to.ty));
    let (fill, stroke) = (of.fill().and_then(fill), of.stroke().and_then(stroke));
    for (fill, stroke) in steps(of.paint_order(), fill, stroke) {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
    surface.pop();
}

fn stroke(of: &usvg::Stroke) -> Option<Stroke> {
    Some(Stroke {
        paint: colour(of.paint())?.into(),
        width: of.width().get(),
        miter_limit: of.miterlimit().get(),
        line_cap: match of.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match of.linejoin() {
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
        },
        opacity: NormalizedF32::new(of.opacity().get())?,
        dash: of.dasharray().map(|array| StrokeDash { array: array.to_vec(), offset: of.dashoffset() }),
    })
}

fn colour(of: &usvg::Paint) -> Option<rgb::Color> {
    let colour = match of {
        usvg::Paint::Color(colour) => *colour,
        usvg::Paint::LinearGradient(gradient) => gradient.stops().first()?.color(),
        usvg::Paint::RadialGradient(gradient) => gradient.stops().first()?.color(),
        usvg::Paint::Pattern(_) => return None,
    };
    Some(rgb::Color::new(colour.red, colour.green, colour.blue))
}

fn path(of: &usvg::tiny_skia_path::Path) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for segment in of.segments() {
        match segment {
            PathSegment::MoveTo(p) => builder.move_to(p.x, p.y),
            PathSegment::LineTo(p) => builder.line_to(p.x, p.y),
            PathSegment::QuadTo(a, p) => builder.quad_to(a.x, a.y, p.x, p.y),
            PathSegment::CubicTo(a, b, p) => builder.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}
