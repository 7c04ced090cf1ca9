"""What every step of one transaction of the desk works with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from scheduling.business import Business
from scheduling.roster import Roster
from scheduling.values import Asker

REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Transaction:
    """One organisation, one instant, one asker."""

    connection: Connection
    roster: Roster
    now: datetime
    asker: Asker = Asker(by="system")

    @property
    def second(self) -> int:
        """The running second: a hold that expires at it has expired."""
        return int(self.now.timestamp())

    @property
    def organisation_id(self) -> int:
        """Whose rows may be touched."""
        return self.roster.organisation.id

    @property
    def business(self) -> Business:
        """The business file in force."""
        return self.roster.business


def draw_reference() -> str:
    """Six characters that cannot be misheard as each other; the store says whether it is new."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))
