"""When a caller has finished: what was said and what was asked decide how long a silence is one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from voice.turn_end import (
    DICTATING_SECONDS,
    FINISHED_SECONDS,
    ORDINARY_SECONDS,
    UNFINISHED_SECONDS,
    Awaited,
    pause_before_reply,
)
from voice.understanding.acts import Asked
from voice.understanding.hearing import Hearing
from voice.understanding.reading import OfferedTime

NOW = datetime.fromisoformat("2026-11-23T09:00")
OFFERED = (
    OfferedTime(NOW + timedelta(hours=29), "Ana Ruiz"),
    OfferedTime(NOW + timedelta(hours=49), "Ben Okafor"),
)


def awaiting(asked: Asked | None, *, phone_digits: str = "") -> Awaited:
    offered = OFFERED if asked == "choose" else ()
    line = "What is your booking reference?" if asked == "reference" else ""
    hearing = Hearing(
        now=NOW, asked=asked or "none", agent=line, table=offered, digits=phone_digits
    )
    return Awaited(hearing)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("confirm", "Yes."),
        ("confirm", "yes please"),
        ("confirm", "No, thanks."),
        ("date", "Tomorrow at 2 pm."),
        ("time", "half past two"),
        ("choose", "Tuesday at two."),
        ("choose", "the second one"),
        ("phone", "518 555 0142"),
        ("phone", "five one eight, five five five, oh one four two"),
        ("reference", "K7M2QX"),
        ("reference", "518 555 0142"),
        (None, "Okay, goodbye."),
        ("anything_else", "No, that's all, bye bye!"),
    ],
)
def test_a_whole_answer_ends_the_turn_soon(asked: Asked | None, said: str) -> None:
    assert pause_before_reply(said, awaiting(asked)) == FINISHED_SECONDS


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("phone", "518 555"),
        ("phone", "five one eight."),
        ("name", "It's Jayne, J-A-Y"),
        ("name", "J. A."),
        ("name", "My name is"),
        ("reference", "K 7 M"),
        ("reference", "2, 0, 1, 5, 5, 5."),
        ("reference", "kilo seven mike 2"),
        ("confirm", "Yes, and"),
        ("confirm", "um"),
        ("date", "Um..."),
        (None, "I'd like to come in on"),
        (None, "It's for"),
        (None, "I need a check-up and"),
    ],
)
def test_what_can_hardly_be_all_keeps_the_turn_open(asked: Asked | None, said: str) -> None:
    assert pause_before_reply(said, awaiting(asked)) == UNFINISHED_SECONDS


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (None, "I'd like a check-up."),
        (None, "Yes."),
        ("confirm", "Yes, but could it be with Ana instead of him?"),
        ("date", "Tomorrow."),
        ("name", "Maria Lopez."),
        ("phone", "I'd rather not say."),
    ],
)
def test_anything_else_waits_the_ordinary_while(asked: Asked | None, said: str) -> None:
    assert pause_before_reply(said, awaiting(asked)) == ORDINARY_SECONDS


def test_a_number_that_was_begun_before_is_whole_with_its_rest() -> None:
    assert pause_before_reply("0142", awaiting("phone", phone_digits="518555")) == FINISHED_SECONDS


def test_digits_that_nobody_asked_for_come_in_groups() -> None:
    assert pause_before_reply("my number is 518 555", awaiting(None)) == DICTATING_SECONDS


def test_a_full_stop_tells_only_where_it_is_heard() -> None:
    said = "I'd like a check-up."
    assert pause_before_reply(said, awaiting(None), marks_tell=True) == FINISHED_SECONDS
    assert pause_before_reply("I need a check-up and.", awaiting(None), marks_tell=True) > 1


def test_letters_of_a_name_that_is_put_right_come_in_groups() -> None:
    for said in ("No, it's Marcus Khan. M-A-R-C-U-S.", "No, it's Chloe."):
        assert pause_before_reply(said, awaiting("confirm")) == DICTATING_SECONDS
    assert pause_before_reply("No, thank you.", awaiting("confirm")) == FINISHED_SECONDS
