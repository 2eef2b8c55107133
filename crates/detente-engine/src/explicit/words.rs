//! Formulas on 64 states at a time.

use std::collections::HashMap;

use detente_model::{Expr, OptionForm};

use super::space::Space;

/// Formulas compiled to straight-line code over 64-bit words: one bit per state, one
/// instruction per distinct subformula, definitions evaluated once.
///
/// # Complexity
/// Linear in the number of distinct subformulas, per 64 states.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    code: Vec<Step>,
    results: Vec<u32>,
}

/// One instruction; operands are registers (places of earlier instructions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// The same in every state.
    Const(bool),
    /// The option is on.
    Option(u32),
    /// Negation.
    Not(u32),
    /// Conjunction.
    And(u32, u32),
    /// Disjunction.
    Or(u32, u32),
    /// Both or neither.
    Iff(u32, u32),
}

struct Compiler<'f> {
    form: &'f OptionForm,
    program: Program,
    known: HashMap<Step, u32>,
    definitions: Vec<Option<u32>>,
}

/// The feasible places of the space at which a formula holds: bit `p % 64` of word `p / 64`.
pub(super) fn truth_bits(form: &OptionForm, space: &Space, formula: &Expr) -> Vec<u64> {
    let program = Program::compile(form, [formula]);
    let (mut options, mut registers) = (Vec::new(), Vec::new());
    let word = |word| {
        space.option_words(word, &mut options);
        program.run(&options, &mut registers);
        program.result(0, &registers) & space.feasible_word(word)
    };
    (0..space.words()).map(word).collect()
}

/// The same, one value per place.
pub(crate) fn truth(form: &OptionForm, space: &Space, formula: &Expr) -> Vec<bool> {
    let bits = truth_bits(form, space, formula);
    (0..space.places()).map(|place| bits[place / 64] >> (place % 64) & 1 == 1).collect()
}

impl Program {
    /// Compiles `formulas`, which speak of the options and definitions of `form`.
    pub(crate) fn compile<'e>(form: &OptionForm, formulas: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut compiler = Compiler {
            form,
            program: Self::default(),
            known: HashMap::new(),
            definitions: vec![None; form.definitions.len()],
        };
        for formula in formulas {
            let result = compiler.expr(formula);
            compiler.program.results.push(result);
        }
        compiler.program
    }

    /// Runs on the 64 states whose options are `options` (one word per option); `registers` is
    /// scratch space. Results: [`Program::result`].
    pub(crate) fn run(&self, options: &[u64], registers: &mut Vec<u64>) {
        registers.clear();
        for step in &self.code {
            let value = match *step {
                Step::Const(value) => u64::from(value).wrapping_neg(),
                Step::Option(o) => options.get(o as usize).copied().unwrap_or(0),
                Step::Not(a) => !registers[a as usize],
                Step::And(a, b) => registers[a as usize] & registers[b as usize],
                Step::Or(a, b) => registers[a as usize] | registers[b as usize],
                Step::Iff(a, b) => !(registers[a as usize] ^ registers[b as usize]),
            };
            registers.push(value);
        }
    }

    /// The instructions, operands before results.
    pub(super) fn steps(&self) -> &[Step] {
        &self.code
    }

    /// The register that holds formula number `at`.
    pub(super) fn register(&self, at: usize) -> u32 {
        self.results[at]
    }

    /// The word of formula number `at` after [`Program::run`].
    pub(crate) fn result(&self, at: usize, registers: &[u64]) -> u64 {
        registers[self.results[at] as usize]
    }
}

impl Compiler<'_> {
    fn emit(&mut self, step: Step) -> u32 {
        let code = &mut self.program.code;
        *self.known.entry(step).or_insert_with(|| {
            code.push(step);
            (code.len() - 1) as u32
        })
    }

    fn fold(&mut self, parts: &[Expr], empty: bool, join: fn(u32, u32) -> Step) -> u32 {
        let mut whole = None;
        for part in parts {
            let part = self.expr(part);
            whole = Some(match whole {
                None => part,
                Some(whole) => self.emit(join(whole, part)),
            });
        }
        whole.unwrap_or_else(|| self.emit(Step::Const(empty)))
    }

    /// Recursion is as deep as the formula plus the formulas of definitions not yet compiled;
    /// these are compiled in order first, so depth stays that of one formula.
    fn expr(&mut self, expr: &Expr) -> u32 {
        match expr {
            Expr::Const(value) => self.emit(Step::Const(*value)),
            Expr::Option(o) => self.emit(Step::Option(o.0)),
            Expr::Defined(d) => self.defined(d.index()),
            Expr::Not(inner) => {
                let inner = self.expr(inner);
                self.emit(Step::Not(inner))
            }
            Expr::Written(_, inner) => self.expr(inner),
            Expr::AtLeast(parts, needs) => self.expr(&Expr::counted(parts, *needs)),
            Expr::And(parts) => self.fold(parts, true, Step::And),
            Expr::Or(parts) => self.fold(parts, false, Step::Or),
            Expr::Implies(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                let not = self.emit(Step::Not(a));
                self.emit(Step::Or(not, b))
            }
            Expr::Iff(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                self.emit(Step::Iff(a, b))
            }
            Expr::AtMostOne(parts) => {
                let mut some = self.emit(Step::Const(false));
                let mut two = some;
                for part in parts {
                    let part = self.expr(part);
                    let both = self.emit(Step::And(some, part));
                    two = self.emit(Step::Or(two, both));
                    some = self.emit(Step::Or(some, part));
                }
                self.emit(Step::Not(two))
            }
        }
    }

    fn defined(&mut self, wanted: usize) -> u32 {
        if let Some(Some(register)) = self.definitions.get(wanted) {
            return *register;
        }
        // A definition refers to earlier ones only: compile those that `wanted` needs, in order.
        let form = self.form;
        let mut needed = vec![false; form.definitions.len()];
        if let Some(flag) = needed.get_mut(wanted) {
            *flag = true;
        }
        for at in (0..form.definitions.len().min(wanted + 1)).rev() {
            if needed[at] {
                form.definitions[at].that.walk(&mut |part| {
                    if let Expr::Defined(d) = part
                        && d.index() < at
                    {
                        needed[d.index()] = true;
                    }
                });
            }
        }
        for (at, definition) in form.definitions.iter().enumerate().take(wanted + 1) {
            if needed[at] && self.definitions[at].is_none() {
                // A name that stands for itself or a later one has no meaning: false.
                self.definitions[at] = Some(self.emit(Step::Const(false)));
                let register = self.expr(&definition.that);
                self.definitions[at] = Some(register);
            }
        }
        match self.definitions.get(wanted) {
            Some(Some(register)) => *register,
            _ => self.emit(Step::Const(false)),
        }
    }
}
