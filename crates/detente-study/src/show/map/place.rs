//! Where things stand in the picture: actors on an oval, hulls around members of a body, labels in
//! lanes. Pure geometry; lengths in user units of the picture.

use crate::show::picture::Point;
use crate::wire::MapView;

/// Up to this many actors every order on the oval is tried: 720 orders.
const TRIED: usize = 7;

/// Places for `count` actors on an oval around `centre`, in the order in which the fewest ties cross
/// and friends are near each other. For more than seven actors: file order.
pub(super) fn actors(map: &MapView, count: usize, centre: Point, radii: Point) -> Vec<Point> {
    let mut best = (f64::INFINITY, (0..count).collect::<Vec<_>>());
    let mut order: Vec<usize> = (0..count).collect();
    loop {
        let places = on_oval(&order, centre, radii);
        let cost = cost(map, &places, radii);
        if cost < best.0 - 1e-9 {
            best = (cost, order.clone());
        }
        // The first stays where it is: turning the whole oval changes nothing that counts.
        if !(3..=TRIED).contains(&count) || !next_order(&mut order[1..]) {
            break;
        }
    }
    on_oval(&best.1, centre, radii)
}

/// Where each actor stands when `order` goes round the oval, the first on the left below.
fn on_oval(order: &[usize], centre: Point, radii: Point) -> Vec<Point> {
    let count = order.len();
    let mut places = vec![centre; count];
    if count < 2 {
        return places;
    }
    let turn = if count == 2 {
        std::f64::consts::PI
    } else {
        0.5 * std::f64::consts::PI + std::f64::consts::PI / count as f64
    };
    for (at, actor) in order.iter().enumerate() {
        let angle = turn + std::f64::consts::TAU * at as f64 / count as f64;
        places[*actor] = (centre.0 + radii.0 * angle.cos(), centre.1 + radii.1 * angle.sin());
    }
    places
}

/// Crossings of ties, with a small part for the length of good ties and the spread of bodies.
fn cost(map: &MapView, places: &[Point], radii: Point) -> f64 {
    let span = 2.0 * radii.0.max(radii.1);
    let ends = |pair: [usize; 2]| (places[pair[0]], places[pair[1]]);
    let mut cost = 0.0;
    for (at, tie) in map.ties.iter().enumerate() {
        let (a, b) = ends(tie.between);
        cost += if tie.sign > 0 { 0.3 } else { -0.1 } * distance(a, b) / span;
        for other in &map.ties[at + 1..] {
            let (c, d) = ends(other.between);
            cost += if cross(a, b, c, d) { 1.0 } else { 0.0 };
        }
    }
    for body in &map.bodies {
        for (at, one) in body.members.iter().enumerate() {
            cost += body.members[at + 1..]
                .iter()
                .map(|two| 0.4 * distance(places[*one], places[*two]) / span)
                .sum::<f64>();
        }
    }
    cost
}

pub(super) fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// On which side of the line from `a` to `b` the point `c` lies, as the sign of the result.
fn side(a: Point, b: Point, c: Point) -> f64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// Whether two segments cross inside; segments that share an end do not.
pub(super) fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let apart = |x: f64, y: f64| (x > 1e-9 && y < -1e-9) || (x < -1e-9 && y > 1e-9);
    apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b))
}

/// The next order in lexicographic order; false after the last.
fn next_order(order: &mut [usize]) -> bool {
    let Some(at) = (1..order.len()).rev().find(|i| order[i - 1] < order[*i]) else { return false };
    let Some(swap) = (at..order.len()).rev().find(|i| order[*i] > order[at - 1]) else { return false };
    order.swap(at - 1, swap);
    order[at..].reverse();
    true
}

/// The corners of the convex hull, clockwise as seen (Andrew's monotone chain); all points when they
/// are fewer than three.
pub(super) fn hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while chain.len() > 1 && side(chain[chain.len() - 2], chain[chain.len() - 1], point) <= 0.0 {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut corners = half(&mut sorted.iter().copied());
    corners.extend(half(&mut sorted.iter().rev().copied()));
    corners
}

