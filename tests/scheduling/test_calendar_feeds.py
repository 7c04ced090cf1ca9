"""Feeds and invitations, read back as calendar programs read them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scheduling.blocks import Block
from scheduling.business import Business
from scheduling.calendars.feeds import Calendars
from scheduling.calendars.ics import Entry, feed_text
from scheduling.desk import Desk
from scheduling.errors import NotFound, UnknownProvider
from scheduling.store import Store
from scheduling.values import CustomerDetails, Organisation, Target
from tests.scheduling.ical_reader import events_in, on_day, start_of
from tests.scheduling.shop import shop
from tests.scheduling.willow import BOB, TUESDAY, at, attempt, book_at, pass_time, rows

TWO = f"{TUESDAY} 14:00"
THREE = f"{TUESDAY} 15:00"


@pytest.fixture
def calendars(store: Store) -> Calendars:
    """At the same store as the desk."""
    return Calendars(store)


async def read(calendars: Calendars, secret: str) -> bytes:
    """The text at an address."""
    found = await calendars.feed(secret)
    assert found is not None
    return await calendars.text(found)


async def everybodys(calendars: Calendars, clinic: Organisation) -> bytes:
    """The text at the first address of the clinic."""
    [address, *_] = await calendars.addresses(clinic.id)
    return await read(calendars, address.secret)


async def test_everybody_and_each_provider_get_an_address_once(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    first = await calendars.addresses(clinic.id)
    assert [each.provider_id for each in first] == [None, "ana", "ben", "mei"]
    assert await calendars.addresses(clinic.id) == first
    secrets = {each.secret for each in first}
    assert len(secrets) == len(first)
    assert all(len(secret) >= 43 for secret in secrets)


def test_a_calendars_name_is_escaped_as_text() -> None:
    text = feed_text(shop({}), "Cuts, shaves; and\\more\r\nX-EVIL:1", ()).decode()
    escaped = r"Cuts\, shaves\; and\\more\nX-EVIL:1"
    lines = text.replace("\r\n ", "").split("\r\n")
    assert f"NAME:{escaped}" in lines
    assert f"X-WR-CALNAME:{escaped}" in lines
    assert not [line for line in lines if line.startswith("X-EVIL")]


async def test_a_feed_shows_what_is_taken_and_nothing_else(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    gone = await book_at(desk, clinic, THREE, customer=BOB)
    await desk.cancel(clinic.id, gone.reference)
    await desk.block(
        clinic.id, Block(at(f"{TUESDAY} 09:00"), at(f"{TUESDAY} 10:00"), provider_id="ana")
    )
    text = await everybodys(calendars, clinic)
    blocked, visit = events_in(text)
    assert visit["SUMMARY"] == ":Check-up with Ana Ruiz"
    assert start_of(text, visit) == booked.start
    assert blocked["SUMMARY"] == ":Blocked: Ana Ruiz"
    assert on_day(text, (2026, 11, 24)) == ["Blocked: Ana Ruiz", "Check-up with Ana Ruiz"]
    assert on_day(text, (2026, 11, 25)) == []


async def test_a_block_that_was_lifted_leaves_the_feed(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    kept, lifted = [
        await desk.block(clinic.id, Block(at(start), at(end), provider_id="ana"))
        for start, end in ((f"{TUESDAY} 09:00", TWO), (TWO, THREE))
    ]
    assert len(events_in(await everybodys(calendars, clinic))) == 2
    await desk.unblock(clinic.id, lifted.block_id)
    text = await everybodys(calendars, clinic)
    assert [start_of(text, event) for event in events_in(text)] == [kept.start]


async def test_a_providers_feed_is_theirs_alone(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    await book_at(desk, clinic, TWO, "ana")
    await book_at(desk, clinic, TWO, "ben", customer=BOB)
    by_provider = {each.provider_id: each for each in await calendars.addresses(clinic.id)}
    text = await read(calendars, by_provider["ben"].secret)
    assert [event["SUMMARY"] for event in events_in(text)] == [":Check-up"]
    assert "Ben" in text.decode()
    assert events_in(await read(calendars, by_provider["mei"].secret)) == []


async def test_names_and_numbers_are_shown_where_asked_for_and_nowhere_else(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    customer = CustomerDetails("Zoë; Brontë, MD\nX", "+12125550142")
    await book_at(desk, clinic, TWO, customer=customer)
    plain = await everybodys(calendars, clinic)
    assert "Bront" not in plain.decode()
    assert not tells_number(plain)
    named = await calendars.make(clinic.id, provider_id="ana", with_names=True)
    text = await read(calendars, named.secret)
    [event] = events_in(text)
    assert event["SUMMARY"] == r":Zoë\; Brontë\, MD X: Check-up"
    assert not tells_number(text)
    full = await calendars.make(clinic.id, with_names=True, with_phones=True)
    text = await read(calendars, full.secret)
    assert tells_number(text)
    [event] = events_in(text)
    assert r"\nTelephone +12125550142" in event["DESCRIPTION"]


def tells_number(text: bytes) -> bool:
    """Whether 555 0142 is anywhere, however written; a UID is random and may hold any digits."""
    lines = text.decode().replace("\r\n ", "").split("\r\n")
    told = (re.sub(r"\D", "", line) for line in lines if not line.startswith("UID:"))
    return any("5550142" in digits for digits in told)


async def test_a_revoked_address_shows_nothing_and_is_not_made_again(
    desk: Desk, calendars: Calendars, clinic: Organisation, other_shop: Organisation
) -> None:
    [first, *others] = await calendars.addresses(clinic.id)
    with pytest.raises(NotFound):
        await calendars.revoke(other_shop.id, first.id)
    await calendars.revoke(clinic.id, first.id)
    assert await calendars.feed(first.secret) is None
    assert await calendars.feed(f"{first.id}-") is None
    assert list(await calendars.addresses(clinic.id)) == others
    with pytest.raises(NotFound):
        await calendars.revoke(clinic.id, first.id)
    again = await calendars.make(clinic.id)
    assert again.secret != first.secret


async def test_a_guessed_address_shows_nothing(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    [first, second, *_] = await calendars.addresses(clinic.id)
    swapped = f"{first.id}-{second.secret.partition('-')[2]}"
    for guess in (
        swapped, f"{first.id}", f"{first.id}-", "-", "", first.secret[:-1], f"{first.secret}x",
        "9" * 40 + "-x", "²-x", "é",
    ):  # fmt: skip
        assert await calendars.feed(guess) is None
    with pytest.raises(UnknownProvider):
        await calendars.make(clinic.id, provider_id="nobody")


async def test_the_tag_changes_with_the_text_and_only_then(
    store: Store, desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    [address, *_] = await calendars.addresses(clinic.id)
    booked = await book_at(desk, clinic, TWO)
    before = await calendars.feed(address.secret)
    await pass_time(store, minutes=30)
    same = await calendars.feed(address.secret)
    assert before is not None
    assert same is not None
    assert same.tag == before.tag
    assert await calendars.text(same) == await calendars.text(before)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), by="staff")
    after = await calendars.feed(address.secret)
    assert after is not None
    assert after.tag != before.tag
    assert b"T150000" in await calendars.text(after)


async def test_an_invitation_keeps_its_uid_and_rises_in_sequence_to_the_cancel(
    desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    texts = [await calendars.invitation(clinic.id, booked.reference)]
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), by="staff")
    texts.append(await calendars.invitation(clinic.id, booked.reference))
    await desk.cancel(clinic.id, booked.reference)
    texts.append(await calendars.invitation(clinic.id, booked.reference))
    events = [event for text in texts for event in events_in(text)]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [":0", ":1", ":2"]
    methods = [re.findall(r"METHOD:(\w+)", text.decode()) for text in texts]
    assert methods == [["REQUEST"], ["REQUEST"], ["CANCEL"]]
    assert [event["STATUS"] for event in events] == [":CONFIRMED", ":CONFIRMED", ":CANCELLED"]
    starts = [start_of(text, event) for text, event in zip(texts, events, strict=True)]
    assert starts == [at(TWO), at(THREE), at(THREE)]
    assert 'CN="Jane Doe"' in events[0]["ATTENDEE"]
    assert events[0]["ORGANIZER"].startswith(';CN="Willow Street Clinic"')


async def test_a_feed_has_the_uid_and_sequence_of_the_invitation(
    store: Store, desk: Desk, calendars: Calendars, clinic: Organisation
) -> None:
    booked = await book_at(desk, clinic, TWO)
    hasty = await attempt(store, clinic, 1)
    await desk.move(clinic.id, booked.reference, Target(start=at(THREE)), attempt=hasty)
    await attempt(store, clinic, 1)
    [shown] = events_in(await everybodys(calendars, clinic))
    [invited] = events_in(await calendars.invitation(clinic.id, booked.reference))
    assert (shown["UID"], shown["SEQUENCE"]) == (invited["UID"], invited["SEQUENCE"])
    assert shown["SEQUENCE"] == ":2"
    [(uid,)] = await rows(store, "SELECT ical_uid FROM booking")
    assert shown["UID"] == f":{uid}"


@pytest.mark.parametrize(
    "zone",
    ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Phoenix", "UTC"],
)
@pytest.mark.parametrize(
    "start",
    [
        "2026-11-01T05:30:00", "2026-11-01T06:30:00", "2026-03-08T07:00:00",
        "2026-04-04T14:45:00", "2026-04-04T15:10:00", "2026-10-03T15:30:00", "2027-07-01T12:00:00",
    ],
)  # fmt: skip
def test_every_instant_is_read_back_as_it_was_also_where_clocks_change(
    zone: str, start: str
) -> None:
    instant = datetime.fromisoformat(start).replace(tzinfo=UTC)
    business: Business = replace(shop({}), timezone=zone)
    entry = Entry("uid", 0, "booked", "Visit", instant, instant, instant)
    text = feed_text(business, "Shop", [entry])
    [event] = events_in(text)
    assert start_of(text, event) == instant
