//! Sixty-four worlds side by side: which level each input has, and what stands then.
//!
//! A *world* is one combination of levels; the model that follows from it is a game. Everything is
//! one word of 64 bits per question, one bit per world.

use detente_model::{ClaimId, Form, Game, Grounds, OptionId, Preference, Rule, RuleKind, Statement, Weighed};

use super::inputs::{Doubt, Ensemble, Want};

/// How many worlds a word holds.
pub(crate) const LANES: usize = 64;

/// The choice of a ranking: all its terms count.
pub(crate) const ALL: usize = usize::MAX;

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

    /// Where a wish stands as written, and where the actor wants its contrary.
    fn wanted(&self, doubt: Option<Doubt>) -> [u64; 2] {
        let Some(doubt) = doubt else { return [u64::MAX, 0] };
        let contrary = doubt.contrary.map_or(0, |level| self.at(doubt.input, level));
        [self.at(doubt.input, 0), contrary]
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
    /// Per definition: where it stands for what it is defined as.
    pub(crate) definitions: Vec<u64>,
    /// Per actor: the parts of its preference that count somewhere.
    pub(crate) parts: Vec<Vec<Part>>,
    /// Per actor: its wishes as written where they are missing: neither they nor their contrary count.
    pub(crate) missing: Vec<Vec<Part>>,
}

/// A part of a preference and the worlds in which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    /// Which type of the actor.
    pub(crate) kind: usize,
    /// Which place of its list (a ranking: 0).
    pub(crate) place: usize,
    /// Which choice at that place: see [`super::inputs::Slot`]; weights: 0, or 1 for the contrary; a ranking: [`ALL`].
    pub(crate) choice: usize,
    /// How many places of the list are less important.
    pub(crate) below: usize,
    /// The worlds.
    pub(crate) lanes: u64,
}

