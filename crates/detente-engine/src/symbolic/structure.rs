//! The structure of a set, read off its diagram. Definitions: [`crate::structure`].

use detente_model::{OptionId, State};
use num_bigint::BigUint;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::diagram::{Diagrams, Frozen, Halt, Set};
use super::large_patterns::large_patterns;
use crate::structure::{Ask, Part, Projection, Structure};
use crate::{Quiet, Stop};

/// Diagram steps for parts, and for each projection: about half a second at most.
const MOST_STEPS: u64 = 1 << 22;
/// Ways of a projection that are counted one by one.
const MOST_WAYS: u32 = crate::caps::WAYS.most as u32;
/// Nodes looked at while ways are counted.
const MOST_LOOKS: usize = 1 << 24;

/// The structure of `set`, whose positions are the options `order`.
pub(crate) fn structure(set: &Frozen, order: &[usize], ask: &Ask) -> Structure {
    let places = places(order);
    let mut answer = match parts(set, order, ask) {
        Ok((free, parts)) => Structure { free, parts, complete: true, ..Structure::default() },
        Err(Halt(_)) => Structure::default(),
    };
    let from = ask.from.as_ref();
    answer.distances = from
        .and_then(|from| set.distances(order.len(), |position| from.is_on(OptionId::from(order[position]))));
    answer.examples = examples(set, order, ask);
    answer.projections =
        ask.projections.iter().map(|options| projection(set, &places, options, ask).ok()).collect();
    answer
}

/// States drawn uniformly and independently.
pub(super) fn examples(set: &Frozen, order: &[usize], ask: &Ask) -> Vec<State> {
    let mut random = ChaCha8Rng::seed_from_u64(ask.seed);
    let draws = set.sample(order.len(), ask.examples, |n| below(&mut random, n));
    let state = |draw: Vec<bool>| {
        let on = draw.into_iter().zip(order).filter(|(on, _)| *on);
        State::with_on(on.map(|(_, &option)| OptionId::from(option)))
    };
    draws.into_iter().map(state).collect()
}

/// The structure of listed states.
pub(crate) fn structure_of_list(states: &[State], ask: &Ask) -> Structure {
    let numbers: Option<Vec<u64>> = states.iter().map(State::number).collect();
    match numbers {
        Some(numbers) if ask.options <= 64 => structure_of_numbers(&numbers, ask),
        _ => {
            let order: Vec<usize> = (0..ask.options).collect();
            structure(&of_states(states, &order), &order, ask)
        }
    }
}

/// The structure of states by their numbers, of at most 64 options.
pub(crate) fn structure_of_numbers(numbers: &[u64], ask: &Ask) -> Structure {
    let order: Vec<usize> = (0..ask.options).collect();
    structure(&Frozen::of_numbers(numbers, ask.options), &order, ask)
}

/// The diagram of states of any number of options, from one diagram for each of them.
fn of_states(states: &[State], order: &[usize]) -> Frozen {
    let mut d = Diagrams::new(u64::MAX, &Quiet);
    // Without a bound on memory, this does not fail.
    let mut sets: Vec<Set> = states
        .iter()
        .filter_map(|s| d.literals(order.iter().map(|&o| (2 * o as u32, s.is_on(OptionId::from(o))))).ok())
        .collect();
    // Neighbours first: they share most.
    let whole = super::formula::join(&mut d, std::mem::take(&mut sets), false);
    whole.map(|set| d.freeze(&[set])).unwrap_or_default()
}

fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (position, &option) in order.iter().enumerate() {
        places[option] = position;
    }
    places
}

/// A uniform number below `n`.
fn below(random: &mut ChaCha8Rng, n: &BigUint) -> BigUint {
    let bits = n.bits();
    loop {
        let words = (0..bits.div_ceil(32)).map(|_| random.next_u32()).collect();
        let number = BigUint::new(words) >> (bits.div_ceil(32) * 32 - bits);
        if number < *n {
            return number;
        }
    }
}

/// Free options, and the parts.
fn parts(set: &Frozen, order: &[usize], ask: &Ask) -> Result<(Vec<OptionId>, Vec<Part>), Halt> {
    let count = order.len();
    let mut d = Diagrams::new(u64::MAX, &Quiet).with_budget(ask.work.unwrap_or(MOST_STEPS));
    let mut rest = d.thaw(set)?.pop().ok_or(Halt(Stop::Work))?;
    if rest.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    // Fixed and free options say nothing about the others.
    let (mut free, mut tied) = (Vec::new(), Vec::new());
    for (position, fixed) in set.fixed(count).into_iter().enumerate() {
        let level = 2 * position as u32;
        let off = d.fix(&rest, level, false)?;
        let on = d.fix(&rest, level, true)?;
        match fixed {
            Some(true) => rest = on,
            Some(false) => rest = off,
            None if on == off => {
                free.push(OptionId::from(order[position]));
                rest = on;
            }
            None => tied.push(position),
        }
    }
    free.sort_unstable();
    // What is allowed before each cut, and after it.
    let mut before = vec![rest.clone()];
    for &position in tied.iter().rev() {
        let cube = d.cube([2 * position as u32])?;
        let next = d.exists(&before[before.len() - 1], &cube)?;
        before.push(next);
    }
    before.reverse();
    let mut after = rest.clone();
    let mut first = 0;
    let mut parts = Vec::new();
    for cut in 1..=tied.len() {
        let cube = d.cube([2 * tied[cut - 1] as u32])?;
        after = d.exists(&after, &cube)?;
        if d.and(&before[cut], &after)? != rest {
            continue;
        }
        let members = &tied[first..cut];
        let earlier = d.cube(tied[..first].iter().map(|&position| 2 * position as u32))?;
        let own = d.exists(&before[cut], &earlier)?;
        for (members, own) in finer(&mut d, &own, members)? {
            let frozen = d.freeze(std::slice::from_ref(&own));
            let mut options: Vec<OptionId> = members.iter().map(|&p| OptionId::from(order[p])).collect();
            options.sort_unstable();
            let ways = frozen.count(count) >> (count - members.len());
            parts.push(Part { options, ways, patterns: large_patterns(&frozen, order, ask.patterns) });
        }
        first = cut;
    }
    parts.sort_by(|a, b| a.options.cmp(&b.options));
    Ok((free, parts))
}

