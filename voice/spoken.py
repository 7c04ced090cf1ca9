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
AMERICAN = "US"
MONTH_FIRST = frozenset({"US", "CA", "PH"})
"""Countries that say "December 5th at 2 PM"; elsewhere it is "the 5th of December at 2 o'clock"."""
PLAIN_HOURS = range(9, 19)
"""Hours that nobody takes for those of the other half of the day."""
NEAR = timedelta(days=6)
"""A weekday within these is "this Thursday"."""
UNDATED = ("today", "tomorrow", "tonight", "this ")
"""How a day begins that needs no "on"."""
YEAR_IS_PLAIN_DAYS = 300
"""Nearer than this a date needs no year."""

MOST_STATEMENTS = 2

_UNITS = {"USD": ("dollar", "cent"), "EUR": ("euro", "cent"), "GBP": ("pound", "penny")}


def say_time(at: datetime | time, country: str = AMERICAN, *, full: bool = False) -> str:
    """`2 PM`, `2:30 PM`; elsewhere `2 o'clock`, `2:30`, with the part of the day where the hour
    could be either, or `full`: `7 in the evening`. Everywhere `noon`, `midnight`."""
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    hour = at.hour % 12 or 12
    clock = str(hour) if at.minute == 0 else f"{hour}:{at.minute:02d}"
    if country in MONTH_FIRST:
        return f"{clock} {'AM' if at.hour < 12 else 'PM'}"
    if full or at.hour not in PLAIN_HOURS:
        return f"{clock} in the {_part_of_day(at.hour)}"
    return clock if at.minute else f"{clock} o'clock"


def _part_of_day(hour: int) -> str:
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def say_hours(start: datetime | time, end: datetime | time, country: str = AMERICAN) -> str:
    """From when to when something is open: `9 AM to 5 PM`, elsewhere `9 to 5`."""
    if country in MONTH_FIRST:
        return f"{say_time(start, country)} to {say_time(end, country)}"
    told = (say_time(at, country).removesuffix(" o'clock") for at in (start, end))
    return " to ".join(each.split(" in the ")[0] for each in told)


def say_date(day: date, today: date, country: str = AMERICAN) -> str:
    """`Tuesday, November 24th`, `Tuesday the 24th of November`, with the year only where it is not
    plain."""
    said = WEEKDAYS[day.weekday()] + _date(day, country)
    if abs((day - today).days) > YEAR_IS_PLAIN_DAYS:
        said += f", {day.year}"
    return said


def _date(day: date, country: str) -> str:
    if country in MONTH_FIRST:
        return f", {MONTHS[day.month - 1]} {ordinal(day.day)}"
    return f" the {ordinal(day.day)} of {MONTHS[day.month - 1]}"


def say_day(day: date, today: date, country: str = AMERICAN, *, part: str = "") -> str:
    """`today`, `tomorrow`, `this Thursday, November 26th`, of the next days `Monday the 30th`,
    else the date; with a `part` of it:
    `this morning`, `tomorrow morning`, `this Thursday morning, November 26th`."""
    if day == today:
        return ("tonight" if part == "night" else f"this {part}") if part else "today"
    after = f" {part}" if part else ""
    if day == today + timedelta(days=1):
        return f"tomorrow{after}"
    weekday, date_said = WEEKDAYS[day.weekday()], _date(day, country)
    if timedelta() < day - today <= NEAR:
        near = date_said if country in MONTH_FIRST else f" the {ordinal(day.day)}"
        this = "this " if _in_this_week(day, today) else ""
        return f"{this}{weekday}{after}{near}"
    return say_date(day, today, country).replace(weekday, f"{weekday}{after}", 1)


def on_day(said: str) -> str:
    """`on Thursday …`, but `today`, `tomorrow`, `this Thursday …`."""
    return said if said.startswith(UNDATED) else f"on {said}"


def _in_this_week(day: date, today: date) -> bool:
    """Weeks begin on Monday: of the next one nobody can say whether "this" or "next" is meant."""
    return day - today < timedelta(7) and day.weekday() > today.weekday()


def say_nearly(day: date, today: date, country: str = AMERICAN) -> tuple[str, str] | None:
    """Of a day called "this Thursday", how it is said with its date, and how without."""
    if not timedelta(days=1) < day - today or not _in_this_week(day, today):
        return None
    said = say_day(day, today, country)
    return said, f"this {WEEKDAYS[day.weekday()]}"


def say_when(at: datetime, today: date, country: str = AMERICAN, *, full: bool = False) -> str:
    """Day and time; `full` names the date even for today and tomorrow, as for a read-back, and a
    time that nobody can take for another.

    An aware time that the clock shows twice says which of the two it is.
    """
    day = (say_date if full else say_day)(at.date(), today, country)
    return f"{day} at {say_time(at, country, full=full)}{_which_of_two(at)}"


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


def say_notice(minutes: int) -> str:
    """`an hour's notice`, `24 hours' notice`."""
    length = say_minutes(minutes)
    return f"{length}' notice" if length.endswith("s") else f"{length}'s notice"


