//! The program as a process, from a case file to its JSON: what somebody waits for.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use detente_engine::{Engine, GenerateSettings, Quiet, Settings, generate, solve};
use detente_model::Concept;

use crate::measure::{Measured, time};
use crate::suite::{Row, Suite, Target, nothing};

/// The case and how it is solved.
#[derive(Clone, Copy)]
struct Asked {
    name: &'static str,
    case: GenerateSettings,
    engine: Engine,
    concepts: &'static [Concept],
    /// Whether the time that the engine takes alone is taken off.
    beyond: bool,
    repeat: usize,
}

impl Asked {
    fn measured(self) -> Measured {
        match self.run() {
            Ok(measured) => measured,
            Err(note) => Measured { wall: f64::INFINITY, units: 1.0, note, ..Measured::default() },
        }
    }

    fn run(self) -> Result<Measured, String> {
        let conflict = generate(&self.case).map_err(|error| error.to_string())?;
        let file = std::env::temp_dir().join(format!("detente-bench-{}.toml", std::process::id()));
        std::fs::write(&file, detente_case::to_toml(&conflict)).map_err(|error| error.to_string())?;
        let concepts: Vec<&str> = self.concepts.iter().map(|concept| concept.id()).collect();
        let engine = self.engine.id();
        let program = program()?;
        let (wall, cpu, done) = time(self.repeat, || {
            Command::new(&program)
                .arg("solve")
                .arg(&file)
                .args(["--format", "json", "--list", "0", "--quiet", "--engine", engine])
                .args(["--concept", &concepts.join(",")])
                .stdout(Stdio::null())
                .status()
        });
        let removed = std::fs::remove_file(&file);
        let status = done.map_err(|error| format!("{}: {error}", program.display()))?;
        removed.map_err(|error| error.to_string())?;
        let mut note = if status.success() { String::new() } else { format!("{status}") };
        let mut wall = wall;
        if self.beyond {
            let settings =
                Settings { engine: self.engine, concepts: self.concepts.to_vec(), ..Settings::default() };
            let (alone, _, solved) = time(self.repeat, || solve(&conflict.game, &settings, &Quiet));
            solved.map_err(|error| error.to_string())?;
            note = format!("{note}{wall:.3} s, of which the engine {alone:.3} s");
            wall -= alone;
        }
        Ok(Measured { wall, cpu, peak: 0.0, yardstick: 0.0, units: 1.0, note })
    }
}

/// The program beside this one.
fn program() -> Result<PathBuf, String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let program = here.with_file_name(format!("detente{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        Ok(program)
    } else {
        Err("the program is not built: `cargo build --release -p detente`".to_owned())
    }
}

/// Boxes and large cases from file to JSON.
pub(crate) fn process() -> Suite {
    let large = |seed, locality| GenerateSettings {
        actors: 6,
        options: 60,
        statements: 12,
        rules: 45,
        locality,
        seed,
    };
    let mut list = vec![(
        Asked {
            name: "4 actors, 20 options, explicit, five concepts",
            case: GenerateSettings {
                actors: 4,
                options: 20,
                statements: 8,
                rules: 0,
                locality: 6,
                seed: 4242,
            },
            engine: Engine::Explicit,
            concepts: &Concept::DEFAULT,
            beyond: false,
            repeat: 5,
        },
        Target::ratio(0.8),
    )];
    const THREE: &[Concept] = &[Concept::Nash, Concept::Gmr, Concept::Smr];
    for (name, seed) in [
        ("60 options, 45 rules, issues, seed 61", 61),
        ("60 options, 45 rules, issues, seed 62", 62),
        ("60 options, 45 rules, issues, seed 63", 63),
    ] {
        let asked = Asked {
            name,
            case: large(seed, 6),
            engine: Engine::Auto,
            concepts: THREE,
            beyond: false,
            repeat: 5,
        };
        list.push((asked, Target::ratio(0.3)));
    }
    for (name, seed) in [
        ("60 options, 45 rules, adversarial, seed 1, beyond the engine", 1),
        ("60 options, 45 rules, adversarial, seed 2, beyond the engine", 2),
    ] {
        let asked = Asked {
            name,
            case: large(seed, 60),
            engine: Engine::Symbolic,
            concepts: THREE,
            beyond: true,
            repeat: 2,
        };
        list.push((asked, Target::ratio(0.25)));
    }
    let row = |(asked, target): (Asked, Target)| Row {
        name: asked.name.to_owned(),
        target,
        run: Box::new(move || asked.measured()),
    };
    Suite {
        id: "process",
        title: "Process: the program, from a case file to its JSON",
        short: "the program",
        about: "`solve --format json --list 0` as a process of its own, no questions; a number of states, patterns of what \
                lasts and what could undo it are worked out as far as the answer tells of them.",
        unit: "runs",
        rows: list.into_iter().map(row).collect(),
        conclude: nothing,
    }
}
