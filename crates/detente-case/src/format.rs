//! The case file, table by table: every key, what its value must look like, what it says.

use detente_model::{ClaimKind, InstrumentStatus, QuestionKind, SaidKind, TieKind};

use crate::shape::Shape::{
    Any, Bool, Date, Day, Exactly, Formula, Grade, Id, Integer, Line, Many, Map, Number, Path, Prose,
    Published, Ref, Share, State, Switches, Table, Word,
};
use crate::shape::{Key, Shape, TableShape, may, must};

/// The version of the format that this program reads and writes.
pub const FORMAT: i64 = 1;
/// The largest file, in bytes.
pub const MAX_BYTES: usize = 4 << 20;
/// The deepest formula.
pub const MAX_DEPTH: usize = 256;
/// The most options.
pub const MAX_OPTIONS: usize = 1024;
/// The most actors.
pub const MAX_ACTORS: usize = 64;
/// The most statements of one actor.
pub const MAX_STATEMENTS: usize = 4096;
/// The most variants.
pub const MAX_VARIANTS: usize = 1024;
/// The most questions.
pub const MAX_QUESTIONS: usize = 1024;
/// The most states of a case in graph form.
pub const MAX_GRAPH_STATES: usize = 1 << 16;

const KINDS_OF_CLAIM: &[&str] = &words(&ClaimKind::ALL);
const KINDS_OF_TIE: &[&str] = &words(&TieKind::ALL);
const KINDS_OF_QUESTION: &[&str] = &words(&QuestionKind::ALL);
const STATUSES: &[&str] = &words(&InstrumentStatus::ALL);
const CONCEPTS: &[&str] = &["nash", "gmr", "smr", "seq", "sseq", "sim"];
const DIRECTIONS: &[&str] = &["both", "on_only", "off_only", "up_only", "down_only"];
const KINDS_OF_SAYING: &[&str] = &words(&SaidKind::ALL);
const ASSENTS: &[&str] = &["all", "any", "never"];
const OTHERWISE: &[&str] = &["contrary", "indifferent"];
const STRENGTHS: &[&str] = &["strong", "mild"];

const ACTORS: Shape = Many(&Ref("an actor"));
const CLAIMS: Shape = Many(&Ref("a claim"));
const STATE: Shape = Any(&[Many(&Ref("an option")), Integer(0, i64::MAX), State, Table(&STATE_BY_PARTS)]);
const LEVEL: Shape = Any(&[Number, Line]);
const CONDITIONS: Shape = Any(&[Formula, Table(&CONDITION), Many(&Any(&[Formula, Table(&CONDITION)]))]);
const ASSENT: Shape =
    Any(&[Word(ASSENTS), Many(&Any(&[Ref("an actor"), Many(&Ref("an actor"))])), Table(&ASSENT_BY_COUNT)]);
const REST_OF_A_CHANCE: Shape = Any(&[Word(OTHERWISE), Table(&OTHERWISE_SHARES)]);
const TERMS_OF_AN_ACT: Shape = Table(&TERMS);
const DEADLINE_OF_AN_OVERLAY: Shape = Table(&OTHER_DEADLINE);
const DEFINED: Shape = Any(&[Formula, Table(&DEFINITION)]);
const OUTCOME: Shape = Any(&[Formula, Many(&Ref("a state"))]);
const NOTE: Key = may("note", Prose, "Anything else for the reader.");
const CONFIDENCE: Key = may("confidence", Share, "How sure, from 0 to 1: for sampling. Without it: certain.");
const LEVELS: Key = may("levels", Many(&LEVEL), "Its levels, lowest first: numbers, or names.");
const UNIT: Key = may("unit", Line, "The unit of the numbers.");
const LEVER: Key =
    may("lever", Table(&LEVER_COST), "That an incentive could bring it about, and at what cost.");
const ONLY_IN: Key = may("only_in", Many(&Ref("a variant")), "Never on but in these variants.");
const BEGINS_IF: Key = may(
    "begins_if",
    CONDITIONS,
    "What must hold before it is switched on (or rises): a formula, or several that must all hold.",
);
const ENDS_IF: Key = may("ends_if", CONDITIONS, "What must hold before it is switched off (or falls).");
const GRADE: Key = may("grade", Grade, "Admiralty code: how reliable (A to F) and how credible (1 to 6).");
const INTEREST: Key =
    may("interest", Line, "Whose interest it serves: `party` where it is one of the sides.");
