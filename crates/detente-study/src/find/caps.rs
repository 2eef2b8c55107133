//! Every bound of this library that decides how far an answer looks, in one table.
//!
//! A bound that is hit is part of the answer: as a [`LimitHit`](detente_engine::LimitHit) beside it, and in its sentence as what was not looked
//! at. How many rows a table shows and how many names a sentence lists is no such bound: what is left out there is
//! counted where it would stand. The engine has a table of its own.

pub use detente_engine::caps::Cap;

/// Steps of single actors, over all outcomes that a question is about.
pub const STEPS: Cap = Cap {
    name: "steps",
    most: 1 << 18,
    of: "steps of single actors",
    bounds: "who leaves the outcomes of a question alone, and to where; what the first line hangs on",
    told: "questions of kind blockers",
};

/// Moves of one actor from one outcome.
pub const MOVES: Cap = Cap {
    name: "moves",
    most: 1 << 16,
    of: "moves of one actor from one outcome",
    bounds: "where an actor can go by a step of its own",
    told: "questions of kind movers and blockers",
};

/// Outcomes that the coalitions can reach from one outcome.
pub const REACHED: Cap = Cap {
    name: "reached",
    most: 1 << 17,
    of: "outcomes reached from one outcome",
    bounds: "coalitions that could leave an outcome, by their size",
    told: "questions of kind movers and blockers; who could undo an outcome",
};

/// The same over all outcomes of a question.
pub const TOGETHER: Cap = Cap {
    name: "together",
    most: 1 << 18,
    of: "outcomes reached from the outcomes of a question",
    bounds: "outcomes from which coalitions are looked for",
    told: "questions of kind blockers",
};

/// Possible outcomes up to which acts of several at the same time are looked for.
pub const AT_ONCE: Cap = Cap {
    name: "at-once",
    most: 1 << 12,
    of: "possible outcomes to look at",
    bounds: "what actors would gain that acted at the same time",
    told: "questions of kind movers; who could undo an outcome",
};

/// Possible outcomes up to which the case is solved again.
pub const SOLVED_AGAIN: Cap = Cap {
    name: "solved-again",
    most: 1 << 16,
    of: "possible outcomes to solve again",
    bounds: "solving the case without some evidence, or as an actor sees it, while it is answered",
    told: "questions of kind trust and view",
};

/// Possible outcomes up to which changes are tried.
pub const TRIED: Cap = Cap {
    name: "tried",
    most: 1 << 12,
    of: "possible outcomes to try changes with",
    bounds: "trying single changes while the case is answered, under concepts other than Nash, or in graph form",
    told: "questions of kind price",
};

/// Options up to which changes are tried under Nash stability: some milliseconds a game.
pub const TRIED_NASH: Cap = Cap {
    name: "tried-nash",
    most: 40,
    of: "options to try changes with",
    bounds: "trying single changes while the case is answered, under Nash stability",
    told: "questions of kind price",
};

/// Changed games that are solved for a question.
pub const GAMES: Cap = Cap {
    name: "games",
    most: 4_096,
    of: "games to solve",
    bounds: "trying single changes while the case is answered",
    told: "questions of kind price",
};

/// Possible outcomes up to which models are drawn.
pub const DRAWN: Cap = Cap {
    name: "drawn",
    most: 1 << 10,
    of: "possible outcomes to draw models with",
    bounds: "drawing models while the case is answered",
    told: "questions of kind share",
};

/// Examples that are tried where a bound cut the equilibria short.
pub const EXAMPLES: Cap = Cap {
    name: "examples",
    most: 32,
    of: "examples to try",
    bounds: "looking for an outcome that lasts where a bound cut the verdicts short",
    told: "questions of kind possible and certain",
};

/// Equilibria up to which two solved games are compared one by one.
pub const COMPARED: Cap = Cap {
    name: "compared",
    most: 1 << 16,
    of: "outcomes that last to compare",
    bounds: "comparing two versions outcome by outcome",
    told: "compare and diff",
};

/// Outcomes to which a shortest way is looked for.
pub const ROUTES: Cap = Cap {
    name: "routes",
    most: 1 << 10,
    of: "outcomes that last to find a way to",
    bounds: "the shortest way to each outcome that lasts",
    told: "evolve",
};

/// Outcomes for which it is found out why a verdict is another one.
pub const CERTIFIED: Cap = Cap {
    name: "certified",
    most: 64,
    of: "outcomes to give both reasons for",
    bounds: "why an actor now leaves an outcome where it stayed, or stays where it left, under each concept",
    told: "compare and diff",
};

/// States that the search for such a reason may meet.
pub const CERTIFIED_WORK: Cap = Cap {
    name: "certified-work",
    most: 1 << 16,
    of: "outcomes that the search for a reason meets",
    bounds: "why a verdict is another one in another version",
    told: "compare and diff",
};

/// Outcomes that are put in an actor's order.
pub const SORTED: Cap = Cap {
    name: "sorted",
    most: 1 << 18,
    of: "possible outcomes to sort",
    bounds: "an actor's order of all possible outcomes",
    told: "rank",
};

/// Possible outcomes up to which each has a rank and an ordinal.
pub const RANKED: Cap = Cap {
    name: "ranked",
    most: 1 << 20,
    of: "possible outcomes to rank",
    bounds: "the rank of an outcome with each actor",
    told: "tables and exports",
};

/// Own options of an actor up to which all its choices are looked at.
pub const CHOICES: Cap = Cap {
    name: "choices",
    most: 12,
    of: "options of one actor to try together",
    bounds: "what keeps an actor from something better",
    told: "reasons",
};

/// Outcomes of one name from which steps are followed.
pub const FOLLOWED: Cap = Cap {
    name: "followed",
    most: 256,
    of: "outcomes of one name to follow steps from",
    bounds: "where those go who would leave an outcome that does not last",
    told: "solve: what does not last",
};

/// Triangles of ties that are told: those of sixteen actors that all have ties with each other.
pub const TRIADS: Cap = Cap {
    name: "triads",
    most: 560,
    of: "triangles of ties to tell",
    bounds: "three actors with ties between each two",
    told: "the map: how many more there are",
};

/// Possible outcomes up to which two changes at once are tried when nothing else is said.
pub const PRICE_SMALL: Cap = Cap {
    name: "price-small",
    most: 1 << 12,
    of: "possible outcomes to try two changes at once with",
    bounds: "price, when nothing is said",
    told: "the answer: up to which cost",
};

/// Shortest ways that are drawn.
pub const PICTURED: Cap = Cap {
    name: "pictured",
    most: 32,
    of: "ways to draw",
    bounds: "the shortest ways in the picture of an evolution",
    told: "the table of the same command",
};

/// All of them.
pub const CAPS: [&Cap; 22] = [
    &STEPS,
    &MOVES,
    &REACHED,
    &TOGETHER,
    &AT_ONCE,
    &SOLVED_AGAIN,
    &TRIED,
    &TRIED_NASH,
    &GAMES,
    &DRAWN,
    &EXAMPLES,
    &COMPARED,
    &ROUTES,
    &CERTIFIED,
    &CERTIFIED_WORK,
    &SORTED,
    &RANKED,
    &CHOICES,
    &FOLLOWED,
    &TRIADS,
    &PRICE_SMALL,
    &PICTURED,
];
