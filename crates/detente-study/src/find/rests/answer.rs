//! The facts of a certificate: the moves that the actor would prefer, and what becomes of each.

use detente_engine::Order;
use detente_engine::certificate::{Certificate, Improvement, Target, path};
use detente_model::{ActorId, Answers, Concept, Conflict, MoverId, Pattern, State};

use super::{Decides, Kept, Stay, Support, decides, stay};
use crate::find::states;

/// Why a verdict holds.
#[derive(Clone, Debug)]
pub struct Reason {
    /// For whom.
    pub actor: ActorId,
    /// Under which concept.
    pub concept: Concept,
    /// Of which state.
    pub state: State,
    /// The verdict.
    pub stable: bool,
    /// What there is to say.
    pub body: Body,
}

/// What a reason is made of.
#[derive(Clone, Debug)]
pub enum Body {
    /// The actor has nothing to gain alone.
    Stays(Box<Stay>),
    /// The moves that it would prefer; one that goes unanswered comes first.
    Moves(Vec<Move>),
}

/// A move that the actor would prefer.
#[derive(Clone, Debug)]
pub enum Move {
    /// Several that are answered alike.
    Alike(Pattern),
    /// One, and what becomes of it.
    One(Box<Step>, Then),
}

/// A step of an actor, or of several together.
#[derive(Clone, Debug)]
pub struct Step {
    /// Who, in file order.
    pub actors: Vec<ActorId>,
    /// From where.
    pub from: State,
    /// To where.
    pub to: State,
    /// What makes it better for each of those who take it; none: it does not have to be.
    pub gain: Vec<Decides>,
}

/// What becomes of a move.
#[derive(Clone, Debug)]
pub enum Then {
    /// No answer is claimed.
    Open,
    /// It is answered.
    Answered(Box<Answered>),
    /// Nothing answers it.
    Unanswered(Silence),
}

/// The answer to a move.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The steps of the others, one after the other; all from where the actor was when they come at once.
    pub steps: Vec<Step>,
    /// Whether the steps come at the same time as the move.
    pub at_once: bool,
    /// Where it ends.
    pub end: State,
    /// Why the actor likes the end less than where it was; `None`: it is indifferent.
    pub loss: Option<Decides>,
    /// Where a way out would undo the answer (SMR, SSEQ): there is none; what would be one but for a rule or a
    /// one-way option.
    pub no_way_out: Option<Option<Kept>>,
}

/// How it comes that nothing answers a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Answers are not asked about.
    NotAsked,
    /// None of the others has a step from there.
    NoStep,
    /// None of the others has a step from there that it would prefer.
    NoWish,
    /// None of the others would leave at the same time.
    NobodyLeaves,
    /// Others would leave at the same time, but not all of that can happen together.
    NotTogether,
    /// Whatever they do, the actor stays better off, or gets there again where it may.
    StaysBetter,
}

/// What `certificate` says, as facts.
#[must_use]
pub fn reason(conflict: &Conflict, certificate: &Certificate) -> Reason {
    let count = certificate.improvements.len();
    let body = if count == 0 {
        Body::Stays(Box::new(stay(conflict, certificate.actor, &certificate.state)))
    } else {
        let open = certificate.unanswered.as_ref().map(|u| &u.to);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|at| open.is_none_or(|to| certificate.improvements[*at].to.one() != Some(to)));
        Body::Moves(order.into_iter().filter_map(|at| entry(conflict, certificate, at)).collect())
    };
    Reason {
        actor: certificate.actor,
        concept: certificate.concept,
        state: certificate.state.clone(),
        stable: certificate.stable,
        body,
    }
}

fn entry(conflict: &Conflict, certificate: &Certificate, at: usize) -> Option<Move> {
    let (actor, state) = (certificate.actor, &certificate.state);
    let entry = certificate.improvements.get(at)?;
    let to = match &entry.to {
        Target::Pattern(pattern) => return Some(Move::Alike(pattern.clone())),
        Target::One(to) => to,
    };
    let gain = decides(conflict, actor, to, state).into_iter().collect();
    let step = Step { actors: vec![actor], from: state.clone(), to: to.clone(), gain };
    let then = if entry.sanction.is_empty() {
        let unanswered = certificate.unanswered.as_ref().filter(|u| u.to == *to);
        unanswered.map_or(Then::Open, |_| Then::Unanswered(silence(conflict, certificate)))
    } else {
        Then::Answered(Box::new(answered(conflict, certificate, at, entry)))
    };
    Some(Move::One(Box::new(step), then))
}

fn answered(conflict: &Conflict, certificate: &Certificate, at: usize, entry: &Improvement) -> Answered {
    let (actor, state) = (certificate.actor, &certificate.state);
    let at_once = certificate.concept.at_once();
    let states = path(&conflict.game, certificate, at);
    let steps: Vec<Step> = entry
        .sanction
        .iter()
        .zip(&states)
        .map(|(step, before)| {
            let from = if at_once { state } else { before };
            let to = step.to.from_here(from);
            taken(conflict, step.mover, from, &to, certificate.concept.willing())
        })
        .collect();
    let end = states.last().unwrap_or(state).clone();
    let loss = decides(conflict, actor, state, &end);
    let no_way_out =
        certificate.concept.way_out().then(|| stay::kept(conflict, actor, &end, state).into_iter().next());
    Answered { steps, at_once, end, loss, no_way_out }
}

/// A step, with what each who takes it gains, where it has to be a gain.
pub(super) fn taken(conflict: &Conflict, mover: MoverId, from: &State, to: &State, willing: bool) -> Step {
    let actors = conflict.game.parties(mover);
    let gain = actors.iter().filter(|_| willing).filter_map(|actor| decides(conflict, *actor, to, from));
    let gain = gain.collect();
    Step { actors, from: from.clone(), to: to.clone(), gain }
}

fn silence(conflict: &Conflict, certificate: &Certificate) -> Silence {
    let Some(unanswered) = &certificate.unanswered else { return Silence::StaysBetter };
    let alone = unanswered.closure.len() <= 1 && unanswered.closure.iter().all(|t| t.one().is_some());
    match certificate.concept.answers() {
        Answers::Nothing => Silence::NotAsked,
        _ if !alone => Silence::StaysBetter,
        Answers::Moves => Silence::NoStep,
        Answers::Improvements => Silence::NoWish,
        Answers::AtOnce => at_once(conflict, certificate.actor, &certificate.state),
    }
}

/// Whether another actor would leave `state` at the same time as `actor`.
fn at_once(conflict: &Conflict, actor: ActorId, state: &State) -> Silence {
    let game = &conflict.game;
    for other in game.actor_ids().filter(|other| *other != actor) {
        let Some(order) = Order::new(game, other) else { continue };
        match states::moves(game, other, state) {
            None => return Silence::StaysBetter,
            Some(moves) if moves.iter().any(|to| order.compare(to, state).is_better()) => {
                return Silence::NotTogether;
            }
            Some(_) => {}
        }
    }
    Silence::NobodyLeaves
}

impl Answered {
    /// What makes the others take their steps and the actor no better off, with what bars its way out.
    #[must_use]
    pub fn parts(&self) -> Vec<Support> {
        let gains = self.steps.iter().flat_map(|step| &step.gain).flat_map(Decides::parts);
        let loss = self.loss.iter().flat_map(Decides::parts);
        let barred = self.no_way_out.iter().flatten().flat_map(|kept| kept.by.iter().copied());
        gains.chain(loss).chain(barred).collect()
    }
}
