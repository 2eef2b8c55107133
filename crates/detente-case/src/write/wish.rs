//! Wishes over levels, and the rest of a chance, as keys of a statement.

use detente_model::{Grade, LevelKind, Statement};

use crate::write::case::Writer;
use crate::write::value::{Pairs, number, share};

/// Whether a statement is written: of a wish over levels the first one says all.
pub(super) fn says_all(statement: &Statement) -> bool {
    statement.levels.as_ref().is_none_or(|levels| levels.at == 0)
}

/// `otherwise`, in a word where one says it.
pub(super) fn rest_of_chance(pairs: &mut Pairs, statement: &Statement) {
    let (Some(otherwise), Some(confidence)) = (statement.otherwise, statement.confidence) else { return };
    let rest = 1.0 - confidence;
    let is = |a: f64, b: f64| a.to_bits() == b.to_bits();
    if is(otherwise.contrary, rest) && otherwise.indifferent == 0.0 {
        pairs.text("otherwise", "contrary");
    } else if is(otherwise.indifferent, rest) && otherwise.contrary == 0.0 {
        pairs.text("otherwise", "indifferent");
    } else {
        let (contrary, indifferent) = (share(otherwise.contrary), share(otherwise.indifferent));
        pairs.add("otherwise", format!("{{ contrary = {contrary}, indifferent = {indifferent} }}"));
    }
}

impl Writer<'_> {
    /// What is wished: a formula, or a wish over levels.
    pub(super) fn wished(&self, pairs: &mut Pairs, statement: &Statement) {
        let Some(levels) = &statement.levels else {
            pairs.add("that", self.formula(&statement.that));
            return;
        };
        match levels.kind {
            LevelKind::Least => pairs.text("least", &levels.of),
            LevelKind::Most => pairs.text("most", &levels.of),
            LevelKind::Nearest(to) => {
                let mut nearest = Pairs::default();
                nearest.add("to", number(to)).text("of", &levels.of);
                pairs.add("nearest", nearest.inline())
            }
        };
    }

    /// How reliable a source or a claim is; a confidence that its grade gives is not written.
    pub(super) fn standing(
        &self,
        pairs: &mut Pairs,
        grade: Option<Grade>,
        interest: Option<&String>,
        anonymous: bool,
        confidence: Option<f64>,
    ) {
        if let Some(grade) = grade {
            pairs.text("grade", &grade.to_string());
        }
        pairs.maybe_text("interest", interest).flag("anonymous", anonymous);
        let usual = grade.map(|grade| self.conflict.about.grades.confidence(grade));
        if usual.is_none() || usual != confidence {
            pairs.maybe_share("confidence", confidence);
        }
    }
}
