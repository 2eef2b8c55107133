//! A name for one outcome, written into the case where nothing else takes it.

use axum::Json;
use detente_case::Edit;
use detente_engine::Settings;
use detente_model::{Concept, Conflict, Form, Game, OptionId, State};
use detente_study::Waiting;
use serde_json::{Value, json};

use super::answer::Solved;
use super::asks_view::{EditedView, NameRequest};
use super::cases::slug;
use super::edits::fresh;
use super::live::{PATIENCE, conflict_of};
use super::problem::Problem;
use super::progress::patiently;
use super::why::state_of;

/// Gives the outcome a name in the text.
pub(crate) async fn name(Json(request): Json<NameRequest>) -> Result<Json<EditedView>, Problem> {
    patiently(PATIENCE, None, move |watch| {
        let name = request.name.trim();
        if name.is_empty() {
            return Err(Problem::bad_request("an outcome needs a name of at least one letter"));
        }
        fresh(&request.text, &request.revision)?;
        let conflict = conflict_of(&request.path, &request.text, &request.version)?;
        let state = state_of(&conflict, &request.state)?;
        let edit = named(&conflict, &state, name, watch)?;
        let text = detente_case::edit(&request.text, &[edit]).map_err(Problem::bad_request)?;
        Ok(Json(EditedView::of(text)))
    })
    .await?
}

/// The edit that makes `name` the name of `state` and of no other outcome.
///
/// A name that stands for this outcome only is changed. Otherwise a new one is put before all others, because of
/// several that fit the first counts.
fn named(conflict: &Conflict, state: &State, name: &str, watch: &Waiting) -> Result<Edit, Problem> {
    if let Some(own) = own_name(conflict, state, watch)? {
        return Ok(Edit::Set { address: format!("outcome.{own}.name"), value: name.into() });
    }
    let only = exactly(&conflict.game, state)?;
    let stem = slug(name, "outcome");
    let taken = |id: &str| conflict.outcomes.iter().any(|outcome| outcome.id == id);
    let more = (2..).map(|number| format!("{stem}-{number}"));
    let id = std::iter::once(stem.clone()).chain(more).find(|id| !taken(id)).unwrap_or_default();
    let value = json!({ "name": name, "on": only });
    Ok(Edit::Insert { address: format!("outcome.{id}"), at: Some(0), value })
}

/// The id of the name that the case gives to `state` and to no other possible outcome.
fn own_name<'c>(conflict: &'c Conflict, state: &State, watch: &Waiting) -> Result<Option<&'c str>, Problem> {
    let Some(named) = conflict.outcome_of(state) else { return Ok(None) };
    let settings = Settings { concepts: vec![Concept::Nash], ..Settings::default() };
    let solved = Solved::new(conflict.clone(), &settings, watch)
        .map_err(|refusal| Problem::bad_request(refusal.sentence()))?;
    // Among more outcomes than are listed, one cannot tell: the name stays with the others.
    let Some(listed) = solved.listed else { return Ok(None) };
    let shared =
        |other: &State| other != state && conflict.outcome_of(other).is_some_and(|o| o.id == named.id);
    Ok((!listed.states.iter().any(shared)).then_some(&named.id))
}

/// `state` and no other, as the `on` of a named outcome: a formula, or in graph form a list.
fn exactly(game: &Game, state: &State) -> Result<Value, Problem> {
    match &game.form {
        Form::Options(_) => Ok(formula(game, state).into()),
        Form::Graph(form) => {
            let at = state.number().and_then(|n| usize::try_from(n).ok()).and_then(|n| n.checked_sub(1));
            let id = at.and_then(|at| form.states.get(at));
            let id = id.ok_or_else(|| Problem::bad_request("there is no such outcome"))?;
            Ok(json!([id]))
        }
    }
}

/// What is done and what is not, each level as one value: `a.go and a.tariff = 30 and not (a.wait or b.stay)`.
fn formula(game: &Game, state: &State) -> String {
    let scale = |thing: OptionId| game.option_form().and_then(|form| form.scale_of(thing));
    let mut parts = Vec::new();
    let mut off = Vec::new();
    for thing in game.things() {
        let name = game.option_name(thing);
        match scale(thing).map(|scale| (scale, scale.value(state))) {
            Some((scale, Some(place))) => parts.push(format!("{name} = {}", scale.values.text(place))),
            None if state.is_on(thing) => parts.push(name),
            _ => off.push(name),
        }
    }
    match off.as_slice() {
        [] => {}
        [one] => parts.push(format!("not {one}")),
        several => parts.push(format!("not ({})", several.join(" or "))),
    }
    parts.join(" and ")
}
