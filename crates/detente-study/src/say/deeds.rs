//! What can be done about an outcome, in words: who does what, whether they would want to, and why the others go along.

use detente_engine::price::{Aim, Deed};
use detente_model::{ActorId, Concept, Conflict, OptionId, SaidKind};
use num_bigint::BigUint;

use crate::find::deeds::{Gain, Plan, Plans, Standing};
use crate::say::agree::Agree;
use crate::say::{names, reason, words};
use crate::show::doc::{Column, Doc, Line, Table};

/// Plans that a sentence names.
const NAMED: usize = 2;

/// A deed as a clause: “Russia gives up “Hinder” for good”.
#[must_use]
pub fn deed(conflict: &Conflict, deed: Deed, by: &[ActorId]) -> String {
    let form = conflict.game.option_form();
    let act = |switch: OptionId| form.is_some_and(|form| form.act_of(switch).is_some());
    let who = names::inside_all(conflict, by);
    let agree = Agree::with_all(conflict, by);
    let text = |switch: OptionId| names::quoted(&names::switch(conflict, switch));
    let today = |switch: OptionId| conflict.game.status_quo.as_ref().is_some_and(|state| state.is_on(switch));
    match deed {
        Deed::Reason(actor, switch, on) => {
            let (is, it) = (Agree::with(conflict, actor).is(), Agree::with(conflict, actor));
            let given = names::inside(conflict, actor);
            let what =
                if on { format!("for {}", text(switch)) } else { format!("for ending {}", text(switch)) };
            format!("{given}, to which it is all the same, {is} given a reason of {} own {what}", it.its())
        }
        Deed::Offer(switch) if act(switch) => format!("{} is put on the table", text(switch)),
        Deed::Offer(switch) => format!("{who} {} free to {}", agree.is(), reason::phrase(conflict, switch)),
        Deed::Keep(switch) if today(switch) => {
            format!("{who} {} {} for good", agree.verb("keeps", "keep"), text(switch))
        }
        Deed::Keep(switch) => {
            let does = agree.verb("commits", "commit");
            let phrase = reason::phrase(conflict, switch);
            format!("{who} {does} for good to {phrase}, from today")
        }
        Deed::GiveUp(switch) => {
            format!("{who} {} {} for good", agree.verb("gives up", "give up"), text(switch))
        }
        Deed::Believe(at) => {
            let Some(said) = conflict.said.get(at) else { return String::new() };
            let to = Agree::with_all(conflict, &said.to);
            let (hearers, speaker) =
                (names::inside_all(conflict, &said.to), names::inside(conflict, said.by));
            let kind = said.kind.word();
            let then = reason::clause(conflict, &said.then, true);
            let when = said
                .when
                .as_ref()
                .map(|when| format!("once {}, {then}", reason::clause(conflict, when, true)));
            let what = when.unwrap_or(then);
            let agree = Agree::with(conflict, said.by);
            let (makes, its) = (agree.verb("makes", "make"), agree.its());
            let believed = match said.kind {
                SaidKind::Threat => to.verb("believes", "believe"),
                _ => "can count on",
            };
            format!("{speaker} {makes} {its} {kind} such that {hearers} {believed} it ({what})")
        }
        Deed::PutOff(at) => {
            let Some(date) = conflict.game.deadlines.get(at) else { return String::new() };
            let title = date.title.as_deref().unwrap_or(&date.id);
            format!("the date of {} ({}) is put off", words::date(&date.on), names::quoted(title))
        }
        Deed::NotWait(switch, begins, at) => {
            let option = form.and_then(|form| form.options.get(switch.index()));
            let list = option.map(|option| if begins { &option.begins_if } else { &option.ends_if });
            let until = list.and_then(|list| list.get(at));
            let until = until.map_or_else(String::new, |one| reason::clause(conflict, &one.that, true));
            let does = agree.verb("does", "do");
            let what = if begins { text(switch) } else { format!("the end of {}", text(switch)) };
            format!("{who} {does} not wait with {what} until {until}")
        }
        Deed::Compensate(actor, place) => {
            let (is, it) = (Agree::with(conflict, actor).is(), Agree::with(conflict, actor).them());
            let wish = reason::wish(conflict, actor, place, true);
            let who = names::inside(conflict, actor);
            format!("{who} {is} compensated, so that it no longer matters to {it} whether {wish}")
        }
    }
}

