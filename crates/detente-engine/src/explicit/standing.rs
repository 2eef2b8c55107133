//! What lasts beyond being an equilibrium: which states are within reach, and which no date undoes.
//!
//! # Definition
//! Within reach of a start is what moves of anybody, improving or not, and dates make of it. A state stands against a
//! date when the date leaves it as it is. Both are bits over places.
//!
//! # Complexity
//! Reach: one search over places and classes (lists, arcs); in a box, passes over words until nothing comes in. Where
//! all states are within reach of each other whatever they are, nothing is searched.

use detente_model::{Deadline, Expr, Game, OptionForm, State};

use super::graph::ArcField;
use super::mover::Mover;
use super::space::{LOW_BITS, Space};
use super::words::truth_bits;
use crate::{Stop, Watch};

/// Bits over places.
pub(crate) type Bits = Vec<u64>;

/// What was found of every slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// One per slice of the game.
    pub(crate) slices: Vec<SliceBits>,
    /// The states that no date undoes; `None`: all.
    pub(crate) unmoved: Option<Bits>,
}

/// One slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SliceBits {
    /// Its states; `None`: all.
    pub(crate) here: Option<Bits>,
    /// What is within reach of its start; `Some(None)`: all that is here. `None`: not computed.
    pub(crate) reach: Option<Option<Bits>>,
}

/// How one gets from place to place.
pub(super) enum Ways<'a> {
    /// Along listed arcs.
    Arcs(&'a ArcField),
    /// Within classes of a list.
    Classes(&'a [Mover<'a>]),
    /// In a box: of each actor its own options, those from off to on only, those from on to off only.
    Box(Vec<[u64; 3]>),
}

impl Standing {
    /// What stands in `game`.
    ///
    /// # Errors
    /// What the watch says.
    pub(super) fn new(game: &Game, space: &Space, ways: &Ways<'_>, watch: &dyn Watch) -> Result<Self, Stop> {
        let nothing = OptionForm::default();
        let form = game.option_form().unwrap_or(&nothing);
        let dates: Vec<Date<'_>> = game.deadlines_ahead().map(|d| Date::new(game, form, space, d)).collect();
        let unmoved = (!dates.is_empty()).then(|| {
            let all = |word: usize| dates.iter().fold(u64::MAX, |all, date| all & date.leaves[word]);
            (0..space.words()).map(all).collect::<Bits>()
        });
        let mut slices = Vec::new();
        for slice in game.slices() {
            let here = (!slice.here.is_empty()).then(|| {
                let literals = slice.here.iter().map(|&(switch, on)| {
                    if on { Expr::Option(switch) } else { Expr::Option(switch).negate() }
                });
                truth_bits(form, space, &Expr::And(literals.collect()))
            });
            let reach = match &slice.start {
                None => Some(None),
                Some(Err(_)) => None,
                Some(Ok(_)) if game.all_within_reach() => Some(None),
                Some(Ok(start)) => Some(Some(reach(space, ways, &dates, start, watch)?)),
            };
            slices.push(SliceBits { here, reach });
        }
        Ok(Self { slices, unmoved })
    }
}

/// A date over the places of a space.
struct Date<'g> {
    game: &'g Game,
    deadline: &'g Deadline,
    /// The states that it leaves as they are.
    leaves: Bits,
}

impl<'g> Date<'g> {
    fn new(game: &'g Game, form: &OptionForm, space: &Space, deadline: &'g Deadline) -> Self {
        let literals = deadline
            .then
            .iter()
            .map(|&(switch, on)| if on { Expr::Option(switch) } else { Expr::Option(switch).negate() });
        let so_already = Expr::And(literals.collect());
        let leaves = match &deadline.unless {
            Some(unless) => Expr::Or(vec![unless.clone(), so_already]),
            None => so_already,
        };
        Self { game, deadline, leaves: truth_bits(form, space, &leaves) }
    }

    fn after(&self, space: &Space, place: usize) -> Option<usize> {
        let after = self.game.after(self.deadline, &State::from_number(space.number(place)));
        space.place(after.number()?)
    }
}

