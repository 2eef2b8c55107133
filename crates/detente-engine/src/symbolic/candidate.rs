//! The verdict on one state, with a certificate, where there are too many states to search.
//!
//! # Method
//! The opponents never change the actor's own options. So the improvements are looked at by own
//! choice, the actor's best first: with its options fixed, the states that the opponents' steps lead
//! to are closed layer by layer, as diagrams over the options of the others, until a layer holds a
//! sanction or there is no further layer.
//! - A sanction: a path back through the layers is a shortest sequence. The same steps are then tried
//!   on all other own choices at once (every condition is a function of the own options when the
//!   others' are fixed), and those for which they work are answered as well.
//! - No further layer: the state is not stable. The closed set is made simpler for the
//!   certificate: options of others are left aside one after the other as long as the set stays
//!   closed and without a sanction.
//!
//! Up to [`LISTED`] improvements are listed one by one; more of them as disjoint patterns, one per
//! path in the diagram of the own choices that are answered alike.
//!
//! # Complexity
//! Closures of sets over the options of the others, as many as there are different answers; bounded
//! by [`MOST_STEPS`] diagram steps.
//!
//! # Source
//! docs/symbolic.md, "method C".

use detente_model::{ActorId, Answers, Concept, Game, OptionForm, OptionId, Pattern, Sequences, State};

use super::board::{self, Board};
use super::diagram::{Diagrams, Halt, Set};
use super::formula::Formulas;
use super::large_patterns::large_patterns;
use crate::certificate::{Certificate, Improvement, Step, Target, Unanswered};
use crate::{Deciding, Order, Stop, Watch};

/// A cell of the own options, with the statement that makes all of it better.
type Cube = (Vec<Option<bool>>, Option<Deciding>);

/// Up to this many improvements are listed.
const LISTED: usize = 1024;
/// The most entries of a certificate.
const MOST_ENTRIES: usize = 1 << 16;
/// The most patterns of a closure.
const MOST_PATTERNS: usize = 1 << 12;
/// Diagram steps for one verdict: some seconds.
const MOST_STEPS: u64 = crate::caps::REASON_STEPS.most;

/// A game compiled for questions about single states.
pub(crate) struct Candidates<'g> {
    game: &'g Game,
    formulas: Formulas,
    d: Diagrams<'g>,
    board: Board,
    /// [`LISTED`], but in tests.
    pub(super) listed: usize,
}

/// A question about one state.
struct Question<'a> {
    concept: Concept,
    sequences: Sequences,
    actor: ActorId,
    state: &'a State,
    /// States that sanction.
    sanctions: Set,
}

/// What the opponents can do about one own choice.
enum Response {
    /// Steps: who, and the state that it leads to.
    Sanction(Vec<(ActorId, State)>),
    /// All that they can bring about, as a set over the options of the others.
    Closure(Set),
}

impl<'g> Candidates<'g> {
    /// Compiles `game`, with at most `memory` bytes for diagrams.
    pub(crate) fn new(
        game: &'g Game,
        form: &OptionForm,
        memory: u64,
        watch: &'g dyn Watch,
    ) -> Result<Self, Halt> {
        let mut d = Diagrams::new(memory, watch).with_budget(MOST_STEPS);
        let (mut formulas, mut board) = board::rules(&mut d, game, form)?;
        for (actor, preference) in game.actor_ids().zip(&game.preferences) {
            board.add(&mut d, &mut formulas, game, actor, preference)?;
        }
        Ok(Self { game, formulas, d, board, listed: LISTED })
    }

