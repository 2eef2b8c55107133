//! What an actor wants: statements, weights, or a ranking.

use std::ops::Range;

use detente_model::{
    ActorId, Expr, LevelKind, LevelWish, Otherwise, Pattern, Preference, RankEntry, Ranking, Scale, State,
    Statement, Values, Weighed,
};
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
                    let mut list = Vec::new();
                    for node in value.list() {
                        let statements = self.statements(&entry.key, node, &mut ids);
                        places.extend(statements.iter().map(|_| statement_at(node)));
                        list.extend(statements);
                    }
                    Preference::Statements(list)
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

    /// One of `prefers`: a statement, or those that a wish over levels stands for.
    pub(crate) fn statements(&mut self, actor: &str, node: &Node, ids: &mut Index) -> Vec<Statement> {
        let id = self.id(actor, node, ids);
        self.wish(id, node)
    }

    /// A wish with this id.
    pub(crate) fn wish(&mut self, id: Option<String>, node: &Node) -> Vec<Statement> {
        let mut forms = Vec::new();
        if node.get("that").is_some() {
            forms.extend(self.formula_at(node, "that").map(|that| (that, None)));
        }
        for key in ["least", "most", "nearest"] {
            let Some(value) = node.get(key) else { continue };
            let Some(of) = (if key == "nearest" { value.get("of") } else { Some(value) }) else { continue };
            let Some((name, scale)) = self.levelled(of, key) else { continue };
            let kind = match key {
                "least" => LevelKind::Least,
                "most" => LevelKind::Most,
                _ => match value.get("to").and_then(Node::number) {
                    Some(to) => LevelKind::Nearest(to),
                    None => continue,
                },
            };
            let list = by_level(&scale, &kind);
            let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
            forms.extend(list.into_iter().zip(0..).map(|(that, at)| {
                (that, Some(LevelWish { of: name.clone(), kind: kind.clone(), at, count }))
            }));
        }
        let grounds = self.grounds(node);
        let confidence = share(node, "confidence");
        let otherwise = self.otherwise(node, confidence);
        let one = |(that, levels)| Statement {
            id: id.clone(),
            that,
            grounds: grounds.clone(),
            strong: text(node, "strength").as_deref() == Some("strong"),
            unknown: node.get("unknown").and_then(Node::bool).unwrap_or(false),
            confidence,
            otherwise,
            levels,
        };
        forms.into_iter().map(one).collect()
    }

    /// What becomes of the rest of the chance, where the file says it.
    fn otherwise(&mut self, node: &Node, confidence: Option<f64>) -> Option<Otherwise> {
        let value = node.get("otherwise")?;
        let Some(confidence) = confidence else {
            self.push(codes::otherwise::no_confidence(&value.at));
            return None;
        };
        let rest = 1.0 - confidence;
        let shares = match value.text() {
            Some("contrary") => Otherwise { contrary: rest, indifferent: 0.0 },
            Some(_) => Otherwise { contrary: 0.0, indifferent: rest },
            None => {
                let share = |key: &str| share(value, key).unwrap_or(0.0);
                let shares = Otherwise { contrary: share("contrary"), indifferent: share("indifferent") };
                if (confidence + shares.contrary + shares.indifferent - 1.0).abs() > ROUNDING {
                    let (contrary, indifferent) = (shares.contrary, shares.indifferent);
                    self.push(codes::otherwise::sum(&value.at, confidence, contrary, indifferent));
                }
                shares
            }
        };
        Some(shares)
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

/// Where a statement stands: its formula, or what its levels are of.
pub(crate) fn statement_at(node: &Node) -> Range<usize> {
    let said = ["that", "least", "most", "nearest"].into_iter().find_map(|key| node.get(key));
    said.map_or(&node.at, |said| &said.at).clone()
}

/// How far sums of shares may be from 1 by rounding.
const ROUNDING: f64 = 1e-9;

/// The statements of a wish over levels, one after the other: `least`: not above the lowest, not above the
/// next, …; `most`: above the last but one, …; `nearest`: within each distance, the shortest first. An act
/// that is off is below the lowest, and for `nearest` beyond every distance.
fn by_level(scale: &Scale, kind: &LevelKind) -> Vec<Expr> {
    let switch = |switch| Expr::Option(switch);
    match (kind, &scale.values) {
        (LevelKind::Least, _) => scale.switches().map(|bit| switch(bit).negate()).collect(),
        (LevelKind::Most, _) => scale.switches().rev().map(switch).collect(),
        (LevelKind::Nearest(to), Values::Numbers(list)) => {
            let distance = |at: usize| (list[at] - to).abs();
            let same = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs()).max(1.0);
            let mut all: Vec<f64> = (0..list.len()).map(distance).collect();
            all.sort_by(f64::total_cmp);
            all.dedup_by(|a, b| same(*a, *b));
            // Within the longest distance is everything, but for an act that is off.
            if !scale.can_be_off() {
                all.pop();
            }
            let within = |most: f64| scale.where_value(|at| distance(at) <= most || same(distance(at), most));
            all.into_iter().map(within).collect()
        }
        (LevelKind::Nearest(_), Values::Names(_)) => vec![],
    }
}
