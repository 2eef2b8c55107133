//! Large sets of outcomes in words: what they have in common instead of a list.

use detente_engine::StateSet;
use detente_engine::structure::{Ask, Part, Projection, Structure};
use detente_model::{ActorId, Conflict, OptionId, Pattern, State};
use indexmap::IndexMap;
use num_bigint::BigUint;

use crate::find::findings::Findings;
use crate::find::states;
use crate::say::{names, words};
use crate::show::doc::{Column, Doc, Item, Line, Table};
use crate::wire;

/// Sets with more states than this are described by structure.
pub const LISTED: usize = 8;
/// Parts and ways of a part that are written out in a report.
const PARTS: usize = 6;
const WAYS: usize = 2;
/// Of parts with more options only one pattern.
const LONG: usize = 6;
/// Steps for parts and for each projection where nothing is listed: about a millisecond.
const BRIEF: u64 = 1 << 14;
/// Examples in a report.
const EXAMPLES: usize = 2;
/// Options of a row that are written out.
const NAMED: usize = 12;

/// The set as items of a list: names, what all have in common, what can be combined, how far from
/// today, and some drawn at random; in brief, how many parts can be combined, and no examples.
pub fn items(found: &Findings, set: &dyn StateSet, seed: u64, brief: bool) -> Vec<Item> {
    let conflict = &found.conflict;
    let mut items = Vec::new();
    for (at, outcome) in conflict.outcomes.iter().enumerate() {
        let count = set.among(&states::named(conflict, at)).count();
        if count > BigUint::ZERO {
            items.push(Item::marked(
                Line::new().strong(words::count(&count)),
                names::named(conflict, outcome),
            ));
        }
    }
    let fixed = set.fixed();
    let in_all = |value: bool| -> Vec<OptionId> {
        fixed.iter().filter(|(_, on)| *on == value).map(|(option, _)| *option).collect()
    };
    let (on, off) = (in_all(true), in_all(false));
    let examples = if brief { 0 } else { EXAMPLES };
    let ask = Ask { examples, patterns: WAYS + 1, ..ask(conflict, seed) };
    let structure = set.structure(&ask).unwrap_or_default();
    for (options, says) in
        [(&on, "In all of them"), (&off, "In none of them"), (&structure.free, "Free to be either way")]
    {
        if !options.is_empty() {
            let lead = Line::new().quiet(format!("{says} ({}): ", options.len()));
            items.push(Item::new(lead.and(by_actor(conflict, options, brief))));
        }
    }
    items.extend(if brief { combined(&structure) } else { parts(conflict, &structure) });
    if let Some(today) = &conflict.game.status_quo {
        items.push(Item::new(distance(set.contains(today), structure.distances.as_deref())));
    }
    if !structure.examples.is_empty() {
        let mut item = Item::new(
            Line::new().quiet(format!("For example, drawn at random (seed {seed}; as --state takes them):")),
        );
        for state in &structure.examples {
            item = item.with(Item::new(Line::new().code(typed(conflict, state))));
        }
        items.push(item);
    }
    items
}

/// What is different from the status quo, actor by actor: `+` is new, `−` given up; `None` without a
/// status quo, or in it.
pub fn changes(conflict: &Conflict, state: &State) -> Option<Line> {
    let game = &conflict.game;
    let today = game.status_quo.as_ref().filter(|today| *today != state)?;
    let mut line = Line::new();
    for actor in game.actor_ids().chain([ActorId::NOBODY]) {
        let own = |(thing, _): &(OptionId, bool)| {
            game.options().get(thing.index()).is_some_and(|option| option.actor == actor)
        };
        let said = |(thing, on): (OptionId, bool)| match names::level(conflict, thing, state) {
            Some(level) => format!("→ {level}"),
            None => format!("{} {}", if on { "+" } else { "−" }, names::option(conflict, thing)),
        };
        let differ = names::differing(conflict, today, state);
        let parts: Vec<String> = differ.into_iter().filter(own).map(said).collect();
        if !parts.is_empty() {
            let space = if line.is_empty() { "" } else { " " };
            line = line.strong(format!("{space}{}:", names::group(conflict, actor)));
            line = line.plain(format!(" {}.", parts.join("; ")));
        }
    }
    Some(line)
}

/// The options together on which the set is projected, as a section of its own.
pub fn projection(doc: &mut Doc, found: &Findings, set: &dyn StateSet, options: &[OptionId]) {
    let conflict = &found.conflict;
    let ask = Ask {
        projections: vec![options.to_vec()],
        ways: 20,
        options: conflict.game.options().len(),
        ..Ask::default()
    };
    let found = set.structure(&ask).and_then(|structure| structure.projections.into_iter().next().flatten());
    let heading = "Seen on these options alone";
    let Some(projection) = found else {
        doc.heading_with(heading, "too much work for this set");
        return;
    };
    let ways = words::counted(&projection.ways, "way to set them", "ways to set them");
    doc.heading_with(heading, format!("{ways} among the outcomes that last, the most frequent first"));
    let mut table = Table::new(vec![Column::number("outcomes"), Column::text("on"), Column::text("off")]);
    for (values, count) in &projection.first {
        let side = |on: bool| {
            let list: Vec<String> = projection
                .options
                .iter()
                .zip(values)
                .filter(|(_, value)| **value == on)
                .map(|(option, _)| whose(conflict, *option))
                .collect();
            Line::from(list.join("; "))
        };
        table.row([Line::from(words::count(count)), side(true), side(false)]);
    }
    doc.table(table);
    if projection.ways > BigUint::from(projection.first.len()) {
        doc.say(Line::new().quiet("and more: --format json lists them"));
    }
}

