//! Words for the parts of a case, from its own texts.

use detente_model::{ActorId, Conflict, Expr, OptionId, Preference, RuleKind, Variant};

use super::case_build::Words;
use super::why::capital;
use detente_study::say::{names, reason};

/// Words for the parts of one conflict.
pub(crate) struct CaseWords<'c>(pub(crate) &'c Conflict);

impl CaseWords<'_> {
    /// A formula as a sentence without its stop.
    fn say(&self, formula: &Expr) -> String {
        capital(&reason::clause(self.0, formula, true))
    }

    fn options(&self, list: &[OptionId]) -> Vec<String> {
        list.iter().map(|o| format!("“{}” is not available.", names::option(self.0, *o))).collect()
    }
}

impl Words for CaseWords<'_> {
    fn statement(&self, actor: ActorId, place: usize) -> String {
        match self.0.game.preferences.get(actor.index()) {
            Some(Preference::Ranking(_)) | None => format!("Group {}", place + 1),
            Some(_) => capital(&reason::wish(self.0, actor, place, true)),
        }
    }

    fn rule(&self, index: usize) -> String {
        let form = self.0.game.option_form();
        let Some(rule) = form.and_then(|form| form.rules.get(index)) else { return String::new() };
        let clause = |formula: &Expr| reason::clause(self.0, formula, true);
        let several = |parts: &[Expr]| parts.iter().map(clause).collect::<Vec<_>>().join("; ");
        match &rule.kind {
            RuleKind::Never(formula) => format!("Never: {}", clause(formula)),
            RuleKind::Always(formula) => format!("Always: {}", clause(formula)),
            RuleKind::AtMostOne(parts) => format!("At most one of these: {}", several(parts)),
            RuleKind::ExactlyOne(parts) => format!("Exactly one of these: {}", several(parts)),
            RuleKind::Requires(option, formula) => {
                format!("{}, only if {}", capital(&clause(&Expr::Option(*option))), clause(formula))
            }
            RuleKind::Unavailable(option) => {
                format!("{} cannot be done", names::quoted(names::option(self.0, *option)))
            }
        }
    }

    fn definition(&self, index: usize) -> String {
        let form = self.0.game.option_form();
        let definition = form.and_then(|form| form.definitions.get(index));
        definition.map_or_else(String::new, |d| {
            d.grounds.says.as_ref().map_or_else(|| self.say(&d.that), |says| capital(says))
        })
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
