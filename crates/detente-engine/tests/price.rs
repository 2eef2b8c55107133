//! The least change, against one found by hand: single changes made one after the other, each game
//! solved by the literal reference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::case;
use detente_engine::GraphModel;
use detente_engine::price::{Aim, Change, Costs, Price, PriceSettings, changed, price, price_in};
use detente_engine::testing::{Shape, game};
use detente_engine::{Engine, Quiet, Settings, SolveError, Stop, solve};
use detente_model::{
    Concept, Expr, Form, Game, Grounds, OptionId, OutcomeStates, Preference, Rule, RuleKind, Statement,
};

/// Marks the wish that a change brought in: it can be moved, not turned round.
const NEW: &str = "new";

/// Every game that one change away from `game`.
fn neighbours(game: &Game, wish: &Expr) -> Vec<Game> {
    let mut all = Vec::new();
    for at in 0..game.preferences.len() {
        let mut with = |preference: Preference| {
            let mut next = game.clone();
            next.preferences[at] = preference;
            all.push(next);
        };
        match &game.preferences[at] {
            Preference::Ranking(_) => {}
            Preference::Weights(list) => {
                for k in 0..list.len() {
                    let mut dropped = list.clone();
                    dropped.remove(k);
                    with(Preference::Weights(dropped));
                    if list[k].is_one_thing() {
                        let mut flipped = list.clone();
                        flipped[k].weight = -flipped[k].weight;
                        with(Preference::Weights(flipped));
                    }
                }
            }
            Preference::Statements(list) => {
                for k in 0..list.len() {
                    let mut rest = list.clone();
                    let taken = rest.remove(k);
                    let new = taken.id.as_deref() == Some(NEW);
                    if !new {
                        with(Preference::Statements(rest.clone()));
                        if list[k].is_one_thing() {
                            let mut flipped = list.clone();
                            flipped[k].that = flipped[k].that.clone().negate();
                            with(Preference::Statements(flipped));
                        }
                    }
                    for to in 0..=rest.len() {
                        let mut moved = rest.clone();
                        moved.insert(to, taken.clone());
                        with(Preference::Statements(moved));
                    }
                }
                if list.iter().all(|s| s.id.as_deref() != Some(NEW)) {
                    for to in 0..=list.len() {
                        let mut more = list.clone();
                        more.insert(
                            to,
                            Statement {
                                id: Some(NEW.to_owned()),
                                that: wish.clone(),
                                grounds: Grounds::default(),
                                strong: false,
                                unknown: false,
                                confidence: None,
                                ..Statement::default()
                            },
                        );
                        with(Preference::Statements(more));
                    }
                }
            }
        }
    }
    if let Form::Options(form) = &game.form {
        for option in 0..form.options.len() {
            let rule = Rule {
                id: None,
                kind: RuleKind::Unavailable(OptionId::from(option)),
                grounds: Grounds::default(),
                confidence: None,
            };
            if !form.rules.contains(&rule) {
                let mut next = game.clone();
                let Form::Options(form) = &mut next.form else { unreachable!() };
                form.rules.push(rule);
                all.push(next);
            }
        }
    }
    all
}

/// The same text for games that are the same.
fn key(game: &Game) -> String {
    let mut game = game.clone();
    game.status_quo = None;
    if let Form::Options(form) = &mut game.form {
        let first = form.rules.iter().position(|r| matches!(r.kind, RuleKind::Unavailable(_)));
        let first = first.unwrap_or(form.rules.len());
        form.rules[first..].sort_by_key(|rule| match rule.kind {
            RuleKind::Unavailable(option) => option,
            _ => unreachable!("random games have no such rules of their own"),
        });
    }
    game.canonical()
}

