//! What each claim carries, and what falls without it: sentence by sentence.

use std::collections::BTreeSet;

use detente_engine::trust::{After, Conclusion, ConclusionKind, Status, Trust};
use detente_model::{ActorId, Change, Claim, ClaimId, Conflict, Grounds, Preference, SourceId};

use crate::say::{names, reason, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// The claims of each source in the order of their places in it; for each what it carries and what falls
/// when it alone is struck. Sources without claims are left out. `only` picks one source.
pub fn doc(conflict: &Conflict, trust: &Trust, only: Option<SourceId>) -> Doc {
    let mut doc = Doc::default();
    doc.title(format!("What each sentence carries: {}", conflict.about.title), None);
    doc.say(format!(
        "On all evidence {}, {} that nobody alone would leave. Below: what rests on each claim, and what becomes \
         of the case when that claim alone is struck. A wish or a rule falls when all its claims are struck.",
        words::counted(&trust.before.feasible, "outcome is possible", "outcomes are possible"),
        words::count(&trust.before.equilibria)
    ));
    for (at, source) in conflict.evidence.sources.iter().enumerate() {
        let id = SourceId::from(at);
        let mut claims: Vec<(ClaimId, &Claim)> = conflict
            .evidence
            .claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.source == id)
            .map(|(place, claim)| (ClaimId::from(place), claim))
            .collect();
        if claims.is_empty() || only.is_some_and(|wanted| wanted != id) {
            continue;
        }
        // By sentence; what has no number keeps its order, at the end.
        claims.sort_by_key(|(_, claim)| sentences(claim).first().copied().unwrap_or(u32::MAX));
        let about: Vec<&str> =
            [source.author.as_deref(), source.publisher.as_deref(), source.date.as_deref()]
                .into_iter()
                .flatten()
                .collect();
        doc.heading_with(source.title.clone(), about.join(", "));
        let mut table = Table::new([
            Column::words("At"),
            Column::words("Claim"),
            Column::text("Says"),
            Column::text("Carries"),
            Column::text("Without it"),
        ]);
        let mut idle = Vec::new();
        for (claim_id, claim) in &claims {
            let carried = carries(conflict, *claim_id);
            if carried.is_empty() {
                idle.push(claim.id.clone());
            }
            table.row([
                claim.at.clone().unwrap_or_default().into(),
                Line::new().code(claim.id.as_str()),
                says(claim),
                if carried.is_empty() { Line::new().quiet("nothing") } else { carried.join("; ").into() },
                without(conflict, trust, claim, !carried.is_empty()),
            ]);
        }
        doc.table(table);
        let covered: BTreeSet<u32> = claims.iter().flat_map(|(_, claim)| sentences(claim)).collect();
        let silent: Vec<String> = (1..=covered.last().copied().unwrap_or(0))
            .filter(|n| !covered.contains(n))
            .map(|n| format!("s{n}"))
            .collect();
        let mut notes = Vec::new();
        if !covered.is_empty() && silent.is_empty() {
            notes.push(Item::marked("–", format!("Every sentence up to s{} has a claim.", covered.len())));
        }
        if !silent.is_empty() {
            notes.push(Item::marked(
                "–",
                format!("Sentences without a claim, which carry nothing: {}.", words::list(&silent)),
            ));
        }
        if !idle.is_empty() {
            notes.push(Item::marked("–", format!("Claims that carry nothing: {}.", words::list(&idle))));
        }
        doc.list(notes);
    }
    let assumed = assumptions(conflict);
    if only.is_none() && !assumed.is_empty() {
        doc.heading_with("On nobody's word", "assumed by the analyst");
        doc.list(assumed.into_iter().map(|text| Item::marked("–", text)).collect());
        if let Some(run) = trust
            .runs
            .iter()
            .find(|run| run.struck.assumptions && run.struck.claims.is_empty() && run.question.is_none())
        {
            doc.say(match &run.after {
                Ok(after) => format!("Without all of this: {}.", outcome(conflict, trust, after).join("; ")),
                Err(why) => format!("Without all of this the case cannot stand: {why}."),
            });
        }
    }
    words::limits(&mut doc, &trust.limits);
    doc
}

