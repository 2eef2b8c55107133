//! Every scalar of a certificate as JSON, changed one at a time, through the check of `verify`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use detente_engine::certificate::{Search, Target, path};
use detente_engine::{Bounds, Engine, Order, Quiet, Settings, Verdicts, solve};
use detente_model::{ActorId, Concept, Game, Sequences, State};
use serde_json::{Value, json};

use super::*;
use detente_study::find::states;
use detente_study::wire::{CaseInfo, Program};

fn case(name: &str) -> Conflict {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name).join("case.toml");
    let read = detente_case::read(name, &std::fs::read(file).unwrap());
    read.conflict.unwrap()
}

fn document(conflict: &Conflict, certificate: &Certificate) -> Value {
    serde_json::to_value(wire::Certificate {
        schema: wire::CERTIFICATE.to_owned(),
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        witness: wire::Witness::of(conflict, certificate),
    })
    .unwrap()
}

/// What a document says is true, by the definitions alone: stepping and comparing single states, and the
/// verdict of the literal engine.
struct Truth<'c> {
    conflict: &'c Conflict,
    feasible: Vec<State>,
    verdicts: Vec<(Sequences, Box<dyn Verdicts>)>,
}

impl<'c> Truth<'c> {
    fn new(conflict: &'c Conflict) -> Self {
        let verdicts: Vec<_> = Sequences::ALL
            .into_iter()
            .map(|sequences| {
                let concepts = Concept::ALL.to_vec();
                let settings =
                    Settings { engine: Engine::Reference, concepts, sequences, ..Settings::default() };
                (sequences, solve(&conflict.game, &settings, &Quiet).unwrap().verdicts)
            })
            .collect();
        let feasible = verdicts[0].1.feasible().first(usize::MAX);
        Self { conflict, feasible, verdicts }
    }

