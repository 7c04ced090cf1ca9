"""Times of day: "half past two", "9:30 am", "nine thirty", "from two to four"."""

from __future__ import annotations

from dataclasses import replace

from voice.understanding.dates.days import day
from voice.understanding.dates.lexicon import ONES, PARTS, TENS, Half
from voice.understanding.dates.meaning import FAIR, FIRM, WEAK, Clock, Hours
from voice.understanding.dates.numbers import cardinal, minutes
from voice.understanding.dates.words import Utterance, read_once
from voice.understanding.dates.zones import zone_said

Found = tuple[Clock, int]
ABOUT = frozenset("about around round approximately roughly circa approx exactly at @ like".split())
NOON = ("noon", "noonish", "midday", "mid day", "mid - day", "noontime", "high noon")
LOOSELY = ("or thereabouts", "or so", "or around there", "or around then", "give or take")
OCLOCK = ("o'clock", "oh clock", "o clock")
HUNDRED = ("hundred hours", "hundred hrs")
"""Hours of the 24-hour clock: "fifteen hundred hours"."""
FIRST_HUNDRED = 10
"""Smaller ones are sums of money, but for "oh nine hundred"."""
MIDNIGHT = ("midnight", "mid night")
PAST, TO = frozenset({"past", "after"}), frozenset({"to", "before", "till", "of", "til"})
HINTED_WITHIN = 8
"""Words after a time in which "that early" speaks of it."""
ONE_CUES = frozenset(
    "at around about by before after until till past to from between or and @ til - for".split()
)
AFTER_THE_ONE = frozenset("in on at with this tomorrow today next after before".split())
""" "The one in the afternoon" is one of those on offer."""
UNTIL = ("to", "-", "until", "till", "til", "untill", "through", "thru", "up to", "up until", "and")


@read_once
def clock(said: Utterance, at: int) -> Found | None:
    """One time of day, with whatever was said to tell morning from afternoon."""
    start = said.skip(
        at, ("about", "around", "round", "approximately", "roughly", "circa", "approx", "the")
    )
    found = past_or_to(said, start)
    return settle_zone(said, *found) if found else plain_clock(said, start)


def plain_clock(said: Utterance, at: int) -> Found | None:
    """A time of day that is not counted from its hour."""
    found = noon(said, at) or digital(said, at) or spoken(said, at)
    return settle_zone(said, *found) if found else None


def noon(said: Utterance, at: int) -> Found | None:
    at = said.skip(at, ("12", "twelve")) if said.at(at + 1) in ("noon", "midnight") else at
    if end := said.first_of(at, NOON):
        return Clock(12, full=True), said.skip(end, ("ish",))
    if end := said.first_of(at, MIDNIGHT):
        return Clock(0, full=True), end
    return None


def past_or_to(said: Utterance, at: int) -> Found | None:
    """ "Quarter to six", "half past two", "ten minutes after three", "half eight"."""
    count, place = share_of_hour(said, said.skip(at, ("a",)))
    if count is None:
        return None
    spelled = not said.at(place - 1).isdecimal()
    bare = said.at(place) not in ("minutes", "minute", "mins", "min")
    place = said.skip(place, ("minutes", "minute", "mins", "min"))
    word = said.at(place)
    if word in PAST or word in TO:
        hour = noon(said, place + 1) or digital(said, place + 1) or spoken(said, place + 1)
        if not hour or (hour[0].minute and hour[0].strength < FIRM):
            return None
        if bare and not counted_bare(count, spelled or said.at(at - 1) == "at"):
            return None
        return moved(hour[0], count if word in PAST else -count), hour[1]
    if said.at(place - 1) == "half":
        hour = spoken(said, place)
        if hour and hour[0].strength < FIRM and not hour[0].minute and 1 <= hour[0].hour <= 12:
            return replace(hour[0], minute=30, strength=FAIR), hour[1]
    return None


def counted_bare(count: int, plain: bool) -> bool:
    """Whether minutes may go unnamed: "ten to three", but "10 to 3" is a span."""
    return count >= 13 or (plain and count in (5, 10))


def share_of_hour(said: Utterance, at: int) -> tuple[int | None, int]:
    if said.at(at) == "half":
        return 30, at + 1
    if said.at(at) == "quarter":
        return 15, at + 1
    number = cardinal(said, at)
    if number and number[0] < 10 and said.at(at + 1) == "and" and said.at(at + 2) in TENS:
        return number[0] + TENS[said.at(at + 2)], at + 3  # "five and twenty past ten"
    return number if number and 1 <= number[0] < 60 else (None, at)


