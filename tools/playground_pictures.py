"""Draws the pictures of the playground: the moving one of the README and those of its article.

The real page is driven in Chromium. A picture keeps a digest of what the page is made of, and is
drawn again only where that has changed: on another machine it would come out with other fonts.
"""

import contextlib
import hashlib
import io
import shutil
import time
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

ROOT = Path(__file__).parents[1]
STILLS = ROOT / "vignettes" / "playground"
MOVING = ROOT / "man" / "figures" / "playground.gif"
FILES = [MOVING, *(STILLS / f"{name}.png" for name in ("tour", "dark", "phone"))]
PLAYGROUND = ROOT / "python" / "xorlab" / "playground"

SPIRALS = "problem=spirals&hidden=8,6&optimizer=adam&lr=0.03&batch_size=32&seed=2"
# Its last two hidden units are a plane, in which a line parts the spirals.
DEEP = "problem=spirals&hidden=10,6,2&optimizer=adam&lr=0.02&batch_size=32&seed=2"
SCREEN, WIDTH = (1280, 840), 960  # of the page, and of the moving picture
COLORS = {"moving": 112, "still": 96}
XOR_EPOCHS = [3, 8, 12, 15, 18, 21, 23, 25, 27, 30, 34, 40, 50]
SPIRAL_EPOCHS = [1, 4, 8, 11, 14, 17, 20, 24, 28, 32, 37, 45, 55]
PAUSES = {"frame": 160, "step": 600, "end": 1300}  # milliseconds
# Where the numbers of the tour stand: left of these.
TOUR = [
    *("#play", "[data-group=speed]", "#training", "#data", "#tasks", "#panel", "#inputs"),
    *("#layers", "#network .unit.input", "#curves", "#view", "#figures", "#boundary svg"),
    *("#sentence", "#tools label", "#way_out", "#done"),
]
# While it plays, a frame is drawn when it is asked for: the page says to the server that it has
# drawn one only where the script has it do so.
HOLD = """
const send = Shiny.setInputValue;
window.holding = false;
window.held = null;
Shiny.setInputValue = (id, value, options) => {
  if (id === "ack" && window.holding) window.held = value;
  else send(id, value, options);
};
window.go = () => {
  const number = window.held;
  window.held = null;
  send("ack", number, { priority: "event" });
};
"""
POINTER = """
const [x, y] = arguments;
let pointer = document.getElementById("picture_pointer");
if (!pointer) {
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  pointer = make("svg");
  pointer.id = "picture_pointer";
  pointer.setAttribute("viewBox", "0 0 12 18");
  pointer.style.cssText = "position: fixed; width: 20px; height: 30px; z-index: 9999";
  const arrow = make("path");
  arrow.setAttribute("d", "M1 1V14L4.2 11.2L6.4 16.5L8.6 15.5L6.4 10.4H10.8Z");
  arrow.setAttribute("fill", "#fff");
  arrow.setAttribute("stroke", "#000");
  pointer.append(arrow);
  document.body.append(pointer);
}
pointer.style.left = `${x}px`;
pointer.style.top = `${y}px`;
"""
BADGES = """
arguments[0].forEach((selector, i) => {
  const place = document.querySelector(selector).getBoundingClientRect();
  const badge = document.createElement("span");
  badge.textContent = i + 1;
  badge.style.cssText = `position: absolute; z-index: 9999; width: 22px; height: 22px;
    border-radius: 11px; background: #b3003c; color: #fff; font: bold 13px/22px sans-serif;
    text-align: center; left: ${Math.max(1, place.left + scrollX - 22)}px;
    top: ${Math.max(1, place.top + scrollY - 4)}px`;
  document.body.append(badge);
});
"""


def digest():
    """Of what these pictures depend on."""
    sources = [*(PLAYGROUND / "page").iterdir(), Path(__file__)]
    sources += [PLAYGROUND / f"{name}.py" for name in ("layout", "widgets", "wording")]
    sources.append(PLAYGROUND.parent / "plots" / "draw.js")
    content = b"".join(path.read_bytes() for path in sorted(sources) if path.is_file())
    return hashlib.sha256(content).hexdigest()


def kept_digest(path):
    if not path.exists():
        return None
    with Image.open(path) as picture:
        kept = picture.info.get("comment", "")
    return kept.decode() if isinstance(kept, bytes) else kept


@contextlib.contextmanager
def chromium():
    options = webdriver.ChromeOptions()
    for option in ("headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars"):
        options.add_argument(f"--{option}")
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    with webdriver.Chrome(options, service) as driver:
        yield driver


@contextlib.contextmanager
def served():
    """The address of a playground."""
    import xorlab

    with contextlib.redirect_stderr(io.StringIO()):  # which is told of the address, too
        page = xorlab.playground(block=False, open_page=False)
    try:
        yield page.address
    finally:
        page.stop()