    fn game(&self) -> &'c Game {
        &self.conflict.game
    }

    fn moves(&self, actor: ActorId, from: &State) -> Vec<State> {
        states::moves(self.game(), actor, from).unwrap()
    }

    fn prefers(&self, actor: ActorId, a: &State, b: &State) -> bool {
        Order::new(self.game(), actor).unwrap().compare(a, b).is_better()
    }

    fn deciding(&self, actor: ActorId, a: &State, b: &State) -> Option<detente_engine::Deciding> {
        Order::new(self.game(), actor).unwrap().deciding(a, b)
    }

    fn sanctions(&self, c: &Certificate, end: &State) -> bool {
        !self.prefers(c.actor, end, &c.state)
            && (!matches!(c.concept, Concept::Smr | Concept::Sseq)
                || self.moves(c.actor, end).iter().all(|out| !self.prefers(c.actor, out, &c.state)))
    }

    fn may(&self, c: &Certificate, actor: ActorId, from: &State, to: &State) -> bool {
        let willing = matches!(c.concept, Concept::Seq | Concept::Sseq | Concept::Sim);
        actor != c.actor
            && self.moves(actor, from).contains(to)
            && (!willing || self.prefers(actor, to, from))
    }

    fn holds(&self, c: &Certificate) -> bool {
        let verdicts = &self.verdicts.iter().find(|(reading, _)| *reading == c.sequences).unwrap().1;
        let Some(stable) = verdicts.stable(c.concept, c.actor) else { return false };
        if !self.feasible.contains(&c.state) || stable.contains(&c.state) != c.stable {
            return false;
        }
        let better: BTreeSet<State> = self
            .moves(c.actor, &c.state)
            .into_iter()
            .filter(|to| self.prefers(c.actor, to, &c.state))
            .collect();
        // A pattern stands for the improvements that match it.
        let mut seen = BTreeSet::new();
        for (at, entry) in c.improvements.iter().enumerate() {
            let meant: Vec<&State> = better.iter().filter(|to| entry.to.matches(to)).collect();
            if meant.is_empty() && entry.to.one().is_some() {
                return false;
            }
            for to in meant {
                let mut single = c.clone();
                single.improvements[at].to = Target::One(to.clone());
                if !seen.insert(to) || !self.entry(&single, at) {
                    return false;
                }
            }
        }
        seen.len() == better.len() && self.unanswered(c, &better)
    }

    fn entry(&self, c: &Certificate, at: usize) -> bool {
        let entry = &c.improvements[at];
        let to = entry.to.one().unwrap();
        if entry.gain != self.deciding(c.actor, to, &c.state) {
            return false;
        }
        if entry.sanction.is_empty() {
            return !c.stable && entry.because.is_none();
        }
        let states = path(self.game(), c, at);
        let end = states.last().unwrap();
        let movers: Vec<ActorId> = entry.sanction.iter().map(|step| ActorId(step.mover.0)).collect();
        let distinct = movers.iter().collect::<BTreeSet<_>>().len() == movers.len();
        let legal = match (c.concept, c.sequences) {
            (Concept::Nash, _) => false,
            (Concept::Sim, _) | (_, Sequences::Once) => distinct,
            (_, Sequences::Legal) => movers.windows(2).all(|pair| pair[0] != pair[1]),
            (_, Sequences::Single) => movers.len() == 1,
        };
        let stepped = entry.sanction.iter().enumerate().all(|(k, step)| {
            let from = if c.concept == Concept::Sim { &c.state } else { &states[k] };
            self.may(c, ActorId(step.mover.0), from, &step.to.from_here(from))
        });
        legal
            && stepped
            && self.feasible.contains(end)
            && self.sanctions(c, end)
            && entry.because == self.deciding(c.actor, &c.state, end)
    }

    fn unanswered(&self, c: &Certificate, better: &BTreeSet<State>) -> bool {
        let Some(open) = &c.unanswered else { return c.stable };
        if c.stable || !better.contains(&open.to) {
            return false;
        }
        let in_set = |state: &State| open.closure.iter().any(|target| target.matches(state));
        let inside: Vec<&State> = self.feasible.iter().filter(|state| in_set(state)).collect();
        let named = open.closure.iter().filter_map(Target::one).all(|state| self.feasible.contains(state));
        // The other readings and sim ask for less than a closed set; the literal verdict stands for them.
        let closed = c.sequences != Sequences::Legal
            || matches!(c.concept, Concept::Nash | Concept::Sim)
            || inside.iter().all(|from| {
                self.game().actor_ids().all(|actor| {
                    self.moves(actor, from).iter().all(|to| !self.may(c, actor, from, to) || in_set(to))
                })
            });
        named
            && in_set(&open.to)
            && closed
            && inside.iter().all(|state| c.concept == Concept::Nash || !self.sanctions(c, state))
    }
}

/// Paths of all scalars (and empty places) of a value.
fn scalars(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| scalars(value, &format!("{at}/{key}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(k, value)| scalars(value, &format!("{at}/{k}"), out));
        }
        _ => out.push(at.to_owned()),
    }
}

/// Other values for one scalar.
fn others(conflict: &Conflict, place: &str, value: &Value) -> Vec<Value> {
    let mut list: Vec<Value> = match value {
        Value::Bool(value) => vec![json!(!value)],
        Value::Number(number) => {
            let n = number.as_i64().unwrap();
            vec![json!(n + 1), json!(n - 1), json!(0), Value::Null]
        }
        Value::Null => vec![json!("x"), json!({"statement": 1}), json!({"to": "x", "closure": []})],
        Value::String(text) => {
            let mut all = vec![json!(""), json!(format!("{text}x")), Value::Null];
            if text.bytes().all(|cell| b"YN-".contains(&cell)) {
                for at in 0..text.len() {
                    for cell in ["Y", "N", "-"] {
                        let mut other = text.clone();
                        other.replace_range(at..=at, cell);
                        all.push(json!(other));
                    }
                }
            }
            all.extend(conflict.game.actors.iter().map(|actor| json!(actor.id)));
            all.extend(Concept::ALL.iter().map(|concept| json!(concept.id())));
            all.extend(Sequences::ALL.iter().map(|reading| json!(reading.id())));
            if place.starts_with("/claims") {
                all.extend(conflict.evidence.claims.iter().map(|claim| json!(claim.id)));
            }
            all
        }
        _ => Vec::new(),
    };
    list.retain(|other| other != value);
    list
}

