"""For every test: fixed seeds, no display, figures closed afterwards; and what many tests need."""

import os
import random
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"  # before matplotlib is imported anywhere
# Tiny operations wait longer for a second thread than they take, and on a busy machine many times
# as long: before torch is imported, here and in the processes that tests start.
os.environ["OMP_NUM_THREADS"] = "1"
# Before scipy is imported anywhere: without it scikit-learn skips one of its checks.
os.environ["SCIPY_ARRAY_API"] = "1"

import numpy as np
import pytest
import torch
import xorlab
from hypothesis import HealthCheck, settings
from threadpoolctl import threadpool_limits
from xorlab.__main__ import main
from xorlab.study.config import Config

# A busy machine takes its time; by default hypothesis calls 0.2 s for an example a failure.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def fixed_seeds():
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  the user's own state is what is fixed here
    torch.manual_seed(0)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def fit():
    """One trained net for all; no test changes it."""
    return xorlab.train_xor(seed=1)


def config(hidden, activation="tanh", lr=0.1, std=0.1, size=100, epochs=1, batch_size=128):
    """The nets of one configuration of a study; hidden layers also as text, such as "8-8"."""
    if isinstance(hidden, str):
        hidden = [int(width) for width in hidden.split("-")]
    settings = xorlab.Settings(
        hidden=hidden, activation=activation, lr=lr, epochs=epochs, batch_size=batch_size
    )
    return Config(settings, size, std)


@contextmanager
def on_threads(count):
    """Within it, torch and numpy's BLAS compute on so many threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        with threadpool_limits(count, user_api="blas"):
            yield
    finally:
        torch.set_num_threads(before)


class Frame:
    """As much of a data frame as is looked at."""

    def __init__(self, columns):
        self.values = columns
        self.columns = list(columns)

    def __array__(self, dtype=None, copy=None):
        return np.array(np.column_stack(list(self.values.values())), dtype=dtype)

    def __len__(self):
        return len(np.asarray(self))

    def __getitem__(self, names):
        if isinstance(names, str):
            return np.asarray(self.values[names])
        return Frame({name: self.values[name] for name in names})


@pytest.fixture
def overflowing_model():
    """A net of finite weights whose logit is +inf - inf, not a number, where x1 is above 0.2, and
    -1 where it is 0 (both units are infinite, since two products of one unit are not enough: a
    processor that multiplies and adds at once finds the second one finite)."""
    model = xorlab.SimpleClassifier(2, 2, 1, "identity")
    with torch.no_grad():
        model.linear1.weight.copy_(torch.tensor([[3e38, 0.0], [3e38, 0.0]]))
        model.linear1.bias.fill_(3e38)
        model.linear2.weight.copy_(torch.tensor([[1.0, -1.0]]))
        model.linear2.bias.fill_(-1.0)
    return model


class FirstInput(torch.nn.Module):
    """A net that looks at x1 alone: P(class 1) rises from left to right, whatever x2 is."""

    def forward(self, x):
        return 6 * (x[:, :1] - 0.5)


@pytest.fixture
def first_input():
    return FirstInput()


@pytest.fixture(scope="session")
def in_a_new_process():
    """Run Python with the module on its path, warnings as errors; gives code, stdout, stderr."""
    usual = {**os.environ, "PYTHONPATH": str(ROOT / "python"), "COLUMNS": "80"}

    def run(*args, cwd=None, env=None):
        # torch 2.2 leaves a folder to be cleaned up at the end of every process.
        warnings = ["-W", "error", "-W", "ignore:Implicitly cleaning up:ResourceWarning"]
        command = [sys.executable, *warnings, *map(str, args)]
        return subprocess.run(
            command,
            env={**usual, **(env or {})},
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    return run


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """The command line in an empty folder: code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*argv):
        try:
            code = main([str(word) for word in argv])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="session")
def chromium():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for option in ("headless=new", "no-sandbox", "disable-gpu", "window-size=900,600"):
        options.add_argument(f"--{option}")
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    # As of Chromium's own, so that selenium does not look for another on the network.
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options, service) as driver:
        yield driver


@pytest.fixture
def browser(chromium):
    """The one browser of these tests, without what earlier ones left in its logs or settings."""
    for log in ("browser", "performance"):
        chromium.get_log(log)
    yield chromium
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
