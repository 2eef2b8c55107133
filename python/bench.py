"""How long a call takes beside what is computed, and how long a case takes to make: printed, not tested.

    pip install ./python && python python/bench.py

A call's overhead is what a question costs that computes next to nothing: the power indices of a case without votes, with the thread
that it runs on and the answer that comes back.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import detente as dt

if TYPE_CHECKING:
    from collections.abc import Callable


def measured(work: Callable[[], object], times: int) -> str:
    """The median and the quartiles of `times` calls, in microseconds."""
    for _ in range(times // 10):
        work()
    took = []
    for _ in range(times):
        begun = time.perf_counter_ns()
        work()
        took.append((time.perf_counter_ns() - begun) / 1000)
    low, middle, high = statistics.quantiles(took, n=4)
    return f"{middle:10.1f} µs   (half of all calls: {low:.1f} to {high:.1f})"


def ten() -> dt.Case:
    """A case of ten options from code."""
    actors = {f"a{at}": f"Actor {at}" for at in range(5)}
    options = {actor: {"x": "Do one thing", "y": "Do another"} for actor in actors}
    prefers = {actor: [f"not {actor}.x", f"{actor}.y", "a0.x or a1.y"] for actor in actors}
    return dt.build("Ten", actors=actors, options=options, prefers=prefers)


def main() -> None:
    small = dt.build(actors=["a", "b"], options={"a": ["x"], "b": ["y"]}, prefers={"a": ["a.x"], "b": ["b.y"]})
    answer = small.solve("nash")
    rows: list[tuple[str, Callable[[], object], int]] = [
        ("a call that computes nothing", small.power, 5000),
        ("an attribute of a case", lambda: small.title, 5000),
        ("solve a case of two options (nash)", lambda: small.solve("nash"), 2000),
        ("what lasts of an answer", lambda: answer._raw.lasting(), 2000),
        ("all of an answer as records", lambda: answer._raw.record(), 1000),
        ("build a case of ten options from code", ten, 1000),
    ]
    print(f"detente {dt.__version__}")
    for name, work, times in rows:
        print(f"{name:40}{measured(work, times)}")


if __name__ == "__main__":
    main()
