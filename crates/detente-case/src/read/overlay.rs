//! Variants and views: what differs, tried on the case.

use std::collections::HashSet;
use std::ops::Range;

use detente_model::{
    AccountsError, ActorId, AddStatement, Conflict, Game, MOST_ACCOUNTS, OptionId, Overlay, OverlayError,
    Preference, Strike, Variant, View,
};

use crate::check::sat::Work;
use crate::check::{begins, dates, errors, words};
use crate::codes;
use crate::format::MAX_VARIANTS;
use crate::read::evidence::text;
use crate::read::names::{Index, Kind, entries};
use crate::read::preference::statement_at;
use crate::read::tree::Node;
use crate::read::{Builder, OverlaySpans};

impl Builder<'_> {
    pub(crate) fn variants(&mut self, root: &Node, game: &Game) -> Vec<Variant> {
        let list = entries(root, "variant");
        if let Some(entry) = list.get(MAX_VARIANTS) {
            self.push(codes::too_many::too_many(&entry.key_at, "variants", list.len(), MAX_VARIANTS));
        }
        let mut variants = Vec::new();
        for entry in list {
            let (mut overlay, mut spans) = self.overlay(root, &entry.node, game);
            let options = game.options().iter().enumerate();
            let here = options.filter(|(_, option)| option.only_in.contains(&entry.key));
            overlay.lift = here.map(|(at, _)| OptionId::from(at)).collect();
            spans.key = entry.key_at.clone();
            self.spans.variants.push(spans);
            variants.push(Variant {
                id: entry.key.clone(),
                title: text(&entry.node, "title").unwrap_or_else(|| entry.key.clone()),
                overlay,
                note: text(&entry.node, "note"),
            });
        }
        variants
    }

    pub(crate) fn views(&mut self, root: &Node, game: &Game) -> Vec<View> {
        let mut views = Vec::new();
        for entry in entries(root, "view") {
            let actor = self.find(Kind::Actor, &entry.key, &entry.key_at);
            let (overlay, mut spans) = self.overlay(root, &entry.node, game);
            spans.key = entry.key_at.clone();
            let Some(actor) = actor else { continue };
            self.spans.views.push(spans);
            views.push(View { actor: ActorId::from(actor), overlay, note: text(&entry.node, "note") });
        }
        views
    }

    fn overlay(&mut self, root: &Node, node: &Node, game: &Game) -> (Overlay, OverlaySpans) {
        let mut overlay = Overlay::default();
        let mut spans = OverlaySpans::default();
        if let Some(drop) = node.get("drop") {
            self.dropped(drop, &mut overlay);
        }
        if let Some(strike) = node.get("strike") {
            overlay.strike = self.strike(strike);
            spans.strike = Some(strike.at.clone());
        }
        if let Some(list) = node.get("unavailable") {
            if self.graph {
                self.push(codes::wrong_form::in_graph_form(&list.at, "options"));
            } else {
                overlay.unavailable = self.all_switches(list);
            }
        }
        if self.graph {
            for (key, what) in [("define", "defined names"), ("act", "acts"), ("deadline", "deadlines")] {
                if let Some(given) = node.get(key) {
                    self.push(codes::wrong_form::in_graph_form(&given.at, what));
                }
            }
        } else {
            self.defined(node, &mut overlay);
            overlay.acts = self.act_terms(root, node);
            overlay.deadlines = self.other_deadlines(root, node);
        }
        self.changed(node, &mut overlay);
        if let Some(add) = node.get("add") {
            self.added(add, game, &mut overlay, &mut spans);
        }
        if let Some(state) = node.get("status_quo") {
            overlay.status_quo = self.state(state);
            spans.status_quo = Some(state.at.clone());
        }
        (overlay, spans)
    }

    /// Other meanings of defined names.
    fn defined(&mut self, node: &Node, overlay: &mut Overlay) {
        for entry in entries(node, "define") {
            let place = self.find(Kind::Definition, &entry.key, &entry.key_at);
            let that = self.formula(entry.node.get("that").unwrap_or(&entry.node));
            let otherwise = self.formula_at(&entry.node, "otherwise");
            let made = self.definition(&entry.key, &entry.node, that, otherwise);
            let id = place.and_then(|place| self.names.definition_ids.get(place).copied().flatten());
            if let (Some(id), Some(definition)) = (id, made) {
                overlay.define.push((id, definition));
            }
        }
    }

    /// Other statements in the place of some.
    fn changed(&mut self, node: &Node, overlay: &mut Overlay) {
        let Some(change) = node.get("change") else { return };
        for entry in entries(change, "prefers") {
            let Some(actor) = self.find(Kind::Actor, &entry.key, &entry.key_at) else { continue };
            let actor = ActorId::from(actor);
            for statement in entry.node.entries() {
                let known = self.statement_key(actor, &entry.key, &statement.key, &statement.key_at);
                let statements = self.wish(Some(statement.key.clone()), &statement.node);
                if known && !statements.is_empty() {
                    overlay.change_prefers.push((actor, statement.key.clone(), statements));
                }
            }
        }
    }

    /// Whether an actor has a statement with this id; reported where it has not.
    fn statement_key(&mut self, actor: ActorId, whose: &str, id: &str, at: &Range<usize>) -> bool {
        let ids = self.names.statements.get(actor.index()).into_iter().flat_map(Index::ids);
        let known: Vec<&str> = ids.collect();
        if known.contains(&id) {
            return true;
        }
        if !self.partial {
            let what = format!("statement of `{whose}`");
            let miss = self.problems.near.miss(&what, id, known.iter().copied());
            let problem = codes::unknown_id::unknown_id(at, &what, id, miss, &known);
            self.problems.push(problem);
        }
        false
    }

    fn dropped(&mut self, drop: &Node, overlay: &mut Overlay) {
        let rules = self.all_named(Kind::Rule, drop.get("rule"));
        overlay.drop_rules = rules.into_iter().map(|i| self.names.rules.list[i].clone()).collect();
        for entry in entries(drop, "prefers") {
            let Some(actor) = self.find(Kind::Actor, &entry.key, &entry.key_at) else { continue };
            let mut seen = HashSet::new();
            for node in entry.node.list() {
                let Some(id) = node.text() else { continue };
                let at = self.inner(node);
                let known = self.names.statements.get(actor).and_then(|ids| ids.find(id));
                match known {
                    None if self.partial => {}
                    None => {
                        let what = format!("statement of `{}`", entry.key);
                        let ids = self.names.statements.get(actor).into_iter().flat_map(Index::ids);
                        let known: Vec<&str> = ids.collect();
                        let miss = self.problems.near.miss(&what, id, known.iter().copied());
                        self.problems.push(codes::unknown_id::unknown_id(&at, &what, id, miss, &known));
                    }
                    Some(index) if !seen.insert(index) => self.push(codes::repeated::repeated(&node.at, id)),
                    Some(_) => overlay.drop_prefers.push((ActorId::from(actor), id.to_owned())),
                }
            }
        }
    }

    fn added(&mut self, add: &Node, game: &Game, overlay: &mut Overlay, spans: &mut OverlaySpans) {
        if let Some(rules) = add.get("rule") {
            let mut ids = self.names.rules.clone_without(&overlay.drop_rules);
            for node in rules.list() {
                let (rule, at) = self.rule(node, &mut ids);
                overlay.add_rules.extend(rule);
                spans.rules.push(at);
            }
        }
        for entry in entries(add, "prefers") {
            let Some(actor) = self.find(Kind::Actor, &entry.key, &entry.key_at) else { continue };
            let mut ids = self.remaining(actor, overlay);
            for node in entry.node.list() {
                let at = node.get("at").and_then(Node::integer).and_then(|at| u32::try_from(at).ok());
                for statement in self.statements(&entry.key, node, &mut ids) {
                    let actor = ActorId::from(actor);
                    overlay.add_prefers.push(AddStatement { actor, at, statement });
                    spans.prefers.push(statement_at(node));
                }
            }
        }
        for entry in entries(add, "weighs") {
            let Some(actor) = self.find(Kind::Actor, &entry.key, &entry.key_at) else { continue };
            let mut ids = self.remaining(actor, overlay);
            for node in entry.node.list() {
                if let Some(weighed) = self.weighed(&entry.key, node, &mut ids) {
                    overlay.add_weighs.push((ActorId::from(actor), weighed));
                    spans.weighs.push(statement_at(node));
                }
            }
        }
        for entry in entries(add, "cannot") {
            let Some(actor) = self.find(Kind::Actor, &entry.key, &entry.key_at) else { continue };
            for node in entry.node.list() {
                overlay.add_cannot.extend(self.cannot(ActorId::from(actor), node));
            }
        }
        debug_assert!(overlay.add_prefers.iter().all(|add| add.actor.index() < game.actors.len()));
    }

    /// The ids of the statements of an actor that the overlay does not drop.
    fn remaining(&self, actor: usize, overlay: &Overlay) -> Index {
        let dropped: Vec<String> = overlay
            .drop_prefers
            .iter()
            .filter(|(whose, _)| whose.index() == actor)
            .map(|(_, id)| id.clone())
            .collect();
        self.names.statements.get(actor).map(|ids| ids.clone_without(&dropped)).unwrap_or_default()
    }

    /// Checks the case as written, tries every overlay and every strike on it, and reports what
    /// goes wrong. `None` when something did.
    pub(crate) fn apply_overlays(&mut self, conflict: Conflict) -> Option<Conflict> {
        let errors_before = self.problems.errors();
        self.check_accounts(&conflict);
        if let (Some(form), Some(state)) = (conflict.game.option_form(), &conflict.game.status_quo)
            && let Some(index) = form.broken_rule(state)
        {
            // Where no state obeys the rules, the status quo is not to blame.
            let (work, rules_at) = (Work::new(errors::WORK), &self.spans.rules);
            if errors::contradiction(&conflict.game, "", None, rules_at, &work, &mut self.problems) {
                return None;
            }
            let at = self.spans.status_quo.clone().unwrap_or(0..0);
            let rule = words::named_rule(&conflict.game, form, index);
            let rule_at = self.spans.rules.get(index).cloned();
            self.push(codes::status_quo::status_quo(&at, &rule, rule_at.as_ref()));
            return None;
        }
        // Only what an overlay can touch is copied for each of them.
        let mut bare = Conflict {
            about: Default::default(),
            evidence: conflict.evidence,
            situation: Default::default(),
            game: conflict.game,
            outcomes: Vec::new(),
            questions: Vec::new(),
            variants: Vec::new(),
            views: Vec::new(),
            observed: Vec::new(),
            uncertainty: Default::default(),
            variant: None,
            ..Conflict::default()
        };
        let variants = conflict.variants.iter().zip(self.spans.variants.clone());
        for (variant, spans) in variants {
            self.try_overlay(&bare, &variant.overlay, &format!("variant `{}`", variant.id), &spans, false);
        }
        for (view, spans) in conflict.views.iter().zip(self.spans.views.clone()) {
            let name = format!("the view of `{}`", self.names.actors.list[view.actor.index()]);
            self.try_overlay(&bare, &view.overlay, &name, &spans, false);
        }
        for (question, at) in conflict.questions.iter().zip(self.spans.concepts.clone()) {
            if let Some(concept) = question.concept
                && let Some(why) = concept.undefined_for(&bare.game)
            {
                let at = at.unwrap_or(0..0);
                let problem =
                    codes::undefined_concept::undefined_concept(&at, &question.id, concept.id(), why);
                self.push(problem);
            }
        }
        for (question, at) in conflict.questions.iter().zip(self.spans.strikes.clone()) {
            if question.strike == Strike::default() {
                continue;
            }
            let overlay = Overlay { strike: question.strike.clone(), ..Overlay::default() };
            let key = at.clone().unwrap_or(0..0);
            let spans = OverlaySpans { key, strike: at, ..OverlaySpans::default() };
            let name = format!("the strike of question `{}`", question.id);
            self.try_overlay(&bare, &overlay, &name, &spans, true);
        }
        for (group, at) in conflict.uncertainty.groups.iter().zip(self.spans.together.clone()) {
            let overlay = Overlay { strike: group.strike.clone(), ..Overlay::default() };
            let spans = OverlaySpans { key: at.clone(), strike: Some(at), ..OverlaySpans::default() };
            let name = format!("what stands together in `{}`", group.id);
            self.try_overlay(&bare, &overlay, &name, &spans, true);
        }
        if self.problems.errors() > errors_before {
            return None;
        }
        let evidence = std::mem::take(&mut bare.evidence);
        let conflict = Conflict { evidence, game: bare.game, ..conflict };
        self.look_at_states(&conflict);
        (self.problems.errors() == errors_before).then_some(conflict)
    }

    /// Reports readings that fit no account of the case, or too many.
    fn check_accounts(&mut self, conflict: &Conflict) {
        let Err(errors) = conflict.accounts() else { return };
        for error in errors {
            match error {
                AccountsError::TooMany => {
                    let at = self.spans.contradicts.first().cloned().unwrap_or(0..0);
                    self.push(codes::readings::too_many(&at, MOST_ACCOUNTS));
                }
                AccountsError::Fits(id, count) => {
                    let place = conflict.readings.iter().position(|reading| reading.id == id);
                    let at = place.and_then(|place| self.spans.readings.get(place)).cloned().unwrap_or(0..0);
                    let drops = place.is_some_and(|place| !conflict.readings[place].drops.is_empty());
                    self.push(codes::readings::fits(&at, &id, count, drops));
                }
            }
        }
    }

    /// Reports what only the feasible states show, in the case as written and in its overlays.
    fn look_at_states(&mut self, conflict: &Conflict) {
        let work = Work::new(errors::WORK);
        let (game, spans, problems) = (&conflict.game, &self.spans, &mut self.problems);
        if errors::contradiction(game, "", None, &spans.rules, &work, problems) {
            return;
        }
        errors::ranking_errors(game, "", None, spans, &work, problems);
        dates::deadline_errors(game, "", None, spans, &work, problems);
        begins::asks_for_itself(game, spans, &work, problems);
        errors::overlay_errors(conflict, spans, &work, problems);
    }

    /// `struck`: the overlay is no version of the case, only what a question or a draw takes away.
    fn try_overlay(
        &mut self,
        bare: &Conflict,
        overlay: &Overlay,
        name: &str,
        spans: &OverlaySpans,
        struck: bool,
    ) {
        let Err(errors) = bare.with_overlay(overlay) else { return };
        for error in errors {
            // Where today would break a rule without the evidence, the conclusion is open: no mistake.
            if struck && matches!(error, OverlayError::StatusQuo { .. }) {
                continue;
            }
            let (at, hint) = self.overlay_place(&error, bare, overlay, spans);
            let words = match &error {
                OverlayError::StatusQuo { index, .. } => {
                    let rule = changed_rule(bare, overlay, *index);
                    rule.map_or(error.to_string(), |rule| format!("the status quo breaks the rule {rule}"))
                }
                error => error.to_string(),
            };
            self.push(codes::overlay::overlay(&at, name, &words, hint));
        }
    }

    fn overlay_place(
        &self,
        error: &OverlayError,
        bare: &Conflict,
        overlay: &Overlay,
        spans: &OverlaySpans,
    ) -> (Range<usize>, Option<String>) {
        let added = |id: &String| {
            let actor = self.names.actors.find(id).map(ActorId::from);
            let prefers = overlay.add_prefers.iter().position(|add| Some(add.actor) == actor);
            let weighs = overlay.add_weighs.iter().position(|(whose, _)| Some(*whose) == actor);
            (prefers.and_then(|i| spans.prefers.get(i)), weighs.and_then(|i| spans.weighs.get(i)))
        };
        let (at, hint) = match error {
            OverlayError::StatusQuo { .. } => (
                spans.status_quo.as_ref(),
                Some("give the overlay a status quo that obeys the rules: status_quo = […]"),
            ),
            OverlayError::PlaceBeyondEnd { actor, at, .. } => {
                let whose = self.names.actors.find(actor).map(ActorId::from);
                let index = overlay
                    .add_prefers
                    .iter()
                    .position(|add| Some(add.actor) == whose && add.at == Some(*at));
                (index.and_then(|i| spans.prefers.get(i)), Some("without `at` it comes last"))
            }
            OverlayError::OtherPreference(actor, way) => {
                let (prefers, weighs) = added(actor);
                let index = self.names.actors.find(actor);
                let hint = match index.and_then(|index| bare.game.preferences.get(index)) {
                    Some(Preference::Statements(_)) => "it prefers by statements: add.prefers adds one",
                    Some(Preference::Weights(_)) => "it prefers by weights: add.weighs adds one",
                    _ => "nothing can be added to a ranking: rank the states anew in a case of its own",
                };
                (if *way == "weights" { weighs } else { prefers }, Some(hint))
            }
            OverlayError::StrongAfterMild(actor) => {
                (added(actor).0, Some("strong statements come before all others: set `at`"))
            }
            OverlayError::Deadline { .. } => {
                (None, Some("let `then` set what the rules need, or say `unless`"))
            }
            OverlayError::WeightOverflow(actor) => (added(actor).1, Some("use smaller weights")),
            OverlayError::NothingToStrike { kind, .. } => {
                let at = spans.strike.as_ref().unwrap_or(&spans.key).clone();
                return (at, Some(speakers(bare, kind)));
            }
            OverlayError::NoRule(_) | OverlayError::NoStatement(..) => (None, Some("take it out of `drop`")),
            OverlayError::GraphForm(_) => {
                (None, Some("an overlay of a case in graph form changes the status quo"))
            }
        };
        (at.unwrap_or(&spans.key).clone(), hint.map(ToOwned::to_owned))
    }
}

/// Who is heard in the case, for a strike that names somebody else.
fn speakers(bare: &Conflict, kind: &str) -> String {
    const NAMED: usize = 8;
    let mut names: Vec<String> = Vec::new();
    for claim in bare.evidence.claims.iter().filter(|_| kind == "speaker") {
        let name = format!("`{}`", claim.speaker.as_deref().unwrap_or("author"));
        if !names.contains(&name) && names.len() <= NAMED {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => "strike what the case has, or take it out".to_owned(),
        [one] => format!("the only speaker is {one}"),
        names if names.len() <= NAMED => format!("the speakers are {}", words::and(names)),
        _ => "the speakers stand under `speaker` of the claims; without it they are `author`".to_owned(),
    }
}

/// A rule of the changed game in words.
fn changed_rule(bare: &Conflict, overlay: &Overlay, index: usize) -> Option<String> {
    let (mut bare, mut overlay) = (bare.clone(), overlay.clone());
    bare.game.status_quo = None;
    overlay.status_quo = None;
    let game = bare.with_overlay(&overlay).ok()?.game;
    Some(words::named_rule(&game, game.option_form()?, index))
}
