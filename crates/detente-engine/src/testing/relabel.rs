//! The same game with its actors in another order.

use detente_model::{
    ActorId, Arc, Expr, Form, Game, GraphForm, OptionForm, OptionId, Pattern, Preference, RankEntry, Rule,
    RuleKind, State,
};

/// Where actors and options went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relabelling {
    /// The new place of each old actor.
    pub actors: Vec<usize>,
    /// The new place of each old option (empty in graph form).
    pub options: Vec<usize>,
}

impl Relabelling {
    /// The new state that is the old state `state`.
    #[must_use]
    pub fn state(&self, state: &State) -> State {
        if self.options.is_empty() {
            return state.clone();
        }
        State::with_on(state.on().map(|o| self.option(o)))
    }

    fn option(&self, option: OptionId) -> OptionId {
        self.options.get(option.index()).map_or(option, |&new| OptionId::from(new))
    }

    fn actor(&self, actor: ActorId) -> ActorId {
        self.actors.get(actor.index()).map_or(actor, |&new| ActorId::from(new))
    }

    fn expr(&self, expr: &Expr) -> Expr {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.expr(part)).collect();
        match expr {
            Expr::Const(_) | Expr::Defined(_) => expr.clone(),
            Expr::Option(o) => Expr::Option(self.option(*o)),
            Expr::Not(a) => Expr::Not(Box::new(self.expr(a))),
            Expr::And(parts) => Expr::And(all(parts)),
            Expr::Or(parts) => Expr::Or(all(parts)),
            Expr::Implies(a, b) => Expr::Implies(Box::new(self.expr(a)), Box::new(self.expr(b))),
            Expr::Iff(a, b) => Expr::Iff(Box::new(self.expr(a)), Box::new(self.expr(b))),
            Expr::AtMostOne(parts) => Expr::AtMostOne(all(parts)),
            Expr::AtLeast(parts, needs) => {
                Expr::AtLeast(parts.iter().map(|(weight, part)| (*weight, self.expr(part))).collect(), *needs)
            }
            Expr::Written(text, inner) => Expr::Written(text.clone(), Box::new(self.expr(inner))),
        }
    }

    fn rule(&self, rule: &Rule) -> Rule {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.expr(part)).collect();
        let kind = match &rule.kind {
            RuleKind::Never(f) => RuleKind::Never(self.expr(f)),
            RuleKind::Always(f) => RuleKind::Always(self.expr(f)),
            RuleKind::AtMostOne(parts) => RuleKind::AtMostOne(all(parts)),
            RuleKind::ExactlyOne(parts) => RuleKind::ExactlyOne(all(parts)),
            RuleKind::Requires(option, f) => RuleKind::Requires(self.option(*option), self.expr(f)),
            RuleKind::Unavailable(option) => RuleKind::Unavailable(self.option(*option)),
            RuleKind::Chain(upper, lower) => RuleKind::Chain(self.option(*upper), self.option(*lower)),
        };
        Rule { kind, ..rule.clone() }
    }

    fn options(&self, form: &OptionForm) -> OptionForm {
        let mut new = form.clone();
        for (old, option) in form.options.iter().enumerate() {
            if let Some(place) = new.options.get_mut(self.options[old]) {
                *place = option.clone();
                place.actor = self.actor(option.actor);
            }
        }
        for definition in &mut new.definitions {
            definition.that = self.expr(&definition.that);
        }
        new.rules = form.rules.iter().rev().map(|rule| self.rule(rule)).collect();
        for cannot in &mut new.cannot {
            cannot.actor = self.actor(cannot.actor);
            (cannot.from, cannot.to) = (self.expr(&cannot.from), self.expr(&cannot.to));
        }
        new
    }

    fn graph(&self, form: &GraphForm) -> GraphForm {
        let mut new = form.clone();
        new.arcs = form.arcs.iter().map(|arc| Arc { actor: self.actor(arc.actor), ..*arc }).collect();
        new.arcs.sort_unstable();
        new
    }

    fn preference(&self, preference: &Preference) -> Preference {
        let mut new = preference.clone();
        match &mut new {
            Preference::Statements(list) => list.iter_mut().for_each(|s| s.that = self.expr(&s.that)),
            Preference::Weights(list) => list.iter_mut().for_each(|w| w.that = self.expr(&w.that)),
            Preference::Ranking(ranking) => {
                for entry in ranking.groups.iter_mut().flatten() {
                    *entry = match entry {
                        RankEntry::State(state) => RankEntry::State(self.state(state)),
                        RankEntry::Pattern(pattern) => RankEntry::Pattern(self.pattern(pattern)),
                        RankEntry::Formula(f) => RankEntry::Formula(self.expr(f)),
                    };
                }
            }
        }
        new
    }

    fn pattern(&self, pattern: &Pattern) -> Pattern {
        let length = self.options.iter().max().map_or(0, |most| most + 1);
        let mut cells = vec![None; length.max(pattern.cells.len())];
        for (old, cell) in pattern.cells.iter().enumerate() {
            cells[self.options[old]] = *cell;
        }
        Pattern { cells }
    }
}

