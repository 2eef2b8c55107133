"""Computing leaves Python to others, and Ctrl-C gives what there is."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

import detente as dt

# More draws than anybody waits for.
ENDLESS = 2**50


@pytest.fixture
def case() -> Iterator[dt.Case]:
    yield dt.read("cases/gaza-truce-2023")


def test_ctrl_c_gives_the_partial_answer(case: dt.Case) -> None:
    # That the timer fires at all shows that other threads of Python run meanwhile.
    for delay in (0.5, 2.0, 8.0):
        threading.Timer(delay, signal.raise_signal, [signal.SIGINT]).start()
        try:
            with pytest.warns(dt.PartialAnswerWarning, match="Stopped by Ctrl-C. .*models"):
                answer = case.sample(ENDLESS, draw=True)
            break
        except KeyboardInterrupt:
            continue
    assert not answer.complete
    assert answer.limits[0].limit == "Ctrl-C"
    assert 0 < answer.data.draws < ENDLESS
    assert len(answer.shares)
    # What is asked of it later is answered as if nothing had happened.
    assert "Stopped at Ctrl-C".lower() in answer.to_markdown().lower()


def test_another_signal_goes_on_as_what_it_raises(case: dt.Case) -> None:
    def late(*_: object) -> None:
        raise TimeoutError("that is long enough")

    before = signal.signal(signal.SIGALRM, late)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(TimeoutError, match="that is long enough"):
            case.sample(ENDLESS, draw=True)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_answers_are_asked_for_by_several_threads(case: dt.Case) -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(case.solve().to_json())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1 and len(answers) == 4


def test_a_time_limit_gives_the_partial_answer(case: dt.Case) -> None:
    for seconds in (0.5, 2.0, 8.0):
        try:
            answer = case.sample(ENDLESS, draw=True, max_time=seconds)
            break
        except dt.LimitError:
            continue
    assert answer.limits[0].limit == f"{seconds:g} s"
    with pytest.raises(dt.LimitError, match="Stopped at 0 s"):
        case.solve(max_time=0.0)