def moved(hour: Clock, count: int) -> Clock:
    total = hour.hour * 60 + hour.minute + count
    noon_crossed = hour.half is not None and hour.hour == 12 and count < 0
    half: Half | None = hour.half
    if noon_crossed:
        half = "am" if hour.half == "pm" else "pm"
    turn = 24 * 60 if hour.full else 12 * 60
    total = total % turn if hour.full or total >= 0 else total + turn
    value = total // 60
    if not hour.full and value == 0:
        value = 12
    return replace(hour, hour=value, minute=total % 60, half=half, strength=FIRM)


def digital(said: Utterance, at: int) -> Found | None:
    """ "9:30", "16h30", "2.30", "7:56:30", "330 pm"."""
    word = said.at(at)
    if not word.isdecimal() or len(word) > 4 or said.is_blocked(at):
        return None
    mark = said.at(at + 1)
    if len(word) <= 2 and int(word) <= 24:
        if mark in (":", "h", ".") and said.glued(at + 1):
            if found := with_minutes(said, at):
                return found
            if mark == "h":
                return Clock(int(word) % 24, full=True), at + 2
        return None
    hour, minute = int(word) // 100, int(word) % 100
    if len(word) < 3 or hour > 23 or minute > 59:
        return None
    if 1900 <= int(word) < 2100 and said.at(at - 1) not in ("at", "@"):
        return None
    full = hour > 12 or hour == 0
    strength = FAIR if word[0] == "0" else WEAK
    return meridiem(said, Clock(hour, minute, full=full, strength=strength), at + 1)


def with_minutes(said: Utterance, at: int) -> Found | None:
    hour, mark, tail = int(said.at(at)), said.at(at + 1), said.at(at + 2)
    if not (tail.isdecimal() and len(tail) == 2 and said.glued(at + 2) and int(tail) < 60):
        return None
    if hour == 24 and int(tail):
        return None
    if (
        mark == "."
        and said.glued(at + 3)
        and (said.at(at + 3).isdecimal() or "%" in said.at(at + 3))
    ):
        return None
    if said.at(at - 1) in ("$", "€", "£") or (said.at(at - 1) == "." and said.glued(at)):
        return None
    full = hour > 12 or hour == 0 or mark == "h"
    found = Clock(hour % 24, int(tail), full=full, strength=FAIR if mark == "." else FIRM)
    end, second = at + 3, said.at(at + 4)
    if said.at(end) == ":" and second.isdecimal() and len(second) == 2 and said.glued(at + 4):
        found, end = replace(found, second=min(int(second), 59)), at + 5
    return meridiem(said, found, end)


def spoken(said: Utterance, at: int) -> Found | None:
    """ "Nine thirty", "three o'clock", "seven oh five", "5 pm", "five"."""
    if at >= len(said) or said.is_blocked(at):
        return None
    if said.at(at) in ("zero", "o", "oh"):
        return early_hundred(said, at)
    word = said.at(at)
    number = cardinal(said, at)
    if not number or number[0] > 24 or len(word) > 2 and word.isdecimal():
        return None
    hour, end = number
    if word == "one" and not likely_one(said, at):
        return None
    full = hour > 12 or hour == 0 or (word.isdecimal() and len(word) == 2 and word[0] == "0")
    bare = Clock(hour % 24, full=hour > 12 or hour == 0, strength=WEAK)
    if full and not bare.full:
        bare = replace(bare, half="am")
    if said.at(end) == "-" and said.glued(end) and not said.at(end + 1).isdecimal():
        end += 1 if minutes(said, end + 1) else 0
    tail = minutes(said, end)
    if tail and tail[0] == hour and (hour > 10 or said.first_of(tail[1], OCLOCK)):
        tail = None  # "ten, ten o'clock": said twice
    if tail and hour and not said.at(tail[1]).startswith(("minute", "min", "day", "hour", "week")):
        spelled = not said.at(end).isdecimal()
        if spelled or not said.glued(end):
            strength = FAIR if spelled else WEAK
            return meridiem(said, replace(bare, minute=tail[0], strength=strength), tail[1])
    return meridiem(said, bare, end)


def early_hundred(said: Utterance, at: int) -> Found | None:
    """ "Oh nine hundred", which is no sum."""
    hour = ONES.get(said.at(at + 1), 0)
    digits = said.at(at - 1) in ONES or said.at(at - 1) in ("double", "triple", "treble")
    if digits or not 0 < hour < 10 or said.at(at + 2) != "hundred":
        return None
    end = said.first_of(at + 2, HUNDRED) or at + 3
    return Clock(hour, full=True, strength=FAIR), end


