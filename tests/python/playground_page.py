"""The playground's page in a browser with the net behind it, as tests drive them."""

import time

from page import pixels
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

LIMIT = 60  # seconds, before one would take it for hanging

# Runs before the page's own scripts: counts the frames that come in and those that were drawn.
WATCH = """
window.wire = {frames: 0, drawn: 0, most: 0, held: false, waiting: []};
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({data}) => {
      if (!/^\\{"custom": ?\\{"frame"/.test(data)) return;
      wire.frames += 1;
      wire.most = Math.max(wire.most, wire.frames - wire.drawn);
    });
  }
  send(text) {
    const drawn = /"ack(:[^"]*)?":/.test(text);
    if (drawn && wire.held) return wire.waiting.push(() => this.send(text));
    if (drawn) wire.drawn += 1;
    super.send(text);
  }
};
"""


def comes(condition, what="what was waited for"):
    """What a condition gives once it holds."""
    until = time.monotonic() + LIMIT
    while not (found := condition()):
        assert time.monotonic() < until, f"{what} has not come"
        time.sleep(0.02)
    return found


class Page:
    """An open page, and the desks of its server."""

    def __init__(self, browser, desks, server):
        self.browser, self.desks, self.server = browser, desks, server

    def open(self, fragment=""):
        self.browser.get(f"{self.server.address}#{fragment}" if fragment else self.server.address)
        self.ready()
        return self

    def ready(self):
        comes(lambda: self.text("value_epoch"), "a first frame")
        self.settled()

    # --- the net behind it ------------------------------------------------------------------------

    @property
    def desk(self):
        return self.desks.last

    @property
    def net(self):
        return self.desk.net

    @property
    def values(self):
        return self.net.experiment.values()

    def probabilities(self):
        """Of the net, where the page asks for them: shape [lines, lines] or [lines, lines, K]."""
        section, grid = self.net.fit.section(), self.desk.scene.grid
        logits = self.net.fit.logits(section.points(*grid)).double()
        if logits.dim() == 1 or logits.shape[1] == 1:
            return logits.sigmoid().reshape(len(grid[0]), -1).numpy()
        return logits.softmax(1).reshape(len(grid[0]), -1, logits.shape[1]).numpy()

    # --- what is seen -----------------------------------------------------------------------------

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def text(self, id):
        return "".join(one.text for one in self.all(f"#{id}"))

    def value(self, id):
        return self.one(f"#{id}").get_property("value")

    def number(self, id):
        return float(self.text(id).split()[0])

    def script(self, text, *arguments):
        return self.browser.execute_script(text, *arguments)

    def orange(self):
        """How orange, as against blue, the boundary is: [lines, lines], as `probabilities()`."""
        picture = pixels(self.browser)
        return (picture[..., 0] - picture[..., 2])[::-1].T

    def settled(self):
        """Wait until the page shows the net as it stands."""

        def same():
            shown = self.script("return document.getElementById('value_epoch').textContent")
            return (
                not self.desk.changed
                and shown.split(" ")[0] == str(self.net.epoch)
                and self.script("return wire.frames > 0 && wire.frames === wire.drawn")
                and self.script("return location.hash.slice(1)") == self.net.experiment.fragment()
            )

        comes(same, "the net as it stands")

    # --- what a person does -----------------------------------------------------------------------

    def press(self, id):
        self.click(self.one(f"#{id}"))

    def click(self, element):
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def play(self):
        self.press("play")
        comes(lambda: self.text("play") == "Pause" and self.desk.playing, "playing")

    def pause(self):
        self.press("play")
        comes(lambda: self.text("play") == "Play" and not self.desk.playing, "a pause")
        self.settled()

    def train(self, epochs):
        """Play for a while."""
        start = self.net.epoch
        self.play()
        comes(lambda: self.net.epoch >= start + epochs, f"{epochs} epochs")
        self.pause()

    def type(self, id, text):
        """Write into a field and leave it."""
        field = self.one(f"#{id}")
        self.script("arguments[0].scrollIntoView({block: 'center'})", field)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(str(text), Keys.TAB)

    def set(self, id, value):
        """Write a number and wait until the net has it."""
        self.type(id, value)
        self.has(id, value)

    def choose(self, id, value, given=None):
        """Choose of a list or of buttons, or tick, and wait until the net has it."""
        field = self.one(f"#{id}")
        if field.tag_name == "select":
            Select(field).select_by_value(value)
        else:
            self.click(self.one(f"#{id} input[value='{value}']"))
        self.has(id, value if given is None else given)

    def has(self, id, value):
        if id in self.values:
            comes(lambda: self.values[id] == value, f"{id} of {value}")
            self.settled()

    def at(self, x1, x2):
        """Where a place of the data is on the screen."""
        picture = self.one("#boundary svg")
        self.script("arguments[0].scrollIntoView({block: 'center'})", picture)
        box = self.script(
            "return document.querySelector('#boundary image').getBoundingClientRect().toJSON()"
        )
        shares = []
        for (first, last, lines), value in zip(self.ends(), (x1, x2), strict=True):
            step = (last - first) / (lines - 1)
            shares.append((value - first + step / 2) / (last - first + step))
        return box["left"] + shares[0] * box["width"], box["bottom"] - shares[1] * box["height"]

    def ends(self):
        return [(line[0], line[-1], len(line)) for line in self.desk.scene.grid]

    def is_clean(self):
        """The page has asked no other host, and nothing is in its console."""
        asked = self.script("return performance.getEntriesByType('resource').map(one => one.name)")
        assert all(one.startswith((self.server.address, "data:", "blob:")) for one in asked), asked
        assert [one["message"] for one in self.browser.get_log("browser")] == []
