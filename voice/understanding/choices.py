"""Which of the offers a caller means: by place in the list, by time, by person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from voice.understanding.dates.reading import Times
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import Context, Moment, OfferedTime, When
from voice.understanding.turned_down import accepted
from voice.understanding.words import DIGITS, TEENS, plain

_PLACES = ("number one", "number two", "number three", "number four")
_NOT_A_PLACE = re.compile(
    r"\b(?:one|a|just a) (?:second|sec)\b|\b(?:first|second|last) name\b|"
    r"\b(?:not|except|(?:any\w*|all|every\w*|either|both|them|those) but) (?:for )?"
    r"(?:the |that )?\w+(?: one)?\b"
)
_REFUSING = re.compile(r"\b(?:not|except|but|the other(?: one)?)\b")
_ONLY_A_PLACE = re.compile(
    r"^(?:the )?(?:first|second|third|fourth|last|1st|2nd|3rd|4th)(?: one)?$", re.IGNORECASE
)
_HOUR = re.compile(
    r"(?<!number )(?<!option )\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"1[0-2]|[1-9])(?:(?<!one)s)?"
    r"(?: ?(oh five|ten|fifteen|(?:twenty|thirty|forty|fifty)(?: five)?|[0-5]\d))?\b"
    r"(?! (?:of|weeks?|days?|people|more))"
)
_HOURS = {word: int(digit) for word, digit in DIGITS.items()} | TEENS
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_MINUTES = {"oh five": 5, "ten": 10, "fifteen": 15} | _TENS
_MINUTES |= {f"{word} five": minutes + 5 for word, minutes in _TENS.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was said of the offers: the one that is meant, or that several fit."""

    index: int | None
    several: bool = False
    none_left: bool = False
    """All that was said of them turns some down."""


def choose(text: str, context: Context, times: Times) -> Choice:
    """Which offer is meant, in the clauses that turn none down."""
    if _says("asks about", plain(text)):
        return Choice(None)
    left = accepted(text, times)
    said, times = left.said, left.times
    heard = [when for when in times.found if not _ONLY_A_PLACE.match(when.text.strip(" ,."))]
    fitting = _fitting(said, context, heard, times.exclude)
    index = _pick(said, context, heard, fitting)
    several = index is None and len(fitting) > 1
    return Choice(index, several, none_left=index is None and not said)


def not_turned_down(text: str, context: Context, times: Times) -> int | None:
    """The only offer left beside those refused: "not the morning one, the other one"."""
    left = accepted(text, times)
    refused = " ".join(plain(text[start:end]) for start, end in left.refused)
    refused = _REFUSING.sub(" ", refused)
    named = {_by_place(refused, context.offered)} if refused else set()
    named |= set(_by_hour(refused, list(enumerate(context.offered))))
    heard = [when for when in left.times.found if not _ONLY_A_PLACE.match(when.text.strip(" ,."))]
    open_still: list[int] = []
    for index, offer in enumerate(context.offered):
        against = index in named or any(_fits(when, offer) for when in left.times.exclude)
        if not against and (not heard or any(_fits(when, offer) for when in heard)):
            open_still.append(index)
    turned = left.complains and len(open_still) < len(context.offered)
    return open_still[0] if turned and len(open_still) == 1 else None


def _fitting(
    said: str, context: Context, heard: Sequence[When], exclude: Sequence[When]
) -> list[int]:
    """The offers that the times and the person said allow; empty when nothing was said of them."""
    offers = context.offered
    left = [
        index
        for index, offer in enumerate(offers)
        if not any(_fits(when, offer) for when in exclude)
    ]
    by_time = [index for index in left if any(_fits(when, offers[index]) for when in heard)]
    if not heard:
        by_time = _by_hour(said, [(index, offers[index]) for index in left])
    by_person = [index for index in left if _names(said, offers[index].provider)]
    both = [index for index in by_time if index in by_person]
    if len(both) == 1 or not (by_time or by_person):
        return both or (left if len(left) == 1 < len(offers) else [])
    return both or by_time or (by_person if not heard else [])


