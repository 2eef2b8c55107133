//! The questions of the flagship, answered by `solve`: who alone, who together, and on whose word.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

fn solve(case: &str, extra: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["solve", case, "--format", "json", "--quiet"])
        .args(extra)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn question(answer: &Value, id: &str) -> Value {
    let all = answer["questions"].as_array().unwrap();
    all.iter().find(|q| q["id"] == id).unwrap_or_else(|| panic!("no question {id}")).clone()
}

fn says(question: &Value, parts: &[&str]) {
    let text = question["text"].as_str().unwrap();
    for part in parts {
        assert!(text.contains(part), "no “{part}” in: {text}");
    }
}

const FLAGSHIP: &str = "cases/south-caucasus-2023-solo";

#[test]
fn who_can_move_from_the_status_quo() {
    let movers = question(&solve(FLAGSHIP, &[]), "movers");
    assert_eq!(movers["answer"], "yes");
    // Alone nobody; az+am to 1826; with ru also to 1570; with the West to a peace that holds.
    assert_eq!(movers["states"], json!([1570, 1826, 3857, 3861, 3921, 3925, 4049, 4053]));
    says(
        &movers,
        &[
            "Nobody alone has a reason to leave “Today”.",
            "Azerbaijan and Armenia together could go to “Moscow deal”; ",
            "with Russia, also to “Another Moscow deal” or “Moscow deal”; ",
            "with the West, also to “Another agreement that holds” (5 outcomes) or “Western peace, guaranteed”.",
            "In each of these outcomes there is some progress.",
        ],
    );
}

#[test]
fn who_can_leave_the_peace_and_whether_that_breaks_it() {
    let blockers = question(&solve(FLAGSHIP, &[]), "blockers");
    assert_eq!((&blockers["answer"], &blockers["states"]), (&json!("partly"), &json!([4053])));
    says(
        &blockers,
        &[
            "Nobody alone has a reason to leave “Western peace, guaranteed”.",
            "Azerbaijan and Russia together (or with the West) could go to “Side deal” (2 outcomes).",
            "None of this breaks it",
            "none of that would last",
        ],
    );
    // Where nothing holds, that is the answer.
    let alone = question(&solve(FLAGSHIP, &["--variant", "article-only"]), "blockers");
    says(&alone, &["None of the", "lasts"]);
}

#[test]
fn what_the_answer_is_worth_without_the_authors_assessments() {
    let trust = question(&solve(FLAGSHIP, &[]), "trust");
    // What the first edition calls an agreement that holds was said by a claim that is struck, and it does not say what
    // that stands for otherwise.
    assert_eq!((&trust["answer"], &trust["status"]), (&json!("not_computed"), &json!("open")));
    let text = trust["text"].as_str().unwrap();
    assert!(
        text.starts_with("It is open. Without the 13 claims that the question strikes nothing can be said"),
        "{trust}"
    );
    says(&trust, &["a definition falls that does not say what it stands for otherwise"]);
}

#[test]
fn what_breaks_an_outcome_is_called_so() {
    let elmira = solve("cases/elmira", &[]);
    let end =
        elmira["questions"].as_array().unwrap().iter().find(|q| q["kind"] == "blockers").unwrap().clone();
    assert_eq!(end["answer"], "yes");
    says(
        &end,
        &[
            "Ministry of the Environment and Uniroyal together could go to “A modified order, accepted”. That breaks it.",
        ],
    );
}

/// Every single change is held against the literal reference by the engine's own test.
#[test]
fn what_it_would_take() {
    let price = question(&solve(FLAGSHIP, &[]), "price");
    assert_eq!(price["answer"], "yes");
    says(
        &price,
        &[
            "Nobody would of their own accord do what it takes to break it. It would be this: Azerbaijan commits for good \
             to accept the Moscow-brokered deal, from today. Azerbaijan would not of itself: it may gain or lose by it.",
            "Only if a mind changed: one change breaks it, in 5 ways, among them: it no longer matters to the West whether \
             the agreement holds;",
            "There are two ways to make it all that lasts that those who would have to act want: Azerbaijan commits for \
             good to sign the Western-brokered agreement, from today. Azerbaijan would want to, for it prefers what lasts \
             then. Armenia and the West prefer it; Russia would rather keep what lasts now, but has no step of its own \
             against it.",
            "No single change of mind makes it all that lasts.",
        ],
    );
    // Where it does not last, what would make it: the article knows no guarantee.
    let price = question(&solve(FLAGSHIP, &["--variant", "article-only"]), "price");
    says(
        &price,
        &["make it last", "makes it all that lasts", "`detente price` tries several changes at once."],
    );
    assert!(!price["text"].as_str().unwrap().contains("breaks it"), "{price}");
}

