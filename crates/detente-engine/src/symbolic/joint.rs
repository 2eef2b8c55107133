//! What several do together, as sets: an act switches what it switches to fixed values, so that a move needs no copy of
//! the state. Where it leads is the state with those values; the states that lead into a set are a cofactor of it.
//!
//! # Definition
//! As [`detente_model::OptionForm::joint_move`]. A joint mover has a piece for each way in which its step may look: an
//! act that begins brings its company (`with`) along, one that goes from one level to another does not.
//!
//! # Complexity
//! A comparison of level vectors for each party; one cofactor for each switch whenever a set is asked about.

use detente_model::{Condition, Direction, Game, Joint as Deed, OptionForm, OptionId, Step};

use super::board::Player;
use super::diagram::{Diagrams, Halt, Set};
use super::formula::{Formulas, join};
use super::levels::above;

/// By position, to what.
pub(super) type Switches = Vec<(usize, bool)>;

/// One joint mover.
pub(crate) struct Joint {
    /// Who takes part, by place.
    pub(crate) parties: Vec<usize>,
    /// Its moves; no two from one state.
    pub(crate) pieces: Vec<Piece>,
}

impl Joint {
    /// Whether the actor at this place takes part.
    pub(crate) fn has(&self, actor: usize) -> bool {
        self.parties.contains(&actor)
    }
}

/// Moves that switch the same to the same.
pub(crate) struct Piece {
    /// What it switches: by position, to what.
    pub(crate) switches: Switches,
    /// The feasible states from which it leads to a feasible state, as conditions and directions allow.
    pub(crate) open: Set,
    /// Of these, the states that it improves for each of the parties.
    pub(crate) wanted: Set,
}

impl Piece {
    /// The states `s` with `set(after(s))`, whether the move is open there or not.
    pub(crate) fn before(&self, d: &mut Diagrams<'_>, set: &Set) -> Result<Set, Halt> {
        cofactor(d, set, &self.switches)
    }

    /// The same of each set of a vector.
    pub(crate) fn all_before(&self, d: &mut Diagrams<'_>, vector: &[Set]) -> Result<Vec<Set>, Halt> {
        vector.iter().map(|set| self.before(d, set)).collect()
    }

    /// Where the states of `from` lead, from all of which it is open.
    pub(crate) fn after(&self, d: &mut Diagrams<'_>, from: &Set) -> Result<Set, Halt> {
        let over = d.cube(self.switches.iter().map(|(at, _)| level(*at)))?;
        let there = d.literals(self.switches.iter().map(|(at, on)| (level(*at), *on)))?;
        let rest = d.exists(from, &over)?;
        d.and(&rest, &there)
    }
}

/// All joint movers of `game`, in its order.
pub(super) fn joint(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    game: &Game,
    form: &OptionForm,
    feasible: &Set,
    players: &[Player],
) -> Result<Vec<Joint>, Halt> {
    let mut all = Vec::new();
    for mover in game.movers() {
        let Some(deed) = mover.joint else { continue };
        let parties: Vec<usize> = mover.parties.iter().map(|party| party.index()).collect();
        let mut pieces = Vec::new();
        for (open, switches) in moves(d, formulas, form, deed)? {
            let into = cofactor(d, feasible, &switches)?;
            let open = join(d, vec![feasible.clone(), into, open], true)?;
            let mut wanted = open.clone();
            for levels in parties.iter().filter_map(|party| players.get(*party)).map(|player| &player.levels)
            {
                let then =
                    levels.iter().map(|set| cofactor(d, set, &switches)).collect::<Result<Vec<_>, _>>()?;
                let better = above(d, &then, levels)?;
                wanted = d.and(&wanted, &better)?;
            }
            pieces.push(Piece { switches, open, wanted });
        }
        all.push(Joint { parties, pieces });
    }
    Ok(all)
}

/// From where several can do something with their act, feasible or not, and what that switches.
fn moves(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    form: &OptionForm,
    deed: Deed,
) -> Result<Vec<(Set, Switches)>, Halt> {
    let Some(act) = form.acts.get(deed.act.index()) else { return Ok(Vec::new()) };
    let Some(option) = form.options.get(act.first.index()) else { return Ok(Vec::new()) };
    let bits = form.bits(act.first);
    let goal = match deed.step {
        Step::End => 0,
        Step::Begin(level) => level as usize + 1,
    };
    // It is at its goal where the switch below that is on and the one above is off.
    let below = goal.checked_sub(1).and_then(|at| bits.get(at)).map(|&bit| (bit, true));
    let beyond = bits.get(goal).map(|&bit| (bit, false));
    let there = literals(d, formulas, below.into_iter().chain(beyond))?;
    let conditions = if goal == 0 { &option.ends_if } else { &option.begins_if };
    let may = all_hold(d, formulas, conditions)?;
    let may = d.without(&may, &there)?;
    let own: Vec<(OptionId, bool)> = bits.iter().enumerate().map(|(at, &bit)| (bit, at < goal)).collect();
    let alone = places(formulas, &own);
    if goal == 0 || act.with.is_empty() {
        return Ok(vec![(may, alone)]);
    }
    let begun = literals(d, formulas, [(act.first, true)])?;
    let from_another_level = d.and(&may, &begun)?;
    let mut open = d.without(&may, &begun)?;
    for &(switch, on) in &act.with {
        let Some(with) = form.options.get(switch.index()) else { continue };
        let (barred, conditions) = match on {
            true => (Direction::OffOnly, &with.begins_if),
            false => (Direction::OnOnly, &with.ends_if),
        };
        let so_already = literals(d, formulas, [(switch, on)])?;
        // What comes along is judged as if the act were done.
        let allowed = if with.direction == barred {
            d.constant(false)
        } else {
            let holds = all_hold(d, formulas, conditions)?;
            cofactor(d, &holds, &alone)?
        };
        let allowed = d.or(&so_already, &allowed)?;
        open = d.and(&open, &allowed)?;
    }
    let together = places(formulas, &own.iter().chain(&act.with).copied().collect::<Vec<_>>());
    let mut found = vec![(open, together)];
    if bits.len() > 1 {
        found.push((from_another_level, alone));
    }
    Ok(found)
}

fn level(position: usize) -> u32 {
    2 * position as u32
}

fn places(formulas: &Formulas, switches: &[(OptionId, bool)]) -> Vec<(usize, bool)> {
    switches.iter().filter_map(|&(o, on)| Some((formulas.level(o)? as usize / 2, on))).collect()
}

/// `set` where the switches are as given; it no longer depends on them.
fn cofactor(d: &mut Diagrams<'_>, set: &Set, switches: &[(usize, bool)]) -> Result<Set, Halt> {
    switches.iter().try_fold(set.clone(), |set, &(at, on)| d.fix(&set, level(at), on))
}

fn literals(
    d: &mut Diagrams<'_>,
    formulas: &Formulas,
    switches: impl IntoIterator<Item = (OptionId, bool)>,
) -> Result<Set, Halt> {
    let levels: Vec<(u32, bool)> =
        switches.into_iter().filter_map(|(o, on)| Some((formulas.level(o)?, on))).collect();
    d.literals(levels)
}

/// Where all conditions hold.
pub(super) fn all_hold(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    conditions: &[Condition],
) -> Result<Set, Halt> {
    let sets = conditions.iter().map(|c| formulas.set(d, &c.that)).collect::<Result<Vec<_>, _>>()?;
    join(d, sets, true)
}
