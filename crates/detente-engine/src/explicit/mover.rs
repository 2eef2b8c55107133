//! One actor's moves on a list of states: groups, classes, levels.
//!
//! # Definition
//! A **group** holds the states that agree on all options of others: a move stays in its group.
//! A group is cut into **classes** by what decides whether a state can be entered: the actor's
//! one-way options, and the second formulas of the moves taken away. States of one class, sorted
//! by the actor's score, form **levels** of equal score. All moves of the actor are then a few
//! ranges: from `s` it reaches every other state of each class that `s` can enter, and it
//! improves to all of them from the first level above its own.
//!
//! # Complexity
//! One sort of the states; afterwards every operation is linear in the number of states times
//! the number of classes that a state can enter (1 with two-way options and all moves; at most
//! `2^k` with `k` one-way options).

use super::{NOTHING, Pair, least};
use crate::{Stop, Watch};

/// No level.
const NONE: u32 = u32::MAX;

/// What decides the moves of one actor on a list of states.
pub(crate) struct MoverSpec<'a> {
    /// Its options, as bits of the state numbers.
    pub(crate) own: u64,
    /// Those of them that go from off to on only.
    pub(crate) on_only: u64,
    /// Those of them that go from on to off only.
    pub(crate) off_only: u64,
    /// Its score of each state of the list, larger is better.
    pub(crate) scores: &'a [u32],
    /// Moves taken away.
    pub(crate) taken: Option<Taken>,
}

/// Moves taken away from one actor: none from a state of set `f` to a state of set `t` when
/// `froms[f]` and `tos[t]` have a bit in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// For each state, which of `froms` is its set of first formulas.
    pub(crate) from: Vec<u32>,
    /// For each state, which of `tos` is its set of second formulas.
    pub(crate) to: Vec<u32>,
    /// Sets of formulas, as bits.
    pub(crate) froms: Vec<Vec<u64>>,
    /// Sets of formulas, as bits.
    pub(crate) tos: Vec<Vec<u64>>,
}

impl Taken {
    fn allows(&self, from: u32, to: u32) -> bool {
        let (from, to) = (&self.froms[from as usize], &self.tos[to as usize]);
        from.iter().zip(to).all(|(f, t)| f & t == 0)
    }
}

/// Which moves count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Steps {
    /// All.
    Moves,
    /// Those to a state that the mover prefers to the one it leaves.
    Improvements,
}

/// One actor's moves on a list of states. States are places in the list.
pub(crate) struct Mover<'a> {
    scores: &'a [u32],
    /// Places, by group, class and score.
    members: Vec<u32>,
    /// First member of each level, and the end.
    levels: Vec<u32>,
    /// First level of each class, and the end.
    classes: Vec<u32>,
    /// First class of each group, and the end; empty when every group is one class.
    groups: Vec<u32>,
    /// The level of each place.
    level_of: Vec<u32>,
    /// The level above that of each place in its class; [`NONE`]: there is none.
    above: Vec<u32>,
    /// The class of each level.
    class_of: Vec<u32>,
    /// The group of each class; empty when every group is one class.
    group_of: Vec<u32>,
    /// For each class: its one-way options, as far as they have gone, and its set of second
    /// formulas; empty when every group is one class.
    keys: Vec<(u64, u32)>,
    /// For each place the same for leaving; empty when every group is one class.
    leave: Vec<(u64, u32)>,
    taken: Option<Taken>,
    moves: bool,
}

