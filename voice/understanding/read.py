"""The one reading: a caller's words become acts with their values."""

from __future__ import annotations

import re
from dataclasses import replace

from voice.understanding.acts import Reading
from voice.understanding.hearing import Hearing
from voice.understanding.names.letters_in_words import in_letters, tells_letters
from voice.understanding.said_first import as_meant
from voice.understanding.tagging.tagger import load_tagger
from voice.understanding.tagging.vetoes import without_tag_question, without_waving_away
from voice.understanding.valuing import reading_of
from voice.understanding.words import LONGEST_TEXT

_THE_MORN = re.compile(r"(?<!\bin )\bthe morn\b", re.IGNORECASE)
""" "Tomorrow" in Scotland."""
SURE = 0.75
"""From this confidence on, nobody asks what else the words may mean."""


def read(text: str, hearing: Hearing) -> Reading:
    """Pure and quick; never raises, whatever the text. Only the first thousand signs are read."""
    text = text[:LONGEST_TEXT]
    hearing = replace(hearing, by_words=tells_letters(text))
    said = without_waving_away(without_tag_question(in_letters(_THE_MORN.sub("tomorrow", text))))
    heard = as_meant(said, hearing)
    turn = load_tagger().tag_turn(heard, asked=hearing.asked, agent=hearing.agent)
    best = reading_of(heard, turn.tagged, hearing)
    if best.confidence >= SURE or not turn.instead:
        return best
    return replace(best, instead=reading_of(heard, turn.instead, hearing).acts)
