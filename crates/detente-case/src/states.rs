//! The feasible states of a small conflict, listed: what a file of ordinals needs.

use detente_model::{Expr, OptionForm, OptionId, State};

/// How many states are listed at most, and how much work is done for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Most {
    /// States.
    pub(crate) states: usize,
    /// Evaluations of a rule or a definition.
    pub(crate) work: usize,
}

/// Why the states were not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unlisted {
    /// There are more states than this.
    States(usize),
    /// The search was given up after this much work.
    Work(usize),
}

/// The states that obey every rule, ascending by number.
///
/// Depth-first over the options, last option first, off before on; a branch is left as soon as a
/// rule is false whatever the open options are (three-valued evaluation), so the cost follows the
/// number of states rather than 2^options, but for rules that contradict each other late: `most`
/// bounds that.
pub(crate) fn feasible_states(form: &OptionForm, most: Most) -> Result<Vec<State>, Unlisted> {
    struct Level {
        next: u8,
        open: Vec<usize>,
    }
    let rules: Vec<Expr> = form.rules.iter().map(detente_model::Rule::formula).collect();
    let options = form.options.len();
    let mut cells: Vec<Option<bool>> = vec![None; options];
    let mut found = Vec::new();
    let mut work = 0;
    let mut stack = Vec::new();
    if let Some(open) = still_open(form, &rules, (0..rules.len()).collect(), &cells, &mut work) {
        stack.push(Level { next: 0, open });
    }
    while let Some(depth) = stack.len().checked_sub(1) {
        if work > most.work {
            return Err(Unlisted::Work(most.work));
        }
        if depth == options {
            if found.len() == most.states {
                return Err(Unlisted::States(most.states));
            }
            let on = cells.iter().enumerate().filter(|(_, cell)| **cell == Some(true));
            found.push(State::with_on(on.map(|(i, _)| OptionId::from(i))));
            stack.pop();
            continue;
        }
        let option = options - 1 - depth;
        let level = &mut stack[depth];
        if level.next == 2 {
            cells[option] = None;
            stack.pop();
            continue;
        }
        cells[option] = Some(level.next == 1);
        level.next += 1;
        let open = level.open.clone();
        if let Some(open) = still_open(form, &rules, open, &cells, &mut work) {
            stack.push(Level { next: 0, open });
        }
    }
    Ok(found)
}

/// Those of the rules `open` that are not yet true; `None` when one is false.
fn still_open(
    form: &OptionForm,
    rules: &[Expr],
    mut open: Vec<usize>,
    cells: &[Option<bool>],
    work: &mut usize,
) -> Option<Vec<usize>> {
    *work += 1;
    if open.is_empty() {
        return Some(open);
    }
    *work += form.definitions.len() + open.len();
    let mut defined = Vec::with_capacity(form.definitions.len());
    for definition in &form.definitions {
        let value = maybe(&definition.that, cells, &defined);
        defined.push(value);
    }
    let mut broken = false;
    open.retain(|&rule| match maybe(&rules[rule], cells, &defined) {
        None => true,
        Some(holds) => {
            broken |= !holds;
            false
        }
    });
    (!broken).then_some(open)
}

/// Truth where some options are open: `None` when the parts that are known do not decide it.
fn maybe(expr: &Expr, cells: &[Option<bool>], defined: &[Option<bool>]) -> Option<bool> {
    match expr {
        Expr::Const(value) => Some(*value),
        Expr::Option(id) => cells.get(id.index()).copied().flatten(),
        Expr::Defined(id) => defined.get(id.index()).copied().flatten(),
        Expr::Not(inner) => maybe(inner, cells, defined).map(|v| !v),
        Expr::Written(_, inner) => maybe(inner, cells, defined),
        Expr::AtLeast(parts, needs) => {
            let (mut holding, mut possible) = (0_u64, 0_u64);
            for (weight, part) in parts {
                match maybe(part, cells, defined) {
                    Some(true) => {
                        holding = holding.saturating_add(*weight);
                        possible = possible.saturating_add(*weight);
                    }
                    Some(false) => {}
                    None => possible = possible.saturating_add(*weight),
                }
            }
            if holding >= *needs {
                Some(true)
            } else if possible < *needs {
                Some(false)
            } else {
                None
            }
        }
        Expr::And(parts) => all(parts.iter().map(|p| maybe(p, cells, defined))),
        Expr::Or(parts) => all(parts.iter().map(|p| maybe(p, cells, defined).map(|v| !v))).map(|v| !v),
        Expr::Implies(a, b) => {
            let parts = [maybe(a, cells, defined), maybe(b, cells, defined).map(|v| !v)];
            all(parts.into_iter()).map(|v| !v)
        }
        Expr::Iff(a, b) => Some(maybe(a, cells, defined)? == maybe(b, cells, defined)?),
        Expr::AtMostOne(parts) => {
            let (mut on, mut open) = (0, 0);
            for part in parts {
                match maybe(part, cells, defined) {
                    Some(true) => on += 1,
                    Some(false) => {}
                    None => open += 1,
                }
            }
            if on >= 2 {
                Some(false)
            } else if on + open < 2 {
                Some(true)
            } else {
                None
            }
        }
    }
}

fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = false,
        }
    }
    known.then_some(true)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use detente_model::{ActorId, Definition, DefinitionId, Direction, Grounds, Opt, Rule, RuleKind};

    fn form(options: usize, rules: Vec<RuleKind>, definitions: Vec<Expr>) -> OptionForm {
        let opt = |i: usize| Opt {
            id: format!("o{i}"),
            actor: ActorId(0),
            text: String::new(),
            direction: Direction::Both,
            grounds: Grounds::default(),
            confidence: None,
            ..Opt::default()
        };
        OptionForm {
            options: (0..options).map(opt).collect(),
            definitions: definitions
                .into_iter()
                .map(|that| Definition {
                    id: String::new(),
                    that,
                    grounds: Grounds::default(),
                    ..Definition::default()
                })
                .collect(),
            rules: rules
                .into_iter()
                .map(|kind| Rule { id: None, kind, grounds: Grounds::default(), confidence: None })
                .collect(),
            cannot: vec![],
            ..OptionForm::default()
        }
    }

    fn o(i: u32) -> Expr {
        Expr::Option(OptionId(i))
    }

    const MOST: Most = Most { states: 1000, work: 1_000_000 };

    #[test]
    fn equals_a_test_of_every_number() {
        let iff = |a, b| Expr::Iff(Box::new(a), Box::new(b));
        let forms = [
            form(3, vec![], vec![]),
            form(0, vec![], vec![]),
            form(5, vec![RuleKind::ExactlyOne(vec![o(0), o(2), o(4)])], vec![]),
            form(
                6,
                vec![
                    RuleKind::AtMostOne(vec![Expr::Defined(DefinitionId(1)), o(5), o(0).negate()]),
                    RuleKind::Requires(OptionId(3), Expr::Defined(DefinitionId(0))),
                    RuleKind::Never(Expr::And(vec![o(1), o(2)])),
                    RuleKind::Always(Expr::Implies(Box::new(o(4)), Box::new(Expr::Or(vec![o(1), o(2)])))),
                    RuleKind::Unavailable(OptionId(5)),
                ],
                vec![iff(o(0), o(1)), Expr::And(vec![Expr::Defined(DefinitionId(0)), o(2)])],
            ),
            form(4, vec![RuleKind::Always(Expr::Const(false))], vec![]),
        ];
        for form in forms {
            let every: Vec<State> = (0..1_u64 << form.options.len())
                .map(State::from_number)
                .filter(|s| form.broken_rule(s).is_none())
                .collect();
            assert_eq!(feasible_states(&form, MOST).unwrap(), every);
        }
    }

    #[test]
    fn many_options_with_few_states_and_the_bounds() {
        // A chain of 200 equivalences: two states, found without 2^200 steps.
        let equal =
            (1..200).map(|i| RuleKind::Always(Expr::Iff(Box::new(o(i)), Box::new(o(i - 1))))).collect();
        assert_eq!(feasible_states(&form(200, equal, vec![]), MOST).unwrap().len(), 2);
        let free = form(40, vec![], vec![]);
        assert_eq!(feasible_states(&free, MOST), Err(Unlisted::States(1000)));
        // False only when the first option is known, the last that is tried.
        let late = vec![RuleKind::Always(o(0)), RuleKind::Never(o(0)), RuleKind::AtMostOne(vec![])];
        let late = form(1, late, vec![]);
        assert_eq!(feasible_states(&late, MOST), Ok(vec![]));
        let parity = (0..30).fold(Expr::Const(false), |e, i| Expr::Iff(Box::new(e), Box::new(o(i))));
        let never = form(30, vec![RuleKind::Always(parity.clone()), RuleKind::Never(parity)], vec![]);
        assert_eq!(feasible_states(&never, MOST), Err(Unlisted::Work(1_000_000)));
    }
}
