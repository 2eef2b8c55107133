//! The flagship case through the program, in both editions. The second, with its two accounts: what lasts in each as
//! the independent program has it, what the article argues, and `docs/flagship.md`, which says what each sentence
//! carries. The first: who can leave what together, where it goes, and on whose word the answer stands, number by number.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// The first edition, without acts and readings.
const CASE: &str = "cases/south-caucasus-2023-solo";
/// The second.
const SECOND: &str = "cases/south-caucasus-2023";

fn stdout(args: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn data(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[args, &["--format", "json", "--quiet"]].concat())).unwrap()
}

/// The state number of a full pattern.
fn number(pattern: &Value) -> u64 {
    pattern.as_str().unwrap().bytes().enumerate().map(|(at, cell)| u64::from(cell == b'Y') << at).sum()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn joined(ids: &Value) -> String {
    list(ids).iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join("+")
}

/// The lines of a text, and apart from them the rows of its tables.
fn rows(text: &str) -> (Vec<&str>, Vec<&str>) {
    text.lines().filter(|line| !line.is_empty()).partition(|line| !line.starts_with("| "))
}

/// What every sentence carries, as `evidence` has it: all of it in the first account, and what is otherwise in each of
/// the others.
fn page() -> String {
    let command = |reading: &str| format!("detente evidence {SECOND} --reading {reading} --format md");
    let told =
        |reading: &str| stdout(&["evidence", SECOND, "--reading", reading, "--format", "md", "--quiet"]);
    let solved = data(&["solve", SECOND, "--concept", "nash"]);
    let accounts: Vec<(&str, &str)> = list(&solved["by_reading"])
        .iter()
        .map(|account| (account["id"].as_str().unwrap(), account["title"].as_str().unwrap()))
        .collect();
    let (id, title) = accounts[0];
    let first = told(id);
    let commands: Vec<String> = accounts.iter().map(|(id, _)| format!("`{}`", command(id))).collect();
    let mut page = format!(
        "<!-- Written from {}; the tests renew it with DETENTE_BLESS=1. -->\n\n",
        commands.join(" and ")
    );
    let (heading, rest) = first.split_once('\n').unwrap();
    page.push_str(&format!(
        "{heading}\n\nClaims of this case contradict each other, so there are {} accounts of it. This is the first, \
         {title} (`{id}`); the last part has what is otherwise in the other.\n{rest}",
        accounts.len()
    ));
    let known = rows(&first);
    for (id, title) in &accounts[1..] {
        let other = told(id);
        let (lines, cells) = rows(&other);
        page.push_str(&format!(
            "\n## Otherwise {title}\n\nThe account `{id}`. Everything else is as above.\n"
        ));
        for line in lines.iter().filter(|line| !known.0.contains(line)) {
            page.push_str(&format!("\n{line}\n"));
        }
        let different: Vec<&&str> = cells.iter().filter(|row| !known.1.contains(row)).collect();
        page.push_str(&format!("\n{}\n{}\n", cells[0], cells[1]));
        for row in different {
            page.push_str(&format!("{row}\n"));
        }
    }
    page
}

/// With `DETENTE_BLESS=1` the page is written instead of compared.
#[test]
fn the_page_about_the_flagship_is_fresh() {
    let page = page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/flagship.md");
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(found, page, "docs/flagship.md is stale: run the tests once with DETENTE_BLESS=1");
    // All 21 sentences are spoken for, and the assumptions are named.
    assert!(page.contains("Every sentence up to s21 has a claim."));
    assert!(page.contains("On nobody's word"));
    // The hinge: no wish rests on it, and the answer does.
    let (above, below) = page.split_once("\n## Otherwise ").unwrap();
    let row = |text: &str, claim: &str| -> String {
        let found: Vec<&str> = text.lines().filter(|line| line.contains(&format!("| `{claim}` |"))).collect();
        assert_eq!(found.len(), 1, "{claim}: {found:?}");
        found[0].to_owned()
    };
    let hinge = row(above, "h1");
    assert!(
        hinge.contains("what “peace” means")
            && hinge.contains("the answer to “Can a peace that takes hold last?”"),
        "{hinge}"
    );
    // Where the two decide, what the article says of the consequences is what makes them come about.
    for claim in ["c14", "c15", "c16"] {
        let row = row(below, claim);
        assert!(row.contains("that “Peace, and Russia's hold is gone” lasts"), "{row}");
    }
}

/// What the independent program found of the second edition, base and variants.
fn known() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/language/flagship/expected.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Per account: what is possible, and what lasts and what is an equilibrium under each concept.
#[test]
fn both_accounts_of_the_second_edition_are_as_the_independent_program_has_them() {
    let known = known();
    let compared = |found: &Value, run: &str| {
        let accounts = list(&found["by_reading"]);
        assert_eq!(accounts.len(), 2, "{run}");
        for account in accounts {
            let id = account["id"].as_str().unwrap();
            let expected = &known["runs"][run][id];
            assert_eq!(account["feasible"]["count"], expected["feasible"].to_string(), "{run} {id}");
            let slice = &expected["slices"][0];
            for concept in ["nash", "gmr", "smr", "seq", "sseq"] {
                for what in ["lasts", "equilibria"] {
                    let found = &account[what][concept]["states"];
                    assert_eq!(found, &slice[what][concept], "{run} {id}: {what}, {concept}");
                }
            }
        }
    };
    let base = data(&["solve", SECOND]);
    assert_eq!(base["readings"], json!(["moscow-decides", "the-two-decide"]));
    compared(&base, "base");
    // Of the variants, one with a date; all of them are in the catalogue's known answers.
    compared(&data(&["solve", SECOND, "--variant", "mandate-clock"]), "mandate-clock");
}

/// The article's argument: the two sign, and what that comes to hangs on whether Russia's hindering is enough.
#[test]
fn what_the_article_argues() {
    let solved = data(&["solve", SECOND, "--concept", "nash"]);
    let asked = |account: usize, id: &str| -> (String, String) {
        let questions = list(&solved["by_reading"][account]["questions"]);
        let question = questions.iter().find(|question| question["id"] == id).unwrap();
        (question["answer"].as_str().unwrap().to_owned(), question["text"].as_str().unwrap().to_owned())
    };
    let (moscow, two) = (0, 1);
    let answers =
        |account: usize, ids: &[&str]| ids.iter().map(|id| asked(account, id).0).collect::<Vec<_>>();
    let ids = ["peace", "only-peace", "signed", "today", "follows", "hinders"];
    assert_eq!(answers(moscow, &ids), ["no", "no", "yes", "no", "says_nothing", "yes"]);
    assert_eq!(answers(two, &ids), ["yes", "yes", "yes", "no", "yes", "no"]);
    // Signed, and kept from taking hold; peace, with all that the article says follows from it.
    let lasts = |account: usize| solved["by_reading"][account]["lasts"]["nash"]["states"].clone();
    assert_eq!((lasts(moscow), lasts(two)), (json!([672]), json!([667])));
    for (account, name) in
        [(moscow, "Signed, and kept from taking hold"), (two, "Peace, and Russia's hold is gone")]
    {
        let headline = solved["by_reading"][account]["headline"]["text"].as_str().unwrap();
        assert!(headline.contains(&format!("the one outcome that lasts: “{name}”")), "{headline}");
    }
    // Today ends by one act of the two, and in neither account can anybody end it alone.
    for account in [moscow, two] {
        let text = asked(account, "both").1;
        assert!(
            text.contains("Nobody alone has a reason to leave “Nothing signed, Russia hinders”"),
            "{text}"
        );
        assert!(text.contains("Azerbaijan and Armenia together"), "{text}");
    }
    // Russia would break a peace where it can, and nobody leaves one where it cannot.
    assert!(asked(moscow, "breakers").1.contains("On its own, Russia would leave it and break it"));
    assert!(asked(two, "breakers").1.contains("No coalition can leave"));
    let why = stdout(&[
        "explain",
        SECOND,
        "--reading",
        "moscow-decides",
        "--state",
        "672",
        "--actor",
        "ru",
        "--concept",
        "nash",
        "--quiet",
    ]);
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(why.contains("but then the peace takes hold, against its first concern"), "{why}");
    // Without the hinge the first account is the second.
    let trust = data(&["trust", SECOND, "--reading", "moscow-decides"]);
    let runs = list(&trust["runs"]);
    let alone = runs.iter().find(|run| run["struck"]["claims"] == json!(["h1"])).unwrap();
    let peace = list(&alone["conclusions"]).iter().find(|c| c["id"] == "peace").unwrap();
    assert_eq!((&peace["after"], &peace["status"]), (&json!("yes"), &json!("overturned")));
    let told = stdout(&["trust", SECOND, "--reading", "moscow-decides", "--quiet"]);
    assert!(
        told.contains("claim h1 (analyst)"),
        "the claim that everything hangs on has a row of its own: {told}"
    );
    // What asks one thing of one case does not choose between the accounts.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for command in ["trust", "coalitions", "evolve", "price", "evidence", "said", "sample"] {
        let output = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args([command, SECOND])
            .current_dir(&root)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && output.stdout.is_empty(), "{command}");
        assert!(
            text.contains("choose one with --reading: moscow-decides, the-two-decide"),
            "{command}: {text}"
        );
    }
}

