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
FIGURES = [
    *("samples", "train", "boundary", "hidden", "rates", "not-zeroed"),
    *("lost-corner", "ceiling", "own"),
]
# The open questions of the lesson, each with what its cell must show.
ANSWERS = {
    "batch-size": ["batches of   1: accuracy 0.", "batches of   7", "batches of 128", "of 500"],
    "switches": ["train() gradients on,", "eval()  gradients off,"],
    "gpu": ["device(type='meta')"],
    "not-zeroed": [
        "zeroed    : loss 0.",
        "after 60; it rose by more than 0.02 in 0\n",
        "not zeroed",
    ],
    "stuck": ["of 25"],
    "lost-corner": ["is lost"],
    "ceiling": ["Best possible: 90.90%"],
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What each code cell of the notebook put out, by the cell's name, in a kernel of its own."""
    cells = run_cells(nbformat.read(NOTEBOOK, as_version=4), tmp_path_factory.mktemp("ipython"))
    return {cell["id"]: cell["outputs"] for cell in cells}


def run_cells(notebook: Any, folder: Path) -> list[Any]:
    """The code cells with what they put out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / "python"))
        patch.setenv("IPYTHONDIR", str(folder))
        # A kernel shows its figures by a backend of its own.
        patch.delenv("MPLBACKEND", raising=False)
        nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    return [cell for cell in notebook.cells if cell["cell_type"] == "code"]


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
    for name, parts in ANSWERS.items():
        for part in parts:
            assert part in text(outputs[name]), (name, part)
    (slider,) = outputs["learning"]
    assert 'type="range"' in slider["data"]["text/html"].replace("&quot;", '"')


def test_every_figure_is_shown_once_by_the_cell_that_makes_it(tmp_path: Path) -> None:
    cells = [
        "import xorlab\nfit = xorlab.train_xor(seed=1, epochs=2, verbose=False)",
        "xorlab.plot_fit(fit)",
        "kept = xorlab.plot_network(fit)",
        "kept",
        "ax = xorlab.plot_hidden(fit)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    pictures = [
        sum("image/png" in output.get("data", {}) for output in cell["outputs"])
        for cell in run_cells(notebook, tmp_path)
    ]
    assert pictures == [0, 1, 1, 0, 1]


def test_the_notebook_shows_each_picture_once_in_its_place(outputs: dict[str, list[Any]]) -> None:
    pictures = [
        name
        for name, cell in outputs.items()
        for output in cell
        if "image/png" in output.get("data", {})
    ]
    assert pictures == FIGURES
    assert "<Axes" not in "".join(map(text, outputs.values()))


def test_the_notebook_says_nothing_but_progress_on_its_error_stream(
    outputs: dict[str, list[Any]],
) -> None:
    said = {
        name: "".join(output["text"] for output in cell if output.get("name") == "stderr")
        for name, cell in outputs.items()
    }
    assert [name for name, errors in said.items() if errors] == ["train"]
    assert "100/100" in said["train"]


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
        timeout=600,
        check=False,
    )
    assert (there.returncode, there.stderr) == (0, "")
    for figure in ("12.66", "[4, 2]", "100 epochs", "Accuracy of the model: 100.00%"):
        assert figure in there.stdout
    pictures = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sorted(pictures) == ["boundary.png", "history.png", "samples.png"]
    assert min(pictures.values()) > 5_000
