"""Typing to the agent in a terminal, here with the lines piped in."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Booking, BookingFilter
from tests.clinic import SALON_TOML
from tests.ringbook_process import ringbook


async def held(url: str) -> tuple[Booking, ...]:
    async with Store.open(url) as store:
        return (await Desk(store).find(None, BookingFilter(status="held"))).bookings


def test_a_booking_is_typed_to_its_end(tmp_path: Path) -> None:
    lines = [
        "I'd like a vaccination tomorrow at ten with Ana Ruiz",
        "My name is Nora Quist",
        "Yes please",
    ]
    done = ringbook("chat", "--phone", "212 555 0171", folder=tmp_path, typed="\n".join(lines))
    assert (done.returncode, done.stderr) == (0, "")
    heard = done.stdout.splitlines()
    assert heard[0].startswith("Willow Street Clinic, how can I help?")
    assert "This call is answered by an assistant." in done.stdout
    assert f"> {lines[0]}" in heard
    assert "You're booked" in done.stdout
    looked_up = ringbook("bookings", "--json", "--phone", "+12125550171", folder=tmp_path)
    (booked,) = json.loads(looked_up.stdout)["bookings"]
    assert booked["start"] == "2026-11-24T10:00:00-05:00"
    assert booked["customer"]["name"] == "Nora Quist"


def test_hanging_up_frees_what_was_held(tmp_path: Path) -> None:
    line = "I'd like a vaccination tomorrow at ten with Ana Ruiz"
    done = ringbook("chat", folder=tmp_path, typed=line)
    assert done.returncode == 0
    assert "10 AM" in done.stdout
    assert asyncio.run(held(f"sqlite:///{tmp_path / 'ringbook.db'}")) == ()


def test_one_of_several_organisations_is_named(tmp_path: Path) -> None:
    (tmp_path / "salon.toml").write_text(SALON_TOML)
    other = SALON_TOML.replace("corner-salon", "oak").replace('numbers = ["+441223496001"]', "")
    (tmp_path / "oak.toml").write_text(other.replace('assistants = ["salon-assistant"]', ""))
    settings = {"RINGBOOK_BUSINESS": str(tmp_path)}
    refused = ringbook("chat", folder=tmp_path, **settings)
    assert refused.returncode == 1
    assert "choose with --organisation (corner-salon, oak)" in refused.stderr
    greeted = ringbook("chat", "--organisation", "oak", folder=tmp_path, **settings)
    assert greeted.stdout.startswith("Corner Salon, good to hear from you.")


def test_a_claimed_number_must_be_one(tmp_path: Path) -> None:
    done = ringbook("chat", "--phone", "home", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "ringbook: 'home' is not a telephone number\n")


def test_digits_that_are_nobodys_number_are_no_number(tmp_path: Path) -> None:
    done = ringbook("chat", "--phone", "555-0188", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "'555-0188' is nobody's number; the call goes on without one.\n"
