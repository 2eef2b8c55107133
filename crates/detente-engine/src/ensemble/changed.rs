//! Games that differ in what their actors wish, and in nothing else: 64 side by side.

use detente_model::{Concept, Conflict, Form, Game, OutcomeStates, Preference};

use super::inputs::Ensemble;
use super::lanes::plan::{self, Plan};
use super::lanes::{self, Lanes, Verdicts};
use super::sampler::LANE_STATES;
use super::targets::{members, split};
use super::worlds::{ALL, LANES, Part, Standing};
use crate::explicit::space::Space;
use crate::{SolveError, Watch};

/// How many games are solved side by side.
pub(crate) const SIDE_BY_SIDE: usize = LANES;

/// A game of which the wishes change.
pub(crate) struct Changed {
    plan: Plan,
    concept: Concept,
    /// Per state: all ones where it has the outcome.
    members: Vec<u64>,
    /// How many rules and options there are, which are the same in all games.
    same: (usize, usize),
    /// Per actor: whether it has a ranking, which cannot change.
    ranked: Vec<bool>,
}

/// A wish of one actor: which of all that it may wish, how many of its wishes count less, and in which games.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wished {
    /// Its place in the list that [`Changed::new`] was given.
    pub(crate) at: usize,
    /// How many count less (of weighed wishes: 0).
    pub(crate) below: usize,
    /// In which games, a bit each.
    pub(crate) games: u64,
}

/// Scratch space of one thread.
pub(crate) struct Side {
    lanes: Lanes,
    standing: Standing,
    verdicts: Verdicts,
}

/// In which games something that lasts has the outcome, and in which something that lasts has it not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lasting {
    pub(crate) inside: u64,
    pub(crate) outside: u64,
}

impl Changed {
    /// `game`, whose actors may wish what `all` lists (whatever they wish in `game`), at most so many statements at a time
    /// (`longest`).
    ///
    /// `None`: games of this kind are not solved side by side (graph form, too many states, moves that are not the same
    /// everywhere, wishes of unknown direction, lists too long for a score).
    ///
    /// # Errors
    /// The watch stopped it.
    pub(crate) fn new(
        game: &Game,
        all: Vec<Preference>,
        longest: &[usize],
        (concept, outcome): (Concept, &OutcomeStates),
        watch: &dyn Watch,
    ) -> Result<Option<Self>, SolveError> {
        let mut game = game.clone();
        let ranked = all.iter().map(|one| matches!(one, Preference::Ranking(_))).collect();
        game.preferences = all;
        let Form::Options(form) = &mut game.form else { return Ok(None) };
        form.rules.iter_mut().for_each(|rule| rule.confidence = None);
        form.options.iter_mut().for_each(|option| option.confidence = None);
        form.definitions.iter_mut().for_each(|definition| definition.confidence = None);
        let form = form.clone();
        let ensemble = Ensemble::new(&Conflict { game, ..Conflict::default() });
        if !lanes::possible(&ensemble, &[concept]) {
            return Ok(None);
        }
        // A bound is no matter of these games: one by one each may be within it.
        let other = |error| watch.stop().map_or(Ok(None), |_| Err(error));
        let numbers = match plan::states(&ensemble, &form, LANE_STATES, watch) {
            Ok(numbers) => numbers,
            Err(error) => return other(error),
        };
        let space = Space::List { options: form.options.len() as u32, numbers };
        let members = members(&form, &space, outcome);
        let Space::List { numbers, .. } = space else { return Ok(None) };
        let mut plan = match Plan::new(&ensemble, &form, numbers, watch) {
            Ok(Some(plan)) => plan,
            Ok(None) => return Ok(None),
            Err(error) => return other(error),
        };
        for ((terms, longest), one) in
            plan.terms.iter_mut().zip(longest).zip(&ensemble.conflict.game.preferences)
        {
            if matches!(one, Preference::Statements(_)) {
                terms.most = u32::try_from(*longest)
                    .ok()
                    .and_then(|n| 1_u64.checked_shl(n))
                    .unwrap_or(0)
                    .wrapping_sub(1);
            }
        }
        let same = (form.rules.len(), form.options.len());
        Ok(Lanes::new(&plan).map(|_| Self { plan, concept, members, same, ranked }))
    }

    /// Whether some state has the outcome: in all of these games, or in none.
    pub(crate) fn possible(&self) -> bool {
        self.members.iter().any(|member| *member != 0)
    }

    /// Scratch space for [`Changed::solve`].
    pub(crate) fn side(&self) -> Option<Side> {
        let (rules, options) = self.same;
        let standing = Standing::certain(rules, options);
        Some(Side { lanes: Lanes::new(&self.plan)?, standing, verdicts: Verdicts::default() })
    }

    /// Solves 64 games: what each actor wishes in which of them. Who has a ranking has it in all.
    pub(crate) fn solve(&self, side: &mut Side, wished: &[Vec<Wished>]) -> Lasting {
        let parts = &mut side.standing.parts;
        parts.resize_with(wished.len(), Vec::new);
        for ((parts, wished), ranked) in parts.iter_mut().zip(wished).zip(&self.ranked) {
            parts.clear();
            if *ranked {
                parts.push(Part { kind: 0, place: 0, choice: ALL, below: 0, lanes: u64::MAX });
                continue;
            }
            parts.extend(wished.iter().map(|one| Part {
                kind: 0,
                place: one.at,
                choice: 0,
                below: one.below,
                lanes: one.games,
            }));
        }
        side.lanes.solve(&self.plan, &side.standing, &[self.concept], &mut side.verdicts);
        let lasting = side.verdicts.lasting.first().map_or(&[][..], Vec::as_slice);
        let found = split(std::slice::from_ref(&self.members), &[None], lasting);
        let (inside, outside) = found.first().copied().unwrap_or_default();
        Lasting { inside, outside }
    }
}
