//! The smallest set of inputs whose change turns a likely outcome into an unlikely one, or back.

use rayon::prelude::*;

use super::{Setting, batches};
use crate::Watch;
use crate::ensemble::sampler::{SampleError, Sampler};
use crate::ensemble::worlds::Worlds;

/// The largest set that is looked for.
const LARGEST: usize = 6;
/// All pairs are looked at when there are at most so many.
const PAIRS: usize = 4_096;
/// How many sets are made larger when not all are.
const BEAM: usize = 16;

/// A set of inputs that becomes certain, and what that makes of a share.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The inputs and their levels.
    pub setting: Setting,
    /// In how many of the draws the item then holds.
    pub hits: f64,
    /// How many draws.
    pub draws: f64,
    /// Whether all smaller sets were looked at and none does.
    pub smallest: bool,
}

impl Sampler {
    /// The smallest set of inputs found that, made certain, takes the share of `asked` (numbers of concept and
    /// target) across one half; among those of one size the one that takes it farthest. `None`: none of up to six.
    ///
    /// # Definition
    /// Shares are those of the same `draws` draws with the inputs of the set at their new levels.
    ///
    /// # Complexity
    /// Sets of one and, up to 4,096 of them, of two are all looked at; larger ones are grown from the best 16.
    ///
    /// # Errors
    /// As [`Sampler::sample`].
    pub fn flip(
        &self,
        asked: (usize, usize),
        draws: u64,
        watch: &dyn Watch,
    ) -> Result<Option<Flip>, SampleError> {
        let bench = self.bench();
        let worlds: Vec<(Worlds, u64)> = batches(0..draws)
            .into_iter()
            .map(|(from, lanes)| {
                let mut worlds = bench.worlds().clone();
                bench.draws().fill(from, lanes, &mut worlds);
                (worlds, lanes)
            })
            .collect();
        let count = |sets: Vec<Setting>| -> Result<Vec<(Setting, f64)>, SampleError> {
            self.install(|| {
                (sets.into_par_iter())
                    .map_init(
                        || (self.bench(), self.bench().worlds().clone()),
                        |(bench, changed), set| {
                            let mut hits = 0;
                            for (worlds, lanes) in &worlds {
                                if let Some(stop) = watch.stop() {
                                    return Err(SampleError::Stopped(stop));
                                }
                                changed.clone_from(worlds);
                                set.iter().for_each(|(input, level)| changed.force(*input, *level, *lanes));
                                let here = self.hits(bench, changed, *lanes, &[asked])?;
                                hits += here.iter().map(|h| (h & lanes).count_ones()).sum::<u32>();
                            }
                            Ok((set, f64::from(hits)))
                        },
                    )
                    .collect()
            })
        };
        let n = draws as f64;
        let likely = count(vec![Vec::new()])?.first().is_some_and(|(_, hits)| *hits >= n / 2.0);
        // How far across: what is below 0 is not.
        let across = |hits: f64| if likely { n / 2.0 - hits - 0.25 } else { hits - n / 2.0 + 0.25 };
        let singles: Vec<(usize, usize)> = (self.ensemble.inputs.iter().enumerate())
            .flat_map(|(at, input)| {
                let possible = (0..input.levels.len()).filter(|level| input.levels[*level] > 0.0);
                possible.map(move |level| (at, level))
            })
            .collect();
        let mut best: Vec<(Setting, f64)> = vec![(Vec::new(), if likely { n } else { 0.0 })];
        let mut all = true;
        for size in 1..=LARGEST.min(self.ensemble.inputs.len()) {
            let pairs = singles.len() * singles.len() / 2;
            let whole = size == 1 || size == 2 && pairs <= PAIRS;
            if !whole {
                best.truncate(BEAM);
            }
            let mut sets: Vec<Setting> = Vec::new();
            for (set, _) in &best {
                for one in singles.iter().filter(|one| !set.iter().any(|(input, _)| *input == one.0)) {
                    let mut larger = set.clone();
                    larger.push(*one);
                    larger.sort_unstable();
                    sets.push(larger);
                }
            }
            sets.sort_unstable();
            sets.dedup();
            best = count(sets)?;
            best.sort_by(|a, b| across(b.1).total_cmp(&across(a.1)).then_with(|| a.0.cmp(&b.0)));
            if let Some((setting, hits)) = best.first().filter(|(_, hits)| across(*hits) > 0.0) {
                return Ok(Some(Flip { setting: setting.clone(), hits: *hits, draws: n, smallest: all }));
            }
            all &= whole;
        }
        Ok(None)
    }
}
