//! Tables of actors of KTAB, read.
#![allow(clippy::unwrap_used)]

use detente_case::import::{is_ktab, ktab};
use detente_case::{read, to_toml};

const TABLE: &str = "Harbour,\"An invented\nscenario\",2,2,\n\
                     Actor,Description,Power,Wages,Salience,Hours,Salience,\n\
                     The company,\"Owns cranes, and ships\",60,20,90,5.5,10\n\
                     The union,,40,80,70,100,0\n";

#[test]
fn actors_come_with_notes_and_nothing_else_is_made_up() {
    for table in [TABLE.to_owned(), format!("\u{feff}{TABLE}"), TABLE.replace('\n', "\r\n")] {
        let (conflict, problems) = ktab("a.csv", table.as_bytes());
        assert_eq!(problems, []);
        let text = to_toml(&conflict.unwrap());
        let note = "Owns cranes, and ships. Power 60. On Wages: position 20, salience 90. On Hours: position 5.5, salience 10.";
        assert!(text.contains(note) && text.contains("note = \"Power 40. On Wages"), "{text}");
        assert!(!text.contains("option") || !text.contains("prefers"), "{text}");
        // It is the beginning of a case: what is missing is what nobody said.
        let codes: Vec<&str> = read("case.toml", text.as_bytes())
            .diagnostics
            .iter()
            .filter(|p| p.is_error())
            .map(|p| p.code)
            .collect();
        assert_eq!(codes, ["E0503"], "{text}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let table = TABLE
        .replace(",2,2,", ",3,many,")
        .replace("60", "-1")
        .replace("5.5", "nan")
        .replace(",100,0", ",100");
    let (conflict, problems) = ktab("a.csv", table.as_bytes());
    assert!(conflict.is_none());
    assert_eq!(problems.len(), 5, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.code == "E0709" && problem.hint.is_some()));
    assert!(ktab("a.csv", b"\xff").0.is_none());
    assert!(ktab("a.csv", b"").0.is_none());
}

#[test]
fn such_tables_are_known_by_their_second_line() {
    assert!(is_ktab(TABLE.replace("\"An invented\nscenario\"", "x").as_bytes()));
    assert!(!is_ktab(b"Actor,Power\nA,10\n"));
    assert!(!is_ktab(b""));
}
