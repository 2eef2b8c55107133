//! The situation in words.

use detente_model::{ActorId, Conflict};

use crate::say::{names, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};
use crate::wire::{BasisView, MapView, TieView};

/// The situation as a report: ties, triangles, bodies, tracks, documents, events and effects.
pub fn doc(conflict: &Conflict, map: &MapView) -> Doc {
    let mut doc = Doc::default();
    doc.title(heading(map), map.as_of.as_deref().map(|date| format!("as of {}", words::date(date))));
    doc.say(summary(conflict, map));
    let people =
        |list: &[usize]| names::actors(conflict, &list.iter().map(|a| ActorId::from(*a)).collect::<Vec<_>>());
    if !map.ties.is_empty() {
        let mut table = Table::new([Column::text("Between"), Column::words("Tie"), Column::text("Rests on")]);
        for tie in &map.ties {
            table.row([people(&tie.between).into(), tie_words(tie), basis(&tie.basis)]);
        }
        doc.heading("Ties");
        doc.table(table);
    }
    if !map.triads.is_empty() {
        doc.heading_with(
            "Triangles of ties",
            "at rest when the product of the three signs is + (Heider); no forecast",
        );
        let more = (map.triads_more > 0).then(|| {
            let more = words::counted(&map.triads_more.into(), "more triangle", "more triangles");
            Item::new(Line::new().quiet(format!("and {more}")))
        });
        doc.list(
            map.triads
                .iter()
                .map(|triad| {
                    let changed = match triad.was_at_rest {
                        Some(true) => " It was at rest before.",
                        Some(false) => " It was under strain before.",
                        None => "",
                    };
                    let line = Line::new().strong(people(&triad.actors)).plain(format!(". {}", triad.text));
                    Item::marked("–", line.marked(changed))
                })
                .chain(more)
                .collect(),
        );
    }
    let mut section = |title: &str, items: Vec<Item>| {
        if !items.is_empty() {
            doc.heading(title);
            doc.list(items);
        }
    };
    section(
        "Bodies",
        map.bodies
            .iter()
            .map(|body| {
                let mut text = format!(": {}.", people(&body.members));
                if body.members.is_empty() {
                    ": no actor of the case.".clone_into(&mut text);
                }
                if !body.left.is_empty() {
                    text += &format!(" Left: {}.", people(&body.left));
                }
                if !body.joined.is_empty() {
                    text += &format!(" Joined: {}.", people(&body.joined));
                }
                Item::marked("–", Line::new().strong(body.name.as_str()).plain(text))
            })
            .collect(),
    );
    section(
        "Tracks",
        map.tracks
            .iter()
            .map(|track| {
                let convened = track.convenor.map_or_else(String::new, |who| {
                    format!(", convened by {}", names::inside(conflict, ActorId::from(who)))
                });
                let line = Line::new()
                    .strong(track.title.as_str())
                    .plain(format!(": {}{convened}.", people(&track.parties)));
                Item::marked("–", line)
            })
            .collect(),
    );
    section(
        "Documents",
        map.instruments
            .iter()
            .map(|x| {
                let mut facts = vec![people(&x.parties)];
                // The date of its signing says that it is signed.
                facts.extend(x.status.clone().filter(|status| x.signed.is_none() || status != "signed"));
                facts.extend(x.signed.as_deref().map(|date| format!("signed {}", words::date(date))));
                facts.extend(x.until.as_deref().map(|date| format!("until {}", words::date(date))));
                facts.extend(x.clauses.map(|count| format!("{count} clauses")));
                facts.retain(|fact| !fact.is_empty());
                Item::marked(
                    "–",
                    Line::new().strong(x.title.as_str()).plain(format!(": {}.", facts.join(", "))),
                )
            })
            .collect(),
    );
    if !map.events.is_empty() {
        let mut table = Table::new([Column::words("When"), Column::text("What"), Column::text("Who")]);
        for event in &map.events {
            let expected = (conflict.situation.events.iter())
                .any(|e| e.expected && e.on == event.on && e.title == event.title);
            let what = Line::new().plain(event.title.as_str()).quiet(match (expected, event.later) {
                (true, _) => "  expected",
                (false, true) => "  observed later",
                (false, false) => "",
            });
            let when = match event.on.as_str() {
                "" => Line::new().quiet("no date given"),
                on => words::dates(on, event.until.as_deref()).into(),
            };
            table.row([when, what, people(&event.actors).into()]);
        }
        doc.heading("Timeline");
        doc.table(table);
    }
    let shown: Vec<_> = map.effects.iter().filter(|effect| map.after.is_none() || effect.applied).collect();
    if !shown.is_empty() {
        doc.heading(if map.after.is_some() {
            "What this outcome brings about"
        } else {
            "What outcomes would bring about"
        });
        doc.list(
            shown
                .iter()
                .map(|effect| {
                    Item::marked(
                        "–",
                        Line::new()
                            .plain(effect.text.clone())
                            .quiet(format!(", when {}", uncapital(conflict, &effect.when)))
                            .plain("."),
                    )
                })
                .collect(),
        );
    }
    doc
}

