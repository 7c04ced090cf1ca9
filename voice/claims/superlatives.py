"""Superlatives told of times: the only ones, nothing else, the earliest, the latest. Each is so
when the book, looked at again, has nothing that speaks against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from scheduling.values import Offer, Window
from voice.claims.backing import Backing
from voice.claims.hours import TIMES_FREE, tells_hours
from voice.claims.names import providers_named
from voice.claims.times import SaidTime
from voice.claims.wording import Wording
from voice.claims.words import Clause

_SAYS = Wording("superlatives")
_SOON = _SAYS.pattern("soon")
_NONE = _SAYS.pattern("none")
_FULL = _SAYS.pattern("full")
_NO_MORE = _SAYS.pattern("no_more")
_LEFT = _SAYS.pattern("left")
_EARLIEST = _SAYS.pattern("earliest")
_LATEST = _SAYS.pattern("latest")
_OF_THESE = _SAYS.pattern("of_these")


async def unproven_superlative(known: Backing, clause: Clause, said: Sequence[SaidTime]) -> bool:
    """Whether it says that there is nothing else, nothing earlier or nothing later than what
    is offered, and the book has some."""
    text = clause.text
    if clause.asks or _OF_THESE.search(text) or tells_hours(clause):
        return False
    kinds = [kind for kind in (_FULL, _NO_MORE, _EARLIEST, _LATEST) if kind.search(text)]
    offers = await known.offers()
    if not offers and _NONE.search(text) and (said or _SOON.search(text)):
        return not known.told_by_tools and not await known.bookings()
    of_times = offers or said or _FULL in kinds or TIMES_FREE.search(text)
    if not kinds or not (of_times or _LEFT.search(text)):
        return False
    if not offers:
        return not (known.told_by_tools or (clause.denies and said and _FULL not in kinds))
    whole, rest = _windows(known, kinds, said, offers)
    if any(window.start <= offer.start < window.end for window in rest for offer in offers):
        return True
    for window in (*whole, *rest):
        if await _is_free(known, clause, window):
            return True
    return False


def _windows(
    known: Backing,
    kinds: Sequence[re.Pattern[str]],
    said: Sequence[SaidTime],
    offers: Sequence[Offer],
) -> tuple[list[Window], list[Window]]:
    """Where nothing but the offers, and where nothing at all may be free, for it to be so."""
    starts = sorted(offer.start for offer in offers)
    today = known.local(starts[0]).date()
    readings = [one for each in said for one in each.readings]
    days = [datetime.combine(today, one) if isinstance(one, time) else one for one in readings]
    moments = [known.instant(one) for one in days if isinstance(one, datetime)]
    moments = [one for one in moments if one in starts]
    named = [one.date() if isinstance(one, datetime) else one for one in days]
    day = known.whole_day(named[0] if named else today)
    rest = []
    if _EARLIEST in kinds:
        rest.append(Window(day.start, max(day.start, min(moments, default=starts[0]))))
    if _LATEST in kinds:
        after = max(moments, default=starts[-1]) + timedelta(minutes=1)
        rest.append(Window(after, max(after, day.end)))
    return ([day] if {_NO_MORE, _FULL} & {*kinds} else []), rest


async def _is_free(known: Backing, clause: Clause, window: Window) -> bool:
    business, offers = known.business, await known.offers()
    named = set[str]().union(*providers_named(business, clause.text))
    people = named or {offer.provider_id for offer in offers}
    for service_id in {offer.service_id for offer in offers}:
        for provider_id in people:
            if await known.free_within(service_id, provider_id, window):
                return True
    return False
