"""Which of the things on the table a caller means: by time, by what it is called, by its place.

It is known that these words pick something, so what they say is held against each thing in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import partial

from voice.understanding.dates.lexicon import ORDINALS, WEEKDAYS
from voice.understanding.everyday import NOT_NAMES
from voice.understanding.phrasebook import says
from voice.understanding.reading import Moment, OfferedTime, When
from voice.understanding.services.matching import stem
from voice.understanding.sounding import likeness, sounds_same
from voice.understanding.word_lists import exchanged, pairs, word_lists
from voice.understanding.words import DIGITS, TEENS, TENS, plain

_says = partial(says, "picking")

_PLACES = ("first", "second", "third", "fourth", "fifth")
_HALF_DAY = 12
_MINUTES = {"half": 30, "quarter": 15, "five": 5} | TEENS | TENS
_ALIKE = 0.86
_SHORTEST_NAME = 2
_SHORTEST_BY_SOUND = 4
_ONE_OF_THEM = re.compile(r"(?<=[a-z] )(?<!at )(?:one|won)\b|\b(?:one|won) (?=of|that|with|on|who)")
"""The "one" of "the last one"."""

Table = Sequence[OfferedTime]


def picked(
    words: str, times: Sequence[When], table: Table, *, agent: str = "", gone: Iterable[int] = ()
) -> tuple[int, ...]:
    """The places on the table that the words can mean: one when it is clear; several when they fit
    several or any will do; none when they fit nothing. `gone` are those turned down just before."""
    if not table:
        return ()
    said = _heard(words)
    left = [place for place in range(len(table)) if place not in set(gone)]
    if _says("other", said) and 0 < len(left) < len(table):
        return tuple(left)
    told = _tells_a_day(said, agent, table)
    places = () if told else _PLACES[: len(table)]
    heard = [when for when in times if not _tells_a_place(when.text, said, places)]
    by_time = _by_time(said, heard, table)
    by_name = _by_name(said, table)
    fitting = _agreed(by_time, by_name)
    among = fitting or list(range(len(table)))
    place = _by_place(said, among, table) if len(fitting) != 1 and not told else None
    if place is not None:
        return (place,)
    if not fitting and _says("all", said):
        return tuple(left) or tuple(range(len(table)))
    return tuple(fitting)


def exactly(times: Sequence[When], table: Table) -> list[int]:
    """The places whose hour is told, as it was read or by the hands of the clock."""
    hours = [when for when in times if isinstance(when.value, time | datetime)]
    return [
        at
        for at, offer in enumerate(table)
        if offer.start
        and any(_fits(when, offer.start) or _fits_by_clock(when, offer.start) for when in hours)
    ]


def _heard(words: str) -> str:
    said = plain(words).split()
    return " ".join(exchanged(said, pairs("misheard")["sure"]))


def _agreed(by_time: list[int], by_name: list[int]) -> list[int]:
    """What both say, where both say something; a time weighs more than a name."""
    both = [place for place in by_time if place in by_name]
    return both or by_time or by_name


def _by_time(said: str, heard: Sequence[When], table: Table) -> list[int]:
    """Those whose time the words tell: any of the days, at any of the hours, that were said."""
    left = list(range(len(table)))
    narrowed = False
    for dated in (True, False):
        fitting = {at for when in heard if _dated(when) == dated for at in _fitted(when, table)}
        if both := [at for at in left if at in fitting]:
            left, narrowed = both, True
    if narrowed:
        return left
    return _by_bare_hour(said, table) or _by_minutes(said, table)


def _dated(when: When) -> bool:
    value = when.value if when.value is not None else when.start or when.end
    return isinstance(value, date)


def _fitted(when: When, table: Table) -> list[int]:
    """Those that the phrase fits as it was read, else by the hands of the clock, else by weekday
    or number alone."""
    for fit in (_fits, _fits_by_clock, _fits_by_weekday):
        found = [at for at, offer in enumerate(table) if offer.start and fit(when, offer.start)]
        if found:
            return found
    return []


def _tells_a_place(text: str, said: str, places: Sequence[str]) -> bool:
    """ "The second", which is a day only where nothing else is told of it, and the "one" of "the
    first one"."""
    words = plain(text).split()
    if words in (["one"], ["the", "one"]):
        return said not in ("one", "the one") and f"at {words[-1]}" not in said
    words = [word for word in words if word not in ("the", "one", "on")]
    return len(words) == 1 and any(_says(name, words[0]) for name in places)


def _fits(when: When, start: datetime) -> bool:
    if any(_fits(other, start) for other in when.candidates):
        return True
    if when.kind == "range":
        return _in_span(when, start)
    if when.kind == "timerange":
        return _in_hours(start.time(), when.start, when.end)
    if isinstance(when.value, datetime):
        return start == when.value
    if isinstance(when.value, time):
        return start.time() == when.value
    return when.value is not None and start.date() == when.value


def _fits_by_clock(when: When, start: datetime) -> bool:
    """The same hands of the clock, on whichever day or half of it."""
    value = when.value
    if isinstance(value, datetime):
        return _hands(value.time()) == _hands(start.time()) and value.weekday() == start.weekday()
    return isinstance(value, time) and _hands(value) == _hands(start.time())


