"""A phrase placed on the calendar and the clock: the value that callers of this package get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from voice.understanding.dates.lexicon import WEEKDAYS
from voice.understanding.dates.meaning import Heard, Phrase
from voice.understanding.dates.parts import DAY_ENDS
from voice.understanding.dates.periods import WORKING_DAYS
from voice.understanding.dates.placing import Placed, place_day
from voice.understanding.dates.settling import Settled, as_time, hours_of, settle, settle_hours
from voice.understanding.dates.words import Utterance
from voice.understanding.reading import Moment, When, WhenKind

ANY_SUCH = frozenset({"a", "any", "some", "either"})
SHORT_OF_A_PART = 60
"""Minutes of a part of the day behind a beginning that are too few to be all that is meant."""
EARLY_MINUTES = 6 * 60
"""Tonight at two is after midnight: an early hour that is past belongs to the next day."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value with what makes it doubtful."""

    when: When
    ambiguous: bool = False
    disagreement: str | None = None


def resolve(said: Utterance, phrase: Phrase, *, refused: bool = False) -> Resolved:
    """The value of one phrase, and whether any such weekday will do."""
    one = placed_on_calendar(said, phrase, refused=refused)
    if phrase.meaning.day and phrase.meaning.day.since:
        one = replace(one, when=replace(one.when, since=phrase.meaning.day.since))
    if not is_any_such_day(said, phrase):
        return one
    return replace(one, when=replace(one.when, every=True))


def is_any_such_day(said: Utterance, phrase: Phrase) -> bool:
    """ "A Friday", "Saturdays", "Thursday only": a weekday, and not which."""
    day = phrase.meaning.day
    words = [said.at(place) for place in range(phrase.start, phrase.end)]
    if phrase.meaning.days:
        return not {"weekends", *WORKING_DAYS}.isdisjoint(words)
    if not day or day.weekday is None or day.which or day.day or day.on or day.week:
        return False
    named = next((word for word in words if word in WEEKDAYS), "")
    behind = said.at(phrase.start + words.index(named) + 1) if named else ""
    before = phrase.start - 1
    if said.at(before) in ("or", "and") and said.at(before - 1) in WEEKDAYS:
        before -= 2  # "a Tuesday or Thursday"
    led = not ANY_SUCH.isdisjoint((said.at(before), words[0]))
    return led or named.endswith("days") or behind == "only" == words[-1]


def placed_on_calendar(said: Utterance, phrase: Phrase, *, refused: bool = False) -> Resolved:
    """The value of one phrase; `candidates` hold its other readings.

    Where the last day of a span is open, a wish ends before it and a refusal after it.
    """
    text, span = spoken(said, phrase)
    maker = Maker(text, span)
    meaning = phrase.meaning
    placed = place_day(meaning.day, said.today) if meaning.day else None
    if meaning.instant:
        return Resolved(maker.at("datetime", meaning.instant))
    if meaning.span:
        return Resolved(maker.between("range", meaning.span.start, meaning.span.end))
    if meaning.days:
        days = meaning.days
        ends = [days.end] if days.latest is None else [days.end, days.latest]
        first, *others = (
            maker.between("range", days.start, end) for end in (reversed(ends) if refused else ends)
        )
        return Resolved(replace(first, candidates=tuple(others)))
    if meaning.clock:
        return with_clock(said, maker, meaning, placed)
    if meaning.hours or meaning.part:
        return with_hours(said, maker, meaning, placed)
    assert placed
    return day_alone(maker, placed)


def spoken(said: Utterance, phrase: Phrase) -> tuple[str, tuple[int, int]]:
    span = said.words[phrase.start].start, said.words[phrase.end - 1].end
    return said.text[span[0] : span[1]], span


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes values that carry the caller's words."""

    text: str
    span: tuple[int, int]

    def at(self, kind: WhenKind, value: Moment, others: Sequence[Moment] = ()) -> When:
        found = tuple(When(kind, self.text, self.span, other) for other in others)
        return When(kind, self.text, self.span, value, candidates=found)

    def between(
        self, kind: WhenKind, start: Moment | None, end: Moment | None, *others: When
    ) -> When:
        return When(kind, self.text, self.span, start=start, end=end, candidates=others)


def day_alone(maker: Maker, placed: Placed) -> Resolved:
    when = maker.at("date", placed.on, placed.others)
    return doubtful(maker, when, placed)


def doubtful(maker: Maker, when: When, placed: Placed | None, asked: bool = False) -> Resolved:
    disagreement = maker.text if placed and placed.disagrees else None
    return Resolved(when, asked or bool(placed and placed.others), disagreement)


def with_clock(said: Utterance, maker: Maker, meaning: Heard, placed: Placed | None) -> Resolved:
    assert meaning.clock
    on = placed.on if placed else None
    settled = settle(meaning.clock, said, on, meaning.part)
    seconds = meaning.clock.second
    if placed is None:
        others = [as_time(minute) for minute in settled.others]
        when = maker.at("time", settled.time.replace(second=seconds), others)
        return Resolved(when, settled.asked)
    moments = [moment(placed.on, minute) for minute in settled.others]
    moments += [moment(other, settled.minute) for other in placed.others]
    value = moment(placed.on, settled.minute) + timedelta(seconds=seconds)
    if meaning.part and value < said.now and settled.minute < EARLY_MINUTES:
        value += timedelta(1)
    return doubtful(maker, maker.at("datetime", value, moments), placed, settled.asked)


def moment(on: date, minute: int) -> datetime:
    return datetime.combine(on, time()) + timedelta(minutes=minute)


def with_hours(said: Utterance, maker: Maker, meaning: Heard, placed: Placed | None) -> Resolved:
    on = placed.on if placed else None
    if meaning.part and meaning.part.name == DAY_ENDS and not (meaning.hours or said.context.opens):
        last = moment(on or said.today, 24 * 60 - 1)
        return doubtful(maker, maker.at("datetime", last), placed)
    if meaning.hours:
        start, end = settle_hours(meaning.hours, said, on, meaning.part)
        if meaning.part and not meaning.part.of_clock and (start is None or end is None):
            begin, close = hours_of(meaning.part, said, on)
            short = start and close and close.minute - start.minute <= SHORT_OF_A_PART
            # "in the afternoon, after three" may be after four as well
            start, end = start or begin, None if short else end or close
        asked = bool(start and start.asked) or bool(end and end.asked)
    else:
        assert meaning.part
        start, end = hours_of(meaning.part, said, on)
        asked = False
    if placed is None:
        when = maker.between("timerange", start.time if start else None, end.time if end else None)
        return Resolved(when, asked)
    when, *others = (
        maker.between("range", *ends_on(day, start, end)) for day in (placed.on, *placed.others)
    )
    when = replace(when, candidates=tuple(others))
    return doubtful(maker, when, placed, asked)


def ends_on(
    on: date, start: Settled | None, end: Settled | None
) -> tuple[datetime | None, datetime | None]:
    """Both ends on the day; an end at or before the start is on the next."""
    first = moment(on, start.minute) if start else None
    last = moment(on, end.minute) if end else None
    if first and last and last <= first:
        last += timedelta(1)
    return first, last
