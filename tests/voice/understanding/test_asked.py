"""What is taken for a question, a wish or a time, where it was cut in pieces; who only asks."""

from __future__ import annotations

from datetime import date

import pytest

from tests.voice.understanding.marked import heard
from voice.understanding.relabelling.told import only_asks
from voice.understanding.tagging.vetoes import without_waving_away

ONLY_ASKING = """No no, not yet, first only asking.
Och, nothing the now, I'm only asking. Are ye open?
I must first speak with my wife.
Please, no appointment today. I call again.
No, I'm not booking the now.
Never mind, I'll have a think.
I'm no booking anything today.
I'll have to ask my husband.
I'd want to run it by himself first.
I'll get back to you.
I'm just ringing round for prices at the moment
I'm not ready to book yet
No need to book it now
I wasn't going to book today, I only wanted the price""".splitlines()
NOT_ONLY_ASKING = """Well, I was only asking if she'd have half past one on that Wednesday, dear.
I'm just looking for a haircut
I'd like to speak to my therapist
I have no appointment yet, I'd like one
just wondering would she have anything Thursday
Quick question, can I get in Friday?
Could you ask my husband to ring you
Can you check my booking
she wants to talk to her doctor
I'll ask for Maeve""".splitlines()
PRICE = "An engine diagnosis costs 129 dollars. Shall I book it?"


@pytest.mark.parametrize("said", ONLY_ASKING)
def test_who_only_asks_says_so_in_many_ways(said: str) -> None:
    assert only_asks(said, ())


@pytest.mark.parametrize("said", NOT_ONLY_ASKING)
def test_who_wants_a_visit_does_not_only_ask(said: str) -> None:
    assert not only_asks(said, ())


def test_another_day_beside_a_no_is_still_wished_for() -> None:
    assert heard("{deny Not today}").only_asks
    assert not heard("{deny Not today}, {give:when tomorrow}").only_asks
    assert not heard("{deny Not yet}, {hold hold on}").only_asks


@pytest.mark.parametrize(
    ("marked", "around", "labels"),
    [
        ("{ask:policy do I need his little} {give:service trim} {ask:policy card or what}?", {},
         ["ask:policy"]),
        ("And {give:service the colour}, {ask:person has it got ammonia in it}?", {},
         ["ask:person"]),
        ("{want:book I'd like} {give:service a cut}, {ask:person is it Ana that does it}?", {},
         ["want:book", "give:service", "ask:person"]),
        ("{give:service the colour}, {ask:policy how long does it take}", {"asked": "service"},
         ["give:service", "ask:policy"]),
        ("{story the doctor can look on a parrot}?", {}, ["ask:other"]),
        ("{give:other I just bring them along}?", {}, ["ask:other"]),
        ("{story I moved here in March}?", {}, ["story"]),
        ("{story so you know what I mean}?", {}, ["story"]),
        ("{want:book I want to} ask, {ask:price how much is it}", {}, ["ask:price"]),
        ("{ask:policy I wonder if you can help}, {want:book I'd like a visit}", {}, ["want:book"]),
        ("{ask:policy has she any space for the highlights}", {}, ["ask:times"]),
        ("{ask:policy is there space for a wheelchair}", {}, ["ask:policy"]),
        ("{ask:times What's the last Saturday} {give:when before Christmas}", {}, ["give:when"]),
        ("{ask:policy would there be a quarter past one, or half past}", {"asked": "choose"},
         ["give:when"]),
        ("{ask:policy would it be any trouble if it was closer to two}",
         {"asked": "confirm_move"}, ["give:when"]),
        ("{ask:policy is it two o'clock}", {"asked": "confirm"}, ["ask:policy"]),
        ("{ask:hours do you close at five}", {"asked": "choose"}, ["ask:hours"]),
        ("{give:when this one twenty nine} {ask:price will be adjusted}",
         {"asked": "confirm", "agent": PRICE}, ["ask:price"]),
        ("{choose the ninety five}, {ask:price is it with the cut}", {"asked": "choose"},
         ["ask:price"]),
        ("{give:when at one thirty}", {"asked": "confirm", "agent": PRICE}, ["give:when"]),
        ("{give:service the brows}, {give:when twenty-two is it}?",
         {"asked": "confirm", "agent": "An eyebrow wax costs 22 dollars."},
         ["give:service", "story"]),
        ("{affirm Yep, that works}. {ask:price Forty-two back}.",
         {"asked": "confirm_refund", "agent": "That's 42 dollars back. Is that right?"},
         ["affirm", "story"]),
        ("{give:when at two is it}", {"asked": "confirm", "agent": PRICE}, ["give:when"]),
        ("If I book and have to call off, {ask:price what do you charge}", {}, ["ask:price"]),
        ("And {give:when the Monday after Christmas}, I meant",
         {"asked": "anything_else", "day_told": date(2026, 12, 26)}, ["ask:hours"]),
        ("{want:book book me in} {give:when the Monday after}",
         {"asked": "anything_else", "day_told": date(2026, 12, 26)}, ["want:book", "give:when"]),
    ],
)  # fmt: skip
def test_what_is_asked_is_told_from_what_is_wished(
    marked: str, around: dict[str, object], labels: list[str]
) -> None:
    reading = heard(marked, **{"asked": "open", **around})
    assert [act.label for act in reading.acts] == labels


def test_the_monday_after_counts_from_the_day_that_was_told() -> None:
    reading = heard("{give:when the Monday after}", asked="date", day_told=date(2026, 12, 26))
    assert reading.acts[0].times[0].value == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Ah no bother. Do, yeah", "Do, yeah"),
        ("No problem at all. Book it so", "Book it so"),
        ("No problem", "No problem"),
        ("no need to book it", "no need to book it"),
        ("No problem with Thursday, but Friday is better", None),
    ],
)
def test_a_wave_of_the_hand_is_no_refusal(said: str, left: str | None) -> None:
    assert without_waving_away(said) == (left or said)
