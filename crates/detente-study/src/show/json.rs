//! Findings as the wire types of the JSON contracts.

use detente_case::Diagnostic;
use detente_engine::StateSet;
use detente_model::{ActorId, Concept, Game, MoverId, State};
use indexmap::IndexMap;
use num_bigint::BigUint;

use crate::find::dates;
use crate::find::headline::Headline;
use crate::say::solve::Solved;
use crate::say::{between, headline, structure};
use crate::wire::{self, CaseInfo, Equilibria, Program, QuestionInfo, Settings, States};

/// With more options a state number is larger than what every JSON reader holds exactly.
const MOST_BITS: usize = 52;

/// `detente/solve/2` for `solved`, without how long it took.
pub fn solve(solved: &Solved, diagnostics: &[Diagnostic]) -> wire::Solved {
    let found = &solved.found;
    let game = &found.conflict.game;
    let list = solved.list;
    let (stability, equilibria) = (stability(solved), equilibria(solved));
    let by_sequences = (!solved.readings.is_empty()).then(|| {
        solved
            .readings
            .iter()
            .map(|(reading, found)| {
                let sets = solved.concepts.iter().filter_map(|&which| {
                    let set = found.equilibria(which)?;
                    Some((which.id().to_owned(), states(game, &*set, list)))
                });
                (reading.id().to_owned(), sets.collect())
            })
            .collect()
    });
    wire::Solved {
        schema: wire::SolveName::This,
        program: Program::THIS,
        case: CaseInfo::of(&found.conflict),
        settings: settings(solved),
        actors: game.actors.iter().map(|actor| actor.id.clone()).collect(),
        options: (0..game.options().len()).map(|at| game.option_name(at.into())).collect(),
        state_names: game.graph_form().map(|form| form.states.clone()),
        movers: movers(game),
        readings: Vec::new(),
        feasible: states(game, &*found.feasible(), list),
        stability,
        equilibria,
        lasts: lasts(solved),
        slices: slices(solved),
        deadlines: deadlines(solved),
        start: solved.start.clone(),
        headline: headline(solved),
        lasting: solved.lasting.info(found),
        between: between::info(found, &solved.concepts),
        by_sequences,
        questions: questions(solved),
        diagnostics: diagnostics.iter().map(Into::into).collect(),
        limits: solved.limits.iter().chain(&solved.deferred).map(Into::into).collect(),
        not_possible: wire::NotPossibleInfo::of(&found.conflict, &solved.concepts),
        timings_ms: IndexMap::new(),
    }
}

/// `detente/solve/2` for a case whose claims contradict each other: one answer for each account.
pub fn told(accounts: &[Solved], diagnostics: &[Diagnostic]) -> Option<wire::Told> {
    let first = accounts.first()?;
    let game = &first.found.conflict.game;
    let one = |solved: &Solved| {
        let account = solved.found.conflict.account.as_ref();
        wire::ReadingInfo {
            id: account.map(|account| account.id.clone()).unwrap_or_default(),
            title: account.and_then(|account| account.title.clone()),
            feasible: states(&solved.found.conflict.game, &*solved.found.feasible(), solved.list),
            stability: stability(solved),
            equilibria: equilibria(solved),
            lasts: lasts(solved),
            slices: slices(solved),
            deadlines: deadlines(solved),
            headline: headline(solved),
            questions: questions(solved),
        }
    };
    let by_reading: Vec<wire::ReadingInfo> = accounts.iter().map(one).collect();
    let mut limits: Vec<wire::LimitInfo> = Vec::new();
    for hit in accounts.iter().flat_map(|solved| solved.limits.iter().chain(&solved.deferred)) {
        let hit = hit.into();
        if !limits.contains(&hit) {
            limits.push(hit);
        }
    }
    Some(wire::Told {
        schema: wire::SolveName::This,
        program: Program::THIS,
        case: CaseInfo::of(&first.found.conflict),
        settings: settings(first),
        actors: game.actors.iter().map(|actor| actor.id.clone()).collect(),
        options: (0..game.options().len()).map(|at| game.option_name(at.into())).collect(),
        movers: movers(game),
        readings: by_reading.iter().map(|reading| reading.id.clone()).collect(),
        by_reading,
        diagnostics: diagnostics.iter().map(Into::into).collect(),
        limits,
        timings_ms: IndexMap::new(),
    })
}

