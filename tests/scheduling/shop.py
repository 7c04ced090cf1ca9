"""A shop of one person, and short ways to ask what is free there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling.availability import Busy, open_slots
from scheduling.business import (
    Business,
    Closure,
    LocalSpan,
    Opening,
    Provider,
    Resource,
    Service,
)
from scheduling.business_keys import read_span
from scheduling.policy import BookingPolicy
from scheduling.values import Slot, Window

SHOP_TOML = """\
[business]
slug = "shop"
name = "Shop"
timezone = "America/New_York"
country = "US"
phone = "+12125550100"
numbers = ["+12125550123"]
[booking]
notice_minutes = 60
[[service]]
id = "haircut"
name = "Haircut"
minutes = 30
price = "45.00"
needs = ["chair"]
[[provider]]
id = "ana"
name = "Ana Ruiz"
services = ["haircut"]
hours = { mon = ["09:00-12:00", "13:00-17:00"], fri = ["20:00-02:00"] }
[[resource]]
id = "chair"
name = "Chair"
count = 2
[[closure]]
date = "2026-12-24"
"""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WEEKDAYS = range(5)
EVERY_DAY = range(7)


def hours(*spans: str) -> tuple[LocalSpan, ...]:
    """Spans as a business file writes them."""
    return tuple(read_span(span) for span in spans)


def shop(
    week: Mapping[int, tuple[LocalSpan, ...]],
    *,
    minutes: int = 60,
    step: int = 60,
    zone: str = "America/New_York",
) -> Business:
    """Ana gives one kind of visit in the hours of the week; no notice, a hundred years' horizon."""
    return Business(
        slug="shop",
        name="Shop",
        timezone=zone,
        country="US",
        booking=BookingPolicy(step_minutes=step, notice_minutes=0, horizon_days=36500),
        services=(Service("visit", "Visit", minutes),),
        providers=(Provider("ana", "Ana", ("visit",), week),),
    )


def with_service(business: Business, **changed: object) -> Business:
    """The shop with another kind of visit."""
    (service,) = business.services
    return replace(business, services=(replace(service, **changed),))  # type: ignore[arg-type]


def with_policy(business: Business, **changed: object) -> Business:
    """The shop with other rules for booking."""
    policy = replace(business.booking, **changed)  # type: ignore[arg-type]
    return replace(business, booking=policy)


def with_chairs(business: Business, count: int) -> Business:
    """The shop with a visit that needs one of so many chairs."""
    return replace(
        with_service(business, needs=("chair",)), resources=(Resource("chair", "Chair", count),)
    )


def closed(business: Business, day: date, *spans: str, provider: str | None = None) -> Business:
    """The shop with that day, or hours of it, closed."""
    closure = Closure(day, day, hours(*spans), provider)
    return replace(business, closures=(*business.closures, closure))


def opened(business: Business, day: date, *spans: str, provider: str | None = None) -> Business:
    """The shop with other hours on that day."""
    opening = Opening(day, day, hours(*spans), provider)
    return replace(business, openings=(*business.openings, opening))


def at(business: Business, day: date, clock: str, *, fold: int = 0) -> datetime:
    """The instant of a clock time at the shop."""
    local = datetime.combine(day, time.fromisoformat(clock), business.zone)
    return local.replace(fold=fold).astimezone(UTC)


def taken(business: Business, day: date, *spans: tuple[str, str]) -> list[tuple[int, int]]:
    """Busy time of one day by the shop's clock."""
    return [
        (int(at(business, day, start).timestamp()), int(at(business, day, end).timestamp()))
        for start, end in spans
    ]


def free(
    business: Business,
    first: date,
    last: date | None = None,
    *,
    busy: Busy | None = None,
    now: datetime = LONG_AGO,
) -> list[Slot]:
    """Slots that start on those local days, for everybody who performs the only service."""
    (service,) = business.services
    start = datetime.combine(first, time(), business.zone)
    end = datetime.combine((last or first) + timedelta(days=1), time(), business.zone)
    return list(
        open_slots(
            business,
            service,
            provider_ids=[who.id for who in business.performers(service.id)],
            busy=busy or Busy(),
            window=Window(start.astimezone(UTC), end.astimezone(UTC)),
            now=now,
        )
    )


def clock(slots: Sequence[Slot], zone: ZoneInfo) -> list[str]:
    """Starts as the shop's clock shows them."""
    return [slot.start.astimezone(zone).strftime("%H:%M") for slot in slots]


def starts(
    business: Business,
    first: date,
    last: date | None = None,
    *,
    busy: Busy | None = None,
    now: datetime = LONG_AGO,
) -> list[str]:
    """`free`, by the clock."""
    return clock(free(business, first, last, busy=busy, now=now), business.zone)
