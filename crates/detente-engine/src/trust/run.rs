//! One run: the case without some of its evidence.

use std::collections::BTreeSet;

use detente_model::{
    ActorId, Bearing, ClaimId, Conflict, Expr, Form, Game, Grounds, OptionId, OutcomeStates, Preference,
    State, Strike, What,
};

use super::conclusion::questions;
use super::{After, Answer, Conclusion, ConclusionAfter, ConclusionKind, Outcome, Status, TrustSettings};
use crate::arena::{Arena, Full};
use crate::{LimitHit, Settings, Solution, SolveError, StateSet, Stop, Verdicts, Watch, solve};

/// States that are looked at for one conclusion.
const SHOWN: usize = 256;

/// States that the search for an actor's moves may meet.
pub(super) const MET: usize = 1 << 18;

/// The case on all evidence.
pub(super) struct Base<'c> {
    pub(super) conflict: &'c Conflict,
    pub(super) settings: &'c TrustSettings,
    /// How runs are solved: one thread each, the concepts of the conclusions.
    solving: Settings,
    pub(super) conclusions: Vec<Conclusion>,
    pub(super) outcome: Outcome,
    pub(super) limits: Vec<LimitHit>,
    /// For each conclusion: the states that show it, and the options that are fixed in them and
    /// occur in the question.
    shown: Vec<Vec<State>>,
    fixed: Vec<Vec<(OptionId, bool)>>,
    /// For each conclusion: the statements that go against it.
    against: Vec<Vec<(ActorId, usize)>>,
}

impl<'c> Base<'c> {
    pub(super) fn new(
        conflict: &'c Conflict,
        settings: &'c TrustSettings,
        watch: &dyn Watch,
    ) -> Result<Self, SolveError> {
        let mut conclusions = questions(conflict);
        let mut concepts: Vec<_> = conclusions.iter().map(|c| c.concept).chain([settings.concept]).collect();
        concepts.sort_unstable();
        concepts.dedup();
        let solving = Settings { concepts, threads: 1, ..settings.settings.clone() };
        let solution = solve(
            &conflict.game,
            &Settings { threads: settings.settings.threads, ..solving.clone() },
            watch,
        )?;
        let verdicts = &*solution.verdicts;
        let mut limits = solution.limits.clone();
        if let Some(equilibria) = verdicts.equilibria(settings.concept) {
            for state in equilibria.first(settings.equilibria) {
                conclusions.push(Conclusion {
                    id: format!("{}:{state}", settings.concept.id()),
                    ask: None,
                    kind: ConclusionKind::Equilibrium(state),
                    concept: settings.concept,
                    before: Answer::NotComputed,
                });
            }
            if equilibria.count() > settings.equilibria.into() {
                limits.push(LimitHit {
                    stop: Stop::Work,
                    what: "what each equilibrium rests on".to_owned(),
                    limit: format!("{} equilibria", settings.equilibria),
                    reached: format!("{} of {}", settings.equilibria, equilibria.count()),
                    exact: "the questions, and the equilibria that are shown".to_owned(),
                });
            }
        }
        let (mut shown, mut fixed, mut against) = (Vec::new(), Vec::new(), Vec::new());
        for conclusion in &mut conclusions {
            let (answer, states) = conclusion.answer(verdicts, SHOWN);
            conclusion.before = answer;
            let support = match &conclusion.kind {
                ConclusionKind::Possible(outcome) | ConclusionKind::Certain(outcome) => {
                    support(&conflict.game, outcome)
                }
                ConclusionKind::Equilibrium(_) => BTreeSet::new(),
            };
            fixed.push(conclusion.fixed(verdicts).into_iter().filter(|(o, _)| support.contains(o)).collect());
            against.push(opposed(&conflict.game, &conclusion.kind, verdicts));
            shown.push(states);
        }
        let outcome = outcome(conflict, settings, &solution);
        Ok(Self { conflict, settings, solving, conclusions, outcome, limits, shown, fixed, against })
    }

