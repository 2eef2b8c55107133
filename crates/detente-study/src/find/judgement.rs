//! The judgement to check first: of whoever wrote the case, the one whose reversal turns the headline.
//!
//! # Definition
//! A *judgement* is a wish, a rule, a condition, or what a name means. It is *reversed* as a sceptic would: a wish that is
//! one thing is turned round in its place (of a wish over levels all statements; a weight counts the other way), one that
//! joins several is taken away, for its contrary is nothing that anybody means; a rule or a condition does not hold; a
//! name means what it means otherwise. It *turns* the headline when the case so changed answers its question otherwise.
//! Those that turn it are told by their total effect on the share of models in which the answer is yes, largest first
//! (total-order index; 0 for what is not in doubt); ties by how many claims rest on them, then in file order.
//!
//! # Complexity
//! The case is solved once for each judgement, under one concept; then, where several turn it and models can be drawn,
//! some hundred models for each of these.

use detente_engine::ensemble::{About, Asked, AttributionSettings, Factor, SampleSettings, Sampler};
use detente_engine::{LimitHit, Settings};
use detente_model::{
    ActorId, Concept, Conflict, DefinitionId, Form, Game, Grounds, OptionId, Preference, Question,
    QuestionKind, RuleKind, Sequences, Statement,
};
use num_bigint::BigUint;

use crate::find::caps::DRAWN;
use crate::find::findings::Findings;
use crate::find::headline::is_yes;
use crate::find::price;

/// Base draws for total effects.
const DRAWS: u64 = 512;

/// By this number models are drawn.
const SEED: u64 = 1;

/// One judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// A wish, by the place of its first statement.
    Wish {
        /// Whose.
        actor: ActorId,
        /// Where it stands.
        place: usize,
        /// Whether the contrary is put in its place; else it is taken away.
        contrary: bool,
    },
    /// A rule, by its place.
    Rule(usize),
    /// A condition of an option or act: on beginning (else on ending), and its place.
    Condition(OptionId, bool, usize),
    /// What a name means.
    Meaning(DefinitionId),
}

/// A judgement whose reversal turns the headline.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Which.
    pub judgement: Judgement,
    /// The answer then: yes or no; `None`: neither, for what the question takes as given no longer holds anywhere.
    pub then: Option<bool>,
    /// Its total effect on the share of models that say yes; `None`: it is not in doubt, or no models were drawn.
    pub effect: Option<f64>,
}

/// How a judgement is reversed in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reversal {
    /// The contrary stands in its place.
    Contrary,
    /// It is taken away.
    Without,
    /// By hand: it stands with others, or in more than one line.
    ByHand,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgements {
    /// Those that turn the headline, the first to check first.
    pub turning: Vec<Turn>,
    /// How many were reversed.
    pub tried: usize,
    /// What kept some from being reversed.
    pub limit: Option<LimitHit>,
}

impl Judgements {
    /// What turns the answer `yes` to `question` under `which`.
    pub(super) fn of(found: &Findings, question: &Question, which: Concept, yes: bool) -> Self {
        let game = &found.conflict.game;
        // With acts and conditions every game lists its moves anew, and takes as long as the first.
        let exceeded = price::exceeded(found, which)
            .or_else(|| (!game.only_own_moves()).then(|| price::too_many(found)).flatten());
        if let Some(cap) = exceeded {
            let hit = cap.hit("the judgement to check first", "not begun", "");
            return Self { limit: Some(hit), ..Self::default() };
        }
        let settings = Settings { concepts: vec![which], ..Settings::default() };
        let mut all = Self::default();
        for judgement in judgements(game) {
            if let Some(hit) = found.stopped("the judgement to check first") {
                all.limit = Some(hit);
                break;
            }
            let Some(changed) = reversed(game, judgement) else { continue };
            match detente_engine::solve(&changed, &settings, &*found.watch) {
                Ok(solution) => {
                    all.tried += 1;
                    let Some(lasting) = solution.verdicts.lasting(which) else { continue };
                    let then = is_yes(&*lasting, question);
                    if then != Some(yes) {
                        all.turning.push(Turn { judgement, then, effect: None });
                    }
                }
                Err(detente_engine::SolveError::Stopped(hit)) => {
                    all.limit = Some(hit);
                    break;
                }
                // Without it nothing is possible, or a ranking no longer fits: there is no such case to compare with.
                Err(_) => {}
            }
        }
        if let Some(hit) = &mut all.limit {
            hit.reached = format!("{} of them reversed", all.tried);
        }
        all.order(found, question, which);
        all
    }