/// A clause inside a sentence: names of actors keep their capital, articles do not.
fn uncapital(conflict: &Conflict, clause: &str) -> String {
    let named = conflict.game.actor_ids().map(|actor| names::inside(conflict, actor));
    let capital =
        |name: String| name.chars().next().is_some_and(char::is_uppercase) && clause.starts_with(&name);
    let mut letters = clause.chars();
    match letters.next() {
        Some(first) if !named.into_iter().any(capital) => first.to_lowercase().chain(letters).collect(),
        _ => clause.to_owned(),
    }
}

/// What the picture and the report are of.
pub(super) fn heading(map: &MapView) -> String {
    match &map.after {
        Some(outcome) => format!("Who stands where, after: {}", names::brief(outcome)),
        None => "Who stands where".to_owned(),
    }
}

/// The situation in one sentence, for those who cannot see the picture too.
pub fn summary(conflict: &Conflict, map: &MapView) -> String {
    let counts: String = map.counts.iter().map(|series| format!(" {}.", series.text)).collect();
    if map.ties.is_empty() {
        return format!("The case says nothing about ties between its actors.{counts}");
    }
    let of = |wanted: fn(&TieView) -> bool| -> Vec<String> {
        let chosen = map.ties.iter().filter(|tie| wanted(tie));
        chosen.map(|tie| names::actors(conflict, &tie.between.map(ActorId::from))).collect()
    };
    let groups = [
        ("On good terms", of(|tie| tie.sign > 0)),
        ("At odds", of(|tie| tie.sign < 0)),
        ("Neither", of(|tie| tie.sign == 0)),
    ];
    let said = groups.iter().filter(|(_, pairs)| !pairs.is_empty());
    let parts: Vec<String> = said.map(|(word, pairs)| format!("{word}: {}.", pairs.join("; "))).collect();
    let strained = map.triads.iter().filter(|triad| !triad.at_rest).count();
    let triangles = match (map.triads.len(), strained) {
        (0, _) => String::new(),
        (told, some) if map.triads_more > 0 => {
            let all = words::count(&(told + map.triads_more).into());
            format!(" Of the first {told} of {all} triangles of ties {some} are under strain.")
        }
        (1, 0) => " The one triangle of ties is at rest.".to_owned(),
        (1, _) => " The one triangle of ties is under strain.".to_owned(),
        (all, 0) => format!(" All {all} triangles of ties are at rest."),
        (all, some) => format!(
            " Of {all} triangles of ties {some} {} under strain.",
            if some == 1 { "is" } else { "are" }
        ),
    };
    format!("{}{triangles}{counts}", parts.join(" "))
}

/// The kind of a tie, whether it mends, and what it was.
pub(super) fn tie_text(tie: &TieView) -> String {
    let mending = if tie.mending { ", mending" } else { "" };
    format!("{}{mending}", tie.kind)
}

fn tie_words(tie: &TieView) -> Line {
    let line = Line::new().plain(tie_text(tie));
    match &tie.was {
        Some(was) => line.marked(format!(" was {was}")),
        None => line,
    }
}

fn basis(basis: &BasisView) -> Line {
    if basis.claims.is_empty() {
        Line::new().quiet(if basis.assumption { "assumed by the analyst" } else { "nothing" })
    } else {
        Line::new().code(basis.claims.join(" "))
    }
}
