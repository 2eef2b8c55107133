//! The pages as they fill: what is drawn where, what of it belongs together, and where links and bookmarks lead.

use std::collections::HashMap;
use std::rc::Rc;

use super::shape::{Line, Link, Shaped};

/// The width of A4, in points; so is every length here.
pub(super) const WIDE: f32 = 595.28;
/// The height of A4.
pub(super) const HIGH: f32 = 841.89;
/// What stays free on the left and on the right.
pub(super) const SIDE: f32 = 56.7;
/// Where text begins.
pub(super) const TOP: f32 = 48.0;
/// Where text ends.
pub(super) const LOW: f32 = HIGH - 50.0;
/// The width of the text.
pub(super) const TEXT: f32 = WIDE - 2.0 * SIDE;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) wide: f32,
    pub(super) high: f32,
}

/// Something drawn.
#[derive(Clone, Debug)]
pub(super) enum Drawn {
    /// Clusters of a paragraph, each with where it starts; in the order of reading, on one base line.
    Words { of: Rc<Shaped>, clusters: Vec<(usize, f32)>, base: f32 },
    /// A picture, with its scale.
    Picture { at: usize, area: Area },
    /// A ground or a rule. It says nothing.
    Ground { area: Area, colour: [u8; 3] },
    /// Words that were said before, and stand here again: the head of a table on its next page.
    Again { of: Rc<Shaped>, clusters: Vec<(usize, f32)>, base: f32 },
}

/// What a part of a document is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A heading, of a level from 1, and what it says.
    Head(u16, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    HeadCell,
    Cell,
    /// A picture, and what it shows.
    Figure(String),
    Caption,
    Link,
}

/// What a part consists of, in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Child {
    Part(usize),
    Drawn(usize),
    Jump(usize),
}

/// A part and what it consists of.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) part: Part,
    pub(super) children: Vec<Child>,
}

/// A place that one can touch.
#[derive(Clone, Debug)]
pub(super) struct Jump {
    pub(super) page: usize,
    pub(super) area: Area,
    pub(super) to: Link,
}

/// A bookmark.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// From 1.
    pub(super) level: u16,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) top: f32,
}

/// The pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// All that is drawn, with its page.
    pub(super) drawn: Vec<(usize, Drawn)>,
    /// All parts; those that belong to no other are in `roots`.
    pub(super) nodes: Vec<Node>,
    pub(super) roots: Vec<usize>,
    pub(super) jumps: Vec<Jump>,
    pub(super) marks: Vec<Mark>,
    /// Where claims stand as notes and are named first.
    pub(super) places: HashMap<Link, (usize, f32)>,
    /// What stands below each page.
    pub(super) numbers: Vec<Shaped>,
    /// The page that is being filled, from 0.
    pub(super) page: usize,
    /// How far down it is filled.
    pub(super) down: f32,
    /// Whether nothing stands on it yet.
    pub(super) fresh: bool,
}

impl Pages {
    pub(super) fn new() -> Self {
        Self { down: TOP, fresh: true, ..Self::default() }
    }

    /// How many pages there are.
    pub(super) fn count(&self) -> usize {
        if self.fresh && self.page > 0 { self.page } else { self.page + 1 }
    }

    /// How much room is left on the page.
    pub(super) fn room(&self) -> f32 {
        LOW - self.down
    }

    /// Goes to the next page, unless this one is empty.
    pub(super) fn next(&mut self) {
        if !self.fresh {
            self.page += 1;
            self.down = TOP;
            self.fresh = true;
        }
    }

    /// Goes to the next page unless so much fits on this one.
    pub(super) fn fit(&mut self, high: f32) {
        if high > self.room() {
            self.next();
        }
    }

    /// Leaves room, but not at the top of a page.
    pub(super) fn skip(&mut self, high: f32) {
        if !self.fresh {
            self.down += high;
        }
    }

