//! Every verdict of the catalogue has a certificate that the checker accepts: of the small cases all of them, for
//! each state, actor, concept and reading, in each variant; of the large ones a sample.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::root;
use detente_engine::certificate::{CHECK_WORK, Checker, Search};
use detente_engine::structure::Ask;
use detente_engine::{Bounds, Engine, GenerateSettings, Quiet, Settings, StateSet, generate, solve};
use detente_model::{Account, ActorId, Concept, Conflict, Form, OptionId, Pattern, Sequences, State};

/// The small cases have at most so many states, all of which are checked.
const ALL: usize = 1 << 10;

fn conflicts() -> Vec<(String, Conflict)> {
    let mut all = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(root("cases")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|f| f.is_dir()) {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "toml")) {
            if file.file_name().is_some_and(|n| n == "expected.toml") {
                continue;
            }
            let conflict = common::read(file);
            // As every account tells it, where claims contradict each other.
            let told = |name: String, conflict: Conflict| -> Vec<(String, Conflict)> {
                let accounts = conflict.accounts().unwrap();
                if accounts.is_empty() {
                    return vec![(name, conflict)];
                }
                let one = |account: &Account| {
                    (format!("{name} {}", account.id), conflict.in_account(account).unwrap())
                };
                accounts.iter().map(one).collect()
            };
            for variant in &conflict.variants {
                let applied = conflict.with_variant(&variant.id).unwrap().unwrap();
                all.extend(told(format!("{} {}", file.display(), variant.id), applied));
            }
            all.extend(told(file.display().to_string(), conflict));
        }
    }
    all
}

#[test]
fn every_verdict_of_the_catalogue_has_a_certificate_that_holds() {
    let mut total = 0;
    for (name, conflict) in conflicts() {
        let game = &conflict.game;
        if game.options().len() > 16 {
            continue;
        }
        let concepts: Vec<Concept> = Concept::ALL
            .into_iter()
            .filter(|c| {
                *c != Concept::Sim || (matches!(game.form, Form::Options(_)) && !game.has_joint_movers())
            })
            .collect();
        let mut search = Search::new(game, &Bounds::default(), &Quiet);
        let mut checker = Checker::new(game, CHECK_WORK, &Quiet);
        for sequences in Sequences::ALL {
            let settings = Settings { concepts: concepts.clone(), sequences, ..Settings::default() };
            let solution = solve(game, &settings, &Quiet).unwrap();
            let states = solution.verdicts.feasible().first(ALL + 1);
            assert!(states.len() <= ALL, "{name}");
            for concept in &concepts {
                for actor in game.actor_ids() {
                    let stable = solution.verdicts.stable(*concept, actor).unwrap();
                    for state in &states {
                        let certificate = search.certificate(sequences, *concept, actor, state).unwrap();
                        assert_eq!(certificate.stable, stable.contains(state), "{name} {state} {concept:?}");
                        assert_eq!(checker.check(&certificate), Ok(()), "{name} {certificate:#?}");
                        total += 1;
                    }
                }
            }
        }
    }
    assert!(total > 30_000, "{total}");
}

/// Hundreds of thousands of states: the Nash equilibria, and states that nobody chose.
#[test]
fn verdicts_of_a_large_case_have_certificates_that_hold() {
    let conflict = common::case("nile-dam");
    let game = &conflict.game;
    let settings = Settings { engine: Engine::Auto, concepts: vec![Concept::Nash], ..Settings::default() };
    let solution = solve(game, &settings, &Quiet).unwrap();
    let mut states = solution.verdicts.equilibria(Concept::Nash).unwrap().first(3);
    let feasible = solution.verdicts.feasible().first(usize::MAX);
    states.extend(feasible.iter().step_by(feasible.len() / 2).cloned());
    let mut search = Search::new(game, &Bounds::default(), &Quiet);
    let mut checker = Checker::new(game, CHECK_WORK, &Quiet);
    let mut unstable = 0;
    for state in &states {
        for actor in game.actor_ids() {
            for concept in [Concept::Nash, Concept::Gmr, Concept::Seq] {
                let certificate = search.certificate(Sequences::Legal, concept, actor, state).unwrap();
                assert_eq!(checker.check(&certificate), Ok(()), "{state} {concept:?}");
                unstable += usize::from(!certificate.stable);
            }
        }
    }
    assert!(unstable > 3, "{unstable}");
}

