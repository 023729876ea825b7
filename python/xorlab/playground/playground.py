"""`playground()`: the page, from the call that opens it to the fit that it returns."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Literal

from ..checks.public import public
from ..checks.words import show
from ..data.convert import Data
from ..data.inputs import InputName
from ..data.origin import ToyKind
from ..fit.fit import Fit
from ..model.activations import ActivationName
from ..model.initial_weights import InitName
from ..optimizers import OptimizerName
from .bounds import View
from .opened import OpenPage
from .opening import has_browser, open_browser
from .serving import Reason
from .start import SETTINGS, make_start

HEIGHT = 800


class Playground:
    """A page on which nets are trained, beside other work; in a notebook it shows the page.

    `playground(block=False)` returns it.
    """

    def __init__(self, page: OpenPage, host: str | None) -> None:
        self._page, self._host = page, host

    @property
    def address(self) -> str:
        """Of the page, for the browsers of this machine and this user alone."""
        return self._page.address

    @property
    def reason(self) -> Reason | None:
        """Why it was over: "stopped" (by "Done" or by `stop()`), or "closed"; None before."""
        return self._page.reason

    @property
    def fit(self) -> Fit:
        """The net of the page that was used last, as after its latest whole epoch."""
        return self._page.fit

    @public
    def stop(self) -> None:
        """End it; the fit stays."""
        self._page.stop()

    def __repr__(self) -> str:
        return f"<Playground at {self.address}>" if not self.reason else "<Playground, over>"

    def _repr_html_(self) -> str:
        """The page within a notebook's."""
        if self.reason:
            return f"<p>{escape(repr(self))}</p>"
        address = self.address
        if self._host is not None:  # jupyter-server-proxy's folder for this port
            prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
            address = f"{prefix}proxy/{self._page.server.port}/{self._page.server.token}/"
        return (
            f'<iframe src="{escape(address)}" title="xorlab playground" '
            f'style="width: 100%; height: {HEIGHT}px; border: 0"></iframe>'
        )


@public
def playground(
    fit: Fit | None = None,
    data: Data | None = None,
    *,
    state: str | None = None,
    hide: str | Iterable[str] = (),
    host: str | None = None,
    port: int | None = None,
    block: bool | None = None,
    open_page: bool = True,
    problem: ToyKind | None = None,
    size: int | None = None,
    noise: float | None = None,
    classes: int | None = None,
    inputs: Sequence[InputName] | None = None,
    hidden: int | Sequence[int] | None = None,
    activation: ActivationName | None = None,
    init: InitName | None = None,
    optimizer: OptimizerName | None = None,
    lr: float | Literal["auto"] | None = None,
    batch_size: int | None = None,
    momentum: float | None = None,
    nesterov: bool | None = None,
    weight_decay: float | None = None,
    l1: float | None = None,
    validation: float | None = None,
    seed: int | None = None,
    view: View | None = None,
) -> Fit | Playground:
    """Open a page in the browser, on which a net is built and trained, and return its fit.

    The page shows the net, its boundary and its loss while it trains, and what each setting does.
    It ends by its button "Done", when it is closed, or by Ctrl-C; its net is returned, as
    `train_xor()` would return it: after so many epochs from a seed it is that net, bit for bit.

    It is served on this machine alone (127.0.0.1), below a secret address. Over SSH, choose a port
    and forward it under the same number, as by `ssh -L 8123:127.0.0.1:8123`.

    Parameters
    ----------
    fit
        A fit to go on from.
    data
        Points with labels to learn, as `train_xor()` takes them in one piece, such as those of
        `as_xor_data()`.
    state
        An experiment to open, as the address of a page says it: the whole address, or what follows
        the "#". That of the well-known browser playground is understood, too.
    hide
        Groups of controls that the page does not show, so that a class looks at the others.
    host
        Name of the proxy by which the browser reaches this machine, as with a JupyterHub, such as
        "lab.example.org".
    port
        A port from 1 to 65535; None takes one that is free.
    block
        Whether to wait for the end, and return the fit; None does, but in a notebook.
    open_page
        Whether to open the browser; the address is printed anyway.
    problem, size, noise, classes
        The toy problem, as of `toy_data()`: up to 20,000 points, and up to 8 classes.
    inputs, hidden, activation, init
        The net, as of `train_xor()`: up to 6 layers of up to 16 units.
    optimizer, lr, batch_size, momentum, nesterov, weight_decay, l1
        Its training, as of `train_xor()`.
    validation
        Share of the points that is held out; 0 for none.
    seed
        Fixes data, first weights and batch order.
    view
        What the large picture shows: "probability", "classes", "posterior" or "difference".

    Returns
    -------
    The fit; where it does not wait, a `Playground`, whose `fit` is that of the moment.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or the net or the data are more than the page has room for.
    OSError
        If the port is taken.
    ImportError
        If shiny is not installed.

    Examples
    --------
    >>> import xorlab
    >>> page = xorlab.playground(hidden=[3, 2], lr=0.3, block=False, open_page=False)
    >>> page.fit.settings.hidden
    (3, 2)
    >>> page.stop()
    """
    given = locals()  # what is not given is left to the state, or is as usual
    settings = {name: given[name] for name in SETTINGS if given[name] is not None}
    start = make_start(fit, data, state, hide, settings)
    in_notebook = "ipykernel" in sys.modules
    blocks = not in_notebook if block is None else block
    if not isinstance(blocks, bool):
        raise TypeError(f"`block` must be True, False or None, not {show(block)}.")
    page = OpenPage(start, host, port, until_closed=blocks)
    if not in_notebook or blocks:
        show_page(page, open_page, blocks)
    if blocks:
        page.run()
        return page.fit
    page.start()
    return Playground(page, host)


def show_page(page: OpenPage, open_page: bool, blocks: bool) -> None:
    """Print the address, since there may be no browser here, and open one."""
    how = " (Ctrl-C ends it and returns the fit so far)" if blocks else ""
    print(f"The playground is at {page.address}{how}", file=sys.stderr, flush=True)
    if open_page and has_browser():
        open_browser(Path(page.file()))