fn meets(game: &Game, aim: Aim, concept: Concept, outcome: &OutcomeStates) -> bool {
    let settings =
        Settings { engine: Engine::Reference, concepts: vec![concept], threads: 1, ..Settings::default() };
    // What is forbidden and on today is then off; where that is not possible, nothing is said of where things stand.
    let mut game = game.clone();
    if let (Form::Options(form), Some(state)) = (&game.form, &mut game.status_quo) {
        for rule in &form.rules {
            if let RuleKind::Unavailable(option) = rule.kind {
                state.set(option, false);
            }
        }
    }
    let here = game.status_quo.take();
    game.status_quo =
        here.filter(|state| game.option_form().is_none_or(|form| form.broken_rule(state).is_none()));
    match solve(&game, &settings, &Quiet) {
        Ok(solution) => aim.is_met(&*solution.verdicts, concept, outcome).unwrap(),
        Err(SolveError::NoFeasibleState) => false,
        // A ranking that covers what is possible may not cover what is left.
        Err(_) => false,
    }
}

/// An actor that had a wish has one.
fn all_have_motives(before: &Game, after: &Game) -> bool {
    before.preferences.iter().zip(&after.preferences).all(|pair| match pair {
        (Preference::Statements(old), Preference::Statements(new)) => old.is_empty() || !new.is_empty(),
        (Preference::Weights(old), Preference::Weights(new)) => old.is_empty() || !new.is_empty(),
        _ => true,
    })
}

/// The least cost up to `most`, and all games at it.
fn by_hand(
    game: &Game,
    wish: &Expr,
    aim: Aim,
    concept: Concept,
    outcome: &OutcomeStates,
    most: u32,
) -> (Option<u32>, BTreeSet<String>) {
    let mut known = BTreeSet::from([key(game)]);
    let mut level = BTreeMap::from([(key(game), game.clone())]);
    for cost in 0..=most {
        let met: BTreeSet<String> = level
            .iter()
            .filter(|(_, now)| all_have_motives(game, now) && meets(now, aim, concept, outcome))
            .map(|(key, _)| key.clone())
            .collect();
        if !met.is_empty() {
            return (Some(cost), met);
        }
        let next = level.values().flat_map(|now| neighbours(now, wish));
        level = next.map(|game| (key(&game), game)).filter(|(key, _)| !known.contains(key)).collect();
        known.extend(level.keys().cloned());
    }
    (None, BTreeSet::new())
}

fn settings(aim: Aim, concept: Concept, most: u32) -> PriceSettings {
    PriceSettings {
        settings: Settings { threads: 2, ..Settings::default() },
        concept,
        aim,
        costs: Costs::default(),
        most,
        games: 100_000,
    }
}

fn games(game: &Game, outcome: &OutcomeStates, aim: Aim, found: &Price) -> BTreeSet<String> {
    found.ways.iter().map(|way| key(&changed(game, outcome, aim, &way.changes).unwrap())).collect()
}

#[test]
fn it_is_the_least_and_all_of_it_is_found() {
    let shape = Shape {
        actors: (2, 3),
        options: (2, 4),
        statements: 2,
        rules: 1,
        graph: 0.0,
        rankings: 0.1,
        ..Shape::default()
    };
    let mut seen = [0; 4];
    for seed in 0..60 {
        let game = game(seed, &shape);
        let n = game.options().len();
        let last = Expr::Option(OptionId::from(n - 1));
        let wish = Expr::And(vec![Expr::Option(OptionId::from(seed as usize % n)), last.negate()]);
        let aim = [Aim::Possible, Aim::Certain, Aim::Never][seed as usize % 3];
        let concept = Concept::DEFAULT[seed as usize % 5];
        let outcome = OutcomeStates::Formula(wish.clone());
        let added = if aim == Aim::Never { wish.clone().negate() } else { wish.clone() };
        let (cost, all) = by_hand(&game, &added, aim, concept, &outcome, 2);
        let found = price(&game, &outcome, &settings(aim, concept, 2), &Quiet).unwrap();
        assert_eq!(found.cost, cost, "seed {seed}");
        assert!(found.limits.is_empty(), "seed {seed}: {:?}", found.limits);
        seen[cost.map_or(3, |cost| cost as usize)] += 1;
        match cost {
            Some(0) => assert!(found.ways.is_empty() && found.below == 0),
            _ => {
                assert_eq!(found.below, cost.unwrap_or(3), "seed {seed}");
                assert_eq!(games(&game, &outcome, aim, &found), all, "seed {seed}");
            }
        }
    }
    // All lengths of search were seen.
    assert!(seen.iter().all(|&count| count >= 2), "{seen:?}");
}

