//! Sixty-four worlds side by side: which level each input has, and what stands then.
//!
//! A *world* is one combination of levels; the model that follows from it is a game. Everything is
//! one word of 64 bits per question, one bit per world.

use detente_model::{Form, Game, Grounds, OptionId, Preference, Rule, RuleKind, Statement, Weighed};

use super::inputs::{Ensemble, Want};

/// How many worlds a word holds.
pub(crate) const LANES: usize = 64;

/// Which level each input has in each world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worlds {
    /// Where the levels of each input begin in `masks`.
    starts: Vec<usize>,
    masks: Vec<u64>,
}

impl Worlds {
    /// Worlds without any level yet.
    pub(crate) fn new(ensemble: &Ensemble) -> Self {
        let mut starts = vec![0];
        for input in &ensemble.inputs {
            starts.push(starts[starts.len() - 1] + input.levels.len());
        }
        let masks = vec![0; starts[starts.len() - 1]];
        Self { starts, masks }
    }

    pub(crate) fn clear(&mut self) {
        self.masks.fill(0);
    }

    /// The worlds in which `input` has `level`.
    pub(crate) fn at(&self, input: usize, level: usize) -> u64 {
        self.masks[self.starts[input] + level]
    }

    /// Gives `input` the level `level` in `lane`, where it has none yet.
    pub(crate) fn set(&mut self, input: usize, level: usize, lane: usize) {
        self.masks[self.starts[input] + level] |= 1 << lane;
    }

    /// Gives `input` the level `level` in the worlds of `lanes`.
    pub(crate) fn force(&mut self, input: usize, level: usize, lanes: u64) {
        for at in self.starts[input]..self.starts[input + 1] {
            self.masks[at] &= !lanes;
        }
        self.masks[self.starts[input] + level] |= lanes;
    }

    /// Gives `input` the levels that it has in `other`, in the worlds of `lanes`.
    pub(crate) fn copy(&mut self, other: &Self, input: usize, lanes: u64) {
        for at in self.starts[input]..self.starts[input + 1] {
            self.masks[at] = self.masks[at] & !lanes | other.masks[at] & lanes;
        }
    }

    fn stands(&self, input: Option<usize>) -> u64 {
        input.map_or(u64::MAX, |input| self.at(input, 0))
    }
}

/// What stands in each world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    claims: Vec<u64>,
    assumptions: u64,
    /// Per rule: where it holds.
    pub(crate) rules: Vec<u64>,
    /// Per move taken away: where it is.
    pub(crate) cannot: Vec<u64>,
    /// Per option: where it is available.
    pub(crate) options: Vec<u64>,
    /// Per actor: the parts of its preference that count somewhere.
    pub(crate) parts: Vec<Vec<Part>>,
}

/// A part of a preference and the worlds in which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Which type of the actor.
    pub(crate) kind: usize,
    /// Which place of its list (a ranking: 0).
    pub(crate) place: usize,
    /// Which choice at that place.
    pub(crate) choice: usize,
    /// How many places of the list are less important.
    pub(crate) below: usize,
    /// The worlds.
    pub(crate) lanes: u64,
}

impl Standing {
    pub(crate) fn of(&mut self, ensemble: &Ensemble, worlds: &Worlds) {
        let all = |inputs: &[usize]| inputs.iter().fold(u64::MAX, |m, input| m & worlds.at(*input, 0));
        self.claims.clear();
        self.claims.extend(ensemble.claims.iter().map(|claim| all(&claim.inputs)));
        self.assumptions = all(&ensemble.assumptions);
        let (mut rules, mut cannot, mut options) = (
            std::mem::take(&mut self.rules),
            std::mem::take(&mut self.cannot),
            std::mem::take(&mut self.options),
        );
        rules.clear();
        cannot.clear();
        options.clear();
        if let Some(form) = ensemble.conflict.game.option_form() {
            for (rule, input) in form.rules.iter().zip(&ensemble.rules) {
                rules.push(worlds.stands(*input) & self.stands(&rule.grounds));
            }
            cannot.extend(form.cannot.iter().map(|cannot| self.stands(&cannot.grounds)));
            for (option, input) in form.options.iter().zip(&ensemble.options) {
                let assumed = if option.grounds.assumption { self.assumptions } else { u64::MAX };
                options.push(worlds.stands(*input) & assumed);
            }
        }
        (self.rules, self.cannot, self.options) = (rules, cannot, options);
        let mut parts = std::mem::take(&mut self.parts);
        parts.resize_with(ensemble.wants.len(), Vec::new);
        for (wants, parts) in ensemble.wants.iter().zip(&mut parts) {
            parts.clear();
            let types = self.chosen(worlds, wants.which, &wants.grounds);
            for (kind, (want, lanes)) in wants.types.iter().zip(types).enumerate() {
                if lanes != 0 {
                    self.preference(worlds, kind, want, lanes, parts);
                }
            }
        }
        self.parts = parts;
    }

