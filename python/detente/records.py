"""The contracts as typed records: what `.data` of an answer is made of.

Made from `schema/*.schema.json` by `python python/make_records.py`; the descriptions are those of the contracts. A record is
read-only, shows its fields, compares by them, and `to_dict()` gives it as plain data. A field that Python keeps for itself
has an underscore behind it (`from_`).
"""

from __future__ import annotations

from typing import Literal

from detente._record import Record

__all__ = [
    "AbsorbingInfo",
    "AimInfo",
    "AttributionInfo",
    "BasisInfo",
    "BasisView",
    "BetweenInfo",
    "BodyInfo",
    "BodyView",
    "CaseInfo",
    "CaseOfSaying",
    "Certificate",
    "ChangedInput",
    "Check",
    "CheckInfo",
    "ConclusionInfo",
    "ConsentInfo",
    "ConvergenceInfo",
    "CostsInfo",
    "Counts",
    "CountsView",
    "DeadlinesInfo",
    "DeedInfo",
    "DeedsInfo",
    "DiagnosticInfo",
    "DilemmaInfo",
    "DrawnInfo",
    "EffectView",
    "EndInfo",
    "EndsInfo",
    "Equilibria",
    "Errors",
    "EventView",
    "Evolve",
    "Explain",
    "FactorInfo",
    "FiredInfo",
    "FlipInfo",
    "Frame",
    "Group",
    "HeadlineInfo",
    "ImprovementInfo",
    "InputInfo",
    "InstrumentView",
    "Interval",
    "ItemInfo",
    "KnownInfo",
    "LastingInfo",
    "LevelInfo",
    "LimitInfo",
    "Map",
    "MemberInfo",
    "MonthView",
    "MovedShareInfo",
    "MoverInfo",
    "NamedState",
    "NotPossibleInfo",
    "OrderInfo",
    "Outcome",
    "OutcomeInfo",
    "OutcomeName",
    "PairInfo",
    "PartInfo",
    "PhaseInfo",
    "PlaceInfo",
    "PlanGain",
    "PlanInfo",
    "Power",
    "PrecisionInfo",
    "Price",
    "PriceChange",
    "PriceWay",
    "Program",
    "ProjectionInfo",
    "ProposalInfo",
    "QuestionInfo",
    "Rank",
    "ReadingInfo",
    "ReasonInfo",
    "RefusalInfo",
    "RestingInfo",
    "RunInfo",
    "Said",
    "Sample",
    "SampledInfo",
    "SamplingInfo",
    "SayingInfo",
    "SentenceInfo",
    "SetInfo",
    "SetShareInfo",
    "SetSums",
    "SetsInfo",
    "SettingInfo",
    "Settings",
    "ShardInfo",
    "ShareInfo",
    "ShortestInfo",
    "SignInfo",
    "SliceInfo",
    "Solved",
    "StandingInfo",
    "States",
    "StepInfo",
    "StoryInfo",
    "StoryStep",
    "StruckInfo",
    "StructureInfo",
    "Sums",
    "TieView",
    "TimeInfo",
    "TogetherInfo",
    "Told",
    "ToldInfo",
    "TrackView",
    "TriadView",
    "Trust",
    "TurningInfo",
    "UnansweredInfo",
    "UncertainInfo",
    "UndoesInfo",
    "UndoingInfo",
    "UndoneInfo",
    "VoteInfo",
    "WatchFor",
    "WayInfo",
    "Wish",
    "Witness",
    "WorkInfo",
]


class AbsorbingInfo(Record):
    """Where it ends."""
    __slots__ = ('exact', 'held', 'kind', 'moves', 'probability', 'states', 'time', 'undone',)
    _spec = (('exact', 'exact', None), ('held', 'held', ()), ('kind', 'kind', None), ('moves', 'moves', None), ('probability', 'probability', None), ('states', 'states', ()), ('time', 'time', None), ('undone', 'undone', None),)
    exact: str | None
    """The same as a fraction, for small chains."""
    held: tuple[str, ...]
    """Who would leave it, but has weight 0; members of a coalition joined by `+`."""
    kind: str
    """`equilibrium`, `cycle`, or `held`: a state that is left alone only because those who would leave it have
    weight 0."""
    moves: float | None
    """Expected number of moves, given that it ends there; null when that did not settle."""
    probability: float
    """With which probability."""
    states: tuple[str, ...]
    """The states."""
    time: tuple[TimeInfo, ...] | None
    """Of a cycle: the share of time that is spent in each of its states, the most first; absent where that was
    not worked out."""
    undone: tuple[UndoesInfo, ...] | None
    """Of a cycle: what some of its steps do and others undo."""


class AimInfo(Record):
    """The least change for one aim."""
    __slots__ = ('aim', 'below', 'cost', 'deeds', 'games', 'ways',)
    _spec = (('aim', 'aim', None), ('below', 'below', None), ('cost', 'cost', None), ('deeds', 'deeds', None), ('games', 'games', None), ('ways', 'ways', ()),)
    aim: str
    """`possible` (some equilibrium has the outcome), `certain` (there are equilibria, and all have it) or `never`."""
    below: int
    """Everything that costs less than this was tried without success; 0: nothing was."""
    cost: int | None
    """The least cost at which it is met, 0 as things are; null: none was found."""
    deeds: DeedsInfo | None
    """What can be done for it without anybody changing its mind; null: it was not asked, or it is met as things
    are."""
    games: int
    """Games that were solved, but for those of deeds."""
    ways: tuple[PriceWay, ...]
    """All ways at that cost (at least these, when a bound was hit)."""


class AttributionInfo(Record):
    """What moves the shares."""
    __slots__ = ('draws', 'of',)
    _spec = (('draws', 'draws', None), ('of', 'of', ()),)
    draws: int
    """How many of the models drawn, from the first on, were solved again with inputs changed; 0: all models
    were counted, and what moves the shares is exact."""
    of: tuple[MovedShareInfo, ...]
    """Per question or outcome."""


class BasisInfo(Record):
    """A share, and how much of it rests on a motive and how much on the want of one."""
    __slots__ = ('high', 'low', 'motive', 'share', 'want',)
    _spec = (('high', 'high', None), ('low', 'low', None), ('motive', 'motive', None), ('share', 'share', None), ('want', 'want', None),)
    high: float
    """The upper end."""
    low: float
    """The lower end of its interval."""
    motive: float
    """Of it: models in which somebody's wish holds it there."""
    share: float
    """The share."""
    want: float
    """Of it: models in which it lasts only because somebody does not care who would with the missing wishes."""


class BasisView(Record):
    """What a part of the situation rests on."""
    __slots__ = ('assumption', 'claims', 'note',)
    _spec = (('assumption', 'assumption', None), ('claims', 'claims', ()), ('note', 'note', None),)
    assumption: bool
    """Whether it is the analyst's own assumption."""
    claims: tuple[str, ...]
    """Ids of the claims."""
    note: str | None
    """A note of the analyst."""


class BetweenInfo(Record):
    """Two outcomes compared."""
    __slots__ = ('first', 'preferred', 'second', 'text', 'wish',)
    _spec = (('first', 'first', None), ('preferred', 'preferred', None), ('second', 'second', None), ('text', 'text', None), ('wish', 'wish', None),)
    first: str
    """The first, as a state number in decimal."""
    preferred: Literal['first', 'second'] | None
    """Which of them is preferred: `first`, `second`, or null when the actor is indifferent."""
    second: str
    """The second."""
    text: str
    """The comparison in words."""
    wish: int | None
    """The place of the wish that decides; null where none does."""


class BodyInfo(Record):
    """Claims that suffice for a conclusion."""
    __slots__ = ('claims', 'id', 'smallest',)
    _spec = (('claims', 'claims', ()), ('id', 'id', None), ('smallest', 'smallest', None),)
    claims: tuple[str, ...]
    """The claims."""
    id: str
    """The conclusion."""
    smallest: bool
    """Whether no smaller set suffices."""


class BodyView(Record):
    """A body: an organisation or alliance with members."""
    __slots__ = ('basis', 'id', 'joined', 'left', 'members', 'name',)
    _spec = (('basis', 'basis', None), ('id', 'id', None), ('joined', 'joined', ()), ('left', 'left', ()), ('members', 'members', ()), ('name', 'name', None),)
    basis: BasisView
    """What it rests on."""
    id: str
    """Its id."""
    joined: tuple[int, ...]
    """Who joined by the outcome."""
    left: tuple[int, ...]
    """Who left by the outcome."""
    members: tuple[int, ...]
    """Its members."""
    name: str
    """Its name."""


class CaseInfo(Record):
    """Which case this is about."""
    __slots__ = ('digest', 'title', 'variant',)
    _spec = (('digest', 'digest', None), ('title', 'title', None), ('variant', 'variant', None),)
    digest: str
    """`blake3:` and a hash of the game of that variant: options, rules, moves, preferences. Comments and prose
    do not change it."""
    title: str
    """Title."""
    variant: str | None
    """Id of the variant; null for the case as written."""


class CaseOfSaying(Record):
    """An outcome in which something that was said comes up."""
    __slots__ = ('answer', 'by', 'mover', 'outcome', 'party', 'start', 'to', 'would',)
    _spec = (('answer', 'answer', None), ('by', 'by', None), ('mover', 'mover', None), ('outcome', 'outcome', None), ('party', 'party', None), ('start', 'start', None), ('to', 'to', None), ('would', 'would', None),)
    answer: str | None
    """Where answers lead that this party does not prefer: a full pattern; null: not looked for, or no question."""
    by: str | None
    """Who makes it of the start: id of a mover; null: it is the start."""
    mover: str | None
    """Who would do it: id of a mover; null where no move leads there."""
    outcome: OutcomeName
    """Which."""
    party: str | None
    """Who shrinks from it, or does not gain: id of an actor."""
    start: str
    """Today, or something that lasts: a full pattern."""
    to: str | None
    """Where that leads: a full pattern."""
    would: str
    """`does`, `held_back` (it would gain, but a party shrinks from what others would answer), `loses` (it
    could, but a party would not gain by it) or `cannot` (no move leads there)."""


class Certificate(Record):
    """What `explain --format json` prints with state, actor and concept."""
    __slots__ = ('actor', 'case', 'claims', 'concept', 'improvements', 'program', 'schema', 'sentences', 'sequences', 'stable', 'state', 'text', 'unanswered',)
    _spec = (('actor', 'actor', None), ('case', 'case', None), ('claims', 'claims', None), ('concept', 'concept', None), ('improvements', 'improvements', ()), ('program', 'program', None), ('schema', 'schema', None), ('sentences', 'sentences', ()), ('sequences', 'sequences', None), ('stable', 'stable', None), ('state', 'state', None), ('text', 'text', None), ('unanswered', 'unanswered', None),)
    actor: str
    """For whom."""
    case: CaseInfo
    """Which case this is about."""
    claims: tuple[str, ...] | None
    """Ids of the claims that it rests on."""
    concept: str
    """Under which concept."""
    improvements: tuple[ImprovementInfo, ...]
    """Every improvement, or disjoint patterns that cover them."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/certificate/1`."""
    sentences: tuple[SentenceInfo, ...]
    """The reason sentence by sentence, with what each one rests on; not checked."""
    sequences: str
    """The reading of joint sanctions."""
    stable: bool
    """The verdict."""
    state: str
    """Of which state: a full pattern; the id of the state in graph form."""
    text: str | None
    """The reason in words; not checked."""
    unanswered: UnansweredInfo | None
    """When not stable: an improvement that nothing answers."""


class ChangedInput(Record):
    """An input that becomes certain."""
    __slots__ = ('input', 'to',)
    _spec = (('input', 'input', None), ('to', 'to', None),)
    input: str
    """Its id."""
    to: str
    """Which, in words."""


