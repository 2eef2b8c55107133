//! Rules and statements in words, for problems that name several of them.

use detente_model::{Expr, Game, OptionForm, Rule, RuleKind};

/// At most so many characters of a formula.
const LENGTH: usize = 90;
/// At most so many parts of a list.
const PARTS: usize = 8;
/// Longer formulas are not written out to be cut.
const NODES: usize = 200;

/// What a rule says: `never az.sign and az.force`.
pub(crate) fn rule(game: &Game, rule: &Rule) -> String {
    let list = |parts: &[Expr]| {
        let mut words: Vec<String> = parts.iter().take(PARTS).map(|part| formula(game, part)).collect();
        if parts.len() > PARTS {
            words.push(format!("{} more", parts.len() - PARTS));
        }
        words.join(", ")
    };
    match &rule.kind {
        RuleKind::Never(that) => format!("never {}", formula(game, that)),
        RuleKind::Always(that) => format!("always {}", formula(game, that)),
        RuleKind::AtMostOne(parts) => format!("at most one of {}", list(parts)),
        RuleKind::ExactlyOne(parts) => format!("exactly one of {}", list(parts)),
        RuleKind::Requires(option, that) => {
            format!("{} requires {}", game.option_name(*option), formula(game, that))
        }
        RuleKind::Unavailable(option) => format!("{} is not available", game.option_name(*option)),
        RuleKind::Chain(upper, _) => format!("{} has one level at a time", game.option_name(*upper)),
    }
}

/// The rule by its id, or what it says: `` `no-both` (never az.sign and az.force) ``.
pub(crate) fn named_rule(game: &Game, form: &OptionForm, index: usize) -> String {
    match form.rules.get(index) {
        Some(found) => match &found.id {
            Some(id) => format!("`{id}` ({})", rule(game, found)),
            None => format!("`{}`", rule(game, found)),
        },
        None => format!("rule {}", index + 1),
    }
}

/// A formula, cut when it is long.
pub(crate) fn formula(game: &Game, expr: &Expr) -> String {
    let mut nodes = 0_usize;
    expr.walk(&mut |_| nodes += 1);
    if nodes > NODES {
        return format!("(a formula of {nodes} parts)");
    }
    short(&game.formula_text(expr))
}

/// A text, cut when it is long.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
