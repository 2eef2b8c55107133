//! What the conclusions rest on: solve again without some of the evidence.
//!
//! # Definition
//! A *conclusion* is the answer to a question of kind possible or certain, or that a state is an
//! equilibrium. Striking evidence gives another game (what falls is defined by the case format:
//! [`detente_model::Strike`]). With it, a conclusion is
//! * *open* when a definition that the outcome or what is left of the game uses has fallen without saying what it
//!   stands for otherwise, or when where things stand would break a rule;
//! * *overturned* when its answer is another one; [`ConclusionAfter::by`] says whether that options and acts fell does
//!   it (the answer is the old one when they are kept), or wishes, rules or definitions;
//! * *unsupported* when its answer is the same and yes, but what lasts and shows it stands **for want of a motive**: some
//!   mover has a move from it out of the outcome to which no party objects, for which some party is indifferent, and
//!   about which that party would not be indifferent with the struck wishes put back;
//! * *supported* otherwise: some state that lasts and shows it does not stand so.
//!
//! Of states that differ only in options that nothing depends on, one stands for all. Where so many are
//! left that not all can be looked at and those that were do not decide it, the conclusion is *not known*.
//!
//! Beware of the empty answer: strike enough and an actor has no motive left, so almost everything
//! is stable. [`After::without_motive`] names such actors.

mod conclusion;
mod lasting;
mod run;
mod sets;

use std::collections::HashSet;

use detente_model::{ActorId, Answer, Concept, Conflict, OptionId, OverlayError, Strike};
use num_bigint::BigUint;
use rayon::prelude::*;

use crate::{LimitHit, Settings, SolveError, Stop, Watch};

pub use conclusion::{Cause, Conclusion, ConclusionKind, Status};
pub use lasting::{Leaning, lean};
pub use sets::{Body, StruckSet};

use run::Base;

/// What to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustSettings {
    /// How to solve; its concepts are not used.
    pub settings: Settings,
    /// The concept of the equilibria that are conclusions, and whose number is reported.
    pub concept: Concept,
    /// How many equilibria are conclusions of their own; more are not looked at one by one.
    pub equilibria: usize,
    /// Sets of claims up to this size are struck in search of minimal ones that overturn a
    /// conclusion.
    pub size: usize,
    /// Games to solve at most in the searches for sets.
    pub runs: usize,
    /// Whether sets and bodies are searched for at all.
    pub search: bool,
}

impl Default for TrustSettings {
    /// Nash, up to 16 equilibria, sets of up to two claims, 4,000 games.
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            concept: Concept::Nash,
            equilibria: 16,
            size: 2,
            runs: 4_000,
            search: true,
        }
    }
}

/// What each conclusion rests on.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The conclusions, with their answer on all evidence: questions in file order, then equilibria.
    pub conclusions: Vec<Conclusion>,
    /// On all evidence.
    pub before: Outcome,
    /// Struck one at a time: each claim, speaker, kind, source, then the assumptions; then what
    /// questions of kind trust strike.
    pub runs: Vec<Run>,
    /// What would have been struck too, but was not tried before a bound was hit.
    pub untried: Vec<Strike>,
    /// Minimal sets of claims that overturn a conclusion or leave it unsupported.
    pub sets: Vec<StruckSet>,
    /// For each conclusion, a small set of claims that still supports it.
    pub bodies: Vec<Body>,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

impl Run {
    /// Bounds that were hit.
    pub fn limits(&self) -> &[LimitHit] {
        match &self.after {
            Ok(after) => &after.limits,
            Err(NoAfter::Unsolved(SolveError::Stopped(hit))) => std::slice::from_ref(hit),
            Err(_) => &[],
        }
    }
}

/// How many states, equilibria and stable states there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Feasible states.
    pub feasible: BigUint,
    /// Equilibria under the concept of the settings.
    pub equilibria: BigUint,
    /// States stable for each actor under that concept.
    pub stable: Vec<BigUint>,
}

/// The case without some evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What is struck.
    pub struck: Strike,
    /// Question of kind trust that asks for it, by id.
    pub question: Option<String>,
    /// What followed.
    pub after: Result<After, NoAfter>,
}

/// Why nothing follows without some evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAfter {
    /// The case cannot stand without it.
    CannotStand(Vec<OverlayError>),
    /// What is left cannot be solved, or was not within the bounds ([`SolveError::Stopped`]).
    Unsolved(SolveError),
}

impl NoAfter {
    /// Whether all that stands against it is that where things stand would break a rule: then every conclusion is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Self::CannotStand(errors) => {
                errors.iter().all(|error| matches!(error, OverlayError::StatusQuo { .. }))
            }
            Self::Unsolved(_) => false,
        }
    }
}

impl std::fmt::Display for NoAfter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CannotStand(errors) => {
                let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
                f.write_str(&words.join("; "))
            }
            Self::Unsolved(error) => error.fmt(f),
        }
    }
}

/// What follows without some evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    /// States and equilibria.
    pub outcome: Outcome,
    /// Rules that fell, by their place in the game on all evidence.
    pub rules: Vec<usize>,
    /// Taken-away moves that came back, by their place in the game on all evidence.
    pub cannot: Vec<usize>,
    /// Statements that fell, by actor and place in its list on all evidence (an actor with a
    /// ranking: place 0).
    pub statements: Vec<(ActorId, usize)>,
    /// Assumed options that became unavailable.
    pub options: Vec<OptionId>,
    /// Actors that have no statement left and had some.
    pub without_motive: Vec<ActorId>,
    /// One per conclusion, in order.
    pub conclusions: Vec<ConclusionAfter>,
    /// Bounds that were hit.
    pub limits: Vec<LimitHit>,
}

