//! The symbolic engine on generated cases, and beside the explicit one.

use std::time::{Duration, Instant};

use detente_engine::certificate::{Search, check};
use detente_engine::structure::Ask;
use detente_engine::{
    Bounds, Engine, GenerateSettings, Quiet, Settings, Solution, Stop, Watch, generate, solve,
};
use detente_model::{
    Act, ActId, ActorId, Assent, AssentSaid, Concept, Form, Game, Grounds, Sequences, Switch,
};

use crate::measure::{Measured, peak, seconds, time};
use crate::suite::{Row, Suite, Target, nothing};

const NASH_GMR_SMR: [Concept; 3] = [Concept::Nash, Concept::Gmr, Concept::Smr];
const SEQ_SSEQ: [Concept; 2] = [Concept::Seq, Concept::Sseq];

/// A clock, so that no row runs for ever.
struct Clock(Instant, Duration);

impl Watch for Clock {
    fn stop(&self) -> Option<Stop> {
        (self.0.elapsed() >= self.1).then_some(Stop::Time)
    }

    fn used(&self) -> Option<f64> {
        Some(self.0.elapsed().as_secs_f64() / self.1.as_secs_f64())
    }
}

/// A case of six actors with twelve statements each; statements inside issues of six options, or
/// (adversarial) anywhere.
#[derive(Clone, Copy, Default)]
struct Case {
    /// In all: those that are acts among them.
    options: usize,
    rules: usize,
    issues: bool,
    seed: u64,
    /// So many of the last options are acts of two actors instead: both begin one, either ends it.
    acts: usize,
}

impl Case {
    fn game(self) -> Option<Game> {
        let Self { options, rules, issues, seed, acts } = self;
        let locality = if issues { 6 } else { options };
        let settings = GenerateSettings { actors: 6, options, statements: 12, rules, locality, seed };
        let mut game = generate(&settings).ok()?.game;
        let actors = game.actor_count();
        let Form::Options(form) = &mut game.form else { return None };
        for n in 0..acts.min(form.options.len()) {
            let switch = form.options.len() - acts + n;
            let (one, other) = (ActorId::from(n % actors), ActorId::from((n + 1) % actors));
            let parties = vec![one.min(other), one.max(other)];
            let option = &mut form.options[switch];
            (option.actor, option.of) = (ActorId::NOBODY, Switch::Act(ActId::from(n)));
            form.acts.push(Act {
                id: format!("act{n}"),
                text: format!("Act {n}"),
                first: switch.into(),
                bits: 1,
                begins: Assent { said: AssentSaid::All, groups: vec![parties.clone()] },
                ends: Assent { said: AssentSaid::Any, groups: parties.iter().map(|p| vec![*p]).collect() },
                parties,
                with: Vec::new(),
                with_text: None,
                grounds: Grounds::default(),
            });
        }
        Some(game)
    }

    fn name(self) -> String {
        let kind = if self.issues { "issues" } else { "adversarial" };
        let acts = if self.acts == 0 { String::new() } else { format!(", {} acts", self.acts) };
        format!(
            "{kind}, {} options{acts}, {} rules, seed {}",
            self.options - self.acts,
            self.rules,
            self.seed
        )
    }
}

fn solved(
    game: &Game,
    engine: Engine,
    concepts: &[Concept],
    most: f64,
) -> (f64, f64, Result<Solution, String>) {
    let settings = Settings { engine, concepts: concepts.to_vec(), threads: 2, ..Settings::default() };
    time(1, || {
        let clock = Clock(Instant::now(), Duration::from_secs_f64(most));
        solve(game, &settings, &clock).map_err(|error| error.to_string())
    })
}

/// Counts of equilibria, or how far it came.
fn words(solution: &Solution, concepts: &[Concept]) -> String {
    let count = |c: &Concept| match solution.verdicts.equilibria(*c) {
        Some(set) => {
            let text = set.count().to_string();
            let number: f64 = text.parse().unwrap_or(f64::NAN);
            let text = if text.len() > 9 { format!("{number:.2e}") } else { text };
            format!("{} {text}", c.id())
        }
        None => format!("{} not finished", c.id()),
    };
    let mut list: Vec<String> = concepts.iter().map(count).collect();
    list.extend(solution.limits.iter().map(|hit| hit.reached.clone()));
    list.join(", ")
}

