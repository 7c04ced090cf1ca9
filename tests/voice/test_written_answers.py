"""What a business wrote to very nearly a question goes before what is known of a thing in it."""

from __future__ import annotations

from pathlib import Path

from scheduling.business_file import load_files
from support.faq import best_faq, plain
from support.questions import REMEDY_SHARE
from support.written import written_to

BUSINESSES = Path("benchmarks/businesses")


def test_credit_cards_are_no_gift_cards() -> None:
    [(garage, _)] = load_files([BUSINESSES / "garage.toml"])
    written = written_to(garage, "Do you take credit cards")
    assert written is not None
    assert "all major cards" in written.text
    assert written_to(garage, "How much is a gift card") is None


def test_what_fails_is_told_by_what_it_is_and_not_by_the_no() -> None:
    [(salon, _)] = load_files([BUSINESSES / "salon.toml"])
    said = plain("the booking page on my phone stays white it never loads")
    remedy = best_faq(salon.faqs, said, least_share=REMEDY_SHARE)
    assert remedy is not None
    assert "private window" in remedy.answer