const ANONYMOUS: Key = may("anonymous", Bool, "Who speaks is not named.");
const OTHERWISE_OF_A_WISH: Key = may(
    "otherwise",
    REST_OF_A_CHANCE,
    "What it wants with the rest of the chance: `contrary`, `indifferent`, or the shares of both.",
);
const ID: Key = may("id", Id, "An id, needed only to refer to it.");

/// What a deadline that comes in with an overlay must have.
pub(crate) const OF_A_DEADLINE: &[Key] =
    &[must("on", Day, "When."), must("then", Table(&THEN), "What is switched on and off.")];
/// What an event that has happened must have.
pub(crate) const OF_AN_EVENT: Key = must("on", Date, "When.");

const PROPOSED: Key = may(
    "proposed",
    Bool,
    "Read from a text and not looked at yet: it is left out until the mark is removed.",
);

/// The keys of everything that can rest on evidence.
pub(crate) const GROUNDS: &[Key] = &[
    may("because", CLAIMS, "Ids of the claims that it rests on."),
    may("assumption", Bool, "The analyst's own: it falls when assumptions are struck."),
    PROPOSED,
    may(
        "says",
        Line,
        "It in words, for reasons: a clause without capital and full stop (`the agreement holds`).",
    ),
    may("says_not", Line, "That it is not so, in the same way (`the agreement does not hold`)."),
    NOTE,
];

