//! A game compiled to diagrams: the feasible states, every actor's levels and improvements, and what several can do
//! together.

use detente_model::{ActorId, Direction, Game, OptionForm, OptionId, Preference};

use super::diagram::{Diagrams, Frozen, Halt, Set, Shelf};
use super::formula::{Formulas, join};
use super::joint::{self, Joint, Piece, Switches, all_hold};
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
    /// `steps(s, t)`: directions and conditions let the actor turn its switches from those of `s` to those of `t`.
    pub(crate) steps: Set,
    /// Its own switches: its options, and acts that it may begin or end alone.
    pub(crate) own: Set,
    /// With one-way options, conditions or acts: where the variables can be reached by the actor from the copies.
    pub(crate) arrivals: Option<Set>,
}

/// The game as sets.
pub(crate) struct Board {
    /// The states that obey all rules.
    pub(crate) feasible: Set,
    /// The actors, in file order.
    pub(crate) players: Vec<Player>,
    /// Those who move together, in the order of the game's movers.
    pub(crate) joint: Vec<Joint>,
    /// At each position, who may switch what stands there: a bit for each actor.
    owners: Vec<u64>,
}

/// A board apart from any store.
pub(crate) struct FrozenBoard {
    sets: Frozen,
    shape: Shape,
}

/// Which set of a board is which.
#[derive(Clone)]
pub(crate) struct Shape {
    /// At each position, who may switch what stands there: a bit for each actor.
    owners: Vec<u64>,
    /// Of each player: how many levels, and whether there are arrivals.
    players: Vec<(usize, bool)>,
    /// Of those who move together: who, and what each piece switches.
    joint: Vec<(Vec<usize>, Vec<Switches>)>,
}

impl Shape {
    /// With other pairs at the positions: at each, the position where the pair was.
    pub(crate) fn arranged(&self, pairs: &[usize]) -> Self {
        let owners = pairs.iter().map(|&pair| self.owners[pair]).collect();
        let mut now = vec![0; pairs.len()];
        for (at, &pair) in pairs.iter().enumerate() {
            now[pair] = at;
        }
        let moved = |switches: &Switches| switches.iter().map(|&(at, on)| (now[at], on)).collect();
        let joint = self.joint.iter();
        let joint = joint.map(|(who, pieces)| (who.clone(), pieces.iter().map(moved).collect())).collect();
        Self { owners, players: self.players.clone(), joint }
    }
}

