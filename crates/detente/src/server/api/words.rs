//! Words for the parts of a case: the library's.

use detente_model::{ActorId, Conflict, Variant};

use super::case_build::Words;
use detente_study::say::written;

/// Words for the parts of one conflict.
pub(crate) struct CaseWords<'c>(pub(crate) &'c Conflict);

impl Words for CaseWords<'_> {
    fn statement(&self, actor: ActorId, place: usize) -> String {
        written::statement(self.0, actor, place)
    }

    fn weighed(&self, actor: ActorId, place: usize) -> String {
        written::weighed(self.0, actor, place)
    }

    fn rule(&self, index: usize) -> String {
        written::rule(self.0, index)
    }

    fn definition(&self, index: usize) -> String {
        written::definition(self.0, index)
    }

    fn changes(&self, variant: &Variant) -> Vec<String> {
        written::changes(self.0, variant)
    }
}
