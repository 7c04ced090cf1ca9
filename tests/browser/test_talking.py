"""Spoken calls in a real browser, with the real engines of this machine behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

pytest.importorskip("ctranslate2")
pytest.importorskip("hibari")

from playwright.sync_api import Browser, expect

from tests.browser.caller import (
    PATIENCE,
    Caller,
    audible_seconds,
    spoken,
    understood,
)
from tests.browser.conftest import a_page
from tests.browser.test_page import bookings
from tests.ringbook_process import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

WANTS = "I'd like a vaccination tomorrow at ten with Ana Ruiz."
LATER = "I'd like a vaccination on Thursday at eleven with Ana Ruiz."
NAME = "My name is Nora Quist."
PHONE = "Two one two, five five five, zero one seven one."
YES = "Yes, please book it."
GOODBYE = "No, that is all. Goodbye."
HOURS = "When are you open?"
INSTEAD = "No wait, I need a check-up on Friday morning instead."
SENTENCES = (WANTS, LATER, NAME, PHONE, YES, GOODBYE, HOURS, INSTEAD)


@pytest.fixture(scope="module")
def clips() -> dict[str, bytes]:
    """What callers say in these tests."""
    return spoken(SENTENCES)


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample business, with its voice and one seat for a caller."""
    folder = tmp_path_factory.mktemp("speaking")
    with serving(folder, RINGBOOK_SPEECH="local", RINGBOOK_SPEECH_CALLS="1") as served:
        yield served


@pytest.fixture
def caller(browser: Browser, clips: dict[str, bytes]) -> Iterator[Caller]:
    """Somebody who lets the page hear the microphone."""
    with a_page(browser, "microphone") as page:
        yield Caller(page, clips)


def test_a_caller_books_by_talking(caller: Caller, speaking: Served) -> None:
    page = caller.page
    page.goto(speaking.address)
    caller.ring()
    greeting = caller.heard()
    wanted = page.evaluate("test.wanted.audio")
    assert wanted["echoCancellation"] is True
    answers = [caller.ask(each) for each in (WANTS, NAME, PHONE, YES)]
    (booked,) = bookings(speaking, phone="+12125550171")
    assert booked["service_id"] == "vaccination"
    assert booked["provider_id"] == "ana"
    assert booked["start"] == "2026-11-24T10:00:00-05:00"
    assert "10 AM" in answers[-1]
    # The greeting stands on the page already, and is not shown twice.
    expect(page.get_by_text("Willow Street Clinic, how can I help?")).to_have_count(1)
    captions = page.locator(".line.caller").all_text_contents()
    assert "vaccination" in captions[0]
    heard = understood(greeting).casefold()
    assert "how can i help" in heard
    assert "assistant" in heard  # the notice, too

    caller.say(GOODBYE)
    expect(page.locator("#call-note")).to_contain_text("We hung up.", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Talk to us")).to_be_visible()
    assert set(page.evaluate("test.tracks.map(({ readyState }) => readyState)")) == {"ended"}


def test_a_dropped_line_is_taken_up_again(caller: Caller, speaking: Served) -> None:
    page = caller.page
    page.goto(speaking.address)
    caller.ring()
    caller.ask(LATER)
    caller.ask(NAME)
    page.context.set_offline(True)
    caller.expect_state("Reconnecting")
    expect(page.locator("#call-note")).to_contain_text("The line broke.")
    page.context.set_offline(False)
    caller.expect_state("Listening")
    call_id = re.search(r"call_id=([\w-]+)$", caller.sockets[-1])
    sessions = [each["session"] for each in caller.told if each["type"] == "session.created"]
    assert call_id is not None
    assert {each["call_id"] for each in sessions} == {call_id[1]}
    # The day, the hour and the name are still known.
    answer = caller.ask(PHONE)
    assert "vaccination" in answer
    assert "11 AM" in answer
    assert "Nora" in answer
    page.get_by_role("button", name="Hang up").click()
    expect(page.locator("#call-note")).to_have_text("You hung up.")


def test_what_was_lost_with_the_line_is_said_again(caller: Caller, speaking: Served) -> None:
    page = caller.page
    page.goto(speaking.address)
    caller.ring()
    caller.say(LATER)
    caller.expect_state("Speaking")
    page.evaluate("test.hear(40)")  # more than a second and a half
    begun = page.locator(".line.us").last.text_content() or ""
    page.context.set_offline(True)
    caller.expect_state("Reconnecting")
    page.context.set_offline(False)
    caller.expect_state("Speaking")
    caller.expect_state("Listening")
    expect(caller.answers.last).to_contain_text(begun)
    page.get_by_role("button", name="Hang up").click()


def test_a_caller_breaks_in_and_we_stop(caller: Caller, speaking: Served) -> None:
    page = caller.page
    page.goto(speaking.address)
    caller.ring()
    caller.ask(LATER)
    caller.say(HOURS)
    caller.expect_state("Speaking")
    whole = caller.answers.last
    expect(whole).to_contain_text("Friday")
    before = audible_seconds(caller.heard())
    caller.say(INSTEAD)
    expect(page.locator(".line.us.cut")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".line.us.cut")).not_to_contain_text("Friday")
    (cut,) = [each for each in caller.sent if each["type"] == "conversation.item.truncate"]
    # The hours of a week take more than ten seconds to say.
    assert 0 < cut["audio_end_ms"] < 8_000
    assert audible_seconds(caller.heard()) >= before
    expect(caller.answers.last).to_contain_text("Friday", timeout=PATIENCE)
    page.get_by_role("button", name="Hang up").click()


def test_typed_words_end_what_we_are_saying(caller: Caller, speaking: Served) -> None:
    page = caller.page
    page.goto(speaking.address)
    page.get_by_role("button", name="Talk to us").click()
    caller.expect_state("Speaking")
    page.get_by_label("Your message").fill("When are you open?")
    page.keyboard.press("Enter")
    expect(caller.answers.last).to_contain_text("9 AM", timeout=PATIENCE)
    kinds = [each["type"] for each in caller.sent if not each["type"].endswith("truncate")]
    assert kinds == [
        "response.create", "response.cancel", "conversation.item.create", "response.create",
    ]  # fmt: skip
    assert not [each for each in caller.told if each["type"] == "error"]
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    caller.expect_state("Muted")
    page.get_by_role("button", name="Hang up").click()


def test_a_caller_hears_that_all_lines_are_taken(
    caller: Caller, browser: Browser, clips: dict[str, bytes], speaking: Served
) -> None:
    caller.page.goto(speaking.address)
    caller.ring()
    with a_page(browser, "microphone") as page:
        second = Caller(page, clips)
        page.goto(speaking.address)
        page.get_by_role("button", name="Talk to us").click()
        expect(page.get_by_role("alert")).to_contain_text("All our lines", timeout=PATIENCE)
        expect(page.get_by_role("button", name="Talk to us")).to_be_visible()
        assert "lines are taken" in understood(second.heard())
    caller.expect_state("Listening")
    caller.page.get_by_role("button", name="Hang up").click()