class Check(Record):
    """What `check --format json` prints."""
    __slots__ = ('diagnostics', 'program', 'schema', 'uncertain',)
    _spec = (('diagnostics', 'diagnostics', ()), ('program', 'program', None), ('schema', 'schema', None), ('uncertain', 'uncertain', ()),)
    diagnostics: tuple[DiagnosticInfo, ...]
    """All problems of all files, file by file."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/check/1`."""
    uncertain: tuple[UncertainInfo, ...]
    """What cases say may be otherwise, for cases that say so."""


class CheckInfo(Record):
    """Which single judgement of whoever wrote the case turns the answer when it is reversed."""
    __slots__ = ('limit', 'reversed', 'text', 'turning',)
    _spec = (('limit', 'limit', None), ('reversed', 'reversed', None), ('text', 'text', None), ('turning', 'turning', ()),)
    limit: LimitInfo | None
    """What kept others from being reversed; null when all were."""
    reversed: int
    """How many were reversed."""
    text: str
    """In words; empty where there is nothing to reverse."""
    turning: tuple[TurningInfo, ...]
    """Those that turn it, the first to check first."""


class ConclusionInfo(Record):
    """What becomes of a conclusion."""
    __slots__ = ('after', 'before', 'by', 'id', 'status',)
    _spec = (('after', 'after', None), ('before', 'before', None), ('by', 'by', None), ('id', 'id', None), ('status', 'status', None),)
    after: str
    """The same after the strike."""
    before: str
    """`yes`, `no` or `not_computed`."""
    by: str | None
    """Overturned: by `options` (the answer is the old one where options and acts are kept) or by `wishes, rules
    or definitions`."""
    id: str
    """The question, or `nash:` and a state number."""
    status: str
    """`supported`, `unsupported`, `overturned`, `open` (nothing can be concluded: a definition fell without an
    `otherwise`, or where things stand would break a rule) or `not_known` (a bound was hit before that was
    known)."""


class ConsentInfo(Record):
    """A verdict on several who could act together, and its witness."""
    __slots__ = ('concept', 'mover', 'proposals', 'sentences', 'sequences', 'stable', 'state', 'text',)
    _spec = (('concept', 'concept', None), ('mover', 'mover', None), ('proposals', 'proposals', ()), ('sentences', 'sentences', ()), ('sequences', 'sequences', None), ('stable', 'stable', None), ('state', 'state', None), ('text', 'text', None),)
    concept: str
    """Under which concept."""
    mover: str
    """Who would act together, by the id of the mover."""
    proposals: tuple[ProposalInfo, ...]
    """Everything that all of them would prefer."""
    sentences: tuple[SentenceInfo, ...]
    """The reason sentence by sentence, with what each one rests on; not checked."""
    sequences: str
    """The reading of sequences of answers."""
    stable: bool
    """The verdict: they do not."""
    state: str
    """From which state: a full pattern; the id of the state in graph form."""
    text: str | None
    """The reason in words; not checked."""


class ConvergenceInfo(Record):
    """A share on its way."""
    __slots__ = ('after', 'concept', 'id',)
    _spec = (('after', 'after', ()), ('concept', 'concept', None), ('id', 'id', None),)
    after: tuple[tuple[int, float], ...]
    """Draws, and the share among them."""
    concept: str
    """Under which concept."""
    id: str
    """The question."""


class CostsInfo(Record):
    """What each kind of change costs."""
    __slots__ = ('add', 'drop', 'flip', 'forbid', 'move',)
    _spec = (('add', 'add', None), ('drop', 'drop', None), ('flip', 'flip', None), ('forbid', 'forbid', None), ('move', 'move', None),)
    add: int
    """An actor comes to wish the outcome, or that it is not so."""
    drop: int
    """A wish is given up."""
    flip: int
    """A wish is turned round."""
    forbid: int
    """An option is never on."""
    move: int
    """A wish moves to another place."""


class Counts(Record):
    """Counts over some draws of one ensemble."""
    __slots__ = ('drawn', 'frame', 'schema', 'sums',)
    _spec = (('drawn', 'drawn', ()), ('frame', 'frame', None), ('schema', 'schema', None), ('sums', 'sums', None),)
    drawn: tuple[DrawnInfo, ...]
    """Which draws are counted, ascending and apart."""
    frame: Frame
    """What was drawn and counted."""
    schema: str
    """`detente/counts/2`."""
    sums: Sums
    """The sums."""


class CountsView(Record):
    """What a source counts, month by month."""
    __slots__ = ('months', 'most', 'source', 'text',)
    _spec = (('months', 'months', ()), ('most', 'most', None), ('source', 'source', None), ('text', 'text', None),)
    months: tuple[MonthView, ...]
    """The months with events, in order."""
    most: int
    """The most events of a month."""
    source: str
    """The title of the source."""
    text: str
    """All of it in a sentence."""


class DeadlinesInfo(Record):
    """What dates do if nobody acts, and who can change it by when."""
    __slots__ = ('drift', 'end', 'last_day', 'moved', 'not_looked_at', 'phases',)
    _spec = (('drift', 'drift', ()), ('end', 'end', None), ('last_day', 'last_day', None), ('moved', 'moved', None), ('not_looked_at', 'not_looked_at', ()), ('phases', 'phases', ()),)
    drift: tuple[FiredInfo, ...]
    """The deadlines ahead, by date."""
    end: int | None
    """Where the status quo ends if nobody acts."""
    last_day: dict[str, str | None]
    """Per mover that can change the drift: the last day on which it can; null: also after the last date."""
    moved: tuple[int, ...] | None
    """Equilibria of the first concept that a date undoes; absent when there are more than `--list`."""
    not_looked_at: tuple[str, ...]
    """Movers with more moves than are looked at."""
    phases: tuple[PhaseInfo, ...]
    """Before each date, and after the last."""


class DeedInfo(Record):
    """One deed."""
    __slots__ = ('above', 'actor', 'by', 'deadline', 'deed', 'option', 'said', 'wish',)
    _spec = (('above', 'above', None), ('actor', 'actor', None), ('by', 'by', ()), ('deadline', 'deadline', None), ('deed', 'deed', None), ('option', 'option', None), ('said', 'said', None), ('wish', 'wish', None),)
    above: str | None
    """The level that it is to stand above (not above), where it has levels; null: at all."""
    actor: str | None
    """The actor that gets the reason or the compensation."""
    by: tuple[str, ...]
    """Who would do it; of what is in nobody's hands, who could see to it."""
    deadline: str | None
    """The date that is put off."""
    deed: str
    """`reason`, `offer`, `keep`, `give_up`, `believe`, `put_off`, `not_wait` or `compensate`."""
    option: str | None
    """The option or act, of a level its thing."""
    said: str | None
    """The saying that is counted on."""
    wish: str | None
    """The wish that no longer matters, by its id."""


class DeedsInfo(Record):
    """The sets of deeds that meet the aim."""
    __slots__ = ('games', 'plans', 'single', 'upto',)
    _spec = (('games', 'games', None), ('plans', 'plans', ()), ('single', 'single', None), ('upto', 'upto', None),)
    games: int
    """Games that were solved for them."""
    plans: tuple[PlanInfo, ...]
    """The sets of which no part meets the aim, by who would carry them out."""
    single: int
    """How many single deeds there are."""
    upto: int
    """All sets of up to so many deeds were tried."""


class DiagnosticInfo(Record):
    """A problem of a case file."""
    __slots__ = ('code', 'end', 'file', 'hint', 'message', 'severity', 'start',)
    _spec = (('code', 'code', None), ('end', 'end', None), ('file', 'file', None), ('hint', 'hint', None), ('message', 'message', None), ('severity', 'severity', None), ('start', 'start', None),)
    code: str
    """Stable code."""
    end: PlaceInfo | None
    """One past the last place."""
    file: str
    """The file, as it was named on the command line."""
    hint: str | None
    """What to do about it."""
    message: str
    """What is wrong, in one sentence."""
    severity: Literal['error', 'warning', 'note']
    """How bad it is."""
    start: PlaceInfo | None
    """The first place; null for a problem of the file as a whole."""


class DilemmaInfo(Record):
    """One dilemma."""
    __slots__ = ('ends', 'from_', 'kind', 'missing', 'text', 'there', 'to', 'who',)
    _spec = (('ends', 'ends', None), ('from', 'from_', None), ('kind', 'kind', None), ('missing', 'missing', None), ('text', 'text', None), ('there', 'there', None), ('to', 'to', None), ('who', 'who', None),)
    ends: str | None
    """What usually ends it; null where there is none."""
    from_: OutcomeName | None
    """As this."""
    kind: str
    """`persuasion` (the other can hold out), `rejection` (this one cannot), `threat` (what this one threatens
    is not believable) or `trust` (that the other would keep to it is not)."""
    missing: str | None
    """What is missing: `demand`, `position` (no outcome within reach meets all demands), `agreed` (both ask the
    same: there is nothing to reject), `threat`, `threats`, `today` or `not_feasible` (the threats cannot all be
    carried out); else null."""
    text: str
    """What it is and why, in a sentence."""
    there: str
    """`yes`, `no`, `missing` (it has no meaning here) or `open` (a bound was hit)."""
    to: OutcomeName | None
    """What it likes at least as much."""
    who: str | None
    """Who likes what: id of an actor; null where there is no dilemma."""


class DrawnInfo(Record):
    """Draws number `from` to `to`, the last not included."""
    __slots__ = ('from_', 'to',)
    _spec = (('from', 'from_', None), ('to', 'to', None),)
    from_: int
    """The first."""
    to: int
    """One past the last."""


class EffectView(Record):
    """What an outcome brings about."""
    __slots__ = ('applied', 'basis', 'text', 'when',)
    _spec = (('applied', 'applied', None), ('basis', 'basis', None), ('text', 'text', None), ('when', 'when', None),)
    applied: bool
    """Whether the outcome brings it about."""
    basis: BasisView
    """What it rests on."""
    text: str
    """What follows."""
    when: str
    """The condition, in words."""


class EndInfo(Record):
    """An end."""
    __slots__ = ('high', 'low', 'name', 'share', 'state',)
    _spec = (('high', 'high', None), ('low', 'low', None), ('name', 'name', None), ('share', 'share', None), ('state', 'state', None),)
    high: float
    """The upper end."""
    low: float
    """The lower end of its interval."""
    name: str
    """Its name."""
    share: float
    """With which chance."""
    state: str
    """The state."""


class EndsInfo(Record):
    """Where it ends."""
    __slots__ = ('ends', 'from_', 'moving', 'no_start',)
    _spec = (('ends', 'ends', ()), ('from', 'from_', None), ('moving', 'moving', None), ('no_start', 'no_start', None),)
    ends: tuple[EndInfo, ...]
    """Single states, most frequent first; at most as many as were asked to be listed."""
    from_: str
    """The start."""
    moving: Interval
    """It never ends; in drawn models: it is at no end after 1,000 steps."""
    no_start: Interval
    """The status quo is not possible."""


class Equilibria(Record):
    """A set of equilibria."""
    __slots__ = ('count', 'fixed', 'patterns', 'patterns_complete', 'states', 'structure',)
    _spec = (('count', 'count', None), ('fixed', 'fixed', None), ('patterns', 'patterns', ()), ('patterns_complete', 'patterns_complete', None), ('states', 'states', None), ('structure', 'structure', None),)
    count: str
    """How many, in decimal."""
    fixed: dict[str, bool]
    """Options that have the same value in every equilibrium; empty when there is none."""
    patterns: tuple[str, ...]
    """Patterns that together stand for the set, largest first, at most `--list` of them: one of `Y` (on), `N`
    (off) and `-` (either) for every option."""
    patterns_complete: bool
    """Whether the patterns stand for the whole set."""
    states: tuple[int, ...] | None
    """State numbers, ascending; absent when there are more than `--list`, or more than 52 options."""
    structure: StructureInfo | None
    """What the set has in common; absent for eight equilibria or fewer, in graph form, and where there are too
    many listed ones."""


