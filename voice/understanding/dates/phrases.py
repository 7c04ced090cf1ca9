"""Phrases of time as they stand in a sentence: pieces found left to right, neighbours joined."""

from __future__ import annotations

from collections.abc import Callable

from voice.understanding.dates import (
    clocks,
    days,
    lengths,
    open_ends,
    parts,
    periods,
    relations,
    spans,
)
from voice.understanding.dates.background import told_of
from voice.understanding.dates.evidence import ABOUT, GLUE, can_end, is_told, is_unplaced
from voice.understanding.dates.holidays import HOLIDAYS
from voice.understanding.dates.lexicon import (
    COMING,
    LAST,
    MONTHS,
    NEXT,
    ONES,
    ORDINALS,
    PARTS,
    TENS,
    THIS,
    TODAY,
    TOMORROW,
    TONIGHT,
    UNITS,
    WEEKDAYS,
)
from voice.understanding.dates.meaning import WEAK, Clock, Day, Heard, Phrase, Piece, heard, join
from voice.understanding.dates.refusing import is_excepted, refused_before
from voice.understanding.dates.relations import GOES_ON
from voice.understanding.dates.words import Utterance, read_once

Rule = Callable[[Utterance, int], tuple[Heard, int] | None]


def of(rule: Callable[[Utterance, int], tuple[Piece, int] | None]) -> Rule:
    def found(said: Utterance, at: int) -> tuple[Heard, int] | None:
        match = rule(said, at)
        return (heard(match[0]), match[1]) if match else None

    return found


RULES: tuple[Rule, ...] = (
    of(days.day),
    of(clocks.hours),
    relations.beside,
    spans.days_between,
    spans.lasting,
    relations.counted_from,
    spans.moments_between,
    open_ends.open_end,
    of(lengths.coming_span),
    of(lengths.rest_of_day),
    of(lengths.instant),
    of(lengths.day_from_now),
    of(periods.period),
    of(clocks.clock),
    parts.part,
)
"""Among readings of one length the earlier rule wins."""


def phrases(said: Utterance) -> list[Phrase]:
    """Every phrase of time in the order heard."""
    found: list[Phrase] = []
    place = 0
    while place < len(said):
        asked = said.at(place) == "about" and said.at(place - 1) in ("how", "what")
        back = open_ends.since_that(said, place, found[-1] if found else None)
        back = back or relations.from_named(said, place, found)
        match = None if asked else back or past_same_hour(said, place, found) or piece(said, place)
        if match is None or is_count(said, place, match[0]):
            place += 1
            continue
        phrase = grown(said, Phrase(match[0], place, match[1]))
        if is_told(said, phrase, found, listed=before_time(said, phrase)):
            found.append(phrase)
            place = phrase.end
        else:
            place = phrase.end if is_unplaced(said, phrase.meaning) else place + 1
    return found


def past_same_hour(said: Utterance, at: int, found: list[Phrase]) -> tuple[Heard, int] | None:
    """ "Ten or half past", "could we say half past": of the hour just said, else of the offered."""
    clock = found[-1].meaning.clock if found else None
    hours = {each.start.hour for each in said.context.offered if each.start}
    if clock is None and len(hours) == 1:
        clock = Clock(hours.pop(), full=True)
    later = clocks.same_hour(said, at, clock) if clock and not piece(said, at) else None
    return (heard(later[0]), later[1]) if later and said.at(later[1]) in GOES_ON else None


def is_count(said: Utterance, at: int, meaning: Heard) -> bool:
    """A bare number after "of" counts things: "a table of four, tomorrow at nine"."""
    bare = meaning.clock is not None and not meaning.clock.minute and meaning.strength == WEAK
    return bare and said.at(at - 1) == "of"


@read_once
def piece(said: Utterance, at: int) -> tuple[Heard, int] | None:
    """The longest piece that begins here."""
    if said.at(at) not in STARTERS and not said.at(at).isdecimal() or said.is_blocked(at):
        return None
    best: tuple[Heard, int] | None = None
    for rule in RULES:
        match = rule(said, at)
        if match and (best is None or match[1] > best[1]):
            best = match
    return best


def before_time(said: Utterance, phrase: Phrase) -> bool:
    """Whether "or" and a sure time follow: "two or three pm", "the 3rd or the 4th of April"."""
    day = phrase.meaning.day
    if day and day.is_number:
        before = phrase.start - 1 - (said.at(phrase.start - 1) == "the")
        bounds = said.at(before) in ("between", "from")  # a span of days needs other evidence
        return not bounds and before_date(said, phrase.end)
    if said.at(phrase.end) not in ("or", "and"):
        return False
    place = said.skip(phrase.end + 1, ABOUT)
    after = piece(said, place)
    if not after or not after[0].clock:
        return False
    return after[0].strength > WEAK or on_a_day(said, Phrase(after[0], place, after[1]))


