//! What differs between two games, in words: options, rules, wishes and their order, moves, dates, the status quo.

use detente_model::{
    ActorId, Conflict, Deadline, Direction, Form, OptionId, Preference, Ranking, RuleKind, Statement,
};

use crate::say::agree::Agree;
use crate::say::{names, reason, words};

/// One difference, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about: `option`, `rule`, `wish`, `definition`, `status quo`, …
    pub about: &'static str,
    /// `+` it is there only afterwards, `−` only before, `~` it is another one.
    pub sign: char,
    /// In words; rules and definitions with formulas as the file writes them.
    pub text: String,
}

/// All differences from `old` to `new`, in the order of the file.
///
/// Actors, options and defined names are matched by id, rules by id or by what they say, wishes
/// by their formula.
pub fn changes(old: &Conflict, new: &Conflict) -> Vec<Change> {
    let mut list = Vec::new();
    actors(&mut list, old, new);
    match (&old.game.form, &new.game.form) {
        (Form::Options(_), Form::Options(_)) => {
            options(&mut list, old, new);
            definitions(&mut list, old, new);
            rules(&mut list, old, new);
            moves_taken(&mut list, old, new);
        }
        (Form::Graph(_), Form::Graph(_)) => graph(&mut list, old, new),
        _ => push(&mut list, "form", '~', "one is in option form, the other in graph form".to_owned()),
    }
    wishes(&mut list, old, new);
    dates(&mut list, old, new);
    status_quo(&mut list, old, new);
    list
}

/// Dates ahead, with what they switch.
fn dates(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let texts = |conflict: &Conflict| -> Vec<String> {
        let one = |deadline: &Deadline| {
            let switched = deadline.then.iter().map(|(option, on)| {
                let how = if *on { "on" } else { "off" };
                format!("{} is switched {how}", names::quoted(names::option(conflict, *option)))
            });
            let unless = deadline.unless.as_ref().map_or_else(String::new, |unless| {
                format!(", unless {}", reason::clause(conflict, unless, true))
            });
            format!("{}: {}{unless}", words::date(&deadline.on), words::list(&switched.collect::<Vec<_>>()))
        };
        conflict.game.deadlines_ahead().map(one).collect()
    };
    only(list, "date", &texts(old), &texts(new));
}

fn push(list: &mut Vec<Change>, about: &'static str, sign: char, text: String) {
    list.push(Change { about, sign, text });
}

/// What is in one of two lists only.
fn only(list: &mut Vec<Change>, about: &'static str, old: &[String], new: &[String]) {
    for gone in old.iter().filter(|item| !new.contains(item)) {
        push(list, about, '−', gone.clone());
    }
    for added in new.iter().filter(|item| !old.contains(item)) {
        push(list, about, '+', added.clone());
    }
}

fn actors(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let ids = |conflict: &Conflict| conflict.game.actors.iter().map(|a| a.id.clone()).collect::<Vec<_>>();
    only(list, "actor", &ids(old), &ids(new));
}

