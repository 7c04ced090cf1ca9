"""What a caller wants of what is kept about them."""

from __future__ import annotations

from typing import Literal, cast

from voice.understanding.loose_phrases import section_said

AccountWish = Literal["", "who", "number", "forget"]
"""To hear what is kept, to be reached on another number, to be forgotten; empty: something else."""


def account_wish(text: str) -> AccountWish:
    """What these words want of it."""
    return cast("AccountWish", section_said(text, "account"))
