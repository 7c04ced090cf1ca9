"""What a hosted model's reply asked for, so that the local model can take the next turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.call import CallContext, listening
from voice.claims.times import said_times
from voice.facts import Asked, OfferedFact
from voice.understanding.dates.reading import read_times

_ASKS: tuple[tuple[Asked, str], ...] = (
    ("anything_else", r"anything else|something else|else (?:i|we) can|else can (?:i|we)"),
    ("confirm_cancel", r"\b(?:shall|should|want|like|may|can|sure) .*\bcancel"),
    ("confirm_move", r"\b(?:shall|should|want|like|may|can) .*\b(?:move|reschedule|change)\b"),
    (
        "confirm",
        r"\b(?:shall|should|want|like|may|can) .*\b(?:book|reserve|schedule|confirm|go ahead|"
        r"put you down)\b|\b(?:is|are|does) (?:that|this|it|everything|these) (?:all )?"
        r"(?:right|correct|look|sound)",
    ),
    ("person", r"\b(?:put you through|transfer you|connect you|speak (?:to|with) (?:a|some))"),
    ("reference", r"\breference\b"),
    ("name", r"\bname\b"),
    ("phone", r"\b(?:phone|telephone|mobile|cell|number)\b"),
    ("time", r"\b(?:what|which) time|morning or (?:the )?afternoon"),
    ("date", r"\b(?:what|which) (?:day|date)|\bwhen\b"),
    ("choose", r"\b(?:which|suits?|works?|either|prefer)\b"),
    (
        "service",
        r"\bwhat (?:would you like|can|do you need|kind|service|are you)|\bwhich service|help you",
    ),
)


def note_question(context: CallContext, sentences: Sequence[str]) -> None:
    """Sets what was asked, and the offer that a yes would be meant for."""
    facts = context.facts
    last = sentences[-1] if sentences else ""
    if not last.endswith("?"):
        facts.asked = None
        return
    facts.asked = next(
        (asked for asked, words in _ASKS if re.search(words, last, re.IGNORECASE)), "open"
    )
    if facts.asked == "choose" and not facts.offers:
        facts.asked = "date"
    meant = _meant(context, sentences)
    if meant is not None and facts.asked in ("confirm", "confirm_move", "choose", "name"):
        facts.chosen = meant.offer_id
        if facts.asked == "choose":
            facts.asked = "confirm"
    if facts.asked == "confirm" and facts.intent == "reschedule":
        facts.asked = "confirm_move"


def _meant(context: CallContext, sentences: Sequence[str]) -> OfferedFact | None:
    """The one offer that was spoken of."""
    told = read_times(" ".join(sentences), listening(context))
    zone = context.business.zone
    meant = [
        offer
        for offer in context.facts.offers
        for said in said_times(told.found)
        if said.fits(offer.start.astimezone(zone).replace(tzinfo=None))
    ]
    return meant[0] if len(meant) == 1 else None
