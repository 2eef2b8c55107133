//! What a case mentions: every formula of it, and every thing that rests on claims.

use detente_model::{
    Conflict, DefinitionId, Expr, Form, Grounds, OptionId, OutcomeStates, Overlay, Preference, RankEntry,
    Rule, RuleKind,
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
    let game = &conflict.game;
    if let Form::Options(form) = &game.form {
        form.rules.iter().for_each(|rule| in_rule(rule, visit));
        for cannot in &form.cannot {
            visit(&cannot.from);
            visit(&cannot.to);
        }
    }
    for preference in &game.preferences {
        match preference {
            Preference::Statements(list) => list.iter().for_each(|s| visit(&s.that)),
            Preference::Weights(list) => list.iter().for_each(|w| visit(&w.that)),
            Preference::Ranking(ranking) => {
                for entry in ranking.groups.iter().flatten() {
                    if let RankEntry::Formula(that) = entry {
                        visit(that);
                    }
                }
            }
        }
    }
    let outcomes = conflict.outcomes.iter().map(|o| &o.states);
    let asked = conflict.questions.iter().filter_map(|q| q.outcome.as_ref());
    let observed = conflict.observed.iter().map(|o| &o.outcome);
    for states in outcomes.chain(asked).chain(observed) {
        if let OutcomeStates::Formula(that) = states {
            visit(that);
        }
    }
    conflict.situation.effects.iter().for_each(|effect| visit(&effect.when));
    let instead = conflict.uncertainty.instead.iter().map(|instead| &instead.statement);
    let wished = conflict.uncertainty.types.iter().flat_map(|other| &other.prefers);
    instead.chain(wished).for_each(|statement| visit(&statement.that));
    for overlay in overlays(conflict) {
        overlay.add_rules.iter().for_each(|rule| in_rule(rule, visit));
        overlay.add_prefers.iter().for_each(|add| visit(&add.statement.that));
        overlay.add_weighs.iter().for_each(|(_, weighed)| visit(&weighed.that));
        for cannot in &overlay.add_cannot {
            visit(&cannot.from);
            visit(&cannot.to);
        }
    }
}

fn in_rule(rule: &Rule, visit: &mut dyn FnMut(&Expr)) {
    match &rule.kind {
        RuleKind::Never(that) | RuleKind::Always(that) => visit(that),
        RuleKind::AtMostOne(parts) | RuleKind::ExactlyOne(parts) => parts.iter().for_each(visit),
        RuleKind::Requires(option, that) => {
            visit(&Expr::Option(*option));
            visit(that);
        }
        RuleKind::Unavailable(option) => visit(&Expr::Option(*option)),
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
    overlays(conflict).flat_map(|overlay| &overlay.unavailable).for_each(|option| visit(*option));
}

fn overlays(conflict: &Conflict) -> impl Iterator<Item = &Overlay> {
    let variants = conflict.variants.iter().map(|variant| &variant.overlay);
    variants.chain(conflict.views.iter().map(|view| &view.overlay))
}

/// Every thing that can rest on claims.
pub(crate) fn each_grounds(conflict: &Conflict, visit: &mut dyn FnMut(&Grounds)) {
    let game = &conflict.game;
    if let Form::Options(form) = &game.form {
        form.options.iter().for_each(|o| visit(&o.grounds));
        form.definitions.iter().for_each(|d| visit(&d.grounds));
        form.rules.iter().for_each(|r| visit(&r.grounds));
        form.cannot.iter().for_each(|c| visit(&c.grounds));
    }
    for preference in &game.preferences {
        match preference {
            Preference::Statements(list) => list.iter().for_each(|s| visit(&s.grounds)),
            Preference::Weights(list) => list.iter().for_each(|w| visit(&w.grounds)),
            Preference::Ranking(ranking) => visit(&ranking.grounds),
        }
    }
    let situation = &conflict.situation;
    situation.bodies.iter().for_each(|x| visit(&x.grounds));
    situation.instruments.iter().for_each(|x| visit(&x.grounds));
    situation.tracks.iter().for_each(|x| visit(&x.grounds));
    situation.ties.iter().for_each(|x| visit(&x.grounds));
    situation.events.iter().for_each(|x| visit(&x.grounds));
    situation.effects.iter().for_each(|x| visit(&x.grounds));
    conflict.questions.iter().for_each(|x| visit(&x.grounds));
    let uncertainty = &conflict.uncertainty;
    uncertainty.orders.iter().for_each(|x| visit(&x.grounds));
    uncertainty.instead.iter().for_each(|x| visit(&x.statement.grounds));
    for other in &uncertainty.types {
        visit(&other.grounds);
        other.prefers.iter().for_each(|x| visit(&x.grounds));
    }
    conflict.observed.iter().for_each(|x| visit(&x.grounds));
    for overlay in overlays(conflict) {
        overlay.add_rules.iter().for_each(|x| visit(&x.grounds));
        overlay.add_prefers.iter().for_each(|x| visit(&x.statement.grounds));
        overlay.add_weighs.iter().for_each(|(_, x)| visit(&x.grounds));
        overlay.add_cannot.iter().for_each(|x| visit(&x.grounds));
    }
}