/// States drawn from all possible ones, per large case: each for every actor under every concept. `DETENTE_DRAWN`
/// asks for more. All three: `cargo test --release -p detente-engine --test certificates -- --include-ignored`
const DRAWN: usize = 2;
/// Where the draws start.
const SEED: u64 = 7;
/// Patterns of the equilibria of a concept, each by one of its states: the largest.
const PATTERNS: usize = 8;
/// A search remembers the states that it has met: a new one after so many, so that memory stays bounded.
const TOGETHER: usize = 4;

/// Cases with more options than can be listed: 635,904 to 20,488,192 possible outcomes, so not every verdict can be
/// looked at. What is: outcomes drawn uniformly from all possible ones (seeded), each for every actor under the five
/// concepts that are computed at this size; and what `solve` names, for every actor under its own concept: the Nash
/// equilibria as far as it lists them, the examples that it draws, and a state of each of the largest patterns. The
/// certificate says the verdict of the symbolic engine, and the checker accepts it. Uniform draws, because every kind
/// of outcome is then met in proportion, stable or not; the named ones, because they are the rare ones that people
/// read. Simultaneous stability is left out: no engine has verdicts of it at this size to compare with.
fn a_large_case(name: &str) {
    let conflict = common::case(name);
    let game = &conflict.game;
    let concepts = Concept::DEFAULT.to_vec();
    let settings = Settings { engine: Engine::Symbolic, concepts, ..Settings::default() };
    let solution = solve(game, &settings, &Quiet).unwrap();
    assert_eq!(solution.limits, []);
    let draw = |set: &dyn StateSet, examples: usize, seed: u64| -> Vec<State> {
        let ask = Ask { options: game.options().len(), examples, seed, ..Ask::default() };
        set.structure(&ask).unwrap().examples
    };
    let wanted = std::env::var("DETENTE_DRAWN").map_or(DRAWN, |number| number.parse().unwrap());
    let drawn = draw(&*solution.verdicts.feasible(), wanted, SEED);
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), wanted, "uniform draws hardly ever meet");
    let mut looked_at: BTreeSet<(State, Concept)> =
        drawn.iter().flat_map(|state| Concept::DEFAULT.map(|concept| (state.clone(), concept))).collect();
    for concept in Concept::DEFAULT {
        let set = solution.verdicts.equilibria(concept).unwrap();
        let all_off = |pattern: &Pattern| {
            let on = pattern.cells.iter().enumerate().filter(|(_, cell)| **cell == Some(true));
            State::with_on(on.map(|(at, _)| OptionId::from(at)))
        };
        let mut named = draw(&*set, 2, 1);
        named.extend(set.large_patterns(PATTERNS).patterns.iter().map(all_off));
        if concept == Concept::Nash {
            named.extend(set.first(64));
        }
        assert!(named.iter().all(|state| set.contains(state)));
        looked_at.extend(named.into_iter().map(|state| (state, concept)));
    }
    let stable: BTreeMap<(Concept, ActorId), _> = Concept::DEFAULT
        .into_iter()
        .flat_map(|concept| game.actor_ids().map(move |actor| (concept, actor)))
        .map(|(concept, actor)| ((concept, actor), solution.verdicts.stable(concept, actor).unwrap()))
        .collect();
    let mut checker = Checker::new(game, CHECK_WORK, &Quiet);
    let mut found = [0_usize; 2];
    let looked_at: Vec<(State, Concept)> = looked_at.into_iter().collect();
    for part in looked_at.chunks(TOGETHER * Concept::DEFAULT.len()) {
        let mut search = Search::new(game, &Bounds::default(), &Quiet);
        for (state, concept) in part {
            for actor in game.actor_ids() {
                let certificate = search.certificate(Sequences::Legal, *concept, actor, state).unwrap();
                let stable = stable[&(*concept, actor)].contains(state);
                assert_eq!(certificate.stable, stable, "{name} {state} {concept:?} {actor:?}");
                assert_eq!(checker.check(&certificate), Ok(()), "{name} {state} {concept:?} {actor:?}");
                found[usize::from(stable)] += 1;
            }
        }
    }
    assert_eq!(found[0] + found[1], looked_at.len() * game.actor_count());
    assert!(found[0] > wanted && found[1] > wanted, "{name}: {found:?} not stable and stable");
}

#[test]
#[ignore = "half a minute in release, minutes without"]
fn verdicts_of_the_nile_dam_have_certificates_that_hold() {
    a_large_case("nile-dam");
}

#[test]
fn verdicts_of_the_south_caucasus_of_2025_have_certificates_that_hold() {
    a_large_case("south-caucasus-2025");
}

