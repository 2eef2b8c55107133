//! What is proposed and not taken: it stands in the file, and no part of the conflict knows of it.
//!
//! # Definition
//! A table with `proposed = true` is checked like any other and then left out, so that nothing that nobody looked at enters
//! a verdict. Claims stay: a claim carries nothing by itself, and what rests on it can be taken alone.

use std::ops::Range;

use super::tree::{Node, Value};

/// What a file proposes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proposed {
    /// One of it, several of it, and how many there are.
    pub(crate) counts: Vec<(&'static str, &'static str, usize)>,
    /// Ids of claims.
    pub(crate) claims: Vec<String>,
    /// Names of what is left out, as formulas and lists name it.
    pub(crate) names: Vec<String>,
    /// Where the first stands.
    pub(crate) first: Option<Range<usize>>,
}

const KINDS: [(&str, &str); 13] = [
    ("claim", "claims"),
    ("option", "options"),
    ("act", "acts"),
    ("wish", "wishes"),
    ("rule", "rules"),
    ("saying", "sayings"),
    ("tie", "ties"),
    ("document", "documents"),
    ("track", "tracks"),
    ("event", "events"),
    ("definition", "definitions"),
    ("question", "questions"),
    ("other thing", "other things"),
];

fn kind(path: &[&str]) -> &'static str {
    match path {
        ["claim", ..] => "claim",
        ["actor", _, "option", ..] => "option",
        ["actor", _, "prefers" | "weighs", ..] => "wish",
        ["act", ..] => "act",
        ["rule", ..] => "rule",
        ["said", ..] => "saying",
        ["tie", ..] => "tie",
        ["instrument", ..] => "document",
        ["track", ..] => "track",
        ["event", ..] => "event",
        ["define", ..] => "definition",
        ["question", ..] => "question",
        _ => "other thing",
    }
}

impl Proposed {
    /// Takes what is proposed out of a file.
    pub(crate) fn take(root: &mut Node) -> Self {
        let mut found = Self::default();
        found.within(root, &mut Vec::new());
        found
    }

    fn within<'n>(&mut self, node: &'n mut Node, path: &mut Vec<&'n str>) {
        match &mut node.value {
            Value::Table(table) => {
                table.entries.retain(|entry| {
                    let stays = !is_proposed(&entry.node) || path.as_slice() == ["claim"];
                    if is_proposed(&entry.node) {
                        self.count(path, Some(&entry.key), &entry.key_at);
                    }
                    stays
                });
                for entry in &mut table.entries {
                    path.push(&entry.key);
                    self.within(&mut entry.node, path);
                    path.pop();
                }
            }
            Value::List(list) => {
                list.retain(|one| {
                    if is_proposed(one) {
                        self.count(path, None, &one.at);
                    }
                    !is_proposed(one)
                });
                for one in list {
                    self.within(one, path);
                }
            }
            _ => {}
        }
    }

    fn count(&mut self, path: &[&str], key: Option<&str>, at: &Range<usize>) {
        let mut full: Vec<&str> = path.to_vec();
        full.extend(key);
        let kind = kind(&full);
        if let Some((one, several)) = KINDS.iter().find(|(one, _)| *one == kind) {
            match self.counts.iter_mut().find(|(known, ..)| known == one) {
                Some((.., count)) => *count += 1,
                None => self.counts.push((one, several, 1)),
            }
        }
        if self.first.as_ref().is_none_or(|first| at.start < first.start) {
            self.first = Some(at.clone());
        }
        let Some(key) = key else { return };
        match path {
            ["claim"] => self.claims.push(key.to_owned()),
            ["actor", actor, "option"] => self.names.push(format!("{actor}.{key}")),
            ["act"] => self.names.push(format!("act.{key}")),
            _ => self.names.push(key.to_owned()),
        }
    }
}

fn is_proposed(node: &Node) -> bool {
    node.get("proposed").and_then(Node::bool) == Some(true)
}
