//! The shares in about ten sentences, as one would put them into a brief.

use detente_engine::caps::WALK;
use detente_engine::ensemble::LARGEST_FLIP;
use detente_model::Concept;
use num_bigint::BigUint;

use crate::say::sample::inputs;
use crate::say::{concept, names, words};
use crate::wire::{BasisInfo, FactorInfo, Interval, Method, MovedShareInfo, Sample, ShareInfo};

/// What no reader should miss.
pub(crate) const CAVEAT: &str = "A share is the part of the models that the case's own doubts leave open, not the \
     probability of an event: it knows nothing of what the case leaves out, and is no better than the confidences \
     that somebody wrote down.";

/// `62.3 %`; what is almost nothing or almost everything says so.
pub fn percent(share: f64) -> String {
    match share {
        s if s <= 0.0 => "0 %".to_owned(),
        s if s >= 1.0 => "100 %".to_owned(),
        s if s < 0.0005 => "under 0.1 %".to_owned(),
        s if s > 0.9995 => "over 99.9 %".to_owned(),
        s => format!("{:.1} %", s * 100.0),
    }
}

/// `62.0–62.6`, in per cent, outwards so that what is rounded still holds; `None`: it is a point.
pub(crate) fn range(share: &Interval) -> Option<String> {
    let low = (share.low * 1e3 + 1e-6).floor() / 10.0;
    let high = (share.high * 1e3 - 1e-6).ceil() / 10.0;
    let end = |x: f64| if x <= 0.0 || x >= 100.0 { format!("{x:.0}") } else { format!("{x:.1}") };
    (share.low != share.high).then(|| format!("{}–{}", end(low.max(0.0)), end(high.min(100.0))))
}

/// `62.3 % (62.0–62.6 %) of the models`; an exact share has no interval.
fn of_the_models(share: &Interval) -> String {
    // Outwards, as above, and with two decimals where much depends on them.
    let (least, most) = ((share.low * 1e4).floor() / 1e2, (share.high * 1e4).ceil() / 1e2);
    match (range(share), share.share) {
        (None, s) if s <= 0.0 => "none of the models".to_owned(),
        (None, s) if s >= 1.0 => "all models".to_owned(),
        (None, s) => format!("{} of the models", percent(s)),
        (_, s) if s <= 0.0 => format!("none of the models drawn (at most {most:.2} % of all)"),
        (_, s) if s >= 1.0 => format!("all models drawn (at least {least:.2} % of all)"),
        (Some(range), s) => format!("{} ({range} %) of the models", percent(s)),
    }
}

/// `62.3 %`, or `62.3 % (62.0–62.6 %)`.
fn with_range(share: &Interval) -> String {
    match range(share) {
        Some(range) => format!("{} ({range} %)", percent(share.share)),
        None => percent(share.share),
    }
}

fn interval(share: &ShareInfo) -> Interval {
    Interval { share: share.share, low: share.low, high: share.high }
}

/// The sentences.
pub fn lines(sample: &Sample) -> Vec<String> {
    let mut lines = vec![method(sample)];
    lines.extend(sample.shares.iter().filter(|share| share.asked).map(question));
    lines.extend(outcomes(sample));
    lines.extend(foresight(sample));
    lines.extend(together(sample));
    lines.extend(onwards(sample));
    if let Some(moved) = main(sample) {
        lines.extend(movers(moved));
        lines.extend(flip(sample, moved));
        lines.extend(moved_by(sample));
    }
    lines.extend(precision(sample));
    lines.push(CAVEAT.to_owned());
    lines
}

/// What a reader most wants explained: a question of kind share first of all.
pub(crate) fn main(sample: &Sample) -> Option<&MovedShareInfo> {
    let of = &sample.attribution.as_ref()?.of;
    let varies = |moved: &&MovedShareInfo| moved.factors.iter().any(|f| f.total.is_some());
    of.iter().find(varies).or(of.first())
}

fn big(text: &str) -> String {
    text.parse::<BigUint>().map_or_else(|_| text.to_owned(), |n| words::count(&n))
}

