//! Movers: who can change the state. Every actor, and the groups that together begin or end an act.

use std::collections::BTreeSet;

use crate::{
    Act, ActId, ActorId, Condition, Direction, Expr, Form, Game, MoverId, OptionForm, OptionId, State, Switch,
};

/// Who can change the state: an actor, or several together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mover {
    /// `P(m)`: who takes part, ascending.
    pub parties: Vec<ActorId>,
    /// What several do together; `None`: an actor with its own moves.
    pub joint: Option<Joint>,
}

/// What several do together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Joint {
    /// With which act.
    pub act: ActId,
    /// What becomes of it.
    pub step: Step,
}

/// What a joint mover does with its act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It begins, or goes to this level (by its place; 0 where the act has no levels).
    Begin(u32),
    /// It ends.
    End,
}

impl Game {
    /// All movers: the actors in file order, then per act in file order the groups of two or more that
    /// begin it (level by level), and those that end it.
    #[must_use]
    pub fn movers(&self) -> Vec<Mover> {
        let mut movers: Vec<Mover> =
            self.actor_ids().map(|actor| Mover { parties: vec![actor], joint: None }).collect();
        let Some(form) = self.option_form() else {
            movers.extend(
                self.graph_form()
                    .into_iter()
                    .flat_map(|form| &form.joint)
                    .map(|joint| Mover { parties: joint.parties.clone(), joint: None }),
            );
            return movers;
        };
        for (at, act) in form.acts.iter().enumerate() {
            let id = ActId::from(at);
            let several = |groups: &[Vec<ActorId>]| -> Vec<Vec<ActorId>> {
                groups.iter().filter(|group| group.len() > 1).cloned().collect()
            };
            let levels = form.scale_of(act.first).map_or(1, |scale| scale.values.len() as u32);
            for level in 0..levels {
                movers.extend(several(&act.begins.groups).into_iter().map(|parties| Mover {
                    parties,
                    joint: Some(Joint { act: id, step: Step::Begin(level) }),
                }));
            }
            movers.extend(
                several(&act.ends.groups)
                    .into_iter()
                    .map(|parties| Mover { parties, joint: Some(Joint { act: id, step: Step::End }) }),
            );
        }
        movers
    }

    /// Who takes part in the moves of the mover with this number, in file order.
    #[must_use]
    pub fn parties(&self, mover: MoverId) -> Vec<ActorId> {
        if mover.index() < self.actors.len() {
            return vec![ActorId(mover.0)];
        }
        self.movers().get(mover.index()).map_or_else(Vec::new, |mover| mover.parties.clone())
    }

    /// The id of a mover in contracts: `az`, `act.peace:begin:az+am`, `act.cap:30:a+b`.
    #[must_use]
    pub fn mover_id(&self, mover: &Mover) -> String {
        let name = |actor: &ActorId| self.actors.get(actor.index()).map_or("", |a| a.id.as_str());
        let parties: Vec<&str> = mover.parties.iter().map(name).collect();
        let parties = parties.join("+");
        let act =
            mover.joint.and_then(|joint| Some((joint, self.option_form()?.acts.get(joint.act.index())?)));
        let Some((joint, act)) = act else { return parties };
        let step = match joint.step {
            Step::End => "end".to_owned(),
            Step::Begin(level) => match self.option_form().and_then(|form| form.scale_of(act.first)) {
                Some(scale) => scale.values.word(level as usize),
                None => "begin".to_owned(),
            },
        };
        format!("act.{}:{step}:{parties}", act.id)
    }