fn full(case: Case, concepts: &[Concept], most: f64) -> Measured {
    let Some(game) = case.game() else { return Measured::default() };
    let (wall, cpu, solution) = solved(&game, Engine::Symbolic, concepts, most);
    let units = case.options as f64;
    match solution {
        Ok(solution) => {
            let note = words(&solution, concepts);
            let wall = if solution.limits.is_empty() { wall } else { f64::INFINITY };
            Measured { wall, cpu, peak: peak(), yardstick: 0.0, units, note }
        }
        Err(note) => Measured { wall: f64::INFINITY, note, units, ..Measured::default() },
    }
}

fn row(case: Case, concepts: &'static [Concept], most: f64, target: Target) -> Row {
    Row { name: case.name(), target, run: Box::new(move || full(case, concepts, most)) }
}

/// Nash, gmr and smr of large cases.
pub(crate) fn symbolic() -> Suite {
    let mut rows = Vec::new();
    for (options, issues, target) in [
        (60, true, Target::new(2.0, 2048.0)),
        (100, true, Target::new(10.0, 2048.0)),
        (60, false, Target::new(5.0, 2048.0)),
    ] {
        for rules in [2, options * 3 / 4] {
            for seed in 1..=3 {
                let case = Case { options, rules, issues, seed, acts: 0 };
                rows.push(row(case, &NASH_GMR_SMR, 120.0, target));
            }
        }
    }
    // Acts of two instead of six options: within twice the time.
    for (options, target) in [(60, Target::new(4.0, 2048.0)), (100, Target::new(20.0, 2048.0))] {
        for rules in [2, options * 3 / 4] {
            for seed in 1..=3 {
                let case = Case { options, rules, issues: true, seed, acts: 6 };
                rows.push(row(case, &NASH_GMR_SMR, 120.0, target));
            }
        }
    }
    Suite {
        id: "symbolic",
        title: "Symbolic: nash, gmr and smr of large cases",
        short: "nash, gmr, smr",
        about: "Six actors, twelve statements each, two threads.",
        unit: "options",
        rows,
        conclude: nothing,
    }
}

/// Seq and sseq of whole cases.
pub(crate) fn sequential() -> Suite {
    let mut rows = Vec::new();
    for (options, target) in [(40, Target::wall(60.0)), (50, Target::wall(300.0))] {
        for issues in [true, false] {
            for seed in 1..=3 {
                rows.push(row(
                    Case { options, rules: options * 3 / 4, issues, seed, acts: 0 },
                    &SEQ_SSEQ,
                    300.0,
                    target,
                ));
            }
        }
    }
    for (options, target) in [(40, Target::wall(60.0)), (50, Target::wall(300.0))] {
        for issues in [true, false] {
            for seed in 1..=3 {
                let case = Case { options, rules: 2, issues, seed, acts: 0 };
                rows.push(row(case, &SEQ_SSEQ, 300.0, target));
            }
        }
    }
    for rules in [2, 30] {
        for seed in 1..=3 {
            let case = Case { options: 40, rules, issues: true, seed, acts: 4 };
            rows.push(row(case, &SEQ_SSEQ, 300.0, Target::wall(60.0)));
        }
    }
    Suite {
        id: "sequential",
        title: "Symbolic: seq and sseq in full",
        short: "seq, sseq",
        about: "Six actors, twelve statements each, two threads; a row that takes longer than five minutes is \
                stopped.",
        unit: "options",
        rows,
        conclude: nothing,
    }
}

/// The verdict and the checked certificate of single states under seq.
fn single(case: Case) -> Measured {
    let Some(game) = case.game() else { return Measured::default() };
    let (_, _, solution) = solved(&game, Engine::Symbolic, &NASH_GMR_SMR, 120.0);
    let Ok(solution) = solution else { return Measured { wall: f64::INFINITY, ..Measured::default() } };
    let ask = Ask { options: case.options, examples: 40, seed: 1, ..Ask::default() };
    let set = solution.verdicts.equilibria(Concept::Gmr);
    let states = set.and_then(|set| set.structure(&ask)).map(|s| s.examples).unwrap_or_default();
    let (mut each, mut open, mut refused, mut stable) = (Vec::new(), 0, 0, 0);
    let (_, cpu, ()) = time(1, || {
        for state in &states {
            let start = Instant::now();
            let mut search = Search::new(&game, &Bounds::default(), &Quiet);
            let mut all = true;
            for actor in game.actor_ids() {
                match search.certificate(Sequences::Legal, Concept::Seq, actor, state) {
                    Ok(certificate) => {
                        all &= certificate.stable;
                        refused += usize::from(check(&game, &certificate, &Quiet).is_err());
                    }
                    Err(_) => open += 1,
                }
            }
            stable += usize::from(all);
            each.push(start.elapsed().as_secs_f64());
        }
    });
    each.sort_by(f64::total_cmp);
    let at = |share: f64| each.get(((each.len() as f64 * share) as usize).min(each.len().saturating_sub(1)));
    let (half, most) = (at(0.5).copied().unwrap_or(0.0), at(0.95).copied().unwrap_or(0.0));
    let last = each.last().copied().unwrap_or(0.0);
    let note = format!(
        "{} states, {stable} seq equilibria; per state, all actors, checked: median {}, 95 % below {}, slowest {}; {open} \
         left open, {refused} refused by the checker",
        states.len(),
        seconds(half),
        seconds(most),
        seconds(last)
    );
    let wall = if refused == 0 { most } else { f64::INFINITY };
    Measured { wall, cpu, peak: peak(), yardstick: 0.0, units: states.len() as f64, note }
}

