//! Questions back: what an editor would ask of a reading.
//!
//! # Definition
//! One question for each thing that the text leaves to the analyst: sentences that carry nothing, sentences
//! that disagree, an expected event without a date, a demand on somebody without an option, a wish of a
//! speaker about itself that no sentence shows anybody able to grant.

use crate::proposal::{ClaimKind, Question, Reading};

/// The questions that a reading leaves, those on disagreement first.
pub(crate) fn questions(reading: &Reading) -> Vec<Question> {
    let mut all = Vec::new();
    let mut ask = |n: usize, text: String| all.push(Question { n, text });
    for one in &reading.contradictions {
        ask(
            one.b,
            format!(
                "s{} and s{} disagree: are these two readings of the conflict, or is one of them wrong?",
                one.a, one.b
            ),
        );
    }
    for one in &reading.conditions {
        if one.form == "if" {
            ask(
                one.n,
                format!(
                    "s{} says if, not only if: does “{}” suffice, or is it needed too?",
                    one.n, one.condition
                ),
            );
        }
    }
    for one in reading.events.iter().filter(|event| event.expected && event.on.is_none()) {
        ask(one.n, format!("s{} expects an event without a date: by when?", one.n));
    }
    for one in reading.said.iter().filter(|said| said.kind == ClaimKind::Demand && !said.to.is_empty()) {
        let able = reading.options.iter().any(|option| option.actor.split('+').any(|actor| actor == one.to));
        if let (false, Some(actor)) = (able, reading.actors.iter().find(|actor| actor.id == one.to)) {
            ask(
                one.n,
                format!(
                    "s{} asks something of {}, of whom no sentence says what it can do: can it?",
                    one.n, actor.name
                ),
            );
        }
    }
    // Stretches of the author's own judgement that nothing else rests on.
    let carries = |n: usize| {
        reading.wishes.iter().any(|one| one.n == n)
            || reading.options.iter().any(|one| one.n == n)
            || reading.events.iter().any(|one| one.n == n)
            || reading.conditions.iter().any(|one| one.n == n)
            || reading.said.iter().any(|one| one.n == n)
            || reading.ties.iter().any(|one| one.n == n)
    };
    let idle: Vec<usize> = reading
        .sentences
        .iter()
        .filter(|sentence| {
            sentence.kind == ClaimKind::Assessment && sentence.speaker == ["author"] && !carries(sentence.n)
        })
        .map(|sentence| sentence.n)
        .collect();
    let mut from = 0;
    while from < idle.len() {
        let mut to = from;
        while to + 1 < idle.len() && idle[to + 1] == idle[to] + 1 {
            to += 1;
        }
        let place = if from == to {
            format!("s{} carries", idle[from])
        } else {
            format!("s{}–{} carry", idle[from], idle[to])
        };
        ask(idle[from], format!("{place} nothing: is that the author's own conclusion?"));
        from = to + 1;
    }
    all
}
