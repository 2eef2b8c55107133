//! On whose word something rests.

use std::collections::BTreeMap;

use detente_model::{Claim, ClaimId, Conflict, Grounds};

use crate::show::doc::{About, Line};

/// Who makes a claim: a named person, or the author of the source.
pub fn speaker(conflict: &Conflict, claim: &Claim) -> String {
    let author = || conflict.evidence.sources.get(claim.source.index()).and_then(|s| s.author.clone());
    match claim.speaker.as_deref() {
        None | Some("author") => author().unwrap_or_else(|| "the source".to_owned()),
        Some(name) => name.to_owned(),
    }
}

/// Who says so: "Kamal Aliyev (assessment c13, c17)". Empty when nothing has a claim and nothing is assumed.
pub fn basis(conflict: &Conflict, grounds: &[&Grounds]) -> Line {
    let mut by: BTreeMap<String, BTreeMap<&str, Vec<ClaimId>>> = BTreeMap::new();
    for id in grounds.iter().flat_map(|g| &g.claims) {
        let Some(claim) = conflict.evidence.claims.get(id.index()) else { continue };
        let kinds = by.entry(speaker(conflict, claim)).or_default();
        let list = kinds.entry(claim.kind.map_or("claim", |kind| kind.word())).or_default();
        if !list.contains(id) {
            list.push(*id);
            list.sort_unstable();
        }
    }
    let claim = |id: &ClaimId| {
        let text = conflict.evidence.claims.get(id.index()).map_or("", |claim| claim.id.as_str());
        Line::new().about(About::Claim(*id), text)
    };
    let mut parts: Vec<Line> = by
        .into_iter()
        .map(|(who, kinds)| {
            let each = kinds.into_iter().map(|(kind, ids)| {
                Line::from(format!("{kind} ")).and(Line::joined(ids.iter().map(claim), ", ", ", "))
            });
            Line::from(format!("{who} (")).and(Line::joined(each, "; ", "; ")).plain(")")
        })
        .collect();
    if grounds.iter().any(|g| g.assumption) {
        parts.push(Line::from("the analyst's assumption"));
    }
    Line::joined(parts, "; ", "; ")
}