class Errors(Record):
    """A case with errors, or one that a bound stopped before the first verdict."""
    __slots__ = ('diagnostics', 'limits', 'program', 'schema',)
    _spec = (('diagnostics', 'diagnostics', ()), ('limits', 'limits', ()), ('program', 'program', None), ('schema', 'schema', None),)
    diagnostics: tuple[DiagnosticInfo, ...]
    """All problems of the case file."""
    limits: tuple[LimitInfo, ...]
    """The bound that was hit before the first verdict; absent when the case has errors."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/solve/2`."""


class EventView(Record):
    """An event."""
    __slots__ = ('actors', 'basis', 'count', 'deaths', 'later', 'on', 'title', 'until',)
    _spec = (('actors', 'actors', ()), ('basis', 'basis', None), ('count', 'count', None), ('deaths', 'deaths', None), ('later', 'later', None), ('on', 'on', None), ('title', 'title', None), ('until', 'until', None),)
    actors: tuple[int, ...]
    """Who took part."""
    basis: BasisView
    """What it rests on."""
    count: int | None
    """How many events it stands for, where it sums up several."""
    deaths: tuple[int, ...] | None
    """The deaths in it: a low, the best and a high estimate."""
    later: bool
    """Whether it was observed after the date of the case."""
    on: str
    """When."""
    title: str
    """What happened."""
    until: str | None
    """Its last day, where it lasted."""


class Evolve(Record):
    """What `evolve --format json` prints."""
    __slots__ = ('absorbing', 'by_improvements', 'by_moves', 'case', 'cycles', 'dead_ends', 'from_', 'limits', 'moves', 'program', 'residual', 'schema', 'settled', 'shortest', 'story', 'together', 'unfollowed',)
    _spec = (('absorbing', 'absorbing', ()), ('by_improvements', 'by_improvements', None), ('by_moves', 'by_moves', None), ('case', 'case', None), ('cycles', 'cycles', ()), ('dead_ends', 'dead_ends', ()), ('from', 'from_', None), ('limits', 'limits', ()), ('moves', 'moves', None), ('program', 'program', None), ('residual', 'residual', None), ('schema', 'schema', None), ('settled', 'settled', None), ('shortest', 'shortest', ()), ('story', 'story', None), ('together', 'together', None), ('unfollowed', 'unfollowed', None),)
    absorbing: tuple[AbsorbingInfo, ...]
    """Where the chain ends, most probable first."""
    by_improvements: int | None
    """How many by improvements."""
    by_moves: int | None
    """How many states can be reached by moves; null: a bound was hit."""
    case: CaseInfo
    """Which case this is about."""
    cycles: tuple[tuple[str, ...], ...]
    """Sets of states that lead back to each other and can be left."""
    dead_ends: tuple[str, ...]
    """States reached by moves that nobody can leave by any move."""
    from_: str
    """The start, as a full pattern or by its id."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    moves: float | None
    """Expected number of moves until it ends; null when something was not followed or not settled."""
    program: Program
    """Which program wrote this."""
    residual: float
    """The sum of the errors of the equations as solved: no probability is farther off."""
    schema: str
    """`detente/evolve/1`."""
    settled: bool
    """Whether the equations of the probabilities were solved; if not, each probability is a lower bound."""
    shortest: tuple[ShortestInfo, ...]
    """A shortest way to each equilibrium (Nash) that can be reached."""
    story: StoryInfo
    """The likeliest step, then the likeliest after that, and so on."""
    together: TogetherInfo | None
    """Whether it ends elsewhere if groups also move together; null: they do (`--coalitions`)."""
    unfollowed: float
    """The probability that is not accounted for: of coming to what was not followed, or not settled."""


class Explain(Record):
    """What `explain --format json` prints otherwise."""
    __slots__ = ('case', 'certificates', 'consents', 'limits', 'not_possible', 'program', 'schema',)
    _spec = (('case', 'case', None), ('certificates', 'certificates', ()), ('consents', 'consents', ()), ('limits', 'limits', ()), ('not_possible', 'not_possible', ()), ('program', 'program', None), ('schema', 'schema', None),)
    case: CaseInfo
    """Which case this is about."""
    certificates: tuple[Witness, ...]
    """One per actor and concept asked for."""
    consents: tuple[ConsentInfo, ...]
    """One per joint mover and concept: what several could do together, and who refuses."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit: the certificates for which are missing."""
    not_possible: tuple[NotPossibleInfo, ...]
    """Concepts that were asked for and are not possible for this case."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/explain/1`."""


class FactorInfo(Record):
    """One input, or all that hang on one actor, claim, speaker or source."""
    __slots__ = ('id', 'inputs', 'kind', 'settings', 'shapley', 'text', 'total',)
    _spec = (('id', 'id', None), ('inputs', 'inputs', ()), ('kind', 'kind', None), ('settings', 'settings', ()), ('shapley', 'shapley', None), ('text', 'text', None), ('total', 'total', None),)
    id: str
    """Id of the input, actor, claim or source; the speaker."""
    inputs: tuple[str, ...]
    """Ids of its inputs."""
    kind: str
    """`input`, `actor`, `claim`, `speaker`, `source` or `assumptions`."""
    settings: tuple[SettingInfo, ...]
    """The share when it is known to be so."""
    shapley: Interval | None
    """Shapley value: its fair part of the variance; those of the inputs sum to 1. That of a claim, speaker or
    source is put together from its inputs, each divided equally among those that it rests on."""
    text: str
    """In words."""
    total: Interval | None
    """Total-order Sobol index: the part of the variance in which it has a hand; null: nothing varies."""


class FiredInfo(Record):
    """A deadline as it comes if nobody acts."""
    __slots__ = ('fired', 'id', 'on', 'state',)
    _spec = (('fired', 'fired', None), ('id', 'id', None), ('on', 'on', None), ('state', 'state', None),)
    fired: bool
    """Whether it changes anything."""
    id: str
    """Its id."""
    on: str
    """Its date."""
    state: int | None
    """Where things stand afterwards."""


class FlipInfo(Record):
    """A change that turns a share."""
    __slots__ = ('changes', 'share', 'smallest',)
    _spec = (('changes', 'changes', ()), ('share', 'share', None), ('smallest', 'smallest', None),)
    changes: tuple[ChangedInput, ...]
    """What becomes certain."""
    share: Interval
    """The share then."""
    smallest: bool
    """Whether no smaller set does, as far as draws can tell (when all models were counted: for sure)."""


class Frame(Record):
    """What is drawn and what is counted: only counts with the same frame can be added."""
    __slots__ = ('case', 'draws', 'ensemble', 'inputs', 'items', 'models', 'seed', 'settings', 'start', 'states', 'version',)
    _spec = (('case', 'case', None), ('draws', 'draws', None), ('ensemble', 'ensemble', None), ('inputs', 'inputs', ()), ('items', 'items', ()), ('models', 'models', None), ('seed', 'seed', None), ('settings', 'settings', None), ('start', 'start', None), ('states', 'states', ()), ('version', 'version', None),)
    case: CaseInfo
    """Which case this is about."""
    draws: int
    """How many draws were asked for, all shards together."""
    ensemble: str
    """`blake3:` and a hash of the game and of how sure each part of it is: what draws are made from."""
    inputs: tuple[InputInfo, ...]
    """What is uncertain."""
    items: tuple[ItemInfo, ...]
    """What is asked of each model."""
    models: str | None
    """How many different models there are, in decimal; null: more than 64 bits hold."""
    seed: int
    """The seed."""
    settings: SamplingInfo
    """How each model is solved."""
    start: int | None
    """The place of the status quo among them, from 0."""
    states: tuple[NamedState, ...]
    """The states that are possible in some model."""
    version: str
    """The version of the program."""


class Group(Record):
    """Outcomes between which the actor is indifferent."""
    __slots__ = ('above_next_by', 'rank', 'states',)
    _spec = (('above_next_by', 'above_next_by', None), ('rank', 'rank', None), ('states', 'states', ()),)
    above_next_by: int | None
    """The place of the wish that puts it above the next group; null for the last group and where weights or a
    ranking decide."""
    rank: int
    """From 1, the best."""
    states: tuple[str, ...]
    """State numbers, ascending, in decimal."""


class HeadlineInfo(Record):
    """The answer in one breath: the first question that asks for a yes or no, else the first."""
    __slots__ = ('answer', 'check', 'foresight', 'lasts', 'question', 'text',)
    _spec = (('answer', 'answer', None), ('check', 'check', None), ('foresight', 'foresight', ()), ('lasts', 'lasts', None), ('question', 'question', None), ('text', 'text', None),)
    answer: Literal['yes', 'no', 'partly', 'says_nothing', 'not_computed'] | None
    """Its answer."""
    check: CheckInfo
    """The judgement to check first."""
    foresight: tuple[str, ...]
    """Concepts of foresight under which the answer is yes where Nash stability says no."""
    lasts: str
    """What lasts, by name, in words."""
    question: str | None
    """The id of the question; null when the case asks none."""
    text: str
    """In words: yes or no, for whom it is otherwise, and what it hangs on."""


class ImprovementInfo(Record):
    """An improvement."""
    __slots__ = ('because', 'gain', 'sanction', 'to',)
    _spec = (('because', 'because', None), ('gain', 'gain', None), ('sanction', 'sanction', None), ('to', 'to', None),)
    because: ReasonInfo | None
    """What makes the end of the sanction no better: null when the actor is indifferent, or there is no sanction."""
    gain: ReasonInfo | None
    """What makes it better; null in a pattern that is not decided alike."""
    sanction: tuple[StepInfo, ...] | None
    """The answer, move by move; empty: none is claimed."""
    to: str
    """Where to."""


class InputInfo(Record):
    """An uncertain input: independent of the others."""
    __slots__ = ('id', 'kind', 'levels', 'text',)
    _spec = (('id', 'id', None), ('kind', 'kind', None), ('levels', 'levels', ()), ('text', 'text', None),)
    id: str
    """`statement:az:3`, `claim:c07`, `order:ru`, …"""
    kind: str
    """`statement`, `option`, `rule`, `claim`, `source`, `together`, `order`, `instead` or `type`."""
    levels: tuple[LevelInfo, ...]
    """What it can be, the case as written first."""
    text: str
    """What it is, in words."""


class InstrumentView(Record):
    """A document: a treaty, a statement, a draft."""
    __slots__ = ('basis', 'clauses', 'id', 'parties', 'signed', 'status', 'title', 'until',)
    _spec = (('basis', 'basis', None), ('clauses', 'clauses', None), ('id', 'id', None), ('parties', 'parties', ()), ('signed', 'signed', None), ('status', 'status', None), ('title', 'title', None), ('until', 'until', None),)
    basis: BasisView
    """What it rests on."""
    clauses: int | None
    """How many clauses it has."""
    id: str
    """Its id."""
    parties: tuple[int, ...]
    """Whose document it is."""
    signed: str | None
    """When it was signed."""
    status: str | None
    """draft, initialled, signed, in force, lapsed."""
    title: str
    """Its title."""
    until: str | None
    """When it ends."""


class Interval(Record):
    """A share with its interval."""
    __slots__ = ('high', 'low', 'share',)
    _spec = (('high', 'high', None), ('low', 'low', None), ('share', 'share', None),)
    high: float
    """The upper end."""
    low: float
    """The lower end."""
    share: float
    """The share."""


class ItemInfo(Record):
    """Something that is asked of each model."""
    __slots__ = ('certain', 'concept', 'id', 'kind', 'name',)
    _spec = (('certain', 'certain', None), ('concept', 'concept', None), ('id', 'id', None), ('kind', 'kind', None), ('name', 'name', None),)
    certain: bool
    """A question of kind certain: whether all equilibria have it, instead of some."""
    concept: str | None
    """A question's own concept."""
    id: str
    """Id of the question or the outcome; a pattern."""
    kind: str
    """`question`, `outcome` or `pattern`."""
    name: str
    """In words."""


