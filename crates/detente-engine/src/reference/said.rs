//! What is said, by the definitions of `crate::said` and nothing of its code.

use std::collections::BTreeMap;

use detente_model::{ActorId, Concept, Expr, Game, OptionForm, OptionId, Said, SaidKind, Sequences, State};

use super::sequences::{Answers, Steps};
use super::verdicts::within_reach;
use super::world::{Truth, World};
use super::{Settings, all_movers};
use crate::Quiet;

/// Would it be done: no move, no improvement, an improvement that a party refuses, an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    Cannot,
    Loses,
    HeldBack,
    Does,
}

/// Of one saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OfSaying {
    /// The cases.
    pub(crate) cases: BTreeMap<State, Grade>,
    /// What lasts when it is counted on; `None`: it is not solved again.
    pub(crate) counting: Option<Vec<State>>,
}

/// Of one ordered pair: persuasion, rejection, threat, trust; `None`: something is missing.
pub(crate) type OfPair = (ActorId, ActorId, [Option<bool>; 4]);

/// Everything of a small game in option form.
pub(crate) struct Spoken<'g> {
    game: &'g Game,
    form: &'g OptionForm,
    world: World,
    concept: Concept,
    sequences: Sequences,
}

impl<'g> Spoken<'g> {
    pub(crate) fn new(game: &'g Game, concept: Concept, sequences: Sequences) -> Option<Self> {
        let world = World::new(game, &Quiet).ok()?;
        Some(Self { game, form: game.option_form()?, world, concept, sequences })
    }

    fn holds(&self, formula: &Expr, s: usize) -> bool {
        Truth::new(self.form, &self.world.states[s]).of(formula)
    }

    fn all(&self) -> std::ops::Range<usize> {
        0..self.world.states.len()
    }

    /// Equilibria within reach that no date undoes, as chance events stand today.
    fn lasting_in(&self, world: &World) -> Vec<usize> {
        let settings = Settings { sequences: self.sequences, ..Settings::default() };
        let Ok(stable) = all_movers(world, self.concept, &settings, &Quiet) else { return vec![] };
        let undone = |s: usize| {
            let dates = self.game.deadlines.iter().filter(|date| date.ahead);
            dates.into_iter().any(|date| self.game.after(date, &world.states[s]) != world.states[s])
        };
        let reach = self.reach();
        let lasts = |s: &usize| stable.iter().all(|of_mover| of_mover[*s]) && reach[*s] && !undone(*s);
        self.all().filter(lasts).collect()
    }

    /// Within reach of today, as chance events stand today.
    fn reach(&self) -> Vec<bool> {
        let today = &self.game.slices()[0];
        match &self.game.status_quo {
            Some(start) => within_reach(self.game, &self.world, start),
            None => self.world.states.iter().map(|state| today.has(state)).collect(),
        }
    }

    pub(crate) fn lasting(&self) -> Vec<State> {
        self.lasting_in(&self.world).into_iter().map(|s| self.world.states[s].clone()).collect()
    }

    fn starts(&self) -> Vec<usize> {
        let mut starts = self.lasting_in(&self.world);
        starts.extend(self.game.status_quo.as_ref().and_then(|today| self.world.place(today)));
        starts
    }

    pub(crate) fn saying(&self, said: &Said) -> OfSaying {
        let world = &self.world;
        let holds_if = |s: usize| said.when.as_ref().is_none_or(|when| self.holds(when, s));
        let comes_up = |s: &usize| holds_if(*s) && !self.holds(&said.then, *s);
        let mut cases: Vec<usize> = self.starts();
        let moved = matches!(said.kind, SaidKind::Threat | SaidKind::Promise | SaidKind::Offer);
        if moved && said.when.is_some() {
            for s in self.starts() {
                for m in 0..world.movers.len() {
                    if said.to.iter().any(|to| world.takes_part(to.index(), m)) {
                        cases.extend(&world.moves[m][s]);
                    }
                }
            }
        }
        let doers = if said.kind == SaidKind::Demand { said.to.clone() } else { vec![said.by] };
        let graded = |t: usize| (world.states[t].clone(), self.grade(&doers, &said.then, t));
        let cases = cases.into_iter().filter(comes_up).map(graded).collect();
        OfSaying { cases, counting: self.counting(said) }
    }

