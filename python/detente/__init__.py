"""Détente: stability analysis of conflicts in Python.

    import detente as dt

    case = dt.read("cases/south-caucasus-2023")
    answer = case.solve(concepts=["nash", "seq"])
    answer.lasting[0].name
    answer.to_pandas()

Who can do what, who wants what, which outcomes last and why. Every answer is found and worded by the library that the program
`detente` and its workbench use; nothing leaves the machine.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from detente import _detente, cluster, records
from detente._answers import (
    Account,
    Accounts,
    Answer,
    Evolution,
    Explanation,
    PowerAnswer,
    PriceAnswer,
    RankAnswer,
    SaidAnswer,
    SampleAnswer,
    Situation,
    SolveAnswer,
    Svg,
    Table,
    TrustAnswer,
    WatchAnswer,
)
from detente._build import build
from detente._case import Actor, Case, Claim, Option, Question, Variant
from detente._errors import CaseError, DetenteError, LimitError, PartialAnswerWarning, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

__version__: str = _detente.__version__

__all__ = [
    "Account",
    "Accounts",
    "Actor",
    "Answer",
    "Case",
    "CaseError",
    "Claim",
    "DetenteError",
    "Evolution",
    "Explanation",
    "LimitError",
    "Option",
    "PartialAnswerWarning",
    "PowerAnswer",
    "PriceAnswer",
    "Question",
    "RankAnswer",
    "SaidAnswer",
    "SampleAnswer",
    "Situation",
    "SolveAnswer",
    "Svg",
    "Table",
    "TrustAnswer",
    "UsageError",
    "Variant",
    "WatchAnswer",
    "build",
    "cluster",
    "loads",
    "merge",
    "read",
    "records",
]


def read(path: str | os.PathLike[str]) -> Case:
    """Reads a case: a case file, a folder that holds `case.toml`, or a `.gmcr` file of GMCR+.

    Raises `CaseError` with all problems at once; one that is not there is one of them.
    """
    return Case(_detente.read(os.fspath(path)))


def loads(text: str, name: str = "<text>") -> Case:
    """Reads a case from its text; problems are reported under `name`.

    Raises `CaseError` with all problems at once.
    """
    return Case(_detente.loads(text, name))


def merge(shards: Iterable[SampleAnswer | str], *, list: int = 64) -> SampleAnswer:
    """Puts shards of a sample together, exactly: what `Case.sample` gave with `shard`, or their JSON (`detente merge`).

    The answer is byte for byte that of one run that does not look for what moves the shares. Shards that are missing are named in its
    `limits`.

    Raises `UsageError` when shards are of different samples, or one comes twice.
    """
    texts = [shard if isinstance(shard, str) else shard.to_json() for shard in shards]
    return SampleAnswer(_detente.merge(texts, list))
