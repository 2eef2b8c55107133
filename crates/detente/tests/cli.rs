//! What the program does with its arguments, its streams and things that are no case.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(args).current_dir(root()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn run(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const FLAGSHIP: &str = "cases/south-caucasus-2023-solo";

/// Fails with `code`, says all of `says` on standard error and nothing on standard output.
fn fails(args: &[&str], code: i32, says: &[&str]) {
    let output = run(args);
    let text = err(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    assert!(out(&output).is_empty(), "{args:?} prints on standard output: {}", out(&output));
    for part in says {
        assert!(text.contains(part), "{args:?} does not say “{part}”:\n{text}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn wrong_usage_ends_with_two() {
    fails(&[], 2, &["Usage"]);
    fails(&["slove", FLAGSHIP], 2, &["solve"]);
    fails(&["solve"], 2, &["CASE"]);
    fails(&["solve", FLAGSHIP, "--concept", "nsh"], 2, &["not a concept", "nash"]);
    fails(&["solve", FLAGSHIP, "--engine", "magic"], 2, &["explicit", "symbolic"]);
    fails(&["solve", FLAGSHIP, "--format", "xml"], 2, &["json"]);
    fails(&["solve", FLAGSHIP, "--max-memory", "lots"], 2, &["512M"]);
    fails(
        &["solve", FLAGSHIP, "--variant", "no-guarante"],
        2,
        &["no variant `no-guarante`", "did you mean `no-guarantee`"],
    );
    fails(&["schema", "slove"], 2, &["did you mean `solve`"]);
}

#[test]
fn help_and_version_are_answers() {
    for args in [&["--help"][..], &["solve", "--help"], &["--version"]] {
        let output = run(args);
        assert!(output.status.success());
        assert!(!out(&output).is_empty() && err(&output).is_empty());
    }
}

#[test]
fn what_is_no_case_gets_a_diagnostic_and_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fails(&["solve", &path("missing.toml")], 1, &["E0101", "no such file"]);
    fails(&["solve", "south-caucasus-2023"], 1, &["E0101", "did you mean `cases/south-caucasus-2023`"]);
    fails(&["solve", "cases/south-caucasus-2032"], 1, &["did you mean `cases/south-caucasus-2023`"]);
    fails(&["solve", folder.path().to_str().unwrap()], 1, &["E0102"]);
    fails(&["solve", "cases"], 1, &["E0102", "may be meant"]);
    fails(&["solve", "/dev/null"], 1, &["E0103", "not a regular file"]);

    let large = fs::File::create(path("large.toml")).unwrap();
    large.set_len(100 << 20).unwrap();
    fails(&["solve", &path("large.toml")], 1, &["E0104", "4 MiB"]);

    fs::write(path("latin1.toml"), b"title = \"\xe9\"").unwrap();
    fails(&["solve", &path("latin1.toml")], 1, &["E0105"]);
    fs::write(path("old.gmcr"), b"\x80\x03}q\x00.").unwrap();
    fails(&["solve", &path("old.gmcr")], 1, &["pickle"]);
    fs::write(path("empty.toml"), "").unwrap();
    let output = run(&["solve", &path("empty.toml")]);
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_fifo_is_refused_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe.toml");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    fails(&["solve", path.to_str().unwrap()], 1, &["E0103", "not a regular file", "write `-`"]);
}

#[test]
fn standard_input_is_a_case() {
    let text = fs::read(root().join(FLAGSHIP).join("case.toml")).unwrap();
    let mut child = command(&["solve", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(out(&output), out(&run(&["solve", FLAGSHIP])));
}

#[test]
fn gmcr_is_known_by_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    let gmcr = root().join("crates/detente-case/tests/gmcr/d2k4-0001.gmcr");
    fs::copy(gmcr, &path).unwrap();
    let output = run(&["solve", folder.path().to_str().unwrap()]);
    assert!(output.status.success(), "{}", err(&output));
}

/// `detente solve case | head -1` ends quietly.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    // More than a pipe holds, so that the program is still writing when the reader has gone.
    let mut child = command(&["solve", FLAGSHIP, "--format", "json", "--concept", "all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let status = child.wait().unwrap();
    assert!(said.is_empty(), "{said}");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn colour_only_where_somebody_sees_it() {
    let plain = run(&["solve", FLAGSHIP]);
    assert!(!out(&plain).contains('\u{1b}'), "no colour into a pipe");
    let forced = command(&["solve", FLAGSHIP]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(out(&forced).contains('\u{1b}'));
    let refused = command(&["solve", FLAGSHIP]).env("NO_COLOR", "1").output().unwrap();
    assert_eq!(out(&refused), out(&plain));
    let wrong = run(&["solve", "missing.toml"]);
    assert!(!err(&wrong).contains('\u{1b}'));
}

#[test]
fn the_table_fits_a_hundred_columns() {
    for case in ["south-caucasus-2023-solo", "elmira", "cuban-missile-1962", "elmira-nine-states"] {
        let text = out(&run(&["solve", &format!("cases/{case}")]));
        for line in text.lines() {
            assert!(line.chars().count() <= 100, "{case}: {line}");
            assert_eq!(line, line.trim_end(), "{case}");
        }
    }
}

#[test]
fn what_is_said_fits_a_hundred_columns() {
    let text = out(&run(&["said", "cases/chicken"]));
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{line}");
        assert_eq!(line, line.trim_end());
    }
    for says in [
        "Neither of the two threats would be carried out. Both demands would be met in some outcomes where they",
        "A threatens B: where B will not swerve, A will not swerve.",
        "A bluff that would work if believed",
        "if B counts on it, it works: what then lasts is “One gives way (without ‘Swerve’ of A)”.",
        "What usually ends it",
    ] {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.to_lowercase().contains(&says.to_lowercase()), "{says} is not in:\n{text}");
    }
    let none = out(&run(&["said", "cases/elmira"]));
    assert!(none.contains("Nobody threatens, promises, asks or offers anything in this case."), "{none}");
}

/// One file each, with nothing in it that runs or is fetched.
#[test]
fn reports_as_one_html_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    fs::write(
        &path,
        "format = 1\n[case]\ntitle = \"<script>alert(1)</script>\"\n[actor.a]\nname = \"A <b>\"\n[actor.a.option]\n\
         x = \"Say \\\"<i>\\\"\"\n[[actor.a.prefers]]\nthat = \"a.x\"\n[actor.b]\nname = \"سلام\"\n[actor.b.option]\n\
         y = \"Go\"\n[[actor.b.prefers]]\nthat = \"not a.x\"\n[status_quo]\non = []\n",
    )
    .unwrap();
    let case = path.to_str().unwrap();
    for args in [
        vec!["solve", case],
        vec!["explain", case, "--state", "sq"],
        vec!["rank", case, "--actor", "a"],
        vec!["coalitions", case],
        vec!["evolve", case],
        vec!["price", case, "--outcome", "1"],
        vec!["trust", case],
        vec!["said", "cases/chicken"],
        vec!["evidence", case],
        vec!["sample", case],
        vec!["watch-for", "cases/south-caucasus-2023", "--reading", "the-two-decide", "--draws", "128"],
        vec!["map", case],
        vec!["compare", FLAGSHIP, "--variants", "no-guarantee"],
    ] {
        let output = run(&[&args[..], &["--format", "html", "--quiet"]].concat());
        assert!(output.status.success(), "{args:?}: {}", err(&output));
        let text = out(&output);
        assert!(text.starts_with("<!doctype html>") && text.ends_with("</html>\n"), "{args:?}: {text}");
        for never in ["<script", "<b>", "<i>", "http:", "https:", "src="] {
            assert!(!text.contains(never), "{args:?} has {never}: {text}");
        }
    }
}

/// A variant that starts elsewhere says so, for a reader and for a program.
#[test]
fn a_variant_that_starts_elsewhere_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    fs::write(
        &path,
        "format = 1\n[case]\ntitle = \"T\"\n[actor.a]\nname = \"Ann\"\noption.x.text = \"Strike\"\n\
         prefers = [{ that = \"a.x\" }]\n[actor.b]\nname = \"Bob\"\noption.y.text = \"Pay\"\nprefers = [{ that = \"not a.x\" }]\n\
         [status_quo]\non = [\"a.x\"]\n[variant.calm]\ntitle = \"No strike\"\nunavailable = [\"a.x\"]\nstatus_quo = []\n\
         [variant.same]\ntitle = \"No pay\"\nunavailable = [\"b.y\"]\n",
    )
    .unwrap();
    let case = path.to_str().unwrap();
    let start = "This version starts from “Nothing is done”, not from “The status quo”: “Strike” (Ann) is on today and not \
                 available here.";
    let answer = |variant: &str| -> serde_json::Value {
        let output = run(&["solve", case, "--variant", variant, "--format", "json", "--quiet"]);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    assert_eq!(answer("calm")["start"], start);
    assert!(answer("same")["start"].is_null());
    let table = out(&run(&["solve", case, "--variant", "calm", "--quiet"]));
    let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(table.contains(start), "{table}");
}

#[test]
fn answers_on_standard_output_and_nothing_else_there() {
    let output = run(&["solve", FLAGSHIP]);
    assert!(output.status.success());
    assert!(err(&output).is_empty(), "{}", err(&output));
    let markdown = out(&run(&["solve", FLAGSHIP, "--format", "md"]));
    assert!(markdown.starts_with("# Armenia–Azerbaijan"));
    let csv = out(&run(&["solve", FLAGSHIP, "--format", "csv"]));
    assert_eq!(csv.lines().count(), 129);
}

#[test]
fn a_time_bound_is_status_three() {
    let output = run(&["solve", FLAGSHIP, "--max-time", "0s"]);
    assert_eq!(output.status.code(), Some(3), "{}", err(&output));
    assert!(err(&output).contains("0 s") || out(&output).contains("0 s"));
}

#[test]
fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish"] {
        let output = run(&["completions", shell]);
        assert!(output.status.success());
        assert!(out(&output).contains("detente"));
    }
}

/// Rows of a CSV file.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn what_an_export_leaves_out_is_said_in_the_file_and_beside_it() {
    let output = run(&["export", FLAGSHIP, "--to", "csv", "--list", "8"]);
    assert!(output.status.success(), "{}", err(&output));
    let all = rows(&out(&output));
    let note = all[0].iter().position(|head| head == "note").unwrap();
    let lasting = rows(&out(&run(&["export", FLAGSHIP, "--to", "csv"])));
    let ends = |row: &&Vec<String>| {
        let heads = all[0].iter().zip(*row);
        heads.into_iter().any(|(head, cell)| head.ends_with(".equilibrium") && cell == "1")
    };
    assert_eq!(all.iter().filter(ends).count(), lasting.iter().filter(ends).count());
    assert!(all.iter().any(|row| row[note].contains("The status quo.")));
    assert!(all[1][note].contains("Of 128 possible outcomes"), "{:?}", all[1]);
    assert!(err(&output).contains("note: Of 128 possible outcomes"), "{}", err(&output));
    // The same row in both files: ranks are not counted anew.
    for row in &all[1..] {
        let same = lasting.iter().find(|other| other[0] == row[0]).unwrap();
        assert_eq!((&row[1..4], &row[5..]), (&same[1..4], &same[5..]));
    }
    let solved = run(&["solve", FLAGSHIP, "--format", "csv", "--list", "8"]);
    assert_eq!(out(&solved), out(&output), "one writer");
}

