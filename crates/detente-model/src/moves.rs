//! Who can move where: directions of options, moves taken away, listed arcs.

use crate::{ActorId, Expr, Form, Game, Grounds, OptionForm, OptionId, State};

/// The direction in which an option can be moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// On and off again.
    #[default]
    Both,
    /// From off to on only.
    OnOnly,
    /// From on to off only.
    OffOnly,
}

impl Direction {
    /// Whether an option of this direction can go from `before` to `after`; staying is always possible.
    #[must_use]
    pub fn allows(self, before: bool, after: bool) -> bool {
        match self {
            Self::Both => true,
            Self::OnOnly => !before || after,
            Self::OffOnly => before || !after,
        }
    }
}

/// Moves taken away in option form: `actor` cannot move from a state that
/// satisfies `from` to one that satisfies `to`. Its move relation is then no
/// longer transitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot {
    /// Whose moves.
    pub actor: ActorId,
    /// Where they start.
    pub from: Expr,
    /// Where they end.
    pub to: Expr,
    /// What it rests on.
    pub grounds: Grounds,
}

/// One listed move in graph form. States are positions from 0 in
/// [`crate::GraphForm::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arc {
    /// Whose move.
    pub actor: ActorId,
    /// Where from.
    pub from: u32,
    /// Where to; never `from`.
    pub to: u32,
}

/// The listed moves of several actors together, in graph form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointArc {
    /// Who moves together, ascending, at least two.
    pub parties: Vec<ActorId>,
    /// From and to, as in [`Arc`]: sorted, without repetition.
    pub arcs: Vec<(u32, u32)>,
}

/// What stands against a move in option form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Obstacle {
    /// An option that does not go this way.
    OneWay(OptionId),
    /// A move taken away, by its place in [`OptionForm::cannot`].
    Cannot(usize),
}

/// The ways that are open to an actor, or to several who move together: what their one-way options and the moves taken
/// away from them leave.
///
/// Made once for many pairs of states. What the rules allow is another question
/// ([`OptionForm::broken_rule`]).
#[derive(Clone, Debug)]
pub struct Ways<'g> {
    form: &'g OptionForm,
    one_way: Vec<(OptionId, Direction)>,
    taken: Vec<(usize, &'g Cannot)>,
}

impl OptionForm {
    /// The ways open to those for whom `moves` says yes: each does its own part of a move, and none of them may be
    /// kept from it.
    ///
    /// Complexity: one pass over the options and the moves taken away.
    #[must_use]
    pub fn ways(&self, moves: impl Fn(ActorId) -> bool) -> Ways<'_> {
        let one_way = |(at, option): (usize, &crate::Opt)| {
            (option.direction != Direction::Both && moves(option.actor))
                .then_some((OptionId::from(at), option.direction))
        };
        Ways {
            form: self,
            one_way: self.options.iter().enumerate().filter_map(one_way).collect(),
            taken: self.cannot.iter().enumerate().filter(|(_, cannot)| moves(cannot.actor)).collect(),
        }
    }
}

impl Ways<'_> {
    /// Whether nothing stands against the way from `from` to `to`. What changes in options of others is not asked.
    ///
    /// Complexity: the one-way options, and the formulas of the moves taken away.
    #[must_use]
    pub fn open(&self, from: &State, to: &State) -> bool {
        self.against(from, to).next().is_none()
    }

    /// Everything that stands against it: options first, in file order.
    pub fn against(&self, from: &State, to: &State) -> impl Iterator<Item = Obstacle> {
        let one_way = self
            .one_way
            .iter()
            .filter(|(option, direction)| !direction.allows(from.is_on(*option), to.is_on(*option)));
        let taken = self
            .taken
            .iter()
            .filter(|(_, cannot)| self.form.holds(&cannot.from, from) && self.form.holds(&cannot.to, to));
        one_way.map(|(option, _)| Obstacle::OneWay(*option)).chain(taken.map(|(at, _)| Obstacle::Cannot(*at)))
    }
}

