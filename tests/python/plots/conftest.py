"""The browser that pages are looked at with."""

import shutil

import pytest
from selenium import webdriver


@pytest.fixture(scope="session")
def chromium():
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
