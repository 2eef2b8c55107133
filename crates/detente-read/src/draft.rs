//! A reading as the draft of a case: a TOML text that `detente check` accepts.
//!
//! # Definition
//! Every sentence is a claim with what is proposed of it; the words stay with the analyst (`says`).
//! Options are written: what somebody can do, threatens, promises or offers, and what one actor wants of
//! another. Claims, wishes, joint acts, ties and events are marked `proposed = true`, each with its sentence
//! and rule: nothing that is proposed enters a verdict before the analyst takes it, by removing the mark.
//! Conditions, and what lacks something that the case would need, stand as comments.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::proposal::{ClaimKind, Grade, Reading, Source};

/// At most so many actors and options are written; what is left out is said.
const MOST_ACTORS: usize = 40;
const MOST_OPTIONS: usize = 60;

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// One line for a comment.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).collect()
}

/// An id of a case file for each actor: lower-case ASCII letters, digits, single hyphens.
fn ids(reading: &Reading) -> BTreeMap<String, String> {
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: Vec<String> =
        ["and", "or", "not", "implies", "iff", "true", "false", "act", "chance", "votes"]
            .map(str::to_owned)
            .to_vec();
    for actor in &reading.actors {
        let parts: Vec<String> = actor
            .id
            .to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let base = if parts.is_empty() { "actor".to_owned() } else { parts.join("-") };
        let mut id = base.clone();
        let mut again = 2;
        while taken.contains(&id) {
            id = format!("{base}-{again}");
            again += 1;
        }
        taken.push(id.clone());
        given.insert(actor.id.clone(), id);
    }
    given
}

/// An option that the draft proposes.
struct Move {
    actor: String,
    text: String,
    n: usize,
    from: &'static str,
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2)
        .map(str::to_owned)
        .collect()
}

/// Whether two phrases share half of their words.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared > 0 && 4 * shared >= a.len() + b.len()
}

/// The actor whose name begins the phrase, and the rest: `Congress to step in`.
fn asked<'r>(reading: &'r Reading, want: &str) -> Option<(&'r str, String)> {
    let bare = want.strip_prefix("the ").or_else(|| want.strip_prefix("The ")).unwrap_or(want);
    reading.actors.iter().find_map(|actor| {
        actor.aliases.iter().find_map(|alias| {
            let rest = bare.strip_prefix(alias.trim_start_matches("the ").trim_start_matches("The "))?;
            let rest = rest.strip_prefix(' ')?;
            let rest = rest.strip_prefix("to ").unwrap_or(rest);
            (rest.split(' ').count() >= 2).then(|| (actor.id.as_str(), rest.to_owned()))
        })
    })
}

fn moves(reading: &Reading) -> Vec<Move> {
    let mut all: Vec<Move> = Vec::new();
    let known = |id: &str| reading.actors.iter().any(|actor| actor.id == id);
    let mut put = |actor: &str, text: &str, n: usize, from: &'static str| {
        for actor in actor.split('+').filter(|actor| known(actor)) {
            if !text.is_empty() && !all.iter().any(|one| one.actor == actor && alike(&one.text, text)) {
                all.push(Move { actor: actor.to_owned(), text: text.to_owned(), n, from });
            }
        }
    };
    for choice in &reading.options {
        put(&choice.actor, &choice.text, choice.n, "can");
    }
    for said in &reading.said {
        let Some(then) = &said.then else { continue };
        match said.kind {
            ClaimKind::Threat => put(&said.by, then, said.n, "threatens"),
            ClaimKind::Promise => put(&said.by, then, said.n, "promises"),
            ClaimKind::Offer => put(&said.by, then, said.n, "offers"),
            ClaimKind::Demand if known(&said.to) => put(&said.to, then, said.n, "is asked"),
            _ => {}
        }
    }
    for wish in &reading.wishes {
        if let Some((actor, what)) = asked(reading, &wish.want)
            && actor != wish.actor
        {
            put(actor, &what, wish.n, "is wanted");
        }
    }
    if all.is_empty() {
        for actor in reading.actors.iter().take(2) {
            all.push(Move { actor: actor.id.clone(), text: String::new(), n: 0, from: "" });
        }
    }
    all
}

