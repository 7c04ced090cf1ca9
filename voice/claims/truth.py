"""A true sentence in place of one that was not, from the same facts."""

from __future__ import annotations

from collections.abc import Sequence

from scheduling.values import Offer
from support.answers import Question
from support.questions import find_answer
from voice.call import CallContext
from voice.claims.backing import Backing
from voice.dialogue.statements import Asked
from voice.spoken import say_phone
from voice.tools.answers_said import say_answer
from voice.tools.offering import remember_offers, say_booking, say_offers
from voice.tools.support import NO_ANSWER

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
PLAINLY = {
    "message": "I can't call you back or send messages from here.",
    "paid": "I can't change prices or payments from here.",
    "advice": "I'm not able to advise on that.",
    "person": "I'm an automated assistant.",
    "secret": "You don't need to give me that.",
}


class Truth:
    """Words for what the store says, and the question that brings the call on."""

    def __init__(self, context: CallContext, known: Backing) -> None:
        self._context = context
        self._known = known

    async def instead_of(self, claim: str, said: Sequence[str]) -> str:
        """What is true, where this was claimed: what a tool gave and nobody told comes first."""
        untold = [told for told in self._known.told_by_tools if told and told not in said]
        if untold:
            return untold[-1]
        if claim == "transfer":
            return self._no_transfer()
        if claim in PLAINLY:
            return PLAINLY[claim]
        if claim == "goods":
            return self._goods()
        if claim in OWN_QUESTIONS:
            return await self._own_answer(claim)
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
        if not offers:
            return ""
        remember_offers(self._context, offers)
        self._ask("choose")
        ending = "Does that suit you?" if len(offers) == 1 else "Which would you like?"
        return f"I have {say_offers(self._context, offers)}. {ending}"

    def _ask(self, asked: Asked) -> None:
        facts = self._context.facts
        facts.agenda = facts.agenda.asking(asked)

    async def _booked(self) -> str:
        for known in reversed(await self._known.bookings()):
            if known.booking.status == "booked":
                return f"You have an appointment: {say_booking(self._context, known.booking)}."
        return ""

    def _goods(self) -> str:
        """What the call has come to of them last."""
        texts = list(self._known.goods.texts())
        return texts[-1] if self._known.goods.any else NO_ANSWER

    def _no_times(self) -> str:
        service = self._known.services_mentioned
        self._ask("date" if service else "service")
        question = "Which day would suit you?" if service else "What would you like to book?"
        return f"I haven't looked at the times yet. {question}"

    def _no_transfer(self) -> str:
        if self._context.call.can_transfer:
            self._ask("person")
            return "Would you like me to put you through to a person?"
        phone = self._context.business.phone
        where = f", but a person answers at {say_phone(phone)}" if phone else ""
        return f"I can't put you through from here{where}."

    async def _own_answer(self, claim: str) -> str:
        """The business's own words on hours, prices and numbers."""
        services = self._known.services_mentioned or await self._known.services_in_hand()
        service_id = next(iter(sorted(services)), None)
        question = Question(OWN_QUESTIONS[claim], self._known.days_of_caller, service_id)
        answer = find_answer(self._context.business, question, now=self._context.now)
        return say_answer(self._context, answer) if answer else NO_ANSWER
