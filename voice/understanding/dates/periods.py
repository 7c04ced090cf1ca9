"""Weeks, weekends and months: "next week", "early March", "the week of the 18th"."""

from __future__ import annotations

from datetime import date, timedelta

from voice.understanding.dates.calendar import month_after, nth_weekday, week_of, whole_month
from voice.understanding.dates.days import CUES, day, everyday
from voice.understanding.dates.holidays import holiday
from voice.understanding.dates.lexicon import COMING, EVERYDAY, MONTHS, NEXT, ONES, THIS
from voice.understanding.dates.meaning import FIRM, WEAK, Days
from voice.understanding.dates.numbers import cardinal, ordinal, year
from voice.understanding.dates.placing import nearest_weekday, place_day
from voice.understanding.dates.words import Utterance, read_once

Found = tuple[Days, int]
EARLY = frozenset({"early", "beginning", "start"})
MIDDLE = frozenset({"mid", "middle"})
LATE = frozenset({"late", "end"})
WISHED = frozenset({"great", "good", "nice", "lovely", "wonderful"})
""" "Have a great weekend" is a farewell."""
WORKING_DAYS = frozenset({"weekday", "weekdays", "workday", "workdays"})
WEEKEND = ("weekend", "week end", "week - end", "weekends")


@read_once
def period(said: Utterance, at: int) -> Found | None:
    """A stretch of whole days; the longest reading wins."""
    rules = (portion, rest, week_of_day, numbered_week, whole)
    found = [match for rule in rules if (match := rule(said, at))]
    return max(found, key=lambda match: match[1], default=None)


def whole(said: Utterance, at: int) -> Found | None:
    """A week, a weekend, a month or a year, this one or another."""
    return month(said, at) or unit(said, at) or year_alone(said, at)


def unit(said: Utterance, at: int) -> Found | None:
    if said.at(at - 1) in WISHED or said.at(at) in WISHED:
        return None
    place = said.skip(at, ("the", "my", "that"))
    which, place = shift(said, place)
    article = place > at
    if end := said.first_of(place, WEEKEND):
        later, end = after_next(said, end)
        return weekend(said.today, later or which or 0), end
    word = said.at(place)
    if word in WORKING_DAYS:
        monday = week_of(said.today)
        return Days(monday, monday + timedelta(5), strength=FIRM), place + 1
    if word not in ("week", "month", "year", "fortnight"):
        return None
    later, end = after_next(said, place + 1)
    count = later if later is not None else which
    if count is None and said.at(end) in ("after", "of", "from", "before", "day", "days"):
        return None
    strength = FIRM if count is not None else WEAK
    if not article and strength == WEAK:
        return None
    if word == "month":
        first = month_after(said.today, count or 0)
        return Days(first, month_after(first, 1), True, strength=strength), end
    if word == "year":
        first = date(said.today.year + (count or 0), 1, 1)
        whole_year = Days(first, date(first.year + 1, 1, 1), True, strength=strength)
        return (whole_year, end) if count is not None else None
    length = timedelta(14 if word == "fortnight" else 7)
    first = week_of(said.today) + length * (count or 0)
    return Days(first, first + length, True, strength=strength), end


def shift(said: Utterance, at: int) -> tuple[int | None, int]:
    """How many weeks or months on, when it is said."""
    word = said.at(at)
    several = said.at(at + 1).endswith("s") or word in COMING
    if several and (said.at(at - 1).isdecimal() or said.at(at - 1) in ONES):
        return None, at
    if word in THIS:
        return (1, at + 2) if said.at(at + 1) in COMING else (0, at + 1)
    if word in NEXT | COMING:
        return 1, at + 1
    return None, at


def after_next(said: Utterance, at: int) -> tuple[int | None, int]:
    end = said.first_of(at, ("after next", "after the next"))
    return (2, end) if end else (None, at)


def weekend(today: date, later: int) -> Days:
    """Saturday and Sunday; on a Sunday, this weekend is today's."""
    first = week_of(today) + timedelta(5 + 7 * later)
    return Days(first, first + timedelta(2))


