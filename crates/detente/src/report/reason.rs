//! Why an outcome is stable for an actor, or not: certificates in sentences.
//!
//! Written for a reader who has never heard of the theory: names of options and outcomes, no
//! symbols. Option texts are verb phrases ("Hinder the Western tracks").

use std::collections::BTreeMap;

use detente_engine::Deciding;
use detente_engine::certificate::{Certificate, Target, deciding_grounds, path};
use detente_model::{ActorId, Concept, Conflict, Expr, Form, Grounds, OptionId, Preference, State};

use super::doc::{Doc, Item, Line};
use super::{concept, names, words};

/// Up to this many moves are explained one by one.
const EXPLAINED: usize = 6;

/// One step of a reason, with what it rests on.
pub(crate) struct Sentence {
    /// The sentence.
    pub(crate) text: String,
    /// Speakers and claims, or that the analyst assumed it; empty for the logic of the model.
    pub(crate) basis: String,
}

/// A reason in sentences: the first one says it all, the others why.
pub(crate) fn sentences(conflict: &Conflict, certificate: &Certificate) -> Vec<Sentence> {
    let who = names::actor(conflict, certificate.actor);
    let from = names::quoted(&names::outcome(conflict, &certificate.state));
    let count = certificate.improvements.len();
    let plain = |text: String| Sentence { text, basis: String::new() };
    let mut all = Vec::new();
    let moves = words::counted(&count.into(), "move of its own", "moves of its own");
    all.push(plain(match (certificate.stable, count) {
        (true, 0) => format!("{who} stays at {from}: alone it can reach nothing that it prefers."),
        (true, _) => format!(
            "{who} stays at {from}: it has {moves} that it would prefer, but {} answered.",
            if count == 1 { "that one is" } else { "each of them is" }
        ),
        (false, _) => format!(
            "{who} would leave {from}: it has {moves} that it prefers, and {}.",
            unanswered_words(certificate.concept)
        ),
    }));
    let open = certificate.unanswered.as_ref().map(|u| &u.to);
    // What goes unanswered is what decides: it comes first.
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| open.is_none_or(|to| certificate.improvements[*at].to.one() != Some(to)));
    let shown = if certificate.stable { EXPLAINED } else { 1 };
    for at in order.into_iter().take(shown) {
        all.extend(entry(conflict, certificate, at));
    }
    if certificate.stable && count > shown {
        let more = words::counted(&(count - shown).into(), "other move is", "other moves are");
        all.push(plain(format!("The {more} answered in the same way: as data they are all there.")));
    }
    all
}

fn unanswered_words(which: Concept) -> &'static str {
    match which {
        Concept::Nash => "that is all that counts here",
        Concept::Gmr => "one of them nobody can make it regret",
        Concept::Smr => "one of them nobody can make it regret for good",
        Concept::Seq => "one of them nobody has an interest in making it regret",
        Concept::Sseq => "one of them nobody has an interest in making it regret for good",
        Concept::Sim => "one of them stays better whoever else moves at the same time",
    }
}

