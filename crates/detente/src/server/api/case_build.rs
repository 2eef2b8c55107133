//! From the validated conflict to the case as the page shows it.

use std::collections::BTreeMap;

use detente_model::{
    ActorId, ClaimId, Conflict, Direction, Form, Game, Grounds, OptionId, OutcomeStates, Preference,
    RankEntry, RuleKind, State, Variant,
};

use detente_study::say::names;

use super::case_view::{
    AboutView, ActorView, CaseView, ClaimView, DefinitionView, FormKind, ObservedView, OptionView,
    OutcomeView, QuestionView, RuleView, SourceView, TextRange, UseView, VariantView, WishView,
};

/// Gives the place in the text of an address (`actor.az.prefers[2]`), when it is known.
pub(crate) trait Places {
    /// The place of the part at `address`.
    fn range(&self, address: &str) -> Option<TextRange>;
}

/// Gives words for the parts of a case.
pub(crate) trait Words {
    /// A statement of `actor` in words.
    fn statement(&self, actor: ActorId, place: usize) -> String;
    /// What stands beside a weight of `actor`, in words.
    fn weighed(&self, actor: ActorId, place: usize) -> String;
    /// A rule in words.
    fn rule(&self, index: usize) -> String;
    /// A definition in words.
    fn definition(&self, index: usize) -> String;
    /// What an overlay changes, one sentence each.
    fn changes(&self, variant: &Variant) -> Vec<String>;
}

/// The whole case.
pub(crate) fn case_view(conflict: &Conflict, words: &dyn Words, places: &dyn Places) -> CaseView {
    let game = &conflict.game;
    let claims = |grounds: &Grounds| claim_ids(conflict, &grounds.claims);
    let form = game.option_form();
    let options = options(conflict, places);
    let definitions = form.map_or_else(Vec::new, |form| {
        let all = form.definitions.iter().enumerate();
        all.map(|(index, d)| DefinitionView {
            id: d.id.clone(),
            formula: game.formula_text(&d.that),
            words: words.definition(index),
            claims: claims(&d.grounds),
            note: d.grounds.note.clone(),
            range: places.range(&format!("define.{}", d.id)),
        })
        .collect()
    });
    let rules = form.map_or_else(Vec::new, |form| {
        let all = form.rules.iter().enumerate();
        all.map(|(index, rule)| RuleView {
            address: format!("rule[{index}]"),
            id: rule.id.clone(),
            kind: rule_kind(&rule.kind).to_owned(),
            formula: game.formula_text(&rule.formula()),
            words: words.rule(index),
            claims: claims(&rule.grounds),
            assumption: rule.grounds.assumption,
            note: rule.grounds.note.clone(),
            range: places.range(&format!("rule[{index}]")),
        })
        .collect()
    });
    let variant = |id: String, title: String, note: &Option<String>, variant: &Variant| VariantView {
        id,
        title,
        changes: words.changes(variant),
        note: note.clone(),
    };
    let actors = actors(conflict, words, places);
    let mut speakers: Vec<String> =
        conflict.evidence.claims.iter().filter_map(|c| c.speaker.clone()).collect();
    speakers.sort();
    speakers.dedup();
    CaseView {
        about: about(conflict),
        form: match game.form {
            Form::Options(_) => FormKind::Options,
            Form::Graph(_) => FormKind::Graph,
        },
        sources: sources(conflict, places),
        claims: claims_view(conflict, places, &uses(conflict, words)),
        definitions,
        outcomes: conflict
            .outcomes
            .iter()
            .map(|o| OutcomeView {
                id: o.id.clone(),
                name: o.name.clone(),
                formula: formula(game, &o.states),
            })
            .collect(),
        rules,
        status_quo: game.status_quo.as_ref().map(|state| on_names(game, state)),
        questions: conflict
            .questions
            .iter()
            .map(|q| QuestionView {
                id: q.id.clone(),
                ask: q.ask.clone(),
                kind: q.kind.word().to_owned(),
                outcome: q.outcome_text.clone(),
                concept: q.concept.map(|c| c.id().to_owned()),
            })
            .collect(),
        variants: conflict
            .variants
            .iter()
            .map(|v| variant(v.id.clone(), v.title.clone(), &v.note, v))
            .collect(),
        views: conflict
            .views
            .iter()
            .map(|view| {
                let actor = &game.actors[view.actor.index()];
                let as_variant = Variant {
                    id: actor.id.clone(),
                    title: actor.name.clone(),
                    overlay: view.overlay.clone(),
                    note: view.note.clone(),
                };
                variant(actor.id.clone(), actor.name.clone(), &view.note, &as_variant)
            })
            .collect(),
        observed: conflict
            .observed
            .iter()
            .map(|o| ObservedView {
                id: o.id.clone(),
                on: o.on.clone(),
                title: o.title.clone(),
                claims: claims(&o.grounds),
            })
            .collect(),
        speakers,
        digest: game.digest(),
        actors,
        options,
    }
}

fn about(conflict: &Conflict) -> AboutView {
    let about = &conflict.about;
    AboutView {
        title: about.title.clone(),
        as_of: about.as_of.clone(),
        question: about.question.clone(),
        author: about.author.clone(),
        limits: about.limits.clone(),
        note: about.note.clone(),
    }
}

