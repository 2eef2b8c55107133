//! Patterns in certificates, and the check by case split.

use detente_model::{
    ActorId, Cannot, Concept, Direction, Expr, Form, Game, OptionId, Pattern, Sequences, State,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::concepts;
use super::mutations::{Truth, mutations};
use crate::Bounds;
use crate::certificate::{
    CHECK_WORK, Certificate, Checker, Fault, Improvement, Search, Step, Target, Unanswered, check,
};
use crate::testing::{Shape, game, option_game, statement};
use detente_model::Preference;

/// A set that no single answer leaves is all that the check by case split accepts; under these
/// readings the definition accepts more.
fn asks_for_closed_sets(game: &Game, c: &Certificate) -> bool {
    let plain = game.option_form().is_some_and(|f| f.cannot.iter().all(|x: &Cannot| x.actor == c.actor));
    let answers = !matches!(c.concept, Concept::Nash | Concept::Sim);
    answers && (c.sequences == Sequences::Once || c.sequences == Sequences::Legal && !plain)
}

/// Random certificates with patterns: some true, most not.
fn patterned(random: &mut ChaCha8Rng, game: &Game, c: &Certificate) -> Certificate {
    let options = game.options().len();
    let mut changed = c.clone();
    let open = |random: &mut ChaCha8Rng, state: &State, share: f64, only: Option<ActorId>| {
        let mut pattern = state.pattern(options);
        for (at, cell) in pattern.cells.iter_mut().enumerate() {
            let mine = only.is_none_or(|a| game.options()[at].actor == a);
            if mine && random.random_bool(share) {
                *cell = None;
            }
        }
        pattern
    };
    // Some entries become patterns; what they cover leaves the list.
    let mut entries: Vec<Improvement> = Vec::new();
    for entry in &c.improvements {
        let Target::One(to) = &entry.to else { continue };
        if entries.iter().any(|e| e.to.matches(to)) {
            continue;
        }
        let mut entry = entry.clone();
        if random.random_bool(0.7) {
            entry.to = Target::from(open(random, to, 0.6, Some(c.actor)));
            for step in &mut entry.sanction {
                let Target::One(state) = &step.to else { continue };
                let mut pattern = state.pattern(options);
                for option in game.options_of(c.actor) {
                    pattern.cells[option.index()] = None;
                }
                step.to = Target::from(pattern);
            }
            if random.random_bool(0.7) {
                entry.gain = None;
            }
            if random.random_bool(0.7) {
                entry.because = None;
            }
        }
        entries.push(entry);
    }
    changed.improvements = entries;
    if let Some(Unanswered { closure, .. }) = &mut changed.unanswered {
        for target in closure.iter_mut() {
            if let Target::One(state) = target
                && random.random_bool(0.3)
            {
                *target = Target::from(open(random, state, 0.2, None));
            }
        }
    }
    changed
}

#[test]
fn the_check_by_case_split_agrees_with_the_oracle() {
    let shape = Shape { actors: (2, 4), options: (2, 5), graph: 0.0, ..Shape::default() };
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let (mut right, mut wrong) = (0, 0);
    for seed in 0..500 {
        let game = game(seed, &shape);
        let truth = Truth::new(&game);
        let mut search = Search::new(&game, &Bounds::default(), &crate::Quiet);
        let mut split = Checker::new(&game, CHECK_WORK, &crate::Quiet);
        split.listed = super::super::check::Listed { options: 0, states: 0, sequences: 0 };
        let mut lists = Checker::new(&game, CHECK_WORK, &crate::Quiet);
        let concepts = concepts(&game);
        for state in truth.states.iter().step_by(2) {
            let sequences = Sequences::ALL[random.random_range(0..3)];
            let concept = concepts[random.random_range(0..concepts.len())];
            let actor = ActorId::from(random.random_range(0..game.actors.len()));
            let plain = search.certificate(sequences, concept, actor, state).unwrap();
            let mut all = vec![plain.clone()];
            all.extend((0..4).map(|_| patterned(&mut random, &game, &plain)));
            let mutated: Vec<Certificate> =
                all.iter().flat_map(|c| mutations(&game, c)).filter(|_| random.random_bool(0.05)).collect();
            all.extend(mutated);
            for c in all {
                let (expected, listed, found) = (truth.holds(&c), lists.check(&c), split.check(&c));
                assert!(!matches!(found, Err(Fault::Limit(_))));
                assert_eq!(listed.is_ok(), expected, "seed {seed}: {listed:?}\n{c:#?}");
                if found.is_ok() != expected {
                    assert!(expected && asks_for_closed_sets(&game, &c), "seed {seed}: {found:?}\n{c:#?}");
                }
                *(if expected { &mut right } else { &mut wrong }) += 1;
            }
        }
    }
    assert!(right > 5_000 && wrong > 5_000, "{right} true, {wrong} false");
}

/// 60 options, six actors with ten each; actor 1 wants its first option on; the others, who
/// prefer that it stays off, can do nothing about it.
fn large() -> Game {
    let own = [Direction::Both; 10];
    let owned: Vec<&[Direction]> = (0..6).map(|_| &own[..]).collect();
    let option = |o: usize| Expr::Option(OptionId::from(o));
    let preferences = (0..6)
        .map(|a| {
            let first = if a == 0 { option(0) } else { option(0).negate() };
            Preference::Statements(vec![statement(first), statement(option(10 * a + 1))])
        })
        .collect();
    option_game(&owned, vec![], preferences)
}

#[test]
fn a_closure_of_2_to_the_50_states_is_checked() {
    let game = large();
    let state = State::default();
    // All own options but the first at once: improvements are those with option 1 on, or option
    // 2 on and option 1 off. Nobody can answer the first kind.
    let all = || Pattern { cells: vec![None; 60] };
    let mut first = all();
    first.cells[0] = Some(true);
    let mut second = all();
    second.cells[0] = Some(false);
    second.cells[1] = Some(true);
    let entry =
        |p: &Pattern| Improvement { to: p.clone().into(), gain: None, sanction: vec![], because: None };
    let mut to = state.clone();
    to.set(OptionId(0), true);
    let mut closure = all();
    for cell in closure.cells.iter_mut().take(10) {
        *cell = Some(false);
    }
    closure.cells[0] = Some(true);
    let certificate = |concept| Certificate {
        sequences: Sequences::Legal,
        actor: ActorId(0),
        concept,
        state: state.clone(),
        stable: false,
        improvements: vec![entry(&first), entry(&second)],
        unanswered: Some(Unanswered { to: to.clone(), closure: vec![closure.clone().into()] }),
    };
    for concept in [Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq] {
        assert_eq!(check(&game, &certificate(concept), &crate::Quiet), Ok(()));
    }
    let mut open = certificate(Concept::Gmr);
    open.unanswered.as_mut().unwrap().closure = vec![{
        let mut p = closure.clone();
        p.cells[0] = None;
        Target::Pattern(p)
    }];
    assert!(
        matches!(check(&game, &open, &crate::Quiet), Err(Fault::Rejected { path, .. }) if path == "unanswered.closure[0]")
    );
    let mut narrow = certificate(Concept::Gmr);
    narrow.unanswered.as_mut().unwrap().closure = vec![{
        let mut p = closure.clone();
        p.cells[59] = Some(false);
        Target::Pattern(p)
    }];
    assert!(
        matches!(check(&game, &narrow, &crate::Quiet), Err(Fault::Rejected { path, why }) if path == "unanswered.closure[0]" && why.contains("a6"))
    );
    let mut partial = certificate(Concept::Gmr);
    partial.improvements.pop();
    assert!(
        matches!(check(&game, &partial, &crate::Quiet), Err(Fault::Rejected { path, .. }) if path == "improvements")
    );
}

#[test]
fn a_step_with_a_pattern_answers_all_improvements_of_its_entry() {
    // Actor 1 prefers its own options on, but above all that option 3, of actor 2, is off.
    let option = |o: usize| Expr::Option(OptionId::from(o));
    let both = [Direction::Both];
    let game = option_game(
        &[&[Direction::Both, Direction::Both], &both],
        vec![],
        vec![
            Preference::Statements(vec![
                statement(option(2).negate()),
                statement(option(0)),
                statement(option(1)),
            ]),
            Preference::Statements(vec![statement(option(2))]),
        ],
    );
    let sanction = vec![Step { mover: ActorId(1).into(), to: Pattern::parse("--Y").unwrap().into() }];
    let entry = |to: &str| Improvement {
        to: Pattern::parse(to).unwrap().into(),
        gain: None,
        sanction: sanction.clone(),
        because: Some(crate::Deciding::Statement(0)),
    };
    let mut certificate = Certificate {
        sequences: Sequences::Legal,
        actor: ActorId(0),
        concept: Concept::Sseq,
        state: State::default(),
        stable: true,
        improvements: vec![entry("Y-N"), entry("NYN")],
        unanswered: None,
    };
    // From any of them the other answers with option 3; the actor cannot mend that.
    certificate.improvements[1].gain = Some(crate::Deciding::Statement(2));
    assert_eq!(check(&game, &certificate, &crate::Quiet), Ok(()));
    certificate.improvements[0].gain = Some(crate::Deciding::Statement(2));
    assert!(
        matches!(check(&game, &certificate, &crate::Quiet), Err(Fault::Rejected { path, .. }) if path == "improvements[0].gain")
    );
    assert!(matches!(game.form, Form::Options(_)));
}
