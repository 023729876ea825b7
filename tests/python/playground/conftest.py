"""The playground's page, as a browser opens it."""

from contextlib import ExitStack, contextmanager

import pytest
from page import seen_on
from playground_page import LIMIT, WATCH, Page
from xorlab.playground.app import make_app
from xorlab.playground.desk import Start
from xorlab.playground.desks import Desks
from xorlab.playground.experiment import Experiment
from xorlab.playground.policy import script_hashes
from xorlab.playground.serving import Server


@contextmanager
def served(start):
    """The desks of a page, and its server, on a thread of its own."""
    desks = Desks(start)
    app = make_app(desks)
    server = Server(app, scripts=script_hashes(app.ui["html"]))
    desks.on_end(server.stop)
    server.start()
    try:
        yield desks, server
    finally:
        server.stop()
        assert server.wait(LIMIT)


@pytest.fixture
def screen(browser):
    """The browser, on a screen for the page; what runs before the page's scripts is there."""
    seen_on(browser, 1280, 900)
    watch = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    yield browser
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", watch)


@pytest.fixture
def open_page(screen):
    """Opens the page of an experiment, and sees at the end that its console has no complaint and
    that it has asked no other host for anything."""
    with ExitStack() as stack:
        pages = []

        def open(fragment="", start=None, **values):
            values = {"size": 200, **values}
            start = start or Start(Experiment(**values))
            page = Page(screen, *stack.enter_context(served(start)))
            pages.append(page)
            return page.open(fragment)

        open.browser = screen
        yield open
        for page in pages:
            page.is_clean()
        screen.get("about:blank")
