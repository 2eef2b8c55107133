//! What can be reached from an outcome, by whom, and where it is likely to end.

use detente_engine::evolution::{
    By, Choice, Evolution, EvolveError, EvolveSettings, Reach, Route, evolve, reach,
};
use detente_engine::{LimitHit, Settings, name_all};
use detente_model::{Concept, Conflict, State};

use crate::Refusal;
use crate::find::caps::PICTURED;
use crate::find::findings::{Findings, Waiting};
use crate::find::routes::to_lasting;
use crate::find::story::{End, Telling, Together};
use crate::say::{evolution as report, refer};
use crate::show::doc::Doc;
use crate::show::evolution_picture as picture;
use crate::wire::{self, CaseInfo, Program};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The start, as it is typed.
    pub from: String,
    /// Whether minimal coalitions move too.
    pub coalitions: bool,
    /// Weights of movers (`az`, `act.peace`, `chance.election`); other actors and acts have 1, chance events 0.
    pub weights: Vec<(String, f64)>,
    /// How movers choose.
    pub choice: Choice,
    /// How many outcomes may be followed.
    pub limit: usize,
    /// Threads and bounds; the concepts are Nash.
    pub settings: Settings,
}

/// Where it goes.
pub struct Evolved {
    /// The case, solved.
    pub found: Findings,
    /// The start.
    pub from: State,
    /// The chain and where it ends.
    pub evolution: Evolution,
    /// What is told of it.
    pub telling: Telling,
    /// What can be reached.
    pub reached: Reach,
    /// The shortest ways to what lasts.
    pub shortest: Vec<Route>,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

impl Evolved {
    /// Follows the case from the outcome that `ask` names.
    ///
    /// # Errors
    /// No such outcome or mover, a weight that is none, or a bound before the first verdict.
    pub fn of(conflict: Conflict, ask: &Ask, watch: &Waiting) -> Result<Self, Refusal> {
        let settings = Settings { concepts: vec![Concept::Nash], ..ask.settings.clone() };
        let found = super::solved(conflict, &settings, watch)?;
        let from = refer::one(&found.conflict, &*found.feasible(), &ask.from)?;
        let Weights { actors, acts, chances } = weights(&found.conflict, &ask.weights)?;
        let settings = EvolveSettings {
            weights: actors,
            acts,
            chances,
            choice: ask.choice,
            coalitions: ask.coalitions,
            limit: ask.limit,
        };
        let wrong = |error: EvolveError| Refusal::usage(error.to_string());
        let game = &found.conflict.game;
        let evolution = evolve(game, &from, &settings, &**watch).map_err(wrong)?;
        let reached = reach(game, &from, ask.limit, &**watch).map_err(wrong)?;
        let solved = found.solution.limits.iter();
        let mut limits: Vec<LimitHit> =
            solved.chain(&evolution.limits).chain(&reached.limits).cloned().collect();
        let kinds: &[By] = if ask.coalitions {
            &[By::Improvements, By::Coalitions, By::Moves]
        } else {
            &[By::Improvements, By::Moves]
        };
        let (shortest, hit) = to_lasting(&found, &from, kinds, ask.limit);
        limits.extend(hit);
        name_all(&**watch, &mut limits);
        let telling = Telling::of(&found, &evolution, &settings, &**watch);
        Ok(Self { found, from, evolution, telling, reached, shortest, limits })
    }

    /// As a document.
    #[must_use]
    pub fn doc(&self) -> Doc {
        let conflict = &self.found.conflict;
        report::doc(conflict, &self.evolution, &self.telling, &self.reached, &self.shortest, &self.limits)
    }

    /// As a picture, with at most [`PICTURED`] of the shortest ways.
    #[must_use]
    pub fn svg(&self) -> String {
        picture::svg(&self.found.conflict, &self.evolution, self.pictured())
    }

    /// The same for Graphviz.
    #[must_use]
    pub fn dot(&self) -> String {
        picture::dot(&self.found.conflict, &self.evolution, self.pictured())
    }

    fn pictured(&self) -> &[Route] {
        &self.shortest[..self.shortest.len().min(PICTURED.size())]
    }

    /// As a contract: `detente/evolve/…`.
    #[must_use]
    pub fn wire(&self) -> wire::Evolve {
        let conflict = &self.found.conflict;
        let game = &conflict.game;
        let text = |s: &detente_model::State| wire::state_text(game, s);
        let places =
            |list: &[usize]| list.iter().map(|s| text(&self.evolution.states[*s])).collect::<Vec<_>>();
        let count = |list: &[detente_model::State]| self.reached.limits.is_empty().then_some(list.len());
        wire::Evolve {
            schema: wire::EvolveName::This,
            program: Program::THIS,
            case: CaseInfo::of(conflict),
            from: text(&self.from),
            by_moves: count(&self.reached.by_moves),
            by_improvements: count(&self.reached.by_improvements),
            dead_ends: self.reached.dead_ends.iter().map(text).collect(),
            together: self.telling.together.as_ref().map(|together| wire::TogetherInfo {
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
                steps: self
                    .telling
                    .story
                    .steps
                    .iter()
                    .map(|step| wire::StoryStep {
                        mover: step.mover.id(game),
                        to: text(&step.to),
                        probability: step.probability,
                    })
                    .collect(),
                ends: match self.telling.story.end {
                    End::Rests => "rests",
                    End::Back(_) => "back",
                    End::NotFollowed => "not_followed",
                },
                back_to: match self.telling.story.end {
                    End::Back(at) => Some(at),
                    End::Rests | End::NotFollowed => None,
                },
            },
            absorbing: self
                .evolution
                .absorbing
                .iter()
                .zip(&self.telling.rounds)
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
            cycles: self.evolution.open_cycles.iter().map(|c| places(c)).collect(),
            moves: self.evolution.moves.is_finite().then_some(self.evolution.moves),
            settled: self.evolution.settled,
            residual: self.evolution.residual,
            unfollowed: self.evolution.unfollowed,
            shortest: self
                .shortest
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
            limits: self.limits.iter().map(Into::into).collect(),
        }
    }
}

/// Weights of movers by place; empty: as they are without any.
#[derive(Default)]
struct Weights {
    actors: Vec<u64>,
    acts: Vec<u64>,
    chances: Vec<u64>,
}

/// Decimals are scaled to whole numbers.
fn weights(conflict: &Conflict, given: &[(String, f64)]) -> Result<Weights, Refusal> {
    const SCALE: f64 = 1e6;
    if given.is_empty() {
        return Ok(Weights::default());
    }
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
    for (id, value) in given {
        if !(0.0..=1e6).contains(value) {
            return Err(Refusal::usage_with(
                format!("`{id}={value}` is not a weight"),
                "a weight is a number from 0 to 1,000,000",
            ));
        }
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
            list.actors[refer::actor(conflict, id)?.index()] = weight;
        }
    }
    Ok(list)
}
