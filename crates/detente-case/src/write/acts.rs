//! Acts, chance events, assemblies, dates, sayings and readings as tables of a case file.

use detente_model::{
    Act, ActTerms, Assent, AssentSaid, Condition, Deadline, Direction, Opt, OptionForm, OptionId, RuleKind,
    SaidKind, Scale, State, Values,
};

use crate::write::case::Writer;
use crate::write::value::{Pairs, list, number, quoted, texts};

impl Writer<'_> {
    /// The things that are on in a state, and the levels of those that are not at their lowest.
    pub(super) fn state_parts(&self, state: &State) -> (Vec<String>, Pairs) {
        let game = &self.conflict.game;
        let (mut on, mut levels) = (Vec::new(), Pairs::default());
        for thing in game.things() {
            let name = game.option_name(thing);
            match game.option_form().and_then(|form| form.scale_of(thing)) {
                None if state.is_on(thing) => on.push(name),
                None => {}
                Some(scale) => match scale.value(state) {
                    Some(0) if !scale.can_be_off() => {}
                    Some(place) => drop(levels.add(&quoted(&name), level(scale, place))),
                    None => {}
                },
            }
        }
        (on, levels)
    }

    /// What options and acts have in common: levels, direction, conditions, versions, levers, confidence.
    pub(super) fn thing(&self, pairs: &mut Pairs, thing: OptionId, option: &Opt) {
        let form = self.conflict.game.option_form();
        let scale = form.and_then(|form| form.scale_of(thing));
        if let Some(scale) = scale {
            pairs.add("levels", list((0..scale.values.len()).map(|place| level(scale, place))));
            pairs.maybe_text("unit", scale.unit.as_ref());
        }
        match (option.direction, scale.is_some()) {
            (Direction::Both, _) => {}
            (Direction::OnOnly, false) => drop(pairs.text("moves", "on_only")),
            (Direction::OffOnly, false) => drop(pairs.text("moves", "off_only")),
            (Direction::OnOnly, true) => drop(pairs.text("moves", "up_only")),
            (Direction::OffOnly, true) => drop(pairs.text("moves", "down_only")),
        }
        for (key, conditions) in [("begins_if", &option.begins_if), ("ends_if", &option.ends_if)] {
            if !conditions.is_empty() {
                pairs.add(key, self.conditions(conditions));
            }
        }
        // Where its ban is lifted (a variant is written as a case of its own) it is there for good.
        let banned = |form: &OptionForm| {
            form.rules
                .iter()
                .any(|rule| matches!(rule.kind, RuleKind::Unavailable(switch) if switch == thing))
        };
        let only_in = self.only_in(option);
        if !only_in.is_empty() && form.is_some_and(banned) {
            pairs.add("only_in", texts(only_in));
        }
        if let Some(lever) = option.lever {
            pairs.add("lever", format!("{{ cost = {} }}", number(lever.cost)));
        }
        pairs.maybe_share("confidence", option.confidence);
    }

    /// The variants in which an option is there, of those that the case has.
    pub(super) fn only_in<'o>(&self, option: &'o Opt) -> Vec<&'o String> {
        option.only_in.iter().filter(|id| self.conflict.variant(id).is_some()).collect()
    }

    fn conditions(&self, conditions: &[Condition]) -> String {
        let one = |condition: &Condition| {
            let mut pairs = Pairs::default();
            pairs.add("that", self.formula(&condition.that));
            self.grounds(&mut pairs, &condition.grounds);
            pairs.only("that").map_or_else(|| pairs.inline(), ToOwned::to_owned)
        };
        match conditions {
            [only] => one(only),
            several => list(several.iter().map(one)),
        }
    }

    /// `[assembly.ID]` and `[act.ID]`.
    pub(super) fn acts(&mut self, form: &OptionForm) {
        for assembly in &form.assemblies {
            let mut seats = Pairs::default();
            for (owner, _, count) in &assembly.seats {
                seats.add(owner, count.to_string());
            }
            let mut pairs = Pairs::default();
            pairs.add("seats", seats.inline());
            self.table(&format!("assembly.{}", assembly.id), &pairs);
        }
        for act in &form.acts {
            let mut pairs = Pairs::default();
            pairs.text("text", &act.text).add("parties", self.actors_of(&act.parties));
            if act.begins.said != AssentSaid::All {
                pairs.add("begins", self.assent(&act.begins));
            }
            if act.ends.said != AssentSaid::Any || act.parties.len() > 2 {
                pairs.add("ends", self.assent(&act.ends));
            }
            pairs.maybe_text("with", self.with(act).as_ref());
            if let Some(option) = form.options.get(act.first.index()) {
                self.thing(&mut pairs, act.first, option);
            }
            self.grounds(&mut pairs, &act.grounds);
            self.table(&format!("act.{}", act.id), &pairs);
        }
    }

    /// What an overlay says of an act, in full.
    pub(super) fn terms(&self, terms: &ActTerms) -> Pairs {
        let act = &terms.act;
        let mut pairs = Pairs::default();
        pairs
            .text("text", &act.text)
            .add("parties", self.actors_of(&act.parties))
            .add("begins", self.assent(&act.begins))
            .add("ends", self.assent(&act.ends))
            .text("with", &self.with(act).unwrap_or_else(|| "true".to_owned()))
            .add("begins_if", self.conditions(&terms.begins_if))
            .add("ends_if", self.conditions(&terms.ends_if));
        self.grounds(&mut pairs, &act.grounds);
        pairs
    }

    /// What is switched with an act, as the file says it.
    fn with(&self, act: &Act) -> Option<String> {
        act.with_text.clone().or_else(|| (!act.with.is_empty()).then(|| self.literals(&act.with)))
    }

    fn assent(&self, assent: &Assent) -> String {
        let needing = |key: &str, value: String, needs: u64| {
            let mut pairs = Pairs::default();
            pairs.add(key, value).add("needs", needs.to_string());
            pairs.inline()
        };
        match &assent.said {
            AssentSaid::All => quoted("all"),
            AssentSaid::Any => quoted("any"),
            AssentSaid::Never => quoted("never"),
            AssentSaid::Groups(groups) => list(groups.iter().map(|group| match group.as_slice() {
                [one] => quoted(&self.actor(*one)),
                several => self.actors_of(several),
            })),
            AssentSaid::Needs(needs) => format!("{{ needs = {needs} }}"),
            AssentSaid::Votes(votes, needs) => {
                let mut by = Pairs::default();
                for (actor, count) in votes {
                    by.add(&self.actor(*actor), count.to_string());
                }
                needing("votes", by.inline(), *needs)
            }
            AssentSaid::Assembly(id, needs) => {
                let form = self.conflict.game.option_form();
                let name = form.and_then(|form| form.assemblies.get(id.index())).map_or("", |a| &a.id);
                needing("assembly", quoted(name), *needs)
            }
        }
    }

    /// `[chance.ID]` and `[deadline.ID]`.
    pub(super) fn time(&mut self, form: &OptionForm) {
        for chance in &form.chances {
            let mut pairs = Pairs::default();
            pairs
                .text("text", &chance.text)
                .maybe_date("on", chance.on.as_ref())
                .maybe_share("likelihood", chance.likelihood);
            if !chance.then.is_empty() {
                pairs.add("then", self.settings(&chance.then).inline());
            }
            if let Some(option) = form.options.get(chance.switch.index()) {
                self.thing(&mut pairs, chance.switch, option);
            }
            self.grounds(&mut pairs, &chance.grounds);
            self.table(&format!("chance.{}", chance.id), &pairs);
        }
        for deadline in &self.conflict.game.deadlines {
            self.table(&format!("deadline.{}", deadline.id), &self.deadline(deadline));
        }
    }

    pub(super) fn deadline(&self, deadline: &Deadline) -> Pairs {
        let mut pairs = Pairs::default();
        pairs.maybe_date("on", Some(&deadline.on)).maybe_text("title", deadline.title.as_ref());
        if let Some(unless) = &deadline.unless {
            pairs.add("unless", self.formula(unless));
        }
        pairs.add("then", self.settings(&deadline.then).inline());
        self.grounds(&mut pairs, &deadline.grounds);
        pairs
    }

    /// Settings of switches as things that are on, off, and at levels, in the order of the settings.
    fn things_set(&self, settings: &[(OptionId, bool)]) -> Vec<(String, Set)> {
        let game = &self.conflict.game;
        let mut found = Vec::new();
        for &(switch, on) in settings {
            let name = game.option_name(switch);
            let form = game.option_form();
            match form.and_then(|form| form.scale_of(switch)) {
                None => found.push((name, if on { Set::On } else { Set::Off })),
                // The settings of all its switches stand together: its first one tells for all.
                Some(scale) if scale.first == switch => {
                    let state =
                        State::with_on(settings.iter().filter(|(_, on)| *on).map(|(switch, _)| *switch));
                    found.push((
                        name,
                        scale.value(&state).map_or(Set::Off, |place| Set::Level(level(scale, place))),
                    ));
                }
                Some(_) => {}
            }
        }
        found
    }

    /// `{ on = […], off = […], levels = {…} }`.
    fn settings(&self, settings: &[(OptionId, bool)]) -> Pairs {
        let set = self.things_set(settings);
        let of = |which: &Set| -> Vec<&String> {
            set.iter().filter(|(_, set)| set == which).map(|(name, _)| name).collect()
        };
        let mut pairs = Pairs::default();
        for (key, names) in [("on", of(&Set::On)), ("off", of(&Set::Off))] {
            if !names.is_empty() {
                pairs.add(key, texts(names));
            }
        }
        let mut levels = Pairs::default();
        for (name, set) in &set {
            if let Set::Level(level) = set {
                levels.add(&quoted(name), level.clone());
            }
        }
        if !levels.is_empty() {
            pairs.add("levels", levels.inline());
        }
        pairs
    }

    /// The same as a formula.
    fn literals(&self, settings: &[(OptionId, bool)]) -> String {
        let one = |(name, set): (String, Set)| match set {
            Set::On => name,
            Set::Off => format!("not {name}"),
            Set::Level(level) => format!("{name} = {level}"),
        };
        self.things_set(settings).into_iter().map(one).collect::<Vec<_>>().join(" and ")
    }

    /// `[said.ID]`, `[[lever]]` and `[reading.ID]`.
    pub(super) fn sayings(&mut self) {
        for said in &self.conflict.said {
            let kind = SaidKind::ALL.iter().find(|(kind, _)| *kind == said.kind).map_or("", |(_, word)| word);
            let mut pairs = Pairs::default();
            pairs.text("kind", kind).text("by", &self.actor(said.by)).add("to", self.actors_of(&said.to));
            if let Some(when) = &said.when {
                pairs.add("if", self.formula(when));
            }
            pairs.add("then", self.formula(&said.then));
            if let Some(lever) = said.lever {
                pairs.add("lever", format!("{{ cost = {} }}", number(lever.cost)));
            }
            self.grounds(&mut pairs, &said.grounds);
            self.table(&format!("said.{}", said.id), &pairs);
        }
        for lever in &self.conflict.levers {
            let mut pairs = Pairs::default();
            pairs
                .text("actor", &self.actor(lever.actor))
                .text("wish", &lever.wish)
                .add("cost", number(lever.lever.cost));
            self.grounds(&mut pairs, &lever.grounds);
            self.element("lever", &pairs);
        }
        for reading in &self.conflict.readings {
            let id = |claim: &detente_model::ClaimId| {
                self.conflict.evidence.claims.get(claim.index()).map_or("", |claim| claim.id.as_str())
            };
            let mut pairs = Pairs::default();
            pairs.maybe_text("title", reading.title.as_ref());
            match reading.drops.is_empty() {
                true => pairs.add("keeps", texts(reading.keeps.iter().map(id))),
                false => pairs.add("drops", texts(reading.drops.iter().map(id))),
            };
            self.table(&format!("reading.{}", reading.id), &pairs);
        }
    }
}

/// What becomes of a thing.
#[derive(PartialEq, Eq)]
enum Set {
    On,
    Off,
    Level(String),
}

/// A level as a value.
fn level(scale: &Scale, place: usize) -> String {
    match &scale.values {
        Values::Numbers(list) => number(list.get(place).copied().unwrap_or_default()),
        Values::Names(_) => quoted(&scale.values.word(place)),
    }
}
