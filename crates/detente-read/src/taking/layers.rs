//! The offers of a reading, layer by layer.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::file::{File, Switch, bare, line};
use super::plan::{Cast, Plan, Who, capital, ground, within};
use super::{Kind, Offer, Way};
use crate::draft::alike;
use crate::lexicon::{Language, Lexicon};
use crate::proposal::{ClaimKind, Condition, Grade, Reading, Span, Wish};

/// At most so many others are ways; who is in the case comes first, and of the rest it is said.
const MOST_WAYS: usize = 16;

/// What an offer is, beside the sentence and the rule.
#[derive(Default)]
struct Body {
    words: String,
    there: Option<String>,
    ways: Vec<Way>,
    note: Option<String>,
}

struct Offers<'c> {
    cast: &'c Cast<'c>,
    only: Option<&'c str>,
    seen: HashSet<String>,
    all: Vec<Offer>,
}

/// Where something was read, and how surely.
struct Found<'r> {
    n: usize,
    rule: &'r str,
    grade: Grade,
    span: Span,
}

impl Offers<'_> {
    fn put(&mut self, kind: Kind, found: &Found<'_>, named: &str, body: impl FnOnce(&Cast<'_>) -> Body) {
        let key = format!("{}-{}-{:08x}", kind.word(), found.n, digest(named));
        if self.only.is_some_and(|only| only != key) || !self.seen.insert(key.clone()) {
            return;
        }
        let Body { words, there, mut ways, note } = body(self.cast);
        if there.is_some() {
            ways.clear();
        }
        self.all.push(Offer {
            key,
            kind,
            n: found.n,
            words,
            rule: found.rule.to_owned(),
            grade: found.grade,
            span: found.span,
            why_not: if there.is_some() { None } else { note },
            there,
            ways,
        });
    }
}

/// A short digest (FNV-1a), the same on every machine.
fn digest(words: &str) -> u32 {
    words.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// All offers, or that of one key, in the order of the text.
pub(super) fn all(reading: &Reading, file: &File<'_>, only: Option<&str>) -> Vec<Offer> {
    let cast = Cast::new(reading, file);
    let mut offers = Offers { cast: &cast, only, seen: HashSet::new(), all: Vec::new() };
    claims(&mut offers, reading);
    actors(&mut offers, reading);
    options(&mut offers, reading);
    acts(&mut offers, reading);
    wishes(&mut offers, reading);
    conditions(&mut offers, reading);
    sayings(&mut offers, reading);
    ties(&mut offers, reading);
    titled(&mut offers, reading);
    events(&mut offers, reading);
    contradictions(&mut offers, reading);
    question(&mut offers, reading);
    let mut all = offers.all;
    all.sort_by_key(|offer| (offer.n, offer.kind));
    all
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn claims(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.sentences {
        let found =
            Found { n: one.n, rule: &one.rule, grade: one.grade, span: cue(one.span, &one.text, &one.cue) };
        offers.put(Kind::Claim, &found, "", |cast| {
            let kind = one.kind.text();
            let by = match one.speaker.split_first() {
                Some((first, through)) if first != "author" => {
                    let through: Vec<String> = through.iter().map(|one| within(&cast.speaker(one))).collect();
                    let through = if through.is_empty() {
                        String::new()
                    } else {
                        format!(", through {}", through.join(", "))
                    };
                    format!("{} {kind} of {}{through}", article(kind), within(&cast.speaker(first)))
                }
                _ => format!("{} {kind} of the author", article(kind)),
            };
            let words = format!("This is {by}.");
            let there = cast.file.claim(one.n).map(|id| format!("claim.{id}"));
            let mut plan = Plan::new(cast);
            let ways = match plan.state(one.n) {
                Some(id) => {
                    vec![plan.way(&format!("Adds the sentence as a claim, {by}"), &format!("claim.{id}"))]
                }
                None => Vec::new(),
            };
            Body { words, there, ways, note: None }
        });
    }
}

/// Where the words of a cue stand in their sentence; else the sentence.
fn cue(at: Span, sentence: &str, words: &str) -> Span {
    match sentence.find(words) {
        Some(from) if !words.is_empty() => [at[0] + from, at[0] + from + words.len()],
        _ => at,
    }
}

fn actors(offers: &mut Offers<'_>, reading: &Reading) {
    for one in reading.actors.iter().filter(|actor| actor.represents.is_none()) {
        let within = |span: &Span| span[0] <= one.span[0] && one.span[0] < span[1];
        let at = reading.sentences.partition_point(|sentence| sentence.span[1] <= one.span[0]);
        let Some(sentence) = reading.sentences.get(at).filter(|sentence| within(&sentence.span)) else {
            continue;
        };
        let found = Found { n: sentence.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Actor, &found, &one.id, |cast| {
            let who = cast.of(one);
            let words = format!("{} may have something to decide.", who.name);
            let there = who.id.as_ref().map(|id| format!("actor.{id}"));
            let mut plan = Plan::new(cast);
            let id = plan.free("actor", &who.name, |id| matches!(id, "act" | "chance" | "votes"));
            plan.add(&format!("actor.{id}"), json!({"name": who.name}), &[("name", Vec::new())]);
            let way = plan.way(&format!("Adds {} as an actor", who.within()), &format!("actor.{id}"));
            Body { words, there, ways: vec![way], note: None }
        });
    }
}

/// What is said of somebody who cannot be an actor by name.
fn nobody(words: &str) -> Option<String> {
    Some(format!("“{}” names nobody who decides: add it by hand where it belongs", line(words)))
}

/// What the text says that one can do, threatens, promises, offers, or is asked for.
struct Move<'r> {
    by: &'r str,
    text: &'r str,
    verb: &'static str,
    found: Found<'r>,
}

fn moves(reading: &Reading) -> Vec<Move<'_>> {
    let mut all: Vec<Move<'_>> = Vec::new();
    for one in &reading.options {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        all.push(Move { by: &one.actor, text: &one.text, verb: "can", found });
    }
    for one in &reading.said {
        let Some(then) = &one.then else { continue };
        let (by, verb) = match one.kind {
            ClaimKind::Threat => (&one.by, "threatens to"),
            ClaimKind::Promise => (&one.by, "promises to"),
            ClaimKind::Offer => (&one.by, "offers to"),
            ClaimKind::Demand => (&one.to, "is asked to"),
            _ => continue,
        };
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        all.push(Move { by, text: then, verb, found });
    }
    let mut kept: Vec<Move<'_>> = Vec::new();
    for one in all.into_iter().filter(|one| !one.by.is_empty() && one.by != "author" && !one.text.is_empty())
    {
        if !kept.iter().any(|other| other.by == one.by && alike(other.text, one.text)) {
            kept.push(one);
        }
    }
    kept
}

