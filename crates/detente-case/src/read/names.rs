//! The ids of a file, and looking them up.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use detente_model::{ActorId, DefinitionId, OptionId, Scale, ScaleId, Switch};

use crate::codes;
use crate::format::{MAX_ACTORS, MAX_GRAPH_STATES, MAX_OPTIONS};
use crate::read::Builder;
use crate::read::tree::{Entry, Node};

/// Ids of one kind, in file order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// The ids.
    pub(crate) list: Vec<String>,
    /// Where each is introduced.
    pub(crate) at: Vec<Range<usize>>,
    by_id: HashMap<String, usize>,
}

impl Index {
    /// Adds an id; the place of the first when it is there already.
    pub(crate) fn add(&mut self, id: &str, at: &Range<usize>) -> Result<usize, Range<usize>> {
        if let Some(first) = self.by_id.get(id) {
            return Err(self.at[*first].clone());
        }
        self.by_id.insert(id.to_owned(), self.list.len());
        self.list.push(id.to_owned());
        self.at.push(at.clone());
        Ok(self.list.len() - 1)
    }

    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The same without some ids.
    pub(crate) fn clone_without(&self, ids: &[String]) -> Self {
        let without: HashSet<&str> = ids.iter().map(String::as_str).collect();
        let mut index = Index::default();
        for (id, at) in self.list.iter().zip(&self.at).filter(|(id, _)| !without.contains(id.as_str())) {
            let _ = index.add(id, at);
        }
        index
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str)
    }
}

/// All ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) sources: Index,
    pub(crate) claims: Index,
    pub(crate) actors: Index,
    /// Full names of options (`az.sign`), then acts (`act.peace`), then chance events.
    pub(crate) options: Index,
    /// What each of them is, in the same order.
    pub(crate) things: Vec<Thing>,
    /// The levels of those that have some.
    pub(crate) scales: Vec<Scale>,
    /// How many switches there are in all.
    pub(crate) bits: usize,
    pub(crate) assemblies: Index,
    pub(crate) deadlines: Index,
    pub(crate) said: Index,
    pub(crate) variants: Index,
    pub(crate) bodies: Index,
    pub(crate) outcomes: Index,
    /// In file order.
    pub(crate) definitions: Index,
    /// The stored place of each definition; `None` for one that has a mistake.
    pub(crate) definition_ids: Vec<Option<DefinitionId>>,
    /// States of a case in graph form.
    pub(crate) states: Index,
    pub(crate) rules: Index,
    /// Per actor.
    pub(crate) statements: Vec<Index>,
    pub(crate) views: Index,
}

/// An option, an act or a chance event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thing {
    /// Which of the three.
    pub(crate) of: Switch,
    /// Whose it is; [`ActorId::NOBODY`] for acts and chance events.
    pub(crate) owner: ActorId,
    /// Its first switch.
    pub(crate) first: OptionId,
    /// How many it has.
    pub(crate) bits: u32,
    /// Its levels.
    pub(crate) scale: Option<ScaleId>,
}

/// Kinds of thing with an id that can be referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Source,
    Claim,
    Actor,
    Option,
    Body,
    State,
    Rule,
    Assembly,
    Variant,
    Definition,
    Deadline,
    Said,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Source => "source",
            Kind::Claim => "claim",
            Kind::Actor => "actor",
            Kind::Option => "option",
            Kind::Body => "body",
            Kind::State => "state",
            Kind::Rule => "rule",
            Kind::Assembly => "assembly",
            Kind::Variant => "variant",
            Kind::Definition => "defined name",
            Kind::Deadline => "deadline",
            Kind::Said => "saying",
        }
    }
}

impl Names {
    pub(crate) fn of(&self, kind: Kind) -> &Index {
        match kind {
            Kind::Source => &self.sources,
            Kind::Claim => &self.claims,
            Kind::Actor => &self.actors,
            Kind::Option => &self.options,
            Kind::Body => &self.bodies,
            Kind::State => &self.states,
            Kind::Rule => &self.rules,
            Kind::Assembly => &self.assemblies,
            Kind::Variant => &self.variants,
            Kind::Definition => &self.definitions,
            Kind::Deadline => &self.deadlines,
            Kind::Said => &self.said,
        }
    }
}

impl Names {
    /// What kind of thing an id of this kind was probably meant to be, and the ids of that kind: `act.peace`
    /// is no option.
    pub(crate) fn like(&self, kind: Kind, id: &str) -> (&'static str, Vec<&str>) {
        let all = self.of(kind).ids();
        if kind != Kind::Option {
            return (kind.word(), all.collect());
        }
        let part = |full: &str| full.split_once('.').map_or("", |(owner, _)| owner).to_owned();
        let owner = part(id);
        match OF_NOBODY.iter().find(|(prefix, _)| *prefix == owner) {
            Some((prefix, word)) => (word, all.filter(|full| part(full) == *prefix).collect()),
            None => {
                let nobody = |full: &&str| OF_NOBODY.iter().any(|(prefix, _)| part(full) == *prefix);
                (kind.word(), all.filter(|full| !nobody(full)).collect())
            }
        }
    }
}

/// What stands before the id of a thing that is no actor's.
const OF_NOBODY: [(&str, &str); 2] = [("act", "act"), ("chance", "chance event")];