/// The coalition, whether it is minimal, and to where: in the order of the answer.
type Exit = (String, bool, Vec<u64>);

/// Who can leave a state; each exit has its legal sequence, made by members only and ending where it says.
fn exits(state: &str) -> Vec<Exit> {
    let found = data(&["coalitions", CASE, "--state", state]);
    assert_eq!(found["limits"], json!([]));
    let mut all: Vec<Exit> = Vec::new();
    for exit in list(&found["exits"]) {
        let steps = list(&exit["sequence"]);
        assert_eq!(steps.last().unwrap()["to"], exit["to"]);
        assert!(steps.windows(2).all(|pair| pair[0]["actor"] != pair[1]["actor"]), "twice in a row: {exit}");
        assert!(steps.iter().all(|step| list(&exit["coalition"]).contains(&step["actor"])), "{exit}");
        let (who, minimal) = (joined(&exit["coalition"]), exit["minimal"].as_bool().unwrap());
        match all.last_mut().filter(|(last, ..)| *last == who) {
            Some((_, same, to)) => {
                assert_eq!(*same, minimal);
                to.push(number(&exit["to"]));
            }
            None => all.push((who, minimal, vec![number(&exit["to"])])),
        }
    }
    // C-Nash: stable for exactly those that have no exit.
    let stable = list(&found["stable"]["c-nash"]);
    assert_eq!(stable.len() + all.len(), 15);
    assert!(stable.iter().all(|h| !all.iter().any(|(who, ..)| *who == joined(h))));
    all
}

