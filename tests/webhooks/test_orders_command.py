"""Orders looked up from the command line."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from scheduling.business_file import load_businesses
from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import CustomerDetails
from support.order_values import NewLine, NewOrder
from support.shop import Shop
from tests.ringbook_process import NOW, ringbook
from webhooks.migrate import upgrade


async def bring_in_two(url: str) -> None:
    """A paid order of Zoë's, and Omar's of the day before."""
    async with Store.open(url) as store:
        await store.start_clock(NOW)
        desk = Desk(store)
        (change,) = await desk.apply(load_businesses(None))
        today = await store.current_time()
        for reference, customer, placed_at, paid in (
            ("12345", CustomerDetails("Zoë Brännström", "+12125550161"), today, True),
            ("AB99", CustomerDetails("Omar Hale"), today - timedelta(days=1), False),
        ):
            lines = (NewLine("Sunday cap", 2, Decimal("24.00")),)
            order = NewOrder(reference, customer, placed_at, lines, paid=paid)
            await Shop(desk).bring_in(change.organisation.id, order)


@pytest.fixture
def sold(tmp_path: Path) -> Path:
    """The folder of a store with both."""
    url = f"sqlite:///{tmp_path / 'ringbook.db'}"
    upgrade(url)
    asyncio.run(bring_in_two(url))
    return tmp_path


def found(folder: Path, *arguments: str) -> list[str]:
    done = ringbook("orders", "--json", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return [order["reference"] for order in json.loads(done.stdout)["orders"]]


def test_a_table_has_the_last_placed_first(sold: Path) -> None:
    heading, first, second = ringbook("orders", folder=sold).stdout.splitlines()
    assert heading.split()[:4] == ["reference", "status", "placed", "total"]
    assert first.split()[:5] == ["12345", "placed", "Mon", "2026-11-23", "09:00"]
    assert "48.00 USD" in first
    assert "2 Sunday cap" in second
    assert ringbook("orders", "--status", "returned", folder=sold).stdout == "No orders.\n"


def test_staff_type_what_they_know(sold: Path) -> None:
    assert found(sold, "--name", "zoe brannstrom") == ["12345"]
    assert found(sold, "--phone", "(212) 555-0161", "--organisation", "willow") == ["12345"]
    assert found(sold, "--reference", "ab-99") == ["AB99"]
    assert found(sold, "--status", "placed") == ["12345", "AB99"]


def test_what_cannot_be_is_wrong_use_or_a_failure(sold: Path) -> None:
    for arguments, status, why in (
        (("--phone", "abc"), 2, "has no digits"),
        (("--status", "lost"), 2, "lost"),
        (("--organisation", "oak"), 1, "no organisation 'oak'"),
    ):
        done = ringbook("orders", *arguments, folder=sold)
        assert (done.returncode, done.stdout) == (status, "")
        assert why in done.stderr
