#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use detente_model::{Direction, Expr, Form, Game, OptionForm, Preference, RuleKind, Sequences, State};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{By, Choice, Evolution, EvolveError, EvolveSettings, Targets, Walker, evolve, reach, routes};
use crate::Quiet;
use crate::coalition::Coalition;
use crate::reference::coalition::LiteralCoalitions;
use crate::testing::{self, Shape, game, graph_game, state_ranking};

fn from_first(game: &Game, settings: &EvolveSettings) -> Evolution {
    let evolution = evolve(game, &State::from_number(1), settings, &Quiet).unwrap();
    assert_eq!(evolution.limits, []);
    evolution
}

/// Where it ends: state numbers, probability, expected steps.
fn ends(evolution: &Evolution) -> Vec<(Vec<u64>, String, f64)> {
    evolution
        .absorbing
        .iter()
        .map(|a| {
            let states = a.states.iter().map(|s| evolution.states[*s].number().unwrap()).collect();
            (states, a.exact.as_ref().unwrap().to_string(), a.moves)
        })
        .collect()
}

#[test]
fn three_states_one_step() {
    // Actor 1 leaves s1 for s2, actor 2 for s3.
    let prefers =
        || vec![state_ranking(&[&[2], &[1], &[3]], false), state_ranking(&[&[3], &[1], &[2]], false)];
    let game = graph_game(3, &[(0, 0, 1), (1, 0, 2)], prefers());
    let half = from_first(&game, &EvolveSettings::default());
    assert_eq!(ends(&half), [(vec![2], "1/2".into(), 1.0), (vec![3], "1/2".into(), 1.0)]);
    assert_eq!((half.moves, half.residual, half.unfollowed), (1.0, 0.0, 0.0));
    let weighted = EvolveSettings { weights: vec![1, 2], ..EvolveSettings::default() };
    let weighted = from_first(&game, &weighted);
    assert_eq!(ends(&weighted), [(vec![3], "2/3".into(), 1.0), (vec![2], "1/3".into(), 1.0)]);
    let alone = EvolveSettings { weights: vec![1, 0], ..EvolveSettings::default() };
    assert_eq!(ends(&from_first(&game, &alone)), [(vec![2], "1".into(), 1.0)]);
    let wrong = EvolveSettings { weights: vec![1], ..EvolveSettings::default() };
    assert_eq!(
        evolve(&game, &State::from_number(1), &wrong, &Quiet),
        Err(EvolveError::Weights { given: 1, actors: 2 })
    );
    assert_eq!(
        evolve(&game, &State::from_number(4), &EvolveSettings::default(), &Quiet),
        Err(EvolveError::NotFeasible(State::from_number(4)))
    );
}

#[test]
fn three_states_with_a_way_back() {
    // s1 → s2 by actor 1; from s2 back by actor 2 or on to s3 by actor 3, equally likely: the
    // number of round trips is geometric with mean 1, so 1 + 1 steps plus 2 for each trip.
    let preferences = vec![
        state_ranking(&[&[2], &[1, 3]], false),
        state_ranking(&[&[1], &[2, 3]], false),
        state_ranking(&[&[3], &[1, 2]], false),
    ];
    let game = graph_game(3, &[(0, 0, 1), (1, 1, 0), (2, 1, 2)], preferences);
    let evolution = from_first(&game, &EvolveSettings::default());
    assert_eq!(ends(&evolution), [(vec![3], "1".into(), 4.0)]);
    assert_eq!(evolution.moves, 4.0);
    assert_eq!(evolution.open_cycles, [vec![0, 1]]);
    // Three to one for going back: 3 round trips.
    let back = EvolveSettings { weights: vec![1, 3, 1], ..EvolveSettings::default() };
    assert_eq!(ends(&from_first(&game, &back)), [(vec![3], "1".into(), 8.0)]);
}

#[test]
fn a_cycle_nobody_gets_out_of() {
    // s1 → s2 or s4; s2 ⇄ s3 for ever.
    let preferences = vec![
        state_ranking(&[&[2, 4], &[1, 3]], false),
        state_ranking(&[&[3], &[2], &[1, 4]], false),
        state_ranking(&[&[2], &[3], &[1, 4]], false),
    ];
    let game = graph_game(4, &[(0, 0, 1), (0, 0, 3), (1, 1, 2), (2, 2, 1)], preferences);
    let evolution = from_first(&game, &EvolveSettings::default());
    assert_eq!(ends(&evolution), [(vec![2, 3], "1/2".into(), 1.0), (vec![4], "1/2".into(), 1.0)]);
    assert!(!evolution.absorbing[0].is_equilibrium() && evolution.absorbing[1].is_equilibrium());
}