def month(said: Utterance, at: int) -> Found | None:
    """ "March", "next June", "June next year", "Dec 2018", "March after next"."""
    place = said.skip(at, ("the",))
    if said.follows(place, "month of"):
        place += 2
    which, place = shift(said, place)
    number = MONTHS.get(said.at(place))
    if not number:
        return None
    end = said.skip(place + 1, (".",)) if len(said.at(place)) < 5 else place + 1
    sure = said.at(place - 1) in ("next", "of") or not doubtful(said, place)
    told = year(said, said.skip(end, (",", "/", "-", "of")))
    if told:
        return Days(*whole_month(told[0], number)), told[1]
    of = said.today.year + (number < said.today.month)
    if later := said.first_of(end, ("next year", "of next year", "in a year")):
        of, end = said.today.year + 1, later
    elif later := said.first_of(end, ("after next", "after the next")):
        of, end = of + 1, later
    elif later := said.first_of(end, ("this year", "of this year")):
        end = later
    elif which and number == said.today.month:
        of += 1
    strength = FIRM if sure else WEAK
    return Days(*whole_month(of, number), strength=strength), end


NAMED = ("name is", "name 's", "names", "name's", "this is", "i am", "call me", "under", "i'm",
         "miss", "mrs", "ms", "mr", "dr", "doctor", "with")  # fmt: skip
GIVEN_NAMES = frozenset({"april", "may", "june", "august"})


def doubtful(said: Utterance, at: int) -> bool:
    """A month's name that may be a verb or a person here."""
    word = said.at(at)
    if word in GIVEN_NAMES:
        if said.context.question == "name" or said.at(at - 1) in GIVEN_NAMES:
            return True
        if any(said.follows(at - len(cue.split()), cue) == at for cue in NAMED):
            return True
    if word in EVERYDAY:
        return everyday(said, at)
    return len(word) < 4 and said.at(at - 1) not in CUES and len(said) > 2


def year_alone(said: Utterance, at: int) -> Found | None:
    told = year(said, at) if said.at(at).isdecimal() else None
    if not told or said.at(at - 1) not in ("in", "after", "before", "since", "until", "than"):
        return None
    return Days(date(told[0], 1, 1), date(told[0] + 1, 1, 1)), told[1]


def portion(said: Utterance, at: int) -> Found | None:
    """ "Early March", "the end of next week", "EOM"."""
    if end := said.first_of(at, ("the eom", "eom", "the eow", "eow")):
        found = whole_period(said, said.at(end - 1))
        return late(found), end
    place = said.skip(at, ("the", "very"))
    word = said.at(place)
    if word not in EARLY | MIDDLE | LATE:
        return None
    inner = said.skip(place + 1, ("of", "in", "-"))
    if said.at(inner) in ("month", "week"):
        found, end = whole_period(said, said.at(inner)), inner + 1
    else:
        match = whole(said, inner)
        if not match:
            return None
        found, end = match
    if found.start is None or found.end is None or (found.end - found.start).days < 7:
        return None
    if word in EARLY:
        return early(found), end
    if word == "late" and third(found) == 3:
        return Days(found.end - timedelta(4), found.end), end
    return (middle(found) if word in MIDDLE else late(found)), end


def whole_period(said: Utterance, name: str) -> Days:
    if name in ("eow", "week"):
        first = week_of(said.today)
        return Days(first, first + timedelta(7))
    return Days(*whole_month(said.today.year, said.today.month))


def third(days: Days) -> int:
    assert days.start
    assert days.end
    length = (days.end - days.start).days
    return 3 if length <= 7 else 10 if length <= 31 else 120


def early(days: Days) -> Days:
    assert days.start
    return Days(days.start, days.start + timedelta(third(days)))


def middle(days: Days) -> Days:
    assert days.start
    first = days.start + timedelta(2 if third(days) == 3 else third(days))
    return Days(first, first + timedelta(3 if third(days) == 3 else third(days)))


def late(days: Days) -> Days:
    assert days.start
    assert days.end
    if third(days) == 3:
        return Days(days.end - timedelta(3), days.end)
    return Days(days.start + timedelta(2 * third(days)), days.end)


