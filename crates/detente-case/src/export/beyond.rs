//! What only a case file holds: acts of several, conditions, levels, dates, chance.

use detente_model::{Game, Switch};

/// What `game` has and files of other programs have no place for, one sentence each, as `file` ("a .gmcr
/// file") cannot hold it; none where the game is what the first part of the language says.
///
/// Complexity: linear in the options.
#[must_use]
pub fn beyond(game: &Game, file: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Some(form) = game.option_form() else {
        if game.has_joint_movers() {
            found.push(format!("{file} has no moves of several together, and this case has some"));
        }
        return found;
    };
    let named = |names: &[String]| match names {
        [one] => format!("`{one}`"),
        [one, two] => format!("`{one}` and `{two}`"),
        [one, rest @ ..] => format!("`{one}` and {} more", rest.len()),
        [] => String::new(),
    };
    let things: Vec<_> = game.things().collect();
    let those = |keep: &dyn Fn(&detente_model::Opt) -> bool| -> Vec<String> {
        let kept = things.iter().filter(|thing| form.options.get(thing.index()).is_some_and(keep));
        kept.map(|thing| game.option_name(*thing)).collect()
    };
    let acts = those(&|option| matches!(option.of, Switch::Act(_)));
    if !acts.is_empty() {
        found.push(format!("{file} has no acts of several, and this case has {}", named(&acts)));
    }
    let conditions = those(&|option| !option.begins_if.is_empty() || !option.ends_if.is_empty());
    if !conditions.is_empty() {
        found.push(format!(
            "{file} has no conditions on moves, and this case has some on {}",
            named(&conditions)
        ));
    }
    let levels = those(&|option| option.scale.is_some());
    if !levels.is_empty() {
        found.push(format!(
            "{file} has options that are on or off only, and these have levels: {}",
            named(&levels)
        ));
    }
    let chances = those(&|option| matches!(option.of, Switch::Chance(_)));
    if !chances.is_empty() {
        found.push(format!("{file} has no chance events, and this case has {}", named(&chances)));
    }
    let dates: Vec<String> = game.deadlines_ahead().map(|deadline| deadline.id.clone()).collect();
    if !dates.is_empty() {
        found.push(format!(
            "{file} has no dates on which something happens, and this case has {}",
            named(&dates)
        ));
    }
    found
}
