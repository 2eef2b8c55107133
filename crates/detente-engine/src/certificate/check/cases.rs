//! Questions about many states at once, asked of a SAT solver.
//!
//! A [`Side`] is a state of which some options are variables; several sides may share variables. A question is a
//! conjunction of [`Demand`]s; [`Cases::find`] looks for values of the variables that meet all of them. Demands become
//! clauses by Tseitin's transformation; an order by weights becomes two sums of binary numbers (Eén & Sörensson 2006).
//! That an actor has no way out of a state is for all of its choices: the solver proposes a state, a second question
//! looks for a way out of it, and each one found is excluded for all states, until none is left (counterexamples).
//!
//! The solver is BatSat, a MiniSat in Rust.
//!
//! # Complexity
//! Exponential in the number of variables at worst. Clauses, decisions and conflicts are counted as work, and the
//! search stops when there is none left, or when the watch says so.

use std::cell::Cell as Shared;
use std::rc::Rc;

use batsat::{Callbacks, Lit, Solver, SolverInterface, SolverOpts, lbool};
use detente_model::{
    ActorId, Direction, Expr, Game, OptionForm, OptionId, Pattern, Preference, RankEntry, State,
};

use crate::{Deciding, Stop, Watch};

/// What a conflict of the solver costs beside its clause, in decisions.
const CONFLICT: u64 = 32;

/// Work between two questions to the watch.
const ASKED: u64 = 1 << 12;

/// Why a check cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted(pub(super) Stop);

/// What is left of the work that one check may do.
#[derive(Clone)]
pub(super) struct Work<'g> {
    left: Rc<Shared<u64>>,
    /// Work since the watch was asked.
    since: Rc<Shared<u64>>,
    stopped: Rc<Shared<Option<Stop>>>,
    watch: &'g dyn Watch,
}

impl<'g> Work<'g> {
    pub(super) fn new(work: u64, watch: &'g dyn Watch) -> Self {
        let stopped = Rc::new(Shared::new(None));
        Self { left: Rc::new(Shared::new(work)), since: Rc::default(), stopped, watch }
    }

    /// So much for the next check.
    pub(super) fn refill(&self, work: u64) {
        self.left.set(work);
        self.since.set(ASKED);
        self.stopped.set(None);
    }

    /// What is left.
    pub(super) fn left(&self) -> u64 {
        self.left.get()
    }

    /// Takes `steps` away.
    pub(super) fn spend(&self, steps: u64) -> Result<(), Exhausted> {
        if let Some(stop) = self.stopped.get() {
            return Err(Exhausted(stop));
        }
        self.since.set(self.since.get().saturating_add(steps));
        if self.since.get() >= ASKED {
            self.since.set(0);
            self.stopped.set(self.watch.stop());
        }
        match self.left.get().checked_sub(steps) {
            Some(left) => self.left.set(left),
            None => {
                self.left.set(0);
                self.stopped.set(Some(self.stopped.get().unwrap_or(Stop::Work)));
            }
        }
        self.stopped.get().map_or(Ok(()), |stop| Err(Exhausted(stop)))
    }
}

impl Callbacks for Work<'_> {
    fn on_new_clause(&mut self, clause: &[Lit], kind: batsat::ClauseKind) {
        if matches!(kind, batsat::ClauseKind::Learnt) {
            let _ = self.spend(CONFLICT + clause.len() as u64);
        }
    }

    /// Asked at every decision.
    fn stop(&self) -> bool {
        self.spend(1).is_err()
    }
}

/// One option of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Set(bool),
    Var(usize),
}

/// A state, partly variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side(pub(super) Vec<Cell>);

/// Something asked of the sides (by their place in the list).
#[derive(Clone, Debug)]
pub(super) enum Demand<'p> {
    /// The side obeys every rule.
    Feasible(usize),
    /// The actor can move from the first to the second (both taken to be feasible).
    Move(ActorId, usize, usize),
    /// The actor strictly prefers the first to the second.
    Better(ActorId, usize, usize),
    /// That is what decides between the first and the second for the actor, as [`Deciding`] says it.
    Decided(ActorId, usize, usize, Deciding),
    /// The side matches one of the patterns.
    Within(usize, &'p [Pattern]),
    /// From the second side the actor cannot move to anything that it strictly prefers to the first. Only as a demand of
    /// its own, or negated.
    Stuck(ActorId, usize, usize),
    /// Not.
    Not(Box<Demand<'p>>),
}

impl<'p> Demand<'p> {
    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }
}

