//! What an actor wants: a total preorder on the states, given in one of three ways.

use crate::{Expr, Grounds, Pattern, State};

/// The preference of one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Option prioritising: statements, most important first, compared
    /// lexicographically by their truth. None: indifferent between all states.
    Statements(Vec<Statement>),
    /// Weighted statements: the score is the sum of the weights of the true ones
    /// (checked not to overflow an `i64`, in either direction).
    Weights(Vec<Weighed>),
    /// Groups of states from best to worst, ties inside a group.
    Ranking(Ranking),
}

/// How two states compare in the eyes of one actor, the first with the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The first is preferred.
    Better(Strength),
    /// The second is preferred.
    Worse(Strength),
    /// The actor is indifferent.
    Equal,
    /// Which of the two is preferred, if any, is not known.
    Unknown,
}

/// How much a preference counts. Verdicts do not use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Not said to be more.
    #[default]
    Mild,
    /// A strong one.
    Strong,
}

impl Relation {
    /// Whether the first is preferred.
    #[must_use]
    pub fn is_better(self) -> bool {
        matches!(self, Self::Better(_))
    }

    /// Whether the second is preferred.
    #[must_use]
    pub fn is_worse(self) -> bool {
        matches!(self, Self::Worse(_))
    }

    /// Whether the actor is indifferent.
    #[must_use]
    pub fn is_equal(self) -> bool {
        self == Self::Equal
    }

    /// How strong the preference is; `None` where there is none, or none that is known.
    #[must_use]
    pub fn strength(self) -> Option<Strength> {
        match self {
            Self::Better(strength) | Self::Worse(strength) => Some(strength),
            Self::Equal | Self::Unknown => None,
        }
    }

    /// The second with the first.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Better(strength) => Self::Worse(strength),
            Self::Worse(strength) => Self::Better(strength),
            Self::Equal | Self::Unknown => self,
        }
    }
}

/// One statement of a prioritised preference.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The id in the file, when it has one.
    pub id: Option<String>,
    /// What the actor wants to hold.
    pub that: Expr,
    /// What it rests on.
    pub grounds: Grounds,
    /// A difference that this statement decides is a strong one.
    pub strong: bool,
    /// The direction of a difference that this statement decides is not known.
    pub unknown: bool,
    /// How sure, 0..1, for sampling; `None` is certain. Solving does not use it.
    pub confidence: Option<f64>,
    /// What the actor wants with the rest of the chance, where the file says it.
    pub otherwise: Option<Otherwise>,
    /// The wish over levels that it is one of several statements of.
    pub levels: Option<LevelWish>,
}

impl Eq for Statement {}

/// What the actor wants with the rest of the chance: shares of all, which add up with the confidence to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Otherwise {
    /// The contrary.
    pub contrary: f64,
    /// Nothing of the kind: it does not care.
    pub indifferent: f64,
}

/// A wish over the levels of a thing, which stands for a list of statements one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelWish {
    /// Of what, as the file names it.
    pub of: String,
    /// Which.
    pub kind: LevelKind,
    /// The place of this statement in the list, from 0.
    pub at: u32,
    /// How many there are.
    pub count: u32,
}

/// The kinds of wishes over levels.
#[derive(Clone, Debug, PartialEq)]
pub enum LevelKind {
    /// As little as possible.
    Least,
    /// As much as possible.
    Most,
    /// As near to the number as possible.
    Nearest(f64),
}

impl Statement {
    /// Whether a wish begins with it: not with the further statements of a wish over levels.
    #[must_use]
    pub fn begins_wish(&self) -> bool {
        self.levels.as_ref().is_none_or(|levels| levels.at == 0)
    }

    /// Whether the wish is one thing, so that its contrary is what readers assume: a literal, a defined name,
    /// a comparison, `least`, `most`.
    #[must_use]
    pub fn is_one_thing(&self) -> bool {
        if let Some(levels) = &self.levels {
            return !matches!(levels.kind, LevelKind::Nearest(_));
        }
        is_one_thing(&self.that)
    }

    /// What becomes of the rest of the chance: the shares of the contrary and of indifference, by the file or
    /// by what is assumed where it says nothing.
    #[must_use]
    pub fn rest(&self) -> Otherwise {
        let rest = 1.0 - self.confidence.unwrap_or(1.0);
        self.otherwise.unwrap_or(match self.is_one_thing() {
            true => Otherwise { contrary: rest, indifferent: 0.0 },
            false => Otherwise { contrary: 0.0, indifferent: rest },
        })
    }
}

/// Whether a formula is one thing: a literal, a defined name, a comparison.
fn is_one_thing(that: &Expr) -> bool {
    match that {
        Expr::Option(_) | Expr::Defined(_) | Expr::Written(..) | Expr::Const(_) => true,
        Expr::Not(inner) => is_one_thing(inner),
        _ => false,
    }
}

impl Weighed {
    /// Whether the wish is one thing, as of a [`Statement`].
    #[must_use]
    pub fn is_one_thing(&self) -> bool {
        is_one_thing(&self.that)
    }

    /// What becomes of the rest of the chance: as for a [`Statement`] that says nothing of it.
    #[must_use]
    pub fn rest(&self) -> Otherwise {
        let rest = 1.0 - self.confidence.unwrap_or(1.0);
        let contrary = if is_one_thing(&self.that) { rest } else { 0.0 };
        Otherwise { contrary, indifferent: rest - contrary }
    }
}

impl Default for Statement {
    /// A wish for nothing, certain.
    fn default() -> Self {
        Self {
            id: None,
            that: Expr::Const(true),
            grounds: Grounds::default(),
            strong: false,
            unknown: false,
            confidence: None,
            otherwise: None,
            levels: None,
        }
    }
}

/// One statement of a weighted preference.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The id in the file, when it has one.
    pub id: Option<String>,
    /// What counts.
    pub that: Expr,
    /// How much; negative counts against.
    pub weight: i64,
    /// What it rests on.
    pub grounds: Grounds,
    /// How sure, 0..1, for sampling; `None` is certain.
    pub confidence: Option<f64>,
}

impl Eq for Weighed {}

/// A preference given as groups of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// From best to worst; every feasible state is in exactly one group, or in
    /// none when `rest_last`.
    pub groups: Vec<Vec<RankEntry>>,
    /// States that no group covers come last, tied.
    pub rest_last: bool,
    /// What it rests on.
    pub grounds: Grounds,
}

/// One entry of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RankEntry {
    /// A state by its number (graph form: by its position from 1).
    State(State),
    /// All states of a pattern.
    Pattern(Pattern),
    /// All states that satisfy a formula.
    Formula(Expr),
}