/// How many of something that rests on a sentence the file has.
fn count<'f>(file: &File<'_>, n: usize, of: impl Iterator<Item = &'f Vec<String>>) -> usize {
    of.filter(|because| file.rests(because, n)).count()
}

fn options(offers: &mut Offers<'_>, reading: &Reading) {
    let all = moves(reading);
    for one in &all {
        let here = all.iter().filter(|other| other.found.n == one.found.n).count();
        offers.put(Kind::Option, &one.found, &format!("{}:{}", one.by, one.text), |cast| {
            let Some(who) = cast.deciding(one.by).into_iter().next() else {
                let words = format!("{} {} {}.", capital(one.by), one.verb, line(one.text));
                return Body { words, note: nobody(one.by), ..Body::default() };
            };
            let words = format!("{} {} {}.", who.name, one.verb, line(one.text));
            let own = who.id.as_deref().and_then(|id| cast.file.switch(one.text, Some(id)));
            let any = || {
                cast.file.switch(one.text, None).filter(|there| cast.file.rests(&there.because, one.found.n))
            };
            // Taken in other words, they still rest on the sentence.
            let taken = || {
                let resting = |there: &&Switch| cast.file.rests(&there.because, one.found.n);
                let all =
                    count(cast.file, one.found.n, cast.file.switches.iter().map(|there| &there.because));
                (all >= here).then(|| cast.file.switches.iter().find(resting)).flatten()
            };
            let there = own.or_else(any).or_else(taken).map(|there| there.address.clone());
            let mut others = cast.others(&who);
            others.insert(0, who);
            let more = others.len().saturating_sub(MOST_WAYS);
            let ways = others
                .iter()
                .take(MOST_WAYS)
                .map(|who| {
                    let mut plan = Plan::new(cast);
                    let name = plan.option(who, one.text, one.found.n, None);
                    let address = name.replacen('.', ".option.", 1);
                    plan.way(&format!("Adds an option of {}", who.within()), &format!("actor.{address}"))
                })
                .collect();
            Body { words, there, ways, note: fewer(more) }
        });
    }
}

