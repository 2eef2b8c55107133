//! `detente evolve CASE`: what can be reached, by whom, how likely it ends where.

use clap::{Args, ValueEnum};
use detente_engine::Settings;
use detente_engine::evolution::{By, Choice, EvolveSettings};
use detente_model::{Concept, Conflict};

use super::args::{BoundArgs, CaseArg, VariantArg};
use super::solver::Solver;
use super::watch::Clock;
use super::{Refusal, Status, input, output, rank};
use detente_study::find::story::{End, Together, Walks};
use detente_study::say::evolution as report;
use detente_study::say::refer;
use detente_study::show::evolution_picture as picture;
use detente_study::wire::{self, CaseInfo, Program};

/// Ways that are in the picture.
const PICTURED: usize = crate::caps::PICTURED.size();

/// What can be reached from an outcome, by whom, and where it is likely to end
#[derive(Args)]
pub(crate) struct EvolveArgs {
    #[command(flatten)]
    case: CaseArg,
    /// The start: a number, #place, a pattern, on:…, sq, an option, or the id of an outcome, a define or
    /// something observed; each also after "not "
    #[arg(long, alias = "state", value_name = "S", default_value = "sq", allow_hyphen_values = true)]
    from: String,
    /// Minimal coalitions move too
    #[arg(long)]
    coalitions: bool,
    /// Weights of movers: az=2,act.peace=0.5,chance.election=1 (other actors and acts 1; chance events happen only with
    /// a weight)
    #[arg(long, value_name = "LIST")]
    weights: Option<String>,
    /// Whether movers take any improvement or only their best
    #[arg(long, value_enum, default_value_t)]
    choice: ChoiceArg,
    /// How many outcomes may be followed
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    limit: usize,
    #[command(flatten)]
    variant: VariantArg,
    #[command(flatten)]
    bounds: BoundArgs,
    /// The medium of the answer
    #[arg(long, value_enum, default_value_t)]
    format: EvolveFormat,
}

/// How movers choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ChoiceArg {
    /// Each improvement is equally likely
    #[default]
    Any,
    /// Only the best, ties equal
    Best,
}

/// The medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum EvolveFormat {
    /// For a reader at a terminal
    #[default]
    Table,
    /// For a program
    Json,
    /// Markdown
    Md,
    /// One HTML file
    Html,
    /// A picture
    Svg,
    /// A picture for Graphviz
    Dot,
}

