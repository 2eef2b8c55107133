//! What is read of sentences whose reading nobody doubts, and of texts that nobody should write.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use detente_read::proposal::{ClaimKind, Reading};
use detente_read::{Language, Setting, lexicon_entries, read};

fn of(text: &str) -> Reading {
    read(&format!("A title\nStaff writers, 3 May 2011\n\n{text}\n"), &Setting::default())
}

/// Kind and speakers of the last sentence.
fn claim(text: &str) -> (ClaimKind, Vec<String>) {
    let last = of(text).sentences.pop().unwrap();
    (last.kind, last.speaker)
}

#[test]
fn kinds_and_their_holders() {
    use ClaimKind::{
        Assessment, Conditional, Demand, Denial, Expectation, Fact, Hope, Offer, Prediction, Promise,
        Statement, Threat,
    };
    let sentences: [(&str, ClaimKind, &[&str]); 24] = [
        ("Chile withdrew two ships from the area on 28 April.", Fact, &["author"]),
        ("Peru's congress voted 70 to 30 to reject the plan.", Fact, &["author"]),
        ("Chile denies that it ever promised such a thing.", Denial, &["cl"]),
        ("Chile would rather wait than pay.", Hope, &["cl"]),
        (
            "Farmers in the border zone fear that the new line will cost them their wells.",
            Hope,
            &["Farmers in the border zone"],
        ),
        ("Peru undertakes to pay the cost.", Promise, &["pe"]),
        ("Spain has offered its good offices.", Offer, &["es"]),
        ("Washington urged restraint.", Demand, &["us"]),
        (
            "The union of dock workers says its members will strike unless the port is reopened.",
            Threat,
            &["The union of dock workers"],
        ),
        (
            "The foreign minister of Peru, Jose Garcia, told reporters that his government would not accept the ruling.",
            Statement,
            &["garcia"],
        ),
        ("Unless the two presidents speak, nothing will move.", Conditional, &["author"]),
        ("Without a guarantee from Brazil there will be no signature.", Conditional, &["author"]),
        ("Brazil's president is expected to visit both capitals next week.", Expectation, &["author"]),
        ("Parliament votes on Thursday.", Expectation, &["author"]),
        ("Analysts say that the court is likely to split the difference.", Prediction, &["Analysts"]),
        ("Officials in Quito doubt that the truce will last.", Assessment, &["ec"]),
        ("The dispute is older than the two states.", Assessment, &["author"]),
        ("Who is right?", Assessment, &["author"]),
        ("Peru should take the offer.", Demand, &["author"]),
        ("The king appealed for calm.", Demand, &["The king"]),
        (
            "\"It is a trap,\" a senator from the ruling party told this newspaper.",
            Statement,
            &["a senator from the ruling party"],
        ),
        ("According to Chile, the talks collapsed over a map.", Statement, &["cl"]),
        ("If Chile pays, said Ana Garcia, Peru will sign.", Conditional, &["garcia"]),
        (
            "A spokesman for the president said that Brazil believes the war is over.",
            Assessment,
            &["br", "A spokesman for the president"],
        ),
    ];
    for (text, kind, speaker) in sentences {
        let (found, who) = claim(text);
        assert_eq!(
            (found, who.iter().map(String::as_str).collect::<Vec<_>>()),
            (kind, speaker.to_vec()),
            "{text}"
        );
    }
}

#[test]
fn pronouns_are_who_was_last_named() {
    let (_, who) = claim("Ana Garcia is the minister of Peru. She says that the gas is hers.");
    assert_eq!(who, ["garcia"]);
    let (_, who) =
        claim("The Chilean Coast Guard insists that its boats stayed at home. It denies ramming anyone.");
    assert_eq!(who, ["chilean-coast-guard"]);
}

#[test]
fn conditions_say_how_they_hang() {
    for (text, form, when, then) in [
        ("If Chile pays, Peru will sign.", "if", "Chile pays", "Peru will sign"),
        (
            "The deal would hold only as long as both navies stay in port.",
            "only-if",
            "both navies stay in port",
            "The deal would hold",
        ),
        (
            "Once the vote is held, the army will go home.",
            "once",
            "the vote is held",
            "the army will go home",
        ),
        (
            "Talks cannot begin until the hostages are free.",
            "only-if",
            "the hostages are free",
            "Talks cannot begin",
        ),
        ("Should the dispute last, ships will stay away.", "if", "the dispute last", "ships will stay away"),
    ] {
        let reading = of(text);
        let found = reading.conditions.first().unwrap_or_else(|| panic!("no condition in: {text}"));
        assert_eq!((found.form.as_str(), found.condition.as_str(), found.then.as_str()), (form, when, then));
    }
    assert!(of("Ministers said more than once that it was over, if possible.").conditions.is_empty());
}

