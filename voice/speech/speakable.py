"""Text made speakable, in one place for every engine: nothing is left to how an engine reads signs.

Our dialogue writes for the ear already (voice/spoken.py): what is turned here is what business
files, hosted models and references bring along.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from voice.spoken import MONTHS, ordinal, say_phone, say_price, say_time

_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}
_WORDS = {
    "dr": "Doctor", "mr": "Mister", "mrs": "Missus", "ms": "Miz", "prof": "Professor",
    "ave": "Avenue", "blvd": "Boulevard", "rd": "Road", "mt": "Mount", "ste": "Suite",
    "apt": "Apartment", "approx": "approximately", "vs": "versus", "dept": "Department",
    "mins": "minutes", "hrs": "hours", "etc": "et cetera",
    "appt": "appointment", "incl": "including", "tel": "telephone", "ext": "extension",
}  # fmt: skip
_WITHOUT_STOP = {"dr", "mr", "mrs", "ms", "prof", "approx", "appt", "dept", "vs", "etc"}
"""Told by their letters alone; the others are words, or names, without their full stop."""
_DOTTED = {"e.g.": "for example", "i.e.": "that is", "a.m.": "AM", "p.m.": "PM"}
_IN_ADDRESSES = {"@": "at", ".": "dot", "/": "slash", "-": "dash", "_": "underscore"}
_M = r"(?:m\b|\.m\.(?=\s+(?-i:[a-z]))|\.m(?=\.))"
"""Of "PM" and "p.m.", whose last full stop may be the sentence's."""
_SIGNS = {"&": " and ", "%": " percent", "+": " plus ", "=": " equals ", "°": " degrees"}


def speakable(text: str) -> str:
    """The text as it is said: no sign or abbreviation that engines read each in their way."""
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    return " ".join(text.split())


def _address(found: re.Match[str]) -> str:
    told = re.sub(r"^(?:https?://|mailto:)(?:www\.)?", "", found[0].rstrip("/"))
    for sign, word in _IN_ADDRESSES.items():
        told = told.replace(sign, f" {word} ")
    return told


def _price(found: re.Match[str]) -> str:
    amount = Decimal(found["amount"].replace(",", ""))
    return say_price(amount, _CURRENCIES[found["sign"]])


def _iso_date(found: re.Match[str]) -> str:
    return _date(found, int(found["year"]), int(found["month"]), int(found["day"]))


def _date(found: re.Match[str], year: int, month: int, day: int) -> str:
    try:
        date(year, month, day)
    except ValueError:
        return found[0]
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year}"


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return found[0]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 12:  # which half it is, nobody said
        return found[0] if minute else f"{hour} o'clock"
    return say_time(time(hour, minute))


def _phone(found: re.Match[str]) -> str:
    told = found[0]
    if told.startswith("+"):
        return say_phone("+" + re.sub(r"\D", "", told))
    return ", ".join(" ".join(group) for group in re.findall(r"\d+", told))


def _sign_by_sign(found: re.Match[str]) -> str:
    """`K, 7, M, 2, Q, X`: commas keep a letter from being an article and signs from running on."""
    return ", ".join(sign for sign in found[0] if sign.isalnum())


def _long_number(found: re.Match[str]) -> str:
    told = found[0]
    return ", ".join(" ".join(told[at : at + 3]) for at in range(0, len(told), 3))


def _word(found: re.Match[str]) -> str:
    return _WORDS[found["word"].lower()]


def _dotted(found: re.Match[str]) -> str:
    return _DOTTED[found[0].lower()]


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


Said = str | Callable[[re.Match[str]], str]

_WRITTEN: tuple[tuple[str, Said, int], ...] = (
    (r"!?\[([^\]]*)\]\([^)]*\)", r"\1", 0),
    (r"https?://\S*[\w/]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", _address, 0),
    (r"[\[\]{}<>|*_`#~^\\](?!\d)", " ", 0),
    (r"(?<!\w)#(?=\d)", "number ", 0),
    (r"(?P<sign>[$€£])\s?(?P<amount>\d[\d,]*(?:\.\d\d)?)(?![\d.]*\d)", _price, 0),
    (r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b(?:T(?=\d))?", _iso_date, 0),
    # Telephone numbers before anything reads their groups as numbers.
    (r"\+\d[\d ().-]{6,18}\d|(?<![\w-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![\w-])", _phone, 0),
    (r"(?<=\d)\s?[–—]\s?(?=\d)|(?<=[AaPp]M)\s?[–—-]\s?(?=\d)", " to ", 0),
    (
        rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?:\s?(?P<half>[ap]){_M})?(?![:\d])",
        _clock,
        re.IGNORECASE,
    ),
    (
        rf"(?<![\w:.])(?P<hour>\d{{1,2}})(?P<minute>)\s?(?P<half>[ap]){_M}",
        _clock,
        re.IGNORECASE,
    ),
    (rf"(?<!\w)(?:{_any(list(_DOTTED))})", _dotted, re.IGNORECASE),
    (rf"\b(?P<word>{_any(list(_WORDS))})\.(?=\s|,|$)", _word, re.IGNORECASE),
    (rf"\b(?P<word>{_any([w.capitalize() for w in _WITHOUT_STOP])})\b(?=\s[A-Z])", _word, 0),
    (r"\bSt\. ?(?=[A-Z][a-z]+(?! (?:and|or|at|in)\b)\w)(?<![a-z] St\. )", "Saint ", 0),
    (r"(?<=[a-z] )St\b\.?|\bSt\.", "Street", 0),
    (r"\bNos?\. ?(?=\d)", "number ", re.IGNORECASE),
    # References: written together, or one by one as `say_reference` has them.
    (r"(?<![\w-])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{4,12}(?![\w-])", _sign_by_sign, 0),
    (r"(?<![\w'])(?=[\d, ]*[A-Z])[A-Z\d](?:,? [A-Z\d](?![\w'])){2,11}", _sign_by_sign, 0),
    (r"(?<![\w.,-])\d{5,}(?![\w-]|[.,]\d)", _long_number, 0),
    *((re.escape(sign), word, 0) for sign, word in _SIGNS.items()),
    (r"\s+(?=[.,;:!?])", "", 0),
)
_RULES = tuple((re.compile(pattern, flags), said) for pattern, said, flags in _WRITTEN)
