//! The workbench: the description of its API is fresh.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// With `DETENTE_BLESS=1` the checked-in description is written instead of compared.
#[test]
fn the_description_of_the_api_is_fresh() {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(["schema", "api"]).output().unwrap();
    assert!(output.status.success());
    let made = String::from_utf8(output.stdout).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/api.json");
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(
        found, made,
        "schema/api.json is stale: run `DETENTE_BLESS=1 cargo test -p detente --test workbench`, then \
         `npm run types` in web/"
    );
}