    /// Where `mover` can move in one step from `from`, ascending; `feasible` says which states the rules allow (in
    /// option form). `None`: an actor has more than `most` settings of its own switches to look at.
    ///
    /// # Definition
    /// An actor: what any number of changes leads to, each of which flips any set of its own switches (options, acts
    /// that it alone may begin or end) as direction and condition at the state before allow, to a feasible state;
    /// without the moves taken away from it. Several: the one state in which their act has begun or ended.
    ///
    /// # Complexity
    /// Without conditions one look at every setting of the actor's switches; with them, one for every setting that is
    /// reached.
    pub fn moves_of(
        &self,
        mover: &Mover,
        from: &State,
        feasible: &mut dyn FnMut(&State) -> bool,
        most: u64,
    ) -> Option<Vec<State>> {
        let form = match &self.form {
            Form::Graph(form) => {
                let at = from.number()?.checked_sub(1)?;
                let number = |to: u32| State::from_number(u64::from(to) + 1);
                let alone = form.arcs.iter().filter(|arc| mover.parties == [arc.actor]);
                let alone = alone.filter(|arc| u64::from(arc.from) == at).map(|arc| number(arc.to));
                let joint = form.joint.iter().filter(|joint| joint.parties == mover.parties);
                let joint = joint.flat_map(|joint| &joint.arcs).filter(|(from, _)| u64::from(*from) == at);
                let mut found: Vec<State> = alone.chain(joint.map(|(_, to)| number(*to))).collect();
                found.sort_unstable();
                found.dedup();
                return Some(found);
            }
            Form::Options(form) => form,
        };
        if let Some(joint) = mover.joint {
            return Some(form.joint_move(joint, from).filter(|to| feasible(to)).into_iter().collect());
        }
        let [actor] = mover.parties.as_slice() else { return Some(vec![]) };
        let own = form.own_things(*actor);
        let settings = own.iter().map(|&thing| form.bits(thing).len() as u64 + 1);
        let count = settings.fold(1_u64, u64::saturating_mul);
        if count > most {
            return None;
        }
        // All settings of its own switches that the rules allow.
        let mut all = vec![from.clone()];
        for &thing in &own {
            let bits = form.bits(thing);
            all = all
                .iter()
                .flat_map(|state| {
                    (0..=bits.len()).map(|height| {
                        let set = bits.iter().enumerate().map(|(at, &bit)| (bit, at < height));
                        state.with(&set.collect::<Vec<_>>())
                    })
                })
                .collect();
        }
        all.retain(|state| state == from || feasible(state));
        let mut reached = vec![false; all.len()];
        let mut open: Vec<usize> = all.iter().position(|state| state == from).into_iter().collect();
        open.iter().for_each(|&at| reached[at] = true);
        while let Some(at) = open.pop() {
            for to in 0..all.len() {
                if !reached[to] && form.is_change(*actor, &own, &all[at], &all[to]) {
                    reached[to] = true;
                    open.push(to);
                }
            }
        }
        let ways = form.ways(|mover| mover == *actor);
        let taken = |to: &State| {
            ways.against(from, to).any(|obstacle| matches!(obstacle, crate::Obstacle::Cannot(_)))
        };
        let found = all.into_iter().zip(reached).filter(|(to, reached)| *reached && to != from);
        let mut found: Vec<State> = found.map(|(to, _)| to).filter(|to| !taken(to)).collect();
        found.sort_unstable();
        Some(found)
    }

    /// Whether actors alone decide, each by its own options and whatever else stands: no acts, no chance events, no
    /// conditions, nobody who moves together. What an engine takes that knows nothing of this module.
    #[must_use]
    pub fn only_own_moves(&self) -> bool {
        match self.option_form() {
            Some(form) => {
                let free = |o: &crate::Opt| o.begins_if.is_empty() && o.ends_if.is_empty();
                form.acts.is_empty() && form.chances.is_empty() && form.options.iter().all(free)
            }
            None => !self.has_joint_movers(),
        }
    }

    /// Whether somebody moves together with another: whether there is more than the actors' own moves.
    #[must_use]
    pub fn has_joint_movers(&self) -> bool {
        match self.option_form() {
            Some(form) => {
                let several = |groups: &[Vec<ActorId>]| groups.iter().any(|group| group.len() > 1);
                form.acts.iter().any(|act| several(&act.begins.groups) || several(&act.ends.groups))
            }
            None => self.graph_form().is_some_and(|form| !form.joint.is_empty()),
        }
    }
}

impl From<ActorId> for MoverId {
    /// An actor is the mover with its own number.
    fn from(actor: ActorId) -> Self {
        Self(actor.0)
    }
}

impl OptionForm {
    /// The switches of a thing, lowest first.
    #[must_use]
    pub fn bits(&self, thing: OptionId) -> Vec<OptionId> {
        self.scale_of(thing).map_or_else(|| vec![thing], |scale| scale.switches().collect())
    }

    /// The act that a switch belongs to.
    #[must_use]
    pub fn act_of(&self, switch: OptionId) -> Option<&Act> {
        match self.options.get(switch.index())?.of {
            Switch::Act(id) => self.acts.get(id.index()),
            _ => None,
        }
    }

    fn height(&self, thing: OptionId, state: &State) -> usize {
        self.bits(thing).into_iter().filter(|&bit| state.is_on(bit)).count()
    }

    /// Whether `actor` alone can switch a thing: its option, or an act that it alone may begin or end.
    #[must_use]
    pub fn has_a_say(&self, actor: ActorId, thing: OptionId) -> bool {
        match self.act_of(thing) {
            Some(act) => act.begins.suffices(actor) || act.ends.suffices(actor),
            None => {
                self.options.get(thing.index()).is_some_and(|o| o.of == Switch::Option && o.actor == actor)
            }
        }
    }

    /// What `actor` alone can switch, one way or the other: of a levelled thing its first switch.
    #[must_use]
    pub fn own_things(&self, actor: ActorId) -> Vec<OptionId> {
        let first = |option: &crate::Opt| option.scale.is_none_or(|(_, at)| at == 0);
        let things = self.options.iter().enumerate().filter(|(_, option)| first(option));
        things.map(|(at, _)| OptionId::from(at)).filter(|&thing| self.has_a_say(actor, thing)).collect()
    }

    /// The switches that a formula speaks of, by its definitions too, ascending.
    #[must_use]
    pub fn read_by(&self, formula: &Expr) -> BTreeSet<OptionId> {
        let mut found = BTreeSet::new();
        formula.walk(&mut |part| match part {
            Expr::Option(option) => _ = found.insert(*option),
            Expr::Defined(d) => {
                found.extend(
                    self.definitions.get(d.index()).map(|d| self.read_by(&d.that)).unwrap_or_default(),
                );
            }
            _ => {}
        });
        found
    }