/// A game in option form, asked about many states.
pub(super) struct Cases<'g> {
    game: &'g Game,
    form: &'g OptionForm,
    rules: Vec<Expr>,
    /// Per actor and statement: options that it depends on.
    supports: Vec<Vec<Vec<OptionId>>>,
    work: Work<'g>,
}

impl<'g> Cases<'g> {
    /// `None` in graph form.
    pub(super) fn new(game: &'g Game, work: Work<'g>) -> Option<Self> {
        let form = game.option_form()?;
        let mut defined: Vec<Vec<OptionId>> = Vec::with_capacity(form.definitions.len());
        for definition in &form.definitions {
            let support = support(&definition.that, &defined);
            defined.push(support);
        }
        let supports = game
            .preferences
            .iter()
            .map(|preference| match preference {
                Preference::Statements(list) => list.iter().map(|s| support(&s.that, &defined)).collect(),
                Preference::Weights(list) => list.iter().map(|w| support(&w.that, &defined)).collect(),
                Preference::Ranking(_) => Vec::new(),
            })
            .collect();
        let rules = form.rules.iter().map(detente_model::Rule::formula).collect();
        Some(Self { game, form, rules, supports, work })
    }

    /// Values of the `variables` variables that meet all demands, if there are any.
    pub(super) fn find(
        &self,
        variables: usize,
        sides: &[Side],
        demands: &[Demand<'_>],
    ) -> Result<Option<Vec<bool>>, Exhausted> {
        let mut question = Question::new(self, variables);
        let sides = question.sides(sides)?;
        let mut stuck = Vec::new();
        for demand in demands {
            match demand {
                Demand::Stuck(actor, than, from) => stuck.push((*actor, *than, *from)),
                Demand::Not(inner) => {
                    let lit = match &**inner {
                        Demand::Stuck(actor, than, from) => {
                            let escape = question.choice(&sides[*from], *actor, None)?;
                            question.escape(*actor, &sides[*than], &sides[*from], &escape)?
                        }
                        inner => !question.lit(&sides, inner)?,
                    };
                    question.clause(&[lit])?;
                }
                demand => {
                    let lit = question.lit(&sides, demand)?;
                    question.clause(&[lit])?;
                }
            }
        }
        loop {
            let Some(values) = question.solve()? else { return Ok(None) };
            let mut open = false;
            for &(actor, than, from) in &stuck {
                let Some(way) = self.way_out(actor, &sides[than], &sides[from], &values)? else { continue };
                let escape = question.choice(&sides[from], actor, Some(&way))?;
                let lit = question.escape(actor, &sides[than], &sides[from], &escape)?;
                question.clause(&[!lit])?;
                open = true;
                break;
            }
            if !open {
                return Ok(Some(values));
            }
        }
    }

    /// A choice of the own options by which the actor gets from `from` to something better than `than`, where the
    /// variables have these values.
    fn way_out(
        &self,
        actor: ActorId,
        than: &Known,
        from: &Known,
        values: &[bool],
    ) -> Result<Option<Vec<bool>>, Exhausted> {
        let fixed = |side: &Known| {
            let value = |cell: &Cell| match cell {
                Cell::Set(on) => Cell::Set(*on),
                Cell::Var(variable) => Cell::Set(values[*variable]),
            };
            Side(side.side.0.iter().map(value).collect())
        };
        let (than, from) = (fixed(than), fixed(from));
        let own: Vec<OptionId> = self.game.options_of(actor).collect();
        let mut escape = from.clone();
        for (variable, option) in own.iter().enumerate() {
            if let Some(cell) = escape.0.get_mut(option.index()) {
                *cell = Cell::Var(variable);
            }
        }
        let demands = [Demand::Feasible(2), Demand::Better(actor, 2, 0), Demand::Move(actor, 1, 2)];
        self.find(own.len(), &[than, from, escape], &demands)
    }
}

fn support(expr: &Expr, defined: &[Vec<OptionId>]) -> Vec<OptionId> {
    let mut options = Vec::new();
    expr.walk(&mut |node| match node {
        Expr::Option(o) => options.push(*o),
        Expr::Defined(d) => options.extend(defined.get(d.index()).into_iter().flatten()),
        _ => {}
    });
    options.sort_unstable();
    options.dedup();
    options
}

/// A side with its literals.
struct Known {
    side: Side,
    options: Vec<Lit>,
    defined: Vec<Lit>,
}

/// One question, as clauses.
struct Question<'a, 'g> {
    cases: &'a Cases<'g>,
    solver: Solver<Work<'g>>,
    yes: Lit,
    variables: Vec<Lit>,
}

impl<'a, 'g> Question<'a, 'g> {
    fn new(cases: &'a Cases<'g>, variables: usize) -> Self {
        let mut solver = Solver::new(SolverOpts::default(), cases.work.clone());
        let yes = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![yes]);
        let variables = (0..variables).map(|_| Lit::new(solver.new_var_default(), true)).collect();
        Self { cases, solver, yes, variables }
    }

    fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    /// One of `lits` holds.
    fn clause(&mut self, lits: &[Lit]) -> Result<(), Exhausted> {
        self.cases.work.spend(1 + lits.len() as u64 / 8)?;
        self.solver.add_clause_reuse(&mut lits.to_vec());
        Ok(())
    }

    /// Values of the variables under which all clauses hold.
    fn solve(&mut self) -> Result<Option<Vec<bool>>, Exhausted> {
        self.cases.work.spend(1)?;
        let answer = self.solver.solve_limited(&[]);
        if answer == lbool::TRUE {
            // A variable that no clause needs has no value: off.
            let value = |lit: &Lit| self.solver.value_lit(*lit) == lbool::TRUE;
            Ok(Some(self.variables.iter().map(value).collect()))
        } else if answer == lbool::FALSE {
            Ok(None)
        } else {
            self.cases.work.spend(0)?;
            Err(Exhausted(Stop::Work))
        }
    }

    fn sides(&mut self, sides: &[Side]) -> Result<Vec<Known>, Exhausted> {
        sides.iter().map(|side| self.side(side.clone(), &[])).collect()
    }

    /// A side; `instead` has literals in the place of its cells.
    fn side(&mut self, side: Side, instead: &[(OptionId, Lit)]) -> Result<Known, Exhausted> {
        let mut options: Vec<Lit> = (side.0.iter())
            .map(|cell| match cell {
                Cell::Set(on) => self.known(*on),
                Cell::Var(variable) => self.variables[*variable],
            })
            .collect();
        for (option, lit) in instead {
            options[option.index()] = *lit;
        }
        let mut known = Known { side, options, defined: Vec::new() };
        for definition in &self.cases.form.definitions {
            let lit = self.expr(&known, &definition.that)?;
            known.defined.push(lit);
        }
        Ok(known)
    }

    fn known(&self, on: bool) -> Lit {
        if on { self.yes } else { !self.yes }
    }

    /// `from` with the options of `actor` as in `way`; without one: each either way.
    fn choice(&mut self, from: &Known, actor: ActorId, way: Option<&[bool]>) -> Result<Known, Exhausted> {
        let own: Vec<OptionId> = self.cases.game.options_of(actor).collect();
        let mut instead = Vec::with_capacity(own.len());
        for (at, option) in own.into_iter().enumerate() {
            let lit = match way {
                Some(way) => self.known(way[at]),
                None => self.fresh(),
            };
            instead.push((option, lit));
        }
        self.side(from.side.clone(), &instead)
    }

    /// That `escape` is a way out of `from`: possible, open to the actor, and better than `than`.
    fn escape(
        &mut self,
        actor: ActorId,
        than: &Known,
        from: &Known,
        escape: &Known,
    ) -> Result<Lit, Exhausted> {
        let parts =
            [self.feasible(escape)?, self.can_move(actor, from, escape)?, self.better(actor, escape, than)?];
        self.all(&parts)
    }

    fn lit(&mut self, sides: &[Known], demand: &Demand<'_>) -> Result<Lit, Exhausted> {
        match demand {
            Demand::Feasible(side) => self.feasible(&sides[*side]),
            Demand::Move(actor, a, b) => self.can_move(*actor, &sides[*a], &sides[*b]),
            Demand::Better(actor, a, b) => self.better(*actor, &sides[*a], &sides[*b]),
            Demand::Decided(actor, a, b, by) => self.decided(*actor, &sides[*a], &sides[*b], *by),
            Demand::Within(side, patterns) => {
                let some: Result<Vec<Lit>, Exhausted> =
                    patterns.iter().map(|pattern| self.matches(&sides[*side], pattern)).collect();
                self.any(&some?)
            }
            // Not for all choices at once: whoever asks sees to it, and nobody asks for it inside another demand.
            Demand::Stuck(..) => Ok(!self.yes),
            Demand::Not(inner) => Ok(!self.lit(sides, inner)?),
        }
    }

