"""Yes, no, no-but, choosing and asking for others, given the question and the offers made."""

from __future__ import annotations

import re
from functools import lru_cache

from voice.understanding.assent import (
    agrees_after_all,
    asks_back,
    limited,
    taken_back,
    without_courtesies,
)
from voice.understanding.choices import choose, fits_an_offer, not_turned_down
from voice.understanding.dates.reading import Times
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import AnswerKind, Context
from voice.understanding.words import LONGEST_TEXT, plain

_AT_ONCE = re.compile(r"(?i)^(?:for |right |just |at )?(?:now|this time|the moment|later|soon)$")
"""Words about this moment, not about the time of a booking."""

_NOTHING_ELSE = re.compile(r"^\W*(?:(?:um+|uh+|oh|the|at|on|a|an|please|for|one|then|and) *)*\W*$")
"""What may be left when the time is taken out of an answer that is only a time."""

_ANY_LONGER = re.compile(r"(?<=\bit )any more\b|(?<=\bthat )any more\b")
""" "I don't want it any more" asks for no more of them."""

Answer = tuple[AnswerKind | None, int | None]


def read_answer(text: str, context: Context, times: Times) -> Answer:
    """The answer, and which offer was chosen; hesitation alone is no answer."""
    said = _ANY_LONGER.sub("anymore", plain(text[:LONGEST_TEXT]))
    if not said or hesitates(said):
        return None, None
    corrected = _corrects(said, context, times)
    if corrected and context.question == "confirm":
        return "deny_with_correction", None
    if context.offered and _chooses(context) and _says("the other", said):
        left = not_turned_down(text[:LONGEST_TEXT], context, times)
        if left is not None:
            return "choose", left
    if _asks_for_others(said, context):
        return "ask_more", None
    if context.offered and _chooses(context):
        choice = choose(text[:LONGEST_TEXT], context, times)
        if choice.index is not None or choice.several and not _says("no first", said):
            return "choose", choice.index
        if choice.none_left:
            return ("deny" if leaning(said)[1] else "ask_more"), None
    if corrected:
        return "deny_with_correction", None
    yes, no = leaning(said)
    if yes and limited(said) and (context.question == "confirm" or context.offered):
        return "deny_with_correction", None
    if context.question == "confirm" and _says("that is it", said) and not _says("no first", said):
        return _approved(context)  # "that's it" ends a call, but of a read-back it says yes
    if no and not yes:
        return "deny", None
    points = _says("this one", said) and not _says("asks about", said)
    taken = context.question == "choose" and not no and points
    if context.question is None and not no and _says("picks", said) and not times.found:
        return "choose", 0 if len(context.offered) == 1 else None
    return _approved(context) if yes or taken else (None, None)


def hesitates(said: str) -> bool:
    """Whether plain words only win time: "um, let me check my calendar"."""
    return _says("unsure", said) or waits(said)


def waits(said: str) -> bool:
    """Whether plain words ask for a moment: "hang on, let me check my diary"."""
    return _says("waits", said)


def prefers(said: str) -> bool:
    """Whether plain words would have something else: "I'd rather see Ana"."""
    return _says("prefers", said)


def asks_about(said: str) -> bool:
    """Whether plain words ask something of what was offered: "is the second one with Ben?"."""
    return _says("asks about", said)


@lru_cache(maxsize=64)
def leaning(said: str) -> tuple[bool, bool]:
    """Whether plain words agree and whether they refuse; the first word weighs most, unless what
    follows turns it."""
    if _says("either", said) or agrees_after_all(said):
        return True, False
    yes, no = _first_leaning(said)
    return (False, True) if yes and taken_back(said) else (yes, no)


def _first_leaning(said: str) -> tuple[bool, bool]:
    if asks_back(said):
        return False, _says("no", said)
    if _says("no first", said):
        return False, True
    if _says("yes first", said):
        postponed = _says("postponed", said)
        return not postponed, postponed
    if _says("enough", said):
        approves = _says("approves", said)
        return approves, not approves
    no = _says("no", said)
    return not no and _says("yes", said), no


def _says(section: str, said: str) -> bool:
    return phrases("answers")[section].search(f"{said} ") is not None


def _corrects(said: str, context: Context, times: Times) -> bool:
    """Something new was given in place of what was asked to confirm or was offered."""
    confirming = context.question == "confirm"
    if confirming and (
        _says("wrong detail", said) or _says("correction", said) and context.offered
    ):
        return True
    given = [when for when in times.found if not _AT_ONCE.match(when.text)]
    timed = [offer for offer in context.offered if offer.start is not None]
    new = [when for when in given if not fits_an_offer(when, context)]
    if (
        _chooses(context)
        and timed
        and new
        and _NOTHING_ELSE.match(without_courtesies(said.replace(plain(new[0].text), " ")))
    ):
        return True
    insists = _says("no first", said) or _says("change", said) or _says("correction", said)
    if confirming and len(timed) > 1:
        return bool(given) and insists and not _says("yes first", said)
    if not new or not timed and not _says("no first", said):
        return False
    if confirming and timed:
        return insists or not _says("yes first", said)
    return insists and not _says("yes first", said)


def _asks_for_others(said: str, context: Context) -> bool:
    """Other times or people are wanted than those on the table."""
    choosing = _chooses(context)
    if _says("enough", said) or not choosing and _says("later", said):
        return False
    if _says("more", said):
        return True
    return bool(
        choosing
        and _says("search", said)
        and not _says("yes first", said)
        and not _says("this one", said)
    )


def _chooses(context: Context) -> bool:
    """Whether the caller is picking from what was offered."""
    return context.question == "choose" or bool(context.offered and context.question != "confirm")


def _approved(context: Context) -> Answer:
    """Agreement takes the offer when there was exactly one to take."""
    if context.question == "choose" or context.question is None and context.offered:
        if len(context.offered) > 1:
            return "affirm", None
        return "choose", 0 if context.offered else None
    return "affirm", None