/// That some ways are not listed.
fn fewer(more: usize) -> Option<String> {
    (more > 0).then(|| format!("{more} more actors of the text can be chosen once they are in the case"))
}

fn acts(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.acts {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Act, &found, &one.text, |cast| {
            let parties: Vec<Who> = one.parties.iter().flat_map(|party| cast.deciding(party)).collect();
            let (parties, guessed) = several(cast, parties);
            let names: Vec<&str> = parties.iter().map(|who| who.name.as_str()).collect();
            let words = format!("{} together: {}.", capital(&joined(&names)), line(&one.text));
            let there = cast.file.switch(&one.text, Some("")).map(|there| there.address.clone());
            if parties.len() < 2 {
                let words = format!("Several together: {}.", line(&one.text));
                let note = "an act takes two actors: take two first".to_owned();
                return Body { words, there, note: Some(note), ..Body::default() };
            }
            let mut plan = Plan::new(cast);
            act(&mut plan, &parties, &one.text, one.n);
            let note = guessed.then(|| {
                format!("the sentence says “{}”: look whether they are meant", one.parties.join(", "))
            });
            let way = plan.way(&format!("Adds an act of {}", within(&joined(&names))), "act");
            Body { words, there, ways: vec![way], note }
        });
    }
}

/// At least two: where the words name none or one, the likeliest two. Whether they were guessed.
fn several(cast: &Cast<'_>, named: Vec<Who>) -> (Vec<Who>, bool) {
    let known: Vec<Who> = named.into_iter().filter(|who| who.id.is_some() || !who.sort.is_empty()).collect();
    if known.len() >= 2 {
        return (known, false);
    }
    let nobody = Who { id: None, name: String::new(), sort: String::new() };
    (cast.others(known.first().unwrap_or(&nobody)).into_iter().take(2).collect(), true)
}

fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// Adds an act; gives what it is called in formulas.
fn act(plan: &mut Plan<'_>, parties: &[Who], text: &str, n: usize) -> String {
    let ids: Vec<String> = parties.iter().map(|who| plan.actor(who)).collect();
    let id = plan.free("act", text, |_| false);
    let claim = plan.claim(n);
    let mut value = json!({"text": line(text), "parties": ids});
    ground(&mut value, claim);
    plan.add(&format!("act.{id}"), value, &[("text", Vec::new())]);
    format!("act.{id}")
}

/// Whether the words begin with a verb: then who wants it does it.
fn begins_with_verb(words: &str) -> bool {
    let lexicon = Lexicon::for_language(Language::English);
    let first = words.split(' ').next().unwrap_or_default().to_lowercase();
    !matches!(first.as_str(), "the" | "a" | "an") && lexicon.verb(&first).iter().any(|(_, forms)| forms.base)
}

/// `both sides accept a mediator`: that several do something, and what.
fn of_several(words: &str) -> Option<&str> {
    let low = words.to_lowercase();
    [
        "both sides ",
        "the two sides ",
        "the two ",
        "both parties ",
        "the parties ",
        "both governments ",
        "both ",
    ]
    .iter()
    .find(|start| low.starts_with(**start))
    .and_then(|start| words.get(start.len()..))
    .map(|rest| rest.strip_prefix("to ").unwrap_or(rest))
    .filter(|rest| begins_with_verb(rest))
}

/// The words of an option that somebody else wishes: a deed, else that it grants the thing.
fn deed(words: &str) -> String {
    let words = line(words);
    if begins_with_verb(&words) { words } else { format!("Grant: {words}") }
}

fn wishes(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.wishes {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        let here = reading.wishes.iter().filter(|other| other.n == one.n && other.actor == one.actor).count();
        offers.put(Kind::Wish, &found, &format!("{}{}:{}", one.polarity, one.actor, one.want), |cast| {
            wish(cast, one, here)
        });
    }
}

