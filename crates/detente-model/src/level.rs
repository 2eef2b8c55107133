//! Levels: switches in a chain that readers see as one thing with a value.

use std::cmp::Ordering;

use crate::{Expr, Game, OptionForm, OptionId, ScaleId, State};

/// A levelled option or act. Inside, its values are a chain of switches: bit `j` is on where the value is
/// above [`Scale::values`]`[j]` (of an act: above `j` levels, "off" being below the lowest).
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Its first switch.
    pub first: OptionId,
    /// How many switches: one less than values for an option, as many for an act (it can be off).
    pub bits: u32,
    /// The levels, lowest first.
    pub values: Values,
    /// The unit of the numbers.
    pub unit: Option<String>,
}

impl Eq for Scale {}

/// Levels, lowest first.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers, ascending.
    Numbers(Vec<f64>),
    /// Names, in order.
    Names(Vec<String>),
}

impl Values {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(list) => list.len(),
            Self::Names(list) => list.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The level at this place, as the file writes it (names without quotes).
    #[must_use]
    pub fn word(&self, at: usize) -> String {
        match self {
            Self::Numbers(list) => list.get(at).map_or_else(String::new, f64::to_string),
            Self::Names(list) => list.get(at).cloned().unwrap_or_default(),
        }
    }

    /// The level at this place inside a formula: names in quotes.
    #[must_use]
    pub fn text(&self, at: usize) -> String {
        match self {
            Self::Numbers(_) => self.word(at),
            Self::Names(_) => format!("{:?}", self.word(at)),
        }
    }

    /// Whether levels of the two can be compared: numbers with numbers, names with the same names.
    #[must_use]
    pub fn comparable(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Numbers(_), Self::Numbers(_)) => true,
            (Self::Names(a), Self::Names(b)) => a == b,
            _ => false,
        }
    }
}

/// How a comparison compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Compare {
    /// All with their signs in the file, the longer first.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::AtMost, "<="),
        (Self::AtLeast, ">="),
        (Self::Equal, "="),
        (Self::Less, "<"),
        (Self::Greater, ">"),
    ];

    /// Whether it holds where the left side stands so to the right one.
    #[must_use]
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order == Ordering::Equal,
            Self::Less => order == Ordering::Less,
            Self::AtMost => order != Ordering::Greater,
            Self::Greater => order == Ordering::Greater,
            Self::AtLeast => order != Ordering::Less,
        }
    }
}

impl Scale {
    /// Whether it can be off: whether it is an act's.
    #[must_use]
    pub fn can_be_off(&self) -> bool {
        self.bits as usize == self.values.len()
    }

    /// Its switches, lowest first.
    pub fn switches(&self) -> impl DoubleEndedIterator<Item = OptionId> + use<> {
        (self.first.0..self.first.0 + self.bits).map(OptionId)
    }

    /// The place of the value in `state`; `None`: the act is off.
    #[must_use]
    pub fn value(&self, state: &State) -> Option<usize> {
        let above = self.switches().take_while(|&bit| state.is_on(bit)).count();
        if self.can_be_off() { above.checked_sub(1) } else { Some(above) }
    }

    /// The settings of its switches at this place (`None`: off).
    pub fn at(&self, place: Option<usize>) -> impl Iterator<Item = (OptionId, bool)> + use<> {
        let on = match (self.can_be_off(), place) {
            (true, place) => place.map_or(0, |place| place + 1),
            (false, place) => place.unwrap_or(0),
        };
        self.switches().enumerate().map(move |(at, bit)| (bit, at < on))
    }

    /// The value in words: `30 %`, `limited`, `off`.
    #[must_use]
    pub fn in_words(&self, place: Option<usize>) -> String {
        let Some(place) = place else { return "off".to_owned() };
        let word = self.values.word(place);
        match &self.unit {
            Some(unit) => format!("{word} {unit}"),
            None => word,
        }
    }

