"""A booking is to be moved: which times tell where it is, and which where it should go."""

from __future__ import annotations

import re
from dataclasses import replace

from voice.call import LONGEST_CHANGE, CallContext, discussed, listening
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Reading, When
from voice.wishes.joining import join
from voice.wishes.wanted import Wanted, spans_of

_PARTED = re.compile(
    r"(?P<old>.*?\b(?:mov\w+|chang\w+|re-?schedul\w+|push\w*|switch\w*|shift\w*|bring\w*|put\w*|"
    r"appointment|booking|visit|it)\b.*?)\b(?:to|until|till)\s+(?P<new>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TO_ITSELF = re.compile(
    r"\b(?:like|want|need|able|have|going|trying|wanted|love|possible|got|how)\s+$"
)
_ON_THE_CLOCK = re.compile(
    r"\bquarter\s+$|\b(?:about|around|say|by|past|day)\s+(?:five|ten|twenty)(?: minutes?)?\s+$"
)
"""The "to" that follows is no way to a new time: "on Monday about quarter to three"."""
_NEW = re.compile(
    r"\b(?:to|until|till|for|into|instead|make (?:it|that))\s+(?:the |a |an |some ?time |about )*$"
)
_OLD = re.compile(
    r"\b(?:from|my|the|our)\s+(?:\w+\s+){0,2}$|"
    r"\b(?:appointment|booking|visit|one|it)\s+"
    r"(?:(?:is|was|thats|which is|i have|ive got|that i have)\s+)?(?:on|at|for|this|coming)?\s*$|"
    r"\b(?:cant|cannot|can not|wont be able to) (?:\w+ ){0,4}$"
)


_THAN_MINE = re.compile(
    r"\b(?:sooner|earlier|later|before|ahead|nearer)\b.*\bthan (?:the one|mine|"
    r"(?:my|our|the) (?:\w+ ){0,3}?(?:appointment|booking|visit|one))\b"
)
_MINE_AT = re.compile(
    r"\bmy (?:\w+ ){0,3}(?:appointment|booking|visit)\b(?!.*\b(?:cancel\w*|call off)\b)"
    r".*\b(?:(?:half an hour|an hour|a bit|a little|\d+ minutes) (?:later|earlier)|"
    r"(?:come|be|make it) (?:in )?(?:earlier|later))\b"
)


def is_wanted_at_another_time(said: str) -> bool:
    """ "Anything sooner than my appointment on the 11th?": one that exists is to be moved."""
    return _THAN_MINE.search(said) is not None or _MINE_AT.search(said) is not None


def describe(context: CallContext, reading: Reading) -> None:
    """What was said of the booking itself; the rest waits until it is known which booking."""
    facts = context.facts
    old, _ = old_and_new(context, reading)
    if old:
        facts.describes = Wanted(spans=spans_of(old))
    facts.unplaced = reading.text


def place(context: CallContext) -> None:
    """The new time, now that the booking is known from which "an hour later" counts."""
    facts = context.facts
    said = facts.unplaced
    if not said:
        return
    facts.unplaced = ""
    heard = listening(context)
    times = read_times(said, heard)
    if not times.found and len(said.split()) <= LONGEST_CHANGE:  # "could I do two instead"
        times = read_times(said, replace(heard, question="time"))
    whole = Reading(text=said, times=times.found, exclude=times.exclude)
    _, new = old_and_new(context, whole)
    facts.wanted = join(facts.wanted, new, discussed(context))


def old_and_new(context: CallContext, reading: Reading) -> tuple[tuple[When, ...], Reading]:
    """Times of the booking, and the words about where it should go."""
    parted = _parted(reading.text)
    if parted is not None:
        heard = listening(context)
        then = read_times(parted[0], heard)
        later = read_times(parted[1], replace(heard, question="time"))
        if later.found:
            return then.found, Reading(text=parted[1], times=later.found, exclude=later.exclude)
    old: list[When] = []
    new: list[When] = []
    for when in reading.times:
        before = reading.text[: when.span[0]].lower().replace("'", "").replace("’", "")
        (old if _OLD.search(before) and not _NEW.search(before) else new).append(when)
    return tuple(old), Reading(text=reading.text, times=tuple(new), exclude=reading.exclude)


def _parted(text: str) -> tuple[str, str] | None:
    """Before and after the "to" that leads to the new time."""
    begin = 0
    while found := _PARTED.match(text, begin):
        old = found["old"].lower()
        if not _TO_ITSELF.search(old) and not _ON_THE_CLOCK.search(old):
            return text[: found.start("new")], found["new"]
        begin = found.start("new")
    return None
