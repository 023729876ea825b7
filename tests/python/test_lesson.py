"""The lesson's notebook and script run as they are, and give the lesson's figures."""

from __future__ import annotations

import importlib.util
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
# Cells that show a progress bar in a notebook.
WITH_PROGRESS = ["same-training", "rates-sweep", "stuck", "ceiling", "tensorboard"]
FIGURES = [
    *("graph-picture", "descent-picture"),
    *("activations", "samples", "cross-entropy", "by-matplotlib"),
]
# What the page's sentences say that a cell shows, by the cell's name.
SHOWN = {
    "types": ["torch.int64 torch.float32 torch.bool", "double != float"],
    "combining": ["[[1., 3.],\n        [2., 4.]]", "[1., 2., 3., 4.]", "[3., 2.]", "0.5403"],
    "views": ["[9., 1.]", "[9., 3.]", "[9., 5.]"],
    "clone": ["tensor([9., 1.]) tensor([0., 0.])"],
    "answer-names": ["tensor([1., 1.])\ntensor([1., 1.]) tensor([2., 2.])"],
    "requires-grad": ["False\nTrue"],
    "gradient": ["12.6667", "[1.3333, 2.0000, 2.6667]"],
    "answer-cube": ["tensor([ 3., 12.])"],
    "to-device": ["False       x is still on cpu", "now on meta", "nothing to move:       True"],
    "parameters": ["linear1.weight  [4, 2]", "17 parameters"],
    "module-list": ["0 4"],
    "same-net": ["<All keys matched successfully>\nTrue"],
    "answer-deeper": ["37"],
    "answer-super": ["cannot assign module before Module.__init__() call"],
    "same-data": ["True True"],
    "collate": ["torch.Size([3, 2]) torch.Size([3]) True"],
    "batches": ["[8, 2] [8]"],
    "answer-batches": ["20 68"],
    "one-epoch": ["20 batches in an epoch, 2,000 steps in 100 epochs"],
    "same-training": ["True\nTrue"],
    "net": ["2-4-1 tanh net, 17 weights", "weights kept of epochs 0, 5, 10, 15, ..., 95, 100"],
    "answer-squeeze": ["torch.Size([68])", "torch.Size([68, 1])"],
    "same-evaluation": ["True\nAccuracy of the model: 100.00%"],
    "same-boundary": ["True"],
    "state-dict": ["<All keys matched successfully>\nTrue"],
    "answer-loss": ["True"],
    "tensorboard": ["['events']"],
    "moons": ["of 500 right"],
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
    """Streams, of which a line may come in pieces, and values of a cell, in their order."""
    return "".join(
        output.get("text") or output.get("data", {}).get("text/plain", "") + "\n" for output in cell
    )


@pytest.mark.parametrize("name", SHOWN)
def test_the_cells_show_what_the_text_says(outputs: dict[str, list[Any]], name: str) -> None:
    for part in SHOWN[name]:
        assert part in text(outputs[name])


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
    assert [name for name, errors in said.items() if errors] == WITH_PROGRESS
    assert "100/100" in said["same-training"]


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    kept = [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]
    assert len(kept) > 20
    assert not any(kept)


def test_the_script_prints_what_the_notebook_shows() -> None:
    there = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "python"), "MPLBACKEND": "template"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert (there.returncode, there.stderr) == (0, "")
    for name in ("gradient", "parameters", "one-epoch", "same-training", "same-evaluation"):
        for part in SHOWN[name]:
            assert part in there.stdout


@pytest.mark.parametrize(
    "path", ["notebooks/lesson.ipynb", "examples/lesson.py", "examples/lesson.R"]
)
def test_notebook_and_scripts_are_what_the_page_makes_of_them(path: str) -> None:
    spec = importlib.util.spec_from_file_location("lesson_tool", ROOT / "tools" / "lesson.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.written()[path] == (ROOT / "inst" / path).read_text(encoding="utf-8")
