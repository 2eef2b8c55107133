//! Questions about many states at once, decided by case split.
//!
//! A [`Side`] is a state of which some options are variables; several sides may share variables.
//! A question is a conjunction of [`Demand`]s; [`Cases::find`] looks for values of the variables
//! that meet all of them, by three-valued evaluation: a branch ends as soon as a demand is
//! certainly not met, and succeeds as soon as all are certainly met. The next variable is one
//! that keeps the first open demand open.
//!
//! # Complexity
//! Exponential in the number of variables at worst; every node of the search costs one unit of
//! work, and the search stops when there is none left.

use detente_model::{
    ActorId, DefinitionId, Direction, Expr, Game, OptionForm, OptionId, Pattern, Preference, RankEntry, State,
};

use super::literal::Exhausted;

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
    /// The side matches none of the patterns.
    Outside(usize, &'p [Pattern]),
    /// From the second side the actor cannot move to anything that it strictly prefers to the first.
    Stuck(ActorId, usize, usize),
    /// Not.
    Not(Box<Demand<'p>>),
}

/// Three values; what is open names a variable that it depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    Open(usize),
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Truth {
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            open @ Self::Open(_) => open,
        }
    }
}

/// A game in option form, asked by case split.
pub(super) struct Cases<'g> {
    game: &'g Game,
    form: &'g OptionForm,
    rules: Vec<Expr>,
    /// Per actor and statement: options that it depends on.
    supports: Vec<Vec<Vec<OptionId>>>,
}

impl<'g> Cases<'g> {
    /// `None` in graph form.
    pub(super) fn new(game: &'g Game) -> Option<Self> {
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
        Some(Self { game, form, rules, supports })
    }