/// The sentence numbers in `at`: `s20-21` is 20 and 21; none when it has another form.
fn sentences(claim: &Claim) -> Vec<u32> {
    let Some(rest) = claim.at.as_deref().and_then(|at| at.strip_prefix('s')) else { return Vec::new() };
    let (from, to) = rest.split_once(['-', '–']).unwrap_or((rest, rest));
    match (from.parse::<u32>(), to.trim_start_matches('s').parse::<u32>()) {
        // A span of thousands of sentences is a slip, not a place.
        (Ok(from), Ok(to)) if from <= to && to - from < 1_000 => (from..=to).collect(),
        _ => Vec::new(),
    }
}

fn says(claim: &Claim) -> Line {
    let mut who: Vec<String> = claim.speaker.iter().cloned().collect();
    who.extend(claim.reported_by.as_ref().map(|by| format!("reported by {by}")));
    who.extend(claim.kind.map(|kind| kind.word().to_owned()));
    Line::new().plain(claim.says.as_str()).quiet(format!("  ({})", who.join(", ")))
}

/// All that names the claim as its ground, in words.
fn carries(conflict: &Conflict, claim: ClaimId) -> Vec<String> {
    let on = |grounds: &Grounds| grounds.claims.contains(&claim);
    all(conflict).into_iter().filter(|(grounds, _)| on(grounds)).map(|(_, text)| text).collect()
}

fn assumptions(conflict: &Conflict) -> Vec<String> {
    all(conflict).into_iter().filter(|(grounds, _)| grounds.assumption).map(|(_, text)| text).collect()
}

/// Everything in a case that has grounds, with its words: the game, then the situation.
fn all(conflict: &Conflict) -> Vec<(&Grounds, String)> {
    let game = &conflict.game;
    let mut found = Vec::new();
    for (at, preference) in game.preferences.iter().enumerate() {
        let actor = ActorId::from(at);
        let name = names::actor(conflict, actor);
        let wish = |place: usize| {
            format!("wish {} of {name}: {}", place + 1, reason::wish(conflict, actor, place, true))
        };
        match preference {
            Preference::Statements(list) => {
                found.extend(list.iter().enumerate().map(|(k, s)| (&s.grounds, wish(k))))
            }
            Preference::Weights(list) => {
                found.extend(list.iter().enumerate().map(|(k, w)| (&w.grounds, wish(k))))
            }
            Preference::Ranking(ranking) => found.push((&ranking.grounds, format!("the ranking of {name}"))),
        }
    }
    if let Some(form) = game.option_form() {
        found.extend(
            form.rules
                .iter()
                .enumerate()
                .map(|(at, rule)| (&rule.grounds, format!("rule {}", names::rule(conflict, at)))),
        );
        found.extend(form.options.iter().map(|option| {
            (
                &option.grounds,
                format!("{} can: {}", names::actor(conflict, option.actor), names::quoted(&option.text)),
            )
        }));
        found.extend(
            form.definitions.iter().map(|d| (&d.grounds, format!("what {} means", names::quoted(&d.id)))),
        );
    }
    let situation = &conflict.situation;
    found.extend(situation.ties.iter().map(|tie| {
        (&tie.grounds, format!("tie of {}: {}", names::actors(conflict, &tie.between), tie.kind.word()))
    }));
    found.extend(situation.bodies.iter().map(|body| (&body.grounds, format!("body: {}", body.name))));
    found.extend(situation.instruments.iter().map(|x| (&x.grounds, format!("document: {}", x.title))));
    found.extend(situation.tracks.iter().map(|track| (&track.grounds, format!("track: {}", track.title))));
    found.extend(situation.events.iter().map(|event| (&event.grounds, format!("event: {}", event.title))));
    found.extend(situation.effects.iter().map(|effect| {
        let body = |id: detente_model::BodyId| {
            situation.bodies.get(id.index()).map_or("", |body| body.name.as_str())
        };
        let text = match &effect.change {
            Change::Leaves(of, who) => format!("{} leaves {}", names::actor(conflict, *who), body(*of)),
            Change::Joins(of, who) => format!("{} joins {}", names::actor(conflict, *who), body(*of)),
            Change::Becomes(pair, kind) => {
                format!("{} become {}", names::actors(conflict, pair), kind.word())
            }
            Change::Text(text) => text.clone(),
        };
        (&effect.grounds, format!("effect: {text}"))
    }));
    found.extend(conflict.observed.iter().map(|seen| (&seen.grounds, format!("observed: {}", seen.title))));
    found
}

