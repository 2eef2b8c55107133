//! Which next move would settle most of a question: the question that is meant, and what has been seen.

use detente_model::{Concept, Conflict};

use crate::Refusal;
use crate::find::near::nearest;
use crate::find::watch::{Ask, question};
use crate::say::answers::concept_of;

/// What is asked, by ids.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which question; without, the first of kind possible, certain or share.
    pub question: Option<String>,
    /// What has been seen already: only models that expected it count.
    pub seen: Vec<String>,
    /// Under which concept; without, that of the question, or Nash.
    pub concept: Option<Concept>,
    /// How many models to draw, where there are more.
    pub draws: u64,
    /// Where the random numbers start.
    pub seed: u64,
    /// How many threads; 0 takes one per core.
    pub threads: usize,
}

/// The question that is meant, and what was seen.
///
/// # Errors
/// There is no such question or nothing of this id, or no question is about an outcome.
pub fn ask<'c>(conflict: &'c Conflict, asked: &Asked) -> Result<Ask<'c>, Refusal> {
    let unknown = |what: &str, id: &str, ids: Vec<&str>| {
        let hint = match nearest(id, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", ids.join(", ")),
        };
        Refusal::usage_with(format!("there is no {what} `{id}` in this case"), hint)
    };
    let one = match &asked.question {
        Some(id) => {
            let ids = || conflict.questions.iter().map(|question| question.id.as_str()).collect();
            let found = conflict.questions.iter().find(|question| question.id == *id);
            Some(found.ok_or_else(|| unknown("question", id, ids()))?)
        }
        None => question(conflict),
    };
    let Some((question, outcome)) = one.and_then(|one| Some((one, one.outcome.clone()?))) else {
        return Err(Refusal::usage_with(
            "the case asks no question about an outcome that could be in doubt",
            "add a question of kind possible, certain or share",
        ));
    };
    let mut seen = Vec::new();
    for id in &asked.seen {
        let ids = || conflict.observed.iter().map(|seen| seen.id.as_str()).collect();
        let found = conflict.observed.iter().find(|seen| seen.id == *id);
        seen.push(found.ok_or_else(|| unknown("[observed] entry", id, ids()))?);
    }
    Ok(Ask {
        question,
        outcome,
        concept: asked.concept.unwrap_or_else(|| concept_of(question)),
        seen,
        draws: asked.draws,
        seed: asked.seed,
        threads: asked.threads,
    })
}
