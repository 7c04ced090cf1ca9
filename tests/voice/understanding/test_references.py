"""References of bookings as a poor recogniser writes them."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import NOW
from voice.understanding.hearing import Hearing
from voice.understanding.numbers.references import MOST_WAYS, reference_ways
from voice.understanding.read import read


@pytest.mark.parametrize(
    ("said", "reference"),
    [
        ("7x and f s j.", "7XNFSJ"),
        ("Or H H 2 9 ES.", "HH29ES"),
        ("For WF H2M.", "4WFH2M"),
        ("F34 AZP", "F34AZP"),
        ("CR-B on VSM", "CRBVSM"),
        ("8re88dv", "8E88DV"),
        ("it's K for kilo seven M for mother two Q X", "K7M2QX"),
        ("why see 5 are be you", "YC5RBU"),
        ("the reference is K7M2QX", "K7M2QX"),
        ("kilo seven mike two quebec x-ray", "K7M2QX"),
    ],
)
def test_six_signs_are_made_of_what_stands_for_them(said: str, reference: str) -> None:
    agent = "What is the reference of the appointment?"
    reading = read(said, Hearing(now=NOW, asked="reference", agent=agent))

    assert [act.value for act in reading.all("give:reference")] == [reference]


def test_what_rhymes_is_tried_as_well_and_never_much() -> None:
    ways = reference_ways("8, 9, 7, Q, 5, 9.")

    assert ways[0] == "897Q59"
    assert "J97Q59" in ways
    assert len(ways) <= MOST_WAYS


@pytest.mark.parametrize("said", ["I'm K9J4.", "I don't have it on me", "no", "for you"])
def test_of_anything_else_no_reference_is_made(said: str) -> None:
    assert reference_ways(said) == ()
