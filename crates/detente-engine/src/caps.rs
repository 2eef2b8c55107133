//! Every bound of the engine that decides how far an answer looks when the caller sets none, in one table.
//!
//! A bound that is hit is part of the answer: a [`LimitHit`] beside it, or a field that says it is not
//! complete. What only decides *how* something is computed (which of two methods, how often the watch is asked) changes no
//! answer and is no such bound.

use crate::{LimitHit, Stop};

/// One bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// By this name tests and people speak of it.
    pub name: &'static str,
    /// The bound.
    pub most: u64,
    /// What it counts.
    pub of: &'static str,
    /// What is computed under it.
    pub bounds: &'static str,
    /// Where it is told.
    pub told: &'static str,
}

impl Cap {
    /// The bound as a size.
    #[must_use]
    pub const fn size(&self) -> usize {
        // Where sizes are smaller, so is what memory can hold.
        if self.most > usize::MAX as u64 { usize::MAX } else { self.most as usize }
    }

    /// The bound, hit while `what` was computed, which came to `reached`; `exact`: what is exact all the same.
    #[must_use]
    pub fn hit(&self, what: impl Into<String>, reached: impl Into<String>, exact: &str) -> LimitHit {
        LimitHit {
            stop: Stop::Work,
            what: what.into(),
            limit: format!("{} {}", grouped(self.most), self.of),
            reached: reached.into(),
            exact: exact.to_owned(),
        }
    }

    /// Whether `hit` is a hit of this bound.
    #[must_use]
    pub fn is(&self, hit: &LimitHit) -> bool {
        hit.stop == Stop::Work && hit.limit.ends_with(self.of)
    }
}

/// `65,536`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

