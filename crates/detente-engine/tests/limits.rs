//! Bounds, cancellation and bad rankings: part of the answer, the same from every engine.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use detente_engine::coalition::{CoalitionConcept, CoalitionSettings, table};
use detente_engine::testing::{Shape, agree, game, option_game, statement};
use detente_engine::{Bounds, Engine, Quiet, Settings, Solution, SolveError, Stop, Watch, solve};
use detente_model::{
    Concept, Direction::Both, Expr, Form, Game, OptionId, OutcomeStates, Preference, RankEntry, State,
};

/// Stops at the n-th question.
struct After(AtomicUsize);

impl Watch for After {
    fn stop(&self) -> Option<Stop> {
        let left = self.0.load(Relaxed);
        self.0.store(left.saturating_sub(1), Relaxed);
        (left == 0).then_some(Stop::Cancelled)
    }
}

fn settings(engine: Engine) -> Settings {
    Settings { engine, threads: 1, ..Settings::default() }
}

#[test]
fn what_was_finished_before_a_stop_is_exact() {
    let (mut partial, mut single) = (0, 0);
    for engine in [Engine::Explicit, Engine::Reference] {
        for seed in 0..20 {
            let game = game(seed, &Shape::default());
            let whole = solve(&game, &settings(engine), &Quiet).unwrap();
            for after in (0..40).chain([100, 300, 1_000, 100_000]) {
                match solve(&game, &settings(engine), &After(AtomicUsize::new(after))) {
                    Err(SolveError::Stopped(hit)) => assert_eq!(hit.stop, Stop::Cancelled),
                    Err(other) => panic!("{other}"),
                    Ok(solution) => {
                        let done: Vec<Concept> = Concept::DEFAULT
                            .into_iter()
                            .filter(|c| solution.verdicts.equilibria(*c).is_some())
                            .collect();
                        let whole_reach = solution.verdicts.reach_in(0).is_some();
                        let complete = done.len() == Concept::DEFAULT.len() && whole_reach;
                        assert_eq!(complete, solution.limits.is_empty());
                        partial += usize::from(!complete);
                        agree(&game, &done, &solution, &whole).unwrap();
                        single += some_actors_are_exact(&game, &solution, &whole);
                        if let Some(hit) = solution.limits.last() {
                            let said = |c: &Concept| hit.exact.split(", ").any(|word| word == c.id());
                            let actors = hit.exact.strip_prefix("all concepts for ");
                            assert!(actors.is_some() || done.iter().all(said), "{hit:?} {done:?}");
                            assert!(!hit.exact.is_empty() && !hit.reached.is_empty(), "{hit:?}");
                        }
                    }
                }
            }
        }
    }
    assert!(partial > 50 && single > 50, "{partial} {single}");
}

/// Compares every set that a solution has for one actor; how many it has where the concept as a
/// whole was not finished.
fn some_actors_are_exact(game: &Game, solution: &Solution, whole: &Solution) -> usize {
    let mut single = 0;
    for concept in Concept::DEFAULT {
        for actor in game.actor_ids() {
            let Some(stable) = solution.verdicts.stable(concept, actor) else { continue };
            let all = whole.verdicts.stable(concept, actor).unwrap();
            assert_eq!(stable.first(usize::MAX), all.first(usize::MAX), "{concept:?} {actor:?}");
            single += usize::from(solution.verdicts.equilibria(concept).is_none());
        }
    }
    single
}

