"""Clients that name no call: which call the lines that they send back belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from scheduling.values import Attempt
from voice.journal.statements import ADD_CONTINUATION, READ_CREDENTIAL
from voice.journal.tables import continuation
from voice.journal.values import Closing
from voice.turn import Line, Say


def find_continued(
    connection: Connection,
    organisation_id: int,
    credential: str,
    *,
    history: tuple[Line, ...],
    text: str,
) -> str | None:
    """The call whose lines these are. The same words again find the same call; of several calls
    that came to the same lines, each is continued once."""
    if not any(line.who == "us" for line in history):
        return None  # two callers may begin alike
    rows = connection.execute(
        select(continuation.c.id, continuation.c.call_id, continuation.c.asked)
        .where(
            continuation.c.organisation_id == organisation_id,
            continuation.c.credential == credential,
            continuation.c.heard == digest(history),
        )
        .order_by(continuation.c.id.desc())
    ).all()
    asked = digest((), text)
    for row in rows:
        if row.asked == asked:
            return str(row.call_id)
    free = [row for row in rows if row.asked is None]
    if not free and len({row.call_id for row in rows}) != 1:
        return None
    chosen = (free or rows)[0]
    connection.execute(
        update(continuation).where(continuation.c.id == chosen.id).values(asked=asked)
    )
    return str(chosen.call_id)


def remember_lines(
    connection: Connection, attempt: Attempt, closing: Closing, row: Row[Any]
) -> None:
    """What a client that names no call will send back when it goes on from here."""
    credential = connection.execute(
        READ_CREDENTIAL, {"of": row.organisation_id, "call": attempt.call_id}
    ).scalar_one()
    added = {
        "organisation_id": row.organisation_id,
        "credential": credential,
        "heard": digest_after(closing),
        "call_id": attempt.call_id,
    }
    connection.execute(ADD_CONTINUATION, added)


def digest_after(closing: Closing) -> str | None:
    """Of the lines that the client will send back; None when it sends none."""
    if closing.lines is None:
        return None
    said = " ".join(part.text for part in closing.parts if isinstance(part, Say))
    return digest((*closing.lines, Line("us", said)))


def digest(lines: Sequence[Line], text: str = "") -> str:
    """Of what was heard: neither case, spacing, marks nor the cut into lines matter."""
    spoken = hashlib.sha256()
    who = ""
    for line in (*lines, Line("caller", text)):
        if not line.text:
            continue
        if line.who != who:
            who = line.who
            spoken.update(f"\n{who}:".encode())
        spoken.update(letters(line.text).encode())
    return spoken.hexdigest()


def letters(text: str) -> str:
    """Letters and digits alone, without case."""
    return "".join(filter(str.isalnum, text.casefold()))