#[test]
fn every_span_holds_the_words_that_it_names() {
    for (name, text) in corpus() {
        let reading = read(&text, &Setting::default());
        let said = |span: [usize; 2]| text[span[0]..span[1]].split_whitespace().collect::<Vec<_>>().join(" ");
        for date in &reading.dates {
            assert_eq!(said(date.span), date.text, "{name}");
        }
        for wish in &reading.wishes {
            assert_eq!(said(wish.span), wish.want, "{name}");
        }
        for choice in &reading.options {
            assert_eq!(said(choice.span), choice.text, "{name}");
        }
        for event in &reading.events {
            assert_eq!(said(event.span), event.cue, "{name}");
        }
        for tie in &reading.ties {
            assert_eq!(said(tie.span), tie.cue, "{name}");
        }
        for one in &reading.instruments {
            assert_eq!(said(one.span), one.mention, "{name}");
        }
    }
}

/// Some French is read: another language is a folder of files.
#[test]
fn another_language_is_a_folder() {
    let setting = Setting { language: Language::French, ..Setting::default() };
    let reading = read("Paris veut un accord. Si la Russie refuse, Berlin signe.", &setting);
    assert_eq!(reading.sentences[0].kind, ClaimKind::Hope);
    assert_eq!(reading.sentences[0].speaker, ["fr"]);
    assert_eq!(reading.conditions[0].condition, "la Russie refuse");
    assert!(reading.actors.iter().any(|actor| actor.id == "de" && actor.name == "Allemagne"));
}

fn corpus() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "txt") {
            texts.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    texts.sort();
    assert_eq!(texts.len(), 11);
    texts
}

/// No rule is fitted to a text: of the phrases of several words, at most one in ten stands in one text of the corpus only. Single words
/// of general classes occur where they occur; the list is printed, to be read when it grows.
#[test]
fn the_lexicon_is_not_fitted_to_a_text() {
    let texts: Vec<(String, String)> = corpus()
        .into_iter()
        .map(|(name, text)| {
            (
                name,
                format!(
                    " {} ",
                    text.to_lowercase()
                        .split(|c: char| !c.is_alphanumeric() && c != '\'')
                        .filter(|word| !word.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ")
                ),
            )
        })
        .collect();
    let mut once: BTreeMap<String, String> = BTreeMap::new();
    let entries = lexicon_entries(Language::English);
    let phrases: Vec<&String> =
        entries.iter().filter(|entry| entry.contains(' ') && !entry.contains('*')).collect();
    for entry in &phrases {
        let padded = format!(" {entry} ");
        let found: Vec<&String> =
            texts.iter().filter(|(_, text)| text.contains(&padded)).map(|(name, _)| name).collect();
        if let [only] = found[..] {
            once.insert((*entry).clone(), only.clone());
        }
    }
    for (entry, text) in &once {
        println!("{entry}: {text}");
    }
    assert!(
        once.len() * 10 < phrases.len(),
        "{} of {} phrases stand in one text only: {:?}",
        once.len(),
        phrases.len(),
        once.keys()
    );
}

/// Texts that nobody should write: an answer, and no panic.
#[test]
fn hostile_texts_are_read() {
    let mut texts: Vec<String> = vec![
        String::new(),
        " \n\t\r\n".to_owned(),
        "a".repeat(50_000),
        "word ".repeat(20_000),
        "if ".repeat(5_000),
        "said, ".repeat(5_000),
        "\"".repeat(5_000),
        "He said that ".repeat(3_000),
        ", who, which, that, and, but, ".repeat(1_000),
        "U.S.".repeat(3_000),
        "-".repeat(9_000),
        "’s 's ’s".repeat(3_000),
        "\u{202e}Россия сказала: мир.\u{202c} قال الوزير إن الحرب انتهت؟ 中国表示反对。".repeat(200),
        "\u{0}\u{1}\u{7}\u{1b}[31m Peru\u{0} said\u{8} no.".repeat(100),
        "e\u{301}".repeat(10_000),
        "A: Q: A: Q: ".repeat(500),
        "(a) (b) 1. 2. 3. ".repeat(500),
        "31 February 2023. 99 June 10000. On 0 May. 9999999999999999999999 years ago.".to_owned(),
        "𝔓𝔢𝔯𝔲 𝓼𝓪𝓲𝓭 𝕟𝕠.".to_owned(),
    ];
    // Words of the rules in any order.
    let words = [
        "if",
        "Peru",
        "said",
        ",",
        "that",
        "and",
        "he",
        "would",
        "not",
        "\"",
        "the",
        "president",
        "of",
        "by",
        "to",
        "sign",
        ".",
        "who",
        "unless",
        ":",
        "could",
        "were",
        "Monday",
        "Chile's",
        "talks",
    ];
    let mut state = 7_u64;
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..60 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[usize::try_from(state >> 33).unwrap() % words.len()]);
            text.push(' ');
        }
        texts.push(text);
    }
    for text in &texts {
        let reading = read(text, &Setting::default());
        for sentence in &reading.sentences {
            assert!(text.get(sentence.span[0]..sentence.span[1]).is_some());
            assert!(!sentence.speaker.is_empty());
        }
    }
}
