//! The `.nfg` file of Gambit: a game in normal (strategic) form, with payoffs or with outcomes.
//!
//! Each pure strategy is an option of its player, and exactly one strategy of each player holds. A combination of
//! strategies is a state, and a player changes its own strategy in one step: then Nash stability here is what Gambit
//! calls an equilibrium in pure strategies. Payoffs become a ranking with ties kept; how much more one is than another is
//! not used, and there are no mixed strategies here.

mod payoff;
mod token;

use std::ops::Range;

use detente_model::{
    About, Actor, ActorId, Conflict, Expr, Form, Game, Opt, OptionForm, OptionId, Preference, RankEntry,
    Ranking, Rule, RuleKind, State,
};

use self::payoff::Payoff;
use self::token::{Is, Token, tokens};
use super::slug::Ids;
use crate::problems::Problems;
use crate::text::{Text, steers};
use crate::{Diagnostic, codes};

/// Largest file, in bytes.
const BYTES: usize = 4 << 20;
/// The most players.
const PLAYERS: usize = 64;
/// The most strategies of all players together.
const STRATEGIES: usize = 1024;
/// The most combinations of strategies.
const PROFILES: usize = 1 << 16;
/// So many wrong payoffs are told.
const TOLD: usize = 20;

/// Whether the bytes begin as a `.nfg` file does.
#[must_use]
pub fn is_nfg(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    bytes.get(..3).is_some_and(|word| word.eq_ignore_ascii_case(b"nfg"))
        && bytes.get(3).is_some_and(|next| next.is_ascii_whitespace())
}

/// Reads a `.nfg` file: the conflict, when there is no error, and all problems.
///
/// # Complexity
/// Linear in the file, and in the combinations of strategies times the players.
#[must_use]
pub fn nfg(file: &str, bytes: &[u8]) -> (Option<Conflict>, Vec<Diagnostic>) {
    let mut problems = Problems::default();
    if bytes.len() > BYTES {
        problems.push(codes::nfg_too_large::too_many(None, "bytes", BYTES));
        return (None, problems.finish(&Text::new(file, "")));
    }
    // Old files are in Latin letters of one byte each.
    let text = String::from_utf8_lossy(bytes);
    let all = tokens(&text);
    let end = text.len()..text.len();
    let mut reader = Reader { all: &all, at: 0, end, problems: &mut problems };
    let conflict = reader.game(&text);
    let conflict = conflict.filter(|_| problems.errors() == 0);
    (conflict, problems.finish(&Text::new(file, &text)))
}

/// Text without control characters, on one line.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !steers(*c)).collect()
}

struct Reader<'t, 'p> {
    all: &'t [Token],
    at: usize,
    end: Range<usize>,
    problems: &'p mut Problems,
}

/// The players with their strategies.
struct Players {
    names: Vec<String>,
    strategies: Vec<Vec<String>>,
}

impl Players {
    fn profiles(&self) -> Option<usize> {
        let all = self.strategies.iter().try_fold(1_usize, |all, own| all.checked_mul(own.len()))?;
        (all <= PROFILES).then_some(all)
    }
}

