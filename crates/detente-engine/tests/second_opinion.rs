//! A second opinion at sizes where no state can be listed: counts by another library of decision
//! diagrams (`biodivine-lib-bdd`), by formulas that this engine does not use (threshold variables
//! instead of level vectors and trees of thresholds). Minutes; by name:
//! `cargo test --release -p detente-engine --test second_opinion -- --ignored`
#![allow(clippy::unwrap_used, clippy::panic)]

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use detente_engine::{Engine, GenerateSettings, Quiet, Settings, generate, solve};
use detente_model::{ActorId, Concept, Expr, Game, OptionId, Preference};
use num_bigint::BigUint;

/// A game over variables: per option one for now and one for afterwards, and per actor and
/// statement one threshold, behind the last option of the statement.
struct Other<'g> {
    game: &'g Game,
    set: BddVariableSet,
    now: Vec<BddVariable>,
    after: Vec<BddVariable>,
    thresholds: Vec<Vec<BddVariable>>,
    feasible: Bdd,
}

impl<'g> Other<'g> {
    fn new(game: &'g Game) -> Self {
        // `generate` names options o1, o2, … in the order in which issues are cut.
        let mut order: Vec<usize> = (0..game.options().len()).collect();
        order.sort_by_key(|&o| game.options()[o].id[1..].parse::<usize>().unwrap());
        let place = |o: OptionId| order.iter().position(|&other| other == o.index()).unwrap();
        // Keys: (place, 0 now | 1 after | 2 threshold, actor, statement).
        let mut keys: Vec<(usize, usize, usize, usize)> =
            order.iter().enumerate().flat_map(|(at, &o)| [(at, 0, o, 0), (at, 1, o, 0)]).collect();
        for (actor, preference) in game.preferences.iter().enumerate() {
            for (k, that) in statements(preference).into_iter().enumerate() {
                let mut last = 0;
                that.walk(&mut |part| {
                    if let Expr::Option(o) = part {
                        last = last.max(place(*o));
                    }
                });
                keys.push((last, 2, actor, k));
            }
        }
        keys.sort_unstable();
        let set = BddVariableSet::new_anonymous(keys.len() as u16);
        let all = set.variables();
        let options = order.len();
        let (mut now, mut after) = (vec![all[0]; options], vec![all[0]; options]);
        let mut thresholds: Vec<Vec<BddVariable>> =
            game.preferences.iter().map(|p| vec![all[0]; statements(p).len()]).collect();
        for (&(_, kind, a, b), &variable) in keys.iter().zip(&all) {
            match kind {
                0 => now[a] = variable,
                1 => after[a] = variable,
                _ => thresholds[a][b] = variable,
            }
        }
        let mut other = Self { game, feasible: set.mk_true(), set, now, after, thresholds };
        for rule in &game.option_form().unwrap().rules {
            other.feasible = other.feasible.and(&other.formula(&rule.formula(), None));
        }
        other
    }

    /// A formula about the state now; with `mover`, about the state after its move.
    fn formula(&self, that: &Expr, mover: Option<ActorId>) -> Bdd {
        let all = |parts: &[Expr]| parts.iter().map(|p| self.formula(p, mover)).collect::<Vec<_>>();
        match that {
            Expr::Const(true) => self.set.mk_true(),
            Expr::Option(o) => {
                let moves = mover == Some(self.game.options()[o.index()].actor);
                self.set.mk_var(if moves { self.after[o.index()] } else { self.now[o.index()] })
            }
            Expr::Not(part) => self.formula(part, mover).not(),
            Expr::And(parts) => all(parts).iter().fold(self.set.mk_true(), |a, b| a.and(b)),
            Expr::Or(parts) => all(parts).iter().fold(self.set.mk_false(), |a, b| a.or(b)),
            other => panic!("`generate` writes no {other:?}"),
        }
    }

    fn own(&self, actor: ActorId, of: &[BddVariable]) -> Vec<BddVariable> {
        self.game.options_of(actor).map(|o| of[o.index()]).collect()
    }

    /// `a` above `b`, both from the least important digit up.
    fn above(&self, digits: Vec<(Bdd, Bdd)>) -> Bdd {
        digits
            .into_iter()
            .rev()
            .fold(self.set.mk_false(), |rest, (a, b)| Bdd::if_then_else(&a.iff(&b), &rest, &a))
    }

