//! Checking: every lint where it belongs and nowhere else, contradictions explained, quotes verified.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_case::{Diagnostic, Read, SourceText, check, read};
use detente_model::Source;

/// Two actors with two options each; nothing to complain about.
const BASE: &str = r#"format = 1
[case]
title = "T"
[source.s]
title = "A talk"
author = "A. Writer"
text = "s.txt"
[claim.c1]
source = "s"
at = "s1"
says = "x"
[actor.a]
option.x = { text = "X", because = ["c1"] }
option.y = { text = "Y", assumption = true }
[[actor.a.prefers]]
that = "a.x or b.u"
assumption = true
[[actor.a.prefers]]
that = "a.y"
assumption = true
[actor.b]
option.u = { text = "U", assumption = true }
option.v = { text = "V", assumption = true }
[[actor.b.prefers]]
that = "b.v and not a.y"
assumption = true
[status_quo]
on = []
"#;

fn none(_: &Source) -> Option<SourceText> {
    None
}

fn lines(read: &Read, diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |d: &Diagnostic| {
        let place = d.span.map_or_else(String::new, |s| read.text[s.start.byte..s.end.byte].to_owned());
        format!("{} [{place}] {}", d.code, d.message)
    };
    diagnostics.iter().map(line).collect()
}

/// The problems of `BASE` with `more` at its end.
fn with(more: &str) -> Vec<String> {
    said(&format!("{BASE}{more}"))
}

fn said(text: &str) -> Vec<String> {
    let read = read("t", text.as_bytes());
    lines(&read, &check(&read, &none))
}

#[test]
fn a_good_case_has_no_problems() {
    assert_eq!(with(""), [""; 0]);
}

#[test]
fn contradictory_rules_are_explained_by_a_smallest_set() {
    let rules = r#"
[[rule]]
id = "some"
always = "a.x or b.u"
[[rule]]
at_most_one = ["a.y", "b.v"]
[[rule]]
option = "b.u"
requires = "b.v"
[[rule]]
id = "no-v"
never = "b.v"
[[rule]]
never = "a.x"
"#;
    // With a status quo, without one, and with one rule that is alone to blame.
    let expected = "E0515 [\"a.x or b.u\"] The rules contradict each other: no combination of options obeys all of \
                    `some` (always a.x or b.u), `b.u requires b.v`, `no-v` (never b.v) and `never a.x`.";
    assert_eq!(with(rules), [expected]);
    let without = BASE.replace("[status_quo]\non = []\n", "");
    assert_eq!(said(&format!("{without}{rules}")), [expected]);
    let read = read("t", format!("{BASE}{rules}").as_bytes());
    assert!(read.conflict.is_none());
    let related: Vec<&str> = read.diagnostics[0].related.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(related, ["b.u requires b.v", "never b.v", "never a.x"]);
    assert_eq!(
        with("[[rule]]\nnever = \"a.x or not a.x\"\n"),
        ["E0515 [\"a.x or not a.x\"] No combination of options obeys the rule `never a.x or not a.x`."]
    );
    // Rules that a status quo breaks but a state obeys: the status quo is to blame.
    assert!(with("[[rule]]\nalways = \"a.x\"\n")[0].starts_with("E0510"));
}