    /// The certificate of the verdict on `state`, which is feasible. Not for simultaneous stability
    /// and the reading `once`.
    pub(crate) fn certificate(
        &mut self,
        sequences: Sequences,
        concept: Concept,
        actor: ActorId,
        state: &State,
    ) -> Result<Certificate, Halt> {
        self.d.set_budget(MOST_STEPS);
        let order = Order::new(self.game, actor).ok_or(Halt(Stop::Work))?;
        let sanctions = self.sanctions(concept, actor, state)?;
        let question = Question { concept, sequences, actor, state, sanctions };
        let own: Vec<OptionId> = self.game.options_of(actor).collect();
        let player = &self.board.players[actor.index()];
        let here = self.formulas.state(&mut self.d, state)?;
        let better = self.d.out_by(&self.board.feasible, &player.gain, &here, player.id)?;
        // From here on: functions of the own options.
        let all = self.at(&better, state, &own)?;
        let listed = self.few(&all, own.len());
        let mut improvements = Vec::new();
        let mut unanswered = None;
        let mut open = all;
        while !open.is_empty() {
            let to = self.best(&open, &question, &own)?;
            let answer = match concept.answers() {
                Answers::Nothing => Response::Closure(self.others(&to, &own)?),
                _ => self.answer(&question, &to, &own)?,
            };
            match answer {
                Response::Sanction(steps) => {
                    let alike = self.alike(&question, &steps, &own)?;
                    let alike = self.d.and(&alike, &open)?;
                    self.entries(&question, &order, &alike, &own, &steps, listed, &mut improvements)?;
                    open = self.d.without(&open, &alike)?;
                }
                Response::Closure(set) => {
                    let closure = self.closure(&question, set, &to, &own)?;
                    unanswered = Some(Unanswered { to, closure });
                    // What is left needs no answer.
                    self.entries(&question, &order, &open, &own, &[], listed, &mut improvements)?;
                    break;
                }
            }
        }
        if listed {
            let key = |entry: &Improvement| entry.to.one().cloned();
            improvements.sort_by(|a, b| match (key(a), key(b)) {
                (Some(a), Some(b)) => order.level(&b).cmp(&order.level(&a)).then_with(|| a.cmp(&b)),
                (a, b) => a.cmp(&b),
            });
        }
        let (state, stable) = (state.clone(), unanswered.is_none());
        Ok(Certificate { sequences, actor, concept, state, stable, improvements, unanswered })
    }

    /// Whether `state`, which is feasible, is stable: as [`Candidates::certificate`], without it.
    pub(crate) fn is_stable(
        &mut self,
        sequences: Sequences,
        concept: Concept,
        actor: ActorId,
        state: &State,
    ) -> Result<bool, Halt> {
        self.d.set_budget(MOST_STEPS);
        let sanctions = self.sanctions(concept, actor, state)?;
        let question = Question { concept, sequences, actor, state, sanctions };
        let own: Vec<OptionId> = self.game.options_of(actor).collect();
        let player = &self.board.players[actor.index()];
        let here = self.formulas.state(&mut self.d, state)?;
        let better = self.d.out_by(&self.board.feasible, &player.gain, &here, player.id)?;
        let mut open = self.at(&better, state, &own)?;
        while !open.is_empty() {
            if concept.answers() == Answers::Nothing {
                return Ok(false);
            }
            let to = self.best(&open, &question, &own)?;
            let Response::Sanction(steps) = self.answer(&question, &to, &own)? else { return Ok(false) };
            let alike = self.alike(&question, &steps, &own)?;
            open = self.d.without(&open, &alike)?;
        }
        Ok(true)
    }

    /// The feasible states that sanction a move from `state`.
    fn sanctions(&mut self, concept: Concept, actor: ActorId, state: &State) -> Result<Set, Halt> {
        let (d, player) = (&mut self.d, &self.board.players[actor.index()]);
        let feasible = &self.board.feasible;
        let here = self.formulas.state(d, state)?;
        let mut above = d.constant(false);
        for level in player.levels.iter().rev() {
            above =
                if d.and(level, &here)?.is_empty() { d.or(level, &above)? } else { d.and(level, &above)? };
        }
        let mut sanctions = d.without(feasible, &above)?;
        if concept.way_out() {
            let above = d.and(feasible, &above)?;
            let escapes = d.leading_by(&sanctions, &player.steps, &above, player.id)?;
            sanctions = d.without(&sanctions, &escapes)?;
        }
        Ok(sanctions)
    }

    /// `set` where the options that are not `kept` are as in `state`.
    fn at(&mut self, set: &Set, state: &State, kept: &[OptionId]) -> Result<Set, Halt> {
        let mut set = set.clone();
        for option in (0..self.formulas.options()).map(OptionId::from).filter(|o| !kept.contains(o)) {
            if let Some(level) = self.formulas.level(option) {
                set = self.d.fix(&set, level, state.is_on(option))?;
            }
        }
        Ok(set)
    }

