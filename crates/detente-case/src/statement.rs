//! Formulas: words and signs, precedence, names with their places.
//!
//! # Grammar
//! From the loosest to the tightest: `iff` (`<->`), `implies` (`->`, to the right), `or` (`|`),
//! `and` (`&`), `not` (`!`); parentheses; `true`, `false`; names of options (`az.sign`), acts
//! (`act.peace`), chance events (`chance.election`) and defined names (`holds`); comparisons of levels
//! (`us.tariff <= 30`, `us.tariff = "limited"`, `us.tariff > cn.tariff`); counts of votes
//! (`votes(house, l.yes, not r.yes) >= 51`). `-` belongs to a name only when a letter or digit follows.

use std::ops::Range;

use detente_model::{Compare, Expr};

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
    /// A comparison or a count of votes, by its place in [`Parsed::atoms`].
    Atom(usize),
}

/// A comparison of levels, or a count of votes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Atom {
    /// Bytes of the text.
    pub(crate) at: Range<usize>,
    /// Bytes of the sign that compares.
    pub(crate) sign_at: Range<usize>,
    /// How it compares.
    pub(crate) compare: Compare,
    /// What is compared.
    pub(crate) of: Compared,
    /// With what.
    pub(crate) with: Operand,
    /// Bytes of what it is compared with.
    pub(crate) with_at: Range<usize>,
}

/// What is compared, names by their places in [`Parsed::names`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Compared {
    /// The level of an option or act.
    Level(usize),
    /// Votes in an assembly: options, or `not` options.
    Votes(usize, Vec<(bool, usize)>),
}

/// What something is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Number(f64),
    Text(String),
    /// By its place in [`Parsed::names`].
    Name(usize),
}

/// What a text was read as.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parsed {
    /// Every name in the text, in order, with its bytes; also when the formula has a mistake.
    pub(crate) names: Vec<(String, Range<usize>)>,
    /// Which names stand in a comparison or a count of votes, and so for no formula.
    pub(crate) compared: Vec<bool>,
    /// Comparisons and counts of votes.
    pub(crate) atoms: Vec<Atom>,
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
    Compare(Compare),
    /// A number that something is compared with, by its place.
    Number(usize),
    /// A name in quotes, by its place.
    Text(usize),
    Comma,
    /// `votes` before a parenthesis.
    Votes,
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
    let mut constants = Constants::default();
    let (tokens, mistake) = lex(text, &mut parsed.names, &mut constants);
    parsed.compared = compared(&tokens, parsed.names.len());
    if let Some(mistake) = mistake {
        parsed.mistake = Some(mistake);
        return parsed;
    }
    let mut parser = Parser { text, tokens: &tokens, at: 0, constants: &constants, atoms: Vec::new() };
    match parser.whole() {
        Ok(formula) => parsed.formula = Some(formula),
        Err(mistake) => parsed.mistake = Some(mistake),
    }
    parsed.atoms = parser.atoms;
    parsed
}

/// Which names stand beside a sign that compares, or inside `votes(…)`.
fn compared(tokens: &[(Token, Range<usize>)], names: usize) -> Vec<bool> {
    let mut compared = vec![false; names];
    let is_sign = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|(token, _)| matches!(token, Token::Compare(_)))
    };
    // How deep inside `votes(`; 0: outside.
    let mut depth = 0;
    for (at, (token, _)) in tokens.iter().enumerate() {
        match token {
            Token::Votes => depth = depth.max(1),
            Token::Open if depth > 0 => depth += 1,
            Token::Close if depth > 0 => {
                depth -= 1;
                depth = if depth == 1 { 0 } else { depth };
            }
            Token::Name(name) => {
                if let Some(cell) = compared.get_mut(*name) {
                    *cell = depth > 0 || is_sign(at.checked_sub(1)) || is_sign(Some(at + 1));
                }
            }
            _ => {}
        }
    }
    compared
}

/// Numbers and texts of comparisons.
#[derive(Default)]
struct Constants {
    numbers: Vec<f64>,
    texts: Vec<String>,
}

