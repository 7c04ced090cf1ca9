"""`ringbook rehearse`: simulated callers ring the agent, and the store says who was served."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, aclosing
from pathlib import Path
from typing import Any

import typer

from rehearsal.gap import kind_of, kinds, lines_spoken, misheard
from rehearsal.score import APPOINTMENTS, Line, Played, Row, failures, rows, specialist_rows
from voice.speech.engines import EngineFailed
from webhooks.commands.business import show_json
from webhooks.commands.failures import CommandFailed
from webhooks.logs import configure_logs
from webhooks.rehearsal.line import LineKind
from webhooks.rehearsal.running import Plan, rehearse, rehearsed_from, speaking

COLUMNS = ("callers", "calls", "flawless", "pass^1", "pass^4", "turns", "false claims")


def rehearsal(
    files: Sequence[Path],
    plan: Plan,
    *,
    line: LineKind | None,
    whole: bool,
    as_json: bool,
) -> None:
    """The table; exit 1 when a caller was not served, or was told what is not so.

    `line`: over which calls are spoken; None: they are typed. `whole`: each call is shown."""
    configure_logs(level="ERROR")
    try:
        played = asyncio.run(listen(files, plan, line=line, whole=whole and not as_json))
    except EngineFailed as failed:
        raise CommandFailed(f"nobody can speak here: {failed}") from failed
    if as_json:
        show_json(document(played, line))
    else:
        report(played, plan, line=line, whole=whole)
    if not all(each.passed for each in played):
        raise typer.Exit(1)


async def listen(
    files: Sequence[Path], plan: Plan, *, line: LineKind | None, whole: bool
) -> list[Played]:
    """Every call, shown whole when that was asked for."""
    played = []
    rehearsed = rehearsed_from(files)
    async with AsyncExitStack() as stack:
        aloud = await stack.enter_async_context(speaking(line)) if line is not None else None
        calls = await stack.enter_async_context(aclosing(rehearse(rehearsed, plan, aloud)))
        async for each in calls:
            played.append(each)
            if whole:
                for told in transcript(each):
                    typer.echo(told)
    return played


def report(played: Sequence[Played], plan: Plan, *, line: LineKind | None, whole: bool) -> None:
    """The figures, then a line for each call that failed and how to hear it again."""
    for told in (*table(rows(played)), "", *table(specialist_rows(played), "specialist")):
        typer.echo(told)
    if line is not None:
        for told in speech_report(played):
            typer.echo(told)
    for told in failure_report(played):
        typer.echo(told)
    failed = [each for each in played if not each.flawless]
    spoken = {"wide": " --aloud", "telephone": " --by-telephone", None: ""}[line]
    for each in () if whole else failed:
        typer.echo(f"\n{headline(each)}")
        for told in misheard_lines(each):
            typer.echo(told)
        typer.echo(f"  again: add --seed {plan.seed} --only {each.number}{spoken}")


def failure_report(played: Sequence[Played]) -> list[str]:
    """How many calls each kind of failure spoilt."""
    return [f"{kind}: {count}" for kind, count in failures(played).items()]


def speech_report(played: Sequence[Played]) -> list[str]:
    """What speech cost."""
    spoken, wrong = lines_spoken(played)
    failed = ", ".join(f"{kind} {count}" for kind, count in kinds(played).items())
    return [f"lines misheard: {wrong} of {spoken}; calls failed: {failed}"]


def misheard_lines(each: Played) -> list[str]:
    """What was heard of a caller in other words than he said."""
    return [
        f"  said {line.text!r}, heard {heard_of(line)}"
        for line in each.transcript
        if misheard(line)
    ]


def heard_of(line: Line) -> str:
    """The utterances that came of a line."""
    return " / ".join(map(repr, line.heard or ())) or "nothing"


def table(lines: Sequence[Row], by: str = "temper") -> list[str]:
    """Columns as wide as what is in them."""
    cells = [(by, *COLUMNS), *(cells_of(row) for row in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS) + 1)]
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
        f"{row.flawless:.3f}",
        f"{row.pass_1:.3f}",
        f"{row.pass_4:.3f}",
        f"{row.turns:.1f}",
        str(row.false_claims),
    )


def headline(each: Played) -> str:
    """A call in two lines: who wanted what, and what came of it."""
    came = [*each.shortfalls, *(f"false: {claim}" for claim in each.false_claims)]
    came += each.flaws
    if came and is_spoken(each):
        came.append(f"({kind_of(each)})")
    whose = each.temper if each.specialist == APPOINTMENTS else f"{each.temper}, {each.specialist}"
    return (
        f"{each.business} caller {each.number}, wording {each.wording + 1}, {whose}: "
        f"{each.wish}\n  {'; '.join(came) or 'served'}"
    )


def transcript(each: Played) -> list[str]:
    """The call, line by line."""
    said = []
    for line in each.transcript:
        said.append(f"  {line.who:6}  {line.text}")
        if misheard(line) or len(line.heard or ()) > 1:
            said.append(f"  {'heard':6}  {heard_of(line)}")
    return [headline(each), *said, ""]


def is_spoken(each: Played) -> bool:
    """Whether the caller spoke, and did not type."""
    return any(line.heard is not None for line in each.transcript)


def document(played: Sequence[Played], line: LineKind | None) -> dict[str, Any]:
    """The same for programs, with the transcripts of what failed."""
    return {
        **(speech_document(played, line) if line is not None else {}),
        "tempers": [row_document(row, "temper") for row in rows(played)],
        "specialists": [row_document(row, "specialist") for row in specialist_rows(played)],
        "failures": failures(played),
        "failed": [failed_document(each) for each in played if not each.flawless],
    }


def row_document(row: Row, by: str) -> dict[str, Any]:
    """One row of a table."""
    return {
        by: row.title,
        "callers": row.callers,
        "calls": row.calls,
        "flawless": round(row.flawless, 4),
        "pass_1": round(row.pass_1, 4),
        "pass_4": round(row.pass_4, 4),
        "turns": round(row.turns, 2),
        "false_claims": row.false_claims,
    }


def speech_document(played: Sequence[Played], line: LineKind) -> dict[str, Any]:
    """What speech cost, over which line."""
    spoken, wrong = lines_spoken(played)
    return {"line": line, "lines": spoken, "misheard": wrong, "failed_by_kind": kinds(played)}


def failed_document(each: Played) -> dict[str, Any]:
    """One call that did not end as it should."""
    return {
        "organisation": each.business,
        "caller": each.number,
        "wording": each.wording + 1,
        "temper": each.temper,
        "specialist": each.specialist,
        "wish": each.wish,
        "shortfalls": list(each.shortfalls),
        "false_claims": list(each.false_claims),
        "flaws": list(each.flaws),
        "turns": each.turns,
        **({"kind": kind_of(each)} if is_spoken(each) else {}),
        "transcript": [line_document(line) for line in each.transcript],
    }


def line_document(line: Line) -> dict[str, Any]:
    """One thing that was said, and what was heard of it where it was spoken."""
    told: dict[str, Any] = {"who": line.who, "text": line.text}
    return told if line.heard is None else {**told, "heard": list(line.heard)}