    fn feasible(&mut self, side: &Known) -> Result<Lit, Exhausted> {
        let rules: Result<Vec<Lit>, Exhausted> =
            self.cases.rules.iter().map(|rule| self.expr(side, rule)).collect();
        self.all(&rules?)
    }

    fn can_move(&mut self, actor: ActorId, a: &Known, b: &Known) -> Result<Lit, Exhausted> {
        let form = self.cases.form;
        let (mut all, mut differ) = (Vec::new(), Vec::new());
        for ((option, before), after) in form.options.iter().zip(&a.options).zip(&b.options) {
            if before == after {
                continue;
            }
            if option.actor == actor {
                match option.direction {
                    Direction::Both => {}
                    Direction::OnOnly => all.push(self.any(&[!*before, *after])?),
                    Direction::OffOnly => all.push(self.any(&[*before, !*after])?),
                }
                differ.push(!self.same(*before, *after)?);
            } else {
                all.push(self.same(*before, *after)?);
            }
        }
        for cannot in form.cannot.iter().filter(|cannot| cannot.actor == actor) {
            let parts = [self.expr(a, &cannot.from)?, self.expr(b, &cannot.to)?];
            all.push(!self.all(&parts)?);
        }
        all.push(self.any(&differ)?);
        self.all(&all)
    }

    /// Whether the statement at this place has the same truth in both, whatever the variables are.
    fn alike(&self, actor: ActorId, at: usize, a: &Known, b: &Known) -> bool {
        let support = &self.cases.supports[actor.index()][at];
        support.iter().all(|o| a.options.get(o.index()) == b.options.get(o.index()))
    }

    fn better(&mut self, actor: ActorId, a: &Known, b: &Known) -> Result<Lit, Exhausted> {
        match self.cases.game.preferences.get(actor.index()) {
            None => Ok(!self.yes),
            Some(Preference::Statements(list)) => {
                let mut better = !self.yes;
                for (at, statement) in list.iter().enumerate().rev() {
                    if self.alike(actor, at, a, b) {
                        continue;
                    }
                    let (x, y) = (self.expr(a, &statement.that)?, self.expr(b, &statement.that)?);
                    let (won, lost) = (self.all(&[x, !y])?, self.all(&[!x, y])?);
                    let even = self.all(&[!lost, better])?;
                    better = self.any(&[won, even])?;
                }
                Ok(better)
            }
            Some(Preference::Weights(list)) => {
                let mut terms = Vec::new();
                for (at, weighed) in list.iter().enumerate() {
                    if self.alike(actor, at, a, b) {
                        continue;
                    }
                    let weight = i128::from(weighed.weight);
                    terms.push((weight, self.expr(a, &weighed.that)?));
                    terms.push((-weight, self.expr(b, &weighed.that)?));
                }
                self.at_least(&terms, 1)
            }
            Some(Preference::Ranking(ranking)) => {
                let (a, b) = (self.groups(actor, a)?, self.groups(actor, b)?);
                // The first is in an earlier group: up to some group it is there, and the second is not.
                let (mut up_to, mut some) = ([!self.yes; 2], Vec::new());
                for at in 0..ranking.groups.len() {
                    for (up_to, groups) in up_to.iter_mut().zip([&a, &b]) {
                        *up_to = self.any(&[*up_to, groups[at]])?;
                    }
                    some.push(self.all(&[up_to[0], !up_to[1]])?);
                }
                self.any(&some)
            }
        }
    }

