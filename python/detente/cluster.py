"""Large samples on many machines.

    import ray
    dt.cluster.sample(case, draws=10**9, on=ray)

The draws are cut into shards, each shard is a task, and sums are added exactly: the answer is the same, byte for byte, however many
workers there are and in whichever order they come back. A worker that dies costs the time of its shard, not the answer.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from detente import _detente
from detente._answers import Account, Accounts, SampleAnswer
from detente._case import Case
from detente._errors import LimitError, PartialAnswerWarning, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

SHARDS = 64
"""Into so many shards draws are cut when nothing else is said."""


def _shard(raw: _detente.Case, options: dict[str, Any], number: int, of: int) -> str:
    """One shard, as the JSON of its counts: what a worker does."""
    return Case(raw).sample(shard=(number, of), **options).to_json()


def sample(
    case: Case,
    draws: int = 1_000_000,
    *,
    on: Any,
    shards: int = SHARDS,
    retries: int = 8,
    progress: Callable[[int, int], None] | None = None,
    list: int = 64,
    **options: Any,
) -> SampleAnswer | Accounts[SampleAnswer]:
    """`Case.sample` over the workers of a Ray cluster: `on` is the module `ray`, which is initialised already.

    shards: into how many tasks the draws are cut; each takes one core. retries: how often a shard is done again whose worker died.
    progress: called with how many shards are done, and of how many. Further keywords are those of `Case.sample`, but for
    `attribute`, `draw`, `precision`, `shard` and `threads`.

    Ctrl-C gives what is done: the answer's `limits` name the draws that are missing. A case of several accounts has one answer for
    each of them.
    """
    refused = {"attribute", "draw", "precision", "shard", "threads"} & set(options)
    if refused:
        raise UsageError(f"{', '.join(sorted(refused))}: not on a cluster", "use Case.sample")
    if shards < 1:
        raise UsageError("There is no shard", "cut the draws into at least one")
    told = case.accounts if case._raw.account is None else []
    if told:
        each = [
            sample(
                case.replace(account=account.id),
                draws,
                on=on,
                shards=shards,
                retries=retries,
                progress=progress,
                list=list,
                **options,
            )
            for account in told
        ]
        answers = [answer for answer in each if isinstance(answer, SampleAnswer)]
        return Accounts([Account(*account) for account in told], answers)
    given = {**options, "draws": draws, "list": list, "threads": 1}
    task = on.remote(num_cpus=1, max_retries=retries)(_shard)
    raw = on.put(case._raw)
    waiting = [task.remote(raw, given, number, shards) for number in range(1, shards + 1)]
    done: dict[Any, str] = {}
    places = {reference: at for at, reference in enumerate(waiting)}
    open_ = waiting[:]
    stopped = False
    try:
        while open_:
            ready, open_ = on.wait(open_, num_returns=1)
            for reference in ready:
                done[reference] = on.get(reference)
            if progress is not None:
                progress(len(done), shards)
    except KeyboardInterrupt:
        stopped = True
        for reference in open_:
            on.cancel(reference, force=True)
    if not done:
        raise KeyboardInterrupt if stopped else LimitError("No shard was done")
    parts = [done[reference] for reference in sorted(done, key=places.__getitem__)]
    answer = SampleAnswer(_detente.merge(parts, list))
    if stopped:
        warnings.warn(f"Stopped by Ctrl-C. {' '.join(answer._raw.notes)}", PartialAnswerWarning, stacklevel=2)
    return answer
