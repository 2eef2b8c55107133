//! What taking proposals makes of a file: a case that reads, and that has what was taken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use detente_case::{change, outline};
use detente_read::proposal::Reading;
use detente_read::read;
use detente_read::taking::{Kind, Offer, TakingError, offers, setting, taking};

const START: &str = "format = 1\n\n[case]\ntitle = \"A case\"\n\n[status_quo]\non = []\n\n[source.text]\ntitle = \"A title\"\n";

const FERRY: &str = "The crews have been on strike for nine days. The union wants a higher night rate. \
     The company says that it cannot pay more before the summer. \
     The company has threatened to bring in crews from another port. \
     The mayor hopes that both sides accept a mediator before the weekend. \
     If outside crews arrive, the union would call out the dockers as well.";

fn everything(reading: &Reading, text: &str) -> Vec<Offer> {
    offers(reading, &outline(text).unwrap(), "text", &(1..=usize::MAX))
}

/// The errors of a case, but that there is nothing to decide yet.
fn errors(text: &str) -> Vec<String> {
    let read = detente_case::read("case.toml", text.as_bytes());
    let all = read.diagnostics.into_iter().filter(detente_case::Diagnostic::is_error);
    all.map(|one| format!("{} {}", one.code, one.message))
        .filter(|one| !one.starts_with("E0503") && !one.contains("`actor`"))
        .collect()
}

fn of(all: &[Offer], kind: Kind, n: usize) -> &Offer {
    all.iter()
        .find(|offer| offer.kind == kind && offer.n == n)
        .unwrap_or_else(|| panic!("{kind:?} {n}: {all:#?}"))
}

/// Takes a way of the first offer of a kind in a sentence.
fn take(reading: &Reading, text: &str, kind: Kind, n: usize, way: usize) -> String {
    let all = everything(reading, text);
    let offer = of(&all, kind, n);
    change(text, &offer.ways.get(way).unwrap_or_else(|| panic!("{offer:#?}")).changes).unwrap().text
}

