//! Why an outcome is stable for whom, or not.

use detente_engine::certificate::{BuildError, Certificate, Consent, Search};
use detente_engine::{LimitHit, Settings};
use detente_model::{ActorId, Concept, Conflict, MoverId, State};
use serde::Serialize;

use crate::Refusal;
use crate::find::findings::{Findings, Waiting};
use crate::say::{concept, reason, refer, words};
use crate::show::doc::Doc;
use crate::wire::{self, CaseInfo, Program};

/// The reasons of one outcome, under the concepts asked for.
pub struct Explanation {
    /// The case, with its possible outcomes.
    pub found: Findings,
    /// The outcome.
    pub state: State,
    /// The concepts asked for.
    pub concepts: Vec<Concept>,
    /// A witness per concept and actor.
    pub certificates: Vec<Certificate>,
    /// A witness per concept and several who act together.
    pub consents: Vec<Consent>,
    /// What is missing, in sentences.
    pub missing: Vec<String>,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// As the contracts have it.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Explained {
    /// One witness, and nothing missing.
    One(Box<wire::Certificate>),
    /// Several.
    Several(Box<wire::Explain>),
}

impl Explanation {
    /// Why the outcome `state` is stable or not, for `actor` or for everybody, under the concepts of `settings`.
    ///
    /// # Errors
    /// No such outcome or actor, no concept that is possible for the case, or a bound before the first witness.
    pub fn of(
        conflict: Conflict,
        state: &str,
        actor: Option<&str>,
        settings: &Settings,
        watch: &Waiting,
    ) -> Result<Self, Refusal> {
        let actors: Vec<ActorId> = match actor {
            Some(id) => vec![refer::actor(&conflict, id)?],
            None => conflict.game.actor_ids().collect(),
        };
        // Only the possible outcomes are needed, to find the one that is meant.
        let nash = Settings { concepts: vec![Concept::Nash], ..settings.clone() };
        let found = super::solved(conflict, &nash, watch)?;
        let game = &found.conflict.game;
        let from = refer::one(&found.conflict, &*found.feasible(), state)?;
        let mut search = Search::new(game, &settings.bounds, &**watch);
        let (mut certificates, mut consents) = (Vec::new(), Vec::new());
        let refused = concept::all_refused(game, &settings.concepts);
        let mut concepts = settings.concepts.clone();
        concepts.retain(|which| !refused.iter().any(|(other, _)| other == which));
        if let ([], Some((which, why))) = (concepts.as_slice(), refused.first()) {
            return Err(Refusal::usage(concept::refused(*which, why).trim_end_matches('.')));
        }
        let mut limits: Vec<LimitHit> = Vec::new();
        for which in &concepts {
            for actor in &actors {
                match search.certificate(settings.sequences, *which, *actor, &from) {
                    Ok(certificate) => certificates.push(certificate),
                    Err(BuildError::Limit(hit)) => limits.push(hit),
                    Err(other) => return Err(Refusal::usage(other.to_string())),
                }
            }
        }
        for which in &concepts {
            let joint = (game.actors.len()..game.movers().len()).map(MoverId::from);
            for mover in joint.filter(|m| game.parties(*m).iter().any(|party| actors.contains(party))) {
                match search.consent(settings.sequences, *which, mover, &from) {
                    Ok(consent) => consents.push(consent),
                    Err(BuildError::Limit(hit)) => limits.push(hit),
                    Err(other) => return Err(Refusal::usage(other.to_string())),
                }
            }
        }
        if let ([], Some(hit)) = (certificates.as_slice(), limits.first()) {
            return Err(Refusal::Limit(BuildError::Limit(hit.clone()).to_string()));
        }
        let mut missing: Vec<String> =
            refused.iter().map(|(which, why)| concept::refused(*which, why)).collect();
        missing.extend(limits.iter().map(|hit| words::capital(&words::limit(&hit.into()))));
        let concepts = settings.concepts.clone();
        Ok(Self { found, state: from, concepts, certificates, consents, missing, limits })
    }

    /// As a document.
    #[must_use]
    pub fn doc(&self) -> Doc {
        reason::doc(&self.found.conflict, &self.state, &self.certificates, &self.consents, &self.missing)
    }

    /// As a contract: `detente/certificate/…` when there is one witness, else `detente/explain/…`.
    #[must_use]
    pub fn wire(&self) -> Explained {
        let conflict = &self.found.conflict;
        let witnesses: Vec<_> = self.certificates.iter().map(|c| wire::Witness::of(conflict, c)).collect();
        let (program, case) = (Program::THIS, CaseInfo::of(conflict));
        match <[wire::Witness; 1]>::try_from(witnesses) {
            Ok([witness]) if self.missing.is_empty() && self.consents.is_empty() => {
                let schema = wire::CERTIFICATE.to_owned();
                Explained::One(Box::new(wire::Certificate { schema, program, case, witness }))
            }
            all => Explained::Several(Box::new(wire::Explain {
                schema: wire::EXPLAIN.to_owned(),
                program,
                case,
                certificates: all.map_or_else(|several| several, Vec::from),
                consents: self.consents.iter().map(|c| wire::ConsentInfo::of(conflict, c)).collect(),
                not_possible: wire::NotPossibleInfo::of(conflict, &self.concepts),
                limits: self.limits.iter().map(Into::into).collect(),
            })),
        }
    }
}