fn method(sample: &Sample) -> String {
    let one = sample.inputs.len() == 1;
    let inputs = words::counted(&sample.inputs.len().into(), "doubtful input", "doubtful inputs");
    let leave = if one {
        "doubtful input of the case leaves".to_owned()
    } else {
        format!("{inputs} of the case leave")
    };
    let models = sample.models.as_deref().map_or_else(|| "more than 10^19".to_owned(), big);
    if sample.inputs.is_empty() {
        return "The case calls nothing doubtful: there is one model, and every share is 0 or 100 %."
            .to_owned();
    }
    match sample.method {
        Method::Exact => {
            let all = match models.as_str() {
                "1" => "The one model".to_owned(),
                "2" => "Both models".to_owned(),
                models => format!("All {models} models"),
            };
            let were = if models == "1" { "was solved" } else { "were solved, each counted with its chance" };
            format!("{all} that the {leave} open {were}: the shares are exact.")
        }
        Method::Sampled => format!(
            "{} of {models} possible models were drawn and solved (seed {}): in each, {} holds with the confidence that \
             the case gives it{}.",
            words::count(&sample.draws.into()),
            sample.seed,
            if one {
                "the doubtful input of the case".to_owned()
            } else {
                format!("every one of the {inputs} of the case")
            },
            if one { "" } else { ", independently of the others" }
        ),
    }
}

fn adjective(id: &str) -> String {
    let Some(which) = Concept::from_id(id) else { return String::new() };
    format!("under {}", concept::name(which).replacen("General", "general", 1).replacen("S", "s", 1))
}

fn question(share: &ShareInfo) -> String {
    let end = if share.name.ends_with(['?', '.']) { "" } else { ":" };
    let (name, by) = (&share.name, adjective(&share.concept));
    if share.asks_certain {
        let some = match share.share {
            s if s <= 0.0 => "no lasting outcome has it in any model".to_owned(),
            _ => format!("some lasting outcome has it in {}", with_range(&interval(share))),
        };
        return format!(
            "{name}{end} It is certain in {} {by} (something lasts, and all that lasts has it); {some}.",
            of_the_models(&share.answer())
        ) + &basis(share.certain);
    }
    let mut text = format!("{name}{end} It holds in {} {by}", of_the_models(&interval(share)));
    if let Some(all) = share.all.filter(|all| all.share > 0.0 && share.share > 0.0) {
        text.push_str(&format!("; in {} everything that lasts has it", with_range(&all)));
    }
    text + "." + &basis(share.possible)
}

/// On what it rests, where some of it rests on nobody's caring.
fn basis(share: Option<BasisInfo>) -> String {
    match share {
        Some(all) if all.want > 0.0 && all.motive > 0.0 => format!(
            " In {} somebody's wish holds it there; in {} it lasts only because somebody who could end it does not care.",
            percent(all.motive),
            percent(all.want)
        ),
        Some(all) if all.want > 0.0 => {
            " It lasts there only because somebody who could end it does not care.".to_owned()
        }
        _ => String::new(),
    }
}

/// The concept that most is said about: Nash stability, or the first.
fn first(sample: &Sample) -> &str {
    let concepts = &sample.settings.concepts;
    concepts.iter().find(|c| *c == "nash").or(concepts.first()).map_or("", String::as_str)
}

fn outcomes(sample: &Sample) -> Option<String> {
    let which = first(sample);
    let of = |kind: &str| {
        let mut list: Vec<&ShareInfo> = (sample.shares.iter())
            .filter(|s| s.kind == kind && s.concept == which && s.share > 0.0)
            .collect();
        list.sort_by(|a, b| b.share.total_cmp(&a.share));
        list
    };
    let mut list = of("outcome");
    if list.is_empty() {
        list = of("equilibrium");
    }
    let named: Vec<String> = (list.iter().take(4))
        .map(|s| format!("{} in {}", names::quoted(names::brief(&s.name)), percent(s.share)))
        .collect();
    let any = sample.shares.iter().find(|s| s.kind == "any" && s.concept == which)?;
    let none = if any.share < 1.0 {
        format!("nothing lasts in {}", percent(1.0 - any.share))
    } else {
        "something lasts in every model".to_owned()
    };
    if named.is_empty() {
        return Some(format!("{} {}.", words::capital(&none), adjective(which)));
    }
    Some(format!("What lasts most often {}: {}; {none}.", adjective(which), words::list(&named)))
}

/// The same questions when actors look further ahead.
fn foresight(sample: &Sample) -> Option<String> {
    let asked = sample.shares.iter().find(|s| s.asked && s.concept == "nash")?;
    let under = |id: &str| {
        sample
            .shares
            .iter()
            .find(|s| s.id == asked.id && s.kind == asked.kind && s.concept == id)
            .map(|s| s.answer().share)
    };
    let now = percent(asked.answer().share);
    // Concepts of one share together.
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for id in ["seq", "sseq", "gmr"] {
        let Some(share) = under(id).map(percent) else { continue };
        let which = adjective(id).replacen("under ", "", 1);
        match groups.iter_mut().find(|(other, _)| *other == share) {
            Some((_, list)) => list.push(which),
            None => groups.push((share, vec![which])),
        }
    }
    let parts: Vec<String> =
        groups.iter().map(|(share, which)| format!("{share} under {}", words::list(which))).collect();
    let stays = groups.len() == 1 && groups.iter().all(|(share, _)| *share == now);
    (!parts.is_empty()).then(|| {
        format!(
            "When actors reckon with the others' answers, the share of the first question {} {}.",
            if stays { "stays at" } else { "is" },
            words::several(&parts)
        )
    })
}

