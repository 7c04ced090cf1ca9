"""What a customer was promised is a time on the wall; the instant is what the store keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, reset_tzpath

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Booking, Order, Organisation, Target
from tests.scheduling.willow import (
    BOB,
    JANE,
    TUESDAY,
    at,
    attempt,
    book_at,
    checkup,
    rows,
)

TWO, THREE = f"{TUESDAY} 14:00", f"{TUESDAY} 15:00"


async def moved_to(desk: Desk, clinic: Organisation, timezone: str) -> list[tuple[str, str]]:
    """The clinic's file says another zone; which bookings are reported, and for what."""
    business = replace(await desk.business(clinic.id), timezone=timezone)
    [change] = await desk.apply([(business, timezone)])
    return [(left.booking.reference, left.lacks) for left in change.stranded]


async def starts(desk: Desk, *bookings: Booking) -> list[str]:
    """What the store says of them now, by the clock."""
    kept = [(await desk.history(None, each.reference))[0] for each in bookings]
    return [f"{each.start.astimezone(ZoneInfo(each.timezone)):%a %H:%M}" for each in kept]


async def test_a_visit_that_a_new_zone_would_show_at_another_time_is_reported_and_not_moved(
    desk: Desk, clinic: Organisation
) -> None:
    first, second = [
        await book_at(desk, clinic, f"{TUESDAY} {clock}") for clock in ("11:00", "15:00")
    ]
    assert await moved_to(desk, clinic, "America/Detroit") == []  # the same clock all year
    reported = await moved_to(desk, clinic, "America/Chicago")
    assert reported == [(first.reference, "time"), (second.reference, "time")]
    assert await starts(desk, first, second) == ["Tue 10:00", "Tue 14:00"]
    assert [each.local_start for each in (first, second)] == [
        f"{TUESDAY}T11:00", f"{TUESDAY}T15:00",
    ]  # fmt: skip
    assert await moved_to(desk, clinic, "America/New_York") == []


async def test_what_staff_move_is_promised_anew_also_where_it_is(
    desk: Desk, clinic: Organisation
) -> None:
    kept = await book_at(desk, clinic, f"{TUESDAY} 11:00")
    put_right = await book_at(desk, clinic, TWO, customer=BOB)
    await moved_to(desk, clinic, "America/Chicago")
    await desk.move(clinic.id, kept.reference, Target(start=kept.start), by="staff")
    again = put_right.start.replace(hour=put_right.start.hour + 1)
    await desk.move(clinic.id, put_right.reference, Target(start=again), by="staff")
    assert await starts(desk, kept, put_right) == ["Tue 10:00", "Tue 14:00"]
    assert await moved_to(desk, clinic, "America/Chicago") == []
    _, events = await desk.history(clinic.id, kept.reference)
    assert [event.what for event in events] == ["booked", "moved"]


async def test_an_offer_keeps_what_it_promised_and_an_undone_move_promises_the_former_time(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    [offer] = (await desk.offer(clinic.id, checkup(TWO), call_id="call")).offers
    order = Order(JANE, offer_id=offer.offer_id)
    booked = await desk.book(clinic.id, order, call_id="call")
    assert booked.local_start == f"{TUESDAY}T14:00"
    hasty = await attempt(store, clinic, 1)
    moved = await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=hasty)
    assert moved.local_start == f"{TUESDAY}T15:00"
    await attempt(store, clinic, 1)
    assert await rows(store, "SELECT local_start, booked_tz FROM booking") == [
        (f"{TUESDAY}T14:00", "America/New_York")
    ]


@pytest.fixture
def newer_rules(tmp_path: Path) -> Iterator[None]:
    """New York's clock goes by Halifax's rules, as after an update of the zone data."""
    known = files("tzdata") / "zoneinfo"
    (tmp_path / "America").mkdir()
    (tmp_path / "America" / "New_York").write_bytes((known / "America" / "Halifax").read_bytes())
    yield
    reset_tzpath(TZPATH)
    ZoneInfo.clear_cache()


async def test_a_tz_data_update_that_moves_a_future_rule_reports_the_changed_bookings(
    newer_rules: None, tmp_path: Path, store_url: str, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    business = await desk.business(clinic.id)
    reset_tzpath([str(tmp_path), *TZPATH])
    ZoneInfo.clear_cache()
    updated = replace(business)  # read anew, as after a start
    async with Store.open(store_url) as restarted:
        [change] = await Desk(restarted).apply([(updated, "updated")])
        [left] = change.stranded
    assert (left.booking.reference, left.lacks) == (booked.reference, "time")
    assert left.booking.start == booked.start
    assert left.booking.local_start == f"{TUESDAY}T14:00"
