"""The caller page where nobody can be heard: no microphone, no engines, or no line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import a_page
from tests.browser.test_page import TOKENS, say, status
from tests.ringbook_process import Served

pytestmark = pytest.mark.browser

NO_DEVICES = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined })"
NO_MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("none", "NotFoundError");
};"""


AS_IF_SPEECH_WERE = """document.addEventListener("readystatechange", () => {
  document.getElementById("conversation").dataset.speech = "SPEECH";
});"""


def open_page(page: Page, served: Served, speech: str) -> None:
    """The page as it was made while the engines were still there, or on their way."""
    page.add_init_script(AS_IF_SPEECH_WERE.replace("SPEECH", speech))
    page.goto(served.address)


def test_without_speech_the_page_types_and_says_why(page: Page, served: Served) -> None:
    page.goto(served.address)
    expect(page.get_by_role("button", name="Talk to us")).to_be_hidden()
    expect(page.locator("#call-note")).to_contain_text("Nobody can talk here")
    assert "parking" in say(page, "Where do I park?")


def test_a_refused_microphone_is_told_and_typing_goes_on(page: Page, served: Served) -> None:
    open_page(page, served, "ready")
    page.get_by_role("button", name="Talk to us").press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("does not let us hear the microphone")
    expect(page.get_by_role("button", name="Talk to us")).to_be_focused()
    assert "parking" in say(page, "Where do I park?")
    expect(alert).to_be_empty()


@pytest.mark.parametrize(
    ("script", "words"),
    [(NO_DEVICES, "https pages only"), (NO_MICROPHONE, "There is no microphone.")],
    ids=["insecure", "no microphone"],
)
def test_why_there_is_no_sound_is_told(page: Page, served: Served, script: str, words: str) -> None:
    page.add_init_script(script)
    open_page(page, served, "ready")
    page.get_by_role("button", name="Talk to us").click()
    expect(page.get_by_role("alert")).to_contain_text(words)


@pytest.mark.parametrize(
    ("speech", "words"),
    [("ready", "Nobody can talk here"), ("loading", "still waking up")],
)
def test_engines_that_are_not_there_after_all_end_the_call(
    browser: Browser, served: Served, speech: str, words: str
) -> None:
    with a_page(browser, "microphone") as page:
        open_page(page, served, speech)
        page.get_by_role("button", name="Talk to us").click()
        expect(page.get_by_role("alert")).to_contain_text(words, timeout=30_000)
        expect(page.get_by_role("button", name="Hang up")).to_be_hidden()
        assert "parking" in say(page, "Where do I park?")


def test_a_call_that_finds_no_line_says_so(browser: Browser, served: Served) -> None:
    with a_page(browser, "microphone") as page:
        page.route(TOKENS, status(429, **{"Retry-After": "1"}))
        open_page(page, served, "ready")
        page.get_by_role("button", name="Talk to us").click()
        expect(page.get_by_role("alert")).to_contain_text("That was a little fast.")
        expect(page.get_by_role("button", name="Talk to us")).to_be_enabled()


def test_hanging_up_while_it_rings_lets_the_microphone_go(browser: Browser, served: Served) -> None:
    with a_page(browser, "microphone") as page:
        page.add_init_script(
            """const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wanted) => {
              await new Promise((go) => { window.allow = go; });
              window.stream = await ask(wanted);
              return window.stream;
            };"""
        )
        open_page(page, served, "ready")
        page.get_by_role("button", name="Talk to us").click()
        page.get_by_role("button", name="Hang up").click()
        expect(page.locator("#call-note")).to_have_text("You hung up.")
        page.evaluate(
            """async () => {
              allow();
              const isOpen = () => window.stream?.getTracks()[0].readyState !== "ended";
              while (isOpen()) await new Promise(requestAnimationFrame);
            }"""
        )