/// The draft of a case. `file` is the name of the text as the case should cite it.
#[must_use]
pub fn draft(reading: &Reading, file: &str) -> String {
    let ids = ids(reading);
    let mut moves = moves(reading);
    let (more_moves, mut left_out) = (moves.len().saturating_sub(MOST_OPTIONS), Vec::new());
    if more_moves > 0 {
        moves.truncate(MOST_OPTIONS);
        left_out.push(format!("{more_moves} more options were proposed and are not written here"));
    }
    let mut actors: Vec<&str> = Vec::new();
    for one in &moves {
        if !actors.contains(&one.actor.as_str()) {
            actors.push(&one.actor);
        }
    }
    if actors.len() > MOST_ACTORS {
        left_out.push(format!(
            "{} more actors have options and are not written here",
            actors.len() - MOST_ACTORS
        ));
        actors.truncate(MOST_ACTORS);
    }
    let mut out = String::new();
    let title = if reading.title.is_empty() { "A draft" } else { &reading.title };
    let _ = write!(
        out,
        "# A draft, read from a text by rules: every claim and option is a proposal until you have looked at it.\n\
         # Write each claim in your own words under `says`. What says `proposed = true` is left out of every\n\
         # answer: take it by removing that line, refuse it by deleting all of it.\n\n\
         format = 1\n\n[case]\ntitle = {}\n",
        quoted(title)
    );
    if !reading.as_of.is_empty() {
        let _ = writeln!(out, "as_of = {}", reading.as_of);
    }
    let mut limits =
        vec!["This is a draft: its claims, actors and options were proposed by rules.".to_owned()];
    limits.append(&mut left_out);
    let _ = writeln!(
        out,
        "limits = [{}]",
        limits.iter().map(|limit| quoted(limit)).collect::<Vec<_>>().join(", ")
    );
    out.push_str("\n# ---- evidence ----\n");
    if !reading.sources.is_empty() {
        out.push('\n');
        out.push_str(&sources(&reading.sources));
    }
    if !reading.sentences.is_empty() {
        let _ = write!(out, "\n[source.text]\ntitle = {}\n", quoted(title));
        if !reading.author.is_empty() {
            let _ = writeln!(out, "author = {}", quoted(&line(&reading.author)));
        }
        let inside = !file.is_empty()
            && !file.contains(['/', '\\'])
            && !file.chars().any(char::is_control)
            && file != "-";
        if inside {
            let _ = writeln!(out, "text = {}", quoted(file));
        }
    }
    claims(&mut out, reading);
    game(&mut out, reading, &ids, &actors, &moves);
    wishes(&mut out, reading, &ids, &moves, &actors);
    acts(&mut out, reading, &ids, &actors);
    around(&mut out, reading, &ids, &actors);
    rest(&mut out, reading, &ids, &actors);
    out
}

/// Sources as tables of a case.
#[must_use]
pub fn sources(all: &[Source]) -> String {
    let mut out = String::new();
    for (at, one) in all.iter().enumerate() {
        let _ = write!(
            out,
            "{}[source.{}]\ntitle = {}\n",
            if at == 0 { "" } else { "\n" },
            one.id,
            quoted(&line(&one.title))
        );
        for (key, value) in [("author", &one.author), ("date", &one.date), ("url", &one.url)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {}", quoted(&line(value)));
            }
        }
    }
    out
}

fn claim_id(n: usize, of: usize) -> String {
    let width = of.to_string().len().max(2);
    format!("c{n:0width$}")
}

fn claims(out: &mut String, reading: &Reading) {
    let of = reading.sentences.len();
    for sentence in &reading.sentences {
        let sure = if sentence.grade == Grade::Weak { ", look twice" } else { "" };
        let _ = write!(
            out,
            "\n# s{}: {}\n# proposed: {} by {} ({}{sure})\n[claim.{}]\nsource = \"text\"\nat = \"s{}\"\nsays = \"\"\n",
            sentence.n,
            line(&sentence.text),
            sentence.kind.text(),
            line(&sentence.speaker.join(", through ")),
            sentence.rule,
            claim_id(sentence.n, of),
            sentence.n,
        );
        let _ = writeln!(out, "kind = \"{}\"", sentence.kind.text());
        if let Some(first) = sentence.speaker.first().filter(|first| *first != "author") {
            let names: Vec<&str> = first
                .split('+')
                .map(|id| {
                    reading.actors.iter().find(|actor| actor.id == id).map_or(id, |actor| actor.name.as_str())
                })
                .collect();
            let _ = writeln!(out, "speaker = {}", quoted(&line(&names.join(" and "))));
        }
        out.push_str("proposed = true\n");
    }
}