#[test]
fn the_best_improvement_only() {
    let game =
        graph_game(4, &[(0, 0, 1), (0, 0, 2), (0, 0, 3)], vec![state_ranking(&[&[2, 3], &[4], &[1]], false)]);
    let best = EvolveSettings { choice: Choice::Best, ..EvolveSettings::default() };
    assert_eq!(ends(&from_first(&game, &best)), [(vec![2], "1/2".into(), 1.0), (vec![3], "1/2".into(), 1.0)]);
    assert_eq!(from_first(&game, &EvolveSettings::default()).absorbing.len(), 3);
}

#[test]
fn coalitions_move_where_no_part_of_them_can() {
    // Neither of two alone leaves s1; together they go over s2 to s3, which both prefer.
    let preferences =
        vec![state_ranking(&[&[3], &[1], &[2]], false), state_ranking(&[&[3], &[1], &[2]], false)];
    let game = graph_game(3, &[(0, 0, 1), (1, 1, 2)], preferences);
    assert_eq!(ends(&from_first(&game, &EvolveSettings::default())), [(vec![1], "1".into(), 0.0)]);
    let together = EvolveSettings { coalitions: true, ..EvolveSettings::default() };
    let evolution = from_first(&game, &together);
    assert_eq!(ends(&evolution), [(vec![3], "1".into(), 1.0)]);
    assert_eq!(evolution.steps[0].mover, Walker::Coalition(Coalition::everybody(2)));
    let states: Vec<State> = (1..=3).map(State::from_number).collect();
    let by = |by| routes(&game, &states[0], Targets::Listed(&states), by, 100, &Quiet).unwrap();
    assert_eq!(by(By::Improvements).len(), 0);
    let joint = by(By::Coalitions);
    assert_eq!((joint.len(), joint[0].sequence.len()), (1, 1));
    let moves = by(By::Moves);
    assert_eq!(moves.iter().map(|r| r.sequence.len()).collect::<Vec<_>>(), [1, 2]);
    let reach = reach(&game, &states[0], 100, &Quiet).unwrap();
    assert_eq!((reach.by_moves.len(), reach.by_improvements.len()), (2, 0));
    assert_eq!(reach.dead_ends, [State::from_number(3)]);
}

#[test]
fn a_limit_is_part_of_the_answer() {
    let ranks: Vec<Vec<u64>> = (1..=9).rev().map(|s| vec![s]).collect();
    let groups: Vec<&[u64]> = ranks.iter().map(Vec::as_slice).collect();
    let arcs: Vec<(usize, u32, u32)> = (0..8).flat_map(|s| [(0, s, s + 1), (1, s, 8)]).collect();
    let game = graph_game(9, &arcs, vec![state_ranking(&groups, false), state_ranking(&groups, false)]);
    let settings = EvolveSettings { limit: 4, ..EvolveSettings::default() };
    let cut = evolve(&game, &State::from_number(1), &settings, &Quiet).unwrap();
    assert_eq!(cut.limits.len(), 1);
    let seen: f64 = cut.absorbing.iter().map(|a| a.probability).sum();
    assert!((seen + cut.unfollowed - 1.0).abs() < 1e-12 && cut.unfollowed > 0.0);
    assert_eq!(cut.moves, f64::INFINITY);
    let last = [State::from_number(9)];
    let ways = routes(&game, &State::from_number(1), Targets::Listed(&last), By::Moves, 100, &Quiet);
    assert_eq!(ways.unwrap()[0].sequence.len(), 1);
}