/// The formula with every name replaced by what it stands for; `None` when one stands for nothing.
/// Recursion is as deep as the formula.
pub(crate) fn resolve(formula: &Formula, names: &[Option<Expr>], atoms: &[Option<Expr>]) -> Option<Expr> {
    let part = |part: &Formula| resolve(part, names, atoms);
    Some(match formula {
        Formula::Const(value) => Expr::Const(*value),
        Formula::Name(at) => names.get(*at)?.clone()?,
        Formula::Atom(at) => atoms.get(*at)?.clone()?,
        Formula::Not(inner) => Expr::Not(Box::new(part(inner)?)),
        Formula::And(parts) => Expr::And(flat(parts, names, atoms, |inner| match inner {
            Expr::And(parts) => Ok(parts),
            other => Err(other),
        })?),
        Formula::Or(parts) => Expr::Or(flat(parts, names, atoms, |inner| match inner {
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
    atoms: &[Option<Expr>],
    open: fn(Expr) -> Result<Vec<Expr>, Expr>,
) -> Option<Vec<Expr>> {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match open(resolve(part, names, atoms)?) {
            Ok(inner) => all.extend(inner),
            Err(one) => all.push(one),
        }
    }
    Some(all)
}

fn lex(
    text: &str,
    names: &mut Vec<(String, Range<usize>)>,
    constants: &mut Constants,
) -> (Vec<(Token, Range<usize>)>, Option<Mistake>) {
    let mut tokens: Vec<(Token, Range<usize>)> = Vec::new();
    // Parentheses that are open: whether it is that of `votes(`.
    let mut open: Vec<bool> = Vec::new();
    let mut mistake = None;
    // Where a name goes on after a mistake inside it.
    let mut broken = None;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let last = tokens.last().map(|(token, _)| *token);
        let after_sign = matches!(last, Some(Token::Compare(_)));
        let sign = Compare::ALL.into_iter().find(|(_, sign)| rest.starts_with(sign));
        let mut push = |token: Token, len: usize| {
            tokens.push((token, at..at + len));
            len
        };
        at += match c {
            c if c.is_whitespace() => c.len_utf8(),
            '(' => {
                open.push(last == Some(Token::Votes));
                push(Token::Open, 1)
            }
            ')' => {
                open.pop();
                push(Token::Close, 1)
            }
            ',' if open.last() == Some(&true) => push(Token::Comma, 1),
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
            '<' | '>' | '=' if sign.is_some() && !FOREIGN.iter().any(|sign| rest.starts_with(sign)) => {
                let (compare, sign) = sign.unwrap_or((Compare::Equal, "="));
                push(Token::Compare(compare), sign.len())
            }
            '"' | '\'' => match rest[1..].find(c) {
                Some(len) => {
                    constants.texts.push(rest[1..=len].to_owned());
                    push(Token::Text(constants.texts.len() - 1), len + 2)
                }
                None => {
                    let wrong = Mistake::new(at..at + 1, "these quotes are never closed");
                    mistake.get_or_insert(
                        wrong.hint("the name of a level stands in quotes: `us.tariff = 'limited'`"),
                    );
                    rest.len()
                }
            },
            c if after_sign && number(rest).is_some() => {
                let (value, len) = number(rest).unwrap_or((0.0, c.len_utf8()));
                constants.numbers.push(value);
                push(Token::Number(constants.numbers.len() - 1), len)
            }
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
                    "votes" if rest[len..].trim_start().starts_with('(') => Token::Votes,
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

/// The number at the start of `rest`, with a sign or without, and how long it is.
fn number(rest: &str) -> Option<(f64, usize)> {
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let len = rest.len() - digits.len() + name_length(digits);
    let value: f64 = rest[..len].replace('_', "").parse().ok()?;
    value.is_finite().then_some((value, len))
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

/// Signs of other languages that begin like one of ours.
const FOREIGN: &[&str] = &["<=>", "=>", "==", "=<", "<>"];

/// A sign that formulas do not have, with what was probably meant.
fn foreign(rest: &str, at: usize, c: char) -> (usize, Mistake) {
    const MEANT: &[(&str, &str)] = &[
        ("&&", "and"),
        ("||", "or"),
        ("!=", "iff not"),
        ("<=>", "iff"),
        ("=>", "implies"),
        ("=<", "<="),
        ("<>", "iff not"),
        ("≠", "iff not"),
        ("≤", "<="),
        ("≥", ">="),
        ("∧", "and"),
        ("∨", "or"),
        ("¬", "not"),
        ("~", "not"),
        ("→", "implies"),
        ("⇒", "implies"),
        ("↔", "iff"),
        ("⇔", "iff"),
        ("+", "or"),
        ("*", "and"),
        (",", "and"),
        ("[", "("),
        ("]", ")"),
        ("{", "("),
        ("}", ")"),
    ];
    if let Some(after) = rest.strip_prefix("==") {
        // Levels are compared by `=`; two formulas hold together by `iff`.
        let level = after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '"' || c == '\'');
        let wrong = Mistake::new(at..at + 2, "formulas do not know the sign `==`");
        return (2, wrong.instead(if level { "=" } else { "iff" }));
    }
    for (sign, word) in MEANT {
        if rest.starts_with(sign) {
            let wrong = Mistake::new(at..at + sign.len(), format!("formulas do not know the sign `{sign}`"));
            return (sign.len(), wrong.instead(word));
        }
    }
    let wrong = format!("formulas do not know the sign {}", shown(c));
    let mut wrong = Mistake::new(at..at + c.len_utf8(), wrong);
    wrong.hint = Some(match c {
        '%' => "the unit belongs to the option; a formula has the number only".to_owned(),
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
    constants: &'p Constants,
    atoms: Vec<Atom>,
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
            Some(Token::Name(name)) if matches!(self.peek(), Some(Token::Compare(_))) => {
                if number(&self.text[here.clone()]).is_some_and(|(_, len)| len == here.len()) {
                    return Err(Self::turned(here, &found));
                }
                self.compare(here, Compared::Level(name))
            }
            Some(Token::Name(name)) => Ok((Formula::Name(name), 1)),
            Some(Token::Votes) => self.votes(here),
            Some(Token::Text(_)) if matches!(self.peek(), Some(Token::Compare(_))) => {
                Err(Self::turned(here, &found))
            }
            Some(Token::Number(_) | Token::Text(_)) => {
                Err(Mistake::new(here, format!("{found} stands for nothing by itself"))
                    .hint("compare a level with it: `us.tariff <= 30`, `us.tariff = 'limited'`"))
            }
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
            None
            | Some(
                Token::Close
                | Token::And
                | Token::Or
                | Token::Implies
                | Token::Iff
                | Token::Compare(_)
                | Token::Comma,
            ) => {
                let message = format!("expected a name, `not` or `(`, found {found}");
                Err(Mistake::new(here, message).hint("write what it joins, or take the operator out"))
            }
        }
    }

    /// A comparison that begins with a level.
    fn turned(at: Range<usize>, found: &str) -> Mistake {
        Mistake::new(at, format!("a comparison begins with what is compared, not with {found}"))
            .hint("turn it round: `us.tariff >= 30`")
    }

    /// The rest of a comparison, from its sign on.
    fn compare(&mut self, of_at: Range<usize>, of: Compared) -> Result<Deep, Mistake> {
        let sign_at = self.here();
        let Some(Token::Compare(compare)) = self.peek() else {
            let found = self.shown();
            return Err(Mistake::new(
                sign_at,
                format!("a count of votes is compared with a number, found {found}"),
            )
            .hint("write how many are needed: `votes(house, l.yes, r.yes) >= 51`"));
        };
        self.at += 1;
        let with_at = self.here();
        let found = self.shown();
        let with = match self.peek() {
            Some(Token::Number(at)) => {
                Operand::Number(self.constants.numbers.get(at).copied().unwrap_or(0.0))
            }
            Some(Token::Text(at)) => Operand::Text(self.constants.texts.get(at).cloned().unwrap_or_default()),
            Some(Token::Name(name)) => Operand::Name(name),
            Some(Token::Const(_)) => {
                return Err(Mistake::new(with_at, format!("{found} is no level")).hint(
                    "an option that is on is written by its name, one that is off by `not` and its name",
                ));
            }
            _ => {
                return Err(Mistake::new(with_at, format!("expected a level or a name, found {found}"))
                    .hint("write what it is compared with: `us.tariff <= 30`"));
            }
        };
        self.at += 1;
        if let Some(Token::Compare(_)) = self.peek() {
            return Err(Mistake::new(self.here(), "one comparison has one sign")
                .hint("write two, joined by `and`: `us.tariff > 10 and us.tariff < 145`"));
        }
        let at = of_at.start..with_at.end;
        self.atoms.push(Atom { at, sign_at, compare, of, with, with_at });
        Ok((Formula::Atom(self.atoms.len() - 1), 1))
    }

    /// A count of votes, from its parenthesis on.
    fn votes(&mut self, at: Range<usize>) -> Result<Deep, Mistake> {
        let help = "write the assembly and whose votes count: `votes(house, l.yes, not r.yes) >= 51`";
        self.at += 1; // `(`, seen by the lexer
        let mut assembly = None;
        let mut owners = Vec::new();
        loop {
            let here = self.here();
            let found = self.shown();
            let not = self.peek() == Some(Token::Not);
            self.at += usize::from(not);
            match self.peek() {
                Some(Token::Name(name)) if assembly.is_none() && !not => assembly = Some(name),
                Some(Token::Name(name)) if assembly.is_some() => owners.push((!not, name)),
                _ => {
                    return Err(Mistake::new(here, format!("expected a name in `votes(…)`, found {found}"))
                        .hint(help));
                }
            }
            self.at += 1;
            let here = self.here();
            let found = self.shown();
            match self.peek() {
                Some(Token::Comma) => self.at += 1,
                Some(Token::Close) => {
                    self.at += 1;
                    break;
                }
                _ => {
                    return Err(Mistake::new(
                        here,
                        format!("expected `,` or `)` in `votes(…)`, found {found}"),
                    )
                    .hint(help));
                }
            }
        }
        let Some(assembly) = assembly else {
            return Err(Mistake::new(at, "`votes(…)` names no assembly").hint(help));
        };
        if owners.is_empty() {
            return Err(Mistake::new(at, "`votes(…)` counts nobody's votes").hint(help));
        }
        self.compare(at, Compared::Votes(assembly, owners))
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
    fn show(formula: &Formula, parsed: &Parsed) -> String {
        let all = |word: &str, parts: &[Formula]| {
            format!("({word}{})", parts.iter().map(|p| format!(" {}", show(p, parsed))).collect::<String>())
        };
        let names = &parsed.names;
        match formula {
            Formula::Const(value) => value.to_string(),
            Formula::Name(at) => names[*at].0.clone(),
            Formula::Not(inner) => format!("(not {})", show(inner, parsed)),
            Formula::And(parts) => all("and", parts),
            Formula::Or(parts) => all("or", parts),
            Formula::Implies(a, b) => format!("(-> {} {})", show(a, parsed), show(b, parsed)),
            Formula::Iff(a, b) => format!("(<-> {} {})", show(a, parsed), show(b, parsed)),
            Formula::Atom(at) => {
                let atom = &parsed.atoms[*at];
                let of = match &atom.of {
                    Compared::Level(name) => names[*name].0.clone(),
                    Compared::Votes(house, owners) => {
                        let owner = |(on, name): &(bool, usize)| {
                            format!(" {}{}", if *on { "" } else { "!" }, names[*name].0)
                        };
                        format!("(votes {}{})", names[*house].0, owners.iter().map(owner).collect::<String>())
                    }
                };
                let with = match &atom.with {
                    Operand::Number(number) => number.to_string(),
                    Operand::Text(text) => format!("{text:?}"),
                    Operand::Name(name) => names[*name].0.clone(),
                };
                format!("({:?} {of} {with})", atom.compare)
            }
        }
    }

    fn read(text: &str) -> String {
        let parsed = parse(text);
        match (&parsed.formula, &parsed.mistake) {
            (Some(formula), None) => show(formula, &parsed),
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
    fn comparisons_and_votes() {
        assert_eq!(read("not us.tariff<=30 or b"), "(or (not (AtMost us.tariff 30)) b)");
        assert_eq!(read("a.x >= -2.5 and a.y = 1e-3"), "(and (AtLeast a.x -2.5) (Equal a.y 0.001))");
        assert_eq!(
            read("us.t = 'on hold' iff cn.t < us.t"),
            "(<-> (Equal us.t \"on hold\") (Less cn.t us.t))"
        );
        assert_eq!(read("a.x<->b.y"), "(<-> a.x b.y)");
        assert_eq!(
            read("votes(house, l.yes, not r.yes) > 50 and c"),
            "(and (Greater (votes house l.yes !r.yes) 50) c)"
        );
        let parsed = parse("holds and us.tariff <= 30 and votes(h, a.x) >= 1 and b");
        assert_eq!(parsed.compared, [false, true, true, true, false]);
        assert_eq!(read("30 < a.x"), "0..2: a comparison begins with what is compared, not with `30`");
        assert_eq!(read("1 < a.x < 3"), "0..1: a comparison begins with what is compared, not with `1`");
        assert_eq!(read("a.x > 1 < 3"), "8..9: one comparison has one sign");
        assert_eq!(read("a.x = true"), "6..10: `true` is no level");
        assert_eq!(read("a.x ="), "5..5: expected a level or a name, found the end");
        assert_eq!(read("votes(house) > 3"), "0..5: `votes(…)` counts nobody's votes");
        assert_eq!(read("votes(house, a.x"), "16..16: expected `,` or `)` in `votes(…)`, found the end");
        assert_eq!(read("a.x = 'on"), "6..7: these quotes are never closed");
        assert_eq!(read("votes and a"), "(and votes a)");
        assert_eq!(parse("a.x == 3").mistake.unwrap().instead, Some("="));
        assert_eq!(parse("a == b").mistake.unwrap().instead, Some("iff"));
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
