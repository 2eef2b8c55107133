//! Structure is what its definition says, for diagrams and for lists.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{Concept, OptionId, State};
use num_bigint::BigUint;

use super::options;
use crate::structure::Ask;
use crate::testing::game;
use crate::{Engine, Quiet, Settings, StateSet, generate, solve};

fn values(state: &State, options: &[OptionId]) -> Vec<bool> {
    options.iter().map(|o| state.is_on(*o)).collect()
}

fn is_right(label: &str, set: &dyn StateSet, ask: &Ask) {
    let states = set.first(usize::MAX);
    let member: BTreeSet<&State> = states.iter().collect();
    let found = set.structure(ask).unwrap();
    assert!(found.complete, "{label}");
    if states.is_empty() {
        assert!(found.examples.is_empty() && found.parts.is_empty());
        return;
    }
    let flips = |o: OptionId| {
        states.iter().all(|s| {
            let mut other = s.clone();
            other.set(o, !s.is_on(o));
            member.contains(&other)
        })
    };
    let free: Vec<OptionId> = (0..ask.options).map(OptionId::from).filter(|o| flips(*o)).collect();
    assert_eq!(found.free, free, "{label}");
    // Every option is fixed, free or in one part, and the counts multiply.
    let fixed: Vec<OptionId> = set.fixed().iter().map(|(o, _)| *o).collect();
    let mut all: Vec<OptionId> =
        found.parts.iter().flat_map(|p| p.options.clone()).chain(free.clone()).chain(fixed).collect();
    all.sort_unstable();
    assert_eq!(all, (0..ask.options).map(OptionId::from).collect::<Vec<_>>(), "{label}");
    let product = found.parts.iter().fold(BigUint::from(1_u32) << free.len(), |n, part| n * &part.ways);
    assert_eq!(product, set.count(), "{label}");
    for part in &found.parts {
        let ways: BTreeSet<Vec<bool>> = states.iter().map(|s| values(s, &part.options)).collect();
        assert_eq!(part.ways, ways.len().into(), "{label}");
        // It cannot be split: no division in two is a product.
        for split in 1..1_usize << (part.options.len() - 1) {
            let side = |own: bool| {
                let of = |way: &Vec<bool>| -> Vec<bool> {
                    way.iter()
                        .enumerate()
                        .filter(|(at, _)| (split >> at & 1 == 1) == own)
                        .map(|(_, v)| *v)
                        .collect()
                };
                ways.iter().map(of).collect::<BTreeSet<_>>().len()
            };
            assert_ne!(side(true) * side(false), ways.len(), "{label}: {:?}", part.options);
        }
        for pattern in &part.patterns.patterns {
            assert!(
                pattern
                    .cells
                    .iter()
                    .enumerate()
                    .all(|(o, cell)| { cell.is_none() || part.options.contains(&OptionId::from(o)) })
            );
        }
    }
    if let (Some(from), Some(distances)) = (&ask.from, &found.distances) {
        let far = |s: &State| (0..ask.options).filter(|&o| s.is_on(o.into()) != from.is_on(o.into())).count();
        for (d, count) in distances.iter().enumerate() {
            let here = states.iter().filter(|s| far(s) == d).count();
            assert_eq!(*count, here.into(), "{label}: {d}");
        }
        assert_eq!(distances.iter().sum::<BigUint>(), set.count());
    }
    assert_eq!(found.examples.len(), ask.examples);
    assert!(found.examples.iter().all(|s| member.contains(s)), "{label}");
    for (options, projection) in ask.projections.iter().zip(&found.projections) {
        let projection = projection.as_ref().unwrap();
        let mut ways: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        for state in &states {
            *ways.entry(values(state, options)).or_default() += 1;
        }
        assert_eq!(projection.ways, ways.len().into(), "{label}");
        let mut expected: Vec<(Vec<bool>, BigUint)> =
            ways.into_iter().map(|(values, n)| (values, n.into())).collect();
        expected.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        expected.truncate(ask.ways);
        assert_eq!(projection.first, expected, "{label}");
    }
}

