"""What commands that look something up have in common: what is typed, and how it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import typer

from scheduling.desk import Desk
from scheduling.errors import Invalid, NotFound
from scheduling.listing import MOST_AT_ONCE
from scheduling.store import Store
from webhooks.commands.business import show_json
from webhooks.commands.failures import CommandFailed
from webhooks.settings import read_settings

LONGEST_SHOWN = 60
Found = TypeVar("Found")
Page = tuple[Sequence[Found], str | None]
"""What a page has, and the cursor of the next one."""
ReadPage = Callable[[Desk, int | None, dict[str, Any]], Awaitable[Page[Found]]]
"""Reads one page of what fits these filters, in one organisation or in all."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed; None does not filter."""

    organisation: str | None = None
    phone: str | None = None
    name: str | None = None
    day: str | None = None
    reference: str | None = None
    status: str | None = None

    def typed(self) -> dict[str, Any]:
        """By the names that every filter has."""
        day = parse_day(self.day) if self.day else None
        return {
            "reference": self.reference,
            "name": self.name,
            "phone": self.phone,
            "first_day": day,
            "last_day": day,
            "status": self.status,
            "limit": MOST_AT_ONCE,
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """How what was found is written."""

    plural: str
    columns: tuple[str, ...]
    row_of: Callable[[Any], tuple[str, ...]]
    document_of: Callable[[Any], dict[str, Any]]


def look_up(search: Search, read_page: ReadPage[Found], shown: Shown, *, as_json: bool) -> None:
    """All that fit, in the order in which they are read."""
    found = asyncio.run(find(read_settings().database_url, search, read_page))
    if as_json:
        documents = [shown.document_of(each) for each in found]
        show_json({shown.plural: documents, "next_cursor": None})
        return
    for line in table(shown, found):
        typer.echo(line)


async def find(url: str, search: Search, read_page: ReadPage[Found]) -> list[Found]:
    """Every page."""
    wanted = search.typed()
    found: list[Found] = []
    async with Store.open(url) as store:
        if not await store.is_migrated():
            raise CommandFailed("there is no store yet: `ringbook migrate` makes one")
        desk = Desk(store)
        organisation_id = await organisation_named(desk, search.organisation)
        while True:
            try:
                page, cursor = await read_page(desk, organisation_id, wanted)
            except Invalid as wrong:
                raise typer.BadParameter(wrong.message) from None
            found += page
            if cursor is None:
                return found
            wanted["cursor"] = cursor


async def organisation_named(desk: Desk, slug: str | None) -> int | None:
    """The organisation's id; None is all of them."""
    if slug is None:
        return None
    organisation = await desk.find_organisation(slug=slug)
    if organisation is None:
        raise NotFound(f"no organisation {slug!r}")
    return organisation.id


def parse_day(text: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2026-11-24") from None


def table(shown: Shown, found: Sequence[Any]) -> list[str]:
    """Columns as wide as what is in them."""
    if not found:
        return [f"No {shown.plural}."]
    rows = [shown.columns, *(shown.row_of(each) for each in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(shown.columns))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def cut(words: str) -> str:
    """No wider than a column should be."""
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"
