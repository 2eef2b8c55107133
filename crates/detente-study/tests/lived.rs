//! Two dates of one case: what changed in the world and in the evidence is told apart from what is assumed differently.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_model::Conflict;
use detente_study::say::difference::{Change, changes, same};
use detente_study::say::lived;

const OLD: &str = r#"format = 1
[case]
title = "Two"
as_of = 2025-01-01
[source.paper]
title = "A paper"
[claim.c1]
source = "paper"
says = "The two are strained."
kind = "fact"
[claim.c2]
source = "paper"
says = "A wants to go."
[actor.a]
name = "A"
option.go = { text = "Go", because = ["c2"] }
prefers = [{ that = "a.go", because = ["c2"] }]
[actor.b]
name = "B"
option.stay = { text = "Stay", assumption = true }
prefers = [{ that = "b.stay", assumption = true }]
[status_quo]
on = []
[body.union]
name = "The union"
members = ["a"]
assumption = true
[instrument.treaty]
title = "The treaty"
parties = ["a", "b"]
status = "draft"
assumption = true
[[tie]]
between = ["a", "b"]
kind = "strained"
because = ["c1"]
[[event]]
on = 2025-03-01
expected = true
title = "A summit"
[deadline.end]
on = 2025-04-01
title = "The term ends"
then = { on = ["a.go"] }
"#;

fn conflict(text: &str) -> Conflict {
    let read = detente_case::read("case.toml", text.as_bytes());
    read.conflict.unwrap_or_else(|| panic!("{:?}", read.diagnostics))
}

fn told(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| format!("{} {}: {}", change.sign, change.about, change.text)).collect()
}

#[test]
fn what_changed_between_two_dates_is_told() {
    let new = OLD
        .replace("as_of = 2025-01-01", "as_of = 2025-06-01")
        .replace("kind = \"strained\"", "kind = \"neutral\"")
        .replace("members = [\"a\"]", "members = [\"b\"]")
        .replace("status = \"draft\"", "status = \"signed\"\nsigned = 2025-03-02")
        .replace("expected = true\n", "")
        .replace("says = \"The two are strained.\"", "says = \"The two talk.\"")
        .replace("[claim.c2]", "[source.speech]\ntitle = \"A speech\"\n[claim.c3]\nsource = \"speech\"\nspeaker = \"B\"\nkind = \"hope\"\nsays = \"B hopes.\"\n[claim.c2]");
    let (old, new) = (conflict(OLD), conflict(&new));
    assert_eq!(
        told(&lived::world(&old, &new)),
        [
            "~ date of the case: 1 June 2025, and not 1 January 2025",
            "~ date: 1 April 2025 has passed: “The term ends”",
            "~ event: what was expected has happened: 1 March 2025: A summit",
            "~ tie: A and B: neutral, and not strained",
            "+ body: B is in The union",
            "− body: A is no longer in The union",
            "~ document: “The treaty”: signed, and not draft",
            "~ document: “The treaty”: signed: 2 March 2025",
        ]
    );
    assert_eq!(
        told(&lived::evidence(&old, &new)),
        [
            "+ source: “A speech”",
            "~ claim: c1 (the source, fact): The two talk. (before: The two are strained.)",
            "+ claim: c3 (B, hope): B hopes.",
        ]
    );
    assert!(lived::world(&old, &old).is_empty() && lived::evidence(&new, &new).is_empty());
    // What is gone is told as that: read backwards, every addition is a removal.
    let back = told(&lived::evidence(&new, &old));
    assert!(back.contains(&"− claim: c3 (B, hope): B hopes.".to_owned()), "{back:?}");
}

#[test]
fn what_is_expected_has_a_day_and_a_sentence_for_when_it_has_passed() {
    let expected = lived::expected(&conflict(OLD));
    assert_eq!(
        expected,
        [
            (
                "2025-03-01".to_owned(),
                "“A summit” was expected by 1 March 2025: that day has passed.".to_owned()
            ),
            (
                "2025-04-01".to_owned(),
                "“The term ends” was ahead, for 1 April 2025: that day has passed.".to_owned()
            ),
        ]
    );
}

/// Whatever answers are made of is told when it differs, and nothing else is said to be the same.
#[test]
fn no_difference_that_answers_are_made_of_is_passed_over() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/new-start-2026/case.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let old = conflict(&text);
    let edits = [
        ("with = \"not us.upload and not ru.upload\"", "with = \"not us.upload\"", "act"),
        ("ends = \"any\"\nwith = \"not us", "ends = \"all\"\nwith = \"not us", "act"),
        ("begins = \"never\"\n", "", "act"),
        ("confidence = 0.8", "confidence = 0.4", "doubt"),
        ("confidence = 0.7\n", "", "doubt"),
        ("kind = \"offer\"\nby", "kind = \"demand\"\nby", "what was said"),
        ("if = \"not us.upload\"", "if = \"us.upload\"", "what was said"),
        ("outcome = \"act.treaty\"", "outcome = \"act.new\"", "question"),
        (
            "[question.treaty]\nask = \"Can the treaty last?\"\nkind = \"possible\"",
            "[question.treaty]\nask = \"Can the treaty last?\"\nkind = \"certain\"",
            "question",
        ),
        ("on = [\"act.treaty\"]", "on = []", "status quo"),
    ];
    assert!(changes(&old, &old).is_empty() && same(&old, &old));
    for (from, to, about) in edits {
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text, "{from}");
        let new = conflict(&edited);
        let found = changes(&old, &new);
        assert!(found.iter().any(|change| change.about == about), "{from}: {found:?}");
        assert!(!same(&old, &new), "{from}");
    }
}
