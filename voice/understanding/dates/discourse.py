"""What a caller does with times in a sentence: rules one out, corrects one, lists several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from voice.understanding.dates.background import Told, told_of
from voice.understanding.dates.listing import (
    LINKS,
    corrected,
    has_time,
    in_week,
    is_corrected,
    is_open,
    is_put_right,
    is_same_day,
    is_second_best,
    made_exact,
    on_day_kept,
    same_kind,
    week_after,
    with_day_last,
    with_day_of,
    with_month_of,
    with_time_of,
    words_between,
)
from voice.understanding.dates.meaning import (
    Clock,
    Day,
    Heard,
    Hours,
    Phrase,
    Span,
    join,
)
from voice.understanding.dates.open_ends import refers_back
from voice.understanding.dates.placing import place_day
from voice.understanding.dates.refusing import is_excepted, is_refused
from voice.understanding.dates.words import Utterance

SEPARATING = frozenset(". ? ! ; or and but not no then until to if".split())
NARROWING = frozenset(
    """but only just , it would it'd it'll has have to needs be must any time anytime sometime
    ideally preferably though i'd need""".split()
)
CANNOT_BE = frozenset("can't cannot can not be must mustn't should shouldn't won't".split())
""" "Friday can't be later than five" tells of Friday alone."""
FOLLOWING = ("the day after", "day after", "the next day", "next day", "the following day",
             "following day")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wishes:
    """Phrases the caller wants, and those ruled out."""

    wanted: tuple[Phrase, ...]
    refused: tuple[Phrase, ...]


def wishes(said: Utterance, heard: list[Phrase]) -> Wishes:
    """Phrases sorted into wanted and refused, corrections made and lists completed."""
    wanted: list[Phrase] = []
    refused: list[Phrase] = []
    last: Phrase | None = None
    limits: list[Phrase] = []
    told: Told | None = None
    kept: Phrase | None = None
    gone: Phrase | None = None
    for index, phrase in enumerate(heard):
        between = words_between(said, last.end if last else 0, phrase.start)
        until = heard[index + 1].start if index + 1 < len(heard) else len(said)
        linked = last is not None and bool(between) and set(between) <= LINKS
        if not (told and last and linked and is_alike(last, phrase, between)):
            told = told_of(said, phrase, last.end if last else 0)
        if told and told != "busy":
            limits += beyond(phrase, told)
            kept = phrase if told == "free after" else kept
            last = phrase
            continue
        goes_on = linked and refused[-1:] == [last] and "," not in between[:1]
        goes_on = goes_on and not is_put_right(said, refused[-1], between)
        if told == "busy" or goes_on or is_refused(said, phrase, until):
            gone = rule_out(said, phrase, wanted, refused) or gone
            last = kept = refused[-1]
            continue
        if kept is last or is_second_best(between):
            phrase = on_day_kept(wanted[-1] if wanted else last, phrase)
        if gone and kept is last:
            phrase, gone = corrected(gone, phrase), None
        wanted, last = with_wish(said, wanted, phrase, last)
    if not any(phrase.meaning.clock or phrase.meaning.hours for phrase in wanted):
        wanted += limits  # "I finish at five, Tuesday please"
    return Wishes(tuple(met(said, without_haste(said, wanted))), tuple(refused))


def with_wish(
    said: Utterance, wanted: list[Phrase], phrase: Phrase, last: Phrase | None
) -> tuple[list[Phrase], Phrase]:
    """The wishes with one more, and that one as the wishes before it make it."""
    if last and refers_back(said, phrase.start) and wanted[-1:] == [last]:
        wanted.pop()  # "at two, or any time after that"
    phrase = same_time(said, day_after(said, phrase, last))
    if last and wanted and wanted[-1] is last:
        between = words_between(said, last.end, phrase.start)
        if is_corrected(between) and same_kind(last.meaning, phrase.meaning):
            phrase = corrected(wanted.pop(), phrase)
        elif said.at(phrase.start - 1) in ("say", "like") and is_open(last.meaning):
            phrase = made_exact(wanted, phrase)
        elif between and set(between) <= LINKS:
            phrase = with_day_of(last, phrase)
            wanted = with_time_of(said, phrase, with_month_of(said, phrase, wanted))
    return [*wanted, phrase], phrase


def is_alike(last: Phrase, phrase: Phrase, between: list[str]) -> bool:
    """Whether two times are told of in one breath: "in May and June", not "on Sunday, at one"."""
    return "," not in between or has_time(last.meaning) == has_time(phrase.meaning)


def beyond(phrase: Phrase, told: Told) -> list[Phrase]:
    """ "I finish at five": from then on; "I start at nine": until then."""
    clock = phrase.meaning.clock
    if told == "past" or not clock:
        return []
    hours = Hours(clock, None) if told == "free after" else Hours(None, clock)
    return [replace(phrase, meaning=replace(phrase.meaning, clock=None, hours=hours))]


