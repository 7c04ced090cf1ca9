"""Where one rule ends and the next begins: to the minute, the second and the end of a day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.business import Business
from scheduling.desk import Desk
from scheduling.errors import (
    HoldExpired,
    LimitReached,
    Past,
    SlotTaken,
    TooFar,
)
from scheduling.store import Store
from scheduling.values import (
    Booking,
    BookingFilter,
    CustomerDetails,
    Order,
    Organisation,
    Window,
    Wish,
)
from tests.scheduling.shop import EVERY_DAY, hours, shop
from tests.scheduling.shop import at as clock_at
from tests.scheduling.willow import (
    BOB,
    JANE,
    TUESDAY,
    at,
    book_at,
    checkup,
    pass_time,
    rows,
)

TWO = f"{TUESDAY} 14:00"
KATHMANDU = ZoneInfo("Asia/Kathmandu")


async def test_overlap_by_one_minute_at_either_end_is_refused_and_touching_is_accepted(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, TWO)  # until 14:30, and ten minutes to tidy up
    for refused, accepted in (("13:21", "13:20"), ("14:39", "14:40")):
        with pytest.raises(SlotTaken):
            await book_at(desk, clinic, f"{TUESDAY} {refused}", customer=BOB)
        assert await book_at(desk, clinic, f"{TUESDAY} {accepted}", customer=BOB)


async def test_staff_free_but_room_taken_is_refused_and_nothing_is_written(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    business = await desk.business(clinic.id)
    document = business.to_document()
    document["resources"][0]["count"] = 1
    await desk.apply([(type(business).from_document(document), "one chair")])
    await book_at(desk, clinic, TWO, "ben", service_id="cleaning")
    tables = ("booking", "occupancy", "booking_event", "outbox", "customer", "idempotency")
    before = [await rows(store, f"SELECT * FROM {table}") for table in tables]
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, "mei", service_id="cleaning", customer=BOB, key="k")
    assert [await rows(store, f"SELECT * FROM {table}") for table in tables] == before
    # Only what could be had instead is written down, and it takes nobody's time.
    instead = "SELECT DISTINCT state, held_until FROM offer WHERE provider_id = 'mei'"
    assert await rows(store, instead) == [("live", None)]


async def test_staff_who_mean_to_overbook_are_refused_and_take_a_second_person_instead(
    desk: Desk, clinic: Organisation
) -> None:
    """There is no way past the guard, with or without a reason: who is there twice is two."""
    await book_at(desk, clinic, TWO)
    with pytest.raises(SlotTaken):
        await book_at(desk, clinic, TWO, customer=BOB, reason="squeeze him in", by="staff")
    second = await book_at(desk, clinic, TWO, "ben", customer=BOB, reason="squeezed in")
    _, [event] = await desk.history(clinic.id, second.reference)
    assert (event.who, event.why) == ("staff", "squeezed in")


async def test_confirming_at_the_very_end_of_a_hold_is_too_late_when_somebody_else_came(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    slot = checkup(TWO, provider_id="ana")
    [mine] = (await desk.offer(clinic.id, slot, call_id="mine")).offers
    assert mine.held_until is not None
    await store.start_clock((mine.held_until - timedelta(seconds=2)).isoformat())
    assert TWO not in await offered_to(desk, clinic, "early")
    await store.start_clock(mine.held_until.isoformat())
    assert TWO in await offered_to(desk, clinic, "other")
    with pytest.raises(HoldExpired):
        await desk.book(clinic.id, Order(JANE, offer_id=mine.offer_id), call_id="mine")


async def test_confirming_within_a_hold_succeeds_to_its_end_and_after_it_while_nobody_came(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    for clock, late, customer in (("14:00", -2, JANE), ("15:00", 0, BOB)):
        slot = checkup(f"{TUESDAY} {clock}", provider_id="ana")
        [mine] = (await desk.offer(clinic.id, slot, call_id=clock)).offers
        assert mine.held_until is not None
        await store.start_clock((mine.held_until + timedelta(seconds=late)).isoformat())
        order = Order(customer, offer_id=mine.offer_id)
        assert (await desk.book(clinic.id, order, call_id=clock)).start == mine.start


async def offered_to(desk: Desk, clinic: Organisation, call_id: str) -> list[str]:
    """Clinic times that Ana has for that call about two o'clock."""
    answer = await desk.offer(clinic.id, checkup(TWO, provider_id="ana"), call_id=call_id)
    zone = (await desk.business(clinic.id)).zone
    return [f"{offer.start.astimezone(zone):%Y-%m-%d %H:%M}" for offer in answer.offers]


