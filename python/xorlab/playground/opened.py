"""An open page: what was made of a start, and the server of it."""

from __future__ import annotations

import warnings
from typing import Any

from ..checks.optional import need_shiny
from ..fit.fit import Fit
from .desk import Start
from .desks import Desks
from .opening import LeadingFile
from .policy import script_hashes
from .serving import Reason, Server


class OpenPage:
    """A page that is there for a browser as soon as it runs, or has been started.

    Parameters
    ----------
    start
        What it opens with.
    host, port, until_closed
        As of `Server`.

    Raises
    ------
    TypeError, ValueError
        If the page can't open with that.
    OSError
        If the port is taken.
    ImportError
        If shiny is missing.
    """

    def __init__(
        self, start: Start, host: str | None, port: int | None, until_closed: bool
    ) -> None:
        app, self.desks = make_app_and_desks(start)
        scripts = script_hashes(app.ui["html"])
        self.server = Server(app, port, host, until_closed, scripts)
        self.desks.on_end(self.server.stop)
        self._file: LeadingFile | None = None
        be_the_only_one(self)

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def reason(self) -> Reason | None:
        """Why it was over; None before."""
        return self.server.reason

    @property
    def fit(self) -> Fit:
        """The net of the page that was used last, as after its latest whole epoch."""
        return self.desks.result()

    def file(self) -> str:
        """A file that leads to the address, for programs whose arguments others can see."""
        if self._file is None:
            self._file = LeadingFile(self.address)
        return str(self._file.path)

    def run(self) -> Reason:
        """Serve on this thread until it is over."""
        try:
            return self.server.run()
        finally:
            self._clean_up()

    def start(self) -> None:
        """Serve on a thread of its own."""
        self.server.start()

    def stop(self) -> None:
        """End what was started; the fit stays."""
        self.server.stop()
        self.server.wait(5)
        self._clean_up()

    def _clean_up(self) -> None:
        if self._file:
            self._file.remove()
            self._file = None
        if self in opened:
            opened.remove(self)


opened: list[OpenPage] = []


def make_app_and_desks(start: Start) -> tuple[Any, Desks]:
    need_shiny()
    with warnings.catch_warnings():  # shiny adds filters of its own
        from .app import make_app

        desks = Desks(start)
        return make_app(desks), desks


def be_the_only_one(page: OpenPage) -> None:
    """End the page that is there: what Shiny keeps is the process's own, and the event loop of
    another thread cannot share it."""
    for other in [*opened]:
        other.stop()
    opened.append(page)
    forget_loop()


def forget_loop() -> None:
    """Have Shiny make its lock anew, which would remain that of an event loop that is over."""
    from shiny.reactive import _core

    environment = _core._reactive_environment
    if environment._lock is not None and not environment._lock.locked():
        environment._lock = None
