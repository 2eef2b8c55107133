//! A picture of ours as vectors: shapes and letters of an SVG, drawn as paths.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use resvg::usvg::tiny_skia_path::PathSegment;
use resvg::usvg::{self, Group, Node, PaintOrder, Tree};

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
    group(surface, tree.root());
}

fn group(surface: &mut Surface<'_>, of: &Group) {
    let opacity = NormalizedF32::new(of.opacity().get()).filter(|opacity| *opacity != NormalizedF32::ONE);
    if let Some(opacity) = opacity {
        surface.push_opacity(opacity);
    }
    for node in of.children() {
        match node {
            Node::Group(inner) => group(surface, inner),
            Node::Path(path) if path.is_visible() => shape(surface, path),
            Node::Text(text) => group(surface, text.flattened()),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    if opacity.is_some() {
        surface.pop();
    }
}

fn shape(surface: &mut Surface<'_>, of: &usvg::Path) {
    let Some(path) = path(of.data()) else { return };
    let to = of.abs_transform();
    surface.push_transform(&Transform::from_row(to.sx, to.ky, to.kx, to.sy, to.tx, to.ty));
    let fill = of.fill().and_then(|fill| {
        Some(Fill {
            paint: colour(fill.paint())?.into(),
            opacity: NormalizedF32::new(fill.opacity().get())?,
            rule: match fill.rule() {
                usvg::FillRule::NonZero => FillRule::NonZero,
                usvg::FillRule::EvenOdd => FillRule::EvenOdd,
            },
        })
    });
    let stroke = of.stroke().and_then(stroke);
    let steps = match of.paint_order() {
        PaintOrder::FillAndStroke => [(fill, None), (None, stroke)],
        PaintOrder::StrokeAndFill => [(None, stroke), (fill, None)],
    };
    for (fill, stroke) in steps {
        if fill.is_some() || stroke.is_some() {
            surface.set_fill(fill);
            surface.set_stroke(stroke);
            surface.draw_path(&path);
        }
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