impl Standing {
    /// So many rules and options that stand in all worlds; nobody wants anything yet.
    pub(crate) fn certain(rules: usize, options: usize) -> Self {
        let all = |count| vec![u64::MAX; count];
        Self { rules: all(rules), options: all(options), assumptions: u64::MAX, ..Self::default() }
    }

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
                options.push(worlds.stands(*input) & self.stands(&option.grounds));
            }
        }
        self.definitions.clear();
        self.definitions.extend(ensemble.definitions.iter().map(|input| worlds.stands(*input)));
        (self.rules, self.cannot, self.options) = (rules, cannot, options);
        let (mut parts, mut missing) = (std::mem::take(&mut self.parts), std::mem::take(&mut self.missing));
        parts.resize_with(ensemble.wants.len(), Vec::new);
        missing.resize_with(ensemble.wants.len(), Vec::new);
        for ((wants, parts), missing) in ensemble.wants.iter().zip(&mut parts).zip(&mut missing) {
            parts.clear();
            missing.clear();
            let types = self.chosen(worlds, wants.which, &wants.grounds);
            for (kind, (want, lanes)) in wants.types.iter().zip(types).enumerate() {
                if lanes != 0 {
                    self.preference(worlds, kind, want, lanes, (&mut *parts, &mut *missing));
                }
            }
        }
        (self.parts, self.missing) = (parts, missing);
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

    /// The parts of one preference that count, and those that are missing.
    fn preference(
        &self,
        worlds: &Worlds,
        kind: usize,
        want: &Want,
        lanes: u64,
        (parts, missing): (&mut Vec<Part>, &mut Vec<Part>),
    ) {
        let mut add = |place, choice, below, lanes| {
            if lanes != 0 {
                parts.push(Part { kind, place, choice, below, lanes });
            }
        };
        let mut lacks = |place, choice, below, lanes| {
            if lanes != 0 {
                missing.push(Part { kind, place, choice, below, lanes });
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
                        let wanted = worlds.wanted(slot.doubt).map(|wanted| wanted & chosen & lanes);
                        // Another statement whose grounds fall is not chosen: then it is as written.
                        let below = slots.len() - 1 - rank;
                        let mut written = u64::MAX;
                        let mut there = 0;
                        for (choice, statement) in slot.choices[..slot.written].iter().enumerate().skip(1) {
                            let chosen = slot.instead.map_or(0, |input| worlds.at(input, choice));
                            let picked = chosen & self.stands(&statement.grounds);
                            written &= !picked;
                            for (turned, here) in wanted.iter().enumerate() {
                                there |= here & picked;
                                add(*place, choice + turned * slot.written, below, here & picked);
                            }
                        }
                        let written = written & self.stands(&slot.choices[0].grounds);
                        for (turned, here) in wanted.iter().enumerate() {
                            there |= here & written;
                            add(*place, turned * slot.written, below, here & written);
                        }
                        lacks(*place, 0, below, chosen & lanes & !there);
                    }
                }
            }
            Want::Weights(list) => {
                for (place, w) in list.iter().enumerate() {
                    let stands = lanes & self.stands(&w.grounds);
                    let [so, turned] = worlds.wanted(w.doubt).map(|wanted| wanted & stands);
                    add(place, 0, 0, so);
                    add(place, 1, 0, turned);
                    lacks(place, 0, 0, lanes & !(so | turned));
                }
            }
            Want::Ranking(grounds) => {
                let stands = self.stands(grounds);
                add(0, ALL, 0, lanes & stands);
                lacks(0, ALL, 0, lanes & !stands);
            }
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

    /// The worlds in which some wish is missing.
    pub(crate) fn lacking(&self) -> u64 {
        self.missing.iter().flatten().fold(0, |all, part| all | part.lanes)
    }

    /// What tells the model of one world from those of others.
    pub(crate) fn signature(&self, lane: usize) -> Vec<u64> {
        let here = |lanes: &u64| lanes >> lane & 1;
        let single = [&self.claims, &self.rules, &self.cannot, &self.options, &self.definitions];
        let single = single.into_iter().flatten().chain(std::iter::once(&self.assumptions));
        let mut words = vec![0];
        for (at, lanes) in single.enumerate() {
            if at % 64 == 0 && at > 0 {
                words.push(0);
            }
            if let Some(word) = words.last_mut() {
                *word |= here(lanes) << (at % 64);
            }
        }
        for parts in self.parts.iter().chain(&self.missing) {
            words.push(u64::MAX);
            for part in parts.iter().filter(|part| here(&part.lanes) == 1) {
                words.extend([part.kind as u64, part.place as u64, part.choice as u64, part.below as u64]);
            }
        }
        words
    }

    /// The game of one world.
    pub(crate) fn game(&self, ensemble: &Ensemble, lane: usize) -> Game {
        let mut game = self.rest_of(ensemble, lane);
        game.preferences = self.preferences(ensemble, lane, false);
        game
    }

    /// What the actors of one world want; `restored`: with the wishes that are missing put back, as written.
    pub(crate) fn preferences(&self, ensemble: &Ensemble, lane: usize, restored: bool) -> Vec<Preference> {
        let here = |part: &&Part| part.lanes >> lane & 1 == 1;
        let mut all = Vec::with_capacity(ensemble.wants.len());
        for (actor, wants) in ensemble.wants.iter().enumerate() {
            let missing = self.missing.get(actor).into_iter().flatten().filter(|_| restored);
            let parts = self.parts.get(actor).into_iter().flatten();
            let mut parts: Vec<&Part> = parts.chain(missing).filter(here).collect();
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
                        let weight = if part.choice == 0 { w.weight } else { w.weight.saturating_neg() };
                        let (that, grounds) = (w.that.clone(), w.grounds.clone());
                        weights.push(Weighed { id: None, that, weight, grounds, confidence: None });
                    }
                    Want::Ranking(_) => ranking = ensemble.conflict.game.preferences.get(actor).cloned(),
                }
            }
            all.push(match ranking {
                Some(ranking) => ranking,
                None if weights.is_empty() => Preference::Statements(statements),
                None => Preference::Weights(weights),
            });
        }
        all
    }

    /// The game of one world but for what its actors want.
    fn rest_of(&self, ensemble: &Ensemble, lane: usize) -> Game {
        let mut game = ensemble.conflict.game.clone();
        let here = |lanes: &u64| lanes >> lane & 1 == 1;
        if let Form::Options(form) = &mut game.form {
            let mut rules = self.rules.iter();
            form.rules.retain(|_| rules.next().is_none_or(here));
            let mut cannot = self.cannot.iter();
            form.cannot.retain(|_| cannot.next().is_none_or(here));
            for (definition, lanes) in form.definitions.iter_mut().zip(&self.definitions) {
                if let Some(otherwise) = definition.otherwise.as_ref().filter(|_| !here(lanes)) {
                    definition.that = otherwise.clone();
                }
            }
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
        if ensemble.changes_more() {
            let fallen = self.claims.iter().enumerate().filter(|(_, lanes)| !here(lanes));
            let fallen = fallen.map(|(at, _)| ClaimId::from(at)).collect();
            game.strike(&fallen, self.assumptions >> lane & 1 == 0);
        }
        game
    }
}
