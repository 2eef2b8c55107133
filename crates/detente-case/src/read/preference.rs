//! What an actor wants: statements, weights, or a ranking.

use std::ops::Range;

use detente_model::{ActorId, Pattern, Preference, RankEntry, Ranking, State, Statement, Weighed};
use num_bigint::BigUint;

use crate::codes;
use crate::format::MAX_STATEMENTS;
use crate::read::Builder;
use crate::read::evidence::{share, text};
use crate::read::game::is_number;
use crate::read::names::{Index, Kind};
use crate::read::tree::{Entry, Node};

impl Builder<'_> {
    /// The preference of an actor; without any: indifferent between all states.
    pub(crate) fn preference(&mut self, actor: ActorId, entry: &Entry) -> Preference {
        let node = &entry.node;
        let ways: Vec<(&str, Range<usize>)> = ["prefers", "weighs", "ranking"]
            .into_iter()
            .filter_map(|key| {
                let value = node.get(key)?;
                Some((key, value.list().first().map_or(&value.at, |first| &first.at).clone()))
            })
            .collect();
        if ways.len() > 1 {
            self.push(codes::two_preferences::two_preferences(&entry.key_at, &entry.key, &ways));
        }
        let list_ranking = node.get("ranking").is_some_and(|ranking| ranking.table().is_none());
        if let Some(rest) = node.get("rest").filter(|_| !list_ranking) {
            self.push(codes::two_preferences::rest_without_ranking(&rest.at));
        }
        self.spans.preferences.push(ways.first().map(|(_, at)| at.clone()));
        let mut ids = Index::default();
        let mut places = Vec::new();
        let mut groups_at = Vec::new();
        let mut preference = Preference::Statements(Vec::new());
        // All ways are read, so that the problems of all are reported; the first counts.
        for (key, _) in ways.iter().rev() {
            let Some(value) = node.get(key) else { continue };
            places.clear();
            preference = match *key {
                "prefers" => {
                    let list = value.list().iter().filter_map(|node| {
                        let statement = self.statement(&entry.key, node, &mut ids)?;
                        places.push(statement_at(node));
                        Some(statement)
                    });
                    Preference::Statements(list.collect())
                }
                "weighs" => {
                    let list = value.list().iter().filter_map(|node| {
                        let weighed = self.weighed(&entry.key, node, &mut ids)?;
                        places.push(statement_at(node));
                        Some(weighed)
                    });
                    Preference::Weights(list.collect())
                }
                _ => {
                    let (ranking, at) = self.ranking(value, node);
                    groups_at = at;
                    Preference::Ranking(ranking)
                }
            };
        }
        if let Some(at) = places.get(MAX_STATEMENTS) {
            let what = format!("statements of `{}`", entry.key);
            let problem = codes::too_many::too_many(at, &what, places.len(), MAX_STATEMENTS);
            self.push(problem);
        }
        debug_assert_eq!(self.names.statements.len(), actor.index());
        self.names.statements.push(ids);
        self.spans.statements.push(places);
        self.spans.rankings.push(groups_at);
        self.check_preference(actor, &entry.key, &preference);
        preference
    }

    /// Strong statements first; sums of weights within 64 bits.
    fn check_preference(&mut self, actor: ActorId, id: &str, preference: &Preference) {
        let places = &self.spans.statements[actor.index()];
        match preference {
            Preference::Statements(list) => {
                let mild = list.iter().position(|s| !s.strong);
                let late = mild.and_then(|mild| {
                    let strong = list[mild..].iter().position(|s| s.strong)?;
                    Some((mild, mild + strong))
                });
                if let Some((mild, strong)) = late {
                    let problem = codes::strong_order::strong_order(&places[strong], id, &places[mild]);
                    self.problems.push(problem);
                }
            }
            Preference::Weights(list) => {
                let sum = |keep: fn(i64) -> bool| {
                    list.iter().map(|w| w.weight).filter(|&w| keep(w)).try_fold(0_i64, i64::checked_add)
                };
                if sum(|w| w > 0).is_none() || sum(|w| w < 0).is_none() {
                    let at = places.first().cloned().unwrap_or(0..0);
                    self.problems.push(codes::weights::weights(&at, id));
                }
            }
            Preference::Ranking(_) => {}
        }
    }

    fn id(&mut self, actor: &str, node: &Node, ids: &mut Index) -> Option<String> {
        let id = node.get("id")?;
        let name = id.text()?;
        if let Err(first) = ids.add(name, &id.at) {
            let what = format!("statement of `{actor}`");
            self.push(codes::duplicate_id::duplicate_id(&id.at, &what, name, &first));
        }
        Some(name.to_owned())
    }

    /// One of `prefers`.
    pub(crate) fn statement(&mut self, actor: &str, node: &Node, ids: &mut Index) -> Option<Statement> {
        let id = self.id(actor, node, ids);
        let that = self.formula_at(node, "that");
        let grounds = self.grounds(node);
        Some(Statement {
            id,
            that: that?,
            grounds,
            strong: text(node, "strength").as_deref() == Some("strong"),
            unknown: node.get("unknown").and_then(Node::bool).unwrap_or(false),
            confidence: share(node, "confidence"),
            ..Statement::default()
        })
    }

    /// One of `weighs`.
    pub(crate) fn weighed(&mut self, actor: &str, node: &Node, ids: &mut Index) -> Option<Weighed> {
        let id = self.id(actor, node, ids);
        let that = self.formula_at(node, "that");
        let grounds = self.grounds(node);
        let weight = node.get("weight").and_then(Node::integer);
        Some(Weighed { id, that: that?, weight: weight?, grounds, confidence: share(node, "confidence") })
    }

    fn ranking(&mut self, value: &Node, actor: &Node) -> (Ranking, Vec<Vec<Range<usize>>>) {
        let (list, rest) = match value.get("groups") {
            Some(groups) => (groups, value.get("rest")),
            None => (value, actor.get("rest")),
        };
        if list.is_list() && list.list().is_empty() {
            self.push(codes::empty_list::empty_list(&list.at, "ranking"));
        }
        let mut groups = Vec::new();
        let mut places = Vec::new();
        for group in list.list() {
            let mut entries = Vec::new();
            let mut at = Vec::new();
            if group.is_list() && group.list().is_empty() {
                self.push(codes::empty_list::empty_list(&group.at, "ranking"));
            }
            for node in group.list() {
                if let Some(entry) = self.rank_entry(node) {
                    entries.push(entry);
                    at.push(node.at.clone());
                }
            }
            groups.push(entries);
            places.push(at);
        }
        let grounds = self.grounds(value);
        (Ranking { groups, rest_last: rest.is_some(), grounds }, places)
    }

    fn rank_entry(&mut self, node: &Node) -> Option<RankEntry> {
        if let Some(number) = node.integer() {
            let number = u64::try_from(number).ok()?; // a negative one is reported by its shape
            return self.numbered(&BigUint::from(number), node).map(RankEntry::State);
        }
        let text = node.text()?;
        if let Some(formula) = text.strip_prefix('=') {
            let skip = text.len() - formula.len();
            return self.formula_after(node, skip).map(RankEntry::Formula);
        }
        if self.graph {
            let index = self.named(Kind::State, node)?;
            return Some(RankEntry::State(State::from_number(index as u64 + 1)));
        }
        if is_number(text) {
            return self.written_number(text, node).map(RankEntry::State);
        }
        match Pattern::parse(text) {
            Ok(pattern) => {
                self.fits(&pattern, node)?;
                Some(RankEntry::Pattern(pattern))
            }
            Err((_, found)) => {
                self.push(codes::bad_pattern::wrong_character(&node.at, found));
                None
            }
        }
    }
}

/// Where a statement stands: its formula.
pub(crate) fn statement_at(node: &Node) -> Range<usize> {
    node.get("that").map_or(&node.at, |that| &that.at).clone()
}