/// Single states of cases that are too large for whole solves.
pub(crate) fn states() -> Suite {
    let mut rows = Vec::new();
    let in_time = Target::wall(5.0);
    for (options, issues, target) in [(60, true, in_time), (60, false, in_time), (100, true, Target::NONE)] {
        for rules in [2, options * 3 / 4] {
            for seed in 1..=2 {
                let case = Case { options, rules, issues, seed, acts: 0 };
                rows.push(Row { name: case.name(), target, run: Box::new(move || single(case)) });
            }
        }
    }
    Suite {
        id: "states",
        title: "Symbolic: seq of single states, with certificates",
        short: "seq of one state",
        about: "Forty states drawn uniformly from the gmr equilibria; verdict and certificate for each of six actors, \
                and the check of it. `wall`: 95 % of the states take less; with 100 options a verdict that takes too many \
                steps is left open, and counted.",
        unit: "states",
        rows,
        conclude: nothing,
    }
}

/// Both engines and the choice between them, all five concepts.
fn beside(case: Case) -> Measured {
    let Some(game) = case.game() else { return Measured::default() };
    let concepts = Concept::DEFAULT;
    let one = |engine| {
        let (wall, _, solution) = solved(&game, engine, &concepts, 120.0);
        let finished = solution.as_ref().is_ok_and(|s| s.limits.is_empty());
        (if finished { wall } else { f64::INFINITY }, solution)
    };
    let (explicit, _) = one(Engine::Explicit);
    let (symbolic, _) = one(Engine::Symbolic);
    let (auto, solution) = one(Engine::Auto);
    let chosen = solution.map_or_else(|error| error, |s| s.engine.id().to_owned());
    let settings =
        Settings { concepts: vec![Concept::Nash], engine: Engine::Symbolic, ..Settings::default() };
    let feasible = solve(&game, &settings, &Quiet)
        .map_or(0.0, |s| s.verdicts.feasible().count().to_string().parse().unwrap_or(0.0));
    let note = format!(
        "explicit {}, symbolic {}, auto {} ({chosen}), {:.2} of the faster",
        seconds(explicit),
        seconds(symbolic),
        seconds(auto),
        auto / explicit.min(symbolic)
    );
    Measured { wall: auto, cpu: explicit.min(symbolic), peak: peak(), yardstick: 0.0, units: feasible, note }
}

/// From 20 to 26 options, where both engines run.
pub(crate) fn engines() -> Suite {
    let mut rows = Vec::new();
    for options in [20, 22, 24, 26] {
        for (issues, rules) in [(true, 2), (true, options / 2), (false, 2), (false, options / 2)] {
            let case = Case { options, rules, issues, seed: 1, acts: 0 };
            rows.push(Row { name: case.name(), target: Target::NONE, run: Box::new(move || beside(case)) });
        }
    }
    Suite {
        id: "engines",
        title: "Explicit, symbolic, and the choice between them",
        short: "both engines",
        about: "All five concepts, two threads. `wall` is the time of `auto`; `processor` here that of the faster engine \
                by the clock.",
        unit: "feasible states",
        rows,
        conclude: |rows| {
            let ratio = |m: &Measured| m.wall / m.cpu;
            let worst = rows.iter().max_by(|a, b| ratio(&a.1).total_cmp(&ratio(&b.1)));
            let Some((name, m)) = worst else { return vec![] };
            let sentence =
                format!("At worst `auto` takes {:.2} times as long as the faster engine ({name}).", ratio(m));
            // Ten milliseconds more or less are no choice worth making.
            vec![(sentence, rows.iter().all(|(_, m)| m.wall < 2.0 * m.cpu + 0.01))]
        },
    }
}
