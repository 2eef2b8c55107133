//! Reasons have one author: the page and `explain` say the same, word for word, and what they name is so in the
//! sense of the definitions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use detente_engine::certificate::Search;
use detente_engine::{Bounds, Order, Quiet, Settings, solve};
use detente_model::{
    ActorId, Concept, Conflict, Direction, Form, Game, Preference, Sequences, State, Strike,
};
use detente_study::find::rests::{self, Support};
use detente_study::find::states;
use detente_study::say::reason;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root()).output().unwrap()
}

fn said(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The words without line ends.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&said(&[args, &["--format", "json", "--quiet"]].concat())).unwrap()
}

fn read(text: &str) -> Conflict {
    let read = detente_case::read("case.toml", text.as_bytes());
    read.conflict.unwrap_or_else(|| panic!("{:#?}\n{text}", read.diagnostics))
}

/// A case in a folder of its own.
struct Case {
    _folder: tempfile::TempDir,
    path: String,
}

fn case(text: &str) -> Case {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    fs::write(&path, text).unwrap();
    Case { path: path.to_str().unwrap().to_owned(), _folder: folder }
}

fn catalogue() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in fs::read_dir(root().join("cases")).unwrap() {
        let Ok(files) = fs::read_dir(folder.unwrap().path()) else { continue };
        found.extend(files.map(|file| file.unwrap().path()).filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.ends_with(".toml") && name != "expected.toml"
        }));
    }
    found.sort();
    found
}

fn conflict(path: &Path) -> Conflict {
    read(&fs::read_to_string(path).unwrap())
}

/// A case as each account tells it, with the account's id; as it is where no claims contradict each other.
fn accounts(conflict: &Conflict) -> Vec<(Option<String>, Conflict)> {
    let accounts = conflict.accounts().unwrap();
    if accounts.is_empty() {
        return vec![(None, conflict.clone())];
    }
    let told = |account: detente_model::Account| {
        let told = conflict.in_account(&account).unwrap();
        (Some(account.id), told)
    };
    accounts.into_iter().map(told).collect()
}

/// All outcomes of a small case; of a larger one today, those that last, and some between.
fn shown(conflict: &Conflict) -> Vec<State> {
    let settings = Settings { concepts: vec![Concept::Nash], ..Settings::default() };
    let verdicts = solve(&conflict.game, &settings, &Quiet).unwrap().verdicts;
    let all = verdicts.feasible().first(1 << 16);
    if all.len() <= 16 {
        return all;
    }
    let mut list: BTreeSet<State> = conflict.game.status_quo.iter().cloned().collect();
    // The reason of one outcome of a large case takes a while.
    let (lasting, others) = if is_large(conflict) { (2, 1) } else { (6, 3) };
    list.extend(verdicts.equilibria(Concept::Nash).unwrap().first(lasting));
    list.extend(all.iter().step_by(all.len() / others + 1).cloned());
    list.into_iter().collect()
}

