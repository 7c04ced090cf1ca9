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
_NORTH_AMERICA = 1


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
    and whoever says ten digits has finished. So does any number of a whole length that is written
    with the code of its country: whoever writes it so means it.
    """
    number = _parsed(written or "", country)
    if number is None:
        return None
    full = (written or "").strip().startswith("+") and _missing(number) == 0
    if not (phonenumbers.is_valid_number(number) or _is_new(number) or full):
        return None
    return _e164(number)


def possible_number(digits: str, country: str) -> str | None:
    """A number as long as those of the country are, though nobody may have been given it."""
    number = _parsed(digits, country)
    if number is None or _missing(number) != 0 or number.country_code == _NORTH_AMERICA:
        return said_number(digits, country)
    return _e164(number)


def digits_missing(digits: str, country: str) -> int | None:
    """How many digits are wanting to a whole number of the country; below zero: how many there are
    too many. None: that is no beginning of one."""
    number = _parsed(digits, country)
    return None if number is None else _missing(number)


def _missing(number: phonenumbers.PhoneNumber) -> int | None:
    """By the lengths of ordinary numbers, mobile ones and those of a house."""
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    lengths = _whole_lengths(region)
    has = len(phonenumbers.national_significant_number(number))
    if number.country_code == _NORTH_AMERICA:
        first = str(number.national_number)[0]
        if first == "0" or number.italian_leading_zero:
            return None
        has -= first == "1"  # the code of its country
    if not lengths:
        return None
    return 0 if has in lengths else min((each - has for each in lengths), key=abs)


@lru_cache(maxsize=64)
def _whole_lengths(region: str) -> frozenset[int]:
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    examples = (phonenumbers.example_number_for_type(region, kind) for kind in kinds)
    numbers = (phonenumbers.national_significant_number(one) for one in examples if one)
    return frozenset(map(len, numbers))


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
    whole = number.country_code == _NORTH_AMERICA and len(national) == 10
    return whole and national[0] not in "01" and national[3] not in "01"


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
