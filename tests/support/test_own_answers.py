"""Which of what a business has written answers a question, by its words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scheduling.business import Business, Closure, Faq, LocalSpan, Provider, Service
from support.answers import (
    Answer,
    Days,
    Lengths,
    NotOffered,
    OwnAnswer,
    Prices,
    Question,
    ServiceList,
)
from support.fitting import best_fit, without_yes_or_no
from support.questions import find_answer
from support.subjects import subjects
from support.written import written_to

RULE = "A day's notice is free; later than that we charge half the price."
MATTED = "There is an extra charge of ten to twenty euro for matting."
BUSINESS = Business(
    slug="paws", name="Paws", timezone="Europe/Dublin", country="IE",
    services=(Service(id="wash", name="Wash", minutes=45, price=Decimal(30)),),
    faqs=(Faq("What if my dog is matted?", MATTED),),
    policies=(Faq("What is your cancellation policy?", RULE),),
)  # fmt: skip


def _told(question: Question) -> Answer | None:
    return find_answer(BUSINESS, question, now=datetime(2026, 12, 1, 9, tzinfo=UTC))


def test_rules_answer_questions_too() -> None:
    assert _told(Question("what is your cancellation policy")) == OwnAnswer(RULE)


@pytest.mark.parametrize("topic", ["price", "policy", ""])
def test_what_changing_a_visit_costs_is_no_price_of_it(topic: str) -> None:
    asked = Question("is there a fee", service_id="wash", topic=topic, of_change=True)
    assert _told(asked) == OwnAnswer(RULE)


def test_what_is_written_goes_before_the_price_of_what_was_spoken_of_before() -> None:
    asked = Question(
        "what does it cost if he is matted", service_id="wash", named=False, topic="price"
    )
    assert _told(asked) == OwnAnswer(MATTED)


def test_a_topic_alone_makes_no_price_of_another_question() -> None:
    asked = Question("is the shampoo nut free", service_id="wash", named=False, topic="price")
    assert _told(asked) is None


def test_the_price_of_what_was_spoken_of_is_told_where_nothing_else_is_asked() -> None:
    asked = Question("how much is it", service_id="wash", named=False, topic="price")
    assert _told(asked) == Prices((("Wash", Decimal(30)),))


def test_who_does_it_is_told_only_where_somebody_asks_who() -> None:
    asked = Question("is he old enough for that", service_id="wash", named=False, topic="person")
    assert _told(asked) is None


SHUT = (date(2026, 12, 24), date(2026, 12, 28))
KENNELS = replace(
    BUSINESS,
    services=(
        *BUSINESS.services,
        Service(id="trim", name="Claw trim", minutes=15, price=Decimal(12)),
        Service(id="walk", name="Dog walk", also=("lead walking",), minutes=60, price=Decimal(18)),
    ),
    providers=(
        Provider("nell", "Nell", ("wash",), dict.fromkeys(range(7), (LocalSpan(540, 1020),))),
    ),
    closures=(Closure(*SHUT, reason="the holidays"),),
)


def _at_the_kennels(text: str, *days: date, topic: str = "", **more: object) -> Answer | None:
    asked = Question(text, days, topic=topic, **more)  # type: ignore[arg-type]
    return find_answer(KENNELS, asked, now=datetime(2026, 12, 1, 9, tzinfo=UTC))


def test_a_closure_is_told_whole_and_every_day_that_is_asked_about() -> None:
    told = _at_the_kennels("are you open", SHUT[0], SHUT[1], date(2026, 12, 29), topic="hours")
    assert isinstance(told, Days)
    assert [(each.day.day, each.closed, bool(each.spans)) for each in told.of] == [
        (24, SHUT, False),
        (29, None, True),
    ]
    assert not told.others


def test_of_many_days_only_the_closed_ones_are_told_and_not_as_if_they_were_all() -> None:
    days = [date(2026, 12, day) for day in range(20, 31)]
    told = _at_the_kennels("are you open at all", *days, topic="hours")
    assert isinstance(told, Days)
    assert [each.closed for each in told.of] == [SHUT]
    assert told.others


def test_the_hours_of_the_holidays_are_those_of_the_closures() -> None:
    told = _at_the_kennels("what are your hours over the holidays", topic="hours")
    assert isinstance(told, Days)
    assert [each.closed for each in told.of] == [SHUT]


def test_several_that_are_named_cost_what_they_cost_together() -> None:
    told = _at_the_kennels("what's a wash and a claw trim", service_id="wash", topic="price",
                           others=("wash", "trim"), together=True)  # fmt: skip
    both = (("Wash", Decimal(30)), ("Claw trim", Decimal(12)))
    assert told == Prices(both, together=True)


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("do you do claws as well", ("Claw trim",)),
        ("do ye do walks", ("Dog walk",)),
        ("do you do lead walking", ("Dog walk",)),
    ],
)
def test_what_is_called_by_a_word_of_its_name_is_done(said: str, done: tuple[str, ...]) -> None:
    told = _at_the_kennels(said, topic="service", named=False)
    assert isinstance(told, ServiceList)
    assert told.asked == done


def test_what_is_in_no_name_is_not_done() -> None:
    assert isinstance(_at_the_kennels("do you do parrots", topic="service"), NotOffered)


def test_how_much_time_is_no_price() -> None:
    told = _at_the_kennels("how much time do I need for it, how long does it take",
                           service_id="trim", others=("trim",), topic="policy")  # fmt: skip
    assert told == Lengths((("Claw trim", 15),))


def test_one_word_in_common_is_no_answer() -> None:
    returns = Faq("Can I return opened products?", "Only unopened ones can be returned.")
    shop = replace(BUSINESS, policies=(returns,))
    assert written_to(shop, "when are you open") is None
    assert written_to(shop, "can I return opened products") == OwnAnswer(returns.answer)


ENTRIES = (
    Faq("Where can I park?", "In the yard behind us, free of charge."),
    Faq("How can I pay?", "Card or cash. No cheques."),
    Faq("What if I have to cancel?", "A day's notice is free. Later we keep the deposit. Ring us."),
)


def _alike(_said: str, others: Sequence[str]) -> list[float]:
    """Where meaning tells nothing."""
    return [0.25] * len(others)


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("is there anywhere to leave the car", 0),
        ("do you take apple pay at all", 1),
        ("something came up, am I going to lose my deposit", 2),
        ("do you sell gift cards", None),
        ("could I get a student discount", None),
    ],
)
def test_a_question_finds_what_speaks_of_the_same_or_nothing(said: str, entry: int | None) -> None:
    fit = best_fit(ENTRIES, said, _alike)
    assert (fit.entry if fit else None) == (ENTRIES[entry] if entry is not None else None)


def test_a_word_that_only_one_answer_has_speaks_for_it() -> None:
    insured = Faq("Who do you bill?", "We bill Pawsure and Barkley. Bring the form.")
    fit = best_fit((*ENTRIES, insured), "would barkley and pawsure be any good to you", _nearly)
    assert fit is not None
    assert fit.entry == insured


def _nearly(_said: str, others: Sequence[str]) -> list[float]:
    """Where meaning tells that something of the kind is written, and not what."""
    return [0.3] * len(others)


def test_the_condition_of_a_yes_leads_on_to_what_stands_behind_it() -> None:
    told = without_yes_or_no("Yes, if you are new here. It takes two minutes. Just drop in.")
    assert told == "If you are new here: It takes two minutes. Just drop in."
    assert without_yes_or_no("Yes, if you ring first.") == "If you ring first."


def test_a_gift_card_is_no_card() -> None:
    assert "means" not in subjects("do you sell gift cards")
    assert "means" in subjects("do you take cards")
