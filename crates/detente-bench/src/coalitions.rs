//! Coalitions: the whole table.

use detente_engine::coalition::{CoalitionConcept, CoalitionSettings, table};
use detente_engine::{Engine, Quiet, Settings, solve};
use detente_model::{Concept, Game, State};

use crate::measure::{Measured, peak, time};
use crate::models::Random;
use crate::suite::{Row, Suite, Target, nothing};

fn states(game: &Game) -> Vec<State> {
    let settings =
        Settings { engine: Engine::Explicit, concepts: vec![Concept::Nash], ..Settings::default() };
    solve(game, &settings, &Quiet).map_or_else(|_| vec![], |s| s.verdicts.feasible().first(usize::MAX))
}

fn whole(random: Random) -> Measured {
    let game = random.game();
    let states = states(&game);
    let settings = CoalitionSettings::default();
    let (wall, cpu, result) = time(1, || table(&game, &states, &settings, &Quiet));
    match result {
        Ok(table) => {
            let coalitions = table.coalitions().count();
            let proof = |c| table.proof(c).map_or_else(|| "?".to_owned(), |s| s.len().to_string());
            let mut note = format!(
                "{coalitions} coalitions; proof against all: {} (C-Nash), {} (C-SEQ)",
                proof(CoalitionConcept::Nash),
                proof(CoalitionConcept::Seq)
            );
            for hit in &table.limits {
                note += &format!("; stopped by {}: {}", hit.limit, hit.what);
            }
            Measured { wall, cpu, peak: peak(), yardstick: 0.0, units: states.len() as f64, note }
        }
        Err(error) => Measured { wall: f64::INFINITY, note: error.to_string(), ..Measured::default() },
    }
}

/// The table of states and coalitions.
pub(crate) fn coalitions() -> Suite {
    let row = |actors, options, statements, rules, target| {
        let random = Random { actors, options, statements, rules, seed: 4 };
        let with = if rules == 0 { String::new() } else { format!(", {rules} rules") };
        Row {
            name: format!("{actors} actors, {options} options, {statements} statements{with}"),
            target,
            run: Box::new(move || whole(random)),
        }
    };
    Suite {
        id: "coalitions",
        title: "Coalitions: every state against every coalition",
        short: "coalitions",
        about: "All 2^D − 1 coalitions, C-Nash, C-GMR, C-SMR and C-SEQ.",
        unit: "states",
        rows: vec![
            row(4, 16, 8, 0, Target::NONE),
            row(6, 16, 8, 0, Target::wall(20.0)),
            row(6, 16, 16, 0, Target::wall(20.0)),
        ],
        conclude: nothing,
    }
}
