"""Staff find bookings by what they type."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from scheduling.desk import Desk
from scheduling.errors import Invalid
from scheduling.names import fold
from scheduling.store import Store
from scheduling.values import BookingFilter, CustomerDetails, Organisation
from tests.scheduling.willow import BOB, TUESDAY, attempt, book_at, checkup, pass_time, rows

ZOE = CustomerDetails("Zoë van der Bøgh", "+12125550142")


async def names(desk: Desk, clinic: Organisation | None, wanted: BookingFilter) -> list[str]:
    page = await desk.find(None if clinic is None else clinic.id, wanted)
    return [booking.customer_name for booking in page.bookings]


@pytest.mark.parametrize(
    "typed", ["zoe", "ZOË", "van der", "vanderbogh", "bogh, zoe", "  Zoe   Van  Der  Bogh "]
)
async def test_names_match_without_case_accents_and_spacing(
    desk: Desk, clinic: Organisation, typed: str
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    await book_at(desk, clinic, f"{TUESDAY} 10:00", customer=BOB)
    assert await names(desk, clinic, BookingFilter(name=typed)) == ["Zoë van der Bøgh"]


@pytest.mark.parametrize(
    "typed", ["+12125550142", "212-555-0142", "(212) 555 0142", "1 212 555 0142", "5550142", "0142"]
)
async def test_numbers_match_national_or_international(
    desk: Desk, clinic: Organisation, typed: str
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    await book_at(desk, clinic, f"{TUESDAY} 10:00", customer=BOB)
    assert await names(desk, clinic, BookingFilter(phone=typed)) == ["Zoë van der Bøgh"]


@pytest.mark.parametrize("typed", ["12", "+44 20 7946 0958", "n0 number"])
async def test_no_number_matches_nobody(desk: Desk, clinic: Organisation, typed: str) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    assert await names(desk, clinic, BookingFilter(phone=typed)) == []


@pytest.mark.parametrize("status", [None, "held"])
@pytest.mark.parametrize("typed", ["", " ", "!", "-", "'", ".", "%", "\x00", "…", "( ) -"])
async def test_what_filters_nothing_shows_nobody(
    desk: Desk, clinic: Organisation, typed: str, status: Literal["held"] | None
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    for wanted in (
        BookingFilter(name=typed, status=status),
        BookingFilter(phone=typed, status=status),
    ):
        with pytest.raises(Invalid, match="has no"):
            await desk.find(clinic.id, wanted)


async def test_signs_between_the_words_of_a_name_count_for_nothing(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    await book_at(desk, clinic, f"{TUESDAY} 10:00", customer=BOB)
    assert await names(desk, clinic, BookingFilter(name="bøgh - zoë !")) == [ZOE.name]


async def test_wildcards_in_a_name_are_letters_like_others(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    assert await names(desk, clinic, BookingFilter(name="z%h")) == []


async def test_days_are_the_businesss_and_both_are_included(
    desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, "2026-11-26 18:30", "ben", customer=ZOE)  # 23:30 in Greenwich
    await book_at(desk, clinic, "2026-11-27 09:00", customer=BOB)
    thursday, friday = date(2026, 11, 26), date(2026, 11, 27)
    assert await names(desk, clinic, BookingFilter(first_day=thursday, last_day=thursday)) == [
        ZOE.name
    ]
    assert await names(desk, clinic, BookingFilter(first_day=thursday, last_day=friday)) == [
        ZOE.name,
        BOB.name,
    ]
    assert await names(desk, None, BookingFilter(first_day=friday)) == [BOB.name]


async def test_pages_do_not_shift_when_bookings_come_in(desk: Desk, clinic: Organisation) -> None:
    for hour in ("09:00", "10:00", "13:00", "14:00", "15:00"):
        await book_at(desk, clinic, f"{TUESDAY} {hour}", customer=CustomerDetails(f"At {hour}"))
    first = await desk.find(clinic.id, BookingFilter(limit=2))
    await book_at(desk, clinic, "2026-11-23 14:00", customer=CustomerDetails("Early"))
    second = await desk.find(clinic.id, BookingFilter(limit=2, cursor=first.next_cursor))
    third = await desk.find(clinic.id, BookingFilter(limit=2, cursor=second.next_cursor))
    seen = [each.customer_name for page in (first, second, third) for each in page.bookings]
    assert seen == ["At 09:00", "At 10:00", "At 13:00", "At 14:00", "At 15:00"]
    assert third.next_cursor is None


@pytest.mark.parametrize("cursor", ["", "nonsense", "MQ", "é"])
async def test_a_cursor_that_is_not_ours_is_refused(
    desk: Desk, clinic: Organisation, cursor: str
) -> None:
    with pytest.raises(Invalid):
        await desk.find(clinic.id, BookingFilter(cursor=cursor))


async def test_holds_are_listed_only_when_asked_for(desk: Desk, clinic: Organisation) -> None:
    offered = await desk.offer(clinic.id, checkup(), call_id="call")
    assert (await desk.find(clinic.id, BookingFilter())).bookings == ()
    held = (await desk.find(clinic.id, BookingFilter(status="held", limit=2))).bookings
    assert [(each.status, each.start) for each in held] == [
        ("held", offer.start) for offer in offered.offers[:2]
    ]
    assert held[0].call_id == "call"


async def test_upcoming_ones_are_booked_and_not_over(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    gone = await book_at(desk, clinic, "2026-11-25 09:00", customer=ZOE)
    await book_at(desk, clinic, "2026-11-26 09:00", customer=BOB)
    await desk.cancel(clinic.id, gone.reference)
    await pass_time(store, days=1, hours=1)
    assert await names(desk, clinic, BookingFilter(upcoming_only=True)) == [BOB.name]
    assert await names(desk, clinic, BookingFilter(status="cancelled")) == [ZOE.name]


async def test_all_organisations_are_searched_each_by_its_own_country_and_days(
    desk: Desk, clinic: Organisation, other_shop: Organisation
) -> None:
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE)
    await book_at(
        desk, other_shop, "2026-11-30 11:00", "lee", customer=ZOE, service_id="oil-change"
    )
    page = await desk.find(None, BookingFilter(name="zoe"))
    assert [booking.organisation for booking in page.bookings] == ["willow", "bay-garage"]
    assert page.bookings[1].timezone == "America/Los_Angeles"


async def test_a_customer_is_remembered_once(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    again = CustomerDetails("zoe VAN DER bogh", ZOE.phone)
    for hour, who in (("09:00", ZOE), ("10:00", again), ("13:00", BOB)):
        await book_at(desk, clinic, f"{TUESDAY} {hour}", customer=who)
    assert len(await rows(store, "SELECT id FROM customer")) == 2


async def test_what_the_caller_never_heard_of_is_never_found(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    first = await attempt(store, clinic, 1)
    await book_at(desk, clinic, f"{TUESDAY} 09:00", customer=ZOE, attempt=first)
    await attempt(store, clinic, 1)
    for wanted in (BookingFilter(), BookingFilter(name="zoe"), BookingFilter(phone="0142")):
        assert await names(desk, None, wanted) == []


def test_names_fold_to_letters_that_keyboards_have() -> None:
    assert fold("Łukasz Gæde-Müller Ⅲ") == "lukaszgaedemulleriii"
    assert fold("Straße O’Neil") == "strasseoneil"
    assert fold("李 小龍") == "李小龍"
