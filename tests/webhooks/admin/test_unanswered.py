"""Staff hear what callers asked for and did not get."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.webhooks.doors import STAFF, Opened, opened, settings_in, two_salons
from voice.dialogue.agenda import Outcome
from voice.facts import Facts
from voice.journal.values import Closing
from voice.turn import CallFacts, Say, Turn

ALIGNMENT = Outcome(label="ask:service", words="do you do alignments", kind="declined")
PIZZA = Outcome(label="outside", words="a large pepperoni", kind="declined")
BOOKED = Outcome(label="affirm", words="yes please", kind="done")


async def call_in(door: Opened, *outcomes: Outcome, organisation_id: int = 1) -> None:
    """A call of one turn in which the caller did all this."""
    call = CallFacts(f"call-of-{organisation_id}", organisation_id, "vapi", "vapi")
    journal = door.resources.journal
    opened = await journal.open_attempt(Turn(call, 1, 1, "these words", None))
    assert opened.attempt is not None
    closing = Closing((Say("Hello."),), Facts(), parts_heard=1, answered_by="local")
    await journal.close_attempt(opened.attempt, replace(closing, outcomes=outcomes))


async def test_a_call_is_shown_with_what_became_of_each_act(door: Opened) -> None:
    await call_in(door, BOOKED, ALIGNMENT)
    shown = (await door.client.get("/admin/calls/call-of-1", headers=STAFF)).json()
    assert shown["turns"][0]["acts"] == [
        {"act": "affirm", "words": "yes please", "outcome": "done"},
        {"act": "ask:service", "words": "do you do alignments", "outcome": "declined"},
    ]


async def test_what_was_not_to_be_had_is_counted_with_its_words(door: Opened) -> None:
    await call_in(door, PIZZA, ALIGNMENT, ALIGNMENT, BOOKED)
    listed = (await door.client.get("/admin/unanswered", headers=STAFF)).json()
    words = {"words": "do you do alignments", "count": 2, "call_id": "call-of-1"}
    assert listed["next_cursor"] is None
    assert listed["unanswered"][0] == {
        "day": "2026-11-23",
        "organisation": "willow",
        "act": "ask:service",
        "outcome": "declined",
        "count": 2,
        "words": [words],
    }
    assert [each["act"] for each in listed["unanswered"]] == ["ask:service", "outside"]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"from": "2026-11-23", "to": "2026-11-23"}, 1),
        ({"date": "2026-11-23"}, 1),
        ({"from": "2026-11-24"}, 0),
        ({"to": "2026-11-22"}, 0),
        ({"from": "0001-01-01", "to": "9999-12-31"}, 1),
        ({"from": "", "to": ""}, 1),
    ],
)
async def test_days_are_the_businesss_both_included(
    door: Opened, days: dict[str, str], found: int
) -> None:
    await call_in(door, ALIGNMENT)
    listed = (await door.client.get("/admin/unanswered", params=days, headers=STAFF)).json()
    assert len(listed["unanswered"]) == found


async def test_one_page_ends_where_the_next_begins(door: Opened) -> None:
    await call_in(door, PIZZA, ALIGNMENT, ALIGNMENT)
    asked = {"limit": "1"}
    first = (await door.client.get("/admin/unanswered", params=asked, headers=STAFF)).json()
    asked["cursor"] = first["next_cursor"]
    second = (await door.client.get("/admin/unanswered", params=asked, headers=STAFF)).json()
    acts = [page["unanswered"][0]["act"] for page in (first, second)]
    assert acts == ["ask:service", "outside"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    "query",
    ["from=monday", "from=2026-11-25&to=2026-11-24", "date=2026-11-24&to=2026-11-25", "kind=ask",
     "limit=0", "cursor=not-ours"],
)  # fmt: skip
async def test_a_wrong_parameter_is_named(door: Opened, query: str) -> None:
    response = await door.client.get(f"/admin/unanswered?{query}", headers=STAFF)
    assert response.status_code == 422
    assert response.json()["error"]["message"]


async def test_each_business_hears_of_its_own_callers(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, business=two_salons(tmp_path))) as door:
        near, far = [each.id for each in await door.resources.desk.organisations()]
        await call_in(door, PIZZA, organisation_id=near)
        await call_in(door, ALIGNMENT, ALIGNMENT, organisation_id=far)
        for asked, acts in (
            ({}, [("far-salon", "ask:service"), ("corner-salon", "outside")]),
            ({"organisation": "corner-salon"}, [("corner-salon", "outside")]),
            ({"organisation": "far-salon"}, [("far-salon", "ask:service")]),
        ):
            response = await door.client.get("/admin/unanswered", params=asked, headers=STAFF)
            listed = response.json()["unanswered"]
            assert [(each["organisation"], each["act"]) for each in listed] == acts
        nobody = {"organisation": "nobody"}
        response = await door.client.get("/admin/unanswered", params=nobody, headers=STAFF)
        assert response.status_code == 404
