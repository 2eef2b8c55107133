//! What to watch, in words: what may be seen next, what the answer is if it is seen and if it is not, and what it speaks
//! for.

use detente_engine::{SolveError, Stop};
use detente_model::Conflict;

use crate::find::watch::{Ask, Refused, Sign, Watching};
use crate::refusal::{Refusal, models};
use crate::say::agree::Agree;
use crate::say::sample::{self, percent};
use crate::say::{names, reason, words};
use crate::show::doc::{Column, Doc, Line, Table};
use crate::wire::InputInfo;

/// What settles less of what is in doubt than this is not told first.
const LITTLE: f64 = 0.01;

/// What may be seen, as a clause: “Azerbaijan and Armenia sign the peace”.
#[must_use]
pub fn sign(conflict: &Conflict, sign: &Sign) -> String {
    let parties = conflict.game.parties(sign.mover);
    let who = names::actors(conflict, &parties);
    let Some(today) = &conflict.game.status_quo else { return who };
    let does = Agree::with_all(conflict, &parties).verb("moves to", "move to");
    let step = reason::do_together(conflict, &parties, today, &sign.to);
    match step.strip_prefix("no longer ") {
        Some(ended) => {
            format!("{who} {} to {ended}", Agree::with_all(conflict, &parties).verb("ceases", "cease"))
        }
        None => format!("{who} {does} {step}"),
    }
}

/// What it speaks for or against: “that Russia prefers …”; empty where for nothing in particular.
#[must_use]
pub fn speaks(inputs: &[InputInfo], sign: &Sign) -> String {
    let Some((input, stands)) = sign.speaks else { return String::new() };
    let Some(input) = inputs.get(input) else { return String::new() };
    format!("{}{}", if stands { "" } else { "against: " }, input.text)
}

fn share(of: Option<f64>) -> String {
    of.map_or_else(|| "–".to_owned(), percent)
}

/// `by 5 February 2026`; empty where no date lies ahead.
#[must_use]
pub fn by(conflict: &Conflict, watching: &Watching) -> String {
    let date = watching.by.and_then(|at| conflict.game.deadlines.get(at));
    date.map_or_else(String::new, |date| format!(" by {}", words::date(&date.on)))
}

/// What to watch, in a sentence or three.
#[must_use]
pub fn sentences(conflict: &Conflict, ask: &Ask<'_>, watching: &Watching) -> Vec<String> {
    let now = percent(watching.share());
    let mut all = Vec::new();
    let models = match watching.all {
        // Models differ in how likely they are.
        Some(models) => format!("{} models, each by its chance", words::count(&models.into())),
        None => format!("models, of which {} were drawn", words::count(&ask.draws.into())),
    };
    let since = match ask.seen.as_slice() {
        [] => String::new(),
        seen => {
            let titles: Vec<String> = seen.iter().map(|seen| names::quoted(&seen.title)).collect();
            format!(" that expected {}", words::list(&titles))
        }
    };
    all.push(format!("The answer is yes in {now} of the {models}{since}."));
    match watching.signs.first() {
        Some(first) if watching.part(first) < LITTLE => all.push(
            "No next move that anybody is expected to make would settle even a hundredth of what is in doubt.".to_owned(),
        ),
        Some(first) => all.push(format!(
            "Watch first whether {}: if so the answer is yes in {}, if not{} in {}. That settles {} of what is in doubt.",
            lower_the(&sign(conflict, first)),
            share(first.shares[0]),
            by(conflict, watching),
            share(first.shares[1]),
            percent(watching.part(first))
        )),
        None => all.push("No next move of anybody would settle anything of it.".to_owned()),
    }
    if watching.found.no_start > 0.0 {
        all.push("Models in which today would not be possible are left out.".to_owned());
    }
    all
}

/// Inside a sentence an article is small.
fn lower_the(text: &str) -> String {
    text.strip_prefix("The ").map_or_else(|| text.to_owned(), |rest| format!("the {rest}"))
}

/// The report.
#[must_use]
pub fn doc(conflict: &Conflict, ask: &Ask<'_>, watching: &Watching, list: usize) -> Doc {
    let mut doc = Doc::default();
    doc.title("What to watch", Some(conflict.about.title.clone()));
    doc.say(Line::new().plain(ask.question.ask.clone()));
    for sentence in sentences(conflict, ask, watching) {
        doc.say(sentence);
    }
    if !watching.signs.is_empty() {
        let inputs = sample::inputs(&watching.ensemble);
        let mut table = Table::new([
            Column::text("What may be seen"),
            Column::number("Expected in"),
            Column::number("Yes if it is seen"),
            Column::number(format!("if not{}", by(conflict, watching))),
            Column::number("Settles"),
            Column::text("It would speak for"),
        ]);
        for one in watching.signs.iter().take(list) {
            table.row([
                sign(conflict, one).into(),
                percent(one.expected).into(),
                share(one.shares[0]).into(),
                share(one.shares[1]).into(),
                percent(watching.part(one)).into(),
                Line::from(speaks(&inputs, one)),
            ]);
        }
        doc.table(table);
        if watching.signs.len() > list {
            let more = words::counted(&(watching.signs.len() - list).into(), "more", "more");
            doc.say(format!("`--list` shows {more}."));
        }
    }
    if watching.idle > 0 {
        let (single, several) =
            if watching.signs.is_empty() { ("move", "moves") } else { ("other move", "other moves") };
        let moves = words::counted(&watching.idle.into(), single, several);
        let one = watching.idle == 1;
        doc.say(format!(
            "{} may be seen and {} nothing.",
            words::capital(&moves),
            if one { "settles" } else { "settle" }
        ));
    }
    words::limits(&mut doc, watching.limits());
    doc
}

/// Why there is nothing to watch.
#[must_use]
pub fn refused(conflict: &Conflict, refused: &Refused) -> Refusal {
    match refused {
        Refused::NoToday => Refusal::usage_with(
            "the case says not where things stand, so nobody moves from there",
            "add [status_quo] to the case",
        ),
        Refused::NoDoubt => Refusal::usage_with(
            "nothing in the case is in doubt, so that nothing could settle anything",
            "add `confidence` to wishes, rules, options, claims or sources",
        ),
        Refused::NoModel => Refusal::usage("no model of the case expected what has been seen"),
        // No memory helps where there are more outcomes than are counted one by one.
        Refused::Solve(SolveError::Stopped(hit)) if hit.stop != Stop::Memory => {
            Refusal::Stopped(Box::new(hit.clone()))
        }
        Refused::Solve(error) => models(conflict, error),
        Refused::Sample(error) => match error.stop() {
            Some(stop) => {
                Refusal::Limit(format!("stopped ({}) before all models were looked at", stop.words()))
            }
            None => Refusal::usage(error.to_string()),
        },
    }
}
