"""The open pages, each with a net of its own, and the one whose fit is returned."""

from __future__ import annotations

from collections.abc import Callable

from ..fit.fit import Fit
from .desk import Desk, Start

# Nets that are kept for pages that may come back.
MOST = 16


class Desks:
    """The nets of all pages, by the key that a page keeps over a reload.

    Parameters
    ----------
    start
        What a page opens with.
    """

    def __init__(self, start: Start) -> None:
        self.start = start
        self.desks: dict[str, Desk] = {}
        self.taken: set[str] = set()
        self.last = Desk(start)  # what can't be opened is refused at once
        self.fresh: Desk | None = self.last
        self.over = False
        self.listeners: list[Callable[[], object]] = []

    def find(self, key: str) -> tuple[str, Desk, str]:
        """The net of a page: its key, its desk, and whether it is "new", "back", or a "second" page
        with the key of another one that is open."""
        if key in self.desks and key not in self.taken:
            how = "back"
        else:
            how = "second" if key in self.taken else "new"
            while key in self.taken:
                key += "+"
            if key in self.desks:  # of a copied page that was loaded again
                how = "back"
            else:
                self.desks[key], self.fresh = self.fresh or Desk(self.start), None
                self.forget()
        self.taken.add(key)
        return key, self.desks[key], how

    def use(self, desk: Desk) -> None:
        """Something was done on its page: a page that was only opened does not count."""
        self.last = desk

    def forget(self) -> None:
        """Let go of the nets of pages that have been away for longest."""
        away = [key for key in self.desks if key not in self.taken]
        for key in away[: max(0, len(self.desks) - MOST)]:
            del self.desks[key]

    def leave(self, key: str) -> None:
        """A page has gone; it may come back."""
        self.taken.discard(key)
        self.desks[key].playing = False

    def result(self) -> Fit:
        """The fit of the page that was used last."""
        return self.last.net.result()

    def on_end(self, listener: Callable[[], object]) -> None:
        """Have a function called when "Done" was pressed."""
        self.listeners.append(listener)

    def end(self, desk: Desk) -> None:
        """This is the net to return."""
        if not self.over:
            self.last, self.over = desk, True
            for listener in self.listeners:
                listener()
