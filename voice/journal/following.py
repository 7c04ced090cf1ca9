"""Which turn of a call a body goes on from: the one that its history ends at.

A client may have edited what it said, begun anew, or kept the last few messages alone. What it
sends back decides; the call goes on from the turn that was answered with those lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from voice.journal.continuing import digest, letters
from voice.journal.statements import READ_COURSE, READ_HEARD, STANDING
from voice.journal.values import heard_from_json, part_from_json
from voice.turn import CallFacts, Line, Part, Say, Turn

LEAST_LETTERS = 10
"""Of a reply that is known again without the words that it answered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its call a turn stands."""

    course: Sequence[Row[Any]]
    """The turns of the call that were not undone, newest first."""
    follows: Row[Any] | None
    """The turn that was heard last; None: the call begins here, perhaps anew."""
    number: int
    """As the journal counts, whatever part of the call the client sent along."""
    first_unheard: int

    @property
    def heard(self) -> list[Row[Any]]:
        """The turns that led here, the last one first."""
        return _line_of(self.course, self.follows)

    def answered_before(self, text: str) -> Row[Any] | None:
        """The newest turn, when it answered these words in full at this very place."""
        newest = self.course[0] if self.course else None
        if newest is None or newest.state != "answered":
            return None
        here = (self.follows.attempt_id if self.follows else None, self.number, text)
        return newest if (newest.follows, newest.number, newest.text) == here else None

    def abandoned(self, undone: Sequence[int]) -> list[int]:
        """Attempts that the caller has turned back from; those that were undone are none."""
        stands = [row for row in self.course if row.attempt_id not in undone]
        heard = {row.attempt_id for row in self.heard}
        newest = stands[0] if stands else None
        line = (row.attempt_id for row in _line_of(stands, newest))
        return [attempt_id for attempt_id in line if attempt_id not in heard]


def find_place(connection: Connection, turn: Turn) -> Place:
    """Where the turn belongs by its history; without one, after the newest turn before it."""
    course = connection.execute(READ_COURSE, of_call(turn.call)).all()
    if turn.history is None:
        before = (row for row in course if row.number < turn.first_unheard)
        return Place(course, next(before, None), turn.number, turn.first_unheard)
    follows = _ended_with(connection, turn, course, turn.history) if course else None
    if follows is None:
        return Place(course, None, turn.number, turn.first_unheard)
    more = turn.number - turn.first_unheard
    return Place(course, follows, follows.number + 1 + more, follows.number + 1)


def heard(connection: Connection, turn: Turn, place: Place) -> tuple[Line, ...]:
    """The lines before this turn: the client's, or ours, as far as heard, where it sent fewer."""
    sent = turn.history
    asked = sum(line.who == "caller" for line in sent or ())
    if sent is not None and asked >= len(place.heard):
        return sent
    wanted = {row.attempt_id for row in place.heard}
    lines: list[Line] = []
    for row in connection.execute(READ_HEARD, of_call(turn.call)).all():
        if row.attempt_id not in wanted:
            continue
        if row.text:
            lines.append(Line("caller", row.text))
        parts = [heard_from_json(part) for part in row.parts[: row.parts_heard]]
        if said := words_of(parts):
            lines.append(Line("us", said))
    return tuple(lines)


def words_of(parts: Iterable[Part]) -> str:
    """What was said in these parts, without what only filled the wait."""
    return " ".join(part.text for part in parts if isinstance(part, Say) and not part.filler)


def of_call(call: CallFacts) -> dict[str, Any]:
    """Of one call, as statements ask for it."""
    return {"of": call.organisation_id, "call": call.call_id}


def _ended_with(
    connection: Connection, turn: Turn, course: Sequence[Row[Any]], history: Sequence[Line]
) -> Row[Any] | None:
    """The turn whose reply ended these lines; of several the newest."""
    lines = digest(history)
    for row in course:
        if row.lines_digest == lines and row.state in STANDING:
            return row
    said = {row.attempt_id: row for row in connection.execute(READ_HEARD, of_call(turn.call))}
    replies = [(row, letters(row.text), _replies(said.get(row.attempt_id))) for row in course]
    runs = _runs(history)
    for caller, us in _exchanges(runs):
        for row, text, reply in replies:
            if _fits(caller, us, text, reply):
                return row
    asked = next((said for who, said in reversed(runs) if who == "caller"), None)
    return next((row for row, text, _ in replies if text == asked), None)


def _fits(caller: str, us: str, text: str, replies: Sequence[str]) -> bool:
    """Whether these lines are that exchange: the reply may have been cut short, lines may be
    missing before it, and one message may have become several."""
    if not caller:
        whole = len(us) >= LEAST_LETTERS
        return whole and any(said.endswith(us) or us.endswith(said) for said in replies)
    if not (text and (caller.endswith(text) or text.endswith(caller))):
        return False
    if not replies:  # its process was lost before it wrote down what was heard
        return caller == text
    return any(us in said or said in us for said in replies)


def _exchanges(runs: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """What the caller said and what was answered, last first; the first may lack its question."""
    for at in range(len(runs) - 1, -1, -1):
        if runs[at][0] == "us":
            yield runs[at - 1][1] if at else "", runs[at][1]


def _runs(history: Sequence[Line]) -> list[tuple[str, str]]:
    """Who spoke and the letters of it, neighbouring lines of one speaker together."""
    runs: list[tuple[str, str]] = []
    for line in history:
        said = letters(line.text)
        if said and runs and runs[-1][0] == line.who:
            runs[-1] = (line.who, runs[-1][1] + said)
        elif said:
            runs.append((line.who, said))
    return runs


def _replies(row: Row[Any] | None) -> list[str]:
    """The letters of what was said in answer, with and without what filled the wait."""
    parts = [] if row is None else [part_from_json(part) for part in row.parts]
    every = " ".join(part.text for part in parts if isinstance(part, Say))
    return [kept for said in (every, words_of(parts)) if (kept := letters(said))]


def _line_of(course: Sequence[Row[Any]], last: Row[Any] | None) -> list[Row[Any]]:
    """The turn and those that it followed, back to the beginning."""
    by_id = {row.attempt_id: row for row in course}
    line: list[Row[Any]] = []
    while last is not None:
        line.append(last)
        last = by_id.get(last.follows)
    return line
