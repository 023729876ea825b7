"""A server of one page on this machine, which leaves the process as it found it.

It runs on the calling thread, R's own for instance, until the page is done; or beside it on a
thread of its own.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Literal

from ..checks.values import check_count
from ..checks.words import show
from .guard import Application, Guard
from .process import own_loop, running_loop, undisturbed

if TYPE_CHECKING:
    import uvicorn

HERE = "127.0.0.1"
MAX_PORT = 65535
MAX_MESSAGE = 1_000_000
# Seconds without a page after which it is over: one that was closed may be on its way back, as by a
# reload; one that was lost by a break of the connection, as by a proxy's or in a computer's sleep.
LEFT, LOST = 5.0, 60.0
# Seconds that open connections have at the end.
GRACE = 1

# Why it is over: by `stop()`, since the last page was closed, or by Ctrl-C.
Reason = Literal["stopped", "closed", "interrupted"]


class Server:
    """A server on a port of 127.0.0.1.

    Parameters
    ----------
    app
        An ASGI application.
    port
        From 1 to 65535; None takes one that is free.
    host
        Name, with its port where it has one, of the proxy by which the browser reaches this
        machine; None where the browser is on this machine.
    until_closed
        Whether it is over when the last page has been closed.
    scripts
        Hashes of the scripts within the page, from `script_hashes()`.

    Attributes
    ----------
    address
        Of the page, which is below a secret folder.
    reason
        Why it was over; None before.

    Raises
    ------
    TypeError, ValueError
        If `port` or `host` cannot be one.
    OSError
        If the port is taken.
    """

    def __init__(
        self,
        app: Application,
        port: int | None = None,
        host: str | None = None,
        until_closed: bool = True,
        scripts: Sequence[str] = (),
    ) -> None:
        trusted = None if host is None else check_host(host)
        self._socket = listen(0 if port is None else check_port(port))
        self.port: int = self._socket.getsockname()[1]
        self.token = secrets.token_urlsafe(32)
        self.address = f"http://{HERE}:{self.port}/{self.token}/"
        self.reason: Reason | None = None
        self._ready, self._over = threading.Event(), threading.Event()
        self._failure: BaseException | None = None
        here = [f"{HERE}:{self.port}", f"localhost:{self.port}"]
        self._watch = Pages(self._left) if until_closed else None
        self._server = make_server(
            Guard(app, self.token, here, trusted, scripts, self._watch, self._interrupted)
        )

    def run(self) -> Reason:
        """Serve on this thread until it is over, or beside it where an event loop runs on it.

        Ctrl-C ends it, and is not raised. Who asks before gets an answer now: a browser may well be
        opened first.
        """
        if running_loop():
            return self._wait_beside()
        try:
            with undisturbed(), own_loop() as loop:
                self._run_on(loop)
        except BaseException as error:
            if not self._ready.is_set():
                self._failure = error
            raise
        finally:
            self._socket.close()
            self.reason = self.reason or "stopped"
            self._over.set()
            self._ready.set()
        return self.reason

    def start(self) -> None:
        """Serve on a thread of its own, and return once pages are answered."""
        threading.Thread(target=self._run_silently, name="xorlab playground", daemon=True).start()
        self._ready.wait()
        if self._failure:
            raise self._failure

    def stop(self) -> None:
        """Have it end, from any thread; `wait()` waits until it has."""
        self._server.should_exit = True

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end; whether it has come."""
        return self._over.wait(timeout)

    def close(self) -> None:
        """Give the port back where it is not run after all."""
        self._socket.close()

    def _run_on(self, loop: asyncio.AbstractEventLoop) -> None:
        serving = loop.create_task(self._server.serve([self._socket]))
        try:
            loop.run_until_complete(self._started(serving))
            if not serving.done():
                self._ready.set()
            loop.run_until_complete(serving)
        except KeyboardInterrupt:
            self._interrupted()
        finally:
            self.stop()
            self._finish(loop, serving)

    async def _started(self, serving: asyncio.Task[None]) -> None:
        while not (self._server.started or serving.done()):
            await asyncio.sleep(0.01)

    def _finish(self, loop: asyncio.AbstractEventLoop, serving: asyncio.Task[None]) -> None:
        """Wait for the server's own end, though Ctrl-C may be pressed again or have hit it."""
        for _ in range(3):
            try:
                if serving.done() and serving.exception() and self._server.started:
                    serving = loop.create_task(self._server.shutdown([self._socket]))
                loop.run_until_complete(asyncio.wait([serving], timeout=3 * GRACE))
                return
            except KeyboardInterrupt:
                self.reason = "interrupted"

    def _run_silently(self) -> None:
        try:
            self.run()
        except Exception:
            if self._failure is None:  # which start() raises
                raise

    def _wait_beside(self) -> Reason:
        try:
            self.start()
            while not self.wait(0.1):  # for Ctrl-C comes between two waits alone on Windows
                pass
        except KeyboardInterrupt:
            self.reason = "interrupted"
        finally:
            self.stop()
            self.wait(3 * GRACE)
        return self.reason or "stopped"

    def _interrupted(self) -> None:
        self.reason = "interrupted"
        self.stop()

    def _left(self) -> None:
        self.reason = self.reason or "closed"
        self.stop()


class Pages:
    """Calls a function when there has been no page for a while, after there was one."""

    def __init__(self, left: Callable[[], object]) -> None:
        self.left = left
        self.timer: asyncio.TimerHandle | None = None

    def __call__(self, pages: int, lost: bool) -> None:
        """There are so many pages now; the one that went was lost, or left."""
        if self.timer:
            self.timer.cancel()
            self.timer = None
        if not pages:
            loop = asyncio.get_running_loop()
            self.timer = loop.call_later(LOST if lost else LEFT, self.left)


def make_server(app: Application) -> uvicorn.Server:
    import uvicorn

    from .connections import Connection

    config: Any = uvicorn.Config(
        app,
        loop="asyncio",
        http=Connection,
        interface="asgi3",
        lifespan="off",
        workers=1,
        log_config=None,
        proxy_headers=False,  # nobody's word but the request's own
        server_header=False,
        ws_max_size=MAX_MESSAGE,
        ws_ping_timeout=LOST,
        ws_per_message_deflate=False,  # within one machine it only takes time
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)
    # Handlers of signals that are C's, such as R's, could not be put back.
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]
    return server


def listen(port: int) -> socket.socket:
    # Of a socket that does not name its protocol, asyncio would not know that it may send at once:
    # each frame would wait 40 ms for the last one's acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows others could listen on it, too
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HERE, port))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = error.strerror.lower() if error.strerror else "unknown reason"
        raise OSError(
            f"`port` must be a free port, and {port} cannot be had ({reason}): take another, or "
            "leave it out, and a free one is found."
        ) from error
    return listener


def check_port(port: Any) -> int:
    number = check_count("port", port)
    if number > MAX_PORT:
        raise ValueError(f"`port` must be a whole number from 1 to {MAX_PORT}, not {show(port)}.")
    return number


def check_host(host: Any) -> str:
    """The name of a proxy. The server itself listens on 127.0.0.1, whatever it is."""
    if isinstance(host, str) and re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*)(:[0-9]{1,5})?", host):
        return host
    must = (
        "`host` must be the name by which the browser knows the proxy before this machine, such "
        f"as 'lab.example.org' or 'lab.example.org:8787', not {show(host)}."
    )
    raise ValueError(must) if isinstance(host, str) else TypeError(must)
