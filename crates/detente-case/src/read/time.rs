//! Dates and chance events: what is nobody's deed.

use detente_model::{Chance, Deadline};

use crate::codes::deadlines;
use crate::codes::missing_key;
use crate::format;
use crate::read::Builder;
use crate::read::evidence::{date, share, text};
use crate::read::names::{Kind, entries};
use crate::read::tree::Node;

impl Builder<'_> {
    /// `[chance.ID]`, in file order.
    pub(crate) fn chances(&mut self, root: &Node) -> Vec<Chance> {
        let mut found = Vec::new();
        for entry in entries(root, "chance") {
            let node = &entry.node;
            let place = self.names.options.find(&format!("chance.{}", entry.key));
            let Some(thing) = place.and_then(|place| self.thing(place)) else { continue };
            found.push(Chance {
                id: entry.key.clone(),
                text: text(node, "text").unwrap_or_default(),
                on: date(node, "on"),
                likelihood: share(node, "likelihood"),
                switch: thing.first,
                then: node.get("then").map(|then| self.settings(then)).unwrap_or_default(),
                grounds: self.grounds(node),
            });
        }
        found
    }

    /// `[deadline.ID]`, by date, those of one day in file order.
    pub(crate) fn deadlines(&mut self, root: &Node) -> Vec<Deadline> {
        let mut found = Vec::new();
        for entry in entries(root, "deadline") {
            if self.as_of.is_none() && !self.partial {
                self.push(deadlines::no_as_of(&entry.key_at, &entry.key));
            }
            found.push((self.deadline(&entry.key, &entry.node, None), entry.key_at.clone()));
        }
        found.sort_by(|(a, _), (b, _)| a.on.cmp(&b.on));
        let (deadlines, places) = found.into_iter().unzip();
        self.spans.deadlines = places;
        deadlines
    }

    /// The deadlines of an overlay: those that come in, and what differs in those of the case.
    pub(crate) fn other_deadlines(&mut self, root: &Node, overlay: &Node) -> Vec<Deadline> {
        let mut found = Vec::new();
        for entry in entries(overlay, "deadline") {
            if self.as_of.is_none() && !self.partial {
                self.push(deadlines::no_as_of(&entry.key_at, &entry.key));
            }
            let old = entries(root, "deadline").iter().find(|old| old.key == entry.key).map(|old| &old.node);
            for key in format::OF_A_DEADLINE.iter().filter(|key| entry.node.get(key.name).is_none()) {
                if key.required && old.is_none() && !self.partial {
                    self.push(missing_key::missing_key(&entry.key_at, "a deadline", &entry.key, key));
                }
            }
            found.push(self.deadline(&entry.key, &entry.node, old));
        }
        found
    }

    fn deadline(&mut self, id: &str, node: &Node, old: Option<&Node>) -> Deadline {
        let from = |key: &str| if node.get(key).is_some() { node } else { old.unwrap_or(node) };
        let on = date(from("on"), "on").unwrap_or_default();
        let grounds = match old {
            Some(old) if node.get("because").is_none() && node.get("assumption").is_none() => old,
            _ => node,
        };
        Deadline {
            id: id.to_owned(),
            title: text(from("title"), "title"),
            unless: self.formula_at(from("unless"), "unless"),
            then: from("then").get("then").map(|then| self.settings(then)).unwrap_or_default(),
            ahead: self.as_of.as_ref().is_some_and(|as_of| on > *as_of),
            on,
            grounds: self.grounds(grounds),
        }
    }

    /// The deadline that a question is about.
    pub(crate) fn about_of(&mut self, node: &Node, kind: Kind) -> Option<String> {
        let place = self.named(kind, node)?;
        self.names.of(kind).list.get(place).cloned()
    }
}
