//! What the symbolic engine found: frozen sets, and what can be asked of them.

use std::borrow::Cow;

use detente_model::{Concept, MoverId, OptionForm, OptionId, OutcomeStates, Sequences, State};
use num_bigint::BigUint;

use super::diagram::{Diagrams, Frozen, Halt, Set};
use super::formula::Formulas;
use super::large_patterns::large_patterns;
use super::structure::structure;
use crate::structure::{Ask, Structure};
use crate::{Between, Cover, Quiet, Sampled, StateSet, Verdicts, cover};

/// Work and memory for turning a set into option order before its patterns are computed.
const COVER_STEPS: u64 = 1 << 20;
const COVER_MEMORY: u64 = 1 << 28;
/// A set with more nodes than this in option order gets large patterns only: about half a second.
const COVER_NODES: usize = 1 << 14;

/// Where there is no whole cover, so many patterns at most.
const LARGE_PATTERNS: usize = 64;

/// The options, and where they stand in the diagrams.
pub(crate) struct Layout {
    pub(crate) form: OptionForm,
    /// Options by position.
    pub(crate) order: Vec<usize>,
    /// Positions by option.
    pub(crate) places: Vec<usize>,
}

impl Layout {
    pub(crate) fn new(form: &OptionForm, order: &[usize]) -> Self {
        let mut places = vec![0; order.len()];
        for (position, &option) in order.iter().enumerate() {
            places[option] = position;
        }
        Self { form: form.clone(), order: order.to_vec(), places }
    }

    pub(crate) fn options(&self) -> usize {
        self.order.len()
    }

    /// A store for one question, and the set in it. Unbounded: answers are never larger than what
    /// a formula of the case makes of them.
    pub(crate) fn open(&self, set: &Frozen) -> Option<(Diagrams<'static>, Set)> {
        let mut d = Diagrams::new(u64::MAX, &Quiet);
        let set = d.thaw(set).ok()?.into_iter().next()?;
        Some((d, set))
    }
}

/// Verdicts as frozen sets.
pub(crate) struct SymbolicVerdicts {
    pub(crate) layout: Layout,
    pub(crate) feasible: Frozen,
    /// As the game has them.
    pub(crate) slices: Vec<SliceSets>,
    /// Where equilibria were cut short: at least, at most, and a sample between.
    pub(crate) between: Vec<(Concept, Frozen, Frozen, Sampled)>,
    pub(crate) sequences: Sequences,
}

/// What was found of one slice.
#[derive(Default)]
pub(crate) struct SliceSets {
    /// Per concept and mover; `None` where it was not computed.
    pub(crate) stable: Vec<(Concept, Vec<Option<Frozen>>)>,
    pub(crate) equilibria: Vec<(Concept, Frozen)>,
    /// What is within reach of its start; `None` where it was not computed, or a rule forbids the start.
    pub(crate) reach: Option<Frozen>,
    /// What lasts.
    pub(crate) lasting: Vec<(Concept, Frozen)>,
}

impl SymbolicVerdicts {
    fn view<'v>(&'v self, set: &'v Frozen) -> Box<dyn StateSet + 'v> {
        SymbolicSet::boxed(&self.layout, set)
    }
}

impl Verdicts for SymbolicVerdicts {
    fn feasible(&self) -> Box<dyn StateSet + '_> {
        self.view(&self.feasible)
    }

    fn reach_in(&self, slice: usize) -> Option<Box<dyn StateSet + '_>> {
        Some(self.view(self.slices.get(slice)?.reach.as_ref()?))
    }

    fn stable_in(&self, slice: usize, concept: Concept, mover: MoverId) -> Option<Box<dyn StateSet + '_>> {
        let (_, movers) = self.slices.get(slice)?.stable.iter().find(|(c, _)| *c == concept)?;
        Some(self.view(movers.get(mover.index())?.as_ref()?))
    }

    fn equilibria_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        let (_, set) = self.slices.get(slice)?.equilibria.iter().find(|(c, _)| *c == concept)?;
        Some(self.view(set))
    }

    fn lasting_in(&self, slice: usize, concept: Concept) -> Option<Box<dyn StateSet + '_>> {
        let (_, set) = self.slices.get(slice)?.lasting.iter().find(|(c, _)| *c == concept)?;
        Some(self.view(set))
    }

    fn between(&self, concept: Concept) -> Option<Between<'_>> {
        let (_, least, most, sampled) = self.between.iter().find(|(c, ..)| *c == concept)?;
        let (at_least, at_most) = (self.view(least), self.view(most));
        Some(Between { at_least, at_most, sampled: sampled.clone(), sequences: self.sequences })
    }
}

