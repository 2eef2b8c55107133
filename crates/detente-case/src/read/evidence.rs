//! What the case is about, sources, claims, and what rests on them.

use detente_model::{About, Claim, ClaimId, ClaimKind, Evidence, Grade, Grades, Grounds, Source, SourceId};

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

/// The grade of a source or a claim.
fn grade(node: &Node) -> Option<Grade> {
    Grade::parse(node.get("grade")?.text()?)
}

/// What `[case.grades]` changes in the table of grades.
fn grades(case: &Node) -> Grades {
    let mut grades = Grades::default();
    for entry in entries(case, "grades") {
        if let (Some(mark), Some(share)) = (entry.key.chars().next(), entry.node.number()) {
            grades.other.push((mark, share));
        }
    }
    grades
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
            grades: grades(case),
            note: text(case, "note"),
        }
    }

    pub(crate) fn evidence(&mut self, root: &Node) -> Evidence {
        let grades = root.get("case").map(grades).unwrap_or_default();
        let sources = entries(root, "source").iter().map(|entry| {
            let node = &entry.node;
            let grade = grade(node);
            Source {
                id: entry.key.clone(),
                title: text(node, "title").unwrap_or_default(),
                author: text(node, "author"),
                publisher: text(node, "publisher"),
                date: date(node, "date"),
                url: text(node, "url"),
                text: text(node, "text"),
                confidence: share(node, "confidence").or(grade.map(|grade| grades.confidence(grade))),
                grade,
                interest: text(node, "interest"),
                anonymous: node.get("anonymous").and_then(Node::bool).unwrap_or(false),
                note: text(node, "note"),
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
            let grade = grade(node);
            claims.push(Claim {
                id: entry.key.clone(),
                source: SourceId::from(source.unwrap_or(0)),
                at: text(node, "at"),
                says: text(node, "says").unwrap_or_default(),
                speaker: text(node, "speaker"),
                reported_by: text(node, "reported_by"),
                kind: word(node, "kind", &ClaimKind::ALL),
                quote: text(node, "quote"),
                confidence: share(node, "confidence").or(grade.map(|grade| grades.confidence(grade))),
                heard: texts(node, "heard"),
                grade,
                interest: text(node, "interest"),
                anonymous: node.get("anonymous").and_then(Node::bool).unwrap_or(false),
                note: text(node, "note"),
            });
        }
        Evidence { sources, claims, contradictions: self.contradictions(root) }
    }

    /// The pairs of claims that contradict each other, each once, in file order.
    fn contradictions(&mut self, root: &Node) -> Vec<(ClaimId, ClaimId)> {
        let mut pairs = Vec::new();
        for (at, entry) in entries(root, "claim").iter().enumerate() {
            let Some(list) = entry.node.get("contradicts") else { continue };
            self.spans.contradicts.push(list.at.clone());
            for other in self.all_named(Kind::Claim, Some(list)) {
                if other == at {
                    self.push(crate::codes::repeated::against_itself(&list.at, &entry.key));
                    continue;
                }
                pairs.push((ClaimId::from(at.min(other)), ClaimId::from(at.max(other))));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
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
