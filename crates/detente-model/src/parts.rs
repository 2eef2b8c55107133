//! Every part of a case that rests on evidence, once.
//!
//! Who asks what rests on a claim, what falls without it, or what the case mentions, walks this list
//! and no other: a kind of part that is missing here is missing everywhere, and none is missing in one
//! answer only.

use crate::{
    Act, ActId, ActorId, ActorType, Body, Cannot, Chance, ClaimId, Condition, Conflict, Deadline, Definition,
    DefinitionId, Effect, Event, Expr, Form, Grounds, Instead, Instrument, Observed, Opt, OptionId,
    OtherOrder, Overlay, Preference, Question, RankEntry, Ranking, Rule, RuleKind, Said, Statement, Switch,
    Tie, Track, Variant, View, Weighed, WishLever,
};

/// One part of a case that can rest on evidence.
#[derive(Clone, Copy, Debug)]
pub struct Part<'c> {
    /// What it is.
    pub what: What<'c>,
    /// What it rests on.
    pub grounds: &'c Grounds,
    /// The overlay that adds it; `None`: it belongs to the case as written.
    pub layer: Option<Layer<'c>>,
}

/// The kinds of part, each with its place in the list that it stands in.
#[derive(Clone, Copy, Debug)]
pub enum What<'c> {
    /// An option.
    Option(OptionId, &'c Opt),
    /// An act of several.
    Act(ActId, &'c Act),
    /// A chance event.
    Chance(usize, &'c Chance),
    /// A condition on an option or act: on beginning (else on ending), and its place.
    Condition(OptionId, bool, usize, &'c Condition),
    /// A date on which something happens.
    Deadline(usize, &'c Deadline),
    /// A threat, a promise, a demand, an offer.
    Said(usize, &'c Said),
    /// A wish that an incentive could change.
    Lever(usize, &'c WishLever),
    /// A defined name.
    Definition(DefinitionId, &'c Definition),
    /// A rule.
    Rule(usize, &'c Rule),
    /// A move taken away: its place among those of all actors, and among those of its own.
    Cannot(usize, usize, &'c Cannot),
    /// A statement of an actor.
    Statement(ActorId, usize, &'c Statement),
    /// A weighted statement of an actor.
    Weighed(ActorId, usize, &'c Weighed),
    /// The ranking of an actor.
    Ranking(ActorId, &'c Ranking),
    /// An alliance or union.
    Body(usize, &'c Body),
    /// A treaty, a declaration, a draft.
    Instrument(usize, &'c Instrument),
    /// A mediation format.
    Track(usize, &'c Track),
    /// A relation of two actors.
    Tie(usize, &'c Tie),
    /// Something that happened.
    Event(usize, &'c Event),
    /// How the situation looks after an outcome.
    Effect(usize, &'c Effect),
    /// What happened afterwards.
    Observed(usize, &'c Observed),
    /// A question.
    Question(usize, &'c Question),
    /// Another order of an actor's statements.
    Order(usize, &'c OtherOrder),
    /// Another statement in the place of one.
    Instead(usize, &'c Instead),
    /// Another preference of an actor.
    Type(usize, &'c ActorType),
    /// A statement of such a preference: the place of the type, the place in its list.
    OfType(usize, usize, &'c Statement),
}

/// The overlay that adds a part.
#[derive(Clone, Copy, Debug)]
pub enum Layer<'c> {
    /// A variant.
    Variant(&'c Variant),
    /// A view.
    View(&'c View),
}

/// What becomes of a part when all that it rests on is struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bearing {
    /// It falls, and with it what it does to the verdicts.
    Verdicts,
    /// It is one of the ways that models are drawn in, and is no longer.
    Draws,
    /// It falls where the overlay that adds it is applied.
    Overlay,
    /// No verdict: it falls from the picture, or stays for the reader.
    Reader,
}

impl Conflict {
    /// Every part that can rest on evidence, each once: the game in file order (options, definitions,
    /// rules, moves taken away, preferences), then the situation, what was observed, the questions, what
    /// may be otherwise, and what the overlays add.
    ///
    /// Complexity: linear in the number of parts (and of actors times moves taken away).
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut found = Parts { switches: self.game.options(), ..Parts::default() };
        if let Form::Options(form) = &self.game.form {
            // A levelled option or act is one part: its first switch.
            for switch in self.game.things() {
                let Some(o) = form.options.get(switch.index()) else { continue };
                match o.of {
                    Switch::Option => found.add(What::Option(switch, o), &o.grounds),
                    Switch::Act(id) => {
                        if let Some(act) = form.acts.get(id.index()) {
                            found.add(What::Act(id, act), &act.grounds);
                        }
                    }
                    Switch::Chance(id) => {
                        if let Some(chance) = form.chances.get(id.index()) {
                            found.add(What::Chance(id.index(), chance), &chance.grounds);
                        }
                    }
                }
                for (begins, list) in [(true, &o.begins_if), (false, &o.ends_if)] {
                    found.each(list, |at, c| (What::Condition(switch, begins, at, c), &c.grounds));
                }
            }
            found.each(&form.definitions, |at, d| (What::Definition(DefinitionId::from(at), d), &d.grounds));
            // The chains of levels are no rules of anybody.
            let written =
                form.rules.iter().enumerate().filter(|(_, r)| !matches!(r.kind, RuleKind::Chain(..)));
            for (at, rule) in written {
                found.add(What::Rule(at, rule), &rule.grounds);
            }
            found.cannot(&form.cannot);
        }
        found.each(&self.game.deadlines, |at, d| (What::Deadline(at, d), &d.grounds));
        for (actor, preference) in self.game.actor_ids().zip(&self.game.preferences) {
            match preference {
                Preference::Statements(list) => {
                    found.each(list, |at, s| (What::Statement(actor, at, s), &s.grounds));
                }
                Preference::Weights(list) => {
                    found.each(list, |at, w| (What::Weighed(actor, at, w), &w.grounds));
                }
                Preference::Ranking(ranking) => found.add(What::Ranking(actor, ranking), &ranking.grounds),
            }
        }
        found.each(&self.said, |at, x| (What::Said(at, x), &x.grounds));
        found.each(&self.levers, |at, x| (What::Lever(at, x), &x.grounds));
        let situation = &self.situation;
        found.each(&situation.bodies, |at, x| (What::Body(at, x), &x.grounds));
        found.each(&situation.instruments, |at, x| (What::Instrument(at, x), &x.grounds));
        found.each(&situation.tracks, |at, x| (What::Track(at, x), &x.grounds));
        found.each(&situation.ties, |at, x| (What::Tie(at, x), &x.grounds));
        found.each(&situation.events, |at, x| (What::Event(at, x), &x.grounds));
        found.each(&situation.effects, |at, x| (What::Effect(at, x), &x.grounds));
        found.each(&self.observed, |at, x| (What::Observed(at, x), &x.grounds));
        found.each(&self.questions, |at, x| (What::Question(at, x), &x.grounds));
        let uncertainty = &self.uncertainty;
        found.each(&uncertainty.orders, |at, x| (What::Order(at, x), &x.grounds));
        found.each(&uncertainty.instead, |at, x| (What::Instead(at, x), &x.statement.grounds));
        for (kind, other) in uncertainty.types.iter().enumerate() {
            found.add(What::Type(kind, other), &other.grounds);
            found.each(&other.prefers, |at, s| (What::OfType(kind, at, s), &s.grounds));
        }
        for (layer, overlay) in self.overlays() {
            found.layer = Some(layer);
            found.overlay(overlay);
        }
        found.list
    }

    /// Every overlay of the case: variants, then views.
    pub fn overlays(&self) -> impl Iterator<Item = (Layer<'_>, &Overlay)> {
        let variants = self.variants.iter().map(|v| (Layer::Variant(v), &v.overlay));
        variants.chain(self.views.iter().map(|v| (Layer::View(v), &v.overlay)))
    }

    /// The claims on which a verdict of the case as written can hang, ascending: those that some
    /// option, act, condition, date, chance event, definition, statement, weight, ranking, rule or
    /// taken-away move rests on. Striking any other changes no verdict.
    #[must_use]
    pub fn bearing_claims(&self) -> Vec<ClaimId> {
        let bearing = self.parts().into_iter().filter(|part| part.bearing() == Bearing::Verdicts);
        let mut claims: Vec<ClaimId> = bearing.flat_map(|part| part.grounds.claims.iter().copied()).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

/// The list while it is made.
#[derive(Default)]
struct Parts<'c> {
    list: Vec<Part<'c>>,
    layer: Option<Layer<'c>>,
    switches: &'c [Opt],
}

impl<'c> Parts<'c> {
    fn add(&mut self, what: What<'c>, grounds: &'c Grounds) {
        self.list.push(Part { what, grounds, layer: self.layer });
    }

    fn each<T>(&mut self, list: &'c [T], part: impl Fn(usize, &'c T) -> (What<'c>, &'c Grounds)) {
        for (at, one) in list.iter().enumerate() {
            let (what, grounds) = part(at, one);
            self.add(what, grounds);
        }
    }

    fn cannot(&mut self, list: &'c [Cannot]) {
        let mut own = Places::default();
        self.each_with(list.iter().map(|cannot| (cannot, own.next(cannot.actor))), |at, (cannot, own)| {
            (What::Cannot(at, own, cannot), &cannot.grounds)
        });
    }

    fn each_with<T>(
        &mut self,
        list: impl Iterator<Item = T>,
        part: impl Fn(usize, T) -> (What<'c>, &'c Grounds),
    ) {
        for (at, one) in list.enumerate() {
            let (what, grounds) = part(at, one);
            self.add(what, grounds);
        }
    }

    /// What an overlay adds; statements count from the first that it adds to their actor.
    fn overlay(&mut self, overlay: &'c Overlay) {
        for (id, definition) in &overlay.define {
            self.add(What::Definition(*id, definition), &definition.grounds);
        }
        for terms in &overlay.acts {
            let Some(Switch::Act(id)) = self.switches.get(terms.act.first.index()).map(|o| o.of) else {
                continue;
            };
            self.add(What::Act(id, &terms.act), &terms.act.grounds);
            for (begins, list) in [(true, &terms.begins_if), (false, &terms.ends_if)] {
                self.each(list, |at, c| (What::Condition(terms.act.first, begins, at, c), &c.grounds));
            }
        }
        self.each(&overlay.deadlines, |at, d| (What::Deadline(at, d), &d.grounds));
        for (actor, _, statements) in &overlay.change_prefers {
            self.each(statements, |at, s| (What::Statement(*actor, at, s), &s.grounds));
        }
        self.each(&overlay.add_rules, |at, r| (What::Rule(at, r), &r.grounds));
        let mut own = Places::default();
        let added = overlay.add_prefers.iter().map(|add| (add, own.next(add.actor)));
        self.each_with(added, |_, (add, at)| {
            (What::Statement(add.actor, at, &add.statement), &add.statement.grounds)
        });
        let mut own = Places::default();
        let added = overlay.add_weighs.iter().map(|(actor, weighed)| (*actor, weighed, own.next(*actor)));
        self.each_with(added, |_, (actor, weighed, at)| {
            (What::Weighed(actor, at, weighed), &weighed.grounds)
        });
        self.cannot(&overlay.add_cannot);
    }
}

/// Counts for each actor.
#[derive(Default)]
struct Places(Vec<usize>);

impl Places {
    fn next(&mut self, actor: ActorId) -> usize {
        if self.0.len() <= actor.index() {
            self.0.resize(actor.index() + 1, 0);
        }
        let place = self.0[actor.index()];
        self.0[actor.index()] += 1;
        place
    }
}

impl Part<'_> {
    /// What becomes of it when all that it rests on is struck.
    #[must_use]
    pub fn bearing(&self) -> Bearing {
        match self.what {
            _ if self.layer.is_some() => Bearing::Overlay,
            What::Option(..)
            | What::Act(..)
            | What::Chance(..)
            | What::Condition(..)
            | What::Deadline(..)
            | What::Definition(..)
            | What::Rule(..)
            | What::Cannot(..)
            | What::Statement(..)
            | What::Weighed(..)
            | What::Ranking(..) => Bearing::Verdicts,
            What::Order(..) | What::Instead(..) | What::Type(..) | What::OfType(..) => Bearing::Draws,
            What::Body(..)
            | What::Instrument(..)
            | What::Track(..)
            | What::Tie(..)
            | What::Event(..)
            | What::Effect(..)
            | What::Said(..)
            | What::Lever(..)
            | What::Observed(..)
            | What::Question(..) => Bearing::Reader,
        }
    }

    /// Where it stands in the file: `actor.az.prefers[2]`, `rule[0]`, `variant.v.add.rule[0]`.
    /// Lists count from 0.
    #[must_use]
    pub fn address(&self, conflict: &Conflict) -> String {
        let id = |actor: ActorId| conflict.game.actors.get(actor.index()).map_or("", |a| a.id.as_str());
        // Where an overlay adds to an actor, the actor's id comes after the key.
        let of = |actor: ActorId, key: &str, at: usize| match self.layer {
            Some(_) => format!("{key}.{}[{at}]", id(actor)),
            None => format!("actor.{}.{key}[{at}]", id(actor)),
        };
        let uncertainty = &conflict.uncertainty;
        let kind = |at: usize| {
            let Some(kind) = uncertainty.types.get(at) else { return String::new() };
            of(
                kind.actor,
                "type",
                uncertainty.types.iter().take(at).filter(|t| t.actor == kind.actor).count(),
            )
        };
        let inner = match self.what {
            What::Option(_, option) => format!("actor.{}.option.{}", id(option.actor), option.id),
            What::Act(_, act) => format!("act.{}", act.id),
            What::Chance(_, chance) => format!("chance.{}", chance.id),
            What::Condition(switch, begins, at, _) => {
                let word = if begins { "begins_if" } else { "ends_if" };
                let Some(o) = conflict.game.options().get(switch.index()) else { return String::new() };
                let whose = match o.of {
                    Switch::Option => format!("actor.{}.option.{}", id(o.actor), o.id),
                    Switch::Act(_) => format!("act.{}", o.id),
                    Switch::Chance(_) => format!("chance.{}", o.id),
                };
                format!("{whose}.{word}[{at}]")
            }
            What::Deadline(_, deadline) => format!("deadline.{}", deadline.id),
            What::Said(_, said) => format!("said.{}", said.id),
            What::Lever(at, _) => format!("lever[{at}]"),
            What::Definition(_, definition) => format!("define.{}", definition.id),
            What::Rule(at, _) => format!("rule[{at}]"),
            What::Cannot(_, at, cannot) => of(cannot.actor, "cannot", at),
            What::Statement(actor, at, _) => of(actor, "prefers", at),
            What::Weighed(actor, at, _) => of(actor, "weighs", at),
            What::Ranking(actor, _) => format!("actor.{}.ranking", id(actor)),
            What::Body(_, body) => format!("body.{}", body.id),
            What::Instrument(_, instrument) => format!("instrument.{}", instrument.id),
            What::Track(_, track) => format!("track.{}", track.id),
            What::Tie(at, _) => format!("tie[{at}]"),
            What::Event(at, _) => format!("event[{at}]"),
            What::Effect(at, _) => format!("effect[{at}]"),
            What::Observed(_, observed) => format!("observed.{}", observed.id),
            What::Question(_, question) => format!("question.{}", question.id),
            What::Order(at, order) => {
                let before = uncertainty.orders.iter().take(at).filter(|o| o.actor == order.actor);
                of(order.actor, "order", before.count())
            }
            What::Instead(at, instead) => {
                let before = uncertainty.instead.iter().take(at).filter(|i| i.actor == instead.actor);
                of(instead.actor, "instead", before.count())
            }
            What::Type(at, _) => kind(at),
            What::OfType(at, place, _) => format!("{}.prefers[{place}]", kind(at)),
        };
        match self.layer {
            Some(Layer::Variant(variant)) => format!("variant.{}.add.{inner}", variant.id),
            Some(Layer::View(view)) => format!("view.{}.add.{inner}", id(view.actor)),
            None => inner,
        }
    }

    /// Calls `visit` with each of its formulas: none for what is said in words or names states.
    pub fn each_formula(&self, visit: &mut dyn FnMut(&Expr)) {
        match self.what {
            What::Definition(_, definition) => {
                visit(&definition.that);
                definition.otherwise.iter().for_each(visit);
            }
            What::Condition(_, _, _, condition) => visit(&condition.that),
            What::Deadline(_, deadline) => {
                deadline.unless.iter().for_each(&mut *visit);
                deadline.then.iter().for_each(|(switch, _)| visit(&Expr::Option(*switch)));
            }
            What::Chance(_, chance) => {
                chance.then.iter().for_each(|(switch, _)| visit(&Expr::Option(*switch)));
            }
            What::Act(_, act) => act.with.iter().for_each(|(switch, _)| visit(&Expr::Option(*switch))),
            What::Said(_, said) => {
                said.when.iter().for_each(&mut *visit);
                visit(&said.then);
            }
            What::Rule(_, rule) => match &rule.kind {
                RuleKind::Never(that) | RuleKind::Always(that) => visit(that),
                RuleKind::AtMostOne(parts) | RuleKind::ExactlyOne(parts) => parts.iter().for_each(visit),
                RuleKind::Requires(option, that) => {
                    visit(&Expr::Option(*option));
                    visit(that);
                }
                RuleKind::Unavailable(option) => visit(&Expr::Option(*option)),
                RuleKind::Chain(..) => {}
            },
            What::Cannot(_, _, cannot) => {
                visit(&cannot.from);
                visit(&cannot.to);
            }
            What::Statement(_, _, statement) | What::OfType(_, _, statement) => visit(&statement.that),
            What::Weighed(_, _, weighed) => visit(&weighed.that),
            What::Ranking(_, ranking) => {
                for entry in ranking.groups.iter().flatten() {
                    if let RankEntry::Formula(that) = entry {
                        visit(that);
                    }
                }
            }
            What::Effect(_, effect) => visit(&effect.when),
            What::Instead(_, instead) => visit(&instead.statement.that),
            What::Observed(_, observed) => in_states(&observed.outcome, visit),
            What::Question(_, question) => {
                question.outcome.iter().chain(&question.given).for_each(|states| in_states(states, visit));
            }
            What::Option(..)
            | What::Lever(..)
            | What::Body(..)
            | What::Instrument(..)
            | What::Track(..)
            | What::Tie(..)
            | What::Event(..)
            | What::Order(..)
            | What::Type(..) => {}
        }
    }
}

fn in_states(states: &crate::OutcomeStates, visit: &mut dyn FnMut(&Expr)) {
    if let crate::OutcomeStates::Formula(that) = states {
        visit(that);
    }
}
