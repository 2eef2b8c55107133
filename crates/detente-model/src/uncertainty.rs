//! How sure the analyst is: what may be otherwise, with chances, for sampling. Solving ignores it.
//!
//! Confidences of statements, rules, options, claims and sources stand with those things; here is
//! what needs a place of its own. What a sampled model is: `docs/uncertainty.md`.

use std::fmt::Write;

use crate::{ActorId, ClaimId, Conflict, Grounds, Part, Statement, Strike, What};

/// What may be otherwise, beside confidences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uncertainty {
    /// Evidence that stands or falls together, in file order.
    pub groups: Vec<Together>,
    /// Other orders of statements.
    pub orders: Vec<OtherOrder>,
    /// Other statements in the place of one.
    pub instead: Vec<Instead>,
    /// Other preferences that an actor may have altogether.
    pub types: Vec<ActorType>,
}

impl Eq for Uncertainty {}

/// Evidence that stands or falls together: `[together.ID]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// Id in the file.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// What falls, when it falls.
    pub strike: Strike,
    /// How sure that it stands, 0..1.
    pub confidence: f64,
    /// Anything else for the reader.
    pub note: Option<String>,
}

/// Another order of an actor's statements: `[[actor.X.order]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherOrder {
    /// Whose.
    pub actor: ActorId,
    /// Ids of statements that come first, in this order; the others follow as written.
    pub first: Vec<String>,
    /// The chance of this order; what the orders of an actor leave to 1 is that of the written one.
    pub share: f64,
    /// What it rests on.
    pub grounds: Grounds,
}

/// Another statement in the place of one: `[[actor.X.instead]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Instead {
    /// Whose.
    pub actor: ActorId,
    /// The id of the statement in whose place it may stand.
    pub of: String,
    /// The statement; its confidence is that of the place, not used.
    pub statement: Statement,
    /// The chance of it; what is left to 1 is that of the written one.
    pub share: f64,
}

/// Another preference that an actor may have altogether: `[[actor.X.type]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorType {
    /// Whose.
    pub actor: ActorId,
    /// Id in the file.
    pub id: String,
    /// Name for readers.
    pub name: Option<String>,
    /// The chance of it; what is left to 1 is that of the actor as written.
    pub share: f64,
    /// What an actor of this type wants, most important first.
    pub prefers: Vec<Statement>,
    /// What it rests on.
    pub grounds: Grounds,
}

impl Uncertainty {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Conflict {
    /// The claims that fall with `group`.
    #[must_use]
    pub fn together(&self, group: &Together) -> Vec<ClaimId> {
        self.struck_claims(&group.strike).into_iter().collect()
    }

    /// Everything that a sampled share depends on, as text: the game, and how sure each part is.
    #[must_use]
    pub fn canonical_ensemble(&self) -> String {
        let mut out = self.game.canonical();
        out.push_str("detente ensemble 1\n");
        let evidence = &self.evidence;
        for (at, source) in evidence.sources.iter().enumerate() {
            if let Some(c) = source.confidence {
                let _ = writeln!(out, "source {at} confidence {c}");
            }
        }
        for (at, claim) in evidence.claims.iter().enumerate() {
            let sure = claim.confidence.map_or_else(String::new, |c| format!(" confidence {c}"));
            let _ = writeln!(out, "claim {at} source {}{sure}", claim.source.0);
        }
        for group in &self.uncertainty.groups {
            let claims = numbers(&self.together(group));
            let assumptions = if group.strike.assumptions { " assumptions" } else { "" };
            let _ = writeln!(out, "together {}{claims}{assumptions}", group.confidence);
        }
        for part in self.parts().iter().filter(|part| part.layer.is_none()) {
            self.canonical_part(&mut out, part);
        }
        out
    }

    /// What draws depend on in one part.
    fn canonical_part(&self, out: &mut String, part: &Part<'_>) {
        let one = |s: &Statement| {
            let that = self.game.formula_text(&s.that);
            format!("{that:?} unknown {} confidence {:?}", s.unknown, s.confidence)
        };
        let what = match part.what {
            What::Option(at, _) => format!("option {}", at.0),
            What::Rule(at, _) => format!("rule {at}"),
            What::Cannot(at, ..) => format!("cannot {at}"),
            What::Statement(actor, at, s) => {
                format!("statement {} {at} {}", actor.0, s.id.as_deref().unwrap_or(""))
            }
            What::Weighed(actor, at, _) => format!("statement {} {at}", actor.0),
            What::Ranking(actor, _) => format!("ranking {}", actor.0),
            What::Order(_, order) => {
                let _ = writeln!(out, "order {} {} {:?}", order.actor.0, order.share, order.first);
                "order".to_owned()
            }
            What::Instead(_, instead) => {
                let (actor, of) = (instead.actor.0, &instead.of);
                let _ = writeln!(out, "instead {actor} {of} {} {}", instead.share, one(&instead.statement));
                "instead".to_owned()
            }
            What::Type(_, kind) => {
                let _ = writeln!(out, "type {} {}", kind.actor.0, kind.share);
                "type".to_owned()
            }
            What::OfType(_, _, statement) => {
                let _ = writeln!(out, "of type {}", one(statement));
                "of type".to_owned()
            }
            // Where there are none of these the text stays what it was.
            What::Act(id, _) => format!("act {}", id.0),
            What::Chance(at, _) => format!("chance {at}"),
            What::Condition(switch, begins, at, _) => format!("condition {} {begins} {at}", switch.0),
            What::Deadline(at, _) => format!("deadline {at}"),
            What::Definition(id, definition) if definition.otherwise.is_some() => format!("define {}", id.0),
            // For the reader: no draw depends on them.
            What::Definition(..)
            | What::Body(..)
            | What::Said(..)
            | What::Lever(..)
            | What::Instrument(..)
            | What::Track(..)
            | What::Tie(..)
            | What::Event(..)
            | What::Effect(..)
            | What::Observed(..)
            | What::Question(..) => return,
        };
        rests(out, &what, part.grounds);
    }

    /// `blake3:` and the hash of [`Conflict::canonical_ensemble`] in hexadecimal: what draws are made from.
    #[must_use]
    pub fn ensemble_digest(&self) -> String {
        format!("blake3:{}", blake3::hash(self.canonical_ensemble().as_bytes()).to_hex())
    }

    /// The key of the random numbers for a seed: a hash of the ensemble and the seed.
    #[must_use]
    pub fn ensemble_key(&self, seed: u64) -> [u8; 32] {
        let text = format!("detente draws 1\n{}\nseed {seed}\n", self.ensemble_digest());
        *blake3::hash(text.as_bytes()).as_bytes()
    }
}

fn numbers(claims: &[ClaimId]) -> String {
    claims.iter().map(|claim| format!(" {}", claim.0)).collect()
}

fn rests(out: &mut String, what: &str, grounds: &Grounds) {
    if !grounds.claims.is_empty() || grounds.assumption {
        let assumed = if grounds.assumption { " assumed" } else { "" };
        let _ = writeln!(out, "{what} because{}{assumed}", numbers(&grounds.claims));
    }
}
