"""The playground's page in a browser with the net behind it, as tests drive them."""

import time
from contextlib import suppress

from page import shown
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.actions.action_builder import ActionBuilder
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
    wire.socket = this;
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
    """What a condition gives once it holds; it may look at what is just being replaced."""
    until = time.monotonic() + LIMIT
    while True:
        with suppress(StaleElementReferenceException):
            if found := condition():
                return found
        assert time.monotonic() < until, f"{what} has not come"
        time.sleep(0.05)


class Page:
    """An open page, and the desks of its server."""

    def __init__(self, browser, desks, server):
        self.browser, self.desks, self.server = browser, desks, server
        self.desk, self._find = desks.last, desks.find  # of the page that was opened last
        desks.find = self._found

    def open(self, fragment=""):
        self.browser.get(f"{self.server.address}#{fragment}" if fragment else self.server.address)
        self.ready()
        return self

    def ready(self):
        comes(lambda: self.text("value_epoch"), "a first frame")
        self.settled()

    # --- the net behind it ------------------------------------------------------------------------

    def _found(self, key):
        found = self._find(key)
        self.desk = found[1]
        return found

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
        """As it is seen; empty where it is not."""
        return self.script(
            "const one = document.getElementById(arguments[0]);"
            "return one?.checkVisibility() ? one.innerText.trim() : ''",
            id,
        )

    def value(self, id):
        return self.one(f"#{id}").get_property("value")

    def number(self, id):
        return float(self.text(id).split()[0])

    def script(self, text, *arguments):
        return self.browser.execute_script(text, *arguments)

    def orange(self):
        """How orange, as against blue, the boundary is: [lines, lines], as `probabilities()`."""
        colors = self.colors()
        return colors[..., 0] - colors[..., 2]

    def colors(self):
        """Of the boundary: shape [lines, lines, 3], as `probabilities()`."""
        address = self.script("return document.querySelector('#boundary canvas').toDataURL()")
        return shown(address)[::-1].transpose(1, 0, 2)

    def line(self, selector):
        """The path of a line, empty where there is none."""
        return "".join(one.get_dom_attribute("d") or "" for one in self.all(selector))

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
            "return document.querySelector('#boundary canvas').getBoundingClientRect().toJSON()"
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

    # --- by hand ----------------------------------------------------------------------------------

    def pointer(self, *steps):
        """Move the mouse by [(x, y)], and press and release by name in between."""
        actions = ActionBuilder(self.browser, duration=0)
        for step in steps:
            if isinstance(step, tuple):
                actions.pointer_action.move_to_location(*map(round, step))
            else:
                getattr(actions.pointer_action, step)()
        actions.perform()

    def hover(self, x, y):
        self.pointer((x, y))

    def click_at(self, x, y):
        self.pointer((x, y), "pointer_down", "pointer_up")

    def drag(self, start, end):
        middle = tuple((a + b) / 2 for a, b in zip(start, end, strict=True))
        self.pointer(start, "pointer_down", middle, end, "pointer_up")

    def touch(self, start, *way):
        """Put a finger down, move it and take it off."""

        def send(kind, *places):
            points = [{"x": x, "y": y} for x, y in places]
            event = {"type": f"touch{kind}", "touchPoints": points}
            self.browser.execute_cdp_cmd("Input.dispatchTouchEvent", event)

        send("Start", start)
        for place in way:
            send("Move", place)
        send("End")

    def unit(self, layer, unit):
        """The button of a unit, of the inputs in layer 0."""
        widths = self.net.fit.model.widths
        return self.all("#network .unit")[sum(widths[:layer]) + unit]

    def center(self, element):
        box = self.script(
            "arguments[0].scrollIntoView({block: 'center'});"
            "return arguments[0].getBoundingClientRect().toJSON()",
            element,
        )
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def on_edge(self, n):
        """A place on the n-th edge, near its start."""
        self.script("document.getElementById('network').scrollIntoView({block: 'center'})")
        return self.script(
            "const path = document.querySelectorAll('#network path.touch')[arguments[0]];"
            "const {x, y} = path.getPointAtLength(0.2 * path.getTotalLength())"
            ".matrixTransform(path.getScreenCTM());"
            "return [x, y]",
            n,
        )

    def fields(self):
        """Those of the unit that is open, by their labels."""
        return {
            one.text: one.find_element(By.TAG_NAME, "input")
            for one in self.all("#network .card label")
        }

    def write(self, field, text):
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text, Keys.ENTER)
