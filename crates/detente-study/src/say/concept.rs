//! The concepts of stability in words: what their table says.

use detente_model::{Concept, Game};

/// Its name as a noun: "Sequential stability".
pub fn name(concept: Concept) -> &'static str {
    concept.row().name
}

/// Its short name in tables: `Nash`, `SEQ`.
pub fn short(concept: Concept) -> &'static str {
    concept.row().short
}

/// Its name in a word, for heads of columns: `sequential`.
#[must_use]
pub fn word(concept: Concept) -> &'static str {
    concept.row().word
}

/// Its adjective after a remark: "(sequential)".
pub fn adjective(concept: Concept) -> &'static str {
    concept.row().adjective
}

/// When an outcome is stable for an actor, in one line.
pub fn meaning(concept: Concept) -> &'static str {
    concept.row().sentence
}

/// What outcomes that last are, behind "outcomes": "that last", under a concept with foresight with what is foreseen.
pub fn lasting(concept: Concept) -> &'static str {
    concept.row().lasting
}

/// The same of one: "that lasts".
#[must_use]
pub fn lasts(concept: Concept) -> String {
    lasting(concept).replacen("that last", "that lasts", 1)
}

/// When an outcome is stable for everyone, as a clause: "nobody alone has a reason to leave it"; where some can act
/// together, "nobody, alone or by an act together, has a reason to leave it".
#[must_use]
pub fn stable_when(game: &Game, concept: Concept) -> String {
    let words = concept.row().stable_when;
    let together = game.movers().len() > game.actors.len();
    if together {
        words.replacen("nobody alone", "nobody, alone or by an act together,", 1)
    } else {
        words.to_owned()
    }
}

/// When an outcome lasts, as a clause: "it is within reach, no date undoes it, and nobody alone has a reason to leave
/// it"; without what goes without saying in `game`, which has no dates ahead, or starts nowhere.
#[must_use]
pub fn lasts_when(game: &Game, concept: Concept) -> String {
    let reach = game.status_quo.as_ref().map(|_| "it is within reach".to_owned());
    let dates = game.deadlines_ahead().next().map(|_| "no date undoes it".to_owned());
    let parts: Vec<String> = reach.into_iter().chain(dates).collect();
    let stable = stable_when(game, concept);
    match parts.len() {
        0 => stable,
        _ => format!("{}, and {stable}", parts.join(", ")),
    }
}

/// The heading above what lasts (Nash): "What lasts: nobody alone has a reason to leave"; `some`: there are outcomes that
/// are stable and do not last.
#[must_use]
pub fn what_lasts(game: &Game, some: bool) -> String {
    let stable = stable_when(game, Concept::Nash);
    let stable = stable.strip_suffix(" it").unwrap_or(&stable);
    if some {
        format!("What lasts: {stable}, and it is within reach and undone by no date")
    } else {
        format!("What lasts: {stable}")
    }
}

/// That a concept which was asked for is left out, and why.
#[must_use]
pub fn refused(concept: Concept, why: &str) -> String {
    format!("{} ({}) is not computed for this case: {why}.", name(concept), short(concept))
}

/// Those of `concepts` that are not possible in the form of `game`, with why.
#[must_use]
pub fn all_refused(game: &Game, concepts: &[Concept]) -> Vec<(Concept, &'static str)> {
    concepts.iter().filter_map(|which| which.undefined_for(game).map(|why| (*which, why))).collect()
}
