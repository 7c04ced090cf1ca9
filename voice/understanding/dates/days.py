"""Days as callers name them: "Tuesday the 5th", "March 9th", "the 14th of next month"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from voice.understanding.dates.calendar import month_after, nth_weekday, whole_month
from voice.understanding.dates.holidays import holiday
from voice.understanding.dates.lexicon import (
    COMING,
    EVERYDAY,
    MONTHS,
    NEXT,
    THIS,
    TODAY,
    TOMORROW,
    WEEKDAYS,
    Which,
)
from voice.understanding.dates.meaning import FAIR, FIRM, WEAK, Day
from voice.understanding.dates.numbers import cardinal, ordinal, year
from voice.understanding.dates.words import Utterance

Found = tuple[Day, int]
MONTH_FIRST = frozenset({"US", "PH", "CA"})
"""Countries that write the month before the day."""
LINKS = frozenset({"or", "and", "not", "but", ",", "since", "except", "this"})
THE_COMING = ("the", *NEXT, *THIS, *COMING)
CUES = frozenset(
    "on this next until till by for of from to before after since the coming upcoming or and "
    "between every not except but in , early late mid".split()
)


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
    if word in TODAY or said.follows(at, "this day") or said.follows(at, "the same day"):
        return Day(on=said.today), at + (1 if word in TODAY else 2)
    if word in TOMORROW:
        return Day(on=said.today + timedelta(1)), at + 1
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
    number = ordinal(said, said.skip(at, ("the",))) or cardinal(said, said.skip(at, ("the",)))
    if not number or not 1 <= number[0] <= 31:
        return None
    value, place = number
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
    return Day(day=value, month=first.month, year=first.year), end


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


def written_date(said: Utterance, at: int) -> Found | None:
    """ "2/15", "29/03", "8/26/18", "2018-04-28", "2019-sep-1"."""
    first, mark, second = said.at(at), said.at(at + 1), said.at(at + 2)
    if not first.isdecimal() or mark not in ("/", "-", ".") or said.is_blocked(at):
        return None
    months = MONTHS.get(second)
    if not second.isdecimal() and not (months and len(first) == 4):
        return None
    third = said.at(at + 4) if said.at(at + 3) == mark and said.glued(at + 4) else ""
    if len(first) == 4:
        month = months or int(second)
        if not third.isdecimal() or len(third) > 2:
            return None
        return checked(Day(year=int(first), month=month, day=int(third)), at + 5)
    if len(first) > 2 or len(second) > 2:
        return None
    if third.isdecimal() and len(third) in (2, 4):
        told = int(third) if len(third) == 4 else 2000 + int(third)
        return checked(in_order(said, int(first), int(second), told), at + 5)
    return short_date(said, at)


def short_date(said: Utterance, at: int) -> Found | None:
    first, mark, second = int(said.at(at)), said.at(at + 1), int(said.at(at + 2))
    end = at + 3
    if said.at(end) == "." and said.glued(end + 1) and said.at(end + 1).isdecimal():
        return None
    after_weekday = said.at(at - 1 if said.at(at - 1) != "," else at - 2) in WEEKDAYS
    if (
        said.at(end) in (":", "%", "am", "pm", "p", "hour", "hours", "h", "/")
        or said.at(at - 1) == "$"
    ):
        return None
    if mark == "." and not (after_weekday or said.at(at - 1) in NEXT):
        return None
    sure = mark == "/" or after_weekday or second > 12 or said.at(at - 1) in NEXT
    if not sure or (mark == "/" and second in (2, 4) and said.at(at - 1) == "in"):
        return None
    return checked(in_order(said, first, second, None), end)


def in_order(said: Utterance, first: int, second: int, told: int | None) -> Day:
    """Month and day in the order of the country, unless only the other order is a date."""
    month_first = said.context.country in MONTH_FIRST
    if (month_first and first <= 12) or second > 12:
        return Day(month=first, day=second, year=told)
    return Day(month=second, day=first, year=told)


def checked(found: Day, end: int) -> Found | None:
    if not (found.month and found.day and 1 <= found.month <= 12):
        return None
    last = (whole_month(found.year or 2000, found.month)[1] - timedelta(1)).day
    return (found, end) if 1 <= found.day <= last else None


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
    listed = said.at(at - 1) in ("or", "and") and (
        said.at(at - 2).isdecimal() or said.at(at - 2) in ("st", "nd", "rd", "th")
    )
    bare = article or listed or (said.at(at - 1) == "on" and said.at(at).isdecimal())
    number = ordinal(said, place) or (cardinal(said, place) if bare else None)
    if not number or not 1 <= number[0] <= 31 or said.is_blocked(place):
        return None
    if said.glued(number[1]) and said.at(number[1]) in (":", "h", "am", "pm", "%"):
        return None
    value, end = number
    digits = said.at(place).isdecimal()
    suffixed = digits and end == place + 2
    if article and digits and not suffixed and said.at(end) in (":", "/", "-"):
        return None
    strength = FAIR if suffixed and article else WEAK
    return Day(day=value, strength=strength), end
