//! Where what was said comes up, and whether it would then be done.

use std::collections::{BTreeMap, HashSet};

use detente_model::{ActorId, Game, MoverId, Said, SaidKind, Sequences};

use super::{Case, Saying, Share, Step, TOLD, Would, when};
use crate::caps::SAID_MOVES;
use crate::explicit::ground::{Ground, Moves};
use crate::{LimitHit, SolveError, Stop, Watch};

/// What is looked at for each saying.
pub(super) struct Looked<'g> {
    ground: &'g Ground<'g>,
    moves: Moves<'g>,
    parties: Vec<Vec<usize>>,
    /// Today and what lasts.
    starts: Vec<u32>,
    lasting: &'g [bool],
    /// What each actor's improvements come to with foresight, as far as somebody has asked.
    foreseen: Vec<Option<Vec<u32>>>,
    /// Whether a sequence of answers is any chain of improvements.
    chains: bool,
    /// Moves looked at for one saying.
    spent: u64,
    /// For how many more cases it is looked for what answers hold somebody back.
    told: usize,
}

/// Moves for finding where something comes up: so many are left for what is done there.
const FINDING: u64 = SAID_MOVES.most / 2;

/// How often the watch is asked, in moves.
const ASKED: u64 = 1 << 14;

impl<'g> Looked<'g> {
    pub(super) fn new(
        game: &Game,
        ground: &'g Ground<'g>,
        lasting: &'g [bool],
        sequences: Sequences,
    ) -> Self {
        let today = game.status_quo.as_ref().and_then(|state| ground.place(state));
        let others = lasting.iter().zip(0..).filter(|(lasts, place)| **lasts && Some(*place) != today);
        Self {
            ground,
            moves: ground.moves(),
            parties: ground.parties(),
            starts: today.into_iter().chain(others.map(|(_, place)| place)).collect(),
            lasting,
            foreseen: vec![None; game.actor_count()],
            chains: ground.transitive() && sequences == Sequences::Legal,
            spent: 0,
            told: 0,
        }
    }

    /// Movers that some of `actors` take part in.
    fn movers_of(&self, actors: &[ActorId]) -> Vec<usize> {
        let takes_part = |parties: &Vec<usize>| actors.iter().any(|actor| parties.contains(&actor.index()));
        (0..self.parties.len()).filter(|mover| takes_part(&self.parties[*mover])).collect()
    }

    /// The moves of a mover, as long as no more than `most` were looked at.
    fn from(
        &mut self,
        mover: usize,
        place: u32,
        most: u64,
        watch: &dyn Watch,
    ) -> Result<Option<Vec<u32>>, SolveError> {
        if self.spent >= most {
            return Ok(None);
        }
        let to = self.moves.from(mover, place);
        let before = self.spent;
        self.spent += 1 + to.len() as u64;
        match watch.stop() {
            Some(stop) if before / ASKED != self.spent / ASKED => Err(stopped(stop)),
            _ => Ok(Some(to)),
        }
    }

