//! A whole conflict as a case file, in canonical layout.

use detente_model::{
    ActorId, Cannot, Change, Claim, Conflict, Definition, Expr, Form, GraphForm, Grounds, InstrumentStatus,
    Observed, OptionForm, OptionId, Outcome, OutcomeStates, Overlay, Preference, Question, QuestionKind,
    RankEntry, Ranking, Rule, RuleKind, State, Statement, Strike, Weighed,
};

use crate::write::value::{Pairs, list, quoted, texts};
use crate::write::wish::{rest_of_chance, says_all};

/// The conflict as a case file: reading the text gives the same conflict.
///
/// Not kept, because the model does not have it: comments and layout, and which of several ways
/// to write the same thing the author chose. A rule that an overlay made by declaring an option
/// unavailable is written as `never`; "at most one" inside a formula is written out in pairs.
///
/// Complexity: linear in the length of the text (times the number of actors for full names).
#[must_use]
pub fn to_toml(conflict: &Conflict) -> String {
    let mut writer = Writer { conflict, out: String::from("format = 1\n") };
    writer.about();
    writer.evidence();
    writer.actors();
    writer.situation();
    writer.names_and_rules();
    writer.preferences();
    writer.uncertainty();
    writer.asking();
    writer.overlays();
    writer.out
}

