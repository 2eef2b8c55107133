//! `detente/counts/2`: what was counted over drawn models, to be added to other counts or resumed.
//!
//! Sums are whole numbers, so that parts added in any order give the same as one run.

use detente_engine::ensemble::{Sets, Tally};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CaseInfo;

super::schema_name!(
    /// `detente/counts/2`.
    "detente/counts/2"
);

/// Counts over some draws of one ensemble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// `detente/counts/2`.
    pub schema: SchemaName,
    /// What was drawn and counted.
    pub frame: Frame,
    /// Which draws are counted, ascending and apart.
    pub drawn: Vec<DrawnInfo>,
    /// The sums.
    pub sums: Sums,
}

/// What is drawn and what is counted: only counts with the same frame can be added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The version of the program.
    pub version: String,
    /// Which case this is about.
    pub case: CaseInfo,
    /// `blake3:` and a hash of the game and of how sure each part of it is: what draws are made from.
    #[schemars(regex(pattern = r"^blake3:[0-9a-f]{64}$"))]
    pub ensemble: String,
    /// The seed.
    pub seed: u64,
    /// How many draws were asked for, all shards together.
    pub draws: u64,
    /// How each model is solved.
    pub settings: SamplingInfo,
    /// How many different models there are, in decimal; null: more than 64 bits hold.
    pub models: Option<String>,
    /// What is uncertain.
    pub inputs: Vec<InputInfo>,
    /// What is asked of each model.
    pub items: Vec<ItemInfo>,
    /// The states that are possible in some model.
    pub states: Vec<NamedState>,
    /// The place of the status quo among them, from 0.
    pub start: Option<usize>,
}

/// How each model is solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SamplingInfo {
    /// Concepts.
    pub concepts: Vec<String>,
    /// How long opponents may answer.
    pub sequences: String,
}

/// An uncertain input: independent of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputInfo {
    /// `statement:az:3`, `claim:c07`, `order:ru`, …
    pub id: String,
    /// `statement`, `option`, `rule`, `claim`, `source`, `together`, `order`, `instead` or `type`.
    pub kind: String,
    /// What it is, in words.
    pub text: String,
    /// What it can be, the case as written first.
    pub levels: Vec<LevelInfo>,
}

/// What an input can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelInfo {
    /// In words.
    pub text: String,
    /// With which chance.
    pub chance: f64,
}

/// Something that is asked of each model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemInfo {
    /// Id of the question or the outcome; a pattern.
    pub id: String,
    /// `question`, `outcome` or `pattern`.
    pub kind: String,
    /// In words.
    pub name: String,
    /// A question's own concept.
    pub concept: Option<String>,
    /// A question of kind certain: whether all equilibria have it, instead of some.
    pub certain: bool,
}

/// A state and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedState {
    /// State number, or id in graph form.
    pub state: String,
    /// Its name.
    pub name: String,
}

/// Draws number `from` to `to`, the last not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnInfo {
    /// The first.
    pub from: u64,
    /// One past the last.
    pub to: u64,
}

/// Sums over models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// Models.
    pub models: u64,
    /// Models without any possible state.
    pub empty: u64,
    /// Per concept: models without equilibrium.
    pub none: Vec<u64>,
    /// Per concept: place of a state and models in which it is an equilibrium, where there are any.
    pub lasting: Vec<Vec<(usize, u64)>>,
    /// Per concept and item: models with some equilibrium in it.
    pub some: Vec<Vec<u64>>,
    /// Per concept and item: models with equilibria, all in it.
    pub all: Vec<Vec<u64>>,
    /// Per concept and item: models in which nothing lasts that shows what is given.
    pub nothing: Vec<Vec<u64>>,
    /// Per concept and item: of `some` and of `all` the models in which it rests on a motive.
    pub motive: Vec<Vec<[u64; 2]>>,
    /// Place of a state and models in which the walk from the status quo ends there.
    pub ends: Vec<(usize, u64)>,
    /// Models in which it goes on and on.
    pub moving: u64,
    /// Models in which the status quo is not possible.
    pub no_start: u64,
    /// Per concept: sets of equilibria.
    pub sets: Vec<SetSums>,
    /// Per stretch of draws (0 to 63, then doubling): models, and `some` of all concepts and items.
    pub stretches: Vec<Vec<u64>>,
}

/// Sets of equilibria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSums {
    /// How often the sets that are kept were halved, because there were too many.
    pub halvings: u32,
    /// Words of 64 places in hexadecimal, joined by `.`, and models.
    pub sets: Vec<(String, u64)>,
}

fn whole(x: f64) -> u64 {
    x as u64
}

fn wholes(list: &[f64]) -> Vec<u64> {
    list.iter().copied().map(whole).collect()
}

fn sparse(list: &[f64]) -> Vec<(usize, u64)> {
    list.iter().enumerate().filter(|(_, x)| **x > 0.0).map(|(at, x)| (at, whole(*x))).collect()
}

impl Sums {
    /// The sums of a tally of drawn models.
    pub fn of(tally: &Tally) -> Self {
        let hex = |words: &[u64]| words.iter().map(|w| format!("{w:x}")).collect::<Vec<_>>().join(".");
        Self {
            models: whole(tally.models),
            empty: whole(tally.empty),
            none: wholes(&tally.none),
            lasting: tally.lasting.iter().map(|list| sparse(list)).collect(),
            some: tally.some.iter().map(|list| wholes(list)).collect(),
            all: tally.all.iter().map(|list| wholes(list)).collect(),
            nothing: tally.nothing.iter().map(|list| wholes(list)).collect(),
            motive: (tally.motive.iter())
                .map(|list| list.iter().map(|both| both.map(whole)).collect())
                .collect(),
            ends: sparse(&tally.ends),
            moving: whole(tally.moving),
            no_start: whole(tally.no_start),
            sets: (tally.sets.iter())
                .map(|sets| SetSums {
                    halvings: sets.halvings,
                    sets: sets.counts().into_iter().map(|(set, n)| (hex(set), whole(n))).collect(),
                })
                .collect(),
            stretches: tally.stretches.iter().map(|list| wholes(list)).collect(),
        }
    }
}

