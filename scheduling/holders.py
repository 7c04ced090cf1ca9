"""Holders: on whose account slots are held and booked, and the shares of what nobody can mint.

A holder is written as words from the widest to the narrowest, its kind first: `page` with the
network and the caller token, `program` with the credential and the number it claims, `known` with
a number that is an identity, `call` with nothing but its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scheduling.values import Asker

HOLDS_EACH = 6
"""The slots that one number or caller token may have held at a time."""
HOUR = 3600
"""Seconds in which bookings are counted."""


class Share(NamedTuple):
    """How much may be on the account of one holder, or of all of whom these are the first words."""

    of: str
    holds: int
    """Slots held at a time; what is offered beyond them is not held."""
    bookings: int | None = None
    """Made within an hour; None: as many as the business's own limits allow."""


def known_holder(phone: str) -> str:
    """A caller whose number is an identity."""
    return f"known {phone}"


def page_holder(network: str | None, credential: str) -> str:
    """A stranger at a page: tokens and addresses cost nothing, so networks count, and the door."""
    return f"page {network or 'unknown'} {credential}"


def program_holder(credential: str, who: str) -> str:
    """A trusted program's caller, by the number that is claimed for them, else by their call."""
    return f"program {credential} {who}"


def call_holder(call_id: str) -> str:
    """A telephone call that shows no number."""
    return f"call {call_id}"


def shares_of(holder: str) -> Sequence[Share]:
    """What the holder is counted against, the widest first."""
    own = Share(holder, HOLDS_EACH)
    match holder.split(" ", 2):
        case ["page", network, _]:
            return (
                Share("page", holds=30, bookings=60),
                Share(f"page {network}", holds=12, bookings=10),
                own,
            )
        case ["program", credential, _]:
            return (
                Share(f"program {credential}", holds=60, bookings=120),
                Share(holder, HOLDS_EACH, bookings=10),
            )
    return (own,)


def goes_first(asker: Asker) -> bool:
    """Whether holds that give way are none to the asker: staff, and callers who are known."""
    return asker.by == "staff" or asker.held_by.startswith("known ")


def gives_way(holder: str) -> bool:
    """Whether it is a stranger's at a page: anybody can have as many of those as they like."""
    return holder.startswith("page ")
