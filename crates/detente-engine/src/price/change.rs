//! Single changes of a game, and sets of them.

use std::ops::Range;

use detente_model::{
    ActorId, Expr, Form, Game, Grounds, OptionId, Preference, Rule, RuleKind, Statement, Weighed,
};

use super::Costs;

/// One change of what an actor wants or can do. Places count wishes from 0, most important first; a wish over levels is one,
/// whatever number of statements it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// The actor no longer has the wish at `place`.
    Drop {
        /// Whose.
        actor: ActorId,
        /// Which.
        place: usize,
    },
    /// The actor wishes the contrary, at the same place (of a weighed wish: it counts the other way).
    Flip {
        /// Whose.
        actor: ActorId,
        /// Which.
        place: usize,
    },
    /// The wish at `place` stands at place `to` afterwards.
    Move {
        /// Whose.
        actor: ActorId,
        /// Which.
        place: usize,
        /// Its place afterwards.
        to: usize,
    },
    /// The actor comes to wish what the search is about, at place `to`.
    Add {
        /// Who.
        actor: ActorId,
        /// The place of the new wish afterwards.
        to: usize,
    },
    /// The option is never on.
    Forbid(OptionId),
}

impl Change {
    /// What it costs.
    pub(super) fn cost(self, costs: &Costs) -> u32 {
        match self {
            Self::Drop { .. } => costs.drop,
            Self::Flip { .. } => costs.flip,
            Self::Move { .. } => costs.shift,
            Self::Add { .. } => costs.add,
            Self::Forbid(_) => costs.forbid,
        }
    }

    /// Whether both can be made: of one wish only that it is turned round and moved, and no two wishes
    /// stand at one place.
    pub(super) fn goes_with(self, other: Self) -> bool {
        let wish = |change| match change {
            Self::Drop { actor, place } | Self::Flip { actor, place } | Self::Move { actor, place, .. } => {
                Some((actor, Some(place)))
            }
            Self::Add { actor, .. } => Some((actor, None)),
            Self::Forbid(_) => None,
        };
        let target = |change| match change {
            Self::Move { actor, to, .. } | Self::Add { actor, to } => Some((actor, to)),
            Self::Drop { .. } | Self::Flip { .. } | Self::Forbid(_) => None,
        };
        if self == other || target(self).is_some() && target(self) == target(other) {
            return false;
        }
        let both = matches!(
            (self, other),
            (Self::Flip { .. }, Self::Move { .. }) | (Self::Move { .. }, Self::Flip { .. })
        );
        both || wish(self).is_none() || wish(self) != wish(other)
    }
}

/// Every single change of `game`; `wish`: whether there is something that an actor can come to wish.
///
/// An actor that weighs its wishes can drop and flip them; one with a ranking cannot change, and in
/// graph form nothing can. Turned round is what is one thing only: the contrary of "I do it only if you do" is nothing that
/// anybody means. Of moves those upwards come first: a move down by one place is the
/// neighbour's move up.
pub(super) fn all(game: &Game, wish: bool) -> Vec<Change> {
    let mut all = Vec::new();
    for actor in game.actor_ids() {
        let (count, ordered) = match &game.preferences[actor.index()] {
            Preference::Statements(list) => (wishes(list).len(), true),
            Preference::Weights(list) => (list.len(), false),
            Preference::Ranking(_) => continue,
        };
        let contrary = |place: usize| match &game.preferences[actor.index()] {
            Preference::Statements(list) => {
                let first = wishes(list).get(place).and_then(|wish| list.get(wish.start));
                first.is_some_and(|first| !first.unknown && first.is_one_thing())
            }
            Preference::Weights(list) => list[place].is_one_thing(),
            Preference::Ranking(_) => false,
        };
        all.extend((0..count).map(|place| Change::Drop { actor, place }));
        all.extend((0..count).filter(|&place| contrary(place)).map(|place| Change::Flip { actor, place }));
        if ordered {
            let moves = |up: bool| {
                let pairs = (0..count).flat_map(move |place| (0..count).map(move |to| (place, to)));
                pairs.filter(move |&(place, to)| if up { to < place } else { to > place })
            };
            all.extend(moves(true).chain(moves(false)).map(|(place, to)| Change::Move { actor, place, to }));
            if wish {
                all.extend((0..=count).map(|to| Change::Add { actor, to }));
            }
        }
    }
    all.extend((0..game.options().len()).map(|at| Change::Forbid(OptionId::from(at))));
    all
}