/// The verdicts of each actor, from two answers that know nothing of views: the case, and the variant that is what
/// Russia believes.
#[test]
fn what_follows_in_the_eyes_of_an_actor() {
    let (case, seen) = (solve(FLAGSHIP, &[]), solve(FLAGSHIP, &["--variant", "no-guarantee"]));
    let states = |answer: &Value, actor: &str| -> std::collections::BTreeSet<u64> {
        let list = &answer["stability"]["nash"][actor]["states"];
        list.as_array().unwrap().iter().map(|state| state.as_u64().unwrap()).collect()
    };
    let rests: Vec<u64> = states(&seen, "ru")
        .into_iter()
        .filter(|state| ["az", "am", "west"].iter().all(|actor| states(&case, actor).contains(state)))
        .collect();
    assert_eq!(rests, [1792, 1826]);
    let view = question(&case, "misperception");
    assert_eq!((view["answer"].as_str(), view["states"].as_array().map(Vec::len)), (Some("no"), Some(0)));
    says(
        &view,
        &[
            "As Russia sees it, the agreement holds in none of the 3 outcomes that last.",
            "In the case as written it holds in one of the 3 outcomes that last.",
            "2 outcomes last: “Today” and “Moscow deal”; it holds in none of them.",
            "Russia does not think “Western peace, guaranteed” possible.",
        ],
    );
}

/// A believes that it wants to stay: what lasts is another, and only the belief holds it up.
#[test]
fn a_view_can_hold_up_what_would_not_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let text = "format = 1\n[case]\ntitle = \"Two\"\n[actor.a]\nname = \"A\"\noption.go.text = \"Go\"\n\
        prefers = [{ that = \"a.go\" }]\n[actor.b]\nname = \"B\"\noption.block.text = \"Block\"\n\
        prefers = [{ that = \"not b.block\" }]\n[outcome]\ngone = { name = \"Gone\", on = \"a.go and not b.block\" }\n\
        stays = { name = \"Stays\", on = \"not a.go and not b.block\" }\n[view.a]\n\
        add.prefers.a = [{ that = \"not a.go\", at = 1 }]\n\
        [question.q]\nask = \"Does it go?\"\nkind = \"view\"\nview = \"a\"\noutcome = \"a.go\"\n";
    std::fs::write(&path, text).unwrap();
    let view = question(&solve(path.to_str().unwrap(), &[]), "q");
    assert_eq!(view["answer"], "no");
    says(
        &view,
        &[
            "As A sees it, the one outcome that lasts is not one where A will go.",
            "In the case as written it holds in the one outcome that lasts.",
            "one outcome lasts: “Stays”, where it does not hold.",
            "Only this view keeps “Stays” in place.",
            "A would leave “Gone”.",
        ],
    );
}

