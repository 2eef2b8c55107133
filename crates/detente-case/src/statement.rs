//! Formulas: words and signs, precedence, names with their places.
//!
//! # Grammar
//! From the loosest to the tightest: `iff` (`<->`), `implies` (`->`, to the right), `or` (`|`),
//! `and` (`&`), `not` (`!`); parentheses; `true`, `false`; names of options (`az.sign`) and
//! defined names (`holds`). `-` belongs to a name only when a letter or digit follows.

use std::ops::Range;

use detente_model::Expr;

use crate::format::MAX_DEPTH;

/// Words that are no names.
pub(crate) const RESERVED: &[&str] = &["and", "or", "not", "implies", "iff", "true", "false"];

/// A formula whose names are not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    Const(bool),
    /// By its place in [`Parsed::names`].
    Name(usize),
    Not(Box<Formula>),
    And(Vec<Formula>),
    Or(Vec<Formula>),
    Implies(Box<Formula>, Box<Formula>),
    Iff(Box<Formula>, Box<Formula>),
}

/// What a text was read as.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parsed {
    /// Every name in the text, in order, with its bytes; also when the formula has a mistake.
    pub(crate) names: Vec<(String, Range<usize>)>,
    /// The formula, or the first mistake.
    pub(crate) formula: Option<Formula>,
    /// The first mistake.
    pub(crate) mistake: Option<Mistake>,
}

/// A mistake in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Bytes of the text.
    pub(crate) at: Range<usize>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: Option<String>,
    /// What to write instead.
    pub(crate) instead: Option<&'static str>,
    /// Whether the formula is deeper than the format allows.
    pub(crate) too_deep: bool,
}

impl Mistake {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), hint: None, instead: None, too_deep: false }
    }

    fn hint(mut self, words: &str) -> Self {
        self.hint = Some(words.to_owned());
        self
    }

    fn instead(mut self, word: &'static str) -> Self {
        self.hint = Some(format!("write `{word}`"));
        self.instead = Some(word);
        self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Not,
    And,
    Or,
    Implies,
    Iff,
    Const(bool),
    Name(usize),
}

impl Token {
    /// How tightly an operator binds.
    fn power(self) -> Option<u8> {
        match self {
            Token::Iff => Some(1),
            Token::Implies => Some(2),
            Token::Or => Some(3),
            Token::And => Some(4),
            _ => None,
        }
    }
}

/// Reads a formula.
///
/// Complexity: linear in the length. Recursion: at most [`MAX_DEPTH`] parentheses, negations and
/// implications inside each other; a deeper formula is a mistake.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let (tokens, mistake) = lex(text, &mut parsed.names);
    if let Some(mistake) = mistake {
        parsed.mistake = Some(mistake);
        return parsed;
    }
    let mut parser = Parser { text, tokens: &tokens, at: 0 };
    match parser.whole() {
        Ok(formula) => parsed.formula = Some(formula),
        Err(mistake) => parsed.mistake = Some(mistake),
    }
    parsed
}

/// The formula with every name replaced by what it stands for; `None` when one stands for nothing.
/// Recursion is as deep as the formula.
pub(crate) fn resolve(formula: &Formula, names: &[Option<Expr>]) -> Option<Expr> {
    let part = |part: &Formula| resolve(part, names);
    Some(match formula {
        Formula::Const(value) => Expr::Const(*value),
        Formula::Name(at) => names.get(*at)?.clone()?,
        Formula::Not(inner) => Expr::Not(Box::new(part(inner)?)),
        Formula::And(parts) => Expr::And(flat(parts, names, |inner| match inner {
            Expr::And(parts) => Ok(parts),
            other => Err(other),
        })?),
        Formula::Or(parts) => Expr::Or(flat(parts, names, |inner| match inner {
            Expr::Or(parts) => Ok(parts),
            other => Err(other),
        })?),
        Formula::Implies(a, b) => Expr::Implies(Box::new(part(a)?), Box::new(part(b)?)),
        Formula::Iff(a, b) => Expr::Iff(Box::new(part(a)?), Box::new(part(b)?)),
    })
}

/// The parts of `and` or `or`; parts of the same kind are taken apart, so that parentheses that
/// change nothing leave no trace.
fn flat(
    parts: &[Formula],
    names: &[Option<Expr>],
    open: fn(Expr) -> Result<Vec<Expr>, Expr>,
) -> Option<Vec<Expr>> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match open(resolve(part, names)?) {
            Ok(inner) => all.extend(inner),
            Err(one) => all.push(one),
        }
    }
    Some(all)
}

