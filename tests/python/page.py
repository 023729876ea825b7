"""What the page of an animation shows, as tests read it in a browser."""

import base64
import io
import re

import numpy as np
from PIL import Image
from selenium.webdriver.common.by import By


def told(browser, name):
    return browser.find_element(By.ID, name).text


def pixels(browser, name="boundary"):
    """A surface as the page draws it: shape [lines, lines, 3], the first row on top."""
    href = browser.find_element(By.CSS_SELECTOR, f"#{name} image").get_attribute("href")
    return shown(href)


def shown(address):
    """The picture of a data address: shape [height, width, 3]."""
    picture = Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))
    return np.asarray(picture.convert("RGB")).astype(int)


def box(browser, name):
    """Left, top, width and height of a panel."""
    image = browser.find_element(By.CSS_SELECTOR, f"#{name} image")
    return np.array([float(image.get_attribute(one)) for one in ("x", "y", "width", "height")])


def shares(places, panel):
    """Places [n, 2] of a picture as shares of a panel, from its left and from its foot."""
    left, top, width, height = panel
    return np.stack([(places[:, 0] - left) / width, 1 - (places[:, 1] - top) / height], axis=1)


def numbers(text):
    return np.array([float(one) for one in re.findall(r"-?[\d.]+", text)]).reshape(-1, 2)


def marks(browser, name):
    """Where the samples stand in a panel, in shares of it: shape [n, 2]."""
    script = "return [...document.querySelectorAll(`#${arguments[0]} .mark`)].map("
    moved = browser.execute_script(f"{script}one => one.getAttribute('transform'))", name)
    return shares(np.concatenate([numbers(one) for one in moved]), box(browser, name))


def line(browser, name, level="0.5"):
    """Ends of the pieces of a line of some probability, in shares of the panel."""
    path = browser.find_element(By.CSS_SELECTOR, f"#{name} path[data-level='{level}']")
    return shares(numbers(path.get_attribute("d")), box(browser, name))


def seen_on(browser, width, height):
    """Look at pages on a screen of this size."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    settle(browser)


def preferring(browser, **media):
    """As people who prefer, say, `color_scheme="dark"`."""
    features = [
        {"name": f"prefers-{name.replace('_', '-')}", "value": value}
        for name, value in media.items()
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    settle(browser)


def settle(browser):
    """Until the page has been told of what has changed, which it is before it is drawn again."""
    browser.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))"
    )


def place(browser, name):
    """Where an element is on the screen."""
    script = "return document.getElementById(arguments[0]).getBoundingClientRect().toJSON()"
    return browser.execute_script(script, name)
