"""What a business wrote that speaks of a service by name, or of the case that a caller tells."""

from __future__ import annotations

from scheduling.business import Faq, Service
from support.mentions import naming, of_one_kind, of_the_case

PLAIN = Service(id="plain", name="Piano tuning", minutes=90)
RAISE = Service(id="raise", name="Tuning with pitch raise", also=("pitch raise",), minutes=150)
GLASSES = Service(id="glasses", name="Glasses adjustment", minutes=15)
NEEDS = Faq(question="What does the tuner need?", answer="Quiet, please.")
OFTEN = Faq(
    question="How often should it be done?",
    answer="Once a year. After five years it'll likely need a pitch raise.",
)
ELSEWHERE = Faq(
    question="Do you repair glasses?", answer="We do it free of charge, wherever you bought them."
)
PRESCRIPTION = Faq(question="May I buy elsewhere?", answer="You're given your prescription.")


def test_the_answer_that_calls_a_service_by_name_is_of_it() -> None:
    assert naming((NEEDS, OFTEN), (RAISE,)) is OFTEN
    assert naming((NEEDS, OFTEN), (PLAIN,)) is None


def test_the_ordinary_one_is_of_the_kind_that_it_is_called_by() -> None:
    assert of_one_kind((PLAIN, RAISE, GLASSES), "would an ordinary tuning do") == [PLAIN, RAISE]
    assert of_one_kind((PLAIN, RAISE, GLASSES), "would a cheque do") == []


def test_a_case_is_answered_where_both_it_and_the_service_are_spoken_of() -> None:
    written = (NEEDS, PRESCRIPTION, ELSEWHERE)
    assert of_the_case(written, GLASSES, "what is it if I didn't buy them there") is ELSEWHERE
    assert of_the_case(written, GLASSES, "what is it if I come on Friday") is None
    assert of_the_case(written, GLASSES, "what does it cost") is None
