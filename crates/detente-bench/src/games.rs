//! Changed games: how many a second, by changes and by strikes.

use detente_engine::price::{Aim, Costs, PriceSettings, price};
use detente_engine::trust::{TrustSettings, trust};
use detente_engine::{Quiet, Settings};
use detente_model::{Concept, Conflict, Expr, Game, OptionId, OutcomeStates};

use crate::measure::{Measured, peak, time};
use crate::models::Random;
use crate::suite::{Row, Suite, Target, digits};

const FIRST: &[u8] = include_bytes!("../../../cases/south-caucasus-2023-solo/case.toml");
const SECOND: &[u8] = include_bytes!("../../../cases/south-caucasus-2023/case.toml");

fn failed(note: impl Into<String>) -> Measured {
    Measured { wall: f64::INFINITY, note: note.into(), ..Measured::default() }
}

/// Up to so many changes that make `outcome` all that lasts.
fn priced(game: &Game, outcome: &OutcomeStates, concept: Concept, most: u32) -> Measured {
    let settings = PriceSettings {
        settings: Settings { threads: 2, ..Settings::default() },
        concept,
        aim: Aim::Certain,
        costs: Costs::default(),
        most,
        games: 10_000_000,
    };
    let (wall, cpu, found) = time(1, || price(game, outcome, &settings, &Quiet));
    match found {
        Ok(found) => {
            let rate = found.games as f64 / wall;
            let note = format!("{} thousand games a second, {} ways", digits(rate / 1e3), found.ways.len());
            Measured { wall, cpu, peak: peak(), yardstick: 0.0, units: found.games as f64, note }
        }
        Err(error) => failed(error.to_string()),
    }
}

fn first(most: u32) -> Measured {
    let Some(conflict) = detente_case::read("first", FIRST).conflict else {
        return failed("it cannot be read");
    };
    match conflict.questions.iter().find(|question| question.id == "price").and_then(|q| q.outcome.as_ref()) {
        Some(outcome) => priced(&conflict.game, outcome, Concept::Nash, most),
        None => failed("it asks no such question"),
    }
}

fn box_of_twelve(concept: Concept) -> Measured {
    let game = Random { actors: 4, options: 12, statements: 5, rules: 0, seed: 7 }.game();
    let all = Expr::And((0..12).map(|at| Expr::Option(OptionId::from(at))).collect());
    priced(&game, &OutcomeStates::Formula(all), concept, 2)
}

/// Sets of up to so many claims, struck, in the first account that its claims allow.
fn struck(size: usize) -> Measured {
    let read: Option<Conflict> = detente_case::read("second", SECOND).conflict;
    let Some(conflict) = read.and_then(|c| {
        let account = c.accounts().ok()?.into_iter().next()?;
        c.in_account(&account).ok()
    }) else {
        return failed("it cannot be read in an account");
    };
    let settings = TrustSettings {
        settings: Settings { threads: 2, ..Settings::default() },
        size,
        ..TrustSettings::default()
    };
    let (wall, cpu, found) = time(1, || trust(&conflict, &settings, &Quiet));
    match found {
        Ok(found) => {
            let note = format!("{} sets that a conclusion cannot do without", found.sets.len());
            let bound = if found.limits.is_empty() { String::new() } else { ", a bound was hit".to_owned() };
            Measured { wall, cpu, peak: peak(), yardstick: 0.0, units: 1.0, note: note + &bound }
        }
        Err(error) => failed(error.to_string()),
    }
}

/// Changed games a second.
pub(crate) fn games() -> Suite {
    let row = |name: &str, target, run: Box<dyn Fn() -> Measured>| Row { name: name.to_owned(), target, run };
    Suite {
        id: "games",
        short: "changed games",
        title: "Changed games",
        about: "The least change that makes an outcome all that lasts, where there is none up to so many changes, so \
                that all sets are tried: the first edition of the flagship (128 outcomes), and a random box of twelve \
                options (4,096 outcomes). Then sets of claims that are struck, in the second edition. Two threads.",
        unit: "games",
        rows: vec![
            row("flagship, up to 2 changes", Target::NONE, Box::new(|| first(2))),
            row("flagship, up to 3 changes", Target::new(3.0, 200.0), Box::new(|| first(3))),
            row("4,096 outcomes, pairs, nash", Target::wall(60.0), Box::new(|| box_of_twelve(Concept::Nash))),
            row("4,096 outcomes, pairs, sseq", Target::wall(60.0), Box::new(|| box_of_twelve(Concept::Sseq))),
            row("strikes of up to 2 claims", Target::NONE, Box::new(|| struck(2))),
            row("strikes of up to 3 claims", Target::wall(1.0), Box::new(|| struck(3))),
        ],
        conclude: |_| Vec::new(),
    }
}
