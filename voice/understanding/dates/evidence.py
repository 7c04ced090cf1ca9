"""Whether a phrase speaks of time at all: a bare number or an everyday word needs evidence."""

from __future__ import annotations

from voice.understanding.dates.lexicon import MONTHS, PARTS, WEEKDAYS
from voice.understanding.dates.listing import has_time
from voice.understanding.dates.meaning import FAIR, FIRM, Heard, Phrase
from voice.understanding.dates.words import Utterance

GLUE = frozenset(
    """at on in the for of t , @ ( ) around round about by - sometime any time anytime from is
    starting maybe say approximately but and during please available""".split()
)
ABOUT = frozenset({"about", "around", "round", "approximately", "roughly", "at", "@"})
CLOCK_CUES = ("at", "@", "around", "round", "about", "make it", "make it for", "make that",
              "how about", "what about", "let's say", "say", "sharp at", "closer to")  # fmt: skip
CORRECTION = frozenset(
    "no wait sorry actually i mean make it , . - maybe rather better say".split()
)
AFTER_TIME = frozenset(
    """. , ? ! ; : ) - or and to if would will works work is for then instead please in on at the
    with because sharp but so when today tomorrow tonight this next every also too may be thanks
    thank okay ok yes no not that which was are might could should i we im i'm i'd it it's its
    from until till before after fine good better best suits great perfect just as since unless
    though actually sorry wait rather only tops oclock ish sounds yeah yep does do doesn't don't can
    can't cannot won't isn't free available open taken slot spot opening preferably ideally one
    until of by my your our his her their me us him them you looking look sound now
    maybe perhaps possibly dear love pal mate""".split()
)
BOOKING = frozenset(
    """book booking appointment appointments schedule reschedule scheduled available availability
    free open opening openings slot slots spot come see visit move change cancel reserve squeeze
    fit works work suits suit would instead do make need want like take prefer away holiday
    vacation busy""".split()
)
"""Words of somebody who makes an appointment, or says when one would suit."""
DAY_CUES = frozenset(
    {"on", "for", "until", "till", "by", "before", "after", "from", "since", "except", "not"}
)
OPENING = frozenset("i i'm i'd i've we we're can could hi hello my do this".split())
CALLING = frozenset(
    "is are it's what who how when where you yes have please sorry was there need".split()
)
"""How callers go on after a greeting."""
PERSONS = frozenset(
    """wife husband daughter son mother mum mom father dad sister brother friend partner girlfriend
    boyfriend aunt auntie niece grandma granddaughter mrs ms miss mr dr doctor called
    named""".split()
)
JUDGING = frozenset({"would", "is", "might", "will", "be", "works", "suits", "should", "me"})
SUITING = frozenset({"best", "better", "ideal", "perfect", "good", "great", "fine", "easiest",
                     "work", "suit", "do"})  # fmt: skip
SPOKEN_TO = frozenset({"speak", "talk", "spoke", "talked", "talking", "speaking"})
VACANT = frozenset({"available", "free", "open"})
LAST_OF_A_LIST = 12
""" "The third available" is one of a list; nobody counts as far as the thirteenth."""
CLOCKED = frozenset({"slot", "one", "spot", "appointment", "opening"})
FREE_NOW = frozenset({"available", "free", "open", "in", "come", "here", "there"})


def can_end(said: Utterance, at: int) -> bool:
    """Whether a bare number may be a time when this word follows it."""
    word = said.at(at)
    return word == "" or word in AFTER_TIME or word in WEEKDAYS or word in MONTHS or word in PARTS


def is_told(said: Utterance, phrase: Phrase, before: list[Phrase], *, listed: bool) -> bool:
    """Whether the phrase is a time at all, by itself or by what stands around it."""
    meaning = phrase.meaning
    if tells_the_time(said, phrase) or is_somebody(said, phrase):
        return False
    if is_unplaced(said, meaning) or said.first_of(phrase.start - 3, ("how are you", "how 's it")):
        return False
    if meaning.instant == said.now:
        return told_now(said, phrase)
    if meaning.day and meaning.day.is_number and not has_time(meaning):
        return listed or told_number(said, phrase, before)
    if meaning.days and meaning.days.numbered:
        return alone(said, phrase) or is_booking(said)
    if meaning.strength >= FAIR and not bare_part(meaning):
        return meaning.strength == FIRM or can_end(said, phrase.end)
    if bare_part(meaning):
        return not (phrase.start == 0 and phrase.end == 1 and is_greeting(said))
    if said.context.question == "name":
        return False
    if meaning.days or (meaning.hours and not can_end(said, phrase.end)):
        return alone(said, phrase)
    if meaning.day:
        return told_day(said, phrase, before)
    if not can_end(said, phrase.end):
        return False
    if meaning.hours and is_booking(said):
        return True
    return listed or told_clock(said, phrase, before)


