//! Whether what is off can ever begin, by its condition.

use std::ops::Range;

use detente_model::{Direction, Expr, Game, Opt, OptionForm, OptionId, Switch};

use super::rules::Rules;
use super::sat::Work;
use crate::codes::never_begins;
use crate::problems::Problems;
use crate::read::Spans;

/// Why something never begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Never {
    /// Its condition holds in some possible states, but only where it is on already.
    Itself,
    /// Its condition holds in no possible state.
    Condition,
    /// Its condition asks for what nobody can bring about.
    Nobody,
}

/// What can never begin, because its condition holds in no possible state in which it is off (a levelled
/// thing: in which it is not at the highest level). Two searches for each thing with a condition.
pub(super) fn never(game: &Game, form: &OptionForm, work: &Work) -> Vec<(OptionId, Never)> {
    let mut solver = None;
    let mut found = Vec::new();
    for switch in game.things() {
        let Some(option) = form.options.get(switch.index()) else { continue };
        if option.begins_if.is_empty() {
            continue;
        }
        let last = form.scale_of(switch).map_or(switch, |scale| OptionId(scale.first.0 + scale.bits - 1));
        let rules = solver.get_or_insert_with(|| Rules::new(form, work));
        let holds: Vec<_> = option.begins_if.iter().map(|condition| rules.lit(&condition.that)).collect();
        let on = rules.lit(&Expr::Option(last));
        let mut off: Vec<_> = holds.clone();
        off.push(!on);
        if !rules.possible(&off).is_no() {
            continue;
        }
        let why = if rules.possible(&holds).is_no() { Never::Condition } else { Never::Itself };
        found.push((switch, why));
    }
    found
}

/// Reports acts that are off today, ask for themselves, and are brought about by no date and no chance
/// event: nothing can be meant by them. (An option that asks for itself is a lint.)
pub(crate) fn asks_for_itself(game: &Game, spans: &Spans, work: &Work, problems: &mut Problems) {
    let Some(form) = game.option_form() else { return };
    let brought = |switch: OptionId| {
        let dates = game.deadlines_ahead().flat_map(|deadline| &deadline.then);
        let events = form.chances.iter().flat_map(|chance| &chance.then);
        let today = game.status_quo.as_ref().is_some_and(|state| state.is_on(switch));
        today || dates.chain(events).any(|(known, on)| *known == switch && *on)
    };
    for (switch, why) in never(game, form, work) {
        let is_act = form.options.get(switch.index()).is_some_and(|o| matches!(o.of, Switch::Act(_)));
        if why == Never::Itself && is_act && !brought(switch) {
            let name = game.option_name(switch);
            problems.push(never_begins::asks_for_itself(&place(spans, switch), &name));
        }
    }
}

/// Where the first condition on beginning stands.
pub(super) fn place(spans: &Spans, switch: OptionId) -> Range<usize> {
    let condition = spans.conditions.iter().find(|c| c.switch == switch && c.begins);
    condition.map(|c| &c.at).or_else(|| spans.options.get(switch.index())).cloned().unwrap_or(0..0)
}

/// What is off today, has a condition, and can never begin because its condition asks for what nobody can
/// bring about: no act of anybody, no date, no chance event, however often they are tried. A bound from
/// above on what can be brought about, switch by switch; at most one search per switch and round.
pub(super) fn unreached(game: &Game, form: &OptionForm, work: &Work) -> Vec<OptionId> {
    let Some(today) = &game.status_quo else { return vec![] };
    if form.options.iter().all(|option| option.begins_if.is_empty()) {
        return vec![];
    }
    let mut rules = Rules::new(form, work);
    let switches: Vec<OptionId> = (0..form.options.len()).map(OptionId::from).collect();
    // Per switch: whether it can be off, on.
    let mut can: Vec<[bool; 2]> = switches.iter().map(|&s| [!today.is_on(s), today.is_on(s)]).collect();
    let dates = game.deadlines_ahead().flat_map(|deadline| &deadline.then);
    let events = form.chances.iter().flat_map(|chance| &chance.then);
    for (switch, on) in dates.chain(events) {
        can[switch.index()][usize::from(*on)] = true;
    }
    for chance in &form.chances {
        can[chance.switch.index()][1] = true;
    }
    // Variants bring in other terms: what an act switches counts as switched from the first.
    let with: Vec<(OptionId, bool)> = form.acts.iter().flat_map(|act| act.with.clone()).collect();
    for (switch, on) in with {
        can[switch.index()][usize::from(on)] = true;
    }
    loop {
        let mut grown = false;
        for &switch in &switches {
            let option = &form.options[switch.index()];
            for on in [false, true] {
                if can[switch.index()][usize::from(on)] || !somebody(form, option, on) {
                    continue;
                }
                let conditions = if on { &option.begins_if } else { &option.ends_if };
                let mut lits: Vec<_> = conditions.iter().map(|c| rules.lit(&c.that)).collect();
                for &other in &switches {
                    let lit = rules.lit(&Expr::Option(other));
                    match can[other.index()] {
                        [true, false] => lits.push(!lit),
                        [false, true] => lits.push(lit),
                        _ => {}
                    }
                }
                if !rules.possible(&lits).is_no() {
                    can[switch.index()][usize::from(on)] = true;
                    grown = true;
                }
            }
        }
        if !grown || work.is_spent() {
            break;
        }
    }
    let stuck = |&thing: &OptionId| {
        let option = &form.options[thing.index()];
        !option.begins_if.is_empty() && !can[thing.index()][1] && somebody(form, option, true)
    };
    if work.is_spent() { vec![] } else { game.things().filter(stuck).collect() }
}

/// Whether anybody may switch it on (off) at all.
fn somebody(form: &OptionForm, option: &Opt, on: bool) -> bool {
    match option.of {
        Switch::Option => option.direction != if on { Direction::OffOnly } else { Direction::OnOnly },
        Switch::Act(id) => form.acts.get(id.index()).is_some_and(|act| {
            let groups = if on { &act.begins.groups } else { &act.ends.groups };
            !groups.is_empty()
        }),
        Switch::Chance(_) => false,
    }
}
