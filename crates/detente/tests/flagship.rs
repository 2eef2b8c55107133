//! `docs/flagship.md` says what each sentence of the article carries in the flagship case.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// With `DETENTE_BLESS=1` the page is written instead of compared.
#[test]
fn the_page_about_the_flagship_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let args = ["evidence", "cases/south-caucasus-2023", "--format", "md"];
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(&root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let page = format!(
        "<!-- Written by `detente {}`; the tests renew it with DETENTE_BLESS=1. -->\n\n{text}",
        args.join(" ")
    );
    let path = root.join("docs/flagship.md");
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(found, page, "docs/flagship.md is stale: run the tests once with DETENTE_BLESS=1");
    // All 21 sentences are spoken for, and the assumptions are named.
    assert!(page.contains("Every sentence up to s21 has a claim."));
    assert!(page.contains("On nobody's word"));
}