/// An outline at distance `radius` around the convex hull of `points`, as the data of an SVG path.
pub(super) fn outline(points: &[Point], radius: f64) -> String {
    let corners = hull(points);
    match corners.as_slice() {
        [] => String::new(),
        [(x, y)] => format!(
            "M{:.1} {y:.1}a{radius} {radius} 0 1 0 {:.1} 0a{radius} {radius} 0 1 0 {:.1} 0z",
            x - radius,
            2.0 * radius,
            -2.0 * radius
        ),
        _ => {
            let mut path = String::new();
            for (at, from) in corners.iter().enumerate() {
                let to = corners[(at + 1) % corners.len()];
                let length = distance(*from, to).max(1e-9);
                // Outwards: to the right of the direction, as the corners go round clockwise.
                let out = ((to.1 - from.1) / length * radius, (from.0 - to.0) / length * radius);
                let (start, end) = ((from.0 + out.0, from.1 + out.1), (to.0 + out.0, to.1 + out.1));
                if at == 0 {
                    path.push_str(&format!("M{:.1} {:.1}", start.0, start.1));
                } else {
                    path.push_str(&format!("A{radius} {radius} 0 0 1 {:.1} {:.1}", start.0, start.1));
                }
                path.push_str(&format!("L{:.1} {:.1}", end.0, end.1));
                if at + 1 == corners.len() {
                    let next = corners[1 % corners.len()];
                    let first = corners[0];
                    let length = distance(first, next).max(1e-9);
                    let out = ((next.1 - first.1) / length * radius, (first.0 - next.0) / length * radius);
                    path.push_str(&format!(
                        "A{radius} {radius} 0 0 1 {:.1} {:.1}z",
                        first.0 + out.0,
                        first.1 + out.1
                    ));
                }
            }
            path
        }
    }
}

/// A rectangle with its sides along the axes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rect {
    from: Point,
    to: Point,
}

impl Rect {
    /// The box of a text of this size whose base line has its middle at `at`.
    pub(super) fn around(at: Point, wide: f64, high: f64) -> Self {
        let middle = at.1 - 4.0;
        Self { from: (at.0 - wide / 2.0, middle - high / 2.0), to: (at.0 + wide / 2.0, middle + high / 2.0) }
    }

    /// The area that two rectangles share.
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        let side = |a: f64, b: f64, c: f64, d: f64| (b.min(d) - a.max(c)).max(0.0);
        side(self.from.0, self.to.0, other.from.0, other.to.0)
            * side(self.from.1, self.to.1, other.from.1, other.to.1)
    }
}

/// The first lane in which something from `start` to `end` overlaps nothing before it; notes it there.
pub(super) fn lane(lanes: &mut Vec<f64>, start: f64, end: f64) -> usize {
    let at = lanes.iter().position(|until| *until <= start).unwrap_or(lanes.len());
    if at == lanes.len() {
        lanes.push(end);
    } else {
        lanes[at] = end;
    }
    at
}

/// Days from 1 January of year 0 in a calendar of equal months: enough to place dates of the form
/// `YYYY[-MM[-DD]]` on a line. `None` for anything else.
pub(super) fn day(date: &str) -> Option<f64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<f64>);
    let year = parts.next()?.ok()?;
    let month = parts.next().map_or(Some(1.0), Result::ok)?;
    let day = parts.next().map_or(Some(1.0), Result::ok)?;
    Some(year * 365.25 + (month - 1.0) * 30.44 + day - 1.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hulls_leave_out_what_is_inside() {
        let square = [(0.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0)];
        let corners = hull(&square);
        assert_eq!(corners.len(), 4);
        assert!(!corners.contains(&(1.0, 1.0)));
        assert_eq!(hull(&square[..2]), square[..2]);
    }

    #[test]
    fn every_order_comes_once() {
        let mut order = [0, 1, 2, 3];
        let mut seen = vec![order];
        while next_order(&mut order) {
            seen.push(order);
        }
        seen.dedup();
        assert_eq!(seen.len(), 24);
    }

    #[test]
    fn segments_cross_inside_only() {
        assert!(cross((0.0, 0.0), (2.0, 2.0), (0.0, 2.0), (2.0, 0.0)));
        assert!(!cross((0.0, 0.0), (2.0, 2.0), (0.0, 0.0), (2.0, 0.0)));
    }

    #[test]
    fn dates_are_in_order_and_others_are_none() {
        assert!(day("2023-03-07").unwrap() < day("2023-04").unwrap());
        assert!(day("2022").unwrap() < day("2022-02-01").unwrap());
        assert_eq!(day("soon"), None);
    }

    #[test]
    fn lanes_are_shared_by_what_does_not_overlap() {
        let mut lanes = Vec::new();
        assert_eq!(lane(&mut lanes, 0.0, 5.0), 0);
        assert_eq!(lane(&mut lanes, 3.0, 8.0), 1);
        assert_eq!(lane(&mut lanes, 6.0, 9.0), 0);
    }
}
