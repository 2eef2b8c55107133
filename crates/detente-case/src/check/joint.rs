//! Rules that no single actor's step can cross.
//!
//! # Definition
//! Take the options that a rule (or rules that share options) speaks of. The combinations of them that
//! the rules allow are joined when they differ in options of one actor only. Where they fall into
//! several parts, no steps of single actors lead from one part to another, whatever else the case says:
//! other rules and directions only take steps away.
//!
//! Looked at are rules of at most [`OPTIONS`] options, alone, in pairs that share an option, and all that
//! hang together.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{ActorId, Expr, OptionForm, OptionId, State};

use super::rules::Rules;
use super::sat::{Found, Work};

/// Most options whose combinations are looked through.
const OPTIONS: usize = 12;

/// What lies beyond rules that nobody can cross alone.
pub(super) struct Uncrossed {
    /// The rules, by their places.
    pub(super) rules: Vec<usize>,
    /// The nearest combination beyond them: what differs from today.
    pub(super) there: Vec<(OptionId, bool)>,
}

/// The rules that no single actor's step can cross from `today`, each option's part told once.
///
/// Complexity: for each rule and pair of rules 2^options evaluations, bounded by `work`.
pub(super) fn uncrossed(form: &OptionForm, today: &State, work: &Work) -> Vec<Uncrossed> {
    let supports = supports(form);
    let small: Vec<usize> = (0..form.rules.len()).filter(|&r| supports[r].len() <= OPTIONS).collect();
    let mut look = Look { form, today, work, supports: &supports, found: Vec::new(), solver: None };
    for &rule in &small {
        look.at(vec![rule]);
    }
    let mut of_option: Vec<Vec<usize>> = vec![Vec::new(); form.options.len()];
    for &rule in &small {
        let sharing: BTreeSet<usize> =
            supports[rule].iter().flat_map(|option| of_option[option.index()].iter().copied()).collect();
        for other in sharing {
            look.at(vec![other, rule]);
        }
        for option in &supports[rule] {
            of_option[option.index()].push(rule);
        }
        if work.is_spent() {
            break;
        }
    }
    for rules in together(&small, &supports) {
        look.at(rules);
    }
    look.found
}

struct Look<'f> {
    form: &'f OptionForm,
    today: &'f State,
    work: &'f Work,
    supports: &'f [BTreeSet<OptionId>],
    found: Vec<Uncrossed>,
    solver: Option<Rules>,
}

impl Look<'_> {
    /// Looks at these rules taken together.
    fn at(&mut self, rules: Vec<usize>) {
        self.work.spend(1 + rules.len() as u64);
        // What is said of some rules is not said again of more.
        let said = |known: &Uncrossed| known.rules.iter().all(|rule| rules.contains(rule));
        if self.work.is_spent() || self.found.iter().any(said) {
            return;
        }
        let support: BTreeSet<OptionId> =
            rules.iter().flat_map(|&rule| self.supports[rule].iter().copied()).collect();
        let support: Vec<OptionId> = support.into_iter().collect();
        let owners: BTreeSet<_> = support.iter().map(|o| self.form.options[o.index()].actor).collect();
        // What several do together crosses rules that nobody crosses alone.
        let shared = owners.contains(&ActorId::NOBODY);
        if support.len() > OPTIONS || owners.len() < 2 || shared {
            return;
        }
        self.work.spend((rules.len() as u64) << support.len() >> 4);
        let beyond = beyond(self.form, &rules, &support, self.today);
        // Only what some possible state has is worth a word.
        let possible = beyond.into_iter().find(|there| self.is_possible(there));
        if let Some(there) = possible {
            let there = there.into_iter().filter(|(option, on)| self.today.is_on(*option) != *on).collect();
            self.found.push(Uncrossed { rules, there });
        }
    }

    fn is_possible(&mut self, there: &[(OptionId, bool)]) -> bool {
        let solver = self.solver.get_or_insert_with(|| Rules::new(self.form, self.work));
        let mut lits = Vec::with_capacity(there.len());
        for (option, on) in there {
            let lit = solver.lit(&Expr::Option(*option));
            lits.push(if *on { lit } else { !lit });
        }
        matches!(solver.possible(&lits), Found::State(_))
    }
}

