//! Words for the parts of a case, from its own texts.

use detente_model::{ActorId, Conflict, Expr, Form, OptionId, Preference, Variant};

use super::case_build::Words;
use crate::report::names;

/// Words for the parts of one conflict.
pub(crate) struct CaseWords<'c>(pub(crate) &'c Conflict);

impl CaseWords<'_> {
    /// A formula in words: an option by its text, anything else as the file writes it.
    fn say(&self, formula: &Expr) -> String {
        match formula {
            Expr::Option(option) => names::option(self.0, *option).to_owned(),
            Expr::Not(inner) => match &**inner {
                Expr::Option(option) => format!("Not: {}", names::option(self.0, *option)),
                _ => self.0.game.formula_text(formula),
            },
            _ => self.0.game.formula_text(formula),
        }
    }

    fn options(&self, list: &[OptionId]) -> Vec<String> {
        list.iter().map(|o| format!("“{}” is not available.", names::option(self.0, *o))).collect()
    }
}

impl Words for CaseWords<'_> {
    fn statement(&self, actor: ActorId, place: usize) -> String {
        match self.0.game.preferences.get(actor.index()) {
            Some(Preference::Statements(list)) => {
                list.get(place).map_or_else(String::new, |s| self.say(&s.that))
            }
            Some(Preference::Weights(list)) => {
                list.get(place).map_or_else(String::new, |w| self.say(&w.that))
            }
            Some(Preference::Ranking(_)) | None => format!("Group {}", place + 1),
        }
    }

    fn rule(&self, index: usize) -> String {
        let rule = self.0.game.option_form().and_then(|form| form.rules.get(index));
        rule.map_or_else(String::new, |rule| names::rule_says(self.0, rule))
    }

    fn definition(&self, index: usize) -> String {
        match &self.0.game.form {
            Form::Options(form) => {
                form.definitions.get(index).map_or_else(String::new, |d| self.0.game.formula_text(&d.that))
            }
            Form::Graph(_) => String::new(),
        }
    }

    fn changes(&self, variant: &Variant) -> Vec<String> {
        let overlay = &variant.overlay;
        let game = &self.0.game;
        let mut said = self.options(&overlay.unavailable);
        said.extend(overlay.drop_rules.iter().map(|id| format!("Rule `{id}` falls.")));
        said.extend(
            overlay.add_rules.iter().map(|rule| format!("New rule: {}.", names::rule_says(self.0, rule))),
        );
        said.extend(
            overlay
                .drop_prefers
                .iter()
                .map(|(actor, id)| format!("{} no longer wants `{id}`.", names::actor(self.0, *actor))),
        );
        said.extend(overlay.add_prefers.iter().map(|add| {
            let place = add.at.map_or_else(|| "last".to_owned(), |at| format!("as number {at}"));
            format!("{} wants, {place}: {}.", names::actor(self.0, add.actor), self.say(&add.statement.that))
        }));
        said.extend(overlay.add_weighs.iter().map(|(actor, weighed)| {
            format!(
                "{} weighs {}: {}.",
                names::actor(self.0, *actor),
                weighed.weight,
                self.say(&weighed.that)
            )
        }));
        said.extend(overlay.add_cannot.iter().map(|cannot| {
            let (from, to) = (game.formula_text(&cannot.from), game.formula_text(&cannot.to));
            format!("{} cannot go from {from} to {to}.", names::actor(self.0, cannot.actor))
        }));
        let strike = &overlay.strike;
        let lists =
            [("claims", &strike.claims), ("words of", &strike.speakers), ("sources", &strike.sources)];
        for (what, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            said.push(format!("Without {what} {}.", list.join(", ")));
        }
        if !strike.kinds.is_empty() {
            let kinds: Vec<&str> = strike.kinds.iter().map(|kind| kind.word()).collect();
            said.push(format!("Without claims of kind {}.", kinds.join(", ")));
        }
        if strike.assumptions {
            said.push("Without the assumptions.".to_owned());
        }
        if let Some(state) = &overlay.status_quo {
            said.push(format!("It starts from {}.", names::outcome(self.0, state)));
        }
        said
    }
}
