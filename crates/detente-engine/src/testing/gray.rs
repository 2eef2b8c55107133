//! Games in which improvements wind through a Gray code: the worst case of every method that
//! follows opponents' answers in rounds.

use detente_model::{
    Definition, DefinitionId, Direction, Expr, Form, Game, Grounds, OptionForm, OptionId, Preference, State,
};

use super::parts::{actor, option, statement};

/// A game whose opponents can improve along a single path through all settings of their options.
///
/// # Definition
/// Actor 1 owns `own` options, actor 2 one, and the actors after that as many as `widths` says.
/// The `m` options from actor 2 on, read as a reflected Gray code (the option of actor 2 is its
/// lowest bit), have the index `k`. Actor 2 wants `k` odd. Each of the later ones wants `⌈k/2⌉`
/// small and then `k` even. So from an even `k` actor 2 improves to `k + 1`; from an odd `k` the
/// owner of the bit that changes next improves to `k + 1`; every other improvement of a later
/// actor leads to a smaller `⌈k/2⌉`. From `k = 0` the end of the code is `2^m − 1` improvements
/// away, by movers who alternate, and there is no shorter way.
///
/// Actor 1 dislikes the end most of all and otherwise wants its options on: whether it stays
/// anywhere turns on whether the whole path is followed.
///
/// # Limits
/// `m` is at most 31: the later actors have `m + 1` statements.
#[must_use]
pub fn gray(own: usize, widths: &[usize]) -> Game {
    let mut owners = vec![0; own];
    owners.push(1);
    owners.extend(widths.iter().enumerate().flat_map(|(at, width)| vec![at + 2; *width]));
    let (first, bits) = (own, owners.len() - own);
    let mut definitions: Vec<Expr> = Vec::new();
    let mut define = |that: Expr| {
        definitions.push(that);
        Expr::Defined(DefinitionId::from(definitions.len() - 1))
    };
    let differ = |a: &Expr, b: &Expr| Expr::Iff(Box::new(a.clone()), Box::new(b.clone())).negate();
    // The bits of k, from the highest: each is the exclusive or of the Gray bits from there up.
    let mut index = vec![Expr::Const(false); bits + 1];
    for bit in (0..bits).rev() {
        let gray = Expr::Option(OptionId::from(first + bit));
        index[bit] = define(differ(&index[bit + 1], &gray));
    }
    // The bits of k + 1 above the lowest, and the carry.
    let mut carry = index[0].clone();
    let mut next = vec![];
    for bit in index.iter().take(bits).skip(1) {
        next.push(define(differ(bit, &carry)));
        carry = define(Expr::And(vec![carry, bit.clone()]));
    }
    let end = carry.clone();
    next.push(carry);
    let list = |formulas: Vec<Expr>| Preference::Statements(formulas.into_iter().map(statement).collect());
    let focal = std::iter::once(end.negate()).chain((0..own).map(|o| Expr::Option(OptionId::from(o))));
    let later: Vec<Expr> =
        next.iter().rev().cloned().map(Expr::negate).chain([index[0].clone().negate()]).collect();
    let mut preferences = vec![list(focal.collect()), list(vec![index[0].clone()])];
    preferences.extend(widths.iter().map(|_| list(later.clone())));
    let definitions = definitions.into_iter().enumerate().map(|(at, that)| Definition {
        id: format!("d{}", at + 1),
        that,
        grounds: Grounds::default(),
        ..Definition::default()
    });
    let options = owners
        .iter()
        .enumerate()
        .map(|(at, owner)| option(format!("o{}", at + 1), *owner, Direction::Both))
        .collect();
    Game {
        actors: (0..widths.len() + 2).map(actor).collect(),
        form: Form::Options(OptionForm {
            options,
            definitions: definitions.collect(),
            rules: vec![],
            cannot: vec![],
            ..OptionForm::default()
        }),
        preferences,
        status_quo: Some(State::default()),
        ..Game::default()
    }
}
