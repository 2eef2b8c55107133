//! The one way in: a case in a version, solved, with its answers.

use detente_engine::Settings;
use detente_model::{Conflict, Question};

use crate::find::findings::{Findings, Waiting};
use crate::find::version::{Start, Version};
use crate::refusal::Refusal;
use crate::say::answers::{self, Reply};
use crate::say::standing::{self, Lasting};

/// States that an answer names at most, unless asked for more.
const LIST: usize = 64;

/// A case in one version, solved.
pub struct Study {
    /// The conflict that was solved, and its verdicts.
    pub found: Findings,
    /// How it was solved.
    pub settings: Settings,
    /// Where the version starts, when that is not the status quo as written.
    pub start: Option<Start>,
}

impl Study {
    /// Solves `conflict` in `version`, for the concepts of `settings` and those that its questions ask for.
    ///
    /// # Errors
    /// The version does not fit the case, the case has an error that shows only now, the question cannot be answered
    /// by the engine asked for, or a bound was hit before the first verdict. A bound that was hit later is no error
    /// but in [`detente_engine::Solution::limits`].
    ///
    /// # Complexity
    /// That of [`detente_engine::solve`].
    pub fn of(
        conflict: &Conflict,
        version: &Version,
        settings: &Settings,
        watch: &Waiting,
    ) -> Result<Self, Refusal> {
        let here = version.apply(conflict).map_err(|problems| Refusal::Wrong(problems.join("; ")))?;
        let start = Start::of(conflict, &here);
        let mut settings = settings.clone();
        answers::add_concepts(&mut settings.concepts, &here.questions);
        Ok(Self { start, ..Self::solved(here, settings, watch)? })
    }

    /// Solves `conflict` as it is, for the concepts of `settings` alone.
    ///
    /// # Errors
    /// As [`Study::of`].
    pub fn solved(conflict: Conflict, settings: Settings, watch: &Waiting) -> Result<Self, Refusal> {
        Ok(Self { found: Findings::solve(conflict, &settings, watch)?, settings, start: None })
    }

    /// The conflict in this version.
    #[must_use]
    pub fn conflict(&self) -> &Conflict {
        &self.found.conflict
    }

    /// The questions of the case with their answers, in its order.
    #[must_use]
    pub fn answers(&self) -> Vec<Reply> {
        self.conflict().questions.iter().map(|question| self.answer(question)).collect()
    }

    /// The answer to one question, which need not be one of the case's own.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Reply {
        answers::answer(&self.found, question, LIST)
    }

    /// The outcomes that last, and what they rest on.
    #[must_use]
    pub fn lasting(&self) -> Lasting {
        standing::lasting(&self.found)
    }
}