def _pick(said: str, context: Context, heard: Sequence[When], fitting: Sequence[int]) -> int | None:
    """The only one that fits, else the place in the list, else any when any will do."""
    if len(fitting) == 1:
        return fitting[0]
    if heard and not fitting:
        return None
    for when in heard:  # "Monday the first" is a day and no place in the list
        said = said.replace(plain(when.text), " ")
    place = _by_place(said, [context.offered[index] for index in fitting]) if fitting else None
    if place is not None:
        return fitting[place]
    place = _by_place(said, context.offered)
    if place is not None:
        return place
    if _says("either", said) or _says("does not mind", said):
        return fitting[0] if fitting else 0
    return None


def _by_hour(said: str, offers: Sequence[tuple[int, OfferedTime]]) -> list[int]:
    """ "Let's do ten": the hour alone, of an offer."""
    found = _HOUR.search(_NOT_A_PLACE.sub(" ", said))
    if found is None or any(_says(section, said) for section in _PLACES):
        return []
    hour = _HOURS.get(found[1]) or int(found[1])
    minutes = found[2] or "00"
    minute = int(minutes) if minutes.isdigit() else _MINUTES[minutes]
    return [
        index
        for index, offer in offers
        if offer.start and (offer.start.hour % 12, offer.start.minute) == (hour % 12, minute)
    ]


def fits_an_offer(when: When, context: Context) -> bool:
    """Whether the phrase only says again what was offered."""
    return any(_fits(when, offer) for offer in context.offered)


def _says(section: str, said: str) -> bool:
    return phrases("answers")[section].search(f"{said} ") is not None


def _by_place(said: str, offers: Sequence[OfferedTime]) -> int | None:
    """ "The second one", "the last", "the later one"."""
    words = _NOT_A_PLACE.sub(" ", said)
    for index, section in enumerate(_PLACES):
        if _says(section, words):
            return index if index < len(offers) else None
    if _says("number last", words):
        return len(offers) - 1
    if _says("number middle", words) and len(offers) == 3:
        return 1
    timed = [at for at, offer in enumerate(offers) if offer.start is not None]
    by_start = sorted(timed, key=lambda at: str(offers[at].start)) or [0]
    if _says("earliest", words):
        return by_start[0]
    return by_start[-1] if _says("latest", words) else None


def _names(said: str, provider: str) -> bool:
    """Any full word of the person's name, titles aside."""
    spoken = set(said.split())
    return any(part in spoken for part in plain(provider).split() if _telling(part))


def _telling(part: str) -> bool:
    return len(part) > 2 and part not in {"doctor", "the", "and", "for"}


def _fits(when: When, offer: OfferedTime) -> bool:
    start = offer.start
    if start is None:
        return False
    if any(_fits(other, offer) for other in when.candidates):
        return True
    if when.kind == "range":
        first, last = _as_datetime(when.start), _as_datetime(when.end)
        if first is not None and last is None and first.time() > time(0):
            return first <= start and start.date() == first.date()  # "Monday after one"
        return (first is None or first <= start) and (last is None or start < last)
    if when.kind == "timerange":
        return _in_hours(start.time(), when.start, when.end)
    return _is(start, when.value)


def _is(start: datetime, value: Moment | None) -> bool:
    if isinstance(value, datetime):
        return start == value
    if isinstance(value, time):
        return start.time() == value
    return value is not None and start.date() == value


def _in_hours(at: time, start: Moment | None, end: Moment | None) -> bool:
    """Half-open; midnight as the end is the end of the day."""
    after = not isinstance(start, time) or start <= at
    return after and (not isinstance(end, time) or end == time(0) or at < end)


def _as_datetime(value: Moment | None) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(0)) if isinstance(value, date) else None
