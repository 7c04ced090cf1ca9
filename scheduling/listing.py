"""What staff type to find things by, as conditions: names, numbers, days; and where a page begins.

Names and numbers match in any spelling; days are the business's own.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, true

from scheduling.errors import Invalid
from scheduling.local_time import day_start
from scheduling.names import fold
from scheduling.phone_numbers import said_number
from scheduling.roster import Roster

MOST_AT_ONCE = 200
LARGEST_INTEGER = 2**63 - 1
"""That either database keeps in a column."""
MOST_WORDS = 20
FEWEST_DIGITS = 4
"""So many last digits of a number are enough to look for."""


def rows_wanted(limit: int) -> int:
    """How many rows a page has."""
    return max(1, min(limit, MOST_AT_ONCE))


def check_words(name: str | None, phone: str | None) -> None:
    """Refuses a name or a number that filters nothing: who typed it would be shown everybody.

    And a name of more words than a statement should have conditions.
    """
    if name is not None and len(name.split()) > MOST_WORDS:
        raise Invalid(f"name: at most {MOST_WORDS} words are looked for")
    if name is not None and not fold(name):
        raise Invalid("name: has no letters or digits")
    if phone is not None and not any(each.isdigit() for each in phone):
        raise Invalid("phone: has no digits")


def has_name(folded_name: ColumnElement[str], name: str | None) -> ColumnElement[bool]:
    """Every word that was typed, anywhere in the name."""
    words = (name or "").split()
    return and_(true(), *(folded_name.contains(fold(word), autoescape=True) for word in words))


def has_phone(column: ColumnElement[str], roster: Roster, phone: str | None) -> ColumnElement[bool]:
    """The number in full, or its last digits."""
    if phone is None:
        return true()
    digits = "".join(each for each in phone if each.isdigit())
    matches: list[ColumnElement[bool]] = []
    number = said_number(phone, roster.business.country)
    if number is not None:
        matches.append(column == number)
    elif len(digits) >= FEWEST_DIGITS:
        matches.append(column.endswith(digits, autoescape=True))
    return or_(false(), *matches)


def on_days(
    column: ColumnElement[int], roster: Roster, first: date | None, last: date | None
) -> ColumnElement[bool]:
    """Instants on these days of the business's, both included."""
    zone = roster.business.zone
    return and_(
        true() if first is None else column >= day_start(first, zone),
        true() if last is None else column < day_start(_day_after(last), zone),
    )


def cursor_of(at: int, row_id: int) -> str:
    """Where the page that follows this row begins."""
    return base64.urlsafe_b64encode(f"{at}.{row_id}".encode()).decode().rstrip("=")


def position_of(cursor: str) -> tuple[int, int]:
    """The instant and id of the row that the cursor was made of."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, row_id = base64.urlsafe_b64decode(padded).decode().split(".")
        position = int(at), int(row_id)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Invalid("that cursor is not one of ours") from None
    if not all(0 <= each <= LARGEST_INTEGER for each in position):
        raise Invalid("that cursor is not one of ours")
    return position


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