fn entry(conflict: &Conflict, certificate: &Certificate, at: usize) -> Vec<Sentence> {
    let game = &conflict.game;
    let (actor, state) = (certificate.actor, &certificate.state);
    let who = names::actor(conflict, actor);
    let entry = &certificate.improvements[at];
    let Some(to) = entry.to.one() else {
        let Target::Pattern(pattern) = &entry.to else { return Vec::new() };
        let text = format!(
            "{who} has several better moves that are answered alike: {}.",
            closed(conflict, actor, pattern)
        );
        return vec![Sentence { text, basis: String::new() }];
    };
    let mut all = vec![Sentence {
        text: format!(
            "{who} would rather {}: {}.",
            does(conflict, actor, state, to),
            gain(conflict, actor, to, state)
        ),
        basis: basis(conflict, &deciding_grounds(game, actor, to, state)),
    }];
    if entry.sanction.is_empty() {
        if let Some(closing) = closing(certificate, to) {
            all.push(Sentence { text: closing.replace("{who}", who), basis: String::new() });
        }
        return all;
    }
    let states = path(game, certificate, at);
    let (mut texts, mut bases) = (Vec::new(), Vec::new());
    for (k, step) in entry.sanction.iter().enumerate() {
        let simultaneous = certificate.concept == Concept::Sim;
        let before = if simultaneous { state } else { &states[k] };
        let after = step.to.from_here(before);
        let mover = names::inside(conflict, step.actor);
        let mut text = format!(
            "{mover} {} {}",
            if simultaneous { "would rather" } else { "can" },
            does(conflict, step.actor, before, &after)
        );
        if matches!(certificate.concept, Concept::Seq | Concept::Sseq | Concept::Sim) {
            text.push_str(&format!(" (which it prefers: {})", gain(conflict, step.actor, &after, before)));
            bases.extend(deciding_grounds(game, step.actor, &after, before));
        }
        texts.push(text);
    }
    let Some(end) = states.last() else { return all };
    let start = if certificate.concept == Concept::Sim { "But at the same time" } else { "But then" };
    let outcome = match entry.because {
        None => format!(
            "{} is no better off than now: it makes no difference to what it wants",
            names::inside(conflict, actor)
        ),
        Some(_) => format!(
            "{} is worse off than now: {}",
            names::inside(conflict, actor),
            loss(conflict, actor, state, end)
        ),
    };
    let escape = if matches!(certificate.concept, Concept::Smr | Concept::Sseq) {
        ", and from there it has no way out of its own"
    } else {
        ""
    };
    bases.extend(deciding_grounds(game, actor, state, end));
    all.push(Sentence {
        text: format!("{start} {}, and {outcome}{escape}.", texts.join(", then ")),
        basis: basis(conflict, &bases),
    });
    all
}

fn closing(certificate: &Certificate, to: &State) -> Option<String> {
    let unanswered = certificate.unanswered.as_ref().filter(|u| u.to == *to)?;
    let alone = unanswered.closure.len() <= 1 && unanswered.closure.iter().all(|t| t.one().is_some());
    let text = match certificate.concept {
        Concept::Nash => return None,
        _ if alone => "Nobody else then has an answer at all.",
        Concept::Gmr => "Whatever the others do then, {who} stays better off than now.",
        Concept::Smr => {
            "Whatever the others do then, {who} stays better off than now or can get there again by itself."
        }
        Concept::Seq => {
            "Whatever the others would then do in their own interest, {who} stays better off than now."
        }
        Concept::Sseq => {
            "Whatever the others would then do in their own interest, {who} stays better off than now or can get there again by itself."
        }
        Concept::Sim => "Whoever else would leave at the same time, {who} ends up better off than now.",
    };
    Some(text.to_owned())
}

/// What an actor does between two states: "hinder the Western tracks and no longer offer a deal".
pub(crate) fn does(conflict: &Conflict, actor: ActorId, from: &State, to: &State) -> String {
    if let Form::Graph(_) = &conflict.game.form {
        return format!("move to {}", names::quoted(&names::outcome(conflict, to)));
    }
    let own: Vec<OptionId> = conflict.game.options_of(actor).collect();
    let mut parts: Vec<String> = Vec::new();
    for option in own.iter().filter(|o| to.is_on(**o) && !from.is_on(**o)) {
        parts.push(phrase(conflict, *option));
    }
    for option in own.iter().filter(|o| from.is_on(**o) && !to.is_on(**o)) {
        parts.push(format!("no longer {}", phrase(conflict, *option)));
    }
    if parts.is_empty() { "leave things as they are".to_owned() } else { words::list(&parts) }
}

fn closed(conflict: &Conflict, actor: ActorId, pattern: &detente_model::Pattern) -> String {
    let parts: Vec<String> = conflict
        .game
        .options_of(actor)
        .filter_map(|o| {
            let on = pattern.cells.get(o.index()).copied().flatten()?;
            Some(if on { phrase(conflict, o) } else { format!("not {}", phrase(conflict, o)) })
        })
        .collect();
    if parts.is_empty() { "whatever it chooses".to_owned() } else { words::list(&parts) }
}

