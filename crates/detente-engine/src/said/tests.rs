//! Against the definitions, typed in once more; and by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use detente_model::{Direction::Both, Grounds, OptionId, Sequences};

use super::*;
use crate::reference::said::{Grade, Spoken};
use crate::testing::{self, Shape, option_game, state_ranking};
use crate::{Quiet, Settings};

/// As it is told.
fn as_told(states: &[State]) -> Told {
    Told { count: states.len(), first: states.iter().take(TOLD).cloned().collect() }
}

fn grade(would: &Would) -> Grade {
    match would {
        Would::Does(_) => Grade::Does,
        Would::HeldBack { .. } => Grade::HeldBack,
        Would::Loses { .. } => Grade::Loses,
        Would::Cannot => Grade::Cannot,
    }
}

fn yes(dilemma: &Dilemma) -> Option<bool> {
    match dilemma {
        Dilemma::Missing(_) => None,
        Dilemma::No => Some(false),
        Dilemma::Yes(_) => Some(true),
        Dilemma::Open => panic!("a bound was hit"),
    }
}

/// Every case, every way of counting on it, every dilemma of random games, with acts, conditions, levels, chance and
/// dates and without.
#[test]
fn what_is_said_is_what_the_definitions_say() {
    let shapes = [
        Shape { graph: 0.0, options: (1, 5), ..Shape::default() },
        Shape::several(),
        Shape { options: (2, 5), acts: 1, ..Shape::several() },
    ];
    let concepts = [Concept::Nash, Concept::Seq, Concept::Gmr];
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut see = |what: String| *seen.entry(what).or_default() += 1;
    for seed in 0..1_200_u64 {
        let game = testing::game(seed, &shapes[seed as usize % shapes.len()]);
        let concept = concepts[seed as usize / 3 % concepts.len()];
        let sequences = if seed % 10 == 9 { Sequences::Single } else { Sequences::Legal };
        let spoken = testing::said(seed, &game);
        let settings = Settings { sequences, threads: 1, ..Settings::default() };
        let found = said(&game, &spoken, concept, &settings, &Quiet).unwrap();
        assert!(found.limits.is_empty(), "{seed}: {:?}", found.limits);
        let literal = Spoken::new(&game, concept, sequences).unwrap();
        let lasting = literal.lasting();
        assert_eq!(found.lasting, as_told(&lasting), "{seed}: what lasts");
        for (one, saying) in spoken.iter().zip(&found.sayings) {
            let expected = literal.saying(one);
            let cases: BTreeMap<State, Grade> =
                saying.cases.iter().map(|case| (case.state.clone(), grade(&case.would))).collect();
            assert_eq!(cases, expected.cases, "{seed}: cases of {one:?}");
            let counting = saying.work.as_ref().map(|work| work.lasting.clone());
            let literally = expected.counting.as_deref();
            assert_eq!(counting, literally.map(as_told), "{seed}: counting on {one:?}");
            cases.values().for_each(|grade| see(format!("{grade:?}")));
            if let (Some(work), Some(then)) = (&saying.work, literally) {
                see(format!("{:?}", work.effect));
                check(&game, one, &lasting, then, work);
            }
            saying.cases.iter().for_each(|case| shown(&game, one, case));
        }
        let pairs: Vec<_> = found
            .pairs
            .iter()
            .map(|pair| (pair.of, pair.against, pair.dilemmas.each_ref().map(yes)))
            .collect();
        assert_eq!(pairs, literal.pairs(&spoken), "{seed}: dilemmas of {spoken:?}");
        for (_, _, dilemmas) in pairs {
            let kinds = Kind::ALL.iter().zip(dilemmas);
            kinds.for_each(|((_, kind), there)| see(format!("{kind}: {there:?}")));
        }
    }
    // Everything that can come out does.
    let mut kinds: Vec<String> = ["Cannot", "Loses", "HeldBack", "Does", "None"].map(str::to_owned).to_vec();
    kinds.extend(Effect::ALL.iter().map(|(effect, _)| format!("{:?}", Some(effect))));
    for (_, kind) in Kind::ALL {
        kinds.extend(["None", "Some(true)", "Some(false)"].map(|there| format!("{kind}: {there}")));
    }
    for kind in kinds {
        assert!(seen.get(&kind).is_some_and(|count| *count >= 10), "{kind}: {seen:?}");
    }
}