def rule_out(
    said: Utterance, phrase: Phrase, wanted: list[Phrase], refused: list[Phrase]
) -> Phrase | None:
    """One more phrase that is refused; a weekday goes with the week that is spoken of. Returns the
    wish that is taken back with it: "next Monday, sorry, not Monday".

    "Any day but Monday or Friday next week": all of that week is wanted, without its two days.
    """
    gone = wanted.pop() if wanted and is_same_day(said, wanted[-1], phrase) else None
    if gone and (later := week_after(said, gone, phrase)):
        wanted.append(later)
        gone = None
    if wanted and set(words_between(said, wanted[-1].end, phrase.start)) <= {"not", ","}:
        wanted[-1] = with_day_last(wanted[-1], phrase)
    if wanted and CANNOT_BE.issuperset(words_between(said, wanted[-1].end, phrase.start)):
        meant = join(wanted[-1].meaning, phrase.meaning)
        phrase = Phrase(meant, wanted[-1].start, phrase.end) if meant else phrase
    began = len(refused)
    while began and set(words_between(said, refused[began - 1].end, phrase.start)) <= LINKS:
        phrase_before = refused[began - 1]
        began -= 1
        if is_excepted(said, phrase_before.start):
            break
    listed = [*refused[began:], phrase]
    day = phrase.meaning.day
    if day and day.week and is_excepted(said, listed[0].start):
        wanted.append(replace(phrase, meaning=Heard(days=day.week)))
    week = wanted[-1].meaning.days if wanted else None
    refused[began:] = [in_week(week, one) for one in listed] if week else listed
    return gone


def without_haste(said: Utterance, wanted: list[Phrase]) -> list[Phrase]:
    """ "As soon as possible on Tuesday" means Tuesday."""
    later = [phrase for phrase in wanted if phrase.meaning.span != Span(said.now, None)]
    return later or wanted


def met(said: Utterance, wanted: list[Phrase]) -> list[Phrase]:
    """A day and a time said apart in one sentence are one: "Tuesday with Ana at three"."""
    found: list[Phrase] = []
    for phrase in wanted:
        last = found[-1] if found else None
        joined = join(last.meaning, phrase.meaning) if last and is_apart(last, phrase) else None
        between = words_between(said, last.end, phrase.start) if last else []
        parted = SEPARATING & set(between) and not is_narrowed(phrase, between)
        if last and joined and len(between) <= 8 and not parted and phrase.start >= last.end:
            found[-1] = Phrase(joined, last.start, phrase.end)
        elif is_day_of_clocks(said, found, phrase):
            found = on_that_day(found, phrase)
        else:
            found.append(phrase)
    return found


def is_day_of_clocks(said: Utterance, found: list[Phrase], phrase: Phrase) -> bool:
    """ "Nine or one would work on Thursday": the day comes last and goes for both times."""
    last = found[-1] if found else None
    if not last or not last.meaning.clock or last.meaning.day or said.at(phrase.start - 1) != "on":
        return False
    between = words_between(said, last.end, phrase.start)
    alone = phrase.meaning == Heard(day=phrase.meaning.day)
    return alone and len(between) <= 4 and not SEPARATING & set(between)


def on_that_day(found: list[Phrase], phrase: Phrase) -> list[Phrase]:
    """The times just heard, each on the day."""
    timed = list(found)
    for place in range(len(found) - 1, -1, -1):
        meaning = found[place].meaning
        if not meaning.clock or meaning.day:
            break
        timed[place] = replace(found[place], meaning=replace(meaning, day=phrase.meaning.day))
    return timed


def is_apart(first: Phrase, second: Phrase) -> bool:
    day, clock = first.meaning, second.meaning
    return bool(day.day and not has_time(day) and (clock.clock or clock.hours) and not clock.day)


def is_narrowed(phrase: Phrase, between: list[str]) -> bool:
    """ "Tomorrow, but only after four": the hours of that day that will do."""
    return phrase.meaning.hours is not None and set(between) <= NARROWING


def same_time(said: Utterance, phrase: Phrase) -> Phrase:
    """ "Same time tomorrow", "same time next week": the time of the first offer, on another day."""
    meaning, offers = phrase.meaning, [offer.start for offer in said.context.offered if offer.start]
    before = phrase.start
    while said.at(before - 1) in ("on", "for", "but", "the"):
        before -= 1
    if not offers or not said.follows(before - 2, "same time") or has_time(meaning):
        return phrase
    clock = Clock(offers[0].hour, offers[0].minute, full=True)
    if meaning.day:
        return replace(phrase, meaning=replace(meaning, day=meaning.day, clock=clock))
    if meaning.days and meaning.days.within and meaning.days.start:
        ahead = meaning.days.start + timedelta(offers[0].weekday())
        return replace(phrase, meaning=Heard(day=Day(on=ahead), clock=clock))
    return phrase


def day_after(said: Utterance, phrase: Phrase, last: Phrase | None) -> Phrase:
    """ "The day after" counts from the day just heard, or offered."""
    words = " ".join(words_between(said, phrase.start, phrase.end))
    if words not in FOLLOWING:
        return phrase
    on: date | None = None
    if last and last.meaning.day:
        on = place_day(last.meaning.day, said.today).on
    elif offered := [offer.start for offer in said.context.offered if offer.start]:
        on = offered[-1].date()
    if on is None:
        return phrase
    return replace(phrase, meaning=Heard(day=Day(on=on + timedelta(1))))