fn lex(text: &str, names: &mut Vec<(String, Range<usize>)>) -> (Vec<(Token, Range<usize>)>, Option<Mistake>) {
    let mut tokens = Vec::new();
    let mut mistake = None;
    // Where a name goes on after a mistake inside it.
    let mut broken = None;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let mut push = |token: Token, len: usize| {
            tokens.push((token, at..at + len));
            len
        };
        at += match c {
            c if c.is_whitespace() => c.len_utf8(),
            '(' => push(Token::Open, 1),
            ')' => push(Token::Close, 1),
            '!' if !rest.starts_with("!=") => push(Token::Not, 1),
            '&' if !rest.starts_with("&&") => push(Token::And, 1),
            '|' if !rest.starts_with("||") => push(Token::Or, 1),
            '.' => {
                // A name that is broken by a point is not looked up.
                if names.last().is_some_and(|(_, name)| name.end == at) {
                    names.pop();
                }
                let next = rest[1..].chars().next();
                let shown = next.filter(|c| !c.is_whitespace() && !c.is_ascii()).map(shown);
                let mut wrong = Mistake::new(
                    at..at + 1,
                    match shown {
                        Some(shown) => format!("after this `.` there is {shown}, which belongs to no name"),
                        None => "this `.` joins no actor and option".to_owned(),
                    },
                );
                wrong.hint = Some("an option is written `actor.option`, without blanks".to_owned());
                mistake.get_or_insert(wrong);
                let len = 1 + next.filter(|c| !c.is_whitespace() && !c.is_ascii()).map_or(0, char::len_utf8);
                broken = Some(at + len);
                len
            }
            '-' if rest.starts_with("->") => push(Token::Implies, 2),
            '<' if rest.starts_with("<->") => push(Token::Iff, 3),
            c if is_name(c) => {
                let len = name_length(rest);
                let word = &rest[..len];
                let token = match word {
                    "not" => Token::Not,
                    "and" => Token::And,
                    "or" => Token::Or,
                    "implies" => Token::Implies,
                    "iff" => Token::Iff,
                    "true" => Token::Const(true),
                    "false" => Token::Const(false),
                    name => {
                        if broken != Some(at) {
                            names.push((name.to_owned(), at..at + len));
                        }
                        Token::Name(names.len().saturating_sub(1))
                    }
                };
                push(token, len)
            }
            other => {
                let (len, wrong) = foreign(rest, at, other);
                mistake.get_or_insert(wrong);
                len
            }
        };
    }
    (tokens, mistake)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bytes of the name at the start of `rest`: letters, digits, and `-` or `.` before one of them.
fn name_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = matches!(c, '-' | '.') && chars.peek().is_some_and(|(_, next)| is_name(*next));
        if !is_name(c) && !goes_on {
            return at;
        }
    }
    rest.len()
}

/// A sign that formulas do not have, with what was probably meant.
fn foreign(rest: &str, at: usize, c: char) -> (usize, Mistake) {
    const MEANT: &[(&str, &str)] = &[
        ("&&", "and"),
        ("||", "or"),
        ("!=", "iff not"),
        ("<=>", "iff"),
        ("=>", "implies"),
        ("==", "iff"),
        ("∧", "and"),
        ("∨", "or"),
        ("¬", "not"),
        ("~", "not"),
        ("→", "implies"),
        ("⇒", "implies"),
        ("↔", "iff"),
        ("⇔", "iff"),
        ("=", "iff"),
        ("+", "or"),
        ("*", "and"),
        (",", "and"),
        ("[", "("),
        ("]", ")"),
        ("{", "("),
        ("}", ")"),
    ];
    for (sign, word) in MEANT {
        if rest.starts_with(sign) {
            let wrong = Mistake::new(at..at + sign.len(), format!("formulas do not know the sign `{sign}`"));
            return (sign.len(), wrong.instead(word));
        }
    }
    let wrong = format!("formulas do not know the sign {}", shown(c));
    let mut wrong = Mistake::new(at..at + c.len_utf8(), wrong);
    wrong.hint = Some(match c {
        '-' => "write `not` to deny, `->` for implies".to_owned(),
        _ => "formulas have names, `and`, `or`, `not`, `implies`, `iff` and parentheses".to_owned(),
    });
    (c.len_utf8(), wrong)
}