/// What the sets say of an effect.
fn check(game: &Game, said: &Said, old: &[State], new: &[State], work: &Work) {
    let form = game.option_form().unwrap();
    let asked =
        |state: &State| form.holds(said.when.as_ref().unwrap(), state) != (said.kind == SaidKind::Threat);
    let gained: Vec<State> = new.iter().filter(|state| !old.contains(state)).cloned().collect();
    let lost: Vec<State> = old.iter().filter(|state| !new.contains(state)).cloned().collect();
    assert_eq!((&work.gained, &work.lost), (&as_told(&gained), &as_told(&lost)));
    let Some(effect) = work.effect else { return };
    let all = |list: &[State]| !list.is_empty() && list.iter().all(asked);
    match effect {
        Effect::Works => assert!(all(new) && !all(old)),
        Effect::NotNeeded => assert!(all(new) && all(old)),
        Effect::InPart => {
            assert!(!all(new) && new.iter().any(asked));
            let better = gained.iter().all(asked) && !lost.iter().any(asked) && old != new;
            assert!(better || !old.iter().any(asked));
        }
        Effect::InVain => assert!(!all(new)),
    }
}

/// What shows a case is a move of who should make it.
fn shown(game: &Game, said: &Said, case: &Case) {
    let form = game.option_form().unwrap();
    let movers = game.movers();
    let mut feasible = |state: &State| form.broken_rule(state).is_none();
    let mut leads = |mover: MoverId, from: &State, to: &State| {
        game.moves_of(&movers[mover.index()], from, &mut feasible, 1 << 16).unwrap().contains(to)
    };
    match case.by {
        None => assert_eq!(case.start, case.state),
        Some(mover) => assert!(leads(mover, &case.start, &case.state)),
    }
    if let Would::Does(step) | Would::HeldBack { step, .. } | Would::Loses { step, .. } = &case.would {
        assert!(leads(step.mover, &case.state, &step.to) && form.holds(&said.then, &step.to));
    }
}

/// Two actors with one option each, from `today`; what they say as (kind, who, condition, what).
fn two(
    first: &[&[u64]],
    second: &[&[u64]],
    today: u64,
    sayings: &[(SaidKind, usize, Option<Expr>, Expr)],
) -> Found {
    let rankings = vec![state_ranking(first, false), state_ranking(second, false)];
    let mut game = option_game(&[&[Both], &[Both]], vec![], rankings);
    game.status_quo = Some(State::from_number(today));
    let one = |(kind, by, when, then): &(SaidKind, usize, Option<Expr>, Expr)| Said {
        id: String::new(),
        kind: *kind,
        by: ActorId::from(*by),
        to: vec![ActorId::from(1 - by)],
        when: when.clone(),
        then: then.clone(),
        lever: None,
        grounds: Grounds::default(),
    };
    let sayings: Vec<Said> = sayings.iter().map(one).collect();
    said(&game, &sayings, Concept::Nash, &Settings::default(), &Quiet).unwrap()
}

fn on(option: usize) -> Expr {
    Expr::Option(OptionId::from(option))
}

fn off(option: usize) -> Expr {
    on(option).negate()
}

fn numbers(told: &Told) -> Vec<u64> {
    told.first.iter().map(|state| state.number().unwrap()).collect()
}

