//! C-SMR by fronts, without looking at pairs of states.
//!
//! # Method
//! `s` is unstable for `H` iff some `t ∈ R_H(s)` beats `s` (better for every member) and no answer
//! sanctions: every `s2` that the others can bring about from `t` leads `H`, by its own sequences
//! or by standing still, to something that beats `s`. What `H` can reach from `s2` depends on the
//! component of `s2` only, and whether something in it beats `s` on its [`Front`]. So for each
//! component of the others: the intersection of "beaten by this front" over the components of `H`
//! that it meets, kept as few fronts ([`Intersection`]).
//!
//! # Complexity
//! States × (fronts met), with small fronts in practice; one and two members: one front.

use std::collections::HashMap;

use super::front::Front;
use super::walk::Walk;

/// Fronts are joined into one as long as it has at most this many points.
const JOINED_POINTS: usize = 32;

/// "Beaten by each of these": an intersection of the sets that fronts beat.
struct Intersection {
    fronts: Vec<Front>,
    /// The front that failed last, tried first.
    hint: usize,
}

impl Intersection {
    fn new<'f>(fronts: impl IntoIterator<Item = &'f Front>, width: usize) -> Self {
        let mut joined: Vec<Front> = Vec::new();
        let mut current: Option<Front> = None;
        for front in fronts {
            current = Some(match current {
                None => front.clone(),
                Some(before) => {
                    let both = meet(&before, front, width);
                    if width > 2 && both.points().len() > JOINED_POINTS * width {
                        joined.push(before);
                        front.clone()
                    } else {
                        both
                    }
                }
            });
        }
        joined.extend(current);
        Self { fronts: joined, hint: 0 }
    }

    fn beats(&mut self, than: &[u32]) -> bool {
        if self.fronts.get(self.hint).is_some_and(|front| !front.beats(than)) {
            return false;
        }
        match self.fronts.iter().position(|front| !front.beats(than)) {
            None => true,
            Some(fails) => {
                self.hint = fails;
                false
            }
        }
    }
}

/// The front that beats exactly what both beat.
fn meet(a: &Front, b: &Front, width: usize) -> Front {
    let below = |a: &Front, b: &Front| {
        let mut points = a.points().chunks_exact(width);
        points.all(|p| b.points().chunks_exact(width).any(|q| p.iter().zip(q).all(|(p, q)| p <= q)))
    };
    if below(a, b) {
        return a.clone();
    }
    if below(b, a) {
        return b.clone();
    }
    let mut least = Vec::new();
    if width == 2 {
        // A staircase: at each first coordinate of either, the lower of the two second ones.
        let height = |front: &Front, x: u32| {
            let points = front.points();
            let count = points.chunks_exact(2).take_while(|p| p[0] >= x).count();
            count.checked_sub(1).map(|last| points[2 * last + 1])
        };
        for x in a.points().chunks_exact(2).chain(b.points().chunks_exact(2)).map(|p| p[0]) {
            if let (Some(y), Some(z)) = (height(a, x), height(b, x)) {
                least.extend([x, y.min(z)]);
            }
        }
    } else {
        for p in a.points().chunks_exact(width) {
            for q in b.points().chunks_exact(width) {
                least.extend(p.iter().zip(q).map(|(p, q)| p.min(q)));
            }
        }
    }
    Front::new(&least, width)
}

/// The front of what can be reached from each component of `walk`; `vectors` has `width`
/// coordinates per state.
pub(super) fn fronts(walk: &Walk, vectors: &[u32], width: usize) -> Vec<Front> {
    let mut all: Vec<Front> = Vec::with_capacity(walk.len());
    let mut gathered = Vec::new();
    for c in 0..walk.len() {
        gathered.clear();
        for s in walk.states(c) {
            let at = *s as usize * width;
            gathered.extend_from_slice(&vectors[at..at + width]);
        }
        for further in &walk.leads[c] {
            gathered.extend_from_slice(all[*further as usize].points());
        }
        all.push(Front::new(&gathered, width));
    }
    all
}

/// Which states are C-SMR stable for the coalition of `own` against the actors of `others`;
/// `ranks` has one coordinate per member and state.
pub(super) fn stable(own: &Walk, others: &Walk, ranks: &[u32], width: usize) -> Vec<bool> {
    let reachable = fronts(own, ranks, width);
    // Equal fronts have one number.
    let mut numbers: HashMap<&Front, u32> = HashMap::new();
    let mut distinct: Vec<&Front> = Vec::new();
    let number: Vec<u32> = reachable
        .iter()
        .map(|front| {
            *numbers.entry(front).or_insert_with(|| {
                distinct.push(front);
                distinct.len() as u32 - 1
            })
        })
        .collect();
    // What the others can make of a state: the fronts that are met, by component of the others;
    // equal sets have one number.
    let mut met: Vec<Vec<u32>> = Vec::with_capacity(others.len());
    let mut classes: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut intersections: Vec<Intersection> = Vec::new();
    let mut class_of: Vec<u32> = Vec::with_capacity(others.len());
    let keep = !others.is_symmetric();
    for c in 0..others.len() {
        let mut set: Vec<u32> =
            others.states(c).iter().map(|s| number[own.component[*s as usize] as usize]).collect();
        for further in &others.leads[c] {
            set.extend_from_slice(&met[*further as usize]);
        }
        set.sort_unstable();
        set.dedup();
        if keep {
            met.push(set.clone());
        }
        class_of.push(*classes.entry(set).or_insert_with_key(|set| {
            intersections.push(Intersection::new(set.iter().map(|f| distinct[*f as usize]), width));
            intersections.len() as u32 - 1
        }));
    }
    // Where the coalition can go, by what the others can make of it.
    let mut stable = vec![true; own.component.len()];
    let mut ways: Vec<Vec<(u32, Front)>> = Vec::with_capacity(own.len());
    for c in 0..own.len() {
        let mut gathered: HashMap<u32, Vec<u32>> = HashMap::new();
        for s in own.states(c) {
            let class = class_of[others.component[*s as usize] as usize];
            let at = *s as usize * width;
            gathered.entry(class).or_default().extend_from_slice(&ranks[at..at + width]);
        }
        for further in &own.leads[c] {
            for (class, front) in &ways[*further as usize] {
                gathered.entry(*class).or_default().extend_from_slice(front.points());
            }
        }
        let mut here: Vec<(u32, Front)> =
            gathered.into_iter().map(|(class, vectors)| (class, Front::new(&vectors, width))).collect();
        here.sort_unstable_by_key(|(class, _)| *class);
        for s in own.states(c) {
            let at = *s as usize * width;
            let than = &ranks[at..at + width];
            stable[*s as usize] = !here
                .iter()
                .any(|(class, front)| front.beats(than) && intersections[*class as usize].beats(than));
        }
        ways.push(if own.is_symmetric() { Vec::new() } else { here });
    }
    stable
}
