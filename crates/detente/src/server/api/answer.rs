//! From a solved conflict to the answer as the page shows it.

use std::collections::HashMap;

use detente_engine::explicit::{Ranks, ranks};
use detente_engine::{Bounds, LimitHit, Settings};
use detente_model::{ActorId, Concept, Conflict, Form, OptionId, State};

use super::answer_view::{
    AnswerView, CellView, ConceptView, FixedView, HoldsView, OutcomeRow, SaidView, StructureView,
};
use detente_study::find::findings::Findings;
use detente_study::say::{cells, concept, names, words, written};
use detente_study::{Refusal, Waiting};

/// Most outcomes that the page gets one by one; beyond, it gets structure.
pub(crate) const MOST_ROWS: usize = crate::caps::ROWS.size();
/// Most patterns of a set of equilibria.
const MOST_PATTERNS: usize = crate::caps::PATTERNS.size();

/// A conflict with its verdicts and, when it is small enough, its outcomes one by one.
pub(crate) struct Solved {
    /// The conflict that was solved, variant and try-outs applied, and its verdicts.
    pub(crate) found: Findings,
    /// The concepts that were asked for.
    pub(crate) concepts: Vec<Concept>,
    /// The outcomes in the order of their numbers; `None` when there are more than [`MOST_ROWS`].
    pub(crate) listed: Option<Listed>,
}

/// Outcomes one by one.
pub(crate) struct Listed {
    ranks: Ranks,
    /// In the order of their numbers.
    pub(crate) states: Vec<State>,
}

/// What becomes of outcomes, each text once.
#[derive(Default)]
struct Fates {
    words: Vec<String>,
    /// By what becomes of it, who would leave alone, who is held back.
    places: HashMap<(Stays, Vec<ActorId>, Vec<ActorId>), usize>,
}

/// How far an outcome lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stays {
    /// Somebody alone would leave.
    Left,
    /// Nobody alone, but several together.
    Alone,
    /// Nobody, but it is out of reach, or undone by a date.
    Undone,
    /// It lasts.
    Lasts,
}

impl Listed {
    /// The position of `state`.
    pub(crate) fn position(&self, state: &State) -> Option<usize> {
        self.states.binary_search(state).ok()
    }
}

impl Solved {
    /// Solves `conflict` under the concepts of `settings`.
    ///
    /// # Errors
    /// As [`Findings::solve`].
    pub(crate) fn new(conflict: Conflict, settings: &Settings, watch: &Waiting) -> Result<Self, Refusal> {
        let found = Findings::solve(conflict, settings, watch)?;
        let mut states = found.feasible().first(MOST_ROWS + 1);
        let listed = if states.len() > MOST_ROWS {
            None
        } else {
            let ranks = ranks(&found.conflict.game, &Bounds::default(), &**watch)
                .map_err(|error| Refusal::of(&found.conflict, &error))?;
            states.sort();
            Some(Listed { ranks, states })
        };
        Ok(Self { found, concepts: settings.concepts.clone(), listed })
    }

    /// The position of `state` among the listed outcomes.
    pub(crate) fn position(&self, state: &State) -> Option<usize> {
        self.listed.as_ref()?.position(state)
    }

    /// The answer, without the questions and what is said of them.
    pub(crate) fn view(&self) -> AnswerView {
        let verdicts = &self.found.solution.verdicts;
        let count = |concept: Concept| verdicts.equilibria(concept).map(|set| set.count());
        let mut fates = Fates::default();
        let outcomes = self.rows(&mut fates);
        let said = SaidView { fates: fates.words, ..self.said() };
        let status_quo = self.found.conflict.game.status_quo.as_ref().and_then(|state| self.position(state));
        AnswerView {
            engine: self.found.solution.engine.id().to_owned(),
            concepts: self.concepts.iter().map(|c| c.id().to_owned()).collect(),
            feasible: verdicts.feasible().count().to_string(),
            equilibria: self
                .concepts
                .iter()
                .map(|c| count(*c).map_or_else(String::new, |n| n.to_string()))
                .collect(),
            headline: String::new(),
            lasts: String::new(),
            check: String::new(),
            judgements: Vec::new(),
            questions: Vec::new(),
            outcomes,
            cut: self.listed.is_none(),
            structure: self.structure(),
            status_quo,
            moves: Vec::new(),
            moves_left_out: None,
            holds: self.holds(),
            limits: self.found.solution.limits.iter().map(limit_sentence).collect(),
            not_used: written::not_used(&self.found.conflict),
            said,
            took_ms: 0.0,
        }
    }

