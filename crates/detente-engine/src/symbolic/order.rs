//! The order of options in the diagrams.
//!
//! # Definition
//! FORCE: options that stand in one rule or statement should be close together. From a start,
//! every rule or statement is placed at the mean position of its options, then every option at
//! the mean of its rules and statements, and options are sorted by that; repeated until the sum
//! of the spans (last minus first position of each rule and statement) stops falling. The best of
//! several starts is taken: file order and some fixed pseudo-random ones.
//!
//! # Complexity
//! O(starts × rounds × (size of all rules and statements + options × log options)).
//!
//! # Source
//! Aloul, F. A., Markov, I. L. & Sakallah, K. A. (2003), FORCE: a fast and easy-to-implement
//! variable-ordering heuristic, GLSVLSI. On random cases of 80 options this order makes Nash
//! 25 to 100 times faster than options by owner.

use std::collections::BTreeSet;

use detente_model::{Expr, OptionForm, Preference, RankEntry};

const STARTS: u64 = 12;
const ROUNDS: usize = 200;
/// Rounds without a better order after which a start is given up.
const PATIENCE: usize = 8;

/// The options (by number) in the order of positions.
pub(crate) fn order(form: &OptionForm, preferences: &[Preference]) -> Vec<usize> {
    let count = form.options.len();
    let edges = edges(form, preferences);
    let mut best: Vec<usize> = (0..count).collect();
    let mut least = span(&edges, &best);
    for start in 0..STARTS {
        let mut now: Vec<usize> = (0..count).collect();
        shuffle(&mut now, start);
        let mut patience = PATIENCE;
        let mut local = u64::MAX;
        for _ in 0..ROUNDS {
            now = centred(&edges, &now);
            let cost = span(&edges, &now);
            if cost < least {
                least = cost;
                best.clone_from(&now);
            }
            if cost < local {
                (local, patience) = (cost, PATIENCE);
            } else if patience == 0 {
                break;
            } else {
                patience -= 1;
            }
        }
    }
    best
}

/// The options of every rule and statement, two or more each.
fn edges(form: &OptionForm, preferences: &[Preference]) -> Vec<Vec<usize>> {
    let defined = definitions(form);
    let mut edges = Vec::new();
    let mut add = |formula: &Expr| {
        let set = options(formula, &defined);
        if set.len() > 1 {
            edges.push(set.into_iter().collect());
        }
    };
    for rule in &form.rules {
        add(&rule.formula());
    }
    for (at, option) in form.options.iter().enumerate() {
        let switch = Expr::Option(at.into());
        for condition in option.begins_if.iter().chain(&option.ends_if) {
            add(&Expr::And(vec![switch.clone(), condition.that.clone()]));
        }
    }
    for act in &form.acts {
        let with = act.with.iter().map(|(switch, _)| *switch).chain([act.first]);
        add(&Expr::And(with.map(Expr::Option).collect()));
    }
    for preference in preferences {
        match preference {
            Preference::Statements(list) => list.iter().for_each(|s| add(&s.that)),
            Preference::Weights(list) => list.iter().for_each(|w| add(&w.that)),
            Preference::Ranking(ranking) => {
                for entry in ranking.groups.iter().flatten() {
                    // States and most patterns name all options: nothing about which belong together.
                    if let RankEntry::Formula(formula) = entry {
                        add(formula);
                    }
                }
            }
        }
    }
    edges
}

/// The options that each definition speaks of; a definition refers to earlier ones only.
fn definitions(form: &OptionForm) -> Vec<BTreeSet<usize>> {
    let mut defined: Vec<BTreeSet<usize>> = Vec::with_capacity(form.definitions.len());
    for definition in &form.definitions {
        let set = options(&definition.that, &defined);
        defined.push(set);
    }
    defined
}

fn options(formula: &Expr, defined: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    formula.walk(&mut |part| match part {
        Expr::Option(option) => {
            found.insert(option.index());
        }
        Expr::Defined(id) => found.extend(defined.get(id.index()).into_iter().flatten()),
        _ => {}
    });
    found
}

fn places(order: &[usize]) -> Vec<usize> {
    let mut place = vec![0; order.len()];
    for (at, &option) in order.iter().enumerate() {
        place[option] = at;
    }
    place
}

fn span(edges: &[Vec<usize>], order: &[usize]) -> u64 {
    let place = places(order);
    edges
        .iter()
        .map(|edge| {
            let all = edge.iter().map(|&option| place[option]);
            (all.clone().max().unwrap_or(0) - all.min().unwrap_or(0)) as u64
        })
        .sum()
}

fn centred(edges: &[Vec<usize>], order: &[usize]) -> Vec<usize> {
    let place = places(order);
    let mut sums = vec![(0.0_f64, 0.0_f64); order.len()];
    for edge in edges {
        let centre = edge.iter().map(|&option| place[option] as f64).sum::<f64>() / edge.len() as f64;
        for &option in edge {
            sums[option].0 += centre;
            sums[option].1 += 1.0;
        }
    }
    let mut next = order.to_vec();
    let key = |option: usize| match sums[option] {
        (_, 0.0) => place[option] as f64,
        (sum, count) => sum / count,
    };
    next.sort_by(|&a, &b| key(a).total_cmp(&key(b)).then(place[a].cmp(&place[b])));
    next
}

/// Start 0 is file order.
fn shuffle(order: &mut [usize], start: u64) {
    if start == 0 {
        return;
    }
    let mut state = start.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for at in (1..order.len()).rev() {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
        order.swap(at, (x % (at as u64 + 1)) as usize);
    }
}
