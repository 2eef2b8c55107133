//! Every part that rests on evidence is found once, where the file says so; and what striking takes
//! away is what the parts say that it takes away.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use detente_case::to_toml;
use detente_model::{Bearing, Claim, ClaimId, Conflict, Strike};
use toml::Value;

/// Every place of a file with grounds, as addresses, with the ids under `because` and whether it is
/// assumed.
fn grounds_of_file(value: &Value, address: String, found: &mut BTreeMap<String, (BTreeSet<String>, bool)>) {
    match value {
        Value::Table(table) => {
            let because = table.get("because").and_then(Value::as_array).into_iter().flatten();
            let because: BTreeSet<String> = because.map(|id| id.as_str().unwrap().to_owned()).collect();
            let assumed = table.get("assumption").and_then(Value::as_bool) == Some(true);
            if !because.is_empty() || assumed {
                assert!(found.insert(address.clone(), (because, assumed)).is_none(), "{address}");
            }
            for (key, value) in table {
                let dot = if address.is_empty() { "" } else { "." };
                grounds_of_file(value, format!("{address}{dot}{key}"), found);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                grounds_of_file(value, format!("{address}[{at}]"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_parts_are_those_of_the_file() {
    let (mut compared, mut kinds) = (0, BTreeSet::new());
    for seed in 0..1500 {
        let conflict = common::conflict(seed);
        let mut expected = BTreeMap::new();
        grounds_of_file(
            &to_toml(&conflict).parse::<toml::Table>().unwrap().into(),
            String::new(),
            &mut expected,
        );
        let mut found = BTreeMap::new();
        for part in conflict.parts() {
            let claims = part.grounds.claims.iter().map(|c| conflict.evidence.claims[c.index()].id.clone());
            let grounds = (claims.collect::<BTreeSet<String>>(), part.grounds.assumption);
            let address = part.address(&conflict);
            if grounds != (BTreeSet::new(), false) {
                kinds.insert(address.replace(|c: char| c.is_ascii_digit(), ""));
                assert!(found.insert(address.clone(), grounds).is_none(), "{address} twice");
            }
        }
        compared += found.len();
        assert_eq!(found, expected, "seed {seed}\n{}", to_toml(&conflict));
    }
    assert!(compared > 5_000 && kinds.len() > 18, "{compared} {kinds:?}");
}

/// Striking a claim changes the game exactly where a part that bears on verdicts falls.
#[test]
fn what_falls_is_what_the_parts_say() {
    let (mut changed, mut kept) = (0, 0);
    for seed in 0..1500 {
        let conflict = common::conflict(seed);
        let claims: Vec<&Claim> = conflict.evidence.claims.iter().collect();
        for mask in 1..1_usize << claims.len() {
            let struck: Vec<&Claim> =
                claims.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, c)| *c).collect();
            let ids: Vec<String> = struck.iter().map(|claim| claim.id.clone()).collect();
            let strike = Strike { claims: ids, ..Strike::default() };
            // A ranking that falls leaves no preference; nothing else of this kind can go wrong.
            let Ok(without) = conflict.without(&strike) else { continue };
            let set: BTreeSet<ClaimId> = conflict.struck_claims(&strike);
            let falls = conflict
                .parts()
                .iter()
                .filter(|part| part.bearing() == Bearing::Verdicts && part.grounds.fall(&set, false))
                .count();
            assert_eq!(count(&conflict) - count(&without), falls, "seed {seed}");
            if falls > 0 {
                changed += 1
            } else {
                kept += 1
            }
            let bearing = conflict.bearing_claims();
            assert!(falls == 0 || set.iter().any(|claim| bearing.contains(claim)));
        }
    }
    assert!(changed > 300 && kept > 300, "{changed} {kept}");
}

/// How many statements, weights, rankings, rules and taken-away moves there are.
fn count(conflict: &Conflict) -> usize {
    conflict.parts().iter().filter(|part| part.bearing() == Bearing::Verdicts).count()
}
