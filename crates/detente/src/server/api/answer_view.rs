//! The answer as the page shows it: questions in words, outcomes with verdicts, the moves that
//! somebody wants.

use detente_model::Question;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What differs from the case as written: a variant, and what is tried out on top of it.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Version {
    /// Id of a variant of the case.
    pub(crate) variant: Option<String>,
    /// Where claims of the case contradict each other: in which account, by id; absent: in the first one.
    pub(crate) reading: Option<String>,
    /// Evidence struck.
    pub(crate) strike: StrikeView,
    /// Options that are never on, by full name.
    pub(crate) unavailable: Vec<String>,
    /// New orders of statements: for an actor, the places (from 1, of the variant) in their new order.
    pub(crate) orders: Vec<OrderView>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct StrikeView {
    pub(crate) claims: Vec<String>,
    pub(crate) speakers: Vec<String>,
    pub(crate) kinds: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) assumptions: bool,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderView {
    pub(crate) actor: String,
    pub(crate) order: Vec<usize>,
}

impl Version {
    /// The case as written, in the same account.
    pub(crate) fn unchanged(&self) -> Self {
        Self { reading: self.reading.clone(), ..Self::default() }
    }

    /// Whether nothing differs; in which account it is told is no difference.
    pub(crate) fn is_as_written(&self) -> bool {
        let strike = &self.strike;
        self.variant.is_none()
            && self.unavailable.is_empty()
            && self.orders.is_empty()
            && strike.claims.is_empty()
            && strike.speakers.is_empty()
            && strike.kinds.is_empty()
            && strike.sources.is_empty()
            && !strike.assumptions
    }
}

/// The answer for one version.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AnswerView {
    pub(crate) engine: String,
    /// Which concepts, in the order of the bits of `stable` and `equilibrium`.
    pub(crate) concepts: Vec<String>,
    /// How many outcomes are possible (decimal).
    pub(crate) feasible: String,
    /// Equilibria per concept (decimal), in the order of `concepts`.
    pub(crate) equilibria: Vec<String>,
    /// The answer in one breath: yes or no to the first question that asks for it, for whom it is otherwise, what it
    /// hangs on; what lasts when nothing is asked.
    pub(crate) headline: String,
    /// What lasts, by name, in one sentence.
    pub(crate) lasts: String,
    /// The judgement to check first, in words; empty where there is nothing to reverse.
    pub(crate) check: String,
    /// The judgements whose reversal turns the answer, one question each, the first to check first.
    pub(crate) judgements: Vec<JudgementView>,
    pub(crate) questions: Vec<AnsweredView>,
    /// The outcomes, by state number; all of them unless `cut`.
    pub(crate) outcomes: Vec<OutcomeRow>,
    /// Whether outcomes are missing (large cases): then `patterns` says what they have in common.
    pub(crate) cut: bool,
    /// For large cases: per concept, the equilibria as patterns.
    pub(crate) structure: Vec<StructureView>,
    /// Position in `outcomes` of the status quo, when it is there.
    pub(crate) status_quo: Option<usize>,
    pub(crate) moves: Vec<MoveView>,
    /// What is not among `moves`, in words; absent when nothing is missing.
    pub(crate) moves_left_out: Option<String>,
    /// For each definition of the case, where it holds.
    pub(crate) holds: Vec<HoldsView>,
    pub(crate) limits: Vec<String>,
    /// What the case says of its wishes and no verdict uses, one sentence each.
    pub(crate) not_used: Vec<String>,
    /// The words of tables and pictures.
    pub(crate) said: SaidView,
    /// Milliseconds of work.
    pub(crate) took_ms: f64,
}

/// A judgement on which the answer hangs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct JudgementView {
    /// Whether it is so.
    pub(crate) ask: String,
    /// What follows if it is not.
    pub(crate) then: String,
    /// Where it stands in the case as written.
    pub(crate) address: String,
    /// How the case is changed if it is not so: `contrary`, `without`, or `by_hand`.
    pub(crate) reversal: String,
}

