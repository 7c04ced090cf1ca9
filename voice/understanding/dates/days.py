"""Days as callers name them: "Tuesday the 5th", "March 9th", "the 14th of next month"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from voice.understanding.dates.calendar import month_after, nth_weekday
from voice.understanding.dates.holidays import holiday
from voice.understanding.dates.lexicon import (
    COMING,
    EVERYDAY,
    MONTHS,
    NEXT,
    ONES,
    PARTS,
    THIS,
    TODAY,
    TOMORROW,
    WEEKDAYS,
    Which,
)
from voice.understanding.dates.meaning import FAIR, FIRM, WEAK, Day
from voice.understanding.dates.numbers import cardinal, ordinal, year
from voice.understanding.dates.words import Utterance, read_once
from voice.understanding.dates.written import written_date

Found = tuple[Day, int]
LINKS = frozenset({"or", "and", "not", "but", ",", "since", "except", "this"})
THE_COMING = ("the", *NEXT, *THIS, *COMING)
NUMBERED = frozenset({"thing", "available", "free", "slot", "opening", "appointment", "one"})
LAST_OF_ORDER = 3
"""Nobody counts further when telling what comes first."""
LAST_NAMED = 12
""" "Monday first thing", "first available on Monday": a place in a row, and no day."""
CUES = frozenset(
    "on this next until till by for of from to before after since the coming upcoming or and "
    "between every not except but in , early late mid".split()
)


@read_once
def day(said: Utterance, at: int) -> Found | None:
    """One day, in any of the ways that callers name one; the longest reading wins."""
    rules = (
        relative_day,
        written_date,
        month_and_day,
        day_and_month,
        picked_weekday,
        weekday,
        named_day,
        day_of_month,
    )
    places = {at, said.skip(at, ("the",)), said.skip(at, THE_COMING)}
    found = [match for rule in rules for place in places if (match := rule(said, place))]
    return max(found, key=lambda match: match[1], default=None)


def relative_day(said: Utterance, at: int) -> Found | None:
    word = said.at(at)
    if word in TODAY or said.follows(at, "this day"):
        return Day(on=said.today), at + (1 if word in TODAY else 2)
    end = said.first_of(at, ("the same", "same", "that same"))
    if not end or said.at(end) not in PARTS:  # "the same morning"
        end = said.first_of(at, ("the same day", "same day", "that day", "that same day"))
    if end:
        offered = [offer.start.date() for offer in said.context.offered if offer.start]
        on = offered[0] if len(set(offered)) == 1 else said.context.booked or (*offered, None)[0]
        return (Day(on=on), end) if on and said.at(end) != "as" else None
    if word in TOMORROW:
        return Day(on=said.today + timedelta(1)), at + 1
    if end := said.first_of(at, ("this time next week", "this time a week")):
        return Day(on=said.today + timedelta(7)), end
    if word == "yesterday":
        return Day(on=said.today - timedelta(1)), at + 1
    place = said.skip(at, ("the",))
    if said.follows(place, "day after") and said.at(place + 2) in TOMORROW:
        return Day(on=said.today + timedelta(2)), place + 3
    if said.follows(place, "day after next"):
        return Day(on=said.today + timedelta(2)), place + 3
    if end := said.first_of(place, ("next day", "following day", "day after")):
        if said.at(end) == "day" or (place == at and said.at(at) == "day"):
            return None
        return Day(on=said.today + timedelta(1), strength=FAIR), end
    return None


def weekday(said: Utterance, at: int) -> Found | None:
    """ "Friday", "this coming Friday", "next Tuesday the 5th", "Friday after next"."""
    start = said.skip(at, ("the",)) if said.at(at + 1) in NEXT | COMING | THIS else at
    which, place = qualifier(said, start)
    word = said.at(place)
    if word not in WEEKDAYS:
        return None
    strength = FIRM if which or not everyday(said, place) else WEAK
    found = Day(weekday=WEEKDAYS[word], which=which, strength=strength)
    place = said.skip(place + 1, (".",)) if len(word) <= 5 else place + 1
    if end := said.first_of(place, ("after next", "after the next")):
        return replace(found, which="after next"), end
    return with_date(said, found, place)


def qualifier(said: Utterance, at: int) -> tuple[Which | None, int]:
    """Which of the weeks is meant, when it is said."""
    word = said.at(at)
    if word in NEXT:
        return "next", at + 1
    if word in COMING:
        return "coming", at + 1
    if word in THIS:
        return ("coming", at + 2) if said.at(at + 1) in COMING | NEXT else ("this", at + 1)
    return None, at


def everyday(said: Utterance, at: int) -> bool:
    """Whether the word is more likely an everyday one: "sat", "may", "march"."""
    word = said.at(at)
    if word == "sun" and said.at(at - 1) in ("in", "the"):
        return True
    if word not in EVERYDAY or said.at(at - 1) in CUES - {"the", "to"}:
        return word in ("may", "march") and said.at(at - 1) in LINKS
    alone = at == 0 and said.at(at + 1) in ("", ".", ",", "?", "!")
    inside = at > 0 and said.capital(at) and word in ("may", "march", "mon", "wed", "fri")
    titled = said.capital(at) and said.at(at - 1) not in ("", ".", "!", "?")
    return not (alone or (inside and titled))


def with_date(said: Utterance, found: Day, at: int) -> Found:
    """A weekday goes on with its date: "Tuesday the 5th", "Wed, Feb 13", "Monday 21"."""
    place = said.skip(at, (",", "(", "the", "on"))
    dated = month_and_day(said, place) or day_and_month(said, place) or written_date(said, place)
    if not dated and place == at:
        dated = bare_day(said, place)
    dated = dated or day_of_month(said, place) or day_of_month(said, place - 1)
    if not dated or dated[0].on or dated[1] <= place:
        return found, at
    return replace(dated[0], weekday=found.weekday, strength=FIRM), dated[1]


def bare_day(said: Utterance, at: int) -> Found | None:
    """A number right after a weekday that can only be its day: "Monday 21"."""
    word = said.at(at)
    number = ordinal(said, at) or cardinal(said, at)
    if not number or not 12 < number[0] <= 31 or said.at(number[1]) in (":", "h", "-", "/"):
        return None
    if not word.isdecimal() or said.at(number[1]) in ("am", "pm"):
        return None
    return Day(day=number[0]), number[1]


def month_and_day(said: Utterance, at: int) -> Found | None:
    """ "March 9th", "Oct.23", "May the twenty ninth, 2018"."""
    month = MONTHS.get(said.at(at))
    if not month:
        return None
    place = said.skip(at + 1, (".", ",", "/", "-", "the"))
    number = ordinal(said, place) or cardinal(said, place)
    if not number or not 1 <= number[0] <= 31:
        return None
    value, place = number
    if said.at(place) == ":" and said.glued(place) or said.at(place) in ("am", "pm", "o'clock"):
        return None
    return with_year(said, Day(month=month, day=value), place)


def day_and_month(said: Utterance, at: int) -> Found | None:
    """ "The 1st of March", "4 July", "20 of next month", "the 15th day of June"."""
    start = said.skip(at, ("the",))
    number = ordinal(said, start) or by_digits(said, start) or cardinal(said, start)
    if not number or not 1 <= number[0] <= 31:
        return None
    value, place = number
    if numbered := numbered_month(said, at, place):
        return with_year(said, Day(month=numbered[0], day=value), numbered[1])
    place = said.skip(place, ("day",))
    joined = said.skip(place, ("of", ".", "-", ",", "/", "in"))
    month = MONTHS.get(said.at(joined))
    if month:
        verb = said.at(joined) in ("may", "march") and joined == place and said.at(at) == "one"
        return None if verb else with_year(said, Day(month=month, day=value), joined + 1)
    near = near_month(said, joined) if joined > place and said.at(place) in ("of", "in") else None
    if not near:
        return None
    (first, end) = near
    if said.follows(joined, "the month") and first + timedelta(value - 1) < said.today:
        first = month_after(first, 1)
    return Day(day=value, month=first.month, year=first.year), end


def by_digits(said: Utterance, at: int) -> tuple[int, int] | None:
    """The day of "the one five of April"."""
    tens, ones = ONES.get(said.at(at), 0), ONES.get(said.at(at + 1), 10)
    if not 1 <= tens <= 3 or ones > 9 or said.at(at + 2) != "of":
        return None
    return tens * 10 + ones, at + 2


def numbered_month(said: Utterance, at: int, end: int) -> tuple[int, int] | None:
    """The month of "the 22nd of the 9th"; both are ordinals, so nothing is counted."""
    start = said.skip(at, ("the",))
    month = ordinal(said, end + 2) if said.follows(end, "of the") else None
    if not month or not ordinal(said, start) or not 1 <= month[0] <= 12:
        return None
    return None if said.at(month[1]) in (*MONTHS, "month") else month


def near_month(said: Utterance, at: int) -> tuple[date, int] | None:
    """The first day of "this month", "the next month"."""
    place = said.skip(at, ("the",))
    word = said.at(place)
    if said.at(place + 1) == "month" and word in NEXT | COMING:
        return month_after(said.today, 1), place + 2
    if word == "month" or (said.at(place + 1) == "month" and word in THIS):
        return said.today.replace(day=1), place + (1 if word == "month" else 2)
    return None


def with_year(said: Utterance, found: Day, at: int) -> Found:
    """A date goes on with its year or, after it, its weekday: "Jul 18, Fri"."""
    place = said.skip(at, (",", ".", "-", "/", "of", "in"))
    told = year(said, place)
    if told and said.at(told[1]) != ":":
        found, at = replace(found, year=told[0]), told[1]
    place = said.skip(at, (",", "(", "on"))
    if place > at and said.at(place) in WEEKDAYS:
        found = replace(found, weekday=WEEKDAYS[said.at(place)])
        at = said.skip(place + 1, (")",))
    elif said.at(at) in WEEKDAYS:
        found, at = replace(found, weekday=WEEKDAYS[said.at(at)]), at + 1
    return found, at


def picked_weekday(said: Utterance, at: int) -> Found | None:
    """ "The first Tuesday in October", "the last Friday of this month", "last day of May"."""
    place = said.skip(at, ("the",))
    number = (-1, place + 1) if said.at(place) == "last" else ordinal(said, place)
    if not number:
        return None
    count, place = number
    if said.at(place) == "last" and count > 0:
        count, place = -count, place + 1
    word = said.at(place)
    joined = said.skip(place + 1, ("of", "in"))
    if joined == place + 1 or (word not in WEEKDAYS and word != "day"):
        return None
    month = MONTHS.get(said.at(joined))
    if month:
        told = year(said, said.skip(joined + 1, (",", "of")))
        end = told[1] if told else joined + 1
        value = told[0] if told else said.today.year
        found = nth_weekday(date(value, month, 1), WEEKDAYS.get(word), count)
        if found and not told and found < said.today:
            found = nth_weekday(date(value + 1, month, 1), WEEKDAYS.get(word), count)
        return (Day(on=found), end) if found else None
    near = near_month(said, joined)
    found = nth_weekday(near[0], WEEKDAYS.get(word), count) if near else None
    return (Day(on=found), near[1]) if near and found else None


def named_day(said: Utterance, at: int) -> Found | None:
    """A holiday, with its year when one is said."""
    place = said.skip(at, ("the",))
    place = place + 1 if said.at(place) in NEXT | COMING | THIS else place
    found = holiday(said, place)
    return (Day(on=found[0]), found[1]) if found else None


def day_of_month(said: Utterance, at: int) -> Found | None:
    """ "The 14th", "the second", "the 27", "15th"."""
    article = said.at(at) == "the"
    place = said.skip(at, ("the",))
    if article and said.at(place) == "one":  # "the one at ten" is an offer, not the first
        return None
    listed = said.at(at - 1) in ("or", "and") and (
        said.at(at - 2).isdecimal() or said.at(at - 2) in ("st", "nd", "rd", "th")
    )
    digits = said.at(at).isdecimal()
    timed = digits and at == 0 and said.at(1) in ("at", "@") and said.at(2).isdecimal()
    bare = article or listed or timed or (said.at(at - 1) == "on" and digits)
    number = ordinal(said, place) or (cardinal(said, place) if bare else None)
    if not number or not 1 <= number[0] <= 31 or said.is_blocked(place):
        return None
    if said.glued(number[1]) and said.at(number[1]) in (":", "h", "am", "pm", "%"):
        return None
    value, end = number
    placed = article or said.at(place).isdecimal() or said.at(at - 1) in (*CUES, "")
    if value <= LAST_OF_ORDER and not placed:  # "the wax first, then the test"
        return None
    if said.at(end) == "one" or not article and value <= LAST_NAMED and said.at(end) in NUMBERED:
        return None
    digits = said.at(place).isdecimal()
    suffixed = digits and end == place + 2
    if article and digits and not suffixed and said.at(end) in (":", "/", "-"):
        return None
    strength = FAIR if suffixed and article else WEAK
    return Day(day=value, strength=strength), end
