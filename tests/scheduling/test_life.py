"""The life of a booking: what may follow what, who may do it, and what it leaves behind."""

from __future__ import annotations

import asyncio
import json
from itertools import product
from typing import Any, get_args

import pytest

from scheduling.desk import Desk
from scheduling.errors import KeyReused, NotAllowed, NotFound
from scheduling.life import STEPS, check_step
from scheduling.store import Store
from scheduling.values import (
    Booking,
    BookingFilter,
    BookingStatus,
    By,
    Mark,
    OnBehalf,
    Order,
    Organisation,
    Target,
)
from tests.scheduling.willow import (
    BOB,
    JANE,
    TUESDAY,
    at,
    attempt,
    book_at,
    checkup,
    pass_time,
    rows,
)

TWO = f"{TUESDAY} 14:00"
THREE = f"{TUESDAY} 15:00"
STATUSES = (*get_args(BookingStatus), "withdrawn")


def allowed(by: By) -> set[tuple[str, str]]:
    """Every step that this one may take, tried one by one."""
    found = set()
    for was, becomes in product(STATUSES, STATUSES):
        try:
            check_step(was, becomes, by=by)
        except NotAllowed:
            continue
        found.add((was, becomes))
    return found


def test_callers_book_move_and_cancel_and_nothing_else() -> None:
    assert allowed("caller") == {
        ("held", "booked"),
        ("withdrawn", "booked"),
        ("booked", "booked"),
        ("booked", "cancelled"),
    }


def test_a_cancelled_booking_comes_back_by_undoing_alone() -> None:
    back = {by for by in get_args(By) if ("cancelled", "booked") in allowed(by)}
    assert back == {"system"}
    assert {becomes for was, becomes in STEPS if was == "cancelled"} == {"booked"}


def test_nothing_but_a_booked_visit_can_be_moved() -> None:
    assert {was for was, becomes in STEPS if was == becomes} == {"booked"}


