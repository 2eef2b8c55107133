//! What happens by when if nobody acts, who can still change it, and what chance events would make of it.

use detente_model::{Concept, Conflict, State};
use num_bigint::BigUint;

use crate::find::dates as find;
use crate::find::findings::Findings;
use crate::say::{names, words};
use crate::show::doc::{Doc, Item};

/// The section; nothing where the case has no date ahead, no chance event, and all that is stable lasts.
pub fn section(doc: &mut Doc, found: &Findings) {
    let mut items: Vec<Item> = Vec::new();
    items.extend(drift(found).into_iter().map(Item::new));
    items.extend(not_lasting(found).into_iter().map(Item::new));
    items.extend(chances(found).into_iter().map(Item::new));
    if !items.is_empty() {
        doc.heading("Dates, chance, and what is out of reach");
        doc.list(items);
    }
}

/// What each date does if nobody acts, and by when somebody can change that; nothing without a date ahead.
#[must_use]
pub fn drift(found: &Findings) -> Vec<String> {
    let conflict = &found.conflict;
    let Some(dates) = find::dates(&conflict.game) else { return Vec::new() };
    let mut said: Vec<String> = dates.drift.iter().map(|fired| fires(conflict, fired)).collect();
    said.extend(openings_left(found, &dates, dates.drift.len()));
    said
}

/// The answer to what happens by one date (`None`: by all of them) if nobody acts: whether it changes anything, in
/// words, and where things then stand. An error says why there is none.
///
/// # Errors
/// The case has no date ahead, or not this one.
pub fn by(found: &Findings, about: Option<&str>) -> Result<(bool, String, State), String> {
    let conflict = &found.conflict;
    let Some(dates) = find::dates(&conflict.game) else {
        return Err("The case has no date ahead, or does not say where things stand.".to_owned());
    };
    let Some(id) = about else {
        let changes = dates.drift.iter().any(|fired| fired.fired);
        return Ok((changes, drift(found).join(" "), dates.end));
    };
    let Some((at, date)) = dates.fired(id) else {
        return Err(match conflict.game.deadlines.iter().find(|deadline| deadline.id == id) {
            Some(past) => format!(
                "{} is not after the date that the case describes: it changes nothing any more.",
                words::date(&past.on)
            ),
            None => format!("This version of the case has no deadline `{id}`."),
        });
    };
    let mut said = vec![fires(conflict, date)];
    // Where it only fires, or does not, because of what comes before.
    if let Some(before) = dates.drift[..at].iter().rev().find(|before| before.fired) {
        let then = names::quoted(names::brief(&names::outcome(conflict, &before.state)));
        said.insert(
            0,
            format!("Until then, if nobody acts, it has come to {then} on {}.", words::date(&before.on)),
        );
    }
    said.extend(openings_left(found, &dates, at));
    Ok((date.fired, said.join(" "), date.state.clone()))
}

/// What a date does if nobody acts.
fn fires(conflict: &Conflict, fired: &find::Fired) -> String {
    let title = fired.title.clone().unwrap_or_else(|| fired.id.clone());
    let on = words::date(&fired.on);
    if fired.fired {
        let then = names::quoted(names::brief(&names::outcome(conflict, &fired.state)));
        format!("If nobody acts, on {on} ({title}) it comes to {then}.")
    } else {
        format!("If nobody acts, {on} ({title}) changes nothing.")
    }
}

/// Outcomes to which somebody could change the drift that are named.
const NAMED: usize = 2;