class KnownInfo(Record):
    """Equilibria that were cut short, from below and above."""
    __slots__ = ('at_least', 'at_most', 'sampled',)
    _spec = (('at_least', 'at_least', None), ('at_most', 'at_most', None), ('sampled', 'sampled', None),)
    at_least: str
    """How many states are equilibria for certain, in decimal."""
    at_most: str
    """How many could be, these included."""
    sampled: SampledInfo | None
    """Verdicts on states drawn uniformly from those between; absent when none was decided."""


class LastingInfo(Record):
    """Why outcomes last, who could undo them, on whose word they rest."""
    __slots__ = ('complete', 'concept', 'outcomes',)
    _spec = (('complete', 'complete', None), ('concept', 'concept', None), ('outcomes', 'outcomes', ()),)
    complete: bool
    """Whether these are all such outcomes; else there is one for each outcome name, none when a bound cut the
    concept short."""
    concept: str
    """Under which concept they last: `nash`."""
    outcomes: tuple[StandingInfo, ...]
    """The outcomes."""


class LevelInfo(Record):
    """What an input can be."""
    __slots__ = ('chance', 'text',)
    _spec = (('chance', 'chance', None), ('text', 'text', None),)
    chance: float
    """With which chance."""
    text: str
    """In words."""


class LimitInfo(Record):
    """A bound that was hit."""
    __slots__ = ('exact', 'limit', 'reached', 'what',)
    _spec = (('exact', 'exact', None), ('limit', 'limit', None), ('reached', 'reached', None), ('what', 'what', None),)
    exact: str
    """What is exact all the same."""
    limit: str
    """The bound."""
    reached: str
    """How far it came."""
    what: str
    """What was being computed."""


class Map(Record):
    """What `map --format json` prints."""
    __slots__ = ('actors', 'after', 'as_of', 'bodies', 'case', 'counts', 'effects', 'events', 'instruments', 'program', 'schema', 'ties', 'tracks', 'triads', 'triads_more',)
    _spec = (('actors', 'actors', ()), ('after', 'after', None), ('as_of', 'as_of', None), ('bodies', 'bodies', ()), ('case', 'case', None), ('counts', 'counts', ()), ('effects', 'effects', ()), ('events', 'events', ()), ('instruments', 'instruments', ()), ('program', 'program', None), ('schema', 'schema', None), ('ties', 'ties', ()), ('tracks', 'tracks', ()), ('triads', 'triads', ()), ('triads_more', 'triads_more', None),)
    actors: tuple[str, ...]
    """Ids of the actors, in the order that positions below count in."""
    after: str | None
    """The name of the outcome that it is seen after."""
    as_of: str | None
    """The date of the case."""
    bodies: tuple[BodyView, ...]
    """The bodies with their members."""
    case: CaseInfo
    """Which case this is about."""
    counts: tuple[CountsView, ...]
    """Events that stand for several, counted by month; a series for each source."""
    effects: tuple[EffectView, ...]
    """What outcomes bring about."""
    events: tuple[EventView, ...]
    """What happened, and what is expected."""
    instruments: tuple[InstrumentView, ...]
    """The documents."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/map/1`."""
    ties: tuple[TieView, ...]
    """The ties between two actors."""
    tracks: tuple[TrackView, ...]
    """The negotiation tracks."""
    triads: tuple[TriadView, ...]
    """Three actors with ties between each two."""
    triads_more: int
    """How many more of them there are, with very many actors."""


class MemberInfo(Record):
    """Somebody who votes."""
    __slots__ = ('actor', 'decides', 'swings', 'votes',)
    _spec = (('actor', 'actor', None), ('decides', 'decides', None), ('swings', 'swings', None), ('votes', 'votes', None),)
    actor: str
    """Which actor."""
    decides: str | None
    """In how many orders of arrival it decides, in decimal; null where a bound was hit."""
    swings: str | None
    """How many sets of the others it turns from losing to winning, in decimal; null where a bound was hit."""
    votes: int
    """With how many votes."""


class MonthView(Record):
    """What is counted in a month."""
    __slots__ = ('count', 'deaths', 'on', 'text',)
    _spec = (('count', 'count', None), ('deaths', 'deaths', None), ('on', 'on', None), ('text', 'text', None),)
    count: int
    """How many events."""
    deaths: tuple[int, ...] | None
    """The deaths in them: a low, the best and a high estimate."""
    on: str
    """`YYYY-MM`; `YYYY` where the month is not known."""
    text: str
    """The same in words."""


class MovedShareInfo(Record):
    """What moves one share."""
    __slots__ = ('certain', 'concept', 'factors', 'flip', 'id', 'kind', 'name', 'share',)
    _spec = (('certain', 'certain', None), ('concept', 'concept', None), ('factors', 'factors', ()), ('flip', 'flip', None), ('id', 'id', None), ('kind', 'kind', None), ('name', 'name', None), ('share', 'share', None),)
    certain: bool
    """Whether it is the share of models in which all equilibria have it, instead of some."""
    concept: str
    """Under which concept."""
    factors: tuple[FactorInfo, ...]
    """What moves it: inputs, actors, claims, speakers, sources; within a kind what moves it most comes first."""
    flip: FlipInfo | None
    """The smallest set of inputs found whose change turns it from likely to unlikely or back; null: none found."""
    id: str
    """Id of the question or outcome."""
    kind: str
    """`question`, `outcome` or `pattern`."""
    name: str
    """In words."""
    share: Interval
    """The share: the same as under `shares`."""


class MoverInfo(Record):
    """Who can move: an actor, or several together."""
    __slots__ = ('id', 'parties',)
    _spec = (('id', 'id', None), ('parties', 'parties', ()),)
    id: str
    """An actor's id, or `act.peace:begin:az+am`, `act.peace:end:az+am`, `act.cap:30:a+b`."""
    parties: tuple[str, ...]
    """Who takes part."""


class NamedState(Record):
    """A state and what it is called."""
    __slots__ = ('name', 'state',)
    _spec = (('name', 'name', None), ('state', 'state', None),)
    name: str
    """Its name."""
    state: str
    """State number, or id in graph form."""


class NotPossibleInfo(Record):
    """A concept that was asked for and is not possible for the case."""
    __slots__ = ('concept', 'why',)
    _spec = (('concept', 'concept', None), ('why', 'why', None),)
    concept: str
    """Its id."""
    why: str
    """Why, in a sentence."""


class OrderInfo(Record):
    """Groups of outcomes, best first."""
    __slots__ = ('count', 'groups',)
    _spec = (('count', 'count', None), ('groups', 'groups', ()),)
    count: int
    """How many groups there are."""
    groups: tuple[Group, ...]
    """The best of them, at most `--list`."""


class Outcome(Record):
    """An outcome that lasts, with its name. `why`, `undone` and `resting` are known of those that last under
    Nash stability, where they are few."""
    __slots__ = ('account', 'concept', 'state', 'name', 'why', 'undone', 'resting',)
    _spec = (('account', 'account', None), ('concept', 'concept', None), ('state', 'state', None), ('name', 'name', None), ('why', 'why', None), ('undone', 'undone', None), ('resting', 'resting', None),)
    account: str | None
    """The account of the case in which it lasts; `None` where no claims contradict each other."""
    concept: str
    """Under which concept."""
    state: str
    """Which: a full pattern, or the id in graph form."""
    name: str
    """What it is called."""
    why: str | None
    """Why nobody leaves it alone, in one sentence."""
    undone: UndoneInfo | None
    """Who could undo it together."""
    resting: RestingInfo | None
    """What it rests on most."""


class OutcomeInfo(Record):
    """Counts in decimal."""
    __slots__ = ('equilibria', 'feasible', 'stable',)
    _spec = (('equilibria', 'equilibria', None), ('feasible', 'feasible', None), ('stable', 'stable', ()),)
    equilibria: str
    """Equilibria."""
    feasible: str
    """Feasible states."""
    stable: tuple[str, ...]
    """States stable for each actor."""


class OutcomeName(Record):
    """An outcome with what it is called."""
    __slots__ = ('name', 'state',)
    _spec = (('name', 'name', None), ('state', 'state', None),)
    name: str
    """What it is called."""
    state: str
    """A full pattern."""


class PairInfo(Record):
    """The dilemmas of one actor against another."""
    __slots__ = ('against', 'dilemmas', 'of',)
    _spec = (('against', 'against', None), ('dilemmas', 'dilemmas', ()), ('of', 'of', None),)
    against: str
    """Id of the other."""
    dilemmas: tuple[DilemmaInfo, ...]
    """Persuasion, rejection, threat, trust."""
    of: str
    """Id of the actor."""


class PartInfo(Record):
    """Options that hang together."""
    __slots__ = ('options', 'patterns', 'patterns_complete', 'ways',)
    _spec = (('options', 'options', ()), ('patterns', 'patterns', ()), ('patterns_complete', 'patterns_complete', None), ('ways', 'ways', None),)
    options: tuple[str, ...]
    """The options."""
    patterns: tuple[str, ...]
    """The ways as patterns over all options, largest first."""
    patterns_complete: bool
    """Whether these are all ways."""
    ways: str
    """In how many ways they can be set, in decimal."""


class PhaseInfo(Record):
    """The time before a date, or after the last."""
    __slots__ = ('drifts_to', 'from_', 'improvements',)
    _spec = (('drifts_to', 'drifts_to', None), ('from', 'from_', None), ('improvements', 'improvements', None),)
    drifts_to: int | None
    """Where that drifts."""
    from_: int | None
    """Where things stand if nobody has acted."""
    improvements: dict[str, tuple[int, ...]]
    """Per mover that has an improvement over the drift: to what."""


class PlaceInfo(Record):
    """A place in a file."""
    __slots__ = ('byte', 'column', 'line',)
    _spec = (('byte', 'byte', None), ('column', 'column', None), ('line', 'line', None),)
    byte: int
    """From 0."""
    column: int
    """In characters, from 1."""
    line: int
    """From 1."""


class PlanGain(Record):
    """What an actor has of it that something else lasts."""
    __slots__ = ('actor', 'gain',)
    _spec = (('actor', 'actor', None), ('gain', 'gain', None),)
    actor: str
    """Who."""
    gain: str
    """`gains`, `loses`, `same`, `mixed` or `unknown`."""


class PlanInfo(Record):
    """A set of deeds that together meet the aim."""
    __slots__ = ('cost', 'deeds', 'gains', 'lasts', 'levers', 'names', 'others', 'possible', 'standing', 'text', 'willing',)
    _spec = (('cost', 'cost', None), ('deeds', 'deeds', ()), ('gains', 'gains', ()), ('lasts', 'lasts', None), ('levers', 'levers', None), ('names', 'names', ()), ('others', 'others', None), ('possible', 'possible', None), ('standing', 'standing', None), ('text', 'text', None), ('willing', 'willing', None),)
    cost: float
    """What it costs: the costs of the levers, 1 for a deed without."""
    deeds: tuple[DeedInfo, ...]
    """The deeds."""
    gains: tuple[PlanGain, ...]
    """What each actor has of it, in file order."""
    lasts: str
    """How many outcomes last then (decimal)."""
    levers: bool
    """Whether the case has a lever on each of the deeds."""
    names: tuple[str, ...]
    """The first of them by name."""
    others: str
    """Why the others go along, in words; may be empty."""
    possible: bool
    """Whether the outcome is still possible after it."""
    standing: str
    """`wanted` (those who have to act would, of themselves), `paid` (where an incentive pays for what they do
    not want) or `unwanted`."""
    text: str
    """In words."""
    willing: str
    """Whether those who have to act would want to, in words; may be empty."""


class Power(Record):
    """What `power --format json` prints."""
    __slots__ = ('case', 'limits', 'program', 'schema', 'votes',)
    _spec = (('case', 'case', None), ('limits', 'limits', ()), ('program', 'program', None), ('schema', 'schema', None), ('votes', 'votes', ()),)
    case: CaseInfo
    """Which case this is about."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/power/1`."""
    votes: tuple[VoteInfo, ...]
    """Every vote, in the order of the case."""


