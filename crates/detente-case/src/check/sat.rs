//! Questions about the feasible states, asked of a SAT solver: "is there a state that obeys the
//! rules and …?"
//!
//! Formulas become clauses by Tseitin's transformation (one variable per part, both directions),
//! "at most one" by a chain of running totals (Sinz 2005), so that the clauses grow linearly with the
//! formula. The solver is BatSat, a MiniSat in Rust. Its work is bounded: past the bound the answer
//! is [`Found::Unknown`], never a guess.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};
use detente_model::{Expr, OptionForm, OptionId, State};

/// What a conflict of the search costs beside its clause, in decisions.
const CONFLICT: u64 = 32;

/// Says that whoever asked waits no longer.
pub type Until = Rc<dyn Fn() -> bool>;

/// Steps between two questions whether somebody still waits.
const ASKED: u64 = 1 << 10;

/// Steps of the search that are left, shared by all solvers of one check.
#[derive(Clone)]
pub(crate) struct Work {
    left: Rc<Cell<u64>>,
    until: Option<(Until, Rc<Cell<u64>>)>,
}

impl Work {
    pub(crate) fn new(steps: u64) -> Self {
        Self { left: Rc::new(Cell::new(steps)), until: None }
    }

    /// So many steps, and none after `until` says so.
    pub(crate) fn until(steps: u64, until: &Until) -> Self {
        Self { until: Some((Rc::clone(until), Rc::new(Cell::new(ASKED)))), ..Self::new(steps) }
    }

    /// Whether nothing is left.
    pub(crate) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Takes `steps` away.
    pub(crate) fn spend(&self, steps: u64) {
        let mut left = self.left.get().saturating_sub(steps);
        if let Some((until, since)) = &self.until {
            since.set(since.get().saturating_add(steps));
            if since.get() >= ASKED {
                since.set(0);
                left = if until() { 0 } else { left };
            }
        }
        self.left.set(left);
    }
}

impl Callbacks for Work {
    /// What a conflict costs: it was looked through for a clause, and the clause is kept.
    fn on_new_clause(&mut self, clause: &[Lit], kind: batsat::ClauseKind) {
        if matches!(kind, batsat::ClauseKind::Learnt) {
            self.spend(CONFLICT + clause.len() as u64);
        }
    }

    /// Asked at every decision of the search.
    fn stop(&self) -> bool {
        self.spend(1);
        self.is_spent()
    }
}

/// What the solver says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// This state, for instance (of the first copy of the options).
    State(State),
    /// There is none, and these of the assumptions are enough for it.
    Never(Vec<Lit>),
    /// The bound on the work was hit.
    Unknown,
}

impl Found {
    pub(crate) fn is_no(&self) -> bool {
        matches!(self, Found::Never(_))
    }
}

/// One state that is looked for: its options and its defined names.
pub(crate) struct Copy {
    options: Vec<Lit>,
    defined: Vec<Lit>,
}

/// A solver over the options of a case.
pub(crate) struct Sat {
    solver: Solver<Work>,
    work: Work,
    yes: Lit,
    /// The first copy's options, of which answers are made.
    shown: Vec<Lit>,
}

