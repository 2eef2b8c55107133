//! What all models of an ensemble share: states, moves, and where each part of a preference holds.

use detente_model::{ActorId, Deadline, Direction, Expr, Game, Mover, OptionForm, State, Switch};

use crate::ensemble::inputs::{Ensemble, Want};
use crate::ensemble::worlds::Part;
use crate::evolution::Weights;
use crate::explicit::space::Space;
use crate::explicit::words::Program;
use crate::explicit::{score, several};
use crate::{SolveError, Watch, explicit};

/// One actor's moves.
pub(crate) struct Moves {
    /// Whether they go both ways: then states fall into groups, all of which reach each other.
    pub(crate) two_way: bool,
    /// States by group, groups of one left out; with one-way options still by their other options.
    pub(crate) groups: Vec<Vec<u32>>,
    /// The group of each state; none for a group of one.
    group: Vec<u32>,
    /// One-way: where the moves from each state lead.
    pub(crate) reach: Vec<Vec<u32>>,
}

impl Moves {
    /// The states that have a move.
    pub(crate) fn movable(&self) -> impl Iterator<Item = usize> {
        self.groups.iter().flatten().map(|s| *s as usize)
    }

    /// Whether the actor never has a move.
    pub(crate) fn none(&self) -> bool {
        self.groups.is_empty()
    }

    /// Where the moves from a state lead, perhaps the state itself among it.
    pub(crate) fn reached(&self, state: usize) -> &[u32] {
        if self.two_way {
            self.groups.get(self.group_of(state)).map_or(&[], Vec::as_slice)
        } else {
            self.reach.get(state).map_or(&[], Vec::as_slice)
        }
    }

    /// The group of a state; past the end for a group of one.
    pub(crate) fn group_of(&self, state: usize) -> usize {
        self.group.get(state).map_or(usize::MAX, |group| *group as usize)
    }
}

/// The moves of several together: at most one from each state, and none after another.
pub(crate) struct Joint {
    /// Who takes part, by number.
    pub(crate) parties: Vec<usize>,
    /// From which state to which.
    pub(crate) arcs: Vec<(u32, u32)>,
}

impl Joint {
    /// Where they get from a state.
    pub(crate) fn from(&self, state: u32) -> Option<u32> {
        let at = self.arcs.binary_search_by_key(&state, |(from, _)| *from).ok()?;
        self.arcs.get(at).map(|(_, to)| *to)
    }
}

/// The acts that an actor takes part in together with the same others: it foresees the same answers to them.
pub(crate) struct Fellows {
    /// All who take part, the actor among them.
    pub(crate) parties: Vec<usize>,
    /// Which joint movers, by place in [`Plan::joint`].
    pub(crate) joint: Vec<usize>,
}

/// A part of a preference.
pub(crate) struct Term {
    /// What it adds to the score where it holds: for statements, 2 to the power of the places below.
    pub(crate) weight: Option<u64>,
    /// Its number among the parts of the actor's preferences.
    pub(crate) number: usize,
}

/// The parts of an actor's preferences: by type, then by place and choice.
pub(crate) struct Terms {
    /// `terms[kind][place][choice]`; a ranking has one place with one choice per bit of the score.
    pub(crate) terms: Vec<Vec<Vec<Term>>>,
    /// How many parts there are in all.
    pub(crate) count: usize,
    /// Where the numbers of the parts that hold begin in `held`, per state.
    starts: Vec<u32>,
    held: Vec<u32>,
    /// The same as bits, so many words per state.
    bits: Vec<u64>,
    /// The largest score.
    pub(crate) most: u64,
}

impl Terms {
    /// The numbers of the parts that hold in the state at this place.
    pub(crate) fn held(&self, state: usize) -> &[u32] {
        &self.held[self.starts[state] as usize..self.starts[state + 1] as usize]
    }

    /// The parts that hold in the state at this place, as bits.
    pub(crate) fn bits(&self, state: usize) -> &[u64] {
        let words = self.count.div_ceil(64);
        &self.bits[state * words..(state + 1) * words]
    }
}

/// Classes of states.
pub(crate) struct Classes {
    /// The class of each state.
    pub(crate) of: Vec<u32>,
    /// The states of each class.
    pub(crate) members: Vec<Vec<u32>>,
}

