"""What engines are given to say: every sign and abbreviation as words."""

from __future__ import annotations

import pytest

from voice.speech.speakable import speakable

SAID = {
    "Your reference is K7M2QX.": "Your reference is K, 7, M, 2, Q, X.",
    "Your reference is K 7 M, 2 Q X.": "Your reference is K, 7, M, 2, Q, X.",
    "A B C D E F": "A, B, C, D, E, F",
    "Dr. Okafor at 2 PM": "Doctor Okafor at 2 PM",
    "14:30, or 9:00": "2:30 PM, or 9 o'clock",
    "10:05 AM": "10:05 AM",
    "at 2 p.m. on Friday": "at 2 PM on Friday",
    "at 2 p.m.": "at 2 PM.",
    "from 9 AM – 5 PM": "from 9 AM to 5 PM",
    "+12125550100": "2 1 2, 5 5 5, 0 1 0 0",
    "(212) 555-0100": "2 1 2, 5 5 5, 0 1 0 0",
    "2 1 2, 5 5 5, 0 1 0 0": "2 1 2, 5 5 5, 0 1 0 0",
    "$45.50, €20 or £1": "45 dollars and 50 cents, 20 euros or 1 pound",
    "on 2026-11-24": "on November 24th, 2026",
    "on 2026-13-24": "on 2026-13-24",
    "order 12345": "order 1 2 3, 4 5",
    "1,250 items & 50% off": "1,250 items and 50 percent off",
    "St. Paul St. and Mt. Rd.": "Saint Paul Street and Mount Road",
    "info@willow.example": "info at willow dot example",
    "https://pay.example/a": "pay dot example slash a",
    "No. 5 is free. No, 5 is not.": "number 5 is free. No, 5 is not.",
    "a [link](http://x) and **stars**": "a link and stars",
}
UNTOUCHED = (
    "Tuesday, November 24th, 2027.",
    "Plan A or B, room 12B, COVID-19 and an MRI.",
    "I have one at noon, with Ana. Shall I book it?",
    "45 dollars and 50 cents for 30 minutes.",
)


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_signs_and_abbreviations_become_words(written: str, said: str) -> None:
    assert speakable(written) == said


@pytest.mark.parametrize("text", [*UNTOUCHED, *SAID.values()])
def test_what_can_be_said_already_stays_as_it_is(text: str) -> None:
    assert speakable(text) == text
