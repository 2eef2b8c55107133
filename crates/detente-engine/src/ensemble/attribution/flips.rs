//! The smallest set of inputs whose change turns a likely outcome into an unlikely one, or back.

use rayon::prelude::*;

use super::{Asked, Estimate, Setting, batches};
use crate::Watch;
use crate::ensemble::sampler::{SampleError, Sampler};
use crate::ensemble::worlds::Worlds;

/// The largest set that is looked for among draws.
pub const LARGEST_FLIP: usize = crate::caps::FLIPPED.size();
const PAIRS: usize = crate::caps::FLIP_PAIRS.size();
const BEAM: usize = crate::caps::FLIP_GROWN.size();

/// A set of inputs that becomes certain, and what that makes of a share.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The inputs and their levels.
    pub setting: Setting,
    /// The share then.
    pub share: Estimate,
    /// Whether all smaller sets were looked at and none does.
    pub smallest: bool,
}

/// Draws to look in: few to find sets, more to be sure of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// To find sets.
    pub few: u64,
    /// To be sure: a set counts when it takes the share across one half in these.
    pub all: u64,
}

impl Sampler {
    /// The smallest set of inputs found that, made certain, takes the share of `asked` across one half; among those
    /// of one size the one that takes it farthest. `likely` says on which side the share is: whoever has counted
    /// more draws knows it better. `None`: none of up to [`LARGEST_FLIP`].
    ///
    /// # Definition
    /// Shares are those of the same draws with the inputs of the set at their new levels.
    ///
    /// # Complexity
    /// Sets of one and, up to 4,096 of them, of two are all looked at; larger ones are grown from the best 16.
    ///
    /// # Errors
    /// A model cannot be solved, or the watch stopped it.
    pub fn flip(
        &self,
        asked: Asked,
        likely: bool,
        draws: Looked,
        watch: &dyn Watch,
    ) -> Result<Option<Flip>, SampleError> {
        let bench = self.bench();
        let drawn = |draws: u64| -> Vec<(Worlds, u64)> {
            let each = batches(0..draws).into_iter().map(|(from, lanes)| {
                let mut worlds = bench.worlds().clone();
                bench.draws().fill(from, lanes, &mut worlds);
                (worlds, lanes)
            });
            each.collect()
        };
        let (few, mut all) = (drawn(draws.few.min(draws.all)), Vec::new());
        let count = |worlds: &[(Worlds, u64)], sets: Vec<Setting>| self.given(worlds, sets, asked, watch);
        // How far across one half: what is not above 0 is not.
        let across = |hits: f64, n: f64| if likely { n / 2.0 - hits - 0.25 } else { hits - n / 2.0 + 0.25 };
        let n = draws.few.min(draws.all) as f64;
        let singles: Vec<(usize, usize)> = (self.ensemble.inputs.iter().enumerate())
            .flat_map(|(at, input)| {
                let possible = (0..input.levels.len()).filter(|level| input.levels[*level] > 0.0);
                possible.map(move |level| (at, level))
            })
            .collect();
        let mut best: Vec<(Setting, f64)> = vec![(Vec::new(), if likely { n } else { 0.0 })];
        let mut whole = true;
        for size in 1..=LARGEST_FLIP.min(self.ensemble.inputs.len()) {
            let pairs = singles.len() * singles.len() / 2;
            let every = size == 1 || size == 2 && pairs <= PAIRS;
            if !every {
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
            best = count(&few, sets)?;
            best.sort_by(|a, b| across(b.1, n).total_cmp(&across(a.1, n)).then_with(|| a.0.cmp(&b.0)));
            // Few draws may be wrong by some of them, either way.
            let near = |hits: f64| across(hits, n) > -2.0 * n.sqrt();
            let candidates: Vec<Setting> =
                best.iter().take(BEAM).filter(|(_, hits)| near(*hits)).map(|(set, _)| set.clone()).collect();
            if !candidates.is_empty() {
                if all.is_empty() {
                    all = drawn(draws.all);
                }
                let n = draws.all as f64;
                let mut sure = count(&all, candidates)?;
                sure.sort_by(|a, b| across(b.1, n).total_cmp(&across(a.1, n)).then_with(|| a.0.cmp(&b.0)));
                if let Some((setting, hits)) = sure.first().filter(|(_, hits)| across(*hits, n) > 0.0) {
                    let share = Estimate::share(*hits, n);
                    return Ok(Some(Flip { setting: setting.clone(), share, smallest: whole }));
                }
            }
            whole &= every;
        }
        Ok(None)
    }

    /// In how many of the drawn worlds `asked` holds when inputs have the levels of each of `sets`.
    fn given(
        &self,
        worlds: &[(Worlds, u64)],
        sets: Vec<Setting>,
        asked: Asked,
        watch: &dyn Watch,
    ) -> Result<Vec<(Setting, f64)>, SampleError> {
        self.install(|| {
            (sets.into_par_iter())
                .map_init(
                    || (self.bench(), self.bench().worlds().clone()),
                    |(bench, changed), set| {
                        let mut hits = 0;
                        for (worlds, lanes) in worlds {
                            if let Some(stop) = watch.stop() {
                                return Err(SampleError::Stopped(stop));
                            }
                            changed.clone_from(worlds);
                            set.iter().for_each(|(input, level)| changed.force(*input, *level, *lanes));
                            let here = self.hits(bench, changed, *lanes, &[asked], watch)?;
                            hits += here.iter().map(|h| (h & lanes).count_ones()).sum::<u32>();
                        }
                        Ok((set, f64::from(hits)))
                    },
                )
                .collect()
        })
    }
}
