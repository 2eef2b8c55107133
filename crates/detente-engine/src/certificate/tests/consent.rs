//! Verdicts where several act together: certificates hold, and tampered ones are found out.

use detente_model::{Concept, Game, MoverId, Sequences, State};

use super::{concepts, every_verdict, reading};
use crate::certificate::{CHECK_WORK, Checker, Consent, Fault, Search};
use crate::testing::{Shape, game};
use crate::{Bounds, Engine, Quiet, Settings, Solution, solve};

fn solved(game: &Game, sequences: Sequences) -> Solution {
    let settings =
        Settings { engine: Engine::Reference, concepts: concepts(game), sequences, ..Settings::default() };
    solve(game, &settings, &Quiet).unwrap()
}

/// Every verdict on a joint mover of `game`, with its certificate.
fn every_consent(game: &Game, sequences: Sequences, mut each: impl FnMut(&Consent, &mut Checker<'_>)) {
    let solution = solved(game, sequences);
    let states = solution.verdicts.feasible().first(usize::MAX);
    let mut search = Search::new(game, &Bounds::default(), &Quiet);
    let mut checker = Checker::new(game, CHECK_WORK, &Quiet);
    for concept in concepts(game) {
        for mover in (game.actors.len()..game.movers().len()).map(MoverId::from) {
            // Verdicts are told per slice of chance events: what lies outside is asked of no engine.
            let stable = solution.verdicts.stable_in(0, concept, mover).unwrap();
            for state in &states {
                let consent = search.consent(sequences, concept, mover, state).unwrap();
                if game.slices()[0].has(state) {
                    assert_eq!(consent.stable, stable.contains(state), "{sequences:?} {consent:#?}");
                }
                each(&consent, &mut checker);
            }
        }
    }
}

#[test]
fn every_verdict_of_games_with_acts_has_a_certificate_that_holds() {
    let (mut single, mut joint, mut agreed, mut refused) = (0, 0, 0, 0);
    for seed in 0..90 {
        let game = game(seed, &Shape::several());
        single += every_verdict(&game, reading(seed), |_| {});
        every_consent(&game, reading(seed), |consent, checker| {
            if let Err(fault) = checker.check_consent(consent) {
                panic!("seed {seed}: {fault:?}\n{consent:#?}");
            }
            joint += 1;
            agreed += usize::from(!consent.stable);
            refused += usize::from(consent.proposals.iter().any(|p| p.refusal.is_some()));
        });
    }
    assert!(single > 10_000 && joint > 10_000, "{single} {joint}");
    assert!(agreed > 500 && refused > 150, "{agreed} agreed, {refused} refused");
}

/// Whether a consent says the verdict, and nothing in it contradicts the definitions, is known from the verdicts
/// alone for these changes: each makes it false.
fn falsified(game: &Game, consent: &Consent) -> Vec<Consent> {
    let mut all = Vec::new();
    let mut with = |change: &mut dyn FnMut(&mut Consent)| {
        let mut changed = consent.clone();
        change(&mut changed);
        if changed != *consent {
            all.push(changed);
        }
    };
    with(&mut |c| c.stable = !c.stable);
    with(&mut |c| c.mover = MoverId::from(game.movers().len()));
    with(&mut |c| c.mover = MoverId(0));
    with(&mut |c| c.concept = Concept::Sim);
    for (at, proposal) in consent.proposals.iter().enumerate() {
        with(&mut |c| drop(c.proposals.remove(at)));
        with(&mut |c| c.proposals.push(proposal.clone()));
        with(&mut |c| c.proposals[at].to = consent.state.clone());
        if let Some(refusal) = &proposal.refusal {
            with(&mut |c| c.proposals[at].refusal.as_mut().unwrap().sanction.clear());
            let outsider = game.actor_ids().find(|a| !game.parties(consent.mover).contains(a));
            if let Some(outsider) = outsider {
                with(&mut |c| c.proposals[at].refusal.as_mut().unwrap().party = outsider);
            }
            for step in 0..refusal.sanction.len() {
                // The party that refuses answers itself.
                let own = MoverId::from(refusal.party);
                with(&mut |c| c.proposals[at].refusal.as_mut().unwrap().sanction[step].mover = own);
                let nowhere = State::with_on([detente_model::OptionId::from(game.options().len())]);
                let to = crate::certificate::Target::One(nowhere);
                with(&mut |c| c.proposals[at].refusal.as_mut().unwrap().sanction[step].to = to.clone());
            }
        } else if !consent.stable && consent.concept != Concept::Nash {
            let open = consent.proposals.iter().filter(|p| p.refusal.is_none()).count();
            if open == 1 {
                with(&mut |c| c.proposals[at].closures.clear());
                with(&mut |c| drop(c.proposals[at].closures.pop()));
            }
            for party in 0..proposal.closures.len() {
                with(&mut |c| c.proposals[at].closures[party].1.clear());
                // Where they stand is no better for anybody than where they stand.
                let here = crate::certificate::Target::One(consent.state.clone());
                with(&mut |c| c.proposals[at].closures[party].1.push(here.clone()));
            }
        }
    }
    all
}

#[test]
fn a_tampered_certificate_of_several_is_found_out() {
    let mut rejected = 0;
    for seed in 0..120 {
        let game = game(seed, &Shape::several());
        every_consent(&game, reading(seed), |consent, checker| {
            for changed in falsified(&game, consent) {
                let stuck = matches!(consent.concept, Concept::Smr | Concept::Sseq);
                // A state with a way out of it sanctions nothing: adding it may be true.
                if stuck
                    && changed.proposals.len() == consent.proposals.len()
                    && changed.stable == consent.stable
                {
                    let same = |a: &Consent, b: &Consent| {
                        a.proposals.iter().zip(&b.proposals).all(|(a, b)| {
                            a.closures.iter().zip(&b.closures).all(|(a, b)| a.1.len() >= b.1.len())
                        })
                    };
                    if same(&changed, consent) && changed.proposals != consent.proposals {
                        continue;
                    }
                }
                let verdict = checker.check_consent(&changed);
                assert!(
                    matches!(verdict, Err(Fault::Rejected { .. })),
                    "seed {seed}: {verdict:?}\n{changed:#?}\nfrom {consent:#?}"
                );
                rejected += 1;
            }
        });
    }
    assert!(rejected > 20_000, "{rejected}");
}
