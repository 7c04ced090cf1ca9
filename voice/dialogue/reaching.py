"""How the caller can be reached, for whatever is booked or bought in their name."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda
from voice.dialogue.statements import Statement
from voice.dialogue.steps import Ask
from voice.dialogue.view import View


def is_reachable(agenda: Agenda, view: View) -> bool:
    """Whether there is a number, or the caller gives none."""
    call = view.call
    return bool(agenda.phone or call.known_phone or call.claimed_phone or agenda.phone_declined)


def ask_phone(agenda: Agenda) -> Ask:
    """For the number, or for the rest of one."""
    if not agenda.phone_digits:
        return Ask("phone")
    so_far = Statement(words=f"I have {' '.join(agenda.phone_digits)} so far.")
    return Ask("phone", (so_far,), kind="phone_rest")