/// Where a date leads to a state that is possible in no model.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Everything about an ensemble that does not depend on the world.
pub(crate) struct Plan {
    /// State numbers, ascending: all states that are feasible in some model.
    pub(crate) numbers: Vec<u64>,
    /// By actor.
    pub(crate) moves: Vec<Moves>,
    /// Those of several together.
    pub(crate) joint: Vec<Joint>,
    /// By actor: with whom it acts together.
    pub(crate) fellows: Vec<Vec<Fellows>>,
    /// Who goes first on a walk: weights of the actors, then the joint movers that are one choice, each with its weight.
    pub(crate) weights: (Vec<u64>, Vec<(u64, Vec<usize>)>),
    pub(crate) terms: Vec<Terms>,
    /// What can make states infeasible: a rule or an option, with the states that it forbids.
    pub(crate) doubts: Vec<(Doubt, Vec<u32>)>,
    /// For each actor, when states are certain and moves two-way: classes of states that the others
    /// can lead into one another.
    pub(crate) closures: Option<Vec<Classes>>,
    /// What lasts must be within reach of where things stand, as a state number; `None`: everything is, or there is no
    /// status quo.
    pub(crate) start: Option<u64>,
    /// Dates: where each leads from each state (itself: it leaves it as it is; [`NOWHERE`]: to what is never possible).
    pub(crate) dates: Vec<Vec<u32>>,
    /// The states in which chance events are as today; empty: all.
    pub(crate) slice: Vec<bool>,
}

/// What may forbid states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// The rule at this place.
    Rule(usize),
    /// The lack of the option at this place.
    Option(usize),
}

impl Plan {
    /// Lays out the states `numbers` (all that are feasible in some model).
    ///
    /// `None`: what changes from model to model changes moves too, or there are too many movers.
    ///
    /// # Errors
    /// A ranking that leaves out or repeats one of them; the watch stopped it.
    pub(crate) fn new(
        ensemble: &Ensemble,
        form: &OptionForm,
        numbers: Vec<u64>,
        watch: &dyn Watch,
    ) -> Result<Option<Self>, SolveError> {
        let space = Space::List { options: form.options.len() as u32, numbers };
        let terms = terms(ensemble, form, &space)?;
        let doubts = doubts(ensemble, form, &space);
        let game = &ensemble.conflict.game;
        let bound = |_: &&State| !doubts.is_empty() || !game.all_within_reach();
        let start = game.status_quo.as_ref().filter(bound).and_then(State::number);
        let place = |state: &State| state.number().and_then(|number| space.place(number));
        let dated = |date: &Deadline| -> Vec<u32> {
            let after = |s| {
                let after = game.after(date, &State::from_number(space.number(s)));
                place(&after).map_or(NOWHERE, |to| to as u32)
            };
            (0..space.places()).map(after).collect()
        };
        let dates = game.deadlines_ahead().map(dated).collect();
        let movers = game.movers();
        let searched = game.actor_ids().any(|actor| is_searched(form, actor));
        // One bit per mover; what an actor comes to by way of a state that is not possible everywhere is not the same
        // everywhere; nor is where a chance event stands that is on today and may not be there.
        let on = |switch| game.status_quo.as_ref().is_some_and(|today| today.is_on(switch));
        let Some(weights) = Weights::new(game, &crate::evolution::EvolveSettings::default())
            .filter(|_| movers.len() <= u64::BITS as usize)
            .filter(|_| !searched || doubts.is_empty())
            .filter(|_| doubts.is_empty() || !form.chances.iter().any(|chance| on(chance.switch)))
        else {
            return Ok(None);
        };
        let slice = slice(game, form, &space);
        let (moves, joint) = if game.only_own_moves() {
            let Space::List { numbers, .. } = &space else { return Err(SolveError::NoFeasibleState) };
            (game.actor_ids().map(|actor| moves(form, actor, numbers)).collect(), Vec::new())
        } else {
            listed(&space, form, &movers, watch)?
        };
        let Space::List { numbers, .. } = space else { return Err(SolveError::NoFeasibleState) };
        let actors = moves.len();
        let closures = (doubts.is_empty() && joint.is_empty() && moves.iter().all(|m: &Moves| m.two_way))
            .then(|| (0..actors).map(|focal| closure(&moves, focal, numbers.len())).collect());
        let fellows = (0..actors).map(|actor| fellows(&joint, actor)).collect();
        let weights = weights.of_movers();
        Ok(Some(Self {
            numbers,
            moves,
            joint,
            fellows,
            weights,
            terms,
            doubts,
            closures,
            start,
            dates,
            slice,
        }))
    }

    /// Who takes part in the moves of the joint movers that `actor` has no part in.
    pub(crate) fn others(&self, actor: usize) -> impl Iterator<Item = &Joint> {
        self.joint.iter().filter(move |joint| !joint.parties.contains(&actor))
    }

