//! Overlays: what differs from the case as written, and nothing else.

use crate::{
    Act, ActorId, Cannot, ClaimKind, Condition, Deadline, Definition, DefinitionId, Expr, OptionId, Rule,
    State, Statement, Weighed,
};

/// A named overlay of the case: `[variant.ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Id in the file.
    pub id: String,
    /// Title.
    pub title: String,
    /// What differs.
    pub overlay: Overlay,
    /// Anything else for the reader.
    pub note: Option<String>,
}

/// The conflict as one actor sees it: `[view.ACTOR]`, the same overlay form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Who sees it so.
    pub actor: ActorId,
    /// What differs.
    pub overlay: Overlay,
    /// Anything else for the reader.
    pub note: Option<String>,
}

/// What differs. Applied in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// Ids of rules that fall.
    pub drop_rules: Vec<String>,
    /// Switches that are there in this overlay only, and never on without it: their ban is lifted.
    pub lift: Vec<OptionId>,
    /// Other meanings of defined names.
    pub define: Vec<(DefinitionId, Definition)>,
    /// Other statements in the place of those with these ids: whose, and the statements of the wish.
    pub change_prefers: Vec<(ActorId, String, Vec<Statement>)>,
    /// Other terms of acts: an act of the case in its place, and its conditions of beginning and ending.
    pub acts: Vec<ActTerms>,
    /// Deadlines that come in, or stand in the place of that with the same id.
    pub deadlines: Vec<Deadline>,
    /// Ids of statements (prioritised or weighed) that fall, with their actor.
    pub drop_prefers: Vec<(ActorId, String)>,
    /// Evidence that is struck, with what rests on it.
    pub strike: Strike,
    /// Options that are never on.
    pub unavailable: Vec<OptionId>,
    /// Rules that come in.
    pub add_rules: Vec<Rule>,
    /// Statements that come in: whose, what, and where (1 = most important; `None` = last).
    pub add_prefers: Vec<AddStatement>,
    /// Weighed statements that come in.
    pub add_weighs: Vec<(ActorId, Weighed)>,
    /// Moves taken away.
    pub add_cannot: Vec<Cannot>,
    /// Another status quo.
    pub status_quo: Option<State>,
}

/// The terms of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActTerms {
    /// The act; its id and its switches are those of the case.
    pub act: Act,
    /// What must hold before it begins.
    pub begins_if: Vec<Condition>,
    /// What must hold before it ends.
    pub ends_if: Vec<Condition>,
}

/// A statement that an overlay adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddStatement {
    /// Whose.
    pub actor: ActorId,
    /// Its place afterwards, counted from 1; `None`: last.
    pub at: Option<u32>,
    /// What.
    pub statement: Statement,
}

/// Evidence that is struck. A statement or rule *all* of whose claims are
/// struck falls; one without claims is the logic of the model and stays. What
/// is an assumption falls when `assumptions` is set: statements and rules go,
/// options become unavailable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strike {
    /// Claims by id.
    pub claims: Vec<String>,
    /// All claims of these speakers.
    pub speakers: Vec<String>,
    /// All claims of these kinds.
    pub kinds: Vec<ClaimKind>,
    /// All claims from these sources, by id.
    pub sources: Vec<String>,
    /// What the analyst assumed.
    pub assumptions: bool,
}

impl Strike {
    /// Whether nothing is struck.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Something that went wrong while an overlay was applied. An overlay is applied
/// whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverlayError {
    /// A rule that is not there.
    #[error("there is no rule `{0}` to drop")]
    NoRule(String),
    /// A statement that is not there.
    #[error("actor `{0}` has no statement `{1}` to drop")]
    NoStatement(String, String),
    /// Statements for an actor that prefers in another way.
    #[error("actor `{0}` does not prefer by {1}, so none can be added")]
    OtherPreference(String, &'static str),
    /// A place beyond the list.
    #[error(
        "`at = {at}` is beyond the end: there are so many statements of `{actor}` before this one: {len}"
    )]
    PlaceBeyondEnd {
        /// Whose list.
        actor: String,
        /// The place asked for.
        at: u32,
        /// How many statements there are.
        len: usize,
    },
    /// A struck thing that is not there.
    #[error("there is no {kind} `{id}` to strike")]
    NothingToStrike {
        /// "claim", "speaker" or "source".
        kind: &'static str,
        /// The name that is not there.
        id: String,
    },
    /// Options and rules in graph form.
    #[error("a case in graph form has no options, so an overlay cannot change {0}")]
    GraphForm(&'static str),
    /// A deadline leads to what is not possible.
    #[error("on {on} the deadline `{id}` would lead from {from} to what the rules do not allow")]
    Deadline {
        /// Which deadline.
        id: String,
        /// Its date.
        on: String,
        /// A state in which it does, as a number.
        from: State,
    },
    /// The status quo breaks a rule.
    #[error("the status quo breaks the rule: {rule}; the overlay must give a status quo of its own")]
    StatusQuo {
        /// Position of the rule among [`crate::OptionForm::rules`] of the changed game.
        index: usize,
        /// The rule's id, or its place.
        rule: String,
    },
    /// A strong statement after one that is not.
    #[error("a strong statement of `{0}` would come after one that is not strong")]
    StrongAfterMild(String),
    /// Sum of weights.
    #[error("the weights of `{0}` can overflow 64 bits")]
    WeightOverflow(String),
}

/// A named outcome: `[outcome.ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Id in the file.
    pub id: String,
    /// Name for tables and reasons.
    pub name: String,
    /// The states it stands for (graph form: [`OutcomeStates::Listed`]).
    pub states: OutcomeStates,
}

/// The states of an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeStates {
    /// Those that satisfy the formula.
    Formula(Expr),
    /// These.
    Listed(Vec<State>),
}

/// Something that happened afterwards, for looking back: `[observed.ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Id in the file.
    pub id: String,
    /// When, `YYYY[-MM[-DD]]`.
    pub on: String,
    /// Last day, for several.
    pub until: Option<String>,
    /// What happened.
    pub title: String,
    /// What it means in terms of the options.
    pub outcome: OutcomeStates,
    /// What it rests on.
    pub grounds: crate::Grounds,
}
