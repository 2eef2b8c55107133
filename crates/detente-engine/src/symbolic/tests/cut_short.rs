//! What is said of verdicts that a bound cut short holds.

use std::sync::atomic::{AtomicI64, Ordering};

use detente_model::Concept;

use crate::{Engine, Quiet, Settings, Stop, Watch, generate, solve};

/// Time is up after so many questions; for samples there is some left.
struct Hourglass(AtomicI64);

impl Watch for Hourglass {
    fn stop(&self) -> Option<Stop> {
        self.0.fetch_sub(1, Ordering::Relaxed);
        None
    }

    fn used(&self) -> Option<f64> {
        Some(if self.0.load(Ordering::Relaxed) > 0 { 0.0 } else { 0.8 })
    }
}

#[test]
fn bounds_and_samples_are_sound() {
    let (mut cut, mut drawn, mut some) = (0, 0, 0);
    for seed in 0..16 {
        let settings = generate::GenerateSettings {
            actors: 5,
            options: 18,
            statements: 12,
            rules: 2,
            locality: if seed % 2 == 0 { 6 } else { 18 },
            seed,
        };
        let game = generate::generate(&settings).unwrap().game;
        let exact =
            solve(&game, &Settings { engine: Engine::Explicit, ..Settings::default() }, &Quiet).unwrap();
        for questions in [0, 2, 8, 20] {
            let watch = Hourglass(AtomicI64::new(questions));
            let settings = Settings { engine: Engine::Symbolic, threads: 1, ..Settings::default() };
            let ours = solve(&game, &settings, &watch).unwrap();
            for concept in Concept::DEFAULT {
                let truth = exact.verdicts.equilibria(concept).unwrap();
                let label = format!("seed {seed} {questions} {}", concept.id());
                for actor in game.actor_ids() {
                    if let Some(set) = ours.verdicts.stable(concept, actor) {
                        let other = exact.verdicts.stable(concept, actor).unwrap();
                        assert_eq!(set.count(), other.count(), "{label}");
                    }
                }
                let Some(between) = ours.verdicts.between(concept) else {
                    assert_eq!(ours.verdicts.equilibria(concept).unwrap().count(), truth.count(), "{label}");
                    continue;
                };
                cut += 1;
                assert!(!ours.limits.is_empty(), "{label}");
                let all = truth.first(usize::MAX);
                let least = between.at_least.first(usize::MAX);
                assert!(least.iter().all(|s| truth.contains(s)), "{label}");
                assert!(all.iter().all(|s| between.at_most.contains(s)), "{label}");
                let sampled = &between.sampled;
                assert!(sampled.equilibria.iter().all(|s| truth.contains(s)), "{label}");
                assert!(sampled.equilibria.iter().all(|s| !between.at_least.contains(s)), "{label}");
                if let Some((share, low, high)) = sampled.share() {
                    assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
                    drawn += sampled.count();
                    some += sampled.equilibria.len();
                }
            }
        }
    }
    assert!(cut > 10 && drawn > 1_000 && some > 100, "{cut} {drawn} {some}");
}
