"""Times listed in one breath share what is said once: a day, a time of day, a month, a week."""

from __future__ import annotations

from dataclasses import replace

from voice.understanding.dates.meaning import Days, Heard, Phrase, join, one_day
from voice.understanding.dates.words import Utterance

LINKS = frozenset(
    {"or", "and", ",", "on", "nor", "at", "the", "also", "/", "either", "then", "maybe"}
)


def with_day_of(before: Phrase, phrase: Phrase) -> Phrase:
    """A time listed after a date is on that date: "Tuesday at 2 or 3"."""
    meaning = phrase.meaning
    if before.meaning.day and has_time(before.meaning) and has_time(meaning) and not meaning.day:
        return replace(phrase, meaning=replace(meaning, day=before.meaning.day))
    first, bare = before.meaning.day, meaning.day
    if first and bare and first.week:
        return in_week(first.week, phrase)
    if first and bare and first.month and bare.day and not bare.month:
        return replace(
            phrase, meaning=replace(meaning, day=replace(bare, month=first.month, year=first.year))
        )
    return phrase


def with_month_of(said: Utterance, phrase: Phrase, wanted: list[Phrase]) -> list[Phrase]:
    """All that is listed before "the fourth of April" is of April; so with a week."""
    dated = phrase.meaning.day
    shared, after = list(wanted), phrase
    for place in range(len(wanted) - 1, -1, -1):
        day = wanted[place].meaning.day
        linked = set(words_between(said, wanted[place].end, after.start)) <= LINKS
        if not (dated and day and linked):
            break
        after = wanted[place]
        if dated.month and day.is_number:
            day = replace(day, month=dated.month, year=dated.year)
            shared[place] = replace(after, meaning=replace(after.meaning, day=day))
        elif dated.week:
            shared[place] = in_week(dated.week, after)
        else:
            break
    return shared


def with_time_of(said: Utterance, phrase: Phrase, wanted: list[Phrase]) -> list[Phrase]:
    """All that is listed before "Tuesday at three" shares its time, or its day."""
    meaning = phrase.meaning
    if not (meaning.day and has_time(meaning)):
        return wanted
    shared, after = list(wanted), phrase
    for place in range(len(wanted) - 1, -1, -1):
        last = wanted[place].meaning
        if not set(words_between(said, wanted[place].end, after.start)) <= LINKS:
            break
        if last.day and not has_time(last):
            last = replace(last, clock=meaning.clock, hours=meaning.hours, part=meaning.part)
        elif last.clock and meaning.clock and not last.day:
            last = replace(last, day=meaning.day)
        else:
            break
        after, shared[place] = wanted[place], replace(wanted[place], meaning=last)
    return shared


def in_week(week: Days, phrase: Phrase) -> Phrase:
    """A bare weekday, or a stretch of weekdays, of that week."""
    day, days = phrase.meaning.day, phrase.meaning.days
    if day and not day.which and (picked := one_day(Heard(days=week), Heard(day=day))):
        return replace(phrase, meaning=replace(phrase.meaning, day=picked))
    joined = join(Heard(days=week), phrase.meaning) if days and days.weekdays else None
    return replace(phrase, meaning=joined) if joined else phrase


def has_time(meaning: Heard) -> bool:
    return bool(meaning.clock or meaning.hours or meaning.part)


def words_between(said: Utterance, start: int, end: int) -> list[str]:
    return [said.at(place) for place in range(start, end)]