#[test]
fn probabilities_agree_with_a_long_simulation() {
    let mut random = ChaCha8Rng::seed_from_u64(17);
    let (mut compared, mut cyclic, mut joint) = (0, 0, 0);
    let plain = Shape { actors: (2, 4), options: (3, 6), states: (4, 16), ..Shape::default() };
    for (seed, shape) in (0..260).flat_map(|seed| [(seed, plain.clone()), (seed, Shape::several())]) {
        let game = game(seed, &shape);
        let literal = LiteralCoalitions::new(&game, Sequences::Legal).unwrap();
        let weights: Vec<u64> = game.actors.iter().map(|_| random.random_range(1..4)).collect();
        let form = game.option_form();
        let mut some = |count: usize| (0..count).map(|_| random.random_range(1..4)).collect::<Vec<u64>>();
        let acts = some(form.map_or(0, |form| form.acts.len()));
        let chances = some(form.map_or(0, |form| form.chances.len()));
        let settings = EvolveSettings {
            weights: weights.clone(),
            acts: acts.clone(),
            chances: chances.clone(),
            ..EvolveSettings::default()
        };
        let start = random.random_range(0..literal.states().len());
        let evolution = evolve(&game, &literal.states()[start], &settings, &Quiet).unwrap();
        if evolution.absorbing.len() < 2 || evolution.states.len() > 200 {
            continue;
        }
        cyclic += usize::from(!evolution.open_cycles.is_empty());
        joint += usize::from(evolution.steps.iter().any(|s| match s.mover {
            Walker::Mover(mover) => mover.index() >= game.actors.len(),
            _ => true,
        }));
        // Improvements of movers, from the literal engine; weights in twelfths (an act has at most four groups).
        let movers = game.movers();
        let ways: Vec<Vec<(u64, Vec<usize>)>> = (0..literal.states().len())
            .map(|s| {
                let better = |mover: usize| {
                    let moves = literal.moves(mover, s).iter().copied();
                    let all = |t: &usize| {
                        movers[mover].parties.iter().all(|party| literal.prefers(party.index(), *t, s))
                    };
                    moves.filter(all).collect::<Vec<usize>>()
                };
                let mut ways: Vec<(u64, Vec<usize>)> =
                    (0..game.actors.len()).map(|i| (12 * weights[i], better(i))).collect();
                let mut groups: std::collections::BTreeMap<_, Vec<usize>> = std::collections::BTreeMap::new();
                let mut sharing: std::collections::BTreeMap<usize, std::collections::BTreeSet<_>> =
                    std::collections::BTreeMap::new();
                for (at, mover) in movers.iter().enumerate() {
                    let Some(joint) = mover.joint else { continue };
                    let ends = matches!(joint.step, detente_model::Step::End);
                    let parties: Vec<usize> = mover.parties.iter().map(|p| p.index()).collect();
                    groups.entry((joint.act.index(), ends, parties.clone())).or_default().extend(better(at));
                    sharing.entry(joint.act.index()).or_default().insert(parties);
                }
                for ((act, ..), ends) in groups {
                    ways.push((12 * acts[act] / sharing[&act].len() as u64, ends));
                }
                for (at, chance) in form.map_or(&[][..], |form| &form.chances).iter().enumerate() {
                    let now = &literal.states()[s];
                    let then = now.with(&[(chance.switch, true)]).with(&chance.then);
                    if !now.is_on(chance.switch) {
                        let to = literal.states().iter().position(|state| *state == then);
                        ways.push((12 * chances[at], to.into_iter().collect()));
                    }
                }
                ways.retain(|(_, ends)| !ends.is_empty());
                ways
            })
            .collect();
        const RUNS: usize = 20_000;
        let mut count = vec![0_u32; evolution.absorbing.len()];
        let mut steps = vec![0_u64; evolution.absorbing.len()];
        let ends: Vec<Option<usize>> = literal
            .states()
            .iter()
            .map(|state| {
                let at = |a: &super::Absorbing| a.states.iter().any(|s| evolution.states[*s] == *state);
                evolution.absorbing.iter().position(at)
            })
            .collect();
        for _ in 0..RUNS {
            let (mut s, mut taken) = (start, 0);
            while ends[s].is_none() {
                let total: u64 = ways[s].iter().map(|(w, _)| w).sum();
                let mut draw = random.random_range(0..total);
                let mover = ways[s].iter().find(|(w, _)| {
                    let here = draw < *w;
                    draw = draw.saturating_sub(*w);
                    here
                });
                let choices = &mover.unwrap().1;
                s = choices[random.random_range(0..choices.len())];
                taken += 1;
            }
            count[ends[s].unwrap()] += 1;
            steps[ends[s].unwrap()] += taken;
        }
        for (k, absorbing) in evolution.absorbing.iter().enumerate() {
            let p = absorbing.probability;
            let share = f64::from(count[k]) / RUNS as f64;
            let error = (p * (1.0 - p) / RUNS as f64).sqrt();
            assert!((share - p).abs() < 5.0 * error + 1e-9, "seed {seed}: {share} for {p}");
            if count[k] > 2_000 {
                let mean = steps[k] as f64 / f64::from(count[k]);
                let relative = (mean - absorbing.moves).abs() / absorbing.moves.max(1.0);
                assert!(relative < 0.1, "seed {seed}: {mean} steps for {}", absorbing.moves);
            }
        }
        compared += 1;
    }
    assert!(compared > 60 && cyclic > 3 && joint > 8, "{compared} {cyclic} {joint}");
}

