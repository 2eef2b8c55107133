//! The situation now, or after an outcome: what the effects of the case change, and what the
//! triangles of ties say.

use detente_model::{ActorId, Change, Conflict, Grounds, InstrumentStatus, State, TieKind};

use crate::find::caps;
use crate::say::{names, reason, words};
use crate::wire::{
    BasisView, BodyView, EffectView, EventView, InstrumentView, MapView, TieView, TrackView, TriadView,
};

/// The situation of `conflict` now, or as its effects leave it after an outcome. Of two effects on one
/// tie the later in the file decides. In graph form effects have no formula to hold, so none applies.
pub fn view(conflict: &Conflict, after: Option<&State>) -> MapView {
    let situation = &conflict.situation;
    let basis = |grounds: &Grounds| BasisView {
        claims: claims(conflict, grounds),
        assumption: grounds.assumption,
        note: grounds.note.clone(),
    };
    let places = |list: &[ActorId]| list.iter().map(|a| a.index()).collect::<Vec<_>>();
    let form = conflict.game.option_form();
    let applied: Vec<bool> = situation
        .effects
        .iter()
        .map(|effect| match (after, form) {
            (Some(state), Some(form)) => form.holds(&effect.when, state),
            _ => false,
        })
        .collect();
    let changes = || situation.effects.iter().zip(&applied).filter(|(_, on)| **on).map(|(e, _)| &e.change);
    let ties: Vec<TieView> = situation
        .ties
        .iter()
        .map(|tie| {
            let mut kind = tie.kind;
            for change in changes() {
                if let Change::Becomes(pair, next) = change
                    && same_pair(*pair, tie.between)
                {
                    kind = *next;
                }
            }
            TieView {
                between: tie.between.map(ActorId::index),
                kind: kind.word().to_owned(),
                sign: kind.sign(),
                mending: tie.mending && kind == tie.kind,
                was: (kind != tie.kind).then(|| tie.kind.word().to_owned()),
                basis: basis(&tie.grounds),
            }
        })
        .collect();
    let now: Vec<([ActorId; 2], TieKind)> = situation.ties.iter().map(|t| (t.between, t.kind)).collect();
    let (triads, triads_more) = triads(conflict, &ties, &now);
    MapView {
        as_of: conflict.about.as_of.clone(),
        after: after.map(|state| names::outcome(conflict, state)),
        triads,
        triads_more,
        ties,
        bodies: situation
            .bodies
            .iter()
            .enumerate()
            .map(|(at, body)| {
                let moved = |joins: bool| -> Vec<usize> {
                    let all = changes().filter_map(|change| match change {
                        Change::Leaves(which, who) if !joins && which.index() == at => Some(who.index()),
                        Change::Joins(which, who) if joins && which.index() == at => Some(who.index()),
                        _ => None,
                    });
                    all.collect()
                };
                let (left, joined) = (moved(false), moved(true));
                let stay = places(&body.members).into_iter().filter(|who| !left.contains(who));
                let members = stay.chain(joined.iter().copied()).collect();
                BodyView {
                    id: body.id.clone(),
                    name: body.name.clone(),
                    members,
                    left,
                    joined,
                    basis: basis(&body.grounds),
                }
            })
            .collect(),
        tracks: situation
            .tracks
            .iter()
            .map(|track| TrackView {
                id: track.id.clone(),
                title: track.title.clone(),
                convenor: track.convenor.map(ActorId::index),
                parties: places(&track.parties),
                basis: basis(&track.grounds),
            })
            .collect(),
        instruments: situation
            .instruments
            .iter()
            .map(|x| InstrumentView {
                id: x.id.clone(),
                title: x.title.clone(),
                parties: places(&x.parties),
                signed: x.signed.clone(),
                until: x.until.clone(),
                clauses: x.clauses,
                status: x.status.and_then(status_word).map(str::to_owned),
                basis: basis(&x.grounds),
            })
            .collect(),
        events: events(conflict, basis),
        counts: super::counts::counts(conflict),
        effects: situation
            .effects
            .iter()
            .zip(&applied)
            .map(|(effect, on)| EffectView {
                when: words::capital(&reason::clause(conflict, &effect.when, true)),
                text: change_words(conflict, &effect.change),
                applied: *on,
                basis: basis(&effect.grounds),
            })
            .collect(),
    }
}

