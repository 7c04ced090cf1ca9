"""A true sentence in place of one that was not, from the same facts."""

from __future__ import annotations

from scheduling.values import Offer
from support.questions import Question, find_answer
from voice.call import CallContext
from voice.claims.known_times import KnownTimes
from voice.spoken import say_phone
from voice.tools.offering import remember_offers, say_at, say_booking, say_offers
from voice.tools.support import NO_ANSWER, say_answer
from voice.wishes.wanted import spans_of

OWN_QUESTIONS = {
    "price": "how much does it cost",
    "number": "what is your phone number",
    "hours": "what are your opening hours",
}
NOT_DONE = {
    "booked": "It isn't booked yet.",
    "moved": "Nothing has been moved yet.",
    "cancelled": "Nothing has been cancelled yet.",
}


class Truth:
    """Words for what the store says, and the question that brings the call on."""

    def __init__(self, context: CallContext, known: KnownTimes) -> None:
        self._context = context
        self._known = known

    async def instead_of(self, claim: str) -> str:
        """What is true, where this was claimed."""
        if claim == "transfer":
            return self._no_transfer()
        if claim == "message":
            return "I can't call you back or send messages from here."
        if claim == "paid":
            return "I can't change prices or payments from here."
        if claim in ("price", "number", "hours"):
            return self._own_answer(claim)
        offers = await self._known.offers()
        if claim in NOT_DONE:
            return await self._state(claim, offers)
        if claim == "fact":
            return self._offered(offers) or await self._booked() or NO_ANSWER
        if claim == "reference":
            return await self._booked() or "I don't have that reference."
        return self._offered(offers) or await self._booked() or self._no_times()

    async def _state(self, claim: str, offers: tuple[Offer, ...]) -> str:
        if claim == "booked" and not offers and (booked := await self._booked()):
            return booked
        if claim == "moved" and (booked := await self._booked()):
            return f"{NOT_DONE[claim]} {booked}"
        return f"{NOT_DONE[claim]} {self._offered(offers)}".strip()

    def _offered(self, offers: tuple[Offer, ...]) -> str:
        """The live offers as a question; the facts then know what was asked."""
        facts, business = self._context.facts, self._context.business
        chosen = [offer for offer in offers if offer.offer_id == facts.chosen]
        if chosen and facts.name:
            offer = chosen[0]
            facts.asked = "confirm"
            at = say_at(self._context, offer.start, full=True)
            service = business.service(offer.service_id).name
            return f"Shall I book the {service} with {offer.provider} on {at}?"
        if not offers:
            return ""
        remember_offers(self._context, offers)
        facts.asked = "choose"
        ending = "Does that suit you?" if len(offers) == 1 else "Which would you like?"
        return f"I have {say_offers(self._context, offers)}. {ending}"

    async def _booked(self) -> str:
        for known in reversed(await self._known.bookings()):
            if known.booking.status == "booked":
                return f"You have an appointment: {say_booking(self._context, known.booking)}."
        return ""

    def _no_times(self) -> str:
        facts = self._context.facts
        facts.asked = "date" if facts.service_id else "service"
        question = (
            "Which day would suit you?" if facts.service_id else "What would you like to book?"
        )
        return f"I haven't looked at the times yet. {question}"

    def _no_transfer(self) -> str:
        if self._context.call.can_transfer:
            self._context.facts.asked = "person"
            return "Would you like me to put you through to a person?"
        phone = self._context.business.phone
        where = f", but a person answers at {say_phone(phone)}" if phone else ""
        return f"I can't put you through from here{where}."

    def _own_answer(self, claim: str) -> str:
        """The business's own words on hours, prices and numbers."""
        facts, reading = self._context.facts, self._context.reading
        service_id = reading.service or facts.service_id
        days = tuple(span.first for span in spans_of(reading.times) if span.first is not None)
        question = Question(OWN_QUESTIONS[claim], days, service_id)
        answer = find_answer(self._context.business, question, now=self._context.now)
        return say_answer(self._context, answer) if answer else NO_ANSWER