fn wish(cast: &Cast<'_>, one: &Wish, here: usize) -> Body {
    let against = one.polarity == "-";
    let says = |name: &str| {
        format!("{name} {}: {}.", if against { "does not want" } else { "wants" }, line(&one.want))
    };
    let Some(who) = cast.deciding(&one.actor).into_iter().next() else {
        let words = says(if one.actor == "author" { "The author" } else { &one.actor });
        return Body { words, note: nobody(&one.actor), ..Body::default() };
    };
    let (doer, what) = match cast.begins(&one.want) {
        Some((doer, rest)) => (Some(doer), rest.strip_prefix("to ").unwrap_or(rest)),
        None => (None, one.want.as_str()),
    };
    let known = match doer.as_ref().and_then(|doer| doer.id.as_deref()) {
        Some(id) => cast.file.switch(what, Some(id)),
        None => cast.file.switch(what, None),
    };
    let there = wished(cast, one, &who, known, here);
    let formula = |name: &str| if against { format!("not {name}") } else { name.to_owned() };
    let mut ways = Vec::new();
    let mut note = None;
    let put = |plan: &mut Plan<'_>, name: &str| {
        let owner = plan.actor(&who);
        let claim = plan.claim(one.n);
        let mut value = json!({"that": formula(name)});
        ground(&mut value, claim);
        let address = format!("actor.{owner}.prefers");
        plan.add(&address, value, &[]);
        address
    };
    let wish_of = format!("Adds a wish of {}", who.within());
    if let Some(known) = known {
        let mut plan = Plan::new(cast);
        let address = put(&mut plan, &known.name);
        ways.push(plan.way(&format!("{wish_of} for “{}”", line(&known.text)), &address));
    }
    if let (Some(rest), None) = (of_several(&one.want), known) {
        let (parties, _) = several(cast, Vec::new());
        if parties.len() == 2 {
            let mut plan = Plan::new(cast);
            let name = act(&mut plan, &parties, rest, one.n);
            let names: Vec<&str> = parties.iter().map(|who| who.name.as_str()).collect();
            plan.also(format!("the act of {}", within(&joined(&names))));
            let address = put(&mut plan, &name);
            ways.push(plan.way(&wish_of, &address));
        }
    }
    let mut others = cast.others(&who);
    match doer {
        Some(doer) => {
            others.retain(|other| other.name != doer.name);
            others.insert(0, doer);
        }
        None if begins_with_verb(what) => others.insert(0, who.clone()),
        None => others.push(who.clone()),
    }
    if known.is_none() || others.len() > 1 {
        let left = MOST_WAYS.saturating_sub(ways.len());
        note = fewer(others.len().saturating_sub(left));
        for doer in others.iter().take(left) {
            let mut plan = Plan::new(cast);
            let owner = plan.actor(doer);
            if known.is_some_and(|known| known.owner == owner) {
                continue;
            }
            let name = plan.option(doer, &deed(what), one.n, None);
            plan.also(format!(
                "an option of {}",
                if doer.name == who.name { "its own".to_owned() } else { doer.within() }
            ));
            let address = put(&mut plan, &name);
            ways.push(plan.way(&wish_of, &address));
        }
    }
    Body { words: says(&who.name), there, ways, note }
}

/// The wish of the file that says the same.
fn wished(cast: &Cast<'_>, one: &Wish, who: &Who, known: Option<&Switch>, here: usize) -> Option<String> {
    let owner = who.id.as_deref()?;
    let own = || cast.file.wishes.iter().filter(|wish| wish.owner == owner);
    let mentions = |that: &str, name: &str| {
        that.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')))
            .any(|word| word == name)
    };
    let deed = deed(&one.want);
    let same = own().find(|wish| {
        known.is_some_and(|known| {
            mentions(&wish.that, &known.name)
                && (bare(&known.text) == bare(&one.want)
                    || bare(&known.text) == bare(&deed)
                    || cast.file.rests(&wish.because, one.n))
        })
    });
    let resting = || {
        let all = own().filter(|wish| cast.file.rests(&wish.because, one.n)).count();
        (all >= here).then(|| own().find(|wish| cast.file.rests(&wish.because, one.n))).flatten()
    };
    same.or_else(resting).map(|wish| wish.address.clone())
}

/// The wish of the file that wants the contrary: its address, and what it is in words.
/// How two stand to each other: on good terms, neither, at odds.
fn sign(kind: &str) -> i8 {
    match kind {
        "alliance" | "partnership" | "friendly" => 1,
        "strained" | "hostile" => -1,
        _ => 0,
    }
}

/// The tie of the case between the two of `one` that says otherwise (on good terms where the sentence says at odds; how
/// good is no contradiction): its address, and what the case says in words.
pub(super) fn other_tie(cast: &Cast<'_>, one: &crate::proposal::Tie) -> Option<(String, String)> {
    let [a, b] = &one.between;
    let (a, b) = cast.deciding(a).into_iter().next().zip(cast.deciding(b).into_iter().next())?;
    let (address, tie) = tie_between(cast, &a, &b)?;
    let kind = tie.get("kind").and_then(Json::as_str)?;
    (sign(kind) != sign(&one.kind))
        .then(|| (address, format!("the case says of {} and {}: {}", a.within(), b.within(), line(kind))))
}