fn claims(conflict: &Conflict, grounds: &Grounds) -> Vec<String> {
    crate::wire::claim_ids(conflict, grounds.claims.iter().copied())
}

/// Events of the case and what was observed later, in the order of their dates.
fn events(conflict: &Conflict, basis: impl Fn(&Grounds) -> BasisView) -> Vec<EventView> {
    let mut all: Vec<EventView> = conflict
        .situation
        .events
        .iter()
        .map(|event| EventView {
            on: event.on.clone(),
            until: event.until.clone(),
            title: event.title.clone(),
            actors: event.actors.iter().map(|a| a.index()).collect(),
            count: event.count,
            deaths: event.deaths,
            later: conflict.about.as_of.as_ref().is_some_and(|date| event.on.as_str() > date.as_str()),
            basis: basis(&event.grounds),
        })
        .chain(conflict.observed.iter().map(|observed| EventView {
            on: observed.on.clone(),
            until: observed.until.clone(),
            title: observed.title.clone(),
            actors: Vec::new(),
            count: None,
            deaths: None,
            later: true,
            basis: basis(&observed.grounds),
        }))
        .collect();
    all.sort_by(|a, b| a.on.cmp(&b.on));
    all
}

fn same_pair(a: [ActorId; 2], b: [ActorId; 2]) -> bool {
    a == b || a == [b[1], b[0]]
}

fn status_word(status: InstrumentStatus) -> Option<&'static str> {
    InstrumentStatus::ALL.into_iter().find(|(known, _)| *known == status).map(|(_, word)| word)
}

fn change_words(conflict: &Conflict, change: &Change) -> String {
    let body = |id: detente_model::BodyId| {
        conflict.situation.bodies.get(id.index()).map_or("", |body| body.name.as_str())
    };
    match change {
        Change::Leaves(of, who) => format!("{} leaves: {}", names::actor(conflict, *who), body(*of)),
        Change::Joins(of, who) => format!("{} joins: {}", names::actor(conflict, *who), body(*of)),
        Change::Becomes(pair, kind) => format!("{}: {}", names::actors(conflict, pair), kind.word()),
        Change::Text(text) => text.clone(),
    }
}

/// Every three actors with a signed tie between each two: the first [`caps::TRIADS`] of them, and how many more.
fn triads(
    conflict: &Conflict,
    ties: &[TieView],
    before: &[([ActorId; 2], TieKind)],
) -> (Vec<TriadView>, usize) {
    let sign = |a: usize, b: usize| {
        let found = ties.iter().find(|tie| tie.between == [a, b] || tie.between == [b, a]);
        found.map(|tie| tie.sign).filter(|sign| *sign != 0)
    };
    let was = |a: usize, b: usize| {
        let pair = [ActorId::from(a), ActorId::from(b)];
        let found = before.iter().find(|(between, _)| same_pair(*between, pair));
        found.map(|(_, kind)| kind.sign()).filter(|sign| *sign != 0)
    };
    let count = conflict.game.actor_count();
    let (mut found, mut more) = (Vec::new(), 0);
    for a in 0..count {
        for b in a + 1..count {
            for c in b + 1..count {
                let (Some(ab), Some(bc), Some(ac)) = (sign(a, b), sign(b, c), sign(a, c)) else { continue };
                if found.len() == caps::TRIADS.size() {
                    more += 1;
                    continue;
                }
                let at_rest = ab * bc * ac > 0;
                let earlier = match (was(a, b), was(b, c), was(a, c)) {
                    (Some(x), Some(y), Some(z)) => Some(x * y * z > 0),
                    _ => None,
                };
                found.push(TriadView {
                    actors: [a, b, c],
                    signs: [ab, bc, ac],
                    at_rest,
                    was_at_rest: earlier.filter(|then| *then != at_rest),
                    text: triad_words(conflict, [a, b, c], [ab, bc, ac]),
                });
            }
        }
    }
    (found, more)
}

