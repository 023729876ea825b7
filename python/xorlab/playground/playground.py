"""`playground()`: the page, from the call that opens it to the fit that it returns."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from ..checks.optional import need_shiny
from ..checks.public import public
from ..checks.words import nearest, show
from ..data.training_data import training_data
from ..fit.fit import Fit
from .bounds import OWN, check_hide
from .desk import Start
from .desks import Desks
from .experiment import NAMES, Experiment
from .foreign import read_address
from .opening import LeadingFile, has_browser, open_browser
from .policy import script_hashes
from .serving import Reason, Server
from .source import Source, experiment_of, source_of

HEIGHT = 800
# What only changes how a fit is shown.
_SHOWN = ("view", "hide")


class Playground:
    """A page on which nets are trained, beside other work.

    `playground(block=False)` returns it; in a notebook it shows the page.

    Attributes
    ----------
    address
        Of the page, for the browsers of this machine and this user alone.
    reason
        Why it was over: "stopped" (by "Done" or by `stop()`), "closed" or "interrupted"; None
        before.
    """

    def __init__(
        self, start: Start, host: str | None, port: int | None, until_closed: bool
    ) -> None:
        app, self._desks = _make_app(start)
        scripts = script_hashes(app.ui["html"])
        self._server = Server(app, port, host, until_closed, scripts)
        self._desks.on_end(self._server.stop)
        self._host = host
        self._file: LeadingFile | None = None
        _the_only_one(self)

    @property
    def address(self) -> str:
        return self._server.address

    @property
    def reason(self) -> Reason | None:
        return self._server.reason

    @property
    def fit(self) -> Fit:
        """The net of the page that was used last, as after its latest whole epoch."""
        return self._desks.result()

    def file(self) -> str:
        """A file that leads to the address, for programs whose arguments others can see."""
        if self._file is None:
            self._file = LeadingFile(self.address)
        return str(self._file.path)

    def run(self) -> Reason:
        """Serve until it is over, on this thread."""
        try:
            return self._server.run()
        finally:
            self._over()

    def start(self) -> None:
        """Serve on a thread of its own."""
        self._server.start()

    @public
    def stop(self) -> None:
        """End it; `fit` stays."""
        self._server.stop()
        self._server.wait(5)
        self._over()

    def _over(self) -> None:
        if self._file:
            self._file.remove()
            self._file = None
        if self in _running:
            _running.remove(self)

    def __repr__(self) -> str:
        return f"<Playground at {self.address}>" if not self.reason else "<Playground, over>"

    def _repr_html_(self) -> str:
        """The page within a notebook's."""
        if self.reason:
            return f"<p>{escape(repr(self))}</p>"
        address = self.address
        if self._host is not None:  # jupyter-server-proxy's folder for this port
            prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
            address = f"{prefix}proxy/{self._server.port}/{self._server.token}/"
        return (
            f'<iframe src="{escape(address)}" title="xorlab playground" '
            f'style="width: 100%; height: {HEIGHT}px; border: 0"></iframe>'
        )


@public
def playground(
    fit: Fit | None = None,
    data: Any = None,
    *,
    state: str | None = None,
    hide: str | Iterable[str] = (),
    host: str | None = None,
    port: int | None = None,
    block: bool | None = None,
    open_page: bool = True,
    **settings: Any,
) -> Fit | Playground:
    """Open a page in the browser, on which a net is built and trained, and return its fit.

    The page shows the net, its boundary and its loss while it trains, and what each setting does.
    It ends by its button "Done", when it is closed, or by Ctrl-C; its net is returned, as
    `train_xor()` would return it: after so many epochs from a seed it is that net, bit for bit.

    It is served on this machine alone (127.0.0.1), below a secret address.

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
    **settings
        What the page opens with: `problem` (a kind of `toy_data()`), `size`, `noise`, `classes`,
        `inputs`, `hidden`, `activation`, `init`, `optimizer`, `lr`, `batch_size`, `momentum`,
        `nesterov`, `weight_decay`, `l1`, `validation`, `seed` and `view` (what the large picture
        shows: "probability", "classes", "posterior" or "difference").

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
    start = make_start(fit, data, state, hide, settings)
    in_notebook = "ipykernel" in sys.modules
    blocks = not in_notebook if block is None else block
    if not isinstance(blocks, bool):
        raise TypeError(f"`block` must be True, False or None, not {show(block)}.")
    page = Playground(start, host, port, until_closed=blocks)
    if not in_notebook or blocks:
        show_page(page, open_page)
    if blocks:
        page.run()
        return page.fit
    page.start()
    return page


def show_page(page: Playground, open_page: bool) -> None:
    """Print the address, since there may be no browser here, and open one."""
    how = "Ctrl-C ends it and returns the fit so far"
    print(f"The playground is at {page.address} ({how})", file=sys.stderr, flush=True)
    if open_page and has_browser():
        open_browser(Path(page.file()))


def make_start(fit: Any, data: Any, state: Any, hide: Any, settings: dict[str, Any]) -> Start:
    """What the page opens with."""
    for name in settings:
        if name not in NAMES:
            near = nearest(name, NAMES)
            raise TypeError(
                f"playground() has no argument `{name}`"
                + (f"; did you mean `{near}`?" if near else ".")
            )
    if hide := check_hide(hide):
        settings = {**settings, "hide": hide}
    given = [
        name for name, one in (("fit", fit), ("data", data), ("state", state)) if one is not None
    ]
    if fit is not None and len(given) > 1:
        raise ValueError(f"`{given[1]}` must be left out beside `fit`, which has all that it says.")
    if fit is not None:
        goes_on = all(name in _SHOWN for name in settings)
        experiment = experiment_of(fit).changed(**settings)
        return Start(experiment, source_of(fit), fit if goes_on else None)
    opened = read_address(state) if state is not None else None
    experiment = opened.experiment if opened else Experiment()
    source = None
    if (encoded := training_data(data, None, None)) is not None:
        source, settings = Source(encoded), {"problem": OWN, **settings}
    return Start(experiment.changed(**settings), source, None, opened.notes if opened else ())


def _make_app(start: Start) -> tuple[Any, Desks]:
    need_shiny()
    with warnings.catch_warnings():  # shiny adds filters of its own
        from .app import make_app

        desks = Desks(start)
        return make_app(desks), desks


_running: list[Playground] = []


def _the_only_one(page: Playground) -> None:
    """End the page that is there: all that Shiny keeps of pages is the process's own, and an event
    loop of another thread could not share it."""
    for other in [*_running]:
        other.stop()
    _running.append(page)
    _forget_loop()


def _forget_loop() -> None:
    """Have Shiny make its lock anew, which would remain that of an event loop that is over."""
    from shiny.reactive import _core

    environment = _core._reactive_environment
    if environment._lock is not None and not environment._lock.locked():
        environment._lock = None
