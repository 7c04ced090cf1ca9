"""Words that try to have us act against our rules, or talk of what is no subject here.

They are told from others so that they can be answered; no rule depends on it. What an agent may do
is decided by the store and the business file, whatever is said.
"""

from __future__ import annotations

from typing import Literal, cast

from voice.understanding.loose_phrases import section_said

Attempt = Literal["", "others", "instruct", "authority", "price", "topic"]
"""What is tried: to hear of other customers, to instruct us, to be somebody with more rights, to
have another price, to talk of what does not belong here. Empty: nothing of that."""


def attempt_in(text: str) -> Attempt:
    """What the words try, if anything."""
    return cast("Attempt", section_said(text, "attempts"))
