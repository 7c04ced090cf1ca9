"""Every number told has to be accounted for: a time, a price, a length, a count of what is at hand.

A number that nothing explains may be taken for any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scheduling.business import Business
from voice.claims.names import services_named
from voice.claims.number_words import number_told

_SMALL = (
    "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_WORD = rf"(?:{_SMALL}|one|zero|hundred|thousand|dozen)"
_NUMBER = re.compile(
    rf"(?<![\w$£€:.])(?:\d(?:[ ,-]{{1,2}}\d\b)+|\d[\d,:.]*\d|\d|(?:{_SMALL}|hundred|thousand|dozen)"
    rf"(?:(?:[\s-]| and )(?={_WORD}\b){_WORD})*)(?![\w:])",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\b(?:(?P<number>\d+|{_SMALL}(?:[ -]{_SMALL})?)[ -](?P<unit>minute|min|hour)s?|"
    r"(?P<words>half an hour|an hour and a half|three quarters of an hour|quarter of an hour|"
    r"an hour and a quarter|(?:an|one) hour))\b(?! (?:later|earlier|before|after|ago|or so to))",
    re.IGNORECASE,
)
_MINUTES = {
    "half an hour": 30, "an hour and a half": 90, "three quarters of an hour": 45,
    "quarter of an hour": 15, "an hour and a quarter": 75, "an hour": 60, "one hour": 60,
}  # fmt: skip
_COUNTS = re.compile(
    r"\s+(?:\w+ )?(?:times?|options?|choices?|slots?|openings?|spots?|appointments?|bookings?|"
    r"visits?|of (?:them|those|these|us|our)|providers?|services?|people|things?|questions?|"
    r"(?:letters?|digits?|numbers?|characters?|signs?)|names?|ways?|possibilities|that|which|to "
    r"choose|left|are|percent sure)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:all|the|those|these|of|which|other|first|last|next|any|both|between|thousand|of the)\s$|"
    r"\b(?:one or|one hundred and|a)\s$",
    re.IGNORECASE,
)
MOST_COUNTED = 12
"""Larger counts are no count of what is at hand in a call."""


def wrong_length(business: Business, text: str, in_hand: str | None) -> bool:
    """Whether it tells of a length that is not the service's, nor in any answer of the business."""
    said = [minutes for found in _LENGTH.finditer(text) if (minutes := _minutes(found))]
    if not said:
        return False
    named = services_named(business, text) or ({in_hand} if in_hand else set())
    lengths = {each.minutes for each in business.services if not named or each.id in named}
    if re.search(r"\b(?:takes?|lasts?|long|appointment|visit|session|with us)\b", text, re.I):
        return not lengths.issuperset(said)
    lengths |= {each.minutes for each in business.services}
    answers = " ".join(faq.answer for faq in business.faqs)
    lengths |= {minutes for found in _LENGTH.finditer(answers) if (minutes := _minutes(found))}
    return not lengths.issuperset(said)


def unaccounted(
    text: str, start: int, spans: Iterable[tuple[int, int]], known: Sequence[str]
) -> bool:
    """Whether a number in this text, which begins there in its sentence, is explained by none of
    the spans read so far, nor by a text that is known."""
    taken = [(one - start, end - start) for one, end in spans]
    taken += [found.span() for found in _LENGTH.finditer(text)]
    for found in _NUMBER.finditer(text):
        if any(one < found.end() and found.start() < end for one, end in taken):
            continue
        value = number_told(found[0])
        if not re.search(r"\w", text[: found.start()] + text[found.end() :]):
            continue  # "Two." tells nothing by itself
        after, before = text[found.end() :], text[: found.start()]
        counts = _COUNTS.match(after) or _COUNTED.search(before)
        if value is not None and value <= MOST_COUNTED and counts:
            continue
        if not any(_holds(each, found[0], value) for each in known):
            return True
    return False


def _holds(text: str, said: str, value: int | None) -> bool:
    if re.fullmatch(r"\d(?:\D+\d)+", said):  # digit by digit
        return re.sub(r"\D", "", said) in re.sub(r"\D", "", text)
    if re.search(rf"\b{re.escape(said)}\b", text, re.IGNORECASE):
        return True
    return value is not None and any(
        number_told(found[0]) == value for found in _NUMBER.finditer(text)
    )


def _minutes(found: re.Match[str]) -> int | None:
    if found["words"]:
        return _MINUTES.get(found["words"].lower())
    number = number_told(found["number"])
    if number is None:
        return None
    return number * 60 if found["unit"].lower() == "hour" else number
