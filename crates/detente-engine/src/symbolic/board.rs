//! A game compiled to diagrams: the feasible states, every actor's levels and improvements.

use detente_model::{ActorId, Direction, Game, OptionForm, OptionId, Preference};

use super::diagram::{Diagrams, Frozen, Halt, Set, Shelf};
use super::formula::{Formulas, join};
use super::levels::levels;
use super::order::order;
use crate::{Quiet, Stop};

/// One actor.
pub(crate) struct Player {
    /// Number of the actor.
    pub(crate) id: u8,
    /// Level vector of states.
    pub(crate) levels: Vec<Set>,
    /// `gain(s, t)`: the actor can turn its options from those of `s` to those of `t` and prefers
    /// `t`. Feasibility is not part of it.
    pub(crate) gain: Set,
    /// `steps(s, t)`: the directions of its one-way options let the actor turn its options from those
    /// of `s` to those of `t`.
    pub(crate) steps: Set,
    /// Its own options.
    pub(crate) own: Set,
    /// With one-way options: where the variables can be reached by the actor from the copies.
    pub(crate) arrivals: Option<Set>,
}

/// The game as sets.
pub(crate) struct Board {
    /// The states that obey all rules.
    pub(crate) feasible: Set,
    /// The actors, in file order.
    pub(crate) players: Vec<Player>,
    /// Whose option stands at each position.
    owners: Vec<u8>,
}

/// A board apart from any store.
pub(crate) struct FrozenBoard {
    sets: Frozen,
    shape: Shape,
}

/// Which set of a board is which.
#[derive(Clone)]
pub(crate) struct Shape {
    /// Whose option stands at each position.
    owners: Vec<u8>,
    /// Of each player: how many levels, and whether there are one-way options.
    players: Vec<(usize, bool)>,
}

impl Shape {
    /// With other pairs at the positions: at each, the position where the pair was.
    pub(crate) fn arranged(&self, pairs: &[usize]) -> Self {
        let owners = pairs.iter().map(|&pair| self.owners[pair]).collect();
        Self { owners, players: self.players.clone() }
    }
}

/// The rules of a game in option form, and a board without players.
pub(crate) fn rules(d: &mut Diagrams<'_>, game: &Game, form: &OptionForm) -> Result<(Formulas, Board), Halt> {
    let order = order(form, &game.preferences);
    // At most 64 actors by the limits of the format.
    let owner = |option: usize| form.options[option].actor.index() as u8;
    let owners: Vec<u8> = order.iter().map(|&option| owner(option)).collect();
    d.set_owners(owners.clone());
    let mut formulas = Formulas::new(form, order);
    let mut rules = Vec::with_capacity(form.rules.len());
    for rule in &form.rules {
        rules.push(formulas.set(d, &rule.formula())?);
    }
    let feasible = join(d, rules, true)?;
    Ok((formulas, Board { feasible, players: Vec::new(), owners }))
}

impl Board {
    /// Compiles the preference and the moves of the next actor.
    pub(crate) fn add(
        &mut self,
        d: &mut Diagrams<'_>,
        formulas: &mut Formulas,
        game: &Game,
        actor: ActorId,
        preference: &Preference,
    ) -> Result<(), Halt> {
        let id = actor.index() as u8;
        let levels = levels(d, formulas, preference)?;
        let options: Vec<(OptionId, u32)> =
            game.options_of(actor).filter_map(|o| Some((o, formulas.level(o)?))).collect();
        let own = d.cube(options.iter().map(|&(_, level)| level))?;
        let (mut steps, mut arrivals) = (Vec::new(), Vec::new());
        for &(option, level) in &options {
            let direction = game.options()[option.index()].direction;
            if direction != Direction::Both {
                let (option, copy) = (d.variable(level)?, d.variable(level + 1)?);
                let flip = direction == Direction::OffOnly;
                steps.push(implies(d, &option, &copy, flip)?);
                arrivals.push(implies(d, &copy, &option, flip)?);
            }
        }
        let arrivals = if arrivals.is_empty() { None } else { Some(join(d, arrivals, true)?) };
        let steps = join(d, steps, true)?;
        let mut gain = d.constant(false);
        for level in levels.iter().rev() {
            let after = d.raise(level, id)?;
            if after != *level {
                let same = d.iff(&after, level)?;
                gain = d.ite(&same, &gain, &after)?;
            }
        }
        let gain = d.and(&gain, &steps)?;
        self.players.push(Player { id, levels, gain, steps, own, arrivals });
        Ok(())
    }

    /// Takes the board out of its store.
    pub(crate) fn freeze(&self, d: &Diagrams<'_>) -> FrozenBoard {
        FrozenBoard { sets: d.freeze(&self.sets()), shape: self.shape() }
    }

    /// All its sets, to be taken apart by [`Board::of`].
    pub(crate) fn sets(&self) -> Vec<Set> {
        let mut sets = vec![self.feasible.clone()];
        for player in &self.players {
            sets.extend([player.gain.clone(), player.steps.clone(), player.own.clone()]);
            sets.extend(player.arrivals.clone());
            sets.extend(player.levels.iter().cloned());
        }
        sets
    }

    /// What [`Board::of`] needs to know besides the sets.
    pub(crate) fn shape(&self) -> Shape {
        let players = self.players.iter().map(|p| (p.levels.len(), p.arrivals.is_some())).collect();
        Shape { owners: self.owners.clone(), players }
    }

    /// The board of these sets, which takes as many as it needs.
    pub(crate) fn of(
        d: &mut Diagrams<'_>,
        shape: &Shape,
        sets: &mut impl Iterator<Item = Set>,
    ) -> Result<Self, Halt> {
        d.set_owners(shape.owners.clone());
        // There are as many as were put in.
        let mut next = || sets.next().ok_or(Halt(Stop::Memory));
        let feasible = next()?;
        let mut players = Vec::with_capacity(shape.players.len());
        for (id, &(levels, one_way)) in shape.players.iter().enumerate() {
            let (gain, steps, own) = (next()?, next()?, next()?);
            let arrivals = if one_way { Some(next()?) } else { None };
            let levels = (0..levels).map(|_| next()).collect::<Result<_, _>>()?;
            players.push(Player { id: id as u8, levels, gain, steps, own, arrivals });
        }
        Ok(Self { feasible, players, owners: shape.owners.clone() })
    }
}

impl FrozenBoard {
    /// How many pairs of variables there are.
    pub(crate) fn positions(&self) -> usize {
        self.shape.owners.len()
    }

    /// Puts the board into another store.
    pub(crate) fn thaw(&self, d: &mut Diagrams<'_>) -> Result<Board, Halt> {
        let mut sets = d.thaw(&self.sets)?.into_iter();
        Board::of(d, &self.shape, &mut sets)
    }

    /// The same board with other pairs at the positions: at each, the position where the pair
    /// was. `None` when there is not the memory.
    pub(crate) fn arranged(&self, pairs: &[usize], memory: u64) -> Option<Self> {
        let mut shelf = Shelf::new(&self.sets, pairs.len(), memory);
        shelf.arrange(pairs, &Quiet).ok()?;
        Some(Self { sets: shelf.freeze(), shape: self.shape.arranged(pairs) })
    }
}

/// `a → b`, or `b → a` when flipped.
fn implies(d: &mut Diagrams<'_>, a: &Set, b: &Set, flip: bool) -> Result<Set, Halt> {
    let (a, b) = if flip { (b, a) } else { (a, b) };
    let a = d.not(a);
    d.or(&a, b)
}