fn together(sample: &Sample) -> Option<String> {
    let sets = sample.sets.iter().find(|s| s.concept == first(sample))?;
    let top = sets.sets.first()?;
    let names: Vec<String> = top.names.iter().map(|name| names::quoted(names::brief(name))).collect();
    let what = if names.is_empty() { "nothing at all".to_owned() } else { words::list(&names) };
    let about = if sets.complete { "" } else { "about " };
    let distinct = words::counted(&(sets.distinct as u64).into(), "combination", "combinations");
    Some(words::capital(&format!(
        "{about}{distinct} of lasting outcomes {}; the most frequent is {what} ({}).",
        if sets.distinct as u64 == 1 { "occurs" } else { "occur" },
        percent(top.share)
    )))
}

/// What is known of walks that came to no end: a drawn one is followed so many steps.
pub(super) fn unended(method: Method) -> String {
    match method {
        Method::Exact => "it never ends".to_owned(),
        Method::Sampled => {
            format!("it is at no end after {} steps", words::count(&WALK.most.into()))
        }
    }
}

fn onwards(sample: &Sample) -> Option<String> {
    let ends = sample.ends.as_ref()?;
    let stays = ends.ends.iter().find(|end| end.state == ends.from).map_or(0.0, |end| end.share);
    // A model ends in one place: ends of one name add up.
    let mut named: Vec<(&str, f64)> = Vec::new();
    for end in ends.ends.iter().filter(|end| end.state != ends.from) {
        let name = names::brief(&end.name);
        match named.iter_mut().find(|(other, _)| *other == name) {
            Some((_, share)) => *share += end.share,
            None => named.push((name, end.share)),
        }
    }
    named.sort_by(|a, b| b.1.total_cmp(&a.1));
    named.truncate(3);
    let told: f64 = named.iter().map(|(_, share)| share).sum();
    let rest = 1.0 - stays - told - ends.moving.share - ends.no_start.share;
    let others: Vec<String> =
        named.iter().map(|(name, share)| format!("{} in {}", names::quoted(name), percent(*share))).collect();
    let mut text = if stays >= 1.0 {
        "If actors move one at a time, they never leave the status quo in any model".to_owned()
    } else {
        format!(
            "If actors move one at a time, they stay at the status quo in {} of the models",
            percent(stays)
        )
    };
    if !others.is_empty() {
        text.push_str(&format!("; otherwise it ends at {}", words::list(&others)));
        // What rounding leaves is no place.
        if rest >= 0.0005 {
            text.push_str(&format!(", and elsewhere in {}", percent(rest)));
        }
    }
    if ends.moving.share > 0.0 {
        text.push_str(&format!("; {} in {}", unended(sample.method), percent(ends.moving.share)));
    }
    if ends.no_start.share > 0.0 {
        text.push_str(&format!("; the status quo is not possible in {}", percent(ends.no_start.share)));
    }
    Some(text + ".")
}

/// Factors of a kind, what moves most first.
pub(crate) fn of_kind<'a>(moved: &'a MovedShareInfo, kind: &str) -> Vec<&'a FactorInfo> {
    moved.factors.iter().filter(|f| f.kind == kind).collect()
}

/// The variance that a factor accounts for.
pub(crate) fn part(factor: &FactorInfo) -> f64 {
    factor.shapley.map_or(0.0, |s| s.share)
}

/// How many are told: two, and those that move as much as the second.
fn first_two(list: &[&FactorInfo]) -> usize {
    let Some(second) = list.get(1) else { return list.len() };
    let same = list.iter().skip(2).take_while(|factor| percent(part(factor)) == percent(part(second)));
    2 + same.count()
}

