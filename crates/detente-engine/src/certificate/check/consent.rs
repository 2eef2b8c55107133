//! Checks a certificate for several who act together: see [`crate::certificate::Consent`].

use detente_model::{ActorId, Concept, Form, State};

use super::{Check, Checker, Fault, Halt, reject};
use crate::certificate::{Certificate, Consent, Improvement, Proposal, Target, Unanswered};

impl<'g> Checker<'g> {
    /// Checks everything that `consent` claims.
    ///
    /// # Errors
    /// The first thing found that is not so, or the limit.
    pub fn check_consent(&mut self, consent: &Consent) -> Result<(), Fault> {
        self.work.refill(self.most);
        self.consent(consent).map_err(|halt| self.fault(halt))
    }

    fn consent(&mut self, consent: &Consent) -> Result<(), Halt> {
        let parties = self.literal.parties(consent.mover).to_vec();
        if parties.len() < 2 {
            return reject("mover", "nobody acts together under this name in this case");
        }
        if consent.concept == Concept::Sim {
            return reject("concept", "simultaneous stability is not defined for those who act together");
        }
        let state = &consent.state;
        if !self.literal.is_feasible(state) {
            return reject("state", "the rules of the case do not allow this state");
        }
        let moves = self.literal.moves(consent.mover, state)?;
        let better: Vec<State> =
            moves.iter().filter(|to| self.literal.improves(consent.mover, to, state)).cloned().collect();
        for (at, proposal) in consent.proposals.iter().enumerate() {
            let path = format!("proposals[{at}].to");
            let words = self.literal.words(&proposal.to);
            if !better.contains(&proposal.to) {
                return reject(path, format!("they cannot go to {words}, or not all of them prefer it"));
            }
            if consent.proposals[..at].iter().any(|earlier| earlier.to == proposal.to) {
                return reject(path, format!("{words} stands here twice"));
            }
        }
        if let Some(missing) = better.iter().find(|to| consent.proposals.iter().all(|p| p.to != **to)) {
            let words = self.literal.words(missing);
            return reject("proposals", format!("all of them would also prefer {words}, which is left out"));
        }
        if consent.stable != consent.proposals.iter().all(|proposal| proposal.refusal.is_some()) {
            return reject("stable", "they stay exactly when each proposal is refused");
        }
        let mut agreed = consent.stable;
        for (at, proposal) in consent.proposals.iter().enumerate() {
            self.proposal(at, consent, proposal)?;
            agreed |= proposal.refusal.is_none()
                && (consent.concept == Concept::Nash
                    || parties.iter().all(|j| proposal.closures.iter().any(|(party, _)| party == j)));
        }
        if agreed { Ok(()) } else { reject("proposals", "no proposal is shown to be refused by nobody") }
    }

    /// The check of what is asked of one party, whose fellows answer by improvements only.
    fn for_party<'a>(&'a mut self, certificate: &'a Certificate, fellows: &'a [ActorId]) -> Check<'a, 'g> {
        let (cases, listed) = (self.cases.as_ref(), self.listed);
        Check { certificate, fellows, literal: &mut self.literal, cases, listed }
    }

    fn proposal(&mut self, at: usize, consent: &Consent, proposal: &Proposal) -> Result<(), Halt> {
        let parties = self.literal.parties(consent.mover).to_vec();
        if let Some(refusal) = &proposal.refusal {
            let path = format!("proposals[{at}].refusal");
            if consent.concept == Concept::Nash {
                return reject(path, "under nash nobody refuses");
            }
            if !parties.contains(&refusal.party) {
                return reject(path, "only a party can refuse");
            }
            let entry = Improvement {
                to: Target::One(proposal.to.clone()),
                gain: None,
                sanction: refusal.sanction.clone(),
                because: refusal.because,
            };
            let for_party = as_for(consent, refusal.party, vec![entry]);
            let mut check = self.for_party(&for_party, &parties);
            check.who(&path, &refusal.sanction)?;
            return check
                .single(0, &proposal.to, &for_party.improvements[0])
                .map_err(|halt| place(halt, &path));
        }
        for (party, closure) in &proposal.closures {
            let path = format!("proposals[{at}].closures");
            if !parties.contains(party) {
                return reject(path, "only parties are asked");
            }
            if matches!(self.literal.game.form, Form::Graph(_)) && closure.iter().any(|t| t.one().is_none()) {
                return reject(path, "a conflict in graph form has no patterns");
            }
            let for_party = as_for(consent, *party, vec![]);
            let mut check = self.for_party(&for_party, &parties);
            let unanswered = Unanswered { to: proposal.to.clone(), closure: closure.clone() };
            check.closed(&unanswered).map_err(|halt| place(halt, &path))?;
        }
        Ok(())
    }
}

/// What is asked of one party, as a certificate of its own.
fn as_for(consent: &Consent, party: ActorId, improvements: Vec<Improvement>) -> Certificate {
    Certificate {
        sequences: consent.sequences,
        actor: party,
        concept: consent.concept,
        state: consent.state.clone(),
        stable: false,
        improvements,
        unanswered: None,
    }
}

/// A fault at its place in this certificate.
fn place(halt: Halt, path: &str) -> Halt {
    match halt {
        Halt::Fault(Fault::Rejected { why, .. }) => {
            Halt::Fault(Fault::Rejected { path: path.to_owned(), why })
        }
        other => other,
    }
}
