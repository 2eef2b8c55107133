//! Questions about equilibria that a bound cut short: answered where what is sound suffices, else
//! by looking for an example, else left open.

use detente_engine::certificate::Search;
use detente_engine::structure::Ask;
use detente_engine::{Between, Bounds};
use detente_model::{Concept, OutcomeStates, State};
use indexmap::IndexMap;
use num_bigint::BigUint;

use crate::find::caps::EXAMPLES;
use crate::find::findings::Findings;
use crate::say::answers::Reply;
use crate::say::{concept, names, words};
use crate::wire::{Answer, KnownInfo, SampledInfo};

/// Whether some equilibrium of `which` has `outcome`; `None`: nothing is known of them.
pub fn possible(found: &Findings, which: Concept, outcome: &OutcomeStates) -> Option<Reply> {
    let between = found.solution.verdicts.between(which)?;
    Some(match example(found, which, &between, outcome) {
        Example::Found(state) => {
            let name = names::quoted(&names::outcome(&found.conflict, &state));
            let text = format!(
                "It holds in {name}, which lasts under {}; how many more there are is open.",
                concept::short(which)
            );
            (Answer::Yes, "Yes", text, vec![state]).into()
        }
        Example::None => {
            let text = format!("No outcome that could last under {} has it.", concept::short(which));
            (Answer::No, "No", text, Vec::new()).into()
        }
        Example::Open(tried, left) => open(which, tried, &left),
    })
}

/// Whether all equilibria of `which` have `outcome`; `None`: nothing is known of them.
pub fn certain(found: &Findings, which: Concept, outcome: &OutcomeStates) -> Option<Reply> {
    let OutcomeStates::Formula(formula) = outcome else { return None };
    let between = found.solution.verdicts.between(which)?;
    let without = OutcomeStates::Formula(formula.clone().negate());
    Some(match example(found, which, &between, &without) {
        Example::Found(state) => {
            let name = names::quoted(&names::outcome(&found.conflict, &state));
            let text = format!("It does not hold in {name}, which lasts under {}.", concept::short(which));
            (Answer::No, "No", text, vec![state]).into()
        }
        Example::None if !between.at_least.is_empty() => {
            let text = format!("It holds in every outcome that could last under {}.", concept::short(which));
            (Answer::Yes, "Yes", text, Vec::new()).into()
        }
        Example::None => return None,
        Example::Open(tried, left) => open(which, tried, &left),
    })
}

fn open(which: Concept, tried: usize, left: &BigUint) -> Reply {
    let text = format!(
        "Open: {} was not computed to the end. {} could last and be an example; of {} that {} tried, none is one.",
        concept::name(which),
        words::counted(left, "outcome", "outcomes"),
        words::count(&tried.into()),
        if tried == 1 { "was" } else { "were" }
    );
    let what = format!("an example of what lasts under {}", concept::short(which));
    let reached = format!("{tried} of {}", words::counted(left, "outcome", "outcomes"));
    Reply { text, limits: vec![EXAMPLES.hit(what, reached, "")], ..Reply::default() }
}

/// What the look for an example found.
enum Example {
    /// An equilibrium.
    Found(State),
    /// There is none.
    None,
    /// So many were tried, of so many.
    Open(usize, BigUint),
}

/// An equilibrium of `which` in `outcome`: a certain one, a sampled one, or one of some that are
/// drawn and decided now.
fn example(found: &Findings, which: Concept, between: &Between<'_>, outcome: &OutcomeStates) -> Example {
    let conflict = &found.conflict;
    if let Some(state) = between.at_least.among(outcome).first(1).pop() {
        return Example::Found(state);
    }
    if let Some(state) = between.sampled.equilibria.iter().find(|s| conflict.is_outcome(outcome, s)) {
        return Example::Found(state.clone());
    }
    let could = between.at_most.among(outcome);
    let left = could.count();
    if left == BigUint::ZERO {
        return Example::None;
    }
    let game = &conflict.game;
    let ask = Ask { options: game.options().len(), examples: EXAMPLES.size(), seed: 1, ..Ask::default() };
    let drawn = could.structure(&ask).map(|structure| structure.examples).unwrap_or_default();
    let mut search = Search::new(game, &Bounds::default(), &*found.watch);
    let mut tried = 0;
    for state in drawn {
        let verdicts = game.actor_ids().map(|actor| {
            search.certificate(between.sequences, which, actor, &state).map(|certificate| certificate.stable)
        });
        // Stops at the first actor that would leave, or whose verdict takes too long.
        let mut stable = Ok(true);
        for verdict in verdicts {
            stable = verdict;
            if !matches!(stable, Ok(true)) {
                break;
            }
        }
        match stable {
            Ok(true) => return Example::Found(state),
            Ok(false) => tried += 1,
            // The time for examples is short: what is hard is left open.
            Err(_) => break,
        }
    }
    Example::Open(tried, left)
}

/// Per concept that was cut short: what is sound, for a program.
pub fn info(found: &Findings, concepts: &[Concept]) -> Option<IndexMap<String, KnownInfo>> {
    let known = concepts.iter().filter_map(|&which| {
        let between = found.solution.verdicts.between(which)?;
        let sampled = between.sampled.share().map(|(share, low, high)| SampledInfo {
            drawn: between.sampled.count(),
            equilibria: between.sampled.equilibria.len(),
            share,
            low,
            high,
        });
        let (least, most) = (between.at_least.count().to_string(), between.at_most.count().to_string());
        Some((which.id().to_owned(), KnownInfo { at_least: least, at_most: most, sampled }))
    });
    let known: IndexMap<String, KnownInfo> = known.collect();
    (!known.is_empty()).then_some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_that_ran_out_are_a_named_bound() {
        let found = open(Concept::Seq, 1, &BigUint::from(7_u32));
        assert_eq!(found.answer, Answer::NotComputed);
        assert!(
            found.text.contains("7 outcomes could last and be an example; of 1 that was tried"),
            "{}",
            found.text
        );
        assert!(found.limits.iter().all(|hit| EXAMPLES.is(hit)) && found.limits.len() == 1);
    }
}
