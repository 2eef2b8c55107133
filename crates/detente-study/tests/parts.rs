//! Evidence and trust agree about what rests on a claim, whatever kind of part it is.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_case::read;
use detente_engine::Quiet;
use detente_engine::trust::{TrustSettings, trust};
use detente_model::{Bearing, ClaimId};
use detente_study::say::evidence;

/// A move that a claim takes away: without the claim Ann leaves.
const TAKEN_AWAY: &str = r#"format = 1
[case]
title = "T"
[source.s]
title = "S"
[claim.c1]
source = "s"
says = "Ann wants it."
[claim.c2]
source = "s"
says = "The road is closed."
[actor.a]
name = "Ann"
option.go = { text = "Go", assumption = true }
[[actor.a.prefers]]
that = "a.go"
because = ["c1"]
[[actor.a.cannot]]
from = "not a.go"
to = "a.go"
because = ["c2"]
[actor.b]
name = "Bob"
option.pay = { text = "Pay", assumption = true }
[[actor.b.prefers]]
that = "not b.pay"
assumption = true
[outcome.stays]
on = "not a.go"
[question.q]
ask = "Does Ann stay?"
kind = "possible"
outcome = "stays"
[status_quo]
on = []
"#;

#[test]
fn a_taken_away_move_is_carried_and_its_fall_is_told() {
    let conflict = read("t", TAKEN_AWAY.as_bytes()).conflict.unwrap();
    let found = trust(&conflict, &TrustSettings::default(), &Quiet).unwrap();
    let run = found.runs.iter().find(|run| run.struck.claims == ["c2"]).unwrap();
    let after = run.after.as_ref().unwrap();
    assert_eq!((after.cannot.as_slice(), after.rules.len(), after.statements.len()), (&[0][..], 0, 0));
    let text = detente_study::show::markdown::set(&evidence::doc(&conflict, &found, None));
    assert!(text.contains("Ann cannot move from where"), "{text}");
    assert!(text.contains("a limit on the moves of Ann"), "{text}");
    assert!(!text.contains("Claims that carry nothing"), "{text}");
}

/// On the catalogue: a claim whose fall changes the game is one that carries something, in words.
#[test]
fn every_claim_that_bears_is_told() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut claims = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let Ok(bytes) = std::fs::read(entry.unwrap().path().join("case.toml")) else { continue };
        let conflict = read("case", &bytes).conflict.unwrap();
        let parts = conflict.parts();
        for (index, _) in conflict.evidence.claims.iter().enumerate() {
            let claim = ClaimId::from(index);
            let of: Vec<_> = parts.iter().filter(|part| part.grounds.claims.contains(&claim)).collect();
            assert!(of.iter().all(|part| !evidence::part_words(&conflict, part).is_empty()));
            let bears = of.iter().any(|part| part.bearing() == Bearing::Verdicts);
            assert_eq!(bears, conflict.bearing_claims().contains(&claim));
            claims += 1;
        }
    }
    assert!(claims > 50, "{claims}");
}
