"""What the journal takes and gives: frozen values, instants aware and UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from scheduling.values import Attempt
from voice.call import RanTool
from voice.facts import Facts
from voice.turn import DoorName, HangUp, Line, Part, Say, Transfer

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
    """How many of the parts were taken by the caller's door."""
    delivered: bool = False
    """The door took the whole reply: from now on the attempt settles by itself."""
    answered_by: str = ""
    timings: dict[str, int] = field(default_factory=dict)
    tools: Sequence[RanTool] = ()
    kept_back: Sequence[KeptBack] = ()
    lines: tuple[Line, ...] | None = None
    """All that was heard before, where the client names no call; None elsewhere."""


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
class CallEntry:
    """What a door asks of a call before its next turn: whose it is, and how far it came."""

    organisation_id: int
    credential: str
    known_phone: str | None
    last_turn: int
    """The highest number of a turn that was not undone; 0 before the first."""
    last_text: str

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


def part_to_json(part: Part) -> dict[str, Any]:
    """A part as it is stored."""
    if isinstance(part, HangUp):
        return {"kind": "hang_up"}
    return {"kind": "say" if isinstance(part, Say) else "transfer", **asdict(part)}


def part_from_json(stored: dict[str, Any]) -> Part:
    """The part that was stored."""
    given = {name: value for name, value in stored.items() if name != "kind"}
    if stored["kind"] == "say":
        return Say(**given)
    return Transfer(**given) if stored["kind"] == "transfer" else HangUp()
