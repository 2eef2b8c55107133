//! Games in normal form, read.
#![allow(clippy::unwrap_used, clippy::panic)]

use detente_case::import::{is_nfg, nfg};
use detente_case::{check, read, to_toml};

#[test]
fn both_versions_and_all_numbers_are_read() {
    let payoffs = "NFG 1 R \"A \\\"game\\\"\" { \"Row\" \"Column\" }\n{ { \"up\" \"down\" } { \"left\" \"right\" } }\n\
                   \"A comment\"\n1/2 1 0.25 0 5e-1 3 .5 -1";
    let (conflict, problems) = nfg("a.nfg", payoffs.as_bytes());
    assert_eq!(problems, []);
    let text = to_toml(&conflict.unwrap());
    assert!(text.contains("title = \"A \\\"game\\\"\"") && text.contains("Its comment: A comment"), "{text}");
    assert!(text.contains("exactly_one = [\"row.up\", \"row.down\"]"), "{text}");
    // Up or down, left or right: 5, 6, 9, 10 are the numbers of the states; three of Row's payoffs are equal.
    assert!(text.contains("ranking = [[5, 9, 10], [6]]"), "{text}");
    let again = read("case.toml", text.as_bytes());
    let found = check(&again, &|_| None);
    assert!(!found.iter().any(|problem| problem.is_error()), "{found:?}");
    let outcomes = "NFG 1 D \"A \\\"game\\\"\" { \"Row\" \"Column\" }\n{ { \"up\" \"down\" } { \"left\" \"right\" } }\n\
                    \"A comment\"\n{ { \"x\" 0.5, 1 } { \"\" 0.25, 0 } { \"z\" 0.5 3 } { \"w\" 0.5, -1 } }\n1 2 3 4\n";
    let (same, problems) = nfg("a.nfg", outcomes.as_bytes());
    assert_eq!(problems, []);
    assert_eq!(to_toml(&same.unwrap()), text);
}

#[test]
fn names_of_any_kind_become_ids() {
    let text = "nfg 1 R \"\" { \"Γιώργος\" \"not\" \"\" } { 1 2 { \"a b\" \"a b\" \"\" } }\n".to_owned()
        + &"0 1 2\n".repeat(6);
    let (conflict, problems) = nfg("a.nfg", text.as_bytes());
    assert_eq!(problems, []);
    let toml = to_toml(&conflict.unwrap());
    let read = read("case.toml", toml.as_bytes());
    assert!(read.conflict.is_some(), "{:?}\n{toml}", read.diagnostics);
}

#[test]
fn limits_are_errors() {
    let code = |text: &str| nfg("a.nfg", text.as_bytes()).1.first().map(|problem| problem.code);
    assert_eq!(code(&format!("NFG 1 R \"x\" {{ {} }} {{ 2 }}", "\"p\" ".repeat(65))), Some("E0708"));
    assert_eq!(code("NFG 1 R \"x\" { \"a\" \"b\" } { 1000 1000 }"), Some("E0708"));
    assert_eq!(code("NFG 1 R \"x\" { \"a\" \"b\" } { 500 500 } 1"), Some("E0708"));
    assert_eq!(code(&" ".repeat((4 << 20) + 1)), Some("E0708"));
}

#[test]
fn no_text_makes_the_reader_panic_or_hang() {
    let whole = "NFG 1 R \"t\" { \"a\" \"b\" } { { \"x\" } 2 } \"c\" { { \"o\" 1, 2 } } 0 1";
    assert_eq!(nfg("a.nfg", whole.as_bytes()).1, []);
    for end in 0..whole.len() {
        let (conflict, problems) = nfg("a.nfg", &whole.as_bytes()[..end]);
        assert!(
            conflict.is_none() && problems.iter().all(|problem| problem.hint.is_some()),
            "{end}: {problems:?}"
        );
        let mut bytes = whole.as_bytes().to_vec();
        for other in [b'{', b'}', b'"', b'\\', 0, 0xff, b'9'] {
            bytes[end] = other;
            let (conflict, problems) = nfg("a.nfg", &bytes);
            assert!(conflict.is_some() || !problems.is_empty(), "{end}");
        }
    }
}

#[test]
fn such_files_are_known_by_how_they_begin() {
    for yes in ["NFG 1 R", "\u{feff}  nfg\t1", "Nfg\n"] {
        assert!(is_nfg(yes.as_bytes()), "{yes}");
    }
    for no in ["", "nfg", "nfgame = 1", "format = 1"] {
        assert!(!is_nfg(no.as_bytes()), "{no}");
    }
}