/// What is words for the reader, or about the program: `verify` does not look at it.
fn is_unchecked(place: &str) -> bool {
    ["/sentences", "/program"].iter().any(|part| place.starts_with(part))
        || place == "/text"
        || place == "/case/title"
}

#[test]
fn a_changed_field_is_rejected_unless_what_it_says_is_still_true() {
    let (mut rejected, mut synonyms) = (0_usize, 0_usize);
    let clock = Clock::start(TimeArg::default().limit(), true);
    for (name, step) in [("south-caucasus-2023-solo", 43), ("elmira", 3), ("cuban-missile-1962", 3)] {
        let conflict = case(name);
        let truth = Truth::new(&conflict);
        let mut search = Search::new(&conflict.game, &Bounds::default(), &Quiet);
        for (at, state) in truth.feasible.iter().enumerate().step_by(step) {
            let concept = Concept::ALL[at / step % Concept::ALL.len()];
            let sequences = Sequences::ALL[at % 3];
            for actor in conflict.game.actor_ids() {
                let certificate = search.certificate(sequences, concept, actor, state).unwrap();
                assert!(truth.holds(&certificate), "{name} {certificate:#?}");
                let document = document(&conflict, &certificate);
                check(&conflict, None, document.clone(), CHECK_WORK, &clock).unwrap();
                let mut places = Vec::new();
                scalars(&document, "", &mut places);
                for place in places.iter().filter(|place| !is_unchecked(place)) {
                    let value = document.pointer(place).unwrap().clone();
                    for other in others(&conflict, place, &value) {
                        let mut mutated = document.clone();
                        *mutated.pointer_mut(place).unwrap() = other.clone();
                        match check(&conflict, None, mutated, CHECK_WORK, &clock) {
                            Err(Refusal::Wrong(why)) => {
                                let (path, reason) = why.split_once(": ").unwrap();
                                assert!(!path.contains(' ') && !reason.is_empty(), "no place in: {why}");
                                rejected += 1;
                            }
                            Err(_) => panic!("{name} {place} = {other}: neither holds nor is wrong"),
                            Ok(read) => {
                                // The same thing said otherwise, or something else that is true.
                                let same = read[0] == certificate;
                                assert!(
                                    same || truth.holds(&read[0]),
                                    "{name} {place}: {value} → {other} was accepted\n{document:#}"
                                );
                                synonyms += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(rejected > 5_000 && synonyms < rejected / 5, "{rejected} rejected, {synonyms} accepted");
}

/// A document that claims nothing is refused, with what is missing.
#[test]
fn nothing_claimed_is_nothing_verified() {
    let conflict = case("elmira");
    let clock = Clock::start(TimeArg::default().limit(), true);
    let digest = conflict.game.digest();
    for (certificates, says) in [
        (json!([]), "the list is empty"),
        (Value::Null, "here is none"),
        (json!({}), "here is none"),
        (json!("none"), "here is none"),
    ] {
        let document = json!({
            "schema": wire::EXPLAIN, "case": {"title": "", "variant": null, "digest": digest}, "certificates": certificates,
        });
        match check(&conflict, None, document, CHECK_WORK, &clock) {
            Err(Refusal::Wrong(why)) => {
                assert!(why.starts_with("certificates: ") && why.contains(says), "{why}")
            }
            other => panic!("{certificates} is taken for a proof: {:?}", other.map(|list| list.len())),
        }
    }
}
