"""What of a caller's words for somebody is the message itself: neither the asking nor its talk."""

from __future__ import annotations

import re

from voice.understanding.phrasebook import phrases, says
from voice.understanding.words import plain

_SENTENCES = re.compile(r"[^.!?;]+[.!?;]*")
_ABOUT = re.compile(r"(?i)\babout (?!it\b|that\b|this\b|them\b)")
_TAG = re.compile(
    r"(?i)(?:,? *\b(?:(?:would|will|could|can|won't) (?:you|ye|that be ok(?:ay)?)|please"
    r"|thanks|thank you|ok(?:ay)?|if you (?:would|could|can|don't mind)|cheers))+ *[.?!]*$"
)
"""What only asks for it, at the end of a sentence."""


def message_in(words: str) -> str:
    """The words that are to be passed on; empty where they only ask for it, or point back to what
    was said before."""
    parts = [part.strip() for part in _SENTENCES.findall(words) if part.strip()]
    told = [each for part in parts if (each := _told_in(part))]
    return " ".join(told)


def points_to_told(words: str) -> bool:
    """ "Just what I said"."""
    return says("messages_apart", "said before", words)


def _told_in(sentence: str) -> str:
    """What of a sentence is told."""
    about = _ABOUT.search(sentence)
    if about is not None and says("messages_apart", "rung about", sentence[: about.start()]):
        sentence = sentence[about.end() :].rstrip("?")
    kept = _behind(sentence, "leading")
    if says("messages_apart", "said before", kept) or says("messages_apart", "only asks", kept):
        return ""
    without = _TAG.sub("", kept).rstrip(" ,")
    if without == kept.rstrip(" ,"):
        return kept
    return without if plain(without) else ""


def _behind(sentence: str, section: str) -> str:
    """The sentence without the words of that section that it begins with."""
    found = phrases("messages_apart")[section].match(f"{plain(sentence)} ")
    if found is None:
        return sentence
    words = len(found[0].split())
    places = [each.start() for each in re.finditer(r"\S+", sentence)]
    return sentence[places[words] :] if words < len(places) else ""
