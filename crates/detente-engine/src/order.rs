//! One actor's order of states, state by state: for reasons, ranks and checks of single states.
//!
//! The engines do not use it on their hot paths; they compile preferences to scores.

use std::cmp::Reverse;

use detente_model::{
    ActorId, DefinitionId, Form, Game, OptionForm, Preference, RankEntry, Relation, State, Statement,
    Strength,
};

/// The total preorder of one actor.
///
/// # Definition
/// `s ≻ t` iff `s` satisfies the first statement on which the two differ; or has the larger sum
/// of weights; or stands in an earlier group of the ranking. A state that no group covers comes
/// after all groups.
///
/// # Complexity
/// Linear in the size of the preference and of the definitions, per comparison.
#[derive(Clone, Copy, Debug)]
pub struct Order<'g> {
    form: &'g Form,
    preference: &'g Preference,
}

/// What decides between two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// The statement at this place (from 0): the preferred state satisfies it, the other does not.
    Statement(usize),
    /// The sums of weights, of the first and of the second state.
    Weights(i64, i64),
    /// The groups of the ranking (from 0; the number of groups: in none).
    Groups(usize, usize),
}

/// How high a state stands with an actor: the greater the better. Levels of one [`Order`] compare as
/// [`Order::compare`] does; worked out once for each of many states, they save doing so for each pair.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(Kind);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Which statements are satisfied.
    Statements(Vec<bool>),
    /// The sum of weights.
    Weights(i64),
    /// The group of the ranking.
    Group(Reverse<usize>),
}

impl<'g> Order<'g> {
    /// The order of `actor`; `None` when there is no such actor.
    #[must_use]
    pub fn new(game: &'g Game, actor: ActorId) -> Option<Self> {
        Some(Self { form: &game.form, preference: game.preferences.get(actor.index())? })
    }

    /// How `s` compares with `t`, as the verdicts have it: never [`Relation::Unknown`], since a statement whose
    /// direction is not known is taken as it is written.
    #[must_use]
    pub fn compare(&self, s: &State, t: &State) -> Relation {
        match self.deciding(s, t) {
            None => Relation::Equal,
            Some(Deciding::Statement(at)) => {
                let strong = self.decided(at).is_some_and(|statement| statement.strong);
                let strength = if strong { Strength::Strong } else { Strength::Mild };
                if self.statement(at, s) { Relation::Better(strength) } else { Relation::Worse(strength) }
            }
            Some(Deciding::Weights(a, b)) => mild(a > b),
            Some(Deciding::Groups(a, b)) => mild(a < b),
        }
    }

    /// How `s` compares with `t` as far as the case knows: [`Relation::Unknown`] where a statement decides whose
    /// direction is not known.
    #[must_use]
    pub fn known(&self, s: &State, t: &State) -> Relation {
        let unknown = |at| self.decided(at).is_some_and(|statement| statement.unknown);
        match self.deciding(s, t) {
            Some(Deciding::Statement(at)) if unknown(at) => Relation::Unknown,
            _ => self.compare(s, t),
        }
    }

    /// What decides between the two; `None`: the actor is indifferent.
    #[must_use]
    pub fn deciding(&self, s: &State, t: &State) -> Option<Deciding> {
        match self.preference {
            Preference::Statements(list) => (0..list.len())
                .find(|&at| self.statement(at, s) != self.statement(at, t))
                .map(Deciding::Statement),
            Preference::Weights(_) => {
                let (a, b) = (self.sum(s), self.sum(t));
                (a != b).then_some(Deciding::Weights(a, b))
            }
            Preference::Ranking(_) => {
                let (a, b) = (self.group(s), self.group(t));
                (a != b).then_some(Deciding::Groups(a, b))
            }
        }
    }

    /// How high `state` stands.
    #[must_use]
    pub fn level(&self, state: &State) -> Level {
        Level(match self.preference {
            Preference::Statements(list) => {
                let defined = self.options().map(|form| form.defined(state)).unwrap_or_default();
                let truth = |d: DefinitionId| defined.get(d.index()).copied().unwrap_or(false);
                Kind::Statements(list.iter().map(|s| s.that.eval(&|o| state.is_on(o), &truth)).collect())
            }
            Preference::Weights(_) => Kind::Weights(self.sum(state)),
            Preference::Ranking(_) => Kind::Group(Reverse(self.group(state))),
        })
    }