/// Who, alone or together, gains by changing the drift in one of the phases up to `last`, by going where, and until
/// when.
fn openings_left(found: &Findings, dates: &find::Dates, last: usize) -> Vec<String> {
    let conflict = &found.conflict;
    type Span<'d> = (Option<&'d str>, Option<&'d str>, Vec<State>);
    // Whoever takes part in several acts, or levels of one, is told once.
    let mut openings: Vec<(String, Vec<Span<'_>>)> = Vec::new();
    for opening in dates.openings(last) {
        let who = names::mover(conflict, opening.mover);
        let to: Vec<State> = opening.to.iter().map(|(to, _)| to.clone()).collect();
        let at = openings.iter().position(|known| known.0 == who).unwrap_or_else(|| {
            openings.push((who, Vec::new()));
            openings.len() - 1
        });
        let spans = &mut openings[at].1;
        match spans.iter_mut().find(|span| (span.0, span.1) == (opening.after, opening.until)) {
            Some((.., known)) => known.extend(to),
            None => spans.push((opening.after, opening.until, to)),
        }
    }
    let ends = |to: &[State]| {
        let first = &to[..to.len().min(NAMED)];
        words::either(&names::some(conflict, first, &BigUint::from(to.len()), NAMED))
    };
    let when =
        |after: Option<&str>, until: Option<&str>| match (after.map(words::date), until.map(words::date)) {
            (None, None) => "at any time".to_owned(),
            (None, Some(until)) => format!("until {until}"),
            (Some(after), None) => format!("after {after}"),
            (Some(after), Some(until)) => format!("between {after} and {until}"),
        };
    let mut said: Vec<String> = openings
        .iter()
        .map(|(who, spans)| {
            let mut spans = spans.clone();
            spans.sort_by(|a, b| a.0.cmp(&b.0));
            // Phases that differ only in what nobody would name are one time.
            let mut told: Vec<(Option<&str>, Option<&str>, String)> = Vec::new();
            for (after, until, to) in &spans {
                let to = ends(to);
                match told.last_mut() {
                    Some(known) if known.1.is_some() && known.1 == *after && known.2 == to => {
                        known.1 = *until
                    }
                    _ => told.push((*after, *until, to)),
                }
            }
            let parts: Vec<String> = told
                .iter()
                .map(|(after, until, to)| format!("{}, by going to {to}", when(*after, *until)))
                .collect();
            format!("{who} would gain by changing this, and can {}.", parts.join("; "))
        })
        .collect();
    if openings.is_empty() {
        said.push("Nobody, alone or by an act together, gains by changing this.".to_owned());
    }
    if !dates.not_looked_at.is_empty() {
        let who: Vec<String> =
            dates.not_looked_at.iter().map(|mover| names::mover(conflict, *mover)).collect();
        said.push(format!("Not looked at: the moves of {}, who have too many.", words::list(&who)));
    }
    said
}

/// More stable outcomes than this are not looked at one by one.
const LOOKED_AT: usize = 4096;

/// Stable outcomes that do not last: those that are out of reach and those that a date undoes, apart.
fn not_lasting(found: &Findings) -> Vec<String> {
    let verdicts = &found.solution.verdicts;
    let game = &found.conflict.game;
    let sets = (verdicts.equilibria(Concept::Nash), verdicts.lasting(Concept::Nash), verdicts.reach_in(0));
    let (Some(equilibria), Some(lasting), Some(reach)) = sets else { return Vec::new() };
    let rest = equilibria.count() - lasting.count();
    if rest == BigUint::ZERO {
        return Vec::new();
    }
    let others = |count: &BigUint| words::capital(&words::counted(count, "other outcome", "other outcomes"));
    if game.deadlines_ahead().next().is_none() {
        return vec![format!("{} would last, but nobody can get there from here.", others(&rest))];
    }
    if equilibria.count() > BigUint::from(LOOKED_AT) {
        return vec![format!(
            "{} would be stable but cannot be reached from here, or are undone by a date; which of the two was not \
             looked at, for there are too many.",
            others(&rest)
        )];
    }
    let mut said = Vec::new();
    let all = equilibria.first(LOOKED_AT);
    let (near, far): (Vec<_>, Vec<_>) = all.iter().partition(|state| reach.contains(state));
    if !far.is_empty() {
        said.push(format!("{} would last, but nobody can get there from here.", others(&far.len().into())));
    }
    // The first date that undoes it.
    for date in game.deadlines_ahead() {
        let earlier = |state: &State| {
            let before = game.deadlines_ahead().take_while(|other| other.id != date.id);
            before.into_iter().any(|other| game.after(other, state) != *state)
        };
        let undone =
            near.iter().filter(|state| game.after(date, state) != ***state && !earlier(state)).count();
        if undone > 0 {
            let on = words::date(&date.on);
            said.push(format!(
                "{} would be stable until {on}; then a date changes things.",
                others(&undone.into())
            ));
        }
    }
    said
}

/// Why outcomes that nobody would leave do not last all the same, as a clause after `Nobody would leave, but`: nobody can
/// get there, or a date changes them.
#[must_use]
pub fn all_the_same(found: &Findings, states: &[State]) -> String {
    let game = &found.conflict.game;
    let reach = found.solution.verdicts.reach_in(0);
    let far = |state: &State| reach.as_ref().is_some_and(|reach| !reach.contains(state));
    let undone = |state: &State| {
        let date = game.deadlines_ahead().find(|date| game.after(date, state) != *state)?;
        Some(words::date(&date.on))
    };
    let one = states.len() == 1;
    if states.iter().all(far) {
        return format!("nobody can get {} from here", if one { "there" } else { "to any of them" });
    }
    let mut days: Vec<String> = states.iter().filter(|state| !far(state)).filter_map(undone).collect();
    days.dedup();
    match days.as_slice() {
        [day] if !states.iter().any(far) => {
            format!("on {day} a date changes {}", if one { "it" } else { "them" })
        }
        _ if !states.iter().any(far) => "dates change them".to_owned(),
        _ => "some are out of reach, and dates change the others".to_owned(),
    }
}

/// What lasts if a chance event happens.
fn chances(found: &Findings) -> Vec<String> {
    let conflict = &found.conflict;
    let Some(form) = conflict.game.option_form() else { return Vec::new() };
    let slices = conflict.game.slices();
    let one = |(at, slice): (usize, &detente_model::Slice)| {
        let chance = form.chances.get(slice.chance?.index())?;
        let what = names::quoted(&chance.text);
        if let Some(Err(rule)) = slice.start {
            let rule = names::rule(conflict, rule);
            return Some(format!("If {what} happens: where things then stand breaks a rule ({rule})."));
        }
        let set = found.solution.verdicts.lasting_in(at, Concept::Nash)?;
        let count = set.count();
        let first = set.first(4);
        Some(if first.is_empty() {
            format!("If {what} happens, nothing lasts.")
        } else {
            let names = words::list(&names::some(conflict, &first, &count, 4));
            format!("If {what} happens, what lasts is {names}.")
        })
    };
    slices.iter().enumerate().filter_map(one).collect()
}
