"""Keys that a caller pressed: an answer to the question asked last, and never a time."""

from __future__ import annotations

from collections.abc import Iterable

from voice.facts import Facts

PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
LEAST_PHONE_DIGITS = 7


def keys_in_words(text: str, keys: Iterable[str], facts: Facts) -> str:
    """`text` with each stretch of keys in it put into the words that they stand for."""
    for pressed in keys:
        text = text.replace(pressed, said_with_keys(pressed, facts), 1)
    return " ".join(text.split())


def said_with_keys(pressed: str, facts: Facts) -> str:
    """The words; empty when the keys answer nothing that was asked, so that it is asked again."""
    digits = "".join(filter(str.isdigit, pressed))
    if facts.asked in ("choose", "which_booking"):
        choices = len(facts.offers if facts.asked == "choose" else facts.found)
        place = int(digits or 0)
        return f"the {PLACES[place - 1]} one" if 0 < place <= min(choices, len(PLACES)) else ""
    if facts.asked == "reference":
        return f"reference {' '.join(digits)}" if digits else ""
    if facts.asked == "phone" or len(digits) >= LEAST_PHONE_DIGITS:
        return f"my number is {digits}" if digits else ""
    return ""
