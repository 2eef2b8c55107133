//! Where the conflict goes, in words.

use detente_engine::LimitHit;
use detente_engine::evolution::{By, Evolution, Reach, Route};
use detente_model::{Conflict, State};

use crate::say::coalitions::who;
use crate::say::{names, reason, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};

fn percent(p: f64) -> String {
    format!("{:.1} %", p * 100.0)
}

/// The report.
pub fn doc(
    conflict: &Conflict,
    evolution: &Evolution,
    reach: &Reach,
    routes: &[Route],
    limits: &[LimitHit],
) -> Doc {
    let mut doc = Doc::default();
    let from = &evolution.from;
    doc.title(
        format!("Where it goes from: {}", names::outcome(conflict, from)),
        Some(format!("state {from}")),
    );
    let count = |list: &[State]| words::counted(&list.len().into(), "other outcome", "other outcomes");
    if reach.limits.is_empty() {
        doc.say(format!(
            "By any moves {} can be reached, by moves that their maker prefers {}.",
            count(&reach.by_moves),
            count(&reach.by_improvements)
        ));
    }
    doc.heading_with(
        "Where it ends",
        "each of those who would move is equally likely to, or by the weights given",
    );
    if let [only] = evolution.absorbing.as_slice()
        && only.is_equilibrium()
        && evolution.states[only.states[0]] == *from
    {
        doc.say("Nothing moves: nobody who may move here would rather be elsewhere.");
    } else {
        let mut table =
            Table::new([Column::text("Outcome"), Column::number("Likelihood"), Column::number("Moves")]);
        for end in &evolution.absorbing {
            let states: Vec<State> =
                end.states.iter().take(4).map(|s| evolution.states[*s].clone()).collect();
            let mut name = words::list(&names::briefly(conflict, &states));
            if !end.is_equilibrium() {
                let all = words::counted(&end.states.len().into(), "outcome", "outcomes");
                name = format!("round and round without end among {all}, such as {name}");
            }
            let likely = end
                .exact
                .as_ref()
                .map_or_else(|| percent(end.probability), |f| format!("{f} = {}", percent(end.probability)));
            table.row([name.into(), likely.into(), format!("{:.1}", end.moves).into()]);
        }
        doc.table(table);
    }
    if evolution.unfollowed > 0.0 {
        doc.say(format!("Not followed to its end: {}.", percent(evolution.unfollowed)));
    }
    if !evolution.open_cycles.is_empty() {
        doc.say(format!(
            "On the way it can go round in circles: {}.",
            words::counted(&evolution.open_cycles.len().into(), "set of outcomes", "sets of outcomes")
        ));
    }
    if !reach.dead_ends.is_empty() {
        doc.say(format!(
            "Nobody can move any more at: {}.",
            words::list(&names::briefly(conflict, &reach.dead_ends))
        ));
    }
    if !routes.is_empty() {
        doc.heading("The shortest way to each outcome that lasts");
        doc.list(routes.iter().map(|route| way(conflict, from, route)).collect());
    }
    words::limits(&mut doc, limits);
    doc
}

fn way(conflict: &Conflict, from: &State, route: &Route) -> Item {
    let mut at = from.clone();
    let mut steps = Vec::new();
    for (mover, to) in &route.sequence {
        let mut acts = Vec::new();
        for actor in mover.members() {
            let does = reason::does(conflict, actor, &at, to);
            if mover.size() == 1 || conflict.game.options_of(actor).any(|o| at.is_on(o) != to.is_on(o)) {
                acts.push(format!("{} would {does}", names::inside(conflict, actor)));
            }
        }
        let together =
            if mover.size() > 1 { format!("{} together: ", who(conflict, *mover)) } else { String::new() };
        steps.push(format!("{together}{}", words::list(&acts)));
        at = to.clone();
    }
    let how = match route.by {
        By::Improvements => "each step preferred by its maker",
        By::Coalitions => "each step preferred by all who make it",
        By::Moves => "by moves that not everybody prefers",
    };
    Item::new(Line::new().strong(names::outcome(conflict, &route.to)).quiet(format!("  {how}")))
        .with(Item::new(format!("{}.", words::capital(&steps.join("; then ")))))
}
