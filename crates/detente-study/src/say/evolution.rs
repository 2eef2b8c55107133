//! Where the conflict goes, in words.

use detente_engine::LimitHit;
use detente_engine::evolution::{Absorbing, By, Evolution, Reach, Route, Walker};
use detente_model::{ActorId, Conflict, State};

use crate::find::story::{End, Round, Story, Telling, Together, Undone};
use crate::say::agree::Agree;
use crate::say::coalitions::step;
use crate::say::{names, reason, words, written};
use crate::show::doc::{Column, Doc, Item, Line, Table};

/// Outcomes that are named in a row or a sentence.
const NAMED: usize = 4;
/// Outcomes of a circle that are named: those in which most time is spent.
const LONGEST: usize = 3;
/// Ways that are told step by step.
const WAYS: usize = 32;

fn percent(p: f64) -> String {
    format!("{:.1} %", p * 100.0)
}

/// The report.
pub fn doc(
    conflict: &Conflict,
    evolution: &Evolution,
    telling: &Telling,
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
    if let Some(sentence) = written::without_dates(conflict) {
        doc.say(sentence);
    }
    let count = |list: &[State]| words::counted(&list.len().into(), "other outcome", "other outcomes");
    if reach.limits.is_empty() {
        doc.say(format!(
            "By any moves, {} can be reached; by moves that their makers prefer, {}.",
            count(&reach.by_moves),
            match reach.by_improvements.len() {
                0 => "none".to_owned(),
                n => words::count(&n.into()),
            }
        ));
    }
    if let Some(story) = story(conflict, &telling.story) {
        doc.heading_with("The likeliest story", "at each step whoever is likeliest to be next");
        doc.list(story.into_iter().map(Item::new).collect());
    }
    doc.heading_with(
        "Where it ends",
        "all who would move are equally likely to be next, or as likely as the weights given",
    );
    if let [only] = evolution.absorbing.as_slice()
        && only.is_equilibrium()
        && evolution.states[only.states[0]] == *from
    {
        doc.say("Nothing moves: nobody would rather be elsewhere.");
    } else {
        let mut table =
            Table::new([Column::text("Outcome"), Column::number("Likelihood"), Column::number("Moves")]);
        let first = |(end, round): (&Absorbing, &Option<Round>)| -> Vec<State> {
            match round.as_ref().and_then(|round| round.time.as_ref()) {
                Some(time) => time.iter().take(LONGEST).map(|(state, _)| state.clone()).collect(),
                None => end.states.iter().take(NAMED).map(|s| evolution.states[*s].clone()).collect(),
            }
        };
        let ends = || evolution.absorbing.iter().zip(&telling.rounds);
        // Told apart among all that are named, not within one row.
        let mut names = names::briefly(conflict, &ends().flat_map(first).collect::<Vec<_>>()).into_iter();
        for (end, round) in ends() {
            let time = round.as_ref().and_then(|round| round.time.as_ref());
            let count = if time.is_some() { LONGEST } else { NAMED };
            let named: Vec<String> = names.by_ref().take(end.states.len().min(count)).collect();
            let mut name = words::list(&named);
            if end.states.len() > 1 {
                let all = words::counted(&end.states.len().into(), "outcome", "outcomes");
                name = match time {
                    Some(time) => {
                        let shares = named.iter().zip(time);
                        let shares: Vec<String> = shares
                            .map(|(name, (_, share))| format!("{name} ({})", percent(*share)))
                            .collect();
                        format!(
                            "round and round without end among {all}, most of the time in {}",
                            words::list(&shares)
                        )
                    }
                    None => format!("round and round without end among {all}, such as {name}"),
                };
            }
            if !end.held.is_empty() {
                let who: Vec<String> =
                    end.held.iter().map(|w| names::actors(conflict, &w.members(&conflict.game))).collect();
                let leave = match end.held.as_slice() {
                    [one] => {
                        let members = one.members(&conflict.game);
                        Agree::with_all(conflict, &members)
                            .verb("would leave, but has", "would leave, but have")
                    }
                    _ => "would leave, but have",
                };
                name = format!("{name} ({} {leave} weight 0)", words::list(&who));
            }
            let likely = match &end.exact {
                Some(fraction) => format!("{fraction} = {}", percent(end.probability)),
                None if evolution.settled => percent(end.probability),
                None => format!("at least {}", percent(end.probability)),
            };
            let moves =
                if end.moves.is_finite() { format!("{:.1}", end.moves) } else { "not known".to_owned() };
            table.row([name.into(), likely.into(), moves.into()]);
        }
        doc.table(table);
    }
    match &telling.together {
        None => {}
        Some(Together::Same) => {
            doc.say("If groups also moved together, one step after the other, it would end in the same.");
        }
        Some(Together::Elsewhere(ends)) => {
            let firsts: Vec<State> = ends.iter().filter_map(|end| end.first().cloned()).take(NAMED).collect();
            let mut named: Vec<String> = names::briefly(conflict, &firsts)
                .into_iter()
                .zip(ends)
                .map(|(name, end)| match end.len() {
                    1 => names::quoted(&name),
                    n => format!(
                        "a circle of {} without end, {} among them",
                        words::counted(&n.into(), "outcome", "outcomes"),
                        names::quoted(&name)
                    ),
                })
                .collect();
            if ends.len() > firsts.len() {
                named.push(format!("{} more", words::count(&(ends.len() - firsts.len()).into())));
            }
            doc.say(format!(
                "If groups also moved together, one step after the other (`--coalitions`), it would end in: {}.",
                words::list(&named)
            ));
        }
        Some(Together::NotLookedAt) => {
            doc.say("Whether it would end elsewhere if groups also moved together was not looked at.");
        }
    }
    for round in telling.rounds.iter().flatten().filter(|round| !round.undone.is_empty()) {
        doc.heading("Who undoes what, round and round");
        doc.list(round.undone.iter().map(|undone| Item::new(undoes(conflict, undone))).collect());
    }
    if evolution.unfollowed > 0.0 {
        let why = if evolution.settled { "Not followed to its end" } else { "Not known where it ends" };
        doc.say(format!("{why}: {}.", percent(evolution.unfollowed)));
    }
    if !evolution.open_cycles.is_empty() {
        doc.say(format!(
            "On the way it can go round in circles, within {}.",
            words::counted(&evolution.open_cycles.len().into(), "set of outcomes", "sets of outcomes")
        ));
    }
    if !reach.dead_ends.is_empty() {
        doc.say(format!("Nobody can move any more at: {}.", several(conflict, &reach.dead_ends)));
    }
    if !routes.is_empty() {
        doc.heading("The shortest way to each outcome that lasts");
        // Where everybody gains on the way first, then the shortest.
        let mut routes: Vec<&Route> = routes.iter().collect();
        let kind = |by: By| match by {
            By::Improvements => 0,
            By::Coalitions => 1,
            By::Moves => 2,
        };
        routes.sort_by_key(|route| (kind(route.by), route.sequence.len()));
        let first = &routes[..routes.len().min(WAYS)];
        let ends: Vec<State> = first.iter().map(|route| route.to.clone()).collect();
        let names = names::briefly(conflict, &ends);
        let mut items: Vec<Item> =
            first.iter().zip(names).map(|(route, name)| way(conflict, from, route, name)).collect();
        if routes.len() > WAYS {
            let more = words::count(&(routes.len() - WAYS).into());
            items
                .push(Item::new(Line::new().quiet(format!("and {more} more: --format json lists them all"))));
        }
        doc.list(items);
    }
    words::limits(&mut doc, limits);
    if let Some(sentence) = written::weighted_chances(conflict) {
        doc.say(Line::new().quiet(sentence));
    }
    written::say_not_used(&mut doc, conflict);
    doc
}

