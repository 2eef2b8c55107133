"""On a real Ray cluster of this machine: the same bytes whatever the workers, and when one is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

import detente as dt

ray = pytest.importorskip("ray")

DRAWS = 2_000


@pytest.fixture(params=[1, 2, 7])
def workers(request: pytest.FixtureRequest) -> Iterator[int]:
    # A core of Ray is a slot for a task; workers need the package, whose place they learn from the environment.
    ray.init(
        num_cpus=request.param,
        include_dashboard=False,
        configure_logging=False,
        log_to_driver=False,
        object_store_memory=80 * 2**20,
        runtime_env={"env_vars": {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}},
    )
    yield request.param
    ray.shutdown()


def test_the_bytes_are_those_of_one_process(workers: int) -> None:
    case = dt.read("cases/gaza-truce-2023")
    alone = dt.merge([case.sample(DRAWS, shard=(1, 1))]).to_json()
    seen: list[tuple[int, int]] = []
    answer = dt.cluster.sample(case, DRAWS, on=ray, shards=9, progress=lambda *done: seen.append(done))
    assert isinstance(answer, dt.SampleAnswer) and answer.complete
    assert answer.to_json() == alone
    assert seen == [(done, 9) for done in range(1, 10)]
    if workers == 2:
        killed_and_accounts(case, alone)


def killed_and_accounts(case: dt.Case, alone: str) -> None:
    """In the same cluster, for starting one takes longer than what it does."""
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed:
            killed.extend(pids()[:1])
            os.kill(killed[0], signal.SIGKILL)

    answer = dt.cluster.sample(case, DRAWS, on=ray, shards=40, progress=kill)
    assert killed and isinstance(answer, dt.SampleAnswer)
    assert answer.to_json() == alone

    told = dt.cluster.sample(dt.read("cases/second-thomas-shoal-2024"), 200, on=ray, shards=2)
    assert isinstance(told, dt.Accounts) and len(told) == 2

    with pytest.raises(dt.UsageError, match="precision: not on a cluster"):
        dt.cluster.sample(case, on=ray, precision=0.1)

    def stop(done: int, of: int) -> None:
        if done == 3:
            signal.raise_signal(signal.SIGINT)

    with pytest.warns(dt.PartialAnswerWarning, match="merging shards"):
        part = dt.cluster.sample(case, DRAWS, on=ray, shards=40, progress=stop)
    assert isinstance(part, dt.SampleAnswer) and not part.complete
    assert 0 < part.data.draws < DRAWS


def pids() -> list[int]:
    """The processes of workers, which do tasks now or have done some."""
    task = ray.remote(lambda: os.getpid())
    found: Any = ray.get([task.remote() for _ in range(2)])
    return sorted(set(found))
