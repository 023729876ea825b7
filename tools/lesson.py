"""Writes the lesson for Jupyter and as scripts, from vignettes/lesson.Rmd.

Only the page is kept by hand. The notebook and lesson.py have its Python chunks, with the R chunks
to read in the notebook; lesson.R has both, the Python ones through reticulate. A chunk with
`page_only = TRUE` needs objects of R, and what stands in `::: {.page}` is about the page alone.
"""

import ast
import json
import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "vignettes" / "lesson.Rmd"
ORIGIN = "tools/lesson.py wrote this from vignettes/lesson.Rmd, where it is to be changed."

NOTEBOOK_INTRO = """\
*This is the lesson as a notebook, for Python. The chunks in R are here to be read; the page of the
lesson, `vignette("lesson", "xorlab")` in R, runs both.*"""

PYTHON_INTRO = f'''\
"""The Python part of the lesson as a script.

python lesson.py, or cell by cell in an editor that knows "# %%".
{ORIGIN}
"""
'''

R_INTRO = f"""\
# The lesson as a script, both languages, with the pictures in a folder.
# Rscript lesson.R [folder for the pictures]
# {ORIGIN}
# nolint start
folder <- c(commandArgs(trailingOnly = TRUE), "lesson")[1]
if (!interactive()) {{
  dir.create(folder, showWarnings = FALSE)
  png(file.path(folder, "%02d.png"), 960, 720, res = 120)
}}
usual <- par("mfrow", "mar", "pty", "las") # each picture starts from these
"""

R_END = """\
if (!interactive()) invisible(dev.off())
cat("\\nThe pictures are in ", normalizePath(folder), "\\n", sep = "")
# nolint end
"""


class Text(NamedTuple):
    text: str


class Chunk(NamedTuple):
    language: str
    label: str
    options: str
    code: str

    @property
    def page_only(self):
        return "page_only = TRUE" in self.options

    @property
    def draws(self):
        return "fig.alt" in self.options


FENCE = re.compile(r"^```\{(\w+) ?([\w-]*),? ?([^\n]*)\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(source):
    """What is to be read and to be run, in its order, without what makes the page."""
    body = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)
    body = re.sub(r"^<style>.*?</style>\n", "", body, flags=re.MULTILINE | re.DOTALL)
    body = re.sub(r"^::: \{\.page\}\n.*?^:::\n", "", body, flags=re.MULTILINE | re.DOTALL)
    end = 0
    for found in FENCE.finditer(body):
        yield Text(prose(body[end : found.start()]))
        language, label, options, code = found.groups()
        lines = code.splitlines()
        more = [line for line in lines if line.startswith("#|")]
        options = " ".join([options, *more])
        if not re.search(r"(include|echo) = FALSE", options):
            kept = "\n".join(line for line in lines if line not in more)
            yield Chunk(language, label, options, kept)
        end = found.end()
    yield Text(prose(body[end:]))


def prose(text):
    """Markdown as any reader of it understands it."""
    text = re.sub(r"^:::.*\n?", "", text, flags=re.MULTILINE)
    text = re.sub(r"<details><summary>(.*?)</summary>", r"**\1**", text)
    return re.sub(r"</details>", "", text).strip()


def notebook(parts):
    cells, reading = [], [NOTEBOOK_INTRO]

    def end_of_text():
        text = "\n\n".join(one for one in reading if one)
        if text:
            cells.append({"cell_type": "markdown", "id": f"text-{len(cells)}", "source": text})
        reading.clear()

    for part in parts:
        if isinstance(part, Text):
            reading.append(part.text)
        elif part.language == "r" or part.page_only:
            reading.append(f"```{part.language}\n{part.code}\n```")
        else:
            end_of_text()
            cells.append({"cell_type": "code", "id": part.label, "source": part.code})
    end_of_text()
    for cell in cells:
        cell["metadata"] = {}
        cell["source"] = cell["source"].splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell.update(execution_count=None, outputs=[])
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def printing(code):
    """Code whose last value is printed, as a notebook shows it; a script shows none by itself."""
    code = re.sub(r";$", "", code, flags=re.MULTILINE)
    last = ast.parse(code).body[-1]
    if not isinstance(last, ast.Expr) or ast.unparse(last).startswith(("print(", "plt.show(")):
        return code
    lines = code.splitlines()
    value = "\n".join(lines[last.lineno - 1 :])
    return "\n".join([*lines[: last.lineno - 1], f"print({value})"])


def headings(text):
    return re.findall(r"^#{1,2} .*", text, flags=re.MULTILINE)


def python_script(parts):
    lines = [PYTHON_INTRO]
    for part in parts:
        if isinstance(part, Text):
            lines += [f"# %% {heading.lstrip('# ')}" for heading in headings(part.text)]
        elif part.language == "python" and not part.page_only:
            lines.append(printing(part.code) + "\n")
    return "\n".join(lines)


def r_script(parts):
    lines = [R_INTRO]
    for part in parts:
        if isinstance(part, Text):
            lines += [f"## {heading.lstrip('# ')} ----" for heading in headings(part.text)]
        elif part.language == "python":
            lines.append(f'py_run_string(r"---(\n{printing(part.code)}\n)---")\n')
        else:
            lines.append("par(usual)\n" * part.draws + part.code + "\n")
    return "\n".join([*lines, R_END])


def written():
    """The files below inst/, with their contents."""
    parts = list(blocks(SOURCE.read_text(encoding="utf-8")))
    return {
        "notebooks/lesson.ipynb": notebook(parts),
        "examples/lesson.py": python_script(parts),
        "examples/lesson.R": r_script(parts),
    }


if __name__ == "__main__":
    for name, content in written().items():
        (ROOT / "inst" / name).write_text(content, encoding="utf-8")
