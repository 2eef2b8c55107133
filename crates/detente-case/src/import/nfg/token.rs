//! The words of a `.nfg` file: braces, texts in quotes, numbers.

use std::ops::Range;

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) at: Range<usize>,
    pub(super) is: Is,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Is {
    Open,
    Close,
    /// Without its quotes.
    Text(String),
    /// Anything else, up to a blank, a comma, a brace or a quote.
    Word(String),
    /// A text whose quote is not closed.
    Unclosed,
}

impl Is {
    /// What stands there, for a message.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Open => "`{`".to_owned(),
            Self::Close => "`}`".to_owned(),
            Self::Text(_) => "a text".to_owned(),
            Self::Word(word) => format!("`{}`", super::plain(&word.chars().take(40).collect::<String>())),
            Self::Unclosed => "a text whose quote is not closed".to_owned(),
        }
    }
}

/// All words; commas part numbers and say nothing else.
///
/// Complexity: linear in the text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' => all.push(Token { at: at..at + 1, is: Is::Open }),
            '}' => all.push(Token { at: at..at + 1, is: Is::Close }),
            '"' => {
                let mut inside = String::new();
                let mut end = None;
                while let Some((at, c)) = chars.next() {
                    match c {
                        '"' => {
                            end = Some(at + 1);
                            break;
                        }
                        // A quote or a backslash inside.
                        '\\' if chars.peek().is_some_and(|(_, next)| matches!(next, '"' | '\\')) => {
                            inside.extend(chars.next().map(|(_, next)| next));
                        }
                        c => inside.push(c),
                    }
                }
                all.push(match end {
                    Some(end) => Token { at: at..end, is: Is::Text(inside) },
                    None => Token { at: at..at + 1, is: Is::Unclosed },
                });
            }
            c if c.is_whitespace() || c == ',' || c == '\u{feff}' => {}
            _ => {
                let mut end = at + c.len_utf8();
                while let Some((next, c)) = chars.peek().copied() {
                    if c.is_whitespace() || matches!(c, ',' | '{' | '}' | '"') {
                        break;
                    }
                    end = next + c.len_utf8();
                    chars.next();
                }
                all.push(Token {
                    at: at..end,
                    is: Is::Word(text.get(at..end).unwrap_or_default().to_owned()),
                });
            }
        }
    }
    all
}
