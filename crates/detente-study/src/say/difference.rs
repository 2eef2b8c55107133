//! What differs between two games, in words: options, rules, wishes and their order, moves, dates, the status quo.

use detente_model::{
    Act, ActorId, Condition, Conflict, Deadline, Direction, Form, Opt, OptionId, Preference, Question,
    QuestionKind, Ranking, RuleKind, Said, Statement, Switch,
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
            acts(&mut list, old, new);
            definitions(&mut list, old, new);
            rules(&mut list, old, new);
            moves_taken(&mut list, old, new);
        }
        (Form::Graph(_), Form::Graph(_)) => graph(&mut list, old, new),
        _ => push(&mut list, "form", '~', "one is in option form, the other in graph form".to_owned()),
    }
    wishes(&mut list, old, new);
    doubts(&mut list, old, new);
    dates(&mut list, old, new);
    sayings(&mut list, old, new);
    status_quo(&mut list, old, new);
    questions(&mut list, old, new);
    list
}

/// Whether two games that have no difference told above are one: else what differs has to be said to be untold.
#[must_use]
pub fn same(old: &Conflict, new: &Conflict) -> bool {
    old.game.digest() == new.game.digest() && old.said == new.said && old.questions == new.questions
}

/// Formulas one after the other, as the file writes them; `nothing` where there is none.
fn formulas(conflict: &Conflict, conditions: &[Condition]) -> String {
    let all: Vec<String> = conditions.iter().map(|one| conflict.game.formula_text(&one.that)).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(" and ") }
}