class PrecisionInfo(Record):
    """A precision."""
    __slots__ = ('asked', 'needed', 'reached',)
    _spec = (('asked', 'asked', None), ('needed', 'needed', None), ('reached', 'reached', None),)
    asked: float
    """Asked for: the largest half-width of the intervals of questions, outcomes and patterns."""
    needed: int | None
    """How many draws it took; null: not reached."""
    reached: float
    """The largest half-width at the end."""


class Price(Record):
    """What `price --format json` prints."""
    __slots__ = ('aims', 'case', 'concept', 'costs', 'limits', 'most', 'outcome', 'program', 'question', 'schema', 'text',)
    _spec = (('aims', 'aims', ()), ('case', 'case', None), ('concept', 'concept', None), ('costs', 'costs', None), ('limits', 'limits', ()), ('most', 'most', None), ('outcome', 'outcome', None), ('program', 'program', None), ('question', 'question', None), ('schema', 'schema', None), ('text', 'text', ()),)
    aims: tuple[AimInfo, ...]
    """What was found, for each aim that is not met as things are, or was asked for."""
    case: CaseInfo
    """Which case this is about."""
    concept: str
    """Under which concept."""
    costs: CostsInfo
    """What each kind of change costs."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    most: int
    """The highest cost that was looked at."""
    outcome: str
    """The outcome in words."""
    program: Program
    """Which program wrote this."""
    question: str | None
    """The question that it answers; null when an outcome was named."""
    schema: str
    """`detente/price/1`."""
    text: tuple[str, ...]
    """The answer in sentences: for each aim what can be done, and what it would take otherwise."""


class PriceChange(Record):
    """One change of what an actor wants or can do."""
    __slots__ = ('actor', 'change', 'option', 'place', 'to',)
    _spec = (('actor', 'actor', None), ('change', 'change', None), ('option', 'option', None), ('place', 'place', None), ('to', 'to', None),)
    actor: str | None
    """Whose wish; null for `forbid`."""
    change: str
    """`drop`, `flip`, `move`, `add` or `forbid`."""
    option: str | None
    """The option, for `forbid`."""
    place: int | None
    """The wish, by its place from 1 (one over levels counts as one); null for `add` and `forbid`."""
    to: int | None
    """Its place afterwards, from 1; for `move` and `add`."""


class PriceWay(Record):
    """A set of changes that together meet the aim."""
    __slots__ = ('changes', 'possible', 'text',)
    _spec = (('changes', 'changes', ()), ('possible', 'possible', None), ('text', 'text', None),)
    changes: tuple[PriceChange, ...]
    """The changes."""
    possible: bool
    """Whether the outcome is still possible after it."""
    text: str
    """In words."""


class Program(Record):
    """Which program wrote this."""
    __slots__ = ('name', 'version',)
    _spec = (('name', 'name', None), ('version', 'version', None),)
    name: str
    """`detente`."""
    version: str
    """Its version."""


class ProjectionInfo(Record):
    """What some options alone look like in a set."""
    __slots__ = ('first', 'options', 'ways',)
    _spec = (('first', 'first', ()), ('options', 'options', ()), ('ways', 'ways', None),)
    first: tuple[WayInfo, ...]
    """The most frequent ways; none when there are more than 4,096."""
    options: tuple[str, ...]
    """The options."""
    ways: str
    """In how many ways they are set in the set, in decimal."""


class ProposalInfo(Record):
    """What several could do, to the gain of each."""
    __slots__ = ('closures', 'refusal', 'to',)
    _spec = (('closures', 'closures', None), ('refusal', 'refusal', None), ('to', 'to', None),)
    closures: dict[str, tuple[str, ...]] | None
    """Where nobody refuses: by party, patterns (ids of states in graph form) that hold the proposal and all
    that answers can make of it."""
    refusal: RefusalInfo | None
    """Who refuses, and why; null: nobody."""
    to: str
    """Where it leads."""


class QuestionInfo(Record):
    """A question of the case, answered."""
    __slots__ = ('answer', 'by', 'id', 'kind', 'reason', 'states', 'status', 'text',)
    _spec = (('answer', 'answer', None), ('by', 'by', None), ('id', 'id', None), ('kind', 'kind', None), ('reason', 'reason', None), ('states', 'states', ()), ('status', 'status', None), ('text', 'text', None),)
    answer: Literal['yes', 'no', 'partly', 'says_nothing', 'not_computed']
    """The answer."""
    by: str | None
    """Overturned: by `options` (the answer is the old one where options and acts are kept) or by `wishes, rules
    or definitions`."""
    id: str
    """Its id in the file."""
    kind: str
    """What is asked: `possible`, `certain`, `blockers`, `movers`, `price`, `share`, `trust` or `view`."""
    reason: str
    """Why it is so, in words; empty where the answer says it."""
    states: tuple[int, ...]
    """States that show it, ascending, where there are any; at most `--list`."""
    status: str | None
    """Of a question of kind trust: what becomes of the answer: `supported`, `unsupported`, `overturned`, `open`
    or `not_known`."""
    text: str
    """The answer in words."""


class Rank(Record):
    """What `rank --format json` prints."""
    __slots__ = ('actor', 'between', 'case', 'order', 'program', 'schema', 'wishes',)
    _spec = (('actor', 'actor', None), ('between', 'between', None), ('case', 'case', None), ('order', 'order', None), ('program', 'program', None), ('schema', 'schema', None), ('wishes', 'wishes', ()),)
    actor: str
    """Whose order."""
    between: BetweenInfo | None
    """Under `--between`: the comparison."""
    case: CaseInfo
    """Which case this is about."""
    order: OrderInfo | None
    """The outcomes, best first; null under `--between` and when there are too many to sort."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/rank/1`."""
    wishes: tuple[Wish, ...]
    """What it wants, most important first; empty for a ranking by states."""


class ReadingInfo(Record):
    """The answer of one account."""
    __slots__ = ('deadlines', 'equilibria', 'feasible', 'headline', 'id', 'lasts', 'questions', 'slices', 'stability', 'title',)
    _spec = (('deadlines', 'deadlines', None), ('equilibria', 'equilibria', None), ('feasible', 'feasible', None), ('headline', 'headline', None), ('id', 'id', None), ('lasts', 'lasts', None), ('questions', 'questions', ()), ('slices', 'slices', ()), ('stability', 'stability', None), ('title', 'title', None),)
    deadlines: DeadlinesInfo | None
    """As in the plain shape."""
    equilibria: dict[str, Equilibria]
    """As in the plain shape."""
    feasible: States
    """The states that obey all rules."""
    headline: HeadlineInfo
    """As in the plain shape."""
    id: str
    """The id of the account."""
    lasts: dict[str, States]
    """As in the plain shape."""
    questions: tuple[QuestionInfo, ...]
    """As in the plain shape."""
    slices: tuple[SliceInfo, ...]
    """As in the plain shape."""
    stability: dict[str, dict[str, States]]
    """As in the plain shape."""
    title: str | None
    """How it is called; null when it has no name."""


class ReasonInfo(Record):
    """What decides between two states."""
    __slots__ = ('groups', 'statement', 'that', 'weights',)
    _spec = (('groups', 'groups', None), ('statement', 'statement', None), ('that', 'that', None), ('weights', 'weights', None),)
    groups: tuple[int, ...] | None
    """The groups of the ranking, from 1; one more than there are: in none."""
    statement: int | None
    """The place of the statement, from 1."""
    that: str | None
    """The statement as a formula."""
    weights: tuple[int, ...] | None
    """The sums of weights, of the preferred state first."""


class RefusalInfo(Record):
    """Why a party does not join in."""
    __slots__ = ('because', 'party', 'sanction',)
    _spec = (('because', 'because', None), ('party', 'party', None), ('sanction', 'sanction', ()),)
    because: ReasonInfo | None
    """What makes the end no better for it; null: it is indifferent."""
    party: str
    """Who."""
    sanction: tuple[StepInfo, ...]
    """The answers that it fears, move by move."""


class RestingInfo(Record):
    """Parts of the evidence (single claims, single speakers, the assumptions) that an outcome rests on; empty
    lists: none alone matters."""
    __slots__ = ('left_out', 'overturned', 'unsupported',)
    _spec = (('left_out', 'left_out', None), ('overturned', 'overturned', ()), ('unsupported', 'unsupported', ()),)
    left_out: int
    """How many parts could not be struck alone: the case cannot stand without them, or it was too much work."""
    overturned: tuple[StruckInfo, ...]
    """Without each of these alone it does not last."""
    unsupported: tuple[StruckInfo, ...]
    """Without each of these alone it lasts, but an actor stays for want of any motive."""


class RunInfo(Record):
    """One run."""
    __slots__ = ('actors_without_motive', 'cannot_fallen', 'conclusions', 'equilibria', 'error', 'feasible', 'question', 'rules_fallen', 'stable', 'struck',)
    _spec = (('actors_without_motive', 'actors_without_motive', ()), ('cannot_fallen', 'cannot_fallen', ()), ('conclusions', 'conclusions', ()), ('equilibria', 'equilibria', None), ('error', 'error', None), ('feasible', 'feasible', None), ('question', 'question', None), ('rules_fallen', 'rules_fallen', ()), ('stable', 'stable', ()), ('struck', 'struck', None),)
    actors_without_motive: tuple[str, ...]
    """Actors left without any statement."""
    cannot_fallen: tuple[int, ...]
    """Moves taken away that came back, by place from 1 among those of all actors."""
    conclusions: tuple[ConclusionInfo, ...]
    """What becomes of each conclusion."""
    equilibria: str | None
    """Equilibria, in decimal."""
    error: str | None
    """Why the case cannot stand without it; then the rest is empty."""
    feasible: str | None
    """Feasible states, in decimal."""
    question: str | None
    """The question that asks for it."""
    rules_fallen: tuple[int, ...]
    """Rules that fell, by place from 1."""
    stable: tuple[str, ...]
    """States stable for each actor, in decimal."""
    struck: StruckInfo
    """What is struck."""


class Said(Record):
    """What `said --format json` prints."""
    __slots__ = ('case', 'concept', 'lasting', 'limits', 'pairs', 'program', 'said', 'schema', 'text',)
    _spec = (('case', 'case', None), ('concept', 'concept', None), ('lasting', 'lasting', None), ('limits', 'limits', ()), ('pairs', 'pairs', ()), ('program', 'program', None), ('said', 'said', ()), ('schema', 'schema', None), ('text', 'text', ()),)
    case: CaseInfo
    """Which case this is about."""
    concept: str
    """Under which concept outcomes last."""
    lasting: ToldInfo
    """What lasts as things are."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    pairs: tuple[PairInfo, ...]
    """Ordered pairs of actors of whom one threatens or asks something of the other, in the order of the case."""
    program: Program
    """Which program wrote this."""
    said: tuple[SayingInfo, ...]
    """Threats, promises, demands and offers, in the order of the case."""
    schema: str
    """`detente/said/1`."""
    text: tuple[str, ...]
    """What it comes to, in sentences."""


class Sample(Record):
    """What `sample --format json` and `merge --format json` print."""
    __slots__ = ('attribution', 'case', 'convergence', 'counts', 'draws', 'ends', 'ensemble', 'inputs', 'limits', 'method', 'models', 'precision', 'program', 'schema', 'seed', 'sets', 'settings', 'shard', 'shares', 'states_complete', 'text',)
    _spec = (('attribution', 'attribution', None), ('case', 'case', None), ('convergence', 'convergence', ()), ('counts', 'counts', None), ('draws', 'draws', None), ('ends', 'ends', None), ('ensemble', 'ensemble', None), ('inputs', 'inputs', ()), ('limits', 'limits', ()), ('method', 'method', None), ('models', 'models', None), ('precision', 'precision', None), ('program', 'program', None), ('schema', 'schema', None), ('seed', 'seed', None), ('sets', 'sets', ()), ('settings', 'settings', None), ('shard', 'shard', None), ('shares', 'shares', ()), ('states_complete', 'states_complete', None), ('text', 'text', ()),)
    attribution: AttributionInfo | None
    """What moves the shares; null when it was not computed."""
    case: CaseInfo
    """Which case this is about."""
    convergence: tuple[ConvergenceInfo, ...]
    """Shares after 64, 128, 256, … draws and after all: questions under their own concept."""
    counts: Counts | None
    """The counts, for `merge`; null when nothing is left to add."""
    draws: int
    """How many models were drawn; 0 when all were counted."""
    ends: EndsInfo | None
    """Where moves from the status quo end; null without a status quo."""
    ensemble: str
    """`blake3:` and a hash of the game and of how sure each part of it is: what draws are made from."""
    inputs: tuple[InputInfo, ...]
    """What is uncertain."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    method: Literal['exact', 'sampled']
    """Whether models were drawn, or all counted with their chance."""
    models: str | None
    """How many different models there are, in decimal; null: more than 64 bits hold."""
    precision: PrecisionInfo | None
    """The precision asked for, and what it took."""
    program: Program
    """Which program wrote this."""
    schema: str
    """`detente/sample/2`."""
    seed: int
    """The seed of the draws."""
    sets: tuple[SetsInfo, ...]
    """Per concept: which states are equilibria together."""
    settings: SamplingInfo
    """How each model is solved."""
    shard: ShardInfo | None
    """Which part of the draws this is; null: all of them."""
    shares: tuple[ShareInfo, ...]
    """Shares of models, by item and concept."""
    states_complete: bool
    """Whether every state that is an equilibrium in some model is among the shares."""
    text: tuple[str, ...]
    """The report in sentences."""