fn ask(conflict: &Conflict, seed: u64) -> Ask {
    Ask {
        options: conflict.game.options().len(),
        from: conflict.game.status_quo.clone(),
        seed,
        ..Ask::default()
    }
}

/// The parts that can be combined at will: the largest few, and how many more there are.
fn parts(conflict: &Conflict, structure: &Structure) -> Option<Item> {
    if !structure.complete {
        return Some(Item::new(
            Line::new().quiet("How the rest hangs together would take too long to find out."),
        ));
    }
    let mut list: Vec<&Part> = structure.parts.iter().collect();
    list.sort_by(|a, b| b.ways.cmp(&a.ways).then_with(|| a.options.cmp(&b.options)));
    let lead = match list.len() {
        0 => return None,
        1 => "The rest hangs together, in so many ways:".to_owned(),
        n => format!("The rest falls into {n} parts; each way in one goes with each way in the others:"),
    };
    let mut item = Item::new(Line::new().quiet(lead));
    for part in list.iter().take(PARTS) {
        let mut line = Line::new().quiet(format!("of {} options: ", part.options.len()));
        let most = if part.options.len() > LONG { 1 } else { WAYS };
        for (at, pattern) in part.patterns.patterns.iter().take(most).enumerate() {
            line = line.quiet(if at > 0 { ", or " } else { "" }).plain(told(conflict, pattern));
        }
        if part.patterns.patterns.len() > most || !part.patterns.complete {
            line = line.quiet(", or …");
        }
        item = item.with(Item::marked(Line::new().strong(words::count(&part.ways)), line));
    }
    if list.len() > PARTS {
        let ways = list[PARTS..].iter().fold(BigUint::from(1_u32), |product, part| product * &part.ways);
        let more =
            format!("{} more parts, {} together", list.len() - PARTS, words::counted(&ways, "way", "ways"));
        item = item.with(Item::new(Line::new().quiet(more)));
    }
    Some(item)
}

/// How many parts can be combined at will, and in how many ways each can be.
fn combined(structure: &Structure) -> Option<Item> {
    let mut list: Vec<&Part> = structure.parts.iter().collect();
    if list.len() < 2 || !structure.complete {
        return None;
    }
    list.sort_by(|a, b| b.ways.cmp(&a.ways));
    let ways: Vec<String> = list.iter().take(PARTS).map(|part| words::count(&part.ways)).collect();
    let more = if list.len() > PARTS { ", …" } else { "" };
    Some(Item::new(Line::new().quiet(format!(
        "The rest falls into {} parts that can be combined at will, with {}{more} ways each.",
        list.len(),
        words::list(&ways)
    ))))
}

/// A switch with whose it is: `Azerbaijan: Sign`.
fn whose(conflict: &Conflict, option: OptionId) -> String {
    let owner = conflict.game.options().get(option.index()).map_or(ActorId::NOBODY, |option| option.actor);
    format!("{}: {}", names::group(conflict, owner), names::switch(conflict, option))
}

/// `Azerbaijan: Sign; not Armenia: Sign`.
fn told(conflict: &Conflict, pattern: &Pattern) -> String {
    let cells = pattern.cells.iter().enumerate().filter_map(|(at, cell)| {
        let words = whose(conflict, OptionId::from(at));
        cell.map(|on| if on { words } else { format!("not {words}") })
    });
    cells.collect::<Vec<_>>().join("; ")
}

/// `az.sign and not am.sign`.
fn formula(conflict: &Conflict, pattern: &Pattern) -> String {
    let cells = pattern.cells.iter().enumerate();
    let cells =
        cells.filter_map(|(at, cell)| cell.map(|on| conflict.game.literal_text(OptionId::from(at), on)));
    let parts: Vec<String> = cells.collect();
    parts.join(" and ")
}

/// `on:az.sign,am.sign`, as one types it; with levels the formula of the state, for which there is no shorter word.
fn typed(conflict: &Conflict, state: &State) -> String {
    let game = &conflict.game;
    let levelled = |id: &OptionId| game.option_form().is_some_and(|form| form.scale_of(*id).is_some());
    if state.on().any(|id| levelled(&id)) {
        return formula(conflict, &state.pattern(game.options().len()));
    }
    let on: Vec<String> = state.on().map(|option| game.option_name(option)).collect();
    format!("on:{}", on.join(","))
}

