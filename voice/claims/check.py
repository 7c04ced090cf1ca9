"""No sentence leaves with a time or a "you are booked" that the store does not back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import structlog

from voice.call import CallContext
from voice.claims.backing import Backing
from voice.claims.bare_hours import with_hours
from voice.claims.figures import (
    amounts,
    figure_spans,
    free_of_charge,
    is_told_by,
    may_cost,
    references,
    telephone_numbers,
)
from voice.claims.hours import never_closed
from voice.claims.known_times import KnownTimes
from voice.claims.names import false_performer, tells_of_a_stranger
from voice.claims.numbers import unaccounted, wrong_length
from voice.claims.own_words import own_words, told_by_business
from voice.claims.proof import OwnWords
from voice.claims.telling import tokens
from voice.claims.times import SaidTime, said_ends, said_ranges, said_times
from voice.claims.told_times import ToldTimes, has_clock_time
from voice.claims.truth import Truth
from voice.claims.words import Clause, clauses
from voice.journal.values import KeptBack
from voice.turn import Transfer
from voice.understanding.reading import When

log = structlog.stdlib.get_logger(__name__)


class ClaimsCheck:
    """Reads every sentence of one turn with the grammar that reads callers."""

    def __init__(self, context: CallContext) -> None:
        self.context = context
        self.kept_back: list[KeptBack] = []
        self._known = KnownTimes(context)
        self._times = ToldTimes(context, self._known)
        self._backing = Backing(context, self._known)
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
        read = [when.span for when in (*times.found, *times.exclude)]
        dated = tokens(" ".join(spoken[start:end] for start, end in read))
        for clause in clauses(spoken, self._people):
            within = [one for one in said if clause.covers(one.span)]
            spans = [one for one in ranges if clause.covers(one.span)]
            false = (
                self._false_promise(clause)
                or await self._false_times(clause, within, spans, spoken)
                or clause.unproven(self._words, frozenset(dated))
                or self._false_number(clause, [*read, *figure_spans(spoken)])
                or self._false_fact(clause)
            )
            if false is not None:
                return false
        return None

    async def _false_times(
        self, clause: Clause, said: list[SaidTime], spans: Sequence[When], spoken: str
    ) -> str | None:
        """An act that the store does not back, or a time that this call does not know."""
        acts = clause.done
        if not acts:
            false = await self._times.false(clause, said, spans, spoken)
            if false is not None or not (clause.settles and has_clock_time(said)):
                return false
            acts = ["booked"]
        for act in acts:
            if await self._lacks(act, clause, said, spans):
                return self._backing.act_in_hand if act in ("done", "exists") else act
        return None

    async def _lacks(
        self, act: str, clause: Clause, said: list[SaidTime], spans: Sequence[When]
    ) -> bool:
        if act == "moved":
            said = self._from_and_to(clause.text)
        elif spans:
            said = [*said, *said_ends(spans)]
        return await self._backing.lacks(act, clause.text, said, spans)

    def _false_number(self, clause: Clause, spans: list[tuple[int, int]]) -> str | None:
        if clause.denies:
            return None
        context = self.context
        in_hand = context.reading.service or context.facts.service_id
        if not clause.asks and wrong_length(context.business, clause.text, in_hand):
            return "fact"
        known = [
            *(result.spoken for result in context.results),
            *told_by_business(context.business),
        ]
        known += [context.facts.phone_digits, context.phone or ""]
        if clause.asks or clause.echoes:
            known += [context.text, *(line.text for line in context.history)]
        return "time" if unaccounted(clause.text, clause.start, spans, known) else None

    def _false_fact(self, clause: Clause) -> str | None:
        told = not (clause.asks or clause.denies)
        return "fact" if told and false_performer(self.context.business, clause.text) else None

    @cached_property
    def _people(self) -> tuple[str, ...]:
        names = tokens(" ".join(each.name for each in self.context.business.providers))
        return tuple(name for name in names if len(name) > 2)

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
        if clause.promises:
            return "message"
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
        if free_of_charge(context.business, sentence) and not any(
            clause.denies for clause in clauses(sentence)
        ):
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


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
