//! Sampling: 64 models side by side are the explicit engine model by model; shares are what exact
//! enumeration says; any threads and shards give the same.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use detente_engine::Quiet;
use detente_engine::ensemble::{
    Asked, AttributionSettings, Factor, Looked, SampleError, SampleSettings, Sampler, Tally, wilson,
};
use detente_engine::testing::{Shape, uncertain};
use detente_model::{Concept, Conflict, Expr, OptionId, OutcomeStates, Sequences};

fn settings(one_by_one: bool) -> SampleSettings {
    SampleSettings {
        concepts: Concept::DEFAULT.to_vec(),
        sequences: Sequences::Legal,
        targets: vec![OutcomeStates::Formula(Expr::Option(OptionId::from(0_usize)))],
        given: vec![],
        one_by_one,
    }
}

/// `None`: no state in any model, or a ranking that does not cover the states of all models.
fn sampler(conflict: &Conflict, one_by_one: bool) -> Option<Sampler> {
    Sampler::new(conflict, settings(one_by_one), conflict.ensemble_key(7), &Quiet).ok()
}

/// Everything but the walks, which are drawn in one way in lanes and in another one by one.
fn without_ends(mut tally: Tally) -> Tally {
    tally.ends.fill(0.0);
    tally.moving = 0.0;
    tally
}

fn lanes_are_models(seeds: std::ops::Range<u64>, shape: &Shape) -> (u32, u32) {
    let (mut compared, mut varied) = (0, 0);
    for seed in seeds {
        let conflict = uncertain(seed, shape, 0.6);
        let (Some(lanes), Some(single)) = (sampler(&conflict, false), sampler(&conflict, true)) else {
            continue;
        };
        if !lanes.in_lanes() {
            continue;
        }
        let range = 3..3 + 96;
        let single = match single.sample(range.clone(), &Quiet) {
            Ok(tally) => tally,
            // A ranking that a model's states do not fit.
            Err(SampleError::Solve(_)) => continue,
            Err(error) => panic!("{error}"),
        };
        let lanes = lanes.sample(range, &Quiet).unwrap();
        compared += 1;
        varied += u32::from(lanes.sets.iter().any(|sets| sets.counts().len() > 3));
        assert_eq!(without_ends(lanes), without_ends(single), "seed {seed}");
    }
    (compared, varied)
}

#[test]
fn lanes_are_the_explicit_engine_model_by_model() {
    let shape = Shape { graph: 0.0, cannot: 0.0, ..Shape::default() };
    let (compared, varied) = lanes_are_models(0..250, &shape);
    assert!(compared > 150 && varied > 60, "{compared} {varied}");
}

#[test]
fn lanes_are_the_explicit_engine_with_many_statements_and_states() {
    let shape =
        Shape { graph: 0.0, cannot: 0.0, statements: 20, options: (6, 9), rules: 2, ..Shape::default() };
    let (compared, varied) = lanes_are_models(1_000..1_040, &shape);
    assert!(compared > 20 && varied > 15, "{compared} {varied}");
}

#[test]
fn lanes_are_the_explicit_engine_with_acts_conditions_levels_dates_and_chance() {
    // Rules and options that may not be there change no moves where nobody's moves are searched.
    let conditioned = Shape { cannot: 0.0, ..Shape::several() };
    let (compared, varied) = lanes_are_models(0..1_000, &conditioned);
    assert!(compared > 60 && varied > 10, "{compared} {varied}");
    let acts = Shape { conditions: 0.0, actors: (3, 4), acts: 4, ..conditioned };
    let (compared, varied) = lanes_are_models(5_000..5_300, &acts);
    assert!(compared > 60 && varied > 10, "{compared} {varied}");
}