pub(super) struct Writer<'c> {
    pub(super) conflict: &'c Conflict,
    out: String,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, header: &str, pairs: &Pairs) {
        self.out += &format!("\n[{header}]\n{}", pairs.lines());
    }

    pub(super) fn element(&mut self, header: &str, pairs: &Pairs) {
        self.out += &format!("\n[[{header}]]\n{}", pairs.lines());
    }

    pub(super) fn formula(&self, expr: &Expr) -> String {
        quoted(&self.conflict.game.formula_text(expr))
    }

    pub(super) fn actor(&self, actor: ActorId) -> String {
        self.conflict.game.actors.get(actor.index()).map_or_else(String::new, |a| a.id.clone())
    }

    pub(super) fn actors_of(&self, actors: &[ActorId]) -> String {
        texts(actors.iter().map(|a| self.actor(*a)))
    }

    /// The names of options and acts, each once however many switches it has.
    fn options(&self, options: impl IntoIterator<Item = OptionId>) -> String {
        let mut names: Vec<String> = options.into_iter().map(|o| self.conflict.game.option_name(o)).collect();
        names.dedup();
        texts(names)
    }

    fn graph_state(&self, state: &State) -> Option<&String> {
        let position = usize::try_from(state.number()?).ok()?.checked_sub(1)?;
        self.conflict.game.graph_form()?.states.get(position)
    }

    /// A state as `status_quo` and `from` take it.
    fn state(&self, state: &State) -> String {
        match &self.conflict.game.form {
            Form::Options(form) if form.scales.is_empty() => self.options(state.on()),
            Form::Options(_) => {
                let (on, levels) = self.state_parts(state);
                match levels.is_empty() {
                    true => texts(on),
                    false => {
                        let mut pairs = Pairs::default();
                        pairs.add("on", texts(on)).add("levels", levels.inline());
                        pairs.inline()
                    }
                }
            }
            Form::Graph(_) => self.graph_state(state).map_or_else(|| state.to_string(), |id| quoted(id)),
        }
    }

    pub(super) fn states(&self, states: &OutcomeStates) -> String {
        match states {
            OutcomeStates::Formula(formula) => self.formula(formula),
            OutcomeStates::Listed(listed) => texts(listed.iter().filter_map(|s| self.graph_state(s))),
        }
    }

    pub(super) fn grounds(&self, pairs: &mut Pairs, grounds: &Grounds) {
        if !grounds.claims.is_empty() {
            let claims = &self.conflict.evidence.claims;
            let ids = grounds.claims.iter().filter_map(|c| claims.get(c.index())).map(|c| c.id.as_str());
            pairs.add("because", texts(ids));
        }
        pairs
            .flag("assumption", grounds.assumption)
            .maybe_text("says", grounds.says.as_ref())
            .maybe_text("says_not", grounds.says_not.as_ref())
            .maybe_text("note", grounds.note.as_ref());
    }

    fn about(&mut self) {
        let about = &self.conflict.about;
        let mut pairs = Pairs::default();
        pairs
            .text("title", &about.title)
            .maybe_date("as_of", about.as_of.as_ref())
            .maybe_text("question", about.question.as_ref())
            .maybe_text("author", about.author.as_ref());
        if !about.limits.is_empty() {
            pairs.add("limits", texts(&about.limits));
        }
        if !about.grades.other.is_empty() {
            let mut grades = Pairs::default();
            for (mark, value) in &about.grades.other {
                grades.maybe_share(&mark.to_string(), Some(*value));
            }
            pairs.add("grades", grades.inline());
        }
        pairs.maybe_text("note", about.note.as_ref());
        self.table("case", &pairs);
    }

    fn evidence(&mut self) {
        let evidence = &self.conflict.evidence;
        for source in &evidence.sources {
            let mut pairs = Pairs::default();
            pairs
                .text("title", &source.title)
                .maybe_text("author", source.author.as_ref())
                .maybe_text("publisher", source.publisher.as_ref())
                .maybe_date("date", source.date.as_ref())
                .maybe_text("url", source.url.as_ref())
                .maybe_text("text", source.text.as_ref());
            self.standing(
                &mut pairs,
                source.grade,
                source.interest.as_ref(),
                source.anonymous,
                source.confidence,
            );
            pairs.maybe_text("note", source.note.as_ref());
            self.table(&format!("source.{}", source.id), &pairs);
        }
        for (at, claim) in evidence.claims.iter().enumerate() {
            let source = evidence.sources.get(claim.source.index()).map_or("", |s| &s.id);
            let mut pairs = claim_pairs(claim, source);
            let against = evidence.contradictions.iter().filter(|(one, _)| one.index() == at);
            let against: Vec<&str> = against
                .filter_map(|(_, other)| evidence.claims.get(other.index()))
                .map(|other| other.id.as_str())
                .collect();
            if !against.is_empty() {
                pairs.add("contradicts", texts(against));
            }
            self.standing(
                &mut pairs,
                claim.grade,
                claim.interest.as_ref(),
                claim.anonymous,
                claim.confidence,
            );
            pairs.maybe_text("note", claim.note.as_ref());
            self.table(&format!("claim.{}", claim.id), &pairs);
        }
    }

    fn actors(&mut self) {
        let game = &self.conflict.game;
        for (index, actor) in game.actors.iter().enumerate() {
            let mut pairs = Pairs::default();
            pairs.text("name", &actor.name).maybe_text("note", actor.note.as_ref());
            if let Some(Preference::Ranking(ranking)) = game.preferences.get(index)
                && ranking.grounds == Grounds::default()
            {
                self.ranking(&mut pairs, "ranking", ranking);
            }
            self.table(&format!("actor.{}", actor.id), &pairs);
            let options: Vec<String> = game
                .things()
                .filter_map(|thing| Some((thing, game.options().get(thing.index())?)))
                .filter(|(_, option)| option.actor.index() == index)
                .map(|(thing, option)| {
                    let mut pairs = Pairs::default();
                    pairs.text("text", &option.text);
                    self.thing(&mut pairs, thing, option);
                    self.grounds(&mut pairs, &option.grounds);
                    let value = pairs.only("text").map_or_else(|| pairs.inline(), ToOwned::to_owned);
                    format!("{} = {value}\n", option.id)
                })
                .collect();
            if !options.is_empty() {
                self.out += &format!("[actor.{}.option]\n{}", actor.id, options.concat());
            }
        }
    }

    fn ranking(&self, pairs: &mut Pairs, key: &str, ranking: &Ranking) {
        let groups = ranking.groups.iter().map(|group| {
            list(group.iter().map(|entry| match entry {
                RankEntry::State(state) => match self.graph_state(state) {
                    Some(id) => quoted(id),
                    None => match state.number().filter(|n| i64::try_from(*n).is_ok()) {
                        Some(number) => number.to_string(),
                        None => quoted(&state.to_string()),
                    },
                },
                RankEntry::Pattern(pattern) => quoted(&pattern.to_string()),
                RankEntry::Formula(formula) => {
                    quoted(&format!("={}", self.conflict.game.formula_text(formula)))
                }
            }))
        });
        pairs.add(key, list(groups));
        if ranking.rest_last {
            pairs.text("rest", "last");
        }
    }

    fn situation(&mut self) {
        let situation = &self.conflict.situation;
        for body in &situation.bodies {
            let mut pairs = Pairs::default();
            pairs.text("name", &body.name);
            if !body.members.is_empty() {
                pairs.add("members", self.actors_of(&body.members));
            }
            self.grounds(&mut pairs, &body.grounds);
            self.table(&format!("body.{}", body.id), &pairs);
        }
        for instrument in &situation.instruments {
            let mut pairs = Pairs::default();
            pairs.text("title", &instrument.title);
            if !instrument.parties.is_empty() {
                pairs.add("parties", self.actors_of(&instrument.parties));
            }
            pairs
                .maybe_date("signed", instrument.signed.as_ref())
                .maybe_date("until", instrument.until.as_ref())
                .maybe_date("lapses", instrument.lapses.as_ref());
            if let Some(clauses) = instrument.clauses {
                pairs.add("clauses", clauses.to_string());
            }
            if let Some(status) = instrument.status {
                let word = InstrumentStatus::ALL.iter().find(|(known, _)| *known == status);
                pairs.text("status", word.map_or("", |(_, word)| word));
            }
            self.grounds(&mut pairs, &instrument.grounds);
            self.table(&format!("instrument.{}", instrument.id), &pairs);
        }
        for track in &situation.tracks {
            let mut pairs = Pairs::default();
            pairs.text("title", &track.title);
            if let Some(convenor) = track.convenor {
                pairs.text("convenor", &self.actor(convenor));
            }
            if !track.parties.is_empty() {
                pairs.add("parties", self.actors_of(&track.parties));
            }
            self.grounds(&mut pairs, &track.grounds);
            self.table(&format!("track.{}", track.id), &pairs);
        }
        for tie in &situation.ties {
            let mut pairs = Pairs::default();
            pairs
                .add("between", self.actors_of(&tie.between))
                .text("kind", tie.kind.word())
                .flag("mending", tie.mending);
            self.grounds(&mut pairs, &tie.grounds);
            self.element("tie", &pairs);
        }
        for event in &situation.events {
            let mut pairs = Pairs::default();
            pairs
                .maybe_date("on", Some(&event.on).filter(|on| !on.is_empty()))
                .maybe_date("until", event.until.as_ref())
                .flag("expected", event.expected)
                .text("title", &event.title);
            if !event.actors.is_empty() {
                pairs.add("actors", self.actors_of(&event.actors));
            }
            if let Some(count) = event.count {
                pairs.add("count", count.to_string());
            }
            if let Some([low, best, high]) = event.deaths {
                pairs.add("deaths", format!("[{low}, {best}, {high}]"));
            }
            self.grounds(&mut pairs, &event.grounds);
            self.element("event", &pairs);
        }
        for effect in &situation.effects {
            let mut pairs = Pairs::default();
            pairs.add("when", self.formula(&effect.when));
            let body = |body: &detente_model::BodyId| {
                situation.bodies.get(body.index()).map_or("", |b| b.id.as_str())
            };
            match &effect.change {
                Change::Leaves(from, actor) => {
                    pairs.text("body", body(from)).text("leaves", &self.actor(*actor));
                }
                Change::Joins(to, actor) => {
                    pairs.text("body", body(to)).text("joins", &self.actor(*actor));
                }
                Change::Becomes(pair, kind) => {
                    pairs.add("tie", self.actors_of(pair)).text("becomes", kind.word());
                }
                Change::Text(text) => {
                    pairs.text("text", text);
                }
            }
            self.grounds(&mut pairs, &effect.grounds);
            self.element("effect", &pairs);
        }
    }

    fn names_and_rules(&mut self) {
        match &self.conflict.game.form {
            Form::Options(form) => {
                self.acts(form);
                self.time(form);
                self.definitions(form);
                self.outcomes();
                let hidden: Vec<bool> = form.rules.iter().map(|rule| self.is_hidden(form, rule)).collect();
                for (rule, _) in form.rules.iter().zip(hidden).filter(|(_, hidden)| !hidden) {
                    self.element("rule", &self.rule(rule));
                }
            }
            Form::Graph(form) => {
                self.graph(form);
                self.outcomes();
            }
        }
        if let Some(state) = &self.conflict.game.status_quo {
            let mut pairs = Pairs::default();
            if self.conflict.game.graph_form().is_some() {
                pairs.add("state", self.state(state));
            } else {
                let (on, levels) = self.state_parts(state);
                pairs.add("on", texts(on));
                if !levels.is_empty() {
                    pairs.add("levels", levels.inline());
                }
            }
            self.table("status_quo", &pairs);
        }
    }

    /// Whether a rule stands in no file: the chain of levels, and what is there in some variants only.
    fn is_hidden(&self, form: &OptionForm, rule: &Rule) -> bool {
        match rule.kind {
            RuleKind::Chain(..) => true,
            RuleKind::Unavailable(switch) => {
                form.options.get(switch.index()).is_some_and(|option| !self.only_in(option).is_empty())
            }
            _ => false,
        }
    }

    fn definitions(&mut self, form: &OptionForm) {
        let mut pairs = Pairs::default();
        for definition in &form.definitions {
            pairs.add(&definition.id, self.definition(definition));
        }
        if !pairs.is_empty() {
            self.table("define", &pairs);
        }
    }

    fn definition(&self, definition: &Definition) -> String {
        let mut one = Pairs::default();
        one.add("that", self.formula(&definition.that));
        if let Some(otherwise) = &definition.otherwise {
            one.add("otherwise", self.formula(otherwise));
        }
        one.maybe_share("confidence", definition.confidence);
        self.grounds(&mut one, &definition.grounds);
        one.only("that").map_or_else(|| one.inline(), ToOwned::to_owned)
    }

    fn graph(&mut self, form: &GraphForm) {
        let mut pairs = Pairs::default();
        pairs.add("states", texts(&form.states));
        self.table("graph", &pairs);
        let mut names = Pairs::default();
        for (id, name) in form.states.iter().zip(&form.names).filter(|(id, name)| id != name) {
            names.text(id, name);
        }
        if !names.is_empty() {
            self.table("graph.names", &names);
        }
        let id = |position: u32| form.states.get(position as usize).map_or("", String::as_str);
        for arcs in form.arcs.chunk_by(|a, b| (a.actor, a.from) == (b.actor, b.from)) {
            let Some(first) = arcs.first() else { continue };
            let mut pairs = Pairs::default();
            pairs.text("from", id(first.from)).add("to", texts(arcs.iter().map(|arc| id(arc.to))));
            self.element(&format!("actor.{}.move", self.actor(first.actor)), &pairs);
        }
        for joint in &form.joint {
            for arcs in joint.arcs.chunk_by(|a, b| a.0 == b.0) {
                let Some((from, _)) = arcs.first() else { continue };
                let mut pairs = Pairs::default();
                pairs
                    .add("parties", self.actors_of(&joint.parties))
                    .text("from", id(*from))
                    .add("to", texts(arcs.iter().map(|(_, to)| id(*to))));
                self.element("move", &pairs);
            }
        }
    }

    fn outcomes(&mut self) {
        for Outcome { id, name, states } in &self.conflict.outcomes {
            let mut pairs = Pairs::default();
            pairs.text("name", name).add("on", self.states(states));
            self.table(&format!("outcome.{id}"), &pairs);
        }
    }

    fn rule(&self, rule: &Rule) -> Pairs {
        let mut pairs = Pairs::default();
        pairs.maybe_text("id", rule.id.as_ref());
        let all = |parts: &[Expr]| list(parts.iter().map(|part| self.formula(part)));
        match &rule.kind {
            RuleKind::Never(formula) => pairs.add("never", self.formula(formula)),
            RuleKind::Always(formula) => pairs.add("always", self.formula(formula)),
            RuleKind::AtMostOne(parts) => pairs.add("at_most_one", all(parts)),
            RuleKind::ExactlyOne(parts) => pairs.add("exactly_one", all(parts)),
            RuleKind::Requires(option, formula) => pairs
                .text("option", &self.conflict.game.option_name(*option))
                .add("requires", self.formula(formula)),
            // Not written: it is in the levels of the option.
            RuleKind::Chain(..) => &mut pairs,
            RuleKind::Unavailable(option) => pairs.add("never", self.formula(&Expr::Option(*option))),
        };
        pairs.maybe_share("confidence", rule.confidence);
        self.grounds(&mut pairs, &rule.grounds);
        pairs
    }

    /// A statement; of a wish over levels its first statement says all.
    fn statement(&self, statement: &Statement, at: Option<u32>) -> Pairs {
        let mut pairs = Pairs::default();
        pairs.maybe_text("id", statement.id.as_ref());
        self.wished(&mut pairs, statement);
        if let Some(at) = at {
            pairs.add("at", at.to_string());
        }
        if statement.strong {
            pairs.text("strength", "strong");
        }
        pairs.flag("unknown", statement.unknown).maybe_share("confidence", statement.confidence);
        rest_of_chance(&mut pairs, statement);
        self.grounds(&mut pairs, &statement.grounds);
        pairs
    }

    fn weighed(&self, weighed: &Weighed) -> Pairs {
        let mut pairs = Pairs::default();
        pairs
            .maybe_text("id", weighed.id.as_ref())
            .add("that", self.formula(&weighed.that))
            .add("weight", weighed.weight.to_string())
            .maybe_share("confidence", weighed.confidence);
        self.grounds(&mut pairs, &weighed.grounds);
        pairs
    }

    fn cannot(&self, cannot: &Cannot) -> Pairs {
        let mut pairs = Pairs::default();
        pairs.add("from", self.formula(&cannot.from)).add("to", self.formula(&cannot.to));
        self.grounds(&mut pairs, &cannot.grounds);
        pairs
    }

    fn preferences(&mut self) {
        let game = &self.conflict.game;
        for (index, preference) in game.preferences.iter().enumerate() {
            let actor = self.actor(ActorId::from(index));
            match preference {
                Preference::Statements(list) => {
                    for statement in list.iter().filter(|statement| says_all(statement)) {
                        self.element(&format!("actor.{actor}.prefers"), &self.statement(statement, None));
                    }
                }
                Preference::Weights(list) => {
                    for weighed in list {
                        self.element(&format!("actor.{actor}.weighs"), &self.weighed(weighed));
                    }
                }
                Preference::Ranking(ranking) if ranking.grounds != Grounds::default() => {
                    let mut pairs = Pairs::default();
                    self.ranking(&mut pairs, "groups", ranking);
                    self.grounds(&mut pairs, &ranking.grounds);
                    self.table(&format!("actor.{actor}.ranking"), &pairs);
                }
                Preference::Ranking(_) => {}
            }
        }
        let cannot = game.option_form().map_or(&[][..], |form| &form.cannot);
        for cannot in cannot {
            self.element(&format!("actor.{}.cannot", self.actor(cannot.actor)), &self.cannot(cannot));
        }
    }

    fn uncertainty(&mut self) {
        let uncertainty = &self.conflict.uncertainty;
        for group in &uncertainty.groups {
            let mut pairs = Pairs::default();
            pairs.maybe_text("title", group.title.as_ref());
            strike_into(&mut pairs, &group.strike);
            pairs.maybe_share("confidence", Some(group.confidence)).maybe_text("note", group.note.as_ref());
            self.table(&format!("together.{}", group.id), &pairs);
        }
        for order in &uncertainty.orders {
            let mut pairs = Pairs::default();
            pairs.add("first", texts(&order.first)).maybe_share("share", Some(order.share));
            self.grounds(&mut pairs, &order.grounds);
            self.element(&format!("actor.{}.order", self.actor(order.actor)), &pairs);
        }
        for instead in &uncertainty.instead {
            let mut pairs = Pairs::default();
            pairs
                .text("of", &instead.of)
                .add("that", self.formula(&instead.statement.that))
                .maybe_share("share", Some(instead.share))
                .flag("unknown", instead.statement.unknown);
            self.grounds(&mut pairs, &instead.statement.grounds);
            self.element(&format!("actor.{}.instead", self.actor(instead.actor)), &pairs);
        }
        for kind in &uncertainty.types {
            let mut pairs = Pairs::default();
            pairs
                .text("id", &kind.id)
                .maybe_text("name", kind.name.as_ref())
                .maybe_share("share", Some(kind.share))
                .add(
                    "prefers",
                    list(
                        kind.prefers.iter().filter(|s| says_all(s)).map(|s| self.statement(s, None).inline()),
                    ),
                );
            self.grounds(&mut pairs, &kind.grounds);
            self.element(&format!("actor.{}.type", self.actor(kind.actor)), &pairs);
        }
    }

    fn asking(&mut self) {
        self.sayings();
        for question in &self.conflict.questions {
            self.table(&format!("question.{}", question.id), &self.question(question));
        }
    }

    fn question(&self, question: &Question) -> Pairs {
        let mut pairs = Pairs::default();
        pairs.text("ask", &question.ask).text("kind", question.kind.word());
        let named = |text: &&String| {
            self.conflict.game.option_form().is_some()
                || self.conflict.outcomes.iter().any(|known| known.id == **text)
        };
        let states = [
            ("given", &question.given, &question.given_text),
            ("outcome", &question.outcome, &question.outcome_text),
        ];
        for (key, states, text) in states {
            let Some(states) = states else { continue };
            match text.as_ref().filter(named) {
                Some(text) => pairs.text(key, text),
                None => pairs.add(key, self.states(states)),
            };
        }
        pairs.maybe_text("about", question.about.as_ref());
        if let Some(concept) = question.concept {
            pairs.text("concept", concept.id());
        }
        if let Some(from) = &question.from {
            pairs.add("from", self.state(from));
        }
        if let Some(view) = question.view {
            pairs.text("view", &self.actor(view));
        }
        if !question.strike.is_empty() || question.kind == QuestionKind::Trust {
            pairs.add("strike", strike(&question.strike).inline());
        }
        self.grounds(&mut pairs, &question.grounds);
        pairs
    }

    fn overlays(&mut self) {
        for variant in &self.conflict.variants {
            let mut pairs = Pairs::default();
            pairs.text("title", &variant.title);
            self.overlay(&mut pairs, &variant.overlay);
            pairs.maybe_text("note", variant.note.as_ref());
            self.table(&format!("variant.{}", variant.id), &pairs);
        }
        for view in &self.conflict.views {
            let mut pairs = Pairs::default();
            self.overlay(&mut pairs, &view.overlay);
            pairs.maybe_text("note", view.note.as_ref());
            self.table(&format!("view.{}", self.actor(view.actor)), &pairs);
        }
        for observed in &self.conflict.observed {
            let Observed { id, on, until, title, outcome, grounds } = observed;
            let mut pairs = Pairs::default();
            pairs
                .maybe_date("on", Some(on))
                .maybe_date("until", until.as_ref())
                .text("title", title)
                .add("outcome", self.states(outcome));
            self.grounds(&mut pairs, grounds);
            self.table(&format!("observed.{id}"), &pairs);
        }
    }

    fn overlay(&self, pairs: &mut Pairs, overlay: &Overlay) {
        if !overlay.drop_rules.is_empty() {
            pairs.add("drop.rule", texts(&overlay.drop_rules));
        }
        for (actor, ids) in grouped(overlay.drop_prefers.iter().map(|(actor, id)| (*actor, quoted(id)))) {
            pairs.add(&format!("drop.prefers.{}", self.actor(actor)), list(ids));
        }
        if !overlay.strike.is_empty() {
            pairs.add("strike", strike(&overlay.strike).inline());
        }
        if !overlay.unavailable.is_empty() {
            pairs.add("unavailable", self.options(overlay.unavailable.iter().copied()));
        }
        for (id, definition) in &overlay.define {
            let form = self.conflict.game.option_form();
            let name = form.and_then(|form| form.definitions.get(id.index())).map_or("", |d| &d.id);
            pairs.add(&format!("define.{name}"), self.definition(definition));
        }
        for (actor, id, statements) in &overlay.change_prefers {
            let Some(first) = statements.first() else { continue };
            let mut one = first.clone();
            one.id = None;
            let key = format!("change.prefers.{}.{id}", self.actor(*actor));
            pairs.add(&key, self.statement(&one, None).inline());
        }
        for terms in &overlay.acts {
            pairs.add(&format!("act.{}", terms.act.id), self.terms(terms).inline());
        }
        for deadline in &overlay.deadlines {
            pairs.add(&format!("deadline.{}", deadline.id), self.deadline(deadline).inline());
        }
        if !overlay.add_rules.is_empty() {
            pairs.add("add.rule", list(overlay.add_rules.iter().map(|rule| self.rule(rule).inline())));
        }
        let prefers = overlay
            .add_prefers
            .iter()
            .filter(|add| says_all(&add.statement))
            .map(|add| (add.actor, self.statement(&add.statement, add.at).inline()));
        for (actor, statements) in grouped(prefers) {
            pairs.add(&format!("add.prefers.{}", self.actor(actor)), list(statements));
        }
        let weighs =
            overlay.add_weighs.iter().map(|(actor, weighed)| (*actor, self.weighed(weighed).inline()));
        for (actor, statements) in grouped(weighs) {
            pairs.add(&format!("add.weighs.{}", self.actor(actor)), list(statements));
        }
        let cannot = overlay.add_cannot.iter().map(|cannot| (cannot.actor, self.cannot(cannot).inline()));
        for (actor, moves) in grouped(cannot) {
            pairs.add(&format!("add.cannot.{}", self.actor(actor)), list(moves));
        }
        if let Some(state) = &overlay.status_quo {
            pairs.add("status_quo", self.state(state));
        }
    }
}

