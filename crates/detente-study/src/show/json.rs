//! Findings as the wire types of the JSON contracts.

use detente_case::Diagnostic;
use detente_engine::StateSet;
use detente_model::{Concept, Game, State};
use indexmap::IndexMap;
use num_bigint::BigUint;

use crate::find::headline::Headline;
use crate::say::solve::Solved;
use crate::say::{between, headline, structure};
use crate::wire::{self, CaseInfo, Equilibria, Program, QuestionInfo, Settings, States};

/// With more options a state number is larger than what every JSON reader holds exactly.
const MOST_BITS: usize = 52;

/// `detente/solve/1` for `solved`, without how long it took.
pub fn solve(solved: &Solved, diagnostics: &[Diagnostic]) -> wire::Solved {
    let found = &solved.found;
    let game = &found.conflict.game;
    let list = solved.list;
    let verdicts = &found.solution.verdicts;
    let mut stability = IndexMap::new();
    let mut equilibria = IndexMap::new();
    for &which in &solved.concepts {
        let mut actors = IndexMap::new();
        for (actor, id) in game.actor_ids().zip(&game.actors) {
            if let Some(stable) = verdicts.stable(which, actor) {
                actors.insert(id.id.clone(), states(game, &*stable, list));
            }
        }
        if !actors.is_empty() {
            stability.insert(which.id().to_owned(), actors);
        }
        if let Some(set) = verdicts.equilibria(which) {
            equilibria.insert(which.id().to_owned(), lasting(solved, &*set));
        }
    }
    let readings = (!solved.readings.is_empty()).then(|| {
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
        settings: Settings {
            engine: found.solution.engine.id().to_owned(),
            sequences: solved.sequences.id().to_owned(),
            concepts: solved.concepts.iter().map(|which: &Concept| which.id().to_owned()).collect(),
        },
        actors: game.actors.iter().map(|actor| actor.id.clone()).collect(),
        options: (0..game.options().len()).map(|at| game.option_name(at.into())).collect(),
        state_names: game.graph_form().map(|form| form.states.clone()),
        feasible: states(game, &*found.feasible(), list),
        stability,
        equilibria,
        start: solved.start.clone(),
        headline: headline(solved),
        lasting: solved.lasting.info(found),
        between: between::info(found, &solved.concepts),
        readings,
        questions: solved
            .replies
            .iter()
            .map(|reply| QuestionInfo {
                id: reply.id.clone(),
                kind: reply.kind.word().to_owned(),
                answer: reply.answer,
                text: reply.words(),
                reason: reply.reason.clone(),
                states: numbers(game, &reply.states).unwrap_or_default(),
            })
            .collect(),
        diagnostics: diagnostics.iter().map(Into::into).collect(),
        limits: solved.limits.iter().chain(&solved.deferred).map(Into::into).collect(),
        not_possible: wire::NotPossibleInfo::of(&found.conflict, &solved.concepts),
        timings_ms: IndexMap::new(),
    }
}

/// The first line.
fn headline(solved: &Solved) -> wire::HeadlineInfo {
    let found = &solved.found;
    let headline = Headline::of(found);
    let said = headline::said(found, &headline, &solved.replies);
    let question = headline.question.and_then(|at| found.conflict.questions.get(at));
    let reply = question.and_then(|question| solved.replies.iter().find(|reply| reply.id == question.id));
    let ahead = headline.decided.as_ref().and_then(|decided| decided.foresight.as_ref());
    wire::HeadlineInfo {
        question: question.map(|question| question.id.clone()),
        answer: reply.map(|reply| reply.answer),
        text: said.words(),
        lasts: said.lasts,
        foresight: ahead
            .map_or_else(Vec::new, |ahead| ahead.concepts.iter().map(|c| c.id().to_owned()).collect()),
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
        fixed: set.fixed().into_iter().map(|(option, on)| (game.option_name(option), on)).collect(),
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