impl<'t> Reader<'t, '_> {
    fn peek(&self) -> Option<&'t Is> {
        self.all.get(self.at).map(|token| &token.is)
    }

    fn place(&self) -> Range<usize> {
        self.all.get(self.at).map_or(self.end.clone(), |token| token.at.clone())
    }

    fn expected(&mut self, what: &str) {
        let there = self.peek().map_or("the end of the file".to_owned(), Is::words);
        self.problems.push(codes::nfg_shape::expected(&self.place(), what, &there));
    }

    fn take(&mut self, wanted: &Is, what: &str) -> Option<()> {
        if self.peek() == Some(wanted) {
            self.at += 1;
            return Some(());
        }
        self.expected(what);
        None
    }

    fn text(&mut self, what: &str) -> Option<String> {
        if let Some(Is::Text(text)) = self.peek() {
            self.at += 1;
            return Some(plain(text));
        }
        self.expected(what);
        None
    }

    fn word(&mut self, what: &str) -> Option<&'t str> {
        if let Some(Is::Word(word)) = self.peek() {
            self.at += 1;
            return Some(word);
        }
        self.expected(what);
        None
    }

    fn game(&mut self, text: &str) -> Option<Conflict> {
        let first = self.word("`NFG`")?;
        if !first.eq_ignore_ascii_case("nfg") {
            self.at -= 1;
            self.expected("`NFG`");
            return None;
        }
        if self.word("the version 1")? != "1" {
            self.at -= 1;
            self.expected("the version 1");
            return None;
        }
        // R: fractions, D: decimals. Both are read wherever they stand.
        if !matches!(self.word("`R` or `D`")?, "R" | "D" | "r" | "d") {
            self.at -= 1;
            self.expected("`R` or `D`");
            return None;
        }
        let title = self.text("the title in quotes")?;
        let players = self.players()?;
        let place = self.place();
        let Some(profiles) = players.profiles() else {
            self.problems.push(codes::nfg_too_large::too_many(
                Some(&place),
                "combinations of strategies",
                PROFILES,
            ));
            return None;
        };
        let comment = match self.peek() {
            Some(Is::Text(_)) => self.text("a comment"),
            _ => None,
        };
        let count = players.names.len();
        let payoffs = match self.peek() {
            Some(Is::Open) => self.by_outcome(count, profiles)?,
            _ => self.by_profile(count, profiles)?,
        };
        if self.at < self.all.len() {
            self.expected("the end of the file");
            return None;
        }
        debug_assert!(!text.is_empty());
        Some(conflict(&title, comment.as_deref(), &players, &payoffs))
    }

    /// `{ "A" "B" }` and `{ { "a" "b" } … }` or `{ 2 2 }`.
    fn players(&mut self) -> Option<Players> {
        self.take(&Is::Open, "`{` before the players")?;
        let mut names = Vec::new();
        while !matches!(self.peek(), Some(Is::Close)) {
            names.push(self.text("the name of a player in quotes")?);
        }
        self.at += 1;
        if names.is_empty() {
            self.at -= 1;
            self.expected("the name of a player in quotes");
            return None;
        }
        if names.len() > PLAYERS {
            self.problems.push(codes::nfg_too_large::too_many(Some(&self.place()), "players", PLAYERS));
            return None;
        }
        let begin = self.place();
        self.take(&Is::Open, "`{` before the strategies")?;
        let mut strategies = Vec::new();
        let mut all = 0;
        while !matches!(self.peek(), Some(Is::Close)) {
            let mut own = Vec::new();
            if matches!(self.peek(), Some(Is::Word(_))) {
                let place = self.place();
                let word = self.word("a number of strategies")?;
                match word.parse::<usize>() {
                    Ok(count @ 1..=STRATEGIES) => own.extend((1..=count).map(|number| number.to_string())),
                    _ => {
                        let there = format!("`{}`", plain(&word.chars().take(40).collect::<String>()));
                        let what = format!("a number of strategies from 1 to {STRATEGIES}");
                        self.problems.push(codes::nfg_shape::expected(&place, &what, &there));
                        return None;
                    }
                }
            } else {
                self.take(&Is::Open, "`{` before the strategies of a player")?;
                while !matches!(self.peek(), Some(Is::Close)) {
                    own.push(self.text("the name of a strategy in quotes")?);
                }
                if own.is_empty() {
                    self.expected("the name of a strategy in quotes");
                    return None;
                }
                self.at += 1;
            }
            all += own.len();
            if all > STRATEGIES {
                self.problems.push(codes::nfg_too_large::too_many(Some(&begin), "strategies", STRATEGIES));
                return None;
            }
            strategies.push(own);
        }
        self.at += 1;
        if strategies.len() != names.len() {
            let problem = codes::nfg_shape::count(
                &begin,
                "players, and so many lists of strategies",
                names.len(),
                strategies.len(),
            );
            self.problems.push(problem);
            return None;
        }
        Some(Players { names, strategies })
    }

    fn payoff(&mut self) -> Payoff {
        let place = self.place();
        let word = match self.peek() {
            Some(Is::Word(word)) => word.as_str(),
            _ => "",
        };
        let read = Payoff::read(word);
        if read.is_none() && self.problems.errors() < TOLD {
            let there = self.peek().map_or("the end of the file".to_owned(), Is::words);
            self.problems.push(codes::nfg_shape::number(&place, &there));
        }
        self.at += 1;
        read.unwrap_or_else(Payoff::zero)
    }

    /// One payoff per player, profile by profile.
    fn by_profile(&mut self, players: usize, profiles: usize) -> Option<Vec<Vec<Payoff>>> {
        let (begin, there) = (self.place(), self.all.len() - self.at.min(self.all.len()));
        if there != players * profiles {
            self.problems.push(codes::nfg_shape::count(&begin, "payoffs", players * profiles, there));
            return None;
        }
        Some((0..profiles).map(|_| (0..players).map(|_| self.payoff()).collect()).collect())
    }

    /// Outcomes with payoffs, and then the number of the outcome of each profile.
    fn by_outcome(&mut self, players: usize, profiles: usize) -> Option<Vec<Vec<Payoff>>> {
        self.take(&Is::Open, "`{` before the outcomes")?;
        let mut outcomes: Vec<Vec<Payoff>> = Vec::new();
        while !matches!(self.peek(), Some(Is::Close)) {
            self.take(&Is::Open, "`{` before an outcome")?;
            if matches!(self.peek(), Some(Is::Text(_))) {
                self.at += 1;
            }
            let (begin, from) = (self.place(), self.at);
            let mut own = Vec::new();
            while matches!(self.peek(), Some(Is::Word(_))) {
                own.push(self.payoff());
            }
            if own.len() != players {
                self.problems.push(codes::nfg_shape::count(
                    &begin,
                    "players, and so many payoffs of an outcome",
                    players,
                    self.at - from,
                ));
                return None;
            }
            self.take(&Is::Close, "`}` after an outcome")?;
            outcomes.push(own);
        }
        self.at += 1;
        let (begin, there) = (self.place(), self.all.len() - self.at.min(self.all.len()));
        if there != profiles {
            self.problems.push(codes::nfg_shape::count(
                &begin,
                "combinations of strategies",
                profiles,
                there,
            ));
            return None;
        }
        let mut all = Vec::with_capacity(profiles);
        for _ in 0..profiles {
            let place = self.place();
            let there = self.peek().map_or_else(String::new, Is::words);
            let number = match self.peek() {
                Some(Is::Word(word)) => word.parse::<usize>().ok(),
                _ => None,
            };
            self.at += 1;
            all.push(match number {
                Some(0) => vec![Payoff::zero(); players],
                Some(number) if number <= outcomes.len() => outcomes[number - 1].clone(),
                _ => {
                    if self.problems.errors() < TOLD {
                        self.problems.push(codes::nfg_shape::outcome(&place, &there, outcomes.len()));
                    }
                    vec![Payoff::zero(); players]
                }
            });
        }
        Some(all)
    }
}