/// An option as a verb phrase inside a sentence: a capital stays when it begins a name.
fn phrase(conflict: &Conflict, option: OptionId) -> String {
    let text = names::option(conflict, option);
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(char::is_lowercase) => {
            first.to_lowercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

/// Why `actor` likes `better` more than `worse`.
pub(crate) fn gain(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> String {
    match deciding(conflict, actor, better, worse) {
        Some(Deciding::Statement(k)) if is_own_option(conflict, actor, k) => {
            format!("that is its {} concern", place(k))
        }
        Some(Deciding::Statement(k)) => {
            format!("then {}, its {} concern", wish(conflict, actor, k, true), place(k))
        }
        Some(Deciding::Weights(..)) => "on balance more of what it wants is so".to_owned(),
        Some(Deciding::Groups(..)) => "it ranks that higher".to_owned(),
        None => "it makes no difference to what it wants".to_owned(),
    }
}

/// Whether the statement is that the actor does, or does not, one of its own options.
fn is_own_option(conflict: &Conflict, actor: ActorId, k: usize) -> bool {
    let Some(Preference::Statements(list)) = conflict.game.preferences.get(actor.index()) else {
        return false;
    };
    let own = |expr: &Expr| match expr {
        Expr::Option(o) => conflict.game.options().get(o.index()).is_some_and(|option| option.actor == actor),
        _ => false,
    };
    list.get(k).is_some_and(|s| match &s.that {
        Expr::Not(inner) => own(inner),
        that => own(that),
    })
}

/// Why `actor` likes `worse` less than `better`.
fn loss(conflict: &Conflict, actor: ActorId, better: &State, worse: &State) -> String {
    match deciding(conflict, actor, better, worse) {
        Some(Deciding::Statement(k)) => {
            format!("{}, against its {} concern", wish(conflict, actor, k, false), place(k))
        }
        Some(Deciding::Weights(..)) => "on balance less of what it wants is so".to_owned(),
        Some(Deciding::Groups(..)) => "it ranks that lower".to_owned(),
        None => "it makes no difference to what it wants".to_owned(),
    }
}

fn deciding(conflict: &Conflict, actor: ActorId, a: &State, b: &State) -> Option<Deciding> {
    detente_engine::Order::new(&conflict.game, actor)?.deciding(a, b)
}

/// The wish at place `k` as a clause, or that it is not so.
pub(crate) fn wish(conflict: &Conflict, actor: ActorId, k: usize, holds: bool) -> String {
    let (that, grounds) = match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => match list.get(k) {
            Some(s) => (&s.that, &s.grounds),
            None => return String::new(),
        },
        Some(Preference::Weights(list)) => match list.get(k) {
            Some(w) => (&w.that, &w.grounds),
            None => return String::new(),
        },
        _ => return "its ranking".to_owned(),
    };
    said(grounds, holds).unwrap_or_else(|| clause(conflict, that, holds))
}

fn said(grounds: &Grounds, holds: bool) -> Option<String> {
    match (holds, &grounds.says, &grounds.says_not) {
        (true, Some(says), _) => Some(says.clone()),
        (false, _, Some(not)) => Some(not.clone()),
        (false, Some(says), None) => Some(format!("it is not so that {says}")),
        _ => None,
    }
}

/// A formula as a clause, or that it does not hold.
pub(crate) fn clause(conflict: &Conflict, expr: &Expr, holds: bool) -> String {
    let several = |parts: &[Expr], holds: bool, all: bool| {
        let texts: Vec<String> = parts
            .iter()
            .map(|part| {
                let text = clause(conflict, part, holds);
                if matches!(part, Expr::And(p) | Expr::Or(p) if p.len() > 1) {
                    format!("({text})")
                } else {
                    text
                }
            })
            .collect();
        if all { words::list(&texts) } else { words::either(&texts) }
    };
    match expr {
        Expr::Const(value) => {
            (if *value == holds { "it is so in any case" } else { "it cannot be so" }).to_owned()
        }
        Expr::Option(o) => {
            let owner = conflict.game.options().get(o.index()).map_or(ActorId(0), |option| option.actor);
            let not = if holds { "" } else { "not " };
            format!("{} will {not}{}", names::inside(conflict, owner), phrase(conflict, *o))
        }
        Expr::Defined(d) => {
            let Some(definition) = conflict.game.option_form().and_then(|f| f.definitions.get(d.index()))
            else {
                return String::new();
            };
            said(&definition.grounds, holds).unwrap_or_else(|| clause(conflict, &definition.that, holds))
        }
        Expr::Not(inner) => clause(conflict, inner, !holds),
        Expr::And(parts) => several(parts, holds, holds),
        Expr::Or(parts) => several(parts, holds, !holds),
        Expr::Implies(a, b) if holds => {
            format!("{}, if {}", clause(conflict, b, true), clause(conflict, a, true))
        }
        Expr::Implies(a, b) => format!("{} and {}", clause(conflict, a, true), clause(conflict, b, false)),
        Expr::Iff(a, b) if holds => {
            format!(
                "it is both or neither of these: {}; {}",
                clause(conflict, a, true),
                clause(conflict, b, true)
            )
        }
        Expr::Iff(a, b) => {
            format!("it is only one of these: {}; {}", clause(conflict, a, true), clause(conflict, b, true))
        }
        Expr::AtMostOne(parts) => {
            let texts: Vec<String> = parts.iter().map(|part| clause(conflict, part, true)).collect();
            let how = if holds { "at most one" } else { "more than one" };
            format!("{how} of these is so: {}", texts.join("; "))
        }
    }
}

fn place(k: usize) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    WORDS.get(k).map_or_else(|| format!("number {}", k + 1), |word| (*word).to_owned())
}

/// Who says so: "Kamal Aliyev (assessment: c13, c17)".
pub(crate) fn basis(conflict: &Conflict, grounds: &[&Grounds]) -> String {
    let mut by: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
    for id in grounds.iter().flat_map(|g| &g.claims) {
        let Some(claim) = conflict.evidence.claims.get(id.index()) else { continue };
        let author = || conflict.evidence.sources.get(claim.source.index()).and_then(|s| s.author.clone());
        let speaker = match claim.speaker.as_deref() {
            None | Some("author") => author().unwrap_or_else(|| "the source".to_owned()),
            Some(name) => name.to_owned(),
        };
        let list = by.entry((speaker, claim.kind.map_or("claim", |kind| kind.word()))).or_default();
        if !list.contains(&claim.id.as_str()) {
            list.push(&claim.id);
        }
    }
    let mut parts: Vec<String> =
        by.into_iter().map(|((who, kind), ids)| format!("{who} ({kind}: {})", ids.join(", "))).collect();
    if grounds.iter().any(|g| g.assumption) {
        parts.push("the analyst's assumption".to_owned());
    }
    parts.join("; ")
}

/// The sentences as one text.
pub(crate) fn text(conflict: &Conflict, certificate: &Certificate) -> String {
    sentences(conflict, certificate).into_iter().map(|s| s.text).collect::<Vec<_>>().join(" ")
}

/// Reasons as a report.
pub(crate) fn doc(conflict: &Conflict, state: &State, certificates: &[Certificate]) -> Doc {
    let mut doc = Doc::default();
    doc.title(format!("Why: {}", names::outcome(conflict, state)), Some(format!("state {state}")));
    let mut last = None;
    for certificate in certificates {
        if last != Some(certificate.concept) {
            last = Some(certificate.concept);
            doc.heading_with(concept::name(certificate.concept), concept::meaning(certificate.concept));
        }
        let mut sentences = sentences(conflict, certificate).into_iter();
        let Some(first) = sentences.next() else { continue };
        let mark = if certificate.stable { "stays" } else { "leaves" };
        let mut item = Item::marked(Line::new().quiet(mark), Line::new().strong(first.text));
        for sentence in sentences {
            let mut line = Line::from(sentence.text);
            if !sentence.basis.is_empty() {
                line = line.quiet(format!(" Rests on: {}.", sentence.basis));
            }
            item = item.with(Item::new(line));
        }
        doc.list(vec![item]);
    }
    doc
}
