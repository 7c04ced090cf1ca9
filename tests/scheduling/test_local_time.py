"""Clock times become instants as somebody watching a clock would say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.local_time import DAY_MINUTES, instant, local_day, seconds_of
from tests.scheduling.calendars import CHANGES

NEW_YORK = ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
ODD_DAYS = [(zone, day) for zone, odd in CHANGES.items() for day in odd]


@pytest.mark.parametrize(("zone_name", "odd_day"), ODD_DAYS)
def test_every_minute_agrees_with_watching_the_clock(zone_name: str, odd_day: date) -> None:
    zone = ZoneInfo(zone_name)
    noon = int(datetime(odd_day.year, odd_day.month, odd_day.day, 12, tzinfo=UTC).timestamp())
    watched = range(noon - 4 * 86400, noon + 4 * 86400, 300)
    clock = [_shown(second, zone) for second in watched]
    first_shown = {
        shown: second for second, shown in reversed(list(zip(watched, clock, strict=True)))
    }
    last_shown = dict(zip(clock, watched, strict=True))
    for days in (-1, 0, 1):
        day = odd_day + timedelta(days=days)
        for minute in range(0, 2 * DAY_MINUTES, 5):
            shown = day.toordinal() * DAY_MINUTES + minute
            if shown in first_shown:
                expected = first_shown[shown], last_shown[shown]
            else:
                after_the_gap = next(
                    second for second, later in zip(watched, clock, strict=True) if later > shown
                )
                expected = after_the_gap, after_the_gap
            assert instant(day, minute, zone) == expected[0]
            assert instant(day, minute, zone, closing=True) == expected[1]


def test_a_skipped_time_is_the_first_minute_after_the_gap() -> None:
    after = datetime(2026, 3, 8, 3, 0, tzinfo=NEW_YORK).timestamp()
    assert instant(SPRING, 2 * 60 + 30, NEW_YORK) == after
    assert instant(SPRING, 2 * 60 + 30, NEW_YORK, closing=True) == after


def test_a_repeated_time_opens_at_its_first_and_closes_at_its_second_coming() -> None:
    opening, closing = (instant(AUTUMN, 90, NEW_YORK, closing=late) for late in (False, True))
    assert closing - opening == 3600
    assert datetime.fromtimestamp(opening, NEW_YORK).fold == 0
    assert datetime.fromtimestamp(closing, NEW_YORK).fold == 1


def test_minutes_past_midnight_are_the_next_days() -> None:
    assert instant(date(2026, 12, 31), 1440, NEW_YORK) == instant(date(2027, 1, 1), 0, NEW_YORK)
    assert instant(date(2028, 2, 28), 1500, NEW_YORK) == instant(date(2028, 2, 29), 60, NEW_YORK)


def test_the_day_is_the_business_s_and_not_that_of_utc() -> None:
    evening = int(datetime(2026, 11, 24, 3, 0, tzinfo=UTC).timestamp())
    assert local_day(evening, NEW_YORK) == date(2026, 11, 23)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        seconds_of(datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 - the very thing refused


def test_a_part_of_a_second_counts_as_the_whole_one() -> None:
    assert seconds_of(datetime(1970, 1, 1, 0, 0, 1, 1, tzinfo=UTC)) == 2


def _shown(second: int, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(second, zone)
    return local.toordinal() * DAY_MINUTES + local.hour * 60 + local.minute
