//! The situation: what `map` says, draws and hands to programs.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

fn detente(args: &[&str], input: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

const FLAGSHIP: &str = "cases/south-caucasus-2023-solo";

/// The triangle of Azerbaijan, Armenia and Russia: its signs, and whether it is at rest.
fn moscows_triangle(map: &Value) -> (Vec<i64>, bool) {
    let triad =
        map["triads"].as_array().unwrap().iter().find(|t| t["actors"] == serde_json::json!([0, 1, 2]));
    let triad = triad.unwrap();
    let signs = triad["signs"].as_array().unwrap().iter().map(|s| s.as_i64().unwrap()).collect();
    (signs, triad["at_rest"].as_bool().unwrap())
}

#[test]
fn peace_puts_moscows_triangle_under_strain() {
    let now: Value = serde_json::from_str(&detente(&["map", FLAGSHIP, "--format", "json"], "")).unwrap();
    // Signs of az–am, am–ru, az–ru.
    assert_eq!(moscows_triangle(&now), (vec![-1, -1, 1], true));
    let args = ["map", FLAGSHIP, "--state", "4053", "--format", "json"];
    let after: Value = serde_json::from_str(&detente(&args, "")).unwrap();
    assert_eq!(moscows_triangle(&after), (vec![1, -1, 1], false));
    let left = |map: &Value| -> Vec<String> {
        let bodies = map["bodies"].as_array().unwrap().iter();
        bodies
            .filter(|b| b["left"] == serde_json::json!([1]))
            .map(|b| b["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(left(&now).is_empty());
    assert_eq!(left(&after), ["csto", "eaeu"]);
}

#[test]
fn pictures_are_the_same_bytes_each_time_and_carry_words_for_those_who_cannot_see() {
    for case in [FLAGSHIP, "cases/south-caucasus-2025", "cases/nile-dam", "cases/chicken"] {
        let first = detente(&["map", case, "--format", "svg"], "");
        assert_eq!(first, detente(&["map", case, "--format", "svg"], ""), "{case}");
        assert!(first.starts_with("<svg ") && first.trim_end().ends_with("</svg>"), "{case}");
        assert!(first.contains("<desc>") && !first.contains("NaN") && !first.contains("inf"), "{case}");
    }
}

#[test]
fn text_of_a_case_stays_text_in_every_medium() {
    let case = "format = 1\n[case]\ntitle = \"T</title><script>x</script>\"\n\
        [actor.a]\nname = \"A \\\" \\\\ <b>&\"\noption.x = \"Do x\"\n\
        prefers = [{ that = \"a.x\", assumption = true }]\n\
        [actor.b]\nname = \"ب\"\noption.y = \"Do y\"\n\
        [body.u]\nname = \"<Union>\"\nmembers = [\"a\", \"b\"]\n\
        [[tie]]\nbetween = [\"a\", \"b\"]\nkind = \"hostile\"\n[status_quo]\non = []\n";
    let svg = detente(&["map", "-", "--format", "svg"], case);
    assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains("<Union>"));
    assert!(svg.contains("&lt;script&gt;") && svg.contains("ب"));
    let dot = detente(&["map", "-", "--format", "dot"], case);
    assert!(dot.contains(r#"label="A \" \\ <b>&""#), "{dot}");
}

/// A case in which two sources count the same months, and a third entry is one event.
const COUNTED: &str = r#"format = 1
[case]
title = "Counted"
as_of = 2023-03-01
[source.one]
title = "The first <data>"
[source.two]
title = "The second data"
[claim.a]
source = "one"
says = "Rows."
[claim.b]
source = "one"
says = "Rows."
[claim.c]
source = "two"
says = "Rows."
[actor.x]
name = "X"
option.o = "O"
[[event]]
on = "2023-01"
title = "Twelve"
count = 12
deaths = [30, 43, 60]
because = ["a"]
[[event]]
on = 2023-01-15
title = "Three more"
count = 3
because = ["a"]
[[event]]
on = "2023-02"
title = "Five"
count = 5
because = ["b"]
[[event]]
on = "2023-01"
title = "Seven"
count = 7
because = ["c"]
[[event]]
on = 2023-02-02
title = "A meeting"
"#;

#[test]
fn counts_are_a_row_of_bars_for_each_source() {
    let map: Value =
        serde_json::from_str(&detente(&["map", "-", "--format", "json", "-q"], COUNTED)).unwrap();
    let told: Vec<&str> =
        map["counts"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "The first <data>: 20 events in 2 months, the most in January 2023: 15",
            "The second data: 7 events in January 2023"
        ]
    );
    let picture = detente(&["map", "-", "--format", "svg", "-q"], COUNTED);
    let titles =
        picture.matches("<title>January 2023: 15 events, 30 to 60 deaths (best estimate 43)</title>").count();
    assert_eq!(titles, 1, "{picture}");
    assert_eq!(picture.matches("events</title>").count() + titles, 3, "a bar for each month of each source");
    assert!(picture.contains("The first &lt;data&gt;: 20 events"));
    // What is counted is a bar and no dot with a name; what is one event is both.
    assert!(picture.contains("A meeting") && !picture.contains("Twelve"));
}
