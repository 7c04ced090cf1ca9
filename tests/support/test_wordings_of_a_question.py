"""What a question is searched with, and what is told of the notice to give up a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scheduling.business import Business, Faq, Service
from scheduling.policy import BookingPolicy
from support.answers import Answer, Notice, OwnAnswer, Prices, Question
from support.questions import find_answer
from voice.understanding.asked_about import asks_of_a_change, asks_of_notice
from voice.understanding.tagging.meaning import closeness

STUDENTS = "Students get ten per cent off all cuts."
POLISH = "Danuta speaks Polish."
YOUNG = "Yes, but under sixteen a parent has to come along and sign."
SALON = Business(
    slug="salon", name="Salon", timezone="Europe/Dublin", country="IE",
    booking=BookingPolicy(cancel_notice_minutes=1440),
    services=(Service(id="cut", name="Haircut", minutes=30, price=Decimal(40)),),
    faqs=(
        Faq("Can somebody under sixteen have it done?", YOUNG),
        Faq("Where can I park?", "There is a car park behind the church."),
        Faq("Is there a student discount?", STUDENTS),
        Faq("What languages do you speak?", POLISH),
    ),
)  # fmt: skip


def _told(question: Question) -> Answer | None:
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    return find_answer(SALON, question, now=now, closeness=closeness)


def test_what_is_told_around_a_question_helps_to_find_its_answer() -> None:
    asked = "do i need somebody with me"
    assert _told(Question(asked, beside=f"{asked} because i'm fifteen")) == OwnAnswer(YOUNG)


@pytest.mark.parametrize(
    ("words", "of_notice"),
    [
        ("how much notice do you want if i have to cancel", True),
        ("what's the latest i can pull out", True),
        ("is there a charge for calling it off", False),
        ("do you charge a fee if i can't make it", False),
    ],
)
def test_what_giving_up_a_visit_takes_is_asked_in_many_ways(words: str, *, of_notice: bool) -> None:
    assert asks_of_a_change(words, ())
    assert asks_of_notice(words) == of_notice


def test_where_no_rule_is_written_the_notice_is_told() -> None:
    asked = Question("how much notice do you want", of_change=True, of_notice=True)
    assert _told(asked) == Notice(1440, of_cost=False)


@pytest.mark.parametrize(
    ("words", "topic", "answer"),
    [
        ("is a haircut any cheaper for students", "price", STUDENTS),
        ("is there anybody who speaks polish", "person", POLISH),
    ],
)
def test_what_is_written_goes_before_a_price_or_a_person(
    words: str, topic: str, answer: str
) -> None:
    asked = Question(words, service_id="cut", topic=topic)
    assert _told(asked) == OwnAnswer(answer)


def test_the_price_itself_is_no_discount() -> None:
    asked = Question("how much is a haircut", service_id="cut", topic="price")
    assert _told(asked) == Prices((("Haircut", Decimal(40)),))


def test_what_only_may_be_an_answer_is_told_to_an_open_question() -> None:
    asked = Question("can I leave my horse box")
    told = _told(asked)
    assert isinstance(told, OwnAnswer)
    assert not told.sure
    assert _told(replace(asked, surely=False)) is None
