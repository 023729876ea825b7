"""The README for PyPI, its links and its picture made absolute. All else is in pyproject.toml."""

import re
from pathlib import Path

from setuptools import setup

HERE = Path(__file__).parent


def absolute(readme: str, source: str) -> str:
    """The text with its links to files of the repository as they are seen from elsewhere."""

    def link(found: re.Match[str]) -> str:
        picture, text, path = found.groups()
        return f"{picture}[{text}]({source}/{'raw' if picture else 'blob'}/HEAD/{path})"

    return re.sub(r"(!?)\[([^]]*)\]\((?!https?:|#)([^)]+)\)", link, readme)


project = (HERE / "pyproject.toml").read_text(encoding="utf-8")
(source,) = re.findall(r'^Source = "(.*)"$', project, re.M)
setup(
    long_description=absolute((HERE / "README.md").read_text(encoding="utf-8"), source),
    long_description_content_type="text/markdown",
)
