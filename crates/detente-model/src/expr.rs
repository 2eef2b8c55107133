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
    /// The weights of the parts that hold reach the number.
    AtLeast(Vec<(u64, Expr)>, u64),
    /// The part, as the file writes it: a comparison of levels, a count of votes.
    Written(String, Box<Expr>),
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
            Self::AtLeast(parts, needs) => {
                let holding = parts.iter().filter(|(_, part)| part.eval(option, defined));
                holding.fold(0_u64, |sum, (weight, _)| sum.saturating_add(*weight)) >= *needs
            }
            Self::Written(_, inner) => inner.eval(option, defined),
        }
    }

    /// Calls `visit` on every node, parents first.
    pub fn walk(&self, visit: &mut impl FnMut(&Expr)) {
        visit(self);
        match self {
            Self::Const(_) | Self::Option(_) | Self::Defined(_) => {}
            Self::Not(inner) | Self::Written(_, inner) => inner.walk(visit),
            Self::AtLeast(parts, _) => parts.iter().for_each(|(_, part)| part.walk(visit)),
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

    /// A count of weights as a formula of the others: [`Expr::AtLeast`] spelled out. The parts are taken in
    /// order; the same rest is spelled out once per weight that is still needed, so the size is at most
    /// exponential in the number of parts (bounded by the format).
    #[must_use]
    pub fn counted(parts: &[(u64, Expr)], needs: u64) -> Self {
        if needs == 0 {
            return Self::Const(true);
        }
        let sum = parts.iter().fold(0_u64, |sum, (weight, _)| sum.saturating_add(*weight));
        match parts {
            _ if sum < needs => Self::Const(false),
            [] => Self::Const(false),
            _ if parts.iter().all(|(weight, _)| sum - weight < needs) => {
                Self::And(parts.iter().map(|(_, part)| part.clone()).collect())
            }
            [(weight, part), rest @ ..] => {
                let with = Self::And(vec![part.clone(), Self::counted(rest, needs.saturating_sub(*weight))]);
                Self::Or(vec![with, Self::counted(rest, needs)])
            }
        }
    }

    /// The formula without what is only a way of writing: a literal, a conjunction, …
    #[must_use]
    pub fn bare(&self) -> &Self {
        match self {
            Self::Written(_, inner) => inner.bare(),
            other => other,
        }
    }

    /// The switches and values of a conjunction of literals; `None`: it is another formula.
    #[must_use]
    pub fn literals(&self) -> Option<Vec<(OptionId, bool)>> {
        match self.bare() {
            Self::Option(id) => Some(vec![(*id, true)]),
            Self::Not(inner) => match inner.bare() {
                Self::Option(id) => Some(vec![(*id, false)]),
                _ => None,
            },
            Self::And(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(part.literals()?);
                }
                Some(all)
            }
            Self::Const(true) => Some(vec![]),
            _ => None,
        }
    }
}
