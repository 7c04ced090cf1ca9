"""What a transaction of the journal does with turns: open, replay, close, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from scheduling import settlement
from scheduling.errors import NotFound
from scheduling.queries import booked_by
from scheduling.values import Attempt
from voice.call import RanTool
from voice.facts import Facts
from voice.journal.continuing import remember_lines
from voice.journal.statements import (
    ADD_CALL,
    ADD_TOOL_CALLS,
    ADD_TURN,
    CLOSE_TURN,
    CUT_RUNNING,
    READ_CALL,
    READ_HEARD,
    READ_LAST_ANSWER,
    READ_LAST_FACTS,
    WITHDRAW_TURN,
)
from voice.journal.tables import call as calls
from voice.journal.tables import turn as turns
from voice.journal.values import Closing, Opened, part_from_json, part_to_json
from voice.turn import CallFacts, Line, Part, Say, Turn

UNTOUCHED: dict[str, Any] = {
    "end_reason": "",
    "facts_after": 0,
    "greeted": False,
    "wrong_tries": 0,
    "false_claims": 0,
}
"""Of a new call."""
BEGINNING: dict[str, Any] = {
    "state": "running",
    "parts": [],
    "parts_heard": 0,
    "answered_by": "",
    "timings": {},
    "kept_back": [],
}
"""Of a turn that is being answered."""


def seconds(instant: datetime) -> int:
    """As it is stored."""
    return int(instant.timestamp())


def open_attempt(connection: Connection, turn: Turn, *, now: datetime) -> Opened:
    """What was answered to the same words, or a new attempt that undoes its rivals first."""
    kept = keep_call(connection, turn.call, now=now)
    replay = _replay(connection, turn)
    if replay is not None:
        return Opened(None, Facts(), (), now, replay)
    begun = settlement.begin(
        connection,
        organisation_id=turn.call.organisation_id,
        call_id=turn.call.call_id,
        turn=turn.number,
        first_unheard=turn.first_unheard,
        holder=holder_of(turn.call),
        now=now,
    )
    if begun.undone:
        undone = turns.c.attempt_id.in_(begun.undone)
        connection.execute(update(turns).where(undone).values(state="undone"))
    facts = standing_facts(connection, turn.call, kept)
    if begun.left_running:
        lost = _booked_by_the_lost(connection, turn.call, known=facts.booked_here)
        facts = _after_booking(facts, lost) if lost else facts
    begins = {
        "attempt_id": begun.attempt.id,
        "organisation_id": turn.call.organisation_id,
        "call_id": turn.call.call_id,
        "number": turn.number,
        "text": turn.text,
        "opened_at": seconds(now),
    }
    connection.execute(ADD_TURN, {**BEGINNING, **begins})
    history = turn.history if turn.history is not None else heard(connection, turn.call)
    return Opened(begun.attempt, facts, history, now)


def holder_of(call: CallFacts) -> str:
    """Who this call's holds count against: the number it comes from, else its caller token."""
    if call.known_phone:
        return call.known_phone
    return call.credential if call.door in ("page", "socket") else call.call_id


def keep_call(connection: Connection, call: CallFacts, *, now: datetime) -> Row[Any] | None:
    """Enter the call, or what its door has since learnt; its row as it was, None of a new one.

    NotFound when it is another's.
    """
    kept = connection.execute(READ_CALL, {"call": call.call_id}).one_or_none()
    if kept is None:
        entered = {
            "call_id": call.call_id,
            "organisation_id": call.organisation_id,
            "door": call.door,
            "credential": call.credential,
            "known_phone": call.known_phone,
            "claimed_phone": call.claimed_phone,
            "started_at": seconds(now),
        }
        connection.execute(ADD_CALL, {**UNTOUCHED, **entered})
        return None
    if (kept.organisation_id, kept.credential) != (call.organisation_id, call.credential):
        raise NotFound(f"no call {call.call_id} for this credential and organisation")
    learnt = {
        name: new
        for name in ("known_phone", "claimed_phone")
        if (new := getattr(call, name)) and new != getattr(kept, name)
    }
    if learnt:
        connection.execute(update(calls).where(calls.c.call_id == call.call_id).values(**learnt))
    return kept


def greet(connection: Connection, call: CallFacts, *, now: datetime) -> bool:
    """Whether this is the first greeting of the call."""
    keep_call(connection, call, now=now)
    first = (calls.c.call_id == call.call_id) & (calls.c.greeted.is_(False))
    greeted = connection.execute(
        update(calls).where(first).values(greeted=True).returning(calls.c.call_id)
    )
    return greeted.one_or_none() is not None


