//! Rules: which combinations of options are possible at all.

use crate::{Expr, Grounds, OptionId};

/// A rule of the game. The feasible states are those that every rule allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The id in the file; `None` when the rule has none. A rule that an overlay
    /// makes by declaring an option unavailable has the id `None` too.
    pub id: Option<String>,
    /// What it says.
    pub kind: RuleKind,
    /// What it rests on.
    pub grounds: Grounds,
    /// How sure, 0..1, for sampling; `None` is certain.
    pub confidence: Option<f64>,
}

impl Eq for Rule {}

/// The kinds of rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// No state satisfies the formula.
    Never(Expr),
    /// Every state satisfies the formula.
    Always(Expr),
    /// At most one of these holds.
    AtMostOne(Vec<Expr>),
    /// Exactly one of these holds.
    ExactlyOne(Vec<Expr>),
    /// Where the option is on, the formula holds.
    Requires(OptionId, Expr),
    /// The option is never on (an overlay's `unavailable`).
    Unavailable(OptionId),
    /// The first switch is on only where the second is: a level above another. Never shown to a reader.
    Chain(OptionId, OptionId),
}

impl Rule {
    /// The formula that every feasible state satisfies by this rule.
    #[must_use]
    pub fn formula(&self) -> Expr {
        match &self.kind {
            RuleKind::Never(f) => f.clone().negate(),
            RuleKind::Always(f) => f.clone(),
            RuleKind::AtMostOne(parts) => Expr::AtMostOne(parts.clone()),
            RuleKind::ExactlyOne(parts) => {
                Expr::And(vec![Expr::Or(parts.clone()), Expr::AtMostOne(parts.clone())])
            }
            RuleKind::Requires(option, f) => {
                Expr::Implies(Box::new(Expr::Option(*option)), Box::new(f.clone()))
            }
            RuleKind::Unavailable(option) => Expr::Option(*option).negate(),
            RuleKind::Chain(upper, lower) => {
                Expr::Implies(Box::new(Expr::Option(*upper)), Box::new(Expr::Option(*lower)))
            }
        }
    }
}
