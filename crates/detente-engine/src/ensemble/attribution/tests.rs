//! Against closed forms (additive models, products, exclusive or) and against the definitions, over all subsets.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::exact::Grid;
use super::*;
use crate::ensemble::inputs::{About, Ensemble, Input};
use crate::testing::{Shape, uncertain};

/// Independent inputs that stand with these chances.
fn ensemble(chances: &[f64]) -> Ensemble {
    let mut ensemble = Ensemble::new(&uncertain(1, &Shape::plain(), 0.0));
    ensemble.inputs = (chances.iter().enumerate())
        .map(|(at, p)| Input { about: About::Rule(at), levels: vec![*p, 1.0 - p], contrary: None })
        .collect();
    ensemble
}

/// The effects of every input, and of the first two together, on `f` of which inputs stand.
fn effects(chances: &[f64], seed: u8, draws: u64, f: impl Fn(&[bool]) -> f64) -> Attribution {
    let ensemble = ensemble(chances);
    let single = |at| Factor { inputs: vec![(at, 1.0)], settings: vec![vec![(at, 0)], vec![(at, 1)]] };
    let mut factors: Vec<Factor> = (0..chances.len()).map(single).collect();
    factors.push(Factor { inputs: vec![(0, 1.0), (1, 1.0)], settings: vec![] });
    let asked = Asked { concept: 0, target: 0, every: false };
    let settings = AttributionSettings { asked: vec![asked], factors };
    let mut hits = 0.0;
    let mut model = |worlds: &Worlds, lanes: u64, values: &mut Values| {
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            let stand: Vec<bool> = (0..chances.len()).map(|at| worlds.at(at, 0) >> lane & 1 == 1).collect();
            values[0][lane] = f(&stand);
        }
        Ok(())
    };
    let draws_of = Draws::new(&ensemble, [seed; 32]);
    let mut scratch = Scratch::new(draws_of, &Worlds::new(&ensemble), chances.len(), 1);
    let mut all = Effects::new(&settings, chances.len());
    for (from, lanes) in batches(0..draws) {
        match scratch.batch(from, lanes, &settings, &mut model) {
            Ok(part) => all.merge(&part),
            Err(error) => panic!("{error}"),
        }
        // The draws of the share are those of the attribution.
        let mut worlds = Worlds::new(&ensemble);
        Draws::new(&ensemble, [seed; 32]).fill(from, lanes, &mut worlds);
        let mut values = vec![[0.0; LANES]];
        assert!(model(&worlds, lanes, &mut values).is_ok());
        hits += (0..LANES).filter(|lane| lanes >> lane & 1 == 1).map(|lane| values[0][lane]).sum::<f64>();
    }
    all.attribution(&settings, &[hits], draws as f64)
}

/// Over seeds: how often an interval holds the closed form, which it should in 95 of 100, and whether estimates
/// are right on average.
fn agree(chances: &[f64], f: impl Fn(&[bool]) -> f64 + Copy, total: &[f64], shapley: &[f64]) {
    const SEEDS: u8 = 120;
    let (mut inside, mut all) = (0.0, 0.0);
    let mut means = vec![(0.0, 0.0); total.len()];
    for seed in 0..SEEDS {
        let found = &effects(chances, seed, 1_000, f).items[0];
        let sum: f64 = (0..chances.len()).filter_map(|at| found.shapley[at]).map(|e| e.value).sum();
        assert!((sum - 1.0).abs() < 1e-9, "Shapley values of one run sum to 1, not {sum}");
        for (at, mean) in means.iter_mut().enumerate() {
            let (Some(t), Some(s)) = (found.total[at], found.shapley[at]) else { panic!("it varies") };
            mean.0 += t.value / f64::from(SEEDS);
            mean.1 += s.value / f64::from(SEEDS);
            for (found, exact) in [(t, total[at]), (s, shapley[at])] {
                all += 1.0;
                inside += f64::from(u8::from(found.low - 1e-9 <= exact && exact <= found.high + 1e-9));
            }
        }
    }
    for (at, (t, s)) in means.iter().enumerate() {
        assert!((t - total[at]).abs() < 0.02, "total of {at}: {t}, not {}", total[at]);
        assert!((s - shapley[at]).abs() < 0.02, "Shapley value of {at}: {s}, not {}", shapley[at]);
    }
    assert!(inside / all > 0.92, "intervals hold {inside} of {all}");
}

