"""`ringbook rehearse`: simulated callers ring the agent, and the store says who was served."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from rehearsal.score import Played, Row, rows
from webhooks.commands.business import show_json
from webhooks.logs import configure_logs
from webhooks.rehearsal.running import Plan, rehearse, rehearsed_from

COLUMNS = ("temper", "callers", "calls", "pass^1", "pass^4", "turns", "false claims")


def rehearsal(files: Sequence[Path], plan: Plan, *, aloud: bool, as_json: bool) -> None:
    """The table; exit 1 when a caller was not served, or was told what is not so."""
    configure_logs(level="ERROR")
    played = asyncio.run(listen(files, plan, aloud=aloud and not as_json))
    if as_json:
        show_json(document(played))
    else:
        report(played, plan, aloud=aloud)
    if not all(each.passed for each in played):
        raise typer.Exit(1)


async def listen(files: Sequence[Path], plan: Plan, *, aloud: bool) -> list[Played]:
    """Every call, shown whole when that was asked for."""
    played = []
    async for each in rehearse(rehearsed_from(files), plan):
        played.append(each)
        if aloud:
            for line in transcript(each):
                typer.echo(line)
    return played


def report(played: Sequence[Played], plan: Plan, *, aloud: bool) -> None:
    """The figures, then a line for each call that failed and how to hear it again."""
    for line in table(rows(played)):
        typer.echo(line)
    failed = [each for each in played if not each.passed]
    for each in () if aloud else failed:
        typer.echo(f"\n{headline(each)}")
        typer.echo(f"  again: add --seed {plan.seed} --only {each.number}")


def table(lines: Sequence[Row]) -> list[str]:
    """Columns as wide as what is in them."""
    cells = [COLUMNS, *(cells_of(row) for row in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS))]
    return [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]


def cells_of(row: Row) -> tuple[str, ...]:
    """One row of the table."""
    return (
        row.title,
        str(row.callers),
        str(row.calls),
        f"{row.pass_1:.3f}",
        f"{row.pass_4:.3f}",
        f"{row.turns:.1f}",
        str(row.false_claims),
    )


def headline(each: Played) -> str:
    """A call in two lines: who wanted what, and what came of it."""
    came = [*each.shortfalls, *(f"false: {claim}" for claim in each.false_claims)]
    return (
        f"{each.business} caller {each.number}, wording {each.wording + 1}, {each.temper}: "
        f"{each.wish}\n  {'; '.join(came) or 'served'}"
    )


def transcript(each: Played) -> list[str]:
    """The call, line by line."""
    said = [f"  {line.who:6}  {line.text}" for line in each.transcript]
    return [headline(each), *said, ""]


def document(played: Sequence[Played]) -> dict[str, Any]:
    """The same for programs, with the transcripts of what failed."""
    return {
        "tempers": [
            {
                "temper": row.title,
                "callers": row.callers,
                "calls": row.calls,
                "pass_1": round(row.pass_1, 4),
                "pass_4": round(row.pass_4, 4),
                "turns": round(row.turns, 2),
                "false_claims": row.false_claims,
            }
            for row in rows(played)
        ],
        "failed": [failed_document(each) for each in played if not each.passed],
    }


def failed_document(each: Played) -> dict[str, Any]:
    """One call that did not end as it should."""
    return {
        "organisation": each.business,
        "caller": each.number,
        "wording": each.wording + 1,
        "temper": each.temper,
        "wish": each.wish,
        "shortfalls": list(each.shortfalls),
        "false_claims": list(each.false_claims),
        "turns": each.turns,
        "transcript": [{"who": line.who, "text": line.text} for line in each.transcript],
    }
