"""A study as a picture."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..checks.public import public
from ..checks.words import show
from ..study.study import Study
from .axes import several_axes
from .labels import legend_below, legend_within
from .outcomes import Outcomes, draw_outcomes, make_outcomes
from .sweep import Sweep, draw_sweep, make_sweep

if TYPE_CHECKING:
    from .axes import SeveralAxes


@public
def plot_study(study: Study, ax: SeveralAxes | None = None) -> Any:
    """A study as a picture.

    Of a sweep, the share of the nets that solved XOR, with its 95 % interval, and their median
    loss, against what varies: the learning rate; else the number with the most values, such as
    `momentum` or `hidden`; else the names, such as those of optimizers. What varies beside that
    makes lines. Where there are other data, the median accuracy takes the place of the share, with
    bars from the 5 % to the 95 % quantile. Of nets that differ in their seed alone, loss and
    accuracy of each.

    Parameters
    ----------
    study
        What `seed_study()`, `xor_sweep()` or `read_study()` returned.
    ax
        Axes to draw in: two for a sweep, for shares and losses, else one. None makes a pyplot
        figure.

    Returns
    -------
    The matplotlib `Axes`; of a sweep an array of two. A loss that is not finite is left out.

    Raises
    ------
    TypeError, ValueError
        If `study` is none, or has no nets, or `ax` are not as many axes as it takes.

    Examples
    --------
    >>> import xorlab
    >>> study = xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, 4], runs=3, epochs=2, seed=1)
    >>> shares, losses = plot_study(study)
    """
    picture = make_picture(study)
    if isinstance(picture, Outcomes):
        axes = several_axes(ax, 1, 1, (5.6, 4.2))
        draw_outcomes(axes[0], picture)
        return axes[0]
    axes = several_axes(ax, 2, 2, (9.6, 4.2))
    draw_sweep(axes[0], axes[1], picture)
    if ax is None:
        legend_below(axes[1])
    else:
        legend_within(axes[1])
    return axes


def make_picture(study: Any) -> Sweep | Outcomes:
    study = check_drawn(study)
    return make_outcomes(study) if len(study.summary()) == 1 else make_sweep(study)


def study_content(study: Study) -> dict[str, Any]:
    """The picture as plain values."""
    return asdict(make_picture(study))


def check_drawn(study: Any) -> Study:
    """A study of some nets."""
    if not isinstance(study, Study):
        raise TypeError(f"`study` must be what seed_study() returned, not {show(study)}.")
    if not len(study):
        raise ValueError("`study` must have at least one net to be drawn.")
    return study
