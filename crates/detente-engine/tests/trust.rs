//! What the flagship's conclusions hang on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{case, feasible, members};
use detente_engine::trust::{ConclusionKind, Status, Trust, TrustSettings, lean, strike, trust};
use detente_engine::{Quiet, Settings, Stop, solve};
use detente_model::{Answer, Conflict, Preference, Strike};

fn flagship() -> (Conflict, Trust) {
    let conflict = case("south-caucasus-2023-solo");
    let found =
        trust(&conflict, &TrustSettings { size: 1, runs: 1200, ..TrustSettings::default() }, &Quiet).unwrap();
    (conflict, found)
}

#[test]
fn what_the_peace_hangs_on() {
    let (conflict, found) = flagship();
    let at = |id: &str| found.conclusions.iter().position(|c| c.id == id).unwrap();
    let (holds, peace) = (at("holds"), at("nash:4053"));
    assert_eq!(
        (found.conclusions[holds].before, found.before.feasible.to_string().as_str()),
        (Answer::Yes, "128")
    );
    // No single claim overturns it; one outcome goes with the claims that an option of it rests on alone.
    let single = |r: &&detente_engine::trust::Run| r.struck.claims.len() == 1;
    assert_eq!(found.runs.iter().filter(single).count(), conflict.evidence.claims.len());
    for run in found.runs.iter().filter(single) {
        let after = run.after.as_ref().unwrap();
        assert_ne!(after.conclusions[holds].status, Status::Overturned, "{:?}", run.struck);
        let carries = ["c07", "c14", "c15", "c16"].contains(&run.struck.claims[0].as_str());
        // Without `otherwise` a definition that falls leaves open what is concluded from it.
        let falls = matches!(after.conclusions[peace].status, Status::Overturned | Status::Open);
        assert_eq!(falls, carries, "{:?}", run.struck);
    }
    // Without the assumptions it is.
    let run = found.runs.iter().find(|r| r.struck.assumptions).unwrap();
    let after = run.after.as_ref().unwrap();
    assert_eq!(after.conclusions[holds].status, Status::Overturned);
    assert_eq!(
        (after.outcome.feasible.to_string(), after.outcome.equilibria.to_string()),
        ("56".into(), "3".into())
    );
    // On facts and reported statements alone.
    let run = found.runs.iter().find(|r| r.question.as_deref() == Some("trust")).unwrap();
    let after = run.after.as_ref().unwrap();
    assert_eq!(
        (after.outcome.feasible.to_string(), after.outcome.equilibria.to_string()),
        ("44".into(), "5".into())
    );
    assert_eq!(after.rules.len(), 3);
    // The outcome itself is not possible without its options; others in which the agreement holds are.
    let left = &after.conclusions[peace];
    assert_eq!((left.after, left.status), (Answer::No, Status::Open));
    // The answer is the same; but what it is about, that the agreement holds, was said by a claim that is struck, and the
    // first edition does not say what it stands for otherwise: it is open.
    assert_eq!(
        (after.conclusions[holds].after, after.conclusions[holds].status),
        (Answer::Yes, Status::Open)
    );
    // That Russia would break an agreement is what fell, and with it the need of a guarantee.
    let ru = conflict.game.actor("ru").unwrap();
    assert_eq!(after.conclusions[holds].lost_motives, [(ru, 0)]);
    let guarantee = conflict.game.option("west.guarantee").unwrap();
    assert!(after.conclusions[holds].freed.contains(&(guarantee, true)));
    assert!(after.without_motive.is_empty());
    let Preference::Statements(list) = &conflict.without(&run.struck).unwrap().game.preferences[ru.index()]
    else {
        panic!("statements");
    };
    assert!(list.iter().any(|s| conflict.game.formula_text(&s.that) == "ru.broker"));
}

#[test]
fn bodies_support_and_sets_do_what_is_said() {
    let (conflict, found) = flagship();
    let name = |id: &detente_model::ClaimId| conflict.evidence.claims[id.index()].id.clone();
    let all = conflict.bearing_claims();
    let settings = TrustSettings::default();
    let status = |claims: Vec<String>, conclusion: usize| {
        let struck = Strike { claims, ..Strike::default() };
        let (_, _, run) = strike(&conflict, &struck, &settings, &Quiet).unwrap();
        run.after.unwrap().conclusions[conclusion].status
    };
    assert!(!found.bodies.is_empty());
    for body in found.bodies.iter().take(2) {
        let without =
            |kept: &[detente_model::ClaimId]| all.iter().filter(|c| !kept.contains(c)).map(name).collect();
        assert_eq!(status(without(&body.claims), body.conclusion), Status::Supported);
        for drop in 0..body.claims.len() {
            let mut fewer = body.claims.clone();
            fewer.remove(drop);
            assert_ne!(status(without(&fewer), body.conclusion), Status::Supported);
        }
    }
    for set in &found.sets {
        assert_eq!(status(set.claims.iter().map(name).collect(), set.conclusion), set.status);
    }
}

