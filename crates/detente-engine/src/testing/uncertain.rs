//! Random conflicts in which everything that can be uncertain is.

use detente_model::{
    ActorId, ActorType, Claim, ClaimId, Conflict, Evidence, Form, Grounds, Instead, OtherOrder, Preference,
    Source, SourceId, Strike, Together,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Shape, game};
use crate::GenerateSettings;

/// A random game with confidences, claims, groups, orders, statements instead of others and types,
/// each with chance `share`: a function of the arguments only.
#[must_use]
pub fn uncertain(seed: u64, shape: &Shape, share: f64) -> Conflict {
    let mut conflict = blank();
    conflict.game = game(seed, shape);
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x5eed);
    let mut sure = || (random.random_bool(share)).then(|| f64::from(random.random_range(0..=4_u8)) / 4.0);
    conflict.evidence = Evidence {
        sources: (0..2)
            .map(|i| Source { id: format!("s{i}"), confidence: sure(), ..Source::default() })
            .collect(),
        claims: (0..4_u32).map(|i| claim(i, sure())).collect(),
        ..Evidence::default()
    };
    if let Form::Options(form) = &mut conflict.game.form {
        written(form).for_each(|rule| rule.confidence = sure());
        form.options.iter_mut().for_each(|option| option.confidence = sure());
    }
    for preference in &mut conflict.game.preferences {
        match preference {
            Preference::Statements(list) => list.iter_mut().for_each(|s| s.confidence = sure()),
            Preference::Weights(list) => list.iter_mut().for_each(|s| s.confidence = sure()),
            Preference::Ranking(_) => {}
        }
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0xc1a1);
    let mut rests = |grounds: &mut Grounds| {
        if random.random_bool(share) {
            let claims = random.random_range(0..3);
            grounds.claims = (0..claims).map(|_| ClaimId::from(random.random_range(0..4_usize))).collect();
            grounds.assumption = random.random_bool(0.3);
        }
    };
    if let Form::Options(form) = &mut conflict.game.form {
        written(form).for_each(|rule| rests(&mut rule.grounds));
        form.cannot.iter_mut().for_each(|cannot| rests(&mut cannot.grounds));
        form.options.iter_mut().for_each(|option| rests(&mut option.grounds));
        // What is said of a thing with levels is said of all its switches.
        for at in 1..form.options.len() {
            if form.options[at].scale.is_some_and(|(_, bit)| bit > 0) {
                let (confidence, grounds) =
                    (form.options[at - 1].confidence, form.options[at - 1].grounds.clone());
                (form.options[at].confidence, form.options[at].grounds) = (confidence, grounds);
            }
        }
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x0dd5);
    if random.random_bool(share) {
        let strike =
            Strike { claims: vec!["c0".into(), "c2".into()], assumptions: true, ..Strike::default() };
        conflict.uncertainty.groups.push(Together {
            id: "together".into(),
            title: None,
            strike,
            confidence: 0.75,
            note: None,
        });
    }
    for (actor, preference) in conflict.game.preferences.iter_mut().enumerate() {
        let actor = ActorId::from(actor);
        let Preference::Statements(list) = preference else { continue };
        list.iter_mut().for_each(|s| rests(&mut s.grounds));
        for (at, statement) in list.iter_mut().enumerate() {
            statement.id = Some(format!("s{at}"));
        }
        let (Some(first), Some(last)) = (list.first().cloned(), list.last().cloned()) else { continue };
        let id = |s: &detente_model::Statement| s.id.clone().unwrap_or_default();
        let mut grounds = Grounds::default();
        if random.random_bool(share) {
            rests(&mut grounds);
            let first = vec![id(&last)];
            conflict.uncertainty.orders.push(OtherOrder {
                actor,
                first,
                share: 0.5,
                grounds: grounds.clone(),
            });
        }
        if random.random_bool(share) {
            let mut statement = last.clone();
            statement.that = statement.that.negate();
            rests(&mut statement.grounds);
            conflict.uncertainty.instead.push(Instead { actor, of: id(&first), statement, share: 0.25 });
        }
        if random.random_bool(share) {
            let (share, prefers) = (0.375, vec![last, first]);
            conflict.uncertainty.types.push(ActorType {
                actor,
                id: "other".into(),
                name: None,
                share,
                prefers,
                grounds,
            });
        }
    }
    conflict
}

fn claim(at: u32, confidence: Option<f64>) -> Claim {
    Claim {
        id: format!("c{at}"),
        source: SourceId::from(at as usize / 2),
        at: None,
        says: String::new(),
        speaker: None,
        reported_by: None,
        kind: None,
        quote: None,
        confidence,
        note: None,
        ..Claim::default()
    }
}

/// A conflict about nothing.
fn blank() -> Conflict {
    match crate::generate(&GenerateSettings::default()) {
        Ok(conflict) => conflict,
        Err(error) => unreachable!("{error}"),
    }
}

/// The rules that somebody writes: all but those that make chains of switches.
fn written(form: &mut detente_model::OptionForm) -> impl Iterator<Item = &mut detente_model::Rule> {
    form.rules.iter_mut().filter(|rule| !matches!(rule.kind, detente_model::RuleKind::Chain(..)))
}
