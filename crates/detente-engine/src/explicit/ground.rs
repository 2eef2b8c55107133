//! A game in option form laid out for questions that ask for its moves and solve it again with other judgements:
//! states, scores and moves once, verdicts as often as somebody judges otherwise.
//!
//! # Complexity
//! That of one solution for each way of judging; the list of moves of [`super::several`] is shared by all.

use detente_model::{ActorId, Expr, Game, OptionForm, State};

use super::field::{Field, ListField, answers};
use super::graph::ArcField;
use super::mover::{Mover, Steps};
use super::space::Space;
use super::standing::{Bits, Standing, Ways};
use super::{DEFAULT_MEMORY, Pair, general, lists, several, verdict, words};
use crate::{LimitHit, NotPossible, Settings, SolveError, Stop, Watch, stability};

/// States by place, and what everybody thinks of each.
pub(crate) struct Ground<'g> {
    game: &'g Game,
    form: &'g OptionForm,
    settings: &'g Settings,
    space: Space,
    /// One list per actor, larger is better.
    scores: Vec<Vec<u32>>,
    /// The moves, where conditions or acts decide; else they are laid out by actor.
    arcs: Option<ArcField>,
    standing: Standing,
}

/// The moves of every mover between places.
pub(crate) enum Moves<'a> {
    /// By groups and classes.
    Lists(Vec<Mover<'a>>),
    /// One by one.
    Arcs(&'a ArcField),
}

impl Moves<'_> {
    /// Where a mover gets from `place` in one move, ascending, never to where it stands.
    pub(crate) fn from(&self, mover: usize, place: u32) -> Vec<u32> {
        match self {
            Self::Arcs(field) => field.from(mover, place).to_vec(),
            Self::Lists(movers) => {
                let Some(mover) = movers.get(mover) else { return vec![] };
                let classes = (0..).map_while(|at| mover.class_in_group(place, at));
                let open = classes.filter(|class| mover.enters(place, *class));
                let mut to: Vec<u32> =
                    open.flat_map(|class| mover.class_members(class).iter().copied()).collect();
                to.retain(|to| *to != place);
                to.sort_unstable();
                to
            }
        }
    }
}

impl<'g> Ground<'g> {
    /// Lays out `game`, whose options are those of `form`; `settings` has the one concept under which it is solved.
    ///
    /// # Errors
    /// As [`crate::solve()`].
    pub(crate) fn new(
        game: &'g Game,
        form: &'g OptionForm,
        settings: &'g Settings,
        watch: &dyn Watch,
    ) -> Result<Self, SolveError> {
        let plain = game.only_own_moves();
        if !plain && stability::all_at_once(&settings.concepts) {
            return Err(SolveError::NotPossible(NotPossible::SimultaneousWithActs));
        }
        let numbers = lists::list(form, game.actor_count(), &settings.bounds, watch)?;
        let space = Space::List { options: form.options.len() as u32, numbers };
        let scores = lists::all_scores(&space, game)?;
        let memory = settings.bounds.memory.unwrap_or(DEFAULT_MEMORY);
        let arcs = if plain { None } else { Some(several::field(&space, game, form, memory, watch)?) };
        let standing = match &arcs {
            Some(field) => Standing::new(game, &space, &Ways::Arcs(field), watch),
            None => {
                let movers = lists::movers(&space, game, form, &scores);
                Standing::new(game, &space, &Ways::Classes(&movers), watch)
            }
        };
        let standing = standing.map_err(|stop| cut(stop, "what is within reach"))?;
        Ok(Self { game, form, settings, space, scores, arcs, standing })
    }

    /// How many states.
    pub(crate) fn states(&self) -> usize {
        self.space.places()
    }

    /// The state at `place`.
    pub(crate) fn state(&self, place: u32) -> State {
        State::from_number(self.space.number(place as usize))
    }

    /// The place of a state; `None`: it is not feasible.
    pub(crate) fn place(&self, state: &State) -> Option<u32> {
        self.space.place(state.number()?).map(|place| place as u32)
    }

    /// What the states are worth to each actor.
    pub(crate) fn scores(&self) -> &[Vec<u32>] {
        &self.scores
    }

    /// Who takes part in the moves of each mover: the actors by themselves first.
    pub(crate) fn parties(&self) -> Vec<Vec<usize>> {
        self.game.movers().iter().map(|mover| mover.parties.iter().map(|p| p.index()).collect()).collect()
    }

