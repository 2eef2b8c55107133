//! The table state × coalition of a whole conflict.

use std::sync::{Arc, OnceLock};

use detente_model::{Game, Sequences, State};
use rayon::prelude::*;

use super::field::Field;
use super::lists::{Answering, Lists};
use super::pause::Pause;
use super::sequential::{self, Backwards};
use super::symmetric;
use super::walk::Walk;
use super::{Coalition, CoalitionConcept, CoalitionError, is_plain};
use crate::{Bounds, LimitHit, Stop, Watch};

/// Bytes for the table when the bounds say nothing.
const MEMORY: u64 = crate::caps::COALITIONS.most;

/// Reachability is kept for all coalitions of at most this many actors.
const KEPT_ACTORS: usize = 8;

/// What to compute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoalitionSettings {
    /// Which concepts; none: all.
    pub concepts: Vec<CoalitionConcept>,
    /// Which coalitions; `None`: all that are not empty.
    pub coalitions: Option<Vec<Coalition>>,
    /// The game in which these coalitions are the players: each actor is in one of them. A player
    /// moves by legal sequences inside it, gains when all members gain, and answers as one, under
    /// C-SEQ too. The table then has these coalitions.
    pub players: Option<Vec<Coalition>>,
    /// The reading of the opponents' sequences.
    pub sequences: Sequences,
    /// How many threads; 0: as many as there are cores.
    pub threads: usize,
    /// Memory bounds the table.
    pub bounds: Bounds,
}

/// Which states are stable for which coalitions.
#[derive(Clone, Debug)]
pub struct CoalitionTable {
    states: Vec<State>,
    rows: Vec<TableRow>,
    /// Bounds that were hit: what the table has is exact all the same, the rest is missing.
    pub limits: Vec<LimitHit>,
}

#[derive(Clone, Debug)]
struct TableRow {
    coalition: Coalition,
    /// By concept in the order of [`CoalitionConcept::ALL`].
    stable: [Option<Vec<u64>>; 4],
}

impl CoalitionTable {
    /// The feasible states, ascending.
    #[must_use]
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The coalitions of the table, in the order asked for (all: smaller ones first).
    pub fn coalitions(&self) -> impl Iterator<Item = Coalition> + '_ {
        self.rows.iter().map(|row| row.coalition)
    }

    /// Whether the state at `place` of [`CoalitionTable::states`] is stable for `coalition`;
    /// `None`: not computed.
    #[must_use]
    pub fn is_stable(&self, concept: CoalitionConcept, coalition: Coalition, place: usize) -> Option<bool> {
        let bits = self.bits(concept, coalition)?;
        (place < self.states.len()).then(|| bits[place / 64] >> (place % 64) & 1 == 1)
    }

    /// The states that are stable for `coalition`, ascending; `None`: not computed.
    #[must_use]
    pub fn stable(&self, concept: CoalitionConcept, coalition: Coalition) -> Option<Vec<&State>> {
        let bits = self.bits(concept, coalition)?;
        Some(
            self.states
                .iter()
                .enumerate()
                .filter(|(s, _)| bits[s / 64] >> (s % 64) & 1 == 1)
                .map(|(_, s)| s)
                .collect(),
        )
    }

    /// The states that are stable for every coalition of the table, ascending; `None`: something
    /// was not computed. For all coalitions: proof against each of them; for players: equilibria.
    #[must_use]
    pub fn proof(&self, concept: CoalitionConcept) -> Option<Vec<&State>> {
        let mut all = vec![u64::MAX; self.states.len().div_ceil(64)];
        for row in &self.rows {
            let bits = row.stable[concept as usize].as_ref()?;
            for (all, bits) in all.iter_mut().zip(bits) {
                *all &= bits;
            }
        }
        Some(
            self.states
                .iter()
                .enumerate()
                .filter(|(s, _)| all[s / 64] >> (s % 64) & 1 == 1)
                .map(|(_, s)| s)
                .collect(),
        )
    }

    fn bits(&self, concept: CoalitionConcept, coalition: Coalition) -> Option<&Vec<u64>> {
        self.rows.iter().find(|row| row.coalition == coalition)?.stable[concept as usize].as_ref()
    }
}

