//! The uncertain inputs of a conflict: independent, each with a few levels.

use detente_model::{ActorId, ClaimId, Conflict, Expr, Grounds, OptionId, Preference, SourceId, Statement};

/// One uncertain input.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// What it is.
    pub about: About,
    /// The chance of each level; level 0 is the case as written. They sum to 1.
    pub levels: Vec<f64>,
}

/// What an input is. Those with two levels stand (level 0) or fall (level 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// A source can be relied on.
    Source(SourceId),
    /// A claim is right.
    Claim(ClaimId),
    /// A group of evidence stands, by its place.
    Together(usize),
    /// Which preference an actor has: as written, or one of its types.
    Type(ActorId),
    /// The order of an actor's statements: as written, or one of the others.
    Order(ActorId),
    /// Which statement stands at this place of an actor's list.
    Instead(ActorId, usize),
    /// An actor's statement stands: its type (0 as written) and the place in its list.
    Statement(ActorId, usize, usize),
    /// A rule holds, by its place.
    Rule(usize),
    /// An option is available.
    Option(OptionId),
}

/// An actor's possible preferences.
#[derive(Clone, Debug)]
pub(crate) struct Wants {
    /// As written, then each type.
    pub(crate) types: Vec<Want>,
    /// The input that chooses among them, and what each rests on.
    pub(crate) which: Option<usize>,
    pub(crate) grounds: Vec<Grounds>,
}

/// One possible preference.
#[derive(Clone, Debug)]
pub(crate) enum Want {
    Statements {
        slots: Vec<Slot>,
        /// For each order, as written first: the places in order of importance.
        orders: Vec<Vec<usize>>,
        order: Option<usize>,
        grounds: Vec<Grounds>,
    },
    Weights(Vec<Weight>),
    Ranking(Grounds),
}

/// A place in a list of statements.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) confidence: Option<usize>,
    /// What may stand there, as written first.
    pub(crate) choices: Vec<Statement>,
    pub(crate) instead: Option<usize>,
}

/// A weighed statement.
#[derive(Clone, Debug)]
pub(crate) struct Weight {
    pub(crate) confidence: Option<usize>,
    pub(crate) that: Expr,
    pub(crate) weight: i64,
    pub(crate) grounds: Grounds,
}

/// A claim's ways to fall.
#[derive(Clone, Debug, Default)]
pub(crate) struct Support {
    /// All these inputs must stand.
    pub(crate) inputs: Vec<usize>,
}

/// A conflict with its uncertain inputs laid out.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// The conflict.
    pub conflict: Conflict,
    /// The uncertain inputs.
    pub inputs: Vec<Input>,
    pub(crate) wants: Vec<Wants>,
    pub(crate) rules: Vec<Option<usize>>,
    pub(crate) options: Vec<Option<usize>>,
    pub(crate) claims: Vec<Support>,
    /// Inputs that must stand for assumptions to stand.
    pub(crate) assumptions: Vec<usize>,
}

impl Ensemble {
    /// Lays out what is uncertain in `conflict`.
    ///
    /// # Definition
    /// Every confidence below 1 is an input that stands with that chance; every list of other
    /// orders, other statements or types is an input with one level per choice. All inputs are
    /// independent; what should move together is put in a group. See `docs/uncertainty.md`.
    #[must_use]
    pub fn new(conflict: &Conflict) -> Self {
        let mut inputs = Inputs::default();
        let evidence = &conflict.evidence;
        let sources: Vec<Option<usize>> = (evidence.sources.iter().enumerate())
            .map(|(at, s)| inputs.stands(About::Source(SourceId::from(at)), s.confidence))
            .collect();
        let mut claims: Vec<Support> = (evidence.claims.iter().enumerate())
            .map(|(at, claim)| {
                let own = inputs.stands(About::Claim(ClaimId::from(at)), claim.confidence);
                let source = sources.get(claim.source.index()).copied().flatten();
                Support { inputs: source.into_iter().chain(own).collect() }
            })
            .collect();
        let mut assumptions = Vec::new();
        for (at, group) in conflict.uncertainty.groups.iter().enumerate() {
            let Some(input) = inputs.stands(About::Together(at), Some(group.confidence)) else { continue };
            for claim in conflict.together(group) {
                claims[claim.index()].inputs.push(input);
            }
            if group.strike.assumptions {
                assumptions.push(input);
            }
        }
        let wants = (0..conflict.game.preferences.len())
            .map(|actor| wants(conflict, ActorId::from(actor), &mut inputs))
            .collect();
        let form = conflict.game.option_form();
        let rules = form.map_or(&[][..], |form| &form.rules).iter().enumerate();
        let rules = rules.map(|(at, rule)| inputs.stands(About::Rule(at), rule.confidence)).collect();
        let options = conflict.game.options().iter().enumerate();
        let options =
            options.map(|(at, o)| inputs.stands(About::Option(OptionId::from(at)), o.confidence)).collect();
        Self { conflict: conflict.clone(), inputs: inputs.list, wants, rules, options, claims, assumptions }
    }