#[test]
fn fractions_elimination_and_iteration_agree() {
    let mut compared = 0;
    for seed in 0..300 {
        let shape = Shape { actors: (2, 4), options: (3, 6), states: (4, 16), ..Shape::default() };
        let game = game(seed, &shape);
        let start = game.status_quo.clone().unwrap();
        let evolution = evolve(&game, &start, &EvolveSettings::default(), &Quiet).unwrap();
        let sum: f64 = evolution.absorbing.iter().map(|a| a.probability).sum();
        assert!((sum - 1.0).abs() < 1e-12, "seed {seed}: {sum}");
        assert!(evolution.residual < 1e-12);
        let other = super::absorb::by_iteration(&start, &game, &Quiet);
        for (a, b) in evolution.absorbing.iter().zip(&other.absorbing) {
            assert!(
                (a.probability - b.probability).abs() < 1e-12
                    && (a.moves - b.moves).abs() < 1e-9 * a.moves.max(1.0)
            );
            compared += usize::from(a.exact.is_some());
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn an_actor_moves_twice_in_a_row_everywhere_or_nowhere() {
    // Actor 1 goes from s1 over s2 to s3, and there is no move of anybody else.
    let game = graph_game(
        3,
        &[(0, 0, 1), (0, 1, 2)],
        vec![state_ranking(&[&[3], &[2], &[1]], false), state_ranking(&[&[1, 2, 3]], false)],
    );
    let from = State::from_number(1);
    let evolution = from_first(&game, &EvolveSettings::default());
    assert_eq!(ends(&evolution), [(vec![3], "1".into(), 2.0)]);
    let reach = reach(&game, &from, 100, &Quiet).unwrap();
    assert_eq!((reach.by_moves.len(), reach.by_improvements.len()), (2, 2));
    assert_eq!(reach.dead_ends, [State::from_number(3)]);
    let last = [State::from_number(3)];
    for by in [By::Improvements, By::Coalitions, By::Moves] {
        let ways = routes(&game, &from, Targets::Listed(&last), by, 100, &Quiet).unwrap();
        assert_eq!(ways[0].sequence.len(), 2, "{by:?}");
    }
}

#[test]
fn whatever_the_chain_comes_to_can_be_reached() {
    let mut seen = 0;
    let plain = Shape { graph: 0.5, cannot: 0.6, options: (2, 6), ..Shape::default() };
    for (seed, shape) in (0..300).flat_map(|seed| [(seed, plain.clone()), (seed, Shape::several())]) {
        let game = game(seed, &shape);
        let from = game.status_quo.clone().unwrap();
        let evolution = evolve(&game, &from, &EvolveSettings::default(), &Quiet).unwrap();
        let reach = reach(&game, &from, 1 << 12, &Quiet).unwrap();
        let mut came: Vec<State> = evolution.states.iter().filter(|s| **s != from).cloned().collect();
        came.sort();
        assert_eq!(came, reach.by_improvements, "seed {seed}");
        assert!(came.iter().all(|state| reach.by_moves.contains(state)), "seed {seed}");
        let ways = routes(&game, &from, Targets::Listed(&came), By::Improvements, 1 << 12, &Quiet).unwrap();
        assert_eq!(ways.len(), came.len(), "seed {seed}");
        seen += came.len();
    }
    assert!(seen > 300, "{seen}");
}

#[test]
fn who_has_no_weight_may_still_have_reason_to_leave() {
    let game = graph_game(
        2,
        &[(0, 0, 1)],
        vec![state_ranking(&[&[2], &[1]], false), state_ranking(&[&[1, 2]], false)],
    );
    let settings = EvolveSettings { weights: vec![0, 1], ..EvolveSettings::default() };
    let evolution = from_first(&game, &settings);
    assert_eq!(ends(&evolution), [(vec![1], "1".into(), 0.0)]);
    assert_eq!(evolution.absorbing[0].held, [Walker::Mover(detente_model::MoverId(0))]);
    assert!(!evolution.absorbing[0].is_equilibrium());
    let settings = EvolveSettings { weights: vec![1, 0], ..EvolveSettings::default() };
    assert!(from_first(&game, &settings).absorbing[0].is_equilibrium());
}

/// `pairs` pairs of actors who go round for ever, each wanting the contrary of the other, until all pairs
/// stand so that one more actor can end it for good.
fn carousel(pairs: usize) -> Game {
    let option = |o: usize| Expr::Option(detente_model::OptionId::from(o));
    let mut options = Vec::new();
    let mut preferences = Vec::new();
    let ended = option(2 * pairs);
    for pair in 0..pairs {
        let same = Expr::Iff(Box::new(option(2 * pair)), Box::new(option(2 * pair + 1)));
        for (actor, wish) in [(2 * pair, same.clone()), (2 * pair + 1, same.negate())] {
            options.push(testing::option(format!("o{actor}"), actor, Direction::Both));
            preferences
                .push(Preference::Statements(vec![testing::statement(Expr::Or(vec![ended.clone(), wish]))]));
        }
    }
    options.push(testing::option("end".to_owned(), 2 * pairs, Direction::OnOnly));
    preferences.push(Preference::Statements(vec![testing::statement(ended.clone())]));
    let all = Expr::And((0..2 * pairs).map(option).collect());
    let rules = vec![testing::rule(RuleKind::Never(Expr::And(vec![ended, all.negate()])))];
    let form = OptionForm { options, rules, ..OptionForm::default() };
    Game {
        actors: (0..=2 * pairs).map(testing::actor).collect(),
        form: Form::Options(form),
        preferences,
        status_quo: Some(State::default()),
        ..Game::default()
    }
}

#[test]
fn chains_that_are_hardly_ever_left_are_solved() {
    // The last is beyond any elimination.
    for (pairs, states) in [(2, 17), (5, 1025), (6, 4097)] {
        let game = carousel(pairs);
        let evolution = evolve(&game, &State::default(), &EvolveSettings::default(), &Quiet).unwrap();
        assert_eq!(evolution.states.len(), states);
        assert!(evolution.settled && evolution.limits.is_empty() && evolution.unfollowed == 0.0);
        assert!(evolution.residual < 1e-7, "{}", evolution.residual);
        let [end] = &evolution.absorbing[..] else { panic!("one end") };
        assert!((end.probability - 1.0).abs() < 1e-7, "{}", end.probability);
        // Everywhere one of a pair moves, at the end one more may: about (states × pairs) steps.
        assert!(evolution.moves > states as f64 && evolution.moves < states as f64 * 40.0);
    }
}

#[test]
fn what_does_not_settle_says_so_and_gives_bounds() {
    // A row of coin tosses, a hundred to one against the end: no more than 2^-400 gets there.
    const LAST: u32 = 3_000;
    let mut arcs = Vec::new();
    for s in 0..LAST {
        arcs.extend([(0, s, s + 1), (1, s + 1, s)]);
    }
    let up: Vec<Vec<u64>> = (1..=u64::from(LAST) + 1).rev().map(|s| vec![s]).collect();
    let down: Vec<Vec<u64>> = up.iter().rev().cloned().collect();
    let ranking =
        |groups: &[Vec<u64>]| state_ranking(&groups.iter().map(Vec::as_slice).collect::<Vec<_>>(), false);
    let mut game = graph_game(LAST as usize + 1, &arcs, vec![ranking(&up), ranking(&down)]);
    if let Form::Graph(form) = &mut game.form {
        form.arcs.retain(|arc| !(arc.actor.index() == 1 && arc.from == LAST));
    }
    let settings = EvolveSettings { weights: vec![1, 100], ..EvolveSettings::default() };
    let evolution = evolve(&game, &State::from_number(1), &settings, &Quiet).unwrap();
    let sum: f64 = evolution.absorbing.iter().map(|a| a.probability).sum();
    if evolution.settled {
        assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    } else {
        assert!((sum + evolution.unfollowed - 1.0).abs() < 1e-12);
        assert!(evolution.unfollowed > 0.0 && evolution.moves == f64::INFINITY);
        assert!(evolution.limits.iter().any(|hit| hit.what.contains("where it ends")));
    }
    assert!(!evolution.settled, "a harder chain is needed here");
}
