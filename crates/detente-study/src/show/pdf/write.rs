//! Pages as a file: what was laid out, written by the library, each thing with its tag.

use std::num::NonZeroU16;

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::KrillaGlyph;
use krilla::{Document, SerializeSettings};

use crate::say::report::paper;
use crate::wire::Program;

use super::faces::Faces;
use super::flow::{Area, Child, Drawn, HIGH, LOW, Mark, Pages, Part, SIDE, TEXT, WIDE};
use super::shape::{Link, Look, Piece, Shaped};
use super::{QUIET, figure};

/// The size of page numbers.
const NUMBER: f32 = 8.4;

/// The file.
///
/// # Errors
/// In words, where the library refuses.
pub(super) fn file(
    pages: &Pages,
    faces: &Faces,
    figures: &[resvg::usvg::Tree],
    title: &str,
) -> Result<Vec<u8>, String> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut writer = Writer { faces, figures, drawn: vec![None; pages.drawn.len()] };
    let mut jumps: Vec<Option<Identifier>> = vec![None; pages.jumps.len()];
    for number in 0..pages.count() {
        let settings = PageSettings::from_wh(WIDE, HIGH).ok_or("a page has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for (at, (_, drawn)) in pages.drawn.iter().enumerate().filter(|(_, (page, _))| *page == number) {
            writer.draw(&mut surface, at, drawn);
        }
        writer.number(&mut surface, &pages.numbers, number);
        surface.finish();
        for (at, jump) in pages.jumps.iter().enumerate().filter(|(_, jump)| jump.page == number) {
            let target = pages.places.get(&jump.to).copied().unwrap_or((jump.page, jump.area.top));
            let Some(rect) = rect(jump.area) else { continue };
            let target = Target::Destination(place(target).into());
            let says = match &jump.to {
                Link::Note(_, mark) => paper::to_note(mark),
                Link::Mention(_, mark) => paper::back(mark),
            };
            let link = Annotation::new_link(LinkAnnotation::new(rect, target), Some(says));
            jumps[at] = Some(page.add_tagged_annotation(link));
        }
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    for root in &pages.roots {
        if let Some(group) = group(pages, *root, &writer.drawn, &jumps) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&pages.marks));
    document.set_metadata(
        Metadata::new().title(title.to_owned()).language("en".to_owned()).creator(format!(
            "{} {}",
            Program::THIS.name,
            Program::THIS.version
        )),
    );
    document.finish().map_err(|error| match error {
        krilla::error::KrillaError::Validation(errors) => {
            let all: Vec<String> = errors.iter().map(|(error, _)| format!("{error:?}")).collect();
            all.join("; ")
        }
        error => error.to_string(),
    })
}

struct Writer<'w> {
    faces: &'w Faces,
    figures: &'w [resvg::usvg::Tree],
    /// What was drawn, by the name that tags call it by.
    drawn: Vec<Option<Identifier>>,
}

impl Writer<'_> {
    fn draw(&mut self, surface: &mut Surface<'_>, at: usize, drawn: &Drawn) {
        match drawn {
            Drawn::Words { of, clusters, base } => {
                let boxed = clusters.iter().any(|(at, _)| of.clusters[*at].face.is_none());
                // Letters that no font has are said all the same.
                let text: String =
                    clusters.iter().map(|(at, _)| &of.text[of.clusters[*at].text.clone()]).collect();
                let span = SpanTag::empty().with_actual_text(boxed.then_some(text.as_str()));
                self.drawn[at] = Some(surface.start_tagged(ContentTag::Span(span)));
                self.words(surface, of, clusters, *base);
                surface.end_tagged();
            }
            Drawn::Again { of, clusters, base } => {
                surface.start_tagged(artifact(ArtifactType::PaginationOther));
                self.words(surface, of, clusters, *base);
                surface.end_tagged();
            }
            Drawn::Ground { area, colour } => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                surface.set_fill(Some(fill(*colour)));
                let mut path = PathBuilder::new();
                if let Some(rect) = rect(*area) {
                    path.push_rect(rect);
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
                surface.end_tagged();
            }
            Drawn::Picture { at: picture, area } => {
                self.drawn[at] = Some(surface.start_tagged(ContentTag::Other));
                if let Some(tree) = self.figures.get(*picture) {
                    let scale = area.wide / tree.size().width();
                    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, area.left, area.top));
                    figure::draw(surface, tree);
                    surface.pop();
                }
                surface.end_tagged();
            }
        }
    }

    fn words(&self, surface: &mut Surface<'_>, of: &Shaped, clusters: &[(usize, f32)], base: f32) {
        let mut rest = clusters;
        while let Some(((first, x), after)) = rest.split_first() {
            let cluster = &of.clusters[*first];
            let look: &Look = &of.pieces[cluster.piece].look;
            surface.set_fill(Some(fill(look.colour)));
            let Some(face) = cluster.face else {
                boxed(surface, *x, base, cluster.width, look);
                rest = after;
                continue;
            };
            // What follows on the right, in the same font and look, is drawn with it.
            let mut glyphs: Vec<KrillaGlyph> = cluster.glyphs.clone();
            let mut end = x + cluster.width;
            let mut taken = 1;
            for (next, start) in after {
                let other = &of.clusters[*next];
                let same = other.face == Some(face) && other.piece == cluster.piece;
                if !same || (start - end).abs() > 0.01 {
                    break;
                }
                glyphs.extend(other.glyphs.iter().cloned());
                end += other.width;
                taken += 1;
            }
            let font = self.faces.get(face).font.clone();
            surface.draw_glyphs(Point::from_xy(*x, base), &glyphs, font, &of.text, look.size, false);
            rest = &rest[taken..];
        }
    }

    /// The number of a page, below its text.
    fn number(&self, surface: &mut Surface<'_>, numbers: &[Shaped], page: usize) {
        let Some(shaped) = numbers.get(page) else { return };
        let mut x = SIDE + TEXT - shaped.width();
        let mut clusters = Vec::new();
        for (at, cluster) in shaped.clusters.iter().enumerate() {
            clusters.push((at, x));
            x += cluster.width;
        }
        surface.start_tagged(artifact(ArtifactType::PageNumber));
        self.words(surface, shaped, &clusters, LOW + 24.0);
        surface.end_tagged();
    }
}