    /// Whether a move of `actor` may change what it may do next within the same move: a condition of its own switches is
    /// about some of them, or an act that it begins alone brings others along. Where not, any number of its changes is
    /// one change.
    #[must_use]
    pub fn changes_open_others(&self, actor: ActorId) -> bool {
        let things = self.own_things(actor);
        let own: BTreeSet<OptionId> = things.iter().flat_map(|&thing| self.bits(thing)).collect();
        things.iter().any(|&thing| {
            let Some(option) = self.options.get(thing.index()) else { return false };
            let company =
                self.act_of(thing).is_some_and(|act| !act.with.is_empty() && act.begins.suffices(actor));
            let mut conditions = option.begins_if.iter().chain(&option.ends_if);
            company || conditions.any(|condition| !self.read_by(&condition.that).is_disjoint(&own))
        })
    }

    fn all_hold(&self, conditions: &[Condition], state: &State) -> bool {
        conditions.is_empty() || {
            let defined = self.defined(state);
            let truth = |d: crate::DefinitionId| defined.get(d.index()).copied().unwrap_or(false);
            conditions.iter().all(|condition| condition.that.eval(&|o| state.is_on(o), &truth))
        }
    }

    /// Whether `actor` may bring a thing from where it stands in `before` to where it stands in `after`, as far as
    /// direction and condition at `judged` go.
    fn may_switch(
        &self,
        actor: ActorId,
        thing: OptionId,
        judged: &State,
        before: &State,
        after: &State,
    ) -> bool {
        let Some(option) = self.options.get(thing.index()) else { return false };
        let (from, to) = (self.height(thing, before), self.height(thing, after));
        match self.act_of(thing) {
            Some(act) if to == 0 => act.ends.suffices(actor) && self.all_hold(&option.ends_if, judged),
            Some(act) => act.begins.suffices(actor) && self.all_hold(&option.begins_if, judged),
            None if to > from => {
                option.direction != Direction::OffOnly && self.all_hold(&option.begins_if, judged)
            }
            None => option.direction != Direction::OnOnly && self.all_hold(&option.ends_if, judged),
        }
    }

    /// Whether one change of its own switches `own` leads `actor` from one state to another that differs in nothing
    /// else. Whether the rules allow the two is not asked.
    #[must_use]
    pub fn is_change(&self, actor: ActorId, own: &[OptionId], before: &State, after: &State) -> bool {
        let changed = own.iter().copied().filter(|&o| self.height(o, before) != self.height(o, after));
        let changed: Vec<OptionId> = changed.collect();
        let begun = changed.iter().copied().filter(|&thing| self.height(thing, before) == 0);
        let begun: Vec<(OptionId, &Act)> =
            begun.filter_map(|thing| Some((thing, self.act_of(thing)?))).collect();
        let brings_along = |act: &Act| act.with.iter().all(|&(switch, on)| after.is_on(switch) == on);
        begun.iter().all(|(_, act)| brings_along(act))
            && changed.iter().all(|&thing| {
                self.may_switch(actor, thing, before, before, after)
                    // What comes along with an act is judged as if the act were done.
                    || begun.iter().any(|&(switch, act)| {
                        let comes = act.with.iter().any(|(with, _)| self.bits(thing).contains(with));
                        comes && {
                            let set = self.bits(switch).into_iter().map(|bit| (bit, after.is_on(bit)));
                            let done = before.with(&set.collect::<Vec<_>>());
                            self.may_switch(actor, thing, &done, before, after)
                        }
                    })
            })
    }

    /// The state that several make of `from` by their act; `None`: they cannot. Whether the rules allow it is not asked.
    #[must_use]
    pub fn joint_move(&self, joint: Joint, from: &State) -> Option<State> {
        let act = self.acts.get(joint.act.index())?;
        let option = self.options.get(act.first.index())?;
        let bits = self.bits(act.first);
        let goal = match joint.step {
            Step::End => 0,
            Step::Begin(level) => level as usize + 1,
        };
        let now = self.height(act.first, from);
        let conditions = if goal == 0 { &option.ends_if } else { &option.begins_if };
        if now == goal || !self.all_hold(conditions, from) {
            return None;
        }
        let set: Vec<(OptionId, bool)> = bits.iter().enumerate().map(|(at, &bit)| (bit, at < goal)).collect();
        let done = from.with(&set);
        if goal == 0 || now > 0 {
            return Some(done);
        }
        let open = act.with.iter().copied().filter(|&(switch, on)| from.is_on(switch) != on);
        for (switch, on) in open {
            let with = self.options.get(switch.index())?;
            let (barred, conditions) = match on {
                true => (Direction::OffOnly, &with.begins_if),
                false => (Direction::OnOnly, &with.ends_if),
            };
            if with.direction == barred || !self.all_hold(conditions, &done) {
                return None;
            }
        }
        Some(done.with(&act.with))
    }
}
