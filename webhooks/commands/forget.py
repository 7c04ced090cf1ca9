"""`ringbook forget`: a person's name, number and calls erased; what staff work with stays."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import typer

from scheduling.desk import Desk
from scheduling.errors import NotFound
from scheduling.phone_numbers import said_number
from scheduling.store import Store
from voice.forgetting import Forgotten, forget_number
from webhooks.commands.business import show_json
from webhooks.commands.failures import CommandFailed
from webhooks.settings import read_settings


def forget(phone: str, organisation: str | None, *, as_json: bool) -> None:
    """Everything that is kept under the number."""
    forgotten = asyncio.run(forget_person(read_settings().database_url, phone, organisation))
    if as_json:
        show_json(asdict(forgotten))
        return
    typer.echo(
        f"Forgotten: {counted(forgotten.bookings, 'booking')},"
        f" {counted(forgotten.orders, 'order')} and {counted(forgotten.tickets, 'ticket')}"
        " without name and number,"
        f" {counted(forgotten.calls, 'call')} erased."
    )


async def forget_person(url: str, phone: str, slug: str | None) -> Forgotten:
    """In one organisation, or in all; the number as it is dialled in each one's country."""
    async with Store.open(url) as store:
        if not await store.is_migrated():
            raise CommandFailed("there is no store yet: `ringbook migrate` makes one")
        desk, forgotten = Desk(store), Forgotten()
        meant = [each for each in await desk.organisations() if slug in (None, each.slug)]
        if slug is not None and not meant:
            raise NotFound(f"no organisation {slug!r}")
        numbers = {
            each.id: said_number(phone, (await desk.business(each.id)).country) for each in meant
        }
        if not any(numbers.values()):
            raise typer.BadParameter(f"{phone!r} is not a telephone number")
        for organisation_id, number in numbers.items():
            if number is not None:
                forgotten += await forget_number(desk, organisation_id, number)
        return forgotten


def counted(count: int, what: str) -> str:
    """With its noun."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
