//! Every way of being wrong that `tests/malformed` collects gets exactly the diagnostics that stand
//! beside it: all of them at once, each in its place, with what to do.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use detente_case::import::{GmcrSettings, gmcr, ktab, nfg};
use detente_case::{Diagnostic, Severity, Span, check, codes, read};
use detente_model::Source;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/malformed")
}

/// The cases with the files that say what is expected.
fn cases() -> Vec<(PathBuf, PathBuf)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|end| end.to_str()) {
            Some("toml" | "gmcr" | "nfg" | "csv") => {
                cases.push((path.clone(), path.with_extension("expected")))
            }
            Some("expected" | "md") => {}
            _ => cases.push((path.join("case.toml"), path.join("case.expected"))),
        }
    }
    cases.sort();
    cases
}

/// All problems of a case, quotes verified against the texts that lie beside it.
fn problems(case: &Path) -> Vec<Diagnostic> {
    let bytes = fs::read(case).unwrap();
    if case.extension().is_some_and(|end| end == "gmcr") {
        return gmcr("case.gmcr", &bytes, GmcrSettings::default()).1;
    }
    if case.extension().is_some_and(|end| end == "nfg") {
        return nfg("case.nfg", &bytes).1;
    }
    if case.extension().is_some_and(|end| end == "csv") {
        return ktab("case.csv", &bytes).1;
    }
    let text_of = |source: &Source| {
        let name = source.text.as_ref()?;
        Some(fs::read_to_string(case.parent()?.join(name)).map_err(|_| format!("there is no `{name}`")))
    };
    check(&read("case", &bytes), &text_of)
}

/// The diagnostics as they stand in the files `*.expected`.
fn words(problems: &[Diagnostic]) -> String {
    let place = |span: &Span| format!("{}:{}", span.start.line, span.start.column);
    let mut words = String::new();
    for problem in problems {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let at = problem.span.as_ref().map_or("the file".to_owned(), place);
        writeln!(words, "{} {severity} at {at}: {}", problem.code, problem.message).unwrap();
        for (span, label) in &problem.related {
            writeln!(words, "  see {}: {label}", place(span)).unwrap();
        }
        if let Some(hint) = &problem.hint {
            writeln!(words, "  help: {hint}").unwrap();
        }
        if let Some(fix) = &problem.fix {
            writeln!(words, "  fix: {}", fix.title).unwrap();
        }
    }
    words
}

