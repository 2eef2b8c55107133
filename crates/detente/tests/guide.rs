//! The guide does what it says: every command of it is run and what it shows is what is printed; files and manual pages
//! are written. With `DETENTE_BLESS=1` the shown output is renewed.
//!
//! In a page, ```` ```toml case.toml ```` is a file of that name (`case.toml +`: more at its end). A block
//! ```` ```console ```` holds commands after `$ ` (they go on after `> `), each with what it prints; a line `…` stands
//! for one or more lines that are not shown. `console exits=1`: the last command ends with that status. `console
//! needs=parallel`: is run where that program is. The pages of the tutorial share a folder; each other page begins with
//! a new one, in which the catalogue is at hand as `cases`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn bless() -> bool {
    std::env::var_os("DETENTE_BLESS").is_some()
}

/// The Markdown files right in a folder, in order.
fn pages(folder: &str) -> Vec<PathBuf> {
    let found = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        found.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    pages
}

/// A folder to work in.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("cases"), &folder.path().join("cases"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

/// What a command prints, on either stream, and its status.
fn shell(command: &str, folder: &Path) -> (Vec<String>, Option<i32>) {
    let program = Path::new(env!("CARGO_BIN_EXE_detente")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("panicked"), "{command}: {text}");
    (text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect(), output.status.code())
}

/// Whether `found` is what `shown` says, where a line `…` stands for one or more lines.
fn fits(shown: &[String], found: &[String]) -> bool {
    match shown.split_first() {
        None => found.is_empty(),
        Some((line, rest)) if line == "…" => (1..=found.len()).any(|at| fits(rest, &found[at..])),
        Some((line, rest)) => found.first() == Some(line) && fits(rest, &found[1..]),
    }
}

/// `found`, with as much left out as in `shown`.
fn renewed(shown: &[String], found: &[String]) -> Vec<String> {
    let gaps = shown.iter().filter(|line| *line == "…").count();
    if fits(shown, found) {
        return shown.to_vec();
    }
    let head = shown.iter().position(|line| line == "…");
    match (gaps, head) {
        (1, Some(head)) if shown.len() <= found.len() => {
            let tail = shown.len() - head - 1;
            let end = found.len() - tail;
            [&found[..head], &["…".to_owned()], &found[end..]].concat()
        }
        _ => found.to_vec(),
    }
}

/// One command with what the page shows of its output.
struct Shown {
    command: String,
    output: Vec<String>,
}

fn commands(lines: &[&str]) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for line in lines {
        let more = if *line == ">" { Some("") } else { line.strip_prefix("> ") };
        match (line.strip_prefix("$ "), more, all.last_mut()) {
            (Some(command), _, _) => {
                all.push(Shown { command: command.to_owned(), output: Vec::new() });
            }
            (None, Some(more), Some(last)) if last.output.is_empty() => {
                last.command += &format!("\n{more}");
            }
            (None, _, Some(last)) => last.output.push((*line).to_owned()),
            (None, _, None) => panic!("a block of commands begins with `$ `: {line}"),
        }
    }
    all
}

/// Writes a file that a page shows, or puts `text` at its end.
fn write(path: &Path, text: &str, more: bool) {
    let before = if more { fs::read_to_string(path).unwrap() + "\n" } else { String::new() };
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("{before}{text}\n")).unwrap();
}

/// Runs the commands of a block; the block with what they print, and how many there were.
fn block(
    name: &str,
    inside: &[&str],
    words: &[&str],
    folder: &Path,
    wrong: &mut Vec<String>,
) -> (Vec<String>, usize) {
    let says = |key: &str| words.iter().find_map(|word| word.strip_prefix(key));
    if let Some(program) = says("needs=")
        && shell(&format!("command -v {program}"), folder).1 != Some(0)
    {
        eprintln!("{name}: not run, for there is no {program}");
        return (inside.iter().map(|line| (*line).to_owned()).collect(), 0);
    }
    let all = commands(inside);
    let mut out = Vec::new();
    for (at, shown) in all.iter().enumerate() {
        let (found, status) = shell(&shown.command, folder);
        let expected = says("exits=").filter(|_| at + 1 == all.len()).map_or(0, |s| s.parse().unwrap());
        if status != Some(expected) {
            wrong.push(format!("{name}: `{}` ends with {status:?}:\n{}", shown.command, found.join("\n")));
        }
        let mut output = shown.output.clone();
        while output.last().is_some_and(|line| line.is_empty()) {
            output.pop();
        }
        if !fits(&output, &found) && !bless() {
            wrong.push(format!(
                "{name}: `{}` prints\n{}\n--- and not ---\n{}",
                shown.command,
                found.join("\n"),
                output.join("\n")
            ));
        }
        out.extend(shown.command.lines().enumerate().map(|(at, line)| {
            let mark = if at == 0 { "$" } else { ">" };
            format!("{mark} {line}").trim_end().to_owned()
        }));
        out.extend(renewed(&output, &found));
    }
    (out, all.len())
}

