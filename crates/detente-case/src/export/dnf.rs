//! A formula as alternatives of conjunctions (disjunctive normal form), within bounds.

use std::cell::Cell;

use detente_model::{Definition, Expr, OptionId};

/// A conjunction: options with their values, in option order, each once.
pub(super) type Term = Vec<(OptionId, bool)>;

/// More alternatives than this are not written.
pub(super) const TERMS: usize = 1024;
/// Comparisons of terms allowed for one formula.
const WORK: usize = 1_000_000;
/// Comparisons of terms allowed for all formulas of a case.
const ALL_WORK: usize = 50_000_000;

/// The formula has no normal form within the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// The normal forms of the defined names, and of formulas over them.
///
/// The alternatives of a result are irredundant in this sense: none implies another. An empty
/// list is false everywhere, an empty conjunction true everywhere.
///
/// Complexity: products of alternatives, exponential in the worst case; [`TooLarge`] past 1,024
/// alternatives or a million comparisons, and when all formulas together took fifty million.
pub(super) struct Dnf {
    /// Of each definition: where it does not hold, where it holds.
    defined: Vec<[Result<Vec<Term>, TooLarge>; 2]>,
    /// Work left for all formulas.
    left: Cell<usize>,
}

impl Dnf {
    pub(super) fn new(definitions: &[Definition]) -> Self {
        let mut dnf = Self { defined: Vec::with_capacity(definitions.len()), left: Cell::new(ALL_WORK) };
        for definition in definitions {
            let both = [dnf.of(&definition.that, false), dnf.of(&definition.that, true)];
            dnf.defined.push(both);
        }
        dnf
    }

    /// The alternatives under which `expr` holds (`holds`) or does not hold.
    pub(super) fn of(&self, expr: &Expr, holds: bool) -> Result<Vec<Term>, TooLarge> {
        let most = self.left.get().min(WORK);
        let mut work = Work { left: most };
        let terms = self.terms(expr, holds, &mut work);
        self.left.set(self.left.get() - (most - work.left));
        terms
    }

    fn terms(&self, expr: &Expr, holds: bool, work: &mut Work) -> Result<Vec<Term>, TooLarge> {
        work.take(1)?;
        match expr {
            Expr::Const(value) => Ok(if *value == holds { vec![Vec::new()] } else { Vec::new() }),
            Expr::Option(option) => Ok(vec![vec![(*option, holds)]]),
            Expr::Defined(id) => {
                self.defined.get(id.index()).map_or(Err(TooLarge), |both| both[usize::from(holds)].clone())
            }
            Expr::Not(inner) => self.terms(inner, !holds, work),
            Expr::And(parts) if holds => self.product(parts.iter().map(|p| (p, true)), work),
            Expr::And(parts) => self.union(parts.iter().map(|p| (p, false)), work),
            Expr::Or(parts) if holds => self.union(parts.iter().map(|p| (p, true)), work),
            Expr::Or(parts) => self.product(parts.iter().map(|p| (p, false)), work),
            Expr::Implies(a, b) if holds => self.union([(&**a, false), (&**b, true)].into_iter(), work),
            Expr::Implies(a, b) => self.product([(&**a, true), (&**b, false)].into_iter(), work),
            Expr::Iff(a, b) => {
                let mut out = self.product([(&**a, true), (&**b, holds)].into_iter(), work)?;
                out.extend(self.product([(&**a, false), (&**b, !holds)].into_iter(), work)?);
                work.irredundant(out)
            }
            Expr::Written(_, inner) => self.terms(inner, holds, work),
            Expr::AtLeast(parts, needs) => self.terms(&Expr::counted(parts, *needs), holds, work),
            // At most one of them: all but some one do not hold.
            Expr::AtMostOne(parts) if holds => {
                let mut out = if parts.is_empty() { vec![Vec::new()] } else { Vec::new() };
                for but in 0..parts.len() {
                    let rest = parts.iter().enumerate().filter(|(at, _)| *at != but);
                    out.extend(self.product(rest.map(|(_, part)| (part, false)), work)?);
                    out = work.irredundant(out)?;
                }
                Ok(out)
            }
            Expr::AtMostOne(parts) => {
                let mut out = Vec::new();
                for (at, a) in parts.iter().enumerate() {
                    for b in parts.iter().skip(at + 1) {
                        out.extend(self.product([(a, true), (b, true)].into_iter(), work)?);
                        work.take(out.len())?;
                    }
                }
                work.irredundant(out)
            }
        }
    }

    fn union<'e>(
        &self,
        parts: impl Iterator<Item = (&'e Expr, bool)>,
        work: &mut Work,
    ) -> Result<Vec<Term>, TooLarge> {
        let mut out = Vec::new();
        for (part, holds) in parts {
            out.extend(self.terms(part, holds, work)?);
        }
        work.irredundant(out)
    }

