"""What callers said is kept for so many days; what was booked stays; a person can be forgotten."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from scheduling.values import CustomerDetails
from support.shop import Shop
from support.ticket_values import Concern
from tests.ringbook_process import ringbook
from tests.scheduling.willow import pass_time, rows
from tests.support.goods import GUARDS, bought, buy, left_of
from tests.webhooks.doors import VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import (
    call,
    completion,
    message,
    said,
    spoken,
    tool_call,
    tool_calls,
    user,
)
from voice.forgetting import Forgotten
from voice.journal.erasing import Erasing
from webhooks.commands.forget import forget_person
from webhooks.upkeep import QUIET_SECONDS, Upkeep

ORDER = {
    "service": "checkup",
    "date": "2026-11-24",
    "time": "10:00",
    "provider": "Ana Ruiz",
    "name": "Wilma Stone",
}
WILMA, OTHER = "+12125550161", "+12125550162"
PERSONAL = (
    "booking", "customer", "call", "turn", "tool_call", "idempotency", "outbox", "attempt",
    "occupancy", "offer", "effect", "booking_event", "placed_order", "order_event", "payment",
    "refund", "cart_entry", "ticket", "ticket_event", "forgetting_wish",
)  # fmt: skip
LEFT = (
    "SELECT (SELECT count(*) FROM call), (SELECT count(*) FROM turn),"
    " (SELECT count(*) FROM tool_call), (SELECT count(*) FROM booking),"
    " (SELECT count(*) FROM booking_event)"
)


async def book(door: Opened, caller: str, *, time: str, call_id: str) -> None:
    """A turn is spoken and an appointment made in one call."""
    about = {"call": call(call_id, caller=caller), "customer": {"number": caller}}
    turn = completion(user("When are you open?"), **about)
    assert (await door.client.post("/vapi/chat/completions", json=turn, headers=VAPI)).is_success
    asked = tool_calls(tool_call("book_appointment", {**ORDER, "time": time}, call_id), **about)
    response = await door.client.post("/vapi/events", json=asked, headers=VAPI)
    assert "booking" in response.json()["results"][0]["metadata"], response.text
    ended = message("status-update", status="ended", **about)
    assert (await door.client.post("/vapi/events", json=ended, headers=VAPI)).is_success


@pytest.fixture
async def visited(either_store_url: str, tmp_path: Path) -> AsyncIterator[Opened]:
    """The door of a business where Wilma and another caller have booked."""
    async with opened(settings_in(tmp_path, database_url=either_store_url)) as door:
        await book(door, WILMA, time="10:00", call_id="call-of-wilma")
        await book(door, OTHER, time="11:00", call_id="call-of-another")
        yield door


async def leave(door: Opened, concern: Concern, *, call_id: str) -> None:
    """Something for staff to see to, left in that call."""
    (organisation,) = await door.resources.desk.organisations()
    await door.resources.tickets.create(organisation.id, concern, call_id=call_id, key=call_id)


def upkeep_of(door: Opened) -> Upkeep:
    resources = door.resources
    return Upkeep(resources.store, resources.desk, resources.journal, resources.settings)


async def test_words_are_erased_after_so_many_days_and_bookings_stay(visited: Opened) -> None:
    store = visited.resources.store
    upkeep = upkeep_of(visited)
    left = Concern("The crown came off", CustomerDetails("Wilma", WILMA))
    await leave(visited, left, call_id="call-of-wilma")
    await pass_time(store, days=60)
    later = completion(user("Do you take cards?"), call=call("call-of-another", caller=OTHER))
    await visited.client.post("/vapi/chat/completions", json=later, headers=VAPI)
    assert await upkeep.erase() == 0
    await pass_time(store, days=31)
    assert await upkeep.erase() == 1
    assert await rows(store, "SELECT call_id FROM call") == [("call-of-another",)]
    await pass_time(store, days=90)
    assert await upkeep.erase() == 1
    assert await rows(store, LEFT) == [(0, 0, 0, 2, 2)]
    assert await rows(store, "SELECT count(*) FROM idempotency") == [(0,)]
    assert await rows(store, "SELECT issue, customer_phone FROM ticket") == [("", WILMA)]
    assert await rows(store, "SELECT DISTINCT holder FROM attempt") == [("",)]


async def test_a_person_is_forgotten_and_the_time_of_the_booking_is_kept(visited: Opened) -> None:
    store = visited.resources.store
    url = visited.resources.settings.database_url
    about = {"call": call("call-to-choose", caller=WILMA), "customer": {"number": WILMA}}
    asked = completion(user("Do you have a check-up on Wednesday?"), **about)
    await visited.client.post("/vapi/chat/completions", json=asked, headers=VAPI)
    [clinic], shop = await visited.resources.desk.organisations(), Shop(visited.resources.desk)
    order = bought(customer=CustomerDetails("Wilma Stone", WILMA))
    await shop.bring_in(clinic.id, order, key="k")
    await shop.add(clinic.id, "floss", call_id="call-to-choose", holder=f"known {WILMA}", key="l")
    left = Concern(f"Ring {WILMA} about braces", CustomerDetails("Wilma", WILMA))
    await leave(visited, left, call_id="call-to-choose")
    held = "SELECT DISTINCT holder FROM occupancy WHERE kind = 'hold'"
    assert await rows(store, held) == [(f"known {WILMA}",)]
    assert await forget_person(url, "(212) 555-0161", None) == Forgotten(
        bookings=1, orders=1, tickets=1, calls=2
    )
    booked = "SELECT customer_name, customer_phone FROM booking ORDER BY start_at"
    assert await rows(store, booked) == [("", ""), ("Wilma Stone", OTHER)]
    assert WILMA not in await everything(visited)
    assert len(await rows(store, "SELECT id FROM occupancy WHERE kind = 'booking'")) == 2
    assert await rows(store, "SELECT call_id FROM call") == [("call-of-another",)]
    assert await forget_person(url, WILMA, None) == Forgotten()


async def asks_to_be_forgotten(door: Opened, *words: str) -> None:
    """In a call of Wilma's that nobody has hung up yet."""
    about = {"call": call("call-to-forget", caller=WILMA), "customer": {"number": WILMA}}
    heard: list[dict[str, str]] = []
    for each in words or ("Please erase all my data.", "Yes, do that."):
        turn = completion(*heard, user(each), **about)
        response = await door.client.post("/vapi/chat/completions", json=turn, headers=VAPI)
        heard += [user(each), said(spoken(response.text))]
    if not words:
        assert "when this call is over" in heard[-1]["content"]


