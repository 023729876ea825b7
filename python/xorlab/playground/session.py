"""Shiny's part: a page's inputs go to its desk, and what has changed goes to the page."""

from __future__ import annotations

import asyncio
import functools
import secrets
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .desks import Desks
from .experiment import NAMES
from .foreign import read_address
from .transfers import offer_downloads, read_upload

if TYPE_CHECKING:
    from shiny import Inputs, Outputs, Session

# What the page's controls set; `hide` is the teacher's.
CONTROLS = tuple(name for name in NAMES if name != "hide")
# What a page says at the end.
ENDED = "Done: the fit is back in R or Python. You can close this page."
ENDED_ELSEWHERE = "Done was pressed on another page: the fit of that one was returned."
# Seconds between two looks at what is drawn on demand, while it plays; and how many times as long
# as it takes to draw.
ON_DEMAND, REST = 1.0, 3.0


class Page:
    """One open page.

    Frames are sent one at a time: the next one when the page has drawn the last, so that a slow
    browser slows them down, and one that is hidden, which draws none, stops them.
    """

    def __init__(self, input: Inputs, session: Session, desks: Desks) -> None:
        self.input, self.session, self.desks = input, session, desks
        self.key, self.desk = "", desks.last
        self.former: dict[str, Any] = {}
        self.news = asyncio.Event()
        self.drawn, self.visible, self.stale = True, True, True
        self.number = 0
        self.next_frame = self.on_demand = 0.0

    # --- to the page ------------------------------------------------------------------------------

    async def send(self, kind: str, content: Mapping[str, Any]) -> None:
        await self.session.send_custom_message(kind, dict(content))

    async def notice(self, text: str, kind: str = "info") -> None:
        await self.send("notice", {"text": text, "kind": kind})

    def touch(self) -> None:
        """There is something new to draw."""
        self.stale = True
        self.news.set()

    async def run(self) -> None:
        """Send frames for as long as the page is open."""
        while not self.desks.over:
            await self.due()
            await self.guarded(self.next)
            await asyncio.sleep(0)  # whatever else there is to do, on this page or another

    async def due(self) -> None:
        """Wait until the next frame is due, and the page is ready for it."""
        while True:
            wait: float | None = None
            if self.drawn and self.visible and (self.stale or self.desk.playing):
                wait = 0 if self.stale else self.next_frame - time.monotonic()
                if wait <= 0:
                    return
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.news.wait(), wait)
            self.news.clear()

    async def next(self) -> None:
        """Train as far as the next frame, and send it."""
        desk = self.desk
        self.stale = False
        try:
            if desk.playing and time.monotonic() >= self.next_frame:
                self.next_frame = max(self.next_frame + desk.period, time.monotonic())
                try:
                    desk.train()
                finally:
                    await self.draw()
            else:
                await self.draw()
        except Exception:
            desk.playing = False  # or it would fail again with every frame
            raise

    async def draw(self) -> None:
        desk = self.desk
        if desk.changed:
            await self.send("setup", desk.setup())
        frame = desk.frame()
        self.drawn, self.number = False, self.number + 1
        await self.send("frame", {**frame, "number": self.number})
        if not desk.playing or time.monotonic() > self.on_demand:
            began = time.monotonic()
            if desk.panel == "code":
                await self.send("code", desk.code())
            if desk.panel == "landscape":
                await self.send("landscape", desk.landscape())
            now = time.monotonic()
            self.on_demand = now + max(ON_DEMAND, REST * (now - began))

    async def guarded(self, action: Callable[[], Any]) -> None:
        """Do something that the page asked for; an error is told on the page, and one that is ours
        on the console, too. The net stays as it is."""
        try:
            answer = action()
            if isinstance(answer, Awaitable):
                await answer
        except (TypeError, ValueError) as error:
            await self.notice(str(error), "error")
        except Exception as error:
            traceback.print_exception(error, file=sys.stderr)
            await self.notice(f"{type(error).__name__}: {error}", "error")
        finally:
            if action != self.next:
                self.touch()

    # --- from the page ----------------------------------------------------------------------------

    async def begin(self, key: str, fragment: str) -> None:
        """The page is there: give it a net."""
        self.key, self.desk, how = self.desks.find(key)
        self.desk.changed = True
        if how == "second":
            await self.notice("The net of this address is open in another tab: here is a new one.")
        if fragment and fragment != self.desk.net.experiment.fragment():
            await self.guarded(lambda: self.open(fragment))
        for note in self.desks.start.notes if how == "new" else ():
            await self.notice(note)
        self.touch()

    async def open(self, address: str) -> None:
        """Open the experiment of an address."""
        opened = read_address(address)
        self.desk.open_address(opened.experiment)
        if opened.notes:
            await self.notice(" ".join(opened.notes))

    async def open_given(self, address: str) -> None:
        """Open what was pasted into the field, unless it is empty: that would be the usual
        experiment, and the present one would be gone."""
        if address == "":
            raise ValueError("Paste an address into the field first.")
        await self.open(address)

    def controls_changed(self, values: Mapping[str, Any]) -> None:
        """Apply those that a person has changed; a control that has yet to follow the server keeps
        its former value, and is none of them."""
        former, self.former = self.former, dict(values)
        now = self.desk.net.experiment.values()
        changed = {
            name: value
            for name, value in values.items()
            if value is not None and value not in (former.get(name), now[name])
        }
        if None in values.values():
            self.desk.changed = True  # an empty field gets its value back
        if changed and self.key:
            self.desks.use(self.desk)
            self.desk.change(**changed)

    def leave(self) -> None:
        if self.key:
            self.desks.leave(self.key)