def standing_facts(connection: Connection, call: CallFacts, kept: Row[Any] | None) -> Facts:
    """Of the last attempt that was not undone, or of the tools that ran after it."""
    if kept is None:
        return Facts()
    last = connection.execute(READ_LAST_FACTS, _of(call)).one_or_none()
    if kept.facts is not None and (last is None or kept.facts_after >= last.attempt_id):
        return Facts.model_validate(kept.facts)
    return Facts.model_validate(last.facts) if last else Facts(greeted=kept.greeted)


def heard(connection: Connection, call: CallFacts) -> tuple[Line, ...]:
    """The lines of the turns that stand, as far as they were taken by the caller's door."""
    rows = connection.execute(READ_HEARD, _of(call)).all()
    lines: list[Line] = []
    for row in rows:
        if row.text:
            lines.append(Line("caller", row.text))
        parts = [part_from_json(part) for part in row.parts[: row.parts_heard]]
        if said := words_of(parts):
            lines.append(Line("us", said))
    return tuple(lines)


def words_of(parts: Sequence[Part]) -> str:
    """What was said in these parts, without what only filled the wait."""
    return " ".join(part.text for part in parts if isinstance(part, Say) and not part.filler)


def close_attempt(
    connection: Connection, attempt: Attempt, closing: Closing, *, now: datetime
) -> bool:
    """Write down how the attempt ended; False when a rival has taken its place meanwhile."""
    ends = {
        "attempt": attempt.id,
        "new_state": "answered" if closing.complete else "cut",
        "new_parts": [part_to_json(part) for part in closing.parts],
        "heard": closing.parts_heard,
        "new_facts": closing.facts.model_dump(mode="json", exclude_defaults=True),
        "who": closing.answered_by,
        "took": closing.timings,
        "kept": [asdict(each) for each in closing.kept_back],
    }
    row = connection.execute(CLOSE_TURN, ends).one_or_none()
    if row is None:
        return False
    if closing.delivered:
        settlement.delivered(connection, attempt.id, now)
    keep_tools(connection, attempt, closing.tools, row.organisation_id, now=now)
    if closing.kept_back:
        more = calls.c.false_claims + len(closing.kept_back)
        connection.execute(
            update(calls).where(calls.c.call_id == attempt.call_id).values(false_claims=more)
        )
    if closing.lines is not None:
        remember_lines(connection, attempt, closing, row)
    return True


def withdraw(connection: Connection, attempt: Attempt, *, now: datetime) -> None:
    """Nobody heard anything: what was done is undone, and the turn counts for nothing."""
    settlement.withdraw(connection, attempt.id, now)
    connection.execute(WITHDRAW_TURN, {"attempt": attempt.id})


def keep_tools(
    connection: Connection,
    attempt: Attempt,
    tools: Sequence[RanTool],
    organisation_id: int,
    *,
    now: datetime,
) -> None:
    """One row for each tool that ran."""
    if tools:
        connection.execute(
            ADD_TOOL_CALLS,
            [
                {
                    "organisation_id": organisation_id,
                    "call_id": attempt.call_id,
                    "attempt_id": attempt.id,
                    "at": seconds(now),
                    **tool_to_row(ran),
                }
                for ran in tools
            ],
        )


def tool_to_row(ran: RanTool) -> dict[str, Any]:
    """The columns that say what ran and what came of it."""
    result = ran.result
    return {
        "name": ran.name,
        "arguments": ran.arguments,
        "result": {
            "spoken": result.spoken,
            "facts": result.facts,
            "refused": result.refused,
        },
        "milliseconds": ran.milliseconds,
    }


def _replay(connection: Connection, turn: Turn) -> tuple[Part, ...] | None:
    """The parts, when the last that stands for this turn answers these words in full."""
    of_turn = {**_of(turn.call), "number": turn.number}
    last = connection.execute(READ_LAST_ANSWER, of_turn).one_or_none()
    if last is None or last.state != "answered" or last.text != turn.text:
        return None
    return tuple(part_from_json(part) for part in last.parts)


def _booked_by_the_lost(
    connection: Connection, call: CallFacts, *, known: Sequence[str]
) -> list[str]:
    """References that attempts made which no process closed, and which stand all the same."""
    lost = connection.execute(CUT_RUNNING, _of(call)).scalars().all()
    made = booked_by(connection, call.organisation_id, attempt_ids=lost) if lost else ()
    return [reference for reference in made if reference not in known]


def _after_booking(facts: Facts, references: Sequence[str]) -> Facts:
    """As the attempt would have left them that booked and was lost: it was heard all the same."""
    left: dict[str, Any] = {
        "booked_here": [*facts.booked_here, *references],
        "offers": [],
        "chosen": None,
        "intent": None,
        "asked": "anything_else",
    }
    return facts.model_copy(update=left)


def _of(call: CallFacts) -> dict[str, Any]:
    return {"of": call.organisation_id, "call": call.call_id}
