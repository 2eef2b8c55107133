//! What is asked, from words of Python to values of the library.

use detente_engine::price::Costs;
use detente_engine::{Bounds, Engine, Settings};
use detente_model::{Concept, Sequences};
use detente_study::Refusal;
use detente_study::find::near::nearest;

/// The value of `word` among `known`.
///
/// # Errors
/// There is none; with the near miss.
pub(crate) fn by_word<T: Copy>(what: &str, word: &str, known: &[(&str, T)]) -> Result<T, Refusal> {
    if let Some((_, value)) = known.iter().find(|(name, _)| *name == word) {
        return Ok(*value);
    }
    let hint = match nearest(word, known.iter().map(|(name, _)| *name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("write one of {}", known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))
        }
    };
    Err(Refusal::usage_with(format!("`{word}` is not {what}"), hint))
}

/// A concept by its id.
///
/// # Errors
/// There is none of this id.
pub(crate) fn concept(word: &str) -> Result<Concept, Refusal> {
    by_word("a concept of stability", word, &Concept::ALL.map(|concept| (concept.id(), concept)))
}

/// Concepts by their ids, each once, in the order of reports; `None`: those that the program takes when nothing is said.
///
/// # Errors
/// As [`concept`].
pub(crate) fn concepts(words: Option<&[String]>) -> Result<Vec<Concept>, Refusal> {
    let Some(words) = words else { return Ok(detente_study::ask::sample::Ask::default().concepts) };
    let mut list = Vec::new();
    for word in words {
        match word.as_str() {
            "all" => list.extend(Concept::ALL),
            word => list.push(concept(word)?),
        }
    }
    list.sort_unstable();
    list.dedup();
    if list.is_empty() { Err(Refusal::usage("no concept of stability is named")) } else { Ok(list) }
}

/// How long opponents may answer.
///
/// # Errors
/// There is no such reading.
pub(crate) fn sequences(word: &str) -> Result<Sequences, Refusal> {
    by_word("a way to read joint sanctions", word, &Sequences::ALL.map(|one| (one.id(), one)))
}

/// How to solve.
///
/// # Errors
/// A word that is none.
pub(crate) fn settings(
    concepts: Vec<Concept>,
    engine: &str,
    sequences: &str,
    threads: usize,
    bounds: Bounds,
) -> Result<Settings, Refusal> {
    Ok(Settings {
        engine: by_word("an engine", engine, &Engine::ALL.map(|(engine, word)| (word, engine)))?,
        concepts,
        sequences: self::sequences(sequences)?,
        threads,
        bounds,
    })
}

/// What changes cost.
///
/// # Errors
/// A kind of change that is none, or a cost that is not from 1 to 1000.
pub(crate) fn costs(given: &[(String, u32)]) -> Result<Costs, Refusal> {
    let mut costs = Costs::default();
    for (kind, cost) in given {
        if !(1..=1000).contains(cost) {
            return Err(Refusal::usage(format!(
                "a cost is a whole number from 1 to 1000, and `{kind}` costs {cost}"
            )));
        }
        let kinds = ["drop", "flip", "move", "add", "forbid"].map(|kind| (kind, kind));
        match by_word("a kind of change", kind, &kinds)? {
            "drop" => costs.drop = *cost,
            "flip" => costs.flip = *cost,
            "move" => costs.shift = *cost,
            "add" => costs.add = *cost,
            _ => costs.forbid = *cost,
        }
    }
    Ok(costs)
}
