"""The playground: frames a second in a headless browser, and how soon a control answers, with the
server in Python's process and in R's."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from .process import ROOT
from .timing import Row, Sample, in_turn, summarise

TITLE = "The playground"
ABOUT = (
    "2,500 points, two layers of 8 hidden tanh units, batches of 128; one epoch, a boundary of 64 x "
    "64 and 17 maps of 24 x 24 a frame, drawn by a headless Chromium on the same machine. The "
    "answer is the time from a changed learning rate to the first frame of the new net, while it "
    "trains."
)
BASELINE = None

SETTINGS = "hidden=8,8"
SECONDS = 5
PYTHON = [sys.executable, "-m", "xorlab", "playground", "--no-browser"]
R = ["Rscript", "-e", "invisible(xorlab::xor_playground(open_page = FALSE))"]

FRAMES = """
const [seconds, done] = arguments;
const epoch = () => parseInt(document.getElementById("value_epoch").textContent);
const [first, started] = [epoch(), performance.now()];
setTimeout(() => done(1000 * (epoch() - first) / (performance.now() - started)), 1000 * seconds);
"""
ANSWER = """
const [value, done] = arguments;
const rate = document.getElementById("lr"), started = performance.now();
const before = parseInt(document.getElementById("value_epoch").textContent);
rate.value = value;
rate.dispatchEvent(new Event("change", { bubbles: true }));
const look = () => parseInt(document.getElementById("value_epoch").textContent) < before
  ? done((performance.now() - started) / 1000) : requestAnimationFrame(look);
look();
"""
