"""Holidays that callers name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from math import radians, sin

from voice.understanding.dates.calendar import easter, nth_weekday
from voice.understanding.dates.numbers import year
from voice.understanding.dates.words import Utterance

FIRST = datetime(2000, 1, 6, 12)  # noqa: DTZ001 - universal time, kept naive
MONTH_DAYS = 29.530588861
CHINA = timedelta(hours=8)
SUNSET_IN_INDIA = timedelta(hours=12.5)


def new_moon(count: int) -> datetime:
    """The new moon so many after that of 6 January 2000, in universal time, to some minutes."""
    sun = radians(2.5534 + 29.1053567 * count)
    moon = radians(201.5643 + 385.81693528 * count)
    latitude = radians(160.7108 + 390.67050284 * count)
    shift = (
        -0.4072 * sin(moon)
        + 0.17241 * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * sin(moon - sun)
        - 0.00514 * sin(moon + sun)
        + 0.00208 * sin(2 * sun)
    )
    return FIRST + timedelta(days=0.09766 + MONTH_DAYS * count + shift)


def first_new_moon(after: datetime) -> int:
    """The number of the first new moon after a moment."""
    count = int((after - FIRST).days / MONTH_DAYS) - 1
    while new_moon(count) < after:
        count += 1
    return count


def lunar_new_year(year: int) -> date:
    """The second new moon after the winter solstice, by the day in China."""
    solstice = datetime(year - 1, 12, 22, 16)  # noqa: DTZ001
    return (new_moon(first_new_moon(solstice) + 1) + CHINA).date()


def diwali(year: int) -> date:
    """The evening before the new moon between mid October and mid November."""
    moon = new_moon(first_new_moon(datetime(year, 10, 17)))  # noqa: DTZ001
    return (moon - SUNSET_IN_INDIA).date()


def orthodox_easter(year: int) -> date:
    """Easter of the Julian calendar, on ours (1900-2099)."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    return date(year, month, day + 1) + timedelta(13)


Rule = Callable[[int], date | None]


def fixed(month: int, day: int) -> Rule:
    return lambda of: date(of, month, day)


def on_weekday(month: int, weekday: int, count: int, later: int = 0) -> Rule:
    def rule(of: int) -> date | None:
        found = nth_weekday(date(of, month, 1), weekday, count)
        return found + timedelta(later) if found else None

    return rule


def from_easter(days: int) -> Rule:
    return lambda of: easter(of) + timedelta(days)


