"""Times told one after the other: what listed ones share, and what one that is taken back leaves
standing: "Tuesday at three, no, four"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from voice.understanding.dates.meaning import Day, Days, Heard, Phrase, join, one_day
from voice.understanding.dates.placing import place_day
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


CORRECTING = (
    "no", "wait", "sorry", "actually", "i mean", "i meant", "scratch that", "make it", "make that",
    "rather", "correction", "on second thought", "let's make it", "let's say", "change that to",
    "change it to", "oops", "hang on", "hold on", "my mistake", "strike that",
)  # fmt: skip


def is_corrected(between: list[str]) -> bool:
    """Whether the words between two times take the first one back."""
    told = f" {' '.join(between)} "
    if len(between) > 9:
        return False
    return any(f" {phrase} " in told for phrase in CORRECTING)


def is_put_right(said: Utterance, refused: Phrase, between: list[str]) -> bool:
    """ "Not the 21st, the 28th": nothing joins the second to the first, so it stands for it."""
    before = said.at(refused.start - 1 - (said.at(refused.start - 1) in ("the", "on", "at")))
    return before == "not" and set(between) <= {"the", "on", "at"}


def same_kind(old: Heard, new: Heard) -> bool:
    """Both speak of the day, or both of the time: then the second can replace the first."""
    dated = bool(old.day or old.days) and bool(new.day or new.days)
    return dated or (has_time(old) and has_time(new)) or bool(old.span or new.span)


def corrected(before: Phrase, after: Phrase) -> Phrase:
    """What was said last, with what it leaves standing: "Tuesday at three, no, four"."""
    old, new = before.meaning, after.meaning
    if (
        old.day and new.day and new.day == Day(weekday=new.day.weekday)
    ):  # "next Monday, no, Tuesday"
        new = replace(new, day=replace(new.day, which=old.day.which))
        after = replace(after, meaning=new)
    if new.day and not has_time(new) and has_time(old) and old.day:
        return replace(after, meaning=replace(old, day=new.day))
    if new.day is None and has_time(new) and old.day and has_time(old):
        return replace(after, meaning=replace(new, day=old.day))
    return after


def is_open(meaning: Heard) -> bool:
    return bool(meaning.hours or meaning.part) and not meaning.clock


def made_exact(wanted: list[Phrase], phrase: Phrase) -> Phrase:
    """ "After lunch, say half one": the hour, on the day of what it makes exact."""
    if not phrase.meaning.clock or phrase.meaning.day:
        return phrase
    day = wanted.pop().meaning.day
    return replace(phrase, meaning=replace(phrase.meaning, day=day))


def week_after(said: Utterance, wish: Phrase, phrase: Phrase) -> Phrase | None:
    """ "Friday, but not this Friday": the one after."""
    day, ruled_out = wish.meaning.day, phrase.meaning.day
    if not day or not ruled_out or ruled_out.which != "this" or day != Day(weekday=day.weekday):
        return None
    on = place_day(day, said.today).on + timedelta(7)
    return replace(wish, meaning=replace(wish.meaning, day=Day(on=on)))


def with_day_last(wish: Phrase, phrase: Phrase) -> Phrase:
    """ "Three fifteen, not three fifty, on Monday": the day, said last, goes for both."""
    day = phrase.meaning.day
    if not day or not phrase.meaning.clock or not wish.meaning.clock or wish.meaning.day:
        return wish
    return replace(wish, meaning=replace(wish.meaning, day=day))


def is_same_day(said: Utterance, wish: Phrase, phrase: Phrase) -> bool:
    """Whether a whole day is ruled out right after it was wished for."""
    one, other = wish.meaning.day, phrase.meaning.day
    if not one or not other or has_time(phrase.meaning):
        return False
    return place_day(one, said.today).on == place_day(other, said.today).on


def is_second_best(between: list[str]) -> bool:
    """ "Can you do four on Friday? If not, half four": of the same day."""
    return "otherwise" in between or "if not" in " ".join(between[-6:])


def on_day_kept(last: Phrase | None, phrase: Phrase) -> Phrase:
    """ "I'm at work till three on Thursday, so half three", "four on Friday, if not four, five"."""
    if not last or not last.meaning.day or not has_time(last.meaning):
        return phrase
    meaning = phrase.meaning
    if meaning.day or not has_time(meaning):
        return phrase
    return replace(phrase, meaning=replace(meaning, day=last.meaning.day))