#[test]
fn contradictions_in_variants_and_views() {
    let without = BASE.replace("[status_quo]\non = []\n", "");
    let more = r#"
[[rule]]
always = "a.x or a.y"
[variant.v]
unavailable = ["a.x"]
add.rule = [{ never = "a.y" }]
[view.b]
strike = { assumptions = true }
add.rule = [{ never = "a.x" }]
[variant.w]
unavailable = ["a.x"]
"#;
    let found = said(&format!("{without}{more}"));
    let expected = [
        "E0515 [v] In variant `v`, the rules contradict each other: no combination of options obeys all of \
         `always a.x or a.y`, `a.x is not available` and `never a.y`.",
        "E0515 [b] In the view of `b`, the rules contradict each other: no combination of options obeys all of \
         `always a.x or a.y`, `a.y is not available` and `never a.x`.",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_hundred_options_are_checked() {
    let mut text = String::from("format = 1\n[case]\ntitle = \"T\"\n");
    for actor in 0..5 {
        for option in 0..20 {
            text += &format!("[actor.a{actor}.option.o{option}]\ntext = \"O\"\nassumption = true\n");
        }
    }
    let chain = |text: &mut String, last: bool| {
        for at in 0..99 {
            let (a, b) = ((at / 20, at % 20), ((at + 1) / 20, (at + 1) % 20));
            *text += &format!("[[rule]]\noption = \"a{}.o{}\"\nrequires = \"a{}.o{}\"\n", a.0, a.1, b.0, b.1);
        }
        *text += "[[rule]]\nalways = \"a0.o0\"\n";
        if last {
            *text += "[[rule]]\nid = \"end\"\nnever = \"a4.o19\"\n";
        }
    };
    let mut bad = text.clone();
    chain(&mut bad, true);
    let found = said(&bad);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("E0515") && found[0].ends_with("and 93 more."), "{found:?}");
    chain(&mut text, false);
    let found = said(&text);
    assert_eq!(found.iter().filter(|line| line.starts_with("W0504")).count(), 100, "{found:#?}");
}

#[test]
fn rankings_must_cover_every_possible_state_once() {
    let ranked = |groups: &str| {
        let from = BASE.find("[[actor.b.prefers]]").unwrap();
        let to = BASE.find("[status_quo]").unwrap();
        let ranking = format!(
            "[actor.b.ranking]\nassumption = true\ngroups = {groups}\n[[rule]]\nnever = \"a.y and b.v\"\n"
        );
        said(&format!("{}{ranking}{}", &BASE[..from], &BASE[to..]))
    };
    let found = ranked(r#"[["=b.v"], ["Y---", "N-N-"], ["=not b.v and a.y and not a.x and b.u"]]"#);
    assert_eq!(
        found,
        [
            "E0516 [[actor.b.ranking]] The ranking of `b` leaves out a possible state: `b.u` on, the rest off (state 4).",
            "E0517 [\"N-N-\"] The ranking of `b` has a state in group 1 and again in group 2: `b.v` on, the rest off \
             (state 8).",
        ]
    );
    assert_eq!(ranked(r#"[["=b.v"], ["=not b.v"]]"#), [""; 0]);
    let graph = "format = 1\n[case]\ntitle = \"T\"\n[graph]\nstates = [\"s1\", \"s2\", \"s3\"]\n[actor.x]\nranking = [[\"s1\"], [2, \"s1\"]]\n[status_quo]\nstate = \"s1\"\n";
    let found = said(graph);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("E0516") && found[0].ends_with("`s3`."), "{found:#?}");
    assert!(found[1].starts_with("E0517"), "{found:#?}");
}

#[test]
fn lints_of_the_game() {
    let more = r#"
[define]
idle = "a.x"
[outcome.never]
on = "a.x and b.u"
[[rule]]
id = "first"
never = "a.x and b.u"
[[rule]]
id = "second"
never = "a.x and b.u and b.v"
[[rule]]
always = "a.x or not a.x"
[[actor.a.prefers]]
that = "a.y and a.x or b.u and a.y"
assumption = true
[[actor.b.prefers]]
that = "a.x and b.u"
assumption = true
[[actor.b.prefers]]
that = "not (a.x and b.u)"
assumption = true
[actor.c]
option.z = { text = "Z", assumption = true }
option.n = { text = "N", assumption = true }
[[rule]]
never = "c.n"
"#;
    let expected = [
        "W0506 [idle] Nothing uses the defined name `idle`.",
        "W0505 [never] No possible state has the outcome `never`.",
        "W0503 [\"a.x and b.u and b.v\"] The rule `second` (never a.x and b.u and b.v) removes nothing: it follows \
         from `first` (never a.x and b.u).",
        "W0503 [\"a.x or not a.x\"] The rule `always a.x or not a.x` removes nothing: it holds whatever the options \
         are.",
        "W0502 [\"a.y and a.x or b.u and a.y\"] This statement of `a` never decides: wherever it differs, an earlier \
         statement has decided.",
        "W0502 [\"a.x and b.u\"] This statement of `b` never decides: it holds in no possible state.",
        "W0502 [\"not (a.x and b.u)\"] This statement of `b` never decides: it holds in every possible state.",
        "W0507 [c] The actor `c` wants nothing: every state is stable for it.",
        "W0501 [z] Nothing else mentions the option `c.z`.",
        "W0504 [n] The rules allow only states in which `c.n` is never on.",
    ];
    assert_eq!(with(more), expected);
}

#[test]
fn equal_rules_are_blamed_once_and_variants_are_heard() {
    let twice =
        "[[rule]]\nid = \"p\"\nnever = \"a.x and b.u\"\n[[rule]]\nid = \"q\"\nnever = \"b.u and a.x\"\n";
    let found = with(twice);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("`q`") && found[0].contains("follows from `p`"), "{found:?}");
    // A variant that drops the first needs the second.
    assert_eq!(with(&format!("{twice}[variant.v]\ndrop.rule = [\"p\"]\n")), [""; 0]);
}

#[test]
fn weights_that_decide_nothing() {
    let from = BASE.find("[[actor.b.prefers]]").unwrap();
    let to = BASE.find("[status_quo]").unwrap();
    let weighs = "[[actor.b.weighs]]\nthat = \"b.v\"\nweight = 2\nassumption = true\n[[actor.b.weighs]]\nthat = \"b.v or not b.v\"\nweight = 2\nassumption = true\n[[actor.b.weighs]]\nthat = \"b.u\"\nweight = 0\nassumption = true\n";
    let found = said(&format!("{}{weighs}{}", &BASE[..from], &BASE[to..]));
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("every possible state") && found[1].contains("its weight is 0"), "{found:#?}");
}

#[test]
fn lints_of_the_evidence() {
    let text = BASE
        .replace("option.y = { text = \"Y\", assumption = true }", "option.y = \"Y\"")
        .replace("that = \"a.y\"\nassumption = true", "that = \"a.y\"")
        .replace("[status_quo]\non = []\n", "");
    let more = "[source.other]\ntitle = \"O\"\n[claim.c2]\nsource = \"s\"\nsays = \"y\"\n[claim.c3]\nsource = \"s\"\nsays = \"\"\n";
    let expected = [
        "W0601 [option.y] The option `a.y` (Y) rests on no claim and is not marked as an assumption.",
        "W0601 [\"a.y\"] Statement 2 of `a` rests on no claim and is not marked as an assumption.",
        "N0601 [other] No claim is from the source `other`.",
        "W0602 [c2] Nothing rests on the claim `c2`.",
        "W0603 [c3] The claim `c3` says nothing yet.",
        "N0501 [] The case does not say where the conflict stands.",
    ];
    let found = said(&format!("{text}{more}"));
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        // An option's place is its key, short as `y` or whole as `option.y`.
        assert_eq!(found.replace("[y]", "[option.y]"), expected);
    }
}