fn one(x: bool) -> f64 {
    f64::from(u8::from(x))
}

/// Additive: both are the input's part of the variance.
#[test]
fn additive() {
    let chances = [0.5, 0.3, 0.9];
    let weights = [2.0, 1.0, 3.0];
    let parts: Vec<f64> = chances.iter().zip(weights).map(|(p, w)| w * w * p * (1.0 - p)).collect();
    let sum: f64 = parts.iter().sum();
    let exact: Vec<f64> = parts.iter().map(|part| part / sum).collect();
    let f = |x: &[bool]| x.iter().zip(weights).map(|(x, w)| one(*x) * w).sum();
    agree(&chances, f, &exact, &exact);
}

/// A product of two inputs, and one that does nothing: total `q p(1−p) / v`, first order `q² p(1−p) / v`, and the
/// Shapley value is half their sum.
#[test]
fn product() {
    let (p, q) = (0.7, 0.6);
    let v = p * q * (1.0 - p * q);
    let total = [q * p * (1.0 - p) / v, p * q * (1.0 - q) / v, 0.0];
    let first = [q * q * p * (1.0 - p) / v, p * p * q * (1.0 - q) / v];
    let shapley = [(first[0] + total[0]) / 2.0, (first[1] + total[1]) / 2.0, 0.0];
    agree(&[p, q, 0.5], |x: &[bool]| one(x[0] && x[1]), &total, &shapley);
}

/// Exclusive or of three fair coins: all is interaction.
#[test]
fn exclusive_or() {
    let f = |x: &[bool]| one(x[0] ^ x[1] ^ x[2]);
    agree(&[0.5; 3], f, &[1.0; 3], &[1.0 / 3.0; 3]);
}

/// Groups; the tornado, whose ends agree with the share where the input does nothing.
#[test]
fn groups_and_settings() {
    let found = effects(&[0.5, 0.5, 0.5, 0.5], 9, 20_000, |x: &[bool]| (one(x[0] ^ x[1]) + one(x[2])) / 2.0);
    let found = &found.items[0];
    let pair = found.total[4].map_or(0.0, |e| e.value);
    assert!((pair - 0.5).abs() < 0.03, "{pair}");
    let part = found.shapley[4].map_or(0.0, |e| e.value);
    assert!((part - 0.5).abs() < 0.03, "{part}");
    let (so, not) = (found.given[2][0].value, found.given[2][1].value);
    assert!((so - 0.75).abs() < 0.02 && (not - 0.25).abs() < 0.02, "{so} {not}");
    for given in &found.given[3] {
        assert_eq!(*given, found.share, "what does nothing leaves the share as it is, and as sure");
    }
}

#[test]
fn what_never_varies_has_no_indices() {
    let found = &effects(&[0.5, 0.5], 1, 500, |_| 1.0).items[0];
    assert_eq!((found.total[0], found.shapley[0], found.share.value), (None, None, 1.0));
}

