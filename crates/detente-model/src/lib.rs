//! The vocabulary of Détente: a conflict and its parts. No input or output, no engine.
//!
//! Start with [`Conflict`] (the validated whole) and [`Game`] (what verdicts depend on).
//! The science is the graph model for conflict resolution: Fang, L., Hipel, K. W. &
//! Kilgour, D. M. (1993), *Interactive Decision Making*, Wiley. Terms: GLOSSARY.md.

mod actor;
mod canonical;
mod concept;
mod conflict;
mod evidence;
mod expr;
mod formula;
mod game;
mod index;
mod moves;
mod parts;
mod preference;
mod question;
mod rule;
mod situation;
mod state;
mod strike;
mod uncertainty;
mod variant;

pub use actor::{Actor, Opt};
pub use concept::{Answers, Concept, Row};
pub use conflict::{About, Conflict};
pub use evidence::{Claim, ClaimKind, Evidence, Grounds, Source};
pub use expr::Expr;
pub use game::{Definition, Form, Game, GraphForm, OptionForm};
pub use index::{ActorId, BodyId, ClaimId, DefinitionId, OptionId, SourceId};
pub use moves::{Arc, Cannot, Direction, Obstacle, Ways};
pub use parts::{Bearing, Layer, Part, What};
pub use preference::{Preference, RankEntry, Ranking, Relation, Statement, Strength, Weighed};
pub use question::{Answer, Question, QuestionKind, Sequences};
pub use rule::{Rule, RuleKind};
pub use situation::{
    Body, Change, Effect, Event, Instrument, InstrumentStatus, Situation, Tie, TieKind, Track,
};
pub use state::{Pattern, State};
pub use strike::Strikes;
pub use uncertainty::{ActorType, Instead, OtherOrder, Together, Uncertainty};
pub use variant::{
    AddStatement, Observed, Outcome, OutcomeStates, Overlay, OverlayError, Strike, Variant, View,
};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