/// A triangle in a sentence, by who stands apart.
fn triad_words(conflict: &Conflict, actors: [usize; 3], signs: [i8; 3]) -> String {
    let name = |at: usize| names::actor(conflict, ActorId::from(actors[at]));
    let inside = |at: usize| names::inside(conflict, ActorId::from(actors[at]));
    // The actor opposite to a side: `signs` are of 0–1, 1–2, 0–2.
    let opposite = [2, 0, 1];
    let ends = [(0, 1), (1, 2), (0, 2)];
    let negative: Vec<usize> = (0..3).filter(|side| signs[*side] < 0).collect();
    match negative.as_slice() {
        [] => "At rest: all three stand together.".to_owned(),
        [side] => {
            let (a, b) = ends[*side];
            let close = name(opposite[*side]);
            format!("Under strain: {close} is close to {} and {}, who are at odds.", inside(a), inside(b))
        }
        [_, _] => {
            let side = (0..3).find(|side| signs[*side] > 0).unwrap_or(0);
            let (a, b) = ends[side];
            let apart = inside(opposite[side]);
            format!("At rest: {} stands with {}, and both are at odds with {apart}.", name(a), inside(b))
        }
        _ => "Under strain: each is at odds with the two others.".to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::panic, clippy::unwrap_used)]
mod tests {
    use super::*;

    const CASE: &str = "format = 1\n[case]\ntitle = \"T\"\nas_of = 2023-03-07\n\
        [actor.a]\nname = \"A\"\noption.x = \"Do x\"\nprefers = [{ that = \"a.x\", assumption = true }]\n\
        [actor.b]\nname = \"B\"\noption.y = \"Do y\"\n[actor.c]\nname = \"The C\"\noption.z = \"Do z\"\n\
        [body.u]\nname = \"Union\"\nmembers = [\"a\", \"b\"]\n\
        [[tie]]\nbetween = [\"a\", \"b\"]\nkind = \"friendly\"\n\
        [[tie]]\nbetween = [\"b\", \"c\"]\nkind = \"hostile\"\nmending = true\n\
        [[tie]]\nbetween = [\"a\", \"c\"]\nkind = \"strained\"\n\
        [[effect]]\nwhen = \"a.x\"\nbody = \"u\"\nleaves = \"a\"\n\
        [[effect]]\nwhen = \"a.x\"\ntie = [\"c\", \"b\"]\nbecomes = \"friendly\"\n\
        [status_quo]\non = []\n";

    fn conflict() -> Conflict {
        let read = detente_case::read("t.toml", CASE.as_bytes());
        read.conflict.unwrap_or_else(|| panic!("{:?}", read.diagnostics))
    }

    #[test]
    fn an_outcome_changes_ties_bodies_and_triangles() {
        let conflict = conflict();
        let now = view(&conflict, None);
        assert!(now.triads[0].at_rest && now.triads[0].was_at_rest.is_none());
        assert_eq!(now.triads[0].text, "At rest: A stands with B, and both are at odds with the C.");
        assert_eq!(now.bodies[0].members, [0, 1]);
        assert!(now.ties[1].mending && now.ties[1].was.is_none());
        assert!(now.effects.iter().all(|effect| !effect.applied));

        let after = view(&conflict, Some(&State::from(1)));
        assert_eq!(after.ties[1].kind, "friendly");
        assert_eq!(after.ties[1].was.as_deref(), Some("hostile"));
        assert!(!after.ties[1].mending);
        assert_eq!(
            (after.bodies[0].members.as_slice(), after.bodies[0].left.as_slice()),
            (&[1][..], &[0][..])
        );
        assert!(!after.triads[0].at_rest);
        assert_eq!(after.triads[0].was_at_rest, Some(true));
        assert_eq!(after.triads[0].text, "Under strain: B is close to A and the C, who are at odds.");
    }
}
