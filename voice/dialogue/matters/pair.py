"""Two visits that are wanted together: found, read back and booked as one."""

from __future__ import annotations

from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.customer_names import fuller_name
from voice.dialogue.known import OfferedFact
from voice.dialogue.matters.booking import MOST_GUESSES, Booking, whom_of
from voice.dialogue.matters.timed import ANYBODY
from voice.dialogue.reaching import ask_phone, is_reachable
from voice.dialogue.speaking import a_service, read_back_pair, service_words
from voice.dialogue.statements import Frozen, Rank, Statement
from voice.dialogue.steps import Ask, Need, Ran, ToolCall, UseTools, use
from voice.dialogue.view import View
from voice.spoken import list_of
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import Wanted, note


class Second(Frozen):
    """The second visit of a pair, as far as it is one of its own."""

    service_id: str
    provider_id: str | None = None
    not_with: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    """What it may be for instead; asked back."""
    party: str = ""
    name: str | None = None

    @property
    def whom(self) -> frozenset[str]:
        """Words for whom it is for."""
        return whom_of(self.party, self.name)


class Pair(Booking):
    """The first visit with the second one; what is said of their time is of both."""

    kind: Literal["book", "pair"] = "pair"
    second: Second
    after: bool = False
    """Straight after the first; else at the same time."""

    @classmethod
    def of(cls, first: Booking, other: Booking, *, after: bool) -> Pair:
        """The two as one."""
        assert other.service_id is not None
        second = Second(
            service_id=other.service_id,
            provider_id=other.provider_id,
            not_with=other.not_with,
            party=other.party,
            name=other.name,
        )
        known = {key: getattr(first, key) for key in Booking.model_fields if key != "kind"}
        return cls(**{**known, "chosen": None, "searched": ""}, second=second, after=after)

    @property
    def services(self) -> tuple[str, ...]:
        """Of both."""
        return (*super().services, self.second.service_id)

    def named(self, name: str) -> Self:
        """With a name of its own for the second visit."""
        fuller = fuller_name(self.second.name, name)
        return self.but(second=self.second.but(name=fuller), agreed=False)

    def apart(self) -> tuple[Booking, Booking]:
        """The two as visits of their own; what was said of their time is of the first."""
        known = {key: getattr(self, key) for key in Booking.model_fields if key != "kind"}
        plain = {"chosen": None, "searched": "", "agreed": False, "at_once": False}
        one, second = self.second, self.second.model_dump(exclude={"likely"})
        twin = one.service_id == self.service_id
        return Booking(**{**known, **plain}), Booking(**second, beside=True, twin=twin)

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """What only the second visit can mean is of that one."""
        second = self.second
        if act.label == "give:service":
            return self._of_either(act, view)
        if act.kind == "provider" and act.value not in (None, ANYBODY):
            return self._of_person(act, agenda, view)
        of_first = act.told is not None and act.told.service == self.service_id != second.service_id
        if act.label == "give:party" and self.party and act.text != self.party and not of_first:
            name = fuller_name(second.name, act.value)
            return self.but(second=second.but(party=act.text, name=name))
        return super().take(act, agenda, view)

    def _of_either(self, act: Act, view: View) -> Self:
        """Of two visits for the same the second is the one that is for something else; of two for
        different things the first, where that is taken back."""
        second, alike = self.second, self.service_id == self.second.service_id
        if act.value in self.services and not second.likely:
            return self
        if act.value is None and alike and act.likely:
            return self.but(second=second.but(likely=act.likely), chosen=None, agreed=False)
        if act.value is not None and act.value != self.service_id and (alike or second.likely):
            other = second.but(service_id=act.value, likely=())
            return self.but(second=other, chosen=None, searched="", agreed=False)
        return super().take(act, Agenda(), view) if act.corrects and act.value else self

    def _of_person(self, act: Act, agenda: Agenda, view: View) -> Self:
        who, second = act.value or "", self.second
        firsts = {self.provider_id, getattr(view.offer(self.chosen), "provider_id", None)}
        if act.name == "rule_out":
            if who in firsts and second.provider_id != who:
                return self._with_second(second.but(not_with=(*second.not_with, who)), view)
            return super().take(act, agenda, view)
        able = [self.service_id, second.service_id]
        person = next((one for one in view.business.providers if one.id == who), None)
        able = [each for each in able if person is None or each in person.services]
        only_second = able == [second.service_id] and self.service_id != second.service_id
        if only_second or self.provider_id not in (None, ANYBODY, who):
            return self._with_second(second.but(provider_id=who), view)
        return super().take(act, agenda, view)

    def _with_second(self, second: Second, view: View) -> Self:
        """With another second visit, for which the time is looked for once more."""
        offer = view.offer(self.chosen)
        paired = None if offer is None else offer.paired
        fits = paired is not None and paired.provider_id == second.provider_id
        changed = self.but(second=second)
        if offer is None:
            return changed.but(searched="")
        return changed if fits else changed.gone(offer, view)

    def need(self, agenda: Agenda, view: View) -> Need:
        """As of one visit, but both are read back and agreed to together."""
        if self.second.likely:
            guessed = [a_service(view, each) for each in self.second.likely[:MOST_GUESSES]]
            return Ask("guess", kind="guess_two", values={"services": list_of(guessed, "or")})
        offer = view.offer(self.chosen)
        if offer is None or offer.paired is None or not all(self._names(agenda)):
            return super().need(agenda, view)
        if not is_reachable(agenda, view):
            return ask_phone(agenda, view)
        if self.agreed:
            return UseTools((self._booking(offer, offer.paired, agenda),))
        words = read_back_pair(
            view, offer, offer.paired, names=self._names(agenda), phone=agenda.phone
        )
        told = Statement(words=words, offers=offer.offer_ids)
        both = (self.service_id, self.second.service_id)
        what = list_of([f"the {service_words(view, each)}" for each in both])
        return Ask("confirm", (told,), kind="confirm_both", values={"what": what})

    def _names(self, agenda: Agenda) -> tuple[str, str]:
        """Of each visit its own, else the caller's; empty: none was told."""
        callers = agenda.name or self.name or ""
        return self.name or callers, self.second.name or callers

    def _booking(self, offer: OfferedFact, paired: OfferedFact, agenda: Agenda) -> ToolCall:
        name, second = self._names(agenda)
        return use(
            "book_pair",
            offer_id=offer.offer_id,
            second_offer_id=paired.offer_id,
            name=name,
            second_name=second if second != name else None,
            phone=agenda.phone,
        )

    def looking(self) -> ToolCall:
        """The search for a time that both can be had."""
        known = (None, ANYBODY)
        second = self.second
        return use(
            "check_pair",
            service=self.service_id,
            second_service=second.service_id,
            when=note(self.wanted) or None,
            provider=None if self.provider_id in known else self.provider_id,
            second_provider=None if second.provider_id in known else second.provider_id,
            not_with=" ".join(second.not_with) or None,
            order=self.wanted.order or "nearest",
            how="after" if self.after else "same",
        )

    def search(self) -> str:
        """What tells one search from another."""
        second = self.second
        whom = f"{second.provider_id or ANYBODY}|{','.join(second.not_with)}"
        return f"{super().search()}|{second.service_id}|{whom}|{self.after}"

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Pairs, or the end of it."""
        if ran.call.name == "check_pair":
            return self.found(ran, agenda, view)
        if ran.call.name == "book_pair" and ran.result.refused is None:
            done = Statement(words=ran.result.spoken, rank=Rank.DONE)
            return agenda.without_in_hand().but(whom="", limits=Wanted()).owing(done)
        if ran.call.name == "book_pair":
            return self.taken(ran, agenda, view)
        return super().learn(ran, agenda, view)