impl<'a> Mover<'a> {
    /// The moves that `spec` allows between the states `numbers` (ascending, each once; fewer
    /// than 2^32).
    pub(crate) fn new(numbers: &[u64], spec: MoverSpec<'a>) -> Self {
        // One-way options as bits that only ever go up.
        let gone = |number: u64| (number & spec.on_only) | (!number & spec.off_only);
        let simple = spec.on_only | spec.off_only == 0 && spec.taken.is_none();
        let set = |place: usize| spec.taken.as_ref().map_or((0, 0), |t| (t.from[place], t.to[place]));
        let order = sorted(numbers, &spec, |place| (gone(numbers[place]), set(place).1), simple);
        let mut mover = Self {
            scores: spec.scores,
            members: order,
            levels: Vec::new(),
            classes: Vec::new(),
            groups: Vec::new(),
            level_of: vec![0; numbers.len()],
            above: vec![NONE; numbers.len()],
            class_of: Vec::new(),
            group_of: Vec::new(),
            keys: Vec::new(),
            leave: Vec::new(),
            taken: None,
            moves: false,
        };
        let mut last: Option<(u64, (u64, u32), u32)> = None;
        for at in 0..mover.members.len() {
            let place = mover.members[at] as usize;
            let here = (numbers[place] & !spec.own, (gone(numbers[place]), set(place).1), spec.scores[place]);
            let new_group = last.is_none_or(|last| last.0 != here.0);
            let new_class = new_group || !simple && last.is_none_or(|last| last.1 != here.1);
            mover.moves |= !new_group;
            if new_class {
                if !simple {
                    if new_group {
                        mover.groups.push(mover.classes.len() as u32);
                    }
                    mover.group_of.push(mover.groups.len() as u32 - 1);
                    mover.keys.push(here.1);
                }
                mover.classes.push(mover.levels.len() as u32);
            }
            if new_class || last.is_none_or(|last| last.2 != here.2) {
                mover.levels.push(at as u32);
                mover.class_of.push(mover.classes.len() as u32 - 1);
            }
            mover.level_of[place] = mover.levels.len() as u32 - 1;
            last = Some(here);
        }
        if !simple {
            mover.groups.push(mover.classes.len() as u32);
            mover.leave = (0..numbers.len()).map(|p| (gone(numbers[p]), set(p).0)).collect();
        }
        mover.classes.push(mover.levels.len() as u32);
        mover.levels.push(mover.members.len() as u32);
        mover.taken = spec.taken;
        for level in 0..mover.level_count() as u32 {
            if let Some(above) = mover.level_above(level) {
                let range = mover.levels[level as usize] as usize..mover.levels[above as usize] as usize;
                mover.members[range].iter().for_each(|&p| mover.above[p as usize] = above);
            }
        }
        mover
    }

    /// Whether some group has more than one state.
    pub(crate) fn can_move(&self) -> bool {
        self.moves
    }

    /// Whether a move after a move is always a move: nothing is taken away.
    pub(crate) fn transitive(&self) -> bool {
        self.taken.is_none()
    }

    /// Whether every move can be undone: two-way options, nothing taken away.
    pub(crate) fn two_way(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many levels there are.
    pub(super) fn level_count(&self) -> usize {
        self.class_of.len()
    }

    /// The places of a level.
    pub(super) fn level(&self, level: u32) -> &[u32] {
        &self.members[self.levels[level as usize] as usize..self.levels[level as usize + 1] as usize]
    }

    /// The next level of the same class, with a higher score.
    pub(super) fn level_above(&self, level: u32) -> Option<u32> {
        (self.class_of.get(level as usize + 1) == Some(&self.class_of[level as usize])).then_some(level + 1)
    }

    /// How many classes there are.
    pub(super) fn class_count(&self) -> usize {
        self.classes.len() - 1
    }

    /// The members of every class, class by class.
    pub(super) fn by_class(&self) -> impl Iterator<Item = &[u32]> + '_ {
        (0..self.classes.len() - 1).map(|class| self.class_members(class as u32))
    }

    /// All places, by group, class and score.
    pub(super) fn members(&self) -> &[u32] {
        &self.members
    }

    /// The members of a class, as a range of [`Mover::members`].
    pub(super) fn class_range(&self, class: u32) -> std::ops::Range<u32> {
        let level = |class: usize| self.levels[self.classes[class] as usize];
        level(class as usize)..level(class as usize + 1)
    }

    /// The states of a class.
    pub(super) fn class_members(&self, class: u32) -> &[u32] {
        let range = self.class_range(class);
        &self.members[range.start as usize..range.end as usize]
    }

    /// The class of a place.
    pub(super) fn class(&self, place: u32) -> u32 {
        self.class_of[self.level_of[place as usize] as usize]
    }

    /// The `at`-th class of the group of `place` from which on [`Mover::enters`] is to be asked.
    pub(super) fn class_in_group(&self, place: u32, at: u32) -> Option<u32> {
        let class = self.class(place);
        if self.two_way() {
            return (at == 0).then_some(class);
        }
        let group = self.group_of[class as usize] as usize;
        let class = self.groups[group] + at;
        (class < self.groups[group + 1]).then_some(class)
    }

    /// Whether states of `class` (of the same group) can be reached from `place`.
    pub(super) fn enters(&self, place: u32, class: u32) -> bool {
        if self.two_way() {
            return true;
        }
        let ((gone, from), (target, to)) = (self.leave[place as usize], self.keys[class as usize]);
        gone & !target == 0 && self.taken.as_ref().is_none_or(|taken| taken.allows(from, to))
    }

