"""What reaches the page's application: requests of the user's own browser, and nothing else.

The server is on 127.0.0.1, where every program of the machine can reach it, and by way of a browser
every page that is open in one. So a request must know the secret folder of the address (other
users do not), name this machine as its host (a page whose name was made to point here does not),
and come from the page itself where the browser says what it comes from.
"""

from __future__ import annotations

import json
import secrets
import sys
import traceback
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from .policy import security_headers

# ASGI's own types, without the packages that define them.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 5_000_000
MAX_SOCKETS = 16
METHODS = ("GET", "HEAD", "POST")
# By which a browser says that its page went away, as against a connection that was lost.
LEFT = (1000, 1001)
REFUSED = 1008
UPLOAD = "upload"  # the input that is a file


class Guard:
    """An ASGI application before another.

    Parameters
    ----------
    app
        Sees requests below the secret folder alone, which is its `root_path`.
    token
        Name of that folder.
    hosts
        By which the browser may know this server, with their ports: the first is where it is.
    trusted
        Name of a proxy before it, if there is one, whose pages may hold this one in a frame.
    scripts
        Hashes of the scripts within the page, from `script_hashes()`; others within it do not run.
    watch
        Is called whenever a page was opened or has gone, with the number of those open and whether
        it was lost: its connection broke.
    interrupt
        Is called where Ctrl-C was pressed while the application was at work; uvicorn would take
        the exception for one of the application's.
    """

    def __init__(
        self,
        app: Application,
        token: str,
        hosts: Sequence[str],
        trusted: str | None = None,
        scripts: Sequence[str] = (),
        watch: Callable[[int, bool], object] | None = None,
        interrupt: Callable[[], object] | None = None,
    ) -> None:
        self.app, self.token = app, token
        self.watch, self.interrupt = watch, interrupt
        self.sockets = 0
        proxy = [trusted.lower()] if trusted else []
        self.hosts = {*hosts, *proxy}
        self.origins = {f"http://{host}" for host in self.hosts} | {f"https://{h}" for h in proxy}
        self.headers = security_headers([*hosts, *proxy], proxy, scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["type"] == "http":
                await self.answer(scope, receive, send)
            elif scope["type"] == "websocket":
                await self.connect(scope, receive, send)
        except KeyboardInterrupt:
            if not self.interrupt:
                raise
            self.interrupt()

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request for a page or a file, or an upload."""
        status = self.refusal(scope, socket=False)
        if status is not None:
            await refuse(send, status)
        elif scope["path"] == f"/{self.token}":  # relative, for a proxy may have folders of its own
            await refuse(send, 307, [(b"location", f"{self.token}/".encode())])
        else:
            request = Request(receive, send, self.headers)
            try:
                await self.app(self.below(scope), request.receive, request.send)
            except Exception as error:
                if not (request.too_large or request.gone):
                    report(error)
            await request.finish()

    async def connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The socket of a page, open as long as the page is."""
        if self.refusal(scope, socket=True) is not None or self.sockets >= MAX_SOCKETS:
            await receive()
            await send({"type": "websocket.close", "code": REFUSED})
            return
        socket = Socket(receive, send)
        self.count(1)
        try:
            await self.app(self.below(scope), socket.receive, socket.send)
        except Exception as error:
            if not socket.gone:
                report(error)
        finally:
            self.count(-1, socket.lost)

    def count(self, change: int, lost: bool = False) -> None:
        self.sockets += change
        if self.watch:
            self.watch(self.sockets, lost)

    def refusal(self, scope: Scope, socket: bool) -> int | None:
        """The status of a request that is refused; None where it is not."""
        headers = scope["headers"]
        host, origin = values(headers, b"host"), values(headers, b"origin")
        if len(host) != 1 or host[0].lower() not in self.hosts:
            return 403
        if len(origin) > 1 or (socket and not origin) or not self.origins.issuperset(origin):
            return 403
        folder = scope["path"][1:].partition("/")[0]
        if not secrets.compare_digest(folder.encode(), self.token.encode()):
            return 404
        if not socket and scope["method"] not in METHODS:
            return 405
        if any(not n.isdigit() or int(n) > MAX_BODY for n in values(headers, b"content-length")):
            return 413
        return None

    def below(self, scope: Scope) -> Scope:
        return {**scope, "root_path": f"/{self.token}"}


class Request:
    """A request whose body is no longer than it may be, and the answer to it."""

    def __init__(self, receive: Receive, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._receive, self._send, self.headers = receive, send, headers
        self.length = 0
        self.started = self.too_large = self.gone = False

    async def receive(self) -> Message:
        message = await self._receive()
        self.gone = message["type"] == "http.disconnect"
        self.length += len(message.get("body", b""))
        if self.length > MAX_BODY:
            self.too_large = True
            raise OverflowError("a body of too many bytes")
        return message

    async def send(self, message: Message) -> None:
        if self.too_large and not self.started:
            return  # what the application makes of it
        if message["type"] == "http.response.start":
            self.started = True
            ours = {name for name, _ in self.headers}
            theirs = [one for one in message.get("headers", ()) if one[0].lower() not in ours]
            message = {**message, "headers": [*theirs, *self.headers]}
        await self._send(message)

    async def finish(self) -> None:
        """Answer where the application did not."""
        if not self.started and not self.gone:
            await refuse(self._send, 413 if self.too_large else 500)


class Socket:
    """A page's socket, of which the application sees messages as Shiny's script sends them."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.gone = self.lost = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and not is_shinys(message.get("text")):
            await self.send({"type": "websocket.close", "code": REFUSED})
            message = {"type": "websocket.disconnect", "code": REFUSED}
        elif message["type"] == "websocket.disconnect":
            self.lost = not self.gone and message.get("code") not in LEFT
            self.gone = True
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "websocket.close":
            self.gone = True
        await self._send(message)


def is_shinys(text: str | None) -> bool:
    """Whether a message is as Shiny's script sends them: it would print, for each that is not, how
    it failed."""
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return False
    if not isinstance(message, dict):
        return False
    if message.get("method") in ("init", "update"):
        data = message.get("data")
        return isinstance(data, dict) and all(map(is_input, data, data.values()))
    return isinstance(message.get("method"), str) and {"tag", "args"} <= message.keys()


def is_input(name: str, value: object) -> bool:
    """Whether it may be an input's value. A file has to be sent: its path is none that a page may
    name, or it could have any file read."""
    input, *kind = name.split(":")
    return len(kind) <= 1 and (input != UPLOAD or value is None)


def values(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]


async def refuse(send: Send, status: int, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """An answer that tells nothing but its status."""
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def report(error: Exception) -> None:
    """Tell on the console of an error in the application."""
    print(f"An error in the playground's server: {error!r}", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
