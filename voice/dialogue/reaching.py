"""How the caller can be reached, for whatever is booked or bought in their name."""

from __future__ import annotations

from scheduling.phone_numbers import digits_missing
from voice.dialogue.agenda import Agenda
from voice.dialogue.statements import Statement
from voice.dialogue.steps import Ask
from voice.dialogue.view import View
from voice.understanding.numbers.phones import is_nearly_whole

_AREA, _LAST = 3, 4
"""Digits of the first and the last group in which most numbers are said."""


def is_reachable(agenda: Agenda, view: View) -> bool:
    """Whether there is a number, or the caller gives none."""
    call = view.call
    return bool(agenda.phone or call.known_phone or call.claimed_phone or agenda.phone_declined)


def ask_phone(agenda: Agenda, view: View, kind: str | None = None) -> Ask:
    """For the number, for the rest of one, or for what was not heard of it."""
    digits, country = agenda.phone_digits, view.business.country
    if not digits:
        return Ask("phone", kind=kind)
    if not is_nearly_whole(digits, country):
        so_far = Statement(words=f"I have {' '.join(digits)} so far.")
        return Ask("phone", (so_far,), kind="phone_rest")
    groups = (digits[:_AREA], digits[_AREA:-_LAST], digits[-_LAST:])
    heard = f"I have {', '.join(' '.join(group) for group in groups)}"
    if not (missing := digits_missing(digits, country)):
        return Ask("phone", (Statement(words=f"{heard}."),), kind="phone_again")
    wrong = {1: "one digit is missing", -1: "that is one digit too many"}
    told = Statement(words=f"{heard}; {wrong.get(missing, 'some digits are missing')}.")
    return Ask("phone", (told,), kind="phone_middle")