    /// The case without `strike`.
    pub(super) fn run(&self, strike: &Strike, watch: &dyn Watch) -> Result<After, String> {
        let struck = self
            .conflict
            .without(strike)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
        let solution = solve(&struck.game, &self.solving, watch).map_err(|error| error.to_string())?;
        let claims = self.conflict.struck_claims(strike);
        let (mut statements, mut rules, mut cannot) = (Vec::new(), Vec::new(), Vec::new());
        for part in self.conflict.parts() {
            if part.bearing() != Bearing::Verdicts || !part.grounds.fall(&claims, strike.assumptions) {
                continue;
            }
            match part.what {
                What::Statement(actor, at, _) | What::Weighed(actor, at, _) => statements.push((actor, at)),
                What::Ranking(actor, _) => statements.push((actor, 0)),
                What::Rule(at, _) => rules.push(at),
                What::Cannot(at, ..) => cannot.push(at),
                _ => {}
            }
        }
        let assumed = |o: &usize| strike.assumptions && self.conflict.game.options()[*o].grounds.assumption;
        let options = (0..self.conflict.game.options().len()).filter(assumed).map(OptionId::from).collect();
        let without_motive = self
            .conflict
            .game
            .actor_ids()
            .filter(|a| !grounds(&self.conflict.game, *a).is_empty() && grounds(&struck.game, *a).is_empty())
            .collect();
        let conclusions = (0..self.conclusions.len())
            .map(|at| self.conclusion(at, &struck.game, &*solution.verdicts, &statements))
            .collect();
        Ok(After {
            outcome: outcome(&struck, self.settings, &solution),
            rules,
            cannot,
            statements,
            options,
            without_motive,
            conclusions,
        })
    }

    /// What becomes of conclusion number `at`.
    fn conclusion(
        &self,
        at: usize,
        game: &Game,
        verdicts: &dyn Verdicts,
        statements: &[(ActorId, usize)],
    ) -> ConclusionAfter {
        let conclusion = &self.conclusions[at];
        let (after, states) = conclusion.answer(verdicts, SHOWN);
        let mut indifferent = Vec::new();
        let status = if after != conclusion.before {
            Status::Overturned
        } else if after != Answer::Yes {
            Status::Supported
        } else {
            let lasting: Vec<&State> = states.iter().filter(|s| self.shown[at].contains(s)).collect();
            let looked_at = if lasting.is_empty() { states.iter().collect() } else { lasting };
            let resting: Vec<Vec<ActorId>> =
                looked_at.iter().map(|state| self.on_indifference(game, state).unwrap_or_default()).collect();
            let unsupported = match conclusion.kind {
                ConclusionKind::Certain(_) => resting.iter().any(|actors| !actors.is_empty()),
                _ => resting.iter().all(|actors| !actors.is_empty()),
            };
            if unsupported {
                indifferent = resting.into_iter().find(|actors| !actors.is_empty()).unwrap_or_default();
                Status::Unsupported
            } else {
                Status::Supported
            }
        };
        let lost_motives = statements.iter().copied().filter(|s| self.against[at].contains(s)).collect();
        let now = conclusion.fixed(verdicts);
        let freed = match after {
            Answer::Yes => self.fixed[at].iter().copied().filter(|entry| !now.contains(entry)).collect(),
            _ => Vec::new(),
        };
        ConclusionAfter { after, status, indifferent, lost_motives, freed }
    }

    /// The actors who at `state`, in the struck game, could move but rank all that they could move
    /// to equal to it, and did not in the game on all evidence.
    fn on_indifference(&self, game: &Game, state: &State) -> Result<Vec<ActorId>, Full> {
        let (mut now, mut before) = (Arena::new(game, MET), Arena::new(&self.conflict.game, MET));
        let mut found = Vec::new();
        for actor in game.actor_ids() {
            if all_equal(&mut now, actor, state)? == Some(true)
                && all_equal(&mut before, actor, state)? != Some(true)
            {
                found.push(actor);
            }
        }
        Ok(found)
    }
}

