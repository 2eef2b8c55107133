//! What a case says, part by part, in words: wishes, rules, definitions, variants.

use detente_model::{ActorId, Conflict, Expr, OptionId, Preference, RuleKind, Variant};

use crate::say::words::capital;
use crate::say::{names, reason, words};
use crate::show::doc::{Doc, Line};

/// A wish of `actor` as a sentence without its stop; of a ranking one of its groups.
#[must_use]
pub fn statement(conflict: &Conflict, actor: ActorId, place: usize) -> String {
    match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Ranking(_)) | None => format!("Group {}", place + 1),
        Some(_) => capital(&reason::wish(conflict, actor, place, true)),
    }
}

/// What stands beside a weight, whatever its sign: a negative one counts against it.
#[must_use]
pub fn weighed(conflict: &Conflict, actor: ActorId, place: usize) -> String {
    let list = match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Weights(list)) => list.as_slice(),
        _ => &[],
    };
    let wished = |weight: i64| capital(&reason::wish(conflict, actor, place, weight >= 0));
    list.get(place).map_or_else(String::new, |weighed| wished(weighed.weight))
}

/// A rule.
#[must_use]
pub fn rule(conflict: &Conflict, index: usize) -> String {
    let form = conflict.game.option_form();
    let Some(rule) = form.and_then(|form| form.rules.get(index)) else { return String::new() };
    let clause = |formula: &Expr| reason::clause(conflict, formula, true);
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
            format!("{} cannot be done", names::quoted(names::option(conflict, *option)))
        }
        RuleKind::Chain(option, _) => {
            format!("{} has one level at a time", names::quoted(names::option(conflict, *option)))
        }
    }
}

/// A definition.
#[must_use]
pub fn definition(conflict: &Conflict, index: usize) -> String {
    let form = conflict.game.option_form();
    let definition = form.and_then(|form| form.definitions.get(index));
    definition.map_or_else(String::new, |d| {
        d.grounds.says.as_ref().map_or_else(|| sentence(conflict, &d.that), |says| capital(says))
    })
}

/// What the case says of its wishes and no verdict uses yet, a sentence each: how strong they are, that their direction
/// is not known.
#[must_use]
pub fn not_used(conflict: &Conflict) -> Vec<String> {
    let (mut strong, mut unknown) = (0_usize, 0_usize);
    for preference in &conflict.game.preferences {
        if let Preference::Statements(list) = preference {
            strong += list.iter().filter(|statement| statement.strong).count();
            unknown += list.iter().filter(|statement| statement.unknown).count();
        }
    }
    let wishes = |count: usize| words::counted(&count.into(), "wish", "wishes");
    let mut said = Vec::new();
    if strong > 0 {
        said.push(format!(
            "The strength of {} is not used: strong and mild wishes count alike.",
            wishes(strong)
        ));
    }
    if unknown > 0 {
        let taken = if unknown == 1 { "it is taken as it is" } else { "they are taken as they are" };
        said.push(format!(
            "That the direction of {} is unknown is not used: {taken} written.",
            wishes(unknown)
        ));
    }
    said
}

/// The same below a report.
pub fn say_not_used(doc: &mut Doc, conflict: &Conflict) {
    for sentence in not_used(conflict) {
        doc.say(Line::new().quiet(sentence));
    }
}

/// What is told of single steps does not follow: the dates ahead, after which other things may be so.
#[must_use]
pub fn without_dates(conflict: &Conflict) -> Option<String> {
    let days: Vec<String> =
        conflict.game.deadlines_ahead().map(|deadline| words::date(&deadline.on)).collect();
    (!days.is_empty()).then(|| {
        format!("What dates bring ({}) is not followed here: `detente solve` does.", words::list(&days))
    })
}

/// Where steps are followed to their ends, chance events happen only with a weight.
#[must_use]
pub fn weighted_chances(conflict: &Conflict) -> Option<String> {
    let chances = conflict.game.option_form().map_or(&[][..], |form| &form.chances);
    let named: Vec<String> = chances.iter().map(|chance| names::quoted(&chance.text)).collect();
    (!named.is_empty()).then(|| {
        let happens = if named.len() == 1 { "happens" } else { "happen" };
        format!("{} {happens} here only if given a weight.", words::list(&named))
    })
}

/// The same of a sample: what lasts heeds dates, where moves lead from today does not.
#[must_use]
pub fn dates_in_samples(conflict: &Conflict) -> Option<String> {
    let days: Vec<String> =
        conflict.game.deadlines_ahead().map(|deadline| words::date(&deadline.on)).collect();
    (!days.is_empty()).then(|| {
        format!(
            "What dates bring ({}) is heeded where it is counted what lasts, and not followed where moves lead from today.",
            words::list(&days)
        )
    })
}

/// Sentences below a report that tells of single steps: [`without_dates`], [`not_used`].
pub fn say_of_steps(doc: &mut Doc, conflict: &Conflict) {
    if let Some(sentence) = without_dates(conflict) {
        doc.say(Line::new().quiet(sentence));
    }
    say_not_used(doc, conflict);
}

/// A formula as a sentence without its stop.
fn sentence(conflict: &Conflict, formula: &Expr) -> String {
    capital(&reason::clause(conflict, formula, true))
}

fn unavailable(conflict: &Conflict, list: &[OptionId]) -> Vec<String> {
    list.iter().map(|o| format!("“{}” is not available.", names::option(conflict, *o))).collect()
}

/// What a variant changes, one sentence each.
#[must_use]
pub fn changes(conflict: &Conflict, variant: &Variant) -> Vec<String> {
    let overlay = &variant.overlay;
    let game = &conflict.game;
    let mut said = unavailable(conflict, &overlay.unavailable);
    said.extend(overlay.drop_rules.iter().map(|id| format!("Rule `{id}` falls.")));
    said.extend(
        overlay.add_rules.iter().map(|rule| format!("New rule: {}.", names::rule_says(conflict, rule))),
    );
    said.extend(
        overlay
            .drop_prefers
            .iter()
            .map(|(actor, id)| format!("{} no longer wants `{id}`.", names::actor(conflict, *actor))),
    );
    said.extend(overlay.add_prefers.iter().map(|add| {
        let place = add.at.map_or_else(|| "last".to_owned(), |at| format!("as number {at}"));
        let that = sentence(conflict, &add.statement.that);
        format!("{} wants, {place}: {that}.", names::actor(conflict, add.actor))
    }));
    said.extend(overlay.add_weighs.iter().map(|(actor, weighed)| {
        let that = sentence(conflict, &weighed.that);
        format!("{} weighs {}: {that}.", names::actor(conflict, *actor), weighed.weight)
    }));
    said.extend(overlay.add_cannot.iter().map(|cannot| {
        let (from, to) = (game.formula_text(&cannot.from), game.formula_text(&cannot.to));
        format!("{} cannot go from {from} to {to}.", names::actor(conflict, cannot.actor))
    }));
    let strike = &overlay.strike;
    let lists = [("claims", &strike.claims), ("words of", &strike.speakers), ("sources", &strike.sources)];
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
        said.push(format!("It starts from {}.", names::outcome(conflict, state)));
    }
    said
}
