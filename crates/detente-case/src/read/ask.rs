//! Named outcomes, questions, and what happened afterwards.

use std::ops::Range;

use detente_model::{
    ClaimKind, Concept, Expr, Observed, Outcome, OutcomeStates, Question, QuestionKind, State, Strike,
};

use crate::codes;
use crate::format::MAX_QUESTIONS;
use crate::read::Builder;
use crate::read::evidence::{date, text, texts, word};
use crate::read::game::is_number;
use crate::read::names::{Kind, entries};
use crate::read::tree::Node;

impl Builder<'_> {
    pub(crate) fn outcomes(&mut self, root: &Node) -> Vec<Outcome> {
        self.spans.outcomes = self.names.outcomes.at.clone();
        let mut outcomes = Vec::new();
        for entry in entries(root, "outcome") {
            let states = entry.node.get("on").and_then(|on| self.states(on));
            outcomes.push(Outcome {
                id: entry.key.clone(),
                name: text(&entry.node, "name").unwrap_or_else(|| entry.key.clone()),
                // An outcome without states is reported already; it keeps its place.
                states: states.unwrap_or(OutcomeStates::Listed(Vec::new())),
            });
        }
        outcomes
    }

    /// A formula, or in graph form a list of states or one state.
    fn states(&mut self, node: &Node) -> Option<OutcomeStates> {
        if !self.graph && node.text().is_some() {
            return self.formula(node).map(OutcomeStates::Formula);
        }
        if !self.graph {
            if node.table().is_none() && node.integer().is_none() && node.bool().is_none() {
                self.push(codes::wrong_form::in_option_form(&node.at, "list of states"));
            }
            return None;
        }
        let list = match node.text() {
            Some(_) => self.named(Kind::State, node).into_iter().collect(),
            None => self.all_named(Kind::State, Some(node)),
        };
        Some(OutcomeStates::Listed(list.into_iter().map(|i| State::from_number(i as u64 + 1)).collect()))
    }

    /// The states of an outcome that is named, or written like [`Builder::states`], with the words
    /// of the file.
    fn outcome(&mut self, node: &Node, outcomes: &[Outcome]) -> (Option<OutcomeStates>, Option<String>) {
        let Some(name) = node.text() else {
            let words: Vec<&str> = node.list().iter().filter_map(Node::text).collect();
            return (self.states(node), Some(words.join(", ")));
        };
        let Some(index) = self.names.outcomes.find(name) else {
            if self.no_outcome(name, node) {
                return (None, None);
            }
            return (self.states(node), Some(name.to_owned()));
        };
        let states = outcomes.get(index).map(|outcome| outcome.states.clone());
        if let Some(definition) = self.names.definitions.find(name)
            && let Some(Some(id)) = self.names.definition_ids.get(definition)
            && states != Some(OutcomeStates::Formula(Expr::Defined(*id)))
        {
            let names = (&self.names.outcomes.at[index], &self.names.definitions.at[definition]);
            let problem = codes::ambiguous_name::ambiguous_name(&node.at, name, names.0, names.1);
            self.push(problem);
        }
        (states, Some(name.to_owned()))
    }

    /// Reports an id that names neither an outcome nor anything of a formula.
    fn no_outcome(&mut self, name: &str, node: &Node) -> bool {
        let names = &self.names;
        let known = names.definitions.find(name).is_some()
            || names.states.find(name).is_some()
            || names.actors.find(name).is_some();
        if known || self.graph || self.partial || !crate::forms::is_id(name) || is_number(name) {
            return false;
        }
        let outcomes: Vec<&str> = names.outcomes.ids().collect();
        let ids = outcomes.iter().copied().chain(names.definitions.ids());
        let miss = self.problems.near.miss("outcome", name, ids);
        let problem = codes::unknown_id::unknown_id(&self.inner(node), "outcome", name, miss, &outcomes);
        self.push(problem);
        true
    }

    pub(crate) fn questions(&mut self, root: &Node, outcomes: &[Outcome]) -> Vec<Question> {
        let list = entries(root, "question");
        if let Some(entry) = list.get(MAX_QUESTIONS) {
            self.push(codes::too_many::too_many(&entry.key_at, "questions", list.len(), MAX_QUESTIONS));
        }
        let mut questions = Vec::new();
        for entry in list {
            let node = &entry.node;
            let (outcome, outcome_text) =
                node.get("outcome").map_or((None, None), |outcome| self.outcome(outcome, outcomes));
            let kind = word(node, "kind", &QuestionKind::ALL);
            let concept = node.get("concept").and_then(Node::text).and_then(Concept::from_id);
            let from = node.get("from").and_then(|from| self.from(from, root));
            let view = self.actor_at(node, "view");
            let (given, given_text) =
                node.get("given").map_or((None, None), |given| self.outcome(given, outcomes));
            let about = node.get("about").and_then(|about| match kind {
                Some(QuestionKind::Said) => self.about_of(about, Kind::Said),
                Some(QuestionKind::Deadline) => self.about_of(about, Kind::Deadline),
                kind => {
                    let kind = kind.map_or("", QuestionKind::word);
                    self.push(codes::question_needs::about_nothing(&about.at, &entry.key, kind));
                    None
                }
            });
            let strike = node.get("strike").map(|strike| self.strike(strike)).unwrap_or_default();
            let grounds = self.grounds(node);
            self.spans.concepts.push(node.get("concept").map(|concept| concept.at.clone()));
            self.spans.strikes.push(node.get("strike").map(|strike| strike.at.clone()));
            if let Some(kind) = kind {
                self.question_needs(&entry.key_at, &entry.key, kind, node);
                questions.push(Question {
                    id: entry.key.clone(),
                    ask: text(node, "ask").unwrap_or_default(),
                    kind,
                    outcome,
                    outcome_text,
                    concept,
                    from,
                    view,
                    strike,
                    given,
                    given_text,
                    about,
                    grounds,
                });
            }
        }
        questions
    }

    fn question_needs(&mut self, at: &Range<usize>, id: &str, kind: QuestionKind, node: &Node) {
        let needs: &[&str] = match kind {
            QuestionKind::Possible
            | QuestionKind::Certain
            | QuestionKind::Blockers
            | QuestionKind::Price
            | QuestionKind::Share => &["outcome"],
            QuestionKind::Trust => &["strike", "outcome"],
            QuestionKind::View => &["view", "outcome"],
            QuestionKind::Movers | QuestionKind::Deadline => &[],
            QuestionKind::Said => &["about"],
        };
        let partial = self.partial;
        for key in needs.iter().filter(|key| node.get(key).is_none() && !partial) {
            self.push(codes::question_needs::question_needs(at, id, kind.word(), key));
        }
        if let Some(view) = node.get("view")
            && let Some(actor) = view.text()
            && self.names.actors.find(actor).is_some()
            && self.names.views.find(actor).is_none()
            && !self.partial
        {
            self.push(codes::question_needs::no_view(&view.at, actor));
        }
    }

    /// The state a question starts from; `None` for the status quo.
    fn from(&mut self, node: &Node, root: &Node) -> Option<State> {
        if matches!(node.text(), Some("status_quo" | "sq")) {
            if root.get("status_quo").is_none() && !self.partial {
                self.push(codes::question_needs::no_status_quo(&node.at));
            }
            return None;
        }
        self.state(node)
    }

    /// What is struck.
    pub(crate) fn strike(&mut self, node: &Node) -> Strike {
        let claims = self.all_named(Kind::Claim, node.get("claims"));
        let sources = self.all_named(Kind::Source, node.get("sources"));
        let kinds = texts(node, "kinds");
        Strike {
            claims: claims.into_iter().map(|i| self.names.claims.list[i].clone()).collect(),
            speakers: texts(node, "speakers"),
            kinds: kinds
                .iter()
                .filter_map(|word| {
                    ClaimKind::ALL.iter().find(|(_, known)| known == word).map(|(kind, _)| *kind)
                })
                .collect(),
            sources: sources.into_iter().map(|i| self.names.sources.list[i].clone()).collect(),
            assumptions: node.get("assumptions").and_then(Node::bool).unwrap_or(false),
        }
    }

    pub(crate) fn observed(&mut self, root: &Node, outcomes: &[Outcome]) -> Vec<Observed> {
        let mut observed = Vec::new();
        for entry in entries(root, "observed") {
            let node = &entry.node;
            let outcome = node.get("outcome").and_then(|outcome| self.outcome(outcome, outcomes).0);
            let grounds = self.grounds(node);
            let Some(outcome) = outcome else { continue };
            self.spans.observed.push(entry.key_at.clone());
            observed.push(Observed {
                id: entry.key.clone(),
                on: date(node, "on").unwrap_or_default(),
                until: date(node, "until"),
                title: text(node, "title").unwrap_or_default(),
                outcome,
                grounds,
            });
        }
        observed
    }
}
