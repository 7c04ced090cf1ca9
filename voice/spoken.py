"""Dates, times, names and numbers as a person says them, and replies kept short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

import phonenumbers

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
YEAR_IS_PLAIN_DAYS = 300
"""Nearer than this a date needs no year."""

MOST_STATEMENTS = 2
MOST_QUESTIONS = 1

_UNITS = {"USD": ("dollar", "cent"), "EUR": ("euro", "cent"), "GBP": ("pound", "penny")}


def say_time(at: datetime | time) -> str:
    """`2 PM`, `2:30 PM`, `noon`, `midnight`."""
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    hour = at.hour % 12 or 12
    half = "AM" if at.hour < 12 else "PM"
    return f"{hour} {half}" if at.minute == 0 else f"{hour}:{at.minute:02d} {half}"


def say_date(day: date, today: date) -> str:
    """`Tuesday, November 24th`, with the year only where it is not plain."""
    said = f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {ordinal(day.day)}"
    if abs((day - today).days) > YEAR_IS_PLAIN_DAYS:
        said += f", {day.year}"
    return said


def say_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, else the date."""
    if day == today:
        return "today"
    return "tomorrow" if day == today + timedelta(days=1) else say_date(day, today)


def say_when(at: datetime, today: date, *, full: bool = False) -> str:
    """Day and time; `full` names the date even for today and tomorrow, as for a read-back.

    An aware time that the clock shows twice says which of the two it is.
    """
    day = say_date(at.date(), today) if full else say_day(at.date(), today)
    return f"{day} at {say_time(at)}{_which_of_two(at)}"


def _which_of_two(at: datetime) -> str:
    if at.tzinfo is None or at.utcoffset() == at.replace(fold=1 - at.fold).utcoffset():
        return ""
    return ", after the clocks go back" if at.fold else ", before the clocks go back"


def ordinal(number: int) -> str:
    """`24th`."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def say_number(number: int) -> str:
    """Words up to twelve, then figures."""
    return SMALL[number] if 0 < number < len(SMALL) else str(number)


def say_minutes(minutes: int) -> str:
    """`45 minutes`, `an hour`, `an hour and 15 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append("an hour" if hours == 1 else f"{say_number(hours)} hours")
    if rest or not hours:
        parts.append("a minute" if rest == 1 else f"{rest} minutes")
    return " and ".join(parts)


def say_phone(phone: str) -> str:
    """Digit by digit in the groups of its country: `2 1 2, 5 5 5, 0 1 0 0`."""
    return _digit_by_digit(phone)


@lru_cache(maxsize=256)
def _digit_by_digit(phone: str) -> str:
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return ", ".join(" ".join(group) for group in re.findall(r"\d+", phone))
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return ", ".join(" ".join(group) for group in re.findall(r"\d+", national))


def say_price(price: Decimal, currency: str) -> str:
    """`45 dollars`, `45 dollars and 50 cents`."""
    whole, rest = divmod(int(price * 100), 100)
    if currency not in _UNITS:
        amount = str(whole) if not rest else f"{whole}.{rest:02d}"
        return f"{amount} {_currency_name(currency)}"
    unit, part = _UNITS[currency]
    said = f"{whole} {_plural(unit, whole)}"
    return f"{said} and {rest} {_plural(part, rest)}" if rest else said


def _plural(unit: str, number: int) -> str:
    if number == 1:
        return unit
    return "pence" if unit == "penny" else f"{unit}s"


@lru_cache(maxsize=64)
def _currency_name(currency: str) -> str:
    from babel.numbers import get_currency_name  # needed only for the rarer currencies

    return str(get_currency_name(currency, count=2, locale="en"))


def say_reference(reference: str) -> str:
    """Sign by sign with a pause in the middle: `K 7 M, 2 Q X`."""
    half = (len(reference) + 1) // 2
    return ", ".join(" ".join(part) for part in (reference[:half], reference[half:]) if part)


def lower_first(name: str) -> str:
    """A service's name inside a sentence; abbreviations stay as they are."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def list_of(things: Sequence[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b, and c`."""
    if len(things) < 3:
        return f" {joint} ".join(things)
    return f"{', '.join(things[:-1])}, {joint} {things[-1]}"


def say_times(starts: Iterable[tuple[datetime, str]], today: date, joint: str = "or") -> str:
    """Several starts with who is there: the day is named once for the times on it, and the person
    only where they differ."""
    listed = list(starts)
    people = {who for _, who in listed if who}
    parts: list[str] = []
    day: date | None = None
    for at, who in listed:
        said = say_time(at) + _which_of_two(at) if at.date() == day else say_when(at, today)
        day = at.date()
        parts.append(f"{said} with {who}" if who and len(people) > 1 else said)
    whom = f" with {next(iter(people))}" if len(people) == 1 else ""
    return list_of(parts, joint) + whom


_ABBREVIATIONS = {"dr", "mr", "mrs", "ms", "st", "ave", "rd", "no", "vs", "prof", "mt", "approx"}
_END = re.compile(r"(?P<word>\S*?)(?P<stop>[.!?…]+[\"')\]”’]*)(?=\s|$)")


def sentences(text: str) -> list[str]:
    """The sentences, whole and in order."""
    ready, rest = split_ready(text, ended=True)
    return [*ready, rest] if rest else ready


def split_ready(text: str, *, ended: bool = False) -> tuple[list[str], str]:
    """Sentences that are surely complete, and what is not yet; for text that is still growing."""
    ready: list[str] = []
    begin = 0
    for found in _END.finditer(text):
        if found.end() == len(text) and not ended:
            break
        if _ends_a_sentence(found, text):
            ready.append(text[begin : found.end()].strip())
            begin = found.end()
    return [sentence for sentence in ready if sentence], text[begin:].strip() if ended else text[
        begin:
    ].lstrip()


def _ends_a_sentence(found: re.Match[str], text: str) -> bool:
    word, stop = found["word"].lower(), found["stop"]
    if stop[0] != "." or len(stop) > 1 and stop[1] == ".":
        return True
    if word in _ABBREVIATIONS:
        return False
    if len(word) == 1 and word.isalpha():  # an initial; but the end of what is spelled out
        before = text[: found.start()].split()[-1:]
        return word == "i" or bool(before) and len(before[0].strip(",")) == 1
    follows = text[found.end() :].lstrip()[:1]
    if "." in word and word.replace(".", "").isalpha():  # a.m., U.S.
        return not follows or follows.isupper()
    return True


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|[-*•–]\s+|\d{1,2}[.)]\s+)")
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")


def plain_text(text: str) -> str:
    """Without markdown, lists, links and pictures, in one line."""
    lines = []
    for line in _PICTURES.sub("", _LINK.sub(r"\1", text)).splitlines():
        bare = _MARKS.sub("", _LINE_MARKS.sub("", line)).strip(" |")
        if bare and not set(bare) <= set("-=|: "):
            listed = _LINE_MARKS.match(line) is not None
            lines.append(bare if bare[-1] in ".!?:;," or not listed else f"{bare},")
    said = " ".join(" ".join(lines).split())
    return said[:-1] + "." if said.endswith((",", ";", ":")) else said


def tidy(text: str) -> str:
    """Fit to be spoken: plain text, at most two statements, and one question at the end."""
    statements: list[str] = []
    questions: list[str] = []
    for sentence in sentences(plain_text(text)):
        (questions if sentence.rstrip("\"')]”’").endswith("?") else statements).append(sentence)
    kept = statements[:MOST_STATEMENTS] + questions[-MOST_QUESTIONS:]
    return " ".join(kept)
