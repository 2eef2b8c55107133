//! Opponents' improvements in wide groups: members sorted once, then one walk per pass.

use super::layout::{Field, LINE};
use super::pass::Pass;
use super::score::Score;

/// Marks an entry whose key is smaller than that of the entry before it.
const NEXT_LEVEL: u32 = 1 << 31;

/// The members of every group of a field, group by group in the order of the groups' first
/// places. In a group, members with the same values of one-way options stand together (a
/// *part*), parts in ascending order of these values ([`Parts`]); in a part, the mover likes
/// earlier members at least as well. An entry is the row of the member, with [`NEXT_LEVEL`].
pub(super) struct Sorted {
    entries: Vec<u32>,
    parts: Parts,
}

/// The parts of a group of a field, and who can move into which.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    /// One-way bits of a row.
    bits: Vec<u32>,
    /// Bits of a part number whose option only turns on, and only off.
    on_only: u32,
    off_only: u32,
}

impl Parts {
    pub(super) fn new(field: &Field) -> Self {
        let bits: Vec<u32> = (0..field.width).filter(|b| field.one_way() >> b & 1 == 1).collect();
        let of = |mask: u32| bits.iter().enumerate().fold(0, |all, (at, bit)| all | (mask >> bit & 1) << at);
        Self { on_only: of(field.on_only), off_only: of(field.off_only), bits }
    }

    /// How many.
    pub(super) fn count(&self) -> usize {
        1 << self.bits.len()
    }

    /// The part of a row.
    pub(super) fn of(&self, row: u32) -> u32 {
        self.bits.iter().enumerate().fold(0, |part, (at, bit)| part | (row >> bit & 1) << at)
    }

    /// Bits of `part` that a move can change.
    fn movable(&self, part: u32) -> u32 {
        (self.on_only & !part) | (self.off_only & part)
    }

    /// The parts that moves from `part` end in, itself included.
    pub(super) fn targets(&self, part: u32) -> impl Iterator<Item = u32> + use<> {
        subsets(self.movable(part)).map(move |change| part ^ change)
    }

    /// The parts from which moves end in `part`, itself included.
    pub(super) fn sources(&self, part: u32) -> impl Iterator<Item = u32> + use<> {
        let all = (self.count() - 1) as u32;
        subsets(all & !self.movable(part)).map(move |change| part ^ change)
    }
}

/// Fewer entries are sorted by comparisons.
const LEAST_COUNTED: usize = 256;

/// All subsets of a mask, largest first.
fn subsets(mask: u32) -> impl Iterator<Item = u32> {
    let mut next = Some(mask);
    std::iter::from_fn(move || {
        let now = next?;
        next = (now != 0).then(|| (now - 1) & mask);
        Some(now)
    })
}

/// The first place of each group of a field, ascending.
pub(super) fn groups(field: &Field, states: usize) -> impl Iterator<Item = usize> + use<> {
    let (low, span) = (1_usize << field.low, field.group() << field.low);
    (0..states).step_by(span).flat_map(move |outer| outer..outer + low)
}

impl Sorted {
    /// Sorts the groups of `field` by `keys`: a pass per byte of a key, or O(n log g) for small
    /// groups of `g`.
    pub(super) fn new<T: Score>(field: &Field, keys: &[T]) -> Self {
        let parts = Parts::new(field);
        let (group, low) = (field.group(), field.low);
        let mut entries = vec![0; keys.len()];
        let (mut packed, mut spare) = (vec![0_u64; group], vec![0_u64; group]);
        let mut first_of_part = vec![0_usize; parts.count()];
        let size = group / parts.count();
        for (base, entries) in groups(field, keys.len()).zip(entries.chunks_exact_mut(group)) {
            first_of_part.iter_mut().enumerate().for_each(|(part, first)| *first = part * size);
            for row in 0..group as u32 {
                let key = keys[base + ((row as usize) << low)].xor(T::FLIP).not().number();
                let at = &mut first_of_part[parts.of(row) as usize];
                packed[*at] = u64::from(key) << 32 | u64::from(row);
                *at += 1;
            }
            for (packed, entries) in packed.chunks_exact_mut(size).zip(entries.chunks_exact_mut(size)) {
                sort(packed, &mut spare[..size], T::BITS);
                let mut before = packed[0] >> 32;
                for (packed, entry) in packed.iter().zip(entries) {
                    let next = if packed >> 32 == before { 0 } else { NEXT_LEVEL };
                    before = packed >> 32;
                    *entry = *packed as u32 | next;
                }
            }
        }
        Self { entries, parts }
    }

    /// Members per part of a group.
    fn part_size(&self, field: &Field) -> usize {
        field.group() / self.parts.count()
    }