async def test_a_host_whose_clock_is_wrong_neither_extends_nor_shortens_a_hold(
    store: Store,
    store_url: str,
    desk: Desk,
    clinic: Organisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On PostgreSQL the server's clock is the one clock; a SQLite file has one host."""
    right, real = await store.current_time(), time.time
    async with Store.open(store_url) as elsewhere:
        if store_url.startswith("postgresql"):
            monkeypatch.setattr(time, "time", lambda: real() + 7200)
        [held] = (await Desk(elsewhere).offer(clinic.id, checkup(TWO), call_id="far")).offers
        monkeypatch.setattr(time, "time", real)
        assert held.held_until is not None
        lasts = held.held_until - right
        assert abs(lasts - timedelta(minutes=5)) < timedelta(minutes=1)
        wish = checkup(TWO, provider_id=held.provider_id)
        assert held.start not in [
            each.start for each in (await desk.offer(clinic.id, wish, call_id="near")).offers
        ]
        await pass_time(store, minutes=5)
        [again] = (await desk.offer(clinic.id, wish, call_id="near")).offers
        assert again.start == held.start


@pytest.mark.parametrize(
    ("first", "last", "reason", "soonest"),
    [
        ("2026-11-28 00:00", "2026-11-29 00:00", "full", "2026-11-30 09:00"),
        ("2026-11-23 09:15", "2026-11-23 09:45", "too_soon", "2026-11-23 10:00"),
        ("2027-03-01 00:00", "2027-03-02 00:00", "too_far", "2026-11-23 10:00"),
        ("2026-11-20 00:00", "2026-11-21 00:00", "past", "2026-11-23 10:00"),
        ("0001-01-07 00:00", "0001-01-08 00:00", "past", "2026-11-23 10:00"),
        ("9999-12-30 00:00", "9999-12-31 00:00", "too_far", "2026-11-23 10:00"),
    ],
)
async def test_an_empty_list_says_why_and_names_the_next_free_slot(
    desk: Desk, clinic: Organisation, first: str, last: str, reason: str, soonest: str
) -> None:
    for number, start in enumerate(("09:00", "09:45", "10:30", "11:15", "12:00")):
        someone = CustomerDetails("Some One", f"+1212555017{number}")
        await book_at(desk, clinic, f"2026-11-28 {start}", "ben", customer=someone)
    wish = Wish("checkup", (Window(at(first), at(last)),), provider_id="ben")
    offered = await desk.offer(clinic.id, wish, call_id="call")
    assert (offered.offers, offered.reason) == ((), reason)
    assert offered.next_free is not None
    assert offered.next_free.start >= at(soonest)
    assert offered.next_free.start - at(soonest) < timedelta(hours=1)


@pytest.mark.parametrize(
    "near", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
)
async def test_a_time_at_the_end_of_the_calendar_is_answered_with_what_there_is(
    desk: Desk, clinic: Organisation, near: datetime
) -> None:
    offered = await desk.offer(clinic.id, Wish("checkup", near=near), call_id="call")
    assert len(offered.offers) == 3
    order = Order(JANE, service_id="checkup", start=near)
    with pytest.raises(Past if near.year == 1 else TooFar) as refused:
        await desk.book(clinic.id, order, call_id="call")
    assert refused.value.offers


async def test_a_caller_in_another_zone_books_by_the_businesss_time_and_day(
    desk: Desk, clinic: Organisation
) -> None:
    """Before and after midnight where she is, one morning at the clinic: her three of that day."""
    abroad = CustomerDetails("Maya Rai", "+9779812345678")
    told = ("2026-11-25 20:45", "2026-11-25 23:45", "2026-11-26 02:45", "2026-11-26 03:15")
    for start in told[:3]:
        await desk.book(clinic.id, order_from_kathmandu(abroad, start), call_id="call")
    with pytest.raises(LimitReached):
        await desk.book(clinic.id, order_from_kathmandu(abroad, told[3]), call_id="call")
    on_day = BookingFilter(first_day=date(2026, 11, 25), last_day=date(2026, 11, 25))
    found = (await desk.find(clinic.id, on_day)).bookings
    assert [each.local_start for each in found] == [
        f"2026-11-25T{clock}" for clock in ("10:00", "13:00", "16:00")
    ]
    assert {each.timezone for each in found} == {"America/New_York"}


def order_from_kathmandu(customer: CustomerDetails, local: str) -> Order:
    start = datetime.fromisoformat(local).replace(tzinfo=KATHMANDU)
    return Order(customer, service_id="checkup", start=start, provider_id="ana")


async def opened_shop(store: Store, business: Business, now: str) -> tuple[Desk, Organisation]:
    """The only shop there is, at that time."""
    await store.start_clock(now)
    desk = Desk(store)
    [change] = await desk.apply([(business, "shop")])
    return desk, change.organisation


@pytest.mark.parametrize(
    ("zone", "now", "visits"),
    [
        # The clock goes back at two: half past one comes twice.
        ("America/New_York", "2027-11-05T12:00:00Z", [
            ("2027-11-06", "23:30", 0), ("2027-11-07", "00:00", 0), ("2027-11-07", "01:30", 0),
            ("2027-11-07", "01:30", 1), ("2027-11-07", "23:30", 0), ("2027-11-08", "00:00", 0),
        ]),
        # The clock goes on at two: half past two does not come.
        ("America/New_York", "2027-03-12T12:00:00Z", [
            ("2027-03-13", "23:30", 0), ("2027-03-14", "01:30", 0), ("2027-03-14", "03:00", 0),
            ("2027-03-14", "23:30", 0), ("2027-03-15", "00:00", 0),
        ]),
        # The thirtieth of December 2011 did not take place.
        ("Pacific/Apia", "2011-12-28T12:00:00Z", [
            ("2011-12-29", "23:30", 0), ("2011-12-31", "00:00", 0), ("2011-12-31", "23:30", 0),
            ("2012-01-01", "00:00", 0),
        ]),
    ],
)  # fmt: skip
async def test_what_is_booked_where_days_are_odd_is_found_on_its_own_day(
    store: Store, zone: str, now: str, visits: list[tuple[str, str, int]]
) -> None:
    always = {weekday: hours("00:00-24:00") for weekday in EVERY_DAY}
    business = shop(always, minutes=30, step=30, zone=zone)
    desk, organisation = await opened_shop(store, business, now)
    made: list[Booking] = []
    for number, (on, clock, fold) in enumerate(visits):
        start = clock_at(business, date.fromisoformat(on), clock, fold=fold)
        order = Order(CustomerDetails(f"Caller {number}"), service_id="visit", start=start)
        made.append(await desk.book(organisation.id, order))
        assert made[-1].start == start
        assert made[-1].local_start == f"{on}T{clock}"
    for on in sorted({on for on, _, _ in visits}):
        one_day = BookingFilter(first_day=date.fromisoformat(on), last_day=date.fromisoformat(on))
        found = (await desk.find(organisation.id, one_day)).bookings
        assert [each.reference for each in found] == [
            each.reference for each, visit in zip(made, visits, strict=True) if visit[0] == on
        ]
    missing = BookingFilter(first_day=date(2011, 12, 30), last_day=date(2011, 12, 30))
    assert (await desk.find(organisation.id, missing)).bookings == ()
