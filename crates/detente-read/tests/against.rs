//! Texts beside the cases of the catalogue: what a case says is there, and its contrary contradicts it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use detente_case::outline;
use detente_read::proposal::{Against, Standing};
use detente_read::{Setting, read, taking};
use serde_json::Value;

/// Title and text of a case, and its claims: id and words.
type Case = (String, String, Vec<(String, String)>);

/// The case files of the catalogue.
fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")).unwrap() {
        let Ok(text) = fs::read_to_string(entry.unwrap().path().join("case.toml")) else { continue };
        let file = outline(&text).unwrap();
        let claims = file.value.get("claim").and_then(Value::as_object).cloned().unwrap_or_default();
        let said = |about: &Value| {
            about["says"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let claims: Vec<(String, String)> =
            claims.iter().map(|(id, about)| (id.clone(), said(about))).collect();
        if !claims.is_empty() {
            all.push((file.value["case"]["title"].as_str().unwrap().to_owned(), text, claims));
        }
    }
    all.sort();
    all
}

fn beside(text: &str, case: &str) -> Against {
    let setting = Setting { title: Some(String::new()), author: Some(String::new()), ..Setting::default() };
    let reading = read(text, &setting);
    taking::against(text, &reading, &setting, &outline(case).unwrap(), "")
}

fn stopped(words: &str) -> String {
    if words.ends_with(['.', '?', '!']) { words.to_owned() } else { format!("{words}.") }
}

#[test]
fn what_a_case_says_is_there_and_contradicts_nothing() {
    let (mut sentences, mut there) = (0, 0);
    for (title, case, claims) in cases() {
        let text: Vec<String> = claims.iter().map(|(_, says)| stopped(says)).collect();
        let found = beside(&text.join("\n\n"), &case);
        sentences += found.sentences.len();
        there += found.there;
        for one in &found.sentences {
            assert!(one.contradicts.is_empty(), "{title}: {one:?}");
        }
    }
    println!("{there} of {sentences} sentences are there");
    assert!(sentences > 200 && there * 100 >= sentences * 95, "{there} of {sentences}");
}

/// The claim with the first verb that can be denied by a word denied, or not denied where it is.
fn denied(words: &str) -> Option<String> {
    for (from, to) in [
        (" will not ", " will "),
        (" would not ", " would "),
        (" cannot ", " can "),
        (" does not want ", " wants "),
        (" will ", " will not "),
        (" would ", " would not "),
        (" can ", " cannot "),
        (" wants ", " does not want "),
    ] {
        if words.contains(from) {
            return Some(words.replacen(from, to, 1));
        }
    }
    None
}

/// Of the claims whose verb is denied, most are found to contradict what they were.
#[test]
fn the_contrary_of_a_claim_contradicts_it() {
    let (mut asked, mut found) = (0, 0);
    for (_, case, claims) in cases() {
        for (id, says) in claims.iter().filter(|(_, says)| !says.contains(". ")) {
            let Some(contrary) = denied(says) else { continue };
            asked += 1;
            let beside = beside(&stopped(&contrary), &case);
            let address = format!("claim.{id}");
            let met =
                beside.sentences.iter().flat_map(|one| &one.contradicts).any(|met| met.address == address);
            found += usize::from(met);
        }
    }
    println!("{found} of {asked} contraries contradict");
    assert!(asked > 40 && found * 4 > asked * 3, "{found} of {asked}");
}

#[test]
fn wishes_numbers_and_opposites_are_compared() {
    let case = "format = 1\n[case]\ntitle = \"T\"\n[source.s]\ntitle = \"S\"\n\
                [claim.c1]\nsource = \"s\"\nat = \"s1\"\nsays = \"Peru wants Chile to close the border\"\n\
                [claim.c2]\nsource = \"s\"\nsays = \"Chile sent seven patrol ships to the northern strait\"\n\
                [claim.c3]\nsource = \"s\"\nsays = \"The council approved the draft of the harbour agreement\"\n\
                [actor.peru]\nname = \"Peru\"\noption.wait = \"Wait\"\nprefers = [{ that = \"chile.close\", because = [\"c1\"] }]\n\
                [actor.chile]\nname = \"Chile\"\noption.close = \"Close the border\"\n";
    let met = |text: &str| {
        let found = beside(text, case);
        let one = found.sentences.into_iter().next().unwrap();
        (one.standing, one.contradicts.into_iter().map(|met| (met.address, met.rule)).collect::<Vec<_>>())
    };
    let of = |address: &str, rule: &str| vec![(address.to_owned(), rule.to_owned())];
    let (standing, why) = met("Chile sent nine patrol ships to the northern strait.");
    assert_eq!((standing, why), (Standing::Contradicts, of("claim.c2", "claim-number")));
    let (standing, why) = met("The council rejected the draft of the harbour agreement.");
    assert_eq!((standing, why), (Standing::Contradicts, of("claim.c3", "claim-opposite")));
    let (standing, _) = met("Seven patrol ships were sent to the northern strait by Santiago.");
    assert_eq!(standing, Standing::There);
    let (standing, why) = met("Lima does not want Chile to close the border.");
    assert_eq!(standing, Standing::Contradicts);
    assert!(
        why.iter()
            .any(|(address, rule)| address.starts_with("actor.peru.prefers") && rule == "wish-contrary"),
        "{why:?}"
    );
    let (standing, why) = met("Norway offers to build a bridge.");
    assert_eq!((standing, why), (Standing::New, Vec::new()));
}