/// A character as a reader can see it.
fn shown(c: char) -> String {
    let mut escaped = c.escape_debug();
    if c.is_whitespace() || escaped.len() > 1 || escaped.next() != Some(c) {
        format!("U+{:04X}", u32::from(c))
    } else {
        format!("`{c}`")
    }
}

struct Parser<'p> {
    text: &'p str,
    tokens: &'p [(Token, Range<usize>)],
    at: usize,
}

/// A formula with its depth.
type Deep = (Formula, usize);

impl Parser<'_> {
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).map(|(token, _)| *token)
    }

    /// Bytes of the next token; the end of the text when there is none.
    fn here(&self) -> Range<usize> {
        let end = self.text.trim_end().len();
        self.tokens.get(self.at).map_or(end..end, |(_, at)| at.clone())
    }

    fn shown(&self) -> String {
        self.tokens
            .get(self.at)
            .map_or_else(|| "the end".to_owned(), |(_, at)| format!("`{}`", &self.text[at.clone()]))
    }

    fn whole(&mut self) -> Result<Formula, Mistake> {
        if self.tokens.is_empty() {
            let mut mistake = Mistake::new(0..self.text.len(), "the formula is empty");
            mistake.hint = Some("write `true` for a formula that always holds".to_owned());
            return Err(mistake);
        }
        let (formula, _) = self.expression(0, 0)?;
        match self.peek() {
            None => Ok(formula),
            Some(Token::Close) => {
                Err(Mistake::new(self.here(), "this `)` closes nothing")
                    .hint("take it out, or open it with `(`"))
            }
            Some(_) => {
                let found = self.shown();
                let mut mistake = Mistake::new(
                    self.here(),
                    format!("expected `and`, `or`, `implies` or `iff` before {found}"),
                );
                let lower = found.trim_matches('`').to_lowercase();
                mistake = match RESERVED.iter().find(|word| **word == lower) {
                    Some(word) => mistake.instead(word),
                    None => {
                        mistake.hint("two names need a word between them that says how they belong together")
                    }
                };
                Err(mistake)
            }
        }
    }

    /// An expression whose operators bind at least as tightly as `least`, `level` deep.
    fn expression(&mut self, least: u8, level: usize) -> Result<Deep, Mistake> {
        if level > MAX_DEPTH {
            return Err(self.too_deep());
        }
        let (mut left, mut depth) = self.operand(level)?;
        while let Some(operator) = self.peek()
            && let Some(power) = operator.power()
            && power >= least
        {
            match operator {
                Token::And | Token::Or => {
                    let mut parts = vec![left];
                    while self.peek() == Some(operator) {
                        self.at += 1;
                        let (part, deep) = self.expression(power + 1, level)?;
                        parts.push(part);
                        depth = depth.max(deep);
                    }
                    left = if operator == Token::And { Formula::And(parts) } else { Formula::Or(parts) };
                }
                _ => {
                    self.at += 1;
                    // To the right: `a -> b -> c` is one level deeper at each arrow.
                    let implies = operator == Token::Implies;
                    let (right, deep) = if implies {
                        self.expression(power, level + 1)?
                    } else {
                        self.expression(power + 1, level)?
                    };
                    depth = depth.max(deep);
                    let (a, b) = (Box::new(left), Box::new(right));
                    left = if implies { Formula::Implies(a, b) } else { Formula::Iff(a, b) };
                }
            }
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(self.too_deep());
            }
        }
        Ok((left, depth))
    }

    fn operand(&mut self, level: usize) -> Result<Deep, Mistake> {
        let here = self.here();
        let found = self.shown();
        let token = self.peek();
        self.at += 1;
        match token {
            Some(Token::Const(value)) => Ok((Formula::Const(value), 1)),
            Some(Token::Name(name)) => Ok((Formula::Name(name), 1)),
            Some(Token::Not) => {
                let (inner, depth) = self.expression(5, level + 1)?;
                if depth >= MAX_DEPTH {
                    return Err(self.too_deep());
                }
                Ok((Formula::Not(Box::new(inner)), depth + 1))
            }
            Some(Token::Open) => {
                let inner = self.expression(0, level + 1)?;
                if self.peek() != Some(Token::Close) {
                    return Err(match self.peek() {
                        None => Mistake::new(here, "this `(` is never closed").hint("close it with `)`"),
                        Some(_) => {
                            let found = self.shown();
                            Mistake::new(self.here(), format!("expected an operator or `)` before {found}"))
                                .hint("close the parenthesis, or say how the two belong together")
                        }
                    });
                }
                self.at += 1;
                Ok(inner)
            }
            None | Some(Token::Close | Token::And | Token::Or | Token::Implies | Token::Iff) => {
                let message = format!("expected a name, `not` or `(`, found {found}");
                Err(Mistake::new(here, message).hint("write what it joins, or take the operator out"))
            }
        }
    }

    fn too_deep(&self) -> Mistake {
        let mut mistake = Mistake::new(self.here(), format!("the formula is deeper than {MAX_DEPTH}"));
        mistake.hint = Some("give parts of it names under [define]".to_owned());
        mistake.too_deep = true;
        mistake
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    /// Fully parenthesised prefix notation.
    fn show(formula: &Formula, names: &[(String, Range<usize>)]) -> String {
        let all = |word: &str, parts: &[Formula]| {
            format!("({word}{})", parts.iter().map(|p| format!(" {}", show(p, names))).collect::<String>())
        };
        match formula {
            Formula::Const(value) => value.to_string(),
            Formula::Name(at) => names[*at].0.clone(),
            Formula::Not(inner) => format!("(not {})", show(inner, names)),
            Formula::And(parts) => all("and", parts),
            Formula::Or(parts) => all("or", parts),
            Formula::Implies(a, b) => format!("(-> {} {})", show(a, names), show(b, names)),
            Formula::Iff(a, b) => format!("(<-> {} {})", show(a, names), show(b, names)),
        }
    }

    fn read(text: &str) -> String {
        let parsed = parse(text);
        match (&parsed.formula, &parsed.mistake) {
            (Some(formula), None) => show(formula, &parsed.names),
            (None, Some(m)) => format!("{}..{}: {}", m.at.start, m.at.end, m.message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn precedence_and_signs() {
        assert_eq!(read("a or b and not c"), "(or a (and b (not c)))");
        assert_eq!(read("a and b and c"), "(and a b c)");
        assert_eq!(read("a and (b and c)"), "(and a (and b c))");
        assert_eq!(read("a->b->c"), "(-> a (-> b c))");
        assert_eq!(read("a<->b iff c"), "(<-> (<-> a b) c)");
        assert_eq!(read("!a&b|c"), "(or (and (not a) b) c)");
        assert_eq!(read("a iff b implies c or d"), "(<-> a (-> b (or c d)))");
        assert_eq!(read("a or b implies c"), "(-> (or a b) c)");
        assert_eq!(read("not (a or true)"), "(not (or a true))");
        assert_eq!(read("moscow-deal->az.end-now"), "(-> moscow-deal az.end-now)");
    }

    #[test]
    fn mistakes_say_where() {
        assert_eq!(read(""), "0..0: the formula is empty");
        assert_eq!(read("a and"), "5..5: expected a name, `not` or `(`, found the end");
        assert_eq!(read("(a or b"), "0..1: this `(` is never closed");
        assert_eq!(read("a)"), "1..2: this `)` closes nothing");
        assert_eq!(read("a b"), "2..3: expected `and`, `or`, `implies` or `iff` before `b`");
        assert_eq!(read("a && b"), "2..4: formulas do not know the sign `&&`");
        assert_eq!(read("a - b"), "2..3: formulas do not know the sign `-`");
        assert_eq!(parse("a AND b").mistake.unwrap().instead, Some("and"));
        assert_eq!(parse("a ≠ \u{7} b").names.len(), 2);
    }

    #[test]
    fn depth_is_bounded_and_the_stack_holds() {
        let deep = |n: usize| [&"(".repeat(n), "a", &")".repeat(n)].concat();
        assert!(parse(&deep(MAX_DEPTH)).formula.is_some());
        assert!(parse(&deep(MAX_DEPTH + 1)).mistake.unwrap().too_deep);
        let nots = |n: usize| ["not ".repeat(n), "a".to_owned()].concat();
        assert!(parse(&nots(MAX_DEPTH - 1)).formula.is_some());
        for text in
            [deep(1_000_000), nots(1_000_000), "a iff ".repeat(100_000) + "a", "a -> ".repeat(100_000) + "a"]
        {
            assert!(parse(&text).mistake.unwrap().too_deep);
        }
        assert!(parse(&("a and ".repeat(100_000) + "a")).formula.is_some());
        assert!(parse(&("a or b and ".repeat(100_000) + "a")).formula.is_some());
    }
}
