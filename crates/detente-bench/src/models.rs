//! Random games for benchmarks: the same on every machine.

use detente_engine::testing::{actor, option, rule, statement};
use detente_model::{Direction, Expr, Form, Game, OptionForm, OptionId, Preference, RuleKind, State};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A game without structure, its options dealt to the actors in turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random {
    pub(crate) actors: usize,
    pub(crate) options: usize,
    /// Statements of each actor.
    pub(crate) statements: usize,
    pub(crate) rules: usize,
    pub(crate) seed: u64,
}

impl Random {
    /// The game. A statement joins one to three options, each with a sign, all by `and` or all by
    /// `or`; a rule forbids two or three options, the first on, the others with a sign.
    pub(crate) fn game(self) -> Game {
        let mut draws = Draws(ChaCha8Rng::seed_from_u64(self.seed));
        let preferences = (0..self.actors)
            .map(|_| {
                let one = |_| {
                    let count = 1 + draws.below(3);
                    let literals = draws.literals(self.options, count);
                    statement(if draws.below(2) == 0 { Expr::And(literals) } else { Expr::Or(literals) })
                };
                Preference::Statements((0..self.statements).map(one).collect())
            })
            .collect();
        let rules = (0..self.rules).map(|_| {
            let count = 2 + draws.below(2);
            let mut literals = draws.literals(self.options, count);
            // All off stays possible.
            if let Some(Expr::Not(inner)) = literals.first().cloned() {
                literals[0] = *inner;
            }
            RuleKind::Never(Expr::And(literals))
        });
        let rules = rules.collect();
        game(self.actors, self.options, |option| option % self.actors, rules, preferences)
    }
}

/// How the rules of a game of forty options leave few states.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sparse {
    /// Each actor has ladders of five rungs and stands on one rung of each.
    Ladders,
    /// Ten issues, taken up in order; on each, one of four actors makes the one proposal.
    Proposals,
    /// Every option but the first two needs earlier ones: one of two, or both.
    Preconditions,
}

impl Sparse {
    /// Four actors, forty options, ten statements each.
    pub(crate) fn game(self, seed: u64) -> Game {
        let mut draws = Draws(ChaCha8Rng::seed_from_u64(seed));
        let on = |at: usize| Expr::Option(OptionId::from(at));
        let (rules, owner): (Vec<RuleKind>, fn(usize) -> usize) = match self {
            Self::Ladders => {
                let rungs = |at: usize| RuleKind::ExactlyOne((at * 5..at * 5 + 5).map(on).collect());
                ((0..8).map(rungs).collect(), |option| option / 10)
            }
            Self::Proposals => {
                let issue = |at: usize| (at * 4..at * 4 + 4).map(on).collect::<Vec<_>>();
                let one = (0..10).map(|at| RuleKind::AtMostOne(issue(at)));
                let needs = |o: usize| RuleKind::Requires(OptionId::from(o), Expr::Or(issue(o / 4 - 1)));
                (one.chain((4..40).map(needs)).collect(), |option| option % 4)
            }
            Self::Preconditions => {
                let needs = |at: usize| {
                    let first = at.saturating_sub(7);
                    let needed = [first + draws.below(at - first), first + draws.below(at - first)].map(on);
                    let needed = needed.to_vec();
                    let needed = if at.is_multiple_of(4) { Expr::Or(needed) } else { Expr::And(needed) };
                    RuleKind::Requires(OptionId::from(at), needed)
                };
                ((2..40).map(needs).collect(), |option| option % 4)
            }
        };
        let preferences = (0..4)
            .map(|_| {
                let one = |_| {
                    let count = 1 + draws.below(3);
                    let literals = draws.literals(40, count);
                    statement(if draws.below(2) == 0 { Expr::And(literals) } else { Expr::Or(literals) })
                };
                Preference::Statements((0..10).map(one).collect())
            })
            .collect();
        game(4, 40, owner, rules, preferences)
    }
}

fn game(
    actors: usize,
    options: usize,
    owner: impl Fn(usize) -> usize,
    rules: Vec<RuleKind>,
    preferences: Vec<Preference>,
) -> Game {
    let options = (0..options).map(|at| option(format!("o{}", at + 1), owner(at), Direction::Both));
    Game {
        actors: (0..actors).map(actor).collect(),
        form: Form::Options(OptionForm {
            options: options.collect(),
            definitions: vec![],
            rules: rules.into_iter().map(rule).collect(),
            cannot: vec![],
            ..OptionForm::default()
        }),
        preferences,
        status_quo: Some(State::default()),
        ..Game::default()
    }
}

struct Draws(ChaCha8Rng);

impl Draws {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    /// So many distinct options, each with a sign.
    fn literals(&mut self, options: usize, count: usize) -> Vec<Expr> {
        let mut all: Vec<usize> = (0..options).collect();
        (0..count.min(options))
            .map(|at| {
                let other = at + self.below(all.len() - at);
                all.swap(at, other);
                let on = Expr::Option(OptionId::from(all[at]));
                if self.below(2) == 0 { on } else { on.negate() }
            })
            .collect()
    }
}
