"""An hour that is put as a question is one that is wished for, or asked for as free."""

from __future__ import annotations

import re
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.services.services_said import said_person
from voice.understanding.words import plain, words_of

ASKED = frozenset({"ask:price", "ask:policy", "ask:other"})
"""Labels under which an hour may be asked for."""
PUTTING = frozenset("would could can will what how".split())
"""Words by which one is put."""
ONLY_PUTTING = PUTTING | frozenset(
    """a an and or so oh about is it be we i she he you do work suit for possible ok okay all right
    alright that then say at on maybe have come us make fit manage""".split()
)
PLAINLY = 0.8
"""Confidence of words that put nothing but an hour."""
_CLAUSE = re.compile(r"[.;!?]|,(?! *would)")


def hour_asked(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """ "Is eleven free", "is Ana free" "at eleven": no price; "a quarter to one, would that be",
    while a visit is wanted: a wish."""
    if tag.label not in ASKED:
        return tag
    words = text[tag.start : tag.end]
    said = {word.folded for word in words_of(words)}
    clause = _CLAUSE.split(text[tag.start :], maxsplit=1)[0]
    times = read_times(clause, hearing.asking("time")).found
    hours = [when for when in times if when.kind in ("time", "datetime")]
    if not hours:
        return tag
    if "free" in said:
        whom = said_person(words, hearing.providers, loosely=False)
        return replace(tag, label="ask:person" if whom else "ask:times")
    for when in hours:
        clause = clause.replace(when.text, " ")
    rest = set(plain(clause).split())
    put = hearing.visits and rest <= ONLY_PUTTING and not PUTTING.isdisjoint(rest)
    return replace(tag, label="give:when", confidence=max(tag.confidence, PLAINLY)) if put else tag
