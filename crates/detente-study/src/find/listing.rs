//! The outcomes that a table lists one by one: chosen when the verdicts are known, ranked among all.

use std::collections::{BTreeSet, HashMap};

use detente_engine::{Bounds, LimitHit, SolveError, explicit};
use detente_model::{ActorId, Arc, Concept, Conflict, Form, Mover, OptionForm, OptionId, State};
use num_bigint::BigUint;

use crate::find::caps::{MOVES, RANKED};
use crate::find::findings::Findings;

/// Which outcomes to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How many rows are enough. The status quo and what lasts are listed even when they are more.
    pub most: usize,
    /// How many rows there can be at all: beyond, what lasts is cut too, and that is a limit.
    pub bound: usize,
    /// What becomes of the outcomes that do not last.
    pub others: Others,
}

/// What becomes of the outcomes that do not last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// The first by number fill up what is left of [`Choice::most`].
    Fill,
    /// They are listed when all outcomes are.
    WhenAll,
    /// They are left out, but for the status quo.
    Never,
}

/// Outcomes one by one, with where they stand and the verdicts on them.
#[derive(Clone, Debug)]
pub struct Listing<'f> {
    /// What was solved.
    pub conflict: &'f Conflict,
    /// The outcomes, ascending by number unless they were asked for in another order.
    pub rows: Vec<Row>,
    /// The concepts asked for.
    pub concepts: Vec<Column>,
    /// How many possible outcomes there are.
    pub all: BigUint,
    /// What is not listed; `None`: everything is.
    pub cut: Option<Cut>,
    /// Why there are no ranks and ordinals; `None`: there are.
    pub unranked: Option<Unranked>,
    /// Moves between listed outcomes, by actor, then where from, then where to; see [`Listing::add_moves`].
    pub moves: Vec<Move>,
}

/// An outcome of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub state: State,
    /// Its place among all possible outcomes, from 1.
    pub ordinal: Option<usize>,
    /// The place of its tie group in each actor's order of all possible outcomes, best = 1; empty when unranked.
    pub ranks: Vec<usize>,
    /// Whether it is the status quo.
    pub status_quo: bool,
}

/// The verdicts of one concept on the listed outcomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Which.
    pub concept: Concept,
    /// `stable[row][actor]`; `None` where it was not computed.
    pub stable: Vec<Vec<Option<bool>>>,
    /// `joint[row][mover]` of those who move together, in the order of the game; `None` where it was not computed.
    pub joint: Vec<Vec<Option<bool>>>,
    /// By row, whether it is stable for everybody; `None` where it was not computed.
    pub equilibrium: Vec<Option<bool>>,
    /// By row, whether it lasts: stable for everybody, within reach, and undone by no date.
    pub lasts: Vec<Option<bool>>,
    /// For whom it was not computed.
    pub open: Vec<ActorId>,
    /// The bounds that were hit, where it was not computed for everybody; none: the concept is not possible here.
    pub stopped: Vec<LimitHit>,
}

/// What a listing leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Whether the rows were asked for one by one; then the rest says nothing.
    pub asked: bool,
    /// How many rows there could be: fewer than last, where what lasts is cut.
    pub bound: usize,
    /// Whether the status quo is listed.
    pub status_quo: bool,
    /// By concept, how many outcomes last under it and how many of them are listed; concepts not computed are left
    /// out.
    pub lasting: Vec<(Concept, BigUint, usize)>,
    /// How many listed outcomes last under some concept.
    pub lasting_listed: usize,
    /// How many listed outcomes are neither the status quo nor last.
    pub others: usize,
}

impl Cut {
    /// Whether all that lasts is listed, under each concept that was computed.
    #[must_use]
    pub fn has_all_lasting(&self) -> bool {
        self.lasting.iter().all(|(_, all, listed)| *all == BigUint::from(*listed))
    }
}

/// Why there are no ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unranked {
    /// More possible outcomes than [`RANKED`].
    TooMany,
    /// A bound of the engine.
    Stopped(LimitHit),
}

/// A step of one actor, or of several together, between two listed outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Move {
    /// Who moves: its place among the movers of the game ([`detente_model::Game::movers`]), the actors first.
    pub mover: usize,
    /// Where from, by row.
    pub from: usize,
    /// Where to, by row.
    pub to: usize,
    /// Whether all who move prefer where it goes.
    pub improves: bool,
}

/// More moves than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyMoves(pub usize);

