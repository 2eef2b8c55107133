//! The cases of the catalogue, and their known answers.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use detente_engine::coalition::Coalition;
use detente_engine::{Quiet, Settings, StateSet, solve};
use detente_model::{Concept, Conflict, Sequences, State};
use toml::{Table, Value};

/// A path in the repository.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A case file.
pub fn read(path: &Path) -> Conflict {
    let read = detente_case::read(&path.display().to_string(), &fs::read(path).unwrap());
    read.conflict.unwrap_or_else(|| panic!("{}: {:#?}", path.display(), read.diagnostics))
}

/// A case from its text.
pub fn written(text: &str) -> Conflict {
    let read = detente_case::read("case.toml", text.as_bytes());
    read.conflict.unwrap_or_else(|| panic!("{:#?}", read.diagnostics))
}

/// A case of the catalogue.
pub fn case(slug: &str) -> Conflict {
    read(&root("cases").join(slug).join("case.toml"))
}

/// Folder, file of expected answers, and case file of every case and random model.
pub fn expectations() -> Vec<(PathBuf, PathBuf, String)> {
    let mut all = Vec::new();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root("cases")).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    for folder in folders {
        all.push((folder.clone(), folder.join("expected.toml"), "case.toml".to_owned()));
    }
    for size in ["d2k4", "d3k5"] {
        let folder = root("tests/random").join(size);
        for at in 1..=20 {
            all.push((
                folder.clone(),
                folder.join(format!("{at:04}.expected.toml")),
                format!("{at:04}.toml"),
            ));
        }
    }
    all
}

/// The tables of one kind in a file of expected answers, with the conflict that each is about.
pub fn tables(folder: &Path, expected: &Path, default: &str, kind: &str) -> Vec<(Table, Conflict)> {
    let table: Table = fs::read_to_string(expected).unwrap().parse().unwrap();
    let entries = table.get(kind).and_then(Value::as_array).cloned().unwrap_or_default();
    entries
        .into_iter()
        .map(|entry| {
            let entry = entry.as_table().unwrap().clone();
            let file = entry.get("file").map_or(default, |f| f.as_str().unwrap());
            let mut conflict = read(&folder.join(file));
            if let Some(id) = entry.get("variant").and_then(Value::as_str) {
                conflict = conflict.with_variant(id).unwrap().unwrap();
            }
            (entry, conflict)
        })
        .collect()
}

/// State numbers of a list.
pub fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|n| n.as_integer().unwrap() as u64).collect()
}

/// The coalition of these actor ids.
pub fn coalition(conflict: &Conflict, ids: &[&str]) -> Coalition {
    Coalition::of(ids.iter().map(|id| conflict.game.actor(id).unwrap()))
}

/// The coalition of a list of actor ids.
pub fn listed_coalition(conflict: &Conflict, value: &Value) -> Coalition {
    let ids: Vec<&str> = value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    coalition(conflict, &ids)
}

/// The numbers of states.
pub fn of<'s>(states: impl IntoIterator<Item = &'s State>) -> Vec<u64> {
    states.into_iter().map(|s| s.number().unwrap()).collect()
}

/// All feasible states.
pub fn feasible(conflict: &Conflict) -> Vec<State> {
    let settings = Settings { concepts: vec![Concept::Nash], ..Settings::default() };
    solve(&conflict.game, &settings, &Quiet).unwrap().verdicts.feasible().first(usize::MAX)
}

/// The members of a set.
pub fn members(set: &dyn StateSet) -> Vec<u64> {
    of(&set.first(usize::MAX))
}

/// The reading with this id.
pub fn reading(id: &str) -> Sequences {
    Sequences::ALL.into_iter().find(|r| r.id() == id).unwrap()
}
