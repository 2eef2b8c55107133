//! Random games that use every feature of the format.

use detente_model::{
    Act, ActId, Actor, ActorId, Assent, AssentSaid, Cannot, Chance, ChanceId, Condition, Deadline,
    Definition, DefinitionId, Direction, Expr, Form, Game, Grounds, Opt, OptionForm, OptionId, Pattern,
    Preference, RankEntry, Ranking, Rule, RuleKind, Scale, ScaleId, State, Switch, Values,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::parts::{actor, graph_game, option, rule, statement, weighed};

/// What kind of game to draw. Shares are chances between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Fewest and most actors.
    pub actors: (usize, usize),
    /// Fewest and most options, all actors together (at most 20).
    pub options: (usize, usize),
    /// Fewest and most states in graph form.
    pub states: (usize, usize),
    /// Most rules.
    pub rules: usize,
    /// Most statements per actor.
    pub statements: usize,
    /// Games in graph form.
    pub graph: f64,
    /// Games in which some options are one-way.
    pub one_way: f64,
    /// Games in which moves are taken away.
    pub cannot: f64,
    /// Games with defined names.
    pub definitions: f64,
    /// Most acts.
    pub acts: usize,
    /// Things with conditions on beginning, and on ending.
    pub conditions: f64,
    /// Things with levels.
    pub levels: f64,
    /// Games with a chance event.
    pub chance: f64,
    /// Each further date, up to three.
    pub dates: f64,
    /// Actors whose preference is weights.
    pub weights: f64,
    /// Actors whose preference is a ranking (option form).
    pub rankings: f64,
}

impl Default for Shape {
    /// Everything: 2 to 5 actors, up to 7 options or 16 listed states.
    fn default() -> Self {
        Self {
            actors: (2, 5),
            options: (1, 7),
            states: (1, 16),
            rules: 4,
            statements: 7,
            graph: 0.2,
            one_way: 0.3,
            cannot: 0.2,
            definitions: 0.4,
            acts: 0,
            conditions: 0.0,
            levels: 0.0,
            chance: 0.0,
            dates: 0.0,
            weights: 0.2,
            rankings: 0.2,
        }
    }
}

impl Shape {
    /// The second part of the language: acts, conditions, levels, chance events; up to 4 options.
    #[must_use]
    pub fn several() -> Self {
        Self {
            graph: 0.0,
            actors: (2, 4),
            options: (1, 4),
            rules: 2,
            acts: 3,
            conditions: 0.25,
            levels: 0.2,
            chance: 0.2,
            dates: 0.4,
            ..Self::default()
        }
    }

    /// Option form, two-way options, all moves, statements and weights: what every engine can do.
    #[must_use]
    pub fn plain() -> Self {
        Self { graph: 0.0, one_way: 0.0, cannot: 0.0, rankings: 0.0, ..Self::default() }
    }
}

/// A random game: a function of `seed` and `shape` only. It has at least one feasible state, its
/// rankings cover what they must, and its status quo is feasible.
///
/// Some actors may own no option; options of an actor stand together.
#[must_use]
pub fn game(seed: u64, shape: &Shape) -> Game {
    let mut draw = Draw { random: ChaCha8Rng::seed_from_u64(seed), options: 0, definitions: 0 };
    let actors = draw.between(shape.actors);
    if draw.chance(shape.graph) { draw.graph_form(actors, shape) } else { draw.option_form(actors, shape) }
}

struct Draw {
    random: ChaCha8Rng,
    options: usize,
    definitions: usize,
}

impl Draw {
    fn between(&mut self, (least, most): (usize, usize)) -> usize {
        self.random.random_range(least..=most.max(least))
    }

    fn below(&mut self, n: usize) -> usize {
        self.random.random_range(0..n.max(1))
    }