    /// The words of tables and pictures, but for what becomes of single outcomes.
    fn said(&self) -> SaidView {
        let conflict = &self.found.conflict;
        let concept = |which: &Concept| ConceptView {
            id: which.id().to_owned(),
            name: concept::name(*which).to_owned(),
            word: concept::word(*which).to_owned(),
            lasts: format!("{}.", words::capital(&concept::lasts_when(&conflict.game, *which))),
        };
        let cell = |actor| {
            let cells::Cells { stay, held, go, unknown } = cells::of(conflict, actor);
            CellView { stay, held, go, unknown }
        };
        SaidView {
            actors: conflict.game.actor_ids().map(cell).collect(),
            fates: Vec::new(),
            gone: cells::GONE.to_owned(),
            concepts: self.concepts.iter().map(concept).collect(),
            nash: cells::LASTS.to_owned(),
            stable: cells::STABLE.to_owned(),
            left: cells::LEFT.to_owned(),
            count: String::new(),
            together: cells::TOGETHER.to_owned(),
            alone: cells::ALONE.to_owned(),
            all_stay: cells::ALL_STAY.to_owned(),
            held_back: cells::HELD_BACK.to_owned(),
            nobody: cells::NOBODY.to_owned(),
            today_stays: cells::TODAY_STAYS.to_owned(),
        }
    }

    /// What becomes of an outcome, by who would leave it and who is held back: a position in `fates`.
    fn fate(
        &self,
        stable: &[u32],
        leaves: &[Option<usize>],
        (together, lasting): (bool, bool),
        known: &mut Fates,
    ) -> usize {
        let nash =
            self.concepts.iter().position(|concept| *concept == Concept::Nash).map_or(0, |bit| 1 << bit);
        let all = |which: &dyn Fn(u32, bool) -> bool| -> Vec<ActorId> {
            let actors = stable.iter().zip(leaves).enumerate();
            let some = actors.filter(|(_, (bits, leaves))| which(**bits, leaves.is_some()));
            some.map(|(at, _)| ActorId::from(at)).collect()
        };
        let going = all(&|bits, leaves| bits == 0 && leaves);
        let held = all(&|bits, _| bits != 0 && bits & nash == 0);
        let stays = match stable.iter().all(|bits| bits & nash != 0) && nash != 0 {
            false => Stays::Left,
            true if !together => Stays::Alone,
            true if !lasting => Stays::Undone,
            true => Stays::Lasts,
        };
        let words = &mut known.words;
        *known.places.entry((stays, going, held)).or_insert_with_key(|(stays, going, held)| {
            words.push(match stays {
                Stays::Lasts => cells::LASTS.to_owned(),
                Stays::Undone => cells::UNDONE.to_owned(),
                Stays::Alone => cells::JOINTLY_LEFT.to_owned(),
                Stays::Left => cells::fate(&self.found.conflict, going, held),
            });
            words.len() - 1
        })
    }

    fn rows(&self, fates: &mut Fates) -> Vec<OutcomeRow> {
        let Some(listed) = &self.listed else { return Vec::new() };
        let game = &self.found.conflict.game;
        let actors: Vec<ActorId> = game.actor_ids().collect();
        let stable: Vec<Vec<_>> = actors
            .iter()
            .map(|a| self.concepts.iter().map(|c| self.found.solution.verdicts.stable(*c, *a)).collect())
            .collect();
        let verdicts = &self.found.solution.verdicts;
        // What lasts is what nobody would leave, no actor and nobody with others, and no date undoes.
        let lasting: Vec<_> = self.concepts.iter().map(|concept| verdicts.lasting(*concept)).collect();
        let together = verdicts.equilibria(Concept::Nash);
        let leaves: Vec<Vec<Option<usize>>> = actors.iter().map(|a| self.best_steps(listed, *a)).collect();
        let namer = names::Namer::of(&self.found.conflict);
        let names = listed.states.iter().map(|state| namer.outcome(state));
        let all = listed.states.iter().enumerate().zip(names);
        all.map(|((at, state), name)| {
            let leaves: Vec<Option<usize>> = leaves.iter().map(|steps| steps[at]).collect();
            let stable: Vec<u32> = stable
                .iter()
                .map(|sets| {
                    let bits = sets.iter().enumerate().map(|(bit, set)| {
                        u32::from(set.as_ref().is_some_and(|set| set.contains(state))) << bit
                    });
                    bits.fold(0, |all, bit| all | bit)
                })
                .collect();
            // Where that was not computed, what each actor for itself would do.
            let alone = stable.iter().fold(u32::MAX, |all, bits| all & bits);
            let equilibrium = lasting.iter().enumerate().fold(0, |all, (bit, set)| {
                let lasts = set.as_ref().map_or(alone & (1 << bit) != 0, |set| set.contains(state));
                all | (u32::from(lasts) << bit)
            });
            let nash = self.concepts.iter().position(|concept| *concept == Concept::Nash);
            let stays = (
                together.as_ref().is_none_or(|set| set.contains(state)),
                nash.is_some_and(|bit| equilibrium & (1 << bit) != 0),
            );
            OutcomeRow {
                number: state.to_string(),
                ordinal: at + 1,
                named: self.found.conflict.outcome_of(state).is_some(),
                name,
                on: match game.form {
                    Form::Options(_) => state.on().map(OptionId::index).collect(),
                    Form::Graph(_) => Vec::new(),
                },
                ranks: actors.iter().map(|a| rank(listed, *a, state)).collect(),
                equilibrium,
                fate: self.fate(&stable, &leaves, stays, fates),
                stable,
                leaves,
            }
        })
        .collect()
    }

