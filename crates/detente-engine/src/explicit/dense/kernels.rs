//! Single kernels on random data, next to the same written plainly: whether they are right, and
//! (timed by the benchmark program) whether the compiler made vectors of them.

use std::hint::black_box;

use super::dispatch::{self, Level};
use super::layout::{Field, LINE};
use super::score::Score;

/// One kernel at one width of scores. Every way to run it starts from the same data each time.
pub struct Trial {
    /// Which kernel, in words.
    pub kernel: &'static str,
    /// Bits of a score.
    pub bits: u32,
    /// Values that one run looks at: what costs are divided by.
    pub looks: usize,
    /// Written plainly, one value at a time.
    pub plain: Run,
    /// By set of instructions that this processor has, best last.
    pub levels: Vec<(&'static str, Run)>,
}

/// Runs a kernel so many times; the values after the last run.
pub type Run = Box<dyn Fn(usize) -> Vec<u32>>;

/// All kernels at all widths.
#[must_use]
pub fn trials() -> Vec<Trial> {
    let mut all = vec![];
    all.extend(trials_of::<u8>());
    all.extend(trials_of::<u16>());
    all.extend(trials_of::<u32>());
    all
}

type Rows<T> = Vec<[T; LINE]>;

/// What a kernel reads and writes.
#[derive(Clone)]
struct Data<T> {
    keys: Rows<T>,
    worst: Rows<T>,
    escape: Rows<T>,
}

impl<T: Score> Data<T> {
    fn new(rows: usize) -> Self {
        let mut x = 0x9e37_79b9_7f4a_7c15_u64;
        let mut row = || {
            std::array::from_fn(|_| {
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
                T::new((x >> 20) as u32)
            })
        };
        let mut rows_of = || (0..rows).map(|_| row()).collect();
        Self { keys: rows_of(), worst: rows_of(), escape: rows_of() }
    }

    fn run(self, repeat: usize, kernel: impl Fn(&mut Self)) -> Vec<u32> {
        let mut data = self.clone();
        for _ in 0..repeat {
            data.worst.copy_from_slice(&self.worst);
            data.escape.copy_from_slice(&self.escape);
            kernel(black_box(&mut data));
        }
        [data.worst, data.escape].iter().flatten().flatten().map(|value| value.number()).collect()
    }
}

/// How the states of a block form groups.
#[derive(Clone)]
struct Groups {
    /// Places of each group.
    places: Vec<Vec<usize>>,
    /// Which moves are there.
    field: Field,
    /// Whether only improvements count.
    improving: bool,
}

impl Groups {
    /// One group per lane.
    fn lanes(rows: usize, one_way: (u32, u32), improving: bool) -> Self {
        let places = (0..LINE).map(|lane| (0..rows).map(|row| row * LINE + lane).collect()).collect();
        Self { places, field: field(6, rows, one_way), improving }
    }

    /// Groups of adjacent states.
    fn adjacent(rows: usize, group: usize, improving: bool) -> Self {
        let groups = 0..rows * LINE / group;
        let places = groups.map(|at| (at * group..(at + 1) * group).collect()).collect();
        Self { places, field: field(0, group, (0, 0)), improving }
    }

    /// The definition: every state rises to the largest value that one move, or one improvement,
    /// reaches. Kept from the vectoriser, so that it is a yardstick too.
    fn plain<T: Score>(&self, data: &mut Data<T>) {
        let (old_worst, old_escape) = (data.worst.clone(), data.escape.clone());
        let keys = data.keys.as_flattened();
        let (old_worst, old_escape) = (old_worst.as_flattened(), old_escape.as_flattened());
        for group in &self.places {
            for (s, &place) in group.iter().enumerate() {
                let (mut worst, mut escape) = (old_worst[place], old_escape[place]);
                for (t, &other) in group.iter().enumerate() {
                    let other = black_box(other);
                    let better = !self.improving || T::above(keys[other], keys[place]) != T::default();
                    if better && self.field.allows(s as u32, t as u32) {
                        worst = worst.max(old_worst[other]);
                        escape = escape.max(old_escape[other]);
                    }
                }
                data.worst.as_flattened_mut()[place] = worst;
                data.escape.as_flattened_mut()[place] = escape;
            }
        }
    }
}

fn field(low: u32, group: usize, (on_only, off_only): (u32, u32)) -> Field {
    Field { actor: 0, low, width: group.trailing_zeros(), on_only, off_only }
}

fn trials_of<T: Score>() -> Vec<Trial> {
    let trial = |kernel, rows, groups: Groups, run: fn(Level, &Field, &mut Data<T>)| {
        let data = Data::<T>::new(rows);
        let looks = groups.places.iter().map(|g| g.len() * g.len()).sum();
        let levels = Level::available().into_iter().map(|level| {
            let (data, field) = (data.clone(), groups.field.clone());
            let run: Run = Box::new(move |n| data.clone().run(n, |data| run(level, &field, data)));
            (level.name(), run)
        });
        let levels = levels.collect();
        let plain: Run = Box::new(move |n| data.clone().run(n, |data| groups.plain(data)));
        Trial { kernel, bits: T::BITS, looks, plain, levels }
    };
    vec![
        trial("improvements, a group per lane", 16, Groups::lanes(16, (0, 0), true), |level, _, data| {
            dispatch::pairs(level, &data.keys, &mut data.worst, &mut data.escape);
        }),
        trial("improvements, some one-way", 16, Groups::lanes(16, (2, 4), true), |level, field, data| {
            dispatch::pairs_one_way(level, field, &data.keys, &mut data.worst, &mut data.escape);
        }),
        trial("improvements, adjacent groups of 64", 4, Groups::adjacent(4, 64, true), |level, _, data| {
            let worst = data.worst.iter_mut();
            for ((keys, worst), escape) in data.keys.iter().zip(worst).zip(&mut data.escape) {
                dispatch::adjacent(level, keys, worst, escape);
            }
        }),
        trial("improvements, adjacent groups of 8", 16, Groups::adjacent(16, 8, true), |level, _, data| {
            dispatch::short(level, 8, &data.keys, &mut data.worst, &mut data.escape);
        }),
        trial("moves, a group per lane", 16, Groups::lanes(16, (0, 0), false), |level, _, data| {
            dispatch::level_rows(level, &mut data.worst);
            dispatch::level_rows(level, &mut data.escape);
        }),
        trial("moves, some one-way", 16, Groups::lanes(16, (2, 4), false), |level, field, data| {
            dispatch::carry_rows(level, field, &mut data.worst);
            dispatch::carry_rows(level, field, &mut data.escape);
        }),
        trial("moves, adjacent groups of 8", 16, Groups::adjacent(16, 8, false), |level, _, data| {
            dispatch::level_adjacent(level, 8, &mut data.worst);
            dispatch::level_adjacent(level, 8, &mut data.escape);
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_do_what_their_definition_says() {
        for trial in trials() {
            let plain = (trial.plain)(1);
            for (level, run) in &trial.levels {
                assert_eq!(run(2), plain, "{} of {} bits, {level}", trial.kernel, trial.bits);
            }
        }
    }
}
