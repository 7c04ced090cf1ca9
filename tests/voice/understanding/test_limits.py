"""Times that only bound a visit: when it must be over, when it cannot begin, what is too early."""

from __future__ import annotations

from datetime import time

import pytest

from tests.voice.understanding.marked import heard, offers
from voice.understanding.wishes.wanted import Span, Wanted, note, read_note, spans_of


def wished(said: str) -> tuple[str, ...]:
    """The wishes in a turn, as the tools are given them."""
    acts = [each for each in heard(said).acts if each.label == "give:when"]
    return tuple(note(Wanted(spans=spans_of(each.times))) for each in acts)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("{give:when i gotta be gone by ten}", "T../..<10:00"),
        ("i gotta be gone {give:when by ten}", "T../..<10:00"),
        ("{give:when done before three}", "T../..<15:00"),
        ("{give:when i've to leave at noon}", "T../..<12:00"),
        ("{give:when out by half two}", "T../..<14:30"),
        ("{give:when i have to be back at work by two}", "T../..<14:00"),
        ("{give:when the last bus is at twelve}", "T../..<12:00"),
        ("{give:when finished in time for the school run at three}", "T../..<15:00"),
        ("{give:when from half nine and out by noon}", "T09:30/..<12:00"),
        ("{give:when friday, and ready by five}", "2026-11-27 T../..<17:00"),
        ("{give:when by ten}", "T../10:00"),
        ("{give:when not before ten}", "T10:00/.."),
        ("{give:when no afore ten}", "T10:00/.."),
    ],
)  # fmt: skip
def test_a_limit_is_told_by_the_words_that_lead_to_it(said: str, wish: str) -> None:
    assert wished(said) == (wish,)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("{story my lift home goes at quarter past four}", "T../..<16:15"),
        ("{story the bus gets in at half nine and the last one home goes at noon}",
         "T09:30/..<12:00"),
        ("{story the wee ones aren't out of nursery till two}", "T14:00/.."),
        ("{story my tram only gets me there at half one}", "T13:30/.."),
        ("{story friday would suit}", "2026-11-27"),
        ("{want:cancel i can't get out} {rule_out:when of the office till half two}", "T14:30/.."),
    ],
)  # fmt: skip
def test_a_story_that_binds_the_visit_is_a_wish(said: str, wish: str) -> None:
    assert wished(said) == (wish,)


def test_a_story_without_such_a_time_stays_one() -> None:
    assert [each.label for each in heard("{story i had it done at three last year}").acts] == [
        "story"
    ]


@pytest.mark.parametrize(
    ("said", "out"),
    [
        ("{rule_out:when nine's too early}", "T../09:01"),
        ("{deny nine is too early for me}", "T../09:01"),
        ("{rule_out:when half past two is too late}", "T14:30/.."),
        ("{rule_out:when not before ten}", "T../10:00"),
        ("{rule_out:when nothing before half ten}", "T../10:30"),
        ("{rule_out:when not before half ten now}", "T../10:30"),
    ],
)
def test_what_is_too_early_rules_out_all_before_it(said: str, out: str) -> None:
    [act] = heard(said).acts
    assert act.label == "rule_out:when"
    assert note(Wanted(spans=spans_of(act.times))) == out


@pytest.mark.parametrize(
    ("said", "out"),
    [
        ("{story i'm at work until noon}", "T../12:00"),
        ("{story i look after my gran till one}", "T../13:00"),
        ("{give:when i've a rehearsal until three}", "T../15:00"),
    ],
)
def test_till_when_somebody_is_busy_nothing_will_do(said: str, out: str) -> None:
    [act] = heard(said).acts
    assert act.label == "rule_out:when"
    assert note(Wanted(spans=spans_of(act.times))) == out


def test_a_day_and_till_when_somebody_is_busy_on_it_are_told_in_one_stretch() -> None:
    day, busy = heard("{give:when friday, any time bar before nine}").acts
    assert (day.label, busy.label) == ("give:when", "rule_out:when")
    assert note(Wanted(spans=spans_of(busy.times))) == "T../09:00"


def test_who_is_free_till_an_hour_is_not_busy_till_then() -> None:
    assert not [a for a in heard("{story i'm free till noon}").acts if a.name == "rule_out"]


def test_an_end_survives_being_noted() -> None:
    wanted = Wanted(spans=(Span(after=time(9, 30), until=time(12)), Span(until=time(10))))
    assert read_note(note(wanted)) == wanted


def test_too_early_of_what_lies_on_the_table_asks_for_later() -> None:
    table = offers("2026-11-26T09:00 Ana Ruiz", "2026-11-26T10:00 Ana Ruiz")
    for said in ("{deny that's too early}", "{rule_out:when too early}"):
        assert [each.label for each in heard(said, table=table).acts] == ["more"]


def test_the_no_of_no_earlier_than_is_none_of_its_own() -> None:
    assert wished("{deny no} {give:when earlier than nine}") == ("T09:00/..",)
    labels = [each.label for each in heard("{deny no}, {give:when earlier than nine}").acts]
    assert labels == ["deny", "give:when"]


@pytest.mark.parametrize(
    "said",
    [
        "{deny i did say not before ten}",
        "{deny i can't come before ten}",
        "{rule_out:when it can't be before ten i've got the shop}",
    ],
)
def test_what_is_not_before_an_hour_is_ruled_out_among_other_words(said: str) -> None:
    [act] = [each for each in heard(said).acts if each.times]
    assert act.label == "rule_out:when"
    assert note(Wanted(spans=spans_of(act.times))) == "T../10:00"


def test_a_nothing_before_the_time_denies_its_side() -> None:
    assert wished("{more nothing} {give:when before ten}") == ("T10:00/..",)


def test_the_time_told_last_is_the_one_chosen() -> None:
    table = offers("2026-11-26T17:00 Ana Ruiz", "2026-11-26T17:30 Ana Ruiz")
    said = "{choose five thirty} no hang on make it {story five the traffic is bad}"
    chosen = [each.which for each in heard(said, table=table, asked="choose").acts if each.which]
    assert chosen[-1] == (0,)
