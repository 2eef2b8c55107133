//! The same concepts where it matters who moved last, or who has moved: graph form, moves taken
//! away, acts and conditions, the readings `once` and `single`.
//!
//! What each coalition and the opponents can bring about is worked out per state by search over
//! (state, what is remembered), and kept as rows of bits: for conflicts whose states can be listed
//! against each other, some thousands.

use std::collections::HashMap;

use detente_model::Sequences;

use super::Coalition;
use super::field::{Field, Moves, Place};
use super::pause::Pause;

/// A set of states as bits.
pub(super) type Row = Vec<u64>;

/// Who answers a coalition, and by what.
pub(super) enum Answering {
    /// The movers among these actors, by moves.
    Movers(Coalition),
    /// Each of these as one, by legal sequences inside it.
    Players(Vec<Coalition>),
    /// Each of these by joint improvements.
    Improving(Vec<Coalition>),
}

/// What coalitions can bring about from each state; worked out when first asked for.
pub(super) struct Lists<'f, 'g> {
    field: &'f Field<'g>,
    reading: Sequences,
    /// Asked at every state; once it says stop, everything worked out here is incomplete.
    pause: &'f Pause<'f>,
    /// By coalition: a row per state.
    reach: HashMap<Coalition, Vec<Row>>,
}

fn set(row: &mut Row, place: Place) -> bool {
    let word = &mut row[place as usize / 64];
    let new = *word >> (place % 64) & 1 == 0;
    *word |= 1 << (place % 64);
    new
}

fn places(row: &Row) -> impl Iterator<Item = Place> + '_ {
    row.iter().enumerate().flat_map(|(at, word)| {
        (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| (at * 64 + bit) as Place)
    })
}

impl<'f, 'g> Lists<'f, 'g> {
    pub(super) fn new(field: &'f Field<'g>, reading: Sequences, pause: &'f Pause<'f>) -> Self {
        Self { field, reading, pause, reach: HashMap::new() }
    }

    fn row(&self) -> Row {
        vec![0; self.field.len().div_ceil(64)]
    }

