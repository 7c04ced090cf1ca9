"""Support callers: drawn for who sells things, and graded on orders, refunds and tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from random import Random

import pytest

from rehearsal.caller import Caller
from rehearsal.drawing import draw_goal
from rehearsal.goals import Goal
from rehearsal.hearing import hear
from rehearsal.human_turns import kept_turns
from rehearsal.support_drawing import is_support
from rehearsal.support_goals import SPECIALISTS, ShopState, SupportWish, expected
from rehearsal.support_grading import SupportOutcome, support_shortfalls
from rehearsal.support_hearing import deeds_in, money_in, signs_in, support_question
from rehearsal.support_truth import false_of_support
from scheduling.business import Business
from scheduling.business_file import load_businesses
from support.order_values import OrderLine, PlacedOrder
from tests.clinic import garage

MONDAY = date(2026, 11, 23)
NOTHING = SupportOutcome(ShopState(), ShopState(), (), False)


@pytest.fixture(name="business")
def shop() -> Business:
    return load_businesses(None)[0][0]


def goal_of(business: Business, kind: str) -> tuple[Goal, SupportWish]:
    goals = (
        draw_goal(business, number, 5) for number in range(400) if is_support(business, number, 5)
    )
    return next(
        (goal, goal.support)
        for goal in goals
        if goal.support and goal.support.kind == kind and not goal.matters
    )


def placed(reference: str, *, refunded: str = "0") -> PlacedOrder:
    at = datetime.fromisoformat("2026-11-10T10:00-05:00")
    line = OrderLine(1, "floss", "Dental floss", 2, Decimal("4.50"))
    return PlacedOrder(
        reference, "delivered", "willow", "Rosa Bell", "+12125550188", at, at, (line,),
        Decimal("9.00"), Decimal("9.00"), Decimal(refunded), "USD", "America/New_York", None,
        at, at, 1,
    )  # fmt: skip


def test_only_who_sells_things_has_callers_for_every_specialist(business: Business) -> None:
    wanting = [number for number in range(120) if is_support(business, number, 5)]
    assert 30 < len(wanting) < 70
    assert {draw_goal(business, each, 5).specialist for each in wanting} == set(SPECIALISTS)
    assert not any(is_support(garage(), number, 5) for number in range(120))


def test_the_support_hand_answers_questions_that_callers_know() -> None:
    asked = [turn for turn in kept_turns() if turn.asked == "support" and turn.id[0] == "d"]
    assert [turn.agent for turn in asked if support_question(turn.agent) is None] == []


@pytest.mark.parametrize(
    ("reply", "question"),
    [
        ("That's 9 dollars back for two flosses of order 4 8. Is that right?", "refund it"),
        ("That's the floss for 4 dollars and 50 cents, for Rosa Bell. Is that right?", "order it"),
        ("I see order 4 8 and order 4 9. Which one is it about?", "which order"),
        ("I have 9 AM or 10 AM. Which suits you?", None),
    ],
)
def test_what_a_read_back_is_about(reply: str, question: str | None) -> None:
    assert support_question(reply) == question


def test_deeds_sums_and_numbers_are_read_off_a_reply() -> None:
    reply = "I've refunded 84 dollars and 30 cents. Your ticket number is K 7 M, 2 Q X."
    assert deeds_in(reply) == {"refunded", "written down"}
    assert money_in(reply) == [Decimal("84.30")]
    assert signs_in(reply) == ["K7M2QX"]
    assert deeds_in("Shall I refund it?") == frozenset()


def test_the_right_refund_and_nothing_else_is_what_was_wanted(business: Business) -> None:
    goal, wish = goal_of(business, "refund part")
    [(reference, amount)] = expected(wish, business).refunds
    before = ShopState((placed(reference),))
    right = ShopState((placed(reference, refunded=str(amount)),))
    wrong = ShopState((placed(reference, refunded="1"),))
    fine = replace(NOTHING, before=before, after=right)
    assert support_shortfalls(goal, wish, business, fine) == []
    missing = support_shortfalls(goal, wish, business, replace(fine, after=before))
    assert missing == [f"not refunded: {amount}"]
    other = support_shortfalls(goal, wish, business, replace(fine, after=wrong))
    assert other[0].startswith("refunded with the wrong amount")


def test_a_wrong_sum_is_never_agreed_to(business: Business) -> None:
    goal, wish = goal_of(business, "refund")
    caller = Caller(replace(goal, temper="terse"), business, Random(1))
    caller.opening()
    heard = hear("That's 1 dollar back for the floss of order 4 8. Shall I refund it?", business,
                 MONDAY)  # fmt: skip
    words = caller.answer(heard)
    assert words is not None
    assert words.startswith("no")
    assert expected(wish, business).refunds


def test_a_refund_that_the_store_does_not_hold_is_a_false_claim(business: Business) -> None:
    said = "I've refunded 9 dollars for two flosses."
    nothing = ShopState((placed("48210"),))
    held = ShopState((placed("48210", refunded="9"),))
    own = frozenset({"48210"})
    assert false_of_support(said, business, nothing, own) == [said]
    assert false_of_support(said, business, held, own) == []
    delivered = "Your order 4 8 2, 1 0, two flosses for 9 dollars, is on its way."
    assert false_of_support(delivered, business, nothing, own) == [delivered]