/// By actor, in order of first appearance.
fn grouped(items: impl Iterator<Item = (ActorId, String)>) -> Vec<(ActorId, Vec<String>)> {
    let mut groups: Vec<(ActorId, Vec<String>)> = Vec::new();
    for (actor, item) in items {
        match groups.iter_mut().find(|(known, _)| *known == actor) {
            Some((_, list)) => list.push(item),
            None => groups.push((actor, vec![item])),
        }
    }
    groups
}

fn strike(strike: &Strike) -> Pairs {
    let mut pairs = Pairs::default();
    strike_into(&mut pairs, strike);
    pairs
}

fn strike_into(pairs: &mut Pairs, strike: &Strike) {
    if !strike.claims.is_empty() {
        pairs.add("claims", texts(&strike.claims));
    }
    if !strike.speakers.is_empty() {
        pairs.add("speakers", texts(&strike.speakers));
    }
    if !strike.kinds.is_empty() {
        pairs.add("kinds", texts(strike.kinds.iter().map(|kind| kind.word())));
    }
    if !strike.sources.is_empty() {
        pairs.add("sources", texts(&strike.sources));
    }
    pairs.flag("assumptions", strike.assumptions);
}

fn claim_pairs(claim: &Claim, source: &str) -> Pairs {
    let mut pairs = Pairs::default();
    pairs
        .text("source", source)
        .maybe_text("at", claim.at.as_ref())
        .text("says", &claim.says)
        .maybe_text("speaker", claim.speaker.as_ref())
        .maybe_text("reported_by", claim.reported_by.as_ref());
    if let Some(kind) = claim.kind {
        pairs.text("kind", kind.word());
    }
    pairs.maybe_text("quote", claim.quote.as_ref());
    if !claim.heard.is_empty() {
        pairs.add("heard", texts(&claim.heard));
    }
    pairs
}