macro_rules! caps {
    ($($(#[$doc:meta])* $name:ident = $most:expr, $id:literal, $of:literal, $bounds:literal, $told:literal;)*) => {
        $($(#[$doc])* pub const $name: Cap = Cap { name: $id, most: $most, of: $of, bounds: $bounds, told: $told };)*

        /// All of them.
        pub const CAPS: &[&Cap] = &[$(&$name),*];
    };
}

caps! {
    /// Memory of the explicit engine.
    LISTS = 4 << 30, "lists", "bytes for states in lists and boxes", "solving by the explicit engine", "the limits of a solution";
    /// Branches of the search for feasible states.
    BRANCHES = 1 << 32, "branches", "branches of the search for possible outcomes", "listing the possible outcomes", "the limits of a solution";
    /// Combinations under simultaneous stability.
    AT_ONCE = 1 << 28, "combinations", "combinations of improvements", "simultaneous stability", "the limits of a solution";
    /// Memory of the symbolic engine.
    DIAGRAMS = 2 << 30, "diagrams", "bytes for diagrams", "solving by the symbolic engine", "the limits of a solution, with bounds from below and above";
    /// States that the reference engine lists.
    REFERENCE_STATES = 1 << 14, "reference-states", "possible outcomes for the reference engine", "solving by the definitions", "NotPossible";
    /// Options of which the reference engine tries each combination.
    REFERENCE_OPTIONS = 20, "reference-options", "options for the reference engine", "solving by the definitions", "NotPossible";
    /// Moves that the reference engine lists.
    REFERENCE_MOVES = 1 << 26, "reference-moves", "moves for the reference engine", "solving by the definitions", "NotPossible";
    /// States that the search for a reason meets.
    REASON_STATES = 1 << 20, "reason-states", "outcomes that the search for a reason meets", "the reason of a verdict", "BuildError::Limit";
    /// Memory of the search for a reason by sets.
    REASON_MEMORY = 1 << 30, "reason-memory", "bytes for the sets of a reason", "the reason of a verdict in a wide case", "BuildError::Limit";
    /// Diagram steps of the search for a reason by sets.
    REASON_STEPS = 1 << 25, "reason-steps", "diagram steps for a reason", "the reason of a verdict in a wide case", "BuildError::Limit";
    /// Work of a check of a certificate.
    CHECK = 1 << 26, "check", "steps of work for a certificate", "checking a certificate", "Fault::Limit";
    /// States that the search for joint ways out meets.
    EXITS = 1 << 20, "exits", "outcomes that the search for joint ways out meets", "coalitions that can leave an outcome", "the limits of the exits";
    /// Memory of the table of coalitions.
    COALITIONS = 1 << 30, "coalitions", "bytes for the table of coalitions", "stability for every coalition", "the limits of the table";
    /// States looked at for one conclusion.
    SUPPORT = 1 << 16, "support", "outcomes looked at for one conclusion", "whether a conclusion rests on indifference alone", "Status::NotKnown, and the limits of a run";
    /// States that the search for what supports a conclusion meets.
    SUPPORT_MET = 1 << 18, "support-met", "outcomes met from those of one conclusion", "whether a conclusion rests on indifference alone", "Status::NotKnown, and the limits of a run";
    /// Sweeps of the iteration for probabilities.
    SWEEPS = 20_000, "sweeps", "sweeps of the iteration", "the probabilities of where it ends", "the limits of an evolution, with bounds from below";
    /// States that are counted one by one in samples.
    COUNTED = 1 << 16, "counted", "possible outcomes to count one by one", "shares of single outcomes in drawn models", "the tally: counted or not";
    /// Steps after which a drawn walk is given up.
    WALK = 1_000, "walk", "steps of a drawn walk", "where it goes from the status quo in drawn models", "its row: not at an end after so many steps";
    /// Sets of equilibria that are counted.
    SETS = 4_096, "sets", "sets of lasting outcomes", "how often each set of lasting outcomes is met", "the tally: how many were left out";
    /// Inputs in a set that is looked for.
    FLIPPED = 6, "flipped", "inputs that become certain together", "the smallest set of inputs that changes a share", "the attribution: the largest size that was looked at";
    /// Pairs of inputs up to which all are looked at.
    FLIP_PAIRS = 4_096, "flip-pairs", "pairs of inputs that become certain", "the smallest set of inputs that changes a share", "the attribution: whether all smaller sets were looked at";
    /// Sets of inputs that are made larger where not all are looked at, and that are looked at again in more draws.
    FLIP_GROWN = 16, "flip-grown", "sets of inputs that are made larger", "the smallest set of inputs that changes a share", "the attribution: whether all smaller sets were looked at";
    /// Sets of claims that are looked at for each game that may be solved.
    STRUCK_SETS = 16, "struck-sets", "sets of claims for each game", "which sets of claims a conclusion cannot do without", "the limits of a run: sets of claims to look at";
    /// Moves that are looked at for one saying, or one pair of actors.
    SAID_MOVES = 1 << 20, "said-moves", "moves to look at for something said", "whether what was said would be done, and dilemmas", "the limits of what was said";
    /// Moves of one mover from today that are looked at in each model.
    WATCHED = 1 << 16, "watched", "moves of one actor from today", "what to watch", "the limits of what to watch";
    /// Steps of counting sets of voters.
    POWER = 1 << 24, "power", "steps of counting sets of members", "what votes are worth", "the limits of the powers";
    /// States of a list whose structure is computed.
    STRUCTURE = 1 << 18, "structure", "listed outcomes to find a structure in", "what a set of outcomes has in common", "no structure";
    /// Ways of a projection.
    WAYS = 4_096, "ways", "ways of a projection", "how a set of outcomes looks to some actors", "the projection: complete or not";
    /// States of a list that gets patterns.
    COVERED = 1 << 18, "covered", "listed outcomes to cover by patterns", "the patterns of a set", "Cover::complete";
    /// Patterns of a whole cover.
    CUBES = 1 << 18, "cubes", "patterns of a cover", "the patterns of a set", "Cover::complete";
    /// Operations for a whole cover.
    COVER_STEPS = 1 << 21, "cover-steps", "operations for a cover", "the patterns of a set", "Cover::complete";
}