/// All deeds of a plan, joined by "and".
#[must_use]
pub fn plan(conflict: &Conflict, plan: &Plan) -> String {
    let parts: Vec<String> =
        plan.set.deeds.iter().zip(&plan.by).map(|(one, by)| deed(conflict, *one, by)).collect();
    parts.join(", and ")
}

/// Those who do something in a plan, each once, in file order.
fn doers(plan: &Plan) -> Vec<ActorId> {
    let mut all: Vec<ActorId> = plan.by.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn those(plan: &Plan, of: &[ActorId], gain: Gain) -> Vec<ActorId> {
    of.iter().copied().filter(|actor| plan.gains.get(actor.index()) == Some(&gain)).collect()
}

/// Whether those who have to do something would want to, as a sentence: “Azerbaijan would want to: it prefers what lasts
/// then.” Empty where nobody is known to have a hand in it.
#[must_use]
pub fn willing(conflict: &Conflict, plan: &Plan) -> String {
    let doers = doers(plan);
    let mut parts: Vec<String> = Vec::new();
    let mut say = |gain: Gain, words: &dyn Fn(Agree) -> String| {
        let who = those(plan, &doers, gain);
        if !who.is_empty() {
            parts.push(format!(
                "{} {}",
                names::actors(conflict, &who),
                words(Agree::with_all(conflict, &who))
            ));
        }
    };
    say(Gain::Gains, &|agree| {
        format!("would want to, for {} {} what lasts then", agree.it(), agree.verb("prefers", "prefer"))
    });
    let paid = plan.standing == Standing::Paid;
    let unwilling = |agree: Agree, why: &str| match paid {
        true => format!("would have to be paid for it: {} {why}", agree.it()),
        false => format!("would not of {}: {} {why}", agree.verb("itself", "themselves"), agree.it()),
    };
    say(Gain::Loses, &|agree| {
        unwilling(agree, agree.verb("prefers what lasts now", "prefer what lasts now"))
    });
    say(Gain::Same, &|agree| unwilling(agree, agree.verb("gains nothing by it", "gain nothing by it")));
    say(Gain::Mixed, &|agree| unwilling(agree, "may gain or lose by it"));
    if parts.is_empty() { String::new() } else { format!("{}.", parts.join("; ")) }
}

/// Why the others go along, as a sentence. Empty where there are no others.
#[must_use]
pub fn others(conflict: &Conflict, concept: Concept, plan: &Plan) -> String {
    let doers = doers(plan);
    let others: Vec<ActorId> = conflict.game.actor_ids().filter(|actor| !doers.contains(actor)).collect();
    let mut parts: Vec<String> = Vec::new();
    let (gain, same) = (those(plan, &others, Gain::Gains), those(plan, &others, Gain::Same));
    if !gain.is_empty() {
        let prefers = Agree::with_all(conflict, &gain).verb("prefers", "prefer");
        parts.push(format!("{} {prefers} it", names::actors(conflict, &gain)));
    }
    if !same.is_empty() {
        parts.push(format!("to {} it is the same", names::inside_all(conflict, &same)));
    }
    for (which, what) in
        [(Gain::Loses, "would rather keep what lasts now"), (Gain::Mixed, "may gain or lose by it")]
    {
        let who = those(plan, &others, which);
        if who.is_empty() {
            continue;
        }
        let agree = Agree::with_all(conflict, &who);
        let stays = match concept {
            Concept::Nash => format!("{} no step of {} own against it", agree.has(), agree.its()),
            _ => format!("{} held back from every step of {} own against it", agree.is(), agree.its()),
        };
        parts.push(format!("{} {what}, but {stays}", names::inside_all(conflict, &who)));
    }
    let text = words::capital(&parts.join("; "));
    if text.is_empty() { text } else { text + "." }
}

/// What can be done, in a sentence or two.
#[must_use]
pub fn sentence(conflict: &Conflict, concept: Concept, aim: Aim, plans: &Plans) -> String {
    let does = |one: bool| crate::say::price::does(aim, one);
    let of = |standing: Standing| plans.list.iter().filter(move |plan| plan.standing == standing);
    let mut text = String::new();
    if let Some(first) = of(Standing::Wanted).next() {
        let count = of(Standing::Wanted).count();
        let what = plan(conflict, first);
        let lead = match (first.set.deeds.len(), count) {
            (1, 1) => format!("One deed {}, and those who would have to do it want it", does(true)),
            (n, 1) => {
                let deeds = words::capital(&words::small(n));
                format!("{deeds} deeds together {}, and those who would have to act want it", does(false))
            }
            (_, n) => {
                let ways = words::small(n);
                format!("There are {ways} ways to {} that those who would have to act want", does(false))
            }
        };
        text = format!("{lead}: {what}. {} {}", willing(conflict, first), others(conflict, concept, first));
        let more: Vec<String> =
            of(Standing::Wanted).skip(1).take(NAMED - 1).map(|one| plan(conflict, one)).collect();
        if !more.is_empty() {
            text += &format!(" Another: {}.", more.join("; "));
        }
    } else if let Some(first) = of(Standing::Paid).next() {
        let what = plan(conflict, first);
        let cost = first.set.cost;
        text = format!(
            "It takes an incentive (cost {cost}) to {}: {what}. {} {}",
            does(false),
            willing(conflict, first),
            others(conflict, concept, first)
        );
    } else if let Some(first) = of(Standing::Unwanted).next() {
        let what = plan(conflict, first);
        let willing = willing(conflict, first);
        // Of nothing nobody can say whether it is better.
        let lead = if willing.is_empty() && first.count == BigUint::ZERO {
            format!(
                "What it takes to {} leaves nothing that lasts, so that nobody's gain can be told",
                does(false)
            )
        } else if those(first, &doers(first), Gain::Gains).is_empty() {
            format!("Nobody would of their own accord do what it takes to {}", does(false))
        } else {
            format!(
                "Not all who would have to act would of their own accord do what it takes to {}",
                does(false)
            )
        };
        text = format!("{lead}. It would be this: {what}. {willing} {}", others(conflict, concept, first));
    } else if plans.upto > 0 && plans.single > 0 {
        let tried = match plans.upto {
            1 => "No single deed".to_owned(),
            upto => format!("No deeds, not even {} together,", words::small(upto)),
        };
        text = format!("{tried} {}.", does(plans.upto == 1));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plans as a table under a heading of their own, at most `list` of them.
pub fn table(doc: &mut Doc, conflict: &Conflict, concept: Concept, aim: Aim, plans: &Plans, list: usize) {
    if plans.list.is_empty() {
        return;
    }
    let does = crate::say::price::does(aim, false);
    doc.heading_with(format!("Deeds that {does}"), "nobody changes its mind".to_owned());
    let mut table = Table::new([
        Column::text("What is done"),
        Column::text("Who would want to"),
        Column::text("Why the others go along"),
        Column::text("What lasts then"),
    ]);
    for one in plans.list.iter().take(list) {
        let cost = if one.set.levers { format!(" (cost {})", one.set.cost) } else { String::new() };
        let mut named = names::briefly(conflict, &one.first);
        if one.count > BigUint::from(one.first.len()) {
            named.push("…".to_owned());
        }
        let lasting = match one.count == BigUint::ZERO {
            true => Line::new().quiet("nothing lasts"),
            false => Line::new().quiet(format!("{}: ", words::count(&one.count))).plain(named.join("; ")),
        };
        table.row([
            Line::from(words::capital(&plan(conflict, one))).quiet(cost),
            willing(conflict, one).into(),
            others(conflict, concept, one).into(),
            lasting,
        ]);
    }
    doc.table(table);
    if plans.list.len() > list {
        let more =
            words::counted(&(plans.list.len() - list).into(), "more set of deeds", "more sets of deeds");
        doc.say(format!("`--list` shows {more}."));
    }
}
