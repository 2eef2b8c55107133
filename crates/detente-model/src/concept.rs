//! The stability concepts for single actors, as one table: what each is called, what it means, and how far an actor
//! looks ahead under it.
//!
//! A new concept is a row here, its definition in a file of the engine's `stability/`, and the definition typed in once
//! more in `reference/`. Everything else asks the row: what the others may answer with ([`Concept::answers`]), whether
//! the actor reckons with a further step of its own ([`Concept::way_out`]).

use crate::{Form, Game};

/// What an actor reckons with from the others when it thinks of leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answers {
    /// Nothing.
    Nothing,
    /// Any of their moves, one after the other.
    Moves,
    /// Moves that those who make them prefer, one after the other.
    Improvements,
    /// Improvements of theirs at the same time as its own.
    AtOnce,
}

/// One row: a concept of stability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// On the command line and in JSON.
    pub id: &'static str,
    /// Its name as a noun: "Sequential stability".
    pub name: &'static str,
    /// Its short name in tables: "SEQ".
    pub short: &'static str,
    /// Its adjective: "sequential".
    pub adjective: &'static str,
    /// In a word or two, for heads of columns: "sym. sequential".
    pub word: &'static str,
    /// When a state is stable for an actor, in one sentence.
    pub sentence: &'static str,
    /// What those of its equilibria are that are within reach and undone by no date, after a noun: "that last".
    pub lasting: &'static str,
    /// When an outcome is an equilibrium, as a clause: "nobody alone has a reason to leave it".
    pub stable_when: &'static str,
    /// What the others may do about it.
    pub answers: Answers,
    /// Whether an answer counts only when no further step of the actor itself makes good for it.
    pub way_out: bool,
    /// Whether it is computed when nothing is said.
    pub default: bool,
}