impl Game {
    /// Whether `actor` may move from `from` to `to` in one step of its own, both states of the game.
    ///
    /// # Definition
    /// Option form: the two differ, in options of the actor alone; each of these goes this way; and no move taken away
    /// from the actor leads from a state like the first to one like the second. Graph form: there is such an arc.
    /// Whether the rules allow the two states is not asked.
    ///
    /// For many pairs of states see [`OptionForm::ways`].
    #[must_use]
    pub fn may_move(&self, actor: ActorId, from: &State, to: &State) -> bool {
        match &self.form {
            Form::Graph(form) => form.arcs.iter().any(|arc| {
                arc.actor == actor
                    && from.number() == Some(u64::from(arc.from) + 1)
                    && to.number() == Some(u64::from(arc.to) + 1)
            }),
            // Conditions and acts: what any number of changes leads to.
            Form::Options(form) if !self.only_own_moves() => {
                let mover = crate::Mover { parties: vec![actor], joint: None };
                let mut feasible = |state: &State| form.broken_rule(state).is_none();
                let found = self.moves_of(&mover, from, &mut feasible, u64::MAX);
                found.is_some_and(|found| found.contains(to))
            }
            Form::Options(form) => {
                let alone = form.options.iter().enumerate().all(|(at, option)| {
                    option.actor == actor || from.is_on(at.into()) == to.is_on(at.into())
                });
                from != to && alone && form.ways(|mover| mover == actor).open(from, to)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Opt;

    /// Two options of the first actor (the second one on only), one of the other; from a state with the first one on
    /// the first actor cannot go to one with the other's on.
    fn form() -> OptionForm {
        let option = |actor: u32, direction| Opt {
            actor: ActorId(actor),
            id: String::new(),
            text: String::new(),
            direction,
            ..Opt::default()
        };
        let cannot = Cannot {
            actor: ActorId(0),
            from: Expr::Option(OptionId(0)),
            to: Expr::Option(OptionId(2)),
            grounds: Grounds::default(),
        };
        OptionForm {
            options: vec![
                option(0, Direction::Both),
                option(0, Direction::OnOnly),
                option(1, Direction::OffOnly),
            ],
            cannot: vec![cannot],
            ..OptionForm::default()
        }
    }

    #[test]
    fn a_move_changes_own_options_in_their_direction_and_is_not_taken_away() {
        let game = Game { actors: Vec::new(), form: Form::Options(form()), ..Game::default() };
        // The definition typed in, for each actor and pair of the eight states.
        for (actor, own) in [(0, 0b011), (1, 0b100)] {
            for from in 0..8_u64 {
                for to in 0..8_u64 {
                    let lost = actor == 0 && from & 2 > to & 2 || actor == 1 && to & 4 > from & 4;
                    let taken = actor == 0 && from & 1 == 1 && to & 4 == 4;
                    let may = from != to && (from ^ to) & !own == 0 && !lost && !taken;
                    let [s, t] = [from, to].map(State::from_number);
                    assert_eq!(game.may_move(ActorId(actor), &s, &t), may, "{actor}: {from} to {to}");
                }
            }
        }
    }

    #[test]
    fn everything_that_stands_against_a_way_is_named() {
        let form = form();
        let [from, to] = [0b011, 0b101].map(State::from_number);
        let against = |who: &dyn Fn(ActorId) -> bool| form.ways(who).against(&from, &to).collect::<Vec<_>>();
        let own = [Obstacle::OneWay(OptionId(1)), Obstacle::Cannot(0)];
        assert_eq!(against(&|actor| actor == ActorId(0)), own);
        assert_eq!(against(&|actor| actor == ActorId(1)), [Obstacle::OneWay(OptionId(2))]);
        let both = [own[0], Obstacle::OneWay(OptionId(2)), own[1]];
        assert_eq!(against(&|_| true), both);
    }

    #[test]
    fn in_graph_form_a_move_is_an_arc() {
        let arcs = vec![Arc { actor: ActorId(1), from: 0, to: 2 }];
        let form = crate::GraphForm { arcs, ..crate::GraphForm::default() };
        let game = Game { actors: Vec::new(), form: Form::Graph(form), ..Game::default() };
        let [one, three] = [1, 3].map(State::from_number);
        assert!(game.may_move(ActorId(1), &one, &three));
        assert!(!game.may_move(ActorId(0), &one, &three) && !game.may_move(ActorId(1), &three, &one));
    }
}
