"""What a wish comes to: the very first or last, what is nearest, and why there is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from scheduling.desk import Desk
from scheduling.errors import BookingOver, SlotTaken
from scheduling.store import Store
from scheduling.values import Absence, EmptyReason, Offered, Organisation, Target, Window, Wish
from tests.clinic import NEW_YORK
from tests.scheduling.willow import BOB, JANE, TUESDAY, at, book_at, checkup, day, pass_time

PHYSIO = Wish("physio")


def between(local: str, first: str, last: str) -> tuple[Window, ...]:
    return (Window(at(f"{local} {first}"), at(f"{local} {last}")),)


def starts(offered: Offered) -> list[str]:
    return [f"{offer.start.astimezone(NEW_YORK):%m-%d %H:%M}" for offer in offered.offers]


async def test_the_latest_and_the_earliest_are_offered_alone(
    desk: Desk, clinic: Organisation
) -> None:
    thursday = replace(checkup(), windows=(day("2026-11-26"),))
    latest = await desk.offer(clinic.id, replace(thursday, order="latest"), call_id="call")
    earliest = await desk.offer(clinic.id, replace(thursday, order="soonest"), call_id="call")
    assert starts(latest) == ["11-26 18:30"]
    assert starts(earliest) == ["11-26 09:00"]


@pytest.mark.parametrize(
    ("wish", "nearest", "next_free"),
    [
        (Wish("physio", between(TUESDAY, "08:00", "10:00")), "11-24 10:00", "11-24 10:00"),
        (Wish("physio", between(TUESDAY, "20:00", "23:00")), "11-24 17:00", "11-24 17:00"),
        (Wish("checkup", (day("2026-11-29"),)), "11-30 09:00", "11-30 09:00"),
    ],
)
async def test_what_is_nearest_is_of_the_same_day_before_it_is_of_another(
    desk: Desk, clinic: Organisation, wish: Wish, nearest: str, next_free: str
) -> None:
    nothing = await desk.offer(clinic.id, wish, call_id="call")
    assert nothing.offers == ()
    assert nothing.next_free is not None
    assert f"{nothing.next_free.start.astimezone(NEW_YORK):%m-%d %H:%M}" == next_free
    around = await desk.offer(clinic.id, replace(wish, order="nearest"), call_id="call")
    assert nearest in starts(around)
    assert around.why == nothing.why


async def test_another_day_is_offered_at_the_same_part_of_the_day(
    desk: Desk, clinic: Organisation
) -> None:
    wish = Wish("checkup", between("2026-11-28", "14:00", "17:00"), order="nearest")
    # Saturday ends at one: the same day is nearer than Friday afternoon.
    assert {at[:5] for at in starts(await desk.offer(clinic.id, wish, call_id="c"))} == {"11-28"}
    sunday = Wish("checkup", between("2026-11-29", "14:00", "17:00"), order="nearest")
    offered = await desk.offer(clinic.id, sunday, call_id="call")
    assert {at[:5] for at in starts(offered)} == {"11-30"}
    assert all("14:00" <= at[6:] < "17:00" for at in starts(offered))


async def test_what_was_ruled_out_is_not_nearest(desk: Desk, clinic: Organisation) -> None:
    wish = Wish("checkup", (day("2026-11-29"),), order="nearest", ruled_out=(day("2026-11-30"),))
    assert all(not at.startswith("11-30") for at in starts(await desk.offer(clinic.id, wish)))


@pytest.mark.parametrize(
    ("wish", "reason", "absence"),
    [
        (Wish("checkup", (day("2026-11-29"),)), "closed", None),
        (Wish("checkup", (day("2026-11-28"),), provider_id="ana"), "away", None),
        (
            Wish("physio", (day("2026-12-29"),)),
            "away",
            Absence(date(2026, 12, 28), date(2026, 12, 30), "mei",
                    reason="Holiday"),
        ),
        (
            Wish("checkup", between("2026-12-24", "14:00", "17:00")),
            "closed",
            Absence(date(2026, 12, 24), date(2026, 12, 24),
                    hours=(time(13), time()), reason="Christmas Eve afternoon"),
        ),
        (
            Wish("checkup", (day("2026-12-25"),)),
            "closed",
            Absence(date(2026, 12, 25), date(2026, 12, 25),
                    reason="Christmas Day"),
        ),
        (Wish("physio", between(TUESDAY, "17:30", "18:00")), "too_short", None),
        (Wish("physio", between(TUESDAY, "10:05", "10:10")), "off_step", None),
    ],
)  # fmt: skip
async def test_closed_is_told_from_away_and_both_from_too_short(
    desk: Desk, clinic: Organisation, wish: Wish, reason: EmptyReason, absence: Absence | None
) -> None:
    offered = await desk.offer(clinic.id, wish, call_id="call")
    assert offered.why is not None
    assert (offered.offers, offered.reason, offered.why.absence) == ((), reason, absence)
    assert offered.why.window == wish.windows[0]


async def test_beside_the_nearest_offers_is_told_why_the_very_time_is_not_to_be_had(
    desk: Desk, clinic: Organisation
) -> None:
    wish = replace(checkup(f"{TUESDAY} 20:00"), windows=(day(TUESDAY),))
    offered = await desk.offer(clinic.id, wish, call_id="call")
    assert offered.offers
    assert offered.reason is None
    assert offered.why is not None
    assert (offered.why.reason, offered.why.window.start) == ("closed", at(f"{TUESDAY} 20:00"))


async def test_a_booking_is_not_kept_from_a_time_because_its_own_provider_is_busy(
    desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, f"{TUESDAY} 10:00", "ana")
    await book_at(desk, clinic, f"{TUESDAY} 14:00", "ana", customer=BOB)
    wish = replace(checkup(f"{TUESDAY} 14:00"), moving=booked.reference)
    [offer] = (await desk.offer(clinic.id, wish, call_id="call")).offers
    assert (offer.start, offer.provider_id) == (at(f"{TUESDAY} 14:00"), "ben")
    target = Target(start=at(f"{TUESDAY} 14:00"))
    with pytest.raises(SlotTaken) as refused:
        await desk.move(clinic.id, booked.reference, target, call_id="call")
    assert [each.provider_id for each in refused.value.offers] == ["ben"]
    free = replace(checkup(f"{TUESDAY} 15:00"), moving=booked.reference)
    [same] = (await desk.offer(clinic.id, free, call_id="call")).offers
    assert same.provider_id == "ana"


async def test_days_on_which_a_known_customer_has_enough_are_not_offered(
    desk: Desk, clinic: Organisation
) -> None:
    for hour in ("09:00", "10:00", "11:00"):
        await book_at(desk, clinic, f"{TUESDAY} {hour}")
    wish = Wish("checkup", (day(TUESDAY),))
    offered = await desk.offer(clinic.id, wish, call_id="call", known_phone=JANE.phone)
    assert (offered.offers, offered.reason) == ((), "limit_reached")
    assert offered.next_free is not None
    assert offered.next_free.start >= at("2026-11-25 00:00")
    other = await desk.offer(clinic.id, wish, call_id="call", known_phone=BOB.phone)
    assert other.offers


async def test_who_moves_one_of_three_is_offered_that_day_and_no_other_full_one(
    desk: Desk, clinic: Organisation
) -> None:
    wednesday = "2026-11-25"
    for each in (TUESDAY, wednesday):
        for hour in ("09:00", "10:00", "11:00"):
            booked = await book_at(desk, clinic, f"{each} {hour}")
    both = (day(TUESDAY), day(wednesday))
    moving = Wish("checkup", both, moving=booked.reference)
    for known in (JANE.phone, None):
        offered = await desk.offer(clinic.id, moving, call_id="call", known_phone=known)
        days = {offer.start.astimezone(NEW_YORK).date().isoformat() for offer in offered.offers}
        assert days == {wednesday}


async def test_nothing_is_offered_to_who_is_too_late_to_move(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, f"{TUESDAY} 10:00", "ana")
    await pass_time(store, days=2)
    with pytest.raises(BookingOver):
        await desk.offer(clinic.id, replace(checkup(), moving=booked.reference), call_id="call")