/// The tie of the case between two.
fn tie_between<'o>(cast: &Cast<'o>, a: &Who, b: &Who) -> Option<(String, &'o Json)> {
    cast.file.list("tie").into_iter().find(|(_, tie)| {
        let between: Vec<&str> = tie
            .get("between")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        [a, b].iter().all(|who| who.id.as_deref().is_some_and(|id| between.contains(&id)))
    })
}

pub(super) fn opposed(cast: &Cast<'_>, one: &Wish) -> Option<(String, String)> {
    let who = cast.deciding(&one.actor).into_iter().next()?;
    let owner = who.id.as_deref()?;
    let (doer, what) = match cast.begins(&one.want) {
        Some((doer, rest)) => (doer.id, rest.strip_prefix("to ").unwrap_or(rest)),
        None => (None, one.want.as_str()),
    };
    let known = cast.file.switch(what, doer.as_deref())?;
    let contrary = if one.polarity == "-" { known.name.clone() } else { format!("not {}", known.name) };
    let wish = cast.file.wishes.iter().find(|wish| wish.owner == owner && wish.that.trim() == contrary)?;
    let wants = if one.polarity == "-" { "wants" } else { "does not want" };
    Some((wish.address.clone(), format!("in the case {} {wants} “{}”", who.within(), line(&known.text))))
}

/// What somebody does, without the verb that says how surely.
fn bare_deed(words: &str) -> &str {
    let words = words.strip_prefix("to ").unwrap_or(words);
    ["would ", "will ", "can ", "could ", "may ", "might ", "must ", "has to ", "have to ", "had to "]
        .iter()
        .find_map(|modal| words.strip_prefix(modal))
        .unwrap_or(words)
}

fn conditions(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.conditions {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Condition, &found, &format!("{}:{}", one.form, one.condition), |cast| {
            condition(cast, one)
        });
    }
}

fn condition(cast: &Cast<'_>, one: &Condition) -> Body {
    let form = match one.form.as_str() {
        "only-if" => "Only if",
        "unless" => "Unless",
        "once" => "Once",
        "iff" => "If and only if",
        _ => "If",
    };
    let (when, then) = (line(&one.condition), line(&one.then));
    let words = format!("{form} “{when}”: “{then}”.");
    let Some((who, rest)) = cast.begins(&then) else {
        let note = format!("no actor of the text does “{then}”: add it where it belongs, by hand");
        return Body { words, note: Some(note), ..Body::default() };
    };
    let what = bare_deed(rest);
    // What the case has that the condition may mean: what shares most words with it first.
    let mut means: Vec<&Switch> = cast.file.switches.iter().collect();
    let theirs = match cast.begins(&when) {
        Some((doer, rest)) => doer.id.and_then(|id| cast.file.switch(bare_deed(rest), Some(&id))),
        None => cast.file.switch(&when, None),
    };
    let shared = |one: &Switch| {
        let low = one.text.to_lowercase();
        let long = |word: &&str| word.chars().count() > 3;
        when.to_lowercase().split(' ').filter(long).filter(|word| low.contains(word)).count()
    };
    means.sort_by_key(|one| {
        (theirs.is_none_or(|theirs| theirs.name != one.name), std::cmp::Reverse(shared(one)))
    });
    let own = who.id.as_deref().and_then(|id| cast.file.switch(what, Some(id)));
    means.retain(|one| own.is_none_or(|own| own.name != one.name));
    let there = who.id.as_deref().and_then(|owner| {
        let resting = |because: &[String]| cast.file.rests(because, one.n);
        let wish = cast.file.wishes.iter().find(|wish| {
            wish.owner == owner
                && resting(&wish.because)
                && (wish.that.contains("implies") || wish.that.contains("iff"))
        });
        let begins = own.filter(|own| {
            let about =
                cast.file.outline.value.pointer(&format!("/{}/begins_if", own.address.replace('.', "/")));
            about.is_some()
        });
        wish.map(|wish| wish.address.clone()).or_else(|| begins.map(|own| own.address.clone()))
    });
    if means.is_empty() {
        let note =
            format!("nothing in the case can mean “{when}” yet: take an option that does, then look again");
        return Body { words, there, note: Some(note), ..Body::default() };
    }
    let more = means.len().saturating_sub(MOST_WAYS);
    let ways = means
        .iter()
        .take(MOST_WAYS)
        .filter_map(|mean| under(cast, one, &who, what, mean, own))
        .collect::<Vec<_>>();
    let note = if ways.is_empty() {
        Some("the option has a condition already: change it in its form".to_owned())
    } else {
        (more > 0).then(|| format!("{more} more options of the case can be chosen by hand"))
    };
    Body { words, there, ways, note }
}

