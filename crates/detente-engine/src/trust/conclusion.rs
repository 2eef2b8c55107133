//! Conclusions, their answers, and what becomes of them.

use detente_model::{Answer, Concept, Conflict, Expr, OptionId, OutcomeStates, QuestionKind, State};

use crate::Verdicts;
use crate::family::{Ask, What};

/// Something that the case concludes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// The id of the question; `nash:4053` for an equilibrium.
    pub id: String,
    /// In words, for a question.
    pub ask: Option<String>,
    /// What is concluded.
    pub kind: ConclusionKind,
    /// Under which concept.
    pub concept: Concept,
    /// The answer on all evidence.
    pub before: Answer,
}

/// Kinds of conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConclusionKind {
    /// Some equilibrium has the outcome.
    Possible(OutcomeStates),
    /// There are equilibria, and all have the outcome.
    Certain(OutcomeStates),
    /// The state is an equilibrium.
    Equilibrium(State),
}

/// What becomes of a conclusion; see [`super`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The answer is the same, and rests on preferences.
    Supported,
    /// The answer is the same, but rests on indifference that was not there before.
    Unsupported,
    /// The answer is another one.
    Overturned,
    /// A definition that it uses has fallen and does not say what it stands for otherwise, or where things stand would
    /// break a rule: there is nothing to conclude.
    Open,
    /// A bound was hit before that was known ([`super::After::limits`]).
    NotKnown,
}

impl Status {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Unsupported => "unsupported",
            Self::Overturned => "overturned",
            Self::Open => "open",
            Self::NotKnown => "not_known",
        }
    }
}

/// What overturns a conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// That an option or an act is no longer there: with all of them kept, the answer is the same.
    Options,
    /// Wishes, rules or definitions.
    Wishes,
}

impl Cause {
    /// The words in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::Wishes => "wishes, rules or definitions",
        }
    }
}

/// The conclusions of a case without answers: its questions of kind possible and certain (and
/// of kind trust, which ask whether their outcome stays possible), in file order.
pub(super) fn questions(conflict: &Conflict) -> Vec<Conclusion> {
    let mut all = Vec::new();
    for question in &conflict.questions {
        let Some(outcome) = question.outcome.clone() else { continue };
        let kind = match question.kind {
            QuestionKind::Possible | QuestionKind::Trust => ConclusionKind::Possible(outcome),
            QuestionKind::Certain => ConclusionKind::Certain(outcome),
            _ => continue,
        };
        all.push(Conclusion {
            id: question.id.clone(),
            ask: Some(question.ask.clone()),
            kind,
            concept: question.concept.unwrap_or(Concept::Nash),
            before: Answer::NotComputed,
        });
    }
    all
}

impl Conclusion {
    /// The answer in a solved game.
    pub(super) fn answer(&self, verdicts: &dyn Verdicts) -> Answer {
        let what = match &self.kind {
            ConclusionKind::Possible(outcome) => What::Possible(outcome),
            ConclusionKind::Certain(outcome) => What::Certain(outcome),
            ConclusionKind::Equilibrium(state) => What::Lasts(state),
        };
        Ask { concept: self.concept, what }.holds(verdicts).map_or(Answer::NotComputed, Answer::from)
    }

    /// Up to `most` states that show the answer yes: equilibria with the outcome, or (certain) all
    /// equilibria; of those that differ only in `idle` options the one in which these are off.
    pub(super) fn shown(&self, verdicts: &dyn Verdicts, idle: &[OptionId], most: usize) -> Vec<State> {
        let Some(equilibria) = verdicts.lasting(self.concept) else { return Vec::new() };
        let off = || idle.iter().map(|option| Expr::Option(*option).negate());
        match &self.kind {
            ConclusionKind::Possible(OutcomeStates::Formula(outcome)) => {
                let parts = off().chain([outcome.clone()]).collect();
                equilibria.among(&OutcomeStates::Formula(Expr::And(parts))).first(most)
            }
            ConclusionKind::Possible(listed @ OutcomeStates::Listed(_)) => {
                equilibria.among(listed).first(most)
            }
            ConclusionKind::Certain(_) if idle.is_empty() => equilibria.first(most),
            ConclusionKind::Certain(_) => {
                equilibria.among(&OutcomeStates::Formula(Expr::And(off().collect()))).first(most)
            }
            ConclusionKind::Equilibrium(state) => vec![state.clone()],
        }
    }

    /// Whether `state`, one of the case, shows what is concluded.
    pub(super) fn has(&self, conflict: &Conflict, state: &State) -> bool {
        match &self.kind {
            ConclusionKind::Possible(outcome) | ConclusionKind::Certain(outcome) => {
                conflict.is_outcome(outcome, state)
            }
            ConclusionKind::Equilibrium(only) => only == state,
        }
    }

    /// Options with one value in all states that show the conclusion.
    pub(super) fn fixed(&self, verdicts: &dyn Verdicts) -> Vec<(OptionId, bool)> {
        let Some(equilibria) = verdicts.lasting(self.concept) else { return Vec::new() };
        match &self.kind {
            ConclusionKind::Possible(outcome) => equilibria.among(outcome).fixed(),
            ConclusionKind::Certain(_) => equilibria.fixed(),
            ConclusionKind::Equilibrium(_) => Vec::new(),
        }
    }
}
