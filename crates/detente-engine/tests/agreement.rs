//! Independent computations must agree, state by state, on random games from fixed seeds.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_engine::testing::{Shape, agree, game, included, relabel, spread};
use detente_engine::{Engine, Quiet, Settings, Solution, solve};
use detente_model::{Concept, Form, Game, MoverId, Sequences, State};

fn concepts(game: &Game) -> Vec<Concept> {
    match game.form {
        Form::Options(_) => Concept::ALL.to_vec(),
        Form::Graph(_) => Concept::DEFAULT.to_vec(),
    }
}

fn solved(game: &Game, engine: Engine, sequences: Sequences) -> Solution {
    let settings =
        Settings { engine, concepts: concepts(game), sequences, threads: 1, ..Settings::default() };
    solve(game, &settings, &Quiet).unwrap()
}

fn explicit_is_reference(seeds: std::ops::Range<u64>, shape: &Shape) {
    for seed in seeds {
        let game = game(seed, shape);
        for sequences in Sequences::ALL {
            let reference = solved(&game, Engine::Reference, sequences);
            // With simultaneous stability states are listed; without it a box is a box.
            for concepts in [concepts(&game), Concept::DEFAULT.to_vec()] {
                let settings = Settings {
                    engine: Engine::Explicit,
                    concepts: concepts.clone(),
                    sequences,
                    threads: 1,
                    ..Settings::default()
                };
                let explicit = solve(&game, &settings, &Quiet).unwrap();
                if let Err(difference) = agree(&game, &concepts, &explicit, &reference) {
                    panic!("seed {seed}, {}: {difference}\n{game:#?}", sequences.id());
                }
            }
        }
    }
}

/// Every feature of the format, all readings, all concepts.
#[test]
fn explicit_is_the_reference() {
    explicit_is_reference(0..1_600, &Shape::default());
}

/// More games in which who moved last matters in option form (one in some hundred games tells).
#[test]
fn explicit_is_the_reference_where_moves_are_taken_away() {
    let shape = Shape { graph: 0.0, cannot: 1.0, rules: 2, actors: (2, 4), ..Shape::default() };
    explicit_is_reference(0..600, &shape);
}

/// Acts of several, conditions, levels, chance events: mover by mover, in all readings. Three thousand games in two
/// tests, one for each core.
#[test]
fn explicit_is_the_reference_where_several_move_together() {
    several_move_together(0..1_500);
}

#[test]
fn explicit_is_the_reference_where_several_move_together_in_more_games() {
    several_move_together(1_500..3_000);
}

fn several_move_together(seeds: std::ops::Range<u64>) {
    let shape = Shape::several();
    let (mut joint, mut agreed, mut refused) = (0, 0, 0);
    for seed in seeds {
        let game = game(seed, &shape);
        let movers = game.movers();
        joint += movers.len() - game.actor_count();
        let sequences = Sequences::ALL[seed as usize % 3];
        let solve_by = |engine| {
            let concepts = Concept::DEFAULT.to_vec();
            let settings = Settings { engine, concepts, sequences, threads: 1, ..Settings::default() };
            solve(&game, &settings, &Quiet).unwrap()
        };
        let (reference, explicit) = (solve_by(Engine::Reference), solve_by(Engine::Explicit));
        if let Err(difference) = agree(&game, &Concept::DEFAULT, &explicit, &reference) {
            panic!("seed {seed}, {}: {difference}\n{game:#?}", sequences.id());
        }
        for at in game.actor_count()..movers.len() {
            let count = |c| explicit.verdicts.stable_for(c, MoverId::from(at)).unwrap().count();
            let (nash, seq) = (count(Concept::Nash), count(Concept::Seq));
            agreed += usize::from(seq < explicit.verdicts.feasible().count());
            refused += usize::from(nash < seq);
        }
    }
    assert!(joint > 1_800 && agreed > 100 && refused > 40, "{joint} {agreed} {refused}");
}

/// What random games must have for the test above to mean anything.
#[test]
fn the_games_use_every_feature() {
    let shape = Shape::default();
    let (mut graph, mut one_way, mut cannot, mut ties, mut unstable) = (0, 0, 0, 0, 0);
    for seed in 0..300 {
        let game = game(seed, &shape);
        graph += usize::from(game.graph_form().is_some());
        if let Some(form) = game.option_form() {
            one_way += usize::from(form.options.iter().any(|o| o.direction != Default::default()));
            cannot += usize::from(!form.cannot.is_empty());
        }
        let ranks = detente_engine::explicit::ranks(&game, &Default::default(), &Quiet).unwrap();
        ties += game.actor_ids().filter(|i| (2..ranks.len()).contains(&ranks.levels(*i))).count();
        let solution = solved(&game, Engine::Explicit, Sequences::Legal);
        let count = |c| solution.verdicts.equilibria(c).unwrap().count();
        unstable += usize::from(count(Concept::Seq) < solution.verdicts.feasible().count());
    }
    assert!(graph > 30 && one_way > 50 && cannot > 30 && ties > 300 && unstable > 100);
}