/// An act in parts, each in words.
struct Parts {
    id: String,
    text: String,
    parts: Vec<(&'static str, String)>,
}

/// What several do: who takes part, whose consent it takes, what comes along, and under which conditions.
fn acts(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let all = |c: &Conflict| -> Vec<Parts> {
        let Some(form) = c.game.option_form() else { return Vec::new() };
        let id = |actor: &ActorId| c.game.actors.get(actor.index()).map_or("", |a| a.id.as_str());
        let consent = |groups: &[Vec<ActorId>]| {
            let groups = groups.iter().map(|group| group.iter().map(id).collect::<Vec<_>>().join(" and "));
            let groups: Vec<String> = groups.collect();
            if groups.is_empty() { "nobody".to_owned() } else { groups.join(", or ") }
        };
        let of = |act: &Act| {
            let option = form.options.get(act.first.index());
            let conditions = |of: fn(&Opt) -> &Vec<Condition>| {
                option.map_or_else(String::new, |option| formulas(c, of(option)))
            };
            let with: Vec<String> = (act.with.iter())
                .map(|(switch, on)| {
                    format!("{}{}", if *on { "" } else { "not " }, c.game.option_name(*switch))
                })
                .collect();
            let parts = vec![
                ("parties", act.parties.iter().map(id).collect::<Vec<_>>().join(", ")),
                ("it is begun by", consent(&act.begins.groups)),
                ("it is ended by", consent(&act.ends.groups)),
                ("with it comes", if with.is_empty() { "nothing".to_owned() } else { with.join(" and ") }),
                ("it begins only if", conditions(|option| &option.begins_if)),
                ("it ends only if", conditions(|option| &option.ends_if)),
            ];
            Parts { id: act.id.clone(), text: act.text.clone(), parts }
        };
        form.acts.iter().map(of).collect()
    };
    let (before, after) = (all(old), all(new));
    for act in &after {
        let Some(was) = before.iter().find(|other| other.id == act.id) else { continue };
        for ((what, now), (_, then)) in act.parts.iter().zip(&was.parts).filter(|(now, then)| now != then) {
            push(list, "act", '~', format!("{}: {what} {now} instead of {then}", names::quoted(&act.text)));
        }
    }
}

/// How sure it is of wishes that both have.
fn doubts(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let sure =
        |confidence: Option<f64>| confidence.map_or_else(|| "certain".to_owned(), |c| format!("{c:.2} sure"));
    for (after, actor) in new.game.actor_ids().zip(&new.game.actors) {
        let Some(before) = old.game.actor(&actor.id) else { continue };
        let (Some(Preference::Statements(a)), Some(Preference::Statements(b))) =
            (old.game.preferences.get(before.index()), new.game.preferences.get(after.index()))
        else {
            continue;
        };
        for (k, wish) in b.iter().enumerate() {
            let text = new.game.formula_text(&wish.that);
            let Some(was) = a.iter().find(|was| old.game.formula_text(&was.that) == text) else { continue };
            let who = names::actor(new, after);
            let wants = reason::prefers(new, after, k, true);
            let says = format!("{who} {} {wants}", Agree::with(new, after).verb("prefers", "prefer"));
            if was.confidence != wish.confidence {
                let (now, then) = (sure(wish.confidence), sure(was.confidence));
                push(list, "doubt", '~', format!("{says}: {now} instead of {then}"));
            } else if was.otherwise != wish.otherwise {
                push(list, "doubt", '~', format!("{says}: what it wants otherwise is another"));
            }
        }
    }
}

/// Threats, promises, demands and offers.
fn sayings(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let all = |c: &Conflict| -> Vec<(String, String)> {
        let says = |said: &Said| {
            let when = said
                .when
                .as_ref()
                .map_or_else(String::new, |when| format!(", if {}", c.game.formula_text(when)));
            let to = names::inside_all(c, &said.to);
            let (by, kind) = (names::actor(c, said.by), said.kind.word());
            format!("{kind} of {by} to {to}: {}{when}", c.game.formula_text(&said.then))
        };
        c.said.iter().map(|said| (said.id.clone(), says(said))).collect()
    };
    by_id(list, "what was said", &all(old), &all(new));
}

/// Questions: what they ask of which outcome.
fn questions(list: &mut Vec<Change>, old: &Conflict, new: &Conflict) {
    let all = |c: &Conflict| -> Vec<(String, String)> {
        let says = |one: &Question| {
            let kinds = QuestionKind::ALL.into_iter();
            let kind = kinds.filter(|(kind, _)| *kind == one.kind).map(|(_, word)| word).next().unwrap_or("");
            let concept = one.concept.map_or_else(String::new, |concept| format!(", under {}", concept.id()));
            let about = one.outcome_text.as_ref().map_or_else(String::new, |text| format!(" of {text}"));
            let given = one.given_text.as_ref().map_or_else(String::new, |text| format!(", given {text}"));
            format!("{} ({kind}{about}{concept}{given})", names::quoted(&one.ask))
        };
        c.questions.iter().map(|one| (one.id.clone(), says(one))).collect()
    };
    by_id(list, "question", &all(old), &all(new));
}

/// The things of two lists by what tells them apart: those that are gone, then those that are there, each with what it was.
pub(super) fn paired<'t, T, K: PartialEq>(
    before: &'t [T],
    after: &'t [T],
    key: impl Fn(&'t T) -> K,
) -> Vec<(Option<&'t T>, Option<&'t T>)> {
    let of = |list: &'t [T], one: &'t T| list.iter().find(|other| key(other) == key(one));
    let gone = before.iter().filter(|one| of(after, one).is_none()).map(|one| (Some(one), None));
    gone.chain(after.iter().map(|one| (of(before, one), Some(one)))).collect()
}

/// Things that both may have, by id, each told in whole.
fn by_id(
    list: &mut Vec<Change>,
    about: &'static str,
    before: &[(String, String)],
    after: &[(String, String)],
) {
    for pair in paired(before, after, |(id, _)| id.as_str()) {
        match pair {
            (Some((_, gone)), None) => push(list, about, '−', gone.clone()),
            (None, Some((_, now))) => push(list, about, '+', now.clone()),
            (Some((_, was)), Some((_, now))) if was != now => {
                push(list, about, '~', format!("{now} instead of {was}"));
            }
            _ => {}
        }
    }
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

pub(super) fn push(list: &mut Vec<Change>, about: &'static str, sign: char, text: String) {
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
        if option.of == Switch::Option {
            for (what, was, now) in [
                ("begins only if", &was.begins_if, &option.begins_if),
                ("ends only if", &was.ends_if, &option.ends_if),
            ] {
                let (was, now) = (formulas(old, was), formulas(new, now));
                if was != now {
                    push(list, "option", '~', format!("{} {what} {now} instead of {was}", after[at]));
                }
            }
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
