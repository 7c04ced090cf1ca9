"""Yes, no, no-but, choosing and asking for others, given the question and the offers made."""

from __future__ import annotations

import re
from functools import lru_cache

from voice.understanding.choices import choose, fits_an_offer
from voice.understanding.dates.reading import Times
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import AnswerKind, Context
from voice.understanding.words import LONGEST_TEXT, plain

_AT_ONCE = re.compile(r"(?i)^(?:for |right |just |at )?(?:now|this time|the moment|later|soon)$")
"""Words about this moment, not about the time of a booking."""

Answer = tuple[AnswerKind | None, int | None]


def read_answer(text: str, context: Context, times: Times) -> Answer:
    """The answer, and which offer was chosen; hesitation alone is no answer."""
    said = plain(text[:LONGEST_TEXT])
    if not said or _says("unsure", said):
        return None, None
    corrected = _corrects(said, context, times)
    if corrected and context.question == "confirm":
        return "deny_with_correction", None
    if _asks_for_others(said, context):
        return "ask_more", None
    if context.offered and context.question != "confirm":
        chosen = choose(said, context, times)
        if chosen is not None:
            return "choose", chosen
    if corrected:
        return "deny_with_correction", None
    yes, no = leaning(said)
    if no and not yes:
        return "deny", None
    taken = context.question == "choose" and not no and _says("this one", said)
    return _approved(context) if yes or taken else (None, None)


@lru_cache(maxsize=64)
def leaning(said: str) -> tuple[bool, bool]:
    """Whether plain words agree and whether they refuse; the first word weighs most."""
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
    if confirming and context.offered and _says("correction", said):
        return True
    given = [when for when in times.found if not _AT_ONCE.match(when.text)]
    timed = [offer for offer in context.offered if offer.start is not None]
    new = [when for when in given if not fits_an_offer(when, context)]
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
    choosing = context.question == "choose" or context.offered and context.question != "confirm"
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


def _approved(context: Context) -> Answer:
    """Agreement takes the offer when there was exactly one to take."""
    if context.question == "choose" or context.question is None and context.offered:
        if len(context.offered) > 1:
            return "affirm", None
        return "choose", 0 if context.offered else None
    return "affirm", None
