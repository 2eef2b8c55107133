//! Why a verdict is as it is: the sentences of the library with what they show, for the page.

use std::collections::BTreeSet;

use axum::Json;
use detente_engine::Bounds;
use detente_engine::certificate::{Certificate, build};
use detente_model::{Concept, Conflict, Form, OptionId, Sequences, State};

use super::asks_view::{DecidingWish, SpanView, WhyRequest, WhyStep, WhyView};
use super::live::{PATIENCE, conflict_of};
use super::problem::Problem;
use super::progress::patiently;
use detente_study::find::rests::{By, Decides};
use detente_study::say::reason::{self, Sentence};
use detente_study::say::words::capital;
use detente_study::say::{concept, onwards};
use detente_study::show::doc::{About, Line};
use detente_study::wire::{self, CaseInfo, Program, Witness};

pub(crate) async fn why(Json(request): Json<WhyRequest>) -> Result<Json<WhyView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = state_of(&conflict, &request.state)?;
        let actor = conflict
            .game
            .actor(&request.actor)
            .ok_or_else(|| Problem::bad_request(format!("there is no actor `{}`", request.actor)))?;
        let which = Concept::from_id(&request.concept)
            .ok_or_else(|| Problem::bad_request(format!("there is no concept `{}`", request.concept)))?;
        if let Some(why) = which.undefined_for(&conflict.game) {
            return Err(Problem::bad_request(concept::refused(which, why)));
        }
        let bounds = Bounds::default();
        let certificate = build(&conflict.game, Sequences::Legal, which, actor, &state, &bounds, &**watch)
            .map_err(Problem::bad_request)?;
        view(&conflict, &certificate).map(Json)
    })
    .await?
}

/// A state by its number.
pub(crate) fn state_of(conflict: &Conflict, text: &str) -> Result<State, Problem> {
    let number: num_bigint::BigUint =
        text.parse().map_err(|_| Problem::bad_request(format!("`{text}` is not a state number")))?;
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

/// The reason: its first sentence is the title, the others are the steps.
fn view(conflict: &Conflict, certificate: &Certificate) -> Result<WhyView, Problem> {
    let sentences = reason::sentences(conflict, certificate);
    let mut claims = BTreeSet::new();
    let mut assumptions: Vec<String> = Vec::new();
    for sentence in &sentences {
        claims.extend(sentence.claims(conflict));
        for part in &sentence.parts {
            let words = reason::part(conflict, *part);
            if part.grounds(conflict).is_some_and(|g| g.assumption) && !assumptions.contains(&words) {
                assumptions.push(words);
            }
        }
    }
    let certificate_info = wire::Certificate {
        schema: wire::CERTIFICATE.to_owned(),
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        witness: Witness::of(conflict, certificate),
    };
    let steps = sentences.iter().skip(1).map(|sentence| step(conflict, sentence)).collect();
    Ok(WhyView {
        title: sentences.first().map(Sentence::text).unwrap_or_default(),
        technical: reason::technical(certificate),
        stable: certificate.stable,
        steps,
        rests: onwards::rests(conflict, &claims.iter().copied().collect::<Vec<_>>(), !assumptions.is_empty()),
        claims: claims
            .into_iter()
            .filter_map(|id| conflict.evidence.claims.get(id.index()))
            .map(|c| c.id.clone())
            .collect(),
        assumptions,
        text: reason::joined(&sentences),
        certificate: serde_json::to_value(certificate_info).map_err(Problem::internal)?,
    })
}

fn step(conflict: &Conflict, sentence: &Sentence) -> WhyStep {
    let hop = sentence.hop.as_ref();
    let changed = |on: bool| {
        let options = (0..conflict.game.options().len()).map(OptionId::from);
        let all = hop.into_iter().flat_map(|hop| options.clone().map(move |o| (hop, o)));
        all.filter(|(hop, o)| hop.from.is_on(*o) != hop.to.is_on(*o) && hop.to.is_on(*o) == on)
            .map(|(_, o)| o.index())
            .collect()
    };
    WhyStep {
        text: sentence.text(),
        spans: spans(conflict, &sentence.line),
        actors: hop.map(|hop| hop.actors.iter().map(|actor| actor.index()).collect()).unwrap_or_default(),
        state: hop.filter(|_| sentence.possible).map(|hop| hop.to.to_string()),
        on: changed(true),
        off: changed(false),
        wish: sentence.decides.as_ref().and_then(|(decides, gained)| wish(conflict, decides, *gained)),
        claims: detente_study::wire::claim_ids(conflict, sentence.claims(conflict)),
        assumption: sentence.is_assumed(conflict),
    }
}

fn wish(conflict: &Conflict, decides: &Decides, gained: bool) -> Option<DecidingWish> {
    let By::Statement(place) = decides.by else { return None };
    Some(DecidingWish {
        actor: decides.actor.index(),
        place: place + 1,
        words: capital(&reason::wish(conflict, decides.actor, place, true)),
        gained,
    })
}

/// A line as the page reads it: each stretch with what it is about.
fn spans(conflict: &Conflict, line: &Line) -> Vec<SpanView> {
    let span = |span: &detente_study::show::doc::Span| {
        let mut view = SpanView { text: span.text.clone(), ..SpanView::default() };
        match &span.about {
            None => {}
            Some(About::Actor(actor)) => view.actor = Some(actor.index()),
            Some(About::State(state)) => view.state = Some(state.to_string()),
            Some(About::Wish(actor, place)) => {
                view.actor = Some(actor.index());
                view.wish = Some(place + 1);
            }
            Some(About::Claim(id)) => {
                view.claim = conflict.evidence.claims.get(id.index()).map(|claim| claim.id.clone());
            }
        }
        view
    };
    line.spans.iter().map(span).collect()
}
