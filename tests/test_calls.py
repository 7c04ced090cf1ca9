"""Whole calls, graded on the store: each file of tests/calls is played through the Vapi door.

A file says when the call is, what the caller says, what must and must not be heard, which tools
run in a turn, and what the store holds in the end. `[[before]]` are bookings that staff entered;
`{reference}` in the caller's words is the first one's, spelled out. `[[ordered]]` are orders that
they brought in, `[refunded]` is what was given back of which, `[[tickets]]` what was written down.
`held_elsewhere` is what lies in another caller's cart, `[[bought]]` what this one bought, `[left]`
how many of a product the next one can have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from scheduling.values import Booking, BookingFilter, CustomerDetails, Order
from tests.migrated import migrated_store
from tests.shop_of_calls import bring_in_orders, check_shop, fill_other_carts
from tests.tickets_of_calls import check_tickets, entered_tickets, stored_tickets
from tests.vapi_caller import Heard, VapiCaller
from webhooks.app import create_app
from webhooks.resources import Resources
from webhooks.settings import Settings
from webhooks.vapi import postponed

FOLDER = Path(__file__).parent / "calls"
CALLS = sorted(FOLDER.glob("*.toml"))
MONDAY = "2026-11-23T09:00:00-05:00"


@dataclass(frozen=True)
class ScriptedTurn:
    """One turn of a file."""

    caller: str = ""
    hear: list[str] = field(default_factory=list)
    """Patterns that must all be found in the reply, in any case."""
    never: list[str] = field(default_factory=list)
    """Patterns that must not."""
    tools: list[str] | None = None
    """The tools that ran, in order; None: not checked."""
    act: str | None = None
    """The platform's tool that is asked for."""
    comes_back: str | None = None
    """What the platform tells of its tool afterwards; then the caller says nothing."""


@dataclass(frozen=True)
class WrittenCall:
    """A file, checked for misspelt keys by its constructor."""

    about: str
    turn: list[dict[str, Any]]
    after: list[dict[str, Any]] = field(default_factory=list)
    before: list[dict[str, Any]] = field(default_factory=list)
    ordered: list[dict[str, Any]] = field(default_factory=list)
    refunded: dict[str, str] = field(default_factory=dict)
    held_elsewhere: list[list[Any]] = field(default_factory=list)
    bought: list[dict[str, Any]] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    now: str = MONDAY
    business: str | None = None
    phone: str | None = "+12125550188"
    dialled: str | None = "+12125550123"
    can_transfer: bool = True
    hangs_up: bool = False
    held_after: int | None = None
    tickets_before: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    """What staff have to see to in the end, the first written first."""


def written(path: Path) -> WrittenCall:
    with path.open("rb") as file:
        return WrittenCall(**tomllib.load(file))


@asynccontextmanager
async def answering(settings: Settings) -> AsyncIterator[tuple[httpx2.AsyncClient, Resources]]:
    """The real app with its resources open, and a client on loopback. What is told once is done
    with when it is answered, also on a busy machine: the store is looked at next."""
    app = create_app(settings)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 50000))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postponed, "ANSWER_SECONDS", 60.0)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client,
        ):
            yield client, app.state.ringbook


def settings_for(call: WrittenCall, folder: Path, **more: Any) -> Settings:
    business = FOLDER / "businesses" / f"{call.business}.toml" if call.business else None
    return Settings(
        database_url=f"sqlite:///{migrated_store(folder / 'ringbook.db')}",
        business=business,
        now=call.now,
        speech="off",
        **more,
    )


async def enter(resources: Resources, before: list[dict[str, Any]]) -> list[Booking]:
    """Bookings that staff made earlier."""
    [organisation] = await resources.desk.organisations()
    zone = (await resources.desk.business(organisation.id)).zone
    return [
        await resources.desk.book(
            organisation.id,
            Order(
                service_id=row["service"],
                start=datetime.fromisoformat(row["start"]).replace(tzinfo=zone),
                provider_id=row.get("provider"),
                customer=CustomerDetails(row["name"], row.get("phone")),
            ),
            by="staff",
        )
        for row in before
    ]


