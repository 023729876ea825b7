"""The lesson's notebook and script run as they are, and give the lesson's figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "inst" / "notebooks" / "lesson.ipynb"
SCRIPT = ROOT / "inst" / "examples" / "lesson.py"
FIGURES = ["samples", "train", "boundary", "lost-corner", "ceiling", "own"]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What each code cell of the notebook put out, by the cell's name, in a kernel of its own."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / "python"))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        # A kernel shows its figures by a backend of its own.
        patch.delenv("MPLBACKEND", raising=False)
        nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return {cell["id"]: cell["outputs"] for cell in notebook.cells if cell["cell_type"] == "code"}


def text(cell: list[Any]) -> str:
    """Streams and values of a cell, in their order."""
    return "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell
    )


def test_the_notebook_gives_the_figures_of_the_lesson(outputs: dict[str, list[Any]]) -> None:
    assert "12.6667" in text(outputs["gradient"])
    assert "[1.3333, 2.0000, 2.6667]" in text(outputs["gradient"])
    assert "17 parameters" in text(outputs["parameters"])
    assert "[8, 2]" in text(outputs["batches"])
    assert "20 batches in an epoch, 2,000 steps in 100 epochs" in text(outputs["one-epoch"])
    assert "<All keys matched successfully>" in text(outputs["state-dict"])
    assert text(outputs["evaluation"]).startswith("Accuracy of the model: 100.00%")
    assert "is lost" in text(outputs["lost-corner"])


def test_the_notebook_shows_each_picture_once_in_its_place(outputs: dict[str, list[Any]]) -> None:
    pictures = [
        name
        for name, cell in outputs.items()
        for output in cell
        if "image/png" in output.get("data", {})
    ]
    assert pictures == FIGURES


def test_the_notebook_says_nothing_but_progress_on_its_error_stream(
    outputs: dict[str, list[Any]],
) -> None:
    for name, cell in outputs.items():
        errors = [output["text"] for output in cell if output.get("name") == "stderr"]
        assert not errors or name == "train", (name, errors)


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    kept = [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
    assert len(kept) > 20
    assert not any(kept)


def test_the_script_prints_the_figures_and_leaves_three_pictures(tmp_path: Path) -> None:
    there = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "python")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (there.returncode, there.stderr) == (0, "")
    for figure in ("12.66", "[4, 2]", "100 epochs", "Accuracy of the model: 100.00%"):
        assert figure in there.stdout
    pictures = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sorted(pictures) == ["boundary.png", "history.png", "samples.png"]
    assert min(pictures.values()) > 5_000
