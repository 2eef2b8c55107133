//! Every part that rests on evidence is found once, where the file says so; and what striking takes
//! away is what the parts say that it takes away.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use detente_case::to_toml;
use detente_model::{Bearing, Claim, ClaimId, Conflict, RuleKind, Strike, Strikes, Switch, What};
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
        let strikes = Strikes::new(&conflict);
        for mask in 1..1_usize << claims.len() {
            let struck: Vec<&Claim> =
                claims.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, c)| *c).collect();
            let ids: Vec<String> = struck.iter().map(|claim| claim.id.clone()).collect();
            let strike = Strike { claims: ids, ..Strike::default() };
            // A ranking that falls leaves no preference; nothing else of this kind can go wrong.
            let Ok(without) = conflict.without(&strike) else { continue };
            let set: BTreeSet<ClaimId> = conflict.struck_claims(&strike);
            assert_eq!(
                (strikes.claims(&strike), strikes.game(&strike)),
                (set.clone(), Ok(without.game.clone()))
            );
            let falls = conflict
                .parts()
                .iter()
                .filter(|part| part.bearing() == Bearing::Verdicts && part.grounds.fall(&set, false))
                .count();
            let gone = conflict
                .parts()
                .iter()
                .filter(|part| vanishes(part) && part.grounds.fall(&set, false))
                .count();
            assert_eq!(count(&conflict) - count(&without), gone, "seed {seed}");
            // An option that falls stays in the list, and is never on.
            assert_eq!(banned(&without) - banned(&conflict), falls_off(&conflict, &set), "seed {seed}");
            let open = |c: &Conflict| {
                c.game.option_form().map_or(0, |f| f.definitions.iter().filter(|d| d.open).count())
            };
            assert!(open(&without) >= open(&conflict));
            assert_eq!(strikes.fallen(&set, false).len(), falls, "seed {seed}");
            assert_eq!(strikes.is_idle(&strike), falls == 0, "seed {seed}");
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

/// Speakers, kinds, sources and the assumptions, each alone and what nobody says: as the conflict has it.
#[test]
fn strikes_that_are_prepared_are_those_of_the_conflict() {
    let (mut same, mut wrong) = (0, 0);
    for seed in 0..300 {
        let conflict = common::conflict(seed);
        let strikes = Strikes::new(&conflict);
        let mut all = Vec::new();
        for claim in &conflict.evidence.claims {
            let speaker = claim.speaker.clone().unwrap_or_else(|| "author".to_owned());
            all.push(Strike { speakers: vec![speaker], ..Strike::default() });
            all.push(Strike {
                kinds: claim.kind.into_iter().collect(),
                assumptions: true,
                ..Strike::default()
            });
        }
        for source in &conflict.evidence.sources {
            all.push(Strike { sources: vec![source.id.clone()], ..Strike::default() });
            all.push(Strike { speakers: source.author.iter().cloned().collect(), ..Strike::default() });
        }
        all.push(Strike { assumptions: true, ..Strike::default() });
        all.push(Strike { claims: vec!["nobody-says".to_owned()], ..Strike::default() });
        for strike in all {
            let expected = conflict.without(&strike).map(|without| without.game);
            assert_eq!(strikes.game(&strike), expected, "seed {seed}: {strike:?}");
            assert_eq!(strikes.claims(&strike), conflict.struck_claims(&strike), "seed {seed}: {strike:?}");
            if expected.is_err() {
                assert!(!strikes.is_idle(&strike), "seed {seed}: {strike:?}");
                wrong += 1;
            } else {
                same += 1;
            }
        }
    }
    assert!(same > 1_000 && wrong >= 300, "{same} {wrong}");
}

/// How many statements, weights, rankings, rules and taken-away moves there are.
fn count(conflict: &Conflict) -> usize {
    conflict.parts().iter().filter(|part| vanishes(part)).count()
}

/// Whether a part is gone when it falls: options, acts, chance events and definitions stay and mean less.
fn vanishes(part: &detente_model::Part<'_>) -> bool {
    let stays =
        matches!(part.what, What::Option(..) | What::Act(..) | What::Chance(..) | What::Definition(..));
    let ban = matches!(part.what, What::Rule(_, rule) if matches!(rule.kind, RuleKind::Unavailable(_)));
    part.bearing() == Bearing::Verdicts && !stays && !ban
}

/// How many switches are never on by a rule of no file.
fn banned(conflict: &Conflict) -> usize {
    let form = conflict.game.option_form();
    form.map_or(0, |form| form.rules.iter().filter(|r| matches!(r.kind, RuleKind::Unavailable(_))).count())
}

/// How many switches fall with the claims.
fn falls_off(conflict: &Conflict, struck: &BTreeSet<ClaimId>) -> usize {
    let Some(form) = conflict.game.option_form() else { return 0 };
    let falls = |option: &&detente_model::Opt| match option.of {
        Switch::Option => option.grounds.fall(struck, false),
        Switch::Act(id) => form.acts[id.index()].grounds.fall(struck, false),
        Switch::Chance(id) => form.chances[id.index()].grounds.fall(struck, false),
    };
    form.options.iter().filter(falls).count()
}
