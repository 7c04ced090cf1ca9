"""A word that a yes cannot pass by: where a turn begins with a plain no, no yes in it is sure.

The tagger may take "yeah no that's not going to work" for a yes, and a booking made against a no is
worse than a question too many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.word_lists import word_lists
from voice.understanding.words import plain, words_of

DOUBTFUL = 0.5
"""Confidence of a yes beside a no, and of a no that was taken for a yes."""

SAID_YES = frozenset("yes yeah yep yup aye".split())
TELLING = frozenset("book confirm ahead".split())
WRONG = frozenset("wrong incorrect change different other another not instead wait dont".split())
"""Words of a no that a yes in the next sentence does not undo."""
TOLD = 0.9
"""Confidence of a yes that tells us what to do."""

_TAG_QUESTION = re.compile(
    r"(?<=\w)(?<!\bor)(?<!\ball)[\s,]+(?:yes or no|no|yes|yeah|yep|right|ok|okay|eh)\s*\?\s*$",
    re.IGNORECASE,
)
"""A "no?" or "yes or no?" behind a sentence, which only asks whether that is so."""
_BEGINNINGS = frozenset("thats that this it its is so and well but then i im oh ah".split())
"""Words that neither agree nor refuse."""


def without_tag_question(text: str) -> str:
    """The text with its last "…, no?" as a plain question mark: it is neither a no nor a yes. A
    sentence of its own stays."""
    return _TAG_QUESTION.sub("?", text)


def without_waving_away(text: str) -> str:
    """The text without the "ah, no bother" that it begins with: that refuses nothing, and what
    follows says what is wanted."""
    lists, words = word_lists("refusals"), words_of(text)
    at = next((at for at, word in enumerate(words) if word.folded not in lists["before"]), 0)
    waved = [word.folded in lists["waved"] for word in words[at + 1 : at + 2]]
    if not any(waved) or words[at].folded not in ("no", "nae"):
        return text
    end = at + (4 if [word.folded for word in words[at + 2 : at + 4]] == ["at", "all"] else 2)
    apart = text[words[end - 1].end :].lstrip()[:1] in (",", ".", ";", "!")
    return text[words[end].start :] if apart and end < len(words) else text


def with_vetoes(text: str, tags: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """The tags with every yes after a plain no in doubt; one that does not agree in its own words
    is a no."""
    tags = tuple(_hesitant(text, tag, tags) for tag in tags if not _says_nothing(text, tag, tags))
    if not _refuses(text):
        return tuple(_told_to_book(text, tag) for tag in tags)
    if any(_is_apart(text, tag) for tag in tags):
        return tuple(replace(e, label="story") if e.label == "deny" else e for e in tags)
    return tuple(_doubted(text, tag) if tag.label == "affirm" else tag for tag in tags)


def with_every_yes(text: str, tags: Sequence[Tagged], *, asked: str) -> tuple[Tagged, ...]:
    """A plain yes at the end, after what we read back, is sure and a stretch of its own: "… Monday
    at six, yes"."""
    last = words_of(text)[-1:]
    if not asked.startswith("confirm") or not last or last[0].folded not in SAID_YES:
        return tuple(tags)
    start, end = last[0].start, last[0].end
    if _refuses(text) or any(tag.start < start < tag.end for tag in tags):
        return tuple(tags)
    return (*(tag for tag in tags if tag.end <= start), Tagged("affirm", start, end, TOLD))


def _told_to_book(text: str, tag: Tagged) -> Tagged:
    """ "Book the massage, Monday at six" is a plain yes."""
    said = [word.folded for word in words_of(text[tag.start : tag.end])]
    plainly = tag.label == "affirm" and said[:1] == ["book"]
    if not plainly or not word_lists("refusals")["negating"].isdisjoint(said):
        return tag
    return replace(tag, confidence=max(tag.confidence, TOLD))


def _says_nothing(text: str, tag: Tagged, tags: Sequence[Tagged]) -> bool:
    """A "no" that is only the beginning of something: "that's", "well", or "all right" before a
    yes or a choice."""
    said = {word.folded for word in words_of(text[tag.start : tag.end])}
    if tag.label not in ("deny", "drop"):
        return False
    takes = any(each.label in ("affirm", "choose") and each.start >= tag.end for each in tags)
    return (
        said <= _BEGINNINGS
        and said != {"thats", "it"}
        or takes
        and said <= word_lists("refusals")["weak"]
    )


def _hesitant(text: str, tag: Tagged, tags: Sequence[Tagged]) -> Tagged:
    """ "All right, what's the damage?" agrees to nothing yet, nor does "right, why"."""
    if tag.label != "affirm":
        return tag
    lists = word_lists("refusals")
    said = {word.folded for word in words_of(text[tag.start : tag.end])}
    asks = any(each.label.startswith("ask") and each.start >= tag.end for each in tags)
    asks = asks or not said.isdisjoint(lists["asking"])
    weak = asks and said - lists["asking"] <= lists["weak"]
    return replace(tag, confidence=min(tag.confidence, DOUBTFUL)) if weak else tag


def _refuses(text: str) -> bool:
    """Whether a refusing word comes first, but for hesitations and small yeses; "no problem" and
    its like refuse nothing."""
    lists = word_lists("refusals")
    said = [word.folded for word in words_of(text)]
    while said and said[0] in lists["before"]:
        said = said[1:]
    if not said or said[0] not in lists["refusing"]:
        return False
    while said and said[0] in lists["refusing"]:
        said = said[1:]
    return not said or lists["waving away"].isdisjoint(said[:2])


def _is_apart(text: str, tag: Tagged) -> bool:
    """Whether it is a yes that says what to do, in a sentence of its own, and nothing before it
    was called wrong: "no no, I am forty two. Yes, please book"."""
    before, said = plain(text[: tag.start]).split(), plain(text[tag.start : tag.end]).split()
    told = not SAID_YES.isdisjoint(said) and not TELLING.isdisjoint(said)
    stop = text[: tag.start].rstrip().endswith((".", "!"))
    plainly = WRONG.isdisjoint(before) and word_lists("refusals")["negating"].isdisjoint(said)
    return tag.label == "affirm" and told and stop and plainly


def _doubted(text: str, tag: Tagged) -> Tagged:
    lists = word_lists("refusals")
    said = [word.folded for word in words_of(text[tag.start : tag.end])]
    agrees = not lists["assenting"].isdisjoint(said) and lists["negating"].isdisjoint(said)
    sure = min(tag.confidence, DOUBTFUL)
    return replace(tag, confidence=sure) if agrees else Tagged("deny", tag.start, tag.end, sure)