/// One wish of a changed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Entry {
    /// The wish that stood at `place`, or its contrary.
    Old { place: usize, flipped: bool },
    /// What the search is about.
    New,
}

/// What a set of changes makes of the game: two sets that make the same of it are one way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Arrangement {
    /// The wishes of each actor, most important first (none where it has a ranking).
    pub(super) wishes: Vec<Vec<Entry>>,
    /// Options that are never on, ascending.
    pub(super) forbidden: Vec<OptionId>,
}

impl Arrangement {
    /// That of `changes`, each of which goes with each other. `None`: a place is beyond the end of the
    /// list.
    ///
    /// What falls is taken out first; then what moves or comes in is put at its place, lowest first,
    /// so that it stands there in the end.
    pub(super) fn of(game: &Game, changes: &[Change]) -> Option<Self> {
        let wishes: Option<Vec<_>> = game.actor_ids().map(|actor| list(game, actor, changes)).collect();
        Some(Self { wishes: wishes?, forbidden: forbidden(changes) })
    }

    /// The changed game. What is forbidden and on today is then off; where that is not possible, nothing is said of where
    /// the conflict stands.
    /// `None`: it cannot be, for an actor would be left without any wish, a strong wish would come
    /// after one that is not, or a weight has no contrary.
    pub(super) fn game(&self, game: &Game, wish: Option<&Expr>) -> Option<Game> {
        let mut next = without(game, &self.forbidden);
        for (preference, entries) in next.preferences.iter_mut().zip(&self.wishes) {
            *preference = wanting(preference, entries, wish)?;
        }
        Some(next)
    }
}

/// `game` with options that are never on. What is on today is then off; where that is not possible, nothing is said of
/// where the conflict stands.
pub(super) fn without(game: &Game, forbidden: &[OptionId]) -> Game {
    let mut next = game.clone();
    if let Form::Options(form) = &mut next.form {
        form.rules.extend(forbidden.iter().map(|option| Rule {
            id: None,
            kind: RuleKind::Unavailable(*option),
            grounds: Grounds::default(),
            confidence: None,
        }));
        let off: Vec<(OptionId, bool)> = forbidden.iter().map(|option| (*option, false)).collect();
        let here = next.status_quo.take().map(|state| state.with(&off));
        next.status_quo = here.filter(|state| form.broken_rule(state).is_none());
    }
    next
}

/// The options that `changes` take away, ascending.
pub(super) fn forbidden(changes: &[Change]) -> Vec<OptionId> {
    let forbid = |change: &Change| match change {
        Change::Forbid(option) => Some(*option),
        _ => None,
    };
    let mut forbidden: Vec<OptionId> = changes.iter().filter_map(forbid).collect();
    forbidden.sort_unstable();
    forbidden
}

/// What an actor of this `preference` wants when its wishes are `entries`; `None`: no wish is left, a strong one would
/// come after a mild one, or a weight has no contrary.
pub(super) fn wanting(preference: &Preference, entries: &[Entry], wish: Option<&Expr>) -> Option<Preference> {
    Some(match preference {
        Preference::Statements(list) if !list.is_empty() || !entries.is_empty() => {
            Preference::Statements(statements(list, entries, wish)?)
        }
        Preference::Weights(list) if !list.is_empty() => Preference::Weights(weighed(list, entries)?),
        other => other.clone(),
    })
}

