"""The page is for everybody: by keyboard, on a phone, in the dark, and by axe-core's rules."""

import json
from itertools import pairwise

import pytest
from page import preferring, seen_on
from playground_page import comes
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

AXE = ".dev/node/node_modules/axe-core/axe.min.js"  # by the set-up


@pytest.fixture
def accessible(root, screen):
    """Sees that axe-core finds nothing against the page as it stands."""
    source = (root / AXE).read_text(encoding="utf-8")

    def check():
        if not screen.execute_script("return Boolean(window.axe)"):
            screen.execute_script(source)
        found = screen.execute_async_script(
            "const done = arguments[0]; axe.run().then(found => done(found.violations.map("
            "({id, nodes}) => [id, ...nodes.map(one => one.target.join(' ') + ': ' + "
            "one.failureSummary)])))"
        )
        assert found == [], json.dumps(found, indent=1)

    return check


def test_axe_has_nothing_against_the_page_in_any_state(open_page, accessible):
    page = open_page(validation=0.2)
    accessible()
    page.play()
    comes(lambda: page.net.epoch > 3)
    page.script("wire.held = true")
    accessible()
    page.script("wire.held = false; for (const one of wire.waiting.splice(0)) one()")
    page.pause()
    for panel, drawn in (("space", ".mark"), ("landscape", ".way"), ("code", "code")):
        page.choose("panel", panel)
        comes(lambda drawn=drawn: page.all(f"#panel_picture {drawn}"))
        accessible()
    page.choose("panel", "none")
    page.click(page.unit(1, 0))
    comes(lambda: page.one("#network .card").is_displayed())
    accessible()
    page.write(page.fields()["bias"], "3")
    comes(lambda: page.one("#parted").is_displayed())
    page.choose("tools", "add 0")
    page.type("lr", -1)
    comes(lambda: page.text("notices"))
    accessible()
    Select(page.one("#challenge_choice")).select_by_value("hand")
    comes(lambda: page.one("#task").is_displayed())
    page.click(page.one("#task summary"))
    accessible()
    page.press("done")
    comes(lambda: page.one("#ended").is_displayed())
    accessible()


def test_axe_has_nothing_against_it_on_a_phone_and_in_the_dark(open_page, accessible):
    seen_on(open_page.browser, 400, 800)
    page = open_page(problem="blobs")
    page.train(2)
    for scheme in ("dark", "light"):
        preferring(page.browser, color_scheme=scheme)
        accessible()
    page.click(page.unit(2, 2))
    comes(lambda: page.one("#network .card").is_displayed())
    assert_no_scroll(page)
    accessible()
    page.choose("panel", "code")
    comes(lambda: page.all("#panel_picture code"))
    accessible()
    preferring(page.browser, color_scheme="dark")
    accessible()
    seen_on(page.browser, 1280, 900)
    accessible()


def assert_no_scroll(page):
    root = "document.documentElement"
    wide = page.script(
        "return [...document.body.querySelectorAll('*')].filter(one => one.checkVisibility() && "
        "one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('pre, .unseen'))"
        ".map(one => one.outerHTML.slice(0, 100))"
    )
    assert page.script(f"return {root}.scrollWidth <= {root}.clientWidth"), wide


def test_in_the_dark_the_boundary_has_other_colours_and_shows_the_same(open_page):
    page = open_page(lr=1)
    page.train(15)
    day = page.orange()
    preferring(page.browser, color_scheme="dark")
    comes(lambda: (page.orange() != day).any())
    preferring(page.browser, color_scheme="light")
    comes(lambda: (page.orange() == day).all())


def test_those_who_prefer_less_motion_see_none(open_page):
    preferring(open_page.browser, reduced_motion="reduce")
    page = open_page()
    page.train(3)
    moving = page.script(
        "return [...document.querySelectorAll('*')].filter(one => {"
        "const style = getComputedStyle(one);"
        "return [style.transitionDuration, style.animationDuration].some(text =>"
        "  text.split(',').some(one => parseFloat(one) > 0.01));"
        "}).map(one => one.outerHTML.slice(0, 100))"
    )
    assert moving == []


def test_nothing_is_beyond_the_screen_at_any_width(open_page):
    page = open_page(hidden=[8] * 6, validation=0.3)
    page.train(2)
    page.click(page.unit(7, 0))
    seen_on(page.browser, 400, 800)
    assert page.one("#network .card").is_displayed()
    assert_no_scroll(page)
    for panel, drawn in (
        ("none", "#network .unit"),
        ("space", "#panel_picture .mark"),
        ("code", "#panel_picture code"),
    ):
        page.choose("panel", panel)
        comes(lambda drawn=drawn: page.all(drawn))
        for width in (400, 768, 1280):
            seen_on(page.browser, width, 800)
            assert_no_scroll(page)