fn game(
    out: &mut String,
    reading: &Reading,
    ids: &BTreeMap<String, String>,
    actors: &[&str],
    moves: &[Move],
) {
    let of = reading.sentences.len();
    out.push_str("\n# ---- who can do what ----\n");
    if actors.is_empty() {
        out.push_str(
            "# Nobody is named who could decide something: say who does, and what each can do.\n\
             [actor.first]\nname = \"The first actor\"\n[actor.first.option]\n\
             o1 = { text = \"What it can do\", assumption = true }\n",
        );
    }
    for actor in &reading.actors {
        if !actors.contains(&actor.id.as_str()) {
            let _ = writeln!(out, "# Also named, without an option: {} ({})", line(&actor.name), actor.kind);
        }
    }
    for actor in actors {
        let Some(named) = reading.actors.iter().find(|one| one.id == *actor) else { continue };
        let id = ids.get(*actor).map_or(*actor, String::as_str);
        let _ = write!(out, "\n[actor.{id}]\nname = {}\n[actor.{id}.option]\n", quoted(&line(&named.name)));
        for (number, one) in moves.iter().filter(|one| one.actor == *actor).enumerate() {
            if one.text.is_empty() {
                let _ = writeln!(
                    out,
                    "o{} = {{ text = \"What it can do: the text proposes nothing\", assumption = true }}",
                    number + 1
                );
            } else {
                let _ = writeln!(
                    out,
                    "o{} = {{ text = {}, because = [\"{}\"] }} # s{}: {}",
                    number + 1,
                    quoted(&line(&one.text)),
                    claim_id(one.n, of),
                    one.n,
                    one.from,
                );
            }
        }
    }
}

fn wishes(
    out: &mut String,
    reading: &Reading,
    ids: &BTreeMap<String, String>,
    moves: &[Move],
    actors: &[&str],
) {
    let of = reading.sentences.len();
    out.push_str("\n# ---- who wants what ----\n");
    for wish in &reading.wishes {
        let name = reading
            .actors
            .iter()
            .find(|actor| actor.id == wish.actor)
            .map_or(wish.actor.as_str(), |actor| actor.name.as_str());
        let sign = if wish.polarity == "-" { "does not want" } else { "wants" };
        let _ = writeln!(out, "\n# s{}, {}: {} {sign}: {}", wish.n, wish.rule, line(name), line(&wish.want));
        let id = ids.get(&wish.actor).filter(|_| actors.contains(&wish.actor.as_str()));
        let what = asked(reading, &wish.want);
        let option = moves.iter().position(|one| {
            what.as_ref().map_or_else(
                || alike(&one.text, &wish.want),
                |(actor, what)| one.actor == *actor && alike(&one.text, what),
            ) && actors.contains(&one.actor.as_str())
        });
        match (id, option) {
            (Some(id), Some(at)) => {
                let one = &moves[at];
                let number = moves[..at].iter().filter(|other| other.actor == one.actor).count() + 1;
                let owner = ids.get(&one.actor).map_or(one.actor.as_str(), String::as_str);
                let not = if wish.polarity == "-" { "not " } else { "" };
                let _ = write!(
                    out,
                    "[[actor.{id}.prefers]]\nthat = \"{not}{owner}.o{number}\"\nbecause = [\"{}\"]\nproposed = true\n",
                    claim_id(wish.n, of)
                );
            }
            (None, _) => out.push_str("# (it is no actor of this draft yet)\n"),
            (_, None) => out.push_str("# (no option says this yet)\n"),
        }
    }
}

/// The ids of the named, when all are actors of the draft.
fn known<'i>(named: &[String], ids: &'i BTreeMap<String, String>, actors: &[&str]) -> Option<Vec<&'i str>> {
    let one = |name: &String| ids.get(name).filter(|_| actors.contains(&name.as_str())).map(String::as_str);
    named.iter().map(one).collect()
}

