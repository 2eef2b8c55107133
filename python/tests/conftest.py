"""Where things are: the catalogue, and the program that was built with the tests."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

# Nothing leaves the machine, nor does what Ray would say of itself.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

# Whatever a shell starts in the background ignores Ctrl-C, and Python with it: here it is heard all the same.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("DETENTE_BIN") or str(ROOT / "target" / "debug" / "detente")
CASES = sorted(path.parent.name for path in (ROOT / "cases").glob("*/case.toml"))


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def program(*args: str) -> subprocess.CompletedProcess[str]:
    """What the program does with these arguments."""
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, cwd=ROOT, check=False, encoding="utf-8")
