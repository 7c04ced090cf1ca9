"""What was heard in a sentence, for tests of the grammar of dates."""

from __future__ import annotations

from datetime import datetime

from voice.understanding.dates.reading import Times, read_times
from voice.understanding.reading import Context, Moment, Question

SATURDAY = datetime(2026, 11, 21, 10, 0)  # noqa: DTZ001 - local times are naive here
Opening = dict[int, tuple[tuple[int, int], ...]]
NINE_TO_FIVE: Opening = dict.fromkeys(range(5), ((9 * 60, 17 * 60),))
LATE_OPENING: Opening = dict.fromkeys(range(7), ((8 * 60, 22 * 60),))


def read(
    text: str,
    now: datetime = SATURDAY,
    *,
    question: Question | None = None,
    opens: Opening | None = None,
    country: str = "US",
    zone: str | None = None,
) -> Times:
    known = Context(now=now, question=question, opens=opens, country=country, zone=zone)
    return read_times(text, known)


def values(times: Times) -> list[Moment | tuple[Moment | None, Moment | None] | None]:
    return [
        when.value if when.value is not None else (when.start, when.end) for when in times.found
    ]


def only(text: str, now: datetime = SATURDAY, **known: object) -> object:
    found = values(read(text, now, **known))  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001
