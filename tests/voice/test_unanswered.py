"""The journal keeps what became of each act, and counts what was asked for and not had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduling.errors import Invalid
from scheduling.store import Store
from scheduling.values import Organisation
from tests.clinic import NEW_YORK
from tests.scheduling.willow import pass_time
from voice.dialogue.agenda import Agenda, Outcome, OutcomeKind
from voice.facts import Facts
from voice.journal.erasing import Erasing
from voice.journal.journal import Journal
from voice.journal.unanswered import MOST_WORDINGS, is_unmet
from voice.journal.values import Closing
from voice.turn import CallFacts, Say, Turn

ALIGNMENT = Outcome(label="ask:service", words="do you do alignments", kind="declined")
PIZZA = Outcome(label="outside", words="a large pepperoni", kind="declined")
BOOKED = Outcome(label="affirm", words="yes please", kind="done")


def a_call(clinic: Organisation, call_id: str) -> CallFacts:
    return CallFacts(call_id, clinic.id, "vapi", "vapi", known_phone="+12125550161")


async def said(
    journal: Journal, call: CallFacts, *outcomes: Outcome, facts: Facts | None = None
) -> None:
    """The first turn of the call, in which the caller did all this."""
    opened = await journal.open_attempt(Turn(call, 1, 1, "these words", None))
    assert opened.attempt is not None
    closing = Closing((Say("Hello."),), facts or Facts(), parts_heard=1, answered_by="local")
    await journal.close_attempt(opened.attempt, replace(closing, outcomes=outcomes))


async def listed(journal: Journal, clinic: Organisation, **asked: object) -> list[tuple[str, int]]:
    page = await journal.unanswered({clinic.id: NEW_YORK}, **asked)  # type: ignore[arg-type]
    return [(each.act, each.count) for each in page.unanswered]


async def test_a_turn_is_kept_with_what_became_of_each_act(
    journal: Journal, clinic: Organisation
) -> None:
    await said(journal, a_call(clinic, "a"), BOOKED, ALIGNMENT)
    record = await journal.call(clinic.id, "a")
    assert record is not None
    assert record.turns[0].outcomes == (BOOKED, ALIGNMENT)


async def test_the_next_turn_does_not_begin_with_the_outcomes_of_the_last(
    journal: Journal, clinic: Organisation
) -> None:
    call = a_call(clinic, "a")
    agenda = Agenda(name="Maria Lopez", outcomes=(BOOKED,))
    await said(journal, call, BOOKED, facts=Facts(agenda=agenda))
    facts, _ = await journal.facts(call)
    assert facts.agenda == Agenda(name="Maria Lopez")


@pytest.mark.parametrize(
    ("label", "kind", "unmet"),
    [
        ("ask:price", "declined", True),
        ("ask:times", "nothing to do", True),
        ("ask:service", "asked back", True),
        ("ask:hours", "answered", False),
        ("outside", "declined", True),
        ("want:order", "declined", True),
        ("want:order", "nothing to do", True),
        ("want:book", "asked back", False),
        ("want:book", "kept", False),
        ("give:service", "declined", True),
        ("give:service", "noted", False),
        ("give:name", "nothing to do", False),
        ("noise:foreign", "declined", True),
        ("noise:unclear", "asked back", False),
        ("affirm", "asked back", False),
        ("social:chat", "nothing to do", False),
    ],
)
def test_what_is_asked_for_and_not_had_is_unmet(label: str, kind: OutcomeKind, unmet: bool) -> None:
    assert is_unmet(Outcome(label=label, words="so", kind=kind)) is unmet


async def test_the_same_wish_is_counted_over_all_calls(
    journal: Journal, clinic: Organisation
) -> None:
    louder = ALIGNMENT.but(words="Do you  do ALIGNMENTS")
    other = ALIGNMENT.but(words="do you fix clutches")
    for name, outcomes in {"a": (ALIGNMENT, PIZZA), "b": (other,), "c": (louder, BOOKED)}.items():
        await said(journal, a_call(clinic, name), *outcomes)
    page = await journal.unanswered({clinic.id: NEW_YORK})
    asked, outside = page.unanswered
    assert (asked.day, asked.act, asked.outcome, asked.count) == (
        date(2026, 11, 23), "ask:service", "declined", 3
    )  # fmt: skip
    assert [(each.words, each.count, each.call_id) for each in asked.wordings] == [
        ("Do you  do ALIGNMENTS", 2, "c"),
        ("do you fix clutches", 1, "b"),
    ]
    assert (outside.act, outside.count) == ("outside", 1)


async def test_no_more_wordings_are_shown_than_somebody_reads(
    journal: Journal, clinic: Organisation
) -> None:
    many = [ALIGNMENT.but(words=f"do you do {number}") for number in range(MOST_WORDINGS + 5)]
    await said(journal, a_call(clinic, "a"), *many)
    page = await journal.unanswered({clinic.id: NEW_YORK})
    assert page.unanswered[0].count == MOST_WORDINGS + 5
    assert len(page.unanswered[0].wordings) == MOST_WORDINGS


async def test_a_turn_that_was_undone_counts_for_nothing(
    journal: Journal, clinic: Organisation
) -> None:
    call = a_call(clinic, "a")
    await said(journal, call, ALIGNMENT)
    again = Turn(call, 1, 1, "other words", None)
    opened = await journal.open_attempt(again)
    assert opened.attempt is not None
    assert await listed(journal, clinic) == []


async def test_days_are_the_businesss_and_the_newest_comes_first(
    journal: Journal, clinic: Organisation, store: Store
) -> None:
    await said(journal, a_call(clinic, "monday"), PIZZA)
    await pass_time(store, hours=24)
    await said(journal, a_call(clinic, "tuesday"), ALIGNMENT, PIZZA, PIZZA)
    tuesday = [("outside", 2), ("ask:service", 1)]
    assert await listed(journal, clinic) == [*tuesday, ("outside", 1)]
    first, last = date(2026, 11, 23), date(2026, 11, 24)
    assert await listed(journal, clinic, days=(last, None)) == tuesday
    assert await listed(journal, clinic, days=(None, first)) == [("outside", 1)]
    assert await listed(journal, clinic, days=(date.min, date.max)) == [*tuesday, ("outside", 1)]
    in_japan = {clinic.id: ZoneInfo("Asia/Tokyo")}
    page = await journal.unanswered(in_japan)
    assert {each.day for each in page.unanswered} == {date(2026, 11, 23), date(2026, 11, 24)}


async def test_pages_follow_each_other(
    journal: Journal, clinic: Organisation, store: Store
) -> None:
    for day in range(3):
        kinds = [ALIGNMENT.but(label=f"ask:{topic}") for topic in ("price", "hours", "policy")]
        await said(journal, a_call(clinic, f"day {day}"), *kinds, PIZZA, PIZZA)
        await pass_time(store, hours=24)
    whole = await listed(journal, clinic)
    assert len(whole) == 12
    seen: list[tuple[str, int]] = []
    cursor: str | None = None
    for _ in range(3):
        page = await journal.unanswered({clinic.id: NEW_YORK}, limit=5, cursor=cursor)
        seen += [(each.act, each.count) for each in page.unanswered]
        cursor = page.next_cursor
    assert (seen, cursor) == (whole, None)


@pytest.mark.parametrize(
    "cursor", ["", "nonsense", "9999999~1~ask:price~declined~1", "1~2~3", "1~1~a~b~c"]
)
async def test_a_cursor_of_somebody_elses_is_refused(
    journal: Journal, clinic: Organisation, cursor: str
) -> None:
    with pytest.raises(Invalid):
        await journal.unanswered({clinic.id: NEW_YORK}, cursor=cursor)


async def test_another_organisation_sees_nothing_of_it(
    journal: Journal, clinic: Organisation
) -> None:
    await said(journal, a_call(clinic, "a"), ALIGNMENT)
    page = await journal.unanswered({clinic.id + 1: NEW_YORK})
    assert page.unanswered == ()


async def test_the_words_go_with_their_call(
    journal: Journal, clinic: Organisation, store: Store
) -> None:
    await said(journal, a_call(clinic, "a"), ALIGNMENT)
    assert await Erasing(store).number(clinic.id, "+12125550161") == 1
    assert await listed(journal, clinic) == []


async def test_the_words_go_when_they_are_old(
    journal: Journal, clinic: Organisation, store: Store
) -> None:
    await said(journal, a_call(clinic, "a"), ALIGNMENT)
    later = int(datetime(2026, 11, 25, tzinfo=NEW_YORK).timestamp())
    assert await Erasing(store).before(clinic.id, later) == 1
    assert await listed(journal, clinic) == []