/// `game` with its actors in the order that `actors` gives (the new place of each old actor, a
/// permutation), their options reversed, all ids changed and the rules in reverse order: the same
/// game in other words.
#[must_use]
pub fn relabel(game: &Game, actors: &[usize]) -> (Game, Relabelling) {
    let options = game.options();
    // New order: by new place of the owner, last option first.
    let mut order: Vec<usize> = (0..options.len()).collect();
    order.sort_by_key(|&o| (actors[options[o].actor.index()], std::cmp::Reverse(o)));
    let mut places = vec![0; options.len()];
    for (new, &old) in order.iter().enumerate() {
        places[old] = new;
    }
    let map = Relabelling { actors: actors.to_vec(), options: places };
    let mut new = game.clone();
    for (old, &place) in actors.iter().enumerate() {
        new.actors[place] = game.actors[old].clone();
        new.actors[place].id = format!("renamed-{}", game.actors[old].id);
        new.preferences[place] = map.preference(&game.preferences[old]);
    }
    new.form = match &game.form {
        Form::Options(form) => Form::Options(map.options(form)),
        Form::Graph(form) => Form::Graph(map.graph(form)),
    };
    new.status_quo = game.status_quo.as_ref().map(|state| map.state(state));
    (new, map)
}

/// A game in option form, spread over `options` options (at least as many as it has): the added
/// ones stand between the old ones and are never available, so nothing else changes.
#[must_use]
pub fn spread(game: &Game, options: usize) -> (Game, Relabelling) {
    let old = game.options().len();
    let places: Vec<usize> = (0..old).map(|o| (o + 1) * options / old.max(1) - 1).collect();
    let actors: Vec<usize> = (0..game.actor_count()).collect();
    let map = Relabelling { actors, options: places };
    let mut new = game.clone();
    if let (Form::Options(form), Form::Options(into)) = (&game.form, &mut new.form) {
        // Fillers belong to the owner of the next old option.
        let next = |place: usize| map.options.iter().position(|&p| p >= place);
        into.options = (0..options)
            .filter_map(|place| next(place).and_then(|at| form.options.get(at)).map(|o| (place, o)))
            .map(|(place, option)| {
                let mut option = option.clone();
                option.id = format!("p{place}");
                option
            })
            .collect();
        let unavailable = (0..into.options.len()).filter(|place| !map.options.contains(place));
        let rules = form.rules.iter().map(|rule| map.rule(rule));
        into.rules =
            rules.chain(unavailable.map(|o| super::rule(RuleKind::Unavailable(OptionId::from(o))))).collect();
        for definition in &mut into.definitions {
            definition.that = map.expr(&definition.that);
        }
        for cannot in &mut into.cannot {
            (cannot.from, cannot.to) = (map.expr(&cannot.from), map.expr(&cannot.to));
        }
    }
    new.preferences = game.preferences.iter().map(|p| map.preference(p)).collect();
    new.status_quo = game.status_quo.as_ref().map(|state| map.state(state));
    (new, map)
}