fn settings(solved: &Solved) -> Settings {
    Settings {
        engine: solved.found.solution.engine.id().to_owned(),
        sequences: solved.sequences.id().to_owned(),
        concepts: solved.concepts.iter().map(|which: &Concept| which.id().to_owned()).collect(),
    }
}

fn movers(game: &Game) -> Vec<wire::MoverInfo> {
    let party = |actor: &ActorId| game.actors.get(actor.index()).map_or_else(String::new, |a| a.id.clone());
    let one = |mover: &detente_model::Mover| wire::MoverInfo {
        id: game.mover_id(mover),
        parties: mover.parties.iter().map(party).collect(),
    };
    game.movers().iter().map(one).collect()
}

fn stability(solved: &Solved) -> IndexMap<String, IndexMap<String, States>> {
    let game = &solved.found.conflict.game;
    let movers = game.movers();
    let mut stability = IndexMap::new();
    for &which in &solved.concepts {
        let mut of_movers = IndexMap::new();
        for (at, mover) in movers.iter().enumerate() {
            if let Some(stable) = solved.found.solution.verdicts.stable_for(which, MoverId::from(at)) {
                of_movers.insert(game.mover_id(mover), states(game, &*stable, solved.list));
            }
        }
        if !of_movers.is_empty() {
            stability.insert(which.id().to_owned(), of_movers);
        }
    }
    stability
}

fn equilibria(solved: &Solved) -> IndexMap<String, Equilibria> {
    let each = solved.concepts.iter().filter_map(|&which| {
        let set = solved.found.equilibria(which)?;
        Some((which.id().to_owned(), lasting(solved, &*set)))
    });
    each.collect()
}

fn lasts(solved: &Solved) -> IndexMap<String, States> {
    let game = &solved.found.conflict.game;
    let each = solved.concepts.iter().filter_map(|&which| {
        let set = solved.found.lasting(which)?;
        Some((which.id().to_owned(), states(game, &*set, solved.list)))
    });
    each.collect()
}

fn slices(solved: &Solved) -> Vec<wire::SliceInfo> {
    let conflict = &solved.found.conflict;
    let (game, verdicts) = (&conflict.game, &solved.found.solution.verdicts);
    let chances = game.option_form().map_or(&[][..], |form| &form.chances);
    let one = |(at, slice): (usize, detente_model::Slice)| {
        let possible = !matches!(slice.start, Some(Err(_)));
        let sets = |find: &dyn Fn(Concept) -> Option<States>| -> IndexMap<String, States> {
            let concepts = solved.concepts.iter().filter(|_| possible);
            concepts.filter_map(|&which| Some((which.id().to_owned(), find(which)?))).collect()
        };
        let equilibria = |which| Some(states(game, &*verdicts.equilibria_in(at, which)?, solved.list));
        let lasts = |which| Some(states(game, &*verdicts.lasting_in(at, which)?, solved.list));
        wire::SliceInfo {
            chance: slice.chance.and_then(|id| Some(chances.get(id.index())?.id.clone())),
            start: match &slice.start {
                Some(Ok(state)) => number(game, state),
                _ => None,
            },
            equilibria: sets(&equilibria),
            lasts: sets(&lasts),
            error: match slice.start {
                Some(Err(rule)) => Some(format!(
                    "where things stand would break a rule: {}",
                    crate::say::names::rule(conflict, rule)
                )),
                _ => None,
            },
        }
    };
    game.slices().into_iter().enumerate().map(one).collect()
}

