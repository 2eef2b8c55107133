//! Where things stand in the picture: boxes in layers, words beside the steps that they belong to, steps back in lanes
//! of their own below. No box and no words cover others, and all is inside the picture.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::part::Part;
use crate::show::picture::{Point, cut, width, wrap};

/// Measures of the picture.
pub(super) const WIDE: f64 = 190.0;
pub(super) const HIGH: f64 = 54.0;
pub(super) const MARGIN: f64 = 30.0;
const LAYER: f64 = 330.0;
const ROW: f64 = 100.0;
const TOP: f64 = 94.0;
/// Nothing but the title and the notes is above.
const HEAD: f64 = 68.0;
/// Words on steps: their size, how far their lines are apart, and where lines are broken.
pub(super) const SIZE: f64 = 11.5;
pub(super) const LINE: f64 = 13.0;
const COLUMNS: usize = 18;
/// Steps back: how far lanes are apart, how far their upright parts are, how many of these stand side by side, and the
/// longest words on them.
const LANE: f64 = 20.0;
const APART: f64 = 5.0;
const SIDE: usize = 8;
const LONG: usize = 80;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    /// Its upper left corner.
    pub(super) at: Point,
    /// How wide and high.
    pub(super) size: Point,
}

impl Area {
    /// Whether the two have some ground in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let along = |a: f64, wide: f64, b: f64, other: f64| a < b + other && b < a + wide;
        along(self.at.0, self.size.0, other.at.0, other.size.0)
            && along(self.at.1, self.size.1, other.at.1, other.size.1)
    }
}

/// The words on a step, around the middle of the area.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words {
    pub(super) area: Area,
    pub(super) lines: Vec<String>,
}

/// A step: its path, and whether it leads back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) path: String,
    pub(super) back: bool,
}

/// Where everything is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// The boxes of the outcomes.
    pub(super) boxes: BTreeMap<usize, Area>,
    /// The steps.
    pub(super) steps: Vec<Step>,
    /// What is written on them.
    pub(super) words: Vec<Words>,
    /// How wide the boxes and lanes reach, and how low.
    pub(super) size: Point,
}

/// Lays out what is drawn.
pub(super) fn layout(part: &Part) -> Layout {
    let leads_on = |(from, to): &(usize, usize)| part.layer[to] > part.layer[from];
    let any_back = part.edges.keys().any(|edge| !leads_on(edge));
    // Room for the upright parts of steps back.
    let side = if any_back { APART * (SIDE + 2) as f64 } else { 0.0 };
    let places = places(part, MARGIN + side);
    let boxes: BTreeMap<usize, Area> =
        places.iter().map(|(state, at)| (*state, Area { at: *at, size: (WIDE, HIGH) })).collect();
    let right = places.values().map(|(x, _)| *x).fold(0.0, f64::max) + WIDE + side;
    let mut layout = Layout { boxes, steps: Vec::new(), words: Vec::new(), size: (right + MARGIN, 0.0) };
    for (edge, who) in part.edges.iter().filter(|(edge, _)| leads_on(edge)) {
        let curve = on(places[&edge.0], places[&edge.1]);
        let [(a, b), (c, d), (e, f), (g, h)] = curve;
        let path = format!("M{a:.1} {b:.1} C{c:.1} {d:.1} {e:.1} {f:.1} {g:.1} {h:.1}");
        layout.steps.push(Step { path, back: false });
        let lines = wrap(&who.join(", "), COLUMNS);
        let area = free(&layout, curve, &lines);
        layout.words.push(Words { area, lines });
    }
    let areas = layout.boxes.values().chain(layout.words.iter().map(|words| &words.area));
    let mut low = areas.map(|area| area.at.1 + area.size.1).fold(0.0, f64::max) + 12.0;
    for (at, (edge, who)) in part.edges.iter().filter(|(edge, _)| !leads_on(edge)).enumerate() {
        low += LANE;
        back(&mut layout, places[&edge.0], places[&edge.1], low, at, &who.join(", "));
    }
    layout.size.1 = low;
    layout
}

/// A curve from the right side of one box to the left side of another, by its four points.
fn on((x, y): Point, (u, v): Point) -> [Point; 4] {
    let (a, b, c, d) = (x + WIDE, y + HIGH / 2.0, u - 3.0, v + HIGH / 2.0);
    let bend = (c - a) * 0.45;
    [(a, b), (a + bend, b), (c - bend, d), (c, d)]
}

