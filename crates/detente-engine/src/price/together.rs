//! Changed games solved 64 side by side: what actors may wish after changes as one list, of which each game takes its own.

use std::ops::Range;

use detente_model::{Concept, Expr, Game, OutcomeStates, Preference, Statement};

use super::Aim;
use super::change::{Entry, wishes};
use super::part::{Became, Part};
use crate::ensemble::changed::{Changed, SIDE_BY_SIDE, Side, Wished};
use crate::{SolveError, Watch};

/// A game with some of its options taken away, of which the wishes change.
pub(super) struct Together {
    changed: Changed,
    aim: Aim,
    actors: Vec<Actor>,
}

/// Where the wishes of an actor stand in the list of all that it may wish: first as they are, then turned round, last what
/// it can come to wish.
struct Actor {
    /// The statements of each wish; of weighed wishes one each.
    wishes: Vec<Range<usize>>,
    /// How many there are.
    count: usize,
    /// Whether one counts more than all after it.
    ordered: bool,
}

impl Together {
    /// `game` as far as it is the same in all; what its actors may wish after what `parts` list. `None`: games of this kind
    /// are not solved side by side.
    ///
    /// # Errors
    /// The watch stopped it.
    pub(super) fn new(
        game: &Game,
        parts: &[Part],
        wish: Option<&Expr>,
        (aim, concept, outcome): (Aim, Concept, &OutcomeStates),
        watch: &dyn Watch,
    ) -> Result<Option<Self>, SolveError> {
        let mut actors = Vec::new();
        let mut all = Vec::new();
        for preference in &game.preferences {
            let (own, list, ordered) = match preference {
                Preference::Statements(list) => {
                    let plain = |that: Expr, of: &Statement| Statement {
                        that,
                        unknown: of.unknown,
                        ..Statement::default()
                    };
                    let written = list.iter().map(|one| plain(one.that.clone(), one));
                    let turned = list.iter().map(|one| plain(one.that.clone().negate(), one));
                    let come = wish.map(|wish| plain(wish.clone(), &Statement::default()));
                    (wishes(list), Preference::Statements(written.chain(turned).chain(come).collect()), true)
                }
                Preference::Weights(list) => {
                    let certain = list.iter().map(|one| {
                        let mut one = one.clone();
                        one.confidence = None;
                        one
                    });
                    let turned = certain.clone().map(|mut one| {
                        one.weight = one.weight.saturating_neg();
                        one
                    });
                    let own = (0..list.len()).map(|at| at..at + 1).collect();
                    (own, Preference::Weights(certain.chain(turned).collect()), false)
                }
                Preference::Ranking(_) => (Vec::new(), preference.clone(), false),
            };
            let count = own.last().map_or(0, |last| last.end);
            actors.push(Actor { wishes: own, count, ordered });
            all.push(list);
        }
        // The first part is the options.
        let longest: Vec<usize> = (actors.iter().zip(parts.iter().skip(1)))
            .map(|(actor, part)| {
                part.levels
                    .iter()
                    .flatten()
                    .map(|one| actor.statements(&one.became).count())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let changed = Changed::new(game, all, &longest, (concept, outcome), watch)?;
        Ok(changed.map(|changed| Self { changed, aim, actors }))
    }

    pub(super) fn side(&self) -> Option<Side> {
        self.changed.side()
    }

    /// Whether some state has the outcome in these games.
    pub(super) fn possible(&self) -> bool {
        self.changed.possible()
    }

    /// Which of the games meet the aim, a bit each: at most [`SIDE_BY_SIDE`]. `game` gives what each part becomes in the
    /// game of this number.
    pub(super) fn met<'p>(
        &self,
        side: &mut Side,
        count: usize,
        game: impl Fn(usize, usize) -> &'p Became,
    ) -> u64 {
        let wished: Vec<Vec<Wished>> = (self.actors.iter().enumerate())
            .map(|(at, actor)| actor.wished(count, |n| game(n, at + 1)))
            .collect();
        let found = self.changed.solve(side, &wished);
        let met = match self.aim {
            Aim::Possible => found.inside,
            Aim::Certain => found.inside & !found.outside,
            Aim::Never => !found.inside,
        };
        if count < SIDE_BY_SIDE { met & ((1 << count) - 1) } else { met }
    }
}

impl Actor {
    /// The places, in the list of all that it may wish, of what it wishes then.
    fn statements<'b>(&'b self, became: &'b Became) -> impl Iterator<Item = usize> + 'b {
        let entries = match became {
            Became::Wishes(entries) => entries.as_slice(),
            Became::Never(_) => &[],
        };
        entries.iter().flat_map(|entry| match *entry {
            Entry::Old { place, flipped } => {
                let Range { start, end } = self.wishes.get(place).cloned().unwrap_or_default();
                let turned = if flipped { self.count } else { 0 };
                start + turned..end + turned
            }
            Entry::New => 2 * self.count..2 * self.count + 1,
        })
    }

    /// What it wishes in so many games. What it wishes alike in several is listed once.
    fn wished<'p>(&self, count: usize, became: impl Fn(usize) -> &'p Became) -> Vec<Wished> {
        let mut different: Vec<(&Became, u64)> = Vec::new();
        for n in 0..count {
            let one = became(n);
            match different.iter_mut().rev().find(|(other, _)| std::ptr::eq(*other, one)) {
                Some((_, games)) => *games |= 1 << n,
                None => different.push((one, 1 << n)),
            }
        }
        let mut all: Vec<Wished> = Vec::new();
        let mut list = Vec::new();
        for (one, games) in different {
            list.clear();
            list.extend(self.statements(one));
            for (rank, at) in list.iter().enumerate() {
                let below = if self.ordered { list.len() - 1 - rank } else { 0 };
                match all.iter_mut().find(|wished| (wished.at, wished.below) == (*at, below)) {
                    Some(wished) => wished.games |= games,
                    None => all.push(Wished { at: *at, below, games }),
                }
            }
        }
        all
    }
}
