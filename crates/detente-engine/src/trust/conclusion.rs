//! Conclusions, their answers, and what becomes of them.

use detente_model::{Concept, Conflict, OutcomeStates, QuestionKind, State};

use crate::Verdicts;

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

/// The answer to a conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// The engine did not compute the concept.
    NotComputed,
}

impl Answer {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotComputed => "not_computed",
        }
    }
}

impl From<bool> for Answer {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
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
}

impl Status {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Unsupported => "unsupported",
            Self::Overturned => "overturned",
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
    /// The answer in a solved game, and the states that show it: equilibria with the outcome, or
    /// (certain) all equilibria; none when the answer is no.
    pub(super) fn answer(&self, verdicts: &dyn Verdicts, most: usize) -> (Answer, Vec<State>) {
        let Some(equilibria) = verdicts.equilibria(self.concept) else {
            return (Answer::NotComputed, Vec::new());
        };
        match &self.kind {
            ConclusionKind::Possible(outcome) => {
                let states = equilibria.among(outcome).first(most);
                ((!states.is_empty()).into(), states)
            }
            ConclusionKind::Certain(outcome) => {
                let all = equilibria.count();
                let yes = !equilibria.is_empty() && equilibria.among(outcome).count() == all;
                (yes.into(), if yes { equilibria.first(most) } else { Vec::new() })
            }
            ConclusionKind::Equilibrium(state) => {
                let yes = equilibria.contains(state);
                (yes.into(), if yes { vec![state.clone()] } else { Vec::new() })
            }
        }
    }

    /// Options with one value in all states that show the conclusion.
    pub(super) fn fixed(&self, verdicts: &dyn Verdicts) -> Vec<(detente_model::OptionId, bool)> {
        let Some(equilibria) = verdicts.equilibria(self.concept) else { return Vec::new() };
        match &self.kind {
            ConclusionKind::Possible(outcome) => equilibria.among(outcome).fixed(),
            ConclusionKind::Certain(_) => equilibria.fixed(),
            ConclusionKind::Equilibrium(_) => Vec::new(),
        }
    }
}