    /// `set` where the options `fixed` are as in `state`.
    fn given(&mut self, set: &Set, state: &State, fixed: &[OptionId]) -> Result<Set, Halt> {
        let mut set = set.clone();
        for &option in fixed {
            if let Some(level) = self.formulas.level(option) {
                set = self.d.fix(&set, level, state.is_on(option))?;
            }
        }
        Ok(set)
    }

    /// Whether a function of so many options holds for at most [`LISTED`] of their values.
    fn few(&self, set: &Set, options: usize) -> bool {
        let all = self.formulas.options();
        let count = self.d.freeze(std::slice::from_ref(set)).count(all);
        count >> (all - options) <= self.listed.into()
    }

    /// The state of the question with the own choice of `open` that the actor likes best; of equals
    /// the least number.
    fn best(&mut self, open: &Set, question: &Question<'_>, own: &[OptionId]) -> Result<State, Halt> {
        let mut best = open.clone();
        for level in self.board.players[question.actor.index()].levels.clone() {
            let level = self.at(&level, question.state, own)?;
            let better = self.d.and(&best, &level)?;
            if !better.is_empty() {
                best = better;
            }
        }
        self.pick(&best, question.state, own)
    }

    /// `state` with the options `free` as in a member of `set`, which depends on no others: off
    /// where it can be, from the last option down.
    fn pick(&mut self, set: &Set, state: &State, free: &[OptionId]) -> Result<State, Halt> {
        let (mut set, mut state) = (set.clone(), state.clone());
        for &option in free.iter().rev() {
            let Some(level) = self.formulas.level(option) else { continue };
            let off = self.d.fix(&set, level, false)?;
            let on = off.is_empty();
            state.set(option, on);
            set = if on { self.d.fix(&set, level, true)? } else { off };
        }
        Ok(state)
    }

    /// The one setting of the others' options in `state`.
    fn others(&mut self, state: &State, own: &[OptionId]) -> Result<Set, Halt> {
        let others = (0..self.formulas.options()).map(OptionId::from).filter(|o| !own.contains(o));
        let literals: Vec<(u32, bool)> =
            others.filter_map(|o| Some((self.formulas.level(o)?, state.is_on(o)))).collect();
        self.d.literals(literals)
    }

    /// The step relations of the opponents, with the own options as in `to`.
    fn relations(
        &mut self,
        question: &Question<'_>,
        to: &State,
        own: &[OptionId],
    ) -> Result<Vec<(u8, Set)>, Halt> {
        let improving = question.concept.willing();
        let opponents: Vec<(u8, Set)> = (self.board.players.iter())
            .filter(|p| usize::from(p.id) != question.actor.index())
            .map(|p| (p.id, if improving { p.gain.clone() } else { p.steps.clone() }))
            .collect();
        opponents.into_iter().map(|(id, set)| Ok((id, self.given(&set, to, own)?))).collect()
    }

    /// What the opponents can do once the actor is at `to`.
    fn answer(&mut self, question: &Question<'_>, to: &State, own: &[OptionId]) -> Result<Response, Halt> {
        let feasible = self.board.feasible.clone();
        let feasible = self.given(&feasible, to, own)?;
        let sanctions = self.given(&question.sanctions, to, own)?;
        let relations = self.relations(question, to, own)?;
        let mut layers = vec![self.others(to, own)?];
        let mut reached = layers[0].clone();
        loop {
            let rest = self.d.without(&feasible, &reached)?;
            let mut layer = self.d.constant(false);
            for (mover, relation) in &relations {
                let more = self.d.out_by(&rest, relation, &layers[layers.len() - 1], *mover)?;
                layer = self.d.or(&layer, &more)?;
            }
            if layer.is_empty() {
                return Ok(Response::Closure(reached));
            }
            let hit = self.d.and(&layer, &sanctions)?;
            if !hit.is_empty() {
                return Ok(Response::Sanction(self.path(&layers, &hit, &relations, to, own)?));
            }
            reached = self.d.or(&reached, &layer)?;
            if question.sequences == Sequences::Single {
                return Ok(Response::Closure(reached));
            }
            layers.push(layer);
        }
    }

