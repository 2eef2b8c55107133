//! What the conclusions hang on, in words.

use detente_engine::trust::{After, Answer, Run, Status, Trust};
use detente_model::{ClaimId, Conflict, Strike};

use super::doc::{Column, Doc, Line, Table};
use super::{names, reason, words};

/// What is struck, in words.
pub(crate) fn struck(strike: &Strike) -> String {
    let mut parts = Vec::new();
    let mut add = |one: &str, many: &str, list: &[String]| match list {
        [] => {}
        [single] => parts.push(format!("{one} {single}")),
        several => parts.push(format!("{many} {}", words::list(several))),
    };
    add("claim", "claims", &strike.claims);
    let speakers: Vec<String> = (strike.speakers.iter())
        .map(|s| if s == "author" { "the sources' authors".to_owned() } else { s.clone() })
        .collect();
    add("what is said by", "what is said by", &speakers);
    let kinds: Vec<String> = strike.kinds.iter().map(|k| format!("every {}", k.word())).collect();
    add("", "", &kinds);
    add("source", "sources", &strike.sources);
    if strike.assumptions {
        parts.push("the analyst's assumptions".to_owned());
    }
    words::list(&parts).trim().to_owned()
}

fn claims(conflict: &Conflict, ids: &[ClaimId]) -> String {
    let list: Vec<&str> =
        ids.iter().filter_map(|id| conflict.evidence.claims.get(id.index())).map(|c| c.id.as_str()).collect();
    words::list(&list)
}

/// What an analyst should know of each question, a few sentences.
pub(crate) fn summary(conflict: &Conflict, trust: &Trust) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(first) = trust
        .conclusions
        .iter()
        .position(|c| c.ask.is_some())
        .or((!trust.conclusions.is_empty()).then_some(0))
    else {
        return lines;
    };
    let conclusion = &trust.conclusions[first];
    let name = conclusion.ask.clone().unwrap_or_else(|| conclusion.id.clone());
    let answer = match conclusion.before {
        Answer::Yes => "Yes",
        Answer::No => "No",
        Answer::NotComputed => "Not computed",
    };
    let end = if name.ends_with('?') { "" } else { ":" };
    lines.push(format!("On all evidence: {name}{end} {answer}."));
    let what = |runs: &dyn Fn(&Run) -> bool, status: Status| -> Vec<String> {
        (trust.runs.iter().filter(|r| runs(r)))
            .filter(|r| r.after.as_ref().is_ok_and(|a| a.conclusions[first].status == status))
            .map(|r| struck(&r.struck))
            .collect()
    };
    let single = |r: &Run| r.question.is_none() && r.struck.claims.len() == 1;
    let wider = |r: &Run| r.question.is_none() && r.struck.claims.is_empty();
    let overturned = what(&single, Status::Overturned);
    lines.push(if overturned.is_empty() {
        "No single claim that is struck overturns it.".to_owned()
    } else {
        format!("Overturned without {} alone.", words::either(&overturned))
    });
    let (over, un) = (what(&wider, Status::Overturned), what(&wider, Status::Unsupported));
    let part = |list: &[String], says: &str| {
        if list.is_empty() { None } else { Some(format!("{says} without {}", words::either(list))) }
    };
    let parts: Vec<String> =
        [part(&over, "overturned"), part(&un, "unsupported")].into_iter().flatten().collect();
    lines.push(if parts.is_empty() {
        "It stands without any one speaker, kind of claim, source, or the assumptions.".to_owned()
    } else {
        format!("It is {}.", parts.join("; "))
    });
    for run in trust.runs.iter().filter(|r| r.question.is_some()) {
        if let Ok(after) = &run.after {
            lines.push(asked(conflict, first, after));
        }
    }
    if let Some(body) = trust.bodies.iter().find(|b| b.conclusion == first) {
        let how = if body.smallest { "The smallest body of evidence" } else { "A small body of evidence" };
        let which = if body.claims.is_empty() {
            "no claim at all".to_owned()
        } else {
            claims(conflict, &body.claims)
        };
        lines.push(format!("{how} that still supports it: {which}."));
    }
    lines
}

