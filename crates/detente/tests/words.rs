//! One word for one thing: what lasts is within reach and undone by no date, what is only stable is called that; editions
//! whose claims contradict each other are compared account by account; no command is named that would refuse the case.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn detente(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(args: &[&str]) -> String {
    let output = detente(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    words(&output)
}

/// Anna minds one thing only, so that two outcomes are stable; a date switches the other option off.
const DATED: &str = r#"format = 1
[case]
title = "A date"
as_of = 2026-01-01
[actor.a]
name = "Anna"
option.stay = { text = "Stay", assumption = true }
option.pay = { text = "Pay", assumption = true }
[[actor.a.prefers]]
that = "a.pay"
assumption = true
[status_quo]
on = ["a.stay", "a.pay"]
[deadline.lapse]
on = 2026-02-05
then = { off = ["a.stay"] }
assumption = true
"#;

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_is_only_stable_is_not_called_lasting() {
    let folder = tempfile::tempdir().unwrap();
    let dated = file(folder.path(), "dated.toml", DATED);
    let text = said(&["solve", &dated, "--quiet"]);
    // Two outcomes are stable, of which a date undoes one.
    let heading =
        "What lasts: nobody alone has a reason to leave, and it is within reach and undone by no date 1 of 4";
    assert!(text.contains(heading), "{text}");
    assert!(text.contains("All that last 4 1 "), "{text}");
    assert!(text.contains("Not counted are outcomes that are stable and do not last"), "{text}");
    // Without the date both last, and the comparison counts as the answers do.
    let free = file(folder.path(), "free.toml", DATED.split("[deadline").next().unwrap());
    let both = said(&["diff", &dated, &free, "--quiet"]);
    assert!(both.contains("1 before, 2 now"), "{both}");
    assert!(
        both.contains("before nobody would leave it either, but on 5 February 2026 a date changes it"),
        "{both}"
    );
    assert!(both.contains("date: 5 February 2026: “Stay” is switched off"), "{both}");
    let json: Value =
        serde_json::from_slice(&detente(&["diff", &dated, &free, "--quiet", "--format", "json"]).stdout)
            .unwrap();
    assert_eq!(json["comparisons"][0]["equilibria"]["nash"]["before"], "1");
    // Walks do not follow dates, and say so before anything else.
    let walk = said(&["evolve", &dated, "--quiet"]);
    let first = walk.find("What dates bring (5 February 2026) is not followed here").unwrap();
    assert!(first < walk.find("By any moves").unwrap(), "{walk}");
    assert_eq!(walk.matches("What dates bring").count(), 1, "{walk}");
}

/// Two claims that cannot both be so.
const TOLD: &str = r#"format = 1
[case]
title = "Two accounts"
[source.s]
title = "A talk"
[claim.yes]
source = "s"
says = "Anna wants to stay."
contradicts = ["no"]
[claim.no]
source = "s"
says = "Anna wants to go."
[actor.a]
name = "Anna"
option.stay = { text = "Stay", assumption = true }
[[actor.a.prefers]]
that = "a.stay"
because = ["yes"]
[[actor.a.prefers]]
that = "not a.stay"
because = ["no"]
[status_quo]
on = []
[question.stays]
ask = "Can Anna stay?"
kind = "possible"
outcome = "a.stay"
"#;

#[test]
fn editions_are_compared_account_by_account() {
    let folder = tempfile::tempdir().unwrap();
    let old = file(folder.path(), "old.toml", TOLD);
    let new = file(folder.path(), "new.toml", &TOLD.replace("Anna wants to go.", "Anna would go."));
    let text = said(&["diff", &old, &new, "--quiet"]);
    let solved = detente(&["solve", &old, "--format", "json", "--quiet"]);
    let solved: Value = serde_json::from_slice(&solved.stdout).unwrap();
    let accounts = solved["by_reading"].as_array().unwrap().len();
    assert_eq!(text.matches("compared with").count(), accounts, "{text}");
    // One edition without contradictions is compared as written, and that is said.
    let plain = file(folder.path(), "plain.toml", &TOLD.replace("contradicts = [\"no\"]\n", ""));
    let output = detente(&["diff", &plain, &new]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("contradict each other: it is compared as written"), "{told}");
    // An account that neither has is refused as by `solve`.
    let wrong = detente(&["diff", &plain, &plain, "--reading", "nobody"]);
    assert_eq!(wrong.status.code(), Some(2));
}

