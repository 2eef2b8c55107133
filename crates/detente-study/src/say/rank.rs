//! An actor's order of outcomes in words.

use detente_engine::{Deciding, Order};
use detente_model::{ActorId, Conflict, Grounds, Preference, Relation, State, Strength};
use num_bigint::BigUint;

use crate::find::caps::SORTED;
use crate::find::findings::Findings;
use crate::say::agree::Agree;
use crate::say::{names, reason, words, written};
use crate::show::doc::{Column, Doc, Line, Table};
use crate::wire::{self, BetweenInfo, CaseInfo, Group, OrderInfo, Preferred, Program, Wish};

/// Up to this many names and numbers stand in a row.
const NAMED: usize = 3;

/// Outcomes in groups between which the actor is indifferent, best first.
pub struct Ranked {
    actor: ActorId,
    /// `None`: too many to sort.
    groups: Option<Vec<Tied>>,
    all: BigUint,
}

/// Outcomes between which the actor is indifferent.
struct Tied {
    states: Vec<State>,
    /// What puts them above the next group.
    deciding: Option<Deciding>,
}

/// The order of `actor`.
pub fn ranked(found: &Findings, actor: ActorId) -> Ranked {
    let feasible = found.feasible();
    let all = feasible.count();
    let order = Order::new(&found.conflict.game, actor);
    let groups = order.filter(|_| all <= BigUint::from(SORTED.most)).map(|order| {
        let mut states = feasible.first(SORTED.size());
        states.sort_by_cached_key(|state| std::cmp::Reverse(order.level(state)));
        let mut groups: Vec<Tied> = states
            .chunk_by(|a, b| order.compare(a, b).is_equal())
            .map(|group| Tied { states: group.to_vec(), deciding: None })
            .collect();
        for at in 1..groups.len() {
            groups[at - 1].deciding = order.deciding(&groups[at - 1].states[0], &groups[at].states[0]);
        }
        groups
    });
    Ranked { actor, groups, all }
}

/// The order as a report; at most `list` groups.
pub fn doc(conflict: &Conflict, ranked: &Ranked, list: usize) -> Doc {
    let who = names::actor(conflict, ranked.actor);
    let mut doc = head(conflict, ranked.actor);
    let Some(groups) = &ranked.groups else {
        doc.say(Line::from(format!(
            "There are {} possible outcomes, and at most {} are put in order. Compare two of them with --between S,T.",
            words::count(&ranked.all),
            words::count(&SORTED.most.into())
        )));
        return doc;
    };
    let remark = format!(
        "{} in {}, best first",
        words::counted(&ranked.all, "outcome", "outcomes"),
        words::counted(&groups.len().into(), "group", "groups")
    );
    doc.heading_with(format!("{who}’s order of what is possible"), remark);
    let mut table = Table::new([
        Column::number("rank"),
        Column::number("outcomes"),
        Column::text("which"),
        Column::text("better than the next one because"),
    ]);
    for (at, group) in groups.iter().enumerate().take(list) {
        let which = Line::from(tally(conflict, &group.states));
        table.row([
            Line::new().strong((at + 1).to_string()),
            Line::new().quiet(words::count(&group.states.len().into())),
            which,
            separates(conflict, ranked.actor, group.deciding.as_ref()),
        ]);
    }
    doc.table(table);
    if groups.len() > list {
        doc.say(Line::new().quiet(format!(
            "--list {} shows {}.",
            groups.len(),
            words::counted(&(groups.len() - list).into(), "more group", "more groups")
        )));
    }
    doc
}

/// The order for a program; at most `list` groups.
pub fn json(conflict: &Conflict, ranked: &Ranked, list: usize) -> wire::Rank {
    let order = ranked.groups.as_ref().map(|groups| OrderInfo {
        count: groups.len(),
        groups: groups
            .iter()
            .enumerate()
            .take(list)
            .map(|(at, group)| Group {
                rank: at + 1,
                states: group.states.iter().map(State::to_string).collect(),
                above_next_by: group.deciding.as_ref().and_then(place),
            })
            .collect(),
    });
    wire_rank(conflict, ranked.actor, order, None)
}

/// Two outcomes compared.
pub struct Between {
    first: State,
    second: State,
    deciding: Option<Deciding>,
    /// As the verdicts have it.
    relation: Relation,
    /// As far as the case knows.
    known: Relation,
}

