"""A pyplot figure that a notebook shows once."""

from __future__ import annotations

from typing import Any

import matplotlib
import matplotlib.pyplot as plt
from matplotlib.figure import Figure


class ShownOnce(Figure):
    """At the end of a notebook's cell pyplot shows its figures. One that is the cell's value, too,
    would be shown a second time: so whoever shows it first takes it out of pyplot's hands."""

    def _ipython_display_(self) -> None:
        inline = "inline" in matplotlib.get_backend()
        number: Any = getattr(self, "number", None)
        if not inline and plt.fignum_exists(number):
            return  # it has a window of its own
        from IPython import get_ipython
        from IPython.display import display

        shell: Any = get_ipython()
        kinds = shell.display_formatter.formatters.items()
        made = {kind: format(self) for kind, format in kinds if kind.startswith("image/")}
        pictures = {kind: data for kind, data in made.items() if data is not None}
        data = {kind: d[0] if isinstance(d, tuple) else d for kind, d in pictures.items()}
        metadata = {kind: d[1] for kind, d in pictures.items() if isinstance(d, tuple)}
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        plt.close(self)


def new_figure(size: tuple[float, float]) -> Figure:
    """Of pyplot's, for `plt.show()` to show."""
    return plt.figure(figsize=size, layout="constrained", FigureClass=ShownOnce)
