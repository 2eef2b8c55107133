//! The dilemmas that two actors are in by what they ask and threaten.
//!
//! # Definition
//! Of actors `A` and `B`: `p_i`, the *position* of `i`: of the states within reach in which everything that `i` asks
//! is as it asks (where the condition of a demand holds, what is asked holds), those that `i` likes best. `f`, the
//! *fallback*: today with all threats of the two carried out. For `A` against `B`:
//! - [`Kind::Persuasion`], `B` can hold out: `f ≿_B p` for some `p` in `p_A`;
//! - [`Kind::Rejection`], `A` cannot hold out: `p ≿_A f` for some `p` in `p_B` that is not in `p_A` (what both ask for
//!   need not be rejected);
//! - [`Kind::Threat`], what `A` threatens is not believable: `A` alone has an improvement from `f` to where not
//!   everything that it threatened is carried out;
//! - [`Kind::Trust`], that `B` would keep to it is not believable: `B` alone has an improvement from some `p` in `p_A`
//!   to where not everything is as `A` asks.
//!
//! What is missing for one of them is named: [`Missing`].
//!
//! # Complexity
//! One pass over the states per actor, and the moves of one actor from each state of a position, up to
//! [`SAID_MOVES`](crate::caps::SAID_MOVES).
//!
//! # Source
//! After Howard, N. (1999), *Confrontation Analysis*, and Bryant, J. (2003), *The Six Dilemmas of Collaboration*; our
//! reading: positions are sets of states, who is indifferent is not persuaded, and a step that breaks nothing breaks no
//! word.

use detente_model::{ActorId, Expr, Game, OptionForm, Said, SaidKind, State};

use super::cases::stopped;
use crate::caps::SAID_MOVES;
use crate::explicit::ground::{Ground, Moves};
use crate::{LimitHit, SolveError, Watch};

/// `A` against `B`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// `A`.
    pub of: ActorId,
    /// `B`.
    pub against: ActorId,
    /// Each kind, in the order of [`Kind::ALL`].
    pub dilemmas: [Dilemma; 4],
}

/// The kinds of dilemma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The other can hold out.
    Persuasion,
    /// One cannot hold out oneself.
    Rejection,
    /// One's own threat is not believable.
    Threat,
    /// The other would not keep to it.
    Trust,
}

impl Kind {
    /// All, with their words in JSON.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Persuasion, "persuasion"),
        (Self::Rejection, "rejection"),
        (Self::Threat, "threat"),
        (Self::Trust, "trust"),
    ];
}

/// Whether there is a dilemma of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dilemma {
    /// It has no meaning here.
    Missing(Missing),
    /// There is none.
    No,
    /// There is one, shown by this.
    Yes(Pinch),
    /// Not found among what the bound on moves allows to look at.
    Open,
}

/// What a dilemma shows itself in: who likes one state at least as much as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinch {
    /// Who.
    pub who: ActorId,
    /// What it likes at least as much (persuasion: the fallback; rejection: what the other asks; threat, trust: where it
    /// would go).
    pub to: State,
    /// As this (persuasion: what is asked; rejection, threat: the fallback; trust: what is asked).
    pub from: State,
    /// Whether it likes both the same.
    pub indifferent: bool,
}

/// Why there can be no dilemma of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// This actor asks nothing.
    Demand(ActorId),
    /// In no state within reach is everything as this actor asks.
    Position(ActorId),
    /// What the other asks is what this one asks: there is nothing to reject.
    Agreed,
    /// This actor threatens nothing.
    Threat(ActorId),
    /// Neither threatens anything.
    Threats,
    /// The case does not say where things stand.
    Today,
    /// The threats cannot all be carried out from where things stand.
    NotFeasible,
}

/// Every ordered pair of whom one asks something of the other or threatens it, in file order.
pub(super) fn pairs(
    game: &Game,
    form: &OptionForm,
    ground: &Ground<'_>,
    said: &[Said],
    limits: &mut Vec<LimitHit>,
    watch: &dyn Watch,
) -> Result<Vec<Pair>, SolveError> {
    let speaks = |of: ActorId, to: ActorId| {
        let addressed = |one: &Said| one.by == of && one.to.contains(&to);
        said.iter().any(|one| matches!(one.kind, SaidKind::Threat | SaidKind::Demand) && addressed(one))
    };
    let mut found = Vec::new();
    let (moves, reach) = (ground.moves(), ground.reach());
    let positions: Vec<Result<Vec<u32>, Missing>> =
        game.actor_ids().map(|actor| position(ground, said, actor, &reach)).collect();
    for of in game.actor_ids() {
        for against in game.actor_ids().filter(|other| *other != of) {
            if !speaks(of, against) && !speaks(against, of) {
                continue;
            }
            let fallback = fallback(game, form, ground, said, [of, against]);
            let look = Look { ground, moves: &moves, watch };
            let dilemmas = [
                look.likes(fallback, &positions[of.index()], against, true),
                look.likes(fallback, &apart(&positions[against.index()], &positions[of.index()]), of, false),
                match said.iter().any(|one| one.kind == SaidKind::Threat && one.by == of) {
                    true => {
                        let by = |one: &&Said| one.kind == SaidKind::Threat && one.by == of;
                        let all = said.iter().filter(by).map(|threat| threat.then.clone()).collect();
                        let kept = ground.truth(&Expr::And(all));
                        look.leaves(&fallback.map(|place| vec![place]), of, &kept)?
                    }
                    false => Dilemma::Missing(Missing::Threat(of)),
                },
                look.leaves(&positions[of.index()], against, &ground.truth(&demands(said, of)))?,
            ];
            if dilemmas.contains(&Dilemma::Open) {
                let id = |actor: ActorId| game.actors.get(actor.index()).map_or("", |a| a.id.as_str());
                limits.push(SAID_MOVES.hit(
                    format!("dilemmas of {} against {}", id(of), id(against)),
                    "a part of what is asked",
                    "the dilemmas that are named",
                ));
            }
            found.push(Pair { of, against, dilemmas });
        }
    }
    Ok(found)
}

