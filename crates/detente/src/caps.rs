//! Every bound of the program itself that decides how far an answer looks, in one table: while somebody waits at the
//! page, and where a command does more than it was asked for. Those of the library are in `detente_study::find::caps`,
//! those of the engine in `detente_engine::caps`. How many rows are printed, and how large a file or a request may be, is
//! no such bound.

use detente_study::find::caps::Cap;

macro_rules! caps {
    ($($(#[$doc:meta])* $name:ident = $most:expr, $id:literal, $of:literal, $bounds:literal, $told:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) const $name: Cap = Cap { name: $id, most: $most, of: $of, bounds: $bounds, told: $told };
        )*

        /// All of them.
        #[cfg(test)]
        const CAPS: &[&Cap] = &[$(&$name),*];
    };
}

caps! {
    /// Outcomes that the page gets one by one; beyond, it gets structure.
    ROWS = 1 << 14, "rows", "outcomes to show one by one", "the page's table of outcomes", "the answer: cut";
    /// Patterns of a set that the page gets.
    PATTERNS = 24, "patterns", "patterns of a set", "the structure of what lasts", "the structure: complete or not";
    /// Outcomes of a case whose joint moves are drawn.
    JOINT = 4_096, "joint", "possible outcomes to draw joint moves of", "joint moves in the page's picture", "the answer: moves left out";
    /// Outcomes from which joint moves are looked for.
    STARTS = 6, "starts", "lasting outcomes to look for joint moves from", "joint moves in the page's picture", "the answer: moves left out";
    /// States that a question about one outcome meets.
    ONWARD_STATES = 100_000, "onward-states", "outcomes met from one outcome", "where it goes from an outcome of the page", "the limits of the answer";
    /// Ways out that are listed.
    ONWARD_EXITS = 400, "onward-exits", "ways out of one outcome", "who can leave an outcome of the page together", "the answer: how many there are";
    /// Changes at once, unless more are asked for.
    PRICE_COST = 3, "price-cost", "changes at once", "what it would take, in the page", "the answer: up to which cost";
    /// Games for each aim.
    PRICE_GAMES = 100_000, "price-games", "games to solve for an aim", "what it would take, in the page", "the limits of the answer";
    /// Ways that are told apart.
    PRICE_WAYS = 200, "price-ways", "ways to tell what lasts after", "what it would take, in the page", "the answer: how many there are";
    /// Models for shares while somebody waits.
    SHARES = 10_000, "shares", "models to draw while somebody waits", "shares of models in the page", "the answer: how many models";
    /// Models for each end of each wish.
    SHARES_EACH = 2_048, "shares-each", "models for each end of a wish", "what moves the shares in the page", "the answer: how many models";
    /// Things whose share is told.
    SHARES_OF = 8, "shares-of", "outcomes to tell the share of", "shares of models in the page", "the answer: how many there are";
    /// Possible outcomes up to which the whole table of coalitions is computed.
    COALITION_STATES = 1 << 17, "coalition-states", "possible outcomes for the table of coalitions", "coalitions: all concepts for all outcomes", "the help, and what is refused";
    /// Actors up to which all coalitions are looked at when nothing else is said.
    COALITION_ACTORS = 10, "coalition-actors", "actors to look at all coalitions of", "coalitions: which are looked at when nothing is said", "the limits of the answer";
    /// Steps of the table of coalitions when nothing else is said.
    COALITION_STEPS = 1 << 28, "coalition-steps", "steps: an outcome, a coalition and one that answers it", "coalitions: which are looked at when nothing is said", "the limits of the answer";
    /// Possible outcomes up to which the variants are solved beside the case.
    BESIDE = 1 << 16, "beside", "possible outcomes to solve the variants with", "the other variants beside an answer", "the answer: which command does it";
}

#[cfg(test)]
mod tests {
    use super::CAPS;

    #[test]
    fn each_bound_is_another_row() {
        for (at, cap) in CAPS.iter().enumerate() {
            let others = &CAPS[..at];
            assert!(!others.iter().any(|other| other.name == cap.name || other.of == cap.of), "{}", cap.name);
            assert!(!cap.bounds.is_empty() && !cap.told.is_empty() && cap.most > 0, "{}", cap.name);
        }
    }
}