    fn product<'e>(
        &self,
        parts: impl Iterator<Item = (&'e Expr, bool)>,
        work: &mut Work,
    ) -> Result<Vec<Term>, TooLarge> {
        let mut out = vec![Vec::new()];
        for (part, holds) in parts {
            let terms = self.terms(part, holds, work)?;
            work.take(out.len().saturating_mul(terms.len()))?;
            let pairs = out.iter().flat_map(|a| terms.iter().filter_map(|b| both(a, b)));
            out = work.irredundant(pairs.collect())?;
            if out.is_empty() {
                break;
            }
        }
        Ok(out)
    }
}

/// What may still be done.
struct Work {
    left: usize,
}

impl Work {
    fn take(&mut self, steps: usize) -> Result<(), TooLarge> {
        let enough = self.left >= steps;
        self.left = self.left.saturating_sub(steps);
        if enough { Ok(()) } else { Err(TooLarge) }
    }

    /// Without the terms that another implies; the first of equals stays, in the same order.
    fn irredundant(&mut self, terms: Vec<Term>) -> Result<Vec<Term>, TooLarge> {
        self.take(terms.len().saturating_mul(terms.len()) / 2)?;
        let mut out: Vec<Term> = Vec::with_capacity(terms.len());
        for term in terms {
            if !out.iter().any(|other| implies(&term, other)) {
                out.retain(|other| !implies(other, &term));
                out.push(term);
            }
        }
        if out.len() > TERMS { Err(TooLarge) } else { Ok(out) }
    }
}

/// Whether every state of `a` is one of `b`: all of `b` stands in `a`.
fn implies(a: &Term, b: &Term) -> bool {
    b.len() <= a.len() && b.iter().all(|literal| a.binary_search(literal).is_ok())
}

/// Both conjunctions together; `None` when they contradict each other.
fn both(a: &Term, b: &Term) -> Option<Term> {
    let mut out = a.clone();
    out.extend(b.iter().copied());
    out.sort_unstable();
    out.dedup();
    let clash = out.windows(2).any(|pair| pair[0].0 == pair[1].0);
    (!clash).then_some(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use detente_model::{DefinitionId, Grounds};

    fn o(i: u32) -> Expr {
        Expr::Option(OptionId(i))
    }

    fn boxed(a: Expr, b: Expr) -> (Box<Expr>, Box<Expr>) {
        (Box::new(a), Box::new(b))
    }

    #[test]
    fn is_true_where_the_formula_is() {
        let (a, b) = boxed(Expr::And(vec![o(0), o(1)]), o(2));
        let iff = Expr::Iff(a, b);
        let (a, b) = boxed(Expr::Defined(DefinitionId(0)), o(3));
        let definitions = [Definition {
            id: "d".into(),
            that: iff.clone(),
            grounds: Grounds::default(),
            ..Definition::default()
        }];
        let formulas = [
            iff,
            Expr::Implies(a, b),
            Expr::AtMostOne(vec![o(0), o(1), o(2), o(3)]),
            Expr::AtMostOne(vec![o(0), Expr::Or(vec![o(1), o(2).negate()]), Expr::Defined(DefinitionId(0))]),
            Expr::AtMostOne(vec![]),
            Expr::AtMostOne(vec![o(1)]),
            Expr::Or(vec![o(0), Expr::And(vec![o(0), o(1)]), Expr::Const(false)]),
            Expr::And(vec![o(0), o(0).negate()]),
            Expr::Const(true),
            Expr::Not(Box::new(Expr::Or(vec![o(0).negate(), Expr::And(vec![o(1), o(2)])]))),
        ];
        let dnf = Dnf::new(&definitions);
        for formula in formulas {
            for holds in [true, false] {
                let terms = dnf.of(&formula, holds).unwrap();
                for state in 0..16_u32 {
                    let on = |o: OptionId| state >> o.0 & 1 == 1;
                    let defined = definitions[0].that.eval(&on, &|_| false);
                    let expected = formula.eval(&on, &|_| defined) == holds;
                    let found = terms.iter().any(|t| t.iter().all(|&(o, v)| on(o) == v));
                    assert_eq!(found, expected, "{formula:?} {state}");
                }
                let redundant = terms
                    .iter()
                    .enumerate()
                    .any(|(i, a)| terms.iter().enumerate().any(|(j, b)| i != j && implies(a, b)));
                assert!(!redundant, "{terms:?}");
            }
        }
    }

    #[test]
    fn what_is_too_large_is_said_and_costs_little() {
        let parity = (1..200).fold(o(0), |e, i| Expr::Iff(Box::new(e), Box::new(o(i))));
        let dnf = Dnf::new(&[]);
        assert_eq!(dnf.of(&parity, true), Err(TooLarge));
        let pairs = (0..40).map(|i| Expr::Or(vec![o(2 * i), o(2 * i + 1)])).collect();
        assert_eq!(dnf.of(&Expr::And(pairs), true), Err(TooLarge));
        let wide = Expr::AtMostOne((0..1000).map(o).collect());
        assert_eq!(dnf.of(&wide, false), Err(TooLarge));
        assert_eq!(dnf.of(&Expr::AtMostOne((0..40).map(o).collect()), true).unwrap().len(), 40);
    }
}