#[test]
fn tables_come_as_csv_in_the_style_asked_for() {
    for (args, heads) in [
        (&["rank", FLAGSHIP, "--actor", "az"][..], "actor,rank,state,outcome,above_next_by,note"),
        (&["rank", FLAGSHIP, "--actor", "az", "--between", "sq,0"], "actor,first,second,preferred,wish,text"),
        (&["trust", FLAGSHIP, "--size", "1"], "kind,without,note,claims"),
        (&["compare", FLAGSHIP], "old,new,kind,about,state,name,before,after,text,note"),
        (&["coalitions", FLAGSHIP], "kind,concept,coalition,outcomes,states,to,steps,minimal,needs_all,note"),
        (&["coalitions", FLAGSHIP, "--state", "sq"], "kind,concept,coalition,outcomes,states"),
    ] {
        let text = out(&run(&[args, &["--format", "csv"]].concat()));
        assert!(text.starts_with(heads), "{args:?}: {text}");
        let all = rows(&text);
        assert!(all.len() > 1 && all.iter().all(|row| row.len() == all[0].len()), "{args:?}");
        let styled = out(&run(&[args, &["--format", "csv", "--bom", "--separator", "semicolon"]].concat()));
        assert!(styled.starts_with(&format!("\u{feff}{}", heads.replace(',', ";"))), "{styled}");
    }
    fails(&["rank", FLAGSHIP, "--actor", "az", "--bom"], 2, &["`--bom` is for CSV only"]);
    fails(&["solve", FLAGSHIP, "--separator", "|"], 2, &["comma, semicolon or tab"]);
}

#[test]
fn a_picture_with_a_bound_offers_what_it_can() {
    let output = run(&["export", FLAGSHIP, "--to", "dot", "--only", "lasting"]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(out(&output).contains("outcomes that are not shown are left out"), "{}", out(&output));
    assert!(err(&output).contains("note: Of "), "{}", err(&output));
    fails(&["export", FLAGSHIP, "--to", "nfg", "--only", "lasting"], 2, &["every combination"]);
}
