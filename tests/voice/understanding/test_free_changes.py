"""How far ahead a visit may be changed for nothing, read in the business's own rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from voice.understanding.free_changes import asks_just_that, free_ahead


@pytest.mark.parametrize(
    ("rule", "ahead"),
    [
        (
            "Cancel or move at least a day ahead at no charge. After that we charge a fee.",
            24,
        ),
        ("Cancel or move at least twenty-four hours ahead at no charge.", 24),
        ("You can cancel free of charge up to 48 hours before your appointment.", 48),
        ("Please cancel at least four hours ahead, free of charge. After that there is a fee.", 4),
    ],
)
def test_a_rule_with_one_length_is_read(rule: str, ahead: int) -> None:
    read = free_ahead(rule, "cancel")
    assert read is not None
    assert read.ahead == timedelta(hours=ahead)
    assert read.charges == ("After" in rule)


@pytest.mark.parametrize(
    "rule",
    [
        "Within twenty-four hours of the visit it is not free.",
        "Cancel two working days ahead at no charge.",
        "Cancel at least a day ahead at no charge, or two days ahead for a long visit.",
        "Cancel at least a day ahead at no charge. Deposits stay with us.",
        "Cancel at least a day ahead, please.",
        "Changes are free.",
        "Cancel two days ahead, counting opening days only, at no charge.",
        "Cancel at least one day ahead, by noon, at no charge.",
        "Cancel at least a day ahead at no charge. For highlights we charge half in any case.",
        "Cancel at least a day ahead at no charge. Moving a visit costs ten dollars.",
        "Cancel up to a day ahead for a ten dollar fee, free of charge for members.",
        "Move at least a day ahead at no charge.",
        "",
    ],
)
def test_a_rule_that_leaves_a_doubt_is_not(rule: str) -> None:
    assert free_ahead(rule, "cancel") is None


@pytest.mark.parametrize(
    "asked",
    ["Will I be charged for that?", "is it gonna cost me anything", "and is there a fee to cancel"],
)
def test_what_cancelling_costs_is_asked_plainly(asked: str) -> None:
    assert asks_just_that(asked, "cancel")


@pytest.mark.parametrize(
    "asked",
    [
        "will I be charged if I don't turn up",
        "do I get charged if I cancel it on the day",
        "is there a parking charge",
        "would I pay extra for a Saturday",
        "would I be charged for tomorrow's one if I cancelled that as well",
        "is there a charge to move it",
    ],
)
def test_what_something_else_costs_is_another_question(asked: str) -> None:
    assert not asks_just_that(asked, "cancel")
