"""What a caller hears when the desk will not do it."""

from __future__ import annotations

from typing import Any

from scheduling import errors
from scheduling.errors import Refusal
from voice.call import CallContext
from voice.notice import say_too_late
from voice.spoken import list_of, say_every, say_notice, say_phone
from voice.tool_results import ToolResult
from voice.tools.offering import offer_facts, remember_offers, say_at, say_offers, slot_facts
from voice.tools.reasons import Asked, say_limit, say_why

UNCLEAR = "I could not make sense of that."
PLAIN: dict[type[Refusal], str] = {  # the particular before the general
    errors.BeingHeld: "That time is being held at the moment.",
    errors.SlotTaken: "That time has just been taken.",
    errors.OfferReplaced: "I was no longer keeping that time for you.",
    errors.HeldByAnother: "I could not keep that time any longer; it is being held at the moment.",
    errors.HoldExpired: "I could not keep that time any longer, and it is gone.",
    errors.Past: "That time is already over.",
    errors.Closed: "We are closed at that time.",
    errors.Full: "Everything is taken at that time.",
    errors.NoSuchOffer: "I have not offered you that time. Which day and time would you like?",
    errors.NotFound: "I can't find that appointment.",
    errors.OfferOfAnother: "That time was meant for something else.",
    errors.NotAllowed: "That appointment can no longer be changed.",
    errors.TryAgain: "I could not reach the appointment book just now. Shall I try again?",
    errors.Invalid: UNCLEAR,
}


class Incomplete(errors.Invalid):
    """Something is missing or malformed; the message is fit for the caller."""


class SaidNo(errors.NotAllowed):
    """The business's rules are against it; the message is fit for the caller."""


class NotSold(errors.NotFound):
    """The business sells no such thing; the message is fit for the caller, the candidates are what
    it sells."""


class WhoIsCalling(errors.NotVerified):
    """The caller has to show who they are; the message is fit for the caller."""


def refuse(context: CallContext, tool: str, refusal: Refusal) -> ToolResult:
    """The refusal as a result, with the fresh offers that came with it."""
    spoken = _words(context, refusal)
    facts: dict[str, Any] = {}
    if refusal.offers:
        remember_offers(context, refusal.offers)
        facts["offers"] = offer_facts(context, refusal.offers)
        spoken = f"{spoken} I have {say_offers(context, refusal.offers)}."
    elif refusal.next_free is not None:
        facts["next"] = slot_facts(context, refusal.next_free)
        spoken = f"{spoken} The next free time is {say_at(context, refusal.next_free.start)}."
    facts = {"refused": {"code": refusal.code, "message": spoken}, **facts}
    if refusal.candidates:
        facts["refused"]["candidates"] = list(refusal.candidates)
    return ToolResult(tool, spoken, facts, refusal.code)


def refuse_plainly(tool: str, refusal: Refusal) -> ToolResult:
    """The refusal of what could not even begin: nothing of the call is known to word it with."""
    spoken = next((words for kind, words in PLAIN.items() if isinstance(refusal, kind)), UNCLEAR)
    facts = {"refused": {"code": refusal.code, "message": spoken}}
    return ToolResult(tool, spoken, facts, refusal.code)


def _words(context: CallContext, refusal: Refusal) -> str:
    policy = context.business.booking
    named = list_of(refusal.candidates, "or" if isinstance(refusal, errors.Ambiguous) else "and")
    match refusal:
        case Incomplete() | SaidNo() | WhoIsCalling() | NotSold():
            return refusal.message
        case errors.NotVerified():
            return "I first need to know that the appointment is yours. What name is it under?"
        case errors.TooLateToChange() | errors.BookingOver():
            return say_too_late(refusal, policy)
        case errors.BeingHeld():
            return PLAIN[errors.BeingHeld]
        case errors.SlotTaken() | errors.Closed() if _free_with_another(refusal):
            return "That time is free only with somebody else."
        case errors.Closed() if refusal.wish is not None and refusal.why is not None:
            return say_why(context, refusal.why, Asked.of(context, refusal.wish))
        case errors.TooSoon():
            return f"That is too soon: we need {say_notice(policy.notice_minutes)}."
        case errors.TooFar():
            return f"We book at most {policy.horizon_days} days ahead."
        case errors.OffStep():
            return f"Appointments begin {say_every(policy.step_minutes)}."
        case errors.ShareSpent():
            return _ask_us_instead(context)
        case errors.LimitReached():
            return say_limit(context, "that day")
        case errors.UnknownService():
            return f"I don't have that. What we offer is {named}."
        case errors.UnknownProvider():
            return f"For that we have {named}." if named else "Nobody here does that."
        case errors.Ambiguous() if len(refusal.candidates) == 1:
            return f"The clocks change then, and that time does not exist. Would {named} suit you?"
        case errors.Ambiguous():
            return f"Do you mean {named}?" if named else "I can't find that date in the calendar."
    return next(words for kind, words in PLAIN.items() if isinstance(refusal, kind))


def _ask_us_instead(context: CallContext) -> str:
    phone = context.business.phone
    ring = f" A person answers at {say_phone(phone)}." if phone else " Please try again later."
    return f"I can't make any more appointments from here just now.{ring}"


def _free_with_another(refusal: Refusal) -> bool:
    """Whether it was only the person of the booking or the offer who is not there then."""
    return refusal.wish is not None and any(
        offer.start == refusal.wish.near for offer in refusal.offers
    )