/// The table of coalitions keeps the rows that it finished.
#[test]
fn coalitions_finished_before_a_stop_are_exact() {
    let mut partial = 0;
    for seed in 0..40 {
        let game = game(seed, &Shape { actors: (2, 4), ..Shape::default() });
        let states =
            solve(&game, &settings(Engine::Explicit), &Quiet).unwrap().verdicts.feasible().first(9999);
        let settings = CoalitionSettings { threads: 1, ..CoalitionSettings::default() };
        let whole = table(&game, &states, &settings, &Quiet).unwrap();
        for after in 0..16 {
            let cut = table(&game, &states, &settings, &After(AtomicUsize::new(after))).unwrap();
            let mut missing = 0;
            for concept in CoalitionConcept::ALL {
                let before = missing;
                for coalition in whole.coalitions() {
                    match cut.stable(concept, coalition) {
                        None => missing += 1,
                        stable => assert_eq!(stable, whole.stable(concept, coalition)),
                    }
                }
                // What is proof against every coalition is known only when every coalition is.
                let proof = if missing == before { whole.proof(concept) } else { None };
                assert_eq!(cut.proof(concept), proof, "seed {seed}, {after}, {concept:?}");
            }
            assert_eq!(missing == 0, cut.limits.is_empty(), "seed {seed}, {after}");
            partial += usize::from(missing > 0);
        }
    }
    assert!(partial > 100, "{partial}");
    // So many coalitions as fit, small ones first.
    let states: Vec<State> = (0..1 << 10).map(State::from_number).collect();
    let own = [Both; 2];
    let flat = (0..5).map(|_| Preference::Statements(vec![])).collect();
    let few = option_game(&[&own, &own, &own, &own, &own], vec![], flat);
    let bounds = Bounds { memory: Some(7 * 4 * (128 + 64)), work: None };
    let cut =
        table(&few, &states, &CoalitionSettings { bounds, ..CoalitionSettings::default() }, &Quiet).unwrap();
    assert_eq!((cut.coalitions().count(), cut.limits.len(), cut.limits[0].stop), (7, 1, Stop::Memory));
}

