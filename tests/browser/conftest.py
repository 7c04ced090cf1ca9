"""A real browser in front of a real server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.site import Site, site, two_salons
from tests.ringbook_process import Served, serving

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream",
)  # fmt: skip
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium of this machine; nothing is downloaded.

    Its synchronous driver keeps an event loop running, so it must end with the module: tests of
    other modules have loops of their own.
    """
    with launched() as browser:
        yield browser


@contextmanager
def launched(*more_flags: str) -> Iterator[Browser]:
    """Chromium, until the block ends."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *more_flags])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample business, on loopback."""
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def other_site() -> Iterator[Site]:
    """A page of another origin."""
    with site() as shown:
        yield shown


@pytest.fixture(scope="session")
def salons(tmp_path_factory: pytest.TempPathFactory, other_site: Site) -> Iterator[Served]:
    """Two organisations, of which one lists the other site."""
    with two_salons(tmp_path_factory.mktemp("salons"), other_site) as served:
        yield served


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, of somebody who does not let it hear the microphone."""
    with a_page(browser) as page:
        yield page


@contextmanager
def a_page(browser: Browser, *permissions: str) -> Iterator[Page]:
    """A page of its own; a script error or a broken policy fails the test."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 768},
        reduced_motion="reduce",
        permissions=list(permissions),
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if is_fault(said.text) else None)
    page.set_default_timeout(10_000)
    yield page
    context.close()
    assert faults == []


def is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a server of the test's own keeps its store."""
    return tmp_path