fn is_large(conflict: &Conflict) -> bool {
    conflict.game.options().len() > 16
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

#[cfg(unix)]
mod page {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::process::{Child, Stdio};

    use super::*;

    /// A workbench that is ended with the test.
    struct Page {
        child: Child,
        _folder: tempfile::TempDir,
        port: u16,
        cookie: String,
    }

    impl Drop for Page {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    impl Page {
        fn open() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
            command.args(["serve", "--no-open", "--port", "0"]).arg(folder.path());
            command.env("XDG_STATE_HOME", folder.path().join("state"));
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let mut said = String::new();
            while !said.contains("Ctrl-C") {
                said += &lines.next().expect("it says where it is").unwrap();
                said.push('\n');
            }
            std::thread::spawn(move || lines.for_each(drop));
            let address = said.split("http://").nth(1).unwrap().split_whitespace().next().unwrap();
            let port = address.split([':', '/']).nth(1).unwrap().parse().unwrap();
            let token = address.split("token=").nth(1).unwrap().to_owned();
            let mut page = Self { child, _folder: folder, port, cookie: String::new() };
            let entered = page.ask(&format!("GET /?token={token}"), "");
            page.cookie = entered.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
            page
        }

        fn ask(&self, line: &str, body: &str) -> String {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
            let request = format!(
                "{line} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\ncookie: {}\r\n\
                 content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                self.port,
                self.cookie,
                body.len()
            );
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            String::from_utf8(answer).unwrap()
        }

        fn why(&self, text: &str, state: &str, actor: &str, concept: &str) -> Result<Value, String> {
            let body = serde_json::json!({
                "path": "case.toml", "text": text, "state": state, "actor": actor, "concept": concept,
            });
            let answer = self.ask("POST /api/v1/why", &body.to_string());
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            if head.starts_with("HTTP/1.1 200") {
                Ok(serde_json::from_str(body).unwrap())
            } else {
                Err(body.to_owned())
            }
        }
    }

    #[test]
    fn the_reason_of_every_cell_is_the_one_of_explain_word_for_word() {
        let page = Page::open();
        let (mut cells, mut stable, mut open) = (0, BTreeSet::new(), BTreeSet::new());
        for path in catalogue() {
            let text = fs::read_to_string(&path).unwrap();
            let file = path.to_str().unwrap();
            // Where claims contradict each other the page has the first account.
            let (account, conflict) = accounts(&conflict(&path)).swap_remove(0);
            let reading: Vec<&str> = account.iter().flat_map(|id| ["--reading", id]).collect();
            let explain = [&["explain", file], &reading[..]].concat();
            // Who could leave at the same time are too many combinations in large cases.
            let concepts = if is_large(&conflict) { "nash,gmr,smr,seq,sseq" } else { "all" };
            for state in shown(&conflict) {
                let state = state.to_string();
                let told = json(&[&explain[..], &["--state", &state, "--concept", concepts]].concat());
                let ask =
                    [&explain[..], &["--state", &state, "--concept", concepts, "--quiet", "--format", "md"]]
                        .concat();
                // As Markdown each sentence is on a line of its own; without its marks.
                let table = said(&ask)
                    .replace("**", "")
                    .replace('\\', "")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
                for certificate in told["certificates"].as_array().unwrap() {
                    let (actor, concept) =
                        (certificate["actor"].as_str().unwrap(), certificate["concept"].as_str().unwrap());
                    let place = format!("{file} {account:?} {state} {actor} {concept}");
                    let why = page.why(&text, &state, actor, concept).unwrap();
                    assert_eq!(why["text"], certificate["text"], "{place}");
                    assert_eq!(why["stable"], certificate["stable"], "{place}");
                    // Sentence by sentence, and on the same claims.
                    let sentences = certificate["sentences"].as_array().unwrap();
                    let steps = why["steps"].as_array().unwrap();
                    assert_eq!(why["title"], sentences[0]["text"], "{place}");
                    assert_eq!(steps.len() + 1, sentences.len(), "{place}");
                    for (step, sentence) in steps.iter().zip(&sentences[1..]) {
                        for part in ["text", "claims", "assumption"] {
                            assert_eq!(step[part], sentence[part], "{place}");
                        }
                        let spans = step["spans"].as_array().unwrap();
                        let spelt: String = spans.iter().map(|span| span["text"].as_str().unwrap()).collect();
                        assert_eq!(spelt, step["text"].as_str().unwrap(), "{place}");
                    }
                    let all: BTreeSet<&str> = sentences.iter().flat_map(|s| words(&s["claims"])).collect();
                    assert_eq!(words(&why["claims"]).into_iter().collect::<BTreeSet<_>>(), all, "{place}");
                    let listed: BTreeSet<&str> = words(&certificate["claims"]).into_iter().collect();
                    assert!(all.is_subset(&listed), "{place}: {all:?} {listed:?}");
                    // The page's certificate is the one of the contract.
                    assert_eq!(&why["certificate"]["improvements"], &certificate["improvements"], "{place}");
                    for sentence in sentences {
                        let text = sentence["text"].as_str().unwrap();
                        let at =
                            table.find(text).unwrap_or_else(|| panic!("{place}: not in the table: {text}"));
                        let rest = table[at + text.len()..].lines().next().unwrap_or("");
                        let claims = words(&sentence["claims"]);
                        let assumed = sentence["assumption"] == true;
                        assert_eq!(
                            rest.contains("Rests on"),
                            !claims.is_empty() || assumed,
                            "{place}: {rest}"
                        );
                        assert!(
                            claims.iter().all(|claim| rest.contains(claim)),
                            "{place}: {claims:?} in {rest}"
                        );
                    }
                    let verdicts = if certificate["stable"] == true { &mut stable } else { &mut open };
                    verdicts.insert(concept.to_owned());
                    cells += 1;
                }
            }
        }
        assert!(cells > 1_000, "{cells}");
        assert_eq!((stable.len(), open.len()), (6, 6), "{stable:?} {open:?}");
    }

    #[test]
    fn what_is_not_possible_is_said_on_the_page_too() {
        let page = Page::open();
        let refused = page.why(GRAPH, "1", "a", "sim").unwrap_err();
        assert!(refused.contains("is not computed for this case"), "{refused}");
    }
}

/// Ann's second wish is that the bridge stands.
fn bridge(direction: &str) -> String {
    format!(
        r#"
format = 1
[case]
title = "A step that cannot be taken back"
[actor.a]
name = "Ann"
[actor.a.option]
burn = {{ text = "Burn the bridge"{direction}, assumption = true }}
[[actor.a.prefers]]
that = "b.pay"
assumption = true
[[actor.a.prefers]]
that = "not a.burn"
assumption = true
[actor.b]
name = "Bob"
[actor.b.option]
pay = {{ text = "Pay", assumption = true }}
[[actor.b.prefers]]
that = "not b.pay"
assumption = true
[status_quo]
on = []
[outcome.burnt]
name = "Burnt"
on = "a.burn"
"#
    )
}

#[test]
fn an_act_that_cannot_be_undone_is_among_the_reasons() {
    let (one_way, both) = (case(&bridge(", moves = \"on_only\"")), case(&bridge("")));
    let kept = flat(&said(&["explain", &one_way.path, "--state", "1", "--quiet"]));
    assert!(kept.contains("would rather no longer burn the bridge"), "{kept}");
    assert!(kept.contains("“Burn the bridge” cannot be undone"), "{kept}");
    let lasts = flat(&said(&["solve", &one_way.path, "--quiet"]));
    assert!(lasts.contains("“Burn the bridge” cannot be undone"), "{lasts}");
    let free = said(&["explain", &both.path, "--state", "1", "--quiet"]);
    assert!(free.contains("Ann would leave") && !free.contains("undone"), "{free}");
}

#[test]
fn a_rule_and_a_move_taken_away_are_among_the_reasons() {
    let base = |more: &str| {
        case(&format!(
            r#"
format = 1
[case]
title = "Kept"
[source.s]
title = "S"
[claim.k]
source = "s"
says = "Ann cannot sell what Bob holds."
kind = "statement"
[actor.a]
name = "Ann"
option.sell = {{ text = "Sell the land" }}
prefers = [{{ that = "a.sell" }}]
[actor.b]
name = "Bob"
option.hold = {{ text = "Hold the deed" }}
prefers = [{{ that = "b.hold" }}]
[status_quo]
on = ["b.hold"]
{more}
"#
        ))
    };
    let rule = base("[[rule]]\noption = \"a.sell\"\nrequires = \"not b.hold\"\nbecause = [\"k\"]\n");
    let cannot = base("[[actor.a.cannot]]\nfrom = \"b.hold\"\nto = \"a.sell\"\nbecause = [\"k\"]\n");
    for (case, says) in [
        (rule, "under a rule Ann will sell the land only if Bob will not hold the deed"),
        (cannot, "where Bob will hold the deed it cannot bring it about that Ann will sell the land"),
    ] {
        let table = flat(&said(&["explain", &case.path, "--state", "sq", "--quiet"]));
        assert!(table.contains(says), "{table}");
        let told = json(&["explain", &case.path, "--state", "sq", "--actor", "a", "--concept", "nash"]);
        assert_eq!(words(&told["claims"]), ["k"], "{told:#}");
        let lasts = flat(&said(&["solve", &case.path, "--quiet"]));
        assert!(lasts.contains(says), "{lasts}");
    }
}

/// `trust` says that the answer hangs on claim k; so does the reason.
#[test]
fn having_no_reason_to_leave_rests_on_claims() {
    let keeper = case(
        r#"
format = 1
[case]
title = "The keeper"
[source.s]
title = "S"
[claim.k]
source = "s"
says = "North wants the gate shut above all."
kind = "statement"
[actor.a]
name = "North"
option.x = { text = "Shut the gate", assumption = true }
prefers = [{ that = "a.x", because = ["k"] }, { that = "not a.x", assumption = true }]
[actor.b]
name = "South"
option.y = { text = "Send boats", assumption = true }
prefers = [{ that = "b.y", because = ["k"] }]
[status_quo]
on = ["a.x", "b.y"]
"#,
    );
    for (actor, concept) in [("a", "nash"), ("a", "seq"), ("b", "nash"), ("b", "sim")] {
        let told = json(&["explain", &keeper.path, "--state", "sq", "--actor", actor, "--concept", concept]);
        assert_eq!(words(&told["claims"]), ["k"], "{told:#}");
        assert_eq!(words(&told["sentences"][0]["claims"]), ["k"], "{told:#}");
    }
}

const NEGATIVE: &str = r#"
format = 1
[case]
title = "Negative weights"
[actor.a]
name = "Ann"
option.x = { text = "Raise prices", assumption = true }
[[actor.a.weighs]]
that = "a.x"
weight = 2
assumption = true
[[actor.a.weighs]]
that = "b.y"
weight = -5
assumption = true
[actor.b]
name = "Bob"
option.y = { text = "Strike", assumption = true }
[[actor.b.weighs]]
id = "costly"
that = "b.y"
weight = -3
assumption = true
[outcome.strike]
name = "Strike"
on = "b.y"
[status_quo]
on = ["a.x", "b.y"]
[question.q]
ask = "What would it take that a strike lasts?"
kind = "price"
outcome = "strike"
"#;

#[test]
fn what_has_a_negative_weight_is_wanted_not_to_be_so() {
    let case = case(NEGATIVE);
    let told = flat(&said(&["explain", &case.path, "--state", "sq", "--quiet"]));
    assert!(told.contains("Ann stays: it would still prefer Bob not to strike"), "{told}");
    assert!(told.contains("Bob would rather no longer strike: that is what it wants"), "{told}");
    let solve = flat(&said(&["solve", &case.path, "--quiet"]));
    assert!(solve.contains("Ann prefers to raise prices; Bob not to strike"), "{solve}");
    assert!(solve.contains("Bob prefers not to strike"), "{solve}");
    let evidence = said(&["evidence", &case.path, "--quiet"]);
    assert!(evidence.contains("wish 2 of Ann: Bob will not strike"), "{evidence}");
    assert!(evidence.contains("wish 1 of Bob: Bob will not strike"), "{evidence}");
    let price = said(&["price", &case.path, "--outcome", "strike", "--quiet"]);
    assert!(price.contains("Bob to strike") || price.contains("to strike"), "{price}");
    let rank = said(&["rank", &case.path, "--actor", "a", "--quiet"]);
    let (prices, strike) = (rank.find("to raise prices").unwrap(), rank.find("Bob to strike").unwrap());
    assert!(strike < prices, "what weighs 5 comes before what weighs 2: {rank}");
}

const GRAPH: &str = r#"
format = 1
[case]
title = "Graph form"
[graph]
states = ["s1", "s2"]
[actor.a]
ranking = [[2], [1]]
[[actor.a.move]]
from = "s1"
to = ["s2"]
[status_quo]
state = "s1"
"#;

/// What several do together, beside an option of one.
const ACT: &str = r#"
format = 1
[case]
title = "Act"
[actor.a]
option.x.text = "X"
prefers = [{ that = "act.pact" }]
[actor.b]
option.y.text = "Y"
prefers = [{ that = "act.pact" }]
[act.pact]
text = "Sign the pact"
parties = ["a", "b"]
[status_quo]
on = []
"#;

#[test]
fn a_question_under_a_concept_that_is_not_defined_is_an_error_and_never_a_share_of_nothing() {
    const SAID: &str = "Simultaneous stability (SIM) is not computed for this case";
    for (text, outcome) in [(GRAPH, "[\"s2\"]"), (ACT, "\"act.pact\"")] {
        let question = format!(
            "[question.q]\nask = \"?\"\nkind = \"possible\"\nconcept = \"sim\"\noutcome = {outcome}\n"
        );
        let asked = case(&format!("{text}{question}"));
        for command in ["check", "solve", "sample", "trust"] {
            let refused = run(&[command, &asked.path]);
            let told = String::from_utf8([refused.stdout, refused.stderr].concat()).unwrap();
            assert!(!refused.status.success() && told.contains("E0528"), "{command}: {told}");
        }
        let plain = case(text);
        let asked: [&[&str]; 3] = [
            &["sample", &plain.path, "--concept", "sim"],
            &["sample", &plain.path, "--concept", "nash,sim"],
            &["price", &plain.path, "--concept", "sim", "--outcome", "act.pact"],
        ];
        for ask in asked.iter().take(if text == ACT { 3 } else { 2 }) {
            let refused = run(ask);
            let told = flat(&String::from_utf8(refused.stderr).unwrap());
            assert!(!refused.status.success() && told.contains(SAID), "{ask:?}: {told}");
        }
    }
}

/// Wishes that weigh against each other and are about the same deeds.
#[test]
fn what_outweighs_is_not_told_by_the_fact_that_it_outweighs() {
    let of = |weighs: &[(&str, i64)]| {
        let list: Vec<String> = weighs
            .iter()
            .map(|(that, weight)| format!("{{ that = \"{that}\", weight = {weight} }}"))
            .collect();
        case(&format!(
            "format = 1\n[case]\ntitle = \"W\"\n[actor.a]\nname = \"Ann\"\noption.x.text = \"Dig\"\n\
             prefers = [{{ that = \"a.x\" }}]\n[actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\n\
             weighs = [{}]\n[status_quo]\non = []\n",
            list.join(", ")
        ))
    };
    let explain = |case: &Case, state: &str| {
        flat(&said(&["explain", &case.path, "--quiet", "--concept", "nash", "--state", state]))
    };
    let part = of(&[("b.y", -1), ("b.y and a.x", 2)]);
    let (there, back) = (explain(&part, "1"), explain(&part, "3"));
    assert!(
        there.contains("Bob wants to pay and Ann to dig more than not to pay")
            || there.contains("it wants to pay and Ann to dig more than not to pay"),
        "{there}"
    );
    assert!(back.contains("but it wants to pay and Ann to dig more than not to pay"), "{back}");
    // Two wishes of one formula are one, of what they weigh together.
    let twice = of(&[("b.y", -2), ("b.y", 3)]);
    let told = explain(&twice, "0");
    assert!(told.contains("Bob would rather pay: that is what it wants"), "{told}");
    // Never the same clause on both sides.
    for seed in 0..150 {
        let conflict = read(&random(seed));
        let list = shown(&conflict);
        for actor in conflict.game.actor_ids() {
            for (better, worse) in list.iter().flat_map(|a| list.iter().map(move |b| (a, b))) {
                let told = reason::gain(&conflict, actor, better, worse);
                if let Some((one, other)) = told.split_once(", which outweighs the fact that ") {
                    let one = one.trim_start_matches("then ");
                    assert!(!one.contains(other) && !other.contains(one), "seed {seed}: {told}");
                }
            }
        }
    }
}

/// What chance brings is a part of a wish like any other: it is never left out of the sentence; and a state after it has
/// the verdicts of its slice in every file.
#[test]
fn chance_is_told_in_wishes_and_in_files() {
    let of = |wish: &str| {
        case(&format!(
            "format = 1\n[case]\ntitle = \"Rain\"\nas_of = 2026-01-01\n[actor.a]\nname = \"Ann\"\noption.x.text = \"Sign\"\n\
             prefers = [{{ that = \"{wish}\" }}]\n[actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\n\
             prefers = [{{ that = \"b.y\" }}]\n[chance.rain]\ntext = \"It rains\"\nlikelihood = 0.5\n[status_quo]\non = []\n"
        ))
    };
    for (wish, words) in [
        ("chance.rain", "“It rains” to happen"),
        ("not chance.rain and a.x", "to sign and “It rains” not to happen"),
        ("not chance.rain or a.x", "to sign or “It rains” not to happen"),
        ("a.x and (not chance.rain or b.y)", "“It rains” does not happen"),
    ] {
        let case = of(wish);
        let rank = flat(&said(&["rank", &case.path, "--actor", "a", "--quiet"]));
        assert!(rank.contains(words), "{wish}: {rank}");
        let solve = said(&["solve", &case.path, "--quiet"]);
        assert!(!solve.contains("prefer ,") && !solve.contains("()"), "{solve}");
    }
    let case = of("a.x");
    let csv = said(&["export", &case.path, "--to", "csv"]);
    // What stands in quotation marks is a name.
    let plain = |line: &str| line.split('"').step_by(2).collect::<String>();
    let rows: Vec<Vec<String>> =
        csv.lines().map(|line| plain(line).split(',').map(str::to_owned).collect()).collect();
    let at = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    let (state, a, lasts) = (at("state"), at("nash.a"), at("nash.lasts"));
    // Ann has signed, Bob pays: that lasts whether it rains or not.
    let lasting: Vec<&str> =
        rows.iter().filter(|row| row[lasts] == "1").map(|row| row[state].as_str()).collect();
    assert_eq!(lasting, ["3", "7"], "{csv}");
    assert!(rows.iter().filter(|row| row[a] == "1").any(|row| row[state] == "5"), "{csv}");
}

/// A rule that the actor would meet but for something that cannot be taken up again: that is what keeps it.
#[test]
fn what_is_given_up_for_good_is_named_before_the_rule_that_asks_for_it() {
    let case = case(
        "format = 1\n[case]\ntitle = \"Fuel\"\n[actor.a]\nname = \"Ann\"\noption.burn.text = \"Burn the bridge\"\n\
         option.fuel = { text = \"Buy fuel\", moves = \"off_only\" }\nprefers = [{ that = \"a.burn\" }]\n\
         [actor.b]\nname = \"Bob\"\noption.pay.text = \"Pay\"\nprefers = [{ that = \"not b.pay\" }]\n\
         [[rule]]\noption = \"a.burn\"\nrequires = \"a.fuel\"\n[status_quo]\non = []\n",
    );
    let solve = flat(&said(&["solve", &case.path, "--quiet"]));
    assert!(
        solve.contains("“buy fuel” cannot be taken up again")
            || solve.contains("“Buy fuel” cannot be taken up again"),
        "{solve}"
    );
}

#[test]
fn a_concept_that_is_not_possible_is_said_and_not_dropped() {
    let case = case(GRAPH);
    for command in [vec!["solve", &case.path], vec!["explain", &case.path, "--state", "1"]] {
        let ask = [command.as_slice(), &["--concept", "nash,sim"]].concat();
        let table = flat(&said(&[ask.as_slice(), &["--quiet"]].concat()));
        assert!(table.contains("Simultaneous stability (SIM) is not computed for this case: "), "{table}");
        let data = json(&ask);
        assert_eq!(data["not_possible"][0]["concept"], "sim", "{data:#}");
        // Alone too; and where it is not asked for, nothing is said.
        let alone = run(&[command.as_slice(), &["--concept", "sim"]].concat());
        let both = String::from_utf8([alone.stdout, alone.stderr].concat()).unwrap();
        assert!(
            flat(&both).contains("Simultaneous stability (SIM) is not computed for this case: "),
            "{both}"
        );
        let without = json(&[command.as_slice(), &["--concept", "nash,seq"]].concat());
        assert!(without.get("not_possible").is_none(), "{without:#}");
    }
}

/// A bound that stops the search for one reason takes no other with it, and is told.
#[test]
fn a_reason_that_was_not_found_is_named_beside_those_that_were() {
    let ask = ["explain", "cases/climate-finance", "--state", "0", "--concept", "nash,sim", "--quiet"];
    let output = run(&ask);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let table = flat(&String::from_utf8(output.stdout).unwrap());
    assert!(table.contains(" stays: ") || table.contains(" would leave: "), "{table}");
    assert!(table.contains("The search for the reason of a verdict (sim, "), "{table}");
    let output = run(&[ask.as_slice(), &["--format", "json"]].concat());
    let data: Value = serde_json::from_slice(&output.stdout).unwrap();
    let actors = data["certificates"].as_array().unwrap().iter().filter(|c| c["concept"] == "nash").count();
    assert_eq!(
        actors,
        read(&fs::read_to_string(root().join("cases/climate-finance/case.toml")).unwrap()).game.actor_count()
    );
    assert!(!data["limits"].as_array().unwrap().is_empty(), "{data:#}");
}

/// Whether a part of the case still stands after a strike, whatever is left of what it rests on.
fn stands(conflict: &Conflict, part: Support, now: &Conflict) -> bool {
    let (game, after) = (&conflict.game, &now.game);
    let (form, left) = (game.option_form(), after.option_form());
    let preferences = |actor: ActorId| (&game.preferences[actor.index()], &after.preferences[actor.index()]);
    match part {
        Support::Statement(actor, at) => match preferences(actor) {
            (Preference::Statements(all), Preference::Statements(rest)) => {
                rest.iter().any(|s| (&s.id, &s.that) == (&all[at].id, &all[at].that))
            }
            _ => false,
        },
        Support::Weighed(actor, at) => match preferences(actor) {
            (Preference::Weights(all), Preference::Weights(rest)) => {
                let it = &all[at];
                rest.iter().any(|w| (&w.id, &w.that, w.weight) == (&it.id, &it.that, it.weight))
            }
            _ => false,
        },
        Support::Ranking(actor) => match preferences(actor) {
            (Preference::Ranking(before), Preference::Ranking(now)) => before.groups == now.groups,
            _ => false,
        },
        Support::Condition(option, ends, at) => {
            let of = |form: &detente_model::OptionForm| {
                let option = &form.options[option.index()];
                if ends { option.ends_if.clone() } else { option.begins_if.clone() }
            };
            let condition = &of(form.unwrap())[at];
            of(left.unwrap()).iter().any(|other| other.that == condition.that)
        }
        Support::Rule(at) => {
            let rule = &form.unwrap().rules[at];
            left.unwrap().rules.iter().any(|other| (&other.id, &other.kind) == (&rule.id, &rule.kind))
        }
        Support::Cannot(at) => {
            let it = &form.unwrap().cannot[at];
            left.unwrap().cannot.iter().any(|c| (c.actor, &c.from, &c.to) == (it.actor, &it.from, &it.to))
        }
        Support::OneWay(_) => true,
    }
}

/// Without the claims that a sentence names the parts that it names fall; and each of the claims is needed: as long
/// as it stands, one of those parts does.
#[test]
fn every_claim_named_is_needed() {
    let (mut named, mut sentences) = (0, 0);
    for (_, conflict) in catalogue().iter().flat_map(|path| accounts(&conflict(path))) {
        let ids = |claims: &[detente_model::ClaimId]| -> Vec<String> {
            claims.iter().map(|id| conflict.evidence.claims[id.index()].id.clone()).collect()
        };
        let mut search = Search::new(&conflict.game, &Bounds::default(), &Quiet);
        let mut known: BTreeSet<Vec<Support>> = BTreeSet::new();
        for state in shown(&conflict) {
            for concept in Concept::DEFAULT {
                for actor in conflict.game.actor_ids() {
                    let certificate = search.certificate(Sequences::Legal, concept, actor, &state).unwrap();
                    for sentence in reason::sentences(&conflict, &certificate) {
                        let claims = sentence.claims(&conflict);
                        if claims.is_empty() || !known.insert(sentence.parts.clone()) {
                            continue;
                        }
                        sentences += 1;
                        let without = |claims: Vec<String>| {
                            conflict.without(&Strike { claims, ..Strike::default() }).unwrap()
                        };
                        let struck = without(ids(&claims));
                        let resting: Vec<Support> = sentence
                            .parts
                            .iter()
                            .copied()
                            .filter(|part| part.grounds(&conflict).is_some_and(|g| !g.claims.is_empty()))
                            .collect();
                        for part in &resting {
                            assert!(!stands(&conflict, *part, &struck), "{part:?}: {}", sentence.text());
                        }
                        for claim in &claims {
                            let others: Vec<_> = claims.iter().copied().filter(|c| c != claim).collect();
                            let rest = without(ids(&others));
                            assert!(
                                resting.iter().any(|part| stands(&conflict, *part, &rest)),
                                "{}: {}",
                                ids(&[*claim])[0],
                                sentence.text()
                            );
                            named += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(sentences > 30 && named > 60, "{sentences} {named}");
}

/// Random numbers without a seed from outside.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Two actors with two or three options each, one-way options, rules, moves taken away, weights of both signs.
fn random(seed: u64) -> String {
    let mut dice = Dice(seed);
    let own = [2 + dice.roll(2), 2 + dice.roll(2)];
    let names: Vec<String> = ["a", "b"]
        .iter()
        .zip(own)
        .flat_map(|(actor, own)| (0..own).map(move |k| format!("{actor}.o{k}")))
        .collect();
    let literal = |dice: &mut Dice| {
        let name = &names[dice.roll(names.len() as u64) as usize];
        if dice.roll(2) == 0 { format!("not {name}") } else { name.clone() }
    };
    let formula = |dice: &mut Dice| {
        let (one, two) = (literal(dice), literal(dice));
        match dice.roll(4) {
            0 => format!("({one}) and ({two})"),
            1 => format!("({one}) or ({two})"),
            _ => one,
        }
    };
    let mut text = "format = 1\n[case]\ntitle = \"Random\"\n".to_owned();
    for (actor, own) in ["a", "b"].iter().zip(own) {
        text += &format!("[actor.{actor}]\nname = \"Actor {actor}\"\n");
        for k in 0..own {
            let moves = ["", ", moves = \"on_only\"", ", moves = \"off_only\""][dice.roll(3) as usize];
            text += &format!("option.o{k} = {{ text = \"Do {actor} {k}\"{moves} }}\n");
        }
        let weighs = dice.roll(2) == 0;
        for _ in 0..3 {
            let that = formula(&mut dice);
            if weighs {
                let weight = [-3, -2, -1, 1, 2, 3][dice.roll(6) as usize];
                text += &format!("[[actor.{actor}.weighs]]\nthat = \"{that}\"\nweight = {weight}\n");
            } else {
                text += &format!("[[actor.{actor}.prefers]]\nthat = \"{that}\"\n");
            }
        }
        if dice.roll(2) == 0 {
            let (from, to) = (formula(&mut dice), formula(&mut dice));
            text += &format!("[[actor.{actor}.cannot]]\nfrom = \"{from}\"\nto = \"{to}\"\n");
        }
    }
    // Nothing at all is always possible.
    let (one, two) = (dice.roll(names.len() as u64) as usize, dice.roll(names.len() as u64) as usize);
    if one != two {
        text += &format!("[[rule]]\nnever = \"{} and {}\"\n", names[one], names[two]);
    }
    text += "[status_quo]\non = []\n";
    text
}

/// What is said to keep an actor is what keeps it: without these rules, one-way options and moves taken away, and
/// none fewer, it can move to what it prefers. And who is kept by nothing would stay if nothing stood against it.
#[test]
fn what_keeps_an_actor_is_what_keeps_it() {
    let (mut kept, mut free) = (0, 0);
    for seed in 0..150 {
        let conflict = read(&random(seed));
        for state in shown(&conflict) {
            for actor in conflict.game.actor_ids() {
                let order = Order::new(&conflict.game, actor).unwrap();
                let better = |game: &Game| -> Vec<State> {
                    let moves = states::moves(game, actor, &state).unwrap();
                    moves.into_iter().filter(|to| order.compare(to, &state).is_better()).collect()
                };
                if !better(&conflict.game).is_empty() {
                    continue;
                }
                let stay = rests::stay(&conflict, actor, &state);
                for one in &stay.kept {
                    assert!(!one.by.is_empty());
                    for spared in std::iter::once(None).chain(one.by.iter().map(Some)) {
                        let lifted: Vec<Support> =
                            one.by.iter().copied().filter(|part| Some(part) != spared).collect();
                        let reached = better(&without(&conflict.game, &lifted)).contains(&one.to);
                        assert_eq!(reached, spared.is_none(), "seed {seed} {state}: {one:?}");
                    }
                    kept += 1;
                }
                if stay.kept.is_empty() {
                    let form = conflict.game.option_form().unwrap();
                    let every: Vec<Support> = (0..form.rules.len())
                        .map(Support::Rule)
                        .chain((0..form.cannot.len()).map(Support::Cannot))
                        .chain((0..form.options.len()).map(|o| Support::OneWay(o.into())))
                        .collect();
                    assert!(better(&without(&conflict.game, &every)).is_empty(), "seed {seed} {state}");
                    free += 1;
                }
            }
        }
    }
    assert!(kept > 300 && free > 300, "{kept} {free}");
}

fn without(game: &Game, lifted: &[Support]) -> Game {
    let mut game = game.clone();
    if let Form::Options(form) = &mut game.form {
        let mut at = 0..;
        form.rules.retain(|_| !lifted.contains(&Support::Rule(at.next().unwrap())));
        let mut at = 0..;
        form.cannot.retain(|_| !lifted.contains(&Support::Cannot(at.next().unwrap())));
        for (at, option) in form.options.iter_mut().enumerate() {
            if lifted.contains(&Support::OneWay(at.into())) {
                option.direction = Direction::Both;
            }
        }
    }
    game
}

/// What is told to be gained weighs more than what is told to be given up, and each weighed wish is told with its
/// sign: as it is in the better outcome, when it is gained.
#[test]
fn weights_are_told_with_their_sign() {
    let mut compared = 0;
    for seed in 0..150 {
        let conflict = read(&random(seed));
        let form = conflict.game.option_form().unwrap();
        let list = shown(&conflict);
        for actor in conflict.game.actor_ids() {
            let Preference::Weights(wishes) = &conflict.game.preferences[actor.index()] else { continue };
            for (better, worse) in list.iter().flat_map(|a| list.iter().map(move |b| (a, b))) {
                let Some(decides) = rests::decides(&conflict, actor, better, worse) else { continue };
                let rests::By::Weights { more, less } = &decides.by else { panic!("{decides:?}") };
                let sum = |places: &[usize]| places.iter().map(|k| wishes[*k].weight.abs()).sum::<i64>();
                assert!(sum(more) > sum(less), "seed {seed}: {decides:?}");
                let as_it_is = |k: usize, at: &State| {
                    reason::clause(&conflict, &wishes[k].that, form.holds(&wishes[k].that, at))
                };
                for k in more {
                    assert_eq!(reason::wish(&conflict, actor, *k, true), as_it_is(*k, better));
                    assert_eq!(reason::wish(&conflict, actor, *k, false), as_it_is(*k, worse));
                }
                for k in less {
                    assert_eq!(reason::wish(&conflict, actor, *k, true), as_it_is(*k, worse));
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 2_000, "{compared}");
}