/// By hand. On: drive on. Each asks the other to swerve and threatens to drive on if it does not. What lasts is that one
/// swerves. The first one's threat comes up where only the second drives on: driving on, too, is a crash, the worst
/// for the first: a bluff. Believed, it would work: the second then takes driving on for a crash and swerves, so that
/// what lasts is the first one's way alone. Neither can reject what the other asks, for a crash is worse than giving
/// way; neither threat is believable, for each would swerve after all; neither can hold out; and who has given way
/// does not come back.
#[test]
fn chicken() {
    let (threat, demand) = (SaidKind::Threat, SaidKind::Demand);
    let found = two(
        &[&[1], &[0], &[2], &[3]],
        &[&[2], &[0], &[1], &[3]],
        0,
        &[
            (threat, 0, Some(on(1)), on(0)),
            (threat, 1, Some(on(0)), on(1)),
            (demand, 0, None, off(1)),
            (demand, 1, None, off(0)),
        ],
    );
    assert_eq!(numbers(&found.lasting), [1, 2]);
    for (at, case, crash, then) in [(0, 2, 0, 1), (1, 1, 1, 2)] {
        let saying = &found.sayings[at];
        let cases: Vec<u64> = saying.cases.iter().map(|case| case.state.number().unwrap()).collect();
        assert_eq!((cases, saying.would), (vec![case], Share::None));
        let step = Step { mover: MoverId::from(at), to: State::from_number(3) };
        assert_eq!(saying.cases[0].would, Would::Loses { step, party: ActorId::from(crash as usize) });
        let work = saying.work.as_ref().unwrap();
        assert_eq!((work.effect, numbers(&work.lasting)), (Some(Effect::Works), vec![then]));
        assert_eq!((work.before, work.after), (Share::Some, Share::All));
    }
    // A demand comes up where it is not met: at the other one's way, which the other would not leave.
    assert_eq!(found.sayings[2].would, Share::None);
    assert!(matches!(found.sayings[2].cases[0].would, Would::Loses { party: ActorId(1), .. }));
    let expected = [false, true, true, false];
    for pair in &found.pairs {
        let there: Vec<bool> = pair.dilemmas.iter().map(|dilemma| yes(dilemma).unwrap()).collect();
        assert_eq!(there, expected, "{pair:?}");
    }
    assert_eq!(found.pairs.len(), 2);
    // What it shows itself in: the first prefers giving way to the crash, which it can do alone.
    let pinch =
        Pinch { who: ActorId(0), to: State::from_number(2), from: State::from_number(3), indifferent: false };
    assert_eq!(found.pairs[0].dilemmas[1], Dilemma::Yes(pinch.clone()));
    assert_eq!(found.pairs[0].dilemmas[2], Dilemma::Yes(pinch));
}

/// By hand. On: do not cooperate. Both ask that both cooperate, and threaten not to otherwise. The threats are
/// believable: who is let down does not cooperate either. They change nothing, for what lasts is that neither
/// cooperates. Believed, the promise to cooperate if the other does would work (the other then takes its own
/// cooperation for that of both), but it is a bluff. There is no dilemma but trust: each gains by leaving what both
/// ask.
#[test]
fn prisoners_dilemma() {
    let both = || Expr::And(vec![off(0), off(1)]);
    let found = two(
        &[&[1], &[0], &[3], &[2]],
        &[&[2], &[0], &[3], &[1]],
        3,
        &[
            (SaidKind::Threat, 0, Some(on(1)), on(0)),
            (SaidKind::Threat, 1, Some(on(0)), on(1)),
            (SaidKind::Promise, 0, Some(off(1)), off(0)),
            (SaidKind::Demand, 0, None, both()),
            (SaidKind::Demand, 1, None, both()),
        ],
    );
    assert_eq!(numbers(&found.lasting), [3]);
    let threat = &found.sayings[0];
    // From 3 the second cannot reach where only it does not cooperate: the threat is carried out already.
    assert_eq!((threat.cases.len(), threat.would, threat.already), (0, Share::Nothing, Share::All));
    assert_eq!(threat.work.as_ref().unwrap().effect, Some(Effect::InVain));
    // The second can cooperate: then the first would not, for 1 is what it likes best.
    let promise = &found.sayings[2];
    let cases: Vec<u64> = promise.cases.iter().map(|case| case.state.number().unwrap()).collect();
    assert_eq!((cases, promise.would), (vec![1], Share::None));
    assert!(matches!(promise.cases[0].would, Would::Loses { party: ActorId(0), .. }));
    let work = promise.work.as_ref().unwrap();
    assert_eq!(work.effect, Some(Effect::Works), "{work:?}");
    for pair in &found.pairs {
        assert_eq!(
            pair.dilemmas.each_ref().map(yes),
            [Some(false), None, Some(false), Some(true)],
            "{pair:?}"
        );
        assert_eq!(pair.dilemmas[1], Dilemma::Missing(Missing::Agreed));
    }
}
