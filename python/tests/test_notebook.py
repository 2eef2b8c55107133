"""A scholar's hour: the notebook runs from its first cell to its last, and leaves what it says."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "python" / "examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path: Path, tmp_path: Path) -> None:
    # It names the cases from where it stands.
    folder = tmp_path / "python" / "examples"
    folder.mkdir(parents=True)
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    shutil.copy(path, folder)
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        assert not cell.get("outputs"), "the notebook is kept without what it gave"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in shown if output.get("name") == "stderr"]
    html = [output["data"]["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any('class="detente"' in one for one in html)
    assert any("<svg" in one for one in html)
    assert any("image/svg+xml" in output.get("data", {}) for output in shown)
    with (folder / "out" / "lasting.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows and rows[0]["outcome"]
    assert "\\begin{longtable}" in (folder / "out" / "outcomes.tex").read_text("utf-8")
    assert (folder / "out" / "own.toml").is_file()