class SampledInfo(Record):
    """A sample of states."""
    __slots__ = ('drawn', 'equilibria', 'high', 'low', 'share',)
    _spec = (('drawn', 'drawn', None), ('equilibria', 'equilibria', None), ('high', 'high', None), ('low', 'low', None), ('share', 'share', None),)
    drawn: int
    """How many were drawn and decided."""
    equilibria: int
    """How many of them are equilibria."""
    high: float
    """And at most this."""
    low: float
    """With 95 % confidence the share among all between is at least this (Wilson)."""
    share: float
    """Their share."""


class SamplingInfo(Record):
    """How each model is solved."""
    __slots__ = ('concepts', 'sequences',)
    _spec = (('concepts', 'concepts', ()), ('sequences', 'sequences', None),)
    concepts: tuple[str, ...]
    """Concepts."""
    sequences: str
    """How long opponents may answer."""


class SayingInfo(Record):
    """One thing that was said."""
    __slots__ = ('already', 'because', 'by', 'cases', 'complete', 'count', 'id', 'kind', 'says', 'text', 'to', 'work', 'worth', 'would',)
    _spec = (('already', 'already', None), ('because', 'because', ()), ('by', 'by', None), ('cases', 'cases', ()), ('complete', 'complete', None), ('count', 'count', None), ('id', 'id', None), ('kind', 'kind', None), ('says', 'says', None), ('text', 'text', ()), ('to', 'to', ()), ('work', 'work', None), ('worth', 'worth', None), ('would', 'would', None),)
    already: str
    """Of what lasts and has its condition, how much has `then` already: `all`, `some`, `none`; `nothing`: none
    has its condition."""
    because: tuple[str, ...]
    """Ids of the claims on which it and what is told of it rest."""
    by: str
    """Id of the speaker."""
    cases: tuple[CaseOfSaying, ...]
    """The first of these: as many as were asked for."""
    complete: bool
    """Whether these are all outcomes in which it comes up; else a bound was hit."""
    count: int
    """In how many outcomes it comes up."""
    id: str
    """Its id."""
    kind: str
    """`threat`, `promise`, `demand` or `offer`."""
    says: str
    """What is said, as a sentence."""
    text: tuple[str, ...]
    """What was found of it, in sentences."""
    to: tuple[str, ...]
    """Ids of those to whom it is said."""
    work: WorkInfo | None
    """What lasts when those to whom it is said count on it; null for a demand, or where it does not say exactly
    what would be so."""
    worth: str
    """What it is worth, in a few words."""
    would: str
    """Whether it would be done (a demand: met) where it comes up: `all`, `some`, `none` of the cases;
    `nothing`: it never comes up."""


class SentenceInfo(Record):
    """One sentence of a reason."""
    __slots__ = ('assumption', 'claims', 'text',)
    _spec = (('assumption', 'assumption', None), ('claims', 'claims', ()), ('text', 'text', None),)
    assumption: bool
    """Whether it rests on an assumption of the analyst."""
    claims: tuple[str, ...]
    """Ids of the claims that it rests on."""
    text: str
    """The sentence."""


class SetInfo(Record):
    """Claims without which a conclusion changes."""
    __slots__ = ('claims', 'id', 'status',)
    _spec = (('claims', 'claims', ()), ('id', 'id', None), ('status', 'status', None),)
    claims: tuple[str, ...]
    """The claims."""
    id: str
    """The conclusion."""
    status: str
    """What becomes of it."""


class SetShareInfo(Record):
    """A set of equilibria."""
    __slots__ = ('high', 'low', 'names', 'share', 'states',)
    _spec = (('high', 'high', None), ('low', 'low', None), ('names', 'names', ()), ('share', 'share', None), ('states', 'states', ()),)
    high: float
    """The upper end."""
    low: float
    """The lower end of its interval."""
    names: tuple[str, ...]
    """Names of outcomes in it, each once."""
    share: float
    """The share of models."""
    states: tuple[str, ...]
    """State numbers or ids; empty: no equilibrium."""


class SetSums(Record):
    """Sets of equilibria."""
    __slots__ = ('halvings', 'sets',)
    _spec = (('halvings', 'halvings', None), ('sets', 'sets', ()),)
    halvings: int
    """How often the sets that are kept were halved, because there were too many."""
    sets: tuple[tuple[str, int], ...]
    """Words of 64 places in hexadecimal, joined by `.`, and models."""


class SetsInfo(Record):
    """Sets of equilibria under one concept."""
    __slots__ = ('complete', 'concept', 'distinct', 'sets',)
    _spec = (('complete', 'complete', None), ('concept', 'concept', None), ('distinct', 'distinct', None), ('sets', 'sets', ()),)
    complete: bool
    """Whether `distinct` is exact and every set was kept. Otherwise a part of the sets was kept, chosen by a
    hash: the shares of those that are listed are exact counts all the same."""
    concept: str
    """The concept."""
    distinct: float
    """How many different sets there are."""
    sets: tuple[SetShareInfo, ...]
    """The most frequent, at most as many as were asked to be listed."""


class SettingInfo(Record):
    """A share, given that something is so."""
    __slots__ = ('high', 'low', 'share', 'text',)
    _spec = (('high', 'high', None), ('low', 'low', None), ('share', 'share', None), ('text', 'text', None),)
    high: float
    """The upper end."""
    low: float
    """The lower end of its interval."""
    share: float
    """The share of models in which the item then holds."""
    text: str
    """What is so."""


class Settings(Record):
    """What was computed, and how."""
    __slots__ = ('concepts', 'engine', 'sequences',)
    _spec = (('concepts', 'concepts', ()), ('engine', 'engine', None), ('sequences', 'sequences', None),)
    concepts: tuple[str, ...]
    """The concepts asked for."""
    engine: str
    """The engine that did it: `explicit`, `symbolic` or `reference`."""
    sequences: str
    """The reading of joint sanctions: `legal`, `once` or `single`."""


class ShardInfo(Record):
    """A part of the draws."""
    __slots__ = ('drawn', 'of', 'shard',)
    _spec = (('drawn', 'drawn', None), ('of', 'of', None), ('shard', 'shard', None),)
    drawn: DrawnInfo
    """Its draws."""
    of: int
    """Of how many."""
    shard: int
    """Which shard, from 1."""


class ShareInfo(Record):
    """The share of models in which something holds."""
    __slots__ = ('all', 'asked', 'asks_certain', 'certain', 'concept', 'high', 'id', 'kind', 'low', 'name', 'no_status_quo', 'nothing_lasts', 'possible', 'share',)
    _spec = (('all', 'all', None), ('asked', 'asked', None), ('asks_certain', 'asks_certain', None), ('certain', 'certain', None), ('concept', 'concept', None), ('high', 'high', None), ('id', 'id', None), ('kind', 'kind', None), ('low', 'low', None), ('name', 'name', None), ('no_status_quo', 'no_status_quo', None), ('nothing_lasts', 'nothing_lasts', None), ('possible', 'possible', None), ('share', 'share', None),)
    all: Interval | None
    """Models with equilibria in which all have it; null for single states."""
    asked: bool
    """A question asks this."""
    asks_certain: bool
    """The question is whether it is certain: its answer is `certain`, not `possible`."""
    certain: BasisInfo | None
    """Models in which something lasts and all of it has it, by what it rests on; likewise."""
    concept: str
    """Under which concept."""
    high: float
    """The upper end."""
    id: str
    """Id of a question or an outcome, a pattern, a state, or `any`."""
    kind: str
    """`question`, `outcome`, `pattern`, `equilibrium` (one state), or `any` (there is some equilibrium)."""
    low: float
    """The lower end of its interval."""
    name: str
    """In words."""
    no_status_quo: float | None
    """Models in which the status quo is not possible; likewise."""
    nothing_lasts: float | None
    """Models in which nothing lasts; likewise."""
    possible: BasisInfo | None
    """Models in which something that lasts has it, by what it rests on; null for single states and `any`."""
    share: float
    """Models in which some equilibrium has it."""


class ShortestInfo(Record):
    """A shortest way."""
    __slots__ = ('by', 'sequence', 'to',)
    _spec = (('by', 'by', None), ('sequence', 'sequence', ()), ('to', 'to', None),)
    by: str
    """`improvements`, `coalitions` or `moves`."""
    sequence: tuple[StepInfo, ...]
    """Step by step; `actor` joins the members of a coalition by `+`."""
    to: str
    """To which state."""


class SignInfo(Record):
    """Something to watch."""
    __slots__ = ('expected', 'if_not', 'if_seen', 'input', 'mover', 'part', 'settles', 'speaks', 'speaks_for', 'text', 'to',)
    _spec = (('expected', 'expected', None), ('if_not', 'if_not', None), ('if_seen', 'if_seen', None), ('input', 'input', None), ('mover', 'mover', None), ('part', 'part', None), ('settles', 'settles', None), ('speaks', 'speaks', None), ('speaks_for', 'speaks_for', None), ('text', 'text', None), ('to', 'to', None),)
    expected: float
    """The share of models that expect it."""
    if_not: float | None
    """The share of yes among the others; null: there are none."""
    if_seen: float | None
    """The share of yes among these; null: there are none."""
    input: str | None
    """The input that it speaks for or against, by id as in `detente/sample/2`; null: for none."""
    mover: str
    """Who moves: the id of a mover."""
    part: float
    """The same as a share of that variance."""
    settles: float
    """By how much it is expected to reduce the variance of the answer."""
    speaks: str
    """The input in words; may be empty."""
    speaks_for: bool | None
    """Whether for it; null: neither."""
    text: str
    """In words."""
    to: str
    """The state that it leads to from today, if nothing else is done."""


class SliceInfo(Record):
    """What lasts where the chance events stand in one way."""
    __slots__ = ('chance', 'equilibria', 'error', 'lasts', 'start',)
    _spec = (('chance', 'chance', None), ('equilibria', 'equilibria', None), ('error', 'error', None), ('lasts', 'lasts', None), ('start', 'start', None),)
    chance: str | None
    """The chance event that has happened; null: as today."""
    equilibria: dict[str, States]
    """Per concept: the states that are stable for every mover."""
    error: str | None
    """Which rule forbids the start."""
    lasts: dict[str, States]
    """Per concept: those of them that are within reach of the start and that no date undoes."""
    start: int | None
    """Where it starts; null without a status quo, or where a rule forbids it."""