/// So many free options of one actor.
fn large(options: usize) -> String {
    let list: Vec<String> = (0..options)
        .map(|at| format!("option.o{at} = {{ text = \"Do {at}\", assumption = true }}"))
        .collect();
    let wishes: Vec<String> = (0..options)
        .map(|at| format!("[[actor.a.prefers]]\nthat = \"a.o{at}\"\nconfidence = 0.9\nassumption = true\n"))
        .collect();
    format!(
        "format = 1\n[case]\ntitle = \"Large\"\n[actor.a]\nname = \"Anna\"\n{}\n{}[status_quo]\non = []\n\
         [question.how]\nask = \"How often?\"\nkind = \"share\"\noutcome = \"a.o0\"\n",
        list.join("\n"),
        wishes.join("")
    )
}

#[test]
fn no_command_is_named_that_refuses_the_case() {
    let folder = tempfile::tempdir().unwrap();
    for (options, drawn) in [(6, true), (17, false)] {
        let case = file(folder.path(), "large.toml", &large(options));
        let sampled = detente(&["sample", &case, "--quiet", "--draws", "64", "--attribute", "no"]);
        assert_eq!(sampled.status.success(), drawn, "{options}");
        for command in [&["solve", &case, "--all", "--concept", "nash", "--quiet"][..], &["check", &case]] {
            let output = detente(command);
            let told = words(&output);
            assert_eq!(told.contains("detente sample"), drawn, "{options}: {told}");
        }
    }
}

#[test]
fn a_share_is_one_figure_wherever_it_is_asked() {
    // 4,096 models: all are counted by both.
    let folder = tempfile::tempdir().unwrap();
    let wishes: String = (0..12)
        .map(|at| {
            format!(
                "[[actor.{}.prefers]]\nthat = \"{}.x\"\nconfidence = 0.6\nassumption = true\n",
                ["a", "b"][at % 2],
                ["a", "b"][at / 2 % 2]
            )
        })
        .collect();
    let text = format!(
        "format = 1\n[case]\ntitle = \"Share\"\n[actor.a]\nname = \"Anna\"\noption.x = {{ text = \"Go\", assumption = true }}\n\
         [actor.b]\nname = \"Ben\"\noption.x = {{ text = \"Come\", assumption = true }}\n{wishes}\
         [status_quo]\non = []\n[question.how]\nask = \"How often?\"\nkind = \"share\"\noutcome = \"a.x\"\n"
    );
    let case = file(folder.path(), "share.toml", &text);
    let solved = detente(&["solve", &case, "--format", "json", "--quiet"]);
    let solved: Value = serde_json::from_slice(&solved.stdout).unwrap();
    let answer = solved["questions"][0]["text"].as_str().unwrap().to_owned();
    assert!(answer.contains("all counted by chance"), "{answer}");
    let sample = detente(&["sample", &case, "--format", "json", "--quiet"]);
    let sample: Value = serde_json::from_slice(&sample.stdout).unwrap();
    let share = sample["shares"].as_array().unwrap().iter().find(|s| s["id"] == "how").unwrap()["share"]
        .as_f64()
        .unwrap();
    assert!(answer.contains(&format!("{:.1} %", share * 100.0)), "{answer}: {share}");
    assert!(!answer.starts_with("In some."), "{answer}");
}

#[test]
fn what_nobody_would_do_does_not_stand_first() {
    let folder = tempfile::tempdir().unwrap();
    let text = "format = 1\n[case]\ntitle = \"Price\"\n[actor.a]\nname = \"Ann\"\noption.x = { text = \"Go\", assumption = true }\n\
                [[actor.a.prefers]]\nthat = \"a.x\"\nassumption = true\n[status_quo]\non = []\n";
    let case = file(folder.path(), "price.toml", text);
    let told = said(&["price", &case, "--outcome", "not a.x", "--quiet"]);
    let at = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    assert!(at("Only if a mind changed") < at("Nobody would of their own accord"), "{told}");
    assert!(at("What changes Possible") < at("What is done Who would want to"), "{told}");
    // What makes it last makes it all that lasts: one table.
    assert_eq!(told.matches("What changes Possible").count(), 1, "{told}");
}
