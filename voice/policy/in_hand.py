"""Questions about the offers or the booking in hand, answered from what the call knows of them."""

from __future__ import annotations

import re

from voice.call import CallContext, person_name
from voice.facts import BookingFact, OfferedFact
from voice.policy.changes import own_bookings
from voice.policy.open_question import ACTS, go_on, reopen
from voice.policy.phrases import full_time, offers_again, put, which_offer
from voice.policy.steps import Step, said
from voice.spoken import say_minutes, say_phone
from voice.understanding.answers import asks_about
from voice.understanding.assent import asks_back
from voice.understanding.words import plain

_IT = r"(?:it|that|this|they|those|these|the (?:appointment|visit|booking))"
_WHO = re.compile(
    rf"\bwho(?:s| is| was| are| would| will)? (?:be )?(?:{_IT} (?:be )?with|doing {_IT})\b|"
    r"\bwho (?:will|would|am|do) i (?:be )?(?:see|seeing|with|get)\b|"
    r"\bwith (?:who|whom)$|\bwhich (?:doctor|person|dentist|one) (?:is|was) (?:it|that) with\b"
)
_WHEN = re.compile(
    rf"\b(?:when|what (?:time|day|date)|which (?:day|date)) (?:is|was|would|will) {_IT}\b"
)
_HOW_LONG = re.compile(
    rf"\bhow long (?:does|do|will|would|is|should) {_IT}\b(?: (?:take|last|be))?|"
    rf"\b(?:what time|when) (?:does|do|will|would) {_IT} (?:finish|end|be over)\b"
)
_OUR_NUMBER = re.compile(
    r"\b(?:my|the|which|what|right) (?:\w+ )?(?:number|mobile|cell|phone)\b.*\b(?:you|have|got)\b|"
    r"\b(?:have|got) my (?:\w+ )?(?:number|mobile|cell|phone)\b"
)
"""Which number of the caller we have."""
_MISSED = re.compile(
    r"\b(?:didnt|did not|couldnt|could not|dont) (?:quite )?(?:catch|hear|get|follow)\b.*"
    r"\b(?:times?|options?|that|them|those|it|day|date|one|ones)\b|\bmissed (?:that|them|the)\b|"
    r"\bwhat (?:times|were (?:they|those|the (?:times|options|choices)))\b|"
    r"\b(?:say|read|tell me|repeat|go over) (?:the )?(?:times?|options?|choices|them|those)\b"
)


def asked_of_it(context: CallContext) -> Step | None:
    """The answer where the caller asks of what was just offered, read back or booked."""
    facts, words = context.facts, plain(context.text)
    if _OUR_NUMBER.search(words) and context.phone and not context.news:
        told = f"I have {say_phone(context.phone)}."
        return said(told, reopen(context) or put(context, "anything_else"))
    if context.news or context.reading.answer in ("affirm", "choose"):
        return None
    if facts.asked == "choose" and facts.intent and facts.offers:
        return _of_the_offers(context, words)
    if facts.asked in ACTS and (asks_back(words) or _MISSED.search(words)):
        return go_on(context)
    told = _told(context, words)
    if not told:
        return None
    return said(told, reopen(context) or put(context, "anything_else"))


def _of_the_offers(context: CallContext, words: str) -> Step | None:
    """How long it takes, or the times once more."""
    if _HOW_LONG.search(words):
        offer = context.facts.offers[0]
        minutes = int((offer.end - offer.start).total_seconds()) // 60
        return said(f"It takes {say_minutes(minutes)}.", which_offer(context))
    if _asks_of_offers(context, words):
        return said(offers_again(context), which_offer(context))
    return None


def _asks_of_offers(context: CallContext, words: str) -> bool:
    """About the times on the table; what the business wrote an answer to is asked of it."""
    if _MISSED.search(words) or _WHO.search(words):
        return True
    return asks_about(words) and not context.only_asks and not context.reading.times


def _told(context: CallContext, words: str) -> str:
    """Who, when or how long, of the one thing that can be meant."""
    of = _in_hand(context)
    if of is None:
        return ""
    if _WHO.search(words):
        who = person_name(context.business, of.provider_id)
        return f"It's with {who}." if who else ""
    if _WHEN.search(words):
        return f"It's on {full_time(context, of.start)}."
    if _HOW_LONG.search(words):
        return f"It takes {say_minutes(int((of.end - of.start).total_seconds()) // 60)}."
    return ""


def _in_hand(context: CallContext) -> OfferedFact | BookingFact | None:
    """What was chosen, else the booking that is spoken of, else the last one made or looked up."""
    facts = context.facts
    own = own_bookings(facts)
    if facts.intent is not None:
        named = next((one for one in own if one.reference == facts.reference), None)
        return facts.chosen_offer or named
    made = [one for one in own if one.reference in facts.booked_here[-1:]]
    return made[0] if made else own[0] if len(own) == 1 else None
