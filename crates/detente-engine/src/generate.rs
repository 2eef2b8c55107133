//! Random cases of any size with the structure of real negotiations: issues in which several
//! actors hold options.
//!
//! # Definition
//! Option `k` (in *dealing order*, from 0) belongs to actor `k mod A` and is called `o{k+1}`; in
//! the case the options stand by actor, so bit numbers follow that order. The dealing order is
//! cut into *issues* of `locality` options (the last may be smaller). A statement or rule first
//! draws its field: with 9 chances in 10 one issue, else all options; then one, two or three
//! distinct options of that field (no more than it has).
//! - A statement gives every option a sign and joins them all by `and` or all by `or`.
//! - A rule is `never` a conjunction: its first option is on, each of the others has a sign.
//!   All options off therefore satisfies every rule, and is the status quo.
//!
//! Statements are drawn first, actor by actor, then the rules.
//!
//! # Draws
//! ChaCha with 8 rounds; the key is the seed in little-endian order followed by 24 zero bytes,
//! stream 0. One draw takes two 32-bit words of the stream, low word first, as `x`, and reduces
//! it to `⌊x·n / 2^64⌋` for a number below `n`. A field takes a draw below 10 (inside an issue
//! when less than 9) and, when inside, one below the number of issues; then a draw below
//! `min(3, options of the field)`, plus one, for the count; then one draw per option by a
//! partial Fisher–Yates shuffle of the field; then one draw below 2 per sign (1 = on); then, for
//! a statement of two or three options, one draw below 2 (0 = `and`). Nothing depends on a
//! distribution of a library, so the same settings give the same case everywhere.
//!
//! # Complexity
//! O(statements × actors + rules + options), plus the size of the field for each draw outside an
//! issue.

