//! Against the definitions, typed in once more; and by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use detente_model::Sequences;

use super::*;
use crate::reference::said::{Grade, Spoken};
use crate::testing::{self, Shape};
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
        Shape { graph: 0.0, options: (1, 6), ..Shape::default() },
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
        let pairs: Vec<_> =
            found.pairs.iter().map(|pair| (pair.of, pair.against, pair.dilemmas.each_ref().map(yes))).collect();
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
    let asked = |state: &State| {
        form.holds(said.when.as_ref().unwrap(), state) != (said.kind == SaidKind::Threat)
    };
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
