"""The pictures of a fit by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..checks.public import public
from ..checks.values import check_choice
from ..data.convert import Data
from ..fit.fit import Fit, check_fit
from .boundary import plot_boundary
from .difference import plot_difference
from .hidden import plot_hidden
from .history import plot_history
from .landscape import plot_landscape
from .network import plot_network
from .space import plot_space

if TYPE_CHECKING:
    from .axes import SeveralAxes

Picture = Literal["boundary", "history", "hidden", "network", "space", "landscape", "difference"]
_KINDS: dict[Picture, Callable[..., Any]] = {
    "boundary": plot_boundary,
    "history": plot_history,
    "hidden": plot_hidden,
    "network": plot_network,
    "space": plot_space,
    "landscape": plot_landscape,
    "difference": plot_difference,
}


@public
def plot_fit(
    fit: Fit,
    what: Picture = "boundary",
    ax: SeveralAxes | None = None,
    *,
    vars: Sequence[str] | None = None,
    at: Mapping[str, Any] | None = None,
    points: bool | None = None,
    data: Data | None = None,
) -> Any:
    """A fit as a picture, in the units of the data.

    Parameters
    ----------
    fit
        A `Fit`.
    what
        "boundary": the probability of the second class over the plane, or of more classes the most
        probable one, as `visualize_classification()` draws it, with the samples the net was trained
        on; "history": loss and accuracy, as by `plot_history()`; "hidden": the units of the first
        hidden layer, as by `plot_hidden()`, of data of two columns; "network": the net as a
        diagram, as by `plot_network()`; "space": the points before and after the hidden layers, as
        by `plot_space()`; "landscape": the loss around its weights, with the path of the training,
        as by `plot_landscape()`; "difference": how far it is from the exact probabilities of
        a toy problem, as by `plot_difference()`.
    ax
        Axes to draw in, for the hidden units one for each and one more, for "space" two, for the
        history two, or one for the loss alone; None makes a pyplot figure.
    vars, at
        For the boundary of data of more than two columns: the names of two, and values of others by
        name, as for `Fit.boundary()`. The caption says what the others are. Of data of one column,
        the probability is drawn against it.
    points
        For the boundary: whether the samples that the net was trained on are drawn. None draws them
        unless there are test points; beside those they are pale.
    data
        For the boundary: test points with their classes, as for `Fit.evaluate()`, such as a
        dataset or a pair of points and labels. They are drawn on top, those that the net
        misclassifies in a ring.

    Returns
    -------
    The matplotlib `Axes`; for the hidden units, "space" and the history an array of them.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, `what` is none of these, `ax` is not axes, `vars` or `at` name no
        such columns, `data` is of other columns or classes, an argument is for another picture, or
        there is nothing to draw, as where the net's weights are not finite.

    Examples
    --------
    >>> import xorlab
    >>> fit = xorlab.train_xor(epochs=5, seed=1)
    >>> ax = plot_fit(fit)
    >>> ax = plot_fit(fit, data=xorlab.XORDataset(100, seed=2))
    >>> loss, accuracy = plot_fit(fit, "history")
    """
    draw = _KINDS[check_choice("what", what, tuple(_KINDS))]
    options: dict[str, Any] = {"vars": vars, "at": at, "points": points, "data": data}
    given = {name: one for name, one in options.items() if one is not None}
    if given and what != "boundary":
        raise ValueError(
            f"`{next(iter(given))}` is for the picture 'boundary', and must be left out for "
            f"{what!r}."
        )
    return draw(check_fit(fit), ax, **given)