/// How far the set is from today.
fn distance(contains: bool, distances: Option<&[BigUint]>) -> String {
    let mut text = if contains {
        "The status quo is one of them.".to_owned()
    } else {
        "The status quo is not one of them.".to_owned()
    };
    let Some(distances) = distances else { return text };
    let some: Vec<usize> = (1..distances.len()).filter(|d| distances[*d] > BigUint::ZERO).collect();
    let (Some(least), Some(most)) = (some.first(), some.last()) else { return text };
    let half = distances.iter().sum::<BigUint>() >> 1;
    let mut sum = BigUint::ZERO;
    let median = distances.iter().position(|count| {
        sum += count;
        sum > half
    });
    let nearest = if distances[*least] == BigUint::from(1_u32) { "one differs" } else { "differ" };
    let many = if nearest == "differ" { words::count(&distances[*least]) + " " } else { String::new() };
    text.push_str(&format!(
        " Nearest{}: {many}{nearest} from it in {}",
        if contains { " of the others" } else { "" },
        words::counted(&(*least).into(), "option", "options"),
    ));
    if least != most {
        text.push_str(&format!("; the farthest in {most}"));
    }
    if let Some(median) = median {
        text.push_str(&format!("; half of them in {median} or fewer"));
    }
    text + "."
}

/// Options actor by actor; in brief the first few.
fn by_actor(conflict: &Conflict, options: &[OptionId], brief: bool) -> Line {
    let mut parts = Vec::new();
    let game = &conflict.game;
    let most = if brief { NAMED } else { options.len() };
    for actor in game.actor_ids().chain([ActorId::NOBODY]) {
        let is_own = |id: &&OptionId| game.options().get(id.index()).is_some_and(|o| o.actor == actor);
        let own: Vec<String> = options[..options.len().min(most)]
            .iter()
            .filter(is_own)
            .map(|option| names::switch(conflict, *option))
            .collect();
        if !own.is_empty() {
            parts.push(format!("{}: {}.", names::group(conflict, actor), own.join("; ")));
        }
    }
    if options.len() > most {
        parts.push(format!("And {} more.", options.len() - most));
    }
    Line::from(parts.join(" "))
}

/// The structure for a program; `None` for sets that are listed anyway. Where nothing is to be listed (`list` 0) no
/// patterns, ways and examples are looked for, and parts and projections only as far as they take a few milliseconds.
pub fn info(
    conflict: &Conflict,
    set: &dyn StateSet,
    list: usize,
    seed: u64,
    project: &[OptionId],
) -> Option<wire::StructureInfo> {
    let game = &conflict.game;
    if game.options().is_empty() || set.count() <= BigUint::from(LISTED) {
        return None;
    }
    let mut projections: Vec<Vec<OptionId>> =
        game.actor_ids().map(|actor| game.options_of(actor).collect()).collect();
    if !project.is_empty() {
        projections.push(project.to_vec());
    }
    let ask = Ask { examples: 4, patterns: 16, projections, ways: 4, ..ask(conflict, seed) };
    let ask = Ask { ways: if project.is_empty() { ask.ways } else { 64 }, ..ask };
    let ask =
        if list == 0 { Ask { examples: 0, patterns: 0, ways: 0, work: Some(BRIEF), ..ask } } else { ask };
    let found = set.structure(&ask)?;
    let names = |list: &[OptionId]| list.iter().map(|o| game.literal_text(*o, true)).collect::<Vec<String>>();
    let mut projected = found.projections.iter().map(|p| p.as_ref().map(|p| projected(conflict, p)));
    let actors: IndexMap<String, Option<wire::ProjectionInfo>> =
        game.actors.iter().map(|actor| actor.id.clone()).zip(projected.by_ref()).collect();
    Some(wire::StructureInfo {
        free: names(&found.free),
        parts: found
            .parts
            .iter()
            .map(|part| wire::PartInfo {
                options: names(&part.options),
                ways: part.ways.to_string(),
                patterns: part.patterns.patterns.iter().map(ToString::to_string).collect(),
                patterns_complete: part.patterns.complete,
            })
            .collect(),
        parts_complete: found.complete,
        distances: found.distances.map(|list| list.iter().map(ToString::to_string).collect()),
        seed,
        examples: found.examples.iter().map(|s| s.pattern(game.options().len()).to_string()).collect(),
        actors,
        projection: projected.next().flatten(),
    })
}

fn projected(conflict: &Conflict, projection: &Projection) -> wire::ProjectionInfo {
    let way = |(values, count): &(Vec<bool>, BigUint)| wire::WayInfo {
        on: projection
            .options
            .iter()
            .zip(values)
            .filter(|(_, on)| **on)
            .map(|(option, _)| conflict.game.literal_text(*option, true))
            .collect(),
        count: count.to_string(),
    };
    wire::ProjectionInfo {
        options: projection.options.iter().map(|o| conflict.game.literal_text(*o, true)).collect(),
        ways: projection.ways.to_string(),
        first: projection.first.iter().map(way).collect(),
    }
}