/// A bound on memory that leaves no room for the arrays of a box, but for its states in a list.
#[test]
fn what_does_not_fit_as_a_box_is_done_as_a_list_or_said() {
    let (mut solved, mut refused) = (0, 0);
    for seed in 0..60 {
        let game = game(seed, &Shape { graph: 0.0, options: (7, 10), ..Shape::default() });
        let whole = solve(&game, &settings(Engine::Explicit), &Quiet).unwrap();
        for memory in [1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000] {
            let bounds = Bounds { memory: Some(memory), work: None };
            match solve(&game, &Settings { bounds, ..settings(Engine::Explicit) }, &Quiet) {
                Ok(solution) => {
                    assert_eq!(solution.limits, []);
                    agree(&game, &Concept::DEFAULT, &solution, &whole).unwrap();
                    solved += 1;
                }
                Err(SolveError::Stopped(hit)) => {
                    assert_eq!(hit.stop, Stop::Memory);
                    assert!(!hit.limit.is_empty() && hit.exact.is_empty(), "{hit:?}");
                    refused += 1;
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert!(solved > 100 && refused > 50, "{solved} {refused}");
}

/// Five actors with four options each, who all want everything on: many improvements everywhere.
fn crowd() -> Game {
    let on = |o| Expr::Option(OptionId(o));
    let wish = || Preference::Statements((0..20).map(|o| statement(on(o))).collect());
    let own = [Both; 4];
    option_game(&[&own, &own, &own, &own, &own], vec![], (0..5).map(|_| wish()).collect())
}

#[test]
fn work_on_simultaneous_stability_is_bounded() {
    let bounds = Bounds { work: Some(50_000), memory: None };
    let concepts = vec![Concept::Nash, Concept::Sim];
    let settings = Settings { engine: Engine::Explicit, concepts, bounds, ..Settings::default() };
    let solution = solve(&crowd(), &settings, &Quiet).unwrap();
    assert_eq!(solution.limits.len(), 1);
    assert_eq!((solution.limits[0].stop, solution.limits[0].exact.as_str()), (Stop::Work, "nash"));
    assert!(solution.verdicts.equilibria(Concept::Sim).is_none());
    assert_eq!(solution.verdicts.equilibria(Concept::Nash).unwrap().count(), 1_u32.into());
    let only = Settings { concepts: vec![Concept::Sim], ..settings };
    assert!(
        matches!(solve(&crowd(), &only, &Quiet), Err(SolveError::Stopped(hit)) if hit.stop == Stop::Work)
    );
}

#[test]
fn too_little_memory_is_said() {
    let bounds = Bounds { memory: Some(100_000), work: None };
    let settings = Settings { engine: Engine::Explicit, bounds, ..Settings::default() };
    match solve(&crowd(), &settings, &Quiet) {
        Err(SolveError::Stopped(hit)) => assert_eq!(hit.stop, Stop::Memory),
        other => panic!("{:?}", other.map(|s| s.limits)),
    }
}

#[test]
fn more_options_than_bits_are_for_another_engine() {
    let own = [Both; 65];
    let game = option_game(&[&own], vec![], vec![Preference::Statements(vec![])]);
    assert!(matches!(solve(&game, &settings(Engine::Explicit), &Quiet), Err(SolveError::NotPossible(_))));
    assert!(matches!(solve(&game, &settings(Engine::Reference), &Quiet), Err(SolveError::NotPossible(_))));
}

/// Entries dropped from and doubled in random rankings: the same error, at the same state.
#[test]
fn broken_rankings_are_the_same_error_everywhere() {
    let (mut gaps, mut overlaps) = (0, 0);
    let shape = Shape { rankings: 1.0, graph: 0.3, ..Shape::default() };
    for seed in 0..300 {
        let mut game = game(seed, &shape);
        let actor = seed as usize % game.actor_count();
        if let Preference::Ranking(ranking) = &mut game.preferences[actor] {
            ranking.rest_last &= seed % 3 == 0;
            if seed % 2 == 0 {
                if let Some(group) = ranking.groups.iter_mut().find(|group| !group.is_empty()) {
                    group.pop();
                }
            } else if let Some(entry) = ranking.groups.iter().flatten().next().cloned() {
                ranking.groups.push(vec![entry]);
            }
        }
        let error = |engine| solve(&game, &settings(engine), &Quiet).err();
        let (explicit, reference) = (error(Engine::Explicit), error(Engine::Reference));
        assert_eq!(explicit, reference, "seed {seed}");
        gaps += usize::from(matches!(explicit, Some(SolveError::RankingGap(..))));
        overlaps += usize::from(matches!(explicit, Some(SolveError::RankingOverlap(..))));
    }
    assert!(gaps > 30 && overlaps > 30, "{gaps} {overlaps}");
}

/// Sets answer the same questions in the same words, however they are held.
#[test]
fn sets_are_the_same_from_every_engine() {
    for seed in 0..300 {
        let game = game(seed, &Shape::default());
        let [explicit, reference] = [Engine::Explicit, Engine::Reference]
            .map(|engine| solve(&game, &settings(engine), &Quiet).unwrap());
        let outcome = match &game.form {
            Form::Options(form) if !form.options.is_empty() => {
                let on = |o: u64| Expr::Option(OptionId((o % form.options.len() as u64) as u32));
                OutcomeStates::Formula(Expr::Or(vec![on(seed), on(seed / 7).negate()]))
            }
            _ => OutcomeStates::Listed((0..seed % 9).map(State::from_number).collect()),
        };
        for concept in Concept::DEFAULT {
            let sets = [&explicit, &reference].map(|s| s.verdicts.equilibria(concept).unwrap());
            let [a, b] = &sets;
            assert_eq!((a.count(), a.first(3), a.is_empty()), (b.count(), b.first(3), b.is_empty()));
            assert_eq!((a.patterns(4), a.fixed()), (b.patterns(4), b.fixed()));
            let [in_a, in_b] = [a.among(&outcome), b.among(&outcome)];
            assert_eq!(
                (in_a.count(), in_a.first(99), in_a.fixed()),
                (in_b.count(), in_b.first(99), in_b.fixed())
            );
            for number in 0..20 {
                let state = State::from_number(number);
                assert_eq!(a.contains(&state), b.contains(&state));
                assert_eq!(in_a.contains(&state), in_b.contains(&state));
            }
        }
    }
}

/// Every entry kind of a ranking is drawn by the generator.
#[test]
fn rankings_of_every_kind_are_drawn() {
    let (mut states, mut patterns, mut formulas) = (0, 0, 0);
    for seed in 0..100 {
        for preference in game(seed, &Shape { rankings: 1.0, ..Shape::default() }).preferences {
            let Preference::Ranking(ranking) = preference else { continue };
            for entry in ranking.groups.iter().flatten() {
                match entry {
                    RankEntry::State(_) => states += 1,
                    RankEntry::Pattern(_) => patterns += 1,
                    RankEntry::Formula(_) => formulas += 1,
                }
            }
        }
    }
    assert!(states > 100 && patterns > 50 && formulas > 50);
}

/// Formulas as deep as the format allows, on a small stack.
#[test]
fn deep_formulas_fit_a_small_stack() {
    let deep = |mut formula: Expr| {
        for level in 0..255_u32 {
            let option = Box::new(Expr::Option(OptionId(level % 6)));
            formula = match level % 3 {
                0 => Expr::Implies(Box::new(formula), option),
                1 => Expr::And(vec![Expr::Or(vec![formula, *option])]),
                _ => Expr::Iff(option, Box::new(formula)),
            };
        }
        formula
    };
    let run = move || {
        let on = |o| Expr::Option(OptionId(o));
        let wish = |o| Preference::Statements(vec![statement(deep(on(o))), statement(on(o))]);
        let rules = vec![detente_model::RuleKind::Always(deep(on(1)))];
        let game = option_game(&[&[Both; 3], &[Both; 3]], rules, vec![wish(0), wish(4)]);
        let [a, b] = [Engine::Explicit, Engine::Reference]
            .map(|engine| solve(&game, &settings(engine), &Quiet).unwrap());
        agree(&game, &Concept::DEFAULT, &a, &b).unwrap();
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

/// One actor with fourteen options that only go on, in a list: a lattice of 2^14 classes.
#[test]
fn many_one_way_options_are_no_trap() {
    let one_way = [detente_model::Direction::OnOnly; 14];
    let other = [Both; 20];
    let rules = (14..34).map(|o| detente_model::RuleKind::Unavailable(OptionId(o))).collect();
    let on = |o| Expr::Option(OptionId(o));
    let wish = Preference::Statements((0..14).map(|o| statement(on(o))).collect());
    let game = option_game(&[&one_way, &other], rules, vec![wish, Preference::Statements(vec![])]);
    let settings = Settings {
        engine: Engine::Explicit,
        concepts: vec![Concept::Nash, Concept::Smr],
        ..Settings::default()
    };
    let solution = solve(&game, &settings, &Quiet).unwrap();
    let stable = solution.verdicts.stable(Concept::Nash, detente_model::ActorId(0)).unwrap();
    assert_eq!(stable.first(9), [State::from_number((1 << 14) - 1)]);
}

/// Two who sign together, and an actor with many idle options: `auto` takes what answers, and the list of moves heeds the
/// watch.
#[test]
fn idle_options_beside_an_act_are_no_wall() {
    use detente_model::{Act, ActId, ActorId, Assent, AssentSaid, Switch};
    let idle = vec![Both; 18];
    let wishes = |expr: Expr| Preference::Statements(vec![statement(expr)]);
    let act = OptionId::from(20);
    let mut game = option_game(
        &[&[Both], &[Both], &idle, &[Both]],
        vec![],
        vec![
            wishes(Expr::Option(act)),
            wishes(Expr::Option(act)),
            wishes(Expr::Const(true)),
            wishes(Expr::Const(true)),
        ],
    );
    let Form::Options(form) = &mut game.form else { panic!() };
    let parties = vec![ActorId::from(0), ActorId::from(1)];
    (form.options[20].actor, form.options[20].of) = (ActorId::NOBODY, Switch::Act(ActId::from(0)));
    form.acts.push(Act {
        id: "pact".into(),
        text: "Pact".into(),
        first: act,
        bits: 1,
        begins: Assent { said: AssentSaid::All, groups: vec![parties.clone()] },
        ends: Assent { said: AssentSaid::Any, groups: parties.iter().map(|p| vec![*p]).collect() },
        parties,
        with: Vec::new(),
        with_text: None,
        grounds: Default::default(),
    });
    let solved = solve(&game, &settings(Engine::Auto), &Quiet).unwrap();
    assert_eq!(solved.engine, Engine::Symbolic);
    let lasts = solved.verdicts.equilibria(Concept::Nash).unwrap();
    assert_eq!(lasts.count(), (1_u32 << 20).into(), "the pact stands, whatever else");
    let stopped = solve(&game, &settings(Engine::Explicit), &After(AtomicUsize::new(50)));
    assert!(matches!(stopped, Err(SolveError::Stopped(hit)) if hit.stop == Stop::Cancelled));
}