#[test]
fn a_wish_brings_its_claim_its_actors_and_the_option_that_it_is_for() {
    let reading = read(FERRY, &setting("A title", "", ""));
    let all = everything(&reading, START);
    let wish = of(&all, Kind::Wish, 2);
    assert_eq!(wish.words, "The union wants: a higher night rate.");
    assert_eq!(
        wish.ways[0].words,
        "Adds a wish of the union, with the company as an actor, the claim of sentence 2, an option of the company and the union as an actor."
    );
    let text = take(&reading, START, Kind::Wish, 2, 0);
    for line in [
        "[actor.company]",
        "name = \"The union\"",
        "that = \"company.grant-higher\"",
        "at = \"s2\"",
        "kind = \"hope\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert_eq!(errors(&text), [""; 0]);
    // It is told as there, and so is what came with it.
    let all = everything(&reading, &text);
    for (kind, n) in [(Kind::Wish, 2), (Kind::Claim, 2), (Kind::Actor, 2)] {
        let offer = of(&all, kind, n);
        assert!(offer.there.is_some() && offer.ways.is_empty(), "{offer:?}");
    }
    assert!(of(&all, Kind::Claim, 1).there.is_none());
}

#[test]
fn what_is_said_in_other_words_is_there_all_the_same() {
    let reading = read(FERRY, &setting("A title", "", ""));
    let text = take(&reading, START, Kind::Option, 4, 0)
        .replace("bring in crews from another port", "Import labour");
    assert!(of(&everything(&reading, &text), Kind::Option, 4).there.is_some(), "{text}");
    let text = take(&reading, START, Kind::Wish, 2, 0).replace("Grant: a higher night rate", "Pay");
    assert!(of(&everything(&reading, &text), Kind::Wish, 2).there.is_some(), "{text}");
}

#[test]
fn a_condition_waits_for_what_it_means() {
    let reading = read(FERRY, &setting("A title", "", ""));
    let all = everything(&reading, START);
    let condition = of(&all, Kind::Condition, 6);
    assert!(
        condition.ways.is_empty() && condition.why_not.as_ref().unwrap().contains("take an option"),
        "{condition:?}"
    );
    let text = take(&reading, START, Kind::Option, 4, 0);
    let text = take(&reading, &text, Kind::Condition, 6, 0);
    assert!(text.contains("that = \"company.bring-crews implies union.call-out\""), "{text}");
    assert_eq!(errors(&text), [""; 0]);
    assert!(of(&everything(&reading, &text), Kind::Condition, 6).there.is_some());
}

#[test]
fn what_both_are_to_do_is_an_act() {
    let reading = read(FERRY, &setting("A title", "", ""));
    let text = take(&reading, START, Kind::Wish, 5, 0);
    assert!(
        text.contains("[act.accept-mediator]") && text.contains("that = \"act.accept-mediator\""),
        "{text}"
    );
    assert_eq!(errors(&text), [""; 0]);
}

#[test]
fn several_are_taken_at_once_and_none_twice() {
    let reading = read(FERRY, &setting("A title", "", ""));
    let all = everything(&reading, START);
    let wanted: Vec<(String, usize)> =
        all.iter().filter(|offer| !offer.ways.is_empty()).map(|offer| (offer.key.clone(), 0)).collect();
    let changes = taking(&reading, START, "text", &(1..=6), &wanted).unwrap();
    let text = change(START, &changes).unwrap().text;
    assert_eq!(errors(&text), [""; 0], "{text}");
    assert_eq!(text.matches("[actor.company]").count(), 1);
    assert!(
        everything(&reading, &text)
            .iter()
            .all(|offer| offer.there.is_some() || matches!(offer.kind, Kind::Condition | Kind::Question))
    );
    assert_eq!(taking(&reading, &text, "text", &(1..=6), &wanted[..1]).unwrap(), []);
    let gone = taking(&reading, START, "text", &(1..=6), &[("wish-9-0".to_owned(), 0)]);
    assert!(matches!(gone, Err(TakingError::Gone(_))));
    let torn = taking(&reading, "a = = b", "text", &(1..=6), &wanted);
    assert!(matches!(torn, Err(TakingError::NoToml)));
}

#[test]
fn keys_stay_when_the_file_changes() {
    let reading = read(FERRY, &setting("A title", "", ""));
    let keys = |text: &str| {
        everything(&reading, text)
            .into_iter()
            .filter(|offer| offer.kind != Kind::Question)
            .map(|offer| offer.key)
            .collect::<Vec<_>>()
    };
    let text = take(&reading, START, Kind::Wish, 2, 0);
    assert_eq!(keys(START), keys(&text));
}

/// Of every text of the corpus: every way makes a case without a new error, and all first ways together do.
#[test]
fn every_way_fits_a_case_of_the_corpus() {
    let mut tried = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "txt") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let reading = read(&source, &setting("A title", "", "2020-01-01"));
        let mut text = START.to_owned();
        for round in 0..2 {
            let all = everything(&reading, &text);
            for offer in &all {
                let last = offer.ways.len().saturating_sub(1);
                for way in
                    offer.ways.iter().enumerate().filter(|(n, _)| *n == 0 || *n == last).map(|(_, way)| way)
                {
                    let made = change(&text, &way.changes)
                        .unwrap_or_else(|error| panic!("{path:?}: {error}\n{offer:#?}"));
                    let wrong = errors(&made.text);
                    assert!(wrong.is_empty(), "{path:?}: {wrong:?}\n{offer:#?}");
                    tried += 1;
                }
            }
            let wanted: Vec<(String, usize)> = all
                .iter()
                .filter(|offer| !offer.ways.is_empty())
                .map(|offer| (offer.key.clone(), 0))
                .collect();
            let changes = taking(&reading, &text, "text", &(1..=usize::MAX), &wanted).unwrap();
            text = change(&text, &changes).unwrap().text;
            let wrong = errors(&text);
            assert!(wrong.is_empty(), "{path:?}, round {round}: {wrong:?}\n{text}");
        }
        let open: Vec<Offer> = everything(&reading, &text)
            .into_iter()
            .filter(|offer| offer.there.is_none() && !offer.ways.is_empty())
            .collect();
        assert!(open.is_empty(), "{path:?}: {open:#?}\n{text}");
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn a_case_that_asks_nothing_asks_for_what_is_wanted() {
    let reading = read(FERRY, &setting("A title", "", ""));
    assert!(everything(&reading, START).iter().all(|offer| offer.kind != Kind::Question));
    let text = take(&reading, START, Kind::Wish, 2, 0);
    let text = take(&reading, &text, Kind::Question, 2, 0);
    assert!(text.contains("ask = \"Will it be so: a higher night rate?\""), "{text}");
    assert!(text.contains("outcome = \"company.grant-higher\""), "{text}");
    assert_eq!(errors(&text), [""; 0]);
    assert!(everything(&reading, &text).iter().all(|offer| offer.kind != Kind::Question));
}
