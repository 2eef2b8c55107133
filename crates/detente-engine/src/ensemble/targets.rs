//! Sets of states that are asked about, one bit per place among the states of an ensemble.

use detente_model::{OptionForm, OutcomeStates, State};

use super::lanes::plan::holds;
use crate::explicit::space::Space;

/// The lanes with an equilibrium inside, and outside, the states of `members`.
pub(crate) fn split(members: &[u64], lasting: &[u64]) -> (u64, u64) {
    let (mut inside, mut outside) = (0, 0);
    for (word, states) in members.iter().zip(lasting.chunks(64)) {
        for (at, lanes) in states.iter().enumerate() {
            let member = (word >> at & 1).wrapping_neg();
            inside |= lanes & member;
            outside |= lanes & !member;
        }
    }
    (inside, outside)
}

/// The states of `target` in option form, one bit per place.
pub(crate) fn members(form: &OptionForm, space: &Space, target: &OutcomeStates) -> Vec<u64> {
    let mut bits = vec![0; space.places().div_ceil(64)];
    let mut enter = |place: usize| bits[place / 64] |= 1_u64 << (place % 64);
    match target {
        OutcomeStates::Formula(formula) => {
            holds(space, form, &[formula]).concat().into_iter().for_each(|place| enter(place as usize));
        }
        OutcomeStates::Listed(list) => {
            let places = list.iter().filter_map(|s| s.number().and_then(|n| space.place(n)));
            places.for_each(enter);
        }
    }
    bits
}

/// The states of `target` in graph form, one bit per place.
pub(crate) fn listed(states: &[State], target: &OutcomeStates) -> Vec<u64> {
    let mut bits = vec![0_u64; states.len().div_ceil(64)];
    if let OutcomeStates::Listed(list) = target {
        for place in list.iter().filter_map(|s| states.binary_search(s).ok()) {
            bits[place / 64] |= 1 << (place % 64);
        }
    }
    bits
}
