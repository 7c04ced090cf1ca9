"""What a caller is told and the store does not bear out is found, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from rehearsal.truth import Backing, false_claims
from scheduling.values import Booking
from tests.clinic import NOW, clinic

MONDAY = date(2026, 11, 23)
TEN = datetime.fromisoformat("2026-11-24T10:00")
BOOKED = Booking(
    reference="K7M2QX",
    status="booked",
    organisation="willow",
    service_id="checkup",
    service="Check-up",
    provider_id="ana",
    provider="Ana Ruiz",
    start=datetime(2026, 11, 24, 15, tzinfo=UTC),
    end=datetime(2026, 11, 24, 15, 30, tzinfo=UTC),
    timezone="America/New_York",
    customer_name="Rosa Bell",
    customer_phone=None,
    call_id="call-1",
    created_at=NOW,
    updated_at=NOW,
    version=1,
)
CANCELLED = replace(BOOKED, status="cancelled", version=2)
MOVED = replace(BOOKED, start=BOOKED.start + timedelta(hours=1), version=2)
NOTHING = Backing((), (), frozenset())


def false(text: str, backing: Backing) -> list[str]:
    return false_claims(text, clinic(), MONDAY, backing)


def test_booked_needs_a_booking_at_that_time() -> None:
    said = "You're booked: check-up with Ana Ruiz on Tuesday, November 24th at 10 AM."
    assert false(said, Backing((), (BOOKED,), frozenset())) == []
    assert false(said, NOTHING) == [said]
    assert false(said.replace("10 AM", "11 AM"), Backing((), (BOOKED,), frozenset()))


def test_an_offer_is_not_a_booking() -> None:
    said = "You're booked for Tuesday, November 24th at 10 AM."
    assert false(said, Backing((), (), frozenset({TEN}))) == [said]


def test_cancelled_needs_a_cancelled_booking() -> None:
    said = "Your check-up on Tuesday, November 24th at 10 AM is cancelled."
    assert false(said, Backing((BOOKED,), (CANCELLED,), frozenset())) == []
    assert false(said, Backing((BOOKED,), (BOOKED,), frozenset())) == [said]


def test_moved_needs_a_booking_that_has_moved() -> None:
    said = "Your check-up is moved to Tuesday, November 24th at 11 AM with Ana Ruiz."
    assert false(said, Backing((BOOKED,), (MOVED,), frozenset())) == []
    assert false(said, Backing((BOOKED,), (BOOKED,), frozenset())) == [said]


def test_a_time_needs_an_offer_or_a_booking() -> None:
    said = "I have Tuesday, November 24th at 10 AM. Which suits you?"
    assert false(said, Backing((), (), frozenset({TEN}))) == []
    assert false(said, NOTHING) == ["I have Tuesday, November 24th at 10 AM."]


def test_what_is_denied_or_asked_back_claims_nothing() -> None:
    assert false("I don't have tomorrow at 10 AM.", NOTHING) == []
    assert false("All right, nothing is booked.", NOTHING) == []
    assert false("Do you mean tomorrow at 2 AM or 2 PM?", NOTHING) == []


def test_when_a_person_can_be_reached_needs_hours_and_no_offer() -> None:
    said = "You can reach a person at 2 1 2, 5 5 5, 0 1 0 0 from Tuesday, November 24th at 9 AM."
    assert false(said, NOTHING) == []
    assert false(said.replace("9 AM", "9 PM"), NOTHING) == [said.replace("9 AM", "9 PM")]