macro_rules! concepts {
    ($($(#[$doc:meta])* $name:ident: $row:expr;)*) => {
        /// A stability concept for single actors, in the order of reports. Definitions: the module of each in the engine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Concept {
            $($(#[$doc])* $name,)*
        }

        const TABLE: &[Row] = &[$($row),*];

        impl Concept {
            /// All.
            pub const ALL: [Self; TABLE.len()] = [$(Self::$name),*];
        }
    };
}

concepts! {
    /// Nash (rationality): no improvement.
    Nash: Row {
        id: "nash",
        name: "Nash stability",
        short: "Nash",
        adjective: "Nash",
        word: "Nash",
        sentence: "Nobody alone can reach an outcome that they prefer.",
        lasting: "that last",
        stable_when: "nobody alone has a reason to leave it",
        answers: Answers::Nothing,
        way_out: false,
        default: true,
    };
    /// General metarationality.
    Gmr: Row {
        id: "gmr",
        name: "General metarationality",
        short: "GMR",
        adjective: "general metarational",
        word: "general",
        sentence: "Whoever leaves alone can be answered by the others so that nothing is gained.",
        lasting: "that last when everyone reckons with any answer of the others (GMR)",
        stable_when: "whoever would leave it is held back by an answer of the others (GMR)",
        answers: Answers::Moves,
        way_out: false,
        default: true,
    };
    /// Symmetric metarationality.
    Smr: Row {
        id: "smr",
        name: "Symmetric metarationality",
        short: "SMR",
        adjective: "symmetric metarational",
        word: "symmetric",
        sentence: "As GMR, and whoever left could not get out of that answer by a further step.",
        lasting: "that last when everyone reckons with answers that cannot be escaped (SMR)",
        stable_when: "whoever would leave it is held back by an answer that cannot be escaped (SMR)",
        answers: Answers::Moves,
        way_out: true,
        default: true,
    };
    /// Sequential stability.
    Seq: Row {
        id: "seq",
        name: "Sequential stability",
        short: "SEQ",
        adjective: "sequential",
        word: "sequential",
        sentence: "As GMR, but the others answer only by steps that they themselves prefer.",
        lasting: "that last when everyone foresees answers in the others' own interest (SEQ)",
        stable_when: "whoever would leave it is held back by an answer that the others would like to give (SEQ)",
        answers: Answers::Improvements,
        way_out: false,
        default: true,
    };
    /// Symmetric sequential stability.
    Sseq: Row {
        id: "sseq",
        name: "Symmetric sequential stability",
        short: "SSEQ",
        adjective: "symmetric sequential",
        word: "sym. sequential",
        sentence: "As SEQ, and whoever left could not get out of that answer by a further step.",
        lasting: "that last when everyone foresees answers in the others' own interest that cannot be escaped (SSEQ)",
        stable_when: "whoever would leave it is held back by an answer that the others would like to give and that cannot be \
                     escaped (SSEQ)",
        answers: Answers::Improvements,
        way_out: true,
        default: true,
    };
    /// Simultaneous stability.
    Sim: Row {
        id: "sim",
        name: "Simultaneous stability",
        short: "SIM",
        adjective: "simultaneous",
        word: "simultaneous",
        sentence: "Whoever leaves alone gains nothing when others who would leave too go at the same time.",
        lasting: "that last when everyone reckons with others leaving at the same time (SIM)",
        stable_when: "whoever would leave it gains nothing when others leave at the same time (SIM)",
        answers: Answers::AtOnce,
        way_out: false,
        default: false,
    };
}

/// How many are computed when nothing is said.
const DEFAULTS: usize = {
    let (mut at, mut count) = (0, 0);
    while at < TABLE.len() {
        count += TABLE[at].default as usize;
        at += 1;
    }
    count
};

impl Concept {
    /// Those that `solve` computes by default, in the order of reports.
    pub const DEFAULT: [Self; DEFAULTS] = {
        let mut found = [Self::ALL[0]; DEFAULTS];
        let (mut at, mut next) = (0, 0);
        while at < TABLE.len() {
            if TABLE[at].default {
                found[next] = Self::ALL[at];
                next += 1;
            }
            at += 1;
        }
        found
    };

    /// Its row.
    #[must_use]
    pub const fn row(self) -> &'static Row {
        &TABLE[self.place()]
    }

    /// Its place in [`Concept::ALL`].
    #[must_use]
    pub const fn place(self) -> usize {
        self as usize
    }

    /// The id on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    /// The concept with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concept| concept.id() == id)
    }

    /// What the others may answer with.
    #[must_use]
    pub const fn answers(self) -> Answers {
        self.row().answers
    }

    /// Whether an answer counts only when no further step of the actor itself makes good for it.
    #[must_use]
    pub const fn way_out(self) -> bool {
        self.row().way_out
    }

    /// How many moves an actor looks ahead: its own, an answer, its way out of that.
    #[must_use]
    pub const fn horizon(self) -> usize {
        let answer = match self.answers() {
            Answers::Nothing => 0,
            Answers::Moves | Answers::Improvements | Answers::AtOnce => 1,
        };
        1 + answer + self.way_out() as usize
    }

    /// Whether opponents act only on steps that they themselves prefer.
    #[must_use]
    pub const fn willing(self) -> bool {
        matches!(self.answers(), Answers::Improvements | Answers::AtOnce)
    }

    /// Whether the others act at the same time.
    #[must_use]
    pub const fn at_once(self) -> bool {
        matches!(self.answers(), Answers::AtOnce)
    }

    /// Whether every state that is stable under it is stable under `wider` too: an answer that counts here counts
    /// there. Nash is within all; with a way out is within the same without; answers that those who make them prefer
    /// are some of all answers, so that what they hold back, any answers do.
    #[must_use]
    pub fn is_within(self, wider: Self) -> bool {
        let answers = match (self.answers(), wider.answers()) {
            (Answers::Nothing, _) => true,
            (Answers::AtOnce, other) => other == Answers::AtOnce,
            (Answers::Improvements, other) => matches!(other, Answers::Improvements | Answers::Moves),
            (Answers::Moves, other) => other == Answers::Moves,
        };
        let free = self.answers() == Answers::Nothing || self.way_out() || !wider.way_out();
        self != wider && answers && free
    }

    /// Whether it is defined in this form: acts at the same time are combined from options, and listed states have none.
    #[must_use]
    pub const fn is_defined_in(self, form: &Form) -> bool {
        matches!(form, Form::Options(_)) || !self.at_once()
    }

    /// Why it is not defined for `game`, as a clause; `None`: it is. Acts at the same time are those of single actors.
    #[must_use]
    pub fn undefined_for(self, game: &Game) -> Option<&'static str> {
        if self.at_once() && game.graph_form().is_none() && !game.only_own_moves() {
            return Some(
                "steps at the same time are defined for single moves of actors, not where several act together",
            );
        }
        (!self.is_defined_in(&game.form)).then_some(
            "steps at the same time can be combined where an outcome is made of options, not where outcomes are listed",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_concept_is_another_row_and_says_everything() {
        for (at, concept) in Concept::ALL.into_iter().enumerate() {
            let row = concept.row();
            assert_eq!((concept.place(), Concept::from_id(row.id)), (at, Some(concept)));
            for text in [row.id, row.name, row.short, row.adjective, row.sentence, row.lasting] {
                assert!(!text.is_empty(), "{concept:?}");
            }
            assert!(row.sentence.ends_with('.') && row.lasting.starts_with("that "), "{concept:?}");
            for other in &Concept::ALL[..at] {
                let other = other.row();
                let facts = |row: &Row| (row.answers, row.way_out);
                assert!(row.id != other.id && row.name != other.name && row.short != other.short);
                assert!(facts(row) != facts(other), "{} is {}", row.id, other.id);
            }
        }
        assert_eq!(Concept::from_id("Nash"), None);
    }

    #[test]
    fn what_is_within_what_is_known_of_the_graph_model() {
        use Concept::{Gmr, Nash, Seq, Sim, Smr, Sseq};
        for (concept, inner) in [
            (Nash, vec![]),
            (Gmr, vec![Nash, Smr, Seq, Sseq]),
            (Smr, vec![Nash, Sseq]),
            (Seq, vec![Nash, Sseq]),
            (Sseq, vec![Nash]),
            (Sim, vec![Nash]),
        ] {
            let found: Vec<Concept> = Concept::ALL.into_iter().filter(|c| c.is_within(concept)).collect();
            assert_eq!(found, inner, "{concept:?}");
        }
    }

    #[test]
    fn horizons_are_those_of_the_definitions() {
        assert_eq!(
            Concept::ALL.map(|c| (c.id(), c.horizon())),
            [("nash", 1), ("gmr", 2), ("smr", 3), ("seq", 2), ("sseq", 3), ("sim", 2)]
        );
        assert_eq!(Concept::DEFAULT.map(Concept::id), ["nash", "gmr", "smr", "seq", "sseq"]);
    }
}