async def stored(resources: Resources, status: str | None = None) -> list[dict[str, Any]]:
    """The bookings of the store as a file writes them, cancelled ones too."""
    wanted = BookingFilter(status=status, limit=200)  # type: ignore[arg-type]
    rows = []
    for booking in (await resources.desk.find(None, wanted)).bookings:
        [organisation] = await resources.desk.organisations()
        zone = (await resources.desk.business(organisation.id)).zone
        rows.append(
            {
                "service": booking.service_id,
                "start": booking.start.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
                "name": booking.customer_name,
                "phone": booking.customer_phone,
                "provider": booking.provider_id,
                "status": booking.status,
            }
        )
    return rows


def check_turn(turn: ScriptedTurn, heard: Heard) -> None:
    """What must hold of one reply; every reply keeps to two sentences and one question."""
    for pattern in turn.hear:
        assert re.search(pattern, heard.text, re.IGNORECASE), f"{turn.caller!r}: {heard.text!r}"
    for pattern in turn.never:
        assert not re.search(pattern, heard.text, re.IGNORECASE), f"{turn.caller!r}: {heard.text!r}"
    assert heard.text.count("?") <= 1, heard.text
    assert not re.search(r"[*#`_]|\n", heard.text), heard.text
    acts = [name for name, _ in heard.tool_calls]
    assert acts == ([turn.act] if turn.act else []), f"{turn.caller!r}: {acts}"


async def tools_of_last_turn(resources: Resources, call_id: str) -> list[str]:
    record = await resources.journal.call(None, call_id)
    assert record is not None
    return [tool.name for tool in record.turns[-1].tool_calls]


def check_store(call: WrittenCall, rows: list[dict[str, Any]]) -> None:
    """The store holds exactly what the file says, compared by the keys that the file names."""
    expected = [{"status": "booked", **row} for row in call.after]
    assert len(rows) == len(expected), rows
    for row, wanted in zip(rows, sorted(expected, key=lambda row: row["start"]), strict=True):
        assert {key: row[key] for key in wanted} == wanted


def nothing(_number: int) -> None:
    """What there is to do around a turn that nobody scripted."""


async def play(
    call: WrittenCall,
    client: httpx2.AsyncClient,
    resources: Resources,
    before_turn: Callable[[int], None] = nothing,
    after_turn: Callable[[int], Awaitable[None] | None] = nothing,
) -> None:
    """The whole call, and what the store holds after it; turns are counted from 0."""
    bookings = await enter(resources, call.before)
    await entered_tickets(resources, call.tickets_before)
    await bring_in_orders(resources, call.ordered)
    await fill_other_carts(resources, call.held_elsewhere)
    reference = " ".join(bookings[0].reference) if bookings else ""
    caller = VapiCaller(
        client, "call-1", phone=call.phone, dialled=call.dialled, can_transfer=call.can_transfer
    )
    for number, row in enumerate(call.turn):
        turn = ScriptedTurn(**row)
        before_turn(number)
        if turn.comes_back is not None:
            check_turn(turn, await caller.comes_back(turn.comes_back))
        else:
            heard = await caller.say(turn.caller.replace("{reference}", reference))
            check_turn(turn, heard)
        if (checking := after_turn(number)) is not None:
            await checking
    if call.hangs_up:
        await caller.hang_up()
    check_store(call, await stored(resources))
    await check_shop(resources, call)
    check_tickets(call.tickets, await stored_tickets(resources))


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
async def test_a_call_ends_as_the_caller_wished(path: Path, tmp_path: Path) -> None:
    call = written(path)
    async with answering(settings_for(call, tmp_path)) as (client, resources):

        async def tools_ran(number: int) -> None:
            if (tools := ScriptedTurn(**call.turn[number]).tools) is not None:
                assert await tools_of_last_turn(resources, "call-1") == tools

        await play(call, client, resources, after_turn=tools_ran)
        if call.held_after is not None:
            assert len(await stored(resources, "held")) == call.held_after