/// Runs the commands of a page in `folder`; all that is not as shown, or the page anew.
fn run(page: &Path, folder: &Path, wrong: &mut Vec<String>) -> usize {
    let name = page.strip_prefix(root()).unwrap().display().to_string();
    let text = fs::read_to_string(page).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut at, mut ran) = (Vec::new(), 0, 0);
    while at < lines.len() {
        let line = lines[at];
        out.push(line.to_owned());
        at += 1;
        let Some(info) = line.strip_prefix("```").filter(|_| !line.starts_with("````")) else { continue };
        let end = at + lines[at..].iter().position(|line| *line == "```").expect("a block that ends");
        let (inside, words) = (&lines[at..end], info.split_whitespace().collect::<Vec<_>>());
        assert!(words.first() != Some(&"sh"), "{name}: what is to be run is a block `console`");
        if words.first() == Some(&"console") {
            let (all, count) = block(&name, inside, &words, folder, wrong);
            out.extend(all);
            ran += count;
        } else {
            if let Some(file) = words.get(1).filter(|word| word.contains('.')) {
                write(&folder.join(file), &inside.join("\n"), words.get(2) == Some(&"+"));
            }
            out.extend(inside.iter().map(|line| (*line).to_owned()));
        }
        out.push("```".to_owned());
        at = end + 1;
    }
    if bless() {
        fs::write(page, out.join("\n") + "\n").unwrap();
    }
    ran
}

fn hold(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{}\n\nthe guide shows something else: run the tests once with DETENTE_BLESS=1, and read what changed",
        wrong.join("\n\n")
    );
}

/// The pages of a folder, each in a folder of its own.
fn apart(folder: &str, least: usize) {
    let mut wrong = Vec::new();
    let mut ran = 0;
    for page in pages(folder) {
        ran += run(&page, desk().path(), &mut wrong);
    }
    hold(&wrong);
    assert!(ran >= least, "only {ran} commands were run");
}

#[test]
fn the_tutorial_prints_what_it_shows() {
    let (folder, mut wrong, mut ran) = (desk(), Vec::new(), 0);
    for page in pages("docs/guide/tutorial") {
        ran += run(&page, folder.path(), &mut wrong);
    }
    hold(&wrong);
    assert!(ran >= 15, "only {ran} commands were run");
}

#[test]
fn the_how_tos_print_what_they_show() {
    apart("docs/guide/how-to", 30);
}

#[test]
fn the_methods_print_what_they_show() {
    apart("docs/guide/methods", 5);
}

#[test]
fn the_other_pages_print_what_they_show() {
    apart("docs/guide", 2);
    apart("docs", 1);
}

/// The commands that a help text lists.
fn listed(args: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).arg("--help").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let list = text.split("Commands:\n").nth(1).unwrap_or_default().split("\n\n").next().unwrap();
    list.lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_manual_page_and_a_place_in_the_guide() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let (said, status) = shell("detente man -o man", folder.path());
        assert_eq!(status, Some(0), "{said:?}");
    }
    // What is typed; a command that only has others below it is not typed alone.
    let mut typed = Vec::new();
    let mut names = vec!["detente".to_owned()];
    for name in listed(&[]) {
        let below = listed(&[&name]);
        names.push(format!("detente-{name}"));
        names.extend(below.iter().map(|below| format!("detente-{name}-{below}")));
        match below.as_slice() {
            [] => typed.push(format!("`detente {name}`")),
            below => typed.extend(below.iter().map(|below| format!("`detente {name} {below}`"))),
        }
    }
    assert!(names.len() > 30, "{names:?}");
    for name in &names {
        let page = fs::read_to_string(folder.path().join(format!("man/{name}.1")))
            .unwrap_or_else(|_| panic!("{name} has no page"));
        assert!(page.contains(&format!(".TH {name} 1")) && page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    let list = fs::read_to_string(root().join("docs/guide/commands.md")).unwrap();
    let missing: Vec<_> = typed.iter().filter(|typed| !list.contains(typed.as_str())).collect();
    assert!(missing.is_empty(), "docs/guide/commands.md does not name {missing:?}");
    let found = fs::read_dir(folder.path().join("man")).unwrap().count();
    assert_eq!(found, names.len(), "a page without a command");
}

#[test]
fn the_guide_is_written_as_files() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let (said, status) = shell("detente guide -o pages", folder.path());
        assert_eq!(
            (said, status),
            (vec!["Wrote the guide. It begins with `pages/index.html`.".to_owned()], Some(0))
        );
    }
    let index = fs::read_to_string(folder.path().join("pages/index.html")).unwrap();
    assert!(index.contains("tutorial/1-read.html") && index.contains("guide.css"));
    for file in ["how-to/threat.html", "case-file.html", "diagnostics/e0101.html", "search.js", "guide.js"] {
        assert!(folder.path().join("pages").join(file).is_file(), "{file}");
    }
}

/// The README names no command and no page that is not there.
#[test]
fn the_readme_names_what_there_is() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let commands = listed(&[]);
    let mut named = 0;
    for block in text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        for line in block.lines() {
            let typed = line.strip_prefix("detente ").or(line.strip_prefix("cargo run --release -- "));
            if let Some(command) = typed.and_then(|rest| rest.split(' ').next()) {
                assert!(commands.iter().any(|known| known == command), "{line}");
                named += 1;
            }
        }
    }
    assert!(named >= 4, "{text}");
    for link in text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
        assert!(link.contains("://") || root().join(link).exists(), "{link}");
    }
}

/// What is cited is what is built.
#[test]
fn the_citation_names_the_version() {
    let citation = fs::read_to_string(root().join("CITATION.cff")).unwrap();
    assert!(citation.contains(&format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"))), "{citation}");
    let changes = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(changes.contains(env!("CARGO_PKG_VERSION")));
}