def _fits_by_weekday(when: When, start: datetime) -> bool:
    """The same weekday of another week, or the same day of another month, as it was named."""
    value = when.value if when.value is not None else when.start
    if not isinstance(value, date):
        return False
    words = plain(when.text).split()
    if not WEEKDAYS.keys().isdisjoint(words):
        return value.weekday() == start.weekday()
    return value.day == start.day


def _hands(at: time) -> tuple[int, int]:
    return at.hour % _HALF_DAY, at.minute


def _in_span(when: When, start: datetime) -> bool:
    first, last = _as_datetime(when.start), _as_datetime(when.end)
    if first is not None and last is None and first.time() > time():
        return first <= start and start.date() == first.date()  # "Monday after one"
    return (first is None or first <= start) and (last is None or start < last)


def _in_hours(at: time, start: Moment | None, end: Moment | None) -> bool:
    """Half-open; midnight as the end is the end of the day."""
    after = not isinstance(start, time) or start <= at
    return after and (not isinstance(end, time) or end == time() or at < end)


def _as_datetime(value: Moment | None) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _by_bare_hour(said: str, table: Table) -> list[int]:
    """ "For", of four o'clock: a word that a recogniser wrote for the hour."""
    words = exchanged(_ONE_OF_THEM.sub(" ", said).split(), pairs("misheard")["in a number"])
    hours = {_hour(word) for word in words} - {0}
    found = [
        place
        for place, offer in enumerate(table)
        if offer.start and (offer.start.hour % _HALF_DAY or _HALF_DAY) in hours
    ]
    if "oclock" in words or "clock" in words:  # the full hour, and no half of it
        return [at for at in found if (start := table[at].start) and not start.minute]
    return found


def _by_minutes(said: str, table: Table) -> list[int]:
    """ "Ten past", "the half": the minutes alone, of a time that was read out."""
    words = said.split()
    minutes = {_MINUTES[word] for word in words if word in _MINUTES}
    if {"to", "till", "til"} & set(words):
        minutes = {60 - minute for minute in minutes}
    found = [at for at, offer in enumerate(table) if offer.start and offer.start.minute in minutes]
    return found if len(found) < len(table) else []


def _hour(word: str) -> int:
    """From 1 to 12; else 0."""
    word = {"ten": "10", "eleven": "11", "twelve": "12", "noon": "12"}.get(word, word)
    number = DIGITS.get(word, word)
    return int(number) if number.isdigit() and 1 <= int(number) <= _HALF_DAY else 0


def _by_name(said: str, table: Table) -> list[int]:
    """Those with the most words of their names among the words said, exactly; else by sound."""
    heard = [word for word in said.split() if word not in word_lists("everyday")["of a pick"]]
    for alike in (_same, _similar):
        counts = [
            sum(any(alike(word, name) for word in heard) for name in _names(offer))
            for offer in table
        ]
        best = max(counts)
        if best and min(counts) < best:
            return [place for place, count in enumerate(counts) if count == best]
    return []


def _names(offer: OfferedTime) -> set[str]:
    """The words by which only this thing may be meant."""
    words = {word for name in (offer.provider, *offer.names) for word in plain(name).split()}
    return {word for word in words if len(word) >= _SHORTEST_NAME} - word_lists("everyday")[
        "of a pick"
    ]


def _same(word: str, name: str) -> bool:
    return word == name or len(word) >= _SHORTEST_NAME and stem(word) == stem(name)


def _similar(word: str, name: str) -> bool:
    """By sound, which a word of everyday talk has only by chance."""
    if word in NOT_NAMES or len(word) < _SHORTEST_BY_SOUND or len(name) < _SHORTEST_BY_SOUND - 1:
        return False
    return sounds_same(word, name) or likeness(word, name) >= _ALIKE


def _by_place(said: str, among: Sequence[int], table: Table) -> int | None:
    """ "The second one", "the last", "the later one": of those that the rest of the words fit."""
    for number, name in enumerate(_PLACES):
        if _says(name, said):
            return among[number] if number < len(among) else None
    if _says("middle", said) and len(among) > 2:
        return among[len(among) // 2]
    timed = [at for at in among if table[at].start is not None] or [*among]
    in_time = sorted(timed, key=lambda at: str(table[at].start))
    if _says("earliest", said):
        return in_time[0]
    if _says("latest", said):
        return in_time[-1]
    return among[-1] if _says("last", said) else None


def _tells_a_day(said: str, agent: str, table: Table) -> bool:
    """Whether the ordinal is a day that we have just told: "the second" after "Monday the 2nd",
    unless all there is to pick from is on that day."""
    told = {_ordinal(word) for word in plain(agent).split() if word[0].isdigit()} - {0}
    days = {offer.start.day for offer in table if offer.start}
    meant = told & ({_ordinal(word) for word in said.split()} - {0})
    return bool(meant) and days != meant


def _ordinal(word: str) -> int:
    if word[:-2].isdigit() and word[-2:] in ("st", "nd", "rd", "th"):
        return int(word[:-2])
    return ORDINALS.get(word, 0)
