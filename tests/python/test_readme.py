"""What the README shows of its Python code is what the code prints."""

import ast
import contextlib
import io
import re

import pytest

SECONDS = re.compile(r"\d+\.\d+ s$", re.MULTILINE)  # a training takes another time each time


@pytest.fixture
def blocks(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def with_output(block, names):
    """The block's code, with what each statement prints below it."""
    lines = [line for line in block.split("\n") if not line.startswith("#>")]
    printed = {}
    for statement in ast.parse("\n".join(lines)).body:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(ast.Module([statement], []), "README.md", "exec"), names)
        printed[statement.end_lineno] = [f"#> {line}" for line in out.getvalue().splitlines()]
    shown = ([line, *printed.get(number, [])] for number, line in enumerate(lines, 1))
    return "\n".join(line for lines in shown for line in lines)


def test_each_block_shows_what_it_prints(blocks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}  # later blocks go on with what the first imported
    for block in blocks:
        ran = with_output(block, names)
        assert SECONDS.sub("... s", ran) == SECONDS.sub("... s", block)
    assert sum(block.count("#>") for block in blocks) > 10
