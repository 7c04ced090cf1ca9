"""`ringbook business`: business files validated and loaded; a wrong one stops them all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import typer

from scheduling.applying import AppliedChange
from scheduling.business import Business
from scheduling.business_file import load_files
from scheduling.desk import Desk
from scheduling.errors import BusinessFileError
from scheduling.store import Store
from scheduling.stranded import Stranded
from webhooks.admin.documents import booking_document
from webhooks.migrate import upgrade
from webhooks.settings import read_settings


def check(files: Sequence[Path], *, as_json: bool) -> None:
    """Every problem of every file, a line each; exit 1 when there is one."""
    loaded = read_all(files, as_json=as_json)
    if as_json:
        show_json({"ok": True, "organisations": [business.slug for business, _ in loaded]})
        return
    for business, _ in loaded:
        typer.echo(f"{business.slug}: {business.name} is in order.")


def apply(files: Sequence[Path], *, as_json: bool) -> None:
    """All the files in one transaction."""
    settings = read_settings()
    loaded = read_all(files, as_json=as_json)
    upgrade(settings.database_url)
    changes = asyncio.run(apply_to(settings.database_url, loaded))
    if as_json:
        show_json({"applied": [change_document(change) for change in changes]})
        return
    for change in changes:
        typer.echo(f"{change.organisation.slug}: {change.change}.")
        for left in change.stranded:
            typer.echo(f"  {stranded_line(left)}")


def stranded_line(left: Stranded) -> str:
    """A booking and what it lacks, in the business's own time."""
    booking = left.booking
    start = booking.start.astimezone(ZoneInfo(booking.timezone))
    whose = f"{booking.customer_name}, {booking.service} with {booking.provider}"
    lacks = f"no {left.lacks}"
    if left.lacks == "time":
        lacks = f"promised for {(booking.local_start or '').replace('T', ' ')}"
    return f"{booking.reference}  {start:%a %Y-%m-%d %H:%M}  {whose}: {lacks}"


async def apply_to(url: str, loaded: Sequence[tuple[Business, str]]) -> list[AppliedChange]:
    """What the desk says that changed."""
    async with Store.open(url) as store:
        return await Desk(store).apply(loaded)


def read_all(files: Sequence[Path], *, as_json: bool) -> list[tuple[Business, str]]:
    """The files, checked alone and together; else all problems are shown and we exit with 1."""
    try:
        return load_files(files)
    except BusinessFileError as error:
        if as_json:
            problems = [
                {"file": problem.file, "key": problem.key, "reason": problem.reason}
                for problem in error.problems
            ]
            show_json({"ok": False, "problems": problems})
        else:
            typer.echo("\n".join(str(problem) for problem in error.problems), err=True)
        raise typer.Exit(1) from None


def change_document(change: AppliedChange) -> dict[str, Any]:
    """What was done, and which bookings it leaves without what."""
    return {
        "organisation": change.organisation.slug,
        "change": change.change,
        "stranded": [
            {"booking": booking_document(left.booking), "lacks": left.lacks}
            for left in change.stranded
        ],
    }


def show_json(document: dict[str, Any]) -> None:
    """On standard output, to be read by people too."""
    typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