    /// The parts, and rows by part ([`Sorted::new`] says in which order).
    pub(super) fn into_rows(mut self) -> (Parts, Vec<u32>) {
        self.entries.iter_mut().for_each(|entry| *entry &= !NEXT_LEVEL);
        (self.parts, self.entries)
    }

    /// A pass of improvements; tells whether anything rose.
    pub(super) fn improve<T: Score>(&self, pass: &mut Pass<T>) -> bool {
        let (group, low) = (pass.field.group(), pass.field.low);
        let span = group << low;
        let mut any = false;
        for (at, base) in groups(pass.field, pass.worst.len()).enumerate() {
            // A mark covers up to 64 groups: it is looked at for each, and taken at the end.
            if !marked(pass, base) {
                continue;
            }
            let entries = &self.entries[at * group..(at + 1) * group];
            let rose = if self.parts.count() == 1 {
                self.two_way(pass, base, entries)
            } else {
                self.one_way(pass, base, entries)
            };
            if rose {
                any = true;
                let lines = lines_of(base, low, span);
                lines.for_each(|line| pass.dirty[line] |= pass.others);
            }
        }
        for mark in &mut *pass.dirty {
            *mark &= !pass.bit;
        }
        any
    }

    fn two_way<T: Score>(&self, pass: &mut Pass<T>, base: usize, entries: &[u32]) -> bool {
        let low = pass.field.low;
        let mut rose = T::default();
        // The largest values over strictly better levels, and over this level so far.
        let (mut better, mut level) = ([T::default(); 2], [T::default(); 2]);
        for &entry in entries {
            if entry & NEXT_LEVEL != 0 {
                better = [better[0].max(level[0]), better[1].max(level[1])];
            }
            let at = base + (((entry & !NEXT_LEVEL) as usize) << low);
            let from = source(pass, at);
            level = [level[0].max(from[0]), level[1].max(from[1])];
            rose = rose.or(raise(pass, at, better));
        }
        rose != T::default()
    }

    fn one_way<T: Score>(&self, pass: &mut Pass<T>, base: usize, entries: &[u32]) -> bool {
        let low = pass.field.low;
        let size = self.part_size(pass.field);
        let place = |entry: u32| base + (((entry & !NEXT_LEVEL) as usize) << low);
        let mut rose = T::default();
        for (part, members) in entries.chunks_exact(size).enumerate() {
            for target in self.parts.targets(part as u32) {
                let start = target as usize * size;
                let mut targets = entries[start..start + size].iter().map(|e| place(*e)).peekable();
                let mut better = [T::default(); 2];
                for &member in members {
                    let at = place(member);
                    while let Some(t) =
                        targets.next_if(|t| T::above(pass.keys[*t], pass.keys[at]) != T::default())
                    {
                        let from = source(pass, t);
                        better = [better[0].max(from[0]), better[1].max(from[1])];
                    }
                    rose = rose.or(raise(pass, at, better));
                }
            }
        }
        rose != T::default()
    }
}

/// Sorts by the `bits` bits from 32 on and then by the rest, which is ascending already.
fn sort(packed: &mut [u64], spare: &mut [u64], bits: u32) {
    if packed.len() < LEAST_COUNTED {
        packed.sort_unstable();
        return;
    }
    for shift in (32..32 + bits).step_by(8) {
        let mut starts = [0_usize; 257];
        packed.iter().for_each(|entry| starts[(entry >> shift & 255) as usize + 1] += 1);
        if starts.contains(&packed.len()) {
            continue;
        }
        for digit in 0..256 {
            starts[digit + 1] += starts[digit];
        }
        for entry in &*packed {
            let slot = &mut starts[(entry >> shift & 255) as usize];
            spare[*slot] = *entry;
            *slot += 1;
        }
        packed.copy_from_slice(spare);
    }
}

/// The lines that a group touches.
fn lines_of(base: usize, low: u32, span: usize) -> impl Iterator<Item = usize> {
    let step = (1_usize << low).max(LINE);
    (base..base - base % (1 << low) + span).step_by(step).map(|place| place / LINE)
}

fn marked<T>(pass: &Pass<T>, base: usize) -> bool {
    let low = pass.field.low;
    lines_of(base, low, pass.field.group() << low).any(|line| pass.dirty[line] & pass.bit != 0)
}

fn source<T: Score>(pass: &Pass<T>, at: usize) -> [T; 2] {
    match pass.from {
        Some((worst, escape)) => [worst[at], escape[at]],
        None => [pass.worst[at], pass.escape[at]],
    }
}

/// Raises both values at a place; the bits that changed.
fn raise<T: Score>(pass: &mut Pass<T>, at: usize, to: [T; 2]) -> T {
    let old = [pass.worst[at], pass.escape[at]];
    let new = [old[0].max(to[0]), old[1].max(to[1])];
    pass.worst[at] = new[0];
    pass.escape[at] = new[1];
    new[0].xor(old[0]).or(new[1].xor(old[1]))
}
