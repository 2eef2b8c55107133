//! Games in normal form mean the same here and to Gambit: Nash stability of what is read are the equilibria in pure
//! strategies of the payoffs, and what is written is read back.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;

use common::{catalogue, findings};
use detente_case::import::nfg;
use detente_engine::{Engine, Quiet, Settings, solve};
use detente_model::{Concept, Conflict, OptionId, State};
use detente_study::find::listing::Listing;
use detente_study::show::nfg as written;

/// Small numbers from a seed.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A game: how many strategies each player has, and payoffs by profile, the first player's strategy changing fastest.
struct Payoffs {
    strategies: Vec<usize>,
    by_profile: Vec<Vec<i64>>,
}

impl Payoffs {
    fn random(seed: u64) -> Self {
        let mut r = Seeded(seed);
        let players = 2 + r.below(2);
        let strategies: Vec<usize> = (0..players).map(|_| 1 + r.below(4) as usize).collect();
        let profiles = strategies.iter().product::<usize>();
        let by_profile =
            (0..profiles).map(|_| (0..players).map(|_| r.below(5) as i64 - 2).collect()).collect();
        Self { strategies, by_profile }
    }

    /// The choices of a profile.
    fn choices(&self, mut profile: usize) -> Vec<usize> {
        let mut all = Vec::new();
        for own in &self.strategies {
            all.push(profile % own);
            profile /= own;
        }
        all
    }

    fn profile(&self, choices: &[usize]) -> usize {
        self.strategies.iter().zip(choices).rev().fold(0, |all, (own, choice)| all * own + choice)
    }

    /// By the definition: no player gains by another strategy of its own while the others keep theirs.
    fn equilibria(&self) -> BTreeSet<usize> {
        let stays = |profile: &usize| {
            (0..self.strategies.len()).all(|player| {
                (0..self.strategies[player]).all(|other| {
                    let mut choices = self.choices(*profile);
                    choices[player] = other;
                    self.by_profile[self.profile(&choices)][player] <= self.by_profile[*profile][player]
                })
            })
        };
        (0..self.by_profile.len()).filter(stays).collect()
    }

    /// As Gambit writes it: with payoffs, or with outcomes.
    fn text(&self, outcomes: bool) -> String {
        let players: String = (0..self.strategies.len()).map(|n| format!("\"P{n}\" ")).collect();
        let counts: String = self.strategies.iter().map(|n| format!("{n} ")).collect();
        let mut text = format!("NFG 1 R \"Random\" {{ {players}}} {{ {counts}}}\n");
        let numbers = |own: &Vec<i64>, between: &str| {
            own.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
        };
        if outcomes {
            text += "{\n";
            for own in &self.by_profile {
                let _ = writeln!(text, "{{ \"\" {} }}", numbers(own, ", "));
            }
            text += "}\n";
            for number in 1..=self.by_profile.len() {
                let _ = write!(text, "{number} ");
            }
        } else {
            for own in &self.by_profile {
                let _ = writeln!(text, "{}", numbers(own, " "));
            }
        }
        text
    }

    /// The state of a profile: one option for each strategy.
    fn state(&self, profile: usize) -> State {
        let (mut state, mut begin) = (State::default(), 0);
        for (own, choice) in self.strategies.iter().zip(self.choices(profile)) {
            state.set(OptionId::from(begin + choice), true);
            begin += own;
        }
        state
    }
}

fn read(text: &str) -> Conflict {
    let (conflict, problems) = nfg("a.nfg", text.as_bytes());
    conflict.unwrap_or_else(|| panic!("{problems:?}\n{text}"))
}

/// How many states are Nash equilibria, by the literal definitions.
fn count(conflict: &Conflict) -> usize {
    let settings =
        Settings { engine: Engine::Reference, concepts: vec![Concept::Nash], ..Settings::default() };
    let solved = solve(&conflict.game, &settings, &Quiet).unwrap();
    let all = solved.verdicts.equilibria(Concept::Nash).unwrap();
    usize::try_from(all.count()).unwrap()
}

#[test]
fn nash_of_what_is_read_are_the_equilibria_of_the_payoffs() {
    for seed in 0..400 {
        let payoffs = Payoffs::random(seed);
        let conflict = read(&payoffs.text(seed % 2 == 0));
        let equilibria = payoffs.equilibria();
        for engine in [Engine::Reference, Engine::Auto] {
            let settings = Settings { engine, concepts: vec![Concept::Nash], ..Settings::default() };
            let solved = solve(&conflict.game, &settings, &Quiet).unwrap();
            let nash = solved.verdicts.equilibria(Concept::Nash).unwrap();
            for profile in 0..payoffs.by_profile.len() {
                let state = payoffs.state(profile);
                assert_eq!(
                    nash.contains(&state),
                    equilibria.contains(&profile),
                    "seed {seed}, profile {profile}"
                );
            }
        }
        assert_eq!(count(&conflict), equilibria.len(), "seed {seed}");
    }
}

#[test]
fn what_is_written_is_read_back_with_the_same_equilibria() {
    let mut tried = 0;
    for seed in 0..60 {
        // What was read has rules that forbid combinations only within a player, so that it can be written.
        let payoffs = Payoffs::random(seed);
        let text = detente_case::to_toml(&read(&payoffs.text(false)));
        let found = findings(&text);
        let exported =
            written::nfg(&Listing::of(&found, &Concept::DEFAULT, written::choice()).unwrap()).unwrap();
        let again = read(&exported.text);
        assert_eq!(count(&again), payoffs.equilibria().len(), "seed {seed}:\n{}", exported.text);
        tried += 1;
    }
    for name in ["chicken", "prisoners-dilemma"] {
        let found = findings(&catalogue(name));
        let exported =
            written::nfg(&Listing::of(&found, &Concept::DEFAULT, written::choice()).unwrap()).unwrap();
        assert_eq!(count(&read(&exported.text)), count(&found.conflict), "{name}");
        tried += 1;
    }
    assert_eq!(tried, 62);
}
