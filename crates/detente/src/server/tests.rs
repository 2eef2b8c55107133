//! The API as the page uses it: what is sent, what is left out, what is too much.

#![allow(clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Folder, Guard, Workbench, router};

const CASE: &str = r#"
format = 1
[case]
title = "Two"
[actor.a]
name = "A"
option.go.text = "Go"
[[actor.a.prefers]]
that = "a.go"
confidence = 0.8
[actor.b]
name = "B"
option.stay.text = "Stay"
[[actor.b.prefers]]
that = "b.stay and a.go"
[question.gone]
ask = "Does A go?"
kind = "possible"
outcome = "a.go"
"#;

/// A case of two actors whose first has so many options.
fn wide(options: usize) -> String {
    let more: String = (0..options).map(|n| format!("option.o{n}.text = \"Do {n}\"\n")).collect();
    CASE.replace("option.go.text", &format!("{more}option.go.text"))
}

/// A workbench on a folder with one case, `case.toml`.
struct Desk {
    folder: tempfile::TempDir,
    router: Router,
}

impl Desk {
    fn new(case: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("case.toml"), case).unwrap();
        let workbench = Workbench::new(Folder::open(folder.path()).unwrap());
        let guard = Guard::new("127.0.0.1:4711".parse().unwrap(), None, "s3cret".to_owned(), "k");
        Self { router: router(Arc::new(workbench), Arc::new(guard)), folder }
    }

    /// The answer to a request, with its status.
    fn ask(&self, method: &str, uri: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header("host", "127.0.0.1:4711")
            .header("content-type", "application/json")
            .header("cookie", "detente-k=s3cret")
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
            .unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let status = response.status();
            let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
        })
    }

    fn live(&self, text: &str, version: &Value, known: &Value) -> Value {
        let body = json!({"path": "case.toml", "text": text, "version": version, "known": known});
        let (status, live) = self.ask("POST", "/api/v1/live", Some(&body));
        assert_eq!(status, StatusCode::OK, "{live}");
        live
    }
}

fn version(strike_assumptions: bool, unavailable: &[&str]) -> Value {
    json!({
        "variant": null, "unavailable": unavailable, "orders": [],
        "strike": {"claims": [], "kinds": [], "speakers": [], "sources": [], "assumptions": strike_assumptions},
    })
}

#[test]
fn what_the_page_has_of_a_text_is_not_sent_again() {
    let desk = Desk::new(CASE);
    let written = version(false, &[]);
    let tried = version(false, &["a.go"]);
    let first = desk.live(CASE, &written, &Value::Null);
    assert_eq!(first["known"], false);
    assert!(first["case"].is_object() && first["answer"].is_object() && first["as_written"].is_null());
    // Another version of the same text: only its answer, and it is the one that is sent with everything.
    let whole = desk.live(CASE, &tried, &Value::Null);
    let short = desk.live(CASE, &tried, &first["basis"]);
    assert_eq!(short["known"], true);
    assert!(short["case"].is_null() && short["as_written"].is_null());
    let without_clock = |live: &Value| {
        let mut answer = live["answer"].clone();
        answer["took_ms"] = Value::Null;
        answer
    };
    assert_eq!(without_clock(&short), without_clock(&whole));
    assert_eq!((&whole["as_written"]["feasible"], &whole["answer"]["feasible"]), (&json!("4"), &json!("2")));
    // Another text, or the same under another name: nothing is known.
    assert_eq!(desk.live(&format!("{CASE}\n"), &tried, &first["basis"])["known"], false);
    // A text that cannot be read is not known, whatever is claimed.
    let broken = desk.live("format = ", &tried, &first["basis"]);
    assert!(broken["case"].is_null() && broken["answer"].is_null() && broken["known"] == false);
    assert_eq!(broken["problems"][0]["severity"], "error");
}

