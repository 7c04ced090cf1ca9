"""What a transaction of the journal does with turns: open, replay, close, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from scheduling import settlement
from scheduling.errors import NotFound
from scheduling.locks import Lock, lock
from scheduling.queries import booked_by, changed_by
from scheduling.values import Attempt
from voice.cards import turn_without_cards
from voice.facts import Facts
from voice.journal.continuing import digest_after, remember_lines
from voice.journal.following import Place, find_place, heard, of_call
from voice.journal.saved_facts import facts_from_json, facts_to_json
from voice.journal.statements import (
    ADD_CALL,
    ADD_TOOL_CALLS,
    ADD_TURN,
    CLOSE_TURN,
    CUT_RUNNING,
    READ_CALL,
    READ_FACTS,
    READ_LAST_FACTS,
    READ_PARTS,
    WITHDRAW_TURN,
)
from voice.journal.tables import call as calls
from voice.journal.tables import turn as turns
from voice.journal.unanswered import is_unmet
from voice.journal.values import Closing, Opened, part_from_json, part_to_json
from voice.tool_results import RanTool
from voice.turn import CallFacts, Part, Turn

UNTOUCHED: dict[str, Any] = {
    "end_reason": "",
    "facts_after": 0,
    "greeted": False,
    "wrong_tries": 0,
    "false_claims": 0,
}
"""Of a new call."""
FORGOTTEN = "forgotten"
"""The end of a call whose caller asked for it: of what is told of it later nothing is kept."""
BEGINNING: dict[str, Any] = {
    "state": "running",
    "parts": [],
    "parts_heard": 0,
    "answered_by": "",
    "timings": {},
    "kept_back": [],
    "outcomes": [],
    "unmet": 0,
}
"""Of a turn that is being answered."""


def seconds(instant: datetime) -> int:
    """As it is stored."""
    return int(instant.timestamp())


def open_attempt(connection: Connection, turn: Turn, *, now: datetime) -> Opened:
    """What was answered to the same words after the same lines, or a new attempt that undoes its
    rivals first. Whoever has turned back goes on from the lines that still stand."""
    lock(connection, Lock.CALL, [turn.call.call_id])
    kept = keep_call(connection, turn.call, now=now)
    place = find_place(connection, turn)
    lines = heard(connection, turn, place)
    if turn.history is None:
        turn = turn_without_cards(turn, lines)
    if (answered := place.answered_before(turn.text)) is not None:
        return Opened(None, Facts(), (), now, turn, _parts_of(connection, turn.call, answered))
    begun = settlement.begin(
        connection,
        organisation_id=turn.call.organisation_id, call_id=turn.call.call_id,
        turn=place.number, first_unheard=place.first_unheard, holder=turn.call.holder, now=now,
    )  # fmt: skip
    if begun.undone:
        undone = turns.c.attempt_id.in_(begun.undone)
        connection.execute(update(turns).where(undone).values(state="undone"))
    abandoned = place.abandoned(begun.undone)
    if abandoned:
        facts = facts_after_turning_back(
            connection, turn.call, kept, place=place, abandoned=abandoned
        )
    else:
        facts = standing_facts(connection, turn.call, kept)
    if begun.left_running:
        facts = _after_losing(connection, turn.call, facts, abandoned=abandoned)
    begins = {
        "attempt_id": begun.attempt.id,
        "organisation_id": turn.call.organisation_id,
        "call_id": turn.call.call_id,
        "number": place.number,
        "follows": place.follows.attempt_id if place.follows else None,
        "text": turn.text,
        "opened_at": seconds(now),
    }
    connection.execute(ADD_TURN, {**BEGINNING, **begins})
    return Opened(begun.attempt, facts, lines, now, turn)


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
    learnt = (
        {}
        if kept.end_reason == FORGOTTEN
        else {
            name: new
            for name in ("known_phone", "claimed_phone")
            if (new := getattr(call, name)) and new != getattr(kept, name)
        }
    )
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
    last = connection.execute(READ_LAST_FACTS, of_call(call)).one_or_none()
    if kept.facts is not None and (last is None or kept.facts_after >= last.attempt_id):
        return facts_from_json(kept.facts)
    return facts_from_json(last.facts) if last else Facts()


def facts_after_turning_back(
    connection: Connection,
    call: CallFacts,
    kept: Row[Any] | None,
    *,
    place: Place,
    abandoned: Sequence[int],
) -> Facts:
    """Of the turn that is gone on from. What was held since is let go; what was booked, moved or
    cancelled since stands, is the caller's own, and is told of in the next reply."""
    last = next((row for row in place.heard if row.answered_by), None)
    facts = Facts()
    if last is not None:
        of_turn = {"of": call.organisation_id, "attempt": last.attempt_id}
        facts = facts_from_json(connection.execute(READ_FACTS, of_turn).scalar_one())
    settlement.keep_offers(
        connection,
        call.organisation_id,
        call.call_id,
        codes=[offer.offer_id for offer in facts.offers],
    )
    changed = changed_by(connection, call.organisation_id, attempt_ids=abandoned)
    beside = (kept.facts or {}).get("booked_here", []) if kept is not None else []
    own = dict.fromkeys([*facts.booked_here, *beside, *changed])
    return facts.model_copy(update={"booked_here": list(own), "untold": list(changed)})


def close_attempt(
    connection: Connection, attempt: Attempt, closing: Closing, *, now: datetime
) -> bool:
    """Write down how the attempt ended; False when a rival has taken its place meanwhile."""
    ends = {
        "attempt": attempt.id,
        "new_state": "answered" if closing.complete else "cut",
        "new_parts": _stored(closing),
        "heard": closing.parts_heard,
        "new_facts": facts_to_json(closing.facts),
        "who": closing.answered_by,
        "took": closing.timings,
        "kept": [asdict(each) for each in closing.kept_back],
        "became": [each.model_dump() for each in closing.outcomes],
        "not_got": sum(map(is_unmet, closing.outcomes)),
        "lines": digest_after(closing),
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
    if not closing.named:
        remember_lines(connection, attempt, closing, row)
    return True


def _stored(closing: Closing) -> list[dict[str, Any]]:
    """The parts, the last that was heard with where it was cut."""
    last = closing.parts_heard - 1
    return [
        part_to_json(part, closing.characters_heard if at == last else None)
        for at, part in enumerate(closing.parts)
    ]


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


def _parts_of(connection: Connection, call: CallFacts, answered: Row[Any]) -> tuple[Part, ...]:
    of_turn = {"of": call.organisation_id, "attempt": answered.attempt_id}
    return tuple(map(part_from_json, connection.execute(READ_PARTS, of_turn).scalar_one()))


def _after_losing(
    connection: Connection, call: CallFacts, facts: Facts, *, abandoned: Sequence[int]
) -> Facts:
    """As attempts would have left them that no process closed: what they booked stands all the
    same, and was heard."""
    lost = set(connection.execute(CUT_RUNNING, of_call(call)).scalars()) - set(abandoned)
    made = booked_by(connection, call.organisation_id, attempt_ids=sorted(lost))
    references = [reference for reference in made if reference not in facts.booked_here]
    if not references:
        return facts
    left: dict[str, Any] = {
        "booked_here": [*facts.booked_here, *references],
        "offers": [],
        "agenda": facts.agenda.without_in_hand().but(asked="anything_else"),
    }
    return facts.model_copy(update=left)