/// Inputs of two and three levels, some of which have no chance, and a value for each model.
fn random_grid(seed: u64) -> (Ensemble, Vec<Vec<f64>>, Vec<f64>) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let inputs = random.random_range(1..=5_usize);
    let levels: Vec<Vec<f64>> = (0..inputs)
        .map(|_| {
            let mut levels: Vec<f64> = (0..random.random_range(2..=3))
                .map(
                    |_| if random.random_bool(0.15) { 0.0 } else { f64::from(random.random_range(1..=9_u8)) },
                )
                .collect();
            levels[0] += f64::from(u8::from(levels.iter().sum::<f64>() == 0.0));
            let sum: f64 = levels.iter().sum();
            levels.iter().map(|p| p / sum).collect()
        })
        .collect();
    let mut ensemble = ensemble(&vec![0.5; inputs]);
    ensemble.inputs.iter_mut().zip(&levels).for_each(|(input, levels)| input.levels.clone_from(levels));
    let models: usize = levels.iter().map(|l| l.iter().filter(|p| **p > 0.0).count()).product();
    let share = random.random_range(0.1..0.9);
    let values = (0..models).map(|_| one(random.random_bool(share))).collect();
    (ensemble, levels, values)
}

/// All models of such a grid: the level of each input, the chance.
fn all_models(levels: &[Vec<f64>]) -> Vec<(Vec<usize>, f64)> {
    levels.iter().fold(vec![(Vec::new(), 1.0)], |models, levels| {
        let with = |(set, p): &(Vec<usize>, f64)| {
            let (set, p) = (set.clone(), *p);
            let possible = levels.iter().enumerate().filter(|(_, chance)| **chance > 0.0);
            possible
                .map(move |(level, chance)| ([&set[..], &[level]].concat(), p * chance))
                .collect::<Vec<_>>()
        };
        models.iter().flat_map(with).collect()
    })
}

/// Var(E[Y | the inputs in `known`]), by the definition.
fn explained(models: &[(Vec<usize>, f64)], values: &[f64], known: u32) -> f64 {
    let mut parts: std::collections::BTreeMap<Vec<usize>, (f64, f64)> = std::collections::BTreeMap::new();
    for ((levels, p), y) in models.iter().zip(values) {
        let key = (0..levels.len()).filter(|at| known >> at & 1 == 1).map(|at| levels[at]).collect();
        let sums = parts.entry(key).or_default();
        *sums = (sums.0 + p, sums.1 + p * y);
    }
    let mean: f64 = parts.values().map(|(_, y)| y).sum();
    parts.values().map(|(p, y)| p * (y / p - mean) * (y / p - mean)).sum()
}

/// Exact attribution is the definition, summed over all subsets of the inputs.
#[test]
fn every_model_against_the_definitions() {
    let mut varied = 0;
    for seed in 0..300 {
        let (ensemble, levels, values) = random_grid(seed);
        let (models, d) = (all_models(&levels), levels.len());
        let single = |at: usize| Factor {
            inputs: vec![(at, 1.0)],
            settings: (0..levels[at].len()).filter(|l| levels[at][*l] > 0.0).map(|l| vec![(at, l)]).collect(),
        };
        let mut factors: Vec<Factor> = (0..d).map(single).collect();
        let second = (d > 1).then_some((d - 1, 0.5));
        let two = [(0, 1.0)].into_iter().chain(second).collect();
        factors.push(Factor { inputs: two, settings: Vec::new() });
        let asked = Asked { concept: 0, target: 0, every: false };
        let settings = AttributionSettings { asked: vec![asked], factors };
        let found = Grid::new(&ensemble).moved(&values, &settings);
        let share: f64 = models.iter().zip(&values).map(|((_, p), y)| p * y).sum();
        assert!((found.share.value - share).abs() < 1e-12, "seed {seed}");
        let all = (1_u32 << d) - 1;
        let variance = explained(&models, &values, all);
        if variance < 1e-9 {
            assert!(found.total.iter().chain(&found.shapley).all(Option::is_none), "seed {seed}");
            continue;
        }
        varied += 1;
        let near = |found: Option<Estimate>, exact: f64, what: &str| {
            let found = found.map_or(-1.0, |e| e.value);
            assert!((found - exact).abs() < 1e-9, "seed {seed}: {what} is {exact}, not {found}");
        };
        let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
        let shapley: Vec<f64> = (0..d)
            .map(|at| {
                let without = (0..=all).filter(|set| set >> at & 1 == 0);
                without
                    .map(|set| {
                        let (n, k) = (d as u32, set.count_ones());
                        let weight = factorial(k) * factorial(n - k - 1) / factorial(n);
                        let more = explained(&models, &values, set | 1 << at);
                        weight * (more - explained(&models, &values, set)) / variance
                    })
                    .sum()
            })
            .collect();
        for at in 0..d {
            near(found.shapley[at], shapley[at], "a Shapley value");
            let total = 1.0 - explained(&models, &values, all & !(1 << at)) / variance;
            near(found.total[at], total, "a total index");
            for (setting, given) in settings.factors[at].settings.iter().zip(&found.given[at]) {
                let here = |(levels, _): &&(Vec<usize>, f64)| levels[at] == setting[0].1;
                let p: f64 = models.iter().filter(here).map(|(_, p)| p).sum();
                let both = models.iter().zip(&values).filter(|(model, _)| here(model));
                let y: f64 = both.map(|((_, p), y)| p * y).sum();
                assert!((given.value - y / p).abs() < 1e-12, "seed {seed}");
            }
        }
        let sum: f64 = found.shapley[..d].iter().flatten().map(|e| e.value).sum();
        assert!((sum - 1.0).abs() < 1e-12, "seed {seed}: they sum to {sum}");
        let pair = 1 | 1 << (d - 1);
        near(found.total[d], 1.0 - explained(&models, &values, all & !pair) / variance, "the total of two");
        let part = shapley[0] + second.map_or(0.0, |(at, part)| shapley[at] * part);
        near(found.shapley[d], part, "the part of two");
    }
    assert!(varied > 200, "{varied}");
}

