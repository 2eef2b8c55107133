//! Random threats, promises, demands and offers.

use detente_model::{ActorId, Expr, Game, Grounds, OptionId, Said, SaidKind};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Up to five sayings in a game in option form: a function of the arguments only. Their conditions are literals or two
/// of them, and so is what threats and promises say; what is asked may be any of several things.
#[must_use]
pub fn said(seed: u64, game: &Game) -> Vec<Said> {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x5a1d);
    let (actors, options) = (game.actor_count(), game.options().len());
    if actors == 0 || options == 0 {
        return vec![];
    }
    let mut drawn = Vec::new();
    for at in 0..random.random_range(1..=5) {
        let mut literal = || {
            let option = Expr::Option(OptionId::from(random.random_range(0..options)));
            if random.random_bool(0.4) { option.negate() } else { option }
        };
        let (one, two, three, four) = (literal(), literal(), literal(), literal());
        let (kind, _) = SaidKind::ALL[random.random_range(0..SaidKind::ALL.len())];
        let when = match random.random_range(0..4) {
            0 if matches!(kind, SaidKind::Demand | SaidKind::Offer) => None,
            0 => Some(Expr::Or(vec![one, two])),
            1 => Some(Expr::And(vec![one, two])),
            _ => Some(one),
        };
        let asks = matches!(kind, SaidKind::Demand | SaidKind::Offer);
        let then = match random.random_range(0..3) {
            0 if asks => Expr::Or(vec![three, four]),
            1 => Expr::And(vec![three, four]),
            _ => three,
        };
        let by = ActorId::from(random.random_range(0..actors));
        let mut to: Vec<ActorId> =
            game.actor_ids().filter(|actor| *actor != by && random.random_bool(0.6)).collect();
        if to.is_empty() {
            to.push(ActorId::from((by.index() + 1) % actors));
        }
        let (id, lever, grounds) = (format!("s{at}"), None, Grounds::default());
        drawn.push(Said { id, kind, by, to, when, then, lever, grounds });
    }
    drawn
}
