"""`ringbook calendars`: the addresses at which calendar programs read bookings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer

from scheduling.calendars.feeds import CalendarAddress, Calendars
from scheduling.desk import Desk
from scheduling.errors import NotFound
from scheduling.store import Store
from scheduling.values import Organisation
from webhooks.commands.business import show_json
from webhooks.commands.failures import CommandFailed
from webhooks.commands.looking_up import organisation_named
from webhooks.settings import read_settings

EVERYBODY = "everybody"
LOCAL = "http://127.0.0.1:8000"
"""Where `serve` listens unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; neither `make` nor `revoke`: list."""

    organisation: str | None = None
    make: str | None = None
    """A provider's id, or `everybody`."""
    with_names: bool = False
    with_phones: bool = False
    revoke: int | None = None


def calendars(wanted: Wanted, *, as_json: bool) -> None:
    """List the addresses, make one, or revoke one."""
    if wanted.make and wanted.revoke is not None:
        raise typer.BadParameter("either --make or --revoke")
    if not wanted.make and (wanted.with_names or wanted.with_phones):
        raise typer.BadParameter("--with-names and --with-phones go with --make")
    settings = read_settings()
    found = asyncio.run(act(settings.database_url, wanted))
    base = settings.public_url or LOCAL
    if as_json:
        document: dict[str, Any] = {"calendars": [calendar_document(each, base) for each in found]}
        if wanted.revoke is not None:
            document["revoked"] = wanted.revoke
        show_json(document)
        return
    if wanted.revoke is not None:
        typer.echo(f"Calendar {wanted.revoke} is revoked: nothing is read there any more.")
        return
    for line in lines_of(found, base):
        typer.echo(line)


async def act(url: str, wanted: Wanted) -> list[CalendarAddress]:
    """The addresses that are in force afterwards; after making, the new one alone."""
    async with Store.open(url) as store:
        if not await store.is_migrated():
            raise CommandFailed("there is no store yet: `ringbook migrate` makes one")
        desk, feeds = Desk(store), Calendars(store)
        organisations = await organisations_meant(desk, wanted.organisation)
        if wanted.make:
            if len(organisations) != 1:
                raise CommandFailed("several organisations: say which with --organisation")
            made = await feeds.make(
                organisations[0].id,
                provider_id=None if wanted.make == EVERYBODY else wanted.make,
                with_names=wanted.with_names,
                with_phones=wanted.with_phones,
            )
            return [made]
        if wanted.revoke is not None:
            await revoke(feeds, organisations, wanted.revoke)
        return [each for whose in organisations for each in await feeds.addresses(whose.id)]


async def organisations_meant(desk: Desk, slug: str | None) -> Sequence[Organisation]:
    """The one of that slug; None is all."""
    organisation_id = await organisation_named(desk, slug)
    every = await desk.organisations()
    return [each for each in every if organisation_id in (None, each.id)]


async def revoke(feeds: Calendars, organisations: Sequence[Organisation], number: int) -> None:
    """The calendar of that number, whosever of these it is."""
    for whose in organisations:
        try:
            return await feeds.revoke(whose.id, number)
        except NotFound:
            continue
    raise NotFound(f"no calendar {number}")


def calendar_document(found: CalendarAddress, base: str) -> dict[str, Any]:
    """An address as JSON."""
    return {
        "id": found.id,
        "organisation": found.organisation,
        "provider_id": found.provider_id,
        "address": address_of(found, base),
        "names": found.with_names,
        "phones": found.with_phones,
        "made_at": found.made_at.isoformat(timespec="seconds"),
    }


def lines_of(found: Sequence[CalendarAddress], base: str) -> list[str]:
    """A line for what each shows, and its address below."""
    if not found:
        return [f"No calendars: --make {EVERYBODY} makes one."]
    lines = []
    for each in found:
        shown = [
            each.organisation,
            each.provider_id or EVERYBODY,
            *(["with names"] if each.with_names else []),
            *(["with telephone numbers"] if each.with_phones else []),
        ]
        lines += [f"{each.id:>4}  {', '.join(shown)}", f"      {address_of(each, base)}"]
    return lines


def address_of(found: CalendarAddress, base: str) -> str:
    """Where a calendar program subscribes."""
    return f"{base}/calendars/{found.secret}.ics"
