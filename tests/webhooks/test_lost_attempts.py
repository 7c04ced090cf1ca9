"""A crash between a booking and its reply: what nobody heard of is undone at the next start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Attempt, CustomerDetails, Order, Organisation, Target
from support.order_values import OrderFilter
from support.shop import Shop
from support.ticket_values import Concern, TicketFilter
from support.tickets import Tickets
from tests.scheduling.willow import JANE, pass_time, rows
from tests.support.goods import UNUSED, bought
from tests.voice.caller import Caller
from tests.webhooks.doors import opened, settings_in
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.models.models import Models
from voice.turn import CallFacts, Say, Turn
from webhooks.commands.serve import announcement

STATES = "SELECT status FROM booking ORDER BY id"


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{time}:00-05:00")


def order_at(time: str, name: str = "Jane Roe") -> Order:
    return Order(
        customer=CustomerDetails(name, "+12125550161"),
        service_id="checkup",
        start=at(time),
        provider_id="ana",
    )


async def open_attempt(store: Store, clinic: Organisation) -> Attempt:
    """At a turn whose process nothing more is heard of."""
    call = CallFacts(
        call_id="c1", organisation_id=clinic.id, door="vapi", credential="vapi", named=True
    )
    turn = Turn(call=call, number=1, first_unheard=1, text="yes", history=())
    begun = await Journal(store).open_attempt(turn)
    assert begun.attempt is not None
    return begun.attempt


async def booked_in_a_turn(store: Store, desk: Desk, clinic: Organisation) -> Attempt:
    """The attempt that booked."""
    attempt = await open_attempt(store, clinic)
    await desk.book(clinic.id, order_at("10:00"), call_id="c1", attempt=attempt)
    return attempt


async def test_what_was_booked_and_not_told_is_undone(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    attempt = await booked_in_a_turn(store, desk, clinic)
    journal = Journal(store)
    assert await journal.settle_lost(after_seconds=60) == ([], [])
    assert await journal.settle_lost(after_seconds=0) == ([attempt.id], [])
    assert await rows(store, STATES) == [("withdrawn",)]
    assert await rows(store, "SELECT count(*) FROM occupancy WHERE kind = 'booking'") == [(0,)]
    assert await rows(store, "SELECT state FROM turn") == [("withdrawn",)]
    assert await journal.settle_lost(after_seconds=0) == ([], [])


async def order(store: Store, clinic: Organisation, attempt: Attempt) -> None:
    shop = Shop(Desk(store))
    await shop.add(clinic.id, "floss", 1, attempt=attempt)
    await shop.check_out(clinic.id, JANE, attempt=attempt, key="yes")


async def refund(store: Store, clinic: Organisation, attempt: Attempt) -> None:
    await Shop(Desk(store)).refund(clinic.id, "12345", UNUSED, attempt=attempt)


async def ticket(store: Store, clinic: Organisation, attempt: Attempt) -> None:
    await Tickets(Desk(store)).create(clinic.id, Concern("the page crashes", JANE), attempt=attempt)


@pytest.mark.parametrize("write", [order, refund, ticket])
async def test_what_was_ordered_given_back_or_written_down_and_not_told_is_undone(
    store: Store,
    desk: Desk,
    clinic: Organisation,
    write: Callable[[Store, Organisation, Attempt], Awaitable[None]],
) -> None:
    await Shop(desk).bring_in(clinic.id, bought())
    attempt = await open_attempt(store, clinic)
    await write(store, clinic, attempt)
    assert await Journal(store).settle_lost(after_seconds=0) == ([attempt.id], [])
    [brought_in] = (await Shop(desk).find(clinic.id, OrderFilter())).orders
    assert brought_in.refunded == 0
    assert (await Tickets(desk).find(clinic.id, TicketFilter())).tickets == ()


async def test_an_order_that_the_caller_may_have_heard_of_stands(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    attempt = await open_attempt(store, clinic)
    await order(store, clinic, attempt)
    await Journal(store).begin_telling(attempt)
    assert await Journal(store).settle_lost(after_seconds=0) == ([], [])
    assert len((await Shop(desk).find(clinic.id, OrderFilter())).orders) == 1


async def test_what_the_caller_may_have_heard_of_stands(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    attempt = await booked_in_a_turn(store, desk, clinic)
    journal = Journal(store)
    await journal.begin_telling(attempt)
    assert await journal.settle_lost(after_seconds=0) == ([], [])
    assert await rows(store, STATES) == [("booked",)]


async def test_a_move_whose_former_time_is_taken_by_now_stands(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    made = await desk.book(clinic.id, order_at("10:00"), by="staff")
    attempt = await open_attempt(store, clinic)
    target = Target(start=at("14:00"))
    await desk.move(clinic.id, made.reference, target, call_id="c1", attempt=attempt)
    await pass_time(store, minutes=10)
    await desk.book(clinic.id, order_at("10:00", name="Omar Hale"), by="staff")
    assert await Journal(store).settle_lost(after_seconds=0) == ([], [attempt.id])
    assert await rows(store, "SELECT start_at FROM booking WHERE id = 1") == [
        (int(at("14:00").timestamp()),)
    ]


async def test_a_server_undoes_at_its_start_what_the_one_before_left(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with opened(settings) as door:
        store, desk = door.resources.store, door.resources.desk
        [clinic] = await desk.organisations()
        await booked_in_a_turn(store, desk, clinic)
    async with opened(settings) as door:
        assert await rows(door.resources.store, STATES) == [("withdrawn",)]


async def test_words_that_tell_of_a_booking_leave_only_once_that_is_on_the_disk(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    conversation = Conversation(desk=desk, journal=Journal(store), models=Models())
    caller = Caller(conversation, clinic)
    for words in ("I would like a checkup next Tuesday at 2 pm", "Maria Lopez", "+12125550161"):
        reply = await caller.says(words)
        if reply.endswith("Shall I book it?"):
            break
    parts = conversation.answer(caller.turn("yes please", number=caller.turns + 1))
    first = await anext(parts)
    assert isinstance(first, Say)
    told = "SELECT parts_heard FROM turn WHERE state = 'running'"
    assert await rows(store, told) == [(1,)]
    await parts.aclose()
    await conversation.aclose()


async def test_a_start_without_the_shifted_clock_ends_the_shift_and_says_so(
    tmp_path: Path,
) -> None:
    async with opened(settings_in(tmp_path, now="2031-03-03T09:00:00-05:00")):
        pass
    async with opened(settings_in(tmp_path, now=None)) as door:
        assert await door.resources.store.end_shift() == timedelta()  # nothing is left to end
        said = await announcement(door.resources, "http://here")
        assert any("RINGBOOK_NOW is not set" in line for line in said)
    async with opened(settings_in(tmp_path, now=None)) as door:
        assert not any("Clock" in line for line in await announcement(door.resources, "x"))
