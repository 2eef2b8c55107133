//! Against closed forms: additive models, products, exclusive or.

use super::*;
use crate::ensemble::inputs::{About, Ensemble, Input};
use crate::testing::{Shape, uncertain};

/// Independent inputs that stand with these chances.
fn ensemble(chances: &[f64]) -> Ensemble {
    let mut ensemble = Ensemble::new(&uncertain(1, &Shape::plain(), 0.0));
    ensemble.inputs = (chances.iter().enumerate())
        .map(|(at, p)| Input { about: About::Rule(at), levels: vec![*p, 1.0 - p] })
        .collect();
    ensemble
}

/// The effects of every input, and of the first two together, on `f` of which inputs stand.
fn effects(chances: &[f64], seed: u8, draws: u64, f: impl Fn(&[bool]) -> f64) -> Effects {
    let ensemble = ensemble(chances);
    let single = |at| Factor { inputs: vec![(at, 1.0)], settings: vec![vec![(at, 0)], vec![(at, 1)]] };
    let mut factors: Vec<Factor> = (0..chances.len()).map(single).collect();
    factors.push(Factor { inputs: vec![(0, 1.0), (1, 1.0)], settings: vec![] });
    let settings = AttributionSettings { asked: vec![(0, 0)], factors };
    let mut model = |worlds: &Worlds, lanes: u64, values: &mut Values| {
        for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
            let stand: Vec<bool> = (0..chances.len()).map(|at| worlds.at(at, 0) >> lane & 1 == 1).collect();
            values[0][lane] = f(&stand);
        }
        Ok(())
    };
    let draws_of = Draws::new(&ensemble, [seed; 32]);
    let mut scratch = Scratch::new(draws_of, &Worlds::new(&ensemble), chances.len(), 1);
    let mut all = Effects::new(&settings);
    for (from, lanes) in batches(0..draws) {
        match scratch.batch(from, lanes, &settings, &mut model) {
            Ok(part) => all.merge(&part),
            Err(error) => panic!("{error}"),
        }
    }
    all
}

/// Over seeds: how often an interval holds the closed form, which it should in 95 of 100, and whether estimates
/// are right on average.
fn agree(chances: &[f64], f: impl Fn(&[bool]) -> f64 + Copy, total: &[f64], shapley: &[f64]) {
    const SEEDS: u8 = 120;
    let (mut inside, mut all) = (0.0, 0.0);
    let mut means = vec![(0.0, 0.0); total.len()];
    for seed in 0..SEEDS {
        let found = effects(chances, seed, 1_000, f);
        for (at, mean) in means.iter_mut().enumerate() {
            let (Some(t), Some(s)) = (found.total(at, 0), found.shapley(at, 0)) else { panic!("it varies") };
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

/// Values of one run sum to 1 up to the error of the variance; groups; the tornado.
#[test]
fn groups_and_settings() {
    let found = effects(&[0.5, 0.5, 0.5], 9, 20_000, |x: &[bool]| one(x[0] ^ x[1]) + one(x[2]));
    let sum: f64 = (0..3).filter_map(|at| found.shapley(at, 0)).map(|e| e.value).sum();
    assert!((sum - 1.0).abs() < 0.03, "{sum}");
    let pair = found.total(3, 0).map_or(0.0, |e| e.value);
    assert!((pair - 0.5).abs() < 0.03, "{pair}");
    let part = found.shapley(3, 0).map_or(0.0, |e| e.value);
    assert!((part - 0.5).abs() < 0.03, "{part}");
    let (so, not) = (found.given(2, 0, 0) / found.draws(), found.given(2, 1, 0) / found.draws());
    assert!((so - 1.5).abs() < 0.03 && (not - 0.5).abs() < 0.03, "{so} {not}");
}

#[test]
fn what_never_varies_has_no_indices() {
    let found = effects(&[0.5, 0.5], 1, 500, |_| 1.0);
    assert_eq!((found.total(0, 0), found.shapley(0, 0), found.hits(0)), (None, None, 500.0));
}