/// The likeliest steps, one a line, and where they end; `None`: nobody moves.
fn story(conflict: &Conflict, story: &Story) -> Option<Vec<Line>> {
    let last = story.steps.last()?;
    let mut lines: Vec<Line> = Vec::new();
    for one in story.steps.iter().take(WAYS) {
        let members = one.mover.members(&conflict.game);
        let what = match one.mover {
            Walker::Mover(_) => step(conflict, &members, &one.from, &one.to),
            Walker::Coalition(_) => jointly(conflict, &members, &one.from, &one.to),
            Walker::Chance(_) => words::list(&reason::deeds(conflict, &one.from, &one.to, |_| true)),
        };
        let likely =
            if one.probability < 0.9995 { format!("  {}", percent(one.probability)) } else { String::new() };
        lines.push(Line::from(format!("{}.", words::capital(&what))).quiet(likely));
    }
    if story.steps.len() > WAYS {
        let more = words::counted(&(story.steps.len() - WAYS).into(), "more step", "more steps");
        lines.push(Line::new().quiet(format!("and {more}")));
    }
    let name = |state: &State| names::quoted(&names::outcome(conflict, state));
    lines.push(match story.end {
        End::Rests => Line::from(format!("There it rests: {}.", name(&last.to))),
        End::Back(0) => Line::from(format!("With that it is back where it began: {}.", name(&last.to))),
        End::Back(_) => Line::from(format!("With that it is back where it has been: {}.", name(&last.to))),
        End::NotFollowed => Line::from("Beyond that it was not followed."),
    });
    Some(lines)
}

