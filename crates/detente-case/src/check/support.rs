//! What the parts rest on and what becomes of them: definitions without `otherwise`, doubts whose rest is
//! indifference, wishes that cite what is said of others, conditionals taken as rules, conclusions that carry
//! nothing, dates that are past.

use std::collections::{BTreeMap, BTreeSet};

use detente_model::{
    ActorId, Bearing, Claim, ClaimId, ClaimKind, Conflict, OptionForm, Preference, RuleKind, Switch, What,
};
use serde_json::json;

use super::repair::{remove, set};
use super::traps::Look;
use super::words;
use crate::codes::{carries_nothing, converse, later, no_otherwise, past, rest_indifferent, wish_of_another};
use crate::problems::Problems;
use crate::read::Spans;
use crate::write::Edit;

/// All of them. Complexity: linear in the parts of the case (claims times actors for what is said of whom).
pub(super) fn lint(conflict: &Conflict, spans: &Spans, text: &str, problems: &mut Problems) {
    wishes(conflict, spans, text, problems);
    conclusions(conflict, spans, text, problems);
    dates(conflict, spans, text, problems);
    if let Some(form) = conflict.game.option_form() {
        definitions(form, spans, text, problems);
    }
}

fn definitions(form: &OptionForm, spans: &Spans, text: &str, problems: &mut Problems) {
    for (at, definition) in form.definitions.iter().enumerate() {
        let grounded = !definition.grounds.claims.is_empty() || definition.grounds.assumption;
        if !grounded || definition.otherwise.is_some() {
            continue;
        }
        let place = spans.definitions.get(at).cloned().unwrap_or(0..0);
        let edits = [set(format!("define.{}.otherwise", definition.id), json!("false"))];
        let problem = no_otherwise::no_otherwise(&place, &definition.id);
        problems.push(problem.edits(text, &edits, "say that it then never holds: `otherwise = \"false\"`"));
    }
}

fn wishes(conflict: &Conflict, spans: &Spans, text: &str, problems: &mut Problems) {
    let about = About::new(conflict);
    // Told once: where the first stands, how many there are, and how they are written out.
    let mut rest: Option<std::ops::Range<usize>> = None;
    let mut written = Vec::new();
    for (index, preference) in conflict.game.preferences.iter().enumerate() {
        let Preference::Statements(list) = preference else { continue };
        let actor = &conflict.game.actors[index];
        let mut wish = 0;
        for (at, statement) in list.iter().enumerate() {
            if statement.levels.as_ref().is_some_and(|levels| levels.at > 0) {
                continue;
            }
            let place = spans.statements.get(index).and_then(|all| all.get(at)).cloned().unwrap_or(0..0);
            let address = format!("actor.{}.prefers[{wish}]", actor.id);
            wish += 1;
            let doubt = statement.confidence.is_some_and(|confidence| confidence < 1.0);
            if doubt && statement.otherwise.is_none() && !statement.is_one_thing() {
                written.push(set(format!("{address}.otherwise"), json!("indifferent")));
                rest.get_or_insert_with(|| place.clone());
            }
            let claims = &statement.grounds.claims;
            let id = ActorId::from(index);
            let own = statement.grounds.assumption;
            if own || claims.is_empty() || claims.iter().any(|claim| about.is_about(*claim, id)) {
                continue;
            }
            let other = claims.iter().find_map(|claim| about.names_another(*claim, id));
            if let Some(other) = other {
                let other = &conflict.game.actors[other.index()].id;
                let edits = [set(format!("{address}.assumption"), json!(true))];
                let problem = wish_of_another::wish_of_another(&place, &actor.id, wish, other);
                problems.push(problem.edits(text, &edits, "mark it as your own: `assumption = true`"));
            }
        }
    }
    if let Some(place) = rest {
        let problem = rest_indifferent::rest_indifferent(&place, written.len());
        problems.push(problem.edits(text, &written, "write it out: `otherwise = \"indifferent\"`"));
    }
}

/// Of which actors each claim says something.
pub(super) struct About {
    /// Named in the claim, by name or id.
    named: Vec<BTreeSet<ActorId>>,
    /// Taken by the case to be about them: their options, acts, ties, events, memberships rest on it.
    taken: BTreeMap<ClaimId, BTreeSet<ActorId>>,
}

impl About {
    pub(super) fn new(conflict: &Conflict) -> Self {
        let actors = &conflict.game.actors;
        let named = conflict.evidence.claims.iter().map(|claim| {
            let said = said(claim);
            let names = |actor: &detente_model::Actor| {
                let name = actor.name.strip_prefix("The ").unwrap_or(&actor.name);
                name.chars().count() > 2 && said.contains(&name.to_lowercase())
            };
            actors
                .iter()
                .enumerate()
                .filter(|(_, actor)| names(actor))
                .map(|(at, _)| ActorId::from(at))
                .collect()
        });
        let named = named.collect();
        let mut taken: BTreeMap<ClaimId, BTreeSet<ActorId>> = BTreeMap::new();
        for part in conflict.parts() {
            let whose: Vec<ActorId> = match part.what {
                What::Option(_, option) => vec![option.actor],
                What::Condition(switch, ..) => match conflict.game.options().get(switch.index()) {
                    Some(option) if option.of == Switch::Option => vec![option.actor],
                    _ => vec![],
                },
                What::Act(_, act) => act.parties.clone(),
                What::Body(_, body) => body.members.clone(),
                What::Instrument(_, instrument) => instrument.parties.clone(),
                What::Track(_, track) => track.parties.iter().copied().chain(track.convenor).collect(),
                What::Tie(_, tie) => tie.between.to_vec(),
                What::Event(_, event) => event.actors.clone(),
                What::Said(_, said) => vec![said.by],
                _ => vec![],
            };
            for claim in &part.grounds.claims {
                taken.entry(*claim).or_default().extend(whose.iter().copied());
            }
        }
        Self { named, taken }
    }