#[test]
fn who_can_leave_the_three_equilibria() {
    let exit = |who: &str, minimal, to: &[u64]| (who.to_owned(), minimal, to.to_vec());
    let peace: &[u64] = &[3857, 3861, 3921, 3925, 4049, 4053];
    assert_eq!(
        exits("1792"),
        [
            exit("az+am", true, &[1826]),
            exit("az+am+ru", false, &[1570, 1826]),
            exit("az+am+west", false, peace)
        ]
    );
    assert_eq!(exits("1826"), [exit("az+am+west", true, peace)]);
    assert_eq!(
        exits("4053"),
        [
            exit("az+ru", true, &[3281, 3793]),
            exit("az+am+ru", false, &[3281, 3793]),
            exit("az+ru+west", false, &[1233, 1745])
        ]
    );
}

#[test]
fn nothing_is_proof_against_every_coalition() {
    let found = data(&["coalitions", CASE]);
    assert_eq!(found["proof"]["c-nash"], json!({"count": "0", "states": []}));
    let rows = found["table"]["c-nash"].as_object().unwrap();
    assert_eq!(rows.len(), 15);
    // Of each coalition, of the three equilibria: which it would leave.
    let mut leave: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for (who, set) in rows {
        let stays: Vec<u64> = list(&set["states"]).iter().map(|n| n.as_u64().unwrap()).collect();
        assert_eq!(set["count"], stays.len().to_string());
        for state in [1792, 1826, 4053].into_iter().filter(|state| !stays.contains(state)) {
            leave.entry(state).or_default().push(who);
        }
    }
    let expected = [
        (1792, vec!["az+am", "az+am+ru", "az+am+west"]),
        (1826, vec!["az+am+west"]),
        (4053, vec!["az+am+ru", "az+ru", "az+ru+west"]),
    ];
    assert_eq!(leave, BTreeMap::from(expected));
    // Alone: as `solve` has it.
    let solved = data(&["solve", CASE]);
    for (actor, set) in solved["stability"]["nash"].as_object().unwrap() {
        assert_eq!(rows[actor]["states"], set["states"], "{actor}");
    }
    let words = stdout(&["coalitions", CASE, "--quiet"]);
    assert!(words.contains("No outcome is proof against every coalition"), "{words}");
}

