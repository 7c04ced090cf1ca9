"""What a support caller makes of our words: what is asked, what was done, and sums of money."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from rehearsal.hearing import DENIED, SupportQuestion, split_sentences

Deed = Literal["refunded", "ordered", "written down", "changed"]

_ASKED: tuple[tuple[SupportQuestion, str], ...] = (
    ("same ticket", r"\babout that(?: ticket)?\?"),
    ("ticket", r"\bteam\b"),
    ("order number", r"\border number\b"),
    ("which order", r"\bwhich order\b"),
    ("helped", r"\b(?:does|did) that help\b|\ball right now\b"),
    ("used", r"\b(?:opened|used)\b"),
    ("refund it", r"\brefund (?:it|that|\d)"),
    ("product", r"\blike to buy\b|\bwhich (?:of our )?products?\b"),
    ("instead", r"\bsomething else\b"),
    ("take it", r"\bin your cart\b|\bwould you like it\b|\bwant to take it\b"),
    ("which product", r"\bwhich (?:one would you like|of them shall it be|one shall i put)\b"),
    ("order it", r"\b(?:shall i|go ahead and) order\b"),
    ("problem", r"\bwhat (?:exactly )?happens\b|\b(?:the trouble|doesn't work|more about it)\?"),
    ("pass on", r"\bpass (?:that|it) on\b|\b(?:take|leave) a message\b"),
    ("message", r"\bwhat (?:is the message|(?:else )?should (?:i pass on|i tell|they know))\b"),
    ("call back", r"\bcall (?:you )?back\b|\bwhen can they reach you\b"),
    ("new number", r"\bnew number\b"),
    ("change it", r"\bchange it\b"),
)  # fmt: skip
_QUESTIONS = tuple((question, re.compile(pattern)) for question, pattern in _ASKED)
_BY_THE_READ_BACK: tuple[tuple[SupportQuestion, str], ...] = (
    ("refund it", r"\bback for\b"),
    ("change it", r"\bnew number would be\b"),
    ("order it", r"\bthat's\b.*\bfor \d.*\bfor [a-z]"),
    ("which order", r"\bi see order\b"),
)  # fmt: skip
"""What "is that right?" and "which one?" are about."""
_OPEN = re.compile(r"\bis that right\b|\bwhich (?:one|of them)\b")
DEEDS: tuple[tuple[Deed, re.Pattern[str]], ...] = (
    ("refunded", re.compile(r"\b(?:i've|i have|have been|been) (?:refunded|given back)\b")),
    ("ordered", re.compile(r"\b(?:i've|i have|been) ordered\b")),
    ("written down", re.compile(r"\bticket number\b|\bpassed (?:it|that) on\b|\byour ticket\b")),
    ("changed", re.compile(r"\bnow under\b")),
)
_MAIN, _PART = "dollars?|pounds?|euros?|rand|dirhams?", "cents?|pence|penny"
_MONEY = re.compile(rf"(\d+) (?:{_MAIN})(?: and (\d+) (?:{_PART}))?|(\d+) (?:{_PART})")


def support_question(text: str) -> SupportQuestion | None:
    """What the last question of a reply asks for, where it is one of support's."""
    asked = [each for each in split_sentences(text) if each.endswith("?")]
    if not asked:
        return None
    lowered = asked[-1].lower()
    for question, pattern in _QUESTIONS:
        if pattern.search(lowered):
            return question
    if not _OPEN.search(lowered):
        return None
    found = (each for each, pattern in _BY_THE_READ_BACK if re.search(pattern, text.lower()))
    return next(found, None)


def deeds_in(text: str) -> frozenset[Deed]:
    """What a reply says was done."""
    return frozenset(deed for sentence in split_sentences(text) for deed in deeds_of(sentence))


def deeds_of(sentence: str) -> set[Deed]:
    """The same of one sentence; a question or a denial says nothing of the kind."""
    lowered = sentence.lower()
    if lowered.endswith("?") or DENIED.search(lowered):
        return set()
    return {deed for deed, pattern in DEEDS if pattern.search(lowered)}


def money_in(text: str) -> list[Decimal]:
    """Sums, in order: `84 dollars and 30 cents`."""
    return [
        Decimal(f"{whole or 0}.{int(part or alone or 0):02d}")
        for whole, part, alone in _MONEY.findall(text.lower())
    ]


def signs_in(text: str) -> list[str]:
    """Numbers of orders and tickets that are told sign by sign: `4 8 2, 1 0`."""
    found = re.findall(r"\b(?:[A-Z\d],? ){3,}[A-Z\d]\b", text)
    return ["".join(filter(str.isalnum, each)) for each in found]
