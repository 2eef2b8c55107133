//! The certificates that changed, on random pairs of cases: they hold in their own conflicts, and say the verdict
//! that the literal engine finds there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use detente_engine::certificate::{CHECK_WORK, Checker};
use detente_engine::{Engine, GenerateSettings, Quiet, Settings, generate, solve};
use detente_model::{Concept, Conflict, Direction, Expr, Form, Preference, Sequences, State};

use super::{Because, Moved, shifts};
use crate::find::findings::Findings;
use crate::wire::Witness;

fn found(conflict: &Conflict, engine: Engine, sequences: Sequences) -> Findings {
    let settings = Settings { engine, sequences, concepts: Concept::ALL.to_vec(), ..Settings::default() };
    let solution = solve(&conflict.game, &settings, &Quiet).unwrap();
    Findings::new(conflict.clone(), solution, std::sync::Arc::new(Quiet))
}

fn drawn(seed: u64) -> Conflict {
    let size = |from: u64, most: u64| usize::try_from(from + seed % most).unwrap();
    generate(&GenerateSettings {
        actors: size(2, 3),
        options: size(4, 4),
        statements: size(2, 3),
        rules: size(0, 3),
        seed,
        ..GenerateSettings::default()
    })
    .unwrap()
}

/// One edit, of the kinds that analysts make: a wish dropped, turned, put first or given to nobody else, a rule
/// dropped, an option that cannot be taken back.
fn edited(seed: u64) -> Conflict {
    let mut conflict = drawn(seed);
    let game = &mut conflict.game;
    let actors = game.preferences.len();
    let Preference::Statements(wishes) = &mut game.preferences[seed as usize % actors] else {
        panic!("statements")
    };
    let at = seed as usize / 7 % wishes.len();
    match seed % 5 {
        0 => drop(wishes.remove(at)),
        1 => wishes[at].that = Expr::Not(Box::new(wishes[at].that.clone())),
        2 => wishes.rotate_right(1),
        3 => wishes.reverse(),
        _ => {
            let Form::Options(form) = &mut game.form else { panic!("options") };
            let count = form.options.len();
            form.options[seed as usize / 5 % count].direction = Direction::OnOnly;
            form.rules.pop();
        }
    }
    conflict
}

/// Checks what is said of one outcome; whether a certificate is among it.
fn holds(
    moved: &Moved,
    gained: bool,
    concept: Concept,
    sequences: Sequences,
    (old, new): (&Findings, &Findings),
) -> bool {
    let (was, now) = (moved.old.as_ref(), moved.new.as_ref());
    let possible =
        |found: &Findings, state: Option<&State>| state.is_some_and(|state| found.feasible().contains(state));
    let turn = match &moved.why {
        Because::NotPossibleBefore => {
            assert!(gained && !possible(old, was));
            return false;
        }
        Because::NoLongerPossible => {
            assert!(!gained && !possible(new, now));
            return false;
        }
        Because::NotAlone => panic!("nobody acts together here"),
        Because::StableInBoth => {
            let lasts = |found: &Findings, state| found.lasting(concept).unwrap().contains(state);
            let stable = |found: &Findings, state| found.equilibria(concept).unwrap().contains(state);
            let (was, now) = (was.unwrap(), now.unwrap());
            assert!(stable(old, was) && stable(new, now) && lasts(old, was) != lasts(new, now));
            return false;
        }
        Because::NotLookedFor => panic!("so few outcomes are all looked for"),
        Because::Turn(turn) => turn,
    };
    let (before, after) = &turn.certificates;
    for (found, certificate, state, stable) in [(old, before, was, !gained), (new, after, now, gained)] {
        let game = &found.conflict.game;
        assert_eq!((Some(&certificate.state), certificate.stable), (state, stable));
        assert_eq!((certificate.concept, certificate.sequences), (concept, sequences));
        assert_eq!(game.actors[certificate.actor.index()].id, turn.actor);
        assert_eq!(Checker::new(game, CHECK_WORK, &Quiet).check(certificate), Ok(()), "{certificate:#?}");
        // The literal engine says so too.
        let verdict = found.solution.verdicts.stable(concept, certificate.actor).unwrap();
        assert_eq!(verdict.contains(&certificate.state), stable);
        // What a program reads is the same certificate.
        let wire = Witness::of(&found.conflict, certificate);
        assert_eq!(wire.read(&found.conflict).as_ref(), Ok(certificate));
        wire.check_claims(&found.conflict, certificate).unwrap();
    }
    assert!(turn.certificates.0 != turn.certificates.1);
    true
}

#[test]
fn the_certificates_that_changed_hold_in_their_own_conflicts() {
    let (mut certified, mut pairs) = (0, 0);
    let mut seen = BTreeSet::new();
    for seed in 0..240 {
        let (one, other) = (drawn(seed), edited(seed));
        let sequences = Sequences::ALL[seed as usize % 3];
        let (old, new) = (found(&one, Engine::Auto, sequences), found(&other, Engine::Auto, sequences));
        // Against the definitions: which outcomes last, and whose verdict it is.
        let literal =
            (found(&one, Engine::Reference, sequences), found(&other, Engine::Reference, sequences));
        pairs += 1;
        for shift in shifts(&old, &new, &Concept::ALL, sequences) {
            let members = |found: &Findings| -> BTreeSet<State> {
                found.lasting(shift.concept).unwrap().first(usize::MAX).into_iter().collect()
            };
            let (before, after) = (members(&literal.0), members(&literal.1));
            let (gained, lost) = (shift.gained.unwrap(), shift.lost.unwrap());
            let states = |list: &[Moved], gained: bool| -> BTreeSet<State> {
                list.iter().filter_map(|m| if gained { m.new.clone() } else { m.old.clone() }).collect()
            };
            assert_eq!(states(&gained, true), after.difference(&before).cloned().collect());
            assert_eq!(states(&lost, false), before.difference(&after).cloned().collect());
            if gained.len() + lost.len() > crate::find::caps::CERTIFIED.size() {
                continue;
            }
            for (moved, up) in gained.iter().map(|m| (m, true)).chain(lost.iter().map(|m| (m, false))) {
                if holds(moved, up, shift.concept, sequences, (&literal.0, &literal.1)) {
                    certified += 1;
                    seen.insert((shift.concept, up));
                }
            }
        }
    }
    assert_eq!(pairs, 240);
    assert_eq!(seen.len(), 12, "each concept, gained and lost: {seen:?}");
    assert!(certified > 1_000, "{certified}");
}