/// Who does something in a circle, and who undoes it.
fn undoes(conflict: &Conflict, undone: &Undone) -> Line {
    let who = |walkers: &[Walker]| {
        let one = |walker: &Walker| {
            let members = walker.members(&conflict.game);
            if members.is_empty() { "chance".to_owned() } else { names::inside_all(conflict, &members) }
        };
        let mut all: Vec<String> = walkers.iter().map(one).collect();
        all.dedup();
        words::either(&all)
    };
    let levels = conflict.game.option_form().is_some_and(|form| form.scale_of(undone.thing).is_some());
    let (does, undoes) = if levels { ("raised", "lowered") } else { ("begun", "ended") };
    let (on, off) = (who(&undone.on), who(&undone.off));
    let text = names::quoted(names::option(conflict, undone.thing));
    let line = match on == off {
        true => format!("{text} is {does} and {undoes} by {on}"),
        false => format!("{text} is {does} by {on} and {undoes} by {off}"),
    };
    Line::from(format!("{line}."))
}

/// The first few of some outcomes by name, and how many more there are.
fn several(conflict: &Conflict, states: &[State]) -> String {
    let mut named = names::briefly(conflict, &states[..states.len().min(NAMED)]);
    if states.len() > NAMED {
        named.push(format!("{} more", words::count(&(states.len() - NAMED).into())));
    }
    words::list(&named)
}

/// What the members of a coalition do between two states, each with its own things, and their acts.
fn jointly(conflict: &Conflict, members: &[ActorId], from: &State, to: &State) -> String {
    let mut parts = Vec::new();
    for actor in members {
        let own = reason::deeds(conflict, from, to, |owner| owner == *actor);
        if !own.is_empty() {
            parts.push(format!("{} would {}", names::inside(conflict, *actor), words::list(&own)));
        }
    }
    let acts = reason::deeds(conflict, from, to, |owner| owner == ActorId::NOBODY);
    if !acts.is_empty() {
        parts.push(format!("they would {}", words::list(&acts)));
    }
    if parts.is_empty() {
        // In graph form nobody has anything of its own.
        parts.push(format!("they would {}", reason::do_together(conflict, members, from, to)));
    }
    format!("{} together: {}", names::inside_all(conflict, members), words::list(&parts))
}

fn way(conflict: &Conflict, from: &State, route: &Route, name: String) -> Item {
    let mut at = from.clone();
    let mut steps = Vec::new();
    for (walker, to) in &route.sequence {
        let members = walker.members(&conflict.game);
        steps.push(match walker {
            Walker::Mover(_) => step(conflict, &members, &at, to),
            Walker::Coalition(_) => jointly(conflict, &members, &at, to),
            Walker::Chance(_) => words::list(&reason::deeds(conflict, &at, to, |_| true)),
        });
        at = to.clone();
    }
    let how = match route.by {
        By::Improvements => "whoever makes a step prefers it",
        By::Coalitions => "all who make a step prefer it",
        By::Moves => "not everybody prefers the step that they make",
    };
    Item::new(Line::new().strong(name).quiet(format!("  {how}")))
        .with(Item::new(format!("{}.", words::capital(&steps.join("; then ")))))
}
