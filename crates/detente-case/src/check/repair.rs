//! Fixes that touch several places of a file: edits that keep its comments, as one replacement.

use std::ops::Range;

use detente_model::{Condition, Conflict, Game, OptionId, Switch};
use serde_json::{Value as Json, json};

use crate::problem::Problem;
use crate::write::{Edit, edit};

impl Problem {
    /// Adds the fix that these edits of the file are; none where they cannot be made.
    pub(crate) fn edits(self, text: &str, edits: &[Edit], title: impl Into<String>) -> Self {
        // Entries of lists are counted without what is only proposed: the place in the file is another one then.
        let counted = |edit: &Edit| match edit {
            Edit::Set { address, .. } | Edit::Remove { address } => address.contains('['),
            _ => false,
        };
        if text.contains("proposed") && edits.iter().any(counted) {
            return self;
        }
        match replacement(text, edits) {
            Some((at, new)) => self.fix(&at, new, title),
            None => self,
        }
    }
}

/// The part of `text` that `edits` change, and what stands there afterwards.
fn replacement(text: &str, edits: &[Edit]) -> Option<(Range<usize>, String)> {
    let new = edit(text, edits).ok()?;
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = text.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (old_rest, new_rest) = (text.get(head..)?, new.get(head..)?);
    let tail: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    Some((head..text.len() - tail, new_rest.get(..new_rest.len() - tail)?.to_owned()))
}

/// Sets a value.
pub(super) fn set(address: String, value: Json) -> Edit {
    Edit::Set { address, value }
}

/// Takes something away.
pub(super) fn remove(address: String) -> Edit {
    Edit::Remove { address }
}

/// Where a thing stands in the file: `actor.az.option.sign`, `act.peace`.
pub(super) fn address(game: &Game, switch: OptionId) -> String {
    let Some(option) = game.options().get(switch.index()) else { return String::new() };
    match option.of {
        Switch::Option => {
            let actor = game.actors.get(option.actor.index()).map_or("", |actor| &actor.id);
            format!("actor.{actor}.option.{}", option.id)
        }
        Switch::Act(_) => format!("act.{}", option.id),
        Switch::Chance(_) => format!("chance.{}", option.id),
    }
}

/// A condition as the file writes it.
pub(super) fn condition(conflict: &Conflict, condition: &Condition) -> Json {
    let that = conflict.game.formula_text(&condition.that);
    let grounds = &condition.grounds;
    let ids: Vec<&str> = (grounds.claims.iter())
        .filter_map(|claim| conflict.evidence.claims.get(claim.index()))
        .map(|claim| claim.id.as_str())
        .collect();
    match (ids.is_empty(), grounds.assumption) {
        (true, false) => json!(that),
        (true, true) => json!({ "that": that, "assumption": true }),
        (false, false) => json!({ "that": that, "because": ids }),
        (false, true) => json!({ "that": that, "because": ids, "assumption": true }),
    }
}

/// The conditions of a thing with one more, as the file writes them.
pub(super) fn conditions(conflict: &Conflict, old: &[Condition], more: &Condition) -> Json {
    match old {
        [] => condition(conflict, more),
        old => old.iter().chain([more]).map(|one| condition(conflict, one)).collect(),
    }
}