/// One way to say a condition, where it means `mean`.
fn under(
    cast: &Cast<'_>,
    one: &Condition,
    who: &Who,
    what: &str,
    mean: &Switch,
    own: Option<&Switch>,
) -> Option<Way> {
    let mut plan = Plan::new(cast);
    let of = format!("where “{}” means “{}”", line(&one.condition), line(&mean.text));
    if matches!(one.form.as_str(), "only-if" | "once") {
        let claim = plan.claim(one.n);
        let mut value = json!({"that": mean.name});
        ground(&mut value, claim);
        let words = format!("Lets {} begin “{}” only then, {of}", who.within(), line(what));
        let address = match own {
            Some(own) => {
                let pointer = format!("/{}/begins_if", own.address.replace('.', "/"));
                if !own.table || cast.file.outline.value.pointer(&pointer).is_some() {
                    return None;
                }
                plan.set(format!("{}.begins_if", own.address), value, Json::Null);
                own.address.clone()
            }
            None => {
                let name = plan.option(who, what, one.n, Some(("begins_if", value)));
                format!("actor.{}", name.replacen('.', ".option.", 1))
            }
        };
        return Some(plan.way(&words, &address));
    }
    let name = match own {
        Some(own) => own.name.clone(),
        None => {
            let name = plan.option(who, what, one.n, None);
            plan.also("the option".to_owned());
            name
        }
    };
    let owner = plan.actor(who);
    let claim = plan.claim(one.n);
    let that = match one.form.as_str() {
        "unless" => format!("not {} implies {name}", mean.name),
        "iff" => format!("{} iff {name}", mean.name),
        _ => format!("{} implies {name}", mean.name),
    };
    let mut value = json!({"that": that});
    ground(&mut value, claim);
    let address = format!("actor.{owner}.prefers");
    plan.add(&address, value, &[]);
    Some(plan.way(&format!("Adds a wish of {} to do so then, {of}", who.within()), &address))
}

fn sayings(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.said {
        let Some(then) = &one.then else { continue };
        if one.to.is_empty() || one.by == "author" || one.kind == ClaimKind::Denial {
            continue;
        }
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Saying, &found, &format!("{}:{then}", one.kind.text()), |cast| {
            let (by, to) =
                (cast.deciding(&one.by).into_iter().next(), cast.deciding(&one.to).into_iter().next());
            let (Some(by), Some(to)) = (by, to) else {
                let words = format!("A {} of {}: {}.", one.kind.text(), one.by, line(then));
                return Body { words, note: nobody(&one.by), ..Body::default() };
            };
            let kind = one.kind.text();
            let words = format!(
                "{} {kind} of {} to {}: {}.",
                capital(article(kind)),
                by.within(),
                to.within(),
                line(then)
            );
            let (by_id, to_id) = (by.id.as_deref(), to.id.as_deref());
            let there = cast.file.things("said").into_iter().find(|(_, about)| {
                let is = |key: &str, id: Option<&str>| {
                    let value = about.get(key);
                    id.is_some()
                        && (value.and_then(Json::as_str) == id
                            || value
                                .and_then(Json::as_array)
                                .is_some_and(|all| all.iter().any(|one| one.as_str() == id)))
                };
                about.get("kind").and_then(Json::as_str) == Some(kind) && is("by", by_id) && is("to", to_id)
            });
            let there = there.map(|(id, _)| format!("said.{id}"));
            // Of a demand the one who is asked does it.
            let doer = if one.kind == ClaimKind::Demand { &to } else { &by };
            let option = doer.id.as_deref().and_then(|id| cast.file.switch(then, Some(id)));
            let Some(option) = option.filter(|_| by.name != to.name) else {
                let note = format!("{} has no option that says so yet: take it first", doer.name);
                return Body { words, there, note: Some(note), ..Body::default() };
            };
            let mut plan = Plan::new(cast);
            let (by_id, to_id) = (plan.actor(&by), plan.actor(&to));
            let claim = plan.claim(one.n);
            let id = plan.free("said", &format!("{} {kind}", by.name), |_| false);
            let mut value = json!({"kind": kind, "by": by_id, "to": [to_id], "then": option.name});
            ground(&mut value, claim);
            plan.add(&format!("said.{id}"), value, &[]);
            let note = one
                .condition
                .as_ref()
                .map(|when| format!("it is said under a condition, “{}”: add it in its form", line(when)));
            Body {
                words,
                there,
                ways: vec![
                    plan.way(&format!("Adds it as a saying of {}", by.within()), &format!("said.{id}")),
                ],
                note,
            }
        });
    }
}

