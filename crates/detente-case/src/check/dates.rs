//! What dates make of the possible states: whether it is possible, too.

use std::ops::Range;

use detente_model::{Deadline, Expr, Game, OptionForm, OptionId, State};

use super::errors::state_words;
use super::sat::{Found, Sat, Work};
use super::words;
use crate::codes::deadlines;
use crate::problems::Problems;
use crate::read::Spans;

/// Reports every deadline ahead that leads from a possible state to one that is not, with the state;
/// `whose` and `place` as for contradictory rules. One search for each deadline.
pub(crate) fn deadline_errors(
    game: &Game,
    whose: &str,
    place: Option<&Range<usize>>,
    spans: &Spans,
    work: &Work,
    problems: &mut Problems,
) {
    let Some(form) = game.option_form() else { return };
    for (index, deadline) in game.deadlines.iter().enumerate().filter(|(_, deadline)| deadline.ahead) {
        let Some(from) = leads_out(form, deadline, work) else { continue };
        let to = game.after(deadline, &from);
        let Some(rule) = form.broken_rule(&to) else { continue };
        let at = place.or_else(|| spans.deadlines.get(index)).cloned().unwrap_or(0..0);
        let rule_at = spans.rules.get(rule).filter(|_| place.is_none());
        let (from, rule) = (state_words(game, &from), words::named_rule(game, form, rule));
        problems.push(deadlines::not_possible(&at, &deadline.id, whose, &from, &rule, rule_at));
    }
}

/// A possible state from which `deadline` leads to one that breaks a rule.
fn leads_out(form: &OptionForm, deadline: &Deadline, work: &Work) -> Option<State> {
    let mut sat = Sat::new(work);
    let (before, after) = (sat.state(form), sat.state(form));
    let mut broken = Vec::new();
    for rule in form.rules.iter().map(detente_model::Rule::formula) {
        sat.holds(&before, &rule);
        broken.push(!sat.lit(&after, &rule));
    }
    sat.some(broken);
    if let Some(unless) = &deadline.unless {
        let excused = sat.lit(&before, unless);
        sat.some([!excused]);
    }
    for switch in (0..form.options.len()).map(OptionId::from) {
        let is = Expr::Option(switch);
        let (then, now) = (sat.lit(&after, &is), sat.lit(&before, &is));
        match deadline.then.iter().rev().find(|(known, _)| *known == switch) {
            Some((_, true)) => sat.some([then]),
            Some((_, false)) => sat.some([!then]),
            None => sat.equal(then, now),
        }
    }
    match sat.solve(&[]) {
        Found::State(state) => Some(state),
        Found::Never(_) | Found::Unknown => None,
    }
}