    /// A sequence through the layers to a state of `hit`. Nobody moves twice in a row: two steps of
    /// one actor are one step, and would have been found a layer earlier.
    fn path(
        &mut self,
        layers: &[Set],
        hit: &Set,
        relations: &[(u8, Set)],
        to: &State,
        own: &[OptionId],
    ) -> Result<Vec<(ActorId, State)>, Halt> {
        let others: Vec<OptionId> =
            (0..self.formulas.options()).map(OptionId::from).filter(|o| !own.contains(o)).collect();
        let mut end = self.pick(hit, to, &others)?;
        let mut steps = Vec::new();
        for layer in layers.iter().rev() {
            let here = self.others(&end, own)?;
            for (mover, relation) in relations {
                let before = self.d.leading_by(layer, relation, &here, *mover)?;
                if !before.is_empty() {
                    steps.push((ActorId(u32::from(*mover)), end));
                    end = self.pick(&before, to, &others)?;
                    break;
                }
            }
        }
        steps.reverse();
        Ok(steps)
    }

    /// The own choices after which these steps of the others are open to them and end in a sanction.
    fn alike(
        &mut self,
        question: &Question<'_>,
        steps: &[(ActorId, State)],
        own: &[OptionId],
    ) -> Result<Set, Halt> {
        let improving = question.concept.willing();
        let mut alike = self.d.constant(true);
        let mut before = question.state;
        for (mover, after) in steps {
            let feasible = self.board.feasible.clone();
            let feasible = self.at(&feasible, after, own)?;
            alike = self.d.and(&alike, &feasible)?;
            let player = &self.board.players[mover.index()];
            let mut relation = if improving { player.gain.clone() } else { player.steps.clone() };
            for option in self.game.options_of(*mover) {
                if let Some(level) = self.formulas.level(option) {
                    relation = self.d.fix(&relation, level + 1, after.is_on(option))?;
                }
            }
            let relation = self.at(&relation, before, own)?;
            alike = self.d.and(&alike, &relation)?;
            before = after;
        }
        let sanctions = self.at(&question.sanctions, before, own)?;
        self.d.and(&alike, &sanctions)
    }

    /// Entries for the own choices `some`, all answered by `steps`.
    #[allow(clippy::too_many_arguments)]
    fn entries(
        &mut self,
        question: &Question<'_>,
        order: &Order<'_>,
        some: &Set,
        own: &[OptionId],
        steps: &[(ActorId, State)],
        listed: bool,
        entries: &mut Vec<Improvement>,
    ) -> Result<(), Halt> {
        // What a step says of the mover's options; the others are left as they are.
        let pattern = |mover: ActorId, after: &State| {
            let mut pattern = Pattern { cells: vec![None; self.formulas.options()] };
            for option in self.game.options_of(mover) {
                pattern.cells[option.index()] = Some(after.is_on(option));
            }
            pattern
        };
        if !listed {
            let sanction: Vec<Step> = steps
                .iter()
                .map(|(mover, after)| Step { mover: (*mover).into(), to: pattern(*mover, after).into() })
                .collect();
            for (cells, gain) in self.cubes(question, some, own)? {
                if entries.len() >= MOST_ENTRIES {
                    return Err(Halt(Stop::Work));
                }
                let mut to = question.state.pattern(self.formulas.options());
                for (option, value) in own.iter().zip(cells) {
                    to.cells[option.index()] = value;
                }
                let to = Target::from(to);
                let (mut gain, mut because) = (gain, None);
                if let Target::One(to) = &to {
                    gain = order.deciding(to, question.state);
                    if let Some((_, end)) = steps.last() {
                        let end = with_own(end, to, own);
                        because = order.deciding(question.state, &end);
                    }
                }
                entries.push(Improvement { to, gain, sanction: sanction.clone(), because });
            }
            return Ok(());
        }
        let mut rest = some.clone();
        while !rest.is_empty() {
            let to = self.pick(&rest, question.state, own)?;
            let this = self.own(&to, own)?;
            rest = self.d.without(&rest, &this)?;
            let states = steps.iter().map(|(mover, after)| (*mover, with_own(after, &to, own)));
            let sanction: Vec<Step> =
                states.map(|(actor, state)| Step { mover: actor.into(), to: Target::One(state) }).collect();
            let end = sanction.last().and_then(|step| step.to.one());
            let because = end.and_then(|end| order.deciding(question.state, end));
            let gain = order.deciding(&to, question.state);
            entries.push(Improvement { to: Target::One(to), gain, sanction, because });
        }
        Ok(())
    }

