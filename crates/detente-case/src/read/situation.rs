//! The situation around the game: bodies, instruments, tracks, ties, events, effects.

use detente_model::{
    ActorId, Body, BodyId, Change, Effect, Event, Instrument, InstrumentStatus, Situation, Tie, TieKind,
    Track,
};

use crate::codes;
use crate::format::OF_AN_EVENT;
use crate::read::Builder;
use crate::read::evidence::{date, text, word};
use crate::read::names::{Kind, entries};
use crate::read::tree::Node;

impl Builder<'_> {
    pub(crate) fn situation(&mut self, root: &Node) -> Situation {
        let mut situation = Situation::default();
        for entry in entries(root, "body") {
            let node = &entry.node;
            situation.bodies.push(Body {
                id: entry.key.clone(),
                name: text(node, "name").unwrap_or_default(),
                members: self.actors(node, "members"),
                grounds: self.grounds(node),
            });
        }
        for entry in entries(root, "instrument") {
            let node = &entry.node;
            situation.instruments.push(Instrument {
                id: entry.key.clone(),
                title: text(node, "title").unwrap_or_default(),
                parties: self.actors(node, "parties"),
                signed: date(node, "signed"),
                until: date(node, "until"),
                lapses: date(node, "lapses"),
                clauses: node.get("clauses").and_then(Node::integer).and_then(|n| u32::try_from(n).ok()),
                status: word(node, "status", &InstrumentStatus::ALL),
                grounds: self.grounds(node),
            });
        }
        for entry in entries(root, "track") {
            let node = &entry.node;
            situation.tracks.push(Track {
                id: entry.key.clone(),
                title: text(node, "title").unwrap_or_default(),
                convenor: self.actor_at(node, "convenor"),
                parties: self.actors(node, "parties"),
                grounds: self.grounds(node),
            });
        }
        for node in root.get("tie").map_or(&[][..], Node::list) {
            let between = self.pair(node, "between");
            let kind = word(node, "kind", &TieKind::ALL);
            let mending = node.get("mending").and_then(Node::bool).unwrap_or(false);
            let grounds = self.grounds(node);
            if let (Some(between), Some(kind)) = (between, kind) {
                situation.ties.push(Tie { between, kind, mending, grounds });
            }
        }
        for node in root.get("event").map_or(&[][..], Node::list) {
            let expected = node.get("expected").and_then(Node::bool).unwrap_or(false);
            if !expected && node.get("on").is_none() && !self.partial {
                self.push(codes::missing_key::missing_key(&node.at, "an event", "event", &OF_AN_EVENT));
            }
            self.spans.events.push(node.get("title").map_or(&node.at, |title| &title.at).clone());
            let deaths = self.deaths(node);
            situation.events.push(Event {
                count: node.get("count").and_then(Node::integer).and_then(|n| u32::try_from(n).ok()),
                deaths,
                on: date(node, "on").unwrap_or_default(),
                until: date(node, "until"),
                title: text(node, "title").unwrap_or_default(),
                actors: self.actors(node, "actors"),
                expected,
                grounds: self.grounds(node),
            });
        }
        for node in root.get("effect").map_or(&[][..], Node::list) {
            situation.effects.extend(self.effect(node));
        }
        situation
    }

    /// A low, the best and a high estimate, none below the one before it.
    fn deaths(&mut self, node: &Node) -> Option<[u32; 3]> {
        let list = node.get("deaths")?;
        let number = |node: &Node| node.integer().and_then(|n| u32::try_from(n).ok());
        let numbers: Vec<u32> = list.list().iter().filter_map(number).collect();
        let deaths: [u32; 3] = numbers.try_into().ok()?;
        if !deaths.is_sorted() {
            self.push(codes::out_of_range::estimates(&list.at, "deaths"));
            return None;
        }
        Some(deaths)
    }

    fn effect(&mut self, node: &Node) -> Option<Effect> {
        let when = self.formula_at(node, "when");
        let body = node.get("body").and_then(|body| self.named(Kind::Body, body)).map(BodyId::from);
        let leaves = self.actor_at(node, "leaves");
        let joins = self.actor_at(node, "joins");
        let tie = node.get("tie").and_then(|_| self.pair(node, "tie"));
        let becomes = word(node, "becomes", &TieKind::ALL);
        let grounds = self.grounds(node);
        let change = match (body, leaves, joins, tie, becomes) {
            (Some(body), Some(actor), None, None, None) => Change::Leaves(body, actor),
            (Some(body), None, Some(actor), None, None) => Change::Joins(body, actor),
            (None, None, None, Some(tie), Some(kind)) => Change::Becomes(tie, kind),
            _ => Change::Text(text(node, "text")?),
        };
        Some(Effect { when: when?, change, grounds })
    }

    /// The actors that a list names.
    pub(crate) fn actors(&mut self, node: &Node, key: &str) -> Vec<ActorId> {
        self.all_named(Kind::Actor, node.get(key)).into_iter().map(ActorId::from).collect()
    }

    /// The actor under a key.
    pub(crate) fn actor_at(&mut self, node: &Node, key: &str) -> Option<ActorId> {
        self.named(Kind::Actor, node.get(key)?).map(ActorId::from)
    }

    /// Two different actors.
    fn pair(&mut self, node: &Node, key: &str) -> Option<[ActorId; 2]> {
        let list = node.get(key)?.list();
        let pair: Vec<Option<usize>> = list.iter().map(|node| self.named(Kind::Actor, node)).collect();
        match pair.as_slice() {
            [Some(a), Some(b)] if a == b => {
                let id = self.names.actors.list[*a].clone();
                self.push(codes::repeated::with_itself(&list[1].at, &id));
                None
            }
            [Some(a), Some(b)] => Some([ActorId::from(*a), ActorId::from(*b)]),
            _ => None,
        }
    }
}
