//! Why a question could not be answered, for the one who asked.

use detente_case::Diagnostic;
use detente_engine::{Large, LimitHit, NotPossible, Settings, SolveError, Stop, Watch, takes_by_sets};
use detente_model::{ActorId, Concept, Conflict, State};

use crate::find::findings::Unsolved;
use crate::say::{concept, names};

/// Why a question could not be answered.
#[derive(Debug)]
pub enum Refusal {
    /// The case cannot be used: its problems, and its text to show excerpts of.
    Case(Vec<Diagnostic>, String),
    /// Something that was checked does not hold.
    Wrong(String),
    /// A wrong argument: what is wrong, and what to write instead.
    Usage(String, Option<String>),
    /// A bound was hit before there was anything to answer.
    Limit(String),
    /// The same while a case was solved: which bound, and how far it came.
    Stopped(Box<LimitHit>),
    /// The answer could not be written.
    Output(std::io::Error),
}

impl Refusal {
    /// A wrong argument.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into(), None)
    }

    /// A wrong argument, with what to write instead.
    pub fn usage_with(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(message.into(), Some(hint.into()))
    }

    /// Why `conflict` could not be solved.
    #[must_use]
    pub fn of(conflict: &Conflict, error: &SolveError) -> Self {
        let actor = |actor: &ActorId| names::actor(conflict, *actor);
        let outcome = |state: &State| names::quoted(&names::outcome(conflict, state));
        match error {
            SolveError::NoFeasibleState => {
                let what = match &conflict.variant {
                    Some(id) => format!("in the variant `{id}` the rules contradict each other"),
                    None => "the rules contradict each other".to_owned(),
                };
                Self::Wrong(format!("{what}: no combination of options obeys all of them"))
            }
            SolveError::RankingGap(who, state) => Self::Wrong(format!(
                "the ranking of {} leaves out the possible outcome {} (number {state})",
                actor(who),
                outcome(state)
            )),
            SolveError::RankingOverlap(who, state, a, b) => Self::Wrong(format!(
                "the ranking of {} has the outcome {} (number {state}) in group {a} and in group {b}",
                actor(who),
                outcome(state)
            )),
            SolveError::NotPossible(why) => not_possible(conflict, why),
            SolveError::Stopped(hit) => Self::Stopped(Box::new(hit.clone())),
        }
    }

    /// What to tell the one who asked, in a sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Case(problems, _) => problems
                .iter()
                .find(|problem| problem.is_error())
                .map_or_else(|| "the case has errors".to_owned(), |problem| problem.message.clone()),
            Self::Wrong(why) | Self::Limit(why) => why.clone(),
            Self::Usage(why, None) => why.clone(),
            Self::Usage(why, Some(hint)) => format!("{why}: {hint}"),
            Self::Stopped(hit) => Self::stopped(hit),
            Self::Output(error) => error.to_string(),
        }
    }

    /// With the bound named as `watch` knows it: the engine knows no clock.
    #[must_use]
    pub fn named(self, watch: &dyn Watch) -> Self {
        match self {
            Self::Stopped(mut hit) => {
                watch.name(&mut hit);
                Self::Stopped(hit)
            }
            other => other,
        }
    }

    /// A bound that was hit before the first verdict, in words.
    #[must_use]
    pub fn stopped(hit: &LimitHit) -> String {
        format!("stopped at {} before the first verdict, while at {}", hit.limit, hit.what)
    }
}

/// Why the models of a case cannot be drawn, or one of them not be solved.
#[must_use]
pub fn models(conflict: &Conflict, error: &SolveError) -> Refusal {
    match error {
        SolveError::Stopped(hit) if hit.stop == Stop::Memory => Refusal::Limit(
            "the case has more than 65,536 possible outcomes: sampling counts them one by one and stops there; \
             `detente solve` answers for the case as written"
                .to_owned(),
        ),
        SolveError::NotPossible(NotPossible::TooManyOptions { options, most }) => Refusal::Limit(format!(
            "the case has {options} options: sampling holds states of at most {most}; `detente solve` answers for the \
             case as written"
        )),
        SolveError::NoFeasibleState | SolveError::RankingGap(..) | SolveError::RankingOverlap(..) => {
            Refusal::Wrong(format!(
                "one of the models cannot be solved: {}; check what the case leaves open (a ranking must fit the \
                 possible outcomes of every model)",
                Refusal::of(conflict, error).sentence()
            ))
        }
        other => Refusal::of(conflict, other),
    }
}

/// The most options of a state in the explicit engine's lists.
const LISTED: usize = 64;

/// What an engine cannot do, and which one can: one that could not either is not named.
fn not_possible(conflict: &Conflict, why: &NotPossible) -> Refusal {
    let game = &conflict.game;
    let explicit = if game.options().len() <= LISTED {
        "use the explicit engine (`--engine explicit`)"
    } else {
        "no engine takes as many options together with that: leave some of them out"
    };
    let symbolic = takes_by_sets(game, &Settings::default()).is_ok();
    match why {
        NotPossible::SimultaneousInGraph | NotPossible::SimultaneousWithActs => {
            let sim = Concept::Sim;
            let why = sim.undefined_for(&conflict.game).unwrap_or("it is not defined here");
            Refusal::usage(concept::refused(sim, why).trim_end_matches('.'))
        }
        NotPossible::SymbolicWithActs => Refusal::usage_with(
            "by sets, coalitions are looked for among the actors' own moves: this case has acts of several or conditions",
            explicit,
        ),
        NotPossible::SymbolicWithOwnConditions => Refusal::usage_with(
            "the symbolic engine knows conditions on what others do, and in this case what an actor may do hangs on a \
             switch of its own",
            explicit,
        ),
        NotPossible::TooManyOptions { options, most } => Refusal::usage_with(
            format!("the explicit engine holds at most {most} options, and there are {options}"),
            if symbolic {
                "use the symbolic engine (`--engine symbolic`)"
            } else {
                "the symbolic engine takes more, but no moves taken away and no conditions of an actor on its own \
                 switches: leave some options out"
            },
        ),
        NotPossible::SymbolicOnGraph => Refusal::usage_with(
            "the symbolic engine works on options, and this case is a graph of states",
            explicit,
        ),
        NotPossible::SymbolicWithMovesTakenAway => {
            Refusal::usage_with("the symbolic engine cannot take moves away (`cannot`)", explicit)
        }
        NotPossible::SymbolicOnce => {
            Refusal::usage_with("the symbolic engine has no reading `once`", explicit)
        }
        NotPossible::SymbolicSimultaneous => Refusal::usage_with(
            "simultaneous stability needs the outcomes one by one, which the symbolic engine does not have",
            explicit,
        ),
        NotPossible::NoSymbolicThread => Refusal::Limit(
            "the system gave the symbolic engine no thread, or too little memory for one".to_owned(),
        ),
        NotPossible::TooLargeForReference(large) => {
            let what = match large.what {
                Large::Options => "options",
                Large::States => "possible outcomes",
                Large::Moves => "moves",
            };
            let there = large.count.map_or_else(String::new, |count| format!(", and there are {count}"));
            let most = large.most;
            Refusal::usage_with(
                format!("the reference engine is for small cases of at most {most} {what}{there}"),
                "leave `--engine` out",
            )
        }
    }
}

impl From<Box<Unsolved>> for Refusal {
    fn from(unsolved: Box<Unsolved>) -> Self {
        Self::of(&unsolved.conflict, &unsolved.error)
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}