    fn grade(&self, doers: &[ActorId], then: &Expr, t: usize) -> Grade {
        let world = &self.world;
        let mut grade = Grade::Cannot;
        for m in 0..world.movers.len() {
            if !doers.iter().any(|doer| world.takes_part(doer.index(), m)) {
                continue;
            }
            let mut answers = Answers::new(world, m, self.sequences);
            let improvements: Vec<usize> = world.improvements(m, t).collect();
            for &u in world.moves[m][t].iter().filter(|&&u| self.holds(then, u)) {
                let mut refuses = |j: usize| {
                    let answers = answers.from(j, u, Steps::Improvements);
                    answers.iter().any(|&s2| !world.prefers(j, s2, t))
                };
                let parties: Vec<usize> = world.parties(m).collect();
                grade = grade.max(if !improvements.contains(&u) {
                    Grade::Loses
                } else if parties.into_iter().any(&mut refuses) {
                    Grade::HeldBack
                } else {
                    Grade::Does
                });
            }
        }
        grade
    }

    /// What lasts when those to whom it is said count on it.
    fn counting(&self, said: &Said) -> Option<Vec<State>> {
        if said.kind == SaidKind::Demand {
            return None;
        }
        let named = said.then.literals()?;
        let as_what: Vec<usize> = self
            .all()
            .map(|s| {
                let holds = said.when.as_ref().is_none_or(|when| self.holds(when, s));
                if holds { self.carried_out(&said.then, &named, s).unwrap_or(s) } else { s }
            })
            .collect();
        let mut world = World::new(self.game, &Quiet).ok()?;
        for actor in self.game.actor_ids().filter(|actor| said.to.contains(actor)) {
            world.judge(actor.index(), &as_what);
        }
        Some(self.lasting_in(&world).into_iter().map(|s| self.world.states[s].clone()).collect())
    }

    /// The feasible state with `then` that is as `s` in all that it does not name; a thing with levels that it names
    /// as near to where it stands in `s` as can be.
    fn carried_out(&self, then: &Expr, named: &[(OptionId, bool)], s: usize) -> Option<usize> {
        let here = &self.world.states[s];
        let thing = |switch: OptionId| self.form.scale_of(switch).map_or(switch, |scale| scale.first);
        let things: Vec<OptionId> = named.iter().map(|(switch, _)| thing(*switch)).collect();
        let height = |state: &State, first: OptionId| {
            self.bits(first).into_iter().filter(|bit| state.is_on(*bit)).count() as i64
        };
        let mut things = things;
        things.sort_unstable();
        things.dedup();
        let bits: Vec<OptionId> = things.iter().flat_map(|first| self.bits(*first)).collect();
        // Every way in which the things that it names can stand, feasible or not.
        let candidates = (0..1_u64 << bits.len()).map(|ways| {
            let set = bits.iter().enumerate().map(|(at, bit)| (*bit, ways >> at & 1 == 1));
            here.with(&set.collect::<Vec<_>>())
        });
        let whole = |state: &State| {
            things.iter().all(|first| {
                let on: Vec<bool> = self.bits(*first).iter().map(|bit| state.is_on(*bit)).collect();
                on.windows(2).all(|pair| pair[0] || !pair[1])
            })
        };
        let fits = |state: &State| whole(state) && Truth::new(self.form, state).of(then);
        let distance = |state: &State| -> i64 {
            things.iter().map(|first| (height(state, *first) - height(here, *first)).abs()).sum()
        };
        self.world.place(&candidates.filter(fits).min_by_key(distance)?)
    }

    /// The switches of a thing, by its first.
    fn bits(&self, first: OptionId) -> Vec<OptionId> {
        let bits = self.form.scale_of(first).map_or(1, |scale| scale.bits);
        (first.0..first.0 + bits).map(OptionId).collect()
    }