#[test]
fn striking_everything_leaves_nobody_a_motive() {
    let conflict = case("south-caucasus-2023-solo");
    let claims = conflict.evidence.claims.iter().map(|c| c.id.clone()).collect();
    let struck = Strike { claims, assumptions: true, ..Strike::default() };
    let (_, before, run) = strike(&conflict, &struck, &TrustSettings::default(), &Quiet).unwrap();
    let after = run.after.unwrap();
    assert_eq!(after.without_motive.len(), 4);
    assert_eq!(after.outcome.equilibria, after.outcome.feasible);
    assert_eq!(before.feasible.to_string(), feasible(&conflict).len().to_string());
    let solution = solve(&conflict.game, &Settings::default(), &Quiet).unwrap();
    let nash = solution.verdicts.equilibria(detente_model::Concept::Nash).unwrap();
    assert_eq!(members(&*nash), [1792, 1826, 4053]);
    // What is assumed and on today is then off.
    let mut odd = conflict.clone();
    odd.game.status_quo = Some(4053.into());
    let struck = Strike { assumptions: true, ..Strike::default() };
    let without = odd.without(&struck).unwrap();
    assert!(without.game.status_quo.as_ref().unwrap() < odd.game.status_quo.as_ref().unwrap());
    let (_, _, run) = strike(&odd, &struck, &TrustSettings::default(), &Quiet).unwrap();
    assert!(run.after.is_ok());
}

#[test]
fn single_equilibria_rest_on_what_solving_again_says() {
    let mut seen = std::collections::BTreeMap::new();
    for name in ["south-caucasus-2023-solo", "elmira", "cuban-missile-1962", "north-korea-2017"] {
        let conflict = case(name);
        let found = trust(&conflict, &TrustSettings { size: 0, runs: 0, ..TrustSettings::default() }, &Quiet);
        let found = found.unwrap();
        let single = found.conclusions.iter().enumerate().filter_map(|(at, c)| match &c.kind {
            ConclusionKind::Equilibrium(state) => Some((at, state.clone())),
            _ => None,
        });
        let (places, states): (Vec<usize>, Vec<_>) = single.unzip();
        let strikes: Vec<Strike> = found.runs.iter().map(|run| run.struck.clone()).collect();
        let (leaning, left_out) = lean(&conflict, &states, &strikes, &Quiet);
        assert_eq!(left_out + leaning.len(), found.runs.len(), "{name}");
        for lean in &leaning {
            let run = found.runs.iter().find(|run| run.struck == lean.struck).unwrap();
            // A ranking that leaves out what becomes possible cannot be solved; single outcomes need no ranking of all.
            let Ok(after) = run.after.as_ref() else { continue };
            for (at, status) in places.iter().zip(&lean.statuses) {
                assert_eq!(after.conclusions[*at].status, *status, "{name}: {:?}", run.struck);
                *seen.entry(status.word()).or_insert(0) += 1;
            }
        }
    }
    // The comparison saw each status.
    assert_eq!(seen.len(), 4, "{seen:?}");
}

/// Stops at the n-th question.
struct After(std::sync::atomic::AtomicUsize);

impl detente_engine::Watch for After {
    fn stop(&self) -> Option<Stop> {
        use std::sync::atomic::Ordering::Relaxed;
        let left = self.0.load(Relaxed);
        self.0.store(left.saturating_sub(1), Relaxed);
        (left == 0).then_some(Stop::Cancelled)
    }
}

/// What was not looked at is told by what was in the way: the caller, the games, the sets.
#[test]
fn what_was_in_the_way_of_a_search_is_named() {
    let conflict = case("south-caucasus-2023-solo");
    let settings = TrustSettings { size: 2, runs: 40, ..TrustSettings::default() };
    let found = trust(&conflict, &settings, &Quiet).unwrap();
    let search = |found: &Trust| -> Vec<(Stop, String)> {
        let all = found.limits.iter().filter(|hit| hit.what.contains("claims") || hit.what.contains("body"));
        all.map(|hit| (hit.stop, hit.limit.clone())).collect()
    };
    let named = search(&found);
    assert!(!named.is_empty());
    assert!(
        named.iter().all(|(stop, limit)| *stop == Stop::Work && limit.ends_with("to solve")
            || limit.ends_with("sets of claims to look at")),
        "{named:?}"
    );
    let mut stopped = 0;
    for after in [2_000, 4_000, 8_000, 16_000, 32_000] {
        let watch = After(std::sync::atomic::AtomicUsize::new(after));
        let Ok(found) = trust(&conflict, &TrustSettings { runs: 100_000, ..settings.clone() }, &watch) else {
            continue;
        };
        let named = search(&found);
        assert!(named.iter().all(|(stop, _)| *stop == Stop::Cancelled), "{after}: {named:?}");
        stopped += named.len();
    }
    assert!(stopped > 0, "never stopped inside the search");
}

