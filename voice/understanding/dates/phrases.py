"""Phrases of time as they stand in a sentence: pieces found left to right, neighbours joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voice.understanding.dates import clocks, days, lengths, parts, periods, relations, spans
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
from voice.understanding.dates.meaning import FAIR, FIRM, WEAK, Heard, Piece, heard, join
from voice.understanding.dates.words import Utterance

Rule = Callable[[Utterance, int], tuple[Heard, int] | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of time and the places of its words."""

    meaning: Heard
    start: int
    end: int


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
    spans.open_end,
    of(lengths.coming_span),
    of(lengths.rest_of_day),
    of(lengths.instant),
    of(lengths.day_from_now),
    of(periods.period),
    of(clocks.clock),
    parts.part,
)
"""Among readings of one length the earlier rule wins."""
GLUE = frozenset(
    """at on in the for of t , @ ( ) around about by - sometime any time anytime from is starting
    maybe say approximately but and during please available""".split()
)
ABOUT = frozenset({"about", "around", "approximately", "roughly", "at", "@"})
CLOCK_CUES = ("at", "@", "around", "about", "make it", "make it for", "make that", "how about",
              "what about", "let's say", "say", "sharp at", "closer to")  # fmt: skip
CORRECTION = frozenset(
    "no wait sorry actually i mean make it , . - maybe rather better say".split()
)
AFTER_TIME = frozenset(
    """ . , ? ! ; : ) - or and to if would will works work is for then instead please in on at the
    with because sharp but so when today tomorrow tonight this next every also too may be thanks
    thank okay ok yes no not that which was are might could should i we im i'm i'd it it's its
    from until till before after works' fine good better best suits great perfect just as since
    unless though actually sorry wait rather only tops oclock ish sounds does do doesn't don't
    can can't cannot won't isn't until of by my your our his her their me us him them you""".split()
)


def phrases(said: Utterance) -> list[Phrase]:
    """Every phrase of time in the order heard."""
    found: list[Phrase] = []
    place = 0
    while place < len(said):
        match = piece(said, place)
        if match is None:
            place += 1
            continue
        phrase = grown(said, Phrase(match[0], place, match[1]))
        if told(said, phrase, found):
            found.append(phrase)
            place = phrase.end
        else:
            place = phrase.end if is_far(phrase.meaning) else place + 1
    return found


def piece(said: Utterance, at: int) -> tuple[Heard, int] | None:
    """The longest piece that begins here."""
    if said.at(at) not in STARTERS and not said.at(at).isdecimal():
        return None
    best: tuple[Heard, int] | None = None
    for rule in RULES:
        match = rule(said, at)
        if match and (best is None or match[1] > best[1]):
            best = match
    return best


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
        joined = join(phrase.meaning, match[0])
        if joined is None or not fits(said, phrase, place, match):
            return phrase
        phrase = Phrase(joined, phrase.start, match[1])


def fits(said: Utterance, phrase: Phrase, place: int, match: tuple[Heard, int]) -> bool:
    """Whether a weak neighbour is a time: "Friday at 4" is, "Friday for 4 people" is not."""
    glue = [said.at(at) for at in range(phrase.end, place)]
    if "and" in glue and not (phrase.meaning.hours and match[0].hours):
        return False
    if match[0].strength > WEAK:
        return True
    return can_end(said, match[1]) and not said.is_blocked(place) and "." not in glue


def can_end(said: Utterance, at: int) -> bool:
    """Whether a bare number may be a time when this word follows it."""
    word = said.at(at)
    return word == "" or word in AFTER_TIME or word in WEEKDAYS or word in MONTHS or word in PARTS


def told(said: Utterance, phrase: Phrase, before: list[Phrase]) -> bool:
    """Whether the phrase is a time at all, by itself or by what stands around it."""
    meaning = phrase.meaning
    if is_far(meaning):
        return False
    if meaning.strength >= FAIR and not bare_part(meaning):
        return meaning.strength == FIRM or can_end(said, phrase.end) or bool(meaning.days)
    if bare_part(meaning):
        return True
    if meaning.days or (meaning.hours and not can_end(said, phrase.end)):
        return alone(said, phrase)
    if meaning.day:
        return told_day(said, phrase, before)
    if not can_end(said, phrase.end):
        return False
    return told_clock(said, phrase, before)


def told_clock(said: Utterance, phrase: Phrase, before: list[Phrase]) -> bool:
    """Whether a bare number is a time of day: asked for, cued, or one of a list of times."""
    if said.context.question == "time" or said.at(phrase.start) in ABOUT:
        return True
    if any(said.follows(phrase.start - len(cue.split()), cue) for cue in CLOCK_CUES):
        return True
    if said.at(phrase.end) in ("or", "and"):
        after = piece(said, said.skip(phrase.end + 1, ABOUT))
        if after and after[0].clock and after[0].strength > WEAK:
            return True
    if not before or not (before[-1].meaning.clock or before[-1].meaning.hours):
        return False
    gap = {said.at(place) for place in range(before[-1].end, phrase.start)}
    return gap <= CORRECTION | {"or", "and", ","}


def is_far(meaning: Heard) -> bool:
    """In a far time zone: not a time that we can place, so it is asked for again."""
    ends = (meaning.clock, *((meaning.hours.start, meaning.hours.end) if meaning.hours else ()))
    return any(end is not None and end.zone == "far" for end in ends)


def told_day(said: Utterance, phrase: Phrase, before: list[Phrase]) -> bool:
    previous = said.at(phrase.start - 1)
    listed = bool(before) and before[-1].end == phrase.start - 1 and previous in ("or", "and", ",")
    if listed and (dated := before[-1].meaning.day) and dated.day:
        return can_end(said, phrase.end)
    if not can_end(said, phrase.end):
        return False
    if alone(said, phrase) or said.context.question == "date":
        return True
    if previous in ("on", "until", "till", "by", "before", "after", "from", "since"):
        return True
    near = bool(before) and phrase.start - before[-1].end <= 2
    return near and previous in ("or", ",", "and", "the") and before[-1].meaning.day is not None


def alone(said: Utterance, phrase: Phrase) -> bool:
    """Nothing else is said but marks and small words."""
    rest = [*range(phrase.start), *range(phrase.end, len(said))]
    return all(said.at(at) in GLUE | {".", "?", "!", "how", "what"} for at in rest)


def bare_part(meaning: Heard) -> bool:
    return meaning.part is not None and not (meaning.day or meaning.clock or meaning.hours)


STARTERS = frozenset(
    (*WEEKDAYS, *MONTHS, *ONES, *TENS, *ORDINALS, *PARTS, *UNITS, *HOLIDAYS)
    + (*TODAY, *TOMORROW, *TONIGHT, *NEXT, *COMING, *THIS, *LAST)
    + tuple(
        phrase.split()[0]
        for phrases_of in (
            *(spans.AFTER, spans.FROM, spans.BEFORE, spans.UP_TO, clocks.NOON, clocks.MIDNIGHT),
            *(lengths.NOW, parts.DAY_END, parts.FIRST_THING, parts.WORKING_DAY, periods.WEEKEND),
        )
        for phrase in phrases_of
    )
    + tuple(
        """the a an in at on from am pm asap as soonest closest nearest week between btw about
        around approximately roughly circa half quarter couple pair few several early late mid
        middle beginning start end eom eow rest remainder w my that yesterday fortnight within
        for day year during sometime approx more""".split()
    )
)
"""The words a piece can begin with; a digit can as well."""
