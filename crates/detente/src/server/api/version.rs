//! The case in one version: a variant, and what is tried out on top of it.

use detente_model::{ClaimKind, Conflict, Preference, Strike};
use detente_study::find::version as find;

use super::answer_view::{OrderView, StrikeView, Version};

/// `conflict` in `version`.
///
/// # Errors
/// Everything that does not fit, one sentence each.
pub(crate) fn apply(conflict: &Conflict, version: &Version) -> Result<Conflict, Vec<String>> {
    asked(version).map_err(|problem| vec![problem])?.apply(conflict)
}

/// What the page asks for, as the library's version.
fn asked(version: &Version) -> Result<find::Version, String> {
    let orders = version.orders.iter();
    Ok(find::Version {
        variant: version.variant.clone(),
        reading: version.reading.clone(),
        strike: strike(&version.strike)?,
        unavailable: version.unavailable.clone(),
        orders: orders
            .map(|order| find::Reordered { actor: order.actor.clone(), order: order.order.clone() })
            .collect(),
    })
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
