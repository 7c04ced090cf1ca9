"""What a story tells that somebody at the desk would not pass over: sad news, a visit there is."""

from __future__ import annotations

from typing import Literal

from voice.understanding.phrasebook import says


def sad_news(words: str) -> Literal["death", "mourning", "hurt"] | None:
    """Its kind; a battery that died is none."""
    kinds: tuple[Literal["death", "mourning", "hurt"], ...] = ("death", "mourning", "hurt")
    return next((kind for kind in kinds if says("sad_news", kind, words)), None)


def tells_of_a_visit(words: str) -> bool:
    """Whether it speaks of a visit that there is already: "she's on the books for Sunday". One of
    the past is none, nor one that is wished for."""
    if says("own_visits", "past", words) or says("own_visits", "wished", words):
        return False
    return says("own_visits", "had", words)


def is_past(words: str) -> bool:
    """Whether it tells of what was had before: "a while back", "last year"."""
    return says("own_visits", "past", words)


def has_no_visit(words: str) -> bool:
    """Whether the caller says that nothing is booked yet: "I haven't one, I'm ringing to make
    one"."""
    return says("own_visits", "none", words) and not says("own_visits", "negated new", words)


def knows_not(words: str) -> str | None:
    """`unsure` for a no that is none: "I don't know, to be honest"."""
    return "unsure" if says("own_visits", "unsure", words) else None


def becoming(words: str) -> Literal["cancel", "move"] | None:
    """None: they say neither, as "I can't make it" does, or both."""
    cancels = says("own_visits", "cancel", words) and not says("own_visits", "negated", words)
    if cancels == says("own_visits", "move", words):
        return None
    return "cancel" if cancels else "move"


def protests(text: str) -> bool:
    """Whether who says no means that we got it wrong, or is about to say more."""
    return says("own_visits", "protests", text)
