//! Whether what is off can ever begin, by its condition.

use std::ops::Range;

use detente_model::{Expr, Game, OptionForm, OptionId, Switch};

use super::rules::Rules;
use super::sat::Work;
use crate::codes::never_begins;
use crate::problems::Problems;
use crate::read::Spans;

/// Why something never begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Never {
    /// Its condition holds in some possible states, but only where it is on already.
    Itself,
    /// Its condition holds in no possible state.
    Condition,
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