class Solved(Record):
    """A solved case."""
    __slots__ = ('actors', 'between', 'by_sequences', 'case', 'deadlines', 'diagnostics', 'equilibria', 'feasible', 'headline', 'lasting', 'lasts', 'limits', 'movers', 'not_possible', 'options', 'program', 'questions', 'readings', 'schema', 'settings', 'slices', 'stability', 'start', 'state_names', 'timings_ms',)
    _spec = (('actors', 'actors', ()), ('between', 'between', None), ('by_sequences', 'by_sequences', None), ('case', 'case', None), ('deadlines', 'deadlines', None), ('diagnostics', 'diagnostics', ()), ('equilibria', 'equilibria', None), ('feasible', 'feasible', None), ('headline', 'headline', None), ('lasting', 'lasting', None), ('lasts', 'lasts', None), ('limits', 'limits', ()), ('movers', 'movers', ()), ('not_possible', 'not_possible', ()), ('options', 'options', ()), ('program', 'program', None), ('questions', 'questions', ()), ('readings', 'readings', ()), ('schema', 'schema', None), ('settings', 'settings', None), ('slices', 'slices', ()), ('stability', 'stability', None), ('start', 'start', None), ('state_names', 'state_names', None), ('timings_ms', 'timings_ms', None),)
    actors: tuple[str, ...]
    """Ids of the actors, in file order."""
    between: dict[str, KnownInfo] | None
    """Per concept whose equilibria a bound cut short: what is sound all the same."""
    by_sequences: dict[str, dict[str, States]] | None
    """Under `--compare-readings`: the equilibria in each reading of `sequences`."""
    case: CaseInfo
    """Which case this is about."""
    deadlines: DeadlinesInfo | None
    """What dates do; absent without deadlines ahead or a status quo."""
    diagnostics: tuple[DiagnosticInfo, ...]
    """Warnings and notes on the case file."""
    equilibria: dict[str, Equilibria]
    """Per concept: the states that are stable for every mover. A concept that a bound cut short is missing."""
    feasible: States
    """The states that obey all rules."""
    headline: HeadlineInfo
    """The answer in one breath."""
    lasting: LastingInfo
    """The outcomes that last (Nash), one by one."""
    lasts: dict[str, States]
    """Per concept: what lasts, the equilibria that are within reach of where things stand and that no date
    undoes. Questions are answered from it."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit; what is listed here is not exact, everything else is."""
    movers: tuple[MoverInfo, ...]
    """Who can move: the actors, then who moves together."""
    not_possible: tuple[NotPossibleInfo, ...]
    """Concepts that were asked for and are not possible for this case."""
    options: tuple[str, ...]
    """Options as `actor.option`, in file order: bit k of a state number is option k. Empty in graph form."""
    program: Program
    """Which program wrote this."""
    questions: tuple[QuestionInfo, ...]
    """The questions of the case, in file order."""
    readings: tuple[str, ...]
    """The ids of the accounts to choose from: none in the plain shape."""
    schema: str
    """`detente/solve/2`."""
    settings: Settings
    """What was computed, and how."""
    slices: tuple[SliceInfo, ...]
    """As today, then one entry for each chance event that has happened."""
    stability: dict[str, dict[str, States]]
    """Per concept and mover: the states that are stable for it, where chance events stand as today. A concept
    that a bound cut short is missing, or some of its movers are."""
    start: str | None
    """Where this variant starts, in words; absent when it starts from the status quo as written."""
    state_names: tuple[str, ...] | None
    """Ids of the states, in graph form only: state k is the k-th, from 1."""
    timings_ms: dict[str, float]
    """How long it took, in milliseconds: `read`, `states`, each concept, `questions`, `lasting` (what is said
    of the outcomes that last), `patterns`, and `total`, which is the whole command up to its answer. The only
    part that differs from run to run; empty with `--no-timings`."""


class StandingInfo(Record):
    """One outcome that lasts."""
    __slots__ = ('resting', 'state', 'undone', 'why',)
    _spec = (('resting', 'resting', None), ('state', 'state', None), ('undone', 'undone', None), ('why', 'why', None),)
    resting: RestingInfo
    """What it rests on most."""
    state: str
    """Which: a full pattern, or the id in graph form."""
    undone: UndoneInfo
    """Who could undo it together."""
    why: str
    """Why nobody leaves it alone, in one sentence."""


class States(Record):
    """A set of states."""
    __slots__ = ('count', 'states',)
    _spec = (('count', 'count', None), ('states', 'states', None),)
    count: str
    """How many, in decimal: it may be larger than any machine number."""
    states: tuple[int, ...] | None
    """State numbers, ascending; absent when there are more than `--list`, or more than 52 options."""


class StepInfo(Record):
    """One move."""
    __slots__ = ('actor', 'mover', 'to',)
    _spec = (('actor', 'actor', None), ('mover', 'mover', None), ('to', 'to', None),)
    actor: str | None
    """The actor, where one moves by itself; members of a coalition joined by `+`."""
    mover: str | None
    """Who moves, by the id of the mover. (Absent in certificates that were written before there were acts.)"""
    to: str
    """Where to; in a pattern an open cell keeps its value."""


class StoryInfo(Record):
    """The likeliest steps, one after the other."""
    __slots__ = ('back_to', 'ends', 'steps',)
    _spec = (('back_to', 'back_to', None), ('ends', 'ends', None), ('steps', 'steps', ()),)
    back_to: int | None
    """The step, from 0, whose start it comes back to; null: to none."""
    ends: str
    """`rests` (nobody would move), `back` (it comes to a state for the second time) or `not_followed` (a bound
    was hit)."""
    steps: tuple[StoryStep, ...]
    """From the start on."""


class StoryStep(Record):
    """One of them."""
    __slots__ = ('mover', 'probability', 'to',)
    _spec = (('mover', 'mover', None), ('probability', 'probability', None), ('to', 'to', None),)
    mover: str
    """Who moves: the id of a mover, the members of a coalition joined by `+`, or `chance.ID`."""
    probability: float
    """How likely it is to be next."""
    to: str
    """Where to."""


class StruckInfo(Record):
    """What is struck."""
    __slots__ = ('assumptions', 'claims', 'kinds', 'sources', 'speakers',)
    _spec = (('assumptions', 'assumptions', None), ('claims', 'claims', ()), ('kinds', 'kinds', ()), ('sources', 'sources', ()), ('speakers', 'speakers', ()),)
    assumptions: bool
    """The analyst's assumptions."""
    claims: tuple[str, ...]
    """Claims."""
    kinds: tuple[str, ...]
    """Kinds."""
    sources: tuple[str, ...]
    """Sources."""
    speakers: tuple[str, ...]
    """Speakers."""


class StructureInfo(Record):
    """What a large set has in common. Every option is fixed, free or in one part."""
    __slots__ = ('actors', 'distances', 'examples', 'free', 'parts', 'parts_complete', 'projection', 'seed',)
    _spec = (('actors', 'actors', None), ('distances', 'distances', None), ('examples', 'examples', ()), ('free', 'free', ()), ('parts', 'parts', ()), ('parts_complete', 'parts_complete', None), ('projection', 'projection', None), ('seed', 'seed', None),)
    actors: dict[str, ProjectionInfo | None]
    """Per actor: what its options alone look like in the set; null when that was too much work."""
    distances: tuple[str, ...] | None
    """How many differ from the status quo in 0, 1, 2, … options, in decimal; absent without a status quo, or
    when that was too much work."""
    examples: tuple[str, ...]
    """Equilibria drawn at random, each with the same chance, independently, as patterns."""
    free: tuple[str, ...]
    """Options that can be either way whatever the others are."""
    parts: tuple[PartInfo, ...]
    """Options that hang together: any way to set one part goes with any way to set another."""
    parts_complete: bool
    """False when free options and parts were too much work: then there are none here."""
    projection: ProjectionInfo | None
    """The same for the options of `--project`; absent when not asked for, or too much work."""
    seed: int
    """Where the random numbers for the examples start."""


class Sums(Record):
    """Sums over models."""
    __slots__ = ('all', 'empty', 'ends', 'lasting', 'models', 'motive', 'moving', 'no_start', 'none', 'nothing', 'sets', 'some', 'stretches',)
    _spec = (('all', 'all', ()), ('empty', 'empty', None), ('ends', 'ends', ()), ('lasting', 'lasting', ()), ('models', 'models', None), ('motive', 'motive', ()), ('moving', 'moving', None), ('no_start', 'no_start', None), ('none', 'none', ()), ('nothing', 'nothing', ()), ('sets', 'sets', ()), ('some', 'some', ()), ('stretches', 'stretches', ()),)
    all: tuple[tuple[int, ...], ...]
    """Per concept and item: models with equilibria, all in it."""
    empty: int
    """Models without any possible state."""
    ends: tuple[tuple[int, int], ...]
    """Place of a state and models in which the walk from the status quo ends there."""
    lasting: tuple[tuple[tuple[int, int], ...], ...]
    """Per concept: place of a state and models in which it is an equilibrium, where there are any."""
    models: int
    """Models."""
    motive: tuple[tuple[tuple[int, ...], ...], ...]
    """Per concept and item: of `some` and of `all` the models in which it rests on a motive."""
    moving: int
    """Models in which it goes on and on."""
    no_start: int
    """Models in which the status quo is not possible."""
    none: tuple[int, ...]
    """Per concept: models without equilibrium."""
    nothing: tuple[tuple[int, ...], ...]
    """Per concept and item: models in which nothing lasts that shows what is given."""
    sets: tuple[SetSums, ...]
    """Per concept: sets of equilibria."""
    some: tuple[tuple[int, ...], ...]
    """Per concept and item: models with some equilibrium in it."""
    stretches: tuple[tuple[int, ...], ...]
    """Per stretch of draws (0 to 63, then doubling): models, and `some` of all concepts and items."""


class TieView(Record):
    """A tie between two actors."""
    __slots__ = ('basis', 'between', 'kind', 'mending', 'sign', 'was',)
    _spec = (('basis', 'basis', None), ('between', 'between', ()), ('kind', 'kind', None), ('mending', 'mending', None), ('sign', 'sign', None), ('was', 'was', None),)
    basis: BasisView
    """What it rests on."""
    between: tuple[int, ...]
    """The two actors."""
    kind: str
    """alliance, partnership, friendly, neutral, strained, hostile."""
    mending: bool
    """Whether it is getting better."""
    sign: int
    """1, 0 or -1."""
    was: str | None
    """What it was before the outcome, when that changed it."""


class TimeInfo(Record):
    """A state of a cycle."""
    __slots__ = ('share', 'state',)
    _spec = (('share', 'share', None), ('state', 'state', None),)
    share: float
    """The share of time that is spent in it."""
    state: str
    """Which."""


class TogetherInfo(Record):
    """Where it ends if groups also move together."""
    __slots__ = ('ends', 'same',)
    _spec = (('ends', 'ends', ()), ('same', 'same', None),)
    ends: tuple[tuple[str, ...], ...]
    """Where, if elsewhere: a state each, or those of a cycle."""
    same: bool | None
    """Whether in the same outcomes and cycles; null: it was not looked at."""


