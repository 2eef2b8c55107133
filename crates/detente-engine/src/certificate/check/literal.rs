//! The definitions that a certificate is checked by, typed in once more.
//!
//! What a state is, who can move where, who prefers what: sections 1 and 2 of the definitions,
//! on single states, remembered per state. Nothing here is shared with the search that builds
//! certificates.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use detente_model::{
    ActorId, Direction, Expr, Form, Game, Mover, MoverId, OptionId, Preference, RankEntry, State,
};

use super::cases::{Exhausted, Work};
use crate::{Deciding, Stop};

/// A game, asked about single states.
pub(super) struct Literal<'g> {
    pub(super) game: &'g Game,
    movers: Vec<Mover>,
    /// Whether an actor's moves are all there is to know: no acts, no conditions.
    plain: bool,
    feasible: HashMap<State, bool>,
    moves: HashMap<(MoverId, State), Rc<Vec<State>>>,
    worth: HashMap<(ActorId, State), Rc<Worth>>,
    /// What may still be done.
    pub(super) work: Work<'g>,
}

/// What a state is worth to an actor.
#[derive(Debug, PartialEq, Eq)]
enum Worth {
    /// The truth of each statement, most important first.
    Truth(Vec<bool>),
    /// The sum of the weights of the true statements.
    Sum(i64),
    /// The group of the ranking, from the best; the number of groups when in none.
    Group(usize),
}

impl<'g> Literal<'g> {
    pub(super) fn new(game: &'g Game, work: Work<'g>) -> Self {
        let (movers, plain) = (game.movers(), game.only_own_moves());
        Self {
            game,
            movers,
            plain,
            feasible: HashMap::new(),
            moves: HashMap::new(),
            worth: HashMap::new(),
            work,
        }
    }

    /// Whether `state` is one of the game: it obeys every rule, or is in the list.
    pub(super) fn is_feasible(&mut self, state: &State) -> bool {
        if let Some(is) = self.feasible.get(state) {
            return *is;
        }
        let is = match &self.game.form {
            Form::Graph(form) => state.number().is_some_and(|n| n >= 1 && n <= form.states.len() as u64),
            Form::Options(form) => {
                state.on().all(|o| o.index() < form.options.len()) && form.broken_rule(state).is_none()
            }
        };
        self.feasible.insert(state.clone(), is);
        is
    }

    /// All movers, the actors first.
    pub(super) fn movers(&self) -> impl Iterator<Item = MoverId> + use<> {
        (0..self.movers.len() as u32).map(MoverId)
    }

    /// Who takes part in the moves of `mover`; nobody: there is no such mover.
    pub(super) fn parties(&self, mover: impl Into<MoverId>) -> &[ActorId] {
        self.movers.get(mover.into().index()).map_or(&[], |mover| &mover.parties)
    }

    /// The options of those who take part.
    pub(super) fn options(&self, mover: impl Into<MoverId>) -> Vec<OptionId> {
        let parties = self.parties(mover);
        parties.iter().flat_map(|actor| self.game.options_of(*actor)).collect()
    }

    /// Whether every party strictly prefers `a` to `b`.
    pub(super) fn improves(&mut self, mover: MoverId, a: &State, b: &State) -> bool {
        self.parties(mover).to_vec().into_iter().all(|party| self.prefers(party, a, b))
    }

    /// Whether `mover` can move from `s` to `t` in one step. Both must be feasible.
    pub(super) fn can_move(
        &mut self,
        mover: impl Into<MoverId>,
        s: &State,
        t: &State,
    ) -> Result<bool, Exhausted> {
        let mover = mover.into();
        if self.plain {
            return Ok(self.can_move_alone(ActorId(mover.0), s, t));
        }
        Ok(s != t && self.moves(mover, s)?.contains(t))
    }

    /// The same where an actor's own options are all that it needs.
    fn can_move_alone(&self, actor: ActorId, s: &State, t: &State) -> bool {
        if s == t {
            return false;
        }
        match &self.game.form {
            Form::Graph(form) => form.arcs.iter().any(|arc| {
                arc.actor == actor
                    && s.number() == Some(u64::from(arc.from) + 1)
                    && t.number() == Some(u64::from(arc.to) + 1)
            }),
            Form::Options(form) => {
                let option = |(at, option): (usize, &detente_model::Opt)| {
                    let (before, after) = (s.is_on(OptionId::from(at)), t.is_on(OptionId::from(at)));
                    before == after
                        || option.actor == actor
                            && match option.direction {
                                Direction::Both => true,
                                Direction::OnOnly => after,
                                Direction::OffOnly => before,
                            }
                };
                form.options.iter().enumerate().all(option)
                    && !form.cannot.iter().any(|cannot| {
                        cannot.actor == actor && form.holds(&cannot.from, s) && form.holds(&cannot.to, t)
                    })
            }
        }
    }