impl<'f> Listing<'f> {
    /// The outcomes of `choice` with their verdicts under `concepts`: the status quo, then what lasts, the concept
    /// under which least lasts first, then the others.
    ///
    /// # Errors
    /// Those of the engine's ranks that are no bound.
    ///
    /// # Complexity
    /// That of [`detente_engine::explicit::ranks`], with up to [`RANKED`] outcomes, and O(rows × concepts × actors).
    pub fn of(found: &'f Findings, concepts: &[Concept], choice: Choice) -> Result<Self, SolveError> {
        let (states, cut) = choose(found, concepts, choice);
        Self::with(found, concepts, states, cut)
    }

    /// These outcomes, in this order.
    ///
    /// # Errors
    /// As [`Listing::of`].
    pub fn of_states(
        found: &'f Findings,
        concepts: &[Concept],
        states: Vec<State>,
    ) -> Result<Self, SolveError> {
        let all = found.feasible().count() == BigUint::from(states.len());
        let cut = Cut {
            asked: true,
            bound: states.len(),
            status_quo: false,
            lasting: Vec::new(),
            lasting_listed: 0,
            others: 0,
        };
        Self::with(found, concepts, states, (!all).then_some(cut))
    }

    fn with(
        found: &'f Findings,
        concepts: &[Concept],
        states: Vec<State>,
        cut: Option<Cut>,
    ) -> Result<Self, SolveError> {
        let conflict = &found.conflict;
        let all = found.feasible().count();
        let (places, unranked) = places(found, &all, &states)?;
        let columns = concepts.iter().map(|&concept| column(found, concept, &states)).collect();
        let status_quo = conflict.game.status_quo.as_ref();
        let rows = states
            .into_iter()
            .zip(places)
            .map(|(state, (ordinal, ranks))| Row {
                status_quo: status_quo == Some(&state),
                state,
                ordinal,
                ranks,
            })
            .collect();
        Ok(Self { conflict, rows, concepts: columns, all, cut, unranked, moves: Vec::new() })
    }

    /// Adds all moves between the listed outcomes, at most `most`: steps of single actors, and what several do together.
    ///
    /// # Errors
    /// More than `most` moves, or an actor with more settings of its own than are looked at.
    ///
    /// # Complexity
    /// O(rows × movers + moves), and for moves with conditions O(pairs of an actor's states).
    pub fn add_moves(&mut self, most: usize) -> Result<(), TooManyMoves> {
        let game = &self.conflict.game;
        let movers = game.movers();
        let mut moves = Vec::new();
        match &game.form {
            Form::Graph(form) => {
                let rows = self.rows.iter().enumerate();
                let place: HashMap<u64, usize> =
                    rows.filter_map(|(at, row)| Some((row.state.number()?, at))).collect();
                let alone = form.arcs.iter().map(|Arc { actor, from, to }| (actor.index(), *from, *to));
                let joint = form.joint.iter().enumerate().flat_map(|(at, joint)| {
                    joint.arcs.iter().map(move |(from, to)| (game.actors.len() + at, *from, *to))
                });
                for (mover, from, to) in alone.chain(joint) {
                    let at = |position: u32| place.get(&(u64::from(position) + 1)).copied();
                    if let (Some(from), Some(to)) = (at(from), at(to)) {
                        moves.push((mover, from, to));
                    }
                }
            }
            Form::Options(form) => {
                let place: HashMap<&State, usize> =
                    self.rows.iter().enumerate().map(|(at, row)| (&row.state, at)).collect();
                for (at, mover) in movers.iter().enumerate() {
                    match mover.parties.as_slice() {
                        [actor] if !form.changes_open_others(*actor) => {
                            self.changes_of(form, *actor, most, &mut moves);
                        }
                        _ => self.moves_of(form, at, mover, &place, most, &mut moves)?,
                    }
                }
            }
        }
        if moves.len() > most {
            return Err(TooManyMoves(most));
        }
        moves.sort_unstable();
        let orders: Vec<Option<detente_engine::Order<'_>>> =
            game.actor_ids().map(|actor| detente_engine::Order::new(game, actor)).collect();
        self.moves = moves
            .into_iter()
            .map(|(mover, from, to)| {
                let prefers = |party: &ActorId| self.prefers(&orders, party.index(), from, to);
                Move { mover, from, to, improves: movers[mover].parties.iter().all(prefers) }
            })
            .collect();
        Ok(())
    }

