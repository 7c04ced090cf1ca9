"""What a caller comes for, told in several stretches of a turn, or only by the way."""

from __future__ import annotations

from dataclasses import replace

from voice.understanding.acts import Act
from voice.understanding.hearing import Hearing
from voice.understanding.services.likely_services import may_mean
from voice.understanding.services.matching import named_in_pieces

OF_A_NEED = ("give:service", "give:problem", "want:book", "story")
"""Labels of acts in whose words it is told what a visit is for."""
MOST_GUESSED = 2


def with_whole_need(acts: tuple[Act, ...], hearing: Hearing) -> tuple[Act, ...]:
    """Of a need that names no service in one stretch, the one whose name stands in several; what
    was guessed before is spoken of still. What is only told by the way may be what is needed, where
    a visit is wished for and nothing else says what for."""
    needs = [act for act in acts if act.label in ("give:service", "give:problem")]
    if any(act.value for act in needs):
        return acts
    stories = (
        [act for act in acts if act.name == "story"] if _is_for_something(acts, hearing) else []
    )
    if not needs and not stories:
        return acts
    told = " ".join(act.text for act in acts if act.label in OF_A_NEED)
    guessed = [name for each in hearing.table if each.start is None for name in each.names]
    known = guessed if len(guessed) <= MOST_GUESSED else []  # else all of them were read out
    named = named_in_pieces(told, hearing.services, " ".join(known))
    likely = (named,) if named else () if needs else may_mean(told, hearing.services)
    meant = needs or stories[:1]
    return tuple(
        replace(act, name="give", kind=act.kind or "problem", likely=likely)
        if act in meant and likely
        else act
        for act in acts
    )


def _is_for_something(acts: tuple[Act, ...], hearing: Hearing) -> bool:
    """Whether a visit is wished for at the opening, or it was asked what it is for."""
    others = any(act.name in ("want", "person", "emergency") and act.kind != "book" for act in acts)
    wished = any(act.label in ("want:book", "give:when", "ask:times") for act in acts)
    return not others and (hearing.asked == "service" or hearing.asked == "open" and wished)
