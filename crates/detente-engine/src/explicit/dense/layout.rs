//! Where options stand in the arrays of one focal actor.

use detente_model::{Direction, Opt};

/// States in a line: 64, the unit of vectors, dirty marks and padding.
pub(super) const LINE: usize = 64;
/// Bits of a place inside a line.
pub(super) const LINE_BITS: u32 = 6;

/// The options of one opponent: adjacent bits of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Whose, by position in file order.
    pub(super) actor: usize,
    /// The lowest bit.
    pub(super) low: u32,
    /// How many bits; at least 1.
    pub(super) width: u32,
    /// Bits that only turn on, counted from `low`.
    pub(super) on_only: u32,
    /// Bits that only turn off, counted from `low`.
    pub(super) off_only: u32,
}

impl Field {
    /// States in a group of this opponent: same options of all others.
    pub(super) fn group(&self) -> usize {
        1 << self.width
    }

    /// Bits that move one way only.
    pub(super) fn one_way(&self) -> u32 {
        self.on_only | self.off_only
    }

    /// Whether a move from row `s` to row `t` of a group respects one-way options.
    #[inline(always)]
    pub(super) fn allows(&self, s: u32, t: u32) -> bool {
        (s & !t & self.on_only) | (t & !s & self.off_only) == 0
    }
}

/// How a place of the arrays of one focal actor is made up of options.
///
/// From the lowest bit: the fields of the opponents, widest first; the focal actor's options
/// that move both ways; padding up to six bits; its one-way options. So the states in which the
/// focal actor's options are fixed (a *slice*) are adjacent, and its own moves go from slice to
/// slice at the same offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Bits of a place: the number of options, at least 6.
    pub(super) bits: u32,
    /// Bits of a slice.
    pub(super) slice: u32,
    /// Opponents that have options, widest first.
    pub(super) fields: Vec<Field>,
    /// The bit of each option, in option order.
    pub(super) position: Vec<u32>,
    /// Own bits that only turn on, as a mask of the place.
    pub(super) own_on_only: u64,
    /// Own bits that only turn off, as a mask of the place.
    pub(super) own_off_only: u64,
    /// Padding bits, as a mask of the place; a state with one of them on does not exist.
    pub(super) padding: u64,
    /// The part of a state number that a lane of a line fixes.
    pub(super) lanes: [u32; LINE],
    /// How many own one-way bits stand at the top.
    pub(super) own_one_way: u32,
    /// How many own options.
    pub(super) own: u32,
}

impl Layout {
    /// The layout for the actor at position `focal` of `actors`.
    pub(super) fn new(options: &[Opt], actors: usize, focal: usize) -> Self {
        let of = |actor: usize| {
            options.iter().enumerate().filter(move |(_, o)| o.actor.index() == actor).map(|(at, _)| at)
        };
        let mut opponents: Vec<usize> =
            (0..actors).filter(|&a| a != focal && of(a).next().is_some()).collect();
        opponents.sort_by_key(|&a| std::cmp::Reverse(of(a).count()));
        let mut position = vec![0; options.len()];
        let mut next = 0;
        let mut place = |option: usize, next: &mut u32| {
            position[option] = *next;
            *next += 1;
        };
        let mut fields = Vec::with_capacity(opponents.len());
        for actor in opponents {
            let mut field = Field { actor, low: next, width: 0, on_only: 0, off_only: 0 };
            for option in of(actor) {
                match options[option].direction {
                    Direction::Both => {}
                    Direction::OnOnly => field.on_only |= 1 << field.width,
                    Direction::OffOnly => field.off_only |= 1 << field.width,
                }
                field.width += 1;
                place(option, &mut next);
            }
            fields.push(field);
        }
        let slice = next;
        for option in of(focal).filter(|&o| options[o].direction == Direction::Both) {
            place(option, &mut next);
        }
        let pad = LINE_BITS.saturating_sub(options.len() as u32);
        let padding = ((1_u64 << pad) - 1) << next;
        next += pad;
        let (mut own_on_only, mut own_off_only, mut own_one_way) = (0, 0, 0);
        for option in of(focal).filter(|&o| options[o].direction != Direction::Both) {
            match options[option].direction {
                Direction::OffOnly => own_off_only |= 1 << next,
                _ => own_on_only |= 1 << next,
            }
            own_one_way += 1;
            place(option, &mut next);
        }
        let own = of(focal).count() as u32;
        let lanes = std::array::from_fn(|lane| number(&position, lane as u64) as u32);
        let bits = next;
        Self { bits, slice, fields, position, own_on_only, own_off_only, padding, lanes, own_one_way, own }
    }

    /// The state number of a place (padding is ignored).
    pub(super) fn number(&self, place: u64) -> u64 {
        number(&self.position, place)
    }

    /// The place of a state number.
    pub(super) fn place(&self, number: u64) -> usize {
        self.position
            .iter()
            .enumerate()
            .fold(0, |p, (option, &bit)| p | ((number >> option & 1) as usize) << bit)
    }
}

fn number(position: &[u32], place: u64) -> u64 {
    position.iter().enumerate().fold(0, |n, (option, &bit)| n | (place >> bit & 1) << option)
}
