//! Threats, promises, demands and offers; wishes that an incentive could change; names of readings.

use detente_model::{ActorId, ClaimId, Reading, Said, SaidKind, WishLever};

use crate::codes::readings;
use crate::read::Builder;
use crate::read::evidence::{text, word};
use crate::read::names::{Kind, entries};
use crate::read::things::lever;
use crate::read::tree::Node;

impl Builder<'_> {
    /// `[said.ID]`, in file order.
    pub(crate) fn said(&mut self, root: &Node) -> Vec<Said> {
        let mut found = Vec::new();
        for entry in entries(root, "said") {
            let node = &entry.node;
            let kind = word(node, "kind", &SaidKind::ALL);
            let by = self.actor_at(node, "by");
            let to = self.actors(node, "to");
            let when = self.formula_at(node, "if");
            let then = node.get("then").and_then(|then| {
                // What a threat or a promise says that is done must be something that can be done.
                match kind {
                    Some(SaidKind::Threat | SaidKind::Promise) => {
                        self.switched(then, "then")?;
                        self.formula(then)
                    }
                    _ => self.formula(then),
                }
            });
            let grounds = self.grounds(node);
            let (Some(kind), Some(by), Some(then)) = (kind, by, then) else { continue };
            self.spans.said.push(entry.key_at.clone());
            let lever = node.get("lever").and_then(lever);
            found.push(Said { id: entry.key.clone(), kind, by, to, when, then, lever, grounds });
        }
        found
    }

    /// `[[lever]]`, in file order.
    pub(crate) fn levers(&mut self, root: &Node) -> Vec<WishLever> {
        let mut found = Vec::new();
        for node in root.get("lever").map_or(&[][..], Node::list) {
            let actor = self.actor_at(node, "actor");
            let wish = match (actor, node.get("wish")) {
                (Some(actor), Some(wish)) => {
                    let whose = self.names.actors.list[actor.index()].clone();
                    self.statement_id(actor, &whose, wish)
                }
                _ => None,
            };
            let grounds = self.grounds(node);
            let (Some(actor), Some(wish), Some(lever)) = (actor, wish, lever(node)) else { continue };
            found.push(WishLever { actor, wish, lever, grounds });
        }
        found
    }

    /// `[reading.ID]`, in file order; `disputed`: the claims in dispute.
    pub(crate) fn readings(&mut self, root: &Node, disputed: &[ClaimId]) -> Vec<Reading> {
        let mut found = Vec::new();
        for entry in entries(root, "reading") {
            let node = &entry.node;
            self.spans.readings.push(entry.key_at.clone());
            found.push(Reading {
                id: entry.key.clone(),
                title: text(node, "title"),
                keeps: self.in_dispute(node, "keeps", disputed),
                drops: self.in_dispute(node, "drops", disputed),
            });
        }
        found
    }

    fn in_dispute(&mut self, node: &Node, key: &str, disputed: &[ClaimId]) -> Vec<ClaimId> {
        let mut found = Vec::new();
        let list = node.get(key);
        for claim in self.all_named(Kind::Claim, list) {
            let id = ClaimId::from(claim);
            if disputed.contains(&id) {
                found.push(id);
                continue;
            }
            let name = self.names.claims.list[claim].clone();
            let place = list.map_or(&[][..], Node::list).iter().find(|part| part.text() == Some(&name));
            let at = place.map_or(node.at.clone(), |part| self.inner(part));
            self.push(readings::undisputed(&at, &name));
        }
        found
    }

    /// Two or more actors that move together.
    pub(crate) fn movers_together(&mut self, node: &Node) -> Vec<ActorId> {
        let mut parties = self.actors(node, "parties");
        parties.sort_unstable();
        parties
    }
}
