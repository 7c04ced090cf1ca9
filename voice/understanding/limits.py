"""Times that only bound a visit: by when it must be over, before when it cannot begin, and hours
that are called too early or too late.

What a caller tells of their own day ("gone by ten", "my bus goes at noon", "nine's too early") is
a wish about the visit, as far as the words that lead to the time say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from voice.understanding.dates.reading import Times, read_times
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import phrases, says
from voice.understanding.reading import Moment, When, WhenKind
from voice.understanding.words import words_of

_says = partial(says, "limits")

ENDED = ".?!;"
MINUTE = timedelta(minutes=1)
LONGEST_HOUR = 4
"""Words of "half past twelve"."""


def bounded(text: str, times: Iterable[When], since: int = 0) -> tuple[When, ...]:
    """The times of a wish, in the order said, each as the bound that its words make of it;
    `since`: where the last time before them ended."""
    made: list[When] = []
    for when in times:
        lead = _leading_to(text, when, since)
        at = (when.value or when.start) if when.end is None else None
        if _says("not sooner", lead) and _is_clock(at):
            kind: WhenKind = "range" if isinstance(at, datetime) else "timerange"
            when = replace(when, kind=kind, value=None, start=at, least=True)
        elif _is_denied(when, lead):
            when = replace(when, start=when.end, end=when.start)
        elif _says("over by" if _is_open(when) else "over at", lead):
            when = replace(when, over=_is_open(when) or _is_clock(when.value))
        made.append(when)
        since = max(since, when.span[1])
    return tuple(made)


def with_bounds(text: str, times: Times) -> Times:
    """The same, where a time at which the caller must be elsewhere is a wish that bounds the visit
    and no hour that is ruled out."""
    bound = tuple(when for when in times.exclude if bounded(text, (when,))[0].over)
    if not bound:
        return times
    found = sorted((*times.found, *bound), key=lambda when: when.span)
    left = tuple(when for when in times.exclude if when not in bound)
    return replace(times, found=tuple(found), exclude=left)


def turned_down(words: str, times: Iterable[When]) -> tuple[When, ...]:
    """What is ruled out: with an hour that is too early all that lies before it, with one that is
    too late all after it."""
    if _says("too early", words):
        return tuple(_with_all(when, before=True) for when in times)
    if _says("too late", words):
        return tuple(_with_all(when, before=False) for when in times)
    return tuple(_without_denial(when, words) for when in times)


def bounds(words: str, times: Times) -> bool:
    """Whether what was told is something that a visit has to keep clear of."""
    found = with_bounds(words, times).found
    return any(
        bound.over or bound.kind != when.kind or _is_free_then(when)
        for bound, when in zip(bounded(words, found), found, strict=True)
    )


def denies_a_side(words: str) -> bool:
    """ "Not before ten", "no later than two": a wish for the other side."""
    return _says("denied", words)


def keeps_somebody(words: str, times: Times) -> bool:
    """Of a story: "I mind the baby till one" leaves nobody free before."""
    kept = len(times.found) == 1 and not times.exclude and _is_open(times.found[0])
    return kept and _says("until", times.found[0].text) and not _says("free", words)


def only_from_then(words: str) -> bool:
    """ "I can't get away till two"."""
    return _says("only then", words)


def tells_a_side(words: str, hearing: Hearing) -> bool:
    """Whether the grammar of dates reads it there: all before, or all after, some hour."""
    times = read_times(words, hearing.asking("time"))
    return any(map(_has_one_end, (*times.found, *times.exclude)))


def end_of_time(words: str, hearing: Hearing, *, most: int, led_by: int) -> int:
    """Where the times end with which the words begin, of so many words at most and with so many
    before the first: "any time after two"; else 0."""
    for word in reversed(words_of(words)[:most]):
        spans = [when.span for when in read_times(words[: word.end], hearing.asking("time")).found]
        ended = bool(spans) and max(end for _, end in spans) == word.end
        if ended and len(words[: min(start for start, _ in spans)].split()) <= led_by:
            return word.end
    return 0


def denied_side(words: str, hearing: Hearing) -> tuple[int, int] | None:
    """Where "not before four" stands among other words: "I did say not before four", "it can't be
    before four I've got the shop"."""
    heard = words_of(words)
    said = f"{' '.join(word.folded for word in heard)} "
    found = phrases("limits")["denied side"].search(said)
    if found is None:
        return None
    first = len(said[: found.start()].split())
    hour = first + len(found[0].split())
    side = heard[hour - 1 - (heard[hour - 1].folded == "than")].start
    for word in reversed(heard[hour : hour + LONGEST_HOUR]):
        told = read_times(words[side : word.end], hearing.asking("time")).found
        if len(told) == 1 and _has_one_end(told[0]) and told[0].span[1] == word.end - side:
            return heard[first].start, word.end
    return None