const TEXT: &str = "A. Writer: A talk\n\nThe first sentence is here.The second follows! Is there a third?\n";

fn verified(claims: &str, text: &SourceText) -> Vec<String> {
    let text_of = |source: &Source| source.text.as_ref().map(|_| text.clone());
    let file = format!("{}{claims}", BASE.replace("at = \"s1\"", "at = \"s3\""));
    let read = read("t", file.as_bytes());
    let found = check(&read, &text_of);
    let hints = |d: &Diagnostic| d.hint.clone().unwrap_or_default();
    let errors: Vec<Diagnostic> = found.into_iter().filter(Diagnostic::is_error).collect();
    lines(&read, &errors).iter().zip(&errors).map(|(line, d)| format!("{line} / {}", hints(d))).collect()
}

#[test]
fn quotes_and_sentence_numbers_are_verified() {
    let good = TEXT.to_owned();
    let claim = |id: &str, at: &str, quote: &str| {
        format!("[claim.{id}]\nsource = \"s\"\nsays = \"x\"\nat = \"{at}\"\nquote = \"{quote}\"\n")
    };
    let all = [
        claim("d1", "s2", "The second   follows"),
        claim("d2", "s1-2", "here.The second"),
        claim("d3", "p. 4", "a third?"),
        claim("d4", "s1", "The second follows!"),
        claim("d5", "s2-4", "The second follows!"),
        claim("d6", "s3-2", "Is there"),
        claim("d7", "s0", "Is there"),
        claim("d8", "s1", "The very first sentence is there"),
        claim("d9", "s1", "Nothing of the kind was ever said"),
    ];
    let found = verified(&all.concat(), &Ok(good.clone()));
    let expected = [
        "E0601 [\"The second follows!\"] The quote of claim `d4` stands in sentence 2, and `at` says `s1`. / Change `at`, or quote from the sentence that it names.",
        "E0602 [\"s2-4\"] There is no sentence `s2-4`: the text of `s` has 3. / Title, byline, subheadings and \
         signatures are not counted; the workbench shows the text with its numbers.",
        "E0602 [\"s3-2\"] `s3-2` ends before it begins. / Write the smaller number first.",
        "E0602 [\"s0\"] There is no sentence `s0`: the text of `s` has 3. / Title, byline, subheadings and \
         signatures are not counted; the workbench shows the text with its numbers.",
        "E0601 [\"The very first sentence is there\"] The quote of claim `d8` is not in the text of `s`. / The \
         nearest passage, in sentence 1, is “The first sentence is here”.",
        "E0601 [\"Nothing of the kind was ever said\"] The quote of claim `d9` is not in the text of `s`. / Nothing \
         in the text comes near it: is it the right source?",
    ];
    assert_eq!(found, expected);
    let found = verified("", &Err("there is no `s.txt`".to_owned()));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("E0603 [\"s.txt\"]"), "{found:?}");
}

