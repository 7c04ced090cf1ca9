"""What a caller takes back of a time and what it leaves standing: "Tuesday at three, no, four"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from voice.understanding.dates.listing import has_time
from voice.understanding.dates.meaning import Day, Heard, Phrase
from voice.understanding.dates.placing import place_day
from voice.understanding.dates.words import Utterance

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
