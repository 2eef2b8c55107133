//! Options, acts and chance events: what can be on or off, or at a level; conditions on changing it.

use std::ops::Range;

use detente_model::{
    ActId, ActorId, ChanceId, Condition, Direction, Grounds, Lever, Opt, OptionId, Scale, ScaleId, Switch,
    Values,
};

use crate::codes::levels;
use crate::codes::not_a_setting;
use crate::read::Builder;
use crate::read::evidence::{share, text, word};
use crate::read::names::{Kind, Thing, entries};
use crate::read::tree::{Entry, Node};

const DIRECTIONS: [(Direction, &str); 5] = [
    (Direction::Both, "both"),
    (Direction::OnOnly, "on_only"),
    (Direction::OffOnly, "off_only"),
    (Direction::OnOnly, "up_only"),
    (Direction::OffOnly, "down_only"),
];

/// What every bit of a thing has in common.
pub(crate) struct Common {
    pub(crate) begins_if: Vec<Condition>,
    pub(crate) ends_if: Vec<Condition>,
    only_in: Vec<String>,
    lever: Option<Lever>,
    confidence: Option<f64>,
    grounds: Grounds,
}

impl Builder<'_> {
    /// Collects the names of options, acts and chance events with their levels, and numbers their switches.
    pub(crate) fn collect_things(&mut self, root: &Node) {
        for (actor, entry) in entries(root, "actor").iter().enumerate() {
            for option in entries(&entry.node, "option") {
                let full = format!("{}.{}", entry.key, option.key);
                self.collect_thing(&full, option, Switch::Option, ActorId::from(actor));
            }
        }
        for (at, act) in entries(root, "act").iter().enumerate() {
            self.collect_thing(
                &format!("act.{}", act.key),
                act,
                Switch::Act(ActId::from(at)),
                ActorId::NOBODY,
            );
        }
        for (at, chance) in entries(root, "chance").iter().enumerate() {
            let of = Switch::Chance(ChanceId::from(at));
            self.collect_thing(&format!("chance.{}", chance.key), chance, of, ActorId::NOBODY);
        }
    }

    fn collect_thing(&mut self, full: &str, entry: &Entry, of: Switch, owner: ActorId) {
        if self.names.options.add(full, &entry.key_at).is_err() {
            return;
        }
        let first = OptionId::from(self.names.bits);
        let values = self.levels(&entry.node, of);
        let bits = match (&values, of) {
            (None, _) => 1,
            (Some(values), Switch::Option) => values.len() - 1,
            (Some(values), _) => values.len(),
        };
        let bits = u32::try_from(bits).unwrap_or(u32::MAX);
        let scale = values.map(|values| {
            let unit = text(&entry.node, "unit");
            self.names.scales.push(Scale { first, bits, values, unit });
            ScaleId::from(self.names.scales.len() - 1)
        });
        self.names.bits += bits as usize;
        self.names.things.push(Thing { of, owner, first, bits, scale });
    }

    /// The levels of an option or act; `None` where it has none, or none that can be used (reported).
    fn levels(&mut self, node: &Node, of: Switch) -> Option<Values> {
        let Some(list) = node.get("levels") else {
            if let Some(unit) = node.get("unit") {
                self.push(levels::unit_without_levels(&unit.at));
            }
            return None;
        };
        let least = if of == Switch::Option { 2 } else { 1 };
        let parts = list.list();
        if list.is_list() && parts.len() < least {
            self.push(levels::too_few(&list.at, least));
            return None;
        }
        let numbers: Vec<f64> = parts.iter().filter_map(Node::number).collect();
        let names: Vec<&str> = parts.iter().filter_map(Node::text).collect();
        match (numbers.len(), names.len()) {
            (0, 0) => None, // reported by its shape
            (_, 0) => {
                if let Some(at) = (1..numbers.len()).find(|&at| numbers[at] <= numbers[at - 1]) {
                    self.push(levels::not_ascending(&parts[at].at));
                    return None;
                }
                Some(Values::Numbers(numbers))
            }
            (0, _) => {
                if let Some(unit) = node.get("unit") {
                    self.push(levels::unit_of_names(&unit.at));
                }
                for (at, part) in parts.iter().enumerate() {
                    let name = names.get(at).copied().unwrap_or_default();
                    if name.is_empty() || name.contains(['"', '\'', '\\', '`']) {
                        self.push(levels::bad_name(&part.at, name));
                        return None;
                    }
                    if names[..at].contains(&name) {
                        self.push(crate::codes::repeated::repeated(&part.at, name));
                        return None;
                    }
                }
                Some(Values::Names(names.into_iter().map(ToOwned::to_owned).collect()))
            }
            _ => {
                self.push(levels::mixed(&list.at));
                None
            }
        }
    }

    /// All switches, in the order of their bits. The definitions must be there.
    pub(crate) fn switches(&mut self, root: &Node) -> Vec<Opt> {
        let mut all = Vec::with_capacity(self.names.bits);
        let mut place = 0;
        for entry in entries(root, "actor") {
            for option in entries(&entry.node, "option") {
                self.thing_switches(place, option, &mut all);
                place += 1;
            }
        }
        for key in ["act", "chance"] {
            for entry in entries(root, key) {
                self.thing_switches(place, entry, &mut all);
                place += 1;
            }
        }
        all
    }

    fn thing_switches(&mut self, place: usize, entry: &Entry, all: &mut Vec<Opt>) {
        let Some(thing) = self.thing(place) else { return };
        let node = &entry.node;
        let common = self.common(node, thing);
        let direction = self.direction(node, thing);
        let text = node.text().map(ToOwned::to_owned).or_else(|| text(node, "text")).unwrap_or_default();
        for bit in 0..thing.bits {
            self.spans.options.push(entry.key_at.clone());
            all.push(Opt {
                id: entry.key.clone(),
                actor: thing.owner,
                text: text.clone(),
                direction,
                begins_if: common.begins_if.clone(),
                ends_if: common.ends_if.clone(),
                of: thing.of,
                scale: thing.scale.map(|scale| (scale, bit)),
                only_in: common.only_in.clone(),
                lever: common.lever,
                grounds: if thing.of == Switch::Option { common.grounds.clone() } else { Grounds::default() },
                confidence: common.confidence,
            });
        }
    }

    fn common(&mut self, node: &Node, thing: Thing) -> Common {
        let only_in = self.all_named(Kind::Variant, node.get("only_in"));
        Common {
            begins_if: self.conditions(node, "begins_if", thing.first, true),
            ends_if: self.conditions(node, "ends_if", thing.first, false),
            only_in: only_in.into_iter().map(|at| self.names.variants.list[at].clone()).collect(),
            lever: node.get("lever").and_then(lever),
            confidence: share(node, "confidence"),
            grounds: if thing.of == Switch::Option { self.grounds(node) } else { Grounds::default() },
        }
    }

    fn direction(&mut self, node: &Node, thing: Thing) -> Direction {
        if let (Some(value), Some(moves)) = (node.get("moves"), text(node, "moves"))
            && let Some(better) = match (thing.scale.is_some(), moves.as_str()) {
                (true, "on_only") => Some("up_only"),
                (true, "off_only") => Some("down_only"),
                (false, "up_only") => Some("on_only"),
                (false, "down_only") => Some("off_only"),
                _ => None,
            }
            && !(thing.scale.is_none() && node.get("levels").is_some())
        {
            self.push(levels::moves(&value.at, &moves, better, thing.scale.is_some()));
        }
        word(node, "moves", &DIRECTIONS).unwrap_or_default()
    }

    /// The conditions under a key: a formula, a table, or a list of both.
    pub(crate) fn conditions(
        &mut self,
        node: &Node,
        key: &str,
        switch: OptionId,
        begins: bool,
    ) -> Vec<Condition> {
        let Some(value) = node.get(key) else { return vec![] };
        let parts = if value.is_list() { value.list() } else { std::slice::from_ref(value) };
        let mut found = Vec::new();
        for part in parts {
            let formula = if part.table().is_some() { part.get("that") } else { Some(part) };
            let that = formula.and_then(|formula| self.formula(formula));
            let grounds = self.grounds(part);
            let Some(that) = that else { continue };
            let at = formula.map_or(&part.at, |formula| &formula.at).clone();
            self.spans.conditions.push(ConditionAt { switch, begins, at });
            found.push(Condition { that, grounds });
        }
        found
    }

    /// The settings of `{ on = […], off = […], levels = {…} }`: what is switched, and to what.
    pub(crate) fn settings(&mut self, node: &Node) -> Vec<(OptionId, bool)> {
        let mut found: Vec<(OptionId, bool)> = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        for (key, on) in [("on", true), ("off", false)] {
            for part in node.get(key).map_or(&[][..], Node::list) {
                let Some(place) = self.named(Kind::Option, part) else { continue };
                let at = self.inner(part);
                if let Some(settings) = self.setting(place, on, &at) {
                    self.once(place, &at, &mut seen);
                    found.extend(settings);
                }
            }
        }
        for entry in entries(node, "levels") {
            let Some(place) = self.find(Kind::Option, &entry.key, &entry.key_at) else { continue };
            if let Some(settings) = self.level_setting(place, &entry.node, &entry.key) {
                self.once(place, &entry.key_at, &mut seen);
                found.extend(settings);
            }
        }
        found
    }

    /// Reports a thing that is switched twice at once.
    fn once(&mut self, place: usize, at: &Range<usize>, seen: &mut Vec<usize>) {
        if seen.contains(&place) {
            let name = self.names.options.list[place].clone();
            self.push(not_a_setting::twice(at, &name));
        }
        seen.push(place);
    }

    /// "The thing is on (off)" as settings of its switches; reported where that is not one setting, or
    /// where it is a chance event.
    pub(crate) fn setting(
        &mut self,
        place: usize,
        on: bool,
        at: &Range<usize>,
    ) -> Option<Vec<(OptionId, bool)>> {
        let thing = self.thing(place)?;
        let name = self.names.options.list[place].clone();
        if let Switch::Chance(_) = thing.of {
            self.push(not_a_setting::chance(at, &name));
            return None;
        }
        let Some(scale) = thing.scale.and_then(|id| self.names.scales.get(id.index())) else {
            return Some(vec![(thing.first, on)]);
        };
        if scale.can_be_off() && !on {
            return Some(scale.at(None).collect());
        }
        let example = level_text(scale, 0);
        self.push(levels::which(at, &name, &example));
        None
    }

    /// "The thing is at the level" as settings of its switches.
    pub(crate) fn level_setting(
        &mut self,
        place: usize,
        level: &Node,
        name: &str,
    ) -> Option<Vec<(OptionId, bool)>> {
        let thing = self.thing(place)?;
        let Some(scale) = thing.scale.and_then(|id| self.names.scales.get(id.index())) else {
            self.push(levels::none(&level.at, name, None));
            return None;
        };
        match place_of(&scale.values, level) {
            Some(at) => Some(scale.at(Some(at)).collect()),
            None => {
                let problem = levels::not_a_level(&level.at, name, scale, &words_of(level));
                self.push(problem);
                None
            }
        }
    }
}