    /// The statement at this place.
    fn decided(&self, at: usize) -> Option<&'g Statement> {
        match self.preference {
            Preference::Statements(list) => list.get(at),
            Preference::Weights(_) | Preference::Ranking(_) => None,
        }
    }

    fn options(&self) -> Option<&'g OptionForm> {
        match self.form {
            Form::Options(form) => Some(form),
            Form::Graph(_) => None,
        }
    }

    fn statement(&self, at: usize, state: &State) -> bool {
        match (self.preference, self.options()) {
            (Preference::Statements(list), Some(form)) => {
                list.get(at).is_some_and(|s| form.holds(&s.that, state))
            }
            _ => false,
        }
    }

    fn sum(&self, state: &State) -> i64 {
        match (self.preference, self.options()) {
            (Preference::Weights(list), Some(form)) => {
                list.iter().filter(|w| form.holds(&w.that, state)).map(|w| w.weight).sum()
            }
            _ => 0,
        }
    }

    fn group(&self, state: &State) -> usize {
        let Preference::Ranking(ranking) = self.preference else { return 0 };
        let covers = |entry: &RankEntry| match entry {
            RankEntry::State(s) => s == state,
            RankEntry::Pattern(p) => p.matches(state),
            RankEntry::Formula(f) => self.options().is_some_and(|form| form.holds(f, state)),
        };
        ranking.groups.iter().position(|group| group.iter().any(covers)).unwrap_or(ranking.groups.len())
    }
}

fn mild(better: bool) -> Relation {
    if better { Relation::Better(Strength::Mild) } else { Relation::Worse(Strength::Mild) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::cmp::Ordering;

    use detente_model::{Expr, Grounds, OptionId, Preference, Relation, State, Statement, Strength};

    use super::Order;
    use crate::testing::{Shape, game};
    use crate::{Quiet, Settings, solve};

    #[test]
    fn levels_compare_as_the_order_does() {
        let mut pairs = 0;
        for seed in 0..80 {
            let game = game(seed, &Shape { options: (1, 5), ..Shape::default() });
            let states = solve(&game, &Settings::default(), &Quiet).unwrap().verdicts.feasible().first(40);
            for actor in game.actor_ids() {
                let order = Order::new(&game, actor).unwrap();
                for s in &states {
                    for t in &states {
                        let relation = order.compare(s, t);
                        let better = relation.is_better();
                        let same = match order.level(s).cmp(&order.level(t)) {
                            Ordering::Greater => better,
                            Ordering::Equal => relation.is_equal(),
                            Ordering::Less => relation.is_worse(),
                        };
                        assert!(same, "seed {seed}: {s} with {t} is {relation:?}");
                        assert_eq!(order.compare(t, s), relation.reversed(), "seed {seed}");
                        pairs += 1;
                    }
                }
            }
        }
        assert!(pairs > 10_000, "{pairs}");
    }

    /// The first wish is strong, of the second nobody knows which way it goes, the third is neither.
    #[test]
    fn strength_and_what_is_not_known_are_those_of_the_statement_that_decides() {
        let mut game = game(0, &Shape { options: (3, 3), ..Shape::plain() });
        let wish = |at: u32, strong, unknown| Statement {
            id: None,
            that: Expr::Option(OptionId(at)),
            grounds: Grounds::default(),
            strong,
            unknown,
            confidence: None,
            ..Statement::default()
        };
        game.preferences[0] =
            Preference::Statements(vec![wish(0, true, false), wish(1, false, true), wish(2, false, false)]);
        let order = Order::new(&game, 0.into()).unwrap();
        let pair = |s, t| [s, t].map(State::from_number);
        for (s, t, computed, known) in [
            (0b111, 0b110, Relation::Better(Strength::Strong), Relation::Better(Strength::Strong)),
            (0b000, 0b001, Relation::Worse(Strength::Strong), Relation::Worse(Strength::Strong)),
            (0b110, 0b100, Relation::Better(Strength::Mild), Relation::Unknown),
            (0b110, 0b010, Relation::Better(Strength::Mild), Relation::Better(Strength::Mild)),
            (0b011, 0b011, Relation::Equal, Relation::Equal),
        ] {
            let [s, t] = pair(s, t);
            assert_eq!((order.compare(&s, &t), order.known(&s, &t)), (computed, known), "{s} {t}");
        }
    }
}