#[test]
#[ignore = "half a minute in release, minutes without"]
fn verdicts_of_climate_finance_have_certificates_that_hold() {
    a_large_case("climate-finance");
}

/// Two opponents, one of them with a move taken away: answers in which they take turns more than once.
const TURNS: [&str; 2] = [
    r#"
format = 1
[case]
title = "Attack only when mobilised, and while provoked"
[actor.f.option]
sign = "Sign"
[actor.p.option]
provoke = "Provoke"
[actor.q.option]
mobilise = "Mobilise"
attack = "Attack"
[[rule]]
never = "q.attack and not p.provoke"
[[actor.q.cannot]]
from = "not q.mobilise"
to = "q.attack"
[status_quo]
on = ["p.provoke"]
[[actor.f.prefers]]
that = "not q.attack"
[[actor.f.prefers]]
that = "f.sign"
[[actor.p.prefers]]
that = "q.attack"
[[actor.q.prefers]]
that = "q.attack"
"#,
    r#"
format = 1
[case]
title = "One of two has a move taken away"
[actor.f.option]
z = "Z"
[actor.p.option]
a = "A"
[actor.q.option]
b = "B"
c = "C"
[[rule]]
always = "p.a or q.b"
[[actor.q.cannot]]
from = "not q.c"
to = "not q.b or p.a and not q.c"
[status_quo]
on = ["p.a", "q.b"]
[[actor.f.prefers]]
that = "not (f.z and not q.b)"
[[actor.f.prefers]]
that = "f.z"
[[actor.p.prefers]]
that = "f.z and not q.b"
[[actor.q.prefers]]
that = "f.z and not q.b"
"#,
];

#[test]
fn answers_in_which_two_take_turns_are_found_and_accepted() {
    for text in TURNS {
        let conflict = common::written(text);
        let game = &conflict.game;
        let settings =
            Settings { engine: Engine::Reference, concepts: Concept::ALL.to_vec(), ..Settings::default() };
        let solution = solve(game, &settings, &Quiet).unwrap();
        let mut search = Search::new(game, &Bounds::default(), &Quiet);
        let mut checker = Checker::new(game, CHECK_WORK, &Quiet);
        let mut longest = 0;
        for concept in Concept::ALL {
            for actor in game.actor_ids() {
                let stable = solution.verdicts.stable(concept, actor).unwrap();
                for state in solution.verdicts.feasible().first(usize::MAX) {
                    let found = search.certificate(Sequences::Legal, concept, actor, &state).unwrap();
                    assert_eq!(found.stable, stable.contains(&state), "{concept:?} {state}");
                    assert_eq!(checker.check(&found), Ok(()), "{found:#?}");
                    let steps = found.improvements.iter().map(|entry| entry.sanction.len());
                    longest = longest.max(steps.max().unwrap_or(0));
                }
            }
        }
        assert!(longest >= 3, "{longest}");
    }
}

/// Generated cases with 28 to 40 options: no state is listed to build or to check these, and what a checker allows
/// itself is enough for each of them.
#[test]
fn certificates_of_wide_cases_verify_within_the_default_work() {
    let (mut all, mut unstable, mut patterns) = (0, 0, 0);
    for (options, seed) in
        [28, 34, 40].into_iter().flat_map(|options| (1..=4).map(move |seed| (options, seed)))
    {
        let settings = GenerateSettings {
            actors: if seed % 2 == 0 { 3 } else { 5 },
            options,
            statements: 10,
            rules: 6,
            locality: 6,
            seed,
        };
        let conflict = generate(&settings).unwrap();
        let game = &conflict.game;
        let state = game.status_quo.clone().unwrap();
        let mut search = Search::new(game, &Bounds::default(), &Quiet);
        let mut checker = Checker::new(game, CHECK_WORK, &Quiet);
        for (at, concept) in Concept::DEFAULT.into_iter().enumerate() {
            let actor = ActorId::from((at + seed as usize) % game.actors.len());
            let certificate = search.certificate(Sequences::Legal, concept, actor, &state).unwrap();
            let found = checker.check(&certificate);
            assert_eq!(found, Ok(()), "{options} options, seed {seed}, {concept:?}");
            all += 1;
            unstable += usize::from(!certificate.stable);
            let closure = certificate.unanswered.iter().flat_map(|unanswered| &unanswered.closure);
            patterns += usize::from(closure.into_iter().any(|target| target.one().is_none()));
        }
    }
    assert_eq!(all, 60);
    assert!(unstable > 10 && patterns > 5, "{unstable} not stable, {patterns} with patterns");
}
