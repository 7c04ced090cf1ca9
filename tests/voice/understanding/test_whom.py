"""For whom a visit is, and which service is made for just them."""

from __future__ import annotations

import pytest

from voice.understanding.reading import Named
from voice.understanding.services.whom import made_for, made_for_anybody, whom_told

SERVICES = (
    Named("checkup", ("Check-up",)),
    Named("child", ("Children's check-up", "kids' check-up")),
    Named("bath", ("Bath",)),
    Named("large", ("Large bath",)),
)


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("she's thirteen", "a child"),
        ("he's only 9", "a child"),
        ("she's thirty", ""),
        ("she's nine, on Friday at ten", "a child"),
        ("she's nine o'clock on Friday", ""),
        ("it's for my kid", "a child"),
        ("he's a big dog", "large"),
        ("my daughter", ""),
    ],
)
def test_an_age_or_a_size_is_told_in_closed_words(said: str, whom: str) -> None:
    assert whom_told(said) == whom


def test_a_service_of_the_same_name_made_for_them_takes_the_place_of_the_common_one() -> None:
    assert made_for("checkup", "a child", SERVICES) == "child"
    assert made_for("bath", "large", SERVICES) == "large"
    assert made_for("bath", "a child", SERVICES) == "bath"
    assert made_for("child", "a child", SERVICES) == "child"
    assert made_for_anybody("child", SERVICES) == "checkup"
    assert made_for_anybody("checkup", SERVICES) == "checkup"
