"""The pictures of a fit by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from ..checks.public import public
from ..checks.values import check_choice
from ..fit.fit import Fit, check_fit
from .boundary import plot_boundary
from .hidden import plot_hidden
from .history import plot_history
from .network import plot_network

if TYPE_CHECKING:
    from .axes import SeveralAxes

Picture = Literal["boundary", "history", "hidden", "network"]
_KINDS: dict[Picture, Callable[[Fit, Any], Any]] = {
    "boundary": plot_boundary,
    "history": plot_history,
    "hidden": plot_hidden,
    "network": plot_network,
}


@public
def plot_fit(fit: Fit, what: Picture = "boundary", ax: SeveralAxes | None = None) -> Any:
    """A fit as a picture.

    Parameters
    ----------
    fit
        A `Fit`.
    what
        "boundary": the probability of the second class over the plane, as
        `visualize_classification()` draws it, with the samples the net was trained on; "history":
        loss and accuracy, as by `plot_history()`; "hidden": the units of the first hidden layer, as
        by `plot_hidden()`; "network": the net as a diagram, as by `plot_network()`. The first and
        the third need a net with two inputs.
    ax
        Axes to draw in, for the hidden units one for each; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`; for the hidden units an array of them.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, `what` is none of these, `ax` is not axes, or there is nothing to
        draw, as where the net's weights are not finite.

    Examples
    --------
    >>> import xorlab
    >>> fit = xorlab.train_xor(epochs=5, seed=1)
    >>> ax = plot_fit(fit)
    >>> ax = plot_fit(fit, "history")
    """
    return _KINDS[check_choice("what", what, tuple(_KINDS))](check_fit(fit), ax)
