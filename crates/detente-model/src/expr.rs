//! Boolean formulas over options and defined names.

use crate::{DefinitionId, OptionId};

/// A Boolean formula. Its truth in a state is the whole meaning.
///
/// A defined name stays a reference ([`Expr::Defined`]): expanding names in
/// place could grow exponentially. Definitions stand in an order in which each
/// refers to earlier ones only, so that one pass evaluates all of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// True or false everywhere.
    Const(bool),
    /// The option is on.
    Option(OptionId),
    /// The defined name holds.
    Defined(DefinitionId),
    /// The part does not hold.
    Not(Box<Expr>),
    /// All parts hold (none: true).
    And(Vec<Expr>),
    /// Some part holds (none: false).
    Or(Vec<Expr>),
    /// The first does not hold or the second does.
    Implies(Box<Expr>, Box<Expr>),
    /// Both hold or neither does.
    Iff(Box<Expr>, Box<Expr>),
    /// No two parts hold together.
    AtMostOne(Vec<Expr>),
}

impl Expr {
    /// `not self`.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Const(value) => Self::Const(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Truth where `option` and `defined` give the truth of options and defined names.
    ///
    /// Recursion is as deep as the formula: at most 256 by the limits of the format.
    pub fn eval(&self, option: &impl Fn(OptionId) -> bool, defined: &impl Fn(DefinitionId) -> bool) -> bool {
        match self {
            Self::Const(value) => *value,
            Self::Option(id) => option(*id),
            Self::Defined(id) => defined(*id),
            Self::Not(inner) => !inner.eval(option, defined),
            Self::And(parts) => parts.iter().all(|part| part.eval(option, defined)),
            Self::Or(parts) => parts.iter().any(|part| part.eval(option, defined)),
            Self::Implies(a, b) => !a.eval(option, defined) || b.eval(option, defined),
            Self::Iff(a, b) => a.eval(option, defined) == b.eval(option, defined),
            Self::AtMostOne(parts) => {
                parts.iter().filter(|part| part.eval(option, defined)).take(2).count() < 2
            }
        }
    }

    /// Calls `visit` on every node, parents first.
    pub fn walk(&self, visit: &mut impl FnMut(&Expr)) {
        visit(self);
        match self {
            Self::Const(_) | Self::Option(_) | Self::Defined(_) => {}
            Self::Not(inner) => inner.walk(visit),
            Self::And(parts) | Self::Or(parts) | Self::AtMostOne(parts) => {
                for part in parts {
                    part.walk(visit);
                }
            }
            Self::Implies(a, b) | Self::Iff(a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
        }
    }
}