    /// The first level of `class` whose states the actor prefers to `place`.
    pub(super) fn first_better(&self, place: u32, class: u32) -> Option<u32> {
        if self.class(place) == class {
            return self.better_in_class(place);
        }
        let (start, end) = (self.classes[class as usize], self.classes[class as usize + 1]);
        let score = self.scores[place as usize];
        let worse =
            |level: &u32| self.scores[self.members[self.levels[*level as usize] as usize] as usize] <= score;
        let found = partition(start, end, worse);
        (found < end).then_some(found)
    }

    /// The first level of the place's own class whose states the actor prefers to it.
    pub(super) fn better_in_class(&self, place: u32) -> Option<u32> {
        let above = self.above[place as usize];
        (above != NONE).then_some(above)
    }

    /// The first level of `class`.
    pub(super) fn first_level(&self, class: u32) -> u32 {
        self.classes[class as usize]
    }

    /// For every place: the largest of `values` over the place itself and the states that the
    /// actor reaches from it in one move.
    ///
    /// # Errors
    /// What the watch says.
    pub(crate) fn own_most(&self, values: &[u32], watch: &dyn Watch) -> Result<Vec<u32>, Stop> {
        let mut best: Vec<u32> = self
            .by_class()
            .map(|class| class.iter().map(|&p| values[p as usize]).max().unwrap_or(0))
            .collect();
        let mut most = vec![0; values.len()];
        if self.taken.is_none() {
            self.spread_back(&mut best, u32::max, watch)?;
            for (class, best) in self.by_class().zip(best) {
                class.iter().for_each(|&p| most[p as usize] = best);
            }
            return Ok(most);
        }
        self.for_each_source(watch, |sources, classes| {
            let best = classes.iter().map(|&class| best[class as usize]).max().unwrap_or(0);
            sources.iter().for_each(|&p| most[p as usize] = best.max(values[p as usize]));
        })?;
        Ok(most)
    }

    /// `into[s]` becomes the least of itself and of `values` over the states that the actor
    /// reaches from `s` in one step. For [`Steps::Moves`] `s` itself may count too.
    ///
    /// # Errors
    /// What the watch says.
    pub(crate) fn step_least(
        &self,
        steps: Steps,
        values: &[Pair],
        into: &mut [Pair],
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        match steps {
            Steps::Moves => self.move_least(values, into, watch),
            Steps::Improvements => self.improvement_least(values, into, watch),
        }
    }

    fn move_least(&self, values: &[Pair], into: &mut [Pair], watch: &dyn Watch) -> Result<(), Stop> {
        let of = |class: &[u32]| class.iter().fold(NOTHING, |all, &p| least(all, values[p as usize]));
        let mut best: Vec<Pair> = self.by_class().map(of).collect();
        let mut apply = |places: &[u32], value: Pair| {
            places.iter().for_each(|&p| into[p as usize] = least(into[p as usize], value));
        };
        if self.taken.is_none() {
            self.spread_back(&mut best, least, watch)?;
            self.by_class().zip(best).for_each(|(class, best)| apply(class, best));
            return Ok(());
        }
        self.for_each_source(watch, |sources, classes| {
            apply(sources, classes.iter().fold(NOTHING, |all, &class| least(all, best[class as usize])));
        })
    }

    fn improvement_least(&self, values: &[Pair], into: &mut [Pair], watch: &dyn Watch) -> Result<(), Stop> {
        // Per level: the least value from this level of the class upwards.
        let mut upwards = vec![NOTHING; self.level_count()];
        for level in (0..self.level_count() as u32).rev() {
            let above = self.level_above(level).map_or(NOTHING, |above| upwards[above as usize]);
            upwards[level as usize] =
                self.level(level).iter().fold(above, |all, &p| least(all, values[p as usize]));
        }
        if self.two_way() {
            for (place, into) in into.iter_mut().enumerate() {
                if let Some(level) = self.better_in_class(place as u32) {
                    *into = least(*into, upwards[level as usize]);
                }
            }
            return Ok(());
        }
        self.for_each_source(watch, |sources, classes| {
            for &place in sources {
                for level in classes.iter().filter_map(|&class| self.first_better(place, class)) {
                    into[place as usize] = least(into[place as usize], upwards[level as usize]);
                }
            }
        })
    }