    /// How many different models there are, counting each combination of levels with a chance
    /// above 0; `None` when they do not fit 64 bits.
    #[must_use]
    pub fn models(&self) -> Option<u64> {
        self.inputs.iter().try_fold(1_u64, |all, input| {
            all.checked_mul(input.levels.iter().filter(|p| **p > 0.0).count() as u64)
        })
    }

    /// Whether what rests on `grounds` stands in every model, as far as they decide it.
    pub(crate) fn certain(&self, grounds: &Grounds) -> bool {
        let claim = |claim: &ClaimId| self.claims.get(claim.index()).is_none_or(|c| c.inputs.is_empty());
        (!grounds.assumption || self.assumptions.is_empty())
            && (grounds.claims.is_empty() || grounds.claims.iter().any(claim))
    }
}

#[derive(Default)]
struct Inputs {
    list: Vec<Input>,
}

impl Inputs {
    fn stands(&mut self, about: About, confidence: Option<f64>) -> Option<usize> {
        let sure = confidence.filter(|c| *c < 1.0)?.max(0.0);
        self.list.push(Input { about, levels: vec![sure, 1.0 - sure] });
        Some(self.list.len() - 1)
    }

    fn choice(&mut self, about: About, shares: &[f64]) -> Option<usize> {
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 {
            return None;
        }
        let scale = sum.max(1.0);
        let levels = std::iter::once((1.0 - sum).max(0.0)).chain(shares.iter().map(|p| p / scale));
        self.list.push(Input { about, levels: levels.collect() });
        Some(self.list.len() - 1)
    }
}

fn wants(conflict: &Conflict, actor: ActorId, inputs: &mut Inputs) -> Wants {
    let uncertainty = &conflict.uncertainty;
    let types: Vec<_> = uncertainty.types.iter().filter(|t| t.actor == actor).collect();
    let which = inputs.choice(About::Type(actor), &types.iter().map(|t| t.share).collect::<Vec<_>>());
    let written = match conflict.game.preferences.get(actor.index()) {
        Some(Preference::Statements(list)) => written(conflict, actor, list, inputs),
        Some(Preference::Weights(list)) => Want::Weights(
            (list.iter().enumerate())
                .map(|(place, w)| Weight {
                    confidence: inputs.stands(About::Statement(actor, 0, place), w.confidence),
                    that: w.that.clone(),
                    weight: w.weight,
                    grounds: w.grounds.clone(),
                })
                .collect(),
        ),
        Some(Preference::Ranking(ranking)) => Want::Ranking(ranking.grounds.clone()),
        None => Want::Weights(Vec::new()),
    };
    let mut all = vec![written];
    let mut grounds = vec![Grounds::default()];
    for (at, kind) in types.iter().enumerate() {
        let slots = (kind.prefers.iter().enumerate())
            .map(|(place, s)| Slot {
                confidence: inputs.stands(About::Statement(actor, at + 1, place), s.confidence),
                choices: vec![s.clone()],
                instead: None,
            })
            .collect();
        let orders = vec![(0..kind.prefers.len()).collect()];
        all.push(Want::Statements { slots, orders, order: None, grounds: vec![Grounds::default()] });
        grounds.push(kind.grounds.clone());
    }
    Wants { types: all, which, grounds }
}

fn written(conflict: &Conflict, actor: ActorId, list: &[Statement], inputs: &mut Inputs) -> Want {
    let uncertainty = &conflict.uncertainty;
    let others: Vec<_> = uncertainty.orders.iter().filter(|o| o.actor == actor).collect();
    let order = inputs.choice(About::Order(actor), &others.iter().map(|o| o.share).collect::<Vec<_>>());
    let mut orders = vec![(0..list.len()).collect::<Vec<_>>()];
    let mut grounds = vec![Grounds::default()];
    for other in &others {
        // An overlay may have dropped a statement that an order names: the others keep their order.
        let place = |id: &String| list.iter().position(|s| s.id.as_ref() == Some(id));
        let mut places: Vec<usize> = other.first.iter().filter_map(place).collect();
        places.extend((0..list.len()).filter(|at| !places.contains(at)).collect::<Vec<_>>());
        orders.push(places);
        grounds.push(other.grounds.clone());
    }
    let slots = (list.iter().enumerate())
        .map(|(place, statement)| {
            let instead = uncertainty.instead.iter().filter(|i| i.actor == actor);
            let instead: Vec<_> = instead.filter(|i| statement.id.as_ref() == Some(&i.of)).collect();
            let shares: Vec<f64> = instead.iter().map(|i| i.share).collect();
            let choices =
                instead.iter().map(|i| Statement { strong: statement.strong, ..i.statement.clone() });
            Slot {
                instead: inputs.choice(About::Instead(actor, place), &shares),
                choices: std::iter::once(statement.clone()).chain(choices).collect(),
                confidence: inputs.stands(About::Statement(actor, 0, place), statement.confidence),
            }
        })
        .collect();
    Want::Statements { slots, orders, order, grounds }
}
