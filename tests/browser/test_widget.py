"""The widget on somebody else's page: their policy, their styles, their keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.caller import PATIENCE, Caller, audible_seconds
from tests.browser.conftest import PHONE, a_page
from tests.browser.site import Site, embed, site, two_salons, widget_tag
from tests.browser.test_page import say
from tests.ringbook_process import Served

pytestmark = pytest.mark.browser

HOSTILE = """
  * { font-family: cursive; letter-spacing: 9px; text-transform: uppercase; color: magenta; }
  body > *, ringbook-widget { display: none; transform: rotate(20deg); --accent: magenta; }
  :root { --paper: magenta; --ink: magenta; }
  h1 { display: block !important; }
"""


@pytest.fixture
def shown(other_site: Site, salons: Served) -> Site:
    """The site with the widget on it."""
    embed(other_site, salons)
    return other_site


def test_one_tag_is_a_conversation_under_a_strict_policy(
    page: Page, shown: Site, salons: Served
) -> None:
    page.goto(shown.address)
    opens = page.get_by_role("button", name="Talk to us")
    opens.press("Enter")
    expect(page.get_by_role("dialog", name="Corner Salon")).to_be_visible()
    expect(page.get_by_role("log")).to_contain_text("good to hear from you")
    expect(page.get_by_role("textbox", name="Your message")).to_be_focused()
    assert "Mill Lane" in say(page, "What is your address?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opens).to_be_focused()
    opens.click()
    expect(page.get_by_role("log")).to_contain_text("Mill Lane")


def test_no_style_leaks_either_way(page: Page, shown: Site, salons: Served) -> None:
    shown.policy = ""
    page.goto(shown.address)
    look = "e => JSON.stringify(getComputedStyle(e))"
    heading = page.locator("h1")
    button = page.get_by_role("button", name="Talk to us")
    expect(button).to_be_visible()
    plain = button.evaluate(look)
    box = button.bounding_box()
    shown.head = ""
    page.goto(shown.address)
    alone = heading.evaluate(look)
    shown.head = widget_tag(salons, "corner-salon")
    page.goto(shown.address)
    expect(button).to_be_visible()
    assert heading.evaluate(look) == alone
    shown.head += f"<style>{HOSTILE}</style>"
    page.goto(shown.address)
    expect(button).to_be_visible()
    assert button.evaluate(look) == plain
    assert button.bounding_box() == box


def test_keys_typed_into_it_are_no_shortcuts_of_the_page(
    page: Page, shown: Site, salons: Served
) -> None:
    page.goto(shown.address)
    page.evaluate("addEventListener('keydown', ({ key }) => { window.pressed = key; })")
    page.get_by_role("button", name="Talk to us").click()
    page.get_by_label("Your message").press_sequentially("j")
    assert page.evaluate("window.pressed") is None


def test_only_listed_sites_get_an_answer(page: Page, shown: Site, salons: Served) -> None:
    shown.head = widget_tag(salons, "oak")
    page.goto(shown.address)
    page.get_by_role("button", name="Talk to us").click()
    expect(page.get_by_role("dialog")).to_contain_text("Oak & Sons")
    page.get_by_label("Your message").fill("What is your address?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Something went wrong")
    page.goto(shown.address.replace("127.0.0.1", "localhost"))
    page.get_by_role("button", name="Talk to us").click()
    expect(page.get_by_role("dialog")).to_contain_text("We cannot be reached just now.")


def test_two_widgets_stand_beside_each_other(page: Page, shown: Site, salons: Served) -> None:
    shown.head += widget_tag(salons, "oak", more='data-label="Talk to Oak"')
    page.goto(shown.address)
    one = page.get_by_role("button", name="Talk to us").bounding_box()
    two = page.get_by_role("button", name="Talk to Oak").bounding_box()
    assert one is not None
    assert two is not None
    upper, lower = sorted((one, two), key=lambda box: box["y"])
    assert upper["y"] + upper["height"] <= lower["y"]


def test_it_fills_a_telephone(browser: Browser, shown: Site) -> None:
    with a_page(browser) as page:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(shown.address)
        page.get_by_role("button", name="Talk to us").click()
        panel = page.get_by_role("dialog").bounding_box()
        assert panel == {"x": 0, "y": 0, **PHONE}
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_caller_talks_on_another_site(browser: Browser, tmp_path: Path) -> None:
    pytest.importorskip("hibari")
    with (
        site() as shown,
        two_salons(tmp_path, shown, speech="local") as served,
        a_page(browser, "microphone") as page,
    ):
        embed(shown, served)
        caller = Caller(page, {})
        page.goto(shown.address)
        page.get_by_role("button", name="Talk to us").click()
        caller.ring()
        assert audible_seconds(caller.heard()) > 1
        page.get_by_role("button", name="Close").click()
        page.get_by_role("button", name="Back to your call").click()
        page.get_by_label("Your message").fill("What is your address?")
        page.keyboard.press("Enter")
        expect(caller.answers.last).to_contain_text("Mill Lane", timeout=PATIENCE)
        page.get_by_role("dialog").get_by_role("button", name="Hang up").click()
        expect(page.locator("#call-note")).to_have_text("You hung up.")