@pytest.mark.parametrize(
    "marks",
    [
        ["arrived", "fulfilled"],
        ["noshow", "arrived", "fulfilled"],
        ["arrived", "booked", "noshow"],
        ["fulfilled", "booked"],
    ],
)
async def test_staff_mark_what_became_of_a_visit(
    store: Store, desk: Desk, clinic: Organisation, marks: list[Mark]
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await pass_time(store, days=1, hours=5)
    for mark in marks:
        marked = await desk.mark(clinic.id, booked.reference, mark, reason="seen")
        assert marked.status == mark
    kept, events = await desk.history(clinic.id, booked.reference)
    assert kept.version == 1 + len(marks)
    assert (kept.start, kept.end) == (booked.start, booked.end)
    told = ["mark taken back" if mark == "booked" else mark for mark in marks]
    assert [event.what for event in events] == ["booked", *told]
    assert {(event.who, event.why) for event in events[1:]} == {("staff", "seen")}


async def test_callers_cannot_mark(desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    with pytest.raises(NotAllowed):
        await desk.mark(clinic.id, booked.reference, "arrived", by="caller")


async def test_what_has_not_happened_yet_is_not_marked(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)

    async def mark(status: Mark) -> str:
        try:
            return (await desk.mark(clinic.id, booked.reference, status)).status
        except NotAllowed:
            return "refused"

    await pass_time(store, hours=14, minutes=50)  # ten minutes to midnight on the day before
    assert [await mark(each) for each in ("arrived", "fulfilled", "noshow")] == ["refused"] * 3
    await pass_time(store, minutes=20)  # her day
    assert [await mark(each) for each in ("fulfilled", "noshow")] == ["refused"] * 2
    # Who came early may be seen early, and who was taken for somebody else is expected again.
    assert [await mark(each) for each in ("arrived", "fulfilled", "booked")] == [
        "arrived", "fulfilled", "booked",
    ]  # fmt: skip
    await pass_time(store, hours=13, minutes=49)
    assert await mark("noshow") == "refused"
    await pass_time(store, minutes=2)
    assert await mark("noshow") == "noshow"


async def test_marking_twice_is_once(store: Store, desk: Desk, clinic: Organisation) -> None:
    booked = await book_at(desk, clinic, TWO)
    await pass_time(store, days=1)
    once, again = await asyncio.gather(
        *(desk.mark(clinic.id, booked.reference, "arrived") for _ in range(2))
    )
    assert once == again
    _, events = await desk.history(clinic.id, booked.reference)
    assert [event.what for event in events] == ["booked", "arrived"]


async def test_a_marked_visit_keeps_its_time_and_is_moved_no_more(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await pass_time(store, days=1)
    await desk.mark(clinic.id, booked.reference, "arrived")
    with pytest.raises(NotAllowed, match="move"):
        await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), by="staff")
    with pytest.raises(NotAllowed):
        await desk.cancel(clinic.id, booked.reference, by="caller")
    assert (await desk.first_free(clinic.id, checkup(TWO, provider_id="ana"))) is not None
    offered = await desk.offer(clinic.id, checkup(TWO, provider_id="ana"), call_id="call")
    assert all(offer.start != at(TWO) for offer in offered.offers)


async def test_a_decision_about_an_older_version_is_refused(
    desk: Desk, clinic: Organisation
) -> None:
    seen = await book_at(desk, clinic, TWO)
    await desk.move(clinic.id, seen.reference, Target(start=at(THREE)), by="staff")
    for act in (
        desk.cancel(clinic.id, seen.reference, version=seen.version),
        desk.mark(clinic.id, seen.reference, "noshow", version=seen.version),
        desk.move(clinic.id, seen.reference, Target(start=at(TWO)), version=seen.version),
    ):
        with pytest.raises(NotAllowed, match="changed meanwhile"):
            await act
    kept, _ = await desk.history(clinic.id, seen.reference)
    assert (kept.status, kept.start, kept.version) == ("booked", at(THREE), 2)


async def test_of_many_changes_at_once_one_wins(desk: Desk, clinic: Organisation) -> None:
    for hour in range(9, 12):
        booked = await book_at(desk, clinic, f"2026-11-25 {hour:02}:00")
        targets = [at(f"2026-11-{day} {hour:02}:00") for day in (27, 30)]
        seen: OnBehalf = {"by": "staff", "version": booked.version}
        done = await asyncio.gather(
            desk.cancel(clinic.id, booked.reference, **seen),
            desk.mark(clinic.id, booked.reference, "noshow", **seen),
            *(
                desk.move(clinic.id, booked.reference, Target(start=start), **seen)
                for start in targets
            ),
            return_exceptions=True,
        )
        [won] = [each for each in done if isinstance(each, Booking)]
        assert all(isinstance(each, NotAllowed) for each in done if each is not won)
        kept, events = await desk.history(clinic.id, booked.reference)
        assert kept == won
        assert len(events) == 2


async def test_cancelling_twice_at_once_is_one_event_and_one_message(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    done = await asyncio.gather(*(desk.cancel(clinic.id, booked.reference) for _ in range(3)))
    assert {each.status for each in done} == {"cancelled"}
    assert len(set(done)) == 1
    told = "SELECT kind FROM outbox ORDER BY id"
    assert [kind for (kind,) in await rows(store, told)] == ["booked", "cancelled"]
    _, events = await desk.history(clinic.id, booked.reference)
    assert [event.what for event in events] == ["booked", "cancelled"]


async def test_a_message_about_a_visit_that_changed_since_is_known_to_be_stale(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    """Nobody sends reminders yet. Who will, can tell: a message says which version it is about."""
    moved = await book_at(desk, clinic, TWO)
    gone = await book_at(desk, clinic, TWO, "ben", customer=BOB)
    await desk.move(clinic.id, moved.reference, Target(start=at(THREE)), by="staff")
    await desk.cancel(clinic.id, gone.reference)
    kept = {each.reference: each for each in (await desk.find(clinic.id, BookingFilter())).bookings}
    waiting = "SELECT kind, reference, payload FROM outbox WHERE state = 'waiting' ORDER BY id"
    current = [
        (kind, reference)
        for kind, reference, payload in await rows(store, waiting)
        if version_in(payload) == kept[reference].version
    ]
    assert current == [("moved", moved.reference), ("cancelled", gone.reference)]


def version_in(payload: Any) -> int:
    """Of a message; PostgreSQL gives JSON as values, SQLite as text."""
    document = json.loads(payload) if isinstance(payload, str) else payload
    return int(document["version"])


async def test_two_pending_offers_of_one_slot_cannot_both_become_bookings(
    desk: Desk, clinic: Organisation
) -> None:
    slot = checkup(TWO, provider_id="ana")
    pending = [(await desk.offer(clinic.id, slot)).offers[0] for _ in range(2)]
    assert {offer.start for offer in pending} == {at(TWO)}
    done = await asyncio.gather(
        *(
            desk.book(clinic.id, Order(customer, offer_id=offer.offer_id))
            for customer, offer in zip((JANE, BOB), pending, strict=True)
        ),
        return_exceptions=True,
    )
    assert len([each for each in done if isinstance(each, Booking)]) == 1
    assert len((await desk.find(clinic.id, BookingFilter())).bookings) == 1


async def test_undoing_a_cancellation_gives_calendars_a_higher_sequence(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    hasty = await attempt(store, clinic, 1)
    await desk.cancel(clinic.id, booked.reference, attempt=hasty)
    await attempt(store, clinic, 1)
    kept, _ = await desk.history(clinic.id, booked.reference)
    assert kept.status == "booked"
    assert await rows(store, "SELECT ical_sequence FROM booking") == [(2,)]


async def test_a_mark_repeated_under_its_key_is_answered_as_before(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    await pass_time(store, days=1)
    first = await desk.mark(clinic.id, booked.reference, "arrived", key="k")
    await desk.mark(clinic.id, booked.reference, "fulfilled")
    assert await desk.mark(clinic.id, booked.reference, "arrived", key="k") == first
    with pytest.raises(KeyReused):
        await desk.mark(clinic.id, booked.reference, "noshow", key="k")
    with pytest.raises(KeyReused):
        await desk.mark(clinic.id, booked.reference, "arrived", key="k", reason="other")


async def test_what_nobody_booked_cannot_be_marked(desk: Desk, clinic: Organisation) -> None:
    with pytest.raises(NotFound):
        await desk.mark(clinic.id, "ZZZZZZ", "arrived")