    /// Ordered pairs with their dilemmas.
    pub(crate) fn pairs(&self, said: &[Said]) -> Vec<OfPair> {
        let mut found = Vec::new();
        for a in self.game.actor_ids() {
            for b in self.game.actor_ids().filter(|b| *b != a) {
                let speaks = said.iter().any(|one| {
                    (one.kind == SaidKind::Demand || one.kind == SaidKind::Threat)
                        && (one.by == a && one.to.contains(&b) || one.by == b && one.to.contains(&a))
                });
                if speaks {
                    found.push((a, b, self.dilemmas(said, a, b)));
                }
            }
        }
        found
    }

    fn dilemmas(&self, said: &[Said], a: ActorId, b: ActorId) -> [Option<bool>; 4] {
        let world = &self.world;
        let (p_a, p_b) = (self.position(said, a), self.position(said, b));
        let f = self.fallback(said, a, b);
        // t ≿_i s.
        let at_least = |i: ActorId, t: usize, s: usize| !world.prefers(i.index(), s, t);
        let improves = |i: ActorId, s: usize, broken: &dyn Fn(usize) -> bool| {
            world.improvements(i.index(), s).any(broken)
        };
        let dropped = |s: usize| {
            let own = said.iter().filter(|one| one.kind == SaidKind::Threat && one.by == a);
            own.into_iter().any(|threat| !self.holds(&threat.then, s))
        };
        let not_met = |s: usize| !self.meets(said, a, s);
        let both = |p: &Option<Vec<usize>>, f: Option<usize>| Some((p.clone()?, f?));
        let threatens = said.iter().any(|one| one.kind == SaidKind::Threat && one.by == a);
        [
            both(&p_a, f).map(|(p, f)| p.iter().any(|&p| at_least(b, f, p))),
            both(&p_b, f).and_then(|(p, f)| {
                let asked_by_both = |p: &usize| p_a.as_ref().is_some_and(|p_a| p_a.contains(p));
                let apart: Vec<usize> = p.into_iter().filter(|p| !asked_by_both(p)).collect();
                (!apart.is_empty()).then(|| apart.iter().any(|&p| at_least(a, p, f)))
            }),
            f.filter(|_| threatens).map(|f| improves(a, f, &dropped)),
            p_a.as_ref().map(|p| p.iter().any(|&p| improves(b, p, &not_met))),
        ]
    }

    fn position(&self, said: &[Said], i: ActorId) -> Option<Vec<usize>> {
        let demands: Vec<&Said> =
            said.iter().filter(|one| one.kind == SaidKind::Demand && one.by == i).collect();
        let reach = self.reach();
        let met = |s: usize| self.meets(said, i, s);
        let meeting: Vec<usize> = self.all().filter(|&s| !demands.is_empty() && reach[s] && met(s)).collect();
        let best = |s: &usize| !meeting.iter().any(|&other| self.world.prefers(i.index(), other, *s));
        let best: Vec<usize> = meeting.iter().copied().filter(best).collect();
        (!best.is_empty()).then_some(best)
    }

    /// Whether all that `i` asks is so in `s`.
    fn meets(&self, said: &[Said], i: ActorId, s: usize) -> bool {
        said.iter().filter(|one| one.kind == SaidKind::Demand && one.by == i).all(|demand| {
            let asked = demand.when.as_ref().is_none_or(|when| self.holds(when, s));
            !asked || self.holds(&demand.then, s)
        })
    }

    fn fallback(&self, said: &[Said], a: ActorId, b: ActorId) -> Option<usize> {
        let threats: Vec<&Said> =
            said.iter().filter(|one| one.kind == SaidKind::Threat && (one.by == a || one.by == b)).collect();
        let today = self.world.place(self.game.status_quo.as_ref()?)?;
        let all = Expr::And(threats.iter().map(|threat| threat.then.clone()).collect());
        let named = all.literals()?;
        // Its own settings one by one may not be feasible; together they must be.
        (!threats.is_empty()).then(|| self.carried_out(&all, &named, today))?
    }
}