/// Compares two outcomes in the eyes of `actor`.
pub fn between(conflict: &Conflict, actor: ActorId, first: &State, second: &State) -> Between {
    let order = Order::new(&conflict.game, actor);
    Between {
        first: first.clone(),
        second: second.clone(),
        deciding: order.and_then(|order| order.deciding(first, second)),
        relation: order.map_or(Relation::Equal, |order| order.compare(first, second)),
        known: order.map_or(Relation::Equal, |order| order.known(first, second)),
    }
}

/// The comparison as a report.
pub fn between_doc(conflict: &Conflict, actor: ActorId, between: &Between) -> Doc {
    let mut doc = head(conflict, actor);
    doc.say(Line::from(between_text(conflict, actor, between)));
    doc
}

/// The comparison for a program.
pub fn between_json(conflict: &Conflict, actor: ActorId, between: &Between) -> wire::Rank {
    let info = BetweenInfo {
        first: between.first.to_string(),
        second: between.second.to_string(),
        preferred: match between.relation {
            Relation::Better(_) => Some(Preferred::First),
            Relation::Worse(_) => Some(Preferred::Second),
            Relation::Equal | Relation::Unknown => None,
        },
        wish: between.deciding.as_ref().and_then(place),
        text: between_text(conflict, actor, between),
    };
    wire_rank(conflict, actor, None, Some(info))
}

fn between_text(conflict: &Conflict, actor: ActorId, between: &Between) -> String {
    let (who, agree) = (names::actor(conflict, actor), Agree::with(conflict, actor));
    let its = words::capital(agree.its());
    let names = names::briefly(conflict, &[between.first.clone(), between.second.clone()]);
    let [first, second] = names.as_slice() else { return String::new() };
    let (better, worse) = match between.relation {
        Relation::Better(_) => (first, second),
        Relation::Worse(_) => (second, first),
        Relation::Equal | Relation::Unknown => {
            return format!(
                "{who} {} indifferent between “{first}” and “{second}”: no wish tells them apart.",
                agree.is()
            );
        }
    };
    let lead = format!("{who} {} “{better}” to “{worse}”", agree.verb("prefers", "prefer"));
    let remark = match between.known {
        Relation::Unknown => " Which way this wish goes is not known: verdicts take it as it is written.",
        other if other.strength() == Some(Strength::Strong) => {
            " The case calls this a strong preference; verdicts do not use that."
        }
        _ => "",
    };
    match between.deciding {
        Some(Deciding::Statement(at)) => {
            let that = wish(conflict, actor, at);
            let before = match at {
                0 => String::new(),
                1 => format!(" {its} first wish does not tell them apart."),
                n => format!(" {its} first {n} wishes do not tell them apart."),
            };
            format!("{lead}: only there is wish {} fulfilled, {that}.{before}{remark}", at + 1)
        }
        Some(Deciding::Weights(a, b)) => {
            format!("{lead}: what holds there weighs {} in all, against {}.", a.max(b), a.min(b))
        }
        Some(Deciding::Groups(a, b)) => {
            format!(
                "{lead}: group {} of {} ranking against group {}.",
                a.min(b) + 1,
                agree.its(),
                a.max(b) + 1
            )
        }
        None => format!("{lead}."),
    }
}

fn head(conflict: &Conflict, actor: ActorId) -> Doc {
    let mut doc = Doc::default();
    let variant = conflict.variant.as_ref().map(|id| format!("variant {id}"));
    doc.title(conflict.about.title.clone(), variant);
    let agree = Agree::with(conflict, actor);
    let title = format!("What {} {}", names::inside(conflict, actor), agree.wants());
    match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Weights(_)) => {
            doc.heading_with(title, "what weighs most first; what has a negative weight is not wanted")
        }
        Some(Preference::Statements(_)) => doc.heading_with(title, "most important first"),
        Some(Preference::Ranking(_)) | None => doc.heading(title),
    }
    wishes_table(&mut doc, conflict, actor);
    written::say_not_used(&mut doc, conflict);
    doc
}

fn wishes_table(doc: &mut Doc, conflict: &Conflict, actor: ActorId) {
    let mut wishes = wishes(conflict, actor);
    if wishes.is_empty() {
        doc.say(match conflict.game.preferences.get(actor.index()) {
            Some(Preference::Ranking(_)) => "The case ranks the outcomes one by one.",
            _ => "The case names no wish of this actor, which is indifferent between all outcomes.",
        });
        return;
    }
    // Statements have no weight and stay as they are; weights of one size keep the order of the file.
    wishes.sort_by_key(|wish| std::cmp::Reverse(wish.weight.map_or(0, i64::unsigned_abs)));
    let weighed = wishes.iter().any(|wish| wish.weight.is_some());
    let mut columns = vec![Column::number(""), Column::text("wish")];
    if weighed {
        columns.push(Column::number("weight"));
    }
    columns.push(Column::text("because"));
    let mut table = Table::new(columns);
    for wish in wishes {
        let says = self::wish(conflict, actor, wish.place - 1);
        let mut row = vec![Line::new().quiet(wish.place.to_string()), Line::from(says)];
        if weighed {
            row.push(Line::from(wish.weight.map(|weight| weight.to_string()).unwrap_or_default()));
        }
        let mut because = wish.because.join(", ");
        if wish.assumption {
            because = if because.is_empty() { "assumed".to_owned() } else { format!("{because}, assumed") };
        }
        row.push(Line::new().quiet(because));
        table.row(row);
    }
    doc.table(table);
}