fn ties(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.ties {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Tie, &found, &format!("{}:{}", one.between.join("+"), one.kind), |cast| {
            let [a, b] = &one.between;
            let two = cast.deciding(a).into_iter().next().zip(cast.deciding(b).into_iter().next());
            let Some((a, b)) = two.filter(|(a, b)| a.name != b.name) else {
                let words = format!("{} and {}: {}.", capital(a), b, one.kind);
                return Body { words, note: nobody(&one.between.join(", ")), ..Body::default() };
            };
            let words = format!("{} and {}: {}.", a.name, b.name, one.kind);
            let there = tie_between(cast, &a, &b);
            let there = there.map(|(address, _)| address);
            let mut plan = Plan::new(cast);
            let between = [plan.actor(&a), plan.actor(&b)];
            let claim = plan.claim(one.n);
            let mut value = json!({"between": between, "kind": one.kind});
            ground(&mut value, claim);
            plan.add("tie", value, &[]);
            Body {
                words,
                there,
                ways: vec![plan.way("Adds how the two stand to each other", "tie")],
                note: None,
            }
        });
    }
}

/// Those of the named that are actors of the file: things around a conflict bring nobody in.
fn in_file(cast: &Cast<'_>, named: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for who in named.iter().flat_map(|one| cast.deciding(one)) {
        if let Some(id) = who.id.filter(|id| !all.contains(id)) {
            all.push(id);
        }
    }
    all
}

/// Documents and tracks: a title, and who takes part.
fn titled(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.instruments {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Document, &found, &one.title, |cast| {
            let status = match one.status.as_deref() {
                Some("signed") => Some("signed"),
                Some("proposed" | "drafted" | "draft") => Some("draft"),
                _ => None,
            };
            let mut more = Vec::new();
            if let Some(status) = status {
                more.push(("status", json!(status)));
            }
            if let Some(date) = one.date.as_ref().filter(|_| status == Some("signed")) {
                more.push(("signed", json!(date)));
            }
            one_titled(cast, "instrument", "a document", &one.title, &one.parties, one.n, more)
        });
    }
    for one in &reading.tracks {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Track, &found, &one.title, |cast| {
            one_titled(cast, "track", "a track of talks", &one.title, &one.parties, one.n, Vec::new())
        });
    }
}

fn one_titled(
    cast: &Cast<'_>,
    table: &str,
    what: &str,
    title: &str,
    parties: &[String],
    n: usize,
    more: Vec<(&str, Json)>,
) -> Body {
    let title = capital(title);
    let words = format!("{title}: {what}.");
    let there = cast.file.things(table).into_iter().find(|(_, about)| {
        about
            .get("title")
            .and_then(Json::as_str)
            .is_some_and(|known| bare(known) == bare(&title) || alike(known, &title))
    });
    let there = there.map(|(id, _)| format!("{table}.{id}"));
    let mut plan = Plan::new(cast);
    let claim = plan.claim(n);
    let id = plan.free(table, &title, |_| false);
    let mut value = json!({"title": title});
    let parties = in_file(cast, parties);
    if !parties.is_empty() {
        value["parties"] = parties.into();
    }
    for (key, one) in more {
        value[key] = one;
    }
    ground(&mut value, claim);
    let address = format!("{table}.{id}");
    plan.add(&address, value, &[("title", Vec::new())]);
    Body { words, there, ways: vec![plan.way(&format!("Adds it as {what}"), &address)], note: None }
}