    /// A new part of another, or of the whole.
    pub(super) fn part(&mut self, of: Option<usize>, part: Part) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node { part, children: Vec::new() });
        match of {
            Some(of) => self.nodes[of].children.push(Child::Part(at)),
            None => self.roots.push(at),
        }
        at
    }

    /// Draws what says nothing.
    pub(super) fn ground(&mut self, area: Area, colour: [u8; 3]) {
        self.drawn.push((self.page, Drawn::Ground { area, colour }));
        self.fresh = false;
    }

    /// Draws a picture as (part of) `of`.
    pub(super) fn picture(&mut self, of: usize, at: usize, area: Area) {
        self.nodes[of].children.push(Child::Drawn(self.drawn.len()));
        self.drawn.push((self.page, Drawn::Picture { at, area }));
        self.fresh = false;
    }

    /// Draws a line of a paragraph on the base line `base`, within `left` and `left + wide`, as a part of `of`; `None`: it
    /// was said before.
    pub(super) fn line(&mut self, of: Option<usize>, shaped: &Rc<Shaped>, line: &Line, at: Set) {
        let Set { left, wide, base, end } = at;
        let backwards = shaped.backwards;
        let mut x = if end != backwards { left + wide - line.width } else { left };
        // Blanks at the end of a line hang over: to the left of one that runs from right to left.
        if backwards {
            let own = &shaped.clusters[line.clusters.clone()];
            x -= own.iter().map(|cluster| cluster.width).sum::<f32>() - line.width;
        }
        let mut starts: Vec<(usize, f32)> = Vec::new();
        for at in shaped.visual(line) {
            starts.push((at, x));
            x += shaped.clusters[at].width;
        }
        starts.sort_by_key(|(at, _)| *at);
        self.fresh = false;
        let mut rest = starts.as_slice();
        while let Some((first, _)) = rest.first() {
            let link = |at: usize| shaped.pieces[shaped.clusters[at].piece].link.as_ref();
            let own = link(*first);
            let same = rest.iter().take_while(|(at, _)| link(*at) == own).count();
            let (clusters, after) = rest.split_at(same);
            rest = after;
            self.grounds(shaped, clusters, base);
            let (of_words, clusters) = (Rc::clone(shaped), clusters.to_vec());
            let Some(of) = of else {
                self.drawn.push((self.page, Drawn::Again { of: of_words, clusters, base }));
                continue;
            };
            let mut parent = of;
            if let Some(link) = own {
                parent = self.part(Some(of), Part::Link);
                let jump = self.jumps.len();
                let area = area(shaped, &clusters, base);
                let under = Area { top: base + 1.3, high: 0.4, ..area };
                self.ground(under, super::RULE);
                self.jumps.push(Jump { page: self.page, area, to: link.clone() });
                self.nodes[parent].children.push(Child::Jump(jump));
                if let Link::Note(claim, mark) = link {
                    let top = area.top;
                    self.places.entry(Link::Mention(*claim, Rc::clone(mark))).or_insert((self.page, top));
                }
            }
            self.nodes[parent].children.push(Child::Drawn(self.drawn.len()));
            self.drawn.push((self.page, Drawn::Words { of: of_words, clusters, base }));
        }
    }

    /// What is under the marker.
    fn grounds(&mut self, shaped: &Shaped, clusters: &[(usize, f32)], base: f32) {
        let marked = |at: &(usize, f32)| shaped.pieces[shaped.clusters[at.0].piece].look.marked;
        let under: Vec<(usize, f32)> = clusters.iter().filter(|at| marked(at)).copied().collect();
        if !under.is_empty() {
            self.ground(area(shaped, &under, base), super::MARKER);
        }
    }
}

/// Where a line is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set {
    pub(super) left: f32,
    pub(super) wide: f32,
    /// How far down its letters stand.
    pub(super) base: f32,
    /// Whether it goes to the end of the width, as numbers do.
    pub(super) end: bool,
}

/// What clusters on a base line cover.
fn area(shaped: &Shaped, clusters: &[(usize, f32)], base: f32) -> Area {
    let left = clusters.iter().map(|(_, x)| *x).fold(f32::INFINITY, f32::min);
    let right = clusters.iter().map(|(at, x)| x + shaped.clusters[*at].width).fold(left, f32::max);
    let sizes = clusters.iter().map(|(at, _)| shaped.pieces[shaped.clusters[*at].piece].look.size);
    let size = sizes.fold(1.0, f32::max);
    Area { left, top: base - 0.82 * size, wide: (right - left).max(1.0), high: 1.06 * size }
}
