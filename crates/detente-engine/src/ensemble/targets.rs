//! Sets of states that are asked about: per place among the states of an ensemble, all ones or zero.

use detente_model::{OptionForm, OutcomeStates, State};

use super::lanes::plan::holds;
use crate::explicit::space::Space;

/// Per target: the lanes with an equilibrium inside, and outside, its states, of those that show what is given.
pub(crate) fn split(targets: &[Vec<u64>], given: &[Option<Vec<u64>>], lasting: &[u64]) -> Vec<(u64, u64)> {
    let split = |(members, given): (&Vec<u64>, &Option<Vec<u64>>)| {
        let pairs = members.iter().zip(lasting).enumerate();
        pairs.fold((0, 0), |(inside, outside), (place, (member, here))| {
            let here = here & given.as_ref().map_or(u64::MAX, |given| given[place]);
            (inside | here & member, outside | here & !member)
        })
    };
    targets.iter().zip(given).map(split).collect()
}

/// The states of `target` in option form: per place, all ones or zero.
pub(crate) fn members(form: &OptionForm, space: &Space, target: &OutcomeStates) -> Vec<u64> {
    let mut bits = vec![0; space.places()];
    let mut enter = |place: usize| bits[place] = u64::MAX;
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

/// The states of `target` in graph form: per place, all ones or zero.
pub(crate) fn listed(states: &[State], target: &OutcomeStates) -> Vec<u64> {
    let mut bits = vec![0_u64; states.len()];
    if let OutcomeStates::Listed(list) = target {
        for place in list.iter().filter_map(|s| states.binary_search(s).ok()) {
            bits[place] = u64::MAX;
        }
    }
    bits
}
