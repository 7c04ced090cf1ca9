"""Questions that callers put in between, and whether a reply answers one, or says no honestly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from rehearsal.filling import Content, filled
from rehearsal.hearing import read_times
from rehearsal.human_turns import Turn, pieces_like
from rehearsal.remedies import remedies
from scheduling.business import Business

ANYWHERE = ("hours", "location", "price", "person", "policy", "service", "robot", "call_me")
AFTERWARDS = ("booking", "reference", "hours", "location", "policy", "call_me")
"""What is asked once something is booked."""
LONGEST = 14
_MISSED = re.compile(r"didn't (?:catch|get|understand)|not getting this|having trouble")
_HONEST_NO = re.compile(
    r"\b(?:don't|do not|can't|cannot|couldn't|not|no|nobody|nothing|isn't|aren't|won't|never|"
    r"unable|only help)\b"
)
_MONEY = re.compile(r"[$£€]|\b(?:dollars?|pounds?|euros?|cents|pence|free|charge|costs?)\b")
_HOURS = re.compile(r"\b(?:open|closed?|hours|until|noon|\d ?[ap]\.?m)\b")
_ROBOT = re.compile(r"\b(?:assistant|automated|computer|machine|robot|recording|not a person)\b")
_RINGS = re.compile(r"\b(?:ring|call|text|phone|message|touch|remind)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the caller's."""

    topic: str
    words: str
    answer: str = ""
    """What the business says to it, where it is one of its own questions; of one to say it again,
    what was said."""

    def answered_by(self, reply: str, business: Business, today: date) -> bool:
        """Whether a reply says it, or says that it cannot be said."""
        if self.topic == "repeat":
            return not _MISSED.search(reply) and _says(reply, self.answer, least=0.4)
        if self.answer:
            return _says(reply, self.answer)
        lowered = reply.lower()
        if _HONEST_NO.search(_MISSED.sub("", lowered)):
            return True
        if any(_says(reply, faq.answer) for faq in business.faqs):
            return True
        return _told(self.topic, reply, business, today)


def draw_question(
    topics: Sequence[str], content: Content, random: Random, used: set[str]
) -> Asked | None:
    """One of the business's own, or what somebody asked who was kept from training."""
    mended = {question for question, _ in remedies(content.business)}  # not asked in passing
    own = [faq for faq in content.business.faqs if faq.question not in used | mended]
    if own and "policy" in topics and random.random() < 0.35:
        faq = random.choice(own)
        used.add(faq.question)
        return Asked("policy", faq.question, faq.answer)
    for topic in random.sample(list(topics), k=len(topics)):
        asking = [each for each in pieces_like(f"ask:{topic}") if _is_short(each)]
        for turn in random.sample(asking, k=len(asking)):
            words = filled(turn, content)
            if words is not None and turn.id not in used:
                used.add(turn.id)
                return Asked(topic, words)
    return None


def _is_short(turn: Turn) -> bool:
    return sum(len(piece.text.split()) for piece in turn.pieces) <= LONGEST


def _told(topic: str, reply: str, business: Business, today: date) -> bool:
    lowered = reply.lower()
    match topic:
        case "hours":
            return _HOURS.search(lowered) is not None
        case "location":
            return business.address is not None and _says(reply, business.address)
        case "price":
            return _MONEY.search(lowered) is not None
        case "person":
            return any(who.name.split()[0].lower() in lowered for who in business.providers)
        case "service":
            return any(each.name.lower() in lowered for each in business.services)
        case "booking":
            return bool(read_times(reply, business, today))
        case "reference":
            return "reference" in lowered
        case "robot":
            return _ROBOT.search(lowered) is not None
        case "call_me":
            return _RINGS.search(lowered) is not None
        case "times":
            return bool(read_times(reply, business, today))
    return False


def _says(reply: str, answer: str, *, least: float = 0.7) -> bool:
    """Whether most words of the answer are there."""
    wanted = set(re.findall(r"\w+", answer.lower()))
    there = wanted & set(re.findall(r"\w+", reply.lower()))
    return len(there) >= least * len(wanted)
