"""Reads every date and time in what a caller said: `read_times`.

What words leave open has one answer each, the one that serves a caller of a business:

- The future is meant. A date without a year, a day of the month, an hour of today: the next one.
- "Friday" is the coming one; said on a Friday, the one in a week, and today is asked about.
- "Next Friday" is the one of next week (weeks begin on Monday); on Monday to Thursday this week's
  is the other candidate and is asked about. "This" and "coming" never skip a week.
- "The 31st" waits for a month that has one. "Today" is today until midnight.
- Morning or afternoon: what was said wins, then the part of day, then the opening hours; where
  these allow both or neither, 8 to 11 is morning and 1 to 7 afternoon. Both open: asked about.
- Morning is 8-12, afternoon 12-16, evening 16-20, night from 20:00, so that no hour is in two of
  them; where opening hours are known, morning begins with them and afternoon lasts until 17:00, or
  until a closing at 18:30 at the latest. "Early" and "late" are halves. A day ends at 23:59.
  "The end of the day" is the last three open hours; the last minute where no hours are known.
  "The morning of the 5th" is all of it before noon.
- Spans are half-open and the last day that is named belongs to them: "Monday to Wednesday" ends on
  Thursday. "After Friday" begins on Saturday, "before Friday" does not include it.
- "Until Friday" and "between Monday and Wednesday" leave the last day open: a wish ends before it,
  a time ruled out holds it, and the other reading is a candidate. "Not until" is "from".
- Weeks are whole, Monday to Monday, but the rest of one ends with its Saturday, and a week called
  after a Sunday is the one that follows it. A weekend is Saturday and Sunday, and the holiday it is
  called after; early, mid and late are thirds of a month. "By Friday" begins now.
- A weekday and a date that disagree are asked back: the value is the date on which both are true,
  or the date alone when its month was said and next year's does not fit either; the near days are
  the candidates.
- A time told in another zone is moved onto the clock of the business, if its zone is known.
- What was ("I fell on Sunday") is no wish; what callers will be doing then ("I'm in London
  tomorrow") rules the time out; "I finish at five" is from then on. An appointment keeps its time.
- A bare number is a time only with evidence: "at", "make it", a date beside it, the question. "The
  21st" alone is a day only in a talk about an appointment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from voice.understanding.dates.discourse import wishes
from voice.understanding.dates.phrases import phrases
from voice.understanding.dates.relations import day_named
from voice.understanding.dates.resolving import resolve
from voice.understanding.dates.words import LONGEST, Utterance
from voice.understanding.reading import Context, When


@dataclass(frozen=True, slots=True)
class Times:
    """The times a caller wants, in the order heard, and those ruled out."""

    found: tuple[When, ...] = ()
    exclude: tuple[When, ...] = ()
    ambiguous: bool = False
    disagreement: str | None = None
    """A weekday and a date that do not fit: the phrase, to be asked back."""


def read_times(text: str, context: Context) -> Times:
    """Every time said, read as the future of `context.now`."""
    return _read(text[:LONGEST], context)


@lru_cache(maxsize=512)
def _read(text: str, context: Context) -> Times:
    """Several passes of one reading ask the same of a stretch: two times of five it is known."""
    said = Utterance(text, context)
    heard = wishes(said, phrases(said))
    resolved = [resolve(said, phrase) for phrase in heard.wanted]
    refused = [resolve(said, phrase, refused=True) for phrase in heard.refused]
    found = [one.when for one in resolved]
    return Times(
        without_named(found, counted_from(found)),
        tuple(one.when for one in refused),
        any(one.ambiguous for one in resolved),
        next((one.disagreement for one in resolved if one.disagreement), None),
    )


def counted_from(times: Iterable[When]) -> set[date]:
    """The days from which others are counted off; "the same day" is that day itself."""
    return {when.since for when in times if when.since and when.since != when.value}


def without_named(times: Iterable[When], named: Collection[date]) -> tuple[When, ...]:
    """The times without days that were only named to count another from."""
    weekdays = {day.weekday() for day in named}

    def is_named(when: When) -> bool:
        on = when.start if when.value is None else when.value
        on = on.date() if isinstance(on, datetime) else on
        same = isinstance(on, date) and when.kind == "date" and on.weekday() in weekdays
        return not when.since and (same or on in named)

    return tuple(when for when in times if not is_named(when))


def day_named_last(text: str, context: Context) -> date | None:
    """The last day that these words name, whatever for: "my test is on the ninth"."""
    said = Utterance(text, replace(context, question="date"))
    days = [phrase.meaning.day for phrase in phrases(said) if phrase.meaning.day]
    return day_named(said, days[-1]) if days else None
