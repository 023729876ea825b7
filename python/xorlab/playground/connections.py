"""Connections to the server, of which every user of the machine may open some."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds after which a connection is closed that has not sent a whole request, for there are only
# so many of them that a process can have.
SILENCE = 10.0


class Connection(H11Protocol):
    """Closes itself unless a request comes."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.silence = self.loop.call_later(SILENCE, transport.close)

    def handle_events(self) -> None:
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            self.silence.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        self.silence.cancel()
        super().connection_lost(exc)
