"""Small words that settle something together: "you're in", "noon is yours", "that's you down".

They are a closed class, so these can be listed. They are read in lower case, with short forms in
full and without adverbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voice.claims.act_words import BOOKS, MATTERS
from voice.claims.bare_hours import HOUR_WORDS

Holds = Literal["told", "willed", "always"]
"""Unless it is planned; also when it "will" be; even then when it only "can" be."""

_HOUR = "|".join(sorted(HOUR_WORDS, key=len, reverse=True))
_DAY = "(?:to(?:day|morrow|night)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
_ON = rf"(?:in|down|at|for|on|with|set|{_DAY}|{_HOUR})"
_MEET = "(?:see|seeing|meet|meeting|welcome|welcoming|expect|have|having|treat|treating|greet)"
_WISH = (
    "like|want|said|would|asked|need|prefer|mean|are|have|can|could|mentioned|were|had|did|do|may|"
    "might|will|should|go|get"
)
_NO_NAME_OF = "name|number|phone|details|option|choice|best|first|next|earliest|preferred|question"
_TURNS: tuple[tuple[str, Holds, str], ...] = (
    ("cancelled", "told", rf"\b(?:off|out of|from) (?:\w+ )?(?:\w+ )?(?:{BOOKS})\b"),
    ("cancelled", "told", r"\byou are (?:off(?! to)|free (?:of|from))\b"),
    ("cancelled", "told", r"\byou (?:do|will|are|need) (?:not|no longer) "
        r"(?:need|have|expected|required)? ?(?:to )?"
        r"(?:come|attend|be here|be there|show|visit|turn)\b"),
    ("cancelled", "told", r"\b(?:called|taken|took|is) (?:\w+ ){0,2}off\b"),
    ("cancelled", "told", r"\b(?:it|that|this|one|appointment|booking|visit) (?:is|has) gone\b"
        r"(?! (?:in|through|ahead|on))"),
    ("cancelled", "always", r"\bno need (?:for you )?to (?:come|show|be here|attend|turn)\b|"
        r"\bwill not (?:be )?(?:see|seeing|expect|expecting) you\b"),
    ("moved", "willed", r"\bit (?:is|will be) (?:\S+ ){1,4}instead\b"),
    ("done", "always", r"\b(?:was|were|been) able to (?:book|get|put|move|cancel|fit|change|"
        r"schedule|reserve|add|squeeze)\b|\bmanaged to (?!find)\w+"),
    ("booked", "told", r"\b(?:nobody|no one) (?:else )?(?:can|will) (?:take|have|get)\b|"
        r"\b(?:it|that|appointment|booking|visit) is (?:back )?on$"),
    ("booked", "willed", rf"\b{_MEET} you\b(?! (?:later|around|again|soon|can|could|would|like)|$)|"
        r"\b(?:expect|have|treat) you$"),
    ("moved", "willed", rf"\bnew (?:time|slot|day|date|{MATTERS})\b.* (?:is|will be|at|on)\b"),
    ("booked", "willed", rf"\b(?:in|on|into|to|down in) \w+ (?:\w+ )?(?:{BOOKS})\b(?! again)"),
    ("booked", "told", rf"\b(?:have|has|had|got|shows?|put|get) you (?:\w+ )?{_ON}\b"),
    ("booked", "told", r"\b(?:have|has|got|put|get) your (?:\w+ ){1,2}(?:in|down|on|at) "),
    ("booked", "told", rf"\b(?:that|this|there) (?:is )?you (?!(?:{_WISH})\b)\w+"),
    ("booked", "told", r"\byou are (?:all |back )*(?:in(?! (?:pain|luck|the right|good|a hurry|"
        r"discomfort|touch))|down|up for|due|back|at(?! the right)|for|with us|with \w+ at|"
        r"on(?! (?:hold|the (?:line|phone|right)))|having|good for|good to|ready for|"
        r"one of|a go)\b"),
    ("booked", "told", rf"\byou are (?:coming|seeing|visiting|meeting)\b.*\b(?:{_DAY}|{_HOUR})\b"),
    ("booked", "willed", rf"\byou (?:will|are going to) (?:be )?(?:see|seeing|meet|meeting|have|"
        rf"having|visit|visiting|coming).*\b(?:at|{_HOUR})\b|\byou (?:will|are going to) (?:be )?"
        r"(?:see|seeing|meet|meeting) (?!(?:that|how|what|an?|the|our|it|if|some|signs?|us)\b)\w+"),
    ("booked", "told", r"\b(?:your|the) name (?:is )?(?:on|against|in|by|beside|next)\b"
        r"(?! the appointment)"),
    ("booked", "willed", r"\b(?:is|are) (?:a (?:go|deal|date|done deal)|(?:back )?in place|on for|"
        r"on (?:the )?way)\b"),
    ("booked", "told", r"\b(?:it|that|this|everything|you|appointment|booking|request|name) "
        r"(?:is|are|has|have|went) (?:gone )?(?:in|through)\b(?! (?:to|the|pain|\w+ street))"),
    ("booked", "willed", r"\b(?:look(?:s|ing)? after|tak(?:e|ing) (?:good |great )?care of) you\b"),
    ("booked", "willed", r"\bforward to (?:\w+ )?(?:you|your)\b"),
    ("booked", "willed", r"\bwaiting for you\b"),
    ("booked", "always", r"\b(?:show|turn) up\b|\b(?:walk|drop|pop) (?:in|by)\b|\bcome by\b|"
        r"\b(?:stop|swing) by\b"),
    ("done", "willed", r"\bconsider (?:it|that|this|yourself|your)\b"),
    ("done", "willed", r"\b(?:take|taken|took|takes) care of\b"),
    ("done", "willed", r"\b(?:all|is|been) (?:done|sorted)\b(?! by)"),
    ("done", "willed", r"\bnothing (?:else|more|further) (?:\w+ ){0,2}(?:do|need|needed)\b"),
    ("done", "willed", r"\bnot (?:need|have) to do (?:anything|a thing)\b"),
    ("done", "told", r"\bgood to go\b"),
    ("done", "told", r"\b(?:i|we) (?:went|did (?:that|it|this))\b"),
    ("done", "willed", r"\bthere (?:you|we) (?:go|have)$"),
    ("exists", "willed", rf"\byour (?:\w+ ){{0,3}}(?:{MATTERS})"
        r"(?: with \w+(?: \w+)?| for \w+| on \w+| at \w+)? "
        r"(?:is|will|was|has|begins|starts|stands|runs|remains|falls|exists)\b(?! not\b)"),
    ("exists", "willed", rf"\byour (?!(?:\w+ )*(?:{_NO_NAME_OF}|request)\b)(?:[\w-]+ ){{1,5}}"
        rf"(?:is|will be|starts|begins|takes place|happens) (?:at|on|with|for|happening|taking|"
        rf"going ahead|.*\b(?:{_DAY}|{_HOUR})\b)"),
    ("exists", "told", r"\byou (?:do|will) not need (?:an? |the |that )?(?:appointment|booking)\b"),
    ("exists", "told", rf"\byou (?:have|got|have got|had) (?!no\b)\w+(?: \w+){{0,3}} "
        rf"(?:{MATTERS})s?\b"
        r"(?! (?:with us )?already)"),
    ("exists", "told", rf"\byou (?:have|got|have got) (?:\w+ ){{0,5}}(?:at )?(?:{_HOUR})\b"),
    ("exists", "told", rf"\byour (?:{_HOUR})\b(?! (?:is|was|minutes?|digit))"),
    ("exists", "told", rf"\b(?:your|the) (?:{MATTERS}|{_HOUR}|{_HOUR} o'clock) "
        r"(?:stands|remains|is (?:still|ready|set|safe))\b"),
    ("exists", "told", rf"\byou (?:have|got|have got) (?:an?|your|another) .*\b{_DAY}\b(?! or)"),
    ("exists", "told", r"\byou (?:have|got|have got) something\b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase with the act that it tells."""

    act: str
    holds: Holds
    pattern: re.Pattern[str]


TURNS = tuple(Turn(act, holds, re.compile(pattern)) for act, holds, pattern in _TURNS)
_ANY = re.compile("|".join(f"(?:{pattern})" for _, _, pattern in _TURNS))
"""One look for all of them: most sentences have none."""


def turns_in(text: str) -> Iterator[tuple[Turn, int]]:
    """Every one in these words, with the number of the word at which it begins."""
    if _ANY.search(text) is None:
        return
    for turn in TURNS:
        for found in turn.pattern.finditer(text):
            yield turn, text[: found.start()].count(" ")
