//! What is read off the sets is the same as from lists of states.

use detente_model::{Concept, OptionId, OutcomeStates, State};

use super::options;
use crate::testing::game;
use crate::{Engine, Quiet, Settings, StateSet, generate, solve};

fn same(label: &str, ours: &dyn StateSet, theirs: &dyn StateSet) {
    let states = theirs.first(usize::MAX);
    assert_eq!(ours.count(), theirs.count(), "{label}");
    assert_eq!(ours.first(usize::MAX), states, "{label}");
    assert_eq!(ours.first(2), states[..states.len().min(2)], "{label}");
    assert_eq!(ours.fixed(), theirs.fixed(), "{label}");
    assert_eq!(ours.patterns(usize::MAX), theirs.patterns(usize::MAX), "{label}");
    assert_eq!(ours.patterns(1), theirs.patterns(1), "{label}");
    assert_eq!(ours.is_empty(), theirs.is_empty(), "{label}");
    for number in 0..300 {
        let state = State::from_number(number);
        assert_eq!(ours.contains(&state), states.contains(&state), "{label} {number}");
    }
}

#[test]
fn sets_answer_like_lists() {
    for seed in 5000..5120 {
        let game = game(seed, &options());
        let solved = |engine| solve(&game, &Settings { engine, ..Settings::default() }, &Quiet).unwrap();
        let (ours, theirs) = (solved(Engine::Symbolic), solved(Engine::Reference));
        let (ours, theirs) = (&ours.verdicts, &theirs.verdicts);
        same("feasible", &*ours.feasible(), &*theirs.feasible());
        for concept in Concept::DEFAULT {
            let (ours, theirs) = (ours.equilibria(concept).unwrap(), theirs.equilibria(concept).unwrap());
            same(&format!("{seed} {}", concept.id()), &*ours, &*theirs);
        }
        let formula = game.option_form().unwrap().rules.first().map(|rule| rule.formula().negate());
        let mut outcomes = vec![OutcomeStates::Listed((0..9).map(State::from_number).collect())];
        outcomes.extend(formula.map(OutcomeStates::Formula));
        if let Some(that) = game.option_form().unwrap().definitions.first() {
            outcomes.push(OutcomeStates::Formula(that.that.clone()));
        }
        for outcome in outcomes {
            let (ours, theirs) = (ours.feasible(), theirs.feasible());
            same("among", &*ours.among(&outcome), &*theirs.among(&outcome));
        }
    }
}

/// Where a whole cover is too much, large patterns inside the set, each of them needed.
#[test]
fn large_patterns_are_inside_and_needed() {
    for seed in 5000..5080 {
        let game = game(seed, &options());
        let settings = Settings { engine: Engine::Symbolic, ..Settings::default() };
        let solution = solve(&game, &settings, &Quiet).unwrap();
        for concept in Concept::DEFAULT {
            let set = solution.verdicts.equilibria(concept).unwrap();
            let states = set.first(usize::MAX);
            let large = |most| set.large_patterns(most);
            let whole = large(64);
            assert!(whole.complete);
            for state in (0..1 << game.options().len()).map(State::from_number) {
                let inside = whole.patterns.iter().any(|p| p.matches(&state));
                assert_eq!(inside, states.contains(&state), "{seed} {state}");
            }
            for (at, one) in whole.patterns.iter().enumerate() {
                let alone = states.iter().any(|state| {
                    one.matches(state)
                        && whole.patterns.iter().enumerate().all(|(k, p)| k == at || !p.matches(state))
                });
                assert!(alone, "{seed}: a pattern that is not needed");
            }
            let some = large(1);
            assert_eq!(some.patterns.len(), whole.patterns.len().min(1));
            assert_eq!(some.complete, whole.patterns.len() <= 1);
        }
    }
}

#[test]
fn a_thousand_options_fit_a_small_stack() {
    // Deep recursion in the sets' own questions, on a thread with 2 MiB (test threads have that).
    let settings = generate::GenerateSettings { actors: 5, options: 1024, rules: 8, ..Default::default() };
    let game = generate::generate(&settings).unwrap().game;
    let settings =
        Settings { engine: Engine::Symbolic, concepts: vec![Concept::Nash], ..Settings::default() };
    let solution = solve(&game, &settings, &Quiet).unwrap();
    let feasible = solution.verdicts.feasible();
    assert!(feasible.count().bits() > 900);
    assert!(feasible.contains(&State::default()));
    assert!(!feasible.contains(&State::with_on([OptionId(5000)])));
    assert_eq!(feasible.first(3).len(), 3);
    assert!(!feasible.patterns(10).patterns.is_empty());
    let all = solution.verdicts.equilibria(Concept::Nash).unwrap();
    assert!(all.first(1).iter().all(|state| feasible.contains(state)));
    assert!(all.fixed().len() <= 1024);
}