/// A list of ids.
fn list(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ")
}

fn acts(out: &mut String, reading: &Reading, ids: &BTreeMap<String, String>, actors: &[&str]) {
    let of = reading.sentences.len();
    let mut number = 0;
    for act in &reading.acts {
        let Some(parties) = known(&act.parties, ids, actors).filter(|all| all.len() >= 2) else { continue };
        number += 1;
        let _ = write!(
            out,
            "\n# s{}, {}\n[act.together-{number}]\ntext = {}\nparties = [{}]\nbecause = [\"{}\"]\nproposed = true\n",
            act.n,
            act.rule,
            quoted(&line(&act.text)),
            list(&parties),
            claim_id(act.n, of)
        );
    }
}

/// Ties and events.
fn around(out: &mut String, reading: &Reading, ids: &BTreeMap<String, String>, actors: &[&str]) {
    let of = reading.sentences.len();
    for tie in &reading.ties {
        let Some(between) = known(&tie.between, ids, actors).filter(|all| all[0] != all[1]) else { continue };
        let _ = write!(
            out,
            "\n# s{}, {}\n[[tie]]\nbetween = [{}]\nkind = \"{}\"\nbecause = [\"{}\"]\nproposed = true\n",
            tie.n,
            tie.rule,
            list(&between),
            tie.kind,
            claim_id(tie.n, of)
        );
    }
    for event in reading.events.iter().filter(|event| event.on.is_some() || event.expected) {
        let _ = write!(
            out,
            "\n# s{}, {}\n[[event]]\ntitle = {}\n",
            event.n,
            event.rule,
            quoted(&line(&event.title))
        );
        if let Some(on) = &event.on {
            let _ = writeln!(out, "on = {}", quoted(on));
        }
        if event.expected {
            out.push_str("expected = true\n");
        }
        let _ = write!(out, "because = [\"{}\"]\nproposed = true\n", claim_id(event.n, of));
    }
}

fn rest(out: &mut String, reading: &Reading, ids: &BTreeMap<String, String>, actors: &[&str]) {
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(out, "\n# ---- {title} ----\n");
            for one in lines {
                let _ = writeln!(out, "# {}", line(&one));
            }
        }
    };
    part(
        "conditions",
        reading
            .conditions
            .iter()
            .map(|one| format!("s{}, {}: {} -> {}", one.n, one.form, one.condition, one.then))
            .collect(),
    );
    part(
        "joint acts",
        reading
            .acts
            .iter()
            .filter(|one| known(&one.parties, ids, actors).is_none_or(|all| all.len() < 2))
            .map(|one| format!("s{}, {}: {}", one.n, one.parties.join(", "), one.text))
            .collect(),
    );
    part(
        "said",
        reading
            .said
            .iter()
            .map(|one| {
                let when = one.condition.as_ref().map_or(String::new(), |when| format!(" (under: {when})"));
                format!(
                    "s{}, {} by {}: {}{when}",
                    one.n,
                    one.kind.text(),
                    one.by,
                    one.then.as_deref().unwrap_or("")
                )
            })
            .collect(),
    );
    part(
        "events",
        reading
            .events
            .iter()
            .filter(|one| one.on.is_none() && !one.expected)
            .map(|one| {
                format!(
                    "s{}, {}{}: {}{}",
                    one.n,
                    one.class,
                    if one.expected { ", expected" } else { "" },
                    one.title,
                    one.on.as_ref().map_or(String::new(), |on| format!(", {on}"))
                )
            })
            .collect(),
    );
    part(
        "ties",
        reading
            .ties
            .iter()
            .filter(|one| known(&one.between, ids, actors).is_none_or(|all| all[0] == all[1]))
            .map(|one| format!("s{}, {}: {}", one.n, one.kind, one.between.join(", ")))
            .collect(),
    );
    part("documents", reading.instruments.iter().map(|one| format!("s{}: {}", one.n, one.mention)).collect());
    part("tracks", reading.tracks.iter().map(|one| format!("s{}: {}", one.n, one.mention)).collect());
    part("questions back", reading.questions.iter().map(|one| one.text.clone()).collect());
}
