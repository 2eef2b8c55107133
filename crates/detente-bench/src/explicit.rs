//! The explicit engine: boxes, sparse spaces, Gray codes.

use detente_engine::testing::{gray, spread};
use detente_engine::{Engine, Quiet, Settings, solve};
use detente_model::{Concept, Game};

use crate::measure::{Measured, peak, time};
use crate::models::{Random, Sparse};
use crate::suite::{Row, Suite, Target, digits, nothing};

const SPARSE: &str = "Forty options whose rules leave few states, four actors with ten statements each, five concepts. The \
     states are found without a visit to the 2^40 combinations.";

/// Solves a game for the five default concepts by the explicit engine.
pub(crate) fn solved(game: &Game, repeat: usize) -> Measured {
    let settings = Settings { engine: Engine::Explicit, ..Settings::default() };
    let (wall, cpu, result) = time(repeat, || solve(game, &settings, &Quiet));
    match result {
        Ok(solution) => {
            let peak = peak();
            let equilibria = |concept| {
                solution.verdicts.equilibria(concept).map_or_else(String::new, |s| s.count().to_string())
            };
            let states = solution.verdicts.feasible().count();
            let mut note = format!("{} nash, {} seq", equilibria(Concept::Nash), equilibria(Concept::Seq));
            for hit in &solution.limits {
                note += &format!("; stopped by {}: {}", hit.limit, hit.what);
            }
            let units = states.to_string().parse().unwrap_or(f64::NAN);
            Measured { wall, cpu, peak, yardstick: 0.0, units, note }
        }
        Err(error) => Measured { wall: f64::INFINITY, note: error.to_string(), ..Measured::default() },
    }
}

fn random(name: &str, random: Random, repeat: usize, target: Target) -> Row {
    Row { name: name.to_owned(), target, run: Box::new(move || solved(&random.game(), repeat)) }
}

/// The boxes that have targets.
pub(crate) fn boxes() -> Suite {
    let model = |actors, options, statements, rules| Random { actors, options, statements, rules, seed: 1 };
    let rows = vec![
        random("2 actors, 12 options", model(2, 12, 8, 0), 200, Target::wall(0.001)),
        random("4 actors, 20 options", model(4, 20, 8, 0), 10, Target::new(0.15, 64.0)),
        random("4 actors, 20 options, 10 rules", model(4, 20, 8, 10), 10, Target::new(0.15, 64.0)),
        random("6 actors, 20 options", model(6, 20, 8, 0), 5, Target::NONE),
        random("4 actors, 24 options", model(4, 24, 8, 0), 3, Target::new(1.5, 350.0)),
        random("4 actors, 24 options, 12 rules", model(4, 24, 8, 12), 3, Target::new(1.5, 350.0)),
        random("4 actors, 24 options, 24 statements", model(4, 24, 24, 0), 2, Target::new(6.0, 800.0)),
        random("4 actors, 26 options", model(4, 26, 8, 0), 1, Target::new(8.0, 1228.0)),
        random("4 actors, 26 options, 13 rules", model(4, 26, 8, 13), 1, Target::new(8.0, 1228.0)),
    ];
    Suite {
        id: "explicit",
        title: "Boxes: all combinations of options in arrays",
        short: "boxes",
        about: "Random statements (eight each unless said), options dealt to the actors in turn, five concepts \
                for every actor and as equilibria.",
        unit: "states",
        rows,
        conclude: nothing,
    }
}

/// Games per row of the growth table: one game says little about the next.
const GAMES: u64 = 5;

/// How time per state grows with the box.
pub(crate) fn growth() -> Suite {
    let row = |(actors, options): (usize, usize)| {
        let repeat = if options < 20 { 20 } else { 2 };
        let run = move || {
            let mut sum = Measured::default();
            for seed in 1..=GAMES {
                let one = solved(&Random { actors, options, statements: 8, rules: 0, seed }.game(), repeat);
                sum.wall += one.wall;
                sum.cpu += one.cpu;
                sum.units += one.units;
                sum.peak = one.peak;
            }
            sum
        };
        let name = format!("{actors} actors, {options} options, {GAMES} games");
        Row { name, target: Target::NONE, run: Box::new(run) }
    };
    let sizes = [2, 4].into_iter().flat_map(|actors| [16, 18, 20, 22, 24].map(|options| (actors, options)));
    Suite {
        id: "growth",
        title: "Growth: time per state over sizes",
        short: "growth",
        about: "As above; five games in each row. Linear growth would keep the time per state the same.",
        unit: "states",
        rows: sizes.map(row).collect(),
        conclude: |rows| {
            let mut said = vec![];
            for (group, actors) in rows.chunks(5).zip([2, 4]) {
                if let [(_, first), .., (_, last)] = group {
                    let ratio = (last.cpu / last.units) / (first.cpu / first.units);
                    let times = digits(ratio);
                    let good = ratio < 1.6;
                    said.push((
                        format!(
                            "{actors} actors: processor time per state from 2^16 to 2^24 states grows {times}-fold (must be below 1.6)."
                        ),
                        good,
                    ));
                }
            }
            said
        },
    }
}

/// Forty options, few states.
pub(crate) fn sparse() -> Suite {
    let row = |name: &str, kind: Sparse, seed| Row {
        name: name.to_owned(),
        target: Target::each(2e-6),
        run: Box::new(move || solved(&kind.game(seed), 2)),
    };
    Suite {
        id: "sparse",
        title: "Sparse spaces: forty options, rules that leave few states",
        short: "sparse",
        about: SPARSE,
        unit: "states",
        rows: vec![
            row("ladders of five rungs, two per actor", Sparse::Ladders, 1),
            row("one proposal on each of ten issues", Sparse::Proposals, 1),
            row("options that need earlier ones", Sparse::Preconditions, 1),
        ],
        conclude: nothing,
    }
}

/// The worst case of methods that work in rounds.
pub(crate) fn winding() -> Suite {
    let random =
        |actors, statements| move || Random { actors, options: 20, statements, rules: 0, seed: 3 }.game();
    let row = |name: &str, game: Box<dyn Fn() -> Game>| Row {
        name: name.to_owned(),
        target: Target::NONE,
        run: Box::new(move || solved(&game(), 3)),
    };
    let sparse = |game: Game| spread(&game, 40).0;
    let rows = vec![
        row("random, 3 actors, 19 statements", Box::new(random(3, 19))),
        row("Gray code, 3 actors, 19 statements", Box::new(|| gray(2, &[17]))),
        row("random, 5 actors, 19 statements", Box::new(random(5, 19))),
        row("Gray code, 5 actors, 19 statements", Box::new(|| gray(2, &[6, 6, 5]))),
        row("random, 5 actors, as a list", Box::new(move || sparse(random(5, 19)()))),
        row("Gray code, 5 actors, as a list", Box::new(move || sparse(gray(2, &[6, 6, 5])))),
    ];
    Suite {
        id: "gray",
        title: "Improvements that wind through a Gray code",
        short: "Gray codes",
        about: "2^20 states. In the Gray-code games the end of an opponents' sequence of improvements is 2^18 \
                moves away; a method that follows answers in rounds would need as many rounds. The lists are \
                the same games among forty options, half of them never available.",
        unit: "states",
        rows,
        conclude: |rows| {
            let mut said = vec![];
            for pair in rows.chunks(2) {
                if let [(_, random), (name, gray)] = pair {
                    let ratio = gray.wall / random.wall;
                    let times = digits(ratio);
                    said.push((
                        format!("{name}: {times} times the random game (must be below 10)."),
                        ratio < 10.0,
                    ));
                }
            }
            said
        },
    }
}