use detente_model::{
    About, Actor, ActorId, Conflict, Direction, Evidence, Expr, Form, Game, Grounds, Opt, OptionForm,
    OptionId, Preference, Rule, RuleKind, Situation, State, Statement,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What to generate. The default is that of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GenerateSettings {
    /// How many actors, 1 to 64.
    pub actors: usize,
    /// How many options in all, 1 to 1,024.
    pub options: usize,
    /// How many statements each actor has, 0 to 4,096.
    pub statements: usize,
    /// How many rules, 0 to 65,536.
    pub rules: usize,
    /// How many options form an issue, at least 1.
    pub locality: usize,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for GenerateSettings {
    fn default() -> Self {
        Self { actors: 2, options: 8, statements: 6, rules: 2, locality: 4, seed: 1 }
    }
}

/// A setting outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be between {least} and {most}, not {given}")]
pub struct GenerateError {
    /// Which setting.
    pub what: &'static str,
    /// What was asked for.
    pub given: usize,
    /// The least that is possible.
    pub least: usize,
    /// The most that is possible.
    pub most: usize,
}

/// A random case; definition and draws: [the module](self).
///
/// # Errors
/// A setting outside its bounds.
pub fn generate(settings: &GenerateSettings) -> Result<Conflict, GenerateError> {
    let GenerateSettings { actors, options, statements, rules, locality, seed } = *settings;
    for (what, given, least, most) in [
        ("the number of actors", actors, 1, 64),
        ("the number of options", options, 1, 1024),
        ("the number of statements of an actor", statements, 0, 4096),
        ("the number of rules", rules, 0, 65_536),
        ("the number of options of an issue", locality, 1, usize::MAX),
    ] {
        if given < least || given > most {
            return Err(GenerateError { what, given, least, most });
        }
    }
    let deal = Deal { actors, options, locality };
    let mut draws = Draws::new(seed);
    let preferences = (0..actors)
        .map(|_| Preference::Statements((0..statements).map(|_| statement(&deal, &mut draws)).collect()))
        .collect();
    let rules = (0..rules).map(|_| rule(&deal, &mut draws)).collect();
    let game = Game {
        actors: (1..=actors)
            .map(|n| Actor { id: format!("a{n}"), name: format!("Actor {n}"), note: None })
            .collect(),
        form: Form::Options(OptionForm {
            options: deal.options(),
            rules,
            definitions: Vec::new(),
            cannot: Vec::new(),
            ..OptionForm::default()
        }),
        preferences,
        status_quo: Some(State::default()),
        ..Game::default()
    };
    let about = About {
        title: format!("Random case: {actors} actors, {options} options, seed {seed}"),
        note: Some(format!(
            "generate --actors {actors} --options {options} --statements {statements} --rules {} \
             --locality {locality} --seed {seed}",
            settings.rules
        )),
        ..About::default()
    };
    Ok(Conflict {
        about,
        evidence: Evidence::default(),
        situation: Situation::default(),
        game,
        outcomes: Vec::new(),
        questions: Vec::new(),
        variants: Vec::new(),
        views: Vec::new(),
        observed: Vec::new(),
        uncertainty: Default::default(),
        variant: None,
        ..Conflict::default()
    })
}

/// Who got which option, and which options form an issue.
struct Deal {
    actors: usize,
    options: usize,
    locality: usize,
}

impl Deal {
    /// The place in the case (the bit number) of the option that was dealt as number `k`: after
    /// all options of the actors before, and the earlier ones of its own.
    fn place(&self, k: usize) -> OptionId {
        let (actor, own) = (k % self.actors, k / self.actors);
        let (each, more) = (self.options / self.actors, self.options % self.actors);
        OptionId::from(actor * each + actor.min(more) + own)
    }

    /// The options by actor.
    fn options(&self) -> Vec<Opt> {
        let dealt = (0..self.actors).flat_map(|actor| (actor..self.options).step_by(self.actors));
        dealt
            .map(|k| Opt {
                id: format!("o{}", k + 1),
                actor: ActorId::from(k % self.actors),
                text: format!("Option {} (issue {})", k + 1, k / self.locality + 1),
                direction: Direction::Both,
                grounds: Grounds::default(),
                confidence: None,
                ..Opt::default()
            })
            .collect()
    }

    /// Distinct options of one issue or of all.
    fn draw(&self, draws: &mut Draws) -> Vec<OptionId> {
        let field = if draws.below(10) < 9 {
            let first = draws.below(self.options.div_ceil(self.locality)) * self.locality;
            first..self.options.min(first.saturating_add(self.locality))
        } else {
            0..self.options
        };
        let mut field: Vec<usize> = field.collect();
        let count = draws.below(field.len().min(3)) + 1;
        for at in 0..count {
            let other = at + draws.below(field.len() - at);
            field.swap(at, other);
        }
        field[..count].iter().map(|&k| self.place(k)).collect()
    }
}

fn statement(deal: &Deal, draws: &mut Draws) -> Statement {
    let options = deal.draw(draws);
    let mut literals: Vec<Expr> = options.into_iter().map(|o| literal(o, draws.below(2) == 1)).collect();
    let that = match literals.len() {
        1 => literals.remove(0),
        _ if draws.below(2) == 0 => Expr::And(literals),
        _ => Expr::Or(literals),
    };
    Statement {
        id: None,
        that,
        grounds: Grounds::default(),
        strong: false,
        unknown: false,
        confidence: None,
        ..Statement::default()
    }
}

fn rule(deal: &Deal, draws: &mut Draws) -> Rule {
    let options = deal.draw(draws);
    let mut literals: Vec<Expr> =
        options.into_iter().enumerate().map(|(at, o)| literal(o, at == 0 || draws.below(2) == 1)).collect();
    let never = if literals.len() == 1 { literals.remove(0) } else { Expr::And(literals) };
    Rule { id: None, kind: RuleKind::Never(never), grounds: Grounds::default(), confidence: None }
}

fn literal(option: OptionId, on: bool) -> Expr {
    if on { Expr::Option(option) } else { Expr::Option(option).negate() }
}

/// The stream of draws.
struct Draws(ChaCha8Rng);

impl Draws {
    fn new(seed: u64) -> Self {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number below `n` (0 when `n` is 0).
    fn below(&mut self, n: usize) -> usize {
        let low = u64::from(self.0.next_u32());
        let x = low | u64::from(self.0.next_u32()) << 32;
        ((u128::from(x) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn options_of(expr: &Expr) -> Vec<OptionId> {
        let mut found = Vec::new();
        expr.walk(&mut |e| {
            if let Expr::Option(o) = e {
                found.push(*o);
            }
        });
        found
    }

    #[test]
    fn options_stand_by_actor_and_places_follow_the_deal() {
        for (actors, options) in [(1, 1), (2, 8), (3, 8), (5, 3), (4, 23)] {
            let settings = GenerateSettings { actors, options, ..GenerateSettings::default() };
            let case = generate(&settings).unwrap();
            let all = case.game.options();
            assert_eq!(all.len(), options);
            assert!(all.windows(2).all(|pair| pair[0].actor <= pair[1].actor));
            let deal = Deal { actors, options, locality: 4 };
            for k in 0..options {
                let option = &all[deal.place(k).index()];
                assert_eq!(option.id, format!("o{}", k + 1));
                assert_eq!(option.actor.index(), k % actors);
            }
        }
    }

    #[test]
    fn rules_hold_when_all_is_off_and_every_formula_has_one_to_three_options() {
        let mut sizes = [0; 4];
        for seed in 0..50 {
            let settings = GenerateSettings { rules: 10, seed, ..GenerateSettings::default() };
            let case = generate(&settings).unwrap();
            let form = case.game.option_form().unwrap();
            assert_eq!(form.broken_rule(&State::default()), None);
            let statements = case.game.preferences.iter().flat_map(|p| match p {
                Preference::Statements(list) => list.iter().map(|s| s.that.clone()).collect(),
                _ => Vec::new(),
            });
            let rules = form.rules.iter().map(|r| match &r.kind {
                RuleKind::Never(f) => f.clone(),
                other => unreachable!("{other:?}"),
            });
            for formula in statements.chain(rules) {
                let mut options = options_of(&formula);
                options.sort_unstable();
                options.dedup();
                sizes[options.len()] += 1;
            }
        }
        assert_eq!(sizes[0], 0);
        let total: i32 = sizes.iter().sum();
        assert!(sizes[1..].iter().all(|&n| n * 4 > total), "about a third each: {sizes:?}");
    }

    #[test]
    fn nine_in_ten_formulas_stay_in_one_issue() {
        let settings =
            GenerateSettings { actors: 4, options: 64, statements: 500, locality: 4, ..Default::default() };
        let case = generate(&settings).unwrap();
        let issue = |o: OptionId| {
            let dealt: usize = case.game.options()[o.index()].id[1..].parse().unwrap();
            (dealt - 1) / 4
        };
        let (mut inside, mut several) = (0, 0);
        for preference in &case.game.preferences {
            let Preference::Statements(list) = preference else { unreachable!() };
            for s in list {
                let options = options_of(&s.that);
                if options.len() > 1 {
                    several += 1;
                    inside += i32::from(options.iter().all(|&o| issue(o) == issue(options[0])));
                }
            }
        }
        let share = f64::from(inside) / f64::from(several);
        assert!((0.87..0.94).contains(&share), "{share}");
    }

    #[test]
    fn the_stream_is_fixed() {
        // The first words of ChaCha8 with this key, computed from the definition of the cipher
        // by an independent implementation.
        let mut draws = Draws::new(1);
        let first: Vec<usize> = (0..8).map(|_| draws.below(1000)).collect();
        assert_eq!(first, EXPECTED_DRAWS);
        let case = generate(&GenerateSettings::default()).unwrap();
        assert_eq!(case.game.digest(), EXPECTED_DIGEST);
        assert_eq!(case, generate(&GenerateSettings::default()).unwrap());
        let other = generate(&GenerateSettings { seed: 2, ..Default::default() }).unwrap();
        assert_ne!(case.game.digest(), other.game.digest());
    }

    const EXPECTED_DRAWS: [usize; 8] = [381, 294, 798, 916, 855, 139, 733, 784];
    const EXPECTED_DIGEST: &str = "blake3:721950261b629458b488e833385ff4427e2203b737d95240a964c71ea2e6cd9b";

    #[test]
    fn settings_out_of_bounds_are_errors() {
        let none = GenerateSettings { options: 0, ..Default::default() };
        let error = generate(&none).unwrap_err();
        assert_eq!(error.to_string(), "the number of options must be between 1 and 1024, not 0");
        assert!(generate(&GenerateSettings { actors: 65, ..Default::default() }).is_err());
        assert!(generate(&GenerateSettings { locality: 0, ..Default::default() }).is_err());
        let most = GenerateSettings { locality: usize::MAX, options: 1024, actors: 64, ..Default::default() };
        assert!(generate(&most).is_ok());
    }
}
