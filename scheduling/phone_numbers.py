"""Which written telephone numbers are somebody's, and the form in which they are kept: E.164."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

WITHHELD = frozenset({"266696687", "7378742833", "2562533", "8656696", "86282452253"})
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a dial: carriers write a withheld
number so, behind a plus or the code of North America, where the second is a valid number."""
_INTERNATIONAL = re.compile(r"\+[\d\s().-]+")
_TOO_LONG = 40


def known_number(shown: str | None) -> str | None:
    """The number that a carrier vouches for; None for one withheld, however that is written.

    Only an international number in digits that is valid: `anonymous`, SIP names and the like
    identify nobody.
    """
    written = (shown or "").strip()
    number = claimed_number(written, "ZZ") if _INTERNATIONAL.fullmatch(written) else None
    return None if number is None or number[1:].removeprefix("1") in WITHHELD else number


def claimed_number(written: str | None, country: str) -> str | None:
    """The number that a program or a command names, as it is dialled in that country."""
    number = _parsed(written or "", country)
    return _e164(number) if number is not None and phonenumbers.is_valid_number(number) else None


def said_number(written: str | None, country: str) -> str | None:
    """The number that a person gives, with its area code: one that can be dialled.

    A North American area code that nobody has been given yet counts: new ones come every year,
    and whoever says ten digits has finished.
    """
    number = _parsed(written or "", country)
    if number is None or not (phonenumbers.is_valid_number(number) or _is_new(number)):
        return None
    return _e164(number)


@lru_cache(maxsize=256)
def _parsed(written: str, country: str) -> phonenumbers.PhoneNumber | None:
    if len(written) > _TOO_LONG:
        return None
    try:
        return phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None


def _is_new(number: phonenumbers.PhoneNumber) -> bool:
    national = str(number.national_number)
    if number.italian_leading_zero:
        return False
    return number.country_code == 1 and len(national) == 10 and national[0] not in "01"


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
