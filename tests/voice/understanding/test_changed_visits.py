"""How a caller says that a visit which there is does not suit any more."""

from __future__ import annotations

from datetime import datetime

import pytest

from voice.understanding.hearing import Hearing
from voice.understanding.relabelling.changed_visits import unsuited

HEARING = Hearing(datetime(2026, 12, 1, 10), has_bookings=True)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("Saturday at eight, turns out I can't make it that early.", "early"),
        ("Half five is too late for me now.", "late"),
        ("Thursday's no good to me any more.", "day"),
        ("Ah no, Thursday's the day I can't do.", "day"),
        ("I can't do Thursday at half five after all.", "hour"),
        ("It's not going to work.", "hour"),
        ("Could I come on Friday instead?", ""),
        ("I'd like it a bit later, please.", ""),
        ("I can come any day.", ""),
    ],
)
def test_a_visit_does_not_suit_by_its_day_or_its_hour(words: str, how: str) -> None:
    assert unsuited(words, HEARING) == how