fn wishes(conflict: &Conflict, actor: ActorId) -> Vec<Wish> {
    let game = &conflict.game;
    let wish = |at: usize, that: &detente_model::Expr, weight: Option<i64>, grounds: &Grounds| Wish {
        place: at + 1,
        that: game.formula_text(that),
        weight,
        because: grounds
            .claims
            .iter()
            .filter_map(|claim| conflict.evidence.claims.get(claim.index()))
            .map(|claim| claim.id.clone())
            .collect(),
        assumption: grounds.assumption,
    };
    match game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => {
            list.iter().enumerate().map(|(at, s)| wish(at, &s.that, None, &s.grounds)).collect()
        }
        Some(Preference::Weights(list)) => {
            list.iter().enumerate().map(|(at, w)| wish(at, &w.that, Some(w.weight), &w.grounds)).collect()
        }
        Some(Preference::Ranking(_)) | None => Vec::new(),
    }
}

/// The wish at `place` (from 0) in words; what has a negative weight as it is written, for its weight says the rest.
fn wish(conflict: &Conflict, actor: ActorId, place: usize) -> String {
    let negative = match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Weights(list)) => list.get(place).is_some_and(|wish| wish.weight < 0),
        _ => false,
    };
    reason::prefers(conflict, actor, place, !negative)
}

/// Names of the outcomes with how often each occurs, the status quo first; state numbers where there are few.
fn tally(conflict: &Conflict, states: &[State]) -> String {
    let mut tally: Vec<(String, usize)> = Vec::new();
    let today = conflict.game.status_quo.as_ref();
    let (now, other): (Vec<&State>, Vec<&State>) = states.iter().partition(|state| Some(*state) == today);
    for state in now.into_iter().chain(other) {
        let name = names::brief(&names::outcome(conflict, state)).to_owned();
        match tally.iter_mut().find(|(other, _)| *other == name) {
            Some((_, count)) => *count += 1,
            None => tally.push((name, 1)),
        }
    }
    let mut parts: Vec<String> = tally
        .iter()
        .take(NAMED)
        .map(|(name, count)| if *count > 1 { format!("{name} ({count})") } else { name.clone() })
        .collect();
    if tally.len() > NAMED {
        parts.push("…".to_owned());
    }
    let mut text = parts.join("; ");
    if states.len() <= NAMED {
        let numbers: Vec<String> = states.iter().map(State::to_string).collect();
        let state = if numbers.len() == 1 { "state" } else { "states" };
        text.push_str(&format!("  ({state} {})", words::list(&numbers)));
    }
    text
}

fn separates(conflict: &Conflict, actor: ActorId, deciding: Option<&Deciding>) -> Line {
    match deciding {
        None => Line::new(),
        Some(Deciding::Statement(at)) => {
            Line::new().quiet(format!("{} ", at + 1)).plain(wish(conflict, actor, *at))
        }
        Some(Deciding::Weights(a, b)) => Line::from(format!("{a} against {b}")),
        Some(Deciding::Groups(..)) => Line::from("the ranking says so"),
    }
}

/// The place of the wish that decides, from 1.
fn place(deciding: &Deciding) -> Option<usize> {
    match deciding {
        Deciding::Statement(at) => Some(at + 1),
        Deciding::Weights(..) | Deciding::Groups(..) => None,
    }
}

fn wire_rank(
    conflict: &Conflict,
    actor: ActorId,
    order: Option<OrderInfo>,
    between: Option<BetweenInfo>,
) -> wire::Rank {
    wire::Rank {
        schema: wire::RankName::This,
        program: Program::THIS,
        case: CaseInfo::of(conflict),
        actor: conflict.game.actors.get(actor.index()).map(|a| a.id.clone()).unwrap_or_default(),
        wishes: wishes(conflict, actor),
        order,
        between,
    }
}