    /// That `by` is what decides between the two, whichever is better.
    fn decided(&mut self, actor: ActorId, a: &Known, b: &Known, by: Deciding) -> Result<Lit, Exhausted> {
        match (self.cases.game.preferences.get(actor.index()), by) {
            (Some(Preference::Statements(list)), Deciding::Statement(place)) if place < list.len() => {
                let mut all = Vec::new();
                for (at, statement) in list.iter().enumerate().take(place + 1) {
                    let (x, y) = (self.expr(a, &statement.that)?, self.expr(b, &statement.that)?);
                    let same = if self.alike(actor, at, a, b) { self.yes } else { self.same(x, y)? };
                    all.push(if at == place { !same } else { same });
                }
                self.all(&all)
            }
            (Some(Preference::Weights(list)), Deciding::Weights(x, y)) if x != y => {
                let mut all = Vec::new();
                for (side, sum) in [(a, x), (b, y)] {
                    let mut terms = Vec::new();
                    for weighed in list {
                        terms.push((i128::from(weighed.weight), self.expr(side, &weighed.that)?));
                    }
                    all.push(self.at_least(&terms, i128::from(sum))?);
                    all.push(!self.at_least(&terms, i128::from(sum) + 1)?);
                }
                self.all(&all)
            }
            (Some(Preference::Ranking(_)), Deciding::Groups(x, y)) if x != y => {
                let (a, b) = (self.groups(actor, a)?, self.groups(actor, b)?);
                let group = |of: &[Lit], at: usize| of.get(at).copied().unwrap_or(!self.yes);
                let parts = [group(&a, x), group(&b, y)];
                self.all(&parts)
            }
            _ => Ok(!self.yes),
        }
    }

    /// For each group of the ranking, and the one behind them all, whether the side is in it.
    fn groups(&mut self, actor: ActorId, side: &Known) -> Result<Vec<Lit>, Exhausted> {
        let Some(Preference::Ranking(ranking)) = self.cases.game.preferences.get(actor.index()) else {
            return Ok(Vec::new());
        };
        let (mut groups, mut none) = (Vec::with_capacity(ranking.groups.len() + 1), self.yes);
        for group in &ranking.groups {
            let mut some = Vec::with_capacity(group.len());
            for entry in group {
                some.push(match entry {
                    RankEntry::State(state) => {
                        self.matches(side, &state.pattern(self.cases.form.options.len()))?
                    }
                    RankEntry::Pattern(pattern) => self.matches(side, pattern)?,
                    RankEntry::Formula(formula) => self.expr(side, formula)?,
                });
            }
            let covers = self.any(&some)?;
            groups.push(self.all(&[none, covers])?);
            none = self.all(&[none, !covers])?;
        }
        groups.push(none);
        Ok(groups)
    }

    fn matches(&mut self, side: &Known, pattern: &Pattern) -> Result<Lit, Exhausted> {
        let mut all = Vec::new();
        for (at, cell) in pattern.cells.iter().enumerate() {
            let Some(on) = cell else { continue };
            let lit = side.options.get(at).copied().unwrap_or(!self.yes);
            all.push(if *on { lit } else { !lit });
        }
        self.all(&all)
    }

    /// A literal that is true exactly where `expr` holds on the side. Recursion is as deep as the formula.
    fn expr(&mut self, side: &Known, expr: &Expr) -> Result<Lit, Exhausted> {
        match expr {
            Expr::Const(value) => Ok(self.known(*value)),
            Expr::Option(o) => Ok(side.options.get(o.index()).copied().unwrap_or(!self.yes)),
            Expr::Defined(d) => Ok(side.defined.get(d.index()).copied().unwrap_or(!self.yes)),
            Expr::Not(inner) => Ok(!self.expr(side, inner)?),
            Expr::Written(_, inner) => self.expr(side, inner),
            Expr::AtLeast(parts, needs) => self.expr(side, &Expr::counted(parts, *needs)),
            Expr::And(parts) => {
                let parts = self.exprs(side, parts)?;
                self.all(&parts)
            }
            Expr::Or(parts) => {
                let parts = self.exprs(side, parts)?;
                self.any(&parts)
            }
            Expr::Implies(a, b) => {
                let parts = [!self.expr(side, a)?, self.expr(side, b)?];
                self.any(&parts)
            }
            Expr::Iff(a, b) => {
                let (a, b) = (self.expr(side, a)?, self.expr(side, b)?);
                self.same(a, b)
            }
            Expr::AtMostOne(parts) => {
                let parts = self.exprs(side, parts)?;
                let (mut before, mut second) = (!self.yes, Vec::with_capacity(parts.len()));
                for part in parts {
                    second.push(!self.all(&[before, part])?);
                    before = self.any(&[before, part])?;
                }
                self.all(&second)
            }
        }
    }

    fn exprs(&mut self, side: &Known, parts: &[Expr]) -> Result<Vec<Lit>, Exhausted> {
        parts.iter().map(|part| self.expr(side, part)).collect()
    }

