//! The closure of one slice, state by state in the order of values: no number of passes.
//!
//! Improvement paths can wind through most of a slice (in a Gray code, say); repeated passes
//! would then need as many rounds as the path is long. Here every state gets its value once.

use super::layout::Field;
use super::score::Score;
use super::sorted::{Parts, Sorted};

/// One slice, ready to be closed under the moves or improvements of all opponents.
pub(super) struct Slice<'a, T> {
    fields: Vec<Moves<'a, T>>,
    infeasible: &'a [u8],
}

/// The moves of one opponent, walked backwards.
struct Moves<'a, T> {
    field: &'a Field,
    /// Keys (improvements) or none (all moves).
    keys: Option<&'a [T]>,
    parts: Parts,
    /// Rows by group and part; with keys, best first.
    rows: Vec<u32>,
}

impl<'a, T: Score> Slice<'a, T> {
    /// `keys`: per field, the mover's keys in the slice; `None`: all moves count.
    pub(super) fn new(fields: &'a [Field], keys: Option<&[&'a [T]]>, infeasible: &'a [u8]) -> Self {
        let fields = fields.iter().enumerate().map(|(at, field)| {
            let keys = keys.and_then(|keys| keys.get(at).copied());
            let level;
            let sorted_by = match keys {
                Some(keys) => keys,
                None => {
                    level = vec![T::default(); infeasible.len()];
                    &level
                }
            };
            let (parts, rows) = Sorted::new(field, sorted_by).into_rows();
            Moves { field, keys, parts, rows }
        });
        Self { fields: fields.collect(), infeasible }
    }

    /// Raises the value of every feasible state to the largest that moves from it can reach.
    ///
    /// # Algorithm
    /// States are taken from the largest value down; what can reach one, and has no value yet,
    /// gets its value, found by walking moves backwards. In a group those that can improve to a
    /// state are the ones below it, so each list of members is walked once, from its worst end.
    ///
    /// # Complexity
    /// O(n · D · p) for n states and D opponents, p the number of one-way settings of a group
    /// that a state can be entered from; plus one sort of the groups ([`Slice::new`]).
    ///
    /// # Errors
    /// None; stops early, with values that mean nothing, when `stop` says so: then `false`.
    pub(super) fn close(&self, values: &mut [T], stop: &dyn Fn() -> bool) -> bool {
        let mut done: Vec<bool> = self.infeasible.iter().map(|mask| *mask != 0).collect();
        let mut left: Vec<Vec<u32>> = self
            .fields
            .iter()
            .map(|m| {
                let lists = values.len() / m.field.group() * m.parts.count();
                vec![(m.field.group() / m.parts.count()) as u32; lists]
            })
            .collect();
        let mut stack = vec![];
        for (at, first) in descending(values).into_iter().enumerate() {
            if at % (1 << 14) == 0 && stop() {
                return false;
            }
            if done[first as usize] {
                continue;
            }
            done[first as usize] = true;
            let value = values[first as usize];
            stack.push(first);
            while let Some(place) = stack.pop() {
                for (moves, left) in self.fields.iter().zip(&mut left) {
                    moves.backwards(place as usize, left, |from| {
                        if !done[from] {
                            done[from] = true;
                            values[from] = value;
                            stack.push(from as u32);
                        }
                    });
                }
            }
        }
        true
    }
}

impl<T: Score> Moves<'_, T> {
    /// Visits what can move to `place` and was not visited through this field before.
    fn backwards(&self, place: usize, left: &mut [u32], mut visit: impl FnMut(usize)) {
        let (low, group, parts) = (self.field.low, self.field.group(), self.parts.count());
        let lane = place & ((1 << low) - 1);
        let outer = place >> (low + self.field.width);
        let number = outer << low | lane;
        let base = (outer << (low + self.field.width)) | lane;
        let row = (place >> low & (group - 1)) as u32;
        let size = group / parts;
        for part in self.parts.sources(self.parts.of(row)) {
            let left = &mut left[number * parts + part as usize];
            let first = number * group + part as usize * size;
            let members = &self.rows[first..first + size];
            while *left > 0 {
                let from = base + ((members[*left as usize - 1] as usize) << low);
                if self.keys.is_some_and(|keys| T::above(keys[place], keys[from]) == T::default()) {
                    break;
                }
                *left -= 1;
                visit(from);
            }
        }
    }
}

/// Places from the largest value to the smallest: radix sort by bytes.
fn descending<T: Score>(values: &[T]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    let mut next = vec![0; order.len()];
    for shift in (0..T::BITS).step_by(8) {
        let digit = |place: u32| 255 - (values[place as usize].number() >> shift & 255) as usize;
        let mut starts = [0_usize; 257];
        order.iter().for_each(|&place| starts[digit(place) + 1] += 1);
        for d in 0..256 {
            starts[d + 1] += starts[d];
        }
        for &place in &order {
            let slot = &mut starts[digit(place)];
            next[*slot] = place;
            *slot += 1;
        }
        std::mem::swap(&mut order, &mut next);
    }
    order
}
