"""The playground: frames a second in a headless browser, and how soon a control answers, with the
server in Python's process and in R's."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .process import environment
from .timing import Row, Sample, in_turn, summarise

TITLE = "The playground"
ABOUT = (
    "2,500 points, two layers of 8 hidden tanh units, batches of 128. A frame is one epoch, a "
    "boundary of 64 x 64 and 17 maps of 24 x 24, drawn by a headless Chromium on the same machine. "
    "The answer is the time from a changed learning rate to the first frame of the new net, while "
    "it trains."
)
BASELINE = None

HIDDEN = "#hidden=8,8"
SERVERS = {
    "Python": [sys.executable, "-c", "import xorlab; xorlab.playground(open_page=False)"],
    "R": ["Rscript", "-e", "invisible(xorlab::xor_playground())"],
}
SECONDS = 5

FRAMES = """
const [seconds, done] = arguments;
const epoch = () => parseInt(document.getElementById("value_epoch").textContent);
const [first, started] = [epoch(), performance.now()];
setTimeout(() => done(1000 * (epoch() - first) / (performance.now() - started)), 1000 * seconds);
"""
ANSWER = """
const [value, done] = arguments;
const epoch = () => parseInt(document.getElementById("value_epoch").textContent);
const [before, started] = [epoch(), performance.now()];
const field = document.getElementById("lr");
field.value = value;
field.dispatchEvent(new Event("change", { bubbles: true }));
const seconds = () => (performance.now() - started) / 1000;
const look = () => epoch() < before ? done(seconds()) : setTimeout(look, 1);
look();
"""


@contextmanager
def playing(command: list[str]) -> Iterator[Any]:
    """A browser on the page of a process that serves it, where the net trains."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(flag)
    server = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(command),
    )
    browser = webdriver.Chrome(options=options)
    try:
        browser.set_script_timeout(60)
        browser.get(address(server) + HIDDEN)
        wait_for(browser, "document.querySelectorAll('button.unit').length == 19")
        browser.find_element("id", "play").click()
        wait_for(browser, "parseInt(document.getElementById('value_epoch').textContent) > 50")
        yield browser
    finally:
        browser.quit()
        server.terminate()
        server.wait()


def address(server: subprocess.Popen[str]) -> str:
    """What the process prints of where the page is."""
    assert server.stdout
    for line in server.stdout:
        if found := re.search(r"http://127[.]0[.]0[.]1:[0-9]+/[^ /]+/", line):
            return found[0]
    raise RuntimeError("the playground ended without an address")


def wait_for(browser: Any, condition: str) -> None:
    while not browser.execute_script(f"return {condition}"):
        time.sleep(0.1)


def measure(rounds: int) -> Iterator[Row]:
    """Both servers in turn; each is asked several times on one page."""
    for name, command in SERVERS.items():
        with playing(command) as browser:
            tasks = {
                "frames": lambda _: Sample(browser.execute_async_script(FRAMES, SECONDS)),
                "answer": lambda number: Sample(answer(browser, number)),
            }
            samples = in_turn(tasks, rounds)
        setting = f"in {name}'s process"
        yield summarise("playground", "Frames", samples["frames"], setting=setting, unit="a second")
        yield summarise("playground", "Answer", samples["answer"], setting=setting, unit="s")


def answer(browser: Any, number: int) -> float:
    wait_for(browser, "parseInt(document.getElementById('value_epoch').textContent) > 20")
    return float(browser.execute_async_script(ANSWER, (0.1, 0.3)[(number + 1) % 2]))
