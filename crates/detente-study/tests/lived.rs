//! Two dates of one case: what changed in the world and in the evidence is told apart from what is assumed differently.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_model::Conflict;
use detente_study::say::difference::Change;
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
