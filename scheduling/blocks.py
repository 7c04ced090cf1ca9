"""Time that staff take out, as the desk takes and gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Block:
    """Time that staff take out: of one provider, of units of a resource, or of every provider."""

    start: datetime
    end: datetime
    provider_id: str | None = None
    resource_id: str | None = None
    units: int | None = None
    """With `resource_id`: how many units are out, whichever are free; None: all of them."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block as it was entered."""

    block_id: str
    organisation: str
    provider_id: str | None
    """None beside no resource: every provider."""
    resource_id: str | None
    units: int | None
    start: datetime
    end: datetime
    timezone: str
    reason: str
    created_at: datetime
    lifted: bool
