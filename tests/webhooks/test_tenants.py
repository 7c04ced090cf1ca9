"""Doors, tools and journal: what belongs to one organisation is nothing to a call or staff of
another."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from scheduling.errors import NotFound
from tests.webhooks.doors import STAFF, Opened, opened, settings_in, two_salons
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.tools.table import TOOLS
from voice.turn import CallFacts, Turn
from webhooks.admin import invitations, lookup, staff

CUT = {"service": "cut", "start": "2026-11-24T10:00", "provider": "ana", "name": "Rosa Marin"}
PHONE = "+441223496777"
BODIES = {
    "/admin/bookings/{reference}/move": {"start": "2026-11-25T10:00"},
    "/admin/bookings/{reference}/status": {"status": "arrived"},
}
NEVER_ASKED = {
    "close_attempt": "an attempt's id never leaves the process",
    "withdraw": "an attempt's id never leaves the process",
    "begin_telling": "an attempt's id never leaves the process",
    "wish_to_be_forgotten": "after `facts`, which refuses another's call",
    "leave_forgotten": "of a call that was asked for with its organisation",
    "settle_lost": "at the start, of all organisations, before anybody is answered",
    "end_call": "hanging up is told by the door whose call it is",
    "wrong_try": "after the door has asked for the entry",
    "wrong_tries": "after the door has asked for the entry",
    "entry": "it answers whose the call is",
    "record_tool": "after `facts`, which refuses another's call",
    "find_continued": "takes the organisation and finds its own lines alone",
    "unanswered": "for staff; the door narrows it by the organisations that it gives zones of",
}
"""Functions of the journal that no organisation narrows, or that are tried elsewhere."""


@dataclass(frozen=True)
class Two:
    """Two organisations alike; one has a booking, a block and a call."""

    door: Opened
    near: int
    far: int
    reference: str
    block_id: str
    call: CallFacts

    def far_call(self, call_id: str) -> CallFacts:
        """A call to the other one, from the very number of the booking."""
        return CallFacts(call_id, self.far, "vapi", "vapi", known_phone=PHONE)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with opened(settings_in(tmp_path, business=two_salons(tmp_path))) as door:
        ids = {each.slug: each.id for each in await door.resources.desk.organisations()}
        at_near = {"organisation": "corner-salon"}
        entry = CUT | at_near | {"phone": PHONE}
        booked = await door.client.post("/admin/bookings", json=entry, headers=STAFF)
        block = {"date": "2026-11-27", "provider": "joe", **at_near}
        placed = await door.client.post("/admin/blocks", json=block, headers=STAFF)
        near, far = ids["corner-salon"], ids["far-salon"]
        call = CallFacts("call", near, "vapi", "vapi", known_phone=PHONE)
        await door.resources.journal.start_call(call)
        yield Two(door, near, far, booked.json()["reference"], placed.json()["id"], call)
        kept, events = await door.resources.desk.history(near, booked.json()["reference"])
        assert (kept.status, len(events)) == ("booked", 1)


@pytest.mark.parametrize("name", TOOLS)
async def test_a_tool_of_one_organisations_call_reaches_no_booking_of_another(
    two: Two, name: str
) -> None:
    given: dict[str, Any] = {
        "reference": two.reference, "name": "Rosa Marin", "service": "haircut", "reason": "x",
        "date": "2026-11-27", "time": "15:00", "question": f"When is {two.reference}?",
        "when": "Friday", "provider": "Joe Field", "words": "it is broken",
        "second_service": "haircut", "offer_id": "a1", "second_offer_id": "a2",
    }  # fmt: skip
    if name == "change_number":
        given["phone"] = "+441223496778"
    parameters = TOOLS[name].parameters
    wanted = parameters["properties"].keys() - ({"offer_id"} - set(parameters["required"]))
    arguments = {key: value for key, value in given.items() if key in wanted}
    conversation = two.door.resources.conversation
    told = await conversation.use_tool(two.far_call("far"), name, arguments, "tool call")
    if "reference" in wanted:
        assert told.refused in {"not_found", "not_verified"}
    assert two.reference not in str(told.facts)
    assert "2026-11-24T10:00" not in str(told.facts)


def routes_with(parameter: str) -> list[tuple[str, str]]:
    """Method and path of every staff route that names something."""
    return [
        (method, route.path)
        for router in (lookup.router, staff.router, invitations.router)
        for route in router.routes
        if isinstance(route, APIRoute) and f"{{{parameter}" in route.path
        for method in sorted(route.methods or ())
    ]


def test_staff_routes_are_found() -> None:
    assert len(routes_with("reference")) == 5
    assert len(routes_with("block_id")) == 1
    assert len(routes_with("call_id")) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [each for name in ("reference", "block_id", "call_id") for each in routes_with(name)],
)
async def test_a_staff_route_finds_nothing_under_another_organisation(
    two: Two, method: str, path: str
) -> None:
    address = path.replace(":path", "").format(
        reference=two.reference, block_id=two.block_id, call_id=two.call.call_id
    )
    body = BODIES.get(path)
    for slug, found in (("far-salon", False), ("corner-salon", method == "GET")):
        if slug == "corner-salon" and not found:
            continue
        answer = await two.door.client.request(
            method, address, params={"organisation": slug}, json=body, headers=STAFF
        )
        assert answer.status_code == (200 if found else 404), answer.text


async def test_lists_of_one_organisation_hold_nothing_of_another(two: Two) -> None:
    for path in ("bookings", "calls", "blocks"):
        params = {"organisation": "far-salon"}
        answer = await two.door.client.get(f"/admin/{path}", params=params, headers=STAFF)
        assert answer.json()[path] == []


async def test_a_call_of_one_organisation_is_not_found_in_another(two: Two) -> None:
    journal: Journal = two.door.resources.journal
    same_id = two.far_call(two.call.call_id)
    turn = Turn(same_id, 1, 1, "Hello", None)
    tried = {
        "start_call": journal.start_call(same_id),
        "greet": journal.greet(same_id),
        "open_attempt": journal.open_attempt(turn),
        "facts": journal.facts(same_id),
    }
    for act in tried.values():
        with pytest.raises(NotFound):
            await act
    assert await journal.call(two.far, two.call.call_id) is None
    assert (await journal.calls(two.far)).calls == ()
    assert await journal.remember_tool(same_id, "tool call") is None
    await journal.wish_to_be_forgotten(two.call, None)
    assert await journal.asked_to_be_forgotten(two.near, two.call.call_id) == two.call
    assert await journal.asked_to_be_forgotten(two.far, two.call.call_id) is None
    assert await journal.still_to_be_forgotten(two.far, after_seconds=None) == []
    looked = {"call", "calls", "remember_tool", "asked_to_be_forgotten", "still_to_be_forgotten"}
    public = {name for name, _ in inspect.getmembers(Journal, inspect.isfunction) if name[0] != "_"}
    assert public == tried.keys() | looked | NEVER_ASKED.keys()
    assert Facts() == (await journal.facts(two.call))[0]
