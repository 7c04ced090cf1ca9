"""What a recogniser makes of the first sound of a turn: "know it's Tom" for "no", "earth nine" for
"er". What was asked makes plain what was meant."""

from __future__ import annotations

from collections.abc import Sequence

from voice.understanding.asked_about import is_yes_or_no
from voice.understanding.hearing import Hearing
from voice.understanding.services.services_said import said_service
from voice.understanding.word_lists import word_lists
from voice.understanding.words import Word, words_of

OF_SIGNS = ("reference", "order", "phone")
"""Questions that are answered sign by sign."""
_ARTICLED = ("noah", "nova")
""" "No, a …", in one word."""
_STOPS = (",", ".", "?", "!", "…")
_NO_LONGER = 2


def as_meant(text: str, hearing: Hearing) -> str:
    """The text without a hesitation in front that was written as a word, and with a plain no where
    a word that sounds like one stands for it."""
    words = words_of(text)
    at = 0
    while at < len(words) - 1 and _is_hesitation(words, at, text, hearing.asked):
        at += 1
    rest = text[words[at].start :] if at else text
    return _with_no(rest, hearing)


def _is_hesitation(words: Sequence[Word], at: int, text: str, asked: str) -> bool:
    lists, word = word_lists("said_first"), words[at].folded
    if word in lists["hesitations"]:
        return True
    before_signs = word in lists["before signs"] and asked in OF_SIGNS
    before_a_name = word in lists["before a name"] and asked == "name"
    apart = text[words[at].end : words[at + 1].start]
    return (before_signs or before_a_name) and "-" not in apart


def _with_no(text: str, hearing: Hearing) -> str:
    """ "Know it's Tom", "now thank you", "Noah haircut"."""
    words = words_of(text)
    if not words:
        return text
    lists, first = word_lists("said_first"), words[0].folded
    second = words[1].folded if len(words) > 1 else ""
    third = words[_NO_LONGER].folded if len(words) > _NO_LONGER else ""
    confirming = hearing.asked.startswith("confirm")
    if first in lists["no"] and second not in lists["known"]:
        return f"No{text[words[0].end :]}"
    alone = not second or text[words[0].end :].startswith(_STOPS) and second != "please"
    if first == "now" and alone and _answers_yes_or_no(hearing):
        return f"No{text[words[0].end :]}"
    if first == "now" and second in lists["after now"] and (confirming or second.startswith("th")):
        return f"No{text[words[0].end :]}"
    if confirming and (first, second) == ("i", "know") and third in lists["after now"]:
        return f"No{text[words[1].end :]}"
    if first in _ARTICLED and second and said_service(second, hearing.services)[0]:
        return f"No, a{text[words[0].end :]}"
    return text


def _answers_yes_or_no(hearing: Hearing) -> bool:
    """Whether our last question wants a yes or a no, to which "now" would be neither."""
    asked = hearing.agent[: hearing.agent.rfind("?") + 1]
    begin = max(asked.rfind(stop) for stop in (". ", "! ", "? ", "; ")) + 1
    return hearing.asked == "anything_else" or is_yes_or_no(asked[begin:])
