"""The caller page in a real browser: a booking typed to its end, and what can go wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.ringbook_process import ADMIN_TOKEN, Served

pytestmark = pytest.mark.browser

TURNS = "**/v1/chat/completions"
TOKENS = "**/v1/realtime/client_secrets*"


def say(page: Page, words: str) -> str:
    """Type and send, wait for the whole answer, and give it back."""
    before = page.locator(".line.us").count()
    page.get_by_label("Your message").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(".line.us")).to_have_count(before + 1)
    expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    return last_reply(page)


def last_reply(page: Page) -> str:
    spoken = page.locator(".line.us").last.locator("span:not(.who)")
    return "".join(spoken.all_text_contents()).strip()


def bookings(served: Served, **wanted: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {ADMIN_TOKEN}"}
    answer = httpx2.get(f"{served.address}/admin/bookings", params=wanted, headers=headers)
    found: list[dict[str, Any]] = answer.json()["bookings"]
    return found


def failing(times: int, fail: Callable[[Route], None]) -> Callable[[Route], None]:
    """Fails the first requests and lets the others through."""
    left = times

    def handle(route: Route) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            fail(route)
        else:
            route.continue_()

    return handle


def status(code: int, **headers: str) -> Callable[[Route], None]:
    error = json.dumps({"error": {"code": "x", "message": "x"}})
    return lambda route: route.fulfill(status=code, body=error, headers=headers)


def broken_stream(route: Route) -> None:
    chunk = {"choices": [{"index": 0, "delta": {"content": "Half a sen"}}]}
    headers = {"Content-Type": "text/event-stream"}
    route.fulfill(status=200, body=f"data: {json.dumps(chunk)}\n\n", headers=headers)


def test_a_caller_books_by_typing(page: Page, served: Served) -> None:
    page.goto(served.address)
    expect(page.get_by_role("log")).to_contain_text("Willow Street Clinic, how can I help?")
    expect(page.get_by_role("log")).to_contain_text("This call is answered by an assistant.")
    say(page, "I'd like a vaccination tomorrow at ten with Ana Ruiz")
    say(page, "yes")
    say(page, "My name is Nora Quist")
    say(page, "212 555 0171")
    reply = last_reply(page)
    for _ in range(3):
        if bookings(served, name="Nora Quist"):
            break
        reply = say(page, "yes please")
    (booked,) = bookings(served, name="Nora Quist")
    assert booked["service_id"] == "vaccination"
    assert booked["provider_id"] == "ana"
    assert booked["start"] == "2026-11-24T10:00:00-05:00"
    assert booked["customer"] == {"name": "Nora Quist", "phone": "+12125550171"}
    assert "10 AM" in reply


def test_a_suggestion_is_a_turn(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.get_by_role("button", name="When are you open?").click()
    expect(page.locator(".line.caller")).to_contain_text("When are you open?")
    expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    assert "9 AM" in last_reply(page)
    expect(page.locator("#starters")).to_be_hidden()


def test_what_was_said_outlives_a_reload(page: Page, served: Served) -> None:
    page.goto(served.address)
    reply = say(page, "Where do I park?")
    page.reload()
    expect(page.locator(".line.caller")).to_contain_text("Where do I park?")
    assert last_reply(page) == reply
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".line.caller")).to_have_count(0)


def test_one_turn_is_sent_once(page: Page, served: Served) -> None:
    asked: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route.request.post_data or "")
        held.append(route)

    page.route(TURNS, hold)
    page.goto(served.address)
    page.get_by_label("Your message").fill("Where do I park?")
    with page.expect_request(TURNS):
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    page.get_by_label("Your message").fill("and again")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your message")).to_have_value("and again")
    held[0].continue_()
    expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("fail", "words"),
    [
        (status(500), "Something went wrong at our end."),
        (lambda route: route.abort("connectionrefused"), "We cannot be reached just now."),
        (broken_stream, "The answer broke off."),
    ],
    ids=["server error", "unreachable", "broken off"],
)
def test_a_turn_that_failed_is_tried_again_with_nothing_lost(
    page: Page, served: Served, fail: Callable[[Route], None], words: str
) -> None:
    page.goto(served.address)
    page.route(TURNS, failing(1, fail))
    page.get_by_label("Your message").fill("Where do I park?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.locator(".line.caller")).to_have_count(1)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("log")).to_contain_text("parking")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.get_by_role("log")).not_to_contain_text("Half a sen")


def test_too_many_turns_wait_as_long_as_they_are_told_to(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.route(TURNS, failing(1, status(429, **{"Retry-After": "1"})))
    page.get_by_label("Your message").fill("Where do I park?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Try again in 1 s")).to_be_disabled()
    page.get_by_role("button", name="Try again", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("parking")


def test_a_token_that_ended_is_replaced_unseen(page: Page, served: Served) -> None:
    page.goto(served.address)
    say(page, "Where do I park?")
    tokens: list[str] = []
    page.on("request", lambda request: tokens.append(request.url))
    page.route(TURNS, failing(1, status(401)))
    assert "9 AM" in say(page, "When are you open?")
    assert sum("client_secrets" in url for url in tokens) == 1
    expect(page.get_by_role("alert")).to_be_empty()


def test_an_offline_caller_is_answered_when_back_online(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.context.set_offline(True)
    page.get_by_label("Your message").fill("Where do I park?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("You are offline.")
    page.context.set_offline(False)
    expect(page.get_by_role("log")).to_contain_text("parking")


def test_several_organisations_are_a_choice(page: Page, salons: Served) -> None:
    page.goto(salons.address)
    page.get_by_role("link", name="Oak & Sons").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading")).to_have_text("Oak & Sons")
    assert "Mill Lane" in say(page, "What is your address?")
    missing = page.goto(f"{salons.address}/?organisation=nobody")
    assert missing is not None
    assert missing.status == 404
    expect(page.get_by_role("link")).to_have_count(2)


def test_the_page_fits_a_telephone(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(served.address)
    say(page, "Do you have anything for a dental cleaning at the end of this week?")
    width = page.evaluate("document.documentElement.scrollWidth")
    field = page.get_by_label("Your message").bounding_box()
    send = page.get_by_role("button", name="Send").bounding_box()
    context.close()
    assert width <= PHONE["width"]
    assert field is not None
    assert send is not None
    assert send["height"] >= 44
    assert send["x"] + send["width"] <= PHONE["width"]
    assert field["y"] + field["height"] <= PHONE["height"]


def test_nothing_comes_from_elsewhere(page: Page, served: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(served.address)
    say(page, "Where do I park?")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert all(url.startswith(served.address) for url in asked)


def test_the_conversation_is_named_for_those_who_listen_to_it(page: Page, served: Served) -> None:
    page.goto(served.address)
    say(page, "Where do I park?")
    expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your message")).to_be_focused()
    speakers = page.locator(".line .who").all_text_contents()
    assert speakers == ["We say: ", "You say: ", "We say: "]
