//! What a case mentions in its formulas.

use detente_model::{
    Conflict, DefinitionId, Expr, OptionId, OutcomeStates, Part, Preference, RankEntry, What,
};

/// Which options and definitions something uses.
pub(crate) struct Uses {
    /// Per option.
    pub(crate) options: Vec<bool>,
    /// Per definition: used by something that is itself used.
    pub(crate) definitions: Vec<bool>,
}

/// What is used, followed through the definitions. Status quo, `from` of questions and single states
/// of rankings mention every option and do not count.
///
/// Complexity: linear in the size of the case.
pub(crate) fn uses(conflict: &Conflict) -> Uses {
    let Some(form) = conflict.game.option_form() else {
        return Uses { options: Vec::new(), definitions: Vec::new() };
    };
    let mut uses =
        Uses { options: vec![false; form.options.len()], definitions: vec![false; form.definitions.len()] };
    each_formula(conflict, &mut |expr| uses.mark(expr));
    each_option(conflict, &mut |option| uses.option(option));
    // Each definition refers to earlier ones only: from the last to the first all is known.
    for index in (0..form.definitions.len()).rev() {
        if uses.definitions[index] {
            uses.mark(&form.definitions[index].that);
            if let Some(otherwise) = &form.definitions[index].otherwise {
                uses.mark(otherwise);
            }
        }
    }
    uses
}

impl Uses {
    fn mark(&mut self, expr: &Expr) {
        expr.walk(&mut |part| match part {
            Expr::Option(id) => self.option(*id),
            Expr::Defined(DefinitionId(id)) => {
                if let Some(used) = self.definitions.get_mut(*id as usize) {
                    *used = true;
                }
            }
            _ => {}
        });
    }

    fn option(&mut self, option: OptionId) {
        if let Some(used) = self.options.get_mut(option.index()) {
            *used = true;
        }
    }
}

/// Every formula but those of definitions.
fn each_formula(conflict: &Conflict, visit: &mut dyn FnMut(&Expr)) {
    let parts = conflict.parts().into_iter();
    // What an overlay makes of a name counts as it is.
    let own = |part: &Part<'_>| part.layer.is_none() && matches!(part.what, What::Definition(..));
    parts.filter(|part| !own(part)).for_each(|part| part.each_formula(visit));
    for outcome in &conflict.outcomes {
        if let OutcomeStates::Formula(that) = &outcome.states {
            visit(that);
        }
    }
}

/// Options that are named outside formulas: cells of patterns, and what overlays make unavailable.
fn each_option(conflict: &Conflict, visit: &mut dyn FnMut(OptionId)) {
    let mut states = false;
    for preference in &conflict.game.preferences {
        let Preference::Ranking(ranking) = preference else { continue };
        for entry in ranking.groups.iter().flatten() {
            match entry {
                RankEntry::State(_) => states = true,
                RankEntry::Pattern(pattern) => {
                    let named = pattern.cells.iter().enumerate().filter(|(_, cell)| cell.is_some());
                    named.for_each(|(option, _)| visit(option.into()));
                }
                RankEntry::Formula(_) => {}
            }
        }
    }
    if states {
        (0..conflict.game.options().len()).for_each(|option| visit(option.into()));
    }
    let unavailable = conflict.overlays().flat_map(|(_, overlay)| &overlay.unavailable);
    unavailable.for_each(|option| visit(*option));
}
