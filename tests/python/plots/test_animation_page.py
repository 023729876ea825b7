"""How the page of an animation looks: on a phone, in the dark, and to people who want it calm."""

import re

import numpy as np
import pytest
import xorlab
from page import pixels, place, preferring, seen_on
from selenium.webdriver.common.by import By
from xorlab import animate_xor
from xorlab.plots.animation_page import one_script, part


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "a.html"
    fit = xorlab.train_xor(epochs=4, seed=1, lr=1, validation=0.2, snapshots=[0, 2])
    animate_xor(fit, path)
    return path.as_uri()


def test_a_page_in_one_file_holds_its_modules_as_one_script():
    script = one_script("draw.js", "animation.js")
    assert not re.search(r"^(import|export) ", script, re.M)
    taken = re.search(r"^import \{([^}]*)\} from", part("animation.js"), re.M)[1]
    for name in re.findall(r"\w+", taken):  # each is there, once
        assert len(re.findall(rf"^(?:function|const) {name}\b", script, re.M)) == 1, name


@pytest.mark.parametrize("height", [640, 844])
def test_on_a_phone_the_slider_is_in_view_with_its_picture(page, browser, height):
    seen_on(browser, 400, height)
    browser.get(page)
    boundary, slider = place(browser, "boundary"), place(browser, "slider")
    assert boundary["top"] >= 0
    assert boundary["bottom"] <= slider["top"]
    assert slider["bottom"] <= height
    root = "document.documentElement"
    assert browser.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth")


@pytest.mark.parametrize(("width", "height"), [(400, 480), (844, 390)])
def test_the_slider_stays_in_view_however_one_scrolls(page, browser, width, height):
    seen_on(browser, width, height)
    browser.get(page)
    for top in (0, 200, 10_000):
        browser.execute_script("window.scrollTo(0, arguments[0])", top)
        slider = place(browser, "slider")
        assert slider["top"] >= 0
        assert slider["bottom"] <= height


def test_on_a_wide_screen_both_panels_stand_side_by_side_above_the_loss(page, browser):
    seen_on(browser, 1280, 800)
    browser.get(page)
    boundary, space, curve = (place(browser, name) for name in ("boundary", "space", "curve"))
    assert boundary["top"] == space["top"]
    assert boundary["right"] < space["left"]
    assert max(boundary["bottom"], space["bottom"]) <= curve["top"]
    assert place(browser, "slider")["bottom"] <= 800
    seen_on(browser, 400, 800)  # and turns into that of a phone
    assert place(browser, "curve")["top"] > place(browser, "space")["bottom"]
    assert browser.find_element(By.ID, "curve").get_dom_attribute("viewBox").split()[2] == "400"


@pytest.mark.parametrize("width", [400, 1280])
def test_the_legend_is_above_all_pictures(page, browser, width):
    seen_on(browser, width, 800)
    browser.get(page)
    assert place(browser, "legend")["bottom"] <= place(browser, "boundary")["top"]


def luminance(color):
    """Of a colour as a browser writes it: its relative luminance, as WCAG has it."""
    parts = np.array([float(one) for one in re.findall(r"[\d.]+", color)[:3]]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(first, second):
    low, high = sorted(luminance(color) for color in (first, second))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_readable_by_day_and_at_night(page, browser, scheme):
    preferring(browser, color_scheme=scheme)
    browser.get(page)
    style = (
        "return [...document.querySelectorAll('text, output, button, #legend span')].map("
        "one => getComputedStyle(one)[one.tagName === 'text' ? 'fill' : 'color'])"
    )
    behind = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (luminance(behind) < 0.05) == (scheme == "dark")
    colors = set(browser.execute_script(style))
    assert all(contrast(color, behind) >= 4.5 for color in colors)
    dots = browser.execute_script(
        "return [...document.querySelectorAll('#curve circle')].map("
        "one => getComputedStyle(one).fill)"
    )
    assert len(dots) == 2
    assert all(contrast(color, behind) >= 3 for color in dots)


def stops(browser):
    """Colours of the key, from 0 to 1."""
    found = browser.execute_script(
        "return [...document.querySelectorAll('#shades0 stop')].map("
        "stop => stop.getAttribute('stop-color'))"
    )
    return np.array([[int(one) for one in re.findall(r"\d+", color)] for color in found])


def test_at_night_one_half_is_dark_in_the_pictures_and_in_their_key(page, browser):
    preferring(browser, color_scheme="dark")
    browser.get(page)
    night = stops(browser)
    preferring(browser, color_scheme="light")
    day = stops(browser)  # without loading it again
    assert day[127].min() == 255
    assert night[127].max() < 60
    ends = [0, -1]
    assert np.array_equal(night[ends], day[ends])
    for name in ("boundary", "space"):
        preferring(browser, color_scheme="light")
        by_day = pixels(browser, name).reshape(-1, 3)
        preferring(browser, color_scheme="dark")
        at_night = pixels(browser, name).reshape(-1, 3)
        # The same entries of both keys, point by point.
        entry = (by_day[:, None] == day).all(axis=2).argmax(axis=1)
        assert np.array_equal(at_night, night[entry])


def test_nothing_moves_by_itself_and_it_plays_slowly_for_those_who_want_less_motion(page, browser):
    pace = (
        "let pace; window.setInterval = (_, wait) => { pace = wait; return 1; };"
        "document.getElementById('play').click(); return pace"
    )
    quiet = "return document.getElementById('play').textContent"
    waits = []
    for motion in ("no-preference", "reduce"):
        preferring(browser, reduced_motion=motion)
        browser.get(page)
        assert browser.execute_script(quiet) == "Play"
        waits.append(browser.execute_script(pace))
    assert waits[0] <= 400
    assert waits[1] >= 500
