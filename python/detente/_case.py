"""A case, and what can be asked of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, Union

from detente import _detente
from detente._answers import (
    Account,
    Evolution,
    Explanation,
    PowerAnswer,
    PriceAnswer,
    RankAnswer,
    SaidAnswer,
    SampleAnswer,
    Situation,
    SolveAnswer,
    TrustAnswer,
    WatchAnswer,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.records import DiagnosticInfo

Concepts = Union[str, "Iterable[str]", None]
"""One or several of `nash`, `gmr`, `smr`, `seq`, `sseq` and `sim`, or `all`; `None`: all but `sim`."""


class Actor(NamedTuple):
    """A decision maker."""

    id: str
    name: str


class Option(NamedTuple):
    """Something that is done or not."""

    id: str
    """`actor.option`, as formulas name it."""
    text: str


class Question(NamedTuple):
    """A question of the case."""

    id: str
    kind: str
    ask: str


class Variant(NamedTuple):
    """A variant of the case."""

    id: str
    title: str


class Claim(NamedTuple):
    """One thing that a source says."""

    id: str
    source: str
    says: str
    speaker: str | None


def _list(given: Concepts) -> list[str] | None:
    if given is None:
        return None
    if isinstance(given, str):
        return [word.strip() for word in given.split(",")]
    return list(given)


def _ids(given: str | Iterable[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


class Case:
    """A case: a conflict with its evidence, in one version of it.

    Made by `detente.read`, `detente.loads` or `detente.build`; `replace` gives other versions, and a case never changes.

    All computing is done in Rust, without the interpreter's lock, on `threads` threads (0: one per core), for at most `max_time`
    seconds (`None`: without limit). Ctrl-C stops it with what there is: the answer comes back with its `limits`, and a
    `PartialAnswerWarning` says so. Where there is nothing yet, and when Ctrl-C is pressed again, `KeyboardInterrupt` is raised.

    Where claims of the case contradict each other and no account is chosen, each question is answered for each account.

    Every method raises `UsageError` for an argument that does not fit, `LimitError` when a bound was hit before there was
    anything to answer, and `DetenteError` when the case itself does not allow an answer.
    """

    def __init__(self, raw: _detente.Case) -> None:
        self._raw = raw

    @property
    def title(self) -> str:
        """Its title."""
        return self._raw.title

    @property
    def question(self) -> str | None:
        """Its question in words."""
        return self._raw.question

    @property
    def as_of(self) -> str | None:
        """The date that it describes: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
        return self._raw.as_of

    @property
    def text(self) -> str:
        """The case file (TOML), as written; what is tried out is not in it."""
        return self._raw.text

    @property
    def digest(self) -> str:
        """`blake3:` and a hash of the game of this version, in its first account: options, rules, moves, preferences."""
        return self._raw.digest()

    @property
    def diagnostics(self) -> tuple[DiagnosticInfo, ...]:
        """Warnings and notes on the file."""
        return self._raw.diagnostics

    @property
    def actors(self) -> list[Actor]:
        """The actors, in file order."""
        return [Actor(*pair) for pair in self._raw.actors]

    @property
    def options(self) -> list[Option]:
        """All options in file order: bit k of a state number, letter k of a pattern, is option k."""
        return [Option(*pair) for pair in self._raw.options]

    @property
    def questions(self) -> list[Question]:
        """The questions, in file order."""
        return [Question(*one) for one in self._raw.questions]

    @property
    def variants(self) -> list[Variant]:
        """The variants, in file order."""
        return [Variant(*pair) for pair in self._raw.variants]

    @property
    def accounts(self) -> list[Account]:
        """The accounts, where claims contradict each other: each keeps as many claims as can stand together."""
        return [Account(*pair) for pair in self._raw.accounts]

    @property
    def claims(self) -> list[Claim]:
        """What the sources say, in file order."""
        return [Claim(*one) for one in self._raw.claims]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the case file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text)

    def check(self, *, max_time: float | None = None) -> tuple[DiagnosticInfo, ...]:
        """All problems, those that need a search among them (`detente check`): contradictory rules, what is probably not meant."""
        return self._raw.check(max_time)

    def replace(
        self,
        *,
        variant: str | None = None,
        account: str | None = None,
        strike: str | Iterable[str] = (),
        strike_speakers: str | Iterable[str] = (),
        strike_sources: str | Iterable[str] = (),
        strike_kinds: str | Iterable[str] = (),
        strike_assumptions: bool = False,
        unavailable: str | Iterable[str] = (),
    ) -> Case:
        """The case with something changed, on top of what is changed already.

        variant: the id of one of `variants`. account: the id of one of `accounts`.
        strike: ids of claims without which to do; what rests on nothing else falls with them. strike_speakers, strike_sources,
        strike_kinds: all claims of these. strike_assumptions: what the analyst assumed.
        unavailable: options (`actor.option`) that are never on.
        """
        return Case(
            self._raw.replace(
                variant=variant,
                account=account,
                claims=_ids(strike),
                speakers=_ids(strike_speakers),
                sources=_ids(strike_sources),
                kinds=_ids(strike_kinds),
                assumptions=strike_assumptions,
                unavailable=_ids(unavailable),
            )
        )

    def solve(
        self,
        concepts: Concepts = None,
        *,
        engine: str = "auto",
        sequences: str = "legal",
        seed: int = 1,
        threads: int = 0,
        max_time: float | None = None,
        max_memory: int | None = None,
        max_work: int | None = None,
    ) -> SolveAnswer:
        """Solves the case: its questions answered in words, what lasts, who would leave what.

        concepts: which concepts of stability; those that the questions ask for are added. Definitions and papers: GLOSSARY.md.
        engine: `auto`, `explicit`, `symbolic` or `reference`.
        sequences: how long opponents may answer: `legal` sequences, each mover `once`, or by a `single` move.
        seed: where random numbers for examples of large sets start. max_memory: bytes for states or diagrams.
        max_work: steps of a search that nothing else bounds.

        Source: Fang, Hipel & Kilgour (1993), Interactive Decision Making.
        """
        return SolveAnswer(
            self._raw.solve(
                concept_ids=_list(concepts),
                engine=engine,
                sequences=sequences,
                seed=seed,
                threads=threads,
                max_time=max_time,
                max_memory=max_memory,
                max_work=max_work,
            )
        )

    def explain(
        self,
        state: str | int,
        actor: str | None = None,
        concepts: Concepts = None,
        *,
        engine: str = "auto",
        sequences: str = "legal",
        threads: int = 0,
        max_time: float | None = None,
    ) -> Explanation:
        """Why an outcome is stable for `actor` (without: for everybody) under `concepts`, or not: a witness for each verdict.

        state: a number, `#place`, a pattern (`YN--`), `on:…`, `sq` (the status quo), an option, or the id of an outcome, a definition
        or something observed; each also after `not `.
        """
        return Explanation(
            self._raw.explain(
                str(state),
                actor,
                concept_ids=_list(concepts),
                engine=engine,
                sequences=sequences,
                threads=threads,
                max_time=max_time,
            )
        )

    def sample(
        self,
        draws: int = 100_000,
        *,
        precision: float | None = None,
        draw: bool = False,
        seed: int = 1,
        concepts: Concepts = None,
        sequences: str = "legal",
        also: str | None = None,
        attribute: bool | None = None,
        shard: tuple[int, int] | None = None,
        list: int = 64,
        threads: int = 0,
        max_time: float | None = None,
    ) -> SampleAnswer:
        """In what share of the models that the doubts of the case leave open it holds.

        draws: how many models to draw, 1 to 2^52. Where all models are few, they are counted and shares are exact, unless `draw` is set.
        precision: draw until every share of a question or outcome is known to within this (0.01 is one point).
        seed: the same draws on any machine, whatever `threads`. also: count this too, as `state` of `explain`, separated by commas.
        attribute: whether to say what moves the shares; `None`: where that is quick.
        shard: only part i of n of the draws, for `detente.merge`: (2, 7) is the second of seven.
        list: how many states, sets and ends to list.
        """
        return SampleAnswer(
            self._raw.sample(
                draws=draws,
                precision=precision,
                draw=draw,
                seed=seed,
                concept_ids=_list(concepts),
                sequences=sequences,
                also=also,
                attribute=attribute,
                shard=shard,
                list=list,
                threads=threads,
                max_time=max_time,
            )
        )

    def price(
        self,
        outcome: str | int | None = None,
        *,
        question: str | None = None,
        concept: str | None = None,
        aims: str | Iterable[str] = (),
        most: int | None = None,
        deeds: int | None = None,
        games: int = 100_000,
        costs: Mapping[str, int] | None = None,
        threads: int = 0,
        max_time: float | None = None,
    ) -> PriceAnswer:
        """What it would take for an outcome to last, or not to: deeds first, then the least change of wishes and options.

        outcome: as `state` of `explain`; without, that of `question`, or of the first question of kind price.
        concept: under which; without, that of the question, or Nash.
        aims: `possible`, `certain`, `never`; none: whatever is not so as things are.
        most: the highest cost that is looked at; deeds: how many at once. Without: 2, or 1 where more than 4,096 outcomes are possible.
        games: how many changed cases to solve at most, for each aim and as many for deeds.
        costs: what changes cost, from 1 to 1000: `drop`, `flip`, `move`, `add`, `forbid`.
        """
        return PriceAnswer(
            self._raw.price(
                outcome=None if outcome is None else str(outcome),
                question=question,
                concept_id=concept,
                aims=_ids(aims),
                most=most,
                deeds=deeds,
                games=games,
                cost=[*(costs or {}).items()],
                threads=threads,
                max_time=max_time,
            )
        )

    def trust(
        self, *, size: int = 2, runs: int = 4_000, threads: int = 0, max_time: float | None = None
    ) -> TrustAnswer:
        """Which conclusions hang on which claims, speakers, kinds, sources and assumptions.

        size: look for sets of claims up to this size that a conclusion cannot do without. runs: how many games to solve at most for
        each search of sets.
        """
        return TrustAnswer(self._raw.trust(size=size, runs=runs, threads=threads, max_time=max_time))

    def evolve(
        self,
        start: str | int = "sq",
        *,
        coalitions: bool = False,
        weights: Mapping[str, float] | None = None,
        choice: str = "any",
        limit: int = 100_000,
        threads: int = 0,
        max_time: float | None = None,
    ) -> Evolution:
        """What can be reached from an outcome, by whom, and where it is likely to end.

        start: as `state` of `explain`. coalitions: minimal coalitions move too.
        weights: of movers: an actor's id, `act.ID`, `chance.ID`; other actors and acts have 1, chance events 0.
        choice: whether movers take `any` improvement or only their `best`. limit: how many outcomes may be followed.
        """
        return Evolution(
            self._raw.evolve(
                str(start),
                coalitions=coalitions,
                weights=[*(weights or {}).items()],
                choice=choice,
                limit=limit,
                threads=threads,
                max_time=max_time,
            )
        )

    def map(self, state: str | int | None = None, *, threads: int = 0, max_time: float | None = None) -> Situation:
        """The situation now, or after an outcome: ties, bodies, tracks, documents, triangles and a timeline."""
        given = None if state is None else str(state)
        return Situation(self._raw.map(given, threads=threads, max_time=max_time))

    def said(
        self,
        concept: str | None = None,
        *,
        sequences: str = "legal",
        list: int = 64,
        threads: int = 0,
        max_time: float | None = None,
    ) -> SaidAnswer:
        """Which threats, promises and offers are meant and would work, whether demands would be met, and who is in a dilemma.

        concept: under which outcomes last; without, Nash. list: how many outcomes in which something comes up `data` lists.
        """
        return SaidAnswer(
            self._raw.said(concept_id=concept, sequences=sequences, list=list, threads=threads, max_time=max_time)
        )

    def power(self) -> PowerAnswer:
        """What votes are worth: exact power indices (Banzhaf, Shapley–Shubik) of every act and formula that counts votes."""
        return PowerAnswer(self._raw.power())

    def rank(self, actor: str, *, list: int = 64, threads: int = 0, max_time: float | None = None) -> RankAnswer:
        """An actor's order of outcomes, best first, and the wish that separates neighbours; at most `list` groups."""
        return RankAnswer(self._raw.rank(actor, list=list, threads=threads, max_time=max_time))

    def watch(
        self,
        *,
        question: str | None = None,
        seen: str | Iterable[str] = (),
        concept: str | None = None,
        draws: int = 4096,
        seed: int = 1,
        list: int = 16,
        threads: int = 0,
        max_time: float | None = None,
    ) -> WatchAnswer:
        """Which next move of whom would settle most of a question, and what it would speak for.

        question: by its id; without, the first of kind possible, certain or share. seen: what has been seen already, by the ids of
        `[observed.ID]`: only models that expected it count. concept: under which; without, that of the question, or Nash.
        draws: how many models to draw, where there are more. list: how many observations the text lists.
        """
        return WatchAnswer(
            self._raw.watch(
                question=question,
                seen=_ids(seen),
                concept_id=concept,
                draws=draws,
                seed=seed,
                list=list,
                threads=threads,
                max_time=max_time,
            )
        )

    def _repr_html_(self) -> str:
        return self.map()._repr_html_()

    def __repr__(self) -> str:
        version = [("variant", self._raw.variant), ("account", self._raw.account)]
        said = "".join(f", {what} {which}" for what, which in version if which)
        return f"<Case {self.title!r}{said}: {len(self.actors)} actors, {len(self.options)} options>"
