//! The certificate that changed: why an actor now leaves an outcome where it stayed, or stays where it left.

use detente_engine::Bounds;
use detente_engine::certificate::{Certificate, Search};
use detente_model::{ActorId, Concept, Sequences, State};

use super::verdicts::{Because, Translation};
use crate::find::caps::{CERTIFIED, CERTIFIED_WORK};
use crate::find::findings::Findings;

/// A verdict that is another one, with both reasons.
pub struct Turn {
    /// Whose: its id.
    pub actor: String,
    /// The verdicts before and now, each about the outcome in its own conflict.
    pub certificates: (Certificate, Certificate),
    /// The move that decides where the actor leaves, as its end is in each conflict: it is told about where the actor
    /// stays, too.
    pub decides: (Option<State>, Option<State>),
}

/// Makes them for two solved conflicts under one concept.
pub(super) struct Turns<'f> {
    concept: Concept,
    sequences: Sequences,
    old: Side<'f>,
    new: Side<'f>,
    there: &'f Translation,
    back: &'f Translation,
    left: usize,
}

struct Side<'f> {
    found: &'f Findings,
    search: Search<'f>,
}

impl<'f> Side<'f> {
    fn new(found: &'f Findings) -> Self {
        let bounds = Bounds { work: Some(CERTIFIED_WORK.most), ..Bounds::default() };
        Self { found, search: Search::new(&found.conflict.game, &bounds, &*found.watch) }
    }

    /// Whether the state is possible and the actor would stay; `None`: not known.
    fn stays(&self, concept: Concept, actor: ActorId, state: &State) -> Option<bool> {
        Some(self.found.solution.verdicts.stable(concept, actor)?.contains(state))
    }

    fn certificate(
        &mut self,
        sequences: Sequences,
        concept: Concept,
        actor: ActorId,
        state: &State,
    ) -> Option<Certificate> {
        self.search.certificate(sequences, concept, actor, state).ok()
    }
}

impl<'f> Turns<'f> {
    pub(super) fn new(
        (concept, sequences): (Concept, Sequences),
        old: &'f Findings,
        new: &'f Findings,
        there: &'f Translation,
        back: &'f Translation,
    ) -> Self {
        Self {
            concept,
            sequences,
            old: Side::new(old),
            new: Side::new(new),
            there,
            back,
            left: CERTIFIED.size(),
        }
    }

    /// Why the verdict on an outcome, which is `was` in the old conflict and `now` in the new one, is
    /// another one.
    pub(super) fn because(&mut self, was: Option<&State>, now: Option<&State>) -> Because {
        let Some(was) = was.filter(|was| self.old.found.feasible().contains(was)) else {
            return Because::NotPossibleBefore;
        };
        let Some(now) = now.filter(|now| self.new.found.feasible().contains(now)) else {
            return Because::NoLongerPossible;
        };
        let Some(left) = self.left.checked_sub(1) else { return Because::NotLookedFor };
        self.left = left;
        self.turn(was, now).unwrap_or(Because::NotLookedFor)
    }

    /// The first actor whose verdict differs, or that there is none; `None`: not known.
    fn turn(&mut self, was: &State, now: &State) -> Option<Because> {
        let (old, new) = (&self.old.found.conflict.game, &self.new.found.conflict.game);
        for actor in old.actor_ids() {
            let id = &old.actors.get(actor.index())?.id;
            let Some(there) = new.actor(id) else { continue };
            let stayed = self.old.stays(self.concept, actor, was)?;
            if self.new.stays(self.concept, there, now)? == stayed {
                continue;
            }
            let before = self.old.certificate(self.sequences, self.concept, actor, was)?;
            let after = self.new.certificate(self.sequences, self.concept, there, now)?;
            let open = |c: &Certificate| c.unanswered.as_ref().map(|u| u.to.clone());
            let (gone, goes) = (open(&before), open(&after));
            let in_old = gone.clone().or_else(|| goes.as_ref().and_then(|to| self.back.of(to)));
            let in_new = goes.or_else(|| gone.as_ref().and_then(|to| self.there.of(to)));
            let certificates = (before, after);
            let turn = Turn { actor: id.clone(), certificates, decides: (in_old, in_new) };
            return Some(Because::Turn(Box::new(turn)));
        }
        let stable = |side: &Side<'_>, state: &State| {
            side.found.equilibria(self.concept).is_some_and(|set| set.contains(state))
        };
        let both = stable(&self.old, was) && stable(&self.new, now);
        Some(if both { Because::StableInBoth } else { Because::NotAlone })
    }
}