fn sources(conflict: &Conflict, places: &dyn Places) -> Vec<SourceView> {
    let all = conflict.evidence.sources.iter();
    all.map(|s| SourceView {
        id: s.id.clone(),
        title: s.title.clone(),
        author: s.author.clone(),
        publisher: s.publisher.clone(),
        date: s.date.clone(),
        url: s.url.clone(),
        text: s.text.clone(),
        range: places.range(&format!("source.{}", s.id)),
        note: s.note.clone(),
    })
    .collect()
}

fn options(conflict: &Conflict, places: &dyn Places) -> Vec<OptionView> {
    let game = &conflict.game;
    let all = game.options().iter().enumerate();
    all.map(|(index, option)| {
        let id = game.option_name(OptionId::from(index));
        let address = format!("actor.{}.option.{}", game.actors[option.actor.index()].id, option.id);
        OptionView {
            actor: option.actor.index(),
            text: option.text.clone(),
            moves: direction(option.direction).to_owned(),
            claims: claim_ids(conflict, &option.grounds.claims),
            assumption: option.grounds.assumption,
            confidence: option.confidence,
            note: option.grounds.note.clone(),
            range: places.range(&address),
            address,
            id,
        }
    })
    .collect()
}

fn actors(conflict: &Conflict, words: &dyn Words, places: &dyn Places) -> Vec<ActorView> {
    let game = &conflict.game;
    let codes = names::codes(game);
    let all = game.actors.iter().zip(codes).enumerate();
    all.map(|(index, (actor, code))| {
        let id = ActorId::from(index);
        let (prefers_by, wishes) = wishes(conflict, id, words, places);
        ActorView {
            id: actor.id.clone(),
            code,
            name: actor.name.clone(),
            note: actor.note.clone(),
            options: game.options_of(id).map(OptionId::index).collect(),
            prefers_by: prefers_by.to_owned(),
            wishes,
            range: places.range(&format!("actor.{}", actor.id)),
        }
    })
    .collect()
}

fn wishes(
    conflict: &Conflict,
    actor: ActorId,
    words: &dyn Words,
    places: &dyn Places,
) -> (&'static str, Vec<WishView>) {
    let game = &conflict.game;
    let name = &game.actors[actor.index()].id;
    let wish = |key: &str, at: usize, id: &Option<String>, formula: String, grounds: &Grounds| {
        let address = format!("actor.{name}.{key}[{at}]");
        WishView {
            place: at + 1,
            id: id.clone(),
            formula,
            words: words.statement(actor, at),
            weight: None,
            claims: claim_ids(conflict, &grounds.claims),
            assumption: grounds.assumption,
            strong: false,
            unknown: false,
            confidence: None,
            note: grounds.note.clone(),
            range: places.range(&address),
            address,
        }
    };
    match &game.preferences[actor.index()] {
        Preference::Statements(list) => {
            let all = list.iter().enumerate().map(|(at, s)| WishView {
                strong: s.strong,
                unknown: s.unknown,
                confidence: s.confidence,
                ..wish("prefers", at, &s.id, game.formula_text(&s.that), &s.grounds)
            });
            ("statements", all.collect())
        }
        Preference::Weights(list) => {
            let all = list.iter().enumerate().map(|(at, w)| WishView {
                words: words.weighed(actor, at),
                weight: Some(w.weight),
                confidence: w.confidence,
                ..wish("weighs", at, &w.id, game.formula_text(&w.that), &w.grounds)
            });
            ("weights", all.collect())
        }
        Preference::Ranking(ranking) => {
            let all = ranking.groups.iter().enumerate().map(|(at, group)| {
                let entries: Vec<String> = group.iter().map(|entry| rank_entry(game, entry)).collect();
                wish("ranking", at, &None, entries.join(" ~ "), &ranking.grounds)
            });
            ("ranking", all.collect())
        }
    }
}

fn rank_entry(game: &Game, entry: &RankEntry) -> String {
    match entry {
        RankEntry::State(state) => state_name(game, state),
        RankEntry::Pattern(pattern) => pattern.to_string(),
        RankEntry::Formula(formula) => game.formula_text(formula),
    }
}

/// The number of a state, or its id in graph form.
pub(crate) fn state_name(game: &Game, state: &State) -> String {
    let listed = game.graph_form().and_then(|form| {
        let position = usize::try_from(state.number()?).ok()?.checked_sub(1)?;
        form.states.get(position).cloned()
    });
    listed.unwrap_or_else(|| state.to_string())
}