/// The game as a conflict: exactly one strategy of each player holds.
fn conflict(title: &str, comment: Option<&str>, players: &Players, payoffs: &[Vec<Payoff>]) -> Conflict {
    let mut ids = Ids::default();
    let (mut actors, mut options, mut rules, mut first) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (at, (name, strategies)) in players.names.iter().zip(&players.strategies).enumerate() {
        let id = ids.id(name, "p", at + 1);
        let name = if name.is_empty() { id.clone() } else { name.clone() };
        actors.push(Actor { id, name, note: None });
        let mut own = Ids::default();
        let begin = options.len();
        first.push(begin);
        for (number, strategy) in strategies.iter().enumerate() {
            let numbered = strategy.bytes().all(|b| b.is_ascii_digit());
            let id = own.id(if numbered { "" } else { strategy }, "s", number + 1);
            let text = match (strategy.is_empty(), numbered) {
                (true, _) => id.clone(),
                (_, true) => format!("Strategy {strategy}"),
                _ => strategy.clone(),
            };
            options.push(Opt { id, actor: ActorId::from(at), text, ..Opt::default() });
        }
        let mut all: Vec<Expr> =
            (begin..options.len()).map(|option| Expr::Option(OptionId::from(option))).collect();
        let kind = match all.len() {
            1 => RuleKind::Always(all.remove(0)),
            _ => RuleKind::ExactlyOne(all),
        };
        rules.push(Rule { id: None, kind, grounds: Default::default(), confidence: None });
    }
    let states = profiles(players, &first);
    let preferences = (0..actors.len()).map(|actor| {
        let mut order: Vec<usize> = (0..states.len()).collect();
        order.sort_by(|a, b| payoffs[*b][actor].cmp(&payoffs[*a][actor]));
        let mut groups: Vec<Vec<RankEntry>> = Vec::new();
        let mut last: Option<&Payoff> = None;
        for at in order {
            let payoff = &payoffs[at][actor];
            let entry = RankEntry::State(states[at].clone());
            match groups.last_mut() {
                Some(group) if last == Some(payoff) => group.push(entry),
                _ => groups.push(vec![entry]),
            }
            last = Some(payoff);
        }
        Preference::Ranking(Ranking { groups, rest_last: false, grounds: Default::default() })
    });
    let preferences = preferences.collect();
    let said = comment.map(plain).filter(|comment| !comment.is_empty());
    let said = said.map(|comment| format!(" Its comment: {comment}")).unwrap_or_default();
    let title = if title.is_empty() { "A game in normal form".to_owned() } else { title.to_owned() };
    let note = format!(
        "Read from a .nfg file of Gambit. Payoffs are taken as orders: how much more one is than another is not kept.{said}"
    );
    let form = OptionForm { options, rules, ..OptionForm::default() };
    Conflict {
        about: About { title, note: Some(note), ..About::default() },
        game: Game { actors, form: Form::Options(form), preferences, status_quo: None, ..Game::default() },
        ..Conflict::default()
    }
}

/// All combinations of strategies as states, the first player's strategy changing fastest.
fn profiles(players: &Players, first: &[usize]) -> Vec<State> {
    let mut choice = vec![0; first.len()];
    let mut all = Vec::new();
    loop {
        let mut state = State::default();
        for (begin, chosen) in first.iter().zip(&choice) {
            state.set(OptionId::from(begin + chosen), true);
        }
        all.push(state);
        let next = (0..choice.len()).find(|&at| choice[at] + 1 < players.strategies[at].len());
        let Some(next) = next else { return all };
        choice[..next].fill(0);
        choice[next] += 1;
    }
}