RULES: dict[str, Rule] = {
    "christmas/xmas/christmas day/xmas day/x - mas": fixed(12, 25),
    "christmas eve/xmas eve": fixed(12, 24),
    "boxing day": fixed(12, 26),
    "new year's/new year's day/new years/new years day/new year/new year day": fixed(1, 1),
    "new year's eve/new years eve/new year eve": fixed(12, 31),
    "valentine's day/valentines day/valentine day/valentine's/valentines": fixed(2, 14),
    "st patrick's day/saint patrick's day/st . patrick's day/st patricks day/saint patrick/"
    "st patrick/st paddy's day/saint paddy's day/st . paddy's day": fixed(3, 17),
    "april fools/april fool's/april fools day/april fool's day/all fools day": fixed(4, 1),
    "independence day/fourth of july": fixed(7, 4),
    "juneteenth": fixed(6, 19),
    "halloween/hallowe'en/halloween day/all hallows eve": fixed(10, 31),
    "all saints day/all saints' day": fixed(11, 1),
    "world vegan day": fixed(11, 1),
    "veterans day/veteran's day/veterans' day/armistice day/remembrance day": fixed(11, 11),
    "groundhog day/ground hog day": fixed(2, 2),
    "earth day": fixed(4, 22),
    "cinco de mayo": fixed(5, 5),
    "may day": fixed(5, 1),
    "star wars day": fixed(5, 4),
    "boss's day/boss day/bosses day/boss's": fixed(10, 16),
    "international women's day/women's day/womens day": fixed(3, 8),
    "king's day/kings day": lambda of: date(of, 4, 27 if date(of, 4, 27).weekday() < 6 else 26),
    "epiphany/three kings day": fixed(1, 6),
    "ides of march": fixed(3, 15),
    "thanksgiving/thanksgiving day/turkey day": on_weekday(11, 3, 4),
    "black friday": on_weekday(11, 3, 4, 1),
    "cyber monday": on_weekday(11, 3, 4, 4),
    "martin luther king day/martin luther king's day/martin luther king jr day/"
    "martin luther king jr . day/mlk day/mlk/martin luther king": on_weekday(1, 0, 3),
    "presidents day/president's day/presidents' day/washington's birthday": on_weekday(2, 0, 3),
    "memorial day/decoration day": on_weekday(5, 0, -1),
    "labor day/labour day": on_weekday(9, 0, 1),
    "columbus day/indigenous peoples day/indigenous peoples' day": on_weekday(10, 0, 2),
    "mother's day/mothers day/mothers' day": on_weekday(5, 6, 2),
    "father's day/fathers day/fathers' day": on_weekday(6, 6, 3),
    "grandparents day/grandparents' day": on_weekday(9, 6, 1, 7),
    "easter/easter sunday/easter day": from_easter(0),
    "easter monday/easter mon": from_easter(1),
    "good friday": from_easter(-2),
    "maundy thursday/holy thursday/covenant thursday/thursday of mysteries/"
    "thu of mysteries/covenant thu": from_easter(-3),
    "holy saturday/black saturday/easter saturday/easter sat": from_easter(-1),
    "easter tuesday": from_easter(2),
    "palm sunday/branch sunday": from_easter(-7),
    "ash wednesday": from_easter(-46),
    "shrove tuesday/pancake day/pancake tuesday/mardi gras/fat tuesday": from_easter(-47),
    "ascension day/ascension": from_easter(39),
    "pentecost/whit sunday/white sunday/whitsun": from_easter(49),
    "whit monday/pentecost monday": from_easter(50),
    "trinity sunday": from_easter(56),
    "corpus christi": from_easter(60),
    "orthodox easter/orthodox easter sunday": orthodox_easter,
    "chinese new year/chinese new year's day/chinese lunar new year/chinese lunar new year's day/"
    "lunar new year/lunar new year's day/chinese new years": lunar_new_year,
    "diwali/deepavali/divali": diwali,
    "flag day": fixed(6, 14),
    "patriot day": fixed(9, 11),
    "patriots day/patriots' day/patriot's day": on_weekday(4, 0, 3),
    "emancipation day": fixed(4, 16),
    "lincoln's birthday": fixed(2, 12),
    "siblings day/national siblings day": fixed(4, 10),
    "constitution day": fixed(9, 17),
    "pi day": fixed(3, 14),
    "bastille day": fixed(7, 14),
    "st stephen's day/saint stephen's day/stephen's day/st stephens day/stephens day/stephenses day"
    "/day of goodwill": fixed(12, 26),
    "st george's day/saint george's day/feast of st george": fixed(4, 23),
    "st david's day/saint david's day": fixed(3, 1),
    "st andrew's day/saint andrew's day": fixed(11, 30),
    "guy fawkes night/guy fawkes day/bonfire night": fixed(11, 5),
    "canada day": fixed(7, 1),
    "victoria day": lambda of: date(of, 5, 25) - timedelta((date(of, 5, 25).weekday() - 1) % 7 + 1),
    "australia day": fixed(1, 26),
    "anzac day": fixed(4, 25),
    "all souls day/all souls' day": fixed(11, 2),
    "assumption/assumption day/feast of the assumption": fixed(8, 15),
    "parents day/parents' day/parent's day": on_weekday(7, 6, 4),
    "election day": on_weekday(11, 0, 1, 1),
    "giving tuesday": on_weekday(11, 3, 4, 5),
}
HOLIDAYS: dict[str, tuple[tuple[str, Rule], ...]] = {}
for names, its_rule in RULES.items():
    for name in names.split("/"):
        first = name.split()[0]
        HOLIDAYS[first] = (*HOLIDAYS.get(first, ()), (name, its_rule))


def holiday(said: Utterance, at: int) -> tuple[date, int] | None:
    """The next one, or the one of the year that is said."""
    named = _named(said, at)
    if not named:
        return None
    end, rule = named
    told = year(said, said.skip(end, ("in", "of", ",")))
    if told:
        found = rule(told[0])
        return (found, told[1]) if found else None
    if place := said.first_of(end, ("this year", "of this year")):
        end = place
    elif place := said.first_of(end, ("next year", "of next year")):
        found = rule(said.today.year + 1)
        return (found, place) if found else None
    for of in (said.today.year, said.today.year + 1):
        found = rule(of)
        if found and found >= said.today:
            return found, end
    return None


def holiday_just_over(said: Utterance, at: int) -> date | None:
    """The one that was within the last week, of which "the Monday after" may speak."""
    named = _named(said, at)
    found = named[1](said.today.year) if named else None
    over = found is not None and timedelta() < said.today - found <= timedelta(7)
    return found if over else None


def _named(said: Utterance, at: int) -> tuple[int, Rule] | None:
    """Where the name that begins here ends, and when its day is."""
    if said.at(at - 1) in ("chinese", "lunar", "jewish", "orthodox", "persian", "islamic"):
        return None
    known = HOLIDAYS.get(said.at(at), ())
    matches = [(end, rule) for name, rule in known if (end := said.follows(at, name))]
    return max(matches, key=lambda match: match[0], default=None)
