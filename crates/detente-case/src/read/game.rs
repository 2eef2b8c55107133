//! Actors, options, rules, moves, the graph, states and the status quo.

use std::ops::Range;

use detente_model::{
    Actor, ActorId, Arc, Cannot, Direction, Expr, Form, Game, GraphForm, Opt, OptionForm, OptionId, Pattern,
    Rule, RuleKind, State,
};
use num_bigint::BigUint;

use crate::codes;
use crate::read::Builder;
use crate::read::evidence::{share, text, word};
use crate::read::names::{Index, Kind, entries};
use crate::read::tree::{Entry, Node};

const DIRECTIONS: [(Direction, &str); 3] =
    [(Direction::Both, "both"), (Direction::OnOnly, "on_only"), (Direction::OffOnly, "off_only")];

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
        self.spans.options = self.names.options.at.clone();
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
        let mut form = OptionForm { definitions: self.definitions(root), ..OptionForm::default() };
        for (actor, entry) in actors.iter().enumerate() {
            let actor = ActorId::from(actor);
            for option in entries(&entry.node, "option") {
                let node = &option.node;
                form.options.push(Opt {
                    id: option.key.clone(),
                    actor,
                    text: node
                        .text()
                        .map(ToOwned::to_owned)
                        .or_else(|| text(node, "text"))
                        .unwrap_or_default(),
                    direction: word(node, "moves", &DIRECTIONS).unwrap_or_default(),
                    grounds: self.grounds(node),
                    confidence: share(node, "confidence"),
                    ..Opt::default()
                });
            }
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
        form
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
            let option = self.named(Kind::Option, option);
            let requires = node.get("requires").and_then(|formula| {
                at = formula.at.clone();
                self.formula(formula)
            });
            if let (Some(option), Some(requires)) = (option, requires) {
                kind = Some(RuleKind::Requires(OptionId::from(option), requires));
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

    pub(crate) fn cannot(&mut self, actor: ActorId, node: &Node) -> Option<Cannot> {
        let from = self.formula_at(node, "from");
        let to = self.formula_at(node, "to");
        let grounds = self.grounds(node);
        Some(Cannot { actor, from: from?, to: to?, grounds })
    }

    fn graph_form(&mut self, root: &Node, actors: &[Entry]) -> GraphForm {
        for (key, what) in [("define", "defined names"), ("rule", "rules")] {
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
        let mut names = self.names.states.list.clone();
        for entry in root.get("graph").map_or(&[][..], |graph| entries(graph, "names")) {
            if let Some(state) = self.find(Kind::State, &entry.key, &entry.key_at)
                && let Some(name) = entry.node.text()
            {
                names[state] = name.to_owned();
            }
        }
        GraphForm { states: self.names.states.list.clone(), names, arcs, ..GraphForm::default() }
    }

    fn moves(&mut self, actor: ActorId, node: &Node, arcs: &mut Vec<Arc>) {
        let from = node.get("from").and_then(|from| self.named(Kind::State, from));
        let to = self.all_named(Kind::State, node.get("to"));
        let Some(from) = from else { return };
        let position = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        for to in to {
            if to == from {
                let at = node.get("to").map_or(&node.at, |to| &to.at).clone();
                let id = self.names.states.list[from].clone();
                self.push(codes::self_move::self_move(&at, &id));
            } else {
                arcs.push(Arc { actor, from: position(from), to: position(to) });
            }
        }
    }

    /// `[status_quo]`.
    pub(crate) fn status_quo(&mut self, node: Option<&Node>) -> Option<State> {
        let node = node?;
        let (key, value) = ["on", "state"].iter().find_map(|key| node.get(key).map(|value| (*key, value)))?;
        self.spans.status_quo = Some(value.at.clone());
        match key {
            "on" => self.options_on(value),
            _ => self.state(value),
        }
    }

    /// A state, however it is written: the list of options that are on, a number, a pattern, the
    /// id of a state of the graph.
    pub(crate) fn state(&mut self, node: &Node) -> Option<State> {
        if let Some(number) = node.integer() {
            let number = u64::try_from(number).ok()?; // a negative one is reported by its shape
            return self.numbered(&BigUint::from(number), node);
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
        let on = self.all_named(Kind::Option, Some(list));
        Some(State::with_on(on.into_iter().map(OptionId::from)))
    }

    /// A number of any size, in digits.
    pub(crate) fn written_number(&mut self, text: &str, node: &Node) -> Option<State> {
        // 2^1024 has 309 digits.
        let number = (text.len() <= 400).then(|| text.parse::<BigUint>().ok()).flatten();
        match number {
            Some(number) => self.numbered(&number, node),
            None => {
                let short: String = text.chars().take(20).collect();
                let options = self.names.options.list.len();
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
            let options = self.names.options.list.len();
            if number.bits() > options as u64 {
                self.push(codes::bad_state::too_large(&node.at, &short(number), options));
                return None;
            }
        }
        Some(State::from_big(number))
    }

    /// Reports a pattern whose length is not the number of options.
    pub(crate) fn fits(&mut self, pattern: &Pattern, node: &Node) -> Option<()> {
        let options = self.names.options.list.len();
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
