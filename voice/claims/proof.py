"""What a clause of ours tells without proof, because a word of it is nobody's.

Lies have endless words, so no list of them can hold. It is asked the other way round: every word
told has to be a plain one, the business's own, a tool's, or a time's; of an act the store decides.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from voice.claims.act_words import BOOKED, CANCELLED, DONE, MESSAGES, MOVED, PAID
from voice.claims.plain_words import PLAIN_WORDS, WORDS_OF_US
from voice.claims.telling import Told, tellings

_SAID_BY_ACTS = BOOKED | DONE | CANCELLED | MOVED
_FEELING = re.compile(
    r"^(?:(?:oh|ah|well|okay|and|so|but|then|yes|no|i|we|am|are|do|really|very|can|just|all) )*"
    r"(?:sorry (?:to|about|that|for)|hope|hopefully|thank|thanks|understand|imagine|appreciate|"
    r"know (?:how|what|that)|wish|apologi[sz]e|congratulations|enjoy|take care|get well|what an? |"
    r"how |(?:that|it|this) (?:sounds?|must be|looks|makes sense|feels))|"
    r"^(?:(?:please|just|only|you|may|can|could|and) )*(?:have an? |tell me|let me know|give me|"
    r"say (?:yes|no|it|that|something)|i (?:(?:just|only|will|would) )*(?:need|like)\b)"
)
"""What opens so tells of feelings, or asks for something."""
_REPEATS = re.compile(
    r"\bnobody called\b|"
    r"\byou (?:would|want|wanted|like|said|say|mentioned|asked|need|needed|prefer|mean|meant|are|"
    r"were|called|have been)\b|\byour (?:name|number|phone|surname|question|call)\b|"
    r"^(?:so|okay|ok|got|that is|right|thanks|thank|great|perfect|lovely|hi|hello|alright)\b"
)


_CONDITIONS = ("if ", "once ", "unless ", "when ", "until ", "whenever ", "before ", "as soon ")
_OF_US = re.compile(
    r"\b(?:we|our|ours|there (?:is|are|has|will)|everyone here|the (?:\w+ )?(?:clinic|office|place|"
    r"practice|salon|shop|surgery|building|staff|team|business|studio|garage) (?:is|are|has|was|"
    r"will|can|does|do|opens|closes|also|offers|takes|accepts|provides))\b"
)
_HELPERS = frozenset("is are was will would can does do has have covers pays costs needs".split())
_FEELS = frozenset(
    "hope love happy glad sorry appreciate apologise apologize understand wish".split()
)
_DENIED = frozenset("not no never nothing cannot".split())
_UNABLE = frozenset("can could able cannot no".split())
_IN_NO_LIST = frozenset("do offer provide have perform carry stock sell".split())
"""What we do not do is what the business does not list; of other denials it says nothing."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is known beside the plain words."""

    known: frozenset[str]
    """Of the business, of the tools of this turn and of this call."""
    caller: frozenset[str]
    topics: frozenset[str]
    """What the business has answers on: it may not be denied without them."""


def unproven(text: str, own: OwnWords, dated: Set[str]) -> str | None:
    """message, paid, fact: what is told without proof."""
    for told in tellings(text):
        said = " ".join(told.words)
        if _FEELING.match(said) or said.startswith(_CONDITIONS):
            continue
        of_us = _is_of_us(told, said, own)
        plain = WORDS_OF_US if of_us else PLAIN_WORDS
        repeated = own.caller if _REPEATS.search(said) or not of_us else frozenset()
        for at, word in enumerate(told.words[: _hangs_from(told)]):
            if word in dated or word in repeated or _is_known(word, plain, own):
                if not (of_us and word in own.topics and _denied_or_alone(told, at)):
                    continue
            elif (told.denied(at) and not of_us) or _is_in_no_list(told):
                continue
            return "message" if word in MESSAGES else "paid" if word in PAID else "fact"
    return None


def _is_of_us(told: Told, said: str, own: OwnWords) -> bool:
    """Whether it tells of the business, or of a thing on which the business has an answer."""
    words = told.words
    pairs = zip(words, words[1:], strict=False)
    of_a_thing = words[:1] in (("the",), ("our",)) and not _HELPERS.isdisjoint(words[2:5])
    of_topic = any(one in own.topics and after in _HELPERS for one, after in pairs)
    of_us = of_a_thing or of_topic or _OF_US.search(said) is not None
    return of_us and _FEELS.isdisjoint(words)


def _hangs_from(told: Told) -> int:
    """Where a condition begins at the end: "we can do noon if that's easier"."""
    ends = (at for at, word in enumerate(told.words) if at and word in ("if", "unless", "whenever"))
    return next(ends, len(told.words))


def _is_known(word: str, plain: frozenset[str], own: OwnWords) -> bool:
    if word in plain or word in own.known or word in _SAID_BY_ACTS or not word[0].isalpha():
        return True
    return "-" in word and all(part in plain or part in own.known for part in word.split("-"))


def _denied_or_alone(told: Told, at: int) -> bool:
    """ "We don't take insurance", "we only take cash"."""
    return told.denied(at) or not {"only", "just", "solely"}.isdisjoint(told.words)


def _is_in_no_list(told: Told) -> bool:
    """ "Massage isn't something we offer", "we can't do that": nobody says that we could."""
    words = told.words
    if _DENIED.isdisjoint(words):
        return False
    deeds = [word for word, after in zip(words, (*words[1:], ""), strict=True) if after != "not"]
    return not (_IN_NO_LIST.isdisjoint(deeds) and _UNABLE.isdisjoint(words))