/// What of a position is not in the other one.
fn apart(
    position: &Result<Vec<u32>, Missing>,
    other: &Result<Vec<u32>, Missing>,
) -> Result<Vec<u32>, Missing> {
    let mut position = position.clone()?;
    if let Ok(other) = other {
        position.retain(|place| other.binary_search(place).is_err());
        if position.is_empty() {
            return Err(Missing::Agreed);
        }
    }
    Ok(position)
}

/// `p_i`: of the states within reach that meet all demands of `actor`, those that it likes best.
fn position(ground: &Ground<'_>, said: &[Said], actor: ActorId, reach: &[bool]) -> Result<Vec<u32>, Missing> {
    if !said.iter().any(|one| one.kind == SaidKind::Demand && one.by == actor) {
        return Err(Missing::Demand(actor));
    }
    let met = ground.truth(&demands(said, actor));
    let scores = &ground.scores()[actor.index()];
    let meets = |place: &u32| met[*place as usize] && reach[*place as usize];
    let best = (0..scores.len() as u32).filter(meets).map(|place| scores[place as usize]).max();
    let best = best.ok_or(Missing::Position(actor))?;
    Ok((0..scores.len() as u32).filter(|place| meets(place) && scores[*place as usize] == best).collect())
}

/// That everything is as `actor` asks.
fn demands(said: &[Said], actor: ActorId) -> Expr {
    let own = said.iter().filter(|one| one.kind == SaidKind::Demand && one.by == actor);
    let each = own.map(|one| match &one.when {
        Some(when) => Expr::Implies(Box::new(when.clone()), Box::new(one.then.clone())),
        None => one.then.clone(),
    });
    Expr::And(each.collect())
}

/// `f`: today with all threats of the two carried out.
fn fallback(
    game: &Game,
    form: &OptionForm,
    ground: &Ground<'_>,
    said: &[Said],
    two: [ActorId; 2],
) -> Result<u32, Missing> {
    let threats = said.iter().filter(|one| one.kind == SaidKind::Threat && two.contains(&one.by));
    let threats: Vec<&Said> = threats.collect();
    if threats.is_empty() {
        return Err(Missing::Threats);
    }
    let mut state = game.status_quo.clone().ok_or(Missing::Today)?;
    for threat in &threats {
        let settings = threat.settings(form).ok_or(Missing::NotFeasible)?;
        state = state.with(&settings);
    }
    // Threats that contradict each other cannot all be carried out.
    if threats.iter().any(|threat| !form.holds(&threat.then, &state)) {
        return Err(Missing::NotFeasible);
    }
    ground.place(&state).ok_or(Missing::NotFeasible)
}

struct Look<'l, 'g> {
    ground: &'l Ground<'g>,
    moves: &'l Moves<'l>,
    watch: &'l dyn Watch,
}

impl Look<'_, '_> {
    /// Whether `who` likes the fallback at least as much as some state of a position (`hold_out`), or some state of it
    /// at least as much as the fallback.
    fn likes(
        &self,
        fallback: Result<u32, Missing>,
        position: &Result<Vec<u32>, Missing>,
        who: ActorId,
        hold_out: bool,
    ) -> Dilemma {
        // What is asked comes before what is threatened.
        let position = match position {
            Ok(position) => position,
            Err(missing) => return Dilemma::Missing(*missing),
        };
        let fallback = match fallback {
            Ok(place) => place,
            Err(missing) => return Dilemma::Missing(missing),
        };
        let worth = |place: u32| self.ground.scores()[who.index()][place as usize];
        for &asked in position {
            let (to, from) = if hold_out { (fallback, asked) } else { (asked, fallback) };
            if worth(to) >= worth(from) {
                return self.pinch(who, to, from);
            }
        }
        Dilemma::No
    }

    /// Whether `who` alone has an improvement from some of these states to one that is not among `kept`.
    fn leaves(
        &self,
        from: &Result<Vec<u32>, Missing>,
        who: ActorId,
        kept: &[bool],
    ) -> Result<Dilemma, SolveError> {
        let from = match from {
            Ok(from) => from,
            Err(missing) => return Ok(Dilemma::Missing(*missing)),
        };
        let scores = &self.ground.scores()[who.index()];
        let mut spent = 0;
        for &place in from {
            if spent >= SAID_MOVES.most {
                return Ok(Dilemma::Open);
            }
            let to = self.moves.from(who.index(), place);
            spent += 1 + to.len() as u64;
            // The best, the first of equals.
            let breaks = to.into_iter().filter(|to| !kept[*to as usize]);
            let best = breaks.rev().max_by_key(|to| scores[*to as usize]);
            if let Some(best) = best.filter(|best| scores[*best as usize] > scores[place as usize]) {
                return Ok(self.pinch(who, best, place));
            }
            if let Some(stop) = self.watch.stop() {
                return Err(stopped(stop));
            }
        }
        Ok(Dilemma::No)
    }

    fn pinch(&self, who: ActorId, to: u32, from: u32) -> Dilemma {
        let worth = |place: u32| self.ground.scores()[who.index()][place as usize];
        let indifferent = worth(to) == worth(from);
        Dilemma::Yes(Pinch { who, to: self.ground.state(to), from: self.ground.state(from), indifferent })
    }
}