/// With `DETENTE_BLESS=1` the files are written instead of compared.
#[test]
fn malformed_cases_have_exactly_the_expected_diagnostics() {
    let bless = std::env::var_os("DETENTE_BLESS").is_some();
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut wrong = String::new();
    for (case, expected) in &cases {
        let found = problems(case);
        let name = case.strip_prefix(folder()).unwrap().display().to_string();
        if found.iter().any(Diagnostic::is_error) == name.starts_with("lint-") || found.is_empty() {
            writeln!(wrong, "{name} has no error, or a lint has one").unwrap();
        }
        let words = words(&found);
        if bless {
            fs::write(expected, &words).unwrap();
        }
        let there = fs::read_to_string(expected).unwrap_or_default().replace("\r\n", "\n");
        if there != words {
            writeln!(wrong, "{name} should say\n{there}but says\n{words}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_diagnostic_helps() {
    for (case, _) in cases() {
        let text = fs::read(&case).unwrap();
        for problem in problems(&case) {
            let of = format!("{}: {problem:?}", case.display());
            assert!(!problem.is_error() || problem.hint.is_some(), "says nothing of what to do: {of}");
            for words in [Some(&problem.message), problem.hint.as_ref()].into_iter().flatten() {
                let bad = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
                assert!(!words.contains(bad) && words.chars().count() <= 700, "{of}");
            }
            let spans = problem.related.iter().map(|(span, _)| span).chain(problem.span.as_ref());
            for span in spans {
                assert!(span.start.byte <= span.end.byte && span.end.byte <= text.len(), "{of}");
            }
        }
    }
}

/// A fix that is offered for what is probably not meant can be applied: the text is read without errors
/// afterwards, and that is no longer said of it.
#[test]
fn fixes_of_lints_take_them_away() {
    let mut applied = BTreeSet::new();
    for (case, _) in cases().iter().filter(|(case, _)| case.extension().is_some_and(|e| e == "toml")) {
        if !case.file_name().unwrap().to_str().unwrap().starts_with("lint-") {
            continue;
        }
        let text = fs::read_to_string(case).unwrap();
        let found = check(&read("case", text.as_bytes()), &|_| None);
        for problem in found.iter().filter(|problem| problem.fix.is_some()) {
            let fix = problem.fix.clone().unwrap();
            let mut fixed = text.clone();
            fixed.replace_range(fix.span.start.byte..fix.span.end.byte, &fix.text);
            let again = check(&read("case", fixed.as_bytes()), &|_| None);
            assert!(!again.iter().any(Diagnostic::is_error), "{}: {again:#?}\n{fixed}", case.display());
            let count = |all: &[Diagnostic]| all.iter().filter(|d| d.code == problem.code).count();
            assert!(count(&again) < count(&found), "{}: {}\n{fixed}", case.display(), problem.message);
            assert!(fixed.contains(text.lines().next().unwrap()), "comments stay");
            applied.insert(problem.code);
        }
    }
    let with_fix =
        ["W0510", "W0511", "W0512", "W0513", "W0514", "W0515", "N0506", "W0605", "W0606", "W0607", "W0608"];
    for code in with_fix {
        assert!(applied.contains(code), "{code} has no fix that was applied: {applied:?}");
    }
}

/// Codes that cannot lie in a folder: the file with the test that shows them, its name, and why.
const ELSEWHERE: &[(&str, &str, &str, &str)] = &[
    ("E0101", "detente/tests/malformed.rs", "what_cannot_be_read", "a file that is not there"),
    ("E0102", "detente/tests/malformed.rs", "what_cannot_be_read", "a folder without a case"),
    ("E0103", "detente/tests/malformed.rs", "a_file_that_may_not_be_read", "a file without permission"),
    ("E0104", "detente/tests/malformed.rs", "what_cannot_be_read", "a file of 100 MB"),
    ("E0501", "detente-case/tests/malformed.rs", "limits_of_the_format", "more than the format allows"),
    (
        "E0706",
        "detente-case/src/import/gmcr/tests.rs",
        "limits_are_errors_not_crashes",
        "more than is read of such a file",
    ),
    ("E0708", "detente-case/tests/nfg.rs", "limits_are_errors", "more than is read of such a file"),
    ("N0502", "detente-case/tests/check.rs", "a_bound_is_said", "rules beyond any bound on the search"),
];

/// Every code has a file here, or a test by name.
#[test]
fn every_code_occurs() {
    let mut found: BTreeSet<&str> =
        cases().iter().flat_map(|(case, _)| problems(case)).map(|problem| problem.code).collect();
    for (code, file, test, why) in ELSEWHERE {
        assert!(!found.contains(code), "{code} lies in the folder");
        let text = fs::read_to_string(folder().join("../../crates").join(file)).unwrap();
        let (_, body) = text.split_once(&format!("fn {test}()")).unwrap_or_else(|| panic!("{test}: {why}"));
        let body = body.split("\n#[test]").next().unwrap_or(body);
        assert!(body.contains(&format!("\"{code}")), "{test} does not show {code}: {why}");
        found.insert(code);
    }
    let left: Vec<&str> = codes::all().into_iter().filter(|code| !found.contains(code)).collect();
    assert!(left.is_empty(), "no case and no test shows {left:?}");
}

/// No code of a case file's errors is left out; those of the file system are the program's.
#[test]
fn every_error_of_a_case_file_occurs() {
    let found: BTreeSet<&str> =
        cases().iter().flat_map(|(case, _)| problems(case)).map(|problem| problem.code).collect();
    let all = codes::all();
    let elsewhere = ["E0101", "E0102", "E0103", "E0104", "E0108", "E0501"];
    let left: Vec<&&str> = all
        .iter()
        .filter(|code| code.starts_with('E') && !code.starts_with("E07") && !elsewhere.contains(code))
        .filter(|code| !found.contains(**code))
        .collect();
    assert!(left.is_empty(), "no malformed case shows {left:?}");
}

/// What is too much to lie in a folder: each limit of the format has its own error, at the first
/// thing past it, and what is just within it is read.
#[test]
fn limits_of_the_format() {
    const ACTOR: &str = "[actor.a]\noption.x = \"X\"\n";
    let case = |more: String| format!("format = 1\n[case]\ntitle = \"T\"\n{more}");
    let lines = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let actors = |n| lines(n, &|i| format!("[actor.a{i}]\noption.x = \"X\"\n"));
    let options = |n| format!("[actor.a.option]\n{}", lines(n, &|i| format!("o{i} = \"O\"\n")));
    let statements = |n| format!("{ACTOR}prefers = [{}]\n", lines(n, &|_| "{ that = \"a.x\" }, ".to_owned()));
    let variants = |n| format!("{ACTOR}{}", lines(n, &|i| format!("[variant.v{i}]\n")));
    let questions =
        |n| format!("{ACTOR}{}", lines(n, &|i| format!("[question.q{i}]\nask = \"?\"\nkind = \"movers\"\n")));
    let states = |n| {
        format!("[graph]\nstates = [{}]\n[actor.a]\nname = \"A\"\n", lines(n, &|i| format!("\"s{i}\", ")))
    };
    let all: [(usize, &dyn Fn(usize) -> String); 6] = [
        (64, &actors),
        (1024, &options),
        (4096, &statements),
        (1024, &variants),
        (1024, &questions),
        (65_536, &states),
    ];
    for (most, make) in all {
        let within = read("case", case(make(most)).as_bytes());
        assert!(
            !within.diagnostics.iter().any(Diagnostic::is_error),
            "{most}: {:?}",
            within.diagnostics.first()
        );
        let past = read("case", case(make(most + 1)).as_bytes());
        let errors: Vec<&Diagnostic> = past.diagnostics.iter().filter(|d| d.is_error()).collect();
        assert_eq!(errors.iter().map(|d| d.code).collect::<Vec<_>>(), ["E0501"], "{most}");
        assert!(
            errors[0].message.contains(&format!("{}", most + 1)) && errors[0].hint.is_some(),
            "{errors:?}"
        );
        assert!(errors[0].span.is_some() && past.conflict.is_none());
    }
    let large = read("case", &vec![b'#'; (4 << 20) + 1]);
    assert_eq!(large.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["E0104"]);
}