/// Around `middle`.
fn around(middle: Point, lines: &[String]) -> Area {
    let wide = lines.iter().map(|line| width(line, SIZE)).fold(0.0, f64::max) + 4.0;
    let high = LINE * lines.len() as f64;
    Area { at: (middle.0 - wide / 2.0, middle.1 - high / 2.0), size: (wide, high) }
}

/// Where words on a curve cover nothing: on it near its middle when that is free, else as little away from it as
/// possible.
fn free(layout: &Layout, curve: [Point; 4], lines: &[String]) -> Area {
    let shares = [0.5, 0.42, 0.58, 0.34, 0.66];
    let taken = |area: &Area| {
        area.at.1 < HEAD
            || layout
                .boxes
                .values()
                .chain(layout.words.iter().map(|words| &words.area))
                .any(|a| a.meets(area))
    };
    let away = (0..).flat_map(|k| [f64::from(k) * 7.0, f64::from(k) * -7.0]);
    let places = away.flat_map(|away| {
        shares.map(|share| {
            let (x, y) = bezier(curve, share);
            around((x, y + away), lines)
        })
    });
    // Further down there is always room.
    places.into_iter().find(|area| !taken(area)).unwrap_or_else(|| around(curve[0], lines))
}

/// A step back, or within a layer: out on the right, down between the boxes, along a lane of its own, and in from the
/// left, so that it passes behind no box.
fn back(layout: &mut Layout, (x, y): Point, (u, v): Point, lane: f64, at: usize, who: &str) {
    let apart = APART * (1 + at % SIDE) as f64;
    let (out, into) = (x + WIDE + apart, u - 6.0 - apart);
    let mut path = format!("M{:.1} {:.1}", x + WIDE, y + HIGH * 0.8);
    for part in [
        format!("H{out:.1}"),
        format!("V{lane:.1}"),
        format!("H{into:.1}"),
        format!("V{:.1}", v + HIGH * 0.8),
        format!("H{:.1}", u - 3.0),
    ] {
        // Writing to a string cannot fail.
        let _ = write!(path, " {part}");
    }
    layout.steps.push(Step { path, back: true });
    let lines = vec![cut(who, LONG)];
    let mut area = around(((out + into) / 2.0, lane), &lines);
    let most = (layout.size.0 - MARGIN - area.size.0).max(MARGIN);
    area.at.0 = area.at.0.clamp(MARGIN, most);
    layout.size.0 = layout.size.0.max(area.at.0 + area.size.0 + MARGIN);
    layout.words.push(Words { area, lines });
}

/// The point at `share` of a cubic curve.
fn bezier([a, b, c, d]: [Point; 4], share: f64) -> Point {
    let (t, s) = (share, 1.0 - share);
    let on = |a: f64, b: f64, c: f64, d: f64| {
        s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
    };
    (on(a.0, b.0, c.0, d.0), on(a.1, b.1, c.1, d.1))
}

/// Where each outcome stands: layers from left to right, rows so that steps cross less.
fn places(part: &Part, left: f64) -> BTreeMap<usize, Point> {
    let layers = part.layer.values().max().map_or(1, |last| last + 1);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); layers];
    for state in &part.keep {
        rows[part.layer[state]].push(*state);
    }
    let most = rows.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let mut low: BTreeMap<usize, f64> = BTreeMap::new();
    for _ in 0..4 {
        for row in &mut rows {
            // By the mean height of those that are already placed and that a step joins.
            let height = |state: &usize| {
                let joined = part.edges.keys().filter_map(|(from, to)| match state {
                    s if s == to => low.get(from),
                    s if s == from => low.get(to),
                    _ => None,
                });
                let (sum, count) = joined.fold((0.0, 0.0), |(sum, count), y| (sum + y, count + 1.0));
                if count > 0.0 { sum / count } else { most / 2.0 }
            };
            let heights: BTreeMap<usize, f64> = row.iter().map(|state| (*state, height(state))).collect();
            row.sort_by(|a, b| heights[a].total_cmp(&heights[b]).then(a.cmp(b)));
            let first = (most - row.len() as f64) / 2.0;
            for (at, state) in row.iter().enumerate() {
                low.insert(*state, first + at as f64);
            }
        }
    }
    part.keep
        .iter()
        .map(|state| {
            (
                *state,
                (left + part.layer[state] as f64 * LAYER, TOP + low.get(state).copied().unwrap_or(0.0) * ROW),
            )
        })
        .collect()
}
