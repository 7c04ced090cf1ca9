"""How far ahead a visit may be changed for nothing, read in the business's own rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from voice.understanding.free_changes import free_ahead


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
        "Move at least a day ahead at no charge.",
        "",
    ],
)
def test_a_rule_that_leaves_a_doubt_is_not(rule: str) -> None:
    assert free_ahead(rule, "cancel") is None
