//! The facts of what several could do together: what they could do, who would not, and who refuses.

use detente_engine::Order;
use detente_engine::certificate::{Consent, Proposal};
use detente_model::{ActorId, Conflict, State};

use super::answer::{Answered, Step, taken};
use super::{Decides, decides, stay};

/// What several could do together from a state.
#[derive(Clone, Debug)]
pub struct Between {
    /// Who, in file order.
    pub parties: Vec<ActorId>,
    /// What they could do; none: their act cannot begin (or end) here.
    pub offers: Vec<Offer>,
}

/// One thing that they could do.
#[derive(Clone, Debug)]
pub enum Offer {
    /// Some of them would not: who likes it no better, and what each of these would lose (`None`: it is indifferent).
    Unwilling(Step, Vec<(ActorId, Option<Decides>)>),
    /// All prefer it, and nobody refuses.
    Agreed(Step),
    /// All prefer it, and one of them refuses because of what could follow.
    Refused(Step, ActorId, Box<Answered>),
}

/// What `consent` says, as facts; moves that not all prefer are added.
#[must_use]
pub fn consent(conflict: &Conflict, consent: &Consent) -> Between {
    let game = &conflict.game;
    let parties = game.parties(consent.mover);
    let mut offers: Vec<Offer> =
        consent.proposals.iter().map(|proposal| offer(conflict, consent, proposal)).collect();
    let movers = game.movers();
    let feasible = |to: &State| game.option_form().is_none_or(|form| form.broken_rule(to).is_none());
    let moves = movers
        .get(consent.mover.index())
        .and_then(|mover| game.moves_of(mover, &consent.state, &mut |to| feasible(to), u64::MAX));
    for to in moves.unwrap_or_default() {
        if consent.proposals.iter().any(|proposal| proposal.to == to) {
            continue;
        }
        let step = taken(conflict, consent.mover, &consent.state, &to, true);
        let mut unwilling = Vec::new();
        for party in &parties {
            let Some(order) = Order::new(game, *party) else { continue };
            if !order.compare(&to, &consent.state).is_better() {
                unwilling.push((*party, decides(conflict, *party, &consent.state, &to)));
            }
        }
        offers.push(Offer::Unwilling(step, unwilling));
    }
    Between { parties, offers }
}

fn offer(conflict: &Conflict, consent: &Consent, proposal: &Proposal) -> Offer {
    let step = taken(conflict, consent.mover, &consent.state, &proposal.to, true);
    let Some(refusal) = &proposal.refusal else { return Offer::Agreed(step) };
    let willing = consent.concept.willing();
    let mut steps = Vec::new();
    let mut at = proposal.to.clone();
    for answer in &refusal.sanction {
        let to = answer.to.from_here(&at);
        steps.push(taken(conflict, answer.mover, &at, &to, willing));
        at = to;
    }
    let loss = decides(conflict, refusal.party, &consent.state, &at);
    let no_way_out = consent
        .concept
        .way_out()
        .then(|| stay::kept(conflict, refusal.party, &at, &consent.state).into_iter().next());
    Offer::Refused(
        step,
        refusal.party,
        Box::new(Answered { steps, at_once: false, end: at, loss, no_way_out }),
    )
}
