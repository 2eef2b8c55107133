//! The reference engine on games whose answers are in print or worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_engine::testing::{graph_game, option_game, state_ranking, statement};
use detente_engine::{Engine, Quiet, Settings, Solution, SolveError, solve};
use detente_model::{
    ActorId, Concept, Direction::Both, Expr, Game, OptionId, Preference, RuleKind, Sequences, State,
};

fn reference(game: &Game, sequences: Sequences) -> Solution {
    let concepts = match game.option_form() {
        Some(_) => Concept::ALL.to_vec(),
        None => Concept::DEFAULT.to_vec(),
    };
    let settings = Settings { engine: Engine::Reference, concepts, sequences, ..Settings::default() };
    solve(game, &settings, &Quiet).unwrap()
}

fn equilibria(solution: &Solution, concept: Concept) -> Vec<u64> {
    let set = solution.verdicts.equilibria(concept).unwrap();
    set.first(99).iter().map(|s| s.number().unwrap()).collect()
}

/// Two actors with one option each; on = do not cooperate. Fraser, N. M. & Hipel, K. W. (1984),
/// *Conflict Analysis*, chapter 2: mutual defection is stable under every concept, mutual
/// cooperation under all but Nash.
#[test]
fn prisoners_dilemma() {
    let first = state_ranking(&[&[1], &[0], &[3], &[2]], false);
    let second = state_ranking(&[&[2], &[0], &[3], &[1]], false);
    let game = option_game(&[&[Both], &[Both]], vec![], vec![first, second]);
    let solution = reference(&game, Sequences::Legal);
    assert_eq!(equilibria(&solution, Concept::Nash), [3]);
    for concept in [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq] {
        assert_eq!(equilibria(&solution, concept), [0, 3], "{concept:?}");
    }
    // Both leave cooperation at the same time: worse for both.
    assert_eq!(equilibria(&solution, Concept::Sim), [0, 3]);
}

/// Chicken; on = do not swerve. Crash 3 is worst for both.
#[test]
fn chicken() {
    let first = state_ranking(&[&[1], &[0], &[2], &[3]], false);
    let second = state_ranking(&[&[2], &[0], &[1], &[3]], false);
    let game = option_game(&[&[Both], &[Both]], vec![], vec![first, second]);
    let solution = reference(&game, Sequences::Legal);
    assert_eq!(equilibria(&solution, Concept::Nash), [1, 2]);
    assert_eq!(equilibria(&solution, Concept::Gmr), [0, 1, 2]);
    // Leaving 0 for 1 goes unpunished: from 1 the second gains nothing by a crash.
    assert_eq!(equilibria(&solution, Concept::Seq), [1, 2]);
    assert_eq!(equilibria(&solution, Concept::Sim), [0, 1, 2]);
}

/// Listed arcs that are not transitive: actor 2 cannot go 1 → 2 → 3 on its own, because it may
/// not move twice in a row; with actor 3 in between it can.
#[test]
fn nobody_moves_twice_in_a_row() {
    let focal = || state_ranking(&[&[2], &[1, 3, 5], &[4]], false);
    let flat = || state_ranking(&[&[1, 2, 3, 4, 5]], false);
    let two = graph_game(5, &[(0, 0, 1), (1, 1, 2), (1, 2, 3)], vec![focal(), flat()]);
    let stable = |solution: &Solution, concept| {
        solution.verdicts.stable(concept, ActorId(0)).unwrap().contains(&State::from_number(1))
    };
    // One move of actor 2 leads to state 3, as good as 1: that alone sanctions.
    assert!(stable(&reference(&two, Sequences::Legal), Concept::Gmr));
    // Now 3 is better than 1, so only 4 would sanction, two moves away.
    let focal = || state_ranking(&[&[2, 3], &[1, 5], &[4]], false);
    let two = graph_game(5, &[(0, 0, 1), (1, 1, 2), (1, 2, 3)], vec![focal(), flat()]);
    assert!(!stable(&reference(&two, Sequences::Legal), Concept::Gmr));
    let three = graph_game(5, &[(0, 0, 1), (1, 1, 2), (2, 2, 3)], vec![focal(), flat(), flat()]);
    assert!(stable(&reference(&three, Sequences::Legal), Concept::Gmr));
    assert!(stable(&reference(&three, Sequences::Once), Concept::Gmr));
    assert!(!stable(&reference(&three, Sequences::Single), Concept::Gmr));
    // Nobody gains by these moves, so nothing sanctions in sequential stability.
    assert!(!stable(&reference(&three, Sequences::Legal), Concept::Seq));
}

#[test]
fn rules_and_rankings_that_do_not_fit_are_errors() {
    let on = |o| Expr::Option(OptionId(o));
    let flat = || Preference::Statements(vec![statement(on(0))]);
    let settings = Settings { engine: Engine::Reference, ..Settings::default() };
    let solved = |rules, preference| {
        let game = option_game(&[&[Both], &[Both]], rules, vec![flat(), preference]);
        solve(&game, &settings, &Quiet).map(|_| ())
    };
    let never = vec![RuleKind::Always(on(0)), RuleKind::Never(on(0))];
    assert_eq!(solved(never, flat()), Err(SolveError::NoFeasibleState));
    let gap = state_ranking(&[&[0], &[1, 3]], false);
    assert_eq!(solved(vec![], gap), Err(SolveError::RankingGap(ActorId(1), State::from_number(2))));
    let twice = state_ranking(&[&[0, 2], &[1, 3], &[2]], false);
    let overlap = SolveError::RankingOverlap(ActorId(1), State::from_number(2), 1, 3);
    assert_eq!(solved(vec![], twice), Err(overlap));
    let rest = state_ranking(&[&[0], &[1, 3]], true);
    assert_eq!(solved(vec![], rest), Ok(()));
}