    fn order(&mut self, found: &Findings, question: &Question, which: Concept) {
        let conflict = &found.conflict;
        if self.turning.len() > 1 {
            let effects = effects(found, question, which, &self.turning).unwrap_or_default();
            for (turn, effect) in self.turning.iter_mut().zip(effects) {
                turn.effect = effect;
            }
        }
        // Stable: those that tie stay in file order.
        self.turning.sort_by(|a, b| {
            let key = |turn: &Turn| turn.effect.unwrap_or(0.0);
            let claims = |turn: &Turn| turn.judgement.grounds(conflict).map_or(0, |g| g.claims.len());
            key(b).total_cmp(&key(a)).then(claims(b).cmp(&claims(a)))
        });
    }
}

impl Judgement {
    /// Where it stands in the file, as parts of a case are addressed, and how it is reversed there.
    #[must_use]
    pub fn in_file(self, conflict: &Conflict) -> (String, Reversal) {
        let game = &conflict.game;
        match self {
            Self::Wish { actor, place, contrary } => {
                let id = game.actors.get(actor.index()).map_or("", |actor| actor.id.as_str());
                let (list, at, levels) = match game.preferences.get(actor.index()) {
                    // A wish over levels is several statements, and one entry of the file.
                    Some(Preference::Statements(list)) => {
                        let first =
                            |wish: &&Statement| wish.levels.as_ref().is_none_or(|levels| levels.at == 0);
                        let levels = list.get(place).is_some_and(|wish| wish.levels.is_some());
                        ("prefers", list.iter().take(place).filter(first).count(), levels)
                    }
                    _ => ("weighs", place, false),
                };
                let reversal = match (contrary, levels) {
                    (true, true) => Reversal::ByHand,
                    (true, false) => Reversal::Contrary,
                    (false, _) => Reversal::Without,
                };
                (format!("actor.{id}.{list}[{at}]"), reversal)
            }
            Self::Rule(at) => (format!("rule[{at}]"), Reversal::Without),
            Self::Condition(switch, ..) => {
                let name = game.option_name(switch);
                let address = match name.split_once('.') {
                    Some(("act" | "chance", _)) | None => name,
                    Some((owner, option)) => format!("actor.{owner}.option.{option}"),
                };
                (address, Reversal::ByHand)
            }
            Self::Meaning(definition) => {
                let meant = game.option_form().and_then(|form| form.definitions.get(definition.index()));
                (format!("define.{}", meant.map_or("", |d| d.id.as_str())), Reversal::ByHand)
            }
        }
    }

    /// What it rests on.
    #[must_use]
    pub fn grounds(self, conflict: &Conflict) -> Option<&Grounds> {
        let form = conflict.game.option_form();
        match self {
            Self::Wish { actor, place, .. } => match conflict.game.preferences.get(actor.index())? {
                Preference::Statements(list) => list.get(place).map(|wish| &wish.grounds),
                Preference::Weights(list) => list.get(place).map(|wish| &wish.grounds),
                Preference::Ranking(ranking) => Some(&ranking.grounds),
            },
            Self::Rule(at) => form?.rules.get(at).map(|rule| &rule.grounds),
            Self::Condition(switch, begins, at) => {
                let option = form?.options.get(switch.index())?;
                let list = if begins { &option.begins_if } else { &option.ends_if };
                list.get(at).map(|condition| &condition.grounds)
            }
            Self::Meaning(definition) => form?.definitions.get(definition.index()).map(|d| &d.grounds),
        }
    }

    /// What models are drawn by, where it is in doubt.
    fn about(self) -> Option<About> {
        match self {
            Self::Wish { actor, place, .. } => Some(About::Statement(actor, 0, place)),
            Self::Rule(at) => Some(About::Rule(at)),
            Self::Condition(..) => None,
            Self::Meaning(definition) => Some(About::Definition(definition)),
        }
    }
}