#[test]
fn a_case_is_opened_with_its_answer_unless_it_may_take_long() {
    let small = Desk::new(CASE);
    let (status, opened) = small.ask("GET", "/api/v1/open?path=case.toml", None);
    assert_eq!(status, StatusCode::OK);
    assert_eq!(opened["file"]["text"], CASE);
    let live = small.live(CASE, &version(false, &[]), &Value::Null);
    assert_eq!(opened["live"]["basis"], live["basis"]);
    assert_eq!(opened["live"]["answer"]["equilibria"], live["answer"]["equilibria"]);
    let text = wide(14);
    let (_, opened) = Desk::new(&text).ask("GET", "/api/v1/open?path=case.toml", None);
    assert_eq!((&opened["file"]["text"], &opened["live"]), (&json!(text), &Value::Null));
    let (status, _) = small.ask("GET", "/api/v1/open?path=other.toml", None);
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[test]
fn a_case_that_is_too_large_for_shares_says_so_as_data() {
    let shares = |text: &str| {
        let body = json!({"path": "case.toml", "text": text});
        let (status, shares) = Desk::new(text).ask("POST", "/api/v1/shares", Some(&body));
        assert_eq!(status, StatusCode::OK, "{shares}");
        shares
    };
    let few = shares(CASE);
    assert!(few["models"].as_u64().unwrap() > 0 && few["limits"] == json!([]));
    let many = shares(&wide(24));
    assert_eq!((&many["models"], &many["shares"]), (&json!(0), &json!([])));
    let said = "The list of feasible states: stopped at memory for 65536 feasible states, having reached that many, \
                and there are more.";
    assert_eq!(many["limits"], json!([said]));
}

#[test]
fn quotes_are_looked_for_in_the_texts_of_the_folder() {
    let text = format!(
        r#"{CASE}
[source.note]
title = "A note"
text = "note.txt"
[source.lost]
title = "Another"
text = "lost.txt"
[claim.right]
source = "note"
at = "s2"
says = "It is not for sale."
quote = "will not  sell"
[claim.wrong]
source = "note"
at = "s2"
says = "It was sold."
quote = "The port did not sell."
[claim.away]
source = "lost"
says = "Nobody knows."
quote = "Nobody knows."
[claim.free]
source = "note"
says = "No words of it."
"#
    );
    let desk = Desk::new(&text);
    fs::write(
        desk.folder.path().join("note.txt"),
        "A note\n\nThe city wants the quay. The port will not sell.\n",
    )
    .unwrap();
    let (status, checked) =
        desk.ask("POST", "/api/v1/check", Some(&json!({"path": "case.toml", "text": text})));
    assert_eq!(status, StatusCode::OK, "{checked}");
    let said: Vec<_> = checked["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|q| (q["claim"].clone(), q["state"].clone()))
        .collect();
    let of = |claim: &str, state: &str| (json!(claim), json!(state));
    assert_eq!(said, [of("right", "verified"), of("wrong", "failed"), of("away", "no_text")]);
    let why = checked["quotes"][1]["said"].as_str().unwrap();
    assert!(why.contains("The port will not sell"), "the nearest passage is told: {why}");
}

#[test]
fn each_answer_has_a_few_words_for_a_list() {
    // A trap that only both together leave; how much A minds giving is doubtful.
    let text = r#"
format = 1
[case]
title = "Trap"
[actor.a]
name = "The North"
option.give.text = "Give"
prefers = [{ that = "b.give" }, { that = "not a.give", confidence = 0.8 }]
[actor.b]
name = "South"
option.give.text = "Give"
prefers = [{ that = "a.give" }, { that = "not b.give" }]
[define]
nothing = "not a.give and not b.give"
[status_quo]
on = []
[question.it]
ask = "Can it stay?"
kind = "possible"
outcome = "nothing"
[question.sure]
ask = "Do both give?"
kind = "certain"
outcome = "a.give and b.give"
[question.movers]
ask = "Who moves?"
kind = "movers"
from = "status_quo"
[question.blockers]
ask = "Who breaks it?"
kind = "blockers"
outcome = "a.give and not b.give"
[question.share]
ask = "How often?"
kind = "share"
outcome = "a.give and not b.give"
[question.price]
ask = "What would it take?"
kind = "price"
outcome = "nothing"
"#;
    let live = Desk::new(text).live(text, &version(false, &[]), &Value::Null);
    let said = |key: &str| -> Vec<String> {
        let all = live["answer"]["questions"].as_array().unwrap();
        all.iter().map(|q| q[key].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(said("brief"), ["Yes", "No", "The North and South", "The North", "In 20.0 % of models", ""]);
    assert_eq!(said("lead"), ["Yes", "No", "", "", "", ""]);
    assert_eq!(said("text")[0], "It holds in the one outcome that lasts: “The status quo”.");
    let sure = "It does not hold in the one outcome that lasts: “The status quo”.";
    assert!(said("text")[1].starts_with(sure), "{}", said("text")[1]);
    assert!(said("reason")[0].starts_with("“The status quo” lasts because"), "{}", said("reason")[0]);
    let headline = live["answer"]["headline"].as_str().unwrap();
    assert!(headline.starts_with("Yes. ") && headline.contains("“The status quo”"), "{headline}");
}

/// Without an option that is on today another outcome is where it starts: it is said, and only then. So is what no
/// verdict uses, and what a row's cells and its fate are called.
#[test]
fn what_moves_today_is_said_and_so_is_what_is_not_used() {
    let text = "format = 1\n[case]\ntitle = \"T\"\n[actor.a]\nname = \"The farmers\"\noption.x.text = \"Strike\"\n\
                prefers = [{ that = \"a.x\", unknown = true }]\n[actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\n\
                prefers = [{ that = \"not a.x\", strength = \"strong\" }]\n[status_quo]\non = [\"a.x\"]\n";
    let desk = Desk::new(text);
    let without = |option: &str| json!({"unavailable": [option]});
    let live = desk.live(text, &without("a.x"), &Value::Null);
    assert_eq!(
        live["version_notes"],
        json!([
            "This version starts from “Nothing is done”, not from “The status quo”: “Strike” (The farmers) is on \
                today and not available here."
        ])
    );
    assert_eq!(desk.live(text, &without("b.y"), &Value::Null)["version_notes"], json!([]));
    let live = desk.live(text, &json!({}), &Value::Null);
    assert_eq!(live["version_notes"], json!([]));
    let answer = &live["answer"];
    assert_eq!(
        answer["not_used"],
        json!([
            "The strength of 1 wish is not used: strong and mild wishes count alike.",
            "That the direction of 1 wish is unknown is not used: it is taken as it is written."
        ])
    );
    assert_eq!(answer["said"]["actors"][0]["stay"], "The farmers have no reason to leave");
    let fates: Vec<&str> = answer["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| answer["said"]["fates"][row["fate"].as_u64().unwrap() as usize].as_str().unwrap())
        .collect();
    assert_eq!(
        fates,
        [
            "The farmers would leave",
            "Nobody alone would leave",
            "The farmers would leave",
            "Nobody alone would leave"
        ]
    );
    assert_eq!(answer["said"]["count"], "2 outcomes last.");
}

/// What was said is asked apart, in the words of the library, and in the version that is looked at.
#[test]
fn what_was_said_is_asked_apart() {
    let text = include_str!("../../../../cases/chicken/case.toml");
    let desk = Desk::new(text);
    let ask = |text: &str| {
        let body = json!({"path": "case.toml", "text": text, "version": version(false, &[])});
        desk.ask("POST", "/api/v1/said", Some(&body))
    };
    let (status, said) = ask(text);
    assert_eq!(status, StatusCode::OK, "{said}");
    let sayings = said["sayings"].as_array().unwrap();
    let ids: Vec<&str> = sayings.iter().map(|saying| saying["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a-asks", "a-dares", "b-asks", "b-dares"]);
    assert_eq!(sayings[1]["worth"], "A bluff that would work if believed");
    assert_eq!(sayings[1]["claims"], json!(["dare"]));
    let pairs = said["pairs"].as_array().unwrap();
    assert_eq!((pairs.len(), &pairs[0]["title"]), (2, &json!("Dilemmas of A against B")));
    let there: Vec<bool> =
        pairs[0]["dilemmas"].as_array().unwrap().iter().map(|d| d["there"].as_bool().unwrap()).collect();
    assert_eq!(there, [false, true, true, false]);
    assert_eq!(said["limits"], json!([]));
    let (status, none) = ask(include_str!("../../../../cases/elmira/case.toml"));
    assert_eq!((status, &none["sayings"]), (StatusCode::OK, &json!([])), "{none}");
}

/// What it would take is not answered with the verdicts, and each version that is offered does what is said of it.
#[test]
fn what_it_would_take_is_asked_apart() {
    let text = include_str!("../../../../cases/south-caucasus-2023-solo/case.toml");
    let desk = Desk::new(text);
    let question = |live: &Value, id: &str| -> Value {
        let all = live["answer"]["questions"].as_array().unwrap();
        all.iter().find(|question| question["id"] == id).unwrap().clone()
    };
    let ask = |version: &Value, question: &str, most: u32| {
        let body = json!({"path": "case.toml", "text": text, "version": version, "question": question, "most": most});
        desk.ask("POST", "/api/v1/price", Some(&body))
    };
    let written = version(false, &[]);
    let live = desk.live(text, &written, &Value::Null);
    let later = question(&live, "price");
    assert_eq!((&later["later"], &later["brief"], &later["text"]), (&json!(true), &json!(""), &json!("")));
    assert_eq!(question(&live, "holds")["later"], false);

    let (status, price) = ask(&written, "price", 1);
    assert_eq!(status, StatusCode::OK, "{price}");
    assert_eq!(price["answered"]["brief"], "One deed makes it all that lasts");
    assert_eq!((&price["more"], &price["most"]), (&json!(true), &json!(1)));
    let aims = price["aims"].as_array().unwrap();
    // What deeds do is told; what changes of mind and options given up do can be looked at, one by one.
    assert_eq!((aims.len(), &aims[0]["count"]), (1, &json!(9)));
    let offered: Vec<&Value> =
        aims[0]["ways"].as_array().unwrap().iter().filter(|way| !way["version"].is_null()).collect();
    // Four options that are taken away, two wishes that change place: to more than one, which is one way.
    assert_eq!(offered.len(), 6);
    for way in &offered {
        let live = desk.live(text, &way["version"], &live["basis"]);
        assert_eq!(question(&live, "holds")["answer"], "no", "{way}");
        assert_eq!((&live["answer"]["feasible"], &live["version_problems"]), (&way["feasible"], &json!([])));
    }
    // On top of a version that reorders: its places are those of the case.
    let order = offered.iter().find(|way| way["version"]["orders"][0]["actor"] == "west").unwrap();
    let mut both = order["version"].clone();
    both["orders"][0]["order"].as_array_mut().unwrap().reverse();
    let (_, price) = ask(&both, "price", 1);
    let ways = price["aims"].as_array().unwrap().iter().flat_map(|aim| aim["ways"].as_array().unwrap());
    let mut seen = 0;
    for way in ways.filter(|way| !way["version"].is_null()) {
        let live = desk.live(text, &way["version"], &live["basis"]);
        assert_eq!(live["answer"]["feasible"], way["feasible"], "{way}");
        assert_eq!(live["answer"]["equilibria"][0], way["equilibria"], "{way}");
        seen += usize::from(way["version"]["orders"] != both["orders"]);
    }
    assert!(seen > 0, "no way that reorders further: {price}");
    let (status, wrong) = ask(&written, "holds", 1);
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(wrong["message"].as_str().unwrap().contains("no question `holds` of kind price"), "{wrong}");
}

/// Also where the status quo is one of those that last, and not the first of them.
#[test]
fn joint_moves_are_listed_once() {
    // Each gains by what the other does: a trap that only both together leave.
    let text = r#"
format = 1
[case]
title = "Trap"
[actor.a]
name = "A"
option.give.text = "Give"
option.talk.text = "Talk"
prefers = [{ that = "b.give" }, { that = "not a.give" }]
[actor.b]
name = "B"
option.give.text = "Give"
prefers = [{ that = "a.give" }, { that = "not b.give" }]
[status_quo]
on = ["a.talk"]
"#;
    let live = Desk::new(text).live(text, &version(false, &[]), &Value::Null);
    let moves = live["answer"]["moves"].as_array().unwrap();
    assert!(!moves.is_empty());
    for (at, one) in moves.iter().enumerate() {
        assert!(!moves[..at].contains(one), "{one} is there twice");
    }
}

/// The text after an outcome was given a name, or why not.
fn renamed(text: &str, state: &str, name: &str) -> Result<String, String> {
    let revision = super::folder::revision(text.as_bytes());
    let body = json!({"path": "case.toml", "text": text, "revision": revision, "state": state, "name": name});
    let (status, said) = Desk::new(text).ask("POST", "/api/v1/name", Some(&body));
    let word = |key: &str| said[key].as_str().unwrap().to_owned();
    if status == StatusCode::OK { Ok(word("text")) } else { Err(word("message")) }
}

/// The names of all outcomes, by their numbers.
fn names(text: &str) -> Vec<(String, String)> {
    let live = Desk::new(text).live(text, &version(false, &[]), &Value::Null);
    assert_eq!(live["problems"], json!([]));
    let word = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    live["answer"]["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (word(row, "number"), word(row, "name")))
        .collect()
}

#[test]
fn a_name_is_given_to_one_outcome_and_to_no_other() {
    let case =
        format!("{CASE}\n# ---- names ----\n\n# wide\n[outcome.go]\nname = \"It goes\"\non = \"a.go\"\n");
    let before = names(&case);
    assert_eq!(before.iter().filter(|(_, name)| name == "It goes").count(), 2);
    for (state, old) in &before {
        let text = renamed(&case, state, " \"Both\" at it: Ω ").unwrap();
        let after = names(&text);
        for ((number, now), (_, was)) in after.iter().zip(&before) {
            let expected = if number == state { "\"Both\" at it: Ω" } else { was };
            assert_eq!(now, expected, "{state} (was {old}):\n{text}");
        }
        // What was there is there: the heading above, the comment with its name.
        let at = |what: &str| text.find(what).unwrap();
        assert!(
            at("# ---- names") < at("[outcome.both-at-it-o]")
                && at("[outcome.both-at-it-o]") < at("# wide\n[outcome.go]")
        );
        // The next name for it takes the place of this one.
        let again = renamed(&text, state, "Both at it").unwrap();
        assert_eq!(again.matches("[outcome.").count(), 2, "{again}");
        assert!(names(&again).contains(&(state.clone(), "Both at it".to_owned())));
        // Another outcome under the same name is another table.
        let other = before.iter().find(|(number, _)| number != state).unwrap();
        let twice = renamed(&again, &other.0, "Both at it").unwrap();
        // Two of one name are told apart by their ids.
        let both: Vec<String> = names(&twice).into_iter().map(|(_, name)| name).collect();
        assert_eq!(
            both.iter().filter(|name| name.starts_with("Both at it (both-at-it")).count(),
            2,
            "{both:?}"
        );
    }
    assert_eq!(renamed(&case, "1", "  ").unwrap_err(), "an outcome needs a name of at least one letter");
    assert!(renamed(&case, "99", "x").unwrap_err().contains("99"));
    // Names of the first table go where there is none, and of states to a list.
    assert!(
        renamed(CASE, "3", "Both")
            .unwrap()
            .contains("[outcome.both]\nname = \"Both\"\non = \"a.go and b.stay\"")
    );
    let graph = "format = 1\n[case]\ntitle = \"T\"\n[graph]\nstates = [\"s\", \"t\"]\n[actor.a]\nname = \"A\"\nranking = [[\"t\"], [\"s\"]]\n[[actor.a.move]]\nfrom = \"s\"\nto = [\"t\"]\n";
    let text = renamed(graph, "2", "The end").unwrap();
    assert!(text.contains("[outcome.the-end]\nname = \"The end\"\non = [\"t\"]"), "{text}");
    assert_eq!(names(&text)[1].1, "The end");
}

#[test]
fn a_table_for_the_page_is_the_file_of_the_command_line() {
    use detente_study::find::listing::Listing;
    use detente_study::show::csv::{self, Style};
    let desk = Desk::new(CASE);
    let ask = |body: &Value| {
        let (status, answer) = desk.ask("POST", "/api/v1/table", Some(body));
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer
    };
    let answer = ask(&json!({"path": "case.toml", "text": CASE}));
    let conflict = detente_case::read("case.toml", CASE.as_bytes()).conflict.unwrap();
    let quiet: detente_study::Waiting = Arc::new(detente_engine::Quiet);
    let Ok(study) = detente_study::Study::solved(conflict, detente_engine::Settings::default(), &quiet)
    else {
        panic!("solved")
    };
    let listing = Listing::of(&study.found, &detente_model::Concept::DEFAULT, csv::choice(None)).unwrap();
    assert_eq!(answer["text"], csv::outcomes(&listing, Style::default()));
    assert_eq!(answer["notes"], json!([]));
    // In the order of the page, and for Excel.
    let asked = json!({"path": "case.toml", "text": CASE, "states": ["3", "0"], "separator": "semicolon", "bom": true});
    let answer = ask(&asked);
    let text = answer["text"].as_str().unwrap();
    let numbers: Vec<&str> = text.lines().skip(1).map(|line| line.split(';').next().unwrap()).collect();
    assert_eq!(numbers, ["3", "0"]);
    assert!(text.starts_with("\u{feff}state;ordinal;"), "{text}");
    assert_eq!(answer["notes"][0], "Of 4 possible outcomes 2 are listed, as asked for.");
    let (status, answer) =
        desk.ask("POST", "/api/v1/csv", Some(&json!({"rows": [["a", "b"], [" =1+1", "x,y"]]})));
    assert_eq!((status, &answer["text"]), (StatusCode::OK, &json!("a,b\r\n' =1+1,\"x,y\"\r\n")));
    let gone = json!({"path": "case.toml", "text": CASE, "states": ["99"]});
    assert_eq!(desk.ask("POST", "/api/v1/table", Some(&gone)).0, StatusCode::BAD_REQUEST);
}

#[test]
fn another_case_and_the_ledgers_stand_beside() {
    let desk = Desk::new(CASE);
    let other = CASE
        .replace("\"Two\"", "\"Other\"")
        .replace("that = \"a.go\"\nconfidence", "that = \"not a.go\"\nconfidence");
    fs::write(desk.folder.path().join("other.toml"), other).unwrap();
    let body = json!({"path": "case.toml", "text": CASE, "other": "other.toml"});
    let (status, beside) = desk.ask("POST", "/api/v1/beside", Some(&body));
    assert_eq!((status, &beside["title"]), (StatusCode::OK, &json!("Other")), "{beside}");
    let about: Vec<&Value> = beside["changes"].as_array().unwrap().iter().map(|one| &one["about"]).collect();
    assert!(!about.is_empty() && about.iter().all(|one| **one == "wish"), "{beside}");
    assert_eq!(beside["answer"]["questions"][0]["answer"], "no");
    fs::write(desk.folder.path().join("broken.jsonl"), "nothing\n").unwrap();
    let (status, all) = desk.ask("GET", "/api/v1/ledgers", None);
    assert_eq!(status, StatusCode::OK);
    assert_eq!(all["ledgers"][0]["path"], "broken.jsonl");
    assert!(all["ledgers"][0]["broken"].is_string(), "{all}");
}

/// Forms: every kind of change, made of the text that it was made of, of another, and where something else stands.
mod forms {
    use super::*;
    use crate::server::folder::revision;

    const TEXT: &str = r#"# top
format = 1
[case]
title = "Two" # kept

[source.s]
title = "S"
[claim.c01]
source = "s"
says = "North will not pay."
[claim.c02]
source = "s"
says = "South will."

[actor.a]
name = "North"
[actor.a.option]
pay = { text = "Pay", assumption = true }
wait = "Wait"

# first
[[actor.a.prefers]]
that = "not a.pay"
assumption = true
# second
[[actor.a.prefers]]
that = "b.go"
because = ["c01"]

[actor.b]
name = "South"
option.go = "Send boats"
[[actor.b.prefers]]
that = "a.pay and b.go"

[define]
paid = "a.pay"

[[rule]]
id = "calm"
never = "a.pay and a.wait"

[status_quo]
on = ["a.pay"]

[question.q]
ask = "Is it paid?"
kind = "possible"
outcome = "paid"
"#;

    fn desk() -> Desk {
        Desk::new(TEXT)
    }

    fn ask(desk: &Desk, text: &str, of: &str, edits: &Value) -> (StatusCode, Value) {
        let body = json!({"text": text, "revision": of, "edits": edits});
        desk.ask("POST", "/api/v1/edit", Some(&body))
    }

    /// The text after edits that are made of it.
    fn edited(desk: &Desk, text: &str, edits: &Value) -> Value {
        let (status, answer) = ask(desk, text, &revision(text.as_bytes()), edits);
        assert_eq!(status, StatusCode::OK, "{edits}: {answer}");
        assert_eq!(answer["revision"], revision(answer["text"].as_str().unwrap().as_bytes()));
        answer
    }

    /// The keys of the entries of a list.
    fn keys(desk: &Desk, text: &str, list: &str) -> Vec<String> {
        let live = desk.live(text, &version(false, &[]), &Value::Null);
        assert_eq!(live["revision"], revision(text.as_bytes()));
        let keys = live["file"]["keys"][list].as_array();
        keys.map(|keys| keys.iter().map(|key| key.as_str().unwrap().to_owned()).collect()).unwrap_or_default()
    }

    /// One of each kind, with what makes it unfit.
    fn every_kind(desk: &Desk) -> Vec<(Value, Option<&'static str>)> {
        let wishes = keys(desk, TEXT, "actor.a.prefers");
        let wish = |at: usize| format!("actor.a.prefers[{}]", wishes[at]);
        let pay = json!({"text": "Pay", "assumption": true});
        let at = TEXT.find("North will").unwrap();
        let first = "that = \"not a.pay\"";
        let named = "name = \"North\"";
        vec![
            (
                json!({"edit": "set", "address": "case.title", "value": "Three", "expected": "Two"}),
                Some("\"Two\""),
            ),
            (
                json!({"edit": "set", "address": format!("{}.that", wish(0)), "value": "b.go", "expected": "not a.pay"}),
                Some(first),
            ),
            (json!({"edit": "remove", "address": "actor.a.option.pay", "expected": pay}), Some("\"Pay\"")),
            (
                json!({"edit": "remove_all", "address": "claim.c01", "expected":
                    {"source": "s", "says": "North will not pay."}, "with": [format!("{}.because[{}]", wish(1),
                    keys(desk, TEXT, &format!("{}.because", wish(1)))[0])]}),
                Some("North will"),
            ),
            (
                json!({"edit": "add", "address": "actor.a.prefers", "before": wish(0), "value": {"that": "a.pay"}}),
                Some(first),
            ),
            (json!({"edit": "add", "address": "claim.c03", "value": {"source": "s", "says": "x"}}), None),
            (json!({"edit": "move", "address": wish(1), "before": wish(0)}), Some(first)),
            (json!({"edit": "move", "address": "actor.b", "before": "actor.a"}), None),
            (json!({"edit": "attach", "address": wish(0), "claim": "c02"}), Some(first)),
            (json!({"edit": "detach", "address": wish(1), "claim": "c01"}), Some("that = \"b.go\"")),
            (json!({"edit": "rename", "address": "actor.a", "to": "north"}), None),
            (json!({"edit": "rename", "address": "rule[=calm]", "to": "still"}), Some("id = \"calm\"")),
            (
                json!({"edit": "replace", "range": {"from": at, "to": at + 5}, "expected": "North", "text": "N"}),
                Some("North will"),
            ),
            (
                json!({"edit": "set", "address": "actor.a.name", "value": "N", "expected": "North"}),
                Some(named),
            ),
        ]
    }

    #[test]
    fn a_change_of_an_older_text_is_refused_whatever_it_is() {
        let desk = desk();
        for (edit, _) in every_kind(&desk) {
            let newer = format!("# somebody else was here\n{TEXT}");
            let (status, said) = ask(&desk, &newer, &revision(TEXT.as_bytes()), &json!([edit]));
            assert_eq!(status, StatusCode::CONFLICT, "{edit}");
            assert_eq!(
                (&said["code"], &said["revision"]),
                (&json!("stale"), &json!(revision(newer.as_bytes())))
            );
            assert!(said["message"].as_str().unwrap().contains("was changed since"), "{said}");
            // Without saying what it is made of, it is not even looked at.
            let (status, _) = desk.ask("POST", "/api/v1/edit", Some(&json!({"text": TEXT, "edits": [edit]})));
            assert!(status.is_client_error());
        }
        let older = revision(b"older");
        for (route, more) in [
            ("/api/v1/name", json!({"state": "0", "name": "x"})),
            ("/api/v1/keep", json!({"version": version(false, &["a.pay"]), "id": "v", "title": "V"})),
            ("/api/v1/falls", json!({"address": "actor.a"})),
        ] {
            let mut body = json!({"path": "case.toml", "text": TEXT, "revision": older});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let (status, said) = desk.ask("POST", route, Some(&body));
            assert_eq!((status, &said["code"]), (StatusCode::CONFLICT, &json!("stale")), "{route}: {said}");
        }
    }

    #[test]
    fn a_change_is_made_where_it_still_fits_and_refused_where_something_else_stands() {
        let desk = desk();
        for (edit, meets) in every_kind(&desk) {
            edited(&desk, TEXT, &json!([edit]));
            // Where somebody changed something else, the same change fits: nothing is addressed by place.
            let more =
                TEXT.replace("# first\n", "# a new one\n[[actor.a.prefers]]\nthat = \"a.wait\"\n\n# first\n");
            if edit["edit"] != "replace" && edit["edit"] != "remove_all" {
                let text = edited(&desk, &more, &json!([edit]))["text"].as_str().unwrap().to_owned();
                assert!(
                    text.contains("that = \"a.wait\"") || text.contains("that = \"north.wait\""),
                    "{edit}: {text}"
                );
            }
            let Some(meets) = meets else { continue };
            let other = TEXT.replacen(meets, &meets.replace(['N', 'T', 'P', 'b', 'c', 'n'], "X"), 1);
            let (status, said) = ask(&desk, &other, &revision(other.as_bytes()), &json!([edit]));
            assert_eq!(
                (status, &said["code"]),
                (StatusCode::CONFLICT, &json!("otherwise")),
                "{edit}: {said}"
            );
            assert_eq!(said["revision"], revision(other.as_bytes()));
        }
        // All or nothing.
        let both = json!([
            {"edit": "set", "address": "case.title", "value": "Three", "expected": "Two"},
            {"edit": "set", "address": "case.title", "value": "Four", "expected": "Two"},
        ]);
        assert_eq!(ask(&desk, TEXT, &revision(TEXT.as_bytes()), &both).0, StatusCode::CONFLICT);
        for address in ["actor.a.prefers[0].that", "rule[0]"] {
            let by_place = json!([{"edit": "remove", "address": address, "expected": null}]);
            let (status, said) = ask(&desk, TEXT, &revision(TEXT.as_bytes()), &by_place);
            assert_eq!((status, &said["code"]), (StatusCode::BAD_REQUEST, &json!("bad_request")), "{said}");
        }
    }

    #[test]
    fn with_its_first_claim_a_thing_is_no_assumption() {
        let desk = desk();
        let wish = format!("actor.a.prefers[{}]", keys(&desk, TEXT, "actor.a.prefers")[0]);
        for address in [wish.as_str(), "actor.a.option.pay"] {
            let edit = json!([{"edit": "attach", "address": address, "claim": "c02"}]);
            let answer = edited(&desk, TEXT, &edit);
            let text = answer["text"].as_str().unwrap();
            assert_eq!(text.matches("assumption = true").count(), 1, "{text}");
            assert_eq!(text.matches("\"c02\"").count(), 1, "{text}");
            // The entry has another key now, and the page is told.
            if address == wish {
                assert_eq!(answer["moved"][0][0], json!(wish));
                let again = answer["moved"][0][1].as_str().unwrap();
                let back = json!([{"edit": "detach", "address": again, "claim": "c02"}]);
                let text = edited(&desk, text, &back)["text"].as_str().unwrap().to_owned();
                assert!(!text.contains("c02\"]"), "{text}");
            }
        }
        // An option in words alone becomes a table.
        let edit = json!([{"edit": "attach", "address": "actor.b.option.go", "claim": "c01"}]);
        let text = edited(&desk, TEXT, &edit)["text"].as_str().unwrap().to_owned();
        assert!(text.contains("option.go = { text = \"Send boats\", because = [\"c01\"] }"), "{text}");
    }

    #[test]
    fn a_new_id_is_a_new_id_everywhere() {
        let desk = desk();
        let actor = json!([{"edit": "rename", "address": "actor.a", "to": "north"}]);
        let text = edited(&desk, TEXT, &actor)["text"].as_str().unwrap().to_owned();
        for line in [
            "[actor.north]",
            "[actor.north.option]",
            "[[actor.north.prefers]]",
            "that = \"not north.pay\"",
            "that = \"north.pay and b.go\"",
            "paid = \"north.pay\"",
            "never = \"north.pay and north.wait\"",
            "on = [\"north.pay\"]",
            "# first",
            "title = \"Two\" # kept",
        ] {
            assert!(text.contains(line), "{line} is missing:\n{text}");
        }
        assert!(!text.contains("a.pay\"") || text.contains("north.pay"), "{text}");
        let live = desk.live(&text, &version(false, &[]), &Value::Null);
        assert!(live["case"].is_object(), "{}", live["problems"]);
        let option = json!([{"edit": "rename", "address": "actor.a.option.pay", "to": "give"}]);
        let text = edited(&desk, TEXT, &option)["text"].as_str().unwrap().to_owned();
        assert!(!text.contains("a.pay") && text.matches("a.give").count() == 5, "{text}");
        // In its place: before the other option.
        assert!(text.find("give = {").unwrap() < text.find("wait = ").unwrap(), "{text}");
        let definition = json!([{"edit": "rename", "address": "define.paid", "to": "done"}]);
        let text = edited(&desk, TEXT, &definition)["text"].as_str().unwrap().to_owned();
        assert!(text.contains("done = \"a.pay\"") && text.contains("outcome = \"done\""), "{text}");
        let claim = json!([{"edit": "rename", "address": "claim.c01", "to": "k"}]);
        let text = edited(&desk, TEXT, &claim)["text"].as_str().unwrap().to_owned();
        assert!(text.contains("[claim.k]") && text.contains("because = [\"k\"]"), "{text}");
        for (address, to) in [("actor.a", "b"), ("actor.a", "Not an id"), ("actor.nobody", "x")] {
            let edit = json!([{"edit": "rename", "address": address, "to": to}]);
            assert!(
                ask(&desk, TEXT, &revision(TEXT.as_bytes()), &edit).0.is_client_error(),
                "{address} {to}"
            );
        }
    }

    #[test]
    fn what_goes_with_a_thing_is_listed_before_it_goes() {
        let desk = desk();
        let falls = |address: &str| {
            let body = json!({"text": TEXT, "revision": revision(TEXT.as_bytes()), "address": address});
            let (status, said) = desk.ask("POST", "/api/v1/falls", Some(&body));
            assert_eq!(status, StatusCode::OK, "{said}");
            said["falls"].as_array().unwrap().clone()
        };
        let of = |falls: &[Value]| -> Vec<String> {
            falls.iter().map(|one| one["address"].as_str().unwrap().to_owned()).collect()
        };
        // An actor: wishes of others, the rule and the definition about it, the question about that, the status quo.
        let all = falls("actor.a");
        let addresses = of(&all);
        for part in ["actor.b.prefers[", "rule[=calm]", "define.paid", "question.q", "status_quo.on["] {
            assert!(addresses.iter().any(|one| one.starts_with(part)), "{part} in {addresses:?}");
        }
        assert_eq!(addresses.len(), 5, "{addresses:?}");
        assert!(
            all.iter().all(
                |one| one["mention"] == json!(one["address"].as_str().unwrap().starts_with("status_quo"))
            )
        );
        let live = desk.live(TEXT, &version(false, &[]), &Value::Null);
        let expected = &live["file"]["value"]["actor"]["a"];
        let edit =
            json!([{"edit": "remove_all", "address": "actor.a", "expected": expected, "with": addresses}]);
        let text = edited(&desk, TEXT, &edit)["text"].as_str().unwrap().to_owned();
        assert!(!text.contains("a.pay") && !text.contains("actor.a") && text.contains("on = []"), "{text}");
        let live = desk.live(&text, &version(false, &[]), &Value::Null);
        assert!(live["case"].is_object(), "{}: {text}", live["problems"]);
        // What nothing uses goes alone.
        assert_eq!(falls("claim.c02"), Vec::<Value>::new());
    }

    #[test]
    fn things_are_added_under_ids_that_are_made_and_put_in_order() {
        let desk = desk();
        let add = |address: &str, name: &str, value: Value| json!([{"edit": "add", "address": address, "named": name, "value": value}]);
        let actor =
            edited(&desk, TEXT, &add("actor.*", "The Harbour Union", json!({"name": "The Harbour Union"})));
        assert_eq!(actor["made"], json!(["actor.harbour-union"]));
        let text = actor["text"].as_str().unwrap();
        // A later option stands behind an earlier one, however they are written.
        let mut text = text.to_owned();
        for (actor, words, id) in [
            ("harbour-union", "Strike", "strike"),
            ("harbour-union", "Keep the boats tied up", "keep-boats"),
            ("harbour-union", "Strike!", "strike-2"),
            ("a", "Accept a mediator", "accept-mediator"),
            ("b", "Ждать", "zhdat"),
        ] {
            let edit =
                add(&format!("actor.{actor}.option.*"), words, json!({"text": words, "assumption": true}));
            let answer = edited(&desk, &text, &edit);
            assert_eq!(answer["made"], json!([format!("actor.{actor}.option.{id}")]));
            answer["text"].as_str().unwrap().clone_into(&mut text);
        }
        let live = desk.live(&text, &version(false, &[]), &Value::Null);
        assert_eq!(
            live["file"]["keys"]["actor.harbour-union.option"],
            json!(["strike", "keep-boats", "strike-2"])
        );
        assert_eq!(live["file"]["keys"]["actor.a.option"], json!(["pay", "wait", "accept-mediator"]));
        let options: Vec<&Value> =
            live["case"]["options"].as_array().unwrap().iter().map(|option| &option["id"]).collect();
        assert_eq!(
            options,
            [
                "a.pay",
                "a.wait",
                "a.accept-mediator",
                "b.go",
                "b.zhdat",
                "harbour-union.strike",
                "harbour-union.keep-boats",
                "harbour-union.strike-2"
            ]
        );
        // Actors and options change places, with their comments.
        let moved = json!([
            {"edit": "move", "address": "actor.b", "before": "actor.a"},
            {"edit": "move", "address": "actor.a.option.wait", "before": "actor.a.option.pay"},
        ]);
        let text = edited(&desk, &text, &moved)["text"].as_str().unwrap().to_owned();
        let live = desk.live(&text, &version(false, &[]), &Value::Null);
        assert_eq!(live["file"]["keys"]["actor"], json!(["b", "a", "harbour-union"]), "{text}");
        assert_eq!(
            live["file"]["keys"]["actor.a.option"],
            json!(["wait", "pay", "accept-mediator"]),
            "{text}"
        );
        assert_eq!(live["file"]["value"]["actor"]["a"]["prefers"].as_array().unwrap().len(), 2);
        let back = json!([{"edit": "move", "address": "actor.b", "before": null}]);
        let text = edited(&desk, &text, &back)["text"].as_str().unwrap().to_owned();
        let live = desk.live(&text, &version(false, &[]), &Value::Null);
        assert_eq!(live["file"]["keys"]["actor"], json!(["a", "harbour-union", "b"]), "{text}");
    }
}

#[test]
fn the_guide_is_served_below_its_address() {
    let desk = Desk::new(CASE);
    let get = |uri: &str, cookie: &str| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let request = Request::builder().uri(uri).header("host", "127.0.0.1:4711").header("cookie", cookie);
        let request = request.body(Body::empty()).unwrap();
        runtime.block_on(async {
            let response = desk.router.clone().oneshot(request).await.unwrap();
            let (head, body) = response.into_parts();
            (head, String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap())
        })
    };
    let ours = "detente-k=s3cret";
    let (head, _) = get("/guide", ours);
    assert_eq!(
        (head.status, head.headers["location"].as_bytes()),
        (StatusCode::PERMANENT_REDIRECT, &b"/guide/"[..])
    );
    let (head, page) = get("/guide/", ours);
    assert_eq!(
        (head.status, head.headers["content-type"].as_bytes()),
        (StatusCode::OK, &b"text/html; charset=utf-8"[..])
    );
    assert!(head.headers["content-security-policy"].to_str().unwrap().contains("style-src 'self'"));
    assert!(page.contains("<h1") && page.contains("tutorial/1-read.html"));
    for (file, kind) in
        [("guide.css", "text/css"), ("guide.js", "text/javascript"), ("search.js", "text/javascript")]
    {
        let (head, _) = get(&format!("/guide/{file}"), ours);
        assert!(head.headers["content-type"].to_str().unwrap().starts_with(kind), "{file}");
    }
    assert_eq!(get("/guide/how-to/threat.html", ours).0.status, StatusCode::OK);
    assert_eq!(get("/guide/how-to/nothing.html", ours).0.status, StatusCode::NOT_FOUND);
    assert_eq!(get("/guide/", "").0.status, StatusCode::UNAUTHORIZED);
}
