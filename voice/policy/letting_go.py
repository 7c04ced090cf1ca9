"""A matter that the caller lets go, and an appointment given up that is wanted back."""

from __future__ import annotations

import re

from voice.call import CallContext
from voice.policy.phrases import put
from voice.policy.steps import Say, said
from voice.understanding.words import plain
from voice.wishes.wanted import Span, Wanted

_DROPS = re.compile(
    r"\b(?:never ?mind|forget (?:it|that|about it|everything|the whole thing)|"
    r"(?:leave|drop) it(?! (?:off|with|at|there|in|to|until|for|by|here))|dont bother|keep it|"
    r"changed my mind|"
    r"(?:dont|do not) (?:want|need) "
    r"(?:it|that|one|anything|any of (?:it|that|them)|an appointment|to book)(?: any ?more)?)\b"
)
_SCRAPS = re.compile(
    r"(?:(?:no|oh|actually|ok|okay|wait|sorry|please|just|can you|could you|um+|uh+|lets|well|then|"
    r"you know what|id like to|i want to|i need to|yes|yeah|hmm|on second thoughts?) )*"
    r"(?:cancel|scrap|bin|ditch|drop) (?:it|that|this|that one|everything|the (?:whole thing|lot))"
    r"(?: (?:please|then|thanks|thank you|actually|now|for now|sorry|again))*"
)
_BACK = re.compile(
    r"\b(?:(?:put|want|have|get|give me) (?:it|that|my \w+) back|undo|un ?cancel|reinstate|keep it|"
    r"changed my mind|(?:book|make) (?:it|that) again|(?:dont|didnt (?:mean|want) to) cancel|"
    r"shouldnt have cancel\w*)\b"
)


def lets_go(context: CallContext) -> bool:
    """Whether the matter in hand is over by these words."""
    return _DROPS.search(plain(context.text)) is not None and not context.news


def scraps(context: CallContext) -> bool:
    """Whether what is not booked yet is given up: "actually cancel that, please"."""
    if context.facts.intent != "book" or context.facts.asked == "anything_else":
        return False
    return _SCRAPS.fullmatch(plain(context.text)) is not None


def wants_back(context: CallContext) -> bool:
    """Whether the caller thinks better of what was just cancelled."""
    facts = context.facts
    given_up = facts.given_up is not None and facts.intent is None
    return given_up and _BACK.search(plain(context.text)) is not None


def take_back(context: CallContext) -> None:
    """The same visit at the same time, as a wish to book: somebody else may have it by now."""
    facts = context.facts
    was, facts.given_up = facts.given_up, None
    if was is None:
        return
    start = was.start.astimezone(context.business.zone)
    facts.service_id, facts.provider_id = was.service_id, was.provider_id
    facts.name = facts.name or was.customer
    day = start.date()
    facts.wanted = Wanted(spans=(Span(first=day, last=day, at=start.time()),))


def left_as_it_is(context: CallContext) -> Say:
    """What is said of a matter that was let go, before it is forgotten."""
    left = {
        "book": "All right, nothing is booked.",
        "reschedule": "All right, it stays as it is.",
        "cancel": "All right, I've left it as it is.",
    }.get(context.facts.intent or "", "All right.")
    return said(left, put(context, "anything_else"))