def likely_one(said: Utterance, at: int) -> bool:
    """ "One" is a time after "at" or before what only a time has; else "one" is a thing."""
    if said.at(at + 1) == "on" and not day(said, at + 2):  # "at One on Center"
        return False
    if said.at(at - 1) == "the" and said.at(at + 1) in AFTER_THE_ONE:
        return False
    if said.at(at - 1) in ("half", *ONE_CUES) or said.at(at + 1) in (
        "o'clock",
        "am",
        "pm",
        "-",
        "to",
        "or",
    ):
        return True
    if minutes(said, at + 1):
        return True
    place = said.skip(at + 1, ("in", "the", "this", "tomorrow"))
    apart = place > at + 1 and said.at(place) in PARTS
    return apart and cardinal(said, place + 1) is None


def meridiem(said: Utterance, found: Clock, at: int) -> Found:
    """The time with "am", "o'clock", "ish" or "sharp" said after it."""
    if said.at(at) == "." and said.at(at + 1) in ("am", "pm") and said.glued(at + 1):
        at += 1
    if end := said.first_of(at, OCLOCK):
        found, at = replace(found, strength=FIRM), end
    if end := said.first_of(at, HUNDRED):
        return replace(found, full=True, half=None, strength=FIRM), end
    if said.at(at) == "hundred" and found.hour >= FIRST_HUNDRED and not found.minute:
        return replace(found, full=True, half=None), at + 1
    if said.at(at) in ("ish", "sharp") or said.follows(at, "- ish"):
        found = replace(found, strength=max(found.strength, FAIR))
        at = said.skip(at, ("-", "ish", "sharp"))
    after = said.first_of(at, ("in the am", "in the pm")) or at + 1
    word = said.at(after - 1)
    if word == "a" and not found.minute and said.at(at - 2) != "at":
        return found, at
    if word in ("am", "pm") or (word in ("a", "p") and said.glued(at)):
        if found.hour > 12 or (found.hour == 0 and word[0] == "p"):
            return replace(found, strength=FIRM), after
        half: Half = "am" if word[0] == "a" else "pm"
        if said.at(after) == "." and word in ("a", "p") and said.glued(after):
            after += 1
        return replace(found, half=half, full=False, strength=FIRM), said.skip(after, ("sharp",))
    return (found if found.full else replace(found, half=hinted_half(said, at))), at


def hinted_half(said: Utterance, at: int) -> Half | None:
    """ "Seven thirty, if you're open that early": of the morning."""
    for place in range(at, min(at + HINTED_WITHIN, len(said))):
        if said.at(place).isdecimal() or said.at(place) in ("or", "and", "."):
            return None
        if said.at(place) in ("early", "late") and said.at(place - 1) in ("that", "so", "too"):
            return "am" if said.at(place) == "early" else "pm"
    return None


def settle_zone(said: Utterance, found: Clock, at: int) -> Found:
    """The time with the zone said after it, and with "or so"."""
    at = said.first_of(at, LOOSELY) or at
    told = zone_said(said, at)
    return (replace(found, zone=told[0], strength=FIRM), told[1]) if told else (found, at)


def same_hour(said: Utterance, at: int, start: Clock) -> Found | None:
    """The end of "between four and half past"; the "quarter to" before four."""
    count, place = share_of_hour(said, said.skip(at, ("a",)))
    if count is not None and said.at(place) == "to" and not start.minute:
        return moved(start, -count), place + 1
    if count is None or said.at(place) not in PAST or count <= start.minute:
        return None
    return replace(start, minute=count, strength=FIRM), place + 1


@read_once
def hours(said: Utterance, at: int) -> tuple[Hours, int] | None:
    """From one time to another: "from two to four", "9:30 - 11:00", "between noon and two"."""
    word = said.at(at)
    opened = word in ("from", "between", "btw", "btwn")
    begin = plain_clock(said, said.skip(at + 1, ABOUT)) if opened else None
    begin = begin or clock(said, said.skip(at + 1, ABOUT) if opened else at)
    if not begin:
        return None
    start, place = begin
    joint = said.first_of(place, UNTIL)
    if joint is None or (said.at(place) == "and" and word not in ("between", "btw", "btwn")):
        return None
    closing = clock(said, said.skip(joint, ABOUT)) or same_hour(said, joint, start)
    if not closing:
        return None
    end, place = closing
    strength = max(start.strength, end.strength)
    if opened and strength == WEAK and not (start.minute or end.minute):
        strength = FAIR
    return Hours(start, end, strength), place