/// The wishes of `actor` after `changes`, most important first (none where it has a ranking). `None`: a place is beyond
/// the end of the list.
pub(super) fn list(game: &Game, actor: ActorId, changes: &[Change]) -> Option<Vec<Entry>> {
    let count = wish_count(game, actor);
    let mut entries: Vec<Entry> = Vec::new();
    let mut placed: Vec<(usize, Entry)> = Vec::new();
    for place in 0..count {
        let has = |change: Change| changes.contains(&change);
        if has(Change::Drop { actor, place }) {
            continue;
        }
        let entry = Entry::Old { place, flipped: has(Change::Flip { actor, place }) };
        let to = changes.iter().find_map(|change| match *change {
            Change::Move { actor: whose, place: at, to } if (whose, at) == (actor, place) => Some(to),
            _ => None,
        });
        match to {
            Some(to) => placed.push((to, entry)),
            None => entries.push(entry),
        }
    }
    let new = changes.iter().filter_map(|change| match *change {
        Change::Add { actor: whose, to } if whose == actor => Some((to, Entry::New)),
        _ => None,
    });
    placed.extend(new);
    placed.sort_unstable_by_key(|(to, _)| *to);
    for (to, entry) in placed {
        if to > entries.len() {
            return None;
        }
        entries.insert(to, entry);
    }
    Some(entries)
}

/// The wishes of a list, as the statements that each stands for: of a wish over levels several.
pub(super) fn wishes(list: &[Statement]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let count = list[at].levels.as_ref().map_or(1, |levels| (levels.count.max(1)) as usize);
        let end = at.saturating_add(count).min(list.len());
        all.push(at..end);
        at = end;
    }
    all
}

/// How many wishes an actor has that could change: none where it ranks outcomes.
#[must_use]
pub fn wish_count(game: &Game, actor: ActorId) -> usize {
    match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => wishes(list).len(),
        Some(Preference::Weights(list)) => list.len(),
        Some(Preference::Ranking(_)) | None => 0,
    }
}

/// The place of the first statement of the wish at `place`, as places are counted in a [`Change`].
#[must_use]
pub fn statement_of(game: &Game, actor: ActorId, place: usize) -> usize {
    match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => wishes(list).get(place).map_or(place, |wish| wish.start),
        _ => place,
    }
}

/// `list` as `entries` have it; `None`: no wish is left, or a strong one would come after a mild one.
fn statements(list: &[Statement], entries: &[Entry], wish: Option<&Expr>) -> Option<Vec<Statement>> {
    let old = wishes(list);
    let mut all: Vec<Statement> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        match entry {
            Entry::Old { place, flipped } => {
                for statement in list.get(old.get(*place)?.clone())? {
                    let mut statement = statement.clone();
                    if *flipped {
                        statement.that = statement.that.negate();
                    }
                    all.push(statement);
                }
            }
            // A new wish is as strong as those below it have to be.
            Entry::New => all.push(Statement {
                id: None,
                that: wish?.clone(),
                grounds: Grounds::default(),
                strong: entries[at..]
                    .iter()
                    .any(|e| matches!(e, Entry::Old { place, .. } if list[old[*place].start].strong)),
                unknown: false,
                confidence: None,
                ..Statement::default()
            }),
        }
    }
    let fits = !all.is_empty() && !all.windows(2).any(|pair| !pair[0].strong && pair[1].strong);
    fits.then_some(all)
}

/// `list` as `entries` have it; `None`: no wish is left, or a weight has no contrary.
fn weighed(list: &[Weighed], entries: &[Entry]) -> Option<Vec<Weighed>> {
    let mut all: Vec<Weighed> = Vec::new();
    for entry in entries {
        let Entry::Old { place, flipped } = entry else { return None };
        let mut weighed = list[*place].clone();
        if *flipped {
            weighed.weight = weighed.weight.checked_neg()?;
        }
        all.push(weighed);
    }
    (!all.is_empty()).then_some(all)
}