#[test]
fn costs_weigh() {
    let conflict = case("south-caucasus-2023-solo");
    let outcome = conflict.questions.iter().find(|q| q.id == "price").unwrap().outcome.clone().unwrap();
    let at = |costs| {
        let settings = PriceSettings { costs, ..settings(Aim::Never, Concept::Nash, 6) };
        price(&conflict.game, &outcome, &settings, &Quiet).unwrap()
    };
    let all = at(Costs::default());
    assert_eq!(all.cost, Some(1));
    let forbids = |found: &Price| {
        found.ways.iter().flat_map(|way| &way.changes).any(|c| matches!(c, Change::Forbid(_)))
    };
    assert!(forbids(&all));
    // Options become dear: the other single changes are left.
    let dear = at(Costs { forbid: 3, ..Costs::default() });
    assert!(dear.cost == Some(1) && !forbids(&dear));
    let kept: Vec<_> = all.ways.iter().filter(|way| !matches!(way.changes[0], Change::Forbid(_))).collect();
    assert_eq!(dear.ways.iter().collect::<Vec<_>>(), kept);
    // All else becomes dearer still.
    let other = at(Costs { drop: 4, flip: 4, shift: 4, add: 4, forbid: 2 });
    assert_eq!((other.cost, other.below), (Some(2), 2));
    assert!(other.ways.iter().all(|way| matches!(way.changes[..], [Change::Forbid(_)])));
}

#[test]
fn every_way_of_the_flagship_holds_by_the_definitions() {
    let conflict = case("south-caucasus-2023-solo");
    let outcome = conflict.questions.iter().find(|q| q.id == "price").unwrap().outcome.clone().unwrap();
    let OutcomeStates::Formula(that) = &outcome else { panic!() };
    for (aim, most) in [(Aim::Certain, 2), (Aim::Never, 1)] {
        let found = price(&conflict.game, &outcome, &settings(aim, Concept::Nash, most), &Quiet).unwrap();
        let added = if aim == Aim::Never { that.clone().negate() } else { that.clone() };
        // All single changes by hand; what takes two is held against the definitions one by one.
        let (cost, all) = by_hand(&conflict.game, &added, aim, Concept::Nash, &outcome, 1);
        if found.cost == Some(1) {
            assert_eq!((cost, games(&conflict.game, &outcome, aim, &found)), (Some(1), all));
            // Without the West's guarantee an agreement can still hold, and does not last; unsigned it cannot.
            let possible = |name: &str| {
                let forbid = Change::Forbid(conflict.game.option(name).unwrap());
                found.ways.iter().find(|way| way.changes == [forbid]).unwrap().possible
            };
            assert!(possible("west.guarantee") && !possible("az.sign") && !possible("am.sign"));
        } else {
            assert_eq!(cost, None);
            for way in &found.ways {
                let game = changed(&conflict.game, &outcome, aim, &way.changes).unwrap();
                assert!(meets(&game, aim, Concept::Nash, &outcome), "{way:?}");
            }
        }
        // It is all that lasts after two changes only where "I do it only if you do" is turned round, which is no way.
        match aim {
            Aim::Certain => assert_eq!((found.cost, found.below), (None, 3)),
            _ => assert_eq!(found.cost, Some(1)),
        }
    }
}