/// Where a condition stands.
#[derive(Clone, Debug)]
pub(crate) struct ConditionAt {
    /// The first switch of what it is a condition of.
    pub(crate) switch: OptionId,
    /// On beginning; else on ending.
    pub(crate) begins: bool,
    /// Its formula.
    pub(crate) at: Range<usize>,
}

/// `{ cost = 2 }`.
pub(crate) fn lever(node: &Node) -> Option<Lever> {
    Some(Lever { cost: node.get("cost")?.number()? })
}

/// The place of a level that the file writes.
fn place_of(values: &Values, level: &Node) -> Option<usize> {
    match values {
        Values::Numbers(list) => {
            let number = level.number()?;
            list.iter().position(|value| *value == number)
        }
        Values::Names(list) => {
            let name = level.text()?;
            list.iter().position(|value| value == name)
        }
    }
}

fn words_of(level: &Node) -> String {
    level.text().map(ToOwned::to_owned).or_else(|| level.number().map(|n| n.to_string())).unwrap_or_default()
}

/// A level as a value of the file: `30`, `"limited"`.
pub(crate) fn level_text(scale: &Scale, at: usize) -> String {
    match &scale.values {
        Values::Numbers(_) => scale.values.word(at),
        Values::Names(_) => format!("\"{}\"", scale.values.word(at)),
    }
}