const fn words<T, const N: usize>(all: &[(T, &'static str); N]) -> [&'static str; N] {
    let mut out = [""; N];
    let mut i = 0;
    while i < N {
        out[i] = all[i].1;
        i += 1;
    }
    out
}

const fn table(name: &'static str, doc: &'static str, keys: &'static [Key]) -> TableShape {
    TableShape { name, doc, keys, more: &[], choice: &[] }
}

const fn grounded(name: &'static str, doc: &'static str, keys: &'static [Key]) -> TableShape {
    TableShape { name, doc, keys, more: GROUNDS, choice: &[] }
}

/// A wish: a formula, or one of the wishes over levels.
const WISH: &[&[&str]] = &[&["that"], &["least"], &["most"], &["nearest"]];

const fn wish(name: &'static str, doc: &'static str, keys: &'static [Key]) -> TableShape {
    TableShape { name, doc, keys, more: GROUNDS, choice: WISH }
}

/// The whole file.
pub(crate) static CASE_FILE: TableShape = table(
    "the case file",
    "A conflict: evidence, situation, game, questions, overlays.",
    &[
        must("format", Integer(1, i64::MAX), "The version of the format: 1."),
        must("case", Table(&ABOUT), "What the case is about."),
        may("source", Map("a source", &Table(&SOURCE)), "What was read."),
        may("claim", Map("a claim", &Table(&CLAIM)), "What the sources say, in the analyst's words."),
        may(
            "together",
            Map("a group of evidence", &Table(&TOGETHER)),
            "Evidence that stands or falls together, for sampling.",
        ),
        must("actor", Map("an actor", &Table(&ACTOR)), "The decision makers; their order is meaning."),
        may("body", Map("a body", &Table(&BODY)), "Alliances and unions."),
        may("instrument", Map("an instrument", &Table(&INSTRUMENT)), "Treaties, declarations, drafts."),
        may("track", Map("a track", &Table(&TRACK)), "Mediation formats."),
        may("act", Map("an act", &Table(&ACT)), "What several do together, and nobody alone."),
        may("chance", Map("a chance event", &Table(&CHANCE)), "What may happen and is nobody's deed."),
        may("assembly", Map("an assembly", &Table(&ASSEMBLY)), "Who has how many seats."),
        may("deadline", Map("a deadline", &Table(&DEADLINE)), "What happens on a date."),
        may(
            "reading",
            Map("a reading", &Table(&READING)),
            "Names for the accounts of claims that contradict each other.",
        ),
        may("said", Map("a saying", &Table(&SAID)), "Threats, promises, demands, offers."),
        may("lever", Many(&Table(&WISH_LEVER)), "Wishes that an incentive could change."),
        may("move", Many(&Table(&JOINT_MOVE)), "Graph form: moves of several together."),
        may("tie", Many(&Table(&TIE)), "How two actors stand to each other."),
        may("event", Many(&Table(&EVENT)), "What happened when."),
        may("effect", Many(&Table(&EFFECT)), "How the situation looks after an outcome; changes no verdict."),
        may("define", Map("a defined name", &DEFINED), "Names for formulas, used in other formulas."),
        may(
            "outcome",
            Map("an outcome", &Table(&OUTCOME_NAME)),
            "Names for states, used in tables and reasons.",
        ),
        may("rule", Many(&Table(&RULE)), "What is possible at all."),
        may("status_quo", Table(&STATUS_QUO), "Where the conflict stands."),
        may("graph", Table(&GRAPH), "Graph form: the states are listed, and there are no options."),
        may("question", Map("a question", &Table(&QUESTION)), "What the case asks."),
        may("variant", Map("a variant", &Table(&VARIANT)), "Named overlays: what differs, nothing else."),
        may(
            "view",
            Map("an actor", &Table(&VIEW)),
            "The conflict as an actor sees it: the same overlay form.",
        ),
        may(
            "observed",
            Map("an observation", &Table(&OBSERVED)),
            "What happened afterwards, for looking back.",
        ),
    ],
);

static ABOUT: TableShape = table(
    "[case]",
    "What the case is about.",
    &[
        must("title", Line, "Title."),
        may("as_of", Date, "The date that it describes."),
        may("question", Prose, "The question in words."),
        may("author", Line, "Who wrote the case."),
        may("limits", Many(&Prose), "What is not modelled, and other limits."),
        may("grades", Table(&GRADES), "How sure the letters and digits of grades make, where not as usual."),
        NOTE,
    ],
);

static GRADES: TableShape = table(
    "[case.grades]",
    "How sure a letter and a digit of the Admiralty code make: both are multiplied.",
    &[
        may("A", Share, "Completely reliable; without it: 1."),
        may("B", Share, "Usually reliable; without it: 0.9."),
        may("C", Share, "Fairly reliable; without it: 0.7."),
        may("D", Share, "Not usually reliable; without it: 0.5."),
        may("E", Share, "Unreliable; without it: 0.2."),
        may("F", Share, "Reliability cannot be judged; without it: 0.5."),
        may("1", Share, "Confirmed; without it: 1."),
        may("2", Share, "Probably true; without it: 0.85."),
        may("3", Share, "Possibly true; without it: 0.65."),
        may("4", Share, "Doubtful; without it: 0.4."),
        may("5", Share, "Improbable; without it: 0.15."),
        may("6", Share, "Truth cannot be judged; without it: 0.5."),
    ],
);

static SOURCE: TableShape = table(
    "a source",
    "A text, a speech, a record.",
    &[
        must("title", Line, "Title."),
        may("author", Line, "Who wrote it."),
        may("publisher", Line, "Outlet or publisher."),
        may(
            "date",
            Published,
            "Date of publication: a date, `c. 1923`, a range (`2020/2021`, `12-15 May 2023`), a decade (`1990s`), or `n.d.`.",
        ),
        may("url", Line, "Address."),
        may(
            "text",
            Path,
            "Where the text is, for those who have it: quotes and sentence numbers are verified.",
        ),
        GRADE,
        INTEREST,
        ANONYMOUS,
        CONFIDENCE,
        NOTE,
    ],
);

static CLAIM: TableShape = table(
    "a claim",
    "One thing that a source says.",
    &[
        must("source", Ref("a source"), "Where it is from."),
        may("at", Line, "Sentence (`s5`, `s2-3`), page or paragraph in the source."),
        must("says", Prose, "The claim in the analyst's words."),
        may("speaker", Line, "The source's author (`author`, the default), or a named person."),
        may("reported_by", Line, "Who reports the speaker's words."),
        may("kind", Word(KINDS_OF_CLAIM), "What kind of utterance it is."),
        may("quote", Prose, "Verbatim words, checked against the text where it is at hand."),
        may("heard", Many(&Line), "Who passed it on, the last first; each is a speaker who can be struck."),
        may("contradicts", CLAIMS, "Claims that cannot be true beside it: written once, meant both ways."),
        PROPOSED,
        GRADE,
        INTEREST,
        ANONYMOUS,
        CONFIDENCE,
        NOTE,
    ],
);

static ACTOR: TableShape = table(
    "an actor",
    "A decision maker, with options and a preference.",
    &[
        may("name", Line, "Name for readers; without it: the id."),
        NOTE,
        may(
            "option",
            Map("an option", &Any(&[Line, Table(&OPTION)])),
            "What the actor can do or leave, in words or as a table; the order is meaning.",
        ),
        may("prefers", Many(&Table(&STATEMENT)), "What the actor wants, most important first."),
        may("weighs", Many(&Table(&WEIGHED)), "What the actor wants, with weights that are summed."),
        may(
            "ranking",
            Any(&[RANKING_GROUPS, Table(&RANKING)]),
            "Groups of states from best to worst, ties inside a group.",
        ),
        may("rest", Word(&["last"]), "With a ranking: states that no group covers come last, tied."),
        may("cannot", Many(&Table(&CANNOT)), "Moves taken away."),
        may("move", Many(&Table(&MOVE)), "Graph form: the actor's moves."),
        may("order", Many(&Table(&ORDER)), "Other orders of its statements, for sampling."),
        may("instead", Many(&Table(&INSTEAD)), "Other statements in the place of one, for sampling."),
        may("type", Many(&Table(&TYPE)), "Other preferences that it may have altogether, for sampling."),
    ],
);

static TOGETHER: TableShape = table(
    "a group of evidence",
    "Evidence that stands or falls together: with the chance that the confidence leaves, all of it is struck.",
    &[
        may("title", Line, "Title; without it: the id."),
        may("claims", CLAIMS, "Claims."),
        may("speakers", Many(&Line), "All claims of these speakers."),
        may("kinds", Many(&Word(KINDS_OF_CLAIM)), "All claims of these kinds."),
        may("sources", Many(&Ref("a source")), "All claims from these sources."),
        may("assumptions", Bool, "What the analyst assumed."),
        must("confidence", Share, "How sure that it stands, from 0 to 1."),
        NOTE,
    ],
);

static ORDER: TableShape = grounded(
    "another order",
    "Another order of an actor's statements.",
    &[
        must(
            "first",
            Many(&Ref("a statement")),
            "Ids of statements that come first, in this order; the others follow as written.",
        ),
        must("share", Share, "Its chance; what the orders of an actor leave to 1 is the written order's."),
    ],
);

static INSTEAD: TableShape = grounded(
    "another statement",
    "Another statement in the place of one.",
    &[
        must("of", Ref("a statement"), "The id of the statement in whose place it may stand."),
        must("that", Formula, "What the actor may want to hold instead."),
        must("share", Share, "Its chance; what is left to 1 is the written statement's."),
        may("unknown", Bool, "The direction of a difference that it decides is not known."),
    ],
);

static TYPE: TableShape = grounded(
    "a type of actor",
    "Another preference that an actor may have altogether.",
    &[
        must("id", Id, "Its id."),
        may("name", Line, "Name for readers; without it: the id."),
        must("share", Share, "Its chance; what the types leave to 1 is that of the actor as written."),
        must("prefers", Many(&Table(&STATEMENT)), "What an actor of this type wants, most important first."),
    ],
);

const RANKING_GROUPS: Shape = Many(&Many(&Any(&[Integer(0, i64::MAX), State])));

static RANKING: TableShape = grounded(
    "a ranking",
    "Groups of states from best to worst, with what they rest on.",
    &[
        must(
            "groups",
            RANKING_GROUPS,
            "From best to worst; each entry a state number, a pattern (`YN-Y`) or `=formula`; in graph form the id of a state.",
        ),
        may("rest", Word(&["last"]), "States that no group covers come last, tied."),
    ],
);

static OPTION: TableShape = grounded(
    "an option",
    "Something that an actor can do or leave.",
    &[
        must("text", Line, "In words."),
        LEVELS,
        UNIT,
        may(
            "moves",
            Word(DIRECTIONS),
            "How it can be moved; without it: both ways. With levels: `up_only`, `down_only`.",
        ),
        BEGINS_IF,
        ENDS_IF,
        ONLY_IN,
        LEVER,
        CONFIDENCE,
    ],
);

static CONDITION: TableShape =
    grounded("a condition", "What must hold before a change.", &[must("that", Formula, "What must hold.")]);

static LEVER_COST: TableShape = table(
    "a lever",
    "What an incentive would cost.",
    &[must("cost", Number, "In a unit of the case's own.")],
);

static ACT: TableShape = grounded(
    "an act",
    "Something that several do together, and nobody alone.",
    &[
        must("text", Line, "In words."),
        must("parties", ACTORS, "Who takes part."),
        may("begins", ASSENT, "Who can begin it; without it: all parties together."),
        may(
            "ends",
            ASSENT,
            "Who can end it; without it: any party alone. With more than two parties it must be written.",
        ),
        BEGINS_IF,
        ENDS_IF,
        may(
            "with",
            Formula,
            "What is switched in the same move that begins it: options, or `not` options, joined by `and`.",
        ),
        LEVELS,
        UNIT,
        ONLY_IN,
        LEVER,
        CONFIDENCE,
    ],
);

static TERMS: TableShape = grounded(
    "terms of an act",
    "What differs in an act: keys given here stand in the place of those of the case.",
    &[
        may("text", Line, "In words."),
        may("parties", ACTORS, "Who takes part."),
        may("begins", ASSENT, "Who can begin it."),
        may("ends", ASSENT, "Who can end it."),
        may("begins_if", CONDITIONS, "What must hold before it begins; `[]`: nothing."),
        may("ends_if", CONDITIONS, "What must hold before it ends; `[]`: nothing."),
        may("with", Formula, "What is switched in the same move that begins it; `true`: nothing."),
    ],
);

static ASSENT_BY_COUNT: TableShape = table(
    "who must agree",
    "How many parties, or parties with how many votes or seats.",
    &[
        may("votes", Map("an actor", &Integer(0, i64::MAX)), "Votes, by party; who is not named has none."),
        may("assembly", Ref("an assembly"), "The assembly whose seats count."),
        must(
            "needs",
            Integer(1, i64::MAX),
            "How many parties, votes or seats suffice. Half is a majority only where this says so.",
        ),
    ],
);

static CHANCE: TableShape = grounded(
    "a chance event",
    "Something that may happen and is nobody's deed.",
    &[
        must("text", Line, "In words."),
        may("on", Date, "When, where that is known."),
        may("likelihood", Share, "How likely, from 0 to 1."),
        may("then", Table(&THEN), "What it switches on and off."),
    ],
);

static ASSEMBLY: TableShape = table(
    "an assembly",
    "Who has how many seats.",
    &[must(
        "seats",
        Map("an owner of seats", &Integer(0, i64::MAX)),
        "Seats, by actor; an owner that is no actor only holds seats.",
    )],
);

static DEADLINE: TableShape = grounded(
    "a deadline",
    "Something that happens on a date.",
    &[
        must("on", Day, "When."),
        may("title", Line, "Title; without it: the id."),
        may("unless", Formula, "Where this holds nothing happens."),
        must("then", Table(&THEN), "What is switched on and off, whatever directions and conditions say."),
    ],
);

static OTHER_DEADLINE: TableShape = grounded(
    "another deadline",
    "A deadline that comes in, or what differs in one of the case: keys given here stand in the place of its.",
    &[
        may("on", Day, "When."),
        may("title", Line, "Title."),
        may("unless", Formula, "Where this holds nothing happens."),
        may("then", Table(&THEN), "What is switched on and off."),
    ],
);

static THEN: TableShape = table(
    "what is switched",
    "What is switched on, off, or to a level.",
    &[
        may("on", Many(&Ref("an option")), "What is on afterwards."),
        may("off", Many(&Ref("an option")), "What is off afterwards."),
        may("levels", Switches(&LEVEL), "The levels afterwards."),
    ],
);

static READING: TableShape = TableShape {
    name: "a reading",
    doc: "A name for one of the accounts that claims in contradiction give.",
    keys: &[
        may("title", Line, "How answers call it: `as Beijing tells it`."),
        may("keeps", CLAIMS, "Claims in dispute that it keeps: those of exactly one account."),
        may("drops", CLAIMS, "Claims in dispute that it drops: an account of its own."),
    ],
    more: &[],
    choice: &[&["keeps"], &["drops"]],
};

static SAID: TableShape = grounded(
    "a saying",
    "A threat, a promise, a demand, an offer.",
    &[
        must("kind", Word(KINDS_OF_SAYING), "What kind of saying."),
        must("by", Ref("an actor"), "Who says it."),
        must("to", ACTORS, "To whom."),
        may("if", Formula, "Threat, promise: when."),
        must(
            "then",
            Formula,
            "What the speaker will do; of a demand what is asked, of an offer what is given.",
        ),
        LEVER,
    ],
);

static WISH_LEVER: TableShape = grounded(
    "a lever on a wish",
    "A wish that an incentive could change.",
    &[
        must("actor", Ref("an actor"), "Whose wish."),
        must("wish", Ref("a statement"), "The id of the wish."),
        must("cost", Number, "In a unit of the case's own."),
    ],
);

static JOINT_MOVE: TableShape = table(
    "a move of several",
    "Graph form: moves of several together from one state.",
    &[
        must("parties", ACTORS, "Who moves together."),
        must("from", Ref("a state"), "The state they start in."),
        must("to", Many(&Ref("a state")), "The states they lead to."),
    ],
);

static OTHERWISE_SHARES: TableShape = table(
    "the rest of the chance",
    "Shares that add up with the confidence to 1.",
    &[
        may("contrary", Share, "That it wants the contrary."),
        may("indifferent", Share, "That it does not care."),
    ],
);

static NEAREST: TableShape = table(
    "as near as possible",
    "A number, and the levels that should be near to it.",
    &[
        must("to", Number, "The number; it need be no level."),
        must("of", Ref("an option"), "The option or act with levels."),
    ],
);

static STATE_BY_PARTS: TableShape = table(
    "a state",
    "What is on, and at which levels.",
    &[
        may("on", Many(&Ref("an option")), "What is on; the rest is off."),
        may("levels", Switches(&LEVEL), "Levels; without it the lowest, of an act: off."),
    ],
);

static STATEMENT: TableShape = wish(
    "a statement",
    "Something that an actor wants to hold.",
    &[
        ID,
        may("that", Formula, "What it wants to hold."),
        may(
            "least",
            Ref("an option"),
            "Instead of `that`: as little as possible of this option or act with levels.",
        ),
        may("most", Ref("an option"), "Instead of `that`: as much as possible of it."),
        may("nearest", Table(&NEAREST), "Instead of `that`: as near to a number as possible."),
        may("strength", Word(STRENGTHS), "`strong`: a difference that it decides is a strong one."),
        may("unknown", Bool, "The direction of a difference that it decides is not known."),
        CONFIDENCE,
        OTHERWISE_OF_A_WISH,
    ],
);

static CHANGED_STATEMENT: TableShape = wish(
    "a changed statement",
    "A statement that stands in the place of another, whole.",
    &[
        may("that", Formula, "What the actor wants to hold."),
        may(
            "least",
            Ref("an option"),
            "Instead of `that`: as little as possible of this option or act with levels.",
        ),
        may("most", Ref("an option"), "Instead of `that`: as much as possible of it."),
        may("nearest", Table(&NEAREST), "Instead of `that`: as near to a number as possible."),
        may("strength", Word(STRENGTHS), "`strong`: a difference that it decides is a strong one."),
        may("unknown", Bool, "The direction of a difference that it decides is not known."),
        CONFIDENCE,
        OTHERWISE_OF_A_WISH,
    ],
);

static ADDED_STATEMENT: TableShape = wish(
    "an added statement",
    "A statement that an overlay adds.",
    &[
        ID,
        may("that", Formula, "What the actor wants to hold."),
        may(
            "least",
            Ref("an option"),
            "Instead of `that`: as little as possible of this option or act with levels.",
        ),
        may("most", Ref("an option"), "Instead of `that`: as much as possible of it."),
        may("nearest", Table(&NEAREST), "Instead of `that`: as near to a number as possible."),
        may(
            "at",
            Integer(1, u32::MAX as i64),
            "Its place afterwards: 1 is the most important. Without it: last.",
        ),
        may("strength", Word(STRENGTHS), "`strong`: a difference that it decides is a strong one."),
        may("unknown", Bool, "The direction of a difference that it decides is not known."),
        CONFIDENCE,
        OTHERWISE_OF_A_WISH,
    ],
);

static WEIGHED: TableShape = grounded(
    "a weighed statement",
    "Something that counts for or against a state.",
    &[
        ID,
        must("that", Formula, "What counts."),
        must("weight", Integer(i64::MIN, i64::MAX), "How much; negative counts against."),
        CONFIDENCE,
    ],
);

static CANNOT: TableShape = grounded(
    "a move taken away",
    "The actor cannot move from states of one kind to states of another.",
    &[must("from", Formula, "Where the moves start."), must("to", Formula, "Where the moves end.")],
);

static MOVE: TableShape = table(
    "a move",
    "Graph form: moves from one state.",
    &[
        must("from", Ref("a state"), "The state they start in."),
        must("to", Many(&Ref("a state")), "The states they lead to."),
    ],
);

static BODY: TableShape = grounded(
    "a body",
    "An alliance, a union.",
    &[must("name", Line, "Name."), may("members", ACTORS, "Members.")],
);

static INSTRUMENT: TableShape = grounded(
    "an instrument",
    "A treaty, a declaration, a draft.",
    &[
        must("title", Line, "Title."),
        may("parties", ACTORS, "Parties among the actors."),
        may("signed", Date, "Date of signature."),
        may("until", Date, "End of its term."),
        may("lapses", Date, "The day on which it lapses unless it is prolonged."),
        may("clauses", Integer(0, u32::MAX as i64), "Number of clauses."),
        may("status", Word(STATUSES), "Where it stands."),
    ],
);

static TRACK: TableShape = grounded(
    "a track",
    "A mediation format.",
    &[
        must("title", Line, "Title."),
        may("convenor", Ref("an actor"), "Who convenes it."),
        may("parties", ACTORS, "Who negotiates in it."),
    ],
);

static TIE: TableShape = grounded(
    "a tie",
    "How two actors stand to each other.",
    &[
        must("between", Exactly(2, &Ref("an actor")), "The two."),
        must("kind", Word(KINDS_OF_TIE), "How they stand."),
        may("mending", Bool, "Whether it is getting better."),
    ],
);

static EVENT: TableShape = grounded(
    "an event",
    "Something that happened, or is expected.",
    &[
        may("on", Date, "When; only an expected event may be without a date."),
        may("expected", Bool, "It has not happened by the date that the case describes."),
        may("until", Date, "Last day, for an event of several days."),
        must("title", Line, "What."),
        may("actors", ACTORS, "Who took part."),
        may("count", Integer(1, u32::MAX as i64), "How many events it stands for, where it sums up several."),
        may(
            "deaths",
            Exactly(3, &Integer(0, u32::MAX as i64)),
            "The deaths in it: a low, the best and a high estimate.",
        ),
    ],
);

static EFFECT: TableShape = TableShape {
    name: "an effect",
    doc: "How the situation looks in states that satisfy a formula.",
    keys: &[
        must("when", Formula, "In which states."),
        may("body", Ref("a body"), "A body that somebody leaves or joins."),
        may("leaves", Ref("an actor"), "Who leaves the body."),
        may("joins", Ref("an actor"), "Who joins the body."),
        may("tie", Exactly(2, &Ref("an actor")), "Two actors whose tie changes."),
        may("becomes", Word(KINDS_OF_TIE), "What the tie becomes."),
        may("text", Prose, "Anything else, in words."),
    ],
    more: GROUNDS,
    choice: &[&["body", "leaves"], &["body", "joins"], &["tie", "becomes"], &["text"]],
};

static DEFINITION: TableShape = grounded(
    "a definition",
    "A name for a formula.",
    &[
        must("that", Formula, "What the name stands for."),
        may(
            "otherwise",
            Formula,
            "What it stands for when its grounds are struck; without it what is concluded from it is then open.",
        ),
        may("confidence", Share, "How sure that it stands for `that`, for sampling; it needs `otherwise`."),
    ],
);

static OUTCOME_NAME: TableShape = table(
    "an outcome",
    "A name for states.",
    &[
        may("name", Line, "Name for tables and reasons; without it: the id."),
        must("on", OUTCOME, "The states: a formula; in graph form a list of states."),
    ],
);

static RULE: TableShape = TableShape {
    name: "a rule",
    doc: "A rule of the game. The feasible states are those that every rule allows.",
    keys: &[
        ID,
        may("never", Formula, "No state satisfies it."),
        may("always", Formula, "Every state satisfies it."),
        may("at_most_one", Many(&Formula), "At most one of these holds."),
        may("exactly_one", Many(&Formula), "Exactly one of these holds."),
        may("option", Ref("an option"), "An option that requires something."),
        may("requires", Formula, "What holds wherever the option is on."),
        CONFIDENCE,
    ],
    more: GROUNDS,
    choice: &[&["never"], &["always"], &["at_most_one"], &["exactly_one"], &["option", "requires"]],
};

static STATUS_QUO: TableShape = table(
    "[status_quo]",
    "Where the conflict stands; it obeys the rules.",
    &[
        may(
            "on",
            Many(&Ref("an option")),
            "The options, acts and chance events that are on; the rest is off.",
        ),
        may(
            "levels",
            Switches(&LEVEL),
            "Levels, by full name in quotes; without it the lowest, of an act: off.",
        ),
        may("state", Any(&[State, Integer(0, i64::MAX)]), "Graph form: the state."),
    ],
);

static GRAPH: TableShape = table(
    "[graph]",
    "Graph form: the states are listed.",
    &[
        must("states", Many(&Id), "Ids of the states; a state's number is its place, from 1."),
        may("names", Map("a state", &Line), "Names of states for readers."),
    ],
);

static QUESTION: TableShape = grounded(
    "a question",
    "Something that the case asks.",
    &[
        must("ask", Prose, "In words."),
        must("kind", Word(KINDS_OF_QUESTION), "What is asked."),
        may("outcome", OUTCOME, "Of which outcome: an `[outcome]`, a defined name or a formula."),
        may(
            "given",
            OUTCOME,
            "Only of what lasts and shows this; where nothing does, the answer says nothing.",
        ),
        may("about", Id, "Kind `deadline`: the id of a deadline; kind `said`: of a saying."),
        may("concept", Word(CONCEPTS), "Under which stability concept; without it: nash."),
        may("from", STATE, "From which state; without it: the status quo."),
        may("view", Ref("an actor"), "As whom."),
        may("strike", Table(&STRIKE), "Kind trust: what is struck."),
    ],
);

const OVERLAY_ADD: Key = may("add", Table(&ADD), "What comes in.");
const OVERLAY_DROP: Key = may("drop", Table(&DROP), "What falls.");
const OVERLAY_STRIKE: Key = may("strike", Table(&STRIKE), "Evidence that is struck, with what rests on it.");
const OVERLAY_UNAVAILABLE: Key = may("unavailable", Many(&Ref("an option")), "Options that are never on.");
const OVERLAY_STATUS_QUO: Key = may(
    "status_quo",
    STATE,
    "Another status quo: the options that are on, or `{ on = […], levels = {…} }`; in graph form a state.",
);
const OVERLAY_DEFINE: Key =
    may("define", Map("a defined name", &DEFINED), "Other meanings of defined names.");
const OVERLAY_CHANGE: Key = may("change", Table(&CHANGE), "What stands in the place of something.");
const OVERLAY_ACT: Key = may("act", Map("an act", &TERMS_OF_AN_ACT), "Other terms of acts.");
const OVERLAY_DEADLINE: Key =
    may("deadline", Map("a deadline", &DEADLINE_OF_AN_OVERLAY), "Deadlines that come in, or differ.");

static VARIANT: TableShape = table(
    "a variant",
    "What differs from the case as written, and nothing else.",
    &[
        may("title", Line, "Title; without it: the id."),
        OVERLAY_DROP,
        OVERLAY_STRIKE,
        OVERLAY_UNAVAILABLE,
        OVERLAY_DEFINE,
        OVERLAY_CHANGE,
        OVERLAY_ACT,
        OVERLAY_DEADLINE,
        OVERLAY_ADD,
        OVERLAY_STATUS_QUO,
        NOTE,
    ],
);

static VIEW: TableShape = table(
    "a view",
    "The conflict as an actor sees it.",
    &[
        OVERLAY_DROP,
        OVERLAY_STRIKE,
        OVERLAY_UNAVAILABLE,
        OVERLAY_DEFINE,
        OVERLAY_CHANGE,
        OVERLAY_ACT,
        OVERLAY_DEADLINE,
        OVERLAY_ADD,
        OVERLAY_STATUS_QUO,
        NOTE,
    ],
);

static CHANGE: TableShape = table(
    "what an overlay changes",
    "What stands in the place of something.",
    &[may(
        "prefers",
        Map("an actor", &Map("a statement", &Table(&CHANGED_STATEMENT))),
        "Other statements in the place of those with these ids, by actor.",
    )],
);

static ADD: TableShape = table(
    "what an overlay adds",
    "What comes in.",
    &[
        may("prefers", Map("an actor", &Many(&Table(&ADDED_STATEMENT))), "Statements, by actor."),
        may("weighs", Map("an actor", &Many(&Table(&WEIGHED))), "Weighed statements, by actor."),
        may("rule", Many(&Table(&RULE)), "Rules."),
        may("cannot", Map("an actor", &Many(&Table(&CANNOT))), "Moves taken away, by actor."),
    ],
);

static DROP: TableShape = table(
    "what an overlay drops",
    "What falls.",
    &[
        may("rule", Many(&Ref("a rule")), "Ids of rules."),
        may("prefers", Map("an actor", &Many(&Ref("a statement"))), "Ids of statements, by actor."),
    ],
);

static STRIKE: TableShape = table(
    "what is struck",
    "Evidence that is struck: a statement or rule all of whose claims are struck falls.",
    &[
        may("claims", CLAIMS, "Claims."),
        may("speakers", Many(&Line), "All claims of these speakers."),
        may("kinds", Many(&Word(KINDS_OF_CLAIM)), "All claims of these kinds."),
        may("sources", Many(&Ref("a source")), "All claims from these sources."),
        may("assumptions", Bool, "What the analyst assumed."),
    ],
);

static OBSERVED: TableShape = grounded(
    "an observation",
    "Something that happened afterwards.",
    &[
        must("on", Date, "When."),
        may("until", Date, "Last day, for several."),
        must("title", Line, "What happened."),
        must("outcome", OUTCOME, "What it means in terms of the options."),
    ],
);