    /// As [`Draw::chance`], without drawing where there is none: games of shapes that lack a thing stay what they were.
    fn some(&mut self, share: f64) -> bool {
        share > 0.0 && self.chance(share)
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share.clamp(0.0, 1.0))
    }

    fn option_form(&mut self, actors: usize, shape: &Shape) -> Game {
        self.options = self.between(shape.options);
        let mut form = OptionForm::default();
        let mut owners: Vec<usize> = (0..self.options).map(|_| self.below(actors)).collect();
        owners.sort_unstable();
        let one_way = self.chance(shape.one_way);
        for (at, owner) in owners.into_iter().enumerate() {
            let direction = match self.below(6) {
                0 if one_way => Direction::OffOnly,
                1 | 2 if one_way => Direction::OnOnly,
                _ => Direction::Both,
            };
            let levels = if self.some(shape.levels) { 1 + self.below(2) } else { 0 };
            self.thing(&mut form, option(format!("o{}", at + 1), owner, direction), levels + 1);
        }
        for at in 0..if shape.acts == 0 { 0 } else { self.below(shape.acts + 1) } {
            self.act(&mut form, at, actors, shape);
        }
        if self.some(shape.chance) {
            let switch = OptionId::from(form.options.len());
            let mut bit = option("e", 0, Direction::Both);
            (bit.actor, bit.of) = (ActorId::NOBODY, Switch::Chance(ChanceId(0)));
            form.options.push(bit);
            let then = vec![(OptionId::from(self.below(switch.index().max(1))), self.chance(0.5))];
            let then = if switch.index() == 0 { vec![] } else { then };
            form.chances.push(Chance {
                id: "e".to_owned(),
                text: "e".to_owned(),
                on: None,
                likelihood: None,
                switch,
                then,
                grounds: Grounds::default(),
            });
        }
        self.options = form.options.len();
        self.conditions(&mut form, shape);
        if self.chance(shape.definitions) {
            for at in 0..=self.below(3) {
                let that = self.formula(3);
                form.definitions.push(Definition {
                    id: format!("d{}", at + 1),
                    that,
                    grounds: Grounds::default(),
                    ..Definition::default()
                });
                self.definitions += 1;
            }
        }
        for _ in 0..self.between((0, shape.rules)) {
            let kind = self.rule_kind();
            form.rules.push(rule(kind));
        }
        // Levels first: they are never given up.
        form.rules.splice(0..0, chains(&form));
        let mut feasible = feasible(&form);
        while feasible.is_empty() && form.rules.pop().is_some() {
            feasible = self::feasible(&form);
        }
        if self.chance(shape.cannot) {
            for _ in 0..=self.below(3) {
                let actor = ActorId::from(self.below(actors));
                let (from, to) = (self.formula(2), self.formula(2));
                form.cannot.push(Cannot { actor, from, to, grounds: Grounds::default() });
            }
        }
        let preferences = (0..actors).map(|_| self.preference(&form, &feasible, shape)).collect();
        let status_quo = feasible.get(self.below(feasible.len())).cloned();
        let actors: Vec<Actor> = (0..actors).map(actor).collect();
        let mut deadlines: Vec<Deadline> = Vec::new();
        while deadlines.len() < 3 && self.options > 0 && self.some(shape.dates) {
            let bit = OptionId::from(self.below(self.options));
            let then = match form.options.get(bit.index()).map(|o| o.of) {
                Some(Switch::Chance(_)) | None => break,
                Some(_) => vec![(bit, self.chance(0.5))],
            };
            let unless = self.chance(0.5).then(|| self.formula(2));
            let (at, grounds) = (deadlines.len(), Grounds::default());
            let (id, on) = (format!("t{at}"), format!("2030-01-0{}", at + 1));
            deadlines.push(Deadline { id, on, title: None, unless, then, ahead: true, grounds });
        }
        let mut game = Game { actors, form: Form::Options(form), preferences, status_quo, deadlines };
        // A date that leads to what is not possible is a mistake of the case.
        let possible = |game: &Game, date: &Deadline| {
            feasible.iter().all(|number| feasible.binary_search(&game.after(date, number)).is_ok())
        };
        let kept = game.deadlines.iter().filter(|date| possible(&game, date)).cloned().collect();
        game.deadlines = kept;
        game
    }

    /// A thing with so many switches.
    fn thing(&mut self, form: &mut OptionForm, bit: Opt, switches: usize) {
        if switches < 2 {
            form.options.push(bit);
            return;
        }
        let of_act = matches!(bit.of, Switch::Act(_));
        let levels = if of_act { switches } else { switches + 1 };
        let scale = ScaleId::from(form.scales.len());
        let first = OptionId::from(form.options.len());
        let values = Values::Numbers((0..levels).map(|at| 10.0 * at as f64).collect());
        form.scales.push(Scale { first, bits: switches as u32, values, unit: None });
        form.options.extend((0..switches as u32).map(|at| Opt { scale: Some((scale, at)), ..bit.clone() }));
    }

    /// An act with parties and whose consent it takes drawn.
    fn act(&mut self, form: &mut OptionForm, at: usize, actors: usize, shape: &Shape) {
        let mut parties: Vec<ActorId> = (0..actors).filter(|_| self.chance(0.6)).map(ActorId::from).collect();
        if parties.is_empty() {
            parties.push(ActorId::from(self.below(actors)));
        }
        let assent = |draw: &mut Self| {
            let said = match draw.below(8) {
                0 => AssentSaid::Any,
                1 => AssentSaid::Never,
                2 => AssentSaid::Needs(1 + draw.below(parties.len()) as u32),
                3 => {
                    let votes: Vec<_> = parties.iter().map(|&p| (p, 1 + draw.below(3) as u64)).collect();
                    let sum: u64 = votes.iter().map(|(_, votes)| votes).sum();
                    AssentSaid::Votes(votes, sum / 2 + 1)
                }
                _ => AssentSaid::All,
            };
            let groups = said.groups(&parties, &|_| 0).unwrap_or_default();
            Assent { said, groups }
        };
        let (begins, ends) = (assent(self), assent(self));
        let switches = if self.some(shape.levels) { 2 } else { 1 };
        let first = OptionId::from(form.options.len());
        let id = format!("act{}", at + 1);
        let mut bit = option(id.clone(), 0, Direction::Both);
        (bit.actor, bit.of) = (ActorId::NOBODY, Switch::Act(ActId::from(at)));
        self.thing(form, bit, switches);
        // What every group could switch itself: options of who is in all of them.
        let mut with = Vec::new();
        for (switch, option) in form.options.iter().enumerate() {
            let own = option.of == Switch::Option
                && option.scale.is_none()
                && !begins.groups.is_empty()
                && begins.groups.iter().all(|group| group.contains(&option.actor));
            if own && self.chance(0.3) {
                with.push((OptionId::from(switch), self.chance(0.5)));
            }
        }
        form.acts.push(Act {
            text: id.clone(),
            id,
            parties: parties.clone(),
            first,
            bits: switches as u32,
            begins,
            ends,
            with,
            with_text: None,
            grounds: Grounds::default(),
        });
    }

    /// Conditions on some of the things.
    fn conditions(&mut self, form: &mut OptionForm, shape: &Shape) {
        let mut at = 0;
        while at < form.options.len() {
            let bits = match form.options[at].scale {
                Some((scale, _)) => form.scales[scale.index()].bits as usize,
                None => 1,
            };
            for begins in [true, false] {
                if self.some(shape.conditions) && !matches!(form.options[at].of, Switch::Chance(_)) {
                    let condition = Condition { that: self.formula(2), grounds: Grounds::default() };
                    for bit in &mut form.options[at..at + bits] {
                        let list = if begins { &mut bit.begins_if } else { &mut bit.ends_if };
                        list.push(condition.clone());
                    }
                }
            }
            at += bits;
        }
    }

    fn graph_form(&mut self, actors: usize, shape: &Shape) -> Game {
        let states = self.between(shape.states).max(1);
        let numbers: Vec<State> = (1..=states as u64).map(State::from_number).collect();
        let mut arcs = Vec::new();
        for i in 0..actors {
            let share = [0.05, 0.1, 0.2, 0.4][self.below(4)];
            for from in 0..states as u32 {
                for to in 0..states as u32 {
                    if self.chance(share) {
                        arcs.push((i, from, to));
                    }
                }
            }
        }
        let preferences = (0..actors).map(|_| self.listed_ranking(&numbers)).collect();
        let mut game = graph_game(states, &arcs, preferences);
        game.status_quo = numbers.get(self.below(states)).cloned();
        game
    }

    fn rule_kind(&mut self) -> RuleKind {
        match self.below(6) {
            0 | 1 => RuleKind::Never(self.conjunction()),
            2 => RuleKind::Always(self.formula(2)),
            3 => RuleKind::AtMostOne((0..=self.below(4)).map(|_| self.formula(1)).collect()),
            4 => RuleKind::ExactlyOne((0..=self.below(4)).map(|_| self.formula(1)).collect()),
            _ if self.options > 0 => {
                let option = OptionId::from(self.below(self.options));
                if self.chance(0.2) {
                    RuleKind::Unavailable(option)
                } else {
                    RuleKind::Requires(option, self.formula(2))
                }
            }
            _ => RuleKind::Always(Expr::Const(true)),
        }
    }

    fn conjunction(&mut self) -> Expr {
        Expr::And((0..=self.below(3)).map(|_| self.formula(0)).collect())
    }

    /// A formula of at most `depth` levels above its literals.
    fn formula(&mut self, depth: usize) -> Expr {
        let kind = if depth == 0 { 0 } else { self.below(9) };
        let parts = |draw: &mut Self| (0..draw.below(4)).map(|_| draw.formula(depth - 1)).collect();
        let two = |draw: &mut Self| (Box::new(draw.formula(depth - 1)), Box::new(draw.formula(depth - 1)));
        match kind {
            1 | 2 => Expr::And(parts(self)),
            3 | 4 => Expr::Or(parts(self)),
            5 => {
                let (a, b) = two(self);
                Expr::Implies(a, b)
            }
            6 => {
                let (a, b) = two(self);
                Expr::Iff(a, b)
            }
            7 => Expr::Not(Box::new(self.formula(depth - 1))),
            8 => Expr::AtMostOne(parts(self)),
            _ => self.literal(),
        }
    }

    fn literal(&mut self) -> Expr {
        if self.options == 0 || self.chance(0.02) {
            return Expr::Const(self.chance(0.5));
        }
        let atom = if self.definitions > 0 && self.chance(0.2) {
            Expr::Defined(DefinitionId::from(self.below(self.definitions)))
        } else {
            Expr::Option(OptionId::from(self.below(self.options)))
        };
        if self.chance(0.4) { Expr::Not(Box::new(atom)) } else { atom }
    }

    fn preference(&mut self, form: &OptionForm, feasible: &[State], shape: &Shape) -> Preference {
        if self.chance(shape.rankings) {
            return match self.below(4) {
                0 => self.pattern_ranking(),
                1 => self.formula_ranking(),
                2 => self.mixed_ranking(form, feasible),
                _ => self.listed_ranking(feasible),
            };
        }
        let count = self.between((0, shape.statements));
        if self.chance(shape.weights) {
            let list = (0..count).map(|_| {
                let weight = self.below(9) as i64 - 4;
                weighed(self.formula(2), weight)
            });
            Preference::Weights(list.collect())
        } else {
            Preference::Statements((0..count).map(|_| statement(self.formula(2))).collect())
        }
    }

    /// Every state in a random group, groups possibly empty; sometimes the worst are left to the rest.
    fn listed_ranking(&mut self, states: &[State]) -> Preference {
        let count = self.below(states.len()) + 1;
        let mut groups = vec![Vec::new(); count];
        let rest_last = self.chance(0.3);
        for state in states {
            let group = self.below(count);
            if !(rest_last && group + 1 == count) {
                groups[group].push(RankEntry::State(state.clone()));
            }
        }
        Preference::Ranking(Ranking { groups, rest_last, grounds: Grounds::default() })
    }

    /// Patterns that fix the same options to different values, the rest last.
    fn pattern_ranking(&mut self) -> Preference {
        let fixed: Vec<bool> = (0..self.options).map(|_| self.chance(0.4)).collect();
        let mut patterns: Vec<Pattern> = Vec::new();
        for _ in 0..=self.below(4) {
            let cells = fixed.iter().map(|fixed| fixed.then(|| self.chance(0.5))).collect();
            let pattern = Pattern { cells };
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        let groups = patterns.into_iter().map(|p| vec![RankEntry::Pattern(p)]).collect();
        Preference::Ranking(Ranking { groups, rest_last: true, grounds: Grounds::default() })
    }

    /// f and g, f and not g, not f.
    fn formula_ranking(&mut self) -> Preference {
        let (f, g) = (self.formula(2), self.formula(2));
        let mut groups = vec![
            vec![RankEntry::Formula(Expr::And(vec![f.clone(), g.clone()]))],
            vec![RankEntry::Formula(Expr::And(vec![f.clone(), g.negate()]))],
            vec![RankEntry::Formula(f.negate())],
        ];
        groups.rotate_left(self.below(3));
        Preference::Ranking(Ranking { groups, rest_last: false, grounds: Grounds::default() })
    }

    /// One group by a formula, the other states listed, with a state named twice in its group.
    fn mixed_ranking(&mut self, form: &OptionForm, feasible: &[State]) -> Preference {
        let formula = self.formula(2);
        let others: Vec<State> = feasible.iter().filter(|s| !form.holds(&formula, s)).cloned().collect();
        let Preference::Ranking(mut ranking) = self.listed_ranking(&others) else {
            return Preference::Statements(vec![]);
        };
        if let Some(group) = ranking.groups.first_mut()
            && let Some(first) = group.first().cloned()
        {
            group.push(first);
        }
        let place = self.below(ranking.groups.len() + 1);
        ranking.groups.insert(place, vec![RankEntry::Formula(formula)]);
        Preference::Ranking(ranking)
    }
}

fn feasible(form: &OptionForm) -> Vec<State> {
    (0..1_u64 << form.options.len().min(20))
        .map(State::from_number)
        .filter(|state| form.broken_rule(state).is_none())
        .collect()
}

/// The rules that make chains of the switches of levels.
fn chains(form: &OptionForm) -> Vec<Rule> {
    let upper = |scale: &Scale| {
        let first = scale.first.0;
        (1..scale.bits).map(move |at| RuleKind::Chain(OptionId(first + at), OptionId(first + at - 1)))
    };
    form.scales.iter().flat_map(upper).map(rule).collect()
}