/// The smallest set that turns a share, against all sets of levels of all inputs.
#[test]
fn the_smallest_flip_of_every_model() {
    let mut turned = [0; 6];
    for seed in 0..400 {
        let (ensemble, levels, values) = random_grid(seed);
        let models = all_models(&levels);
        let given = |setting: &Setting| {
            let inside = |m: &Vec<usize>| setting.iter().all(|(input, level)| m[*input] == *level);
            let here = models.iter().zip(&values).filter(|((m, _), _)| inside(m));
            let (p, y) = here.fold((0.0, 0.0), |(a, b), ((_, p), y)| (a + p, b + p * y));
            if p > 0.0 { Some((y / p * 1e9_f64).round() / 1e9) } else { None }
        };
        let mut sets: Vec<Setting> = vec![Vec::new()];
        for (input, levels) in levels.iter().enumerate() {
            let possible: Vec<usize> = (0..levels.len()).filter(|l| levels[*l] > 0.0).collect();
            if possible.len() > 1 {
                let with = |set: &Setting| -> Vec<Setting> {
                    possible.iter().map(|level| [&set[..], &[(input, *level)]].concat()).collect()
                };
                let more: Vec<Setting> = sets.iter().flat_map(with).collect();
                sets.extend(more);
            }
        }
        let likely = given(&Vec::new()).is_some_and(|share| share >= 0.5);
        let across = |share: f64| if likely { share < 0.5 } else { share >= 0.5 };
        let best = (sets.iter())
            .filter_map(|set| given(set).filter(|share| across(*share)).map(|share| (set, share)))
            .min_by(|(a, x), (b, y)| {
                let farther = if likely { x.total_cmp(y) } else { y.total_cmp(x) };
                a.len().cmp(&b.len()).then(farther).then(a.cmp(b))
            });
        let found = Grid::new(&ensemble).flip(&values, likely);
        turned[best.map_or(0, |(set, _)| set.len())] += 1;
        let found = found.as_ref().map(|flip| (&flip.setting, flip.share.value));
        assert_eq!(found, best, "seed {seed}");
    }
    assert!(turned[0] > 0 && turned[1] > 100 && turned[2] > 20, "{turned:?}");
}