class Told(Record):
    """A case whose claims contradict each other, solved once for each account. With `--reading` one account
    comes in the plain shape."""
    __slots__ = ('actors', 'by_reading', 'case', 'diagnostics', 'limits', 'movers', 'options', 'program', 'readings', 'schema', 'settings', 'timings_ms',)
    _spec = (('actors', 'actors', ()), ('by_reading', 'by_reading', ()), ('case', 'case', None), ('diagnostics', 'diagnostics', ()), ('limits', 'limits', ()), ('movers', 'movers', ()), ('options', 'options', ()), ('program', 'program', None), ('readings', 'readings', ()), ('schema', 'schema', None), ('settings', 'settings', None), ('timings_ms', 'timings_ms', None),)
    actors: tuple[str, ...]
    """Ids of the actors, in file order."""
    by_reading: tuple[ReadingInfo, ...]
    """The answers, in the same order."""
    case: CaseInfo
    """Which case this is about."""
    diagnostics: tuple[DiagnosticInfo, ...]
    """Warnings and notes on the case file."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    movers: tuple[MoverInfo, ...]
    """Who can move: the actors, then who moves together."""
    options: tuple[str, ...]
    """As in the plain shape."""
    program: Program
    """Which program wrote this."""
    readings: tuple[str, ...]
    """The ids of the accounts."""
    schema: str
    """`detente/solve/2`."""
    settings: Settings
    """What was computed, and how."""
    timings_ms: dict[str, float]
    """As in the plain shape."""


class ToldInfo(Record):
    """A set of outcomes."""
    __slots__ = ('count', 'first',)
    _spec = (('count', 'count', None), ('first', 'first', ()),)
    count: int
    """How many."""
    first: tuple[OutcomeName, ...]
    """The first 64."""


class TrackView(Record):
    """A negotiation track."""
    __slots__ = ('basis', 'convenor', 'id', 'parties', 'title',)
    _spec = (('basis', 'basis', None), ('convenor', 'convenor', None), ('id', 'id', None), ('parties', 'parties', ()), ('title', 'title', None),)
    basis: BasisView
    """What it rests on."""
    convenor: int | None
    """Who convenes it."""
    id: str
    """Its id."""
    parties: tuple[int, ...]
    """Who negotiates."""
    title: str
    """Its title."""


class TriadView(Record):
    """Three actors with ties between each two: at rest when the product of the signs is positive (Heider). A
    reading of ties, not a forecast."""
    __slots__ = ('actors', 'at_rest', 'signs', 'text', 'was_at_rest',)
    _spec = (('actors', 'actors', ()), ('at_rest', 'at_rest', None), ('signs', 'signs', ()), ('text', 'text', None), ('was_at_rest', 'was_at_rest', None),)
    actors: tuple[int, ...]
    """The three."""
    at_rest: bool
    """Whether the product of the signs is positive."""
    signs: tuple[int, ...]
    """Signs between first and second, second and third, first and third."""
    text: str
    """The same in a sentence."""
    was_at_rest: bool | None
    """Whether it was at rest before, when the outcome changes that."""


class Trust(Record):
    """What `trust --format json` prints."""
    __slots__ = ('before', 'bodies', 'case', 'limits', 'program', 'runs', 'schema', 'sets', 'text',)
    _spec = (('before', 'before', None), ('bodies', 'bodies', ()), ('case', 'case', None), ('limits', 'limits', ()), ('program', 'program', None), ('runs', 'runs', ()), ('schema', 'schema', None), ('sets', 'sets', ()), ('text', 'text', ()),)
    before: OutcomeInfo
    """On all evidence."""
    bodies: tuple[BodyInfo, ...]
    """For each conclusion, claims that suffice."""
    case: CaseInfo
    """Which case this is about."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    program: Program
    """Which program wrote this."""
    runs: tuple[RunInfo, ...]
    """Solved again, one thing struck at a time."""
    schema: str
    """`detente/trust/1`."""
    sets: tuple[SetInfo, ...]
    """Minimal sets of claims without which a conclusion changes."""
    text: tuple[str, ...]
    """The summary in sentences."""


class TurningInfo(Record):
    """A judgement whose reversal turns the answer."""
    __slots__ = ('actor', 'claims', 'effect', 'kind', 'text', 'then',)
    _spec = (('actor', 'actor', None), ('claims', 'claims', ()), ('effect', 'effect', None), ('kind', 'kind', None), ('text', 'text', None), ('then', 'then', None),)
    actor: str | None
    """Whose wish; null for what is nobody's."""
    claims: tuple[str, ...]
    """The claims that it rests on."""
    effect: float | None
    """Its total effect on the share of models that say yes (total-order index); null where it is not in doubt,
    or no models were drawn."""
    kind: str
    """`wish`, `rule`, `condition` or `meaning`."""
    text: str
    """In words, with what its reversal comes to."""
    then: str
    """The answer then: `yes`, `no`, or `says_nothing`."""


class UnansweredInfo(Record):
    """Why a state is not stable."""
    __slots__ = ('closure', 'to',)
    _spec = (('closure', 'closure', ()), ('to', 'to', None),)
    closure: tuple[str, ...]
    """Patterns (ids of states in graph form) that hold it and all that the opponents can make of it."""
    to: str
    """The improvement that nothing answers."""


class UncertainInfo(Record):
    """What a case says may be otherwise."""
    __slots__ = ('file', 'inputs',)
    _spec = (('file', 'file', None), ('inputs', 'inputs', ()),)
    file: str
    """The file."""
    inputs: tuple[InputInfo, ...]
    """Its uncertain inputs, independent of each other."""


class UndoesInfo(Record):
    """Something that is done and undone in a cycle."""
    __slots__ = ('off', 'on', 'option',)
    _spec = (('off', 'off', ()), ('on', 'on', ()), ('option', 'option', None),)
    off: tuple[str, ...]
    """Who switches it off, or lowers it."""
    on: tuple[str, ...]
    """Who switches it on, or raises it."""
    option: str
    """The option, act or chance event."""


class UndoingInfo(Record):
    """One such coalition."""
    __slots__ = ('coalition', 'count', 'to',)
    _spec = (('coalition', 'coalition', ()), ('count', 'count', None), ('to', 'to', ()),)
    coalition: tuple[str, ...]
    """Ids of the members."""
    count: int
    """How many outcomes it could go to."""
    to: tuple[str, ...]
    """The first 64 of them, as `state`."""


class UndoneInfo(Record):
    """The smallest coalitions that could undo an outcome to the gain of all their members."""
    __slots__ = ('coalitions', 'complete', 'size',)
    _spec = (('coalitions', 'coalitions', ()), ('complete', 'complete', None), ('size', 'size', None),)
    coalitions: tuple[UndoingInfo, ...]
    """No part of one of these could."""
    complete: bool
    """Whether these are all."""
    size: int
    """Coalitions of up to so many actors were looked at."""


class VoteInfo(Record):
    """A vote."""
    __slots__ = ('act', 'begins', 'formula', 'members', 'needs', 'orders', 'swings', 'text', 'title',)
    _spec = (('act', 'act', None), ('begins', 'begins', None), ('formula', 'formula', None), ('members', 'members', ()), ('needs', 'needs', None), ('orders', 'orders', None), ('swings', 'swings', None), ('text', 'text', None), ('title', 'title', None),)
    act: str | None
    """The act; null for a formula."""
    begins: bool | None
    """Whether it begins the act (else it ends it); null for a formula."""
    formula: str | None
    """The formula; null for an act."""
    members: tuple[MemberInfo, ...]
    """Who votes."""
    needs: int
    """The votes that suffice."""
    orders: str | None
    """The orders of arrival, in decimal; null where a bound was hit."""
    swings: str | None
    """What the swings are a share of, in decimal; null where a bound was hit."""
    text: str
    """How much it takes, and who is worth all or nothing."""
    title: str
    """What is voted on, in words."""


class WatchFor(Record):
    """What `watch-for --format json` prints."""
    __slots__ = ('case', 'concept', 'deadline', 'draws', 'idle', 'limits', 'models', 'no_status_quo', 'program', 'question', 'schema', 'seed', 'seen', 'share', 'signs', 'text', 'unexpected',)
    _spec = (('case', 'case', None), ('concept', 'concept', None), ('deadline', 'deadline', None), ('draws', 'draws', None), ('idle', 'idle', None), ('limits', 'limits', ()), ('models', 'models', None), ('no_status_quo', 'no_status_quo', None), ('program', 'program', None), ('question', 'question', None), ('schema', 'schema', None), ('seed', 'seed', None), ('seen', 'seen', ()), ('share', 'share', None), ('signs', 'signs', ()), ('text', 'text', ()), ('unexpected', 'unexpected', None),)
    case: CaseInfo
    """Which case this is about."""
    concept: str
    """Under which concept."""
    deadline: str | None
    """The next date of the case, by id; null: none lies ahead."""
    draws: int | None
    """How many were drawn; null: all were counted."""
    idle: int
    """How many other observations settle nothing."""
    limits: tuple[LimitInfo, ...]
    """Bounds that were hit."""
    models: int | None
    """All models, where all were counted; null: some were drawn."""
    no_status_quo: float
    """The share of all models in which today is not possible: they are left out."""
    program: Program
    """Which program wrote this."""
    question: str
    """The question, by its id."""
    schema: str
    """`detente/watch/1`."""
    seed: int
    """By this number they are drawn."""
    seen: tuple[str, ...]
    """What has been seen already, by id: only models that expected it count."""
    share: float
    """The share of the models in which the answer is yes."""
    signs: tuple[SignInfo, ...]
    """What to watch, that which settles most first."""
    text: tuple[str, ...]
    """The answer in sentences."""
    unexpected: float
    """The share of all models that did not expect what has been seen: they are left out."""


class WayInfo(Record):
    """One way to set some options."""
    __slots__ = ('count', 'on',)
    _spec = (('count', 'count', None), ('on', 'on', ()),)
    count: str
    """How many of the set have it, in decimal."""
    on: tuple[str, ...]
    """Those that are on; the others are off."""


class Wish(Record):
    """A wish."""
    __slots__ = ('assumption', 'because', 'place', 'that', 'weight',)
    _spec = (('assumption', 'assumption', None), ('because', 'because', ()), ('place', 'place', None), ('that', 'that', None), ('weight', 'weight', None),)
    assumption: bool
    """Whether the analyst assumed it."""
    because: tuple[str, ...]
    """Ids of the claims that it rests on."""
    place: int
    """Its place, from 1."""
    that: str
    """What should hold, as a formula."""
    weight: int | None
    """Its weight, where wishes are weighed."""


class Witness(Record):
    """A verdict and its witness."""
    __slots__ = ('actor', 'claims', 'concept', 'improvements', 'sentences', 'sequences', 'stable', 'state', 'text', 'unanswered',)
    _spec = (('actor', 'actor', None), ('claims', 'claims', None), ('concept', 'concept', None), ('improvements', 'improvements', ()), ('sentences', 'sentences', ()), ('sequences', 'sequences', None), ('stable', 'stable', None), ('state', 'state', None), ('text', 'text', None), ('unanswered', 'unanswered', None),)
    actor: str
    """For whom."""
    claims: tuple[str, ...] | None
    """Ids of the claims that it rests on."""
    concept: str
    """Under which concept."""
    improvements: tuple[ImprovementInfo, ...]
    """Every improvement, or disjoint patterns that cover them."""
    sentences: tuple[SentenceInfo, ...]
    """The reason sentence by sentence, with what each one rests on; not checked."""
    sequences: str
    """The reading of joint sanctions."""
    stable: bool
    """The verdict."""
    state: str
    """Of which state: a full pattern; the id of the state in graph form."""
    text: str | None
    """The reason in words; not checked."""
    unanswered: UnansweredInfo | None
    """When not stable: an improvement that nothing answers."""


class WorkInfo(Record):
    """What lasts when those to whom something is said count on it."""
    __slots__ = ('after', 'before', 'effect', 'gained', 'lasting', 'lost', 'not_feasible',)
    _spec = (('after', 'after', None), ('before', 'before', None), ('effect', 'effect', None), ('gained', 'gained', None), ('lasting', 'lasting', None), ('lost', 'lost', None), ('not_feasible', 'not_feasible', None),)
    after: str
    """The same then."""
    before: str
    """How much of what lasts has what is asked as things are: `all`, `some`, `none` or `nothing` (nothing
    lasts, or nothing is asked)."""
    effect: str | None
    """`works` (all that lasts then has what is asked, which it had not), `works_in_part`, `not_needed` (all
    that lasts has it in any case) or `in_vain`; null where it has no condition and so asks nothing."""
    gained: ToldInfo
    """What lasts only then."""
    lasting: ToldInfo
    """What lasts then."""
    lost: ToldInfo
    """What lasts only as things are."""
    not_feasible: int
    """Outcomes with its condition in which it cannot be carried out: they are ranked as they are."""
