//! The feasible states as a list, without looking at all `2^m` assignments.

use detente_model::OptionForm;

use super::clauses::{Clauses, Literal, Part, not};
use crate::{Stop, Watch};

/// Why there is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotListed {
    /// State numbers do not fit 64 bits.
    TooManyOptions,
    /// More states than asked for.
    TooManyStates,
    /// The watch said so, or (`Work`) the search took too many branches.
    Stopped(Stop),
}

/// The state numbers of all feasible states, ascending; empty when the rules contradict each other.
///
/// # Method
/// Rules become clauses; clauses that share no option, directly or through others, are separate
/// parts. Each part is solved by depth-first search with unit propagation, in an order that
/// decides rules early; the states are all sums of one solution of each part, and free options.
///
/// # Complexity
/// Linear in the number of states where the search has few dead ends (most rules in practice);
/// exponential in the worst case, cut at `branches` branches. Memory: 8 bytes per state.
///
/// # Errors
/// [`NotListed`]; contradictory rules are found before the number of states is judged.
pub(crate) fn feasible(
    form: &OptionForm,
    most: usize,
    branches: u64,
    watch: &dyn Watch,
) -> Result<Vec<u64>, NotListed> {
    let options = form.options.len();
    if options > 64 {
        return Err(NotListed::TooManyOptions);
    }
    let clauses = Clauses::new(form);
    if clauses.clauses.iter().any(Vec::is_empty) {
        return Ok(vec![]);
    }
    let parts = clauses.parts(options);
    let mut branches = branches;
    let mut count = 1_u128;
    let mut solved = Vec::with_capacity(parts.len());
    let mut free = if options == 64 { u64::MAX } else { (1 << options) - 1 };
    for part in &parts {
        part.options.iter().for_each(|&o| free &= !(1_u64 << o));
    }
    count <<= free.count_ones();
    let too_many = |count: u128| count > most as u128;
    for part in &parts {
        let mut search = Search::new(&clauses, part);
        // When there are too many already, one solution shows that this part has any.
        let room = if too_many(count) { 1 } else { (most / count as usize).saturating_add(1) };
        let solutions = search.solutions(room, &mut branches, watch).map_err(NotListed::Stopped)?;
        if solutions.is_empty() {
            return Ok(vec![]);
        }
        count = count.saturating_mul(solutions.len() as u128);
        solved.push(solutions);
    }
    if too_many(count) {
        return Err(NotListed::TooManyStates);
    }
    for option in (0..64).filter(|o| free >> o & 1 == 1) {
        solved.push(vec![0, 1 << option]);
    }
    let mut numbers = vec![0_u64];
    for solutions in solved {
        numbers = numbers.iter().flat_map(|n| solutions.iter().map(move |part| n | part)).collect();
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Depth-first search with unit propagation by two watched literals (Moskewicz et al. 2001).
struct Search<'p> {
    part: &'p Part,
    /// Literals of all clauses; the first two of each are watched.
    literals: Vec<Literal>,
    /// Where each clause starts, and the end.
    starts: Vec<u32>,
    /// Clauses that watch a literal.
    watches: Vec<Vec<u32>>,
    /// Per literal: true, false (its negation is true) or open (neither).
    truth: Vec<bool>,
    /// True literals in the order they became so.
    trail: Vec<Literal>,
    /// How much of the trail has been propagated.
    head: usize,
}

impl<'p> Search<'p> {
    fn new(clauses: &Clauses, part: &'p Part) -> Self {
        let mut search = Self {
            part,
            literals: Vec::new(),
            starts: vec![0],
            watches: vec![Vec::new(); 2 * clauses.variables],
            truth: vec![false; 2 * clauses.variables],
            trail: Vec::new(),
            head: 0,
        };
        for clause in &part.clauses {
            if let [a, b, ..] = clause.as_slice() {
                let at = (search.starts.len() - 1) as u32;
                search.watches[*a as usize].push(at);
                search.watches[*b as usize].push(at);
                search.literals.extend(clause);
                search.starts.push(search.literals.len() as u32);
            }
        }
        search
    }

    fn holds(&self, literal: Literal) -> bool {
        self.truth[literal as usize]
    }

    fn set(&mut self, literal: Literal) {
        self.truth[literal as usize] = true;
        self.trail.push(literal);
    }

    /// Draws all conclusions; false: some clause has no true literal left.
    fn propagate(&mut self) -> bool {
        while let Some(&literal) = self.trail.get(self.head) {
            self.head += 1;
            let gone = not(literal);
            let mut watching = std::mem::take(&mut self.watches[gone as usize]);
            let (mut kept, mut at, mut consistent) = (0, 0, true);
            while at < watching.len() {
                let clause = watching[at];
                at += 1;
                if self.rewatch(clause, gone) {
                    continue;
                }
                watching[kept] = clause;
                kept += 1;
                let first = self.literals[self.starts[clause as usize] as usize];
                if self.holds(not(first)) {
                    consistent = false;
                    break;
                }
                if !self.holds(first) {
                    self.set(first);
                }
            }
            watching.copy_within(at.., kept);
            watching.truncate(kept + watching.len() - at);
            self.watches[gone as usize] = watching;
            if !consistent {
                return false;
            }
        }
        true
    }

    /// Puts the watched literal that is not `gone` first; when that is not true, tries to watch
    /// another literal instead of `gone`. True: done, `gone` is watched no more.
    fn rewatch(&mut self, clause: u32, gone: Literal) -> bool {
        let (start, end) = (self.starts[clause as usize] as usize, self.starts[clause as usize + 1] as usize);
        if self.literals[start] == gone {
            self.literals.swap(start, start + 1);
        }
        if self.holds(self.literals[start]) {
            return false;
        }
        for at in start + 2..end {
            let other = self.literals[at];
            if !self.holds(not(other)) {
                self.literals.swap(start + 1, at);
                self.watches[other as usize].push(clause);
                return true;
            }
        }
        false
    }

    fn undo(&mut self, length: usize) {
        for literal in self.trail.drain(length..) {
            self.truth[literal as usize] = false;
        }
        self.head = length;
    }

    /// Up to `most` solutions, as state numbers with the options of other parts off.
    fn solutions(&mut self, most: usize, branches: &mut u64, watch: &dyn Watch) -> Result<Vec<u64>, Stop> {
        let mut found = Vec::new();
        for clause in &self.part.clauses {
            if let [unit] = clause.as_slice() {
                if self.holds(not(*unit)) {
                    return Ok(found);
                }
                if !self.holds(*unit) {
                    self.set(*unit);
                }
            }
        }
        // Decisions: length of the trail before, and the place of the option in the order.
        let mut decisions: Vec<(usize, usize)> = Vec::new();
        let mut next = 0;
        let mut consistent = self.propagate();
        loop {
            if consistent {
                let order = &self.part.options;
                let open = |o: usize| !self.truth[2 * o] && !self.truth[2 * o + 1];
                while next < order.len() && !open(order[next]) {
                    next += 1;
                }
                if let Some(&option) = order.get(next) {
                    decisions.push((self.trail.len(), next));
                    self.set(2 * option as Literal + 1);
                    consistent = self.propagate();
                    continue;
                }
                let on = order.iter().filter(|&&o| self.truth[2 * o]);
                found.push(on.fold(0, |number, &o| number | 1 << o));
                if found.len() >= most {
                    return Ok(found);
                }
            }
            // Back to the last decision, the other way; what was decided false is now implied true.
            let Some((length, at)) = decisions.pop() else { return Ok(found) };
            *branches = branches.saturating_sub(1);
            if *branches == 0 {
                return Err(Stop::Work);
            }
            if (*branches).is_multiple_of(4096)
                && let Some(stop) = watch.stop()
            {
                return Err(stop);
            }
            self.undo(length);
            next = at;
            self.set(2 * self.part.options[at] as Literal);
            consistent = self.propagate();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Quiet;
    use crate::testing::{Shape, game, option_game};
    use detente_model::{Direction, Expr, OptionId, Preference, RuleKind, State};

    fn all(form: &OptionForm) -> Vec<u64> {
        feasible(form, usize::MAX, u64::MAX, &Quiet).unwrap()
    }

    #[test]
    fn the_list_is_what_the_rules_allow() {
        let shape = Shape { graph: 0.0, options: (0, 10), rules: 9, ..Shape::default() };
        let mut some_rule = 0;
        for seed in 0..600 {
            let game = game(seed, &shape);
            let form = game.option_form().unwrap();
            let expected: Vec<u64> = (0..1_u64 << form.options.len())
                .filter(|n| form.broken_rule(&State::from_number(*n)).is_none())
                .collect();
            some_rule += usize::from(expected.len() < 1 << form.options.len());
            assert_eq!(all(form), expected, "seed {seed}");
            let most = expected.len() - 1;
            assert_eq!(feasible(form, most, u64::MAX, &Quiet), Err(NotListed::TooManyStates), "seed {seed}");
        }
        assert!(some_rule > 300);
    }

    #[test]
    fn contradictions_are_found_beside_too_many_states() {
        let on = |o: u32| Expr::Option(OptionId(o));
        let directions = [Direction::Both; 40];
        let either = |a, b| RuleKind::Always(Expr::Or(vec![on(a), on(b)]));
        // Options 0 to 9 have far more than 5 states among them; 20 and 21 have none.
        let mut rules: Vec<RuleKind> = (0..9).map(|o| either(o, o + 1)).collect();
        rules.push(either(20, 21));
        rules.push(RuleKind::Never(on(20)));
        rules.push(RuleKind::Unavailable(OptionId(21)));
        let game = option_game(&[&directions], rules, vec![Preference::Statements(vec![])]);
        assert_eq!(feasible(game.option_form().unwrap(), 5, u64::MAX, &Quiet), Ok(vec![]));
    }

    #[test]
    fn sixty_four_options_with_few_states() {
        let on = |o: u32| Expr::Option(OptionId(o));
        let directions = [Direction::Both; 64];
        // Exactly one of eight options, eight times; and the groups agree in pairs.
        let mut rules: Vec<RuleKind> =
            (0..8).map(|g| RuleKind::ExactlyOne((0..8).map(|o| on(8 * g + o)).collect())).collect();
        for o in 0..8 {
            for g in [0, 2, 4, 6] {
                let same = Expr::Iff(Box::new(on(8 * g + o)), Box::new(on(8 * g + 8 + o)));
                rules.push(RuleKind::Always(same));
            }
        }
        let game = option_game(&[&directions], rules, vec![Preference::Statements(vec![])]);
        let numbers = all(game.option_form().unwrap());
        assert_eq!(numbers.len(), 8 * 8 * 8 * 8);
        assert_eq!(numbers[0], 0x0101_0101_0101_0101);
        assert_eq!(numbers.last(), Some(&0x8080_8080_8080_8080));
    }
}