fn movers(moved: &MovedShareInfo) -> Vec<String> {
    let mut lines = Vec::new();
    let inputs = of_kind(moved, "input");
    let top: Vec<String> = (inputs.iter().take(first_two(&inputs)).filter(|f| part(f) > 0.005))
        .map(|f| {
            // What stands or falls is a clause; a choice begins with "what".
            let choice = f.text.starts_with("what ");
            let known: Vec<String> = f
                .settings
                .iter()
                .map(|s| match choice {
                    true => format!("{} for “{}”", percent(s.share), s.text),
                    false => format!("{} if {}", percent(s.share), s.text),
                })
                .collect();
            let whether = if choice { "" } else { "whether " };
            format!("{whether}{} ({} of the variance: {})", f.text, percent(part(f)), words::list(&known))
        })
        .collect();
    let what = if moved.kind == "question" { names::quoted(&moved.name) } else { moved.name.clone() };
    if top.is_empty() {
        return vec![format!("No input moves the share of {what}.")];
    }
    lines.push(format!("What moves the answer to {what} most: {}.", words::list(&top)));
    let by: Vec<String> = ["actor", "speaker", "source"]
        .into_iter()
        .filter_map(|kind| {
            let list = of_kind(moved, kind);
            let named: Vec<String> = (list.iter().take(first_two(&list)).filter(|f| part(f) > 0.005))
                .map(|f| format!("{} {}", f.text, percent(part(f))))
                .collect();
            (!named.is_empty()).then(|| format!("by {kind} {}", words::list(&named)))
        })
        .collect();
    if !by.is_empty() {
        lines.push(format!("Of its variance, {}.", by.join("; ")));
    }
    lines
}

fn flip(sample: &Sample, moved: &MovedShareInfo) -> Option<String> {
    let likely = moved.share.share >= 0.5;
    let (now, then) = if likely { ("likely", "unlikely") } else { ("unlikely", "likely") };
    let exact = sample.attribution.as_ref().is_some_and(|a| a.draws == 0);
    let now = match moved.share.share {
        s if exact && s <= 0.0 => "impossible",
        s if exact && s >= 1.0 => "certain",
        _ => now,
    };
    let then = match moved.flip.as_ref().map(|flip| flip.share.share) {
        Some(s) if exact && s <= 0.0 => "impossible",
        Some(s) if exact && s >= 1.0 => "certain",
        _ => then,
    };
    if moved.flip.is_none() && !sample.limits.is_empty() {
        // It was not looked for to the end.
        return None;
    }
    let Some(flip) = &moved.flip else {
        return Some(if exact {
            format!("Whatever becomes certain, it does not turn from {now} to {then}.")
        } else {
            format!(
                "No set of up to {LARGEST_FLIP} inputs was found that would turn it from {now} to {then}."
            )
        });
    };
    let named: Vec<String> = (flip.changes.iter())
        .map(|change| {
            let text = sample.inputs.iter().find(|i| i.id == change.input).map_or("", |i| i.text.as_str());
            match change.to.as_str() {
                inputs::SO => format!("that {text}"),
                inputs::CONTRARY => match text.split_once(" prefers ").or(text.split_once(" prefer ")) {
                    Some((who, what)) => {
                        let wants = if text.contains(" prefers ") { "wants" } else { "want" };
                        format!("that {who} {wants} the opposite of this: {what}")
                    }
                    None => format!("that the contrary of this is so: {text}"),
                },
                inputs::NOT_SO => format!("that it is not the case that {text}"),
                other => format!("{text}: {other}"),
            }
        })
        .collect();
    let smallest = if flip.smallest { "" } else { " (a smaller set may do)" };
    Some(format!(
        "It turns from {now} ({}) to {then} ({}) once it is certain {}{smallest}.",
        percent(moved.share.share),
        percent(flip.share.share),
        words::list(&named)
    ))
}

/// How sure one is of what moves the shares.
fn moved_by(sample: &Sample) -> Option<String> {
    let draws = sample.attribution.as_ref().map(|a| a.draws)?;
    let count = |n: u64| words::count(&n.into());
    match draws {
        0 => None,
        all if all == sample.draws => {
            Some(format!("What moves it was looked for in the same {} draws.", count(all)))
        }
        some => Some(format!(
            "What moves it was looked for in the first {} of the {} draws; intervals say how sure that is.",
            count(some),
            count(sample.draws)
        )),
    }
}

fn precision(sample: &Sample) -> Option<String> {
    if sample.method == Method::Exact {
        return None;
    }
    let asked = sample.precision.as_ref();
    asked.map(|p| match p.needed {
        Some(needed) => format!(
            "After {} draws every 95 % interval of a question or outcome is at most {:.2} points wide, as was asked: \
             the widest is {:.2}.",
            words::count(&needed.into()),
            p.asked * 200.0,
            p.reached * 200.0
        ),
        None => format!(
            "The precision asked for was not reached: the widest 95 % interval is {:.2} points wide, not {:.2}.",
            p.reached * 200.0,
            p.asked * 200.0
        ),
    })
}
