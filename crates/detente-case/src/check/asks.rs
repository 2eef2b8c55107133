//! Questions that an editor would ask of a case: claims under contrary wishes that are not said to contradict each other,
//! what two can do given to one of them, expected dates on which nothing happens, sentences that carry nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use detente_model::{ActorId, Claim, ClaimId, Conflict, Expr, Preference, What};

use super::support::About;
use crate::codes;
use crate::passage::{Passage, sentence_numbers};
use crate::problems::Problems;
use crate::read::Spans;

/// All but the last, which needs the texts. Complexity: wishes of an actor in pairs, else linear in the parts.
pub(super) fn lint(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    contrary_wishes(conflict, spans, problems);
    one_of_both(conflict, spans, problems);
    expected(conflict, spans, problems);
}

/// At most so many wishes of an actor are compared in pairs.
const COMPARED: usize = 400;

fn is_contrary(a: &Expr, b: &Expr) -> bool {
    let of = |one: &Expr, other: &Expr| matches!(one, Expr::Not(inner) if **inner == *other);
    of(a, b) || of(b, a)
}

fn contrary_wishes(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let evidence = &conflict.evidence;
    let said = |a: ClaimId, b: ClaimId| {
        evidence.contradictions.iter().any(|&(one, other)| (one, other) == (a, b) || (one, other) == (b, a))
    };
    let mut told: BTreeSet<(ClaimId, ClaimId)> = BTreeSet::new();
    for (index, preference) in conflict.game.preferences.iter().enumerate() {
        let Preference::Statements(list) = preference else { continue };
        let places = spans.statements.get(index).map_or(&[][..], Vec::as_slice);
        for (at, one) in list.iter().enumerate().take(COMPARED) {
            for (before, other) in list.iter().enumerate().take(at) {
                if !is_contrary(&one.that, &other.that) {
                    continue;
                }
                let (ours, theirs) = (&one.grounds.claims, &other.grounds.claims);
                // What both rest on says both, under conditions that the wishes leave out.
                let pair =
                    theirs.iter().flat_map(|a| ours.iter().map(move |b| (*a, *b))).find(|(a, b)| a != b);
                let Some((a, b)) = pair else { continue };
                if ours.iter().any(|claim| theirs.contains(claim)) || said(a, b) || !told.insert((a, b)) {
                    continue;
                }
                let id =
                    |claim: ClaimId| evidence.claims.get(claim.index()).map_or("", |claim| claim.id.as_str());
                let place = |at: usize| places.get(at).cloned().unwrap_or(0..0);
                let actor = &conflict.game.actors[index].name;
                problems.push(codes::disagree::disagree(&place(at), &place(before), id(a), id(b), actor));
            }
        }
    }
}

/// Whether the claim says that two do something: by a word for both, or by both names in one breath.
fn says_of_both(claim: &Claim, names: [&str; 2]) -> bool {
    let words = claim.says.to_lowercase();
    let bare = |name: &str| name.strip_prefix("The ").unwrap_or(name).to_lowercase();
    let [a, b] = names.map(bare);
    let breath = [
        format!("{a} and {b}"),
        format!("{b} and {a}"),
        format!("{a} and the {b}"),
        format!("{b} and the {a}"),
    ];
    let both = words.split(|c: char| !c.is_alphanumeric()).any(|word| word == "both");
    both || words.contains("the two ") || breath.iter().any(|both| words.contains(both.as_str()))
}

fn one_of_both(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let about = About::new(conflict);
    let parts = conflict.parts();
    for (index, claim) in conflict.evidence.claims.iter().enumerate() {
        let id = ClaimId::from(index);
        let mut owners: BTreeSet<ActorId> = BTreeSet::new();
        let mut place: Option<Range<usize>> = None;
        let mut several = false;
        for part in parts.iter().filter(|part| part.layer.is_none() && part.grounds.claims.contains(&id)) {
            match part.what {
                What::Option(switch, option) => {
                    owners.insert(option.actor);
                    let at = spans.options.get(switch.index()).cloned();
                    place = place.or(at);
                }
                What::Act(..) => several = true,
                _ => {}
            }
        }
        let (1, false, Some(place)) = (owners.len(), several, place) else { continue };
        let Some(owner) = owners.into_iter().next() else { continue };
        let actors = &conflict.game.actors;
        let other = about
            .named(id)
            .filter(|other| *other != owner)
            .find(|other| says_of_both(claim, [&actors[owner.index()].name, &actors[other.index()].name]));
        if let Some(other) = other.filter(|_| about.named(id).any(|named| named == owner)) {
            let names = (actors[owner.index()].name.as_str(), actors[other.index()].name.as_str());
            problems.push(codes::one_of_both::one_of_both(&place, claim, names));
        }
    }
}

/// Expected days on which nothing happens in the case, and on whose claims nothing else of it rests.
fn expected(conflict: &Conflict, spans: &Spans, problems: &mut Problems) {
    let carrying: BTreeSet<ClaimId> = conflict
        .parts()
        .iter()
        .filter(|part| !matches!(part.what, What::Event(..) | What::Effect(..) | What::Tie(..)))
        .flat_map(|part| part.grounds.claims.iter().copied())
        .collect();
    for (at, event) in conflict.situation.events.iter().enumerate() {
        let ahead = conflict.about.as_of.as_ref().is_none_or(|as_of| event.on > *as_of);
        let day = event.on.len() == 10;
        let used = event.grounds.claims.iter().any(|claim| carrying.contains(claim));
        if !event.expected || !day || !ahead || used || event.grounds.claims.is_empty() {
            continue;
        }
        if conflict.game.deadlines.iter().all(|deadline| deadline.on != event.on) {
            let place = spans.events.get(at).cloned().unwrap_or(0..0);
            problems.push(codes::no_deadline::no_deadline(&place, &event.title, &event.on));
        }
    }
}

/// Sentences of a text on which no claim stands, where claims stand on most.
pub(super) fn silent(
    claims: &[(usize, &Claim)],
    passage: &Passage,
    source: &str,
    place: &Range<usize>,
    problems: &mut Problems,
) {
    let count = passage.sentences.len();
    let mut stands = vec![false; count];
    for (_, claim) in claims {
        let Some((first, last)) = claim.at.as_deref().and_then(sentence_numbers) else { continue };
        for at in first.max(1)..=last.min(count) {
            stands[at - 1] = true;
        }
    }
    let standing = stands.iter().filter(|stands| **stands).count();
    // Where most of a text is left aside, that is how the case was made.
    if standing * 2 < count || standing == count {
        return;
    }
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for at in (0..count).filter(|at| !stands[*at]) {
        match stretches.last_mut() {
            Some((_, last)) if *last == at => *last = at + 1,
            _ => stretches.push((at + 1, at + 1)),
        }
    }
    problems.push(codes::silent::silent(place, source, &stretches));
}
