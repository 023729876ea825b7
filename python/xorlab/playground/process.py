"""What serving needs of the process, put back afterwards."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

# Errors in the application are told by the guard; uvicorn has nothing to add.
_LOGGERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")


@contextmanager
def undisturbed() -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(quiet_logging())
        stack.enter_context(blocked_sigpipe())
        yield


@contextmanager
def quiet_logging() -> Iterator[None]:
    """Within it, uvicorn writes no log, whatever has been set up for logs."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)


@contextmanager
def blocked_sigpipe() -> Iterator[None]:
    """Within it, writing to a browser that has gone away gives this thread an error and no signal.

    R makes an error of its own of the signal, which would jump out of Python's functions; and its
    handler, which is C's, could not be put back by `signal.signal()`.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows has neither
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
    try:
        yield
    finally:
        if signal.SIGPIPE not in before:
            while signal.SIGPIPE in signal.sigpending():
                signal.sigwait({signal.SIGPIPE})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop beside that of the thread, if it has one, which must not be running."""
    loop = asyncio.SelectorEventLoop()
    loop.set_exception_handler(_tell_unless_interrupted)
    try:
        yield loop
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left, timeout=1))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _tell_unless_interrupted(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


def running_loop() -> bool:
    """Whether an event loop runs on this thread, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
