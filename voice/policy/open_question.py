"""The open question: what a yes or a no to it does, and how it is asked again.

What is booked, moved or cancelled needs a clean yes. One that a question follows, or that changes
something, is heard out first; then the act is named again, so that nobody agrees to parking.
"""

from __future__ import annotations

import re

from voice.call import CallContext
from voice.policy.booking import book, confirmed
from voice.policy.changes import cancel_confirmed, change, move_confirmed, own_bookings
from voice.policy.details import plain_answer
from voice.policy.phrases import booking_words, full_time, offer_words, put, which_offer
from voice.policy.steps import Say, Step, call, said
from voice.policy.talk import farewell
from voice.understanding.answers import waits
from voice.understanding.assent import clean_yes, plain_yes
from voice.understanding.words import plain

ACTS = ("confirm", "confirm_move", "confirm_cancel")
_TAKE_YOUR_TIME = ("Of course, take your time.", "No hurry.")
_WONDERS = re.compile(
    r"(?:(?:ok|okay|yes|yeah|right|fine|so|and|but|well|um+|uh+|alright|all right) )*"
    r"(?:what|whats|when|whens|where|wheres|who|whos|which|how|hows|why(?! not))\b"
)
"""A question that begins with a word of assent agrees to nothing yet."""
_NOT_MINE = re.compile(r"\b(?:old|wrong|former|previous|not my|isnt my) (?:\w+ )?(?:number|name)\b")
_NAME = re.compile(r"\bnames?\b")
_NUMBER = re.compile(r"\b(?:tele)?(?:phone|number)\b")


def settled(context: CallContext) -> Step | None:
    """Yes and no to what was asked, where that settles the turn."""
    facts = context.facts
    if context.reading.answer == "affirm":
        clean = clean_yes(context.text) and not _WONDERS.match(plain(context.text))
        if facts.asked in ACTS and not context.news and clean:
            return _act(context)
        if facts.asked == "person":
            return call("transfer_to_human", reason="the caller asked for a person")
    if plain_answer(context) == "deny":
        if facts.asked == "anything_else" and not context.news:
            return farewell(context)
        if facts.asked == "person":
            return said("All right.", reopen(context) or put(context, "help"))
    return None


def _act(context: CallContext) -> Step | None:
    """What was agreed to; thanks alone agree to no cancelling."""
    facts = context.facts
    if facts.asked == "confirm_cancel":
        return cancel_confirmed(context) if facts.reference and plain_yes(context.text) else None
    if facts.chosen_offer is None:
        return None
    return confirmed(context) if facts.asked == "confirm" else move_confirmed(context)


def give_time(context: CallContext) -> Say | None:
    """Who looks something up before answering is waited for."""
    facts = context.facts
    if facts.intent is None or context.news or not waits(plain(context.text)):
        return None
    count = facts.times_asked.get("wait", 0)
    facts.times_asked["wait"] = count + 1
    return said(_TAKE_YOUR_TIME[count % len(_TAKE_YOUR_TIME)])


def go_on(context: CallContext) -> Step:
    """The next step of what the caller came for."""
    return book(context) if context.facts.intent == "book" else change(context)


def reopen(context: CallContext) -> str:
    """The question that was open before something came between."""
    facts = context.facts
    if facts.intent is None:
        return ""
    if facts.asked in ACTS:
        return put(context, facts.asked, _naming_the_act(context))
    if facts.asked == "choose" and facts.offers:
        return which_offer(context)
    step = go_on(context)
    return step.text if isinstance(step, Say) else ""


def _naming_the_act(context: CallContext) -> tuple[str, ...]:
    """The question whole, for its read-back is some sentences ago."""
    facts = context.facts
    offer = facts.chosen_offer
    booking = next((one for one in own_bookings(facts) if one.reference == facts.reference), None)
    if facts.asked == "confirm" and offer is not None:
        return (f"Shall I book the {offer_words(context, offer)}?",)
    if facts.asked == "confirm_move" and offer is not None and booking is not None:
        return (f"Shall I move your appointment to {full_time(context, offer.start)}?",)
    if facts.asked == "confirm_cancel" and booking is not None:
        return (f"Shall I cancel your {booking_words(context, booking)}?",)
    return ()


def is_out_of_date(context: CallContext) -> bool:
    """Whether a detail of the read-back no longer holds: "that's my old number"."""
    return _NOT_MINE.search(plain(context.text)) is not None


def what_else(context: CallContext) -> Say:
    """After a no to the read-back: what should be different, asked as the caller began to say."""
    words = plain(context.text)
    if context.facts.intent == "book" and _NAME.search(words):
        return said("All right.", put(context, "name"))
    if context.facts.intent == "book" and _NUMBER.search(words):
        return said("All right.", put(context, "phone"))
    return said("All right.", put(context, "open"))