    /// The own options as they are in `state`.
    fn own(&mut self, state: &State, own: &[OptionId]) -> Result<Set, Halt> {
        let literals: Vec<(u32, bool)> =
            own.iter().filter_map(|&o| Some((self.formulas.level(o)?, state.is_on(o)))).collect();
        self.d.literals(literals)
    }

    /// Disjoint cells of the own options that together are `some`, with what makes all of each
    /// better, where statements decide.
    fn cubes(&mut self, question: &Question<'_>, some: &Set, own: &[OptionId]) -> Result<Vec<Cube>, Halt> {
        let mut groups = Vec::new();
        match self.game.preferences.get(question.actor.index()) {
            Some(detente_model::Preference::Statements(_)) => {
                // The first statement that differs is the one that decides, and it holds there.
                let mut same = some.clone();
                let here = self.formulas.state(&mut self.d, question.state)?;
                for (k, level) in self.board.players[question.actor.index()].levels.clone().iter().enumerate()
                {
                    let holds = !self.d.and(level, &here)?.is_empty();
                    let level = self.at(level, question.state, own)?;
                    if holds {
                        same = self.d.and(&same, &level)?;
                    } else {
                        groups.push((self.d.and(&same, &level)?, Some(Deciding::Statement(k))));
                        same = self.d.without(&same, &level)?;
                    }
                }
            }
            _ => groups.push((some.clone(), None)),
        }
        let mut found = Vec::new();
        for (group, gain) in groups {
            let mut open = vec![(group, vec![None; own.len()], 0)];
            while let Some((set, cells, from)) = open.pop() {
                if set.is_empty() {
                    continue;
                }
                // The next option on which it depends.
                let mut at = from;
                let mut halves = None;
                while at < own.len() && halves.is_none() {
                    if let Some(level) = self.formulas.level(own[at]) {
                        let off = self.d.fix(&set, level, false)?;
                        let on = self.d.fix(&set, level, true)?;
                        halves = (off != on).then_some((off, on));
                    }
                    at += 1;
                }
                match halves {
                    None => found.push((cells, gain)),
                    Some((off, on)) => {
                        for (half, value) in [(on, true), (off, false)] {
                            let mut cells = cells.clone();
                            cells[at - 1] = Some(value);
                            open.push((half, cells, at));
                        }
                    }
                }
                if found.len() > MOST_ENTRIES {
                    return Err(Halt(Stop::Work));
                }
            }
        }
        Ok(found)
    }

    /// A closed set without a sanction as few patterns: `reached`, made simpler.
    fn closure(
        &mut self,
        question: &Question<'_>,
        reached: Set,
        to: &State,
        own: &[OptionId],
    ) -> Result<Vec<Target>, Halt> {
        let single =
            question.concept.answers() == Answers::Nothing || question.sequences == Sequences::Single;
        let (feasible, sanctions) = (self.board.feasible.clone(), &question.sanctions);
        let feasible = self.given(&feasible, to, own)?;
        let sanctions = self.given(sanctions, to, own)?;
        let relations = self.relations(question, to, own)?;
        let mut simple = reached;
        if !single {
            for position in 0..self.formulas.options() {
                let level = 2 * position as u32;
                let cube = self.d.cube([level])?;
                let wider = self.d.exists(&simple, &cube)?;
                if wider == simple || !self.d.and(&wider, &sanctions)?.is_empty() {
                    continue;
                }
                let inside = self.d.and(&wider, &feasible)?;
                let outside = self.d.without(&feasible, &wider)?;
                let mut closed = true;
                for (mover, relation) in &relations {
                    closed &= self.d.out_by(&outside, relation, &inside, *mover)?.is_empty();
                }
                if closed {
                    simple = wider;
                }
            }
        }
        let order = self.formulas.order().to_vec();
        let cover = large_patterns(&self.d.freeze(&[simple]), &order, MOST_PATTERNS);
        if !cover.complete {
            return Err(Halt(Stop::Work));
        }
        let with_own = |mut pattern: Pattern| {
            for option in own {
                pattern.cells[option.index()] = Some(to.is_on(*option));
            }
            Target::from(pattern)
        };
        Ok(cover.patterns.into_iter().map(with_own).collect())
    }
}

/// `state` with the options `own` as in `to`.
fn with_own(state: &State, to: &State, own: &[OptionId]) -> State {
    let mut state = state.clone();
    for &option in own {
        state.set(option, to.is_on(option));
    }
    state
}