    /// Every state that `mover` can move to from `s`, by trying every assignment of its options.
    pub(super) fn moves(
        &mut self,
        mover: impl Into<MoverId>,
        s: &State,
    ) -> Result<Rc<Vec<State>>, Exhausted> {
        let mover = mover.into();
        let (actor, key) = (ActorId(mover.0), (mover, s.clone()));
        if let Some(moves) = self.moves.get(&key) {
            return Ok(Rc::clone(moves));
        }
        if !self.plain {
            let found = Rc::new(self.moves_by_definition(mover, s)?);
            self.moves.insert(key, Rc::clone(&found));
            return Ok(found);
        }
        let mut found = Vec::new();
        match &self.game.form {
            Form::Graph(form) => {
                let here = |arc: &&detente_model::Arc| {
                    arc.actor == actor && s.number() == Some(u64::from(arc.from) + 1)
                };
                found.extend(
                    form.arcs.iter().filter(here).map(|arc| State::from_number(u64::from(arc.to) + 1)),
                );
            }
            Form::Options(_) => {
                let own: Vec<OptionId> = self.game.options_of(actor).collect();
                let count = 1_u64.checked_shl(own.len() as u32).unwrap_or(u64::MAX);
                if count > self.work.left() {
                    return Err(Exhausted(Stop::Work));
                }
                for choice in 0..count {
                    self.work.spend(1)?;
                    let mut t = s.clone();
                    for (bit, option) in own.iter().enumerate() {
                        t.set(*option, choice >> bit & 1 == 1);
                    }
                    if self.can_move_alone(actor, s, &t) && self.is_feasible(&t) {
                        found.push(t);
                    }
                }
            }
        }
        let found = Rc::new(found);
        self.moves.insert(key, Rc::clone(&found));
        Ok(found)
    }

    /// The moves of a mover where acts or conditions decide, as the model defines them.
    fn moves_by_definition(&mut self, mover: MoverId, s: &State) -> Result<Vec<State>, Exhausted> {
        let Some(of) = self.movers.get(mover.index()).cloned() else { return Ok(vec![]) };
        let (game, most) = (self.game, self.work.left());
        let mut asked = 0_u64;
        let found = game.moves_of(
            &of,
            s,
            &mut |state| {
                asked += 1;
                self.is_feasible(state)
            },
            most,
        );
        self.work.spend(asked)?;
        found.ok_or(Exhausted(Stop::Work))
    }

    fn worth(&mut self, actor: ActorId, state: &State) -> Rc<Worth> {
        let key = (actor, state.clone());
        if let Some(worth) = self.worth.get(&key) {
            return Rc::clone(worth);
        }
        let form = self.game.option_form();
        let defined = form.map(|form| form.defined(state)).unwrap_or_default();
        let holds = |expr: &Expr| {
            expr.eval(&|o| state.is_on(o), &|d| defined.get(d.index()).copied().unwrap_or(false))
        };
        let worth = Rc::new(match self.game.preferences.get(actor.index()) {
            None => Worth::Truth(Vec::new()),
            Some(Preference::Statements(list)) => Worth::Truth(list.iter().map(|s| holds(&s.that)).collect()),
            Some(Preference::Weights(list)) => {
                Worth::Sum(list.iter().filter(|w| holds(&w.that)).map(|w| w.weight).sum())
            }
            Some(Preference::Ranking(ranking)) => {
                let covers = |entry: &RankEntry| match entry {
                    RankEntry::State(listed) => listed == state,
                    RankEntry::Pattern(pattern) => pattern.matches(state),
                    RankEntry::Formula(f) => holds(f),
                };
                let group = ranking.groups.iter().position(|group| group.iter().any(covers));
                Worth::Group(group.unwrap_or(ranking.groups.len()))
            }
        });
        self.worth.insert(key, Rc::clone(&worth));
        worth
    }

    /// What decides between two states for `actor`, and which of them it prefers.
    pub(super) fn compare(&mut self, actor: ActorId, a: &State, b: &State) -> (Ordering, Option<Deciding>) {
        match (&*self.worth(actor, a), &*self.worth(actor, b)) {
            (Worth::Truth(a), Worth::Truth(b)) => match (0..a.len()).find(|&k| a[k] != b[k]) {
                None => (Ordering::Equal, None),
                Some(k) => (a[k].cmp(&b[k]), Some(Deciding::Statement(k))),
            },
            (Worth::Sum(a), Worth::Sum(b)) => (a.cmp(b), (a != b).then_some(Deciding::Weights(*a, *b))),
            (Worth::Group(a), Worth::Group(b)) => (b.cmp(a), (a != b).then_some(Deciding::Groups(*a, *b))),
            _ => (Ordering::Equal, None),
        }
    }

    /// Whether `actor` strictly prefers `a` to `b`.
    pub(super) fn prefers(&mut self, actor: ActorId, a: &State, b: &State) -> bool {
        self.compare(actor, a, b).0 == Ordering::Greater
    }

    /// A state in words: what is on.
    pub(super) fn words(&self, state: &State) -> String {
        match &self.game.form {
            Form::Graph(form) => {
                let at = state.number().and_then(|n| usize::try_from(n.checked_sub(1)?).ok());
                at.and_then(|at| form.names.get(at))
                    .map_or_else(|| format!("state {state}"), |name| format!("\"{name}\""))
            }
            Form::Options(_) => {
                let on: Vec<String> = state.on().map(|o| self.game.option_name(o)).collect();
                if on.is_empty() {
                    "the state with nothing on".to_owned()
                } else {
                    format!("[{}]", on.join(", "))
                }
            }
        }
    }

    /// The name of an actor, or of several.
    pub(super) fn name(&self, mover: impl Into<MoverId>) -> String {
        let parties = self.parties(mover).iter().filter_map(|party| self.game.actors.get(party.index()));
        let names: Vec<&str> =
            parties.map(|a| if a.name.is_empty() { a.id.as_str() } else { &a.name }).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(" and ") }
    }
}
