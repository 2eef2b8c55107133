//! The vocabulary of Détente: a conflict and its parts. No input or output, no engine.
//!
//! Start with [`Conflict`] (the validated whole) and [`Game`] (what verdicts depend on).
//! The science is the graph model for conflict resolution: Fang, L., Hipel, K. W. &
//! Kilgour, D. M. (1993), *Interactive Decision Making*, Wiley. Terms: GLOSSARY.md.

mod act;
mod actor;
mod canonical;
mod concept;
mod conflict;
mod evidence;
mod expr;
mod formula;
mod game;
mod index;
mod level;
mod movers;
mod moves;
mod parts;
mod preference;
mod question;
mod reading;
mod rule;
mod said;
mod situation;
mod state;
mod strike;
mod time;
mod uncertainty;
mod variant;

pub use act::{Act, Assent, AssentSaid, Condition, GroupsError, MOST_GROUPS};
pub use actor::{Actor, Opt, Switch};
pub use concept::{Answers, Concept, Row};
pub use conflict::{About, Conflict};
pub use evidence::{Claim, ClaimKind, Evidence, Grade, Grades, Grounds, Source};
pub use expr::Expr;
pub use game::{Definition, Form, Game, GraphForm, OptionForm};
pub use index::{
    ActId, ActorId, AssemblyId, BodyId, ChanceId, ClaimId, DefinitionId, MoverId, OptionId, ScaleId, SourceId,
};
pub use level::{Compare, Scale, Values};
pub use movers::{Joint, Mover, Step};
pub use moves::{Arc, Cannot, Direction, JointArc, Obstacle, Ways};
pub use parts::{Bearing, Layer, Part, What};
pub use preference::{
    LevelKind, LevelWish, Otherwise, Preference, RankEntry, Ranking, Relation, Statement, Strength, Weighed,
};
pub use question::{Answer, Question, QuestionKind, Sequences};
pub use reading::{Account, AccountsError, MOST_ACCOUNTS, Reading};
pub use rule::{Rule, RuleKind};
pub use said::{Lever, Said, SaidKind, WishLever};
pub use situation::{
    Body, Change, Effect, Event, Instrument, InstrumentStatus, Situation, Tie, TieKind, Track,
};
pub use state::{Pattern, State};
pub use strike::Strikes;
pub use time::{Assembly, Chance, Deadline, Slice};
pub use uncertainty::{ActorType, Instead, OtherOrder, Together, Uncertainty};
pub use variant::{
    ActTerms, AddStatement, Observed, Outcome, OutcomeStates, Overlay, OverlayError, Strike, Variant, View,
};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
