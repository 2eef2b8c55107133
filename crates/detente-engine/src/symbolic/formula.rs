//! Formulas over options as sets of states.

use std::collections::BTreeSet;

use detente_model::{DefinitionId, Expr, OptionForm, OptionId, Pattern, State};

use super::diagram::{Diagrams, Halt, Set};

/// Where options stand in the diagrams, and the defined names that were needed so far.
#[derive(Debug)]
pub(crate) struct Formulas {
    /// Option number: level of its variable.
    levels: Vec<u32>,
    /// Options in the order of positions.
    order: Vec<usize>,
    definitions: Vec<Expr>,
    defined: Vec<Option<Set>>,
}

impl Formulas {
    /// `order`: options by position; the option at position `p` has level `2p`.
    pub(crate) fn new(form: &OptionForm, order: Vec<usize>) -> Self {
        let mut levels = vec![0; order.len()];
        for (position, &option) in order.iter().enumerate() {
            levels[option] = 2 * position as u32;
        }
        let definitions: Vec<Expr> = form.definitions.iter().map(|d| d.that.clone()).collect();
        Self { levels, order, defined: vec![None; definitions.len()], definitions }
    }

    /// Options in the order of positions.
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// How many options there are.
    pub(crate) fn options(&self) -> usize {
        self.levels.len()
    }

    /// The level of an option's variable; an option that does not exist is [`None`].
    pub(crate) fn level(&self, option: OptionId) -> Option<u32> {
        self.levels.get(option.index()).copied()
    }

    /// The states that satisfy `formula`, feasible or not.
    pub(crate) fn set(&mut self, d: &mut Diagrams<'_>, formula: &Expr) -> Result<Set, Halt> {
        match formula {
            Expr::Const(value) => Ok(d.constant(*value)),
            Expr::Option(option) => match self.level(*option) {
                Some(level) => d.variable(level),
                None => Ok(d.constant(false)),
            },
            Expr::Defined(id) => self.definition(d, *id),
            Expr::Not(part) => {
                let part = self.set(d, part)?;
                Ok(d.not(&part))
            }
            Expr::Written(_, part) => self.set(d, part),
            Expr::AtLeast(parts, needs) => self.set(d, &Expr::counted(parts, *needs)),
            Expr::And(parts) => self.all(d, parts, true),
            Expr::Or(parts) => self.all(d, parts, false),
            Expr::Implies(a, b) => {
                let (a, b) = (self.set(d, a)?, self.set(d, b)?);
                let a = d.not(&a);
                d.or(&a, &b)
            }
            Expr::Iff(a, b) => {
                let (a, b) = (self.set(d, a)?, self.set(d, b)?);
                d.iff(&a, &b)
            }
            Expr::AtMostOne(parts) => {
                let (mut none, mut most_one) = (d.constant(true), d.constant(true));
                for part in parts {
                    let part = self.set(d, part)?;
                    most_one = d.ite(&part, &none, &most_one)?;
                    none = d.without(&none, &part)?;
                }
                Ok(most_one)
            }
        }
    }

    /// The conjunction (or disjunction) of `parts`, joined in pairs so that neither side grows
    /// alone.
    fn all(&mut self, d: &mut Diagrams<'_>, parts: &[Expr], and: bool) -> Result<Set, Halt> {
        let mut sets = Vec::with_capacity(parts.len());
        for part in parts {
            sets.push(self.set(d, part)?);
        }
        join(d, sets, and)
    }

    fn definition(&mut self, d: &mut Diagrams<'_>, id: DefinitionId) -> Result<Set, Halt> {
        // What is needed, then in order (each refers to earlier ones only), so that recursion
        // stays as deep as one formula.
        let mut needed = BTreeSet::new();
        let mut open = vec![id.index()];
        while let Some(at) = open.pop() {
            if self.defined.get(at).is_some_and(Option::is_none) && needed.insert(at) {
                self.definitions[at].walk(&mut |part| {
                    if let Expr::Defined(other) = part {
                        open.push(other.index());
                    }
                });
            }
        }
        for at in needed {
            let formula = std::mem::replace(&mut self.definitions[at], Expr::Const(false));
            let set = self.set(d, &formula);
            self.definitions[at] = formula;
            self.defined[at] = Some(set?);
        }
        Ok(self.defined.get(id.index()).cloned().flatten().unwrap_or_else(|| d.constant(false)))
    }

    /// The one state, given over all options.
    pub(crate) fn state(&self, d: &mut Diagrams<'_>, state: &State) -> Result<Set, Halt> {
        let literals = self.levels.iter().enumerate();
        d.literals(literals.map(|(o, &level)| (level, state.is_on(OptionId::from(o)))))
    }

    /// The states of a pattern; cells beyond the options count as `-`.
    pub(crate) fn pattern(&self, d: &mut Diagrams<'_>, pattern: &Pattern) -> Result<Set, Halt> {
        let cells = pattern.cells.iter().zip(&self.levels);
        d.literals(cells.filter_map(|(cell, &level)| cell.map(|on| (level, on))))
    }
}

/// The conjunction (or disjunction) of sets, in pairs, then pairs of pairs.
pub(crate) fn join(d: &mut Diagrams<'_>, mut sets: Vec<Set>, and: bool) -> Result<Set, Halt> {
    while sets.len() > 1 {
        let mut next = Vec::with_capacity(sets.len().div_ceil(2));
        for pair in sets.chunks(2) {
            next.push(match pair {
                [a, b] if and => d.and(a, b)?,
                [a, b] => d.or(a, b)?,
                _ => pair[0].clone(),
            });
        }
        sets = next;
    }
    Ok(sets.pop().unwrap_or_else(|| d.constant(and)))
}
