"""What the lab runs on, as pip is told it: the oldest or the newest that is promised."""

import re
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def requirements(versions):
    text = PROJECT.read_text(encoding="utf-8")
    wanted = re.search(r"^dependencies = \[([^]]*)\]", text, re.MULTILINE)[1]
    for requirement in re.findall(r'"([^"]+)"', wanted):
        oldest = re.sub(r">=(.*)", r"==\1.*", requirement)
        yield {"oldest": oldest, "newest": requirement}[versions]


print(*requirements(sys.argv[1]), sep="\n")