    /// For each listed outcome the best step of `actor` that it strictly prefers, ties by number.
    fn best_steps(&self, listed: &Listed, actor: ActorId) -> Vec<Option<usize>> {
        let states = &listed.states;
        let rank: Vec<usize> = states.iter().map(|state| rank(listed, actor, state)).collect();
        let better = |from: usize, to: &usize| rank[*to] < rank[from];
        match &self.found.conflict.game.form {
            Form::Graph(form) => {
                let mut best: Vec<Option<usize>> = vec![None; states.len()];
                for arc in form.arcs.iter().filter(|arc| arc.actor == actor) {
                    let (from, to) = (arc.from as usize, arc.to as usize);
                    if better(from, &to) && best[from].is_none_or(|now| (rank[to], to) < (rank[now], now)) {
                        best[from] = Some(to);
                    }
                }
                best
            }
            Form::Options(form) => {
                let own: Vec<OptionId> = self.found.conflict.game.options_of(actor).collect();
                let ways = form.ways(|mover| mover == actor);
                let mut groups: HashMap<State, Vec<usize>> = HashMap::new();
                for (at, state) in states.iter().enumerate() {
                    let mut others = state.clone();
                    own.iter().for_each(|option| others.set(*option, false));
                    groups.entry(others).or_default().push(at);
                }
                let mut best: Vec<Option<usize>> = vec![None; states.len()];
                for mut group in groups.into_values() {
                    group.sort_by_key(|at| (rank[*at], *at));
                    for from in &group {
                        best[*from] = group
                            .iter()
                            .take_while(|to| better(*from, to))
                            .find(|to| ways.open(&states[*from], &states[**to]))
                            .copied();
                    }
                }
                best
            }
        }
    }

    /// Where the definitions of the case hold, among the listed outcomes.
    fn holds(&self) -> Vec<HoldsView> {
        let (Some(listed), Some(form)) = (&self.listed, self.found.conflict.game.option_form()) else {
            return Vec::new();
        };
        let mut found: Vec<HoldsView> =
            form.definitions.iter().map(|d| HoldsView { id: d.id.clone(), outcomes: Vec::new() }).collect();
        for (at, state) in listed.states.iter().enumerate() {
            for (view, holds) in found.iter_mut().zip(form.defined(state)) {
                if holds {
                    view.outcomes.push(at);
                }
            }
        }
        found
    }

    fn structure(&self) -> Vec<StructureView> {
        let game = &self.found.conflict.game;
        let sets = self.concepts.iter().filter_map(|c| Some((c, self.found.solution.verdicts.lasting(*c)?)));
        sets.map(|(concept, set)| {
            // Small cases are shown one by one; patterns are for those that are not.
            let cover = if self.listed.is_some() { Default::default() } else { set.patterns(MOST_PATTERNS) };
            StructureView {
                concept: concept.id().to_owned(),
                count: set.count().to_string(),
                fixed: set
                    .fixed()
                    .into_iter()
                    .map(|(option, on)| FixedView { option: game.literal_text(option, true), on })
                    .collect(),
                patterns: cover.patterns.iter().map(ToString::to_string).collect(),
                patterns_complete: self.listed.is_some() || cover.complete,
            }
        })
        .collect()
    }
}

/// The rank of a listed state, 1 is best.
fn rank(listed: &Listed, actor: ActorId, state: &State) -> usize {
    let place = listed.ranks.place(state);
    let from_below =
        place.and_then(|place| listed.ranks.of(actor).get(place)).map_or(0, |rank| *rank as usize);
    listed.ranks.levels(actor).saturating_sub(from_below)
}

/// A bound that was hit, in one sentence.
pub(crate) fn limit_sentence(hit: &LimitHit) -> String {
    words::capital(&words::limit(&hit.into()))
}
