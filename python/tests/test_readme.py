"""What the README shows in Python runs."""

from __future__ import annotations

import re

from conftest import ROOT


def test_the_code_of_the_readme_runs() -> None:
    name = "python/README.md"
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert blocks
    known: dict[str, object] = {}
    for block in blocks:
        # A cluster has a test of its own.
        if "import ray" not in block:
            exec(compile(block, name, "exec"), known)