/// Computes the table of `game`, whose feasible states are `states` (ascending, all of them).
///
/// # Complexity
/// No sequence is enumerated and no two states are compared one by one: per coalition near-linear
/// in states times the size of fronts (see [`super`]); C-SEQ also per pair of nested coalitions,
/// with 64 states a step. Graph form, moves taken away, acts, conditions and the readings `once` and `single` are
/// searched per state.
///
/// # Errors
/// [`CoalitionError`]; a bound that is hit later is in [`CoalitionTable::limits`].
pub fn table(
    game: &Game,
    states: &[State],
    settings: &CoalitionSettings,
    watch: &dyn Watch,
) -> Result<CoalitionTable, CoalitionError> {
    let actors = game.actors.len();
    let concepts: &[CoalitionConcept] =
        if settings.concepts.is_empty() { &CoalitionConcept::ALL } else { &settings.concepts };
    if let Some(players) = &settings.players {
        partition(game, players)?;
    }
    let field = Field::new(game, states, watch).map_err(|cut| {
        CoalitionError::Limit(LimitHit {
            stop: if cut.stop == Stop::Work { Stop::Memory } else { cut.stop },
            what: "laying out the moves of all states".to_owned(),
            limit: match cut.stop {
                Stop::Work => format!("{} moves", cut.limit),
                other => other.words().to_owned(),
            },
            reached: "no coalition".to_owned(),
            exact: String::new(),
        })
    })?;
    // A row of the table takes bits; all coalitions of many actors do not fit.
    let row = (states.len() as u64 / 8 + 64) * concepts.len() as u64;
    let most = usize::try_from(settings.bounds.memory.unwrap_or(MEMORY) / row).unwrap_or(usize::MAX);
    let mut wanted: Box<dyn Iterator<Item = Coalition>> = match (&settings.players, &settings.coalitions) {
        (Some(players), _) => Box::new(players.iter().copied()),
        (None, Some(list)) => Box::new(list.iter().copied()),
        (None, None) => Box::new(Coalition::everybody(actors).parts(actors)),
    };
    let coalitions: Vec<Coalition> = wanted.by_ref().take(most).filter(|h| !h.is_empty()).collect();
    let mut limits = Vec::new();
    if wanted.next().is_some() {
        limits.push(LimitHit {
            stop: Stop::Memory,
            what: "stability for every coalition".to_owned(),
            limit: format!("{} bytes", settings.bounds.memory.unwrap_or(MEMORY)),
            reached: format!("the first {most} coalitions, smaller ones first"),
            exact: format!("the first {most} coalitions"),
        });
    }
    let pause = Pause::new(watch);
    let work = Work {
        plain: is_plain(game, settings.sequences),
        field: &field,
        pause: &pause,
        settings,
        concepts,
        walks: (0..if actors <= KEPT_ACTORS { 1 << actors } else { 0 }).map(|_| OnceLock::new()).collect(),
        backwards: (0..if actors <= KEPT_ACTORS { 1 << actors } else { 0 })
            .map(|_| OnceLock::new())
            .collect(),
    };
    let compute =
        || -> Vec<TableRow> { coalitions.par_iter().map(|coalition| work.row(*coalition)).collect() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build();
    let rows = match pool {
        Ok(pool) => pool.install(compute),
        Err(_) => compute(),
    };
    if let Some(stop) = pause.stopped() {
        let done = rows.iter().flat_map(|row| &row.stable).flatten().count();
        limits.push(LimitHit {
            stop,
            what: "stability for every coalition".to_owned(),
            limit: stop.words().to_owned(),
            reached: format!("{done} of {} pairs of a coalition and a concept", rows.len() * concepts.len()),
            exact: "what is shown".to_owned(),
        });
    }
    Ok(CoalitionTable { states: states.to_vec(), rows, limits })
}

fn partition(game: &Game, players: &[Coalition]) -> Result<(), CoalitionError> {
    for actor in game.actor_ids() {
        let times = players.iter().filter(|p| p.contains(actor)).count();
        if times != 1 {
            let id = &game.actors[actor.index()].id;
            return Err(CoalitionError::NotAPartition(format!("{id} is in {times}")));
        }
    }
    match players.iter().find(|p| p.is_empty() || !p.is_within(Coalition::everybody(game.actors.len()))) {
        Some(_) => Err(CoalitionError::NotAPartition("one player has no actor of this case".to_owned())),
        None => Ok(()),
    }?;
    for mover in game.movers() {
        let parties = Coalition::of(mover.parties.iter().copied());
        if !players.iter().any(|player| parties.is_within(*player)) {
            return Err(CoalitionError::ActsAcross(game.mover_id(&mover)));
        }
    }
    Ok(())
}

struct Work<'w, 'g> {
    plain: bool,
    field: &'w Field<'g>,
    pause: &'w Pause<'w>,
    settings: &'w CoalitionSettings,
    concepts: &'w [CoalitionConcept],
    /// By coalition, for few actors.
    walks: Vec<OnceLock<Arc<Walk>>>,
    backwards: Vec<OnceLock<Arc<Backwards>>>,
}

impl Work<'_, '_> {
    fn walk(&self, coalition: Coalition) -> Arc<Walk> {
        let new = || Arc::new(Walk::new(self.field, coalition));
        match self.walks.get(coalition.0 as usize) {
            Some(cell) => Arc::clone(cell.get_or_init(new)),
            None => new(),
        }
    }

    fn backwards(&self, coalition: Coalition) -> Arc<Backwards> {
        let new = || Arc::new(Backwards::new(self.field, coalition, self.walk(coalition)));
        match self.backwards.get(coalition.0 as usize) {
            Some(cell) => Arc::clone(cell.get_or_init(new)),
            None => new(),
        }
    }

    fn row(&self, coalition: Coalition) -> TableRow {
        let mut stable = [const { None }; 4];
        let mut lists = (!self.plain).then(|| Lists::new(self.field, self.settings.sequences, self.pause));
        for concept in self.concepts {
            if self.pause.asked() {
                break;
            }
            let verdicts = match &mut lists {
                Some(lists) => self.by_lists(lists, *concept, coalition),
                None => self.by_fronts(*concept, coalition),
            };
            // What was cut short says nothing.
            if self.pause.stopped().is_some() {
                break;
            }
            stable[*concept as usize] = Some(bits(&verdicts));
        }
        TableRow { coalition, stable }
    }

    /// The opponents: mover by mover, or as players.
    fn opponents(&self, coalition: Coalition) -> Answering {
        match &self.settings.players {
            None => Answering::Movers(coalition.others(self.field.game.actors.len())),
            Some(players) => {
                Answering::Players(players.iter().copied().filter(|p| *p != coalition).collect())
            }
        }
    }

    /// Who improves jointly under C-SEQ: all coalitions of opponents, or the other players.
    fn improvers(&self, coalition: Coalition) -> Vec<Coalition> {
        let others = coalition.others(self.field.game.actors.len());
        match &self.settings.players {
            None => others.parts(usize::MAX).collect(),
            Some(players) => players.iter().copied().filter(|p| *p != coalition).collect(),
        }
    }

    fn by_lists(
        &self,
        lists: &mut Lists<'_, '_>,
        concept: CoalitionConcept,
        coalition: Coalition,
    ) -> Vec<bool> {
        match concept {
            CoalitionConcept::Nash => lists.nash(coalition),
            CoalitionConcept::Gmr => lists.answered(coalition, &self.opponents(coalition)),
            CoalitionConcept::Smr => lists.symmetric(coalition, &self.opponents(coalition)),
            CoalitionConcept::Seq => {
                lists.answered(coalition, &Answering::Improving(self.improvers(coalition)))
            }
        }
    }

    fn by_fronts(&self, concept: CoalitionConcept, coalition: Coalition) -> Vec<bool> {
        let members: Vec<usize> = coalition.members().map(detente_model::ActorId::index).collect();
        let (n, width) = (self.field.len(), members.len());
        // One coordinate per member and state.
        let mut ranks = vec![0; n * width];
        for (k, member) in members.iter().enumerate() {
            for (s, rank) in self.field.ranks[*member].iter().enumerate() {
                ranks[s * width + k] = *rank;
            }
        }
        let own = self.walk(coalition);
        let others = coalition.others(self.field.game.actors.len());
        // What remains of a state to each member when the others have answered.
        let mut remains = ranks.clone();
        match concept {
            CoalitionConcept::Nash => {}
            CoalitionConcept::Smr => return symmetric::stable(&own, &self.walk(others), &ranks, width),
            CoalitionConcept::Gmr => {
                let others = self.walk(others);
                for (k, member) in members.iter().enumerate().take_while(|_| !self.pause.asked()) {
                    let least = others.least(&self.field.ranks[*member]);
                    for s in 0..n {
                        remains[s * width + k] = least[others.component[s] as usize];
                    }
                }
            }
            CoalitionConcept::Seq => {
                let improvers = self.improvers(coalition).into_iter();
                let improvers: Vec<Arc<Backwards>> =
                    improvers.take_while(|_| !self.pause.asked()).map(|k| self.backwards(k)).collect();
                for (k, member) in members.iter().enumerate().take_while(|_| !self.pause.asked()) {
                    let least = sequential::least(self.field, &improvers, &self.field.ranks[*member]);
                    for s in 0..n {
                        remains[s * width + k] = least[s];
                    }
                }
            }
        }
        let fronts = symmetric::fronts(&own, &remains, width);
        (0..n).map(|s| !fronts[own.component[s] as usize].beats(&ranks[s * width..(s + 1) * width])).collect()
    }
}

fn bits(verdicts: &[bool]) -> Vec<u64> {
    let mut words = vec![0_u64; verdicts.len().div_ceil(64)];
    for (at, stable) in verdicts.iter().enumerate() {
        words[at / 64] |= u64::from(*stable) << (at % 64);
    }
    words
}
