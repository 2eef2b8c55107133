//! Nothing that a file can hold makes the reader or the check panic: a short version of the fuzz
//! targets (`fuzz/`), over random bytes and over cases of the catalogue with mistakes put in.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../../fuzz/fuzz_targets/properties.rs"]
mod properties;

use std::path::Path;

use detente_case::check;
use proptest::prelude::*;
use proptest::sample::Index;

/// The texts of the catalogue, shortest first.
fn catalogue() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("case.toml"));
    let mut texts: Vec<Vec<u8>> = paths.filter_map(|path| std::fs::read(path).ok()).collect();
    texts.sort_by_key(Vec::len);
    assert!(texts.len() >= 8);
    texts
}

fn holds_up(bytes: &[u8]) {
    let read = properties::reads(bytes);
    let text = read.text.clone();
    properties::shown(&check(&read, &|_| Some(Ok(text.clone()))), &read.text);
    properties::comes_back(&read);
}

/// A mistake in a file.
#[derive(Clone, Debug)]
enum Mistake {
    Flip(Index, u8),
    Cut(Index, Index),
    Delete(Index),
    Double(Index),
    Swap(Index, Index),
    Word(Index, &'static str),
}

const WORDS: &[&str] = &[
    "[[rule]]\n",
    "[graph]\nstates = [\"s1\"]\n",
    "[status_quo]\n",
    "\"\"\"",
    "[[",
    "]",
    "= ",
    "99999999999999999999",
    "-1",
    "nan",
    "not ",
    "(",
    " and ",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "é",
    "\\u0000",
    "a.b",
    "true",
    "{",
    "\r",
];

fn mistake() -> impl Strategy<Value = Mistake> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Mistake::Flip(at, byte)),
        (at(), at()).prop_map(|(from, to)| Mistake::Cut(from, to)),
        at().prop_map(Mistake::Delete),
        at().prop_map(Mistake::Double),
        (at(), at()).prop_map(|(a, b)| Mistake::Swap(a, b)),
        (at(), prop::sample::select(WORDS)).prop_map(|(at, word)| Mistake::Word(at, word)),
    ]
}

fn with(mut text: Vec<u8>, mistakes: &[Mistake]) -> Vec<u8> {
    for mistake in mistakes {
        if text.is_empty() {
            break;
        }
        let mut lines: Vec<Vec<u8>> =
            text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        let length = text.len();
        match mistake {
            Mistake::Flip(at, byte) => text[at.index(length)] = *byte,
            Mistake::Cut(from, to) => {
                let (from, to) = (from.index(length), to.index(length));
                text.drain(from.min(to)..from.max(to).min(from.min(to) + 40));
            }
            Mistake::Delete(at) => {
                lines.remove(at.index(lines.len()));
                text = lines.concat();
            }
            Mistake::Double(at) => {
                let line = lines[at.index(lines.len())].clone();
                lines.insert(at.index(lines.len()), line);
                text = lines.concat();
            }
            Mistake::Swap(a, b) => {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
                text = lines.concat();
            }
            Mistake::Word(at, word) => {
                let at = at.index(length);
                text.splice(at..at, word.bytes());
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        holds_up(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}", lines in "([a-z\\[\\]\"'{}=.,#\n ]{0,12}){0,20}") {
        holds_up(text.as_bytes());
        holds_up(lines.as_bytes());
    }

    #[test]
    fn cases_with_mistakes(which in any::<Index>(), mistakes in prop::collection::vec(mistake(), 1..5)) {
        let texts = catalogue();
        // The longest are the most like each other, and the slowest.
        let text = texts[which.index(texts.len() - 1)].clone();
        holds_up(&with(text, &mistakes));
    }
}