    /// The actor prefers where its move leads to where it is.
    fn gains(&self, actor: ActorId) -> Bdd {
        let list = statements(&self.game.preferences[actor.index()]);
        let digit = |that: &&Expr| (self.formula(that, Some(actor)), self.formula(that, None));
        self.above(list.iter().map(digit).collect())
    }

    /// `set` with the options of `mover` as they are after its move.
    fn moved(&self, set: &Bdd, mover: ActorId) -> Bdd {
        let mut both = set.clone();
        for o in self.game.options_of(mover) {
            let (now, after) = (self.set.mk_var(self.now[o.index()]), self.set.mk_var(self.after[o.index()]));
            both = both.and(&now.iff(&after));
        }
        both.exists(&self.own(mover, &self.now))
    }

    fn stable(&self, concept: Concept, actor: ActorId) -> Bdd {
        if concept == Concept::Nash {
            let better = self.gains(actor).and(&self.moved(&self.feasible, actor));
            return self.feasible.and_not(&better.exists(&self.own(actor, &self.after)));
        }
        // W(state, p): the opponents can lead from the state to one that is not above p.
        let list = statements(&self.game.preferences[actor.index()]);
        let level: Vec<Bdd> = list.iter().map(|that| self.formula(that, None)).collect();
        let limit: Vec<Bdd> = self.thresholds[actor.index()].iter().map(|p| self.set.mk_var(*p)).collect();
        let above = self.above(level.iter().cloned().zip(limit.iter().cloned()).collect());
        let mut sanctioned = self.feasible.and_not(&above);
        loop {
            let before = sanctioned.clone();
            for mover in self.game.actor_ids().filter(|mover| *mover != actor) {
                let more = if concept == Concept::Seq {
                    let into = self.gains(mover).and(&self.moved(&sanctioned, mover));
                    into.exists(&self.own(mover, &self.after))
                } else {
                    sanctioned.exists(&self.own(mover, &self.now))
                };
                sanctioned = sanctioned.or(&self.feasible.and(&more));
            }
            if sanctioned == before {
                break;
            }
        }
        let free = self.feasible.and(&above).and_not(&sanctioned).exists(&self.own(actor, &self.now));
        let here = level.iter().zip(&limit).fold(free, |all, (a, p)| all.and(&a.iff(p)));
        self.feasible.and_not(&here.exists(&self.thresholds[actor.index()]))
    }

    fn count(&self, set: &Bdd) -> BigUint {
        let others = usize::from(self.set.num_vars()) - self.now.len();
        // The libraries use different versions of big numbers.
        let all: BigUint = set.exact_cardinality().to_string().parse().unwrap();
        all >> others
    }
}

fn statements(preference: &Preference) -> Vec<&Expr> {
    match preference {
        Preference::Statements(list) => list.iter().map(|s| &s.that).collect(),
        other => panic!("`generate` writes no {other:?}"),
    }
}

fn counts_agree(settings: GenerateSettings, concepts: &[Concept]) {
    let game = generate(&settings).unwrap().game;
    let ours = Settings { engine: Engine::Symbolic, concepts: concepts.to_vec(), ..Settings::default() };
    let ours = solve(&game, &ours, &Quiet).unwrap();
    let other = Other::new(&game);
    assert_eq!(ours.verdicts.feasible().count(), other.count(&other.feasible), "{settings:?}");
    for &concept in concepts {
        let mut all = other.feasible.clone();
        for actor in game.actor_ids() {
            let stable = other.stable(concept, actor);
            let count = ours.verdicts.stable(concept, actor).unwrap().count();
            assert_eq!(count, other.count(&stable), "{} {actor:?} {settings:?}", concept.id());
            all = all.and(&stable);
        }
        let count = ours.verdicts.equilibria(concept).unwrap().count();
        assert_eq!(count, other.count(&all), "{} {settings:?}", concept.id());
    }
}

fn case(options: usize, locality: usize, seed: u64) -> GenerateSettings {
    GenerateSettings { actors: 5, options, statements: 8, rules: options / 2, locality, seed }
}

#[test]
fn counts_at_sixteen_options() {
    for seed in 1..=3 {
        counts_agree(case(16, 6, seed), &[Concept::Nash, Concept::Gmr, Concept::Seq]);
    }
}

#[test]
#[ignore = "minutes: run by name"]
fn counts_at_forty_options() {
    for seed in 1..=5 {
        counts_agree(case(40, 6, seed), &[Concept::Nash, Concept::Gmr, Concept::Seq]);
        counts_agree(case(40, 40, seed), &[Concept::Nash, Concept::Gmr]);
    }
}