#[test]
fn what_lanes_cannot_do_is_done_model_by_model() {
    let mut done = 0;
    for seed in 0..60 {
        let conflict = uncertain(seed, &Shape { graph: 0.5, cannot: 1.0, ..Shape::default() }, 0.5);
        let Some(sampler) = sampler(&conflict, false) else { continue };
        if sampler.in_lanes() {
            continue;
        }
        match sampler.sample(0..20, &Quiet) {
            Ok(tally) => {
                done += 1;
                assert_eq!(tally.models, 20.0);
            }
            Err(SampleError::Solve(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert!(done > 20, "{done}");
}

#[test]
fn threads_and_shards_change_nothing() {
    let conflict = uncertain(11, &Shape { options: (6, 6), ..Shape::plain() }, 0.7);
    let sampler = sampler(&conflict, false).unwrap();
    let pool = |threads| rayon_pool(threads);
    let whole = pool(1).install(|| sampler.sample(0..5_000, &Quiet)).unwrap();
    assert_eq!(whole, pool(2).install(|| sampler.sample(0..5_000, &Quiet)).unwrap());
    for shards in [1, 3, 7] {
        let mut all = sampler.tally();
        for i in (0..shards).rev() {
            let (from, to) = (5_000 * i / shards, 5_000 * (i + 1) / shards);
            all.merge(&sampler.sample(from..to, &Quiet).unwrap());
        }
        assert_eq!(whole, all, "{shards} shards");
    }
    let other = Sampler::new(&conflict, settings(false), conflict.ensemble_key(8), &Quiet).unwrap();
    assert_ne!(whole, other.sample(0..5_000, &Quiet).unwrap(), "another seed, other draws");
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
}

/// The 95 % interval holds the exact share in 95 % of the seeds.
#[test]
fn intervals_cover_the_exact_share_as_often_as_stated() {
    let (mut covered, mut all) = (0.0, 0.0);
    let mut cases = 0;
    for case in 0..40 {
        let conflict = uncertain(case, &Shape { options: (4, 5), ..Shape::plain() }, 0.35);
        let Some(sampler) = sampler(&conflict, false) else { continue };
        if sampler.ensemble.models().is_none_or(|models| models > 5_000) {
            continue;
        }
        let (exact, _) = sampler.enumerate(&Quiet).unwrap();
        assert!((exact.models - 1.0).abs() < 1e-9, "chances sum to 1");
        // Shares well inside: Wilson's interval is discrete at the ends.
        let quantities: Vec<(usize, usize)> = (0..5)
            .flat_map(|c| (0..sampler.states.len()).map(move |s| (c, s)))
            .filter(|(c, s)| (0.2..0.8).contains(&exact.lasting[*c][*s]))
            .collect();
        let Some((c, s)) = quantities.first().copied() else { continue };
        cases += 1;
        for seed in 0..80 {
            let sampler =
                Sampler::new(&conflict, settings(false), conflict.ensemble_key(seed), &Quiet).unwrap();
            let tally = sampler.sample(0..256, &Quiet).unwrap();
            let (low, high) = wilson(tally.lasting[c][s], tally.models);
            all += 1.0;
            covered += f64::from(u8::from((low..=high).contains(&exact.lasting[c][s])));
        }
    }
    let share = covered / all;
    let spread = 4.0 * (0.95_f64 * 0.05 / all).sqrt() + 0.01;
    assert!(cases >= 5, "{cases} cases");
    assert!((share - 0.95).abs() < spread, "covered {share} of {all}, not 0.95 ± {spread}");
}

/// Where the walk ends: drawn in lanes, solved by `evolve` when enumerated.
#[test]
fn ends_of_walks_agree_with_the_chain() {
    let (mut compared, mut off) = (0, 0);
    for case in 0..40 {
        let conflict = uncertain(case, &Shape { options: (3, 5), ..Shape::plain() }, 0.35);
        let Some(sampler) = sampler(&conflict, false) else { continue };
        if sampler.ensemble.models().is_none_or(|models| models > 2_000) {
            continue;
        }
        let (exact, _) = sampler.enumerate(&Quiet).unwrap();
        let drawn = sampler.sample(0..16_000, &Quiet).unwrap();
        for (exact, drawn) in exact.ends.iter().zip(&drawn.ends) {
            if (0.01..0.99).contains(exact) {
                compared += 1;
                let sigma = (exact * (1.0 - exact) / 16_000.0).sqrt();
                off += u32::from((drawn / 16_000.0 - exact).abs() > 4.0 * sigma);
            }
        }
    }
    assert!(compared > 20 && off == 0, "{off} of {compared} off by more than four sigma");
}

/// What moves a share, of draws and of all models: the draws' intervals hold the exact numbers, the Shapley values of
/// both sum to 1, and both find the same smallest change.
#[test]
fn attribution_of_draws_agrees_with_that_of_every_model() {
    let (mut inside, mut all, mut flips) = (0.0, 0.0, 0);
    for case in 0..60 {
        let conflict = uncertain(case, &Shape { options: (4, 5), ..Shape::plain() }, 0.35);
        let Some(sampler) = sampler(&conflict, false) else { continue };
        if sampler.ensemble.models().is_none_or(|models| models > 4_096) {
            continue;
        }
        let every = sampler.every_model(&Quiet).unwrap();
        assert_eq!(every.tally, sampler.enumerate(&Quiet).unwrap().0);
        let inputs = sampler.ensemble.inputs.len();
        let single = |at| Factor { inputs: vec![(at, 1.0)], settings: vec![vec![(at, 0)]] };
        for every_one in [false, true] {
            let asked = Asked { concept: 0, target: 0, every: every_one };
            let factors = (0..inputs).filter(|at| sampler.ensemble.inputs[*at].levels[0] > 0.0).map(single);
            let settings = AttributionSettings { asked: vec![asked], factors: factors.collect() };
            let exact = every.attribute(&sampler.ensemble, &settings);
            let counted = if every_one { &every.tally.all } else { &every.tally.some };
            let exact = &exact.items[0];
            assert!((exact.share.value - counted[0][0]).abs() < 1e-9, "{case}");
            if !(0.1..0.9).contains(&exact.share.value) {
                continue;
            }
            let tally = sampler.sample(0..4_096, &Quiet).unwrap();
            let hits = if every_one { tally.all[0][0] } else { tally.some[0][0] };
            let effects = sampler.attribute(0..1_024, &settings, &Quiet).unwrap();
            let drawn = effects.attribution(&settings, &[hits], 4_096.0);
            let drawn = &drawn.items[0];
            for (a, b) in [(&exact.total, &drawn.total), (&exact.shapley, &drawn.shapley)] {
                for (exact, drawn) in a.iter().zip(b) {
                    let (exact, drawn) = (exact.unwrap(), drawn.unwrap());
                    all += 1.0;
                    let near = drawn.low - 1e-9..=drawn.high + 1e-9;
                    inside += f64::from(u8::from(near.contains(&exact.value)));
                }
            }
            for (exact, drawn) in exact.given.iter().flatten().zip(drawn.given.iter().flatten()) {
                all += 1.0;
                let near = drawn.low - 1e-9..=drawn.high + 1e-9;
                inside += f64::from(u8::from(near.contains(&exact.value)));
            }
            let likely = exact.share.value >= 0.5;
            let looked = Looked { few: 512, all: 4_096 };
            let (one, other) = (
                every.flip(&sampler.ensemble, asked, likely),
                sampler.flip(asked, likely, looked, &Quiet).unwrap(),
            );
            let size =
                |flip: &Option<_>| flip.as_ref().map(|f: &detente_engine::ensemble::Flip| f.setting.len());
            flips += u32::from(size(&one) == size(&other));
            if let Some(flip) = &other {
                assert!(if likely { flip.share.value < 0.5 } else { flip.share.value >= 0.5 });
            }
        }
    }
    let share = inside / all;
    assert!(all > 100.0 && share > 0.92, "intervals hold {share} of {all}");
    assert!(flips > 8, "{flips}");
}

/// A watch that stops after so many questions stops the models one by one, not only between rounds.
#[test]
fn stopped_inside_with_what_there_is() {
    struct After(std::sync::atomic::AtomicU32);
    impl detente_engine::Watch for After {
        fn stop(&self) -> Option<detente_engine::Stop> {
            let asked = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            (asked > 200).then_some(detente_engine::Stop::Time)
        }
    }
    let mut stopped = 0;
    for seed in 0..40 {
        let conflict = uncertain(seed, &Shape { graph: 0.5, cannot: 1.0, ..Shape::default() }, 0.5);
        let Some(sampler) = sampler(&conflict, false) else { continue };
        if sampler.in_lanes() || sampler.ensemble.models().is_none_or(|models| models < 256) {
            continue;
        }
        let Ok((tally, Some(_))) = sampler.enumerate(&After(0.into())) else { continue };
        stopped += 1;
        assert!(tally.models > 0.0 && tally.models < 1.0 - 1e-9, "{}", tally.models);
    }
    assert!(stopped > 3, "{stopped}");
}

/// A statement that stands instead of another, and whose grounds fall, leaves no hole in the list: it is as
/// written.
#[test]
fn a_choice_whose_grounds_fall_is_as_written() {
    for confidence in [0.0, 0.25, 1.0] {
        let conflict = common::written(&format!(
            "format = 1\n[case]\ntitle = \"S\"\n[source.s]\ntitle = \"S\"\n[claim.c]\nsource = \"s\"\nsays = \"C\"\n\
             confidence = {confidence:?}\n[actor.a.option]\nx = \"X\"\n[[actor.a.prefers]]\nid = \"w\"\nthat = \
             \"a.x\"\n[[actor.a.instead]]\nof = \"w\"\nthat = \"not a.x\"\nshare = 1.0\nbecause = [\"c\"]\n\
             [status_quo]\non = []\n"
        ));
        for one_by_one in [false, true] {
            let (tally, _) = sampler(&conflict, one_by_one).unwrap().enumerate(&Quiet).unwrap();
            assert_eq!(tally.lasting[0], [confidence, 1.0 - confidence], "{confidence} {one_by_one}");
        }
    }
}