fn options(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let ids = |c: &Conflict| {
        (0..c.game.options().len()).map(|at| c.game.option_name(at.into())).collect::<Vec<_>>()
    };
    let (before, after) = (ids(old), ids(new));
    only(list, "option", &before, &after);
    let both = |ids: &[String], other: &[String]| -> Vec<String> {
        ids.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    if both(&before, &after) != both(&after, &before) {
        push(list, "option", '~', "the options stand in another order: state numbers differ".to_owned());
    }
    for (at, option) in new.game.options().iter().enumerate() {
        let Some(was) = old.game.option(&after[at]).and_then(|o| old.game.options().get(o.index())) else {
            continue;
        };
        if was.direction != option.direction {
            let text =
                format!("{} moves {} instead of {}", after[at], way(option.direction), way(was.direction));
            push(list, "option", '~', text);
        }
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Both => "both ways",
        Direction::OnOnly => "on only",
        Direction::OffOnly => "off only",
    }
}

fn definitions(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let all = |c: &Conflict| -> Vec<(String, String)> {
        let form = c.game.option_form();
        form.iter()
            .flat_map(|form| &form.definitions)
            .map(|d| (d.id.clone(), c.game.formula_text(&d.that)))
            .collect()
    };
    let (before, after) = (all(old), all(new));
    for (id, that) in &before {
        match after.iter().find(|(other, _)| other == id) {
            None => push(list, "definition", '−', format!("{id} = {that}")),
            Some((_, now)) if now != that => {
                push(list, "definition", '~', format!("{id} = {now} instead of {that}"));
            }
            Some(_) => {}
        }
    }
    for (id, that) in after.iter().filter(|(id, _)| !before.iter().any(|(other, _)| other == id)) {
        push(list, "definition", '+', format!("{id} = {that}"));
    }
}

fn rules(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let all = |c: &Conflict| -> Vec<(Option<String>, String, bool)> {
        let form = c.game.option_form();
        form.iter()
            .flat_map(|form| &form.rules)
            .map(|rule| {
                let bars = matches!(rule.kind, RuleKind::Unavailable(_));
                (rule.id.clone(), names::rule_says(c, rule), bars)
            })
            .collect()
    };
    let (before, after) = (all(old), all(new));
    for (id, says, bars) in &before {
        if after.iter().any(|(_, other, _)| other == says) {
            continue;
        }
        match id.as_ref().and_then(|id| after.iter().find(|(other, ..)| other.as_ref() == Some(id))) {
            Some((_, now, _)) => push(list, "rule", '~', format!("{now} instead of {says}")),
            None if *bars => {
                push(list, "option", '~', says.replace(" is not available", " is available again"))
            }
            None => push(list, "rule", '−', says.clone()),
        }
    }
    for (id, says, bars) in &after {
        let known = before.iter().any(|(other_id, other, _)| other == says || id.is_some() && other_id == id);
        if !known {
            let (about, sign) = if *bars { ("option", '~') } else { ("rule", '+') };
            push(list, about, sign, says.clone());
        }
    }
}

fn moves_taken(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let all = |c: &Conflict| -> Vec<String> {
        let form = c.game.option_form();
        form.iter()
            .flat_map(|form| &form.cannot)
            .map(|cannot| {
                format!(
                    "{} cannot move from {} to {}",
                    names::actor(c, cannot.actor),
                    c.game.formula_text(&cannot.from),
                    c.game.formula_text(&cannot.to)
                )
            })
            .collect()
    };
    only(list, "move", &all(old), &all(new));
}

fn graph(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let states = |c: &Conflict| c.game.graph_form().map(|form| form.states.clone()).unwrap_or_default();
    only(list, "state", &states(old), &states(new));
    let arcs = |c: &Conflict| -> Vec<String> {
        let form = c.game.graph_form();
        form.iter()
            .flat_map(|form| form.arcs.iter().map(move |arc| (form, arc)))
            .map(|(form, arc)| {
                let name = |at: u32| form.states.get(at as usize).map_or("", String::as_str);
                format!("{} moves from {} to {}", names::actor(c, arc.actor), name(arc.from), name(arc.to))
            })
            .collect()
    };
    only(list, "move", &arcs(old), &arcs(new));
}

fn wishes(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    for (after, actor) in new.game.actor_ids().zip(&new.game.actors) {
        let Some(before) = old.game.actor(&actor.id) else { continue };
        let who = names::actor(new, after);
        let agree = Agree::with(new, after);
        let prefers = agree.verb("prefers", "prefer");
        let (was, now) = (old.game.preferences.get(before.index()), new.game.preferences.get(after.index()));
        match (was, now) {
            (Some(Preference::Statements(a)), Some(Preference::Statements(b))) => {
                let says = |c: &Conflict, actor: ActorId, list: &[Statement]| -> Vec<Wish> {
                    let wish = |(k, s): (usize, &Statement)| {
                        let more = [(s.strong, " (strong)"), (s.unknown, " (unknown)")];
                        let more: String = more.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
                        Wish {
                            formula: c.game.formula_text(&s.that) + &more,
                            says: reason::prefers(c, actor, k, true) + &more,
                        }
                    };
                    list.iter().enumerate().map(wish).collect()
                };
                ordered(list, (&who, prefers), &says(old, before, a), &says(new, after, b));
            }
            (Some(Preference::Weights(a)), Some(Preference::Weights(b))) => {
                let says = |c: &Conflict, w: &detente_model::Weighed| {
                    format!(
                        "{who} {} {} with {}",
                        agree.verb("weighs", "weigh"),
                        c.game.formula_text(&w.that),
                        w.weight
                    )
                };
                let a: Vec<String> = a.iter().map(|w| says(old, w)).collect();
                let b: Vec<String> = b.iter().map(|w| says(new, w)).collect();
                only(list, "wish", &a, &b);
            }
            (Some(Preference::Ranking(a)), Some(Preference::Ranking(b))) if !same_ranking(old, a, new, b) => {
                push(
                    list,
                    "wish",
                    '~',
                    format!("{who} {} the outcomes differently", agree.verb("ranks", "rank")),
                );
            }
            (Some(_), Some(_)) => {
                push(list, "wish", '~', format!("what {who} {} is given in another way", agree.wants()));
            }
            _ => {}
        }
    }
}

fn same_ranking(old: &Conflict, a: &Ranking, new: &Conflict, b: &Ranking) -> bool {
    use detente_model::RankEntry::{Formula, Pattern, State};
    let text = |c: &Conflict, ranking: &Ranking| -> Vec<Vec<String>> {
        let entry = |entry: &detente_model::RankEntry| match entry {
            State(state) => state.to_string(),
            Pattern(pattern) => pattern.to_string(),
            Formula(formula) => c.game.formula_text(formula),
        };
        ranking.groups.iter().map(|group| group.iter().map(entry).collect()).collect()
    };
    a.rest_last == b.rest_last && text(old, a) == text(new, b)
}

/// A wish as a formula, by which it is known, and in words.
struct Wish {
    formula: String,
    says: String,
}

/// Ordered lists: what fell, what is new and at which place, what moved. The fewest moves are
/// told: items of a longest common subsequence stay.
fn ordered(list: &mut Vec<Change>, (who, prefers): (&str, &str), old: &[Wish], new: &[Wish]) {
    let mut left: Vec<(usize, &str)> = Vec::new();
    let mut taken = vec![false; new.len()];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, wish) in old.iter().enumerate() {
        match (0..new.len()).find(|&to| !taken[to] && new[to].formula == wish.formula) {
            Some(to) => {
                taken[to] = true;
                pairs.push((at, to));
            }
            None => left.push((at, &wish.says)),
        }
    }
    for (at, says) in left {
        push(list, "wish", '−', format!("{who} no longer {prefers} {says} (this was {})", nth(at)));
    }
    for (to, wish) in new.iter().enumerate().filter(|(to, _)| !taken[*to]) {
        push(list, "wish", '+', format!("{who} now {prefers}, in {} place, {}", nth(to), wish.says));
    }
    let stays = rising(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    for (index, (at, to)) in pairs.iter().enumerate() {
        if !stays[index] {
            push(
                list,
                "wish",
                '~',
                format!("{who} {prefers}, in {} instead of {} place, {}", nth(*to), nth(*at), new[*to].says),
            );
        }
    }
}

/// Which items belong to a longest rising subsequence.
fn rising(items: &[usize]) -> Vec<bool> {
    let mut length = vec![1_usize; items.len()];
    let mut before: Vec<Option<usize>> = vec![None; items.len()];
    for at in 0..items.len() {
        for earlier in 0..at {
            if items[earlier] < items[at] && length[earlier] + 1 > length[at] {
                length[at] = length[earlier] + 1;
                before[at] = Some(earlier);
            }
        }
    }
    let mut stays = vec![false; items.len()];
    let mut at = (0..items.len()).max_by_key(|&at| (length[at], std::cmp::Reverse(at)));
    while let Some(here) = at {
        stays[here] = true;
        at = before[here];
    }
    stays
}

/// `first`, `second`, …, `11th` for places from 0.
fn nth(place: usize) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    WORDS.get(place).map_or_else(|| words::ordinal(place + 1), |word| (*word).to_owned())
}