    /// Whom the claim names.
    pub(super) fn named(&self, claim: ClaimId) -> impl Iterator<Item = ActorId> {
        self.named.get(claim.index()).into_iter().flatten().copied()
    }

    fn is_about(&self, claim: ClaimId, actor: ActorId) -> bool {
        self.named.get(claim.index()).is_some_and(|named| named.contains(&actor))
            || self.taken.get(&claim).is_some_and(|taken| taken.contains(&actor))
    }

    /// Another actor that the claim names.
    fn names_another(&self, claim: ClaimId, actor: ActorId) -> Option<ActorId> {
        self.named.get(claim.index())?.iter().copied().find(|other| *other != actor)
    }
}

/// All words of a claim in lower case.
fn said(claim: &Claim) -> String {
    let more = [&claim.speaker, &claim.quote, &claim.reported_by, &claim.note];
    let words = more.into_iter().flatten().chain([&claim.says]).chain(&claim.heard);
    words.map(|words| words.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// Rules that require what their claims only say follows: the converse of what is said.
pub(super) fn converses(look: &Look<'_>, problems: &mut Problems) {
    for (index, rule) in look.form.rules.iter().enumerate() {
        let RuleKind::Requires(option, that) = &rule.kind else { continue };
        let claims = rule.grounds.claims.iter().filter_map(|c| look.conflict.evidence.claims.get(c.index()));
        let Some(claim) = claims.into_iter().find(|claim| claim.kind == Some(ClaimKind::Conditional)) else {
            continue;
        };
        let place = look.spans.rules.get(index).cloned().unwrap_or(0..0);
        let words = words::named_rule(&look.conflict.game, look.form, index);
        let problem = converse::converse(&place, &words, &claim.id);
        problems.push(look.once(problem, index, *option, that, &rule.grounds));
    }
}

/// Conclusions of the sources on which nothing rests that the answers depend on, and that no question asks.
fn conclusions(conflict: &Conflict, spans: &Spans, text: &str, problems: &mut Problems) {
    let mut used: BTreeSet<ClaimId> = BTreeSet::new();
    let mut carrying: BTreeSet<ClaimId> = BTreeSet::new();
    for part in conflict.parts() {
        used.extend(&part.grounds.claims);
        if part.bearing() != Bearing::Reader || matches!(part.what, What::Question(..) | What::Said(..)) {
            carrying.extend(&part.grounds.claims);
        }
    }
    for (at, claim) in conflict.evidence.claims.iter().enumerate() {
        let id = ClaimId::from(at);
        let conclusion = [ClaimKind::Assessment, ClaimKind::Prediction, ClaimKind::Conditional];
        let concludes = claim.kind.is_some_and(|kind| conclusion.contains(&kind));
        // A claim that nothing at all rests on is told as such.
        if !concludes || carrying.contains(&id) || !used.contains(&id) {
            continue;
        }
        let place = spans.claims.get(at).cloned().unwrap_or(0..0);
        let problem = carries_nothing::carries_nothing(&place, &claim.id);
        let outcome = conflict.outcomes.first().map(|outcome| outcome.id.clone());
        let name = format!("follows-{}", claim.id);
        problems.push(match outcome {
            Some(outcome) if conflict.questions.iter().all(|question| question.id != name) => {
                let value = json!({
                    "ask": format!("Does it follow? {}", claim.says),
                    "kind": "possible",
                    "outcome": outcome,
                    "because": [claim.id],
                });
                let edits = [Edit::Insert { address: format!("question.{name}"), at: None, value }];
                problem.edits(text, &edits, "ask whether it follows")
            }
            _ => problem,
        });
    }
}

/// Dates that are past: deadlines that do nothing, events that are still expected.
fn dates(conflict: &Conflict, spans: &Spans, text: &str, problems: &mut Problems) {
    let Some(as_of) = &conflict.about.as_of else { return };
    for (at, deadline) in conflict.game.deadlines.iter().enumerate().filter(|(_, d)| !d.ahead) {
        let place = spans.deadlines.get(at).cloned().unwrap_or(0..0);
        let title = deadline.title.clone().unwrap_or_else(|| deadline.id.clone());
        let edits = [
            remove(format!("deadline.{}", deadline.id)),
            Edit::Insert {
                address: "event".to_owned(),
                at: None,
                value: json!({ "on": deadline.on, "title": title }),
            },
        ];
        let problem = past::deadline(&place, &deadline.id, &deadline.on, as_of);
        problems.push(problem.edits(text, &edits, "make it an event of the past"));
    }
    for (at, event) in conflict.situation.events.iter().enumerate() {
        if event.expected && !event.on.is_empty() && event.on <= *as_of {
            let place = spans.events.get(at).cloned().unwrap_or(0..0);
            let edits = [remove(format!("event[{at}].expected"))];
            let problem = past::event(&place, &event.title, &event.on, as_of);
            problems.push(problem.edits(text, &edits, "let it have happened"));
        }
        if !event.expected && event.on > *as_of {
            let place = spans.events.get(at).cloned().unwrap_or(0..0);
            let edits = [set(format!("event[{at}].expected"), json!(true))];
            let problem = later::later(&place, &event.title, &event.on, as_of);
            problems.push(problem.edits(text, &edits, "let it be expected"));
        }
    }
}