    /// The moves.
    pub(crate) fn moves(&self) -> Moves<'_> {
        match &self.arcs {
            Some(field) => Moves::Arcs(field),
            None => Moves::Lists(lists::movers(&self.space, self.game, self.form, &self.scores)),
        }
    }

    /// Whether a mover that moves twice in a row gets no further than by one move.
    pub(crate) fn transitive(&self) -> bool {
        self.form.cannot.is_empty()
    }

    /// Where a formula holds, by place.
    pub(crate) fn truth(&self, formula: &Expr) -> Vec<bool> {
        words::truth(self.form, &self.space, formula)
    }

    /// What is within reach of where things stand, as chance events stand today.
    pub(crate) fn reach(&self) -> Vec<bool> {
        let today = self.standing.slices.first();
        let here = today.and_then(|slice| slice.here.as_ref());
        let reach = today.and_then(|slice| slice.reach.as_ref());
        self.within(here.into_iter().chain(reach.into_iter().flatten()), reach.is_some())
    }

    fn within<'b>(&self, sets: impl Iterator<Item = &'b Bits>, any: bool) -> Vec<bool> {
        let sets: Vec<&Bits> = sets.collect();
        let has = |place: usize| any && sets.iter().all(|bits| bits[place / 64] >> (place % 64) & 1 == 1);
        (0..self.states()).map(has).collect()
    }

    /// What lasts, by place, where actors judge by `scores`: equilibria within reach that no date undoes.
    ///
    /// # Errors
    /// [`SolveError::Stopped`].
    pub(crate) fn lasting(
        &self,
        scores: &[Vec<u32>],
        watch: &dyn Watch,
    ) -> Result<(Vec<bool>, Vec<LimitHit>), SolveError> {
        let (actors, limits) = match &self.arcs {
            Some(field) => {
                let field = field.judged_by(scores.to_vec());
                general::verdicts(&field, &lists::mover_names(self.game), self.settings, watch)?
            }
            None => {
                let movers = lists::movers(&self.space, self.game, self.form, scores);
                let field = ListField { movers, scores };
                lists::verdicts(&self.space, &field, self.game, self.form, self.settings, watch)?
            }
        };
        let bits = verdict::bits(&self.settings.concepts);
        if let Some(hit) = limits.first()
            && actors.iter().any(|actor| actor.computed & bits != bits)
        {
            return Err(SolveError::Stopped(hit.clone()));
        }
        let mut lasting = self.reach();
        for (place, lasts) in lasting.iter_mut().enumerate() {
            let stays = |unmoved: &Bits| unmoved[place / 64] >> (place % 64) & 1 == 1;
            *lasts &= self.standing.unmoved.as_ref().is_none_or(stays)
                && actors.iter().all(|actor| actor.bytes[place] & bits == bits);
        }
        Ok((lasting, limits))
    }

    /// For every place, the least that it comes to for `actor` where it stands or once others, without it, have
    /// answered by improvements: what an improvement is worth with the foresight of sequential stability.
    ///
    /// # Errors
    /// [`SolveError::Stopped`].
    pub(crate) fn foreseen(&self, actor: ActorId, watch: &dyn Watch) -> Result<Vec<u32>, SolveError> {
        let at = actor.index();
        let Some(scores) = self.scores.get(at) else { return Ok(vec![]) };
        let mut worst: Vec<Pair> = scores.iter().map(|score| [*score, *score]).collect();
        let lists;
        let field: &dyn Field = match &self.arcs {
            Some(field) => field,
            None => {
                let movers = lists::movers(&self.space, self.game, self.form, &self.scores);
                lists = ListField { movers, scores: &self.scores };
                &lists
            }
        };
        let sequences = self.settings.sequences;
        answers(field, at, &[at], sequences, Steps::Improvements, &mut worst, watch)
            .map_err(|stop| cut(stop, "what others would answer"))?;
        Ok(worst.into_iter().map(|[least, _]| least).collect())
    }
}

/// Nothing can be answered.
fn cut(stop: Stop, what: &str) -> SolveError {
    SolveError::Stopped(LimitHit {
        stop,
        what: what.to_owned(),
        limit: stop.words().to_owned(),
        reached: "a part of it".to_owned(),
        exact: String::new(),
    })
}
