#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use detente_model::{ActorId, Game, Sequences, State};

use super::{Coalition, CoalitionConcept, CoalitionSettings, CoalitionTable, exits, exits_each, table};
use crate::reference::coalition::{LiteralCoalitions, LiteralConcept};
use crate::testing::{Shape, game};
use crate::{Bounds, Quiet, Stop, Watch};

const CONCEPTS: [(CoalitionConcept, LiteralConcept); 4] = [
    (CoalitionConcept::Nash, LiteralConcept::Nash),
    (CoalitionConcept::Gmr, LiteralConcept::Gmr),
    (CoalitionConcept::Smr, LiteralConcept::Smr),
    (CoalitionConcept::Seq, LiteralConcept::Seq),
];

fn indices(coalition: Coalition) -> Vec<usize> {
    coalition.members().map(ActorId::index).collect()
}

/// Acts, conditions and levels; few enough options for the literal definitions.
fn few() -> Shape {
    Shape { actors: (2, 3), options: (1, 3), acts: 2, ..Shape::several() }
}

fn all(game: &Game, states: &[State], settings: &CoalitionSettings) -> CoalitionTable {
    let table = table(game, states, settings, &Quiet).unwrap();
    assert_eq!(table.limits, []);
    table
}

#[test]
fn parts_are_all_coalitions_small_ones_first() {
    let everybody = Coalition::everybody(4);
    let parts: Vec<Coalition> = everybody.parts(4).collect();
    assert_eq!(parts.len(), 15);
    assert!(parts.windows(2).all(|w| w[0].size() <= w[1].size()));
    let texts: Vec<Vec<usize>> = everybody.parts(2).map(indices).collect();
    assert_eq!(
        texts,
        [
            vec![0],
            vec![1],
            vec![2],
            vec![3],
            vec![0, 1],
            vec![0, 2],
            vec![0, 3],
            vec![1, 2],
            vec![1, 3],
            vec![2, 3]
        ]
    );
    assert_eq!(Coalition::everybody(64).size(), 64);
    assert_eq!(Coalition::of([ActorId(0), ActorId(3)]).others(4), Coalition::of([ActorId(1), ActorId(2)]));
}

#[test]
fn every_verdict_agrees_with_the_literal_definitions() {
    let mut verdicts = 0;
    let plain = Shape { actors: (1, 4), options: (1, 6), states: (1, 9), ..Shape::default() };
    for (seed, shape) in (0..500).map(|seed| (seed, plain.clone())).chain((0..90).map(|seed| (seed, few()))) {
        let game = game(seed, &shape);
        // Mostly the default reading: it has a method of its own.
        let reading = if seed % 2 == 0 { Sequences::Legal } else { Sequences::ALL[seed as usize / 2 % 3] };
        let literal = LiteralCoalitions::new(&game, reading).unwrap();
        let settings = CoalitionSettings { sequences: reading, ..CoalitionSettings::default() };
        let table = all(&game, literal.states(), &settings);
        let everybody = Coalition::everybody(game.actors.len());
        assert!(everybody.parts(usize::MAX).eq(table.coalitions()));
        for (concept, by_definition) in CONCEPTS {
            for h in table.coalitions() {
                for s in 0..table.states().len() {
                    assert_eq!(
                        table.is_stable(concept, h, s),
                        Some(literal.stable(by_definition, &indices(h), s)),
                        "seed {seed}, {reading:?}, {concept:?} of {:?} at {}",
                        indices(h),
                        table.states()[s]
                    );
                    verdicts += 1;
                }
            }
        }
    }
    assert!(verdicts > 60_000, "{verdicts}");
}

#[test]
fn larger_plain_games_agree_too() {
    let mut one_way = 0;
    for seed in 0..24 {
        let shape = Shape {
            actors: (3, 4),
            options: (7, 8),
            graph: 0.0,
            cannot: 0.0,
            one_way: 0.5,
            rules: 2,
            ..Shape::default()
        };
        let game = game(seed, &shape);
        one_way += usize::from(game.options().iter().any(|o| o.direction != detente_model::Direction::Both));
        let literal = LiteralCoalitions::new(&game, Sequences::Legal).unwrap();
        let table = all(&game, literal.states(), &CoalitionSettings::default());
        for (concept, by_definition) in CONCEPTS {
            for h in table.coalitions() {
                for s in (0..table.states().len()).step_by(29) {
                    assert_eq!(
                        table.is_stable(concept, h, s),
                        Some(literal.stable(by_definition, &indices(h), s)),
                        "seed {seed}, {concept:?} of {:?} at {}",
                        indices(h),
                        table.states()[s]
                    );
                }
            }
        }
    }
    assert!(one_way > 6, "{one_way}");
}

#[test]
fn coalitions_as_players_agree_with_the_literal_definitions() {
    for seed in 0..300 {
        let shape = Shape { actors: (2, 4), options: (1, 6), states: (1, 9), ..Shape::default() };
        let game = game(seed, &shape);
        let reading = Sequences::ALL[seed as usize % 3];
        let literal = LiteralCoalitions::new(&game, reading).unwrap();
        // The first two as one player, the others alone.
        let pair = Coalition::of([ActorId(0), ActorId(1)]);
        let mut players = vec![pair];
        players.extend(game.actor_ids().skip(2).map(|a| Coalition::of([a])));
        let settings = CoalitionSettings {
            sequences: reading,
            players: Some(players.clone()),
            ..CoalitionSettings::default()
        };
        let table = all(&game, literal.states(), &settings);
        assert!(table.coalitions().eq(players.iter().copied()));
        for (concept, by_definition) in CONCEPTS {
            for h in &players {
                let others: Vec<Vec<usize>> =
                    players.iter().filter(|p| *p != h).map(|p| indices(*p)).collect();
                for s in 0..table.states().len() {
                    assert_eq!(
                        table.is_stable(concept, *h, s),
                        Some(literal.stable_against(by_definition, &indices(*h), &others, s)),
                        "seed {seed} {reading:?} {concept:?} {:?} {s}",
                        indices(*h)
                    );
                }
            }
        }
    }
}