/// Nobody alone leaves the peace; two together, and with a third to as many others (a fourth adds nothing); the agreement holds wherever they
/// go, and none of these outcomes lasts.
#[test]
fn who_can_block_the_peace_alone_and_together() {
    let solved = data(&["solve", CASE]);
    let blockers = list(&solved["questions"]).iter().find(|q| q["id"] == "blockers").unwrap();
    let text = blockers["text"].as_str().unwrap();
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no “{part}” in: {text}"));
    let alone = place("Nobody alone has a reason to leave “Western peace, guaranteed”.");
    let together =
        place("Azerbaijan and Russia together (or with the West) could go to “Side deal” (2 outcomes)");
    let breaks = place("None of this breaks it");
    let lasts = place("none of that would last");
    assert!(alone < together && together < breaks && breaks < lasts, "{text}");
    assert_eq!(blockers["answer"], "partly");
    // What it says of them is so: they hold (the side deal is one way of it), and are no equilibria.
    let lasting = list(&solved["equilibria"]["nash"]["states"]);
    for state in [1233, 1745, 3281, 3793] {
        assert!(!lasting.contains(&json!(state)));
        let on = |bit: u32| state >> bit & 1 == 1;
        let (az, am, hinders, guarantees) = (on(0), on(4), on(8), on(11));
        assert!(az && am && (!hinders || guarantees), "{state}");
    }
}

