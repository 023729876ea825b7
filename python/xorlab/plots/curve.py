"""The probabilities of the classes against one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..evaluation.boundary import check_outputs, check_weights, chosen_lines
from ..fit.fit import Fit
from ..fit.section import Section
from .axes import one_axes
from .fit_points import FitPoints, Sample, draw_fit_points, widened
from .labels import as_text, cut, fitted, name_axes, points, set_title, stage
from .palette import GREY, ORANGE, class_color

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEP = 0.05  # between the rows of points below the curves


def fit_curve(
    fit: Fit, section: Section, x: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The probabilities along the one column that varies, [n] or [n, K], where there are some."""
    check_weights(fit.model)
    line = chosen_lines(fit.grid_around(section), x)[0]
    prob: NDArray[np.float64] = fit.section_prob(section, line).numpy()
    check_outputs(fit.model, np.atleast_2d(prob.T))
    return line, prob


def plot_curve(
    fit: Fit, section: Section, ax: Axes | None = None, shown: FitPoints | None = None
) -> Axes:
    """A fit's probabilities against the one column that varies, with the samples as points: of two
    classes the curve of the second, with the samples at 0 and 1; of more a curve for each, with the
    samples below."""
    line = fit.grid_around(section)[0]
    if shown and shown.test and section.places:
        line = widened(line, shown.test.points[:, section.places[0]].double().numpy())
    x, prob = fit_curve(fit, section, line)
    ax = one_axes(ax, (5.1, 4.4))
    several = prob.ndim == 2
    ax.axhline(1 / len(fit.levels), color=GREY, lw=0.8, ls=":")
    for k in range(len(fit.levels)) if several else ():
        ax.plot(x, prob[:, k], color=class_color(k), lw=2)
    if not several:
        ax.plot(x, prob, color=ORANGE, lw=2)
    if shown and section.places:
        draw_fit_points(ax, fit, shown, lambda sample: in_rows(sample, section, several))
    low = -_STEP * (1 + len(fit.levels)) if several else -_STEP
    ax.set(xlim=(x[0], x[-1]), ylim=(low, 1 + _STEP), yticks=np.linspace(0, 1, 5))
    name_axes(ax, [section.names[0], ""])
    of = "Probability" if several else f"Probability of class {cut(str(fit.levels[1]))}"
    as_text(ax.set_ylabel(of, fontsize=fitted(of, points(ax, ax.bbox.height))))
    set_title(ax, f"Classification by one column{stage(fit)}", section.caption)
    return ax


def in_rows(sample: Sample, section: Section, several: bool) -> NDArray[np.float64]:
    """Points at their column, and the classes in rows."""
    rows = -_STEP * (1 + sample.classes) if several else sample.classes
    return np.column_stack([sample.points[:, section.places[0]].numpy(), rows])