    /// "The value is at this place", over the switches.
    #[must_use]
    pub fn is(&self, place: Option<usize>) -> Expr {
        let mut parts = Vec::new();
        let on = self.at(place).filter(|(_, on)| *on).count();
        if on > 0 {
            parts.push(Expr::Option(OptionId(self.first.0 + on as u32 - 1)));
        }
        if (on as u32) < self.bits {
            parts.push(Expr::Option(OptionId(self.first.0 + on as u32)).negate());
        }
        if parts.len() == 1 { parts.remove(0) } else { Expr::And(parts) }
    }

    /// The formula that holds at exactly those values that `holds` accepts; an act that is off has none.
    #[must_use]
    pub fn where_value(&self, holds: impl Fn(usize) -> bool) -> Expr {
        let places: Vec<usize> = (0..self.values.len()).filter(|&at| holds(at)).collect();
        let bit = |at: usize| Expr::Option(OptionId(self.first.0 + at as u32));
        // Runs of places one after the other are "above the one before, not above the last".
        let shift = usize::from(self.can_be_off());
        let mut runs = Vec::new();
        let mut at = 0;
        while at < places.len() {
            let from = places[at];
            while at + 1 < places.len() && places[at + 1] == places[at] + 1 {
                at += 1;
            }
            let to = places[at];
            at += 1;
            let mut parts = Vec::new();
            if from + shift > 0 {
                parts.push(bit(from + shift - 1));
            }
            if to + shift < self.bits as usize {
                parts.push(bit(to + shift).negate());
            }
            runs.push(if parts.len() == 1 { parts.remove(0) } else { Expr::And(parts) });
        }
        if runs.len() == 1 { runs.remove(0) } else { Expr::Or(runs) }
    }
}

impl OptionForm {
    /// The scale with this place.
    #[must_use]
    pub fn scale(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.get(id.index())
    }

    /// The scale that a switch is a bit of.
    #[must_use]
    pub fn scale_of(&self, switch: OptionId) -> Option<&Scale> {
        let (id, _) = self.options.get(switch.index())?.scale?;
        self.scale(id)
    }
}

impl Game {
    /// The switches that stand for things: of a levelled option or act its first bit only.
    pub fn things(&self) -> impl Iterator<Item = OptionId> + '_ {
        let first = |o: &crate::Opt| o.scale.is_none_or(|(_, at)| at == 0);
        self.options().iter().enumerate().filter(move |(_, o)| first(o)).map(|(at, _)| OptionId::from(at))
    }

    /// The things of an actor ([`crate::ActorId::NOBODY`]: acts and chance events).
    pub fn things_of(&self, actor: crate::ActorId) -> impl Iterator<Item = OptionId> + '_ {
        self.things().filter(move |thing| self.options().get(thing.index()).is_some_and(|o| o.actor == actor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_hold_at_their_values() {
        for (bits, count) in [(3, 4), (4, 4), (1, 2), (1, 1)] {
            let values = Values::Numbers((0..count).map(f64::from).collect());
            let scale = Scale { first: OptionId(2), bits, values, unit: None };
            let off = scale.can_be_off().then_some(None);
            for place in (0..count as usize).map(Some).chain(off) {
                let state = State::with_on(scale.at(place).filter(|(_, on)| *on).map(|(bit, _)| bit));
                assert_eq!(scale.value(&state), place);
                let holds = |f: &Expr| f.eval(&|o| state.is_on(o), &|_| false);
                for other in (0..count as usize).map(Some).chain(off) {
                    assert_eq!(holds(&scale.is(other)), other == place);
                }
                for set in 0..1_usize << count {
                    let formula = scale.where_value(|at| set >> at & 1 == 1);
                    assert_eq!(
                        holds(&formula),
                        place.is_some_and(|at| set >> at & 1 == 1),
                        "{set:b} {place:?}"
                    );
                }
            }
        }
    }
}
