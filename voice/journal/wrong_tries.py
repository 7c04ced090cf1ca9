"""Failed verifications: counted by call, by the booking that was named, and by their source.

Whoever hangs up and tries again, or opens one page after another, goes on counting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select, text, update

from scheduling.errors import NotFound
from scheduling.prepared import prepare
from voice.journal.tables import call as calls
from voice.journal.tables import wrong_try
from voice.journal.values import WrongTries
from voice.turn import CallFacts

REMEMBERED = timedelta(days=1)
"""So long a try counts beyond its call, from the first of its kind."""
_this_call = (
    calls.c.organisation_id == bindparam("of"),
    calls.c.call_id == bindparam("call"),
)
READ_OF_CALL = prepare(select(calls.c.wrong_tries).where(*_this_call))
ADD_TO_CALL = prepare(
    update(calls)
    .where(*_this_call)
    .values(wrong_tries=calls.c.wrong_tries + 1)
    .returning(calls.c.wrong_tries)
)
FORGET = prepare(
    delete(wrong_try).where(
        wrong_try.c.organisation_id == bindparam("of"), wrong_try.c.since <= bindparam("before")
    )
)
ADD = prepare(
    text(
        "INSERT INTO wrong_try (organisation_id, subject, tries, since)"
        " VALUES (:organisation_id, :subject, 1, :since)"
        " ON CONFLICT (organisation_id, subject) DO UPDATE SET tries = wrong_try.tries + 1"
        " RETURNING tries"
    ).columns(wrong_try.c.tries)
)
READ = prepare(
    select(wrong_try.c.tries).where(
        wrong_try.c.organisation_id == bindparam("of"),
        wrong_try.c.subject == bindparam("subject"),
        wrong_try.c.since > bindparam("before"),
    )
)


def add_wrong_try(
    connection: Connection, call: CallFacts, references: Sequence[str], *, now: datetime
) -> WrongTries:
    """One more, of every booking that one hearing may name; how many there now are."""
    of_call = connection.execute(ADD_TO_CALL, _of(call)).scalar_one_or_none()
    if of_call is None:
        raise NotFound(f"no call {call.call_id}")
    since = int((now - REMEMBERED).timestamp())
    forget_wrong_tries(connection, call.organisation_id, since=since)
    counted = {"organisation_id": call.organisation_id, "since": int(now.timestamp())}
    bookings, source = _subjects(call, references)
    tries = {"": 0}
    for subject in sorted(filter(None, {*bookings, source})):  # one order, so that none deadlock
        tries[subject] = connection.execute(ADD, {**counted, "subject": subject}).scalar_one()
    return WrongTries(int(of_call), max(map(tries.__getitem__, bookings), default=0), tries[source])


def forget_wrong_tries(connection: Connection, organisation_id: int, *, since: int) -> None:
    """Those that began to count then or before."""
    connection.execute(FORGET, {"of": organisation_id, "before": since})


def read_wrong_tries(
    connection: Connection, call: CallFacts, references: Sequence[str], *, now: datetime
) -> WrongTries:
    """How many there are, of the booking with the most; none of a call that is not known yet."""
    of_call = connection.execute(READ_OF_CALL, _of(call)).scalar_one_or_none()
    asked = {"of": call.organisation_id, "before": int((now - REMEMBERED).timestamp())}

    def tries(subject: str) -> int:
        counted = connection.execute(READ, {**asked, "subject": subject}).scalar_one_or_none()
        return int(counted or 0)

    bookings, source = _subjects(call, references)
    return WrongTries(int(of_call or 0), max(map(tries, bookings), default=0), tries(source))


def _subjects(call: CallFacts, references: Sequence[str]) -> tuple[list[str], str]:
    """The bookings and the source as they are kept: digests, which nobody reads by accident."""
    source = call.network or call.known_phone
    bookings = [_digest(f"booking {each}") for each in references if each]
    return bookings, _digest(f"source {source}") if source else ""


def _digest(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()


def _of(call: CallFacts) -> dict[str, int | str]:
    return {"of": call.organisation_id, "call": call.call_id}
