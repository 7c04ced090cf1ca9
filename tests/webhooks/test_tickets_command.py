"""Tickets looked up from the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from scheduling.business_file import load_businesses
from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import CustomerDetails
from support.ticket_values import Concern, Ticket
from support.tickets import Tickets
from tests.ringbook_process import NOW, ringbook
from webhooks.migrate import upgrade


async def leave_two(url: str) -> list[Ticket]:
    """A long problem, now closed, and a message."""
    async with Store.open(url) as store:
        await store.start_clock(NOW)
        desk = Desk(store)
        (change,) = await desk.apply(load_businesses(None))
        tickets, of = Tickets(desk), change.organisation.id
        zoe = CustomerDetails("Zoë Brännström", "+12125550161")
        problem = await tickets.create(of, Concern("It hurts " * 20, zoe, priority="urgent"))
        message = Concern("Braces", CustomerDetails("", "+12125550162"), call_back="at noon")
        return [
            await tickets.set_status(of, problem.reference, "closed"),
            await tickets.create(of, message),
        ]


@pytest.fixture
def left(tmp_path: Path) -> list[Ticket]:
    url = f"sqlite:///{tmp_path / 'ringbook.db'}"
    upgrade(url)
    return asyncio.run(leave_two(url))


def found(folder: Path, *arguments: str) -> list[str]:
    done = ringbook("tickets", "--json", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return [ticket["reference"] for ticket in json.loads(done.stdout)["tickets"]]


def test_a_table_has_the_newest_first(tmp_path: Path, left: list[Ticket]) -> None:
    done = ringbook("tickets", folder=tmp_path)
    heading, first, second = done.stdout.splitlines()
    assert heading.split()[:4] == ["reference", "status", "priority", "made"]
    assert first.split()[:5] == [left[1].reference, "open", "normal", "Mon", "2026-11-23"]
    assert "at noon" in first
    assert "It hu…" in second
    assert ringbook("tickets", "--status", "waiting", folder=tmp_path).stdout == "No tickets.\n"


def test_staff_type_what_they_know(tmp_path: Path, left: list[Ticket]) -> None:
    problem, message = (ticket.reference for ticket in left)
    assert found(tmp_path) == [message, problem]
    assert found(tmp_path, "--name", "zoe brannstrom") == [problem]
    assert found(tmp_path, "--phone", "(212) 555-0162", "--organisation", "willow") == [message]
    assert found(tmp_path, "--reference", problem.lower(), "--status", "closed") == [problem]


def test_what_cannot_be_is_wrong_use_or_a_failure(tmp_path: Path, left: list[Ticket]) -> None:
    for arguments, status, why in (
        (("--name", "!"), 2, "has no letters or digits"),
        (("--status", "lost"), 2, "lost"),
        (("--organisation", "oak"), 1, "no organisation 'oak'"),
    ):
        done = ringbook("tickets", *arguments, folder=tmp_path)
        assert (done.returncode, done.stdout) == (status, "")
        assert why in done.stderr