/// `set`, which depends on the positions `members`, as the product of the finest parts that it has.
///
/// Two options that depend on each other, all others left aside, are in one part. These groups are taken up one after
/// the other: with each, what was a part of the set as seen on the groups before stays one when it still goes with
/// everything else, and is of the new group's part otherwise. A set has one finest product, so the order does not matter.
fn finer(d: &mut Diagrams<'_>, set: &Set, members: &[usize]) -> Result<Vec<(Vec<usize>, Set)>, Halt> {
    let onto = |d: &mut Diagrams<'_>, kept: &[usize]| {
        let others = members.iter().filter(|p| !kept.contains(p)).map(|&p| 2 * p as u32);
        let others = d.cube(others)?;
        d.exists(set, &others)
    };
    let mut group: Vec<usize> = (0..members.len()).collect();
    for a in 0..members.len() {
        for b in a + 1..members.len() {
            // Neither is fixed: alone, each can be anything.
            if group[a] != group[b] && !onto(d, &[members[a], members[b]])?.is_all() {
                let (from, to) = (group[b], group[a]);
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    let (mut seen, mut parts): (Vec<usize>, Vec<(Vec<usize>, Set)>) = (Vec::new(), Vec::new());
    for at in (0..members.len()).filter(|&at| group[at] == at) {
        let mut own: Vec<usize> =
            (0..members.len()).filter(|&o| group[o] == at).map(|o| members[o]).collect();
        seen.extend(&own);
        let whole = onto(d, &seen)?;
        let mut stay = Vec::new();
        for (part, shadow) in parts {
            let rest: Vec<usize> = seen.iter().copied().filter(|p| !part.contains(p)).collect();
            let rest = onto(d, &rest)?;
            if d.and(&shadow, &rest)? == whole {
                stay.push((part, shadow));
            } else {
                own.extend(part);
            }
        }
        own.sort_unstable();
        let shadow = onto(d, &own)?;
        stay.push((own, shadow));
        parts = stay;
    }
    Ok(parts)
}

/// The ways in which `options` can be set.
fn projection(set: &Frozen, places: &[usize], options: &[OptionId], ask: &Ask) -> Result<Projection, Halt> {
    let count = places.len();
    let mut d = Diagrams::new(u64::MAX, &Quiet).with_budget(ask.work.unwrap_or(MOST_STEPS));
    let all = d.thaw(set)?.pop().ok_or(Halt(Stop::Work))?;
    let level = |option: &OptionId| 2 * places[option.index()] as u32;
    let options: Vec<OptionId> = options.iter().copied().filter(|o| o.index() < count).collect();
    let own: Vec<u32> = options.iter().map(level).collect();
    let others = d.cube((0..count).map(|p| 2 * p as u32).filter(|l| !own.contains(l)))?;
    let shadow = d.exists(&all, &others)?;
    let ways = d.freeze(std::slice::from_ref(&shadow)).count(count) >> (count - options.len());
    let mut first = Vec::new();
    if ask.ways > 0 && ways <= BigUint::from(MOST_WAYS) {
        let mut ends: Vec<(Vec<bool>, Set)> = Vec::new();
        let mut open = vec![(all, Vec::new())];
        while let Some((set, values)) = open.pop() {
            let Some(option) = options.get(values.len()) else {
                ends.push((values, set));
                continue;
            };
            for on in [true, false] {
                let half = d.fix(&set, level(option), on)?;
                if !half.is_empty() {
                    let mut values = values.clone();
                    values.push(on);
                    open.push((half, values));
                }
            }
        }
        // Together, for they share most of their nodes.
        let (values, sets): (Vec<Vec<bool>>, Vec<Set>) = ends.into_iter().unzip();
        let frozen = d.freeze(&sets);
        if frozen.nodes.len() > MOST_LOOKS {
            return Err(Halt(Stop::Work));
        }
        let counts = frozen.counts(count).into_iter().map(|count| count >> options.len());
        first = values.into_iter().zip(counts).collect();
        first.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        first.truncate(ask.ways);
    }
    Ok(Projection { options, ways, first })
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use rand::RngExt;

    use super::*;

    /// Built from the numbers in passes, the diagram is the one that is put together state by state.
    #[test]
    fn a_list_has_one_diagram() {
        let mut random = ChaCha8Rng::seed_from_u64(11);
        for round in 0..200_usize {
            let options = round % 11;
            let share = random.random_range(0.0..=1.0);
            let numbers: Vec<u64> = (0..1_u64 << options).filter(|_| random.random_bool(share)).collect();
            let states: Vec<State> = numbers.iter().map(|n| State::from_number(*n)).collect();
            let order: Vec<usize> = (0..options).collect();
            let (fast, plain) = (Frozen::of_numbers(&numbers, options), of_states(&states, &order));
            let mut d = Diagrams::new(u64::MAX, &Quiet);
            let sets = [fast, plain].map(|frozen| d.thaw(&frozen).map(|mut sets| sets.pop()));
            let [Ok(Some(fast)), Ok(plain)] = sets else { panic!("no diagram") };
            // Of no states there is no diagram to put together.
            assert!(plain.map_or(fast.is_empty(), |plain| plain == fast), "{options} options, {numbers:?}");
        }
    }
}
