"""Answers: what was found, typed, and in every medium."""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from detente._errors import PartialAnswerWarning, UsageError
from detente.records import (
    Certificate,
    Evolve,
    Explain,
    LimitInfo,
    Map,
    Outcome,
    Power,
    Price,
    QuestionInfo,
    Rank,
    ReadingInfo,
    Said,
    Sample,
    Solved,
    Told,
    Trust,
    WatchFor,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas
    import polars

    from detente import _detente

T = TypeVar("T")
A = TypeVar("A", bound="Answer[Any]")

_WIDTH = 100


class Account(NamedTuple):
    """One way to tell a case whose claims contradict each other."""

    id: str
    title: str


class Table:
    """A table of typed columns, which pandas, polars, DuckDB and others read by the Arrow PyCapsule interface.

    Columns are texts, floats (64 bit), unsigned whole numbers (64 bit) or truth values; a cell that is not known is null.
    """

    def __init__(self, raw: _detente.Table) -> None:
        self._raw = raw

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return self._raw.columns

    def __len__(self) -> int:
        return len(self._raw)

    def to_pandas(self) -> pandas.DataFrame:
        """As a data frame of pandas, through Arrow: `pip install 'detente[pandas]'`.

        Whole numbers and truth values with unknown cells are of the types `UInt64` and `boolean`, which know `NA`.
        """
        arrow, frames = _needed("pyarrow", "pandas"), _needed("pandas", "pandas")
        nullable = {arrow.uint64(): frames.UInt64Dtype(), arrow.bool_(): frames.BooleanDtype()}
        made: pandas.DataFrame = arrow.table(self).to_pandas(types_mapper=nullable.get)
        return made

    def to_polars(self) -> polars.DataFrame:
        """As a data frame of polars, through Arrow: `pip install 'detente[polars]'`."""
        made: polars.DataFrame = _needed("polars", "polars").DataFrame(self)
        return made

    def to_dict(self) -> dict[str, list[Any]]:
        """Per column its cells; `None` where a cell is not known."""
        return self._raw.to_dict()

    def to_csv(self) -> str:
        """As CSV (RFC 4180), with the same cells as `--format csv` of the program."""
        return self._raw.to_csv()

    def __arrow_c_schema__(self) -> object:
        return self._raw.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._raw.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"


def _needed(module: str, extra: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(f"{module} is needed for this: pip install 'detente[{extra}]'") from error


class Answer(Generic[T]):
    """What was found for a case.

    An answer shows itself: as text where it is printed, as HTML in a notebook. `data` is all of it as typed records, `to_json()`
    what the program prints with `--format json`.

    Where claims of the case contradict each other and no account is chosen, there is one answer for each of `accounts`; `data`
    and pictures are then asked of one of them: `answer.accounts["moscow-decides"].data`.
    """

    def __init__(self, raw: _detente.Found) -> None:
        self._raw = raw
        if raw.interrupted:
            said = " ".join(raw.notes)
            warnings.warn(f"Stopped by Ctrl-C. {said}", PartialAnswerWarning, stacklevel=3)

    @cached_property
    def data(self) -> T:
        """All of it as typed records.

        Raises `UsageError` where there is one answer for each account.
        """
        record: T = self._raw.record()
        return record

    @property
    def limits(self) -> tuple[LimitInfo, ...]:
        """Bounds that were hit; what they name is not exact, everything else is. Empty: the answer is complete."""
        return self._raw.limits

    @property
    def complete(self) -> bool:
        """Whether no bound was hit and nobody interrupted."""
        return not self._raw.limits

    @cached_property
    def accounts(self: A) -> Accounts[A]:
        """The same answer account by account; empty where no claims contradict each other."""
        pairs = self._raw.accounts
        whole = len(pairs) > 1
        parts = [type(self)(self._raw.only(at)) if whole else self for at in range(len(pairs))]
        return Accounts([Account(*pair) for pair in pairs], parts)

    def to_json(self) -> str:
        """The contract as text: what the program prints with `--format json --no-timings`, byte for byte."""
        return self._raw.json()

    def to_markdown(self) -> str:
        """As Markdown."""
        return self._raw.markdown()

    def to_html(self) -> str:
        """As a part of an HTML page, with its own style."""
        return self._raw.html()

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return self._raw.text(_WIDTH)

    def __repr__(self) -> str:
        accounts = self._raw.accounts
        told = f" as {len(accounts)} accounts tell it" if len(accounts) > 1 else ""
        return f"<{type(self).__name__}{told}{'' if self.complete else ', incomplete'}: print it, or show it in a notebook>"

    def _table(self, name: str) -> Table:
        table = self._raw.table(name)
        if table is None:
            raise UsageError(f"There is no table of {name}")
        return Table(table)


class Accounts(Generic[A]):
    """Answers by account: by place, by id, or one after the other."""

    def __init__(self, accounts: list[Account], answers: list[A]) -> None:
        self._accounts = accounts
        self._answers = answers

    @property
    def ids(self) -> list[str]:
        """The ids of the accounts, in the order of the case."""
        return [account.id for account in self._accounts]

    @property
    def titles(self) -> list[str]:
        """How the accounts are called."""
        return [account.title for account in self._accounts]

    def __len__(self) -> int:
        return len(self._answers)

    def __iter__(self) -> Iterator[A]:
        return iter(self._answers)

    def __getitem__(self, key: int | str) -> A:
        if isinstance(key, int):
            return self._answers[key]
        if key not in self.ids:
            raise KeyError(f"there is no account {key!r}: the accounts are {', '.join(self.ids)}")
        return self._answers[self.ids.index(key)]

    def __repr__(self) -> str:
        return f"<Accounts: {', '.join(self.ids)}>"


class SolveAnswer(Answer["Solved | Told"]):
    """The questions of a case answered, what lasts, and who would leave what (`detente solve`)."""

    @cached_property
    def lasting(self) -> tuple[Outcome, ...]:
        """The outcomes that last, with their names: nobody leaves them, alone or with others by an act, and no date undoes them.

        Under the first concept that was asked for; those of all accounts, each with its `account`; at most 65,536 of each.
        """
        return self._raw.lasting()

    def lasting_under(self, concept: str) -> tuple[Outcome, ...]:
        """The same under another concept that was asked for.

        Raises `UsageError` when it was not, `LimitError` when a bound kept it from being computed.
        """
        return self._raw.lasting(concept)

    @property
    def questions(self) -> tuple[QuestionInfo, ...]:
        """The questions of the case with their answers, those of all accounts one after the other."""
        return tuple(question for part in self._parts() for question in part.questions)

    @property
    def headline(self) -> str:
        """The answer in one breath; of each account a line, where there are several."""
        return "\n".join(part.headline.text for part in self._parts())

    def _parts(self) -> tuple[Solved | ReadingInfo, ...]:
        data = self.data
        return data.by_reading if isinstance(data, Told) else (data,)

    @property
    def outcomes(self) -> Table:
        """The possible outcomes one by one: the status quo and what lasts always, others up to 65,536 rows.

        Columns: `state`, `ordinal`, `pattern`, `outcome`, `note`; one per option (whether it is on, or its level); `rank.ACTOR` (1
        is best, ties are equal); per concept and mover whether it is stable, for everybody (`nash.equilibrium`), and whether it
        lasts (`nash.lasts`). With several accounts the first column is `account`.
        """
        return self._table("outcomes")

    def to_pandas(self) -> pandas.DataFrame:
        """`outcomes` as a data frame of pandas."""
        return self.outcomes.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """`outcomes` as a data frame of polars."""
        return self.outcomes.to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.outcomes.__arrow_c_stream__(requested_schema)

    def to_latex(self) -> str:
        """Tables for a paper: options, outcomes, ranks and verdicts, for `\\input` with booktabs, longtable and array."""
        return self._raw.export("latex") or ""


class Explanation(Answer["Explain | Certificate"]):
    """Why an outcome is stable for whom, or not, with a witness that can be checked (`detente explain`)."""

    @property
    def text(self) -> str:
        """The reasons in sentences."""
        data = self.data
        return (
            data.text or "" if isinstance(data, Certificate) else "\n".join(one.text or "" for one in data.certificates)
        )


class SampleAnswer(Answer[Sample]):
    """In what share of the models that could also have been written it holds (`detente sample`).

    A share is no probability: docs/uncertainty.md says what it is.
    """

    @property
    def shares(self) -> Table:
        """One row per share: `kind`, `id`, `name`, `concept`, `share` with its interval `low` to `high` (parts of 1; Wilson, 95 %),
        `all`, `all_low`, `all_high`, `answer` (which of the two a question asks for), `note`. With several accounts the first
        column is `account`.
        """
        return self._table("shares")

    def picture(self, which: str = "shares", of: str | None = None) -> Svg:
        """A picture: `shares`; `tornado`, what moves the share of question or outcome `of`; `sweep`, what input `of` does."""
        if which not in ("shares", "tornado", "sweep"):
            raise UsageError(f"There is no picture {which!r}", "write shares, tornado or sweep")
        svg = self._raw.svg(which, of)
        if svg is None:
            raise UsageError("There is nothing to draw" + (f" of {of!r}" if of else ""))
        return Svg(svg)

    def to_pandas(self) -> pandas.DataFrame:
        """`shares` as a data frame of pandas."""
        return self.shares.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """`shares` as a data frame of polars."""
        return self.shares.to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.shares.__arrow_c_stream__(requested_schema)


class PriceAnswer(Answer[Price]):
    """What it would take for an outcome to last, or not to (`detente price`)."""

    @property
    def text(self) -> str:
        """The answer in sentences."""
        return "\n".join(self.data.text)


class TrustAnswer(Answer[Trust]):
    """Which conclusions hang on which evidence (`detente trust`)."""

    @property
    def runs(self) -> Table:
        """One row per thing that is struck, per set of claims that a conclusion cannot do without, and per body of claims that
        suffices for one; each conclusion has its column.
        """
        return self._table("runs")

    def to_pandas(self) -> pandas.DataFrame:
        """`runs` as a data frame of pandas."""
        return self.runs.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """`runs` as a data frame of polars."""
        return self.runs.to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.runs.__arrow_c_stream__(requested_schema)


class Evolution(Answer[Evolve]):
    """What can be reached from an outcome, by whom, and where it is likely to end (`detente evolve`)."""

    @property
    def picture(self) -> Svg:
        """The ways and where they end."""
        return Svg(self._raw.svg("evolution") or "")


class Situation(Answer[Map]):
    """Who stands how to whom: ties, bodies, tracks, documents and a timeline (`detente map`)."""

    @property
    def picture(self) -> Svg:
        """The map."""
        return Svg(self._raw.svg("map") or "")

    def _repr_html_(self) -> str:
        return f"{self.picture}\n{self.to_html()}" if len(self._raw.accounts) < 2 else self.to_html()


class SaidAnswer(Answer[Said]):
    """Which threats, promises and offers are meant and would work, and who is in a dilemma (`detente said`)."""


class PowerAnswer(Answer[Power]):
    """What votes are worth: exact power indices (`detente power`)."""


class RankAnswer(Answer[Rank]):
    """An actor's order of outcomes, best first (`detente rank`)."""

    @property
    def order(self) -> Table:
        """One row per outcome: `actor`, `rank` (1 is best), `state`, `outcome`, `above_next_by`, `note`."""
        return self._table("order")

    def to_pandas(self) -> pandas.DataFrame:
        """`order` as a data frame of pandas."""
        return self.order.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """`order` as a data frame of polars."""
        return self.order.to_polars()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.order.__arrow_c_stream__(requested_schema)


class WatchAnswer(Answer[WatchFor]):
    """Which next move would settle most of a question (`detente watch-for`)."""


class Svg(str):
    """A picture as the text of an SVG file; a notebook shows it."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)

    def save(self, path: str) -> None:
        """Writes the picture to a file."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self)
