//! The uncertain inputs of a conflict: independent, each with a few levels.

use detente_model::{
    ActorId, ClaimId, Conflict, DefinitionId, Expr, Grounds, OptionId, Otherwise, Preference, SourceId,
    Statement,
};

/// One uncertain input.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// What it is.
    pub about: About,
    /// The chance of each level; level 0 is the case as written. They sum to 1.
    pub levels: Vec<f64>,
    /// Of a wish: the level at which the actor wants the contrary; at any other but 0 it does not care.
    pub contrary: Option<usize>,
}

/// Whether a wish stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// The input: level 0 is the wish as written.
    pub(crate) input: usize,
    /// The level at which the actor wants the contrary.
    pub(crate) contrary: Option<usize>,
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
    /// A name stands for what it is defined as; else for what it is otherwise.
    Definition(DefinitionId),
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
    pub(crate) doubt: Option<Doubt>,
    /// What may stand there, as written first; then, where it may be so, the contrary of each.
    pub(crate) choices: Vec<Statement>,
    /// How many there are without the contraries.
    pub(crate) written: usize,
    pub(crate) instead: Option<usize>,
}

/// A weighed statement.
#[derive(Clone, Debug)]
pub(crate) struct Weight {
    pub(crate) doubt: Option<Doubt>,
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
    pub(crate) definitions: Vec<Option<usize>>,
    pub(crate) claims: Vec<Support>,
    /// Inputs that must stand for assumptions to stand.
    pub(crate) assumptions: Vec<usize>,
}