    /// True exactly where all of `parts` are.
    fn all(&mut self, parts: &[Lit]) -> Result<Lit, Exhausted> {
        let mut open: Vec<Lit> = parts.iter().copied().filter(|part| *part != self.yes).collect();
        open.sort_unstable();
        open.dedup();
        // A literal and its contrary stand side by side.
        if open.contains(&!self.yes) || open.windows(2).any(|pair| pair[0] == !pair[1]) {
            return Ok(!self.yes);
        }
        match open.as_slice() {
            [] => Ok(self.yes),
            [one] => Ok(*one),
            open => {
                let all = self.fresh();
                for part in open {
                    self.clause(&[!all, *part])?;
                }
                let back: Vec<Lit> = open.iter().map(|part| !*part).chain([all]).collect();
                self.clause(&back)?;
                Ok(all)
            }
        }
    }

    /// True exactly where some of `parts` are.
    fn any(&mut self, parts: &[Lit]) -> Result<Lit, Exhausted> {
        let not: Vec<Lit> = parts.iter().map(|part| !*part).collect();
        Ok(!self.all(&not)?)
    }

    /// True exactly where both are or neither is.
    fn same(&mut self, a: Lit, b: Lit) -> Result<Lit, Exhausted> {
        for (one, other) in [(a, b), (b, a)] {
            if one == self.yes {
                return Ok(other);
            }
            if one == !self.yes {
                return Ok(!other);
            }
        }
        if a == b || a == !b {
            return Ok(self.known(a == b));
        }
        let same = self.fresh();
        self.clause(&[!same, !a, b])?;
        self.clause(&[!same, a, !b])?;
        self.clause(&[same, a, b])?;
        self.clause(&[same, !a, !b])?;
        Ok(same)
    }

    /// That the weights of the true ones among `terms` come to `bound` at least: a sum of binary numbers, column by
    /// column, and a comparison with a constant.
    fn at_least(&mut self, terms: &[(i128, Lit)], bound: i128) -> Result<Lit, Exhausted> {
        // A negative weight counts where its formula fails, from a sum that is less by it.
        let (mut columns, mut bound): (Vec<Vec<Lit>>, i128) = (Vec::new(), bound);
        for (weight, lit) in terms {
            let (size, lit) = (weight.unsigned_abs(), if *weight < 0 { !*lit } else { *lit });
            bound -= (*weight).min(0);
            for bit in (0..128).filter(|bit| size >> bit & 1 == 1) {
                if columns.len() <= bit {
                    columns.resize(bit + 1, Vec::new());
                }
                columns[bit].push(lit);
            }
        }
        let Ok(bound) = u128::try_from(bound) else { return Ok(self.yes) };
        let (mut sum, mut at) = (Vec::new(), 0);
        while at < columns.len() {
            while columns[at].len() > 1 {
                if columns.len() == at + 1 {
                    columns.push(Vec::new());
                }
                let (a, b) = (columns[at].pop(), columns[at].pop());
                let (a, b) = (a.unwrap_or(!self.yes), b.unwrap_or(!self.yes));
                let c = columns[at].pop().unwrap_or(!self.yes);
                let half = !self.same(a, b)?;
                let [both, more] = [self.all(&[a, b])?, self.all(&[half, c])?];
                let carry = self.any(&[both, more])?;
                columns[at + 1].push(carry);
                let rest = !self.same(half, c)?;
                columns[at].push(rest);
            }
            sum.push(columns[at].first().copied().unwrap_or(!self.yes));
            at += 1;
        }
        // From the lowest bit: the bits so far are at least those of the bound.
        let mut least = self.yes;
        for bit in 0..sum.len().max(128 - bound.leading_zeros() as usize) {
            let lit = sum.get(bit).copied().unwrap_or(!self.yes);
            least = if bound >> bit & 1 == 1 { self.all(&[lit, least])? } else { self.any(&[lit, least])? };
        }
        Ok(least)
    }
}

/// The state in which the variables have these values.
pub(super) fn filled(side: &Side, values: &[bool]) -> State {
    State::with_on(side.0.iter().enumerate().filter_map(|(at, cell)| {
        let on = match cell {
            Cell::Set(on) => *on,
            Cell::Var(variable) => values.get(*variable).copied().unwrap_or(false),
        };
        on.then(|| OptionId::from(at))
    }))
}