/// The rules of a game in option form, and a board without players.
pub(crate) fn rules(d: &mut Diagrams<'_>, game: &Game, form: &OptionForm) -> Result<(Formulas, Board), Halt> {
    let order = order(form, &game.preferences);
    // At most 64 actors by the limits of the format.
    let mut by_option = vec![0_u64; form.options.len()];
    for actor in game.actor_ids() {
        for bit in form.own_things(actor).into_iter().flat_map(|thing| form.bits(thing)) {
            by_option[bit.index()] |= 1 << actor.index();
        }
    }
    let owners: Vec<u64> = order.iter().map(|&option| by_option[option]).collect();
    d.set_owners(owners.clone());
    let mut formulas = Formulas::new(form, order);
    let mut rules = Vec::with_capacity(form.rules.len());
    for rule in &form.rules {
        rules.push(formulas.set(d, &rule.formula())?);
    }
    let feasible = join(d, rules, true)?;
    Ok((formulas, Board { feasible, players: Vec::new(), joint: Vec::new(), owners }))
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
        let Some(form) = game.option_form() else { return Ok(()) };
        let things = form.own_things(actor);
        let bits = things.iter().flat_map(|&thing| form.bits(thing)).filter_map(|bit| formulas.level(bit));
        let own = d.cube(bits)?;
        let (mut steps, mut arrivals) = (Vec::new(), Vec::new());
        for thing in things {
            for (from_variables, relation) in [(true, &mut steps), (false, &mut arrivals)] {
                match form.act_of(thing) {
                    Some(act) => {
                        let alone = (act.begins.suffices(actor), act.ends.suffices(actor));
                        relation.extend(act_steps(d, formulas, form, thing, alone, from_variables)?);
                    }
                    None => relation.extend(option_steps(d, formulas, form, thing, from_variables)?),
                }
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

    /// Compiles what several can do together, once all actors are there.
    pub(crate) fn add_joint(
        &mut self,
        d: &mut Diagrams<'_>,
        formulas: &mut Formulas,
        game: &Game,
        form: &OptionForm,
    ) -> Result<(), Halt> {
        self.joint = joint::joint(d, formulas, game, form, &self.feasible, &self.players)?;
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
        for piece in self.joint.iter().flat_map(|joint| &joint.pieces) {
            sets.extend([piece.open.clone(), piece.wanted.clone()]);
        }
        sets
    }

    /// What [`Board::of`] needs to know besides the sets.
    pub(crate) fn shape(&self) -> Shape {
        let players = self.players.iter().map(|p| (p.levels.len(), p.arrivals.is_some())).collect();
        let joint = self.joint.iter().map(|joint| {
            (joint.parties.clone(), joint.pieces.iter().map(|piece| piece.switches.clone()).collect())
        });
        Shape { owners: self.owners.clone(), players, joint: joint.collect() }
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
        let mut joint = Vec::with_capacity(shape.joint.len());
        for (parties, pieces) in &shape.joint {
            let piece = |switches: &Switches| {
                let (open, wanted) = (next()?, next()?);
                Ok(Piece { switches: switches.clone(), open, wanted })
            };
            let pieces = pieces.iter().map(piece).collect::<Result<_, _>>()?;
            joint.push(Joint { parties: parties.clone(), pieces });
        }
        Ok(Self { feasible, players, joint, owners: shape.owners.clone() })
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

/// The variable of a switch before and after: from variables to copies, or the other way round.
fn before_and_after(d: &mut Diagrams<'_>, level: u32, from_variables: bool) -> Result<(Set, Set), Halt> {
    let (variable, copy) = (d.variable(level)?, d.variable(level + 1)?);
    Ok(if from_variables { (variable, copy) } else { (copy, variable) })
}

impl Player {
    /// Where the variables can be reached from the copies by an improvement of the actor, or by staying.
    pub(crate) fn improving_arrivals(&self, d: &mut Diagrams<'_>) -> Result<Set, Halt> {
        let mut better = d.constant(false);
        let mut same = d.constant(true);
        for level in self.levels.iter().rev() {
            let was = d.raise(level, self.id)?;
            if was != *level {
                let alike = d.iff(&was, level)?;
                better = d.ite(&alike, &better, level)?;
            }
        }
        if let Some(arrivals) = &self.arrivals {
            better = d.and(&better, arrivals)?;
        }
        for level in d.own_levels(self.id) {
            let (variable, copy) = (d.variable(level)?, d.variable(level + 1)?);
            let alike = d.iff(&variable, &copy)?;
            same = d.and(&same, &alike)?;
        }
        d.or(&better, &same)
    }
}

/// What directions and conditions say of an option of one's own: nothing, where it can be turned at will.
fn option_steps(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    form: &OptionForm,
    thing: OptionId,
    from_variables: bool,
) -> Result<Vec<Set>, Halt> {
    let option = &form.options[thing.index()];
    let mut all = Vec::new();
    for (on, barred, conditions) in
        [(true, Direction::OffOnly, &option.begins_if), (false, Direction::OnOnly, &option.ends_if)]
    {
        if option.direction != barred && conditions.is_empty() {
            continue;
        }
        let may =
            if option.direction == barred { d.constant(false) } else { all_hold(d, formulas, conditions)? };
        for level in form.bits(thing).into_iter().filter_map(|bit| formulas.level(bit)) {
            let (before, after) = before_and_after(d, level, from_variables)?;
            let turned = if on { d.without(&after, &before)? } else { d.without(&before, &after)? };
            let not = d.not(&turned);
            all.push(d.or(&not, &may)?);
        }
    }
    Ok(all)
}

/// The same of an act that an actor may begin or end alone, as far as it may: `alone` says which. A change from one
/// level to another is a beginning.
fn act_steps(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    form: &OptionForm,
    thing: OptionId,
    alone: (bool, bool),
    from_variables: bool,
) -> Result<Vec<Set>, Halt> {
    let option = &form.options[thing.index()];
    let mut may = |d: &mut Diagrams<'_>, alone: bool, conditions| {
        if alone { all_hold(d, formulas, conditions) } else { Ok(d.constant(false)) }
    };
    let (begin, end) = (may(d, alone.0, &option.begins_if)?, may(d, alone.1, &option.ends_if)?);
    let levels: Vec<u32> = form.bits(thing).into_iter().filter_map(|bit| formulas.level(bit)).collect();
    let mut pairs = Vec::with_capacity(levels.len());
    for level in levels {
        pairs.push(before_and_after(d, level, from_variables)?);
    }
    let Some((was, is)) = pairs.first().cloned() else { return Ok(Vec::new()) };
    let mut same = d.constant(true);
    for (before, after) in &pairs {
        let stays = d.iff(before, after)?;
        same = d.and(&same, &stays)?;
    }
    let ended = d.without(&was, &is)?;
    let kept = d.not(&ended);
    let ended = d.or(&kept, &end)?;
    let gone_or_same = d.not(&is);
    let gone_or_same = d.or(&gone_or_same, &same)?;
    let begun = d.or(&gone_or_same, &begin)?;
    Ok(vec![ended, begun])
}