/// Whether `actor` ranks all that it can move to from `state` equal to it; `None`: it cannot move,
/// or the state is not one of the game.
pub(super) fn all_equal(arena: &mut Arena<'_>, actor: ActorId, state: &State) -> Result<Option<bool>, Full> {
    if !arena.is_feasible(state) {
        return Ok(None);
    }
    let met = arena.meet(state)?;
    let moves = arena.moves(actor, met)?;
    let equal = |to: &u32| arena.score(actor, *to) == arena.score(actor, met);
    Ok((!moves.is_empty()).then(|| moves.iter().all(equal)))
}

fn outcome(conflict: &Conflict, settings: &TrustSettings, solution: &Solution) -> Outcome {
    let verdicts = &*solution.verdicts;
    let count = |set: Option<Box<dyn StateSet + '_>>| set.map(|s| s.count()).unwrap_or_default();
    Outcome {
        feasible: verdicts.feasible().count(),
        equilibria: count(verdicts.equilibria(settings.concept)),
        stable: conflict.game.actor_ids().map(|a| count(verdicts.stable(settings.concept, a))).collect(),
    }
}

/// What each statement of an actor rests on (a ranking counts as one).
pub(super) fn grounds(game: &Game, actor: ActorId) -> Vec<&Grounds> {
    match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => list.iter().map(|s| &s.grounds).collect(),
        Some(Preference::Weights(list)) => list.iter().map(|w| &w.grounds).collect(),
        Some(Preference::Ranking(ranking)) => vec![&ranking.grounds],
        None => Vec::new(),
    }
}

/// The statements that go against a conclusion: no feasible state with the outcome satisfies
/// them; the equilibrium itself does not. A negative weight is a wish that its formula does not hold.
fn opposed(game: &Game, kind: &ConclusionKind, verdicts: &dyn Verdicts) -> Vec<(ActorId, usize)> {
    let Some(form) = game.option_form() else { return Vec::new() };
    let against = |wish: &Expr| match kind {
        ConclusionKind::Equilibrium(state) => !form.holds(wish, state),
        ConclusionKind::Possible(OutcomeStates::Formula(outcome))
        | ConclusionKind::Certain(OutcomeStates::Formula(outcome)) => {
            let both = OutcomeStates::Formula(Expr::And(vec![outcome.clone(), wish.clone()]));
            verdicts.feasible().among(&both).is_empty()
        }
        ConclusionKind::Possible(_) | ConclusionKind::Certain(_) => false,
    };
    let mut found = Vec::new();
    for (actor, preference) in game.actor_ids().zip(&game.preferences) {
        let wishes: Vec<Expr> = match preference {
            Preference::Statements(list) => list.iter().map(|s| s.that.clone()).collect(),
            Preference::Weights(list) => list
                .iter()
                .map(|w| if w.weight < 0 { w.that.clone().negate() } else { w.that.clone() })
                .collect(),
            Preference::Ranking(_) => Vec::new(),
        };
        found.extend(wishes.iter().enumerate().filter(|(_, w)| against(w)).map(|(at, _)| (actor, at)));
    }
    found
}

/// The options that an outcome is about.
fn support(game: &Game, outcome: &OutcomeStates) -> BTreeSet<OptionId> {
    let mut options = BTreeSet::new();
    let (OutcomeStates::Formula(formula), Form::Options(form)) = (outcome, &game.form) else {
        return options;
    };
    let mut open: Vec<&Expr> = vec![formula];
    let mut seen = BTreeSet::new();
    while let Some(expr) = open.pop() {
        expr.walk(&mut |node| match node {
            Expr::Option(o) => {
                options.insert(*o);
            }
            Expr::Defined(d) => {
                seen.insert(*d);
            }
            _ => {}
        });
        // Definitions refer to earlier ones only: the last one seen is not seen again.
        if let Some(last) = seen.pop_last()
            && let Some(definition) = form.definitions.get(last.index())
        {
            open.push(&definition.that);
        }
    }
    options
}

/// The strike of these claims.
pub(super) fn claims(conflict: &Conflict, claims: &[ClaimId]) -> Strike {
    let ids = claims.iter().filter_map(|c| conflict.evidence.claims.get(c.index())).map(|c| c.id.clone());
    Strike { claims: ids.collect(), ..Strike::default() }
}
