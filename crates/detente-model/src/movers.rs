//! Movers: who can change the state. Every actor, and the groups that together begin or end an act.

use crate::{ActId, ActorId, Game, MoverId};

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
