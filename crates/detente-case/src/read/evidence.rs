//! What the case is about, sources, claims, and what rests on them.

use detente_model::{About, Claim, ClaimId, ClaimKind, Evidence, Grounds, Source, SourceId};

use crate::read::Builder;
use crate::read::names::{Kind, entries};
use crate::read::tree::{Node, Value};

/// A text under a key.
pub(crate) fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().map(ToOwned::to_owned)
}

/// A date under a key, as `YYYY[-MM[-DD]]`.
pub(crate) fn date(node: &Node, key: &str) -> Option<String> {
    let node = node.get(key)?;
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Date(date) => date.date.map(|date| date.to_string()),
        _ => None,
    }
}

/// A share under a key.
pub(crate) fn share(node: &Node, key: &str) -> Option<f64> {
    node.get(key)?.number()
}

/// The value that a word stands for.
pub(crate) fn word<T: Copy>(node: &Node, key: &str, all: &[(T, &str)]) -> Option<T> {
    let word = node.get(key)?.text()?;
    all.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
}

/// All texts of a list under a key.
pub(crate) fn texts(node: &Node, key: &str) -> Vec<String> {
    let list = node.get(key).map_or(&[][..], Node::list);
    list.iter().filter_map(Node::text).map(ToOwned::to_owned).collect()
}

impl Builder<'_> {
    pub(crate) fn about(&self, root: &Node) -> About {
        let Some(case) = root.get("case") else { return About::default() };
        About {
            title: text(case, "title").unwrap_or_default(),
            as_of: date(case, "as_of"),
            question: text(case, "question"),
            author: text(case, "author"),
            limits: texts(case, "limits"),
            note: text(case, "note"),
        }
    }

    pub(crate) fn evidence(&mut self, root: &Node) -> Evidence {
        let sources = entries(root, "source").iter().map(|entry| {
            let node = &entry.node;
            Source {
                id: entry.key.clone(),
                title: text(node, "title").unwrap_or_default(),
                author: text(node, "author"),
                publisher: text(node, "publisher"),
                date: date(node, "date"),
                url: text(node, "url"),
                text: text(node, "text"),
                confidence: share(node, "confidence"),
                note: text(node, "note"),
                ..Source::default()
            }
        });
        let sources = sources.collect();
        self.spans.sources = self.names.sources.at.clone();
        self.spans.source_texts =
            entries(root, "source").iter().map(|e| e.node.get("text").map(|text| text.at.clone())).collect();
        let mut claims = Vec::new();
        for entry in entries(root, "claim") {
            let node = &entry.node;
            let source = node.get("source").and_then(|source| self.named(Kind::Source, source));
            self.spans.claims.push(entry.key_at.clone());
            self.spans.quotes.push(node.get("quote").map(|node| node.at.clone()));
            self.spans.claim_places.push(node.get("at").map(|node| node.at.clone()));
            claims.push(Claim {
                id: entry.key.clone(),
                source: SourceId::from(source.unwrap_or(0)),
                at: text(node, "at"),
                says: text(node, "says").unwrap_or_default(),
                speaker: text(node, "speaker"),
                reported_by: text(node, "reported_by"),
                kind: word(node, "kind", &ClaimKind::ALL),
                quote: text(node, "quote"),
                confidence: share(node, "confidence"),
                note: text(node, "note"),
                ..Claim::default()
            });
        }
        Evidence { sources, claims, ..Evidence::default() }
    }

    /// What a thing rests on: `because`, `assumption`, `says`, `says_not`, `note`.
    pub(crate) fn grounds(&mut self, node: &Node) -> Grounds {
        Grounds {
            claims: self.all_named(Kind::Claim, node.get("because")).into_iter().map(ClaimId::from).collect(),
            assumption: node.get("assumption").and_then(Node::bool).unwrap_or(false),
            says: text(node, "says"),
            says_not: text(node, "says_not"),
            note: text(node, "note"),
        }
    }
}