def rest(said: Utterance, at: int) -> Found | None:
    """ "The rest of the week": from today to its end; Sunday is a week's end, not its rest."""
    place = said.skip(at, ("the",))
    if said.at(place) not in ("rest", "remainder"):
        return None
    place = said.skip(place + 1, ("of", "the", "my", "this", "current"))
    if said.at(place) not in ("week", "month", "year"):
        return None
    end = {
        "week": max(week_of(said.today) + timedelta(6), said.today + timedelta(1)),
        "month": month_after(said.today, 1),
        "year": date(said.today.year + 1, 1, 1),
    }[said.at(place)]
    return Days(said.today, end), place + 1


def week_of_day(said: Utterance, at: int) -> Found | None:
    """ "The week of April 10th", "week commencing the 4th", "the weekend of Halloween"."""
    place = said.skip(at, ("the",))
    if end := said.follows(place, "w / c"):
        place = end
    elif end := said.first_of(place, (*WEEKEND, "week")):
        weekends = end > place + 1 or said.at(place).startswith("weekend")
        joined = said.first_of(
            end, ("of", "beginning", "starting", "commencing", "beginning on", "starting on")
        )
        if not joined:
            return None
        inner = day(said, joined)
        if not inner or inner[0].weekday is not None and not inner[0].day:
            return None
        placed = place_day(inner[0], said.today).on
        return weekend_with(placed) if weekends else week_with(placed), inner[1]
    else:
        return weekend_of_holiday(said, place)
    inner = day(said, place)
    return (week_with(place_day(inner[0], said.today).on), inner[1]) if inner else None


def week_with(on: date) -> Days:
    """The week called after a day; called after a Sunday, the one that the Sunday leads in."""
    first = week_of(on + timedelta(1))
    return Days(first, first + timedelta(7), True)


def weekend_with(on: date) -> Days:
    """The weekend nearest to a day, and the day too when it is the Friday or Monday beside it."""
    saturday = nearest_weekday(on, 5)
    first = on if on.weekday() == 4 else saturday
    return Days(first, saturday + timedelta(3 if on.weekday() == 0 else 2))


def weekend_of_holiday(said: Utterance, at: int) -> Found | None:
    """ "Labor Day weekend", "Easter weekend"."""
    named = holiday(said, at)
    end = said.first_of(named[1], WEEKEND) if named else None
    return (weekend_with(named[0]), end) if named and end else None


def numbered_week(said: Utterance, at: int) -> Found | None:
    """ "The first week of October", "the last week of this month", "week 31"."""
    place = said.skip(at, ("the",))
    if said.at(place) == "week" and (number := cardinal(said, place + 1)):
        if not 1 <= number[0] <= 52 or not said.at(place + 1).isdecimal():
            return None
        first = date.fromisocalendar(said.today.year, number[0], 1)
        if first + timedelta(7) <= said.today:
            first = date.fromisocalendar(said.today.year + 1, number[0], 1)
        return Days(first, first + timedelta(7), True), number[1]
    count = (-1, place + 1) if said.at(place) == "last" else ordinal(said, place)
    if not count or count[0] > 5:
        return None
    weekends = said.first_of(count[1], WEEKEND)
    end = weekends or said.follows(count[1], "week")
    if not end or said.at(end) not in ("of", "in"):
        return None
    inner = whole(said, end + 1)
    if not inner or not inner[0].start or not inner[0].end:
        return None
    if (inner[0].end - inner[0].start).days < 28:
        return None
    if weekends:
        saturday = nth_weekday(inner[0].start, 5, count[0])
        return (weekend(saturday, 0), inner[1]) if saturday else None
    first = counted_week(inner[0].start, inner[0].end, count[0])
    return Days(first, first + timedelta(7), True), inner[1]


def counted_week(start: date, end: date, count: int) -> date:
    """The Monday of a month's nth week; a week belongs to the month of its Thursday."""
    first = week_of(start)
    if start - first > timedelta(3):
        first += timedelta(7)
    if count > 0:
        return first + timedelta(7 * (count - 1))
    last = week_of(end - timedelta(1))
    return last if end - last > timedelta(3) else last - timedelta(7)
