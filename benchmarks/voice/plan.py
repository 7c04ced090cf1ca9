"""What simulated callers are to do, and what they met: values that pass between two processes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from benchmarks.voice.sounds import Clip


@dataclass(frozen=True, slots=True)
class Saying:
    """One turn of a caller."""

    clip: Clip
    over_reply: Clip | None = None
    """Said while we answer."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do. Calls begin one after another, evenly over `spread` seconds."""

    url: str
    token: str
    dialect: Literal["realtime", "raw"]
    """OpenAI's Realtime events, or messages that are nothing but samples."""
    scripts: list[list[Saying]]
    """One a call; a call without any asks for the greeting and listens."""
    silence_ms: int | None = None
    """After which a turn ends; None: as the server has it."""
    piece_ms: int = 20
    seconds: float = 60.0
    """Then all is over, whatever is left."""
    spread: float = 1.0

    @classmethod
    def read(cls, told: dict[str, Any]) -> Plan:
        """From JSON."""
        scripts = [[_saying(each) for each in script] for script in told["scripts"]]
        return cls(**{**told, "scripts": scripts})


@dataclass(slots=True)
class Met:
    """What all callers met; seconds."""

    first_sound: list[float] = field(default_factory=list)
    """From the caller's last sound to our first."""
    lost: int = 0
    """Turns that were not answered in time, over which we spoke, or whose line was closed."""
    onset_to_decided: list[float] = field(default_factory=list)
    """From the first sound over a reply to the message that it interrupts us."""
    decided_to_last_frame: list[float] = field(default_factory=list)
    """From that message to the last sound of the reply that came."""
    not_interrupted: int = 0
    """Replies that went on over what was said."""
    interrupted: int = 0
    lateness: list[float] = field(default_factory=list)
    """Of sound that came after it was due."""
    gaps: int = 0
    """Times that a reply's sound ran out in the middle."""
    own_lateness: list[float] = field(default_factory=list)
    """Of what the callers' own process sent after it was due."""
    heard: list[str] = field(default_factory=list)
    """What our server says that it understood."""

    def __add__(self, other: Met) -> Met:
        names = [each.name for each in fields(self)]
        return Met(**{name: getattr(self, name) + getattr(other, name) for name in names})


def _saying(told: dict[str, Any]) -> Saying:
    over = told["over_reply"]
    return Saying(Clip(**told["clip"]), Clip(**over) if over else None)
