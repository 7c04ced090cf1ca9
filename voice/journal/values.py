"""What the journal takes and gives: frozen values, instants aware and UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from scheduling.values import Attempt
from voice.dialogue.agenda import Outcome
from voice.facts import Facts
from voice.tool_results import RanTool
from voice.turn import DoorName, HangUp, Line, Part, Say, Transfer, Turn

TurnState = Literal["running", "answered", "cut", "withdrawn", "undone"]


@dataclass(frozen=True, slots=True)
class Opened:
    """An attempt to answer, or the answer that was given already."""

    attempt: Attempt | None
    """None when there is a replay: nothing was opened."""
    facts: Facts
    """Of the last attempt that stands; the caller's to change."""
    history: tuple[Line, ...]
    now: datetime
    turn: Turn
    """As it was written down: digits of a card are cut out of it."""
    replay: tuple[Part, ...] | None = None
    """The same words for the same turn were answered in full: this is what was said."""


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A sentence of a model that was not true, and so was not said."""

    kind: str
    """What it claimed: time, booked, moved, cancelled, hours, price, transfer, …"""
    sentence: str


@dataclass(frozen=True, slots=True)
class Closing:
    """How an attempt ended that stands."""

    parts: Sequence[Part]
    facts: Facts
    complete: bool = True
    """All was said that was to be said, whether or not somebody listened to the end."""
    parts_heard: int = 0
    """How many of the parts the caller heard, the last perhaps not whole."""
    characters_heard: int | None = None
    """Of the last part that was heard; None: all of them."""
    delivered: bool = False
    """The whole reply was heard: from now on the attempt settles by itself."""
    answered_by: str = ""
    timings: dict[str, int] = field(default_factory=dict)
    tools: Sequence[RanTool] = ()
    kept_back: Sequence[KeptBack] = ()
    outcomes: Sequence[Outcome] = ()
    """What became of each act of the caller's."""
    lines: tuple[Line, ...] | None = None
    """All that the client sent, the words answered among it; None: it sends its newest alone."""
    named: bool = True
    """The client names the call; one that does not is found again by these lines."""


@dataclass(frozen=True, slots=True)
class ToolCallRecord:
    """A tool call as staff see it."""

    name: str
    arguments: dict[str, Any]
    result: dict[str, Any]
    milliseconds: int
    at: datetime
    attempt_id: int | None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One attempt at a turn as staff see it."""

    attempt_id: int
    number: int
    text: str
    state: TurnState
    parts: tuple[Part, ...]
    answered_by: str
    timings: dict[str, int]
    kept_back: tuple[KeptBack, ...]
    outcomes: tuple[Outcome, ...]
    opened_at: datetime
    tool_calls: tuple[ToolCallRecord, ...]


@dataclass(frozen=True, slots=True)
class CallSummary:
    """A call in a list of calls."""

    call_id: str
    organisation_id: int
    door: DoorName
    credential: str
    known_phone: str | None
    claimed_phone: str | None
    started_at: datetime
    ended_at: datetime | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class WrongTries:
    """How many verifications have failed, each counted in three ways."""

    of_call: int
    """From its beginning; no undoing lessens it."""
    of_booking: int = 0
    """Of the reference that was named, whether or not there is such a booking, in the last day."""
    of_source: int = 0
    """From this network or known number, in the last day."""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """What a door asks of a call before its next turn: whose it is, and how far it came."""

    organisation_id: int
    credential: str
    known_phone: str | None
    last_turn: int
    """The number of the newest turn that was not undone; 0 before the first."""
    last_text: str
    sends_history: bool = False
    """Its client has sent back what was said before."""
    ended: bool = False
    """Somebody hung up; at a door whose lines are live it cannot be taken up again."""

    def belongs_to(self, organisation_id: int, credential: str) -> bool:
        """Under any other organisation or credential there is no such call."""
        return (self.organisation_id, self.credential) == (organisation_id, credential)


@dataclass(frozen=True, slots=True)
class CallPage:
    """Calls, newest first, and where the next page begins."""

    calls: tuple[CallSummary, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call with all that was said and done in it."""

    summary: CallSummary
    turns: tuple[TurnRecord, ...]
    tool_calls: tuple[ToolCallRecord, ...]
    """Those that came outside any turn."""
    report: dict[str, Any] | None
    wrong_tries: int
    false_claims: int


def part_to_json(part: Part, characters_heard: int | None = None) -> dict[str, Any]:
    """A part as it is stored, with how much of it was heard when that is not all."""
    if isinstance(part, HangUp):
        return {"kind": "hang_up"}
    stored = {"kind": "say" if isinstance(part, Say) else "transfer", **asdict(part)}
    return stored if characters_heard is None else {**stored, "heard": characters_heard}


def part_from_json(stored: dict[str, Any]) -> Part:
    """The part that was stored, whole."""
    given = {name: value for name, value in stored.items() if name not in ("kind", "heard")}
    if stored["kind"] == "say":
        return Say(**given)
    return Transfer(**given) if stored["kind"] == "transfer" else HangUp()


def heard_from_json(stored: dict[str, Any]) -> Part:
    """The part that was stored, as far as it was heard."""
    part = part_from_json(stored)
    heard = stored.get("heard")
    return part if heard is None or not isinstance(part, Say) else _cut(part, heard)


def _cut(part: Say, characters: int) -> Say:
    return Say(part.text[:characters].rstrip(), part.filler)