#[test]
fn exits_of_several_states_are_those_of_each_whatever_the_bound() {
    for seed in 0..100 {
        let shape = Shape { actors: (1, 4), options: (1, 6), states: (1, 9), ..Shape::default() };
        let game = game(seed, &shape);
        let literal = LiteralCoalitions::new(&game, Sequences::Legal).unwrap();
        for work in [None, Some(1 + seed % 24)] {
            let bounds = Bounds { work, ..Bounds::default() };
            let one = |state| exits(&game, state, usize::MAX, &bounds, &Quiet).unwrap();
            let each = exits_each(&game, literal.states(), usize::MAX, &bounds, &Quiet).unwrap();
            assert_eq!(each, literal.states().iter().map(one).collect::<Vec<_>>(), "seed {seed}, {work:?}");
        }
    }
}

#[test]
fn exits_are_the_joint_gains_with_legal_sequences() {
    let plain = Shape { actors: (1, 4), options: (1, 6), states: (1, 9), ..Shape::default() };
    for (seed, shape) in (0..300).map(|seed| (seed, plain.clone())).chain((0..60).map(|seed| (seed, few()))) {
        let game = game(seed, &shape);
        let literal = LiteralCoalitions::new(&game, Sequences::Legal).unwrap();
        for (s, state) in literal.states().iter().enumerate() {
            let found = exits(&game, state, usize::MAX, &Bounds::default(), &Quiet).unwrap();
            assert_eq!(found.limits, []);
            let mut expected = Vec::new();
            for h in Coalition::everybody(game.actors.len()).parts(usize::MAX) {
                let gains = literal.gains(&indices(h), s);
                expected.extend(gains.into_iter().map(|t| (h, literal.states()[t].clone())));
            }
            let listed: Vec<(Coalition, State)> =
                found.exits.iter().map(|e| (e.coalition, e.to.clone())).collect();
            assert_eq!(listed, expected);
            for exit in &found.exits {
                let mut at = s;
                let mut last = None;
                for (mover, to) in &exit.sequence {
                    let parties = game.parties(*mover);
                    assert!(parties.iter().all(|p| exit.coalition.contains(*p)) && last != Some(*mover));
                    let to = literal.states().iter().position(|t| t == to).unwrap();
                    assert!(literal.moves(mover.index(), at).contains(&to), "one move");
                    (at, last) = (to, Some(*mover));
                }
                assert_eq!(literal.states()[at], exit.to);
                let part = |h: &Coalition| h.is_within(exit.coalition) && *h != exit.coalition;
                let smaller: Vec<&(Coalition, State)> = expected.iter().filter(|(h, _)| part(h)).collect();
                assert_eq!(exit.minimal, smaller.is_empty());
                assert_eq!(exit.needs_all, smaller.iter().all(|(_, t)| *t != exit.to));
            }
        }
    }
}

/// Says stop after so many questions.
struct After(std::sync::atomic::AtomicU64);

impl Watch for After {
    fn stop(&self) -> Option<Stop> {
        use std::sync::atomic::Ordering::Relaxed;
        let left = self.0.fetch_update(Relaxed, Relaxed, |left| Some(left.saturating_sub(1)));
        left.is_ok_and(|left| left == 0).then_some(Stop::Time)
    }
}

/// Wherever it is cut short, what is there is what the whole table has, and what is missing is a limit.
#[test]
fn a_table_that_is_cut_short_is_exact_as_far_as_it_goes() {
    let (mut cut, mut some) = (0, 0);
    for seed in 0..60 {
        let shape = Shape { actors: (2, 4), options: (2, 6), states: (2, 9), ..Shape::default() };
        let game = game(seed, &shape);
        let reading = Sequences::ALL[seed as usize % 3];
        let literal = LiteralCoalitions::new(&game, reading).unwrap();
        let settings = CoalitionSettings { sequences: reading, threads: 1, ..CoalitionSettings::default() };
        let whole = all(&game, literal.states(), &settings);
        for questions in [0, 1, 2, 3, 5, 8, 13, 21, 50, 120, 400, u64::MAX] {
            let part = table(&game, literal.states(), &settings, &After(questions.into())).unwrap();
            let (mut shown, mut missing) = (0, 0);
            for (concept, _) in CONCEPTS {
                for h in whole.coalitions() {
                    for s in 0..whole.states().len() {
                        match part.is_stable(concept, h, s) {
                            None => missing += 1,
                            found => {
                                assert_eq!(found, whole.is_stable(concept, h, s), "seed {seed}, {questions}");
                                shown += 1;
                            }
                        }
                    }
                }
                // What is proof against all is known only when all were looked at.
                let whole_concept = whole.coalitions().all(|h| part.stable(concept, h).is_some());
                assert_eq!(part.proof(concept).is_some(), whole_concept);
            }
            assert_eq!(part.limits.is_empty(), missing == 0, "seed {seed}, {questions}");
            assert!(part.limits.iter().all(|hit| hit.stop == Stop::Time));
            cut += usize::from(missing > 0);
            some += usize::from(missing > 0 && shown > 0);
        }
    }
    assert!(cut > 200 && some > 100, "{cut} cut short, {some} of them with something to show");
}