    /// One value per class: each becomes the join of its own and those of all classes that can
    /// be entered from it (one-way options only). In each group by a table over the one-way
    /// options that differ in it, or pair by pair where that is less work.
    fn spread_back<T: Copy>(
        &self,
        values: &mut [T],
        join: impl Fn(T, T) -> T,
        watch: &dyn Watch,
    ) -> Result<(), Stop> {
        let mut table: Vec<Option<T>> = Vec::new();
        for group in self.groups.windows(2) {
            let (start, end) = (group[0] as usize, group[1] as usize);
            let (keys, values) = (&self.keys[start..end], &mut values[start..end]);
            if keys.len() < 2 {
                continue;
            }
            if let Some(stop) = watch.stop() {
                return Err(stop);
            }
            let vary = keys.iter().fold(0, |bits, (gone, _)| bits | (gone ^ keys[0].0));
            let bits = vary.count_ones();
            if bits < 24 && u64::from(bits) << bits < (keys.len() as u64).saturating_mul(keys.len() as u64) {
                let at = |gone: u64| compress(gone, vary);
                table.clear();
                table.resize(1 << bits, None);
                keys.iter().zip(&*values).for_each(|((gone, _), value)| table[at(*gone)] = Some(*value));
                for bit in (0..bits).map(|b| 1_usize << b) {
                    for low in (0..table.len()).filter(|n| n & bit == 0) {
                        table[low] = match (table[low], table[low | bit]) {
                            (Some(a), Some(b)) => Some(join(a, b)),
                            (a, b) => a.or(b),
                        };
                    }
                }
                keys.iter().zip(values).for_each(|((gone, _), value)| {
                    *value = table[at(*gone)].map_or(*value, |all| join(*value, all));
                });
            } else {
                let own = values.to_vec();
                for (from, (gone, _)) in keys.iter().enumerate() {
                    if from % 1024 == 1023
                        && let Some(stop) = watch.stop()
                    {
                        return Err(stop);
                    }
                    for ((target, _), value) in keys.iter().zip(&own) {
                        if gone & !target == 0 {
                            values[from] = join(values[from], *value);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Calls `each` with every state to which the actor improves from `place`.
    pub(crate) fn for_each_improvement(&self, place: u32, mut each: impl FnMut(u32)) {
        let mut at = 0;
        while let Some(class) = self.class_in_group(place, at) {
            at += 1;
            if self.enters(place, class)
                && let Some(level) = self.first_better(place, class)
            {
                let end = self.class_range(class).end as usize;
                let start = self.levels[level as usize] as usize;
                self.members[start..end].iter().for_each(|&t| each(t));
            }
        }
    }

    /// Calls `each(sources, classes)` for runs of states that can enter the same classes.
    fn for_each_source(&self, watch: &dyn Watch, mut each: impl FnMut(&[u32], &[u32])) -> Result<(), Stop> {
        let mut classes = Vec::new();
        let mut start = 0;
        let mut work = 0_usize;
        while start < self.members.len() {
            let first = self.members[start];
            let class = self.class(first);
            let end = self.class_range(class).end as usize;
            let same = |&p: &u32| self.leave[p as usize] == self.leave[first as usize];
            let run = self.members[start..end].iter().take_while(|p| same(p)).count();
            classes.clear();
            let mut at = 0;
            while let Some(class) = self.class_in_group(first, at) {
                at += 1;
                if self.enters(first, class) {
                    classes.push(class);
                }
            }
            each(&self.members[start..start + run], &classes);
            start += run;
            work += at as usize + run * classes.len();
            if work > 1 << 18 {
                work = 0;
                if let Some(stop) = watch.stop() {
                    return Err(stop);
                }
            }
        }
        Ok(())
    }
}

/// Places by group, class, score and number.
fn sorted(
    numbers: &[u64],
    spec: &MoverSpec<'_>,
    class: impl Fn(usize) -> (u64, u32),
    simple: bool,
) -> Vec<u32> {
    if simple {
        // Group, score and place in one number: compared without branches.
        let key = |place: usize| {
            let group = u128::from(numbers[place] & !spec.own);
            group << 64 | u128::from(spec.scores[place]) << 32 | place as u128
        };
        let mut keys: Vec<u128> = (0..numbers.len()).map(key).collect();
        keys.sort_unstable();
        return keys.into_iter().map(|key| key as u32).collect();
    }
    let mut order: Vec<u32> = (0..numbers.len() as u32).collect();
    order.sort_unstable_by_key(|&place| {
        let at = place as usize;
        (numbers[at] & !spec.own, class(at), spec.scores[at], place)
    });
    order
}

/// The first number of `start..end` for which `before` is false; it is true up to there.
fn partition(start: u32, end: u32, before: impl Fn(&u32) -> bool) -> u32 {
    let (mut low, mut high) = (start, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(&middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The bits of `value` at the places of `mask`, moved together.
fn compress(value: u64, mut mask: u64) -> usize {
    let (mut result, mut at) = (0, 0);
    while mask != 0 {
        result |= ((value >> mask.trailing_zeros() & 1) as usize) << at;
        at += 1;
        mask &= mask - 1;
    }
    result
}