fn deadlines(solved: &Solved) -> Option<wire::DeadlinesInfo> {
    let game = &solved.found.conflict.game;
    let found = dates::dates(game)?;
    let movers = game.movers();
    let id = |mover: &MoverId| movers.get(mover.index()).map(|m| game.mover_id(m)).unwrap_or_default();
    let moved = solved.concepts.first().and_then(|&which| {
        let equilibria = solved.found.equilibria(which)?;
        if equilibria.count() > BigUint::from(solved.list) {
            return None;
        }
        let mut all = equilibria.first(solved.list);
        all.retain(|state| game.deadlines_ahead().any(|date| game.after(date, state) != *state));
        numbers(game, &all)
    });
    Some(wire::DeadlinesInfo {
        drift: found
            .drift
            .iter()
            .map(|fired| wire::FiredInfo {
                id: fired.id.clone(),
                on: fired.on.clone(),
                fired: fired.fired,
                state: number(game, &fired.state),
            })
            .collect(),
        end: number(game, &found.end),
        phases: found
            .phases
            .iter()
            .map(|phase| wire::PhaseInfo {
                from: number(game, &phase.from),
                drifts_to: number(game, &phase.drifts_to),
                improvements: phase
                    .improvements
                    .iter()
                    .map(|(mover, ends)| {
                        (id(mover), ends.iter().filter_map(|(to, _)| number(game, to)).collect())
                    })
                    .collect(),
            })
            .collect(),
        last_day: found.last_day.iter().map(|(mover, day)| (id(mover), day.clone())).collect(),
        moved,
        not_looked_at: found.not_looked_at.iter().map(id).collect(),
    })
}

fn number(game: &Game, state: &State) -> Option<u64> {
    if game.options().len() > MOST_BITS { None } else { state.number() }
}

fn questions(solved: &Solved) -> Vec<QuestionInfo> {
    let game = &solved.found.conflict.game;
    solved
        .replies
        .iter()
        .map(|reply| QuestionInfo {
            id: reply.id.clone(),
            kind: reply.kind.word().to_owned(),
            answer: reply.answer,
            status: reply.status.map(|(status, _)| status.word()),
            by: reply.status.and_then(|(_, by)| by).map(detente_engine::trust::Cause::word),
            text: reply.words(),
            reason: reply.reason.clone(),
            states: numbers(game, &reply.states).unwrap_or_default(),
        })
        .collect()
}

/// The first line.
fn headline(solved: &Solved) -> wire::HeadlineInfo {
    let found = &solved.found;
    let headline = Headline::of(found).checked(found);
    let said = headline::said(found, &headline, &solved.replies);
    let check = headline.check.clone().unwrap_or_default();
    let question = headline.question.and_then(|at| found.conflict.questions.get(at));
    let reply = question.and_then(|question| solved.replies.iter().find(|reply| reply.id == question.id));
    let ahead = headline.decided.as_ref().and_then(|decided| decided.foresight.as_ref());
    wire::HeadlineInfo {
        question: question.map(|question| question.id.clone()),
        answer: reply.map(|reply| reply.answer),
        text: said.words(),
        lasts: said.lasts.clone(),
        foresight: ahead
            .map_or_else(Vec::new, |ahead| ahead.concepts.iter().map(|c| c.id().to_owned()).collect()),
        check: wire::CheckInfo {
            text: said.checks(),
            turning: check.turning.iter().map(|turn| wire::TurningInfo::of(&found.conflict, turn)).collect(),
            reversed: check.tried,
            limit: check.limit.as_ref().map(Into::into),
        },
    }
}

/// A set of states, listed when it is small enough.
fn states(game: &Game, set: &dyn StateSet, list: usize) -> States {
    let count = set.count();
    States { states: listed(game, set, &count, list), count: count.to_string() }
}

/// A set of equilibria: as [`states`], and by patterns.
fn lasting(solved: &Solved, set: &dyn StateSet) -> Equilibria {
    let (conflict, list) = (&solved.found.conflict, solved.list);
    let game = &conflict.game;
    let count = set.count();
    let cover = set.patterns(list);
    Equilibria {
        states: listed(game, set, &count, list),
        count: count.to_string(),
        patterns: cover.patterns.iter().map(ToString::to_string).collect(),
        patterns_complete: cover.complete,
        fixed: set.fixed().into_iter().map(|(option, on)| (game.literal_text(option, true), on)).collect(),
        structure: structure::info(conflict, set, list, solved.seed, &solved.project),
    }
}

fn listed(game: &Game, set: &dyn StateSet, count: &BigUint, list: usize) -> Option<Vec<u64>> {
    if *count > BigUint::from(list) || game.options().len() > MOST_BITS {
        return None;
    }
    numbers(game, &set.first(list))
}

fn numbers(game: &Game, states: &[State]) -> Option<Vec<u64>> {
    if game.options().len() > MOST_BITS {
        return None;
    }
    states.iter().map(State::number).collect()
}
