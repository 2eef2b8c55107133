//! The closure of a tile under opponents' moves or improvements: passes until nothing rises.

use detente_model::Sequences;

use super::dispatch;
use super::focal::{Focal, Tile};
use super::improve::improve;
use super::layout::LINE;
use super::ordered::Slice;
use super::pass::{Block, Pass};
use super::reach::reach;
use super::score::Score;
use super::sorted::Sorted;
use crate::explicit::mover::Steps;

/// The arrays of one worker, for one tile at a time.
pub(super) struct Workspace<T> {
    /// Keys of opponents, one array per field.
    pub(super) keys: Vec<Vec<T>>,
    /// Groups of the fields that are too wide to compare all pairs.
    sorted: Vec<Option<Sorted>>,
    /// Worst cost that opponents can reach.
    pub(super) worst: Vec<T>,
    /// Worst escape that opponents can reach.
    pub(super) escape: Vec<T>,
    /// What a single move starts from (reading `single` only).
    from: (Vec<T>, Vec<T>),
    dirty: Vec<u32>,
    block: Block<T>,
}

impl<T: Score> Workspace<T> {
    pub(super) fn new(focal: &Focal<T>) -> Self {
        let states = 1 << focal.tile;
        let array = || vec![T::default(); states];
        let fields = &focal.layout.fields;
        let keys = if focal.frame.wants(Steps::Improvements) { fields.len() } else { 0 };
        let from = match focal.frame.sequences {
            Sequences::Single => (array(), array()),
            _ => (vec![], vec![]),
        };
        let rows = fields.iter().map(|f| match (f.low, f.one_way()) {
            (0, 0) => f.group().div_ceil(LINE),
            _ => f.group(),
        });
        Self {
            keys: (0..keys).map(|_| array()).collect(),
            sorted: vec![],
            worst: array(),
            escape: array(),
            from,
            dirty: vec![0; states / LINE],
            block: Block::new(rows.max().unwrap_or(1)),
        }
    }

    /// Sorts wide groups by the keys that are in place.
    pub(super) fn sort(&mut self, focal: &Focal<T>) {
        let widest = focal.frame.tuning.widest_pairs::<T>();
        let fields = focal.layout.fields.iter().zip(&self.keys);
        self.sorted = fields.map(|(f, keys)| (f.width > widest).then(|| Sorted::new(f, keys))).collect();
    }

    /// Closes the tile: afterwards `worst` and `escape` are those of the definitions in
    /// [`super::focal`]. `false`: stopped, the values mean nothing.
    ///
    /// # Algorithm
    /// Opponents take turns; in a turn every state rises to the largest value that one move of
    /// that opponent reaches. One turn settles an opponent (moves of one actor compose), so the
    /// tile is closed when all others in a row change nothing. Lines that did not change since
    /// an opponent's last turn are not looked at again. Past a number of turns, each slice is
    /// closed state by state instead ([`Slice::close`]).
    pub(super) fn close(&mut self, focal: &Focal<T>, tile: &Tile<T>, steps: Steps) -> bool {
        dispatch::start(focal.level(), tile, &mut self.worst, &mut self.escape);
        let fields = focal.layout.fields.len();
        let all = ((1_u64 << fields) - 1) as u32;
        if focal.frame.sequences == Sequences::Single {
            self.from.0.copy_from_slice(&self.worst);
            self.from.1.copy_from_slice(&self.escape);
            for field in 0..fields {
                self.dirty.fill(all);
                self.turn(focal, tile, steps, field);
            }
            return !focal.frame.stopped();
        }
        self.dirty.fill(all);
        let mut quiet = 0;
        for turn in 0..focal.frame.tuning.most_turns(fields) {
            if quiet + 1 >= fields.max(1) && turn >= fields {
                return true;
            }
            if focal.frame.stopped() {
                return false;
            }
            let rose = self.turn(focal, tile, steps, turn % fields);
            quiet = if rose { 0 } else { quiet + 1 };
        }
        self.close_in_order(focal, tile, steps)
    }

    fn turn(&mut self, focal: &Focal<T>, tile: &Tile<T>, steps: Steps, field: usize) -> bool {
        let single = focal.frame.sequences == Sequences::Single;
        let bit = 1 << field;
        let mut pass = Pass {
            field: &focal.layout.fields[field],
            keys: match steps {
                Steps::Moves => &[],
                Steps::Improvements => &self.keys[field],
            },
            infeasible: tile.infeasible,
            worst: &mut self.worst,
            escape: &mut self.escape,
            from: single.then_some((&self.from.0, &self.from.1)),
            dirty: &mut self.dirty,
            bit,
            others: !bit,
            block: &mut self.block,
        };
        match (steps, self.sorted.get(field)) {
            (Steps::Moves, _) => reach(focal.level(), &mut pass),
            (Steps::Improvements, Some(Some(sorted))) => sorted.improve(&mut pass),
            (Steps::Improvements, _) => improve(focal.level(), &mut pass),
        }
    }

    fn close_in_order(&mut self, focal: &Focal<T>, tile: &Tile<T>, steps: Steps) -> bool {
        dispatch::start(focal.level(), tile, &mut self.worst, &mut self.escape);
        let slice = 1 << focal.layout.slice;
        let stop = || focal.frame.stopped();
        for first in (0..self.worst.len()).step_by(slice) {
            let places = first..first + slice;
            let keys: Vec<&[T]> = self.keys.iter().map(|keys| &keys[places.clone()]).collect();
            let keys = (steps == Steps::Improvements).then_some(keys.as_slice());
            let slice = Slice::new(&focal.layout.fields, keys, &tile.infeasible[places.clone()]);
            if !slice.close(&mut self.worst[places.clone()], &stop)
                || !slice.close(&mut self.escape[places], &stop)
            {
                return false;
            }
        }
        true
    }
}