/// Runs the command.
pub(crate) fn run(args: &EvolveArgs, quiet: bool) -> Result<Status, Refusal> {
    let loaded = input::load(&args.case)?;
    if !quiet {
        output::tell_diagnostics(&loaded.diagnostics, &loaded.text);
    }
    let conflict = loaded.version(&args.variant)?;
    let settings = Settings {
        concepts: vec![Concept::Nash],
        threads: args.bounds.threads,
        bounds: args.bounds.bounds(),
        ..Settings::default()
    };
    let clock = Clock::start(args.bounds.time.limit(), quiet);
    let (found, _) = Solver::new(settings, &clock).solve(conflict, None)?;
    let conflict = &found.conflict;
    let from = refer::one(conflict, &*found.feasible(), &args.from)?;
    let Weights { actors, acts, chances } = weights(conflict, args.weights.as_deref())?;
    let settings = EvolveSettings {
        weights: actors,
        acts,
        chances,
        choice: if args.choice == ChoiceArg::Best { Choice::Best } else { Choice::Any },
        coalitions: args.coalitions,
        limit: args.limit,
    };
    let wrong = |error: detente_engine::evolution::EvolveError| Refusal::usage(error.to_string());
    let kinds: &[By] = if args.coalitions {
        &[By::Improvements, By::Coalitions, By::Moves]
    } else {
        &[By::Improvements, By::Moves]
    };
    let walks = Walks::of(&found, &from, &settings, kinds, &*clock).map_err(wrong)?;
    let Walks { evolution, telling, reached, shortest, mut limits } = walks;
    clock.name_all(&mut limits);
    let pictured = &shortest[..shortest.len().min(PICTURED)];
    let doc = || report::doc(conflict, &evolution, &telling, &reached, &shortest, &limits);
    match args.format {
        EvolveFormat::Table => output::print_doc(&doc())?,
        EvolveFormat::Md => output::print_markdown(&doc())?,
        EvolveFormat::Html => output::print_html(&doc())?,
        EvolveFormat::Svg => output::print(&picture::svg(conflict, &evolution, pictured))?,
        EvolveFormat::Dot => output::print(&picture::dot(conflict, &evolution, pictured))?,
        EvolveFormat::Json => {
            let game = &conflict.game;
            let text = |s: &detente_model::State| wire::state_text(game, s);
            let places =
                |list: &[usize]| list.iter().map(|s| text(&evolution.states[*s])).collect::<Vec<_>>();
            let count = |list: &[detente_model::State]| reached.limits.is_empty().then_some(list.len());
            output::print_json(&wire::Evolve {
                schema: wire::EvolveName::This,
                program: Program::THIS,
                case: CaseInfo::of(conflict),
                from: text(&from),
                by_moves: count(&reached.by_moves),
                by_improvements: count(&reached.by_improvements),
                dead_ends: reached.dead_ends.iter().map(text).collect(),
                together: telling.together.as_ref().map(|together| wire::TogetherInfo {
                    same: match together {
                        Together::Same => Some(true),
                        Together::Elsewhere(_) => Some(false),
                        Together::NotLookedAt => None,
                    },
                    ends: match together {
                        Together::Elsewhere(ends) => {
                            ends.iter().map(|end| end.iter().map(&text).collect()).collect()
                        }
                        Together::Same | Together::NotLookedAt => vec![],
                    },
                }),
                story: wire::StoryInfo {
                    steps: telling
                        .story
                        .steps
                        .iter()
                        .map(|step| wire::StoryStep {
                            mover: step.mover.id(game),
                            to: text(&step.to),
                            probability: step.probability,
                        })
                        .collect(),
                    ends: match telling.story.end {
                        End::Rests => "rests",
                        End::Back(_) => "back",
                        End::NotFollowed => "not_followed",
                    },
                    back_to: match telling.story.end {
                        End::Back(at) => Some(at),
                        End::Rests | End::NotFollowed => None,
                    },
                },
                absorbing: evolution
                    .absorbing
                    .iter()
                    .zip(&telling.rounds)
                    .map(|(a, round)| wire::AbsorbingInfo {
                        states: places(&a.states),
                        kind: match a.states.len() {
                            1 if a.is_equilibrium() => "equilibrium",
                            1 => "held",
                            _ => "cycle",
                        },
                        held: a.held.iter().map(|walker| walker.id(game)).collect(),
                        probability: a.probability,
                        exact: a.exact.as_ref().map(ToString::to_string),
                        time: round.as_ref().and_then(|round| round.time.as_ref()).map(|time| {
                            let share = |(state, share): &(detente_model::State, f64)| wire::TimeInfo {
                                state: text(state),
                                share: *share,
                            };
                            time.iter().map(share).collect()
                        }),
                        undone: round.as_ref().map(|round| {
                            let ids = |walkers: &[detente_engine::evolution::Walker]| {
                                walkers.iter().map(|walker| walker.id(game)).collect()
                            };
                            let undone = round.undone.iter().map(|undone| wire::UndoesInfo {
                                option: game.option_name(undone.thing),
                                on: ids(&undone.on),
                                off: ids(&undone.off),
                            });
                            undone.collect()
                        }),
                        moves: a.moves.is_finite().then_some(a.moves),
                    })
                    .collect(),
                cycles: evolution.open_cycles.iter().map(|c| places(c)).collect(),
                moves: evolution.moves.is_finite().then_some(evolution.moves),
                settled: evolution.settled,
                residual: evolution.residual,
                unfollowed: evolution.unfollowed,
                shortest: shortest
                    .iter()
                    .map(|way| wire::ShortestInfo {
                        to: text(&way.to),
                        by: match way.by {
                            By::Improvements => "improvements",
                            By::Coalitions => "coalitions",
                            By::Moves => "moves",
                        },
                        sequence: way
                            .sequence
                            .iter()
                            .map(|(walker, s)| wire::StepInfo::of(game, *walker, text(s)))
                            .collect(),
                    })
                    .collect(),
                limits: limits.iter().map(Into::into).collect(),
            })?;
        }
    }
    Ok(output::ends(&limits))
}

/// Weights of movers by place; empty: as they are without any.
#[derive(Default)]
struct Weights {
    actors: Vec<u64>,
    acts: Vec<u64>,
    chances: Vec<u64>,
}

/// Reads `az=2,act.peace=0.5,chance.election=1`: decimals are scaled to whole numbers.
fn weights(conflict: &Conflict, text: Option<&str>) -> Result<Weights, Refusal> {
    const SCALE: f64 = 1e6;
    let Some(text) = text else { return Ok(Weights::default()) };
    let form = conflict.game.option_form();
    let (acts, chances) = form.map_or((&[][..], &[][..]), |form| (&form.acts, &form.chances));
    let mut list = Weights {
        actors: vec![SCALE as u64; conflict.game.actors.len()],
        acts: vec![SCALE as u64; acts.len()],
        chances: vec![0; chances.len()],
    };
    let unknown = |kind: &str, id: &str, known: Vec<&str>| {
        let hint = match known.as_slice() {
            [] => "there are none in this case".to_owned(),
            known => format!("there are {}", known.join(", ")),
        };
        Refusal::usage_with(format!("there is no {kind} `{id}`"), hint)
    };
    for part in text.split(',') {
        let wrong =
            || Refusal::usage_with(format!("`{part}` is not a weight"), "write weights like az=2,am=0.5");
        let (id, value) = part.split_once('=').ok_or_else(wrong)?;
        let value: f64 = value.trim().parse().map_err(|_| wrong())?;
        if !(0.0..=1e6).contains(&value) {
            return Err(wrong());
        }
        let id = id.trim();
        let weight = (value * SCALE).round() as u64;
        if let Some(act) = id.strip_prefix("act.") {
            let at = acts.iter().position(|known| known.id == act);
            let known = || acts.iter().map(|known| known.id.as_str()).collect();
            list.acts[at.ok_or_else(|| unknown("act", act, known()))?] = weight;
        } else if let Some(chance) = id.strip_prefix("chance.") {
            let at = chances.iter().position(|known| known.id == chance);
            let known = || chances.iter().map(|known| known.id.as_str()).collect();
            list.chances[at.ok_or_else(|| unknown("chance event", chance, known()))?] = weight;
        } else {
            list.actors[rank::actor(conflict, id)?.index()] = weight;
        }
    }
    Ok(list)
}