#[test]
fn bounds_are_part_of_the_answer() {
    let conflict = case("south-caucasus-2023-solo");
    let outcome = conflict.questions.iter().find(|q| q.id == "price").unwrap().outcome.clone().unwrap();
    let short = PriceSettings { games: 20, ..settings(Aim::Certain, Concept::Nash, 2) };
    let found = price(&conflict.game, &outcome, &short, &Quiet).unwrap();
    assert_eq!((found.games, found.below, found.limits.len()), (20, 1, 1));
    assert_eq!(found.limits[0].stop, Stop::Work);
    // The same games whatever the number of threads.
    for threads in [1, 2, 4] {
        let settings = Settings { threads, ..Settings::default() };
        let again =
            price(&conflict.game, &outcome, &PriceSettings { settings, ..short.clone() }, &Quiet).unwrap();
        assert_eq!(again, found);
    }
}

#[test]
fn a_state_and_its_pattern_have_the_same_price() {
    let mut seen = 0;
    for seed in 0..60 {
        let shape = Shape { options: (2, 4), actors: (2, 3), graph: 0.0, rankings: 0.0, ..Shape::default() };
        let game = game(seed, &shape);
        let state = game.status_quo.clone().unwrap();
        let cells = (0..game.options().len()).map(|at| {
            let option = Expr::Option(OptionId::from(at));
            if state.is_on(OptionId::from(at)) { option } else { option.negate() }
        });
        let pattern = OutcomeStates::Formula(Expr::And(cells.collect()));
        let listed = OutcomeStates::Listed(vec![state]);
        for aim in &Aim::ALL {
            let settings = PriceSettings {
                settings: Settings::default(),
                concept: Concept::Nash,
                aim: aim.0,
                costs: Costs::default(),
                most: 1,
                games: 1_000,
            };
            let by_pattern = price(&game, &pattern, &settings, &Quiet).unwrap();
            let by_state = price(&game, &listed, &settings, &Quiet).unwrap();
            assert_eq!(by_state, by_pattern, "seed {seed}");
            for way in &by_state.ways {
                let add = way.changes.iter().any(|change| matches!(change, Change::Add { .. }));
                seen += usize::from(add);
                let one = changed(&game, &listed, aim.0, &way.changes);
                assert_eq!(one, changed(&game, &pattern, aim.0, &way.changes));
                assert!(one.is_some());
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

/// 64 at a time or one by one, and by the literal definitions: the same changes do it, in the same order.
#[test]
fn many_at_a_time_find_what_one_by_one_finds() {
    let shapes = [
        Shape { graph: 0.0, rankings: 0.1, options: (2, 5), ..Shape::several() },
        Shape { graph: 0.0, rankings: 0.1, options: (2, 5), ..Shape::plain() },
        Shape { graph: 0.0, rankings: 0.0, options: (2, 5), weights: 0.5, ..Shape::default() },
    ];
    let (mut tried, mut found_some) = (0, 0);
    for seed in 0..1_200 {
        let game = game(seed, &shapes[seed as usize % 3]);
        let n = game.options().len();
        let last = Expr::Option(OptionId::from(n - 1));
        let wish = Expr::Or(vec![Expr::Option(OptionId::from(seed as usize % n)), last.negate()]);
        let outcome = OutcomeStates::Formula(wish);
        let aim = [Aim::Certain, Aim::Possible, Aim::Never][seed as usize / 3 % 3];
        let concept = Concept::DEFAULT[seed as usize / 9 % 5];
        let short = PriceSettings { games: 14, ..settings(aim, concept, 1) };
        let Ok(many) = price(&game, &outcome, &short, &Quiet) else { continue };
        let alone = GraphModel(Settings { concepts: vec![concept], threads: 1, ..Settings::default() });
        let one_by_one = price_in(&alone, &game, &outcome, &short, &Quiet).unwrap();
        assert_eq!(many, one_by_one, "seed {seed}");
        if seed % 60 == 0 {
            let settings = Settings { engine: Engine::Reference, threads: 2, ..Settings::default() };
            let literally = price(&game, &outcome, &PriceSettings { settings, ..short }, &Quiet).unwrap();
            assert_eq!((&many.ways, many.cost), (&literally.ways, literally.cost), "seed {seed}");
        }
        tried += 1;
        found_some += usize::from(!many.ways.is_empty());
    }
    assert!(tried >= 1_000 && found_some >= 60, "{tried}, {found_some}");
}
