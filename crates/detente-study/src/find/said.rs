//! What was said: what of it is meant, what would work, and the dilemmas that follow; with the parts of the case that
//! decide it.
//!
//! Definitions: [`detente_engine::said`].

use std::collections::BTreeSet;

use detente_engine::said::{Case, Effect, Found, Saying, Share, Would};
use detente_engine::{Settings, SolveError, Watch};
use detente_model::{ActorId, ClaimId, Concept, Conflict, Said, SaidKind};

use crate::find::rests::{self, Support, decides};

/// Everything that is said in a case, under one concept.
pub struct Spoken<'c> {
    /// The case.
    pub conflict: &'c Conflict,
    /// Under which concept outcomes last.
    pub concept: Concept,
    /// What was found; sayings in the order of the case.
    pub found: Found,
}

/// What a threat, a promise or an offer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It never comes up.
    Idle,
    /// Whether it would be carried out, and what it comes to where it is counted on (`None`: it asks nothing, or
    /// whether it would work was not asked).
    Of(Meant, Option<Effect>),
}

/// How far something said is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// It would be done wherever it comes up.
    Yes,
    /// In some outcomes in which it comes up.
    Partly,
    /// In none.
    No,
}

impl<'c> Spoken<'c> {
    /// What follows from everything that is said in `conflict`.
    ///
    /// # Errors
    /// As [`detente_engine::said::said`].
    pub fn of(
        conflict: &'c Conflict,
        concept: Concept,
        settings: &Settings,
        watch: &dyn Watch,
    ) -> Result<Self, SolveError> {
        let found = detente_engine::said::said(&conflict.game, &conflict.said, concept, settings, watch)?;
        Ok(Self { conflict, concept, found })
    }

    /// The same of one saying alone, by its place; without dilemmas of others.
    ///
    /// # Errors
    /// As [`detente_engine::said::said`].
    pub fn one(
        conflict: &Conflict,
        at: usize,
        concept: Concept,
        settings: &Settings,
        watch: &dyn Watch,
    ) -> Result<Option<Saying>, SolveError> {
        let one = conflict.said.get(at..=at).unwrap_or_default();
        let found = detente_engine::said::said(&conflict.game, one, concept, settings, watch)?;
        let limits = found.limits;
        Ok(found.sayings.into_iter().next().map(|mut saying| {
            // A bound on its dilemmas is none on what is asked of it.
            saying.limit = saying.limit.filter(|hit| limits.contains(hit));
            saying
        }))
    }

    /// Each saying with what was found of it.
    pub fn sayings(&self) -> impl Iterator<Item = (&'c Said, &Saying)> {
        self.conflict.said.iter().zip(&self.found.sayings)
    }
}

/// What something said is worth.
#[must_use]
pub fn worth(saying: &Saying) -> Worth {
    let meant = match saying.would {
        Share::Nothing => return Worth::Idle,
        Share::None => Meant::No,
        Share::Some => Meant::Partly,
        Share::All => Meant::Yes,
    };
    Worth::Of(meant, saying.work.as_ref().and_then(|work| work.effect))
}

/// The cases by which it is told whether something would be done: the first in which it would, and the first in which
/// it would not, those that can come of today first.
#[must_use]
pub fn told<'s>(conflict: &Conflict, saying: &'s Saying) -> Vec<&'s Case> {
    let from_today = |case: &&Case| Some(&case.start) != conflict.game.status_quo.as_ref();
    let first =
        |does: bool| saying.cases.iter().filter(|case| case.would.does() == does).min_by_key(from_today);
    [first(true), first(false)].into_iter().flatten().collect()
}

/// The parts of the case that decide what is done in a case.
#[must_use]
pub fn parts(conflict: &Conflict, case: &Case) -> Vec<Support> {
    let by = |actor: ActorId, better, worse| {
        decides(conflict, actor, better, worse).map(|decides| decides.parts()).unwrap_or_default()
    };
    match &case.would {
        Would::Does(step) => {
            let parties = conflict.game.parties(step.mover);
            parties.into_iter().flat_map(|who| by(who, &step.to, &case.state)).collect()
        }
        Would::HeldBack { party, answer: Some(answer), .. } => by(*party, &case.state, answer),
        Would::Loses { step, party } => by(*party, &case.state, &step.to),
        Would::HeldBack { .. } | Would::Cannot => vec![],
    }
}

/// The claims on which something said and what is told of it rest, ascending.
#[must_use]
pub fn claims(conflict: &Conflict, said: &Said, saying: &Saying) -> Vec<ClaimId> {
    let mut all: BTreeSet<ClaimId> = said.grounds.claims.iter().copied().collect();
    for case in told(conflict, saying) {
        all.extend(rests::claims(conflict, &parts(conflict, case)));
    }
    all.into_iter().collect()
}

/// Who would do what is said: the speaker; of a demand those of whom it is asked.
#[must_use]
pub fn doers(said: &Said) -> Vec<ActorId> {
    if said.kind == SaidKind::Demand { said.to.clone() } else { vec![said.by] }
}