/// A set of feasible states.
pub(super) struct SymbolicSet<'v> {
    layout: &'v Layout,
    set: Cow<'v, Frozen>,
}

impl<'v> SymbolicSet<'v> {
    /// A view of `set`.
    pub(super) fn boxed(layout: &'v Layout, set: &'v Frozen) -> Box<dyn StateSet + 'v> {
        Box::new(Self { layout, set: Cow::Borrowed(set) })
    }
}

impl StateSet for SymbolicSet<'_> {
    fn count(&self) -> BigUint {
        self.set.count(self.layout.options())
    }

    fn contains(&self, state: &State) -> bool {
        let known = state.on().all(|option| option.index() < self.layout.options());
        known && self.set.holds(|position| state.is_on(OptionId::from(self.layout.order[position])))
    }

    fn first(&self, most: usize) -> Vec<State> {
        let Some((mut d, set)) = self.layout.open(&self.set) else { return Vec::new() };
        let mut found = Vec::new();
        // Options from the last (the most significant digit of the number); off before on.
        let mut open = vec![(set, self.layout.options(), State::default())];
        while let Some((set, left, state)) = open.pop() {
            if set.is_empty() || found.len() >= most {
                continue;
            }
            let Some(option) = left.checked_sub(1) else {
                found.push(state);
                continue;
            };
            let level = 2 * self.layout.places[option] as u32;
            let mut on = state.clone();
            on.set(OptionId::from(option), true);
            for (value, state) in [(true, on), (false, state)] {
                // Without a bound on memory, this does not fail.
                if let Ok(set) = d.fix(&set, level, value) {
                    open.push((set, option, state));
                }
            }
        }
        found
    }

    fn patterns(&self, most: usize) -> Cover {
        if most == 0 {
            return Cover { patterns: Vec::new(), complete: self.is_empty() };
        }
        let levels: Vec<u32> = self.layout.places.iter().map(|&position| 2 * position as u32).collect();
        let moved = self.set.reordered(&levels, COVER_MEMORY, COVER_STEPS);
        if let Some(set) = moved.filter(|set| set.nodes.len() <= COVER_NODES) {
            let root = set.roots.first().copied().unwrap_or_default();
            let cover = cover::cover_of_nodes(&set.nodes, root, self.layout.options(), most);
            if !cover.patterns.is_empty() || self.is_empty() {
                return cover;
            }
        }
        self.large_patterns(most)
    }

    fn large_patterns(&self, most: usize) -> Cover {
        large_patterns(&self.set, &self.layout.order, most.min(LARGE_PATTERNS))
    }

    fn structure(&self, ask: &Ask) -> Option<Structure> {
        Some(structure(&self.set, &self.layout.order, ask))
    }

    fn fixed(&self) -> Vec<(OptionId, bool)> {
        if self.is_empty() {
            return Vec::new();
        }
        let fixed = self.set.fixed(self.layout.options());
        let of = |option: usize| Some((OptionId::from(option), fixed[self.layout.places[option]]?));
        (0..self.layout.options()).filter_map(of).collect()
    }

    fn among(&self, outcome: &OutcomeStates) -> Box<dyn StateSet + '_> {
        let set = self.layout.open(&self.set).and_then(|(mut d, set)| {
            let mut formulas = Formulas::new(&self.layout.form, self.layout.order.clone());
            let some = outcome_set(&mut d, &mut formulas, outcome).ok()?;
            let both = d.and(&set, &some).ok()?;
            Some(d.freeze(&[both]))
        });
        Box::new(SymbolicSet { layout: self.layout, set: Cow::Owned(set.unwrap_or_default()) })
    }

    fn is_empty(&self) -> bool {
        !self.set.satisfiable()
    }
}

/// The states of an outcome, feasible or not.
pub(crate) fn outcome_set(
    d: &mut Diagrams<'_>,
    formulas: &mut Formulas,
    outcome: &OutcomeStates,
) -> Result<Set, Halt> {
    match outcome {
        OutcomeStates::Formula(formula) => formulas.set(d, formula),
        OutcomeStates::Listed(states) => {
            let sets = states.iter().map(|s| formulas.state(d, s)).collect::<Result<_, _>>()?;
            super::formula::join(d, sets, false)
        }
    }
}