impl Sat {
    pub(crate) fn new(work: &Work) -> Self {
        let mut solver = Solver::new(SolverOpts::default(), work.clone());
        let yes = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![yes]);
        Self { solver, work: work.clone(), yes, shown: Vec::new() }
    }

    /// One more state to look for; the first one is the one that answers show.
    pub(crate) fn state(&mut self, form: &OptionForm) -> Copy {
        let options: Vec<Lit> = form.options.iter().map(|_| self.fresh()).collect();
        if self.shown.is_empty() {
            self.shown.clone_from(&options);
        }
        let mut copy = Copy { options, defined: Vec::with_capacity(form.definitions.len()) };
        for definition in &form.definitions {
            let holds = self.lit(&copy, &definition.that);
            copy.defined.push(holds);
        }
        copy
    }

    /// A variable that nothing is known of.
    pub(crate) fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// One of `lits` holds.
    pub(crate) fn some(&mut self, lits: impl IntoIterator<Item = Lit>) {
        let mut clause: Vec<Lit> = lits.into_iter().collect();
        self.work.spend(1 + clause.len() as u64 / 8);
        self.solver.add_clause_reuse(&mut clause);
    }

    /// `expr` holds in `state`.
    pub(crate) fn holds(&mut self, state: &Copy, expr: &Expr) {
        let lit = self.lit(state, expr);
        self.some([lit]);
    }

    /// Both hold or neither does.
    pub(crate) fn equal(&mut self, a: Lit, b: Lit) {
        self.some([!a, b]);
        self.some([a, !b]);
    }

    /// A literal that is true exactly where `expr` holds in `state`.
    /// Recursion is as deep as the formula.
    pub(crate) fn lit(&mut self, state: &Copy, expr: &Expr) -> Lit {
        match expr {
            Expr::Const(true) => self.yes,
            Expr::Const(false) => !self.yes,
            // The reader resolves every name; a stray one is as good as false.
            Expr::Option(id) => state.options.get(id.index()).copied().unwrap_or(!self.yes),
            Expr::Defined(id) => state.defined.get(id.index()).copied().unwrap_or(!self.yes),
            Expr::Not(inner) => !self.lit(state, inner),
            Expr::And(parts) => {
                let parts = self.lits(state, parts);
                self.all(&parts)
            }
            Expr::Or(parts) => {
                let parts: Vec<Lit> = self.lits(state, parts).into_iter().map(|lit| !lit).collect();
                !self.all(&parts)
            }
            Expr::Implies(a, b) => {
                let (a, b) = (self.lit(state, a), self.lit(state, b));
                !self.all(&[a, !b])
            }
            Expr::Iff(a, b) => {
                let (a, b) = (self.lit(state, a), self.lit(state, b));
                let same = self.fresh();
                self.some([!same, !a, b]);
                self.some([!same, a, !b]);
                self.some([same, a, b]);
                self.some([same, !a, !b]);
                same
            }
            Expr::Written(_, inner) => self.lit(state, inner),
            Expr::AtLeast(parts, needs) => {
                let parts: Vec<(u64, Lit)> =
                    parts.iter().map(|(weight, part)| (*weight, self.lit(state, part))).collect();
                self.at_least(&parts, *needs, &mut HashMap::new())
            }
            Expr::AtMostOne(parts) => {
                let parts = self.lits(state, parts);
                self.at_most_one(&parts)
            }
        }
    }

    fn lits(&mut self, state: &Copy, parts: &[Expr]) -> Vec<Lit> {
        parts.iter().map(|part| self.lit(state, part)).collect()
    }

    /// True exactly where all of `parts` are.
    pub(crate) fn all(&mut self, parts: &[Lit]) -> Lit {
        match parts {
            [] => self.yes,
            [one] => *one,
            parts => {
                let all = self.fresh();
                for part in parts {
                    self.some([!all, *part]);
                }
                self.some(parts.iter().map(|part| !*part).chain([all]));
                all
            }
        }
    }

    /// True exactly where the weights of the true `parts` reach `needs`: one literal for each number that
    /// can still be needed after each part.
    fn at_least(&mut self, parts: &[(u64, Lit)], needs: u64, known: &mut HashMap<(usize, u64), Lit>) -> Lit {
        if needs == 0 {
            return self.yes;
        }
        let Some(((weight, part), rest)) = parts.split_first() else { return !self.yes };
        if let Some(lit) = known.get(&(parts.len(), needs)) {
            return *lit;
        }
        let with = self.at_least(rest, needs.saturating_sub(*weight), known);
        let without = self.at_least(rest, needs, known);
        let with = self.all(&[*part, with]);
        let lit = self.any(&[with, without]);
        known.insert((parts.len(), needs), lit);
        lit
    }

    /// True exactly where some of `parts` are.
    pub(crate) fn any(&mut self, parts: &[Lit]) -> Lit {
        let not: Vec<Lit> = parts.iter().map(|part| !*part).collect();
        !self.all(&not)
    }

    /// True exactly where at most one of `parts` is: no part is true after an earlier one.
    fn at_most_one(&mut self, parts: &[Lit]) -> Lit {
        let Some((first, rest)) = parts.split_first() else { return self.yes };
        let mut before = *first;
        let mut second = Vec::with_capacity(rest.len());
        for part in rest {
            second.push(!self.all(&[before, *part]));
            before = self.any(&[before, *part]);
        }
        self.all(&second)
    }

    /// Whether all clauses and `assumptions` can be true together.
    pub(crate) fn solve(&mut self, assumptions: &[Lit]) -> Found {
        if self.work.is_spent() {
            return Found::Unknown;
        }
        let answer = self.solver.solve_limited(assumptions);
        if answer == lbool::TRUE {
            let on = self.shown.iter().enumerate().filter(|(_, lit)| {
                // A variable that no clause needs has no value: off.
                self.solver.value_lit(**lit) == lbool::TRUE
            });
            Found::State(State::with_on(on.map(|(index, _)| OptionId::from(index))))
        } else if answer == lbool::FALSE {
            // The solver's core is a clause of negated assumptions.
            let core: HashSet<Lit> = self.solver.unsat_core().iter().copied().collect();
            let used = assumptions.iter().filter(|lit| core.contains(lit) || core.contains(&!**lit));
            Found::Never(used.copied().collect())
        } else {
            Found::Unknown
        }
    }

    /// A set of `assumptions` that cannot hold together and of which none can be spared, in their
    /// order; `None` when they can hold together, or the bound was hit before that was known. With
    /// it: whether the set is known to be minimal.
    ///
    /// Deletion: each is left out in turn, from the last; what can be spared stays out.
    pub(crate) fn minimal(&mut self, assumptions: &[Lit]) -> Option<(Vec<Lit>, bool)> {
        let Found::Never(mut core) = self.solve(assumptions) else { return None };
        let mut known = true;
        let mut at = core.len();
        while let Some(next) = at.checked_sub(1) {
            at = next;
            let mut without = core.clone();
            without.remove(at);
            match self.solve(&without) {
                Found::Never(smaller) => {
                    // Of those that were not yet tried, the ones that are still there.
                    let untried: HashSet<Lit> = core[..at].iter().copied().collect();
                    at = smaller.iter().filter(|lit| untried.contains(lit)).count();
                    core = smaller;
                }
                Found::State(_) => {}
                Found::Unknown => known = false,
            }
        }
        Some((core, known))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use detente_model::{ActorId, Direction, Grounds, Opt};
    use proptest::prelude::*;

    fn form(options: usize) -> OptionForm {
        let opt = |i: usize| Opt {
            id: format!("o{i}"),
            actor: ActorId(0),
            text: String::new(),
            direction: Direction::Both,
            grounds: Grounds::default(),
            confidence: None,
            ..Opt::default()
        };
        OptionForm { options: (0..options).map(opt).collect(), ..OptionForm::default() }
    }

    fn o(i: u32) -> Expr {
        Expr::Option(OptionId(i))
    }

    fn formula() -> impl Strategy<Value = Expr> {
        let leaf = prop_oneof![(0_u32..5).prop_map(o), any::<bool>().prop_map(Expr::Const)];
        leaf.prop_recursive(4, 40, 4, |part| {
            let pair = (part.clone(), part.clone());
            prop_oneof![
                part.clone().prop_map(|e| Expr::Not(Box::new(e))),
                prop::collection::vec(part.clone(), 0..5).prop_map(Expr::And),
                prop::collection::vec(part.clone(), 0..5).prop_map(Expr::Or),
                prop::collection::vec(part, 0..5).prop_map(Expr::AtMostOne),
                pair.clone().prop_map(|(a, b)| Expr::Implies(Box::new(a), Box::new(b))),
                pair.prop_map(|(a, b)| Expr::Iff(Box::new(a), Box::new(b))),
            ]
        })
    }

    proptest! {
        /// Every state in turn, pinned by assumptions: the clauses and the definition agree.
        #[test]
        fn clauses_mean_what_the_formula_means(expr in formula()) {
            let form = form(5);
            let mut sat = Sat::new(&Work::new(1 << 20));
            let copy = sat.state(&form);
            let lit = sat.lit(&copy, &expr);
            for number in 0..32 {
                let state = State::from_number(number);
                let mut pinned: Vec<Lit> = (0..5)
                    .map(|i| if state.is_on(OptionId(i)) { copy.options[i as usize] } else { !copy.options[i as usize] })
                    .collect();
                let holds = form.holds(&expr, &state);
                pinned.push(if holds { lit } else { !lit });
                prop_assert_eq!(sat.solve(&pinned), Found::State(state));
                let last = pinned.len() - 1;
                pinned[last] = !pinned[last];
                prop_assert!(sat.solve(&pinned).is_no());
            }
        }

        /// A minimal set contradicts itself, and without any one of it it does not.
        #[test]
        fn minimal_sets_are_minimal(rules in prop::collection::vec(formula(), 1..8)) {
            let form = form(5);
            let mut sat = Sat::new(&Work::new(1 << 20));
            let copy = sat.state(&form);
            let lits: Vec<Lit> = rules.iter().map(|rule| {
                let chosen = sat.fresh();
                let holds = sat.lit(&copy, rule);
                sat.some([!chosen, holds]);
                chosen
            }).collect();
            let possible = |kept: &[usize]| {
                (0..32).any(|n| kept.iter().all(|&r| form.holds(&rules[r], &State::from_number(n))))
            };
            let every: Vec<usize> = (0..rules.len()).collect();
            match sat.minimal(&lits) {
                None => prop_assert!(possible(&every)),
                Some((core, known)) => {
                    prop_assert!(known);
                    let kept: Vec<usize> =
                        core.iter().map(|lit| lits.iter().position(|l| l == lit).unwrap()).collect();
                    prop_assert!(kept.is_sorted());
                    prop_assert!(!possible(&kept));
                    for at in 0..kept.len() {
                        let mut fewer = kept.clone();
                        fewer.remove(at);
                        prop_assert!(possible(&fewer));
                    }
                }
            }
        }
    }

    #[test]
    fn a_bound_is_unknown_never_a_guess() {
        // Twelve pigeons in eleven holes: beyond any small bound.
        let form = form(12 * 11);
        let hole = |p: u32, h: u32| o(p * 11 + h);
        let mut sat = Sat::new(&Work::new(20_000));
        let copy = sat.state(&form);
        for p in 0..12 {
            sat.holds(&copy, &Expr::Or((0..11).map(|h| hole(p, h)).collect()));
        }
        for h in 0..11 {
            sat.holds(&copy, &Expr::AtMostOne((0..12).map(|p| hole(p, h)).collect()));
        }
        assert_eq!(sat.solve(&[]), Found::Unknown);
    }
}
