"""The Shiny app of the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import plots
from .desks import Desks
from .layout import FOLDER, page_ui
from .session import make_server

if TYPE_CHECKING:
    from shiny import App

# One script for drawing, which the page of an animation has, too.
_SCRIPT = "draw.js"


def make_app(desks: Desks) -> App:
    """The app whose pages have these desks."""
    from shiny import App

    page = Path(__file__).with_name("page")
    drawing = Path(plots.__file__).with_name(_SCRIPT)
    files = {f"/{FOLDER}/{_SCRIPT}": drawing, f"/{FOLDER}": page}
    return App(page_ui(), make_server(desks), static_assets=files)