/// Every judgement of a game, in file order.
fn judgements(game: &Game) -> Vec<Judgement> {
    let mut all = Vec::new();
    if let Form::Options(form) = &game.form {
        for thing in game.things() {
            let Some(option) = form.options.get(thing.index()) else { continue };
            for (begins, list) in [(true, &option.begins_if), (false, &option.ends_if)] {
                all.extend((0..list.len()).map(|at| Judgement::Condition(thing, begins, at)));
            }
        }
        let meant = form.definitions.iter().enumerate().filter(|(_, d)| d.otherwise.is_some());
        all.extend(meant.map(|(at, _)| Judgement::Meaning(DefinitionId::from(at))));
        let written = |kind: &RuleKind| !matches!(kind, RuleKind::Chain(..) | RuleKind::Unavailable(_));
        let rules = form.rules.iter().enumerate().filter(|(_, rule)| written(&rule.kind));
        all.extend(rules.map(|(at, _)| Judgement::Rule(at)));
    }
    for (at, preference) in game.preferences.iter().enumerate() {
        let actor = ActorId::from(at);
        match preference {
            Preference::Statements(list) => {
                for (place, wish) in list.iter().enumerate() {
                    if !wish.unknown && wish.levels.as_ref().is_none_or(|levels| levels.at == 0) {
                        all.push(Judgement::Wish { actor, place, contrary: wish.is_one_thing() });
                    }
                }
            }
            Preference::Weights(list) => {
                all.extend((0..list.len()).map(|place| Judgement::Wish { actor, place, contrary: true }));
            }
            // One judgement of everything: its reversal says nothing that anybody could check.
            Preference::Ranking(_) => {}
        }
    }
    all
}

/// The game with one judgement reversed; `None`: a weight has no contrary.
fn reversed(game: &Game, judgement: Judgement) -> Option<Game> {
    let mut game = game.clone();
    match judgement {
        Judgement::Wish { actor, place, contrary } => match game.preferences.get_mut(actor.index())? {
            Preference::Statements(list) => {
                let count = list.get(place)?.levels.as_ref().map_or(1, |levels| levels.count as usize);
                let end = place.saturating_add(count).min(list.len());
                if contrary {
                    for wish in &mut list[place..end] {
                        wish.that = wish.that.clone().negate();
                    }
                } else {
                    list.drain(place..end);
                }
            }
            Preference::Weights(list) => {
                let wish = list.get_mut(place)?;
                wish.weight = wish.weight.checked_neg()?;
            }
            Preference::Ranking(_) => return None,
        },
        Judgement::Rule(at) => {
            let Form::Options(form) = &mut game.form else { return None };
            form.rules.remove(at);
        }
        Judgement::Condition(switch, begins, at) => {
            let Form::Options(form) = &mut game.form else { return None };
            // All switches of a thing with levels have it.
            let bits = form.scale_of(switch).map_or(1, |scale| scale.bits);
            for option in form.options.iter_mut().skip(switch.index()).take(bits as usize) {
                let list = if begins { &mut option.begins_if } else { &mut option.ends_if };
                if at < list.len() {
                    list.remove(at);
                }
            }
        }
        Judgement::Meaning(definition) => {
            let Form::Options(form) = &mut game.form else { return None };
            let definition = form.definitions.get_mut(definition.index())?;
            definition.that = definition.otherwise.take()?;
        }
    }
    Some(game)
}

/// The total effect of each on the share of models that say yes; `None`: no models can be drawn quickly.
fn effects(
    found: &Findings,
    question: &Question,
    which: Concept,
    turning: &[Turn],
) -> Option<Vec<Option<f64>>> {
    let conflict = &found.conflict;
    if found.feasible().count() > BigUint::from(DRAWN.most) {
        return None;
    }
    let settings = SampleSettings {
        concepts: vec![which],
        sequences: Sequences::default(),
        targets: vec![question.outcome.clone()?],
        given: vec![question.given.clone()],
        one_by_one: false,
    };
    let sampler = Sampler::new(conflict, settings, conflict.ensemble_key(SEED), &*found.watch).ok()?;
    if !sampler.in_lanes() {
        return None;
    }
    let inputs: Vec<Option<usize>> = turning
        .iter()
        .map(|turn| {
            let about = turn.judgement.about()?;
            sampler.ensemble.inputs.iter().position(|input| input.about == about)
        })
        .collect();
    let factor = |input: &usize| Factor { inputs: vec![(*input, 1.0)], settings: Vec::new() };
    let every = question.kind == QuestionKind::Certain;
    let asked = AttributionSettings {
        asked: vec![Asked { concept: 0, target: 0, every }],
        factors: inputs.iter().flatten().map(factor).collect(),
    };
    if asked.factors.is_empty() {
        return None;
    }
    let drawn = sampler.attribute(0..DRAWS, &asked, &*found.watch).ok()?;
    let moved = drawn.attribution(&asked, &[0.0], 0.0).items.into_iter().next()?;
    let mut total = moved.total.into_iter();
    Some(
        inputs
            .into_iter()
            .map(|input| input.and_then(|_| total.next().flatten()).map(|found| found.value))
            .collect(),
    )
}