#[test]
fn where_it_goes_from_three_starts() {
    let ends = |found: &Value| -> Vec<(Vec<u64>, f64)> {
        let one = |end: &Value| {
            (list(&end["states"]).iter().map(number).collect(), end["probability"].as_f64().unwrap())
        };
        list(&found["absorbing"]).iter().map(one).collect()
    };
    // Alone nobody moves; every outcome can be reached by moves, none by what their makers prefer.
    let today = data(&["evolve", CASE]);
    assert_eq!(ends(&today), [(vec![1792], 1.0)]);
    assert_eq!((&today["by_moves"], &today["by_improvements"]), (&json!(127), &json!(0)));
    let way = |found: &Value, to: u64| -> Vec<(String, u64)> {
        let route = list(&found["shortest"]).iter().find(|route| number(&route["to"]) == to).unwrap();
        let step = |step: &Value| (step["actor"].as_str().unwrap().to_owned(), number(&step["to"]));
        list(&route["sequence"]).iter().map(step).collect()
    };
    // With coalitions the two go to the Moscow deal, the three to the peace, each by one joint step; nothing lasts,
    // since nothing is proof against every coalition.
    let together = data(&["evolve", CASE, "--coalitions"]);
    assert_eq!(way(&together, 1826), [("az+am".to_owned(), 1826)]);
    assert!(list(&together["absorbing"]).iter().all(|end| end["kind"] == "cycle"));
    let sum: f64 = ends(&together).iter().map(|end| end.1).sum();
    assert!((sum - 1.0).abs() < 1e-9 && together["residual"].as_f64().unwrap() < 1e-9);
    // From the side deal single actors lead back to the guaranteed peace, nearly always.
    let side = data(&["evolve", CASE, "--from", "3281"]);
    let found = ends(&side);
    assert_eq!(found.iter().map(|end| end.0.clone()).collect::<Vec<_>>(), [[4053], [1826], [1792]]);
    assert!(found[0].1 > 0.98 && (found.iter().map(|end| end.1).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(way(&side, 4053).len(), 2);
}

#[test]
fn what_a_guaranteed_agreement_hangs_on() {
    let found = data(&["trust", CASE]);
    // In six lines for an analyst.
    let text = list(&found["text"]);
    assert_eq!(text.len(), 6);
    for (line, part) in [
        "Can a Western-brokered agreement hold, so that nobody alone has a reason to leave it? Yes.",
        "without claim c07 (Kamal Aliyev) alone",
        "It falls when c10 (Kamal Aliyev) and c12 (Kamal Aliyev) are struck together.",
        "the analyst's assumptions",
        "Russia prefers that the agreement does not hold – Kamal Aliyev",
        "The smallest body of evidence that supports it with all other claims struck",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(text[line].as_str().unwrap().contains(part), "{line}: {text:#?}");
    }
    let makes = "What makes “Guarantee the agreement” necessary rests on what is struck alone";
    assert!(text[4].as_str().unwrap().contains(makes));
    let runs = list(&found["runs"]);
    let status = |run: &Value, id: &str| {
        let found = list(&run["conclusions"]).iter().find(|c| c["id"] == id).unwrap();
        (found["after"].clone(), found["status"].as_str().unwrap().to_owned())
    };
    // No single claim struck overturns it, and each has been tried; without c07 “holds” has no meaning, and it is open.
    let single: Vec<&Value> = runs.iter().filter(|run| list(&run["struck"]["claims"]).len() == 1).collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(CASE).join("case.toml");
    let claims = fs::read_to_string(file).unwrap().lines().filter(|l| l.starts_with("[claim.")).count();
    assert_eq!(single.len(), claims);
    // The outcome itself goes with the claims that one of its options rests on alone.
    let carries = ["c07", "c14", "c15", "c16"];
    for run in single {
        let claim = list(&run["struck"]["claims"])[0].as_str().unwrap();
        let (holds, lasts) = (status(run, "holds"), status(run, "nash:4053"));
        assert_eq!((holds.0 == json!("yes"), holds.1 == "open"), (true, claim == "c07"), "{claim}: {run}");
        assert_ne!(holds.1, "overturned", "{claim}: {run}");
        let expected = match claim {
            "c07" => "open",
            _ if carries.contains(&claim) => "overturned",
            _ if lasts.1 == "unsupported" => "unsupported",
            _ => "supported",
        };
        assert_eq!(
            (lasts.0 == "yes", lasts.1.as_str()),
            (!carries.contains(&claim), expected),
            "{claim}: {run}"
        );
    }
    // Facts and reported statements alone.
    let asked = runs.iter().find(|run| run["question"] == "trust").unwrap();
    // Options fall with the claims that they rest on alone, and what “holds” means: the outcome is not possible any
    // more, and the answer is open.
    assert_eq!((&asked["feasible"], &asked["equilibria"]), (&json!("44"), &json!("5")));
    assert_eq!(status(asked, "nash:4053"), (json!("no"), "open".to_owned()));
    assert_eq!(status(asked, "holds"), (json!("yes"), "open".to_owned()));
    // Without the assumptions it is another answer.
    let article = runs.iter().find(|run| run["struck"]["assumptions"] == true).unwrap();
    assert_eq!(status(article, "holds"), (json!("no"), "overturned".to_owned()));
}

/// What the README quotes is what a newcomer sees, line by line, in this order.
#[test]
fn the_readme_quotes_what_is_said() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let quoted = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let said = stdout(&["solve", SECOND, "--quiet"]);
    let mut left = said.as_str();
    let lines: Vec<&str> = quoted.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 10, "{quoted}");
    for line in lines {
        // A line may be quoted up to where it says that there is more.
        let line = line.strip_suffix(" …").unwrap_or(line);
        let at = left.find(line).unwrap_or_else(|| panic!("not said, or not here: {line}"));
        left = &left[at + line.len()..];
    }
}