#[test]
fn of_random_games() {
    for seed in 6000..6100 {
        let game = game(seed, &options());
        let actors: Vec<Vec<OptionId>> =
            game.actor_ids().map(|actor| game.options_of(actor).collect()).collect();
        let ask = Ask {
            options: game.options().len(),
            from: game.status_quo.clone(),
            examples: 3,
            seed,
            patterns: 5,
            projections: actors,
            ways: 4,
            work: Some(u64::MAX),
        };
        for engine in [Engine::Symbolic, Engine::Explicit] {
            let solution = solve(&game, &Settings { engine, ..Settings::default() }, &Quiet).unwrap();
            for concept in [Concept::Nash, Concept::Gmr] {
                let label = format!("{seed} {} {}", engine.id(), concept.id());
                is_right(&label, &*solution.verdicts.equilibria(concept).unwrap(), &ask);
            }
            is_right(&format!("{seed} feasible"), &*solution.verdicts.feasible(), &ask);
        }
    }
}

/// Options that depend on each other only three at a time, beside others of the kind, interleaved: the parts are
/// these, wherever they stand in the order of the diagram.
#[test]
fn an_even_number_of_them_is_one_part() {
    let states: Vec<detente_model::State> = (0..1_u64 << 7)
        .filter(|n| (n & 0b001_0101).count_ones() % 2 == 0 && (n & 0b110_1010).count_ones() % 2 == 1)
        .map(detente_model::State::from_number)
        .collect();
    let ask = Ask { options: 7, patterns: 8, work: Some(u64::MAX), ..Ask::default() };
    let found = super::super::structure_of_list(&states, &ask);
    let parts: Vec<Vec<usize>> =
        found.parts.iter().map(|part| part.options.iter().map(|o| o.index()).collect()).collect();
    assert_eq!(parts, [vec![0, 2, 4], vec![1, 3, 5, 6]]);
    assert!(found.complete && found.free.is_empty());
}

/// Issues that no wish and no rule connects are parts.
#[test]
fn separate_issues_are_parts() {
    let settings = generate::GenerateSettings { actors: 3, options: 9, rules: 0, ..Default::default() };
    let mut game = generate::generate(&settings).unwrap().game;
    let on = |o: u32| detente_model::Expr::Option(OptionId(o));
    let rule = |a: u32, b: u32| detente_model::Expr::Iff(Box::new(on(a)), Box::new(on(b)));
    if let detente_model::Form::Options(form) = &mut game.form {
        form.rules = [(0, 3), (1, 4), (2, 5)]
            .map(|(a, b)| crate::testing::rule(detente_model::RuleKind::Always(rule(a, b))))
            .to_vec();
    }
    let settings = Settings { engine: Engine::Symbolic, ..Settings::default() };
    let solution = solve(&game, &settings, &Quiet).unwrap();
    let ask = Ask { options: 9, patterns: 9, ..Ask::default() };
    let found = solution.verdicts.feasible().structure(&ask).unwrap();
    assert_eq!(found.free, [6, 7, 8].map(OptionId));
    let parts: Vec<Vec<OptionId>> = found.parts.iter().map(|p| p.options.clone()).collect();
    assert_eq!(parts, [[0, 3], [1, 4], [2, 5]].map(|p| p.map(OptionId).to_vec()));
    assert!(found.parts.iter().all(|p| p.ways == 2_u32.into() && p.patterns.patterns.len() == 2));
}

/// Each of the few members of a set comes up about as often.
#[test]
fn examples_are_uniform() {
    let game = game(6001, &options());
    let solution =
        solve(&game, &Settings { engine: Engine::Symbolic, ..Settings::default() }, &Quiet).unwrap();
    let set = solution.verdicts.feasible();
    let states = set.first(usize::MAX);
    let draws = 200 * states.len();
    let ask = Ask { options: game.options().len(), examples: draws, seed: 7, ..Ask::default() };
    let examples = set.structure(&ask).unwrap().examples;
    for state in &states {
        let seen = examples.iter().filter(|s| *s == state).count();
        // Five standard deviations: the draws are fixed by the seed.
        assert!((130..270).contains(&seen), "{state}: {seen}");
    }
}