def calls_it_wrong(words: str) -> bool:
    """Whether a time is called too early or too late."""
    return _says("too early", words) or _says("too late", words)


def _leading_to(text: str, when: When, since: int) -> str:
    """The words of the same sentence before a time, with the time's own."""
    before = text[since : max(since, when.span[0])]
    begin = max((before.rfind(sign) for sign in ENDED), default=-1) + 1
    own = text[max(since, when.span[0]) : when.span[1]]
    return before[begin:] + own


def _is_free_then(when: When) -> bool:
    """ "I finish at two", "I don't get out till two": an hour alone that is the beginning or the
    end of a free time."""
    alone = when.kind == "timerange" and (when.start is None) != (when.end is None)
    denied = when.start is not None and _says("until", when.text)
    return alone and (denied or not _says("side", when.text))


def busy_until(words: str, times: Times) -> int | None:
    """Where it begins to be told till when the caller is busy, behind a day if one is told first:
    "Friday, I'm in class until noon", "any time bar before nine"; None: nothing tells so."""
    times = with_bounds(words, times)
    told = max((when.span[1] for when in times.found), default=0)
    busy = [when for when in times.exclude if _has_one_end(when) and _is_open(when)]
    if len(busy) != 1 or len(times.exclude) > 1 or busy[0].span[0] < told:
        return None
    behind = words_of(words[told:])
    return told + behind[0].start


def _is_denied(when: When, lead: str) -> bool:
    """Whether the side that it tells is denied by what stands before it: "nothing", then "before
    ten"."""
    denied = _has_one_end(when) and _says("denied side", lead)
    return denied and not _says("denied side", when.text) and not denies_a_side(when.text)


def _has_one_end(when: When) -> bool:
    """Whether it is all before, or all after, some hour."""
    ends = (when.start, when.end)
    return None in ends and any(_is_clock(end) for end in ends)


def _is_open(when: When) -> bool:
    """Whether it has an end alone: "by ten"."""
    return when.start is None and when.end is not None


def _is_clock(value: Moment | None) -> bool:
    return isinstance(value, time | datetime)


def _without_denial(when: When, words: str) -> When:
    """What "not before ten", "I can't till ten" and "it has to be after ten" rule out is all
    before ten."""
    if not (denies_a_side(when.text) or only_from_then(words)) or when.value is not None:
        return when
    return replace(when, start=when.end, end=when.start)


def _with_all(when: When, *, before: bool) -> When:
    at = when.value
    if isinstance(at, datetime):
        day = datetime.combine(at.date(), time())
        start, end = (day, at + MINUTE) if before else (at, day + timedelta(days=1))
        return replace(when, kind="range", value=None, start=start, end=end)
    if not isinstance(at, time):
        return when
    if before:
        end_of = (datetime.combine(date.min, at) + MINUTE).time()
        return replace(when, kind="timerange", value=None, end=end_of)
    return replace(when, kind="timerange", value=None, start=at)
