//! What was said: what of it is meant and would work, and the dilemmas that follow. Asked for apart from the other
//! answers: each saying is a game to solve again.

use axum::Json;
use detente_engine::Settings;
use detente_engine::said::{Dilemma, Kind};
use detente_model::Concept;
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::limit_sentence;
use super::asks_view::LiveRequest;
use super::live::{PATIENCE, conflict_of, sentence};
use super::problem::Problem;
use super::progress::patiently;
use detente_study::find::said::{Spoken, claims};
use detente_study::say::said as say;
use detente_study::wire;

/// What was said, in words.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SpokenView {
    /// What it comes to.
    pub(crate) sentences: Vec<String>,
    /// Threats, promises, demands and offers, in the order of the case.
    pub(crate) sayings: Vec<SayingView>,
    /// Who is in which dilemmas.
    pub(crate) pairs: Vec<DilemmasView>,
    /// Bounds that were hit, one sentence each.
    pub(crate) limits: Vec<String>,
}

/// One thing that was said.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SayingView {
    pub(crate) id: String,
    /// Who says what to whom, as a sentence.
    pub(crate) says: String,
    /// What it is worth, in a few words.
    pub(crate) worth: String,
    /// What was found of it.
    pub(crate) sentences: Vec<String>,
    /// On which claims that rests.
    pub(crate) claims: Vec<String>,
}

/// The dilemmas of one actor against another.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DilemmasView {
    /// `Dilemmas of A against B`.
    pub(crate) title: String,
    pub(crate) dilemmas: Vec<DilemmaView>,
}

/// One dilemma.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DilemmaView {
    /// `Persuasion`, `Rejection`, `Threat` or `Trust`.
    pub(crate) kind: String,
    /// Whether there is one.
    pub(crate) there: bool,
    /// What it is, or why there is none.
    pub(crate) text: String,
    /// What usually ends it; absent where there is none.
    pub(crate) ends: Option<String>,
}

pub(crate) async fn said(Json(request): Json<LiveRequest>) -> Result<Json<SpokenView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let spoken = Spoken::of(&conflict, Concept::Nash, &Settings::default(), &**watch)
            .map_err(|error| Problem::bad_request(sentence(&conflict, &error)))?;
        Ok(Json(view(&spoken)))
    })
    .await?
}

fn view(spoken: &Spoken<'_>) -> SpokenView {
    let conflict = spoken.conflict;
    SpokenView {
        sentences: say::summary(spoken),
        sayings: spoken
            .sayings()
            .map(|(said, saying)| SayingView {
                id: said.id.clone(),
                says: say::line(conflict, said),
                worth: say::verdict(said, saying),
                sentences: say::sentences(conflict, said, saying),
                claims: wire::claim_ids(conflict, claims(conflict, said, saying)),
            })
            .collect(),
        pairs: spoken
            .found
            .pairs
            .iter()
            .map(|pair| DilemmasView {
                title: say::title(conflict, pair),
                dilemmas: Kind::ALL
                    .iter()
                    .zip(&pair.dilemmas)
                    .map(|((kind, _), dilemma)| {
                        let there = matches!(dilemma, Dilemma::Yes(_));
                        DilemmaView {
                            kind: say::kind(*kind).to_owned(),
                            there,
                            text: say::dilemma(spoken, pair, *kind, dilemma),
                            ends: there.then(|| say::ends(conflict, pair, *kind)),
                        }
                    })
                    .collect(),
            })
            .collect(),
        limits: spoken.found.limits.iter().map(limit_sentence).collect(),
    }
}
