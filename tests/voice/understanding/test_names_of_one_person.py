"""A name said beside other people's."""

from __future__ import annotations

import pytest

from voice.understanding.said_names import said_name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Saoirse Heneghan I'm her mam Niamh that's H E N E G H A N", "Saoirse Heneghan"),
        ("Saoirse Heneghan I'm Niamh", "Saoirse Heneghan"),
        ("Saoirse Heneghan not Heneghan Niamh", "Saoirse Heneghan"),
        ("Roy Ackroyd Mrs Whitfield's your lady", "Roy Ackroyd"),
        ("Roy Ackroyd not Whitfield at all", "Roy Ackroyd"),
        ("Jean Park not Parker", "Jean Park"),
    ],
)
def test_somebody_else_named_beside_is_no_part_of_the_name(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Rita, I'm Rita Moore", "Rita Moore"),
        ("Donald Farquharson, Farquharson's the surname", "Donald Farquharson"),
        ("Farquharson. Donald Farquharson. F-A-R-Q-U-H-A-R-S-O-N", "Donald Farquharson"),
        ("Kathryn Brennan Kathryn with a K", "Kathryn Brennan"),
        ("Mrs Whitfield", "Whitfield"),
        ("Mr Tom Reed", "Tom Reed"),
    ],
)
def test_a_name_said_twice_or_told_of_is_one(said: str, name: str) -> None:
    assert said_name(said) == name
