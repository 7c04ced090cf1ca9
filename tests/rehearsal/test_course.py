"""What spoils a call that reaches its end: questions put again, unanswered ones, wasted turns."""

from __future__ import annotations

from datetime import date

from rehearsal.course import Course
from rehearsal.questions import Asked
from tests.clinic import clinic

MONDAY = date(2026, 11, 23)


def heard(course: Course, text: str, question: str | None = None) -> None:
    course.heard(text, question, clinic(), MONDAY)


def test_a_call_without_a_detour_has_no_flaw() -> None:
    course = Course()
    course.said("open", "service")
    heard(course, "What day and time would suit you?", "when")
    course.said("when")
    heard(course, "What name should I put it under?", "name")
    course.said("name")
    assert course.flaws() == []


def test_the_third_time_that_the_same_is_asked_is_a_flaw() -> None:
    course = Course()
    for _ in range(3):
        course.said("name")
        heard(course, "What name should I put it under?", "name")
    assert course.flaws() == ["question put 3 times: name"]


def test_a_question_put_again_after_an_aside_is_none() -> None:
    course = Course()
    course.said("when")
    for _ in range(3):
        heard(course, "What name should I put it under?", "name")
        course.said(own=True)
    assert course.flaws() == []


def test_an_answer_may_come_with_the_next_reply_and_not_later() -> None:
    price = Asked("price", "how much is it")
    for replies, flaws in (
        (["You're booked.", "It costs 40 dollars."], 0),
        (["You're booked.", "Anything else?"], 1),
        (["I don't know what it costs."], 0),
        (["Sorry, I didn't catch that.", "What name should I put it under?"], 1),
    ):
        course = Course()
        course.said("yes")
        course.ask(price)
        for reply in replies:
            heard(course, reply)
            course.said("name", needed=False, own=True)
        assert len(course.flaws()) == flaws, replies


def test_the_business_own_question_needs_its_own_answer() -> None:
    [*_, faq] = clinic().faqs
    asked = Asked("policy", faq.question, faq.answer)
    assert asked.answered_by(f"{faq.answer} Anything else?", clinic(), MONDAY)
    assert not asked.answered_by("I don't know that.", clinic(), MONDAY)


def test_more_than_three_turns_that_told_nothing_new_are_too_many() -> None:
    course = Course()
    course.said("open")
    for _ in range(4):
        course.said("open")
    assert course.flaws() == ["4 turns more than needed"]