#[test]
fn without_runs_nothing_is_searched_and_it_says_so() {
    let conflict = case("south-caucasus-2023-solo");
    let settings = TrustSettings { size: 3, runs: 0, ..TrustSettings::default() };
    let found = trust(&conflict, &settings, &Quiet).unwrap();
    assert!(found.sets.is_empty() && found.bodies.is_empty());
    let said: Vec<&str> = found.limits.iter().map(|hit| hit.what.as_str()).collect();
    assert!(said.iter().any(|what| what.contains("minimal sets")), "{said:?}");
    assert!(said.iter().any(|what| what.contains("smallest body")), "{said:?}");
}

/// What becomes of each question of a case without each part of its evidence.
fn statuses(text: &str) -> Vec<(Strike, Vec<(Answer, Status)>)> {
    let conflict = common::written(text);
    let settings = TrustSettings { equilibria: 0, size: 1, runs: 16, ..TrustSettings::default() };
    let found = trust(&conflict, &settings, &Quiet).unwrap();
    let only_sets = found.limits.iter().all(|hit| hit.what.contains("equilibrium rests on"));
    assert!(only_sets, "{:?}", found.limits);
    let each = found.runs.into_iter().map(|run| {
        let after = run.after.unwrap();
        (run.struck, after.conclusions.iter().map(|c| (c.after, c.status)).collect())
    });
    each.collect()
}

/// Two actors; only actor a cares, and only where b's option k is on does it care for two reasons. `idle`
/// more options of b are on nobody's mind.
fn shown(idle: usize, question: &str) -> String {
    let options: String = (1..=idle).map(|o| format!("b{o} = \"B{o}\"\n")).collect();
    format!(
        "format = 1\n[case]\ntitle = \"Shown\"\n[source.s]\ntitle = \"S\"\n[claim.c]\nsource = \"s\"\n\
         says = \"C\"\n[actor.a.option]\nx = \"X\"\n[actor.b.option]\n{options}k = \"K\"\n[status_quo]\non = \
         []\n[[actor.a.prefers]]\nthat = \"not a.x\"\nbecause = [\"c\"]\n[[actor.a.prefers]]\nthat = \"not a.x \
         or not b.k\"\n[[actor.b.prefers]]\nthat = \"a.x or not a.x\"\n[question.q]\nask = \"?\"\n{question}\n"
    )
}

#[test]
fn options_that_nothing_depends_on_change_no_status() {
    for question in
        ["kind = \"possible\"\noutcome = \"not a.x\"", "kind = \"certain\"\noutcome = \"not a.x\""]
    {
        let few = statuses(&shown(1, question));
        assert!(few.iter().any(|(strike, _)| strike.claims == ["c"]));
        for idle in [7, 8, 9, 12, 15] {
            assert_eq!(statuses(&shown(idle, question)), few, "{idle} idle options");
        }
    }
}

#[test]
fn a_conclusion_that_is_shown_by_too_many_states_is_not_known_and_says_so() {
    // As before, but every option of b is on somebody's mind, all in one wish that is always satisfied.
    let all: Vec<String> = (1..=18).map(|o| format!("(b.b{o} or not b.b{o})")).collect();
    let text = shown(18, "kind = \"possible\"\noutcome = \"not a.x and b.k iff b.k\"")
        .replace("a.x or not a.x", &all.join(" and "))
        .replace("not a.x and b.k iff b.k", "not a.x and not b.k");
    let conflict = common::written(&text);
    let settings = TrustSettings { equilibria: 0, size: 0, runs: 0, ..TrustSettings::default() };
    let found = trust(&conflict, &settings, &Quiet).unwrap();
    let run = found.runs.iter().find(|run| run.struck.claims == ["c"]).unwrap();
    let after = run.after.as_ref().unwrap();
    assert_eq!((after.conclusions[0].after, after.conclusions[0].status), (Answer::Yes, Status::NotKnown));
    assert!(after.limits.iter().chain(&found.limits).any(|hit| hit.what.contains("indifference")));
}