/// The problems of `BASE` whose first claim has these keys, against a text.
fn against(claim: &str, more: &str, source: &str) -> Vec<String> {
    let text = BASE.replace("at = \"s1\"\nsays = \"x\"", claim);
    let read = read("t", format!("{text}{more}").as_bytes());
    lines(&read, &check(&read, &|_| Some(Ok(source.to_owned()))))
}

const ABBREVIATED: &str = "Mr. Smith came. He met Gen. Jones in the U.N. They left it there.";

#[test]
fn sentence_numbers_that_moved_are_told_with_the_new_ones() {
    let moved = |claim: &str| against(claim, "", ABBREVIATED);
    assert_eq!(
        moved("at = \"s6\"\nsays = \"x\""),
        [
            "W0604 [\"s6\"] Sentences are counted in another way than before: what claim `c1` cites as `s6` is `s3` now \
             (“They left it there.”)."
        ]
    );
    // A claim whose words are where its number says counts anew; one whose words are where the old
    // number said does not.
    assert_eq!(moved("at = \"s3\"\nsays = \"x\"\nquote = \"left it there\""), [""; 0]);
    assert_eq!(moved("at = \"s3-4\"\nsays = \"x\"\nquote = \"Gen. Jones\"")[0][..5], *"W0604");
    // Without a quote the words of the claim tell.
    assert_eq!(moved("at = \"s3\"\nsays = \"They left it there.\""), [""; 0]);
    assert_eq!(moved("at = \"s2\"\nsays = \"Smith came.\"")[0][..5], *"W0604");
    // What was one sentence for want of a stop is several: the number of the first is right as it stands.
    let other = |claim: &str| against(claim, "", "双方今天会面。停火没有签署。他们明天再谈。");
    assert_eq!(other("at = \"s1\"\nsays = \"双方会面\"\nquote = \"双方今天会面\""), [""; 0]);
    assert_eq!(other("at = \"s1\"\nsays = \"x\""), [""; 0]);
    // Nothing has moved in a text of plain sentences.
    assert_eq!(against("at = \"s2\"\nsays = \"x\"", "", "One thing. Two things. Three."), [""; 0]);
    // And a number past the end is past the end.
    assert_eq!(moved("at = \"s9\"\nsays = \"x\"")[0][..5], *"E0602");
}