    /// Values of the `variables` variables that meet all demands, if there are any.
    pub(super) fn find(
        &self,
        variables: usize,
        sides: &[Side],
        demands: &[Demand<'_>],
        left: &mut u64,
    ) -> Result<Option<Vec<bool>>, Exhausted> {
        let mut search = SplitSearch {
            cases: self,
            sides,
            demands,
            values: vec![None; variables],
            escapes: Vec::new(),
            left,
        };
        // The trail: variables set, with whether the other value is still to be tried.
        let mut trail: Vec<(usize, bool)> = Vec::new();
        loop {
            *search.left = search.left.checked_sub(1).ok_or(Exhausted)?;
            match search.all()? {
                Truth::Yes => return Ok(Some(search.values.iter().map(|v| v.unwrap_or(false)).collect())),
                Truth::Open(variable) => {
                    search.values[variable] = Some(false);
                    trail.push((variable, true));
                }
                Truth::No => loop {
                    let Some((variable, again)) = trail.pop() else { return Ok(None) };
                    if again {
                        search.values[variable] = Some(true);
                        trail.push((variable, false));
                        break;
                    }
                    search.values[variable] = None;
                },
            }
        }
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

struct SplitSearch<'a, 'g> {
    cases: &'a Cases<'g>,
    sides: &'a [Side],
    demands: &'a [Demand<'a>],
    values: Vec<Option<bool>>,
    /// Choices that have been an escape somewhere: tried first elsewhere.
    escapes: Vec<Vec<(OptionId, bool)>>,
    left: &'a mut u64,
}

impl SplitSearch<'_, '_> {
    fn all(&mut self) -> Result<Truth, Exhausted> {
        let demands = self.demands;
        let mut open = None;
        for demand in demands {
            match self.demand(demand)? {
                Truth::No => return Ok(Truth::No),
                Truth::Open(variable) => open = open.or(Some(variable)),
                Truth::Yes => {}
            }
        }
        Ok(open.map_or(Truth::Yes, Truth::Open))
    }

    fn demand(&mut self, demand: &Demand<'_>) -> Result<Truth, Exhausted> {
        Ok(match demand {
            Demand::Feasible(side) => self.feasible(&self.sides[*side]),
            Demand::Move(actor, a, b) => self.can_move(*actor, &self.sides[*a], &self.sides[*b]),
            Demand::Better(actor, a, b) => self.better(*actor, &self.sides[*a], &self.sides[*b]),
            Demand::Outside(side, patterns) => self.outside(&self.sides[*side], patterns),
            Demand::Stuck(actor, than, from) => self.stuck(*actor, *than, *from)?,
            Demand::Not(inner) => self.demand(inner)?.not(),
        })
    }

    fn cell(&self, side: &Side, option: OptionId) -> Truth {
        match side.0.get(option.index()) {
            None => Truth::No,
            Some(Cell::Set(on)) => (*on).into(),
            Some(Cell::Var(variable)) => match self.values[*variable] {
                Some(on) => on.into(),
                None => Truth::Open(*variable),
            },
        }
    }

    fn definitions(&self, side: &Side) -> Vec<Truth> {
        let mut truth = Vec::with_capacity(self.cases.form.definitions.len());
        for definition in &self.cases.form.definitions {
            let value = self.expr(&definition.that, side, &truth);
            truth.push(value);
        }
        truth
    }

    fn expr(&self, expr: &Expr, side: &Side, defined: &[Truth]) -> Truth {
        let all = |parts: &mut dyn Iterator<Item = Truth>| {
            let mut whole = Truth::Yes;
            for part in parts {
                match (part, whole) {
                    (Truth::No, _) => return Truth::No,
                    (Truth::Open(_), Truth::Yes) => whole = part,
                    _ => {}
                }
            }
            whole
        };
        match expr {
            Expr::Const(value) => (*value).into(),
            Expr::Option(o) => self.cell(side, *o),
            Expr::Defined(DefinitionId(d)) => defined.get(*d as usize).copied().unwrap_or(Truth::No),
            Expr::Not(inner) => self.expr(inner, side, defined).not(),
            Expr::Written(_, inner) => self.expr(inner, side, defined),
            Expr::AtLeast(parts, needs) => self.expr(&Expr::counted(parts, *needs), side, defined),
            Expr::And(parts) => all(&mut parts.iter().map(|p| self.expr(p, side, defined))),
            Expr::Or(parts) => all(&mut parts.iter().map(|p| self.expr(p, side, defined).not())).not(),
            Expr::Implies(a, b) => {
                let (a, b) = (self.expr(a, side, defined), self.expr(b, side, defined));
                all(&mut [a, b.not()].into_iter()).not()
            }
            Expr::Iff(a, b) => match (self.expr(a, side, defined), self.expr(b, side, defined)) {
                (Truth::Open(v), _) | (_, Truth::Open(v)) => Truth::Open(v),
                (a, b) => (a == b).into(),
            },
            Expr::AtMostOne(parts) => {
                let (mut yes, mut open, mut maybe) = (0, None, 0);
                for part in parts {
                    match self.expr(part, side, defined) {
                        Truth::Yes => yes += 1,
                        Truth::Open(v) => {
                            open = open.or(Some(v));
                            maybe += 1;
                        }
                        Truth::No => {}
                    }
                }
                match open {
                    _ if yes > 1 => Truth::No,
                    Some(v) if yes + maybe > 1 => Truth::Open(v),
                    _ => Truth::Yes,
                }
            }
        }
    }

    fn feasible(&self, side: &Side) -> Truth {
        let defined = self.definitions(side);
        let mut open = None;
        for rule in &self.cases.rules {
            match self.expr(rule, side, &defined) {
                Truth::No => return Truth::No,
                Truth::Open(v) => open = open.or(Some(v)),
                Truth::Yes => {}
            }
        }
        open.map_or(Truth::Yes, Truth::Open)
    }

    fn can_move(&self, actor: ActorId, a: &Side, b: &Side) -> Truth {
        let form = self.cases.form;
        let (mut open, mut differ) = (None, false);
        for (at, option) in form.options.iter().enumerate() {
            let (before, after) = (self.cell(a, OptionId::from(at)), self.cell(b, OptionId::from(at)));
            match (before, after) {
                (Truth::Open(v), Truth::Open(w)) if v == w => {}
                (Truth::Open(v), _) | (_, Truth::Open(v)) => open = open.or(Some(v)),
                (before, after) if before == after => {}
                (_, after) => {
                    let allowed = match option.direction {
                        Direction::Both => true,
                        Direction::OnOnly => after == Truth::Yes,
                        Direction::OffOnly => after == Truth::No,
                    };
                    if option.actor != actor || !allowed {
                        return Truth::No;
                    }
                    differ = true;
                }
            }
        }
        let (from, to) = (self.definitions(a), self.definitions(b));
        for cannot in form.cannot.iter().filter(|c| c.actor == actor) {
            match (self.expr(&cannot.from, a, &from), self.expr(&cannot.to, b, &to)) {
                (Truth::Yes, Truth::Yes) => return Truth::No,
                (Truth::No, _) | (_, Truth::No) => {}
                (Truth::Open(v), _) | (_, Truth::Open(v)) => open = open.or(Some(v)),
            }
        }
        match open {
            Some(v) => Truth::Open(v),
            None => differ.into(),
        }
    }

    fn better(&self, actor: ActorId, a: &Side, b: &Side) -> Truth {
        let Some(preference) = self.cases.game.preferences.get(actor.index()) else { return Truth::No };
        let (defined_a, defined_b) = (self.definitions(a), self.definitions(b));
        let same = |at: usize| {
            let support = &self.cases.supports[actor.index()][at];
            support.iter().all(|o| a.0.get(o.index()) == b.0.get(o.index()))
        };
        match preference {
            Preference::Statements(list) => {
                for (at, statement) in list.iter().enumerate() {
                    if same(at) {
                        continue;
                    }
                    match (
                        self.expr(&statement.that, a, &defined_a),
                        self.expr(&statement.that, b, &defined_b),
                    ) {
                        (Truth::Open(v), _) | (_, Truth::Open(v)) => return Truth::Open(v),
                        (x, y) if x == y => {}
                        (x, _) => return x,
                    }
                }
                Truth::No
            }
            Preference::Weights(list) => {
                let (mut low, mut high, mut open) = (0_i128, 0_i128, None);
                for (at, weighed) in list.iter().enumerate() {
                    if same(at) {
                        continue;
                    }
                    let weight = i128::from(weighed.weight);
                    let sides = [(weight, a, &defined_a), (-weight, b, &defined_b)];
                    for (weight, side, defined) in sides {
                        match self.expr(&weighed.that, side, defined) {
                            Truth::Yes => {
                                low += weight;
                                high += weight;
                            }
                            Truth::No => {}
                            Truth::Open(v) => {
                                low += weight.min(0);
                                high += weight.max(0);
                                open = open.or(Some(v));
                            }
                        }
                    }
                }
                match open {
                    _ if low > 0 => Truth::Yes,
                    _ if high <= 0 => Truth::No,
                    Some(v) => Truth::Open(v),
                    None => Truth::No,
                }
            }
            Preference::Ranking(_) => {
                let (first, last) = (self.group(actor, a, &defined_a), self.group(actor, b, &defined_b));
                // An earlier group is better.
                if first.1 < last.0 {
                    Truth::Yes
                } else if first.0 >= last.1 {
                    Truth::No
                } else {
                    first.2.or(last.2).map_or(Truth::No, Truth::Open)
                }
            }
        }
    }

    /// The first and the last group of the ranking that the side may be in, and a variable that
    /// this depends on.
    fn group(&self, actor: ActorId, side: &Side, defined: &[Truth]) -> (usize, usize, Option<usize>) {
        let Some(Preference::Ranking(ranking)) = self.cases.game.preferences.get(actor.index()) else {
            return (0, 0, None);
        };
        let (mut first, mut open) = (None, None);
        for (at, group) in ranking.groups.iter().enumerate() {
            for entry in group {
                let covers = match entry {
                    RankEntry::State(state) => {
                        self.matches(side, &state.pattern(self.cases.form.options.len()))
                    }
                    RankEntry::Pattern(pattern) => self.matches(side, pattern),
                    RankEntry::Formula(f) => self.expr(f, side, defined),
                };
                match covers {
                    Truth::Yes => return (first.unwrap_or(at), at, open),
                    Truth::Open(v) => {
                        first = first.or(Some(at));
                        open = open.or(Some(v));
                    }
                    Truth::No => {}
                }
            }
        }
        let last = ranking.groups.len();
        (first.unwrap_or(last), last, open)
    }

    fn matches(&self, side: &Side, pattern: &Pattern) -> Truth {
        let mut open = None;
        for (at, cell) in pattern.cells.iter().enumerate() {
            let Some(on) = cell else { continue };
            match self.cell(side, OptionId::from(at)) {
                Truth::Open(v) => open = open.or(Some(v)),
                value => {
                    if value != Truth::from(*on) {
                        return Truth::No;
                    }
                }
            }
        }
        open.map_or(Truth::Yes, Truth::Open)
    }

    fn outside(&self, side: &Side, patterns: &[Pattern]) -> Truth {
        let mut open = None;
        for pattern in patterns {
            match self.matches(side, pattern) {
                Truth::Yes => return Truth::No,
                Truth::Open(v) => open = open.or(Some(v)),
                Truth::No => {}
            }
        }
        open.map_or(Truth::Yes, Truth::Open)
    }

    /// Decided as soon as one choice of the actor is an escape whatever the open variables are,
    /// or when no variable of the side is open.
    fn stuck(&mut self, actor: ActorId, than: usize, from: usize) -> Result<Truth, Exhausted> {
        let sides = self.sides;
        let (than, from) = (&sides[than], &sides[from]);
        let chosen = |choice: &[(OptionId, bool)]| {
            let mut side = from.clone();
            for (option, on) in choice {
                if let Some(cell) = side.0.get_mut(option.index()) {
                    *cell = Cell::Set(*on);
                }
            }
            side
        };
        for choice in self.escapes.iter().rev().take(16) {
            let side = chosen(choice);
            if self.better(actor, &side, than) == Truth::Yes
                && self.can_move(actor, from, &side) == Truth::Yes
                && self.feasible(&side) == Truth::Yes
            {
                return Ok(Truth::No);
            }
        }
        let open = (0..from.0.len()).find_map(|o| match self.cell(from, OptionId::from(o)) {
            Truth::Open(v) => Some(v),
            _ => None,
        });
        if let Some(variable) = open {
            return Ok(Truth::Open(variable));
        }
        let fixed = |side: &Side| {
            Side(
                (0..side.0.len())
                    .map(|o| Cell::Set(self.cell(side, OptionId::from(o)) == Truth::Yes))
                    .collect(),
            )
        };
        let (than, from) = (fixed(than), fixed(from));
        let own: Vec<OptionId> = self.cases.game.options_of(actor).collect();
        let mut escape = from.clone();
        for (variable, option) in own.iter().enumerate() {
            if let Some(cell) = escape.0.get_mut(option.index()) {
                *cell = Cell::Var(variable);
            }
        }
        let found = self.cases.find(
            own.len(),
            &[than, from, escape],
            &[Demand::Feasible(2), Demand::Better(actor, 2, 0), Demand::Move(actor, 1, 2)],
            self.left,
        )?;
        Ok(match found {
            None => Truth::Yes,
            Some(values) => {
                self.escapes.push(own.into_iter().zip(values).collect());
                Truth::No
            }
        })
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