/// The words of the tables and pictures of an answer.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct SaidView {
    /// What an actor would do at an outcome, per actor.
    pub(crate) actors: Vec<CellView>,
    /// What becomes of an outcome; `fate` of an outcome is a position here.
    pub(crate) fates: Vec<String>,
    /// What is said of an outcome that is not possible here.
    pub(crate) gone: String,
    /// The concepts, in the order of `concepts`.
    pub(crate) concepts: Vec<ConceptView>,
    /// Filters: what nobody alone would leave, what is stable for everyone who looks ahead.
    pub(crate) nash: String,
    pub(crate) stable: String,
    /// What stands where no concept makes an outcome last.
    pub(crate) left: String,
    /// How many outcomes last, and in how many of them it holds that the first question asks.
    pub(crate) count: String,
    /// Marks and lines of the picture of moves.
    pub(crate) together: String,
    pub(crate) alone: String,
    pub(crate) all_stay: String,
    pub(crate) held_back: String,
    /// What is said where nobody moves: in the picture, and from today.
    pub(crate) nobody: String,
    pub(crate) today_stays: String,
}

/// What an actor would do at an outcome, in each case that a cell can be.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CellView {
    pub(crate) stay: String,
    pub(crate) held: String,
    pub(crate) go: String,
    pub(crate) unknown: String,
}

/// A concept of stability in words.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ConceptView {
    pub(crate) id: String,
    /// `Sequential stability`.
    pub(crate) name: String,
    /// `sequential`.
    pub(crate) word: String,
    /// When an outcome lasts under it, in a sentence.
    pub(crate) lasts: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AnsweredView {
    pub(crate) id: String,
    pub(crate) ask: String,
    pub(crate) kind: String,
    /// yes, no, partly, not_computed.
    pub(crate) answer: String,
    /// The words that the answer begins with: Yes, No, In all; empty when it has none.
    pub(crate) lead: String,
    /// The answer in a few words, for a list of questions; empty when it was not computed.
    pub(crate) brief: String,
    /// What follows the lead.
    pub(crate) text: String,
    /// Why it is so; empty where the text says it.
    pub(crate) reason: String,
    /// Bounds that were hit on the way, one sentence each.
    pub(crate) limits: Vec<String>,
    /// State numbers that show it.
    pub(crate) states: Vec<String>,
    /// Whether it is still to be asked, with `/price`.
    pub(crate) later: bool,
}

impl AnsweredView {
    /// `question` without an answer.
    pub(crate) fn open(question: &Question) -> Self {
        Self {
            id: question.id.clone(),
            ask: question.ask.clone(),
            kind: question.kind.word().to_owned(),
            answer: "not_computed".to_owned(),
            lead: String::new(),
            brief: String::new(),
            text: String::new(),
            reason: String::new(),
            limits: Vec::new(),
            states: Vec::new(),
            later: false,
        }
    }
}

/// One outcome.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OutcomeRow {
    /// State number (decimal).
    pub(crate) number: String,
    /// From 1.
    pub(crate) ordinal: usize,
    /// The analyst's name for it, or one made of what differs from the status quo.
    pub(crate) name: String,
    /// Whether the name is the analyst's.
    pub(crate) named: bool,
    /// Positions of the options that are on.
    pub(crate) on: Vec<usize>,
    /// Per actor: its rank, 1 is best; ties share a rank.
    pub(crate) ranks: Vec<usize>,
    /// Per actor: concepts under which it is stable, as bits.
    pub(crate) stable: Vec<u32>,
    /// Concepts under which it lasts, as bits: nobody would leave, alone or with others by an act, and no date undoes it.
    pub(crate) equilibrium: u32,
    /// Per actor: position in `outcomes` of its best step from here; absent when it has no improvement.
    pub(crate) leaves: Vec<Option<usize>>,
    /// Position in `said.fates` of what becomes of it, in words.
    pub(crate) fate: usize,
}

/// A move that somebody wants, for the picture.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MoveView {
    /// Positions in `outcomes`.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Positions of the actors: one alone, or several together.
    pub(crate) actors: Vec<usize>,
}

/// Where a definition holds.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HoldsView {
    pub(crate) id: String,
    /// Positions in `outcomes`.
    pub(crate) outcomes: Vec<usize>,
}

/// The equilibria of a concept without a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StructureView {
    pub(crate) concept: String,
    pub(crate) count: String,
    /// Options with one value in all of them.
    pub(crate) fixed: Vec<FixedView>,
    /// `Y`, `N`, `-` in option order, largest first.
    pub(crate) patterns: Vec<String>,
    pub(crate) patterns_complete: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FixedView {
    pub(crate) option: String,
    pub(crate) on: bool,
}
