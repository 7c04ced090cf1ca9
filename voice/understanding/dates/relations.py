"""Days told by another day: "two weeks after Monday", "the Friday before Christmas"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from voice.understanding.dates.calendar import nth_weekday, week_of
from voice.understanding.dates.days import day, near_month
from voice.understanding.dates.holidays import holiday_just_over
from voice.understanding.dates.lengths import day_from_now, length
from voice.understanding.dates.lexicon import (
    COMING,
    MONTHS,
    NEXT,
    PARTS,
    THIS,
    TODAY,
    TOMORROW,
    WEEKDAYS,
)
from voice.understanding.dates.meaning import Day, Days, Heard, Part, Phrase, heard
from voice.understanding.dates.numbers import ordinal
from voice.understanding.dates.periods import unit, week_of_day
from voice.understanding.dates.placing import nearest_weekday, place_day
from voice.understanding.dates.words import Utterance

Found = tuple[Heard, int]
SPANNING = ("starting from", "starting", "starting on", "beginning", "beginning on")
COUNTED = ("after", "from", "following", "before", "on", "prior to")
ONE_AFTER = ("the one after that", "the one after", "the one following", "the following one",
             "the week after that", "the week after")  # fmt: skip
NEAR_BACK = 8
FAR_BACK = 9
"""Words between "next Monday" and the Monday after that."""
BEFORE_COUNTED = frozenset(["", *", . ? on for or and maybe perhaps say then please".split()])
""" "Day after Easter" is one day where it stands alone; "any day after Easter" is many."""
BACK = ("that", "it", "then", "this")
SAME = ("the same day", "same day", "that day", "that same day", "the very same day")
GOES_ON = frozenset(
    [
        "",
        *""", . ? ! ; please at around about if for with so or and but earliest soonest would is
    will could can anytime any before after from in instead as like late early sometime
    maybe then be""".split(),
    ]
)
"""Words behind "the day before" that are no day to count from."""
NEXT_TO_IT = ("last", "first", "very")
""" "The last Saturday before Christmas" is the Saturday before it."""
CLOSEST = ("closest", "nearest")


def counted_from(said: Utterance, at: int) -> Found | None:
    """ "Two weeks after Monday", "a week on Friday", "three days starting next Monday"."""
    told = length(said, at)
    if not told or not told[0].whole_days or said.is_blocked(at):
        return None
    place = told[1]
    span = said.first_of(place, SPANNING)
    joint = span or said.first_of(place, COUNTED)
    weeks = told[0].days and not told[0].days % 7
    if not joint and weeks and said.at(place) in (*WEEKDAYS, *TODAY, *TOMORROW):
        joint = place  # "a week Thursday", "a fortnight today"
    if not joint or (said.at(place) == "on" and told[0].days % 7):
        return None
    anchor = day(said, joint) or day_from_now(said, joint)
    if not anchor or told[0].months > 600:
        return None
    on = place_day(anchor[0], said.today).on
    if span:
        return heard(Days(on, told[0].from_day(on))), anchor[1]
    way = -1 if said.at(place) in ("before", "prior") else 1
    counted = told[0].unit if on == said.today else None
    return heard(Day(on=told[0].times(way).from_day(on), counted=counted)), anchor[1]


def less_than(said: Utterance, at: int) -> Found | None:
    """ "Within three days of Monday", "less than a week after tomorrow"."""
    place = said.first_of(at, ("less than", "within"))
    told = length(said, place) if place else None
    if not told or said.at(told[1]) not in ("after", "of", "from") or not told[0].whole_days:
        return None
    anchor = day(said, told[1] + 1)
    if not anchor or told[0].months > 600:
        return None
    on = place_day(anchor[0], said.today).on
    return heard(Days(on, told[0].from_day(on))), anchor[1]


def beside(said: Utterance, at: int) -> Found | None:
    """ "The Friday before Christmas", "the week after Easter", "the closest Monday to the 5th"."""
    if found := closest(said, at):
        return found
    if (
        found := one_after(said, at)
        or week_later(said, at)
        or picked_part(said, at)
        or less_than(said, at)
    ):
        return found
    place = said.skip(at, ("the",))
    place += said.at(place) in NEXT_TO_IT and said.at(place + 1) in WEEKDAYS
    word, side = said.at(place), said.at(place + 1)
    counted = word == "day" and said.at(at - 1) in BEFORE_COUNTED
    if side not in ("before", "after", "following") or place == at and not counted:
        return None
    anchor = day(said, place + 2)
    if not anchor or said.at(place + 2) in TOMORROW:
        return None
    on = place_day(anchor[0], said.today).on
    way = -1 if side == "before" else 1
    if word == "day":
        return heard(Day(on=on + timedelta(way))), anchor[1]
    if word == "week":
        first = week_of(on) + timedelta(7 * way)
        return heard(Days(first, first + timedelta(7), True)), anchor[1]
    if word in WEEKDAYS:
        just_over = holiday_just_over(said, place + 2) if way > 0 else None
        if just_over and next_to(just_over, WEEKDAYS[word], way) >= said.today:
            on = just_over
        return heard(Day(on=next_to(on, WEEKDAYS[word], way))), anchor[1]
    return None


def next_to(on: date, weekday: int, way: int) -> date:
    """The last such weekday before the day, or the first after it."""
    gap = ((weekday - on.weekday()) * way - 1) % 7 + 1
    return on + timedelta(gap * way)


def closest(said: Utterance, at: int) -> Found | None:
    place = said.skip(at, ("the",))
    counted = ordinal(said, place)
    count, place = counted if counted and said.at(counted[1]) in CLOSEST else (1, place)
    if said.at(place) not in CLOSEST or said.at(place + 1) not in WEEKDAYS or count > 9:
        return None
    anchor = day(said, place + 3) if said.at(place + 2) == "to" else None
    if not anchor:
        return None
    on = place_day(anchor[0], said.today).on
    nearest = nearest_weekday(on, WEEKDAYS[said.at(place + 1)])
    other = 1 if nearest <= on else -1
    steps = [0] + [sign * week for week in range(1, 6) for sign in (other, -other)]
    return heard(Day(on=nearest + timedelta(7 * steps[count - 1]))), anchor[1]


def one_after(said: Utterance, at: int) -> Found | None:
    """ "Not this Tuesday, the one after", "not next week but the week after": seven days on."""
    named_anew = weekday_after_that(said, at)
    end = said.first_of(at, ONE_AFTER) or named_anew or next_alone(said, at)
    if not end or day(said, end) or said.at(end) in NEXT:
        return None
    for place in range(at - 1, max(-1, at - (FAR_BACK if named_anew else NEAR_BACK)), -1):
        if said.at(place) in WEEKDAYS:
            named = day(said, place - 1) or day(said, place)
            on = place_day(named[0], said.today).on if named else said.today
            return heard(Day(on=on + timedelta(7))), end
        week = unit(said, place - 1) if said.at(place) in ("week", "weekend") else None
        named_so = said.at(place - 1) in NEXT | THIS | COMING
        if said.at(place) == "week" and not named_so and (week := week_of_day(said, place)):
            named_so = week[1] <= at  # "away the week of the 16th, so the week after that"
        if week and week[0].start and week[0].end and named_so:
            first, after = week[0].start + timedelta(7), week[0].end + timedelta(7)
            return heard(Days(first, after, said.at(place) == "week")), end
    named_before = said.context.named if said.at(at + 1) == "one" else None
    return (heard(Day(on=named_before + timedelta(7))), end) if named_before else None


def weekday_after_that(said: Utterance, at: int) -> int | None:
    """Where "the Monday after that" ends, when the same weekday was said before."""
    place = said.skip(at, ("the",))
    word = said.at(place)
    if word not in WEEKDAYS or place == at or said.at(place + 1) != "after":
        return None
    before = next((one for one in reversed(said.texts[:at]) if one in WEEKDAYS), None)
    return place + 3 if before == word and said.at(place + 2) in ("that", "then") else None


def next_alone(said: Utterance, at: int) -> int | None:
    """Where "but next", "or the next one" ends when it names nothing itself."""
    place = said.skip(at, ("the",))
    if said.at(place) not in NEXT or said.at(at - 1) not in ("but", "or", ",", "no", "about"):
        return None
    end = said.skip(place + 1, ("one",))
    return end if said.at(end) in ("", ".", ",", "?", "!", "please", "then", "at", "in") else None


def from_named(said: Utterance, at: int, found: Sequence[Phrase]) -> Found | None:
    """ "… is on the ninth, so the day before", "two days after that", "the morning of": counted
    from the day just named, which is not wished for unless both are listed with an "or"."""
    counted = counted_off(said, at)
    if counted is None:
        return None
    ahead, part, end = counted
    before = (each for each in reversed(found) if each.meaning.day and each.end < at)
    last = next(before, None)  # of "the Monday, the day before" the Monday is that day
    base = day_named(said, last.meaning.day) if last and last.meaning.day else said.context.named
    if base is None:
        return None
    between = set(said.texts[last.end : at]) if last else set()
    instead = {"or", "otherwise", "failing"} & between or {"if", "not"} <= between
    listed = bool(instead) or between <= {"and", ",", "then"} and "and" in between
    on = next_to(base, ahead[1], ahead[0]) if isinstance(ahead, tuple) else base + ahead
    named = Day(on=on, since=None if listed else base)
    return Heard(day=named, part=Part(part, *PARTS[part]) if part else None), end


def counted_off(said: Utterance, at: int) -> tuple[timedelta | tuple[int, int], str, int] | None:
    """How far "the day before", "the Friday after that" or "the afternoon before" lies from a day
    not said with it: so long, or the next such weekday that way; and which part of the day."""
    if (end := said.first_of(at, SAME)) and said.at(end) not in ("as", "next", "of"):
        return timedelta(), "", end
    place = said.skip(at, ("the",))
    word, told = said.at(place), length(said, at)
    if told and told[0].whole_days:
        end, ahead = told[1], timedelta(told[0].days)
    elif word in (*WEEKDAYS, *PARTS, "day"):
        end, ahead = place + 1, timedelta(1)
    else:
        return None
    side = said.at(end)
    alone = said.at(said.skip(end + 1, BACK)) in GOES_ON or said.at(end + 1) in BACK
    if side == "of" and word in (*PARTS, "day") and place > at and alone:
        return timedelta(), "" if word == "day" else word, said.skip(end + 1, BACK)
    if side not in ("before", "after") or place == at and not told or not alone:
        return None
    way = -1 if side == "before" else 1
    end = said.skip(end + 1, BACK)
    if word in WEEKDAYS:
        return (way, WEEKDAYS[word]), "", end
    return way * ahead, word if word in PARTS and not told else "", end


def day_named(said: Utterance, named: Day) -> date:
    """Where a day lies; a weekday alone is one of those on the table, where one of them is it."""
    table = [offer.start.date() for offer in said.context.offered if offer.start]
    meant = [on for on in table if named == Day(weekday=on.weekday(), strength=named.strength)]
    return meant[0] if meant else place_day(named, said.today).on


def picked_part(said: Utterance, at: int) -> Found | None:
    """ "The first Monday evening of next month"."""
    place = said.skip(at, ("the",))
    counted = ordinal(said, place)
    if not counted or said.at(counted[1]) not in WEEKDAYS or said.at(counted[1] + 1) not in PARTS:
        return None
    name = said.at(counted[1] + 1)
    joined = said.skip(counted[1] + 2, ("of", "in"))
    month = near_month(said, joined)
    first = month[0] if month else None
    if said.at(joined) in MONTHS:
        first = date(said.today.year, MONTHS[said.at(joined)], 1)
        month = first, joined + 1
    found = nth_weekday(first, WEEKDAYS[said.at(counted[1])], counted[0]) if first else None
    if not found or not month:
        return None
    return Heard(day=Day(on=found), part=Part(name, *PARTS[name])), month[1]


def week_later(said: Utterance, at: int) -> Found | None:
    """British "Friday week" and "tomorrow week": seven days after the coming one."""
    named = day(said, at)
    if not named or said.at(named[1]) not in ("week", "fortnight") or named[0].day:
        return None
    if said.at(named[1] + 1) in ("of", "beginning", "commencing", "starting", "after", "before"):
        return None
    days = 7 if said.at(named[1]) == "week" else 14
    return heard(Day(on=place_day(named[0], said.today).on + timedelta(days))), named[1] + 1
