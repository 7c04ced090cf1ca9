"""What a transaction of the journal does with whole calls: end, continue, count, look up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, select, tuple_, update

from scheduling import settlement
from scheduling.errors import Invalid
from support import carts
from voice.dialogue.agenda import Outcome
from voice.facts import Facts
from voice.journal.erasing import erase_calls
from voice.journal.forgetting_wishes import remove_wish, wish_of_call
from voice.journal.saved_facts import facts_to_json
from voice.journal.statements import READ_END, READ_ENTRY
from voice.journal.tables import call as calls
from voice.journal.tables import tool_call
from voice.journal.tables import turn as turns
from voice.journal.turns import FORGOTTEN, keep_call, seconds, tool_to_row
from voice.journal.values import (
    CallEntry,
    CallPage,
    CallRecord,
    CallSummary,
    KeptBack,
    ToolCallRecord,
    TurnRecord,
    part_from_json,
)
from voice.tool_results import RanTool, ToolResult
from voice.turn import CallFacts

_CURSOR = re.compile(r"(?P<started>[0-9]{1,12})~(?P<call_id>[ -~]+)")


def end_call(
    connection: Connection,
    call_id: str,
    *,
    reason: str,
    report: dict[str, Any] | None,
    now: datetime,
) -> int | None:
    """Everything done stands from here on; the organisation, or None for a call unknown.

    Told twice, or in another order, it is one record: the first end and the last that is said
    of it; but what a report gave as the reason, only another report may change.
    """
    kept = connection.execute(READ_END, {"call": call_id}).one_or_none()
    if kept is None:
        return None
    if kept.end_reason == FORGOTTEN:
        reason, report = "", None
    said: dict[str, Any] = {}
    if kept.ended_at is None:
        said["ended_at"] = seconds(now)
    reported = kept.report is not None and bool(kept.end_reason)
    if reason and (report is not None or not reported):
        said["end_reason"] = reason
    if report is not None:
        said["report"] = report
    if said:
        connection.execute(update(calls).where(calls.c.call_id == call_id).values(**said))
    carts.release(connection, kept.organisation_id, call_id, now=seconds(now))
    settlement.settle_call(connection, kept.organisation_id, call_id, now)
    carts.forget_carts(connection, kept.organisation_id, now=seconds(now))
    return int(kept.organisation_id)


def asked_to_be_forgotten(
    connection: Connection, organisation_id: int, call_id: str
) -> CallFacts | None:
    """The call, if its caller did; without a number, if that was done before its end."""
    if (asked := wish_of_call(connection, organisation_id, call_id)) is not None:
        return asked
    of_call = (calls.c.organisation_id == organisation_id, calls.c.call_id == call_id)
    done = select(calls).where(*of_call, calls.c.end_reason == FORGOTTEN)
    row = connection.execute(done).one_or_none()
    return None if row is None else CallFacts(call_id, organisation_id, row.door, row.credential)


def leave_forgotten(connection: Connection, call: CallFacts, *, now: datetime) -> None:
    """A call that is erased stays as one that is over, and learns nothing that comes later."""
    erase_calls(connection, call.organisation_id, [call.call_id])
    keep_call(connection, replace(call, known_phone=None, claimed_phone=None), now=now)
    over = update(calls).where(calls.c.call_id == call.call_id)
    connection.execute(over.values(ended_at=seconds(now), end_reason=FORGOTTEN))
    remove_wish(connection, call)


def delivered_tool(connection: Connection, call: CallFacts, delivered_as: str) -> ToolResult | None:
    """What this delivery was answered before."""
    row = connection.execute(
        select(tool_call.c.name, tool_call.c.result).where(
            tool_call.c.organisation_id == call.organisation_id,
            tool_call.c.call_id == call.call_id,
            tool_call.c.delivered_as == delivered_as,
        )
    ).one_or_none()
    return ToolResult(row.name, **row.result) if row else None


def keep_delivered_tool(
    connection: Connection,
    call: CallFacts,
    *,
    delivered_as: str,
    ran: RanTool,
    facts: Facts,
    now: datetime,
) -> None:
    """The answer of a tool that came outside any turn, and what the call now knows."""
    connection.execute(
        insert(tool_call).values(
            organisation_id=call.organisation_id,
            call_id=call.call_id,
            delivered_as=delivered_as,
            at=seconds(now),
            **tool_to_row(ran),
        )
    )
    of_call = _within(turns, call.organisation_id, call.call_id)
    last = connection.execute(select(func.max(turns.c.attempt_id)).where(of_call)).scalar_one()
    connection.execute(
        update(calls)
        .where(calls.c.call_id == call.call_id)
        .values(facts=facts_to_json(facts), facts_after=last or 0)
    )


def read_page(
    connection: Connection, organisation_id: int | None, *, limit: int, cursor: str | None
) -> CallPage:
    """Newest first; the cursor is the last call of the page before."""
    asked = select(calls).order_by(calls.c.started_at.desc(), calls.c.call_id.desc())
    if organisation_id is not None:
        asked = asked.where(calls.c.organisation_id == organisation_id)
    if cursor is not None:
        if (place := _CURSOR.fullmatch(cursor)) is None:
            raise Invalid("the cursor is not one of ours")
        here = tuple_(calls.c.started_at, calls.c.call_id)
        asked = asked.where(here < (int(place["started"]), place["call_id"]))
    rows = connection.execute(asked.limit(limit + 1)).all()
    page = rows[:limit]
    more = f"{page[-1].started_at}~{page[-1].call_id}" if len(rows) > limit else None
    return CallPage(tuple(_summary(row) for row in page), more)


def read_entry(connection: Connection, call_id: str) -> CallEntry | None:
    """Whose call it is and how far it came, for doors: they ask before every turn."""
    kept = connection.execute(READ_ENTRY, {"call": call_id}).one_or_none()
    if kept is None:
        return None
    number = kept.number or 0
    return CallEntry(
        kept.organisation_id,
        kept.credential,
        kept.known_phone,
        number,
        kept.text or "",
        sends_history=number > 1 and kept.lines_digest is not None,
        ended=kept.ended_at is not None,
    )


def read_call(
    connection: Connection, organisation_id: int | None, call_id: str
) -> CallRecord | None:
    """One call with all its attempts, those that were undone among them."""
    found = connection.execute(select(calls).where(calls.c.call_id == call_id)).one_or_none()
    if found is None or organisation_id not in (None, found.organisation_id):
        return None
    of_call = (found.organisation_id, call_id)
    tools = select(tool_call).where(_within(tool_call, *of_call)).order_by(tool_call.c.id)
    ran = [_tool(row) for row in connection.execute(tools)]
    attempts = connection.execute(
        select(turns).where(_within(turns, *of_call)).order_by(turns.c.attempt_id)
    )
    return CallRecord(
        summary=_summary(found),
        turns=tuple(_turn(row, ran) for row in attempts),
        tool_calls=tuple(tool for tool in ran if tool.attempt_id is None),
        report=found.report,
        wrong_tries=found.wrong_tries,
        false_claims=found.false_claims,
    )


def _within(table: Table, organisation_id: int, call_id: str) -> ColumnElement[bool]:
    return (table.c.organisation_id == organisation_id) & (table.c.call_id == call_id)


def _instant(stored: int) -> datetime:
    return datetime.fromtimestamp(stored, UTC)


def _summary(row: Row[Any]) -> CallSummary:
    return CallSummary(
        call_id=row.call_id,
        organisation_id=row.organisation_id,
        door=row.door,
        credential=row.credential,
        known_phone=row.known_phone,
        claimed_phone=row.claimed_phone,
        started_at=_instant(row.started_at),
        ended_at=None if row.ended_at is None else _instant(row.ended_at),
        end_reason=row.end_reason,
    )


def _tool(row: Row[Any]) -> ToolCallRecord:
    return ToolCallRecord(
        name=row.name,
        arguments=row.arguments,
        result=row.result,
        milliseconds=row.milliseconds,
        at=_instant(row.at),
        attempt_id=row.attempt_id,
    )


def _turn(row: Row[Any], ran: list[ToolCallRecord]) -> TurnRecord:
    return TurnRecord(
        attempt_id=row.attempt_id,
        number=row.number,
        text=row.text,
        state=row.state,
        parts=tuple(part_from_json(part) for part in row.parts),
        answered_by=row.answered_by,
        timings=row.timings,
        kept_back=tuple(KeptBack(**each) for each in row.kept_back),
        outcomes=tuple(map(Outcome.model_validate, row.outcomes)),
        opened_at=_instant(row.opened_at),
        tool_calls=tuple(tool for tool in ran if tool.attempt_id == row.attempt_id),
    )
