"""What a question is searched with, and what is told of the notice to give up a visit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scheduling.business import Business, Faq
from scheduling.policy import BookingPolicy
from support.answers import Answer, Notice, OwnAnswer
from support.questions import Question, find_answer
from voice.understanding.asked_about import asks_of_a_change, asks_of_notice
from voice.understanding.meaning import closeness

YOUNG = "Yes, but under sixteen a parent has to come along and sign."
SALON = Business(
    slug="salon", name="Salon", timezone="Europe/Dublin", country="IE",
    booking=BookingPolicy(cancel_notice_minutes=1440),
    faqs=(
        Faq("Can somebody under sixteen have it done?", YOUNG),
        Faq("Where can I park?", "There is a car park behind the church."),
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
