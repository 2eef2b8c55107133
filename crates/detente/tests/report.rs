//! Reports of every case of the catalogue, in every medium: made, whole, and the same again.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn detente(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root()).output().unwrap()
}

/// Writes a report and reads it back.
fn report(case: &str, folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let path = folder.join(name);
    let mut args = vec!["report", case, "--quiet", "--replace", "-o", path.to_str().unwrap()];
    args.extend(more);
    let output = detente(&args);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 3)), "{case}: {told}");
    fs::read(path).unwrap()
}

fn cases() -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(root().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("case.toml").is_file())
        .map(|path| format!("cases/{}", path.file_name().unwrap().to_str().unwrap()))
        .collect();
    all.sort();
    assert!(all.len() > 15);
    all
}

#[test]
fn every_case_has_its_report() {
    let folder = tempfile::tempdir().unwrap();
    for case in cases() {
        let page = String::from_utf8(report(&case, folder.path(), "r.html", &["--length", "full"])).unwrap();
        assert!(!page.contains("<script") && page.contains("<h2"), "{case}");
        // Every link leads somewhere, and no place has two.
        let after = |text: &'static str| {
            page.split(text)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let places = after("id=\"claim-");
        let known: BTreeSet<&String> = places.iter().collect();
        assert_eq!(known.len(), places.len(), "{case}");
        for link in after("href=\"#claim-") {
            assert!(known.contains(&link), "{case}: {link}");
        }
        // A head with nothing below it says nothing.
        for (at, _) in page.match_indices("</h3>") {
            let next = page[at + 5..].trim_start();
            assert!(
                !next.starts_with("<h") && !next.starts_with("</body"),
                "{case}: {}",
                &page[at - 40..at + 40]
            );
        }
        assert!(page.contains("To get the same again") && page.contains("blake3:"), "{case}");
        let brief = String::from_utf8(report(&case, folder.path(), "r.md", &[])).unwrap();
        assert!(brief.contains("## The answer") && brief.len() < page.len(), "{case}");
        let bytes = report(&case, folder.path(), "r.docx", &[]);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).unwrap();
            if part.name().ends_with(".xml") || part.name().ends_with(".rels") {
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                let read = roxmltree::Document::parse(&text);
                assert!(read.is_ok(), "{case}: {}: {:?}", part.name(), read.err());
            }
        }
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for end in ["html", "md", "docx", "pdf"] {
        let (one, two) = (format!("one.{end}"), format!("two.{end}"));
        let case = "cases/gaza-truce-2023";
        let one = report(case, folder.path(), &one, &["--length", "full"]);
        let two = report(case, folder.path(), &two, &["--length", "full"]);
        assert!(one == two, "{end}");
    }
}

#[test]
fn no_file_is_written_over_unasked_and_names_say_the_medium() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.md");
    fs::write(&path, "mine").unwrap();
    let output = detente(&["report", "cases/chicken", "-o", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    report("cases/chicken", folder.path(), "r.md", &[]);
    assert!(fs::read_to_string(&path).unwrap().starts_with("# "));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    let output = detente(&["report", "cases/chicken", "-o", "report.odt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains(".pdf, .docx, .html or .md"));
}

/// What a word processor makes of the documents: LibreOffice turns them into pages, and none is empty.
#[test]
fn a_word_processor_opens_the_documents() {
    let there =
        |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|run| run.status.success());
    let Some(office) = ["soffice", "libreoffice"].into_iter().find(there) else {
        eprintln!(
            "a word processor: not run, for there is no LibreOffice (Debian: libreoffice-writer-nogui)"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (case, length) in [
        ("chicken", "brief"),
        ("south-caucasus-2023", "brief"),
        ("south-caucasus-2023", "full"),
        ("spain-2023", "brief"),
    ] {
        let name = format!("{case}-{length}.docx");
        report(&format!("cases/{case}"), folder.path(), &name, &["--length", length]);
        files.push(folder.path().join(name));
    }
    // Its own profile: one that is open elsewhere is left alone.
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let run = Command::new(office)
        .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .args(&files)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for file in files {
        let bytes = fs::read(file.with_extension("pdf")).unwrap();
        let pages = lopdf::Document::load_mem(&bytes).unwrap();
        let said = |page: &lopdf::ObjectId| {
            let drawn = pages.get_and_decode_page_content(*page).unwrap().operations;
            drawn.iter().filter(|one| matches!(one.operator.as_str(), "Tj" | "TJ")).count()
        };
        let said: Vec<usize> = pages.get_pages().values().map(said).collect();
        // The number of a page alone is none.
        assert!(!said.is_empty() && said.iter().all(|count| *count > 2), "{}: {said:?}", file.display());
    }
}
