//! Why a verdict is as it is: a certificate, step by step in words.

use std::collections::BTreeSet;

use axum::Json;
use detente_engine::certificate::{Certificate, Improvement, Step, build};
use detente_engine::{Bounds, Deciding};
use detente_model::{ActorId, Concept, Conflict, Form, OptionId, Preference, Sequences, State};

use super::asks_view::{DecidingWish, WhyRequest, WhyStep, WhyView};
use super::case_build::Words as _;
use super::live::{PATIENCE, conflict_of};
use super::problem::Problem;
use super::progress::patiently;
use super::words::CaseWords;
pub(super) use detente_study::say::words::capital;
use detente_study::say::{concept, names, words};

/// Most improvements that are told one by one.
const TOLD: usize = 6;

pub(crate) async fn why(Json(request): Json<WhyRequest>) -> Result<Json<WhyView>, Problem> {
    patiently(PATIENCE, None, move |_| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = state_of(&conflict, &request.state)?;
        let actor = conflict
            .game
            .actor(&request.actor)
            .ok_or_else(|| Problem::bad_request(format!("there is no actor `{}`", request.actor)))?;
        let concept = Concept::from_id(&request.concept)
            .ok_or_else(|| Problem::bad_request(format!("there is no concept `{}`", request.concept)))?;
        let certificate = build(&conflict.game, Sequences::Legal, concept, actor, &state, &Bounds::default())
            .map_err(Problem::bad_request)?;
        Ok(Json(view(&conflict, &certificate)))
    })
    .await?
}

/// A state by its number.
pub(crate) fn state_of(conflict: &Conflict, text: &str) -> Result<State, Problem> {
    let number: num_bigint::BigUint =
        text.parse().map_err(|_| Problem::bad_request(format!("`{text}` is no state number")))?;
    let state = State::from_big(&number);
    let possible = match &conflict.game.form {
        Form::Options(form) => {
            state.on().all(|o| o.index() < form.options.len()) && form.broken_rule(&state).is_none()
        }
        Form::Graph(form) => state.number().is_some_and(|n| n >= 1 && n <= form.states.len() as u64),
    };
    if possible {
        Ok(state)
    } else {
        Err(Problem::bad_request(format!("outcome {text} is not possible here")))
    }
}

/// Collects what the telling rests on.
struct Teller<'c> {
    conflict: &'c Conflict,
    certificate: &'c Certificate,
    claims: BTreeSet<String>,
    assumptions: BTreeSet<String>,
    steps: Vec<WhyStep>,
}

/// The reason in words.
fn view(conflict: &Conflict, certificate: &Certificate) -> WhyView {
    let mut teller = Teller {
        conflict,
        certificate,
        claims: BTreeSet::new(),
        assumptions: BTreeSet::new(),
        steps: Vec::new(),
    };
    let title = teller.tell();
    let text = teller.steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join(" ");
    WhyView {
        title,
        technical: format!(
            "{} under {} ({}).",
            if certificate.stable { "Stable" } else { "Not stable" },
            concept::name(certificate.concept),
            concept::short(certificate.concept),
        ),
        stable: certificate.stable,
        steps: teller.steps,
        claims: teller.claims.into_iter().collect(),
        assumptions: teller.assumptions.into_iter().collect(),
        text,
        certificate: data(conflict, certificate),
    }
}

