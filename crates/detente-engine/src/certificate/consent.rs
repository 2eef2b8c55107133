//! The witness for a verdict on what several could do together.
//!
//! # Definition
//! Let `m` be a joint mover, `s` the state. `s` is stable for `m` when every improvement of `m` from `s` (better for
//! each party) is refused by some party: party `j` refuses `s1` when some sequence of the answers of movers without
//! `j` leads from `s1` to a state that sanctions for `j`. Answers are improvements of their mover under seq and sseq;
//! under gmr and smr those of movers with a fellow party (somebody in `P(m)`) are, all others move as they like. Under
//! nash nobody refuses.
//!
//! # What a certificate claims
//! * The entries are all improvements of `m` from `s`, each once.
//! * A refusal: its sequence is one that may answer, and ends in a state that sanctions for the party.
//! * `stable` claims that every entry has a refusal.
//! * If not stable, some entry has a closed set for every party: it holds the improvement and all that the answers
//!   make of it, and nothing in it sanctions for the party.

use detente_model::{ActorId, Answers, Concept, MoverId, Sequences, State};

use super::build::{Response, Search, Work};
use super::{BuildError, Step, Target};
use crate::arena::{Arena, Cut};
use crate::{Deciding, LimitHit, Order, Stop};

/// A witness for the verdict on one state, for several who act together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The reading of sequences of answers.
    pub sequences: Sequences,
    /// Who would act together.
    pub mover: MoverId,
    /// Under which concept.
    pub concept: Concept,
    /// From which state.
    pub state: State,
    /// The verdict: they do not.
    pub stable: bool,
    /// What all of them would prefer.
    pub proposals: Vec<Proposal>,
}

/// What several could do, to the gain of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where it leads.
    pub to: State,
    /// Who refuses, and why.
    pub refusal: Option<Refusal>,
    /// Where nobody refuses: for every party, what answers can make of it, none of which sanctions.
    pub closures: Vec<(ActorId, Vec<Target>)>,
}

/// Why a party does not join in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who.
    pub party: ActorId,
    /// The answers that it fears, one after the other.
    pub sanction: Vec<Step>,
    /// What decides between the state (first) and the end of the answers (second); `None`: it is indifferent.
    pub because: Option<Deciding>,
}

impl<'g> Search<'g> {
    /// The certificate of the verdict on `state` for the joint mover `mover` under `concept`.
    ///
    /// # Complexity
    /// Per party, what answers reach from each improvement.
    ///
    /// # Errors
    /// [`BuildError`]; simultaneous stability is not defined for those who act together.
    pub fn consent(
        &mut self,
        sequences: Sequences,
        concept: Concept,
        mover: MoverId,
        state: &State,
    ) -> Result<Consent, BuildError> {
        let game = self.arena.game();
        if concept.answers() == Answers::AtOnce {
            return Err(BuildError::NotPossible);
        }
        if !self.arena.is_feasible(state) {
            return Err(BuildError::NotFeasible(state.clone()));
        }
        let parties = self.arena.parties(mover).to_vec();
        let orders: Option<Vec<Order<'g>>> = parties.iter().map(|party| Order::new(game, *party)).collect();
        let Some(orders) = orders.filter(|orders| orders.len() > 1) else {
            return Err(BuildError::NoActor(ActorId(mover.0)));
        };
        let bound = self.bound;
        let build = |arena: &mut Arena<'g>| -> Result<Vec<Proposal>, Cut> {
            let from = arena.meet(state)?;
            let mut proposals = Vec::new();
            for to in arena.improvements(mover, from)? {
                let mut proposal =
                    Proposal { to: arena.state(to).clone(), refusal: None, closures: Vec::new() };
                for (party, order) in parties.iter().zip(&orders) {
                    if concept.answers() == Answers::Nothing {
                        break;
                    }
                    let (actor, fellows) = (*party, parties.clone());
                    let order = *order;
                    let mut work = Work {
                        arena: &mut *arena,
                        order,
                        sequences,
                        concept,
                        actor,
                        fellows,
                        bound,
                        left: bound,
                    };
                    match work.in_turn(from, to, usize::MAX)? {
                        Response::Sanction(sanction, end) => {
                            let because = work.deciding(from, end);
                            proposal.refusal = Some(Refusal { party: *party, sanction, because });
                            proposal.closures.clear();
                            break;
                        }
                        Response::Closure(closure) => {
                            let states = closure.iter().map(|met| work.arena.state(*met).clone());
                            let closure = work.cover(states.collect());
                            proposal.closures.push((*party, closure));
                        }
                        Response::GaveUp => return Err(Cut::beyond(bound)),
                    }
                }
                proposals.push(proposal);
            }
            Ok(proposals)
        };
        let before = self.arena.len();
        let mut found = build(&mut self.arena);
        if found.as_ref().is_err_and(|cut| cut.stop == Stop::Work) && before > 0 {
            // What other certificates met takes no place from this one.
            self.arena = Arena::new(game, self.states, self.watch);
            found = build(&mut self.arena);
        }
        let proposals = found.map_err(|cut| {
            BuildError::Limit(LimitHit {
                stop: cut.stop,
                what: format!("the search for the reason of a verdict ({})", concept.id()),
                limit: cut.limit_words(),
                reached: format!("{} states", self.arena.len()),
                exact: String::new(),
            })
        })?;
        let stable = proposals.iter().all(|proposal| proposal.refusal.is_some());
        Ok(Consent { sequences, mover, concept, state: state.clone(), stable, proposals })
    }
}