impl Counts {
    /// The counts as a tally.
    ///
    /// # Errors
    /// What does not fit the frame: the file was changed by hand, or is no such file.
    pub fn tally(&self) -> Result<Tally, String> {
        let (concepts, states, items) =
            (self.frame.settings.concepts.len(), self.frame.states.len(), self.frame.items.len());
        let sums = &self.sums;
        let mut tally = Tally::new(concepts, states, items);
        let row = |what: &str, list: &[u64], size: usize| {
            if list.len() == size && list.iter().all(|n| *n <= sums.models) {
                Ok(list.iter().map(|n| *n as f64).collect::<Vec<f64>>())
            } else {
                Err(format!("`{what}` does not fit what was counted"))
            }
        };
        let dense = |what: &str, list: &[(usize, u64)]| {
            let mut row = vec![0.0; states];
            for (at, n) in list {
                match row.get_mut(*at) {
                    Some(cell) if *n <= sums.models => *cell = *n as f64,
                    _ => return Err(format!("`{what}` does not fit what was counted")),
                }
            }
            Ok(row)
        };
        let per_concept = |what: &str, size: usize| {
            if size == concepts { Ok(()) } else { Err(format!("`{what}` does not fit the concepts")) }
        };
        let drawn: u64 = self.drawn.iter().map(|d| d.to.saturating_sub(d.from)).sum();
        if drawn != sums.models {
            return Err("`models` is not the number of draws".to_owned());
        }
        per_concept("lasting", sums.lasting.len())?;
        per_concept("some", sums.some.len())?;
        per_concept("all", sums.all.len())?;
        per_concept("nothing", sums.nothing.len())?;
        per_concept("motive", sums.motive.len())?;
        per_concept("sets", sums.sets.len())?;
        tally.models = sums.models as f64;
        tally.empty = sums.empty as f64;
        tally.none = row("none", &sums.none, concepts)?;
        for at in 0..concepts {
            tally.lasting[at] = dense("lasting", &sums.lasting[at])?;
            tally.some[at] = row("some", &sums.some[at], items)?;
            tally.all[at] = row("all", &sums.all[at], items)?;
            tally.nothing[at] = row("nothing", &sums.nothing[at], items)?;
            for which in 0..2 {
                let list: Vec<u64> = sums.motive[at].iter().map(|both| both[which]).collect();
                let most = if which == 0 { &tally.some[at] } else { &tally.all[at] };
                for ((into, n), most) in
                    tally.motive[at].iter_mut().zip(row("motive", &list, items)?).zip(most)
                {
                    if n > *most {
                        return Err("`motive` does not fit what was counted".to_owned());
                    }
                    into[which] = n;
                }
            }
            tally.sets[at] = sets(&sums.sets[at], states)?;
        }
        tally.ends = dense("ends", &sums.ends)?;
        tally.moving = sums.moving as f64;
        tally.no_start = sums.no_start as f64;
        for stretch in &sums.stretches {
            tally.stretches.push(row("stretches", stretch, 1 + concepts * items)?);
        }
        Ok(tally)
    }
}

fn sets(sums: &SetSums, states: usize) -> Result<Sets, String> {
    let wrong = || "`sets` does not fit the states".to_owned();
    let mut counts = Vec::with_capacity(sums.sets.len());
    for (text, n) in &sums.sets {
        let words: Result<Vec<u64>, _> = text.split('.').map(|word| u64::from_str_radix(word, 16)).collect();
        let words = words.map_err(|_| wrong())?;
        if words.len() != states.div_ceil(64) {
            return Err(wrong());
        }
        counts.push((words, *n as f64));
    }
    Sets::of(sums.halvings, &counts).ok_or_else(wrong)
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    /// What is written is read back digit for digit: a checkpoint is of its own case again, and a merged sample has
    /// the bytes of an unbroken one.
    #[test]
    fn chances_survive_being_written() {
        // Knuth's generator; its upper 53 bits make a double from 0 to 1.
        let mut state = 7_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let two_digits = (0..=100_u32).map(|n| f64::from(n) / 100.0);
        let their_rest = (0..=100_u32).map(|n| 1.0 - f64::from(n) / 100.0);
        let any = (0..20_000).map(|_| random());
        let levels: Vec<LevelInfo> = (two_digits.chain(their_rest).chain(any))
            .map(|chance| LevelInfo { text: String::new(), chance })
            .collect();
        let input = InputInfo { id: String::new(), kind: String::new(), text: String::new(), levels };
        let text = serde_json::to_string(&input).unwrap_or_default();
        let read: InputInfo = match serde_json::from_str(&text) {
            Ok(read) => read,
            Err(error) => panic!("{error}"),
        };
        for (a, b) in input.levels.iter().zip(&read.levels) {
            assert_eq!(a.chance.to_bits(), b.chance.to_bits(), "{} became {}", a.chance, b.chance);
        }
        assert_eq!(serde_json::to_string(&read).unwrap_or_default(), text);
    }
}
