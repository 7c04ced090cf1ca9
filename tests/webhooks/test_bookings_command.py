"""Bookings looked up from the command line, and what a changed business file leaves behind."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from pathlib import Path

import pytest

from scheduling.business_file import load_businesses
from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Booking, CustomerDetails, Order
from tests.ringbook_process import NOW, ringbook
from webhooks.migrate import upgrade

SAMPLE = Path(__file__).parents[2] / "scheduling" / "sample" / "willow.toml"


async def book_two(url: str) -> list[Booking]:
    """A check-up with Ana on Tuesday, a cleaning with Mei on Wednesday."""
    async with Store.open(url) as store:
        await store.start_clock(NOW)
        desk = Desk(store)
        (change,) = await desk.apply(load_businesses(None))
        rows = (
            ("checkup", "2026-11-24T10:00:00-05:00", "ana", "Zoë Brännström", "+12125550161"),
            ("cleaning", "2026-11-25T11:00:00-05:00", "mei", "Omar Hale", None),
        )
        return [
            await desk.book(
                change.organisation.id,
                Order(
                    customer=CustomerDetails(name, phone),
                    service_id=service,
                    start=datetime.fromisoformat(start),
                    provider_id=provider,
                ),
                by="staff",
            )
            for service, start, provider, name, phone in rows
        ]


@pytest.fixture
def booked(tmp_path: Path) -> list[Booking]:
    url = f"sqlite:///{tmp_path / 'ringbook.db'}"
    upgrade(url)
    return asyncio.run(book_two(url))


def found(folder: Path, *arguments: str) -> list[str]:
    done = ringbook("bookings", "--json", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return [booking["reference"] for booking in json.loads(done.stdout)["bookings"]]


def test_a_table_shows_the_businesss_own_time(tmp_path: Path, booked: list[Booking]) -> None:
    done = ringbook("bookings", folder=tmp_path)
    heading, first, second = done.stdout.splitlines()
    assert heading.split() == [
        "reference", "status", "start", "service", "with", "customer", "phone", "organisation",
    ]  # fmt: skip
    assert first.split()[:5] == [booked[0].reference, "booked", "Tue", "2026-11-24", "10:00"]
    assert "Omar Hale" in second


def test_json_has_the_public_shape(tmp_path: Path, booked: list[Booking]) -> None:
    reference = booked[0].reference
    done = ringbook("bookings", "--json", "--reference", reference.lower(), folder=tmp_path)
    document = json.loads(done.stdout)
    assert document["next_cursor"] is None
    (booking,) = document["bookings"]
    assert booking["start"] == "2026-11-24T10:00:00-05:00"
    assert booking["customer"] == {"name": "Zoë Brännström", "phone": "+12125550161"}
    assert (booking["organisation"], booking["timezone"]) == ("willow", "America/New_York")


def test_staff_type_names_and_numbers_as_they_like(tmp_path: Path, booked: list[Booking]) -> None:
    zoe, omar = (booking.reference for booking in booked)
    assert found(tmp_path, "--name", "zoe brannstrom") == [zoe]
    assert found(tmp_path, "--phone", "(212) 555-0161") == [zoe]
    assert found(tmp_path, "--date", "2026-11-25") == [omar]
    assert found(tmp_path, "--organisation", "willow", "--name", "nobody") == []


def test_an_unknown_organisation_is_a_failure(tmp_path: Path, booked: list[Booking]) -> None:
    done = ringbook("bookings", "--organisation", "oak", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "ringbook: no organisation 'oak'\n")


def test_what_filters_nothing_is_wrong_use_and_lists_nobody(
    tmp_path: Path, booked: list[Booking]
) -> None:
    for option, typed, why in (
        ("--name", "!", "name: has no letters or digits"),
        ("--name", "", "name: has no letters or digits"),
        ("--phone", "abc", "phone: has no digits"),
    ):
        done = ringbook("bookings", option, typed, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert why in done.stderr


def test_a_change_lists_the_bookings_it_leaves_without_a_provider(
    tmp_path: Path, booked: list[Booking]
) -> None:
    text = SAMPLE.read_text().replace('services = ["cleaning", "physio"]', 'services = ["physio"]')
    (tmp_path / "willow.toml").write_text(text)
    done = ringbook("business", "apply", "willow.toml", folder=tmp_path)
    assert done.returncode == 0
    changed, left = done.stdout.splitlines()
    assert changed == "willow: changed."
    assert left == (
        f"  {booked[1].reference}  Wed 2026-11-25 11:00"
        "  Omar Hale, Dental cleaning with Mei Tanaka: no provider"
    )
    assert len(found(tmp_path)) == 2
