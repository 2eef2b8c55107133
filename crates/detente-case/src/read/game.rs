//! Actors, options, rules, moves, the graph, states and the status quo.

use std::ops::Range;

use detente_model::{
    Actor, ActorId, Arc, Cannot, Expr, Form, Game, GraphForm, JointArc, OptionForm, OptionId, Pattern, Rule,
    RuleKind, State, Switch,
};
use num_bigint::BigUint;

use crate::codes;
use crate::read::Builder;
use crate::read::evidence::{share, text};
use crate::read::names::{Index, Kind, entries};
use crate::read::tree::{Entry, Node};

impl Builder<'_> {
    pub(crate) fn game(&mut self, root: &Node) -> Game {
        let list = entries(root, "actor");
        let actors = list
            .iter()
            .map(|entry| Actor {
                id: entry.key.clone(),
                name: text(&entry.node, "name").unwrap_or_else(|| entry.key.clone()),
                note: text(&entry.node, "note"),
            })
            .collect();
        self.spans.actors = self.names.actors.at.clone();
        let form = if self.graph {
            Form::Graph(self.graph_form(root, list))
        } else {
            Form::Options(self.option_form(root, list))
        };
        let preferences = list
            .iter()
            .enumerate()
            .map(|(actor, entry)| self.preference(ActorId::from(actor), entry))
            .collect();
        Game { actors, form, preferences, status_quo: None, ..Game::default() }
    }

    fn option_form(&mut self, root: &Node, actors: &[Entry]) -> OptionForm {
        if let Some(node) = root.get("move") {
            let at = node.list().first().map_or(&node.at, |first| &first.at);
            self.push(codes::wrong_form::in_option_form(at, "list of moves"));
        }
        let mut form = OptionForm {
            definitions: self.definitions(root),
            scales: self.names.scales.clone(),
            assemblies: self.assemblies.clone(),
            ..OptionForm::default()
        };
        form.options = self.switches(root);
        form.acts = self.acts(root);
        self.acts.clone_from(&form.acts);
        form.chances = self.chances(root);
        for (actor, entry) in actors.iter().enumerate() {
            let actor = ActorId::from(actor);
            if let Some(node) = entry.node.get("move") {
                self.push(codes::wrong_form::in_option_form(&node.at, "list of moves"));
            }
            for node in entry.node.get("cannot").map_or(&[][..], Node::list) {
                form.cannot.extend(self.cannot(actor, node));
            }
        }
        let mut index = Index::default();
        for node in root.get("rule").map_or(&[][..], Node::list) {
            let (rule, at) = self.rule(node, &mut index);
            if let Some(rule) = rule {
                form.rules.push(rule);
                self.spans.rules.push(at);
            }
        }
        self.names.rules = index;
        self.hidden_rules(&mut form);
        form
    }

    /// The rules that no file writes: what is there in some variants only is not available, and the
    /// switches of levels form chains.
    fn hidden_rules(&mut self, form: &mut OptionForm) {
        let hidden = |kind| Rule { id: None, kind, grounds: Default::default(), confidence: None };
        for (at, _) in form.options.iter().enumerate().filter(|(_, option)| !option.only_in.is_empty()) {
            form.rules.push(hidden(RuleKind::Unavailable(OptionId::from(at))));
            self.spans.rules.push(self.spans.options.get(at).cloned().unwrap_or(0..0));
        }
        for scale in &form.scales {
            let switches: Vec<OptionId> = scale.switches().collect();
            for pair in switches.windows(2) {
                form.rules.push(hidden(RuleKind::Chain(pair[1], pair[0])));
                self.spans.rules.push(self.spans.options.get(pair[0].index()).cloned().unwrap_or(0..0));
            }
        }
    }

    /// A rule with its place; its id goes into `index`.
    pub(crate) fn rule(&mut self, node: &Node, index: &mut Index) -> (Option<Rule>, Range<usize>) {
        let mut at = node.at.clone();
        if let Some(id) = node.get("id")
            && let Some(text) = id.text()
            && let Err(first) = index.add(text, &id.at)
        {
            self.push(codes::duplicate_id::duplicate_id(&id.at, "rule", text, &first));
        }
        let mut kind = None;
        for (key, make) in [("never", RuleKind::Never as fn(Expr) -> RuleKind), ("always", RuleKind::Always)]
        {
            if let Some(formula) = node.get(key) {
                at = formula.at.clone();
                kind = self.formula(formula).map(make);
            }
        }
        for (key, make) in [
            ("at_most_one", RuleKind::AtMostOne as fn(Vec<Expr>) -> RuleKind),
            ("exactly_one", RuleKind::ExactlyOne),
        ] {
            if let Some(list) = node.get(key) {
                at = list.at.clone();
                if list.table().is_none() && list.text().is_none() && list.list().is_empty() {
                    self.push(codes::empty_list::empty_list(&list.at, key));
                }
                kind = self.formulas(list).map(make);
            }
        }
        if let Some(option) = node.get("option") {
            let option = self.named(Kind::Option, option).and_then(|place| self.on_or_off(place, option));
            let requires = node.get("requires").and_then(|formula| {
                at = formula.at.clone();
                self.formula(formula)
            });
            if let (Some(option), Some(requires)) = (option, requires) {
                kind = Some(RuleKind::Requires(option, requires));
            }
        }
        let grounds = self.grounds(node);
        let rule = kind.map(|kind| Rule {
            id: text(node, "id"),
            kind,
            grounds,
            confidence: share(node, "confidence"),
        });
        (rule, at)
    }

    /// The switch of an option or act that is on or off (an act with levels: at any level); reported where
    /// that says nothing.
    fn on_or_off(&mut self, place: usize, node: &Node) -> Option<OptionId> {
        let thing = self.thing(place)?;
        match thing.scale.and_then(|id| self.names.scales.get(id.index())) {
            Some(scale) if !scale.can_be_off() => {
                let (at, name) = (self.inner(node), self.names.options.list[place].clone());
                let problem = codes::levels::bare(&at, &name, scale);
                self.push(problem);
                None
            }
            _ => Some(thing.first),
        }
    }

    /// All switches of the things that a list names.
    pub(crate) fn all_switches(&mut self, list: &Node) -> Vec<OptionId> {
        let named = self.all_named(Kind::Option, Some(list));
        let things = named.into_iter().filter_map(|place| self.thing(place));
        things.flat_map(|thing| (thing.first.0..thing.first.0 + thing.bits).map(OptionId)).collect()
    }

    pub(crate) fn cannot(&mut self, actor: ActorId, node: &Node) -> Option<Cannot> {
        let from = self.formula_at(node, "from");
        let to = self.formula_at(node, "to");
        let grounds = self.grounds(node);
        Some(Cannot { actor, from: from?, to: to?, grounds })
    }

    fn graph_form(&mut self, root: &Node, actors: &[Entry]) -> GraphForm {
        let of_options = [
            ("define", "defined names"),
            ("rule", "rules"),
            ("act", "acts"),
            ("chance", "chance events"),
            ("deadline", "deadlines"),
        ];
        for (key, what) in of_options {
            if let Some(node) = root.get(key) {
                let at = node.list().first().map_or(&node.at, |first| &first.at);
                self.push(codes::wrong_form::in_graph_form(at, what));
            }
        }
        let mut arcs = Vec::new();
        for (actor, entry) in actors.iter().enumerate() {
            for (key, what) in [("option", "options"), ("cannot", "formulas, so no moves taken away by them")]
            {
                if let Some(node) = entry.node.get(key) {
                    let at = node.list().first().map_or(&node.at, |first| &first.at);
                    self.push(codes::wrong_form::in_graph_form(at, what));
                }
            }
            for node in entry.node.get("move").map_or(&[][..], Node::list) {
                self.moves(ActorId::from(actor), node, &mut arcs);
            }
        }
        arcs.sort_unstable();
        arcs.dedup();
        let joint = self.joint_moves(root);
        let mut names = self.names.states.list.clone();
        for entry in root.get("graph").map_or(&[][..], |graph| entries(graph, "names")) {
            if let Some(state) = self.find(Kind::State, &entry.key, &entry.key_at)
                && let Some(name) = entry.node.text()
            {
                names[state] = name.to_owned();
            }
        }
        GraphForm { states: self.names.states.list.clone(), names, arcs, joint }
    }

    /// `[[move]]`: moves of several together, one entry a group of parties.
    fn joint_moves(&mut self, root: &Node) -> Vec<JointArc> {
        let mut joint: Vec<JointArc> = Vec::new();
        for node in root.get("move").map_or(&[][..], Node::list) {
            let parties = self.movers_together(node);
            let arcs = self.arcs(node);
            if parties.len() < 2 {
                if node.get("parties").is_some_and(|list| list.list().len() < 2) {
                    let at = node.get("parties").map_or(&node.at, |list| &list.at).clone();
                    self.push(codes::empty_list::alone(&at));
                }
                continue;
            }
            match joint.iter_mut().find(|known| known.parties == parties) {
                Some(known) => known.arcs.extend(arcs),
                None => joint.push(JointArc { parties, arcs }),
            }
        }
        for group in &mut joint {
            group.arcs.sort_unstable();
            group.arcs.dedup();
        }
        joint.sort_by(|a, b| a.parties.cmp(&b.parties));
        joint
    }

    fn moves(&mut self, actor: ActorId, node: &Node, arcs: &mut Vec<Arc>) {
        arcs.extend(self.arcs(node).into_iter().map(|(from, to)| Arc { actor, from, to }));
    }

    /// `from` and `to` of a move.
    fn arcs(&mut self, node: &Node) -> Vec<(u32, u32)> {
        let from = node.get("from").and_then(|from| self.named(Kind::State, from));
        let to = self.all_named(Kind::State, node.get("to"));
        let Some(from) = from else { return vec![] };
        let position = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let mut arcs = Vec::new();
        for to in to {
            if to == from {
                let at = node.get("to").map_or(&node.at, |to| &to.at).clone();
                let id = self.names.states.list[from].clone();
                self.push(codes::self_move::self_move(&at, &id));
            } else {
                arcs.push((position(from), position(to)));
            }
        }
        arcs
    }

    /// `[status_quo]`.
    pub(crate) fn status_quo(&mut self, node: Option<&Node>) -> Option<State> {
        let node = node?;
        let given: Vec<&str> =
            ["on", "levels", "state"].into_iter().filter(|key| node.get(key).is_some()).collect();
        let (key, value) = given.first().and_then(|key| Some((*key, node.get(key)?))).unzip();
        if !self.partial && (given.is_empty() || given.len() > 1 && given.contains(&"state")) {
            let ways: &[&[&str]] = &[&["on"], &["state"]];
            self.push(codes::exactly_one::exactly_one(&node.at, "[status_quo]", ways, &given));
        }
        self.spans.status_quo = Some(value?.at.clone());
        match key? {
            "state" => self.state(value?),
            _ => self.state_by_parts(node),
        }
    }

    /// The state of `on = […]` and `levels = {…}`; levels that are not named are the lowest, acts off.
    fn state_by_parts(&mut self, node: &Node) -> Option<State> {
        let mut state = match node.get("on") {
            Some(list) => self.options_on(list)?,
            None if self.graph => {
                self.push(codes::wrong_form::in_graph_form(&node.at, "options"));
                return None;
            }
            None => State::default(),
        };
        let mut whole = true;
        for entry in node.get("levels").map_or(&[][..], Node::entries) {
            let place = self.find(Kind::Option, &entry.key, &entry.key_at);
            match place.and_then(|place| self.level_setting(place, &entry.node, &entry.key)) {
                Some(settings) => settings.into_iter().for_each(|(switch, on)| state.set(switch, on)),
                None => whole = false,
            }
        }
        whole.then_some(state)
    }

    /// A state, however it is written: the list of options that are on, a number, a pattern, the
    /// id of a state of the graph.
    pub(crate) fn state(&mut self, node: &Node) -> Option<State> {
        if let Some(number) = node.integer() {
            let number = u64::try_from(number).ok()?; // a negative one is reported by its shape
            return self.numbered(&BigUint::from(number), node);
        }
        if node.table().is_some() {
            return self.state_by_parts(node);
        }
        let Some(text) = node.text() else { return self.options_on(node) };
        if self.graph {
            return self.named(Kind::State, node).map(|index| State::from_number(index as u64 + 1));
        }
        if is_number(text) {
            return self.written_number(text, node);
        }
        match Pattern::parse(text) {
            Ok(pattern) => {
                self.fits(&pattern, node)?;
                let state = pattern.single();
                if state.is_none() {
                    self.push(codes::bad_state::several(&node.at, text));
                }
                state
            }
            Err(_) => {
                self.push(codes::bad_state::not_a_state(&node.at, text));
                None
            }
        }
    }

    /// The state with the options of this list on.
    fn options_on(&mut self, list: &Node) -> Option<State> {
        if self.graph {
            self.push(codes::wrong_form::in_graph_form(&list.at, "options"));
            return None;
        }
        let mut state = State::default();
        let mut whole = true;
        let mut seen = std::collections::HashSet::new();
        for node in list.list() {
            let Some(place) = self.named(Kind::Option, node) else { continue };
            let at = self.inner(node);
            if !seen.insert(place) {
                let id = node.text().unwrap_or_default();
                self.push(codes::repeated::repeated(&node.at, id));
            }
            let Some(thing) = self.thing(place) else { continue };
            // A chance event may have happened; nobody switches it.
            let settings = match thing.of {
                Switch::Chance(_) => Some(vec![(thing.first, true)]),
                _ => self.setting(place, true, &at),
            };
            match settings {
                Some(settings) => settings.into_iter().for_each(|(switch, on)| state.set(switch, on)),
                None => whole = false,
            }
        }
        whole.then_some(state)
    }

    /// A number of any size, in digits.
    pub(crate) fn written_number(&mut self, text: &str, node: &Node) -> Option<State> {
        // 2^1024 has 309 digits.
        let number = (text.len() <= 400).then(|| text.parse::<BigUint>().ok()).flatten();
        match number {
            Some(number) => self.numbered(&number, node),
            None => {
                let short: String = text.chars().take(20).collect();
                let options = self.names.bits;
                self.push(codes::bad_state::too_large(&node.at, &format!("{short}…"), options));
                None
            }
        }
    }

    pub(crate) fn numbered(&mut self, number: &BigUint, node: &Node) -> Option<State> {
        if self.graph {
            let states = self.names.states.list.len();
            if *number == BigUint::ZERO || *number > BigUint::from(states) {
                self.push(codes::bad_state::no_graph_state(&node.at, &short(number), states));
                return None;
            }
        } else {
            let options = self.names.bits;
            if number.bits() > options as u64 {
                self.push(codes::bad_state::too_large(&node.at, &short(number), options));
                return None;
            }
        }
        Some(State::from_big(number))
    }

    /// Reports a pattern whose length is not the number of options.
    pub(crate) fn fits(&mut self, pattern: &Pattern, node: &Node) -> Option<()> {
        let options = self.names.bits;
        if pattern.cells.len() == options {
            return Some(());
        }
        self.push(codes::bad_pattern::wrong_length(&node.at, pattern.cells.len(), options));
        None
    }
}

/// A number for a message: its first digits when it is very long.
fn short(number: &BigUint) -> String {
    let digits = number.to_string();
    if digits.len() > 20 { format!("{}…", &digits[..20]) } else { digits }
}

pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