impl Ensemble {
    /// Lays out what is uncertain in `conflict`.
    ///
    /// # Definition
    /// Every confidence below 1 is an input that stands with that chance; with the rest of it an actor wants the
    /// contrary of a wish, or does not care ([`Statement::rest`]), and anything else is not there; every list of other
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
        let mut before = None;
        let options = options.map(|(at, o)| {
            // The switches of one thing with levels are there together.
            if o.scale.is_none_or(|(_, bit)| bit == 0) {
                before = inputs.stands(About::Option(OptionId::from(at)), o.confidence);
            }
            before
        });
        let options = options.collect();
        let definitions = form.map_or(&[][..], |form| &form.definitions).iter().enumerate();
        let definitions = definitions.map(|(at, d)| {
            let sure = d.confidence.filter(|_| d.otherwise.is_some());
            inputs.stands(About::Definition(DefinitionId::from(at)), sure)
        });
        let definitions = definitions.collect();
        let conflict = conflict.clone();
        Self { conflict, inputs: inputs.list, wants, rules, options, definitions, claims, assumptions }
    }

    /// How many different models there are, counting each combination of levels with a chance
    /// above 0; `None` when they do not fit 64 bits.
    #[must_use]
    pub fn models(&self) -> Option<u64> {
        self.inputs.iter().try_fold(1_u64, |all, input| {
            all.checked_mul(input.levels.iter().filter(|p| **p > 0.0).count() as u64)
        })
    }

    /// Whether a definition means something else in some model.
    pub(crate) fn is_doubted(&self, at: usize) -> bool {
        let definition = self.conflict.game.option_form().and_then(|form| form.definitions.get(at));
        definition.is_some_and(|d| d.otherwise.is_some() && !self.certain(&d.grounds))
            || self.definitions.get(at).is_some_and(Option::is_some)
    }

    /// Whether more than wishes, rules, moves taken away and options changes from model to model: definitions, what a
    /// condition, an act, a date or a chance event rests on.
    pub(crate) fn changes_more(&self) -> bool {
        let game = &self.conflict.game;
        let doubted = |grounds: &Grounds| !self.certain(grounds);
        game.deadlines.iter().any(|d| doubted(&d.grounds))
            || game.option_form().is_some_and(|form| {
                (0..form.definitions.len()).any(|at| self.is_doubted(at))
                    || form
                        .options
                        .iter()
                        .any(|o| o.begins_if.iter().chain(&o.ends_if).any(|c| doubted(&c.grounds)))
                    || form.acts.iter().any(|act| doubted(&act.grounds))
                    || form.chances.iter().any(|chance| doubted(&chance.grounds))
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
        self.list.push(Input { about, levels: vec![sure, 1.0 - sure], contrary: None });
        Some(self.list.len() - 1)
    }

    /// Whether a wish stands: as written, without it, its contrary. Levels without a chance are left out.
    fn doubt(&mut self, about: About, confidence: Option<f64>, rest: Otherwise) -> Option<Doubt> {
        let sure = confidence.filter(|c| *c < 1.0)?.max(0.0);
        // Shares that the file says are of the confidence in the file: another one leaves them their ratio.
        let sum = rest.contrary + rest.indifferent;
        let scale = if sum > 0.0 { (1.0 - sure) / sum } else { 0.0 };
        let mut levels = vec![sure];
        if rest.indifferent > 0.0 || sum <= 0.0 {
            levels.push(if sum > 0.0 { rest.indifferent * scale } else { 1.0 - sure });
        }
        let contrary = (rest.contrary > 0.0).then(|| {
            levels.push(rest.contrary * scale);
            levels.len() - 1
        });
        self.list.push(Input { about, levels, contrary });
        Some(Doubt { input: self.list.len() - 1, contrary })
    }

    fn choice(&mut self, about: About, shares: &[f64]) -> Option<usize> {
        let sum: f64 = shares.iter().sum();
        if sum <= 0.0 {
            return None;
        }
        let scale = sum.max(1.0);
        let levels = std::iter::once((1.0 - sum).max(0.0)).chain(shares.iter().map(|p| p / scale));
        self.list.push(Input { about, levels: levels.collect(), contrary: None });
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
                    doubt: inputs.doubt(About::Statement(actor, 0, place), w.confidence, w.rest()),
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
        let mut slots: Vec<Slot> = Vec::new();
        for (place, s) in kind.prefers.iter().enumerate() {
            let slot = slot(About::Statement(actor, at + 1, place), s, None, &[], &slots, inputs);
            slots.push(slot);
        }
        let orders = vec![(0..kind.prefers.len()).collect()];
        all.push(Want::Statements { slots, orders, order: None, grounds: vec![Grounds::default()] });
        grounds.push(kind.grounds.clone());
    }
    Wants { types: all, which, grounds }
}

/// A place in a list of statements. The statements of one wish over levels, which follow each other, stand or turn
/// together.
fn slot(
    about: About,
    statement: &Statement,
    instead: Option<usize>,
    others: &[Statement],
    before: &[Slot],
    inputs: &mut Inputs,
) -> Slot {
    let first = statement.levels.as_ref().and_then(|levels| before.len().checked_sub(levels.at as usize));
    let doubt = match first.and_then(|first| before.get(first)) {
        Some(of) => of.doubt,
        None => inputs.doubt(about, statement.confidence, statement.rest()),
    };
    let mut choices: Vec<Statement> = std::iter::once(statement).chain(others).cloned().collect();
    let written = choices.len();
    if doubt.is_some_and(|doubt| doubt.contrary.is_some()) {
        let contrary = |s: &Statement| Statement { that: Expr::Not(Box::new(s.that.clone())), ..s.clone() };
        choices.extend(choices.clone().iter().map(contrary));
    }
    Slot { doubt, choices, written, instead }
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
    let mut slots: Vec<Slot> = Vec::new();
    for (place, statement) in list.iter().enumerate() {
        let instead = uncertainty.instead.iter().filter(|i| i.actor == actor);
        let instead: Vec<_> = instead.filter(|i| statement.id.as_ref() == Some(&i.of)).collect();
        let shares: Vec<f64> = instead.iter().map(|i| i.share).collect();
        let others: Vec<Statement> =
            instead.iter().map(|i| Statement { strong: statement.strong, ..i.statement.clone() }).collect();
        let chosen = inputs.choice(About::Instead(actor, place), &shares);
        let slot = slot(About::Statement(actor, 0, place), statement, chosen, &others, &slots, inputs);
        slots.push(slot);
    }
    Want::Statements { slots, orders, order, grounds }
}
