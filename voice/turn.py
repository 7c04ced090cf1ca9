"""Turn and Reply: the values that pass through every door. Nothing else crosses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scheduling.holders import call_holder, known_holder, page_holder, program_holder

DoorName = Literal["vapi", "openai", "page", "terminal", "socket", "carrier"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the conversation as the caller heard or said it."""

    who: Literal["caller", "us"]
    text: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a door knows of a call before anything is said."""

    call_id: str
    organisation_id: int
    door: DoorName
    credential: str
    """Who may name this call again: the trusted door, or the id of a caller token."""
    known_phone: str | None = None
    """E.164, from a trusted door: an identity."""
    claimed_phone: str | None = None
    """E.164, from anywhere else: a way to reach somebody."""
    network: str | None = None
    """Of a page or its socket: the network that it asks from, which costs more than a token."""
    named: bool = True
    """Its client names it; one that does not is found again by the lines that it sends back."""
    can_transfer: bool = False
    can_hang_up: bool = False
    control_url: str | None = None

    @property
    def holder(self) -> str:
        """On whose account slots are held and booked."""
        if self.known_phone:
            return known_holder(self.known_phone)
        match self.door:
            case "page" | "socket":
                return page_holder(self.network, self.credential)
            case "openai":
                return program_holder(self.credential, self.claimed_phone or self.call_id)
        return call_holder(self.call_id)


@dataclass(frozen=True, slots=True)
class Turn:
    """All the caller said before we answer."""

    call: CallFacts
    number: int
    """How many caller messages there were, this one included; counts from 1."""
    first_unheard: int
    """The first caller message of the run that has had no reply; equals `number` as a rule."""
    text: str
    """The caller's words of the whole unanswered run."""
    history: tuple[Line, ...] | None
    """What was heard before, from the door; None: take it from the journal."""
    keys: tuple[str, ...] = ()
    """Stretches of `text` that were pressed on the telephone's keys, not said."""
    card_left_out: bool = False
    """Whether the number of a payment card was cut out of `text`."""


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence or clause to speak."""

    text: str
    filler: bool = False
    """Names the act while the caller waits; the answer still comes."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """The telephone call goes to a person. Comes after the sentence that says so."""

    number: str
    reason: str
    summary: str = ""
    """Two sentences for whoever picks up."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The call ends after what was said."""


Part = Say | Transfer | HangUp