class Page:
    """The page in a browser, an epoch at a time."""

    def __init__(self, browser, address, size, fragment="", dark=False):
        self.browser = browser
        self.look(size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        browser.get("about:blank")  # for another fragment alone would not load it anew
        browser.get(f"{address}#{fragment}")
        self.until("return document.querySelector('#network .unit') !== null")
        self.run("sessionStorage.clear()")  # so that the next page has a net of its own
        self.run(HOLD)

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def until(self, script, *arguments):
        WebDriverWait(self.browser, 60, 0.02).until(lambda _: self.run(script, *arguments))

    def look(self, size):
        width, height = size
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def show_all(self):
        """However far down it goes."""
        self.look((SCREEN[0], self.run("return document.documentElement.scrollHeight")))

    def press(self, selector):
        self.run("document.querySelector(arguments[0]).click()", selector)

    def point_at(self, selector):
        where = "return document.querySelector(arguments[0]).getBoundingClientRect().toJSON()"
        box = self.run(where, selector)
        self.run(POINTER, box["x"] + 0.6 * box["width"], box["y"] + 0.6 * box["height"])

    def play(self):
        self.run("window.holding = true")
        self.press("#play")
        self.until("return window.held !== null")

    def pause(self):
        self.press("#play")
        self.run("window.holding = false; window.go()")
        self.until("return !document.getElementById('play').classList.contains('playing')")

    def train(self, epochs):
        """While it plays, until so many epochs are done, which may take several frames each."""
        while not self.told().isdecimal() or int(self.told()) < epochs:
            self.run("window.go()")
            self.until("return window.held !== null")

    def told(self):
        return self.browser.find_element(By.ID, "value_epoch").text

    def picture(self):
        data = self.browser.get_screenshot_as_png()
        return Image.open(io.BytesIO(data)).convert("RGB")


def moving(browser, address):
    """Frames, and for how many milliseconds each is shown."""
    page = Page(browser, address, SCREEN)
    page.run("document.getElementById('way_out').style.display = 'none'")  # below the screen
    page.run(POINTER, 640, 320)
    yield page.picture(), PAUSES["step"]
    page.point_at("#play")
    yield page.picture(), PAUSES["step"]
    yield from playing(page, XOR_EPOCHS)
    page.pause()
    page.run("location.hash = arguments[0]", SPIRALS)
    page.until("return document.querySelectorAll('#network .unit').length > 10")
    time.sleep(1)  # until it is drawn
    yield page.picture(), PAUSES["step"]
    yield from playing(page, SPIRAL_EPOCHS)


def playing(page, epochs):
    page.play()
    for epoch in epochs:
        page.train(epoch)
        yield page.picture(), PAUSES["end" if epoch == epochs[-1] else "frame"]


def draw_moving(browser, address):
    frames, times = zip(*moving(browser, address), strict=True)
    size = WIDTH, round(WIDTH * SCREEN[1] / SCREEN[0])
    small = [frame.resize(size, Image.Resampling.LANCZOS) for frame in frames]
    palette = palette_of(together(small[:: len(small) // 6]), COLORS["moving"])
    flat = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in small]
    flat[0].save(
        MOVING,
        save_all=True,
        append_images=flat[1:],
        duration=times,
        loop=0,
        optimize=True,  # what has not changed is left out
        comment=digest().encode(),
    )


def together(pictures):
    width, height = pictures[0].size
    whole = Image.new("RGB", (width, height * len(pictures)))
    for i, picture in enumerate(pictures):
        whole.paste(picture, (0, i * height))
    return whole


def palette_of(picture, colors):
    """Shades that are common, and colours that are rare: a fifth of them."""
    rare = colors // 5
    parts = [(colors - rare, Image.Quantize.MEDIANCUT), (rare, Image.Quantize.MAXCOVERAGE)]
    values = [picture.quantize(*part).getpalette()[: 3 * part[0]] for part in parts]
    palette = Image.new("P", (1, 1))
    palette.putpalette(values[0] + values[1])
    return palette


def draw_still(picture, name):
    info = PngInfo()
    info.add_text("comment", digest())
    STILLS.mkdir(exist_ok=True)
    palette = palette_of(picture, COLORS["still"])
    flat = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    flat.save(STILLS / f"{name}.png", optimize=True, pnginfo=info)


def stills(browser, address):
    page = Page(browser, address, SCREEN, "validation=0.2")
    page.play()
    page.train(33)
    page.pause()
    page.show_all()
    page.run(BADGES, TOUR)
    draw_still(page.picture(), "tour")
    page = Page(browser, address, SCREEN, DEEP, dark=True)
    page.play()
    page.train(60)
    page.pause()
    page.press("#panel input[value=space]")
    time.sleep(1)
    page.show_all()
    draw_still(page.picture(), "dark")
    page = Page(browser, address, (400, 800))
    page.play()
    page.train(33)
    page.pause()
    draw_still(page.picture(), "phone")


def main():
    if all(kept_digest(path) == digest() for path in FILES):
        return
    print("docs: pictures of the playground, by Chromium", flush=True)
    with chromium() as browser, served() as address:
        draw_moving(browser, address)
        stills(browser, address)


if __name__ == "__main__":
    main()
