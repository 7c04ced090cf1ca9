"""Half a human sentence of a hosted model before our own: only where it holds no fact at all."""

from __future__ import annotations

from voice.call import CallContext, listening
from voice.claims.check import ClaimsCheck
from voice.dialogue.statements import Rank, Statement
from voice.spoken import plain_text, sentences
from voice.understanding.dates.reading import read_times
from voice.understanding.words import DIGITS, TEENS, TENS, words_of

MOST_WORDS = 12
NUMBERS = frozenset({*DIGITS, *TEENS, *TENS}) - {"o", "oh"}


async def say_first(context: CallContext, bridge: str) -> None:
    """Has it said where there is room, before what the reply has to tell."""
    words = plain_text(bridge)
    if not words or not await _holds_no_fact(context, words):
        return
    words = words if words[-1] in ".!" else f"{words.rstrip(',;:')}."
    aside = Statement(words=words, rank=Rank.ASIDE)
    context.facts.agenda = context.facts.agenda.owing(aside)


async def _holds_no_fact(context: CallContext, words: str) -> bool:
    """No number, time or claim in it, and no question."""
    if len(words.split()) > MOST_WORDS or len(sentences(words)) > 1 or "?" in words:
        return False
    if any(word.folded in NUMBERS or word.folded.isdecimal() for word in words_of(words)):
        return False
    times = read_times(words, listening(context).asking(None))
    if times.found or times.exclude:
        return False
    return await ClaimsCheck(context).check(words) == words
