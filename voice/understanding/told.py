"""What a story tells that somebody at the desk would not pass over: sad news, a visit there is."""

from __future__ import annotations

from typing import Literal

from voice.understanding.phrasebook import phrases
from voice.understanding.words import plain


def sad_news(words: str) -> Literal["death", "mourning", "hurt"] | None:
    """Its kind; a battery that died is none."""
    said = f"{plain(words)} "
    kinds: tuple[Literal["death", "mourning", "hurt"], ...] = ("death", "mourning", "hurt")
    return next((kind for kind in kinds if phrases("sad_news")[kind].search(said)), None)


def tells_of_a_visit(words: str) -> bool:
    """Whether it speaks of a visit that there is already: "she's on the books for Sunday". One of
    the past is none, nor one that is wished for."""
    said, book = f"{plain(words)} ", phrases("own_visits")
    if book["past"].search(said) or book["wished"].search(said):
        return False
    return book["had"].search(said) is not None


def has_no_visit(words: str) -> bool:
    """Whether the caller says that nothing is booked yet: "I haven't one, I'm ringing to make
    one"."""
    said, book = f"{plain(words)} ", phrases("own_visits")
    return book["none"].search(said) is not None and not book["negated new"].search(said)