/// The options that each rule speaks of, also through defined names.
fn supports(form: &OptionForm) -> Vec<BTreeSet<OptionId>> {
    let mut defined: Vec<BTreeSet<OptionId>> = Vec::with_capacity(form.definitions.len());
    let of = |expr: &Expr, defined: &[BTreeSet<OptionId>]| {
        let mut options = BTreeSet::new();
        expr.walk(&mut |part| match part {
            Expr::Option(option) => {
                options.insert(*option);
            }
            Expr::Defined(id) => options.extend(defined.get(id.index()).into_iter().flatten().copied()),
            _ => {}
        });
        options
    };
    for definition in &form.definitions {
        let options = of(&definition.that, &defined);
        defined.push(options);
    }
    form.rules.iter().map(|rule| of(&rule.formula(), &defined)).collect()
}

/// Rules that hang together by shared options, three or more of them.
fn together(small: &[usize], supports: &[BTreeSet<OptionId>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<OptionId>, Vec<usize>)> = Vec::new();
    for &rule in small {
        let (mut options, mut rules) = (supports[rule].clone(), vec![rule]);
        groups.retain(|(other, more)| {
            let apart = other.is_disjoint(&options);
            if !apart {
                options.extend(other.iter().copied());
                rules.extend(more.iter().copied());
            }
            apart
        });
        rules.sort_unstable();
        groups.push((options, rules));
    }
    groups.into_iter().filter(|(_, rules)| rules.len() > 2).map(|(_, rules)| rules).collect()
}

/// The combinations of `support` that the rules allow and that no steps of single actors lead to from
/// today's, nearest first; none when today's is not allowed.
fn beyond(
    form: &OptionForm,
    rules: &[usize],
    support: &[OptionId],
    today: &State,
) -> Vec<Vec<(OptionId, bool)>> {
    let formulas: Vec<Expr> = rules.iter().map(|&rule| form.rules[rule].formula()).collect();
    let state = |combination: usize| {
        State::with_on(
            support.iter().enumerate().filter(|(at, _)| combination >> at & 1 == 1).map(|(_, o)| *o),
        )
    };
    let allowed: Vec<bool> = (0..1_usize << support.len())
        .map(|combination| {
            let state = state(combination);
            let defined = form.defined(&state);
            formulas.iter().all(|formula| {
                formula.eval(&|o| state.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
            })
        })
        .collect();
    // Per actor the bits that are its own: combinations that agree in the others are joined.
    let mut masks: BTreeMap<_, usize> = BTreeMap::new();
    for (at, option) in support.iter().enumerate() {
        *masks.entry(form.options[option.index()].actor).or_default() |= 1 << at;
    }
    let start =
        support.iter().enumerate().filter(|(_, o)| today.is_on(**o)).map(|(at, _)| 1 << at).sum::<usize>();
    if !allowed[start] {
        return Vec::new();
    }
    let mut reached = vec![false; allowed.len()];
    let mut open = vec![start];
    reached[start] = true;
    // Each class of combinations that agree but for one actor is gone through once.
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    while let Some(here) = open.pop() {
        for (which, &mask) in masks.values().enumerate() {
            if !seen.insert((which, here & !mask)) {
                continue;
            }
            let mut part = mask;
            loop {
                let there = here & !mask | part;
                if allowed[there] && !reached[there] {
                    reached[there] = true;
                    open.push(there);
                }
                if part == 0 {
                    break;
                }
                part = (part - 1) & mask;
            }
        }
    }
    let mut beyond: Vec<usize> = (0..allowed.len()).filter(|&c| allowed[c] && !reached[c]).collect();
    beyond.sort_by_key(|combination| ((combination ^ start).count_ones(), *combination));
    let named = |combination: usize| {
        support.iter().enumerate().map(|(at, option)| (*option, combination >> at & 1 == 1)).collect()
    };
    beyond.into_iter().take(8).map(named).collect()
}