async def everything(door: Opened) -> str:
    return str([await rows(door.resources.store, f"SELECT * FROM {table}") for table in PERSONAL])


async def quiet_for_a_day(door: Opened) -> None:
    """Before that, another process of the same PostgreSQL may be in the call."""
    if not door.resources.settings.is_one_process:
        assert WILMA in await everything(door)
        await pass_time(door.resources.store, days=1)
        await upkeep_of(door).forget(after_seconds=QUIET_SECONDS)


async def test_a_wish_to_be_forgotten_outlives_the_process(
    either_store_url: str, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, database_url=either_store_url)
    async with opened(settings) as door:
        await book(door, WILMA, time="10:00", call_id="call-of-wilma")
        await asks_to_be_forgotten(door)
        assert "Wilma" in await everything(door)
    async with opened(settings) as door:
        await quiet_for_a_day(door)
        left = await everything(door)
        assert WILMA not in left
        assert "Wilma" not in left
        await asks_to_be_forgotten(door, "My name is Wilma Stone.")
        ended = message("status-update", status="ended", call=call("call-to-forget"))
        await door.client.post("/vapi/events", json=ended, headers=VAPI)
        assert "Wilma" not in await everything(door)


async def test_forgetting_that_was_broken_off_is_ended_at_the_next_start(
    either_store_url: str, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, database_url=either_store_url)
    async with opened(settings) as door:
        await book(door, WILMA, time="10:00", call_id="call-of-wilma")
        await asks_to_be_forgotten(door)
        [clinic] = await door.resources.desk.organisations()
        await Erasing(door.resources.store).number(clinic.id, WILMA)  # and the process dies
    async with opened(settings) as door:
        await quiet_for_a_day(door)
        assert WILMA not in await everything(door)


async def test_only_a_wish_that_stands_is_seen_to(visited: Opened) -> None:
    await asks_to_be_forgotten(visited)
    store = visited.resources.store
    undone = text("UPDATE attempt SET state = 'undone' WHERE call_id = 'call-to-forget'")
    await store.write(lambda connection: connection.execute(undone))
    await upkeep_of(visited).forget(after_seconds=None)
    assert "Wilma" in await everything(visited)


async def test_nobody_is_forgotten_in_the_middle_of_a_call(visited: Opened) -> None:
    await asks_to_be_forgotten(visited)
    await upkeep_of(visited).forget(after_seconds=QUIET_SECONDS)
    assert WILMA in await everything(visited)


async def test_a_call_that_ends_gives_back_its_cart_and_old_carts_are_forgotten(
    visited: Opened,
) -> None:
    shop, about = Shop(visited.resources.desk), {"call": call("buys", caller=OTHER)}
    [clinic] = await visited.resources.desk.organisations()
    ended = message("status-update", status="ended", **about)
    said = completion(user("When are you open?"), **about)
    await visited.client.post("/vapi/chat/completions", json=said, headers=VAPI)
    await shop.add(clinic.id, "night-guard", GUARDS, call_id="buys")
    assert await left_of(shop, clinic, "night-guard") == 0
    await visited.client.post("/vapi/events", json=ended, headers=VAPI)
    assert await left_of(shop, clinic, "night-guard") == GUARDS
    order = await buy(shop, clinic, "bought", ("night-guard", 1))
    await pass_time(visited.resources.store, days=3)
    await visited.client.post("/vapi/events", json=ended, headers=VAPI)
    entries = "SELECT call_id, sold FROM cart_entry"
    assert await rows(visited.resources.store, entries) == [("bought", 1)]
    assert (await shop.history(clinic.id, order.reference))[0] == order
    assert await left_of(shop, clinic, "night-guard") == GUARDS - 1


def test_the_command_says_in_one_line_what_was_forgotten(tmp_path: Path) -> None:
    async def visit() -> None:
        async with opened(settings_in(tmp_path)) as door:
            await book(door, WILMA, time="10:00", call_id="call-of-wilma")

    asyncio.run(visit())
    done = ringbook("forget", "--phone", WILMA, "--json", folder=tmp_path)
    assert json.loads(done.stdout) == {"bookings": 1, "orders": 0, "tickets": 0, "calls": 1}
    again = ringbook("forget", "--phone", WILMA, folder=tmp_path)
    assert again.stdout == (
        "Forgotten: 0 bookings, 0 orders and 0 tickets without name and number, 0 calls erased.\n"
    )
    wrong = ringbook("forget", "--phone", "nobody", folder=tmp_path)
    assert wrong.returncode != 0
    assert "not a telephone number" in wrong.stderr