def on_a_day(said: Utterance, phrase: Phrase) -> bool:
    """Whether the day of an hour is said right after it: "ten or eleven on Saturday"."""
    day = piece(said, phrase.end + 1) if said.at(phrase.end) == "on" else None
    day = day or piece(said, phrase.end)
    return day is not None and day[0].day is not None and not day[0].day.is_number


def before_date(said: Utterance, end: int) -> bool:
    """Whether a day of a month follows in a list, or one more written like "6th"."""
    if said.at(end) not in ("or", "and", ","):
        return False
    place = said.skip(end, ("or", "and", ","))
    after = piece(said, place)
    if not after or not after[0].day or not after[0].day.day:
        return False
    if after[0].day.month or said.at(place).isdecimal() and said.at(end - 2).isdecimal():
        return said.at(after[1]) != "of"
    return before_date(said, after[1])


def grown(said: Utterance, phrase: Phrase) -> Phrase:
    """The phrase with all that follows and speaks of the same time."""
    while True:
        place = phrase.end
        for _ in range(4):
            match = piece(said, place)
            if match and place != phrase.end or match and phrase.end == place:
                break
            match = None
            if said.at(place) not in GLUE:
                break
            place += 1
        if not match:
            return phrase
        if is_set_apart(said, phrase, place, match[0]):
            return phrase
        joined = join(phrase.meaning, match[0])
        if joined is None or not fits(said, phrase, place, match):
            return phrase
        phrase = Phrase(joined, phrase.start, match[1])


def is_set_apart(said: Utterance, phrase: Phrase, place: int, meaning: Heard) -> bool:
    """Whether the next piece is told of something else: "any morning but Monday", "not Monday,
    after three", "not Monday, the one after"."""
    if is_excepted(said, place) or relations.one_after(said, place):
        return True
    if relations.counted_off(said, place) or is_another_day(phrase.meaning, meaning):
        return True
    if phrase.meaning.day and is_over(said, phrase.meaning.day):  # "I called yesterday about four"
        return not {"about", "for"}.isdisjoint(said.texts[phrase.end : place])
    if "," not in said.texts[phrase.end : place]:
        return False
    if not (phrase.meaning.day and meaning.day) and told_of(said, phrase, 0):
        return True  # "I fell on Sunday, three o'clock today"
    if not refused_before(said, phrase.start):
        return False
    if phrase.meaning.day:
        return bool(meaning.hours or meaning.part) and not (meaning.day or meaning.clock)
    return phrase.meaning.hours is not None and meaning.day is not None


def is_another_day(first: Heard, second: Heard) -> bool:
    """Whether a day behind another with its hours is none of it: "tomorrow morning Thursday
    afternoon", "Thursday after three tomorrow would be better"."""
    if not (first.day and second.day and (first.part or first.hours or first.clock)):
        return False
    days = {day.weekday if day.on is None else day.on.weekday() for day in (first.day, second.day)}
    return None not in days and len(days) > 1 and bool(first.day.on or second.day.on)


def is_over(said: Utterance, day: Day) -> bool:
    return day.on is not None and day.on < said.today


def fits(said: Utterance, phrase: Phrase, place: int, match: tuple[Heard, int]) -> bool:
    """Whether a weak neighbour is a time: "Friday at 4" is, "Friday for 4 people" is not."""
    glue = [said.at(at) for at in range(phrase.end, place)]
    if "and" in glue and not (phrase.meaning.hours and match[0].hours):
        return False
    if match[0].strength > WEAK:
        return True
    return can_end(said, match[1]) and not said.is_blocked(place) and "." not in glue


STARTERS = frozenset(
    (*WEEKDAYS, *MONTHS, *ONES, *TENS, *ORDINALS, *PARTS, *UNITS, *HOLIDAYS)
    + (*TODAY, *TOMORROW, *TONIGHT, *NEXT, *COMING, *THIS, *LAST)
    + tuple(
        phrase.split()[0]
        for phrases_of in (
            *(*(phrases for phrases, _ in open_ends.SIDES), clocks.NOON, clocks.MIDNIGHT),
            *(
                lengths.NOW,
                parts.DAY_END,
                parts.FIRST_THING,
                parts.WORKING_DAY,
                periods.WEEKEND,
                tuple(periods.WORKING_DAYS),
            ),
        )
        for phrase in phrases_of
    )
    + tuple(
        """the a an in at on from am pm asap as soonest closest nearest week between btw about
        around round approximately roughly circa gone half quarter couple pair few several early
        late mid middle beginning start end eom eow rest remainder w my that yesterday fortnight
        within for day year during sometime approx more less same""".split()
    )
)
"""The words a piece can begin with; a digit can as well."""