def say_minutes(minutes: int) -> str:
    """`45 minutes`, `an hour`, `an hour and 15 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append("an hour" if hours == 1 else f"{say_number(hours)} hours")
    if rest or not hours:
        parts.append("a minute" if rest == 1 else f"{rest} minutes")
    return " and ".join(parts)


def say_every(minutes: int) -> str:
    """`every 45 minutes`, `every hour`, `every two hours`: how far apart things begin."""
    if minutes % 60:
        return "every minute" if minutes == 1 else f"every {minutes} minutes"
    return "every hour" if minutes == 60 else f"every {say_number(minutes // 60)} hours"


UNCOUNTABLE = frozenset(
    """acupuncture advice aftercare balayage botox care color colour counselling counseling
    dentistry
    hydrotherapy microblading ombre physio physiotherapy pilates reflexology rehab rehabilitation
    reiki therapy work yoga""".split()
)
"""Last words of services of which nobody says "a": closed to the trades' own mass nouns; those in
-ing are told by their ending."""


COUNTED = frozenset("cleaning fitting filling piercing reading screening sitting".split())
"""Of those in -ing, what people have one of."""


def is_plural(name: str) -> bool:
    """Highlights, braces; not a facial massage, not a glass, not Pilates."""
    last = name.lower().split()[-1:] or [""]
    return (
        last[0].endswith("s")
        and not last[0].endswith(("ss", "us", "is"))
        and last[0] not in UNCOUNTABLE
    )


def one_of(thing: str) -> str:
    """`a check-up`; `highlights`, `dry needling`, `post-surgery rehab` as they are."""
    last = thing.lower().split()[-1:] or [""]
    mass = last[0] in UNCOUNTABLE or last[0].endswith("ing") and last[0] not in COUNTED
    return thing if mass or is_plural(thing) else a_or_an(thing)


def a_or_an(thing: str) -> str:
    """`a check-up`, `an ultrasound`, `a one-hour massage`: by the sound that it begins with."""
    first = re.split(r"[\s-]", thing, maxsplit=1)[0]
    if first.isupper():  # spelled out: an MRI, a CT scan, an X-ray
        vowel = first[0] in "AEFHILMNORSX"
    else:
        sounds = _SOUNDS_OTHERWISE.match(thing.lower())
        vowel = sounds["vowel"] is not None if sounds else thing[:1].lower() in "aeiou8"
    return f"{'an' if vowel else 'a'} {thing}"


_SOUNDS_OTHERWISE = re.compile(
    r"(?P<vowel>hono|hour|heir|honest|1[18]\b)|"
    r"(?:uni(?!n|m)|us[aeiu]|ute|uti|ur[aeio]|eu|ewe|once?\b|one)"
)


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


def say_costs(price: Decimal, currency: str, *, plural: bool = False) -> str:
    """`costs 45 dollars`; what costs nothing `is free`."""
    if not price:
        return "are free" if plural else "is free"
    return f"cost{'' if plural else 's'} {say_price(price, currency)}"


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


def say_times(
    starts: Iterable[tuple[datetime, str]],
    today: date,
    country: str = AMERICAN,
) -> str:
    """Several starts with who is there: the day is named once for the times on it, and the person
    only where they differ."""
    listed = list(starts)
    people = {who for _, who in listed if who}
    days = {at.date() for at, _ in listed}
    parts: list[str] = []
    day: date | None = None
    for at, who in listed:
        same = at.date() == day
        said = say_time(at, country) + _which_of_two(at) if same else say_when(at, today, country)
        day = at.date()
        parts.append(f"{said} with {who}" if who and len(people) > 1 else said)
    whom = f" with {next(iter(people))}" if len(people) == 1 else ""
    if len(days) > 1 and len(days) < len(listed):
        return _by_day(listed, parts) + whom
    return list_of(parts, "or") + whom


def _by_day(listed: Sequence[tuple[datetime, str]], parts: Sequence[str]) -> str:
    """The times of one day belong together to the ear: `Thursday at 2 PM; or Friday at 9 AM or
    noon`."""
    groups: dict[date, list[str]] = {}
    for (at, _), part in zip(listed, parts, strict=True):
        groups.setdefault(at.date(), []).append(part)
    return ", or ".join(" or ".join(group) for group in groups.values())


_ABBREVIATIONS = {"dr", "mr", "mrs", "ms", "st", "ave", "rd", "no", "vs", "prof", "mt", "approx"}
# From the beginning of a word, and of its stops: tried anew at each sign, what has no end would
# take for ever.
_END = re.compile(r"(?<!\S)(?P<word>\S*?)(?<![.!?…])(?P<stop>[.!?…]+[\"')\]”’]*)(?=\s|$)")


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


_YOURS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i am": "you are",
    "i'm": "you're", "im": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd",
    "i was": "you were", "i wasn't": "you weren't",
}  # fmt: skip
_OF_THEIRS = re.compile(
    rf"\b(?:{'|'.join(sorted(_YOURS, key=len, reverse=True))})(?![\w'])", re.IGNORECASE
)
_OF_OURS = re.compile(r"\b(?:you|your|yours|ye|y'all|we|us|our)\b", re.IGNORECASE)


def to_caller(words: str) -> str:
    """What callers said of themselves, said to them: "my back hurts" is "your back hurts". Where
    it speaks of us too, it stays as it was said."""
    if _OF_OURS.search(words):
        return words
    return _OF_THEIRS.sub(lambda found: _YOURS[found[0].lower()], words)
