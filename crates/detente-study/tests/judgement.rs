//! The judgement to check first, against every reversal solved by the definitions.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use detente_engine::testing::{Shape, uncertain};
use detente_engine::{Engine, Quiet, Settings};
use detente_model::{
    Concept, Conflict, Expr, Form, OptionId, OutcomeStates, Preference, Question, QuestionKind, RuleKind,
    State,
};
use detente_study::find::findings::Findings;
use detente_study::find::headline::Headline;
use detente_study::find::judgement::Judgement;
use detente_study::say;

/// What lasts by the definitions; `None`: nothing is possible, or a ranking does not fit.
fn lasts(conflict: &Conflict, which: Concept) -> Option<Vec<State>> {
    let settings = Settings { engine: Engine::Reference, concepts: vec![which], ..Settings::default() };
    let solution = detente_engine::solve(&conflict.game, &settings, &Quiet).ok()?;
    Some(solution.verdicts.lasting(which)?.first(usize::MAX))
}

/// The answer by the words of the kinds: possible, some that lasts has it; certain, something lasts and all has it.
fn answer(question: &Question, lasts: &[State], conflict: &Conflict) -> bool {
    let outcome = question.outcome.as_ref().unwrap();
    let has = |state: &State| conflict.is_outcome(outcome, state);
    match question.kind {
        QuestionKind::Certain => !lasts.is_empty() && lasts.iter().all(has),
        _ => lasts.iter().any(has),
    }
}

/// Every reversal, made by hand.
fn reversals(conflict: &Conflict) -> Vec<(Judgement, Conflict)> {
    let mut all = Vec::new();
    let mut add = |judgement, change: &dyn Fn(&mut Conflict)| {
        let mut other = conflict.clone();
        change(&mut other);
        all.push((judgement, other));
    };
    for actor in conflict.game.actor_ids() {
        let at = actor.index();
        match &conflict.game.preferences[at] {
            Preference::Statements(list) => {
                for (place, wish) in list.iter().enumerate() {
                    let one = wish.is_one_thing();
                    add(Judgement::Wish { actor, place, contrary: one }, &|c| {
                        let Preference::Statements(list) = &mut c.game.preferences[at] else { return };
                        if one {
                            list[place].that = Expr::Not(Box::new(list[place].that.clone()));
                        } else {
                            list.remove(place);
                        }
                    });
                }
            }
            Preference::Weights(list) => {
                for place in 0..list.len() {
                    add(Judgement::Wish { actor, place, contrary: true }, &|c| {
                        let Preference::Weights(list) = &mut c.game.preferences[at] else { return };
                        list[place].weight = -list[place].weight;
                    });
                }
            }
            Preference::Ranking(_) => {}
        }
    }
    let Some(form) = conflict.game.option_form() else { return all };
    for (at, rule) in form.rules.iter().enumerate() {
        if !matches!(rule.kind, RuleKind::Chain(..) | RuleKind::Unavailable(_)) {
            add(Judgement::Rule(at), &|c| {
                let Form::Options(form) = &mut c.game.form else { return };
                form.rules.remove(at);
            });
        }
    }
    for (at, option) in form.options.iter().enumerate() {
        if option.scale.is_some_and(|(_, bit)| bit > 0) {
            continue;
        }
        for (begins, count) in [(true, option.begins_if.len()), (false, option.ends_if.len())] {
            for place in 0..count {
                let thing = OptionId::from(at);
                add(Judgement::Condition(thing, begins, place), &|c| {
                    let Form::Options(form) = &mut c.game.form else { return };
                    let same: Vec<usize> = (0..form.options.len())
                        .filter(|other| {
                            let scale = |at: usize| form.options[at].scale.map(|(scale, _)| scale);
                            *other == at || scale(*other).is_some() && scale(*other) == scale(at)
                        })
                        .collect();
                    for other in same {
                        let option = &mut form.options[other];
                        if begins {
                            option.begins_if.remove(place)
                        } else {
                            option.ends_if.remove(place)
                        };
                    }
                });
            }
        }
    }
    all
}

fn compared(seeds: std::ops::Range<u64>, shape: &Shape) -> (usize, usize, usize) {
    let (mut games, mut reversed, mut turned) = (0, 0, 0);
    for seed in seeds {
        let mut conflict = uncertain(seed, shape, 0.3);
        let Some(options) = conflict.game.option_form().map(|form| form.options.len()).filter(|n| *n > 0)
        else {
            continue;
        };
        let kind = if seed % 2 == 0 { QuestionKind::Possible } else { QuestionKind::Certain };
        let concept = [Concept::Nash, Concept::Gmr, Concept::Seq][(seed % 3) as usize];
        let that = Expr::Option(OptionId::from(seed as usize % options));
        conflict.questions = vec![Question {
            id: "q".to_owned(),
            ask: "Does it last?".to_owned(),
            kind,
            outcome: Some(OutcomeStates::Formula(if seed % 5 == 0 { that.negate() } else { that })),
            concept: Some(concept),
            ..Question::default()
        }];
        let question = conflict.questions[0].clone();
        let settings = Settings { concepts: vec![concept], ..Settings::default() };
        let Ok(found) = Findings::solve(conflict.clone(), &settings, &(Arc::new(Quiet) as _)) else {
            continue;
        };
        let headline = Headline::of(&found).checked(&found);
        let check = headline.check.clone().unwrap();
        assert_eq!(check.limit, None, "seed {seed}");
        let today = answer(&question, &lasts(&conflict, concept).unwrap(), &conflict);
        let mut expected = Vec::new();
        let mut tried = 0;
        for (judgement, other) in reversals(&conflict) {
            let Some(lasts) = lasts(&other, concept) else { continue };
            tried += 1;
            if answer(&question, &lasts, &other) != today {
                expected.push(judgement);
            }
        }
        let mut turning: Vec<Judgement> = check.turning.iter().map(|turn| turn.judgement).collect();
        assert!(check.turning.iter().all(|turn| turn.then == Some(!today)), "seed {seed}");
        let words = say::judgement::first(&found.conflict, &check);
        assert_eq!(words.is_empty(), check.tried == 0, "seed {seed}");
        // The largest effect first; of those that tie, the most claims.
        let keys = check.turning.iter().map(|turn| {
            let claims = turn.judgement.grounds(&conflict).map_or(0, |grounds| grounds.claims.len());
            (turn.effect.unwrap_or(0.0), claims)
        });
        let keys: Vec<(f64, usize)> = keys.collect();
        assert!(keys.windows(2).all(|pair| pair[0] >= pair[1]), "seed {seed}: {keys:?}");
        let order = |judgement: &Judgement| format!("{judgement:?}");
        turning.sort_by_key(order);
        expected.sort_by_key(order);
        assert_eq!((turning, check.tried), (expected, tried), "seed {seed}");
        games += 1;
        reversed += tried;
        turned += check.turning.len();
    }
    (games, reversed, turned)
}

#[test]
fn what_turns_the_headline_is_what_the_definitions_say() {
    let plain = Shape { graph: 0.0, options: (1, 5), ..Shape::default() };
    let (games, reversed, turned) = compared(0..600, &plain);
    assert!(games > 500 && turned > 100, "{games} games, {reversed} reversals, {turned} turn it");
}

#[test]
fn what_turns_the_headline_of_acts_is_what_the_definitions_say() {
    let several = Shape { options: (1, 3), ..Shape::several() };
    let (games, reversed, turned) = compared(10_000..10_600, &several);
    assert!(games > 400 && turned > 80, "{games} games, {reversed} reversals, {turned} turn it");
}
