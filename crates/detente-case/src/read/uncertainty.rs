//! How sure the analyst is: groups of evidence, other orders, other statements, types of actors.

use detente_model::{
    ActorId, ActorType, Expr, Instead, OtherOrder, Preference, Statement, Together, Uncertainty,
};

use crate::codes::uncertain;
use crate::codes::{duplicate_id, repeated, unknown_id};
use crate::read::Builder;
use crate::read::evidence::{share, text};
use crate::read::names::{Index, entries};
use crate::read::tree::{Entry, Node};

/// How far shares may pass 1 by rounding.
const ROUNDING: f64 = 1e-9;

impl Builder<'_> {
    /// `[together.ID]` and, under each actor, `order`, `instead` and `type`.
    pub(crate) fn uncertainty(&mut self, root: &Node, preferences: &[Preference]) -> Uncertainty {
        let mut found = Uncertainty::default();
        for entry in entries(root, "together") {
            let node = &entry.node;
            let strike = self.strike(node);
            if strike.is_empty() && !self.partial {
                self.push(uncertain::nothing_together(&entry.key_at, &entry.key));
            }
            self.spans.together.push(entry.key_at.clone());
            found.groups.push(Together {
                id: entry.key.clone(),
                title: text(node, "title"),
                strike,
                // A missing confidence is reported by its shape.
                confidence: share(node, "confidence").unwrap_or(1.0),
                note: text(node, "note"),
            });
        }
        for (actor, entry) in entries(root, "actor").iter().enumerate() {
            let actor = ActorId::from(actor);
            self.orders(actor, entry, preferences, &mut found);
            self.instead(actor, entry, preferences, &mut found);
            self.types(actor, entry, &mut found);
        }
        found
    }

    /// The nodes under `key` of an actor that prefers by statements; reported when it does not.
    fn choices<'n>(
        &mut self,
        actor: ActorId,
        entry: &'n Entry,
        key: &str,
        preferences: &[Preference],
    ) -> &'n [Node] {
        let Some(value) = entry.node.get(key) else { return &[] };
        if !matches!(preferences.get(actor.index()), Some(Preference::Statements(_))) {
            let at = value.list().first().map_or(&value.at, |first| &first.at).clone();
            self.push(uncertain::no_statements(&at, &entry.key, key));
            return &[];
        }
        value.list()
    }

    fn orders(&mut self, actor: ActorId, entry: &Entry, preferences: &[Preference], found: &mut Uncertainty) {
        let mut sum = 0.0;
        for node in self.choices(actor, entry, "order", preferences) {
            let mut first: Vec<String> = Vec::new();
            for id in node.get("first").map_or(&[][..], Node::list) {
                let Some(name) = self.statement_id(actor, &entry.key, id) else { continue };
                if first.contains(&name) {
                    self.push(repeated::repeated(&id.at, &name));
                } else {
                    first.push(name);
                }
            }
            let grounds = self.grounds(node);
            let Some(share) = share(node, "share") else { continue };
            sum += share;
            self.sum(node, sum, &format!("orders of `{}`", entry.key));
            found.orders.push(OtherOrder { actor, first, share, grounds });
        }
    }

    fn instead(
        &mut self,
        actor: ActorId,
        entry: &Entry,
        preferences: &[Preference],
        found: &mut Uncertainty,
    ) {
        let mut sums: Vec<(String, f64)> = Vec::new();
        for node in self.choices(actor, entry, "instead", preferences) {
            let of = node.get("of").and_then(|id| self.statement_id(actor, &entry.key, id));
            let that = self.formula_at(node, "that");
            let grounds = self.grounds(node);
            let (Some(of), Some(that), Some(share)) = (of, that, share(node, "share")) else { continue };
            let at = sums.iter().position(|(id, _)| *id == of).unwrap_or_else(|| {
                sums.push((of.clone(), 0.0));
                sums.len() - 1
            });
            sums[at].1 += share;
            self.sum(node, sums[at].1, &format!("statements instead of `{of}`"));
            let unknown = node.get("unknown").and_then(Node::bool).unwrap_or(false);
            let statement = plain(that, grounds, unknown);
            found.instead.push(Instead { actor, of, statement, share });
        }
    }

    fn types(&mut self, actor: ActorId, entry: &Entry, found: &mut Uncertainty) {
        let mut ids = Index::default();
        let mut sum = 0.0;
        for node in entry.node.get("type").map_or(&[][..], Node::list) {
            let id = node.get("id");
            let name = id.and_then(Node::text).map(ToOwned::to_owned);
            if let (Some(id), Some(name)) = (id, &name)
                && let Err(first) = ids.add(name, &id.at)
            {
                let what = format!("type of `{}`", entry.key);
                self.push(duplicate_id::duplicate_id(&id.at, &what, name, &first));
            }
            let mut statements = Index::default();
            let list = node.get("prefers").map_or(&[][..], Node::list).iter();
            let prefers = list.flat_map(|one| self.statements(&entry.key, one, &mut statements)).collect();
            let grounds = self.grounds(node);
            let (Some(id), Some(share)) = (name, share(node, "share")) else { continue };
            sum += share;
            self.sum(node, sum, &format!("types of `{}`", entry.key));
            found.types.push(ActorType { actor, id, name: text(node, "name"), share, prefers, grounds });
        }
    }

    /// The id of one of the actor's statements.
    pub(crate) fn statement_id(&mut self, actor: ActorId, whose: &str, node: &Node) -> Option<String> {
        let id = node.text()?;
        let known = self.names.statements.get(actor.index()).cloned().unwrap_or_default();
        if known.find(id).is_some() {
            return Some(id.to_owned());
        }
        if !self.partial {
            let what = format!("statement of `{whose}`");
            let known: Vec<&str> = known.ids().collect();
            let miss = self.problems.near.miss(&what, id, known.iter().copied());
            self.push(unknown_id::unknown_id(&self.inner(node), &what, id, miss, &known));
        }
        None
    }

    fn sum(&mut self, node: &Node, sum: f64, what: &str) {
        if sum > 1.0 + ROUNDING {
            let at = node.get("share").map_or(&node.at, |share| &share.at).clone();
            self.push(uncertain::more_than_one(&at, what, sum));
        }
    }
}

fn plain(that: Expr, grounds: detente_model::Grounds, unknown: bool) -> Statement {
    Statement { id: None, that, grounds, strong: false, unknown, confidence: None, ..Statement::default() }
}
