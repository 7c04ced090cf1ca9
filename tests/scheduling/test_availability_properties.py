"""Slots of random calendars against a slow reckoning, in odd zones on odd days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.availability import (
    Busy,
    bookable,
    check_start,
    occupied,
    open_slots,
)
from scheduling.errors import Refusal
from scheduling.interval import contains, overlap
from scheduling.reasons import why_empty
from scheduling.values import Slot, Window
from scheduling.windows import windows_for
from tests.scheduling.calendars import MINUTE, Case, cases, slow_starts

CALENDARS = settings(max_examples=60, deadline=None)


def slots_of(case: Case, busy: Busy | None = None) -> list[Slot]:
    return list(
        open_slots(
            case.business,
            case.service,
            provider_ids=["ana"],
            busy=case.busy if busy is None else busy,
            window=window_of(case),
            now=case.now,
        )
    )


def window_of(case: Case) -> Window:
    return Window(
        datetime.fromtimestamp(case.first_minute * MINUTE, UTC),
        datetime.fromtimestamp(case.last_minute * MINUTE, UTC),
    )


@CALENDARS
@given(cases())
def test_slots_are_those_that_a_minute_by_minute_reckoning_allows(case: Case) -> None:
    starts = [int(slot.start.timestamp()) for slot in slots_of(case)]
    assert starts == sorted(minute * MINUTE for minute in slow_starts(case))


@CALENDARS
@given(cases())
def test_no_slot_overlaps_busy_time_with_its_buffers(case: Case) -> None:
    for slot in slots_of(case):
        taken = occupied(case.service, int(slot.start.timestamp()))
        assert not any(overlap(taken, busy) for busy in case.busy.providers["ana"])


@CALENDARS
@given(cases())
def test_every_slot_lies_in_a_window_and_between_notice_and_horizon(case: Case) -> None:
    first = case.now.date() - timedelta(days=10)
    windows = windows_for(case.business, "ana", first, first + timedelta(days=20))
    limits = bookable(case.business, case.now)
    for slot in slots_of(case):
        visit = (int(slot.start.timestamp()), int(slot.end.timestamp()))
        assert visit[1] - visit[0] == case.service.minutes * MINUTE
        assert contains(windows, visit)
        assert limits.start <= slot.start < limits.end


@CALENDARS
@given(cases(), st.data())
def test_list_and_commit_agree_on_every_start(case: Case, data: st.DataObject) -> None:
    listed = {slot.start for slot in slots_of(case, Busy())}
    minutes = st.integers(case.first_minute, case.last_minute - 1)
    chosen = data.draw(st.lists(minutes, min_size=20, max_size=20))
    tried = [datetime.fromtimestamp(minute * MINUTE, UTC) for minute in chosen]
    for start in [*tried, *listed]:
        if start in listed:
            check(case, start)
        else:
            with pytest.raises(Refusal):
                check(case, start)


@CALENDARS
@given(cases())
def test_an_empty_list_is_full_exactly_when_busy_time_emptied_it(case: Case) -> None:
    reason = why_empty(
        case.business,
        case.service,
        provider_ids=["ana"],
        window=window_of(case),
        now=case.now,
    )
    assert (reason == "full") == bool(slots_of(case, Busy()))


@CALENDARS
@given(cases(), st.integers(0, 4000))
def test_the_starts_do_not_depend_on_where_one_begins_to_look(case: Case, skipped: int) -> None:
    later = window_of(case).start + timedelta(minutes=skipped)
    window = Window(later, max(later, window_of(case).end))
    part = open_slots(
        case.business,
        case.service,
        provider_ids=["ana"],
        busy=case.busy,
        window=window,
        now=case.now,
    )
    assert list(part) == [slot for slot in slots_of(case) if slot.start >= later]


def check(case: Case, start: datetime) -> None:
    check_start(case.business, case.service, provider_id="ana", start=start, now=case.now)
