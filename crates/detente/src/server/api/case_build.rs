//! From the validated conflict to the case as the page shows it.

use std::collections::BTreeMap;

use detente_model::{
    ActorId, ClaimId, Conflict, Direction, Form, Game, Grounds, Layer, OptionId, OutcomeStates, Part,
    Preference, RankEntry, RuleKind, State, Variant, What,
};

use detente_study::say::{accounts, evidence, names};

use super::case_view::{
    AboutView, AccountView, AccountsView, ActorView, CaseView, ClaimView, DefinitionView, FormKind,
    ObservedView, OptionView, OutcomeView, QuestionView, RuleView, SourceView, TextRange, UseView,
    VariantView, WishView,
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
        accounts: told(conflict),
        speakers,
        digest: game.digest(),
        actors,
        options,
    }
}

/// The accounts of a case whose claims contradict each other.
fn told(conflict: &Conflict) -> Option<AccountsView> {
    let all = conflict.accounts().ok().filter(|all| !all.is_empty())?;
    let list = all.iter().map(|account| AccountView {
        id: account.id.clone(),
        title: accounts::title(conflict, account),
        keeps: claim_ids(conflict, &account.keeps),
        strikes: claim_ids(conflict, &account.strikes),
    });
    Some(AccountsView { says: accounts::several(all.len()), list: list.collect() })
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
        // Acts and chance events belong to nobody: they stand behind the last actor.
        let owner = game.actors.get(option.actor.index());
        let address =
            owner.map_or_else(|| id.clone(), |actor| format!("actor.{}.option.{}", actor.id, option.id));
        OptionView {
            actor: option.actor.index().min(game.actors.len()),
            key: game.literal_text(OptionId::from(index), true),
            text: detente_study::say::names::switch(conflict, OptionId::from(index)),
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

/// What several do together and what may happen, as a group of its own behind the actors; `None`: there is none.
fn nobody(conflict: &Conflict) -> Option<ActorView> {
    let game = &conflict.game;
    let options: Vec<usize> = game.options_of(ActorId::NOBODY).map(OptionId::index).collect();
    (!options.is_empty()).then(|| ActorView {
        id: "act".to_owned(),
        code: "+".to_owned(),
        name: names::group(conflict, ActorId::NOBODY),
        note: None,
        options,
        prefers_by: "statements".to_owned(),
        wishes: Vec::new(),
        range: None,
    })
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
    .chain(nobody(conflict))
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
    let mut parts = conflict.parts();
    // What actors want first, then the rules: what a verdict hangs on.
    parts.sort_by_key(|part| match part.what {
        _ if part.layer.is_some() => 3,
        What::Statement(..) | What::Weighed(..) | What::Ranking(..) => 0,
        What::Rule(..) | What::Cannot(..) => 1,
        _ => 2,
    });
    let mut uses: BTreeMap<ClaimId, Vec<(String, String, String)>> = BTreeMap::new();
    for part in &parts {
        let used = || (kind(part).to_owned(), part.address(conflict), label(conflict, words, part));
        for claim in &part.grounds.claims {
            uses.entry(*claim).or_default().push(used());
        }
    }
    uses
}

/// What kind of thing a part is, as the page counts them.
fn kind(part: &Part<'_>) -> &'static str {
    match (part.layer, part.what) {
        (Some(Layer::Variant(_)), _) => "variant",
        (Some(Layer::View(_)), _) => "view",
        (None, what) => match what {
            What::Statement(..) | What::Weighed(..) | What::Ranking(..) => "statement",
            What::Rule(..) => "rule",
            What::Cannot(..) => "limit",
            What::Option(..) => "option",
            What::Act(..) => "act",
            What::Chance(..) => "chance",
            What::Condition(..) => "condition",
            What::Deadline(..) => "deadline",
            What::Said(..) => "said",
            What::Lever(..) => "lever",
            What::Definition(..) => "definition",
            What::Body(..) => "body",
            What::Instrument(..) => "instrument",
            What::Track(..) => "track",
            What::Tie(..) => "tie",
            What::Event(..) => "event",
            What::Effect(..) => "effect",
            What::Observed(..) => "observed",
            What::Question(..) => "question",
            What::Order(..) | What::Instead(..) | What::Type(..) | What::OfType(..) => "alternative",
        },
    }
}

/// A part in words, as short as the page has room for.
pub(super) fn label(conflict: &Conflict, words: &dyn Words, part: &Part<'_>) -> String {
    let game = &conflict.game;
    let name = |actor: ActorId| game.actors.get(actor.index()).map_or("", |a| a.name.as_str());
    match part.what {
        _ if part.layer.is_some() => evidence::part_words(conflict, part),
        What::Statement(actor, at, _) | What::Weighed(actor, at, _) => {
            format!("{}: {}", name(actor), words.statement(actor, at))
        }
        What::Ranking(actor, _) => name(actor).to_owned(),
        What::Rule(at, _) => words.rule(at),
        What::Option(_, option) => option.text.clone(),
        What::Definition(id, definition) => format!("{}: {}", definition.id, words.definition(id.index())),
        What::Body(_, body) => body.name.clone(),
        What::Instrument(_, instrument) => instrument.title.clone(),
        What::Track(_, track) => track.title.clone(),
        What::Tie(_, tie) => {
            format!("{} and {}: {}", name(tie.between[0]), name(tie.between[1]), tie.kind.word())
        }
        What::Event(_, event) => event.title.clone(),
        What::Effect(_, effect) => game.formula_text(&effect.when),
        What::Observed(_, observed) => observed.title.clone(),
        What::Question(_, question) => question.ask.clone(),
        What::Act(_, act) => act.text.clone(),
        What::Chance(_, chance) => chance.text.clone(),
        What::Deadline(_, deadline) => deadline.title.clone().unwrap_or_else(|| deadline.id.clone()),
        What::Condition(..) | What::Said(..) | What::Lever(..) => evidence::part_words(conflict, part),
        What::Cannot(..) | What::Order(..) | What::Instead(..) | What::Type(..) | What::OfType(..) => {
            evidence::part_words(conflict, part)
        }
    }
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
        RuleKind::Chain(..) => "levels",
    }
}
