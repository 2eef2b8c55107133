//! One run: the case without some of its evidence.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use detente_model::{
    ActorId, Answer, ClaimId, Conflict, Direction, Expr, Form, Game, Grounds, OptionId, OutcomeStates,
    Preference, RankEntry, State, Strike, Strikes, Switch, What,
};

use super::conclusion::questions;
use super::{
    After, Cause, Conclusion, ConclusionAfter, ConclusionKind, NoAfter, Outcome, Status, TrustSettings,
};
use crate::arena::Cut;
use crate::ensemble::motive::{Motives, wanting};
use crate::{LimitHit, Settings, Solution, SolveError, StateSet, Stop, Verdicts, Watch, solve};

/// States that are looked at first for one conclusion: mostly they decide it.
const FEW: usize = 256;

/// States that are looked at for one conclusion.
pub(super) const LOOKED_AT: usize = crate::caps::SUPPORT.size();

/// States that the search for an actor's moves may meet.
pub(super) const MET: usize = crate::caps::SUPPORT_MET.size();

/// The case on all evidence.
pub(super) struct Base<'c> {
    pub(super) conflict: &'c Conflict,
    pub(super) settings: &'c TrustSettings,
    /// How runs are solved: one thread each, the concepts of the conclusions.
    solving: Settings,
    pub(super) conclusions: Vec<Conclusion>,
    pub(super) outcome: Outcome,
    pub(super) limits: Vec<LimitHit>,
    /// For each conclusion: the options that are fixed in the states that show it, and occur in the
    /// question.
    fixed: Vec<Vec<(OptionId, bool)>>,
    /// For each conclusion: options that neither the game nor the question depends on.
    idle: Vec<Vec<OptionId>>,
    pub(super) strikes: Strikes<'c>,
    /// What follows when nothing falls.
    unchanged: After,
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
        if let Some(equilibria) = verdicts.lasting(settings.concept) {
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
        let mentioned = mentioned(&conflict.game);
        let (mut fixed, mut against, mut idle) = (Vec::new(), Vec::new(), Vec::new());
        for conclusion in &mut conclusions {
            conclusion.before = conclusion.answer(verdicts);
            let support = match &conclusion.kind {
                ConclusionKind::Possible(outcome) | ConclusionKind::Certain(outcome) => {
                    support(&conflict.game, outcome)
                }
                ConclusionKind::Equilibrium(_) => BTreeSet::new(),
            };
            fixed.push(conclusion.fixed(verdicts).into_iter().filter(|(o, _)| support.contains(o)).collect());
            against.push(opposed(&conflict.game, &conclusion.kind, verdicts));
            let options = (0..conflict.game.options().len()).map(OptionId::from);
            idle.push(options.filter(|o| !mentioned.contains(o) && !support.contains(o)).collect());
        }
        let outcome = outcome(&conflict.game, settings, &solution);
        let stays = |conclusion: &Conclusion| ConclusionAfter {
            after: conclusion.before,
            status: match conclusion.before {
                Answer::NotComputed => Status::NotKnown,
                Answer::Yes | Answer::No | Answer::Partly | Answer::SaysNothing => Status::Supported,
            },
            by: None,
            indifferent: Vec::new(),
            lost_motives: Vec::new(),
            freed: Vec::new(),
        };
        let unchanged = After {
            outcome: outcome.clone(),
            rules: Vec::new(),
            cannot: Vec::new(),
            statements: Vec::new(),
            options: Vec::new(),
            without_motive: Vec::new(),
            conclusions: conclusions.iter().map(stays).collect(),
            limits: Vec::new(),
        };
        Ok(Self {
            conflict,
            settings,
            solving,
            strikes: Strikes::new(conflict),
            unchanged,
            conclusions,
            outcome,
            limits,
            fixed,
            idle,
            against,
        })
    }

    /// The case without `strike`.
    pub(super) fn run(&self, strike: &Strike, watch: &dyn Watch) -> Result<After, NoAfter> {
        self.without(strike, true, watch)
    }

    /// What becomes of each conclusion without `strike`: what overturns it is not looked for, which takes another solution.
    pub(super) fn statuses(&self, strike: &Strike, watch: &dyn Watch) -> Result<Vec<Status>, NoAfter> {
        let after = self.without(strike, false, watch)?;
        Ok(after.conclusions.iter().map(|conclusion| conclusion.status).collect())
    }

    fn without(&self, strike: &Strike, causes: bool, watch: &dyn Watch) -> Result<After, NoAfter> {
        if self.strikes.is_idle(strike) {
            return Ok(self.unchanged.clone());
        }
        let struck = self.strikes.game(strike).map_err(NoAfter::CannotStand)?;
        let solution = solve(&struck, &self.solving, watch).map_err(NoAfter::Unsolved)?;
        let mut limits = solution.limits.clone();
        let fallen = self.strikes.fallen(&self.strikes.claims(strike), strike.assumptions);
        let (mut statements, mut rules, mut cannot) = (Vec::new(), Vec::new(), Vec::new());
        for at in fallen {
            match self.strikes.parts()[at].what {
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
            .filter(|a| !grounds(&self.conflict.game, *a).is_empty() && grounds(&struck, *a).is_empty())
            .collect();
        let kept = OnceCell::new();
        let conclusions = (0..self.conclusions.len())
            .map(|at| {
                let (mut conclusion, cut) =
                    self.conclusion(at, &struck, &*solution.verdicts, &statements, watch);
                if causes && conclusion.status == Status::Overturned {
                    conclusion.by = Some(self.cause(at, strike, conclusion.after, &kept, watch));
                }
                limits.extend(cut.map(not_known));
                conclusion
            })
            .collect();
        Ok(After {
            outcome: outcome(&struck, self.settings, &solution),
            rules,
            cannot,
            statements,
            options,
            without_motive,
            conclusions,
            limits,
        })
    }

    /// What becomes of conclusion number `at`, and what kept that from being known.
    fn conclusion(
        &self,
        at: usize,
        game: &Game,
        verdicts: &dyn Verdicts,
        statements: &[(ActorId, usize)],
        watch: &dyn Watch,
    ) -> (ConclusionAfter, Option<Cut>) {
        let conclusion = &self.conclusions[at];
        let after = conclusion.answer(verdicts);
        let (mut indifferent, mut cut) = (Vec::new(), None);
        let status = if self.is_open(conclusion, game) {
            Status::Open
        } else {
            match (conclusion.before, after) {
                (Answer::NotComputed, _) | (_, Answer::NotComputed) => Status::NotKnown,
                (Answer::No, Answer::No) => Status::Supported,
                (Answer::Yes, Answer::Yes) => match self.resting(at, game, verdicts, watch) {
                    Ok(None) => Status::Supported,
                    Ok(Some(actors)) => {
                        indifferent = actors;
                        Status::Unsupported
                    }
                    Err(found) => {
                        cut = Some(found);
                        Status::NotKnown
                    }
                },
                _ => Status::Overturned,
            }
        };
        let lost_motives = statements.iter().copied().filter(|s| self.against[at].contains(s)).collect();
        let now = conclusion.fixed(verdicts);
        let freed = match after {
            Answer::Yes => self.fixed[at].iter().copied().filter(|entry| !now.contains(entry)).collect(),
            _ => Vec::new(),
        };
        (ConclusionAfter { after, status, by: None, indifferent, lost_motives, freed }, cut)
    }

    /// Whether nothing can be concluded: a definition without an `otherwise` has fallen, or where things stand would break
    /// a rule.
    fn is_open(&self, conclusion: &Conclusion, game: &Game) -> bool {
        is_open(&conclusion.kind, game)
    }

    /// What overturns a conclusion: solved again with options, acts and chance events kept. `kept` remembers that.
    fn cause(
        &self,
        at: usize,
        strike: &Strike,
        after: Answer,
        kept: &OnceCell<Option<Box<dyn Verdicts>>>,
        watch: &dyn Watch,
    ) -> Cause {
        let verdicts = kept.get_or_init(|| {
            let mut conflict = self.conflict.clone();
            let form = match &mut conflict.game.form {
                Form::Options(form) => form,
                Form::Graph(_) => return None,
            };
            form.options.iter_mut().for_each(|option| option.grounds = Grounds::default());
            form.acts.iter_mut().for_each(|act| act.grounds = Grounds::default());
            form.chances.iter_mut().for_each(|chance| chance.grounds = Grounds::default());
            let struck = Strikes::new(&conflict).game(strike).ok()?;
            solve(&struck, &self.solving, watch).ok().map(|solution| solution.verdicts)
        });
        let same = verdicts.as_ref().is_some_and(|verdicts| {
            let answer = self.conclusions[at].answer(&**verdicts);
            answer == self.conclusions[at].before && answer != after
        });
        if same { Cause::Options } else { Cause::Wishes }
    }

    /// Who does not care, where what lasts and shows conclusion number `at` does so for want of a motive alone, and the
    /// answer is yes before and after; `None`: nobody, it is supported.
    ///
    /// A few states mostly decide it: one that rests on a motive supports it. Else all of them are needed.
    fn resting(
        &self,
        at: usize,
        game: &Game,
        verdicts: &dyn Verdicts,
        watch: &dyn Watch,
    ) -> Result<Option<Vec<ActorId>>, Cut> {
        let conclusion = &self.conclusions[at];
        if game.preferences == self.conflict.game.preferences {
            return Ok(None);
        }
        let whole = wanting(game, self.conflict.game.preferences.clone());
        let has = |state: &State| conclusion.has(self.conflict, state);
        // Who does not care at the first state, should it be so at all.
        let mut first: Option<Vec<ActorId>> = None;
        let mut looked_at = 0;
        for most in [FEW, LOOKED_AT] {
            let states = conclusion.shown(verdicts, &self.idle[at], most + 1);
            let all = states.len() <= most;
            let mut motives = Motives::new(game, &whole, MET, watch);
            for state in states.iter().take(most).skip(looked_at) {
                let actors = match motives.for_want(state, &has) {
                    // Earlier states may have filled the arena: anew.
                    Err(Cut { stop: Stop::Work, .. }) => {
                        motives = Motives::new(game, &whole, MET, watch);
                        motives.for_want(state, &has)?
                    }
                    other => other?,
                };
                if actors.is_empty() {
                    return Ok(None);
                }
                first.get_or_insert(actors);
            }
            looked_at = states.len().min(most);
            if all {
                return Ok(first);
            }
        }
        Err(Cut::beyond(LOOKED_AT))
    }
}

/// Whether a conclusion is open in `game`: it, or what is left of the game, uses a definition that fell without an
/// `otherwise`, or where things stand would break a rule.
pub(super) fn is_open(kind: &ConclusionKind, game: &Game) -> bool {
    let Some(form) = game.option_form() else { return false };
    if game.status_quo.as_ref().is_some_and(|state| form.broken_rule(state).is_some()) {
        return true;
    }
    // Open ones, and those that use them.
    let mut open: Vec<bool> = Vec::new();
    for definition in &form.definitions {
        let uses = definition.open || uses(&definition.that, &open);
        open.push(uses);
    }
    if !open.contains(&true) {
        return false;
    }
    let outcome = match kind {
        ConclusionKind::Possible(OutcomeStates::Formula(f))
        | ConclusionKind::Certain(OutcomeStates::Formula(f)) => uses(f, &open),
        _ => false,
    };
    let wishes = |preference: &Preference| match preference {
        Preference::Statements(list) => list.iter().any(|s| uses(&s.that, &open)),
        Preference::Weights(list) => list.iter().any(|w| uses(&w.that, &open)),
        Preference::Ranking(ranking) => ranking
            .groups
            .iter()
            .flatten()
            .any(|entry| matches!(entry, RankEntry::Formula(f) if uses(f, &open))),
    };
    let conditions = |option: &detente_model::Opt| {
        option.begins_if.iter().chain(&option.ends_if).any(|condition| uses(&condition.that, &open))
    };
    outcome
        || game.preferences.iter().any(wishes)
        || form.rules.iter().any(|rule| uses(&rule.formula(), &open))
        || form.cannot.iter().any(|c| uses(&c.from, &open) || uses(&c.to, &open))
        || form.options.iter().any(conditions)
        || game.deadlines.iter().any(|deadline| deadline.unless.as_ref().is_some_and(|f| uses(f, &open)))
}

/// Whether a formula uses one of the definitions that are marked.
fn uses(that: &Expr, marked: &[bool]) -> bool {
    let mut found = false;
    that.walk(&mut |part| {
        if let Expr::Defined(d) = part {
            found |= marked.get(d.index()).copied().unwrap_or(false);
        }
    });
    found
}

/// That a search was cut off before it was known whether a conclusion rests on indifference.
pub(super) fn not_known(cut: Cut) -> LimitHit {
    LimitHit {
        stop: cut.stop,
        what: "whether a conclusion rests on indifference alone".to_owned(),
        limit: cut.limit_words(),
        reached: String::new(),
        exact: "the answers, and which of them change".to_owned(),
    }
}

/// Options that some part of the game depends on: they occur in a rule, a wish, a ranking or a move taken
/// away, can be moved in one direction only, or become unavailable without the assumptions. Switching any
/// other makes no difference to anybody, and can be done in any state.
fn mentioned(game: &Game) -> BTreeSet<OptionId> {
    let Some(form) = game.option_form() else { return BTreeSet::new() };
    let mut formulas: Vec<Expr> = form.rules.iter().map(detente_model::Rule::formula).collect();
    formulas.extend(form.cannot.iter().flat_map(|cannot| [cannot.from.clone(), cannot.to.clone()]));
    let mut all: BTreeSet<OptionId> = BTreeSet::new();
    for preference in &game.preferences {
        match preference {
            Preference::Statements(list) => formulas.extend(list.iter().map(|s| s.that.clone())),
            Preference::Weights(list) => formulas.extend(list.iter().map(|w| w.that.clone())),
            Preference::Ranking(ranking) => {
                for entry in ranking.groups.iter().flatten() {
                    match entry {
                        RankEntry::Formula(f) => formulas.push(f.clone()),
                        RankEntry::Pattern(pattern) => {
                            let closed = pattern.cells.iter().enumerate().filter(|(_, cell)| cell.is_some());
                            all.extend(closed.map(|(at, _)| OptionId::from(at)));
                        }
                        // A single state says something of every option.
                        RankEntry::State(_) => all.extend((0..form.options.len()).map(OptionId::from)),
                    }
                }
            }
        }
    }
    for option in &form.options {
        formulas.extend(option.begins_if.iter().chain(&option.ends_if).map(|c| c.that.clone()));
    }
    formulas.extend(game.deadlines.iter().filter_map(|deadline| deadline.unless.clone()));
    for formula in formulas {
        all.extend(support(game, &OutcomeStates::Formula(formula)));
    }
    for (at, option) in form.options.iter().enumerate() {
        let own = option.of == Switch::Option && option.scale.is_none();
        let free = option.begins_if.is_empty() && option.ends_if.is_empty();
        let carried = option.grounds.assumption || !option.grounds.claims.is_empty();
        if option.direction != Direction::Both || carried || !own || !free {
            all.insert(OptionId::from(at));
        }
    }
    let brought = form.acts.iter().map(|act| &act.with).chain(form.chances.iter().map(|chance| &chance.then));
    for (option, _) in brought.chain(game.deadlines.iter().map(|deadline| &deadline.then)).flatten() {
        all.insert(*option);
    }
    all
}

fn outcome(game: &Game, settings: &TrustSettings, solution: &Solution) -> Outcome {
    let verdicts = &*solution.verdicts;
    let count = |set: Option<Box<dyn StateSet + '_>>| set.map(|s| s.count()).unwrap_or_default();
    Outcome {
        feasible: verdicts.feasible().count(),
        equilibria: count(verdicts.lasting(settings.concept)),
        stable: game.actor_ids().map(|a| count(verdicts.stable(settings.concept, a))).collect(),
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