/// nash ⊆ sseq ⊆ smr ⊆ gmr and nash ⊆ sseq ⊆ seq ⊆ gmr, for every actor. They hold in each reading:
/// an improvement is a move, so a sequence of improvements is a sequence of moves of the same
/// reading, and a sanction without escape is a sanction.
#[test]
fn concepts_include_one_another() {
    let chains = [
        (Concept::Nash, Concept::Sseq),
        (Concept::Nash, Concept::Sim),
        (Concept::Sseq, Concept::Smr),
        (Concept::Sseq, Concept::Seq),
        (Concept::Smr, Concept::Gmr),
        (Concept::Seq, Concept::Gmr),
    ];
    for seed in 10_000..10_600 {
        let game = game(seed, &Shape::default());
        for sequences in Sequences::ALL {
            let solution = solved(&game, Engine::Explicit, sequences);
            for actor in game.actor_ids() {
                for (inner, outer) in chains {
                    if outer != Concept::Sim || game.option_form().is_some() {
                        assert!(
                            included(&solution, actor, inner, outer),
                            "seed {seed}, {}: {inner:?} is not within {outer:?} for {actor:?}",
                            sequences.id()
                        );
                    }
                }
            }
        }
    }
}

/// What one move of one opponent sanctions, moves of several do, one each; and those are legal.
#[test]
fn readings_include_one_another() {
    for seed in 20_000..20_400 {
        let game = game(seed, &Shape::default());
        let [legal, once, single] = Sequences::ALL.map(|s| solved(&game, Engine::Explicit, s));
        for actor in game.actor_ids() {
            for concept in [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq] {
                let stable = |solution: &Solution| -> Vec<State> {
                    solution.verdicts.stable(concept, actor).unwrap().first(usize::MAX)
                };
                let (legal, once, single) = (stable(&legal), stable(&once), stable(&single));
                assert!(single.iter().all(|s| once.contains(s)), "seed {seed}");
                assert!(once.iter().all(|s| legal.contains(s)), "seed {seed}");
            }
        }
    }
}

/// Names and the order of actors, options and rules say nothing about who is stable where.
#[test]
fn names_and_order_do_not_matter() {
    for seed in 30_000..30_400 {
        let game = game(seed, &Shape::default());
        let actors = game.actor_count();
        let places: Vec<usize> = (0..actors).map(|i| (i + 1 + seed as usize) % actors).collect();
        let (other, map) = relabel(&game, &places);
        for sequences in Sequences::ALL {
            let (a, b) =
                (solved(&game, Engine::Explicit, sequences), solved(&other, Engine::Explicit, sequences));
            for concept in concepts(&game) {
                for actor in game.actor_ids() {
                    let stable = a.verdicts.stable(concept, actor).unwrap();
                    let elsewhere = b.verdicts.stable(concept, places[actor.index()].into()).unwrap();
                    let mut moved: Vec<State> =
                        stable.first(usize::MAX).iter().map(|s| map.state(s)).collect();
                    moved.sort();
                    assert_eq!(moved, elsewhere.first(usize::MAX), "seed {seed}, {concept:?}, {actor:?}");
                }
            }
        }
    }
}

/// The same game among 64 options of which most are never available: a sparse list of states
/// whose numbers go up to 2^64. Such options are no moves to anybody.
#[test]
fn unavailable_options_do_not_matter() {
    let shape = Shape { graph: 0.0, ..Shape::default() };
    for seed in 40_000..40_300 {
        let game = game(seed, &shape);
        let (wide, map) = spread(&game, 64);
        let sequences = Sequences::ALL[seed as usize % 3];
        let (a, b) = (solved(&game, Engine::Explicit, sequences), solved(&wide, Engine::Auto, sequences));
        assert_eq!(b.engine, Engine::Explicit);
        for concept in Concept::ALL {
            for actor in game.actor_ids() {
                let stable = a.verdicts.stable(concept, actor).unwrap().first(usize::MAX);
                let mapped: Vec<State> = stable.iter().map(|s| map.state(s)).collect();
                let found = b.verdicts.stable(concept, actor).unwrap().first(usize::MAX);
                assert_eq!(found, mapped, "seed {seed}, {concept:?}, {actor:?}");
            }
        }
    }
}