/// The first line answers the question of the case, and says what the answer hangs on.
#[test]
fn the_first_line_answers() {
    let answer = solve(FLAGSHIP, &[]);
    let headline = &answer["headline"];
    assert_eq!((&headline["question"], &headline["answer"]), (&json!("holds"), &json!("yes")));
    let text = headline["text"].as_str().unwrap();
    let yes = "Yes. The agreement holds in one of the 3 outcomes that last: “Western peace, guaranteed”.";
    assert!(text.starts_with(yes) && text.contains("would not stand without"), "{text}");
    let lasts = "3 of 128 possible outcomes last: “Today”, “Moscow deal” and “Western peace, guaranteed”.";
    assert_eq!(headline["lasts"], lasts);
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["solve", FLAGSHIP, "--quiet"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap();
    // Before anything else.
    let screen = String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let check = headline["check"]["text"].as_str().unwrap();
    assert!(check.starts_with("Check first whether the West prefers that the agreement holds"), "{check}");
    // The question of the case is a wide one: the one that is answered yes stands before the answer.
    let ask = "Can a Western-brokered agreement hold, so that nobody alone has a reason to leave it?";
    assert!(screen.contains(&format!("who can make or break it? {ask} {text} {check} {lasts}")), "{screen}");
    // Where Nash stability says no and those who look ahead say yes, both are said.
    let article = solve(FLAGSHIP, &["--variant", "article-only"]);
    let text = article["headline"]["text"].as_str().unwrap();
    assert!(text.starts_with("No. "), "{text}");
    assert_eq!(
        article["headline"]["foresight"].as_array().unwrap().is_empty(),
        !text.contains("With foresight, yes")
    );
}

/// What `solve` says of each outcome that lasts: by state number.
fn lasting(case: &str) -> std::collections::BTreeMap<u64, Value> {
    let answer = solve(case, &[]);
    assert_eq!(answer["lasting"]["concept"], "nash");
    let all = answer["lasting"]["outcomes"].as_array().unwrap().iter();
    all.map(|outcome| {
        let bits = outcome["state"].as_str().unwrap().bytes().enumerate();
        (bits.map(|(at, cell)| u64::from(cell == b'Y') << at).sum(), outcome.clone())
    })
    .collect()
}

fn state_number(pattern: &Value) -> u64 {
    pattern.as_str().unwrap().bytes().enumerate().map(|(at, cell)| u64::from(cell == b'Y') << at).sum()
}

#[test]
fn every_lasting_outcome_of_the_flagship_has_its_reason_its_coalition_and_its_claims() {
    let all = lasting(FLAGSHIP);
    assert_eq!(all.keys().copied().collect::<Vec<_>>(), [1792, 1826, 4053]);
    let coalitions = |state: u64| -> Vec<(Value, Vec<u64>)> {
        let undone = &all[&state]["undone"];
        assert_eq!((&undone["complete"], &undone["size"]), (&json!(true), &json!(4)));
        let ways = undone["coalitions"].as_array().unwrap().iter();
        ways.map(|way| {
            (way["coalition"].clone(), way["to"].as_array().unwrap().iter().map(state_number).collect())
        })
        .collect()
    };
    assert_eq!(coalitions(1792), [(json!(["az", "am"]), vec![1826])]);
    assert_eq!(coalitions(1826), [(json!(["az", "am", "west"]), vec![3857, 3861, 3921, 3925, 4049, 4053])]);
    assert_eq!(coalitions(4053), [(json!(["az", "ru"]), vec![3281, 3793])]);
    // The West alone is tempted; the others can get nothing more by themselves.
    let why = all[&4053]["why"].as_str().unwrap();
    let tempted = "The West might no longer guarantee the agreement, but then the agreement does not hold";
    assert!(why.starts_with(tempted) && why.matches(". ").count() == 0, "{why}");
    for outcome in all.values() {
        assert!(!outcome["why"].as_str().unwrap().contains("az."), "{outcome}");
    }
    // An outcome goes with the claim that an option of it rests on; without assumptions the peace goes too.
    let claims = |state: u64, what: &str| -> Vec<Value> {
        let struck = all[&state]["resting"][what].as_array().unwrap().iter();
        struck.flat_map(|s| s["claims"].as_array().unwrap().clone()).collect()
    };
    assert_eq!(claims(1792, "overturned"), ["c07"]);
    assert_eq!(claims(1826, "overturned"), ["c07", "c09"]);
    assert_eq!(claims(4053, "overturned"), ["c07", "c14", "c15", "c16"]);
    // Without each of these somebody could leave who does not care then, and would with the wish that rests on it.
    assert_eq!(claims(1792, "unsupported"), ["c04a", "c09", "c11"]);
    let without = all[&4053]["resting"]["overturned"].as_array().unwrap();
    assert!(without.iter().any(|struck| struck["assumptions"] == true), "{without:?}");
}

#[test]
fn a_lasting_outcome_without_a_coalition_against_it_says_so() {
    // Deadlock is ended by the ministry and Uniroyal (18 to 21); the other five by nobody.
    let all = lasting("cases/elmira");
    assert_eq!(all.keys().copied().collect::<Vec<_>>(), [8, 9, 18, 21, 24, 25]);
    for (state, outcome) in &all {
        let ways = outcome["undone"]["coalitions"].as_array().unwrap();
        assert_eq!(outcome["undone"]["complete"], true);
        match state {
            18 => {
                assert_eq!(ways.len(), 1);
                assert_eq!(ways[0]["coalition"], json!(["moe", "uniroyal"]));
                assert_eq!(state_number(&ways[0]["to"][0]), 21);
            }
            _ => assert!(ways.is_empty(), "{state}: {ways:?}"),
        }
    }
}

#[test]
fn a_large_case_says_what_was_looked_at() {
    let answer = solve("cases/south-caucasus-2025", &[]);
    // Forty outcomes last: one of each name stands for the others.
    assert_eq!(answer["lasting"]["complete"], false);
    let all = answer["lasting"]["outcomes"].as_array().unwrap();
    assert_eq!(all.len(), 4);
    for outcome in all {
        assert_eq!((&outcome["undone"]["size"], &outcome["undone"]["complete"]), (&json!(2), &json!(false)));
        assert!(!outcome["why"].as_str().unwrap().is_empty());
    }
}
