//! Rules as clauses, cut into parts that have no option in common.

use std::collections::{BTreeMap, HashMap};

use detente_model::{OptionForm, Rule};

use super::words::{Program, Step};

/// A literal: variable `v` as `2v`, its negation as `2v + 1`. Variables below the number of
/// options are options; the others stand for subformulas.
pub(super) type Literal = u32;

/// The negation of a literal.
pub(super) fn not(literal: Literal) -> Literal {
    literal ^ 1
}

/// The rules of an option form as clauses: every model of the clauses restricted to the options
/// is a feasible state, and every feasible state extends to exactly one model (Tseitin 1968;
/// both directions of each definition of a variable are kept).
pub(super) struct Clauses {
    /// How many variables.
    pub(super) variables: usize,
    /// Disjunctions of literals; the empty one when the rules contradict each other openly.
    pub(super) clauses: Vec<Vec<Literal>>,
    /// Sets of options (as bits) that rules speak of, each with the number of such rules, for
    /// branching orders.
    scopes: Vec<(u64, usize)>,
}

impl Clauses {
    /// The clauses of all rules of `form`, which has at most 64 options.
    pub(super) fn new(form: &OptionForm) -> Self {
        let formulas: Vec<_> = form.rules.iter().map(Rule::formula).collect();
        let program = Program::compile(form, &formulas);
        let mut made = Maker {
            program: &program,
            clauses: Self { variables: form.options.len(), clauses: Vec::new(), scopes: Vec::new() },
            variables: HashMap::new(),
        };
        for rule in 0..formulas.len() {
            made.hold(program.register(rule));
        }
        let mut clauses = made.clauses;
        let all = scopes(&program);
        let mut counts = BTreeMap::new();
        for rule in 0..formulas.len() {
            *counts.entry(all[program.register(rule) as usize]).or_insert(0) += 1;
        }
        clauses.scopes = counts.into_iter().filter(|(scope, _)| *scope != 0).collect();
        clauses
    }
}

/// The options that each register depends on, as bits.
fn scopes(program: &Program) -> Vec<u64> {
    let mut scopes: Vec<u64> = Vec::with_capacity(program.steps().len());
    for step in program.steps() {
        scopes.push(match *step {
            Step::Const(_) => 0,
            Step::Option(o) => 1_u64.checked_shl(o).unwrap_or(0),
            Step::Not(a) => scopes[a as usize],
            Step::And(a, b) | Step::Or(a, b) | Step::Iff(a, b) => scopes[a as usize] | scopes[b as usize],
        });
    }
    scopes
}

struct Maker<'p> {
    program: &'p Program,
    clauses: Clauses,
    variables: HashMap<u32, Literal>,
}

