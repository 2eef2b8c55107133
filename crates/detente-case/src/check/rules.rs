//! What the rules leave: contradictions, rules that remove nothing, options that they fix.

use std::collections::HashSet;

use batsat::Lit;
use detente_model::{Expr, Game, OptionForm, OptionId};

use super::sat::{Copy, Found, Sat, Work};
use super::words;

/// Rules that no state obeys together; without any one of them some state would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// Places among the rules of the form, ascending.
    pub(crate) rules: Vec<usize>,
    /// Whether it is known that none of them can be spared.
    pub(crate) minimal: bool,
}

impl Contradiction {
    /// At most so many rules are named in a message.
    const NAMED: usize = 8;

    /// The rules in words.
    pub(crate) fn words(&self, game: &Game, form: &OptionForm) -> String {
        let mut all: Vec<String> =
            self.rules.iter().take(Self::NAMED).map(|&rule| words::named_rule(game, form, rule)).collect();
        if self.rules.len() > Self::NAMED {
            all.push(format!("{} more", self.rules.len() - Self::NAMED));
        }
        words::and(&all)
    }
}

/// A solver for the rules of a form, each of which can be left out.
pub(crate) struct Rules {
    pub(crate) sat: Sat,
    pub(crate) state: Copy,
    /// Per rule: taken as true, the rule holds.
    chosen: Vec<Lit>,
    /// Per rule: true exactly where the rule holds.
    holds: Vec<Lit>,
}

impl Rules {
    pub(crate) fn new(form: &OptionForm, work: &Work) -> Self {
        let mut sat = Sat::new(work);
        let state = sat.state(form);
        let mut chosen = Vec::with_capacity(form.rules.len());
        let mut holds = Vec::with_capacity(form.rules.len());
        for rule in &form.rules {
            let lit = sat.lit(&state, &rule.formula());
            let choose = sat.fresh();
            sat.some([!choose, lit]);
            chosen.push(choose);
            holds.push(lit);
        }
        Self { sat, state, chosen, holds }
    }

    /// Whether a state obeys all rules and `more`.
    pub(crate) fn possible(&mut self, more: &[Lit]) -> Found {
        let all: Vec<Lit> = self.chosen.iter().chain(more).copied().collect();
        self.sat.solve(&all)
    }

    /// A literal for `expr`.
    pub(crate) fn lit(&mut self, expr: &Expr) -> Lit {
        self.sat.lit(&self.state, expr)
    }

    /// Why no state obeys all rules; `None` when one does, or the bound was hit.
    pub(crate) fn contradiction(&mut self) -> Option<Contradiction> {
        let (core, minimal) = self.sat.minimal(&self.chosen.clone())?;
        Some(Contradiction { rules: self.places(&core), minimal })
    }

    /// The rules that remove nothing, each with those that it follows from (none: it always holds).
    /// Looked at from the last; one that was found is out of the game, so that of two equal rules
    /// only the later is named.
    pub(crate) fn idle(&mut self) -> Vec<(usize, Vec<usize>)> {
        let mut kept: Vec<usize> = (0..self.chosen.len()).collect();
        let mut idle = Vec::new();
        for rule in (0..self.chosen.len()).rev() {
            let others = kept.iter().filter(|&&other| other != rule).map(|&other| self.chosen[other]);
            let breaks = !self.holds[rule];
            let assumed: Vec<Lit> = others.chain([breaks]).collect();
            if let Some((core, _)) = self.sat.minimal(&assumed) {
                kept.retain(|&other| other != rule);
                idle.push((rule, self.places(&core)));
            }
        }
        idle.reverse();
        idle
    }

    /// The options that are on, or off, in every feasible state. There must be one.
    pub(crate) fn fixed(&mut self, form: &OptionForm) -> Vec<(OptionId, bool)> {
        let Found::State(first) = self.possible(&[]) else { return Vec::new() };
        let mut open: Vec<Option<bool>> =
            (0..form.options.len()).map(|i| Some(first.is_on(OptionId::from(i)))).collect();
        let mut fixed = Vec::new();
        for index in 0..form.options.len() {
            let Some(on) = open[index] else { continue };
            let option = OptionId::from(index);
            let lit = self.lit(&Expr::Option(option));
            match self.possible(&[if on { !lit } else { lit }]) {
                Found::State(state) => {
                    // Whatever differs in this state is not fixed either.
                    for (other, cell) in open.iter_mut().enumerate() {
                        if cell.is_some_and(|on| state.is_on(OptionId::from(other)) != on) {
                            *cell = None;
                        }
                    }
                }
                Found::Never(_) => fixed.push((option, on)),
                Found::Unknown => {}
            }
        }
        fixed
    }

    fn places(&self, core: &[Lit]) -> Vec<usize> {
        let core: HashSet<&Lit> = core.iter().collect();
        (0..self.chosen.len()).filter(|&rule| core.contains(&self.chosen[rule])).collect()
    }
}