    /// The value that `part` adds to the scores of the states where its term `bit` holds.
    pub(crate) fn value(term: &Term, part: &Part) -> u64 {
        term.weight.unwrap_or(1 << part.below)
    }
}

/// The rules that hold in every model.
pub(crate) fn certain(ensemble: &Ensemble, form: &OptionForm) -> OptionForm {
    let mut certain = form.clone();
    // Definitions that mean something else in some model, and those that use them.
    let mut doubted: Vec<bool> = Vec::new();
    let uses = |that: &Expr, doubted: &[bool]| {
        let mut found = false;
        that.walk(&mut |part| {
            if let Expr::Defined(d) = part {
                found |= doubted.get(d.index()).copied().unwrap_or(false);
            }
        });
        found
    };
    for (at, definition) in form.definitions.iter().enumerate() {
        let so = ensemble.is_doubted(at) || uses(&definition.that, &doubted);
        doubted.push(so);
    }
    let mut at = 0;
    certain.rules.retain(|rule| {
        let sure = ensemble.rules.get(at).is_some_and(Option::is_none)
            && ensemble.certain(&rule.grounds)
            && !uses(&rule.formula(), &doubted);
        at += 1;
        sure
    });
    certain
}

/// The states where each of `formulas` holds.
pub(crate) fn holds(space: &Space, form: &OptionForm, formulas: &[&Expr]) -> Vec<Vec<u32>> {
    let program = Program::compile(form, formulas.iter().copied());
    let (mut options, mut registers) = (Vec::new(), Vec::new());
    let mut lists = vec![Vec::new(); formulas.len()];
    for word in 0..space.words() {
        space.option_words(word, &mut options);
        program.run(&options, &mut registers);
        for (at, list) in lists.iter_mut().enumerate() {
            let mut left = program.result(at, &registers) & space.feasible_word(word);
            while left != 0 {
                list.push(word as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
    lists
}

fn terms(ensemble: &Ensemble, form: &OptionForm, space: &Space) -> Result<Vec<Terms>, SolveError> {
    let mut all = Vec::new();
    for (actor, wants) in ensemble.wants.iter().enumerate() {
        let mut terms = Vec::new();
        let mut most = 0_u64;
        // Per part, in the order of their numbers: the states where it holds.
        let mut parts: Vec<Vec<u32>> = Vec::new();
        let mut term = |weight, states| {
            parts.push(states);
            Term { weight, number: parts.len() - 1 }
        };
        for want in &wants.types {
            let (list, largest) = match want {
                Want::Statements { slots, .. } => {
                    let formulas: Vec<&Expr> =
                        slots.iter().flat_map(|slot| slot.choices.iter().map(|s| &s.that)).collect();
                    let mut states = holds(space, form, &formulas).into_iter();
                    let mut take = |n| states.by_ref().take(n).map(|states| term(None, states)).collect();
                    let list: Vec<Vec<Term>> = slots.iter().map(|slot| take(slot.choices.len())).collect();
                    (list, if slots.len() < 64 { (1 << slots.len()) - 1 } else { u64::MAX })
                }
                Want::Weights(list) => {
                    let formulas: Vec<&Expr> = list.iter().map(|w| &w.that).collect();
                    let held = holds(space, form, &formulas);
                    let mut sum = 0_u64;
                    let mut rows = Vec::new();
                    for (w, held) in list.iter().zip(held) {
                        // Not to have it counts as much as having it counts against.
                        let mut next = held.iter().peekable();
                        let others: Vec<u32> =
                            (0..space.places() as u32).filter(|s| next.next_if_eq(&s).is_none()).collect();
                        let weight = w.weight.unsigned_abs();
                        sum = sum.saturating_add(weight);
                        let turned = w.doubt.is_some_and(|doubt| doubt.contrary.is_some());
                        let (one, other) = if w.weight < 0 { (others, held) } else { (held, others) };
                        let mut row = vec![term(Some(weight), one)];
                        row.extend(turned.then(|| term(Some(weight), other)));
                        rows.push(row);
                    }
                    (rows, sum)
                }
                Want::Ranking(_) => {
                    let scores = score::scores(space, &ensemble.conflict.game, ActorId::from(actor))?;
                    let largest = scores.iter().copied().max().unwrap_or(0);
                    let bits = (0..32).filter(|bit| largest >> bit != 0);
                    let row = bits.map(|bit| {
                        let states = scores.iter().enumerate().filter(|(_, score)| **score >> bit & 1 == 1);
                        term(Some(1 << bit), states.map(|(s, _)| s as u32).collect())
                    });
                    let row = row.collect();
                    // The score has at most as many bits as the largest: all of them may be set.
                    (vec![row], (u64::from(largest) + 1).next_power_of_two() - 1)
                }
            };
            most = most.max(largest);
            terms.push(list);
        }
        let count = parts.len();
        let (starts, held) = by_state(&parts, space.places());
        let words = count.div_ceil(64);
        let mut bits = vec![0_u64; words * space.places()];
        for (number, states) in parts.iter().enumerate() {
            states.iter().for_each(|s| bits[*s as usize * words + number / 64] |= 1 << (number % 64));
        }
        all.push(Terms { terms, count, starts, held, bits, most });
    }
    Ok(all)
}

/// Lists of states turned into lists by state: where each begins, and all of them.
fn by_state(lists: &[Vec<u32>], states: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; states + 1];
    lists.iter().flatten().for_each(|s| starts[*s as usize + 1] += 1);
    for s in 0..states {
        starts[s + 1] += starts[s];
    }
    let mut next = starts.clone();
    let mut held = vec![0; starts[states] as usize];
    for (number, list) in lists.iter().enumerate() {
        for s in list {
            let at = &mut next[*s as usize];
            held[*at as usize] = number as u32;
            *at += 1;
        }
    }
    (starts, held)
}

fn doubts(ensemble: &Ensemble, form: &OptionForm, space: &Space) -> Vec<(Doubt, Vec<u32>)> {
    let mut kinds = Vec::new();
    let mut formulas = Vec::new();
    for (at, rule) in form.rules.iter().enumerate() {
        if ensemble.rules.get(at).is_some_and(Option::is_some) || !ensemble.certain(&rule.grounds) {
            kinds.push(Doubt::Rule(at));
            formulas.push(rule.formula().negate());
        }
    }
    for (at, option) in form.options.iter().enumerate() {
        if ensemble.options.get(at).is_some_and(Option::is_some) || !ensemble.certain(&option.grounds) {
            kinds.push(Doubt::Option(at));
            formulas.push(Expr::Option(detente_model::OptionId::from(at)));
        }
    }
    let held = holds(space, form, &formulas.iter().collect::<Vec<_>>());
    kinds.into_iter().zip(held).filter(|(_, states)| !states.is_empty()).collect()
}

fn moves(form: &OptionForm, actor: ActorId, numbers: &[u64]) -> Moves {
    let mask = |is: &dyn Fn(Direction) -> bool| {
        let own = |o: &detente_model::Opt| o.of == Switch::Option && o.actor == actor;
        let own = form.options.iter().enumerate().filter(|(_, o)| own(o) && is(o.direction));
        own.fold(0_u64, |mask, (at, _)| mask | 1 << at)
    };
    let own = mask(&|_| true);
    let on_only = mask(&|d| d == Direction::OnOnly);
    let off_only = mask(&|d| d == Direction::OffOnly);
    let mut order: Vec<u32> = (0..numbers.len() as u32).collect();
    order.sort_by_key(|s| (numbers[*s as usize] & !own, *s));
    let same = |a: &u32, b: &u32| numbers[*a as usize] & !own == numbers[*b as usize] & !own;
    let groups: Vec<Vec<u32>> =
        order.chunk_by(same).filter(|group| group.len() > 1).map(<[u32]>::to_vec).collect();
    let two_way = on_only | off_only == 0;
    let mut group = vec![u32::MAX; numbers.len()];
    for (at, members) in groups.iter().enumerate() {
        members.iter().for_each(|s| group[*s as usize] = at as u32);
    }
    let mut reach = Vec::new();
    if !two_way {
        reach.resize(numbers.len(), Vec::new());
        for group in &groups {
            for from in group {
                let s = numbers[*from as usize];
                let may = |t: u64| s & !t & on_only == 0 && t & !s & off_only == 0;
                reach[*from as usize] =
                    group.iter().copied().filter(|to| to != from && may(numbers[*to as usize])).collect();
            }
        }
    }
    Moves { two_way, groups, group, reach }
}

/// Whether an actor's moves are more than single changes of its options: conditions and acts of its own make ways.
fn is_searched(form: &OptionForm, actor: ActorId) -> bool {
    let conditioned = |o: &detente_model::Opt| {
        o.of == Switch::Option && o.actor == actor && !(o.begins_if.is_empty() && o.ends_if.is_empty())
    };
    form.options.iter().any(conditioned)
        || form.acts.iter().any(|act| act.begins.suffices(actor) || act.ends.suffices(actor))
}

/// The moves of every actor and of several together, listed where conditions and acts make them.
fn listed(
    space: &Space,
    form: &OptionForm,
    movers: &[Mover],
    watch: &dyn Watch,
) -> Result<(Vec<Moves>, Vec<Joint>), SolveError> {
    let Space::List { numbers, .. } = space else { return Err(SolveError::NoFeasibleState) };
    let arcs = several::listed(space, form, movers, explicit::DEFAULT_MEMORY, watch)?;
    let (mut own, mut joint) = (Vec::new(), Vec::new());
    for (mover, arcs) in movers.iter().zip(&arcs) {
        match (mover.joint, mover.parties.as_slice()) {
            (None, [actor]) if !is_searched(form, *actor) => own.push(moves(form, *actor, numbers)),
            (None, _) => {
                let reach: Vec<Vec<u32>> = (0..numbers.len() as u32).map(|s| arcs.from(s).to_vec()).collect();
                let movable = (0..numbers.len() as u32).filter(|s| !reach[*s as usize].is_empty()).collect();
                let groups: Vec<Vec<u32>> =
                    Some(movable).into_iter().filter(|g: &Vec<u32>| !g.is_empty()).collect();
                own.push(Moves { two_way: false, groups, group: vec![u32::MAX; numbers.len()], reach });
            }
            (Some(_), parties) => joint.push(Joint {
                parties: parties.iter().map(|party| party.index()).collect(),
                arcs: (0..numbers.len() as u32)
                    .flat_map(|s| arcs.from(s).iter().map(move |t| (s, *t)))
                    .collect(),
            }),
        }
    }
    Ok((own, joint))
}

/// With whom an actor acts together, each set of parties once.
fn fellows(joint: &[Joint], actor: usize) -> Vec<Fellows> {
    let mut all: Vec<Fellows> = Vec::new();
    for (at, mover) in joint.iter().enumerate().filter(|(_, joint)| joint.parties.contains(&actor)) {
        match all.iter_mut().find(|fellows| fellows.parties == mover.parties) {
            Some(fellows) => fellows.joint.push(at),
            None => all.push(Fellows { parties: mover.parties.clone(), joint: vec![at] }),
        }
    }
    all
}

/// The states in which chance events are as today; empty where there are none.
fn slice(game: &Game, form: &OptionForm, space: &Space) -> Vec<bool> {
    let here = game.slices().into_iter().next().map(|slice| slice.here).unwrap_or_default();
    if here.is_empty() {
        return Vec::new();
    }
    let literals = here
        .into_iter()
        .map(|(switch, on)| if on { Expr::Option(switch) } else { Expr::Option(switch).negate() });
    crate::explicit::words::truth(form, space, &Expr::And(literals.collect()))
}

/// Classes of states that moves of others than `focal` connect.
fn closure(moves: &[Moves], focal: usize, states: usize) -> Classes {
    let mut parent: Vec<u32> = (0..states as u32).collect();
    fn root(parent: &mut [u32], mut s: u32) -> u32 {
        while parent[s as usize] != s {
            parent[s as usize] = parent[parent[s as usize] as usize];
            s = parent[s as usize];
        }
        s
    }
    for (_, moves) in moves.iter().enumerate().filter(|(a, _)| *a != focal) {
        for group in &moves.groups {
            for pair in group.windows(2) {
                let (a, b) = (root(&mut parent, pair[0]), root(&mut parent, pair[1]));
                parent[a.max(b) as usize] = a.min(b);
            }
        }
    }
    let mut of = vec![0; states];
    let mut members: Vec<Vec<u32>> = Vec::new();
    // A root is the least of its class, so that it comes before the others.
    for s in 0..states as u32 {
        let root = root(&mut parent, s);
        if root == s {
            of[s as usize] = members.len() as u32;
            members.push(Vec::new());
        }
        of[s as usize] = of[root as usize];
        members[of[s as usize] as usize].push(s);
    }
    Classes { of, members }
}

/// The states that are feasible in some model.
///
/// # Errors
/// More than `most`, or no state at all.
pub(crate) fn states(
    ensemble: &Ensemble,
    form: &OptionForm,
    most: usize,
    watch: &dyn crate::Watch,
) -> Result<Vec<u64>, SolveError> {
    let effort = explicit::lists::Effort { states: most, branches: 1 << 26 };
    let certain = certain(ensemble, form);
    match explicit::feasible::feasible(&certain, most, effort.branches, watch) {
        Ok(numbers) if numbers.is_empty() => Err(SolveError::NoFeasibleState),
        Ok(numbers) => Ok(numbers),
        Err(why) => Err(explicit::lists::not_listed(form, effort, why)),
    }
}