# --- by keyboard alone ----------------------------------------------------------------------------


def focus(page):
    """Where the focus is: an id, or else a label."""
    return page.script(
        "const one = document.activeElement;"
        "return one.id || one.getAttribute('aria-label') || one.name || one.textContent.trim()"
    )


def press(page, *keys):
    ActionChains(page.browser).send_keys(*keys).perform()


def tab_to(page, name):
    """Press the tab key until something has the focus."""
    for _ in range(120):
        if focus(page) == name:
            return
        press(page, Keys.TAB)
    raise AssertionError(f"the tab key does not lead to {name}")


STOP = """
const one = document.activeElement;
const name = one.id || one.name || one.ariaLabel || one.textContent.trim();
const shown = one.type === "file" ? one.closest(".btn") : one;
const box = shown.getBoundingClientRect();
const ringed = [shown, shown.closest("label"), shown.nextElementSibling].filter(Boolean)
  .map(one => getComputedStyle(one))
  .some(({outlineStyle, boxShadow}) => outlineStyle !== "none" || boxShadow !== "none");
return [name, box.bottom > 0 && box.top < innerHeight, ringed];
"""


def test_the_tab_key_leads_through_the_whole_page_and_each_stop_is_seen(open_page):
    page = open_page()
    stops, unseen, ringless = [], [], []
    press(page, Keys.TAB)
    while page.script("return document.activeElement !== document.body") and len(stops) < 120:
        name, seen, ringed = page.script(STOP)
        stops.append(name)
        unseen += [] if seen else [name]
        ringless += [] if ringed else [name]
        press(page, Keys.TAB)
    assert (unseen, ringless) == ([], [])
    wanted = (
        "play one_batch one_epoch reset speed seed new_seed done lr batch_size activation init "
        "optimizer momentum weight_decay l1 problem noise size validation upload panel inputs "
        "layer_fewer layer_more more0 view tool challenge_choice download_fit download_picture "
        "download_animation address open_address copy_address keep"
    )
    assert not set(wanted.split()) - set(stops)
    assert stops[0] == "play"


def test_all_that_matters_is_done_by_keyboard(open_page):
    page = open_page()
    press(page, Keys.SPACE)  # plays, wherever one is
    comes(lambda: page.desk.playing and page.net.epoch > 2)
    press(page, Keys.SPACE)
    comes(lambda: not page.desk.playing)
    page.settled()
    tab_to(page, "one_epoch")
    epoch = page.net.epoch
    press(page, Keys.ENTER)
    comes(lambda: page.text("value_epoch") == str(epoch + 1))
    press(page, Keys.SPACE)  # belongs to the button here
    comes(lambda: page.text("value_epoch") == str(epoch + 2))
    assert not page.desk.playing
    tab_to(page, "lr")
    press(page, Keys.ARROW_UP)
    page.has("lr", 0.3)
    assert focus(page) == "lr"
    tab_to(page, "problem")
    press(page, Keys.ARROW_RIGHT)
    page.has("problem", "circles")
    tab_to(page, "more0")
    press(page, Keys.ENTER)
    page.has("hidden", [5])
    assert focus(page) == "more0"  # though the net was drawn anew
    tab_to(page, "x₁")
    press(page, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ENTER)
    comes(lambda: page.one("#network .card").is_displayed())
    press(page, Keys.TAB)
    page.write(page.browser.switch_to.active_element, "4")
    comes(lambda: page.net.parted)
    assert page.net.fit.model.linears()[0].weight.max() == 4
    press(page, Keys.ESCAPE)
    assert not page.one("#network .card").is_displayed()


def test_what_is_spoken_does_not_chatter(open_page):
    page = open_page()
    page.script(
        "window.said = []; const region = document.getElementById('spoken');"
        "new MutationObserver(() => said.push([performance.now(), region.textContent]))"
        ".observe(region, {childList: true, characterData: true, subtree: true})"
    )
    spoken = "return document.getElementById('spoken').textContent"
    comes(lambda: page.script(spoken).startswith("Epoch 0"))  # since it was opened
    page.train(3)
    for _ in range(3):
        page.press("keep")
    comes(lambda: "boundary and loss curve stay" in page.script(spoken))
    times = [0, *(at for at, _ in page.script("return said"))]
    assert all(after - before > 4900 for before, after in pairwise(times))