/// What is within reach of `start`.
fn reach(
    space: &Space,
    ways: &Ways<'_>,
    dates: &[Date<'_>],
    start: &State,
    watch: &dyn Watch,
) -> Result<Bits, Stop> {
    let mut bits = vec![0; space.words()];
    let Some(place) = start.number().and_then(|number| space.place(number)) else { return Ok(bits) };
    let mut fresh = vec![place as u32];
    bits[place / 64] |= 1 << (place % 64);
    loop {
        match ways {
            Ways::Arcs(field) => field.spread(&mut bits, fresh, watch)?,
            Ways::Classes(movers) => classes(movers, space, &mut bits, fresh, watch)?,
            Ways::Box(actors) => flood(actors, space, &mut bits, watch)?,
        }
        fresh = Vec::new();
        for date in dates {
            for word in 0..bits.len() {
                let mut moved = bits[word] & !date.leaves[word];
                while moved != 0 {
                    let place = word * 64 + moved.trailing_zeros() as usize;
                    moved &= moved - 1;
                    if let Some(after) = date.after(space, place)
                        && bits[after / 64] >> (after % 64) & 1 == 0
                    {
                        bits[after / 64] |= 1 << (after % 64);
                        fresh.push(after as u32);
                    }
                }
            }
        }
        if fresh.is_empty() {
            return Ok(bits);
        }
    }
}

/// Everything that moves within classes lead to from `open`; a class that can be entered is entered once.
fn classes(
    movers: &[Mover<'_>],
    space: &Space,
    bits: &mut Bits,
    mut open: Vec<u32>,
    watch: &dyn Watch,
) -> Result<(), Stop> {
    let mut entered: Vec<Vec<bool>> = movers.iter().map(|mover| vec![false; mover.class_count()]).collect();
    let mut steps = 0_u32;
    debug_assert!(bits.len() == space.words());
    while let Some(place) = open.pop() {
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(1 << 14)
            && let Some(stop) = watch.stop()
        {
            return Err(stop);
        }
        for (mover, entered) in movers.iter().zip(&mut entered) {
            for class in (0..).map_while(|at| mover.class_in_group(place, at)) {
                if !entered[class as usize] && mover.enters(place, class) {
                    entered[class as usize] = true;
                    for &to in mover.class_members(class) {
                        let (word, bit) = (to as usize / 64, to % 64);
                        if bits[word] >> bit & 1 == 0 {
                            bits[word] |= 1 << bit;
                            open.push(to);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// The same in a box: each actor's options are smeared over all assignments, then what is infeasible falls away;
/// actor by actor until nothing comes in.
fn flood(actors: &[[u64; 3]], space: &Space, bits: &mut Bits, watch: &dyn Watch) -> Result<(), Stop> {
    let mut idle = 0;
    for [own, on_only, off_only] in actors.iter().cycle() {
        if let Some(stop) = watch.stop() {
            return Err(stop);
        }
        let before = bits.clone();
        for option in (0..64).filter(|option| own >> option & 1 == 1) {
            let (up, down) = (off_only >> option & 1 == 0, on_only >> option & 1 == 0);
            smear(bits, option, up, down);
        }
        for (word, all) in bits.iter_mut().enumerate() {
            *all &= space.feasible_word(word);
        }
        idle = if *bits == before { idle + 1 } else { 1 };
        if idle > actors.len() {
            break;
        }
    }
    Ok(())
}

/// Every assignment in `bits` also with `option` on (`up`) and off (`down`).
fn smear(bits: &mut Bits, option: usize, up: bool, down: bool) {
    match LOW_BITS.get(option) {
        Some(&on) => {
            let shift = 1 << option;
            for word in bits {
                let (above, below) = ((*word & !on) << shift, (*word & on) >> shift);
                *word |= if up { above } else { 0 } | if down { below } else { 0 };
            }
        }
        None => {
            let step = 1 << (option - LOW_BITS.len());
            for pair in bits.chunks_mut(2 * step) {
                if pair.len() <= step {
                    continue;
                }
                let (off, on) = pair.split_at_mut(step);
                for (off, on) in off.iter_mut().zip(on) {
                    let (was_off, was_on) = (*off, *on);
                    *on |= if up { was_off } else { 0 };
                    *off |= if down { was_on } else { 0 };
                }
            }
        }
    }
}
