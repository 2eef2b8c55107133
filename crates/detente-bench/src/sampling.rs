//! Sampling: models a second, threads, memory.

use detente_engine::ensemble::{SampleSettings, Sampler};
use detente_engine::{GenerateSettings, Quiet, generate};
use detente_model::{Concept, Conflict, Preference, Sequences};

use crate::measure::{Measured, peak, time};
use crate::models::Random;
use crate::suite::{Row, Suite, Target, digits};

/// The flagship as it is in the catalogue.
const FLAGSHIP: &[u8] = include_bytes!("../../../cases/south-caucasus-2023-solo/case.toml");

fn flagship() -> Option<Conflict> {
    detente_case::read("south-caucasus-2023-solo", FLAGSHIP).conflict
}

/// The second edition, in the first account that its claims allow.
fn second() -> Option<Conflict> {
    const SECOND: &[u8] = include_bytes!("../../../cases/south-caucasus-2023/case.toml");
    let conflict = detente_case::read("south-caucasus-2023", SECOND).conflict?;
    let account = conflict.accounts().ok()?.into_iter().next()?;
    conflict.in_account(&account).ok()
}

/// 4,096 outcomes, every statement doubtful.
fn box_of_twelve() -> Option<Conflict> {
    let mut conflict = generate(&GenerateSettings::default()).ok()?;
    conflict.game = Random { actors: 4, options: 12, statements: 8, rules: 0, seed: 1 }.game();
    conflict.outcomes.clear();
    conflict.questions.clear();
    for preference in &mut conflict.game.preferences {
        if let Preference::Statements(list) = preference {
            list.iter_mut().for_each(|s| s.confidence = Some(0.8));
        }
    }
    Some(conflict)
}

fn sampled(conflict: Option<Conflict>, threads: usize, draws: u64) -> Measured {
    let failed = |note: String| Measured { wall: f64::INFINITY, note, ..Measured::default() };
    let Some(conflict) = conflict else { return failed("the case cannot be read".to_owned()) };
    let settings = SampleSettings {
        concepts: Concept::DEFAULT.to_vec(),
        sequences: Sequences::Legal,
        targets: conflict.outcomes.iter().map(|outcome| outcome.states.clone()).collect(),
        given: vec![],
        one_by_one: false,
    };
    let sampler = match Sampler::new(&conflict, settings, conflict.ensemble_key(1), &Quiet) {
        Ok(sampler) => sampler.on_threads(threads),
        Err(error) => return failed(error.to_string()),
    };
    let (wall, cpu, tally) = time(2, || sampler.sample(0..draws, &Quiet));
    match tally {
        Ok(tally) => {
            let rate = draws as f64 / wall;
            let note = format!(
                "{} thousand models a second, {} sets (Nash)",
                digits(rate / 1e3),
                tally.sets[0].distinct()
            );
            Measured { wall, cpu, peak: peak(), yardstick: 0.0, units: tally.models, note }
        }
        Err(error) => failed(error.to_string()),
    }
}

/// Models a second.
pub(crate) fn sampling() -> Suite {
    let row = |name: &str, conflict: fn() -> Option<Conflict>, threads, draws, target| Row {
        name: name.to_owned(),
        target,
        run: Box::new(move || sampled(conflict(), threads, draws)),
    };
    Suite {
        id: "sampling",
        short: "sampling",
        title: "Sampling: models a second",
        about: "Models drawn and solved for five concepts, with the walk from the status quo, shares of states and \
                outcomes, and sets of equilibria: the first edition of the flagship (128 outcomes), and a random box \
                of twelve options whose 32 statements each hold with confidence 0.8.",
        unit: "models",
        rows: vec![
            row("flagship, 1 thread", flagship, 1, 1_000_000, Target::NONE),
            row("flagship, 2 threads", flagship, 2, 1_000_000, Target::each(1e-6)),
            row("flagship, 2 threads, 4 times the draws", flagship, 2, 4_000_000, Target::NONE),
            row("4,096 outcomes, 1 thread", box_of_twelve, 1, 20_000, Target::NONE),
            row("4,096 outcomes, 2 threads", box_of_twelve, 2, 20_000, Target::each(1.0 / 20_000.0)),
            row("second edition, with acts, 2 threads", second, 2, 1_000_000, Target::each(1e-6)),
        ],
        conclude: |rows| {
            let [(_, one), (_, two), (_, four), (_, box_one), (_, box_two), _] = rows else {
                return Vec::new();
            };
            let speed_up = |a: &Measured, b: &Measured| a.wall / b.wall;
            let (small, large) = (speed_up(one, two), speed_up(box_one, box_two));
            let memory = four.peak / two.peak;
            vec![
                (
                    format!(
                        "Two threads are {} (flagship) and {} (4,096 outcomes) times as fast as one (must be above 1.7).",
                        digits(small),
                        digits(large)
                    ),
                    small > 1.7 && large > 1.7,
                ),
                (
                    format!(
                        "Four times the draws take {} times the memory (must be below 1.1).",
                        digits(memory)
                    ),
                    memory < 1.1,
                ),
            ]
        },
    }
}