    /// Where each choice is made; one whose grounds fall is not: then it is as written.
    fn chosen(&self, worlds: &Worlds, input: Option<usize>, grounds: &[Grounds]) -> Vec<u64> {
        let Some(input) = input else {
            let mut only = vec![0; grounds.len()];
            only[0] = u64::MAX;
            return only;
        };
        let mut lanes: Vec<u64> = (grounds.iter().enumerate())
            .map(
                |(level, grounds)| {
                    if level == 0 { 0 } else { worlds.at(input, level) & self.stands(grounds) }
                },
            )
            .collect();
        lanes[0] = !lanes.iter().fold(0, |all, lanes| all | lanes);
        lanes
    }

    fn preference(&self, worlds: &Worlds, kind: usize, want: &Want, lanes: u64, parts: &mut Vec<Part>) {
        let mut add = |place, choice, below, lanes| {
            if lanes != 0 {
                parts.push(Part { kind, place, choice, below, lanes });
            }
        };
        match want {
            Want::Statements { slots, orders, order, grounds } => {
                for (order, chosen) in orders.iter().zip(self.chosen(worlds, *order, grounds)) {
                    if chosen & lanes == 0 {
                        continue;
                    }
                    for (rank, place) in order.iter().enumerate() {
                        let slot = &slots[*place];
                        let here = worlds.stands(slot.confidence) & chosen & lanes;
                        // Another statement whose grounds fall is not chosen: then it is as written.
                        let below = slots.len() - 1 - rank;
                        let mut written = u64::MAX;
                        for (choice, statement) in slot.choices.iter().enumerate().skip(1) {
                            let chosen = slot.instead.map_or(0, |input| worlds.at(input, choice));
                            let picked = chosen & self.stands(&statement.grounds);
                            written &= !picked;
                            add(*place, choice, below, here & picked);
                        }
                        add(*place, 0, below, here & written & self.stands(&slot.choices[0].grounds));
                    }
                }
            }
            Want::Weights(list) => {
                for (place, w) in list.iter().enumerate() {
                    add(place, 0, 0, worlds.stands(w.confidence) & lanes & self.stands(&w.grounds));
                }
            }
            Want::Ranking(grounds) => add(0, 0, 0, lanes & self.stands(grounds)),
        }
    }

    /// Where what rests on `grounds` stands, as far as they decide it.
    fn stands(&self, grounds: &Grounds) -> u64 {
        let assumed = if grounds.assumption { self.assumptions } else { u64::MAX };
        if grounds.claims.is_empty() {
            return assumed;
        }
        let some = |all: u64, claim: &detente_model::ClaimId| {
            all | self.claims.get(claim.index()).copied().unwrap_or(u64::MAX)
        };
        assumed & grounds.claims.iter().fold(0, some)
    }

    /// The game of one world.
    pub(crate) fn game(&self, ensemble: &Ensemble, lane: usize) -> Game {
        let mut game = ensemble.conflict.game.clone();
        let here = |lanes: &u64| lanes >> lane & 1 == 1;
        if let Form::Options(form) = &mut game.form {
            let mut rules = self.rules.iter();
            form.rules.retain(|_| rules.next().is_none_or(here));
            let mut cannot = self.cannot.iter();
            form.cannot.retain(|_| cannot.next().is_none_or(here));
            for (option, lanes) in self.options.iter().enumerate() {
                if !here(lanes) {
                    // An option that is not there is never on, and off where things stand.
                    if let Some(state) = &mut game.status_quo {
                        state.set(OptionId::from(option), false);
                    }
                    form.rules.push(Rule {
                        id: None,
                        kind: RuleKind::Unavailable(OptionId::from(option)),
                        grounds: Grounds::default(),
                        confidence: None,
                    });
                }
            }
        }
        for (actor, (wants, parts)) in ensemble.wants.iter().zip(&self.parts).enumerate() {
            let mut parts: Vec<&Part> = parts.iter().filter(|part| here(&part.lanes)).collect();
            parts.sort_by_key(|part| (std::cmp::Reverse(part.below), part.place));
            let mut statements: Vec<Statement> = Vec::new();
            let mut weights: Vec<Weighed> = Vec::new();
            let mut ranking = None;
            for part in parts {
                match &wants.types[part.kind] {
                    Want::Statements { slots, .. } => {
                        statements.push(slots[part.place].choices[part.choice].clone());
                    }
                    Want::Weights(list) => {
                        let w = &list[part.place];
                        let (that, weight, grounds) = (w.that.clone(), w.weight, w.grounds.clone());
                        weights.push(Weighed { id: None, that, weight, grounds, confidence: None });
                    }
                    Want::Ranking(_) => ranking = game.preferences.get(actor).cloned(),
                }
            }
            if let Some(preference) = game.preferences.get_mut(actor) {
                *preference = match ranking {
                    Some(ranking) => ranking,
                    None if weights.is_empty() => Preference::Statements(statements),
                    None => Preference::Weights(weights),
                };
            }
        }
        game
    }
}