/// What stands below each of so many pages.
pub(super) fn numbers(count: usize, faces: &mut Faces) -> Vec<Shaped> {
    let look =
        Look { family: crate::show::fonts::SANS, strong: false, size: NUMBER, colour: QUIET, marked: false };
    let one = |page: usize| Piece { text: paper::page(page, count), look, link: None };
    (1..=count).map(|page| Shaped::new(vec![one(page)], faces)).collect()
}

/// The box that stands for a letter that no font has.
fn boxed(surface: &mut Surface<'_>, x: f32, base: f32, wide: f32, look: &Look) {
    let high = 0.66 * look.size;
    let inner = (wide - 0.14 * look.size).max(1.0);
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x + 0.07 * look.size, base - high, inner, high) {
        path.push_rect(rect);
    }
    let Some(path) = path.finish() else { return };
    let [red, green, blue] = look.colour;
    surface.set_fill(None);
    let paint = rgb::Color::new(red, green, blue).into();
    surface.set_stroke(Some(Stroke { paint, width: 0.5, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn rect(area: Area) -> Option<Rect> {
    Rect::from_xywh(area.left, area.top, area.wide, area.high)
}

fn place((page, top): (usize, f32)) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(SIDE, (top - 6.0).max(0.0)))
}

/// A part with all it consists of; nothing where nothing of it was drawn.
fn group(
    pages: &Pages,
    at: usize,
    drawn: &[Option<Identifier>],
    jumps: &[Option<Identifier>],
) -> Option<TagGroup> {
    let node = &pages.nodes[at];
    let mut group = TagGroup::new(tag(&node.part));
    for child in &node.children {
        let child: Option<Node> = match child {
            Child::Part(part) => self::group(pages, *part, drawn, jumps).map(Node::from),
            Child::Drawn(at) => drawn[*at].map(Node::from),
            Child::Jump(at) => jumps[*at].map(Node::from),
        };
        if let Some(child) = child {
            group.push(child);
        }
    }
    // A table has all its cells, also those that say nothing.
    let cell = matches!(node.part, Part::Cell | Part::HeadCell);
    (cell || !group.children.is_empty()).then_some(group)
}

fn tag(part: &Part) -> TagKind {
    match part {
        Part::Head(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Part::Paragraph => Tag::P.into(),
        Part::List => Tag::L(ListNumbering::None).into(),
        Part::Item => Tag::LI.into(),
        Part::Label => Tag::Lbl.into(),
        Part::Body => Tag::LBody.into(),
        Part::Table => Tag::Table.into(),
        Part::TableHead => Tag::THead.into(),
        Part::TableBody => Tag::TBody.into(),
        Part::TableFoot => Tag::TFoot.into(),
        Part::Row => Tag::TR.into(),
        Part::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
        Part::Cell => Tag::TD.into(),
        Part::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
        Part::Caption => Tag::Caption.into(),
        Part::Link => Tag::Link.into(),
    }
}

/// Bookmarks, those of sections inside those of parts.
fn outline(marks: &[Mark]) -> Outline {
    let mut outline = Outline::new();
    let least = marks.iter().map(|mark| mark.level).min().unwrap_or(1);
    let mut open: Option<OutlineNode> = None;
    for mark in marks {
        let node = OutlineNode::new(mark.text.clone(), place((mark.page, mark.top))).with_open(true);
        if mark.level == least {
            if let Some(before) = open.replace(node) {
                outline.push_child(before);
            }
        } else if let Some(before) = &mut open {
            before.push_child(node);
        }
    }
    if let Some(last) = open {
        outline.push_child(last);
    }
    outline
}
