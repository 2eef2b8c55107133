//! Formulas on single states, with the defined names evaluated once per state.

use detente_model::{Expr, Form, Game, OptionForm, OptionId, State};

/// The rules and definitions of a game, ready for single states.
pub(crate) struct Formulas<'g> {
    form: Option<&'g OptionForm>,
    rules: Vec<Expr>,
}

/// Some rules, with the definitions that they need, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    rules: Vec<usize>,
    definitions: Vec<usize>,
}

impl<'g> Formulas<'g> {
    /// All formulas of `game`.
    pub(crate) fn new(game: &'g Game) -> Self {
        match &game.form {
            Form::Graph(_) => Self { form: None, rules: Vec::new() },
            Form::Options(form) => Self {
                form: Some(form),
                rules: form.rules.iter().map(detente_model::Rule::formula).collect(),
            },
        }
    }

    /// The truth of every definition in `state`.
    pub(crate) fn defined(&self, state: &State) -> Vec<bool> {
        self.form.map(|form| form.defined(state)).unwrap_or_default()
    }

    /// The truth of `expr` in `state`, whose definitions are `defined`.
    pub(crate) fn holds(&self, expr: &Expr, state: &State, defined: &[bool]) -> bool {
        expr.eval(&|o| state.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
    }

    /// Whether `state` obeys every rule.
    pub(crate) fn feasible(&self, state: &State) -> bool {
        let defined = self.defined(state);
        self.rules.iter().all(|rule| self.holds(rule, state, &defined))
    }

    /// Whether `state` obeys the rules of `part`.
    pub(crate) fn obeys(&self, part: &Part, state: &State) -> bool {
        if part.rules.is_empty() {
            return true;
        }
        let Some(form) = self.form else { return true };
        let mut defined = Vec::new();
        if !part.definitions.is_empty() {
            defined.resize(form.definitions.len(), false);
            for &at in &part.definitions {
                defined[at] = self.holds(&form.definitions[at].that, state, &defined);
            }
        }
        part.rules.iter().all(|&rule| self.holds(&self.rules[rule], state, &defined))
    }

    /// The rules, by the last of `own` that each depends on: part `k` is decided when the first
    /// `k + 1` options of `own` are set. Rules that depend on none of them are in no part.
    pub(crate) fn parts(&self, own: &[OptionId]) -> Vec<Part> {
        let Some(form) = self.form else { return Vec::new() };
        let last = |expr: &Expr, of: &[Option<usize>]| {
            let mut last = None;
            expr.walk(&mut |node| {
                last = last.max(match node {
                    Expr::Option(o) => own.iter().position(|mine| mine == o),
                    Expr::Defined(d) => of.get(d.index()).copied().flatten(),
                    _ => None,
                });
            });
            last
        };
        let mut of: Vec<Option<usize>> = Vec::with_capacity(form.definitions.len());
        for definition in &form.definitions {
            let place = last(&definition.that, &of);
            of.push(place);
        }
        let mut parts = vec![Part::default(); own.len()];
        for (at, rule) in self.rules.iter().enumerate() {
            if let Some(place) = last(rule, &of) {
                parts[place].rules.push(at);
            }
        }
        for part in &mut parts {
            let mut needed = vec![false; form.definitions.len()];
            let mark = |expr: &Expr, needed: &mut Vec<bool>| {
                expr.walk(&mut |node| {
                    if let Expr::Defined(d) = node
                        && let Some(flag) = needed.get_mut(d.index())
                    {
                        *flag = true;
                    }
                });
            };
            for &rule in &part.rules {
                mark(&self.rules[rule], &mut needed);
            }
            for at in (0..needed.len()).rev() {
                if needed[at] {
                    mark(&form.definitions[at].that, &mut needed);
                }
            }
            part.definitions = (0..needed.len()).filter(|&at| needed[at]).collect();
        }
        parts
    }
}