fn status_quo(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let says = |c: &Conflict| -> Vec<String> {
        match (&c.game.status_quo, &c.game.form) {
            (None, _) => vec!["none".to_owned()],
            (Some(state), Form::Options(_)) => {
                let stands = |thing: OptionId| match names::at(c, thing, state) {
                    Some(level) => Some(format!("{} at {level}", names::whose(c, thing))),
                    None => state.is_on(thing).then(|| names::whose(c, thing)),
                };
                c.game.things().filter_map(stands).collect()
            }
            (Some(state), Form::Graph(form)) => {
                let at = state.number().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
                vec![form.states.get(at.wrapping_sub(1)).cloned().unwrap_or_default()]
            }
        }
    };
    let (before, after) = (says(old), says(new));
    // What stands in both is no difference.
    let text = |on: &[String], other: &[String]| {
        let own: Vec<&String> = on.iter().filter(|thing| !other.contains(thing)).collect();
        if own.is_empty() { "nothing".to_owned() } else { words::list(&own) }
    };
    let (then, now) = (text(&before, &after), text(&after, &before));
    if then != now {
        push(list, "status quo", '~', format!("{now} instead of {then}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_moves_are_told() {
        let wish = |id: &str| Wish { formula: id.to_owned(), says: format!("that {id} is so") };
        let words = |text: &str| text.split(' ').map(wish).collect::<Vec<_>>();
        let mut list = Vec::new();
        ordered(&mut list, ("A", "prefers"), &words("a b c d"), &words("d a b e"));
        let text: Vec<String> = list.iter().map(|change| format!("{}{}", change.sign, change.text)).collect();
        assert_eq!(
            text,
            [
                "−A no longer prefers that c is so (this was third)",
                "+A now prefers, in fourth place, that e is so",
                "~A prefers, in first instead of fourth place, that d is so"
            ]
        );
        assert_eq!(rising(&[3, 0, 1, 2]), [false, true, true, true]);
    }
}