    fn prefers(
        &self,
        orders: &[Option<detente_engine::Order<'_>>],
        actor: usize,
        from: usize,
        to: usize,
    ) -> bool {
        let rank = |at: usize| self.rows[at].ranks.get(actor);
        match (rank(from), rank(to)) {
            (Some(from), Some(to)) => to < from,
            _ => orders[actor]
                .as_ref()
                .is_some_and(|order| order.compare(&self.rows[to].state, &self.rows[from].state).is_better()),
        }
    }

    /// The moves of one actor whose changes open no others: between outcomes that differ in what it can switch alone.
    /// Stops past `most` moves in all.
    fn changes_of(
        &self,
        form: &OptionForm,
        actor: ActorId,
        most: usize,
        moves: &mut Vec<(usize, usize, usize)>,
    ) {
        let own = form.own_things(actor);
        let switches: Vec<OptionId> = own.iter().flat_map(|&thing| form.bits(thing)).collect();
        let mut groups: HashMap<State, Vec<usize>> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let mut others = row.state.clone();
            for &switch in &switches {
                others.set(switch, false);
            }
            groups.entry(others).or_default().push(at);
        }
        let ways = form.ways(|mover| mover == actor);
        let taken = |s: &State, t: &State| {
            ways.against(s, t).any(|obstacle| matches!(obstacle, detente_model::Obstacle::Cannot(_)))
        };
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort_unstable();
        for group in groups {
            for &from in &group {
                for &to in &group {
                    let (s, t) = (&self.rows[from].state, &self.rows[to].state);
                    if from != to && form.is_change(actor, &own, s, t) && !taken(s, t) {
                        moves.push((actor.index(), from, to));
                        if moves.len() > most {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// The moves of one mover, from each listed outcome: of several together, or of an actor whose changes open others.
    fn moves_of(
        &self,
        form: &OptionForm,
        at: usize,
        mover: &Mover,
        place: &HashMap<&State, usize>,
        most: usize,
        moves: &mut Vec<(usize, usize, usize)>,
    ) -> Result<(), TooManyMoves> {
        let game = &self.conflict.game;
        let mut feasible = |state: &State| form.broken_rule(state).is_none();
        for (from, row) in self.rows.iter().enumerate() {
            let ends = game.moves_of(mover, &row.state, &mut feasible, MOVES.most);
            let ends = ends.ok_or(TooManyMoves(most))?;
            moves.extend(ends.iter().filter_map(|to| place.get(to)).map(|&to| (at, from, to)));
            if moves.len() > most {
                return Err(TooManyMoves(most));
            }
        }
        Ok(())
    }

    /// Whether the outcome of this row lasts under some of the concepts.
    #[must_use]
    pub fn lasts(&self, row: usize) -> bool {
        self.concepts.iter().any(|column| column.equilibrium.get(row) == Some(&Some(true)))
    }
}

/// The outcomes to list, ascending, and what is left out.
fn choose(found: &Findings, concepts: &[Concept], choice: Choice) -> (Vec<State>, Option<Cut>) {
    let feasible = found.feasible();
    let all = feasible.count();
    if choice.others != Others::Never && all <= BigUint::from(choice.most) {
        return (feasible.first(choice.most), None);
    }
    let bound = choice.bound.max(choice.most);
    let mut chosen = BTreeSet::new();
    chosen.extend(found.conflict.game.status_quo.iter().filter(|state| feasible.contains(state)).cloned());
    let status_quo = !chosen.is_empty();
    let known = |concept: &Concept| Some((*concept, found.equilibria(*concept)?));
    let mut sets: Vec<_> = concepts.iter().filter_map(known).map(|(c, set)| (set.count(), c, set)).collect();
    sets.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    for (_, _, set) in &sets {
        // Those that are in already may be the first again.
        for state in set.first(bound) {
            if chosen.len() == bound {
                break;
            }
            chosen.insert(state);
        }
    }
    let lasts = |state: &State| sets.iter().any(|(_, _, set)| set.contains(state));
    let lasting_listed = chosen.iter().filter(|state| lasts(state)).count();
    let mut others = 0;
    if choice.others == Others::Fill {
        for state in feasible.first(choice.most) {
            if chosen.len() >= choice.most {
                break;
            }
            others += usize::from(chosen.insert(state));
        }
    }
    if all == BigUint::from(chosen.len()) {
        return (chosen.into_iter().collect(), None);
    }
    let mut lasting: Vec<(Concept, BigUint, usize)> = sets
        .iter()
        .map(|(count, concept, set)| {
            let listed = chosen.iter().filter(|state| set.contains(state)).count();
            (*concept, count.clone(), listed)
        })
        .collect();
    lasting.sort_by_key(|(concept, _, _)| *concept);
    let cut = Cut { asked: false, bound, status_quo, lasting, lasting_listed, others };
    (chosen.into_iter().collect(), Some(cut))
}

/// Ordinal and ranks of an outcome.
type Place = (Option<usize>, Vec<usize>);

/// Where `states` stand among all possible outcomes.
fn places(
    found: &Findings,
    all: &BigUint,
    states: &[State],
) -> Result<(Vec<Place>, Option<Unranked>), SolveError> {
    let conflict = &found.conflict;
    let none = |why| Ok((vec![(None, Vec::new()); states.len()], Some(why)));
    if *all > BigUint::from(RANKED.most) {
        return none(Unranked::TooMany);
    }
    let ranks = match explicit::ranks(&conflict.game, &Bounds::default(), &*found.watch) {
        Ok(ranks) => ranks,
        Err(SolveError::Stopped(hit)) => return none(Unranked::Stopped(hit)),
        // More options than the explicit engine has bits for.
        Err(SolveError::NotPossible(_)) => return none(Unranked::TooMany),
        Err(error) => return Err(error),
    };
    let place = |state: &State| {
        let Some(at) = ranks.place(state) else { return (None, Vec::new()) };
        let rank = |actor: ActorId| {
            let from_below = ranks.of(actor).get(at).map_or(0, |rank| *rank as usize);
            ranks.levels(actor).saturating_sub(from_below)
        };
        (Some(at + 1), conflict.game.actor_ids().map(rank).collect())
    };
    Ok((states.iter().map(place).collect(), None))
}

/// The verdicts of one concept on `states`; none when nobody waits any longer.
fn column(found: &Findings, concept: Concept, states: &[State]) -> Column {
    if let Some(hit) = found.stopped(&format!("the columns of {}", concept.id())) {
        let open: Vec<ActorId> = found.conflict.game.actor_ids().collect();
        let none = vec![None; states.len()];
        return Column {
            concept,
            stable: vec![vec![None; open.len()]; states.len()],
            joint: vec![Vec::new(); states.len()],
            equilibrium: none.clone(),
            lasts: none,
            open,
            stopped: vec![hit],
        };
    }
    let (verdicts, game) = (&found.solution.verdicts, &found.conflict.game);
    let movers = game.movers().len();
    let slices = game.slices();
    // Of every slice: an outcome has the verdicts of the one that it is in.
    let of_slice = |at: usize| {
        let movers = (0..movers).map(|mover| verdicts.stable_in(at, concept, mover.into()));
        (movers.collect::<Vec<_>>(), verdicts.equilibria_in(at, concept), verdicts.lasting_in(at, concept))
    };
    let sets: Vec<_> = (0..slices.len()).map(of_slice).collect();
    let mut column = Column {
        concept,
        stable: Vec::with_capacity(states.len()),
        joint: Vec::with_capacity(states.len()),
        equilibrium: Vec::with_capacity(states.len()),
        lasts: Vec::with_capacity(states.len()),
        open: Vec::new(),
        stopped: Vec::new(),
    };
    for state in states {
        let slice = slices.iter().position(|slice| slice.has(state)).map(|at| &sets[at]);
        let mut all: Vec<Option<bool>> = (0..movers)
            .map(|mover| slice.and_then(|(sets, ..)| sets[mover].as_ref()).map(|set| set.contains(state)))
            .collect();
        let whole = slice.and_then(|(_, equilibria, _)| equilibria.as_ref()).map(|set| set.contains(state));
        let unstable = all.contains(&Some(false)).then_some(false);
        column.equilibrium.push(whole.or(unstable));
        let lasts = slice.and_then(|(.., lasting)| lasting.as_ref()).map(|set| set.contains(state));
        column.lasts.push(lasts.or(unstable));
        column.joint.push(all.split_off(game.actor_count().min(all.len())));
        column.stable.push(all);
    }
    let sets: Vec<_> = game.actor_ids().map(|actor| verdicts.stable(concept, actor)).collect();
    let open: Vec<ActorId> =
        found.conflict.game.actor_ids().filter(|actor| sets[actor.index()].is_none()).collect();
    let about = |hit: &&LimitHit| hit.what.split(|c: char| !c.is_alphanumeric()).any(|w| w == concept.id());
    let stopped = if open.is_empty() {
        Vec::new()
    } else {
        found.solution.limits.iter().filter(about).cloned().collect()
    };
    Column { open, stopped, ..column }
}