/// What becomes of the case when this claim alone is struck.
fn without(conflict: &Conflict, trust: &Trust, claim: &Claim, used: bool) -> Line {
    let alone = trust.runs.iter().find(|run| {
        let s = &run.struck;
        run.question.is_none()
            && s.claims == [claim.id.as_str()]
            && s.speakers.is_empty()
            && s.kinds.is_empty()
            && s.sources.is_empty()
            && !s.assumptions
    });
    let Some(run) = alone else {
        // All claims are struck unless a bound comes before.
        return Line::new().quiet(if trust.limits.is_empty() { "–" } else { "not tried" });
    };
    let after = match &run.after {
        Ok(after) => after,
        Err(why) => return format!("the case cannot stand: {why}").into(),
    };
    let mut fallen: Vec<String> = after
        .statements
        .iter()
        .map(|(actor, k)| format!("wish {} of {}", k + 1, names::actor(conflict, *actor)))
        .collect();
    fallen.extend(after.rules.iter().map(|at| format!("rule {}", names::rule(conflict, *at))));
    if fallen.is_empty() {
        return Line::new().quiet(if used { "no wish and no rule falls" } else { "–" });
    }
    let mut parts = vec![format!("falls: {}", words::list(&fallen))];
    parts.extend(outcome(conflict, trust, after));
    parts.join("; ").into()
}

/// What changes in the answer.
fn outcome(conflict: &Conflict, trust: &Trust, after: &After) -> Vec<String> {
    let (before, now) = (&trust.before, &after.outcome);
    let mut parts = Vec::new();
    if before.feasible != now.feasible {
        parts.push(format!(
            "{} possible instead of {}",
            words::count(&now.feasible),
            words::count(&before.feasible)
        ));
    }
    if before.equilibria != now.equilibria {
        parts.push(format!(
            "{} that last instead of {}",
            words::count(&now.equilibria),
            words::count(&before.equilibria)
        ));
    }
    for (status, word) in [(Status::Overturned, "overturned"), (Status::Unsupported, "left unsupported")] {
        let touched = trust.conclusions.iter().zip(&after.conclusions).filter(|(_, c)| c.status == status);
        let names: Vec<String> = touched.map(|(conclusion, _)| named(conflict, conclusion)).collect();
        if !names.is_empty() {
            parts.push(format!("{word}: {}", words::list(&names)));
        }
    }
    if parts.is_empty() {
        parts.push("every conclusion stays as it is".to_owned());
    }
    parts
}

/// A conclusion: the question by its id, or that an outcome lasts.
fn named(conflict: &Conflict, conclusion: &Conclusion) -> String {
    match &conclusion.kind {
        ConclusionKind::Equilibrium(state) => {
            format!("that {} lasts", names::quoted(names::brief(&names::outcome(conflict, state))))
        }
        ConclusionKind::Possible(_) | ConclusionKind::Certain(_) => {
            format!("the answer to {}", names::quoted(&conclusion.id))
        }
    }
}