/// Ids that actors and defined names cannot have, because formulas use them.
pub(crate) const OF_THE_FORMAT: &[&str] = &["act", "chance", "votes"];

/// The entries of the table under `key`; none when there is no such table.
pub(crate) fn entries<'n>(node: &'n Node, key: &str) -> &'n [Entry] {
    node.get(key).map_or(&[], Node::entries)
}

impl Builder<'_> {
    /// Collects all ids that stand as keys, and the states of the graph.
    pub(crate) fn collect_names(&mut self, root: &Node) {
        // Keys of a table are unique: TOML sees to that.
        let collect = |key: &str| {
            let mut index = Index::default();
            for entry in entries(root, key) {
                let _ = index.add(&entry.key, &entry.key_at);
            }
            index
        };
        self.names.sources = collect("source");
        self.names.claims = collect("claim");
        self.names.actors = collect("actor");
        self.names.bodies = collect("body");
        self.names.outcomes = collect("outcome");
        self.names.definitions = collect("define");
        self.names.views = collect("view");
        self.names.assemblies = collect("assembly");
        self.names.deadlines = collect("deadline");
        self.names.said = collect("said");
        self.names.variants = collect("variant");
        for index in [&self.names.actors, &self.names.definitions] {
            for (id, at) in
                index.list.iter().zip(&index.at).filter(|(id, _)| OF_THE_FORMAT.contains(&id.as_str()))
            {
                self.problems.push(codes::bad_id::of_the_format(at, id));
            }
        }
        self.collect_things(root);
        self.collect_states(root);
        let actors = self.names.actors.list.len();
        let options = self.names.bits;
        if let Some(at) = self.names.actors.at.get(MAX_ACTORS).cloned() {
            self.push(codes::too_many::too_many(&at, "actors", actors, MAX_ACTORS));
        }
        let beyond = self.names.things.iter().position(|t| t.first.index() + t.bits as usize > MAX_OPTIONS);
        if let Some(at) = beyond.and_then(|thing| self.names.options.at.get(thing)).cloned() {
            self.push(codes::too_many::too_many(&at, "options", options, MAX_OPTIONS));
        }
        if let Some(node) = root.get("actor").filter(|node| node.table().is_some()) {
            if actors == 0 {
                self.push(codes::empty_list::empty_list(&node.at, "actor"));
            } else if options == 0 && !self.graph && !self.partial && root.get("act").is_none() {
                let at = self.names.actors.at[0].clone();
                self.push(codes::no_options::no_options(&at));
            }
        }
    }

    fn collect_states(&mut self, root: &Node) {
        let Some(list) = root.get("graph").and_then(|graph| graph.get("states")) else { return };
        let mut states = Index::default();
        for node in list.list() {
            let Some(id) = node.text() else { continue };
            if let Err(first) = states.add(id, &node.at) {
                self.push(codes::duplicate_id::duplicate_id(&node.at, "state", id, &first));
            }
        }
        if let Some(at) = states.at.get(MAX_GRAPH_STATES) {
            let count = states.list.len();
            self.push(codes::too_many::too_many(at, "states", count, MAX_GRAPH_STATES));
        }
        if states.list.is_empty() && list.list().is_empty() {
            self.push(codes::empty_list::empty_list(&list.at, "states"));
        }
        self.names.states = states;
    }

    /// The thing of this kind with this id, by its place; reported when there is none.
    pub(crate) fn find(&mut self, kind: Kind, id: &str, at: &Range<usize>) -> Option<usize> {
        let found = self.names.of(kind).find(id);
        if found.is_none() && !self.partial {
            let own =
                if kind == Kind::Option && id.contains('.') { Some(self.nearest_option(id)) } else { None };
            let (word, known) = self.names.like(kind, id);
            let miss = own.unwrap_or_else(|| self.problems.near.miss(word, id, known.iter().copied()));
            self.problems.push(codes::unknown_id::unknown_id(at, word, id, miss, &known));
        }
        found
    }

    /// The option, act or chance event of this place among the names.
    pub(crate) fn thing(&self, place: usize) -> Option<Thing> {
        self.names.things.get(place).copied()
    }

    /// The thing that a text names.
    pub(crate) fn named(&mut self, kind: Kind, node: &Node) -> Option<usize> {
        let at = self.inner(node);
        let id = node.text()?;
        self.find(kind, id, &at)
    }

    /// The things that a list of texts names, each once.
    pub(crate) fn all_named(&mut self, kind: Kind, list: Option<&Node>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for node in list.map_or(&[][..], Node::list) {
            let Some(index) = self.named(kind, node) else { continue };
            if seen.insert(index) {
                found.push(index);
            } else {
                let id = node.text().unwrap_or_default();
                self.push(codes::repeated::repeated(&node.at, id));
            }
        }
        found
    }

    /// The bytes of a text without its quotes.
    pub(crate) fn inner(&self, node: &Node) -> Range<usize> {
        let raw = self.text.text.get(node.at.clone()).unwrap_or("");
        match node.text() {
            Some(text) if raw.len() == text.len() + 2 => node.at.start + 1..node.at.end - 1,
            _ => node.at.clone(),
        }
    }
}