fn claims_view(
    conflict: &Conflict,
    places: &dyn Places,
    uses: &BTreeMap<ClaimId, Vec<(String, String, String)>>,
) -> Vec<ClaimView> {
    let all = conflict.evidence.claims.iter().enumerate();
    all.map(|(index, claim)| ClaimView {
        id: claim.id.clone(),
        source: conflict.evidence.sources[claim.source.index()].id.clone(),
        at: claim.at.clone(),
        says: claim.says.clone(),
        speaker: claim.speaker.clone(),
        reported_by: claim.reported_by.clone(),
        kind: claim.kind.map(|kind| kind.word().to_owned()),
        quote: claim.quote.clone(),
        confidence: claim.confidence,
        note: claim.note.clone(),
        uses: uses.get(&ClaimId::from(index)).map_or_else(Vec::new, |list| {
            let all = list.iter().cloned();
            all.map(|(kind, address, label)| UseView { kind, address, label }).collect()
        }),
        range: places.range(&format!("claim.{}", claim.id)),
    })
    .collect()
}

/// What rests on each claim: kind, address, words.
fn uses(conflict: &Conflict, words: &dyn Words) -> BTreeMap<ClaimId, Vec<(String, String, String)>> {
    let game = &conflict.game;
    let mut uses: BTreeMap<ClaimId, Vec<(String, String, String)>> = BTreeMap::new();
    let mut add = |grounds: &Grounds, kind: &str, address: String, label: String| {
        for claim in &grounds.claims {
            uses.entry(*claim).or_default().push((kind.to_owned(), address.clone(), label.clone()));
        }
    };
    for (index, preference) in game.preferences.iter().enumerate() {
        let (actor, id) = (&game.actors[index], ActorId::from(index));
        let label = |at: usize| format!("{}: {}", actor.name, words.statement(id, at));
        match preference {
            Preference::Statements(list) => {
                for (at, s) in list.iter().enumerate() {
                    add(&s.grounds, "statement", format!("actor.{}.prefers[{at}]", actor.id), label(at));
                }
            }
            Preference::Weights(list) => {
                for (at, w) in list.iter().enumerate() {
                    add(&w.grounds, "statement", format!("actor.{}.weighs[{at}]", actor.id), label(at));
                }
            }
            Preference::Ranking(ranking) => {
                let name = actor.name.clone();
                add(&ranking.grounds, "statement", format!("actor.{}.ranking", actor.id), name);
            }
        }
    }
    if let Some(form) = game.option_form() {
        for (at, rule) in form.rules.iter().enumerate() {
            add(&rule.grounds, "rule", format!("rule[{at}]"), words.rule(at));
        }
        for option in &form.options {
            let address = format!("actor.{}.option.{}", game.actors[option.actor.index()].id, option.id);
            add(&option.grounds, "option", address, option.text.clone());
        }
        for (at, definition) in form.definitions.iter().enumerate() {
            let label = format!("{}: {}", definition.id, words.definition(at));
            add(&definition.grounds, "definition", format!("define.{}", definition.id), label);
        }
    }
    let situation = &conflict.situation;
    let name = |actor: &ActorId| game.actors[actor.index()].name.clone();
    for body in &situation.bodies {
        add(&body.grounds, "body", format!("body.{}", body.id), body.name.clone());
    }
    for instrument in &situation.instruments {
        add(
            &instrument.grounds,
            "instrument",
            format!("instrument.{}", instrument.id),
            instrument.title.clone(),
        );
    }
    for track in &situation.tracks {
        add(&track.grounds, "track", format!("track.{}", track.id), track.title.clone());
    }
    for (at, tie) in situation.ties.iter().enumerate() {
        let label = format!("{} and {}: {}", name(&tie.between[0]), name(&tie.between[1]), tie.kind.word());
        add(&tie.grounds, "tie", format!("tie[{at}]"), label);
    }
    for (at, event) in situation.events.iter().enumerate() {
        add(&event.grounds, "event", format!("event[{at}]"), event.title.clone());
    }
    for (at, effect) in situation.effects.iter().enumerate() {
        add(&effect.grounds, "effect", format!("effect[{at}]"), game.formula_text(&effect.when));
    }
    for observed in &conflict.observed {
        add(&observed.grounds, "observed", format!("observed.{}", observed.id), observed.title.clone());
    }
    uses
}

pub(crate) fn claim_ids(conflict: &Conflict, claims: &[ClaimId]) -> Vec<String> {
    claims.iter().filter_map(|c| conflict.evidence.claims.get(c.index())).map(|c| c.id.clone()).collect()
}

fn formula(game: &Game, states: &OutcomeStates) -> Option<String> {
    match states {
        OutcomeStates::Formula(formula) => Some(game.formula_text(formula)),
        OutcomeStates::Listed(_) => None,
    }
}

/// Full names of the options that are on; in graph form the id of the state.
fn on_names(game: &Game, state: &State) -> Vec<String> {
    match game.form {
        Form::Options(_) => state.on().map(|option| game.option_name(option)).collect(),
        Form::Graph(_) => vec![state_name(game, state)],
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "both",
        Direction::OnOnly => "on_only",
        Direction::OffOnly => "off_only",
    }
}

fn rule_kind(kind: &RuleKind) -> &'static str {
    match kind {
        RuleKind::Never(_) => "never",
        RuleKind::Always(_) => "always",
        RuleKind::AtMostOne(_) => "at_most_one",
        RuleKind::ExactlyOne(_) => "exactly_one",
        RuleKind::Requires(..) => "requires",
        RuleKind::Unavailable(_) => "unavailable",
    }
}
