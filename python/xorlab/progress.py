"""Progress bars: tqdm's, or one of the caller's own."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Literal

from tqdm import TqdmWarning

from .checks.words import show

with warnings.catch_warnings():
    # In a notebook without ipywidgets it takes its bar of text, which is no reason to warn.
    warnings.simplefilter("ignore", TqdmWarning)
    from tqdm.auto import tqdm

# True, False, "auto", or a function that is called with the numbers done and planned.
Verbose = bool | Literal["auto"] | Callable[[int, int], object]

# Seconds between two calls of such a function, which may cost more than the work itself.
PAUSE = 0.1


class Told:
    """A bar of the caller's own, behind the few methods of tqdm's that are used here."""

    def __init__(self, tell: Callable[[int, int], object], total: int, done: int) -> None:
        self.tell, self.total, self.done = tell, total, done
        self.last = -PAUSE
        self.update(0)

    def update(self, n: int) -> None:
        """So many more are done."""
        self.done += n
        now = time.monotonic()
        if now >= self.last + PAUSE or self.done == self.total:
            self.last = now
            self.tell(self.done, self.total)

    def __enter__(self) -> Told:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def make_bar(what: str, total: int, verbose: Verbose, done: int = 0) -> Any:
    """A bar as a context manager, with `update(n)`."""
    if callable(verbose):
        return Told(verbose, total, done)
    quiet = not wants_progress(verbose)
    return tqdm(desc=what, total=total, initial=done, unit=what[:-1].lower(), disable=quiet)


def check_verbose(verbose: Any) -> None:
    if not isinstance(verbose, bool) and not callable(verbose) and verbose != "auto":
        raise TypeError(
            f"`verbose` must be True, False, 'auto' or a function, not {show(verbose)}."
        )


def wants_progress(verbose: bool | Literal["auto"]) -> bool:
    """Whether to show a progress bar: "auto" does in a terminal or a notebook."""
    check_verbose(verbose)
    if isinstance(verbose, bool):
        return verbose
    terminal = sys.stderr is not None and sys.stderr.isatty()  # None: a program without a console
    return "pytest" not in sys.modules and (terminal or "ipykernel" in sys.modules)


def progress(epochs: int, verbose: Verbose, done: int = 0) -> Iterator[int]:
    """Epochs `done` + 1 to `epochs`, behind a progress bar where one is wanted."""
    with make_bar("Epochs", epochs, verbose, done) as bar:
        for epoch in range(done + 1, epochs + 1):
            yield epoch
            bar.update(1)