impl Maker<'_> {
    /// Adds clauses that make `register` true.
    fn hold(&mut self, register: u32) {
        // Conjunctions are cut into their parts, disjunctions become one clause.
        let mut to_do = vec![(register, true)];
        while let Some((register, truth)) = to_do.pop() {
            match (self.program.steps()[register as usize], truth) {
                (Step::Not(a), _) => to_do.push((a, !truth)),
                (Step::And(a, b), true) | (Step::Or(a, b), false) => to_do.extend([(a, truth), (b, truth)]),
                _ => self.disjunction(register, truth),
            }
        }
    }

    /// One clause: `register` has the value `truth`.
    fn disjunction(&mut self, register: u32, truth: bool) {
        let mut clause = Vec::new();
        let mut to_do = vec![(register, truth)];
        while let Some((register, truth)) = to_do.pop() {
            match (self.program.steps()[register as usize], truth) {
                (Step::Not(a), _) => to_do.push((a, !truth)),
                (Step::Or(a, b), true) | (Step::And(a, b), false) => to_do.extend([(a, truth), (b, truth)]),
                (Step::Const(value), _) if value == truth => return,
                (Step::Const(_), _) => {}
                _ => {
                    let literal = self.literal(register);
                    clause.push(if truth { literal } else { not(literal) });
                }
            }
        }
        self.add(clause);
    }

    fn add(&mut self, mut clause: Vec<Literal>) {
        clause.sort_unstable();
        clause.dedup();
        if clause.windows(2).all(|two| two[0] != not(two[1])) {
            self.clauses.clauses.push(clause);
        }
    }

    /// The literal that stands for `register`, with the clauses that define it.
    fn literal(&mut self, register: u32) -> Literal {
        // Operands come before results in a program: define what is missing in order.
        let mut to_do = vec![register];
        while let Some(&next) = to_do.last() {
            let step = self.program.steps()[next as usize];
            let operands = match step {
                Step::Const(_) | Step::Option(_) => [None, None],
                Step::Not(a) => [Some(a), None],
                Step::And(a, b) | Step::Or(a, b) | Step::Iff(a, b) => [Some(a), Some(b)],
            };
            let before = to_do.len();
            to_do.extend(operands.iter().flatten().filter(|a| !self.variables.contains_key(a)));
            if to_do.len() == before {
                to_do.pop();
                if !self.variables.contains_key(&next) {
                    let literal = self.define(step);
                    self.variables.insert(next, literal);
                }
            }
        }
        self.variables[&register]
    }

    /// A literal for `step`, whose operands have theirs.
    fn define(&mut self, step: Step) -> Literal {
        let of = |maker: &Self, register: u32| maker.variables[&register];
        match step {
            Step::Option(o) => 2 * o,
            Step::Not(a) => not(of(self, a)),
            Step::Const(value) => {
                let fresh = self.fresh();
                self.add(vec![if value { fresh } else { not(fresh) }]);
                fresh
            }
            Step::And(a, b) => {
                let (a, b) = (of(self, a), of(self, b));
                self.conjunction(a, b)
            }
            Step::Or(a, b) => {
                let (a, b) = (of(self, a), of(self, b));
                not(self.conjunction(not(a), not(b)))
            }
            Step::Iff(a, b) => {
                let (a, b) = (of(self, a), of(self, b));
                let fresh = self.fresh();
                self.add(vec![not(fresh), not(a), b]);
                self.add(vec![not(fresh), a, not(b)]);
                self.add(vec![fresh, a, b]);
                self.add(vec![fresh, not(a), not(b)]);
                fresh
            }
        }
    }

    fn conjunction(&mut self, a: Literal, b: Literal) -> Literal {
        let fresh = self.fresh();
        self.add(vec![not(fresh), a]);
        self.add(vec![not(fresh), b]);
        self.add(vec![fresh, not(a), not(b)]);
        fresh
    }

    fn fresh(&mut self) -> Literal {
        self.clauses.variables += 1;
        2 * (self.clauses.variables as Literal - 1)
    }
}

/// Clauses with no variable in common with other parts.
pub(super) struct Part {
    /// Its options, in the order to branch on.
    pub(super) options: Vec<usize>,
    /// Its clauses.
    pub(super) clauses: Vec<Vec<Literal>>,
}

impl Clauses {
    /// The parts, those with fewest options first. Options that no clause speaks of are left out.
    pub(super) fn parts(&self, options: usize) -> Vec<Part> {
        let mut parent: Vec<usize> = (0..self.variables).collect();
        for clause in &self.clauses {
            for two in clause.windows(2) {
                let (a, b) = (root(&mut parent, two[0]), root(&mut parent, two[1]));
                parent[a] = b;
            }
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut place: HashMap<usize, usize> = HashMap::new();
        for clause in &self.clauses {
            let Some(&first) = clause.first() else { continue };
            let at = *place.entry(root(&mut parent, first)).or_insert_with(|| {
                parts.push(Part { options: Vec::new(), clauses: Vec::new() });
                parts.len() - 1
            });
            parts[at].clauses.push(clause.clone());
        }
        for option in 0..options {
            if let Some(&at) = place.get(&root(&mut parent, 2 * option as Literal)) {
                parts[at].options.push(option);
            }
        }
        for part in &mut parts {
            self.order(part);
        }
        parts.sort_by_key(|part| part.options.len());
        parts
    }

    /// Branching order: next comes the option that shares most rules with those before it, small
    /// rules counting more, so that rules are decided as early as possible.
    fn order(&self, part: &mut Part) {
        let all = part.options.iter().fold(0_u64, |bits, o| bits | 1 << o);
        let scopes: Vec<(u64, usize)> = self.scopes.iter().copied().filter(|(s, _)| s & all != 0).collect();
        let (mut chosen, mut left) = (0_u64, all);
        part.options.clear();
        while left != 0 {
            let weight = |option: usize| -> f64 {
                let with = scopes.iter().filter(|(scope, _)| scope >> option & 1 == 1);
                with.map(|(scope, rules)| {
                    let shared = f64::from((scope & chosen).count_ones()) + 0.1;
                    shared * *rules as f64 / f64::from(scope.count_ones())
                })
                .sum()
            };
            let mut best = (0, f64::NEG_INFINITY);
            for option in (0..64).filter(|o| left >> o & 1 == 1) {
                let weight = weight(option);
                if weight > best.1 {
                    best = (option, weight);
                }
            }
            part.options.push(best.0);
            chosen |= 1 << best.0;
            left &= !(1 << best.0);
        }
    }
}

fn root(parent: &mut [usize], literal: Literal) -> usize {
    let mut at = literal as usize / 2;
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
