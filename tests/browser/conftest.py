"""A real browser against a live server, under the strictest content policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)
#: What telephones and mail programs do to a page that says nothing of the dark.
FORCED_DARK = ("--force-dark-mode", "--enable-features=WebContentsForceDark")
_NO_IMAGES = {"profile.managed_default_content_settings.images": 2}


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: Any) -> Any:
    """After the database is there: before, it is one in memory, and all threads would share a connection."""
    return live_server


@pytest.fixture
def browser() -> Iterator[Any]:
    driver = _driver()
    driver.implicitly_wait(10)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def reader() -> Iterator[Any]:
    """One browser for many pages that only look."""
    driver = _driver()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def forced_dark() -> Iterator[Any]:
    """A browser that turns every page dark, whatever the page says."""
    driver = _driver(*FORCED_DARK)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def no_images() -> Iterator[Any]:
    """A browser that loads no picture."""
    driver = _driver(prefs=_NO_IMAGES)
    yield driver
    driver.quit()


def _driver(*more: str, prefs: dict[str, Any] | None = None) -> Any:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, *more):
        options.add_argument(flag)
    if prefs:
        options.add_experimental_option("prefs", prefs)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def complaints(browser: Any) -> list[str]:
    """What the browser complained about: broken scripts, refused styles, missing files."""
    return [entry["message"] for entry in browser.get_log("browser") if "favicon" not in entry["message"]]