impl Teller<'_> {
    fn tell(&mut self) -> String {
        let (conflict, certificate) = (self.conflict, self.certificate);
        let who = names::actor(conflict, certificate.actor);
        if let Some(unanswered) = &certificate.unanswered {
            let entry = certificate.improvements.iter().find(|i| i.to.matches(&unanswered.to));
            self.gain(&unanswered.to, entry.and_then(|i| i.gain));
            let answers = unanswered.closure.len();
            let text = match certificate.concept {
                Concept::Nash => format!(
                    "Nothing more is asked: {} is free to take this step.",
                    names::inside(conflict, certificate.actor)
                ),
                _ if answers <= 1 => "None of the others has a step to answer with.".to_owned(),
                _ => format!(
                    "The others can bring it to {} outcomes from there; in none of them is {who} as badly off as before.",
                    answers
                ),
            };
            self.say(text);
            return format!("{} would leave.", capital(&who));
        }
        if certificate.improvements.is_empty() {
            self.say(format!("No step of its own leads {who} to an outcome that it likes better."));
            return format!("{} has no reason to leave.", capital(&who));
        }
        let all = certificate.improvements.len();
        for improvement in certificate.improvements.iter().take(TOLD) {
            self.answered(improvement);
        }
        if all > TOLD {
            self.say(format!("In the same way each of the other {} steps would be answered.", all - TOLD));
        }
        format!("{} is held back.", capital(&who))
    }

    fn say(&mut self, text: String) {
        self.steps.push(WhyStep {
            text,
            actors: Vec::new(),
            state: None,
            on: Vec::new(),
            off: Vec::new(),
            wish: None,
            claims: Vec::new(),
        });
    }

    /// The actor's own step, with the wish that it gains.
    fn gain(&mut self, to: &State, gain: Option<Deciding>) {
        let certificate = self.certificate;
        let who = names::actor(self.conflict, certificate.actor);
        let name = names::outcome(self.conflict, to);
        let step = format!(
            "{} could {}, to {}.",
            capital(&who),
            self.does(&certificate.state, to),
            names::quoted(&name)
        );
        self.push(step, certificate.actor, &certificate.state, to, gain, true);
    }

    /// An improvement and its answer.
    fn answered(&mut self, improvement: &Improvement) {
        let certificate = self.certificate;
        let to = improvement.to.from_here(&certificate.state);
        self.gain(&to, improvement.gain);
        let mut from = to;
        let last = improvement.sanction.len().saturating_sub(1);
        for (at, Step { actor, to }) in improvement.sanction.iter().enumerate() {
            let next = to.from_here(&from);
            let who = capital(&names::actor(self.conflict, *actor));
            let end = if at == last {
                format!(", to {}", names::quoted(&names::outcome(self.conflict, &next)))
            } else {
                String::new()
            };
            let text = format!("Then {who} could {}{end}.", self.does(&from, &next));
            if at == last {
                // What the actor would have lost there.
                self.push(text, *actor, &from, &next, improvement.because, false);
            } else {
                self.push(text, *actor, &from, &next, None, false);
            }
            from = next;
        }
        let who = names::actor(self.conflict, certificate.actor);
        let so = match improvement.because {
            None => format!("There {who} is no better off than before."),
            Some(_) => format!("There {who} is worse off than before."),
        };
        let so = match certificate.concept {
            Concept::Smr | Concept::Sseq => format!("{so} And no further step of its own would help it."),
            _ => so,
        };
        self.say(so);
    }

    /// What changes between two states, as something that one does.
    fn does(&self, from: &State, to: &State) -> String {
        let game = &self.conflict.game;
        let changes: Vec<String> = (0..game.options().len())
            .map(OptionId::from)
            .filter(|o| from.is_on(*o) != to.is_on(*o))
            .map(|o| {
                let text = names::option(self.conflict, o);
                if to.is_on(o) { lower(text) } else { format!("no longer {}", lower(text)) }
            })
            .collect();
        if changes.is_empty() { "move".to_owned() } else { words::list(&changes) }
    }

    fn push(
        &mut self,
        text: String,
        mover: ActorId,
        from: &State,
        to: &State,
        why: Option<Deciding>,
        gained: bool,
    ) {
        let options = self.conflict.game.options().len();
        let changed = |on: bool| {
            let all = (0..options).map(OptionId::from);
            all.filter(|o| from.is_on(*o) != to.is_on(*o) && to.is_on(*o) == on)
                .map(OptionId::index)
                .collect()
        };
        let claims = self.grounds(why);
        let wish = match why {
            Some(Deciding::Statement(place)) => Some(DecidingWish {
                actor: self.certificate.actor.index(),
                place: place + 1,
                words: CaseWords(self.conflict).statement(self.certificate.actor, place),
                gained,
            }),
            _ => None,
        };
        self.steps.push(WhyStep {
            text,
            actors: vec![mover.index()],
            state: Some(to.to_string()),
            on: changed(true),
            off: changed(false),
            wish,
            claims,
        });
    }

    /// The claims of the statement that decides; an assumption is noted.
    fn grounds(&mut self, why: Option<Deciding>) -> Vec<String> {
        let (conflict, actor) = (self.conflict, self.certificate.actor);
        let grounds = match (&conflict.game.preferences[actor.index()], why) {
            (Preference::Statements(list), Some(Deciding::Statement(place))) => {
                list.get(place).map(|s| &s.grounds)
            }
            (Preference::Ranking(ranking), Some(_)) => Some(&ranking.grounds),
            _ => None,
        };
        let Some(grounds) = grounds else { return Vec::new() };
        if grounds.assumption
            && let Some(Deciding::Statement(place)) = why
        {
            let wish = CaseWords(conflict).statement(actor, place);
            self.assumptions.insert(format!("{}: {wish}", names::actor(conflict, actor)));
        }
        let claims = grounds.claims.iter().filter_map(|c| conflict.evidence.claims.get(c.index()));
        let ids: Vec<String> = claims.map(|claim| claim.id.clone()).collect();
        self.claims.extend(ids.iter().cloned());
        ids
    }
}

/// The text of an option inside a sentence: its first letter small, unless the word is all capitals.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

/// `detente/certificate/1`.
fn data(conflict: &Conflict, certificate: &Certificate) -> serde_json::Value {
    use detente_engine::certificate::Target;
    use serde_json::json;
    let game = &conflict.game;
    let options = game.options().len();
    let state = |state: &State| match &game.form {
        Form::Options(_) => state.pattern(options).to_string(),
        Form::Graph(_) => super::case_build::state_name(game, state),
    };
    let target = |target: &Target| match target {
        Target::One(one) => state(one),
        Target::Pattern(pattern) => pattern.to_string(),
    };
    let actor = |actor: ActorId| game.actors.get(actor.index()).map_or("", |a| &a.id);
    let because = |deciding: Option<Deciding>| match deciding {
        Some(Deciding::Statement(place)) => json!({"statement": place + 1}),
        Some(Deciding::Weights(a, b)) => json!({"weights": [a, b]}),
        Some(Deciding::Groups(a, b)) => json!({"groups": [a + 1, b + 1]}),
        None => serde_json::Value::Null,
    };
    json!({
        "schema": "detente/certificate/1",
        "program": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "case": {"title": conflict.about.title, "variant": conflict.variant, "digest": game.digest()},
        "sequences": certificate.sequences.id(),
        "actor": actor(certificate.actor),
        "concept": certificate.concept.id(),
        "state": state(&certificate.state),
        "stable": certificate.stable,
        "improvements": certificate.improvements.iter().map(|i| json!({
            "to": target(&i.to),
            "sanction": i.sanction.iter().map(|s| json!({"actor": actor(s.actor), "to": target(&s.to)})).collect::<Vec<_>>(),
            "because": because(i.because),
        })).collect::<Vec<_>>(),
        "unanswered": certificate.unanswered.as_ref().map(|u| json!({
            "to": state(&u.to),
            "closure": u.closure.iter().map(target).collect::<Vec<_>>(),
        })),
    })
}