/// What a strike leaves of a conclusion, and what hung on what was struck.
pub(crate) fn asked(conflict: &Conflict, at: usize, after: &After) -> String {
    let ours = &after.conclusions[at];
    let mut text = format!(
        "On the evidence that the question leaves: {} possible outcomes, {} that nobody alone would leave; the conclusion is {}",
        words::count(&after.outcome.feasible),
        words::count(&after.outcome.equilibria),
        ours.status.word()
    );
    if !ours.indifferent.is_empty() {
        let who = names::actors(conflict, &ours.indifferent);
        text.push_str(&format!(" ({who} would stay only for want of any reason to go)"));
    }
    text.push('.');
    for actor in conflict.game.actor_ids() {
        let lost: Vec<String> = (ours.lost_motives.iter().filter(|(a, _)| *a == actor))
            .map(|(_, k)| reason::wish(conflict, actor, *k, true))
            .collect();
        if !lost.is_empty() {
            text.push_str(&format!(
                " What would move {} against it rests on what was struck alone: that {}.",
                names::inside(conflict, actor),
                words::list(&lost)
            ));
        }
    }
    let freed: Vec<String> = ours
        .freed
        .iter()
        .filter(|(_, on)| *on)
        .map(|(o, _)| names::quoted(names::option(conflict, *o)))
        .collect();
    if !freed.is_empty() {
        text.push_str(&format!(" It then no longer takes {}.", words::list(&freed)));
    }
    text
}

/// Who has nothing left that it wants; empty when everybody has.
pub(crate) fn without_motive(conflict: &Conflict, after: &After) -> String {
    if after.without_motive.is_empty() {
        return String::new();
    }
    let who = names::actors(conflict, &after.without_motive);
    let has = if after.without_motive.len() == 1 { "has" } else { "have" };
    format!("{who} {has} then no wish left at all: almost anything is stable for whoever wants nothing.")
}

/// The report.
pub(crate) fn doc(conflict: &Conflict, trust: &Trust) -> Doc {
    let mut doc = Doc::default();
    doc.title("What the conclusions hang on", Some(conflict.about.title.clone()));
    for line in summary(conflict, trust) {
        doc.say(line);
    }
    doc.heading_with("Solved again without", "what becomes of each question");
    let questions: Vec<usize> =
        (0..trust.conclusions.len()).filter(|k| trust.conclusions[*k].ask.is_some()).collect();
    let mut table = Table::new(
        [Column::text("Without"), Column::number("Possible"), Column::number("Last")]
            .into_iter()
            .chain(questions.iter().map(|k| Column::words(trust.conclusions[*k].id.clone())))
            .chain([Column::text("No motive left")]),
    );
    let mut idle = 0_usize;
    for run in &trust.runs {
        // A claim that nothing rests on alone changes nothing: such claims are only counted.
        let single = run.question.is_none() && run.struck.claims.len() == 1;
        if single
            && let Ok(after) = &run.after
            && after.rules.is_empty()
            && after.statements.is_empty()
        {
            idle += 1;
            continue;
        }
        let without = match &run.question {
            Some(id) => format!("what `{id}` strikes"),
            None => struck(&run.struck),
        };
        match &run.after {
            Err(why) => table.row([without.into(), Line::new(), Line::new(), Line::from(why.as_str())]),
            Ok(after) => table.row(
                [
                    without.into(),
                    words::count(&after.outcome.feasible).into(),
                    words::count(&after.outcome.equilibria).into(),
                ]
                .into_iter()
                .chain(questions.iter().map(|k| Line::from(after.conclusions[*k].status.word())))
                .chain([Line::from(names::actors(conflict, &after.without_motive))]),
            ),
        }
    }
    doc.table(table);
    if idle > 0 {
        let claims = words::counted(&idle.into(), "other claim", "other claims");
        doc.say(format!(
            "Without any one of the {claims} everything stays as it is: nothing rests on it alone."
        ));
    }
    doc
}
