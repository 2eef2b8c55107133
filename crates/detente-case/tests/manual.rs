//! The manual pages of the diagnostics are those of the sources, and codes are told apart.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use detente_case::codes;

/// With `DETENTE_BLESS=1` the checked-in files are written instead of compared.
#[test]
fn manual_pages_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics");
    let bless = std::env::var_os("DETENTE_BLESS").is_some();
    let mut expected = BTreeSet::from(["README.md".to_owned()]);
    let mut index = String::from(
        "# Diagnostics\n\nWhat `detente check` says about a case file, by code. `E`: the case cannot be used; \
         `W`: probably not meant; `N`: worth knowing.\n\n| code | says |\n|---|---|\n",
    );
    let mut pages = Vec::new();
    for code in codes::all() {
        let page = codes::manual(code).unwrap();
        let title = page.lines().next().unwrap();
        let words = title.strip_prefix(&format!("# {code}: ")).unwrap_or_else(|| panic!("{code}: {title}"));
        index += &format!("| [{code}]({code}.md) | {words} |\n");
        assert!(page.lines().count() > 2, "{code} has no text");
        expected.insert(format!("{code}.md"));
        pages.push((format!("{code}.md"), page));
    }
    pages.push(("README.md".to_owned(), index));
    if bless {
        fs::create_dir_all(&folder).unwrap();
    }
    for (name, page) in pages {
        let path = folder.join(&name);
        if bless {
            fs::write(&path, &page).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(found, page, "{name} is stale: run the tests once with DETENTE_BLESS=1");
    }
    let found: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, expected, "a page without a code");
}

#[test]
fn codes_are_unique_and_well_formed() {
    let codes = codes::all();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    for code in codes {
        assert!(code.len() == 5 && code.starts_with(['E', 'W', 'N']), "{code}");
    }
    assert_eq!(codes::manual("E9999"), None);
}

/// The blocks of a page that are marked as TOML, one after the other.
fn blocks(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in page.lines() {
        match line {
            "```toml" => inside = true,
            "```" => inside = false,
            line if inside => {
                text += line;
                text.push('\n');
            }
            _ => {}
        }
    }
    text
}

/// All keys of the format stand at the end of the page of the case file; with `DETENTE_BLESS=1` they are
/// written.
#[test]
fn the_page_of_the_case_file_has_all_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/case-file.md");
    let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let head = page.split("## All keys").next().unwrap().trim_end();
    let fresh = format!("{head}\n\n## All keys\n\n{}\n", detente_case::case_keys().trim_end());
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::write(&path, &fresh).unwrap();
    } else {
        assert_eq!(page, fresh, "docs/case-file.md is stale: run the tests once with DETENTE_BLESS=1");
    }
}

/// The examples of the pages are a case, each page one.
#[test]
fn examples_of_the_pages_are_cases() {
    for (name, traps) in [("case-file", false), ("modelling", true)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/{name}.md"));
        let text = blocks(&fs::read_to_string(path).unwrap().replace("\r\n", "\n"));
        let read = detente_case::read(name, text.as_bytes());
        let errors: Vec<_> = read.diagnostics.iter().filter(|d| d.is_error()).collect();
        assert!(errors.is_empty() && read.conflict.is_some(), "{errors:#?}\n{text}");
        let found = detente_case::check(&read, &|_| None);
        let trap = |code: &str| {
            ["W0510", "W0511", "W0512", "W0513", "W0514", "W0605", "W0607", "W0608"].contains(&code)
        };
        let fallen: Vec<_> = found.iter().filter(|d| traps && trap(d.code)).collect();
        assert!(fallen.is_empty(), "the page falls into its own traps: {fallen:#?}");
        let conflict = read.conflict.unwrap();
        for variant in &conflict.variants {
            conflict.with_variant(&variant.id).unwrap().unwrap();
        }
    }
}