#[test]
fn what_of_a_text_is_not_numbered_is_said() {
    let text = "A talk\nby A. Writer\n\nThey met.\n\nWhat they said\n\nThey agreed.\n\nA. N. Other";
    assert_eq!(
        against("at = \"s2\"\nsays = \"x\"\nquote = \"They agreed\"", "", text),
        ["N0602 [\"s.txt\"] 2 lines of the text of `s` are not numbered: “What they said”, “A. N. Other”."]
    );
}

/// Three-colourings of a random graph near the threshold are beyond any bound: it is said, in little time.
#[test]
fn a_bound_is_said() {
    let mut text = String::from("format = 1\n[case]\ntitle = \"T\"\n[actor.a.option]\n");
    for option in 0..200 {
        text += &format!("o{option} = \"O{option}\"\n");
    }
    text += "[[actor.a.prefers]]\nthat = \"a.o0\"\n";
    let mut seed = 5_u64;
    let mut next = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    for _ in 0..852 {
        let mut lit = || format!("{}a.o{}", ["", "not "][next(2) as usize], next(200));
        text += &format!("[[rule]]\nalways = \"{} or {} or {}\"\n", lit(), lit(), lit());
    }
    let read = read("t", text.as_bytes());
    let found = check(&read, &none);
    assert!(read.conflict.is_none() || found.iter().any(|d| d.code == "N0502"), "{found:?}");
}

#[test]
fn imported_files_get_the_lints_of_the_game() {
    let file = r#"{"options": [{"name": "Act", "permittedDirection": "both"}, {"name": "Act", "permittedDirection": "both"}],
        "decisionMakers": [{"name": "A", "options": [0], "misperceptions": [], "preferences": []},
        {"name": "A", "options": [1], "misperceptions": [], "preferences": []}],
        "infeasibles": [], "coalitions": [0, 1], "useManualPreferenceRanking": false, "program": "gmcr-py", "version": "0.4.1"}"#;
    let settings = detente_case::import::GmcrSettings::default();
    let (conflict, found) = detente_case::import::check_gmcr("f.gmcr", file.as_bytes(), settings);
    assert!(conflict.is_some() && found.iter().all(|d| d.span.is_none() && d.hint.is_some()), "{found:?}");
    let codes: Vec<&str> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "W0507").count(), 2, "{codes:?}");
    assert!(codes.contains(&"W0509") && codes.contains(&"N0501"), "{codes:?}");
    // What is solved is not told twice: only `check` lints.
    assert!(detente_case::import::gmcr("f.gmcr", file.as_bytes(), settings).1.is_empty());
}

#[test]
fn files_of_other_programs_are_named() {
    let said = |name: &str, bytes: &[u8]| {
        let found = read(name, bytes).diagnostics;
        assert_eq!((found.len(), found[0].code), (1, "E0112"), "{name}: {found:?}");
        assert!(found[0].hint.is_some());
        found[0].message.clone()
    };
    assert_eq!(
        said("a.nfg", b"NFG 1 R \"x\" { \"a\" \"b\" } { 2 2 }\n"),
        "This is a game in normal form (.nfg, Gambit)."
    );
    assert_eq!(said("a.toml", b"EFG 2 R \"x\" {}"), "This is a game in extensive form (.efg, Gambit).");
    assert_eq!(said("a.pdf", b"%PDF-1.7\n\xff"), "This is a PDF document.");
    assert!(said("a.docx", b"PK\x03\x04\x14\0").contains("Word"));
    assert!(said("a", b"<?xml version=\"1.0\"?>\n<graphml xmlns=\"x\">").contains("GraphML"));
    assert_eq!(said("table.csv", b"Actor,Power\r\nA,10\r\n"), "This is a table.");
    assert!(said("a.scw", b"[Descriptors\nx").contains("ScenarioWizard"));
    let settings = detente_case::import::GmcrSettings::default();
    let (_, found) =
        detente_case::import::gmcr("answer.json", b"{\"schema\": \"detente/solve/1\"}", settings);
    assert_eq!(found[0].code, "E0112", "{found:?}");
    // A case is a case under any name.
    assert!(read("case.csv", BASE.as_bytes()).conflict.is_some());
}