    /// What was found of a saying, but for whether it would work.
    ///
    /// # Errors
    /// What the watch says.
    pub(super) fn at(&mut self, said: &Said, watch: &dyn Watch) -> Result<Saying, SolveError> {
        (self.spent, self.told) = (0, TOLD);
        let (when, then) = (when(self.ground, said), self.ground.truth(&said.then));
        let comes_up = |place: u32| when[place as usize] && !then[place as usize];
        let mut found: BTreeMap<u32, (u32, Option<MoverId>)> = BTreeMap::new();
        let starts = self.starts.clone();
        for &start in starts.iter().filter(|start| comes_up(**start)) {
            found.insert(start, (start, None));
        }
        let mut cut = false;
        if said.kind != SaidKind::Demand && said.when.is_some() {
            let hearers = self.movers_of(&said.to);
            'all: for &start in &starts {
                for &mover in &hearers {
                    let Some(to) = self.from(mover, start, FINDING, watch)? else {
                        cut = true;
                        break 'all;
                    };
                    for place in to.into_iter().filter(|place| comes_up(*place)) {
                        found.entry(place).or_insert((start, Some(MoverId::from(mover))));
                    }
                }
            }
        }
        let doers = match said.kind {
            SaidKind::Demand => said.to.clone(),
            SaidKind::Threat | SaidKind::Promise | SaidKind::Offer => vec![said.by],
        };
        let movers = self.movers_of(&doers);
        let mut saying = Saying::default();
        for (place, (start, by)) in found {
            let Some(would) = self.would(place, &doers, &movers, &then, watch)? else {
                cut = true;
                break;
            };
            let state = |place| self.ground.state(place);
            saying.cases.push(Case { state: state(place), start: state(start), by, would });
        }
        let does = saying.cases.iter().filter(|case| case.would.does()).count();
        saying.would = Share::of(saying.cases.len(), does);
        let lasting = || (0..when.len()).filter(|place| self.lasting[*place] && when[*place]);
        saying.already = Share::of(lasting().count(), lasting().filter(|place| then[*place]).count());
        saying.limit = cut.then(|| {
            let exact = "that these outcomes are among those where it comes up, and what is done in them";
            let reached = format!("{} outcomes where it comes up", saying.cases.len());
            SAID_MOVES.hit(format!("whether `{}` would be done", said.id), reached, exact)
        });
        Ok(saying)
    }

    /// Whether movers of `doers` would go from `place` to where `then` holds; `None`: the bound was hit.
    fn would(
        &mut self,
        place: u32,
        doers: &[ActorId],
        movers: &[usize],
        then: &[bool],
        watch: &dyn Watch,
    ) -> Result<Option<Would>, SolveError> {
        // The best so far: its kind, what it is worth to who does it.
        let mut best: Option<((u8, u32), Would)> = None;
        for &mover in movers {
            let Some(to) = self.from(mover, place, SAID_MOVES.most, watch)? else { return Ok(None) };
            let parties = self.parties[mover].clone();
            let doer = parties.iter().copied().find(|party| doers.iter().any(|doer| doer.index() == *party));
            for to in to.into_iter().filter(|to| then[*to as usize]) {
                let gains = |party: &usize| {
                    let scores = &self.ground.scores()[*party];
                    scores[to as usize] > scores[place as usize]
                };
                // Who does it comes before whose consent it takes.
                let mut asked: Vec<usize> = doer.into_iter().collect();
                asked.extend(parties.iter().copied().filter(|party| Some(*party) != doer));
                let step = || Step { mover: MoverId::from(mover), to: self.ground.state(to) };
                let worth = doer.map_or(0, |doer| self.ground.scores()[doer][to as usize]);
                let (grade, would) = match asked.iter().copied().find(|party| !gains(party)) {
                    Some(party) => (0, Would::Loses { step: step(), party: ActorId::from(party) }),
                    None => {
                        let step = step();
                        match self.shrinks(&asked, place, to, watch)? {
                            None => (2, Would::Does(step)),
                            // Where answers lead is looked for once, for the one that is told.
                            Some(party) => {
                                (1, Would::HeldBack { step, party: ActorId::from(party), answer: None })
                            }
                        }
                    }
                };
                if best.as_ref().is_none_or(|(known, _)| *known < (grade, worth)) {
                    best = Some(((grade, worth), would));
                }
            }
        }
        let mut would = best.map_or(Would::Cannot, |(_, would)| would);
        if let Would::HeldBack { step, party, answer } = &mut would
            && self.chains
            && self.told > 0
            && let Some(to) = self.ground.place(&step.to)
        {
            self.told -= 1;
            *answer = self.answer(party.index(), place, to, watch)?.map(|at| self.ground.state(at));
        }
        Ok(Some(would))
    }

    /// The first of `parties` that does not prefer what may come of going from `place` to `to`.
    fn shrinks(
        &mut self,
        parties: &[usize],
        place: u32,
        to: u32,
        watch: &dyn Watch,
    ) -> Result<Option<usize>, SolveError> {
        for &party in parties {
            if self.foreseen[party].is_none() {
                self.foreseen[party] = Some(self.ground.foreseen(ActorId::from(party), watch)?);
            }
            let here = self.ground.scores()[party][place as usize];
            if self.foreseen[party].as_ref().is_some_and(|foreseen| foreseen[to as usize] <= here) {
                return Ok(Some(party));
            }
        }
        Ok(None)
    }

    /// The nearest state to which improvements of movers without `party` lead from `to` and that it does not prefer to
    /// `place`.
    fn answer(
        &self,
        party: usize,
        place: u32,
        to: u32,
        watch: &dyn Watch,
    ) -> Result<Option<u32>, SolveError> {
        let scores = self.ground.scores();
        let mut seen = HashSet::from([to]);
        let mut open = std::collections::VecDeque::from([to]);
        while let Some(at) = open.pop_front() {
            if let Some(stop) = watch.stop() {
                return Err(stopped(stop));
            }
            for (mover, parties) in self.parties.iter().enumerate().filter(|(_, p)| !p.contains(&party)) {
                let improves =
                    |next: &u32| parties.iter().all(|j| scores[*j][*next as usize] > scores[*j][at as usize]);
                for next in self.moves.from(mover, at).into_iter().filter(improves) {
                    if scores[party][next as usize] <= scores[party][place as usize] {
                        return Ok(Some(next));
                    }
                    if seen.insert(next) {
                        open.push_back(next);
                    }
                }
            }
        }
        Ok(None)
    }
}

/// Nothing can be answered.
pub(super) fn stopped(stop: Stop) -> SolveError {
    SolveError::Stopped(LimitHit {
        stop,
        what: "what was said".to_owned(),
        limit: stop.words().to_owned(),
        reached: "a part of it".to_owned(),
        exact: String::new(),
    })
}
