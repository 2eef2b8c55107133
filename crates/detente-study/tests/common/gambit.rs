//! The grammar of Gambit's strategic form, as `src/games/file.cc` of Gambit 16.7 and 17.0 reads it, and what 17 asks of
//! labels: printable ASCII, no blank at either end, none doubled, not empty, distinct.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Text(String),
    Word(String),
    Open,
    Close,
}

/// A `\` takes away the meaning of a `"` after it, and is itself never more than one character: `\\"` does not end.
fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_ascii_whitespace() => {}
            '{' => out.push(Token::Open),
            '}' => out.push(Token::Close),
            '"' => out.push(Token::Text(quoted(&mut chars))),
            c => {
                let mut word = String::from(c);
                while let Some(c) =
                    chars.next_if(|c| !c.is_ascii_whitespace() && !matches!(c, '{' | '}' | '"'))
                {
                    word.push(c);
                }
                out.push(Token::Word(word));
            }
        }
    }
    out
}

fn quoted(chars: &mut Peekable<Chars<'_>>) -> String {
    let mut out = String::new();
    let mut slash = false;
    loop {
        let c = chars.next().expect("a label ends");
        match (slash, c) {
            (false, '"') => return out,
            (true, '"') => out.push('"'),
            (true, c) => out.extend(['\\', c]),
            (false, '\\') => {}
            (false, c) => out.push(c),
        }
        slash = c == '\\';
    }
}

/// The labels of the players; panics where Gambit would refuse.
pub(crate) fn read(text: &str) -> Vec<String> {
    let mut all = tokens(text).into_iter().peekable();
    let mut next = || all.next().expect("more");
    for word in ["NFG", "1", "R"] {
        assert_eq!(next(), Token::Word(word.to_owned()), "{text}");
    }
    assert!(matches!(next(), Token::Text(_)), "a title: {text}");
    assert_eq!(next(), Token::Open);
    let mut list = || {
        let mut labels: Vec<String> = Vec::new();
        loop {
            match next() {
                Token::Text(label) => labels.push(label),
                Token::Close => break,
                other => panic!("{other:?} among labels: {text}"),
            }
        }
        for label in &labels {
            assert!(
                !label.is_empty() && label.chars().all(|c| (' '..='~').contains(&c)),
                "{label:?}: {text}"
            );
            assert!(label.trim() == label && !label.contains("  "), "{label:?}");
        }
        assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len(), "distinct: {labels:?}");
        labels
    };
    let players = list();
    let mut profiles = 1;
    let mut rest = tokens(text).into_iter().skip(5 + players.len() + 1).peekable();
    assert_eq!(rest.next(), Some(Token::Open), "{text}");
    for _ in &players {
        assert_eq!(rest.next(), Some(Token::Open), "{text}");
        let mut labels = BTreeSet::new();
        loop {
            match rest.next() {
                Some(Token::Text(label)) => {
                    assert!(
                        !label.is_empty() && label.chars().all(|c| (' '..='~').contains(&c)),
                        "{label:?}"
                    );
                    assert!(labels.insert(label), "distinct: {text}");
                }
                Some(Token::Close) => break,
                other => panic!("{other:?} among strategies: {text}"),
            }
        }
        profiles *= labels.len();
    }
    assert_eq!(rest.next(), Some(Token::Close), "{text}");
    assert!(matches!(rest.next(), Some(Token::Text(_))), "a comment: {text}");
    let payoffs: Vec<Token> = rest.collect();
    assert_eq!(payoffs.len(), profiles * players.len(), "{text}");
    assert!(payoffs.iter().all(|p| matches!(p, Token::Word(w) if w.parse::<u32>().is_ok())), "{text}");
    players
}