def is_greeting(said: Utterance) -> bool:
    """ "Morning, I'd like to cancel": a part of the day that opens the call and is no wish."""
    if said.at(0) not in PARTS or said.context.question or said.context.offered:
        return False
    place = said.skip(1, (",", ".", "!", "all", "there"))
    if place == 1:
        return said.at(1) in OPENING or not can_end(said, 1)
    return said.at(place) in OPENING | CALLING


def tells_the_time(said: Utterance, phrase: Phrase) -> bool:
    """ "It's 2 pm right now", "it's already Tuesday": what the clock shows, not a time wanted."""
    place = phrase.start - 1
    told = said.at(place) in ("already", "currently")
    place -= told
    stated = said.at(place) in ("it's", "its") or said.follows(place - 1, "it is") == place + 1
    now = said.first_of(phrase.end, ("now", "right now", "already", "here now"))
    meaning = phrase.meaning
    return stated and (told or now is not None) and bool(meaning.clock or meaning.day)


def is_somebody(said: Utterance, phrase: Phrase) -> bool:
    """ "My wife June", "for Mrs May", "speak to April": a month that is somebody's name."""
    named = phrase.end == phrase.start + 1 and said.at(phrase.start) in MONTHS
    called = said.at(phrase.start - 1) in PERSONS
    return named and (called or said.at(phrase.start - 2) in SPOKEN_TO)


def is_booking(said: Utterance) -> bool:
    """Whether an appointment is what the talk is about."""
    return bool(said.context.question or said.context.offered) or not BOOKING.isdisjoint(said.texts)


def told_clock(said: Utterance, phrase: Phrase, before: list[Phrase]) -> bool:
    """Whether a bare number is a time of day: asked for, cued, or one of a list of times."""
    if said.context.question == "time" or said.at(phrase.start) in ABOUT:
        return True
    if any(said.follows(phrase.start - len(cue.split()), cue) for cue in CLOCK_CUES):
        return True
    if said.at(phrase.start - 1) == "the" and said.at(phrase.end) in CLOCKED:
        return True
    if said.at(phrase.end) in JUDGING and said.at(phrase.start) != "one" and is_booking(said):
        place = said.skip(phrase.end, JUDGING)
        return said.at(place) in SUITING  # "six would be best"
    if said.context.offered and said.at(phrase.start - 1) in ("it's", "its"):
        return said.at(phrase.end) in ("", ".", ",", "not", "please")
    if not before or not (before[-1].meaning.clock or before[-1].meaning.hours):
        return False
    gap = {said.at(place) for place in range(before[-1].end, phrase.start)}
    return gap <= CORRECTION | {"or", "and", ","}


def is_unplaced(said: Utterance, meaning: Heard) -> bool:
    """Told in a time zone while ours is not known: the time is asked for again."""
    ends = (meaning.clock, *((meaning.hours.start, meaning.hours.end) if meaning.hours else ()))
    return said.context.zone is None and any(end is not None and end.zone for end in ends)


def told_day(said: Utterance, phrase: Phrase, before: list[Phrase]) -> bool:
    previous = said.at(phrase.start - 1)
    listed = bool(before) and before[-1].end == phrase.start - 1 and previous in ("or", "and", ",")
    if listed and (dated := before[-1].meaning.day) and dated.day:
        return can_end(said, phrase.end)
    if not can_end(said, phrase.end):
        return False
    if alone(said, phrase) or said.context.question == "date":
        return True
    if previous in DAY_CUES:
        return True
    if previous in ("how's", "hows") or said.at(phrase.start - 2) in ("how", "what"):
        return True
    near = bool(before) and phrase.start - before[-1].end <= 2
    return near and previous in ("or", ",", "and", "the") and before[-1].meaning.day is not None


def told_number(said: Utterance, phrase: Phrase, before: list[Phrase]) -> bool:
    """Whether "the 21st" is a day: by what stands beside it, or in a talk about an appointment."""
    number = phrase.meaning.day
    assert number
    assert number.day
    sure = number.day > LAST_OF_A_LIST or number.strength >= FAIR
    if said.at(phrase.end) == "of" or (not sure and said.at(phrase.end) in VACANT):
        return False
    return told_day(said, phrase, before) or (
        sure and can_end(said, phrase.end) and is_booking(said)
    )


def alone(said: Utterance, phrase: Phrase) -> bool:
    """Nothing else is said but marks and small words."""
    rest = [*range(phrase.start), *range(phrase.end, len(said))]
    return all(said.at(at) in GLUE | {".", "?", "!", "how", "what"} for at in rest)


def bare_part(meaning: Heard) -> bool:
    return meaning.part is not None and not (meaning.day or meaning.clock or meaning.hours)


def told_now(said: Utterance, phrase: Phrase) -> bool:
    """ "Now" is a time when somebody could come now; else it only moves the talk along."""
    return said.at(phrase.start - 1) in FREE_NOW or alone(said, phrase)
