"""No sentence leaves with a time or a "you are booked" that the store does not back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

import structlog

from scheduling.values import Offer
from voice.call import CallContext
from voice.claims.bare_hours import with_hours
from voice.claims.figures import (
    amounts,
    free_of_charge,
    is_told_by,
    may_cost,
    references,
    telephone_numbers,
)
from voice.claims.hours import ends_with_hours, in_hours, never_closed
from voice.claims.known_times import KnownBooking, KnownTimes
from voice.claims.names import (
    names_stranger,
    providers_named,
    tells_of_a_stranger,
    wrong_service,
)
from voice.claims.own_words import own_words
from voice.claims.proof import OwnWords
from voice.claims.times import SaidTime, any_within, said_ends, said_ranges, said_times
from voice.claims.truth import Truth
from voice.claims.words import Clause, clauses
from voice.journal.values import KeptBack
from voice.turn import Transfer
from voice.understanding.dates.reading import Times

WRITES = frozenset({"book_appointment", "reschedule_appointment", "cancel_appointment"})
log = structlog.stdlib.get_logger(__name__)


class ClaimsCheck:
    """Reads every sentence of one turn with the grammar that reads callers."""

    def __init__(self, context: CallContext) -> None:
        self.context = context
        self.kept_back: list[KeptBack] = []
        self._known = KnownTimes(context)
        self._truth = Truth(context, self._known)
        self._own_words: tuple[int, str] = (-1, "")
        self._known_words: tuple[int, OwnWords] | None = None

    async def check(self, sentence: str) -> str:
        """The sentence, or a true one in its place."""
        if self._is_our_own(sentence):
            return sentence
        claim = await self._false_claim(sentence)
        if claim is None:
            return sentence
        self.kept_back.append(KeptBack(claim, sentence))
        log.warning("sentence kept back", claim=claim, call_id=self.context.call.call_id)
        return await self._truth.instead_of(claim)

    def _is_our_own(self, sentence: str) -> bool:
        """Word for word what the business or a tool of this turn says."""
        results = self.context.results
        if self._own_words[0] != len(results):
            business = self.context.business
            own = [result.spoken for result in results]
            own += [faq.answer for faq in business.faqs]
            own += [business.greeting, business.notice]
            self._own_words = (len(results), "\n".join(f" {_bare(text)} " for text in own))
        return f" {_bare(sentence)} " in self._own_words[1]

    async def _false_claim(self, sentence: str) -> str | None:
        """What it falsely claims; None when it may be said."""
        if (figure := await self._false_figure(sentence)) is not None:
            return figure
        if tells_of_a_stranger(self.context, sentence):
            return "name"
        spoken = with_hours(sentence)
        times = self._known.read_ours(spoken)
        if times.disagreement and not self.context.reading.disagreement:
            return "time"
        said, ranges = said_times((*times.found, *times.exclude)), said_ranges(times.found)
        ranges = [one for one in ranges if "hours" not in one.text.lower()]
        for clause in clauses(spoken):
            within = [one for one in said if clause.covers(one.span)]
            spans = [one for one in ranges if clause.covers(one.span)]
            if (false := self._false_promise(clause)) is not None:
                return false
            if clause.done == "moved":
                within = self._from_and_to(clause.text)
            elif clause.done is not None:
                within += said_ends(spans)
            if (false := await self._false_clause(clause, within, spoken)) is not None:
                return false
            if (false := clause.unproven(self._words)) is not None:
                return false
            if spans and await self._false_ranges(clause, Times(tuple(spans))):
                return "hours" if clause.hours else "time"
        return None

    @property
    def _words(self) -> OwnWords:
        """Read anew after each tool of the turn."""
        context = self.context
        if self._known_words is None or self._known_words[0] != len(context.results):
            own = own_words(context)
            self._known_words = (len(context.results), own)
        return self._known_words[1]

    def _false_promise(self, clause: Clause) -> str | None:
        """What nobody will keep: a person on the line, a message, a time without end."""
        if clause.transfers and not any(isinstance(act, Transfer) for act in self.context.acts):
            return "transfer"
        if clause.hours:
            return "hours" if never_closed(self._known, clause) else None
        if clause.frees_everything:
            return "time"
        return None

    def _from_and_to(self, text: str) -> list[SaidTime]:
        """Where it was and where it is; to a caller "from two to four" would be one stretch."""
        parts = re.split(r"\b(?:from|to)\b", text, flags=re.IGNORECASE)
        return [one for part in parts for one in said_times(self._known.read_ours(part).found)]

    async def _false_figure(self, sentence: str) -> str | None:
        context = self.context
        told = f"{context.text} {' '.join(line.text for line in context.history)}"
        business = context.business
        if self._false_price(sentence):
            return "price"
        for number in telephone_numbers(sentence):
            digits = context.facts.phone_digits
            known = (business.phone, *business.numbers, context.phone, told, digits)
            if not any(number[-7:] in re.sub(r"\D", "", one) for one in known if one):
                return "number"
        if said := references(sentence):
            booked = {known.booking.reference for known in await self._known.bookings()}
            heard = _bare(told).replace(" ", "").upper()
            if any(one not in booked and one not in heard for one in said):
                return "reference"
        return None

    def _false_price(self, sentence: str) -> bool:
        """A sum that is not the price of what is spoken of, nor in an answer on the same thing."""
        context = self.context
        if is_told_by(context.business, sentence):
            return False
        if free_of_charge(sentence) and not any(clause.denies for clause in clauses(sentence)):
            return True
        asks = sentence.rstrip().endswith("?")
        heard = amounts(context.text) if asks else []
        in_hand = context.reading.service or context.facts.service_id
        return any(
            not may_cost(context.business, sentence, amount, in_hand)
            and amount not in heard
            and not any(amount in amounts(result.spoken) for result in context.results)
            for amount in amounts(sentence)
        )

    async def _false_clause(
        self, clause: Clause, said: Sequence[SaidTime], sentence: str
    ) -> str | None:
        done = clause.done
        if done is not None:
            act = self._act_in_hand if done in ("done", "exists") else done
            return act if await self._not_done(done, clause, said) else None
        if clause.hours:
            return "hours" if any(not in_hours(self._known, clause, one) for one in said) else None
        if clause.offers:
            offers = await self._known.offers()
            for one in said:
                if clause.asks and _only_a_day(one):
                    continue  # a question about days offers nothing yet
                if not await self._is_offered(one, offers, sentence):
                    return "time"
            return None
        for one in said:
            if not await self._may_be_said(one, clause):
                return "time"
        return None

    async def _not_done(self, done: str, clause: Clause, said: Sequence[SaidTime]) -> bool:
        """Whether the store does not back that this was booked, moved or cancelled."""
        if done == "done" and self._wrote:
            return False
        bookings = await self._known.bookings()
        backing = [known for known in bookings if _backs(known, done)]
        if done == "cancelled" and self.context.facts.reference:
            about = self.context.facts.reference
            backing = [known for known in backing if known.booking.reference == about] or [
                known for known in backing if said
            ]
        if not backing:
            return True
        if done in ("booked", "done") and not said and self.context.facts.offers:
            return True  # the booking that is talked of now is not made yet
        fitting = [known for known in backing if _fits_all(known, said)]
        if not fitting:
            return True
        named = providers_named(self.context.business, clause.text)
        return (
            (bool(named) and not any(known.booking.provider_id in named for known in fitting))
            or all(
                wrong_service(self.context.business, clause.text, known.booking.service_id)
                for known in fitting
            )
            or names_stranger(self.context, clause.text, [known.booking for known in fitting])
        )

    @property
    def _act_in_hand(self) -> str:
        """What "it's done" would be about."""
        acts = {"cancel": "cancelled", "reschedule": "moved"}
        return acts.get(self.context.facts.intent or "", "booked")

    @property
    def _wrote(self) -> bool:
        """Whether a tool of this turn has booked, moved or cancelled."""
        wrote = (each.name for each in self.context.results if each.refused is None)
        return not WRITES.isdisjoint(wrote)

    async def _is_offered(self, one: SaidTime, offers: Sequence[Offer], sentence: str) -> bool:
        fitting = [offer for offer in offers if one.fits(self._known.local(offer.start))]
        if fitting:
            after = providers_named(self.context.business, sentence[one.span[1] :], first=True)
            named = after or providers_named(self.context.business, sentence)
            return not named or any(offer.provider_id in named for offer in fitting)
        coming = set(self._known.of_results())
        coming |= {known.start for known in await self._known.bookings()}
        return any(one.fits(at) for at in coming)

    async def _may_be_said(self, one: SaidTime, clause: Clause) -> bool:
        """A time that is neither offered nor confirmed: anything that this call is about."""
        if clause.denies or ((clause.asks or clause.looks) and _only_a_day(one)):
            return True
        if self._known.caller_named(one) or any(one.fits(at) for at in self._known.of_results()):
            return True
        if one.fits(self.context.local_now) or self.context.local_now.date() in one.readings:
            return True
        if any(one.fits(self._known.local(offer.start)) for offer in await self._known.offers()):
            return True
        bookings = await self._known.bookings()
        return any(one.fits(at) for known in bookings for at in (known.start, *known.was_at))

    async def _false_ranges(self, clause: Clause, times: Times) -> bool:
        """A stretch in which there is no offer, or whose ends are not the hours."""
        if clause.asks:
            return False
        if clause.hours:
            ends = [SaidTime((end,), (0, 0)) for end in _ends(times)]
            fits = all(in_hours(self._known, clause, end) for end in ends)
            return not fits or not all(ends_with_hours(self._known, each) for each in times.found)
        if clause.offers and clause.done is None:
            starts = [self._known.local(offer.start) for offer in await self._known.offers()]
            return any(not any_within(when, starts) for when in times.found)
        return False


def _backs(known: KnownBooking, done: str) -> bool:
    cancelled = known.booking.status == "cancelled"
    match done:
        case "done":
            return True
        case "booked" | "exists":
            return not cancelled
        case "moved":
            return not cancelled and known.moved
    return done == "cancelled" and cancelled


def _fits_all(known: KnownBooking, said: Sequence[SaidTime]) -> bool:
    """Every time said is the booking's own, its start among them; of a move one may be where it
    was."""
    others = (known.end, *(known.was_at if known.moved else ()))
    starts = [one.fits(known.start) for one in said]
    fits = [one.fits(known.start) or any(one.fits(at) for at in others) for one in said]
    return not said or (any(starts) and all(fits))


def _only_a_day(one: SaidTime) -> bool:
    return not any(isinstance(reading, datetime | time) for reading in one.readings)


def _ends(times: Times) -> list[datetime | time]:
    ends = (end for when in times.found for end in (when.start, when.end))
    return [
        end
        for end in ends
        if isinstance(end, time) or (isinstance(end, datetime) and end.time() != time())
    ]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
