"""Where in a caller's words somebody is named, and where a name is only a word."""

from __future__ import annotations

import pytest

from voice.understanding.names.parties import people_led_to


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("I'm ringing for my wife Linda", ("Linda",)),
        ("when is Felix's cleaning", ("Felix",)),
        ("Ida has an exam, can she come on Friday", ("Ida",)),
        ("where do I park", ()),
        ("...", ()),
        ("will you tell me what I have, and may I come early", ()),
        ("have you anything for young children", ()),
        ("is it up on the hill, and is there a grace period", ()),
    ],
)
def test_a_name_is_told_where_somebody_is_named(said: str, named: tuple[str, ...]) -> None:
    assert people_led_to(said) == named