/// What becomes of one conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConclusionAfter {
    /// The answer now.
    pub after: Answer,
    /// What that means.
    pub status: Status,
    /// Overturned, where options or acts fell: by what.
    pub by: Option<Cause>,
    /// Unsupported: who is indifferent (at the first state that shows the conclusion).
    pub indifferent: Vec<ActorId>,
    /// Motives against it that fell: statements that no feasible state with the outcome satisfies
    /// (for an equilibrium: that it does not satisfy itself).
    pub lost_motives: Vec<(ActorId, usize)>,
    /// Options that had one value in all states that showed the conclusion, and matter to the
    /// question, and no longer have it.
    pub freed: Vec<(OptionId, bool)>,
}

/// Solves `conflict` again without each part of its evidence.
///
/// # Complexity
/// One solution per claim, speaker, kind and source, and at most [`TrustSettings::runs`] for the
/// searches of sets.
///
/// # Errors
/// When the case itself cannot be solved.
pub fn trust(conflict: &Conflict, settings: &TrustSettings, watch: &dyn Watch) -> Result<Trust, SolveError> {
    let base = Base::new(conflict, settings, watch)?;
    let mut trust = Trust {
        conclusions: base.conclusions.clone(),
        before: base.outcome.clone(),
        runs: Vec::new(),
        untried: Vec::new(),
        sets: Vec::new(),
        bodies: Vec::new(),
        limits: base.limits.clone(),
    };
    let mut strikes: Vec<(Strike, Option<String>)> =
        one_at_a_time(conflict).into_iter().map(|strike| (strike, None)).collect();
    for question in conflict.questions.iter().filter(|q| !q.strike.is_empty()) {
        strikes.push((question.strike.clone(), Some(question.id.clone())));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.settings.threads).build();
    let mut work = || {
        let runs: Vec<Option<Run>> = strikes
            .par_iter()
            .map(|(struck, question)| {
                (watch.stop().is_none()).then(|| Run {
                    struck: struck.clone(),
                    question: question.clone(),
                    after: base.run(struck, watch),
                })
            })
            .collect();
        let stopped = |run: &Run| matches!(&run.after, Err(NoAfter::Unsolved(SolveError::Stopped(_))));
        for ((struck, _), run) in strikes.iter().zip(runs) {
            match run.filter(|run| !stopped(run) || watch.stop().is_none()) {
                Some(run) => trust.runs.push(run),
                None => trust.untried.push(struck.clone()),
            }
        }
        for hit in trust.runs.iter().flat_map(Run::limits) {
            if !trust.limits.iter().any(|known| known.what == hit.what && known.stop == hit.stop) {
                trust.limits.push(hit.clone());
            }
        }
        if let Some(stop) = watch.stop() {
            trust.limits.push(limit(stop, &format!("{} of {} runs", trust.runs.len(), strikes.len())));
            return;
        }
        if settings.search {
            sets::search(&base, &mut trust, watch);
        }
    };
    match pool {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
    Ok(trust)
}

/// The case without `strike`: what becomes of the conclusions of `settings`.
///
/// # Errors
/// When the case itself cannot be solved.
pub fn strike(
    conflict: &Conflict,
    strike: &Strike,
    settings: &TrustSettings,
    watch: &dyn Watch,
) -> Result<(Vec<Conclusion>, Outcome, Run), SolveError> {
    let base = Base::new(conflict, settings, watch)?;
    let run = Run { struck: strike.clone(), question: None, after: base.run(strike, watch) };
    Ok((base.conclusions, base.outcome, run))
}

fn limit(stop: Stop, reached: &str) -> LimitHit {
    LimitHit {
        stop,
        what: "solving again without parts of the evidence".to_owned(),
        limit: stop.words().to_owned(),
        reached: reached.to_owned(),
        exact: "the runs that are shown".to_owned(),
    }
}

/// Each claim, speaker, kind and source that something rests on or could, and the assumptions.
#[must_use]
pub fn one_at_a_time(conflict: &Conflict) -> Vec<Strike> {
    let evidence = &conflict.evidence;
    let mut strikes: Vec<Strike> = evidence
        .claims
        .iter()
        .map(|claim| Strike { claims: vec![claim.id.clone()], ..Strike::default() })
        .collect();
    let (mut speakers, mut known): (Vec<String>, HashSet<String>) = (Vec::new(), HashSet::new());
    for claim in &evidence.claims {
        let source_author = || evidence.sources.get(claim.source.index()).and_then(|s| s.author.clone());
        // The author of a source stands or falls by name where the source has one.
        let name = match claim.speaker.as_deref() {
            None | Some("author") => source_author().unwrap_or_else(|| "author".to_owned()),
            Some(name) => name.to_owned(),
        };
        if known.insert(name.clone()) {
            speakers.push(name);
        }
    }
    strikes.extend(speakers.into_iter().map(|name| Strike { speakers: vec![name], ..Strike::default() }));
    for (kind, _) in detente_model::ClaimKind::ALL {
        if evidence.claims.iter().any(|claim| claim.kind == Some(kind)) {
            strikes.push(Strike { kinds: vec![kind], ..Strike::default() });
        }
    }
    for source in &evidence.sources {
        strikes.push(Strike { sources: vec![source.id.clone()], ..Strike::default() });
    }
    strikes.push(Strike { assumptions: true, ..Strike::default() });
    strikes
}