def make_server(desks: Desks) -> Callable[[Inputs, Outputs, Session], None]:
    """The server function of a Shiny app whose pages have these desks."""

    pages: list[Page] = []

    async def end(page: Page) -> None:
        """ "Done" was pressed: this is the fit to return."""
        if desks.over:
            return
        for one in pages:
            one.desk.playing = False
            await one.send("end", {"text": ENDED if one is page else ENDED_ELSEWHERE})
        desks.end(page.desk)

    def server(input: Inputs, output: Outputs, session: Session) -> None:
        page = Page(input, session, desks)
        pages.append(page)
        session.on_ended(lambda: pages.remove(page))
        listen(page, end)
        offer_downloads(lambda: page.desk)

    return server


def listen(page: Page, end: Callable[[Page], Awaitable[None]]) -> None:
    """Connect a page's inputs with what they do."""
    from shiny import reactive

    input, session, desks = page.input, page.session, page.desks

    def on(name: str, action: Callable[[Any], Any]) -> None:
        """Do something whenever an input of a page that has begun has a new value."""

        @reactive.effect
        @reactive.event(input[name])
        async def _() -> None:
            if page.key:
                desks.use(page.desk)
                await page.guarded(functools.partial(action, input[name]()))

    @reactive.effect
    @reactive.event(input.start)
    async def _() -> None:
        given = input.start()
        if page.key or not isinstance(given, Mapping):
            return
        await page.begin(str(given.get("tab", ""))[:64], str(given.get("fragment", "")))
        # A page that was loaded again may show others than the net had.
        await page.guarded(lambda: page.desk.set_speed(input.speed()))
        await page.guarded(lambda: page.desk.set_panel(input.panel()))
        running = asyncio.create_task(page.run())

        def leave() -> None:
            running.cancel()
            page.leave()

        session.on_ended(leave)

    @reactive.effect
    async def _() -> None:
        values = {name: plain(input[name]()) for name in CONTROLS if name in input}
        await page.guarded(lambda: page.controls_changed(values))

    @reactive.effect
    @reactive.event(input.ack)
    def _() -> None:
        if input.ack() == page.number:
            page.drawn = True
            page.news.set()

    @reactive.effect
    @reactive.event(input.visible)
    def _() -> None:
        page.visible = bool(input.visible())
        page.news.set()

    on("play", lambda _: setattr(page.desk, "playing", not page.desk.playing))
    on("one_batch", lambda _: page.desk.run(1, seconds=0))
    on("one_epoch", lambda _: page.desk.run(1))
    on("reset", lambda _: page.desk.reset())
    on("new_seed", lambda _: page.desk.change(seed=secrets.randbelow(1000)))
    on("undo", lambda _: page.desk.undo())
    on("edit", lambda wanted: page.desk.edit(wanted))
    on("challenge", lambda name: page.desk.choose(name))
    on("speed", lambda name: page.desk.set_speed(name))
    on("panel", lambda name: page.desk.set_panel(name))
    on("fragment", page.open)
    on("open_address", lambda _: page.open_given(input.address()))
    on("upload", lambda files: page.desk.use(read_upload(files)))
    on("done", lambda _: end(page))


def plain(value: Any) -> Any:
    """A control's value as an experiment has it."""
    return list(value) if isinstance(value, tuple) else value