fn events(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.events {
        let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Event, &found, &one.title, |cast| {
            let title = capital(&one.title);
            let when = match (&one.on, one.expected) {
                (Some(on), false) => format!(", {on}"),
                (Some(on), true) => format!(", expected {on}"),
                (None, true) => ", expected".to_owned(),
                (None, false) => String::new(),
            };
            let words = format!("{title}{when}.");
            let resting = |about: &Json| {
                let because: Vec<String> = about.get("because").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
                cast.file.rests(&because, one.n)
            };
            let there = cast.file.list("event").into_iter().find(|(_, about)| {
                about.get("title").and_then(Json::as_str).is_some_and(|known| bare(known) == bare(&title) || alike(known, &title) || resting(about))
            });
            let there = there.map(|(address, _)| address);
            if one.on.is_none() && !one.expected {
                let note = "the sentence gives no date, and what has happened needs one: add it by hand with its date";
                return Body { words, there, note: Some(note.to_owned()), ..Body::default() };
            }
            let mut plan = Plan::new(cast);
            let claim = plan.claim(one.n);
            let mut value = json!({"title": title});
            if let Some(on) = &one.on {
                value["on"] = json!(on);
            }
            if one.expected {
                value["expected"] = json!(true);
            }
            let actors = in_file(cast, &one.actors);
            if !actors.is_empty() {
                value["actors"] = actors.into();
            }
            ground(&mut value, claim);
            plan.add("event", value, &[("title", Vec::new())]);
            Body { words, there, ways: vec![plan.way("Adds it as an event", "event")], note: None }
        });
    }
}

fn contradictions(offers: &mut Offers<'_>, reading: &Reading) {
    for one in &reading.contradictions {
        let found = Found { n: one.b, rule: &one.rule, grade: one.grade, span: one.span };
        offers.put(Kind::Contradiction, &found, &one.a.to_string(), |cast| {
            let words = format!("This cannot be true beside sentence {}.", one.a);
            let (a, b) = (cast.file.claim(one.a), cast.file.claim(one.b));
            let said =
                |of: &str| cast.file.outline.value.pointer(&format!("/claim/{of}/contradicts")).cloned();
            let names = |of: &str, other: &str| {
                said(of)
                    .and_then(|all| all.as_array().map(|all| all.iter().any(|one| one == other)))
                    .unwrap_or(false)
            };
            let there =
                a.zip(b).filter(|(a, b)| names(a, b) || names(b, a)).map(|(_, b)| format!("claim.{b}"));
            let mut plan = Plan::new(cast);
            let Some((first, second)) = plan.claim(one.a).zip(plan.claim(one.b)) else {
                let note = format!("sentence {} is not read here: make it a claim first", one.a);
                return Body { words, there, note: Some(note), ..Body::default() };
            };
            let before = b.and_then(said).unwrap_or(Json::Null);
            let mut all: Vec<Json> = before.as_array().cloned().unwrap_or_default();
            all.push(json!(first));
            plan.set(format!("claim.{second}.contradicts"), all.into(), before);
            let address = format!("claim.{second}");
            Body {
                words,
                there,
                ways: vec![plan.way("Says that both claims cannot be true", &address)],
                note: None,
            }
        });
    }
}

/// A case that asks nothing yet can ask for the first that is wanted, once it is in the case.
fn question(offers: &mut Offers<'_>, reading: &Reading) {
    let file = offers.cast.file;
    if !file.things("question").is_empty() {
        return;
    }
    let wanted = reading.wishes.iter().filter(|one| one.polarity == "+").find_map(|one| {
        let who = offers.cast.deciding(&one.actor).into_iter().next()?;
        let here = reading.wishes.iter().filter(|other| other.n == one.n && other.actor == one.actor).count();
        let known = file.switch(&one.want, None).or_else(|| file.switch(&deed(&one.want), None));
        let address = wished(offers.cast, one, &who, known, here)?;
        let that = file.wishes.iter().find(|wish| wish.address == address).map(|wish| wish.that.as_str())?;
        (!that.is_empty()).then_some((one, that))
    });
    let Some((one, that)) = wanted else { return };
    let found = Found { n: one.n, rule: &one.rule, grade: one.grade, span: one.span };
    offers.put(Kind::Question, &found, &one.want, |cast| {
        let ask = format!("Will it be so: {}?", line(&one.want));
        let mut plan = Plan::new(cast);
        let id = plan.free("question", &one.want, |_| false);
        let value = json!({"ask": ask, "kind": "possible", "outcome": that});
        plan.add(&format!("question.{id}"), value, &[("ask", Vec::new())]);
        let way = plan.way("Adds it as the question of the case", &format!("question.{id}"));
        Body { words: ask, ways: vec![way], ..Body::default() }
    });
}
