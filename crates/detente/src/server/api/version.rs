//! The case in one version: a variant, and what is tried out on top of it.

use detente_model::{ClaimKind, Conflict, OptionId, Overlay, Preference, Strike};

use super::answer_view::{OrderView, StrikeView, Version};

/// `conflict` in `version`.
///
/// # Errors
/// Everything that does not fit, one sentence each.
pub(crate) fn apply(conflict: &Conflict, version: &Version) -> Result<Conflict, Vec<String>> {
    let mut conflict = match &version.variant {
        None => conflict.clone(),
        Some(id) => match conflict.with_variant(id) {
            None => return Err(vec![format!("there is no variant `{id}`")]),
            Some(applied) => applied.map_err(sentences)?,
        },
    };
    let mut wrong = Vec::new();
    for order in &version.orders {
        if let Err(problem) = reorder(&mut conflict, order) {
            wrong.push(problem);
        }
    }
    let mut unavailable: Vec<OptionId> = Vec::new();
    for name in &version.unavailable {
        match conflict.game.option(name) {
            Some(option) => unavailable.push(option),
            None => wrong.push(format!("there is no option `{name}`")),
        }
    }
    let strike = strike(&version.strike).map_err(|problem| vec![problem])?;
    if !wrong.is_empty() {
        return Err(wrong);
    }
    // A status quo in which a forbidden option is on cannot stay: it loses that option.
    let status_quo = conflict.game.status_quo.as_ref().and_then(|state| {
        let mut changed = state.clone();
        unavailable.iter().for_each(|option| changed.set(*option, false));
        (changed != *state).then_some(changed)
    });
    let overlay = Overlay { strike, unavailable, status_quo, ..Overlay::default() };
    conflict.with_overlay(&overlay).map_err(sentences)
}

fn sentences(errors: Vec<detente_model::OverlayError>) -> Vec<String> {
    errors.into_iter().map(|error| error.to_string()).collect()
}

/// What the page struck, as the model's strike.
pub(crate) fn strike(view: &StrikeView) -> Result<Strike, String> {
    let kinds = view.kinds.iter().map(|word| {
        let known = ClaimKind::ALL.into_iter().find(|(_, known)| known == word);
        known.map(|(kind, _)| kind).ok_or_else(|| format!("there is no kind of claim `{word}`"))
    });
    Ok(Strike {
        claims: view.claims.clone(),
        speakers: view.speakers.clone(),
        kinds: kinds.collect::<Result<_, _>>()?,
        sources: view.sources.clone(),
        assumptions: view.assumptions,
    })
}

/// Puts the statements of an actor into another order.
fn reorder(conflict: &mut Conflict, order: &OrderView) -> Result<(), String> {
    let Some(actor) = conflict.game.actor(&order.actor) else {
        return Err(format!("there is no actor `{}`", order.actor));
    };
    let Some(Preference::Statements(list)) = conflict.game.preferences.get_mut(actor.index()) else {
        return Err(format!("`{}` does not prefer by statements", order.actor));
    };
    let mut places = order.order.clone();
    places.sort_unstable();
    if places != (1..=list.len()).collect::<Vec<_>>() {
        return Err(format!(
            "the new order of `{}` must name the places 1 to {}, each once",
            order.actor,
            list.len()
        ));
    }
    *list = order.order.iter().map(|place| list[place - 1].clone()).collect();
    Ok(())
}

/// A new order of statements as an overlay: the statements that change place are dropped and added
/// again where they belong. Statements without an id get one, by an edit of the text.
pub(crate) fn order_as_overlay(
    conflict: &Conflict,
    order: &OrderView,
    overlay: &mut serde_json::Map<String, serde_json::Value>,
    edits: &mut Vec<detente_case::Edit>,
) -> Result<(), String> {
    use serde_json::{Value, json};
    let game = &conflict.game;
    let actor = game.actor(&order.actor).ok_or_else(|| format!("there is no actor `{}`", order.actor))?;
    let Some(Preference::Statements(list)) = game.preferences.get(actor.index()) else {
        return Err(format!("`{}` does not prefer by statements", order.actor));
    };
    let ids: Vec<String> = list
        .iter()
        .enumerate()
        .map(|(at, s)| s.id.clone().unwrap_or_else(|| format!("wish-{}", at + 1)))
        .collect();
    // From the first place that changes on, everything is taken out and put back in the new order.
    let first = order.order.iter().enumerate().position(|(at, place)| *place != at + 1).unwrap_or(list.len());
    let (mut drops, mut adds) = (Vec::new(), Vec::new());
    for (at, place) in order.order.iter().enumerate().skip(first) {
        let statement = list.get(place - 1).ok_or("an order names a place that is not there")?;
        if statement.id.is_none() {
            edits.push(detente_case::Edit::Set {
                address: format!("actor.{}.prefers[{}].id", order.actor, place - 1),
                value: ids[place - 1].clone().into(),
            });
        }
        drops.push(Value::from(ids[place - 1].clone()));
        let mut entry = json!({"that": game.formula_text(&statement.that), "at": at + 1});
        let claims: Vec<&str> = statement
            .grounds
            .claims
            .iter()
            .filter_map(|c| conflict.evidence.claims.get(c.index()))
            .map(|c| c.id.as_str())
            .collect();
        if !claims.is_empty() {
            entry["because"] = json!(claims);
        }
        if statement.grounds.assumption {
            entry["assumption"] = json!(true);
        }
        if statement.strong {
            entry["strength"] = json!("strong");
        }
        if statement.unknown {
            entry["unknown"] = json!(true);
        }
        if let Some(confidence) = statement.confidence {
            entry["confidence"] = json!(confidence);
        }
        adds.push(entry);
    }
    if drops.is_empty() {
        return Ok(());
    }
    let mut under = |key: &str, list: Vec<Value>| {
        let table = overlay.entry(key).or_insert_with(|| json!({}));
        table["prefers"][&order.actor] = Value::Array(list);
    };
    under("drop", drops);
    under("add", adds);
    Ok(())
}

/// The options that stay on in the status quo when some are forbidden; `None` when nothing changes.
pub(crate) fn status_quo_without(conflict: &Conflict, unavailable: &[String]) -> Option<Vec<String>> {
    let game = &conflict.game;
    let state = game.status_quo.as_ref()?;
    let on: Vec<String> = state.on().map(|option| game.option_name(option)).collect();
    let kept: Vec<String> = on.iter().filter(|name| !unavailable.contains(name)).cloned().collect();
    (kept.len() < on.len()).then_some(kept)
}