    /// The movers all of whose parties are members.
    fn inside(&self, coalition: Coalition) -> impl Iterator<Item = usize> + use<'_, 'f, 'g> {
        let parties = self.field.parties.iter().enumerate();
        parties.filter(move |(_, parties)| parties.is_within(coalition)).map(|(mover, _)| mover)
    }

    /// The moves of one mover.
    fn moves(&self, mover: usize) -> Vec<Vec<Place>> {
        let n = self.field.len();
        match &self.field.moves[mover] {
            Moves::Listed { starts, ends } => {
                (0..n).map(|s| ends[starts[s] as usize..starts[s + 1] as usize].to_vec()).collect()
            }
            Moves::Classes { of, count, leads } => {
                let mut members: Vec<Vec<Place>> = vec![Vec::new(); *count as usize];
                for (s, class) in of.iter().enumerate() {
                    members[*class as usize].push(s as Place);
                }
                let mut further: Vec<Vec<u32>> = vec![Vec::new(); *count as usize];
                for (a, b) in leads {
                    further[*a as usize].push(*b);
                }
                (0..n)
                    .map(|s| {
                        let class = of[s] as usize;
                        let own = members[class].iter().copied().filter(|t| *t as usize != s);
                        own.chain(further[class].iter().flat_map(|b| members[*b as usize].iter().copied()))
                            .collect()
                    })
                    .collect()
            }
        }
    }

    /// `R_H(s)` for every `s`: legal sequences, no mover twice in a row.
    fn reach(&mut self, coalition: Coalition) -> &[Row] {
        if !self.reach.contains_key(&coalition) {
            let members: Vec<Vec<Vec<Place>>> =
                self.inside(coalition).map(|mover| self.moves(mover)).collect();
            let rows = (0..self.field.len() as Place)
                .map(|start| {
                    let mut reached = self.row();
                    if self.pause.asked() {
                        return reached;
                    }
                    let mut seen: Vec<Row> = members.iter().map(|_| self.row()).collect();
                    let mut to_do: Vec<(Place, usize)> = vec![(start, usize::MAX)];
                    while let Some((s, last)) = to_do.pop() {
                        for (mover, moves) in members.iter().enumerate().filter(|(mover, _)| *mover != last) {
                            for t in &moves[s as usize] {
                                if set(&mut seen[mover], *t) {
                                    set(&mut reached, *t);
                                    to_do.push((*t, mover));
                                }
                            }
                        }
                    }
                    reached
                })
                .collect();
            self.reach.insert(coalition, rows);
        }
        &self.reach[&coalition]
    }

    /// Whether every member strictly prefers `t` to `s`.
    fn beats(&self, coalition: Coalition, t: Place, s: Place) -> bool {
        coalition.members().all(|a| {
            let ranks = &self.field.ranks[a.index()];
            ranks[t as usize] > ranks[s as usize]
        })
    }

    /// `R⁺⁺_H(s)` for every `s`.
    fn gains(&mut self, coalition: Coalition) -> Vec<Vec<Place>> {
        self.reach(coalition);
        let rows = &self.reach[&coalition];
        (0..self.field.len() as Place)
            .map(|s| places(&rows[s as usize]).filter(|t| self.beats(coalition, *t, s)).collect())
            .collect()
    }

    /// The steps of those who answer, and who takes part in them.
    fn steps(&mut self, answering: &Answering) -> Vec<(Coalition, Vec<Vec<Place>>)> {
        let all = |row: &Row| places(row).collect();
        match answering {
            Answering::Movers(others) => {
                self.inside(*others).map(|mover| (self.field.parties[mover], self.moves(mover))).collect()
            }
            Answering::Players(players) => {
                players.iter().map(|p| (*p, self.reach(*p).iter().map(all).collect())).collect()
            }
            Answering::Improving(players) => players.iter().map(|p| (*p, self.gains(*p))).collect(),
        }
    }

    /// What sequences of steps of those who answer lead to, from every state.
    fn answers(&mut self, answering: &Answering) -> Vec<Row> {
        let steps = self.steps(answering);
        let reading = self.reading;
        (0..self.field.len() as Place)
            .map(|start| {
                let mut reached = self.row();
                if self.pause.asked() {
                    return reached;
                }
                // Remembered: whose the last step was, or all who took part.
                let mut seen: HashMap<u64, Row> = HashMap::new();
                let mut to_do: Vec<(Place, u64)> = vec![(start, 0)];
                while let Some((s, past)) = to_do.pop() {
                    for (at, (parties, steps)) in steps.iter().enumerate() {
                        let own = at as u64 + 1;
                        let (barred, next) = match reading {
                            Sequences::Legal => (past == own, own),
                            Sequences::Once => (past & parties.0 != 0, past | parties.0),
                            Sequences::Single => (past != 0, own),
                        };
                        if barred {
                            continue;
                        }
                        for t in &steps[s as usize] {
                            if set(seen.entry(next).or_insert_with(|| self.row()), *t) {
                                set(&mut reached, *t);
                                to_do.push((*t, next));
                            }
                        }
                    }
                }
                reached
            })
            .collect()
    }

    /// C-Nash.
    pub(super) fn nash(&mut self, coalition: Coalition) -> Vec<bool> {
        self.gains(coalition).iter().map(Vec::is_empty).collect()
    }

    /// C-GMR and C-SEQ: every gain has an answer that some member likes no better.
    pub(super) fn answered(&mut self, coalition: Coalition, answering: &Answering) -> Vec<bool> {
        let gains = self.gains(coalition);
        let answers = self.answers(answering);
        gains
            .iter()
            .enumerate()
            .map(|(s, gains)| {
                !self.pause.asked()
                    && gains.iter().all(|t| {
                        places(&answers[*t as usize]).any(|s2| !self.beats(coalition, s2, s as Place))
                    })
            })
            .collect()
    }

    /// C-SMR.
    pub(super) fn symmetric(&mut self, coalition: Coalition, answering: &Answering) -> Vec<bool> {
        let gains = self.gains(coalition);
        let answers = self.answers(answering);
        let rows = &self.reach[&coalition];
        (0..self.field.len() as Place)
            .map(|s| {
                if self.pause.asked() {
                    return false;
                }
                // Known so far of each state: whether it sanctions.
                let mut sanctions: HashMap<Place, bool> = HashMap::new();
                gains[s as usize].iter().all(|t| {
                    places(&answers[*t as usize]).any(|s2| {
                        *sanctions.entry(s2).or_insert_with(|| {
                            !self.beats(coalition, s2, s)
                                && places(&rows[s2 as usize]).all(|s3| !self.beats(coalition, s3, s))
                        })
                    })
                })
            })
            .collect()
    }
}
